# SPDX-License-Identifier: GPL-2.0-or-later
# What the lines say.
# Alike on all kernels: the reader writes them. `make check` runs these on one.
# shellcheck shell=bash

test_known_calls_have_exactly_the_expected_lines()
{
	sctrace-read -o trace known expected
	between_marks trace >got
	diff expected got || fail "lines differ"
	[ "$(wc -l <got)" -gt 50 ] || fail "only $(wc -l <got) lines"
}

test_first_line_is_the_execve_and_last_the_exit()
{
	sctrace-read -o trace known expected
	head -n 1 trace | grep -q '^execve("/sctrace/bin/known", ' || fail "first: $(head -n 1 trace)"
	[ "$(tail -n 1 trace)" = "+++ exited with 0 +++" ] || fail "last: $(tail -n 1 trace)"
}

test_every_call_has_its_entry_and_return_in_one_line_when_alone()
{
	sctrace-read -o trace known expected
	! grep -E 'unfinished|resumed|lost' trace || fail "broken lines"
}

test_exit_status_is_the_commands()
{
	status=0; sctrace-read -o trace sh -c 'exit 7' || status=$?
	[ $status -eq 7 ] || fail "status $status"
	grep -qF 'exit_group(7)                           = ?' trace || fail "no exit_group line"
	grep -qF '+++ exited with 7 +++' trace || fail "no exit line"
}

test_killed_command_is_told_and_its_signal_passed_on()
{
	status=0; sctrace-read -o trace sh -c 'kill -9 $$' || status=$?
	[ $status -eq 137 ] || fail "status $status"
	tail -n 1 trace | grep -qF '+++ killed by SIGKILL +++' || fail "$(tail -n 1 trace)"
}

test_segmentation_fault_shows_its_signal()
{
	status=0; sctrace-read -o trace sh -c 'kill -SEGV $$' || status=$?
	[ $status -eq 139 ] || fail "status $status"
	grep -qE '^--- SIGSEGV \{si_signo=SIGSEGV, si_code=SI_USER, si_pid=[0-9]+, si_uid=0\} ---$' trace ||
		fail "no signal line"
	tail -n 1 trace | grep -q '^+++ killed by SIGSEGV' || fail "$(tail -n 1 trace)"
}

test_path_on_a_cold_page_is_captured()
{
	sctrace-read -o trace coldpath 200
	for i in $(seq -f %06g 0 199); do
		printf '%-40s= -1 ENOENT (No such file or directory)\n' "$access\"/cold/$i\", F_OK) "
	done >expected
	grep -F -e "$access\"/cold" -e "${access}0x" trace >got
	diff expected got >differences || fail "$(grep -c '^[<>]' differences) of 200 differ: $(head -n 3 differences)"
}

test_string_limit_is_kept()
{
	sctrace-read -s 5 -o trace sh -c 'echo 123456789'
	grep -qF 'write(1, "12345"..., 10)' trace || fail "$(grep write trace)"
	sctrace-read -s 0 -o trace sh -c 'echo 123456789'
	grep -qF 'write(1, ""..., 10)' trace || fail "$(grep write trace)"
}

test_trace_goes_to_standard_error_without_o()
{
	sctrace-read echo hello >stdout 2>stderr
	[ "$(cat stdout)" = hello ] || fail "stdout: $(cat stdout)"
	grep -qF 'write(1, "hello\n", 6)' stderr || fail "no write line"
}
