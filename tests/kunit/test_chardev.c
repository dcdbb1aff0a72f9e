// SPDX-License-Identifier: GPL-2.0-only
/*
 * module/chardev.c, and what is behind it: what each ioctl refuses, and a session's states. The
 * sessions that run here run: the system calls of this machine are recorded.
 */
#include "../../module/chardev.c"

#include <kunit/test.h>
#include <linux/cred.h>
#include <linux/fcntl.h>
#include <linux/mman.h>

#include "../../module/attach.h"
#include "../../module/states.h"

#include "user.h"

/* As main.c does it. */
static int begin_suite(struct kunit_suite *suite)
{
	int err = sctrace_params_check();

	if (!err)
		err = sctrace_attach_init();
	return err ?: sctrace_states_init();
}

static void end_suite(struct kunit_suite *suite)
{
	sctrace_attach_exit();
	sctrace_states_exit();
}

static void close_file(void *file)
{
	sctrace_release(NULL, file);
}

/* An open file, which is closed with the test. */
static struct file *open_file(struct kunit *test)
{
	struct file *file = kunit_kzalloc(test, sizeof(*file), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, file);
	KUNIT_ASSERT_EQ(test, sctrace_open(NULL, file), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, close_file, file), 0);
	return file;
}

/* One that is of no interest here but for what it asks: nothing that takes much memory. */
static struct sctrace_config good(void)
{
	return (struct sctrace_config) {
		.size = sizeof(struct sctrace_config),
		.scope = SCTRACE_SCOPE_TESTS,
		.ring_bytes = SCTRACE_RING_MIN_BYTES,
	};
}

/* The ioctl, with a structure of ours as if it were a program's. */
static long call(struct kunit *test, struct file *file, unsigned int cmd, void *what, size_t size)
{
	unsigned long at = user_copy(test, what, size);
	long err = sctrace_ioctl(file, cmd, at);

	KUNIT_ASSERT_EQ(test, copy_from_user(what, (void __user *)at, size), 0);
	return err;
}

static long configure(struct kunit *test, struct file *file, struct sctrace_config *config)
{
	return call(test, file, SCTRACE_IOC_CONFIG, config, sizeof(*config));
}

static struct file *open_configured(struct kunit *test)
{
	struct sctrace_config config = good();
	struct file *file = open_file(test);

	KUNIT_ASSERT_EQ(test, configure(test, file, &config), 0);
	return file;
}

/* ---- who may ---- */

static void open_wants_its_rights(struct kunit *test)
{
	static const struct {
		int have[2];
		int err;
	} rows[] = {
		{ { -1, -1 }, -EPERM },
		{ { CAP_PERFMON, -1 }, -EPERM },
		{ { CAP_SYS_PTRACE, -1 }, -EPERM },
		{ { CAP_PERFMON, CAP_SYS_PTRACE }, 0 },
		{ { CAP_SYS_ADMIN, -1 }, 0 },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cred *cred = prepare_creds();
		const struct cred *old;
		int err;

		KUNIT_ASSERT_NOT_NULL(test, cred);
		cap_clear(cred->cap_effective);
		for (j = 0; j < 2; j++) {
			if (rows[i].have[j] >= 0)
				cap_raise(cred->cap_effective, rows[i].have[j]);
		}
		old = override_creds(cred);
		err = may_trace();
		revert_creds(old);
		put_cred(cred);
		KUNIT_EXPECT_EQ_MSG(test, err, rows[i].err, "row %u", i);
	}
}

/* ---- sizes of structures ---- */

static void info_goes_by_the_callers_size(struct kunit *test)
{
	struct file *file = open_file(test);
	struct sctrace_info info = { .size = sizeof(info) };
	struct { struct sctrace_info info; u64 more; } larger = { .info.size = sizeof(larger) };
	unsigned long at;

	KUNIT_ASSERT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &info, sizeof(info)), 0);
	KUNIT_EXPECT_EQ(test, info.size, sizeof(info));
	KUNIT_EXPECT_EQ(test, info.abi_version, SCTRACE_ABI_VERSION);
	KUNIT_EXPECT_EQ(test, info.nr_cpus, nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, info.page_bytes, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, info.audit_arch, SCTRACE_AUDIT_ARCH);
	KUNIT_EXPECT_EQ(test, info.default_ring_bytes, sctrace_default_ring_bytes());
	KUNIT_EXPECT_EQ(test, info.reserved, 0);
	/* A reader that is older: as much as it knows. */
	memset(&info, 0xff, sizeof(info));
	info.size = 8;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &info, sizeof(info)), 0);
	KUNIT_EXPECT_EQ(test, info.abi_version, SCTRACE_ABI_VERSION);
	KUNIT_EXPECT_EQ(test, info.nr_cpus, ~0u);
	/* One that is newer, with nothing in what is not known here; and with something. */
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &larger, sizeof(larger)), 0);
	KUNIT_EXPECT_EQ(test, larger.info.abi_version, SCTRACE_ABI_VERSION);
	larger.more = 1ULL << 63;
	larger.info.size = sizeof(larger);
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &larger, sizeof(larger)), -E2BIG);
	/* Sizes that no structure has. */
	info.size = 3;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &info, sizeof(info)), -EINVAL);
	info.size = PAGE_SIZE + 1;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &info, sizeof(info)), -EINVAL);
	info.size = ~0u;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_INFO, &info, sizeof(info)), -EINVAL);
	/* Memory that is not there, or not all of it, or that cannot be written. */
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_INFO, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_INFO, (unsigned long)&info), -EFAULT);
	at = user_room(test, 1) + PAGE_SIZE - 8;
	info.size = sizeof(info);
	user_write(test, at, &info, 8);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_INFO, at), -EFAULT);
}

static void ioctls_that_are_not_there_are_refused(struct kunit *test)
{
	struct file *file = open_file(test);
	unsigned int nr;

	for (nr = _IOC_NR(SCTRACE_IOC_ROOM) + 1; nr < 256; nr++)
		KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, _IO(SCTRACE_IOC_MAGIC, nr), 0), -ENOTTY);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, _IO(SCTRACE_IOC_MAGIC + 1, 2), 0), -ENOTTY);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, ~0u, 0), -ENOTTY);
}

/* ---- what a configuration must not have ---- */

#define CONFIG_IS(err, field, value) do { \
		struct sctrace_config asked = good(); \
		struct file *fresh = open_file(test); \
		asked.field = (value); \
		KUNIT_EXPECT_EQ_MSG(test, configure(test, fresh, &asked), err, #field " = " #value); \
		/* It is as before: a right one is taken. */ \
		asked = good(); \
		KUNIT_EXPECT_EQ_MSG(test, configure(test, fresh, &asked), \
				    (err) ? 0 : -EBUSY, #field " = " #value); \
	} while (0)

static void config_bounds_every_number(struct kunit *test)
{
	CONFIG_IS(0, ring_bytes, SCTRACE_RING_MIN_BYTES);
	CONFIG_IS(-EINVAL, ring_bytes, SCTRACE_RING_MIN_BYTES / 2);
	CONFIG_IS(-EINVAL, ring_bytes, SCTRACE_RING_MIN_BYTES + 4096);
	CONFIG_IS(-EINVAL, ring_bytes, SCTRACE_RING_MAX_BYTES * 2);
	CONFIG_IS(-EINVAL, ring_bytes, ~0u);
	CONFIG_IS(0, watermark, SCTRACE_RING_MIN_BYTES / 4);
	CONFIG_IS(-EINVAL, watermark, SCTRACE_RING_MIN_BYTES / 4 + 1);
	CONFIG_IS(-EINVAL, watermark, ~0u);
	CONFIG_IS(0, mode, SCTRACE_MODE_OVERWRITE);
	CONFIG_IS(-EINVAL, mode, SCTRACE_MODE_COUNT);
	CONFIG_IS(-EINVAL, mode, ~0u);
	CONFIG_IS(-EINVAL, wait_ms, 1);
	CONFIG_IS(-EINVAL, reserved, 1);
	CONFIG_IS(-EINVAL, nr_tests, SCTRACE_MAX_TESTS + 1);
	CONFIG_IS(-EINVAL, nr_tests, ~0u);
	CONFIG_IS(-EINVAL, text_bytes, SCTRACE_MAX_TEXT_BYTES + 1);
	CONFIG_IS(-EINVAL, nr_plans, SCTRACE_MAX_PLANS + 1);
	CONFIG_IS(-EINVAL, nr_steps, SCTRACE_MAX_STEPS + 1);
	CONFIG_IS(-EINVAL, nr_symbols, SCTRACE_MAX_SYMBOLS + 1);
	/* Arrays that are not there. */
	CONFIG_IS(-EFAULT, nr_tests, 1);
	CONFIG_IS(-EFAULT, text_bytes, 1);
	CONFIG_IS(-EFAULT, nr_plans, 1);
	CONFIG_IS(-EFAULT, nr_steps, 1);
	CONFIG_IS(-EFAULT, nr_symbols, 1);
	CONFIG_IS(-EFAULT, filter, 8);
}

static void config_wants_one_scope(struct kunit *test)
{
	CONFIG_IS(-EINVAL, scope, 0);
	CONFIG_IS(0, scope, SCTRACE_SCOPE_DEFAULT);
	CONFIG_IS(-EINVAL, scope, SCTRACE_SCOPE_DEFAULT | SCTRACE_SCOPE_TESTS);
	CONFIG_IS(-EINVAL, scope, SCTRACE_SCOPE_DEFAULT | SCTRACE_SCOPE_FOLLOW);
	CONFIG_IS(-EINVAL, scope, SCTRACE_SCOPE_KEEP);
	CONFIG_IS(-EINVAL, scope, SCTRACE_SCOPE_FOLLOW);
	CONFIG_IS(0, scope, SCTRACE_SCOPE_TESTS | SCTRACE_SCOPE_FOLLOW);
	CONFIG_IS(-EINVAL, scope, ~0u);
}

static void config_says_which_entry_is_wrong(struct kunit *test)
{
	struct sctrace_plan plans[2] = { { .nr = 1 }, { .nr = SCTRACE_MAX_NR } };
	struct sctrace_step step = { 0 };
	struct sctrace_test tests[2] = { { .key = SCTRACE_KEY_UID }, { .key = SCTRACE_KEY_COUNT } };
	struct sctrace_filter filter = { .size = sizeof(filter), .flags = ~0u };
	struct sctrace_symbol symbol = { .flags = ~0u };
	struct file *file = open_file(test);
	struct sctrace_config config = good();

	config.plans = user_copy(test, plans, sizeof(plans));
	config.nr_plans = 2;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EINVAL);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_PLAN);
	KUNIT_EXPECT_EQ(test, config.bad_index, 1);
	config.nr_plans = 1;
	config.steps = user_copy(test, &step, sizeof(step));
	config.nr_steps = 1;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EINVAL);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_STEP);
	KUNIT_EXPECT_EQ(test, config.bad_index, 0);
	config.nr_steps = 0;
	config.tests = user_copy(test, tests, sizeof(tests));
	config.nr_tests = 2;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EINVAL);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_TEST);
	KUNIT_EXPECT_EQ(test, config.bad_index, 1);
	tests[0] = (struct sctrace_test) { .key = SCTRACE_KEY_TASK, .low = 4194000 };
	config.tests = user_copy(test, tests, sizeof(tests));
	config.nr_tests = 1;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -ESRCH);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_TEST);
	config.nr_tests = 0;
	config.filter = user_copy(test, &filter, sizeof(filter));
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EINVAL);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_FILTER);
	config.filter = 0;
	config.symbols = user_copy(test, &symbol, sizeof(symbol));
	config.nr_symbols = 1;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EINVAL);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_SYMBOL);
	config.nr_symbols = 0;
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), 0);
	KUNIT_EXPECT_EQ(test, config.bad_array, SCTRACE_BAD_NONE);
}

static void config_bounds_the_size_of_a_filter(struct kunit *test)
{
	struct sctrace_filter filter = { .size = 3 };
	unsigned long at = user_copy(test, &filter, sizeof(filter));

	CONFIG_IS(-EINVAL, filter, at);
	filter.size = PAGE_SIZE + 1;
	user_write(test, at, &filter, sizeof(filter));
	CONFIG_IS(-EINVAL, filter, at);
	/* A larger one, of which the rest is nothing. */
	filter.size = sizeof(filter) + 8;
	user_write(test, at, &filter, sizeof(filter));
	CONFIG_IS(0, filter, at);
	user_write(test, at + sizeof(filter), "x", 1);
	CONFIG_IS(-E2BIG, filter, at);
}

/* ---- a session's states ---- */

static void a_session_goes_through_its_states_in_order(struct kunit *test)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };
	struct sctrace_config config = good();
	struct file *file = open_file(test);

	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_START, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_STOP, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_ROOM, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_STATS, &stats, sizeof(stats)), -EINVAL);
	KUNIT_EXPECT_EQ(test, sctrace_poll(file, NULL), EPOLLERR);
	KUNIT_ASSERT_EQ(test, configure(test, file, &config), 0);
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EBUSY);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_STOP, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_ROOM, 0), 0);
	KUNIT_EXPECT_EQ(test, sctrace_poll(file, NULL), 0);
	KUNIT_ASSERT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_START, 0), 0);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_START, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, configure(test, file, &config), -EBUSY);
	KUNIT_ASSERT_EQ(test, call(test, file, SCTRACE_IOC_STATS, &stats, sizeof(stats)), 0);
	KUNIT_EXPECT_EQ(test, stats.running, 1);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_STOP, 0), 0);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_STOP, 0), 0);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_START, 0), -EBUSY);
	KUNIT_EXPECT_TRUE(test, sctrace_poll(file, NULL) & EPOLLHUP);
	KUNIT_ASSERT_EQ(test, call(test, file, SCTRACE_IOC_STATS, &stats, sizeof(stats)), 0);
	KUNIT_EXPECT_EQ(test, stats.running, 0);
	KUNIT_EXPECT_LE(test, stats.lost, stats.produced);
	stats.cpu = nr_cpu_ids;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_STATS, &stats, sizeof(stats)), -ENXIO);
	stats.cpu = 0;
	KUNIT_EXPECT_EQ(test, call(test, file, SCTRACE_IOC_STATS, &stats, sizeof(stats)), 0);
}

#define CHANGE_IS(err, field, value) do { \
		struct sctrace_config asked = { .size = sizeof(asked), \
						.scope = SCTRACE_SCOPE_KEEP }; \
		asked.field = (value); \
		KUNIT_EXPECT_EQ_MSG(test, call(test, file, SCTRACE_IOC_CHANGE, &asked, \
					       sizeof(asked)), err, #field " = " #value); \
	} while (0)

static void change_takes_scope_and_filter_alone(struct kunit *test)
{
	struct file *file = open_configured(test);

	CHANGE_IS(-EINVAL, scope, SCTRACE_SCOPE_KEEP);
	KUNIT_ASSERT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_START, 0), 0);
	CHANGE_IS(0, scope, SCTRACE_SCOPE_KEEP);
	CHANGE_IS(0, scope, SCTRACE_SCOPE_TESTS);
	CHANGE_IS(0, scope, SCTRACE_SCOPE_DEFAULT);
	CHANGE_IS(-EINVAL, scope, 0);
	CHANGE_IS(-EINVAL, ring_bytes, SCTRACE_RING_MIN_BYTES);
	CHANGE_IS(-EINVAL, watermark, 8);
	CHANGE_IS(-EINVAL, nr_plans, 1);
	CHANGE_IS(-EINVAL, nr_steps, 1);
	CHANGE_IS(-EINVAL, nr_symbols, 1);
	CHANGE_IS(-EINVAL, mode, 1);
	CHANGE_IS(-EINVAL, wait_ms, 1);
	CHANGE_IS(-EINVAL, reserved, 1);
	CHANGE_IS(-EFAULT, filter, 8);
	KUNIT_EXPECT_EQ(test, sctrace_ioctl(file, SCTRACE_IOC_STOP, 0), 0);
	CHANGE_IS(-EINVAL, scope, SCTRACE_SCOPE_KEEP);
}

/* ---- mappings ---- */

static int map(struct file *file, u64 offset, unsigned long bytes, unsigned long flags)
{
	struct vm_area_struct vma = {
		.vm_start = 0x100000000UL,
		.vm_end = 0x100000000UL + bytes,
		.vm_pgoff = offset >> PAGE_SHIFT,
	};

	vm_flags_init(&vma, flags);
	return sctrace_mmap(file, &vma);
}

static void mmap_takes_whole_rings_alone(struct kunit *test)
{
	unsigned long whole = PAGE_SIZE + 2 * SCTRACE_RING_MIN_BYTES;
	unsigned long shared = VM_READ | VM_SHARED | VM_MAYSHARE | VM_MAYREAD;
	struct file *file = open_configured(test), *fresh = open_file(test);
	u64 ring = SCTRACE_MMAP_RING(0), cons = SCTRACE_MMAP_CONS(0);

	KUNIT_EXPECT_EQ(test, map(fresh, ring, whole, shared), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(fresh, cons, PAGE_SIZE, shared | VM_WRITE), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(file, ring, whole - PAGE_SIZE, shared), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(file, ring, whole + PAGE_SIZE, shared), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(file, ring, PAGE_SIZE, shared), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(file, cons, 2 * PAGE_SIZE, shared | VM_WRITE), -EINVAL);
	/* A copy of its own would show nothing new. */
	KUNIT_EXPECT_EQ(test, map(file, ring, whole, VM_READ), -EINVAL);
	KUNIT_EXPECT_EQ(test, map(file, cons, PAGE_SIZE, VM_READ | VM_WRITE), -EINVAL);
	/* Records are the module's. */
	KUNIT_EXPECT_EQ(test, map(file, ring, whole, shared | VM_WRITE), -EPERM);
	KUNIT_EXPECT_EQ(test, map(file, ring, whole, shared | VM_EXEC), -EPERM);
	KUNIT_EXPECT_EQ(test, map(file, cons, PAGE_SIZE, shared | VM_EXEC), -EPERM);
	/* Places that are none, and processors. */
	KUNIT_EXPECT_EQ(test, map(file, ring + PAGE_SIZE, whole, shared), -ENXIO);
	KUNIT_EXPECT_EQ(test, map(file, cons + PAGE_SIZE, PAGE_SIZE, shared), -ENXIO);
	KUNIT_EXPECT_EQ(test, map(file, cons - PAGE_SIZE, PAGE_SIZE, shared), -ENXIO);
	KUNIT_EXPECT_EQ(test, map(file, SCTRACE_MMAP_RING(nr_cpu_ids), whole, shared), -ENXIO);
	KUNIT_EXPECT_EQ(test, map(file, SCTRACE_MMAP_CONS(0xffffffffU), PAGE_SIZE, shared), -ENXIO);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(open_wants_its_rights),
	KUNIT_CASE(info_goes_by_the_callers_size),
	KUNIT_CASE(ioctls_that_are_not_there_are_refused),
	KUNIT_CASE(config_bounds_every_number),
	KUNIT_CASE(config_wants_one_scope),
	KUNIT_CASE(config_says_which_entry_is_wrong),
	KUNIT_CASE(config_bounds_the_size_of_a_filter),
	KUNIT_CASE(a_session_goes_through_its_states_in_order),
	KUNIT_CASE(change_takes_scope_and_filter_alone),
	KUNIT_CASE(mmap_takes_whole_rings_alone),
	{}
};

static struct kunit_suite suite = {
	.name = "sctrace_chardev",
	.test_cases = cases,
	.suite_init = begin_suite,
	.suite_exit = end_suite,
};

kunit_test_suite(suite);
