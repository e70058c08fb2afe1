/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* walker.c - the invariants of the RMM: from each object to what it refers to, and the other way round */
#include <stdlib.h>
#include <string.h>
#include "psci.h"
#include "rmi-1.0.h"
#include "walker-internal.h"

typedef unsigned long long ull;

void *walker_must(void *memory)
{
	if (!memory)
		machine_fail("no memory for the walker");
	return memory;
}

static uint64_t count_granules(const struct rmm *rmm)
{
	uint64_t total = 0;

	for (unsigned i = 0; i < rmm->num_banks; i++)
		total += rmm->banks[i].size >> rmm->granule_shift;
	return total;
}

/* references */

static const char *state_name(unsigned state)
{
	static const char *const names[] = {
		"NS", "DELEGATED", "RD", "RTT", "REC", "REC_AUX", "DATA", "INTERNAL", "PARTIAL",
	};

	return state < sizeof(names) / sizeof(names[0]) ? names[state] : "of no state";
}

void walker_refer(struct walker *walker, uint64_t pa, unsigned state)
{
	const uint8_t *granule = rmm_granule(walker->rmm, pa);

	if (!granule)
		machine_fail("%#llx is referred to as %s, but is no granule", (ull)pa, state_name(state));
	if (*granule != state)
		machine_fail("%#llx is referred to as %s, but is %s", (ull)pa, state_name(state), state_name(*granule));
	if (walker->refs[granule - walker->rmm->granules]++)
		machine_fail("%#llx, %s, is referred to twice", (ull)pa, state_name(state));
}

static void refer_range(struct walker *walker, uint64_t pa, uint64_t granules, unsigned state)
{
	for (uint64_t i = 0; i < granules; i++)
		walker_refer(walker, pa + i * granule_bytes(walker->rmm), state);
}

void *walker_memory(const struct walker *walker, uint64_t pa)
{
	return walker->host.memory(walker->host.ctx, pa, granule_bytes(walker->rmm));
}

/* RECs */

static void check_rec(struct walker *walker, uint64_t pa)
{
	const struct rec *rec = walker_memory(walker, pa);

	walker_refer(walker, pa, GRANULE_REC);
	if (!rmm_granule_is(walker->rmm, rec->rd, GRANULE_RD))
		machine_fail("REC %#llx: its realm %#llx is gone", (ull)pa, (ull)rec->rd);
	if (rec->num_aux != walker->rmm->variant->rec_aux)
		machine_fail("REC %#llx: %u auxiliary granules", (ull)pa, rec->num_aux);
	for (unsigned i = 0; i < rec->num_aux; i++)
		walker_refer(walker, rec->aux[i], GRANULE_REC_AUX);
	if (rec->running && !walker->depth)
		machine_fail("REC %#llx runs, but no call is going on", (ull)pa);
}

/* operations */

static void check_op(struct walker *walker, const struct rmm_op *op)
{
	if (op->kind == OP_FREE)
		return;
	for (unsigned i = 0; i < op->num_held; i++) {
		refer_range(walker, op->held[i].pa, op->held[i].granules, GRANULE_INTERNAL);
		walker->donated_ns += op->undelegated ? op->held[i].granules : 0;
	}
	if (op->kind == OP_REC_CREATE)
		walker_refer(walker, op->args[2], GRANULE_PARTIAL);
	if (op->kind == OP_REC_DESTROY)
		walker_refer(walker, op->args[1], GRANULE_PARTIAL);
	if ((op->request == RMI_OP_MEM_REQ_DONATE) != (op->wanted != 0))
		machine_fail("an operation asks for %u granules with request %u", op->wanted, op->request);
	if (op->request == RMI_OP_MEM_REQ_NONE && op->ending && op->num_held)
		machine_fail("an operation ends with %u blocks that nobody will get back", op->num_held);
}

static void check_gpt_l1(struct walker *walker)
{
	const struct rmm *rmm = walker->rmm;
	size_t tables = (size_t)((const uint64_t *)(const void *)rmm->granules - rmm->gpt_l1);
	uint64_t granules = ((UINT64_C(1) << RMM_L0GPT_SHIFT) >> rmm->granule_shift >> 1) + granule_bytes(rmm) - 1;

	granules >>= rmm->granule_shift;
	for (size_t i = 0; i < tables; i++)
		if (rmm->gpt_l1[i]) {
			refer_range(walker, rmm->gpt_l1[i] & ~GPT_L1_VALID, granules, GRANULE_INTERNAL);
			walker->donated_ns += granules;
		}
}

/* everything */

static void check_object(struct walker *walker, uint64_t pa, unsigned state)
{
	if (state == GRANULE_RD) {
		walker->realms[walker->num_realms++] = pa;
		walker_check_realm(walker, pa);
	} else if (state == GRANULE_REC) {
		walker->recs[walker->num_recs++] = pa;
		check_rec(walker, pa);
	}
}

/* In whose world a granule is: the host's and nothing else, or the realms' and nothing else */
static void check_owner(uint64_t pa, const uint8_t *owners, unsigned pages, unsigned state)
{
	for (unsigned i = 0; i < pages; i++)
		if ((owners[i] == 1) != (state != GRANULE_NS))
			machine_fail("%#llx is %s for the RMM, but the GPT disagrees", (ull)(pa + i * PAGE_4K),
				     state_name(state));
}

/* Most of memory is the host's: it is looked at eight bytes at a time. */
static bool is_zero(const uint8_t *bytes, unsigned count)
{
	uint64_t sum = 0, word;

	for (unsigned i = 0; i < count; i += 8) {
		memcpy(&word, bytes + i, sizeof(word));
		sum |= word;
	}
	return !sum;
}

static void visit_object(struct walker *walker, uint64_t pa, unsigned state)
{
	walker->used += state != GRANULE_NS;
	check_object(walker, pa, state);
}

static void visit_bank(struct walker *walker, const struct rmm_bank *bank, const uint8_t *states, const uint8_t *owners)
{
	const struct rmm *rmm = walker->rmm;
	unsigned pages = (unsigned)(granule_bytes(rmm) / PAGE_4K);
	uint64_t count = bank->size >> rmm->granule_shift;

	for (uint64_t i = 0; i < count; i++, owners += pages) {
		uint64_t pa = bank->base + (i << rmm->granule_shift);

		if (i % 8 == 0 && count - i >= 8 && is_zero(&states[i], 8) && is_zero(owners, 8 * pages)) {
			i += 7;
			owners += 7 * pages;
			continue;
		}
		check_owner(pa, owners, pages, states[i]);
		visit_object(walker, pa, states[i]);
	}
}

static void visit_objects(struct walker *walker)
{
	const uint8_t *states = walker->rmm->granules;

	for (unsigned i = 0; i < walker->rmm->num_banks; i++) {
		const struct rmm_bank *bank = &walker->rmm->banks[i];

		visit_bank(walker, bank, states, walker->host.owners[i]);
		states += bank->size >> walker->rmm->granule_shift;
	}
}

static uint64_t granule_address(const struct rmm *rmm, uint64_t index)
{
	unsigned i = 0;

	for (; index >= rmm->banks[i].size >> rmm->granule_shift; i++)
		index -= rmm->banks[i].size >> rmm->granule_shift;
	return rmm->banks[i].base + (index << rmm->granule_shift);
}

static void check_reference(const struct walker *walker, uint64_t index)
{
	unsigned state = walker->rmm->granules[index];

	if (state != GRANULE_NS && state != GRANULE_DELEGATED && !walker->refs[index])
		machine_fail("%#llx is %s, but nothing refers to it", (ull)granule_address(walker->rmm, index),
			     state_name(state));
}

static void check_references(const struct walker *walker, uint64_t total)
{
	const uint8_t *states = walker->rmm->granules;

	for (uint64_t i = 0; i < total; i++) {
		if (i % 8 == 0 && total - i >= 8 && is_zero(&states[i], 8))
			i += 7;
		else
			check_reference(walker, i);
	}
}

static void check_sums(const struct walker *walker)
{
	uint64_t expected = walker->delegated + walker->donated_ns;

	if (walker->used != expected)
		machine_fail("%llu granules are not the host's; %llu were delegated and not undelegated, %llu donated",
			(ull)walker->used, (ull)walker->delegated, (ull)walker->donated_ns);
}

static void walk(struct walker *walker)
{
	uint64_t total = count_granules(walker->rmm);

	memset(walker->refs, 0, total);
	memset(walker->vmids, 0, sizeof(walker->vmids));
	walker->used = walker->donated_ns = walker->num_realms = walker->num_recs = 0;
	visit_objects(walker);
	for (uint64_t i = 0; i < walker->num_realms; i++)
		walker_check_recs(walker, walker->realms[i]);
	for (unsigned i = 0; i < walker->rmm->num_ops; i++)
		check_op(walker, &walker->rmm->ops[i]);
	check_gpt_l1(walker);
	walker_check_vmids(walker);
	check_references(walker, total);
}

void walker_check(struct walker *walker)
{
	walk(walker);
	check_sums(walker);
}

uint64_t walker_count(const struct walker *walker, unsigned state)
{
	uint64_t total = count_granules(walker->rmm);
	uint64_t count = 0;

	for (uint64_t i = 0; i < total; i++)
		count += walker->rmm->granules[i] == state;
	return count;
}

struct walker *walker_new(struct rmm *rmm, const struct walker_host *host)
{
	struct walker *walker = walker_must(calloc(1, sizeof(*walker)));
	uint64_t granules = count_granules(rmm);

	walker->rmm = rmm;
	walker->host = *host;
	walker->refs = walker_must(malloc(granules));
	walker->realms = walker_must(malloc(granules * sizeof(*walker->realms)));
	walker->recs = walker_must(malloc(granules * sizeof(*walker->recs)));
	walk(walker);
	walker->delegated = walker->used - walker->donated_ns;
	return walker;
}

void walker_free(struct walker *walker)
{
	if (!walker)
		return;
	walker_detach(walker);
	free(walker->refs);
	free(walker->realms);
	free(walker->recs);
	free(walker);
}
