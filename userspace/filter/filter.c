/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the filter's options to struct sctrace_filter. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sctrace/sctrace.h>

#include "calls.h"
#include "constant.h"
#include "field.h"
#include "filter.h"
#include "path.h"
#include "set.h"
#include "where.h"

#define NR_RESULTS (sizeof(((struct sctrace_filter *)0)->results) * 8)

/* Descriptors that --fd can name. */
#define MAX_FDS 64

struct builder {
	const struct sct_filter_options *options;
	struct sctrace_filter *filter;
	struct sct_set set;
	struct sct_conds conds;
	struct sct_cond *cond;		/* all that a program must see to */
	struct sct_fault *fault;
	/* What is being worked on. */
	const char *option;
	const char *value;
};

/* ---- words of a list ---- */

/* The next word of a list with commas, which may be empty. false: there is none. */
static bool next_word(const char **at, char *word, size_t size, unsigned int *column, const char *list)
{
	size_t len;

	if (!*at)
		return false;
	len = strcspn(*at, ",");
	*column = *at - list + 1;
	if (len >= size)
		len = size - 1;
	memcpy(word, *at, len);
	word[len] = '\0';
	*at = strchr(*at, ',');
	if (*at)
		(*at)++;
	return true;
}

/* ---- results ---- */

static void add_result(struct sctrace_filter *filter, unsigned int n)
{
	if (n >= NR_RESULTS)
		n = NR_RESULTS - 1;
	filter->results[n / 64] |= 1ull << n % 64;
}

static void add_failed(struct sctrace_filter *filter)
{
	filter->results[0] |= ~1ull;
	filter->results[1] = filter->results[2] = UINT64_MAX;
}

/* Whether a call that ends so is in the set, NR_RESULTS bits. */
bool sct_filter_has_result(const __u64 *results, int64_t result)
{
	uint64_t n = sct_is_error(result) ? -result : 0;

	if (n >= NR_RESULTS)
		n = NR_RESULTS - 1;
	return results[n / 64] >> n % 64 & 1;
}

/* Statuses of calls that return. */
#define SUCCESSFUL 1
#define FAILED 2

/* not: the word stands behind a "!". */
static int add_status(struct builder *b, const char *word, unsigned int column, bool not, unsigned int *statuses)
{
	if (!strcmp(word, "all"))
		*statuses |= SUCCESSFUL | FAILED;
	else if (!strcmp(word, "successful"))
		*statuses |= SUCCESSFUL;
	else if (!strcmp(word, "failed"))
		*statuses |= FAILED;
	else if (!strcmp(word, "unfinished") || !strcmp(word, "unavailable") || !strcmp(word, "detached"))
		/* Not to show these is what any status means here. */
		return not ? 0 : sct_fault_set(b->fault, column, "calls are told by how they have returned, and one that is %s"
					       " has not; there are successful and failed", word);
	else if (strcmp(word, "none"))
		return sct_fault_set(b->fault, column, "'%s' is no status; there are successful and failed", word);
	return 0;
}

static int add_statuses(struct builder *b, bool *successful)
{
	const char *list = b->options->status, *at = list;
	unsigned int column, statuses = 0;
	bool not = *list == '!';
	char word[32];
	int err = 0;

	b->option = b->options->status_option;
	b->value = list;
	at += not;
	while (!err && next_word(&at, word, sizeof(word), &column, list))
		err = add_status(b, word, column, not, &statuses);
	if (not)
		statuses ^= SUCCESSFUL | FAILED;
	*successful = statuses & SUCCESSFUL;
	if (statuses & FAILED)
		add_failed(b->filter);
	return err;
}

static int add_errnos(struct builder *b)
{
	const char *list = b->options->errnos, *at = list;
	unsigned int column, i;
	char word[32], *end;

	b->option = "--errno";
	b->value = list;
	memset(b->filter->results, 0, sizeof(b->filter->results));
	if (*at == '!')
		at++;
	while (next_word(&at, word, sizeof(word), &column, list)) {
		struct sct_number number = { .bits = strtoul(word, &end, 10) };

		if (*word < '0' || *word > '9' || *end || !number.bits || number.bits > 4095) {
			if (!sct_errno_find(word, &number))
				return sct_fault_set(b->fault, column, "'%s' is no error; see errno(3)", word);
		}
		add_result(b->filter, number.bits);
	}
	/* All errors but these. */
	for (i = 0; *list == '!' && i < 3; i++)
		b->filter->results[i] ^= i ? UINT64_MAX : ~1ull;
	return 0;
}

/* An error's name says which of the failures; that they are to be shown too, the status may. */
static int add_results(struct builder *b, bool by_status)
{
	const struct sct_filter_options *o = b->options;
	bool successful = false;
	int err = 0;

	memset(b->filter->results, by_status || o->errnos ? 0 : 0xff, sizeof(b->filter->results));
	if (by_status)
		err = add_statuses(b, &successful);
	if (!err && o->errnos)
		err = add_errnos(b);
	if (successful)
		add_result(b->filter, 0);
	return err;
}

/* Lines of some calls and a summary of all: then it is for the reader to leave lines out, once it knows how calls end. */
static int build_results(struct builder *b, struct sct_filter *f)
{
	const struct sct_filter_options *o = b->options;
	int err = add_results(b, o->status);

	/* Errors by name are ours: who gives them as well wants no others counted. */
	if (err || !o->status || !o->counted || o->errnos)
		return err;
	f->lines_by_status = true;
	memcpy(f->line_results, b->filter->results, sizeof(f->line_results));
	b->filter->flags |= o->no_enter ? 0 : SCTRACE_FILTER_WHOLE;
	return add_results(b, false);
}

/* ---- numbers ---- */

static int build_numbers(struct builder *b)
{
	const struct sct_filter_options *o = b->options;
	uint64_t ns;
	unsigned long n;
	char *end;

	if (o->min_duration) {
		b->option = "--min-duration";
		b->value = o->min_duration;
		if (!sct_duration_parse(o->min_duration, "us", &ns))
			return sct_fault_set(b->fault, 0, "write a duration such as 100ns, 20us, 1.5ms or 2s; without a unit: us");
		b->filter->min_duration = ns;
	}
	if (o->sample) {
		b->option = "--sample";
		b->value = o->sample;
		errno = 0;
		n = strtoul(o->sample, &end, 10);
		if (*o->sample < '0' || *o->sample > '9' || *end || errno || !n || n > UINT32_MAX)
			return sct_fault_set(b->fault, 0, "write a number from 1 on: of so many calls, one is recorded");
		b->filter->sample = n == 1 ? 0 : n;
	}
	if (o->rate) {
		b->option = "--rate";
		b->value = o->rate;
		errno = 0;
		n = strtoul(o->rate, &end, 10);
		if (*o->rate < '0' || *o->rate > '9' || *end || errno || !n || n > SCTRACE_MAX_RATE)
			return sct_fault_set(b->fault, 0, "write a number from 1 to %d: of each task, so many calls a second"
					     " are recorded", SCTRACE_MAX_RATE);
		b->filter->rate = n;
	}
	return 0;
}

/* ---- what needs a program ---- */

static void require(struct builder *b, struct sct_cond *cond)
{
	b->cond = sct_cond_and(&b->conds, b->cond, cond);
}

/*
 * Of a call that others are made through (socketcall), only some are wanted. Its own row's values
 * are those of one argument.
 */
static void require_inner(struct builder *b, unsigned int abi, unsigned int nr)
{
	bool negated = sct_set_is_negated(&b->set);
	struct sct_number values[64];
	struct sct_compare compare = { .op = SCT_EQ, .masked = true, .numbers = values };
	struct sct_spot spot = { .abi = abi, .nr = nr };
	struct sct_cond *other = sct_cond_not(&b->conds, sct_cond_spots(&b->conds, &spot, 1, NULL)), *inner;
	const struct sct_row *variant;
	size_t i, v;

	for (i = 0; (variant = sct_calls_variant(abi, nr, i)); i++) {
		if (!variant->inside.name || sct_set_wants(&b->set, abi, variant) == negated)
			continue;
		compare.mask.bits = variant->when.mask;
		spot.where = (struct sct_where) {
			.low = offsetof(struct sctrace_filter_data, args) + variant->when.arg * sizeof(uint64_t) +
			       (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4),
			.bits = 32,
		};
		for (v = 0; v < variant->when.n && compare.nr_numbers < 64; v++)
			values[compare.nr_numbers++] = (struct sct_number) { .bits = variant->when.values[v] };
	}
	inner = sct_cond_spots(&b->conds, &spot, 1, &compare);
	require(b, sct_cond_or(&b->conds, other, negated ? sct_cond_not(&b->conds, inner) : inner));
}

static int build_calls(struct builder *b)
{
	unsigned int abi, nr;
	int err;

	if (!b->options->calls) {
		sct_set_all(&b->set);
	} else {
		b->option = b->options->calls_option;
		b->value = b->options->calls;
		err = sct_set_parse(&b->set, b->options->calls, b->fault);
		if (err)
			return err;
	}
	memcpy(b->filter->calls, b->set.calls, sizeof(b->filter->calls));
	memcpy(b->filter->sigreturns, b->set.sigreturns, sizeof(b->filter->sigreturns));
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
			if (sct_set_has(b->set.partly[abi], nr))
				require_inner(b, abi, nr);
		}
	}
	return 0;
}

static int build_fds(struct builder *b)
{
	const char *list = b->options->fds, *at = list;
	struct sct_number fds[MAX_FDS];
	struct sct_compare compare = { .op = SCT_EQ, .numbers = fds };
	struct sct_field field;
	unsigned int column;
	char word[32], *end;
	int err;

	if (!list)
		return 0;
	b->option = b->options->fds_option;
	b->value = list;
	while (next_word(&at, word, sizeof(word), &column, list)) {
		unsigned long fd = strtoul(word, &end, 10);

		if (*word < '0' || *word > '9' || *end || fd > INT32_MAX)
			return sct_fault_set(b->fault, column, "'%s' is no file descriptor; write its number", word);
		if (compare.nr_numbers == MAX_FDS)
			return sct_fault_set(b->fault, column, "more than %d descriptors", MAX_FDS);
		fds[compare.nr_numbers++] = (struct sct_number) { .bits = fd };
	}
	err = sct_field_descriptors(&field);
	if (!err)
		require(b, sct_cond_spots(&b->conds, field.spots, field.nr_spots, &compare));
	sct_field_free(&field);
	return err;
}

static int build_where(struct builder *b)
{
	struct sct_cond *cond;
	bool at_exit;
	int err;

	if (!b->options->where)
		return 0;
	b->option = "--where";
	b->value = b->options->where;
	err = sct_where_parse(&cond, &at_exit, &b->conds, b->options->where, b->fault);
	if (err)
		return err;
	require(b, cond);
	if (at_exit)
		b->filter->flags |= SCTRACE_FILTER_AT_EXIT;
	return 0;
}

static int build_program(struct builder *b)
{
	struct sock_filter *insns;
	uint32_t n;
	int err;

	if (b->conds.failed)
		return -ENOMEM;
	if (!b->cond)
		return 0;
	err = sct_program_make(b->cond, &insns, &n);
	if (err == -E2BIG)
		return sct_fault_set(b->fault, 0, "this takes %u instructions, and the kernel takes %d", n, BPF_MAXINSNS);
	if (err)
		return err;
	b->filter->program = (uintptr_t)insns;
	b->filter->nr_insns = n;
	return 0;
}

static int build_paths(struct builder *b)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < b->options->nr_paths && !err; i++) {
		b->option = "-P";
		b->value = b->options->paths[i];
		err = sct_path_add(b->filter, b->value, b->fault);
	}
	return err;
}

/* What nobody can tell who does not hear of a call as it begins. */
static int check_no_enter(struct builder *b)
{
	const struct sct_filter_options *o = b->options;

	b->option = o->min_duration ? "--min-duration" : o->nr_paths ? "-P" : "--where";
	b->value = o->min_duration ? o->min_duration : o->nr_paths ? o->paths[0] : o->where;
	if (o->min_duration || b->conds.timed)
		return sct_fault_set(b->fault, 0, "with --no-enter it is not known how long calls take; leave one of them out");
	if (o->nr_paths)
		return sct_fault_set(b->fault, 0, "paths are compared as calls begin, which --no-enter does not hear of; leave one of them out");
	return 0;
}

static bool is_wanted(const struct sct_filter_options *o)
{
	return o->calls || o->status || o->fds || o->errnos || o->min_duration || o->sample || o->rate ||
	       o->where || o->whole || o->no_enter || o->nr_paths;
}

/*
 * Makes *f of the options, by sct_calls_init()'s tables. 0, -ENOMEM, or -EINVAL: *fault says what is wrong
 * with *option's *value. *f is for sct_filter_free(), always.
 */
int sct_filter_build(struct sct_filter *f, const struct sct_filter_options *options, const char **option,
		     const char **value, struct sct_fault *fault)
{
	struct builder b = { .options = options, .filter = &f->filter, .fault = fault };
	int err;

	*f = (struct sct_filter) { .wanted = is_wanted(options), .filter.size = sizeof(f->filter) };
	if (options->whole)
		f->filter.flags |= SCTRACE_FILTER_WHOLE;
	if (options->no_enter)
		f->filter.flags |= SCTRACE_FILTER_NO_ENTER;
	err = build_calls(&b);
	if (!err)
		err = build_results(&b, f);
	if (!err)
		err = build_numbers(&b);
	if (!err)
		err = build_paths(&b);
	if (!err)
		err = build_fds(&b);
	if (!err)
		err = build_where(&b);
	if (!err)
		err = build_program(&b);
	if (!err && options->no_enter)
		err = check_no_enter(&b);
	sct_set_free(&b.set);
	sct_conds_free(&b.conds);
	*option = b.option;
	*value = b.value;
	return err;
}

void sct_filter_free(struct sct_filter *f)
{
	free((void *)(uintptr_t)f->filter.program);
	sct_path_free(&f->filter);
	*f = (struct sct_filter) { 0 };
}
