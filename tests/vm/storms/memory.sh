# SPDX-License-Identifier: GPL-2.0-or-later
# Memory is short: readers are killed for it, sessions do not get it, and each allocation fails.
# shellcheck shell=bash

# A cgroup with a limit for its memory: $group.
memory_group()
{
	group=/sys/fs/cgroup/storm
	[ -e /sys/fs/cgroup/cgroup.controllers ] || skip "no cgroups of version 2"
	grep -qw memory /sys/fs/cgroup/cgroup.controllers || skip "cgroups do not limit memory here"
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
	mkdir -p $group
	trap 'rmdir $group || true' EXIT
}

# in_group COMMAND…
in_group()
{
	# shellcheck disable=SC2016
	exec sh -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' $group "$@"
}

# The reader has its rings, and what it reads; then its limit goes below that.
kill_a_reader_for_memory()
{
	local reader status=0 how
	local ways=("-o trace" "--lossless=0 -o trace" "-k --ring-kb=4096 -o trace" "--record=file" "--flight=4M --record=box")

	how=${ways[$((n % 5))]}
	echo max >$group/memory.max
	# shellcheck disable=SC2086
	in_group sctrace-read -q $how -p $pid 2>said & reader=$!
	case $how in
	*flight*) wait_until asleep_in_poll $reader ;;
	*record*) wait_until test -s file ;;
	*) wait_until test -s trace ;;
	esac
	# Now or when it asks for more.
	echo 1M >$group/memory.max 2>/dev/null || true
	wait $reader || status=$?
	[ $status -eq 137 ] || fail "$how: it is not killed, but ends with $status: $(cat said)"
	goes_on $pid
	rm -f trace file box*
}

# A session that is too large is refused, and nobody is killed.
ask_for_too_much()
{
	echo 40M >$group/memory.max
	must_fail 1 'no memory for the rings: give a smaller --buffer' in_group_shell sctrace-read -q --ring-kb=65536 -o trace -p $pid
	refused=$((refused + 1))
}

in_group_shell()
{
	(in_group "$@")
}

kill_and_refuse()
{
	kill_a_reader_for_memory
	ask_for_too_much
}

test_readers_are_killed_for_their_memory()
{
	memory_group
	setsid nice -n 19 calls 0 >/dev/null & pid=$!
	refused=0
	until_then kill_and_refuse
	grep -q "^oom_kill $n\$" $group/memory.events || fail "$n killed, says the case: $(cat $group/memory.events)"
	kill -KILL $pid
	is_calm
	operations $n "kills, $refused refused"
}

# All memory of the machine is taken until somebody has to go: the reader is named for that. Next is who takes it.
kill_by_the_machine()
{
	local reader hog status=0

	sctrace-read -q --ring-kb=16384 --lossless=0 -o /dev/null -p $pid 2>said & reader=$!
	wait_until grep -qs /dev/sctrace /proc/$reader/maps
	echo 1000 >/proc/$reader/oom_score_adj
	hog $reader & hog=$!
	wait $reader || status=$?
	wait $hog || true
	[ $status -eq 137 ] || fail "the reader ends with $status: $(cat said)"
	goes_on $pid
}

test_machine_runs_out_of_memory()
{
	setsid nice -n 19 calls 0 >/dev/null & pid=$!
	until_then kill_by_the_machine
	kill -KILL $pid
	is_calm
	operations $n kills
}

test_every_allocation_and_copy_fails_in_turn()
{
	local status=0 seed=$RANDOM

	# A session takes and ends many times a second then.
	echo 1 >/sys/kernel/rcu_expedited
	trap 'echo 0 >/sys/kernel/rcu_expedited' EXIT
	failnth "$storm_seconds" "$seed" >failures || status=$?
	[ $status -ne 77 ] || skip "this kernel has no failures made to order"
	[ $status -eq 0 ] || fail "seed $seed: $(tail -n 30 failures)"
	is_calm
	operations "$(tail -n 1 failures)"
}
