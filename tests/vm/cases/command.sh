# SPDX-License-Identifier: GPL-2.0-or-later
# The command: as whom and with what it is started, and when it is left alone.
# Alike on all kernels: the reader starts it. `make check` runs these on one.
# shellcheck shell=bash

# What the reader does for it before it is let go is in no trace.
test_command_is_started_as_told()
{
	sctrace-read -f -o trace -u nobody -E COLOUR=red -E HOME --argv0=named sh -c 'echo $0 $COLOUR ${HOME-none}; id -u' named \
		>out || fail "status $?"
	[ "$(cat out)" = "named red none
$(id -u nobody)" ] || fail "$(cat out)"
	awk 'NR == 1 { exit !/execve\("[^"]*\/sh", \["named", "-c"/ }' trace || fail "$(head -n 3 trace)"
	! grep -E '(setres[ug]id|setgroups)\(' trace || fail "what made it that user is in the trace"
	sctrace-read -o trace -u 12:34 sh -c 'id -u; id -g; id -G' >out || fail "status $?"
	[ "$(tr '\n' ' ' <out)" = '12 34 34 ' ] || fail "$(cat out)"
	grep -q '^execve(' trace || fail "$(head -n 3 trace)"
}

test_command_that_the_user_may_not_run()
{
	cp /bin/true mine; chmod 700 mine; chmod 755 .
	must_fail 126 "cannot run './mine': Permission denied" sctrace-read -o trace -u nobody ./mine
	[ "$(grep -c 'execve(.* = -1 EACCES' trace)" -eq 1 ] || fail "$(cat trace)"
}

# The command is who was started, and nothing is left of the reader when it is over.
test_reader_apart_from_the_command()
{
	for options in -D -DD --daemonize=session; do
		must_end=0
		sctrace-read $options -q -f -o trace sh -c 'echo $$; (exit 3); exit 5' >out & pid=$!
		wait $pid || must_end=$?
		[ $must_end -eq 5 ] || fail "$options: status $must_end"
		[ "$(cat out)" = $pid ] || fail "$options: $pid is $(cat out)"
		wait_until gone sctrace-read
		[ "$(head -n 1 trace | cut -d ' ' -f 1)" = $pid ] || fail "$options: $(head -n 3 trace)"
		grep -q "^$pid *execve(" trace || fail "$options: $(head -n 3 trace)"
		[ "$(grep -c 'exited with' trace)" -eq 2 ] && [ "$(tail -n 1 trace)" = "$(printf '%-5s +++ exited with 5 +++' $pid)" ] ||
			fail "$options: $(cat trace)"
	done
	# What is wrong is told, and the command does not begin.
	must_fail 1 "cannot run 'no-such-program'" sctrace-read -D no-such-program
	must_fail 1 "cannot write to '/no/such/folder/trace'" sctrace-read -D -o /no/such/folder/trace sh -c ': >begun'
	[ ! -e begun ] || fail "the command has run"
}

gone()
{
	! pgrep -x "$1" >/dev/null
}

# Who is traced goes on, and nobody waits for it.
test_limit_of_calls_leaves_the_command_alone()
{
	sctrace-read -q -o trace --syscall-limit=3 sh -c ': >begun; until [ -e go ]; do sleep 0.1; done; : >finished' || fail "status $?"
	[ "$(grep -c ' = ' trace)" -eq 3 ] || fail "$(cat trace)"
	[ ! -e finished ] || fail "it was waited for"
	: >go
	wait_until test -e finished
}

# Not one more, also where several tasks make calls and some of these have no return.
test_limit_of_calls_is_exact()
{
	for limit in 1 2 25 60 61 62 63 150; do
		sctrace-read -q -f -o trace --syscall-limit=$limit sh -c 'for i in 1 2 3; do (exit) & done; wait; ls /'  >out || fail "status $?"
		[ "$(grep -c ' = ' trace)" -eq $limit ] || fail "$limit: $(cat trace)"
	done
}

test_limit_of_time_leaves_the_tasks_alone()
{
	sleep 1000 & sleeper=$!
	sctrace-read -q -o trace --for=200ms -p $sleeper || fail "status $?"
	kill -0 $sleeper || fail "it has ended"
	kill $sleeper
	mkfifo pipe; exec 9<>pipe
	sctrace-read -q -o trace --for=10s cat pipe >out 9>&- || fail "status $?"
	[ "$(tail -n 1 trace)" = 'read(3,  <detached ...>' ] || fail "$(tail -n 3 trace)"
	echo goes on >&9
	wait_until grep -q 'goes on' out
	exec 9>&-
}

# All that is written is below the line, whatever -s says.
test_data_are_shown_below_the_line()
{
	head -c 1000 /dev/zero | tr '\0' x >data
	sctrace-read -q -s 4 -o trace -e trace=read,write -e read=0 -e write=1 dd bs=500 <data >out 2>/dev/null || fail "status $?"
	cmp data out
	[ "$(grep -c '^ | 001f0  78 78 78 78                                       xxxx             |$' trace)" -eq 4 ] || fail "$(cat trace)"
	[ "$(grep -c '^ | 00000  78 78' trace)" -eq 4 ] || fail "$(cat trace)"
	grep -A 1 '^read(0, "xxxx"\.\.\., 500) *= 500$' trace | grep -q '^ | 00000' || fail "$(cat trace)"
	# Of other descriptors, nothing.
	! grep -A 1 '^read(3' trace | grep -q '^ |' || fail "$(cat trace)"
}

# A command that ends by itself has its status, and a signal that is ignored ends nothing.
test_limit_that_is_not_reached()
{
	must_end=0; sctrace-read -q -o trace --for=100s --syscall-limit=100000 sh -c 'exit 7' || must_end=$?
	[ $must_end -eq 7 ] || fail "status $must_end"
	must_end=0; sctrace-read -q -I 3 -o trace sh -c 'kill -INT $PPID; kill -TERM $PPID; exit 5' || must_end=$?
	[ $must_end -eq 5 ] || fail "with -I 3: status $must_end"
}

# What we open is not taken for them: neither by the command, nor by our own words.
test_closed_streams_are_nobodys()
{
	local status=0

	sctrace-read -o trace -p 999999999 true <&- >&- 2>&- || status=$?
	[ $status -eq 1 ] || fail "bad number: status $status"
	status=0
	sctrace-read -o trace -D sh -c 'exit 5' <&- >&- 2>&- || status=$?
	[ $status -eq 5 ] || fail "status $status"
	wait_until grep -q '^+++ exited with 5 +++$' trace
	head -n 1 trace | grep -q '^execve("' || fail "$(head -n 3 trace)"
	! grep 'sctrace-read:' trace || fail "our words are in the trace"
}
