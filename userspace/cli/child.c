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
#include <unistd.h>

#include "child.h"
#include "die.h"

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The file that a shell would run. It is found here, so that the child makes one exec and no failing ones. */
static const char *find_program(const char *name)
{
	static char path[PATH_MAX];
	const char *dirs = getenv("PATH");
	struct stat st;

	if (strchr(name, '/')) {
		if (stat(name, &st) < 0)
			die("cannot run '%s': %s", name, strerror(errno));
		return name;
	}
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
	die("cannot run '%s': no such program in PATH", name);
}

/* Both pipes close by themselves when the exec succeeds. */
static void run(const char *path, char **command, int go, int failed)
{
	int error;
	char byte;

	/* No byte comes if the reader has died. */
	if (read(go, &byte, 1) != 1)
		_exit(1);
	execv(path, command);
	error = errno;
	/* The reader says it; if that one has died, nobody does. */
	if (write(failed, &error, sizeof(error)) < 0)
		_exit(1);
	_exit(error == ENOENT ? 127 : 126);
}

/* Makes the child; ends the program if the command is not there. */
void sct_child_start(struct sct_child *child, char **command)
{
	sigset_t none;
	int fds[2], failed[2];

	child->path = find_program(command[0]);
	if (pipe2(fds, O_CLOEXEC) < 0 || pipe2(failed, O_CLOEXEC) < 0)
		die("cannot make a pipe: %s", strerror(errno));
	fflush(NULL);
	child->pid = fork();
	if (child->pid < 0)
		die("cannot make a process: %s", strerror(errno));
	if (child->pid == 0) {
		close(fds[1]);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		run(child->path, command, fds[0], failed[1]);
	}
	close(fds[0]);
	close(failed[1]);
	child->go = fds[1];
	child->failed = failed[0];
}

void sct_child_go(struct sct_child *child)
{
	if (write(child->go, "", 1) != 1)
		die("the command could not be started: %s", strerror(errno));
	close(child->go);
}

/* Says why there was no exec, if there was none. The child has ended, or its exec has. */
void sct_child_tell(struct sct_child *child)
{
	int error;

	if (read(child->failed, &error, sizeof(error)) == sizeof(error))
		complain("cannot run '%s': %s", child->path, strerror(error));
	close(child->failed);
}
