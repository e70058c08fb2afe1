/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* boot.c - from reset to the RMM, which says when it has booted; then the host starts */
#include <string.h>

#include "console.h"
#include "el3.h"
#include "fwcfg.h"
#include "layout.h"
#include "sysreg.h"

#define CPTR_EZ (1 << 8)
#define CPTR_ESM (1 << 12)
#define ZCR_LONGEST 0xf
#define SMCR_LONGEST 0xf
#define SMCR_FA64_EZT0 (3ull << 30)
#define SRE_ALL 0xf
#define GICD_CTLR (*(volatile uint32_t *)GICD_BASE)
#define GICD_CTLR_DS (1 << 6)

void boot_first(struct regs *regs);
void boot_other(struct regs *regs);

/* What the monitor uses without asking again; CPUs with it have the rest as well. */
static void check_cpu(void)
{
	const uint64_t pfr0 = sysreg_read(id_aa64pfr0_el1), isar1 = sysreg_read(id_aa64isar1_el1);
	const struct {
		const char *name;
		uint64_t field;
	} needed[] = {
		{ "EL2", pfr0 >> 8 },	{ "GICv3", pfr0 >> 24 }, { "SVE", pfr0 >> 32 },
		{ "RME", pfr0 >> 52 },	{ "SME", sysreg_read(id_aa64pfr1_el1) >> 24 },
		{ "pointer authentication", isar1 >> 4 | isar1 >> 8 | sysreg_read(id_aa64isar2_el1) >> 12 },
	};

	for (unsigned i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!(needed[i].field & 0xf))
			panic("EL3: no %s; run QEMU with -M virt,virtualization=on,secure=on,gic-version=3 -cpu max,x-rme=on",
			      needed[i].name);
}

/* While protection is off: with it the monitor, whose MMU is off, cannot reach DRAM. */
static void load_rmm(void)
{
	uint64_t end = *(uint64_t *)(FLASH_RMM + 8);

	if (end <= RMM_BASE || end > RMM_BASE + RMM_SIZE)
		panic("EL3: no RMM in this firmware: its end is %x", end);
	memcpy((void *)RMM_BASE, (void *)FLASH_RMM, end - RMM_BASE);
	memset((void *)end, 0, RMM_BASE + RMM_SIZE - end);
}

/* Nothing that Linux does early at EL2 may trap to EL3. */
static void init_cpu(void)
{
	sysreg_write(cptr_el3, CPTR_EZ | CPTR_ESM);
	isb();
	sysreg_write(ZCR_EL3, ZCR_LONGEST);
	sysreg_write(SMCR_EL3, SMCR_FA64_EZT0 | SMCR_LONGEST);
	sysreg_write(mdcr_el3, 0);
	sysreg_write(ICC_SRE_EL3, SRE_ALL);
	isb();
	gpt_enable();
}

void boot_other(struct regs *regs)
{
	init_cpu();
	psci_wait(regs);
}

/* One security state for interrupts, so the host sets up the whole GIC; the other CPUs wait for this, see start.S. */
static void release_others(void)
{
	dsb(sy);
	GICD_CTLR |= GICD_CTLR_DS;
}

void boot_first(struct regs *regs)
{
	check_cpu();
	psci_init(fwcfg_cpus());
	gpt_build(fwcfg_ram_size());
	load_rmm();
	release_others();
	boot_other(regs);
}
