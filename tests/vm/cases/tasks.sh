# SPDX-License-Identifier: GPL-2.0-or-later
# Several tasks: threads, forks, exec, and the order of their lines.
# shellcheck shell=bash

test_threads_on_two_cpus_show_causes_first()
{
	sctrace-read -f -o trace pingpong 2000
	causes_first trace 4000 || fail "order"
	! grep -q lost trace || fail "loss"
}

test_fork_tree_is_followed_from_each_first_call()
{
	status=0; sctrace-read -f -q -o trace forktree 3 4 || status=$?
	[ $status -eq 3 ] || fail "status $status"
	# 1 + 4 + 16 + 64 processes: the first line of each but the root is its chdir.
	[ "$(grep -c 'chdir("/tree' trace)" -eq 85 ] || fail "$(grep -c 'chdir("/tree' trace) processes"
	awk '!($1 in seen) { seen[$1] = 1; if (NR > 1 && !/chdir\("\/tree/) { print; bad = 1 } } END { exit bad }' \
		trace || fail "a first line is no chdir"
	[ "$(grep -c 'exited with 0' trace)" -eq 64 ] || fail "leaves"
	[ "$(grep -c 'exited with 1' trace)" -eq 16 ] || fail "depth 1"
	[ "$(grep -c 'exited with 3' trace)" -eq 1 ] || fail "root"
}

test_children_are_left_out_without_f()
{
	sctrace-read -o trace forktree 2 2 || true
	[ "$(grep -c 'chdir("/tree' trace)" -eq 1 ] || fail "children traced"
	grep -qF '+++ exited with 2 +++' trace || fail "no end"
}

test_exec_of_another_program_goes_on()
{
	sctrace-read -o trace sh -c 'exec cat /dev/null'
	[ "$(grep -c '^execve(' trace)" -ge 2 ] || fail "one execve"
	grep -qF 'openat(AT_FDCWD, "/dev/null", O_RDONLY)' trace || fail "cat not traced"
}

test_exec_by_a_thread_takes_the_leaders_number()
{
	sctrace-read -f -q -o trace threadexec
	leader=$(awk 'NR == 1 { print $1 }' trace)
	grep -qE "^$leader +\+\+\+ superseded by execve in pid [0-9]+ \+\+\+" trace || fail "no word of it"
	grep -qE "^$leader +<... execve resumed>\) += 0" trace || fail "execve did not return"
	tail -n 1 trace | grep -qE "^$leader +\+\+\+ exited with 0" || fail "$(tail -n 1 trace)"
}

test_exec_by_a_thread_that_fails_too_late_has_its_end()
{
	# Larger in the file than in memory: seen when the old image is gone.
	python3 - <<-'END' || skip "no python3"
		import struct
		elf = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 2, 62 if __import__("os").uname().machine == "x86_64" else 183, 1,
				  0x400000, 64, 0, 0, 64, 56, 1, 0, 0, 0)
		elf += struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0x400000, 8192, 4096, 4096)
		open("bad", "wb").write(elf.ljust(16384, b"\0"))
	END
	chmod 755 bad
	sctrace-read -f -q -o trace threadexec ./bad || true
	leader=$(awk 'NR == 1 { print $1 }' trace)
	tail -n 1 trace | grep -qE "^$leader +\+\+\+ killed by SIGSEGV" || fail "$(tail -n 3 trace)"
	grep -qE "^$leader +--- SIGSEGV" trace || fail "no signal: $(tail -n 3 trace)"
}

test_attached_task_is_traced_until_its_end()
{
	calls 0 1000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -o trace -p $pid 2>stderr & reader=$!
	wait_until grep -qs close trace
	kill -TERM $pid; wait $reader
	grep -qF "Process $pid attached" stderr || fail "$(cat stderr)"
	grep -qE '^close\(-1[0-9]+\) +: *|^close\(-1[0-9]+\) +=' trace || fail "no calls"
	tail -n 1 trace | grep -qF '+++ killed by SIGTERM +++' || fail "$(tail -n 1 trace)"
	wait || true
}

test_attach_with_f_brings_all_threads()
{
	python3 -c '
import threading, time, os
def work():
    while not os.path.exists("stop"):
        os.access("/thread", os.F_OK); time.sleep(0.01)
threads = [threading.Thread(target=work) for _ in range(3)]
[t.start() for t in threads]; print("ready", flush=True); [t.join() for t in threads]
' >ready & pid=$!
	wait_until grep -q ready ready
	threads() { grep -F "$access\"/thread\"" trace | awk '{ print $1 }' | sort -u | wc -l; }
	sctrace-read -q -f -o trace -p $pid & reader=$!
	# Hangs if one of them is missing; the runner's time-out says so.
	wait_until eval '[ -s trace ] && [ "$(threads)" -eq 3 ]'
	touch stop; wait $reader
	wait
}

test_interrupt_ends_cleanly_and_tells_the_loss()
{
	calls 0 1000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -o trace -p $pid 2>stderr & reader=$!
	wait_until grep -qs close trace
	kill -TERM $reader
	status=0; wait $reader || status=$?
	[ $status -eq 143 ] || fail "status $status"
	grep -qE 'sctrace-read: [0-9]+ (records, none lost|of [0-9]+ records lost)' stderr || fail "$(cat stderr)"
	[ -d /proc/$pid ] || fail "the task died with the reader"
	kill $pid; wait || true
}

# shellcheck disable=SC2016 # the shells' own
test_signal_to_the_reader_ends_the_command()
{
	sctrace-read -f -q sh -c 'echo $$ >pid; exec calls 0 1000' >/dev/null 2>trace & reader=$!
	wait_until grep -qs 'close(-1' trace
	kill -TERM $reader
	status=0; wait $reader || status=$?
	[ $status -eq 143 ] || fail "status $status"
	wait_until eval '! kill -0 $(cat pid) 2>/dev/null'
}

# As under strace: the end that the command comes to is in the file.
# shellcheck disable=SC2016
test_signal_does_not_end_a_trace_of_a_command_in_a_file()
{
	sctrace-read -f -q -o trace sh -c 'echo $$ >pid; while [ ! -e stop ]; do sleep 0.05; done; exit 7' & reader=$!
	wait_until [ -s pid ]
	kill -INT $reader; kill -TERM $reader
	touch stop
	status=0; wait $reader || status=$?
	[ $status -eq 7 ] || fail "status $status"
	grep -q 'exited with 7' trace || fail "$(tail -n 3 trace)"
}

test_interrupt_ends_a_reader_in_the_background()
{
	calls 0 1000 >/dev/null & pid=$!
	sctrace-read -q -o trace -p $pid & reader=$!
	wait_until grep -qs close trace
	kill -INT $reader
	status=0; wait $reader || status=$?
	[ $status -eq 130 ] || fail "status $status"
	kill $pid; wait || true
}

test_execveat_returns_as_itself()
{
	sctrace-read -o trace execat
	grep -qE '^execveat\(AT_FDCWD, "/bin/true", .*\) += 0$' trace || fail "$(grep exec trace)"
}

test_reader_does_not_trace_itself_by_pid()
{
	# The shell becomes the reader, under the same process id.
	# shellcheck disable=SC2016
	must_fail 1 'every task to be traced has exited' sh -c 'exec sctrace-read -p $$'
}

# It is in the scope, if it makes no calls: nobody is left when it ends.
test_kernel_thread_that_ends_ends_the_trace()
{
	local pid reader

	modprobe -q pktgen && [ -e /sys/module/pktgen/initstate ] || skip "this kernel has no pktgen, whose threads end when it goes"
	pid=$(pgrep -x kpktgend_0)
	sctrace-read -q -o trace -p "$pid" 2>said & reader=$!
	wait_until asleep_in_poll $reader
	modprobe -r pktgen
	wait $reader || fail "status $?: $(cat said)"
	[ ! -s trace ] && [ ! -s said ] || fail "$(cat trace said)"
}
