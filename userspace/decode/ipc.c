/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys, modes and commands of System V objects, and messages: semget(2), shmctl(2), msgsnd(2). */
#include <linux/ipc.h>
#include <linux/shm.h>
#include <string.h>

#include "layout.h"
#include "print.h"
#include "printers.h"

/* The version of the structs, in a command: <linux/ipc.h> of the kernel, IPC_64. */
#define NEW_STRUCTS 0x100

void sct_ipc_key_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((uint32_t)value != IPC_PRIVATE) {
		sct_text_hex(text, (uint32_t)value);
	} else if (sct_text_const(text, IPC_PRIVATE, SCT_HEX_DIGITS)) {
		sct_text_put(text, "IPC_PRIVATE");
		sct_text_const_end(text);
	}
}

/* IPC_CREAT|0600: the mode is there always. */
static void print_flags_and_mode(struct sct_text *text, uint32_t flags, uint32_t huge, uint32_t mode,
				 const struct sct_xlat *xlat)
{
	if (flags) {
		sct_text_flags_more(text, flags, xlat);
		sct_text_put(text, "|");
	}
	if (huge)
		sct_text_putf(text, "%u<<SHM_HUGE_SHIFT|", huge);
	sct_text_putf(text, mode ? "%#03o" : "000", mode);
}

void sct_ipc_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_flags_and_mode(text, (uint32_t)value & ~0777, 0, value & 0777, &sct_xlat_ipc_flags);
}

void sct_shm_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t flags = value, huge = flags >> SHM_HUGE_SHIFT;

	(void)place;
	flags &= (1U << SHM_HUGE_SHIFT) - 1;
	print_flags_and_mode(text, flags & ~0777, huge, flags & 0777, &sct_xlat_shm_flags);
}

static void print_command(struct sct_text *text, uint32_t command, const struct sct_xlat *xlat)
{
	if (command & NEW_STRUCTS) {
		if (sct_text_const(text, NEW_STRUCTS, SCT_HEX_DIGITS)) {
			sct_text_put(text, "IPC_64");
			sct_text_const_end(text);
		}
		sct_text_put(text, "|");
	}
	sct_text_enum(text, command & ~NEW_STRUCTS, xlat);
}

void sct_semctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_command(text, value, &sct_xlat_semctl_cmds);
}

void sct_msgctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_command(text, value, &sct_xlat_msgctl_cmds);
}

void sct_shmctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_command(text, value, &sct_xlat_shmctl_cmds);
}

/* Members in another order than that of memory; names: ended by NULL. */
static void print_in_order(struct sct_text *text, const struct sct_place *place, const char *const *names)
{
	bool any = false;
	unsigned int i;

	sct_text_put(text, "{");
	for (; *names; names++) {
		for (i = 0; i < place->of->nr_members; i++) {
			const char *name = place->of->members[i].arg.name;

			if (strcmp(name, *names) || !sct_member_is_there(place, i))
				continue;
			if (any)
				sct_text_put(text, ", ");
			any = sct_member_print(text, place, i) || any;
		}
	}
	sct_text_put(text, "}");
}

void sct_ipc_perm_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const names[] = { "uid", "gid", "mode", "key", "cuid", "cgid", NULL };

	print_in_order(text, place, names);
}

/* What can be set. */
void sct_ipc_perm_set_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const names[] = { "uid", "gid", "mode", NULL };

	print_in_order(text, place, names);
}

void sct_shmid_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const names[] = { "shm_perm", "shm_segsz", "shm_cpid", "shm_lpid", "shm_nattch",
					     "shm_atime", "shm_dtime", "shm_ctime", NULL };

	print_in_order(text, place, names);
}

/* A number, and behind it the message: as long as the call says, or its result. */
void sct_msgbuf_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t head = sct_struct_size(place->of, place->known->plan.abi);
	uint32_t limit = place->known->options->string_limit;
	uint32_t wanted, got, shown;

	if (place->len < head || place->wanted < head) {
		sct_text_addr(text, place->address);
		return;
	}
	wanted = place->wanted - head;
	got = place->len - head;
	shown = wanted < limit ? wanted : limit;
	sct_text_put(text, "{");
	sct_member_print(text, place, 0);
	sct_text_put(text, ", mtext=");
	if (got < shown)
		sct_text_addr(text, place->address + head);
	else
		sct_text_quoted(text, place->bytes + head, shown, shown < wanted);
	sct_text_put(text, "}");
}
