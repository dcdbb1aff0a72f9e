# SPDX-License-Identifier: GPL-2.0-or-later
# The summary: its counts are exact, and those of strace.
# Alike on all kernels: its sums are the reader's. `make check` runs these on one.
# shellcheck shell=bash

# row FILE CALL: "CALLS ERRORS" of a table, an empty column as 0.
row()
{
	awk -v name="$2" '$NF == name { print $4, NF == 6 ? $5 : 0 }' "$1"
}

# counts FILE: the columns of a table that do not depend on time.
counts()
{
	awk '/^ *[0-9]/ { print $NF, $4, NF == 6 ? $5 : 0 } /^System call/' "$1" | sort
}

# as_strace OPTIONS -- COMMAND…: both count the same.
as_strace()
{
	local options=()

	while [ "$1" != -- ]; do options+=("$1"); shift; done
	shift
	# Where a library comes to lie decides how much the dynamic linker has to unmap.
	setarch -R strace -c "${options[@]}" -o theirs "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
	setarch -R sctrace-read -c -w "${options[@]}" -o ours "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
	counts theirs >expected
	counts ours >got
	diff expected got || fail "$*: they differ"
	[ "$(wc -l <got)" -gt 5 ] || fail "$*: $(cat ours)"
}

test_summary_of_a_known_number_of_calls()
{
	sctrace-read -c -o table calls 1234 >out
	[ "$(row table close)" = "1234 1234" ] || fail "$(cat table)"
	[ "$(row table execve)" = "1 0" ] || fail "$(cat table)"
	# It does not return.
	[ -z "$(row table exit_group)" ] || fail "$(cat table)"
	! grep -q '(' table || fail "lines: $(cat table)"
	[ "$(cat out)" = ready ] || fail "$(cat out)"
}

test_summary_after_lines()
{
	sctrace-read -C -q -o table calls 100
	[ "$(grep -c '^close(-1' table)" -eq 100 ] || fail "lines: $(head table)"
	sed -n '/^% time/,$p' table >rest
	[ "$(row rest close)" = "100 100" ] || fail "$(cat rest)"
	tail -n 1 rest | grep -q ' total$' || fail "$(cat rest)"
	sctrace-read -C -Z -q -o table calls 100
	[ "$(grep -c '^close(-1' table)" -eq 100 ] || fail "lines: $(head table)"
	! grep '^[a-z0-9_]*(.* = [0-9]' table || fail "lines of calls that did not fail"
	sed -n '/^% time/,$p' table >rest
	[ "$(row rest execve)" = "1 0" ] || fail "$(cat rest)"
}

test_summary_is_as_straces()
{
	as_strace -- calls 300
	as_strace -- ls -la /etc
	as_strace -e trace=%file -- ls -la /etc
	as_strace -- cat /etc/passwd /nonexistent
	# A status is of lines; all calls are counted.
	as_strace -z -- cat /etc/passwd /nonexistent
	as_strace -e status=failed -- cat /etc/passwd /nonexistent
	# How often the shell is signalled while it waits is chance.
	as_strace -f -e 'trace=!wait4,rt_sigreturn' -- sh -c '/bin/true; /bin/true'
}

test_summary_has_straces_layout()
{
	local columns

	# Without times, every byte; rows in the order of their calls.
	for columns in calls,errors errors,syscall,calls name; do
		strace -c -S calls -U $columns -o theirs calls 300 >out
		sctrace-read -c -q -S calls -U $columns -o ours calls 300 >out
		diff theirs ours || fail "$columns: they differ"
	done
	# With times, what stands where it stands in any case.
	strace -c -o theirs calls 300 >out
	sctrace-read -c -q -o ours calls 300 >out
	for table in theirs ours; do
		head -n 2 $table >$table.form
		grep -E ' (close|execve|total)$' $table | cut -c 31- | sort >>$table.form
		grep -cE '^[ 1][ 0-9][0-9]\.[0-9]{2} [ 0-9]{3}[0-9]\.[0-9]{6} [ 0-9]{10}[0-9] ' $table >>$table.form
	done
	diff theirs.form ours.form || fail "they differ"
	[ "$(tail -n 1 ours.form)" -gt 5 ] || fail "$(cat ours)"
}

test_summary_of_restarted_calls()
{
	# Each signal ends the wait with ERESTARTSYS, and its handler returns. The next is sent when it has: one that is pending
	# still would be both, and /proc/PID/syscall has the wait4 until the task is woken on its own processor.
	cat >wait.py <<-'EOF'
		import os, signal, time
		handled, handler = os.pipe()
		signal.signal(signal.SIGUSR1, lambda *a: os.write(handler, b"."))
		child = os.fork()
		if not child:
		    for _ in range(3):
		        # wait4: of x86-64, and of aarch64.
		        while not open(f"/proc/{os.getppid()}/syscall").read().startswith(("61 ", "260 ")):
		            time.sleep(0.01)
		        os.kill(os.getppid(), signal.SIGUSR1)
		        os.read(handled, 1)
		    os._exit(0)
		os.waitpid(child, 0)
	EOF
	sctrace-read -c -o table -e wait4,rt_sigreturn python3 wait.py
	[ "$(row table wait4)" = "4 3" ] || fail "$(cat table)"
}

test_summary_of_32_bit_calls_has_its_own_table()
{
	[ "$(uname -m)" = x86_64 ] || skip "int 0x80 is x86"
	sctrace-read -c -q -f -o table int80
	sed -n '/^System call usage summary for 32 bit mode:$/,$p' table >rest
	[ "$(row rest close)" = "2 2" ] || fail "$(cat table)"
	! sed '/^System call/,$d' table | grep -q ' fork$' || fail "$(cat table)"
}

test_summary_with_filters()
{
	sctrace-read -c -o table -e close calls 77
	[ "$(row table total)" = "77 77" ] || fail "$(cat table)"
	sctrace-read -c -o table --where 'close.fd == -1000003' calls 77
	[ "$(row table total)" = "1 1" ] || fail "$(cat table)"
	sctrace-read -c -o table -P /etc/passwd cat /etc/passwd
	# It opens others, too, which are left out, and the file is closed.
	if [ "$(row table openat)" != "1 0" ] || [ -n "$(row table execve)" ] ||
		{ [ "$(row table close)" != "1 0" ] && ! paths_come_late; }; then
		fail "$(cat table)"
	fi
	# A table of no calls is none.
	sctrace-read -c -q -o table -e mount true
	[ ! -s table ] || fail "$(cat table)"
}

test_summary_without_entries_counts_the_same()
{
	sctrace-read -c -o table calls 500
	counts table >expected
	sctrace-read -c --no-enter -o table calls 500
	awk '/^ *[0-9]/ { print $NF, $1, NF == 3 ? $2 : 0 }' table | sort >got
	diff expected got || fail "they differ"
	must_fail 1 'with --no-enter it is not known how long calls take' sctrace-read -c --no-enter -U time true
	must_fail 1 'with --no-enter it is not known how long calls take' sctrace-read -c --no-enter --summary=percentiles true
}

test_summary_of_a_replay_is_that_of_the_trace()
{
	sctrace-read -c -w --record=t.sct -o live calls 2000 >out
	sctrace-read -c -w --replay t.sct -o replayed
	diff live replayed || fail "they differ"
	[ "$(row live close)" = "2000 2000" ] || fail "$(cat live)"
	sctrace-read --whole --record=w.sct calls 2000 >out
	sctrace-read -c -w --replay w.sct -o replayed
	[ "$(row replayed close)" = "2000 2000" ] || fail "$(cat replayed)"
}

test_summary_says_what_it_lacks()
{
	local pid reader

	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls 50000' >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -c --ring-kb=64 -o table -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -STOP $reader; kill -CONT $pid
	wait $pid
	kill -CONT $reader
	wait $reader
	lost=$(sed -n 's/^sctrace-read: \([0-9]*\) of [0-9]* records lost.*/\1/p' said)
	[ "${lost:-0}" -gt 0 ] || fail "nothing was lost: $(cat said)"
	grep -qx "These figures lack $lost records, which were lost" table || fail "$(cat table said)"
}

test_summary_says_whose_time_it_is()
{
	# To somebody at a terminal, not to what reads the table.
	script -qec 'sctrace-read -c true' typescript </dev/null >/dev/null
	grep -q 'times are those between entry and return, as strace counts them with -w' typescript || fail "$(cat typescript)"
	for options in -w -q '-o table'; do
		script -qec "sctrace-read -c $options true" typescript </dev/null >/dev/null
		! grep 'times are' typescript || fail "$options: $(cat typescript)"
	done
	sctrace-read -c true 2>table
	! grep -v '^[ %1-].*[a-z0-9_-]$' table || fail "$(cat table)"
	sctrace-read -c -w -o table -U total-time,name sleep 0.2
	awk '$NF == "clock_nanosleep" { exit !($1 >= 0.2) }' table || fail "$(cat table)"
}

test_summary_by_process()
{
	sctrace-read -c -q -f --summary-by=process -o table sh -c '/bin/true; calls 50; exec sleep 0'
	sed -n 's/^System call usage summary of process [0-9]* (\(.*\)):$/\1/p' table >names
	[ "$(tr '\n' ' ' <names)" = "sleep true calls " ] || fail "$(cat table)"
	sed -n '/(calls):$/,$p' table >rest
	[ "$(row rest close)" = "50 50" ] || fail "$(cat table)"
}

test_summary_of_intervals()
{
	local pid reader

	sctrace-read -c -q --interval=200ms -o table calls 500 1000 >out
	grep -c '^System call usage summary from 20' table >n
	[ "$(cat n)" -gt 1 ] || fail "$(cat table)"
	# They add up to what is at the end.
	awk '$NF == "close" { n += $4 } /from beginning to end:$/ { sum = n; n = 0 } END { exit !(sum == 500 && n == 500) }' table ||
		fail "$(cat table)"
	# None waits for another record: here none comes.
	mkfifo lines
	sh -c 'echo ready; read -r x; read -r y' >ready <lines & pid=$!
	exec 3>lines
	wait_until grep -q ready ready
	# The pipe's end of writing is ours alone: when we close it, the task ends.
	sctrace-read -c -q --interval=100ms -o table -p $pid 3>&- & reader=$!
	wait_until asleep_in_poll $reader
	echo >&3
	wait_until grep -q '^System call usage summary from 20' table
	[ -n "$(row table read)" ] || fail "$(cat table)"
	exec 3>&-
	wait $reader
	wait $pid || true
}

test_summary_in_percentiles()
{
	sctrace-read -c -q --summary=percentiles -o table calls 400 >out
	head -n 1 table | grep -qx '% time     seconds  usecs/call   p50 usecs   p95 usecs   p99 usecs  longest     calls    errors syscall' ||
		fail "$(cat table)"
	awk '$NF == "close" { exit !($4 > 0 && $4 <= $5 && $5 <= $6 && $6 <= $7 * 1e6 + 1 && $8 == 400 && $9 == 400) }' table ||
		fail "$(cat table)"
}

test_summary_that_cannot_be()
{
	must_fail 1 '-c/--summary-only and -C/--summary are mutually exclusive' sctrace-read -c -C true
	must_fail 1 '-w/--summary-wall-clock must be given with -c/--summary-only or -C/--summary' sctrace-read -w true
	must_fail 1 '-U/--summary-columns must be given with -c' sctrace-read -U calls true
	must_fail 1 '--interval must be given with -c' sctrace-read --interval=1s true
	must_fail 1 "-U 'calls,foo': at 7: there is no column 'foo'; there are time-percent" sctrace-read -c -U calls,foo true
	must_fail 1 "-U 'calls,count': a column is there twice" sctrace-read -c -U calls,count true
	must_fail 1 "-S: nothing can be sorted by 'foo'; there are time," sctrace-read -c -S foo true
	must_fail 1 "-O: 'x' is no time" sctrace-read -c -O x true
	must_fail 1 "--interval: '0' is no time from 1ms to 100 years" sctrace-read -c --interval=0 true
	must_fail 1 "--summary: 'foo' is not known; there is percentiles" sctrace-read --summary=foo true
	must_fail 1 "--summary-by: 'uid' is not known; there are process and container" sctrace-read -c --summary-by=uid true
	must_fail 1 '--summary-by=container and --replay: ' sctrace-read -c --summary-by=container --replay f
	must_fail 1 '--flight and a summary' sctrace-read -c --flight=1M --record=f true
}
