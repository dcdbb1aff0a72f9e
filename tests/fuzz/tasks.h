/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks that module/policy.c and its like see. */
#ifndef FUZZ_TASKS_H
#define FUZZ_TASKS_H

void tasks_begin(const char *comm);
void tasks_end(void);

#endif
