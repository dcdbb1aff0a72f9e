/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The classes of calls that strace's trace=%CLASS names. */
#ifndef SCT_CLASSES_H
#define SCT_CLASSES_H

#include "syscall_table.h"

/* Bits; those of %stat and %statfs with two signs are several of the others. */
enum sct_class {
	SCT_CLASS_FILE = 0x0001,
	SCT_CLASS_PROCESS = 0x0002,
	SCT_CLASS_NETWORK = 0x0004,
	SCT_CLASS_SIGNAL = 0x0008,
	SCT_CLASS_IPC = 0x0010,
	SCT_CLASS_DESC = 0x0020,
	SCT_CLASS_MEMORY = 0x0040,
	SCT_CLASS_CREDS = 0x0080,
	SCT_CLASS_STAT = 0x0100,
	SCT_CLASS_LSTAT = 0x0200,
	SCT_CLASS_FSTAT = 0x0400,
	SCT_CLASS_STATFS = 0x0800,
	SCT_CLASS_FSTATFS = 0x1000,
	SCT_CLASS_USTAT = 0x2000,	/* has no name of its own */
	SCT_CLASS_CLOCK = 0x4000,
	SCT_CLASS_PURE = 0x8000,
};

uint32_t sct_class_find(const char *name);
uint32_t sct_row_classes(const struct sct_row *row);

/* What a call does with the bytes to which its second argument leads. */
enum sct_data { SCT_DATA_NONE, SCT_DATA_READ, SCT_DATA_WRITE };

enum sct_data sct_row_data(const struct sct_row *row);
bool sct_row_has_messages(const struct sct_row *row);

#endif
