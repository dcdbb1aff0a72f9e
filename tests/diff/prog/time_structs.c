// SPDX-License-Identifier: GPL-2.0-or-later
/* Clocks and timers: every struct, with values that have names and with such as have none. */
#include <signal.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>

#include "calls.h"

static void on_alarm(int signo)
{
	(void)signo;
}

static void time_calls(void)
{
	time_t now;

	call(time, NULL);
	call(time, &now);
	call(time, BAD);
}

static void gettimeofday_calls(void)
{
	struct timeval tv = { -1, 2000000 };
	struct timezone tz = { -60, 7 };

	call(gettimeofday, NULL, NULL);
	call(gettimeofday, &tv, &tz);
	call(gettimeofday, BAD, BAD);
	call(gettimeofday, room_at_edge(8), NULL);
	tv = (struct timeval) { -1, 2000000 };
	call(settimeofday, &tv, &tz);
	call(settimeofday, BAD, BAD);
	call(settimeofday, at_edge(&tv, 8), NULL);
}

static void times_calls(void)
{
	struct tms tms;

	call(times, &tms);
	call(times, NULL);
	call(times, BAD);
	call(times, room_at_edge(16));
}

static void clocks(void)
{
	static const int ids[] = { 0, 1, 2, 3, 4, 7, 11, 12, 0x7fffffff };
	struct timespec ts;
	unsigned int i;

	for (i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		call(clock_gettime, ids[i], &ts);
		call(clock_getres, ids[i], &ts);
	}
	call(clock_gettime, CLOCK_REALTIME, NULL);
	call(clock_gettime, CLOCK_REALTIME, BAD);
	call(clock_gettime, CLOCK_REALTIME, room_at_edge(8));
	call(clock_getres, CLOCK_REALTIME, NULL);
	ts = (struct timespec) { -1, 1000000000 };
	call(clock_settime, CLOCK_MONOTONIC, &ts);
	call(clock_settime, CLOCK_MONOTONIC, NULL);
	call(clock_settime, CLOCK_MONOTONIC, at_edge(&ts, 8));
}

static void adjust(void)
{
	struct timex tx = { 0 };

	call(adjtimex, &tx);
	call(adjtimex, NULL);
	call(adjtimex, BAD);
	tx = (struct timex) { .modes = ADJ_OFFSET_SS_READ };
	call(adjtimex, &tx);
	tx = (struct timex) { .modes = 0 };
	call(clock_adjtime, CLOCK_REALTIME, &tx);
	call(clock_adjtime, CLOCK_MONOTONIC, &tx);
	call(clock_adjtime, 99, &tx);
	call(clock_adjtime, CLOCK_REALTIME, at_edge(&tx, 16));
}

static void interrupted_sleep(void)
{
	struct timespec long_time = { 300, 0 }, left = { 7, 7 }, at;
	int child;

	child = interrupt_when_asleep(SIGALRM);
	call(nanosleep, &long_time, &left);
	interrupted(child);
	child = interrupt_when_asleep(SIGALRM);
	call(nanosleep, &long_time, NULL);
	interrupted(child);
	child = interrupt_when_asleep(SIGALRM);
	call(nanosleep, &long_time, BAD);
	interrupted(child);
	child = interrupt_when_asleep(SIGALRM);
	call(clock_nanosleep, CLOCK_MONOTONIC, 0, &long_time, &left);
	interrupted(child);
	clock_gettime(CLOCK_REALTIME, &at);
	at.tv_sec += 300;
	child = interrupt_when_asleep(SIGALRM);
	call(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &at, &left);
	interrupted(child);
}

static void nanosleep_calls(void)
{
	struct timespec short_time = { 0, 1 }, wrong = { 1, -1 }, left = { 7, 7 };

	call(nanosleep, &short_time, &left);
	call(nanosleep, &wrong, &left);
	call(nanosleep, NULL, NULL);
	call(nanosleep, BAD, BAD);
}

static void clock_nanosleep_calls(void)
{
	struct timespec short_time = { 0, 1 }, wrong = { 1, -1 }, left = { 7, 7 };

	call(clock_nanosleep, CLOCK_MONOTONIC, 0, &short_time, &left);
	call(clock_nanosleep, CLOCK_MONOTONIC, 0x7f, &short_time, NULL);
	call(clock_nanosleep, 99, 0, &wrong, BAD);
	call(clock_nanosleep, CLOCK_REALTIME, 0x10, BAD, &left);
}

static void setitimer_calls(void)
{
	struct itimerval long_time = { { 1000, 1 }, { 2000, 0 } }, none = { 0 }, wrong = { { 1, -1 }, { 0 } };

	call(getitimer, ITIMER_REAL, &none);
	call(getitimer, 3, &none);
	call(getitimer, ITIMER_PROF, BAD);
	call(getitimer, ITIMER_PROF, NULL);
	call(setitimer, ITIMER_VIRTUAL, &long_time, &none);
	memset(&none, 0, sizeof(none));
	call(setitimer, ITIMER_VIRTUAL, &none, NULL);
	call(setitimer, ITIMER_VIRTUAL, NULL, NULL);
	call(setitimer, ITIMER_PROF, &wrong, &none);
	call(setitimer, ITIMER_PROF, BAD, BAD);
}

static void alarm_calls(void)
{
	call(alarm, 100);
	call(alarm, 0);
}

static void timers(void)
{
	struct sigevent events[] = {
		{ .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_ptr = (void *)0x1234567890 },
		{ .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN },
		{ .sigev_notify = SIGEV_NONE, .sigev_signo = SIGUSR1, .sigev_value.sival_int = -5 },
		{ .sigev_notify = SIGEV_THREAD, .sigev_signo = SIGUSR2 },
		{ .sigev_notify = SIGEV_THREAD, .sigev_signo = SIGUSR2, .sigev_notify_function = BAD,
		  .sigev_notify_attributes = BAD },
		{ .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGUSR1, ._sigev_un._tid = 1 },
		{ .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN, ._sigev_un._tid = getpid() },
		{ .sigev_notify = 77, .sigev_signo = -1 },
		{ .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 66 },
	};
	struct itimerspec spec = { { 5, 6 }, { 100, 8 } }, old;
	int id = -1;
	unsigned int i;

	call(timer_create, CLOCK_MONOTONIC, NULL, &id);
	call(timer_settime, id, 0, &spec, &old);
	spec.it_value.tv_sec = 1000000000;
	call(timer_settime, id, TIMER_ABSTIME, &spec, NULL);
	call(timer_settime, id, 0xfe, BAD, BAD);
	call(timer_settime, 55, -1, &spec, &old);
	call(timer_settime, id, 0, at_edge(&spec, 16), &old);
	call(timer_gettime, id, &spec);
	call(timer_gettime, id, NULL);
	call(timer_gettime, id, BAD);
	call(timer_gettime, -1, &spec);
	call(timer_getoverrun, id);
	call(timer_delete, id);
	call(timer_delete, id);
	for (i = 0; i < sizeof(events) / sizeof(*events); i++) {
		if (!call(timer_create, CLOCK_REALTIME, &events[i], &id))
			call(timer_delete, id);
	}
	call(timer_create, CLOCK_REALTIME, BAD, &id);
	call(timer_create, CLOCK_REALTIME, at_edge(events, 20), &id);
	call(timer_create, CLOCK_REALTIME, events, NULL);
	call(timer_create, 1000, NULL, BAD);
}

static void handle_alarm(void)
{
	struct sigaction act = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &act, NULL);
}

static const struct family families[] = {
	{ "time", time_calls },
	{ "gettimeofday", gettimeofday_calls },
	{ "times", times_calls },
	{ "clock_gettime", clocks },
	{ "adjtimex", adjust },
	{ "nanosleep", nanosleep_calls },
	{ "clock_nanosleep", clock_nanosleep_calls },
	{ "interrupted", interrupted_sleep },
	{ "setitimer", setitimer_calls },
	{ "alarm", alarm_calls },
	{ "timer_create", timers },
};

PROGRAM(handle_alarm, NULL)
