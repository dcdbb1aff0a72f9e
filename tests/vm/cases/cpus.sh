# SPDX-License-Identifier: GPL-2.0-or-later
# What depends on how many processors there are. tests/kernel runs these in a guest of its own, too, that has 16 and could
# have 128.
# shellcheck shell=bash

test_all_rings_together_have_64_mib_at_most()
{
	possible=$(($(sed 's/.*-//' /sys/devices/system/cpu/possible) + 1))
	want=1024
	while [ $((want * possible)) -gt 65536 ] && [ $want -gt 64 ]; do want=$((want / 2)); done
	got=$(cat /sys/module/sctrace/parameters/ring_kb)
	[ "$got" -eq $want ] || fail "$got KiB each for $possible processors, not $want"
	sctrace-read -q -o trace true
	tail -n 1 trace | grep -qF '+++ exited with 0 +++' || fail "$(tail -n 3 trace)"
}

test_full_rings_of_all_processors_add_up()
{
	n=$(nproc)
	[ "$n" -le 16 ] || n=16
	for mode in discard lossless overwrite; do
		fullring $mode "$n" 0 5 >counts || fail "$mode: $(cat counts)"
		echo "$mode: $(cat counts)"
	done
}

# The default rings, and all that the reader does with the records: each call is there, or in a gap at its place.
test_lines_of_all_processors_are_complete()
{
	sctrace-read -q -f -e trace=close -o trace flood 2 "$(nproc)" counts >out 2>said
	flood --check trace counts || fail "the lines are not those of the calls"
	sctrace-read -q -f -e trace=close --record=file flood 2 "$(nproc)" counts >out 2>said
	sctrace-read -q --replay=file -o trace 2>said
	flood --check trace counts || fail "the lines of the recording are not those of the calls"
}
