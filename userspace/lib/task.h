/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks that have been seen, and the call each is in. */
#ifndef SCT_TASK_H
#define SCT_TASK_H

#include <sctrace/sctrace.h>

/* The kernel's TASK_COMM_LEN. */
#define SCT_COMM_BYTES 16

/* Bytes of a record, or of its pieces, kept while the module writes on. Zeroed: none. */
struct sct_kept {
	uint8_t *bytes;
	size_t len;
	size_t size;			/* of the memory */
};

/* A call whose entry was seen, or that came as one record. */
struct sct_call {
	uint64_t nr;			/* UINT64_MAX: the task has made no call yet, or of no known number */
	uint64_t time;			/* of its entry, ns; 0: not known */
	uint64_t args[6];
	unsigned int nr_args;
	unsigned int abi;
	uint32_t tgid;			/* of who makes it */
	struct sct_kept pieces;		/* of the entry; of a CALL, all */
	struct sct_kept image;		/* of the EXEC that came of it */
	struct sct_maps *maps;		/* the files of its process then; NULL: not known, or not wanted */
};

struct sct_row;

struct sct_task {
	uint32_t tid;
	uint32_t tgid;
	bool newborn;			/* its first record will be the return from the call that made it */
	bool execed;			/* has a new image since its call began */
	bool in_call;			/* call is valid and has not returned */
	bool held;			/* exit is an EXIT or CALL of which the LATE is still to come */
	bool unshown;			/* in_call, and nothing of that was shown */
	bool unwanted;			/* held, and exit is not to be shown */
	bool undecided;			/* in_call, and it is not known whether that is wanted */
	uint8_t abi;			/* of its latest call; of its maker's, before it makes one */
	uint64_t exec_time;		/* of its latest EXEC; what that said is in call.image */
	unsigned int exit_cpu;		/* whose ring exit came from */
	struct sct_call call;
	struct sct_kept exit;
	char comm[SCT_COMM_BYTES];	/* what it is called, for an output that asks; "": not known */
	bool comm_asked;		/* and the kernel was asked for it */
	size_t group;			/* the summary's in which it is counted; 0: that is to be found */
	/* For the output: what of the call's line is out. */
	const struct sct_row *row_shown; /* by this row; NULL: it has none */
	unsigned int args_shown;
	bool all_shown;			/* up to the last argument */
	uint64_t ip_shown;		/* with the address of this instruction; 0: not known */
	bool told;			/* in_call, and the output waits for its return */
	char *who;			/* its name and container, as they are written; NULL: they are not yet */
};

/* A power of two. */
#define SCT_TASKS_RECENT 64

struct sct_tasks {
	void *tree;			/* of tsearch(3), by tid */
	struct sct_task *recent[SCT_TASKS_RECENT]; /* found lately, by the tid's last bits; NULL: none */
	unsigned int nr;
	bool follow;			/* children are traced too */
	bool threads;			/* threads are; also with follow */
	/* Whether a call makes tasks, from which they return, too. NULL: any may. */
	bool (*makes_tasks)(unsigned int abi, uint64_t nr);
};

/* Whether the new task is traced too, as far as can be told. */
static inline bool sct_tasks_takes(const struct sct_tasks *tasks, const struct sctrace_rec_fork *fork)
{
	return tasks->follow || (tasks->threads && fork->child_tgid == fork->hdr.tgid);
}

struct sct_task *sct_tasks_find(struct sct_tasks *tasks, uint32_t tid);
struct sct_task *sct_tasks_held(struct sct_tasks *tasks);
struct sct_task *sct_tasks_undecided(struct sct_tasks *tasks);
void sct_tasks_each(struct sct_tasks *tasks, void (*visit)(struct sct_task *task, void *arg), void *arg);
struct sct_task *sct_tasks_get(struct sct_tasks *tasks, uint32_t tid, uint32_t tgid);
int sct_tasks_renumber(struct sct_tasks *tasks, struct sct_task *task, uint32_t tid);
void sct_tasks_remove(struct sct_tasks *tasks, struct sct_task *task);
void sct_tasks_free(struct sct_tasks *tasks);
struct sct_pieces sct_kept_pieces(const struct sct_kept *kept);
int sct_keep(struct sct_kept *kept, const void *bytes, size_t len);
int sct_call_keep(struct sct_call *call, const struct sct_record *enter, bool image);

#endif
