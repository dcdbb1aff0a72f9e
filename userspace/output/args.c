/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments of a call in another way than strace shows them of itself: as numbers, with their names. */
#include "arg.h"
#include "args.h"

static void put_name(struct sct_text *line, const struct sct_known *known, unsigned int i)
{
	const char *name = sct_arg_name(known, i);

	if (name) {
		sct_text_put(line, name);
		sct_text_put(line, "=");
	}
}

/* -e raw=. All are known as the call begins. */
void sct_args_put_raw(struct sct_text *line, struct sct_task *task, const struct sct_known *known, bool names)
{
	unsigned int i;

	for (i = task->args_shown; i < known->nr_args; i++) {
		if (i)
			sct_text_put(line, ", ");
		if (names)
			put_name(line, known, i);
		sct_text_hex(line, known->args[i]);
	}
	task->args_shown = i;
}

/* As sct_arg_print(), with the name before it. */
static bool put_named(struct sct_text *line, const struct sct_known *known, unsigned int i)
{
	size_t before = line->len;

	put_name(line, known, i);
	if (sct_arg_print(line, known, i))
		return true;
	sct_text_cut(line, before);
	return false;
}

/* -N: from the first that is not out yet to the first that is not known yet. */
void sct_args_put_named(struct sct_text *line, struct sct_task *task, const struct sct_known *known)
{
	unsigned int i = sct_arg_next(known, task->args_shown);

	while (i < known->nr_args && put_named(line, known, i)) {
		i = sct_arg_next(known, i + 1);
		if (i < known->nr_args)
			sct_text_put(line, ", ");
	}
	task->args_shown = i;
}
