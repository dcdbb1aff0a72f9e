/* SPDX-License-Identifier: GPL-2.0-or-later */
/* prctl(2), arch_prctl(2): arguments and results that are more than one name or one list of bits. */
#include <linux/prctl.h>

#include "print.h"
#include "printers.h"

/* Bits that PR_SVE_SET_VL and PR_SME_SET_VL have above the length. */
#define VL_LENGTH 0xffffULL

/* Of PR_SET_TAGGED_ADDR_CTRL: <linux/prctl.h>. */
#define TAGGED_ENABLE 0x1ULL
#define TAGGED_TCF 0x6ULL
#define TAGGED_TAGS (0xffffULL << 3)
#define TAGGED_TAG_SHIFT 3

static void put_word(struct sct_text *text, uint64_t value)
{
	sct_text_putf(text, value ? "%#llx" : "0", (unsigned long long)value);
}

/* A result's meaning, where it has one. */
static void put_flags_remark(struct sct_text *text, const struct sct_known *known, const struct sct_xlat *xlat)
{
	if (!known->exit->result)
		return;
	sct_text_put(text, " (");
	sct_text_flags(text, known->exit->result, xlat);
	sct_text_put(text, ")");
}

static void put_enum_remark(struct sct_text *text, const struct sct_known *known, const struct sct_xlat *xlat)
{
	sct_text_put(text, " (");
	sct_text_enum(text, known->exit->result, xlat);
	sct_text_put(text, ")");
}

void sct_prctl_dumpable_remark(struct sct_text *text, const struct sct_known *known)
{
	put_enum_remark(text, known, &sct_xlat_prctl_dumpable);
}

void sct_prctl_mce_remark(struct sct_text *text, const struct sct_known *known)
{
	put_enum_remark(text, known, &sct_xlat_prctl_mce_policies);
}

void sct_prctl_fp_mode_remark(struct sct_text *text, const struct sct_known *known)
{
	put_flags_remark(text, known, &sct_xlat_prctl_fp_modes);
}

void sct_prctl_securebits_remark(struct sct_text *text, const struct sct_known *known)
{
	put_flags_remark(text, known, &sct_xlat_prctl_securebits);
}

void sct_prctl_pac_remark(struct sct_text *text, const struct sct_known *known)
{
	put_flags_remark(text, known, &sct_xlat_prctl_pac_enabled);
}

void sct_prctl_mdwe_remark(struct sct_text *text, const struct sct_known *known)
{
	put_flags_remark(text, known, &sct_xlat_prctl_mdwe);
}

/* 0 says something too. */
void sct_prctl_spec_remark(struct sct_text *text, const struct sct_known *known)
{
	sct_text_put(text, " (");
	sct_text_flags(text, known->exit->result, &sct_xlat_prctl_spec_states);
	sct_text_put(text, ")");
}

static void put_vector_length(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	if (value & ~VL_LENGTH) {
		sct_text_flags(text, value & ~VL_LENGTH, xlat);
		sct_text_put(text, "|");
	}
	put_word(text, value & VL_LENGTH);
}

static void put_vector_remark(struct sct_text *text, const struct sct_known *known, const struct sct_xlat *xlat)
{
	sct_text_put(text, " (");
	put_vector_length(text, known->exit->result, xlat);
	sct_text_put(text, ")");
}

void sct_prctl_sve_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	put_vector_length(text, value, &sct_xlat_prctl_sve_vl);
}

void sct_prctl_sme_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	put_vector_length(text, value, &sct_xlat_prctl_sme_vl);
}

void sct_prctl_sve_remark(struct sct_text *text, const struct sct_known *known)
{
	put_vector_remark(text, known, &sct_xlat_prctl_sve_vl);
}

void sct_prctl_sme_remark(struct sct_text *text, const struct sct_known *known)
{
	put_vector_remark(text, known, &sct_xlat_prctl_sme_vl);
}

/* PR_TAGGED_ADDR_ENABLE|PR_MTE_TCF_SYNC|0xfffe<<PR_MTE_TAG_SHIFT */
static void put_tagged(struct sct_text *text, uint64_t value)
{
	uint64_t tags = (value & TAGGED_TAGS) >> TAGGED_TAG_SHIFT;
	uint64_t rest = value & ~(TAGGED_ENABLE | TAGGED_TCF | TAGGED_TAGS);

	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	sct_text_put(text, value & TAGGED_ENABLE ? "PR_TAGGED_ADDR_ENABLE|" : "!PR_TAGGED_ADDR_ENABLE|");
	sct_text_enum(text, value & TAGGED_TCF, &sct_xlat_prctl_mte_tcf);
	if (tags)
		sct_text_putf(text, "|%#llx<<PR_MTE_TAG_SHIFT", (unsigned long long)tags);
	if (rest)
		sct_text_putf(text, "|%#llx", (unsigned long long)rest);
	sct_text_const_end(text);
}

void sct_prctl_tagged_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	put_tagged(text, value);
}

void sct_prctl_tagged_remark(struct sct_text *text, const struct sct_known *known)
{
	sct_text_put(text, " (");
	put_tagged(text, known->exit->result);
	sct_text_put(text, ")");
}

/* Any process, or one. */
void sct_prctl_ptracer_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((int32_t)value == -1)
		sct_text_name(text, -1, SCT_DECIMAL_DIGITS, "PR_SET_PTRACER_ANY");
	else
		sct_text_signed(text, (int32_t)value);
}

/* arg3: a policy, if arg2 says so. */
void sct_prctl_mce_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	if (sct_known_arg(place->known, 1) == PR_MCE_KILL_SET)
		sct_text_enum(text, value, &sct_xlat_prctl_mce_policies);
	else
		put_word(text, value);
}

/* arg3: a state, if arg2 is a misfeature that is known. */
void sct_prctl_spec_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	if (sct_xlat_name(&sct_xlat_prctl_spec, sct_known_arg(place->known, 1)))
		sct_text_enum(text, value, &sct_xlat_prctl_spec_set);
	else
		put_word(text, value);
}

/* arg3: a capability, if arg2 says so. */
void sct_prctl_ambient_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	switch (sct_known_arg(place->known, 1)) {
	case PR_CAP_AMBIENT_IS_SET:
	case PR_CAP_AMBIENT_RAISE:
	case PR_CAP_AMBIENT_LOWER:
		sct_text_enum(text, value, &sct_xlat_capabilities);
		break;
	default:
		put_word(text, value);
		break;
	}
}

/* arg3, arg4: where and how much is named, if arg2 (0) says so. */
void sct_prctl_vma_addr_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	if (sct_known_arg(place->known, 1))
		put_word(text, value);
	else
		sct_text_addr(text, value);
}

void sct_prctl_vma_size_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	if (sct_known_arg(place->known, 1))
		put_word(text, value);
	else
		sct_text_unsigned(text, value);
}

void sct_pid_type_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_number_of(text, value, &sct_xlat_pid_types);
}

void sct_xfeature_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_number_of(text, value, &sct_xlat_arch_xfeatures);
}

void sct_xfeature_mask_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	put_word(text, value);
	if (!value)
		return;
	sct_text_put(text, " /* ");
	sct_text_flags_more(text, value, &sct_xlat_arch_xfeature_masks);
	sct_text_put(text, " */");
}
