/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine as a whole: modules, bpf, perf, reboot; and what is left of old calls. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "uname", .args = { PTR("buf") } },
	{ .name = "sysinfo", .args = { PTR("info") } },
	{ .name = "syslog", .args = { ENUM("type", syslog_actions), BUF_OUT("bufp"), INT("len") } },
	{ .name = "acct", .args = { PATH("path") } },
	{ .name = "reboot", .args = {
		ENUM("magic", reboot_magic1), ENUM("magic2", reboot_magic2),
		ENUM("op", reboot_cmds), PTR("arg") } },
	{ .name = "vhangup" },
	{ .name = "getrandom", .args = {
		BUF_OUT("buf"), ULONG("buflen"), FLAGS("flags", getrandom_flags) } },
	{ .name = "membarrier", .args = {
		ENUM("cmd", membarrier_cmds), FLAGS("flags", membarrier_flags), INT("cpu_id") } },
	{ .name = "iopl", .args = { INT("level") } },
	{ .name = "ioperm", .args = { HEX("from"), HEX("num"), INT("turn_on") } },

	{ .name = "init_module", .args = {
		PTR("module_image"), ULONG("len"), STR("param_values") } },
	{ .name = "finit_module", .args = {
		FD("fd"), STR("param_values"), FLAGS("flags", module_init_flags) } },
	{ .name = "delete_module", .args = { STR("name"), FLAGS("flags", delete_module_flags) } },
	{ .name = "kexec_load", .args = {
		PTR("entry"), ULONG("nr_segments"), PTR("segments"),
		FLAGS("flags", kexec_load_flags) } },
	{ .name = "kexec_file_load", .args = {
		FD("kernel_fd"), FD("initrd_fd"), ULONG("cmdline_len"), STR("cmdline"),
		FLAGS("flags", kexec_file_load_flags) } },
	{ .name = "bpf", .args = { ENUM("cmd", bpf_cmds), PTR("attr"), UINT("size") } },
	{ .name = "perf_event_open", .args = {
		PTR("attr"), PID("pid"), INT("cpu"), FD("group_fd"),
		FLAGS64("flags", perf_event_open_flags) } },
	/* Only the kernel's own trampolines make these two. */
	{ .name = "uretprobe", .unified_nr = 335, .abis = SCT_X86_64 },
	{ .name = "uprobe", .unified_nr = 336, .abis = SCT_X86_64 },

	/* Once there, gone since; the kernel answers ENOSYS. */
	{ .name = "_sysctl", .args = { PTR("args") } },
	{ .name = "create_module", .args = { STR("name"), ULONG("size") } },
	{ .name = "get_kernel_syms", .args = { PTR("table") } },
	{ .name = "query_module", .args = {
		STR("name"), INT("which"), PTR("buf"), ULONG("bufsize"), PTR("ret") } },
	{ .name = "nfsservctl", .args = { INT("cmd"), PTR("argp"), PTR("resp") } },

	/* Numbers kept for calls that no kernel has had. */
	{ .name = "afs_syscall" },
	{ .name = "getpmsg" },
	{ .name = "putpmsg" },
	{ .name = "security" },
	{ .name = "tuxcall" },
	{ .name = "vserver" },
};

SCT_FAMILY(system);
