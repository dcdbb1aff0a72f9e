/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of C++ as they are written in a program. */
#ifndef SCT_OUTPUT_DEMANGLE_H
#define SCT_OUTPUT_DEMANGLE_H

char *sct_demangle(const char *symbol);

#endif
