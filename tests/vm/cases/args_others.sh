# SPDX-License-Identifier: GPL-2.0-or-later
# What other tracers get of arguments on pages that are not there yet: strace all, perf trace and bpftrace less.
# Alike on all kernels: what is ours of it, args.sh has. `make check` runs these on one.
# shellcheck shell=bash disable=SC2154

test_strace_sees_the_same_cold_strings_and_buffers()
{
	on_disk
	strace -s 4095 -o "$work/trace" cold 10000 expected
	equal_cold "$work/trace"
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
