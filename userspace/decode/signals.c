/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals by name, and siginfo as strace prints it. Fields: sigaction(2), <asm-generic/siginfo.h>. */
#include <signal.h>
#include <string.h>

#include "calls.h"
#include "layout.h"
#include "libc.h"
#include "print.h"
#include "printers.h"
#include "signals.h"

/* The kernel's first real-time signal: glibc's SIGRTMIN leaves out the two that it uses itself. */
#define KERNEL_SIGRTMIN 32

/* Where it is no value of a call: in the line that tells of it. */
void sct_signal_name_print(struct sct_text *text, uint32_t signo)
{
	const char *name = signo < KERNEL_SIGRTMIN ? sigabbrev_np(signo) : NULL;

	/* The C library calls it by its other name. */
	if (signo == SIGIO)
		sct_text_put(text, "SIGIO");
	else if (name)
		sct_text_putf(text, "SIG%s", name);
	else if (signo == KERNEL_SIGRTMIN)
		sct_text_put(text, "SIGRTMIN");
	else if (signo > KERNEL_SIGRTMIN && signo <= 64)
		sct_text_putf(text, "SIGRT_%u", signo - KERNEL_SIGRTMIN);
	else
		sct_text_signed(text, (int32_t)signo);
}

void sct_signal_print(struct sct_text *text, uint32_t signo)
{
	bool named = signo && signo <= 64;

	if (named && !sct_text_const(text, signo, SCT_DECIMAL_DIGITS))
		return;
	sct_signal_name_print(text, signo);
	if (named)
		sct_text_const_end(text);
}

/*
 * A siginfo, wherever it comes from: <asm-generic/siginfo.h> of the kernel. Its fields lie by the
 * rules of an ABI, in SIGINFO_FIELDS bytes at most.
 */
struct siginfo {
	uint32_t signo;
	int32_t code;
	int32_t error;
	const uint8_t *fields;
	unsigned int word;		/* bytes of a pointer */
	unsigned int clock;		/* bytes of a clock_t */
};

#define SIGINFO_FIELDS 32

static uint32_t u32_at(const struct siginfo *info, size_t offset)
{
	return sct_number_at(info->fields + offset, 4);
}

static uint64_t word_at(const struct siginfo *info, size_t offset)
{
	return sct_number_at(info->fields + offset, info->word);
}

/* Codes that a signal has by itself; those of every signal are in siginfo_codes. */
static const struct sct_xlat *codes_of(uint32_t signo)
{
	switch (signo) {
	case SIGCHLD:
		return &sct_xlat_sigchld_codes;
	case SIGSEGV:
		return &sct_xlat_sigsegv_codes;
	case SIGBUS:
		return &sct_xlat_sigbus_codes;
	case SIGFPE:
		return &sct_xlat_sigfpe_codes;
	case SIGILL:
		return &sct_xlat_sigill_codes;
	case SIGTRAP:
		return &sct_xlat_sigtrap_codes;
	case SIGPOLL:
		return &sct_xlat_sigpoll_codes;
	case SIGSYS:
		return &sct_xlat_sigsys_codes;
	default:
		return NULL;
	}
}

static void print_code(struct sct_text *text, const struct siginfo *info)
{
	const struct sct_xlat *own = codes_of(info->signo);
	const char *name = sct_xlat_name(&sct_xlat_siginfo_codes, (uint32_t)info->code);

	if (!name && own)
		name = sct_xlat_name(own, (uint32_t)info->code);
	if (!name) {
		sct_text_hex(text, (uint32_t)info->code);
	} else if (sct_text_const(text, (uint32_t)info->code, SCT_HEX_DIGITS)) {
		sct_text_put(text, name);
		sct_text_const_end(text);
	}
}

static void print_sender(struct sct_text *text, const struct siginfo *info)
{
	uint32_t uid = u32_at(info, 4);

	sct_text_putf(text, ", si_pid=%d, si_uid=", (int32_t)u32_at(info, 0));
	sct_text_putf(text, uid == UINT32_MAX ? "-1" : "%u", uid);
}

static void print_value_field(struct sct_text *text, const struct siginfo *info)
{
	uint64_t value = word_at(info, 8);

	sct_text_putf(text, ", si_int=%d, si_ptr=", (int32_t)value);
	sct_text_addr(text, value);
}

static void print_value_if_any(struct sct_text *text, const struct siginfo *info)
{
	if (word_at(info, 8))
		print_value_field(text, info);
}

static void print_child(struct sct_text *text, const struct siginfo *info)
{
	uint32_t status = u32_at(info, 8);
	size_t times = info->word == 8 ? 16 : 12;

	print_sender(text, info);
	sct_text_put(text, ", si_status=");
	if (info->code == CLD_EXITED)
		sct_text_signed(text, (int32_t)status);
	else
		sct_signal_print(text, status);
	sct_text_put(text, ", si_utime=");
	sct_ticks_print(text, NULL, sct_number_at(info->fields + times, info->clock));
	sct_text_put(text, ", si_stime=");
	sct_ticks_print(text, NULL, sct_number_at(info->fields + times + info->clock, info->clock));
}

static void print_address_field(struct sct_text *text, const char *name, uint64_t address)
{
	sct_text_putf(text, ", %s=", name);
	sct_text_addr(text, address);
}

/* What is behind the address begins where a pointer would. */
static void print_fault(struct sct_text *text, const struct siginfo *info)
{
	print_address_field(text, "si_addr", word_at(info, 0));
	if (info->signo == SIGSEGV && info->code == SEGV_BNDERR) {
		print_address_field(text, "si_lower", word_at(info, 2 * info->word));
		print_address_field(text, "si_upper", word_at(info, 3 * info->word));
	} else if (info->signo == SIGSEGV && info->code == SEGV_PKUERR) {
		sct_text_putf(text, ", si_pkey=%u", u32_at(info, 2 * info->word));
	} else if (info->signo == SIGBUS && (info->code == BUS_MCEERR_AR || info->code == BUS_MCEERR_AO)) {
		sct_text_putf(text, ", si_addr_lsb=%#x", u32_at(info, info->word) & 0xffff);
	}
}

/* The call's name is known only if it is one of this machine. */
static void print_refused_call(struct sct_text *text, const struct siginfo *info)
{
	uint32_t nr = u32_at(info, info->word), arch = u32_at(info, info->word + 4);
	const char *name = sct_calls_name(arch, nr);

	print_address_field(text, "si_call_addr", word_at(info, 0));
	if (name)
		sct_text_putf(text, ", si_syscall=__NR_%s", name);
	else
		sct_text_putf(text, ", si_syscall=%u", nr);
	sct_text_put(text, ", si_arch=");
	sct_text_enum(text, arch, &sct_xlat_audit_archs);
}

static void print_band(struct sct_text *text, const struct siginfo *info)
{
	int64_t band = info->word == 8 ? (int64_t)word_at(info, 0) : (int32_t)u32_at(info, 0);

	sct_text_putf(text, ", si_band=%lld, si_fd=%d", (long long)band, (int32_t)u32_at(info, info->word));
}

/* Sent by the kernel: what the fields are depends on the signal. */
static void print_kernel_fields(struct sct_text *text, const struct siginfo *info)
{
	switch (info->signo) {
	case SIGCHLD:
		print_child(text, info);
		break;
	case SIGSEGV:
	case SIGBUS:
	case SIGFPE:
	case SIGILL:
	case SIGTRAP:
		print_fault(text, info);
		break;
	case SIGPOLL:
		if (info->code >= POLL_IN && info->code <= POLL_HUP)
			print_band(text, info);
		break;
	case SIGSYS:
		print_refused_call(text, info);
		break;
	default:
		if (u32_at(info, 0) || u32_at(info, 4))
			print_sender(text, info);
		print_value_if_any(text, info);
		break;
	}
}

static void print_fields(struct sct_text *text, const struct siginfo *info)
{
	switch (info->code) {
	case SI_USER:
	case SI_TKILL:
		print_sender(text, info);
		break;
	case SI_TIMER:
		sct_text_putf(text, ", si_timerid=%#x, si_overrun=%d", u32_at(info, 0),
			      (int32_t)u32_at(info, 4));
		print_value_field(text, info);
		break;
	case SI_SIGIO:
		print_band(text, info);
		break;
	default:
		if (info->code > 0) {
			print_kernel_fields(text, info);
		} else {
			print_sender(text, info);
			print_value_if_any(text, info);
		}
		break;
	}
}

/* {si_signo=..., si_code=..., ...} */
static void print_siginfo(struct sct_text *text, const struct siginfo *info)
{
	if (!info->signo) {
		sct_text_put(text, "{}");
		return;
	}
	sct_text_put(text, "{si_signo=");
	sct_signal_print(text, info->signo);
	sct_text_put(text, ", si_code=");
	print_code(text, info);
	if (info->error) {
		const char *name = strerrorname_np(info->error);

		if (name)
			sct_text_putf(text, ", si_errno=%s", name);
		else
			sct_text_putf(text, ", si_errno=%d", info->error);
	}
	print_fields(text, info);
	sct_text_put(text, "}");
}

/* Of a signal that is delivered. */
void sct_signal_record_print(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	struct siginfo info = {
		.signo = rec->signo,
		.code = rec->code,
		.error = rec->error,
		.fields = rec->fields,
		.word = 8,
		.clock = 8,
	};

	print_siginfo(text, &info);
}

/* A siginfo_t in the task's memory. */
void sct_siginfo_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t abi = place->known->plan.abi;
	unsigned int word = sct_word_bytes(abi);
	/* Three ints, and the fields aligned as a pointer is. */
	unsigned int at = word == 8 ? 16 : 12;
	struct siginfo info = {
		.fields = place->bytes + at,
		.word = word,
		.clock = abi == SCT_X32 ? 8 : word,
	};

	if (place->len < at + SIGINFO_FIELDS) {
		sct_text_addr(text, place->address);
		return;
	}
	info.signo = sct_number_at(place->bytes, 4);
	info.error = sct_number_at(place->bytes + 4, 4);
	info.code = sct_number_at(place->bytes + 8, 4);
	print_siginfo(text, &info);
}

/* Signals that strace shows those that are missing of, once more than these are in a set. */
#define MOSTLY_FULL (64 * 2 / 3)

static void print_sigset_names(struct sct_text *text, uint64_t set)
{
	bool any = false;
	uint32_t signo;

	for (signo = 1; signo <= 64; signo++) {
		struct sct_text name = { 0 };

		if (!(set >> (signo - 1) & 1))
			continue;
		sct_signal_name_print(&name, signo);
		sct_text_put(text, any ? " " : "");
		if (sct_text_const(text, signo, SCT_DECIMAL_DIGITS)) {
			sct_text_put(text, strncmp(name.chars, "SIG", 3) ? name.chars : name.chars + 3);
			sct_text_const_end(text);
		}
		sct_text_free(&name);
		any = true;
	}
}

/* [INT TERM], or ~[KILL STOP] for one with most signals in it. */
static void print_sigset(struct sct_text *text, uint64_t set)
{
	bool inverted = __builtin_popcountll(set) >= MOSTLY_FULL;

	sct_text_put(text, inverted ? "~[" : "[");
	print_sigset_names(text, inverted ? ~set : set);
	sct_text_put(text, "]");
}

/* A set of the size that the kernel takes; one of any other is not looked at. */
void sct_sigset_print(struct sct_text *text, const struct sct_place *place)
{
	if (place->wanted == 8 && place->len >= 8)
		print_sigset(text, sct_number_at(place->bytes, 8));
	else
		sct_text_addr(text, place->address);
}

/* One of which the kernel gives the first bytes, if fewer are asked for. */
void sct_sigset_part_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t bytes[8] = { 0 };

	if (!place->wanted || place->wanted > 8 || place->len < place->wanted) {
		sct_text_addr(text, place->address);
		return;
	}
	memcpy(bytes, place->bytes, place->wanted);
	print_sigset(text, sct_number_at(bytes, 8));
}

/* One that is a number: a member of a struct. */
void sct_sigset_value_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_sigset(text, value);
}

/* The members are there for their places. */
void sct_split_sigframe_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{mask=");
	print_sigset(text, sct_member_value(place, 0) | sct_member_value(place, 2) << 32);
	sct_text_put(text, "}");
}

/* What a signal does: sa_handler. */
void sct_handler_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint64_t error = sct_word_bytes(place->known->plan.abi) == 4 ? UINT32_MAX : UINT64_MAX;

	const char *name = value == (uint64_t)(uintptr_t)SIG_DFL ? "SIG_DFL" :
			   value == (uint64_t)(uintptr_t)SIG_IGN ? "SIG_IGN" : value == error ? "SIG_ERR" : NULL;

	if (!name) {
		sct_text_addr(text, value);
	} else if (sct_text_const(text, value, SCT_HEX_DIGITS)) {
		sct_text_put(text, name);
		sct_text_const_end(text);
	}
}

/* The restorer is there only if a flag says so: SA_RESTORER of <asm/signal.h>. */
#define HAS_RESTORER 0x04000000

/* struct sigaction: handler, flags, restorer, mask; shown in the order of the man page. */
void sct_sigaction_print(struct sct_text *text, const struct sct_place *place)
{
	static const uint8_t order[] = { 0, 3, 1 };
	unsigned int i;

	sct_text_put(text, "{");
	for (i = 0; i < sizeof(order); i++) {
		if (i)
			sct_text_put(text, ", ");
		sct_member_print(text, place, order[i]);
	}
	if (sct_member_is_there(place, 1) && (sct_member_value(place, 1) & HAS_RESTORER)) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, 2);
	}
	sct_text_put(text, "}");
}

/* " (SIGUSR1)": the result is a signal. */
void sct_signal_remark(struct sct_text *text, const struct sct_known *known)
{
	if (known->exit->result <= 0)
		return;
	sct_text_put(text, " (");
	sct_signal_name_print(text, known->exit->result);
	sct_text_put(text, ")");
}

/* A signal that is a whole word: only a number that is one has a name. */
void sct_signal_word_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if (value && value <= 64)
		sct_signal_print(text, value);
	else
		sct_text_unsigned(text, value);
}
