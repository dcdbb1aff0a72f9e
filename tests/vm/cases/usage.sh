# SPDX-License-Identifier: GPL-2.0-or-later
# Bad input: one line that names the thing and the remedy, and nothing left behind.
# shellcheck shell=bash

test_unknown_option()
{
	must_fail 1 'there is no option -W; see sctrace-read --help' sctrace-read -W ls
	must_fail 1 'there is no option --no-such-thing; see sctrace-read --help' sctrace-read --no-such-thing ls
	must_fail 1 'option -o needs a value' sctrace-read -o
	must_fail 1 'option --decode-fds takes no value' sctrace-read --decode-fds=all ls
}

# strace means more by them than by one.
test_doubled_options()
{
	must_fail 1 '-ff: one file for each process is not there yet; -f -o FILE writes one' sctrace-read -ff -o trace ls
	must_fail 1 '-yy: details of sockets and devices are not there yet; -y shows' sctrace-read -yy ls
	must_fail 1 '-yy: ' sctrace-read -y --decode-fds ls
}

test_bad_values()
{
	must_fail 1 "-p: 'x' is not a number" sctrace-read -p x
	must_fail 1 "-p: '' names no process" sctrace-read -p ''
	must_fail 1 '--ring-kb: 100 is not a power of two; the next one is 128' sctrace-read --ring-kb=100 true
	must_fail 1 "--ring-kb: '63' is not a number from 64 to 65536" sctrace-read --ring-kb=63 true
	must_fail 1 "-s: '-1' is not a number" sctrace-read -s -1 true
	must_fail 1 'both -p and a command were given' sctrace-read -p 1 true
}

test_bad_scope()
{
	must_fail 1 "--scope 'uid=>5': at 5: expected a number or a user's name" sctrace-read '--scope=uid=>5'
	must_fail 1 "--trace 'foo=1': at 1: expected one of the keys pid, tid, tree" sctrace-read --trace foo=1
	must_fail 1 "-f needs a command, -p or --scope with a key" sctrace-read -f
	must_fail 1 "--scope follow needs a command, -p or --scope with a key" sctrace-read --scope follow
}

test_pid_of_nobody()
{
	must_fail 1 '-p 4194303: no such process' sctrace-read -p 4194303
	must_fail 1 '-p 4194303: no such process' sctrace-read -p 1,4194303
	must_fail 1 "--scope 'pid=1,4194303': at 7: no such process" sctrace-read --scope pid=1,4194303
}

test_command_that_is_not_there()
{
	must_fail 1 "cannot run 'no-such-program': no such program in PATH" sctrace-read no-such-program
	must_fail 1 "cannot run './no-such-file': No such file or directory" sctrace-read ./no-such-file
	echo 'no program' >text; chmod +x text
	must_fail 126 "cannot run './text': Exec format error" sctrace-read -o trace ./text
	grep -qF '= -1 ENOEXEC (Exec format error)' trace || fail "the failing execve is not in the trace"
	# Of what is our own code nothing else is there.
	if [ "$(wc -l <trace)" -ne 2 ] || [ "$(tail -n 1 trace)" != '+++ exited with 126 +++' ]; then
		fail "$(cat trace)"
	fi
	must_fail 126 "cannot run '/etc/passwd': Permission denied" sctrace-read -f -o trace /etc/passwd
	[ "$(wc -l <trace)" -eq 2 ] || fail "$(cat trace)"
	printf '#!/no/such/interpreter\n' >text
	must_fail 127 "cannot run './text': No such file or directory" sctrace-read -o trace ./text
}

test_output_that_cannot_be_written()
{
	must_fail 1 "cannot write to '/no/such/folder/trace': No such file or directory" \
		sctrace-read -o /no/such/folder/trace true
	must_fail 1 "cannot write" sctrace-read -o /dev/full ls /
}

test_module_of_another_interface()
{
	must_fail 1 'the loaded module speaks interface 5, this reader 1001: update the module' sctrace-read-abi1001 true
}

test_module_is_loaded_when_it_is_not()
{
	rmmod sctrace
	sctrace-read -o trace true || fail "$(cat trace)"
	[ -d /sys/module/sctrace ] || fail "not loaded"
}

test_module_that_is_not_installed()
{
	rmmod sctrace
	mkdir empty
	mount --bind empty "/lib/modules/$(uname -r)"
	status=0
	sctrace-read true 2>stderr || status=$?
	umount "/lib/modules/$(uname -r)"
	[ $status -eq 1 ] && grep -q "the module sctrace is not installed for kernel $(uname -r): make install" stderr ||
		fail "status $status: $(cat stderr)"
}

test_module_that_will_not_load()
{
	rmmod sctrace
	echo 'options sctrace ring_kb=100' >/etc/modprobe.d/sctrace-test.conf
	status=0
	sctrace-read true 2>stderr || status=$?
	rm /etc/modprobe.d/sctrace-test.conf
	[ $status -eq 1 ] && grep -q 'a parameter in modprobe.d is wrong; dmesg says which' stderr ||
		fail "status $status: $(cat stderr)"
	must_fail 1 'loading it needs root' setpriv --reuid=65534 --regid=65534 --clear-groups sctrace-read true
}

test_every_refusal_of_the_module_is_told()
{
	local n=0 text

	# The reader's ioctls in their order, each made to fail.
	for text in '/dev/sctrace: ' 'cannot set up the session: ' 'cannot start the trace: ' 'cannot stop the trace: ' \
		'cannot tell what was lost: '; do
		n=$((n + 1))
		must_fail 1 "${text}Input/output error" \
			strace -o strace.log -e inject=ioctl:error=EIO:when=$n sctrace-read -o trace true
	done
}
