/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs by which files are opened and directories read. */
#include <fcntl.h>
#include <string.h>

#include "print.h"
#include "printers.h"

/* The kernel's: <linux/exportfs.h>. */
#define HANDLE_MAX_BYTES 128
#define HANDLE_HEAD_BYTES 8

void sct_open_how_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_open_flags_print(text, value);
}

/* Wider than a mode, and checked whole. */
void sct_open_how_mode_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, value ? "%#03llo" : "000", (unsigned long long)value);
}

/* struct open_how: the mode counts only for a file that may be new. */
void sct_open_how_print(struct sct_text *text, const struct sct_place *place)
{
	bool creates = sct_member_value(place, 0) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY));

	sct_text_put(text, "{");
	sct_member_print(text, place, 0);
	if (creates || sct_member_value(place, 1)) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, 1);
	}
	sct_text_put(text, ", ");
	sct_member_print(text, place, 2);
	sct_tail_print(text, place);
	sct_text_put(text, "}");
}

static void put_handle(struct sct_text *text, const struct sct_place *place)
{
	uint32_t bytes = sct_member_value(place, 0);
	uint32_t n = bytes < HANDLE_MAX_BYTES ? bytes : HANDLE_MAX_BYTES;

	sct_text_put(text, ", ");
	sct_member_print(text, place, 1);
	sct_text_put(text, ", f_handle=");
	if (place->len < HANDLE_HEAD_BYTES + n)
		sct_text_put(text, "???");
	else
		sct_text_quoted_hex(text, place->bytes + HANDLE_HEAD_BYTES, n, n < bytes);
}

/* struct file_handle, given to the kernel. */
void sct_file_handle_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_member_print(text, place, 0);
	put_handle(text, place);
	sct_text_put(text, "}");
}

/* The same, made by the kernel: the room there was and what it takes, the handle itself if it fitted. */
void sct_new_file_handle_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry;
	bool both = sct_pointer_place(&entry, place->known, place->root, false);
	const struct sct_place *first = both ? &entry : place;
	int64_t result = place->known->exit->result;

	sct_text_put(text, "{");
	sct_member_print(text, first, 0);
	if (sct_member_value(first, 0) != sct_member_value(place, 0))
		sct_text_putf(text, " => %u", (uint32_t)sct_member_value(place, 0));
	if (result >= 0)
		put_handle(text, place);
	sct_text_put(text, "}");
}

/*
 * A directory's entries, one behind the other, each with its length. least: that of the shortest
 * there can be.
 */
static void print_entries(struct sct_text *text, const struct sct_place *place, uint32_t least,
			  void (*print)(struct sct_text *text, const struct sct_place *entry))
{
	bool verbose = place->known->options->verbose;
	struct sct_place entry = *place;
	uint32_t at = 0, n = 0;

	if (verbose)
		sct_text_put(text, "[");
	while (at + least <= place->len) {
		uint32_t bytes;

		entry.bytes = place->bytes + at;
		entry.len = least;
		/* d_reclen, the third member of both kinds. */
		bytes = sct_member_value(&entry, 2);
		if (bytes < least || bytes > place->len - at)
			break;
		entry.len = bytes;
		if (verbose) {
			sct_text_put(text, n ? ", {" : "{");
			print(text, &entry);
			sct_text_put(text, "}");
		}
		at += bytes;
		n++;
	}
	if (verbose)
		sct_text_put(text, at < place->wanted ? (n ? ", ...]" : "...]") : "]");
	else
		sct_text_putf(text, "%#llx /* %u entries%s */", (unsigned long long)place->address, n,
			      at < place->wanted ? ", ..." : "");
}

static void put_name(struct sct_text *text, const struct sct_place *entry, uint32_t from, uint32_t to)
{
	size_t n = strnlen((const char *)entry->bytes + from, to - from);

	sct_text_put(text, "d_name=");
	sct_text_quoted(text, entry->bytes + from, n, false);
}

static void print_dirent64(struct sct_text *text, const struct sct_place *entry)
{
	sct_members_print(text, entry, 0, 4);
	sct_text_put(text, ", ");
	put_name(text, entry, sct_member_at(entry, 4), entry->len);
}

/* struct linux_dirent64: the name lies behind the type. */
void sct_dirents64_print(struct sct_text *text, const struct sct_place *place)
{
	print_entries(text, place, sct_member_at(place, 4) + 1, print_dirent64);
}

static void print_dirent(struct sct_text *text, const struct sct_place *entry)
{
	sct_members_print(text, entry, 0, 3);
	sct_text_put(text, ", ");
	put_name(text, entry, sct_member_at(entry, 3), entry->len - 1);
	sct_text_put(text, ", d_type=");
	sct_text_enum(text, entry->bytes[entry->len - 1], &sct_xlat_dirent_types);
}

/* struct linux_dirent: the type is the last byte. */
void sct_dirents_print(struct sct_text *text, const struct sct_place *place)
{
	print_entries(text, place, sct_member_at(place, 3) + 2, print_dirent);
}
