/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command lines for tests of what the options mean. */
#ifndef UNIT_PARSED_H
#define UNIT_PARSED_H

#include "options.h"

void parsed(struct sct_cli *cli, char *line);
void parsed_refused(const char *options, const char *why);

#endif
