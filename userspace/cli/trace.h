/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run of sctrace-read works on, live (live.c), recording (recorder.c) or replaying (replay.c). */
#ifndef SCT_TRACE_H
#define SCT_TRACE_H

#include <signal.h>
#include <time.h>

#include <sctrace/capture.h>

#include "child.h"
#include "comm.h"
#include "form.h"
#include "options.h"
#include "stack.h"
#include "strace.h"
#include "summing.h"
#include "task_maps.h"

/* How far the command is. All but its execve is our own code, until that succeeds. */
enum command { HELD_BACK, IN_EXECVE, RUNNING, NOT_RUN };

/* What the output must know of who is traced. */
struct shape {
	enum sct_scope_reach reach;
	bool named;			/* all tasks in it are named, or made by such */
	bool command;			/* one that was started for the trace */
	const int32_t *pids;		/* those of -p */
	uint32_t nr_pids;
};

struct trace {
	struct sct_cli *cli;
	struct sct_session *session;
	struct sct_filter filter;
	const struct sctrace_filter *paths; /* whose paths decide about what the module could not tell */
	struct sctrace_filter recorded_paths; /* of a replay */
	struct sct_hook hook;
	struct sct_plan_set plans;
	struct sct_tasks tasks;
	struct sct_comms comms;
	struct sct_stacks *stacks;	/* -k; NULL: none is wanted */
	struct sct_task_maps maps;	/* for it */
	struct sct_strace out;
	struct sct_form form;		/* instead of lines of .out, but to the same file */
	struct sct_child child;
	struct shape shape;
	enum command command;
	uint64_t began;			/* when the session did, CLOCK_MONOTONIC, ns */
	struct sct_capture *capture;	/* --record; NULL: nothing is recorded */
	bool text;			/* lines are wanted, or a summary */
	struct sct_summing *summing;	/* -c, -C; NULL: no summary is wanted */
	uint64_t end;			/* --for: when it ends, CLOCK_MONOTONIC, ns; 0: it does not */
	bool detached;			/* a limit has ended it: who is traced goes on */
	bool unwritable;		/* the output is: that was told, and nothing more is shown */
	bool unrecorded;		/* --record could not be written: that was told, and nothing more is recorded */
};

/* live.c: a trace by the module. */
extern volatile sig_atomic_t sct_live_signal;
int64_t sct_live_clock(clockid_t clock);
int sct_live_run(struct trace *t);

/* recorder.c: a live trace's records into a file. */
int sct_recorder_open(struct trace *t, const char *path);
bool sct_recorder_has_parts(const struct sct_cli_record *record);
void sct_recorder_refuse_other_parts(const char *path);
void sct_recorder_check_folder(const char *path, const char *what, const char *user);
void sct_recorder_begin(struct trace *t);
void sct_recorder_take(struct trace *t);
void sct_recorder_close(struct trace *t, const struct sct_counts *counts);
void sct_recorder_failed(struct trace *t, int err);

/* replay.c: a trace from files. */
int sct_replay_run(struct trace *t);

/* show.c: records into lines. */
void sct_show_open(struct trace *t);
void sct_show_plans(struct trace *t, const struct sct_plan_options *how);
void sct_show_shape(struct trace *t);
void sct_show_calls(uint32_t audit_arch, const char *whose, int status);
void sct_show_attached(const struct trace *t);
void sct_show_record(struct trace *t, const struct sct_record *rec);
void sct_show_not_yet(struct trace *t, const struct sct_record *rec);
void sct_show_past(struct trace *t, const struct sct_record *rec);
void sct_show_break_off(struct trace *t);
void sct_show_detach(struct trace *t);
void sct_show_finish(struct trace *t, bool by_signal);
int sct_show_lost(void);
bool sct_show_counts(const struct trace *t, const struct sct_counts *counts, bool by_signal);
bool sct_show_is_enough(const struct trace *t);
void sct_show_flush(struct trace *t);
void sct_show_close(struct trace *t);

/* The exit status, if records were lost, with --strict. */
#define STATUS_LOST	3
/* A capture file that cannot be used, or not to its end. */
#define STATUS_FILE	2

#endif
