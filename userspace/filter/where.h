/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --where EXPR: a condition on a call's arguments and result. The grammar: docs/FILTER.md. */
#ifndef SCT_FILTER_WHERE_H
#define SCT_FILTER_WHERE_H

#include "fault.h"
#include "program.h"

int sct_where_parse(struct sct_cond **cond, bool *at_exit, struct sct_conds *conds, const char *text,
		    struct sct_fault *fault);

#endif
