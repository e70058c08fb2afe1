/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* gic.c - as much of the GICv3 as the host needs, with one security state (GICD_CTLR.DS); the timer of EL2 */
#include "host.h"
#include "sysreg.h"

#define GICD_CTLR 0x0
#define GICD_ENABLE 0x13	/* both groups, affinity routing */
#define GICR_WAKER 0x14
#define WAKER_SLEEP 2
#define WAKER_ASLEEP 4
#define GICR_SGIS 0x10000	/* the frame of SGIs and PPIs */
#define GICR_IGROUPR 0x80
#define GICR_ISENABLER 0x100
#define GICR_IPRIORITYR 0x400
#define PRIORITIES_MIDDLE 0x80808080

#define SRE_ENABLE 9	/* SRE, and for EL1 */
#define PRIORITY_ALL 0xff
#define SPECIAL 1020	/* INTIDs from here on: nothing is pending */

#define TIMER_ENABLE 1
#define NAP 20	/* microseconds */

static volatile uint32_t *reg(uint64_t address)
{
	return (volatile uint32_t *)address;
}

void gic_boot(void)
{
	*reg(GICD_BASE + GICD_CTLR) |= GICD_ENABLE;
}

static void boot_redistributor(uint64_t base)
{
	*reg(base + GICR_WAKER) &= ~(uint32_t)WAKER_SLEEP;
	while (*reg(base + GICR_WAKER) & WAKER_ASLEEP)
		;
	base += GICR_SGIS;
	*reg(base + GICR_IGROUPR) = ~(1u << SGI_FIQ);
	for (unsigned i = 0; i < 32; i += 4)
		*reg(base + GICR_IPRIORITYR + i) = PRIORITIES_MIDDLE;
	*reg(base + GICR_ISENABLER) = 1u << SGI_WORK | 1u << SGI_KICK | 1u << SGI_FIQ | 1u << PPI_HOST_TIMER |
		1u << PPI_VIRTUAL_TIMER | 1u << PPI_PHYSICAL_TIMER;
}

static volatile uint32_t *groups(void)
{
	return reg(GICR_BASE + cpu_index() * GICR_STRIDE + GICR_SGIS + GICR_IGROUPR);
}

void gic_set_group(unsigned ppi, unsigned group)
{
	*groups() = (*groups() & ~(1u << ppi)) | group << ppi;
}

void gic_boot_cpu(void)
{
	boot_redistributor(GICR_BASE + cpu_index() * GICR_STRIDE);
	sysreg_write(icc_sre_el2, sysreg_read(icc_sre_el2) | SRE_ENABLE);
	isb();
	sysreg_write(icc_ctlr_el1, 0);
	sysreg_write(icc_pmr_el1, PRIORITY_ALL);
	sysreg_write(icc_igrpen0_el1, 1);
	sysreg_write(icc_igrpen1_el1, 1);
	isb();
}

void gic_send(unsigned cpu, unsigned sgi)
{
	uint64_t what = (uint64_t)sgi << 24 | UINT64_C(1) << cpu;

	dsb(sy);
	if (sgi == SGI_FIQ)
		sysreg_write(icc_sgi0r_el1, what);
	else
		sysreg_write(icc_sgi1r_el1, what);
	isb();
}

uint32_t gic_take_all(void)
{
	uint32_t taken = 0;
	uint64_t intid;

	while ((intid = sysreg_read(icc_iar1_el1)) < SPECIAL) {
		sysreg_write(icc_eoir1_el1, intid);
		taken |= 1u << intid % 32;
	}
	while ((intid = sysreg_read(icc_iar0_el1)) < SPECIAL) {
		sysreg_write(icc_eoir0_el1, intid);
		taken |= 1u << intid % 32;
	}
	isb();
	return taken;
}

uint64_t now(void)
{
	isb();
	return sysreg_read(cntpct_el0) / (sysreg_read(cntfrq_el0) / 1000000);
}

void timer_start(uint64_t microseconds)
{
	sysreg_write(cnthp_tval_el2, microseconds * (sysreg_read(cntfrq_el0) / 1000000));
	sysreg_write(cnthp_ctl_el2, TIMER_ENABLE);
	isb();
}

void timer_stop(void)
{
	sysreg_write(cnthp_ctl_el2, 0);
	isb();
}

void nap(void)
{
	timer_start(NAP);
	__asm__ volatile("wfi");
	timer_stop();
}
