/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * vmm-gic.c - interrupts of a realm: its GIC, its timers, and the virtual CPU interface that its RECs share
 *
 * RMM 2.0 takes the interface as it finds it, so the parts that last from a run of a REC to its next are kept here.
 * RMM 1.0 keeps them, and takes list registers from the run page.
 */
#include <string.h>

#include "vmm.h"
#include "rmi-1.0.h"
#include "rmi-machine.h"
#include "sysreg.h"

#define LRS 4	/* of a CPU of QEMU with RME; five bits of priority, so one register of active ones */

#define INTID_VIRTUAL_TIMER 27
#define INTID_PHYSICAL_TIMER 30

#define CTL_ENABLE 1
#define CTL_IMASK 2

struct vgic vmm_gic;

static struct {
	uint64_t vmcr, ap1r;
} cpus[VGIC_CPUS_MAX];

void vmm_gic_open(unsigned num_cpus)
{
	vgic_init(&vmm_gic, num_cpus);
	memset(cpus, 0, sizeof(cpus));
}

/* The interface */

static void write_interface(unsigned cpu, const uint64_t lrs[LRS])
{
	sysreg_write(ich_lr0_el2, lrs[0]);
	sysreg_write(ich_lr1_el2, lrs[1]);
	sysreg_write(ich_lr2_el2, lrs[2]);
	sysreg_write(ich_lr3_el2, lrs[3]);
	sysreg_write(ich_vmcr_el2, cpus[cpu].vmcr);
	sysreg_write(ich_ap1r0_el2, cpus[cpu].ap1r);
	sysreg_write(ich_hcr_el2, 0);
}

static void read_interface(unsigned cpu, uint64_t lrs[LRS])
{
	lrs[0] = sysreg_read(ich_lr0_el2);
	lrs[1] = sysreg_read(ich_lr1_el2);
	lrs[2] = sysreg_read(ich_lr2_el2);
	lrs[3] = sysreg_read(ich_lr3_el2);
	cpus[cpu].vmcr = sysreg_read(ich_vmcr_el2);
	cpus[cpu].ap1r = sysreg_read(ich_ap1r0_el2);
}

void vmm_gic_load(const struct machine *machine, unsigned cpu, struct rmi_rec_run *run)
{
	uint64_t lrs[LRS];

	vgic_load(&vmm_gic, cpu, lrs, LRS);
	if (machine->is_v1)
		memcpy(((struct rmi1_rec_run *)run)->enter.gicv3_lrs, lrs, sizeof(lrs));
	else
		write_interface(cpu, lrs);
}

void vmm_gic_store(const struct machine *machine, unsigned cpu, const struct rmi_rec_run *run)
{
	uint64_t lrs[LRS];

	if (machine->is_v1)
		memcpy(lrs, ((const struct rmi1_rec_run *)run)->exit.gicv3_lrs, sizeof(lrs));
	else
		read_interface(cpu, lrs);
	vgic_store(&vmm_gic, cpu, lrs, LRS);
}

/* Timers: the RMM tells how the realm has set them, and gives them no offsets. */

static uint64_t fires_at(uint64_t ctl, uint64_t cval)
{
	return (ctl & (CTL_ENABLE | CTL_IMASK)) == CTL_ENABLE ? cval : VMM_NEVER;
}

static uint64_t if_later(uint64_t time, uint64_t than)
{
	return time > than ? time : VMM_NEVER;
}

uint64_t vmm_gic_timers(unsigned cpu, const struct rmi_rec_exit *exit, uint64_t time)
{
	uint64_t virtual = fires_at(exit->cntv_ctl, exit->cntv_cval);
	uint64_t physical = fires_at(exit->cntp_ctl, exit->cntp_cval);

	vgic_line(&vmm_gic, cpu, INTID_VIRTUAL_TIMER, virtual <= time);
	vgic_line(&vmm_gic, cpu, INTID_PHYSICAL_TIMER, physical <= time);
	virtual = if_later(virtual, time);
	physical = if_later(physical, time);
	return virtual < physical ? virtual : physical;
}
