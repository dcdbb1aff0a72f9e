# SPDX-License-Identifier: GPL-2.0-or-later
# The module's parameters, the device, and who may use it.
# shellcheck shell=bash

test_parameters_are_described_and_visible()
{
	for p in pid follow ring_kb; do
		modinfo -p sctrace | grep -q "^$p:" || fail "modinfo does not describe $p"
		[ -r /sys/module/sctrace/parameters/$p ] || fail "$p is not in sysfs"
	done
	[ "$(cat /sys/module/sctrace/parameters/ring_kb)" = 1024 ] || fail "ring_kb"
	[ "$(stat -c %a /dev/sctrace)" = 600 ] || fail "mode $(stat -c %a /dev/sctrace)"
}

test_pid_parameter_is_the_default_scope()
{
	rmmod sctrace
	calls 0 1000 >ready & pid=$!
	sleep 1000 & other=$!
	modprobe sctrace pid=$pid,$other
	[ "$(cat /sys/module/sctrace/parameters/pid)" = "$pid,$other" ] || fail "sysfs"
	sctrace-read -q -o trace & reader=$!
	wait_until grep -qs close trace
	kill $pid $other
	wait $reader
	grep -q "^$pid  *close(" trace || fail "not traced"
	grep -q "^$other  *+++ killed by SIGTERM" trace || fail "second pid not traced"
	! grep -qvE "^($pid|$other) " trace || fail "others traced: $(grep -vE "^($pid|$other) " trace | head -n 3)"
	wait || true
}

test_follow_parameter_follows()
{
	rmmod sctrace
	# shellcheck disable=SC2016
	sh -c 'while [ ! -e go ]; do sleep 0.1; done; forktree 1 2; exit 0' & pid=$!
	modprobe sctrace pid=$pid follow=1
	sctrace-read -q -o trace & reader=$!
	wait_until grep -qs . trace
	touch go
	wait $reader
	[ "$(grep -c 'chdir("/tree' trace)" -eq 3 ] || fail "children not followed"
	wait || true
}

test_no_parameters_trace_everything_but_the_reader()
{
	sctrace-read -q -o trace & reader=$!
	wait_until asleep_in_poll $reader
	known expected
	kill -TERM $reader; wait $reader || true
	grep -q 'chdir("/begin of the known calls"' trace || fail "not traced"
	! grep -q "^$reader " trace || fail "traces itself: $(grep "^$reader " trace | head -n 3)"
}

test_wrong_parameters_are_refused()
{
	rmmod sctrace
	for p in ring_kb=100 ring_kb=32 ring_kb=131072 ring_kb=x pid=0 pid=-5 pid=4194304 pid=x follow=2; do
		dmesg -C
		! modprobe sctrace $p 2>stderr || fail "$p taken"
		[ ! -d /sys/module/sctrace ] || fail "$p: module loaded"
		dmesg | grep -q sctrace || fail "$p: no word in the kernel log"
	done
	dmesg -C
	! modprobe sctrace pid=4194303 2>stderr || fail "pid of nobody taken"
	grep -q 'No such process' stderr || fail "$(cat stderr)"
	dmesg | grep -q 'sctrace: pid=4194303: no such process' || fail "log: $(dmesg)"
}

test_device_refuses_what_it_must()
{
	device || fail "see below"
}

test_nobody_may_not_trace()
{
	as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	must_fail 1 'its mode does not let this user open it: trace as root' $as_nobody sctrace-read true
	# Nor if the node lets them in: the right counts, not the mode.
	chmod 666 /dev/sctrace
	must_fail 1 'no permission: tracing needs root, or CAP_PERFMON and CAP_SYS_PTRACE' $as_nobody sctrace-read true
	# Root of a user namespace of its own neither.
	must_fail 1 'refused: root of a container' $as_nobody unshare -Ur sctrace-read true
}

test_capabilities_suffice()
{
	chmod 666 /dev/sctrace
	setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+perfmon,+sys_ptrace --ambient-caps=+perfmon,+sys_ptrace \
		sctrace-read true 2>trace || fail "$(cat trace)"
	grep -q '^execve(' trace || fail "no trace"
}
