/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ptrace, a row for each kind of request. */
#include "printers.h"
#include "structs.h"

/* <linux/ptrace.h>; the C library's header of that name gets in its way. */
enum {
	REQ_TRACEME,
	REQ_PEEKTEXT,
	REQ_PEEKDATA,
	REQ_PEEKUSER,
	REQ_POKEUSER = 6,
	REQ_CONT,
	REQ_KILL,
	REQ_SINGLESTEP,
	REQ_GETREGS = 12,
	REQ_SETREGS,
	REQ_GETFPREGS,
	REQ_SETFPREGS,
	REQ_ATTACH,
	REQ_DETACH,
	REQ_OLDSETOPTIONS = 21,
	REQ_SYSCALL = 24,
	REQ_SYSEMU = 31,
	REQ_SYSEMU_SINGLESTEP,
	REQ_SINGLEBLOCK,
	REQ_SETOPTIONS = 0x4200,
	REQ_GETEVENTMSG,
	REQ_GETSIGINFO,
	REQ_SETSIGINFO,
	REQ_GETREGSET,
	REQ_SETREGSET,
	REQ_SEIZE,
	REQ_INTERRUPT,
	REQ_LISTEN,
	REQ_PEEKSIGINFO,
	REQ_GETSIGMASK,
	REQ_SETSIGMASK,
	REQ_SECCOMP_GET_FILTER,
	REQ_SECCOMP_GET_METADATA,
	REQ_GET_SYSCALL_INFO,
	REQ_GET_RSEQ_CONFIGURATION,
};

#define REQUEST	ENUM("op", ptrace_cmds), PID("pid")
#define NO_ADDR	{ .name = "addr", .type = SCT_HIDDEN }

/* struct user_regs_struct of <asm/user_64.h>. */
PUBLIC_STRUCT(user_regs,
       { K_U64, HEX("r15") }, { K_U64, HEX("r14") }, { K_U64, HEX("r13") }, { K_U64, HEX("r12") },
       { K_U64, HEX("rbp") }, { K_U64, HEX("rbx") }, { K_U64, HEX("r11") }, { K_U64, HEX("r10") },
       { K_U64, HEX("r9") }, { K_U64, HEX("r8") }, { K_U64, HEX("rax") }, { K_U64, HEX("rcx") },
       { K_U64, HEX("rdx") }, { K_U64, HEX("rsi") }, { K_U64, HEX("rdi") }, { K_U64, HEX("orig_rax") },
       { K_U64, HEX("rip") }, { K_U64, HEX("cs") }, { K_U64, HEX("eflags") }, { K_U64, HEX("rsp") },
       { K_U64, HEX("ss") }, { K_U64, HEX("fs_base") }, { K_U64, HEX("gs_base") }, { K_U64, HEX("ds") },
       { K_U64, HEX("es") }, { K_U64, HEX("fs") }, { K_U64, HEX("gs") });
/* struct user_i387_struct of the same. */
PUBLIC_STRUCT_BY(user_fpregs, sct_fpregs_print,
		 { K_U16, HEX("cwd") }, { K_U16, HEX("swd") }, { K_U16, HEX("ftw") }, { K_U16, HEX("fop") },
		 { K_U64, HEX("rip") }, { K_U64, HEX("rdp") }, { K_U32, HEX("mxcsr") }, { K_U32, HEX("mxcr_mask") },
		 { K_U32, HEX("st_space"), .n = 32 }, { K_U32, HEX("xmm_space"), .n = 64 },
		 { K_U32, HEX("padding"), .n = 24 });
/* Of one kind or the other. */
STRUCT_BY(regset, sct_regset_print, { K_CHARS, STR(""), 512 });
STRUCT_BY(regset_in, sct_regset_iov_print, { K_PTR, SIZED_IN("iov_base", regset, 1) }, { K_ULONG, ULONG("iov_len") });
STRUCT_BY(regset_out, sct_regset_iov_print, { K_PTR, SIZED_OUT("iov_base", regset, 1) }, { K_ULONG, ULONG("iov_len") });
STRUCT_BY(regset_addr, sct_regset_iov_print, { K_PTR, PTR("iov_base") }, { K_ULONG, ULONG("iov_len") });
STRUCT(word, { K_ULONG, HEX("") });
STRUCT(seccomp_metadata, { K_U64, ULONG("filter_off") }, { K_U64, FLAGS64("flags", seccomp_flags) });
STRUCT(rseq_configuration, { K_U64, PTR("rseq_abi_pointer") }, { K_U32, UINT("rseq_abi_size") },
       { K_U32, HEX("signature") }, { K_U32, HEX("flags") });
STRUCT(peeksiginfo_args, { K_U64, ULONG("off") }, { K_U32, FLAGS("flags", ptrace_peeksiginfo_flags) },
       { K_S32, INT("nr") });

static const struct sct_row rows[] = {
	{ .name = "ptrace", .args = { REQUEST, PTR("addr"), PTR("data") } },
	{ .name = "ptrace", WHEN(0, REQ_TRACEME), .args = { ENUM("op", ptrace_cmds) } },
	{ .name = "ptrace", WHEN(0, REQ_ATTACH, REQ_KILL, REQ_INTERRUPT, REQ_LISTEN), .args = { REQUEST } },
	/* The C library gives the word as the result; the kernel puts it where data points. */
	{ .name = "ptrace", WHEN(0, REQ_PEEKTEXT, REQ_PEEKDATA), .args = {
		REQUEST, PTR("addr"), STRUCT_OUT("data", word) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_PEEKUSER), .args = {
		REQUEST, CUSTOM("addr", sct_user_offset_print), STRUCT_OUT("data", word) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_POKEUSER), .args = {
		REQUEST, CUSTOM("addr", sct_user_offset_print), PTR("data") } },
	{ .name = "ptrace", WHEN(0, REQ_CONT, REQ_SINGLESTEP, REQ_DETACH, REQ_SYSCALL, REQ_SYSEMU,
				 REQ_SYSEMU_SINGLESTEP, REQ_SINGLEBLOCK), .args = {
		REQUEST, PTR("addr"), SIGNAL("data") } },
	{ .name = "ptrace", WHEN(0, REQ_SETOPTIONS, REQ_OLDSETOPTIONS, REQ_SEIZE), .args = {
		REQUEST, PTR("addr"), FLAGS64("data", ptrace_options) } },
	{ .name = "ptrace", WHEN(0, REQ_GETEVENTMSG), .args = {
		REQUEST, PTR("addr"), STRUCT_OUT("data", ulong) } },
	{ .name = "ptrace", WHEN(0, REQ_GETSIGINFO), .args = {
		REQUEST, PTR("addr"), STRUCT_OUT("data", siginfo) } },
	{ .name = "ptrace", WHEN(0, REQ_SETSIGINFO), .args = {
		REQUEST, PTR("addr"), STRUCT_IN("data", siginfo) } },
	{ .name = "ptrace", WHEN(0, REQ_PEEKSIGINFO), .args = {
		REQUEST, STRUCT_IN("addr", peeksiginfo_args), ARRAY_OUT("data", siginfo) } },
	{ .name = "ptrace", WHEN(0, REQ_GETSIGMASK), .args = {
		REQUEST, ULONG("addr"), SIZED_OUT("data", sigset, 2) } },
	{ .name = "ptrace", WHEN(0, REQ_SETSIGMASK), .args = {
		REQUEST, ULONG("addr"), SIZED_IN("data", sigset, 2) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_GETREGS), .args = {
		REQUEST, NO_ADDR, STRUCT_OUT("data", user_regs) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_SETREGS), .args = {
		REQUEST, NO_ADDR, STRUCT_IN("data", user_regs) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_GETFPREGS), .args = {
		REQUEST, NO_ADDR, STRUCT_OUT("data", user_fpregs) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_SETFPREGS), .args = {
		REQUEST, NO_ADDR, STRUCT_IN("data", user_fpregs) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_GETREGSET), .args = {
		REQUEST, ENUM("addr", regsets), STRUCT_INOUT("data", regset_out) } },
	{ .name = "ptrace", .abis = SCT_X86_64, WHEN(0, REQ_SETREGSET), .args = {
		REQUEST, ENUM("addr", regsets), STRUCT_INOUT("data", regset_in) } },
	{ .name = "ptrace", WHEN(0, REQ_GETREGSET, REQ_SETREGSET), .args = {
		REQUEST, ENUM("addr", regsets), STRUCT_INOUT("data", regset_addr) } },
	{ .name = "ptrace", WHEN(0, REQ_SECCOMP_GET_FILTER), .args = {
		REQUEST, ULONG("addr"), ARRAY_OUT("data", seccomp_insn) } },
	{ .name = "ptrace", WHEN(0, REQ_SECCOMP_GET_METADATA), .args = {
		REQUEST, ULONG("addr"), { .name = "data", .type = SCT_STRUCT, .of = &sct_struct_seccomp_metadata,
					  .dir = SCT_OUT, .count = SCT_COUNT_RESULT_BYTES } } },
	{ .name = "ptrace", WHEN(0, REQ_GET_SYSCALL_INFO), .args = { REQUEST, ULONG("addr"), PTR("data") } },
	{ .name = "ptrace", WHEN(0, REQ_GET_RSEQ_CONFIGURATION), .args = {
		REQUEST, PTR("addr"), STRUCT_OUT("data", rseq_configuration) } },
};

SCT_FAMILY(ptrace);
