/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a condition is inside. */
#ifndef SCT_FILTER_COND_H
#define SCT_FILTER_COND_H

#include "program.h"

enum sct_cond_kind { SCT_COND_AND, SCT_COND_OR, SCT_COND_NOT, SCT_COND_SPOTS };

struct sct_cond {
	enum sct_cond_kind kind;
	struct sct_cond *left, *right;
	struct sct_spot *spots;
	size_t nr_spots;
	struct sct_compare compare;
	struct sct_number *numbers;
	struct sct_cond *older;
};

#endif
