# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the scripts of tests/vm share: words to the user, the cache, locks, and the machine's own Debian mirrors.
# A sourcing script gets strict mode with it.
set -euo pipefail

# Files made here end in a guest where other users than root read them.
umask 022
export LC_ALL=C.UTF-8
# Debian's own programs first: mmdebstrap starts a python3 for each package, and one that is a wrapper takes minutes. With
# depmod, mke2fs and chroot in sbin, which a login as a normal user leaves out of PATH.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH

vm_dir=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034 # for those who source this
top_dir=$(dirname "$(dirname "$vm_dir")")
cache_dir=${XDG_CACHE_HOME:-$HOME/.cache}/sctrace

# What a healthy kernel never says: for alarms_in.
alarms='WARNING:|(^|[^A-Z])BUG:|Oops|KASAN:|KCSAN:|KFENCE:|UBSAN:|[Kk]ernel panic|Unable to handle'
alarms+='|general protection|possible circular locking|possible recursive locking|inconsistent lock state'
alarms+='|possible irq lock inversion|bad unlock balance|suspicious RCU usage|held lock freed'
alarms+='|lock held when returning|sleeping function called|scheduling while atomic|detected stall'
alarms+='|blocked for more than|unreferenced object|memory leak|list_(add|del) corruption'

# alarms_in FILE: the lines that a healthy kernel never says, each with its number. But for one of a kernel's own: 6.12 counts the fair
# server of a CPU among its tasks (inc_dl_tasks() in its kernel/sched/deadline.c), and warns of a CPU that goes while that one is
# there: of two tasks, it then knows no other than the CPU's own thread.
alarms_in()
{
	awk -v alarms="$alarms" '
	function told() { if (held) print held; held = "" }
	/WARNING:.* sched_cpu_dying\+/ { told(); held = NR ":" $0; listed = others = 0; next }
	held && /enqueued tasks \(2 total\):/ { listed = 1; next }
	listed && /pid: [0-9]+, name: / { others += !/name: migration\//; next }
	listed { if (!others) held = ""; told(); listed = 0 }
	$0 ~ alarms { print NR ":" $0 }
	END { told() }' "$1"
}

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
	# Whoever called us may have had another kernel.
	unset "${!KERNEL_@}"
	KERNEL_NAME=$1
	# shellcheck source=/dev/null
	. "$vm_dir/kernels/$1"
	: "${KERNEL_SUITES:?kernels/$1 must set it}" "${KERNEL_IMAGE:?kernels/$1 must set it}"
	: "${KERNEL_ARCH:=amd64}" "${KERNEL_CMDLINE:=}" "${KERNEL_MEM:=1024}" "${KERNEL_RELEASE_FROM:=}"
	: "${KERNEL_CONFIG:=}" "${KERNEL_PACKAGES:=}" "${KERNEL_MAKE_ARGS:=}" "${KERNEL_BUILD_ARGS:=}"
	[ -n "$KERNEL_CONFIG" ] || : "${KERNEL_HEADERS:?kernels/$1 must set it}"
	set_machine
}

# The emulated machine of an architecture, $KERNEL_ARCH, where the kernel's file does not say otherwise.
set_machine()
{
	case $KERNEL_ARCH in
	amd64)
		: "${KERNEL_QEMU:=qemu-system-x86_64}" "${KERNEL_MACHINE:=pc}" "${KERNEL_CPU:=max}"
		: "${KERNEL_CONSOLE:=ttyS0}"
		;;
	arm64)
		# Signing pointers by the architecture's own cipher would be most of the work of emulation.
		: "${KERNEL_QEMU:=qemu-system-aarch64}" "${KERNEL_MACHINE:=virt}"
		: "${KERNEL_CPU:=max,pauth-impdef=on}" "${KERNEL_CONSOLE:=ttyAMA0}"
		;;
	*) die "kernels/$KERNEL_NAME: the architecture '$KERNEL_ARCH' is not known here (amd64, arm64)" ;;
	esac
}

# ---- architectures, by Debian's names ----

# foreign ARCH: this machine does not run its programs.
foreign()
{
	[ "$1" != "$(dpkg --print-architecture)" ]
}

# gnu_type ARCH: what the compiler's programs have before their names.
gnu_type()
{
	case $1 in
	amd64) echo x86_64-linux-gnu ;;
	arm64) echo aarch64-linux-gnu ;;
	*) die "the architecture '$1' is not known here (amd64, arm64)" ;;
	esac
}

# kernel_make_words ARCH: what make must be told to build for a foreign kernel, one word a line.
kernel_make_words()
{
	local -A kernels=([amd64]=x86 [arm64]=arm64)

	if foreign "$1"; then
		printf '%s\n' "ARCH=${kernels[$1]}" "CROSS_COMPILE=$(gnu_type "$1")-"
	fi
}

# ---- Debian's archive ----

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

# debian_tree VARIANT ARCHS DIR PACKAGES SUITE…: a Debian tree in DIR, without documentation, with its package lists kept. The array
# tree_options, if there is one, has more words for mmdebstrap.
debian_tree()
{
	local variant=$1 archs=$2 dir=$3 packages=$4 option path
	local -a args=(--mode=root --variant="$variant" --architectures="$archs" ${tree_options[@]+"${tree_options[@]}"}) include

	shift 4
	# One by one: a pattern among them would be taken for one with what comes after it.
	IFS=, read -ra include <<<"$packages"
	args+=("${include[@]/#/--include=}")
	while IFS= read -r option; do
		args+=(--aptopt="$option")
	done < <(apt_options)
	args+=(--aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"')
	args+=(--dpkgopt=force-unsafe-io --skip=cleanup/apt/lists)
	for path in doc man info locale lintian; do
		args+=(--dpkgopt="path-exclude=/usr/share/$path/*")
	done
	# Before the packages come: files of a release that has /bin as a link go where that leads.
	# shellcheck disable=SC2016 # $1 is the hook's own
	[ "$variant" != extract ] || args+=(--setup-hook='for d in bin sbin lib lib64; do
		mkdir -p "$1/usr/$d" && ln -s "usr/$d" "$1/$d"; done')
	apt_sources "$@" | mmdebstrap "${args[@]}" "$1" "$dir" -
}

# debian_root ARCHS DIR PACKAGES SUITE…: a tree to work in, by in_tree. ARCHS is this machine's own architecture, or that
# and, after a comma, another whose packages can be installed too.
debian_root()
{
	debian_tree minbase "$@"
}

# debian_files ARCH DIR PACKAGES SUITE…: the packages' files and those of all they need, for whatever architecture. No
# maintainer script has run.
debian_files()
{
	debian_tree extract "$@"
}

# ---- Debian trees and what is made in them ----

# in_tree ROOT COMMAND…: runs a command in a Debian tree, with nothing of this machine's environment. With /proc, where
# objtool, of 7.2 and later, reads its own limits; the mount goes with the command.
in_tree()
{
	local root=$1

	shift
	# shellcheck disable=SC2016 # $1 and $@ are the inner shell's
	unshare --mount bash -euc 'mount -t proc proc "$1/proc"; exec chroot "$@"' in_tree "$root" \
		/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive "$@"
}

# ensure PATH TEXT COMMAND…: a thing of the cache. If it is not there, `COMMAND… PATH.tmp` makes it, once, as a step.
ensure()
{
	local path=$1 text=$2

	[ ! -e "$path" ] || return 0
	need_root "$text"
	make_cache_dir
	with_lock -x "$path.lock" ensure_locked "$@"
}

# shellcheck disable=SC2317 # called by with_lock
ensure_locked()
{
	local path=$1 text=$2

	shift 2
	[ ! -e "$path" ] || return 0
	rm -rf --one-file-system "$path.tmp"
	step "$text" "$@" "$path.tmp"
	mv "$path.tmp" "$path"
}

# copy_sources SRC BUILD: reads names of files below SRC; makes BUILD/tree hold those and no other of the last time's.
# Copies only what differs in content: make in the tree then rebuilds what it must, and only that.
copy_sources()
{
	local src=$1 build=$2 file

	mkdir -p "$build"
	cat >"$build/sources.new"
	if [ -f "$build/sources" ]; then
		comm -23 "$build/sources" "$build/sources.new" | while IFS= read -r file; do
			rm -f "$build/tree/$file"
		done
	fi
	while IFS= read -r file; do
		cmp -s "$src/$file" "$build/tree/$file" || install -D -m 0644 "$src/$file" "$build/tree/$file"
	done <"$build/sources.new"
	mv "$build/sources.new" "$build/sources"
}

# replace FILE DIR: copies a file into a folder, by another name first: a guest may be taking the old one right now.
replace()
{
	cp "$1" "$2/.new.$$"
	mv "$2/.new.$$" "$2/${1##*/}"
}

# same FILE TEXT: the file holds that text.
same()
{
	[ -f "$1" ] && [ "$(cat "$1")" = "$2" ]
}

# tree_image DIR FILE LABEL: an ext4 image of a tree, a quarter larger than that.
tree_image()
{
	local dir=$1 file=$2 label=$3 kb inodes

	kb=$(du -sk --apparent-size "$dir" | cut -f1)
	inodes=$(find "$dir" | wc -l)
	rm -f "$file"
	mke2fs -q -t ext4 -L "$label" -O ^has_journal,^metadata_csum,^resize_inode -m 0 \
		-N $((inodes + 1024)) -d "$dir" "$file" $((kb + kb / 4 + inodes * 4 + 16384))k
}
