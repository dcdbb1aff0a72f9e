/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets of calls, as strace's trace= spells them: [!]WORD[,WORD]... A word is a name, a number,
 * /REGEX, %CLASS or "all", "none"; before it may stand "?", behind it "@64", "@32" or "@x32".
 */
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "classes.h"
#include "set.h"

/* What one word stands for. */
struct word {
	enum { ALL, NONE, NAME, NUMBER, CLASS, REGEX } kind;
	uint8_t abis;			/* bits of enum sctrace_abi */
	bool matched;			/* something is what it says */
	const char *name;
	uint32_t number;		/* NUMBER, CLASS */
	regex_t regex;
};

struct sct_set_spec {
	char *text;
	bool not;
	struct word *words;
	size_t n;
};

/* Numbers that the bits do not reach: arm's private calls, <asm/unistd.h> of arm. */
#define PRIVATE_FIRST 0x0f0000
#define PRIVATE_LAST 0x0f000f

static void add(__u64 words[16], unsigned int nr)
{
	words[nr / 64] |= 1ull << nr % 64;
}

void sct_set_all(struct sct_set *set)
{
	*set = (struct sct_set) { 0 };
	memset(set->calls, 0xff, sizeof(set->calls));
	memset(set->sigreturns, 1, sizeof(set->sigreturns));
}

/* row: NULL: no call is known by that number. */
static bool word_matches(const struct word *word, unsigned int abi, uint64_t nr, const struct sct_row *row)
{
	if (!(word->abis & 1 << abi))
		return false;
	switch (word->kind) {
	case ALL:
		return true;
	case NONE:
		return false;
	case NUMBER:
		return word->number == nr;
	case NAME:
		return row && !strcmp(row->name, word->name);
	case CLASS:
		return row && (sct_row_classes(row) & word->number);
	default:
		return row && !regexec(&word->regex, row->name, 0, NULL, 0);
	}
}

/* Whether a word has it, before the set's "!". */
static bool any_matches(struct sct_set_spec *spec, unsigned int abi, uint64_t nr, const struct sct_row *row)
{
	bool found = false;
	size_t i;

	for (i = 0; i < spec->n; i++) {
		if (!word_matches(&spec->words[i], abi, nr, row))
			continue;
		spec->words[i].matched = true;
		found = true;
	}
	return found;
}

/* Whether a call that is made through another one is in the set. It has no number of its own. */
static bool inner_is_in(struct sct_set_spec *spec, unsigned int abi, const struct sct_row *variant)
{
	const struct sct_row *inner = sct_calls_inside(variant, sct_calls_abi(abi));

	return inner && any_matches(spec, abi, UINT64_MAX, inner) != spec->not;
}

/*
 * A call, that others may be made through. Such a one is in the set for these, too, and is out of
 * it whole only if it is named itself.
 */
static void add_call(struct sct_set *set, unsigned int abi, unsigned int nr, bool in)
{
	const struct sct_row *variant;
	unsigned int inner = 0, n = 0;
	size_t i;

	for (i = 0; (variant = sct_calls_variant(abi, nr, i)); i++) {
		if (!variant->inside.name)
			continue;
		n++;
		inner += inner_is_in(set->spec, abi, variant);
	}
	if (in || (inner && !set->spec->not))
		add(set->calls[abi], nr);
	if (inner < n && (in ? set->spec->not : inner && !set->spec->not))
		add(set->partly[abi], nr);
}

static void fill(struct sct_set *set)
{
	struct sct_set_spec *spec = set->spec;
	unsigned int abi;
	uint64_t nr;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCT_SET_OTHERS; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);
			bool in = any_matches(spec, abi, nr, row) != spec->not;

			add_call(set, abi, nr, in);
			if (row && in && (!strcmp(row->name, "rt_sigreturn") || !strcmp(row->name, "sigreturn")))
				set->sigreturns[abi] = 1;
		}
		if (any_matches(spec, abi, UINT64_MAX, NULL) != spec->not)
			add(set->calls[abi], SCT_SET_OTHERS);
		for (nr = PRIVATE_FIRST; nr <= PRIVATE_LAST; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);

			if (row && any_matches(spec, abi, nr, row) != spec->not)
				add(set->calls[abi], SCT_SET_OTHERS);
		}
	}
}

/* Of a call that is partly in the set: whether what is made through it by this row is in it. */
bool sct_set_wants(const struct sct_set *set, unsigned int abi, const struct sct_row *variant)
{
	return inner_is_in(set->spec, abi, variant);
}

bool sct_set_is_negated(const struct sct_set *set)
{
	return set->spec && set->spec->not;
}

/* Takes "@64" and the like off the end. */
static int parse_abi(struct word *word, char *text, unsigned int column, struct sct_fault *fault)
{
	static const char *const names[] = { [SCTRACE_ABI_NATIVE] = "64", [SCTRACE_ABI_COMPAT] = "32",
					     [SCTRACE_ABI_X32] = "x32" };
	char *at = strrchr(text, '@');
	unsigned int abi;

	word->abis = (1 << SCTRACE_ABI_COUNT) - 1;
	if (!at)
		return 0;
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		if (!strcmp(at + 1, names[abi])) {
			word->abis = 1 << abi;
			*at = '\0';
			return 0;
		}
	}
	/* In an expression it may be a character. */
	if (*text == '/')
		return 0;
	return sct_fault_set(fault, column + (at - text), "expected @64, @32 or @x32, not '%s'", at);
}

static int parse_regex(struct word *word, const char *text, unsigned int column, struct sct_fault *fault)
{
	int err = regcomp(&word->regex, text, REG_EXTENDED | REG_NOSUB);
	char why[100];

	if (!err) {
		word->kind = REGEX;
		return 0;
	}
	regerror(err, &word->regex, why, sizeof(why));
	return sct_fault_set(fault, column, "'%s' is no regular expression: %s", text, why);
}

static int parse_word(struct word *word, char *text, unsigned int column, struct sct_fault *fault)
{
	char *end;
	int err;

	if (*text == '?') {
		word->matched = true;
		text++;
		column++;
	}
	err = parse_abi(word, text, column, fault);
	if (err)
		return err;
	word->name = text;
	if (!*text)
		return sct_fault_set(fault, column, "expected the name of a system call");
	if (*text == '/')
		return parse_regex(word, text + 1, column + 1, fault);
	if (!strcmp(text, "all") || !strcmp(text, "none")) {
		word->kind = *text == 'a' ? ALL : NONE;
		word->matched = true;
		return 0;
	}
	word->number = sct_class_find(text);
	if (word->number || *text == '%') {
		word->kind = CLASS;
		return word->number ? 0 : sct_fault_set(fault, column, "there is no class '%s'", text);
	}
	word->number = strtoul(text, &end, 10);
	word->kind = *text >= '0' && *text <= '9' && !*end ? NUMBER : NAME;
	return 0;
}

static const char *abi_text(const struct word *word)
{
	switch (word->abis) {
	case 1 << SCTRACE_ABI_NATIVE:
		return "64-bit ";
	case 1 << SCTRACE_ABI_COMPAT:
		return "32-bit ";
	case 1 << SCTRACE_ABI_X32:
		return "x32 ";
	default:
		return "";
	}
}

static int check_all_matched(const struct sct_set_spec *spec, struct sct_fault *fault)
{
	size_t i;

	for (i = 0; i < spec->n; i++) {
		const struct word *word = &spec->words[i];
		unsigned int column = word->name - spec->text + 1;

		if (word->matched)
			continue;
		if (word->kind == CLASS)
			return sct_fault_set(fault, column, "no %ssystem call is of the class '%s'", abi_text(word),
					     word->name);
		return sct_fault_set(fault, column, "there is no %ssystem call '%s'", abi_text(word), word->name);
	}
	return 0;
}

static int parse_words(struct sct_set_spec *spec, struct sct_fault *fault)
{
	char *at = spec->text, *next;
	int err = 0;

	if (*at == '!') {
		spec->not = true;
		at++;
	}
	for (; at && !err; at = next) {
		struct word *words = realloc(spec->words, (spec->n + 1) * sizeof(*words));

		if (!words)
			return -ENOMEM;
		spec->words = words;
		words[spec->n] = (struct word) { .kind = NONE };
		next = strchr(at, ',');
		if (next)
			*next++ = '\0';
		err = parse_word(&words[spec->n++], at, at - spec->text + 1, fault);
	}
	return err;
}

/*
 * The set that text says, by sct_calls_init()'s tables. 0, -ENOMEM, or -EINVAL and *fault. Whatever
 * it is, *set is for sct_set_free().
 */
int sct_set_parse(struct sct_set *set, const char *text, struct sct_fault *fault)
{
	int err;

	*set = (struct sct_set) { .spec = calloc(1, sizeof(*set->spec)) };
	if (!set->spec)
		return -ENOMEM;
	set->spec->text = strdup(text);
	if (!set->spec->text)
		return -ENOMEM;
	err = parse_words(set->spec, fault);
	if (err)
		return err;
	fill(set);
	return check_all_matched(set->spec, fault);
}

void sct_set_free(struct sct_set *set)
{
	size_t i;

	for (i = 0; set->spec && i < set->spec->n; i++) {
		if (set->spec->words[i].kind == REGEX)
			regfree(&set->spec->words[i].regex);
	}
	if (set->spec) {
		free(set->spec->words);
		free(set->spec->text);
	}
	free(set->spec);
	set->spec = NULL;
}
