/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mounts, swap and quota. */
#include <string.h>
#include <sys/swap.h>

#include "print.h"
#include "printers.h"

/* Programs of old mark the flags: mount(2). */
#define MARK 0xc0ed0000U
#define MARK_MASK 0xffff0000U

void sct_mount_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((value & MARK_MASK) != MARK) {
		sct_text_flags(text, value, &sct_xlat_mount_flags);
		return;
	}
	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	value &= ~(uint64_t)MARK_MASK;
	sct_text_put(text, value ? "MS_MGC_VAL|" : "MS_MGC_VAL");
	if (value)
		sct_text_flags(text, value, &sct_xlat_mount_flags);
	sct_text_const_end(text);
}

/* A priority, and flags above it. */
void sct_swap_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t flags = value & ~(uint64_t)SWAP_FLAG_PRIO_MASK;

	(void)place;
	if (flags) {
		sct_text_flags(text, flags, &sct_xlat_swap_flags);
		sct_text_put(text, "|");
	}
	sct_text_putf(text, "%u", (uint32_t)value & SWAP_FLAG_PRIO_MASK);
}

/* QCMD(Q_GETQUOTA, USRQUOTA). */
void sct_quota_op_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_put(text, "QCMD(");
	sct_text_enum(text, (uint32_t)value >> 8, &sct_xlat_quota_cmds);
	sct_text_put(text, ", ");
	sct_text_enum(text, value & 0xff, &sct_xlat_quota_types);
	sct_text_put(text, ")");
}

/* The whole word is the id, so it is no enum. */
void sct_mnt_id_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if (value == UINT64_MAX)
		sct_text_name(text, value, SCT_HEX_DIGITS, "LSMT_ROOT");
	else
		sct_text_hex(text, value);
}

/* struct mnt_id_req: since 6.11 with the namespace behind the members. */
void sct_mnt_id_req_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, place->of->nr_members);
	if (sct_member_value(place, 0) >= 32 && place->len >= 32)
		sct_text_putf(text, ", mnt_ns_id=%#llx", (unsigned long long)sct_number_at(place->bytes + 24, 8));
	sct_text_put(text, "}");
}

/* Members of struct statmount by the bit of the mask that says that they are there: <linux/mount.h>. */
static const struct statmount_part {
	const char *name;
	uint32_t mask;
} statmount_parts[] = {
	{ "size", 0 },
	{ "mask", 0 },
	{ "sb_dev_major", 0x1 },
	{ "sb_dev_minor", 0x1 },
	{ "sb_magic", 0x1 },
	{ "sb_flags", 0x1 },
	{ "fs_type", 0x20 },
	{ "mnt_id", 0x2 },
	{ "mnt_parent_id", 0x2 },
	{ "mnt_id_old", 0x2 },
	{ "mnt_parent_id_old", 0x2 },
	{ "mnt_attr", 0x2 },
	{ "mnt_propagation", 0x2 },
	{ "mnt_peer_group", 0x2 },
	{ "mnt_master", 0x2 },
	{ "propagate_from", 0x4 },
	{ "mnt_root", 0x8 },
	{ "mnt_point", 0x10 },
	{ "mnt_ns_id", 0x40 },
	{ "mnt_opts", 0x80 },
	{ "fs_subtype", 0x100 },
	{ "sb_source", 0x200 },
	{ "opt_num", 0x400 },
	{ "opt_array", 0x400 },
	{ "opt_sec_num", 0x800 },
	{ "opt_sec_array", 0x800 },
	{ "supported_mask", 0x1000 },
	{ "mnt_uidmap_num", 0x2000 },
	{ "mnt_uidmap", 0x2000 },
	{ "mnt_gidmap_num", 0x4000 },
	{ "mnt_gidmap", 0x4000 },
};

/* The string at offset at of those behind the members; what is after it. */
static uint32_t put_string(struct sct_text *text, const struct sct_place *place, uint32_t at)
{
	uint32_t limit = place->known->options->string_limit, n;

	if (at >= place->len) {
		sct_text_put(text, "???");
		return place->len;
	}
	n = strnlen((const char *)place->bytes + at, place->len - at);
	sct_text_quoted(text, place->bytes + at, n < limit ? n : limit, n > limit);
	return at + n + 1;
}

/* As many strings, one behind the other, as the member before says. */
static void put_strings(struct sct_text *text, const struct sct_place *place, uint32_t at, uint32_t n)
{
	uint32_t limit = place->known->options->string_limit, i;

	sct_text_put(text, "[");
	for (i = 0; i < n && i < limit && at < place->len; i++) {
		if (i)
			sct_text_put(text, ", ");
		at = put_string(text, place, at);
	}
	sct_text_put(text, i < n ? (i ? ", ...]" : "...]") : "]");
}

static void put_statmount_member(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	const struct sct_arg *arg = &place->of->members[i].arg;
	uint64_t behind = sct_member_at(place, place->of->nr_members - 1) + 43 * 8;
	uint64_t at = behind + sct_member_value(place, i);
	uint32_t offset = at < place->len ? at : place->len;

	sct_text_put(text, arg->name);
	sct_text_put(text, "=");
	if (arg->type == SCT_STR)
		put_string(text, place, offset);
	else if (arg->type == SCT_STRINGS)
		put_strings(text, place, offset, sct_member_value(place, i - 1));
	else
		sct_value_print(text, place, arg, sct_member_value(place, i));
}

void sct_statmount_print(struct sct_text *text, const struct sct_place *place)
{
	uint64_t mask = sct_member_value(place, 2);
	unsigned int i, m;

	sct_text_put(text, "{");
	for (i = 0; i < sizeof(statmount_parts) / sizeof(statmount_parts[0]); i++) {
		const struct statmount_part *part = &statmount_parts[i];

		if (part->mask && !(part->mask & mask))
			continue;
		for (m = 0; strcmp(place->of->members[m].arg.name, part->name); m++)
			;
		if (i)
			sct_text_put(text, ", ");
		put_statmount_member(text, place, m);
	}
	sct_text_put(text, "}");
}
