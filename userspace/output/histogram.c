/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many of many numbers are how large, log-linear. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "histogram.h"

/* log2 of the buckets of an octave: numbers below that many are octave 0, a bucket each. */
#define BITS 5

static unsigned int octave_of(uint64_t value)
{
	return value < SCT_HISTOGRAM_BUCKETS ? 0 : 63 - __builtin_clzll(value) - BITS + 1;
}

/* log2 of how many numbers share a bucket. */
static unsigned int shift_of(unsigned int octave)
{
	return octave ? octave - 1 : 0;
}

static uint64_t *buckets_of(struct sct_histogram *h, unsigned int octave)
{
	if (!h->octaves[octave])
		h->octaves[octave] = calloc(SCT_HISTOGRAM_BUCKETS, sizeof(uint64_t));
	return h->octaves[octave];
}

int sct_histogram_add(struct sct_histogram *h, uint64_t value)
{
	unsigned int octave = octave_of(value);
	uint64_t *buckets = buckets_of(h, octave);

	if (!buckets)
		return -ENOMEM;
	buckets[(value >> shift_of(octave)) % SCT_HISTOGRAM_BUCKETS]++;
	h->n++;
	return 0;
}

int sct_histogram_merge(struct sct_histogram *to, const struct sct_histogram *from)
{
	unsigned int octave, i;
	uint64_t *buckets;

	for (octave = 0; octave < SCT_HISTOGRAM_OCTAVES; octave++) {
		if (!from->octaves[octave])
			continue;
		buckets = buckets_of(to, octave);
		if (!buckets)
			return -ENOMEM;
		for (i = 0; i < SCT_HISTOGRAM_BUCKETS; i++) {
			buckets[i] += from->octaves[octave][i];
			to->n += from->octaves[octave][i];
		}
	}
	return 0;
}

/* The middle of a bucket: it is half a bucket away from what was counted there, or less. */
static uint64_t middle(unsigned int octave, unsigned int i)
{
	uint64_t first = octave ? SCT_HISTOGRAM_BUCKETS + i : i;

	return (first << shift_of(octave)) + ((1ull << shift_of(octave)) >> 1);
}

uint64_t sct_histogram_percentile(const struct sct_histogram *h, unsigned int percent)
{
	/* The smallest of which so many are not larger. Without n * percent, which could be too large. */
	uint64_t rank = h->n / 100 * percent + (h->n % 100 * percent + 99) / 100;
	unsigned int octave, i;
	uint64_t seen = 0;

	if (!rank)
		rank = 1;
	for (octave = 0; octave < SCT_HISTOGRAM_OCTAVES; octave++) {
		if (!h->octaves[octave])
			continue;
		for (i = 0; i < SCT_HISTOGRAM_BUCKETS; i++) {
			seen += h->octaves[octave][i];
			if (seen >= rank)
				return middle(octave, i);
		}
	}
	return 0;
}

void sct_histogram_free(struct sct_histogram *h)
{
	unsigned int octave;

	for (octave = 0; octave < SCT_HISTOGRAM_OCTAVES; octave++)
		free(h->octaves[octave]);
	*h = (struct sct_histogram) { 0 };
}
