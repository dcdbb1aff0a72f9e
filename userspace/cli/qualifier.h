/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The filter's options on the command line. */
#ifndef SCT_QUALIFIER_H
#define SCT_QUALIFIER_H

#include "filter.h"

void sct_cli_qualifier(struct sct_filter_options *options, const char *text);
void sct_cli_filter(struct sct_filter *filter, const struct sct_filter_options *options);
void sct_cli_where(struct sct_filter *filter, const char *expr, const char *as, const char *word);

#endif
