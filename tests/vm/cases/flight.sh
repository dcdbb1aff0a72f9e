# SPDX-License-Identifier: GPL-2.0-or-later
# The flight recorder.
# Alike on all kernels: rings do not differ. `make check` runs these on one.
# shellcheck shell=bash

# How a moment is told.
utc='[0-9-]*T[0-9:]*\.[0-9]*Z'

# A program that makes numbered calls, slowly, and its recorder: $pid, $reader.
record_flight()
{
	calls 0 200 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read --flight=1M --record=box "$@" -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	goes_on $pid
}

end_flight()
{
	kill -TERM $reader; wait $reader || true
	kill $pid 2>/dev/null; wait $pid || true
}

# numbered DUMP: the numbers of the calls in it, which must follow each other.
numbered()
{
	sctrace-read -q --replay "$1" -o lines || fail "$1: $(cat said)"
	sed -n 's/^close(-\([0-9]*\)).*/\1/p' lines >numbers
	awk 'NR > 1 && $1 != n + 1 { print "after " n " comes " $1 } { n = $1 }' numbers >hole
	[ ! -s hole ] || fail "$1: $(cat hole)"
	[ -s numbers ] || fail "$1: no calls: $(tail -n 3 lines)"
}

test_dump_by_signal_holds_the_last_calls()
{
	record_flight
	for n in 1 2; do
		kill -USR1 $reader
		wait_until grep -qs "^sctrace-read: box.$n: the last [0-9]* records, for SIGUSR1 at $utc$" said
		numbered box.$n
	done
	end_flight
	[ ! -e box.3 ] || fail "a dump that nobody has asked for"
	# The end of a dump is when it was made.
	for since in -100ms -300ms -1s -3s; do
		sctrace-read -q --since=$since --replay box.2 -o last || fail "status $?"
		[ "$(wc -l <last)" -le 5 ] || break
	done
	[ "$(wc -l <last)" -gt 5 ] && [ "$(wc -l <last)" -le "$(wc -l <lines)" ] || fail "$(wc -l last lines)"
	tail -n 5 lines | cmp - <(tail -n 5 last) || fail "other lines: $(tail -n 5 last)"
}

# More than fits: what is there is the newest, and all of it.
test_dump_of_a_full_recorder_has_no_holes()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls 200000' >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q --flight=256K --record=box --dump-on=exit --dump-on='where=exit_group.status == 0' -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT $pid
	wait $pid; wait $reader || fail "$(cat said)"
	numbered box.1
	[ "$(tail -n 1 numbers)" -eq 1199999 ] || fail "the last call is not there: $(tail -n 2 numbers)"
	# 64 KiB hold more than a thousand pairs of 56 bytes.
	[ "$(wc -l <numbers)" -gt 1000 ] || fail "$(wc -l <numbers) calls only"
	[ "$(head -n 1 numbers)" -gt 1000000 ] || fail "nothing was overwritten: the case shows nothing"
}

test_dump_when_something_happens()
{
	sctrace-read --flight=1M --record=a --dump-on=exit sh -c 'exit 3' 2>said || [ $? -eq 3 ] || fail "$(cat said)"
	grep -q '^sctrace-read: a.1: the last [0-9]* records, for the exit of task [0-9]* with status 3 at '"$utc$" said || fail "$(cat said)"
	# shellcheck disable=SC2016
	sctrace-read --flight=1M --record=b --dump-on=signal=USR2,SEGV sh -c 'trap : USR2; kill -USR2 $$; exit 0' 2>said || fail "$(cat said)"
	grep -q '^sctrace-read: b.1: .* for SIGUSR2 of task [0-9]* at '"$utc$" said || fail "$(cat said)"
	begin=$(date +%s)
	sctrace-read --flight=1M --record=c --dump-on=slow=4s -f sleep 5 2>said || fail "$(cat said)"
	end=$(date +%s)
	# Any call is slow while the processor stands still.
	grep '^sctrace-read: c.[0-9]*: .* for clock_nanosleep of task [0-9]*, which took [0-9]\{4,\}\.[0-9]* ms and returned at '"$utc$" said >slow ||
		fail "$(cat said)"
	at=$(date -d "$(grep -o "$utc" slow)" +%s)
	[ "$begin" -le "$at" ] && [ "$at" -le "$end" ] || fail "it was between $begin and $end: $(cat said)"
	sctrace-read --flight=1M --record=d --dump-on='where=openat.flags & O_CREAT' sh -c ': >new' 2>said || fail "$(cat said)"
	grep -q '^sctrace-read: d.1: .* for openat of task [0-9]* at '"$utc$" said || fail "$(cat said)"
	sctrace-read -q --replay d.1 -o lines; grep -q 'openat(AT_FDCWD, "new", O_WRONLY|O_CREAT' lines || fail "what happened is not in the dump"
	sctrace-read --flight=1M --record=e --dump-on=exit true 2>said || fail "$(cat said)"
	[ ! -e e.1 ] || fail "nothing happened, and yet: $(cat said)"
}

# The oldest stay. That there are no more is told once, and to who asks for one.
test_dump_max()
{
	# shellcheck disable=SC2016
	sctrace-read -f --flight=1M --record=box --dump-max=2 --dump-on=exit --dump-on=slow=100s sh -c '
		n=0; while [ $n -lt 5 ]; do (exit 1); sleep 1.5; n=$((n + 1)); done; exit 0' 2>said || fail "$(cat said)"
	[ "$(ls box.*)" = "box.1
box.2" ] || fail "$(ls): $(cat said)"
	[ "$(grep -c 'sctrace-read: that was the last dump: --dump-max allows 2' said)" -eq 1 ] || fail "$(cat said)"
	[ "$(wc -l <said)" -eq 3 ] || fail "$(cat said)"
	rm box.*
	record_flight --dump-max=1
	kill -USR1 $reader
	wait_until grep -qs 'that was the last dump: --dump-max allows 1' said
	kill -USR1 $reader
	wait_until grep -qs "for SIGUSR1 at $utc there is no dump: --dump-max allows 1" said
	end_flight
	[ ! -e box.2 ] || fail "a second one"
}

test_dump_takes_no_name_that_is_taken()
{
	echo evidence >box.1
	sctrace-read --flight=1M --record=box --dump-on=exit sh -c 'exit 1' 2>said || true
	grep -q '^sctrace-read: box.2: ' said || fail "$(cat said)"
	[ "$(cat box.1)" = evidence ] || fail "box.1 is written over"
}

test_recorder_goes_on_after_a_dump_that_cannot_be_written()
{
	mkdir there
	# shellcheck disable=SC2016
	sctrace-read -f --flight=1M --record=there/box --dump-on=exit sh -c '
		mv there away; (exit 1); until [ -s said ]; do sleep 0.1; done
		mv away there; (exit 1); until [ -e there/box.1 ] || [ -e there/box.2 ]; do sleep 0.1; done; exit 0' 2>said || fail "$(cat said)"
	grep -q "cannot write to 'there/box.1': No such file or directory; for the exit of" said || fail "$(cat said)"
	ls there/box.* >/dev/null || fail "no dump after that: $(cat said)"
}

test_dump_after_a_while_holds_what_came_then()
{
	record_flight --dump-after=10s
	kill -USR1 $reader
	sleep 1
	[ ! -e box.1 ] || fail "at once"
	wait_until grep -qs 'box.1' said
	numbered box.1
	end_flight
}

test_flight_refusals()
{
	must_fail 1 'name them with --record FILE' sctrace-read --flight=1M true
	must_fail 1 'need --flight SIZE' sctrace-read --dump-on=exit true
	must_fail 1 "there is no signal 'NONE'" sctrace-read --flight=1M --record=x --dump-on=signal=NONE true
	must_fail 1 "'never' is not known" sctrace-read --flight=1M --record=x --dump-on=never true
	must_fail 1 'leave out --lossless' sctrace-read --flight=1M --record=x --lossless true
	must_fail 1 '--flight: 1 KiB are too few' sctrace-read --flight=1K --record=x true
	must_fail 1 '--flight: 102400 MiB are too many' sctrace-read --flight=100G --record=x true
	must_fail 1 'signal= names none' sctrace-read --flight=1M --record=x --dump-on=signal= true
	must_fail 1 "--dump-on 'slow=0ms': at 6: '0ms' is no time" sctrace-read --flight=1M --record=x --dump-on=slow=0ms true
	must_fail 1 "--dump-on 'slow=10': at 6: '10' is no time" sctrace-read --flight=1M --record=x --dump-on=slow=10 true
	must_fail 1 "--dump-on 'slow=soon': at 6: 'soon' is no time" sctrace-read --flight=1M --record=x --dump-on=slow=soon true
	must_fail 1 "--dump-on 'where=openat.flag & 1': at 14: " sctrace-read --flight=1M --record=x --dump-on='where=openat.flag & 1' true
	must_fail 1 "--dump-max: '0' is not a number from 1" sctrace-read --flight=1M --record=x --dump-max=0 true
	must_fail 1 'need --flight SIZE' sctrace-read --dump-max=3 true
	must_fail 1 "cannot write dumps to '/nodir'" sctrace-read --flight=1M --record=/nodir/x true
}
