# SPDX-License-Identifier: GPL-2.0-or-later
# How often the reader wakes up: once a watermark, an eighth of a ring, or once in its time of 100 ms.
# shellcheck shell=bash

sleeps_of()
{
	awk '/^voluntary/ { print $2 }' "/proc/$1/status"
}

# wakes N PAUSE OPTIONS…: a reader of a task that makes N calls and pauses after each, µs. Sets $wakes, $ms and $calls.
wakes()
{
	local n=$1 pause=$2 from to began

	shift 2
	rm -f out.sct out.txt done
	# shellcheck disable=SC2016
	sh -c "kill -STOP \$\$; calls $n $pause; : >done; kill -STOP \$\$" >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q -f -e close "$@" -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	began=$(date +%s%N)
	from=$(sleeps_of $reader)
	kill -CONT $pid
	wait_until [ -e done ]
	wait_until grep -q 'State:.T' /proc/$pid/status
	to=$(sleeps_of $reader)
	ms=$((($(date +%s%N) - began) / 1000000))
	kill -TERM $reader; wait $reader || true
	kill -KILL $pid; wait $pid || true
	[ ! -e out.sct ] || sctrace-read -q --replay out.sct -o out.txt
	calls=$(grep -c 'close(-1' out.txt)
	wakes=$((to - from))
	echo "pause $pause $*: $wakes wake-ups in $ms ms, $calls calls"
}

# A pair of close(2) takes 56 bytes, and a ring wakes the reader once a watermark. A wake-up that was under way while the
# reader took what it was for finds nothing and is counted too: none or all may be such.
no_more_than_due()
{
	local watermark=$1 due

	due=$((ms / 100 + 2 * (calls * 56 / watermark) + 10))
	[ "$wakes" -le $due ] || fail "$wakes wake-ups in $ms ms for $calls calls: $due are due"
}

test_reader_wakes_by_time_at_a_trickle()
{
	local pace options

	for pace in '20 100000' '1500 1000' '4000 200'; do
		for options in '-o out.txt' '--record out.sct'; do
			# shellcheck disable=SC2086
			wakes $pace $options
			[ "$calls" -eq "${pace% *}" ] || fail "$calls calls of $pace"
			no_more_than_due $((128 << 10))
		done
	done
}

test_reader_wakes_by_watermark_at_full_speed()
{
	local kb

	for kb in 64 1024; do
		# Nothing may be lost: what the reader has not seen has not woken it.
		wakes 200000 0 --record out.sct --lossless --ring-kb=$kb
		[ "$calls" -eq 200000 ] || fail "$calls calls"
		no_more_than_due $((kb << 7))
	done
}
