// SPDX-License-Identifier: GPL-2.0-or-later
/* Records to what programs read: each line of JSON is an object by json-c, in UTF-8; of CSV, quotes are closed. */
#include <json-c/json.h>

#include "input.h"
#include "shown.h"

static void check_json(const char *line, size_t n)
{
	json_tokener *tokener = json_tokener_new();
	json_object *object;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	object = json_tokener_parse_ex(tokener, line, n);
	must(json_tokener_get_error(tokener) == json_tokener_success);
	must(json_tokener_get_parse_end(tokener) == n);
	must(json_object_is_type(object, json_type_object));
	json_object_put(object);
	json_tokener_free(tokener);
}

/* A row has as many fields as the first, which names them. */
static unsigned int count_fields(const char *row, size_t n)
{
	bool quoted = false;
	unsigned int fields = 1;
	size_t i;

	for (i = 0; i < n; i++) {
		if (row[i] == '"')
			quoted = !quoted;
		else if (row[i] == ',' && !quoted)
			fields++;
	}
	must(!quoted);
	return fields;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const lines[] = {
		"-o /none -f --format=json ls",
		"-o /none -f --format=json -v -yy -k -s 64 ls",
		"-o /none -f --format=csv ls",
		"-o /none -f --format=json -X verbose -xx ls",
	};
	unsigned int fields = 0;
	const char *text, *end;
	size_t len;

	text = shown(lines, sizeof(lines) / sizeof(*lines), data, size, &len);
	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		must(end);
		if (*text == '{' && !fields) {
			check_json(text, end - text);
			continue;
		}
		must(!fields || count_fields(text, end - text) == fields);
		fields = count_fields(text, end - text);
	}
	return 0;
}
