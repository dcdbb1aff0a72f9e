/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Address space, its pages, and where they live. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "brk", .ret = SCT_RET_HEX, .args = { PTR("addr") } },
	{ .name = "mmap", .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot), FLAGS("flags", mmap_flags),
		FD("fd"), HEX("offset") } },
	{ .name = "munmap", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "mremap", .ret = SCT_RET_HEX, .args = {
		PTR("old_address"), ULONG("old_size"), ULONG("new_size"),
		FLAGS("flags", mremap_flags), PTR("new_address") } },
	{ .name = "mprotect", .args = { PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot) } },
	{ .name = "pkey_mprotect", .args = {
		PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot), INT("pkey") } },
	{ .name = "pkey_alloc", .args = { HEX("flags"), FLAGS("access_rights", pkey_access) } },
	{ .name = "pkey_free", .args = { INT("pkey") } },
	{ .name = "madvise", .args = {
		PTR("addr"), ULONG("length"), ENUM("advice", madvise_cmds) } },
	{ .name = "process_madvise", .unified_nr = 440, .args = {
		FD("pidfd"), PTR("iovec"), ULONG("n"), ENUM("advice", madvise_cmds), HEX("flags") } },
	{ .name = "mincore", .args = { PTR("addr"), ULONG("length"), PTR("vec") } },
	{ .name = "msync", .args = { PTR("addr"), ULONG("length"), FLAGS("flags", msync_flags) } },
	{ .name = "mlock", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "mlock2", .args = { PTR("addr"), ULONG("length"), FLAGS("flags", mlock_flags) } },
	{ .name = "munlock", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "mlockall", .args = { FLAGS("flags", mlockall_flags) } },
	{ .name = "munlockall" },
	{ .name = "mseal", .unified_nr = 462, .args = {
		PTR("addr"), ULONG("length"), HEX("flags") } },
	{ .name = "remap_file_pages", .args = {
		PTR("addr"), ULONG("size"), FLAGS("prot", mmap_prot), ULONG("pgoff"),
		FLAGS("flags", mmap_flags) } },
	{ .name = "map_shadow_stack", .unified_nr = 453, .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("len"), FLAGS("flags", shadow_stack_flags) } },
	{ .name = "memfd_create", .args = { STR("name"), FLAGS("flags", memfd_create_flags) } },
	{ .name = "memfd_secret", .unified_nr = 447, .args = {
		FLAGS("flags", memfd_secret_flags) } },

	{ .name = "mbind", .args = {
		PTR("addr"), ULONG("len"), FLAGS("mode", mpol_modes), PTR("nodemask"),
		ULONG("maxnode"), FLAGS("flags", mbind_flags) } },
	{ .name = "set_mempolicy", .args = {
		FLAGS("mode", mpol_modes), PTR("nodemask"), ULONG("maxnode") } },
	{ .name = "get_mempolicy", .args = {
		PTR("mode"), PTR("nodemask"), ULONG("maxnode"), PTR("addr"),
		FLAGS("flags", get_mempolicy_flags) } },
	{ .name = "set_mempolicy_home_node", .unified_nr = 450, .args = {
		PTR("start"), ULONG("len"), ULONG("home_node"), HEX("flags") } },
	{ .name = "migrate_pages", .args = {
		PID("pid"), ULONG("maxnode"), PTR("old_nodes"), PTR("new_nodes") } },
	{ .name = "move_pages", .args = {
		PID("pid"), ULONG("count"), PTR("pages"), PTR("nodes"), PTR("status"),
		FLAGS("flags", move_pages_flags) } },
};

SCT_FAMILY(memory);
