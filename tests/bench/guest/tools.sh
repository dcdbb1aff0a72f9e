# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2317
#
# How each tool is started. A row NAME of the tables is these functions and variables, of which all but the first two
# may be missing:
#
#   title_NAME               what the tables call it
#   run_NAME FORM COMMAND…   runs the command traced; returns when all is read. FORM is text (to $text_to) or file ($work/file)
#   watch_NAME PID           traces that process, in the background; leaves the tracer's pid in $watcher
#   unwatch_NAME             ends that (if an interrupt to $watcher is not the way)
#   lack_NAME                says why there is no such row here, if so
#   prepare_NAME, end_NAME   before its first run, and after its last
#   count_NAME               how many calls are in its file
#   forms_NAME               what FORMs it has (none: it has no reader)
#   loads_NAME               the only loads that it can do
#
# Buffers are as large as the tool allows, or large enough that nothing is lost.

# What the loads of `cost` call, for tools that are told the calls.
calls=getppid,openat,write,read,newfstatat,lseek,close,futex,clone,execve,wait4,exit_group
one_process='getppid openat write read mix'

# Where lines of text go.
text_to=/dev/null

# What a script starts in the background ignores the interrupt that is to end it.
interruptible='env --default-signal=INT'

# nap: a hundredth of a second, without a program for it. fd 8 is a pipe that nobody writes to.
nap()
{
	read -rt 0.01 -u 8
}

# held COMMAND…: starts the command, held before its first step, for a tool that must know its pid. Leaves that in $held.
held()
{
	local stat=''

	# shellcheck disable=SC2016 # the inner shell's
	sh -c 'kill -STOP $$; exec "$@"' sh "$@" &
	held=$!
	until [[ $stat == *') T '* ]]; do
		nap
		read -r stat <"/proc/$held/stat"
	done
}

release()
{
	kill -CONT "$held"
	wait "$held"
}

# end_tool PID: interrupts it; ends it if it does not heed that.
end_tool()
{
	local i stat

	kill -INT "$1" 2>/dev/null
	for ((i = 0; i < 3000; i++)); do
		read -r stat <"/proc/$1/stat" || return 0
		[[ $stat != *') Z '* ]] || return 0
		nap
	done 2>/dev/null
	echo "bench: $(cat /proc/"$1"/comm) does not heed an interrupt: killed" >&2
	kill -KILL "$1"
}

# For probes that somebody else has put there.
nobody()
{
	sleep 100000 &
	watcher=$!
}

# ---- nothing, and the modules beside this folder ----

title_untraced='untraced'
run_untraced() { "${@:2}"; }

title_empty='empty probes'
prepare_empty() { insmod /sctrace/sctrace_bench_empty.ko; }
end_empty() { rmmod sctrace_bench_empty; }
run_empty() { "${@:2}"; }
watch_empty() { nobody; }

title_bare='bare probes'
loads_bare=$one_process
prepare_bare() { insmod /sctrace/sctrace_bench_bare.ko; }
end_bare() { rmmod sctrace_bench_bare; }
run_bare()
{
	held "${@:2}"
	echo "$held" >/sys/module/sctrace_bench_bare/parameters/pid
	release
}
watch_bare()
{
	echo "$1" >/sys/module/sctrace_bench_bare/parameters/pid
	nobody
}

# ---- sctrace ----

# sctrace_row NAME TITLE OPTION…: a row of sctrace-read with these options.
sctrace_row()
{
	declare -g "title_$1=$2" "forms_$1=text file"
	declare -ga "options_$1=(${*:3})"
	eval "run_$1() { sctrace_run $1 \"\$@\"; }
		watch_$1() { sctrace_watch $1 \"\$@\"; }
		prepare_$1() { insmod /sctrace/sctrace.ko; }
		end_$1() { rmmod sctrace; }
		lack_$1() { sctrace_lacks '${3%%=*}'; }"
}

sctrace_lacks()
{
	[[ $1 != --* ]] || sctrace-read --help | grep -qE -- "[ ,]$1([][ =,]|\$)" || echo "this sctrace-read has no $1"
}

sctrace_run()
{
	local -n more=options_$1
	local out=(-o "$text_to")

	[ "$2" != file ] || out=(--record="$work/file")
	sctrace-read -q -f --ring-kb=32768 "${more[@]}" "${out[@]}" "${@:3}"
}

sctrace_watch()
{
	local -n more=options_$1

	$interruptible sctrace-read -q -f "${more[@]}" -o "$work/text" -p "$2" &
	watcher=$!
}

sctrace_row sctrace 'sctrace'
sctrace_row lossless 'sctrace --lossless' --lossless
# It has rings of its own kind, and nobody reads them.
sctrace_row flight 'sctrace --flight' --flight=32M
forms_flight=''
run_flight() { sctrace-read -q -f --flight=32M --record="$work/dump" "${@:2}"; }
watch_flight() { $interruptible sctrace-read -q -f --flight=32M --record="$work/dump" -p "$1" & watcher=$!; }
sctrace_row exit 'sctrace --no-enter' --no-enter
sctrace_row other 'sctrace, call left out by -e' -e trace=reboot --hook=tracepoint
sctrace_row nofocus 'sctrace, focus=N'
prepare_nofocus() { insmod /sctrace/sctrace.ko focus=N; }
sctrace_row kprobe 'sctrace --hook=kprobe' --hook=kprobe -e "trace=$calls"

# ---- strace ----

title_strace='strace -f'
forms_strace='text'
run_strace() { strace -f -o "$text_to" "${@:2}"; }
watch_strace() { $interruptible strace -f -o "$work/text" -p "$1" & watcher=$!; }

title_seccomp='strace -f --seccomp-bpf'
forms_seccomp='text'
run_seccomp() { strace -f --seccomp-bpf -e "trace=$calls" -o "$text_to" "${@:2}"; }

title_seccomp_other='strace -f --seccomp-bpf, call left out by -e'
forms_seccomp_other='text'
run_seccomp_other() { strace -f --seccomp-bpf -e trace=reboot -o "$text_to" "${@:2}"; }

# ---- perf, trace-cmd: numbers only, but perf trace reads names in some versions ----

lack_program()
{
	command -v "$1" >/dev/null || echo "the guest has no $1"
}

raw=raw_syscalls:sys_enter,raw_syscalls:sys_exit

title_perf_trace='perf trace'
forms_perf_trace='text'
lack_perf_trace() { lack_program perf; }
run_perf_trace() { perf trace -m 8192 -o "$text_to" "${@:2}"; }
watch_perf_trace() { $interruptible perf trace -o "$work/file" -p "$1" & watcher=$!; }

title_perf_record='perf record'
forms_perf_record='file'
lack_perf_record() { lack_program perf; }
run_perf_record() { perf record -q -m 8192 -e $raw -o "$work/file" "${@:2}"; }
perf_stats() { perf report --stats -i "$work/file" 2>/dev/null; }
count_perf_record() { perf_stats | awk '$1 == "SAMPLE" { print int($3 / 2); exit }'; }
watch_perf_record() { $interruptible perf record -q -e $raw -o "$work/file" -p "$1" & watcher=$!; }

title_trace_cmd='trace-cmd'
forms_trace_cmd='file'
lack_trace_cmd() { lack_program trace-cmd; }
run_trace_cmd() { trace-cmd record -q -b 32768 -e raw_syscalls -F -c -o "$work/file" "${@:2}"; }
trace_cmd_stat() { trace-cmd report --stat -i "$work/file" 2>/dev/null; }
# What was read while it ran, and what was still in the buffers then.
count_trace_cmd() { trace_cmd_stat | awk '/^(read events|entries):/ { n += $NF } END { print int(n / 2) }'; }
watch_trace_cmd() { $interruptible trace-cmd record -q -e raw_syscalls -P "$1" -o "$work/file" & watcher=$!; }

# ---- bpftrace: a line for each entry and each return ----

title_bpftrace='bpftrace'
forms_bpftrace='text'
loads_bpftrace=$one_process
lack_bpftrace() { lack_program bpftrace; }
bpf_program()
{
	cat <<-EOT
		tracepoint:raw_syscalls:sys_enter /pid == $1/ {
			printf("%llu %d %d %lx %lx %lx\n", nsecs, tid, args.id, args.args[0], args.args[1], args.args[2]);
		}
		tracepoint:syscalls:sys_enter_openat /pid == $1/ { printf("%s\n", str(args.filename)); }
		tracepoint:syscalls:sys_enter_write /pid == $1/ { printf("%r\n", buf(args.buf, args.count)); }
		tracepoint:raw_syscalls:sys_exit /pid == $1/ { printf("%llu %d %ld\n", nsecs, tid, args.ret); }
	EOT
}
run_bpftrace()
{
	BPFTRACE_PERF_RB_PAGES=8192 bpftrace -q -o "$text_to" -c "${*:2}" -e "$(bpf_program cpid)"
}
watch_bpftrace() { $interruptible bpftrace -q -o "$work/file" -e "$(bpf_program "$1")" & watcher=$!; }

# ---- LTTng ----

title_lttng='LTTng'
forms_lttng='file'
loads_lttng=$one_process
lack_lttng()
{
	lack_program lttng
	modinfo lttng_tracer >/dev/null 2>&1 || echo "no module lttng-tracer for this kernel"
}
prepare_lttng() { lttng-sessiond --daemonize >"$work/sessiond" 2>&1; }
end_lttng()
{
	pkill -x lttng-sessiond
	while pgrep lttng- >/dev/null; do nap; done
	# In the order of their uses: until nothing more goes.
	while lsmod | awk '/^lttng/ && $3 == 0 { print $1 }' | xargs -r rmmod; lsmod | grep -q '^lttng.* 0 *$'; do sleep 0.01; done
}
lttng_buffers='--subbuf-size=4M --num-subbuf=8'
lttng_start()
{
	lttng -q create bench --output="$work/file"
	# shellcheck disable=SC2086 # two words
	lttng -q enable-channel -k channel $lttng_buffers
	lttng -q enable-event -k --syscall --all -c channel
	lttng -q add-context -k -t tid -c channel
	lttng -q track -k --pid="$1"
	lttng -q start
}
run_lttng()
{
	held "${@:2}"
	lttng_start "$held"
	release
	lttng stop | grep -i 'discard\|lost' >&2
	lttng -q destroy
}
count_lttng()
{
	babeltrace2 "$work/file/kernel" -c sink.utils.counter 2>/dev/null |
		awk '/Event messages?/ { for (i = 1; i <= NF; i++) if ($i + 0) n = $i } END { print int(n / 2) }'
}
watch_lttng() { lttng_start "$1"; nobody; }
unwatch_lttng() { lttng -q destroy; }

# ---- sysdig with its kernel module: of all processes; what it shows is chosen in user space ----

title_sysdig='sysdig, kernel module'
forms_sysdig='text file'
lack_sysdig()
{
	lack_program sysdig
	modinfo scap >/dev/null 2>&1 || echo "no module scap for this kernel"
}
prepare_sysdig() { modprobe scap; }
end_sysdig() { rmmod scap; }
sysdig_start()
{
	local which="proc.pid=$2 or proc.apid=$2"

	if [ "$1" = file ]; then
		$interruptible sysdig -v -w "$work/file" "$which" >"$work/told" 2>&1 &
	else
		$interruptible sysdig "$which" >"$text_to" &
	fi
	watcher=$!
}
# It takes what comes some time after it came: until it has had nothing to do for a while. Without --icount that tells that it
# has begun, too: it is on the tracepoints before it takes anything.
run_sysdig()
{
	held "${@:2}"
	sysdig_start "$1" "$held"
	await_attached
	[ -n "${icount:-}" ] || await_idle "$watcher"
	release
	await_idle "$watcher"
	end_tool "$watcher"
	# Its status is that of an interrupt.
	wait "$watcher" || true
}
count_sysdig() { sed -n 's/.*Captured Events: *\([0-9]*\).*/\1/p' "$work/told"; }
watch_sysdig() { sysdig_start text "$1"; }

rows='untraced empty bare sctrace lossless flight exit other nofocus kprobe strace seccomp seccomp_other'
rows+=' perf_trace perf_record trace_cmd bpftrace lttng sysdig'
