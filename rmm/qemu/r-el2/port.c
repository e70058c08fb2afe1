/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* port.c - struct rmm_port at R-EL2: the world around the core, where it is not a file of its own */
#include "layout.h"
#include "lock.h"
#include "mmu.h"
#include "rmi.h"
#include "rmm.h"
#include "sysreg.h"

#define MMFR0_PARANGE 0xf
#define PARANGE_52BITS 6

static struct rmm_bank banks[RMM_BANKS_MAX];
static unsigned num_banks;
static struct lock lock;

static bool is_memory(uint64_t pa, uint64_t size)
{
	for (unsigned i = 0; i < num_banks; i++)
		if (pa >= banks[i].base && pa - banks[i].base < banks[i].size)
			return size <= banks[i].size - (pa - banks[i].base);
	return false;
}

/* There is one granule size, so a page is all that the core asks for. */
static void *port_map(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	return is_memory(pa, size) ? mmu_map(pa, pas) : NULL;
}

static void port_unmap(void *ctx, void *va)
{
	mmu_unmap(va);
}

/*
 * The RMM wipes what leaves the realm world and maps nothing of it any more. What else a change of worlds takes, from
 * caches to what CPUs remember of protection, only EL3 can do; the wipe must have ended by then.
 */
static bool port_set_pas(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	uint64_t regs[SMC_REGS] = { pas == RMM_PAS_REALM ? SMC_GTSI_DELEGATE : SMC_GTSI_UNDELEGATE, pa, size };

	dsb(ish);
	smc(regs);
	return !regs[0];
}

static void port_lock(void *ctx)
{
	lock_take(&lock);
}

static void port_unlock(void *ctx)
{
	lock_drop(&lock);
}

void port_boot(const struct rmm_bank *memory, unsigned count)
{
	num_banks = count;
	for (unsigned i = 0; i < count; i++)
		banks[i] = memory[i];
	port.log = call_log;
}

/* So few that a test can use up all of them; planes and contexts, which this CPU lacks, are but parameters here. */
#define MAX_RECS_ORDER 5
#define MEC_COUNT 8

/* Bits of a physical address by ID_AA64MMFR0_EL1.PARange */
static unsigned pa_bits(void)
{
	static const uint8_t bits[] = { 32, 36, 40, 42, 44, 48, 52 };
	unsigned range = sysreg_read(id_aa64mmfr0_el1) & MMFR0_PARANGE;

	return bits[range < PARANGE_52BITS ? range : PARANGE_52BITS];
}

void port_limits(const struct rmm_variant *variant, struct rmm_limits *limits)
{
	*limits = *rmm_variant_limits(variant);
	guest_limits(limits);
	limits->ipa_bits = (uint8_t)pa_bits();
	if (!limits->lpa2 && limits->ipa_bits > 48)
		limits->ipa_bits = 48;
	limits->pps = limits->ipa_bits > 48 ? RMI_PPS_52BITS : RMI_PPS_48BITS;
	limits->granules = 1 << RMI_GRANULE_SIZE_4KB;
	limits->pmu = false;
	limits->pmu_num_ctrs = 0;
	limits->da = false;
	limits->max_recs_order = MAX_RECS_ORDER;
	limits->mec_count = MEC_COUNT;
}

struct rmm_port port = {
	.map = port_map,
	.unmap = port_unmap,
	.set_pas = port_set_pas,
	.tlb_invalidate = guest_tlb_invalidate,
	.hash_begin = hash_begin,
	.hash_add = hash_add,
	.hash_end = hash_end,
	.random = random_bytes,
	.rak_point = key_rak_point,
	.rak_sign = key_rak_sign,
	.platform_token = platform_token,
	.enter = guest_enter,
	.gic_read = guest_gic_read,
	.gic_write = guest_gic_write,
	.irq_pending = guest_irq_pending,
	.lock = port_lock,
	.unlock = port_unlock,
};
