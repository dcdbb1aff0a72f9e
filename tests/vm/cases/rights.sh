# SPDX-License-Identifier: GPL-2.0-or-later
# Who may trace, what a right can be passed on, and what nobody gets to see. module.sh has nobody, root of nobody's user namespace,
# and that both capabilities suffice; zz_lockdown.sh has lockdown.
# Alike on all kernels: they are of the module alone. `make check` runs these on one.
# shellcheck shell=bash

no_right='no permission: tracing needs root, or CAP_PERFMON and CAP_SYS_PTRACE'

# As nobody, with these capabilities and groups, of a node that everybody may open.
nobody_with()
{
	local caps=$1 groups=$2

	shift 2
	setpriv --reuid=65534 --regid=65534 --groups="$groups" ${caps:+--inh-caps="$caps" --ambient-caps="$caps"} "$@"
}

test_the_group_of_the_node_is_no_right()
{
	chgrp 1234 /dev/sctrace; chmod 660 /dev/sctrace
	must_fail 1 "$no_right" nobody_with '' 1234 sctrace-read true
	chmod 666 /dev/sctrace
	must_fail 1 "$no_right" nobody_with '' 1234 sctrace-read true
}

test_one_capability_of_the_two_is_no_right()
{
	chmod 666 /dev/sctrace
	must_fail 1 "$no_right" nobody_with +perfmon 65534 sctrace-read true
	must_fail 1 "$no_right" nobody_with +sys_ptrace 65534 sctrace-read true
	must_fail 1 "$no_right" nobody_with +perfmon,+bpf,+net_admin,+dac_override,+dac_read_search 65534 sctrace-read true
	nobody_with +perfmon,+sys_ptrace 65534 sctrace-read -o /dev/null true || fail "both are refused"
	nobody_with +sys_admin 65534 sctrace-read -o /dev/null true || fail "CAP_SYS_ADMIN is refused"
}

test_root_without_capabilities_may_not_trace()
{
	must_fail 1 'refused: root of a container has no right to trace' setpriv --bounding-set=-all --inh-caps=-all sctrace-read true
	# As of a container without a user namespace.
	must_fail 1 'refused: root of a container has no right to trace' \
		setpriv --bounding-set=-sys_admin,-perfmon,-sys_ptrace --inh-caps=-all sctrace-read true
}

test_root_of_a_container_of_roots_may_not_trace()
{
	must_fail 1 'refused: root of a container has no right to trace' unshare -Ur sctrace-read true
	must_fail 1 'refused: root of a container has no right to trace' unshare -Urpmf --mount-proc sctrace-read true
}

test_descriptor_that_was_passed_on_gives_what_it_was_made_for()
{
	passed >said || fail "$(cat said)"
}

test_new_rings_hold_nothing_of_others()
{
	canary >said || fail "$(cat said)"
}

# strace -u has to be root all the time for that; a program that is traced by ptrace loses these rights.
test_set_uid_program_has_its_rights()
{
	cp /usr/bin/id mine; chmod 4755 mine; chmod 755 .
	sctrace-read -o trace -u nobody ./mine -u >out || fail "$(cat out)"
	[ "$(cat out)" = 0 ] || fail "it ran as $(cat out)"
	sctrace-read -o trace -u nobody ./mine -ru >out
	[ "$(cat out)" = "$(id -u nobody)" ] || fail "it was started by $(cat out)"
	grep -q '^execve("./mine"' trace || fail "$(head -n 3 trace)"
	grep -q "^getuid() *= $(id -u nobody)$" trace || fail "$(grep uid trace)"
}
