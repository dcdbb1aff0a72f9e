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
	calls 5000 1000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read --ring-kb=64 -o trace "$@" -p $pid 2>said & reader=$!
	wait_until asleep_in_poll $reader
	kill -STOP $reader
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
	setarch -R sctrace-read -f -q -o by-sctrace "$@" >out-sctrace 2>stderr
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
	local scopes=() scope

	for scope in $1; do scopes+=(--scope "$scope"); done
	rm -f trace
	sctrace-read -q -o trace "${scopes[@]}" 2>said & reader=$!
	wait_until ready_or_gone $reader
	bash -c "$3" >log-out 2>&1 || fail "$1: the command for out fails: $(cat log-out)"
	bash -c "$2" >log-in 2>&1 || fail "$1: the command for in fails: $(cat log-in)"
	kill -TERM $reader 2>/dev/null || fail "$1: no reader: $(cat said)"
	wait $reader || true
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
