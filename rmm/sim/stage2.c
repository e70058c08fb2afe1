/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stage2.c - what is mapped in a realm: pages of its own, pages of user space, and the faults that ask for them */
#include <errno.h>

#include "rmi-1.0.h"
#include "rmi.h"
#include "sim.h"

#define MEMATTR_WRITE_BACK 6	/* MemAttr[2:0] with FEAT_S2FWB */

/* Permissions; the descriptor that 1.0 takes has read in bit 0, the flags of 2.0 in bit 1 */
#define S2AP_RW 3
#define V1_S2AP_RO 1
#define V2_S2AP_RO 2
#define V1_MEMATTR_SHIFT 2
#define V1_S2AP_SHIFT 6

static uint64_t page_size(const struct sim_vm *vm)
{
	return vm->file.sim->memory.page_size;
}

/* ---- pages of the realm ---- */

int sim_private_take(struct sim_vm *vm, struct sim_slot *slot, uint64_t gpa, uint64_t *pap)
{
	struct realm_sim *sim = vm->file.sim;

	if (!sim->family->guest_memfd)
		return sim_granules_alloc(sim, 1, pap);
	*pap = sim_gmem_page(slot->gmem, slot->gmem_offset + (gpa - slot->gpa), true);
	if (!*pap)
		return -ENOMEM;
	return sim_delegate(sim, *pap, 1) ? 0 : -ENXIO;
}

void sim_private_return(struct sim_vm *vm, uint64_t pa)
{
	struct realm_sim *sim = vm->file.sim;

	if (sim->family->guest_memfd)
		sim_undelegate(sim, pa, 1);
	else
		sim_granules_free(sim, pa, 1);
}

/* ---- address range descriptors of level 3: the count stands below the address, as wide as the page allows ---- */

static uint64_t descriptor(uint64_t pa, uint64_t state)
{
	return pa | 1 << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT | state << RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT;
}

static uint64_t descriptor_pa(const struct sim_vm *vm, uint64_t word)
{
	return word & ((UINT64_C(1) << 52) - page_size(vm));
}

static uint64_t descriptor_pages(const struct sim_vm *vm, uint64_t word)
{
	return (word & (page_size(vm) - 1)) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;
}

/* ---- map ---- */

/*
 * true: it is mapped. *errp is 0 also if it is not because another vCPU has been faster, or because the RMM gave way to
 * an interrupt: the guest tries again.
 */
static bool map(struct sim_vm *vm, uint64_t ipa, uint64_t regs[RMM_SMC_REGS], int *errp)
{
	int result = sim_rtt_map(vm, ipa, regs);

	*errp = result;
	if (!result)
		return vm->file.sim->v1 || regs[1] > ipa;
	if (result > 0)
		*errp = result == RMI_ERROR_RTT ? 0 : -ENXIO;
	return false;
}

static void private_call(const struct sim_vm *vm, uint64_t gpa, uint64_t pa, uint64_t regs[RMM_SMC_REGS])
{
	regs[1] = vm->realm.rd;
	if (vm->file.sim->v1) {
		regs[0] = SMC_RMI1_DATA_CREATE_UNKNOWN;
		regs[2] = pa;
		regs[3] = gpa;
		return;
	}
	regs[0] = SMC_RMI_RTT_DATA_MAP;
	regs[2] = gpa;
	regs[3] = gpa + page_size(vm);
	regs[4] = RMI_ADDR_TYPE_SINGLE;
	regs[5] = descriptor(pa, RMI_OP_MEM_DELEGATED);
}

static int map_private(struct sim_vm *vm, uint64_t gpa)
{
	struct sim_slot *slot = sim_slot_of(vm, gpa);
	uint64_t pa, regs[RMM_SMC_REGS] = { 0 };
	int result = sim_private_take(vm, slot, gpa, &pa);

	if (result)
		return result == -ENXIO ? 0 : result;
	private_call(vm, gpa, pa, regs);
	if (map(vm, gpa, regs, &result))
		return 0;
	sim_private_return(vm, pa);
	return result;
}

static void shared_call(const struct sim_vm *vm, uint64_t ipa, uint64_t pa, bool writable, uint64_t regs[RMM_SMC_REGS])
{
	uint64_t flags = rmi_rtt_unprot_map_flags_set_oaddr_type(0, RMI_ADDR_TYPE_SINGLE);

	regs[1] = vm->realm.rd;
	regs[2] = ipa;
	if (vm->file.sim->v1) {
		regs[0] = SMC_RMI1_RTT_MAP_UNPROTECTED;
		regs[3] = SIM_LAST_LEVEL;
		regs[4] = pa | MEMATTR_WRITE_BACK << V1_MEMATTR_SHIFT |
			  (writable ? S2AP_RW : V1_S2AP_RO) << V1_S2AP_SHIFT;
		return;
	}
	flags = rmi_rtt_unprot_map_flags_set_memattr(flags, MEMATTR_WRITE_BACK);
	regs[0] = SMC_RMI_RTT_UNPROT_MAP;
	regs[3] = ipa + page_size(vm);
	regs[4] = rmi_rtt_unprot_map_flags_set_s2ap(flags, writable ? S2AP_RW : V2_S2AP_RO);
	regs[5] = descriptor(pa, RMI_OP_MEM_UNDELEGATED);
}

static int map_shared(struct sim_vm *vm, uint64_t gpa)
{
	struct realm_sim *sim = vm->file.sim;
	struct sim_slot *slot = sim_slot_of(vm, gpa);
	uint8_t *page = slot->user + (gpa - slot->gpa);
	uint64_t ipa = gpa | sim_shared_bit(vm);
	uint64_t pa, regs[RMM_SMC_REGS] = { 0 };
	int result;

	if (!sim_user_mapped(page, page_size(vm)))
		return -EFAULT;
	pa = sim_window_open(sim, page);
	if (!pa)
		return -ENOMEM;
	shared_call(vm, ipa, pa, !(slot->flags & REALM_KVM_MEM_READONLY), regs);
	if (map(vm, ipa, regs, &result))
		return 0;
	sim_window_close(sim, pa);
	return result;
}

/* ---- unmap; each step gives the IPA where to go on, or 0 if the RMM refuses ---- */

static void release(struct sim_vm *vm, uint64_t ipa, uint64_t pa, uint64_t pages)
{
	for (; pages; pages--, pa += page_size(vm)) {
		if (ipa < sim_shared_bit(vm))
			sim_private_return(vm, pa);
		else
			sim_window_close(vm->file.sim, pa);
	}
}

/* Behind the entry that a walk ended at; nothing is mapped there. */
static uint64_t behind(const struct sim_vm *vm, uint64_t ipa, int level)
{
	uint64_t bytes = sim_rtt_bytes(vm->file.sim, level);

	return (ipa & ~(bytes - 1)) + bytes;
}

static uint64_t unmap_private_v1(struct sim_vm *vm, uint64_t ipa)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI1_DATA_DESTROY, vm->realm.rd, ipa };
	uint64_t result = sim_rmi(vm->file.sim, regs), next = ipa + page_size(vm);
	int level;

	if (sim_rtt_missed(result, &level))
		return regs[2];
	if (result != RMI_SUCCESS)
		return 0;
	release(vm, ipa, regs[1], 1);
	return next;
}

/* The RMM does not say what it has unmapped there, so the entry is read before. */
static uint64_t unmap_shared_v1(struct sim_vm *vm, uint64_t ipa)
{
	struct realm_sim *sim = vm->file.sim;
	uint64_t entry[RMM_SMC_REGS] = { SMC_RMI_RTT_READ_ENTRY, vm->realm.rd, ipa, SIM_LAST_LEVEL };
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI1_RTT_UNMAP_UNPROTECTED, vm->realm.rd, ipa, SIM_LAST_LEVEL };
	uint64_t result, next = ipa + page_size(vm);
	int level;

	if (sim_rmi(sim, entry) != RMI_SUCCESS)
		return 0;
	result = sim_rmi(sim, regs);
	if (sim_rtt_missed(result, &level))
		return regs[1];
	if (result != RMI_SUCCESS)
		return 0;
	if (entry[2] == RMI_ASSIGNED)
		release(vm, ipa, descriptor_pa(vm, entry[3]), 1);
	return next;
}

static uint64_t unmap_v2(struct sim_vm *vm, uint64_t ipa, uint64_t top)
{
	bool private = ipa < sim_shared_bit(vm);
	uint64_t regs[RMM_SMC_REGS] = { private ? SMC_RMI_RTT_DATA_UNMAP : SMC_RMI_RTT_UNPROT_UNMAP, vm->realm.rd,
					ipa, top, RMI_ADDR_TYPE_SINGLE };
	uint64_t result;
	int level;

	sim_rmi(vm->file.sim, regs);
	result = sim_rmi_finish(vm->file.sim, regs);
	if (sim_rtt_missed(result, &level) && level < SIM_LAST_LEVEL)
		return behind(vm, ipa, level);
	if (result != RMI_SUCCESS)
		return 0;
	release(vm, ipa, descriptor_pa(vm, regs[2]), descriptor_pages(vm, regs[2]));
	return regs[1];
}

static uint64_t unmap_some(struct sim_vm *vm, uint64_t ipa, uint64_t top)
{
	if (!vm->file.sim->v1)
		return unmap_v2(vm, ipa, top);
	return ipa < sim_shared_bit(vm) ? unmap_private_v1(vm, ipa) : unmap_shared_v1(vm, ipa);
}

void sim_unmap_range(struct sim_vm *vm, uint64_t base, uint64_t top, bool private)
{
	uint64_t offset = private ? 0 : sim_shared_bit(vm);
	uint64_t ipa = base + offset;

	if (!vm->realm.rd)
		return;
	while (ipa < top + offset) {
		uint64_t next = unmap_some(vm, ipa, top + offset);

		if (next <= ipa)
			return;
		ipa = next;
	}
}

/* ---- faults ---- */

/* Where both halves cannot be had at a time: is this the one that the attribute does not allow? */
static bool is_mismatch(const struct sim_vm *vm, const struct sim_slot *slot, uint64_t gpa, bool private)
{
	const struct realm_kvm_family *family = vm->file.sim->family;

	if (private && family->guest_memfd && !slot->gmem)
		return true;
	if (family->attributes == REALM_KVM_ATTRIBUTES_VM || (slot->gmem && slot->gmem->shared))
		return sim_is_private(vm, slot, gpa) != private;
	return false;
}

int sim_stage2_fault(struct sim_vcpu *vcpu, uint64_t ipa, bool is_write)
{
	struct sim_vm *vm = vcpu->vm;
	bool private = !(ipa & sim_shared_bit(vm));
	uint64_t gpa = ipa & ~sim_shared_bit(vm) & ~(page_size(vm) - 1);
	const struct sim_slot *slot = sim_slot_of(vm, gpa);
	int err;

	if (!private && (!slot || (is_write && (slot->flags & REALM_KVM_MEM_READONLY))))
		return SIM_FAULT_MMIO;
	if (!slot || is_mismatch(vm, slot, gpa, private))
		return sim_exit_memory_fault(vcpu, gpa, page_size(vm), private);
	err = private ? map_private(vm, gpa) : map_shared(vm, gpa);
	if (err == -ENOMEM)
		sim_exit_memory_fault(vcpu, gpa, page_size(vm), false);
	return err ? err : SIM_FAULT_AGAIN;
}
