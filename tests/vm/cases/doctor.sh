# SPDX-License-Identifier: GPL-2.0-or-later
# What --doctor finds: each thing that it can say is brought about. Kernels newer than all are in tests/unit/test_doctor.c, lockdown for
# good in zz_lockdown.sh.
# Alike on all kernels: the reader says it. `make check` runs these on one.
# shellcheck shell=bash

release=$(uname -r)
version=$(modinfo -F version sctrace)

# says STATUS LINE COMMAND…: the doctor ends with the status, and one of its lines begins so.
says()
{
	local want=$1 line=$2 status=0

	shift 2
	"$@" >said 2>&1 || status=$?
	[ $status -eq "$want" ] || fail "$line: status $status: $(cat said)"
	grep -qF -- "$line" said || fail "no '$line': $(cat said)"
	[ "$(grep -cvE '^(ok|note|WRONG) ' said)" -eq 1 ] || fail "$line: a line of another form: $(cat said)"
	[ "$(grep -c '^WRONG' said)" -eq 0 ] || [ "$want" -eq 1 ] || fail "$line: status 0: $(cat said)"
}

# elsewhere COMMANDS: the doctor where these have changed the mounts.
elsewhere()
{
	unshare -m sh -ec "$1; exec sctrace-read --doctor"
}

# instead FILE TEXT: the doctor where the file holds the text.
instead()
{
	echo "$2" >text
	elsewhere "mount --bind text $1"
}

# A folder like that of this kernel's modules, with a copy of ours in which sed has changed something.
modules_with()
{
	rm -rf "root"
	mkdir -p "root/lib/modules/$release/updates"
	sed -b "$1" "$(modinfo -n sctrace)" >"root/lib/modules/$release/updates/sctrace.ko"
	! cmp -s "$(modinfo -n sctrace)" "root/lib/modules/$release/updates/sctrace.ko" || fail "sed '$1' has changed nothing"
	depmod -b root "$release" 2>/dev/null
	in_their_place="mount --bind root/lib/modules/$release /lib/modules/$release"
}

test_doctor_finds_nothing_wrong()
{
	says 0 "ok    kernel: $release" sctrace-read --doctor
	for line in 'sctrace-read: version' 'rights: this user may trace' 'modules: sctrace is loaded' 'tracepoints: of system calls' \
		'module: /' 'loaded: version' 'device: /dev/sctrace, mode 600, interface'; do
		grep -q "^ok    $line" said || fail "no '$line': $(cat said)"
	done
	grep -qx 'Nothing keeps this user from tracing.' said || fail "$(cat said)"
	rmmod sctrace
	says 0 'ok    modules: can be loaded' sctrace-read --doctor
	grep -q '^ok    device: /dev/sctrace comes with the module' said || fail "$(cat said)"
	[ ! -d /sys/module/sctrace ] || fail "it has loaded the module"
}

test_doctor_finds_an_old_kernel()
{
	says 1 'WRONG kernel: 2.6.' setarch --uname-2.6 sctrace-read --doctor
}

test_doctor_finds_no_rights()
{
	local nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'

	says 1 'WRONG rights: tracing needs root, or CAP_PERFMON and CAP_SYS_PTRACE' $nobody sctrace-read --doctor
	grep -q '^WRONG device: /dev/sctrace has mode 600' said || fail "$(cat said)"
	says 1 'WRONG device: /dev/sctrace has mode 600' \
		$nobody --inh-caps=+perfmon,+sys_ptrace --ambient-caps=+perfmon,+sys_ptrace sctrace-read --doctor
	grep -q '^ok    rights' said || fail "$(cat said)"
	chmod 666 /dev/sctrace
	says 1 'WRONG device: /dev/sctrace is refused' $nobody sctrace-read --doctor
	says 0 'ok    device' $nobody --inh-caps=+perfmon,+sys_ptrace --ambient-caps=+perfmon,+sys_ptrace sctrace-read --doctor
	says 1 'WRONG rights: this is a user namespace of its own' unshare -Ur sctrace-read --doctor
	rmmod sctrace
	says 1 'WRONG modules: sctrace is not loaded, and loading it needs root' $nobody sctrace-read --doctor
}

test_doctor_finds_lockdown()
{
	[ -d /sys/kernel/security ] || skip "this kernel has no securityfs"
	local state='mount -t tmpfs none /sys/kernel/security; echo'

	says 0 'ok    lockdown: none' elsewhere "$state '[none] integrity confidentiality' >/sys/kernel/security/lockdown"
	says 1 'WRONG lockdown: confidentiality' elsewhere "$state 'none integrity [confidentiality]' >/sys/kernel/security/lockdown"
	says 0 'ok    lockdown: not told of' elsewhere "mount -t tmpfs none /sys/kernel/security"
	# Ours has no signature. It is loaded already.
	says 0 'ok    lockdown: integrity' elsewhere "$state 'none [integrity] confidentiality' >/sys/kernel/security/lockdown"
	grep -q '^note  module: .* has no signature, and this kernel takes no other' said || fail "$(cat said)"
	rmmod sctrace
	says 1 'ok    modules: can be loaded, if signed' elsewhere "$state 'none [integrity] confidentiality' >/sys/kernel/security/lockdown"
	grep -q '^WRONG module: .* has no signature, and this kernel takes no other' said || fail "$(cat said)"
}

test_doctor_finds_that_no_module_can_be_loaded()
{
	says 0 'ok    modules: sctrace is loaded' instead /proc/sys/kernel/modules_disabled 1
	rmmod sctrace
	says 1 'WRONG modules: none can be loaded until the next boot (kernel.modules_disabled is 1)' \
		instead /proc/sys/kernel/modules_disabled 1
	if [ -e /sys/module/module/parameters/sig_enforce ]; then
		says 1 'ok    modules: can be loaded, if signed' instead /sys/module/module/parameters/sig_enforce Y
	fi
	mkdir there
	says 1 'WRONG modules: this kernel takes none (CONFIG_MODULES)' \
		elsewhere 'mount --rbind /proc there; mount -t tmpfs none /proc; for i in self kallsyms sys; do ln -s $PWD/there/$i /proc/$i; done'
}

test_doctor_finds_no_tracepoints_or_kprobes()
{
	says 1 'WRONG tracepoints: this kernel has none of system calls (CONFIG_FTRACE_SYSCALLS)' \
		instead /proc/kallsyms '0000000000000000 T register_kprobe'
	grep -q '^ok    kprobes: are there' said || fail "$(cat said)"
	says 0 'note  kprobes: this kernel has none (CONFIG_KPROBES)' instead /proc/kallsyms '0000000000000000 T __traceiter_sys_enter
0000000000000000 T __traceiter_sys_exit'
	says 0 'note  tracepoints: not known' instead /proc/kallsyms ''
	[ -e /sys/kernel/debug/kprobes/enabled ] || return 0
	says 0 'note  kprobes: are switched off' instead /sys/kernel/debug/kprobes/enabled 0
}

test_doctor_finds_headers_and_dkms()
{
	local folder=/var/lib/dkms/sctrace/$version

	modules_with 's/srcversion=./srcversion=_/'
	says 0 "note  headers: none for this kernel" elsewhere "$in_their_place"
	mkdir -p "root/lib/modules/$release/build"; touch "root/lib/modules/$release/build/Makefile"
	says 0 "ok    headers: /lib/modules/$release/build" elsewhere "$in_their_place"
	mkdir -p /var/lib
	says 0 'note  DKMS: does not know sctrace' elsewhere 'mount -t tmpfs none /var/lib'
	says 0 'note  DKMS: has sctrace, but has not built it for this kernel: sudo dkms autoinstall' \
		elsewhere "mount -t tmpfs none /var/lib; mkdir -p $folder/source"
	says 0 "note  DKMS: has sctrace, but not for this kernel: sudo dkms autoinstall; why it did not build is in $folder/build/make.log" \
		elsewhere "mount -t tmpfs none /var/lib; mkdir -p $folder/build; touch $folder/build/make.log"
	says 0 "ok    DKMS: $folder/$release/x86_64/module/sctrace.ko" \
		elsewhere "mount -t tmpfs none /var/lib; mkdir -p $folder/$release/x86_64/module; touch $folder/$release/x86_64/module/sctrace.ko"
}

test_doctor_finds_no_module_or_another()
{
	says 0 "note  module: not installed for kernel $release" elsewhere "mount -t tmpfs none /lib/modules/$release"
	modules_with 's/srcversion=./srcversion=_/'
	says 0 "note  loaded: version $version, another build than the installed file" elsewhere "$in_their_place"
	rmmod sctrace
	says 1 "WRONG module: not installed for kernel $release" elsewhere "mount -t tmpfs none /lib/modules/$release"
	modules_with 's/^.ELF/xELF/'
	says 1 "WRONG module: /lib/modules/$release/updates/sctrace.ko cannot be read" elsewhere "$in_their_place"
	modules_with "s/vermagic=[0-9]/vermagic=4/"
	says 1 "was built for 4.${release#*.}: sudo dkms autoinstall" elsewhere "$in_their_place"
	modules_with "s/\x00version=$version/\x00version=0.0.0/"
	says 0 "is version 0.0.0, and this reader $version: make install" elsewhere "$in_their_place"
}

test_doctor_finds_modprobe_d()
{
	mkdir -p /etc/modprobe.d
	says 0 'ok    modprobe.d: sctrace is loaded with uid=33' \
		elsewhere 'mount -t tmpfs none /etc/modprobe.d; echo options sctrace uid=33 >/etc/modprobe.d/sctrace.conf'
	local instead='mount -t tmpfs none /etc/modprobe.d; echo install sctrace /bin/false >/etc/modprobe.d/sctrace.conf'

	says 0 'note  modprobe.d: in place of loading sctrace, this is done: /bin/false' elsewhere "$instead"
	says 0 "note  module: not installed for kernel $release" elsewhere "$instead; mount -t tmpfs none /lib/modules/$release"
	rmmod sctrace
	says 1 'WRONG modprobe.d: in place of loading sctrace, this is done: /bin/false' elsewhere "$instead"
}

test_doctor_finds_no_device_or_another()
{
	says 1 'WRONG device: the module is loaded, but /dev/sctrace is not there' elsewhere 'mount -t tmpfs none /dev; mknod /dev/null c 1 3'
	says 1 'WRONG device: the loaded module speaks interface 7, this reader 1001: update the module' sctrace-read-abi1001 --doctor
	mkdir folder
	says 1 'WRONG device: /dev/sctrace cannot be opened: No such device' \
		elsewhere 'mount -t tmpfs none folder; mknod folder/none c 10 254; mount --bind folder/none /dev/sctrace'
}
