/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What fcntl(2) returns. */
#include "print.h"
#include "printers.h"
#include "signals.h"

/* F_GETFL. */
void sct_getfl_remark(struct sct_text *text, const struct sct_known *known)
{
	sct_text_put(text, " (flags ");
	sct_open_flags_print(text, (uint64_t)known->exit->result);
	sct_text_put(text, ")");
}

/* F_GETSIG: 0 is no signal of its own. */
void sct_getsig_remark(struct sct_text *text, const struct sct_known *known)
{
	if (!known->exit->result)
		return;
	sct_text_put(text, " (");
	sct_signal_name_print(text, known->exit->result);
	sct_text_put(text, ")");
}

/* F_GET_SEALS. */
void sct_get_seals_remark(struct sct_text *text, const struct sct_known *known)
{
	if (!known->exit->result)
		return;
	sct_text_put(text, " (seals ");
	sct_text_flags(text, known->exit->result, &sct_xlat_seal_flags);
	sct_text_put(text, ")");
}
