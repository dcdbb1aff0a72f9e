// SPDX-License-Identifier: GPL-2.0-only
/*
 * What has become of the records of all sessions that have ended, however they did: a reader that
 * was killed tells nobody what it has lost or left. /sys/class/misc/sctrace/ended, and the
 * kernel's log when the module goes.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sysfs.h>

#include "session.h"
#include "totals.h"

/* produced = read + unread + lost + overwritten. */
struct totals {
	u64 sessions;
	u64 produced;
	u64 read;
	u64 unread;
	u64 lost;
	u64 overwritten;
	u64 left_out;
	u64 limited;
};

static DEFINE_MUTEX(totals_lock);
static struct totals totals;

/*
 * Of records that are no gaps. The tail is the reader's word: if no record begins there, what
 * comes of it is a wrong number, and no more.
 */
static u64 count_unread(const struct sctrace_ring *ring)
{
	u64 at = ring->overwrite ? ring->tail : sctrace_ring_tail(ring), count = 0;

	while (at < ring->head) {
		const struct sctrace_hdr *hdr = (const void *)(ring->data + (at & ring->mask));

		if (hdr->words * 8u < sizeof(*hdr) || hdr->words * 8u > ring->head - at)
			break;
		count += hdr->type != SCTRACE_REC_GAP;
		at += hdr->words * 8u;
		if (!(count & 0xfff))
			cond_resched();
	}
	return count;
}

/**
 * sctrace_totals_add() - a session has ended
 * @s: stopped, or never started; its rings and filters are still there
 *
 * Context: may sleep.
 */
void sctrace_totals_add(struct sctrace_session *s)
{
	struct sctrace_stats stats = { .cpu = SCTRACE_ALL_CPUS };
	u64 unread = 0;
	int cpu;

	if (s->state != SCTRACE_STOPPED || sctrace_session_stats(s, &stats))
		return;
	for_each_possible_cpu(cpu)
		unread += count_unread(s->rings[cpu]);
	mutex_lock(&totals_lock);
	totals.sessions++;
	totals.produced += stats.produced;
	totals.read += stats.produced - stats.lost - stats.overwritten - unread;
	totals.unread += unread;
	totals.lost += stats.lost;
	totals.overwritten += stats.overwritten;
	totals.left_out += stats.left_out;
	totals.limited += stats.limited;
	mutex_unlock(&totals_lock);
}

static struct totals now(void)
{
	struct totals copy;

	mutex_lock(&totals_lock);
	copy = totals;
	mutex_unlock(&totals_lock);
	return copy;
}

static ssize_t ended_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct totals t = now();

	return sysfs_emit(buf,
			  "sessions %llu\nproduced %llu\nread %llu\nunread %llu\nlost %llu\n"
			  "overwritten %llu\nleft_out %llu\nlimited %llu\n",
			  t.sessions, t.produced, t.read, t.unread, t.lost, t.overwritten,
			  t.left_out, t.limited);
}
static DEVICE_ATTR_RO(ended);

static struct attribute *attrs[] = { &dev_attr_ended.attr, NULL };
static const struct attribute_group group = { .attrs = attrs };

const struct attribute_group *sctrace_totals_groups[] = { &group, NULL };

/**
 * sctrace_totals_say() - put them into the kernel's log
 *
 * Context: module exit.
 */
void sctrace_totals_say(void)
{
	struct totals t = now();

	if (t.sessions)
		pr_info("%llu sessions: %llu records made, %llu read, %llu not read, %llu lost, %llu overwritten\n",
			t.sessions, t.produced, t.read, t.unread, t.lost, t.overwritten);
}
