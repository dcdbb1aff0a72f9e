/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The option on what the trace is written as. */
#include <string.h>

#include "die.h"
#include "options.h"

static const struct {
	const char *name;
	enum sct_form_kind kind;
} formats[] = {
	{ "text", SCT_FORM_TEXT },
	{ "json", SCT_FORM_JSON },
	{ "csv", SCT_FORM_CSV },
};

#define NR_FORMATS (sizeof(formats) / sizeof(formats[0]))

static enum sct_form_kind format_of(const char *name)
{
	size_t i;

	for (i = 0; i < NR_FORMATS; i++) {
		if (!strcmp(name, formats[i].name))
			return formats[i].kind;
	}
	die("--format: '%s' is not known; write json, csv or text", name);
}

/* false: it is another option. */
bool sct_cli_format_option(struct sct_cli *cli, int c, const char *value)
{
	if (c != SCT_OPT_FORMAT)
		return false;
	cli->format = format_of(value);
	return true;
}

static const char *name_of(enum sct_form_kind kind)
{
	size_t i = 0;

	while (i < NR_FORMATS - 1 && formats[i].kind != kind)
		i++;
	return formats[i].name;
}

/* An option on lines, which there are none of. NULL: none was given. */
static const char *of_lines(const struct sct_cli *cli)
{
	const struct sct_cli_lines *lines = &cli->lines;

	if (lines->columns.ips)
		return "-i";
	if (lines->columns.before || lines->columns.took)
		return "-t, -r, -n and -T";
	if (lines->column_shift)
		return "-a";
	if (lines->color == SCT_COLOR_ALWAYS)
		return "--color=always";
	if (lines->arg_names)
		return "-N";
	if (lines->comms)
		return "-Y";
	if (lines->separate)
		return "--output-separately";
	if (lines->unshown_signals)
		return "-e signal=";
	if (cli->decode.dumps)
		return "-e read= and -e write=";
	if (cli->decode.raw)
		return "-e raw=";
	return NULL;
}

/* What another program reads must hold nothing else: neither our messages nor what the command writes. */
void sct_cli_combine_format(const struct sct_cli *cli)
{
	const char *name = name_of(cli->format), *option = of_lines(cli);

	if (cli->format == SCT_FORM_TEXT)
		return;
	if (option)
		die("%s: for lines of text; --format=%s has all there is of an event in fields of its own", option, name);
	if (cli->summary.wanted)
		die("--format=%s has events, and a summary is a table: leave one of them out", name);
	if (cli->end.calls)
		die("--syscall-limit counts lines of text: leave out --format=%s, or give --for", name);
	if (cli->flight.bytes)
		die("--flight and --format=%s: lines are shown of a dump, by --replay", name);
	if (cli->record.path && !cli->output)
		die("--record writes no lines without -o: give -o FILE, or --format=%s when you replay", name);
	if (cli->command && !cli->output)
		die("--format=%s and a command: what it writes would be among the lines; give -o FILE", name);
}
