# SPDX-License-Identifier: GPL-2.0-or-later
# The stacks of calls: -k.
# shellcheck shell=bash

# functions TRACE CALL: of each such call a line with the functions on its stack that are stacked's own. One that was in the middle
# when a thread's end was told has its stack where it is resumed.
functions()
{
	awk -v call="$2" '
		/^ > / {
			if (on && match($0, /\((inner|deeper|middle|outer|in_thread|handler|main)\+0x/))
				names = names " " substr($0, RSTART + 1, RLENGTH - 4)
			next
		}
		on { print substr(names, 2); on = 0 }
		/<unfinished \.\.\.>$/ { next }
		index($0, call "(") || index($0, "<... " call " resumed>") { on = 1; names = "" }
		END { if (on) print substr(names, 2) }
	' "$1"
}

# Of the code by which a handler is left, some kernels do not say how to unwind it: those of aarch64, and newest ones to 32-bit programs.
handler_may_be_last='s/^inner handler$/& main/'

# stacks_of TRACE DEPTH [SED]: of prog/stacked.c; SED makes other lines the same.
stacks_of()
{
	local deeper='' i

	for ((i = 0; i < $2; i++)); do deeper+='deeper '; done
	printf '%s\n' "inner ${deeper}middle outer main" "inner ${deeper}middle outer in_thread" 'inner handler main' >expected
	[ "$(uname -m)" != aarch64 ] || set -- "$1" "$2" "$handler_may_be_last"
	functions "$1" getppid | sed "${3:-}" >names
	diff expected names || fail "other stacks (>): $(head -n 60 "$1")"
}

test_functions_are_on_the_stack()
{
	sctrace-read -q -f -k -e trace=getppid -o trace stacked
	stacks_of trace 0
	[ "$(uname -m)" = aarch64 ] || ! grep -E '^ > (unexpected|stack beyond)' trace || fail "$(cat trace)"
	# Of the short-lived as well: nobody asks /proc.
	sctrace-read -q -f -k -e trace=getppid -o many sh -c 'for i in 1 2 3 4 5 6 7 8 9 10; do stacked; done'
	functions many getppid | grep inner | sort | uniq -c | awk '{ print $1 }' >counts
	[ "$(xargs <counts)" = '10 10 10' ] || fail "$(xargs <counts) of 10 each: $(functions many getppid; cat many)"
}

# The program lies in memory where its file says.
test_addresses_are_those_in_the_file()
{
	local address name offset nr=0

	sctrace-read -q -f -k -e trace=getppid -o trace stacked
	stacked addresses >symbols
	while read -r name offset address; do
		[ $(($(awk -v name="$name" '$1 == name { print $2 }' symbols) + offset)) -eq $((address)) ] ||
			fail "$name+$offset is not at $address"
		nr=$((nr + 1))
	done < <(sed -nE 's/^ > .*\((inner|middle|outer|main)\+(0x[0-9a-f]+)\) \[(0x[0-9a-f]+)\]$/\1 \2 \3/p' trace)
	[ $nr -ge 8 ] || fail "$nr frames: $(cat trace)"
}

test_stacks_of_other_abis()
{
	local program nr=0

	for program in /sctrace/bin/stacked-*; do
		"$program" 2>/dev/null || continue
		sctrace-read -q -f -k -e trace=getppid -o trace "$program"
		if [ "$(uname -m)" = aarch64 ]; then
			# Such programs say in a way of their own how to unwind them: the innermost function is all that is known.
			[ "$(grep -c '^ > .*/stacked-.*(syscall+0x' trace)" -eq 3 ] || fail "$(cat trace)"
		else
			stacks_of trace 0 "$handler_may_be_last"
		fi
		nr=$((nr + 1))
	done
	[ $nr -gt 0 ] || skip 'this kernel runs no programs of other ABIs'
}

test_stack_that_is_longer_than_what_is_taken_says_so()
{
	sctrace-read -q -f -k --stack-size=4096 -e trace=getppid -o trace stacked 20
	[ "$(grep -c '^ > .*--stack-size' trace)" -ge 2 ] || fail "$(cat trace)"
	[ "$(functions trace getppid | grep -c '^inner deeper deeper.*deeper$')" -eq 2 ] || fail "$(functions trace getppid)"
	sctrace-read -q -f -k --stack-size=32K -e trace=getppid -o trace stacked 20
	stacks_of trace 20
}

test_stacks_are_in_a_recording()
{
	sctrace-read -q -f -k -o live -e trace=getppid,exit_group stacked
	sctrace-read -q -f -k --record trace.sct -e trace=getppid,exit_group stacked
	sctrace-read -q --replay trace.sct -k -o replayed
	stacks_of replayed 0
	# Of what a 64-bit kernel's own code has to say, a recording has nothing.
	[ "$(uname -m)" = aarch64 ] || [ "$(grep -c '^ > ' replayed)" -eq "$(grep -c '^ > ' live)" ] || fail "$(diff live replayed)"
	sctrace-read -q --replay trace.sct -o none
	! grep '^ > ' none || fail 'stacks without -k'
	sctrace-read -q -f --record without.sct stacked
	must_fail 1 "-k: 'without.sct' was recorded without it, and does not hold what it shows" sctrace-read --replay without.sct -k
}

test_stacks_of_whole_calls()
{
	sctrace-read -q -f -k -z -e trace=getppid -o trace stacked
	stacks_of trace 0
	! sctrace-read -q -k -Z -e trace=openat -o trace cat /none 2>/dev/null
	grep -A 3 '"/none"' trace | grep -q '^ > ' || fail "$(cat trace)"
}

test_stacks_of_a_task_that_was_there_before()
{
	calls 300 100000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q -k -o trace -p $pid
	wait $pid
	[ "$(grep -c '(main+0x' trace)" -ge 300 ] || fail "$(head -n 20 trace)"
}

# Frames of libraries, as strace has them: by their addresses, since it names functions by the last symbol before them, too.
test_stacks_are_straces()
{
	local trace total differing

	strace -k -o by-strace true 2>said || skip "strace has no -k here: $(tail -n 1 said)"
	setarch -R strace -k -o by-strace ls / >/dev/null
	setarch -R sctrace-read -q -k -o by-sctrace ls / >/dev/null
	for trace in by-strace by-sctrace; do
		# From the second call on: the first one's stack is the tracer's own.
		awk '/^[a-z]/ && ++n == 2 { on = 1 } on' $trace | sed -E 's/^([a-z0-9_]+)\(.*/\1/; s/\(.*\) \[/ [/' >$trace.frames
	done
	diff by-strace.frames by-sctrace.frames >differ || true
	total=$(wc -l <by-strace.frames) differing=$(grep -c '^[<>]' differ || true)
	[ "$total" -gt 300 ] || fail "$total lines of strace's"
	[ $((differing * 50)) -le "$total" ] || fail "$differing of $total lines differ: $(head -n 40 differ)"
}

test_stacks_as_json()
{
	sctrace-read -q -f -k --format=json -e trace=getppid -o trace stacked
	python3 - <<-'END' || fail "$(head -n 3 trace)"
	import json
	calls = [e for e in map(json.loads, open("trace")) if e["type"] == "call"]
	stacks = [[frame["symbol"] for frame in e["stack"]] for e in calls]
	assert len(stacks) == 3 and all("inner" in s for s in stacks), stacks
	assert "main" in stacks[0] and "in_thread" in stacks[1] and "handler" in stacks[2], stacks
	END
}
