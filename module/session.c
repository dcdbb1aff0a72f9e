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
 *
 * Locks: session->lock is taken before sessions_lock. Neither is taken by a probe.
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
#include "params.h"
#include "ring_mem.h"
#include "session.h"

LIST_HEAD(sctrace_sessions);
/* Changes of the list, and attaching for the first and detaching after the last in it. */
static DEFINE_MUTEX(sessions_lock);

/* How many run at a time: each is asked at every call of every task that comes. */
#define MAX_SESSIONS	64
static unsigned int nr_sessions;

/* How long stop waits for captures that sleep. */
#define DRAIN_JIFFIES	HZ

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

static void free_configuration(struct sctrace_session *s)
{
	free_rings(s);
	sctrace_deferred_free(s->deferred);
	s->deferred = NULL;
	sctrace_pidset_free(&s->unread);
	sctrace_filter_free(&s->filter);
	sctrace_plan_free(&s->plans);
	sctrace_scope_free(&s->scope);
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
	/* A capture that still sleeps looks at takes_records, and then at none of these. */
	free_rings(s);
	sctrace_pidset_free(&s->unread);
	sctrace_scope_free(&s->scope);
	sctrace_session_put(s);
}

/*
 * A ring for every CPU that can ever come, so that one that is switched on later finds its ring
 * and nothing changes under a running probe.
 */
static int alloc_rings(struct sctrace_session *s, u32 bytes, u32 watermark)
{
	int cpu;

	s->rings = kvcalloc(nr_cpu_ids, sizeof(*s->rings), GFP_KERNEL_ACCOUNT);
	if (!s->rings)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		s->rings[cpu] = sctrace_ring_mem_alloc(cpu, bytes, watermark);
		if (!s->rings[cpu])
			return -ENOMEM;
	}
	return 0;
}

/* Copies an array of the caller's; NULL if it is empty. */
static void *copy_array(u64 from, size_t n, size_t size)
{
	return n ? vmemdup_user(u64_to_user_ptr(from), array_size(n, size)) : NULL;
}

static int init_scope(struct sctrace_session *s, const struct sctrace_scope_request *request,
		      struct sctrace_config *config, u32 bad_array)
{
	int err = sctrace_scope_init(&s->scope, request, &config->bad_index);

	if (err == -EINVAL || err == -ESRCH || err == -EOPNOTSUPP)
		config->bad_array = bad_array;
	return err;
}

static int configure_tests(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_scope_request request = {
		.nr_tests = config->nr_tests,
		.text_bytes = config->text_bytes,
		.follow = config->scope & SCTRACE_SCOPE_FOLLOW,
	};

	if (config->nr_tests > SCTRACE_MAX_TESTS || config->text_bytes > SCTRACE_MAX_TEXT_BYTES)
		return -EINVAL;
	request.tests = copy_array(config->tests, config->nr_tests, sizeof(*request.tests));
	if (IS_ERR(request.tests))
		return PTR_ERR(request.tests);
	request.text = copy_array(config->text, config->text_bytes, 1);
	if (IS_ERR(request.text)) {
		kvfree(request.tests);
		return PTR_ERR(request.text);
	}
	return init_scope(s, &request, config, SCTRACE_BAD_TEST);
}

static int configure_default(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_scope_request request;
	int err = sctrace_default_scope(&request);

	return err ?: init_scope(s, &request, config, SCTRACE_BAD_PARAM);
}

static int configure_scope(struct sctrace_session *s, struct sctrace_config *config)
{
	switch (config->scope) {
	case SCTRACE_SCOPE_DEFAULT:
		return configure_default(s, config);
	case SCTRACE_SCOPE_TESTS:
	case SCTRACE_SCOPE_TESTS | SCTRACE_SCOPE_FOLLOW:
		return configure_tests(s, config);
	default:
		return -EINVAL;
	}
}

static int configure_plans(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_step *steps;
	struct sctrace_plan *list;
	int err;

	if (config->nr_plans > SCTRACE_MAX_PLANS || config->nr_steps > SCTRACE_MAX_STEPS)
		return -EINVAL;
	list = copy_array(config->plans, config->nr_plans, sizeof(*list));
	if (IS_ERR(list))
		return PTR_ERR(list);
	steps = copy_array(config->steps, config->nr_steps, sizeof(*steps));
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

static int configure_filter(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_filter *filter;
	u32 size;
	int err;

	if (!config->filter)
		return 0;
	if (get_user(size, (const u32 __user *)u64_to_user_ptr(config->filter)))
		return -EFAULT;
	if (size < sizeof(size) || size > PAGE_SIZE)
		return -EINVAL;
	filter = kzalloc(sizeof(*filter), GFP_KERNEL_ACCOUNT);
	if (!filter)
		return -ENOMEM;
	err = copy_struct_from_user(filter, sizeof(*filter), u64_to_user_ptr(config->filter), size);
	if (!err)
		err = sctrace_filter_init(&s->filter, &s->plans, filter);
	if (err == -EINVAL)
		config->bad_array = SCTRACE_BAD_FILTER;
	kfree(filter);
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
	/* With more, the ring could be full before the next wake-up is due. */
	return config->watermark > config->ring_bytes / 4 ? -EINVAL : 0;
}

static int configure_memory(struct sctrace_session *s, const struct sctrace_config *config)
{
	int err = sctrace_pidset_init(&s->unread);

	if (err)
		return err;
	s->deferred = sctrace_deferred_alloc();
	if (!s->deferred)
		return -ENOMEM;
	return alloc_rings(s, config->ring_bytes, config->watermark);
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
	err = configure_scope(s, config);
	if (!err)
		err = configure_sizes(config);
	if (!err)
		err = configure_plans(s, config);
	if (!err)
		err = configure_filter(s, config);
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

/*
 * Takes the session from the probes' list. When it returns, no probe knows it any more that has not
 * a reference.
 */
static void leave_list(struct sctrace_session *s)
{
	mutex_lock(&sessions_lock);
	list_del_rcu(&s->link);
	nr_sessions--;
	if (list_empty(&sctrace_sessions)) {
		sctrace_detach_watch();
		sctrace_focus_end();
		sctrace_detach();
	}
	sctrace_detach_changes(s->scope.asks);
	mutex_unlock(&sessions_lock);
	synchronize_rcu();
}

/* When it returns, nobody writes the session's rings any more. */
static void retire(struct sctrace_session *s)
{
	leave_list(s);
	wait_event_timeout(s->drained, refcount_read(&s->refs) == 1, DRAIN_JIFFIES);
	WRITE_ONCE(s->takes_records, false);
	/* For who has seen it set; and for the module's references of who was waited for. */
	synchronize_rcu();
}

static int attach_first(void)
{
	int err = sctrace_attach();

	if (err)
		return err;
	sctrace_focus_begin();
	sctrace_attach_watch();
	return 0;
}

static int join_list(struct sctrace_session *s)
{
	int err;

	WRITE_ONCE(s->takes_records, true);
	mutex_lock(&sessions_lock);
	err = nr_sessions == MAX_SESSIONS ? -EMFILE : sctrace_attach_changes(s->scope.asks);
	if (err)
		goto unlock;
	if (list_empty(&sctrace_sessions))
		err = attach_first();
	if (err) {
		sctrace_detach_changes(s->scope.asks);
	} else {
		list_add_tail_rcu(&s->link, &sctrace_sessions);
		nr_sessions++;
	}
unlock:
	mutex_unlock(&sessions_lock);
	return err;
}

/**
 * sctrace_session_start() - record from now on
 * @s: a configured session
 *
 * Context: may sleep.
 * Return: 0, -EINVAL (not configured), -EBUSY (started before), -ESRCH (every task of the scope
 * has exited), -ENOMEM, -EMFILE (too many run already), -EOPNOTSUPP (this kernel does not tell of
 * changes that the scope asks for), or the error of attaching. After an error the session is as
 * before.
 */
int sctrace_session_start(struct sctrace_session *s)
{
	int err;

	mutex_lock(&s->lock);
	if (s->state != SCTRACE_CONFIGURED) {
		err = s->state == SCTRACE_NEW ? -EINVAL : -EBUSY;
		goto unlock;
	}
	err = join_list(s);
	if (err)
		goto unlock;
	/* Only now are forks and exits seen, so only now can a set of tasks be kept right. */
	err = sctrace_scope_populate(&s->scope);
	if (err) {
		retire(s);
		s->scope.settled = false;
		goto unlock;
	}
	/* Pairs with the acquire in poll: who sees the state sees the tasks counted. */
	smp_store_release(&s->state, SCTRACE_RUNNING);
	/* The last task may have exited before poll could know that this means the end. */
	wake_up_all(&s->wake.queue);
unlock:
	mutex_unlock(&s->lock);
	return err;
}

/**
 * sctrace_session_stop() - record no more
 * @s: any session
 *
 * When it returns, nobody writes to its rings, every record lost is in a gap record, and the
 * counters are exact. Captures that sleep are given a second to end.
 *
 * Context: may sleep.
 * Return: 0, or -EINVAL if it was never started; stopping twice is fine.
 */
int sctrace_session_stop(struct sctrace_session *s)
{
	int err = 0;
	int cpu;

	mutex_lock(&s->lock);
	if (s->state == SCTRACE_RUNNING) {
		retire(s);
		for_each_possible_cpu(cpu)
			sctrace_ring_flush_gap(s->rings[cpu]);
		/* Pairs with the acquire in poll: who sees the state sees the last records. */
		smp_store_release(&s->state, SCTRACE_STOPPED);
		wake_up_all(&s->wake.queue);
	} else if (s->state != SCTRACE_STOPPED) {
		err = -EINVAL;
	}
	mutex_unlock(&s->lock);
	return err;
}

static void add_stats(struct sctrace_stats *stats, const struct sctrace_ring *ring)
{
	stats->produced += READ_ONCE(ring->produced);
	stats->lost += READ_ONCE(ring->lost);
	stats->bytes += READ_ONCE(ring->head);
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
	int err = 0;
	int cpu;

	mutex_lock(&s->lock);
	stats->produced = 0;
	stats->lost = 0;
	stats->bytes = 0;
	stats->left_out = sctrace_filter_left_out(&s->filter);
	stats->limited = sctrace_filter_limited(&s->filter);
	stats->running = s->state == SCTRACE_RUNNING;
	stats->tasks = sctrace_scope_count(&s->scope);
	if (!s->rings) {
		err = -EINVAL;
	} else if (stats->cpu == SCTRACE_ALL_CPUS) {
		for_each_possible_cpu(cpu)
			add_stats(stats, s->rings[cpu]);
	} else if (stats->cpu < nr_cpu_ids && s->rings[stats->cpu]) {
		add_stats(stats, s->rings[stats->cpu]);
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
	struct sctrace_ring **rings;

	/*
	 * Not s->lock: configure holds it while it copies from user memory, which can need the
	 * mmap_lock. Rings appear once, whole (the state is stored after them), and stay until
	 * the file goes.
	 */
	if (smp_load_acquire(&s->state) == SCTRACE_NEW)	/* pairs with configure's release */
		return -EINVAL;
	rings = s->rings;
	if (cpu >= nr_cpu_ids || !rings[cpu])
		return -ENXIO;
	return cons ? sctrace_ring_mem_map_cons(rings[cpu], vma) :
		      sctrace_ring_mem_map(rings[cpu], vma);
}

static bool has_work(const struct sctrace_session *s)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		if (sctrace_ring_unread(s->rings[cpu]) >= s->rings[cpu]->watermark)
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
	if (state == SCTRACE_STOPPED ||
	    (state == SCTRACE_RUNNING && sctrace_scope_ended(&s->scope)))
		mask |= EPOLLHUP;
	return mask;
}
