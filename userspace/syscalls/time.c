/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks and timers; those with a descriptor are in event.c. */
#include "printers.h"
#include "structs.h"

STRUCT(time, { K_KLONG, CUSTOM("", sct_time_print) });
STRUCT(timezone, { K_S32, INT("tz_minuteswest") }, { K_S32, INT("tz_dsttime") });
STRUCT(tms, { K_KULONG, CUSTOM("tms_utime", sct_ticks_print) }, { K_KULONG, CUSTOM("tms_stime", sct_ticks_print) },
       { K_KULONG, CUSTOM("tms_cutime", sct_ticks_print) }, { K_KULONG, CUSTOM("tms_cstime", sct_ticks_print) });
STRUCT(itimerval, { K_STRUCT, STRUCT_IN("it_interval", timeval) }, { K_STRUCT, STRUCT_IN("it_value", timeval) });

static const struct sct_row rows[] = {
	{ .name = "time", .remark = sct_time_remark, .args = { STRUCT_OUT("tloc", time) } },
	{ .name = "gettimeofday", .args = { STRUCT_OUT("tv", timeval), STRUCT_OUT("tz", timezone) } },
	{ .name = "settimeofday", .args = { STRUCT_IN("tv", timeval), STRUCT_IN("tz", timezone) } },
	{ .name = "adjtimex", .remark = sct_adjtimex_remark, .args = { STRUCT_OUT("buf", timex) } },
	{ .name = "times", .args = { STRUCT_OUT("buf", tms) } },
	{ .name = "nanosleep", .args = {
		STRUCT_IN("req", timespec), STRUCT_OUT_ALWAYS("rem", timespec_left) } },
	{ .name = "alarm", .args = { UINT("seconds") } },
	{ .name = "getitimer", .args = { ENUM("which", itimers), STRUCT_OUT("curr_value", itimerval) } },
	{ .name = "setitimer", .args = {
		ENUM("which", itimers), STRUCT_IN("new_value", itimerval), STRUCT_OUT("old_value", itimerval) } },

	{ .name = "clock_gettime", .args = { CLOCK("clockid"), STRUCT_OUT("tp", timespec) } },
	{ .name = "clock_settime", .args = { CLOCK("clockid"), STRUCT_IN("tp", timespec) } },
	{ .name = "clock_getres", .args = { CLOCK("clockid"), STRUCT_OUT("tp", timespec) } },
	{ .name = "clock_adjtime", .remark = sct_adjtimex_remark, .args = {
		CLOCK("clockid"), STRUCT_OUT("buf", timex) } },
	{ .name = "clock_nanosleep", .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), STRUCT_IN("request", timespec),
		STRUCT_OUT_ALWAYS("remain", timespec_left) } },
	/* Until a moment (TIMER_ABSTIME): nothing can be left. */
	{ .name = "clock_nanosleep", WHEN_MASK(1, 1, 1), .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), STRUCT_IN("request", timespec), PTR("remain") } },

	{ .name = "timer_create", .args = {
		CLOCK("clockid"), STRUCT_IN("sevp", sigevent), STRUCT_OUT("timerid", int) } },
	{ .name = "timer_settime", .args = {
		INT("timerid"), FLAGS("flags", timer_flags), STRUCT_IN("new_value", itimerspec),
		STRUCT_OUT("old_value", itimerspec) } },
	{ .name = "timer_gettime", .args = { INT("timerid"), STRUCT_OUT("curr_value", itimerspec) } },
	{ .name = "timer_getoverrun", .args = { INT("timerid") } },
	{ .name = "timer_delete", .args = { INT("timerid") } },
};

SCT_FAMILY(time);
