/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's log, kexec_load(2), and what membarrier(2) answers. */
#include "print.h"
#include "printers.h"

/* The number, and its name in a comment. */
static void print_with_name(struct sct_text *text, int32_t value, const struct sct_xlat *xlat)
{
	const char *name = sct_xlat_name(xlat, value);

	sct_text_putf(text, "%d /* %s */", value, name ? name : xlat->unknown);
}

void sct_syslog_action_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_with_name(text, value, &sct_xlat_syslog_actions);
}

void sct_log_level_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_with_name(text, value, &sct_xlat_log_levels);
}

/* The architecture in the upper half of 32 bits, then flags. */
void sct_kexec_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint64_t arch = value & 0xffff0000, flags = value & ~arch;

	(void)place;
	sct_text_enum(text, arch, &sct_xlat_kexec_archs);
	if (flags) {
		sct_text_put(text, "|");
		sct_text_flags(text, flags, &sct_xlat_kexec_load_flags);
	}
}

/* MEMBARRIER_CMD_QUERY and MEMBARRIER_CMD_GET_REGISTRATIONS: commands, as bits. */
void sct_membarrier_remark(struct sct_text *text, const struct sct_known *known)
{
	uint32_t cmd = sct_known_arg(known, 0);
	uint32_t result = known->exit ? known->exit->result : 0;

	if ((cmd != 0 && cmd != 0x200) || !result)
		return;
	sct_text_put(text, " (");
	sct_text_flags(text, result, &sct_xlat_membarrier_cmds);
	sct_text_put(text, ")");
}
