// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/system.c. What would change the machine is refused: it has arguments that cannot be. */
#include <linux/bpf.h>
#include <linux/kexec.h>
#include <linux/membarrier.h>
#include <linux/perf_event.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include "calls.h"

static void uname_calls(void)
{
	struct utsname name;

	call(uname, &name);
	call(uname, NULL);
	call(uname, BAD);
}

static void sysinfo_calls(void)
{
	struct sysinfo info;

	call(sysinfo, &info);
	call(sysinfo, NULL);
	call(sysinfo, BAD);
}

static void syslog_calls(void)
{
	char buf[64];

	call(syslog, 10, NULL, 0);
	call(syslog, 3, buf, -1);
	call(syslog, 8, NULL, 99);
	call(syslog, 99, BAD, 5);
}

static void getrandom_calls(void)
{
	char buf[64];

	call(getrandom, buf, 8, 0);
	call(getrandom, buf, 40, 1);
	call(getrandom, buf, 0, 2);
	call(getrandom, BAD, 8, 4);
	call(getrandom, NULL, 8, 0xff);
}

static void membarrier_calls(void)
{
	call(membarrier, MEMBARRIER_CMD_QUERY, 0, 0);
	call(membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
	call(membarrier, 0x7777777, 0xff, 5);
}

static void acct_calls(void)
{
	call(acct, "none");
	call(acct, BAD);
}

static void reboot_calls(void)
{
	call(reboot, 0x12345678, 0x28121969, 0x1234567, NULL);
	call(reboot, 0xfee1dead, 1, 0x89abcdef, NULL);
	call(reboot, 0xfee1dead, 0, 0xa1b2c3d4, "reason");
}

#ifdef SYS_iopl
static void iopl_calls(void)
{
	call(iopl, 99);
	call(ioperm, 0x80, -1, 1);
	call(ioperm, -1, 5, 0);
}
#endif

static void init_module_calls(void)
{
	call(init_module, BAD, 10, "param=1");
	call(init_module, NULL, 0, NULL);
	call(init_module, "no module", 9, "");
	call(finit_module, NO_FD, "param=1", 0);
	call(finit_module, -1, BAD, 0x77);
	call(finit_module, NO_FD, NULL, 3);
	call(delete_module, "sctrace-diff-none", O_NONBLOCK);
	call(delete_module, "", O_NONBLOCK | O_TRUNC);
	call(delete_module, NULL, 0x77);
}

static void kexec_load_calls(void)
{
	struct kexec_segment segments[2] = { { (void *)0x1000, 10, (void *)0x2000, 4096 }, { BAD, 5, NULL, 0 } };

	call(kexec_load, 0x100000, 17, segments, 0);
	call(kexec_load, 0, 2, segments, 0xff00 | (62 << 16));
	call(kexec_load, 0, 1, BAD, 0xffff0000);
	call(kexec_file_load, NO_FD, -1, 5, "line", 0xff);
	call(kexec_file_load, NO_FD, NO_FD, 0, NULL, 0x10);
}

static void bpf_calls(void)
{
	union bpf_attr attr;
	struct bpf_insn code[2] = { { 0xb7, 0, 0, 0, 0 }, { 0x95, 0, 0, 0, 0 } };
	uint32_t key = 1, value = 2;
	char log[64], big[200] = { 0 };
	struct bpf_prog_info info;
	int map, prog;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 4;
	attr.max_entries = 3;
	strcpy(attr.map_name, "named");
	map = call(bpf, BPF_MAP_CREATE, &attr, 72);
	attr.map_type = 99;
	attr.map_flags = 0xffff;
	call(bpf, BPF_MAP_CREATE, &attr, 48);
	call(bpf, BPF_MAP_CREATE, &attr, 3);
	call(bpf, BPF_MAP_CREATE, NULL, 0);
	call(bpf, BPF_MAP_CREATE, BAD, 48);
	call(bpf, 999, &attr, 16);
	memcpy(big, &attr, 72);
	big[199] = 1;
	call(bpf, BPF_MAP_CREATE, big, sizeof(big));
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (uintptr_t)&key;
	attr.value = (uintptr_t)&value;
	attr.flags = BPF_NOEXIST;
	call(bpf, BPF_MAP_LOOKUP_ELEM, &attr, 32);
	call(bpf, BPF_MAP_UPDATE_ELEM, &attr, 32);
	call(bpf, BPF_MAP_DELETE_ELEM, &attr, 32);
	call(bpf, BPF_MAP_GET_NEXT_KEY, &attr, 32);
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = (uintptr_t)code;
	attr.license = (uintptr_t)"GPL";
	attr.log_level = 0;
	prog = call(bpf, BPF_PROG_LOAD, &attr, 48);
	attr.log_level = 1;
	attr.log_size = sizeof(log);
	attr.log_buf = (uintptr_t)log;
	attr.insn_cnt = 1;
	call(bpf, BPF_PROG_LOAD, &attr, 48);
	attr.insns = 0xdeadbeef000;
	attr.license = 0;
	attr.prog_type = 77;
	call(bpf, BPF_PROG_LOAD, &attr, 120);
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = NO_FD;
	attr.info.info_len = sizeof(info);
	attr.info.info = (uintptr_t)&info;
	call(bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, 16);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)"none/pinned";
	attr.bpf_fd = NO_FD;
	call(bpf, BPF_OBJ_PIN, &attr, 16);
	call(bpf, BPF_OBJ_GET, &attr, 16);
	memset(&attr, 0, sizeof(attr));
	attr.target_fd = NO_FD;
	attr.attach_bpf_fd = NO_FD;
	attr.attach_type = BPF_CGROUP_DEVICE;
	call(bpf, BPF_PROG_ATTACH, &attr, 16);
	call(bpf, BPF_PROG_DETACH, &attr, 16);
	memset(&attr, 0, sizeof(attr));
	attr.start_id = 0xfffffff0;
	call(bpf, BPF_PROG_GET_NEXT_ID, &attr, 8);
	attr.prog_id = 0xfffffff0;
	call(bpf, BPF_PROG_GET_FD_BY_ID, &attr, 8);
	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = (uintptr_t)"none";
	attr.raw_tracepoint.prog_fd = NO_FD;
	call(bpf, BPF_RAW_TRACEPOINT_OPEN, &attr, 16);
	if (map >= 0)
		close(map);
	if (prog >= 0)
		close(prog);
}

static void perf(void)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .config = PERF_COUNT_SW_DUMMY,
					.disabled = 1, .exclude_kernel = 1, .sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID,
					.read_format = PERF_FORMAT_ID };
	int fd = call(perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd >= 0)
		close(fd);
	attr.size = PERF_ATTR_SIZE_VER0;
	attr.type = PERF_TYPE_BREAKPOINT;
	attr.bp_type = 3;
	call(perf_event_open, &attr, 0x7fffffff, 0, NO_FD, PERF_FLAG_FD_NO_GROUP | PERF_FLAG_PID_CGROUP);
	attr.size = 5;
	call(perf_event_open, &attr, 0, -1, -1, 0x100);
	attr.size = sizeof(attr);
	attr.type = 99;
	attr.config = -1UL;
	attr.freq = 1;
	attr.sample_freq = 77;
	attr.precise_ip = 3;
	call(perf_event_open, &attr, 0, -1, -1, 0);
	call(perf_event_open, NULL, 0, 0, 0, 0);
	call(perf_event_open, BAD, -1, -1, -1, -1);
}

/* Numbers for which there is no call, or no longer. */
static void without_call(void)
{
#ifdef SYS__sysctl
	call(_sysctl, BAD);
	call(create_module, "name", 5);
	call(get_kernel_syms, NULL);
	call(query_module, "name", 1, BAD, 5, NULL);
	call(nfsservctl, 1, 2, 3);
	call(afs_syscall, 1, 2, 3, 4, 5);
	call(getpmsg, 1, 2, 3, 4, 5);
	call(putpmsg, 1, 2, 3, 4, 5);
	call(security, 1, 2, 3);
	call(tuxcall, 1, 2, 3);
	call(vserver, 1, 2, 3, 4, 5);
	call(epoll_ctl_old, 1, 2, 3, 4);
	call(epoll_wait_old, 1, 2, 3, 4);
#endif
	call_nr(1000, 1, 2, 3, 4, 5, 6);
	call_nr(5000, -1, -2, BAD, 4, 5, 0);
	call_nr(-1, 1, 2, 3, 4, 5, 6);
}

static const struct family families[] = {
	{ "uname", uname_calls },
	{ "sysinfo", sysinfo_calls },
	{ "syslog", syslog_calls },
	{ "getrandom", getrandom_calls },
	{ "membarrier", membarrier_calls },
	{ "acct", acct_calls },
	{ "reboot", reboot_calls },
#ifdef SYS_iopl
	{ "iopl", iopl_calls },
#endif
	{ "init_module", init_module_calls },
	{ "kexec_load", kexec_load_calls },
	{ "bpf", bpf_calls },
	{ "perf_event_open", perf },
	{ "without_call", without_call },
};

PROGRAM(NULL, NULL)
