/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files the process of a call had mapped. A record says it only when that has changed, or a while has passed. */
#include <errno.h>

#include "calls.h"
#include "print.h"
#include "stack_maps.h"

/* The last of the pieces that has a list. false: none has. */
static bool find_list(const struct sct_plan *plan, const struct sct_pieces *pieces, struct sct_piece *found)
{
	struct sct_piece piece;
	bool any = false;
	size_t at = 0;

	while (sct_piece_next(pieces, &at, &piece)) {
		if (piece.step >= plan->nr_steps || plan->args[piece.step] != SCT_OF_TASK ||
		    plan->steps[piece.step].base != SCTRACE_BASE_MAPS || !piece.len)
			continue;
		*found = piece;
		any = true;
	}
	return any;
}

/* 1: the process has another list now. 0. -ENOMEM. */
static int take_list(struct sct_task_maps *all, uint32_t tgid, const struct sct_plan *plan,
		     const struct sct_pieces *pieces)
{
	struct sct_piece piece;
	struct sct_maps *maps;

	if (!find_list(plan, pieces, &piece))
		return 0;
	maps = sct_maps_parse(piece.data, piece.len);
	return maps && !sct_task_maps_set(all, tgid, maps) ? 1 : -ENOMEM;
}

/* The call is of the process as it is now. */
static void keep(struct sct_task_maps *all, struct sct_call *call, uint32_t tgid)
{
	sct_maps_drop(call->maps);
	call->maps = sct_maps_share(sct_task_maps_find(all, tgid));
}

/* A call that begins, or is told as a whole. */
static int take_begin(struct sct_task_maps *all, const struct sct_plan_set *plans, const struct sct_record *rec,
		      struct sct_task *task)
{
	struct sct_plan plan;
	int ret;

	sct_plan_find(&plan, plans, rec->hdr->abi, rec->nr, rec->args, rec->hdr->nr_args);
	ret = take_list(all, rec->hdr->tgid, &plan, &rec->pieces);
	keep(all, &task->call, rec->hdr->tgid);
	return ret;
}

/* What could not be read as the call began. Of an exec, it is of the new program. */
static int take_late(struct sct_task_maps *all, const struct sct_plan_set *plans, const struct sct_record *rec,
		     const struct sct_event *event)
{
	struct sct_call *call = &event->task->call;
	struct sct_plan plan;
	int ret;

	/* It may be of a call whose other records are lost. */
	if (rec->hdr->abi != call->abi || rec->hdr->nr != call->nr)
		return 0;
	sct_plan_find(&plan, plans, call->abi, call->nr, call->args, call->nr_args);
	ret = take_list(all, rec->hdr->tgid, &plan, &rec->pieces);
	if (ret > 0 && !(plan.row && sct_row_executes(plan.row) && !sct_is_error(event->rec->result)))
		keep(all, call, rec->hdr->tgid);
	return ret;
}

/*
 * What follows from a record, once sct_pair() has made *event of it and before that is shown. 0 or -ENOMEM.
 */
int sct_stack_maps_event(struct sct_task_maps *all, const struct sct_plan_set *plans, const struct sct_record *rec,
			 const struct sct_event *event)
{
	int ret = 0;

	/* It is of an older record, and this one comes again. */
	if (event->again || !event->task)
		return 0;
	switch (rec->hdr->type) {
	case SCTRACE_REC_ENTER:
	case SCTRACE_REC_CALL:
		ret = take_begin(all, plans, rec, event->task);
		break;
	case SCTRACE_REC_EXIT:
	case SCTRACE_REC_LATE:
		if (!event->orphan && rec->pieces.len)
			ret = take_late(all, plans, rec, event);
		break;
	default:
		ret = sct_task_maps_record(all, rec);
	}
	return ret < 0 ? ret : 0;
}
