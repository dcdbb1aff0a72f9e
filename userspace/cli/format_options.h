/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The option on what the trace is written as. */
#ifndef SCT_FORMAT_OPTIONS_H
#define SCT_FORMAT_OPTIONS_H

#include <stdbool.h>

struct sct_cli;

/* Values of long options: 700 on. */
enum { SCT_OPT_FORMAT = 700 };

bool sct_cli_format_option(struct sct_cli *cli, int c, const char *value);
void sct_cli_combine_format(const struct sct_cli *cli);

#endif
