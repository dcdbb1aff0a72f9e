# SPDX-License-Identifier: GPL-2.0-or-later
# Lockdown cannot be undone, and no module of ours can be loaded under it: so this file is the last one, and has one case.
# Alike on all kernels: the module asks, the kernel answers. `make check` runs these on one.
# shellcheck shell=bash

test_lockdown_forbids_tracing()
{
	local state=/sys/kernel/security/lockdown

	[ -w $state ] || skip "this kernel has no lockdown"
	calls 0 1000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q -o trace -p $pid & reader=$!
	wait_until grep -qs close trace
	# Of integrity, loading modules is a matter. It forbids no tracing.
	echo integrity >$state
	sctrace-read -q -o /dev/null true || fail "integrity forbids it"
	echo confidentiality >$state
	must_fail 1 'lockdown in confidentiality mode forbids it to everyone' sctrace-read true
	must_fail 1 'lockdown in confidentiality mode forbids it to everyone' sctrace-read -p $pid
	! sctrace-read --doctor >said || fail "the doctor finds nothing wrong"
	grep -q "^WRONG lockdown: confidentiality" said || fail "$(cat said)"
	grep -q "^WRONG device: .* is refused" said || fail "$(cat said)"
	# What was begun before goes on, and comes to its end.
	: >trace
	wait_until grep -qs close trace
	kill -TERM $reader
	wait $reader || true
	kill $pid; wait || true
}
