/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Capture files, read as if they were rings: each CPU's records lie in memory as they lay in its ring,
 * and order.c merges them. It goes by the recorder's rounds: what is of one round is safe when the
 * round after it is known as well. docs/ORDERING.md says why that is enough.
 *
 * Nothing in a file is believed. Frames are checked here, records by record.c, as those of rings are.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture_head.h"
#include "file_index.h"
#include "source_file.h"
#include "squeeze.h"

/* Nobody writes these rings, nor waits for room in them. */
static const struct sctrace_prod no_module;

/* More than all that a ring can hold in two rounds: no recorder has written it. */
#define MAX_LANE_BYTES	(4ull * SCTRACE_RING_MAX_BYTES)

/* Where a frame is. */
struct origin {
	unsigned int file;
	uint64_t offset;
};

/* The records of a CPU that are in memory, as a ring that never wraps. Files are read ahead: those before .newer are of .old. */
struct lane {
	struct sctrace_cons cons;
	uint8_t *bytes;
	size_t len, size;
	struct origin old, new;
	size_t newer;
};

struct sct_file {
	char *const *paths;
	unsigned int nr_paths, current;
	struct sct_frames frames;	/* of the current file */
	struct sct_capture_info info;	/* of the first file */
	void *head;			/* what info points into */
	uint32_t part;			/* of the current file */
	struct lane *lanes;
	struct sct_ring *rings;
	uint64_t loaded;		/* time of the newest round of which there are records */
	uint64_t coming;		/* time of the round that the next items are of */
	bool over;			/* nothing more comes */
	uint64_t bytes, max_bytes;	/* of memory for records: taken, and at most */
	struct sct_file_fault fault;
	struct sct_capture_end end;
	struct sct_file_index index;
	bool indexed;
};

/* ---- what goes wrong ---- */

static int fault(struct sct_file *f, uint64_t offset, const char *what, ...) __attribute__((format(printf, 3, 4)));

static int fault(struct sct_file *f, uint64_t offset, const char *what, ...)
{
	va_list args;

	f->fault = (struct sct_file_fault) { .path = f->paths[f->current], .offset = offset };
	va_start(args, what);
	vsnprintf(f->fault.what, sizeof(f->fault.what), what, args);
	va_end(args);
	f->over = true;
	return -EPROTO;
}

static int damaged(struct sct_file *f)
{
	return fault(f, f->frames.begin, "is damaged");
}

static int cut_off(struct sct_file *f)
{
	fault(f, f->frames.begin, "is cut off");
	f->fault.cut = true;
	return -EPROTO;
}

static int unreadable(struct sct_file *f, int error)
{
	fault(f, f->frames.begin, "cannot be read");
	f->fault.error = error;
	return -EPROTO;
}

/* What a frame held was no record: one that was read some time ago. */
void sct_file_spoilt(struct sct_file *f)
{
	const struct origin *from;
	struct sct_record rec;
	uint32_t i = 0;

	while (i + 1 < f->info.head.nr_cpus && sct_ring_peek(&f->rings[i], f->lanes[i].len, &rec) >= 0)
		i++;
	from = f->rings[i].pos < f->lanes[i].newer ? &f->lanes[i].old : &f->lanes[i].new;
	f->current = from->file;
	fault(f, from->offset, "is damaged");
}

/* The next frame. 0: there is none; -EPROTO: fault() has been called. */
static int next_frame(struct sct_file *f)
{
	switch (sct_frames_next(&f->frames)) {
	case SCT_FRAMES_ONE:
		return 1;
	case SCT_FRAMES_NONE:
		return 0;
	case SCT_FRAMES_CUT:
		return cut_off(f);
	case SCT_FRAMES_DAMAGED:
		return damaged(f);
	case SCT_FRAMES_UNREADABLE:
		return unreadable(f, f->frames.error);
	default:
		return unreadable(f, ENOMEM);
	}
}

/* ---- the head ---- */

/* The frame that has been read is a head: *info points into it. */
static int parse_head(struct sct_file *f, struct sct_capture_info *info)
{
	const uint8_t *bytes = f->frames.content;
	size_t len = f->frames.frame.bytes;

	if (len < sizeof(info->head))
		return damaged(f);
	memcpy(&info->head, bytes, sizeof(info->head));
	/* Of other interfaces, the head may be another, but not where it begins. */
	if (info->head.version != SCT_CAPTURE_VERSION ||
	    (info->head.size != sizeof(info->head) && info->head.abi_version == SCTRACE_ABI_VERSION))
		return fault(f, 0, "has version %u of the format, and this reader knows %u; replay it with that which recorded it",
			     info->head.version, SCT_CAPTURE_VERSION);
	if (info->head.abi_version != SCTRACE_ABI_VERSION)
		return fault(f, 0, "holds records of interface %u, and this reader knows %u; replay it with that which recorded it",
			     info->head.abi_version, SCTRACE_ABI_VERSION);
	return sct_capture_head_check(info, bytes, len) ? 0 : damaged(f);
}

static int open_current(struct sct_file *f)
{
	const char *path = f->paths[f->current];
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);

	sct_frames_begin(&f->frames, fd);
	return fd < 0 ? unreadable(f, errno) : 0;
}

/* The current file, up to its head. */
static int read_head(struct sct_file *f, struct sct_capture_info *info)
{
	int ret = open_current(f);

	if (!ret)
		ret = next_frame(f);
	if (ret < 0)
		return f->frames.strange ? fault(f, 0, "is no capture file of sctrace-read") : ret;
	if (!ret)
		return fault(f, 0, "is empty");
	if (f->frames.frame.kind != SCT_FRAME_HEAD)
		return damaged(f);
	ret = parse_head(f, info);
	f->frames.at = f->frames.frame.bytes;
	return ret;
}

/* The first file's stays. */
static int keep_head(struct sct_file *f)
{
	size_t len = f->frames.frame.bytes;

	f->head = malloc(len);
	if (!f->head)
		return -ENOMEM;
	memcpy(f->head, f->frames.content, len);
	sct_capture_head_lists(&f->info, f->head);
	return 0;
}

/* The i-th of the files. */
static int open_part(struct sct_file *f, unsigned int i)
{
	struct sct_capture_info info = { 0 };
	int err;

	sct_frames_end(&f->frames);
	f->current = i;
	f->part = f->info.head.part + i;
	err = read_head(f, &info);
	if (err < 0)
		return err;
	if (info.head.recording == f->info.head.recording && info.head.part == f->part)
		return 0;
	return i ? fault(f, 0, "is not the part of the recording that follows '%s'", f->paths[i - 1]) :
		   fault(f, 0, "has become another file");
}

/* ---- records ---- */

/* A file of some KiB can ask for more than there is: that must not be paid for by others. */
static uint64_t half_of_memory(void)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE) / 2;
}

static int make_room(struct sct_file *f, struct lane *lane, size_t bytes)
{
	size_t size = lane->size ? lane->size : 4096;
	uint8_t *at;

	if (bytes > MAX_LANE_BYTES - lane->len)
		return damaged(f);
	while (size < lane->len + bytes)
		size *= 2;
	if (size == lane->size)
		return 0;
	if (f->bytes + size - lane->size > f->max_bytes)
		return fault(f, f->frames.begin, "holds more records of one moment than half of this machine's memory has room for");
	at = realloc(lane->bytes, size);
	if (!at)
		return unreadable(f, ENOMEM);
	f->bytes += size - lane->size;
	lane->bytes = at;
	lane->size = size;
	return 0;
}

static void note_origin(const struct sct_file *f, struct lane *lane)
{
	if (lane->new.file == f->current && lane->new.offset == f->frames.begin)
		return;
	lane->old = lane->new;
	lane->new = (struct origin) { f->current, f->frames.begin };
	lane->newer = lane->len;
}

static int load_block(struct sct_file *f, const struct sct_item_block *b)
{
	const uint8_t *data = (const uint8_t *)(b + 1), *times, *slots;
	uint64_t need = sizeof(*b) + b->nr_data * 8ull + b->nr_records * 3ull + b->nr_masks;
	struct sct_squeezed from = { .nr_records = b->nr_records, .nr_masks = b->nr_masks, .nr_data = b->nr_data };
	struct lane *lane;

	if (b->size < sizeof(*b) || b->size < need || b->cpu >= f->info.head.nr_cpus || b->bytes % 8)
		return damaged(f);
	lane = &f->lanes[b->cpu];
	if (make_room(f, lane, b->bytes))
		return -EPROTO;
	note_origin(f, lane);
	times = data + b->nr_data * 8ull;
	slots = times + b->nr_records * 2ull;
	from.data = (const uint64_t *)data;
	from.times = (const uint16_t *)times;
	from.slots = slots;
	from.masks = slots + b->nr_records;
	if (sct_unsqueeze(lane->bytes + lane->len, b->bytes, &from))
		return damaged(f);
	lane->len += b->bytes;
	return 0;
}

/* The end of a file. 0: of all; 1: another file goes on; -EPROTO. */
static int read_end(struct sct_file *f)
{
	size_t len = f->frames.frame.bytes;
	struct sct_capture_end end;

	if (len < sizeof(end) || (len - sizeof(end)) % sizeof(struct sct_index_entry))
		return damaged(f);
	memcpy(&end, f->frames.content, sizeof(end));
	f->frames.at = len;
	f->end.flags = end.flags;
	f->end.records += end.records;
	f->end.lost += end.lost;
	f->end.left_out = end.left_out;
	f->end.limited = end.limited;
	if (sct_frames_next(&f->frames) != SCT_FRAMES_NONE)
		return fault(f, f->frames.begin, "goes on behind its end");
	return f->current + 1 < f->nr_paths ? 1 : 0;
}

/* The next frame of records. 0: there is none. */
static int next_records(struct sct_file *f)
{
	int ret;

	while ((ret = next_frame(f)) > 0) {
		if (f->frames.frame.kind == SCT_FRAME_RECORDS)
			return 1;
		if (f->frames.frame.kind != SCT_FRAME_END)
			return damaged(f);
		ret = read_end(f);
		if (ret > 0)
			ret = open_part(f, f->current + 1);
		else
			f->over = true;
		if (ret < 0 || f->over)
			return ret;
	}
	/* Not even an end. */
	return ret ? ret : cut_off(f);
}

/* The item at hand, which is whole. NULL: there is none (*err is 0) or it is not sound. */
static const struct sct_item_round *item_at_hand(struct sct_file *f, int *err)
{
	const struct sct_item_round *item = (const void *)(f->frames.content + f->frames.at);
	size_t left;

	*err = 0;
	if (f->frames.at == f->frames.frame.bytes) {
		int ret = f->over ? 0 : next_records(f);

		if (ret <= 0) {
			*err = ret;
			return NULL;
		}
		item = (const void *)f->frames.content;
	}
	left = f->frames.frame.bytes - f->frames.at;
	if (left >= sizeof(*item) && item->size >= sizeof(*item) && item->size <= left && item->size % 8 == 0 &&
	    ((item->kind == SCT_ITEM_ROUND && item->size == sizeof(*item)) ||
	     (item->kind == SCT_ITEM_BLOCK && item->size >= sizeof(struct sct_item_block))))
		return item;
	*err = damaged(f);
	return NULL;
}

/* The records of the next round. 1; 0: there is none; -EPROTO. */
static int load_round(struct sct_file *f)
{
	const struct sct_item_round *item;
	bool any = false, begins;
	int err;

	f->loaded = f->coming;
	while ((item = item_at_hand(f, &err))) {
		begins = item->kind == SCT_ITEM_ROUND && item->time != f->coming;
		if (item->kind == SCT_ITEM_BLOCK && load_block(f, (const void *)item))
			break;
		f->frames.at += item->size;
		if (item->kind == SCT_ITEM_BLOCK)
			any = true;
		if (!begins)
			continue;
		f->coming = item->time;
		if (any)
			return 1;
		f->loaded = f->coming;
	}
	return any ? 1 : err;
}

/* ---- order ---- */

/* Moves what is not taken yet to the beginning. */
static void compact(struct sct_file *f, struct lane *lane, struct sct_ring *ring)
{
	if (ring->pos) {
		memmove(lane->bytes, lane->bytes + ring->pos, lane->len - ring->pos);
		lane->len -= ring->pos;
		lane->newer -= lane->newer < ring->pos ? lane->newer : ring->pos;
	}
	ring->pos = ring->freed = 0;
	/* The memory of a burst, before others lack it. */
	if (!lane->len && f->bytes > f->max_bytes / 2) {
		free(lane->bytes);
		f->bytes -= lane->size;
		lane->bytes = NULL;
		lane->size = 0;
	}
}

/*
 * Another round: what was seen is safe, and what comes now is seen. When nothing more comes, all is
 * safe. For struct sct_order; what is wrong is in sct_file_fault_of(), after the records before it.
 */
int sct_file_refill(void *of, struct sct_order *order)
{
	struct sct_file *f = of;
	uint64_t safe_round = f->loaded;
	bool more;
	unsigned int i;

	for (i = 0; i < order->nr_lanes; i++) {
		compact(f, &f->lanes[i], &f->rings[i]);
		order->lanes[i].safe = f->lanes[i].len;
		order->lanes[i].has_next = false;
	}
	more = !f->over && load_round(f) > 0;
	for (i = 0; i < order->nr_lanes; i++) {
		f->rings[i].data = f->lanes[i].bytes;
		order->lanes[i].seen = f->lanes[i].len;
		if (!more)
			order->lanes[i].safe = order->lanes[i].seen;
	}
	order->last = !more;
	order->horizon = more ? safe_round - SCT_ORDER_HOLD_NS : UINT64_MAX;
	return 0;
}

/* ---- places ---- */

/* 0; -ESPIPE: a file cannot be sought in; another negative errno. */
static int make_index(struct sct_file *f)
{
	int err = f->indexed ? 0 : sct_file_index_make(&f->index, f->paths, f->nr_paths);

	f->indexed = !err;
	return err;
}

/* As it was before anything was read. */
static void forget_records(struct sct_file *f)
{
	uint32_t i;

	for (i = 0; i < f->info.head.nr_cpus; i++) {
		f->lanes[i].len = 0;
		f->rings[i].pos = f->rings[i].freed = 0;
	}
	f->loaded = f->coming = 0;
	f->over = false;
	f->fault = (struct sct_file_fault) { 0 };
	f->end = (struct sct_capture_end) { 0 };
}

/*
 * What comes next begins so many frames before that from which on no record of this time or later is missing. 1; 0:
 * that is the beginning. -ESPIPE: nothing has changed. -EPROTO: sct_file_fault_of(). Another negative errno.
 */
int sct_file_seek(struct sct_file *f, uint64_t time, size_t before)
{
	const struct sct_place *place;
	size_t at;
	int err = make_index(f);

	if (err)
		return err;
	at = sct_file_index_find(&f->index, time);
	at = at > before ? at - before : 0;
	place = at ? &f->index.places[at] : &(struct sct_place) { 0 };
	forget_records(f);
	err = open_part(f, place->file);
	if (err < 0)
		return err;
	if (at && (!sct_frames_seek(&f->frames, place->offset) || f->frames.frame.kind != SCT_FRAME_RECORDS ||
		   f->frames.frame.time != place->time))
		return fault(f, place->offset, "is damaged");
	return at > 0;
}

/* When the last round was, CLOCK_MONOTONIC, 0: never; what is lost in all files. false: not known before they are read. */
bool sct_file_span(const struct sct_file *f, uint64_t *end, uint64_t *lost)
{
	*end = f->index.end;
	*lost = f->index.lost;
	return f->indexed && f->index.complete;
}

/* ---- beginning and end ---- */

static int make_lanes(struct sct_file *f)
{
	uint32_t i, n = f->info.head.nr_cpus;

	f->lanes = calloc(n, sizeof(*f->lanes));
	f->rings = calloc(n, sizeof(*f->rings));
	if (!f->lanes || !f->rings)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		f->rings[i] = (struct sct_ring) { .cpu = i, .size = 1ull << 62, .prod = &no_module,
					      .cons = &f->lanes[i].cons };
	return 0;
}

/* 0, or a negative errno; *fault is set with -EPROTO. paths stay the caller's and must outlive the file. */
int sct_file_open(struct sct_file **out, char *const *paths, unsigned int nr, struct sct_file_fault *why)
{
	struct sct_file *f = calloc(1, sizeof(*f));
	int err;

	if (!f)
		return -ENOMEM;
	f->frames.fd = -1;
	f->paths = paths;
	f->nr_paths = nr;
	f->max_bytes = half_of_memory();
	err = read_head(f, &f->info);
	f->part = f->info.head.part;
	if (!err)
		err = keep_head(f);
	if (!err)
		err = make_lanes(f);
	if (err) {
		*why = f->fault;
		sct_file_close(f);
		return err;
	}
	*out = f;
	return 0;
}

struct sct_ring *sct_file_rings(struct sct_file *f)
{
	return f->rings;
}

const struct sct_capture_info *sct_file_head(const struct sct_file *f)
{
	return &f->info;
}

struct sct_file_fault sct_file_fault_of(const struct sct_file *f)
{
	return f->fault;
}

/* Of the files that were read to their ends, together. */
struct sct_capture_end sct_file_end_of(const struct sct_file *f)
{
	return f->end;
}

void sct_file_close(struct sct_file *f)
{
	uint32_t i;

	sct_frames_end(&f->frames);
	sct_frames_free(&f->frames);
	for (i = 0; f->lanes && i < f->info.head.nr_cpus; i++)
		free(f->lanes[i].bytes);
	sct_file_index_free(&f->index);
	free(f->lanes);
	free(f->rings);
	free(f->head);
	free(f);
}
