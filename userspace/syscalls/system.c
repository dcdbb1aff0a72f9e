/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine as a whole: modules, perf, reboot; and what is left of old calls. */
#include <linux/membarrier.h>

#include "printers.h"
#include "structs.h"

#define VERBOSE			.show = SCT_VERBOSE

/* Each name has 65 bytes. */
#define NAME(n)			{ K_CHARS, STR(n), 65 }
#define VERBOSE_NAME(n)		{ K_CHARS, STR(n), 65, VERBOSE }
STRUCT(new_uname, NAME("sysname"), NAME("nodename"), VERBOSE_NAME("release"), VERBOSE_NAME("version"),
       VERBOSE_NAME("machine"), VERBOSE_NAME("domainname"));

#define AMOUNT(n)		{ K_KULONG, ULONG(n) }
STRUCT(sysinfo, { K_KLONG, LONG("uptime") }, { K_KULONG, ULONG("loads"), 3 }, AMOUNT("totalram"), AMOUNT("freeram"),
       AMOUNT("sharedram"), AMOUNT("bufferram"), AMOUNT("totalswap"), AMOUNT("freeswap"), { K_U16, UINT("procs") },
       { K_U16, GAP }, AMOUNT("totalhigh"), AMOUNT("freehigh"), { K_U32, UINT("mem_unit") });

STRUCT(kexec_segment, { K_PTR, PTR("buf") }, { K_ULONG, ULONG("bufsz") }, { K_PTR, PTR("mem") },
       { K_ULONG, ULONG("memsz") });
STRUCT(sysctl_args, { K_PTR, PTR("name") }, { K_S32, INT("nlen") }, { K_PTR, PTR("oldval") },
       { K_PTR, PTR("oldlenp") }, { K_PTR, PTR("newval") }, { K_ULONG, ULONG("newlen") });

/* Its members are in its printer (perf.c): a kernel knows more of them than the one before. */
static const struct sct_struct sct_struct_perf_event_attr = { .name = "perf_event_attr",
	MEMBERS({ K_U64, HEX("words"), 8 }), .size = 144, .print = sct_perf_attr_print };

#define SYSLOG(...)		{ CUSTOM("type", sct_syslog_action_print), ##__VA_ARGS__ }

/* Nobody knows what they mean. */
#define THREE_WORDS		HEX("arg1"), HEX("arg2"), HEX("arg3")
#define FIVE_WORDS		THREE_WORDS, HEX("arg4"), HEX("arg5")

static const struct sct_row rows[] = {
	{ .name = "uname", .args = { STRUCT_OUT("buf", new_uname) } },
	{ .name = "sysinfo", .args = { STRUCT_OUT("info", sysinfo) } },
	{ .name = "syslog", .args = SYSLOG(PTR("bufp"), INT("len")) },
	/* READ, READ_ALL, READ_CLEAR. */
	{ .name = "syslog", WHEN(0, 2, 3, 4), .args = SYSLOG(BUF_OUT("bufp"), INT("len")) },
	/* CLOSE, OPEN, CLEAR, CONSOLE_OFF, CONSOLE_ON, SIZE_UNREAD, SIZE_BUFFER. */
	{ .name = "syslog", WHEN(0, 0, 1, 5, 6, 7, 9, 10), .args = SYSLOG() },
	/* CONSOLE_LEVEL. */
	{ .name = "syslog", WHEN(0, 8), .args = SYSLOG(PTR("bufp"), CUSTOM("len", sct_log_level_print)) },
	{ .name = "acct", .args = { PATH("path") } },
	{ .name = "reboot", .args = {
		ENUM("magic", reboot_magic1), ENUM("magic2", reboot_magic2),
		ENUM("op", reboot_cmds) } },
	/* LINUX_REBOOT_CMD_RESTART2: by a command. */
	{ .name = "reboot", WHEN(2, 0xa1b2c3d4), .args = {
		ENUM("magic", reboot_magic1), ENUM("magic2", reboot_magic2),
		ENUM("op", reboot_cmds), STR("arg") } },
	{ .name = "vhangup" },
	{ .name = "getrandom", .args = {
		{ .name = "buf", .type = SCT_BUF_HEX, .count = SCT_COUNT_RESULT, .dir = SCT_OUT }, ULONG("buflen"),
		FLAGS("flags", getrandom_flags) } },
	/* Without flags there is no third argument. */
	{ .name = "membarrier", .ret = SCT_RET_HEX, .remark = sct_membarrier_remark, .args = {
		ENUM("cmd", membarrier_cmds), FLAGS("flags", membarrier_flags) } },
	{ .name = "membarrier", WHEN_MASK(1, MEMBARRIER_CMD_FLAG_CPU, MEMBARRIER_CMD_FLAG_CPU), .ret = SCT_RET_HEX, .remark = sct_membarrier_remark, .args = {
		ENUM("cmd", membarrier_cmds), FLAGS("flags", membarrier_flags), INT("cpu_id") } },
	{ .name = "iopl", .args = { INT("level") } },
	{ .name = "ioperm", .args = { HEX("from"), HEX("num"), INT("turn_on") } },

	{ .name = "init_module", .args = {
		PTR("module_image"), ULONG("len"), STR("param_values") } },
	{ .name = "finit_module", .args = {
		FD("fd"), STR("param_values"), FLAGS("flags", module_init_flags) } },
	{ .name = "delete_module", .args = { STR("name"), FLAGS("flags", delete_module_flags) } },
	{ .name = "kexec_load", .args = {
		PTR("entry"), ULONG("nr_segments"), ARRAY_IN("segments", kexec_segment, 1),
		CUSTOM("flags", sct_kexec_flags_print) } },
	{ .name = "kexec_file_load", .args = {
		FD("kernel_fd"), FD("initrd_fd"), ULONG("cmdline_len"), BUF_IN("cmdline", 2),
		FLAGS("flags", kexec_file_load_flags) } },
	{ .name = "perf_event_open", .ret = SCT_RET_FD, .args = {
		STRUCT_INOUT_ALWAYS("attr", perf_event_attr), PID("pid"), INT("cpu"), FD("group_fd"),
		FLAGS64("flags", perf_event_open_flags) } },
	/* Only the kernel's own trampolines make these two. */
	{ .name = "uretprobe", .unified_nr = 335, .abis = SCT_X86_64 },
	{ .name = "uprobe", .unified_nr = 336, .abis = SCT_X86_64 },

	/* Once there, gone since; the kernel answers ENOSYS. */
	{ .name = "_sysctl", .args = { STRUCT_IN("args", sysctl_args) } },
	{ .name = "create_module", .args = { HEX("name"), HEX("size") } },
	{ .name = "get_kernel_syms", .args = { HEX("table") } },
	{ .name = "query_module", .args = {
		HEX("name"), HEX("which"), HEX("buf"), HEX("bufsize"), HEX("ret") } },
	{ .name = "nfsservctl", .args = { HEX("cmd"), HEX("argp"), HEX("resp") } },

	/* Numbers kept for calls that no kernel has had. */
	{ .name = "afs_syscall", .args = { FIVE_WORDS } },
	{ .name = "getpmsg", .args = { FIVE_WORDS } },
	{ .name = "putpmsg", .args = { FIVE_WORDS } },
	{ .name = "security", .args = { THREE_WORDS } },
	{ .name = "tuxcall", .args = { THREE_WORDS } },
	{ .name = "vserver", .args = { FIVE_WORDS } },
};

SCT_FAMILY(system);
