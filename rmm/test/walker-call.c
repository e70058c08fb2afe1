/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * walker-call.c - the invariants of one call: nothing changes with an error, ranges advance, a RIM stays
 *
 * The core reaches memory through map() alone, so what a call may have changed is known exactly: the RMM's own region,
 * and what it mapped. Both are copied before, and compared after an error.
 */
#include <stdlib.h>
#include <string.h>
#include "cpu.h"
#include "psci.h"
#include "rmi-1.0.h"
#include "walker-internal.h"

typedef unsigned long long ull;

static void before(void *arg, const uint64_t in[RMM_SMC_REGS])
{
	struct walker *walker = arg;
	struct walker_frame *frame;

	if (walker->depth == MACHINE_CPUS_MAX)
		machine_fail("more calls at a time than CPUs");
	frame = &walker->frames[walker->depth++];
	memcpy(frame->region, walker->machine->region, walker->machine->region_size);
	frame->entries = walker->machine->entries;
	frame->num_copies = 0;
}

static bool is_copied(const struct walker_frame *frame, uint64_t pa)
{
	for (unsigned i = 0; i < frame->num_copies; i++)
		if (frame->journal[i].pa == pa)
			return true;
	return false;
}

static void *grow(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (!memory)
		machine_fail("no memory for the walker");
	return memory;
}

static struct walker_copy *new_copy(struct walker_frame *frame, size_t size)
{
	struct walker_copy *copy;

	if (frame->num_copies == frame->max_copies) {
		frame->max_copies = frame->max_copies ? 2 * frame->max_copies : 16;
		frame->journal = grow(frame->journal, frame->max_copies * sizeof(*frame->journal));
		memset(&frame->journal[frame->num_copies], 0,
			(frame->max_copies - frame->num_copies) * sizeof(*frame->journal));
	}
	copy = &frame->journal[frame->num_copies++];
	if (copy->room < size) {
		copy->data = grow(copy->data, size);
		copy->room = size;
	}
	copy->size = size;
	return copy;
}

static void mapped(void *arg, uint64_t pa, size_t size, enum rmm_pas pas)
{
	struct walker *walker = arg;
	struct walker_frame *frame = walker->depth ? &walker->frames[walker->depth - 1] : NULL;
	struct walker_copy *copy;

	if (!frame || is_copied(frame, pa))	/* NULL: rmm_measurement(), no call of the host */
		return;
	copy = new_copy(frame, size);
	copy->pa = pa;
	memcpy(copy->data, machine_memory(walker->machine, pa, size), size);
}

/* errors */

static bool is_error(uint64_t x0)
{
	unsigned status = result_status(x0);

	return status != RMI_SUCCESS && status != RMI_INCOMPLETE;
}

/* Errors that end something, as they are defined to: an operation that failed, a request that the host denied */
static bool may_change(const struct walker *walker, const uint64_t in[RMM_SMC_REGS])
{
	return in[0] == SMC_RMI_OP_CONTINUE || (in[0] == SMC_RMI_PSCI_COMPLETE && (int64_t)in[3] == PSCI_DENIED &&
						walker->rmm->variant->psci_denied_input);
}

/* A free granule holds nothing that counts: a call may have used it before it failed. */
static bool is_free(const struct walker *walker, uint64_t pa)
{
	return rmm_granule_is(walker->rmm, pa, GRANULE_DELEGATED);
}

static void check_unchanged(const struct walker *walker, const struct walker_frame *frame, uint64_t fid)
{
	if (memcmp(frame->region, walker->machine->region, walker->machine->region_size))
		machine_fail("call %#llx failed, but the RMM has changed", (ull)fid);
	for (unsigned i = 0; i < frame->num_copies; i++) {
		const struct walker_copy *copy = &frame->journal[i];

		if (!is_free(walker, copy->pa) &&
		    memcmp(copy->data, machine_memory(walker->machine, copy->pa, copy->size), copy->size))
			machine_fail("call %#llx failed, but memory at %#llx has changed", (ull)fid, (ull)copy->pa);
	}
}

/* What a realm measured stays as it is after a failed call, and its RIM once it is no longer new. */
static void check_measured(const struct walker *walker, const struct walker_frame *frame, bool failed, uint64_t fid)
{
	const struct rmm *before = (const struct rmm *)(const void *)frame->region;
	uint64_t first = (uint64_t)((const uint8_t *)before->granules - (const uint8_t *)walker->machine->region);

	for (unsigned i = 0; i < frame->num_copies; i++) {
		const struct walker_copy *copy = &frame->journal[i];
		const struct rd *old = (const struct rd *)(const void *)copy->data;
		const uint8_t *granule = rmm_granule(walker->rmm, copy->pa);
		const struct rd *now;

		if (!granule || *granule != GRANULE_RD ||
		    frame->region[first + (uint64_t)(granule - walker->rmm->granules)] != GRANULE_RD)
			continue;
		now = walker_memory(walker, copy->pa);
		if ((failed || old->state != RMM_REALM_NEW) &&
		    memcmp(old->measurements[0], now->measurements[0], RMM_DIGEST_MAX))
			machine_fail("call %#llx: the RIM of realm %#llx has changed", (ull)fid, (ull)copy->pa);
	}
}

/* What a realm gets is zero, unless the host loads it with the same call. */

static bool is_zero(const uint8_t *data, size_t size)
{
	return !data[0] && !memcmp(data, data + 1, size - 1);
}

static void check_fresh(const struct walker *walker, const struct walker_frame *frame, uint64_t fid)
{
	const struct rmm *rmm = walker->rmm;
	const uint8_t *before = frame->region + (rmm->granules - (const uint8_t *)walker->machine->region);
	uint64_t i = 0;

	for (unsigned bank = 0; bank < rmm->num_banks; bank++)
		for (uint64_t at = 0; at < rmm->banks[bank].size; at += granule_bytes(rmm), i++) {
			uint64_t pa = rmm->banks[bank].base + at;
			bool is_given = rmm->granules[i] == GRANULE_DATA || rmm->granules[i] == GRANULE_REC_AUX;

			if (rmm->granules[i] != before[i] && is_given && fid != SMC_RMI_RTT_DATA_MAP_INIT &&
			    !is_zero(walker_memory(walker, pa), granule_bytes(rmm)))
				machine_fail("call %#llx: %#llx still holds what it held before", (ull)fid, (ull)pa);
		}
}

/* ranges: base <= out_top <= top, and which calls must get on */

struct range_call {
	uint64_t fid;
	uint8_t base, top;	/* registers */
	bool advances;
};

static const struct range_call range_calls[] = {
	{ SMC_RMI_GRANULE_RANGE_DELEGATE, 1, 2, true },
	{ SMC_RMI_GRANULE_RANGE_UNDELEGATE, 1, 2, true },
	{ SMC_RMI_RTT_INIT_RIPAS, 2, 3, true },
	{ SMC_RMI_RTT_SET_RIPAS, 3, 4, true },
	{ SMC_RMI_RTT_DATA_MAP, 2, 3, false },
	{ SMC_RMI_RTT_DATA_UNMAP, 2, 3, false },
	{ SMC_RMI_RTT_UNPROT_MAP, 2, 3, false },
	{ SMC_RMI_RTT_UNPROT_UNMAP, 2, 3, false },
};

static void check_range(const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	for (unsigned i = 0; i < sizeof(range_calls) / sizeof(range_calls[0]); i++) {
		const struct range_call *call = &range_calls[i];

		if (in[0] != call->fid)
			continue;
		if (out[1] < in[call->base] || out[1] > in[call->top] || (call->advances && out[1] == in[call->base]))
			machine_fail("call %#llx of [%#llx, %#llx) got to %#llx", (ull)in[0], (ull)in[call->base],
				     (ull)in[call->top], (ull)out[1]);
	}
}

/* How many granules a call has taken from the host for good, or given back */
static int64_t granules_delegated(const struct rmm *rmm, const uint64_t in[RMM_SMC_REGS],
				  const uint64_t out[RMM_SMC_REGS])
{
	switch (in[0]) {
	case SMC_RMI_GRANULE_RANGE_DELEGATE:
		return (int64_t)((out[1] - in[1]) >> rmm->granule_shift);
	case SMC_RMI_GRANULE_RANGE_UNDELEGATE:
		return -(int64_t)((out[1] - in[1]) >> rmm->granule_shift);
	case SMC_RMI1_GRANULE_DELEGATE:
		return 1;
	case SMC_RMI1_GRANULE_UNDELEGATE:
		return -1;
	}
	return 0;
}

void walker_tell(struct walker *walker, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	if (out[0] == RMI_SUCCESS) {
		check_range(in, out);
		walker->delegated += (uint64_t)granules_delegated(walker->rmm, in, out);
	}
}

static void after(void *arg, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct walker *walker = arg;
	const struct walker_frame *frame = &walker->frames[--walker->depth];
	bool failed = is_error(out[0]);
	bool guest_ran = frame->entries != walker->machine->entries;	/* then other calls may have been made */

	if (failed && !guest_ran && !may_change(walker, in)) {
		check_unchanged(walker, frame, in[0]);
		return;
	}
	walker_tell(walker, in, out);
	check_measured(walker, frame, failed, in[0]);
	if (!guest_ran && memcmp(frame->region, walker->machine->region, walker->machine->region_size))
		check_fresh(walker, frame, in[0]);
	if (!--walker->until_walk) {
		walker->until_walk = walker->interval;
		walker_check(walker);
	}
}

/* the machine */

static void *memory_of(void *ctx, uint64_t pa, size_t size)
{
	return machine_memory(ctx, pa, size);
}

static void check_tlb(void *ctx, const struct rmm_stage2 *stage2)
{
	cpu_check_tlb(ctx, stage2);
}

struct walker *walker_attach(struct machine *machine)
{
	struct walker_host host = { .ctx = machine, .memory = memory_of, .check_tlb = check_tlb };
	struct walker *walker;

	for (unsigned i = 0; i < machine->num_banks; i++)
		host.owners[i] = machine->banks[i].gpt;
	walker = walker_new(machine->rmm, &host);
	walker->machine = machine;
	walker_set_interval(walker, 1);
	for (unsigned i = 0; i < MACHINE_CPUS_MAX; i++)
		walker->frames[i].region = walker_must(malloc(machine->region_size));
	machine->hooks = (struct machine_hooks){ .arg = walker, .before = before, .after = after, .map = mapped };
	return walker;
}

void walker_set_interval(struct walker *walker, unsigned calls)
{
	walker->interval = walker->until_walk = calls;
}

void walker_detach(struct walker *walker)
{
	for (unsigned i = 0; i < MACHINE_CPUS_MAX; i++) {
		for (unsigned j = 0; j < walker->frames[i].max_copies; j++)
			free(walker->frames[i].journal[j].data);
		free(walker->frames[i].region);
		free(walker->frames[i].journal);
	}
	if (walker->machine)
		walker->machine->hooks = (struct machine_hooks){ 0 };
}
