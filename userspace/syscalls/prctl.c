/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process may set of itself: prctl, a row for each option; arch_prctl; personality. */
#include <linux/prctl.h>

#include "printers.h"
#include "structs.h"

/* Options that the installed headers may be too old for: include/uapi/linux/prctl.h of the kernel. */
#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif
#ifndef PR_SCHED_CORE
#define PR_SCHED_CORE 62
#endif
#ifndef PR_SME_SET_VL
#define PR_SME_SET_VL 63
#define PR_SME_GET_VL 64
#endif
#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#endif
#ifndef PR_PAC_SET_ENABLED_KEYS
#define PR_PAC_SET_ENABLED_KEYS 60
#define PR_PAC_GET_ENABLED_KEYS 61
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef PR_GET_AUXV
#define PR_GET_AUXV 0x41555856
#endif
#ifndef PR_GET_SHADOW_STACK_STATUS
#define PR_GET_SHADOW_STACK_STATUS 74
#define PR_SET_SHADOW_STACK_STATUS 75
#define PR_LOCK_SHADOW_STACK_STATUS 76
#endif
#ifndef PR_FUTEX_HASH
#define PR_FUTEX_HASH 78
#endif

/* Of modes of seccomp, the bit that tells SECCOMP_MODE_FILTER from the others. */
#define MODE_FILTER 2

/* <asm/prctl.h> of x86. */
enum {
	ARCH_SET_GS_OP = 0x1001,
	ARCH_SET_FS_OP,
	ARCH_GET_FS_OP,
	ARCH_GET_GS_OP,
	ARCH_GET_CPUID_OP = 0x1011,
	ARCH_GET_XCOMP_SUPP_OP = 0x1021,
	ARCH_GET_XCOMP_PERM_OP,
	ARCH_REQ_XCOMP_PERM_OP,
	ARCH_GET_XCOMP_GUEST_PERM_OP,
	ARCH_REQ_XCOMP_GUEST_PERM_OP,
	ARCH_GET_UNTAG_MASK_OP = 0x4001,
	ARCH_GET_MAX_TAG_BITS_OP = 0x4003,
	ARCH_SHSTK_STATUS_OP = 0x5005,
};

#define OPTION		ENUM("op", prctl_options)
#define REST3		HEX("arg3"), HEX("arg4"), HEX("arg5")
#define REST2		HEX("arg4"), HEX("arg5")

STRUCT(pdeathsig, { K_S32, CUSTOM("", sct_signal_word_print) });
STRUCT(unalign, { K_U32, FLAGS("", prctl_unalign) });
STRUCT(tsc, { K_U32, ENUM("", prctl_tsc) });
STRUCT(shadow_stack, { K_ULONG, FLAGS64("", prctl_shadow_stack) });
STRUCT(xfeature_mask, { K_U64, CUSTOM("", sct_xfeature_mask_print) });
STRUCT(addr, { K_ULONG, PTR("") });

static const struct sct_row rows[] = {
	{ .name = "prctl", .args = { OPTION, HEX("arg2"), REST3 } },

	/* Nothing but the option. */
	{ .name = "prctl", WHEN(0, PR_GET_KEEPCAPS, PR_GET_TIMING, PR_GET_SECCOMP, PR_GET_TIMERSLACK,
				PR_TASK_PERF_EVENTS_DISABLE, PR_TASK_PERF_EVENTS_ENABLE), .args = { OPTION } },
	{ .name = "prctl", WHEN(0, PR_GET_DUMPABLE), .remark = sct_prctl_dumpable_remark, .args = { OPTION } },
	{ .name = "prctl", WHEN(0, PR_GET_FP_MODE), .ret = SCT_RET_HEX, .remark = sct_prctl_fp_mode_remark,
	  .args = { OPTION } },
	{ .name = "prctl", WHEN(0, PR_GET_SECUREBITS), .ret = SCT_RET_HEX,
	  .remark = sct_prctl_securebits_remark, .args = { OPTION } },
	{ .name = "prctl", WHEN(0, PR_SVE_GET_VL), .ret = SCT_RET_HEX, .remark = sct_prctl_sve_remark,
	  .args = { OPTION } },
	{ .name = "prctl", WHEN(0, PR_SME_GET_VL), .ret = SCT_RET_HEX, .remark = sct_prctl_sme_remark,
	  .args = { OPTION } },

	/* The others have to be 0, and are shown. */
	{ .name = "prctl", WHEN(0, PR_MCE_KILL_GET), .remark = sct_prctl_mce_remark,
	  .args = { OPTION, HEX("arg2"), REST3 } },
	{ .name = "prctl", WHEN(0, PR_GET_TAGGED_ADDR_CTRL), .ret = SCT_RET_HEX,
	  .remark = sct_prctl_tagged_remark, .args = { OPTION, HEX("arg2"), REST3 } },
	{ .name = "prctl", WHEN(0, PR_PAC_GET_ENABLED_KEYS), .ret = SCT_RET_HEX,
	  .remark = sct_prctl_pac_remark, .args = { OPTION, HEX("arg2"), REST3 } },
	{ .name = "prctl", WHEN(0, PR_GET_MDWE), .ret = SCT_RET_HEX, .remark = sct_prctl_mdwe_remark,
	  .args = { OPTION, HEX("arg2"), REST3 } },

	/* A number of one kind or another. */
	{ .name = "prctl", WHEN(0, PR_SET_KEEPCAPS, PR_SET_FPEMU, PR_SET_FPEXC, PR_SET_TIMING, PR_SET_ENDIAN,
				PR_SET_CHILD_SUBREAPER), .args = { OPTION, ULONG("arg2") } },
	{ .name = "prctl", WHEN(0, PR_SET_NO_NEW_PRIVS, PR_SET_THP_DISABLE, PR_SET_IO_FLUSHER), .args = {
		OPTION, ULONG("arg2"), REST3 } },
	{ .name = "prctl", WHEN(0, PR_SET_TIMERSLACK), .args = { OPTION, LONG("arg2") } },
	{ .name = "prctl", WHEN(0, PR_SET_PDEATHSIG), .args = { OPTION, CUSTOM("arg2", sct_signal_word_print) } },
	{ .name = "prctl", WHEN(0, PR_SET_DUMPABLE), .args = { OPTION, ENUM64("arg2", prctl_dumpable) } },
	{ .name = "prctl", WHEN(0, PR_SET_UNALIGN), .args = { OPTION, FLAGS("arg2", prctl_unalign) } },
	{ .name = "prctl", WHEN(0, PR_CAPBSET_READ, PR_CAPBSET_DROP), .args = {
		OPTION, ENUM64("arg2", capabilities) } },
	{ .name = "prctl", WHEN(0, PR_SET_TSC), .args = { OPTION, ENUM("arg2", prctl_tsc) } },
	{ .name = "prctl", WHEN(0, PR_SET_SECUREBITS), .args = { OPTION, FLAGS64("arg2", prctl_securebits) } },
	{ .name = "prctl", WHEN(0, PR_SET_FP_MODE), .args = { OPTION, FLAGS("arg2", prctl_fp_modes) } },
	{ .name = "prctl", WHEN(0, PR_SVE_SET_VL), .ret = SCT_RET_HEX, .remark = sct_prctl_sve_remark,
	  .args = { OPTION, CUSTOM("arg2", sct_prctl_sve_print) } },
	{ .name = "prctl", WHEN(0, PR_SME_SET_VL), .ret = SCT_RET_HEX, .remark = sct_prctl_sme_remark,
	  .args = { OPTION, CUSTOM("arg2", sct_prctl_sme_print) } },
	{ .name = "prctl", WHEN(0, PR_SET_PTRACER), .args = { OPTION, CUSTOM("arg2", sct_prctl_ptracer_print) } },
	{ .name = "prctl", WHEN(0, PR_SET_TAGGED_ADDR_CTRL), .args = {
		OPTION, CUSTOM("arg2", sct_prctl_tagged_print), REST3 } },
	{ .name = "prctl", WHEN(0, PR_PAC_RESET_KEYS), .args = { OPTION, FLAGS64("arg2", prctl_pac_keys), REST3 } },
	{ .name = "prctl", WHEN(0, PR_PAC_SET_ENABLED_KEYS), .args = {
		OPTION, FLAGS64("arg2", prctl_pac_enabled), FLAGS64("arg3", prctl_pac_enabled), REST2 } },
	{ .name = "prctl", WHEN(0, PR_SET_MDWE), .args = { OPTION, FLAGS64("arg2", prctl_mdwe), REST3 } },
	{ .name = "prctl", WHEN(0, PR_SET_SHADOW_STACK_STATUS, PR_LOCK_SHADOW_STACK_STATUS), .args = {
		OPTION, FLAGS64("arg2", prctl_shadow_stack), REST3 } },
	{ .name = "prctl", WHEN(0, PR_FUTEX_HASH), .args = { OPTION, ENUM64("arg2", prctl_futex_hash), REST3 } },

	/* A number that says what the others are. */
	{ .name = "prctl", WHEN(0, PR_MCE_KILL), .args = {
		OPTION, ENUM64("arg2", prctl_mce_kill), CUSTOM("arg3", sct_prctl_mce_print), REST2 } },
	{ .name = "prctl", WHEN(0, PR_SET_MM), .args = { OPTION, ENUM("arg2", prctl_mm), REST3 } },
	{ .name = "prctl", WHEN(0, PR_CAP_AMBIENT), .args = {
		OPTION, ENUM64("arg2", prctl_cap_ambient), CUSTOM("arg3", sct_prctl_ambient_print), REST2 } },
	{ .name = "prctl", WHEN(0, PR_GET_SPECULATION_CTRL), .ret = SCT_RET_HEX,
	  .remark = sct_prctl_spec_remark, .args = { OPTION, ENUM64("arg2", prctl_spec) } },
	{ .name = "prctl", WHEN(0, PR_SET_SPECULATION_CTRL), .args = {
		OPTION, ENUM64("arg2", prctl_spec), CUSTOM("arg3", sct_prctl_spec_print) } },
	{ .name = "prctl", WHEN(0, PR_SET_SYSCALL_USER_DISPATCH), .args = {
		OPTION, ENUM64("arg2", prctl_dispatch), HEX("arg3"), HEX("arg4"), PTR("arg5") } },
	{ .name = "prctl", WHEN(0, PR_SCHED_CORE), .args = {
		OPTION, ENUM("arg2", prctl_sched_core), PID("arg3"), CUSTOM("arg4", sct_pid_type_print),
		STRUCT_OUT("arg5", hex64) } },
	{ .name = "prctl", WHEN(0, PR_SET_VMA), .args = {
		OPTION, ENUM64("arg2", prctl_vma), CUSTOM("arg3", sct_prctl_vma_addr_print),
		CUSTOM("arg4", sct_prctl_vma_size_print), STR("arg5") } },
	{ .name = "prctl", WHEN(0, PR_SET_SECCOMP), .args = {
		OPTION, ENUM64("arg2", seccomp_modes),
		{ .name = "arg3", .type = SCT_STRUCT, .of = &sct_struct_sock_fprog, .if_arg = 1, .if_bits = MODE_FILTER } } },

	/* Something in memory. */
	{ .name = "prctl", WHEN(0, PR_GET_PDEATHSIG), .args = { OPTION, STRUCT_OUT("arg2", pdeathsig) } },
	{ .name = "prctl", WHEN(0, PR_GET_UNALIGN), .args = { OPTION, STRUCT_OUT("arg2", unalign) } },
	{ .name = "prctl", WHEN(0, PR_GET_FPEMU, PR_GET_FPEXC, PR_GET_ENDIAN, PR_GET_CHILD_SUBREAPER), .args = {
		OPTION, STRUCT_OUT("arg2", uint) } },
	{ .name = "prctl", WHEN(0, PR_GET_TSC), .args = { OPTION, STRUCT_OUT("arg2", tsc) } },
	{ .name = "prctl", WHEN(0, PR_GET_TID_ADDRESS), .args = { OPTION, STRUCT_OUT("arg2", addr) } },
	{ .name = "prctl", WHEN(0, PR_GET_SHADOW_STACK_STATUS), .args = {
		OPTION, STRUCT_OUT("arg2", shadow_stack), REST3 } },
	/* A name in the kernel has 15 characters. */
	{ .name = "prctl", WHEN(0, PR_SET_NAME), .args = { OPTION, STR_MAX("arg2", 15) } },
	{ .name = "prctl", WHEN(0, PR_GET_NAME), .args = {
		OPTION, { .name = "arg2", .type = SCT_STR, .dir = SCT_OUT, .n = 16 } } },
	{ .name = "prctl", WHEN(0, PR_GET_AUXV), .args = {
		OPTION, { .name = "arg2", .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = 2, .dir = SCT_OUT },
		ULONG("arg3"), REST2 } },

	{ .name = "arch_prctl", .args = { ENUM("op", arch_prctl_options), HEX("addr") } },
	{ .name = "arch_prctl", WHEN(0, ARCH_GET_CPUID_OP), .args = { ENUM("op", arch_prctl_options) } },
	{ .name = "arch_prctl", WHEN(0, ARCH_GET_FS_OP, ARCH_GET_GS_OP), .args = {
		ENUM("op", arch_prctl_options), STRUCT_OUT("addr", addr) } },
	{ .name = "arch_prctl", WHEN(0, ARCH_GET_XCOMP_SUPP_OP, ARCH_GET_XCOMP_PERM_OP,
				     ARCH_GET_XCOMP_GUEST_PERM_OP), .args = {
		ENUM("op", arch_prctl_options), STRUCT_OUT("addr", xfeature_mask) } },
	{ .name = "arch_prctl", WHEN(0, ARCH_REQ_XCOMP_PERM_OP, ARCH_REQ_XCOMP_GUEST_PERM_OP), .args = {
		ENUM("op", arch_prctl_options), CUSTOM("addr", sct_xfeature_print) } },
	{ .name = "arch_prctl", WHEN(0, ARCH_GET_UNTAG_MASK_OP, ARCH_SHSTK_STATUS_OP), .args = {
		ENUM("op", arch_prctl_options), STRUCT_OUT("addr", hex64) } },
	{ .name = "arch_prctl", WHEN(0, ARCH_GET_MAX_TAG_BITS_OP), .args = {
		ENUM("op", arch_prctl_options), STRUCT_OUT("addr", u64) } },

	{ .name = "personality", .ret = SCT_RET_HEX, .remark = sct_personality_remark, .args = {
		CUSTOM("persona", sct_personality_print) } },
};

SCT_FAMILY(prctl);
