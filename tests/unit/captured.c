// SPDX-License-Identifier: GPL-2.0-or-later
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "captured.h"
#include "window.h"

static char folder[64];

int captured_setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/sctrace-unit-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int take_away(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)st, (void)what, (void)at;
	return remove(path);
}

int captured_teardown(void **state)
{
	(void)state;
	return nftw(folder, take_away, 8, FTW_DEPTH | FTW_PHYS);
}

/* Valid until the eighth call after it. */
char *captured_path(const char *name)
{
	static char paths[8][128];
	static unsigned int next;

	snprintf(paths[next % 8], sizeof(paths[0]), "%s/%s", folder, name);
	return paths[next++ % 8];
}

struct sct_capture *captured_open(const char *name, const struct sct_capture_options *options)
{
	static const struct sctrace_plan plans[2] = { { .nr = 39, .nr_steps = 1 }, { .nr = 257, .nr_args = 4 } };
	static const struct sctrace_step steps[1] = { { .op = SCTRACE_STEP_STRING } };
	static const int32_t pids[] = { 12, 34 };
	struct sct_capture_info info = {
		.head = { .nr_cpus = 3, .audit_arch = 0xc000003e, .nr_plans = 2, .nr_steps = 1, .nr_pids = 2,
			  .host = "unit", .kernel = "none", .string_limit = 32, .realtime = -5 },
		.plans = plans,
		.steps = steps,
		.pids = pids,
	};
	struct sct_capture_options none = { 0 };
	struct sct_capture *c;

	assert_int_equal(sct_capture_open(&c, captured_path(name), &info, options ? options : &none), 0);
	return c;
}

void captured_put(struct sct_capture *c, unsigned int cpu, uint64_t time, uint32_t tid)
{
	struct made m;

	made_exit(&m, 1, tid);
	m.hdr.time = time;
	m.hdr.tid = tid;
	assert_int_equal(sct_capture_block(c, cpu, m.bytes, m.size), 0);
}

void captured_read(struct outcome *o, char *const *paths, unsigned int nr)
{
	struct sct_session *s;
	struct sct_record rec;

	memset(o, 0, sizeof(*o));
	o->opened = sct_open_files(&s, paths, nr, &o->fault);
	if (o->opened)
		return;
	while ((o->last = sct_next(s, &rec)) > 0) {
		if (rec.hdr->type == SCTRACE_REC_GAP)
			continue;
		if (o->nr < COUNT(o->tids)) {
			o->tids[o->nr] = rec.hdr->tid;
			o->cpus[o->nr] = rec.cpu;
		}
		o->nr++;
	}
	o->fault = sct_file_fault(s);
	o->end = sct_file_end(s);
	assert_int_equal(sct_counts(s, &o->counts), 0);
	sct_close(s);
}

void captured_read_one(struct outcome *o, const char *path)
{
	char *paths[] = { (char *)path };

	captured_read(o, paths, 1);
}

/* Whatever is in the file: nothing comes of it but that it is looked at. */
void captured_read_part(const char *path, uint64_t since, uint64_t until)
{
	char *paths[] = { (char *)path };
	struct sct_file_fault fault;
	struct sct_session *s;
	struct sct_record rec;

	if (sct_open_files(&s, paths, 1, &fault))
		return;
	sct_window_seek(s, since, until, &fault);
	while (sct_next(s, &rec) > 0)
		;
	sct_close(s);
}

/* For free(). */
uint8_t *captured_bytes(const char *path, size_t *len)
{
	FILE *file = fopen(path, "r");
	uint8_t *bytes;

	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	*len = ftell(file);
	rewind(file);
	bytes = malloc(*len);
	assert_int_equal(fread(bytes, 1, *len, file), *len);
	fclose(file);
	return bytes;
}

void captured_write(const char *path, const uint8_t *bytes, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}
