/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capabilities, keys, what security modules say. */
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <string.h>

#include "libc.h"
#include "print.h"
#include "printers.h"

/* struct __user_cap_data_struct: three words; newer versions have two in a row. */
#define CAP_WORDS 3
#define CAP_BYTES (4 * CAP_WORDS)

/* Bits of a word, of which the first is capability number first. */
static void put_capabilities(struct sct_text *text, uint32_t value, unsigned int first, bool any)
{
	uint32_t rest = value;
	unsigned int i;

	if (sct_text_consts && any)
		sct_text_put(text, "|");
	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	any = any && !sct_text_consts;
	for (i = 0; i < 32; i++) {
		const char *name = value >> i & 1 ? sct_xlat_name(&sct_xlat_capabilities, first + i) : NULL;

		if (!name)
			continue;
		sct_text_putf(text, "%s1<<%s", any ? "|" : "", name);
		rest &= ~(1U << i);
		any = true;
	}
	if (rest)
		sct_text_putf(text, any ? "|%#x" : sct_text_consts ? "CAP_???" : "%#x /* CAP_??? */", rest);
	sct_text_const_end(text);
}

static void put_capability_set(struct sct_text *text, const struct sct_place *place, unsigned int i, bool two)
{
	uint32_t low = sct_number_at(place->bytes + 4 * i, 4);
	uint32_t high = two ? sct_number_at(place->bytes + CAP_BYTES + 4 * i, 4) : 0;

	if (!low && !high) {
		sct_text_put(text, "0");
		return;
	}
	if (low)
		put_capabilities(text, low, 0, false);
	if (high)
		put_capabilities(text, high, 32, low != 0);
}

/* How long it is, the version in the header says. */
void sct_cap_data_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const names[CAP_WORDS] = { "effective", "permitted", "inheritable" };
	struct sct_place header;
	uint32_t version;
	unsigned int i;
	bool two;

	if (!sct_pointer_place(&header, place->known, 0, false) || header.len < 8) {
		sct_text_addr(text, place->address);
		return;
	}
	version = sct_number_at(header.bytes, 4);
	two = version == _LINUX_CAPABILITY_VERSION_2 || version == _LINUX_CAPABILITY_VERSION_3;
	if (place->len < (two ? 2 : 1) * CAP_BYTES) {
		sct_text_addr(text, place->address);
		return;
	}
	for (i = 0; i < CAP_WORDS; i++) {
		sct_text_putf(text, "%s%s=", i ? ", " : "{", names[i]);
		put_capability_set(text, place, i, two);
	}
	sct_text_put(text, "}");
}

/* A key by its number, or one of those that everybody has. */
void sct_key_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const char *name = sct_xlat_name(&sct_xlat_key_specs, (uint32_t)value);

	(void)place;
	if (name)
		sct_text_name(text, (int32_t)value, SCT_DECIMAL_DIGITS, name);
	else
		sct_text_signed(text, (int32_t)value);
}

/* Shown as a number if it has no name. */
void sct_key_reqkey_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const char *name = sct_xlat_name(&sct_xlat_key_reqkeys, (uint32_t)value);

	(void)place;
	if (name)
		sct_text_name(text, (int32_t)value, SCT_DECIMAL_DIGITS, name);
	else
		sct_text_putf(text, "%d /* KEY_REQKEY_DEFL_??? */", (int32_t)value);
}

/* The error that a rejected key gives. */
void sct_key_error_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t error = value;
	const char *name = error && error <= 4095 ? strerrorname_np(error) : NULL;

	(void)place;
	if (name)
		sct_text_put(text, name);
	else
		sct_text_unsigned(text, error);
}

/* Bytes of flags; only the first two mean something. */
void sct_key_capabilities_print(struct sct_text *text, const struct sct_place *place)
{
	static const struct sct_xlat *const lists[] = { &sct_xlat_keyctl_caps0, &sct_xlat_keyctl_caps1 };
	uint64_t result = place->known->exit ? place->known->exit->result : 0;
	uint32_t i;

	sct_text_put(text, "[");
	for (i = 0; i < place->len && i < place->wanted && i < result && i < 2; i++) {
		if (i)
			sct_text_put(text, ", ");
		sct_text_flags(text, place->bytes[i], lists[i]);
	}
	sct_text_put(text, "]");
}

/* What was read of a key, or a text about it, whose NUL counts. */
void sct_key_bytes_print(struct sct_text *text, const struct sct_place *place)
{
	uint64_t result = place->known->exit ? place->known->exit->result : 0;
	uint32_t limit = place->known->options->string_limit;
	uint32_t n = place->len < result ? place->len : result;

	if (sct_known_arg(place->known, 0) != KEYCTL_READ && n && !place->bytes[n - 1])
		n--;
	sct_text_quoted(text, place->bytes, n < limit ? n : limit, n > limit);
}

/* An attribute of a ruleset that ends before a member has none of it; what is newer is not shown. */
void sct_landlock_ruleset_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t known = 8 * place->of->nr_members;
	unsigned int i;

	if (place->len < 8 || place->len < (place->wanted < known ? place->wanted : known)) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{");
	for (i = 0; i < place->of->nr_members && sct_member_is_there(place, i); i++) {
		if (i)
			sct_text_put(text, ", ");
		sct_member_print(text, place, i);
	}
	sct_text_put(text, place->wanted > known ? ", ...}" : "}");
}
