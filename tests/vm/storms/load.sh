# SPDX-License-Identifier: GPL-2.0-or-later
# The module comes and goes while the machine works.
# shellcheck shell=bash

# Half of them as fast as they can. What loads must get at a processor, too. Most of the time of a load is grace periods: half of the
# loads have expedited ones, and so come more often, and while tasks are elsewhere.
test_load_and_unload_while_tasks_make_calls()
{
	local makers=() pid expedited bad='' rounds=2

	! is_long_form || rounds=1000
	for _ in 1 2 3 4; do
		setsid nice -n 19 calls 0 >/dev/null & makers+=($!)
		setsid calls 0 500 >/dev/null & makers+=($!)
	done
	rmmod sctrace
	for expedited in 0 1; do
		echo $expedited >/sys/kernel/rcu_expedited
		reload /sctrace/sctrace.ko $((storm_seconds / 2)) $((rounds / 2)) $RANDOM >>loads || bad=yes
	done
	echo 0 >/sys/kernel/rcu_expedited
	[ -z "$bad" ] || fail "$(cat loads)"
	for pid in "${makers[@]}"; do goes_on "$pid"; done
	kill -KILL "${makers[@]}"
	modprobe sctrace
	is_calm
	operations "$(awk '{ loads += $1; records += $3 } END { print loads " loads, " records " records" }' loads)"
}

# Tasks that wait for a reader that stands still, while the module is asked to go all the time; then the reader is killed, or
# goes on and ends, or is not there for its tasks: they are killed.
let_go()
{
	local pids=() pid reader unload i

	rm -f trace
	modprobe sctrace
	for i in 1 2 3 4; do
		nice -n 19 calls 0 >/dev/null & pids+=($!)
	done
	sctrace-read -q --ring-kb=64 --lossless=0 -o trace -p "$(IFS=,; echo "${pids[*]}")" 2>said & reader=$!
	wait_until test -s trace
	kill -STOP $reader
	for pid in "${pids[@]}"; do wait_until waits_for_reader "$pid"; done
	unload sctrace >refused & unload=$!
	case $((n % 4)) in
	0) kill -KILL $reader ;;
	1) kill -TERM $reader; kill -CONT $reader ;;
	2)
		kill -STOP "${pids[0]}"; kill -KILL "${pids[1]}"
		kill -KILL $reader
		kill -CONT "${pids[0]}"
		;;
	3) kill -KILL "${pids[@]}"; kill -CONT $reader ;;
	esac
	wait $reader || true
	wait $unload || fail "$(cat refused)"
	for i in 0 2 3; do
		[ $((n % 4)) -eq 3 ] || goes_on "${pids[$i]}"
	done
	refused=$((refused + $(cat refused)))
	kill -KILL "${pids[@]}" 2>/dev/null || true
	wait "${pids[@]}" 2>/dev/null || true
}

test_unload_with_waiting_tasks()
{
	refused=0
	rmmod sctrace
	until_then let_go
	modprobe sctrace
	is_calm
	operations $n "unloads, asked for in vain $refused times"
}
