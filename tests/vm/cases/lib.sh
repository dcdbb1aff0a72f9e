# SPDX-License-Identifier: GPL-2.0-or-later
# What cases share. Sourced by run; $work is the case's folder.
# shellcheck shell=bash disable=SC2154

fail()
{
	echo "$*" >"$work/why"
	exit 1
}

# must_fail STATUS TEXT COMMAND…: the command ends with the status and says the text, in one line, on stderr.
must_fail()
{
	local want=$1 text=$2 status=0

	shift 2
	"$@" >stdout 2>stderr || status=$?
	[ "$status" -eq "$want" ] || fail "$*: status $status instead of $want: $(cat stderr)"
	[ "$(wc -l <stderr)" -eq 1 ] || fail "$*: not one line: $(cat stderr)"
	grep -qF -- "$text" stderr || fail "$*: does not say '$text' but: $(cat stderr)"
}

# Waits until the command succeeds; for what takes a moment. A hang is the runner's time-out.
wait_until()
{
	until "$@"; do sleep 0.05; done
}

# The known calls of prog/known.c, out of a trace.
between_marks()
{
	awk '/chdir\("\/begin of/ { on = 1; next } /chdir\("\/end of/ { on = 0 } on' "$1"
}
