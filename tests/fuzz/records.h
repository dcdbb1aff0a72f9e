/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records out of a fuzzer's bytes. */
#ifndef FUZZ_RECORDS_H
#define FUZZ_RECORDS_H

#include <sctrace/sctrace.h>

#include "input.h"

/* The next record, mended so that sct_record_parse() takes it, in memory of its own: for free(). NULL: there is none. */
uint8_t *records_next(struct input *in, struct sct_record *rec);

#endif
