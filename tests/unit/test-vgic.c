/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-vgic.c - the GICv3 that realms on QEMU have (rmm/qemu/host), against IHI 0069H: registers of chapter 12, list
 * registers of 12.4.8 (ICH_LR<n>_EL2), states of an interrupt of 4.1.2
 */
#include "../../rmm/qemu/host/vgic.h"
#include "unit.h"

#define GICD UINT64_C(0x08000000)
#define GICD_CTLR (GICD + 0x0)
#define GICD_TYPER (GICD + 0x4)
#define GICD_ISENABLER (GICD + 0x100)
#define GICD_ICENABLER (GICD + 0x180)
#define GICD_ISPENDR (GICD + 0x200)
#define GICD_ICPENDR (GICD + 0x280)
#define GICD_ISACTIVER (GICD + 0x300)
#define GICD_ICACTIVER (GICD + 0x380)
#define GICD_IPRIORITYR (GICD + 0x400)
#define GICD_ICFGR (GICD + 0xc00)
#define GICD_IROUTER (GICD + 0x6000)
#define GICD_PIDR2 (GICD + 0xffe8)

#define GICR(cpu) (UINT64_C(0x080a0000) + (cpu) * UINT64_C(0x20000))
#define GICR_TYPER 0x8
#define GICR_WAKER 0x14
#define GICR_PIDR2 0xffe8
#define GICR_IGROUPR0 0x10080
#define GICR_ISENABLER0 0x10100
#define GICR_ICENABLER0 0x10180
#define GICR_ISPENDR0 0x10200
#define GICR_ICPENDR0 0x10280
#define GICR_ISACTIVER0 0x10300
#define GICR_IPRIORITYR 0x10400
#define GICR_ICFGR 0x10c00

#define CTLR_DS (1 << 6)
#define CTLR_ARE (1 << 4)
#define CTLR_GROUP1 (1 << 1)
#define WAKER_SLEEP 2
#define WAKER_ASLEEP 4

#define LR_INVALID 0
#define LR_PENDING 1
#define LR_ACTIVE 2
#define LR_BOTH 3

#define CPUS 3
#define LRS 4
#define SGI 5
#define PPI 27
#define SPI 33

static struct vgic vgic;

static uint32_t get(uint64_t ipa)
{
	return (uint32_t)vgic_read(&vgic, ipa, 4);
}

static void set(uint64_t ipa, uint32_t value)
{
	vgic_write(&vgic, ipa, 4, value);
}

/* Of a register with a bit an interrupt, 32 in a word */
static void set_bit(uint64_t base, unsigned intid)
{
	set(base + intid / 32 * 4, UINT32_C(1) << intid % 32);
}

static bool has_bit(uint64_t base, unsigned intid)
{
	return get(base + intid / 32 * 4) >> intid % 32 & 1;
}

/* What an ICH_LR<n>_EL2 says */

static unsigned state_of(uint64_t lr)
{
	return (unsigned)(lr >> 62);
}

static uint64_t with_state(uint64_t lr, unsigned state)
{
	return (lr & ~(UINT64_C(3) << 62)) | (uint64_t)state << 62;
}

static void assert_lr(uint64_t lr, unsigned intid, unsigned priority, unsigned state)
{
	/* Group 1, no physical interrupt behind it */
	assert_int_equal(lr, (uint64_t)state << 62 | UINT64_C(1) << 60 | (uint64_t)priority << 48 | intid);
}

/* A run of a CPU that brings its one interrupt to a state */
static void run_to(unsigned cpu, unsigned intid, unsigned before, unsigned after)
{
	uint64_t lrs[LRS];

	assert_int_equal(vgic_load(&vgic, cpu, lrs, LRS), 1);
	assert_int_equal((uint32_t)lrs[0], intid);
	assert_int_equal(state_of(lrs[0]), before);
	lrs[0] = with_state(lrs[0], after);
	vgic_store(&vgic, cpu, lrs, LRS);
}

static void assert_none(unsigned cpu)
{
	uint64_t lrs[LRS] = { 1, 2, 3, 4 };

	assert_false(vgic_is_pending(&vgic, cpu));
	assert_int_equal(vgic_load(&vgic, cpu, lrs, LRS), 0);
	for (unsigned i = 0; i < LRS; i++)
		assert_int_equal(lrs[i], 0);
}

static int reset(void **state)
{
	vgic_init(&vgic, CPUS);
	return 0;
}

/* As an operating system leaves it: all on, one interrupt of each kind enabled, priorities 0xa0 */
static int set_up(void **state)
{
	reset(state);
	set(GICD_CTLR, CTLR_ARE | CTLR_GROUP1);
	for (unsigned cpu = 0; cpu < CPUS; cpu++) {
		set(GICR(cpu) + GICR_WAKER, 0);
		for (unsigned i = 0; i < 32; i += 4)
			set(GICR(cpu) + GICR_IPRIORITYR + i, 0xa0a0a0a0);
		set(GICR(cpu) + GICR_ISENABLER0, 1 << SGI | 1 << PPI);
	}
	for (unsigned i = 32; i < 128; i += 4)
		set(GICD_IPRIORITYR + i, 0xa0a0a0a0);
	set_bit(GICD_ISENABLER, SPI);
	return 0;
}

/* Registers */

static void test_distributor_after_reset(void **state)
{
	assert_int_equal(get(GICD_CTLR), CTLR_DS | CTLR_ARE);
	assert_int_equal(get(GICD_TYPER) & 0x1f, 128 / 32 - 1);	/* ITLinesNumber */
	assert_int_equal(get(GICD_TYPER) >> 19 & 0x1f, 9);	/* IDbits: ten */
	assert_int_equal(get(GICD_TYPER) >> 17 & 1, 0);	/* LPIS */
	assert_int_equal(get(GICD_TYPER) >> 25 & 1, 1);	/* No1N */
	assert_int_equal(get(GICD_PIDR2) & 0xf0, 0x30);	/* ArchRev: GICv3 */
	for (unsigned i = 32; i < 128; i++) {
		assert_false(has_bit(GICD_ISENABLER, i));
		assert_false(has_bit(GICD_ISPENDR, i));
		assert_false(has_bit(GICD_ISACTIVER, i));
		assert_int_equal(vgic_read(&vgic, GICD_IROUTER + 8 * i, 8), 0);
	}
}

static void test_redistributors_after_reset(void **state)
{
	for (unsigned cpu = 0; cpu < CPUS; cpu++) {
		uint64_t typer = vgic_read(&vgic, GICR(cpu) + GICR_TYPER, 8);

		assert_int_equal(typer >> 32, cpu);	/* Affinity_Value */
		assert_int_equal(typer >> 8 & 0xffff, cpu);	/* Processor_Number */
		assert_int_equal(typer >> 4 & 1, cpu == CPUS - 1);	/* Last */
		assert_int_equal(typer & 1, 0);	/* PLPIS */
		assert_int_equal(get(GICR(cpu) + GICR_TYPER + 4), cpu);
		assert_int_equal(get(GICR(cpu) + GICR_WAKER), WAKER_SLEEP | WAKER_ASLEEP);
		assert_int_equal(get(GICR(cpu) + GICR_PIDR2) & 0xf0, 0x30);
		assert_int_equal(get(GICR(cpu) + GICR_ISENABLER0), 0);
		assert_int_equal(get(GICR(cpu) + GICR_ISPENDR0), 0);
		assert_int_equal(get(GICR(cpu) + GICR_ISACTIVER0), 0);
		assert_int_equal(get(GICR(cpu) + GICR_IGROUPR0), 0xffffffff);
		assert_int_equal(get(GICR(cpu) + GICR_ICFGR), 0xaaaaaaaa);
	}
}

/* Frames that are not there, and beyond */
static void test_nothing_reads_as_zero(void **state)
{
	vgic_write(&vgic, GICR(CPUS) + GICR_ISENABLER0, 4, 0xffffffff);
	assert_int_equal(vgic_read(&vgic, GICR(CPUS) + GICR_TYPER, 8), 0);
	assert_int_equal(vgic_read(&vgic, GICR(CPUS) + GICR_ISENABLER0, 4), 0);
	assert_int_equal(vgic_read(&vgic, GICD + 0x10000, 4), 0);
}

static void test_nothing_is_not_written(void **state)
{
	struct vgic before = vgic;

	vgic_write(&vgic, GICR(CPUS) + GICR_ISENABLER0, 4, 0xffffffff);
	vgic_write(&vgic, GICR(CPUS) + GICR_WAKER, 4, 0);
	vgic_write(&vgic, GICD + 0x10000, 4, 0xffffffff);
	assert_memory_equal(&vgic, &before, sizeof(vgic));
}

static void test_ctlr_has_one_security_state(void **state)
{
	set(GICD_CTLR, CTLR_GROUP1);
	assert_int_equal(get(GICD_CTLR), CTLR_DS | CTLR_ARE | CTLR_GROUP1);
	set(GICD_CTLR, 0);
	assert_int_equal(get(GICD_CTLR), CTLR_DS | CTLR_ARE);
}

static void test_waker(void **state)
{
	set(GICR(1) + GICR_WAKER, 0);
	assert_int_equal(get(GICR(1) + GICR_WAKER), 0);
	assert_int_equal(get(GICR(0) + GICR_WAKER), WAKER_SLEEP | WAKER_ASLEEP);
	set(GICR(1) + GICR_WAKER, WAKER_SLEEP);
	assert_int_equal(get(GICR(1) + GICR_WAKER), WAKER_SLEEP | WAKER_ASLEEP);
}

/* Writing zeros changes nothing, and both registers of a pair read the same. */
static void test_set_and_clear(void **state)
{
	static const struct {
		uint64_t set, clear;
	} pairs[] = {
		{ GICD_ISENABLER + 4, GICD_ICENABLER + 4 },
		{ GICD_ISPENDR + 4, GICD_ICPENDR + 4 },
		{ GICD_ISACTIVER + 4, GICD_ICACTIVER + 4 },
		{ GICR(1) + GICR_ISENABLER0, GICR(1) + GICR_ICENABLER0 },
		{ GICR(1) + GICR_ISPENDR0, GICR(1) + GICR_ICPENDR0 },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		set(pairs[i].set, 0x80000021);
		set(pairs[i].set, 0);
		assert_int_equal(get(pairs[i].set), 0x80000021);
		assert_int_equal(get(pairs[i].clear), 0x80000021);
		set(pairs[i].clear, 0);
		set(pairs[i].clear, 0x20);
		assert_int_equal(get(pairs[i].set), 0x80000001);
	}
}

/* Private interrupts are not the distributor's, SPIs not a redistributor's: those are reserved there. */
static void test_frames_have_their_own_interrupts(void **state)
{
	set(GICD_ISENABLER, 0xffffffff);
	set(GICD_IPRIORITYR, 0x10101010);
	set(GICD_ICFGR + 4, 0xaaaaaaaa);
	vgic_write(&vgic, GICD_IROUTER, 8, 2);
	assert_int_equal(get(GICD_ISENABLER), 0);
	assert_int_equal(get(GICD_IPRIORITYR), 0);
	assert_int_equal(get(GICD_ICFGR + 4), 0);
	assert_int_equal(vgic_read(&vgic, GICD_IROUTER, 8), 0);
	assert_int_equal(get(GICR(0) + GICR_ISENABLER0), 0);
	set(GICR(0) + GICR_ISENABLER0 + 4, 0xffffffff);
	assert_int_equal(get(GICR(0) + GICR_ISENABLER0 + 4), 0);
	assert_int_equal(get(GICD_ISENABLER + 4), 0);
	set(GICR(0) + GICR_ISENABLER0, 1 << PPI);
	assert_int_equal(get(GICR(1) + GICR_ISENABLER0), 0);
}

static void test_priorities_have_five_bits(void **state)
{
	vgic_write(&vgic, GICD_IPRIORITYR + SPI, 1, 0xa7);
	assert_int_equal(vgic_read(&vgic, GICD_IPRIORITYR + SPI, 1), 0xa0);
	assert_int_equal(get(GICD_IPRIORITYR + 32), 0xa000);
}

static void test_kinds(void **state)
{
	set(GICD_ICFGR + SPI / 16 * 4, 2 << SPI % 16 * 2);
	assert_int_equal(get(GICD_ICFGR + SPI / 16 * 4), 2 << SPI % 16 * 2);
	set(GICR(0) + GICR_ICFGR, 0);
	assert_int_equal(get(GICR(0) + GICR_ICFGR), 0xaaaaaaaa);	/* of SGIs: read-only */
}

static void test_routes(void **state)
{
	vgic_write(&vgic, GICD_IROUTER + 8 * SPI, 8, 1);
	assert_int_equal(vgic_read(&vgic, GICD_IROUTER + 8 * SPI, 8), 1);
	set(GICD_IROUTER + 8 * SPI, 2);
	set(GICD_IROUTER + 8 * SPI + 4, 0);
	assert_int_equal(get(GICD_IROUTER + 8 * SPI), 2);
	assert_int_equal(get(GICD_IROUTER + 8 * SPI + 4), 0);
	vgic_write(&vgic, GICD_IROUTER + 8 * SPI, 8, UINT64_C(1) << 32 | UINT64_C(1) << 31 | 1);	/* Aff3, 1 of N */
	assert_int_equal(vgic_read(&vgic, GICD_IROUTER + 8 * SPI, 8), 1);
}

/* The life of an interrupt */

/* Pending with its line, until the line drops; again after its end if the line is still high */
static void test_level(void **state)
{
	vgic_line(&vgic, 1, PPI, true);
	assert_true(has_bit(GICR(1) + GICR_ISPENDR0, PPI));
	assert_true(vgic_is_pending(&vgic, 1));
	assert_none(0);
	run_to(1, PPI, LR_PENDING, LR_PENDING);
	run_to(1, PPI, LR_PENDING, LR_ACTIVE);
	assert_true(has_bit(GICR(1) + GICR_ISACTIVER0, PPI));
	assert_false(vgic_is_pending(&vgic, 1));
	run_to(1, PPI, LR_ACTIVE, LR_INVALID);
	assert_false(has_bit(GICR(1) + GICR_ISACTIVER0, PPI));
	run_to(1, PPI, LR_PENDING, LR_INVALID);
	vgic_line(&vgic, 1, PPI, false);
	assert_none(1);
}

static void test_level_that_drops_is_not_taken(void **state)
{
	vgic_line(&vgic, 0, PPI, true);
	run_to(0, PPI, LR_PENDING, LR_PENDING);
	vgic_line(&vgic, 0, PPI, false);
	assert_none(0);
}

/* Software makes a level pending, too; clearing that does not drop a line. */
static void test_level_by_software(void **state)
{
	set(GICR(0) + GICR_ISPENDR0, 1 << PPI);
	run_to(0, PPI, LR_PENDING, LR_PENDING);
	run_to(0, PPI, LR_PENDING, LR_ACTIVE);
	set(GICR(0) + GICR_ISPENDR0, 1 << PPI);
	run_to(0, PPI, LR_BOTH, LR_BOTH);
	run_to(0, PPI, LR_BOTH, LR_PENDING);
	run_to(0, PPI, LR_PENDING, LR_INVALID);
	assert_none(0);
	vgic_line(&vgic, 0, PPI, true);
	set(GICR(0) + GICR_ICPENDR0, 1 << PPI);
	assert_true(has_bit(GICR(0) + GICR_ISPENDR0, PPI));
}

/* Pending from a rising edge until it is taken, whatever the line does; another edge makes it pending while active. */
static void test_edge(void **state)
{
	set(GICD_ICFGR + SPI / 16 * 4, 2 << SPI % 16 * 2);
	vgic_line(&vgic, 0, SPI, true);
	vgic_line(&vgic, 0, SPI, false);
	run_to(0, SPI, LR_PENDING, LR_ACTIVE);
	assert_false(has_bit(GICD_ISPENDR, SPI));
	vgic_line(&vgic, 0, SPI, true);
	run_to(0, SPI, LR_BOTH, LR_BOTH);
	run_to(0, SPI, LR_BOTH, LR_PENDING);
	run_to(0, SPI, LR_PENDING, LR_INVALID);
	vgic_line(&vgic, 0, SPI, true);	/* it was high all the time */
	assert_none(0);
}

static void test_disabled(void **state)
{
	set_bit(GICD_ICENABLER, SPI);
	vgic_line(&vgic, 0, SPI, true);
	assert_true(has_bit(GICD_ISPENDR, SPI));
	assert_none(0);
	set_bit(GICD_ISENABLER, SPI);
	run_to(0, SPI, LR_PENDING, LR_ACTIVE);
	set_bit(GICD_ICENABLER, SPI);
	run_to(0, SPI, LR_ACTIVE, LR_INVALID);
	assert_none(0);
}

static void test_all_off(void **state)
{
	vgic_line(&vgic, 0, PPI, true);
	set(GICD_CTLR, 0);
	assert_none(0);
	set(GICD_CTLR, CTLR_GROUP1);
	set(GICR(0) + GICR_WAKER, WAKER_SLEEP);
	assert_none(0);
	set(GICR(0) + GICR_WAKER, 0);
	assert_true(vgic_is_pending(&vgic, 0));
}

/* One that is active there stays until its end. */
static void test_spi_goes_where_it_is_routed(void **state)
{
	vgic_write(&vgic, GICD_IROUTER + 8 * SPI, 8, 2);
	vgic_line(&vgic, 0, SPI, true);
	assert_none(0);
	run_to(2, SPI, LR_PENDING, LR_ACTIVE);
	vgic_write(&vgic, GICD_IROUTER + 8 * SPI, 8, 0);
	assert_none(0);
	run_to(2, SPI, LR_ACTIVE, LR_INVALID);
	assert_none(2);
	run_to(0, SPI, LR_PENDING, LR_PENDING);
	vgic_write(&vgic, GICD_IROUTER + 8 * SPI, 8, 0x10002);	/* no such CPU */
	for (unsigned cpu = 0; cpu < CPUS; cpu++)
		assert_none(cpu);
}

/* SGIs: ICC_SGI1R_EL1, 12.2.21 */

static void assert_sent(uint64_t sgi1r, unsigned from, bool to_0, bool to_1, bool to_2)
{
	set_up(NULL);
	vgic_send(&vgic, from, sgi1r);
	assert_int_equal(has_bit(GICR(0) + GICR_ISPENDR0, SGI), to_0);
	assert_int_equal(has_bit(GICR(1) + GICR_ISPENDR0, SGI), to_1);
	assert_int_equal(has_bit(GICR(2) + GICR_ISPENDR0, SGI), to_2);
}

static void test_sgi_targets(void **state)
{
	const uint64_t sgi = (uint64_t)SGI << 24;

	assert_sent(sgi | 0x1, 1, true, false, false);
	assert_sent(sgi | 0x6, 1, false, true, true);	/* to itself, too */
	assert_sent(sgi | 0xfff8, 1, false, false, false);
	assert_sent(sgi | UINT64_C(1) << 40, 1, true, false, true);	/* IRM: all but itself */
	assert_sent(sgi | 1 << 28 | 0x1, 1, true, false, false);	/* above INTID: reserved */
	/* Aff1, Aff2, Aff3: CPUs that are not there */
	assert_sent(sgi | UINT64_C(1) << 16 | 0x7, 1, false, false, false);
	assert_sent(sgi | UINT64_C(1) << 32 | 0x7, 1, false, false, false);
	assert_sent(sgi | UINT64_C(1) << 48 | 0x7, 1, false, false, false);
}

static void test_sgi_is_an_edge(void **state)
{
	vgic_send(&vgic, 0, (uint64_t)SGI << 24 | 0x2);
	run_to(1, SGI, LR_PENDING, LR_ACTIVE);
	vgic_send(&vgic, 0, (uint64_t)SGI << 24 | 0x2);
	run_to(1, SGI, LR_BOTH, LR_PENDING);
	run_to(1, SGI, LR_PENDING, LR_INVALID);
	assert_none(1);
}

/* List registers */

/* What is in no list register stays as it is: all zero is none, and not the SGI 0. */
static void test_empty_list_registers_tell_nothing(void **state)
{
	const uint64_t lrs[LRS] = { 0, UINT64_C(1) << 60 | 128, UINT64_C(1) << 60 | UINT32_MAX };
	struct vgic before;

	vgic_send(&vgic, 1, 0x1);
	before = vgic;
	vgic_store(&vgic, 0, lrs, LRS);
	assert_memory_equal(&vgic, &before, sizeof(vgic));
	assert_true(has_bit(GICR(0) + GICR_ISPENDR0, 0));
}

static void test_list_registers_are_in_order(void **state)
{
	uint64_t lrs[LRS];

	vgic_write(&vgic, GICR(0) + GICR_IPRIORITYR + PPI, 1, 0x20);
	vgic_line(&vgic, 0, SPI, true);
	vgic_line(&vgic, 0, PPI, true);
	vgic_send(&vgic, 1, (uint64_t)SGI << 24 | 0x1);
	assert_int_equal(vgic_load(&vgic, 0, lrs, LRS), 3);
	assert_lr(lrs[0], PPI, 0x20, LR_PENDING);
	assert_lr(lrs[1], SGI, 0xa0, LR_PENDING);	/* of the same priority: the lowest INTID first */
	assert_lr(lrs[2], SPI, 0xa0, LR_PENDING);
	assert_int_equal(lrs[3], 0);
}

/* The most urgent ones, and what is active; the others wait. */
static void test_more_than_list_registers(void **state)
{
	uint64_t lrs[2];

	set(GICD_ISENABLER + 4, 0xf0);	/* 36 to 39 */
	set(GICD_IPRIORITYR + 36, 0x10203040);
	for (unsigned intid = 36; intid < 40; intid++)
		vgic_line(&vgic, 0, intid, true);
	assert_int_equal(vgic_load(&vgic, 0, lrs, 2), 2);
	assert_lr(lrs[0], 39, 0x10, LR_PENDING);
	assert_lr(lrs[1], 38, 0x20, LR_PENDING);
	lrs[1] = with_state(lrs[1], LR_ACTIVE);
	vgic_store(&vgic, 0, lrs, 2);
	assert_int_equal(vgic_load(&vgic, 0, lrs, 2), 2);
	assert_lr(lrs[0], 38, 0x20, LR_ACTIVE);
	assert_lr(lrs[1], 39, 0x10, LR_PENDING);
	lrs[0] = with_state(lrs[0], LR_INVALID);
	vgic_store(&vgic, 0, lrs, 2);
	vgic_line(&vgic, 0, 38, false);
	vgic_line(&vgic, 0, 39, false);
	assert_int_equal(vgic_load(&vgic, 0, lrs, 2), 2);
	assert_lr(lrs[0], 37, 0x30, LR_PENDING);
	assert_lr(lrs[1], 36, 0x40, LR_PENDING);
}

#define reset_test(f) cmocka_unit_test_setup(f, reset)
#define running_test(f) cmocka_unit_test_setup(f, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		reset_test(test_distributor_after_reset),
		reset_test(test_redistributors_after_reset),
		reset_test(test_nothing_reads_as_zero),
		reset_test(test_nothing_is_not_written),
		reset_test(test_ctlr_has_one_security_state),
		reset_test(test_waker),
		reset_test(test_set_and_clear),
		reset_test(test_frames_have_their_own_interrupts),
		reset_test(test_priorities_have_five_bits),
		reset_test(test_kinds),
		reset_test(test_routes),
		running_test(test_level),
		running_test(test_level_that_drops_is_not_taken),
		running_test(test_level_by_software),
		running_test(test_edge),
		running_test(test_disabled),
		running_test(test_all_off),
		running_test(test_spi_goes_where_it_is_routed),
		running_test(test_sgi_targets),
		running_test(test_sgi_is_an_edge),
		running_test(test_empty_list_registers_tell_nothing),
		running_test(test_list_registers_are_in_order),
		running_test(test_more_than_list_registers),
	};

	return cmocka_run_group_tests_name("vgic", tests, NULL, NULL);
}
