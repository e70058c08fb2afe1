/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * gpt.c - granule protection table: which world each 4 KiB of physical memory belongs to
 *
 *	what                     who may access         where it is said
 *	flash, secure RAM        Root                   level 1
 *	devices                  any                    level 1
 *	DRAM                     NS, or Realm           level 1; NS at boot, but for the RMM
 *	rest of a GiB of DRAM    NS                     level 1
 *	up to GPT_GIBS GiB       NS                     a level 0 block a GiB
 *	above                    NS                     nowhere: what GPCCR_EL3.PPS leaves out is the host's, unchecked
 *
 * NS where there is nothing: the host meets there what it would without protection, PCIe windows among it, which QEMU
 * puts at 256 GiB and above. Nothing but DRAM ever changes its owner.
 *
 * The monitor's MMU is off, so it reads and writes Root memory alone: wiping granules is the RMM's.
 */
#include <string.h>

#include "console.h"
#include "el3.h"
#include "layout.h"
#include "lock.h"
#include "sysreg.h"

#define GRANULE 0x1000
#define GIB 0x40000000

#define GPI_NS 0x9
#define GPI_ROOT 0xa
#define GPI_REALM 0xb
#define GPI_ANY 0xf
#define GPI_EACH 0x1111111111111111ull	/* times a GPI: all of a level 1 entry */

#define L0_BLOCK(gpi) ((gpi) << 4 | 1)
#define L0_TABLE 3
#define L1_SPAN 0x10000	/* what an entry of level 1 covers: 16 granules */

#define GPCCR_PPS_64G 1
#define GPCCR_WRITE_BACK (1 << 8 | 1 << 10)
#define GPCCR_INNER_SHAREABLE (3 << 12)
#define GPCCR_GPC (1 << 16)

#define PAS_NS (1ull << 63)	/* with an address, for DC CIPAPA; both bits: Realm */
#define PAS_NSE (1ull << 62)
#define CTR_DMINLINE_SHIFT 16	/* log2 of the words in the shortest line */

#define E_ADDRESS -2	/* not all DRAM outside of the RMM, or not whole granules */
#define E_OWNER -3	/* not all of it is whose it should be */

static struct lock lock;
static uint64_t dram_end;

static volatile uint64_t *l1_entry(uint64_t addr)
{
	return (uint64_t *)(GPT_L1_BASE + addr / GIB * GPT_L1_STRIDE) + addr % GIB / L1_SPAN;
}

/* The nibbles of [addr, end) in the entry of addr; *next is where the next entry goes on, or end. */
static uint64_t l1_mask(uint64_t addr, uint64_t end, uint64_t *next)
{
	uint64_t entry = addr & ~(uint64_t)(L1_SPAN - 1);
	uint64_t from = (addr - entry) / GRANULE * 4, to = 64;

	*next = entry + L1_SPAN;
	if (*next > end) {
		*next = end;
		to = (end - entry) / GRANULE * 4;
	}
	return (~0ull << from) & (~0ull >> (64 - to));
}

static void set_range(uint64_t addr, uint64_t end, uint64_t gpi)
{
	while (addr < end) {
		volatile uint64_t *entry = l1_entry(addr);
		uint64_t mask = l1_mask(addr, end, &addr);

		*entry = (*entry & ~mask) | (gpi * GPI_EACH & mask);
	}
}

static bool range_is(uint64_t addr, uint64_t end, uint64_t gpi)
{
	while (addr < end) {
		uint64_t entry = *l1_entry(addr);

		if ((entry ^ gpi * GPI_EACH) & l1_mask(addr, end, &addr))
			return false;
	}
	return true;
}

void gpt_build(uint64_t dram_size)
{
	uint64_t *l0 = (uint64_t *)GPT_L0_BASE;

	if (dram_size < DRAM_MIN_SIZE || dram_size > GPT_GIBS * (uint64_t)GIB - DRAM_BASE)
		panic("EL3: memory is %d MiB; run QEMU with -m between %d and %d (MiB)", dram_size >> 20,
		      (uint64_t)DRAM_MIN_SIZE >> 20, (GPT_GIBS * (uint64_t)GIB - DRAM_BASE) >> 20);
	dram_end = DRAM_BASE + dram_size;
	for (uint64_t i = 0; i < GPT_GIBS; i++)
		l0[i] = i * GIB < dram_end ? (GPT_L1_BASE + i * GPT_L1_STRIDE) | L0_TABLE : L0_BLOCK(GPI_NS);
	set_range(0, DRAM_BASE, GPI_ANY);
	set_range(0, FLASH_SIZE, GPI_ROOT);
	set_range(SECURE_RAM_BASE, SECURE_RAM_BASE + SECURE_RAM_SIZE, GPI_ROOT);
	set_range(DRAM_BASE, (dram_end + GIB - 1) / GIB * GIB, GPI_NS);
	set_range(RMM_BASE, RMM_BASE + RMM_SIZE, GPI_REALM);
	dsb(sy);
}

static void invalidate_cpu(void)
{
	__asm__ volatile("sys #6, c8, c7, #4" : : : "memory");	/* TLBI PAALL */
	dsb(sy);
	isb();
}

void gpt_enable(void)
{
	uint64_t control = GPCCR_PPS_64G | GPCCR_WRITE_BACK | GPCCR_INNER_SHAREABLE;

	sysreg_write(GPTBR_EL3, GPT_L0_BASE >> 12);
	sysreg_write(GPCCR_EL3, control);
	isb();
	invalidate_cpu();
	sysreg_write(GPCCR_EL3, control | GPCCR_GPC);
	isb();
	invalidate_cpu();
}

/* On all CPUs: one granule by its address, more than one by forgetting all there is */
static void invalidate(uint64_t addr, uint64_t size)
{
	dsb(oshst);
	if (size == GRANULE)
		__asm__ volatile("sys #6, c8, c4, #7, %0" : : "r"(addr / GRANULE) : "memory");	/* TLBI RPALOS */
	else
		__asm__ volatile("sys #6, c8, c1, #4" : : : "memory");	/* TLBI PAALLOS */
	dsb(osh);
	isb();
}

/* DC CIPAPA, to the point of physical aliasing: what any cache has of this memory as the world's that gpi names */
static void clean_caches(uint64_t addr, uint64_t size, uint64_t gpi)
{
	uint64_t pas = gpi == GPI_REALM ? PAS_NS | PAS_NSE : PAS_NS;
	uint64_t line = 4u << (sysreg_read(ctr_el0) >> CTR_DMINLINE_SHIFT & 0xf);

	for (uint64_t at = addr; at < addr + size; at += line)
		__asm__ volatile("sys #6, c7, c14, #1, %0" : : "r"(at | pas) : "memory");
	dsb(osh);
}

static bool is_in_dram(uint64_t addr, uint64_t size)
{
	return addr >= DRAM_BASE && addr < dram_end && size && size <= dram_end - addr;
}

static bool may_change(uint64_t addr, uint64_t size)
{
	return !((addr | size) % GRANULE) && is_in_dram(addr, size) &&
	       (addr + size <= RMM_BASE || addr >= RMM_BASE + RMM_SIZE);
}

/* Nobody finds in a cache what the new owner has there from before, or the old one at the end. */
static int64_t change(uint64_t addr, uint64_t size, uint64_t from, uint64_t to)
{
	int64_t result = E_OWNER;

	if (!may_change(addr, size))
		return E_ADDRESS;
	lock_take(&lock);
	if (range_is(addr, addr + size, from)) {
		clean_caches(addr, size, to);
		set_range(addr, addr + size, to);
		invalidate(addr, size);
		clean_caches(addr, size, from);
		result = SMC_OK;
	}
	lock_drop(&lock);
	return result;
}

int64_t gpt_delegate(uint64_t addr, uint64_t size)
{
	return change(addr, size, GPI_NS, GPI_REALM);
}

int64_t gpt_undelegate(uint64_t addr, uint64_t size)
{
	return change(addr, size, GPI_REALM, GPI_NS);
}

bool gpt_is_host(uint64_t addr)
{
	uint64_t granule = addr - addr % GRANULE;

	return is_in_dram(granule, GRANULE) && range_is(granule, granule + GRANULE, GPI_NS);
}

uint64_t gpt_realm_granules(void)
{
	uint64_t count = 0;

	lock_take(&lock);
	for (uint64_t addr = DRAM_BASE; addr < dram_end; addr += L1_SPAN) {
		uint64_t entry = *l1_entry(addr);

		for (; entry != GPI_NS * GPI_EACH && entry; entry >>= 4)
			count += (entry & 0xf) == GPI_REALM;
	}
	lock_drop(&lock);
	return count - RMM_SIZE / GRANULE;
}
