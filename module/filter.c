// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is recorded of the tasks in a scope.
 *
 * Most of it is the number of the call, which is one bit. What depends on arguments is
 * asked at the entry, and the exit does as the entry did. What depends on how the call ends is
 * asked at the exit, and then the whole call is one record.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/hash.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "compat/bpf_run.h"
#include "deferred.h"
#include "filter.h"
#include "plan.h"

/* Tasks of a session that can be in a call at a time and be known from its entry on. */
#define OPEN_BITS	14
#define NR_OPEN		BIT(OPEN_BITS)
/* Places where a task's call can be. */
#define OPEN_PROBES	8u

/**
 * struct sctrace_open_call - a call that has not returned
 * @tid: whose it is; 0: nobody's. Taken by cmpxchg, the rest belongs to that task
 * @entry: what is known
 */
struct sctrace_open_call {
	pid_t tid;
	struct sctrace_entry entry;
};

/* ---- the program ---- */

static int check_load(struct sock_filter *insn)
{
	if (insn->k % sizeof(u32) || insn->k >= sizeof(struct sctrace_filter_data))
		return -EINVAL;
	/* What the kernel turns into a load from the context: see seccomp_check_filter(). */
	insn->code = BPF_LDX | BPF_W | BPF_ABS;
	return 0;
}

/* After the kernel's own check: nothing that is about packets. */
static int check_program(struct sock_filter *insns, unsigned int n)
{
	unsigned int i;
	int err;

	for (i = 0; i < n; i++) {
		switch (insns[i].code) {
		case BPF_LD | BPF_W | BPF_ABS:
			err = check_load(&insns[i]);
			if (err)
				return err;
			break;
		case BPF_LD | BPF_W | BPF_LEN:
		case BPF_LDX | BPF_W | BPF_LEN:
			return -EINVAL;
		case BPF_LD | BPF_IMM:
		case BPF_LD | BPF_MEM:
		case BPF_LDX | BPF_IMM:
		case BPF_LDX | BPF_MEM:
		case BPF_ST:
		case BPF_STX:
		case BPF_MISC | BPF_TAX:
		case BPF_MISC | BPF_TXA:
		case BPF_RET | BPF_K:
		case BPF_RET | BPF_A:
			break;
		default:
			if (BPF_CLASS(insns[i].code) != BPF_ALU &&
			    BPF_CLASS(insns[i].code) != BPF_JMP)
				return -EINVAL;
		}
	}
	return 0;
}

static int load_program(struct sctrace_call_filter *filter, const struct sctrace_filter *from)
{
	struct sock_fprog program = {
		.len = from->nr_insns,
		.filter = (struct sock_filter __user *)u64_to_user_ptr(from->program),
	};
	int err;

	if (from->nr_insns > BPF_MAXINSNS)
		return -EINVAL;
	err = bpf_prog_create_from_user(&filter->program, &program, check_program, false);
	if (err)
		filter->program = NULL;
	/* No word for a program: the compiler had no memory, and there is no interpreter. */
	return err == -ENOTSUPP ? -ENOMEM : err;
}

static bool program_wants(const struct sctrace_call_filter *filter,
			  const struct sctrace_syscall *call, u64 duration)
{
	const struct cred *cred = current_real_cred();
	struct sctrace_filter_data data = {
		.result = call->result,
		.duration = duration,
		.nr = call->nr,
		.abi = call->abi,
		.tid = current->pid,
		.pid = current->tgid,
		.uid = __kuid_val(cred->uid),
		.gid = __kgid_val(cred->gid),
		.cpu = raw_smp_processor_id(),
		.random = hash_64(ktime_get_ns() ^ (u64)current->pid << 32, 32),
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(data.args); i++)
		data.args[i] = call->args[i];
	return bpf_prog_run(filter->program, &data);
}

/* ---- beginning and end ---- */

static bool is_all(const u64 *results)
{
	return (results[0] & results[1] & results[2]) == U64_MAX;
}

/* If there are paths, a call that has none is not wanted. */
static void take_calls(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
		       const struct sctrace_filter *from)
{
	unsigned int abi, nr;

	memcpy(filter->calls, from->calls, sizeof(filter->calls));
	memcpy(filter->sigreturns, from->sigreturns, sizeof(filter->sigreturns));
	/* That a byte of sigreturns is true need not mean that it is 0xff. */
	filter->some = from->nr_paths || memchr_inv(from->calls, 0xff, sizeof(from->calls)) ||
		       memchr(from->sigreturns, 0, sizeof(from->sigreturns));
	if (!from->nr_paths)
		return;
	memset(filter->sigreturns, 0, sizeof(filter->sigreturns));
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
			if (!plans->calls[abi][nr].has_paths)
				filter->calls[abi][nr / 64] &= ~(1ULL << nr % 64);
		}
	}
}

static bool is_good(const struct sctrace_filter *from)
{
	unsigned int i;

	if (from->flags & ~(SCTRACE_FILTER_WHOLE | SCTRACE_FILTER_AT_EXIT |
			    SCTRACE_FILTER_NO_ENTER))
		return false;
	if (from->flags & SCTRACE_FILTER_NO_ENTER && (from->min_duration || from->nr_paths))
		return false;
	for (i = 0; i < ARRAY_SIZE(from->reserved); i++) {
		if (from->reserved[i])
			return false;
	}
	if (from->rate > SCTRACE_MAX_RATE || from->reserved2)
		return false;
	return !from->program == !from->nr_insns;
}

/**
 * sctrace_filter_init() - make a filter
 * @filter: zeroed, which is one that lets every call pass
 * @plans: the session's
 * @from: what is asked for
 *
 * Context: may sleep.
 * Return: 0, -EINVAL, -EFAULT, -ENOMEM; on error sctrace_filter_free() is to be called.
 */
int sctrace_filter_init(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			const struct sctrace_filter *from)
{
	struct sctrace_paths *paths;
	int err;

	if (!is_good(from))
		return -EINVAL;
	take_calls(filter, plans, from);
	memcpy(filter->results, from->results, sizeof(filter->results));
	filter->min_duration = from->min_duration;
	filter->sample = from->sample;
	filter->whole = from->flags || !is_all(from->results) || from->min_duration;
	filter->detailed = filter->whole || from->sample > 1 || from->rate || from->program ||
			   from->nr_paths;
	filter->no_enter = from->flags & SCTRACE_FILTER_NO_ENTER;
	filter->at_return = filter->no_enter && is_all(from->results) && from->sample <= 1 &&
			    !from->rate && !from->program;
	if (from->program) {
		err = load_program(filter, from);
		if (err)
			return err;
	}
	paths = sctrace_paths_make(from);
	if (IS_ERR(paths))
		return PTR_ERR(paths);
	filter->paths = paths;
	filter->counts = alloc_percpu(struct sctrace_filter_counts);
	if (!filter->counts)
		return -ENOMEM;
	err = sctrace_rate_init(&filter->rate, from->rate);
	if (err)
		return err;
	if (filter->no_enter)
		return 0;
	if (filter->whole) {
		filter->open = kvcalloc(NR_OPEN, sizeof(*filter->open), GFP_KERNEL_ACCOUNT);
		return filter->open ? 0 : -ENOMEM;
	}
	return filter->detailed ? sctrace_pidset_init(&filter->wanted) : 0;
}

/**
 * sctrace_filter_free() - give back what init took
 * @filter: one that no probe uses any more; zeroed is fine, and so is freeing it again
 *
 * Context: may sleep.
 */
void sctrace_filter_free(struct sctrace_call_filter *filter)
{
	if (filter->program)
		bpf_prog_destroy(filter->program);
	sctrace_paths_put(filter->paths);
	free_percpu(filter->counts);
	sctrace_rate_free(&filter->rate);
	kvfree(filter->open);
	sctrace_pidset_free(&filter->wanted);
	memset(filter, 0, sizeof(*filter));
}

/* ---- in the probes: preemption is off ---- */

static bool sample_wants(struct sctrace_call_filter *filter)
{
	struct sctrace_filter_counts *counts = this_cpu_ptr(filter->counts);

	if (filter->sample <= 1 || !(counts->passed++ % filter->sample))
		return true;
	WRITE_ONCE(counts->left_out, counts->left_out + 1);
	return false;
}

static bool rate_wants(struct sctrace_call_filter *filter, u64 now)
{
	struct sctrace_filter_counts *counts = this_cpu_ptr(filter->counts);

	if (sctrace_rate_take(&filter->rate, current->pid, now))
		return true;
	WRITE_ONCE(counts->limited, counts->limited + 1);
	return false;
}

static enum sctrace_verdict look_at_paths(const struct sctrace_call_filter *filter,
					  const struct sctrace_plans *plans,
					  const struct sctrace_syscall *call)
{
	return filter->paths ? sctrace_path_look(filter->paths, plans, call) : SCTRACE_WANTED;
}

static bool note_verdict(struct sctrace_syscall *call, enum sctrace_verdict verdict)
{
	call->flags = verdict == SCTRACE_UNDECIDED ? SCTRACE_HDR_UNDECIDED : 0;
	return verdict != SCTRACE_UNWANTED;
}

/**
 * sctrace_filter_skip() - the call that current is about to do is not wanted
 * @filter: the one by which it is not
 *
 * Context: the entry probe, preemption off.
 */
void sctrace_filter_skip(struct sctrace_call_filter *filter)
{
	sctrace_pidset_del(&filter->wanted, current->pid);
}

/**
 * sctrace_filter_entry() - whether a call is wanted, as far as can be told at its entry
 * @filter: one with @detailed and not @whole
 * @plans: the session's
 * @call: what current is about to do; its flags are filled in
 * @now: the time, ns
 *
 * If it is, so is its exit: the task is in @wanted until then.
 *
 * Context: the entry probe.
 * Return: whether it is.
 */
bool sctrace_filter_entry(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			  struct sctrace_syscall *call, u64 now)
{
	bool wanted = (!filter->program || program_wants(filter, call, 0)) &&
		      note_verdict(call, look_at_paths(filter, plans, call)) &&
		      sample_wants(filter) && rate_wants(filter, now);

	if (wanted)
		sctrace_pidset_add(&filter->wanted, current->pid);
	else if (sctrace_pidset_has(&filter->wanted, current->pid))
		/* Of a call that ended when its task was out of the scope. */
		sctrace_filter_skip(filter);
	return wanted;
}

/**
 * sctrace_filter_asleep() - whether a call is wanted after all, if that could not be told before
 * @paths: the filter's
 * @plans: the session's
 * @call: what current is about to do; its flags are filled in
 * @room: SCTRACE_PATH_ROOM_BYTES, 8-byte aligned
 *
 * If it is not, sctrace_filter_skip() is to be called.
 *
 * Context: the entry probe, where it may sleep.
 * Return: whether it is.
 */
bool sctrace_filter_asleep(struct sctrace_paths *paths, const struct sctrace_plans *plans,
			   struct sctrace_syscall *call, void *room)
{
	return note_verdict(call, sctrace_path_look_asleep(paths, plans, call, room));
}

static bool result_wanted(const struct sctrace_call_filter *filter, long result)
{
	unsigned int bit = IS_ERR_VALUE(result) ? min(-result, 191L) : 0;

	return filter->results[bit / 64] >> bit % 64 & 1;
}

/**
 * sctrace_filter_exit() - whether a call is wanted that has come to its end
 * @filter: one with @whole
 * @call: what current has done
 * @duration: ns; U64_MAX: not known
 * @now: the time, ns
 *
 * Context: the exit probe.
 * Return: whether it is.
 */
bool sctrace_filter_exit(struct sctrace_call_filter *filter, const struct sctrace_syscall *call,
			 u64 duration, u64 now)
{
	if (!result_wanted(filter, call->result) || duration < filter->min_duration)
		return false;
	if (filter->program &&
	    !program_wants(filter, call, duration == U64_MAX ? 0 : duration))
		return false;
	return sample_wants(filter) && rate_wants(filter, now);
}

/* The task's own place; if it has none and @tid is not 0, a free one. NULL: there is none. */
static struct sctrace_open_call *find_open(struct sctrace_call_filter *filter, pid_t tid, bool take)
{
	unsigned int start = hash_32(tid, OPEN_BITS), i;
	struct sctrace_open_call *open;

	for (i = 0; i < OPEN_PROBES; i++) {
		open = &filter->open[(start + i) % NR_OPEN];
		if (READ_ONCE(open->tid) == tid)
			return open;
	}
	for (i = 0; take && i < OPEN_PROBES; i++) {
		open = &filter->open[(start + i) % NR_OPEN];
		/* Pairs with the release in give_back(): the last user has done with it. */
		if (!READ_ONCE(open->tid) && !cmpxchg(&open->tid, 0, tid))
			return open;
	}
	return NULL;
}

static void give_back(struct sctrace_open_call *open)
{
	smp_store_release(&open->tid, 0);	/* pairs with the cmpxchg in find_open() */
}

/**
 * sctrace_filter_begin() - keep what is known of a call until it ends
 * @filter: one with @whole and not @no_enter
 * @plans: the session's
 * @call: what current is about to do
 * @nr: its number, all of it
 * @now: the time, ns
 *
 * Context: the entry probe.
 */
void sctrace_filter_begin(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			  const struct sctrace_syscall *call, long nr, u64 now)
{
	struct sctrace_open_call *open = find_open(filter, current->pid, true);

	if (!open)
		return;
	open->entry.time = now;
	open->entry.nr = nr;
	open->entry.abi = call->abi;
	/* As it returns, close(2) has no descriptor any more. */
	open->entry.verdict = look_at_paths(filter, plans, call);
	open->entry.execed = false;
	memcpy(open->entry.args, call->args, sizeof(open->entry.args));
}

/**
 * sctrace_filter_end() - what is known of the call that ends
 * @filter: one with @whole
 *
 * Context: the exit probe.
 * Return: it; with .time 0 if there was no room for it, it began before the session, or nothing is
 * heard of entries.
 */
struct sctrace_entry sctrace_filter_end(struct sctrace_call_filter *filter)
{
	struct sctrace_entry entry = { 0 };
	struct sctrace_open_call *open;

	open = filter->open ? find_open(filter, current->pid, false) : NULL;
	if (open) {
		entry = open->entry;
		give_back(open);
	}
	return entry;
}

/**
 * sctrace_filter_exec() - the current task has another image: its call's memory is gone
 * @filter: any
 *
 * Context: the exec probe.
 */
void sctrace_filter_exec(struct sctrace_call_filter *filter)
{
	struct sctrace_open_call *open;

	open = filter->open ? find_open(filter, current->pid, false) : NULL;
	if (open)
		open->entry.execed = true;
}

/**
 * sctrace_filter_renumber() - a task gets another number
 * @filter: any
 * @from: what it had
 * @to: what it gets
 *
 * Context: any that does not sleep; the task itself makes no call meanwhile.
 */
void sctrace_filter_renumber(struct sctrace_call_filter *filter, pid_t from, pid_t to)
{
	struct sctrace_open_call *old, *new;

	if (filter->wanted.bits && sctrace_pidset_del(&filter->wanted, from))
		sctrace_pidset_add(&filter->wanted, to);
	sctrace_rate_renumber(&filter->rate, from, to);
	old = filter->open ? find_open(filter, from, false) : NULL;
	if (!old)
		return;
	new = find_open(filter, to, true);
	if (new)
		new->entry = old->entry;
	give_back(old);
}

/**
 * sctrace_filter_task_exit() - forget a task
 * @filter: any
 *
 * Context: the exit probe of tasks.
 */
void sctrace_filter_task_exit(struct sctrace_call_filter *filter)
{
	if (filter->wanted.bits)
		sctrace_pidset_del(&filter->wanted, current->pid);
	sctrace_filter_end(filter);
	sctrace_rate_forget(&filter->rate, current->pid);
}

/**
 * sctrace_filter_add_counts() - say what the filter has left out
 * @filter: any
 * @sum: its counts are added here; exact when no probe runs
 *
 * Context: any.
 */
void sctrace_filter_add_counts(const struct sctrace_call_filter *filter,
			       struct sctrace_filter_counts *sum)
{
	const struct sctrace_filter_counts *counts;
	int cpu;

	if (!filter->counts)
		return;
	for_each_possible_cpu(cpu) {
		counts = per_cpu_ptr(filter->counts, cpu);
		sum->passed += READ_ONCE(counts->passed);
		sum->left_out += READ_ONCE(counts->left_out);
		sum->limited += READ_ONCE(counts->limited);
	}
}
