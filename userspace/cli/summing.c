/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a trace's events add up to, and when that is printed. An interval ends with the first record
 * that is later; in a live trace, in which none may come, a little after its time is up: so long
 * records can be on their way.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "date.h"
#include "die.h"
#include "summing.h"
#include "task_container.h"

#define ON_THEIR_WAY_NS 20000000

/* struct sct_task's .group, of a process that has begun in the trace: none of those that are there is its. */
#define NEW_GROUP SIZE_MAX

/* The same, of one of those that are counted together: struct sct_summing's .others. */
#define OTHERS (SIZE_MAX - 1)

/* What has a table of its own: a process, the processes of a container, or all. */
struct group {
	uint32_t tgid;			/* of the process */
	char comm[SCT_COMM_BYTES];	/* what that is called; "": not known */
	bool placed;			/* the container is known */
	char container[SCT_CONTAINER_DIGITS + 1]; /* its id; "": the processes that are in none */
	struct sct_stats now;		/* of this interval, or ever */
	struct sct_stats before;	/* of the intervals before */
};

struct sct_summing {
	const struct sct_cli_summary *options;
	bool quiet;
	bool explains;			/* what its times are, to somebody who reads it, and not to a program */
	struct sct_strace *out;
	struct sct_stats_how how;
	const struct sct_comms *comms;
	struct group *groups;		/* in the order of their first calls */
	size_t nr_groups;
	size_t size;
	struct group others;		/* processes for which there is no room any more */
	uint64_t nr_others;
	uint64_t begin;			/* of this interval; 0: the first has not begun */
	uint64_t end;
	uint64_t latest;		/* time of a record; with intervals */
	uint64_t lost;			/* records; in this interval, or ever */
	uint64_t lost_before;
	uint64_t untimed;		/* calls of which it is not known how long they took */
};

static void check(int err)
{
	if (err < 0)
		die("out of memory");
}

struct sct_summing *sct_summing_new(const struct sct_cli *cli, struct sct_strace *out, const struct sct_comms *comms)
{
	const struct sct_cli_summary *options = &cli->summary;
	struct sct_summing *s;
	unsigned int i;

	if (!options->wanted)
		return NULL;
	s = calloc(1, sizeof(*s));
	if (!s)
		die("out of memory");
	*s = (struct sct_summing) {
		.options = options,
		.quiet = cli->quiet,
		.explains = !cli->quiet && !cli->output && !options->wall && isatty(STDERR_FILENO),
		.out = out,
		.comms = comms,
		.how = { .plans = comms->plans, .overhead = options->overhead_ns },
	};
	if (options->by == SCT_BY_CONTAINER && !comms->root)
		die("--summary-by=container needs the /proc of the initial pid namespace: run it there");
	s->how.durations = sct_column_is_percentile(options->table.sort);
	for (i = 0; i < options->table.nr_columns; i++)
		s->how.durations |= sct_column_is_percentile(options->table.columns[i]);
	return s;
}

/* ---- who makes calls ---- */

static uint64_t calls_of(const struct sct_stats *stats)
{
	uint64_t calls = 0;
	unsigned int abi, i;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (i = 0; stats->abis[abi] && i < stats->abis[abi]->nr; i++)
			calls += stats->abis[abi]->stats[i].calls;
	}
	return calls;
}

/* What is looked at to choose whom to count among the others. */
struct candidate {
	size_t number;			/* the group's, from 1 */
	bool lives;			/* it has tasks */
	uint64_t calls;
	size_t becomes;			/* its number later, or OTHERS */
};

static void note_life(struct sct_task *task, void *candidates)
{
	if (task->group && task->group < OTHERS)
		((struct candidate *)candidates)[task->group - 1].lives = true;
}

static void renumber(struct sct_task *task, void *candidates)
{
	if (task->group && task->group < OTHERS)
		task->group = ((struct candidate *)candidates)[task->group - 1].becomes;
}

/* Those come first that can best be done without: that have ended, and of these, that have made few calls. */
static int by_weight(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->lives != y->lives)
		return x->lives ? 1 : -1;
	if (x->calls != y->calls)
		return x->calls < y->calls ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int by_number(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->number < y->number ? -1 : 1;
}

static void join_others(struct sct_summing *s, struct group *group)
{
	check(sct_stats_merge(&s->others.now, &group->now));
	check(sct_stats_merge(&s->others.before, &group->before));
	sct_stats_free(&group->now);
	sct_stats_free(&group->before);
	s->nr_others++;
}

/* Counts half of the processes together, so that those to come have room. */
static void make_room(struct sct_summing *s)
{
	struct candidate *candidates = calloc(s->nr_groups, sizeof(*candidates));
	size_t i, kept = 0;

	if (!candidates)
		die("out of memory");
	if (!s->nr_others)
		complain("--summary-by=process: more than %d processes; those that have ended, or made few calls, are counted together",
			 SCT_SUMMING_PROCESSES);
	sct_tasks_each(s->comms->tasks, note_life, candidates);
	for (i = 0; i < s->nr_groups; i++) {
		candidates[i].number = i + 1;
		candidates[i].calls = calls_of(&s->groups[i].now) + calls_of(&s->groups[i].before);
	}
	qsort(candidates, s->nr_groups, sizeof(*candidates), by_weight);
	for (i = 0; i < s->nr_groups / 2; i++)
		candidates[i].becomes = OTHERS;
	qsort(candidates, s->nr_groups, sizeof(*candidates), by_number);
	for (i = 0; i < s->nr_groups; i++) {
		if (candidates[i].becomes == OTHERS) {
			join_others(s, &s->groups[i]);
			continue;
		}
		s->groups[kept++] = s->groups[i];
		candidates[i].becomes = kept;
	}
	sct_tasks_each(s->comms->tasks, renumber, candidates);
	s->nr_groups = kept;
	free(candidates);
}

/* Return: its number, from 1. */
static size_t add_group(struct sct_summing *s, const struct group *group)
{
	if (s->options->by == SCT_BY_PROCESS && s->nr_groups == SCT_SUMMING_PROCESSES)
		make_room(s);
	if (s->nr_groups == s->size) {
		size_t size = s->size ? 2 * s->size : 16;
		struct group *at = realloc(s->groups, size * sizeof(*at));

		if (!at)
			die("out of memory");
		s->groups = at;
		s->size = size;
	}
	s->groups[s->nr_groups++] = *group;
	return s->nr_groups;
}

/* The process's; a number that was used again is the last one's. */
static size_t find_process(struct sct_summing *s, const struct sct_task *task)
{
	struct group group = { .tgid = task->tgid };
	size_t i;

	for (i = task->group == NEW_GROUP ? 0 : s->nr_groups; i > 0; i--) {
		if (s->groups[i - 1].tgid == task->tgid)
			return i;
	}
	sct_comms_process(s->comms, task, group.comm);
	return add_group(s, &group);
}

/* That of the container in which the process is now. There are few. */
static size_t find_container(struct sct_summing *s, const struct sct_task *task)
{
	struct group group = { 0 };
	size_t i;

	group.placed = sct_task_container(s->comms->root, task->tgid, group.container);
	for (i = 0; i < s->nr_groups; i++) {
		if (s->groups[i].placed == group.placed && !strcmp(s->groups[i].container, group.container))
			return i + 1;
	}
	return add_group(s, &group);
}

/* The number of the task's: that of its first thread, if this is known. */
static size_t group_number(struct sct_summing *s, struct sct_task *task)
{
	struct sct_task *first = task;

	if (task->group && task->group != NEW_GROUP)
		return task->group;
	if (task->tid != task->tgid)
		first = sct_tasks_find(s->comms->tasks, task->tgid);
	if (first && first != task && first->tgid == task->tgid)
		task->group = group_number(s, first);
	else
		task->group = s->options->by == SCT_BY_PROCESS ? find_process(s, task) : find_container(s, task);
	return task->group;
}

static struct group *group_of(struct sct_summing *s, const struct sct_event *event)
{
	static const struct group all;
	size_t number = 1;

	if (s->options->by != SCT_BY_NOTHING)
		number = group_number(s, event->task);
	else if (!s->nr_groups)
		add_group(s, &all);
	return number == OTHERS ? &s->others : &s->groups[number - 1];
}

/* A thread is of its maker's process; a process is another, but where its maker is. */
static void group_child(struct sct_summing *s, struct sct_task *parent, const struct sctrace_rec_fork *fork)
{
	struct sct_task *child = sct_tasks_find(s->comms->tasks, fork->child_tid);

	if (!child || child == parent)
		return;
	if (s->options->by == SCT_BY_PROCESS && fork->child_tid == fork->child_tgid)
		child->group = NEW_GROUP;
	else
		child->group = group_number(s, parent);
}

/* Brings the groups up to what the event says, after it was counted. */
static void keep_groups(struct sct_summing *s, const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;
	struct sct_task *task = event->task;

	if (!task)
		return;
	if (type == SCTRACE_REC_FORK)
		group_child(s, task, (const struct sctrace_rec_fork *)event->rec->hdr);
	if (s->options->by == SCT_BY_PROCESS) {
		if (task->tid == task->tgid && task->group && task->group < OTHERS)
			memcpy(s->groups[task->group - 1].comm, task->comm, sizeof(task->comm));
	} else if ((type == SCTRACE_REC_EXIT || type == SCTRACE_REC_CALL) && !event->orphan && !event->rec->result &&
		   sct_comms_executes(&task->call)) {
		/* Run times of containers move themselves before. */
		task->group = find_container(s, task);
	}
}

/* ---- the tables ---- */

/* By its name, if one of the run times' files has it. */
static void container_name(const struct group *group, char who[SCT_CONTAINER_NAME_MAX + 64])
{
	struct sct_container found;

	if (!group->placed)
		strcpy(who, " of processes that were gone before it could be told where they were");
	else if (!*group->container)
		strcpy(who, " outside containers");
	else if (!sct_container_find("", group->container, &found))
		snprintf(who, SCT_CONTAINER_NAME_MAX + 64, " of container %s (%.12s)", found.name, group->container);
	else
		sprintf(who, " of container %.12s", group->container);
}

/* A name is whatever the process likes: it must not end the heading that it stands in. */
static void process_name(const struct group *group, char who[SCT_CONTAINER_NAME_MAX + 64])
{
	char name[SCT_COMM_BYTES];
	size_t i;

	if (!*group->comm) {
		sprintf(who, " of process %u", group->tgid);
		return;
	}
	for (i = 0; group->comm[i]; i++)
		name[i] = group->comm[i] >= ' ' && group->comm[i] < 0x7f ? group->comm[i] : '?';
	name[i] = '\0';
	sprintf(who, " of process %u (%s)", group->tgid, name);
}

static void put_tables_of(struct sct_summing *s, const struct group *group, const struct sct_stats *stats,
			  const char *when)
{
	char who[SCT_CONTAINER_NAME_MAX + 64] = "", what[SCT_CONTAINER_NAME_MAX + 256];

	if (s->options->by == SCT_BY_CONTAINER)
		container_name(group, who);
	else if (group == &s->others)
		sprintf(who, " of %" PRIu64 " other processes", s->nr_others);
	else if (s->options->by == SCT_BY_PROCESS)
		process_name(group, who);
	snprintf(what, sizeof(what), "%s%s", who, when);
	check(sct_summary_print(s->out->out, &s->options->table, stats, what));
}

static void put_interval_of(struct sct_summing *s, struct group *group, const char *when)
{
	put_tables_of(s, group, &group->now, when);
	check(sct_stats_merge(&group->before, &group->now));
	sct_stats_free(&group->now);
}

static void put_lost(struct sct_summing *s, uint64_t lost)
{
	if (lost)
		fprintf(s->out->out, "These figures lack %" PRIu64 " records, which were lost\n", lost);
}

/* Of this interval, which is over. */
static void put_interval(struct sct_summing *s, uint64_t end)
{
	char when[2 * SCT_DATE_UTC + 16], from[SCT_DATE_UTC], to[SCT_DATE_UTC];
	size_t i;

	/* A line that waits for its end must not have the table in it. */
	sct_strace_finish(s->out, " <unfinished ...>");
	sct_date_utc(from, s->begin + s->out->realtime);
	sct_date_utc(to, end + s->out->realtime);
	snprintf(when, sizeof(when), " from %s to %s", from, to);
	for (i = 0; i < s->nr_groups; i++)
		put_interval_of(s, &s->groups[i], when);
	put_interval_of(s, &s->others, when);
	put_lost(s, s->lost);
	s->lost_before += s->lost;
	s->lost = 0;
	fflush(s->out->out);
}

/* Intervals in which nothing was have no table. */
static void end_intervals(struct sct_summing *s, uint64_t time)
{
	uint64_t length = s->options->interval_ns;

	put_interval(s, s->end);
	s->begin = s->end + (time - s->end) / length * length;
	s->end = s->begin + length;
}

void sct_summing_begin(struct sct_summing *s, uint64_t time)
{
	if (!s || !s->options->interval_ns)
		return;
	s->begin = time;
	s->end = time + s->options->interval_ns;
}

void sct_summing_tick(struct sct_summing *s, uint64_t time)
{
	if (s && s->end && time >= s->end + ON_THEIR_WAY_NS)
		end_intervals(s, time - ON_THEIR_WAY_NS);
}

int sct_summing_wait_ms(const struct sct_summing *s, uint64_t time, int at_most)
{
	uint64_t due;

	if (!s || !s->end)
		return at_most;
	due = s->end + ON_THEIR_WAY_NS;
	if (time >= due)
		return 0;
	/* Not less than it takes, else there would be another wait of no time. */
	due = (due - time) / 1000000 + 1;
	return due < (uint64_t)at_most ? (int)due : at_most;
}

/* ---- events ---- */

/* What is done at the time of each record. */
static inline void pass(struct sct_summing *s, uint64_t time)
{
	if (!s->end)
		return;
	if (time >= s->end)
		end_intervals(s, time);
	if (time > s->latest)
		s->latest = time;
}

static void count(struct sct_summing *s, struct group *group, const struct sct_returned *call)
{
	check(sct_stats_count(&group->now, &s->how, call));
	s->untimed += !call->timed;
}

/* The task is in this call: as much of what lib/pair.c does as a summary needs. */
static bool enter_quickly(struct sct_task *task, const struct sct_record *rec)
{
	struct sct_call *call = &task->call;

	if (task->in_call || task->abi != rec->hdr->abi)
		return false;
	task->in_call = true;
	call->nr = rec->nr;
	call->time = rec->hdr->time;
	call->abi = rec->hdr->abi;
	call->nr_args = rec->hdr->nr_args;
	memcpy(call->args, rec->args, call->nr_args * sizeof(call->args[0]));
	call->pieces.len = 0;
	call->image.len = 0;
	return true;
}

static void count_quickly(struct sct_summing *s, const struct sct_record *rec, const uint64_t *args,
			  unsigned int nr_args, uint64_t entered)
{
	struct sct_returned call = {
		.abi = rec->hdr->abi,
		.nr = rec->nr,
		.args = args,
		.nr_args = nr_args,
		.failed = sct_is_error(rec->result),
		.timed = true,
		.ns = rec->hdr->time > entered ? rec->hdr->time - entered : 0,
	};

	count(s, s->groups, &call);
}

static bool leave_quickly(struct sct_summing *s, struct sct_task *task, const struct sct_record *rec)
{
	const struct sct_call *call = &task->call;

	if (!task->in_call || call->nr != rec->nr || call->abi != rec->hdr->abi)
		return false;
	task->in_call = false;
	count_quickly(s, rec, call->args, call->nr_args, call->time);
	return true;
}

static bool call_quickly(struct sct_summing *s, const struct sct_task *task, const struct sct_record *rec)
{
	if (!rec->entered || task->in_call || task->abi != rec->hdr->abi)
		return false;
	count_quickly(s, rec, rec->args, rec->hdr->nr_args, rec->entered);
	return true;
}

bool sct_summing_record(struct sct_summing *s, struct sct_tasks *tasks, const struct sct_record *rec)
{
	const unsigned int flags = SCTRACE_HDR_LATE_FOLLOWS | SCTRACE_HDR_UNDECIDED;
	const struct sctrace_hdr *hdr = rec->hdr;
	struct sct_task *task;

	if (!s->options->only || s->options->by != SCT_BY_NOTHING || !s->nr_groups || hdr->flags & flags)
		return false;
	if (hdr->type != SCTRACE_REC_ENTER && hdr->type != SCTRACE_REC_EXIT && hdr->type != SCTRACE_REC_CALL)
		return false;
	task = sct_tasks_find(tasks, hdr->tid);
	if (!task || task->held || task->newborn || task->execed || task->undecided || task->unshown)
		return false;
	pass(s, hdr->time);
	if (hdr->type == SCTRACE_REC_ENTER)
		return enter_quickly(task, rec);
	return hdr->type == SCTRACE_REC_EXIT ? leave_quickly(s, task, rec) : call_quickly(s, task, rec);
}

/* A change to another ABI is told, as strace tells it. */
static void put_mode(struct sct_summing *s, const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;

	if (event->abi_changed && (type == SCTRACE_REC_ENTER || type == SCTRACE_REC_CALL || event->whole))
		sct_strace_mode(s->out, event);
}

bool sct_summing_event(struct sct_summing *s, const struct sct_event *event)
{
	const struct sctrace_hdr *hdr = event->rec->hdr;
	struct sct_returned call;

	pass(s, hdr->time);
	if (hdr->type == SCTRACE_REC_GAP) {
		s->lost += ((const struct sctrace_rec_gap *)hdr)->lost;
	} else if (sct_stats_returned(&call, event)) {
		count(s, group_of(s, event), &call);
	}
	if (s->options->by != SCT_BY_NOTHING)
		keep_groups(s, event);
	if (!s->options->only)
		return true;
	put_mode(s, event);
	/* Who comes is told in any case. */
	return hdr->type == SCTRACE_REC_FORK;
}

/* ---- the end ---- */

static void put_notes(const struct sct_summing *s)
{
	const struct sct_summary *table = &s->options->table;
	bool times = false;
	unsigned int i;

	for (i = 0; i < table->nr_columns; i++)
		times = times || sct_column_is_time(table->columns[i]);
	if (!times || !s->nr_groups)
		return;
	if (s->untimed && !s->quiet)
		complain("of %" PRIu64 " of these calls it is not known how long they took: their beginning was not recorded",
			 s->untimed);
	if (s->explains)
		complain("times are those between entry and return, as strace counts them with -w; -w or -q leaves this out");
}

void sct_summing_finish(struct sct_summing *s)
{
	const char *when = "";
	size_t i;

	if (!s)
		return;
	if (s->end) {
		put_interval(s, s->latest > s->begin ? s->latest : s->begin);
		when = " from beginning to end";
	}
	for (i = 0; i < s->nr_groups; i++)
		put_tables_of(s, &s->groups[i], s->end ? &s->groups[i].before : &s->groups[i].now, when);
	put_tables_of(s, &s->others, s->end ? &s->others.before : &s->others.now, when);
	put_lost(s, s->lost + s->lost_before);
	put_notes(s);
}

void sct_summing_free(struct sct_summing *s)
{
	size_t i;

	if (!s)
		return;
	for (i = 0; i < s->nr_groups; i++) {
		sct_stats_free(&s->groups[i].now);
		sct_stats_free(&s->groups[i].before);
	}
	sct_stats_free(&s->others.now);
	sct_stats_free(&s->others.before);
	free(s->groups);
	free(s);
}
