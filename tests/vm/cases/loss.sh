# SPDX-License-Identifier: GPL-2.0-or-later
# Full rings, dead readers, unloading.
# shellcheck shell=bash

test_full_ring_counts_add_up()
{
	fullring 1 20000 || fail "see below"
	fullring 4 20000 || fail "see below"
}

test_full_ring_really_loses()
{
	fullring 2 50000 >counts || fail "$(cat counts)"
	! grep -q ' lost=0 ' counts || fail "nothing lost: the case shows nothing"
}

test_stopped_reader_loses_and_says_so()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls 50000' & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q --ring-kb=64 -o trace -p $pid 2>stderr & reader=$!
	# It traces once it is asleep in poll(2).
	wait_until asleep_in_poll $reader
	kill -STOP $reader; kill -CONT $pid
	wait $pid
	kill -CONT $reader; wait $reader
	grep -qE '^--- [0-9]+ records lost on CPU [0-9]+ in [0-9.]+ ms: the ring was full ---$' trace || fail "no gap line"
	in_gaps=$(awk '/records lost on CPU/ { n += $2 } END { print n }' trace)
	grep -qE "^sctrace-read: $in_gaps of [0-9]+ records lost" stderr || fail "gaps say $in_gaps, the end: $(cat stderr)"
}

test_killed_reader_leaves_the_task_alone_and_the_module_free()
{
	calls 0 >ready & pid=$!
	wait_until grep -q ready ready
	for _ in 1 2 3 4 5; do
		sctrace-read -q -o trace -p $pid & reader=$!
		wait_until grep -qs close trace
		kill -KILL $reader; wait $reader || true
		rm trace
	done
	[ -d /proc/$pid ] || fail "the task died"
	rmmod sctrace || fail "module still in use"
	kill $pid; wait || true
}

test_unload_is_refused_while_a_reader_is_there()
{
	calls 0 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q -o trace -p $pid & reader=$!
	wait_until grep -qs close trace
	! rmmod sctrace 2>stderr || fail "unloaded under a reader"
	grep -q 'in use' stderr || fail "$(cat stderr)"
	kill -TERM $reader; wait $reader || true
	kill $pid; wait || true
}

test_load_and_unload_under_load()
{
	for _ in 1 2 3 4; do calls 0 >/dev/null & done
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		sctrace-read -q -o trace & reader=$!
		wait_until test -s trace
		kill -TERM $reader; wait $reader || true
		rmmod sctrace
		modprobe sctrace
	done
	pkill -x calls; wait || true
}
