/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records made by hand, printed as the options of a command line want it. */
#ifndef UNIT_PRINTER_H
#define UNIT_PRINTER_H

#include "comm.h"
#include "made.h"
#include "options.h"
#include "pair.h"
#include "strace.h"

/* By the tables of x86_64. */
#define READ		0
#define GETPID		39
#define EXIT_GROUP	231

/* 2026-11-29 14:43:14.510380123 UTC: times of records are ns after it. */
#define MOMENT		1795963394510380123ull
#define MS		1000000ull

extern struct sct_strace printer;
extern struct sct_comms printer_comms;
extern struct sct_tasks *printer_tasks;
extern struct sct_plan_set printer_plans;
extern struct sct_plan_options printer_how; /* by which printer_setup() makes them */
/* The record of the last event: events point to it. */
extern struct made printer_made;
extern struct sct_record printer_rec;

int printer_setup(void **state);
int printer_teardown(void **state);
struct sct_cli *printer_parse(const char *words);
void printer_begin(const char *options);
void printer_show(uint32_t tid, uint64_t time);
void printer_show_enter(uint32_t tid, uint64_t time, uint16_t nr);
void printer_show_exit(uint32_t tid, uint64_t time, uint16_t nr, int64_t result);
void printer_expect(const char *lines);
void printer_clear(void);

#endif
