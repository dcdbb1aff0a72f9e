# SPDX-License-Identifier: GPL-2.0-or-later
# Containers as run times make them: runc alone, and podman, which gives them names.
# Alike on all kernels: how a kernel tells a container's cgroup and namespaces, scope.sh asks on each. `make check` runs these on one.
# shellcheck shell=bash disable=SC2016

can_contain()
{
	grep -q cgroup2 /proc/filesystems || skip "no cgroups of version 2"
	# Both choose what a container may do with devices in this way only.
	grep -qw cgroup_bpf_prog_attach /proc/kallsyms || skip "this kernel has no BPF programs for cgroups"
}

# What a container needs in its root: places for mounts, and the links into /usr, which is mounted.
make_root()
{
	local link

	mkdir -p root/{proc,sys,dev,tmp,usr,etc,run,var}
	for link in bin sbin lib lib64; do
		[ ! -L /$link ] || cp -P /$link root/
	done
}

# ---- runc ----

# runc_run ID COMMAND: in a container of its own, by a shell there.
runc_run()
{
	local bundle=$work/bundle-$1 command

	command="$(declare -f mark); export -f mark; $2"
	mkdir "$bundle"
	jq --arg command "$command" --arg root "$work/root" '.process.terminal = false | .root.path = $root |
		.process.args = ["/bin/bash", "-c", $command] |
		.mounts += [{ destination: "/usr", type: "bind", source: "/usr", options: ["rbind", "ro"] },
			{ destination: "/tmp", type: "bind", source: env.work, options: ["rbind"] }]' \
		"$work/config.json" >"$bundle/config.json"
	runc run --bundle "$bundle" "$1"
	rm -r "$bundle"
}
export -f runc_run

# runc_exec ID COMMAND: in a container that is there.
runc_exec()
{
	runc exec "$1" /bin/bash -c "$(declare -f mark); export -f mark; $2"
}
export -f runc_exec

with_runc()
{
	can_contain
	make_root
	runc spec
	export id other work
	trap 'runc delete --force $id; runc delete --force $other' EXIT
}

test_runc()
{
	with_runc
	in='runc_run $id "mark in; bash -c \"mark in\""'
	out='mark out; unshare -m -p -f bash -c "mark out"; runc_run short "mark out"'
	scoped container "$in; runc_run \$other 'mark in'" "$out"
	scoped "container=$id" "$in" "$out; runc_run \$other 'mark out'"
	scoped "container=${id:0:12}" "$in" "$out; runc_run \$other 'mark out'"
	scoped "container=${id:0:12},$other" "$in; runc_run \$other 'mark in'" "$out"
	scoped "container container!=$id" "runc_run \$other 'mark in'" "$out; runc_run \$id 'mark out'"
	scoped 'not-container comm=bash' 'mark in; runc_run short "mark in"' 'runc_run $id "mark out"'
}

test_runc_new_and_started()
{
	with_runc
	runc_run "$id" 'until [ -e /tmp/go ]; do sleep 0.1; done; mark in; rm /tmp/go; sleep 1000' & there=$!
	wait_until sh -c "runc state $id 2>/dev/null | grep -q running"
	scoped container=new 'runc_run $other "mark in"' 'mark out; runc_exec $id "mark out"'
	scoped container=started 'touch go; while [ -e go ]; do sleep 0.1; done; runc_exec $id "mark in"; : mark in' \
		'mark out; runc_run $other "mark out"'
	runc kill "$id" KILL
	wait $there || true
}

# ---- podman ----

# No network, no storage driver that needs help of the kernel or of another package.
pod()
{
	podman --cgroup-manager=cgroupfs --storage-driver=vfs --runtime=runc --events-backend=none "$@"
}
export -f pod

# pod_run NAME COMMAND [OPTION…]: a container with a name, of the image "marks".
pod_run()
{
	pod run --rm --name "$1" --network none --cgroups enabled -v /usr:/usr:ro "${@:3}" marks \
		/bin/bash -c "$(declare -f mark); export -f mark; $2"
}
export -f pod_run

pod_create()
{
	pod create --name "$1" --network none --cgroups enabled -v /usr:/usr:ro marks \
		/bin/bash -c "$(declare -f mark); export -f mark; $2"
}

pod_exec()
{
	pod exec "$1" /bin/bash -c "$(declare -f mark); export -f mark; $2"
}
export -f pod_exec

with_podman()
{
	can_contain
	make_root
	trap end_podman EXIT
	tar -C root -c . | pod import - marks
}

# Nothing of it stays for other cases.
end_podman()
{
	pod rm -f -t 0 -a
	pod rmi -f marks
	rm -rf /var/lib/containers /run/containers /run/libpod
	find /sys/fs/cgroup/libpod_parent -depth -type d -exec rmdir {} +
}

test_podman_containers_by_name()
{
	with_podman
	pod_create later 'mark in'
	pod_run web 'sleep 1000' -d
	pod run -d --rm --name files --network none --cgroups enabled -v /usr:/usr:ro --rootfs "$work/root" /bin/sleep 1000
	in='pod_exec web "mark in"'
	out='mark out; pod_exec files "mark out"'
	scoped container=web "$in" "$out"
	# The second has a name before it runs.
	scoped container=files,later 'pod_exec files "mark in"; pod start -a later; : mark in' \
		'mark out; pod_exec web "mark out"; pod_run other "mark out"'
	scoped 'container container!=web' 'pod_exec files "mark in"' 'mark out; pod_exec web "mark out"'
	# As podman tells its id.
	scoped "container=$(pod ps -q --filter 'name=^web$')" "$in" "$out"
	pod rm -f -t 0 web
	must_fail 1 "no container here is called 'web'" sctrace-read --scope container=web
}

test_podman_containers_new_and_started()
{
	with_podman
	pod_run web 'sleep 1000' -d
	# Of the host's pid namespace, and with all that is taken from the others.
	scoped container=new 'pod_run one "mark in"; pod_run two "mark in" --pid host; pod_run three "mark in" --privileged' \
		'mark out; pod_exec web "mark out"'
	scoped container=started 'pod_exec web "mark in"' 'mark out; pod_run one "mark out"'
}
