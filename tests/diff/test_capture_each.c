// SPDX-License-Identifier: GPL-2.0-or-later
/* Cases of module/capture.c: steps whose addresses lie in other pieces, descriptors, and the room in the record. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "trial.h"
#include "user_memory.h"

/* As execve(2). */
static void each_string(void **state)
{
	const char *words[4] = { "zero", (char *)BAD, "two", NULL };
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	add_vector(&t, 0, 8, 256);
	add_each(&t, SCTRACE_STEP_STRING, 0, 0, 8);
	run(&t);
	assert_int_equal(t.nr_pieces, 4);
	expect(&t, 0, 0, 0, 24, words, 24);
	expect(&t, 1, 1, 0, 4, "zero", 4);
	expect(&t, 2, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	expect(&t, 3, 1, 0, 3, "two", 3);
	assert_true(t.c.faulted);
	t.steps[1].max_count = 1;
	run(&t);
	assert_int_equal(t.nr_pieces, 2);
	assert_false(t.c.faulted);
	done(&t);
}

static void each_string_of_small_words(void **state)
{
	char *low = mmap((void *)0x30000000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
			 -1, 0);
	uint32_t words[3] = { 0x30000000, 0x30000010, 0 };
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	assert_ptr_equal(low, (void *)0x30000000);
	strcpy(low, "first");
	strcpy(low + 16, "second");
	add_vector(&t, 0, 4, 256);
	add_each(&t, SCTRACE_STEP_STRING, 0, 0, 4)->word = 4;
	run(&t);
	assert_int_equal(t.nr_pieces, 3);
	expect(&t, 1, 1, 0, 5, "first", 5);
	expect(&t, 2, 1, 0, 6, "second", 6);
	munmap(low, 4096);
	done(&t);
}

/* As writev(2). */
static void each_buffer(void **state)
{
	struct iovec iov[4] = { { "one", 3 }, { NULL, 9 }, { "", 0 }, { "four", 4 } };
	struct trial t = { .args = { (uintptr_t)iov, 4 } };

	(void)state;
	add_counted(&t, 0, 1, 16);
	add_each_counted(&t, 0, 0, 16, 8, 1);
	run(&t);
	assert_int_equal(t.nr_pieces, 5);
	expect(&t, 0, 0, 0, 64, iov, 64);
	expect(&t, 1, 1, 0, 3, "one", 3);
	expect(&t, 2, 1, SCTRACE_PIECE_NULL, 0, "", 0);
	expect(&t, 3, 1, 0, 0, "", 0);
	expect(&t, 4, 1, 0, 4, "four", 4);
	done(&t);
}

/* Of the vector only so much is there. */
static void each_of_partly_read(void **state)
{
	struct iovec iov[2] = { { "one", 3 }, { "two", 3 } };
	struct trial t = { .args = { (uintptr_t)at_end(iov, sizeof(iov)), 3 } };

	(void)state;
	add_counted(&t, 0, 1, 16);
	add_each_counted(&t, 0, 0, 16, 8, 1);
	run(&t);
	assert_int_equal(t.nr_pieces, 3);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 48, iov, 32);
	expect(&t, 2, 1, 0, 3, "two", 3);
	/* Half an element is none. */
	t.args[0] += 8;
	run(&t);
	assert_int_equal(t.nr_pieces, 2);
	done(&t);
}

static void each_of_unreadable(void **state)
{
	struct trial t = { .args = { BAD, 3 } };

	(void)state;
	add_counted(&t, 0, 1, 16);
	add_each_counted(&t, 0, 0, 16, 8, 1);
	add_each(&t, SCTRACE_STEP_STRING, 0, 0, 0);
	run(&t);
	assert_int_equal(t.nr_pieces, 1);
	done(&t);
}

struct message {
	struct iovec *iov;
	unsigned long count;
	const char *name;
	unsigned long sent;
};

/* As sendmmsg(2). */
static void each_of_each(void **state)
{
	struct iovec one[2] = { { "a", 1 }, { "bc", 2 } }, three[1] = { { "def", 3 } };
	struct message messages[4] = { { one, 2, "x", 0 }, { NULL, 5, NULL, 0 }, { three, 1, "yz", 0 }, { one, 0, "", 0 } };
	struct trial t = { .args = { (uintptr_t)messages, 4 } };

	(void)state;
	add_counted(&t, 0, 1, sizeof(messages[0]));
	add_each(&t, SCTRACE_STEP_STRING, 0, offsetof(struct message, name), sizeof(messages[0]));
	add_each_counted(&t, 0, 0, sizeof(messages[0]), 8, 16);
	add_each_counted(&t, 2, 0, 16, 8, 1);
	run(&t);
	assert_int_equal(t.nr_pieces, 1 + 4 + 4 + 3);
	expect(&t, 1, 1, 0, 1, "x", 1);
	expect(&t, 2, 1, SCTRACE_PIECE_NULL, 0, "", 0);
	expect(&t, 3, 1, 0, 2, "yz", 2);
	expect(&t, 4, 1, 0, 0, "", 0);
	expect(&t, 5, 2, 0, 32, one, 32);
	expect(&t, 6, 2, SCTRACE_PIECE_NULL, 0, "", 0);
	expect(&t, 7, 2, 0, 16, three, 16);
	expect(&t, 8, 2, 0, 0, "", 0);
	expect(&t, 9, 3, 0, 1, "a", 1);
	expect(&t, 10, 3, 0, 2, "bc", 2);
	expect(&t, 11, 3, 0, 3, "def", 3);
	done(&t);
}

/* As readv(2): the buffers are filled one after the other. */
static void up_to_result(void **state)
{
	struct iovec iov[4] = { { "aaaa", 4 }, { NULL, 0 }, { "bbbb", 4 }, { "cccc", 4 } };
	struct trial t = { .args = { (uintptr_t)iov, 4 }, .result = 6 };

	(void)state;
	add_counted(&t, 0, 1, 16)->when = SCTRACE_STEP_EXIT;
	add_each_counted(&t, 0, 0, 16, 8, 1);
	t.steps[1].when = SCTRACE_STEP_EXIT;
	t.steps[1].flags = SCTRACE_STEP_UP_TO_RESULT;
	run(&t);
	assert_int_equal(t.nr_pieces, 5);
	expect(&t, 1, 1, 0, 4, "aaaa", 4);
	expect(&t, 2, 1, SCTRACE_PIECE_NULL, 0, "", 0);
	expect(&t, 3, 1, 0, 2, "bb", 2);
	expect(&t, 4, 1, 0, 0, "", 0);
	t.steps[1].max = 3;
	run(&t);
	expect(&t, 1, 1, SCTRACE_PIECE_CUT, 4, "aaa", 3);
	expect(&t, 3, 1, 0, 2, "bb", 2);
	t.result = 100;
	t.steps[1].max = 9;
	run(&t);
	expect(&t, 4, 1, 0, 4, "cccc", 4);
	done(&t);
}

/* As the pointers in bpf(2)'s argument: one element, as large as it is. */
static void pointer_in_struct(void **state)
{
	struct message m = { .name = "inside" };
	struct trial t = { .args = { (uintptr_t)&m, sizeof(m) } };

	(void)state;
	add_counted(&t, 0, 1, 1);
	add_each(&t, SCTRACE_STEP_STRING, 0, offsetof(struct message, name), 0);
	run(&t);
	assert_int_equal(t.nr_pieces, 2);
	expect(&t, 1, 1, 0, 6, "inside", 6);
	/* Too short to hold the pointer. */
	t.args[1] = offsetof(struct message, name) + 7;
	run(&t);
	assert_int_equal(t.nr_pieces, 1);
	done(&t);
}

static void descriptors(void **state)
{
	char path[4096];
	int fd = open("/dev/null", O_RDONLY);
	struct trial t = { .args = { fd, AT_FDCWD, 999 } };

	(void)state;
	add(&t, SCTRACE_STEP_FD);
	add(&t, SCTRACE_STEP_FD)->index = 1;
	add(&t, SCTRACE_STEP_FD)->index = 2;
	add(&t, SCTRACE_STEP_FD)->base = SCTRACE_BASE_CWD;
	run(&t);
	assert_int_equal(t.nr_pieces, 4);
	expect(&t, 0, 0, 0, 9, "/dev/null", 9);
	assert_non_null(getcwd(path, sizeof(path)));
	expect(&t, 1, 1, 0, strlen(path), path, strlen(path));
	expect(&t, 2, 2, 0, 0, "", 0);
	expect(&t, 3, 3, 0, strlen(path), path, strlen(path));
	close(fd);
	done(&t);
}

/* A stack may be another later, and so is not read again. */
static void stack_and_registers(void **state)
{
	const struct sctrace_regs regs = { .ip = 0x1234567890, .sp = (uintptr_t)at_end("0123456789abcdef", 16) };
	struct trial t = { 0 };
	struct sctrace_step *step;

	(void)state;
	add_fixed(&t, 0, 8)->base = SCTRACE_BASE_REGS;
	step = add_fixed(&t, 0, 4);
	step->base = SCTRACE_BASE_STACK;
	step->offset = 10;
	step = add_fixed(&t, 0, 4);
	step->base = SCTRACE_BASE_STACK;
	step->offset = 14;
	add_fixed(&t, 0, 512)->base = SCTRACE_BASE_REGS;
	user_regs = &regs;
	run(&t);
	assert_int_equal(t.nr_pieces, 4);
	expect(&t, 0, 0, 0, 8, &regs.ip, 8);
	expect(&t, 1, 1, 0, 4, "abcd", 4);
	expect(&t, 2, 2, SCTRACE_PIECE_FAULT, 4, "ef", 2);
	expect(&t, 3, 3, 0, sizeof(regs), &regs, sizeof(regs));
	run_again(&t, SCTRACE_PIECE_LATE);
	assert_int_equal(t.nr_pieces, 2);
	expect(&t, 0, 0, SCTRACE_PIECE_LATE, 8, &regs.ip, 8);
	expect(&t, 1, 3, SCTRACE_PIECE_LATE, sizeof(regs), &regs, sizeof(regs));
	user_regs = NULL;
	done(&t);
}

/* What a stack ends with is no fault; it is read as a call returns if nothing is known of its begin. */
static void short_stack(void **state)
{
	const struct sctrace_regs regs = { .sp = (uintptr_t)at_end("0123456789abcdef", 16) };
	struct trial t = { 0 };
	struct sctrace_step *step;

	(void)state;
	step = add_fixed(&t, 0, 2048);
	step->base = SCTRACE_BASE_STACK;
	step->flags = SCTRACE_STEP_SHORT;
	user_regs = &regs;
	run(&t);
	assert_int_equal(t.nr_pieces, 1);
	expect(&t, 0, 0, 0, 2048, "0123456789abcdef", 16);
	assert_false(t.c.faulted);
	/* The ENTER has it already. */
	run_again(&t, SCTRACE_PIECE_LATE);
	assert_int_equal(t.nr_pieces, 0);
	t.whole = true;
	run_again(&t, SCTRACE_PIECE_LATE);
	expect(&t, 0, 0, SCTRACE_PIECE_LATE, 2048, "0123456789abcdef", 16);
	user_regs = NULL;
	done(&t);
}

/* Told, no news, and only where sleeping is allowed. */
static void mapped_files(void **state)
{
	struct sctrace_maps maps = { .bytes = "the entries", .len = 11, .answer = 1 };
	struct trial t = { 0 };

	(void)state;
	add_fixed(&t, 0, 64)->base = SCTRACE_BASE_MAPS;
	run(&t);
	assert_int_equal(t.nr_pieces, 0);
	t.maps = &maps;
	run(&t);
	expect(&t, 0, 0, 0, 11, "the entries", 11);
	maps.answer = 0;
	run(&t);
	assert_int_equal(t.nr_pieces, 0);
	assert_false(t.c.faulted);
	maps.answer = -EAGAIN;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 0, "", 0);
	assert_true(t.c.faulted);
	/* Not even an entry. */
	maps.answer = 1;
	t.room = sizeof(struct sctrace_piece) + 8;
	run(&t);
	assert_int_equal(t.nr_pieces, 0);
	done(&t);
}

static void flags_of_all_pieces(void **state)
{
	const char *words[3] = { "zero", NULL, NULL };
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	add_vector(&t, 0, 8, 256);
	add_each(&t, SCTRACE_STEP_STRING, 0, 0, 8);
	run_again(&t, SCTRACE_PIECE_LATE);
	expect(&t, 0, 0, SCTRACE_PIECE_LATE, 8, words, 8);
	expect(&t, 1, 1, SCTRACE_PIECE_LATE, 4, "zero", 4);
	done(&t);
}

/* The same piece, of another run? */
static bool same_piece(const struct sctrace_piece *a, const struct sctrace_piece *b)
{
	return !memcmp(a, b, sizeof(*a)) && !memcmp(a + 1, b + 1, a->len);
}

/* Whatever the room, nothing lies behind, and up to the first piece that is cut all are as with more room. */
static void any_room(void **state)
{
	struct iovec one[2] = { { "abcdefghijk", 11 }, { (char *)BAD, 20 } }, three[1] = { { "def", 3 } };
	struct message messages[3] = { { one, 2, "a name", 0 }, { NULL, 5, NULL, 0 }, { three, 1, "yz", 0 } };
	const char *words[3] = { "a string", "another one", NULL };
	struct trial t = { .args = { (uintptr_t)messages, 3, (uintptr_t)words, (uintptr_t)"plain", AT_FDCWD } };
	struct trial all;

	(void)state;
	add_string(&t, 3, 4096);
	add_counted(&t, 0, 1, sizeof(messages[0]));
	add_each(&t, SCTRACE_STEP_STRING, 1, offsetof(struct message, name), sizeof(messages[0]));
	add_each_counted(&t, 1, 0, sizeof(messages[0]), 8, 16);
	add_each_counted(&t, 3, 0, 16, 8, 1);
	add_vector(&t, 2, 8, 256);
	add_each(&t, SCTRACE_STEP_STRING, 5, 0, 8);
	add(&t, SCTRACE_STEP_FD)->index = 4;
	all = t;
	run(&all);
	assert_int_equal(all.nr_pieces, 1 + 1 + 3 + 3 + 3 + 1 + 2 + 1);
	for (t.room = 8; t.room < (size_t)(all.c.at - all.memory); t.room += 8) {
		unsigned int i = 0;

		run(&t);
		while (i < t.nr_pieces && same_piece(t.pieces[i], all.pieces[i]))
			i++;
		assert_true(i == t.nr_pieces || t.pieces[i]->flags & SCTRACE_PIECE_CUT);
		assert_true(i < all.nr_pieces);
	}
	done(&all);
	done(&t);
}

/* Less room afterwards: whole pieces go, from the last. */
static void fit_to_any_room(void **state)
{
	const char *words[3] = { "a string", "one", NULL };
	struct trial t = { .args = { (uintptr_t)words } };
	uint32_t room;

	(void)state;
	add_vector(&t, 0, 8, 256);
	add_each(&t, SCTRACE_STEP_STRING, 0, 0, 8);
	run(&t);
	assert_int_equal(t.nr_pieces, 3);
	for (room = 0; room <= 80; room++) {
		size_t whole = room < 24 ? 0 : room < 40 ? 24 : room < 56 ? 40 : 56;

		assert_int_equal(sctrace_capture_fit(t.memory, t.c.at, room) - t.memory, whole);
	}
	done(&t);
}

static void longest_piece(void **state)
{
	static char buffer[70000];
	struct trial t = { .args = { (uintptr_t)buffer, sizeof(buffer) }, .room = 80000 };

	(void)state;
	memset(buffer, 'x', sizeof(buffer) - 1);
	add_counted(&t, 0, 1, 1)->max = SCTRACE_STEP_MAX_BYTES;
	add_string(&t, 0, 8)->max = 8;
	run(&t);
	assert_int_equal(t.nr_pieces, 2);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, sizeof(buffer), buffer, SCTRACE_STEP_MAX_BYTES);
	t.steps[0] = t.steps[1];
	t.steps[0].max = SCTRACE_STEP_MAX_BYTES;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, buffer, SCTRACE_STEP_MAX_BYTES);
	done(&t);
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(each_string),
		cmocka_unit_test(each_string_of_small_words),
		cmocka_unit_test(each_buffer),
		cmocka_unit_test(each_of_partly_read),
		cmocka_unit_test(each_of_unreadable),
		cmocka_unit_test(each_of_each),
		cmocka_unit_test(up_to_result),
		cmocka_unit_test(pointer_in_struct),
		cmocka_unit_test(descriptors),
		cmocka_unit_test(stack_and_registers),
		cmocka_unit_test(short_stack),
		cmocka_unit_test(mapped_files),
		cmocka_unit_test(flags_of_all_pieces),
		cmocka_unit_test(any_room),
		cmocka_unit_test(fit_to_any_room),
		cmocka_unit_test(longest_piece),
	};

	return cmocka_run_group_tests_name("capture_each", cases, make_page, NULL);
}
