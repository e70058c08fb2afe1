/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * mmu.c - stage 1 of the RMM (Arm ARM D8: EL2 with E2H = 0, granule of 4 KiB, VAs of 39 bits)
 *
 *	0x0000_0900_0000  UART, fw_cfg
 *	0x0000_4f00_0000  the RMM itself, as rmm.ld draws it
 *	0x0040_0000_0000  slots: pages that a CPU opens for itself, every second one, so that overruns fault
 *
 * All CPUs share the tables; the first one builds them. Addresses of the RMM and of devices are physical ones.
 */
#include "layout.h"
#include "mmu.h"
#include "console.h"
#include "stack.h"
#include "sysreg.h"

#define PAGE 0x1000
#define ENTRIES 512

#define SLOTS_BASE 0x4000000000
#define SLOTS_OF_CPU 16	/* RMM_MAPS_MAX of the core, and some for the state of realms */
#define SLOT_STRIDE (2 * PAGE)

#define DESC_TABLE 3
#define DESC_PAGE (3 | 1 << 6 /* RES1 */ | 1 << 10 /* accessed */)
#define DESC_ADDRESS 0x0000fffffffff000
#define DESC_NS (1 << 5)
#define DESC_READ_ONLY (1 << 7)
#define DESC_INNER (3 << 8)	/* shareability */
#define DESC_XN (1ull << 54)
#define ATTR_DEVICE (0 << 2)	/* indices into MAIR_EL2 */
#define ATTR_NORMAL (1 << 2)
#define MAIR 0xff04	/* Normal, write-back; Device-nGnRE */

#define MAP_CODE (ATTR_NORMAL | DESC_INNER | DESC_READ_ONLY)
#define MAP_CONST (MAP_CODE | DESC_XN)
#define MAP_DATA (ATTR_NORMAL | DESC_INNER | DESC_XN)
#define MAP_DEVICE (ATTR_DEVICE | DESC_XN)

#define TCR_RES1 (1ull << 31 | 1 << 23)
#define TCR_T0SZ 25
#define TCR_CACHED (1 << 8 | 1 << 10 | 3 << 12)	/* walks: write-back, inner shareable */
#define TCR_PS_48BITS (5 << 16)

#define SCTLR_RES1 0x30c50830
#define SCTLR_M (1 << 0)
#define SCTLR_C (1 << 2)
#define SCTLR_SA (1 << 3)
#define SCTLR_I (1 << 12)
#define SCTLR_WXN (1 << 19)

_Static_assert(CPUS_MAX * SLOTS_OF_CPU * 2 <= ENTRIES, "the slots are in one table");

/* Root, two tables for devices, two for slots; one, and one for each 2 MiB, for the RMM */
#define NUM_TABLES (1 + 2 + 2 + 1 + RMM_SIZE / 0x200000)

extern char rodata_start[], data_start[], stacks_start[], rmm_end[];

static uint64_t tables[NUM_TABLES][ENTRIES] __attribute__((aligned(PAGE)));
static unsigned tables_used = 1;
static uint64_t *slots;

static uint64_t *table_below(uint64_t *entry)
{
	if (!*entry) {
		if (tables_used == NUM_TABLES)
			panic("RMM: too few tables for stage 1");
		*entry = (uintptr_t)tables[tables_used++] | DESC_TABLE;
	}
	return (uint64_t *)(*entry & DESC_ADDRESS);
}

static uint64_t *page_entry(uint64_t va)
{
	uint64_t *table = tables[0];

	table = table_below(&table[va >> 30 & 511]);
	table = table_below(&table[va >> 21 & 511]);
	return &table[va >> 12 & 511];
}

static void map_range(uint64_t from, uint64_t to, uint64_t attributes)
{
	for (uint64_t pa = from; pa < to; pa += PAGE)
		*page_entry(pa) = pa | DESC_PAGE | attributes;
}

static void map_stacks(void)
{
	for (uint64_t at = (uintptr_t)stacks_start; at < (uintptr_t)rmm_end; at += STACK_STRIDE)
		map_range(at + STACK_GUARD, at + STACK_STRIDE, MAP_DATA);
}

void mmu_build(void)
{
	if (slots)
		return;
	map_range(UART_BASE, UART_BASE + PAGE, MAP_DEVICE);
	map_range(FWCFG_BASE, FWCFG_BASE + PAGE, MAP_DEVICE);
	map_range(RMM_BASE, (uintptr_t)rodata_start, MAP_CODE);
	map_range((uintptr_t)rodata_start, (uintptr_t)data_start, MAP_CONST);
	map_range((uintptr_t)data_start, (uintptr_t)stacks_start, MAP_DATA);
	map_stacks();
	map_range((uintptr_t)rmm_end, RMM_BASE + RMM_SIZE, MAP_DATA);
	slots = page_entry(SLOTS_BASE);
}

void mmu_on(void)
{
	sysreg_write(mair_el2, MAIR);
	sysreg_write(tcr_el2, TCR_RES1 | TCR_T0SZ | TCR_CACHED | TCR_PS_48BITS);
	sysreg_write(ttbr0_el2, (uintptr_t)tables[0]);
	dsb(ish);
	__asm__ volatile("tlbi alle2; ic iallu" : : : "memory");
	dsb(nsh);
	isb();
	sysreg_write(sctlr_el2, SCTLR_RES1 | SCTLR_M | SCTLR_C | SCTLR_SA | SCTLR_I | SCTLR_WXN);
	isb();
}

/* A CPU uses no slots but its own, so nothing here concerns the others. */
void *mmu_map(uint64_t pa, enum rmm_pas pas)
{
	unsigned first = cpu_index() * SLOTS_OF_CPU;

	for (unsigned slot = first; slot < first + SLOTS_OF_CPU; slot++) {
		if (slots[2 * slot])
			continue;
		slots[2 * slot] = pa | DESC_PAGE | MAP_DATA | (pas == RMM_PAS_NS ? DESC_NS : 0);
		dsb(nshst);
		isb();
		return (void *)(uintptr_t)(SLOTS_BASE + slot * SLOT_STRIDE);
	}
	panic("RMM: no slot is left to map %x on CPU %d", pa, (uint64_t)cpu_index());
}

void mmu_unmap(void *va)
{
	uint64_t at = (uintptr_t)va;

	slots[(at - SLOTS_BASE) / PAGE] = 0;
	dsb(nshst);
	__asm__ volatile("tlbi vae2, %0" : : "r"(at >> 12) : "memory");
	dsb(nsh);
	isb();
}
