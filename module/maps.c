// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files the current task's process may execute, and where they lie in its memory: what turns
 * an address of a stack into a function.
 *
 * They are told before the first call of a process, and again when its mappings may have changed.
 * Whether they have is seen from numbers of its struct mm_struct: where the kernel counts the
 * writers of mmap_lock, none is missed; elsewhere one is that leaves all sizes and counts as they
 * were. They are told again also once a second, for who has not got the last ones: a ring that is
 * full or written over loses records, and one that is told by a task that sleeps comes after those
 * of others.
 *
 * A probe may only try for mmap_lock. If somebody writes, the next call tells.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/irqflags.h>
#include <linux/jhash.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#ifdef CONFIG_X86
#include <asm/vdso.h>
#endif

#include <uapi/sctrace_record.h>

#include "compat/mapped_file.h"
#include "compat/vma_iterator.h"
#include "maps.h"

#define MAPS_BITS	13

/* Of more areas, and to tell more than so many bytes, it takes sleeping. */
#define MAX_AREAS_AT_ONCE	4096
#define MAX_BYTES_AT_ONCE	(16U << 10)

/* Nor is anybody to wait longer than that, ns, for paths that take their time: as in capture.c. */
#define MAX_NS_AT_ONCE		(8 * NSEC_PER_MSEC)
#define MAX_NS_IRQS_OFF		(1 * NSEC_PER_MSEC)

/* Files that have no path which could be told; then what follows is left out, too. */
#define MAX_WITHOUT_PATH	16

/**
 * struct sctrace_maps - what a session has told
 * @told: by process: the state of its mappings then. Two processes may share a place: then more is
 *	told than need be
 */
struct sctrace_maps {
	u32 told[1 << MAPS_BITS];
};

/**
 * sctrace_maps_alloc() - remember what is told, nothing so far
 *
 * Context: may sleep.
 * Return: owned by the caller, or NULL if memory is short.
 */
struct sctrace_maps *sctrace_maps_alloc(void)
{
	return kvzalloc(sizeof(struct sctrace_maps), GFP_KERNEL_ACCOUNT);
}

/**
 * sctrace_maps_free() - forget all
 * @maps: whose probes are gone; NULL is fine
 */
void sctrace_maps_free(struct sctrace_maps *maps)
{
	kvfree(maps);
}

static u32 *place_of(struct sctrace_maps *maps)
{
	return &maps->told[hash_long((unsigned long)current->mm + current->tgid, MAPS_BITS)];
}

/*
 * Of the mappings, and of the second. An exec may get the memory of the last image for its own, but
 * hardly the same addresses. Never 0.
 */
static u32 state_of(const struct mm_struct *mm)
{
	u64 words[] = {
		(unsigned long)mm, current->tgid, jiffies / HZ, mm->start_stack, mm->arg_start,
		/* While others write: what they change afterwards is seen at the next call. */
		data_race(mm->total_vm), data_race(mm->exec_vm), data_race(mm->map_count),
	};
	u32 state = jhash(words, sizeof(words), 0);

#ifdef CONFIG_PER_VMA_LOCK
	/* The same. */
	state = data_race(jhash(&mm->mm_lock_seq, sizeof(mm->mm_lock_seq), state));
#endif
	return state ?: 1;
}

/* Moves a path to the front, with a NUL and padding. Return: bytes, or -ENAMETOOLONG. */
static int put_path(char *to, const char *path, u32 room)
{
	u32 len = strnlen(path, PATH_MAX), bytes = round_up(len + 1, 8);

	if (bytes > room)
		return -ENAMETOOLONG;
	memmove(to, path, len);
	memset(to + len, 0, bytes - len);
	return bytes;
}

/* Return: bytes of what follows the head, or an error. */
static int put_file(struct sctrace_map *to, u32 room, struct vm_area_struct *vma)
{
	const struct inode *inode = file_inode(vma->vm_file);
	const char *path = d_path(file_user_path(vma->vm_file), to->path,
				  min_t(u32, room, PATH_MAX));

	to->offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
	to->file_bytes = i_size_read(inode);
	to->file_mtime = inode_get_mtime_sec(inode);
	return IS_ERR(path) ? PTR_ERR(path) : put_path(to->path, path, room);
}

/*
 * The image that a 32-bit program makes its calls through: the reader has none like it. Elsewhere
 * than on x86 programs make them themselves.
 */
static int put_image(struct sctrace_map *to, u32 path_bytes, u32 room)
{
#ifdef CONFIG_X86
	const struct vdso_image *image = current->mm->context.vdso_image;

	if (to->end > U32_MAX || !image)
		return path_bytes;
	if (image->size > room - path_bytes)
		return -ENAMETOOLONG;
	memcpy(to->path + path_bytes, image->data, image->size);
	to->file_bytes = image->size;
	return path_bytes + round_up(image->size, 8);
#else
	return path_bytes;
#endif
}

static int put_vdso(struct sctrace_map *to, u32 room)
{
	int path_bytes = put_path(to->path, "[vdso]", room);

	to->flags = SCTRACE_MAP_VDSO;
	return path_bytes < 0 ? path_bytes : put_image(to, path_bytes, room);
}

/* Return: bytes of the entry, or an error. */
static int put_entry(struct sctrace_map *to, u32 room, struct vm_area_struct *vma)
{
	int behind;

	if (room <= sizeof(*to))
		return -ENAMETOOLONG;
	room -= sizeof(*to);
	*to = (struct sctrace_map) { .start = vma->vm_start, .end = vma->vm_end };
	behind = vma->vm_file ? put_file(to, room, vma) : put_vdso(to, room);
	if (behind < 0)
		return behind;
	to->bytes = sizeof(*to) + behind;
	return to->bytes;
}

/* Whether an address in it can be one of a function. */
static bool is_wanted(const struct vm_area_struct *vma, unsigned long vdso)
{
	if (!vma->vm_file)
		return vdso && vma->vm_start == vdso;
	return vma->vm_flags & VM_EXEC;
}

/*
 * All entries. Return: bytes, or -EAGAIN if it takes sleeping; *whole: nothing had to be left out.
 * An entry whose path is longer than any that could be opened has no use.
 */
static int put_entries(struct mm_struct *mm, u8 *to, u32 room, bool may_sleep, bool *whole)
{
	unsigned long vdso = (unsigned long)mm->context.vdso;
	struct vm_area_struct *vma;
	u64 most = irqs_disabled() ? MAX_NS_IRQS_OFF : MAX_NS_AT_ONCE;
	u64 began = may_sleep ? 0 : ktime_get_ns();
	unsigned int without = 0;
	u32 done = 0;
	int n;

	VMA_ITERATOR(vmi, mm, 0);

	*whole = true;
	while ((vma = vma_next(&vmi))) {
		if (may_sleep) {
			cond_resched();
			if (fatal_signal_pending(current))
				break;
		}
		if (!is_wanted(vma, vdso))
			continue;
		if (!may_sleep && ktime_get_ns() - began > most)
			return -EAGAIN;
		n = put_entry((void *)(to + done), room - done, vma);
		if (n > 0) {
			done += n;
			continue;
		}
		*whole = false;
		if (room - done < sizeof(struct sctrace_map) + PATH_MAX ||
		    ++without == MAX_WITHOUT_PATH)
			break;
	}
	return done;
}

static int lock_mappings(struct mm_struct *mm, bool may_sleep)
{
	if (may_sleep)
		return mmap_read_lock_killable(mm);
	/* d_path() would sleep, as fd_path.c says; and nobody wants to wait for so many areas. */
	if (IS_ENABLED(CONFIG_PREEMPT_RT) || data_race(mm->map_count) > MAX_AREAS_AT_ONCE)
		return -EAGAIN;
	return mmap_read_trylock(mm) ? 0 : -EBUSY;
}

/**
 * sctrace_maps_tell() - write what files the current task's process may execute, if it is news
 * @maps: what was told so far
 * @piece: its .len, .wanted and .flags are filled in, and the bytes behind it
 * @max: bytes there may be
 * @room: bytes that there is room for, a multiple of 8
 * @may_sleep: the caller may
 *
 * Context: a task in a call, or on its way back from one; it holds no lock.
 * Return: 1: written; 0: it is no news, or there is no room now; -EAGAIN: it takes sleeping.
 */
int sctrace_maps_tell(struct sctrace_maps *maps, struct sctrace_piece *piece, u32 max, u32 room,
		      bool may_sleep)
{
	struct mm_struct *mm = current->mm;
	u32 *told = place_of(maps), state = state_of(mm);
	bool whole, has_room = room >= max;
	int err, bytes;

	if (READ_ONCE(*told) == state)
		return 0;
	err = lock_mappings(mm, may_sleep);
	if (err)
		return err == -EAGAIN ? err : 0;
	room = round_down(min(max, room), 8);
	if (!may_sleep)
		room = min(room, MAX_BYTES_AT_ONCE);
	/* Nobody writes now. */
	state = state_of(mm);
	bytes = put_entries(mm, (u8 *)(piece + 1), room, may_sleep, &whole);
	mmap_read_unlock(mm);
	/* Half of them would take the place of all that were told before. */
	if (bytes < 0 || (!whole && !may_sleep && room == MAX_BYTES_AT_ONCE))
		return -EAGAIN;
	piece->len = bytes;
	piece->wanted = bytes;
	if (!whole && !has_room)
		return 0;
	if (!whole)
		piece->flags |= SCTRACE_PIECE_CUT;
	WRITE_ONCE(*told, state);
	return 1;
}

/**
 * sctrace_maps_forget() - what was told last has not got into the ring
 * @maps: NULL: nothing ever is
 *
 * Context: of the task whose call told it; any.
 */
void sctrace_maps_forget(struct sctrace_maps *maps)
{
	if (maps)
		WRITE_ONCE(*place_of(maps), 0);
}
