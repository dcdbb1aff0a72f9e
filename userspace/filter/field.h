/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an expression can ask of a call: where it is, and what the names mean that it is compared with. */
#ifndef SCT_FILTER_FIELD_H
#define SCT_FILTER_FIELD_H

#include "fault.h"
#include "program.h"
#include "syscall_table.h"

enum sct_field_kind {
	SCT_FIELD_ARG,		/* of calls, or of whatever call */
	SCT_FIELD_CALL,		/* which call it is */
	SCT_FIELD_RESULT,
	SCT_FIELD_ERRNO,
	SCT_FIELD_DURATION,
	SCT_FIELD_NUMBER,	/* the others */
};

#define SCT_FIELD_MAX_ARGS 32

struct sct_field {
	enum sct_field_kind kind;
	struct sct_spot *spots;
	size_t nr_spots;
	/* ARG: what it is in the rows that have it, of each kind one. None: nothing is known. */
	const struct sct_arg *args[SCT_FIELD_MAX_ARGS];
	size_t nr_args;
};

bool sct_field_is(const char *name);
int sct_field_find(struct sct_field *field, const char *name, unsigned int column, struct sct_fault *fault);
int sct_field_constant(const struct sct_field *field, const char *name, unsigned int column,
		       struct sct_number *number, struct sct_fault *fault);
int sct_field_calls(struct sct_field *field, const char *call);
int sct_field_descriptors(struct sct_field *field);
void sct_field_free(struct sct_field *field);

#endif
