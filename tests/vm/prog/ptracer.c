/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ptracer PID SECONDS SEED: processes that trace PID by ptrace(2), one after the other: they let it go from call to call, from
 * instruction to instruction, or have it stand still. They let it go, or end without a word, or are killed.
 *
 * Prints how many there were, and how many stops they have seen. Status 1: PID is gone.
 */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <linux/elf.h>
#include <time.h>
#include <unistd.h>

static pid_t pid;
static atomic_ulong *stops;	/* shared with the tracers */

static bool await_stop(void)
{
	int status;

	if (waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status))
		return false;
	atomic_fetch_add(stops, 1);
	return true;
}

static void look_at_registers(void)
{
	struct user_regs_struct regs;
	struct iovec iov = { &regs, sizeof(regs) };

	ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &iov);
}

/* So many stops of a kind. What stopped it else (another's SIGSTOP) goes no further. */
static bool walk(int request, unsigned int n)
{
	while (n--) {
		if (ptrace(request, pid, 0, 0) || !await_stop())
			return false;
		if (n % 8 == 0)
			look_at_registers();
	}
	return true;
}

static bool trap_is_pending(void)
{
	struct __ptrace_peeksiginfo_args which = { .nr = 16 };
	siginfo_t infos[16];
	long n = ptrace(PTRACE_PEEKSIGINFO, pid, &which, infos);

	while (n > 0) {
		if (infos[--n].si_signo == SIGTRAP)
			return true;
	}
	return false;
}

/*
 * A stop that was asked for (INTERRUPT) comes before the trap of a step that has been made: that would be delivered once nobody
 * traces the task, and kill it.
 */
static bool let_traps_out(void)
{
	while (trap_is_pending()) {
		if (ptrace(PTRACE_CONT, pid, 0, 0) || !await_stop())
			return false;
	}
	return true;
}

/* If the tracer of a task that has stopped at a call ends, the task gets the stop's signal: 0x80 | SIGTRAP is none. */
static bool take(unsigned int *seed)
{
	if (rand_r(seed) % 4 == 0)
		return !ptrace(PTRACE_ATTACH, pid, 0, 0) && await_stop() &&
		       !ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD);
	return !ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) && !ptrace(PTRACE_INTERRUPT, pid, 0, 0) && await_stop();
}

/* By steps of single instructions only one that lets it go properly: else the next step would kill it. */
static bool trace_for_a_while(unsigned int *seed, bool steps)
{
	bool goes_on = true;

	switch (rand_r(seed) % 3) {
	case 0:
		if (steps)
			return walk(PTRACE_SINGLESTEP, rand_r(seed) % 200);
		return walk(PTRACE_SYSCALL, rand_r(seed) % 100);
	case 1:
		usleep(rand_r(seed) % 5000);
		break;
	case 2:
		/* One by ATTACH knows no INTERRUPT: that is its end. */
		goes_on = let_traps_out() && !ptrace(PTRACE_CONT, pid, 0, 0);
		usleep(rand_r(seed) % 5000);
		goes_on = goes_on && !ptrace(PTRACE_INTERRUPT, pid, 0, 0) && await_stop();
		break;
	}
	return goes_on;
}

static void trace(unsigned int seed, bool steps)
{
	bool goes_on = take(&seed);

	while (goes_on && rand_r(&seed) % 6)
		goes_on = trace_for_a_while(&seed, steps);
	if (goes_on && (steps || rand_r(&seed) % 2) && let_traps_out())
		ptrace(PTRACE_DETACH, pid, 0, 0);
	_exit(0);
}

int main(int argc, char **argv)
{
	unsigned long tracers = 0;
	unsigned int seed;
	bool steps;
	time_t end;
	pid_t child;

	if (argc != 4)
		return 2;
	pid = atoi(argv[1]);
	end = time(NULL) + atoi(argv[2]);
	seed = atoi(argv[3]);
	stops = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (stops == MAP_FAILED)
		return 1;
	while (time(NULL) < end) {
		steps = rand_r(&seed) % 2;
		child = fork();
		if (child == 0)
			trace(rand_r(&seed), steps);
		if (!steps && rand_r(&seed) % 2) {
			usleep(rand_r(&seed) % 20000);
			kill(child, SIGKILL);
		}
		waitpid(child, NULL, 0);
		/* The stop of an ATTACH outlives its tracer. */
		if (kill(pid, SIGCONT)) {
			printf("%d is gone\n", pid);
			return 1;
		}
		tracers++;
	}
	printf("%lu tracers, %lu stops\n", tracers, atomic_load(stops));
	return 0;
}
