# SPDX-License-Identifier: GPL-2.0-or-later
# Kprobes on the functions of a few calls, instead of the tracepoint of all.
# shellcheck shell=bash

# watched OPTIONS… : what 200 numbered calls of another task have left in the trace.
watched()
{
	sctrace-read -q -o trace --explain --scope comm=calls "$@" 2>explained & reader=$!
	wait_until asleep_in_poll $reader
	calls 200 >/dev/null
	kill -TERM $reader; wait $reader || true
}

has_all()
{
	[ "$(grep -c 'close(-1000[0-9]*) *= -1 EBADF' trace)" -eq 200 ] || fail "$(grep -c 'close(-1000' trace) of 200"
}

test_kprobe_sees_each_call_and_its_return()
{
	watched --hook=kprobe -e trace=close
	has_all
	! grep -v ' close(\|exited with' trace || fail "other calls"
	grep -q 'kprobes on .*_close: it was asked for' explained || fail "explains: $(cat explained)"
	# Those that make one record, and those that a program decides about.
	watched --hook=kprobe -e trace=close -Z
	has_all
	watched --hook=kprobe -e trace=close --where 'close.fd == -1000100'
	[ "$(grep -c 'close(' trace)" -eq 1 ] || fail "--where: $(grep -c 'close(' trace)"
}

test_auto_takes_what_is_cheaper()
{
	watched -e trace=close
	has_all
	grep -q 'hook: kprobes on .*: the filter wants few calls' explained || fail "few calls of many: $(cat explained)"
	watched
	grep -q 'hook: tracepoint: the filter names no calls' explained || fail "all calls: $(cat explained)"
	watched -e 'trace=!read'
	grep -q 'hook: tracepoint: the filter names no calls (-e), or all but some' explained || fail "all but one: $(cat explained)"
	watched -e trace=%file
	grep -q 'hook: tracepoint: the filter wants .*kprobes' explained || fail "many calls: $(cat explained)"
	sctrace-read -q -o trace --explain -e trace=close calls 200 2>explained >/dev/null
	has_all
	grep -q 'hook: tracepoint: the scope names its tasks' explained || fail "a command: $(cat explained)"
	watched --hook=tracepoint -e trace=close
	has_all
	grep -q 'hook: tracepoint: it was asked for' explained || fail "asked for: $(cat explained)"
}

test_refusals()
{
	must_fail 1 "--hook=kprobe: the filter names no calls (-e), or all but some; name the few" sctrace-read --hook=kprobe true
	must_fail 1 "--hook: 'ftrace' is no way to hook" sctrace-read --hook=ftrace true
	must_fail 1 "how the kernel calls the module is --hook=kprobe" sctrace-read --attach=kprobe
	[ "$(uname -m)" = x86_64 ] || return 0
	must_fail 1 "this kernel has no function for create_module" sctrace-read --hook=kprobe -e trace=create_module true
	sctrace-read -q -o trace --explain -e trace=create_module --scope comm=none 2>explained & reader=$!
	wait_until asleep_in_poll $reader
	kill -TERM $reader; wait $reader || true
	grep -q 'hook: tracepoint: this kernel has no function for create_module' explained || fail "auto: $(cat explained)"
}

test_kprobes_that_are_off_are_not_taken()
{
	local on=/sys/kernel/debug/kprobes/enabled

	[ -e $on ] || mount -t debugfs none /sys/kernel/debug || skip "no debugfs"
	[ -e $on ] || skip "no such switch"
	echo 0 >$on
	trap "echo 1 >$on" EXIT
	watched -e trace=close
	grep -q 'hook: tracepoint: kprobes are turned off' explained || fail "auto: $(cat explained)"
	has_all
	must_fail 1 "--hook=kprobe: kprobes are turned off; echo 1" sctrace-read --hook=kprobe -e trace=close true
}

# by_both PROGRAM: its calls of some names, shown by kprobes as by the tracepoint.
by_both()
{
	local set=$1 way

	shift
	for way in tracepoint kprobe; do
		setarch -R sctrace-read -q -o $way --hook=$way -e trace="$set" "$@" >/dev/null || fail "$*: status $?"
		[ -s $way ] || fail "$*: nothing by $way"
		sed -i 's/si_pid=[0-9]*/si_pid=PID/' $way
	done
	diff tracepoint kprobe || fail "$*: not the same"
	[ "$(wc -l <kprobe)" -ge 3 ] || fail "$*: only $(wc -l <kprobe) lines"
}

test_kprobe_shows_what_the_tracepoint_shows()
{
	by_both openat,read,close,newfstatat,fstat,stat,lstat,uname,sendfile,umount2,chdir,mkdir,mkdirat known expected
	for abi in i386 x32; do
		[ "$(uname -m)" = x86_64 ] || continue
		known32-$abi lines-untraced || continue
		by_both setuid,setuid32,getuid,getuid32,lchown,fchown,setgroups,fcntl,fcntl64,close,chdir known32-$abi expected
		by_both stat64,lstat64,fstat64,fstatat64,stat,openat,_llseek,lseek,clock_gettime,readv,nanosleep,umount2,uname known32-$abi expected
	done
}

# A session of each kind on the same tasks, and another tracer.
test_kprobe_and_tracepoint_side_by_side()
{
	sctrace-read -q -o all --scope comm=calls & first=$!
	wait_until asleep_in_poll $first
	watched --hook=kprobe -e trace=close
	has_all
	cp trace by_kprobe
	watched --hook=kprobe -e trace=close,write
	has_all
	kill -TERM $first; wait $first || true
	[ "$(grep -c 'close(-1000[0-9]*) *= -1 EBADF' all)" -eq 400 ] || fail "the other session: $(grep -c 'close(-1000' all)"
	grep -q ' exit_group(0' all || fail "not all calls"
	! grep -q ' exit_group(0' by_kprobe || fail "other calls by kprobe"
}

test_children_and_cold_arguments_by_kprobe()
{
	sctrace-read -q -o trace --hook=kprobe -e trace=chdir --scope 'comm=forks' --ring-kb=4096 & reader=$!
	wait_until asleep_in_poll $reader
	forks 300
	kill -TERM $reader; wait $reader || true
	[ "$(grep -c 'chdir("/fork' trace)" -eq 300 ] || fail "$(grep -c 'chdir("/fork' trace) of 300"
}

# What is left of a session that ends while tasks are in calls with kprobes.
test_sessions_come_and_go_under_load()
{
	calls 0 0 >/dev/null & load=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		rm -f trace
		sctrace-read -q -o trace --hook=kprobe -e trace=close,getppid --scope comm=calls 2>lost & reader=$!
		wait_until test -s trace
		kill -TERM $reader; wait $reader || true
	done
	kill $load
	grep -q 'close(-' trace || fail "nothing"
}
