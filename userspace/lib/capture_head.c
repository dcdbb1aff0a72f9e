/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The head of a capture file: whether what it counts is there, and where. Nothing in it is believed.
 */
#include <string.h>

#include "capture_head.h"

static bool is_text(const char *text, size_t size)
{
	return memchr(text, '\0', size);
}

static bool plans_are_sound(const struct sct_capture_info *info)
{
	uint32_t i;

	for (i = 0; i < info->head.nr_plans; i++) {
		const struct sctrace_plan *p = &info->plans[i];

		if (p->abi >= SCTRACE_ABI_COUNT || p->nr >= SCTRACE_MAX_NR || p->nr_args > 6 ||
		    p->nr_steps > SCTRACE_MAX_PLAN_STEPS || (uint32_t)p->first_step + p->nr_steps > info->head.nr_steps)
			return false;
	}
	return true;
}

static bool paths_are_sound(const struct sct_capture_info *info)
{
	uint32_t i;

	for (i = 0; i < info->head.nr_paths; i++) {
		const struct sctrace_path *p = &info->paths[i];

		if (p->match >= SCTRACE_MATCH_COUNT || !p->length || p->offset > info->head.path_text_bytes ||
		    p->length > info->head.path_text_bytes - p->offset)
			return false;
	}
	return true;
}

static bool head_is_sound(const struct sct_capture_info *info, size_t len)
{
	const struct sct_capture_head *h = &info->head;

	return h->nr_cpus && h->nr_cpus <= SCT_CAPTURE_MAX_CPUS && h->nr_plans <= SCTRACE_MAX_PLANS &&
	       h->nr_steps <= SCTRACE_MAX_STEPS && h->nr_pids <= SCTRACE_MAX_TESTS &&
	       h->nr_paths <= SCTRACE_MAX_PATHS && h->path_text_bytes <= SCTRACE_MAX_PATH_TEXT_BYTES &&
	       h->string_limit <= INT16_MAX && h->stack_bytes <= SCTRACE_STEP_MAX_BYTES &&
	       len == sizeof(*h) + h->nr_plans * sizeof(*info->plans) + h->nr_steps * sizeof(*info->steps) +
		      h->nr_paths * sizeof(*info->paths) + h->nr_pids * sizeof(*info->pids) + h->path_text_bytes &&
	       is_text(h->host, sizeof(h->host)) && is_text(h->kernel, sizeof(h->kernel)) &&
	       is_text(h->module_version, sizeof(h->module_version)) &&
	       is_text(h->reader_version, sizeof(h->reader_version));
}

/* Where the lists lie behind info->head, which is sound, in its frame's content. */
void sct_capture_head_lists(struct sct_capture_info *info, const void *content)
{
	const uint8_t *bytes = content;
	const struct sct_capture_head *h = &info->head;
	uint64_t at = sizeof(*h);

	info->plans = (const void *)(bytes + at);
	at += h->nr_plans * sizeof(*info->plans);
	info->steps = (const void *)(bytes + at);
	at += h->nr_steps * sizeof(*info->steps);
	info->paths = (const void *)(bytes + at);
	at += h->nr_paths * sizeof(*info->paths);
	info->pids = (const void *)(bytes + at);
	at += h->nr_pids * sizeof(*info->pids);
	info->path_text = (const void *)(bytes + at);
}

/*
 * A frame's content, len bytes, of which info->head is a copy of the beginning, is a head of this version and interface. If
 * so, the rest of *info points into it.
 */
bool sct_capture_head_check(struct sct_capture_info *info, const void *content, size_t len)
{
	if (!head_is_sound(info, len))
		return false;
	sct_capture_head_lists(info, content);
	return plans_are_sound(info) && paths_are_sound(info);
}
