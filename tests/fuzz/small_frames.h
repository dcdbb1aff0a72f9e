/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames for which a reader makes less room: to get and clear megabytes takes many times what reading an input does. */
#ifndef FUZZ_SMALL_FRAMES_H
#define FUZZ_SMALL_FRAMES_H

#include "capture_format.h"

#undef SCT_FRAME_MAX_BYTES
#define SCT_FRAME_MAX_BYTES	(64u << 10)

#endif
