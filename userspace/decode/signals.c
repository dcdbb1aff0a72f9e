/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals by name, and siginfo as strace prints it. Fields: sigaction(2), <asm-generic/siginfo.h>. */
#include <signal.h>
#include <string.h>

#include "signals.h"

/* The kernel's first real-time signal: glibc's SIGRTMIN leaves out the two that it uses itself. */
#define KERNEL_SIGRTMIN 32

void sct_signal_print(struct sct_text *text, uint32_t signo)
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
		sct_text_putf(text, "%u", signo);
}

static uint32_t u32_at(const struct sctrace_rec_signal *rec, size_t offset)
{
	uint32_t value;

	memcpy(&value, rec->fields + offset, sizeof(value));
	return value;
}

static uint64_t u64_at(const struct sctrace_rec_signal *rec, size_t offset)
{
	uint64_t value;

	memcpy(&value, rec->fields + offset, sizeof(value));
	return value;
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

static void print_code(struct sct_text *text, uint32_t signo, int32_t code)
{
	const struct sct_xlat *own = codes_of(signo);
	const char *name = sct_xlat_name(&sct_xlat_siginfo_codes, (uint32_t)code);

	if (!name && own)
		name = sct_xlat_name(own, (uint32_t)code);
	if (name)
		sct_text_put(text, name);
	else
		sct_text_putf(text, "%d", code);
}

static void print_sender(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	sct_text_putf(text, ", si_pid=%d, si_uid=%u", (int32_t)u32_at(rec, 0), u32_at(rec, 4));
}

static void print_value_field(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	uint64_t value = u64_at(rec, 8);

	if (value)
		sct_text_putf(text, ", si_int=%d, si_ptr=%#llx", (int32_t)value,
			      (unsigned long long)value);
}

static void print_child(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	uint32_t status = u32_at(rec, 8);

	print_sender(text, rec);
	sct_text_put(text, ", si_status=");
	if (rec->code == CLD_EXITED)
		sct_text_putf(text, "%d", (int32_t)status);
	else
		sct_signal_print(text, status);
	sct_text_putf(text, ", si_utime=%llu, si_stime=%llu", (unsigned long long)u64_at(rec, 16),
		      (unsigned long long)u64_at(rec, 24));
}

static void print_fields(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	switch (rec->code) {
	case SI_KERNEL:
		return;
	case SI_USER:
	case SI_TKILL:
		print_sender(text, rec);
		return;
	case SI_TIMER:
		sct_text_putf(text, ", si_timerid=%#x, si_overrun=%d", u32_at(rec, 0),
			      (int32_t)u32_at(rec, 4));
		print_value_field(text, rec);
		return;
	}
	if (rec->code < 0) {
		print_sender(text, rec);
		print_value_field(text, rec);
		return;
	}
	switch (rec->signo) {
	case SIGCHLD:
		print_child(text, rec);
		break;
	case SIGSEGV:
	case SIGBUS:
	case SIGFPE:
	case SIGILL:
	case SIGTRAP:
		sct_text_put(text, ", si_addr=");
		sct_text_addr(text, u64_at(rec, 0));
		break;
	case SIGPOLL:
		sct_text_putf(text, ", si_band=%lld, si_fd=%d", (long long)u64_at(rec, 0),
			      (int32_t)u32_at(rec, 8));
		break;
	case SIGSYS:
		sct_text_put(text, ", si_call_addr=");
		sct_text_addr(text, u64_at(rec, 0));
		sct_text_putf(text, ", si_syscall=%d, si_arch=%#x", (int32_t)u32_at(rec, 8),
			      u32_at(rec, 12));
		break;
	default:
		print_sender(text, rec);
		break;
	}
}

/* {si_signo=..., si_code=..., ...} */
void sct_siginfo_print(struct sct_text *text, const struct sctrace_rec_signal *rec)
{
	sct_text_put(text, "{si_signo=");
	sct_signal_print(text, rec->signo);
	sct_text_put(text, ", si_code=");
	print_code(text, rec->signo, rec->code);
	if (rec->error) {
		const char *name = strerrorname_np(rec->error);

		if (name)
			sct_text_putf(text, ", si_errno=%s", name);
		else
			sct_text_putf(text, ", si_errno=%d", rec->error);
	}
	print_fields(text, rec);
	sct_text_put(text, "}");
}
