/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * argv[1] times: access() of a name that lies on a page of a file mapping which is not in memory
 * at the time of the call.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 1;
	int fd = open("cold.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *map;
	int i;

	if (fd < 0 || ftruncate(fd, n * 4096L))
		return 1;
	for (i = 0; i < n; i++) {
		char name[32];

		if (pwrite(fd, name, sprintf(name, "/cold/%06d", i), i * 4096L) < 0)
			return 1;
	}
	map = mmap(NULL, n * 4096L, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || madvise(map, n * 4096L, MADV_RANDOM))
		return 1;
	for (i = 0; i < n; i++)
		access(map + i * 4096L, F_OK);
	return 0;
}
