/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unwinds stacks with libdwfl: from the registers and the stack that a task had as it made a call, by the tables in the
 * files that its process has mapped. What that takes of a list of files is kept, as the next call is mostly of a
 * process with the same list, and what is found of a place in a file is kept with the file, for all processes.
 */
#include <elf.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "object.h"
#include "stack.h"

/* Farther above the stack pointer is no stack. */
#define MAX_STACK_BYTES (1ull << 26)

/* What a program begins with: a few instructions, that nothing has called. Not all have tables. */
#define BEGIN_BYTES 128

/* libdwfl asks for some number; there is one task. */
#define ANY_PID 1

/* Where a part of a file is. */
struct module {
	struct sct_object *object;	/* NULL: it cannot be used */
	uint64_t bias;			/* what added to its addresses is those in memory */
	uint64_t low, high;		/* from where to where it reaches */
	bool reported;			/* to libdwfl; else another part of the file was */
	int error;			/* of sct_objects_use(), why there is none */
};

/* A list of files, ready for unwinding. */
struct space {
	struct space *next;
	struct sct_maps *maps;
	struct module *modules;		/* of each map */
	Dwfl *dwfl;			/* NULL: nothing can be unwound */
	unsigned int machine;
	bool narrow;			/* words of memory have 4 bytes */
};

struct sct_stacks {
	struct sct_stack_options options;
	struct sct_objects objects;
	struct space *spaces;		/* used last, first */
	unsigned int nr_spaces;
	/* What is being unwound. */
	const struct sct_stack_input *input;
	struct space *space;
	bool outermost;			/* the last frame is of where a program begins */
	bool beyond;			/* what was not copied of the stack would be needed */
	struct sct_stack stack;
};

/* ---- what libdwfl asks for ---- */

static int find_elf(Dwfl_Module *mod, void **userdata, const char *name, Dwarf_Addr base, char **file_name, Elf **elf)
{
	const struct module *module = *userdata;

	(void)mod;
	(void)name;
	(void)base;
	*file_name = strdup(module->object->path);
	*elf = elf_begin(-1, ELF_C_READ, module->object->elf);
	return -1;
}

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread)
{
	(void)dwfl;
	/* Once it is told, it is no more. */
	if (*thread)
		return 0;
	*thread = arg;
	return ANY_PID;
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *arg, void **thread)
{
	(void)dwfl;
	(void)tid;
	*thread = arg;
	return true;
}

/* A return address on aarch64 may be signed, in the bits that no address of a program has. */
static uint64_t unsigned_address(const struct sct_maps *maps, uint64_t word)
{
	uint64_t address = word & ((1ull << 48) - 1);

	return address != word && sct_maps_find(maps, address) ? address : word;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *word, void *arg)
{
	struct sct_stacks *s = arg;
	const struct sct_stack_input *input = s->input;
	size_t width = s->space->narrow ? 4 : 8;
	uint64_t at = address - input->regs.sp;

	(void)dwfl;
	if (s->beyond)
		return false;
	*word = 0;
	if (at < input->len && input->len - at >= width) {
		/* Here as there, the first byte is the lowest. */
		memcpy(word, input->bytes + at, width);
		if (s->space->machine == EM_AARCH64)
			*word = unsigned_address(input->maps, *word);
		return true;
	}
	s->beyond = address >= input->regs.sp && at < MAX_STACK_BYTES && (input->cut || input->len >= input->limit);
	return false;
}

static bool set_x86_64(Dwfl_Thread *thread, const struct sctrace_regs *regs)
{
	Dwarf_Word words[17];

	memcpy(words, regs->general, 16 * sizeof(*words));
	words[16] = regs->ip;
	return dwfl_thread_state_registers(thread, 0, 17, words);
}

static bool set_i386(Dwfl_Thread *thread, const struct sctrace_regs *regs)
{
	/* eax, ecx, edx, ebx, esp, ebp, esi, edi. */
	static const uint8_t order[] = { 0, 2, 1, 3, 7, 6, 4, 5 };
	Dwarf_Word words[9];
	unsigned int i;

	for (i = 0; i < sizeof(order); i++)
		words[i] = (uint32_t)regs->general[order[i]];
	words[8] = regs->ip;
	return dwfl_thread_state_registers(thread, 0, 9, words);
}

static bool set_aarch64(Dwfl_Thread *thread, const struct sct_stack_input *input)
{
	const struct sctrace_regs *regs = &input->regs;
	Dwarf_Word words[32];

	memcpy(words, regs->general, 31 * sizeof(*words));
	words[30] = unsigned_address(input->maps, words[30]);
	words[31] = regs->sp;
	dwfl_thread_state_register_pc(thread, regs->ip);
	return dwfl_thread_state_registers(thread, 0, 32, words);
}

static bool set_arm(Dwfl_Thread *thread, const struct sctrace_regs *regs)
{
	Dwarf_Word words[16];

	memcpy(words, regs->general, 13 * sizeof(*words));
	words[13] = regs->sp;
	words[14] = regs->general[14];
	words[15] = regs->ip;
	return dwfl_thread_state_registers(thread, 0, 16, words);
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	const struct sct_stacks *s = arg;

	switch (s->space->machine) {
	case EM_X86_64:
		return set_x86_64(thread, &s->input->regs);
	case EM_386:
		return set_i386(thread, &s->input->regs);
	case EM_AARCH64:
		return set_aarch64(thread, s->input);
	case EM_ARM:
		return set_arm(thread, &s->input->regs);
	default:
		return false;
	}
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

/* ---- lists of files ---- */

static bool overlaps(const struct space *space, unsigned int n, const struct module *module)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		const struct module *other = &space->modules[i];

		if (other->reported && other->low < module->high && module->low < other->high)
			return true;
	}
	return false;
}

static bool is_reported(const struct space *space, unsigned int n, const struct module *module)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (space->modules[i].object == module->object && space->modules[i].bias == module->bias)
			return true;
	}
	return false;
}

/* The i-th map's file. The first one that there is says what kind of program it is. */
static bool find_module(struct sct_stacks *s, struct space *space, unsigned int i, uint32_t tgid)
{
	const struct sct_map *map = &space->maps->maps[i];
	struct module *module = &space->modules[i];

	module->object = sct_objects_use(&s->objects, map, tgid, &module->error);
	if (!module->object)
		return false;
	if (!space->machine) {
		space->machine = module->object->machine;
		space->narrow = module->object->narrow;
	}
	return module->object->machine == space->machine && module->object->narrow == space->narrow &&
	       sct_object_span(module->object, map, &module->bias, &module->low, &module->high);
}

static void add_module(struct sct_stacks *s, struct space *space, unsigned int i, uint32_t tgid)
{
	struct module *module = &space->modules[i];
	bool usable = find_module(s, space, i, tgid);
	Dwfl_Module *mod;
	void **userdata;

	if (usable && is_reported(space, i, module))
		return;
	if (usable && !overlaps(space, i, module)) {
		mod = dwfl_report_module(space->dwfl, module->object->path, module->low, module->high);
		if (mod && dwfl_module_info(mod, &userdata, NULL, NULL, NULL, NULL, NULL, NULL)) {
			*userdata = module;
			module->reported = true;
			return;
		}
	}
	if (module->object)
		sct_objects_leave(&s->objects, module->object);
	module->object = NULL;
}

static void free_space(struct sct_stacks *s, struct space *space)
{
	unsigned int i;

	if (space->dwfl)
		dwfl_end(space->dwfl);
	for (i = 0; space->modules && i < space->maps->n; i++) {
		if (space->modules[i].object)
			sct_objects_leave(&s->objects, space->modules[i].object);
	}
	sct_maps_drop(space->maps);
	free(space->modules);
	free(space);
	s->nr_spaces--;
}

static Elf *first_elf(const struct space *space)
{
	unsigned int i;

	for (i = 0; i < space->maps->n; i++) {
		if (space->modules[i].object)
			return space->modules[i].object->elf;
	}
	return NULL;
}

/* Whatever fails here, files without what follows from them are shown. */
static void fill_space(struct sct_stacks *s, struct space *space, uint32_t tgid)
{
	/*
	 * Not where the file says, which is the program's to say: to a pipe, or to a device. By its build-id, where
	 * administrators put such files.
	 */
	static char *debuginfo_path = "/usr/lib/debug";
	static const Dwfl_Callbacks callbacks = {
		.find_elf = find_elf,
		.find_debuginfo = dwfl_build_id_find_debuginfo,
		.section_address = dwfl_offline_section_address,
		.debuginfo_path = &debuginfo_path,
	};
	unsigned int i;
	Elf *elf;

	space->dwfl = dwfl_begin(&callbacks);
	if (!space->dwfl)
		return;
	dwfl_report_begin(space->dwfl);
	for (i = 0; i < space->maps->n; i++)
		add_module(s, space, i, tgid);
	elf = first_elf(space);
	if (!dwfl_report_end(space->dwfl, NULL, NULL) && elf &&
	    dwfl_attach_state(space->dwfl, elf, ANY_PID, &thread_callbacks, s))
		return;
	dwfl_end(space->dwfl);
	space->dwfl = NULL;
}

/* The one that was used longest ago. */
static void drop_space(struct sct_stacks *s)
{
	struct space **last = &s->spaces;

	while ((*last)->next)
		last = &(*last)->next;
	free_space(s, *last);
	*last = NULL;
}

static struct space *new_space(struct sct_stacks *s, const struct sct_maps *maps, uint32_t tgid)
{
	struct space *space = calloc(1, sizeof(*space));

	if (!space)
		return NULL;
	space->modules = calloc(maps->n + 1, sizeof(*space->modules));
	if (!space->modules) {
		free(space);
		return NULL;
	}
	while (s->spaces && (s->nr_spaces >= SCT_STACK_SPACES || s->objects.n + maps->n > s->objects.most))
		drop_space(s);
	s->nr_spaces++;
	space->maps = sct_maps_share((struct sct_maps *)maps);
	fill_space(s, space, tgid);
	return space;
}

/* The list, made ready. NULL: memory is short. */
static struct space *space_of(struct sct_stacks *s, const struct sct_maps *maps, uint32_t tgid)
{
	struct space **at = &s->spaces, *space;
	unsigned int i;

	while (*at && !sct_maps_equal((*at)->maps, maps))
		at = &(*at)->next;
	space = *at;
	if (space)
		*at = space->next;
	else
		space = new_space(s, maps, tgid);
	if (!space)
		return NULL;
	space->next = s->spaces;
	s->spaces = space;
	for (i = 0; i < maps->n; i++) {
		if (space->modules[i].object)
			sct_object_tidy(space->modules[i].object);
	}
	return space;
}

/* ---- frames ---- */

static void look_up(const struct sct_stacks *s, Dwfl_Module *mod, uint64_t at, struct sct_stack_place *place)
{
	GElf_Sym symbol;
	GElf_Off offset = 0;
	Dwfl_Line *line;

	*place = (struct sct_stack_place) { 0 };
	if (!mod)
		return;
	place->symbol = dwfl_module_addrinfo(mod, at, &offset, &symbol, NULL, NULL, NULL);
	place->offset = offset;
	line = s->options.sources ? dwfl_module_getsrc(mod, at) : NULL;
	if (line)
		place->source = dwfl_lineinfo(line, NULL, &place->line, NULL, NULL, NULL);
}

static const char *why_not(int error)
{
	switch (error) {
	case EMFILE:
		return "too many are open, see ulimit -n";
	case EACCES:
		return "this user may not read it";
	default:
		return "it is not there, or not as it was";
	}
}

/* pc: of the frame; at: in the instruction that it is about. false: from here on, nothing is known. */
static bool put_frame(struct sct_stacks *s, uint64_t pc, uint64_t at)
{
	const struct sct_maps *maps = s->input->maps;
	const struct sct_map *map = sct_maps_find(maps, at);
	struct sct_stack_frame *frame = &s->stack.frames[s->stack.n++];
	const struct module *module = map && s->space ? &s->space->modules[map - maps->maps] : NULL;
	const struct sct_stack_place *known;

	*frame = (struct sct_stack_frame) { .path = map ? map->path : NULL, .address = pc };
	if (!map)
		return false;
	frame->address = pc - map->start + map->offset;
	if (!module || !module->object) {
		snprintf(s->stack.why, sizeof(s->stack.why), "no file to unwind by: %s", why_not(module ? module->error : 0));
		return false;
	}
	frame->address = pc - module->bias;
	s->outermost = frame->address - module->object->entry < BEGIN_BYTES;
	known = sct_object_place(module->object, at - module->bias);
	if (!known) {
		look_up(s, s->space->dwfl ? dwfl_addrmodule(s->space->dwfl, at) : NULL, at, &frame->place);
		known = sct_object_keep(module->object, at - module->bias, &frame->place);
	}
	frame->place = known ? *known : (struct sct_stack_place) { 0 };
	frame->place.offset += pc - at;
	return true;
}

static unsigned int most_frames(const struct sct_stacks *s)
{
	return s->options.frames && s->options.frames < SCT_STACK_FRAMES ? s->options.frames : SCT_STACK_FRAMES;
}

static int take_frame(Dwfl_Frame *state, void *arg)
{
	struct sct_stacks *s = arg;
	Dwarf_Addr pc;
	bool activation;

	if (!dwfl_frame_pc(state, &pc, &activation))
		return DWARF_CB_ABORT;
	/* So some outermost functions end it. */
	if (!pc)
		return DWARF_CB_ABORT;
	if (s->stack.n == most_frames(s)) {
		snprintf(s->stack.why, sizeof(s->stack.why), "too many stack frames");
		return DWARF_CB_ABORT;
	}
	/* Where a return address would be, there are arguments. */
	if (s->outermost && !sct_maps_find(s->input->maps, pc - 1))
		return DWARF_CB_ABORT;
	return put_frame(s, pc, activation ? pc : pc - 1) ? DWARF_CB_OK : DWARF_CB_ABORT;
}

/* Why it has ended, unless that was said. */
static void put_reason(struct sct_stacks *s, int ret)
{
	const struct sct_stack_input *input = s->input;
	struct sct_stack *stack = &s->stack;

	if (ret > 0)
		return;
	if (s->beyond && input->cut)
		snprintf(stack->why, sizeof(stack->why), "stack beyond the %zu bytes that the record had room for",
			 input->len);
	else if (s->beyond)
		snprintf(stack->why, sizeof(stack->why), "stack beyond --stack-size=%zu", input->limit);
	else if (ret < 0 && !s->outermost)
		snprintf(stack->why, sizeof(stack->why), "%s", dwfl_errmsg(-1));
}

/* It is valid until the next one. */
const struct sct_stack *sct_stacks_unwind(struct sct_stacks *s, const struct sct_stack_input *input)
{
	int ret = 0;

	s->input = input;
	s->beyond = s->outermost = false;
	s->stack.n = 0;
	*s->stack.why = '\0';
	s->space = input->maps ? space_of(s, input->maps, input->tgid) : NULL;
	if (s->space && s->space->dwfl && sct_maps_find(input->maps, input->regs.ip)) {
		ret = dwfl_getthread_frames(s->space->dwfl, ANY_PID, take_frame, s);
		put_reason(s, ret);
	}
	/* The instruction is known in any case. */
	if (!s->stack.n)
		put_frame(s, input->regs.ip, input->regs.ip);
	s->input = NULL;
	s->space = NULL;
	return &s->stack;
}

/* The stack of a call. NULL: it was not recorded. Valid until the next one. */
const struct sct_stack *sct_stacks_of(struct sct_stacks *s, const struct sct_known *known)
{
	struct sct_stack_input input = {
		.limit = known->options->stack_bytes,
		.maps = known->call->maps,
		.tgid = known->call->tgid,
	};
	struct sct_piece piece;

	if (!sct_known_of_task(known, SCTRACE_BASE_REGS, &piece) || piece.len < sizeof(input.regs))
		return NULL;
	memcpy(&input.regs, piece.data, sizeof(input.regs));
	if (sct_known_of_task(known, SCTRACE_BASE_STACK, &piece)) {
		input.bytes = piece.data;
		input.len = piece.len;
		input.cut = piece.flags & SCTRACE_PIECE_CUT;
	} else {
		/* It was the last that the record would have had. */
		input.cut = true;
	}
	return sct_stacks_unwind(s, &input);
}

/* Others need descriptors, too. */
static unsigned int most_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur > 2 * SCT_STACK_FILES)
		return SCT_STACK_FILES;
	return limit.rlim_cur / 2;
}

/* NULL: memory is short. */
struct sct_stacks *sct_stacks_new(const struct sct_stack_options *options)
{
	struct sct_stacks *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	elf_version(EV_CURRENT);
	s->options = *options;
	s->objects.most = most_files();
	s->objects.options = &s->options;
	return s;
}

/* NULL: nothing is to be freed. */
void sct_stacks_free(struct sct_stacks *s)
{
	struct space *space;

	if (!s)
		return;
	while ((space = s->spaces)) {
		s->spaces = space->next;
		free_space(s, space);
	}
	sct_objects_free(&s->objects);
	free(s);
}
