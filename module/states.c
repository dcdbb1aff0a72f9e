// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a session knows of each task: memory for it.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/threads.h>
#include <linux/vmalloc.h>

#include "states.h"

#define STATES_BYTES	(sizeof(struct sctrace_states) + PID_MAX_LIMIT)
#define STATES_PAGES	DIV_ROUND_UP(STATES_BYTES, PAGE_SIZE)

struct sctrace_states __rcu *sctrace_states_first;
/* Nobody's: a page that begins it, and one again and again. */
static struct sctrace_states *nobodys;
static struct page *first_page, *other_page;

static struct sctrace_states *map_nobodys(void)
{
	struct page **pages = kvmalloc_array(STATES_PAGES, sizeof(*pages), GFP_KERNEL);
	struct sctrace_states *states;
	unsigned long i;

	if (!pages)
		return NULL;
	pages[0] = first_page;
	for (i = 1; i < STATES_PAGES; i++)
		pages[i] = other_page;
	states = vmap(pages, STATES_PAGES, VM_MAP, PAGE_KERNEL);
	kvfree(pages);
	return states;
}

/**
 * sctrace_states_init() - make those that are nobody's
 *
 * Context: module init.
 * Return: 0 or -ENOMEM; then sctrace_states_exit() is not to be called.
 */
int __init sctrace_states_init(void)
{
	first_page = alloc_page(GFP_KERNEL);
	other_page = alloc_page(GFP_KERNEL);
	if (first_page && other_page) {
		memset(page_address(first_page), 0xff, PAGE_SIZE);
		memset(page_address(other_page), 0xff, PAGE_SIZE);
		nobodys = map_nobodys();
	}
	if (!nobodys) {
		sctrace_states_exit();
		return -ENOMEM;
	}
	nobodys->session = NULL;
	sctrace_states_be_first(NULL);
	return 0;
}

/**
 * sctrace_states_exit() - give back what init took
 *
 * Context: no probe runs any more.
 */
void sctrace_states_exit(void)
{
	vunmap(nobodys);
	if (first_page)
		__free_page(first_page);
	if (other_page)
		__free_page(other_page);
}

/**
 * sctrace_states_be_first() - have the probes look here first
 * @states: a session's, or NULL: nobody's
 *
 * Context: callers take turns (run.c's lock). Probes that have begun before may look elsewhere.
 */
void sctrace_states_be_first(struct sctrace_states *states)
{
	rcu_assign_pointer(sctrace_states_first, states ?: nobodys);
}

/**
 * sctrace_states_alloc() - room for the states of all tasks, of which none is in
 * @session: whose
 *
 * Context: may sleep.
 * Return: it, for sctrace_states_free(), or NULL.
 */
struct sctrace_states *sctrace_states_alloc(struct sctrace_session *session)
{
	struct sctrace_states *states =
		__vmalloc(STATES_BYTES, GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN);

	if (states)
		states->session = session;
	return states;
}

/**
 * sctrace_states_free() - give it back
 * @states: no probe uses it any more; NULL is fine
 *
 * Context: may sleep.
 */
void sctrace_states_free(struct sctrace_states *states)
{
	vfree(states);
}
