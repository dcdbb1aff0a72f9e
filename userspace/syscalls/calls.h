/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a call's number to its row. */
#ifndef SCT_CALLS_H
#define SCT_CALLS_H

#include <stdbool.h>

#include <uapi/sctrace.h>

#include "syscall_table.h"

int sct_calls_init(uint32_t audit_arch);
const struct sct_row *sct_calls_find(unsigned int abi, uint64_t nr);
const struct sct_row *sct_calls_inside(const struct sct_row *row, uint8_t kind);
const struct sct_row *sct_calls_variant(unsigned int abi, uint64_t nr, size_t i);
uint8_t sct_calls_abi(unsigned int abi);
uint64_t sct_calls_sigreturn(unsigned int abi);
bool sct_calls_makes_tasks(unsigned int abi, uint64_t nr);
const char *sct_calls_name(uint32_t audit_arch, uint32_t nr);
unsigned int sct_row_nr_args(const struct sct_row *row);
bool sct_row_executes(const struct sct_row *row);

#endif
