/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records made by hand, and what all unit tests include. */
#ifndef UNIT_MADE_H
#define UNIT_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sctrace/sctrace.h>

/* Bytes of one record. */
struct made {
	union {
		struct sctrace_hdr hdr;
		uint8_t bytes[32768];
	};
	size_t size;
};

#define TID	1000
#define TGID	900

void made_enter(struct made *m, uint16_t nr, unsigned int nr_args, const uint64_t *args);
void made_exit(struct made *m, uint16_t nr, int64_t result);
void made_call(struct made *m, uint16_t nr, unsigned int nr_args, const uint64_t *args, int64_t result,
	       uint64_t entered);
void made_fork(struct made *m, uint32_t child_tid, uint32_t child_tgid);
void made_exec(struct made *m, uint32_t old_tid);
void made_task_exit(struct made *m, uint32_t status);
void made_signal(struct made *m, uint32_t signo, int32_t code);
void made_gap(struct made *m, uint64_t lost);
void made_words(struct made *m, const void *words, size_t n);
void made_piece(struct made *m, uint8_t step, uint8_t flags, uint32_t wanted, const void *bytes,
		uint16_t len);
struct sct_piece made_nth(const struct sct_record *rec, unsigned int i);
unsigned int made_count(const struct sct_record *rec);
void made_late(struct made *m);
void made_parse(const struct made *m, struct sct_record *rec);

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

#endif
