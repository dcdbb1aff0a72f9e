/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on recording and replaying. */
#ifndef SCT_RECORD_OPTIONS_H
#define SCT_RECORD_OPTIONS_H

#include <sctrace/capture.h>

#include "moment.h"

struct sct_cli;
struct sct_cli_flight;

struct sct_cli_record {
	const char *path;		/* --record; NULL: nothing is recorded */
	bool apart;			/* it was a word of its own: --record FILE */
	struct sct_capture_options options;
};

uint64_t sct_cli_size(const char *option, const char *text);
uint64_t sct_cli_time(const char *option, const char *text);
struct sct_moment sct_cli_moment(const char *option, const char *text);
int32_t sct_cli_level(const char *text);
void sct_cli_dump_on(struct sct_cli_flight *flight, const char *text);
void sct_cli_add_replay(struct sct_cli *cli, char *path);
bool sct_cli_more_replays(struct sct_cli *cli, int argc, char **argv, int *at);
void sct_cli_combine_record(const struct sct_cli *cli);
void sct_cli_combine_replay(const struct sct_cli *cli);

#endif
