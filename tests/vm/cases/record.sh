# SPDX-License-Identifier: GPL-2.0-or-later
# Capture files: recorded, replayed, broken.
# Alike on all kernels: its files are the reader's. `make check` runs these on one.
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

# Until that task has made a hundred calls more: it sleeps after each.
hundred_calls()
{
	local from

	from=$(sleeps_of)
	wait_until eval '[ "$(sleeps_of)" -gt $((from + 100)) ]'
}

sleeps_of()
{
	sed -n 's/^voluntary_ctxt_switches:\s*//p' "/proc/$pid/status"
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
	calls 0 200 >ready & pid=$!
	wait_until grep -q ready ready
	{ wait_until eval '[ -s live ] && [ "$(wc -l <live)" -gt 300 ]'; kill $pid; } &
	sctrace-read -q --record - -o live -p $pid | sctrace-read -q --replay - -o again
	wait || true
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

replays_more_than()
{
	sctrace-read -q --replay trace.sct -o again 2>/dev/null || true
	[ -s again ] && [ "$(wc -l <again)" -gt "$1" ]
}

test_killed_recorder_leaves_a_file()
{
	record_calls --record trace.sct
	# A frame a second, if it is not full before.
	wait_until replays_more_than 100
	kill -KILL $reader; wait $reader || true
	kill $pid; wait || true
	must_fail 2 "without the end of the recording" sctrace-read -q --replay trace.sct -o again
	[ "$(wc -l <again)" -gt 100 ] || fail "$(wc -l again)"
	wait_until rmmod sctrace
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
	# A command goes on, and its status is the reader's.
	rm small/*
	must_fail 3 " bytes can be replayed; nothing more is recorded, and the command goes on" \
		sctrace-read -q -f --lossless=0 --record small/trace.sct --record-level=-7 sh -c 'calls 300000; : >finished; exit 3'
	[ -e finished ] || fail "it has not come to its end"
	rm small/*
	must_fail 3 "the parts before it" \
		sctrace-read -q -f --lossless=0 --record small/trace.sct --record-level=-7 --record-size=60K sh -c 'calls 300000; exit 3'
	[ -z "$(find small -size 0)" ] || fail "$(ls -l small)"
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
	[ "$(ls trace.sct.* | wc -l)" -gt 1 ] || fail "$(ls -l)"
	[ ! -e trace.sct ] || fail "a file without a number"
	sctrace-read -q --replay trace.sct.* -o again || fail "status $?"
	cmp live again || fail "$(diff live again | head)"
	# shellcheck disable=SC2012
	sctrace-read -q -o again --replay trace.sct.000000 -- $(ls trace.sct.* | tail -n +2) || fail "status $?"
	cmp live again || fail "behind --: $(diff live again | head)"
	sctrace-read -o again --replay trace.sct.* 2>said || fail "status $?"
	! grep 'another part' said || fail "of the last"
	# One alone, and the last two.
	sctrace-read --replay trace.sct.000001 -o one 2>said || fail "status $?"
	grep -q "another part of this recording follows 'trace.sct.000001'" said || fail "$(cat said)"
	# That there is more is no remark of those that -q is for.
	sctrace-read -q --replay trace.sct.000001 -o one 2>said || fail "status $?"
	grep -q "another part" said || fail "-q: $(cat said)"
	sctrace-read -qq --replay trace.sct.000001 -o one 2>said || fail "status $?"
	[ ! -s said ] || fail "-qq: $(cat said)"
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
	# Of all that was recorded, and told so, if only some of it is shown.
	lost=$(sed -n 's/^sctrace-read: \([0-9]* of [0-9]*\) records lost: .*/\1/p' said)
	sctrace-read -q -z --replay trace.sct -o again 2>said-again || fail "status $?"
	grep -q "^sctrace-read: $lost records lost, those included that the filter leaves out: the rings" said-again ||
		fail "$(cat said said-again)"
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

test_files_that_cannot_be_used()
{
	sctrace-read -q --record trace.sct true
	head -c 1000 trace.sct >cut
	head -c 20 trace.sct >short
	: >empty
	must_fail 2 "cannot read 'none': No such file or directory" sctrace-read --replay none
	must_fail 2 "cannot read '/etc': Is a directory" sctrace-read --replay /etc
	must_fail 2 "'/etc/passwd' is no capture file of sctrace-read" sctrace-read --replay /etc/passwd
	must_fail 2 "'empty' is empty" sctrace-read --replay empty
	must_fail 2 "'cut' is cut off before its first record: nothing in it can be shown" sctrace-read --replay cut
	must_fail 2 "'short' is cut off before its first record" sctrace-read --replay short
	printf '\x55\xaa' | dd of=trace.sct bs=1 seek=200 conv=notrunc status=none
	must_fail 2 "'trace.sct' is damaged" sctrace-read --replay trace.sct
}

# "--record ls" records all tasks into a file "ls", which nobody wants who writes that.
test_record_whose_file_was_forgotten()
{
	must_fail 1 "--record ls: 'ls' is a program, and no command is given: write --record=FILE ls" sctrace-read --record ls
	must_fail 1 "--record /bin/ls: '/bin/ls' is a program" sctrace-read --record /bin/ls
	must_fail 1 "write --record=FILE ls" sctrace-read --flight=1M --record ls
	[ ! -e ls ] || fail "a file ls"
	sctrace-read -q --record ls true || fail "with a command it is a file"
	rm ls
	record_calls --record=ls
	kill -TERM $reader; wait $reader || true
	sctrace-read -q --record=ls 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -TERM $reader; wait $reader || true
	kill $pid; wait || true
	sctrace-read -q --replay ls -o again || fail "the machine's calls are not in it"
	[ -s again ] || fail "nothing in it"
}

test_what_a_replay_cannot_do()
{
	sctrace-read -q --record trace.sct true
	local live='-f --follow-forks -p=1 --attach=1 -P=/etc --trace-path=/etc --scope=uid=0 --trace=uid=0 --sample=2 --rate=5
		--hook=auto --hook=kprobe --explain --no-enter --lossless --buffer=1M --ring-kb=64 --record=x --record-size=1M --record-time=1h
		--record-files=2 --record-level=1 --stack-size=4K --flight=1M --dump-on=exit --dump-after=1s --dump-max=3
		-D --daemonize -E=A=1 --env=A=1 --argv0=x -u=root --user=root --drop-privileges=daemon --for=1s --syscall-limit=3 -I=3 --interruptible=3 --seccomp-bpf'
	local also='--since --until --doctor -e --errno --fd -h --help --min-duration --only -o --output -q --quiet --replay -s --string-limit --strict
		-v --no-abbrev -V --version --where --whole -y --decode-fds -z --successful-only -Z --failed-only
		-a --columns -A --output-append-mode --always-show-pid --color -i --instruction-pointer -k --stack-trace --stack-traces
		--stack-trace-frame-limit
		-n --syscall-number -N --arg-names --output-separately -r --relative-timestamps --signal --signals --silent --silence
		-t --absolute-timestamps --timestamps -T --syscall-times -Y --decode-pids --format --abbrev --raw --verbose --read --write
		--status --trace-fds -x --strings-in-hex -X --const-print-style -c --summary-only -C --summary -O
		--summary-syscall-overhead -S --summary-sort-by -U --summary-columns -w --summary-wall-clock --summary-by --interval'
	local option

	for option in $live; do
		# "-p=1" is -p 1.
		case $option in
		-?=*) must_fail 1 "${option%%=*} and --replay: a replay shows what was recorded" sctrace-read "${option%%=*}" "${option#*=}" --replay trace.sct ;;
		*) must_fail 1 "${option%%=*} and --replay: a replay shows what was recorded" sctrace-read --replay trace.sct "$option" ;;
		esac
	done
	# An option is of one kind or the other.
	for option in $(sctrace-read --help | grep -oE '[^-A-Za-z0-9]--?[A-Za-z][A-Za-z0-9-]*' | cut -c 2- | sort -u); do
		case " $(echo $live $also) " in
		*" $option "* | *" $option="*) ;;
		*) fail "is $option of a replay?" ;;
		esac
	done
	must_fail 1 "was recorded with -s 32" sctrace-read -s 64 --replay trace.sct
	must_fail 1 "was recorded without it" sctrace-read -y --replay trace.sct
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

# Times at which a recording of some seconds is cut.
edges='+0.05s +0.3s +0.7s +1.1s +1.11s +2s +2.9s'

# parts FILE OPTIONS…: shows it part by part, one behind the other, into "parts". Each part is also read from a pipe.
parts()
{
	local file=$1 since='' until

	shift
	: >parts
	for until in $edges +1d; do
		# shellcheck disable=SC2086
		sctrace-read -q "$@" ${since:+--since=$since} --until=$until --replay "$file" -o part 2>said || fail "$since: $(cat said)"
		# The reader leaves the pipe when it has come to --until.
		# shellcheck disable=SC2086
		sctrace-read -q "$@" ${since:+--since=$since} --until=$until --replay - -o piped 2>said < <(cat "$file") || fail "$since: $(cat said)"
		cmp part piped || fail "$since to $until: $(diff part piped | head)"
		cat part >>parts
		since=$until
	done
}

# A load with calls that go on over the edges, threads of execution that come and go, and signals.
record_seconds()
{
	# shellcheck disable=SC2016
	sctrace-read -q --ring-kb=16384 "$@" -f sh -c '
		trap : USR1
		sleep 2.5 &
		for n in 1 2 3 4 5 6 7 8 9; do (exit 3); ls / >/dev/null; kill -USR1 $$; sleep 0.2; done
		calls 3000 100 >/dev/null & calls 3000 >/dev/null
		wait; wait' >out 2>said || fail "$(cat said)"
}

test_parts_of_a_recording_are_the_whole()
{
	local options

	record_seconds --record trace.sct
	for options in '--whole' '--whole -e %process,read,write' '-Z'; do
		# shellcheck disable=SC2086
		sctrace-read -q $options --replay trace.sct -o all || fail "$options: status $?"
		# shellcheck disable=SC2086
		parts trace.sct $options
		cmp all parts || fail "$options: $(diff all parts | head)"
	done
	[ "$(wc -l <all)" -gt 1000 ] || fail "only $(wc -l <all) lines"
	# Of calls over an edge there are two lines, no other is another.
	sctrace-read -q --replay trace.sct -o all
	parts trace.sct
	sed 's/ <unfinished \.\.\.>$//; s/<\.\.\. \([a-z0-9_]*\) resumed>.*/\1/' all | sort -u >known
	sed 's/ <unfinished \.\.\.>$//; s/<\.\.\. \([a-z0-9_]*\) resumed>.*/\1/' parts | sort -u | comm -13 known - >others
	[ "$(wc -l <others)" -lt 200 ] || fail "$(wc -l <others) lines: $(head others)"
}

# Of the command's own calls, all come after its execve has succeeded, whether or not that is shown.
test_part_that_begins_within_the_execve()
{
	local start duration since

	sctrace-read -q --record trace.sct -f ls /nowhere 2>said || true
	sctrace-read -q -ttt -T --replay trace.sct -o times
	read -r start duration < <(sed -n 's/^[0-9]* *\([0-9.]*\) execve(.*<\([0-9.]*\)>$/\1 \2/p' times)
	since=$(date -d "@$(awk -v s="$start" -v d="$duration" 'BEGIN { printf "%.6f", s + d / 2 }')" '+%F %T.%6N')
	sctrace-read -q -Z --replay trace.sct -o all
	sctrace-read -q -Z --since="$since" --replay trace.sct -o part 2>said || fail "$(cat said)"
	[ "$(wc -l <all)" -gt 2 ] || fail "$(cat all)"
	sed 's/^[0-9]* *//' all >want
	sed 's/^[0-9]* *//' part | cmp want - || fail "$(diff want part)"
}

test_parts_of_several_files()
{
	record_seconds --record trace.sct --record-time=1s
	[ "$(ls trace.sct.* | wc -l)" -gt 2 ] || fail "$(ls)"
	sctrace-read -q --whole --replay trace.sct.* -o all || fail "status $?"
	local since='' until
	: >parts
	for until in $edges +1d; do
		# shellcheck disable=SC2086
		sctrace-read -q --whole ${since:+--since=$since} --until=$until --replay trace.sct.* -o part || fail "status $?"
		cat part >>parts
		since=$until
	done
	cmp all parts || fail "$(diff all parts | head)"
}

test_part_of_a_recording_that_broke_off()
{
	local since until size

	record_calls --record trace.sct
	# Several frames.
	for _ in 1 2 3 4; do
		size=$(bytes_of trace.sct)
		wait_until eval '[ "$(bytes_of trace.sct)" -gt "$size" ]'
	done
	hundred_calls
	kill -KILL $reader; wait $reader || true
	kill $pid; wait || true
	must_fail 2 "without the end of the recording" sctrace-read -q --whole --replay trace.sct -o all
	sctrace-read -q --whole -ttt --replay trace.sct -o times 2>said || true
	lines=$(wc -l <times)
	since=$(sed -n "$((lines / 4))s/ .*//p" times)
	until=$(sed -n "$((lines / 2))s/ .*//p" times)
	sctrace-read -q --whole --since="@$since" --until="@$until" --replay trace.sct -o part || fail "status $?"
	[ "$(wc -l <part)" -gt 20 ] || fail "$(wc -l <part) lines"
	[ "$(grep -cxFf part all)" -ge "$(wc -l <part)" ] || fail "other lines"
	# All else of the file may be damaged: frames before, and the last.
	printf '\x55\xaa' | dd of=trace.sct bs=1 seek=$(($(bytes_of trace.sct) - 40)) conv=notrunc status=none
	sctrace-read -q --whole --since="@$since" --until="@$until" --replay trace.sct -o again || fail "status $?"
	cmp part again || fail "$(diff part again | head)"
}

test_part_by_the_clock()
{
	record_calls --record trace.sct
	hundred_calls
	begin=$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)
	hundred_calls
	end=@$(date +%s.%N)
	hundred_calls
	kill -TERM $reader; wait $reader || true
	kill $pid; wait || true
	sctrace-read -q --whole --replay trace.sct -o all
	sctrace-read -q --whole --since="$begin" --until="$end" --replay trace.sct -o part || fail "status $?"
	lines=$(wc -l <all) part=$(wc -l <part)
	[ "$part" -gt 20 ] && [ "$part" -lt "$lines" ] || fail "$part of $lines lines"
	grep -qxFf part all || fail "other lines"
	sctrace-read -q --since=+1h --replay trace.sct 2>said || fail "status $?"
	grep -q 'nothing was recorded between these times: the recording is from 20.*Z to 20.*Z' said || fail "$(cat said)"
	sctrace-read --until=@0 --replay trace.sct >shown 2>said || fail "--until=@0: $(cat said)"
	grep -q 'nothing was recorded between these times' said && [ ! -s shown ] || fail "--until=@0: $(cat said)"
	must_fail 1 "--until is not after --since" sctrace-read --since=-1ms --until=+1ms --replay trace.sct
	must_fail 1 "its end is not known" sctrace-read --since=-1s --replay - <trace.sct
	must_fail 1 "--since: 'noon' is no time" sctrace-read --since=noon --replay trace.sct
	must_fail 1 "they need --replay" sctrace-read --until=+1s true
}

# Who looks at a part is told of what is missing elsewhere.
test_part_without_its_gaps()
{
	stopped_reader --record trace.sct
	sctrace-read -q --replay trace.sct -o all 2>said || fail "$(cat said)"
	grep -q 'records lost on CPU' all || fail "nothing was lost"
	sctrace-read -q --until=+1ms --replay trace.sct -o part 2>said || fail "$(cat said)"
	grep -q '[0-9] records were lost at other times of this recording' said || fail "$(cat said)"
	! grep 'records lost on CPU' part || fail "a gap"
}

test_status_3_of_a_command_is_its_own()
{
	sctrace-read -q --strict -o trace sh -c 'exit 3' 2>said || [ $? -eq 3 ] || fail "another status"
	[ ! -s said ] || fail "$(cat said)"
}
