/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* The CPU of the software host: small programs, and what the Arm Architecture Reference Manual says of each */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <cmocka.h>
#include "cpu.h"

#define PAGE UINT64_C(0x1000)
#define PAGES 3000
#define PA_BASE UINT64_C(0x40000000)
#define CODE UINT64_C(0x80000000)
#define DATA UINT64_C(0x80001000)
#define VECTORS UINT64_C(0x80002000)
#define HOLE UINT64_C(0x100000000)	/* level 1 has nothing there */
#define BLOCK UINT64_C(0x200000)

#define S2_TABLE 3
#define S2_PAGE UINT64_C(0x7c3)	/* AF, shareable, readable and writable, page */
#define S2_READ_ONLY UINT64_C(0x743)
#define S2_NS (UINT64_C(1) << 55)

#define EL1H_MASKED UINT64_C(0x3c5)
#define STEPS 1000
#define IL UINT64_C(0x2000000)

struct world {
	uint8_t *memory;
	unsigned used;	/* pages */
	uint64_t absent;	/* PA that has no memory */
	struct rmm_guest guest;
	struct rmm_trap trap;
	struct sim_cpu *cpu;
};

static void *memory_at(void *ctx, uint64_t pa, size_t size, bool ns)
{
	struct world *world = ctx;

	if (pa < PA_BASE || pa + size > PA_BASE + PAGES * PAGE || (world->absent && pa == world->absent))
		return NULL;
	return world->memory + (pa - PA_BASE);
}

static const struct sim_cpu_ops ops = { .memory = memory_at };

static uint64_t new_page(struct world *world)
{
	assert_true(world->used < PAGES);
	return PA_BASE + PAGE * world->used++;
}

static uint64_t *entry_at(struct world *world, uint64_t table, uint64_t index)
{
	return (uint64_t *)(void *)(world->memory + (table - PA_BASE)) + (index & 511);
}

static uint64_t table_under(struct world *world, uint64_t *entry)
{
	if (!*entry)
		*entry = new_page(world) | S2_TABLE;
	return *entry & ~UINT64_C(0xfff);
}

static uint64_t *leaf_of(struct world *world, uint64_t ipa)
{
	uint64_t level2 = table_under(world, entry_at(world, world->guest.stage2.root, ipa >> 30));
	uint64_t level3 = table_under(world, entry_at(world, level2, ipa >> 21));

	return entry_at(world, level3, ipa >> 12);
}

static uint64_t map_new(struct world *world, uint64_t ipa, uint64_t attributes)
{
	uint64_t pa = new_page(world);

	*leaf_of(world, ipa) = pa | attributes;
	return pa;
}

/* A program at an IPA; the page has to be there. */
static void put(struct world *world, uint64_t ipa, const uint32_t *words, size_t count)
{
	uint64_t pa = (*leaf_of(world, ipa) & UINT64_C(0xfffffffff000)) + (ipa & 0xfff);

	memcpy(world->memory + (pa - PA_BASE), words, count * sizeof(*words));
}

#define program(world, ipa, ...) \
	put((world), (ipa), (const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4)

static uint64_t *data_at(struct world *world, uint64_t ipa)
{
	uint64_t pa = *leaf_of(world, ipa) & UINT64_C(0xfffffffff000);

	return (uint64_t *)(void *)(world->memory + (pa - PA_BASE) + (ipa & 0xfff));
}

static void reset(struct rmm_guest *guest)
{
	guest->pc = CODE;
	guest->pstate = EL1H_MASKED;
	guest->el1.sctlr = 0x30d00980;
	guest->el1.vbar = VECTORS;
}

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	world->memory = aligned_alloc(PAGE, PAGES * PAGE);
	memset(world->memory, 0, PAGES * PAGE);
	world->guest.stage2 = (struct rmm_stage2){ .root = new_page(world), .num_roots = 1, .vmid = 1, .start_level = 1,
						   .ipa_bits = 33, .granule_shift = 12 };
	reset(&world->guest);
	map_new(world, CODE, S2_PAGE);
	map_new(world, DATA, S2_PAGE);
	map_new(world, VECTORS, S2_PAGE);
	world->cpu = sim_cpu_new(&ops, world);
	assert_non_null(world->cpu);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	sim_cpu_free(world->cpu);
	free(world->memory);
	free(world);
	return 0;
}

static bool run(struct world *world)
{
	return sim_cpu_run(world->cpu, &world->guest, STEPS, &world->trap);
}

static void run_to_trap(struct world *world, uint64_t esr)
{
	assert_true(run(world));
	assert_int_equal(world->trap.kind, RMM_TRAP_SYNC);
	assert_int_equal(world->trap.esr, esr);
}

/* aborts to EL2 */

#define DATA_ABORT (UINT64_C(0x24) << 26 | IL)
#define FETCH_ABORT (UINT64_C(0x20) << 26 | IL)

struct access {
	uint32_t insn;
	uint32_t iss;	/* without the status: ISV 24, SAS 23:22, SSE 21, SRT 20:16, SF 15, AR 14, WnR 6 */
	int offset;
};

static const struct access accesses[] = {
	{ 0x39400022, 0x01020000, 0 },	/* ldrb w2, [x1] */
	{ 0x39c00022, 0x01220000, 0 },	/* ldrsb w2, [x1] */
	{ 0x39800022, 0x01228000, 0 },	/* ldrsb x2, [x1] */
	{ 0x79400022, 0x01420000, 0 },	/* ldrh w2, [x1] */
	{ 0x79c00022, 0x01620000, 0 },	/* ldrsh w2, [x1] */
	{ 0x79800022, 0x01628000, 0 },	/* ldrsh x2, [x1] */
	{ 0xb9400022, 0x01820000, 0 },	/* ldr w2, [x1] */
	{ 0xb9800022, 0x01a28000, 0 },	/* ldrsw x2, [x1] */
	{ 0xf9400022, 0x01c28000, 0 },	/* ldr x2, [x1] */
	{ 0x39000022, 0x01020040, 0 },	/* strb w2, [x1] */
	{ 0x79000022, 0x01420040, 0 },	/* strh w2, [x1] */
	{ 0xb9000022, 0x01820040, 0 },	/* str w2, [x1] */
	{ 0xf9000022, 0x01c28040, 0 },	/* str x2, [x1] */
	{ 0xf900003f, 0x01df8040, 0 },	/* str xzr, [x1] */
	{ 0xf940083e, 0x01de8000, 16 },	/* ldr x30, [x1, #16] */
	{ 0xf85f8022, 0x01c28000, -8 },	/* ldur x2, [x1, #-8] */
	{ 0xb8400822, 0x01820000, 0 },	/* ldtr w2, [x1] */
	{ 0xf8637822, 0x01c28000, 24 },	/* ldr x2, [x1, x3, lsl #3] */
	{ 0x88dffc22, 0x01824000, 0 },	/* ldar w2, [x1] */
	{ 0xc89ffc22, 0x01c2c040, 0 },	/* stlr x2, [x1] */
	{ 0xf8bfc022, 0x01c2c000, 0 },	/* ldapr x2, [x1] */
	{ 0xf8408422, 0, 0 },	/* ldr x2, [x1], #8 */
	{ 0xf8408c22, 0, 8 },	/* ldr x2, [x1, #8]! */
	{ 0xb8004422, 0x40, 0 },	/* str w2, [x1], #4 */
	{ 0xa9400c22, 0, 0 },	/* ldp x2, x3, [x1] */
	{ 0xa9000c22, 0x40, 0 },	/* stp x2, x3, [x1] */
	{ 0xc85f7c22, 0, 0 },	/* ldxr x2, [x1] */
	{ 0x885ffc22, 0, 0 },	/* ldaxr w2, [x1] */
	{ 0xbd400020, 0, 0 },	/* ldr s0, [x1] */
	{ 0x3d800020, 0x40, 0 },	/* str q0, [x1] */
	{ 0x4c407020, 0, 0 },	/* ld1 {v0.16b}, [x1] */
	{ 0xf8220023, 0, 0 },	/* ldadd x2, x3, [x1] */
	{ 0xc8a27c23, 0, 0 },	/* cas x2, x3, [x1] */
	{ 0xd50b7421, 0x40, 0 },	/* dc zva, x1 */
};

static void check_access(struct world *world, const struct access *access, uint64_t base, unsigned fsc)
{
	uint64_t address = base + (uint64_t)(int64_t)access->offset;

	/* nop; the access; wfi */
	program(world, CODE + 0x100, 0xd503201f, access->insn, 0xd503207f);
	sim_cpu_forget(world->cpu, &world->guest.stage2, CODE, PAGE);
	world->guest.pc = CODE + 0x100;
	world->guest.x[1] = base;
	world->guest.x[2] = 7;
	world->guest.x[3] = 3;
	world->guest.el1.cpacr = 3 << 20;
	run_to_trap(world, DATA_ABORT | access->iss | fsc);
	assert_int_equal(world->trap.far, address);
	assert_int_equal(world->trap.hpfar, address >> 12 << 4);
	assert_int_equal(world->guest.pc, CODE + 0x104);
	assert_int_equal(world->guest.x[1], base);
	assert_int_equal(world->guest.x[2], 7);
}

static void enable_vector_registers(struct world *world)
{
	program(world, CODE, 0xd5181041, 0xd5033fdf, 0xd503207f);	/* msr cpacr_el1, x1; isb; wfi */
	world->guest.x[1] = 3 << 20;
	assert_false(run(world));
}

static void test_syndromes(void **state)
{
	struct world *world = *state;

	enable_vector_registers(world);
	for (size_t i = 0; i < sizeof(accesses) / sizeof(*accesses); i++)
		check_access(world, &accesses[i], HOLE + 0x800, 0x05);
}

static void test_levels(void **state)
{
	static const struct access load = { 0xf9400022, 0x01c28000, 0 };	/* ldr x2, [x1] */
	struct world *world = *state;

	check_access(world, &load, HOLE + 0x40, 0x05);
	check_access(world, &load, CODE + 5 * BLOCK, 0x06);
	check_access(world, &load, CODE + 0x9000, 0x07);
	check_access(world, &load, UINT64_C(1) << 33, 0x04);
	check_access(world, &load, UINT64_C(1) << 47, 0x04);
}

static void test_permissions(void **state)
{
	static const struct access store = { 0xf9000022, 0x01c28040, 0 };	/* str x2, [x1] */
	struct world *world = *state;

	map_new(world, CODE + 0x8000, S2_READ_ONLY);
	check_access(world, &store, CODE + 0x8000, 0x0f);
	*leaf_of(world, CODE + 0x8000) &= ~UINT64_C(0x400);
	sim_cpu_forget(world->cpu, &world->guest.stage2, CODE + 0x8000, PAGE);
	check_access(world, &store, CODE + 0x8000, 0x0b);
}

/* What permits more needs no invalidation. */
static void test_permission_granted(void **state)
{
	struct world *world = *state;
	uint64_t pa = map_new(world, CODE + 0x8000, S2_READ_ONLY);

	program(world, CODE, 0xf9400026, 0xf9000022, 0xd503207f);	/* ldr x6, [x1]; str x2, [x1]; wfi */
	world->guest.x[1] = CODE + 0x8000;
	world->guest.x[2] = 99;
	run_to_trap(world, DATA_ABORT | 0x01c28040 | 0x0f);
	*leaf_of(world, CODE + 0x8000) = pa | S2_PAGE;
	assert_false(run(world));
	assert_int_equal(*data_at(world, CODE + 0x8000), 99);
}

static void jump(struct world *world, uint64_t ipa, unsigned fsc)
{
	program(world, CODE, 0xd61f0020);	/* br x1 */
	world->guest.pc = CODE;
	world->guest.x[1] = ipa;
	run_to_trap(world, FETCH_ABORT | fsc);
	assert_int_equal(world->guest.pc, ipa);
	assert_int_equal(world->trap.far, ipa);
	assert_int_equal(world->trap.hpfar, ipa >> 12 << 4);
}

static void test_fetch(void **state)
{
	struct world *world = *state;

	jump(world, HOLE + 0x10, 0x05);
	jump(world, CODE + 0x9000, 0x07);
	map_new(world, HOLE, S2_PAGE | S2_NS);
	jump(world, HOLE, 0x0f);
}

/* A hole, a page that nobody may execute, and one that has been read only */
static void test_fetch_at_once(void **state)
{
	struct world *world = *state;

	world->guest.pc = HOLE + 0x10;
	run_to_trap(world, FETCH_ABORT | 0x05);
	assert_int_equal(world->trap.far, HOLE + 0x10);
	program(world, CODE, 0xf9400022, 0xd503207f);	/* ldr x2, [x1]; wfi */
	map_new(world, HOLE, S2_PAGE | S2_NS);
	world->guest.pc = CODE;
	world->guest.x[1] = HOLE;
	assert_false(run(world));
	world->guest.pc = HOLE;
	run_to_trap(world, FETCH_ABORT | 0x0f);
	assert_int_equal(world->guest.pc, HOLE);
}

static void test_fetches_that_fail_take_no_memory(void **state)
{
	struct rusage before, after;
	struct world *world = *state;

	world->guest.pc = HOLE;
	run_to_trap(world, FETCH_ABORT | 0x05);
	getrusage(RUSAGE_SELF, &before);
	for (unsigned i = 0; i < 50000; i++)
		run_to_trap(world, FETCH_ABORT | 0x05);
	getrusage(RUSAGE_SELF, &after);
	assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 1024);	/* KiB */
}

static void test_external_abort(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0xf9400022);	/* ldr x2, [x1] */
	world->guest.x[1] = HOLE;
	world->absent = map_new(world, HOLE, S2_PAGE | S2_NS);
	run_to_trap(world, DATA_ABORT | 0x200 | 0x10);
	assert_int_equal(world->guest.pc, CODE);
}

/* An emulated access: the instruction after it is next. */
static void test_going_on_after_a_trap(void **state)
{
	struct world *world = *state;

	/* ldr x2, [x1]; add x2, x2, #1; wfi */
	program(world, CODE, 0xf9400022, 0x91000442, 0xd503207f);
	world->guest.x[1] = HOLE;
	assert_true(run(world));
	world->guest.x[2] = 41;
	world->guest.pc += 4;
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 42);
	assert_int_equal(world->guest.pc, CODE + 12);
}

/* other traps to EL2 */

static void test_calls(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0xd4000003, 0xd4002463, 0xd4000842);	/* smc #0; smc #0x123; hvc #0x42 */
	run_to_trap(world, UINT64_C(0x17) << 26 | IL);
	assert_int_equal(world->guest.pc, CODE);
	world->guest.pc += 4;
	run_to_trap(world, UINT64_C(0x17) << 26 | IL | 0x123);
	assert_int_equal(world->guest.pc, CODE + 4);
	world->guest.pc += 4;
	run_to_trap(world, UINT64_C(0x16) << 26 | IL | 0x42);
	assert_int_equal(world->guest.pc, CODE + 12);
}

static void test_waits(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0xd503207f, 0xd503205f, 0xd4000003);	/* wfi; wfe; smc #0 */
	world->guest.trap_wfi = world->guest.trap_wfe = true;
	run_to_trap(world, UINT64_C(0x01) << 26 | IL | 0x1e00000);
	assert_int_equal(world->guest.pc, CODE);
	world->guest.pc += 4;
	run_to_trap(world, UINT64_C(0x01) << 26 | IL | 0x1e00001);
	assert_int_equal(world->guest.pc, CODE + 4);

	world->guest.trap_wfi = world->guest.trap_wfe = false;
	world->guest.pc = CODE;
	assert_false(run(world));
	assert_int_equal(world->guest.pc, CODE + 4);
	run_to_trap(world, UINT64_C(0x17) << 26 | IL);
}

static void test_gic(void **state)
{
	struct world *world = *state;

	/* msr icc_sgi1r_el1, x2; mrs x2, icc_iar1_el1; msr icc_pmr_el1, x2 */
	program(world, CODE, 0xd518cba2, 0xd538cc02, 0xd5184602);
	run_to_trap(world, UINT64_C(0x18) << 26 | IL | 0x3a3056);
	assert_int_equal(world->guest.pc, CODE);
	world->guest.pc += 4;
	run_to_trap(world, UINT64_C(0x18) << 26 | IL | 0x303059);
	world->guest.pc += 4;
	run_to_trap(world, UINT64_C(0x18) << 26 | IL | 0x30104c);
}

/* exceptions to EL1 */

/* The handler copies what it finds to X2 and up, then calls. */
static void put_handler(struct world *world, uint64_t offset)
{
	/* mrs x2, esr_el1; mrs x3, elr_el1; mrs x4, far_el1; mrs x5, spsr_el1; smc #0 */
	program(world, VECTORS + offset, 0xd5385202, 0xd5384023, 0xd5386004, 0xd5384005, 0xd4000003);
}

static void check_exception(struct world *world, uint32_t insn, uint64_t esr, uint64_t elr)
{
	program(world, CODE + 0x40, 0xd503201f, insn);	/* nop; what raises it */
	sim_cpu_forget(world->cpu, &world->guest.stage2, CODE, PAGE);
	reset(&world->guest);
	world->guest.pc += 0x40;
	run_to_trap(world, UINT64_C(0x17) << 26 | IL);
	assert_int_equal(world->guest.pc, VECTORS + 0x210);
	assert_int_equal(world->guest.x[2], esr);
	assert_int_equal(world->guest.x[3], elr);
	assert_int_equal(world->guest.x[5] & ~UINT64_C(0xc00), EL1H_MASKED);	/* BR sets BTYPE */
	assert_int_equal(world->guest.pstate & 0x3cf, EL1H_MASKED);
}

static void test_exceptions(void **state)
{
	struct world *world = *state;
	uint64_t at = CODE + 0x44;

	put_handler(world, 0x200);
	check_exception(world, 0xd4000841, UINT64_C(0x15) << 26 | IL | 0x42, at + 4);	/* svc #0x42 */
	check_exception(world, 0xd4200060, UINT64_C(0x3c) << 26 | IL | 3, at);	/* brk #3 */
	check_exception(world, 0x00000000, IL, at);	/* udf #0 */
	world->guest.x[1] = DATA + 1;
	check_exception(world, 0xc85f7c22, UINT64_C(0x25) << 26 | IL | 0x21, at);	/* ldxr x2, [x1] */
	assert_int_equal(world->guest.x[4], DATA + 1);
	world->guest.x[1] = DATA + 2;
	check_exception(world, 0xd61f0020, UINT64_C(0x22) << 26 | IL, DATA + 2);	/* br x1 */
	assert_int_equal(world->guest.x[4], DATA + 2);
}

static void test_exception_return(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0xd4000841, 0x91000442, 0xd503207f);	/* svc #0x42; add x2, x2, #1; wfi */
	program(world, VECTORS + 0x200, 0xd2800022, 0xd69f03e0);	/* mov x2, #1; eret */
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 2);
	assert_int_equal(world->guest.pc, CODE + 12);
}

/* An exception whose vector raises it again ends with the slice. */
static void test_endless_exception(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0);	/* udf #0 */
	assert_false(run(world));
	assert_in_range(world->guest.pc, VECTORS, VECTORS + 0x800);
}

/* slices, registers, several CPUs */

static void test_slices(void **state)
{
	struct world *world = *state;

	program(world, CODE, 0x91000442, 0x17ffffff);	/* add x2, x2, #1; b .-4 */
	assert_false(sim_cpu_run(world->cpu, &world->guest, 101, &world->trap));
	assert_int_equal(world->guest.x[2], 51);
	assert_int_equal(world->guest.pc, CODE + 4);
	assert_false(sim_cpu_run(world->cpu, &world->guest, 3, &world->trap));
	assert_int_equal(world->guest.x[2], 52);
	assert_false(sim_cpu_run(world->cpu, &world->guest, 0, &world->trap));
	assert_int_equal(world->guest.pc, CODE);
}

static void test_registers(void **state)
{
	struct world *world = *state;
	struct rmm_guest *guest = &world->guest;

	/* mrs x2, mpidr_el1; mov x6, sp; mov sp, x1; msr spsel, #0; mrs x7, currentel; msr tpidr_el0, x2; wfi */
	program(world, CODE, 0xd53800a2, 0x910003e6, 0x9100003f, 0xd50040bf, 0xd5384247, 0xd51bd042, 0xd503207f);
	guest->mpidr = 0x103;
	guest->el1.sp_el1 = 0x1111;
	guest->el1.sp_el0 = 0x2222;
	guest->x[1] = 0x3330;
	guest->x[30] = 30;
	assert_false(run(world));
	assert_int_equal(guest->x[2], 0x80000103);
	assert_int_equal(guest->x[6], 0x1111);
	assert_int_equal(guest->x[7], 4);
	assert_int_equal(guest->x[30], 30);
	assert_int_equal(guest->el1.sp_el1, 0x3330);
	assert_int_equal(guest->el1.sp_el0, 0x2222);
	assert_int_equal(guest->pstate & 0xf, 4);
	assert_int_equal(guest->el1.tpidr_el0, 0x80000103);
}

static void test_vector_registers_stay(void **state)
{
	struct world *world = *state;

	enable_vector_registers(world);
	/* fmov d0, x1; wfi; fmov x2, d0; wfi */
	program(world, CODE + 0x20, 0x9e670020, 0xd503207f, 0x9e660002, 0xd503207f);
	world->guest.pc = CODE + 0x20;
	world->guest.x[1] = 0x123456789;
	assert_false(run(world));
	world->guest.x[1] = 0;
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 0x123456789);
}

static bool run_some(struct sim_cpu *cpu, struct rmm_guest *guest, unsigned steps)
{
	struct rmm_trap trap;

	return sim_cpu_run(cpu, guest, steps, &trap);
}

static void test_atomics_of_two_cpus(void **state)
{
	struct world *world = *state;
	struct rmm_guest other;
	struct sim_cpu *cpu = sim_cpu_new(&ops, world);
	bool done = false, other_done = false;

	/* 1: ldxr x2, [x1]; add x2, x2, #1; stxr w3, x2, [x1]; cbnz w3, 1b; subs x4, x4, #1; b.ne 1b; smc #0 */
	program(world, CODE, 0xc85f7c22, 0x91000442, 0xc8037c22, 0x35ffffa3, 0xf1000484, 0x54ffff61, 0xd4000003);
	world->guest.x[1] = DATA;
	world->guest.x[4] = 1000;
	other = world->guest;
	for (unsigned steps = 1; !done || !other_done; steps = steps % 13 + 1) {
		done = done || run_some(world->cpu, &world->guest, steps);
		other_done = other_done || run_some(cpu, &other, steps % 5 + 1);
	}
	assert_int_equal(*data_at(world, DATA), 2000);
	sim_cpu_free(cpu);
}

/* memory that changes */

static void test_forget(void **state)
{
	struct world *world = *state;
	uint64_t ipa = CODE + 0x8000;

	program(world, CODE, 0xd63f0020, 0xd503207f);	/* blr x1; wfi */
	for (uint32_t value = 1; value < 5; value++) {
		map_new(world, ipa, S2_PAGE);
		program(world, ipa, 0xd2800002 | value << 5, 0xd65f03c0);	/* mov x2, #value; ret */
		sim_cpu_forget(world->cpu, &world->guest.stage2, ipa, PAGE);
		world->guest.pc = CODE;
		world->guest.x[1] = ipa;
		assert_false(run(world));
		assert_int_equal(world->guest.x[2], value);
	}
	*leaf_of(world, ipa) = 0;
	sim_cpu_forget(world->cpu, &world->guest.stage2, CODE, BLOCK);
	world->guest.pc = CODE;
	run_to_trap(world, FETCH_ABORT | 0x07);
}

/* A translation that is not forgotten may stay, as in a TLB; that of another VMID is none of this CPU's business. */
static void test_forget_what_is_meant(void **state)
{
	struct world *world = *state;
	struct rmm_stage2 other = world->guest.stage2;

	program(world, CODE, 0xf9400022, 0xd503207f);	/* ldr x2, [x1]; wfi */
	world->guest.x[1] = DATA;
	*data_at(world, DATA) = 1;
	assert_false(run(world));
	map_new(world, DATA, S2_PAGE);
	*data_at(world, DATA) = 2;
	other.vmid++;
	sim_cpu_forget(world->cpu, &other, DATA, PAGE);
	world->guest.pc = CODE;
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 1);
	sim_cpu_forget(world->cpu, &world->guest.stage2, DATA, PAGE);
	world->guest.pc = CODE;
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 2);
}

static void test_other_realm(void **state)
{
	struct world *world = *state;
	uint64_t root = world->guest.stage2.root;

	program(world, CODE, 0xf9400022, 0xd503207f);	/* ldr x2, [x1]; wfi */
	world->guest.x[1] = DATA;
	assert_false(run(world));
	world->guest.pc = CODE;
	world->guest.stage2.root = new_page(world);
	world->guest.stage2.vmid++;
	run_to_trap(world, FETCH_ABORT | 0x05);
	world->guest.stage2.root = root;
}

/* The guest writes code over what it has run. */
static void test_self_modification(void **state)
{
	struct world *world = *state;

	/* 1: mov x2, #1; str w3, [x1]; isb; cbz x4, 2f; wfi; 2: mov x4, #1; b 1b */
	program(world, CODE, 0xd2800022, 0xb9000023, 0xd5033fdf, 0xb4000044, 0xd503207f, 0xd2800024, 0x17fffffa);
	world->guest.x[1] = CODE;
	world->guest.x[3] = 0xd2800042;	/* mov x2, #2 */
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 2);
}

/* More pages than the engine can have regions, none beside its neighbour */
static void test_many_pages(void **state)
{
	enum { COUNT = 2000 };
	struct world *world = *state;
	uint64_t base = CODE + 2 * BLOCK, pages = PA_BASE + (PAGES - 1) * PAGE;

	for (uint64_t i = 0; i < COUNT; i++) {
		*leaf_of(world, base + i * PAGE) = (pages - i * PAGE) | S2_PAGE;
		*data_at(world, base + i * PAGE) = i;
	}
	/* 1: ldr x2, [x1]; add x5, x5, x2; add x1, x1, #0x1000; subs x4, x4, #1; b.ne 1b; smc #0 */
	program(world, CODE, 0xf9400022, 0x8b0200a5, 0x91400421, 0xf1000484, 0x54ffff81, 0xd4000003);
	for (unsigned round = 1; round <= 2; round++) {
		world->guest.pc = CODE;
		world->guest.x[1] = base;
		world->guest.x[4] = COUNT;
		while (!run(world))
			;
		assert_int_equal(world->guest.x[5], round * (COUNT * (COUNT - 1) / 2));
	}
	assert_in_range(world->used, 0, PAGES - COUNT);
}

/* stage 1 */

#define S1_TABLE (DATA + 0x10000)
#define S1_PAGE UINT64_C(0x703)	/* AF, shareable, EL1 only, page */
#define TCR_4K_39_BITS UINT64_C(0x580193519)	/* both halves: 39 bits, 4 KiB, cached */

/* VA 0 and up in the lower half, the same in the upper: a level 1 table, whose first entry is a level 2 table */
static void put_stage1(struct world *world)
{
	for (uint64_t i = 0; i < 3; i++)
		map_new(world, S1_TABLE + i * PAGE, S2_PAGE);
	data_at(world, S1_TABLE)[0] = (S1_TABLE + PAGE) | 3;
	data_at(world, S1_TABLE)[1] = (HOLE + PAGE) | 3;
	data_at(world, S1_TABLE + PAGE)[0] = (S1_TABLE + 2 * PAGE) | 3;
	data_at(world, S1_TABLE + 2 * PAGE)[0] = CODE | S1_PAGE;
	data_at(world, S1_TABLE + 2 * PAGE)[1] = DATA | S1_PAGE;
	data_at(world, S1_TABLE + 2 * PAGE)[2] = VECTORS | S1_PAGE;
	data_at(world, S1_TABLE + 2 * PAGE)[3] = HOLE | S1_PAGE;
	data_at(world, S1_TABLE + 2 * PAGE)[4] = DATA | S1_PAGE | 0x80;	/* read-only */
	data_at(world, S1_TABLE + 2 * PAGE)[5] = DATA | (S1_PAGE & ~UINT64_C(0x400));	/* no AF */
	world->guest.el1.ttbr0 = world->guest.el1.ttbr1 = S1_TABLE;
	world->guest.el1.tcr = TCR_4K_39_BITS;
	world->guest.el1.mair = 0xff;
	world->guest.el1.sctlr |= 1;
	world->guest.el1.vbar = 0x2000;
	world->guest.pc = 0;
}

static void test_stage1(void **state)
{
	struct world *world = *state;

	put_stage1(world);
	program(world, CODE, 0xf9400022, 0xf9000046, 0xd503207f);	/* ldr x2, [x1]; str x6, [x2]; wfi */
	*data_at(world, DATA + 8) = 0xffffff8000001010;
	world->guest.x[1] = 0x1008;
	world->guest.x[6] = 66;
	assert_false(run(world));
	assert_int_equal(world->guest.x[2], 0xffffff8000001010);
	assert_int_equal(*data_at(world, DATA + 0x10), 66);
}

static void test_stage2_under_stage1(void **state)
{
	struct world *world = *state;

	put_stage1(world);
	program(world, CODE, 0xf9400022);	/* ldr x2, [x1] */
	world->guest.x[1] = 0x3458;
	run_to_trap(world, DATA_ABORT | 0x01c28000 | 0x05);
	assert_int_equal(world->trap.far, 0x3458);
	assert_int_equal(world->trap.hpfar, HOLE >> 12 << 4);
	world->guest.x[1] = 0x40000000;	/* whose table is in the hole */
	run_to_trap(world, DATA_ABORT | 0x80 | 0x05);
	assert_int_equal(world->trap.far, 0x40000000);
	assert_int_equal(world->trap.hpfar, (HOLE + PAGE) >> 12 << 4);
}

static void check_stage1_fault(struct world *world, uint32_t insn, uint64_t va, uint64_t esr)
{
	program(world, CODE + 0x40, insn);
	world->guest.pc = 0x40;
	world->guest.pstate = EL1H_MASKED;
	world->guest.x[1] = va;
	run_to_trap(world, UINT64_C(0x17) << 26 | IL);
	assert_int_equal(world->guest.pc, 0x2210);
	assert_int_equal(world->guest.x[2], esr | IL);
	assert_int_equal(world->guest.x[4], va);
}

static void test_stage1_faults(void **state)
{
	const uint32_t load = 0xf9400022, store = 0xf9000022, branch = 0xd61f0020;	/* ldr, str x2, [x1]; br x1 */
	struct world *world = *state;

	put_stage1(world);
	put_handler(world, 0x200);
	check_stage1_fault(world, load, 0x9000, UINT64_C(0x25) << 26 | 0x07);
	check_stage1_fault(world, load, 0x200000, UINT64_C(0x25) << 26 | 0x06);
	check_stage1_fault(world, load, 0x80000000, UINT64_C(0x25) << 26 | 0x05);
	check_stage1_fault(world, load, UINT64_C(1) << 40, UINT64_C(0x25) << 26 | 0x04);
	check_stage1_fault(world, store, 0x4008, UINT64_C(0x25) << 26 | 0x40 | 0x0f);
	check_stage1_fault(world, load, 0x5008, UINT64_C(0x25) << 26 | 0x0b);
	check_stage1_fault(world, branch, 0x9000, UINT64_C(0x21) << 26 | 0x07);
	/* A vector that cannot be fetched ends with the slice. */
	world->guest.el1.vbar = world->guest.pc = 0x9000;
	assert_false(run(world));
	assert_int_equal(world->guest.pc, 0x9200);
}

/* The guest turns its MMU on, and changes a table. */
static void test_stage1_switched(void **state)
{
	struct world *world = *state;

	put_stage1(world);
	data_at(world, S1_TABLE)[2] = CODE | 0x701;	/* a block that maps the code to itself */
	world->guest.el1.sctlr &= ~UINT64_C(1);
	world->guest.pc = CODE;
	/* mrs x2, sctlr_el1; orr x2, x2, #1; msr sctlr_el1, x2; isb; ldr x6, [x1] */
	program(world, CODE, 0xd5381002, 0xb2400042, 0xd5181002, 0xd5033fdf, 0xf9400026);
	/* str x3, [x4]; tlbi vmalle1; isb; ldr x7, [x1]; mrs x2, sctlr_el1; wfi */
	program(world, CODE + 20, 0xf9000083, 0xd508871f, 0xd5033fdf, 0xf9400027, 0xd5381002, 0xd503207f);
	world->guest.x[1] = 0x1000;
	world->guest.x[3] = (DATA + PAGE) | S1_PAGE;
	world->guest.x[4] = S1_TABLE + 2 * PAGE + 8;
	*data_at(world, DATA) = 1;
	*data_at(world, VECTORS) = 2;
	assert_false(run(world));
	assert_int_equal(world->guest.x[6], 1);
	assert_int_equal(world->guest.x[7], 2);
	assert_int_equal(world->guest.x[2] & 1, 1);
	assert_int_equal(world->guest.el1.sctlr & 1, 1);
}

#define on_a_cpu(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		on_a_cpu(test_syndromes),
		on_a_cpu(test_levels),
		on_a_cpu(test_permissions),
		on_a_cpu(test_permission_granted),
		on_a_cpu(test_fetch),
		on_a_cpu(test_fetch_at_once),
		on_a_cpu(test_fetches_that_fail_take_no_memory),
		on_a_cpu(test_external_abort),
		on_a_cpu(test_going_on_after_a_trap),
		on_a_cpu(test_calls),
		on_a_cpu(test_waits),
		on_a_cpu(test_gic),
		on_a_cpu(test_exceptions),
		on_a_cpu(test_exception_return),
		on_a_cpu(test_endless_exception),
		on_a_cpu(test_slices),
		on_a_cpu(test_registers),
		on_a_cpu(test_vector_registers_stay),
		on_a_cpu(test_atomics_of_two_cpus),
		on_a_cpu(test_forget),
		on_a_cpu(test_forget_what_is_meant),
		on_a_cpu(test_other_realm),
		on_a_cpu(test_self_modification),
		on_a_cpu(test_many_pages),
		on_a_cpu(test_stage1),
		on_a_cpu(test_stage2_under_stage1),
		on_a_cpu(test_stage1_faults),
		on_a_cpu(test_stage1_switched),
	};

	if (!sim_cpu_available()) {
		print_message("built without Unicorn, there is no CPU to test\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
