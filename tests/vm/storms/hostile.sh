# SPDX-License-Identifier: GPL-2.0-or-later
# Readers that do what none should, beside one that does what it should.
# shellcheck shell=bash disable=SC2154

# One session that goes on all the time, $kept, so that the tracepoints stay: an emulated processor can take a breakpoint that the
# kernel has just ended patching with, which the kernel dies of.
keep_tracepoints()
{
	sctrace-read -q --hook=tracepoint -e trace=getppid -o kept -p $$ & kept=$!
	wait_until asleep_in_poll $kept
}

# beside COMMAND…: the command, and as long as it runs, a reader that is honest, in each mode of a ring, of which every record must be
# there or counted.
beside()
{
	local mode n=0 status=0

	keep_tracepoints
	"$@" >done & bad=$!
	while kill -0 $bad 2>/dev/null; do
		for mode in discard lossless overwrite; do
			fullring $mode 2 5000 >counts || fail "the honest reader, $mode: $(cat counts)"
			n=$((n + 1))
		done
	done
	wait $bad || status=$?
	kill -TERM $kept
	wait $kept || true
	[ $status -eq 0 ] || fail "status $status: $(head -n 20 done)"
	operations "$(tail -n 1 done); $n sessions beside it"
}

test_reader_that_writes_and_maps_what_it_should_not()
{
	beside badreader "$storm_seconds" 1
}

test_ioctls_with_anything()
{
	local fuzzers=() i status

	beside fuzzioctl "$storm_seconds" 1
	is_long_form || return 0
	# Ten million more, by one fuzzer a processor.
	keep_tracepoints
	for ((i = 0; i < $(nproc); i++)); do
		fuzzioctl 0 $((1000000 * (i + 1))) 1 $((10000000 / $(nproc))) >done.$i & fuzzers+=($!)
	done
	for i in "${!fuzzers[@]}"; do
		status=0
		wait "${fuzzers[$i]}" || status=$?
		[ $status -eq 0 ] || fail "fuzzer $i: status $status: $(head -n 20 "done.$i")"
	done
	kill -TERM $kept
	wait $kept || true
	operations "$(cat "$work/operations"); alone $(awk '{ i += $1; c += $4; t += $6; r += $8 }
		END { printf "%d ioctls in %d cases, %d taken, %d records", i, c, t, r }' done.*)"
}

test_arguments_that_change_during_the_call()
{
	local end=$((SECONDS + storm_seconds)) n=0

	while [ $SECONDS -lt $end ]; do
		sctrace-read -f -q --strict --lossless=0 -s 300 -yy -o trace changing 2000 2>said || fail "status $?: $(cat said)"
		[ "$(grep -cE 'close\(-1[0-9]{6}(\)| <unfinished)' trace)" -eq 2000 ] || fail "close: $(grep -c 'close(-1' trace)"
		n=$((n + 2000 * 7))
	done
	operations $n calls
}
