/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records made small before they are compressed, and back: docs/CAPTURE_FILE.md. */
#ifndef SCT_SQUEEZE_H
#define SCT_SQUEEZE_H

#include <stddef.h>
#include <stdint.h>

#define SCT_SQUEEZE_SLOTS	128

/* One sct_squeeze() takes so much, and then what is left of the last record, whatever its length. */
#define SCT_SQUEEZE_BYTES	(128u << 10)
#define SCT_SQUEEZE_WORDS	0xffffu		/* of one record: struct sctrace_hdr */
#define SCT_SQUEEZE_RECORDS	(SCT_SQUEEZE_BYTES / 24 + 1)
#define SCT_SQUEEZE_DATA	(SCT_SQUEEZE_BYTES / 8 + SCT_SQUEEZE_WORDS)
#define SCT_SQUEEZE_MASKS	(SCT_SQUEEZE_RECORDS + SCT_SQUEEZE_DATA / 8)
#define SCT_SQUEEZE_ROOM	(SCT_SQUEEZE_DATA * 8 + SCT_SQUEEZE_RECORDS * 3 + SCT_SQUEEZE_MASKS)

/* Records as four streams. */
struct sct_squeezed {
	uint32_t nr_records;		/* a slot and a time each */
	uint32_t nr_masks;
	uint32_t nr_data;
	const uint64_t *data;
	const uint16_t *times;
	const uint8_t *slots;
	const uint8_t *masks;
};

struct sct_squeezer {
	const uint64_t *last[SCT_SQUEEZE_SLOTS];
	uint64_t lost;			/* what the GAP records among them say */
	uint32_t nr_gaps;
	uint64_t data[SCT_SQUEEZE_DATA];
	uint16_t times[SCT_SQUEEZE_RECORDS];
	uint8_t slots[SCT_SQUEEZE_RECORDS];
	uint8_t masks[SCT_SQUEEZE_MASKS];
};

size_t sct_squeeze(struct sct_squeezer *q, struct sct_squeezed *to, const void *bytes, size_t len);
int sct_unsqueeze(void *bytes, size_t len, const struct sct_squeezed *from);

#endif
