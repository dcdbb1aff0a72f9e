// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Events for programs to read: rows of CSV (userspace/output/csv.c), and both forms of whatever records
 * there are. Every line is read back, by json-c in its strictest way, or as RFC 4180 says.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "csv.h"
#include "formed.h"
#include "json.h"

/* ---- CSV ---- */

static void csv_field_is_quoted_if_it_must_be(void **state)
{
	static const struct { const char *field, *want; } rows[] = {
		{ "", "" }, { "abc", "abc" }, { "a b", "a b" }, { "a,b", "\"a,b\"" }, { "\"", "\"\"\"\"" },
		{ "say \"x\"!", "\"say \"\"x\"\"!\"" }, { "a\rb", "\"a\rb\"" }, { "\n", "\"\n\"" },
	};
	struct sct_text text = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		sct_text_put(&text, "");
		sct_csv_field(&text, rows[i].field, strlen(rows[i].field));
		assert_string_equal(text.chars, rows[i].want);
		sct_text_clear(&text);
		*text.chars = '\0';
	}
	sct_text_free(&text);
}

#define HEADER "time,type,tid,pid,comm,name,args,result,errno,duration_ns,flags\r\n"
#define ROW(type) "2025-11-29T04:36:12.001000000Z," type ",1000,900,,"

static void csv_rows(void **state)
{
	static const uint64_t args[] = { 0 };

	(void)state;
	formed_enter_openat("/etc/\"motd");
	formed_leave_openat(-EACCES, 1000009);
	formed_leave_openat(4, 1000000);
	formed_enter_openat("/x");
	made_signal(&made, SIGUSR1, SI_USER);
	formed_show();
	made_fork(&made, 1001, TGID);
	formed_show();
	made_exec(&made, TID);
	formed_show();
	made_gap(&made, 17);
	formed_show();
	made_task_exit(&made, SIGABRT | 0x80);
	formed_show();
	made_enter(&made, EXIT_GROUP, 1, args);
	formed_show();
	made_task_exit(&made, 0);
	formed_show();
	made_call(&made, GETPID, 0, NULL, -512, 1000000);
	formed_show();
	made_call(&made, GETPID, 0, NULL, -3000, 0);
	formed_show();
	formed_expect(HEADER
	       ROW("call") "openat,\"AT_FDCWD, \"\"/etc/\\\"\"motd\"\", O_WRONLY|O_CREAT|O_CLOEXEC, 0644\",-1,EACCES,9,\r\n"
	       ROW("call") "openat,,4,,,orphan\r\n"
	       ROW("signal") "SIGUSR1,\"{si_signo=SIGUSR1, si_code=SI_USER, si_pid=0, si_uid=0}\",,,,\r\n"
	       ROW("fork") ",,1001,,,\r\n"
	       ROW("exec") ",,1000,,,\r\n"
	       "2025-11-29T04:36:12.001000000Z,gap,,,,,17 records lost on CPU 3: full,,,1000000,\r\n"
	       ROW("call") "openat,\"AT_FDCWD, \"\"/x\"\", O_WRONLY|O_CREAT|O_CLOEXEC, 0644\",,,,unfinished\r\n"
	       ROW("exit") "SIGABRT,core dumped,,,,\r\n"
	       ROW("call") "exit_group,0,,,,\r\n"
	       ROW("exit") ",,0,,,\r\n"
	       ROW("call") "getpid,,?,ERESTARTSYS,0,restart\r\n"
	       ROW("call") "getpid,,-1,3000,,\r\n");
}

/* ---- whatever comes ---- */

#define ROUNDS 30000

static uint64_t state64;

/* The same numbers in each run: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift"). */
static uint64_t any(void)
{
	state64 ^= state64 >> 12;
	state64 ^= state64 << 25;
	state64 ^= state64 >> 27;
	return state64 * 2685821657736338717ull;
}

static uint64_t number(void)
{
	switch (any() % 4) {
	case 0:
		return any() % 300;
	case 1:
		return 1ull << any() % 64;
	case 2:
		return -any() % 600;
	default:
		return any();
	}
}

static void add_pieces(void)
{
	uint8_t bytes[200];
	unsigned int n, i, len;

	for (n = any() % 5; n; n--) {
		for (i = 0; i < sizeof(bytes); i++)
			bytes[i] = any() % 4 ? any() : (uint8_t)"\"\\,\n\r\0\x7f"[any() % 7];
		len = any() % sizeof(bytes);
		made_piece(&made, any() % 5, any() % 2 ? 0 : any() % 16, any() % 2 ? len : number(), bytes, len);
	}
}

/* A record of any kind, of one of a few tasks. */
static void make_any(void)
{
	uint64_t args[7];
	uint16_t nr = any() % 20 ? any() % 480 : any() % 4 ? EXECVE : SCTRACE_NR_NONE;
	unsigned int i, nr_args = nr == SCTRACE_NR_NONE ? 6 : any() % 7;

	for (i = 0; i < COUNT(args); i++)
		args[i] = number();
	switch (any() % 12) {
	case 0:
		made_signal(&made, number(), number());
		break;
	case 1:
		made_fork(&made, any() % 8 + 1, any() % 8 + 1);
		break;
	case 2:
		made_exec(&made, any() % 8 + 1);
		add_pieces();
		break;
	case 3:
		made_task_exit(&made, number());
		break;
	case 4:
		made_gap(&made, number());
		return;
	case 5:
		made_late(&made);
		add_pieces();
		break;
	case 6:
		made_call(&made, nr, nr_args, args, number(), number());
		add_pieces();
		break;
	case 7:
	case 8:
		made_exit(&made, nr, number());
		add_pieces();
		break;
	default:
		made_enter(&made, nr, nr == SCTRACE_NR_NONE ? 0 : nr_args, args);
		if (nr == SCTRACE_NR_NONE) {
			made_words(&made, args, 7);
			made.hdr.nr_args = 6;
		}
		add_pieces();
	}
	made.hdr.flags = any() % 8 ? 0 : SCTRACE_HDR_LATE_FOLLOWS;
	made.hdr.abi = any() % SCTRACE_ABI_COUNT;
	made.hdr.tid = any() % 8 + 1;
	made.hdr.time = number();
}

static void check_object(const char *line, size_t n)
{
	json_object *object = formed_parse(line, n);
	const char *type = formed_string(object, "type");
	size_t i;

	for (i = 0; i < n; i++)
		assert_in_range(line[i], 0x20, 0x7e);
	assert_int_equal(json_object_get_int(formed_member(object, "v")), SCT_JSON_VERSION);
	assert_true(!strcmp(type, "call") || !strcmp(type, "signal") || !strcmp(type, "exit") || !strcmp(type, "fork") ||
		    !strcmp(type, "exec") || !strcmp(type, "gap"));
	assert_int_equal(strlen(formed_string(object, "time")), 30);
	if (!strcmp(type, "call")) {
		assert_true(json_object_is_type(formed_member(object, "flags"), json_type_array));
		assert_true(formed_string(object, "name")[0]);
		assert_true(!formed_member(object, "result") || formed_string(formed_member(object, "result"), "raw")[0] == '0');
	}
	json_object_put(object);
}

/* Return: where the row ends. */
static const char *check_row(const char *at)
{
	unsigned int fields = 1;

	for (;; at++) {
		if (*at == '"') {
			for (at++; *at != '"' || at[1] == '"'; at += 1 + (*at == '"'))
				assert_in_range(*at, 0x20, 0x7e);
			assert_true(at[1] == ',' || at[1] == '\r');
		} else if (*at == ',') {
			fields++;
		} else if (*at == '\r') {
			assert_int_equal(at[1], '\n');
			assert_int_equal(fields, 11);
			return at + 2;
		} else {
			assert_in_range(*at, 0x20, 0x7e);
		}
	}
}

static void json_is_valid_whatever_comes(void **state)
{
	unsigned int i, lines = 0;
	char *text, *line, *newline;

	(void)state;
	state64 = 7;
	for (i = 0; i < ROUNDS; i++) {
		make_any();
		formed_show();
		if (i == ROUNDS - 1)
			sct_form_finish(&form);
		text = formed_text();
		for (line = text; *line; line = newline + 1, lines++) {
			newline = strchr(line, '\n');
			assert_non_null(newline);
			check_object(line, newline - line);
		}
		free(text);
	}
	assert_true(lines > ROUNDS / 2);
}

static void csv_is_valid_whatever_comes(void **state)
{
	unsigned int i, rows = 0;
	const char *at;
	char *text;

	(void)state;
	state64 = 8;
	for (i = 0; i < ROUNDS; i++) {
		make_any();
		formed_show();
		text = formed_text();
		for (at = text; *at; rows++)
			at = check_row(at);
		free(text);
	}
	assert_true(rows > ROUNDS / 2);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(csv_field_is_quoted_if_it_must_be),
		CSV(csv_rows),
		JSON(json_is_valid_whatever_comes),
		CSV(csv_is_valid_whatever_comes),
	};

	return cmocka_run_group_tests_name("sctrace_form", cases, NULL, NULL);
}
