# SPDX-License-Identifier: GPL-2.0-or-later
# exec: the program goes, and with it the memory that its arguments were in.
# shellcheck shell=bash

# Probes may fault from 6.13 on. Before, what was not in memory at entry is read from the new image.
probes_fault()
{
	printf '6.13\n%s\n' "$(uname -r)" | sort -CV
}

# traced OPTION… -- WORDS…: the line of the exec that `execs WORDS…` makes, in the file got. The trace's first is that of execs itself.
traced()
{
	local options=()

	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	sctrace-read -q "${options[@]}" -o trace execs "$@" 2>stderr || fail "status $?: $(cat stderr)"
	! grep -m 1 'records lost' trace || fail "loss"
	tail -n +2 trace | grep -E '^([0-9]+ +)?execve(at)?\(' >got || fail "no exec: $(head -n 3 trace | cut -c1-200)"
}

# expect_line [OTHER]: the traced line is the expected one or, if what it holds had to come from the new image, OTHER.
expect_line()
{
	cmp -s expected got && return
	if [ $# -gt 0 ] && ! probes_fault; then
		[ "$(cat got)" != "$1" ] || return 0
	fi
	fail "$(diff expected got | cut -c1-300)"
}

test_exec_with_5000_arguments()
{
	traced -s 6000 -- path warm expected /bin/true 5000
	expect_line
	[ "$(wc -c <got)" -gt 80000 ] || fail "only $(wc -c <got) bytes"
}

test_exec_from_cold_pages_with_5000_arguments()
{
	on_disk
	traced -s 6000 -- path cold expected /bin/true 5000
	expect_line
	[ "$(wc -c <got)" -gt 80000 ] || fail "only $(wc -c <got) bytes"
}

test_exec_of_an_open_file()
{
	on_disk
	traced -- fd warm expected /bin/true 3
	expect_line
	grep -q AT_EMPTY_PATH got || fail "$(cat got)"
	# The kernel gives the new image a name of its own for it.
	traced -- fd cold expected /bin/true 3
	expect_line "$(sed 's/^execveat(\([0-9]*\), ""/execveat(\1, "\/dev\/fd\/\1"/' expected)"
}

test_exec_of_a_script()
{
	on_disk
	printf '#!/bin/true one\n' >script
	chmod +x script
	traced -- path warm expected ./script 3
	expect_line
	# Its interpreter got another argv.
	traced -- path cold expected ./script 3
	expect_line "$(sed 's/\["\.\/script"/["\/bin\/true", "one", ".\/script"/' expected)"
}

test_exec_by_a_thread_from_cold_pages()
{
	local heat call leader thread

	on_disk
	for heat in warm cold; do
		traced -f -- thread $heat expected /bin/true 3
		call=$(sed 's/) *= 0$//' expected)
		leader=$(awk 'NR == 1 { print $1 }' trace)
		thread=$(sed -n 's/^\([0-9]*\) .* superseded by execve in pid \([0-9]*\) .*/\2/p' trace)
		[ "${thread:-$leader}" != "$leader" ] || fail "no word of the thread"
		if [ $heat = cold ] && ! probes_fault; then
			# They come with the new image.
			grep -qF "$leader <... execve resumed>${call#execve(}) = 0" <(sed "s/  */ /g" trace) ||
				fail "$heat: $(grep execve trace | cut -c1-300)"
			continue
		fi
		grep -qxF "$thread $call <unfinished ...>" <(sed 's/  */ /' trace) || fail "$heat: $(grep execve trace | cut -c1-300)"
		grep -qE "^$leader +<... execve resumed>\) += 0" trace || fail "$heat: execve did not return"
	done
}

test_exec_that_fails_from_cold_pages()
{
	local program

	on_disk
	touch plain
	for program in /none ./plain; do
		traced -- path cold expected $program 3
		expect_line
	done
	traced -s 4095 -- long cold expected /bin/true 3
	expect_line
	grep -q 'E2BIG (Argument list too long)' got || fail "$(tail -c 100 got)"
}
