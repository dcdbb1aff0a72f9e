# SPDX-License-Identifier: GPL-2.0-or-later
# Programs of another word size than the kernel's, and calls of another table than the program's.
# shellcheck shell=bash

# need_abi ABI: the machine is of the kind that can run such programs, and this kernel does.
need_abi()
{
	local status=0

	case $(uname -m)-$1 in
	x86_64-i386 | x86_64-x32 | aarch64-armhf) ;;
	*) skip "$(uname -m) has no $1 programs" ;;
	esac
	"known32-$1" lines-untraced || status=$?
	[ $status -ne 126 ] || skip "this kernel runs no $1 programs"
	[ $status -eq 0 ] || fail "known32-$1: status $status"
}

# What the machine's first kind of 32-bit programs is.
abi32()
{
	if [ "$(uname -m)" = aarch64 ]; then echo armhf; else echo i386; fi
}

exact_lines()
{
	need_abi "$1"
	sctrace-read -o trace "known32-$1" expected || fail "status $?"
	between_marks trace >got
	diff expected got || fail "lines differ"
	[ "$(wc -l <got)" -gt 50 ] || fail "only $(wc -l <got) lines"
}

test_known_calls_of_an_i386_program()
{
	exact_lines i386
}

test_known_calls_of_an_x32_program()
{
	exact_lines x32
}

test_known_calls_of_an_arm_program()
{
	exact_lines armhf
}

test_i386_program_makes_the_calls_that_strace_sees()
{
	need_abi i386
	same known32-i386 expected
}

test_x32_program_makes_the_calls_that_strace_sees()
{
	need_abi x32
	same known32-x32 expected
}

test_arm_program_makes_the_calls_that_strace_sees()
{
	need_abi armhf
	# These two strace calls by other names than arm's own table.
	same -x arm_fadvise64_64 -x fadvise64_64 -x arm_sync_file_range -x sync_file_range2 known32-armhf expected
}

# Lines of a trace without what differs from run to run.
notices()
{
	sed -n 's/^execve("\([^"]*\)".*) = \(.*\)$/execve \1 = \2/p; s/PID=[0-9]* //; /^\[ Process/p' "$1"
}

# From 64 bits to 32 and back, in one process.
test_exec_from_64_to_32_bit_and_back_is_told()
{
	local abi

	abi=$(abi32)
	need_abi "$abi"
	sctrace-read /usr/bin/env "/sctrace/bin/known32-$abi" expected /usr/bin/true 2>trace || fail "$(tail -n 3 trace)"
	notices trace >got
	cat >want <<-END
		execve /usr/bin/env = 0
		execve /sctrace/bin/known32-$abi = 0
		[ Process runs in 32 bit mode. ]
		execve /usr/bin/true = 0
		[ Process runs in 64 bit mode. ]
	END
	diff want got || fail "notices differ"
	# On arm64 strace has them already as execve returns, between the halves of its line.
	strace /usr/bin/env "/sctrace/bin/known32-$abi" expected /usr/bin/true 2>by-strace
	diff <(notices by-strace | grep Process) <(grep Process got) || fail "not as strace has them"
}

test_exec_to_x32_is_told()
{
	need_abi x32
	sctrace-read /usr/bin/env /sctrace/bin/known32-x32 expected /usr/bin/true 2>trace || fail "$(tail -n 3 trace)"
	notices trace >got
	grep -qx '\[ Process runs in x32 mode. \]' got || fail "$(cat got)"
	strace /usr/bin/env /sctrace/bin/known32-x32 expected /usr/bin/true 2>by-strace
	notices by-strace | diff - got || fail "not as strace has them"
}

test_change_of_mode_is_not_told_in_a_file_or_with_q()
{
	local abi

	abi=$(abi32)
	need_abi "$abi"
	sctrace-read -o trace "known32-$abi" expected
	! grep 'Process PID' trace || fail "told in a file"
	sctrace-read -q "known32-$abi" expected 2>trace
	! grep 'Process PID' trace || fail "told with -q"
}

test_calls_of_a_64_bit_program_by_int_0x80_have_i386_names()
{
	[ "$(uname -m)" = x86_64 ] || skip "int 0x80 is x86's"
	need_abi i386
	sctrace-read int80 2>trace
	pid=$(sed -n 's/^waitpid(\([0-9]*\), NULL, 0) .*/\1/p' trace)
	between_marks trace | sed 's/PID=[0-9]* //' >got
	{
		echo '[ Process runs in 32 bit mode. ]'
		printf '%-40s= %s\n' \
			'access("/int80", F_OK) ' '-1 ENOENT (No such file or directory)' \
			'close(-1) ' '-1 EBADF (Bad file descriptor)' \
			'close(99) ' '-1 EBADF (Bad file descriptor)' \
			'access("/int80", F_OK) ' '-1 ENOENT (No such file or directory)'
		echo '[ Process runs in 64 bit mode. ]'
		printf '%-40s= %s\n' 'close(-1) ' '-1 EBADF (Bad file descriptor)'
		echo '[ Process runs in 32 bit mode. ]'
		printf '%-40s= %s\n' 'fork() ' "$pid"
		printf '%-40s= %s\n' "waitpid($pid, NULL, 0) " "$pid"
		echo '[ Process runs in 64 bit mode. ]'
	} >want
	grep -v '^--- SIGCHLD' got | diff want - || fail "lines differ"
}

test_child_begins_in_the_mode_of_its_maker()
{
	[ "$(uname -m)" = x86_64 ] || skip "int 0x80 is x86's"
	need_abi i386
	sctrace-read -f int80 2>trace
	grep -qE '^\[pid +[0-9]+\] chdir\(("/int80"| <unf)' trace || fail "child not traced"
	# It makes i386's calls only, as its maker did last.
	child=$(sed -n 's/^\[pid *\([0-9]*\)\] chdir(\("\/int80"\| <unf\).*/\1/p' trace)
	! grep "Process PID=$child runs" trace || fail "told of no change"
	[ "$(grep -c 'Process PID=' trace)" -eq 4 ] || fail "$(grep -c 'Process PID=' trace) changes"
}

test_mode_is_told_of_an_attached_task()
{
	local abi pid reader

	abi=$(abi32)
	need_abi "$abi"
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec "$@"' sh "known32-$abi" expected & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -o trace -p $pid 2>stderr & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT $pid
	wait $reader
	wait $pid || true
	grep -qx "\[ Process PID=$pid runs in 32 bit mode. \]" trace || fail "not told"
}
