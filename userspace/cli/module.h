/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_MODULE_H
#define SCT_MODULE_H

#include <sctrace/sctrace.h>

/* Opens a session, having the module loaded if it is not; ends the program with the reason if it cannot. */
struct sct_session *sct_module_open(void);

#endif
