# SPDX-License-Identifier: GPL-2.0-or-later
# Processors and other tracers that come and go.
# shellcheck shell=bash

# Those that can be switched off.
switches()
{
	find /sys/devices/system/cpu -path '*/cpu[0-9]*/online' | sort
}

# Until the file "over" is there: one after the other goes, and comes again, or all go, and all come.
switch_processors()
{
	local all switch count=0

	mapfile -t all < <(switches)
	while [ ! -e over ]; do
		for switch in "${all[@]}"; do
			echo 0 >"$switch"
			[ $((count % 3)) -eq 0 ] || echo 1 >"$switch"
			count=$((count + 1))
		done
		for switch in "${all[@]}"; do echo 1 >"$switch"; done
	done
	echo $count >switched
}

# while_processors_come_and_go COMMAND…
while_processors_come_and_go()
{
	local switching status=0

	rm -f over
	switch_processors & switching=$!
	"$@" || status=$?
	touch over
	wait $switching || fail "the processors could not be switched"
	[ $status -eq 0 ] || fail "$*: $(cat counts said 2>/dev/null)"
	offline=$((offline + $(cat switched)))
}

# Tasks that are bound to a processor, as long as it is there, and make numbered calls: all are seen, by a reader of all rings.
lines_of_all()
{
	# It does not begin if a processor has just gone that it wants a task for.
	rm -f counts
	for _ in {1..200}; do
		sctrace-read -q -f --lossless=0 -e trace=close -o trace flood 2 "$processors" counts >out 2>said
		[ ! -s counts ] || break
	done
	flood --check trace counts >>said && grep -q ' 0 lost in 0 gaps' said
}

# A session that begins before, or after, and is read to its end: of tasks that are bound to nothing.
forks_of_all()
{
	sctrace-read -q -f --lossless=0 -e trace=chdir -o trace forktree 3 4 2>said
	[ "$(grep -c 'chdir("/tree' trace)" -eq 85 ]
}

test_processors_come_and_go()
{
	[ -n "$(switches)" ] || skip "this machine has no processor that can be switched off"
	offline=0
	processors=$(nproc)
	local end=$((SECONDS + storm_seconds))
	while [ $SECONDS -lt $end ]; do
		while_processors_come_and_go fullring discard-keep-up 4 0 2 >counts
		while_processors_come_and_go fullring lossless-keep-up 4 0 2 >counts
		while_processors_come_and_go fullring lossless 4 2000 >counts
		while_processors_come_and_go lines_of_all
		while_processors_come_and_go forks_of_all
	done
	[ "$(nproc)" -eq "$processors" ] || fail "$(nproc) of $processors are there"
	is_calm
	operations $offline "processors switched off"
}

# ---- other tracers ----

# A place of its own in the kernel's tracing, so that it is a user of the tracepoint of its own, too.
tracing_instance()
{
	mkdir "/sys/kernel/tracing/instances/$1"
	echo 'fd > 4000000000' >"/sys/kernel/tracing/instances/$1/events/syscalls/sys_enter_close/filter"
}

listen()
{
	echo "$2" >"/sys/kernel/tracing/instances/$1/events/syscalls/sys_enter_close/enable"
}

# Until the file "over" is there. perf is one that attaches to tracepoints in another way; not every guest's kernel knows it.
others_come_and_go()
{
	local count=0

	while [ ! -e over ]; do
		listen passing 1
		moment
		listen passing 0
		perf stat -x, -e syscalls:sys_enter_close -p "$bystander" -o /dev/null sleep 0.1 >/dev/null 2>&1 || true
		echo $((count / 2 % 2)) >/sys/module/sctrace/parameters/focus
		count=$((count + 2))
	done
	echo $count >came
}

# Of tasks that have nothing to do with the bystander: it is taken off the tracepoints.
sessions_come_and_go()
{
	local count=0 reader how

	while [ ! -e over ]; do
		for how in "-p $traced" "--scope comm=nobody" "-f --no-enter -p $traced"; do
			# shellcheck disable=SC2086
			sctrace-read -q -o /dev/null $how & reader=$!
			moment
			kill -TERM $reader; wait $reader || true
			count=$((count + 1))
		done
	done
	echo $count >began
}

# What the instance has of the bystander's calls: once it has seen one, it must see all that follow.
numbers_seen()
{
	sed -n "s/^ *calls-$bystander .*sys_close(fd: *\(0x\)\{0,1\}\([0-9a-f]*\))$/\2/p" "$1"
}

listen_for_a_while()
{
	local instance=/sys/kernel/tracing/instances/listening

	echo >$instance/trace
	listen listening 1
	wait_until sh -c "grep -qs 'calls-$bystander ' $instance/trace"
	moment
	moment
	listen listening 0
	numbers_seen $instance/trace >numbers
	[ -s numbers ] || fail "no numbers: $(grep calls $instance/trace | tail -n 2)"
	python3 - numbers <<-'END' >holes || fail "it does not see all: $(cat holes)"
		import sys
		base = 16 if open(sys.argv[1]).readline()[0] == "f" else 10
		seen = [int(line, base) for line in open(sys.argv[1])]
		holes = [(a, b) for a, b in zip(seen, seen[1:]) if b != a - 1]
		print(len(seen), holes[:5])
		sys.exit(len(holes) > 0)
	END
	heard=$((heard + $(wc -l <numbers)))
}

test_other_tracers_and_sessions_come_and_go()
{
	local others sessions end=$((SECONDS + storm_seconds)) n=0

	[ -d /sys/kernel/tracing/instances ] || skip "no tracefs"
	[ -e /sys/kernel/tracing/events/syscalls/sys_enter_close ] || skip "no events of system calls"
	tracing_instance passing
	tracing_instance listening
	trap 'touch over; listen passing 0; listen listening 0; rmdir /sys/kernel/tracing/instances/{passing,listening}' EXIT
	taskset -c 0 calls 0 1000 >/dev/null & bystander=$!
	sleep 10000 & traced=$!
	heard=0
	others_come_and_go & others=$!
	sessions_come_and_go & sessions=$!
	while [ $SECONDS -lt $end ]; do
		listen_for_a_while
		n=$((n + 1))
	done
	touch over
	wait $others $sessions
	echo 1 >/sys/module/sctrace/parameters/focus
	goes_on $bystander
	kill -KILL $bystander $traced
	is_calm
	[ "$heard" -gt 0 ]
	operations "$(($(cat came) + $(cat began) + n))" "attachments, $heard calls heard beside them"
}
