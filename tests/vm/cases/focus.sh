# SPDX-License-Identifier: GPL-2.0-or-later
# Tasks that nobody traces are taken off the tracepoints; who else uses these must see all.
# shellcheck shell=bash

# A bystander that makes 500 numbered calls when there is a file "go". On one processor: perf trace reads one's ring after the
# other's, and makes no line of a call whose return it comes to first.
bystander()
{
	# shellcheck disable=SC2016
	taskset -c 0 sh -c 'while [ ! -e go ]; do sleep 0.1; done; exec calls 500' >/dev/null & pid=$!
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
	# It counts from then on.
	wait_until asleep_in_poll $perf
}

perf_has_all()
{
	touch go
	wait "$pid"
	# It ends by itself, too.
	kill -INT $perf 2>/dev/null || true
	wait $perf || true
	grep -q '^500,' perf.out || fail "$1: not 500: $(cat perf.out perf.err)"
	rm -f go perf.out
}

start_trace_cmd()
{
	# More than all calls of the guest in that time take, so that nothing is lost.
	stdbuf -oL trace-cmd record -e syscalls:sys_enter_close -b 16384 -o trace.dat >trace-cmd.out 2>&1 & trace_cmd=$!
	wait_until sh -c "grep -q 'stop recording' trace-cmd.out || ! kill -0 $trace_cmd 2>/dev/null"
	kill -0 $trace_cmd 2>/dev/null || fail "trace-cmd: $(cat trace-cmd.out)"
}

trace_cmd_has_all()
{
	touch go
	wait "$pid"
	kill -INT $trace_cmd; wait $trace_cmd || fail "$1: trace-cmd: $(cat trace-cmd.out)"
	trace-cmd report -i trace.dat >report 2>&1 || fail "$1: trace-cmd report: $(tail -n 3 report)"
	! grep -i 'dropped' report || fail "$1: trace-cmd itself has lost some"
	n=$(grep -cE "^ *calls-$pid .* sys_enter_close: .*fff0[0-9a-f]{4}$" report) || true
	[ "$n" -eq 500 ] || fail "$1: trace-cmd has $n of 500: $(grep -- "-$pid " report | tail -n 3)"
	rm -f go trace.dat report
}

# perf_trace_shows PID: until perf trace has come to one of its numbered calls. Output is held back until there is more.
# Of a call in whose middle something of another task comes, it pads the number, or shows none: "... [continued]: close()".
perf_trace_shows()
{
	local rounds

	for ((rounds = 0; rounds < 3000; rounds++)); do
		! grep -qsE "/$1 +close\(fd: -10000[0-9]{2} *\)" perf.out || return 0
		kill -0 $perf 2>/dev/null || fail "perf trace: $(cat perf.err)"
		calls 50 >/dev/null
	done
	fail "perf trace shows nothing of $1: $(tail -n 3 perf.out)"
}

# perf trace that is told to end between its look at that and its poll() sleeps on; told once more, it does not.
end_perf_trace()
{
	while kill -INT $perf 2>/dev/null; do sleep 1; done
	wait $perf
}

start_perf_trace()
{
	perf trace -a -e close -m 8M -o perf.out 2>perf.err & perf=$!
	# Whoever is the first that it shows: it reads when it has begun everywhere.
	perf_trace_shows '[0-9]+'
}

perf_trace_has_all()
{
	local cpu

	touch go
	wait "$pid"
	# Told to end, it leaves unread what it has not come to yet. So each processor's calls must have gone past.
	for cpu in $(seq 0 $(($(nproc) - 1))); do
		taskset -c "$cpu" calls 50 >/dev/null & last=$!
		wait $last
		perf_trace_shows $last
	done
	end_perf_trace || fail "$1: perf trace: $(cat perf.err)"
	! grep 'LOST' perf.out || fail "$1: perf trace itself has lost some"
	n=$(grep -oE "/$pid +close\(fd: -1000[0-9]{3}" perf.out | sort -u | wc -l)
	continued=$(grep -cE "/$pid +\.\.\. \[continued\]: close\(\)\)" perf.out) || true
	broken_off=$(grep -cE "/$pid +close\(fd: -1000[0-9]{3} *\) \.\.\." perf.out) || true
	[ "$continued" -le "$broken_off" ] || n=$((n + continued - broken_off))
	[ "$n" -eq 500 ] || fail "$1: perf trace has $n of 500, $continued continued, $broken_off broken off: $(grep "/$pid" perf.out | tail -n 3)"
	rm -f go perf.out
}

# has_all_whenever WHO: start_WHO before, during, at the end of and after a session of ours, and WHO_has_all each time.
has_all_whenever()
{
	bystander
	"start_$1"
	narrow_session
	sleep 1
	"$1_has_all" "before"
	# During: by now the bystanders are off.
	bystander
	sleep 2
	"start_$1"
	# That is what is promised: a worker of the processor where it registered puts the flags back.
	sleep 1
	"$1_has_all" "during"
	# It stays when the session goes.
	bystander
	sleep 2
	"start_$1"
	sleep 1
	end_session
	"$1_has_all" "at its end"
	bystander
	"start_$1"
	"$1_has_all" "after"
}

test_perf_started_before_during_and_after_sees_all()
{
	perf stat -e syscalls:sys_enter_close true 2>/dev/null || skip "no perf here"
	has_all_whenever perf
}

test_perf_trace_sees_all()
{
	perf trace -e close true 2>/dev/null || skip "no perf trace here"
	has_all_whenever perf_trace
}

test_trace_cmd_sees_all()
{
	[ -e /sys/kernel/tracing/events/syscalls/sys_enter_close ] || skip "no events of system calls"
	has_all_whenever trace_cmd
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
