/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many of many numbers are how large, log-linear: every power of two is divided into 32 buckets.
 * So what is told of a number is never wrong by more than a 64th of it, whatever it is, and memory
 * is bounded: 512 bytes, and 256 for each power of two that was met, of which there are 60.
 */
#ifndef SCT_OUTPUT_HISTOGRAM_H
#define SCT_OUTPUT_HISTOGRAM_H

#include <stdint.h>

#define SCT_HISTOGRAM_BUCKETS	32	/* of an octave */
#define SCT_HISTOGRAM_OCTAVES	60

/* Zeroed is empty; sct_histogram_free() gives its memory back. */
struct sct_histogram {
	uint64_t n;
	uint64_t *octaves[SCT_HISTOGRAM_OCTAVES]; /* NULL: none in it */
};

/* 0 or -ENOMEM, with which nothing has changed. */
int sct_histogram_add(struct sct_histogram *h, uint64_t value);

/* Adds all of one to the other. 0 or -ENOMEM, with which a part has been added. */
int sct_histogram_merge(struct sct_histogram *to, const struct sct_histogram *from);

/* What percent of the numbers are not larger than; 0 of an empty one. */
uint64_t sct_histogram_percentile(const struct sct_histogram *h, unsigned int percent);

void sct_histogram_free(struct sct_histogram *h);

#endif
