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

# Who has the right may still lack the way to it.
test_the_mode_of_the_node_is_told()
{
	local no_way='its mode does not let this user open it'

	chmod 600 /dev/sctrace
	must_fail 1 "$no_way" nobody_with +perfmon,+sys_ptrace 65534 sctrace-read true
	must_fail 1 "$no_way" nobody_with '' 65534 sctrace-read true
	chgrp 1234 /dev/sctrace; chmod 660 /dev/sctrace
	must_fail 1 "$no_way" nobody_with +perfmon,+sys_ptrace 65534 sctrace-read true
	nobody_with +perfmon,+sys_ptrace 1234 sctrace-read -o /dev/null true || fail "its group is refused"
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

# status_of PID KEY: of /proc/PID/status, one blank between values.
status_of()
{
	sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status" | tr '\t' ' '
}

# has_no_rights PID USER-AND-GROUP [CAPABILITIES]: nor can others of that user look into it.
has_no_rights()
{
	local pid=$1 id=$2 caps=${3:-0000000000000000} set

	[ "$(status_of "$pid" Uid)" = "$id $id $id $id" ] || fail "users: $(status_of "$pid" Uid)"
	[ "$(status_of "$pid" Gid)" = "$id $id $id $id" ] || fail "groups: $(status_of "$pid" Gid)"
	[ "$(status_of "$pid" Groups | tr -d ' ')" = "$id" ] || fail "more groups: $(status_of "$pid" Groups)"
	for set in CapInh CapAmb; do
		[ "$(status_of "$pid" $set)" = 0000000000000000 ] || fail "$set: $(status_of "$pid" $set)"
	done
	for set in CapPrm CapEff; do
		[ "$(status_of "$pid" $set)" = "$caps" ] || fail "$set: $(status_of "$pid" $set)"
	done
	[ "$(status_of "$pid" NoNewPrivs)" = 1 ] || fail "it can get new rights"
	! setpriv --reuid="$id" --regid="$id" --clear-groups cat "/proc/$pid/environ" >/dev/null 2>&1 || fail "others of that user can look into it"
}

test_reader_gives_up_its_rights_when_the_trace_has_begun()
{
	local pid reader

	sleep infinity & pid=$!
	sctrace-read --drop-privileges=daemon -o trace -p $pid & reader=$!
	wait_until asleep_in_poll $reader
	has_no_rights $reader 1
	kill $pid
	wait $reader || fail "the reader ended with status $?"
	grep -q 'killed by SIGTERM' trace || fail "$(cat trace)"
	must_fail 1 "root keeps its own" sctrace-read --drop-privileges=root true
	must_fail 1 "there is no user 'nobody-else'" sctrace-read --drop-privileges=nobody-else true
	must_fail 1 "there is no user '123456'; of numbers, give UID:GID" sctrace-read --drop-privileges=123456 true
}

# Who is that user already, and traces by capabilities, gives these up.
test_capabilities_alone_are_given_up()
{
	local pid reader

	chmod 666 /dev/sctrace
	chmod 777 .
	sleep infinity & pid=$!
	# As nobody_with does it, with the reader's own number.
	setpriv --reuid=65534 --regid=65534 --groups=65534 --inh-caps=+perfmon,+sys_ptrace --ambient-caps=+perfmon,+sys_ptrace \
		sctrace-read --drop-privileges -o trace -p $pid & reader=$!
	wait_until asleep_in_poll $reader
	has_no_rights $reader 65534
	kill $pid
	wait $reader || fail "the reader ended with status $?"
	grep -q 'killed by SIGTERM' trace || fail "$(cat trace)"
}

has_ended()
{
	! kill -0 "$1" 2>/dev/null
}

# A command of root's is the reader's to end all the same, and keeps its own rights.
test_reader_without_rights_ends_its_command()
{
	local reader

	# With -o, signals would not end it.
	sctrace-read --drop-privileges -f sh -c 'id -u >whose; echo $$ >pid; exec sleep infinity' 2>trace & reader=$!
	wait_until grep -q '^[0-9 ]*execve.*"sleep"' trace
	[ "$(cat whose)" = 0 ] || fail "the command was run as $(cat whose)"
	has_no_rights $reader 65534 0000000000000020
	kill -TERM $reader
	wait $reader || true
	wait_until has_ended "$(cat pid)"
}

# Nor is that right there where it is of no use.
test_reader_apart_has_no_right_to_its_command()
{
	local command

	sctrace-read -D --drop-privileges -o trace sleep infinity & command=$!
	# Before that, the command is called sctrace-read, too.
	wait_until grep -qs '^execve.* = 0' trace
	has_no_rights "$(pgrep -x sctrace-read)" 65534
	kill $command
	wait $command || true
	wait_until grep -q 'killed by SIGTERM' trace
}

# Who has no right to become somebody else is told so, before anything has run; and who could write nothing, too.
test_rights_that_cannot_be_given_up()
{
	chmod 666 /dev/sctrace
	chmod 777 .
	must_fail 1 "--drop-privileges: cannot become 'daemon': Operation not permitted" \
		nobody_with +perfmon,+sys_ptrace 65534 sctrace-read --drop-privileges=daemon touch "$PWD/it-ran"
	chmod 755 .
	cannot="--drop-privileges=nobody: that user cannot write"
	must_fail 1 "$cannot parts of --record to '.': Permission denied; name a folder where they can, or another user" \
		sctrace-read --drop-privileges=nobody -o trace --record=trace.sct --record-size=1M touch it-ran
	must_fail 1 "$cannot dumps of --flight" sctrace-read --drop-privileges=nobody --flight=1M --record=trace.sct touch it-ran
	must_fail 1 "$cannot the tasks' files of -o" sctrace-read --drop-privileges=nobody -ff -o trace touch it-ran
	must_fail 1 "$cannot the tasks' files of -o" \
		sctrace-read --drop-privileges=nobody -ff -o trace --record=trace.sct touch it-ran
	must_fail 1 "only root can look up which container a process is in; leave out --drop-privileges" \
		sctrace-read --drop-privileges --summary-by=container -c touch it-ran
	[ ! -e it-ran ] || fail "the command was run"
	# The next try finds nothing of this one.
	! ls trace* || fail "files are left"
}

# In a sticky folder, only their owner can remove them.
test_parts_are_all_of_the_user_that_records()
{
	mkdir sticky; chmod 1777 sticky; chmod 755 .
	sctrace-read -q --drop-privileges --ring-kb=16384 --record=sticky/trace.sct --record-size=60K --record-files=2 \
		calls 40000 >out 2>said || fail "$(cat said)"
	[ "$(ls sticky | wc -l)" -eq 2 ] || fail "$(ls -l sticky)"
	[ -z "$(find sticky -type f ! -user nobody)" ] || fail "$(ls -l sticky)"
	sctrace-read -q --replay sticky/trace.sct.* -o again || fail "status $?"
	[ "$(tail -n 1 again)" = '+++ exited with 0 +++' ] || fail "$(tail again)"
	sctrace-read -q --drop-privileges --ring-kb=16384 --record=sticky/whole.sct --record-size=60K -o live calls 40000 >out
	sctrace-read -q --replay sticky/whole.sct.* -o again || fail "status $?"
	cmp live again || fail "$(diff live again | head)"
}

# The command goes on, and its status is the reader's.
test_part_that_cannot_be_written()
{
	mkdir mine; chmod 777 mine; chmod 755 .
	must_fail 7 "the parts before it can be replayed; nothing more is recorded, and the command goes on" \
		sctrace-read -q -f --drop-privileges --ring-kb=16384 --record=mine/trace.sct --record-size=60K \
			sh -c 'chmod 755 mine; calls 40000; : >finished; exit 7'
	grep -qF "cannot write to 'mine/trace.sct.000001': Permission denied" stderr || fail "$(cat stderr)"
	[ -e finished ] || fail "it has not come to its end"
	sctrace-read -qq --replay mine/trace.sct.000000 -o again || fail "status $?"
	[ "$(grep -c 'close(-' again)" -gt 1000 ] || fail "$(tail again)"
	# Lines are not a recording's.
	rm mine/*; chmod 777 mine
	must_fail 7 "; what comes is shown, but not recorded" \
		sctrace-read -q -f --drop-privileges --ring-kb=16384 --record=mine/trace.sct --record-size=60K -o trace \
			sh -c 'chmod 755 mine; calls 40000; exit 7'
	[ "$(grep -c 'close(-' trace)" -eq 40000 ] || fail "$(tail trace)"
}

# Who may not read a program is not told that it is gone.
test_program_that_may_not_be_read()
{
	cp "$(command -v calls)" mine; chmod 711 mine; chmod 755 .
	sctrace-read -q --drop-privileges -k -e trace=close -o trace ./mine 1 >out
	grep -q '^ > .*no file to unwind by: this user may not read it' trace || fail "$(head -n 20 trace)"
	sctrace-read -q -k -e trace=close -o trace ./mine 1 >out
	! grep 'may not read it' trace || fail "of root"
}
