/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that stand for numbers. */
#ifndef SCT_FILTER_CONSTANT_H
#define SCT_FILTER_CONSTANT_H

#include <stdbool.h>

#include "program.h"
#include "syscall_table.h"

enum sct_constant_result { SCT_CONSTANT_FOUND, SCT_CONSTANT_UNKNOWN, SCT_CONSTANT_AMBIGUOUS };

enum sct_constant_result sct_constant_find(const struct sct_arg *arg, const char *name, struct sct_number *number);
bool sct_errno_find(const char *name, struct sct_number *number);
bool sct_duration_parse(const char *text, const char *unit, uint64_t *ns);

#endif
