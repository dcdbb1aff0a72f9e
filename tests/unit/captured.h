/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capture files of a test's own, in a folder of its own. */
#ifndef UNIT_CAPTURED_H
#define UNIT_CAPTURED_H

#include <sctrace/capture.h>

#include "made.h"

/* What came of reading files. */
struct outcome {
	int opened;			/* of sct_open_files() */
	int last;			/* of the last sct_next() */
	unsigned int nr;		/* records, but for GAPs */
	uint32_t tids[512];		/* of these, the first ones */
	unsigned int cpus[512];
	struct sct_file_fault fault;
	struct sct_capture_end end;
	struct sct_counts counts;
};

int captured_setup(void **state);
int captured_teardown(void **state);
char *captured_path(const char *name);
struct sct_capture *captured_open(const char *name, const struct sct_capture_options *options);
void captured_put(struct sct_capture *c, unsigned int cpu, uint64_t time, uint32_t tid);
void captured_read(struct outcome *o, char *const *paths, unsigned int nr);
void captured_read_one(struct outcome *o, const char *path);
void captured_read_part(const char *path, uint64_t since, uint64_t until);
uint8_t *captured_bytes(const char *path, size_t *len);
void captured_write(const char *path, const uint8_t *bytes, size_t len);

#endif
