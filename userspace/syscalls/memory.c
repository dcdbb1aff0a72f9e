/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Address space, its pages, and where they live. */
#include "printers.h"
#include "structs.h"

#define MMAP_FLAGS(n)		CUSTOM(n, sct_mmap_flags_print)
#define POLICY(n)		CUSTOM(n, sct_mpol_mode_print)

/* Bits of nodes; the kernel counts one less than it is told. */
STRUCT(node_mask, { K_ULONG, CUSTOM("", sct_node_mask_print) });
#define NODES_IN(n, l)		{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_node_mask, \
				  .count = SCT_COUNT_BITS, .len = l, .add = -1 }
#define NODES_OUT(n, l)		{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_node_mask, \
				  .count = SCT_COUNT_BITS, .len = l, .add = -1, .dir = SCT_OUT }
STRUCT(policy, { K_S32, ENUM("", mpol_modes) });
STRUCT(page_status, { K_S32, CUSTOM("", sct_minus_errno_print) });

/* A byte for each page. */
STRUCT(resident, { K_U8, CUSTOM("", sct_mincore_print) });
#define RESIDENT_OUT(n, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_resident, \
				  .count = SCT_COUNT_PAGES, .len = l, .dir = SCT_OUT }

static const struct sct_row rows[] = {
	{ .name = "brk", .ret = SCT_RET_HEX, .args = { PTR("addr") } },
	{ .name = "mmap", .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot), MMAP_FLAGS("flags"),
		FD("fd"), HEX("offset") } },
	{ .name = "munmap", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "mremap", .ret = SCT_RET_HEX, .args = {
		PTR("old_address"), ULONG("old_size"), ULONG("new_size"),
		FLAGS("flags", mremap_flags) } },
	/* MREMAP_MAYMOVE|MREMAP_FIXED: the new place is a fifth argument. */
	{ .name = "mremap", WHEN_MASK(3, 3, 3), .ret = SCT_RET_HEX, .args = {
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
		FD("pidfd"), ARRAY_IN("iovec", iovec_addr, 2), ULONG("n"), ENUM("advice", madvise_cmds),
		HEX("flags") } },
	{ .name = "mincore", .args = { PTR("addr"), ULONG("length"), RESIDENT_OUT("vec", 1) } },
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
		MMAP_FLAGS("flags") } },
	{ .name = "map_shadow_stack", .unified_nr = 453, .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("len"), FLAGS("flags", shadow_stack_flags) } },
	{ .name = "memfd_create", .ret = SCT_RET_FD, .args = {
		STR("name"), CUSTOM("flags", sct_memfd_flags_print) } },
	{ .name = "memfd_secret", .unified_nr = 447, .ret = SCT_RET_FD, .args = {
		CUSTOM("flags", sct_secretmem_flags_print) } },

	{ .name = "mbind", .args = {
		PTR("addr"), ULONG("len"), POLICY("mode"), NODES_IN("nodemask", 4),
		ULONG("maxnode"), FLAGS("flags", mbind_flags) } },
	{ .name = "set_mempolicy", .args = {
		POLICY("mode"), NODES_IN("nodemask", 2), ULONG("maxnode") } },
	{ .name = "get_mempolicy", .args = {
		STRUCT_OUT("mode", policy), NODES_OUT("nodemask", 2), ULONG("maxnode"), PTR("addr"),
		FLAGS("flags", get_mempolicy_flags) } },
	{ .name = "set_mempolicy_home_node", .unified_nr = 450, .args = {
		PTR("start"), ULONG("len"), ULONG("home_node"), HEX("flags") } },
	{ .name = "migrate_pages", .args = {
		PID("pid"), ULONG("maxnode"), NODES_IN("old_nodes", 1), NODES_IN("new_nodes", 1) } },
	{ .name = "move_pages", .args = {
		PID("pid"), ULONG("count"), ARRAY_IN("pages", ptr, 1), ARRAY_IN("nodes", int, 1),
		ARRAY_OUT_LEN("status", page_status, 1),
		FLAGS("flags", move_pages_flags) } },
};

SCT_FAMILY(memory);
