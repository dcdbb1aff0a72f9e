# SPDX-License-Identifier: GPL-2.0-or-later
# The module comes and goes while the machine works.
# shellcheck shell=bash

test_load_and_unload_while_tasks_make_calls()
{
	local n=0 i end=$((SECONDS + storm_seconds)) makers=()

	for i in 1 2 3 4 5 6 7 8; do
		calls 1000000000 >/dev/null & makers+=($!)
	done
	rmmod sctrace
	while [ $SECONDS -lt $end ]; do
		modprobe sctrace
		if [ $((n % 2)) -eq 0 ]; then
			sctrace-read -q -o trace true || fail "round $n: $(tail -n 3 trace)"
		fi
		rmmod sctrace
		n=$((n + 1))
	done
	kill -KILL "${makers[@]}"
	operations $n loads
}
