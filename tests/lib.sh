# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the scripts that run tests share. A sourcing script goes on when a test fails.
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/vm/lib.sh"
set +e
# The makes that tests call are not part of the job count of the one that called us.
unset MAKEFLAGS MFLAGS MAKELEVEL

# take_kernels WORD…: the words must be names of kernels, or ask for help.
take_kernels()
{
	local word

	for word in "$@"; do
		case $word in
		-h | --help) print_usage; exit 0 ;;
		*) (load_kernel "$word") || exit ;;
		esac
	done
}

# Lines of tests: "ok - NAME", "not ok - NAME", "ok - NAME # skip WHY"; cmocka's TAP has a number before the dash.

# part NAME COMMAND…: runs it; its lines go through as they come, and how long it took. One that fails without having said
# why is a failure itself. Status 1 if it failed.
part()
{
	local name=$1 log status begin=$SECONDS

	shift
	log=$(mktemp "${TMPDIR:-/tmp}/sctrace-part.XXXXXX")
	echo "# $name"
	"$@" 2>&1 | tee "$log"
	status=${PIPESTATUS[0]}
	if [ "$status" -ne 0 ] && ! grep -q '^not ok' "$log"; then
		echo "not ok - $name: status $status"
	fi
	rm -f "$log"
	echo "# $name: $((SECONDS - begin)) s"
	[ "$status" -eq 0 ]
}

# part_kernel NAME PART…: parts of tests/kernel; each line says of which kernel it is.
part_kernel()
{
	local kernel=$1

	part "kernel $kernel" "$top_dir/tests/kernel" "$@" 2>&1 | sed -u -E "s/^((not )?ok) - /\1 - $kernel /; t; s/^/$kernel | /"
}

# two_at_a_time COMMAND WORD…: the command with each word. A guest, whatever it does, keeps little more than one processor of ours
# busy.
two_at_a_time()
{
	local command=$1 running=0 word

	shift
	for word in "$@"; do
		if [ $((++running)) -gt 2 ]; then
			wait -n
		fi
		"$command" "$word" &
	done
	wait
}

# verdict NAME STATUS OUTPUT: the line of one test, and what it said if it failed. Status 1 if it failed.
verdict()
{
	if [ "$2" -eq 0 ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		tail -n 30 <<<"$3" | sed 's/^/#   /'
		return 1
	fi
}

# Of a file with lines of tests.
count_passed()
{
	grep -E '^ok ([0-9]+ )?- ' "$1" | grep -vc '# skip'
}

count_skipped()
{
	grep -E '^ok ([0-9]+ )?- ' "$1" | grep -c '# skip'
}

count_failed()
{
	grep -cE '^not ok ' "$1"
}

# show_tables LOG: what storms and fuzzers have done: their rows "# did | NAME | SECONDS | OPERATIONS | REPORTS", under a head.
show_tables()
{
	grep -q '# did | ' "$1" || return 0
	{
		echo '# what | seconds | operations | reports'
		sed -n 's/^.*# did | /# /p' "$1"
	} | column -t -s '|' -o '|'
}

# The last lines of a run: what failed, and the sum. Status 1 if any failed.
summary()
{
	grep -E '^not ok ' "$1"
	echo "$(count_passed "$1") passed, $(count_failed "$1") failed, $(count_skipped "$1") skipped"
	[ "$(count_failed "$1")" -eq 0 ]
}
