# SPDX-License-Identifier: GPL-2.0-or-later
# What is recorded of the tasks in the scope: sets of calls, results, durations, expressions, samples.
# shellcheck shell=bash

# only 'OPTIONS…' REGEX COMMAND…: every line of the trace matches, but for signals and ends; there is at least one.
only()
{
	local options regex=$2

	read -ra options <<<"$1"
	shift 2
	sctrace-read -q -o trace "${options[@]}" "$@" >out 2>said || true
	[ ! -s said ] || fail "${options[*]}: $(cat said)"
	! grep -vE "$regex|^[0-9 ]*(---|\+\+\+)" trace || fail "${options[*]}: lines that should not be there"
	grep -qE "$regex" trace || fail "${options[*]}: no line: $(cat trace)"
}

test_sets_of_calls()
{
	only '-e trace=openat,close' '^(openat|close)\(' cat /etc/hostname
	grep -q '^openat(.*/etc/hostname' trace && grep -q '^close(' trace || fail "$(cat trace)"
	only '-e !mmap,%file' '^[a-z_0-9]+\(' cat /etc/hostname
	! grep -E '^(mmap|openat|execve|newfstatat)\(' trace || fail "left in"
	only '-e /^(get|set).id$' '^[gs]et.id\(' id
	only '-f -e %process' '^[0-9]+ +(execve|clone|clone3|vfork|fork|wait4|exit_group|arch_prctl|<... (clone|vfork|fork|wait4|execve|arch_prctl)[0-9]* resumed)' sh -c 'true | cat'
	only '-e read' '^read\(' cat /etc/hostname
	! grep -E 'execve' trace || fail "execve"
	only '-e rt_sigreturn,kill' '^(rt_sigreturn|kill)\(' sh -c 'trap : USR1; kill -USR1 $$; :'
	[ "$(grep -c '^rt_sigreturn({mask=\[\]}) \+= [0-9]' trace)" -eq 1 ] || fail "sigreturn: $(cat trace)"
}

test_what_is_left_out_does_not_cross()
{
	does_not_cross 1 -e chdir,exit_group
}

test_results()
{
	only '-Z' '= -1 E|= \?' sh -c 'exec 2>/dev/null; : </mark/x; cat /etc/hostname'
	grep -q '"/mark/x".*ENOENT' trace || fail "$(cat trace)"
	only '-z' '= ([0-9]|\?)' cat /etc/hostname
	grep -q '"/etc/hostname".* = [0-9]' trace || fail "$(cat trace)"
	only '--errno=ENOENT' 'ENOENT' sh -c 'exec 2>/dev/null; : </mark/x'
	only '--errno=!ENOENT' '= -1 E' sh -c 'exec 2>/dev/null; : </etc/hostname/x'
	! grep ENOENT trace || fail "in"
	grep -q ENOTDIR trace || fail "not in"
	only '--whole -e openat' '^openat\(.* = ' cat /etc/hostname
}

# The lines of the command, with --whole and with --no-enter: what the task was given and got, the same.
test_without_entries_the_lines_are_the_same()
{
	local how

	for how in --whole --no-enter; do
		setarch -R sctrace-read -q -v -f -o "trace$how" $how -e '!exit_group,getrandom,rt_sigreturn,wait4' sh -c 'cat /etc/hostname; ls / | wc -l; cat /mark/x' >out 2>&1 || true
		# Which of the tasks comes first is not always the same, nor whether two that end at once are one SIGCHLD or
		# two, or a wait4 is begun anew for one.
		grep -v -e '--- SIG' "trace$how" | sort -s -k 1,1 | sed -E 's/0x[0-9a-f]+/N/g; s/[0-9]+/N/g; s/^N +//; s| /\* N.N s \*/||g' | sort >"lines$how"
	done
	[ "$(grep -c . trace--no-enter)" -gt 100 ] || fail "only $(grep -c . trace--no-enter) lines"
	diff lines--whole lines--no-enter || fail "other lines"
	grep -q 'execve("[^"]*cat", \["cat", "/etc/hostname"\], \[".*"\]) = 0' trace--no-enter || fail "$(grep execve trace--no-enter)"
}

test_without_entries_calls_are_chosen()
{
	only '--no-enter -e openat' '^openat\(.* = ' cat /etc/hostname
	grep -q '"/etc/hostname".* = [0-9]' trace || fail "$(cat trace)"
	only '--no-enter -e read' '^read\(.* = ' cat /etc/hostname
	only '--no-enter -Z' '= -1 E' sh -c 'exec 2>/dev/null; : </mark/x'
	grep -q '"/mark/x".*ENOENT' trace || fail "$(cat trace)"
	only '--no-enter --where close.fd==-1000001' '^close\(-1000001\)' calls 10
	only '--no-enter -e rt_sigreturn,kill' '^(rt_sigreturn|kill)\(' sh -c 'trap : USR1; kill -USR1 $$; :'
	sctrace-read -o trace --no-enter -e close --where 'close.fd <= -1000000' --sample=3 --rate=50 calls 1000 >out 2>said
	[ $(($(grep -c 'close(-1' trace) + $(left_out_by --sample) + $(left_out_by --rate))) -eq 1000 ] || fail "$(cat said)"
	does_not_cross 0 --no-enter -e chdir
	must_fail 1 "with --no-enter it is not known how long calls take" sctrace-read --no-enter --min-duration=1ms true
	must_fail 1 "with --no-enter it is not known how long calls take" sctrace-read --no-enter --where 'duration > 1ms' true
	must_fail 1 "which --no-enter does not hear of" sctrace-read --no-enter -P /etc/passwd true
	must_fail 1 "which --no-enter does not want" sctrace-read --no-enter --hook=kprobe -e close true
}

# One that hears of returns only and one that hears of entries, begun and ended in each order while calls are made.
test_without_entries_beside_others()
{
	local first second reader other n

	for first in --no-enter --whole ''; do
		for second in --no-enter ''; do
			# shellcheck disable=SC2086
			sctrace-read -q -o f $first -e close calls 0 1000 >ready & reader=$!
			wait_until grep -q ready ready
			for n in 1 2 3; do
				rm -f s
				# shellcheck disable=SC2086
				sctrace-read -q -o s $second -e close --scope comm=calls & other=$!
				wait_until grep -qs 'close(-1' s
				kill -TERM $other
				wait $other || true
			done
			pkill -x calls
			wait $reader || true
			# Each number up to the last, once.
			sed -nE 's/^close\(-(1[0-9]{6})\) += -1 EBADF.*/\1/p' f |
				awk '$1 != 1000000 + NR - 1 { print "at", NR, $1; exit 1 } END { exit NR < 100 }' ||
				fail "'$first' beside '$second': a gap"
		done
	done
}

test_durations()
{
	sctrace-read -f -q -o trace --min-duration=1s sh -c 'sleep 1.5; true'
	grep -q 'nanosleep(' trace || fail "the sleep is not in: $(cat trace)"
	# There are dozens of them. One in which the processor stood still has lasted as long.
	[ "$(grep -cE '(brk|mmap|openat)(\(| resumed)' trace)" -le 3 ] || fail "fast calls are in: $(cat trace)"
}

test_expressions()
{
	only '--where openat.flags&O_CREAT' 'O_CREAT' sh -c ': >x; : <x'
	only '--where close.fd==-1000001' '^close\(-1000001\)' calls 10
	only '--fd=7' '\b7\b' sh -c 'exec 7</etc/hostname; exec 7<&-'
	only '--where close.fd<-1000007&&close.fd>=-1000009' '^close\(-100000[89]\)' calls 20
	[ "$(grep -c close trace)" -eq 2 ] || fail "$(cat trace)"
	only '--where errno==EBADF' 'EBADF' calls 10
	[ "$(grep -c close trace)" -eq 10 ] || fail "$(cat trace)"
	only '--where syscall==getuid&&uid==9' '^getuid\(\) += 9$' setpriv --reuid=9 --clear-groups id
	must_fail 1 "--where 'openat.flags &&': at " sctrace-read --where 'openat.flags &&' true
}

test_samples()
{
	sctrace-read -q -o trace -e close --sample=10 calls 1000 >/dev/null
	n=$(grep -c 'close(-' trace)
	[ "$n" -ge 99 ] && [ "$n" -le 101 ] || fail "$n of 1000"
	# An entry that is left out leaves its exit out.
	! grep -E 'resumed|unfinished' trace || fail "half a call"
}

# left_out_by OPTION: how many calls the reader has told of.
left_out_by()
{
	local n

	n=$(sed -n "s/^sctrace-read: \([0-9]*\) calls left out by $1\$/\1/p" said)
	echo "${n:-0}"
}

# rated 'OPTIONS…': of two tasks of 300 calls each, not more than 100 in any second are shown, and all others told of.
rated()
{
	local options first last shown tids

	read -ra options <<<"$1"
	first=$(cut -d. -f1 /proc/uptime)
	sctrace-read -f -o trace --rate=100 --where 'close.fd <= -1000000' "${options[@]}" \
		sh -c 'calls 300 & calls 300; wait' >out 2>said
	last=$(cut -d. -f1 /proc/uptime)
	shown=$(grep -c 'close(-1' trace)
	[ $((shown + $(left_out_by --rate))) -eq 600 ] || fail "$1: $shown shown; $(cat said)"
	tids=$(awk '/close\(-1/ { n[$1]++ } END { for (tid in n) print n[tid] }' trace)
	[ "$(wc -l <<<"$tids")" -eq 2 ] || fail "$1: not two tasks: $tids"
	for shown in $tids; do
		[ "$shown" -ge 100 ] && [ "$shown" -le $((100 * (last - first + 1))) ] ||
			fail "$1: $shown of a task from second $first to $last"
	done
	# What the trace has of a call is all of it.
	[ "$(grep -c 'EBADF' trace)" -eq "$(grep -c 'close(-1' trace)" ] || fail "$1: half a call"
	# The tasks' life is not limited.
	[ "$(grep -c '+++ exited with 0 +++' trace)" -eq 3 ] || fail "$1: $(grep '+++' trace)"
}

test_rates()
{
	rated ''
	rated --whole
	rated -Z
}

test_what_is_left_out_is_told()
{
	sctrace-read -o trace --where 'close.fd <= -1000000' --sample=3 --rate=50 calls 1000 >out 2>said
	shown=$(grep -c 'close(-1' trace)
	by_sample=$(left_out_by --sample)
	[ "$by_sample" -ge 600 ] && [ $((shown + by_sample + $(left_out_by --rate))) -eq 1000 ] ||
		fail "$shown shown; $(cat said)"
	sctrace-read -o trace -e close --rate=1000000 calls 1000 >out 2>said
	[ ! -s said ] || fail "nothing was left out: $(cat said)"
	sctrace-read -q -o trace -e close --sample=3 --rate=50 calls 1000 >out 2>said
	[ ! -s said ] || fail "with -q: $(cat said)"
}

test_filters_of_32_bit_calls()
{
	command -v known32-i386 >/dev/null || skip "no i386 programs here"
	sctrace-read -q -o trace -e chdir@32 known32-i386 lines
	grep -q '^chdir(' trace || fail "$(cat trace)"
	sctrace-read -q -o trace -e chdir@64 known32-i386 lines
	! grep '^chdir(' trace || fail "in"
}

test_bad_sets()
{
	must_fail 1 "nosuchcall" sctrace-read -e nosuchcall true
	sctrace-read -q -o trace -e '?nosuchcall,read' cat /dev/null
	must_fail 1 "%nosuch" sctrace-read -e %nosuch true
	must_fail 1 "--min-duration" sctrace-read --min-duration=5parsec true
	must_fail 1 "--rate '10/s': write a number from 1 to 1000000" sctrace-read --rate=10/s true
}

# Whether the filter wanted it cannot be known of a call that began before the trace.
test_calls_that_began_before_are_left_out()
{
	local how

	mkfifo fifo
	for how in '--where=openat.flags & O_CREAT' '-P/etc/passwd' '--fd=77' '--rate=5'; do
		cat fifo >/dev/null & pid=$!
		exec 3>fifo
		wait_until grep -qE '^(0|63) ' "/proc/$pid/syscall"
		sctrace-read -q -o trace -p $pid "$how" 3>&- & reader=$!
		wait_until asleep_in_poll $reader
		echo x >&3
		exec 3>&-
		wait $pid $reader
		! grep resumed trace || fail "$how: $(cat trace)"
		grep -q 'exited with 0' trace || fail "$how: not to its end"
	done
}
