// SPDX-License-Identifier: GPL-2.0-or-later
/* Plans and their runs, for the cases of module/capture.c. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trial.h"
#include "user_memory.h"

char *page_end;

struct sctrace_step *add(struct trial *t, uint8_t op)
{
	struct sctrace_step *step = &t->steps[t->nr_steps++];

	*step = (struct sctrace_step) { .op = op, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 256,
					.word = 8, .unit = 1 };
	return step;
}

struct sctrace_step *add_string(struct trial *t, uint8_t arg, uint16_t max)
{
	struct sctrace_step *step = add(t, SCTRACE_STEP_STRING);

	step->index = arg;
	step->max = max;
	return step;
}

struct sctrace_step *add_fixed(struct trial *t, uint8_t arg, uint16_t max)
{
	struct sctrace_step *step = add(t, SCTRACE_STEP_BYTES);

	step->index = arg;
	step->max = max;
	step->len_from = SCTRACE_LEN_MAX;
	return step;
}

struct sctrace_step *add_counted(struct trial *t, uint8_t arg, uint8_t count_arg, uint16_t unit)
{
	struct sctrace_step *step = add(t, SCTRACE_STEP_BYTES);

	step->index = arg;
	step->len_from = SCTRACE_LEN_ARG;
	step->len_index = count_arg;
	step->len_bytes = 8;
	step->unit = unit;
	return step;
}

struct sctrace_step *add_vector(struct trial *t, uint8_t arg, uint8_t word, uint16_t max)
{
	struct sctrace_step *step = add(t, SCTRACE_STEP_VECTOR);

	step->index = arg;
	step->word = word;
	step->max = max;
	return step;
}

/* What the words of a step's elements point to. */
struct sctrace_step *add_each(struct trial *t, uint8_t op, uint8_t of, uint16_t offset, uint16_t stride)
{
	struct sctrace_step *step = add(t, op);

	step->base = SCTRACE_BASE_STEP;
	step->index = of;
	step->offset = offset;
	step->stride = stride;
	step->max_count = 1024;
	return step;
}

struct sctrace_step *add_each_counted(struct trial *t, uint8_t of, uint16_t offset, uint16_t stride,
					     uint16_t len_offset, uint16_t unit)
{
	struct sctrace_step *step = add_each(t, SCTRACE_STEP_BYTES, of, offset, stride);

	step->len_from = SCTRACE_LEN_FIELD;
	step->len_index = of;
	step->len_offset = len_offset;
	step->len_bytes = 8;
	step->unit = unit;
	return step;
}

/* The pieces must lie one behind the other up to the end, each whole, its padding zero. */
static void take_pieces(struct trial *t)
{
	const uint8_t *at = t->memory;

	assert_true(t->c.at <= t->c.end);
	assert_int_equal((uintptr_t)t->c.at & 7, 0);
	for (t->nr_pieces = 0; at < t->c.at; t->nr_pieces++) {
		const struct sctrace_piece *piece = (const void *)at;
		const uint8_t *end = (const uint8_t *)(piece + 1) + piece->len;

		assert_true(t->nr_pieces < MOST);
		assert_true((const uint8_t *)(piece + 1) <= t->c.at && end <= t->c.at);
		assert_true(piece->step < t->nr_steps);
		for (at = end; (uintptr_t)at & 7; at++)
			assert_int_equal(*at, 0);
		t->pieces[t->nr_pieces] = piece;
	}
	assert_ptr_equal(at, t->c.at);
}

void run_again(struct trial *t, uint8_t flags)
{
	size_t room = t->room ? t->room : ROOM;

	free(t->memory);
	t->memory = malloc(room);
	assert_non_null(t->memory);
	memset(t->memory, 0x5a, room);
	t->c = (struct sctrace_capture) {
		.steps = t->steps,
		.args = t->args,
		.result = t->result,
		.first = t->memory,
		.at = t->memory,
		.end = t->memory + room,
		.flags = flags,
		.may_sleep = t->may_sleep,
		.whole = t->whole,
		.maps = t->maps,
	};
	user_tid = getpid();
	sctrace_capture_steps(&t->c, 0, t->nr_steps);
	take_pieces(t);
}

void run(struct trial *t)
{
	run_again(t, 0);
}

void done(struct trial *t)
{
	free(t->memory);
}

/* One piece as it must be. */
void expect(const struct trial *t, unsigned int i, unsigned int step, unsigned int flags, uint32_t wanted,
		   const void *bytes, unsigned int len)
{
	assert_true(i < t->nr_pieces);
	assert_int_equal(t->pieces[i]->step, step);
	assert_int_equal(t->pieces[i]->flags, flags);
	assert_int_equal(t->pieces[i]->wanted, wanted);
	assert_int_equal(t->pieces[i]->len, len);
	assert_memory_equal(t->pieces[i] + 1, bytes, len);
}

int make_page(void **state)
{
	char *page = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	if (page == MAP_FAILED)
		return -1;
	page_end = page + PAGE_SIZE;
	return munmap(page_end, PAGE_SIZE);
}

void *at_end(const void *bytes, size_t n)
{
	return memcpy(page_end - n, bytes, n);
}
