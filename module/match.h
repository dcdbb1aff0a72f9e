/* SPDX-License-Identifier: GPL-2.0-only */
/* How a text is compared with what is asked for: enum sctrace_match. */
#ifndef SCTRACE_MATCH_H
#define SCTRACE_MATCH_H

#include <linux/string.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

/**
 * sctrace_text_matches() - compare a text
 * @match: enum sctrace_match
 * @text: what is asked for, @text_len bytes
 * @what: what there is, @len bytes
 * @cut: there is more of it
 *
 * Context: any; takes @len times @text_len at most.
 * Return: whether it is so, as far as is known.
 */
static inline bool sctrace_text_matches(u8 match, const char *text, size_t text_len,
					const char *what, size_t len, bool cut)
{
	size_t at;

	if (len < text_len)
		return false;
	switch (match) {
	case SCTRACE_MATCH_PREFIX:
		return !memcmp(what, text, text_len);
	case SCTRACE_MATCH_SUFFIX:
		return !cut && !memcmp(what + len - text_len, text, text_len);
	case SCTRACE_MATCH_CONTAINS:
		for (at = 0; at <= len - text_len; at++) {
			if (!memcmp(what + at, text, text_len))
				return true;
		}
		return false;
	default:
		return !cut && len == text_len && !memcmp(what, text, len);
	}
}

#endif
