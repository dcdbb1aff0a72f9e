// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/time.c. No clock is set: what would set one is refused. */
#include <signal.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>

#include "calls.h"

/* As the kernel has it. */
union event_value {
	int number;
	void *pointer;
};

struct event {
	union event_value value;
	int signo;
	int notify;
	int tid;
	int rest[11];
};

static const struct timespec short_time = { 0, 1000 }, odd_time = { -1, 0 }, late_time = { 1, 2000000000 };

#ifdef SYS_time
static void time_calls(void)
{
	long t;

	call(time, &t);
	call(time, NULL);
	call(time, BAD);
}
#endif

static void gettimeofday_calls(void)
{
	struct timeval tv;
	struct timezone tz = { 60, 1 };

	call(gettimeofday, &tv, NULL);
	call(gettimeofday, &tv, &tz);
	call(gettimeofday, NULL, NULL);
	call(gettimeofday, BAD, NULL);
	tv = (struct timeval) { 5, 1000001 };
	call(settimeofday, &tv, NULL);
	call(settimeofday, &tv, &tz);
	call(settimeofday, BAD, NULL);
	call(settimeofday, NULL, BAD);
}

static void times_calls(void)
{
	struct tms tms;

	call(times, &tms);
	call(times, NULL);
	call(times, BAD);
}

static void clock_gettime_calls(void)
{
	struct timespec ts;

	call(clock_gettime, CLOCK_REALTIME, &ts);
	call(clock_gettime, CLOCK_MONOTONIC_COARSE, &ts);
	call(clock_gettime, CLOCK_PROCESS_CPUTIME_ID, &ts);
	call(clock_gettime, CLOCK_TAI, NULL);
	call(clock_gettime, -6, &ts);
	call(clock_gettime, -8 * 4 + 3, &ts);
	call(clock_gettime, 99, &ts);
	call(clock_gettime, CLOCK_BOOTTIME, BAD);
	call(clock_getres, CLOCK_REALTIME, &ts);
	call(clock_getres, CLOCK_MONOTONIC, NULL);
	call(clock_getres, 77, &ts);
	call(clock_getres, CLOCK_BOOTTIME_ALARM, BAD);
	call(clock_settime, CLOCK_MONOTONIC, &short_time);
	call(clock_settime, CLOCK_REALTIME, &odd_time);
	call(clock_settime, CLOCK_REALTIME, &late_time);
	call(clock_settime, CLOCK_REALTIME, BAD);
	call(clock_settime, 99, NULL);
}

static void adjustments(void)
{
	struct timex tx;

	memset(&tx, 0, sizeof(tx));
#ifdef SYS_adjtimex
	call(adjtimex, &tx);
#else
	call(clock_adjtime, CLOCK_REALTIME, &tx);
#endif
	memset(&tx, 0, sizeof(tx));
	tx.modes = ADJ_TICK;
	tx.tick = 1;
	call(clock_adjtime, CLOCK_REALTIME, &tx);
	tx.modes = 0xffff;
	tx.status = 0xffff;
	tx.offset = -5;
	call(clock_adjtime, 99, &tx);
	call(clock_adjtime, CLOCK_MONOTONIC, &tx);
	call(clock_adjtime, CLOCK_REALTIME, NULL);
	call(clock_adjtime, CLOCK_REALTIME, BAD);
}

static void nanosleep_calls(void)
{
	struct timespec left;

	call(nanosleep, &short_time, NULL);
	call(nanosleep, &short_time, &left);
	call(nanosleep, &odd_time, &left);
	call(nanosleep, &late_time, NULL);
	call(nanosleep, NULL, BAD);
	call(nanosleep, BAD, NULL);
}

static void clock_nanosleep_calls(void)
{
	struct timespec left, past = { 1, 0 };

	call(clock_nanosleep, CLOCK_MONOTONIC, 0, &short_time, &left);
	call(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL);
	call(clock_nanosleep, CLOCK_REALTIME, 0x80, &odd_time, &left);
	call(clock_nanosleep, 99, 0, &short_time, NULL);
	call(clock_nanosleep, CLOCK_BOOTTIME, 0, NULL, NULL);
	call(clock_nanosleep, CLOCK_BOOTTIME, 0, BAD, BAD);
}

static void on_signal(int signo)
{
	(void)signo;
}

static void setitimer_calls(void)
{
	struct itimerval v = { { 0, 0 }, { 0, 500000 } }, old;
	struct timespec second = { 5, 0 }, left;
	struct sigaction a = { .sa_handler = on_signal };

	sigaction(SIGALRM, &a, NULL);
	call(setitimer, ITIMER_REAL, &v, NULL);
	call(nanosleep, &second, &left);
	v.it_value.tv_sec = 1000;
	v.it_interval.tv_sec = 7;
	call(setitimer, ITIMER_VIRTUAL, &v, &old);
	call(getitimer, ITIMER_VIRTUAL, &old);
	v.it_value.tv_sec = 0;
	v.it_value.tv_usec = 0;
	call(setitimer, ITIMER_VIRTUAL, &v, &old);
	call(getitimer, ITIMER_PROF, &old);
	call(getitimer, ITIMER_REAL, BAD);
	call(getitimer, 9, &old);
	v.it_value.tv_usec = 1000000;
	call(setitimer, ITIMER_PROF, &v, &old);
	call(setitimer, ITIMER_REAL, NULL, &old);
	call(setitimer, 9, BAD, BAD);
}

#ifdef SYS_alarm
static void alarm_calls(void)
{
	call(alarm, 1000);
	call(alarm, 0);
}
#endif

static void timers(void)
{
	struct event by_signal = { .value.number = 0x1234, .signo = SIGRTMIN + 2, .notify = SIGEV_SIGNAL };
	struct event none = { .notify = SIGEV_NONE }, to_thread = { .signo = SIGUSR1, .notify = 4, .tid = 1 };
	struct event odd = { .value.pointer = (void *)0x1122334455667788, .signo = 99, .notify = 77 };
	struct itimerspec spec = { { 1, 2 }, { 1000, 5 } }, old;
	int id = -1;

	call(timer_create, CLOCK_MONOTONIC, &by_signal, &id);
	call(timer_create, CLOCK_REALTIME, NULL, &id);
	call(timer_create, CLOCK_MONOTONIC, &none, &id);
	call(timer_create, CLOCK_MONOTONIC, &to_thread, &id);
	call(timer_create, CLOCK_MONOTONIC, &odd, &id);
	call(timer_create, 99, NULL, BAD);
	call(timer_create, CLOCK_MONOTONIC, BAD, NULL);
	call(timer_settime, 0, 0, &spec, &old);
	spec.it_value.tv_sec = 1000000000;
	call(timer_settime, 0, TIMER_ABSTIME, &spec, NULL);
	call(timer_gettime, 1, &old);
	call(timer_gettime, 77, BAD);
	call(timer_gettime, 0, NULL);
	spec.it_value.tv_nsec = -1;
	call(timer_settime, 0, 0x80, &spec, &old);
	call(timer_settime, 77, 0, BAD, BAD);
	call(timer_settime, 0, 0, NULL, NULL);
	call(timer_getoverrun, 0);
	call(timer_getoverrun, -1);
	call(timer_delete, 0);
	call(timer_delete, 1);
	call(timer_delete, 2);
	call(timer_delete, 77);
}

static const struct family families[] = {
#ifdef SYS_time
	{ "time", time_calls },
#endif
	{ "gettimeofday", gettimeofday_calls },
	{ "times", times_calls },
	{ "clock_gettime", clock_gettime_calls },
	{ "adjtimex", adjustments },
	{ "nanosleep", nanosleep_calls },
	{ "clock_nanosleep", clock_nanosleep_calls },
	{ "setitimer", setitimer_calls },
#ifdef SYS_alarm
	{ "alarm", alarm_calls },
#endif
	{ "timer_create", timers },
};

PROGRAM(NULL, NULL)
