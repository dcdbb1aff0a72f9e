// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * seeds FOLDER COMMAND…: inputs for the fuzzers made of what a real command does, recorded as tests/diff does it, in
 * FOLDER/TARGET/. Many are much the same: make-corpus chooses.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "frame.h"
#include "input.h"
#include "memory.h"
#include "netlink.h"
#include "plan.h"
#include "record.h"
#include "tracer.h"

#define SENDTO		44
#define MAX_RECORD	2048
/* Short ones: of those that reach the same, few are kept. */
#define MAX_STREAM	512

/* As fuzz_plan.c and fuzz_file.c take them apart. */
struct scene {
	uint64_t args[6];
	int64_t result;
	uint16_t missing, room;
	uint8_t flags, ring_log2, nr_plans, nr_steps;
};

struct part {
	uint8_t kind, broken;
	uint16_t bytes;
	uint32_t time;
};

static const char *folder;
static uint8_t stream[MAX_STREAM + MAX_RECORD];
static size_t stream_len;
static unsigned int numbers;
static uint8_t variant;

static FILE *create(const char *target)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, target);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%d-%u", folder, target, getpid(), numbers++);
	file = fopen(path, "w");
	must(file);
	return file;
}

static void put(FILE *file, const void *bytes, size_t n)
{
	must(fwrite(bytes, 1, n, file) == n);
}

static void put_stream(const char *target, uint8_t first)
{
	FILE *file = create(target);

	put(file, &first, 1);
	put(file, stream, stream_len);
	must(!fclose(file));
}

/* ---- capture files: the frames of one, without what only holds them together ---- */

static void put_frames(const char *path)
{
	struct sct_frames frames = { .fd = -1 };
	FILE *file = create("file"), *from = fopen(path, "r");

	must(from);
	put(file, "\2\0\10", 3);
	sct_frames_begin(&frames, dup(fileno(from)));
	fclose(from);
	while (sct_frames_next(&frames) == SCT_FRAMES_ONE) {
		struct part part = { .kind = frames.frame.kind, .bytes = frames.frame.bytes,
				     .time = frames.frame.time };

		put(file, &part, sizeof(part));
		put(file, frames.content, frames.frame.bytes);
	}
	sct_frames_end(&frames);
	sct_frames_free(&frames);
	must(!fclose(file));
}

static void put_file(void)
{
	static const struct sctrace_plan plans[2] = { { .nr = 39, .nr_steps = 1 }, { .nr = 257, .nr_args = 4 } };
	static const struct sctrace_step steps[1] = { { .op = SCTRACE_STEP_STRING } };
	static const int32_t pids[] = { 1000 };
	const struct sct_capture_info info = {
		.head = { .nr_cpus = 2, .audit_arch = AUDIT_ARCH_X86_64, .nr_plans = 2, .nr_steps = 1, .nr_pids = 1,
			  .host = "host", .string_limit = 32, .realtime = 5 },
		.plans = plans,
		.steps = steps,
		.pids = pids,
	};
	const struct sct_capture_options options = { 0 };
	const struct sct_capture_end end = { .flags = SCT_END_OF_RECORDING };
	struct sct_capture *c;
	char path[4096];
	unsigned int i;

	snprintf(path, sizeof(path), "%s/capture", folder);
	must(!sct_capture_open(&c, path, &info, &options));
	for (i = 0; i < 3; i++) {
		must(!sct_capture_round(c, 1000 * (i + 1)));
		must(!sct_capture_block(c, i % 2, stream, stream_len));
		must(!sct_capture_flush(c));
	}
	must(!sct_capture_close(c, &end));
	put_frames(path);
	unlink(path);
}

/* ---- records ---- */

static void end_stream(void)
{
	if (!stream_len)
		return;
	put_stream("text", variant);
	put_stream("json", variant % 3);
	put_stream("summary", variant);
	put_stream("record", 0);
	put_file();
	stream_len = 0;
}

static void put_netlink(const struct sct_record *rec)
{
	struct sct_piece piece;
	size_t at = 0;
	FILE *file;

	if (rec->hdr->type != SCTRACE_REC_ENTER || rec->nr != SENDTO || !sct_piece_next(&rec->pieces, &at, &piece) ||
	    piece.len < sizeof(struct nlmsghdr))
		return;
	file = create("netlink");
	put(file, "\1\0\0", 3);
	put(file, piece.data, piece.len);
	must(!fclose(file));
}

static void take(void *data, const struct sctrace_hdr *hdr)
{
	struct sct_record rec = { 0 };
	size_t n = hdr->words * 8u;

	(void)data;
	must(!sct_record_parse(&rec, hdr, n));
	put_netlink(&rec);
	if (n > MAX_RECORD)
		return;
	if (stream_len && stream_len + n > MAX_STREAM)
		end_stream();
	memcpy(stream + stream_len, hdr, n);
	stream_len += n;
}

/* ---- plans: the reader's own, with memory in which every other word is an address ---- */

static void put_memory(FILE *file)
{
	uint64_t words[32];
	unsigned int i;

	for (i = 0; i < 32; i++)
		words[i] = i % 2 ? 24 : MEMORY_BASE + 0x100 + i * 8;
	put(file, words, sizeof(words));
	for (i = 0; i < 8; i++)
		put(file, "/etc/hostname\0\1\2", 16);
}

static void put_plans(const struct sct_plan_set *set)
{
	uint32_t i, j;

	for (i = 0; i < set->nr_plans; i++) {
		struct sctrace_plan plan = set->plans[i];
		struct scene scene = { .result = 16, .flags = 0x08, .nr_plans = 1, .nr_steps = plan.nr_steps };
		FILE *file;

		if (!plan.nr_steps)
			continue;
		for (j = 0; j < 6; j++)
			scene.args[j] = j ? MEMORY_BASE + 0x20 * (j - 1) : 3;
		file = create("plan");
		put(file, &scene, sizeof(scene));
		plan.nr %= 64;
		j = plan.first_step;
		plan.first_step = 0;
		put(file, &plan, sizeof(plan));
		put(file, set->steps + j, plan.nr_steps * sizeof(*set->steps));
		put_memory(file);
		must(!fclose(file));
	}
}

int main(int argc, char **argv)
{
	static const struct sct_plan_options options[] = {
		{ .string_limit = 32 },
		{ .string_limit = 64, .verbose = true, .fd_paths = true, .ips = true },
	};
	struct tracer tracer = { .record = take, .follow = true };
	struct sct_plan_options how;
	struct sct_plan_set set;

	must(argc > 2);
	folder = argv[1];
	must(!sct_calls_init(AUDIT_ARCH_X86_64));
	for (variant = 0; variant < 2; variant++) {
		how = options[variant];
		how.netlink = sct_netlink_fds_new();
		must(how.netlink && !sct_plan_set_build(&set, &how));
		if (!strcmp(argv[2], "/bin/true"))
			put_plans(&set);
		tracer.plans = set.plans;
		tracer.nr_plans = set.nr_plans;
		tracer.steps = set.steps;
		tracer_run(&tracer, argv + 2);
		end_stream();
		sct_plan_set_free(&set);
		sct_netlink_fds_free(how.netlink);
	}
	return 0;
}
