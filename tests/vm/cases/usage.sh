# SPDX-License-Identifier: GPL-2.0-or-later
# Bad input: one line that names the thing and the remedy, and nothing left behind.
# Alike on all kernels: the reader says it. `make check` runs these on one.
# shellcheck shell=bash

test_unknown_option()
{
	must_fail 1 'there is no option -W; see sctrace-read --help' sctrace-read -W ls
	must_fail 1 'there is no option --no-such-thing; see sctrace-read --help' sctrace-read --no-such-thing ls
	must_fail 1 'option -o needs a value' sctrace-read -o
	must_fail 1 'option --no-enter takes no value' sctrace-read --no-enter=all ls
}

# strace means more by them than by one.
test_doubled_options()
{
	sctrace-read -ff true 2>said
	grep -q 'without -o FILE, which the names of the files begin with, it has no effect' said || fail "-ff without -o: $(cat said)"
	must_fail 1 'a summary is one table for all' sctrace-read -C -ff -o x true
	must_fail 1 '--format=json has events, and a summary is a table' sctrace-read -c --format=json -o x true
	must_fail 1 '--output-separately: for lines of text' sctrace-read -ff --format=json -o x true
	must_fail 1 '-t, -r, -n and -T: for lines of text' sctrace-read -T --format=csv -o x true
	must_fail 1 '--syscall-limit counts lines, and -c prints none' sctrace-read -c --syscall-limit=5 true
	must_fail 1 'could be one of these; give -o another name' sctrace-read -ff -o x --record x.1 true
	must_fail 1 "-o '|cat' and -ff: a command reads one trace" sctrace-read -ff -o '|cat' ls
	must_fail 1 'both -y and --decode-fds were given: give one of them' sctrace-read -y --decode-fds ls
}

test_bad_values()
{
	must_fail 1 "-p: 'x' is not a number" sctrace-read -p x
	must_fail 1 "-p: '' names no process" sctrace-read -p ''
	must_fail 1 '--ring-kb: 100 is not a power of two; the next one is 128' sctrace-read --ring-kb=100 true
	must_fail 1 "--ring-kb: '63' is not a number from 64 to 65536" sctrace-read --ring-kb=63 true
	must_fail 1 "-s: '-1' is not a number" sctrace-read -s -1 true
	must_fail 1 "-a: 'x' is not a number from 0 to 1000" sctrace-read -a x true
	must_fail 1 "-e signal 'FOO': it is no set of signals" sctrace-read -e signal=FOO true
	must_fail 1 "--decode-fds 'path,foo': it is no set of what is shown" sctrace-read --decode-fds=path,foo true
	must_fail 1 "-e decode-fds '': it is no set of what is shown" sctrace-read -e decode-fds= true
	must_fail 1 '--decode-fds=eventfd: the records do not say what an eventfd or a signalfd holds' sctrace-read --decode-fds=eventfd true
	must_fail 1 "--quiet 'attach,foo': it is no set of messages" sctrace-read --quiet=attach,foo true
	must_fail 1 "--syscall-times: 'm' is no unit; write s, ms, us or ns" sctrace-read --syscall-times=m true
	must_fail 1 "--color: 'red' is not known; write always, auto or never" sctrace-read --color=red true
	must_fail 1 "--absolute-timestamps: 'foo' is no format or unit" sctrace-read --timestamps=unix,foo true
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
	status=0; sctrace-read -p 4194303,4194302 2>said || status=$?
	[ $status -eq 1 ] || fail "status $status"
	[ "$(cat said)" = 'sctrace-read: -p 4194303: no such process
sctrace-read: -p 4194302: no such process' ] || fail "$(cat said)"
	must_fail 1 "--scope 'pid=1,4194303': at 7: no such process" sctrace-read --scope pid=1,4194303
}

# The others are traced, as by strace; of one that is left, lines have no number.
test_pid_of_nobody_among_others()
{
	calls 0 10 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read --syscall-limit=5 -o trace -p 4194303,$pid -p 4194302 2>said || fail "status $?"
	[ "$(cat said)" = "sctrace-read: -p 4194303: no such process
sctrace-read: -p 4194302: no such process
sctrace-read: Process $pid attached" ] || fail "$(cat said)"
	[ "$(grep -c '^[a-z<].* = ' trace)" -eq 5 ] || fail "$(cat trace)"
	kill $pid
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
	must_fail 126 "cannot run '/etc': Is a directory" sctrace-read -q -o trace /etc
	must_fail 1 "--record ls: 'ls' is a program, and the command '/' is none: write --record=FILE ls /..." sctrace-read --record ls /
	# Also where the trace ends before it does.
	must_fail 126 "cannot run './text': Exec format error" sctrace-read -q -o trace --syscall-limit=1 ./text
	printf '#!/no/such/interpreter\n' >text
	must_fail 127 "cannot run './text': No such file or directory" sctrace-read -o trace ./text
}

test_output_that_cannot_be_written()
{
	must_fail 1 "cannot write to '/no/such/folder/trace': No such file or directory" \
		sctrace-read -o /no/such/folder/trace true
	# It is told once. The command comes to its end, traced or not, and its status is ours.
	must_fail 7 "cannot write to '/dev/full': No space left on device; nothing more is shown, and the command goes on" \
		sctrace-read -o /dev/full sh -c 'ls -R /etc; : >finished; exit 7'
	[ -e finished ] || fail "it has not come to its end"
	must_fail 7 "cannot write to '/no/such/folder/trace" sctrace-read -ff -o /no/such/folder/trace sh -c 'exit 7'
	must_fail 3 "Broken pipe; nothing more" sctrace-read -o '|exec <&-; : >closed' \
		sh -c 'until [ -e closed ]; do sleep 0.05; done; ls -R /etc; exit 3'
	must_fail 4 "cannot write to '/dev/full': No space left on device" sctrace-read -q -c -o /dev/full sh -c 'exit 4'
	# A recording has it all.
	must_fail 3 "; what comes is recorded, but not shown" sctrace-read -o /dev/full --record trace.sct sh -c 'ls -R /etc; exit 3'
	sctrace-read -o trace --replay trace.sct
	[ "$(tail -n 1 trace)" = '+++ exited with 3 +++' ] || fail "$(tail trace)"
	must_fail 1 "cannot write to '/dev/full': No space left on device" sctrace-read -o /dev/full --replay trace.sct
	calls 0 10 >ready & pid=$!
	must_fail 1 "cannot write to '/dev/full': No space left on device; the trace ends" sctrace-read -q -o /dev/full -p $pid
	kill $pid
}

test_module_of_another_interface()
{
	must_fail 1 'the loaded module speaks interface 7, this reader 1001: update the module' sctrace-read-abi1001 true
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

# Options of strace's that can have no meaning here, or none in this company.
test_options_on_lines_that_are_refused()
{
	must_fail 1 '--decode-pids=pidns: the records do not have the numbers' sctrace-read --decode-pids=pidns true
	must_fail 1 '--stack-size' sctrace-read --stack-size=12 -k true
	must_fail 1 '--stack-size' sctrace-read --stack-size=4096 true
	sctrace-read -A true 2>said
	grep -q 'without -o FILE it has no effect' said || fail "-A without -o: $(cat said)"
	must_fail 1 "-A and -o '!cat'" sctrace-read -A -o '!cat' true
	must_fail 1 '-T and --no-enter: how long calls take is not known' sctrace-read -T --no-enter true
	must_fail 1 'both -t and --absolute-timestamps were given' sctrace-read -t --absolute-timestamps=us true
}
