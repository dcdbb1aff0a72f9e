# SPDX-License-Identifier: GPL-2.0-or-later
# What cases share. Sourced by run; $work is the case's folder.
# shellcheck shell=bash disable=SC2154

fail()
{
	echo "$*" >"$work/why"
	exit 1
}

# The case cannot be tried here. It counts as neither passed nor failed, and says why.
skip()
{
	echo "$*" >"$work/skip"
	exit 0
}

# operations N WHAT: what a storm has done; its line in the table.
operations()
{
	echo "$*" >"$work/operations"
}

# What the C library calls where it is asked for access() or poll(): young architectures lack those two.
case $(uname -m) in
aarch64) access='faccessat(AT_FDCWD, ' poll_nr=73 ;;
*) access='access(' poll_nr=7 ;;
esac

# asleep_in_poll PID: a reader that traces and has nothing to read.
asleep_in_poll()
{
	grep -qs "^$poll_nr " "/proc/$1/syscall"
}

# Whether what descriptors are is asked for when the call has returned: with PREEMPT_RT before Linux 6.13 (module/fd_path.c). What
# a close has closed is not known then, and with -P every close is shown.
paths_come_late()
{
	[[ $(uname -v) = *PREEMPT_RT* ]] && [ "$(printf '%s\n' 6.13 "$(uname -r)" | sort -V | head -n 1)" != 6.13 ]
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

# does_not_cross N OPTIONS…: of 5,000 calls, N lines are there, and the others have taken no room in a ring.
does_not_cross()
{
	local want=$1 pid reader

	shift
	# A reader that stands still has room for a few of them only.
	sh -c 'kill -STOP $$; exec calls 5000' >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read --ring-kb=64 -o trace "$@" -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -STOP $reader; kill -CONT $pid
	wait $pid
	kill -CONT $reader
	wait $reader
	! grep lost said trace || fail "they cross"
	[ "$(grep -vc '+++' trace)" -eq "$want" ] || fail "$(cat trace)"
}

# The known calls of prog/known.c, out of a trace.
between_marks()
{
	awk '/chdir\("\/begin of/ { on = 1; next } /chdir\("\/end of/ { on = 0 } on' "$1"
}

# causes_first TRACE READS: of prog/pingpong.c.
causes_first()
{
	# A read that returned a text stands after the write of that text.
	awk -v want="$2" '
		match($0, /write\([0-9]+, "[ab][0-9]+"/) { split($0, q, "\""); written[q[2]] = 1 }
		/read\([0-9]+, "[ab][0-9]+"|read resumed>"[ab][0-9]+"/ {
			split($0, q, "\"")
			reads++
			if (!(q[2] in written)) { print "read before written: " $0; bad = 1 }
		}
		END { if (reads != want) { print reads " reads"; bad = 1 }; exit bad }
	' "$1"
}

# same [-x NAME]… COMMAND…: NAMEs depend on how the tasks are scheduled, from one run of strace to the next.
same()
{
	local leave_out=()

	while [ "$1" = -x ]; do
		leave_out+=("$2")
		shift 2
	done
	"$@" >/dev/null
	# On arm64, where a library comes to lie decides how much the dynamic linker has to unmap.
	setarch -R strace -f -o by-strace "$@" >out-strace
	setarch -R sctrace-read -f -q --ring-kb=4096 -o by-sctrace "$@" >out-sctrace 2>stderr
	[ ! -s stderr ] || fail "sctrace-read says: $(cat stderr)"
	cmp out-strace out-sctrace || fail "the command's own output differs"
	! grep 'records lost' by-sctrace || fail "loss"
	"/sctrace/cases/compare.py" by-strace by-sctrace "${leave_out[@]}" || fail "calls differ"
}

# In a file system that can drop its pages from memory, unlike the one that cases run in. It goes with the case.
on_disk()
{
	modprobe -q loop || [ -e /dev/loop-control ] || skip "this kernel has no loop devices"
	truncate -s 256M disk
	mke2fs -q -t ext4 disk
	mkdir on_disk
	# Not mount -o loop: that holds the device open, which some kernels refuse to mount then.
	loop=$(losetup --find --show disk)
	mount "$loop" on_disk
	trap 'cd "$work"; umount on_disk; losetup -d "$loop"' EXIT
	cd on_disk || exit
}

# equal_cold TRACE: the calls of the program cold, all of them, byte by byte, are in the file "expected".
equal_cold()
{
	between_marks "$1" >"$work/got"
	[ "$(wc -l <expected)" -eq 10000 ] || fail "$(wc -l <expected) lines expected"
	cmp -s expected "$work/got" ||
		fail "$(diff expected "$work/got" | grep -c '^<') of 10000 differ: $(diff expected "$work/got" | cut -c1-200 | head -n 4)"
}

# ---- who is in a scope ----

# Marks in a trace: a call that everybody can make. It is the shell's own, so nothing but the scope decides.
mark()
{
	true 2>/dev/null <"/mark/$1" || :
}
export -f mark

# scoped 'SCOPE…' IN OUT: with a reader of these scopes, what IN does is in the trace, of what OUT does nothing is.
# Both are shell commands, run one after the other, which call `mark in…` or `mark out…` themselves.
scoped()
{
	local scopes=() scope ended=0

	for scope in $1; do scopes+=(--scope "$scope"); done
	rm -f trace
	sctrace-read -q -o trace "${scopes[@]}" 2>said & reader=$!
	wait_until ready_or_gone $reader
	bash -c "$3" >log-out 2>&1 || fail "$1: the command for out fails: $(cat log-out)"
	bash -c "$2" >log-in 2>&1 || fail "$1: the command for in fails: $(cat log-in)"
	# It may have ended itself: of tasks that are named, none is left.
	kill -TERM $reader 2>/dev/null || true
	wait $reader || ended=$?
	[ $ended -eq 0 ] || [ $ended -eq 143 ] || fail "$1: no reader: $(cat said)"
	! grep 'lost' trace said || fail "$1: loss"
	[ "$(grep -c '"/mark/in' trace)" -eq "$(grep -o 'mark in' <<<"$2" | wc -l)" ] || fail "$1: in is not in: $(cat trace)"
	! grep '"/mark/out' trace || fail "$1: out is in"
}

ready_or_gone()
{
	asleep_in_poll "$1" || ! kill -0 "$1" 2>/dev/null
}

# Ids of containers.
id=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
other=fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210

# ---- full rings ----

# waits_for_reader PID: the task sleeps on its way back to its program.
waits_for_reader()
{
	grep -qF "[sctrace]" "/proc/$1/stack"
}

waits_or_ended()
{
	has_ended "$1" || waits_for_reader "$1"
}

# A traced task that waits for a reader that stands still: $pid, $reader.
wait_for_a_stopped_reader()
{
	# shellcheck disable=SC2016
	sh -c 'kill -STOP $$; exec calls "$0"' "$1" >/dev/null & pid=$!
	wait_until grep -q 'State:.T' /proc/$pid/status
	sctrace-read -q --ring-kb=64 "$2" -o trace -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -STOP $reader; kill -CONT $pid
	wait_until waits_or_ended $pid
}

# ended NAME: a count of sessions that have ended.
ended()
{
	awk -v name="$1" '$1 == name { print $2 }' /sys/class/misc/sctrace/ended
}

# ---- storms ----

# until_then COMMAND…: again and again until the storm is over. $n: how often it was.
until_then()
{
	local end=$((SECONDS + storm_seconds))

	n=0
	while [ $SECONDS -lt $end ]; do
		"$@"
		n=$((n + 1))
	done
}

# Whether a storm that counts what it does goes on to its number, however long that takes: in make check-long, and not where
# looking for races makes it three times as long.
is_long_form()
{
	[ "$storm_seconds" -ge 300 ] && [ ! -e /sys/kernel/debug/kcsan ]
}

# part N: seconds, of a storm that has N of them.
part()
{
	echo $((storm_seconds >= $1 ? storm_seconds / $1 : 1))
}

# A moment of up to half a second.
moment()
{
	sleep "0.$(printf %03d $((RANDOM % 500)))"
}

# The processor time that a task has taken.
time_of()
{
	local stat

	{ read -r -a stat <"/proc/$1/stat"; } 2>/dev/null || return
	echo "${stat[13]} ${stat[14]}"
}

# goes_on PID: it takes processor time, sooner or later.
goes_on()
{
	local before

	before=$(time_of "$1") || fail "task $1 has died"
	wait_until has_gone_on "$1" "$before"
}

has_gone_on()
{
	[ "$(time_of "$1")" != "$2" ]
}

# Whether there is nothing left of a process but its status.
has_ended()
{
	local stat

	{ read -r -a stat <"/proc/$1/stat"; } 2>/dev/null || return 0
	[ "${stat[2]}" = Z ]
}

# What a storm must leave: no reader, no task that waits for one, books that balance, a session that sees all there is, and a
# module that goes.
is_calm()
{
	local name

	wait_until eval '! pgrep -x sctrace-read >/dev/null'
	for name in read unread lost overwritten; do
		[ "$(ended $name)" -le "$(ended produced)" ] || fail "books: $(cat /sys/class/misc/sctrace/ended)"
	done
	[ "$(ended produced)" -eq $(($(ended read) + $(ended unread) + $(ended lost) + $(ended overwritten))) ] ||
		fail "books: $(cat /sys/class/misc/sctrace/ended)"
	sctrace-read -q --strict --lossless=0 -o after calls 500 >out 2>said || fail "after it: $(cat said)"
	[ "$(grep -c '^close(-1000[0-9]*) *= -1 EBADF' after)" -eq 500 ] || fail "after it: $(grep -c close after) of 500 calls"
	tail -n 1 after | grep -qF '+++ exited with 0 +++' || fail "after it: no end: $(tail -n 1 after)"
	# Who has just been let go is on its way out of the module.
	wait_until rmmod sctrace 2>rmmod-said
}
