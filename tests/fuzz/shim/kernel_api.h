/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What module/policy.c and those that it calls take of the kernel: one processor, one task that is current, and a few
 * others. Headers of the kernel's names here and beside include this.
 */
#ifndef SHIM_KERNEL_API_H
#define SHIM_KERNEL_API_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <asm/barrier.h>

#define __percpu
#define __rcu
/* The kernel's own, include/linux/errno.h. */
#define ENOTSUPP		524

#define pr_err(...)		((void)0)
#define pr_info(...)		((void)0)
#define data_race(x)		(x)
#define noinline		__attribute__((__noinline__))
#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define array_size(n, size)	((size_t)(n) * (size))
#define BITS_PER_BYTE		8
#define BITS_TO_LONGS(n)	(((n) + 63) / 64)
#define ilog2(n)		((unsigned int)__builtin_ctzl(n))
#define is_power_of_2(n)	((n) && !((n) & ((n) - 1)))
#define rounddown_pow_of_two(n)	(1UL << (63 - __builtin_clzl(n)))
#define clamp_t(type, x, low, high)	min_t(type, max_t(type, x, low), high)

/* ---- errors in pointers ---- */

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *pointer)
{
	return (long)pointer;
}

#define ERR_CAST(pointer)	((void *)(pointer))
#define IS_ERR(pointer)		IS_ERR_VALUE((unsigned long)(pointer))

/* ---- memory: the C library's, so that AddressSanitizer knows it ---- */

#define __GFP_ZERO		0
#define __GFP_NOWARN		0
#define kzalloc(size, gfp)	calloc(1, size)
#define kvzalloc(size, gfp)	calloc(1, size)
#define kvmalloc(size, gfp)	malloc(size)
#define kvmalloc_array(n, size, gfp)	malloc((size_t)(n) * (size))
#define kfree(p)		free((void *)(p))
#define vfree(p)		free((void *)(p))
#define __vmalloc(size, gfp)	calloc(1, size)
#define __alloc_percpu(size, align)	calloc(1, size)
#define alloc_percpu(type)	((type *)calloc(1, sizeof(type)))
#define free_percpu(p)		free(p)
#define this_cpu_ptr(p)		(p)
#define per_cpu_ptr(p, cpu)	(p)
#define for_each_possible_cpu(cpu)	for ((cpu) = 0; (cpu) < 1; (cpu)++)
#define num_possible_cpus()	2u
#define raw_smp_processor_id()	0

/* ---- text ---- */

static inline void *memchr_inv(const void *bytes, int c, size_t n)
{
	const u8 *at = bytes;

	for (; n; n--, at++) {
		if (*at != (u8)c)
			return (void *)at;
	}
	return NULL;
}

static inline ssize_t strscpy(char *to, const char *from, size_t size)
{
	size_t n = strnlen(from, size - 1);

	memcpy(to, from, n);
	to[n] = '\0';
	return from[n] ? -E2BIG : (ssize_t)n;
}

#define scnprintf		snprintf

/* Digits, with one newline behind them, as the kernel's. */
static inline int shim_number(const char *text, unsigned int base, u64 max, u32 *to)
{
	unsigned long long value;
	char *end;

	if (*text == '+')
		text++;
	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	value = strtoull(text, &end, base);
	if (*end == '\n')
		end++;
	if (*end || errno || value > max)
		return -EINVAL;
	*to = value;
	return 0;
}

#define kstrtou32(text, base, to)	shim_number(text, base, U32_MAX, to)
#define kstrtouint(text, base, to)	shim_number(text, base, U32_MAX, to)

static inline int kstrtobool(const char *text, bool *to)
{
	bool yes = strchr("yY1tT", *text), no = strchr("nN0fF", *text);

	if (!*text || yes == no)
		return -EINVAL;
	*to = yes;
	return 0;
}

/* ---- words of several processors ---- */

typedef struct { int value; } atomic_t;
typedef struct { int value; } refcount_t;

#define atomic_set(a, n)	((a)->value = (n))
#define atomic_inc(a)		((void)(a)->value++)
#define atomic_dec(a)		((void)(a)->value--)
#define atomic_read(a)		((a)->value)
#define atomic_read_acquire(a)	((a)->value)
#define refcount_set(r, n)	((r)->value = (n))
#define refcount_inc(r)		((void)(r)->value++)
#define refcount_dec_and_test(r)	(!--(r)->value)
#define smp_mb()		((void)0)
#define smp_mb__before_atomic()	((void)0)
#define cmpxchg(p, old, new)	__sync_val_compare_and_swap(p, old, new)
#define rcu_read_lock()		((void)0)
#define rcu_read_unlock()	((void)0)
#define rcu_dereference(p)	(p)
#define cond_resched()		((void)0)

static inline bool test_bit(unsigned long n, const unsigned long *words)
{
	return words[n / 64] >> n % 64 & 1;
}

static inline void set_bit(unsigned long n, unsigned long *words)
{
	words[n / 64] |= 1UL << n % 64;
}

static inline void clear_bit(unsigned long n, unsigned long *words)
{
	words[n / 64] &= ~(1UL << n % 64);
}

static inline bool test_and_set_bit(unsigned long n, unsigned long *words)
{
	bool was = test_bit(n, words);

	set_bit(n, words);
	return was;
}

static inline bool test_and_clear_bit(unsigned long n, unsigned long *words)
{
	bool was = test_bit(n, words);

	clear_bit(n, words);
	return was;
}

/* ---- tasks ---- */

/* Few, so that a set of them is made in no time. */
#define PID_MAX_LIMIT		32768
#define TASK_COMM_LEN		16
#define PF_EXITING		0x04
#define PF_KTHREAD		0x200000
#define PIDTYPE_PID		0

struct pid {
	int refs;
	struct task_struct *task;
};

struct cred {
	u32 uid, gid;
};

struct task_struct {
	pid_t pid, tgid;
	unsigned int flags;
	char comm[TASK_COMM_LEN];
	u64 start_time;
	struct task_struct *group_leader, *real_parent;
	struct pid *number;
};

struct pid_namespace {
	int none;
};

#define SHIM_TASKS		4

/* The first is current. */
extern struct task_struct shim_tasks[SHIM_TASKS];
extern struct pid_namespace init_pid_ns;
extern const struct cred shim_cred;

#define current			(&shim_tasks[0])
#define current_real_cred()	(&shim_cred)
#define __kuid_val(id)		(id)
#define __kgid_val(id)		(id)
#define task_tgid(task)		((task)->group_leader->number)
#define pid_task(pid, type)	((pid)->task)
#define fatal_signal_pending(task)	false


#define for_each_process(task)	for ((task) = shim_tasks; (task) < shim_tasks + SHIM_TASKS; (task)++)
#define for_each_thread(leader, thread)	\
	for_each_process(thread) if ((thread)->group_leader != (leader)) {} else
#define for_each_process_thread(process, thread) \
	for ((process) = shim_tasks; (process); (process) = NULL) for_each_process(thread)

struct pid *find_vpid(int nr);
#define find_pid_ns(nr, ns)	((void)(ns), find_vpid(nr))

static inline struct pid *get_pid(struct pid *pid)
{
	if (pid)
		pid->refs++;
	return pid;
}

static inline void put_pid(struct pid *pid)
{
	if (pid)
		pid->refs--;
}

u64 ktime_get_ns(void);

static inline u64 hash_64(u64 value, unsigned int bits)
{
	return value * 0x61c8864680b583ebull >> (64 - bits);
}

/* ---- parameters ---- */

struct kernel_param {
	void *arg;
};

struct kernel_param_ops {
	int (*set)(const char *value, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
};

#define KBUILD_MODNAME		"sctrace"
#define THIS_MODULE		NULL
#define kernel_param_lock(module)	((void)0)
#define kernel_param_unlock(module)	((void)0)
#define param_get_uint		NULL
#define MODULE_PARM_DESC(name, text)	_Static_assert(sizeof(text), "")
#define __MODULE_PARM_TYPE(name, text)	_Static_assert(sizeof(text), "")
/* What insmod and /sys/module/sctrace/parameters look a parameter up in. */
#define module_param_cb(name, ops, argument, mode) \
	int shim_set_##name(const char *value); \
	int shim_set_##name(const char *value) \
	{ \
		return (ops)->set(value, &(struct kernel_param) { .arg = (void *)(argument) }); \
	} \
	_Static_assert(mode, "")
#define module_param(name, type, mode) \
	int shim_set_##name(const char *value); \
	int shim_set_##name(const char *value) \
	{ \
		return kstrtobool(value, &name); \
	} \
	_Static_assert(mode, "")

#endif
