/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes to records: the only code that reads bytes it did not write. */
#ifndef SCT_RECORD_H
#define SCT_RECORD_H

#include <sctrace/sctrace.h>

int sct_record_parse(struct sct_record *rec, const void *bytes, size_t avail);

#endif
