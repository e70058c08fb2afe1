/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vgic.c - the registers of a GICv3 and the state of its interrupts (IHI 0069H, 12) */
#include <stddef.h>
#include <string.h>

#include "vgic.h"

/* Registers of 32 bits with a bit an interrupt: the offset says which, and the number of the first interrupt. */
enum bits {
	BITS_GROUP = 1,	/* 0x080 */
	BITS_ENABLE,
	BITS_DISABLE,
	BITS_PEND,
	BITS_UNPEND,
	BITS_ACTIVATE,
	BITS_DEACTIVATE,	/* 0x380 */
};

#define BITS_SHIFT 7
#define PRIORITY 0x400	/* a byte an interrupt */
#define PRIORITY_END 0x800
#define PRIORITY_MASK 0xf8	/* five bits, as the CPU interface has */
#define CONFIG 0xc00	/* two bits */
#define CONFIG_END 0xd00
#define CONFIG_EDGE 2

#define GICD_CTLR 0x0
#define GICD_CTLR_ENABLE_G1 2
#define GICD_CTLR_ARE_DS 0x50
#define GICD_TYPER 0x4
#define GICD_TYPER_ID_BITS (UINT32_C(9) << 19)	/* 10 bits, minus one */
#define GICD_TYPER_NO_1_OF_N (UINT32_C(1) << 25)
#define GICD_IROUTER 0x6000	/* 8 bytes an interrupt; there is no Aff3 */
#define GICD_IROUTER_END 0x8000
#define GICD_IROUTER_MASK 0xffffff
#define GICR_TYPER 0x8
#define GICR_TYPER_LAST 0x10
#define GICR_WAKER 0x14
#define GICR_WAKER_SLEEP 0x2
#define GICR_WAKER_ASLEEP 0x4
#define GICR_SGIS 0x10000	/* the second frame */
#define PIDR2 0xffe8
#define PIDR2_GICV3 0x30

#define SGIS 16
#define SGI1R_INTID(value) ((unsigned)((value) >> 24) & 0xf)
#define SGI1R_ALL_OTHERS (UINT64_C(1) << 40)
#define SGI1R_AFFINITY UINT64_C(0x00ff00ff00ff0000)	/* Aff3, Aff2 and Aff1 */

#define LR_STATE_PENDING (UINT64_C(1) << 62)
#define LR_STATE_ACTIVE (UINT64_C(1) << 63)
#define LR_GROUP1 (UINT64_C(1) << 60)
#define LR_PRIORITY_SHIFT 48
#define LR_INTID(lr) ((unsigned)(lr))

#define NO_INTID ~0u

void vgic_init(struct vgic *vgic, unsigned num_cpus)
{
	memset(vgic, 0, sizeof(*vgic));
	vgic->num_cpus = num_cpus;
	for (unsigned cpu = 0; cpu < num_cpus; cpu++) {
		vgic->asleep[cpu] = true;
		for (unsigned sgi = 0; sgi < SGIS; sgi++)
			vgic->private[cpu][sgi].edge = true;
	}
}

static struct vgic_irq *irq_of(struct vgic *vgic, unsigned cpu, unsigned intid)
{
	if (intid < VGIC_PRIVATE)
		return &vgic->private[cpu][intid];
	return intid < VGIC_PRIVATE + VGIC_SPIS ? &vgic->spis[intid - VGIC_PRIVATE] : NULL;
}

static bool is_pending(const struct vgic_irq *irq)
{
	return irq->latched || (irq->line && !irq->edge);
}

void vgic_line(struct vgic *vgic, unsigned cpu, unsigned intid, bool high)
{
	struct vgic_irq *irq = irq_of(vgic, cpu, intid);

	if (irq->edge && high && !irq->line)
		irq->latched = true;
	irq->line = high;
}

/* Registers that distributor and redistributors have alike, at the same offsets, each for interrupts of its own */

struct bank {
	struct vgic_irq *irqs;
	unsigned first, count;
};

static struct vgic_irq *bank_irq(const struct bank *bank, unsigned intid)
{
	return intid - bank->first < bank->count ? &bank->irqs[intid - bank->first] : NULL;
}

static bool get_bit(const struct vgic_irq *irq, enum bits which)
{
	switch (which) {
	case BITS_GROUP:
		return true;
	case BITS_ENABLE:
	case BITS_DISABLE:
		return irq->enabled;
	case BITS_PEND:
	case BITS_UNPEND:
		return is_pending(irq);
	default:
		return irq->active;
	}
}

static void set_bit(struct vgic_irq *irq, enum bits which)
{
	switch (which) {
	case BITS_GROUP:
		break;
	case BITS_ENABLE:
	case BITS_DISABLE:
		irq->enabled = which == BITS_ENABLE;
		break;
	case BITS_PEND:
	case BITS_UNPEND:
		irq->latched = which == BITS_PEND;
		break;
	default:
		irq->active = which == BITS_ACTIVATE;
		break;
	}
}

/* One item for each interrupt from first on, of so many bits each */
struct items {
	unsigned first, count, width;
};

static struct items items_at(uint64_t offset, unsigned bytes)
{
	if (offset >= CONFIG)
		return (struct items){ (unsigned)(offset - CONFIG) * 4, bytes * 4, 2 };
	if (offset >= PRIORITY)
		return (struct items){ (unsigned)(offset - PRIORITY), bytes, 8 };
	return (struct items){ (unsigned)(offset & ((1 << BITS_SHIFT) - 1)) * 8, bytes * 8, 1 };
}

static bool has_items(uint64_t offset)
{
	return (offset >= 1 << BITS_SHIFT && offset < PRIORITY_END) || (offset >= CONFIG && offset < CONFIG_END);
}

static uint64_t get_item(const struct vgic_irq *irq, unsigned width, uint64_t offset)
{
	if (width == 8)
		return irq->priority;
	if (width == 2)
		return irq->edge ? CONFIG_EDGE : 0;
	return get_bit(irq, (enum bits)(offset >> BITS_SHIFT));
}

static void set_item(struct vgic_irq *irq, unsigned width, uint64_t offset, uint64_t value)
{
	if (width == 8)
		irq->priority = value & PRIORITY_MASK;
	else if (width == 2)
		irq->edge = value & CONFIG_EDGE;
	else if (value & 1)
		set_bit(irq, (enum bits)(offset >> BITS_SHIFT));
}

static uint64_t read_items(const struct bank *bank, uint64_t offset, unsigned bytes)
{
	const struct items items = items_at(offset, bytes);
	uint64_t value = 0;

	for (unsigned i = 0; has_items(offset) && i < items.count; i++) {
		const struct vgic_irq *irq = bank_irq(bank, items.first + i);

		if (irq)
			value |= get_item(irq, items.width, offset) << (i * items.width);
	}
	return value;
}

/* SGIs are edges, always. */
static void write_items(const struct bank *bank, uint64_t offset, unsigned bytes, uint64_t value)
{
	const struct items items = items_at(offset, bytes);

	for (unsigned i = 0; has_items(offset) && i < items.count; i++, value >>= items.width) {
		struct vgic_irq *irq = bank_irq(bank, items.first + i);

		if (irq && !(items.width == 2 && items.first + i < SGIS))
			set_item(irq, items.width, offset, value);
	}
}

/* The distributor: SPIs alone, whose INTIDs begin after the private ones */

static struct bank shared_bank(struct vgic *vgic)
{
	return (struct bank){ vgic->spis, VGIC_PRIVATE, VGIC_SPIS };
}

static struct vgic_irq *routed(const struct bank *bank, uint64_t offset)
{
	return offset >= GICD_IROUTER && offset < GICD_IROUTER_END && !(offset & 4) ?
		bank_irq(bank, (unsigned)(offset - GICD_IROUTER) / 8) : NULL;
}

static uint64_t read_distributor(struct vgic *vgic, uint64_t offset, unsigned bytes)
{
	const struct bank bank = shared_bank(vgic);

	switch (offset) {
	case GICD_CTLR:
		return GICD_CTLR_ARE_DS | (vgic->on ? GICD_CTLR_ENABLE_G1 : 0);
	case GICD_TYPER:
		return GICD_TYPER_NO_1_OF_N | GICD_TYPER_ID_BITS | ((VGIC_PRIVATE + VGIC_SPIS) / 32 - 1);
	case PIDR2:
		return PIDR2_GICV3;
	default:
		return routed(&bank, offset) ? routed(&bank, offset)->route : read_items(&bank, offset, bytes);
	}
}

/* An SPI that is routed to a CPU that is not there goes to none. */
static void write_distributor(struct vgic *vgic, uint64_t offset, unsigned bytes, uint64_t value)
{
	const struct bank bank = shared_bank(vgic);

	if (offset == GICD_CTLR)
		vgic->on = value & GICD_CTLR_ENABLE_G1;
	else if (routed(&bank, offset))
		routed(&bank, offset)->route = value & GICD_IROUTER_MASK;
	else
		write_items(&bank, offset, bytes, value);
}

/* A redistributor: what it is, in the first frame, and the private interrupts in the second */

static struct bank private_bank(struct vgic *vgic, unsigned cpu)
{
	return (struct bank){ vgic->private[cpu], 0, VGIC_PRIVATE };
}

static uint64_t read_redistributor(struct vgic *vgic, unsigned cpu, uint64_t offset, unsigned bytes)
{
	const struct bank bank = private_bank(vgic, cpu);
	uint64_t typer = (uint64_t)cpu << 32 | (uint64_t)cpu << 8 | (cpu + 1 == vgic->num_cpus ? GICR_TYPER_LAST : 0);

	switch (offset) {
	case GICR_TYPER:
		return typer;
	case GICR_TYPER + 4:
		return typer >> 32;
	case GICR_WAKER:
		return vgic->asleep[cpu] ? GICR_WAKER_SLEEP | GICR_WAKER_ASLEEP : 0;
	case PIDR2:
		return PIDR2_GICV3;
	default:
		return offset >= GICR_SGIS ? read_items(&bank, offset - GICR_SGIS, bytes) : 0;
	}
}

static void write_redistributor(struct vgic *vgic, unsigned cpu, uint64_t offset, unsigned bytes, uint64_t value)
{
	const struct bank bank = private_bank(vgic, cpu);

	if (offset == GICR_WAKER)
		vgic->asleep[cpu] = value & GICR_WAKER_SLEEP;
	else if (offset >= GICR_SGIS)
		write_items(&bank, offset - GICR_SGIS, bytes, value);
}

uint64_t vgic_read(struct vgic *vgic, uint64_t ipa, unsigned bytes)
{
	uint64_t cpu = (ipa - VGIC_REDISTRIBUTORS) / VGIC_REDISTRIBUTOR_SIZE;

	if (ipa - VGIC_DISTRIBUTOR < VGIC_DISTRIBUTOR_SIZE)
		return read_distributor(vgic, ipa - VGIC_DISTRIBUTOR, bytes);
	if (cpu >= vgic->num_cpus)
		return 0;
	return read_redistributor(vgic, (unsigned)cpu, (ipa - VGIC_REDISTRIBUTORS) % VGIC_REDISTRIBUTOR_SIZE, bytes);
}

void vgic_write(struct vgic *vgic, uint64_t ipa, unsigned bytes, uint64_t value)
{
	uint64_t cpu = (ipa - VGIC_REDISTRIBUTORS) / VGIC_REDISTRIBUTOR_SIZE;

	if (ipa - VGIC_DISTRIBUTOR < VGIC_DISTRIBUTOR_SIZE)
		write_distributor(vgic, ipa - VGIC_DISTRIBUTOR, bytes, value);
	else if (cpu < vgic->num_cpus)
		write_redistributor(vgic, (unsigned)cpu, (ipa - VGIC_REDISTRIBUTORS) % VGIC_REDISTRIBUTOR_SIZE, bytes,
				    value);
}

void vgic_send(struct vgic *vgic, unsigned cpu, uint64_t sgi1r)
{
	uint64_t list = sgi1r & SGI1R_AFFINITY ? 0 : sgi1r;

	for (unsigned i = 0; i < vgic->num_cpus; i++)
		if (sgi1r & SGI1R_ALL_OTHERS ? i != cpu : list >> i & 1)
			vgic->private[i][SGI1R_INTID(sgi1r)].latched = true;
}

/* List registers */

/* An active interrupt stays where it is, whatever its route. */
static struct vgic_irq *irq_for(struct vgic *vgic, unsigned cpu, unsigned intid)
{
	struct vgic_irq *irq = irq_of(vgic, cpu, intid);

	return intid < VGIC_PRIVATE || (irq->active ? irq->cpu : irq->route) == cpu ? irq : NULL;
}

/* The line of an active interrupt may drop until its end, so it does not count until then. */
static bool is_signalled(const struct vgic *vgic, unsigned cpu, const struct vgic_irq *irq)
{
	bool pending = irq->active ? irq->latched : is_pending(irq);

	return vgic->on && !vgic->asleep[cpu] && irq->enabled && pending;
}

/* Active ones go in before all others: the CPU must find what it is to end. */
static bool is_before(const struct vgic_irq *irq, const struct vgic_irq *other)
{
	return irq->active == other->active ? irq->priority < other->priority : irq->active;
}

static bool is_loaded(unsigned intid, const uint64_t *lrs, unsigned used)
{
	while (used)
		if (LR_INTID(lrs[--used]) == intid)
			return true;
	return false;
}

/* Of those that are active or signalled; of equal ones, the first. */
static unsigned next_intid(struct vgic *vgic, unsigned cpu, const uint64_t *lrs, unsigned used)
{
	const struct vgic_irq *best = NULL;
	unsigned result = NO_INTID;

	for (unsigned intid = 0; intid < VGIC_PRIVATE + VGIC_SPIS; intid++) {
		const struct vgic_irq *irq = irq_for(vgic, cpu, intid);

		if (!irq || !(irq->active || is_signalled(vgic, cpu, irq)))
			continue;
		if ((!best || is_before(irq, best)) && !is_loaded(intid, lrs, used)) {
			best = irq;
			result = intid;
		}
	}
	return result;
}

bool vgic_is_pending(struct vgic *vgic, unsigned cpu)
{
	for (unsigned intid = 0; intid < VGIC_PRIVATE + VGIC_SPIS; intid++) {
		const struct vgic_irq *irq = irq_for(vgic, cpu, intid);

		if (irq && is_signalled(vgic, cpu, irq))
			return true;
	}
	return false;
}

unsigned vgic_load(struct vgic *vgic, unsigned cpu, uint64_t *lrs, unsigned num_lrs)
{
	unsigned used = 0, intid;

	memset(lrs, 0, num_lrs * sizeof(*lrs));
	while (used < num_lrs && (intid = next_intid(vgic, cpu, lrs, used)) != NO_INTID) {
		const struct vgic_irq *irq = irq_of(vgic, cpu, intid);

		lrs[used] = intid | LR_GROUP1 | (uint64_t)irq->priority << LR_PRIORITY_SHIFT;
		lrs[used] |= irq->active ? LR_STATE_ACTIVE : 0;
		lrs[used++] |= is_signalled(vgic, cpu, irq) ? LR_STATE_PENDING : 0;
	}
	return used;
}

/* What the CPU has acknowledged is latched no longer; of a level the line alone tells if it is pending. */
void vgic_store(struct vgic *vgic, unsigned cpu, const uint64_t *lrs, unsigned num_lrs)
{
	for (unsigned i = 0; i < num_lrs; i++) {
		struct vgic_irq *irq = irq_of(vgic, cpu, LR_INTID(lrs[i]));

		if (!(lrs[i] & LR_GROUP1) || !irq)
			continue;
		irq->active = lrs[i] & LR_STATE_ACTIVE;
		irq->cpu = (uint8_t)cpu;
		irq->latched &= (lrs[i] & LR_STATE_PENDING) != 0;
	}
}
