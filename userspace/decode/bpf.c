/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf(2): its attributes come with their size. What the size has no more is 0, and is not shown; of
 * members that came together, all are.
 */
#include <string.h>

#include "layout.h"
#include "print.h"
#include "printers.h"
#include "structs.h"

/* The kernel takes no more. */
#define ATTR_MAX_BYTES 4096

/* The longest list of members that is here. */
#define MEMBERS_MAX_BYTES 256

/* The attributes' bytes, those that the program did not give being 0. */
static void fill(struct sct_place *filled, uint8_t *bytes, const struct sct_place *place)
{
	uint32_t n = place->len < MEMBERS_MAX_BYTES ? place->len : MEMBERS_MAX_BYTES;

	memset(bytes, 0, MEMBERS_MAX_BYTES);
	memcpy(bytes, place->bytes, n);
	*filled = *place;
	filled->bytes = bytes;
	filled->len = MEMBERS_MAX_BYTES;
}

/* A name without its NUL is longer than names are. */
static void print_name(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	const uint8_t *name = place->bytes + sct_member_at(place, i);
	unsigned int max = place->of->members[i].n;
	unsigned int n = strnlen((const char *)name, max);

	sct_text_putf(text, "%s=", place->of->members[i].arg.name);
	sct_text_quoted(text, name, n < max ? n : max - 1, n == max);
}

static bool is_left_out(const struct sct_place *place, unsigned int i)
{
	const struct sct_arg *arg = &place->of->members[i].arg;

	if (arg->if_bits && !(sct_member_value(place, arg->if_arg) & arg->if_bits))
		return true;
	return arg->type == SCT_HIDDEN ||
	       (place->of->members[i].show == SCT_NONZERO && !sct_member_value(place, i));
}

static void print_given(struct sct_text *text, const struct sct_place *place, uint32_t given)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < place->of->nr_members; i++) {
		if (place->of->members[i].show != SCT_TOGETHER && sct_member_at(place, i) >= given)
			break;
		if (is_left_out(place, i))
			continue;
		if (any)
			sct_text_put(text, ", ");
		any = true;
		if (place->of->members[i].kind == K_CHARS)
			print_name(text, place, i);
		else
			sct_member_print(text, place, i);
	}
}

/* What is newer than the members, unless it is 0. */
static void print_rest(struct sct_text *text, const struct sct_place *place, uint32_t from)
{
	uint32_t i = from;

	while (i < place->len && !place->bytes[i])
		i++;
	if (i >= place->len)
		return;
	if (!place->known->options->verbose) {
		sct_text_put(text, ", ...");
		return;
	}
	sct_text_put(text, ", extra_data=");
	sct_text_quoted_hex(text, place->bytes + from, place->len - from, false);
	sct_text_putf(text, " /* bytes %u..%u */", from, place->len - 1);
}

static bool is_too_long(struct sct_text *text, const struct sct_place *place)
{
	if (place->wanted <= ATTR_MAX_BYTES)
		return false;
	sct_text_addr(text, place->address);
	return true;
}

static uint32_t members_end(const struct sct_place *place)
{
	const struct sct_struct *of = place->of;
	const struct sct_member *last = &of->members[of->nr_members - 1];

	return sct_member_at(place, of->nr_members - 1) + sct_kind_bytes(last, place->known->plan.abi);
}

void sct_bpf_attr_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t bytes[MEMBERS_MAX_BYTES];
	struct sct_place filled;

	if (is_too_long(text, place))
		return;
	fill(&filled, bytes, place);
	sct_text_put(text, "{");
	print_given(text, &filled, place->wanted);
	print_rest(text, place, members_end(place));
	sct_text_put(text, "}");
}

/* The same where C has the members in a struct of its own, which has the name. */
void sct_bpf_named_attr_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t bytes[MEMBERS_MAX_BYTES];
	struct sct_place filled;

	if (is_too_long(text, place))
		return;
	fill(&filled, bytes, place);
	sct_text_putf(text, "{%s={", place->of->name);
	print_given(text, &filled, place->wanted);
	sct_text_put(text, "}");
	print_rest(text, place, members_end(place));
	sct_text_put(text, "}");
}

/* BPF_LINK_CREATE: what lies behind its first members is told by the type of the attachment. */
#define LINK_HEAD_BYTES 16

STRUCT(perf_event, { K_U64, HEX("bpf_cookie") });
STRUCT(kprobe_multi, { K_U32, FLAGS("flags", bpf_kprobe_multi_flags) }, { K_U32, UINT("cnt") },
       { K_U64, PTR("syms") }, { K_U64, PTR("addrs") }, { K_U64, PTR("cookies") });
STRUCT(tracing, { K_U32, UINT("target_btf_id") }, { K_U32, GAP }, { K_U64, HEX("cookie") });
STRUCT(netfilter, { K_U32, UINT("pf") }, { K_U32, UINT("hooknum") }, { K_S32, INT("priority") },
       { K_U32, HEX("flags") });
STRUCT(tcx, { K_S32, FD("relative_fd") }, { K_U32, GAP }, { K_U64, ULONG("expected_revision") });
STRUCT(netkit, { K_S32, FD("relative_fd") }, { K_U32, GAP }, { K_U64, ULONG("expected_revision") });
STRUCT(uprobe_multi, { K_U64, PTR("path") }, { K_U64, PTR("offsets") }, { K_U64, PTR("ref_ctr_offsets") },
       { K_U64, PTR("cookies") }, { K_U32, UINT("cnt") }, { K_U32, HEX("flags") }, { K_S32, PID("pid") });

/* Values of enum bpf_attach_type that bring something. */
enum {
	CGROUP_INET_INGRESS = 0,
	TRACE_FENTRY = 24,
	TRACE_FEXIT = 25,
	MODIFY_RETURN = 26,
	LSM_MAC = 27,
	TRACE_ITER = 28,
	PERF_EVENT = 41,
	TRACE_KPROBE_MULTI = 42,
	NETFILTER = 45,
	TCX_INGRESS = 46,
	TCX_EGRESS = 47,
	TRACE_UPROBE_MULTI = 48,
	NETKIT_PRIMARY = 54,
	NETKIT_PEER = 55,
	TRACE_KPROBE_SESSION = 56,
	TRACE_UPROBE_SESSION = 57,
};

static const struct sct_struct *link_part(uint32_t attach_type)
{
	switch (attach_type) {
	case TRACE_FENTRY:
	case TRACE_FEXIT:
	case MODIFY_RETURN:
	case LSM_MAC:
		return &sct_struct_tracing;
	case PERF_EVENT:
		return &sct_struct_perf_event;
	case TRACE_KPROBE_MULTI:
	case TRACE_KPROBE_SESSION:
		return &sct_struct_kprobe_multi;
	case NETFILTER:
		return &sct_struct_netfilter;
	case TCX_INGRESS:
	case TCX_EGRESS:
		return &sct_struct_tcx;
	case NETKIT_PRIMARY:
	case NETKIT_PEER:
		return &sct_struct_netkit;
	case TRACE_UPROBE_MULTI:
	case TRACE_UPROBE_SESSION:
		return &sct_struct_uprobe_multi;
	default:
		return NULL;
	}
}

static bool is_zero(const uint8_t *bytes, uint32_t n)
{
	while (n && !bytes[n - 1])
		n--;
	return !n;
}

/* Return: where the members end that were shown. */
static uint32_t print_link_part(struct sct_text *text, const struct sct_place *filled, uint32_t given)
{
	uint32_t attach_type = sct_member_value(filled, 2);
	struct sct_place part = *filled;

	part.of = link_part(attach_type);
	if (!part.of || given <= LINK_HEAD_BYTES)
		return LINK_HEAD_BYTES;
	part.bytes += LINK_HEAD_BYTES;
	part.len = sct_members_bytes(part.of, filled->known->plan.abi);
	part.step = SCT_NO_STEP;
	/* The others were there from the first on. */
	if (part.of == &sct_struct_tracing && is_zero(part.bytes, part.len))
		return LINK_HEAD_BYTES;
	sct_text_putf(text, ", %s=", part.of->name);
	sct_struct_print(text, &part);
	return LINK_HEAD_BYTES + part.len;
}

/* The struct's members are the head and those of iterators, of which one is followed. */
void sct_bpf_link_create_print(struct sct_text *text, const struct sct_place *place)
{
	uint8_t bytes[MEMBERS_MAX_BYTES];
	struct sct_place filled;
	uint32_t attach_type, end;

	if (is_too_long(text, place))
		return;
	fill(&filled, bytes, place);
	attach_type = sct_member_value(&filled, 2);
	sct_text_put(text, "{link_create={");
	print_given(text, &filled, place->wanted < LINK_HEAD_BYTES ? place->wanted : LINK_HEAD_BYTES);
	if (attach_type == TRACE_ITER && place->wanted > LINK_HEAD_BYTES) {
		sct_text_put(text, ", ");
		sct_member_print(text, &filled, 4);
		sct_text_put(text, ", ");
		sct_member_print(text, &filled, 5);
		end = members_end(place);
	} else if (attach_type == CGROUP_INET_INGRESS && !is_zero(bytes + LINK_HEAD_BYTES, 4)) {
		sct_text_putf(text, ", target_btf_id=%u", (uint32_t)sct_number_at(bytes + LINK_HEAD_BYTES, 4));
		end = LINK_HEAD_BYTES + 4;
	} else {
		end = print_link_part(text, &filled, place->wanted);
	}
	sct_text_put(text, "}");
	print_rest(text, place, end);
	sct_text_put(text, "}");
}

/* One of several structs, each with one member. */
void sct_bpf_iter_info_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{map={");
	sct_member_print(text, place, 0);
	sct_text_put(text, "}}");
}

void sct_bpf_insn_code_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	static const char *const classes[] = { "BPF_LD", "BPF_LDX", "BPF_ST", "BPF_STX",
					       "BPF_ALU", "BPF_JMP", "BPF_JMP32", "BPF_ALU64" };
	static const char *const sizes[] = { "BPF_W", "BPF_H", "BPF_B", "BPF_DW" };
	unsigned int class = value & 7;
	const char *name;

	(void)place;
	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	sct_text_put(text, classes[class]);
	if (class < 4) {
		sct_text_putf(text, "|%s|", sizes[value >> 3 & 3]);
		sct_text_enum(text, value & 0xe0, &sct_xlat_bpf_insn_modes);
		sct_text_const_end(text);
		return;
	}
	sct_text_putf(text, "|%s|", value & 8 ? "BPF_X" : "BPF_K");
	name = sct_xlat_name(class == 4 || class == 7 ? &sct_xlat_ebpf_alu_ops : &sct_xlat_ebpf_jmp_ops, value & 0xf0);
	if (name)
		sct_text_put(text, name);
	else
		sct_text_putf(text, "%#x /* BPF_??? */", (unsigned int)value & 0xf0);
	sct_text_const_end(text);
}

/* Two registers in a byte. */
void sct_bpf_insn_regs_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_enum(text, value & 0xf, &sct_xlat_bpf_registers);
	sct_text_put(text, ", src_reg=");
	sct_text_enum(text, value >> 4 & 0xf, &sct_xlat_bpf_registers);
}

void sct_bpf_numa_node_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "%u%s", (uint32_t)value, (uint32_t)value == UINT32_MAX ? " /* NUMA_NO_NODE */" : "");
}

void sct_bpf_kernel_version_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "KERNEL_VERSION(%u, %u, %u)", (uint32_t)value >> 16, (uint32_t)value >> 8 & 0xff,
		      (uint32_t)value & 0xff);
}

void sct_bpf_map_extra_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if (value == UINT64_MAX)
		sct_text_put(text, "UINT64_MAX");
	else
		sct_text_unsigned(text, value);
}

/* A number at offset of the attributes, which the kernel may have changed. */
static void print_changed(struct sct_text *text, const struct sct_place *place, uint32_t offset, uint32_t now)
{
	struct sct_place entry;
	uint32_t before = now;

	if (place->at_exit && sct_pointer_place(&entry, place->known, place->root, false) &&
	    entry.len >= offset + 4)
		before = sct_number_at(entry.bytes + offset, 4);
	sct_text_putf(text, "%u", before);
	if (before != now)
		sct_text_putf(text, " => %u", now);
}

void sct_bpf_next_id_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	print_changed(text, place, 4, value);
}

void sct_bpf_info_len_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	print_changed(text, place, 4, value);
}

void sct_bpf_prog_count_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	print_changed(text, place, 24, value);
}
