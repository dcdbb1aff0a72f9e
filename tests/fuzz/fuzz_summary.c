// SPDX-License-Identifier: GPL-2.0-or-later
/* Records added up: -c, by process, in intervals, with percentiles. */
#include "input.h"
#include "shown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const lines[] = {
		"-o /none -f -c ls",
		"-o /none -f -c -w -S max-time --summary-by=process ls",
		"-o /none -f -c -w --summary=percentiles --interval=1s ls",
		"-o /none -f -c -O 1us -S name -U calls,errors,name,p99 ls",
	};
	size_t len;

	shown(lines, sizeof(lines) / sizeof(*lines), data, size, &len);
	return 0;
}
