/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registers of a task under ptrace, of x86_64. */
#include <elf.h>

#include "layout.h"
#include "printers.h"
#include "print.h"
#include "structs.h"

#define WORD 8

/* Members of struct iovec; the arrays of struct user_i387_struct. */
enum { BASE, LEN };
enum { ST_SPACE = 8, PADDING = 10 };

/* As many of an array's words as there are. */
static void print_words(struct sct_text *text, const struct sct_place *place, unsigned int m)
{
	uint32_t at = sct_member_at(place, m), limit = place->known->options->string_limit;
	const struct sct_member *member = &place->of->members[m];
	uint32_t n = (place->len - at) / 4, i;

	n = n < member->n ? n : member->n;
	sct_text_putf(text, ", %s=[", member->arg.name);
	for (i = 0; i < n; i++) {
		sct_text_put(text, i ? ", " : "");
		if (i == limit && !place->known->options->verbose) {
			sct_text_put(text, "...");
			break;
		}
		sct_text_hex(text, sct_number_at(place->bytes + at + i * 4, 4));
	}
	sct_text_put(text, "]");
}

/* What there is of them: a register set may be asked for in part. */
void sct_fpregs_print(struct sct_text *text, const struct sct_place *place)
{
	unsigned int i;

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, ST_SPACE);
	for (i = ST_SPACE; i <= PADDING && sct_member_at(place, i) < place->len; i++)
		print_words(text, place, i);
	sct_text_put(text, place->wanted > sct_struct_size(place->of, place->known->plan.abi) ? ", ...}" : "}");
}

/* What the call's third argument says it is. */
void sct_regset_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t kind = sct_known_arg(place->known, 2), size;
	struct sct_place at = *place;

	at.of = kind == NT_PRSTATUS ? &sct_struct_user_regs : kind == NT_FPREGSET ? &sct_struct_user_fpregs : NULL;
	size = at.of ? sct_struct_size(at.of, place->known->plan.abi) : 0;
	if (!at.wanted || at.wanted % WORD || at.len < (at.wanted < size ? at.wanted : size) || !size) {
		sct_text_addr(text, place->address);
		return;
	}
	at.len = at.len < size ? at.len : size;
	if (at.of->print) {
		at.of->print(text, &at);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, &at, 0, at.of->nr_members);
	sct_text_put(text, at.wanted > size ? ", ...}" : "}");
}

/* The length is what there was room for, and then what there is. Registers that are set are as they were given. */
void sct_regset_iov_print(struct sct_text *text, const struct sct_place *place)
{
	bool given = place->of->members[BASE].arg.dir == SCT_IN;
	struct sct_place entry = *place;

	if (!sct_member_is_there(place, LEN)) {
		sct_text_addr(text, place->address);
		return;
	}
	if (place->at_exit && !sct_pointer_place(&entry, place->known, place->root, false))
		entry = *place;
	sct_text_put(text, "{");
	sct_member_print(text, given ? &entry : place, BASE);
	sct_text_put(text, ", ");
	sct_member_print(text, &entry, LEN);
	if (sct_member_value(place, LEN) != sct_member_value(&entry, LEN))
		sct_text_putf(text, " => %llu", (unsigned long long)sct_member_value(place, LEN));
	sct_text_put(text, "}");
}
