# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
#
# What the scripts of this folder share. They run in a guest; what they measure goes to standard output, in lines
#
#   ROW LOAD COLUMN VALUE     separated by tabs
#   ROW - title TEXT
#   ROW LOAD why TEXT         what could not be measured, and why; LOAD is - if nothing could
work=/tmp/bench
group=/sys/fs/cgroup/bench
mkdir -p $work $group
mkfifo $work/silence
exec 8<>$work/silence

median()
{
	sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'
}

emit()
{
	printf '%s\t%s\t%s\t%s\n' "$@"
}

# What the command, run in a group of its own, has taken of the processor, with all its processes: ns.
usage()
{
	awk '/^usage_usec/ { print $2 * 1000 }' $group/cpu.stat
}

own_cost()
{
	sed -n 's/.* \([0-9]*\) of them in the task$/\1/p' "$1"
}

# What a call costs now: the least of some runs, each of so many calls that the kernel's clock, should it tick in between, does
# not count.
cost_now()
{
	local i

	for i in 1 2 3; do cost 4000 getppid | own_cost /dev/stdin; done | sort -n | head -n 1
}

# A call of anybody costs more than it did: a tool has its probes on the tracepoints. Where the clock counts no instructions
# ($icount is not set), only a tool that makes it half as dear again is seen.
attached()
{
	local more=$((plain / 2))

	[ -z "${icount:-}" ] || more=30
	[ "$(cost_now)" -ge $((plain + more)) ]
}

await_attached()
{
	local i

	for ((i = 0; i < 400; i++)); do
		! attached || return 0
		nap
	done
	echo "nothing was attached to the tracepoints" >&2
	return 1
}

# await_idle PID: until it has taken less than a tenth of a processor for a while; not for ever.
await_idle()
{
	local before=0 now i turn

	for ((turn = 0; turn < 300; turn++)); do
		now=$(cat /proc/"$1"/task/*/schedstat 2>/dev/null | awk '{ n += $1 } END { print n + 0 }')
		[ $((now - before)) -gt 20000000 ] || return 0
		before=$now
		for ((i = 0; i < 20; i++)); do nap; done
	done
}

hook()
{
	! declare -F "$1_$2" >/dev/null || "$1_$2"
}

# begin_row ROW: title, reasons, preparation; fails if there is no such row here.
begin_row()
{
	local row=$1 title=title_$1 why

	emit "$row" - title "${!title}"
	why=$(hook lack "$row" | head -n 1)
	if [ -n "$why" ]; then
		emit "$row" - why "$why"
		return 1
	fi
	echo "bench: ${!title}" >&2
	if ! hook prepare "$row" >$work/out 2>&1; then
		emit "$row" - why "$(tail -n 1 $work/out)"
		return 1
	fi
}

# The modules of other tracers, and an index that knows them.
if [ -d /share/modules ]; then
	cp -r /share/modules/"$(uname -r)" /usr/lib/modules/
fi
# A first call finds nothing in the caches of the kernel.
for load in getppid openat write read mix fork; do
	cost 80 "$load" >/dev/null
done
plain=$(cost_now)
