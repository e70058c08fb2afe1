/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * vgic.h - a GICv3 for a realm, as a VMM emulates it: distributor, redistributors, and what goes into list registers
 *
 * One security state, all interrupts of group 1, affinity routing, no LPIs (IHI 0069). CPUs have Aff0 alone, which is
 * their index. One caller at a time.
 */
#ifndef QEMU_HOST_VGIC_H
#define QEMU_HOST_VGIC_H

#include <stdbool.h>
#include <stdint.h>

#define VGIC_CPUS_MAX 16	/* an SGI reaches as many */
#define VGIC_PRIVATE 32	/* SGIs and PPIs */
#define VGIC_SPIS 96

#define VGIC_DISTRIBUTOR UINT64_C(0x08000000)
#define VGIC_DISTRIBUTOR_SIZE 0x10000
#define VGIC_REDISTRIBUTORS UINT64_C(0x080a0000)
#define VGIC_REDISTRIBUTOR_SIZE 0x20000

struct vgic_irq {
	bool enabled, edge, line, latched, active;	/* pending: latched, or high and no edge */
	uint8_t priority, cpu;	/* cpu: where it is active */
	uint32_t route;	/* of an SPI: the affinity of the CPU that it goes to */
};

struct vgic {
	unsigned num_cpus;
	bool on;
	bool asleep[VGIC_CPUS_MAX];
	struct vgic_irq private[VGIC_CPUS_MAX][VGIC_PRIVATE];
	struct vgic_irq spis[VGIC_SPIS];
};

void vgic_init(struct vgic *vgic, unsigned num_cpus);
/* A load or store of a CPU at an IPA of the frames; what is not emulated reads as zero. */
uint64_t vgic_read(struct vgic *vgic, uint64_t ipa, unsigned bytes);
void vgic_write(struct vgic *vgic, uint64_t ipa, unsigned bytes, uint64_t value);
/* A device or timer raises or drops its line. */
void vgic_line(struct vgic *vgic, unsigned cpu, unsigned intid, bool high);
/* A CPU has written ICC_SGI1R_EL1. */
void vgic_send(struct vgic *vgic, unsigned cpu, uint64_t sgi1r);
/* There is an interrupt for a CPU to take. */
bool vgic_is_pending(struct vgic *vgic, unsigned cpu);
/* Fills list registers before a run and returns how many interrupts are in them; takes them back after it. */
unsigned vgic_load(struct vgic *vgic, unsigned cpu, uint64_t *lrs, unsigned num_lrs);
void vgic_store(struct vgic *vgic, unsigned cpu, const uint64_t *lrs, unsigned num_lrs);

#endif
