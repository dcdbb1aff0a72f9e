/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs of ioctl(2) of which one member says what another one is. */
#include <linux/audit.h>
#include <string.h>

#include "calls.h"
#include "ioctl.h"
#include "layout.h"

/* Of an array that may be long, an abbreviated line shows so many. */
#define FEW	2

/* A file system's label, whole. */
void sct_label_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t n = strnlen((const char *)place->bytes, place->len);

	sct_text_quoted(text, place->bytes, n < place->len ? n : n - !!n, n == place->len);
}

/* Members before key, the key as long as the member before the flags says, and what comes behind it. */
static void print_loop(struct sct_text *text, const struct sct_place *place, unsigned int key)
{
	bool verbose = place->known->options->verbose, any = false;
	uint32_t size = 0;
	unsigned int i;

	sct_text_put(text, "{");
	for (i = 0; i < place->of->nr_members; i++) {
		const struct sct_member *m = &place->of->members[i];
		size_t before = text->len;

		if (!strcmp(m->arg.name, "lo_encrypt_key_size"))
			size = sct_member_value(place, i);
		if ((i == key && !size && !verbose) || (m->show == SCT_VERBOSE && !verbose))
			continue;
		if (any)
			sct_text_put(text, ", ");
		if (i == key) {
			sct_text_put(text, "lo_encrypt_key=");
			sct_text_quoted(text, place->bytes + sct_member_at(place, i), size < m->n ? size : m->n, false);
		} else if (verbose && m->show == SCT_NONZERO) {
			sct_text_putf(text, "%s=", m->arg.name);
			sct_member_value_print(text, place, i);
		} else if (!sct_member_print(text, place, i)) {
			sct_text_cut(text, before);
			continue;
		}
		any = true;
	}
	sct_text_put(text, verbose ? "}" : ", ...}");
}

void sct_loop_info_print(struct sct_text *text, const struct sct_place *place)
{
	print_loop(text, place, 9);
}

void sct_loop_info64_print(struct sct_text *text, const struct sct_place *place)
{
	print_loop(text, place, 11);
}

/* ---- seccomp's listener ---- */

static uint32_t arch_of(uint8_t abi)
{
	switch (abi) {
	case SCT_I386:
		return AUDIT_ARCH_I386;
	case SCT_AARCH64:
		return AUDIT_ARCH_AARCH64;
	case SCT_ARM:
		return AUDIT_ARCH_ARM;
	default:
		return AUDIT_ARCH_X86_64;
	}
}

static void print_seccomp_data(struct sct_text *text, const struct sct_place *place)
{
	uint32_t nr = sct_member_value(place, 3), arch = sct_member_value(place, 4);
	const char *name = sct_calls_name(arch, arch == AUDIT_ARCH_X86_64 ? nr & ~0x40000000U : nr);

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 3);
	/* A program that is traced knows the numbers of its own kind of calls. */
	if (name && arch == arch_of(place->known->plan.abi) && !(nr & 0x40000000))
		sct_text_putf(text, ", data={nr=__NR_%s, arch=", name);
	else if (name)
		sct_text_putf(text, ", data={nr=%u /* %s */, arch=", nr, name);
	else
		sct_text_putf(text, ", data={nr=%u, arch=", nr);
	sct_text_enum(text, arch, &sct_xlat_audit_archs);
	sct_text_put(text, ", ");
	sct_members_print(text, place, 5, 7);
	sct_text_put(text, "}}");
}

static bool is_zero(const struct sct_place *place)
{
	uint32_t i;

	for (i = 0; i < place->len; i++) {
		if (place->bytes[i])
			return false;
	}
	return true;
}

/* The kernel wants it empty, so it is worth a word only if it is not. */
void sct_seccomp_notif_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry;
	bool failed = sct_known_failed(place->known);

	if (!place->at_exit)
		entry = *place;
	else if (!sct_pointer_place(&entry, place->known, place->root, false))
		entry.len = 0;
	if (entry.len && !is_zero(&entry)) {
		print_seccomp_data(text, &entry);
		sct_text_put(text, " => ");
	}
	if (failed || !place->at_exit)
		sct_text_addr(text, place->address);
	else
		print_seccomp_data(text, place);
}

/* ---- arrays behind a head ---- */

/* RNDADDENTROPY: the bytes lie behind the two numbers. */
void sct_rand_pool_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t limit = place->known->options->string_limit, size = sct_member_value(place, 1);
	uint32_t there = place->len - 8, n = size < limit ? size : limit;

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 2);
	sct_text_put(text, ", buf=");
	if (n > there)
		sct_text_addr(text, place->address + 8);
	else
		sct_text_quoted(text, place->bytes + 8, n, n < size);
	sct_text_put(text, "}");
}

STRUCT(dedupe_given, { K_S64, FD("dest_fd") }, { K_U64, ULONG("dest_offset") });
STRUCT(dedupe_told, { K_U64, ULONG("bytes_deduped") }, { K_S32, INT("status") }, { K_U32, GAP });

/* The destinations behind the head; given is what the program says of each, the rest the kernel. */
static void print_destinations(struct sct_text *text, const struct sct_place *place, bool given)
{
	uint32_t said = sct_member_value(place, 2), n = said, i, there = (place->len - 24) / 32;

	if (!place->known->options->verbose && n > FEW)
		n = FEW;
	n = n < there ? n : there;
	sct_text_put(text, "info=[");
	for (i = 0; i < n; i++) {
		const uint8_t *at = place->bytes + 24 + i * 32;

		sct_text_put(text, i ? ", " : "");
		if (given)
			sct_bytes_print(text, place, &sct_struct_dedupe_given, at, 16);
		else
			sct_bytes_print(text, place, &sct_struct_dedupe_told, at + 16, 16);
	}
	if (n < said)
		sct_text_put(text, n ? ", ..." : "...");
	sct_text_put(text, "]");
}

void sct_dedupe_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry = *place;

	if (place->at_exit && !sct_pointer_place(&entry, place->known, place->root, false)) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, &entry, 0, 3);
	sct_text_put(text, ", ");
	print_destinations(text, &entry, true);
	sct_text_put(text, "}");
	if (!place->at_exit || !sct_member_value(&entry, 2))
		return;
	sct_text_put(text, " => {");
	print_destinations(text, place, false);
	sct_text_put(text, "}");
}

STRUCT(fiemap_extent, { K_U64, ULONG("fe_logical") }, { K_U64, ULONG("fe_physical") }, { K_U64, ULONG("fe_length") },
       { K_U64, GAP }, { K_U64, GAP }, { K_U32, FLAGS("fe_flags", fiemap_extent_flags) }, { K_U32, GAP },
       { K_U32, GAP }, { K_U32, GAP });

/* What was asked for, and behind an arrow what came of it. */
void sct_fiemap_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t head = sct_members_bytes(place->of, place->known->plan.abi), size, n, i;
	struct sct_place entry = *place;

	if (place->at_exit && !sct_pointer_place(&entry, place->known, place->root, false)) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, &entry, 0, 3);
	sct_text_put(text, ", ");
	sct_member_print(text, &entry, 4);
	sct_text_put(text, "}");
	if (!place->at_exit)
		return;
	sct_text_put(text, " => {");
	sct_members_print(text, place, 2, 4);
	if (!place->known->options->verbose) {
		sct_text_put(text, ", ...}");
		return;
	}
	size = sct_struct_size(&sct_struct_fiemap_extent, place->known->plan.abi);
	n = sct_member_value(place, 3);
	sct_text_put(text, ", fm_extents=[");
	for (i = 0; i < n && head + (i + 1) * size <= place->len; i++) {
		sct_text_put(text, i ? ", " : "");
		sct_bytes_print(text, place, &sct_struct_fiemap_extent, place->bytes + head + i * size, size);
	}
	if (i < n)
		sct_text_putf(text, "%s... /* %#llx */", i ? ", " : "",
			      (unsigned long long)place->address + head + i * size);
	sct_text_put(text, "]}");
}
