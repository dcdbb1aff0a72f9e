/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a capture file lies on disk: docs/CAPTURE_FILE.md. All is in the byte order of the machines that
 * there are, little-endian.
 */
#ifndef SCT_CAPTURE_FORMAT_H
#define SCT_CAPTURE_FORMAT_H

#include <sctrace/capture.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "capture files are little-endian");

enum sct_frame_kind {
	SCT_FRAME_HEAD = 1,	/* struct sct_capture_head, plans, steps, paths, pids, text; the file's first */
	SCT_FRAME_RECORDS,	/* items */
	SCT_FRAME_END,		/* struct sct_capture_end, then the index; the file's last */
};

#define SCT_FRAME_MAGIC	0x184d2a53u	/* a skippable frame, to zstd */
#define SCT_FRAME_MARK	0x46544353u	/* "SCTF" */

/* Before each frame of zstd's. */
struct sct_frame {
	uint32_t magic;		/* SCT_FRAME_MAGIC */
	uint32_t size;		/* bytes of this struct that follow */
	uint32_t mark;		/* SCT_FRAME_MARK */
	uint32_t kind;		/* enum sct_frame_kind */
	uint64_t number;	/* in the file, from 0 on */
	uint64_t time;		/* RECORDS: of the first round in it, or of the one that goes on */
	uint32_t stored;	/* bytes of the frame of zstd's, which follows */
	uint32_t bytes;		/* of what it holds */
	uint64_t checksum;	/* XXH3 of the stored bytes, seeded with that of this struct before here */
};

/* Larger ones are none of ours: a head with all plans there may be, or a frame's worth and the longest block. */
#define SCT_FRAME_MAX_BYTES	(4u << 20)

/* In RECORDS frames; 8-byte aligned. */
enum sct_item_kind {
	SCT_ITEM_ROUND = 1,	/* a round begins; of what has no round yet, another one */
	SCT_ITEM_BLOCK,
};

struct sct_item_round {
	uint32_t kind;
	uint32_t size;		/* of the item */
	uint64_t time;
};

/* Then nr_data * 8 bytes, nr_records * 2, nr_records, nr_masks, and padding to 8: squeeze.c. */
struct sct_item_block {
	uint32_t kind;
	uint32_t size;
	uint32_t cpu;
	uint32_t bytes;		/* of the records */
	uint32_t nr_records;
	uint32_t nr_masks;
	uint32_t nr_data;
	uint32_t reserved;
};

/* Of the END frame, one for each RECORDS frame. */
struct sct_index_entry {
	uint64_t offset;	/* of the frame in the file */
	uint64_t time;		/* as in the frame */
};

uint64_t sct_frame_checksum(const struct sct_frame *frame, const void *stored);

#endif
