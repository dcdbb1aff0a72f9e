# SPDX-License-Identifier: GPL-2.0-or-later
# Readers that come in crowds, are killed, or stand still.
# shellcheck shell=bash

test_eight_threads_open_configure_map_and_close()
{
	local how seed opened=0 made=0

	setsid nice -n 19 calls 0 >/dev/null & pid=$!
	setsid calls 0 200 >/dev/null & other=$!
	for how in '' close; do
		seed=$RANDOM
		# shellcheck disable=SC2086
		crowd 8 "$(part 2)" $seed $pid $how >said || fail "seed $seed $how: $(cat said)"
		opened=$((opened + $(sed -n 's/^\([0-9]*\) sessions, .*/\1/p' said)))
		made=$((made + $(sed -n 's/.* sessions, \([0-9]*\) calls.*/\1/p' said)))
		goes_on $pid
	done
	kill -KILL $pid $other
	is_calm
	operations $opened "sessions, $made calls"
}

# ---- kill -9 ----

# What readers are asked for, one after the other.
readers=(
	"-q -o trace"
	"-q -o trace --lossless=0 --ring-kb=64"
	"-q -f --lossless=0 --ring-kb=64 -o trace -p PID"
	"-q -f --lossless -o trace sh -c 'forktree 2 3; exec calls 20000'"
	"-q --record=file"
	"-q --flight=256K --record=box -p PID"
	"-q -c -o trace -p PID"
	"-q -y -k -o trace -p PID"
	"-q -o trace --whole --scope comm=calls"
	"-q -o trace --hook=kprobe -e trace=close --scope comm=calls"
)

has_rings_or_ended()
{
	grep -qs /dev/sctrace "/proc/$1/maps" || has_ended "$1"
}

kill_a_reader()
{
	local reader second='' pid status how=${readers[$((n % ${#readers[@]}))]}

	eval "exec sctrace-read ${how//PID/${makers[0]}}" >/dev/null 2>said & reader=$!
	if [ $((n % 3)) -eq 0 ]; then
		sctrace-read -q --lossless=0 --ring-kb=64 -o second -p "${makers[1]}" >/dev/null 2>&1 & second=$!
	fi
	# Now and then before it has begun.
	[ $((RANDOM % 4)) -eq 0 ] || wait_until has_rings_or_ended $reader
	moment
	# shellcheck disable=SC2086
	kill -KILL $reader $second 2>/dev/null || true
	for pid in $reader $second; do
		status=0
		wait "$pid" || status=$?
		# Its command may have ended.
		[ $status -eq 137 ] || [ $status -eq 0 ] || fail "$how: ended with $status before it was killed: $(cat said)"
	done
	for pid in "${makers[@]}"; do goes_on "$pid"; done
	rm -f trace file box* second
}

test_readers_are_killed_at_random_moments()
{
	# Not of the readers' process group: that one never waits for a reader of everything.
	makers=()
	for _ in 1 2 3; do
		setsid nice -n 19 calls 0 >/dev/null & makers+=($!)
	done
	until_then kill_a_reader
	kill -KILL "${makers[@]}"
	is_calm
	operations $n kills
}

# ---- SIGSTOP ----

# goes_on_or_ended PID FIELDS: since it had taken this time.
goes_on_or_ended()
{
	has_ended "$1" || has_gone_on "$1" "$2"
}

# Unless it has ended: who was told to stop on the way out is gone.
let_reader_go()
{
	kill -CONT $reader 2>/dev/null || true
}

# still_for_a_moment MODE CHILD…: the reader stands still; its children, which make calls without an end, wait or go on.
still_for_a_moment()
{
	local child took

	kill -STOP $reader 2>/dev/null || return 0
	moment
	for child in "${@:2}"; do
		if [ "$1" = lossless-keep-up ]; then
			wait_until waits_or_ended "$child"
		else
			took=$(time_of "$child") || continue
			wait_until goes_on_or_ended "$child" "$took"
		fi
	done
	let_reader_go
	stops=$((stops + 1))
	moment
}

# fullring knows what each mode owes, and looks at every record.
stop_fullring()
{
	local until=$((SECONDS + $2)) children took

	fullring "$1" 4 0 "$2" >counts & reader=$!
	wait_until eval '[ "$(pgrep -c -P $reader)" -eq 4 ] || has_ended $reader'
	mapfile -t children < <(pgrep -P $reader)
	# They begin all at once, when it traces.
	if took=$(time_of "${children[3]:-0}"); then
		wait_until goes_on_or_ended "${children[3]}" "$took"
	fi
	while [ $SECONDS -lt $until ]; do
		still_for_a_moment "$1" "${children[@]}"
	done
	wait $reader || fail "$1: $(cat counts)"
}

# And sctrace-read: each call is there, or in a gap of its processor at its place.
stop_the_lines()
{
	local until=$((SECONDS + $2))

	while [ $SECONDS -lt $until ]; do
		sctrace-read -q -f -e trace=close "$1" -o trace flood 2 "$(nproc)" counts >out 2>said & reader=$!
		while kill -STOP $reader 2>/dev/null; do
			moment
			let_reader_go
			stops=$((stops + 1))
			moment
		done
		wait $reader || fail "$(cat said)"
		flood --check trace counts >sums || fail "$1: $(cat sums)"
		[ "$1" != --lossless=0 ] || grep -q ' 0 lost in 0 gaps' sums || fail "$1: $(cat sums)"
	done
}

test_reader_stands_still_with_full_rings()
{
	stops=0
	for mode in discard-keep-up lossless-keep-up overwrite; do
		stop_fullring $mode "$(part 4)"
	done
	stop_the_lines --ring-kb=64 "$(part 8)"
	stop_the_lines --lossless=0 "$(part 8)"
	is_calm
	operations $stops stops
}
