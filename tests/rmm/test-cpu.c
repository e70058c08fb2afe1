/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-cpu.c - the toy CPU: table walks, syndromes, its TLB and its programs
 *
 * Descriptors and syndromes are written here as numbers, after DDI 0487 (D8.3, D24.2.40 ESR_EL2).
 */
#include "cpu.h"
#include "death.h"
#include "test-port.h"

#define PAGE UINT64_C(0x1000)
#define TABLES (MACHINE_BASE + 0x100000)
#define DATA (MACHINE_BASE + 0x400000)	/* of the realm; 4 MiB */
#define HOST (MACHINE_BASE + 0x200000)
#define HIGH UINT64_C(0xc000000000000)	/* a bank that needs 52 bits */

#define TABLE UINT64_C(0x3)
#define PAGE_RW UINT64_C(0x4c3)	/* AF, S2AP 11, type 11 */
#define BLOCK_RW UINT64_C(0x4c1)
#define PAGE_RO UINT64_C(0x443)
#define PAGE_NO_AF UINT64_C(0x0c3)
#define NS (UINT64_C(1) << 55)
#define XN (UINT64_C(1) << 54)

struct world {
	struct machine *machine;
	struct rmm_stage2 stage2;
	struct rmm_guest guest;
	struct rmm_trap trap;
};

static void give_to_realm(struct machine *machine, uint64_t pa, uint64_t size)
{
	for (uint64_t at = pa; at < pa + size; at += PAGE)
		machine_set_owner(machine, at, MACHINE_REALM);
}

/* Writes a descriptor into entry index of the nth 64 KiB of tables. */
static void put(struct world *world, unsigned table, unsigned index, uint64_t desc)
{
	uint64_t *entry = machine_memory(world->machine, TABLES + table * UINT64_C(0x10000) + 8 * index, 8);

	*entry = desc;
}

static uint64_t table_at(unsigned table)
{
	return TABLES + table * UINT64_C(0x10000);
}

static int setup(void **state)
{
	static const struct rmm_bank banks[] = { { MACHINE_BASE, MACHINE_SIZE }, { HIGH, 0x20000000 } };
	const struct machine_config config = { .banks = banks, .num_banks = 2 };
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->machine = machine_new(&config);
	give_to_realm(world->machine, TABLES, 0x100000);
	give_to_realm(world->machine, DATA, 0x400000);
	give_to_realm(world->machine, HIGH, 0x20000000);
	world->stage2 = (struct rmm_stage2){
		.root = table_at(0), .num_roots = 1, .vmid = 5, .start_level = 1, .ipa_bits = 39, .granule_shift = 12,
	};
	*state = world;
	return 0;
}

/* 4 KiB granules: entry 0 of each table leads down to level 3, table 2. */
static int setup_4k(void **state)
{
	struct world *world;

	setup(state);
	world = *state;
	put(world, 0, 0, table_at(1) | TABLE);
	put(world, 1, 0, table_at(2) | TABLE);
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;

	machine_free(world->machine);
	free(world);
	return 0;
}

static struct cpu_translation go(struct world *world, uint64_t ipa, enum mmu_access access)
{
	return cpu_translate(world->machine, &world->stage2, ipa, access);
}

static void assert_at(struct world *world, uint64_t ipa, uint64_t pa)
{
	struct cpu_translation at = go(world, ipa, MMU_READ);

	assert_true(at.ok);
	assert_int_equal(at.pa, pa);
}

static void assert_fault(struct world *world, uint64_t ipa, enum mmu_access access, unsigned fsc)
{
	struct cpu_translation at = go(world, ipa, access);

	assert_false(at.ok);
	assert_int_equal(at.fsc, fsc);
}

/* walks */

static void test_pages_and_blocks(void **state)
{
	struct world *world = *state;

	put(world, 2, 7, DATA | PAGE_RW);
	put(world, 1, 2, (DATA & ~UINT64_C(0x1fffff)) | BLOCK_RW);
	put(world, 0, 3, UINT64_C(0x80000000) | BLOCK_RW);
	assert_at(*state, 0x7abc, DATA + 0xabc);
	assert_at(*state, 0x400000 + 0x12345, DATA + 0x12345);
	assert_at(*state, UINT64_C(0xc0000000) + DATA - MACHINE_BASE, DATA);
}

static void test_translation_faults_tell_the_level(void **state)
{
	put(*state, 2, 1, DATA | BLOCK_RW);	/* 01 is reserved at level 3 */
	assert_fault(*state, UINT64_C(0x40000000), MMU_READ, 0x05);
	assert_fault(*state, 0x200000, MMU_READ, 0x06);
	assert_fault(*state, 0x0, MMU_READ, 0x07);
	assert_fault(*state, 0x1000, MMU_READ, 0x07);
	assert_fault(*state, UINT64_C(1) << 39, MMU_READ, 0x04);
}

static void test_no_blocks_at_level_0_without_lpa2(void **state)
{
	struct world *world = *state;

	world->stage2.start_level = 0;
	world->stage2.ipa_bits = 48;
	put(world, 0, 1, BLOCK_RW);
	assert_fault(world, UINT64_C(1) << 39, MMU_READ, 0x04);
	world->stage2.lpa2 = true;
	put(world, 0, 1, HIGH >> 50 << 8 | BLOCK_RW);
	assert_at(world, UINT64_C(1) << 39, HIGH);
}

static void test_permissions(void **state)
{
	put(*state, 2, 0, DATA | PAGE_RO);
	put(*state, 2, 1, DATA | PAGE_RW | XN);
	put(*state, 2, 2, DATA | PAGE_NO_AF);
	assert_true(go(*state, 0, MMU_READ).ok);
	assert_true(go(*state, 0, MMU_FETCH).ok);
	assert_fault(*state, 0, MMU_WRITE, 0x0f);
	assert_true(go(*state, 0x1000, MMU_WRITE).ok);
	assert_fault(*state, 0x1000, MMU_FETCH, 0x0f);
	assert_fault(*state, 0x2000, MMU_READ, 0x0b);
}

static void test_memory_of_the_host(void **state)
{
	struct world *world = *state;

	put(world, 2, 0, HOST | PAGE_RW | NS);
	assert_true(go(world, 0, MMU_WRITE).ns);
	assert_fault(world, 0, MMU_FETCH, 0x0f);
	machine_set_owner(world->machine, HOST, MACHINE_REALM);
	assert_true(go(world, 0, MMU_READ).external);
	put(world, 2, 1, UINT64_C(0x9000000) | PAGE_RW | NS);
	assert_true(go(world, 0x1000, MMU_READ).external);
}

static void test_concatenated_roots(void **state)
{
	struct world *world = *state;

	world->stage2.root = table_at(0) & ~UINT64_C(0x1fff);
	world->stage2.num_roots = 2;
	world->stage2.ipa_bits = 40;
	put(world, 0, 513, UINT64_C(0x80000000) | BLOCK_RW);
	assert_at(world, (UINT64_C(1) << 39) + (UINT64_C(1) << 30) + DATA - MACHINE_BASE, DATA);
}

static void test_lpa2(void **state)
{
	struct world *world = *state;

	world->stage2.start_level = -1;
	world->stage2.ipa_bits = 52;
	world->stage2.lpa2 = true;
	assert_fault(world, UINT64_C(1) << 48, MMU_READ, 0x2b);
	put(world, 1, 0, table_at(2) | TABLE);
	put(world, 2, 0, table_at(3) | TABLE);
	put(world, 3, 0, table_at(4) | TABLE);
	put(world, 4, 1, (HIGH & UINT64_C(0x3ffffffffffff)) | UINT64_C(3) << 8 | PAGE_RW);
	assert_at(world, 0x1008, HIGH + 8);
}

static void test_16k(void **state)
{
	struct world *world = *state;

	world->stage2.granule_shift = 14;
	world->stage2.start_level = 2;
	world->stage2.ipa_bits = 36;
	put(world, 0, 0, table_at(1) | TABLE);
	put(world, 0, 1, (DATA & ~UINT64_C(0x1ffffff)) | BLOCK_RW);
	put(world, 1, 2047, DATA | PAGE_RW);
	assert_at(world, UINT64_C(0x1ffc000) + 0x3abc, DATA + 0x3abc);
	assert_at(world, UINT64_C(0x2000000) + 0x400123, DATA + 0x123);
}

static void test_64k(void **state)
{
	struct world *world = *state;

	world->stage2.granule_shift = 16;
	world->stage2.start_level = 2;
	world->stage2.ipa_bits = 42;
	put(world, 0, 0, table_at(1) | TABLE);
	put(world, 0, 1, UINT64_C(0xc) << 12 | BLOCK_RW);
	put(world, 1, 3, DATA | PAGE_RW);
	assert_at(world, 0x3fedc, DATA + 0xfedc);
	assert_at(world, UINT64_C(0x20000000) + 0x1234, HIGH + 0x1234);
}

static void map_host_memory_as_realm(void *world)
{
	put(world, 2, 0, HOST | PAGE_RW);
	go(world, 0, MMU_READ);
}

static void walk_through_host_memory(void *world)
{
	put(world, 1, 1, HOST | TABLE);
	go(world, 0x200000, MMU_READ);
}

static void test_realm_memory_must_be_the_realms(void **state)
{
	assert_dies(map_host_memory_as_realm, *state, "maps 0x80200000 as realm memory, which it is not");
	assert_dies(walk_through_host_memory, *state, "a table walk reads 0x80200000");
}

/* the TLB */

static void forget_to_invalidate_page(void *arg)
{
	struct world *world = arg;

	go(world, 0, MMU_READ);
	put(world, 2, 0, 0);
	go(world, 0, MMU_READ);
}

static void forget_to_invalidate_table(void *arg)
{
	struct world *world = arg;

	go(world, 0, MMU_READ);
	put(world, 1, 0, 0);
	go(world, 0x5000, MMU_READ);
}

static void forget_the_realm_before(void *arg)
{
	struct world *world = arg;

	go(world, 0, MMU_READ);
	world->stage2.root = table_at(8);
	go(world, 0, MMU_READ);
}

static void give_back_what_a_tlb_holds(void *arg)
{
	struct world *world = arg;

	go(world, 0, MMU_READ);
	put(world, 2, 0, 0);
	machine_port.lock(world->machine);
	machine_port.set_pas(world->machine, DATA, PAGE, RMM_PAS_NS);
}

static void check_tlb_of_the_realm(void *arg)
{
	struct world *world = arg;

	go(world, 0, MMU_READ);
	put(world, 2, 0, DATA | PAGE_RO);
	cpu_check_tlb(world->machine, &world->stage2);
}

static void test_stale_translations_are_found(void **state)
{
	put(*state, 2, 0, DATA | PAGE_RW);
	assert_dies(forget_to_invalidate_page, *state, "a TLB still holds");
	assert_dies(forget_to_invalidate_table, *state, "a TLB still holds");
	assert_dies(forget_the_realm_before, *state, "a TLB still holds");
	assert_dies(give_back_what_a_tlb_holds, *state, "while a TLB holds it");
	assert_dies(check_tlb_of_the_realm, *state, "a TLB still holds");
}

static void test_invalidation_forgets(void **state)
{
	struct world *world = *state;

	put(world, 2, 0, DATA | PAGE_RW);
	put(world, 2, 1, DATA | PAGE_RW);
	assert_at(world, 0x0, DATA);
	assert_at(world, 0x1000, DATA);
	assert_true(cpu_tlb_holds(world->machine, DATA, PAGE));
	put(world, 2, 0, 0);
	cpu_tlb_invalidate(world->machine, &world->stage2, 0, PAGE);
	assert_fault(world, 0, MMU_READ, 0x07);
	assert_true(cpu_tlb_holds(world->machine, DATA, PAGE));
	put(world, 2, 1, 0);
	cpu_tlb_invalidate(world->machine, &world->stage2, 0x1000, PAGE);
	assert_false(cpu_tlb_holds(world->machine, DATA, PAGE));
}

/* programs: page 0 is code, page 1 data, both of the realm; page 8 is the host's */

static void run(struct world *world, const struct program_record *records, size_t count)
{
	put(world, 2, 0, DATA | PAGE_RW);
	put(world, 2, 1, (DATA + PAGE) | PAGE_RW);
	put(world, 2, 8, HOST | PAGE_RW | NS);
	memcpy(machine_memory(world->machine, DATA, PAGE), records, count * sizeof(*records));
	world->guest.stage2 = world->stage2;
	cpu_run(world->machine, &world->guest, &world->trap);
}

#define RUN(world, ...) \
	run((world), (const struct program_record[]){ __VA_ARGS__ }, \
		sizeof((const struct program_record[]){ __VA_ARGS__ }) / sizeof(struct program_record))

static void assert_sync(const struct world *world, uint64_t pc, uint64_t esr)
{
	assert_int_equal(world->trap.kind, RMM_TRAP_SYNC);
	assert_int_equal(world->guest.pc, pc);
	assert_int_equal(world->trap.esr, esr);
}

static void test_moves_loads_and_stores(void **state)
{
	struct world *world = *state;

	RUN(world, { PROGRAM_SET, { 3, UINT64_C(0x1122334455667788) } }, { PROGRAM_STORE, { 0x1008, 8, 0, 3 } },
		{ PROGRAM_LOAD, { 0x1008, 1, PROGRAM_SIGNED, 4 } }, { PROGRAM_LOAD, { 0x100a, 2, 0, 5 } },
		{ PROGRAM_STORE, { 0x8004, 4, 0, PROGRAM_REG_XZR } }, { PROGRAM_MOVE, { PROGRAM_REG_VBAR, 5 } },
		{ PROGRAM_CHECK, { 4, ~UINT64_C(0x77) } }, { PROGRAM_CHECK, { 5, 0x5566 } },
		{ PROGRAM_CHECK, { PROGRAM_REG_VBAR, 0x66, 0xff } }, { PROGRAM_END, { 0 } });
	assert_int_equal(world->trap.kind, RMM_TRAP_IRQ);
	assert_int_equal(world->guest.pc, 4 * 9);
}

static void test_jumps(void **state)
{
	struct world *world = *state;

	RUN(world, { PROGRAM_JUMP, { 8 } }, { PROGRAM_FIQ, { 0 } }, { PROGRAM_JUMP_UNLESS, { 4, 0, 1 } });
	assert_int_equal(world->trap.kind, RMM_TRAP_FIQ);
	assert_int_equal(world->guest.pc, 8);
	world->guest.x[0] = 1;
	world->guest.pc = 0xf88;	/* the same record as that of 8 */
	cpu_run(world->machine, &world->guest, &world->trap);
	assert_int_equal(world->trap.kind, RMM_TRAP_IRQ);
	assert_int_equal(world->guest.pc, 0xf8c);
}

static void test_calls(void **state)
{
	struct world *world = *state;

	world->guest.x[2] = 77;
	RUN(world, { PROGRAM_SMC, { 1, 2, 3, [14] = 1 << 2 } }, { PROGRAM_HVC, { 7 } });
	assert_sync(world, 0, 0x5e000000);
	assert_int_equal(world->guest.x[1], 2);
	assert_int_equal(world->guest.x[2], 77);
	world->guest.pc = 4;
	cpu_run(world->machine, &world->guest, &world->trap);
	assert_sync(world, 8, 0x5a000007);
}

static void test_host_call(void **state)
{
	struct world *world = *state;
	const uint8_t *structure = machine_memory(world->machine, DATA + PAGE, 0x100);
	uint64_t x30 = 0;

	world->guest.x[30] = 99;
	RUN(world, { PROGRAM_HOST_CALL, { 0x1000, 0x1234 } });
	assert_sync(world, 0, 0x5e000000);
	assert_int_equal(world->guest.x[0], UINT64_C(0xc4000199));
	assert_int_equal(world->guest.x[1], 0x1000);
	assert_int_equal(structure[0] | structure[1] << 8, 0x1234);
	memcpy(&x30, structure + 8 + 30 * 8, 8);
	assert_int_equal(x30, 99);
}

static void test_aborts(void **state)
{
	struct world *world = *state;

	RUN(world, { PROGRAM_LOAD, { 0x3ff8, 4, PROGRAM_SIGNED, 5 } });
	assert_sync(world, 0, 0x93a58007);	/* ISV, SAS 10, SSE, SRT 5, SF */
	assert_int_equal(world->trap.far, 0x3ff8);
	assert_int_equal(world->trap.hpfar, 0x30);
	RUN(world, { PROGRAM_STORE, { 0x3000, 8, 0, 31 } });
	assert_sync(world, 0, 0x93df8047);	/* ISV, SAS 11, SRT 31, SF, WnR */
	RUN(world, { PROGRAM_STORE, { 0x3000, 8, PROGRAM_NO_SYNDROME, 31 } });
	assert_sync(world, 0, 0x92000047);
	RUN(world, { PROGRAM_JUMP, { 0x3000 } });
	assert_sync(world, 0x3000, 0x82000007);
	world->guest.pc = 0;
	machine_set_owner(world->machine, HOST, MACHINE_ROOT);
	RUN(world, { PROGRAM_LOAD, { 0x8000, 1, 0, 0 } });
	assert_sync(world, 0, 0x93000210);	/* EA, synchronous external abort */
}

static void test_waits(void **state)
{
	struct world *world = *state;

	RUN(world, { PROGRAM_WAIT, { 0 } }, { PROGRAM_WAIT, { 1 } }, { PROGRAM_END, { 0 } });
	assert_int_equal(world->guest.pc, 8);
	world->guest.pc = 0;
	world->guest.trap_wfe = true;
	RUN(world, { PROGRAM_WAIT, { 0 } }, { PROGRAM_WAIT, { 1 } });
	assert_sync(world, 4, 0x07e00001);
	world->guest.pc = 0;
	world->guest.trap_wfi = true;
	RUN(world, { PROGRAM_WAIT, { 2, 9 } });
	assert_sync(world, 0, 0x07e00126);	/* RN 9, RV, WFIT */
}

static void test_other_exits(void **state)
{
	struct world *world = *state;

	RUN(world, { PROGRAM_SYSREG, { 0x300c31 } });
	assert_sync(world, 0, 0x62300c31);
	RUN(world, { PROGRAM_SERROR, { 0x11 } });
	assert_int_equal(world->trap.kind, RMM_TRAP_SERROR);
	assert_int_equal(world->trap.esr, 0xbe000011);
	world->guest.pc = 0;
	RUN(world, { PROGRAM_TRAP, { 0x12345678, 0x11, 0x22, 4 } });
	assert_sync(world, 4, 0x12345678);
	assert_int_equal(world->trap.far, 0x11);
	assert_int_equal(world->trap.hpfar, 0x22);
}

static void test_pending_interrupt_comes_first(void **state)
{
	struct world *world = *state;

	world->machine->irq[0] = true;
	RUN(world, { PROGRAM_SMC, { 1 } });
	assert_int_equal(world->trap.kind, RMM_TRAP_IRQ);
	assert_int_equal(world->guest.pc, 0);
}

static void test_exception_return(void **state)
{
	struct world *world = *state;

	world->guest.el1.elr = 0x10;
	world->guest.el1.spsr = 0x3c5;
	RUN(world, { PROGRAM_RETURN, { 4 } }, [5] = { PROGRAM_FIQ, { 0 } });
	assert_int_equal(world->trap.kind, RMM_TRAP_FIQ);
	assert_int_equal(world->guest.pstate, 0x3c5);
}

static void fail_check(void *world)
{
	RUN(world, { PROGRAM_CHECK, { 0, 1 } });
}

static void run_nonsense(void *world)
{
	RUN(world, { PROGRAM_OPS, { 0 } });
}

static void test_bad_programs_end_the_process(void **state)
{
	assert_dies(fail_check, *state, "guest at 0: register 0 is 0, expected 0x1");
	assert_dies(run_nonsense, *state, "there is no operation");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_4k, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pages_and_blocks), TEST(test_translation_faults_tell_the_level),
		TEST(test_no_blocks_at_level_0_without_lpa2), TEST(test_permissions), TEST(test_memory_of_the_host),
		TEST(test_concatenated_roots), TEST(test_lpa2), TEST(test_16k), TEST(test_64k),
		TEST(test_realm_memory_must_be_the_realms), TEST(test_stale_translations_are_found),
		TEST(test_invalidation_forgets), TEST(test_moves_loads_and_stores), TEST(test_jumps), TEST(test_calls),
		TEST(test_host_call), TEST(test_aborts), TEST(test_waits), TEST(test_other_exits),
		TEST(test_pending_interrupt_comes_first), TEST(test_exception_return),
		TEST(test_bad_programs_end_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
