// SPDX-License-Identifier: GPL-2.0-only
/* module/user_regs.c, and steps that copy registers and the stack. */
#include "../../module/user_regs.c"

#include "trial.h"
#include "user.h"

/* A kernel thread has a place for them, too, and no program that they belong to. */
static struct pt_regs *own_registers(void)
{
	struct pt_regs *regs = task_pt_regs(current);

	memset(regs, 0, sizeof(*regs));
	return regs;
}

static void user_regs_are_in_the_order_of_dwarf(struct kunit *test)
{
	struct pt_regs *regs = own_registers();
	struct sctrace_regs got;
	unsigned int i;

	regs->ip = 100;
	regs->sp = 7;
	regs->ax = 0;
	regs->dx = 1;
	regs->cx = 2;
	regs->bx = 3;
	regs->si = 4;
	regs->di = 5;
	regs->bp = 6;
	regs->r8 = 8;
	regs->r9 = 9;
	regs->r10 = 10;
	regs->r11 = 11;
	regs->r12 = 12;
	regs->r13 = 13;
	regs->r14 = 14;
	regs->r15 = 15;
	memset(&got, 0xff, sizeof(got));
	sctrace_user_regs(&got);
	KUNIT_EXPECT_EQ(test, got.ip, 100);
	KUNIT_EXPECT_EQ(test, got.sp, 7);
	for (i = 0; i < 16; i++)
		KUNIT_EXPECT_EQ(test, got.general[i], i);
	for (; i < ARRAY_SIZE(got.general); i++)
		KUNIT_EXPECT_EQ(test, got.general[i], 0);
	own_registers();
}

static void a_step_of_registers_is_cut_at_its_limit_and_room(struct kunit *test)
{
	struct trial *t = new_trial(test);
	struct sctrace_regs regs;

	own_registers()->ip = 0x1234;
	sctrace_user_regs(&regs);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_REGS, 0, 65528);
	run_trial(t);
	expect_piece(t, 0, 0, 0, sizeof(regs), &regs, sizeof(regs));
	t->steps[0].max = 16;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 16, &regs, 16);
	t->room = 16;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 16, &regs, 8);
	own_registers();
}

static void a_step_of_the_stack_begins_at_its_pointer(struct kunit *test)
{
	unsigned long room = user_room(test, 1);
	struct trial *t = new_trial(test);

	user_write(test, room + PAGE_SIZE - 8, "01234567", 8);
	own_registers()->sp = room + PAGE_SIZE - 8;
	KUNIT_EXPECT_EQ(test, sctrace_user_sp(), room + PAGE_SIZE - 8);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_STACK, 0, 8);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 8, "01234567", 8);
	t->steps[0].offset = 3;
	t->steps[0].max = 4;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 4, "3456", 4);
	/* Its end is a fault, unless it may be short. */
	t->steps[0].max = 64;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 64, "34567", 5);
	t->steps[0].flags = SCTRACE_STEP_SHORT;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 64, "34567", 5);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
	own_registers();
}

/* As the call returns, its stack may be another: it is not read, but where nothing was before. */
static void a_step_of_the_stack_is_not_read_late(struct kunit *test)
{
	unsigned long room = user_room(test, 1);
	struct trial *t = new_trial(test);

	own_registers()->sp = room;
	t->flags = SCTRACE_PIECE_LATE;
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_STACK, 0, 8);
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	t->whole = true;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	t->steps[0].flags = SCTRACE_STEP_SHORT;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_LATE, 8, "\0\0\0\0\0\0\0", 8);
	t->whole = false;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	own_registers();
}

static struct kunit_case cases[] = {
	KUNIT_CASE(user_regs_are_in_the_order_of_dwarf),
	KUNIT_CASE(a_step_of_registers_is_cut_at_its_limit_and_room),
	KUNIT_CASE(a_step_of_the_stack_begins_at_its_pointer),
	KUNIT_CASE(a_step_of_the_stack_is_not_read_late),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_user_regs", .test_cases = cases };

kunit_test_suite(suite);
