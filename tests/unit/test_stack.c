// SPDX-License-Identifier: GPL-2.0-or-later
/* Unwinding (output/stack.c, output/object.c): this very process's stack, and what nobody's stack is. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#include "demangle.h"
#include "made.h"
#include "stack.h"
#include "task_maps.h"

#define LIMIT 16384

/* A stack as it was taken. */
static struct sctrace_regs regs;
static uint8_t stack[SCTRACE_STEP_MAX_BYTES];
static size_t stack_len;
/* What the module would say of this process. */
static uint8_t piece[SCTRACE_STEP_MAX_BYTES];
static size_t piece_len;
static struct sct_maps *maps;
static struct sct_stacks *stacks;

int stack_first(int n);
int stack_second(int n);
int stack_third(int n);

/* ---- taking it ---- */

#ifdef __x86_64__
static void take_registers(const ucontext_t *context)
{
	static const int order[] = { REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI, REG_RBP, REG_RSP,
				     REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15 };
	size_t i;

	for (i = 0; i < COUNT(order); i++)
		regs.general[i] = context->uc_mcontext.gregs[order[i]];
	regs.ip = context->uc_mcontext.gregs[REG_RIP];
	regs.sp = context->uc_mcontext.gregs[REG_RSP];
}
#else
static void take_registers(const ucontext_t *context)
{
	memcpy(regs.general, context->uc_mcontext.regs, sizeof(regs.general));
	regs.sp = context->uc_mcontext.sp;
	regs.ip = context->uc_mcontext.pc;
}
#endif

/* As the module does: page by page, up to where there is nothing any more. */
static void take_stack(void)
{
	for (stack_len = 0; stack_len < sizeof(stack); ) {
		size_t n = 4096 - (regs.sp + stack_len) % 4096;
		struct iovec to = { stack + stack_len, n < sizeof(stack) - stack_len ? n : sizeof(stack) - stack_len };
		struct iovec from = { (void *)(regs.sp + stack_len), to.iov_len };

		if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != (ssize_t)to.iov_len)
			return;
		stack_len += to.iov_len;
	}
}

int __attribute__((noinline)) stack_third(int n)
{
	ucontext_t context;

	getcontext(&context);
	take_registers(&context);
	take_stack();
	return n + context.uc_flags;
}

int __attribute__((noinline)) stack_second(int n)
{
	volatile char room[64 + n];

	room[n] = 1;
	return stack_third(n) + room[n];
}

int __attribute__((noinline)) stack_first(int n)
{
	return stack_second(n + 1) + 1;
}

static void add_map(const struct sct_map *m, uint64_t bytes, int64_t mtime, const char *path)
{
	struct sctrace_map map = {
		.start = m->start, .end = m->end, .offset = m->offset, .flags = m->flags,
		.file_bytes = bytes, .file_mtime = mtime,
		.bytes = (sizeof(map) + strlen(path) + 8) / 8 * 8,
	};

	assert_true(piece_len + map.bytes <= sizeof(piece));
	memset(piece + piece_len, 0, map.bytes);
	memcpy(piece + piece_len, &map, sizeof(map));
	strcpy((char *)piece + piece_len + sizeof(map), path);
	piece_len += map.bytes;
}

/* older: of these files, the time is another one. */
static void take_maps(const char *older)
{
	struct sct_maps *all = sct_maps_read("", getpid());
	unsigned int i;

	assert_non_null(all);
	piece_len = 0;
	for (i = 0; i < all->n; i++) {
		const struct sct_map *m = &all->maps[i];
		struct stat st = { 0 };

		if (*m->path == '/')
			assert_int_equal(stat(m->path, &st), 0);
		add_map(m, st.st_size, st.st_mtime - (older && strstr(m->path, older)), m->path);
	}
	sct_maps_drop(all);
	sct_maps_drop(maps);
	maps = sct_maps_parse(piece, piece_len);
	assert_non_null(maps);
}

static int setup(void **state)
{
	static const struct sct_stack_options options = { .sources = true, .root = "", .ours = true };

	(void)state;
	stacks = sct_stacks_new(&options);
	take_maps(NULL);
	stack_first(3);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sct_stacks_free(stacks);
	sct_maps_drop(maps);
	maps = NULL;
	return 0;
}

static const struct sct_stack *unwind(size_t len, size_t limit, bool cut)
{
	struct sct_stack_input input = { regs, stack, len, limit, cut, maps, getpid() };

	return sct_stacks_unwind(stacks, &input);
}

static const struct sct_stack *unwind_all(void)
{
	return unwind(stack_len < LIMIT ? stack_len : LIMIT, LIMIT, false);
}

static void expect_symbol(const struct sct_stack *s, unsigned int i, const char *symbol)
{
	if (i >= s->n)
		fail_msg("%u frames, '%s' expected", s->n, symbol);
	assert_non_null(s->frames[i].path);
	assert_non_null(strstr(s->frames[i].path, "/test_stack"));
	if (!s->frames[i].place.symbol || strcmp(s->frames[i].place.symbol, symbol))
		fail_msg("frame %u: '%s', '%s' expected", i, s->frames[i].place.symbol, symbol);
}

/* ---- a real one ---- */

static void functions_are_found_from_the_innermost_to_main(void **state)
{
	const struct sct_stack *s = unwind_all();
	unsigned int i;

	(void)state;
	expect_symbol(s, 0, "stack_third");
	expect_symbol(s, 1, "stack_second");
	expect_symbol(s, 2, "stack_first");
	expect_symbol(s, 3, "setup");
	for (i = 4; i < s->n && (!s->frames[i].place.symbol || strcmp(s->frames[i].place.symbol, "main")); i++)
		;
	expect_symbol(s, i, "main");
	/* Behind it are libc and _start. */
	expect_symbol(s, s->n - 1, "_start");
	assert_string_equal(s->why, "");
}

static void addresses_and_lines_are_those_of_the_file(void **state)
{
	const struct sct_stack *s = unwind_all();
	uint64_t offset = s->frames[1].place.offset;

	(void)state;
	assert_true(offset > 0 && offset < 1000);
	/* Where the program lies in memory is in the second one alone. */
	assert_int_equal((uintptr_t)stack_second - (uintptr_t)stack_first,
			 (s->frames[1].address - offset) - (s->frames[2].address - s->frames[2].place.offset));
	assert_true(s->frames[1].address < 1ull << 32);
	assert_non_null(s->frames[1].place.source);
	assert_non_null(strstr(s->frames[1].place.source, "test_stack.c"));
	assert_in_range(s->frames[1].place.line, 80, 100);
}

static void a_list_read_from_proc_does_as_well(void **state)
{
	(void)state;
	sct_maps_drop(maps);
	maps = sct_maps_read("", getpid());
	expect_symbol(unwind_all(), 2, "stack_first");
}

/* What is kept does not change what is found. */
static void it_is_the_same_again_and_with_other_lists_between(void **state)
{
	unsigned int i;

	for (i = 0; i < 2 * SCT_STACK_SPACES + 3; i++) {
		struct sct_map vdso = { .start = 4096 * i + 4096, .end = 4096 * i + 8192 };

		take_maps(NULL);
		add_map(&vdso, 0, 0, "/nowhere");
		sct_maps_drop(maps);
		maps = sct_maps_parse(piece, piece_len);
		functions_are_found_from_the_innermost_to_main(state);
	}
	functions_are_found_from_the_innermost_to_main(state);
}

static void a_stack_that_was_not_taken_to_its_end_says_so(void **state)
{
	const struct sct_stack *s = unwind(256, 256, false);
	unsigned int n = s->n;

	(void)state;
	expect_symbol(s, 0, "stack_third");
	assert_string_equal(s->why, "stack beyond --stack-size=256");
	s = unwind(256, LIMIT, true);
	assert_int_equal(s->n, n);
	assert_string_equal(s->why, "stack beyond the 256 bytes that the record had room for");
	s = unwind(0, LIMIT, true);
	assert_int_equal(s->n, 1);
	assert_string_equal(s->why, "stack beyond the 0 bytes that the record had room for");
	/* It had its end there: more would not help. */
	s = unwind(256, LIMIT, false);
	assert_int_equal(s->n, n);
	assert_null(strstr(s->why, "beyond"));
}

static void no_more_frames_than_are_wanted(void **state)
{
	static const struct sct_stack_options options = { .frames = 2, .root = "", .ours = true };
	const struct sct_stack *s;

	(void)state;
	sct_stacks_free(stacks);
	stacks = sct_stacks_new(&options);
	s = unwind_all();
	assert_int_equal(s->n, 2);
	assert_null(s->frames[0].place.source);
	assert_string_equal(s->why, "too many stack frames");
}

/* ---- what cannot be unwound ---- */

static void a_file_that_is_another_now_is_not_used(void **state)
{
	const struct sct_stack *s;

	(void)state;
	take_maps("/test_stack");
	s = unwind_all();
	assert_int_equal(s->n, 1);
	assert_non_null(strstr(s->frames[0].path, "/test_stack"));
	assert_null(s->frames[0].place.symbol);
	assert_non_null(strstr(s->why, "not as it was"));
}

static void instructions_in_no_file(void **state)
{
	struct sct_text text = { 0 };
	const struct sct_stack *s;

	(void)state;
	regs.ip = 0x1234;
	s = unwind_all();
	assert_int_equal(s->n, 1);
	assert_null(s->frames[0].path);
	sct_stack_print(&text, s);
	assert_string_equal(text.chars, " > unexpected_backtracing_error [0x1234]\n");
	sct_text_clear(&text);
	sct_maps_drop(maps);
	maps = NULL;
	regs.ip = 0x5678;
	sct_stack_print(&text, unwind_all());
	assert_string_equal(text.chars, " > unexpected_backtracing_error [0x5678]\n");
	sct_text_free(&text);
}

/* Return addresses that lead around in circles. */
static void a_stack_without_an_end(void **state)
{
	const struct sct_stack *s;
	uint64_t words[512], i;

	(void)state;
	for (i = 0; i < COUNT(words); i++)
		words[i] = i % 2 ? (uintptr_t)stack_first + 8 : regs.sp + 8 * i;
	memset(stack, 0, sizeof(stack));
	memcpy(stack, words, sizeof(words));
	s = unwind(sizeof(words), sizeof(words), false);
	assert_in_range(s->n, 1, SCT_STACK_FRAMES);
}

/* A file of the test's own that is no ELF file, or half of one. */
static void files_that_are_no_programs(void **state)
{
	static const size_t sizes[] = { 0, 3, 64, 4096, 20000 };
	char path[] = "/tmp/sctrace-stack\nXXXXXX", shown[64];
	int fd = mkstemp(path), self = open("/proc/self/exe", O_RDONLY);
	char *bytes = malloc(20000);
	const struct sct_stack *s;
	struct stat st;
	size_t i;

	(void)state;
	assert_true(fd >= 0 && self >= 0 && pread(self, bytes, 20000, 0) == 20000);
	snprintf(shown, sizeof(shown), "/tmp/sctrace-stack\\012%s", path + 19);
	for (i = 0; i < 2 * COUNT(sizes); i++) {
		struct sct_map m = { .start = regs.ip & ~4095ull, .end = (regs.ip & ~4095ull) + 4096 };

		if (i >= COUNT(sizes))
			memset(bytes + 64, i, 19936);
		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, bytes, sizes[i % COUNT(sizes)], 0), sizes[i % COUNT(sizes)]);
		assert_int_equal(fstat(fd, &st), 0);
		piece_len = 0;
		add_map(&m, st.st_size, st.st_mtime, i % 2 ? path : shown);
		sct_maps_drop(maps);
		maps = sct_maps_parse(piece, piece_len);
		s = unwind_all();
		assert_in_range(s->n, 1, SCT_STACK_FRAMES);
		assert_string_equal(s->frames[0].path, i % 2 ? path : shown);
	}
	unlink(path);
	close(fd);
	close(self);
	free(bytes);
}

/* ---- what the bytes may be ---- */

/* Where its debugging information is, a program cannot say: there might be a pipe, and nobody at its other end. */
static void a_file_that_names_a_pipe(void **state)
{
	char folder[] = "/tmp/sctrace-stackXXXXXX", command[512], path[64];
	const struct sct_map *own = sct_maps_find(maps, regs.ip);
	struct sct_map m = { .start = own->start, .end = own->end, .offset = own->offset };
	const struct sct_stack *s;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof(command),
		 "cd %s && cp /proc/%d/exe program && : >x.debug && objcopy --strip-all --add-gnu-debuglink=x.debug program && "
		 "rm x.debug && mkfifo x.debug", folder, getpid());
	assert_int_equal(system(command), 0);
	snprintf(path, sizeof(path), "%s/program", folder);
	assert_int_equal(stat(path, &st), 0);
	piece_len = 0;
	add_map(&m, st.st_size, st.st_mtime, path);
	sct_maps_drop(maps);
	maps = sct_maps_parse(piece, piece_len);
	alarm(100);
	s = unwind_all();
	alarm(0);
	assert_in_range(s->n, 1, SCT_STACK_FRAMES);
	assert_string_equal(s->frames[0].path, path);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static unsigned int open_files(void)
{
	unsigned int n = 0;
	int fd;

	for (fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* More files than may be open: some are not looked into, and the others are closed for the next list. */
static void more_files_than_may_be_open(void **state)
{
	char folder[] = "/tmp/sctrace-stackXXXXXX", command[512], path[64];
	const struct sct_stack_options options = { .root = "", .ours = true };
	const struct sct_map *own = sct_maps_find(maps, regs.ip);
	struct rlimit limit, few = { 60, 60 };
	struct sct_map m = { .offset = own->offset };
	const struct sctrace_regs true_regs = regs;
	struct sct_stacks *all = stacks;
	const struct sct_stack *s;
	unsigned int before = open_files(), i;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof(command), "cd %s && cp /proc/%d/exe 0 && for i in $(seq 39); do ln -s 0 $i; done", folder, getpid());
	assert_int_equal(system(command), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	few.rlim_max = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	stacks = sct_stacks_new(&options);
	assert_non_null(stacks);
	piece_len = 0;
	for (i = 0; i < 40; i++) {
		m.start = (i + 1ull) << 32;
		m.end = m.start + (own->end - own->start);
		snprintf(path, sizeof(path), "%s/%u", folder, i);
		assert_int_equal(stat(path, &st), 0);
		add_map(&m, st.st_size, st.st_mtime, path);
	}
	sct_maps_drop(maps);
	maps = sct_maps_parse(piece, piece_len);
	regs.ip = m.start + 1;
	s = unwind_all();
	assert_int_equal(s->n, 1);
	assert_string_equal(s->why, "no file to unwind by: too many are open, see ulimit -n");
	assert_true(open_files() <= before + 30);
	/* The next one's file is found again. */
	take_maps(NULL);
	regs = true_regs;
	s = unwind_all();
	expect_symbol(s, 0, "stack_third");
	sct_stacks_free(stacks);
	assert_int_equal(open_files(), before);
	stacks = all;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static uint64_t any(void)
{
	static uint64_t word = 88172645463325252ull;

	word ^= word << 13;
	word ^= word >> 7;
	return word ^= word << 17;
}

/* A copy of which some bytes are others. The caller's to free. */
static uint8_t *damaged(const uint8_t *bytes, size_t len, unsigned int most)
{
	uint8_t *copy = malloc(len ? len : 1);
	unsigned int i;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	for (i = any() % most; i && len; i--)
		copy[any() % len] = any() % 3 ? any() : 0;
	return copy;
}

static void damage_registers(void)
{
	unsigned int i;

	for (i = any() % 4; i; i--)
		regs.general[any() % COUNT(regs.general)] = any() % 2 ? any() : regs.sp + any() % 4096;
	if (!(any() % 4))
		regs.ip = any() % 2 ? any() : (uintptr_t)stack_first + any() % 64;
}

static void any_bytes(void **state)
{
	const struct sctrace_regs true_regs = regs;
	unsigned int round;

	(void)state;
	for (round = 0; round < 400; round++) {
		size_t len = round % 3 ? piece_len : any() % (piece_len + 1), stack_bytes = any() % 4096;
		uint8_t *list = damaged(piece, len, 8), *bytes = damaged(stack, stack_bytes, 64);
		struct sct_stack_input input = { .bytes = bytes, .len = stack_bytes, .limit = any() % 2 ? stack_bytes : LIMIT };
		struct sct_text text = { 0 };
		const struct sct_stack *s;

		sct_maps_drop(maps);
		maps = sct_maps_parse(list, len);
		assert_non_null(maps);
		regs = true_regs;
		damage_registers();
		input.regs = regs;
		input.maps = maps;
		input.cut = any() % 2;
		input.tgid = getpid();
		s = sct_stacks_unwind(stacks, &input);
		assert_in_range(s->n, 1, SCT_STACK_FRAMES);
		sct_stack_print(&text, s);
		sct_text_free(&text);
		free(list);
		free(bytes);
	}
	regs = true_regs;
}

/* ---- names ---- */

static void names_of_other_languages(void **state)
{
	static const char *const others[] = { "", "_", "_Z", "_Z1", "main", "_ZZZZZZZZ", "_Z99999999999999999999x" };
	char *name = sct_demangle("_ZN2ns1A1fIlEEiT_"), longest[4096] = "_Z4000";
	size_t i;

	(void)state;
	/* Where there is no C++. */
	if (name)
		assert_string_equal(name, "int ns::A::f<long>(long)");
	free(name);
	for (i = 0; i < COUNT(others); i++)
		assert_null(sct_demangle(others[i]));
	memset(longest + 6, 'x', sizeof(longest) - 7);
	assert_null(sct_demangle(longest));
	/* Each part twice the one before. */
	strcpy(longest, "_Z1f1aIiiE");
	for (i = 0; i < 25; i++)
		sprintf(longest + strlen(longest), "S%.*s_IS%.*s_S_E", (int)(i > 1), "0", (int)(i > 1), "0");
	assert_null(sct_demangle(longest));
}

/* ---- lines ---- */

static void lines_are_those_of_strace(void **state)
{
	struct sct_text text = { 0 };
	struct sct_stack s = {
		.n = 4,
		.frames = {
			{ "/usr/lib/libc.so.6", { "__open64", 0x5c, NULL, 0 }, 0xf8b6c },
			{ "/tmp/a", { "main", 0x10, "/tmp/a b.c", 12 }, 0x1149 },
			{ "/tmp/n\nl", { NULL, 0, NULL, 0 }, 0x1150 },
			{ NULL, { NULL, 0, NULL, 0 }, 0xffff },
		},
		.why = "too many stack frames",
	};

	(void)state;
	sct_stack_print(&text, &s);
	assert_string_equal(text.chars, " > /usr/lib/libc.so.6(__open64+0x5c) [0xf8b6c]\n"
					" > /tmp/a(main+0x10) [0x1149] /tmp/a b.c:12\n"
					" > /tmp/n\\012l() [0x1150]\n"
					" > unexpected_backtracing_error [0xffff]\n"
					" > too many stack frames\n");
	sct_text_free(&text);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(functions_are_found_from_the_innermost_to_main),
		CASE(addresses_and_lines_are_those_of_the_file),
		CASE(a_list_read_from_proc_does_as_well),
		CASE(it_is_the_same_again_and_with_other_lists_between),
		CASE(a_stack_that_was_not_taken_to_its_end_says_so),
		CASE(no_more_frames_than_are_wanted),
		CASE(a_file_that_is_another_now_is_not_used),
		CASE(instructions_in_no_file),
		CASE(a_stack_without_an_end),
		CASE(files_that_are_no_programs),
		CASE(a_file_that_names_a_pipe),
		CASE(more_files_than_may_be_open),
		CASE(any_bytes),
		cmocka_unit_test(names_of_other_languages),
		CASE(lines_are_those_of_strace),
	};

	return cmocka_run_group_tests_name("sctrace_stack", cases, NULL, NULL);
}
