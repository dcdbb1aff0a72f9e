# SPDX-License-Identifier: GPL-2.0-or-later
# What every family's calls look like: the same lines as strace's, but for what differs from run to run.
# Alike on all kernels: the plans are the same everywhere. `make check` runs these on one.
# shellcheck shell=bash

# compared NAME [-y] [OPTION…]: a program of tests/diff/prog under strace and under sctrace-read, both with -y or without. Options
# are compare.py's.
compared()
{
	local program=diff-$1 fds=()

	[ -x "/sctrace/bin/$program" ] || skip "these programs make x86_64's calls"
	shift
	if [ "${1:-}" = -y ]; then
		fds=(-y)
		shift
	fi
	# Each run begins in the same place, empty.
	in_place()
	{
		rm -rf place
		mkdir place
		(cd place && setarch -R "$@") </dev/null >/dev/null 2>&1
	}
	in_place strace -f "${fds[@]}" -o ../by-strace "$program" || true
	in_place sctrace-read -f -q --ring-kb=4096 "${fds[@]}" -o ../by-sctrace "$program" || true
	! grep 'records lost' by-sctrace || fail "loss"
	/sctrace/cases/lines.py --calls by-strace by-sctrace "$@" >differences || {
		grep -v ' 0 differ$' differences
		fail "$(tail -n 1 differences)"
	}
	tail -n 1 differences
}

test_creds()
{
	compared creds
}

test_desc()
{
	compared desc
}

test_event()
{
	compared event
}

test_file()
{
	compared file
}

test_file_structs()
{
	compared file_structs
}

test_io()
{
	compared io
}

test_ioctl()
{
	compared ioctl
}

test_memory()
{
	compared memory
}

test_memory_structs()
{
	compared memory_structs
}

test_mount()
{
	compared mount
}

test_net()
{
	compared net
}

test_new()
{
	compared new
}

test_rights()
{
	compared rights -y
}

test_sched()
{
	compared sched
}

test_system()
{
	compared system
}

test_xattr()
{
	compared xattr
}

test_xattr_structs()
{
	compared xattr_structs
}
