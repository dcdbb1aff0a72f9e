/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Capture files: records kept for later and for elsewhere. docs/CAPTURE_FILE.md has the format.
 *
 * Reading: sct_open_files() gives a session of <sctrace/sctrace.h> whose records come from files.
 * Writing what a session records, instead of sct_next():
 *
 *	struct sct_capture *c;
 *
 *	err = sct_capture_open(&c, "trace.sct", &info, &options);
 *	err = sct_start(s);
 *	while (…) { err = sct_record(s, c); … sct_wait(s, …) … }
 *	err = sct_stop(s); err = sct_record(s, c);
 *	err = sct_capture_close(c, &end);
 *
 * Anybody who has records of his own, such as a snapshot of rings: sct_capture_round(), then
 * sct_capture_block() for each CPU, then sct_capture_close().
 */
#ifndef SCTRACE_CAPTURE_H
#define SCTRACE_CAPTURE_H

#include <sctrace/sctrace.h>

#define SCT_CAPTURE_VERSION	1
#define SCT_CAPTURE_MAX_CPUS	8192

/*
 * What a file says of its recording, as it lies in the file. Texts are ended by a NUL. What output
 * needs to know of the recorder's command line is in .string_limit and behind.
 */
struct sct_capture_head {
	uint32_t size;			/* of this struct */
	uint32_t version;		/* SCT_CAPTURE_VERSION */
	uint32_t abi_version;		/* SCTRACE_ABI_VERSION: how the records look */
	uint32_t audit_arch;		/* of the machine: see struct sctrace_info */
	uint64_t recording;		/* the same in all files of one recording, in no others */
	uint32_t part;			/* of the recording, from 0 on: rotated files */
	uint32_t nr_cpus;		/* blocks are of CPUs below this */
	uint64_t start;			/* of the recording, CLOCK_MONOTONIC, ns */
	int64_t realtime;		/* CLOCK_REALTIME - CLOCK_MONOTONIC then, ns */
	uint32_t string_limit;		/* -s */
	uint32_t flags;			/* SCT_CAPTURE_* */
	uint32_t reach;			/* how far the scope reaches: enum sct_scope_reach */
	uint32_t nr_pids;		/* tasks that -p named */
	uint32_t nr_plans;		/* capture plans, by which the pieces were made */
	uint32_t nr_steps;
	uint32_t nr_paths;		/* the filter's, to tell of calls that the module could not tell of */
	uint32_t path_text_bytes;
	uint32_t stack_bytes;		/* -k: so much of each stack; 0: nothing was recorded of them */
	uint32_t reserved;
	char host[72];
	char kernel[136];		/* release and version */
	char module_version[32];
	char reader_version[32];
};

#define SCT_CAPTURE_VERBOSE	0x01	/* -v */
#define SCT_CAPTURE_FD_PATHS	0x02	/* -y */
#define SCT_CAPTURE_PATHS	0x04	/* the filter compares paths: -P */
#define SCT_CAPTURE_COMMAND	0x08	/* the trace is of a command that the recorder started */
#define SCT_CAPTURE_NAMED	0x10	/* all tasks are named, or made by such */
#define SCT_CAPTURE_FD_DETAILS	0x20	/* -yy */
#define SCT_CAPTURE_IPS		0x40	/* -i */

struct sct_capture_info {
	struct sct_capture_head head;
	const struct sctrace_plan *plans;
	const struct sctrace_step *steps;
	const struct sctrace_path *paths;
	const int32_t *pids;
	const char *path_text;
};

/* How a recording, or a file of one that was rotated, ended. */
struct sct_capture_end {
	uint32_t flags;			/* SCT_END_* */
	uint32_t reserved;
	uint64_t records;		/* in this file, but for GAP records */
	uint64_t lost;			/* of these, what the GAP records in it say is missing */
	uint64_t left_out;		/* of struct sct_counts; only at the end of the recording */
	uint64_t limited;
};

#define SCT_END_OF_RECORDING	0x01	/* else another file follows */
#define SCT_END_BY_SIGNAL	0x02	/* the recorder was told to stop */

/* ---- reading ---- */

/* Where files are not as they should be. */
struct sct_file_fault {
	const char *path;		/* NULL: there is none so far */
	uint64_t offset;		/* in it, bytes: where the frame begins that is not sound */
	int error;			/* errno of opening or reading it; 0: it is the file itself */
	bool cut;			/* it ends there, and is fine before */
	char what[160];			/* "is damaged", … */
};

/*
 * Opens files of one recording in the order of their parts; one, for most. "-" is standard input.
 * 0: *s is for sct_info(), sct_file_info(), sct_next(), sct_counts() and sct_close(). A negative
 * errno: *fault says of which file; -EPROTO: and why it is none that can be read.
 */
int sct_open_files(struct sct_session **s, char *const *paths, unsigned int nr, struct sct_file_fault *fault);

/* What the first file says. Valid until sct_close(). */
const struct sct_capture_info *sct_file_info(const struct sct_session *s);

/* When sct_next() has returned 0: whether all was there, and how it ended (zeroed: not known). */
struct sct_file_fault sct_file_fault(const struct sct_session *s);
struct sct_capture_end sct_file_end(const struct sct_session *s);

/* ---- writing ---- */

struct sct_capture;

/* Zeroed: one file, with the default compression. */
struct sct_capture_options {
	uint64_t rotate_bytes;		/* begin another file when one has so many; 0: never */
	uint64_t rotate_ns;		/* the same by time, CLOCK_MONOTONIC */
	uint32_t keep;			/* with these: remove the oldest when there are more; 0: none */
	int32_t level;			/* zstd's; 0: SCT_CAPTURE_LEVEL */
};

#define SCT_CAPTURE_LEVEL	(-5)

/*
 * Begins a file; "-" is standard output. With rotation, files are PATH.000000, PATH.000001, and so
 * on. Size, version, recording and part of info->head need not be filled. What info points to must
 * stay. A negative errno; -EINVAL: more plans, steps or pids than a file may hold.
 */
int sct_capture_open(struct sct_capture **c, const char *path, const struct sct_capture_info *info,
		     const struct sct_capture_options *options);

/* Rounds as in docs/ORDERING.md: time, of CLOCK_MONOTONIC, was before all heads were looked at. */
int sct_capture_round(struct sct_capture *c, uint64_t time);

/*
 * Whole records of a CPU, following those that it had before. bytes is 8-byte aligned and is free
 * again on return. -EPROTO: it holds what is no record.
 */
int sct_capture_block(struct sct_capture *c, unsigned int cpu, const void *bytes, size_t len);

/* Writes what still waits for company; by itself it waits a second of rounds, not more. */
int sct_capture_flush(struct sct_capture *c);

/* Of all files so far: how many records (not GAPs) were written, how many GAPs say are missing. */
void sct_capture_counts(const struct sct_capture *c, uint64_t *records, uint64_t *lost);

/* The file that is being written, for messages, which of the recording's parts it is, from 0 on, and how many bytes it has. */
const char *sct_capture_path(const struct sct_capture *c);
uint32_t sct_capture_part(const struct sct_capture *c);
uint64_t sct_capture_bytes(const struct sct_capture *c);

/* Ends the file and frees c, also on error. Of *end, the counts of records need not be filled. */
int sct_capture_close(struct sct_capture *c, const struct sct_capture_end *end);

/* ---- a session's records ---- */

/* One round: takes all there is. 1: there was something. 0. A negative errno. */
int sct_record(struct sct_session *s, struct sct_capture *c);

/*
 * Of a session of SCTRACE_MODE_OVERWRITE, running or not: what its rings hold now, from the time on from which
 * nothing is missing. It can be done again; what is there then may be there twice. 0. A negative errno.
 */
int sct_snapshot(struct sct_session *s, struct sct_capture *c);

/* From now on whatever sct_next() returns has gone into c before. NULL: into none. */
void sct_record_too(struct sct_session *s, struct sct_capture *c);

#endif
