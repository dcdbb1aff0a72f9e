// SPDX-License-Identifier: GPL-2.0-only
/*
 * One open of /dev/sctrace.
 *
 * Lifetime: the file has a reference to the session, and a mapping to the file. Probes find a
 * session only in sctrace_sessions, with preemption off; stop takes it out and waits for them. A
 * capture that sleeps (deferred.c) has a reference of its own, which it took before stop had taken
 * the session out. What configure made is freed with the last reference.
 *
 * Closing the file waits for such a capture for a second at most: its task can have arranged that
 * it sleeps for ever. What it has read after that is thrown away.
 */
#include <linux/cpumask.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "attach.h"
#include "deferred.h"
#include "focus.h"
#include "maps.h"
#include "params.h"
#include "ring_mem.h"
#include "room.h"
#include "session.h"
#include "totals.h"

/**
 * sctrace_session_open() - begin a session
 *
 * Context: may sleep.
 * Return: a session in the state NEW, owned by the caller, or NULL if memory is short.
 */
struct sctrace_session *sctrace_session_open(void)
{
	struct sctrace_session *s = kzalloc(sizeof(*s), GFP_KERNEL_ACCOUNT);

	if (!s)
		return NULL;
	__module_get(THIS_MODULE);
	INIT_LIST_HEAD(&s->link);
	INIT_LIST_HEAD(&s->tracepoint_link);
	mutex_init(&s->lock);
	refcount_set(&s->refs, 1);
	init_waitqueue_head(&s->drained);
	sctrace_wake_init(&s->wake);
	return s;
}

static void free_rings(struct sctrace_session *s)
{
	int cpu;

	if (!s->rings)
		return;
	for_each_possible_cpu(cpu)
		sctrace_ring_mem_free(s->rings[cpu]);
	kvfree(s->rings);
	s->rings = NULL;
}

/* Nobody else has the session, or its lock is held and no probe knows it. */
static void free_policies(struct sctrace_session *s)
{
	struct sctrace_policy *policy = rcu_replace_pointer(s->policy, NULL, true);

	if (policy)
		sctrace_policy_free(policy->before);
	sctrace_policy_free(policy);
	sctrace_states_free(s->states);
	s->states = NULL;
}

static void free_kprobes(struct sctrace_session *s)
{
	sctrace_kprobes_free(s->kprobes);
	s->kprobes = NULL;
}

static void free_configuration(struct sctrace_session *s)
{
	free_kprobes(s);
	free_rings(s);
	sctrace_room_free(s->room);
	s->room = NULL;
	sctrace_deferred_free(s->deferred);
	s->deferred = NULL;
	sctrace_maps_free(s->maps);
	s->maps = NULL;
	sctrace_pidset_free(&s->unread);
	sctrace_plan_free(&s->plans);
	free_policies(s);
}

/**
 * sctrace_session_get() - keep a session for a capture that sleeps
 * @s: a session in the probes' list
 *
 * Context: preemption off since it was found there: the file has its reference until then, and the
 * module's.
 */
void sctrace_session_get(struct sctrace_session *s)
{
	refcount_inc(&s->refs);
	__module_get(THIS_MODULE);
}

/**
 * sctrace_session_put() - give a reference back
 * @s: the session; may be gone after this, and the module as well
 *
 * Context: may sleep, if the reference is the last.
 */
void sctrace_session_put(struct sctrace_session *s)
{
	/* Stop, if it was still waiting, goes on when the module's reference is given back, too. */
	rcu_read_lock();
	if (!refcount_dec_and_test(&s->refs)) {
		wake_up(&s->drained);
		module_put(THIS_MODULE);
		rcu_read_unlock();
		return;
	}
	rcu_read_unlock();
	free_configuration(s);
	mutex_destroy(&s->lock);
	kfree_rcu(s, rcu);
	module_put(THIS_MODULE);
}

/**
 * sctrace_session_close() - end a session, whatever it was doing
 * @s: the session; not the caller's any more after this
 *
 * Context: may sleep. Nobody else has the file any more.
 */
void sctrace_session_close(struct sctrace_session *s)
{
	sctrace_session_stop(s);
	sctrace_wake_finish(&s->wake);
	sctrace_totals_add(s);
	free_kprobes(s);
	/* A capture that still sleeps looks at takes_records, and then at none of these. */
	free_rings(s);
	sctrace_pidset_free(&s->unread);
	free_policies(s);
	sctrace_session_put(s);
}

/*
 * A ring for every CPU that can ever come, so that one that is switched on later finds its ring
 * and nothing changes under a running probe.
 */
static int alloc_rings(struct sctrace_session *s, const struct sctrace_config *config)
{
	int cpu;

	s->rings = kvcalloc(nr_cpu_ids, sizeof(*s->rings), GFP_KERNEL_ACCOUNT);
	if (!s->rings)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		s->rings[cpu] = sctrace_ring_mem_alloc(cpu, config->ring_bytes);
		if (!s->rings[cpu])
			return -ENOMEM;
		sctrace_ring_init(s->rings[cpu], config->mode, config->watermark);
	}
	return 0;
}

static int configure_plans(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_step *steps;
	struct sctrace_plan *list;
	int err;

	if (config->nr_plans > SCTRACE_MAX_PLANS || config->nr_steps > SCTRACE_MAX_STEPS)
		return -EINVAL;
	list = sctrace_copy_array(config->plans, config->nr_plans, sizeof(*list));
	if (IS_ERR(list))
		return PTR_ERR(list);
	steps = sctrace_copy_array(config->steps, config->nr_steps, sizeof(*steps));
	if (IS_ERR(steps)) {
		kvfree(list);
		return PTR_ERR(steps);
	}
	err = sctrace_plan_init(&s->plans, list, config->nr_plans, steps, config->nr_steps,
				config->ring_bytes, &config->bad_array, &config->bad_index);
	if (err)
		kvfree(steps);
	kvfree(list);
	return err;
}

static int configure_policy(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_policy *policy;

	s->states = sctrace_states_alloc(s);
	if (!s->states)
		return -ENOMEM;
	policy = sctrace_policy_make(config, &s->plans, s->states, NULL);
	if (IS_ERR(policy))
		return PTR_ERR(policy);
	rcu_assign_pointer(s->policy, policy);
	return 0;
}

/* Which of the functions are there, the caller is told even if not all is well after that. */
static int configure_kprobes(struct sctrace_session *s, struct sctrace_config *config)
{
	size_t bytes = array_size(config->nr_symbols, sizeof(struct sctrace_symbol));
	struct sctrace_symbol *symbols;
	int err = 0;

	if (config->nr_symbols > SCTRACE_MAX_SYMBOLS)
		return -EINVAL;
	s->hears_entries = !config->nr_symbols && !sctrace_policy_now(s)->filter.no_enter;
	if (!config->nr_symbols)
		return 0;
	if (sctrace_policy_now(s)->filter.no_enter) {
		config->bad_array = SCTRACE_BAD_FILTER;
		return -EINVAL;
	}
	symbols = sctrace_copy_array(config->symbols, config->nr_symbols, sizeof(*symbols));
	if (IS_ERR(symbols))
		return PTR_ERR(symbols);
	s->kprobes = sctrace_kprobes_make(s, symbols, config->nr_symbols, &config->bad_index);
	if (IS_ERR(s->kprobes)) {
		err = PTR_ERR(s->kprobes);
		s->kprobes = NULL;
		if (err == -EINVAL)
			config->bad_array = SCTRACE_BAD_SYMBOL;
	} else if (copy_to_user(u64_to_user_ptr(config->symbols), symbols, bytes)) {
		err = -EFAULT;
	}
	kvfree(symbols);
	return err;
}

static int configure_sizes(struct sctrace_config *config)
{
	if (!config->ring_bytes)
		config->ring_bytes = sctrace_default_ring_bytes();
	if (!is_power_of_2(config->ring_bytes) || config->ring_bytes < SCTRACE_RING_MIN_BYTES ||
	    config->ring_bytes > SCTRACE_RING_MAX_BYTES)
		return -EINVAL;
	if (!config->watermark)
		config->watermark = config->ring_bytes / 8;
	if (config->mode >= SCTRACE_MODE_COUNT || config->reserved ||
	    (config->wait_ms && config->mode != SCTRACE_MODE_LOSSLESS))
		return -EINVAL;
	/* With more, the ring could be full before the next wake-up is due. */
	return config->watermark > config->ring_bytes / 4 ? -EINVAL : 0;
}

static bool has_maps_step(const struct sctrace_step *steps, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++) {
		if (steps[i].base == SCTRACE_BASE_MAPS)
			return true;
	}
	return false;
}

static int configure_memory(struct sctrace_session *s, const struct sctrace_config *config)
{
	int err = sctrace_pidset_init(&s->unread);

	if (err)
		return err;
	s->deferred = sctrace_deferred_alloc();
	if (!s->deferred)
		return -ENOMEM;
	if (has_maps_step(s->plans.steps, config->nr_steps)) {
		s->maps = sctrace_maps_alloc();
		if (!s->maps)
			return -ENOMEM;
	}
	if (config->mode == SCTRACE_MODE_LOSSLESS) {
		s->room = sctrace_room_alloc(config);
		if (!s->room)
			return -ENOMEM;
	}
	return alloc_rings(s, config);
}

/**
 * sctrace_session_configure() - give a session what it needs, once
 * @s: a session in the state NEW
 * @config: as the ioctl got it; bad_* and ring_bytes are filled in
 *
 * Context: may sleep.
 * Return: 0, -EBUSY (done already), -EINVAL, -ESRCH, -EOPNOTSUPP, -EFAULT, -ENOMEM. After an error
 * the session is as before.
 */
int sctrace_session_configure(struct sctrace_session *s, struct sctrace_config *config)
{
	int err = -EBUSY;

	config->bad_array = SCTRACE_BAD_NONE;
	config->bad_index = 0;
	mutex_lock(&s->lock);
	if (s->state != SCTRACE_NEW)
		goto unlock;
	err = configure_sizes(config);
	if (!err)
		err = configure_plans(s, config);
	if (!err)
		err = configure_policy(s, config);
	if (!err)
		err = configure_kprobes(s, config);
	if (!err)
		err = configure_memory(s, config);
	if (err)
		free_configuration(s);
	else
		/* Pairs with the acquire in map and poll: who sees the state sees the rings. */
		smp_store_release(&s->state, SCTRACE_CONFIGURED);
unlock:
	mutex_unlock(&s->lock);
	return err;
}

static void add_stats(struct sctrace_stats *stats, const struct sctrace_ring *ring)
{
	/* K, pairs with J in ring.c: what these count is in produced, which is read after them. */
	stats->lost += smp_load_acquire(&ring->lost);
	/* K, pairs with J in ring.c. */
	stats->overwritten += smp_load_acquire(&ring->overwritten);
	stats->produced += READ_ONCE(ring->produced);
	stats->bytes += READ_ONCE(ring->head);
}

/* Of the policy of now and those before it. */
static struct sctrace_filter_counts counts_of_filters(struct sctrace_session *s)
{
	struct sctrace_policy *policy = sctrace_policy_now(s);
	struct sctrace_filter_counts sum = s->past_counts;

	for (; policy; policy = policy->before)
		sctrace_filter_add_counts(&policy->filter, &sum);
	return sum;
}

/* @cpu is the reader's word. NULL: there is none. */
static struct sctrace_ring *ring_of(const struct sctrace_session *s, u32 cpu)
{
	return cpu < nr_cpu_ids ? s->rings[array_index_nospec(cpu, nr_cpu_ids)] : NULL;
}

/**
 * sctrace_session_stats() - how much was recorded and lost
 * @s: any session
 * @stats: .cpu says of which ring; the rest is filled in
 *
 * Context: may sleep.
 * Return: 0, -EINVAL (not configured), -ENXIO (no such CPU).
 */
int sctrace_session_stats(struct sctrace_session *s, struct sctrace_stats *stats)
{
	struct sctrace_filter_counts sum;
	int err = 0;
	int cpu;

	mutex_lock(&s->lock);
	stats->produced = 0;
	stats->lost = 0;
	stats->overwritten = 0;
	stats->bytes = 0;
	sctrace_room_stats(s->room, stats);
	sum = counts_of_filters(s);
	stats->left_out = sum.left_out;
	stats->limited = sum.limited;
	stats->running = s->state == SCTRACE_RUNNING;
	stats->tasks = s->rings ? sctrace_scope_count(sctrace_policy_now(s)->scope) : 0;
	if (!s->rings) {
		err = -EINVAL;
	} else if (stats->cpu == SCTRACE_ALL_CPUS) {
		for_each_possible_cpu(cpu)
			add_stats(stats, s->rings[cpu]);
	} else if (ring_of(s, stats->cpu)) {
		add_stats(stats, ring_of(s, stats->cpu));
	} else {
		err = -ENXIO;
	}
	mutex_unlock(&s->lock);
	return err;
}

/**
 * sctrace_session_map() - map one ring into the reader
 * @s: any session
 * @cpu: whose ring
 * @cons: the reader's page instead of head and data
 * @vma: where to
 *
 * Context: in mmap(2), mmap_lock held.
 * Return: 0, -EINVAL (not configured, wrong length), -ENXIO (no such ring), -EPERM, -ENOMEM.
 */
int sctrace_session_map(struct sctrace_session *s, u32 cpu, bool cons, struct vm_area_struct *vma)
{
	struct sctrace_ring *ring;

	/*
	 * Not s->lock: configure holds it while it copies from user memory, which can need the
	 * mmap_lock. Rings appear once, whole (the state is stored after them), and stay until
	 * the file goes.
	 */
	if (smp_load_acquire(&s->state) == SCTRACE_NEW)	/* pairs with configure's release */
		return -EINVAL;
	ring = ring_of(s, cpu);
	if (!ring)
		return -ENXIO;
	return cons ? sctrace_ring_mem_map_cons(ring, vma) : sctrace_ring_mem_map(ring, vma);
}

/**
 * sctrace_session_came_on() - the reader has made room, and tasks wait for it
 * @s: any session
 *
 * Return: 0 or -EINVAL (not configured).
 */
int sctrace_session_came_on(struct sctrace_session *s)
{
	/* As in sctrace_session_map(). */
	if (smp_load_acquire(&s->state) == SCTRACE_NEW)	/* pairs with configure's release */
		return -EINVAL;
	sctrace_room_came_on(s->room);
	return 0;
}

/* Whether nobody is left whom the scope could take in. */
static bool has_ended(struct sctrace_session *s)
{
	bool ended;

	rcu_read_lock();
	ended = sctrace_scope_ended(rcu_dereference(s->policy)->scope);
	rcu_read_unlock();
	return ended;
}

static bool has_work(const struct sctrace_session *s)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct sctrace_ring *ring = s->rings[cpu];

		if (!ring->overwrite && sctrace_ring_unread(ring) >= ring->watermark)
			return true;
	}
	return false;
}

/**
 * sctrace_session_poll() - say whether the reader has something to do
 * @s: any session
 * @file: its file
 * @wait: poll's own
 *
 * Return: EPOLLERR before configure; EPOLLIN when a ring is filled to its watermark; EPOLLHUP
 * when nothing more will come: the session is stopped, or every task of its scope has exited.
 */
__poll_t sctrace_session_poll(struct sctrace_session *s, struct file *file, poll_table *wait)
{
	enum sctrace_state state;
	__poll_t mask = 0;

	poll_wait(file, &s->wake.queue, wait);
	/* Pairs with the releases in configure, start and stop. */
	state = smp_load_acquire(&s->state);
	if (state == SCTRACE_NEW)
		return EPOLLERR;
	if (has_work(s))
		mask |= EPOLLIN;
	if (state == SCTRACE_STOPPED || (state == SCTRACE_RUNNING && has_ended(s)))
		mask |= EPOLLHUP;
	return mask;
}
