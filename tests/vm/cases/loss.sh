# SPDX-License-Identifier: GPL-2.0-or-later
# Full rings, dead readers, unloading.
# Alike on all architectures: what is not, other files reach, too. `make check` runs these on amd64.
# shellcheck shell=bash

test_full_ring_counts_add_up()
{
	fullring discard 1 20000 >counts || fail "$(cat counts)"
	fullring discard 4 20000 >counts || fail "$(cat counts)"
}

test_full_ring_really_loses()
{
	fullring discard 2 50000 >counts || fail "$(cat counts)"
	! grep -q ' lost=0 ' counts || fail "nothing lost: the case shows nothing"
}

test_lossless_loses_nothing_with_a_reader_that_is_a_hundred_times_slower()
{
	fullring lossless 1 20000 >counts || fail "$(cat counts)"
	grep -q ' waits=[1-9]' counts || fail "nobody waited: $(cat counts)"
	fullring lossless 8 5000 >counts || fail "$(cat counts)"
	grep -q ' waits=[1-9].* given-up=0$' counts || fail "$(cat counts)"
}

test_lossless_makes_nobody_wait_for_a_reader_that_keeps_up()
{
	sctrace-read -q --lossless --ring-kb=4096 -o trace calls 2000 >out 2>said || fail "$(cat said)"
	[ "$(grep -c 'close(-' trace)" -eq 2000 ] || fail "calls are missing"
	[ ! -s said ] || fail "$(cat said)"
}

test_overwrite_keeps_the_newest()
{
	fullring overwrite 1 50000 >counts || fail "$(cat counts)"
	grep -q ' lost=0 overwritten=[1-9]' counts || fail "$(cat counts)"
	fullring overwrite 4 50000 >counts || fail "$(cat counts)"
}

test_killed_reader_lets_all_go_at_once()
{
	wait_for_a_stopped_reader 0 --lossless=0
	kill -KILL $reader; wait $reader || true
	# The file is closed: all who waited are on their way.
	wait_until eval '! waits_for_reader $pid'
	kill $pid; wait || true
}

test_books_balance_after_a_reader_was_killed()
{
	rmmod sctrace; modprobe sctrace
	for mode in -q --lossless=0 -v; do
		before=$(ended produced)
		# shellcheck disable=SC2016
		sh -c 'kill -STOP $$; exec calls 50000' >/dev/null & pid=$!
		wait_until grep -q 'State:.T' /proc/$pid/status
		sctrace-read -q --ring-kb=64 $mode -o trace -p $pid & reader=$!
		wait_until asleep_in_poll $reader
		kill -CONT $pid
		wait_until grep -qs 'close(-1000100)' trace
		kill -KILL $reader 2>/dev/null || true
		wait $reader || true
		wait $pid
		[ "$(ended produced)" -gt "$before" ] || fail "$mode: nothing was added"
		[ "$(ended produced)" -eq $(($(ended read) + $(ended unread) + $(ended lost))) ] || fail "$mode: $(cat /sys/class/misc/sctrace/ended)"
	done
	[ "$(ended sessions)" -eq 3 ] || fail "$(cat /sys/class/misc/sctrace/ended)"
	# What is made is known here: 50,000 calls, the execve and what comes with it. What is read, the reader says.
	sctrace-read -q --strict --lossless=0 -o trace calls 50000 >out
	[ "$(ended sessions)" -eq 4 ] || fail "$(cat /sys/class/misc/sctrace/ended)"
	rmmod sctrace
	dmesg | grep 'sctrace: 4 sessions: [0-9]* records made' || fail "no word in the log"
}

test_waiting_task_can_be_killed()
{
	wait_for_a_stopped_reader 0 --lossless=0
	kill -KILL $pid; wait $pid || true
	kill -CONT $reader; wait $reader || fail "$(cat said)"
	grep -q 'killed by SIGKILL' trace || fail "its end is not told"
	[ ! -s said ] || fail "$(cat said)"
}

test_waiting_task_takes_its_signals()
{
	wait_for_a_stopped_reader 0 --lossless=0
	kill -STOP $pid
	wait_until grep -q 'State:.T' /proc/$pid/status
	kill -TERM $pid; kill -CONT $pid
	wait $pid || true
	kill -CONT $reader; wait $reader || fail "$(cat said)"
	grep -q 'killed by SIGTERM' trace || fail "its end is not told: $(tail -n 3 trace)"
	[ ! -s said ] || fail "$(cat said)"
}

test_stopped_reader_is_waited_for()
{
	wait_for_a_stopped_reader 100000 --lossless=0
	sleep 2
	# It looks by itself from time to time, and has no stack to be seen then.
	until waits_for_reader $pid; do
		kill -0 $pid || fail "it waits no more"
	done
	kill -CONT $reader; wait $pid; wait $reader || fail "$(cat said)"
	[ ! -s said ] || fail "$(cat said)"
	awk -F '[-)]' '/^close\(-/ && $2 != 1000000 + n++ { print "after " n " calls comes " $2; exit 1 }
		END { if (n != 100000) print n " calls" }' trace >hole
	[ ! -s hole ] || fail "$(cat hole)"
}

test_stopped_reader_is_given_up_after_the_time_said()
{
	wait_for_a_stopped_reader 100000 --lossless=1
	wait $pid
	kill -CONT $reader; wait $reader
	grep -q 'records lost' trace || fail "no gap line"
	grep -q 'tasks gave up waiting' said || fail "$(cat said)"
}

# Everything is traced, also what reads the trace, which makes work for the other's reader: nobody must wait for himself.
test_lossless_of_everything_does_not_lock_up()
{
	calls 0 1000 >/dev/null & pid=$!
	timeout 600 sctrace-read -q --lossless=0 --ring-kb=64 -o everything & reader=$!
	sh -c 'timeout 600 sctrace-read -q --lossless=0 --ring-kb=64 --scope "pid>1" 2>&1 | cat >piped' & piped=$!
	wait_until grep -qsE 'close\(-1[0-9]{6}' everything
	wait_until grep -qsE 'close\(-1[0-9]{6}' piped
	sleep 5
	kill -TERM $reader
	pkill -TERM -P $piped -x timeout
	wait $reader || true
	wait $piped || true
	kill $pid; wait || true
	grep -qE 'close\(-1[0-9]{6}' everything || fail "nothing came by the first reader"
	grep -qE 'close\(-1[0-9]{6}' piped || fail "nothing came by the second reader"
	! grep 'records lost' everything || fail "loss"
}

test_reader_that_is_traced_is_not_made_to_wait()
{
	calls 0 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q --lossless=0 --ring-kb=64 -o trace -p $pid & reader=$!
	wait_until grep -qs close trace
	sctrace-read -q --lossless=0 --ring-kb=64 -o other -p $reader & other=$!
	wait_until grep -qs poll other
	kill -STOP $other
	# Its ring is full now, or soon.
	: >trace
	for _ in 1 2 3 4 5; do wait_until test -s trace; : >trace; done
	kill -CONT $other
	kill -TERM $reader $other; wait $reader || true; wait $other || true
	kill $pid; wait || true
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
	grep -qE '^--- [0-9]+ records lost on CPU [0-9]+ since 20[0-9-]+T[0-9:.]+Z, in [0-9.]+ ms: the ring was full ---$' trace || fail "no gap line"
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
	wait_until rmmod sctrace
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
		rm -f trace
		sctrace-read -q -o trace & reader=$!
		wait_until test -s trace
		kill -TERM $reader; wait $reader || true
		# A task may be on its way out of the last call that was traced.
		wait_until rmmod sctrace
		modprobe sctrace
	done
	pkill -x calls; wait || true
}
