/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which container a running task is in. */
#ifndef SCT_TASK_CONTAINER_H
#define SCT_TASK_CONTAINER_H

#include <stdbool.h>
#include <stdint.h>

#include "container.h"

/*
 * By the rule of SCTRACE_KEY_CONTAINER. root: "" for this machine. false: it cannot be told, since the task is
 * gone. *id is "" if it is in none.
 */
bool sct_task_container(const char *root, uint32_t tid, char id[SCT_CONTAINER_DIGITS + 1]);

/* Whether /proc has the numbers that records have: those of the initial pid namespace. */
bool sct_proc_numbers_are_ours(const char *root);

#endif
