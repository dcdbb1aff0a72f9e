/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One session: the device or files, their rings, and the order in which they are read. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "capture_rings.h"
#include "snapshot.h"
#include "source_file.h"
#include "window.h"

/* How long records wait at most that were too new for the round that saw them. */
#define HELD_BACK_MS 100

struct sct_session {
	int fd;				/* of the device; -1: the records come from files */
	struct sct_file *file;
	struct sctrace_info info;
	struct sct_ring *rings;
	unsigned int nr_rings;
	struct sct_order order;
	bool overwrite;
	uint64_t delivered;
	uint64_t lost;			/* what the GAP records returned say */
};

static uint32_t module_abi;

uint32_t sct_module_abi(void)
{
	return module_abi;
}

static int get_info(struct sct_session *s)
{
	s->info.size = sizeof(s->info);
	if (ioctl(s->fd, SCTRACE_IOC_INFO, &s->info) < 0)
		return errno == ENOTTY ? -EPROTO : -errno;
	module_abi = s->info.abi_version;
	return module_abi == SCTRACE_ABI_VERSION ? 0 : -EPROTO;
}

int sct_open(struct sct_session **out)
{
	struct sct_session *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	module_abi = 0;
	s->fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);
	err = s->fd < 0 ? -errno : get_info(s);
	if (err) {
		sct_close(s);
		return err;
	}
	*out = s;
	return 0;
}

static void describe_file(struct sct_session *s)
{
	const struct sct_capture_head *head = &sct_file_head(s->file)->head;

	s->info = (struct sctrace_info) {
		.size = sizeof(s->info),
		.abi_version = head->abi_version,
		.nr_cpus = head->nr_cpus,
		.audit_arch = head->audit_arch,
	};
	memcpy(s->info.module_version, head->module_version, sizeof(s->info.module_version));
}

int sct_open_files(struct sct_session **out, char *const *paths, unsigned int nr, struct sct_file_fault *fault)
{
	struct sct_session *s = calloc(1, sizeof(*s));
	int err;

	*fault = (struct sct_file_fault) { 0 };
	if (!s)
		return -ENOMEM;
	s->fd = -1;
	err = sct_file_open(&s->file, paths, nr, fault);
	if (!err) {
		describe_file(s);
		err = sct_order_init(&s->order, sct_file_rings(s->file), s->info.nr_cpus);
	}
	if (err) {
		sct_close(s);
		return err;
	}
	s->order.refill = sct_file_refill;
	s->order.of = s->file;
	*out = s;
	return 0;
}

const struct sct_capture_info *sct_file_info(const struct sct_session *s)
{
	return sct_file_head(s->file);
}

struct sct_file_fault sct_file_fault(const struct sct_session *s)
{
	return sct_file_fault_of(s->file);
}

struct sct_capture_end sct_file_end(const struct sct_session *s)
{
	return sct_file_end_of(s->file);
}

/* sct_next() begins anew, there. */
int sct_session_seek(struct sct_session *s, uint64_t time, size_t before)
{
	int ret = sct_file_seek(s->file, time, before);

	if (ret == -ESPIPE)
		return ret;
	sct_order_restart(&s->order);
	s->delivered = s->lost = 0;
	return ret;
}

bool sct_session_span(struct sct_session *s, uint64_t *end, uint64_t *lost)
{
	return sct_file_span(s->file, end, lost);
}

const struct sctrace_info *sct_info(const struct sct_session *s)
{
	return &s->info;
}

static int map_rings(struct sct_session *s, uint64_t bytes)
{
	unsigned int cpu;

	s->rings = calloc(s->info.nr_cpus, sizeof(*s->rings));
	if (!s->rings)
		return -ENOMEM;
	for (cpu = 0; cpu < s->info.nr_cpus; cpu++) {
		int err = sct_ring_map(&s->rings[s->nr_rings], s->fd, cpu, bytes, s->info.page_bytes);

		if (err == -ENXIO)
			continue;
		if (err)
			return err;
		s->nr_rings++;
	}
	return sct_order_init(&s->order, s->rings, s->nr_rings);
}

/* What a session may be given while it runs, too. */
static struct sctrace_config policy_of(const struct sct_options *options)
{
	return (struct sctrace_config) {
		.size = sizeof(struct sctrace_config),
		.scope = options->scope,
		.tests = (uintptr_t)options->tests,
		.nr_tests = options->nr_tests,
		.text = (uintptr_t)options->text,
		.text_bytes = options->text_bytes,
		.filter = (uintptr_t)options->filter,
	};
}

static int hand_over(struct sct_session *s, unsigned long request, struct sctrace_config *config, struct sct_bad *bad)
{
	int err = ioctl(s->fd, request, config) < 0 ? -errno : 0;

	if (err && bad)
		*bad = (struct sct_bad) { config->bad_array, config->bad_index };
	return err;
}

int sct_configure(struct sct_session *s, const struct sct_options *options, struct sct_bad *bad)
{
	struct sctrace_config config = policy_of(options);
	int err;

	config.ring_bytes = options->ring_bytes;
	config.plans = (uintptr_t)options->plans;
	config.nr_plans = options->nr_plans;
	config.steps = (uintptr_t)options->steps;
	config.nr_steps = options->nr_steps;
	config.symbols = (uintptr_t)options->symbols;
	config.nr_symbols = options->nr_symbols;
	config.mode = options->mode;
	config.wait_ms = options->wait_ms;
	config.watermark = options->watermark;
	err = hand_over(s, SCTRACE_IOC_CONFIG, &config, bad);
	s->overwrite = options->mode == SCTRACE_MODE_OVERWRITE;
	return err ? err : map_rings(s, config.ring_bytes);
}

int sct_change(struct sct_session *s, const struct sct_options *options, struct sct_bad *bad)
{
	struct sctrace_config config = policy_of(options);

	return hand_over(s, SCTRACE_IOC_CHANGE, &config, bad);
}

int sct_start(struct sct_session *s)
{
	return ioctl(s->fd, SCTRACE_IOC_START) < 0 ? -errno : 0;
}

int sct_stop(struct sct_session *s)
{
	unsigned int i;

	if (ioctl(s->fd, SCTRACE_IOC_STOP) < 0)
		return -errno;
	for (i = 0; s->overwrite && !s->order.last && i < s->nr_rings; i++)
		sct_ring_to_oldest(&s->rings[i]);
	s->order.last = true;
	/* A round that began before may not know the last records. */
	s->order.round = false;
	return 0;
}

/* A file's rounds follow each other at once. */
static int next_of_file(struct sct_session *s, struct sct_record *rec)
{
	int ret;

	do {
		ret = sct_order_next(&s->order, rec);
	} while (!ret && !s->order.last);
	if (ret == -EPROTO)
		sct_file_spoilt(s->file);
	return ret;
}

int sct_next(struct sct_session *s, struct sct_record *rec)
{
	int ret;

	/* Only when it has stopped, the oldest record stays where it is. */
	if (s->overwrite && !s->order.last)
		return 0;
	ret = s->file ? next_of_file(s, rec) : sct_order_next(&s->order, rec);

	if (ret > 0 && rec->hdr->type == SCTRACE_REC_GAP)
		s->lost += ((const struct sctrace_rec_gap *)rec->hdr)->lost;
	/* Gap records are the module's word on others, not made by probes. */
	else if (ret > 0)
		s->delivered++;
	return ret;
}

int sct_record(struct sct_session *s, struct sct_capture *c)
{
	uint64_t lost;
	int ret = sct_capture_rings(c, s->rings, s->nr_rings);

	sct_capture_counts(c, &s->delivered, &lost);
	return ret;
}

int sct_snapshot(struct sct_session *s, struct sct_capture *c)
{
	return s->overwrite ? sct_snapshot_rings(c, s->rings, s->nr_rings) : -EINVAL;
}

void sct_record_too(struct sct_session *s, struct sct_capture *c)
{
	s->order.tap = c ? sct_capture_tap : NULL;
	s->order.of = c;
}

int sct_wait(struct sct_session *s, int timeout_ms)
{
	/* Nobody wakes us for records held back. At most rates there are some after every round: they have time. */
	int ms = s->order.held_back && (timeout_ms < 0 || timeout_ms > HELD_BACK_MS) ? HELD_BACK_MS : timeout_ms;
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };

	if (poll(&fd, 1, ms) < 0)
		return errno == EINTR ? SCT_WAIT_SIGNAL : -errno;
	return fd.revents & POLLHUP ? SCT_WAIT_ENDED : SCT_WAIT_READY;
}

static void count_file(const struct sct_session *s, struct sct_counts *counts)
{
	struct sct_capture_end end = sct_file_end_of(s->file);
	bool complete = !sct_file_fault_of(s->file).path;

	*counts = (struct sct_counts) {
		.produced = complete ? end.records + end.lost : s->delivered + s->lost,
		.delivered = s->delivered,
		.lost = complete ? end.lost : s->lost,
		.left_out = end.left_out,
		.limited = end.limited,
	};
}

int sct_counts(struct sct_session *s, struct sct_counts *counts)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };

	if (s->file) {
		count_file(s, counts);
		return 0;
	}
	if (ioctl(s->fd, SCTRACE_IOC_STATS, &stats) < 0)
		return -errno;
	*counts = (struct sct_counts) {
		.produced = stats.produced,
		.delivered = s->delivered,
		.lost = stats.lost,
		.left_out = stats.left_out,
		.limited = stats.limited,
		.overwritten = stats.overwritten,
		.waits = stats.waits,
		.given_up = stats.given_up,
	};
	return 0;
}

void sct_close(struct sct_session *s)
{
	if (!s)
		return;
	sct_order_free(&s->order);
	if (s->file)
		sct_file_close(s->file);
	while (s->nr_rings)
		sct_ring_unmap(&s->rings[--s->nr_rings]);
	free(s->rings);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}
