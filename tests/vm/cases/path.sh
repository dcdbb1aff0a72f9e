# SPDX-License-Identifier: GPL-2.0-or-later
# Only calls that access a path: -P.
# Alike on all architectures: what is not, other files reach, too. `make check` runs these on amd64.
# shellcheck shell=bash disable=SC2154

# as_strace PATH COMMAND…: of its calls that access PATH, strace sees the same.
as_strace()
{
	local path=$1

	shift
	setarch -R strace -f -o by-strace -P "$path" "$@" >/dev/null 2>said || true
	setarch -R sctrace-read -f -q -o by-sctrace -P "$path" "$@" >/dev/null 2>said || true
	[ ! -s said ] || fail "$(cat said)"
	! paths_come_late || sed -i -E '/^[0-9]+ +close\(/d' by-strace by-sctrace
	grep -q '(' by-sctrace || fail "nothing: $*"
	/sctrace/cases/compare.py by-strace by-sctrace || fail "$path: calls differ: $(cat by-strace; echo; cat by-sctrace)"
}

# traced 'OPTIONS…' COMMAND…: its calls are in the file calls, one a line, without the numbers of tasks.
traced()
{
	local options

	read -ra options <<<"$1"
	shift
	sctrace-read -q -o trace "${options[@]}" "$@" >/dev/null 2>said || true
	[ ! -s said ] || fail "${options[*]}: $(cat said)"
	sed -E '/(\+\+\+|---)/d; s/^[0-9]+ +//; s/ += / = /' trace >calls
	! paths_come_late || sed -i '/^close(/d' calls
}

# has LINE…: these are the calls, each from its beginning on, and no others.
has()
{
	local lines=() want n=0

	for want in "$@"; do
		[[ $want = close* ]] && paths_come_late || lines+=("$want")
	done
	[ "$(wc -l <calls)" -eq ${#lines[@]} ] || fail "not ${#lines[@]} calls: $(cat calls)"
	for want in "${lines[@]}"; do
		n=$((n + 1))
		[[ $(sed -n ${n}p calls) = "$want"* ]] || fail "call $n is not '$want': $(cat calls)"
	done
}

test_paths_are_what_strace_shows_of_them()
{
	as_strace /etc/passwd cat /etc/passwd
	[ "$(sed 's/(.*//; s/^[0-9]* *//' by-sctrace | grep -v '+++' | tr '\n' ' ')" = \
		"openat newfstatat fadvise64 read read close " ] || [ "$(uname -m)" != x86_64 ] || paths_come_late || fail "$(cat by-sctrace)"
	as_strace /etc sh -c 'exec 2>&-; cat /etc/passwd /etc'
	as_strace /etc sh -c 'cd /etc; ls /etc >/dev/null; cat </etc/hostname'
	as_strace /usr/bin/true sh -c '/usr/bin/true; exec /usr/bin/true'
	as_strace /dev/null sh -c 'ls / >/dev/null; cat </dev/null'
	# By the link, and by what it leads to.
	ln -s /etc/passwd link
	as_strace "$PWD/link" sh -c "cat $PWD/link; cat /etc/passwd"
	# What is not there.
	as_strace /nowhere/at/all sh -c 'exec 2>&-; cat /nowhere/at/all; mkdir /nowhere/at/all; test -e /nowhere/at/al'
}

test_stars_stand_for_anything()
{
	mkdir d e
	echo 1 >d/a.txt
	echo 2 >d/b.so
	echo 3 >e/b.so
	traced "-e openat -P $PWD/d/*" cat d/a.txt d/b.so e/b.so
	has 'openat(AT_FDCWD, "d/a.txt"' 'openat(AT_FDCWD, "d/b.so"'
	traced "-e openat -P *.so" cat d/a.txt d/b.so "$PWD/e/b.so"
	has 'openat(AT_FDCWD, "d/b.so"' "openat(AT_FDCWD, \"$PWD/e/b.so\""
	traced "-e openat -P *e/b*" cat d/a.txt d/b.so "$PWD/e/b.so"
	has "openat(AT_FDCWD, \"$PWD/e/b.so\""
	# By descriptors alone.
	traced "-e read -P *.txt" sh -c 'exec <d/a.txt; cat <e/b.so; cat'
	has
	traced "-f -e read -P *.txt" sh -c 'exec <d/a.txt; cat <e/b.so; cat'
	has 'read(0, "1\n"' 'read(0, ""'
	# Several, and none.
	traced "-e openat --trace-path=$PWD/d/* -P *e/b*" cat d/a.txt e/b.so
	has 'openat(AT_FDCWD, "d/a.txt"' 'openat(AT_FDCWD, "e/b.so"'
	traced "-P /nowhere*" cat d/a.txt
	has
}

test_relative_paths_begin_at_their_directory()
{
	mkdir d
	echo 1 >d/a
	# -P's own, and the program's.
	traced "-e openat -P d/a" sh -c 'cd d; : <a; : <./a; : <.//./a; : <../d/a'
	has 'openat(AT_FDCWD, "a"' 'openat(AT_FDCWD, "./a"' 'openat(AT_FDCWD, ".//./a"'
	traced "-e openat -P ./d/a" sh -c 'exec 2>&-; : <d/a; cd /; : <d/a'
	has 'openat(AT_FDCWD, "d/a"'
	traced "-e chdir -P $PWD/d" python3 -c 'import os; os.chdir("d"); os.chdir("."); os.chdir("..")'
	if paths_come_late; then
		# The directory that each began at is not known.
		has 'chdir("d") = 0' 'chdir(".") = 0' 'chdir("..") = 0'
	else
		has 'chdir("d") = 0' 'chdir(".") = 0'
	fi
	cat >at.py <<-'END'
		import os
		d = os.open("d", os.O_RDONLY)
		os.close(os.open("a", os.O_RDONLY, dir_fd=d))
		os.rename("a", "b", src_dir_fd=d, dst_dir_fd=d)
		os.rename("d/b", "c")
		os.stat("/etc", dir_fd=d)
		for f in lambda: os.open("a", os.O_RDONLY, dir_fd=999), lambda: os.stat(""):
		    try: f()
		    except OSError: pass
	END
	traced "-e openat,close,rename,renameat,renameat2,newfstatat,stat -P d/a" python3 at.py
	has 'openat(3, "a"' 'close(4' 'renameat(3, "a", 3, "b")'
	mv c d/a
	traced "-e openat,close,rename,renameat,renameat2,newfstatat,stat -P d/b -P c" python3 at.py
	case $(uname -m) in
	aarch64) rename='renameat(AT_FDCWD, "d/b", AT_FDCWD, "c")' ;;
	*) rename='rename("d/b", "c")' ;;
	esac
	has 'renameat(3, "a", 3, "b")' "$rename"
	mv c d/a
	# The directory that a call begins at is accessed, too, if it has been opened.
	traced "-e newfstatat -P d" python3 at.py
	[[ $(tail -n 1 calls) = 'newfstatat(3, "/etc"'* ]] || fail "$(cat calls)"
	! grep 'AT_FDCWD, "[^d]' calls || fail "other directories"
}

test_paths_with_results()
{
	ln -s nowhere d
	traced "-Z -P /mark/*" sh -c 'exec 2>&-; : </mark/x; : </etc/hostname; cat /mark/y; cat </mark'
	has 'openat(AT_FDCWD, "/mark/x", O_RDONLY) = -1 ENOENT'
	traced "-f -Z -P /mark/*" sh -c 'exec 2>&-; cat /mark/y; true'
	has 'openat(AT_FDCWD, "/mark/y", O_RDONLY) = -1 ENOENT'
	traced "-Z -P /etc/passwd" cat /etc/passwd
	has
	# What close was given is known.
	traced "-z -P /etc/passwd" cat /etc/passwd
	[[ $(tail -n 1 calls) = 'close(3) = 0' ]] || paths_come_late || fail "$(cat calls)"
	traced "-z -e openat,close -P /etc/passwd" cat /etc/passwd /etc/hostname
	has 'openat(AT_FDCWD, "/etc/passwd"' 'close(3)'
	traced "--whole -e execve -P /usr/bin/env -f" sh -c '/usr/bin/env true; true'
	has 'execve("/usr/bin/env", ["/usr/bin/env", "true"]'
	traced "--where result==-ENOTDIR -P /etc/passwd/x" sh -c 'exec 2>&-; : </etc/passwd/x; : </etc/hostname/x'
	has 'openat(AT_FDCWD, "/etc/passwd/x"'
}

test_descriptors_are_not_shown_without_y()
{
	traced "-P /etc/passwd" cat /etc/passwd
	! grep '<' calls || fail "shown"
	traced "-y -e openat,read -P /etc/passwd" cat /etc/passwd
	grep -q '^openat(AT_FDCWD<.*>, "/etc/passwd", O_RDONLY) = 3</etc/passwd>$' calls || fail "$(cat calls)"
	grep -q '^read(3</etc/passwd>' calls || fail "$(cat calls)"
}

test_what_accesses_no_path_does_not_cross()
{
	paths_come_late && skip "each close crosses with this kernel"
	does_not_cross 0 -P /nowhere
}

# cold_calls 'OPTIONS…': those of cold with a path that begins "none/1", all of them, byte by byte.
cold_calls()
{
	local options path='"none/1'

	read -ra options <<<"$1"
	sctrace-read -s 4095 --ring-kb=16384 -o trace "${options[@]}" -P none/1* cold 5000 expected 2>said ||
		fail "status $?: $(cat said)"
	[ ! -s said ] || fail "$(cat said)"
	# As arguments are names of files: sockets' are none, nor are a program's arguments.
	grep -E "^(access|readlink|setxattr|execve|truncate|symlinkat|mount)\($path|^mount\(\"[^\"]*\", $path|\
^(openat|faccessat|mkdirat|readlinkat|statx|renameat2|linkat)\((AT_FDCWD|-1), $path|\
^(renameat2|linkat|symlinkat)\(.* AT_FDCWD, $path" expected >want
	sed -E '/\+\+\+|chdir\(/d' trace >got
	! paths_come_late || sed -i '/^close(/d' got
	[ "$(wc -l <want)" -gt 300 ] || fail "nothing to compare"
	cmp want got || fail "${options[*]}: $(diff want got | cut -c 1-150 | head -n 20)"
}

test_paths_on_cold_pages_are_compared()
{
	on_disk
	cold_calls ''
	cold_calls -Z
	cold_calls --whole
}

test_programs_on_cold_pages_are_compared()
{
	local heat options

	on_disk
	for heat in warm cold; do
		for options in '' -z -f; do
			traced "$options -P /bin/true" execs path $heat expected /bin/true 3
			diff <(sed -E 's/ += / = /' expected) calls || fail "$heat $options: $(cat calls expected)"
			traced "$options -P /bin/false" execs path $heat expected /bin/true 3
			has
		done
	done
}

test_bad_paths()
{
	must_fail 1 "-P '': write a path, such as /etc/passwd, '/etc/*' or '*.so'" sctrace-read -P '' true
	must_fail 1 "-P '*': this is every path" sctrace-read -P '*' true
	must_fail 1 "-P '/a*b': at 3: a * can stand only at the beginning and at the end" sctrace-read -P '/a*b' true
	must_fail 1 "option -P needs a value" sctrace-read -P
	long=$(printf '%4096s' '' | tr ' ' a)
	must_fail 1 "a path has at most 4095 bytes" sctrace-read -P "/$long" true
	# shellcheck disable=SC2046 # words are wanted
	must_fail 1 "-P '/n/65': more than 64 paths" sctrace-read $(printf -- '-P /n/%d ' $(seq 65)) true
	must_fail 1 "more than 1024 bytes" sctrace-read -P "*${long:0:1025}*" true
	# At the limits.
	# shellcheck disable=SC2046 # words are wanted
	sctrace-read -q -o trace $(printf -- '-P /n/%d ' $(seq 64)) cat /n/64 2>/dev/null || true
	grep -q '"/n/64"' trace || fail "$(cat trace)"
	sctrace-read -q -o trace -P "*${long:0:1024}*" cat "/${long:0:1025}" 2>/dev/null || true
	grep -q ENAMETOOLONG trace || fail "$(cat trace)"
	sctrace-read -q -o trace -P "/${long:0:4094}" cat "/${long:0:4094}" "/${long:0:4093}" 2>/dev/null || true
	[ "$(grep -c ENAMETOOLONG trace)" -eq 1 ] || fail "$(cat trace)"
	# A path that is no path any more is begun as it says.
	sctrace-read -q -o trace -P '/aaa*' -P /aaa cat "/$long" 2>/dev/null || true
	grep -q ENAMETOOLONG trace || fail "$(cat trace)"
}
