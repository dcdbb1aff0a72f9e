# SPDX-License-Identifier: GPL-2.0-or-later
# Arguments on pages that are not there yet, and arguments that no call can do anything with.
# shellcheck shell=bash disable=SC2154

test_pages_of_the_cold_program_are_cold()
{
	on_disk
	cold 10000 expected check 2>told || fail "$(cat told)"
	read -r calls _ pages _ absent _ <told
	[ "$calls" -eq 10000 ] || fail "$(cat told)"
	# As many calls have pages that are in no page table only as have those that are not in memory either.
	[ "$absent" -gt $((pages * 4 / 10)) ] || fail "$(cat told)"
	[ "$(wc -l <expected)" -eq 10000 ] || fail "$(wc -l <expected) lines"
}

test_cold_strings_and_buffers_are_all_captured()
{
	on_disk
	sctrace-read -s 4095 --ring-kb=16384 -o "$work/trace" cold 10000 expected 2>"$work/stderr" ||
		fail "$(cat "$work/stderr")"
	! grep -m 1 'records lost' "$work/trace" || fail "loss"
	equal_cold "$work/trace"
}

# Calls between each child's mark and its end, by the number in the mark: what limits prints of them.
count_by_mark()
{
	awk '
		$2 == "<..." || $2 ~ /^(---|\+\+\+)/ { next }
		match($0, /chdir\("\/call [0-9]+"/) {
			number[$1] = substr($0, RSTART + 13, RLENGTH - 14)
			order[++marks] = $1
			next
		}
		/ exit_group\(/ { ended[$1] = 1 }
		$1 in number && !($1 in ended) { count[$1]++ }
		END { for (i = 1; i <= marks; i++) print number[order[i]], count[order[i]] + 0 }
	' "$1"
}

test_calls_with_arguments_at_limits_all_have_their_line()
{
	sctrace-read -f -q --ring-kb=16384 -o trace limits 0 480 >made 2>stderr || fail "status $?: $(cat stderr)"
	[ ! -s stderr ] || fail "$(cat stderr)"
	! grep -m 1 'records lost' trace || fail "loss"
	[ "$(wc -l <made)" -gt 400 ] || fail "only $(wc -l <made) calls"
	count_by_mark trace >seen
	cut -d' ' -f1,2 made | diff - seen || fail "not the calls that were made"
}

# From 6.13 on the task would sleep within an RCU that others wait for: perf, as it lets go of a tracepoint.
test_page_that_never_comes_holds_no_other_tracer()
{
	echo N >/sys/module/sctrace/parameters/sleep_at_entry
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec badptr missing asleep' & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q -o trace -p $pid & reader=$!
	wait_until asleep_in_poll $reader
	kill -CONT $pid
	wait_until grep -qF handle_userfault /proc/$pid/stack
	perf trace -o others true || fail "perf: status $?"
	# In some kernels it is built in.
	! modprobe -r loop 2>modprobe || modprobe loop
	kill -0 $pid || fail "the task has gone"
	kill -KILL $pid; wait $pid || true
	wait $reader || fail "status $?"
}
