// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "formed.h"

struct sct_tasks tasks;
static struct sct_plan_set plans;
struct sct_form form;
struct sct_comms formed_comms;
static char *output;
static size_t output_len;
/* The record of the last event: events point to it. */
struct made made;

static void begin(enum sct_form_kind kind)
{
	struct sct_plan_options how = { .string_limit = 32 };

	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	tasks = (struct sct_tasks) { .follow = true };
	form = (struct sct_form) { .kind = kind, .out = open_memstream(&output, &output_len), .plans = &plans,
				   .tasks = &tasks, .realtime = 1764390972000000000 };
	formed_comms = (struct sct_comms) { .wanted = true, .tasks = &tasks, .plans = &plans };
	sct_form_begin(&form);
}

int formed_json(void **state)
{
	(void)state;
	begin(SCT_FORM_JSON);
	return 0;
}

int formed_csv(void **state)
{
	(void)state;
	begin(SCT_FORM_CSV);
	return 0;
}

int formed_end(void **state)
{
	(void)state;
	sct_form_free(&form);
	sct_tasks_free(&tasks);
	sct_plan_set_free(&plans);
	fclose(form.out);
	free(output);
	return 0;
}

/* What has been written since the last time. The caller's to free. */
char *formed_text(void)
{
	char *text;

	fflush(form.out);
	text = strndup(output, output_len);
	rewind(form.out);
	return text;
}

void formed_expect(const char *want)
{
	char *text = formed_text();

	assert_string_equal(text, want);
	free(text);
}

/* As cli/show.c does it. */
void formed_show(void)
{
	struct sct_event event;
	struct sct_record rec;
	int ret;

	made_parse(&made, &rec);
	rec.cpu = 3;
	do {
		sct_form_before(&form, &rec);
		ret = sct_pair(&tasks, &rec, &event);
		assert_true(ret >= 0);
		if (!ret)
			continue;
		sct_comms_before(&formed_comms, &event);
		sct_form_event(&form, &event);
		sct_comms_after(&formed_comms, &event);
		sct_pair_done(&tasks, &event);
	} while (event.again);
}

void formed_show_at(uint64_t time)
{
	made.hdr.time = time;
	formed_show();
}

const uint64_t open_args[4] = { (uint32_t)-100, 0x7ffd00001000, 02000101, 0644 };

void formed_enter_openat(const char *path)
{
	made_enter(&made, OPENAT, 4, open_args);
	made_piece(&made, 0, 0, strlen(path), path, strlen(path));
	formed_show_at(1000000);
}

void formed_leave_openat(int64_t result, uint64_t time)
{
	made_exit(&made, OPENAT, result);
	formed_show_at(time);
}

json_object *formed_parse(const char *line, size_t n)
{
	struct json_tokener *tokener = json_tokener_new();
	json_object *object;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	object = json_tokener_parse_ex(tokener, line, n);
	if (json_tokener_get_error(tokener) != json_tokener_success || json_tokener_get_parse_end(tokener) != n)
		fail_msg("%s: %.*s", json_tokener_error_desc(json_tokener_get_error(tokener)), (int)n, line);
	json_tokener_free(tokener);
	assert_true(json_object_is_type(object, json_type_object));
	return object;
}

json_object *formed_member(json_object *object, const char *key)
{
	json_object *value;

	if (!json_object_object_get_ex(object, key, &value))
		fail_msg("no '%s' in %s", key, json_object_to_json_string(object));
	return value;
}

const char *formed_string(json_object *object, const char *key)
{
	json_object *value = formed_member(object, key);

	return value ? json_object_get_string(value) : NULL;
}
