/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one way to end with a message. */
#ifndef SCT_DIE_H
#define SCT_DIE_H

/* Prints "sctrace-read: ..." and a newline to standard error, and exits with status 1. */
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* The same with another status. */
void die_with(int status, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));

/* The same without exiting. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
