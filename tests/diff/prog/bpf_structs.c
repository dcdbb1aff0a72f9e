// SPDX-License-Identifier: GPL-2.0-or-later
/* The attributes of bpf: of every command that strace 6.1 knows, filled and cut. */
#include <linux/bpf.h>
#include <stdbool.h>

#include "calls.h"

static union bpf_attr attr;

static int bpf(int cmd, long size)
{
	return call(bpf, cmd, &attr, size);
}

#define SET(...) (attr = (union bpf_attr) { __VA_ARGS__ })

static void sizes(void)
{
	static const int cuts[] = { 0, 1, 4, 16, 17, 20, 24, 28, 44, 45, 48, 52, 56, 60, 64, 72, 76, 4097, -1 };
	unsigned int i;

	for (i = 0; i < 32; i++) {
		bool next = i == BPF_PROG_GET_NEXT_ID || i == BPF_MAP_GET_NEXT_ID || i == BPF_BTF_GET_NEXT_ID ||
			    i == BPF_LINK_GET_NEXT_ID;

		/* Behind all there are: others come and go meanwhile. */
		SET(.start_id = next ? UINT32_MAX : 0);
		bpf(i, sizeof(attr));
	}
	SET(0);
	for (i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		bpf(BPF_MAP_CREATE, cuts[i]);
	call(bpf, BPF_MAP_CREATE, BAD, 20);
	call(bpf, BPF_MAP_CREATE, NULL, 20);
	call(bpf, BPF_MAP_CREATE, at_edge(&attr, 20), 20);
	call(bpf, BPF_MAP_CREATE, at_edge(&attr, 20), 21);
	call(bpf, 99, &attr, 20);
}

static int array(void)
{
	SET(.map_type = 1, .key_size = 4, .value_size = 8, .max_entries = 10);
	return bpf(BPF_MAP_CREATE, sizeof(attr));
}

static void maps(void)
{
	uint64_t key = 1, value = 2;
	int map, i;

	SET(.map_type = 1, .key_size = 4, .value_size = 8, .max_entries = 10, .map_flags = 0x5, .inner_map_fd = 3,
	    .numa_node = 2, .map_name = "my_map", .map_ifindex = 1, .btf_fd = 7);
	bpf(BPF_MAP_CREATE, sizeof(attr));
	memset(attr.map_name, 'x', sizeof(attr.map_name));
	bpf(BPF_MAP_CREATE, sizeof(attr));
	map = array();
	SET(.map_fd = map, .key = (uintptr_t)&key, .value = (uintptr_t)&value, .flags = 1);
	for (i = BPF_MAP_LOOKUP_ELEM; i <= BPF_MAP_GET_NEXT_KEY; i++) {
		bpf(i, sizeof(attr));
		bpf(i, 32);
	}
	bpf(BPF_MAP_LOOKUP_ELEM, 24);
	SET(.batch = { .in_batch = 1, .out_batch = 2, .keys = 3, .values = 4, .count = 4, .map_fd = map,
		       .elem_flags = 4, .flags = 1 });
	for (i = BPF_MAP_LOOKUP_BATCH; i <= BPF_MAP_DELETE_BATCH; i++)
		bpf(i, sizeof(attr));
	close(map);
}

static int program(void)
{
	static const struct bpf_insn insns[] = { { 0xb7, 0, 0, 0, 0 }, { 0x95, 0, 0, 0, 0 } };

	SET(.prog_type = 1, .insn_cnt = 2, .insns = (uintptr_t)insns, .license = (uintptr_t)"GPL");
	return bpf(BPF_PROG_LOAD, sizeof(attr));
}

static void programs(void)
{
	static const struct bpf_insn insns[] = {
		{ 0xb7, 0, 0, 0, 0 }, { 0x95, 0, 0, 0, 0 }, { 0x18, 1, 1, 5, 77 }, { 0xff, 15, 15, -1, -1 },
		{ 0x07, 1, 0, -4, 9 }, { 0x05, 0, 0, 3, 0 }, { 0x85, 0, 0, 0, 12 }, { 0xc7, 1, 2, 0, 0 },
	};
	char log[64] = "log";

	SET(.prog_type = 1, .insn_cnt = 2, .insns = (uintptr_t)insns, .license = (uintptr_t)"GPL", .log_level = 8,
	    .log_size = 64, .log_buf = (uintptr_t)log, .kern_version = 0x060102, .prog_flags = 3, .prog_name = "prog",
	    .expected_attach_type = 2);
	bpf(BPF_PROG_LOAD, sizeof(attr));
	bpf(BPF_PROG_LOAD, 48);
	attr.insn_cnt = 8;
	bpf(BPF_PROG_LOAD, 40);
	attr.insns = (uintptr_t)BAD;
	attr.license = (uintptr_t)BAD;
	bpf(BPF_PROG_LOAD, 40);
	close(program());
}

static void pins(void)
{
	int fd = program();

	SET(.pathname = (uintptr_t)"/none/pin", .bpf_fd = fd, .file_flags = 0x18);
	bpf(BPF_OBJ_PIN, sizeof(attr));
	bpf(BPF_OBJ_GET, sizeof(attr));
	bpf(BPF_OBJ_PIN, 12);
	close(fd);
}

static void attachments(void)
{
	SET(.target_fd = 1, .attach_bpf_fd = 2, .attach_type = 3, .attach_flags = 3, .replace_bpf_fd = 4);
	bpf(BPF_PROG_ATTACH, sizeof(attr));
	bpf(BPF_PROG_ATTACH, 16);
	bpf(BPF_PROG_DETACH, sizeof(attr));
	SET(.raw_tracepoint = { .name = (uintptr_t)"sys_enter", .prog_fd = -1 });
	bpf(BPF_RAW_TRACEPOINT_OPEN, sizeof(attr));
}

static void test_runs(void)
{
	SET(.test = { .prog_fd = -1, .data_size_in = 20, .data_in = 1, .repeat = 2, .flags = 1 });
	bpf(BPF_PROG_TEST_RUN, sizeof(attr));
	bpf(BPF_PROG_TEST_RUN, 40);
}

static void questions(void)
{
	int ids[4] = { 0 };

	SET(.info = { .bpf_fd = -1, .info_len = 4, .info = (uintptr_t)ids });
	bpf(BPF_OBJ_GET_INFO_BY_FD, sizeof(attr));
	SET(.query = { .target_fd = -1, .attach_type = 1, .query_flags = 1, .prog_ids = (uintptr_t)ids, .prog_cnt = 4 });
	bpf(BPF_PROG_QUERY, sizeof(attr));
	SET(.task_fd_query = { .pid = 1, .fd = 3, .buf = (uintptr_t)"name", .buf_len = 5 });
	bpf(BPF_TASK_FD_QUERY, sizeof(attr));
	SET(.link_id = -1);
	bpf(BPF_LINK_GET_FD_BY_ID, sizeof(attr));
	bpf(BPF_LINK_GET_NEXT_ID, sizeof(attr));
}

static void btf(void)
{
	SET(.btf = (uintptr_t)"btfdata", .btf_size = 7);
	bpf(BPF_BTF_LOAD, sizeof(attr));
	bpf(BPF_BTF_LOAD, 20);
}

static void freeze(void)
{
	int map = array();

	SET(.map_fd = map);
	bpf(BPF_MAP_FREEZE, sizeof(attr));
	bpf(BPF_MAP_FREEZE, sizeof(attr));
	close(map);
}

static void links(void)
{
	int ids[4] = { 0 }, fd = program();

	SET(.link_create = { .prog_fd = fd, .target_fd = 1, .attach_type = 2, .flags = 4 });
	bpf(BPF_LINK_CREATE, sizeof(attr));
	attr.link_create.attach_type = BPF_TRACE_ITER;
	attr.link_create.iter_info = (uintptr_t)ids;
	attr.link_create.iter_info_len = 3;
	bpf(BPF_LINK_CREATE, sizeof(attr));
	attr.link_create.attach_type = BPF_PERF_EVENT;
	bpf(BPF_LINK_CREATE, sizeof(attr));
	SET(.link_update = { .link_fd = 1, .new_prog_fd = 2, .flags = 4, .old_prog_fd = 3 });
	bpf(BPF_LINK_UPDATE, sizeof(attr));
	close(fd);
}

static const struct family families[] = {
	{ "sizes", sizes },
	{ "map", maps },
	{ "prog_load", programs },
	{ "obj_pin", pins },
	{ "prog_attach", attachments },
	{ "prog_test_run", test_runs },
	{ "obj_get_info", questions },
	{ "btf_load", btf },
	{ "map_freeze", freeze },
	{ "link_create", links },
};

PROGRAM(NULL, NULL)
