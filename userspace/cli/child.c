/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starting the command to be traced, held back until the trace runs. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "die.h"

/* How often, and how far apart, it is looked whether the child sleeps: for a second at most. */
#define SLEEP_TRIES	5000
#define SLEEP_US	200

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The kernel says of one that it may not be run. */
static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The program that a shell would run. NULL: there is none of that name. Valid until the next call. */
const char *sct_child_find(const char *name)
{
	static char path[PATH_MAX];
	const char *dirs = getenv("PATH");

	if (strchr(name, '/'))
		return is_program(name) ? name : NULL;
	if (!dirs)
		dirs = "/usr/bin:/bin";
	while (*dirs) {
		int n = strcspn(dirs, ":");

		/* An empty entry is the current directory. */
		if (snprintf(path, sizeof(path), "%.*s/%s", n ? n : 1, n ? dirs : ".", name) <
			    (int)sizeof(path) &&
		    is_program(path))
			return path;
		dirs += n + (dirs[n] == ':');
	}
	return NULL;
}

/* It is found here, so that the child makes one exec and no failing ones. */
static const char *program_of(const char *name)
{
	const char *path = strchr(name, '/') ? name : sct_child_find(name);
	struct stat st;

	if (!path)
		die("cannot run '%s': no such program in PATH", name);
	if (path == name && stat(name, &st) < 0)
		die("cannot run '%s': %s", name, strerror(errno));
	return path;
}

/* Of a command that could not be run, as of shells. */
static int status_of(int error)
{
	return error == ENOENT ? 127 : 126;
}

/* Does not return. The reader says it; if that one has died, nobody does. */
static void give_up(int failed, int error)
{
	if (write(failed, &error, sizeof(error)) < 0)
		_exit(1);
	_exit(status_of(error));
}

static void change_environment(const struct sct_child_how *how)
{
	unsigned int i;

	for (i = 0; i < how->nr_env; i++) {
		if (strchr(how->env[i], '='))
			putenv(how->env[i]);
		else
			unsetenv(how->env[i]);
	}
}

/* All that can be before the trace runs, so that it is not in it. */
static void prepare(const struct sct_child_how *how, char **command, int failed)
{
	int error = how->user.given ? sct_user_become(&how->user) : 0;

	if (error)
		give_up(failed, error);
	change_environment(how);
	if (how->argv0)
		command[0] = (char *)how->argv0;
	/* The reader waits for this word, and then until the read behind it sleeps. */
	if (write(failed, &error, sizeof(error)) < 0)
		_exit(1);
}

/* Both pipes close by themselves when the exec succeeds. */
static void run(const char *path, char **command, int go, int failed)
{
	char byte;

	/* No byte comes if the reader has died. */
	if (read(go, &byte, 1) != 1)
		_exit(1);
	execv(path, command);
	give_up(failed, errno);
}

/* Of /proc/PID/stat, proc(5): a letter, or 0 if it is not told. */
static char state_of(pid_t pid)
{
	char path[32], line[512], *name_end;
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	n = file ? fread(line, 1, sizeof(line) - 1, file) : 0;
	if (file)
		fclose(file);
	line[n] = '\0';
	name_end = strrchr(line, ')');
	return name_end && name_end[1] ? name_end[2] : 0;
}

/*
 * Until the child sleeps in its read: else the trace would have its way there. One that somebody has stopped is not waited
 * for.
 */
static void wait_for_sleep(pid_t pid)
{
	unsigned int tries;
	char state;

	for (tries = 0; tries < SLEEP_TRIES; tries++) {
		state = state_of(pid);
		if (!state || state == 'S' || state == 'T')
			return;
		usleep(SLEEP_US);
	}
}

/* Until it waits for its start. A user is one that it may not be able to become. */
static void wait_for_child(const struct sct_child *child, const struct sct_child_how *how)
{
	int error = ESRCH;
	ssize_t got;

	do {
		got = read(child->failed, &error, sizeof(error));
	} while (got < 0 && errno == EINTR);
	if (got == sizeof(error) && !error) {
		wait_for_sleep(child->pid);
		return;
	}
	if (!got)
		die("the command has ended before its start");
	if (how->user.given)
		die("-u %s: cannot become that user: %s", how->user.given, strerror(error));
	die("the command could not be started: %s", strerror(error));
}

/* Does not return. */
static void be_command(const struct sct_child *child, char **command, const struct sct_child_how *how, int go[2], int failed)
{
	close(go[1]);
	prepare(how, command, failed);
	run(child->path, command, go[0], failed);
}

/*
 * This process is to be the command. Who returns is a child of its child, which ends at once: so the command has no child
 * that it did not make, unless it takes in those of its children.
 */
static void go_apart(struct sct_child *child, char **command, const struct sct_child_how *how, int go[2], int failed)
{
	pid_t between;

	child->pid = getpid();
	between = fork();
	if (between < 0)
		die("cannot make a process: %s", strerror(errno));
	if (between > 0) {
		/* If there is no reader, no byte comes, and that is the end. */
		waitpid(between, NULL, 0);
		be_command(child, command, how, go, failed);
	}
	switch (fork()) {
	case -1:
		die("cannot make a process: %s", strerror(errno));
	case 0:
		break;
	default:
		_exit(0);
	}
	if (how->apart == SCT_CHILD_GROUP)
		setpgid(0, 0);
	if (how->apart == SCT_CHILD_SESSION)
		setsid();
}

/* The child that waits for its word. If the reader ends without giving one, the child has ended, too, by the time that it does. */
static struct {
	pid_t pid;
	int go;
} held;

static void let_go(void)
{
	if (!held.pid)
		return;
	close(held.go);
	while (waitpid(held.pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Makes the child; ends the program if the command is not there, or cannot have its user. */
void sct_child_start(struct sct_child *child, char **command, const struct sct_child_how *how)
{
	int fds[2], failed[2];

	child->path = program_of(command[0]);
	if (pipe2(fds, O_CLOEXEC) < 0 || pipe2(failed, O_CLOEXEC) < 0)
		die("cannot make a pipe: %s", strerror(errno));
	fflush(NULL);
	child->pid = how->apart ? 0 : fork();
	if (child->pid < 0)
		die("cannot make a process: %s", strerror(errno));
	if (how->apart)
		go_apart(child, command, how, fds, failed[1]);
	else if (child->pid == 0)
		be_command(child, command, how, fds, failed[1]);
	close(fds[0]);
	close(failed[1]);
	child->go = fds[1];
	child->failed = failed[0];
	if (!how->apart) {
		held.pid = child->pid;
		held.go = child->go;
		atexit(let_go);
	}
	wait_for_child(child, how);
}

void sct_child_go(struct sct_child *child)
{
	if (write(child->go, "", 1) != 1)
		die("the command could not be started: %s", strerror(errno));
	held.pid = 0;
	close(child->go);
}

/* What ends us ends the command, too, as under strace; if it was stopped, it goes on to see it. */
void sct_child_signal(const struct sct_child *child, int signo)
{
	kill(child->pid, SIGCONT);
	kill(child->pid, signo);
}

/* Says why there was no exec, if there was none. The child has ended, or its exec has. Return: its status by then. */
int sct_child_tell(struct sct_child *child)
{
	int error, status = 0;

	if (read(child->failed, &error, sizeof(error)) == sizeof(error)) {
		complain("cannot run '%s': %s", child->path, strerror(is_folder(child->path) ? EISDIR : error));
		status = status_of(error);
	}
	close(child->failed);
	return status;
}
