/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf(2): its attributes by command, as <linux/bpf.h> has them in union bpf_attr. */
#include "printers.h"
#include "sockaddr.h"
#include "structs.h"

/* More of it is captured than its members take, up to what the kernel accepts. */
#define ATTR(s, f, ...) \
	static const struct sct_struct sct_struct_bpf_##s = { \
		.name = #s, MEMBERS(__VA_ARGS__), .size = 4096, .least = 1, .print = f }
#define BPF_ATTR(s, ...)	ATTR(s, sct_bpf_attr_print, __VA_ARGS__)
#define BPF_NAMED_ATTR(s, ...)	ATTR(s, sct_bpf_named_attr_print, __VA_ARGS__)

/* Members of 64 bits are aligned in every ABI. */
#define PADDING			{ K_U32, GAP, .show = SCT_TOGETHER }
#define TOGETHER		.show = SCT_TOGETHER
#define FD_MEMBER(n)		{ K_S32, FD(n) }
#define COUNT(n)		{ K_U32, UINT(n) }
#define ADDRESS(n)		{ K_U64, PTR(n) }
#define NODE_FLAG		0x4	/* BPF_F_NUMA_NODE */

BPF_ATTR(map_create,
	{ K_U32, ENUM("map_type", bpf_map_types) }, { K_U32, UINT("key_size"), TOGETHER },
	{ K_U32, UINT("value_size"), TOGETHER }, { K_U32, UINT("max_entries"), TOGETHER },
	{ K_U32, FLAGS("map_flags", bpf_map_flags) }, FD_MEMBER("inner_map_fd"),
	{ K_U32, { .name = "numa_node", .type = SCT_CUSTOM, .print = sct_bpf_numa_node_print,
		   .if_arg = 4, .if_bits = NODE_FLAG }, TOGETHER },
	{ K_CHARS, STR("map_name"), 16 }, { K_U32, CUSTOM("map_ifindex", sct_ifindex_print) },
	FD_MEMBER("btf_fd"), { K_U32, UINT("btf_key_type_id"), TOGETHER },
	{ K_U32, UINT("btf_value_type_id"), TOGETHER }, COUNT("btf_vmlinux_value_type_id"),
	{ K_U64, CUSTOM("map_extra", sct_bpf_map_extra_print) });

#define ELEMENT(third, flags) \
	FD_MEMBER("map_fd"), PADDING, { K_U64, PTR("key"), TOGETHER }, { K_U64, PTR(third), TOGETHER }, \
	{ K_U64, flags }
BPF_ATTR(lookup_elem, ELEMENT("value", FLAGS64("flags", bpf_lookup_flags)));
BPF_ATTR(update_elem, ELEMENT("value", ENUM64("flags", bpf_update_flags)));
BPF_ATTR(delete_elem, FD_MEMBER("map_fd"), PADDING, { K_U64, PTR("key"), TOGETHER });
BPF_ATTR(get_next_key, FD_MEMBER("map_fd"), PADDING, { K_U64, PTR("key"), TOGETHER },
	{ K_U64, PTR("next_key"), TOGETHER });
BPF_ATTR(map_freeze, FD_MEMBER("map_fd"));

#define BATCH_TAIL \
	COUNT("count"), FD_MEMBER("map_fd"), { K_U64, FLAGS64("elem_flags", bpf_lookup_flags) }, \
	{ K_U64, HEX("flags") }
#define BATCH(s, ...) \
	static const struct sct_struct sct_struct_bpf_##s = { .name = "batch", MEMBERS(__VA_ARGS__, BATCH_TAIL), \
		.size = 4096, .least = 1, .print = sct_bpf_named_attr_print }
BATCH(lookup_batch, ADDRESS("in_batch"), ADDRESS("out_batch"), ADDRESS("keys"), ADDRESS("values"));
BATCH(update_batch, { K_U64, GAP }, { K_U64, GAP }, ADDRESS("keys"), ADDRESS("values"));
BATCH(delete_batch, { K_U64, GAP }, { K_U64, GAP }, ADDRESS("keys"), { K_U64, GAP });

/* Shown with nothing abbreviated only. */
STRUCT(bpf_insn, { K_U8, CUSTOM("code", sct_bpf_insn_code_print) },
       { K_U8, CUSTOM("dst_reg", sct_bpf_insn_regs_print) }, { K_S16, INT("off") }, { K_U32, HEX("imm") });
BPF_ATTR(prog_load,
	{ K_U32, ENUM("prog_type", bpf_prog_types) }, { K_U32, UINT("insn_cnt"), TOGETHER },
	{ K_U64, { .name = "insns", .type = SCT_ARRAY, .of = &sct_struct_bpf_insn, .count = SCT_COUNT_ARG, .len = 1,
		   .verbose = true }, TOGETHER },
	{ K_U64, STR("license"), TOGETHER },
	COUNT("log_level"), { K_U32, UINT("log_size"), TOGETHER }, { K_U64, STR("log_buf"), TOGETHER },
	{ K_U32, CUSTOM("kern_version", sct_bpf_kernel_version_print) },
	{ K_U32, FLAGS("prog_flags", bpf_prog_flags) }, { K_CHARS, STR("prog_name"), 16 },
	{ K_U32, CUSTOM("prog_ifindex", sct_ifindex_print) },
	{ K_U32, ENUM("expected_attach_type", bpf_attach_types) }, FD_MEMBER("prog_btf_fd"),
	COUNT("func_info_rec_size"), { K_U64, PTR("func_info"), TOGETHER }, { K_U32, UINT("func_info_cnt"), TOGETHER },
	COUNT("line_info_rec_size"), { K_U64, PTR("line_info"), TOGETHER }, { K_U32, UINT("line_info_cnt"), TOGETHER },
	COUNT("attach_btf_id"), FD_MEMBER("attach_prog_fd"), { K_U32, UINT("core_relo_cnt"), .show = SCT_NONZERO },
	ADDRESS("fd_array"));

BPF_ATTR(object, { K_U64, PATH("pathname") }, { K_S32, FD("bpf_fd"), TOGETHER },
	{ K_U32, FLAGS("file_flags", bpf_file_flags) });
BPF_ATTR(prog_attach, FD_MEMBER("target_fd"), { K_S32, FD("attach_bpf_fd"), TOGETHER },
	{ K_U32, ENUM("attach_type", bpf_attach_types), TOGETHER },
	{ K_U32, FLAGS("attach_flags", bpf_attach_flags), TOGETHER }, FD_MEMBER("replace_bpf_fd"));
BPF_ATTR(prog_detach, FD_MEMBER("target_fd"), { K_U32, GAP },
	{ K_U32, ENUM("attach_type", bpf_attach_types), TOGETHER });
BPF_NAMED_ATTR(test,
	FD_MEMBER("prog_fd"), COUNT("retval"), COUNT("data_size_in"), COUNT("data_size_out"), ADDRESS("data_in"),
	ADDRESS("data_out"), COUNT("repeat"), COUNT("duration"), COUNT("ctx_size_in"), COUNT("ctx_size_out"),
	ADDRESS("ctx_in"), ADDRESS("ctx_out"), { K_U32, FLAGS("flags", bpf_test_flags) }, COUNT("cpu"),
	COUNT("batch_size"));

#define BY_ID(s, id) \
	BPF_ATTR(s, COUNT(id), { K_U32, CUSTOM("next_id", sct_bpf_next_id_print), TOGETHER }, \
		{ K_U32, FLAGS("open_flags", bpf_file_flags) })
BY_ID(next_id, "start_id");
BY_ID(prog_by_id, "prog_id");
BY_ID(map_by_id, "map_id");
BPF_ATTR(btf_by_id, COUNT("btf_id"));
BPF_ATTR(link_by_id, COUNT("link_id"));
BPF_NAMED_ATTR(info, FD_MEMBER("bpf_fd"), { K_U32, CUSTOM("info_len", sct_bpf_info_len_print), TOGETHER },
	{ K_U64, PTR("info"), TOGETHER });
BPF_NAMED_ATTR(query, FD_MEMBER("target_fd"), { K_U32, ENUM("attach_type", bpf_attach_types), TOGETHER },
	{ K_U32, FLAGS("query_flags", bpf_query_flags), TOGETHER },
	{ K_U32, FLAGS("attach_flags", bpf_attach_flags), TOGETHER },
	{ K_U64, { .name = "prog_ids", .type = SCT_ARRAY, .of = &sct_struct_uint, .count = SCT_COUNT_ARG, .len = 5,
		   .dir = SCT_OUT }, TOGETHER },
	{ K_U32, CUSTOM("prog_cnt", sct_bpf_prog_count_print), TOGETHER });
BPF_NAMED_ATTR(raw_tracepoint, { K_U64, STR("name") }, { K_S32, FD("prog_fd"), TOGETHER });
BPF_ATTR(btf_load, { K_U64, BUF_IN("btf", 2) }, { K_U64, PTR("btf_log_buf"), TOGETHER },
	{ K_U32, UINT("btf_size"), TOGETHER }, { K_U32, UINT("btf_log_size"), TOGETHER },
	{ K_U32, UINT("btf_log_level"), TOGETHER });
BPF_NAMED_ATTR(task_fd_query,
	{ K_S32, PID("pid") }, { K_S32, FD("fd"), TOGETHER }, { K_U32, UINT("flags"), TOGETHER },
	{ K_U32, UINT("buf_len"), TOGETHER }, { K_U64, STR("buf"), TOGETHER }, { K_U32, UINT("prog_id"), TOGETHER },
	{ K_U32, ENUM("fd_type", bpf_task_fd_types), TOGETHER }, { K_U64, HEX("probe_offset"), TOGETHER },
	{ K_U64, HEX("probe_addr"), TOGETHER });

STRUCT_BY(bpf_iter_info, sct_bpf_iter_info_print, FD_MEMBER("map_fd"));
ATTR(link_create, sct_bpf_link_create_print,
	FD_MEMBER("prog_fd"), { K_S32, FD("target_fd"), TOGETHER },
	{ K_U32, ENUM("attach_type", bpf_attach_types), TOGETHER }, { K_U32, HEX("flags"), TOGETHER },
	{ K_U64, ARRAY_IN("iter_info", bpf_iter_info, 5) }, { K_U32, UINT("iter_info_len") });
BPF_NAMED_ATTR(link_update, FD_MEMBER("link_fd"), { K_S32, FD("new_prog_fd"), TOGETHER },
	{ K_U32, FLAGS("flags", bpf_attach_flags), TOGETHER },
	{ K_S32, { .name = "old_prog_fd", .type = SCT_FD, .if_arg = 2, .if_bits = 4 }, TOGETHER });
BPF_NAMED_ATTR(link_detach, FD_MEMBER("link_fd"));
BPF_NAMED_ATTR(enable_stats, { K_U32, ENUM("type", bpf_stats_types) });
BPF_NAMED_ATTR(iter_create, FD_MEMBER("link_fd"), { K_U32, HEX("flags"), TOGETHER });
BPF_NAMED_ATTR(prog_bind_map, FD_MEMBER("prog_fd"), { K_S32, FD("map_fd"), TOGETHER },
	{ K_U32, HEX("flags"), TOGETHER });
BPF_NAMED_ATTR(token_create, { K_U32, HEX("flags") }, { K_S32, FD("bpffs_fd"), TOGETHER });

/* Row of the commands in cmds; with a new descriptor as result or without. */
#define BPF(s, r, d, cmds)	{ .name = "bpf", WHEN(0, cmds), .ret = r, .args = { \
	ENUM("cmd", bpf_cmds), \
	{ .name = "attr", .type = SCT_STRUCT, .of = &sct_struct_bpf_##s, .count = SCT_COUNT_BYTES, .len = 2, .dir = d }, \
	UINT("size") } }
#define BOTH(a, b)		a, b
#define THREE(a, b, c)		a, b, c

static const struct sct_row rows[] = {
	{ .name = "bpf", .args = { ENUM("cmd", bpf_cmds), PTR("attr"), UINT("size") } },
	BPF(map_create, SCT_RET_FD, SCT_IN, 0),
	BPF(lookup_elem, SCT_RET_DEC, SCT_IN, BOTH(1, 21)),
	BPF(update_elem, SCT_RET_DEC, SCT_IN, 2),
	BPF(delete_elem, SCT_RET_DEC, SCT_IN, 3),
	BPF(get_next_key, SCT_RET_DEC, SCT_IN, 4),
	BPF(prog_load, SCT_RET_FD, SCT_IN, 5),
	BPF(object, SCT_RET_DEC, SCT_IN, 6),
	BPF(object, SCT_RET_FD, SCT_IN, 7),
	BPF(prog_attach, SCT_RET_DEC, SCT_IN, 8),
	BPF(prog_detach, SCT_RET_DEC, SCT_IN, 9),
	BPF(test, SCT_RET_DEC, SCT_IN, 10),
	BPF(next_id, SCT_RET_DEC, SCT_INOUT, BOTH(11, THREE(12, 23, 31))),
	BPF(prog_by_id, SCT_RET_FD, SCT_IN, 13),
	BPF(map_by_id, SCT_RET_FD, SCT_IN, 14),
	BPF(info, SCT_RET_DEC, SCT_INOUT, 15),
	BPF(query, SCT_RET_DEC, SCT_INOUT, 16),
	BPF(raw_tracepoint, SCT_RET_FD, SCT_IN, 17),
	BPF(btf_load, SCT_RET_FD, SCT_IN, 18),
	BPF(btf_by_id, SCT_RET_FD, SCT_IN, 19),
	BPF(task_fd_query, SCT_RET_DEC, SCT_INOUT, 20),
	BPF(map_freeze, SCT_RET_DEC, SCT_IN, 22),
	BPF(lookup_batch, SCT_RET_DEC, SCT_IN, BOTH(24, 25)),
	BPF(update_batch, SCT_RET_DEC, SCT_IN, 26),
	BPF(delete_batch, SCT_RET_DEC, SCT_IN, 27),
	BPF(link_create, SCT_RET_FD, SCT_IN, 28),
	BPF(link_update, SCT_RET_DEC, SCT_IN, 29),
	BPF(link_by_id, SCT_RET_FD, SCT_IN, 30),
	BPF(enable_stats, SCT_RET_FD, SCT_IN, 32),
	BPF(iter_create, SCT_RET_FD, SCT_IN, 33),
	BPF(link_detach, SCT_RET_DEC, SCT_IN, 34),
	BPF(prog_bind_map, SCT_RET_DEC, SCT_IN, 35),
	BPF(token_create, SCT_RET_FD, SCT_IN, 36),
};

SCT_FAMILY(bpf);
