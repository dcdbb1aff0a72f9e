/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sctrace-read: shows or records what the module sees, or shows what was recorded. */
#include <stdlib.h>

#include "trace.h"

int main(int argc, char **argv)
{
	struct sct_cli cli;
	struct trace t = { .cli = &cli };
	int status;

	sct_cli_parse(&cli, argc, argv);
	status = cli.nr_replays ? sct_replay_run(&t) : sct_live_run(&t);
	sct_scope_free(&cli.scope);
	free(cli.replays);
	return status;
}
