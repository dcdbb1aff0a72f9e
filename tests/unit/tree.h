/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder that stands for the root of a machine: one for each test. */
#ifndef UNIT_TREE_H
#define UNIT_TREE_H

#include <stdio.h>

int tree_make(void **state);
int tree_remove(void **state);
const char *tree_root(void);
void tree_put(const char *path, const char *text);
void tree_put_task(const char *who, const char *mnt, const char *pid, const char *cgroup);

#endif
