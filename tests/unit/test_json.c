// SPDX-License-Identifier: GPL-2.0-or-later
/* Events as JSON: userspace/output/form.c, json.c, who.c. Lines are read back by json-c in its strictest way. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "formed.h"
#include "json.h"
#include "tree.h"

/* The one line that was written. */
static json_object *one_object(void)
{
	char *text = formed_text(), *newline = strchr(text, '\n');
	json_object *object;

	assert_non_null(newline);
	assert_string_equal(newline, "\n");
	object = formed_parse(text, newline - text);
	free(text);
	return object;
}

/* What the only line says by this key. */
static void expect_flags(const char *want)
{
	json_object *object = one_object();

	assert_string_equal(json_object_to_json_string_ext(formed_member(object, "flags"), JSON_C_TO_STRING_PLAIN), want);
	json_object_put(object);
}

/* ---- calls ---- */

#define WHEN_WHO "\"time\":\"2025-11-29T04:36:12.001000000Z\",\"mono\":\"0.001000000\",\"tid\":1000,\"pid\":900,\"comm\":null,"
#define OPENAT_ARGS "\"abi\":\"x86_64\",\"nr\":257,\"name\":\"openat\",\"args\":[" \
	"{\"name\":\"dirfd\",\"raw\":\"0xffffff9c\",\"text\":\"AT_FDCWD\"}," \
	"{\"name\":\"pathname\",\"raw\":\"0x7ffd00001000\",\"text\":\"\\\"/etc/motd\\\"\"}," \
	"{\"name\":\"flags\",\"raw\":\"0x80041\",\"text\":\"O_WRONLY|O_CREAT|O_CLOEXEC\"}," \
	"{\"name\":\"mode\",\"raw\":\"0x1a4\",\"text\":\"0644\"}],"

static void call_is_one_line_at_its_return(void **state)
{
	(void)state;
	formed_enter_openat("/etc/motd");
	formed_expect("");
	formed_leave_openat(-ENOENT, 1002345);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":3," OPENAT_ARGS
	       "\"result\":{\"value\":-2,\"raw\":\"0xfffffffffffffffe\",\"text\":\"-1 ENOENT (No such file or directory)\","
	       "\"errno\":\"ENOENT\"},\"duration_ns\":2345,\"flags\":[]}\n");
}

static void call_of_one_record_is_the_same_line(void **state)
{
	(void)state;
	made_call(&made, OPENAT, 4, open_args, 5, 1000000);
	made_piece(&made, 0, 0, 9, "/etc/motd", 9);
	formed_show_at(1000007);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":3," OPENAT_ARGS
	       "\"result\":{\"value\":5,\"raw\":\"0x5\",\"text\":\"5\",\"errno\":null},\"duration_ns\":7,\"flags\":[]}\n");
}

/* What it is shown by is on the stack, at no address that is known. */
static void sigreturn_has_a_frame_without_address(void **state)
{
	static const uint64_t mask = 0x4002;

	(void)state;
	made_enter(&made, RT_SIGRETURN, 0, NULL);
	made_piece(&made, 0, 0, 8, &mask, 8);
	formed_show_at(1000000);
	made_exit(&made, SCTRACE_NR_NONE, 0);
	formed_show_at(1000007);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":3,\"abi\":\"x86_64\",\"nr\":15,\"name\":\"rt_sigreturn\",\"args\":["
	       "{\"name\":\"frame\",\"raw\":null,\"text\":\"{mask=[INT TERM]}\"}],"
	       "\"result\":{\"value\":0,\"raw\":\"0x0\",\"text\":\"0\",\"errno\":null},\"duration_ns\":7,\"flags\":[]}\n");
	made_enter(&made, RT_SIGRETURN, 0, NULL);
	made_piece(&made, 0, SCTRACE_PIECE_FAULT, 8, &mask, 7);
	formed_show_at(1000000);
	made_exit(&made, SCTRACE_NR_NONE, 0);
	formed_show_at(1000007);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":3,\"abi\":\"x86_64\",\"nr\":15,\"name\":\"rt_sigreturn\",\"args\":[],"
	       "\"result\":{\"value\":0,\"raw\":\"0x0\",\"text\":\"0\",\"errno\":null},\"duration_ns\":7,\"flags\":[\"unreadable\"]}\n");
}

static void call_of_which_the_beginning_is_not_known_has_no_duration(void **state)
{
	(void)state;
	made_call(&made, GETPID, 0, NULL, 900, 0);
	formed_show_at(1000000);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":3,\"abi\":\"x86_64\",\"nr\":39,\"name\":\"getpid\",\"args\":[],"
	       "\"result\":{\"value\":900,\"raw\":\"0x384\",\"text\":\"900\",\"errno\":null},\"duration_ns\":null,\"flags\":[]}\n");
}

#define UNFINISHED "\"cpu\":null," OPENAT_ARGS "\"result\":null,\"duration_ns\":null,"

static void call_that_does_not_return_is_told_when_its_task_ends(void **state)
{
	(void)state;
	formed_enter_openat("/etc/motd");
	made_task_exit(&made, SIGKILL);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO UNFINISHED "\"flags\":[],\"unfinished\":true}\n"
	       "{\"v\":1,\"type\":\"exit\"," WHEN_WHO "\"cpu\":3,\"status\":null,\"signal\":\"SIGKILL\",\"core_dumped\":false}\n");
}

static void call_that_goes_on_is_told_at_the_end(void **state)
{
	(void)state;
	formed_enter_openat("/etc/motd");
	sct_form_finish(&form);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO UNFINISHED "\"flags\":[],\"unfinished\":true}\n");
	sct_form_finish(&form);
	formed_expect("");
}

static void call_whose_return_was_lost_is_told_before_the_next(void **state)
{
	(void)state;
	formed_enter_openat("/etc/motd");
	made_enter(&made, GETPID, 0, NULL);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO UNFINISHED "\"flags\":[\"lost\"],\"unfinished\":true}\n");
	/* Another one's return. */
	formed_leave_openat(5, 2000000);
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":null,\"abi\":\"x86_64\",\"nr\":39,\"name\":\"getpid\",\"args\":[],"
	       "\"result\":null,\"duration_ns\":null,\"flags\":[\"lost\"],\"unfinished\":true}\n"
	       "{\"v\":1,\"type\":\"call\",\"time\":\"2025-11-29T04:36:12.002000000Z\",\"mono\":\"0.002000000\",\"tid\":1000,"
	       "\"pid\":900,\"comm\":null,\"cpu\":3,\"abi\":\"x86_64\",\"nr\":257,\"name\":\"openat\",\"args\":null,"
	       "\"result\":{\"value\":5,\"raw\":\"0x5\",\"text\":\"5\",\"errno\":null},\"duration_ns\":null,\"flags\":[\"orphan\"]}\n");
}

/* What was asked for decides: of neither the first one's end nor the second anything is to be told. */
static void call_of_which_nothing_was_told_is_not_told_at_the_end(void **state)
{
	struct sct_event event;
	struct sct_record rec;

	(void)state;
	formed_enter_openat("/etc/motd");
	made_exit(&made, OPENAT, 3);
	made_parse(&made, &rec);
	assert_int_equal(sct_pair(&tasks, &rec, &event), 1);
	sct_pair_done(&tasks, &event);
	made_enter(&made, GETPID, 0, NULL);
	made_parse(&made, &rec);
	assert_int_equal(sct_pair(&tasks, &rec, &event), 1);
	sct_form_finish(&form);
	formed_expect("");
}

/* The return is there, but what was to come late is not. */
static void call_that_waits_for_its_late_is_not_unfinished(void **state)
{
	json_object *object;

	(void)state;
	formed_enter_openat("/etc/motd");
	made_exit(&made, OPENAT, 3);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	formed_show();
	formed_expect("");
	made_enter(&made, GETPID, 0, NULL);
	formed_show();
	object = one_object();
	assert_string_equal(formed_string(formed_member(object, "result"), "text"), "3");
	assert_false(json_object_object_get_ex(object, "unfinished", NULL));
	json_object_put(object);
}

/* Its number is used again; or it was the leader of a process that another thread has made its own. */
static void call_of_a_task_whose_end_was_lost_is_told(void **state)
{
	json_object *object;
	char *text;

	(void)state;
	formed_enter_openat("/a");
	made_fork(&made, TID, TID);
	made.hdr.tid = 7;
	formed_show();
	text = formed_text();
	object = formed_parse(text, strchr(text, '\n') - text);
	assert_string_equal(formed_string(object, "name"), "openat");
	assert_true(json_object_get_boolean(formed_member(object, "unfinished")));
	json_object_put(object);
	free(text);
	made_enter(&made, OPENAT, 4, open_args);
	formed_show();
	made_exec(&made, 8);
	formed_show();
	text = formed_text();
	object = formed_parse(text, strchr(text, '\n') - text);
	assert_true(json_object_get_boolean(formed_member(object, "unfinished")));
	json_object_put(object);
	free(text);
}

static void exit_group_is_told_at_its_entry(void **state)
{
	static const uint64_t args[] = { 7 };

	(void)state;
	made_enter(&made, EXIT_GROUP, 1, args);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"call\"," WHEN_WHO "\"cpu\":null,\"abi\":\"x86_64\",\"nr\":231,\"name\":\"exit_group\","
	       "\"args\":[{\"name\":\"status\",\"raw\":\"0x7\",\"text\":\"7\"}],\"result\":null,\"duration_ns\":null,\"flags\":[]}\n");
	made_task_exit(&made, 7 << 8);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"exit\"," WHEN_WHO "\"cpu\":3,\"status\":7,\"signal\":null,\"core_dumped\":false}\n");
}

static void arguments_that_are_not_known_have_no_text(void **state)
{
	static const uint64_t args[] = { 3, 0x1000, 100 };
	json_object *object, *list;

	(void)state;
	made_enter(&made, READ, 3, args);
	formed_show();
	sct_form_finish(&form);
	object = one_object();
	list = formed_member(object, "args");
	assert_int_equal(json_object_array_length(list), 3);
	assert_null(formed_member(json_object_array_get_idx(list, 1), "text"));
	assert_string_equal(formed_string(json_object_array_get_idx(list, 1), "raw"), "0x1000");
	assert_string_equal(formed_string(json_object_array_get_idx(list, 2), "text"), "100");
	json_object_put(object);
}

/* Before them, a line has their names. */
static void arguments_texts_are_without_their_names(void **state)
{
	static const uint64_t args[] = { 0x1200011, 0, 0, 0x7000, 0 };
	json_object *object, *list;
	size_t i;

	(void)state;
	made_call(&made, 56, 5, args, 7, 1);
	formed_show();
	object = one_object();
	assert_string_equal(formed_string(object, "name"), "clone");
	list = formed_member(object, "args");
	assert_true(json_object_array_length(list) >= 2);
	for (i = 0; i < json_object_array_length(list); i++)
		assert_null(strchr(formed_string(json_object_array_get_idx(list, i), "text"), '='));
	json_object_put(object);
}

static void numbers_that_would_be_rounded_are_null(void **state)
{
	static const int64_t results[] = { 1ll << 53, (1ll << 53) + 1, -(1ll << 53), -(1ll << 53) - 1, INT64_MIN, 0 };
	static const bool exact[] = { true, false, true, false, false, true };
	static const uint64_t words[] = { UINT64_MAX, 1, 2, 3, 4, 5, 6 };
	json_object *object, *result;
	char raw[32];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(results); i++) {
		made_call(&made, GETPID, 0, NULL, results[i], 1);
		formed_show();
		object = one_object();
		result = formed_member(object, "result");
		if (exact[i])
			assert_int_equal(json_object_get_int64(formed_member(result, "value")), results[i]);
		else
			assert_null(formed_member(result, "value"));
		sprintf(raw, "0x%llx", (unsigned long long)results[i]);
		assert_string_equal(formed_string(result, "raw"), raw);
		json_object_put(object);
	}
	made_call(&made, SCTRACE_NR_NONE, 6, words, -ENOSYS, 1);
	formed_show();
	object = one_object();
	assert_null(formed_member(object, "nr"));
	assert_string_equal(formed_string(object, "name"), "syscall_0xffffffffffffffff");
	json_object_put(object);
}

static void flags_say_how_memory_was_read(void **state)
{
	static const uint64_t args[] = { 3, 0x1000, 100 };

	(void)state;
	made_call(&made, READ, 3, args, 100, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 100, "0123456789", 10);
	formed_show();
	expect_flags("[\"cut\"]");
	made_call(&made, OPENAT, 4, open_args, 5, 1);
	made_piece(&made, 0, SCTRACE_PIECE_FAULT, 0, NULL, 0);
	formed_show();
	expect_flags("[\"unreadable\"]");
	made_call(&made, OPENAT, 4, open_args, 5, 1);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 2, "/x", 2);
	formed_show();
	expect_flags("[\"late\"]");
	/* It could not be read at first, but then. */
	made_call(&made, READ, 3, args, 3, 1);
	made_piece(&made, 0, SCTRACE_PIECE_FAULT, 3, NULL, 0);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	formed_show();
	formed_expect("");
	made_late(&made);
	made_piece(&made, 0, 0, 3, "abc", 3);
	formed_show();
	expect_flags("[\"late\"]");
	made_call(&made, READ, 3, args, -512, 1);
	formed_show();
	expect_flags("[\"restart\"]");
}

static void call_of_another_abi_says_so(void **state)
{
	json_object *object;

	(void)state;
	made_call(&made, 20, 0, NULL, 8, 1);
	made.hdr.abi = SCTRACE_ABI_COMPAT;
	formed_show();
	object = one_object();
	assert_string_equal(formed_string(object, "abi"), "i386");
	assert_string_equal(formed_string(object, "name"), "getpid");
	json_object_put(object);
}

/* ---- other events ---- */

static void other_events(void **state)
{
	(void)state;
	made_signal(&made, SIGSEGV, SI_USER);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"signal\"," WHEN_WHO "\"cpu\":3,\"signal\":\"SIGSEGV\",\"signo\":11,\"code\":0,"
	       "\"text\":\"{si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0}\"}\n");
	/* What is told of it is not what was sent, and its end tells of it. */
	made_signal(&made, SIGKILL, SI_USER);
	formed_show();
	formed_expect("");
	made_fork(&made, 1001, TGID);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"fork\"," WHEN_WHO "\"cpu\":3,\"child_tid\":1001,\"child_pid\":900,\"thread\":true,\"traced\":true}\n");
	tasks.follow = false;
	made_fork(&made, 1002, 1002);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"fork\"," WHEN_WHO "\"cpu\":3,\"child_tid\":1002,\"child_pid\":1002,\"thread\":false,\"traced\":false}\n");
	made_exec(&made, 1001);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"exec\"," WHEN_WHO "\"cpu\":3,\"old_tid\":1001}\n");
	made_gap(&made, 17);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"gap\",\"time\":\"2025-11-29T04:36:12.001000000Z\",\"mono\":\"0.001000000\",\"cpu\":3,\"lost\":17,"
	       "\"until\":\"2025-11-29T04:36:12.002000000Z\",\"cause\":\"full\"}\n");
	made_task_exit(&made, SIGABRT | 0x80);
	formed_show();
	formed_expect("{\"v\":1,\"type\":\"exit\"," WHEN_WHO "\"cpu\":3,\"status\":null,\"signal\":\"SIGABRT\",\"core_dumped\":true}\n");
}

static void time_of_any_moment(void **state)
{
	(void)state;
	sct_form_put_time(&form, 999999999);
	assert_string_equal(form.line.chars, "2025-11-29T04:36:12.999999999Z");
	sct_text_clear(&form.line);
	sct_form_put_time(&form, 1000000000);
	assert_string_equal(form.line.chars, "2025-11-29T04:36:13.000000000Z");
	sct_text_clear(&form.line);
	form.realtime = 0;
	sct_form_put_time(&form, UINT64_MAX);
	assert_string_equal(form.line.chars, "2554-07-21T23:34:33.709551615Z");
}

/* ---- who ---- */

static json_object *getpid_of(uint32_t tid)
{
	made_call(&made, GETPID, 0, NULL, 7, 1);
	made.hdr.tid = made.hdr.tgid = tid;
	formed_show();
	return one_object();
}

static void expect_comm(uint32_t tid, const char *want)
{
	json_object *object = getpid_of(tid);

	if (want)
		assert_string_equal(formed_string(object, "comm"), want);
	else
		assert_null(formed_member(object, "comm"));
	json_object_put(object);
}

static void show_unseen(uint32_t tid)
{
	made.hdr.tid = made.hdr.tgid = tid;
	formed_show();
	free(formed_text());
}

static void exec_by(uint32_t tid, const char *path)
{
	static const uint64_t args[] = { 0x1000, 0, 0 };

	made_enter(&made, EXECVE, 3, args);
	made_piece(&made, 0, 0, strlen(path), path, strlen(path));
	show_unseen(tid);
	made_exec(&made, tid);
	show_unseen(tid);
	made_exit(&made, EXECVE, 0);
	show_unseen(tid);
}

static void comm_follows_from_the_records(void **state)
{
	static const uint64_t args[] = { 15, 0x1000 };

	(void)state;
	expect_comm(5, NULL);
	exec_by(5, "/usr/bin/a-very-long-name-of-a-program");
	expect_comm(5, "a-very-long-nam");
	made_fork(&made, 6, 6);
	show_unseen(5);
	expect_comm(6, "a-very-long-nam");
	made_call(&made, PRCTL, 2, args, 0, 1);
	made_piece(&made, 0, 0, 4, "wo\nr", 4);
	show_unseen(6);
	expect_comm(6, "wo\\nr");
	expect_comm(5, "a-very-long-nam");
	/* One that fails names nobody. */
	made_call(&made, PRCTL, 2, args, -EFAULT, 1);
	made_piece(&made, 0, 0, 1, "x", 1);
	show_unseen(6);
	expect_comm(6, "wo\\nr");
	exec_by(6, "");
	expect_comm(6, NULL);
}

/* Of an execve that is one record, the EXEC comes first. */
static void comm_follows_from_an_exec_of_one_record(void **state)
{
	static const uint64_t args[] = { 0x1000, 0, 0 };

	(void)state;
	made_exec(&made, 5);
	made_piece(&made, SCTRACE_IMAGE_PATH, 0, 7, "/bin/ls", 7);
	show_unseen(5);
	made_call(&made, EXECVE, 3, args, 0, 0);
	show_unseen(5);
	expect_comm(5, "ls");
	made_exec(&made, 5);
	show_unseen(5);
	expect_comm(5, NULL);
	made_call(&made, EXECVE, 3, args, 0, 1);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 8, "/bin/cat", 8);
	show_unseen(5);
	expect_comm(5, "cat");
}

/* With what there is of it, the task would be called otherwise than it is. */
static void comm_is_not_known_of_a_name_that_was_cut(void **state)
{
	static const uint64_t args[] = { 15, 0x1000 }, exec_args[] = { 0x1000, 0, 0 };

	(void)state;
	exec_by(5, "/bin/ls");
	made_call(&made, PRCTL, 2, args, 0, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 0, "work", 4);
	show_unseen(5);
	expect_comm(5, NULL);
	made_call(&made, PRCTL, 2, args, 0, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 0, "worker-number-17", 15);
	show_unseen(5);
	expect_comm(5, "worker-number-1");
	made_exec(&made, 5);
	show_unseen(5);
	made_call(&made, EXECVE, 3, exec_args, 0, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 0, "/usr/share/lo", 13);
	show_unseen(5);
	expect_comm(5, NULL);
}

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define POD "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static void who_is_asked_of_a_live_trace(void **state)
{
	json_object *object, *container;

	(void)state;
	assert_int_equal(tree_make(state), 0);
	tree_put("proc/5/comm", "web\n");
	tree_put_task("1", "mnt:[1]", "pid:[1]", "0::/init.scope\n");
	tree_put_task("5", "mnt:[2]", "pid:[2]", "0::/libpod_pod_" POD ".slice/docker-" ID ".scope\n");
	tree_put("var/lib/docker/containers/" ID "/config.v2.json", "{\"ID\":\"" ID "\",\"Name\":\"/shop\"}");
	tree_put("proc/6/comm", "caf\xc3\xa9 \\\xff\n");
	tree_put_task("6", "mnt:[1]", "pid:[1]", "0::/user.slice\n");
	tree_put("proc/7/comm", "own\n");
	tree_put_task("7", "mnt:[2]", "pid:[1]", "0::/x/" POD "\n");
	form.root = formed_comms.root = tree_root();
	object = getpid_of(5);
	assert_string_equal(formed_string(object, "comm"), "web");
	container = formed_member(object, "container");
	assert_string_equal(formed_string(container, "id"), ID);
	assert_string_equal(formed_string(container, "name"), "shop");
	assert_string_equal(formed_string(container, "runtime"), "docker");
	json_object_put(object);
	object = getpid_of(6);
	/* What is no ASCII is as in a string of C. */
	assert_string_equal(formed_string(object, "comm"), "caf\\303\\251 \\\\\\377");
	assert_false(json_object_object_get_ex(object, "container", NULL));
	json_object_put(object);
	/* Of no run time that is known. */
	object = getpid_of(7);
	container = formed_member(object, "container");
	assert_string_equal(formed_string(container, "id"), POD);
	assert_null(formed_member(container, "name"));
	assert_null(formed_member(container, "runtime"));
	json_object_put(object);
	expect_comm(8, NULL);
	/* It minds a container, and is in none. */
	tree_put("proc/9/comm", "conmon\n");
	tree_put_task("9", "mnt:[1]", "pid:[1]", "0::/libpod-conmon-" ID ".scope\n");
	object = getpid_of(9);
	assert_string_equal(formed_string(object, "comm"), "conmon");
	assert_false(json_object_object_get_ex(object, "container", NULL));
	json_object_put(object);
	assert_int_equal(tree_remove(state), 0);
}

/* ---- strings ---- */

static void json_string_of_each_byte_is_a_string(void **state)
{
	struct sct_text text = { 0 };
	json_object *object, *value;
	char bytes[2], want[8], line[64];
	unsigned int c;

	(void)state;
	for (c = 0; c < 256; c++) {
		bytes[0] = c;
		sct_text_clear(&text);
		sct_json_string(&text, bytes, 1);
		assert_int_equal(strlen(text.chars), text.len);
		object = formed_parse(line, sprintf(line, "{\"s\":%s}", text.chars));
		value = formed_member(object, "s");
		if (c < 128)
			sprintf(want, "%c", c);
		else
			sprintf(want, "\\%o", c);
		assert_int_equal(json_object_get_string_len(value), c < 128 ? 1 : 4);
		assert_memory_equal(json_object_get_string(value), want, c < 128 ? 1 : 4);
		json_object_put(object);
	}
	sct_text_free(&text);
}

static void json_string_of_nothing_is_empty(void **state)
{
	struct sct_text text = { 0 };

	(void)state;
	sct_json_string(&text, NULL, 0);
	assert_string_equal(text.chars, "\"\"");
	sct_text_free(&text);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		JSON(call_is_one_line_at_its_return),
		JSON(call_of_one_record_is_the_same_line),
		JSON(call_of_which_the_beginning_is_not_known_has_no_duration),
		JSON(sigreturn_has_a_frame_without_address),
		JSON(call_that_does_not_return_is_told_when_its_task_ends),
		JSON(call_that_goes_on_is_told_at_the_end),
		JSON(call_whose_return_was_lost_is_told_before_the_next),
		JSON(call_of_which_nothing_was_told_is_not_told_at_the_end),
		JSON(call_that_waits_for_its_late_is_not_unfinished),
		JSON(call_of_a_task_whose_end_was_lost_is_told),
		JSON(exit_group_is_told_at_its_entry),
		JSON(arguments_that_are_not_known_have_no_text),
		JSON(arguments_texts_are_without_their_names),
		JSON(numbers_that_would_be_rounded_are_null),
		JSON(flags_say_how_memory_was_read),
		JSON(call_of_another_abi_says_so),
		JSON(other_events),
		JSON(time_of_any_moment),
		JSON(comm_follows_from_the_records),
		JSON(comm_follows_from_an_exec_of_one_record),
		JSON(comm_is_not_known_of_a_name_that_was_cut),
		JSON(who_is_asked_of_a_live_trace),
		cmocka_unit_test(json_string_of_each_byte_is_a_string),
		cmocka_unit_test(json_string_of_nothing_is_empty),
	};

	return cmocka_run_group_tests_name("sctrace_json", cases, NULL, NULL);
}
