/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SCTRACE_CHARDEV_H
#define SCTRACE_CHARDEV_H

int sctrace_chardev_register(void);
void sctrace_chardev_unregister(void);

#endif
