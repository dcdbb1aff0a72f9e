/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head of a capture file: whether what it counts is there, and where. */
#ifndef SCT_CAPTURE_HEAD_H
#define SCT_CAPTURE_HEAD_H

#include <sctrace/capture.h>

bool sct_capture_head_check(struct sct_capture_info *info, const void *content, size_t len);
void sct_capture_head_lists(struct sct_capture_info *info, const void *content);

#endif
