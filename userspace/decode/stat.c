/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of files and file systems: stat(2), statx(2), utimensat(2). */
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <string.h>
#include <sys/stat.h>

#include "date.h"
#include "print.h"
#include "printers.h"

/* ABIs have the members in another order, but by the same names. nr_members: there is none. */
static unsigned int member(const struct sct_place *place, const char *name)
{
	unsigned int i;

	for (i = 0; i < place->of->nr_members; i++) {
		if (!strcmp(place->of->members[i].arg.name, name))
			break;
	}
	return i;
}

static void put_member(struct sct_text *text, const struct sct_place *place, const char *name, bool first)
{
	unsigned int i = member(place, name);

	if (i == place->of->nr_members)
		return;
	if (!first)
		sct_text_put(text, ", ");
	sct_member_print(text, place, i);
}

static void put_members(struct sct_text *text, const struct sct_place *place, const char *const *names)
{
	for (; *names; names++)
		put_member(text, place, *names, false);
}

/* With its date, then the nanoseconds. Calls of old have none of these. */
static void put_stat_time(struct sct_text *text, const struct sct_place *place, const char *seconds,
			  const char *nanoseconds)
{
	unsigned int nsec = member(place, nanoseconds);
	bool has_nsec = nsec < place->of->nr_members;

	put_member(text, place, seconds, false);
	sct_date_print(text, sct_member_value(place, member(place, seconds)),
		       has_nsec ? sct_member_value(place, nsec) : 0, 9);
	put_member(text, place, nanoseconds, false);
}

/* A device's number or a file's size, whichever the mode says there is. */
void sct_stat_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const after_mode[] = {
		"st_nlink", "st_uid", "st_gid", "st_blksize", "st_blocks", NULL };
	uint64_t type = sct_member_value(place, member(place, "st_mode")) & S_IFMT;
	bool verbose = place->known->options->verbose;

	sct_text_put(text, "{");
	if (verbose) {
		put_member(text, place, "st_dev", true);
		put_member(text, place, "st_ino", false);
	}
	put_member(text, place, "st_mode", !verbose);
	if (verbose)
		put_members(text, place, after_mode);
	put_member(text, place, type == S_IFCHR || type == S_IFBLK ? "st_rdev" : "st_size", false);
	if (verbose) {
		put_stat_time(text, place, "st_atime", "st_atime_nsec");
		put_stat_time(text, place, "st_mtime", "st_mtime_nsec");
		put_stat_time(text, place, "st_ctime", "st_ctime_nsec");
	} else {
		sct_text_put(text, ", ...");
	}
	sct_text_put(text, "}");
}

/* What strace shows of it in the order in which strace does, and of what is optional, what the mask has. */
static const struct statx_part {
	const char *name;
	uint32_t mask;
	bool verbose;
} statx_parts[] = {
	{ "stx_mask", 0, false },
	{ "stx_blksize", 0, true },
	{ "stx_attributes", 0, false },
	{ "stx_nlink", 0, true },
	{ "stx_uid", 0, true },
	{ "stx_gid", 0, true },
	{ "stx_mode", 0, false },
	{ "stx_ino", 0, true },
	{ "stx_size", 0, false },
	{ "stx_blocks", 0, true },
	{ "stx_attributes_mask", 0, true },
	{ "stx_atime", STATX_ATIME, true },
	{ "stx_btime", STATX_BTIME, true },
	{ "stx_ctime", STATX_CTIME, true },
	{ "stx_mtime", STATX_MTIME, true },
	{ "stx_rdev_major", 0, true },
	{ "stx_rdev_minor", 0, true },
	{ "stx_dev_major", 0, true },
	{ "stx_dev_minor", 0, true },
	/* By their numbers: STATX_MNT_ID and _UNIQUE, _DIOALIGN, _SUBVOL, _WRITE_ATOMIC, _DIO_READ_ALIGN. */
	{ "stx_mnt_id", 0x5000, true },
	{ "stx_dio_mem_align", 0x2000, true },
	{ "stx_dio_offset_align", 0x2000, true },
	{ "stx_subvol", 0x8000, true },
	{ "stx_atomic_write_unit_min", 0x10000, true },
	{ "stx_atomic_write_unit_max", 0x10000, true },
	{ "stx_atomic_write_segments_max", 0x10000, true },
	{ "stx_dio_read_offset_align", 0x20000, true },
	{ "stx_atomic_write_unit_max_opt", 0x10000, true },
};

void sct_statx_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t mask = sct_member_value(place, member(place, "stx_mask"));
	bool verbose = place->known->options->verbose;
	size_t i;

	sct_text_put(text, "{");
	for (i = 0; i < sizeof(statx_parts) / sizeof(statx_parts[0]); i++) {
		const struct statx_part *part = &statx_parts[i];

		if ((!part->verbose || verbose) && (!part->mask || (part->mask & mask)))
			put_member(text, place, part->name, !i);
	}
	sct_text_put(text, verbose ? "}" : ", ...}");
}

/* struct statx_timestamp. */
void sct_statx_time_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 2);
	sct_text_put(text, "}");
	sct_date_print(text, sct_member_value(place, 0), sct_member_value(place, 1), 9);
}

/* The way to synchronize, of which there is always one, then the other flags. */
void sct_statx_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_enum(text, value & AT_STATX_SYNC_TYPE, &sct_xlat_at_statx_sync);
	value = (uint32_t)value & ~(uint32_t)AT_STATX_SYNC_TYPE;
	if (value) {
		sct_text_put(text, "|");
		sct_text_flags_more(text, value, &sct_xlat_at_statx_flags);
	}
}

static void put_timespec(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 2);
	sct_text_put(text, "}");
}

/* A file's time to be: one of two words, or a moment. */
void sct_utimespec_print(struct sct_text *text, const struct sct_place *place)
{
	uint64_t nsec = sct_member_value(place, 1);

	if (nsec == UTIME_NOW || nsec == UTIME_OMIT) {
		if (sct_text_consts)
			put_timespec(text, place);
		if (sct_text_consts != SCT_CONSTS_NUMBERS)
			sct_text_putf(text, sct_text_consts ? " /* %s */" : "%s",
				      nsec == UTIME_NOW ? "UTIME_NOW" : "UTIME_OMIT");
		return;
	}
	put_timespec(text, place);
	sct_date_print(text, sct_member_value(place, 0), nsec, 9);
}

void sct_utimeval_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 2);
	sct_text_put(text, "}");
	sct_date_print(text, sct_member_value(place, 0), sct_member_value(place, 1), 6);
}

/* A number that is a moment. */
void sct_moment_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_signed(text, value);
	sct_date_print(text, value, 0, 0);
}
