# SPDX-License-Identifier: GPL-2.0-or-later
# What descriptors refer to, with details: -yy, --decode-fds.
# shellcheck shell=bash

# looks TRACE: what stands for the descriptors that were looked at. Before them python looks at its own.
looks()
{
	sed -n 's/^fcntl(\(.*\), F_GETFD) *= .*/\1/p' "$1" | tail -n "$(wc -l <expected)"
}

# in_new_folder COMMAND…: of names that sockets are bound to there is one each.
in_new_folder()
{
	rm -rf folder
	mkdir folder
	(cd folder && "$@")
}

# So what the program says is right.
test_strace_shows_what_the_program_says()
{
	local module

	for module in tcp_diag udp_diag raw_diag unix_diag netlink_diag; do
		modinfo $module >modinfo 2>&1 || skip "this kernel has no $module, which strace asks"
	done
	in_new_folder strace -yy -e trace=fcntl -o ../by-strace /sctrace/cases/descriptors.py ../expected
	diff <(looks by-strace) expected || fail "strace shows other things than the program expects (>)"
}

test_details_are_what_the_program_says()
{
	in_new_folder sctrace-read -q -yy -e trace=fcntl -o ../by-sctrace /sctrace/cases/descriptors.py ../expected
	diff <(looks by-sctrace) expected || fail "other things are shown than the program expects (>)"
	[ "$(wc -l <expected)" -gt 30 ] || fail "$(cat expected)"
}

test_details_are_in_a_recording()
{
	in_new_folder sctrace-read -q -yy --record ../trace.sct -e trace=fcntl /sctrace/cases/descriptors.py ../expected
	sctrace-read -q --replay trace.sct -o all
	diff <(looks all) expected || fail "a recording has other things than the program expects (>)"
	sctrace-read -q --replay trace.sct -o again -yy
	cmp all again
	# Less of it can be shown.
	sctrace-read -q --replay trace.sct -o paths -y
	! looks paths | grep -E '<(TCP|UDP|UNIX|NETLINK|pid)|<char' || fail "-y shows more than paths"
	[ "$(looks paths | grep -c '<socket:\[[0-9]*\]>$')" -gt 20 ] || fail "-y does not show paths: $(cat paths)"
	sctrace-read -q --replay trace.sct -o none --decode-fds=none
	! looks none | grep '<' || fail "none is something"
	sctrace-read -q -y --record paths.sct true
	must_fail 1 "-yy: 'paths.sct' was recorded without it, and does not hold what it shows" sctrace-read --replay paths.sct -yy
}

# Numbers of inodes and processes are made alike, and addresses, which strace has only where the kernel has a diag module.
numberless()
{
	looks "$1" | sed -E 's/:\[[0-9.:]+\]/:[N]/; s/pid:[0-9]+/pid:N/'
}

test_each_kind_can_be_chosen()
{
	local set

	seq 5 >expected
	cat >program.py <<-'END'
		import fcntl, os, socket
		other = socket.AF_PACKET if os.path.exists("/proc/net/packet") else socket.AF_INET
		for of in os.pidfd_open(os.getpid()), os.open("/dev/null", 0), socket.socket(), socket.socket(other, 3, 1), os.open("/etc", 0):
		    fcntl.fcntl(of, fcntl.F_GETFD)
		    kept = globals().setdefault("kept", []) + [of]
	END
	# Without what Python reads as it begins.
	for set in path socket dev pidfd none all path,dev socket,pidfd '!path' '!dev,pidfd'; do
		strace "--decode-fds=$set" -e trace=fcntl -o by-strace python3 -IS program.py
		sctrace-read -q "--decode-fds=$set" -e trace=fcntl -o by-sctrace python3 -IS program.py
		diff <(numberless by-strace) <(numberless by-sctrace) || fail "--decode-fds=$set: not as strace (<)"
		[ "$(numberless by-sctrace | wc -l)" -eq 5 ] || fail "--decode-fds=$set: $(cat by-sctrace)"
	done
	sctrace-read -q -e decode-fds=dev -e trace=fcntl -o again python3 program.py
	[[ $(looks again) = *'</dev/null<char 1:3>>'* && $(looks again) != *TCP* ]] || fail "-e decode-fds=dev: $(cat again)"
}

# Nothing is compared but paths, and what is shown is the same.
test_details_and_path_filter()
{
	sctrace-read -q -yy -P /dev/null -o trace sh -c 'cat /etc/passwd </dev/null'
	grep -qF '</dev/null<char 1:3>>' trace || fail "$(cat trace)"
	! grep -F passwd trace || fail "more than was asked for"
}

test_results_and_messages_have_details()
{
	sctrace-read -q -yy -o trace -e trace=socket,openat,sendmsg,recvmsg python3 -c '
import array, os, socket
a, b = socket.socketpair()
n, s = os.open("/dev/null", 0), socket.socket()
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [n, s.fileno()]))])
b.recvmsg(1, 100)'
	grep -qE '^socket\(AF_INET, .*= [0-9]+<TCP:\[[0-9]+\]>$' trace || fail "no socket: $(cat trace)"
	grep -qE '"/dev/null", .*= [0-9]+</dev/null<char 1:3>>$' trace || fail "no device: $(cat trace)"
	grep -qE 'sendmsg\([0-9]+<UNIX(-STREAM)?:\[[0-9]+->[0-9]+\]>, .*cmsg_data=\[[0-9]+</dev/null<char 1:3>>' trace || fail "$(cat trace)"
	grep -qE 'recvmsg\(.*cmsg_data=\[[0-9]+</dev/null<char 1:3>>' trace || fail "$(cat trace)"
}

# Sockets are connected, closed and passed on by other threads while they are looked at.
test_details_while_sockets_change()
{
	cat >program.py <<-'END'
		import os, socket, threading, time
		end = time.monotonic() + 10
		place = os.dup(0)
		def change(kind):
		    while time.monotonic() < end:
		        a, b = socket.socketpair(socket.AF_UNIX, kind)
		        os.dup2(a.fileno(), place)
		        b.close()
		        a.close()
		        u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		        os.dup2(u.fileno(), place)
		        u.connect(("127.0.0.1", 9))
		        u.close()
		def look():
		    while time.monotonic() < end:
		        os.get_inheritable(place)
		threads = [threading.Thread(target=change, args=(kind,)) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)]
		threads += [threading.Thread(target=look) for _ in range(2)]
		for t in threads:
		    t.start()
		for t in threads:
		    t.join()
	END
	sctrace-read -q -f -yy -e trace=fcntl,ioctl -o trace python3 program.py
	grep -qE '<UNIX(-STREAM)?:\[[0-9]+->[0-9]+\]>' trace || fail "no pair was seen: $(head trace)"
	grep -qE '<UDP:\[' trace || fail "no UDP socket was seen: $(head trace)"
}
