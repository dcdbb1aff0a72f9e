/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing capture files. What comes is squeezed at once, so that its ring is free again, and waits in
 * memory until it is worth a frame or a second old. A frame is one write(2): whatever happens to the
 * recorder, the file has whole frames, and perhaps the beginning of one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <zstd.h>

#include "capture_format.h"
#include "squeeze.h"

/* Content that is worth a frame. More would be compressed no better. */
#define FRAME_BYTES	(256u << 10)
#define MAX_FRAME_AGE	1000000000ull

/* Of what there is once in a file: plans, index. */
#define OTHER_LEVEL	9

#define ROUND_UP_8(n)	(((n) + 7) & ~(size_t)7)
#define MAX_BLOCK_BYTES	(sizeof(struct sct_item_block) + ROUND_UP_8(SCT_SQUEEZE_ROOM))
#define MAX_CONTENT	(FRAME_BYTES + sizeof(struct sct_item_round) + MAX_BLOCK_BYTES)

_Static_assert(MAX_CONTENT <= SCT_FRAME_MAX_BYTES, "what is written can be read");

/* More frames than this have an entry for every second of them, every fourth, and so on. */
#define MAX_INDEX	65536u

struct sct_capture {
	struct sct_capture_info info;
	struct sct_capture_options options;
	char *path;			/* as given */
	char *name;			/* of the file that is being written */
	int fd;
	int err;			/* what has gone wrong; nothing is written after that */
	uint64_t bytes;			/* of the file */
	uint64_t opened;		/* when, by the first round's time; 0: none has come */
	uint64_t nr_frames;		/* of the file */
	uint64_t time;			/* of the round that is under way */
	uint64_t frame_time;		/* of the first round in content */
	uint64_t round_time;		/* of the last one */
	size_t len;			/* of content */
	struct sct_capture_end end;	/* counts of the file */
	uint64_t records, lost;		/* of the files before */
	struct sct_index_entry *index;
	uint32_t nr_index, index_step, index_skip;
	ZSTD_CCtx *zstd;
	uint8_t *content;
	uint8_t *stored;		/* struct sct_frame, then what zstd makes of content */
	size_t stored_size;
	struct sct_squeezer squeezer;
};

/* ---- frames ---- */

static int write_all(int fd, const uint8_t *bytes, size_t n)
{
	while (n) {
		ssize_t ret = write(fd, bytes, n);

		if (ret < 0 && errno == EINTR)
			continue;
		if (ret < 0)
			return -errno;
		bytes += ret;
		n -= ret;
	}
	return 0;
}

/* A frame that has no room leaves nothing behind, where that can be done. */
static int put_bytes(struct sct_capture *c, size_t n)
{
	c->err = write_all(c->fd, c->stored, n);
	if (!c->err)
		c->bytes += n;
	else if (ftruncate(c->fd, c->bytes) < 0)
		return c->err;	/* The reader sees that the frame is cut. */
	return c->err;
}

static int make_room(struct sct_capture *c, size_t content)
{
	size_t size = sizeof(struct sct_frame) + ZSTD_compressBound(content);
	uint8_t *at;

	if (size <= c->stored_size)
		return 0;
	at = realloc(c->stored, size);
	if (!at)
		return -ENOMEM;
	c->stored = at;
	c->stored_size = size;
	return 0;
}

static int put_frame(struct sct_capture *c, enum sct_frame_kind kind, const void *content, size_t len)
{
	int level = kind == SCT_FRAME_RECORDS ? c->options.level : OTHER_LEVEL;
	struct sct_frame *frame;
	size_t n;

	if (c->err)
		return c->err;
	c->err = make_room(c, len);
	if (c->err)
		return c->err;
	ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_compressionLevel, level);
	n = ZSTD_compress2(c->zstd, c->stored + sizeof(*frame), c->stored_size - sizeof(*frame), content, len);
	if (ZSTD_isError(n))
		return c->err = -ENOMEM;
	frame = (struct sct_frame *)c->stored;
	*frame = (struct sct_frame) {
		.magic = SCT_FRAME_MAGIC,
		.size = sizeof(*frame) - offsetof(struct sct_frame, mark),
		.mark = SCT_FRAME_MARK,
		.kind = kind,
		.number = c->nr_frames++,
		.time = kind == SCT_FRAME_RECORDS ? c->frame_time : c->time,
		.stored = n,
		.bytes = len,
	};
	frame->checksum = sct_frame_checksum(frame, frame + 1);
	return put_bytes(c, sizeof(*frame) + n);
}

static void note_in_index(struct sct_capture *c)
{
	uint32_t i;

	if (c->index_skip) {
		c->index_skip--;
		return;
	}
	if (c->nr_index == MAX_INDEX) {
		for (i = 0; i < MAX_INDEX / 2; i++)
			c->index[i] = c->index[2 * i];
		c->nr_index = MAX_INDEX / 2;
		c->index_step *= 2;
	}
	c->index[c->nr_index++] = (struct sct_index_entry) { c->bytes, c->frame_time };
	c->index_skip = c->index_step - 1;
}

int sct_capture_flush(struct sct_capture *c)
{
	size_t len = c->len;

	if (!len)
		return c->err;
	c->len = 0;
	note_in_index(c);
	return put_frame(c, SCT_FRAME_RECORDS, c->content, len);
}

static void append(uint8_t **at, const void *bytes, size_t n)
{
	if (n)
		memcpy(*at, bytes, n);
	*at += n;
}

static int put_head(struct sct_capture *c)
{
	const struct sct_capture_head *head = &c->info.head;
	size_t plans = head->nr_plans * sizeof(*c->info.plans), steps = head->nr_steps * sizeof(*c->info.steps);
	size_t paths = head->nr_paths * sizeof(*c->info.paths), pids = head->nr_pids * sizeof(*c->info.pids);
	size_t len = sizeof(*head) + plans + steps + paths + pids + head->path_text_bytes;
	uint8_t *bytes = malloc(len), *at = bytes;
	int err;

	if (!bytes)
		return -ENOMEM;
	append(&at, head, sizeof(*head));
	append(&at, c->info.plans, plans);
	append(&at, c->info.steps, steps);
	append(&at, c->info.paths, paths);
	append(&at, c->info.pids, pids);
	append(&at, c->info.path_text, head->path_text_bytes);
	err = put_frame(c, SCT_FRAME_HEAD, bytes, len);
	free(bytes);
	return err;
}

static int put_end(struct sct_capture *c)
{
	size_t index = c->nr_index * sizeof(*c->index), len = sizeof(c->end) + index;
	uint8_t *bytes = malloc(len), *at = bytes;
	int err;

	if (!bytes)
		return -ENOMEM;
	append(&at, &c->end, sizeof(c->end));
	append(&at, c->index, index);
	err = put_frame(c, SCT_FRAME_END, bytes, len);
	free(bytes);
	return err;
}

/* ---- files ---- */

static bool rotates(const struct sct_capture *c)
{
	return c->options.rotate_bytes || c->options.rotate_ns;
}

/* NULL: memory is short. */
static char *name_of(const struct sct_capture *c, uint32_t part)
{
	char *name;

	return asprintf(&name, rotates(c) ? "%s.%06u" : "%s", c->path, part) < 0 ? NULL : name;
}

static int open_part(struct sct_capture *c)
{
	int err;

	free(c->name);
	c->name = name_of(c, c->info.head.part);
	if (!c->name)
		return -ENOMEM;
	c->bytes = c->nr_frames = 0;
	c->opened = c->time;
	c->nr_index = c->index_skip = 0;
	c->index_step = 1;
	c->records += c->end.records;
	c->lost += c->end.lost;
	c->end = (struct sct_capture_end) { 0 };
	c->fd = strcmp(c->name, "-") ? open(c->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) :
				       fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (c->fd < 0)
		return -errno;
	err = put_head(c);
	/* Without a head it would be damage to the parts before it. */
	if (err && rotates(c))
		unlink(c->name);
	return err;
}

/* What a file system says only now counts too. */
static int close_part(struct sct_capture *c)
{
	int err = sct_capture_flush(c);

	if (!err)
		err = put_end(c);
	if (close(c->fd) < 0 && !err)
		err = -errno;
	c->fd = -1;
	return err;
}

static void remove_oldest(struct sct_capture *c)
{
	uint32_t part = c->info.head.part;
	char *name = c->options.keep && part >= c->options.keep ? name_of(c, part - c->options.keep) : NULL;

	/* That somebody else has taken it away is fine. */
	if (name)
		unlink(name);
	free(name);
}

static int rotate(struct sct_capture *c)
{
	c->err = close_part(c);
	if (c->err)
		return c->err;
	c->info.head.part++;
	c->err = open_part(c);
	if (!c->err)
		remove_oldest(c);
	return c->err;
}

/* Begins another file if this one is full or old enough. One without a record is not given up. */
static int rotate_in_time(struct sct_capture *c)
{
	bool old = c->options.rotate_ns && c->time - c->opened >= c->options.rotate_ns;

	if (!rotates(c) || !c->end.records)
		return 0;
	/* What waits is counted as if it could not be compressed, to be weighed then. */
	if (c->options.rotate_bytes && c->bytes + c->len >= c->options.rotate_bytes && sct_capture_flush(c))
		return c->err;
	return old || (c->options.rotate_bytes && c->bytes >= c->options.rotate_bytes) ? rotate(c) : 0;
}

int sct_capture_round(struct sct_capture *c, uint64_t time)
{
	if (c->err)
		return c->err;
	c->time = time;
	if (!c->opened)
		c->opened = time;
	if (rotate_in_time(c))
		return c->err;
	return c->len && time - c->frame_time >= MAX_FRAME_AGE ? sct_capture_flush(c) : 0;
}

/* ---- records ---- */

/* What a frame begins with, and a round. */
static void put_round(struct sct_capture *c)
{
	struct sct_item_round item = { .kind = SCT_ITEM_ROUND, .size = sizeof(item), .time = c->time };

	if (c->len && c->round_time == c->time)
		return;
	if (!c->len)
		c->frame_time = c->time;
	c->round_time = c->time;
	memcpy(c->content + c->len, &item, sizeof(item));
	c->len += sizeof(item);
}

static void put_block(struct sct_capture *c, unsigned int cpu, const struct sct_squeezed *s, size_t bytes)
{
	struct sct_item_block item = {
		.kind = SCT_ITEM_BLOCK,
		.cpu = cpu,
		.bytes = bytes,
		.nr_records = s->nr_records,
		.nr_masks = s->nr_masks,
		.nr_data = s->nr_data,
	};
	uint8_t *begin = c->content + c->len, *at = begin + sizeof(item);

	append(&at, s->data, s->nr_data * sizeof(*s->data));
	append(&at, s->times, s->nr_records * sizeof(*s->times));
	append(&at, s->slots, s->nr_records);
	append(&at, s->masks, s->nr_masks);
	while ((at - begin) % 8)
		*at++ = 0;
	item.size = at - begin;
	memcpy(begin, &item, sizeof(item));
	c->len += item.size;
	c->end.records += s->nr_records - c->squeezer.nr_gaps;
	c->end.lost += c->squeezer.lost;
}

int sct_capture_block(struct sct_capture *c, unsigned int cpu, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	if (cpu >= c->info.head.nr_cpus)
		return -EINVAL;
	while (len && !c->err) {
		struct sct_squeezed squeezed;
		size_t n = sct_squeeze(&c->squeezer, &squeezed, at, len);

		if (!n)
			return -EPROTO;
		/* Also within a round, which goes on in the next file. */
		if (rotate_in_time(c))
			break;
		put_round(c);
		put_block(c, cpu, &squeezed, n);
		at += n;
		len -= n;
		if (c->len >= FRAME_BYTES)
			sct_capture_flush(c);
	}
	return c->err;
}

void sct_capture_counts(const struct sct_capture *c, uint64_t *records, uint64_t *lost)
{
	*records = c->records + c->end.records;
	*lost = c->lost + c->end.lost;
}

const char *sct_capture_path(const struct sct_capture *c)
{
	return c->name;
}

uint32_t sct_capture_part(const struct sct_capture *c)
{
	return c->info.head.part;
}

uint64_t sct_capture_bytes(const struct sct_capture *c)
{
	return c->bytes;
}

/* ---- beginning and end ---- */

static int prepare(struct sct_capture *c, const char *path)
{
	if (!c->options.level)
		c->options.level = SCT_CAPTURE_LEVEL;
	c->path = strdup(path);
	c->zstd = ZSTD_createCCtx();
	c->content = malloc(MAX_CONTENT);
	c->index = malloc(MAX_INDEX * sizeof(*c->index));
	if (!c->path || !c->zstd || !c->content || !c->index)
		return -ENOMEM;
	ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_checksumFlag, 1);
	return 0;
}

static void free_capture(struct sct_capture *c)
{
	if (c->fd >= 0)
		close(c->fd);
	ZSTD_freeCCtx(c->zstd);
	free(c->content);
	free(c->stored);
	free(c->index);
	free(c->name);
	free(c->path);
	free(c);
}

static void complete_head(struct sct_capture_head *head)
{
	head->size = sizeof(*head);
	head->version = SCT_CAPTURE_VERSION;
	head->abi_version = SCTRACE_ABI_VERSION;
	head->part = 0;
	if (getrandom(&head->recording, sizeof(head->recording), 0) != sizeof(head->recording))
		head->recording = head->start;
}

int sct_capture_open(struct sct_capture **out, const char *path, const struct sct_capture_info *info,
		     const struct sct_capture_options *options)
{
	struct sct_capture *c;
	int err;

	if (!info->head.nr_cpus || info->head.nr_cpus > SCT_CAPTURE_MAX_CPUS ||
	    info->head.nr_plans > SCTRACE_MAX_PLANS || info->head.nr_steps > SCTRACE_MAX_STEPS ||
	    info->head.nr_pids > SCTRACE_MAX_TESTS || info->head.nr_paths > SCTRACE_MAX_PATHS ||
	    info->head.path_text_bytes > SCTRACE_MAX_PATH_TEXT_BYTES)
		return -EINVAL;
	c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	c->fd = -1;
	c->info = *info;
	c->options = *options;
	complete_head(&c->info.head);
	err = prepare(c, path);
	if (!err)
		err = open_part(c);
	if (err) {
		free_capture(c);
		return err;
	}
	*out = c;
	return 0;
}

int sct_capture_close(struct sct_capture *c, const struct sct_capture_end *end)
{
	int err;

	c->end.flags = end->flags | SCT_END_OF_RECORDING;
	c->end.left_out = end->left_out;
	c->end.limited = end->limited;
	err = close_part(c);
	free_capture(c);
	return err;
}
