# SPDX-License-Identifier: GPL-2.0-or-later
# The same command under strace and under sctrace-read: the same calls in the same order, and none lost.
# shellcheck shell=bash

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
