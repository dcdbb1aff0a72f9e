/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any configuration of a session that is right by the rules of <uapi/sctrace.h>, for fuzzioctl: scope, filter, plans with
 * their steps, symbols. What a rule leaves open is chosen at random.
 */
#ifndef PROG_FUZZPLAN_H
#define PROG_FUZZPLAN_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>

#include <uapi/sctrace.h>

#include "random.h"

#define MAX_TESTS	8
#define MAX_PLANS	8
#define MAX_STEPS	64
#define MAX_INSNS	8
#define MAX_PATHS	4
#define MAX_SYMBOLS	4
#define TEXT_BYTES	64

/* Everything that an ioctl is given, as it is wanted. Its pointers are set when it is laid out. */
struct wish {
	struct sctrace_config config;
	struct sctrace_test tests[MAX_TESTS];
	char text[TEXT_BYTES];
	struct sctrace_plan plans[MAX_PLANS];
	struct sctrace_step steps[MAX_STEPS];
	struct sctrace_filter filter;
	struct sock_filter program[MAX_INSNS];
	struct sctrace_path paths[MAX_PATHS];
	char path_text[TEXT_BYTES];
	struct sctrace_symbol symbols[MAX_SYMBOLS];
	bool has_filter;
};

/* The calls that the worker makes: whatever their arguments are, they do nothing. 1000 is none. */
static const int harmless[] = { SYS_getppid, SYS_getuid, SYS_sched_yield, 1000 };

/* ---- steps ---- */

static bool can_be_base(const struct sctrace_step *step)
{
	return step->op == SCTRACE_STEP_BYTES || step->op == SCTRACE_STEP_VECTOR;
}

/* A step of the same phase, before step @n, that words can be taken from; -1: there is none. */
static int any_base(const struct sctrace_step *steps, int from, int n)
{
	int tries, i;

	for (tries = 0; n > from && tries < 4; tries++) {
		i = from + below(n - from);
		if (can_be_base(&steps[i]))
			return i;
	}
	return -1;
}

static void make_base(struct sctrace_step *s, const struct sctrace_step *steps, int from, int n, int nr_args)
{
	int base = any_base(steps, from, n);

	if (s->op == SCTRACE_STEP_BYTES && s->when == SCTRACE_STEP_ENTER && seldom(10)) {
		s->base = SCTRACE_BASE_STACK + below(3);
		s->offset = s->base == SCTRACE_BASE_STACK ? below(4096) : 0;
	} else if (base >= 0 && seldom(2)) {
		s->base = SCTRACE_BASE_STEP;
		s->index = base;
		s->word = seldom(3) ? 4 : 8;
		s->offset = below(3) * 8;
		if (!seldom(3)) {
			s->stride = s->offset + s->word + below(3) * 4;
			s->max_count = seldom(4) ? 1 + below(65535) : 1 + below(16);
		}
	} else if (s->op == SCTRACE_STEP_FD && seldom(4)) {
		s->base = SCTRACE_BASE_CWD;
	} else if (!nr_args || (s->when != SCTRACE_STEP_ENTER && seldom(8))) {
		s->base = s->when == SCTRACE_STEP_ENTER ? SCTRACE_BASE_CWD : SCTRACE_BASE_RESULT;
		if (s->base == SCTRACE_BASE_CWD)
			s->op = SCTRACE_STEP_FD;
	} else {
		s->base = SCTRACE_BASE_ARG;
		s->index = below(nr_args);
	}
}

static void make_length(struct sctrace_step *s, const struct sctrace_step *steps, int from, int n, int nr_args)
{
	int field = any_base(steps, from, n);

	s->len_from = SCTRACE_LEN_MAX;
	if (s->base >= SCTRACE_BASE_STACK || seldom(4)) {
		s->unit = seldom(4) ? number() : 0;
		return;
	}
	if (field >= 0 && seldom(2)) {
		s->len_from = SCTRACE_LEN_FIELD;
		s->len_index = s->base == SCTRACE_BASE_STEP && seldom(2) ? s->index : field;
		s->len_offset = seldom(4) ? number() : below(24);
		s->len_bytes = 1 << below(4);
	} else if (s->when != SCTRACE_STEP_ENTER && seldom(2)) {
		s->len_from = SCTRACE_LEN_RESULT;
	} else if (nr_args) {
		s->len_from = SCTRACE_LEN_ARG;
		s->len_index = below(nr_args);
		s->len_bytes = seldom(2) ? 4 : 8;
	} else {
		return;
	}
	s->add = seldom(4) ? number() : 0;
	s->shift = seldom(4) ? below(32) : 0;
	s->unit = seldom(6) ? 0 : seldom(3) ? number() : 1;
	if (!s->unit)
		s->word = s->word ?: 8;
}

static uint8_t make_flags(const struct sctrace_step *s, const struct sctrace_step *before)
{
	bool enter = s->when == SCTRACE_STEP_ENTER;
	uint8_t details = s->op == SCTRACE_STEP_FD && seldom(2) ? SCTRACE_STEP_DETAILS : 0;

	if (s->base == SCTRACE_BASE_STACK)
		return seldom(2) ? SCTRACE_STEP_SHORT : 0;
	if (s->base == SCTRACE_BASE_STEP && s->len_from == SCTRACE_LEN_FIELD && !enter && seldom(2))
		return SCTRACE_STEP_UP_TO_RESULT;
	if (!can_be_base(s) && enter && !s->stride && seldom(2) &&
	    (s->base == SCTRACE_BASE_ARG || s->base == SCTRACE_BASE_STEP)) {
		if (before && before->op == SCTRACE_STEP_FD && s->op == SCTRACE_STEP_STRING && s->base == SCTRACE_BASE_ARG)
			return SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW;
		return SCTRACE_STEP_PATH | details;
	}
	return details;
}

/* @steps: the plan's; step @n, of which those of its phase begin at @from. */
static void make_step(struct sctrace_step *steps, int from, int n, uint8_t when, int nr_args)
{
	static const uint8_t ops[] = { SCTRACE_STEP_STRING, SCTRACE_STEP_STRING, SCTRACE_STEP_BYTES, SCTRACE_STEP_BYTES,
				       SCTRACE_STEP_BYTES, SCTRACE_STEP_VECTOR, SCTRACE_STEP_VECTOR, SCTRACE_STEP_FD };
	static const uint16_t sizes[] = { 1, 7, 8, 16, 64, 100, 4095, 4096, SCTRACE_STEP_MAX_BYTES };
	struct sctrace_step *s = &steps[n];

	memset(s, 0, sizeof(*s));
	s->op = PICK(ops);
	s->when = when;
	s->max = seldom(2) ? PICK(sizes) : 1 + below(600);
	make_base(s, steps, from, n, nr_args);
	if (s->op == SCTRACE_STEP_VECTOR)
		s->word = s->word ?: 8;
	if (s->op == SCTRACE_STEP_BYTES)
		make_length(s, steps, from, n, nr_args);
	s->flags = make_flags(s, n ? s - 1 : NULL);
}

/* ---- plans ---- */

static int make_steps(struct sctrace_step *steps, int room, int nr_args)
{
	int entry = below(5), leave = below(4), n = 0;

	if (seldom(20))
		entry = SCTRACE_MAX_PLAN_STEPS - leave;
	for (; n < entry && n < room; n++)
		make_step(steps, 0, n, SCTRACE_STEP_ENTER, nr_args);
	entry = n;
	for (; n < entry + leave && n < room; n++)
		make_step(steps, entry, n, SCTRACE_STEP_EXIT + below(2), nr_args);
	return n;
}

static void make_plans(struct wish *w)
{
	struct sctrace_config *c = &w->config;
	int i, n = below(MAX_PLANS + 1), steps = 0;

	for (i = 0; i < n; i++) {
		struct sctrace_plan *p = &w->plans[i];

		p->nr = seldom(4) ? (int)below(SCTRACE_MAX_NR) : PICK(harmless);
		p->abi = seldom(8) ? below(SCTRACE_ABI_COUNT) : SCTRACE_ABI_NATIVE;
		p->nr_args = seldom(3) ? below(7) : 6;
		p->first_step = steps;
		p->nr_steps = make_steps(&w->steps[steps], MAX_STEPS - steps, p->nr_args);
		steps += p->nr_steps;
		/* Those of one call have one argument and mask, and each its value. */
		if (seldom(3)) {
			p->select_arg = p->nr % 6;
			p->select_mask = 0xf0 | (p->nr & 1);
			p->select_value = i << 4;
		}
	}
	c->nr_plans = n;
	c->nr_steps = steps;
}

/* ---- scope ---- */

static void make_test(struct wish *w, struct sctrace_test *t, int worker)
{
	static const uint8_t keys[] = { SCTRACE_KEY_TASK, SCTRACE_KEY_PROCESS, SCTRACE_KEY_TREE, SCTRACE_KEY_TID, SCTRACE_KEY_PID,
					SCTRACE_KEY_UID, SCTRACE_KEY_COMM, SCTRACE_KEY_EXE };

	t->key = seldom(3) ? 1 + below(SCTRACE_KEY_COUNT - 1) : PICK(keys);
	if (t->key <= SCTRACE_KEY_TREE) {
		t->low = worker;
		t->high = number();
	} else {
		t->high = UINT64_MAX >> below(64);
		t->low = seldom(3) ? below(4) & t->high : 0;
	}
	if (t->key == SCTRACE_KEY_COMM || t->key == SCTRACE_KEY_EXE || t->key == SCTRACE_KEY_CONTAINER) {
		t->offset = below(TEXT_BYTES / 2);
		t->length = below(TEXT_BYTES / 2);
		t->match = t->key == SCTRACE_KEY_CONTAINER ? 0 : below(SCTRACE_MATCH_COUNT);
	}
	if (t->key >= SCTRACE_KEY_CONTAINER && t->key <= SCTRACE_KEY_CONTAINER_OLD)
		t->digits = 64;
	/* One of its own each: so that those of a group are all of one kind. */
	t->flags = seldom(6) ? SCTRACE_TEST_NOT : 0;
	t->group = (t - w->tests) * 3;
}

static void make_scope(struct wish *w, int worker)
{
	struct sctrace_config *c = &w->config;
	uint32_t i;

	c->scope = seldom(8) ? SCTRACE_SCOPE_DEFAULT : SCTRACE_SCOPE_TESTS | (seldom(3) ? SCTRACE_SCOPE_FOLLOW : 0);
	if (c->scope == SCTRACE_SCOPE_DEFAULT)
		return;
	c->nr_tests = seldom(3) ? below(MAX_TESTS) : below(2);
	for (i = 0; i < c->nr_tests; i++)
		make_test(w, &w->tests[i], worker);
	c->text_bytes = TEXT_BYTES;
	memcpy(w->text, "fuzzioctl", 9);
}

/* ---- filter ---- */

static void make_program(struct wish *w)
{
	w->program[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, below(sizeof(struct sctrace_filter_data) / 4) * 4);
	w->program[1] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, number());
	w->program[2] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, number(), 1, 0);
	w->program[3] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, number());
	w->program[4] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 1);
	w->filter.nr_insns = 5;
}

static void make_paths(struct wish *w)
{
	uint32_t i;

	w->filter.nr_paths = 1 + below(MAX_PATHS);
	w->filter.path_text_bytes = TEXT_BYTES;
	memcpy(w->path_text, "/tmp/abcdefgh", 13);
	for (i = 0; i < w->filter.nr_paths; i++) {
		w->paths[i].match = below(SCTRACE_MATCH_COUNT);
		w->paths[i].offset = below(TEXT_BYTES / 2);
		w->paths[i].length = 1 + below(TEXT_BYTES / 2);
	}
}

static void make_filter(struct wish *w)
{
	struct sctrace_filter *f = &w->filter;

	w->has_filter = true;
	f->size = sizeof(*f);
	f->flags = seldom(2) ? 0 : below(8);
	memset(f->calls, seldom(4) ? (int)any() : 0xff, sizeof(f->calls));
	memset(f->sigreturns, seldom(2), sizeof(f->sigreturns));
	memset(f->results, seldom(4) ? (int)any() : 0xff, sizeof(f->results));
	f->sample = seldom(4) ? number() : 0;
	f->rate = seldom(4) ? below(SCTRACE_MAX_RATE + 1) : 0;
	if (seldom(3))
		make_program(w);
	if (f->flags & SCTRACE_FILTER_NO_ENTER)
		return;
	f->min_duration = seldom(4) ? number() : 0;
	if (seldom(3))
		make_paths(w);
}

/* ---- all of it ---- */

static void make_symbols(struct wish *w)
{
#ifdef __x86_64__
	static const char *const names[] = { "__x64_sys_getppid", "__x64_sys_getuid", "__ia32_sys_getuid", "__x64_sys_",
					     "__x64_sys_sched_yield", "__x64_sys_no_such_call" };
#else
	static const char *const names[] = { "__arm64_sys_getppid", "__arm64_sys_getuid", "__arm64_sys_", "__arm64_sys_no_such_call" };
#endif
	uint32_t i;

	if (w->has_filter && w->filter.flags & SCTRACE_FILTER_NO_ENTER)
		return;
	w->config.nr_symbols = 1 + below(MAX_SYMBOLS);
	for (i = 0; i < w->config.nr_symbols; i++) {
		strcpy(w->symbols[i].name, PICK(names));
		w->symbols[i].flags = below(2);
	}
}

/* @worker: a process that scopes may name. */
static void make_wish(struct wish *w, int worker)
{
	struct sctrace_config *c = &w->config;

	memset(w, 0, sizeof(*w));
	c->size = sizeof(*c);
	c->ring_bytes = seldom(50) ? 0 : SCTRACE_RING_MIN_BYTES << below(2);
	c->watermark = seldom(2) ? 1 + below(SCTRACE_RING_MIN_BYTES / 4) : 0;
	c->mode = below(SCTRACE_MODE_COUNT);
	c->wait_ms = c->mode == SCTRACE_MODE_LOSSLESS && seldom(2) ? number() : 0;
	make_scope(w, worker);
	make_plans(w);
	if (!seldom(3))
		make_filter(w);
	/* Each is written into the kernel's code, and out of it again. */
	if (seldom(40))
		make_symbols(w);
}

#endif
