/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong with what a user has written. */
#ifndef SCT_FILTER_FAULT_H
#define SCT_FILTER_FAULT_H

struct sct_fault {
	unsigned int column;		/* where, from 1; 0: nowhere in particular */
	char text[240];
};

/* Returns -EINVAL. */
int sct_fault_set(struct sct_fault *fault, unsigned int column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
