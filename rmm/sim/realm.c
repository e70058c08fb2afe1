/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm.c - the life of a realm, as the kernel drives it: none, new, active, and dead when it cannot be used any more
 *
 * Up to v11 user space asks for each step (enable-cap.c). From v12 on the first POPULATE or the first run creates the
 * realm, and the first run completes it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rmi-1.0.h"
#include "rmi.h"
#include "sim.h"

/* ---- VMIDs, which the kernel chooses for an RMM 1.0; 2.0 chooses by itself ---- */

#define VMIDS 256

static int vmid_take(struct realm_sim *sim, uint16_t *vmidp)
{
	int err = sim->v1 ? -ENOSPC : 0;

	pthread_mutex_lock(&sim->memory_lock);
	for (unsigned i = 0; err && i < VMIDS; i++)
		if (!(sim->vmids[i / 64] >> i % 64 & 1)) {
			sim->vmids[i / 64] |= UINT64_C(1) << i % 64;
			*vmidp = (uint16_t)i;
			err = 0;
		}
	pthread_mutex_unlock(&sim->memory_lock);
	return err;
}

static void vmid_return(struct realm_sim *sim, unsigned vmid)
{
	pthread_mutex_lock(&sim->memory_lock);
	sim->vmids[vmid / 64] &= ~(UINT64_C(1) << vmid % 64);
	pthread_mutex_unlock(&sim->memory_lock);
}

/* ---- create ---- */

static unsigned count_roots(const struct sim_vm *vm, int start_level)
{
	uint64_t covers = sim_rtt_bytes(vm->file.sim, start_level - 1), space = UINT64_C(1) << vm->ipa_bits;

	return space > covers ? (unsigned)(space / covers) : 1;
}

static int create_rd(struct sim_vm *vm, uint64_t params_pa, struct rmi_realm_params *params)
{
	struct realm_sim *sim = vm->file.sim;
	struct sim_realm *realm = &vm->realm;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REALM_CREATE, realm->rd, params_pa };

	params->rtt_base = realm->roots;
	params->rtt_level_start = realm->start_level;
	params->rtt_num_start = realm->num_roots;
	if (sim->v1)
		memcpy((uint8_t *)params + RMI1_REALM_PARAMS_VMID_OFFSET, &realm->vmid, sizeof(realm->vmid));
	sim_rmi(sim, regs);
	return sim_rmi_finish(sim, regs) == RMI_SUCCESS ? 0 : -ENXIO;
}

static void free_realm(struct sim_vm *vm)
{
	struct realm_sim *sim = vm->file.sim;

	if (vm->realm.rd)
		sim_granules_free(sim, vm->realm.rd, 1);
	if (vm->realm.roots)
		sim_granules_free(sim, vm->realm.roots, vm->realm.num_roots);
	vm->realm.rd = vm->realm.roots = 0;
}

static int alloc_realm(struct sim_vm *vm)
{
	struct realm_sim *sim = vm->file.sim;
	struct sim_realm *realm = &vm->realm;
	int err = sim_granules_alloc(sim, 1, &realm->rd);

	realm->start_level = sim_rtt_start_level(sim, vm->ipa_bits);
	realm->num_roots = count_roots(vm, realm->start_level);
	if (!err)
		err = sim_granules_alloc(sim, realm->num_roots, &realm->roots);
	return err;
}

static int create_from(struct sim_vm *vm, uint64_t params_pa)
{
	struct realm_sim *sim = vm->file.sim;
	struct rmi_realm_params *params = sim_memory_at(sim, params_pa, sizeof(*params));
	int err = sim_realm_params(vm, params);

	if (!err)
		err = vmid_take(sim, &vm->realm.vmid);
	if (err)
		return err;
	err = alloc_realm(vm);
	if (!err)
		err = create_rd(vm, params_pa, params);
	if (err) {
		free_realm(vm);
		vmid_return(sim, vm->realm.vmid);
	}
	return err;
}

int sim_realm_create(struct sim_vm *vm)
{
	struct realm_sim *sim = vm->file.sim;
	uint64_t params = sim_pages_alloc(sim, 1, 1);
	int err;

	if (!params)
		return -ENOMEM;
	err = create_from(vm, params);
	sim_pages_free(sim, params, 1);
	if (!err)
		vm->realm.state = SIM_REALM_NEW;
	return err;
}

/* ---- complete ---- */

static int create_recs(struct sim_vm *vm)
{
	int err = 0;

	for (unsigned i = 0; !err && i < vm->num_vcpus; i++)
		err = sim_rec_create(vm->vcpus[vm->creation[i]]);
	return err;
}

/* KVM has its slots in 128 buckets by hash_32() of their ids; the one added last is the first of its bucket. */
struct place {
	uint32_t bucket;
	uint64_t added;
	const struct sim_slot *slot;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	return x->added < y->added ? 1 : -1;
}

static unsigned sort_slots(const struct sim_vm *vm, struct place places[SIM_SLOTS_MAX])
{
	unsigned count = 0;

	for (uint32_t id = 0; id < SIM_SLOTS_MAX; id++) {
		const struct sim_slot *slot = &vm->slots[id];

		if (slot->used && slot->gmem)
			places[count++] = (struct place){ (id * UINT32_C(0x61C88647)) >> 25, slot->added, slot };
	}
	qsort(places, count, sizeof(*places), compare_places);
	return count;
}

static int init_slots(struct sim_vm *vm)
{
	struct place places[SIM_SLOTS_MAX];
	unsigned count = sort_slots(vm, places);
	int err = 0;

	for (unsigned i = 0; !err && i < count; i++)
		err = sim_ripas_init(vm, places[i].slot->gpa, places[i].slot->gpa + places[i].slot->size);
	return err;
}

static int complete(struct sim_vm *vm)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REALM_ACTIVATE, vm->realm.rd };
	int err = create_recs(vm);

	if (!err)
		err = init_slots(vm);
	if (!err && sim_rmi(vm->file.sim, regs) != RMI_SUCCESS)
		err = -ENXIO;
	return err;
}

int sim_realm_activate(struct sim_vm *vm)
{
	const struct realm_kvm_family *family = vm->file.sim->family;
	struct sim_realm *realm = &vm->realm;
	bool none = realm->state == SIM_REALM_NONE;
	int err = 0;

	if (family->seal != REALM_KVM_SEAL_FIRST_RUN || realm->state >= SIM_REALM_ACTIVE)
		return 0;
	if (family->populate == REALM_KVM_POPULATE_COUNT)	/* v12 despairs earlier than the others */
		realm->state = SIM_REALM_DEAD;
	if (!vm->vgic.created)
		return -EOPNOTSUPP;
	if (none)
		err = sim_realm_create(vm);
	if (err)
		return err;
	realm->state = SIM_REALM_DEAD;
	err = complete(vm);
	if (!err)
		realm->state = SIM_REALM_ACTIVE;
	return err;
}

/* ---- destroy ---- */

static bool destroy_rd(struct sim_vm *vm)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REALM_DESTROY, vm->realm.rd };

	sim_rmi(vm->file.sim, regs);
	return sim_rmi_finish(vm->file.sim, regs) == RMI_SUCCESS;
}

/* A realm that the RMM does not let go keeps its memory and its VMID. */
void sim_realm_destroy(struct sim_vm *vm)
{
	struct sim_realm *realm = &vm->realm;
	uint64_t half = sim_shared_bit(vm);

	if (!realm->rd)
		return;
	realm->state = SIM_REALM_DYING;
	sim_unmap_range(vm, 0, half, true);
	sim_unmap_range(vm, 0, half, false);
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		sim_rec_destroy(vm->vcpus[vm->creation[i]]);
	if (!vm->file.sim->v1)
		sim_rmi(vm->file.sim, (uint64_t[RMM_SMC_REGS]){ SMC_RMI_REALM_TERMINATE, realm->rd });
	sim_rtt_destroy_all(vm);
	if (destroy_rd(vm)) {
		free_realm(vm);
		vmid_return(vm->file.sim, realm->vmid);
	}
	realm->rd = 0;
	realm->state = SIM_REALM_DEAD;
}
