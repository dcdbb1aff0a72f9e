// SPDX-License-Identifier: GPL-2.0-only
/*
 * The time of records: CLOCK_MONOTONIC, at the price of reading the CPU's counter.
 *
 * ktime_get_ns() is a function that reads the counter through a pointer, in a loop that guards
 * against a clock that is being set; it costs as much as all else that a record takes. Where the
 * kernel's clock is made of the counter (so the kernel trusts it to be the same on all CPUs, and
 * to go on), we follow that clock by a straight line, which is set anew every PERIOD_NS: from
 * where it has come to, with the slope that takes it to where the clock will be next time. So it
 * has no steps, and in between it is as far from the clock as the clock's own slope is changed
 * meanwhile, by adjtimex(2): some ns, commonly.
 *
 * If the kernel turns to another counter, or the line is off by MAX_ERROR_NS, and while the
 * machine sleeps, there is no line, and ktime_get_ns() is asked. Only then can time go back, by
 * what the line was ahead. A clock that is slowed by adjtimex(2) does not make it: the line bends.
 *
 * Two CPUs may be on two lines for a moment: these meet where the newer one begins, and what they
 * differ by after a microsecond is far less than the time from a cause to its effect.
 * docs/ORDERING.md.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/suspend.h>
#include <linux/workqueue.h>

#include "clock.h"

#define PERIOD_NS	(NSEC_PER_SEC / 4)
#define MAX_PERIOD_NS	(60 * NSEC_PER_SEC)
#define MAX_ERROR_NS	(PERIOD_NS / 8)

/* Between reading the clock and drawing a line from there no more cycles than this should go by. */
#define MAX_DELAY	(HEADSTART / 4)

/* A line begins so many cycles before the present, for CPUs whose counter is a little behind. */
#define HEADSTART	0x100000

/* How often the counter and the clock are read together: what comes in between makes it worse. */
#define TRIES		8

/* Both at the same time. */
struct pair {
	u64 cycles;
	u64 ns;
};

struct sctrace_clock_line __rcu *sctrace_clock_line;

static void look(struct work_struct *work);
static DECLARE_DELAYED_WORK(look_work, look);
static DEFINE_MUTEX(clock_lock);
/* Under the lock. */
static struct sctrace_clock_line lines[2];
static struct pair last;	/* ns 0: none */
static u64 expected;		/* see expect() */
static u64 slept_then;
static bool runs;
static bool sleeps;

static const struct sctrace_clock_line *line_now(void)
{
	return rcu_dereference_protected(sctrace_clock_line, lockdep_is_held(&clock_lock));
}

/* When it returns, nobody is on a line. */
static void drop_line(void)
{
	rcu_assign_pointer(sctrace_clock_line, NULL);
	synchronize_rcu();
}

/* Return: whether the kernel's clock is made of the counter. */
static bool is_made_of_it(void)
{
	u64 before = sctrace_cycles(), cycles = sctrace_clock_cycles();

	return before <= cycles && cycles <= sctrace_cycles();
}

static struct pair take_pair(void)
{
	struct pair best = { 0 };
	u64 shortest = U64_MAX, before, after, ns;
	unsigned long flags;
	int i;

	for (i = 0; i < TRIES; i++) {
		local_irq_save(flags);
		before = sctrace_cycles();
		ns = ktime_get_ns();
		after = sctrace_cycles();
		local_irq_restore(flags);
		if (after - before < shortest) {
			shortest = after - before;
			best = (struct pair) { before + shortest / 2, ns };
		}
	}
	return best;
}

/* The clock's slope between two pairs. 0: none that a line can have. */
static u64 slope_of(const struct pair *from, const struct pair *to)
{
	u64 ns = to->ns - from->ns, cycles = to->cycles - from->cycles;
	u64 whole, slope;

	for (; ns >> 31; ns >>= 1)
		cycles >>= 1;
	if (!cycles || cycles >> 40)
		return 0;
	/* Two divisions of 64 bits: 2^56 of them in two steps of 2^32 and 2^24. */
	whole = div64_u64_rem(ns << 32, cycles, &slope);
	slope = div64_u64(slope << 24, cycles);
	/* A counter of less than 4 MHz would take more. */
	return whole >> 40 ? 0 : (whole << 24) + slope;
}

/*
 * When the next look is to be expected, ns after this one, at @now. Where processors are short it
 * comes late, and after more than twice the time that was expected a line is off by more than the
 * one before. So it is taken to be as late as this time, and later ones only slowly to be less so.
 */
static u64 expect(const struct pair *now)
{
	return clamp_t(u64, max(now->ns - last.ns, expected - expected / 4), PERIOD_NS,
		       MAX_PERIOD_NS);
}

/* The line that begins at @from at @ns and meets the clock, of this slope, after @period ns. */
static void draw(struct sctrace_clock_line *line, const struct pair *from, u64 ns, u64 slope,
		 u64 period)
{
	s64 error = from->ns - ns;

	line->slope = slope + div_s64((s64)(slope >> 24) * error, period >> 24);
	line->cycles = from->cycles - HEADSTART;
	line->ns = ns - sctrace_mul_high((u64)HEADSTART << 8, line->slope);
}

/* How long the machine has slept in all, ns: the counter may have gone on, or begun anew. */
static u64 slept_ns(void)
{
	return ktime_get_boottime_ns() - ktime_get_ns();
}

/* Whether there can be a line from @last to @now, and on. */
static bool goes_on(const struct sctrace_clock_line *old, const struct pair *now, u64 ns, u64 slope)
{
	/* The products in draw() stay in 64 bits. */
	if (!slope || slope >> 61)
		return false;
	return !old || abs((s64)(now->ns - ns)) < MAX_ERROR_NS;
}

/*
 * Lines meet where the newer one begins; the later others turn to it, the further they are apart.
 * Return: whether there is a new line, in *@next, which is not in use.
 */
static bool follow_on(const struct sctrace_clock_line *old, struct sctrace_clock_line *next)
{
	struct pair now;
	u64 ns, slope, period;
	int i;

	preempt_disable();
	for (i = 0; i < TRIES; i++) {
		now = take_pair();
		slope = slope_of(&last, &now);
		ns = old ? sctrace_clock_on(old, now.cycles) : now.ns;
		if (!goes_on(old, &now, ns, slope))
			break;
		period = expect(&now);
		draw(next, &now, ns, slope, period);
		if (sctrace_cycles() - now.cycles > MAX_DELAY)
			continue;
		rcu_assign_pointer(sctrace_clock_line, next);
		last = now;
		expected = period;
		preempt_enable();
		/* Then nobody is on the old one. */
		synchronize_rcu();
		return true;
	}
	preempt_enable();
	return false;
}

static void follow(void)
{
	const struct sctrace_clock_line *old = line_now();
	struct sctrace_clock_line *next = old == &lines[0] ? &lines[1] : &lines[0];
	u64 slept = slept_ns();

	if (!SCTRACE_HAS_CYCLES || !is_made_of_it() ||
	    abs((s64)(slept - slept_then)) > NSEC_PER_MSEC) {
		slept_then = slept;
		last.ns = 0;
	} else if (!last.ns) {
		last = take_pair();
	} else if (!follow_on(old, next)) {
		last.ns = 0;
	}
	if (old && !last.ns)
		drop_line();
}

static void look(struct work_struct *work)
{
	mutex_lock(&clock_lock);
	if (runs && !sleeps) {
		follow();
		schedule_delayed_work(&look_work, nsecs_to_jiffies(PERIOD_NS));
	}
	mutex_unlock(&clock_lock);
}

/* CLOCK_MONOTONIC does not count while the machine sleeps; the counter may, or begin anew. */
static int on_suspend(struct notifier_block *block, unsigned long event, void *data)
{
	mutex_lock(&clock_lock);
	switch (event) {
	case PM_SUSPEND_PREPARE:
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		sleeps = true;
		last.ns = 0;
		drop_line();
		break;
	case PM_POST_SUSPEND:
	case PM_POST_HIBERNATION:
	case PM_POST_RESTORE:
		sleeps = false;
		if (runs)
			schedule_delayed_work(&look_work, 0);
		break;
	}
	mutex_unlock(&clock_lock);
	return NOTIFY_DONE;
}

static struct notifier_block suspend_block = { .notifier_call = on_suspend };

/**
 * sctrace_clock_begin() - records will have times from now on
 *
 * Context: may sleep; callers take turns (run.c's lock).
 * Return: 0 or the kernel's error.
 */
int sctrace_clock_begin(void)
{
	int err = register_pm_notifier(&suspend_block);

	if (err)
		return err;
	mutex_lock(&clock_lock);
	runs = true;
	sleeps = false;
	last.ns = 0;
	slept_then = slept_ns();
	follow();
	mutex_unlock(&clock_lock);
	/* Until the next look the slope is what it is between these two. */
	usleep_range(4000, 5000);
	look(NULL);
	return 0;
}

/**
 * sctrace_clock_end() - records have no times any more
 *
 * Context: as sctrace_clock_begin(). A probe that is still on its way asks the kernel's clock.
 */
void sctrace_clock_end(void)
{
	unregister_pm_notifier(&suspend_block);
	mutex_lock(&clock_lock);
	runs = false;
	drop_line();
	mutex_unlock(&clock_lock);
	cancel_delayed_work_sync(&look_work);
}
