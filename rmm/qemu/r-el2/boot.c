/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* boot.c - from the entry of a CPU to the loop that answers the host */
#include <string.h>

#include "console.h"
#include "fwcfg.h"
#include "layout.h"
#include "mmu.h"
#include "rmm.h"
#include "sysreg.h"

#define BANK_UNIT 0x10000

extern char rmm_end[];

static struct rmm *rmm;

static const struct rmm_variant *chosen_variant(void)
{
	static const struct rmm_variant *const variants[] = {
		&rmm_variant_1_0, &rmm_variant_2_0, &rmm_variant_tf_2_0
	};
	char name[32];

	if (!fwcfg_text("opt/librealm/rmm", name, sizeof(name)))
		return &rmm_variant_tf_2_0;
	for (unsigned i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		if (!strcmp(name, rmm_variant_name(variants[i])))
			return variants[i];
	panic("RMM: opt/librealm/rmm is '%s'; give rmm-1.0, rmm-2.0 or tf-rmm-2.0", name);
}

/* All DRAM but the RMM's */
static unsigned make_banks(struct rmm_bank banks[2], uint64_t ram_size)
{
	uint64_t end = (DRAM_BASE + ram_size) & ~(uint64_t)(BANK_UNIT - 1);

	banks[0] = (struct rmm_bank){ DRAM_BASE, RMM_BASE - DRAM_BASE };
	banks[1] = (struct rmm_bank){ RMM_BASE + RMM_SIZE, end - (RMM_BASE + RMM_SIZE) };
	return banks[1].size ? 2 : 1;
}

static void check_room(const struct rmm_config *config, uint64_t ram_size)
{
	size_t room = RMM_BASE + RMM_SIZE - (uintptr_t)rmm_end, size = rmm_region_size(config);

	if (size > room)
		panic("RMM: %d MiB of memory need %d bytes to keep track of, there are %d; give less with -m",
		      ram_size >> 20, (uint64_t)size, (uint64_t)room);
}

static void boot_first(void)
{
	uint64_t ram_size = fwcfg_ram_size();
	struct rmm_bank banks[2];
	struct rmm_limits limits;
	struct rmm_config config = {
		.variant = chosen_variant(), .limits = &limits, .port = &port, .banks = banks,
		.num_banks = make_banks(banks, ram_size), .num_cpus = fwcfg_cpus(),
	};

	hash_boot();
	random_boot();
	check_room(&config, ram_size);
	port_boot(config.banks, config.num_banks);
	port_limits(config.variant, &limits);
	rmm = rmm_init(&config, rmm_end);
	if (!rmm)
		panic("RMM: these CPUs, or this memory, are none that it can use");
	key_boot();
	platform_boot(config.variant);
	print("RMM: %s, %d CPUs, %d MiB, test firmware, protects nothing by itself\n", rmm_variant_name(config.variant),
	      (uint64_t)config.num_cpus, ram_size >> 20);
}

static void tell_measurement(uint64_t regs[RMM_SMC_REGS])
{
	uint8_t slot[RMM_DIGEST_MAX] = { 0 };

	regs[0] = regs[2] < 5 ? rmm_measurement(rmm, regs[1], (unsigned)regs[2], slot) : 0;
	memcpy(&regs[1], slot, sizeof(slot));
}

static void answer(uint64_t regs[RMM_SMC_REGS])
{
	switch (regs[0]) {
	case SMC_TEST_PING_RMM:
		regs[0] = 0;
		break;
	case SMC_TEST_MEASUREMENT:
		tell_measurement(regs);
		break;
	default:
		rmm_rmi(rmm, regs);
	}
}

/* EL3 comes back from each call with the next one of the host, in X0..X10. */
static _Noreturn void serve(void)
{
	uint64_t regs[SMC_REGS] = { SMC_RMM_BOOT_COMPLETE };

	for (;;) {
		smc(regs);
		answer(regs);
		memmove(&regs[1], regs, RMM_SMC_REGS * sizeof(regs[0]));
		regs[0] = SMC_RMI_REQ_COMPLETE;
	}
}

/* Once on each CPU, on the first one before the host starts: EL3 keeps the RMM as it is while the host has a CPU off. */
_Noreturn void rmm_boot(void)
{
	mmu_build();
	mmu_on();
	if (!rmm)
		boot_first();
	guest_boot_cpu();
	serve();
}

_Noreturn void boot_exception(uint64_t kind)
{
	static const char *const kinds[] = { "exception", "IRQ", "FIQ", "SError" };

	panic("RMM: %s on CPU %d: ESR %x FAR %x ELR %x HPFAR %x", kinds[kind], (uint64_t)cpu_index(),
	      sysreg_read(esr_el2), sysreg_read(far_el2), sysreg_read(elr_el2), sysreg_read(hpfar_el2));
}
