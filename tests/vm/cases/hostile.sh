# SPDX-License-Identifier: GPL-2.0-or-later
# Programs that are traced and do not want it, or want more: names that change a terminal, pointers to nowhere, memory that never
# comes, arguments that are others by the time they are looked at. What takes long is in ../storms/hostile.sh.
# Alike on all kernels: rings and reader do not differ. `make check` runs these on one.
# shellcheck shell=bash disable=SC2154

# no_controls FILE…: lines of what a terminal shows as it is.
no_controls()
{
	/sctrace/cases/controls.py "$@" >found || fail "$(head -n 5 found)"
}

test_names_of_all_kinds_cannot_change_a_terminal()
{
	for options in -f '-f -Y' '-f -Y -yy -v -s 500' '-f -k' '-ff -Y' '-f --decode-fds=all --decode-pids=comm' '-c -f' '-f --whole -yy' \
		'-f -y -tt -T -i' '-f --format=json -yy -v' '-f -yy --record=file.sct'; do
		rm -f trace*
		# shellcheck disable=SC2086
		sctrace-read $options -o trace badnames 2>said || fail "$options: status $?: $(cat said)"
		no_controls trace* said
		[ "$(cat trace* | wc -l)" -gt 5 ] || [ -e file.sct ] || fail "$options: $(cat trace*)"
	done
	sctrace-read --replay file.sct -Y -yy -o replayed
	no_controls replayed
	# To the terminal itself, beside what the reader has to say.
	sctrace-read -f -Y badnames 2>said
	no_controls said
	# After "execve(", or after "<... execve resumed>".
	grep -qF '"p\33[5m\n\377", ["x\33[2J' replayed || fail "the program's name is not there: $(grep execve replayed)"
}

test_json_and_csv_of_all_kinds_of_names_are_that()
{
	sctrace-read -f --format=csv -o trace badnames || fail "status $?"
	/sctrace/cases/controls.py --csv trace >found || fail "$(head -n 5 found)"
	for options in '' '-yy -v' '--whole -s 500' -k; do
		# shellcheck disable=SC2086
		sctrace-read -f --format=json $options -o trace badnames || fail "status $?"
		/sctrace/cases/controls.py --json trace >found || fail "$options: $(head -n 5 found)"
	done
}

test_memory_that_cannot_be_read_is_shown_as_by_strace()
{
	same badptr same
}

# all_rounds N: each call of prog/changing.c has its line in the file "trace", and no more.
all_rounds()
{
	local call

	for call in close chdir write writev sendmsg connect; do
		[ "$(grep -cE "^[0-9]+ +$call\(" trace)" -ge "$1" ] || fail "of $1 $call there are $(grep -cE "^[0-9]+ +$call\(" trace)"
	done
	[ "$(grep -cE '^[0-9]+ +(execve\(|<\.\.\. execve resumed>)"/no/such/program"' trace)" -eq "$1" ] || fail "execve: $(grep -c execve trace)"
	# What the other thread does in between leaves the line unfinished.
	[ "$(grep -cE '^[0-9]+ +close\(-1[0-9]{6}(\)| <unfinished)' trace)" -eq "$1" ] || fail "close: $(grep -c 'close(-1' trace)"
}

test_arguments_that_change_during_the_call_are_told_of()
{
	# Neither line nor record is one too few.
	sctrace-read -f -q --strict --lossless=0 -s 300 -o trace changing 300 2>said || fail "status $?: $(cat said)"
	all_rounds 300
	no_controls trace
	sctrace-read -f -q --strict --lossless=0 --format=json -o trace changing 300 2>said || fail "status $?: $(cat said)"
	/sctrace/cases/controls.py --json trace >found || fail "$(head -n 5 found)"
}

# Each string is as long as the kernel takes one, all together as long as it takes them: 6 MB, whatever the stack's limit is.
test_arguments_of_megabytes()
{
	local n

	for n in 40 64; do
		sctrace-read -q -f --ring-kb=16384 -v -s 65000 -o trace sh -c \
			"ulimit -s unlimited; exec python3 -c 'import os; os.execv(\"/bin/true\", [\"x\" * 131000] * $n)'" 2>said || true
		no_controls trace said
		grep -qE '^[0-9]+ +execve\("/bin/true", \["x{1000}' trace || fail "$n: $(grep execve trace | cut -c 1-200)"
	done
	# The second was too much for the kernel.
	grep -qE '^[0-9]+ +execve\("/bin/true", .* = -1 E2BIG' trace || fail "$(grep execve trace | cut -c 1-200)"
}

# The program waits for itself: nobody else does. It can be killed, and only then can the module go.
test_page_that_never_comes_holds_nobody_but_its_task()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec badptr missing asleep' & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q -o trace -p $pid & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT $pid
	wait_until test -e asleep
	wait_until waits_for_reader $pid
	sctrace-read -q -o other true || fail "another reader: status $?"
	kill -TERM $reader; wait $reader || true
	kill -0 $pid || fail "the task has gone"
	! rmmod sctrace 2>said || fail "unloaded under a task that is in it"
	grep -q 'in use' said || fail "$(cat said)"
	kill -KILL $pid; wait $pid || true
	wait_until rmmod sctrace
}

# all_wait PID: all threads that it has wait for their page, or have waited in vain for a place to do so.
all_wait()
{
	local threads

	threads=$(find /proc/"$1"/task -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)
	[ "$(cat /proc/"$1"/task/*/stack 2>/dev/null | grep -c handle_userfault)" -eq "$threads" ]
}

# Each thread would take 256 KiB at least, and 32 MiB were all that there was for one session.
test_pages_that_never_come_take_no_memory_from_others()
{
	local command hogs=() other reader pid n

	for n in 1 2; do
		# shellcheck disable=SC2016
		sh -c 'kill -STOP $$; exec badptr missing asleep$0 64 1000000' $n & hogs+=($!)
	done
	head -c 6400000 /dev/zero | tr '\0' z >cold
	command='
import mmap, os, signal
memory = mmap.mmap(os.open("cold", os.O_RDONLY), 6400000, mmap.MAP_PRIVATE, mmap.PROT_READ)
os.kill(os.getpid(), signal.SIGSTOP)
for at in range(0, 6400000 - 65536, 65536):
    try:
        os.write(-1, memoryview(memory)[at:at + 20])
    except OSError:
        pass'
	python3 -c "$command" & other=$!
	for pid in "${hogs[@]}" $other; do wait_until grep -q 'State:.T' /proc/$pid/status; done
	sctrace-read -q -f -s 1000000 --ring-kb=16384 -o trace -p "${hogs[0]},${hogs[1]},$other" 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT "${hogs[@]}"
	for n in 1 2; do
		wait_until test -e asleep$n
		wait_until all_wait "${hogs[$((n - 1))]}"
	done
	kill -CONT $other
	wait $other || fail "the other program: status $?"
	kill -KILL "${hogs[@]}"; wait "${hogs[@]}" || true
	wait $reader || fail "status $?: $(cat said)"
	n=$(grep -cE "^$other +write\(-1, \"z{20}\", 20\) *= -1 EBADF" trace || true)
	[ "$n" -eq 97 ] || fail "of 97 cold buffers $n are told: $(grep -m 3 "^$other .*write" trace)"
}

# In a user namespace anybody may make 100,000 of them on one place, and a path is made by climbing them all: with preemption
# off, for so many paths only as are made fast; the others are read asleep, and are there, too.
test_paths_below_many_mounts_are_told()
{
	local n

	mkdir deep; : >deep/file
	sctrace-read -q -y -v -e trace=poll -o trace python3 -c '
import ctypes, os, select
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10020000) or libc.mount(None, b"/", None, 0x44000, None):
    raise OSError(ctypes.get_errno(), "unshare")
for _ in range(4000):
    if libc.mount(b"deep", b"deep", None, 0x1000, None):
        raise OSError(ctypes.get_errno(), "mount")
ready = select.poll()
for _ in range(60):
    ready.register(os.open("deep/file", os.O_RDONLY))
ready.poll(0)' || fail "status $?"
	n=$(grep -o "<$PWD/deep/file>" trace | wc -l)
	[ "$n" -ge 60 ] || fail "of 60 descriptors $n have their path: $(cut -c 1-300 trace)"
}
