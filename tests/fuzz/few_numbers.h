/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A session with few calls: its tables are filled in a twentieth of the time, which is most of what an input takes. */
#ifndef FUZZ_FEW_NUMBERS_H
#define FUZZ_FEW_NUMBERS_H

#include <uapi/sctrace.h>

#undef SCTRACE_MAX_NR
#define SCTRACE_MAX_NR	64

#endif
