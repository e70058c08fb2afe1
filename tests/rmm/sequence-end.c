/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-end.c - takes everything apart that a sequence left: whatever happened before, a host must be able to */
#include "rmi-host.h"
#include "rmi-1.0.h"
#include "sequence-host.h"

#define STEPS_MAX 64 /* of one operation */

/* Offers memory that is the host's as DELEGATED; there may be none left to make a true offer. */
static void refuse(struct sequence *sequence, uint64_t handle)
{
	uint64_t list = window_pa(sequence, sequence->window);
	const struct addr_desc desc = { .pa = list, .count = 1, .level = 3, .state = RMI_OP_MEM_DELEGATED };

	host_write(sequence, list, addr_desc_encode(sequence->rmm, &desc));
	rmi(sequence->machine, SMC_RMI_OP_MEM_DONATE, handle, list, 1);
}

/* Brings an operation to its end without giving it anything. */
static void end_op(struct sequence *sequence, const struct rmm_op *op)
{
	uint64_t handle = (uint64_t)(op - sequence->rmm->ops);
	struct record record;

	for (unsigned steps = 0; op->kind != OP_FREE; steps++) {
		record = (struct record){ .bytes = { (uint8_t)handle } };
		if (op->request != RMI_OP_MEM_REQ_DONATE)
			do_op_next(sequence, &record);
		else if (op->can_cancel)
			do_op_cancel(sequence, &record);
		else
			refuse(sequence, handle);
		if (steps == STEPS_MAX)
			machine_fail("the end: operation %u of kind %u does not end, it wants %u: %#llx",
				     (unsigned)handle, op->kind, op->request,
				     (unsigned long long)sequence->machine->x[0]);
	}
}

static void end_ops(struct sequence *sequence)
{
	for (unsigned i = 0; i < sequence->rmm->num_ops; i++)
		end_op(sequence, &sequence->rmm->ops[i]);
}

/* The firmware has nothing that it does not give back. */
static void end_firmware(struct sequence *sequence)
{
	struct machine *machine = sequence->machine;

	for (unsigned i = 0; i < machine->num_banks; i++)
		for (uint64_t at = 0; at < machine->banks[i].size; at += PAGE_4K)
			if (machine->banks[i].gpt[at / PAGE_4K] == MACHINE_ROOT)
				machine_set_owner(machine, machine->banks[i].base + at, MACHINE_NS);
}

/* Every granule of the banks in this state is handed to a function. */
static void for_each(struct sequence *sequence, unsigned state, void (*function)(struct sequence *, uint64_t pa))
{
	struct rmm *rmm = sequence->rmm;

	for (unsigned i = 0; i < rmm->num_banks; i++)
		for (uint64_t at = 0; at < rmm->banks[i].size; at += granule_bytes(rmm))
			if (rmm_granule_is(rmm, rmm->banks[i].base + at, state))
				function(sequence, rmm->banks[i].base + at);
}

static void end_rec(struct sequence *sequence, uint64_t rec)
{
	const struct rmm *rmm = sequence->rmm;

	rmi(sequence->machine, SMC_RMI_REC_DESTROY, rec);
	if (result_status(sequence->machine->x[0]) == RMI_INCOMPLETE)
		end_op(sequence, &rmm->ops[sequence->machine->x[1]]);
}

/* Unmaps what is at ipa; 2.0 goes on as long as memory follows memory. */
static void unmap_data(struct sequence *sequence, uint64_t rd, uint64_t ipa, uint64_t top)
{
	if (host_is_v1(sequence->machine))
		rmi(sequence->machine, SMC_RMI1_DATA_DESTROY, rd, ipa);
	else
		rmi(sequence->machine, SMC_RMI_RTT_DATA_UNMAP, rd, ipa, top, RMI_ADDR_TYPE_SINGLE, 0);
}

/* The end of the protected part of a table */
static uint64_t data_end(const struct s2_walk *walk)
{
	return min_u64(s2_entry_ipa(walk, walk->count), UINT64_C(1) << (walk->stage2->ipa_bits - 1));
}

/* Empties the table that is above level for ipa, and what is below it. Recursion ends at level 3. */
static void end_table(struct sequence *sequence, uint64_t rd, const struct rmm_stage2 *stage2, uint64_t ipa, int level)
{
	struct s2_walk walk;

	peek(sequence, stage2, ipa, level, &walk);
	for (unsigned i = 0; i < walk.count; i++) {
		uint64_t at = s2_entry_ipa(&walk, i);

		/* 1.0 has to split a block before it can unmap it. */
		if (s2_get(&walk, i).state == S2_ASSIGNED && level < 3 && host_is_v1(sequence->machine))
			rmi(sequence->machine, SMC_RMI_RTT_CREATE, rd, find_run(sequence, 0, GRANULE_DELEGATED, 1, 1),
			    at, (uint64_t)level + 1);
		if (s2_get(&walk, i).state == S2_ASSIGNED)
			unmap_data(sequence, rd, at, data_end(&walk));
		if (s2_get(&walk, i).state != S2_TABLE)
			continue;
		end_table(sequence, rd, stage2, at, level + 1);
		rmi(sequence->machine, SMC_RMI_RTT_DESTROY, rd, at, (uint64_t)level + 1);
	}
}

void end_realm(struct sequence *sequence, uint64_t rd)
{
	struct rmm_stage2 stage2 = rd_at(sequence, rd)->stage2;
	uint64_t ipa = 0;
	struct s2_walk walk;

	for (unsigned i = 0; i < sequence->window; i++) {
		const struct rec *rec = rec_at(sequence, window_pa(sequence, i));

		if (rec && rec->rd == rd)
			end_rec(sequence, window_pa(sequence, i));
	}
	while (s2_is_in_space(&stage2, ipa)) {
		end_table(sequence, rd, &stage2, ipa, stage2.start_level);
		peek(sequence, &stage2, ipa, stage2.start_level, &walk);
		ipa = s2_entry_ipa(&walk, walk.count);
	}
	host_realm_destroy(sequence->machine, rd);
}

static void end_gpt(struct sequence *sequence)
{
	struct rmm *rmm = sequence->rmm;

	if (host_is_v1(sequence->machine))
		return;
	for (unsigned i = 0; i < rmm->num_banks; i++) {
		rmi(sequence->machine, SMC_RMI_GPT_L1_DESTROY, rmm->banks[i].base & -(UINT64_C(1) << RMM_L0GPT_SHIFT));
		end_ops(sequence);
	}
}

static void end_delegation(struct sequence *sequence, uint64_t pa)
{
	uint64_t size = 0;

	while (rmm_granule_is(sequence->rmm, pa + size, GRANULE_DELEGATED))
		size += granule_bytes(sequence->rmm);
	host_undelegate(sequence->machine, pa, size);
}

static void stays(struct sequence *sequence, uint64_t pa)
{
	machine_fail("the end: the granule at %#llx stays %u", (unsigned long long)pa, *rmm_granule(sequence->rmm, pa));
}

void sequence_end(struct sequence *sequence)
{
	struct rmm *rmm = sequence->rmm;

	sequence->machine->cpu = 0;
	if (!host_is_v1(sequence->machine))
		rmi(sequence->machine, SMC_RMI_GRANULE_TRACKING_SET, MACHINE_BASE, RMI_MEM_CATEGORY_CONVENTIONAL,
		    RMI_TRACKING_FINE);
	end_firmware(sequence);
	end_ops(sequence);
	for_each(sequence, GRANULE_REC, end_rec);
	for_each(sequence, GRANULE_RD, end_realm);
	for_each(sequence, GRANULE_DELEGATED, end_delegation);
	end_gpt(sequence);
	for (unsigned state = GRANULE_DELEGATED; state <= GRANULE_PARTIAL; state++)
		for_each(sequence, state, stays);
	if (sequence->machine->delegated)
		machine_fail("the end: %llu bytes stay the realm world's",
			     (unsigned long long)sequence->machine->delegated);
	for (unsigned i = 0; i < RMM_VMIDS / 64; i++)
		if (rmm->vmids[i])
			machine_fail("the end: VMIDs stay in use");
	if (rmm->mecids)
		machine_fail("the end: %llu MECIDs stay in use", (unsigned long long)rmm->mecids);
}
