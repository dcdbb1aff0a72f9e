# SPDX-License-Identifier: GPL-2.0-or-later
# Who is traced: every key of a scope, in and out, and what changes it while the trace runs.
# Alike on all architectures: what is not, other files reach, too. `make check` runs these on amd64.
# shellcheck shell=bash

as()
{
	setpriv --reuid="$1" --regid="$2" --clear-groups "${@:3}"
}
export -f as

inum()
{
	readlink "/proc/self/ns/$1" | tr -dc 0-9
}

# A task that has been waited for may be in its cgroup for another moment.
remove_cgroups()
{
	find "$cgroups" -mindepth 1 -depth -type d -name "*[st]-*" -exec rmdir {} +
}

# A cgroup of version 2 that goes with the case.
cgroup()
{
	cgroups=${cgroups:-$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)}
	if [ -z "$cgroups" ]; then
		cgroups=$work/cgroups
		mkdir "$cgroups"
		mount -t cgroup2 none "$cgroups" || skip "no cgroups of version 2"
	fi
	mkdir -p "$cgroups/$1"
	trap 'remove_cgroups || { sleep 1; remove_cgroups || true; }; ! mountpoint -q "$work/cgroups" || umount "$work/cgroups"' EXIT
	export cgroups
}

test_users_and_groups()
{
	scoped uid=1234 'as 1234 0 bash -c "mark in"' 'mark out; as 1235 0 bash -c "mark out"'
	scoped uid=1000-1002,7 'for u in 1000 1002 7; do as $u 0 bash -c "mark in$u"; done; : mark in mark in' \
		'for u in 999 1003 0 8; do as $u 0 bash -c "mark out"; done'
	scoped 'uid>1233 uid<1236 uid!=1234' 'as 1235 0 bash -c "mark in"' 'for u in 1233 1234 1236; do as $u 0 bash -c "mark out"; done'
	scoped 'uid>=4294967294' 'as 4294967294 0 bash -c "mark in"' 'as 4294967293 0 bash -c "mark out"; mark out'
	scoped gid=55 'as 0 55 bash -c "mark in"' 'mark out; as 55 54 bash -c "mark out"'
	scoped uid=nobody 'as 65534 0 bash -c "mark in"' 'mark out'
	scoped uid=5,6 'as 5 5 bash -c "mark in"' 'mark out'
}

test_a_user_changes_within_a_program()
{
	command -v python3 >/dev/null || skip "no python3"
	scoped uid=77 'python3 -c "
import os
def mark(n):
    try: os.open(\"/mark/\" + n, 0)
    except OSError: pass
mark(\"out\"); os.setresuid(77, 77, 0); mark(\"in\"); os.setresuid(0, 0, 0); mark(\"out\")
" # mark in' 'mark out'
}

test_command_names()
{
	scoped comm=abc 'cp /bin/bash abc; ./abc -c "mark in"' 'mark out; cp /bin/bash abcd; ./abcd -c "mark out"'
	scoped 'comm=ab*' './abc -c "mark in"; ./abcd -c "mark in"' 'mark out; cp abc xab; ./xab -c "mark out"'
	scoped 'comm=*bc' './abc -c "mark in"' 'mark out; ./abcd -c "mark out"'
	scoped 'comm=*bc*' './abc -c "mark in"; ./abcd -c "mark in"' 'mark out'
	scoped 'comm!=bash,setpriv' './abc -c "mark in"' 'mark out'
	scoped 'comm=fifteen_letters' 'cp abc fifteen_letters_and_more; ./fifteen_letters_and_more -c "mark in"' 'mark out'
	# Another name without another program, in a thread as well.
	scoped comm=named 'printf named >/proc/self/comm; mark in; printf bash >/proc/$$/comm; mark out' 'mark out'
}

test_executables()
{
	uname -v | grep -q PREEMPT_RT && skip "not with PREEMPT_RT"
	bash=$(readlink -f /bin/bash)
	export bash work
	cp "$bash" "$work/mine"
	scoped "exe=$work/mine" '$work/mine -c "mark in"' 'mark out'
	scoped "exe=$work/mi*" '$work/mine -c "mark in"' 'mark out'
	scoped 'exe=*/mine' '$work/mine -c "mark in"; ln -s mine other; ./other -c "mark in"' 'mark out'
	scoped "exe!=$bash,*/setpriv" '$work/mine -c "mark in"' 'mark out'
	scoped 'exe=*/gone' 'cp mine gone; exec ./gone -c "rm gone; mark in"' 'mark out'
}

test_namespaces()
{
	scoped "utsns!=$(inum uts)" 'unshare -u bash -c "mark in"' 'mark out'
	scoped "netns!=$(inum net)" 'unshare -n bash -c "mark in"' 'mark out'
	scoped "mntns!=$(inum mnt)" 'unshare -m bash -c "mark in"' 'mark out; unshare -u bash -c "mark out"'
	scoped "pidns!=$(inum pid)" 'unshare -p -f bash -c "mark in"' 'mark out'
	scoped "userns!=$(inum user)" 'unshare -U bash -c "mark in"' 'mark out'
	scoped "utsns=$(inum uts) netns=$(inum net)" 'mark in' 'unshare -u bash -c "mark out"; unshare -n bash -c "mark out"'
	unshare -u sleep 1000 & there=$!
	wait_until sh -c "[ \$(readlink /proc/$there/ns/uts) != \$(readlink /proc/self/ns/uts) ]"
	export there
	scoped "utsns=/proc/$there/ns/uts" 'nsenter -u -t $there bash -c "mark in"' 'mark out; unshare -u bash -c "mark out"'
	kill $there
}

test_cgroups()
{
	cgroup s-one/t-two
	cgroup s-onemore
	scoped "cgroup=$cgroups/s-one" 'echo $$ >$cgroups/s-one/cgroup.procs; mark in; echo $$ >$cgroups/cgroup.procs; mark out' \
		'echo $$ >$cgroups/s-one/t-two/cgroup.procs; mark out; echo $$ >$cgroups/s-onemore/cgroup.procs; mark out; echo $$ >$cgroups/cgroup.procs'
	scoped "cgroup=/s-one/*" 'for c in s-one s-one/t-two; do echo $$ >$cgroups/$c/cgroup.procs; mark in$c; done; echo $$ >$cgroups/cgroup.procs; : mark in' \
		'mark out; echo $$ >$cgroups/s-onemore/cgroup.procs; mark out; echo $$ >$cgroups/cgroup.procs'
	scoped "cgroup!=/s-one/* comm=bash" 'mark in' 'echo $$ >$cgroups/s-one/t-two/cgroup.procs; mark out; echo $$ >$cgroups/cgroup.procs'
}

# contained NAME COMMAND: as a run time does it.
contained()
{
	bash -c "echo \$\$ >'$cgroups/$1/cgroup.procs'; exec unshare -m -p -f bash -c '$2'"
}
export -f contained

test_containers()
{
	cgroup "s-docker-$id.scope/t-inner"
	cgroup "s-libpod-$other.scope"
	cgroup "s-short-${id%?}.scope"
	export id other
	in='contained s-docker-$id.scope "mark in"; contained s-docker-$id.scope/t-inner "mark in"'
	out='mark out; unshare -m -p -f bash -c "mark out"; contained s-short-${id%?}.scope "mark out"; bash -c "echo \$\$ >$cgroups/s-docker-$id.scope/cgroup.procs; mark out"'
	scoped container "$in; contained s-libpod-\$other.scope 'mark in'" "$out"
	scoped "container=$id" "$in" "$out; contained s-libpod-\$other.scope 'mark out'"
	scoped "container=${id:0:12}" "$in" "$out; contained s-libpod-\$other.scope 'mark out'"
	scoped "not-container comm=bash" 'mark in' 'contained s-docker-$id.scope "mark out"'
}

# Whoever has a cgroup of its own can make as many below it as it likes, and we look at each one's name.
test_cgroups_far_down_are_no_containers()
{
	local deep

	deep="s-docker-$id.scope$(printf '/t-%d' {1..32})"
	cgroup "$deep/t-$other.scope"
	export id other deep
	scoped "container=$id" 'contained $deep/t-$other.scope "mark in"; contained $deep "mark in"' 'mark out'
	scoped "container=$other" true 'contained $deep/t-$other.scope "mark out"'
}

# Nor do we climb from it through all that it is in.
test_cgroups_far_down_are_in_those_far_up()
{
	local deep

	deep="s-top$(printf '/t-%d' {2..256})"
	cgroup "$deep/t-257/t-258"
	export deep
	scoped 'cgroup=/s-top/*' 'echo $$ >$cgroups/$deep/t-257/t-258/cgroup.procs; mark in; echo $$ >$cgroups/cgroup.procs' 'mark out'
	scoped "cgroup=/$deep/*" 'echo $$ >$cgroups/$deep/t-257/cgroup.procs; mark in; echo $$ >$cgroups/cgroup.procs' 'mark out'
	scoped "cgroup=/$deep/t-257/*" 'echo $$ >$cgroups/$deep/t-257/cgroup.procs; mark in; echo $$ >$cgroups/cgroup.procs' \
		'echo $$ >$cgroups/$deep/t-257/t-258/cgroup.procs; mark out; echo $$ >$cgroups/cgroup.procs'
}

test_containers_new_and_started()
{
	cgroup "s-docker-$id.scope"
	cgroup "s-docker-$other.scope"
	export id other
	contained "s-docker-$id.scope" 'while [ ! -e go ]; do sleep 0.1; done; mark in; rm go' & there=$!
	wait_until grep -q . "$cgroups/s-docker-$id.scope/cgroup.procs"
	scoped container=new 'contained s-docker-$other.scope "mark in"' 'mark out; contained s-docker-$id.scope "mark out"'
	scoped container=started 'touch go; while [ -e go ]; do sleep 0.1; done; contained s-docker-$id.scope "mark in"; : mark in' \
		'mark out; contained s-docker-$other.scope "mark out"'
	wait $there
}

test_new_processes()
{
	bash -c 'while [ ! -e go ]; do sleep 0.1; done; mark out; touch gone' & there=$!
	scoped pid=new 'mark in; bash -c "mark in"' 'touch go; while [ ! -e gone ]; do sleep 0.1; done'
	rm -f go gone
	wait $there
	bash -c 'while [ ! -e go ]; do sleep 0.1; done; mark in; touch gone' & there=$!
	scoped 'pid!=new comm=bash' 'touch go; while [ ! -e gone ]; do sleep 0.1; done; : mark in' 'mark out'
	wait $there
}

test_trees_and_processes()
{
	# A tree of which the middle is there at the start, the leaf is not.
	bash -c 'bash -c "while [ ! -e go ]; do sleep 0.1; done; bash -c \"mark in\"; mark in; touch gone"; :' & tree=$!
	wait_until pgrep -P $tree
	scoped tree=$tree 'touch go; while [ ! -e gone ]; do sleep 0.1; done; : mark in mark in' 'mark out; bash -c "mark out"'
	wait $tree
	rm go gone
	bash -c 'while [ ! -e go ]; do sleep 0.1; done; bash -c "mark out"; mark in; touch gone; sleep 1000' & one=$!
	scoped pid=$one 'touch go; while [ ! -e gone ]; do sleep 0.1; done; : mark in' 'mark out'
	kill $one
	scoped "pid!=$one,1 tid>1 comm=bash" 'mark in' ':'
}

test_follow_keeps_children_whatever_they_become()
{
	scoped 'comm=abc follow' 'cp /bin/bash abc; ./abc -c "mark in; bash -c \"mark in\"; :"' 'mark out; bash -c "mark out"'
}

test_keys_narrow_and_values_add_up()
{
	scoped 'uid=5 comm=abc' 'cp /bin/bash abc; chmod 755 . abc; as 5 0 ./abc -c "mark in"' 'mark out; as 5 0 bash -c "mark out"'
	scoped 'uid=5 uid=6' 'as 5 0 bash -c "mark in"; as 6 0 bash -c "mark in"' 'mark out'
}

test_tracees_spelling()
{
	sctrace-read -q -o trace --trace comm=ls & reader=$!
	wait_until asleep_in_poll $reader
	ls / >/dev/null
	cat /dev/null
	kill $reader; wait $reader || true
	grep -q 'getdents64' trace || fail "ls is not in"
	! grep '/dev/null' trace || fail "cat is in"
}

test_no_first_call_of_10000_forks_is_missed()
{
	local n=10000

	# With the kernel's own checkers that would take half an hour.
	[ ! -e /sys/kernel/debug/kmemleak ] && [ ! -e /sys/kernel/debug/kcsan ] || n=500
	calls 0 1000 >/dev/null & foreign=$!
	for how in '-f' '--scope pid=new'; do
		# shellcheck disable=SC2086
		if [ "$how" = -f ]; then
			sctrace-read -q --ring-kb=16384 -o trace -f forks $n
		else
			sctrace-read -q --ring-kb=16384 -o trace $how & reader=$!
			wait_until asleep_in_poll $reader
			forks $n
			kill -TERM $reader; wait $reader || true
		fi
		! grep lost trace || fail "$how: loss"
		# Each child's first line is its mark. Where it breaks off, its text may have been cold.
		awk -v n=$n '/ chdir\(("\/fork| <unf)/ { marks++; if ($1 in seen) { print; bad = 1 } } { seen[$1] = 1 }
			END { if (marks != n) { print marks " of " n " first calls"; bad = 1 }; exit bad }' trace || fail "$how: first calls"
		! grep "^$foreign " trace || fail "$how: foreign events"
	done
	kill $foreign
}

test_two_sessions_count_for_themselves()
{
	calls 0 1000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q -o two --scope "comm=calls" & two=$!
	wait_until asleep_in_poll $two
	sctrace-read -q -o one --scope "pid=$pid" & one=$!
	wait_until asleep_in_poll $one
	calls 200 >/dev/null
	wait_until eval '[ -s one ] && [ "$(grep -c "close(-" one)" -ge 20 ]'
	kill $pid
	wait $one
	kill -TERM $two; wait $two || true
	[ "$(grep -c 'close(-' two)" -gt "$(grep -c 'close(-' one)" ] || fail "the second has no more than the first"
	# The numbers of the calls that both have: without a gap, in each of them, "<unfinished ...>" or not.
	for t in one two; do
		sed -n "s/^$pid  *close(-\([0-9]*\)[) ].*/\1/p" $t |
			awk 'NR > 1 && $1 != last + 1 { print last, $1; bad = 1 } { last = $1 } END { exit bad || NR < 10 }' || fail "$t: a gap"
	done
	[ "$(grep -v "^$pid " two | grep -c 'close(-10')" -eq 200 ] || fail "the other calls: $(grep -v "^$pid " two | grep -c 'close(-10')"
}

test_scope_and_filter_of_a_running_session_change_at_once()
{
	local n=200

	[ ! -e /sys/kernel/debug/kmemleak ] || n=20
	change $n >out || fail "$(cat out)"
}

test_parameters_set_the_same()
{
	rmmod sctrace
	modprobe sctrace uid=4321 comm='abc,x*'
	sctrace-read -q -o trace & reader=$!
	wait_until asleep_in_poll $reader
	cp /bin/bash abc; cp /bin/bash xyz; chmod 755 . abc xyz
	as 4321 0 ./abc -c 'mark in1'
	as 4321 0 ./xyz -c 'mark in2'
	as 4321 0 bash -c 'mark out'
	./abc -c 'mark out'
	# What is written is for the next session.
	echo 77 >/sys/module/sctrace/parameters/uid
	[ "$(cat /sys/module/sctrace/parameters/uid)" = 77 ] || fail "not readable"
	as 77 0 ./abc -c 'mark out'
	kill -TERM $reader; wait $reader || true
	[ "$(grep -c '"/mark/in' trace)" -eq 2 ] || fail "not in"
	! grep '"/mark/out' trace || fail "in"
	sctrace-read -q -o trace & reader=$!
	wait_until asleep_in_poll $reader
	as 77 0 ./abc -c 'mark in'
	as 4321 0 ./abc -c 'mark out'
	kill -TERM $reader; wait $reader || true
	grep -q '"/mark/in' trace || fail "the new value is not taken"
	! grep '"/mark/out' trace || fail "the old value is still there"
	for bad in 'uid=x' 'comm=' 'comm=a*b' 'comm=sixteen_letters_' 'container=xyz' 'new=2'; do
		dmesg -C
		! echo "${bad#*=}" >"/sys/module/sctrace/parameters/${bad%%=*}" 2>/dev/null || [ "$bad" = 'comm=' ] || fail "$bad is taken"
		[ "$bad" = 'comm=' ] || dmesg | grep -q "sctrace: ${bad%%=*}=" || fail "$bad: no word of it"
	done
}
