// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the ioctls CONFIG and CHANGE say of scope and filter, and the module's parameters: policy.c, scope.c,
 * scope_group.c, filter.c, path.c, rate.c and params.c, on a reader's memory that holds anything. What is accepted is
 * asked about tasks and calls; what is refused leaves nothing behind, and the policy that there was as it was.
 */
#include <linux/filter.h>
#include <linux/uaccess.h>

#include "deferred.h"
#include "input.h"
#include "kernel_api.h"
#include "memory.h"
#include "params.h"
#include "plan.h"
#include "policy.h"
#include "tasks.h"

/* Where the arrays lie, if the configuration is mended. */
#define TESTS_AT	MEMORY_BASE
#define FILTER_AT	(MEMORY_BASE + 0x0400)
#define PROGRAM_AT	(MEMORY_BASE + 0x0700)
#define PATHS_AT	(MEMORY_BASE + 0x0900)
#define TEXT_AT		(MEMORY_BASE + 0x0a00)
#define MOST_TESTS	32
#define TEXT_BYTES	0x600

#define AS_IT_IS	0x01		/* nothing is mended */
#define SECOND		0x02		/* a CHANGE follows */

struct scene {
	struct sctrace_config config;
	u64 args[6];
	s64 result;
	u16 missing;
	u16 nr;
	u8 flags;
	char comm[TASK_COMM_LEN];
	char param[24];
};

int shim_set_pid(const char *value);
int shim_set_uid(const char *value);
int shim_set_comm(const char *value);
int shim_set_container(const char *value);
int shim_set_new(const char *value);
int shim_set_follow(const char *value);
int shim_set_ring_kb(const char *value);

/* A call with a path below a directory, which is what paths are compared with. */
static struct sctrace_plans plans;

static void make_plans(void)
{
	static const struct sctrace_step like[2] = {
		{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 0,
		  .flags = SCTRACE_STEP_PATH },
		{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1,
		  .max = 4096, .flags = SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW },
	};
	static const struct sctrace_plan plan = { .nr = 257, .nr_args = 4, .nr_steps = 2 };
	u32 bad_array, bad;

	if (!plans.calls)
		must(!sctrace_plan_init(&plans, &plan, 1, input_copy(like, sizeof(like)), 2, 1 << 20, &bad_array, &bad));
}

/* ---- nearer to what is accepted ---- */

static void mend_test(struct sctrace_test *test, u16 group, u8 flags)
{
	bool comm_or_exe, container;

	test->key = 1 + test->key % (SCTRACE_KEY_COUNT - 1);
	test->group = group;
	test->flags = flags;
	test->reserved = 0;
	comm_or_exe = test->key == SCTRACE_KEY_COMM || test->key == SCTRACE_KEY_EXE;
	container = test->key >= SCTRACE_KEY_CONTAINER && test->key <= SCTRACE_KEY_CONTAINER_OLD;
	test->match = comm_or_exe ? test->match % SCTRACE_MATCH_COUNT : 0;
	test->digits = container ? 64 : 0;
	test->offset = comm_or_exe || test->key == SCTRACE_KEY_CONTAINER ? test->offset % (TEXT_BYTES + 1) : 0;
	test->length = test->offset ? test->length % (TEXT_BYTES - test->offset + 1) : 0;
	if (test->key <= SCTRACE_KEY_TREE)
		test->low = test->low % 4 ? 100 + test->low % 4 : test->low;
	else if (test->low > test->high)
		test->high = test->low;
}

static void mend_tests(struct sctrace_config *config)
{
	struct sctrace_test *tests = memory_at(TESTS_AT, MOST_TESTS * sizeof(*tests));
	u16 group = 0;
	u8 flags = 0;
	u32 i;

	config->nr_tests %= MOST_TESTS + 1;
	for (i = 0; i < config->nr_tests; i++) {
		if (!i || tests[i].group % 2) {
			group++;
			flags = tests[i].flags % 2;
		}
		mend_test(&tests[i], group, flags);
	}
}

static void mend_program(struct sctrace_filter *filter)
{
	struct sock_filter *insns = memory_at(PROGRAM_AT, 0);
	u32 i;

	filter->nr_insns %= 32;
	filter->program = filter->nr_insns ? PROGRAM_AT : 0;
	for (i = 0; i < filter->nr_insns; i++) {
		insns[i].code &= 0xff;
		if (insns[i].code == (BPF_LD | BPF_W | BPF_ABS))
			insns[i].k %= sizeof(struct sctrace_filter_data) + 8;
		if (BPF_CLASS(insns[i].code) == BPF_JMP)
			insns[i].jt %= 4, insns[i].jf %= 4, insns[i].k %= 8;
	}
	if (i)
		insns[i - 1].code = BPF_RET | (insns[i - 1].code & BPF_A);
}

static void mend_filter(struct sctrace_filter *filter)
{
	struct sctrace_path *paths = memory_at(PATHS_AT, 0);
	u32 i;

	filter->size = sizeof(*filter);
	filter->flags &= SCTRACE_FILTER_WHOLE | SCTRACE_FILTER_AT_EXIT | SCTRACE_FILTER_NO_ENTER;
	memset(filter->reserved, 0, sizeof(filter->reserved));
	filter->reserved2 = 0;
	filter->rate %= SCTRACE_MAX_RATE + 1;
	mend_program(filter);
	filter->nr_paths %= 9;
	filter->paths = PATHS_AT;
	filter->path_text = TEXT_AT;
	filter->path_text_bytes = filter->nr_paths ? TEXT_BYTES : 0;
	for (i = 0; i < filter->nr_paths; i++) {
		paths[i].match %= SCTRACE_MATCH_COUNT;
		paths[i].reserved = 0;
		paths[i].length = 1 + paths[i].length % 64;
		paths[i].offset %= TEXT_BYTES - 64;
	}
}

static void mend(struct sctrace_config *config)
{
	static const u32 scopes[] = { SCTRACE_SCOPE_TESTS, SCTRACE_SCOPE_TESTS | SCTRACE_SCOPE_FOLLOW,
				      SCTRACE_SCOPE_DEFAULT, SCTRACE_SCOPE_KEEP };

	config->scope = scopes[config->scope % ARRAY_SIZE(scopes)];
	config->tests = TESTS_AT;
	config->text = TEXT_AT;
	config->text_bytes = TEXT_BYTES;
	config->filter = config->filter % 4 ? FILTER_AT : 0;
	mend_filter(memory_at(FILTER_AT, sizeof(struct sctrace_filter)));
	mend_tests(config);
}

/* ---- what is accepted ---- */

static void ask_scope(struct sctrace_policy *policy)
{
	struct sctrace_scope *scope = policy->scope;
	unsigned int i;

	if (sctrace_scope_populate(scope))
		must(sctrace_scope_ended(scope));
	sctrace_scope_look_at_all(scope);
	sctrace_scope_decide(scope, policy->in);
	/* Decided, it stays so. */
	must(sctrace_scope_decide(scope, policy->in) ==
	     !!(sctrace_task_state(scope->states, current->pid) & policy->in));
	sctrace_scope_fork(scope, current, &shim_tasks[2], policy->in);
	sctrace_scope_exec(scope, policy->in);
	must(sctrace_scope_count(scope) <= SHIM_TASKS * (scope->nr_groups + 1));
	for (i = 1; i < 3; i++)
		sctrace_scope_exit(scope, &shim_tasks[i]);
	sctrace_scope_exit(scope, current);
	must(!sctrace_task_state(scope->states, current->pid));
}

static void ask_filter(struct sctrace_call_filter *filter, const struct scene *scene)
{
	struct sctrace_syscall call = { .nr = scene->nr, .result = scene->result };
	struct sctrace_entry entry;

	memcpy(call.args, scene->args, sizeof(call.args));
	call.call = sctrace_plan_find(&plans, 0, scene->nr);
	sctrace_filter_wants(filter, 0, scene->nr);
	sctrace_filter_wants(filter, 2, -1UL);
	memory_work = (struct memory_work) { 0 };
	if (filter->whole) {
		if (!filter->no_enter)
			sctrace_filter_begin(filter, &plans, &call, scene->nr, 77);
		sctrace_filter_exec(filter);
		entry = sctrace_filter_end(filter);
		must(filter->no_enter ? !entry.time : entry.time == 77);
		sctrace_filter_exit(filter, &call, scene->args[5], 1000);
	} else if (filter->detailed) {
		sctrace_filter_entry(filter, &plans, &call, 1000);
		sctrace_filter_renumber(filter, 100, 103);
	}
	sctrace_filter_task_exit(filter);
	must(memory_work.paths <= 4 && memory_work.bytes < 65536);
}

static void check_bad(const struct sctrace_config *config, long err)
{
	must(err == -EINVAL || err == -ESRCH || err == -EOPNOTSUPP || err == -EFAULT || err == -E2BIG);
	if (config->bad_array == SCTRACE_BAD_TEST)
		must(config->bad_index < config->nr_tests);
	else
		must(config->bad_array == SCTRACE_BAD_NONE || config->bad_array == SCTRACE_BAD_PARAM ||
		     config->bad_array == SCTRACE_BAD_FILTER);
}

static struct sctrace_policy *make(struct scene *scene, struct sctrace_states *states, struct sctrace_policy *before)
{
	unsigned int users = before ? before->scope->users : 0;
	struct sctrace_policy *policy;

	scene->config.bad_array = scene->config.bad_index = 0;
	policy = sctrace_policy_make(&scene->config, &plans, states, before);
	if (IS_ERR(policy)) {
		check_bad(&scene->config, PTR_ERR(policy));
		must(!before || before->scope->users == users);
		return NULL;
	}
	must(policy->in & SCTRACE_TASK_INS && (!before || !(policy->in & before->in)));
	if (!before)
		ask_scope(policy);
	ask_filter(&policy->filter, scene);
	return policy;
}

/* What the parameters take, they can be asked for. */
static void set_param(const struct scene *scene)
{
	static int (*const set[])(const char *value) = { shim_set_pid, shim_set_uid, shim_set_comm, shim_set_container,
							 shim_set_new, shim_set_follow, shim_set_ring_kb };
	struct sctrace_scope_request request;
	char value[sizeof(scene->param)];
	u32 ring;

	memcpy(value, scene->param, sizeof(value));
	value[sizeof(value) - 1] = '\0';
	set[scene->flags / 4 % ARRAY_SIZE(set)](value[0] == '-' ? "" : value);
	sctrace_default_keys();
	ring = sctrace_default_ring_bytes();
	must(!ring || (is_power_of_2(ring) && ring >= SCTRACE_RING_MIN_BYTES && ring <= SCTRACE_RING_MAX_BYTES));
	must(!sctrace_default_scope(&request));
	free(request.tests);
	free(request.text);
}

/* Nothing is left of the input before. */
static void reset_params(void)
{
	must(!shim_set_pid("") && !shim_set_uid("") && !shim_set_comm("") && !shim_set_container("") &&
	     !shim_set_new("") && !shim_set_follow("N"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sctrace_policy *policy, *changed;
	struct sctrace_states *states;
	struct scene scene;

	make_plans();
	reset_params();
	input_take(&in, &scene, sizeof(scene));
	memory_set(in.at, in.left, scene.missing);
	scene.comm[TASK_COMM_LEN - 1] = '\0';
	tasks_begin(scene.comm);
	set_param(&scene);
	states = calloc(1, sizeof(*states) + PID_MAX_LIMIT);
	must(states);
	if (!(scene.flags & AS_IT_IS))
		mend(&scene.config);
	policy = make(&scene, states, NULL);
	if (policy && scene.flags & SECOND) {
		scene.config.scope = scene.args[0] % 2 ? SCTRACE_SCOPE_KEEP : scene.config.scope;
		scene.config.filter = scene.args[0] % 4 < 2 ? scene.config.filter : 0;
		changed = make(&scene, states, policy);
		sctrace_policy_free(changed);
	}
	sctrace_policy_free(policy);
	free(states);
	tasks_end();
	return 0;
}
