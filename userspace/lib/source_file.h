/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capture files, read as if they were rings. */
#ifndef SCT_SOURCE_FILE_H
#define SCT_SOURCE_FILE_H

#include <sctrace/capture.h>

#include "order.h"

struct sct_file;

int sct_file_open(struct sct_file **f, char *const *paths, unsigned int nr, struct sct_file_fault *fault);
int sct_file_refill(void *f, struct sct_order *order);
int sct_file_seek(struct sct_file *f, uint64_t time, size_t before);
bool sct_file_span(const struct sct_file *f, uint64_t *end, uint64_t *lost);
void sct_file_spoilt(struct sct_file *f);
struct sct_ring *sct_file_rings(struct sct_file *f);
const struct sct_capture_info *sct_file_head(const struct sct_file *f);
struct sct_file_fault sct_file_fault_of(const struct sct_file *f);
struct sct_capture_end sct_file_end_of(const struct sct_file *f);
void sct_file_close(struct sct_file *f);

#endif
