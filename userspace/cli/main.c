/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sctrace-read: shows or records what the module sees, or shows what was recorded. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "doctor.h"
#include "trace.h"

/* Whoever has closed them does not want what we open to be written to in their place. */
static void open_streams(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct sct_cli cli;
	struct trace t = { .cli = &cli };
	int status;

	open_streams();
	sct_cli_parse(&cli, argc, argv);
	if (cli.doctor)
		return sct_doctor();
	status = cli.nr_replays ? sct_replay_run(&t) : sct_live_run(&t);
	sct_scope_free(&cli.scope);
	free(cli.replays);
	return status;
}
