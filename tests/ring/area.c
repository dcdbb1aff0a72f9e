// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The memory of a ring as module/ring_mem.c lays it out: data pages twice in a row, a page for
 * each position. Both ends use the same addresses, since ThreadSanitizer tells memory apart by
 * address; the real reader's mappings are others of the same pages.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "area.h"

#define PAGE_BYTES 4096

/* n bytes of new memory, mapped twice in a row. */
static u8 *map_twice(u64 n)
{
	int fd = memfd_create("ring", MFD_CLOEXEC);
	u8 *at = MAP_FAILED;

	if (fd >= 0 && !ftruncate(fd, n))
		at = mmap(NULL, 2 * n, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at != MAP_FAILED) {
		void *first = mmap(at, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
		void *again = mmap(at + n, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);

		if (first == MAP_FAILED || again == MAP_FAILED) {
			munmap(at, 2 * n);
			at = MAP_FAILED;
		}
	}
	if (fd >= 0)
		close(fd);
	return at == MAP_FAILED ? NULL : at;
}

/* 0 or -ENOMEM. bytes is a power of two of at least a page. */
int area_make(struct area *area, u64 bytes, u64 watermark, enum sctrace_mode mode)
{
	struct sctrace_prod *prod = aligned_alloc(PAGE_BYTES, PAGE_BYTES);
	struct sctrace_cons *cons = aligned_alloc(PAGE_BYTES, PAGE_BYTES);
	u8 *data = map_twice(bytes);

	*area = (struct area) {
		.module = {
			.data = data,
			.size = bytes,
			.prod = prod,
			.cons = cons,
		},
		.reader = {
			.size = bytes,
			.page_bytes = PAGE_BYTES,
			.prod = prod,
			.data = data,
			.cons = cons,
		},
	};
	if (!prod || !cons || !data) {
		area_free(area);
		return -ENOMEM;
	}
	sctrace_ring_init(&area->module, mode, watermark);
	*prod = (struct sctrace_prod) { 0 };
	*cons = (struct sctrace_cons) { 0 };
	return 0;
}

void area_free(struct area *area)
{
	if (area->module.data)
		munmap(area->module.data, 2 * area->module.size);
	free(area->module.prod);
	free(area->module.cons);
	*area = (struct area) { 0 };
}
