/* SPDX-License-Identifier: GPL-2.0-or-later */
/* io_uring: <linux/io_uring.h>. */
#include "printers.h"
#include "structs.h"

STRUCT(io_sqring_offsets,
       { K_U32, UINT("head") }, { K_U32, UINT("tail") }, { K_U32, UINT("ring_mask") },
       { K_U32, UINT("ring_entries") }, { K_U32, UINT("flags") }, { K_U32, UINT("dropped") },
       { K_U32, UINT("array") }, { K_U32, HEX("resv1"), .show = SCT_NONZERO },
       { K_U64, PTR("user_addr"), .show = SCT_NONZERO });
STRUCT(io_cqring_offsets,
       { K_U32, UINT("head") }, { K_U32, UINT("tail") }, { K_U32, UINT("ring_mask") },
       { K_U32, UINT("ring_entries") }, { K_U32, UINT("overflow") }, { K_U32, UINT("cqes") },
       { K_U32, UINT("flags") }, { K_U32, HEX("resv1"), .show = SCT_NONZERO },
       { K_U64, PTR("user_addr"), .show = SCT_NONZERO });
STRUCT_BY(io_uring_params, sct_uring_params_print,
	{ K_U32, UINT("sq_entries") }, { K_U32, UINT("cq_entries") }, { K_U32, FLAGS("flags", io_uring_setup_flags) },
	{ K_U32, HEX("sq_thread_cpu") }, { K_U32, UINT("sq_thread_idle") },
	{ K_U32, FLAGS("features", io_uring_features) }, { K_U32, FD("wq_fd") }, { K_U32, HEX("resv"), .n = 3 },
	{ K_STRUCT, STRUCT_IN("sq_off", io_sqring_offsets) }, { K_STRUCT, STRUCT_IN("cq_off", io_cqring_offsets) });

STRUCT(io_uring_getevents_arg,
       { K_U64, SIZED_IN("sigmask", sigset, 1) }, { K_U32, UINT("sigmask_sz") },
       { K_U32, UINT("min_wait_usec"), .show = SCT_NONZERO }, { K_U64, STRUCT_IN("ts", timespec64) });

/* Descriptors of which some stay as they are. */
STRUCT(io_uring_fd, { K_S32, CUSTOM("", sct_uring_fd_print) });
/* Their number is the call's last argument. */
STRUCT(io_uring_files_update,
       { K_U32, UINT("offset") }, { K_U32, HEX("resv"), .show = SCT_NONZERO },
       { K_U64, ARRAY_IN_CALL("fds", io_uring_fd, 3) });

/* With all operations that there can be: as many as its numbers have values. */
static const struct sct_struct sct_struct_io_uring_probe = {
	.name = "io_uring_probe", .size = 16 + 256 * 8, .print = sct_uring_probe_print, MEMBERS(
	{ K_U8, UINT("last_op") }, { K_U8, UINT("ops_len") }, { K_U16, HEX("resv") },
	{ K_U32, HEX("resv2"), .n = 3 }) };

STRUCT_BY(io_uring_restriction, sct_uring_restriction_print,
	{ K_U16, ENUM("opcode", io_uring_restrictions) }, { K_U8, UINT("op") }, { K_U8, HEX("resv") },
	{ K_U32, HEX("resv2"), .n = 3 });

/* Buffers or files, with a tag for each. */
#define RSRC_REGISTER(s, what) \
	static const struct sct_struct sct_struct_##s = { .name = "io_uring_rsrc_register", .least = 32, MEMBERS( \
		{ K_U32, UINT("nr") }, { K_U32, FLAGS("flags", io_uring_rsrc_flags) }, \
		{ K_U64, HEX("resv2"), .show = SCT_NONZERO }, { K_U64, ARRAY_IN("data", what, 0) }, \
		{ K_U64, ARRAY_IN("tags", hex64, 0) }) }
RSRC_REGISTER(io_uring_buffers, iovec_addr);
RSRC_REGISTER(io_uring_files, fd);
#define RSRC_UPDATE(s, what) \
	static const struct sct_struct sct_struct_##s = { .name = "io_uring_rsrc_update2", .least = 32, MEMBERS( \
		{ K_U32, UINT("offset") }, { K_U32, HEX("resv"), .show = SCT_NONZERO }, \
		{ K_U64, ARRAY_IN("data", what, 4) }, { K_U64, ARRAY_IN("tags", hex64, 4) }, { K_U32, UINT("nr") }, \
		{ K_U32, HEX("resv2"), .show = SCT_NONZERO }) }
RSRC_UPDATE(io_uring_buffers_update, iovec_addr);
RSRC_UPDATE(io_uring_files_update2, io_uring_fd);

STRUCT_BY(io_uring_workers, sct_uring_workers_print, { K_U32, UINT("bound") }, { K_U32, UINT("unbound") });

STRUCT(io_uring_ring, { K_S32, INT("offset") }, { K_U32, HEX("resv"), .show = SCT_NONZERO }, { K_U64, FD("data") });
STRUCT(io_uring_ring_slot,
       { K_U32, UINT("offset") }, { K_U32, HEX("resv"), .show = SCT_NONZERO },
       { K_U64, HEX("data"), .show = SCT_NONZERO });

STRUCT(io_uring_buf_reg,
       { K_U64, PTR("ring_addr") }, { K_U32, UINT("ring_entries") }, { K_U16, UINT("bgid") },
       { K_U16, HEX("pad"), .show = SCT_NONZERO }, { K_U64, HEX("resv"), .n = 3, .show = SCT_NONZERO });
STRUCT(io_uring_buf_status,
       { K_U32, UINT("buf_group") }, { K_U32, UINT("head") }, { K_U32, HEX("resv"), .n = 8, .show = SCT_NONZERO });
STRUCT(io_uring_sync_cancel_reg,
       { K_U64, HEX("addr") }, { K_S32, FD("fd") }, { K_U32, FLAGS("flags", io_uring_cancel_flags) },
       { K_STRUCT, STRUCT_IN("timeout", timespec64) }, { K_U8, ENUM("opcode", io_uring_ops) },
       { K_U8, HEX("pad"), .n = 7, .show = SCT_NONZERO }, { K_U64, HEX("pad2"), .n = 3, .show = SCT_NONZERO });
STRUCT(io_uring_file_index_range,
       { K_U32, UINT("off") }, { K_U32, UINT("len") }, { K_U64, HEX("resv"), .show = SCT_NONZERO });
STRUCT(io_uring_napi,
       { K_U32, UINT("busy_poll_to") }, { K_U8, UINT("prefer_busy_poll") }, { K_U8, UINT("opcode") },
       { K_U8, HEX("pad"), .n = 2, .show = SCT_NONZERO }, { K_U32, UINT("op_param") },
       { K_U32, HEX("resv"), .show = SCT_NONZERO });
STRUCT(io_uring_clock_register, { K_U32, CLOCK("clockid") }, { K_U32, HEX("resv"), .n = 3, .show = SCT_NONZERO });
STRUCT(io_uring_clone_buffers,
       { K_U32, FD("src_fd") }, { K_U32, FLAGS("flags", io_uring_clone_flags) }, { K_U32, UINT("src_off") },
       { K_U32, UINT("dst_off") }, { K_U32, UINT("nr") }, { K_U32, HEX("pad"), .n = 3, .show = SCT_NONZERO });

/* Opcodes of io_uring_register(2), with or without the bit for a registered ring. */
enum opcode {
	BUFFERS = 0, FILES = 2, EVENTFD = 4, FILES_UPDATE = 6, EVENTFD_ASYNC = 7, PROBE = 8, RESTRICTIONS = 11,
	FILES2 = 13, FILES_UPDATE2 = 14, BUFFERS2 = 15, BUFFERS_UPDATE = 16, IOWQ_AFF = 17, IOWQ_MAX_WORKERS = 19,
	RING_FDS = 20, NO_RING_FDS = 21, PBUF_RING = 22, NO_PBUF_RING = 23, SYNC_CANCEL = 24,
	FILE_ALLOC_RANGE = 25, PBUF_STATUS = 26, NAPI = 27, NO_NAPI = 28, CLOCK_OF_RING = 29, CLONE_BUFFERS = 30,
};
#define REGISTER(arg, ...) \
	{ .name = "io_uring_register", .unified_nr = 427, WHEN_MASK(1, 0x7fffffff, __VA_ARGS__), .args = { \
		FD("fd"), ENUM("opcode", io_uring_register_ops), arg, UINT("nr_args") } }

/* IORING_ENTER_EXT_ARG: the mask of signals is part of a struct. */
#define EXT_ARG 0x08

static const struct sct_row rows[] = {
	{ .name = "io_uring_setup", .unified_nr = 425, .ret = SCT_RET_FD, .args = {
		UINT("entries"), STRUCT_INOUT("params", io_uring_params) } },
	{ .name = "io_uring_enter", .unified_nr = 426, .args = {
		FD("fd"), UINT("to_submit"), UINT("min_complete"), FLAGS("flags", io_uring_enter_flags),
		SIZED_IN("sigset", sigset, 5), ULONG("sigsetsize") } },
	{ .name = "io_uring_enter", .unified_nr = 426, WHEN_MASK(3, EXT_ARG, EXT_ARG), .args = {
		FD("fd"), UINT("to_submit"), UINT("min_complete"), FLAGS("flags", io_uring_enter_flags),
		STRUCT_IN("argp", io_uring_getevents_arg), ULONG("argsz") } },
	{ .name = "io_uring_register", .unified_nr = 427, .args = {
		FD("fd"), ENUM("opcode", io_uring_register_ops), PTR("arg"), UINT("nr_args") } },
	REGISTER(ARRAY_IN("arg", iovec_addr, 3), BUFFERS),
	REGISTER(ARRAY_IN("arg", fd, 3), FILES, EVENTFD, EVENTFD_ASYNC),
	REGISTER(STRUCT_IN("arg", io_uring_files_update), FILES_UPDATE),
	REGISTER(STRUCT_OUT_ALWAYS("arg", io_uring_probe), PROBE),
	REGISTER(ARRAY_IN("arg", io_uring_restriction, 3), RESTRICTIONS),
	REGISTER(SIZED_IN("arg", io_uring_buffers, 3), BUFFERS2),
	REGISTER(SIZED_IN("arg", io_uring_files, 3), FILES2),
	REGISTER(SIZED_IN("arg", io_uring_buffers_update, 3), BUFFERS_UPDATE),
	REGISTER(SIZED_IN("arg", io_uring_files_update2, 3), FILES_UPDATE2),
	REGISTER(SIZED_IN("arg", cpu_set, 3), IOWQ_AFF),
	REGISTER(STRUCT_INOUT("arg", io_uring_workers), IOWQ_MAX_WORKERS),
	REGISTER(ARRAY_IN("arg", io_uring_ring, 3), RING_FDS),
	REGISTER(ARRAY_IN("arg", io_uring_ring_slot, 3), NO_RING_FDS),
	REGISTER(STRUCT_IN("arg", io_uring_buf_reg), PBUF_RING, NO_PBUF_RING),
	REGISTER(STRUCT_IN("arg", io_uring_sync_cancel_reg), SYNC_CANCEL),
	REGISTER(STRUCT_IN("arg", io_uring_file_index_range), FILE_ALLOC_RANGE),
	REGISTER(STRUCT_INOUT("arg", io_uring_buf_status), PBUF_STATUS),
	REGISTER(STRUCT_INOUT("arg", io_uring_napi), NAPI, NO_NAPI),
	REGISTER(STRUCT_IN("arg", io_uring_clock_register), CLOCK_OF_RING),
	REGISTER(STRUCT_IN("arg", io_uring_clone_buffers), CLONE_BUFFERS),
};

SCT_FAMILY(io_uring);
