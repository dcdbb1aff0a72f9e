/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of all families. A new file of rows is added here and nowhere else. */
#include "syscall_table.h"

extern const struct sct_family sct_family_bpf;
extern const struct sct_family sct_family_compat32;
extern const struct sct_family sct_family_creds;
extern const struct sct_family sct_family_desc;
extern const struct sct_family sct_family_event;
extern const struct sct_family sct_family_fcntl;
extern const struct sct_family sct_family_file;
extern const struct sct_family sct_family_io;
extern const struct sct_family sct_family_ioctl;
extern const struct sct_family sct_family_io_uring;
extern const struct sct_family sct_family_ipc;
extern const struct sct_family sct_family_memory;
extern const struct sct_family sct_family_mount;
extern const struct sct_family sct_family_multiplex;
extern const struct sct_family sct_family_net;
extern const struct sct_family sct_family_prctl;
extern const struct sct_family sct_family_process;
extern const struct sct_family sct_family_quota;
extern const struct sct_family sct_family_ptrace;
extern const struct sct_family sct_family_sched;
extern const struct sct_family sct_family_signal;
extern const struct sct_family sct_family_system;
extern const struct sct_family sct_family_time;
extern const struct sct_family sct_family_xattr;

const struct sct_family *const sct_families[] = {
	&sct_family_file,
	&sct_family_desc,
	&sct_family_fcntl,
	&sct_family_io,
	&sct_family_ioctl,
	&sct_family_io_uring,
	&sct_family_xattr,
	&sct_family_process,
	&sct_family_prctl,
	&sct_family_ptrace,
	&sct_family_memory,
	&sct_family_signal,
	&sct_family_time,
	&sct_family_event,
	&sct_family_net,
	&sct_family_ipc,
	&sct_family_sched,
	&sct_family_creds,
	&sct_family_mount,
	&sct_family_quota,
	&sct_family_system,
	&sct_family_bpf,
	&sct_family_compat32,
	&sct_family_multiplex,
	NULL,
};
