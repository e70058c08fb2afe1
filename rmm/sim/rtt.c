/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rtt.c - translation tables of a realm, and the granules that they and other objects of the RMM are made of */
#include <errno.h>
#include <string.h>

#include "rmi.h"
#include "sim.h"

#define KVM_LEVELS_MIN 2	/* KVM has no stage 2 of one level */

/* ---- granules ---- */

/* Frees pages of which the first are delegated, as one block if all come back. */
static void give_back(struct realm_sim *sim, uint64_t pa, unsigned count, unsigned delegated)
{
	uint64_t page = sim->memory.page_size;
	unsigned first = 0;

	for (unsigned i = 0; i < delegated; i++) {
		if (sim_undelegate(sim, pa + i * page, 1))
			continue;
		if (first < i)
			sim_pages_free(sim, pa + first * page, i - first);
		first = i + 1;
	}
	if (first < count)
		sim_pages_free(sim, pa + first * page, count - first);
}

int sim_granules_alloc(struct realm_sim *sim, unsigned count, uint64_t *pap)
{
	uint64_t pa = sim_pages_alloc(sim, count, count);
	unsigned done = 0;

	*pap = 0;
	if (!pa)
		return -ENOMEM;
	while (done < count && sim_delegate(sim, pa + done * (uint64_t)sim->memory.page_size, 1))
		done++;
	if (done < count) {
		give_back(sim, pa, count, done);
		return -ENXIO;
	}
	*pap = pa;
	return 0;
}

void sim_granules_free(struct realm_sim *sim, uint64_t pa, unsigned count)
{
	give_back(sim, pa, count, count);
}

/* ---- shape ---- */

static unsigned page_shift(const struct realm_sim *sim)
{
	return (unsigned)__builtin_ctz(sim->memory.page_size);
}

static unsigned level_bits(const struct realm_sim *sim)
{
	return page_shift(sim) - 3;
}

uint64_t sim_rtt_bytes(const struct realm_sim *sim, int level)
{
	return UINT64_C(1) << (page_shift(sim) + level_bits(sim) * (unsigned)(SIM_LAST_LEVEL - level));
}

/* Up to 16 tables side by side save a level: they resolve four bits. */
int sim_rtt_start_level(const struct realm_sim *sim, unsigned ipa_bits)
{
	unsigned bits = ipa_bits - page_shift(sim) - 4;
	unsigned levels = (bits + level_bits(sim) - 1) / level_bits(sim);

	if (levels < KVM_LEVELS_MIN)
		levels = KVM_LEVELS_MIN;
	return SIM_LAST_LEVEL + 1 - (int)levels;
}

bool sim_rtt_missed(uint64_t result, int *levelp)
{
	*levelp = (int8_t)rmi_result_data_level_get_level(result);
	return rmi_result_get_status(result) == RMI_ERROR_RTT;
}

/* The level of the largest entry that begins at base and does not pass top */
static int fitting_level(const struct sim_vm *vm, uint64_t base, uint64_t top)
{
	int level = SIM_LAST_LEVEL;

	while (level > vm->realm.start_level) {
		uint64_t bytes = sim_rtt_bytes(vm->file.sim, level - 1);

		if ((base & (bytes - 1)) || top - base < bytes)
			break;
		level--;
	}
	return level;
}

/* ---- create ---- */

static int create_table(struct sim_vm *vm, uint64_t ipa, int level)
{
	struct realm_sim *sim = vm->file.sim;
	uint64_t base = ipa & ~(sim_rtt_bytes(sim, level - 1) - 1);
	uint64_t rtt;
	int err = sim_granules_alloc(sim, 1, &rtt);

	if (err)
		return err;
	if (sim_rmi(sim, (uint64_t[RMM_SMC_REGS]){ SMC_RMI_RTT_CREATE, vm->realm.rd, rtt, base, (uint64_t)level })) {
		sim_granules_free(sim, rtt, 1);
		return -ENXIO;
	}
	return 0;
}

int sim_rtt_create(struct sim_vm *vm, uint64_t base, uint64_t top, int walk_level)
{
	int level = fitting_level(vm, base, top);
	int err = walk_level < level ? 0 : -ENXIO;

	while (!err && walk_level < level)
		err = create_table(vm, base, ++walk_level);
	return err;
}

static uint64_t call(struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	memcpy(out, in, RMM_SMC_REGS * sizeof(*out));
	sim_rmi(sim, out);
	return sim_rmi_finish(sim, out);
}

int sim_rtt_map(struct sim_vm *vm, uint64_t ipa, uint64_t regs[RMM_SMC_REGS])
{
	struct realm_sim *sim = vm->file.sim;
	uint64_t out[RMM_SMC_REGS];
	uint64_t result = call(sim, regs, out);
	int level;

	if (sim_rtt_missed(result, &level) && level < SIM_LAST_LEVEL) {
		int err = sim_rtt_create(vm, ipa, ipa + sim->memory.page_size, level);

		if (err)
			return err;
		result = call(sim, regs, out);
	}
	memcpy(regs, out, sizeof(out));
	return (int)rmi_result_get_status(result);
}

/* ---- destroy ---- */

/* *nextp: where the next table of this level can be; 0 if the RMM does not say */
static uint64_t destroy_table(struct sim_vm *vm, uint64_t ipa, int level, uint64_t *nextp)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_DESTROY, vm->realm.rd, ipa, (uint64_t)level };
	uint64_t result = sim_rmi(vm->file.sim, regs);

	if (result == RMI_SUCCESS)
		sim_granules_free(vm->file.sim, regs[1], 1);
	*nextp = regs[2];
	return result;
}

/* The tables of a level in a range, each after those below it. false: some stay. */
static bool destroy_tables(struct sim_vm *vm, uint64_t base, uint64_t top, int level)
{
	uint64_t bytes = sim_rtt_bytes(vm->file.sim, level - 1);

	for (uint64_t next, at = base; at < top; at = next) {
		uint64_t result = destroy_table(vm, at, level, &next);
		int walked;

		if (sim_rtt_missed(result, &walked) && walked == level && level < SIM_LAST_LEVEL) {
			if (!destroy_tables(vm, at, at + bytes, level + 1))
				return false;
			result = destroy_table(vm, at, level, &next);
		}
		if (next <= at || (result != RMI_SUCCESS && !sim_rtt_missed(result, &walked)))
			return false;
	}
	return true;
}

void sim_rtt_destroy_all(struct sim_vm *vm)
{
	destroy_tables(vm, 0, UINT64_C(1) << vm->ipa_bits, vm->realm.start_level + 1);
}
