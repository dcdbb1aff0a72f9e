# SPDX-License-Identifier: GPL-2.0-or-later
# Capture files: recorded, replayed, broken.
# shellcheck shell=bash

# A trace of a command, shown and recorded at once, and then replayed with the same output.
recorded_alike()
{
	sctrace-read -q --record trace.sct -o live "$@" >out 2>said || fail "$*: $(cat said)"
	[ ! -s said ] || fail "$*: says $(cat said)"
	sctrace-read -q --replay trace.sct -o again 2>said || fail "replay of $*: $(cat said)"
	[ ! -s said ] || fail "replay of $*: says $(cat said)"
	[ "$(wc -l <live)" -gt 20 ] || fail "$*: a short trace: $(cat live)"
	cmp live again || fail "$*: $(diff live again | head)"
}

# A task that makes calls for ever, now and then, and a reader that records it with these options.
record_calls()
{
	calls 0 200 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read "$@" -p $pid 2>said & reader=$!
	wait_until ready_or_gone $reader
}

bytes_of()
{
	stat -c %s "$1"
}

test_replay_prints_what_was_printed()
{
	recorded_alike -f sh -c 'ls -l / | wc -l; cat /etc/hostname; exit 3 & wait'
	recorded_alike -f -y -v -s 100 sh -c 'ls / | wc -l'
	recorded_alike -e trace=%file --whole ls /
	recorded_alike -P '/etc/*' -f sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11; do cat /etc/hostname; done'
	recorded_alike -s 5 calls 1000
}

# Memory that comes late, and calls of which the module could not tell whether they are wanted.
test_replay_of_calls_from_cold_pages()
{
	on_disk
	recorded_alike -s 4095 --ring-kb=16384 cold 2000 expected
	for options in -e%file -Z --whole; do
		sctrace-read -q $options --replay trace.sct -o chosen || fail "$options: status $?"
		[ "$(grep -c none/1 chosen)" -gt 100 ] || fail "$options: $(head chosen)"
	done
	recorded_alike -s 4095 --ring-kb=16384 -P 'none/1*' cold 2000 expected
	recorded_alike -s 4095 --ring-kb=16384 -P 'none/1*' -Z cold 2000 expected
}

test_record_alone_prints_nothing()
{
	sctrace-read --record trace.sct calls 100 >out 2>said
	[ ! -s said ] || fail "$(cat said)"
	sctrace-read --replay trace.sct 2>again
	sctrace-read calls 100 2>live >out
	# Addresses differ from run to run.
	grep -e 'close(-' -e write -e exit live >a; grep -e 'close(-' -e write -e exit again >b
	[ "$(wc -l <a)" -gt 100 ] || fail "$(cat live)"
	cmp a b || fail "$(diff a b | head)"
}

test_replay_takes_a_file_from_a_pipe()
{
	must_fail 1 "both would write to standard output" sctrace-read --record - true
	calls 2000 200 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q --record - -o live -p $pid | sctrace-read -q --replay - -o again
	wait
	[ "$(wc -l <live)" -gt 100 ] || fail "$(cat live)"
	cmp live again || fail "$(diff live again | head)"
}

test_replay_ends_as_the_trace_did()
{
	record_calls --record trace.sct -o live
	kill -TERM $reader
	wait $reader || true
	kill $pid; wait || true
	grep -q 'records, none lost' said || fail "$(cat said)"
	sctrace-read --replay trace.sct -o again 2>said-again || fail "$(cat said-again)"
	cmp said said-again || fail "$(diff said said-again)"
	cmp live again || fail "$(diff live again | head)"
}

test_replay_shows_causes_first()
{
	sctrace-read -q --record trace.sct -f pingpong 2000
	sctrace-read -q --replay trace.sct -o trace --strict || fail "status $?"
	causes_first trace 4000 || fail "order"
}

test_counts_of_a_full_load()
{
	for _ in 1 2 3; do calls 30000 >/dev/null & done
	sctrace-read --record trace.sct --ring-kb=16384 -f sh -c 'calls 60000 & calls 60000; wait' >out 2>said ||
		fail "$(cat said)"
	wait
	sctrace-read --replay trace.sct -q -o again --strict 2>said || fail "$(cat said)"
	[ "$(grep -c 'close(-' again)" -eq 120000 ] || fail "$(grep -c 'close(-' again) calls"
	lines=$(wc -l <again) bytes=$(bytes_of trace.sct)
	[ $((bytes / lines)) -lt 20 ] || fail "$bytes bytes for $lines lines"
}

test_killed_recorder_leaves_a_file()
{
	record_calls --record trace.sct
	wait_until [ "$(bytes_of trace.sct)" -gt 100 ]
	before=$(bytes_of trace.sct)
	# A frame a second, if it is not full before.
	until [ "$(bytes_of trace.sct)" -gt "$before" ]; do sleep 0.1; done
	kill -KILL $reader; wait $reader || true
	kill $pid; wait || true
	must_fail 2 "without the end of the recording" sctrace-read -q --replay trace.sct -o again
	[ "$(wc -l <again)" -gt 100 ] || fail "$(wc -l again)"
	rmmod sctrace || fail "module still in use"
}

test_full_disk_leaves_a_file()
{
	mkdir small
	mount -t tmpfs -o size=128k none small
	trap 'umount "$work/small"' EXIT
	record_calls --record small/trace.sct --record-level=-7
	status=0
	wait $reader || status=$?
	kill $pid; wait || true
	[ $status -eq 1 ] || fail "status $status"
	grep -q "cannot write to 'small/trace.sct': No space left on device" said || fail "$(cat said)"
	must_fail 2 "without the end of the recording" sctrace-read -q --replay small/trace.sct -o again
	[ "$(wc -l <again)" -gt 100 ] || fail "$(wc -l again)"
}

test_damage_is_told_and_what_is_before_is_shown()
{
	sctrace-read -q --ring-kb=16384 --record trace.sct calls 100000 >out
	sctrace-read -q --replay trace.sct -o live
	size=$(bytes_of trace.sct)
	printf '\x55\xaa' | dd of=trace.sct bs=1 seek=$((size * 3 / 4)) conv=notrunc status=none
	must_fail 2 "is damaged at byte" sctrace-read -q --replay trace.sct -o again
	grep -v unfinished again >whole
	[ "$(wc -l <whole)" -gt 1000 ] || fail "only $(wc -l <whole) lines"
	head -n "$(wc -l <whole)" live | cmp - whole || fail "other lines"
}

test_rotation()
{
	sctrace-read -q --ring-kb=16384 --record trace.sct --record-size=60K -o live calls 40000 >out 2>said || fail "$(cat said)"
	[ "$(ls trace.sct.* | wc -l)" -gt 2 ] || fail "$(ls -l)"
	[ ! -e trace.sct ] || fail "a file without a number"
	sctrace-read -q --replay trace.sct.* -o again || fail "status $?"
	cmp live again || fail "$(diff live again | head)"
	# One alone, and the last two.
	sctrace-read -q --replay trace.sct.000001 -o one || fail "status $?"
	[ "$(grep -cFxf one live)" -gt 100 ] || fail "$(head one)"
	rm trace.sct.*
	sctrace-read -q --ring-kb=16384 --record trace.sct --record-size=60K --record-files=2 -o live calls 40000 >out
	[ "$(ls trace.sct.* | wc -l)" -eq 2 ] || fail "$(ls -l)"
	sctrace-read -q --replay trace.sct.* -o again || fail "status $?"
	tail -n 100 live | cmp - <(tail -n 100 again) || fail "$(tail again)"
	must_fail 2 "is not the part of the recording that follows" sctrace-read -q -o again --replay trace.sct.* trace.sct.*
}

# stopped_reader OPTIONS…: a reader that stands still while its ring fills.
stopped_reader()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls 50000' & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q --ring-kb=64 "$@" -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -STOP $reader; kill -CONT $pid
	wait $pid
	kill -CONT $reader
	status=0
	wait $reader || status=$?
}

test_strict_makes_loss_a_status()
{
	stopped_reader -o live
	[ $status -eq 0 ] || fail "status $status without --strict"
	stopped_reader -o live --strict
	[ $status -eq 3 ] || fail "status $status: $(cat said)"
	grep -qx 'sctrace-read: --strict: records were lost, so the exit status is 3' said || fail "$(cat said)"
	sctrace-read --strict true || fail "status $? without loss"
}

test_loss_is_in_the_file()
{
	stopped_reader --record trace.sct -o live --strict
	[ $status -eq 3 ] || fail "status $status: $(cat said)"
	status=0
	sctrace-read -q --replay trace.sct -o again --strict 2>said-again || status=$?
	[ $status -eq 3 ] || fail "replay: status $status: $(cat said-again)"
	cmp said said-again || fail "$(diff said said-again)"
	cmp live again || fail "$(diff live again | head)"
	grep -q 'records lost on CPU' again || fail "no gap line"
	# Recorded alone.
	stopped_reader --record trace.sct --strict
	[ $status -eq 3 ] || fail "status $status: $(cat said)"
	status=0
	sctrace-read -q --replay trace.sct -o again --strict 2>said-again || status=$?
	[ $status -eq 3 ] || fail "replay: status $status"
	cmp said said-again || fail "$(diff said said-again)"
	in_gaps=$(awk '/records lost on CPU/ { n += $2 } END { print n }' again)
	grep -qE "^sctrace-read: $in_gaps of [0-9]+ records lost" said || fail "gaps say $in_gaps, the end: $(cat said)"
}

test_what_a_replay_cannot_do()
{
	sctrace-read -q --record trace.sct true
	for options in '-p 1' '-f' '--scope uid=0' '-P /etc' '--sample 2' '--rate 5' '--hook=kprobe' '--ring-kb=64'; do
		# shellcheck disable=SC2086
		must_fail 1 'and --replay: a replay shows what was recorded' sctrace-read $options --replay trace.sct
	done
	must_fail 1 "was recorded with -s 32" sctrace-read -s 64 --replay trace.sct
	must_fail 1 "was recorded without it" sctrace-read -y --replay trace.sct
	must_fail 1 "cannot read 'none'" sctrace-read --replay none
	must_fail 1 "is no capture file" sctrace-read --replay /etc/passwd
	must_fail 1 "need --record" sctrace-read --record-size=1M true
}

# What a filter makes of a recording is what it makes of the trace itself. Both are of one run: two readers.
test_filters_of_a_replay()
{
	record_calls --record trace.sct
	kill -TERM $reader; wait $reader || true
	kill $pid; wait || true
	sctrace-read -q --record trace.sct -o all -f sh -c 'ls -l / /nowhere | wc -l; cat /etc/hostname' >out 2>said || true
	for options in '-e openat,write' '-e !close' '-e %file' '-z' '-Z' '--errno=ENOENT' '-e fd=3' '--whole -e %file' \
		'--where openat.flags&O_CLOEXEC' '--where result<0' '-e status=failed -e %file'; do
		# shellcheck disable=SC2086
		sctrace-read -q $options --replay trace.sct -o chosen || fail "$options: status $?"
		[ -s chosen ] || fail "$options: nothing"
		# shellcheck disable=SC2086
		[ "$(wc -l <chosen)" -lt "$(wc -l <all)" ] || fail "$options: everything"
	done
	must_fail 1 'a recording does not say uid' sctrace-read --where 'uid == 0' --replay trace.sct
	# A program that does the same each time, filtered as it is recorded and as it is replayed.
	for options in '-e close' '-e !close' '-Z' '-z' '--errno=EBADF' '--whole' '--where close.fd<-1000050' '-e fd=1' \
		'--where result==0' '--errno=EBADF --where close.fd&1' '-e %file'; do
		# shellcheck disable=SC2086
		sctrace-read $options calls 100 2>live >out
		sctrace-read --record trace.sct calls 100 >out
		# shellcheck disable=SC2086
		sctrace-read $options --replay trace.sct 2>again
		sed 's/0x[0-9a-f]*/P/g; s/getrandom("[^ ]*/getrandom(R,/; s/ *= [0-9P]*$/ = N/' live >a; sed 's/0x[0-9a-f]*/P/g; s/getrandom("[^ ]*/getrandom(R,/; s/ *= [0-9P]*$/ = N/' again >b
		# Read when the call has returned, the old environment is gone.
		sed -i 's, /\* [0-9]* vars \*/,,' a b
		grep -q . a || fail "$options: nothing"
		cmp a b || fail "$options: $(diff a b | head)"
	done
}

test_a_recording_is_not_written_over_by_its_lines()
{
	sctrace-read -q --record=a true
	must_fail 1 "is what is to be replayed" sctrace-read -q --replay a -o a
	sctrace-read -q --replay a -o lines || fail "it is spoilt"
	must_fail 1 "have the same file" sctrace-read --record=b -o b true
	touch c.000003
	must_fail 1 "is of a recording before" sctrace-read --record=c --record-size=1M true
}

test_status_3_of_a_command_is_its_own()
{
	sctrace-read -q --strict -o trace sh -c 'exit 3' 2>said || [ $? -eq 3 ] || fail "another status"
	[ ! -s said ] || fail "$(cat said)"
}
