/* SPDX-License-Identifier: GPL-2.0-only */
/* The module's parameters, as a session wants them that sets nothing. */
#ifndef SCTRACE_PARAMS_H
#define SCTRACE_PARAMS_H

#include "scope.h"

int sctrace_params_check(void);
u32 sctrace_default_ring_bytes(void);
u32 sctrace_default_keys(void);
int sctrace_default_scope(struct sctrace_scope_request *request);

#endif
