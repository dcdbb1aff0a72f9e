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

# equal TRACE: the calls of cold, all of them, byte by byte.
equal()
{
	between_marks "$1" >"$work/got"
	[ "$(wc -l <expected)" -eq 10000 ] || fail "$(wc -l <expected) lines expected"
	cmp -s expected "$work/got" ||
		fail "$(diff expected "$work/got" | grep -c '^<') of 10000 differ: $(diff expected "$work/got" | cut -c1-200 | head -n 4)"
}

test_cold_strings_and_buffers_are_all_captured()
{
	on_disk
	sctrace-read -s 4095 --ring-kb=16384 -o "$work/trace" cold 10000 expected 2>"$work/stderr" ||
		fail "$(cat "$work/stderr")"
	! grep -m 1 'records lost' "$work/trace" || fail "loss"
	equal "$work/trace"
}

test_strace_sees_the_same_cold_strings_and_buffers()
{
	on_disk
	strace -s 4095 -o "$work/trace" cold 10000 expected
	equal "$work/trace"
}

# What perf trace and bpftrace get is theirs.
test_report_of_cold_texts_has_all_of_ours()
{
	on_disk
	# The whole number takes minutes: tests/vm/cold-report.
	CALLS=1000 /sctrace/cases/cold-report >report || fail "status $?: $(cat report)"
	cat report
	for tracer in strace sctrace-read; do
		awk -v tracer=$tracer '$1 == tracer && $2 > 900 && $2 == $4 && $2 == $6 { found = 1 } END { exit !found }' report ||
			fail "$tracer: $(cat report)"
	done
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
