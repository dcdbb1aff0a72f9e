/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times, and what happens when they have come. */
#include <string.h>

#include "date.h"
#include "print.h"
#include "printers.h"
#include "signals.h"

/* 1795532643 and its date. */
void sct_time_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_signed(text, value);
	sct_date_print(text, value, 0, 0);
}

/* The date that is the result. */
void sct_time_remark(struct sct_text *text, const struct sct_known *known)
{
	static const char begin[] = " /* ", end[] = " */";
	struct sct_text date = { 0 };

	sct_date_print(&date, known->exit->result, 0, 0);
	if (date.len > strlen(begin) + strlen(end)) {
		sct_text_put(text, " (");
		sct_text_put_bytes(text, date.chars + strlen(begin), date.len - strlen(begin) - strlen(end));
		sct_text_put(text, ")");
	}
	sct_text_free(&date);
}

/* In ticks of a hundredth of a second: the kernel's USER_HZ. */
void sct_ticks_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_unsigned(text, value);
	if (value)
		sct_text_putf(text, " /* %llu.%02u s */", (unsigned long long)value / 100, (unsigned int)(value % 100));
}

void sct_adjtimex_remark(struct sct_text *text, const struct sct_known *known)
{
	const char *state = sct_xlat_name(&sct_xlat_adjtimex_states, known->exit->result);

	if (state)
		sct_text_putf(text, " (%s)", state);
}

/* Results of a call that a signal interrupted and that is to be made again: <linux/errno.h> of the kernel. */
static bool was_interrupted(const struct sct_known *known)
{
	switch (known->exit->result) {
	case -512:
	case -513:
	case -514:
	case -516:
		return true;
	default:
		return false;
	}
}

void sct_timespec_left_print(struct sct_text *text, const struct sct_place *place)
{
	if (!was_interrupted(place->known)) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, place->of->nr_members);
	sct_text_put(text, "}");
}

/* Bits of .sigev_notify: <asm-generic/siginfo.h>. */
enum notify { BY_SIGNAL, BY_THREAD = 2, BY_SIGNAL_TO_THREAD = 4 };

enum member { VALUE, SIGNO, NOTIFY, FUNCTION, ATTRIBUTES };

/* {sigev_value={...}, sigev_signo=SIGUSR1, sigev_notify=SIGEV_SIGNAL}: what follows depends on how it notifies. */
void sct_sigevent_print(struct sct_text *text, const struct sct_place *place)
{
	uint64_t value = sct_member_value(place, VALUE);
	uint32_t notify = sct_member_value(place, NOTIFY);

	sct_text_put(text, "{");
	if (value)
		sct_text_putf(text, "sigev_value={sival_int=%d, sival_ptr=%#llx}, ", (int32_t)value,
			      (unsigned long long)value);
	if (notify == BY_SIGNAL || notify == BY_THREAD || notify == BY_SIGNAL_TO_THREAD)
		sct_member_print(text, place, SIGNO);
	else
		sct_text_putf(text, "sigev_signo=%u", (uint32_t)sct_member_value(place, SIGNO));
	sct_text_put(text, ", ");
	sct_member_print(text, place, NOTIFY);
	if (notify == BY_SIGNAL_TO_THREAD) {
		sct_text_putf(text, ", sigev_notify_thread_id=%d", (int32_t)sct_member_value(place, FUNCTION));
	} else if (notify == BY_THREAD) {
		sct_text_put(text, ", ");
		sct_members_print(text, place, FUNCTION, ATTRIBUTES + 1);
	}
	sct_text_put(text, "}");
}
