/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A filter on records that were made without it. It stands where the module's would have stood, before anything
 * is made of the records. Where it is about how calls end, it is known at the EXIT whether the ENTER was wanted:
 * until then it is kept, but not shown.
 */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "bpf.h"
#include "filter.h"
#include "record.h"
#include "recorded.h"
#include "set.h"

/* The call that a task is in. */
struct recorded_task {
	uint32_t tid;
	uint16_t nr;
	bool open;			/* its ENTER was seen */
	bool wanted;			/* and shown */
	bool kept;			/* its end will tell; enter is the ENTER */
	bool execed;			/* it is an execve that has succeeded */
	enum sct_recorded_what late;	/* what a LATE that comes now is: as the return before it */
	struct sct_kept enter;
};

/* ---- tasks ---- */

static int compare(const void *a, const void *b)
{
	const struct recorded_task *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

static struct recorded_task *find(struct sct_recorded *r, uint32_t tid)
{
	struct recorded_task key = { .tid = tid };
	struct recorded_task **found = tfind(&key, &r->tree, compare);

	return found ? *found : NULL;
}

static struct recorded_task *get(struct sct_recorded *r, uint32_t tid)
{
	struct recorded_task *task = find(r, tid);

	if (task)
		return task;
	task = calloc(1, sizeof(*task));
	if (!task)
		return NULL;
	task->tid = tid;
	if (tsearch(task, &r->tree, compare))
		return task;
	free(task);
	return NULL;
}

static void forget(struct sct_recorded *r, uint32_t tid)
{
	struct recorded_task *task = find(r, tid);

	if (!task)
		return;
	tdelete(task, &r->tree, compare);
	free(task->enter.bytes);
	free(task);
}

void sct_recorded_free(struct sct_recorded *r)
{
	while (r->tree)
		forget(r, (*(struct recorded_task **)r->tree)->tid);
}

/* ---- what is wanted ---- */

static bool is_about_ends(const struct sctrace_filter *filter)
{
	return filter->flags & (SCTRACE_FILTER_WHOLE | SCTRACE_FILTER_AT_EXIT) || filter->min_duration ||
	       ~filter->results[0] || ~filter->results[1] || ~filter->results[2];
}

static bool wants_number(const struct sctrace_filter *filter, unsigned int abi, uint64_t nr)
{
	return sct_set_has(filter->calls[abi], nr < SCT_SET_OTHERS ? nr : SCT_SET_OTHERS);
}

/* Of a return whose call is not known: a sigreturn has no number any more. */
static bool wants_return(const struct sctrace_filter *filter, const struct sct_record *rec)
{
	if (rec->nr == UINT64_MAX)
		return filter->sigreturns[rec->hdr->abi];
	return wants_number(filter, rec->hdr->abi, rec->nr);
}

static struct sctrace_filter_data data_of(const struct sct_record *rec)
{
	struct sctrace_filter_data data = {
		.nr = rec->hdr->nr,
		.abi = rec->hdr->abi,
		.tid = rec->hdr->tid,
		.pid = rec->hdr->tgid,
		.cpu = rec->cpu,
	};
	unsigned int i;

	for (i = 0; i < rec->hdr->nr_args; i++)
		data.args[i] = rec->hdr->abi == SCTRACE_ABI_COMPAT ? (uint32_t)rec->args[i] : rec->args[i];
	return data;
}

static bool wants_enter(const struct sctrace_filter *filter, const struct sct_record *rec)
{
	struct sctrace_filter_data data = data_of(rec);

	return wants_number(filter, rec->hdr->abi, rec->nr) && sct_bpf_wants(filter, &data);
}

/* A call with its result, that has ended at this time. */
static bool wants_end(const struct sctrace_filter *filter, const struct sct_record *rec, uint64_t end)
{
	struct sctrace_filter_data data = data_of(rec);
	uint64_t duration = rec->entered ? end - rec->entered : 0;

	if (!(rec->entered ? wants_number(filter, rec->hdr->abi, rec->nr) : wants_return(filter, rec)) || !sct_filter_has_result(filter->results, rec->result) ||
	    (rec->entered && duration < filter->min_duration))
		return false;
	if (filter->flags & SCTRACE_FILTER_AT_EXIT) {
		data.result = rec->result;
		data.duration = duration;
	}
	return sct_bpf_wants(filter, &data);
}

/* What the filter asks for and no record says; NULL: it can be used. */
const char *sct_recorded_lacks(const struct sctrace_filter *filter)
{
	if (sct_bpf_loads(filter, offsetof(struct sctrace_filter_data, uid)))
		return "uid";
	if (sct_bpf_loads(filter, offsetof(struct sctrace_filter_data, gid)))
		return "gid";
	return sct_bpf_loads(filter, offsetof(struct sctrace_filter_data, random)) ? "random" : NULL;
}

/* ---- records ---- */

static int take_enter(struct sct_recorded *r, const struct sct_record *rec)
{
	struct recorded_task *task = get(r, rec->hdr->tid);
	bool ends = is_about_ends(r->filter);

	if (!task)
		return -ENOMEM;
	task->open = true;
	task->nr = rec->hdr->nr;
	task->execed = false;
	task->kept = ends && wants_number(r->filter, rec->hdr->abi, rec->nr);
	task->wanted = !ends && wants_enter(r->filter, rec);
	if (task->kept)
		return sct_keep(&task->enter, rec->hdr, rec->hdr->words * 8u) ? -ENOMEM : SCT_RECORDED_KEEP;
	return task->wanted ? SCT_RECORDED_SHOW : SCT_RECORDED_DROP;
}

/* Whether the call that was kept is wanted, as it ends. */
static bool wants_kept(const struct sct_recorded *r, const struct recorded_task *task, const struct sct_record *ret)
{
	struct sct_record call = { 0 };

	if (sct_record_parse(&call, task->enter.bytes, task->enter.len))
		return false;
	call.cpu = ret->cpu;
	call.result = ret->result;
	call.entered = call.hdr->time;
	return wants_end(r->filter, &call, ret->hdr->time);
}

/* A return belongs to the call of its number, to any if it has none or the task is another program now. */
static bool is_end_of(const struct recorded_task *task, const struct sct_record *ret)
{
	return task->open && (task->execed || ret->nr == UINT64_MAX || task->nr == ret->hdr->nr);
}

static int take_exit(struct sct_recorded *r, const struct sct_record *rec)
{
	struct recorded_task *task = get(r, rec->hdr->tid);
	bool wanted;

	if (!task)
		return -ENOMEM;
	if (!is_end_of(task, rec))
		wanted = wants_return(r->filter, rec) && sct_filter_has_result(r->filter->results, rec->result);
	else
		wanted = task->kept ? wants_kept(r, task, rec) : task->wanted;
	task->late = wanted ? SCT_RECORDED_SHOW : task->open && task->kept ? SCT_RECORDED_KEEP : SCT_RECORDED_DROP;
	task->open = false;
	return task->late;
}

/* It was recorded as one. */
static int take_call(struct sct_recorded *r, const struct sct_record *rec)
{
	struct recorded_task *task = get(r, rec->hdr->tid);

	if (!task)
		return -ENOMEM;
	task->late = wants_end(r->filter, rec, rec->hdr->time) ? SCT_RECORDED_SHOW : SCT_RECORDED_DROP;
	return task->late;
}

static int take_exec(struct sct_recorded *r, const struct sctrace_rec_exec *exec)
{
	struct recorded_task *task = find(r, exec->old_tid);

	if (task && exec->old_tid != exec->hdr.tid) {
		forget(r, exec->hdr.tid);
		tdelete(task, &r->tree, compare);
		task->tid = exec->hdr.tid;
		if (!tsearch(task, &r->tree, compare))
			return -ENOMEM;
	}
	if (task)
		task->execed = true;
	return SCT_RECORDED_SHOW;
}

/* What becomes of the record: enum sct_recorded_what, or -ENOMEM. */
static int take(struct sct_recorded *r, const struct sct_record *rec)
{
	const struct recorded_task *task;

	switch (rec->hdr->type) {
	case SCTRACE_REC_ENTER:
		return take_enter(r, rec);
	case SCTRACE_REC_EXIT:
		return take_exit(r, rec);
	case SCTRACE_REC_CALL:
		return take_call(r, rec);
	case SCTRACE_REC_LATE:
		task = find(r, rec->hdr->tid);
		return task ? (int)task->late : SCT_RECORDED_SHOW;
	case SCTRACE_REC_EXEC:
		return take_exec(r, (const struct sctrace_rec_exec *)rec->hdr);
	case SCTRACE_REC_TASK_EXIT:
		forget(r, rec->hdr->tid);
		return SCT_RECORDED_SHOW;
	default:
		return SCT_RECORDED_SHOW;
	}
}

int sct_recorded_take(struct sct_recorded *r, const struct sct_record *rec)
{
	int ret = r->filter ? take(r, rec) : SCT_RECORDED_SHOW;

	/* Of a call that was kept, there would have been one record. */
	if (ret == SCT_RECORDED_SHOW && rec->hdr->type != SCTRACE_REC_GAP)
		r->wanted++;
	return ret;
}
