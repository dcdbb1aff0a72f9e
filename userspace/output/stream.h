/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The printer's place in one of several files: struct sct_separate. */
#ifndef SCT_STREAM_H
#define SCT_STREAM_H

#include "strace.h"

void sct_stream_leave(struct sct_strace *o);
bool sct_stream_use(struct sct_strace *o, uint32_t tid);

#endif
