/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* slots.c - memory slots of a VM, and which of its addresses are private */
#include <errno.h>
#include <string.h>

#include "sim.h"

static bool is_aligned(const struct sim_vm *vm, uint64_t value)
{
	return value % vm->file.sim->memory.page_size == 0;
}

uint64_t sim_shared_bit(const struct sim_vm *vm)
{
	return UINT64_C(1) << (vm->ipa_bits - 1);
}

/* ---- which slot, and whose ---- */

struct sim_slot *sim_slot_of(struct sim_vm *vm, uint64_t gpa)
{
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		struct sim_slot *slot = &vm->slots[i];

		if (slot->used && gpa >= slot->gpa && gpa - slot->gpa < slot->size)
			return slot;
	}
	return NULL;
}

/*
 * Where there are no attributes, up to RFC v1, the half that is accessed says it all. A v15 that does not share in place
 * asks the VM, whose attributes nobody can set there.
 */
bool sim_is_private(const struct sim_vm *vm, const struct sim_slot *slot, uint64_t gpa)
{
	switch (vm->file.sim->family->attributes) {
	case REALM_KVM_ATTRIBUTES_VM:
		return sim_intervals_has(&vm->private, gpa, gpa + vm->file.sim->memory.page_size);
	case REALM_KVM_ATTRIBUTES_GUEST_MEMFD:
		return slot->gmem && sim_gmem_flags(vm->file.sim, true) &&
		       !sim_gmem_is_shared(slot->gmem, slot->gmem_offset + (gpa - slot->gpa));
	default:
		return true;
	}
}

/* ---- KVM_SET_USER_MEMORY_REGION2 ---- */

static bool flags_valid(const struct sim_vm *vm, uint32_t flags)
{
	bool gmem = sim_has_guest_memfd(vm->file.sim, vm->is_realm);

	if (flags & REALM_KVM_MEM_GUEST_MEMFD)
		return gmem && flags == REALM_KVM_MEM_GUEST_MEMFD;
	if (vm->is_realm && flags & REALM_KVM_MEM_LOG_DIRTY_PAGES)
		return false;
	return !(flags & ~(REALM_KVM_MEM_LOG_DIRTY_PAGES | REALM_KVM_MEM_READONLY));
}

/* KVM counts the pages of a slot in 31 bits. */
static bool sizes_valid(const struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region)
{
	uint64_t pages = region->memory_size / vm->file.sim->memory.page_size;

	return is_aligned(vm, region->memory_size) && pages <= INT32_MAX &&
	       region->guest_phys_addr + region->memory_size >= region->guest_phys_addr &&
	       region->userspace_addr + region->memory_size >= region->userspace_addr;
}

static bool region_valid(const struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region)
{
	if (!flags_valid(vm, region->flags) || region->slot >= SIM_SLOTS_MAX)
		return false;
	if (!is_aligned(vm, region->guest_phys_addr) || !is_aligned(vm, region->userspace_addr) ||
	    !sizes_valid(vm, region))
		return false;
	if (region->flags & REALM_KVM_MEM_GUEST_MEMFD)
		return is_aligned(vm, region->guest_memfd_offset) &&
		       region->guest_memfd_offset + region->memory_size >= region->guest_memfd_offset;
	return true;
}

/* Slots stand in the protected half of a realm. */
static bool is_in_reach(const struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region)
{
	uint64_t end = vm->is_realm ? sim_shared_bit(vm) : 2 * sim_shared_bit(vm);

	return region->guest_phys_addr + region->memory_size <= end;
}

static bool overlaps(const struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region)
{
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		const struct sim_slot *slot = &vm->slots[i];

		if (slot->used && i != region->slot && slot->gpa < region->guest_phys_addr + region->memory_size &&
		    region->guest_phys_addr < slot->gpa + slot->size)
			return true;
	}
	return false;
}

/* Is this part of the file free, and there? */
static bool can_bind(const struct sim_vm *vm, const struct sim_gmem *gmem,
		     const struct realm_kvm_userspace_memory_region2 *region)
{
	uint64_t first = region->guest_memfd_offset, end = first + region->memory_size;

	if (gmem->vm != vm || end > gmem->size)
		return false;
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		const struct sim_slot *slot = &vm->slots[i];

		if (slot->used && slot->gmem == gmem && slot->gmem_offset < end &&
		    first < slot->gmem_offset + slot->size)
			return false;
	}
	return true;
}

static void unmap_slot(struct sim_vm *vm, const struct sim_slot *slot)
{
	sim_unmap_range(vm, slot->gpa, slot->gpa + slot->size, true);
	sim_unmap_range(vm, slot->gpa, slot->gpa + slot->size, false);
}

static int delete_slot(struct sim_vm *vm, struct sim_slot *slot)
{
	if (!slot->used)
		return -EINVAL;
	unmap_slot(vm, slot);
	memset(slot, 0, sizeof(*slot));
	return 0;
}

static uint64_t next_added(const struct sim_vm *vm)
{
	uint64_t last = 0;

	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++)
		if (vm->slots[i].added > last)
			last = vm->slots[i].added;
	return last + 1;
}

static int create_slot(struct sim_vm *vm, struct sim_slot *slot, struct sim_gmem *gmem,
		       const struct realm_kvm_userspace_memory_region2 *region)
{
	if (!is_in_reach(vm, region))
		return -EFAULT;
	if (overlaps(vm, region))
		return -EEXIST;
	if (gmem && !can_bind(vm, gmem, region))
		return -EINVAL;
	*slot = (struct sim_slot){
		.used = true,
		.flags = region->flags,
		.gpa = region->guest_phys_addr,
		.size = region->memory_size,
		.user = (uint8_t *)(uintptr_t)region->userspace_addr,
		.gmem = gmem,
		.gmem_offset = gmem ? region->guest_memfd_offset : 0,
		.added = next_added(vm),
	};
	return 0;
}

/* A slot can move, and its dirty log can be turned on and off. One with a guest_memfd stays as it is. */
static int change_slot(struct sim_vm *vm, struct sim_slot *slot,
		       const struct realm_kvm_userspace_memory_region2 *region)
{
	if ((region->flags | slot->flags) & REALM_KVM_MEM_GUEST_MEMFD ||
	    region->userspace_addr != (uintptr_t)slot->user || region->memory_size != slot->size ||
	    (region->flags ^ slot->flags) & REALM_KVM_MEM_READONLY)
		return -EINVAL;
	if (region->guest_phys_addr != slot->gpa) {
		if (!is_in_reach(vm, region))
			return -EFAULT;
		if (overlaps(vm, region))
			return -EEXIST;
		unmap_slot(vm, slot);
		slot->gpa = region->guest_phys_addr;
	}
	slot->flags = region->flags;
	return 0;
}

static int set_slot(struct sim_vm *vm, struct sim_gmem *gmem, const struct realm_kvm_userspace_memory_region2 *region)
{
	struct sim_slot *slot = &vm->slots[region->slot];

	if (!region->memory_size)
		return delete_slot(vm, slot);
	return slot->used ? change_slot(vm, slot, region) : create_slot(vm, slot, gmem, region);
}

/* The guest_memfd that a region names; 0 with NULL: none */
static int gmem_of(struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region, struct sim_gmem **gmemp)
{
	struct sim_file *file;

	*gmemp = NULL;
	if (!(region->flags & REALM_KVM_MEM_GUEST_MEMFD) || !region->memory_size)
		return 0;
	file = sim_file_at(vm->file.sim, (int)region->guest_memfd);
	if (!file)
		return -EBADF;
	if (file->kind != SIM_GMEM) {
		sim_file_put(file);
		return -EINVAL;
	}
	*gmemp = (struct sim_gmem *)file;
	return 0;
}

int sim_set_slot(struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region)
{
	struct sim_gmem *gmem;
	int err;

	if (!region_valid(vm, region))
		return -EINVAL;
	err = gmem_of(vm, region, &gmem);
	if (err)
		return err;
	pthread_mutex_lock(&vm->lock);
	err = set_slot(vm, gmem, region);
	pthread_mutex_unlock(&vm->lock);
	if (gmem)
		sim_file_put(&gmem->file);
	return err;
}

/* ---- unmapping ---- */

/* What of the slots is in [base, top) */
static void unmap_range(struct sim_vm *vm, uint64_t base, uint64_t top, bool private)
{
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		const struct sim_slot *slot = &vm->slots[i];
		uint64_t end = slot->gpa + slot->size;

		if (slot->used && slot->gpa < top && base < end)
			sim_unmap_range(vm, base > slot->gpa ? base : slot->gpa, top < end ? top : end, private);
	}
}

static void user_unmapped(struct sim_vm *vm, uintptr_t start, uintptr_t end)
{
	pthread_mutex_lock(&vm->lock);
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		const struct sim_slot *slot = &vm->slots[i];
		uintptr_t user = (uintptr_t)slot->user, user_end = user + slot->size;
		uintptr_t first = user > start ? user : start, last = user_end < end ? user_end : end;

		if (slot->used && user && first < last)
			sim_unmap_range(vm, slot->gpa + (first - user), slot->gpa + (last - user), false);
	}
	pthread_mutex_unlock(&vm->lock);
}

static struct sim_vm *vm_of(struct sim_file *file)
{
	if (file->kind == SIM_VM)
		return (struct sim_vm *)file;
	return file->kind == SIM_VCPU ? ((struct sim_vcpu *)file)->vm : NULL;
}

static size_t table_size(struct realm_sim *sim)
{
	size_t max;

	pthread_mutex_lock(&sim->table_lock);
	max = sim->max_files;
	pthread_mutex_unlock(&sim->table_lock);
	return max;
}

void sim_user_unmapped(struct realm_sim *sim, const void *start, size_t size)
{
	size_t max = table_size(sim);

	for (size_t fd = 0; fd < max; fd++) {
		struct sim_file *file = sim_file_at(sim, (int)fd);
		struct sim_vm *vm = file ? vm_of(file) : NULL;

		if (vm && vm->is_realm)
			user_unmapped(vm, (uintptr_t)start, (uintptr_t)start + size);
		if (file)
			sim_file_put(file);
	}
}

/* ---- KVM_SET_MEMORY_ATTRIBUTES ---- */

int sim_set_attributes(struct sim_vm *vm, const struct realm_kvm_memory_attributes *attributes)
{
	uint64_t base = attributes->address, top = base + attributes->size;
	bool private = attributes->attributes;
	int err;

	if (attributes->flags || (private && !vm->is_realm) ||
	    attributes->attributes & ~(uint64_t)REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE)
		return -EINVAL;
	if (top <= base || !is_aligned(vm, base) || !is_aligned(vm, top))
		return -EINVAL;
	pthread_mutex_lock(&vm->lock);
	err = sim_intervals_set(&vm->private, base, top, private);
	if (!err)
		unmap_range(vm, base, top, !private);
	pthread_mutex_unlock(&vm->lock);
	return err;
}
