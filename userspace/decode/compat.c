/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What only the first calls of 32-bit programs have: their struct of a signal's action, their directory entry. */
#include <signal.h>
#include <string.h>

#include "layout.h"
#include "print.h"
#include "printers.h"

/* <asm/signal.h>, SA_RESTORER */
#define HAS_RESTORER 0x04000000

void sct_old_sigaction_print(struct sct_text *text, const struct sct_place *place)
{
	bool restorer = sct_member_value(place, 2) & HAS_RESTORER;

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, restorer ? 4 : 3);
	sct_text_put(text, "}");
}

/* A set of the first 32 signals. */
void sct_old_sigset_print(struct sct_text *text, const struct sct_place *place)
{
	sct_sigset_value_print(text, place, sct_member_value(place, 0));
}

/* What readdir(2) fills in. The name lies behind the members, as long as d_reclen says. */
void sct_old_dirent_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t head = sct_members_bytes(place->of, place->known->plan.abi);
	uint32_t there = place->len > head ? place->len - head : 0;
	uint32_t n = sct_member_value(place, 2);

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 3);
	sct_text_put(text, ", d_name=");
	if (there)
		sct_text_quoted(text, place->bytes + head, n < there ? n : there, n > there);
	else
		sct_text_addr(text, place->address + head);
	sct_text_put(text, "}");
}

/* signal(2): the handler that was there before. */
void sct_handler_remark(struct sct_text *text, const struct sct_known *known)
{
	uint64_t handler = known->exit->result;

	if (handler == (uint64_t)(uintptr_t)SIG_DFL)
		sct_text_put(text, " (SIG_DFL)");
	else if (handler == (uint64_t)(uintptr_t)SIG_IGN)
		sct_text_put(text, " (SIG_IGN)");
}

static void print_mask(struct sct_text *text, const struct sct_known *known, const char *what)
{
	sct_text_putf(text, " (%s ", what);
	sct_sigset_value_print(text, NULL, (uint32_t)known->exit->result);
	sct_text_put(text, ")");
}

void sct_mask_remark(struct sct_text *text, const struct sct_known *known)
{
	print_mask(text, known, "mask");
}

void sct_old_mask_remark(struct sct_text *text, const struct sct_known *known)
{
	print_mask(text, known, "old mask");
}
