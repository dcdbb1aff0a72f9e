/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trace made by hand whose events go through output/form.c, and what of that was written. */
#ifndef UNIT_FORMED_H
#define UNIT_FORMED_H

#include <json-c/json.h>

#include "comm.h"
#include "form.h"
#include "made.h"

/* By the tables of x86_64. */
#define READ		0
#define RT_SIGRETURN	15
#define GETPID		39
#define EXECVE		59
#define KILL		62
#define PRCTL		157
#define EXIT_GROUP	231
#define OPENAT		257

extern struct sct_tasks tasks;
extern struct sct_form form;
extern struct sct_comms formed_comms;
/* The record of the last event: events point to it. */
extern struct made made;

int formed_json(void **state);
int formed_csv(void **state);
int formed_end(void **state);
char *formed_text(void);
void formed_expect(const char *want);
void formed_show(void);
void formed_show_at(uint64_t time);
void formed_enter_openat(const char *path);
void formed_leave_openat(int64_t result, uint64_t time);
json_object *formed_parse(const char *line, size_t n);
json_object *formed_member(json_object *object, const char *key);
const char *formed_string(json_object *object, const char *key);

extern const uint64_t open_args[4];

#define JSON(f) cmocka_unit_test_setup_teardown(f, formed_json, formed_end)
#define CSV(f) cmocka_unit_test_setup_teardown(f, formed_csv, formed_end)

#endif
