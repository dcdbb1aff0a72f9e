// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made.h"
#include "parsed.h"

/* Parses "-x -u root …" as the words of a command line, which outlives this. */
void parsed(struct sct_cli *cli, char *line)
{
	static char *argv[16];
	int argc = 0;
	char *rest, *word;

	argv[argc++] = "sctrace-read";
	for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	argv[argc] = NULL;
	optind = 0;
	sct_cli_parse(cli, argc, argv);
}

/* Whether the command line ends the program with status 1 and this one line. */
void parsed_refused(const char *options, const char *why)
{
	char *line = strdup(options), want[512], got[512];
	struct sct_cli cli;
	int fds[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	fflush(NULL);
	pid = fork();
	if (!pid) {
		/* What it leaves behind is no matter. */
		__lsan_disable();
		__lsan_ignore_object(line);
		dup2(fds[1], 2);
		parsed(&cli, line);
		_exit(0);
	}
	close(fds[1]);
	while ((n = read(fds[0], got + len, sizeof(got) - 1 - len)) > 0)
		len += n;
	got[len] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	snprintf(want, sizeof(want), "sctrace-read: %s\n", why);
	if (status != 1 << 8 || strcmp(got, want))
		fail_msg("%s: status %#x, says: %s", options, status, got);
	free(line);
}
