# SPDX-License-Identifier: GPL-2.0-or-later
# What a line has besides its call, and where lines go.
# Alike on all kernels: most of a line is the reader's. `make check` runs these on one.
# shellcheck shell=bash

test_times_are_those_of_the_calls()
{
	local before after first last

	before=$(date +%s)
	sctrace-read -ttt -T -o trace sleep 0.2
	after=$(date +%s)
	first=$(head -n 1 trace | cut -d . -f 1); last=$(tail -n 1 trace | cut -d . -f 1)
	if [ "$first" -lt "$before" ] || [ "$last" -gt "$after" ]; then
		fail "from $first to $last, but it ran from $before to $after"
	fi
	grep -qE '^[0-9]+\.[0-9]{6} clock_nanosleep\(.*\) = 0 <(0\.[2-9]|[1-9][0-9]*\.[0-9])[0-9]{5}>$' trace || fail "$(grep sleep trace)"
	grep -vE '^[0-9]+\.[0-9]{6} (.* = [^<]* <[0-9]+\.[0-9]{6}>|exit_group.* = \?|\+\+\+ .* \+\+\+)$' trace >others || true
	[ ! -s others ] || fail "$(head -n 3 others)"
}

test_each_task_has_its_file()
{
	local pids file

	sctrace-read -ff -o trace sh -c 'echo $$; (exit 3) & wait; sh -c "kill -9 \$\$" || :' >out
	file=trace.$(head -n 1 out)
	[ "$(ls trace.* | wc -l)" -eq 3 ] || fail "files: $(echo trace*)"
	[ ! -e trace ] || fail "there is a file without a number"
	! grep -lE 'unfinished|resumed' trace.* || fail "lines are broken"
	[ "$(tail -n 1 "$file")" = '+++ exited with 0 +++' ] || fail "$(tail -n 1 "$file")"
	grep -qxF '+++ exited with 3 +++' trace.* || fail "no exit of the second task"
	grep -qxF '+++ killed by SIGKILL +++' trace.* || fail "no end of the third"
	head -n 1 "$file" | grep -q '^execve("' || fail "$(head -n 1 "$file")"
}

test_a_file_goes_on_under_the_number_that_an_exec_gives()
{
	local leader

	sctrace-read -ff -o trace threadexec >out 2>&1 || true
	leader=$(grep -lF '+++ superseded by execve in pid' trace.*) || fail "no exec of a thread: $(echo trace.*)"
	grep -qE " <pid changed to ${leader#trace.} \.\.\.>$" trace.* || fail "the thread's file does not say where it goes on"
	grep -qE '^<\.\.\. execve(at)? resumed>' "$leader" || fail "$(cat "$leader")"
}

test_a_command_reads_the_trace()
{
	sctrace-read -o '|cat >piped' sh -c 'exit 0'
	head -n 1 piped | grep -q '^execve("' || fail "$(head -n 1 piped)"
	[ "$(tail -n 1 piped)" = '+++ exited with 0 +++' ] || fail "$(tail -n 1 piped)"
	sctrace-read -o '!wc -l >lines' true
	[ "$(cat lines)" -gt 5 ] || fail "lines: $(cat lines)"
}

test_a_file_is_appended_to()
{
	echo first >trace
	sctrace-read -A -o trace true
	sctrace-read -A -o trace true
	[ "$(head -n 1 trace)" = first ] || fail "$(head -n 1 trace)"
	[ "$(grep -cF '+++ exited with 0 +++' trace)" -eq 2 ] || fail "$(cat trace)"
}

test_tasks_by_name()
{
	sctrace-read -f -Y -o trace sh -c 'sleep 0 & sleep 0; wait; kill -0 $$'
	grep -qE '^[0-9]+<sleep> exit_group\(0(\)| <unfinished)' trace || fail "no exit of a sleep by name"
	grep -qE '^[0-9]+<sh> kill\([0-9]+<sh>, 0\) ' trace || fail "$(grep kill trace)"
	grep -qE '^[0-9]+<sh> (clone|vfork|<\.\.\. (clone|vfork) resumed>).* = [0-9]+<s(h|leep)>$' trace || fail "$(grep -E 'clone|fork' trace)"
	sctrace-read -Y -e trace=getppid --always-show-pid -o trace sh -c 'kill -0 $$; exit 0'
	grep -qE '^[0-9]+<sh> \+\+\+ exited' trace || fail "$(cat trace)"
}

test_signals_and_exits_are_left_out()
{
	sctrace-read -e signal='!usr1' -qq -o trace sh -c 'trap : USR1 USR2; kill -USR1 $$; kill -USR2 $$'
	! grep -F -e '--- SIGUSR1' -e '+++' trace || fail "these should not be there"
	grep -q '^--- SIGUSR2 ' trace || fail "no SIGUSR2"
}

test_addresses_of_instructions_are_straces()
{
	# Of the command's first call, strace and we tell where each itself has made it. When ls ends decides where the return from
	# SIGCHLD's handler comes.
	local command='trap "echo caught" USR1; kill -USR1 $$; ls /nowhere; exit 3'
	local calls='2,$ { /\] rt_sigreturn(/ d; s/^\[\([0-9a-f]*\)\] \([a-z0-9_]*\)(.*/\1 \2/p }'

	setarch -R strace -i -o theirs sh -c "$command" 2>/dev/null || true
	setarch -R sctrace-read -i -o ours sh -c "$command" 2>/dev/null || true
	sed -n "$calls" theirs >theirs.calls
	sed -n "$calls" ours >ours.calls
	[ "$(wc -l <ours.calls)" -gt 20 ] || fail "$(cat ours)"
	diff theirs.calls ours.calls || fail "the addresses differ"
	grep -qF 'rt_sigreturn({mask=[]}) ' ours || fail "$(grep sigreturn ours)"
	tail -n 1 ours | grep -qxF '[????????????????] +++ exited with 3 +++' || fail "$(tail -n 1 ours)"
	# The same of one record a call, and of a recording that has them.
	setarch -R sctrace-read -i --whole -o whole sh -c "$command" 2>/dev/null || true
	grep -qF '[????????????????] rt_sigreturn() ' whole || fail "$(grep sigreturn whole)"
	sed -n "$calls" whole >whole.calls
	grep -v exit_group ours.calls | diff - whole.calls || fail "one record a call: the addresses differ"
	setarch -R sctrace-read -i --record trace.sct sh -c "$command" 2>/dev/null || true
	sctrace-read -i --replay trace.sct -o replayed
	sed -n "$calls" replayed | diff ours.calls - || fail "replayed: the addresses differ"
	sctrace-read --replay trace.sct -o plain
	! grep -q '^\[' plain || fail "$(head -n 3 plain)"
	sctrace-read --record without.sct true
	must_fail 1 "-i: 'without.sct' was recorded without it" sctrace-read -i --replay without.sct
}
