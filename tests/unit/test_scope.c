// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/scope*.c: what expressions become, and what is said of those that are wrong. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made.h"
#include "scope.h"
#include "tree.h"

#define A	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char *const key_names[SCTRACE_KEY_COUNT] = {
	[SCTRACE_KEY_TASK] = "task", [SCTRACE_KEY_PROCESS] = "process", [SCTRACE_KEY_TREE] = "tree",
	[SCTRACE_KEY_TID] = "tid", [SCTRACE_KEY_PID] = "pid", [SCTRACE_KEY_UID] = "uid",
	[SCTRACE_KEY_GID] = "gid", [SCTRACE_KEY_PIDNS] = "pidns", [SCTRACE_KEY_MNTNS] = "mntns",
	[SCTRACE_KEY_USERNS] = "userns", [SCTRACE_KEY_NETNS] = "netns", [SCTRACE_KEY_UTSNS] = "utsns",
	[SCTRACE_KEY_CGROUP] = "cgroup", [SCTRACE_KEY_CGROUP_TREE] = "cgroup-tree",
	[SCTRACE_KEY_COMM] = "comm", [SCTRACE_KEY_EXE] = "exe", [SCTRACE_KEY_CONTAINER] = "container",
	[SCTRACE_KEY_CONTAINER_NEW] = "container-new", [SCTRACE_KEY_CONTAINER_OLD] = "container-old",
	[SCTRACE_KEY_NEW] = "new",
};

static const char *const match_marks[SCTRACE_MATCH_COUNT] = { "", "^", "$", "~" };

/* "GROUP [!]KEY LOW[-HIGH]" or "GROUP [!]KEY MARK'TEXT'", with "; " between tests. */
static const char *shown(const struct sct_scope *scope)
{
	static char text[8192];
	size_t used = 0;
	uint32_t i;

	*text = '\0';
	for (i = 0; i < scope->nr_tests; i++) {
		const struct sctrace_test *t = &scope->tests[i];

		assert_true(!i || t->group >= scope->tests[i - 1].group);
		assert_true(!i || t->group != scope->tests[i - 1].group || t->flags == scope->tests[i - 1].flags);
		assert_in_range(t->offset + t->length, 0, scope->text_bytes);
		assert_int_equal(t->reserved, 0);
		used += snprintf(text + used, sizeof(text) - used, "%s%u %s%s", i ? "; " : "", t->group,
				 t->flags & SCTRACE_TEST_NOT ? "!" : "", key_names[t->key]);
		if (t->digits)
			assert_int_equal(t->digits, 64);
		if (t->length)
			used += snprintf(text + used, sizeof(text) - used, " %s'%.*s'", match_marks[t->match],
					 t->length, scope->text + t->offset);
		else if (t->high)
			used += snprintf(text + used, sizeof(text) - used, " %" PRIu64 "-%" PRIu64,
					 (uint64_t)t->low, (uint64_t)t->high);
		else if (t->low)
			used += snprintf(text + used, sizeof(text) - used, " %" PRIu64, (uint64_t)t->low);
	}
	return text;
}

/* The expressions, separated by spaces, one after the other. */
static void expect(const char *expressions, const char *tests)
{
	struct sct_scope scope = { .root = tree_root() };
	char *text = strdup(expressions), *rest, *one;

	for (one = strtok_r(text, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
		char *error = sct_scope_parse(&scope, "--scope", one);

		if (error)
			fail_msg("%s: %s", one, error);
	}
	if (strcmp(shown(&scope), tests))
		fail_msg("%s: %s instead of %s", expressions, shown(&scope), tests);
	sct_scope_free(&scope);
	free(text);
}

static void expect_error(const char *expression, unsigned int column, const char *reason)
{
	struct sct_scope scope = { .root = tree_root() };
	char *error = sct_scope_parse(&scope, "--scope", expression);
	char *wanted;

	if (!error)
		fail_msg("%s: taken as %s", expression, shown(&scope));
	assert_true(asprintf(&wanted, "--scope '%s': at %u: %s", expression, column, reason) > 0);
	if (strncmp(error, wanted, strlen(wanted)))
		fail_msg("%s instead of %s", error, wanted);
	free(wanted);
	free(error);
	sct_scope_free(&scope);
}

static void numbers(void **state)
{
	static const char *const rows[][2] = {
		{ "pid=1", "0 process 1" },
		{ "p=1", "0 process 1" },
		{ "pid=1,22,4194303", "0 process 1; 0 process 22; 0 process 4194303" },
		{ "pid=0001", "0 process 1" },
		{ "pid=new", "0 new" },
		{ "pid!=new", "0 !new" },
		{ "pid=new,5", "0 new; 0 process 5" },
		{ "pid=10-20,30", "0 pid 10-20; 0 process 30" },
		{ "pid=5-5", "0 pid 5-5" },
		{ "pid!=1", "0 !pid 1-1" },
		{ "pid!=1,5-7", "0 !pid 1-1; 0 !pid 5-7" },
		{ "pid<10", "0 pid 0-9" },
		{ "pid<=10", "0 pid 0-10" },
		{ "pid>10", "0 pid 11-4194303" },
		{ "pid>=10", "0 pid 10-4194303" },
		{ "pid>0", "0 pid 1-4194303" },
		{ "pid<1", "0 pid" },
		{ "pid<=4194303", "0 pid 0-4194303" },
		{ "tid=7", "0 task 7" },
		{ "tid!=7", "0 !tid 7-7" },
		{ "tid>7", "0 tid 8-4194303" },
		{ "tree=3213,5200", "0 tree 3213; 0 tree 5200" },
		{ "tree!=3215", "0 !tree 3215" },
		{ "uid=0", "0 uid" },
		{ "uid=1000-2000", "0 uid 1000-2000" },
		{ "uid=root", "0 uid" },
		{ "u>0", "0 uid 1-4294967294" },
		{ "uid!=0,1000", "0 !uid; 0 !uid 1000-1000" },
		{ "uid=4294967294", "0 uid 4294967294-4294967294" },
		{ "uid<=4294967294", "0 uid 0-4294967294" },
		{ "uid>=4294967294", "0 uid 4294967294-4294967294" },
		{ "uid>root", "0 uid 1-4294967294" },
		{ "gid=root,5", "0 gid; 0 gid 5-5" },
		{ "gid<100", "0 gid 0-99" },
		{ "mntns=4026531840", "0 mntns 4026531840-4026531840" },
		{ "mntns=mnt:[4026531840]", "0 mntns 4026531840-4026531840" },
		{ "pidns!=4026531836", "0 !pidns 4026531836-4026531836" },
		{ "userns=user:[1]", "0 userns 1-1" },
		{ "netns=net:[4294967295]", "0 netns 4294967295-4294967295" },
		{ "utsns=5,uts:[6]", "0 utsns 5-5; 0 utsns 6-6" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(rows[i][0], rows[i][1]);
}

static void texts(void **state)
{
	static const char *const rows[][2] = {
		{ "comm=ls", "0 comm 'ls'" },
		{ "comm=ls,bash", "0 comm 'ls'; 0 comm 'bash'" },
		{ "comm!=ls,bash", "0 !comm 'ls'; 0 !comm 'bash'" },
		{ "comm=ls*", "0 comm ^'ls'" },
		{ "comm=*sh", "0 comm $'sh'" },
		{ "comm=*apt*", "0 comm ~'apt'" },
		{ "comm=a", "0 comm 'a'" },
		{ "comm=kworker/u8:1-ev", "0 comm 'kworker/u8:1-ev'" },
		{ "comm=*123456789012345*", "0 comm ~'123456789012345'" },
		{ "comm==", "0 comm '='" },
		{ "exe=/bin/ls", "0 exe '/bin/ls'" },
		{ "exec=/bin/ls", "0 exe '/bin/ls'" },
		{ "executable=/usr/*", "0 exe ^'/usr/'" },
		{ "bin=*/ls", "0 exe $'/ls'" },
		{ "binary!=*python*,/bin/sh", "0 !exe ~'python'; 0 !exe '/bin/sh'" },
		{ "exe=/", "0 exe '/'" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(rows[i][0], rows[i][1]);
}

/* Keys narrow, values of a key widen, what is no = is a group of its own. */
static void groups(void **state)
{
	static const char *const rows[][2] = {
		{ "uid=1 uid=2", "0 uid 1-1; 0 uid 2-2" },
		{ "uid=1 gid=2", "0 uid 1-1; 1 gid 2-2" },
		{ "uid=1 comm=ls uid=2", "0 uid 1-1; 0 uid 2-2; 1 comm 'ls'" },
		{ "uid=1 comm=ls gid=2 comm=cat uid=3",
		  "0 uid 1-1; 0 uid 3-3; 1 comm 'ls'; 1 comm 'cat'; 2 gid 2-2" },
		{ "uid>5 uid<9", "0 uid 6-4294967294; 1 uid 0-8" },
		{ "uid!=5 uid!=6", "0 !uid 5-5; 1 !uid 6-6" },
		{ "uid=1-9 uid!=5 uid=20", "0 uid 1-9; 0 uid 20-20; 1 !uid 5-5" },
		{ "pid=4 pid=new", "0 process 4; 0 new" },
		{ "pid=4 tid=5", "0 process 4; 1 task 5" },
		{ "exe=/a exec=/b bin=/c", "0 exe '/a'; 0 exe '/b'; 0 exe '/c'" },
		{ "container container=new", "0 container; 1 container-new" },
		{ "container=new container=started", "0 container-new; 0 container-old" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(rows[i][0], rows[i][1]);
}

static void follow_is_a_flag(void **state)
{
	struct sct_scope scope = { .root = "" };

	(void)state;
	assert_null(sct_scope_parse(&scope, "--scope", "follow"));
	assert_int_equal(scope.flags, SCTRACE_SCOPE_FOLLOW);
	assert_int_equal(scope.nr_tests, 0);
	assert_null(sct_scope_parse(&scope, "--scope", "uid=1"));
	assert_int_equal(scope.flags, SCTRACE_SCOPE_FOLLOW | SCTRACE_SCOPE_TESTS);
	sct_scope_free(&scope);
}

static void containers(void **state)
{
	static const char *const rows[][2] = {
		{ "container", "0 container" },
		{ "c", "0 container" },
		{ "not-container", "0 !container" },
		{ "!container", "0 !container" },
		{ "container=new", "0 container-new" },
		{ "c=new", "0 container-new" },
		{ "container!=new", "0 !container-new" },
		{ "container=started", "0 container-old" },
		{ "container!=started,new", "0 !container-old; 0 !container-new" },
		{ "container=0", "0 container '0'" },
		{ "container=" A, "0 container '" A "'" },
		{ "container!=cafe,12ab", "0 !container 'cafe'; 0 !container '12ab'" },
		/* Names come before short ids, as docker has it, and after those that it shows. */
		{ "container=web", "0 container '" A "'" },
		{ "container=db", "0 container '" B "'" },
		{ "container!=web,db", "0 !container '" A "'; 0 !container '" B "'" },
		{ "container=cafecafecafe", "0 container 'cafecafecafe'" },
		{ "container=pair", "0 container '" A "'; 0 container '" B "'" },
	};
	size_t i;

	(void)state;
	tree_put("var/lib/docker/containers/" A "/config.v2.json", "{\"ID\":\"" A "\",\"Name\":\"/web\"}");
	tree_put("var/lib/containers/storage/overlay-containers/containers.json",
		 "[{\"id\":\"" A "\",\"names\":[\"pair\"]},{\"id\":\"" B "\",\"names\":[\"db\",\"pair\",\"cafecafecafe\"]}]");
	for (i = 0; i < COUNT(rows); i++)
		expect(rows[i][0], rows[i][1]);
	expect_error("container=wob", 11, "no container here is called 'wob', and it is no id: 1 to 64 of 0-9, a-f");
	expect_error("container=" A "a", 11, "no container here is called");
	expect_error("container=ABC", 11, "no container here is called 'ABC'");
}

static ino_t folder(const char *path)
{
	char whole[PATH_MAX];
	struct stat st;

	snprintf(whole, sizeof(whole), "%s%s", tree_root(), path);
	assert_int_equal(stat(whole, &st), 0);
	return st.st_ino;
}

static void expect_cgroup(const char *value, const char *key, ino_t id)
{
	char expression[256], tests[256];

	snprintf(expression, sizeof(expression), "cgroup=%s", value);
	snprintf(tests, sizeof(tests), "0 %s %lu-%lu", key, (unsigned long)id, (unsigned long)id);
	expect(expression, tests);
}

static void cgroups(void **state)
{
	(void)state;
	tree_put("proc/self/mountinfo",
		 "22 1 0:20 / / rw - ext4 cgroup2 rw\n"
		 "30 22 0:27 / /sys/fs/cgroup rw - tmpfs cgroup2 rw\n"
		 "broken\n - cgroup2 \n1 2 - cgroup2 x\n"
		 "40 30 0:37 / /sys/fs/cgroup/the\\040one rw,relatime shared:1 - cgroup2 cgroup2 rw\n"
		 "41 30 0:37 / /elsewhere rw - cgroup2 cgroup2 rw\n");
	tree_put("sys/fs/cgroup/the one/system.slice/ssh.service/cgroup.procs", "");
	expect_cgroup("/system.slice", "cgroup", folder("/sys/fs/cgroup/the one/system.slice"));
	expect_cgroup("/system.slice/", "cgroup", folder("/sys/fs/cgroup/the one/system.slice"));
	expect_cgroup("/system.slice/*", "cgroup-tree", folder("/sys/fs/cgroup/the one/system.slice"));
	expect_cgroup("/system.slice/ssh.service", "cgroup",
		      folder("/sys/fs/cgroup/the one/system.slice/ssh.service"));
	expect_cgroup("/", "cgroup", folder("/sys/fs/cgroup/the one"));
	expect_cgroup("/*", "cgroup-tree", folder("/sys/fs/cgroup/the one"));
	expect_cgroup("123", "cgroup", 123);
	expect_cgroup("123/*", "cgroup-tree", 123);
	expect("cgroup!=1,2/*", "0 !cgroup 1-1; 0 !cgroup-tree 2-2");
	expect("cgroup=18446744073709551615", "0 cgroup 18446744073709551615-18446744073709551615");
	expect_error("cgroup=/nope", 8,
		     "there is no cgroup '/nope' in /sys/fs/cgroup/the one: No such file or directory");
	expect_error("cgroup=/system.slice,/system.slice/ssh.service/cgroup.procs", 22, "there is no cgroup");
	expect_error("cgroup=system.slice", 8, "expected a path that begins with /, or an id");
	expect_error("cgroup=", 8, "expected a path that begins with /, or an id");
	expect_error("cgroup=0", 8, "expected a path");
	expect_error("cgroup=*", 8, "expected a path");
	expect_error("cgroup=1x", 8, "expected a path");
	expect_error("cgroup=-1", 8, "expected a path");
	expect_error("cgroup=18446744073709551616", 8, "expected a path");
}

static void cgroup_with_the_mount_point(void **state)
{
	(void)state;
	tree_put("proc/self/mountinfo", "30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
	tree_put("sys/fs/cgroup/a.slice/x", "");
	tree_put("sys/fs/cgroups/x", "");
	expect_cgroup("/sys/fs/cgroup/a.slice", "cgroup", folder("/sys/fs/cgroup/a.slice"));
	expect_cgroup("/sys/fs/cgroup", "cgroup", folder("/sys/fs/cgroup"));
	expect_cgroup("/sys/fs/cgroup/*", "cgroup-tree", folder("/sys/fs/cgroup"));
	expect_error("cgroup=/sys/fs/cgroups", 8, "there is no cgroup");
}

static void cgroup_without_a_mount(void **state)
{
	(void)state;
	expect_error("cgroup=/a", 8, "no cgroup2 file system is mounted; expected a cgroup's id");
	expect("cgroup=5", "0 cgroup 5-5");
}

static void namespace_by_path(void **state)
{
	struct stat st;
	char tests[64];

	(void)state;
	assert_int_equal(stat("/proc/self/ns/mnt", &st), 0);
	snprintf(tests, sizeof(tests), "0 mntns %lu-%lu", (unsigned long)st.st_ino, (unsigned long)st.st_ino);
	expect("mntns=/proc/self/ns/mnt", tests);
	expect_error("mntns=/proc/self/ns/pid", 7, "this is no mnt namespace");
	expect_error("netns=/proc/self/ns/net,/etc/passwd", 25, "this is no net namespace");
	expect_error("pidns=/no/such", 7, "cannot open '/no/such': No such file or directory");
}

static void errors(void **state)
{
	static const struct {
		const char *expression;
		unsigned int column;
		const char *reason;
	} rows[] = {
		{ "", 1, "expected one of the keys pid, tid, tree, uid, gid, comm, exe, mntns, pidns, userns, netns, utsns, cgroup, container, not-container, follow" },
		{ "foo=1", 1, "expected one of the keys pid, " },
		{ "=1", 1, "expected one of the keys" },
		{ "pi=1", 1, "expected one of the keys" },
		{ "pidd=1", 1, "expected one of the keys" },
		{ "UID=1", 1, "expected one of the keys" },
		{ "pid p=1", 4, "expected =, !=, <, >, <= or >=" },
		{ "!uid=1", 1, "expected a key: only container can have ! before it" },
		{ "!", 1, "expected a key" },
		{ "uts=host", 1, "a host's name cannot be looked for; expected utsns=NUMBER" },
		{ "follow=1", 7, "expected nothing behind follow" },
		{ "not-container=x", 14, "expected nothing behind not-container" },
		{ "!container=x", 11, "expected nothing behind !container" },
		{ "container<1", 10, "expected = or !=" },
		{ "tree", 5, "expected = or !=" },
		{ "tree<5", 5, "expected = or !=" },
		{ "comm", 5, "expected = or !=" },
		{ "comm>x", 5, "expected = or !=" },
		{ "pid", 4, "expected =, !=, <, >, <= or >=" },
		{ "pid!5", 4, "expected =, !=, <, >, <= or >=" },
		{ "pid 5", 4, "expected =, !=" },
		{ "uid=>5", 5, "expected a number or a user's name" },
		{ "uid=", 5, "expected a number or a user's name" },
		{ "uid!=", 6, "expected a number or a user's name" },
		{ "uid>=", 6, "expected a number or a user's name" },
		{ "uid=1,,2", 7, "expected a number or a user's name" },
		{ "uid=1,", 7, "expected a number or a user's name" },
		{ "uid=,1", 5, "expected a number or a user's name" },
		{ "uid=-1", 5, "expected a number or a user's name" },
		{ "uid=no-such-user", 5, "there is no user 'no-such-user'" },
		{ "uid=1x", 5, "there is no user '1x'" },
		{ "uid=1-", 5, "there is no user '1-'" },
		{ "uid=0,1-2-3", 7, "there is no user '1-2-3'" },
		{ "gid=no-such-group", 5, "there is no group 'no-such-group'" },
		{ "gid=>5", 5, "expected a number or a group's name" },
		{ "uid=5-4", 7, "expected a number from 5 to 4294967294" },
		{ "uid=4294967295", 5, "expected a number from 0 to 4294967294" },
		{ "uid=18446744073709551616", 5, "expected a number from 0 to 4294967294" },
		{ "uid<0", 5, "nothing is below 0" },
		{ "uid>4294967294", 5, "nothing is above 4294967294" },
		{ "uid<5,6", 6, "expected the end: <, >, <= and >= take one number" },
		{ "uid>==5", 6, "expected a number or a user's name" },
		{ "pid=0", 5, "expected a number from 1 to 4194303" },
		{ "pid=4194304", 5, "expected a number from 1 to 4194303" },
		{ "pid=1,x", 7, "expected a process's number, or new" },
		{ "pid=1x", 5, "expected a process's number, or new" },
		{ "pid= 1", 5, "expected a process's number, or new" },
		{ "pid=5-", 5, "expected a process's number, or new" },
		{ "pid=9-8", 7, "expected a number from 9 to 4194303" },
		{ "pid>new", 5, "expected a number" },
		{ "pid<", 5, "expected a number" },
		{ "pid<5x", 5, "expected a number" },
		{ "pid>4194303", 5, "nothing is above 4194303" },
		{ "pid<=4194304", 6, "expected a number from 0 to 4194303" },
		{ "tid=new", 5, "expected a thread's number" },
		{ "tid=0", 5, "expected a number from 1 to 4194303" },
		{ "tree=1-5", 6, "expected a process's number" },
		{ "tree=new", 6, "expected a process's number" },
		{ "comm=", 6, "expected a task's name" },
		{ "comm=a,", 8, "expected a task's name" },
		{ "comm=*", 6, "expected more than a *" },
		{ "comm=**", 6, "expected more than a *" },
		{ "comm=***", 7, "a * can stand only at the beginning and at the end" },
		{ "comm=a*b", 7, "a * can stand only at the beginning and at the end" },
		{ "comm=x,*a*b*", 10, "a * can stand only at the beginning and at the end" },
		{ "comm=1234567890123456", 21, "expected the end: the kernel keeps 15 bytes of a task's name, '123456789012345'" },
		{ "comm=*1234567890123456", 22, "expected the end: the kernel keeps 15 bytes" },
		{ "exe=ls", 5, "expected a path that begins with /, or with a *" },
		{ "exe=host:/bin/ls", 5, "expected a path that begins with /, or with a *" },
		{ "exec=", 6, "expected a path that begins with /, or with a *" },
		{ "mntns=", 7, "expected the number of a namespace, mnt:[number], or a path such as /proc/PID/ns/mnt" },
		{ "mntns=x", 7, "expected the number of a namespace" },
		{ "mntns=0", 7, "expected a number from 1 to 4294967295" },
		{ "mntns=mnt:[0]", 12, "expected a number from 1 to 4294967295" },
		{ "mntns=4294967296", 7, "expected a number from 1 to 4294967295" },
		{ "mntns=mnt:[5", 7, "expected the number of a namespace" },
		{ "mntns=mnt:[]", 7, "expected the number of a namespace" },
		{ "mntns=5]", 7, "expected the number of a namespace" },
		{ "mntns=pid:[5]", 7, "expected the number of a namespace, mnt:[number]" },
		{ "container=", 11, "expected a container's id or name, or new, or started" },
		{ "container=new,", 15, "expected a container's id or name, or new, or started" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect_error(rows[i].expression, rows[i].column, rows[i].reason);
}

static void error_stays_in_one_line(void **state)
{
	struct sct_scope scope = { .root = tree_root() };
	char *error = sct_scope_parse(&scope, "--trace", "container=a\nb\033[1m");

	(void)state;
	assert_non_null(error);
	assert_int_equal(strncmp(error, "--trace 'container=a?b?[1m': at 11: ", 36), 0);
	assert_null(strpbrk(error, "\n\033"));
	free(error);
	sct_scope_free(&scope);
}

static void path_that_is_too_long(void **state)
{
	char expression[PATH_MAX + 16];
	struct sct_scope scope = { .root = "" };

	(void)state;
	strcpy(expression, "exe=/");
	memset(expression + 5, 'x', PATH_MAX);
	expression[5 + PATH_MAX - 2] = '\0';
	assert_null(sct_scope_parse(&scope, "--scope", expression));
	assert_int_equal(scope.tests[0].length, PATH_MAX - 1);
	sct_scope_free(&scope);
	expression[5 + PATH_MAX - 2] = 'x';
	expression[5 + PATH_MAX - 1] = '\0';
	expect_error(expression, 5 + PATH_MAX - 1, "expected the end: a path has at most 4095 bytes");
}

static void more_values_than_the_module_takes(void **state)
{
	struct sct_scope scope = { .root = "" };
	char *error = NULL;
	int i;

	(void)state;
	for (i = 0; i < SCTRACE_MAX_TESTS; i++)
		assert_null(sct_scope_parse(&scope, "--scope", i % 2 ? "uid!=7" : "uid=7"));
	error = sct_scope_parse(&scope, "--scope", "uid=8");
	assert_string_equal(error, "--scope 'uid=8': at 5: there are more than 1024 values, or they are too long");
	assert_int_equal(scope.nr_tests, SCTRACE_MAX_TESTS);
	free(error);
	sct_scope_free(&scope);
}

static void reach(void **state)
{
	static const struct {
		const char *expressions;
		enum sct_scope_reach reach;
	} rows[] = {
		{ "", SCT_REACH_ALL },
		{ "tid=5", SCT_REACH_TASK },
		{ "tid=5,6", SCT_REACH_TASKS },
		{ "tid=5,10-20", SCT_REACH_ALL },
		{ "tid!=5", SCT_REACH_ALL },
		{ "tid=5 follow", SCT_REACH_ALL },
		{ "pid=5", SCT_REACH_PROCESSES },
		{ "pid=5,6", SCT_REACH_PROCESSES },
		{ "pid=5,new", SCT_REACH_ALL },
		{ "pid!=5", SCT_REACH_ALL },
		{ "pid=5 tid=5", SCT_REACH_TASK },
		{ "uid=0 tid=5,6 comm=ls", SCT_REACH_TASKS },
		{ "tree=5", SCT_REACH_ALL },
		{ "container", SCT_REACH_ALL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_scope scope = { .root = "" };
		char *text = strdup(rows[i].expressions), *rest, *one;

		for (one = strtok_r(text, " ", &rest); one; one = strtok_r(NULL, " ", &rest))
			assert_null(sct_scope_parse(&scope, "--scope", one));
		if (sct_scope_reach(&scope) != rows[i].reach)
			fail_msg("'%s': %d", rows[i].expressions, sct_scope_reach(&scope));
		sct_scope_free(&scope);
		free(text);
	}
}

static void expect_refusal(const struct sct_scope *scope, uint32_t index, int err, const char *message)
{
	char *refusal = sct_scope_refusal(scope, index, err);

	assert_string_equal(refusal, message);
	free(refusal);
}

static void refusal_names_the_option(void **state)
{
	struct sct_scope scope = { .root = "" };
	struct sctrace_test test = { .key = SCTRACE_KEY_TASK, .low = 77 };

	(void)state;
	assert_null(sct_scope_parse(&scope, "--scope", "pid=1,4000000"));
	assert_null(sct_scope_parse(&scope, "--trace", "container=new"));
	assert_null(sct_scope_parse(&scope, "--scope", "exe=/x"));
	assert_null(sct_scope_parse(&scope, "--scope", "pid=3"));
	test.group = sct_scope_group(&scope);
	assert_true(sct_scope_put(&scope, &test, &(struct sct_scope_origin) { .option = "-p" }));
	expect_refusal(&scope, 1, -ESRCH, "--scope 'pid=1,4000000': at 7: no such process");
	expect_refusal(&scope, 2, -ESRCH, "--scope 'pid=3': at 5: no such process");
	expect_refusal(&scope, 3, -EOPNOTSUPP,
		       "--trace 'container=new': at 11: this kernel cannot tell a task's container");
	expect_refusal(&scope, 4, -EOPNOTSUPP,
		       "--scope 'exe=/x': at 5: this kernel cannot tell the path of a task's executable");
	expect_refusal(&scope, 4, -EINVAL, "--scope 'exe=/x': at 5: the module refuses this: Invalid argument");
	expect_refusal(&scope, 5, -ESRCH, "-p 77: no such process");
	sct_scope_free(&scope);
}

static void put_pid(struct sct_scope *scope, uint16_t group, uint32_t pid)
{
	struct sctrace_test test = { .group = group, .key = SCTRACE_KEY_TASK, .low = pid };

	assert_true(sct_scope_put(scope, &test, &(struct sct_scope_origin) { .option = "-p" }));
}

/* Those of -p can be done without, what an expression names cannot. */
static void pids_can_be_dropped(void **state)
{
	struct sct_scope scope = { .root = "" };
	uint16_t group;

	(void)state;
	assert_null(sct_scope_parse(&scope, "--scope", "comm=x"));
	group = sct_scope_group(&scope);
	put_pid(&scope, group, 5);
	put_pid(&scope, group, 6);
	put_pid(&scope, group, 7);
	assert_false(sct_scope_drop_attached(&scope, 0));
	assert_true(sct_scope_drop_attached(&scope, 2));
	assert_int_equal(scope.nr_tests, 3);
	assert_int_equal(scope.tests[0].key, SCTRACE_KEY_COMM);
	assert_int_equal(scope.tests[1].low, 5);
	assert_int_equal(scope.tests[2].low, 7);
	expect_refusal(&scope, 2, -ESRCH, "-p 7: no such process");
	assert_true(sct_scope_drop_attached(&scope, 2));
	assert_true(sct_scope_put(&scope, &(struct sctrace_test) { .group = group, .key = SCTRACE_KEY_TASK },
				  &(struct sct_scope_origin) { 0 }));
	assert_false(sct_scope_drop_attached(&scope, 2));
	assert_int_equal(scope.nr_tests, 3);
	sct_scope_free(&scope);
}

#define CASE(f)	cmocka_unit_test_setup_teardown(f, tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(numbers),
		CASE(texts),
		CASE(groups),
		CASE(follow_is_a_flag),
		CASE(containers),
		CASE(cgroups),
		CASE(cgroup_with_the_mount_point),
		CASE(cgroup_without_a_mount),
		CASE(namespace_by_path),
		CASE(errors),
		CASE(error_stays_in_one_line),
		CASE(path_that_is_too_long),
		CASE(more_values_than_the_module_takes),
		CASE(reach),
		CASE(refusal_names_the_option),
		CASE(pids_can_be_dropped),
	};

	return cmocka_run_group_tests_name("sctrace_scope", tests, NULL, NULL);
}
