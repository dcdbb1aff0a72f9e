/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moving bytes: read, write, splice, aio. io_uring.c has what is left. */
#include "printers.h"
#include "structs.h"

/* Of the buffer, as much as a vector has; as text if the operation says that it is none. */
#define IOCB \
	{ K_U64, HEX("aio_data") }, { K_U32, UINT("aio_key") }, { K_U32, FLAGS("aio_rw_flags", rwf_flags) }, \
	{ K_U16, UINT("aio_lio_opcode") }, { K_S16, INT("aio_reqprio") }, { K_U32, FD("aio_fildes") }, \
	{ K_U64, ARRAY_IN("aio_buf", iovec_addr, 7) }, { K_U64, ULONG("aio_nbytes") }, \
	{ K_S64, LONG("aio_offset") }, { K_U64, UPPER }, { K_U32, FLAGS("aio_flags", aio_flags) }, \
	{ K_U32, FD("aio_resfd") }
STRUCT_BY(iocb, sct_iocb_print, IOCB);
STRUCT(iocb_ptr, { K_PTR, STRUCT_IN("", iocb) });
STRUCT_BY(iocb_head, sct_iocb_head_print,
	{ K_U64, HEX("aio_data") }, { K_U32, UINT("aio_key") }, { K_U32, FLAGS("aio_rw_flags", rwf_flags) },
	{ K_U16, UINT("aio_lio_opcode") }, { K_S16, INT("aio_reqprio") }, { K_U32, FD("aio_fildes") },
	{ K_U64, UPPER }, { K_U64, UPPER }, { K_U64, UPPER }, { K_U64, UPPER },
	{ K_U32, FLAGS("aio_flags", aio_flags) }, { K_U32, FD("aio_resfd") });

static const struct sct_row rows[] = {
	{ .name = "read", .args = { FD("fd"), BUF_OUT("buf"), ULONG("count") } },
	{ .name = "write", .args = { FD("fd"), BUF_IN("buf", 2), ULONG("count") } },
	{ .name = "pread64", .args = { FD("fd"), BUF_OUT("buf"), ULONG("count"), LONG("offset") } },
	{ .name = "pwrite64", .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), LONG("offset") } },
	{ .name = "readv", .args = { FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt") } },
	{ .name = "writev", .args = { FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt") } },
	/* The offset has a second word, which the kernel ignores where the first has 64 bits. */
	{ .name = "preadv", .args = {
		FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt"), LONG("offset") } },
	{ .name = "pwritev", .args = { FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt"), LONG("offset") } },
	{ .name = "preadv2", .args = {
		FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt"), LONG("offset"), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .args = {
		FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt"), LONG("offset"), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "preadv2", .abis = SCT_X32, .args = {
		FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt"), LONG("offset"),
		FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .abis = SCT_X32, .args = {
		FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt"), LONG("offset"), FLAGS("flags", rwf_flags) } },

	{ .name = "sendfile", .args = {
		FD("out_fd"), FD("in_fd"), STRUCT_INOUT("offset", moved_long), ULONG("count") } },
	{ .name = "splice", .args = {
		FD("fd_in"), STRUCT_IN("off_in", loff), FD("fd_out"), STRUCT_IN("off_out", loff), ULONG("len"),
		FLAGS("flags", splice_flags) } },
	{ .name = "tee", .args = {
		FD("fd_in"), FD("fd_out"), ULONG("len"), FLAGS("flags", splice_flags) } },
	{ .name = "vmsplice", .args = {
		FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("nr_segs"), FLAGS("flags", splice_flags) } },
	{ .name = "copy_file_range", .args = {
		FD("fd_in"), STRUCT_IN("off_in", loff), FD("fd_out"), STRUCT_IN("off_out", loff), ULONG("len"),
		UINT("flags") } },

	{ .name = "io_setup", .args = { UINT("nr_events"), STRUCT_OUT("ctx_idp", ptr) } },
	{ .name = "io_destroy", .args = { PTR("ctx_id") } },
	{ .name = "io_submit", .args = { PTR("ctx_id"), LONG("nr"), ARRAY_IN("iocbpp", iocb_ptr, 1) } },
	{ .name = "io_cancel", .args = {
		PTR("ctx_id"), STRUCT_IN("iocb", iocb_head), STRUCT_OUT("result", io_event) } },
	{ .name = "io_getevents", .args = {
		PTR("ctx_id"), LONG("min_nr"), LONG("nr"), ARRAY_OUT("events", io_event),
		STRUCT_IN("timeout", timespec) } },
	{ .name = "io_pgetevents", .args = {
		PTR("ctx_id"), LONG("min_nr"), LONG("nr"), ARRAY_OUT("events", io_event),
		STRUCT_IN("timeout", timespec), STRUCT_IN("sig", sigset_arg) } },
};

SCT_FAMILY(io);
