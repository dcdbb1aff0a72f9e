// SPDX-License-Identifier: GPL-2.0-only
/*
 * sctrace_bench_bare: the least that a tracer does. One process, a clock, a record of 64 bytes at the entry and one of 24 at
 * the return, and the name that openat is given, or the bytes that write and read move, behind it; into a buffer of this
 * processor's that nobody reads. It knows no lost records, no reader, no other calls, and nothing of pages that are
 * not in memory: a real one pays for these.
 */
#include <asm/syscall.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/unistd.h>
#include <linux/vmalloc.h>

#include "hook.h"

#define BUFFER_SIZE	(4u << 20)
#define DATA_MAX	4096u

struct entry {
	u64 time;
	u32 tid;
	u16 nr;
	u16 size;
	unsigned long args[6];
};

struct ending {
	u64 time;
	u32 tid;
	u16 nr;
	u16 size;
	long result;
};

static_assert(sizeof(struct entry) == 64);
static_assert(sizeof(struct ending) == 24);

struct buffer {
	char *data;
	u32 used;
};

static DEFINE_PER_CPU(struct buffer, buffers);

static int pid;
module_param(pid, int, 0644);
MODULE_PARM_DESC(pid, "the process to record");

/* Room for a record and the most that can follow it; at the end of the buffer, its beginning again. */
static void *reserve(struct buffer *buffer)
{
	if (buffer->used > BUFFER_SIZE - sizeof(struct entry) - DATA_MAX)
		buffer->used = 0;
	return buffer->data + buffer->used;
}

static void commit(struct buffer *buffer, u32 size)
{
	/* Whoever reads the record must see it whole. */
	smp_store_release(&buffer->used, buffer->used + ALIGN(size, 8));
}

static u32 copy_name(char *to, unsigned long from)
{
	long size;

	pagefault_disable();
	size = strncpy_from_user(to, (const char __user *)from, DATA_MAX);
	pagefault_enable();
	return size < 0 ? 0 : size + 1;
}

static u32 copy_bytes(char *to, unsigned long from, unsigned long size)
{
	u32 part = min_t(unsigned long, size, DATA_MAX);

	return copy_from_user_nofault(to, (const void __user *)from, part) ? 0 : part;
}

/* Functions of their own, so that who is not recorded does not pay for their registers and stack. */
static noinline void record_entry(struct pt_regs *regs, long nr)
{
	struct buffer *buffer;
	struct entry *entry;
	u32 size = 0;

	preempt_disable();
	buffer = this_cpu_ptr(&buffers);
	entry = reserve(buffer);
	entry->time = ktime_get_mono_fast_ns();
	entry->tid = current->pid;
	entry->nr = nr;
	syscall_get_arguments(current, regs, entry->args);
	if (nr == __NR_openat)
		size = copy_name((char *)(entry + 1), entry->args[1]);
	else if (nr == __NR_write)
		size = copy_bytes((char *)(entry + 1), entry->args[1], entry->args[2]);
	entry->size = size;
	commit(buffer, sizeof(*entry) + size);
	preempt_enable();
}

static noinline void record_ending(struct pt_regs *regs, long result)
{
	unsigned long args[6];
	struct buffer *buffer;
	struct ending *ending;
	u32 size = 0;

	preempt_disable();
	buffer = this_cpu_ptr(&buffers);
	ending = reserve(buffer);
	ending->time = ktime_get_mono_fast_ns();
	ending->tid = current->pid;
	ending->nr = syscall_get_nr(current, regs);
	ending->result = result;
	if (ending->nr == __NR_read && result > 0) {
		syscall_get_arguments(current, regs, args);
		size = copy_bytes((char *)(ending + 1), args[1], result);
	}
	ending->size = size;
	commit(buffer, sizeof(*ending) + size);
	preempt_enable();
}

static void on_enter(void *unused, struct pt_regs *regs, long nr)
{
	if (current->tgid == pid)
		record_entry(regs, nr);
}

static void on_exit(void *unused, struct pt_regs *regs, long result)
{
	if (current->tgid == pid)
		record_ending(regs, result);
}

static void free_buffers(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		vfree(per_cpu(buffers, cpu).data);
}

static int __init bare_init(void)
{
	int cpu, err;

	for_each_possible_cpu(cpu) {
		per_cpu(buffers, cpu).data = vzalloc(BUFFER_SIZE);
		if (!per_cpu(buffers, cpu).data) {
			free_buffers();
			return -ENOMEM;
		}
	}
	err = hook_attach(on_enter, on_exit);
	if (err)
		free_buffers();
	return err;
}

static void __exit bare_exit(void)
{
	hook_detach(on_enter, on_exit);
	free_buffers();
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_DESCRIPTION("the least that a tracer of system calls does");
MODULE_LICENSE("GPL");
