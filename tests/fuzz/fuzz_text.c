// SPDX-License-Identifier: GPL-2.0-or-later
/* Records to strace's lines, by most options that change them. */
#include "input.h"
#include "shown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const lines[] = {
		"-o /none -f ls",
		"-o /none -f -v -y -i -tt -T -n -s 64 ls",
		"-o /none -f -yy -Y -k -X verbose -x ls",
		"-o /none -f -X raw -xx -N -r -a 60 --color=always ls",
		"-o /none -f -e read=all -e write=all -q ls",
		"-o /none -f -C -w --summary-by=process -O 5 -e raw=ioctl ls",
	};
	size_t len;

	shown(lines, sizeof(lines) / sizeof(*lines), data, size, &len);
	return 0;
}
