// SPDX-License-Identifier: GPL-2.0-or-later
/* What sendto() sends on a socket of netlink: decode/netlink*.c, by every protocol. */
#include <linux/audit.h>
#include <linux/netlink.h>

#include "arg.h"
#include "calls.h"
#include "input.h"
#include "netlink.h"

#define SENDTO	44
#define NL_FD	3
#define TGID	1000

static struct sct_plan_set plans[2];

static void make_plans(void)
{
	struct sct_plan_options how = { .string_limit = 32, .netlink = sct_netlink_fds_new() };

	must(how.netlink && !sct_calls_init(AUDIT_ARCH_X86_64));
	must(!sct_plan_set_build(&plans[0], &how));
	how.string_limit = 512;
	how.verbose = true;
	must(!sct_plan_set_build(&plans[1], &how));
	how.netlink->n = 1;
	how.netlink->entries[0] = (struct sct_netlink_fd) { .tgid = TGID, .fd = NL_FD };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sct_call call = { .nr = SENDTO, .nr_args = 6, .tgid = TGID, .args = { NL_FD, 0x1000 } };
	uint8_t flags = input_byte(&in), protocol = input_byte(&in), more = input_byte(&in);
	struct sctrace_piece *piece;
	struct sct_known known;
	struct sct_text text = { 0 };
	size_t len, i;

	if (!plans[0].plans)
		make_plans();
	len = in.left < 4096 ? in.left : 4096;
	plans[0].options.netlink->entries[0].protocol = protocol % MAX_LINKS;
	piece = calloc(1, sizeof(*piece) + ((len + 7) & ~7ul));
	must(piece);
	memcpy(piece + 1, in.at, len);
	piece->len = len;
	call.args[2] = piece->wanted = len + (flags & 2 ? more : 0);
	piece->flags = piece->wanted > len ? SCTRACE_PIECE_CUT : 0;
	call.pieces = (struct sct_kept) { .bytes = (uint8_t *)piece, .len = sizeof(*piece) + ((len + 7) & ~7ul) };
	sct_known_init(&known, &plans[flags % 2], &call, NULL, (struct sct_pieces) { 0 });
	must(known.plan.args[0] == 1);
	sct_arg_print(&text, &known, 1);
	for (i = 0; i < text.len; i++)
		must((unsigned char)text.chars[i] >= ' ' && text.chars[i] != 0x7f);
	must(text.len <= 4096 + 512 * len);
	sct_text_free(&text);
	free(piece);
	return 0;
}
