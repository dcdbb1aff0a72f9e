// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/child.c: the command gets what the options say, and nothing of it happens after it was let go. */
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "made.h"

/* Runs the command, and gives what it writes to its standard output. */
static const char *output_of(char **command, const struct sct_child_how *how)
{
	static char chars[4096];
	struct sct_child child;
	int fds[2], saved, status;
	size_t len = 0;
	ssize_t n;

	assert_int_equal(pipe(fds), 0);
	saved = dup(1);
	dup2(fds[1], 1);
	sct_child_start(&child, command, how);
	dup2(saved, 1);
	close(saved);
	close(fds[1]);
	sct_child_go(&child);
	while ((n = read(fds[0], chars + len, sizeof(chars) - 1 - len)) > 0)
		len += n;
	chars[len] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(child.pid, &status, 0), child.pid);
	assert_int_equal(sct_child_tell(&child), 0);
	assert_int_equal(status, 0);
	return chars;
}

static void name_and_environment_are_as_told(void **state)
{
	char *changes[] = { "UNIT_A=1", "UNIT_B=x=y", "UNIT_GONE", "UNIT_A=2" };
	struct sct_child_how how = { .env = changes, .nr_env = COUNT(changes), .argv0 = "another" };
	char *command[] = { "/bin/sh", "-c", "tr '\\0' ' ' </proc/$$/cmdline; echo $UNIT_A $UNIT_B ${UNIT_GONE-none} $UNIT_KEPT", NULL };
	const char *out;

	(void)state;
	setenv("UNIT_GONE", "here", 1);
	setenv("UNIT_KEPT", "kept", 1);
	out = output_of(command, &how);
	assert_int_equal(strncmp(out, "another -c ", 11), 0);
	assert_string_equal(strrchr(out, '}') + strlen("} $UNIT_KEPT "), "2 x=y none kept\n");
	/* Ours is as it was. */
	assert_string_equal(getenv("UNIT_GONE"), "here");
	assert_null(getenv("UNIT_A"));
}

/* Of the process that becomes the command. ids: of the reader by then: pid, group, session. */
static void start_apart(enum sct_child_apart apart, char **command, int ids, int out)
{
	struct sct_child_how how = { .apart = apart };
	struct sct_child child;
	pid_t got[3];

	dup2(out, 1);
	close(out);
	fcntl(ids, F_SETFD, FD_CLOEXEC);
	sct_child_start(&child, command, &how);
	got[0] = getpid();
	got[1] = getpgrp();
	got[2] = getsid(0);
	sct_child_go(&child);
	/* When that says nothing the exec has succeeded. */
	if (sct_child_tell(&child) || write(ids, got, sizeof(got)) != sizeof(got))
		_exit(1);
	_exit(0);
}

/* The command has the number and the parent of who was started, and its status; the reader is elsewhere. */
static void command_is_who_was_started(void **state)
{
	char *command[] = { "/bin/sh", "-c", "echo $$ $PPID; exit 7", NULL };
	unsigned int apart;

	(void)state;
	for (apart = SCT_CHILD_GRANDCHILD; apart <= SCT_CHILD_SESSION; apart++) {
		char text[64] = "", want[64];
		int ids[2], out[2], status;
		pid_t pid, got[3];

		assert_int_equal(pipe(ids), 0);
		assert_int_equal(pipe(out), 0);
		fflush(NULL);
		pid = fork();
		if (!pid)
			start_apart(apart, command, ids[1], out[1]);
		close(ids[1]);
		close(out[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(WEXITSTATUS(status), 7);
		assert_int_equal(read(ids[0], got, sizeof(got)), sizeof(got));
		assert_true(read(out[0], text, sizeof(text) - 1) > 0);
		snprintf(want, sizeof(want), "%d %d\n", pid, getpid());
		assert_int_equal(strncmp(text, want, strlen(want)), 0);
		assert_int_not_equal(got[0], pid);
		assert_int_equal(got[1] == got[0], apart >= SCT_CHILD_GROUP);
		assert_int_equal(got[2] == got[0], apart == SCT_CHILD_SESSION);
		close(ids[0]);
		close(out[0]);
	}
}

/* As of shells: a file that is no program, and an interpreter that is not there. */
static void failed_exec_has_a_status(void **state)
{
	static const struct { const char *text; int status; } rows[] = { { "no program", 126 }, { "#!/no/such/interpreter\n", 127 } };
	const struct sct_child_how how = { 0 };
	char path[] = "/tmp/unit-XXXXXX", *command[] = { path, NULL };
	int fd = mkstemp(path), status;
	struct sct_child child;
	size_t i;

	(void)state;
	assert_int_not_equal(fd, -1);
	assert_int_equal(fchmod(fd, 0700), 0);
	close(fd);
	for (i = 0; i < COUNT(rows); i++) {
		FILE *file = fopen(path, "w");

		fputs(rows[i].text, file);
		fclose(file);
		sct_child_start(&child, command, &how);
		sct_child_go(&child);
		assert_int_equal(sct_child_tell(&child), rows[i].status);
		assert_int_equal(waitpid(child.pid, &status, 0), child.pid);
		assert_int_equal(WEXITSTATUS(status), rows[i].status);
	}
	unlink(path);
}

/* "uid gid groups" of /proc/self/status: real, effective, saved and of files. */
static const char *ids_of(const struct sct_child_how *how)
{
	char *command[] = { "/bin/sh", "-c", "awk '/^(Uid|Gid|Groups):/ { $1 = \"\"; print }' /proc/self/status | tr -s '\\n ' ' '", NULL };

	return output_of(command, how);
}

static void user_is_that_in_all_ids(void **state)
{
	struct sct_child_how by_number = { 0 }, by_name = { 0 };
	const struct passwd *nobody = getpwnam("nobody");
	char want[200];

	(void)state;
	if (geteuid() != 0 || !nobody) {
		print_message("[  SKIPPED ] only root can become somebody else, here nobody\n");
		skip();
	}
	sct_user_parse(&by_number.user, "-u", "123:456");
	assert_string_equal(ids_of(&by_number), " 123 123 123 123 456 456 456 456 456 ");
	sct_user_parse(&by_name.user, "-u", "nobody");
	snprintf(want, sizeof(want), " %u %u %u %u %u %u %u %u %u ", nobody->pw_uid, nobody->pw_uid, nobody->pw_uid, nobody->pw_uid,
		 nobody->pw_gid, nobody->pw_gid, nobody->pw_gid, nobody->pw_gid, nobody->pw_gid);
	assert_string_equal(ids_of(&by_name), want);
	free(by_number.user.groups);
	free(by_name.user.groups);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_and_environment_are_as_told),
		cmocka_unit_test(failed_exec_has_a_status),
		cmocka_unit_test(command_is_who_was_started),
		cmocka_unit_test(user_is_that_in_all_ids),
	};

	return cmocka_run_group_tests_name("sctrace_child", tests, NULL, NULL);
}
