/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct perf_event_attr, of which each kernel knows more than the one before: perf_event_open(2). */
#include <linux/perf_event.h>

#include "print.h"
#include "printers.h"
#include "syscall_table.h"

/* Of the first version, and of those that this reader knows: PERF_ATTR_SIZE_VER0, _VER9. */
#define FIRST_BYTES 64
#define KNOWN_BYTES 144

/* Offsets that <linux/perf_event.h> may not have yet, or not by a name. */
#define FLAGS_OFFSET	40
#define WAKEUP_OFFSET	48
#define CONFIG3_OFFSET	128
#define CONFIG4_OFFSET	136

/* Bits 15 and 16 of the flags are a number, and those from 38 on mean nothing yet. */
#define PRECISE_SHIFT	15
#define RESERVED_SHIFT	38
#define FREQ_BIT	10
#define WATERMARK_BIT	14
#define CLOCKID_BIT	25

struct attr {
	const struct sct_place *place;
	uint32_t bytes;		/* that there are; what lies behind them is not shown */
	uint64_t flags;
	uint64_t sample_type;
	uint32_t type;
};

static uint64_t field(const struct attr *attr, uint32_t offset, unsigned int n)
{
	return offset + n <= attr->place->len ? sct_number_at(attr->place->bytes + offset, n) : 0;
}

static bool has(const struct attr *attr, uint32_t offset)
{
	return offset < attr->bytes;
}

/* What the program gave, and what the kernel would rather have. */
static void print_size(struct sct_text *text, const struct sct_place *place, uint32_t size)
{
	struct sct_place after;

	sct_text_put(text, ", size=");
	sct_text_enum(text, size, &sct_xlat_perf_attr_sizes);
	if (!sct_pointer_place(&after, place->known, place->root, true) || after.len < 8)
		return;
	if (sct_number_at(after.bytes + 4, 4) != size) {
		sct_text_put(text, " => ");
		sct_text_enum(text, sct_number_at(after.bytes + 4, 4), &sct_xlat_perf_attr_sizes);
	}
}

/* A number of the upper half before an event of the lower one. */
static void print_upper_half(struct sct_text *text, uint64_t config)
{
	if (config >> 32)
		sct_text_putf(text, "%#llx<<32|", (unsigned long long)config >> 32);
}

static void print_cache_event(struct sct_text *text, uint64_t config)
{
	if (config >> 24)
		sct_text_putf(text, "%#llx<<24|", (unsigned long long)config >> 24);
	sct_text_enum(text, config >> 16 & 0xff, &sct_xlat_perf_cache_results);
	sct_text_put(text, "<<16|");
	sct_text_enum(text, config >> 8 & 0xff, &sct_xlat_perf_cache_ops);
	sct_text_put(text, "<<8|");
	sct_text_enum(text, config & 0xff, &sct_xlat_perf_caches);
}

static void print_config(struct sct_text *text, const struct attr *attr)
{
	uint64_t config = field(attr, 8, 8);

	sct_text_put(text, ", config=");
	switch (attr->type) {
	case PERF_TYPE_HARDWARE:
		print_upper_half(text, config);
		sct_text_enum(text, (uint32_t)config, &sct_xlat_perf_hardware_events);
		break;
	case PERF_TYPE_SOFTWARE:
		sct_text_enum(text, config, &sct_xlat_perf_software_events);
		break;
	case PERF_TYPE_TRACEPOINT:
		sct_text_unsigned(text, config);
		break;
	case PERF_TYPE_HW_CACHE:
		print_cache_event(text, config);
		break;
	default:
		sct_text_hex(text, config);
		break;
	}
}

static void print_precise(struct sct_text *text, uint64_t flags)
{
	static const char *const words[] = { "arbitrary skid", "constant skid", "requested to have 0 skid",
					     "must have 0 skid" };
	unsigned int precise = flags >> PRECISE_SHIFT & 3;

	sct_text_putf(text, ", precise_ip=%u /* %s */", precise, words[precise]);
}

/* The bits by their names: all of them, or with what is abbreviated those that are set. */
static void print_bits(struct sct_text *text, const struct attr *attr)
{
	static const char *const names[RESERVED_SHIFT] = {
		"disabled", "inherit", "pinned", "exclusive", "exclude_user", "exclude_kernel", "exclude_hv",
		"exclude_idle", "mmap", "comm", "freq", "inherit_stat", "enable_on_exec", "task", "watermark",
		NULL, NULL, "mmap_data", "sample_id_all", "exclude_host", "exclude_guest",
		"exclude_callchain_kernel", "exclude_callchain_user", "mmap2", "comm_exec", "use_clockid",
		"context_switch", "write_backward", "namespaces", "ksymbol", "bpf_event", "aux_output", "cgroup",
		"text_poke", "build_id", "inherit_thread", "remove_on_exec", "sigtrap",
	};
	unsigned int i;

	for (i = 0; i < RESERVED_SHIFT; i++) {
		unsigned int bit = attr->flags >> i & 1;

		if (i == PRECISE_SHIFT)
			print_precise(text, attr->flags);
		else if (names[i] && (bit || attr->place->known->options->verbose))
			sct_text_putf(text, ", %s=%u", names[i], bit);
	}
	if (attr->flags >> RESERVED_SHIFT)
		sct_text_putf(text, ", __reserved_1=%#llx /* Bits 63..38 */",
			      (unsigned long long)attr->flags >> RESERVED_SHIFT);
}

static void print_breakpoint(struct sct_text *text, const struct attr *attr)
{
	sct_text_put(text, ", bp_type=");
	sct_text_enum(text, field(attr, 52, 4), &sct_xlat_perf_breakpoint_types);
	sct_text_putf(text, ", bp_addr=%#llx", (unsigned long long)field(attr, 56, 8));
	if (has(attr, 64))
		sct_text_putf(text, ", bp_len=%llu", (unsigned long long)field(attr, 64, 8));
}

static void print_hex(struct sct_text *text, const struct attr *attr, const char *name, uint32_t offset,
		      unsigned int n)
{
	if (has(attr, offset))
		sct_text_putf(text, ", %s=%#llx", name, (unsigned long long)field(attr, offset, n));
}

static void print_number(struct sct_text *text, const struct attr *attr, const char *name, uint32_t offset,
			 unsigned int n)
{
	if (has(attr, offset))
		sct_text_putf(text, ", %s=%llu", name, (unsigned long long)field(attr, offset, n));
}

/* Bytes that mean nothing yet, from offset to offset + n - 1. */
static void print_gap(struct sct_text *text, const struct attr *attr, uint32_t offset, unsigned int n)
{
	uint64_t value = field(attr, offset, n);

	if (has(attr, offset) && value)
		sct_text_putf(text, " /* bytes %u..%u: %#llx */", offset, offset + n - 1, (unsigned long long)value);
}

static void print_clock(struct sct_text *text, const struct attr *attr)
{
	static const struct sct_arg clock = CLOCK("clockid");

	sct_text_put(text, ", clockid=");
	if (field(attr, 92, 4) >> 31)
		sct_text_putf(text, "%#x /* CLOCK_??? */", (uint32_t)field(attr, 92, 4));
	else
		sct_value_print(text, attr->place, &clock, field(attr, 92, 4));
}

/* What nobody reads at a glance. */
static void print_rest(struct sct_text *text, const struct attr *attr)
{
	print_number(text, attr, attr->flags >> WATERMARK_BIT & 1 ? "wakeup_watermark" : "wakeup_events",
		     WAKEUP_OFFSET, 4);
	if (attr->type == PERF_TYPE_BREAKPOINT) {
		print_breakpoint(text, attr);
	} else {
		print_hex(text, attr, "config1", 56, 8);
		print_hex(text, attr, "config2", 64, 8);
	}
	if ((attr->sample_type & PERF_SAMPLE_BRANCH_STACK) && has(attr, 72)) {
		sct_text_put(text, ", branch_sample_type=");
		sct_text_flags(text, field(attr, 72, 8), &sct_xlat_perf_branch_samples);
	}
	print_hex(text, attr, "sample_regs_user", 80, 8);
	if (attr->sample_type & PERF_SAMPLE_STACK_USER)
		print_hex(text, attr, "sample_stack_user", 88, 4);
	if ((attr->flags >> CLOCKID_BIT & 1) && has(attr, 92))
		print_clock(text, attr);
	print_hex(text, attr, "sample_regs_intr", 96, 8);
	print_number(text, attr, "aux_watermark", 104, 4);
	print_number(text, attr, "sample_max_stack", 108, 2);
	print_gap(text, attr, 110, 2);
	print_number(text, attr, "aux_sample_size", 112, 4);
	print_gap(text, attr, 116, 4);
	print_hex(text, attr, "sig_data", 120, 8);
	print_hex(text, attr, "config3", CONFIG3_OFFSET, 8);
	print_hex(text, attr, "config4", CONFIG4_OFFSET, 8);
}

static void print_attr(struct sct_text *text, const struct attr *attr, uint32_t size)
{
	sct_text_put(text, "{type=");
	sct_text_enum(text, attr->type, &sct_xlat_perf_types);
	print_size(text, attr->place, size);
	print_config(text, attr);
	print_number(text, attr, attr->flags >> FREQ_BIT & 1 ? "sample_freq" : "sample_period", 16, 8);
	sct_text_put(text, ", sample_type=");
	sct_text_flags(text, attr->sample_type, &sct_xlat_perf_sample_types);
	sct_text_put(text, ", read_format=");
	sct_text_flags(text, field(attr, 32, 8), &sct_xlat_perf_read_formats);
	print_bits(text, attr);
	if (attr->place->known->options->verbose)
		print_rest(text, attr);
	if (!attr->place->known->options->verbose || size > KNOWN_BYTES)
		sct_text_put(text, ", ...");
	sct_text_put(text, "}");
}

void sct_perf_attr_print(struct sct_text *text, const struct sct_place *place)
{
	struct attr attr = { .place = place };
	struct sct_place entry;
	uint32_t size;

	/* The kernel changes the size of what it does not know: the program's are the other bytes. */
	if (place->at_exit && sct_pointer_place(&entry, place->known, place->root, false))
		attr.place = place = &entry;
	size = field(&attr, 4, 4);
	attr.bytes = size ? size : FIRST_BYTES;
	if (attr.bytes > KNOWN_BYTES)
		attr.bytes = KNOWN_BYTES;
	if (attr.bytes < FIRST_BYTES || place->len < attr.bytes) {
		sct_text_addr(text, place->address);
		return;
	}
	attr.type = field(&attr, 0, 4);
	attr.sample_type = field(&attr, 24, 8);
	attr.flags = field(&attr, FLAGS_OFFSET, 8);
	print_attr(text, &attr, size);
}
