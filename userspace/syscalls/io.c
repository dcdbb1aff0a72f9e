/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moving bytes: read, write, splice, aio, io_uring. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "read", .args = { FD("fd"), BUF_OUT("buf"), ULONG("count") } },
	{ .name = "write", .args = { FD("fd"), BUF_IN("buf", 2), ULONG("count") } },
	{ .name = "pread64", .args = { FD("fd"), BUF_OUT("buf"), ULONG("count"), LONG("offset") } },
	{ .name = "pwrite64", .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), LONG("offset") } },
	{ .name = "readv", .args = { FD("fd"), PTR("iov"), ULONG("iovcnt") } },
	{ .name = "writev", .args = { FD("fd"), PTR("iov"), ULONG("iovcnt") } },
	/* The offset has a second word, which the kernel ignores where the first has 64 bits. */
	{ .name = "preadv", .args = { FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset") } },
	{ .name = "pwritev", .args = { FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset") } },
	{ .name = "preadv2", .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset"), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset"), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "preadv2", .abis = SCT_X32, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset"), FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .abis = SCT_X32, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG("offset"), FLAGS("flags", rwf_flags) } },

	{ .name = "sendfile", .args = {
		FD("out_fd"), FD("in_fd"), PTR("offset"), ULONG("count") } },
	{ .name = "splice", .args = {
		FD("fd_in"), PTR("off_in"), FD("fd_out"), PTR("off_out"), ULONG("len"),
		FLAGS("flags", splice_flags) } },
	{ .name = "tee", .args = {
		FD("fd_in"), FD("fd_out"), ULONG("len"), FLAGS("flags", splice_flags) } },
	{ .name = "vmsplice", .args = {
		FD("fd"), PTR("iov"), ULONG("nr_segs"), FLAGS("flags", splice_flags) } },
	{ .name = "copy_file_range", .args = {
		FD("fd_in"), PTR("off_in"), FD("fd_out"), PTR("off_out"), ULONG("len"),
		UINT("flags") } },

	{ .name = "io_setup", .args = { UINT("nr_events"), PTR("ctx_idp") } },
	{ .name = "io_destroy", .args = { HEX("ctx_id") } },
	{ .name = "io_submit", .args = { HEX("ctx_id"), LONG("nr"), PTR("iocbpp") } },
	{ .name = "io_cancel", .args = { HEX("ctx_id"), PTR("iocb"), PTR("result") } },
	{ .name = "io_getevents", .args = {
		HEX("ctx_id"), LONG("min_nr"), LONG("nr"), PTR("events"), PTR("timeout") } },
	{ .name = "io_pgetevents", .args = {
		HEX("ctx_id"), LONG("min_nr"), LONG("nr"), PTR("events"), PTR("timeout"), PTR("sig") } },

	{ .name = "io_uring_setup", .unified_nr = 425, .args = { UINT("entries"), PTR("params") } },
	{ .name = "io_uring_enter", .unified_nr = 426, .args = {
		FD("fd"), UINT("to_submit"), UINT("min_complete"),
		FLAGS("flags", io_uring_enter_flags), PTR("sigset"), ULONG("sigsetsize") } },
	{ .name = "io_uring_register", .unified_nr = 427, .args = {
		FD("fd"), ENUM("opcode", io_uring_register_ops), PTR("arg"), UINT("nr_args") } },
};

SCT_FAMILY(io);
