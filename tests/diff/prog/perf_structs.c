// SPDX-License-Identifier: GPL-2.0-or-later
/* The attributes of perf_event_open: of every version, with every bit. */
#include <linux/perf_event.h>

#include "calls.h"

/* Versions younger than strace has them are left out. */
static const uint32_t sizes[] = { 0, 1, 8, 63, 64, 72, 80, 96, 100, 104, 108, 112, 120, 128 };

static void try(struct perf_event_attr *attr)
{
	int fd = call(perf_event_open, attr, -1, 0, -1, 0);

	if (fd >= 0)
		close(fd);
}

static void types(void)
{
	struct perf_event_attr attr = { .size = 128 };
	unsigned int i;

	for (i = 0; i < 8; i++) {
		attr.type = i;
		attr.config = i;
		try(&attr);
	}
	attr.type = PERF_TYPE_HW_CACHE;
	attr.config = 0x10203;
	try(&attr);
	attr.config = 0x77010203;
	try(&attr);
	attr.type = PERF_TYPE_SOFTWARE;
	try(&attr);
	attr.type = PERF_TYPE_BREAKPOINT;
	attr.bp_type = 3;
	attr.bp_addr = 0x1234;
	attr.bp_len = 4;
	try(&attr);
}

static void versions(void)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_HARDWARE };
	unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		attr.size = sizes[i];
		try(&attr);
	}
	attr.size = 64;
	try(at_edge(&attr, 64));
	try(NULL);
	try(BAD);
}

static void bits(void)
{
	struct perf_event_attr attr;

	memset(&attr, 0xff, sizeof(attr));
	attr.size = 128;
	attr.branch_sample_type = 0x9;
	try(&attr);
	attr.type = 0;
	try(&attr);
	attr = (struct perf_event_attr) { .size = 128, .freq = 1, .sample_freq = 99, .sample_type = 0x3ff,
		.read_format = 0xf, .disabled = 1, .precise_ip = 2, .watermark = 1, .wakeup_watermark = 5,
		.exclude_kernel = 1, .use_clockid = 1, .clockid = 1 };
	try(&attr);
	call(perf_event_open, &attr, 0, -1, -1, 0xff);
}

static const struct family families[] = {
	{ "types", types },
	{ "versions", versions },
	{ "bits", bits },
};

PROGRAM(NULL, NULL)
