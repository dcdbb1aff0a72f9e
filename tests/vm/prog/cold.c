/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cold N EXPECTED [check | warm]: makes N calls whose strings, buffers, and arrays of pointers to them lie
 * on pages that are in no page table, half of them not in memory either; some calls fail before the
 * kernel looks at them. Writes the lines that the trace of the calls must have to EXPECTED.
 *
 * With "check", looks before each call whether its pages are what is said above, which a trace would
 * show as calls between, and says how many there were. With "warm", touches them all before each call.
 *
 * The texts are in a file in the current directory, on a file system whose pages can be dropped. A
 * batch of calls is gone through twice: the first time fills in the file, the second time makes the
 * calls, and the texts of the lines come from memory of our own.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/xattr.h>

#include "expect.h"

/* So much around a fault the kernel maps at most, of what is in memory: one piece a window. */
#define WINDOW		65536
#define WINDOWS		1024
#define HALF		((size_t)WINDOW * WINDOWS)
#define PAGE		4096
#define MAX_PIECES	16

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

static int file, null, scratch, pair[2];
static char *area;		/* first half: dropped from memory; second half: only from the page table */
static bool filling;		/* the first of the two times */
static bool checking, warming;
static long number;		/* of the call */
static size_t window[2];	/* the next free one of each half */
static long pages, pages_on_disk;

static char warm[65536];	/* the call's texts once more */
static size_t warm_used;
static struct { char *start; size_t size; } pieces[MAX_PIECES];
static int nr_pieces;

struct text {
	char *cold;
	const char *warm;
	size_t len;
};

/* ---- places ---- */

/* A third of the pieces begins on one page and ends on the next. */
static char *place(size_t size, size_t align)
{
	int half = number / 29 % 2;
	char *base = area + half * HALF + window[half] * WINDOW;
	char *start;

	if ((number / 7 + nr_pieces) % 3 == 0 && size > align) {
		size_t before = 1 + number * 13 % (size - 1);

		start = base + WINDOW - (before + align - 1) / align * align;
		window[half] += 2;
	} else {
		start = base + number * 37 % (PAGE - size) / align * align;
		window[half]++;
	}
	if (window[half] > WINDOWS || nr_pieces == MAX_PIECES)
		exit(3);
	pieces[nr_pieces].start = start;
	pieces[nr_pieces++].size = size;
	return start;
}

/* A copy of the data in its place. */
static void *block(const void *data, size_t size, size_t align)
{
	char *cold = place(size, align);

	if (filling)
		memcpy(cold, data, size);
	return cold;
}

/* At least the prefix and the call's number, lowest digit first; of no prefix, the first len bytes of it. */
static struct text text(const char *prefix, size_t len)
{
	char *out = warm + warm_used, *at = stpcpy(out, prefix);
	struct text made = { .warm = out };
	long rest = number;
	size_t i;

	do {
		*at++ = '0' + rest % 10;
		rest /= 10;
	} while (rest);
	*at++ = 'A' + nr_pieces;
	if (*prefix && len < (size_t)(at - out))
		len = at - out;
	for (i = at - out; i < len; i++)
		out[i] = alphabet[(number * 7 + nr_pieces * 11 + i * 5) % 63];
	out[len] = '\0';
	warm_used += len + 1;
	made.len = len;
	made.cold = block(out, len + 1, 1);
	return made;
}

/* Names are up to nearly PATH_MAX long, buffers seldom more than 200 bytes. */
static struct text path(void)
{
	return text("none/", 1 + number * 977 % 4000);
}

static struct text name(void)
{
	return text("none/", 1 + number * 31 % 200);
}

static struct text buffer(void)
{
	return text("", 1 + number * 31 % (number / 24 % 10 ? 200 : 4000));
}

static struct iovec *vector(struct text *texts, int count)
{
	struct iovec iov[4];
	int i;

	for (i = 0; i < count; i++) {
		texts[i] = text("", 1 + (number * 31 + i * 17) % 200);
		iov[i].iov_base = texts[i].cold;
		iov[i].iov_len = texts[i].len;
	}
	return block(iov, count * sizeof(*iov), sizeof(long));
}

static struct sockaddr_un *address(struct text *sun_path, socklen_t *len)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	char *out = warm + warm_used;

	*len = offsetof(struct sockaddr_un, sun_path) + sprintf(out, "none/%ld", number) + 1;
	warm_used += strlen(out) + 1;
	strcpy(addr.sun_path, out);
	sun_path->warm = out;
	return block(&addr, *len, sizeof(long));
}

/* ---- calls ---- */

/* Whether each page of the call's pieces is in no page table, and which are not in memory. */
static void check(void)
{
	static int pagemap = -1;
	unsigned char in_memory;
	uint64_t entry;
	uintptr_t page;
	int i;

	if (pagemap < 0)
		pagemap = open("/proc/self/pagemap", O_RDONLY);
	for (i = 0; i < nr_pieces; i++) {
		uintptr_t end = (uintptr_t)pieces[i].start + pieces[i].size;

		for (page = (uintptr_t)pieces[i].start / PAGE * PAGE; page < end; page += PAGE) {
			if (pread(pagemap, &entry, 8, page / PAGE * 8) != 8 ||
			    mincore((void *)page, PAGE, &in_memory)) {
				perror("cannot see the pages");
				exit(1);
			}
			if (entry >> 63) {
				fprintf(stderr, "call %ld: piece %d is in the page table\n", number, i);
				exit(1);
			}
			pages++;
			pages_on_disk += !(in_memory & 1);
		}
	}
}

static void touch(void)
{
	size_t at;
	int i;

	for (i = 0; i < nr_pieces; i++) {
		for (at = 0; at < pieces[i].size; at++)
			*(volatile char *)(pieces[i].start + at);
	}
}

static long call(long nr, long a, long b, long c, long d, long e, long f)
{
	if (filling)
		return 0;
	if (checking)
		check();
	if (warming)
		touch();
	return syscall(nr, a, b, c, d, e, f);
}

/* Raw, so that the C library neither looks at anything nor changes it. Missing arguments are 0. */
#define CALL6(nr, a, b, c, d, e, f, ...) \
	call(SYS_##nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define CALL(nr, ...) CALL6(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

static void do_access(void)
{
	struct text p = path();
#ifdef SYS_access
	long ret = CALL(access, p.cold, F_OK);

	line(res(ret), "access(\"%s\", F_OK", p.warm);
#else
	long ret = CALL(faccessat, AT_FDCWD, p.cold, F_OK);

	line(res(ret), "faccessat(AT_FDCWD, \"%s\", F_OK", p.warm);
#endif
}

static void do_faccessat(void)
{
	struct text p = path();
	long ret = CALL(faccessat, AT_FDCWD, p.cold, R_OK);

	line(res(ret), "faccessat(AT_FDCWD, \"%s\", R_OK", p.warm);
}

static void do_openat(void)
{
	struct text p = path();
	long ret = CALL(openat, AT_FDCWD, p.cold, O_RDONLY | O_CLOEXEC);

	line(res(ret), "openat(AT_FDCWD, \"%s\", O_RDONLY|O_CLOEXEC", p.warm);
}

/* Flags that are refused before the name is read. */
static void do_openat_bad_flags(void)
{
	struct text p = path();
	long ret = CALL(openat, AT_FDCWD, p.cold, O_RDONLY | O_TMPFILE);

	line(res(ret), "openat(AT_FDCWD, \"%s\", O_RDONLY|O_TMPFILE, 000", p.warm);
}

static void do_openat_bad_fd(void)
{
	struct text p = path();
	long ret = CALL(openat, -1, p.cold, O_WRONLY);

	line(res(ret), "openat(-1, \"%s\", O_WRONLY", p.warm);
}

static void do_mkdirat(void)
{
	struct text p = path();
	long ret = CALL(mkdirat, AT_FDCWD, p.cold, 0755);

	line(res(ret), "mkdirat(AT_FDCWD, \"%s\", 0755", p.warm);
}

static void do_readlink(void)
{
	struct text p = path();
#ifdef SYS_readlink
	long ret = CALL(readlink, p.cold, expected, 64);

	line(res(ret), "readlink(\"%s\", %p, 64", p.warm, expected);
#else
	long ret = CALL(readlinkat, AT_FDCWD, p.cold, expected, 64);

	line(res(ret), "readlinkat(AT_FDCWD, \"%s\", %p, 64", p.warm, expected);
#endif
}

/* The null device takes a buffer without a look at it. */
static void do_write_null(void)
{
	struct text b = buffer();
	long ret = CALL(write, null, b.cold, b.len);

	line(res(ret), "write(%d, \"%s\", %zu", null, b.warm, b.len);
}

static void do_write_file(void)
{
	struct text b = buffer();
	long ret = CALL(write, scratch, b.cold, b.len);

	line(res(ret), "write(%d, \"%s\", %zu", scratch, b.warm, b.len);
}

static void do_pwrite_bad_fd(void)
{
	struct text b = buffer();
	long ret = CALL(pwrite64, -1, b.cold, b.len, 100);

	line(res(ret), "pwrite64(-1, \"%s\", %zu, 100", b.warm, b.len);
}

static void add_vector_line(const char *before, const struct text *b, const char *behind, long ret)
{
	line(res(ret), "%s, [{iov_base=\"%s\", iov_len=%zu}, {iov_base=\"%s\", iov_len=%zu}, "
	     "{iov_base=\"%s\", iov_len=%zu}], 3%s", before, b[0].warm, b[0].len, b[1].warm, b[1].len,
	     b[2].warm, b[2].len, behind);
}

static void do_writev(void)
{
	struct text b[3];
	struct iovec *iov = vector(b, 3);
	char before[32];
	long ret = CALL(writev, scratch, iov, 3);

	sprintf(before, "writev(%d", scratch);
	add_vector_line(before, b, "", ret);
}

static void do_writev_bad_fd(void)
{
	struct text b[3];
	struct iovec *iov = vector(b, 3);
	long ret = CALL(writev, -1, iov, 3);

	add_vector_line("writev(-1", b, "", ret);
}

static void do_pwritev_bad_fd(void)
{
	struct text b[3];
	struct iovec *iov = vector(b, 3);
	long ret = CALL(pwritev, -1, iov, 3, 7);

	add_vector_line("pwritev(-1", b, ", 7", ret);
}

static void do_sendto(void)
{
	struct text b = buffer();
	long ret = CALL(sendto, pair[0], b.cold, b.len, MSG_DONTWAIT, NULL, 0);

	line(res(ret), "sendto(%d, \"%s\", %zu, MSG_DONTWAIT, NULL, 0", pair[0], b.warm, b.len);
}

static void do_sendto_bad_fd(void)
{
	struct text b = buffer(), p;
	socklen_t len;
	struct sockaddr_un *addr = address(&p, &len);
	long ret = CALL(sendto, -1, b.cold, b.len, 0, addr, len);

	line(res(ret), "sendto(-1, \"%s\", %zu, 0, {sa_family=AF_UNIX, sun_path=\"%s\"}, %u", b.warm, b.len,
	     p.warm, len);
}

static void do_connect_bad_fd(void)
{
	struct text p;
	socklen_t len;
	struct sockaddr_un *addr = address(&p, &len);
	long ret = CALL(connect, -1, addr, len);

	line(res(ret), "connect(-1, {sa_family=AF_UNIX, sun_path=\"%s\"}, %u", p.warm, len);
}

static void do_sendmsg(void)
{
	struct text b[2];
	struct msghdr message = { .msg_iov = vector(b, 2), .msg_iovlen = 2 };
	struct msghdr *cold = block(&message, sizeof(message), sizeof(long));
	long ret = CALL(sendmsg, pair[0], cold, MSG_DONTWAIT);

	line(res(ret), "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"%s\", iov_len=%zu}, "
	     "{iov_base=\"%s\", iov_len=%zu}], msg_iovlen=2, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT",
	     pair[0], b[0].warm, b[0].len, b[1].warm, b[1].len);
}

static void do_setxattr(void)
{
	struct text p = path(), n = text("user.", 1 + number % 50), value = text("", 1 + number * 31 % 200);
	long ret = CALL(setxattr, p.cold, n.cold, value.cold, value.len, XATTR_CREATE);

	line(res(ret), "setxattr(\"%s\", \"%s\", \"%s\", %zu, XATTR_CREATE", p.warm, n.warm, value.warm,
	     value.len);
}

static void do_execve(void)
{
	struct text p = path(), a = name(), b = name(), c = name();
	char *argv[] = { a.cold, b.cold, c.cold, NULL }, *envp[] = { c.cold, b.cold, NULL };
	char **cold_argv = block(argv, sizeof(argv), sizeof(long));
	char **cold_envp = block(envp, sizeof(envp), sizeof(long));
	long ret = CALL(execve, p.cold, cold_argv, cold_envp);

	line(res(ret), "execve(\"%s\", [\"%s\", \"%s\", \"%s\"], %p /* 2 vars */", p.warm, a.warm, b.warm, c.warm,
	     (void *)cold_envp);
}

static void do_symlinkat(void)
{
	struct text target = path(), p = path();
	long ret = CALL(symlinkat, target.cold, AT_FDCWD, p.cold);

	line(res(ret), "symlinkat(\"%s\", AT_FDCWD, \"%s\"", target.warm, p.warm);
}

static void do_renameat2(void)
{
	struct text from = path(), to = path();
	long ret = CALL(renameat2, AT_FDCWD, from.cold, AT_FDCWD, to.cold, RENAME_NOREPLACE);

	line(res(ret), "renameat2(AT_FDCWD, \"%s\", AT_FDCWD, \"%s\", RENAME_NOREPLACE", from.warm, to.warm);
}

/* Flags that are refused before the names are read. */
static void do_linkat_bad_flags(void)
{
	struct text from = path(), to = path();
	long ret = CALL(linkat, AT_FDCWD, from.cold, AT_FDCWD, to.cold, AT_NO_AUTOMOUNT);

	line(res(ret), "linkat(AT_FDCWD, \"%s\", AT_FDCWD, \"%s\", AT_NO_AUTOMOUNT", from.warm, to.warm);
}

/* A length that is refused before the name is read. */
static void do_truncate_bad_length(void)
{
	struct text p = path();
	long ret = CALL(truncate, p.cold, -1);

	line(res(ret), "truncate(\"%s\", 18446744073709551615", p.warm);
}

static void do_statx(void)
{
	struct text p = path();
	long ret = CALL(statx, AT_FDCWD, p.cold, AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS, expected);

	line(res(ret), "statx(AT_FDCWD, \"%s\", AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS, %p", p.warm, expected);
}

static void do_mount(void)
{
	struct text source = name(), target = path(), type = name(), data = name();
	long ret = CALL(mount, source.cold, target.cold, type.cold, MS_RDONLY, data.cold);

	line(res(ret), "mount(\"%s\", \"%s\", \"%s\", MS_RDONLY, \"%s\"", source.warm, target.warm, type.warm,
	     data.warm);
}

static void (*const calls[])(void) = {
	do_access, do_write_null, do_openat, do_writev, do_pwrite_bad_fd, do_execve, do_openat_bad_flags,
	do_sendmsg, do_faccessat, do_symlinkat, do_connect_bad_fd, do_readlink, do_writev_bad_fd,
	do_setxattr, do_write_file, do_truncate_bad_length, do_mkdirat, do_sendto_bad_fd, do_statx,
	do_renameat2, do_openat_bad_fd, do_mount, do_sendto, do_linkat_bad_flags, do_pwritev_bad_fd,
};

#define NR_CALLS	((long)(sizeof(calls) / sizeof(calls[0])))
#define BATCH		(NR_CALLS * 8)

/* ---- batches ---- */

static void go_through(long first, long last)
{
	window[0] = window[1] = 0;
	for (number = first; number < last; number++) {
		warm_used = 0;
		nr_pieces = 0;
		calls[number % NR_CALLS]();
	}
}

/* Random: else a page comes with those behind it, into memory and into the page table. */
static void map(int prot, int flags)
{
	if (mmap(area, 2 * HALF, prot, flags | MAP_FIXED, file, 0) != area ||
	    madvise(area, 2 * HALF, MADV_RANDOM))
		exit(4);
}

static void prepare(long first, long last)
{
	map(PROT_READ | PROT_WRITE, MAP_SHARED);
	filling = true;
	go_through(first, last);
	filling = false;
	used = 0;
	if (msync(area, 2 * HALF, MS_SYNC))
		exit(5);
	map(PROT_READ, MAP_PRIVATE);
	if (posix_fadvise(file, 0, HALF, POSIX_FADV_DONTNEED))
		exit(6);
}

static void empty_socket(void)
{
	char buf[65536];

	while (recv(pair[1], buf, sizeof(buf), MSG_DONTWAIT) > 0)
		;
}

static bool open_files(const char *lines)
{
	char *start = mmap(NULL, 2 * HALF + WINDOW, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	area = (char *)(((uintptr_t)start + WINDOW - 1) / WINDOW * WINDOW);
	file = open("cold.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	scratch = open("cold.out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	null = open("/dev/null", O_WRONLY);
	return start != MAP_FAILED && file >= 0 && !ftruncate(file, 2 * HALF) && scratch >= 0 && null >= 0 &&
	       !socketpair(AF_UNIX, SOCK_STREAM, 0, pair) && freopen(lines, "w", stdout);
}

int main(int argc, char **argv)
{
	long n = argc > 2 ? atol(argv[1]) : 0;
	long first;

	checking = argc > 3 && !strcmp(argv[3], "check");
	warming = argc > 3 && !strcmp(argv[3], "warm");
	if (n <= 0 || !open_files(argv[2]))
		return 2;
	for (first = 0; first < n; first += BATCH) {
		long last = first + BATCH < n ? first + BATCH : n;

		prepare(first, last);
		begin();
		go_through(first, last);
		end();
		empty_socket();
		/* A line that found no room was cut. */
		if (used >= sizeof(expected) || fwrite(expected, used, 1, stdout) != 1)
			return 1;
	}
	if (checking)
		fprintf(stderr, "%ld calls, %ld pages, %ld of them not in memory\n", n, pages, pages_on_disk);
	return fclose(stdout) != 0;
}
