# SPDX-License-Identifier: GPL-2.0-or-later
# The same command under strace and under sctrace-read: the same calls in the same order, and none lost.
# shellcheck shell=bash

here=/sctrace/cases

# same [-x NAME]… COMMAND…: NAMEs depend on how the tasks are scheduled, from one run of strace to the next.
same()
{
	local leave_out=()

	while [ "$1" = -x ]; do
		leave_out+=("$2")
		shift 2
	done
	"$@" >/dev/null
	strace -f -o by-strace "$@" >out-strace
	sctrace-read -f -q -o by-sctrace "$@" >out-sctrace 2>stderr
	[ ! -s stderr ] || fail "sctrace-read says: $(cat stderr)"
	cmp out-strace out-sctrace || fail "the command's own output differs"
	! grep 'records lost' by-sctrace || fail "loss"
	"$here/compare.py" by-strace by-sctrace "${leave_out[@]}" || fail "calls differ"
}

test_ls()
{
	same ls /
	same ls -la /etc
}

test_cat()
{
	same cat /etc/passwd
}

test_shell_pipeline()
{
	# When the children end relative to each other, and so how often the shell waits and is signalled, is chance.
	same -x wait4 -x rt_sigreturn sh -c 'ls / | sort -r | wc -l'
	same -x wait4 -x rt_sigreturn bash -c 'echo 1 2 3 | cat; ls /nonexistent 2>&1 || true'
}

test_python()
{
	export PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
	same python3 -c 'print(sum(range(10)))'
}

test_program_of_two_threads()
{
	same -x futex pingpong 50
}

test_two_threads_again_and_again()
{
	for _ in $(seq 20); do
		sctrace-read -f -q -o trace pingpong 100
		[ "$(grep -c 'write(' trace)" -eq 200 ] || fail "$(grep -c 'write(' trace) writes"
	done
}
