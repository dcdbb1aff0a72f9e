/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Births and deaths of processes: clone(2), clone3(2), wait(2); and what x86 keeps for each thread. */
#include <sched.h>
#include <string.h>
#include <sys/wait.h>

#include "layout.h"
#include "libc.h"
#include "print.h"
#include "printers.h"
#include "signals.h"

/* The exit signal is the low byte. */
#define EXIT_SIGNAL 0xffULL

/* CLONE_VM|SIGCHLD */
void sct_clone_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((value & ~EXIT_SIGNAL) || !value)
		sct_text_flags(text, value & ~EXIT_SIGNAL, &sct_xlat_clone_flags);
	if ((value & ~EXIT_SIGNAL) && (value & EXIT_SIGNAL))
		sct_text_put(text, "|");
	if (value & EXIT_SIGNAL)
		sct_signal_print(text, value & EXIT_SIGNAL);
}

/* Members of struct clone_args, as syscalls/process.c lists them. */
enum {
	CLONE3_FLAGS,
	CLONE3_PIDFD,
	CLONE3_CHILD_TID,
	CLONE3_PARENT_TID,
	CLONE3_EXIT_SIGNAL,
	CLONE3_STACK,
	CLONE3_STACK_SIZE,
	CLONE3_TLS,
	CLONE3_SET_TID,
	CLONE3_SET_TID_SIZE,
	CLONE3_CGROUP,
	CLONE3_NR
};

/* The first version's size: the kernel takes no less. */
#define CLONE3_MIN_BYTES 64

/* Newer flags than the headers that this is built with may know. */
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

/* Flags that make a member mean something; 0: it always does, or if it is not 0. */
static const uint64_t clone3_needs[CLONE3_NR] = {
	[CLONE3_PIDFD] = CLONE_PIDFD,
	[CLONE3_CHILD_TID] = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID,
	[CLONE3_PARENT_TID] = CLONE_PARENT_SETTID,
	[CLONE3_TLS] = CLONE_SETTLS,
};

static uint64_t set_tid_size(const struct sct_place *place)
{
	return sct_member_is_there(place, CLONE3_SET_TID_SIZE) ? sct_member_value(place, CLONE3_SET_TID_SIZE) : 0;
}

static bool clone3_shows(const struct sct_place *place, unsigned int i)
{
	uint64_t flags = sct_member_value(place, CLONE3_FLAGS);

	/* A struct that ends before the array's length has one of length 0. */
	if (!sct_member_is_there(place, i) &&
	    (i != CLONE3_SET_TID_SIZE || !sct_member_is_there(place, CLONE3_SET_TID)))
		return false;
	switch (i) {
	case CLONE3_SET_TID:
	case CLONE3_SET_TID_SIZE:
		return sct_member_value(place, CLONE3_SET_TID) || set_tid_size(place);
	case CLONE3_CGROUP:
		return (flags & CLONE_INTO_CGROUP) || sct_member_value(place, CLONE3_CGROUP);
	default:
		return !clone3_needs[i] || (flags & clone3_needs[i]);
	}
}

static void clone3_value(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	switch (i) {
	case CLONE3_PIDFD:
	case CLONE3_PARENT_TID:
		sct_text_addr(text, sct_member_value(place, i));
		break;
	case CLONE3_SET_TID_SIZE:
		sct_text_putf(text, "%llu", (unsigned long long)set_tid_size(place));
		break;
	case CLONE3_SET_TID:
		/* More than a namespace has levels: the kernel does not look at them. */
		if (!set_tid_size(place) || set_tid_size(place) > 32)
			sct_text_addr(text, sct_member_value(place, i));
		else
			sct_member_value_print(text, place, i);
		break;
	default:
		sct_member_value_print(text, place, i);
		break;
	}
}

/* What a newer kernel's struct has behind the members that are known, if it is not 0. */
static void clone3_rest(struct sct_text *text, const struct sct_place *place, uint32_t known)
{
	uint32_t limit = place->known->options->string_limit, end, i;
	uint32_t wanted = place->wanted < place->of->size ? place->wanted : place->of->size;

	if (place->len < wanted) {
		sct_text_put(text, ", ???");
		return;
	}
	for (end = known; end < place->len && !place->bytes[end]; end++)
		;
	if (end >= place->len)
		return;
	sct_text_putf(text, ", /* bytes %u..%u */ \"", known, place->len - 1);
	for (i = known; i < place->len && i - known < limit; i++)
		sct_text_putf(text, "\\x%02x", place->bytes[i]);
	sct_text_put(text, i < place->len ? "\"..." : "\"");
}

/* " => {parent_tid=[123]}": what the kernel put where the struct says. */
static void clone3_results(struct sct_text *text, const struct sct_place *place)
{
	static const unsigned int results[] = { CLONE3_PIDFD, CLONE3_PARENT_TID };
	bool any = false;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (!clone3_shows(place, results[i]))
			continue;
		sct_text_putf(text, "%s%s=", any ? ", " : " => {", place->of->members[results[i]].arg.name);
		sct_member_value_print(text, place, results[i]);
		any = true;
	}
	if (any)
		sct_text_put(text, "}");
}

void sct_clone_args_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t abi = place->known->plan.abi;
	uint32_t known = sct_member_offset(place->of, CLONE3_CGROUP, abi) + 8;
	bool any = false;
	unsigned int i;

	if (place->wanted < CLONE3_MIN_BYTES || place->len < CLONE3_MIN_BYTES) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	for (i = 0; i < CLONE3_NR; i++) {
		if (!clone3_shows(place, i))
			continue;
		sct_text_putf(text, "%s%s=", any ? ", " : "", place->of->members[i].arg.name);
		clone3_value(text, place, i);
		any = true;
	}
	if (place->wanted > known)
		clone3_rest(text, place, known);
	sct_text_put(text, "}");
	if (place->at_exit)
		clone3_results(text, place);
}

/* A status above its 16 bits: where ptrace(2) stopped the task. */
static void print_status_rest(struct sct_text *text, uint32_t rest)
{
	if (rest >> 16) {
		sct_text_put(text, " | ");
		sct_text_enum(text, rest >> 16, &sct_xlat_ptrace_events);
		sct_text_put(text, " << 16");
	}
	if (rest & 0xffff)
		sct_text_putf(text, " | %#x", rest & 0xffff);
}

/* [{WIFEXITED(s) && WEXITSTATUS(s) == 0}]. Without a child nothing was written. */
void sct_wait_status_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t status = place->len >= 4 ? sct_number_at(place->bytes, 4) : 0;

	if (place->len < 4 || !place->known->exit || !place->known->exit->result) {
		sct_text_addr(text, place->address);
		return;
	}
	if (WIFSTOPPED(status)) {
		sct_text_put(text, "[{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		sct_signal_name_print(text, WSTOPSIG(status) & 0x7f);
		sct_text_put(text, WSTOPSIG(status) & 0x80 ? " | 0x80}" : "}");
		print_status_rest(text, status & ~0xffffU);
	} else if (WIFCONTINUED(status)) {
		sct_text_put(text, "[{WIFCONTINUED(s)}");
		print_status_rest(text, status & ~0xffffU);
	} else if (WIFSIGNALED(status)) {
		sct_text_put(text, "[{WIFSIGNALED(s) && WTERMSIG(s) == ");
		sct_signal_name_print(text, WTERMSIG(status));
		sct_text_put(text, WCOREDUMP(status) ? " && WCOREDUMP(s)}" : "}");
		print_status_rest(text, status & ~0xffU);
	} else if (WIFEXITED(status)) {
		sct_text_putf(text, "[{WIFEXITED(s) && WEXITSTATUS(s) == %d}", WEXITSTATUS(status));
		print_status_rest(text, status & ~0xffffU);
	} else {
		sct_text_putf(text, "[%#x", status);
	}
	sct_text_put(text, "]");
}

/* wait4 fills it in only if there was a child. */
void sct_wait_rusage_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place usage;

	if (!place->known->exit || !place->known->exit->result || !sct_member_place(&usage, place, 0))
		sct_text_addr(text, place->address);
	else
		sct_struct_print(text, &usage);
}

/* Where ptrace(2) looks in struct user of x86_64: a register's number of words, and bytes. */
void sct_user_offset_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	static const char *const registers[] = {
		"R15", "R14", "R13", "R12", "RBP", "RBX", "R11", "R10", "R9", "R8", "RAX", "RCX", "RDX", "RSI",
		"RDI", "ORIG_RAX", "RIP", "CS", "EFLAGS", "RSP", "SS", "FS_BASE", "GS_BASE", "DS", "ES", "FS", "GS",
	};

	(void)place;
	if (value / 8 >= sizeof(registers) / sizeof(registers[0])) {
		sct_text_addr(text, value);
		return;
	}
	sct_text_putf(text, "8*%s", registers[value / 8]);
	if (value % 8)
		sct_text_putf(text, "+%u", (unsigned int)(value % 8));
}

/* %#08x: addresses and limits of segments. */
void sct_hex6_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "%#08x", (uint32_t)value);
}

/* The bit fields of struct user_desc: <asm/ldt.h>. */
static void print_segment(struct sct_text *text, const struct sct_place *place)
{
	static const struct { const char *name; uint8_t shift, mask; } bits[] = {
		{ "seg_32bit", 0, 1 }, { "contents", 1, 3 }, { "read_exec_only", 3, 1 },
		{ "limit_in_pages", 4, 1 }, { "seg_not_present", 5, 1 }, { "useable", 6, 1 },
		{ "lm", 7, 1 },
	};
	uint32_t value = sct_member_value(place, 3);
	/* A 32-bit program's struct has no last one. */
	unsigned int i, n = place->known->plan.abi & SCT_I386 ? 6 : 7;

	for (i = 0; i < n; i++)
		sct_text_putf(text, ", %s=%u", bits[i].name, value >> bits[i].shift & bits[i].mask);
}

void sct_user_desc_print(struct sct_text *text, const struct sct_place *place)
{
	if (place->len < 16 || place->wanted != 16) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 3);
	print_segment(text, place);
	sct_text_put(text, "}");
}

/* get_thread_area: the program gives the number only. */
void sct_user_desc_asked_print(struct sct_text *text, const struct sct_place *place)
{
	if (place->at_exit || place->len < 16) {
		sct_user_desc_print(text, place);
		return;
	}
	sct_text_put(text, "{");
	sct_member_print(text, place, 0);
	sct_text_put(text, ", ...}");
}

/* set_thread_area: what the program gave. */
void sct_user_desc_given_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry;

	if (sct_pointer_place(&entry, place->known, place->root, false))
		sct_user_desc_print(text, &entry);
	else
		sct_text_addr(text, place->address);
}

/* " (entry_number=12)": the kernel chose it. */
void sct_user_desc_remark(struct sct_text *text, const struct sct_known *known)
{
	struct sct_place entry, now;

	if (sct_pointer_place(&entry, known, 0, false) && sct_pointer_place(&now, known, 0, true) &&
	    entry.len >= 4 && now.len >= 4 && sct_number_at(entry.bytes, 4) == UINT32_MAX)
		sct_text_putf(text, " (entry_number=%d)", (int32_t)sct_number_at(now.bytes, 4));
}

/* modify_ldt's result is 32 bits, of which x86_64's register keeps zeros above. */
void sct_modify_ldt_remark(struct sct_text *text, const struct sct_known *known)
{
	int32_t result = known->exit->result;
	const char *name = sct_is_error(result) ? strerrorname_np(-result) : NULL;

	if (name)
		sct_text_putf(text, " %s (%s)", name, strerrordesc_np(-result));
}

static void print_personality(struct sct_text *text, uint32_t value)
{
	sct_text_enum(text, value & 0xff, &sct_xlat_personality_types);
	if (!(value & ~0xffU))
		return;
	sct_text_put(text, "|");
	sct_text_flags_more(text, value & ~0xffU, &sct_xlat_personality_flags);
}

/* -1 asks what it is. */
void sct_personality_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((uint32_t)value == UINT32_MAX)
		sct_text_put(text, "0xffffffff");
	else
		print_personality(text, value);
}

void sct_personality_remark(struct sct_text *text, const struct sct_known *known)
{
	sct_text_put(text, " (");
	print_personality(text, known->exit->result);
	sct_text_put(text, ")");
}
