# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the scripts of tests/vm share: words to the user, the cache, locks, and the machine's own Debian mirrors.
# A sourcing script gets strict mode with it.
set -euo pipefail

# Files made here end in a guest where other users than root read them.
umask 022
export LC_ALL=C.UTF-8
# depmod, mke2fs and chroot are in sbin, which a login as a normal user leaves out of PATH.
PATH=$PATH:/usr/sbin:/sbin

vm_dir=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034 # for those who source this
top_dir=$(dirname "$(dirname "$vm_dir")")
cache_dir=${XDG_CACHE_HOME:-$HOME/.cache}/sctrace

# SCTRACE_QUIET is how `run -q` silences the scripts it calls.
say()
{
	[ -n "${SCTRACE_QUIET:-}" ] || printf 'sctrace-vm: %s\n' "$*" >&2
}

warn()
{
	printf 'sctrace-vm: %s\n' "$*" >&2
}

# die [-STATUS] MESSAGE
die()
{
	local status=1

	if [[ $1 =~ ^-[0-9]+$ ]]; then
		status=${1#-}
		shift
	fi
	warn "$*"
	exit "$status"
}

usage_error()
{
	die -2 "$1; see '${0##*/} --help'"
}

# print_usage: the comment at the top of the calling script is its help text.
print_usage()
{
	awk 'NR <= 3 { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$0"
}

# step TEXT COMMAND…: a slow step. Its output is kept for the case that it fails; until then the user sees TEXT,
# and twice a minute how long it has run and the last thing it said.
step()
{
	local text=$1 log pid status=0 start=$SECONDS next=30

	shift
	log=$(mktemp "${TMPDIR:-/tmp}/sctrace-step.XXXXXX")
	say "$text …"
	# A subshell with errexit on: in `if command` or `command || …`, bash would go on past errors inside it.
	(set -e; "$@") </dev/null >"$log" 2>&1 &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.2
		if ((SECONDS - start >= next)); then
			say "  … $((SECONDS - start)) s: $(tail -n1 "$log" | cut -c1-100)"
			next=$((next + 30))
		fi
	done
	wait "$pid" || status=$?
	if [ "$status" -ne 0 ]; then
		tail -n 25 "$log" >&2
		rm -f "$log"
		die "failed: $text (status $status; its last words are above)"
	fi
	rm -f "$log"
}

# with_lock MODE FILE COMMAND…: runs a command or function in a subshell under flock; MODE is -x or -s.
with_lock()
{
	local mode=$1 file=$2

	shift 2
	mkdir -p "$(dirname "$file")"
	(
		flock "$mode" 9
		# Nothing started from here may keep the lock when it outlives us: only this shell holds fd 9.
		"$@" 9>&-
	) 9>>"$file"
}

make_cache_dir()
{
	# 0700: the apt configuration copied into the roots may hold what only this user should read.
	mkdir -p "$cache_dir"
	chmod 0700 "$cache_dir"
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || die "$1 needs root: run it under sudo"
}

# key STRING-OR-FILE…: a short name for "made from exactly this": files count with their content.
key()
{
	local part

	for part in "$@"; do
		if [ -f "$part" ]; then cat -- "$part"; else printf '%s\n' "$part"; fi
	done | sha256sum | cut -c1-12
}

kernel_names()
{
	(cd "$vm_dir/kernels" && printf '%s\n' * | sort -V | tr '\n' ' ' | sed 's/ $//')
}

# load_kernel NAME: reads kernels/NAME, which sets the KERNEL_* variables (tests/vm/README.md lists them).
load_kernel()
{
	case $1 in
	'' | */* | .*) die -2 "no kernel is called '$1'; there are: $(kernel_names)" ;;
	esac
	[ -f "$vm_dir/kernels/$1" ] || die -2 "no kernel is called '$1'; there are: $(kernel_names)"
	KERNEL_NAME=$1
	KERNEL_ARCH=amd64
	KERNEL_QEMU=qemu-system-x86_64
	KERNEL_MACHINE=pc
	KERNEL_CPU=max
	KERNEL_CONSOLE=ttyS0
	KERNEL_CMDLINE=
	# shellcheck source=/dev/null
	. "$vm_dir/kernels/$1"
	export KERNEL_NAME KERNEL_ARCH KERNEL_QEMU KERNEL_MACHINE KERNEL_CPU KERNEL_CONSOLE KERNEL_CMDLINE
	: "${KERNEL_SUITES:?kernels/$1 must set it}" "${KERNEL_IMAGE:?kernels/$1 must set it}"
	: "${KERNEL_HEADERS:?kernels/$1 must set it}"
}

# The addresses of Debian's archive and of its security archive, as this machine's apt knows them.
debian_uri()
{
	# shellcheck disable=SC2016 # the names are apt's
	apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
		awk -F'|' -v label="$1" '$1 == "Debian" && $2 == label { print $3; exit }'
}

# apt_sources SUITE…: sources.list lines for those suites, from wherever this machine gets its Debian.
apt_sources()
{
	local suite uri

	for suite in "$@"; do
		case $suite in
		*-security) uri=$(debian_uri Debian-Security) ;;
		*) uri=$(debian_uri Debian) ;;
		esac
		if [ -n "$uri" ]; then
			echo "deb $uri $suite main"
		elif [[ $suite = *-security ]]; then
			warn "this machine's apt has no Debian security archive: doing without $suite"
		else
			die "this machine's apt knows no Debian archive: add one to /etc/apt/sources.list, run apt-get update"
		fi
	done
}

# apt_options: what this machine's apt needs in order to reach its mirror (proxy, clock), one option a line.
apt_options()
{
	apt-config dump | grep -E '^Acquire::(https?|Check-[A-Za-z-]+|Retries)(::[^ ]*)? ' | grep -v ' "";$' || true
}

# debian_root DIR PACKAGES SUITE…: a fresh Debian tree in DIR, without documentation, with its package lists kept.
debian_root()
{
	local dir=$1 packages=$2 option path
	local -a args=(--mode=root --variant=minbase --include="$packages" --skip=cleanup/apt/lists)

	shift 2
	while IFS= read -r option; do
		args+=(--aptopt="$option")
	done < <(apt_options)
	args+=(--aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"')
	args+=(--dpkgopt=force-unsafe-io)
	for path in doc man info locale lintian; do
		args+=(--dpkgopt="path-exclude=/usr/share/$path/*")
	done
	apt_sources "$@" | mmdebstrap "${args[@]}" "$1" "$dir" -
}

# tree_image DIR FILE LABEL: an ext4 image just big enough for a tree: it is only ever mounted read-only.
tree_image()
{
	local dir=$1 file=$2 label=$3 kb inodes

	kb=$(du -sk --apparent-size "$dir" | cut -f1)
	inodes=$(find "$dir" | wc -l)
	rm -f "$file"
	mke2fs -q -t ext4 -L "$label" -O ^has_journal,^metadata_csum,^resize_inode -m 0 \
		-N $((inodes + 1024)) -d "$dir" "$file" $((kb + kb / 4 + inodes * 4 + 16384))k
}
