/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scheduling and limits. */
#include <errno.h>
#include <stdio.h>

#include "layout.h"
#include "print.h"
#include "printers.h"

enum attr { SIZE, POLICY, FLAGS_MEMBER, NICE, PERIOD = 7, UTIL_MIN, UTIL_MAX };

/* What struct sched_attr had at first, and what it has now: <linux/sched/types.h>. */
#define FIRST_BYTES 48
#define ALL_BYTES 56

/* Flags that say what is not given: SCHED_FLAG_KEEP_POLICY, SCHED_FLAG_KEEP_PARAMS. */
#define KEEP_POLICY 0x08
#define KEEP_PARAMS 0x10

/* The members of one of so many bytes. */
static void put_attr(struct sct_text *text, const struct sct_place *place, uint32_t bytes)
{
	uint64_t flags = sct_member_value(place, FLAGS_MEMBER);

	sct_text_put(text, "{");
	sct_member_print(text, place, SIZE);
	if (bytes >= FIRST_BYTES && place->len >= FIRST_BYTES) {
		sct_text_put(text, ", ");
		sct_members_print(text, place, flags & (KEEP_POLICY | KEEP_PARAMS) ? FLAGS_MEMBER : POLICY, NICE);
		if (!(flags & KEEP_PARAMS)) {
			sct_text_put(text, ", ");
			sct_members_print(text, place, NICE, PERIOD + 1);
		}
		if (bytes >= ALL_BYTES && place->len >= ALL_BYTES) {
			sct_text_put(text, ", ");
			sct_members_print(text, place, UTIL_MIN, UTIL_MAX + 1);
		}
		if (bytes > ALL_BYTES)
			sct_text_put(text, ", ...");
	}
	sct_text_put(text, "}");
}

/* As the program gave it; if the kernel knows less of it, the size that it asks for instead. */
void sct_sched_attr_in_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place given;
	uint32_t bytes;

	if (!sct_pointer_place(&given, place->known, place->root, false))
		given = *place;
	bytes = sct_member_value(&given, SIZE);
	put_attr(text, &given, bytes ? bytes : FIRST_BYTES);
	if (place->known->exit && place->known->exit->result == -E2BIG)
		sct_text_putf(text, " => {size=%u}", (uint32_t)sct_member_value(place, SIZE));
}

void sct_sched_attr_out_print(struct sct_text *text, const struct sct_place *place)
{
	put_attr(text, place, sct_member_value(place, SIZE));
}

/* [0 1]: the bits that are set. */
void sct_cpu_set_print(struct sct_text *text, const struct sct_place *place)
{
	const char *separator = "";
	uint32_t cpu;

	sct_text_put(text, "[");
	for (cpu = 0; cpu < place->len * 8; cpu++) {
		if (!(place->bytes[cpu / 8] >> cpu % 8 & 1))
			continue;
		sct_text_putf(text, "%s%u", separator, cpu);
		separator = " ";
	}
	sct_text_put(text, "]");
}

/* Bits of an I/O priority below its class: IOPRIO_CLASS_SHIFT of <linux/ioprio.h>. */
#define CLASS_SHIFT 13

void sct_ioprio_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t ioprio = value;

	(void)place;
	if (!sct_text_const(text, ioprio, SCT_DECIMAL_DIGITS))
		return;
	sct_text_put(text, "IOPRIO_PRIO_VALUE(");
	sct_text_enum(text, ioprio >> CLASS_SHIFT, &sct_xlat_ioprio_classes);
	sct_text_putf(text, ", %u)", ioprio & ((1U << CLASS_SHIFT) - 1));
	sct_text_const_end(text);
}

void sct_ioprio_remark(struct sct_text *text, const struct sct_known *known)
{
	sct_text_put(text, " (");
	sct_ioprio_print(text, NULL, known->exit->result);
	sct_text_put(text, ")");
}

void sct_policy_remark(struct sct_text *text, const struct sct_known *known)
{
	const char *name = sct_xlat_name(&sct_xlat_sched_policies, known->exit->result);

	if (name)
		sct_text_putf(text, " (%s)", name);
}

/* A number that is written in a shorter form. */
static void put_short(struct sct_text *text, uint64_t value, const char *shorter)
{
	if (sct_text_consts)
		sct_text_unsigned(text, value);
	if (sct_text_consts != SCT_CONSTS_NUMBERS)
		sct_text_putf(text, sct_text_consts ? " /* %s */" : "%s", shorter);
}

static void put_limit(struct sct_text *text, uint64_t limit)
{
	char chars[32];

	if (limit <= 1024 || limit % 1024) {
		sct_text_unsigned(text, limit);
		return;
	}
	snprintf(chars, sizeof(chars), "%llu*1024", (unsigned long long)limit / 1024);
	put_short(text, limit, chars);
}

/* 8192*1024, or no limit. */
void sct_rlim64_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if (value == UINT64_MAX)
		put_short(text, value, "RLIM64_INFINITY");
	else
		put_limit(text, value);
}

/* The same, of a word of the ABI. */
void sct_rlim_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	if (value == UINT32_MAX && (place->known->plan.abi & (SCT_I386 | SCT_ARM)))
		put_short(text, value, "RLIM_INFINITY");
	else
		sct_rlim64_print(text, place, value);
}
