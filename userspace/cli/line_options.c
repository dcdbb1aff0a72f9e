/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on what a line has besides the call, which lines there are, and where they go: strace's. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "options.h"
#include "signals.h"
#include "strace.h"

#define MAX_COLUMN 1000

/* ---- times ---- */

/* "us": digits of a second's parts. false: it is none. */
static bool take_precision(const char *word, size_t len, uint8_t *digits)
{
	static const struct { const char *name; uint8_t digits; } units[] = {
		{ "s", 0 }, { "ms", 3 }, { "us", 6 }, { "ns", 9 },
	};
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strlen(units[i].name) == len && !strncmp(word, units[i].name, len)) {
			*digits = units[i].digits;
			return true;
		}
	}
	return false;
}

/* value: NULL if none is given, which means us. */
static uint8_t precision(const char *option, const char *value)
{
	uint8_t digits = 6;

	if (value && !take_precision(value, strlen(value), &digits))
		die("%s: '%s' is no unit; write s, ms, us or ns", option, value);
	return digits;
}

static bool is_word(const char *word, size_t len, const char *name)
{
	return strlen(name) == len && !strncmp(word, name, len);
}

static bool take_format(struct sct_columns *columns, const char *word, size_t len)
{
	bool clock = is_word(word, len, "time"), unix_time = is_word(word, len, "unix");

	if (!clock && !unix_time && !is_word(word, len, "none"))
		return false;
	columns->clock = clock;
	columns->unix_time = unix_time;
	return true;
}

/* "format:unix,precision:us", each word with or without what is before its colon. */
static void take_absolute(struct sct_cli_lines *lines, const char *value)
{
	struct sct_columns *columns = &lines->columns;
	const char *word, *rest = value;
	size_t len;

	lines->absolute = true;
	columns->clock = true;
	columns->unix_time = false;
	columns->digits = 0;
	while (rest) {
		word = rest;
		len = strcspn(word, ",");
		rest = word[len] ? word + len + 1 : NULL;
		if (!strncmp(word, "format:", 7) && take_format(columns, word + 7, len - 7))
			continue;
		if (!strncmp(word, "precision:", 10) && take_precision(word + 10, len - 10, &columns->digits))
			continue;
		if (!take_format(columns, word, len) && !take_precision(word, len, &columns->digits))
			die("--absolute-timestamps: '%.*s' is no format or unit; write time, unix or none, and s, ms, us or"
			    " ns, as in unix,us", (int)len, word);
	}
}

static void combine_times(struct sct_cli_lines *lines)
{
	struct sct_columns *columns = &lines->columns;

	if (lines->nr_t && lines->absolute)
		die("both -t and --absolute-timestamps were given: give one of them");
	if (lines->nr_t) {
		columns->clock = lines->nr_t < 3;
		columns->unix_time = lines->nr_t >= 3;
		columns->digits = lines->nr_t > 1 ? 6 : 0;
	}
}

/* ---- sets ---- */

/* Calls take() for each word of "A,B". false: one of them is none that it knows, or there is none. */
static bool each_word(const char *list, bool (*take)(const char *word, size_t len, uint64_t *set), uint64_t *set)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (!len || !take(list, len, set))
			return false;
		if (!list[len])
			return true;
	}
}

/* "all", "none", "A,B", "!A,B": as strace's sets. false: it is none. */
static bool take_set(const char *text, uint64_t all, bool (*take)(const char *word, size_t len, uint64_t *set),
		     uint64_t *set)
{
	bool not = false;

	for (; *text == '!'; text++)
		not = !not;
	*set = 0;
	if (!strcmp(text, "all"))
		*set = all;
	else if (strcmp(text, "none") && !each_word(text, take, set))
		return false;
	if (not)
		*set = all & ~*set;
	return true;
}

/* A number, or a name with or without SIG, in either case. */
static bool take_signal(const char *word, size_t len, uint64_t *set)
{
	char name[16], *end;
	struct sct_text text = { 0 };
	unsigned long signo;
	bool found = false;

	if (len >= sizeof(name))
		return false;
	memcpy(name, word, len);
	name[len] = '\0';
	signo = strtoul(name, &end, 10);
	if (*name >= '0' && *name <= '9' && !*end && signo >= 1 && signo <= 64) {
		*set |= 1ull << (signo - 1);
		return true;
	}
	word = strncasecmp(name, "SIG", 3) ? name : name + 3;
	for (signo = 1; signo <= 64 && !found; signo++) {
		sct_text_clear(&text);
		sct_signal_print(&text, signo);
		found = !strcasecmp(text.chars + 3, word);
		if (found)
			*set |= 1ull << (signo - 1);
	}
	sct_text_free(&text);
	return found;
}

static void take_signals(struct sct_cli_lines *lines, const char *option, const char *value)
{
	uint64_t set;

	if (!take_set(value, UINT64_MAX, take_signal, &set))
		die("%s '%s': it is no set of signals; write names or numbers, all or none, as in INT,TERM or !CHLD", option,
		    value);
	lines->unshown_signals = ~set;
}

/* path-resolution is of a message that there is not here. */
static bool take_quiet_word(const char *word, size_t len, uint64_t *set)
{
	static const struct { const char *name; uint32_t bits; } words[] = {
		{ "attach", SCT_QUIET_ATTACH }, { "exit", SCT_QUIET_EXIT }, { "exits", SCT_QUIET_EXIT }, { "path-resolution", 0 },
		{ "personality", SCT_QUIET_PERSONALITY }, { "thread-execve", SCT_QUIET_SUPERSEDED },
		{ "superseded", SCT_QUIET_SUPERSEDED },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (is_word(word, len, words[i].name)) {
			*set |= words[i].bits;
			return true;
		}
	}
	return false;
}

static void take_quiet(struct sct_cli *cli, const char *option, const char *value)
{
	uint64_t set;

	if (!take_set(value, SCT_QUIET_ALL, take_quiet_word, &set))
		die("%s '%s': it is no set of messages; write attach, exit, path-resolution, personality, thread-execve,"
		    " superseded, all or none", option, value);
	cli->lines.quiet = set;
	cli->quiet = cli->silent = !strcmp(value, "all");
}

/* strace's meanings of -q, -qq and -qqq, and the first of them also for this program's own remarks. */
static void combine_quiet(struct sct_cli *cli)
{
	struct sct_cli_lines *lines = &cli->lines;

	if (!lines->nr_q)
		return;
	cli->quiet = true;
	lines->quiet |= SCT_QUIET_ATTACH | SCT_QUIET_PERSONALITY;
	cli->silent |= lines->nr_q > 1;
	if (lines->nr_q > 1)
		lines->quiet |= SCT_QUIET_EXIT;
	if (lines->nr_q > 2)
		lines->quiet = SCT_QUIET_ALL;
}

/* Of a task, the records have the numbers of the initial pid namespace alone. */
static bool take_pid_word(const char *word, size_t len, uint64_t *set)
{
	if (is_word(word, len, "pidns"))
		die("--decode-pids=pidns: the records do not have the numbers of other pid namespaces; --decode-pids=comm shows"
		    " names");
	*set |= 1;
	return is_word(word, len, "comm");
}

static void take_pids(struct sct_cli_lines *lines, const char *option, const char *value)
{
	uint64_t set;

	if (!strcmp(value, "all"))
		take_pid_word("pidns", 5, &set);
	if (!take_set(value, 1, take_pid_word, &set))
		die("%s '%s': it is not known; write comm or none", option, value);
	lines->comms = set;
}

static bool take_fd_word(const char *word, size_t len, uint64_t *set)
{
	static const struct { const char *name; uint8_t bit; } words[] = {
		{ "path", SCT_FD_PATH }, { "socket", SCT_FD_SOCKET }, { "dev", SCT_FD_DEV }, { "pidfd", SCT_FD_PIDFD },
	};
	size_t i;

	if (is_word(word, len, "eventfd") || is_word(word, len, "signalfd"))
		die("--decode-fds=%.*s: the records do not say what an eventfd or a signalfd holds; path, socket, dev and pidfd"
		    " are known", (int)len, word);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (is_word(word, len, words[i].name)) {
			*set |= words[i].bit;
			return true;
		}
	}
	return false;
}

/* value: NULL if none is given, which means paths. */
static void take_fds(struct sct_cli *cli, const char *option, const char *value)
{
	uint64_t set;

	if (!take_set(value ? value : "path", SCT_FD_ALL, take_fd_word, &set))
		die("%s '%s': it is no set of what is shown of descriptors; write path, socket, dev, pidfd, all or none", option,
		    value);
	cli->fds = set ? set : SCT_FD_NOTHING;
}

static void combine_fds(struct sct_cli *cli)
{
	unsigned int nr_y = cli->lines.nr_y;

	if (nr_y && cli->fds)
		die("both -y and --decode-fds were given: give one of them");
	if (nr_y)
		cli->fds = nr_y > 1 ? SCT_FD_ALL : SCT_FD_PATH;
	cli->fd_paths = cli->fds & SCT_FD_ALL;
}

/* Whether more is shown of a descriptor than a path. */
bool sct_cli_fd_details(const struct sct_cli *cli)
{
	return cli->fds & SCT_FD_ALL & ~SCT_FD_PATH;
}

/* What -e is given, if it is of lines. false: it is of calls. */
bool sct_cli_line_qualifier(struct sct_cli *cli, const char *text)
{
	static const char *const signals[] = { "signal", "signals", "s" };
	static const char *const quiet[] = { "quiet", "silent", "silence", "q" };
	size_t len = strcspn(text, "="), i;

	if (!text[len])
		return false;
	if (is_word(text, len, "decode-pids") || is_word(text, len, "decode-pid")) {
		take_pids(&cli->lines, "-e decode-pids", text + len + 1);
		return true;
	}
	if (is_word(text, len, "decode-fds") || is_word(text, len, "decode-fd")) {
		take_fds(cli, "-e decode-fds", text + len + 1);
		return true;
	}
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (is_word(text, len, signals[i])) {
			take_signals(&cli->lines, "-e signal", text + len + 1);
			return true;
		}
	}
	for (i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		if (is_word(text, len, quiet[i])) {
			take_quiet(cli, "-e quiet", text + len + 1);
			return true;
		}
	}
	return false;
}

/* ---- colours ---- */

static enum sct_color color(const char *value)
{
	if (!value || !strcmp(value, "always"))
		return SCT_COLOR_ALWAYS;
	if (!strcmp(value, "auto"))
		return SCT_COLOR_AUTO;
	if (!strcmp(value, "never"))
		return SCT_COLOR_NEVER;
	die("--color: '%s' is not known; write always, auto or never", value);
}

/* Whether lines that go there are in colours: by themselves on a terminal that has them, unless it is NO_COLOR. */
bool sct_cli_color(const struct sct_cli_lines *lines, FILE *out)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	struct stat st;

	if (lines->color != SCT_COLOR_AUTO)
		return lines->color == SCT_COLOR_ALWAYS;
	if (!out || (no_color && *no_color) || !term || !strcmp(term, "dumb"))
		return false;
	/* What is no device need not be asked. */
	return !fstat(fileno(out), &st) && S_ISCHR(st.st_mode) && isatty(fileno(out));
}

/* ---- all of them ---- */

static int column_shift(const char *value)
{
	unsigned long column;
	char *end;

	errno = 0;
	column = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || column > MAX_COLUMN)
		die("-a: '%s' is not a number from 0 to %d", value, MAX_COLUMN);
	return (int)column - SCT_RESULT_COLUMN;
}

/* false: it is another's. value: NULL if none was given. */
bool sct_cli_line_option(struct sct_cli *cli, int c, const char *value)
{
	struct sct_cli_lines *lines = &cli->lines;

	switch (c) {
	case 'a':
		lines->column_shift = column_shift(value);
		return true;
	case 'n':
		lines->columns.numbers = true;
		return true;
	case 'N':
		lines->arg_names = true;
		return true;
	case 'q':
		if (value)
			take_quiet(cli, "--quiet", value);
		else
			lines->nr_q++;
		return true;
	case 't':
		lines->nr_t++;
		return true;
	case OPT_ABSOLUTE_TIMESTAMPS:
		take_absolute(lines, value);
		return true;
	case 'r':
		lines->columns.relative = true;
		lines->columns.relative_digits = precision("--relative-timestamps", value);
		return true;
	case 'T':
		lines->columns.took = true;
		lines->columns.took_digits = precision("--syscall-times", value);
		return true;
	case 'Y':
		lines->comms = true;
		return true;
	case OPT_DECODE_FDS:
		take_fds(cli, "--decode-fds", value);
		return true;
	case OPT_DECODE_PIDS:
		take_pids(lines, "--decode-pids", value);
		return true;
	case 'A':
		lines->append = true;
		return true;
	case OPT_ALWAYS_SHOW_PID:
		lines->always_pid = true;
		return true;
	case OPT_COLOR:
		lines->color = color(value);
		return true;
	case OPT_OUTPUT_SEPARATELY:
		lines->separate = true;
		return true;
	case OPT_SIGNAL:
		take_signals(lines, "--signal", value);
		return true;
	case 'i':
		lines->columns.ips = true;
		return true;
	default:
		return sct_cli_stack_option(cli, c, value);
	}
}

/* -o '|COMMAND', -o '!COMMAND' */
bool sct_cli_is_piped(const struct sct_cli *cli)
{
	return cli->output && (*cli->output == '|' || *cli->output == '!');
}

static void combine_output(struct sct_cli *cli)
{
	struct sct_cli_lines *lines = &cli->lines;
	bool piped = sct_cli_is_piped(cli);

	if (lines->separate && piped)
		die("-o '%s' and -ff: a command reads one trace; leave out one f, or give -o a file's name", cli->output);
	if (lines->separate && !cli->output) {
		complain("-ff, --output-separately: without -o FILE, which the names of the files begin with, it has no effect");
		lines->separate = false;
	}
	if (lines->append && piped)
		die("-A and -o '%s': a command's input begins with it; leave out -A", cli->output);
	if (lines->append && !cli->output)
		complain("-A, --output-append-mode: without -o FILE it has no effect");
}

/* What they mean together, once all are known. */
void sct_cli_combine_lines(struct sct_cli *cli)
{
	struct sct_columns *columns = &cli->lines.columns;

	combine_times(&cli->lines);
	combine_fds(cli);
	sct_cli_combine_stacks(cli);
	if (columns->took && cli->filter.no_enter)
		die("-T and --no-enter: how long calls take is not known without their entries; --whole has them");
	columns->before = columns->clock || columns->unix_time || columns->relative || columns->numbers || columns->ips;
	combine_quiet(cli);
	combine_output(cli);
}
