# SPDX-License-Identifier: GPL-2.0-or-later
# Tasks that are made by the thousand, and tasks that another tracer has as well.
# shellcheck shell=bash

test_fork_bombs_within_a_limit()
{
	local mode tasks=0

	for mode in discard lossless overwrite; do
		bomb "$(part 3)" 120 $mode $RANDOM >said || fail "$mode: $(cat said)"
		tasks=$((tasks + $(sed -n 's/^\([0-9]*\) tasks.*/\1/p' said)))
	done
	is_calm
	operations $tasks tasks
}

# has_no_hole TRACE: the numbered calls in it follow each other, from the first on.
has_no_hole()
{
	awk -F '[-)]' '/^close\(-/ && $2 != 1000000 + n++ { print "after " n - 1 " calls comes " $2; exit 1 }
		END { print n " calls" }' "$1" >numbers || fail "$(cat numbers)"
	grep -q '^[1-9]' numbers || fail "no calls"
}

# A task that makes numbered calls, and its reader: $pid, $reader.
trace_numbered()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls 0 100' >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q --ring-kb=64 -e trace=close "$@" -o trace -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT $pid
}

end_numbered()
{
	goes_on $pid
	kill -KILL $pid; wait $pid || true
	wait $reader || fail "$(cat said)"
	has_no_hole trace
}

# Of the task, then of its reader as well.
test_other_tracers_by_ptrace()
{
	trace_numbered --lossless=0
	ptracer $pid "$(part 2)" $RANDOM >counts || fail "$(cat counts)"
	ptracer $reader "$(part 2)" $RANDOM >counts-2 & second=$!
	ptracer $pid "$(part 2)" $RANDOM >>counts || fail "$(cat counts)"
	wait $second || fail "the reader: $(cat counts-2)"
	end_numbered
	is_calm
	operations "$(awk '{ tracers += $1; stops += $3 } END { print tracers, "tracers,", stops, "stops" }' counts counts-2)"
}

strace_for_a_moment()
{
	local strace

	strace -o by-strace -p $pid 2>/dev/null & strace=$!
	moment
	kill -$((n % 2 ? 9 : 15)) $strace 2>/dev/null || true
	wait $strace || true
	# Killed as it attached, it may have left it stopped.
	kill -CONT $pid
}

test_strace_comes_and_goes()
{
	trace_numbered --lossless=0
	until_then strace_for_a_moment
	end_numbered
	is_calm
	operations $n straces
}
