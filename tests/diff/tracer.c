// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The module's records without the module: ptrace(2) says what the tracepoints say, and the
 * memory is read by module/capture.c itself. A record is put together as module/probe.c does. What
 * differs: a page that is not in memory is brought there, so nothing is ever late but what cannot be
 * read at all; and an ignored signal, which ptrace shows, is a record.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __x86_64__
#include <sys/reg.h>
#else
#include <elf.h>
#include <sys/uio.h>
#include <sys/user.h>
#endif

#include <linux/kernel.h>
#include <linux/minmax.h>

#include "capture.h"
#include "tracer.h"
#include "user_memory.h"

#define OPTIONS	(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL)
/* Only then: else whoever is made could not be traced by its parent. */
#define FOLLOW	(PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK)

/* A task, and the call it is in. */
struct task {
	struct task *next;
	pid_t tid;
	pid_t tgid;
	bool begun;			/* it has stopped for the first time */
	bool known;			/* its parent's record is made */
	bool faulted;			/* the entry could not read something */
	bool unmade;			/* its call is not made */
	uint8_t abi;
	uint64_t nr;
	unsigned long args[6];
};

static struct task *tasks;
static uint64_t record_words[SCTRACE_RECORD_MAX_BYTES / 8];
static bool recording;			/* the command has come to its execve */

static void __attribute__((noreturn)) fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(125);
}

static struct task *find_task(pid_t tid)
{
	struct task *task = tasks;

	while (task && task->tid != tid)
		task = task->next;
	return task;
}

static pid_t tgid_of(pid_t tid)
{
	char path[64], line[256];
	int tgid = tid;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", tid);
	f = fopen(path, "re");
	if (!f)
		return tid;
	while (fgets(line, sizeof(line), f) && sscanf(line, "Tgid: %d", &tgid) != 1)
		;
	fclose(f);
	return tgid;
}

static struct task *add_task(pid_t tid)
{
	struct task *task = calloc(1, sizeof(*task));

	if (!task)
		fail("calloc");
	task->tid = tid;
	task->tgid = tgid_of(tid);
	task->next = tasks;
	tasks = task;
	return task;
}

static void remove_task(struct task *task)
{
	struct task **at = &tasks;

	while (*at != task)
		at = &(*at)->next;
	*at = task->next;
	free(task);
}

static void *begin_record(uint8_t type, const struct task *task)
{
	struct sctrace_hdr *hdr = (void *)record_words;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	*hdr = (struct sctrace_hdr) {
		.type = type,
		.tid = task->tid,
		.tgid = task->tgid,
		.time = now.tv_sec * 1000000000ULL + now.tv_nsec,
	};
	return hdr;
}

static void end_record(const struct tracer *t, struct sctrace_hdr *hdr, const void *end)
{
	hdr->words = ((const uint8_t *)end - (const uint8_t *)hdr) / 8;
	if (recording)
		t->record(t->data, hdr);
}

/* The plan for these arguments: one for a certain value, else the one for all others. */
static const struct sctrace_plan *find_plan(const struct tracer *t, const struct task *task)
{
	static const struct sctrace_plan unknown = { .nr_args = 6 };
	const struct sctrace_plan *general = NULL;
	uint32_t i;

	for (i = 0; i < t->nr_plans; i++) {
		const struct sctrace_plan *plan = &t->plans[i];

		if (plan->abi != task->abi || plan->nr != task->nr)
			continue;
		if (!plan->select_mask)
			general = plan;
		else if (((uint32_t)task->args[plan->select_arg] & plan->select_mask) == plan->select_value)
			return plan;
	}
	return general ?: &unknown;
}

static uint32_t entry_steps(const struct tracer *t, const struct sctrace_plan *plan)
{
	uint32_t n = 0;

	while (n < plan->nr_steps && t->steps[plan->first_step + n].when == SCTRACE_STEP_ENTER)
		n++;
	return n;
}

/* Return: behind the last piece. */
static void *capture(const struct tracer *t, struct task *task, const struct sctrace_plan *plan, void *at,
		     long result, uint8_t flags, uint32_t from, uint32_t to)
{
	struct sctrace_capture c = {
		.steps = t->steps + plan->first_step,
		.args = task->args,
		.result = result,
		.first = at,
		.at = at,
		.end = (uint8_t *)record_words + sizeof(record_words),
		.flags = flags,
		.may_sleep = true,
	};

	user_tid = task->tid;
	sctrace_capture_steps(&c, from, to);
	task->faulted = c.faulted;
	return c.at;
}

static void record_enter(const struct tracer *t, struct task *task)
{
	const struct sctrace_plan *plan = find_plan(t, task);
	struct sctrace_hdr *hdr = begin_record(SCTRACE_REC_ENTER, task);
	uint64_t *word = (uint64_t *)(hdr + 1);
	unsigned int i;

	hdr->abi = task->abi;
	hdr->nr = min_t(uint64_t, task->nr, SCTRACE_NR_NONE);
	hdr->nr_args = plan->nr_args;
	if (hdr->nr == SCTRACE_NR_NONE)
		*word++ = task->nr;
	for (i = 0; i < plan->nr_args; i++)
		*word++ = task->args[i];
	end_record(t, hdr, capture(t, task, plan, word, 0, 0, 0, entry_steps(t, plan)));
}

static void record_exit(const struct tracer *t, struct task *task, uint8_t abi, uint64_t nr,
			long result)
{
	const struct sctrace_plan *plan = find_plan(t, task);
	struct sctrace_hdr *hdr = begin_record(SCTRACE_REC_EXIT, task);
	uint32_t nr_enter = entry_steps(t, plan);
	int64_t *word = (int64_t *)(hdr + 1);
	void *at;

	hdr->abi = abi;
	hdr->nr = min_t(uint64_t, nr, SCTRACE_NR_NONE);
	*word++ = result;
	at = word;
	if (task->faulted)
		at = capture(t, task, plan, at, 0, SCTRACE_PIECE_LATE, 0, nr_enter);
	at = capture(t, task, plan, at, result, 0, nr_enter, plan->nr_steps);
	end_record(t, hdr, at);
}

void tracer_pretend(const struct tracer *t, uint8_t abi, uint64_t nr, const uint64_t *args, long result)
{
	struct task task = { .tid = getpid(), .tgid = getpid(), .abi = abi, .nr = nr };

	recording = true;
	memcpy(task.args, args, sizeof(task.args));
	record_enter(t, &task);
	record_exit(t, &task, abi, nr, result);
}

static uint8_t abi_of(uint32_t audit_arch, uint64_t *nr)
{
	switch (audit_arch) {
	case AUDIT_ARCH_I386:
	case AUDIT_ARCH_ARM:
		return SCTRACE_ABI_COMPAT;
	case AUDIT_ARCH_X86_64:
		if (*nr < UINT32_MAX && (*nr & 0x40000000)) {
			*nr &= ~0x40000000ULL;
			return SCTRACE_ABI_X32;
		}
		/* fallthrough */
	default:
		return SCTRACE_ABI_NATIVE;
	}
}

/* What the registers say by now: a return from a signal has wiped the number. */
static uint64_t number_at_exit(const struct task *task)
{
#ifdef __x86_64__
	return ptrace(PTRACE_PEEKUSER, task->tid, 8 * ORIG_RAX, NULL);
#else
	return task->nr;
#endif
}

static bool is_unmade(const struct tracer *t, const struct task *task)
{
	unsigned int i;

	for (i = 0; i < t->nr_unmade && task->abi == SCTRACE_ABI_NATIVE; i++) {
		if (task->nr == (uint64_t)t->unmade[i])
			return true;
	}
	return false;
}

/* The number of the call that the task is about to make. */
static void set_number(const struct task *task, long nr)
{
#ifdef __x86_64__
	ptrace(PTRACE_POKEUSER, task->tid, 8 * ORIG_RAX, nr);
#else
	int number = nr;
	struct iovec bytes = { &number, sizeof(number) };

	ptrace(PTRACE_SETREGSET, task->tid, NT_ARM_SYSTEM_CALL, &bytes);
#endif
}

static void set_result(const struct task *task, long result)
{
#ifdef __x86_64__
	ptrace(PTRACE_POKEUSER, task->tid, 8 * RAX, result);
#else
	struct user_regs_struct regs;
	struct iovec bytes = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, task->tid, NT_PRSTATUS, &bytes) == 0) {
		regs.regs[0] = result;
		ptrace(PTRACE_SETREGSET, task->tid, NT_PRSTATUS, &bytes);
	}
#endif
}

static void syscall_stop(const struct tracer *t, struct task *task)
{
	struct __ptrace_syscall_info info;
	unsigned int i;
	uint64_t nr;
	uint8_t abi;
	long result;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info), &info) < 0)
		return;
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		task->nr = info.entry.nr;
		task->abi = abi_of(info.arch, &task->nr);
		for (i = 0; i < 6; i++)
			task->args[i] = task->abi == SCTRACE_ABI_COMPAT ? (uint32_t)info.entry.args[i] :
									  info.entry.args[i];
		recording |= task->nr == SYS_execve;
		record_enter(t, task);
		task->unmade = recording && is_unmade(t, task);
		if (task->unmade)
			set_number(task, -1);
		return;
	}
	if (task->unmade) {
		set_result(task, 0);
		record_exit(t, task, task->abi, task->nr, 0);
		return;
	}
	/* An execve returns in the new image's ABI. */
	nr = number_at_exit(task);
	abi = abi_of(info.arch, &nr);
	result = info.exit.rval;
	if (abi == SCTRACE_ABI_COMPAT && !info.exit.is_error)
		result = (uint32_t)result;
	record_exit(t, task, abi, nr, result);
}

static void resume(pid_t tid, int signo)
{
	ptrace(PTRACE_SYSCALL, tid, 0, (long)signo);
}

/* A new task's first record is the return from the call that made it. */
static void let_child_go(const struct tracer *t, struct task *child)
{
	record_exit(t, child, child->abi, child->nr, 0);
	resume(child->tid, 0);
}

static void fork_stop(const struct tracer *t, const struct task *parent)
{
	struct sctrace_rec_fork *rec;
	struct task *child;
	unsigned long tid;

	if (ptrace(PTRACE_GETEVENTMSG, parent->tid, 0, &tid) < 0)
		return;
	/* Its first stop may have come before. */
	child = find_task(tid) ?: add_task(tid);
	child->known = true;
	child->nr = parent->nr;
	child->abi = parent->abi;
	memcpy(child->args, parent->args, sizeof(child->args));
	rec = begin_record(SCTRACE_REC_FORK, parent);
	rec->child_tid = child->tid;
	rec->child_tgid = child->tgid;
	end_record(t, &rec->hdr, rec + 1);
	if (child->begun)
		let_child_go(t, child);
}

static struct task *exec_stop(const struct tracer *t, struct task *task)
{
	unsigned long old_tid = task->tid;
	struct sctrace_rec_exec *rec;
	struct task *caller;

	ptrace(PTRACE_GETEVENTMSG, task->tid, 0, &old_tid);
	caller = find_task(old_tid);
	/* A thread that is no leader goes on under the leader's number. */
	if (caller && caller != task) {
		caller->tid = task->tid;
		remove_task(task);
		task = caller;
	}
	task->faulted = false;
	rec = begin_record(SCTRACE_REC_EXEC, task);
	rec->old_tid = old_tid;
	rec->reserved = 0;
	end_record(t, &rec->hdr, rec + 1);
	return task;
}

static void exit_stop(const struct tracer *t, const struct task *task)
{
	struct sctrace_rec_task_exit *rec = begin_record(SCTRACE_REC_TASK_EXIT, task);
	unsigned long status = 0;

	ptrace(PTRACE_GETEVENTMSG, task->tid, 0, &status);
	rec->status = status;
	rec->reserved = 0;
	end_record(t, &rec->hdr, rec + 1);
}

static void signal_stop(const struct tracer *t, const struct task *task, int signo)
{
	struct sctrace_rec_signal *rec;
	siginfo_t info;

	if (ptrace(PTRACE_GETSIGINFO, task->tid, 0, &info) < 0)
		return;
	rec = begin_record(SCTRACE_REC_SIGNAL, task);
	rec->signo = signo;
	rec->code = info.si_code;
	rec->error = info.si_errno;
	rec->reserved = 0;
	memcpy(rec->fields, &info.si_pid, sizeof(rec->fields));
	end_record(t, &rec->hdr, rec + 1);
}

/* A task stopped: makes its record and lets it go on. */
static void stopped(const struct tracer *t, struct task *task, int status)
{
	int signo = WSTOPSIG(status), event = status >> 16;

	switch (event) {
	case 0:
		if (signo == (SIGTRAP | 0x80)) {
			syscall_stop(t, task);
			signo = 0;
		} else {
			signal_stop(t, task, signo);
		}
		break;
	case PTRACE_EVENT_STOP:
		if (signo == SIGSTOP || signo == SIGTSTP || signo == SIGTTIN || signo == SIGTTOU) {
			ptrace(PTRACE_LISTEN, task->tid, 0, 0);
			return;
		}
		signo = 0;
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		fork_stop(t, task);
		signo = 0;
		break;
	case PTRACE_EVENT_EXEC:
		task = exec_stop(t, task);
		signo = 0;
		break;
	case PTRACE_EVENT_EXIT:
		exit_stop(t, task);
		signo = 0;
		break;
	}
	resume(task->tid, signo);
}

/* The first stop of a task that was made: it goes on once its parent has told of it. */
static void first_stop(const struct tracer *t, struct task *task)
{
	task->begun = true;
	if (task->known)
		let_child_go(t, task);
}

/* Return: the command's status as wait(2) gives it, once no task is left. */
static int follow(const struct tracer *t, pid_t command)
{
	int command_status = 0;

	while (tasks) {
		struct task *task;
		int status;
		pid_t tid = waitpid(-1, &status, __WALL);

		if (tid < 0 && errno == EINTR)
			continue;
		if (tid < 0)
			break;
		task = find_task(tid);
		if (!WIFSTOPPED(status)) {
			if (tid == command)
				command_status = status;
			if (task)
				remove_task(task);
			continue;
		}
		if (!task)
			task = add_task(tid);
		if (!task->begun)
			first_stop(t, task);
		else
			stopped(t, task, status);
	}
	return command_status;
}

static void __attribute__((noreturn)) run(char **command, int go)
{
	char byte;

	/* No byte comes if the tracer has died. */
	if (read(go, &byte, 1) != 1)
		_exit(125);
	execv(command[0], command);
	fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
	_exit(127);
}

/**
 * tracer_run() - run a command and make the records of it, from its execve on
 * @t: what to capture, and who gets the records
 * @command: a path, and the arguments
 *
 * Return: the command's status as wait(2) gives it.
 */
int tracer_run(const struct tracer *t, char **command)
{
	struct task *task;
	int go[2], status;
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) < 0)
		fail("pipe2");
	pid = fork();
	if (pid < 0)
		fail("fork");
	if (!pid)
		run(command, go[0]);
	close(go[0]);
	if (ptrace(PTRACE_SEIZE, pid, 0, t->follow ? OPTIONS | FOLLOW : OPTIONS) < 0 || ptrace(PTRACE_INTERRUPT, pid, 0, 0) < 0 ||
	    waitpid(pid, &status, 0) != pid)
		fail("ptrace");
	task = add_task(pid);
	task->begun = true;
	task->known = true;
	recording = false;
	resume(pid, 0);
	if (write(go[1], "", 1) != 1)
		fail("write");
	close(go[1]);
	return follow(t, pid);
}
