/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks and timers; those with a descriptor are in event.c. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "time", .args = { PTR("tloc") } },
	{ .name = "gettimeofday", .args = { PTR("tv"), PTR("tz") } },
	{ .name = "settimeofday", .args = { PTR("tv"), PTR("tz") } },
	{ .name = "adjtimex", .args = { PTR("buf") } },
	{ .name = "times", .args = { PTR("buf") } },
	{ .name = "nanosleep", .args = { PTR("req"), PTR("rem") } },
	{ .name = "alarm", .args = { UINT("seconds") } },
	{ .name = "getitimer", .args = { ENUM("which", itimers), PTR("curr_value") } },
	{ .name = "setitimer", .args = {
		ENUM("which", itimers), PTR("new_value"), PTR("old_value") } },

	{ .name = "clock_gettime", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_settime", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_getres", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_adjtime", .args = { CLOCK("clockid"), PTR("buf") } },
	{ .name = "clock_nanosleep", .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), PTR("request"), PTR("remain") } },

	{ .name = "timer_create", .args = { CLOCK("clockid"), PTR("sevp"), PTR("timerid") } },
	{ .name = "timer_settime", .args = {
		INT("timerid"), FLAGS("flags", timer_flags), PTR("new_value"), PTR("old_value") } },
	{ .name = "timer_gettime", .args = { INT("timerid"), PTR("curr_value") } },
	{ .name = "timer_getoverrun", .args = { INT("timerid") } },
	{ .name = "timer_delete", .args = { INT("timerid") } },
};

SCT_FAMILY(time);
