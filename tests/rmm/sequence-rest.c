/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-rest.c - what the host does that is about no realm, and what happens around it */
#include <string.h>

#include "rmi-host.h"
#include "rmi-1.0.h"
#include "sequence-host.h"

/* The instance as a whole */

void do_global(struct sequence *sequence, struct record *record)
{
	static const uint64_t fids[] = {
		SMC_RMI_VERSION,      SMC_RMI_FEATURES,      SMC_RMI_RMM_CONFIG_GET, SMC_RMI_RMM_CONFIG_SET,
		SMC_RMI_RMM_ACTIVATE, SMC_RMI_RMM_STATE_GET, SMC_RMI1_REC_AUX_COUNT,
	};
	uint64_t fid = fids[arg(record) % 7];
	uint64_t value = arg(record);
	uint8_t slot[RMM_DIGEST_MAX];

	rmm_measurement(sequence->rmm, pick(sequence, record, GRANULE_RD), (unsigned)value % 6, slot);
	if (fid == SMC_RMI_VERSION)
		value = (host_is_v1(sequence->machine) ? 1 : 2) << RMI_INTERFACE_VERSION_MAJOR_SHIFT | value >> 6;
	else if (fid == SMC_RMI_RMM_CONFIG_GET || fid == SMC_RMI_RMM_CONFIG_SET)
		value = host_page(sequence, record, 5);
	else if (fid == SMC_RMI1_REC_AUX_COUNT)
		value = pick(sequence, record, GRANULE_RD);
	rmi(sequence->machine, fid, value);
}

void do_tracking(struct sequence *sequence, struct record *record)
{
	unsigned choice = arg(record);
	uint64_t base = MACHINE_BASE + (choice & 1 ? rmm_tracking_bytes(sequence->rmm) : 0);

	if (choice & 2)
		rmi(sequence->machine, SMC_RMI_GRANULE_TRACKING_GET, base,
		    base + (granule_bytes(sequence->rmm) << arg(record) % 24) + (choice >= SEQUENCE_ODD));
	else
		rmi(sequence->machine, SMC_RMI_GRANULE_TRACKING_SET, base, choice >= SEQUENCE_ODD ? arg(record) : 0,
		    arg(record) < 0xa0 ? RMI_TRACKING_FINE : arg(record) % 5);
}

void do_gpt(struct sequence *sequence, struct record *record)
{
	unsigned choice = arg(record);
	uint64_t base = MACHINE_BASE + ((uint64_t)(choice >> 1 & 1) << RMM_L0GPT_SHIFT) + (choice >= SEQUENCE_ODD);

	rmi(sequence->machine, choice & 1 ? SMC_RMI_GPT_L1_DESTROY : SMC_RMI_GPT_L1_CREATE, base);
}

/* Anything */

void do_poke(struct sequence *sequence, struct record *record)
{
	uint64_t page = host_page(sequence, record, arg(record));
	unsigned offset = arg(record) * 8 + arg(record) / 128 * 0x800;

	host_write(sequence, page + offset, arg64(record));
}

/* Any number of the ranges of RMI, with arguments that are addresses or numbers */
void do_raw(struct sequence *sequence, struct record *record)
{
	uint64_t regs[RMM_SMC_REGS];

	regs[0] = SMC_RMI_VERSION + arg(record) + (arg(record) & 1 ? 0x80 : 0);
	for (unsigned i = 1; i < RMM_SMC_REGS; i++)
		regs[i] = i % 2 ? pick(sequence, record, GRANULE_RD + i / 2) : arg(record);
	machine_rmi(sequence->machine, regs);
}

/* Both keep what they hold: distinct interrupts but for odd bytes */
void do_gic(struct sequence *sequence, struct record *record)
{
	struct rmm_gic *gic = &sequence->machine->gic[sequence->machine->cpu];
	unsigned choice = arg(record), which = arg(record) % (choice < SEQUENCE_ODD ? SEQUENCE_LRS : RMM_LRS);

	gic->hcr = choice < SEQUENCE_ODD ? 0 : UINT64_C(1) << choice % 16;
	if (choice < SEQUENCE_ODD)
		memset(gic->lrs, 0, sizeof(gic->lrs));
	gic->lrs[which] = (uint64_t)(choice & 3) << 62 | (32 + which);
	if (choice >= SEQUENCE_ODD)
		gic->lrs[which] ^= arg64(record) & ~(UINT64_C(1) << 61);
}

/* The firmware takes a page, or gives back the first that it has. */
void do_firmware(struct sequence *sequence, struct record *record)
{
	unsigned keep = arg(record), offset = arg(record);
	uint64_t end = window_pa(sequence, sequence->window + 1), pa;

	for (pa = MACHINE_BASE; pa < end; pa += PAGE_4K)
		if (machine_owner(sequence->machine, pa) == MACHINE_ROOT && !(keep & 1)) {
			machine_set_owner(sequence->machine, pa, MACHINE_NS);
			return;
		}
	pa = pick(sequence, record, GRANULE_NS);
	if (rmm_granule_is(sequence->rmm, pa, GRANULE_NS))
		machine_set_owner(sequence->machine, pa + offset * PAGE_4K % granule_bytes(sequence->rmm),
				  MACHINE_ROOT);
}

/* Begins operations until no context is left for more. High bytes do not, or random input would do little else. */
void do_park(struct sequence *sequence, struct record *record)
{
	struct machine *machine = sequence->machine;
	unsigned choice = arg(record);
	uint64_t rd = pick(sequence, record, GRANULE_RD);
	struct record none = { .used = SEQUENCE_RECORD };

	if (host_is_v1(machine) || choice >= 0x20)
		return;
	for (unsigned i = 0; i < sequence->rmm->num_ops && machine->x[0] != RMI_BLOCKED; i++) {
		machine->irq[machine->cpu] = true;
		rmi(machine, SMC_RMI_RTT_DATA_UNMAP, rd, 0, granule_bytes(sequence->rmm), RMI_ADDR_TYPE_SINGLE, 0);
		machine->irq[machine->cpu] = false;
		rmi(machine, SMC_RMI_REC_CREATE, rd, pick(sequence, &none, GRANULE_DELEGATED),
		    host_page(sequence, &none, 1));
	}
}

/* The next record is carried out with an interrupt pending, or without entropy. */
void do_prefix(struct sequence *sequence, struct record *record)
{
	struct machine *machine = sequence->machine;
	unsigned choice = arg(record), cpu = machine->cpu;

	if (sequence->prefixed)
		return;
	sequence->prefixed = true;
	machine->irq[cpu] = !(choice & 1);
	machine->no_entropy = choice & 1;
	machine->platform_size = choice & 2 ? choice * 17 % 5000 : 1000;
	sequence_step(sequence);
	machine->irq[cpu] = false;
	machine->no_entropy = false;
	sequence->prefixed = false;
}
