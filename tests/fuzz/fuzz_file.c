// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Capture files: lib/frame.c, source_file.c, file_index.c, window.c. A fuzzer does not guess checksums, so most inputs
 * are what frames hold, of which a file is made here; some are the bytes of a file. What can be read is read: from
 * the beginning, and a part of it by time.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zstd.h>

#include "frame.h"
#include "input.h"
#include "window.h"

#define BYTES_OF_A_FILE	0x01
#define BY_TIME		0x02
#define TWICE		0x04		/* as two parts of a recording */

/* A frame, in the input. */
struct part {
	uint8_t kind;
	uint8_t broken;			/* 1: the header, 2: what is stored, 3: it is cut off */
	uint16_t bytes;
	uint32_t time;
};

static int file = -1;

static void put(const void *bytes, size_t n)
{
	must(!n || write(file, bytes, n) == (ssize_t)n);
}

static void put_frame(const struct part *part, const uint8_t *content, uint64_t number)
{
	static uint8_t stored[80 << 10];
	static ZSTD_CCtx *zstd;
	struct sct_frame frame = {
		.magic = SCT_FRAME_MAGIC,
		.size = sizeof(frame) - offsetof(struct sct_frame, mark),
		.mark = SCT_FRAME_MARK,
		.kind = part->kind % 5,
		.number = number,
		.time = part->time,
		.bytes = part->bytes,
	};
	size_t n;

	if (!zstd)
		zstd = ZSTD_createCCtx();
	n = ZSTD_compressCCtx(zstd, stored, sizeof(stored), content, part->bytes, -5);
	must(!ZSTD_isError(n));
	frame.stored = n;
	frame.checksum = sct_frame_checksum(&frame, stored);
	if (part->broken == 1)
		((uint8_t *)&frame)[part->time % sizeof(frame)] ^= 1 << part->kind % 8;
	if (part->broken == 2)
		stored[part->time % n] ^= 1 << part->kind % 8;
	put(&frame, sizeof(frame));
	put(stored, part->broken == 3 ? part->time % n : n);
}

static void put_frames(struct input *in)
{
	struct part part;
	uint64_t number = 0;
	uint8_t *content;

	while (in->left >= sizeof(part)) {
		input_take(in, &part, sizeof(part));
		content = malloc(part.bytes + 1);
		if (in->left < part.bytes)
			part.bytes = in->left;
		input_take(in, content, part.bytes);
		put_frame(&part, content, number++);
		free(content);
	}
}

/* All there is of it in memory at once is a round or two. */
static void read_all(struct sct_session *s)
{
	struct sct_record rec;
	struct sct_counts counts;
	uint64_t n = 0;
	int ret;

	while ((ret = sct_next(s, &rec)) > 0) {
		must(rec.hdr->words * 8u >= sizeof(*rec.hdr));
		n++;
	}
	must(!ret || ret == -EPROTO);
	must(!ret || sct_file_fault(s).path);
	must(!sct_counts(s, &counts) && counts.delivered <= n);
}

static void read_part(struct sct_session *s, uint64_t since, uint64_t until)
{
	struct sct_file_fault before;
	uint64_t end, lost;

	sct_session_seek(s, 0, 0);
	sct_session_span(s, &end, &lost);
	if (sct_window_seek(s, since, until, &before) >= 0)
		read_all(s);
}

static void check_head(const struct sct_capture_head *head)
{
	must(head->nr_cpus && head->nr_cpus <= SCT_CAPTURE_MAX_CPUS);
	must(memchr(head->host, 0, sizeof(head->host)) && memchr(head->reader_version, 0, sizeof(head->reader_version)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[32];
	char *paths[] = { path, path };
	struct input in = { data, size };
	struct sct_file_fault fault;
	struct sct_session *s;
	uint8_t flags = input_byte(&in), since = input_byte(&in), until = input_byte(&in);

	if (file < 0) {
		file = memfd_create("capture", MFD_CLOEXEC);
		must(file >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	}
	must(!ftruncate(file, 0) && !lseek(file, 0, SEEK_SET));
	if (flags & BYTES_OF_A_FILE)
		put(in.at, in.left);
	else
		put_frames(&in);
	if (sct_open_files(&s, paths, flags & TWICE ? 2 : 1, &fault))
		return 0;
	check_head(&sct_file_info(s)->head);
	read_all(s);
	if (flags & BY_TIME)
		read_part(s, since * 1000ull, until * 1000ull);
	sct_close(s);
	return 0;
}
