# SPDX-License-Identifier: GPL-2.0-or-later
# Tasks that nobody traces are taken off the tracepoints; who else uses these must see all.
# shellcheck shell=bash

# A bystander that makes 500 numbered calls when there is a file "go".
bystander()
{
	# shellcheck disable=SC2016
	sh -c 'while [ ! -e go ]; do sleep 0.1; done; exec calls 500' >/dev/null & pid=$!
}

# A session that has nothing to do with it.
narrow_session()
{
	sleep 1000 & traced=$!
	sctrace-read -q -o /dev/null -p $traced & reader=$!
	wait_until asleep_in_poll $reader
}

end_session()
{
	kill $traced
	wait $reader
}

start_perf()
{
	# As perf trace attaches, but without a ring that could run over.
	perf stat -x, -e syscalls:sys_enter_close --filter 'fd > 4000000000' -p "$pid" -o perf.out 2>perf.err & perf=$!
	wait_until sh -c "ls -l /proc/$perf/fd 2>/dev/null | grep -q perf_event"
	sleep 1
}

perf_has_all()
{
	touch go
	wait "$pid"
	kill -INT $perf; wait $perf || true
	grep -q '^500,' perf.out || fail "$1: not 500: $(cat perf.out perf.err)"
	rm -f go perf.out
}

test_perf_started_before_during_and_after_sees_all()
{
	perf stat -e syscalls:sys_enter_close true 2>/dev/null || skip "no perf here"
	bystander
	start_perf
	narrow_session
	sleep 1
	perf_has_all "before"
	# During: by now the bystanders are off.
	bystander
	sleep 2
	start_perf
	perf_has_all "during"
	# It stays when the session goes.
	bystander
	sleep 2
	start_perf
	end_session
	perf_has_all "at its end"
	bystander
	start_perf
	perf_has_all "after"
}

test_ftrace_sees_all()
{
	tracing=$work/tracing
	mkdir "$tracing"
	mount -t tracefs none "$tracing" || skip "no tracefs"
	trap 'echo 0 >"$tracing/events/syscalls/sys_enter_close/enable"; umount "$tracing"' EXIT
	on=$tracing/events/syscalls/sys_enter_close/enable
	[ -e "$on" ] || skip "no events of system calls"
	for when in during during end; do
		narrow_session
		bystander
		sleep 2
		echo 1 >"$on"
		[ $when != end ] || end_session
		sleep 1
		echo >"$tracing/trace"
		touch go
		wait "$pid"
		n=$(grep -cE 'sys_close\(fd: (0x)?(f|42939)' "$tracing/trace") || true
		[ "$n" -eq 500 ] || fail "$when: ftrace has $n of 500: $(grep close "$tracing/trace" | tail -n 2)"
		echo 0 >"$on"
		rm go
		[ $when = end ] || end_session
	done
}

test_a_new_session_gets_tasks_back()
{
	narrow_session
	bystander
	sleep 2
	sctrace-read -q -o trace -p $pid & second=$!
	wait_until asleep_in_poll $second
	touch go
	wait $second
	[ "$(grep -c 'close(-100' trace)" -eq 500 ] || fail "$(grep -c 'close(-100' trace) of 500"
	end_session
}
