/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records shown as sctrace-read shows them, by cli/show.c itself, and what came of it. */
#ifndef FUZZ_SHOWN_H
#define FUZZ_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The first byte chooses one of the command lines, the rest are records. Return: what was written, valid until the next
 * call: it has been found to have no control character that is not written out, and not to be too long.
 */
const char *shown(const char *const *lines, unsigned int nr_lines, const uint8_t *data, size_t size, size_t *len);

#endif
