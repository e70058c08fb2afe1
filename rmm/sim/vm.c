/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vm.c - descriptors of VMs */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim.h"

/* ---- memory ---- */

static int set_memory_region(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_userspace_memory_region old;
	struct realm_kvm_userspace_memory_region2 region = { 0 };
	int err = sim_copy_in(&old, arg, sizeof(old));

	if (err)
		return err;
	if (old.flags & ~(REALM_KVM_MEM_LOG_DIRTY_PAGES | REALM_KVM_MEM_READONLY))
		return -EINVAL;
	region.slot = old.slot;
	region.flags = old.flags;
	region.guest_phys_addr = old.guest_phys_addr;
	region.memory_size = old.memory_size;
	region.userspace_addr = old.userspace_addr;
	return sim_set_slot(vm, &region);
}

static int set_memory_region2(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_userspace_memory_region2 region;
	int err = sim_copy_in(&region, arg, sizeof(region));

	if (err)
		return err;
	return sim_has_memory2(vm->file.sim) ? sim_set_slot(vm, &region) : -EINVAL;
}

static int set_memory_attributes(struct sim_vm *vm, uintptr_t arg)
{
	const struct realm_kvm_family *family = vm->file.sim->family;
	struct realm_kvm_memory_attributes attributes;
	int err = sim_copy_in(&attributes, arg, sizeof(attributes));

	if (err)
		return err;
	if (!family || family->attributes != REALM_KVM_ATTRIBUTES_VM)
		return -EINVAL;
	return sim_set_attributes(vm, &attributes);
}

static int create_guest_memfd(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_create_guest_memfd create;
	int err = sim_copy_in(&create, arg, sizeof(create));

	if (err)
		return err;
	if (!sim_has_guest_memfd(vm->file.sim, vm->is_realm))
		return -EINVAL;
	return sim_gmem_open(vm, create.size, create.flags);
}

/* ---- realms ---- */

/* Capabilities of ordinary VMs that can be turned on; a guess at a number meets them. */
static bool can_enable(const struct sim_vm *vm, uint32_t cap)
{
	switch (cap) {
	case REALM_KVM_CAP_ARM_NISV_TO_USER:
	case REALM_KVM_CAP_ARM_WRITABLE_IMP_ID_REGS:
	case REALM_KVM_CAP_ARM_SEA_TO_USER:
		return sim_check_extension(vm->file.sim, vm, cap) > 0;
	default:
		return false;
	}
}

static int enable_cap(struct sim_vm *vm, uintptr_t arg)
{
	const struct realm_sim *sim = vm->file.sim;
	struct realm_kvm_enable_cap cap;
	int err = sim_copy_in(&cap, arg, sizeof(cap));

	if (err)
		return err;
	if (cap.flags)
		return -EINVAL;
	if (!vm->is_realm || sim->family->seal != REALM_KVM_SEAL_EXPLICIT || cap.cap != sim_realm_cap(sim))
		return can_enable(vm, cap.cap) ? 0 : -EINVAL;
	pthread_mutex_lock(&vm->lock);
	err = sim_realm_enable_cap(vm, &cap);
	pthread_mutex_unlock(&vm->lock);
	return err;
}

/* One of two encodings, by the family: the other is as unknown as both are to a kernel without realms. */
static int populate(struct sim_vm *vm, unsigned long request, uintptr_t arg)
{
	const struct realm_kvm_family *family = vm->file.sim->family;
	bool advance = request == REALM_KVM_ARM_RMI_POPULATE_V13;
	int result;

	if (!family || family->populate != (advance ? REALM_KVM_POPULATE_ADVANCE : REALM_KVM_POPULATE_COUNT))
		return -EINVAL;
	if (!vm->is_realm)
		return -ENXIO;
	pthread_mutex_lock(&vm->lock);
	result = sim_populate(vm, arg, advance);
	pthread_mutex_unlock(&vm->lock);
	return result;
}

int sim_vm_measurement(struct sim_vm *vm, unsigned index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp)
{
	struct rmm *rmm = vm->file.sim->rmm;
	size_t len = 0;

	_Static_assert(REALM_DIGEST_MAX == RMM_DIGEST_MAX, "a digest of the RMM fits");
	if (index > 4)
		return -EINVAL;
	pthread_mutex_lock(&vm->lock);
	if (vm->realm.rd)
		len = rmm_measurement(rmm, vm->realm.rd, index, value);
	pthread_mutex_unlock(&vm->lock);
	if (!len)
		return -ENODATA;
	*lenp = len;
	return 0;
}

/* ---- vCPUs and devices ---- */

static int preferred_target(uintptr_t arg)
{
	const struct realm_kvm_vcpu_init init = { .target = SIM_TARGET };

	return sim_copy_out(arg, &init, sizeof(init));
}

static int create_device(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_create_device create;
	int err = sim_copy_in(&create, arg, sizeof(create));

	if (!err)
		err = sim_vgic_create(vm, &create);
	return err ? err : sim_copy_out(arg, &create, sizeof(create));
}

/* ---- the filter of SMCCC calls ---- */

static bool filter_valid(const struct realm_kvm_smccc_filter *filter)
{
	for (unsigned i = 0; i < REALM_KVM_SMCCC_FILTER_PAD_COUNT; i++)
		if (filter->pad[i])
			return false;
	return filter->nr_functions && filter->base + (filter->nr_functions - 1) >= filter->base &&
	       filter->action <= REALM_KVM_SMCCC_FILTER_FWD_TO_USER;
}

/* Calls of the Arm architecture, of either width: they tell guests which CPU bugs are worked around. */
static bool is_reserved(uint32_t first, uint32_t last)
{
	return (first <= 0x8000ffff && last >= 0x80000000) || (first <= 0xc000ffff && last >= 0xc0000000);
}

static int add_filter(struct sim_vm *vm, uint32_t first, uint32_t last, uint8_t action)
{
	if (vm->has_run)
		return -EBUSY;
	if (is_reserved(first, last))
		return -EEXIST;
	for (unsigned i = 0; i < vm->num_filters; i++)
		if (first <= vm->filters[i].last && vm->filters[i].first <= last)
			return -EEXIST;
	if (vm->num_filters == SIM_FILTERS_MAX)
		return -ENOMEM;
	vm->filters[vm->num_filters++] = (struct sim_filter){ first, last, action };
	return 0;
}

static int set_filter(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_smccc_filter filter;
	int err = sim_copy_in(&filter, arg, sizeof(filter));

	if (err)
		return err;
	if (!filter_valid(&filter))
		return -EINVAL;
	pthread_mutex_lock(&vm->lock);
	err = add_filter(vm, filter.base, filter.base + (filter.nr_functions - 1), filter.action);
	pthread_mutex_unlock(&vm->lock);
	return err;
}

static int device_attr(struct sim_vm *vm, unsigned long request, uintptr_t arg)
{
	struct realm_kvm_device_attr attr;
	int err = sim_copy_in(&attr, arg, sizeof(attr));

	if (err)
		return err;
	if (attr.group != REALM_KVM_ARM_VM_SMCCC_CTRL || attr.attr != REALM_KVM_ARM_VM_SMCCC_FILTER)
		return -ENXIO;
	return request == REALM_KVM_SET_DEVICE_ATTR ? set_filter(vm, attr.addr) : 0;
}

/* ---- the descriptor ---- */

/* The counter of a realm is the RMM's. */
static int set_counter_offset(const struct sim_vm *vm)
{
	return sim_check_extension(vm->file.sim, vm, REALM_KVM_CAP_COUNTER_OFFSET) > 0 && !vm->is_realm ? 0 : -EINVAL;
}

static int vm_ioctl(struct sim_file *file, unsigned long request, uintptr_t arg)
{
	struct sim_vm *vm = (struct sim_vm *)file;

	switch (request) {
	case REALM_KVM_CHECK_EXTENSION:
		return sim_check_extension(file->sim, vm, arg);
	case REALM_KVM_CREATE_VCPU:
		return sim_vcpu_open(vm, arg);
	case REALM_KVM_SET_USER_MEMORY_REGION:
		return set_memory_region(vm, arg);
	case REALM_KVM_SET_USER_MEMORY_REGION2:
		return set_memory_region2(vm, arg);
	case REALM_KVM_SET_MEMORY_ATTRIBUTES:
		return set_memory_attributes(vm, arg);
	case REALM_KVM_CREATE_GUEST_MEMFD:
		return create_guest_memfd(vm, arg);
	case REALM_KVM_ENABLE_CAP:
		return enable_cap(vm, arg);
	case REALM_KVM_ARM_RMI_POPULATE_V12:
	case REALM_KVM_ARM_RMI_POPULATE_V13:
		return populate(vm, request, arg);
	case REALM_KVM_ARM_PREFERRED_TARGET:
		return preferred_target(arg);
	case REALM_KVM_CREATE_DEVICE:
		return create_device(vm, arg);
	case REALM_KVM_SET_DEVICE_ATTR:
	case REALM_KVM_HAS_DEVICE_ATTR:
		return device_attr(vm, request, arg);
	case REALM_KVM_ARM_SET_COUNTER_OFFSET:
		return set_counter_offset(vm);
	case REALM_KVM_IRQ_LINE:
		return -ENXIO;	/* no interrupt of a device reaches a guest here */
	case REALM_KVM_IRQFD:
	case REALM_KVM_IOEVENTFD:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}

static void vm_release(struct sim_file *file)
{
	struct sim_vm *vm = (struct sim_vm *)file;
	struct realm_sim *sim = file->sim;

	pthread_mutex_lock(&vm->lock);
	if (vm->is_realm)
		sim_realm_destroy(vm);
	pthread_mutex_unlock(&vm->lock);
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		sim_vcpu_free(vm->vcpus[vm->creation[i]]);
	free(vm->private.list);
	pthread_cond_destroy(&vm->changed);
	pthread_mutex_destroy(&vm->lock);
	free(vm);
	sim_memory_trim(sim);
}

/* Waits go by a clock that nobody sets. */
static void init_waiting(struct sim_vm *vm)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&vm->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&vm->changed, &attr);
	pthread_condattr_destroy(&attr);
}

int sim_vm_open(struct realm_sim *sim, bool is_realm, bool is_protected, unsigned ipa_bits)
{
	static const struct sim_file_ops ops = { .ioctl = vm_ioctl, .release = vm_release };
	struct sim_vm *vm = calloc(1, sizeof(*vm));
	int fd;

	if (!vm)
		return -ENOMEM;
	vm->file = (struct sim_file){ .kind = SIM_VM, .ops = &ops, .sim = sim };
	vm->is_realm = is_realm;
	vm->is_protected = is_protected;
	vm->ipa_bits = ipa_bits;
	init_waiting(vm);
	fd = sim_file_open(sim, &vm->file, 0);
	if (fd < 0)
		vm_release(&vm->file);
	return fd;
}
