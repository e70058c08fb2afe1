/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * populate.c - pages with content, before the realm is activated
 *
 * From v12 on a call takes a source and behaves as kvm_gmem_populate() does: it ends with its slot, and what goes wrong
 * behind the first page is for the next call to find. Before, the content comes from the shared mapping of the same
 * pages.
 */
#include <errno.h>

#include "rmi.h"
#include "sim.h"

static uint64_t page_size(const struct sim_vm *vm)
{
	return vm->file.sim->memory.page_size;
}

/* A run of pages: where they go, and the page of the window that stands for each of them in turn */
struct run {
	struct sim_vm *vm;
	struct sim_slot *slot;
	uint64_t flags, window;
};

/* 0, negative errno, or the RMI's status */
static int populate_page(const struct run *run, uint64_t gpa, uint8_t *source)
{
	struct sim_vm *vm = run->vm;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_DATA_MAP_INIT, vm->realm.rd, 0, gpa, run->window, run->flags };
	uint64_t data;
	int result = sim_private_take(vm, run->slot, gpa, &data);

	if (result)
		return result;
	sim_window_turn(vm->file.sim, run->window, source);
	regs[2] = data;
	result = sim_rtt_map(vm, gpa, regs);
	if (result)
		sim_private_return(vm, data);
	return result;
}

static uint64_t data_flags(uint32_t flags)
{
	return flags & REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE ? RMI_MEASURE_CONTENT : RMI_NO_MEASURE_CONTENT;
}

/* ---- before v12 ---- */

static int populate_from_slot(struct sim_vm *vm, struct sim_slot *slot, uint64_t base, uint64_t top, uint32_t flags)
{
	uint8_t *source = slot->user + (base - slot->gpa);
	struct run run = { vm, slot, data_flags(flags), sim_window_open(vm->file.sim, source) };
	int result = 0;

	if (!run.window)
		return -ENOMEM;
	if (!sim_user_mapped(source, top - base))
		result = -EFAULT;
	for (uint64_t gpa = base; !result && gpa < top; gpa += page_size(vm))
		result = populate_page(&run, gpa, source + (gpa - base));
	sim_window_close(vm->file.sim, run.window);
	return result > 0 ? -ENXIO : result;
}

int sim_populate_shared(struct sim_vm *vm, uint64_t base, uint64_t size, uint32_t flags)
{
	struct sim_slot *slot = sim_slot_of(vm, base);

	if ((base | size) & (page_size(vm) - 1) || base + size < base ||
	    flags & ~(uint32_t)REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE || vm->realm.state != SIM_REALM_NEW)
		return -EINVAL;
	if (!slot || size > slot->gpa + slot->size - base || (vm->file.sim->family->guest_memfd && !slot->gmem))
		return -EINVAL;
	return populate_from_slot(vm, slot, base, base + size, flags);
}

/* ---- from v12 on ---- */

static bool is_v15(const struct sim_vm *vm)
{
	return vm->file.sim->family->attributes == REALM_KVM_ATTRIBUTES_GUEST_MEMFD;
}

/* v12 does not look at how the source is aligned, and takes the pages that it lies in. */
static bool is_aligned(const struct sim_vm *vm, const struct realm_kvm_arm_rmi_populate *args, bool advance)
{
	uint64_t all = args->base | args->size | (advance ? args->source_uaddr : 0);

	return !(all & (page_size(vm) - 1));
}

static bool is_in_half(const struct sim_vm *vm, const struct realm_kvm_arm_rmi_populate *args)
{
	uint64_t end = args->base + args->size;

	return end >= args->base && end <= sim_shared_bit(vm);
}

static int check(const struct sim_vm *vm, const struct realm_kvm_arm_rmi_populate *args, bool advance)
{
	if (!is_aligned(vm, args, advance) || args->reserved ||
	    args->flags & ~(uint32_t)REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE)
		return -EINVAL;
	if (is_v15(vm) && (!args->source_uaddr || !is_in_half(vm, args)))
		return -EINVAL;
	return 0;
}

static int make_realm(struct sim_vm *vm)
{
	switch (vm->realm.state) {
	case SIM_REALM_NONE:
		return sim_realm_create(vm);
	case SIM_REALM_NEW:
		return 0;
	case SIM_REALM_ACTIVE:
		return -EBUSY;
	default:
		return -ENXIO;
	}
}

/* How many pages a call does before it is interrupted */
static uint64_t patience(struct realm_sim *sim)
{
	struct realm_sim_fault fault;

	return sim_fault_hits(sim, REALM_SIM_POPULATE, 0, &fault) ? fault.result : UINT64_MAX;
}

/* *donep: pages. 0, or why there are not more of them: negative errno, or the RMI's status */
static int populate_pages(struct sim_vm *vm, struct sim_slot *slot, const struct realm_kvm_arm_rmi_populate *args,
			  uint64_t pages, uint64_t *donep)
{
	uint8_t *source = (uint8_t *)(uintptr_t)(args->source_uaddr & ~(page_size(vm) - 1));
	struct run run = { vm, slot, data_flags(args->flags), sim_window_open(vm->file.sim, source) };
	uint64_t limit = patience(vm->file.sim);
	int result = sim_user_mapped(source, pages * page_size(vm)) ? 0 : -EFAULT;

	if (!run.window)
		return -ENOMEM;
	for (*donep = 0; !result && *donep < pages; *donep += !result) {
		uint64_t offset = *donep * page_size(vm);

		if (*donep == limit)
			result = -EINTR;
		else if (!sim_is_private(vm, slot, args->base + offset))
			result = -EINVAL;
		else
			result = populate_page(&run, args->base + offset, source + offset);
	}
	sim_window_close(vm->file.sim, run.window);
	return result;
}

/* Up to v14 a status of the RMI gets out as it is, and looks like success. */
static int fault_of(const struct sim_vm *vm, int result)
{
	return result > 0 && is_v15(vm) ? -ENXIO : result;
}

static int populate(struct sim_vm *vm, const struct realm_kvm_arm_rmi_populate *args, uint64_t *donep)
{
	struct sim_slot *slot;
	uint64_t left;
	int result = make_realm(vm);

	if (result || (is_v15(vm) && !args->size))
		return result;
	slot = sim_slot_of(vm, args->base);
	if (!slot || !slot->gmem || !args->size)
		return -EINVAL;
	if (!args->source_uaddr)
		return -EOPNOTSUPP;
	left = slot->gpa + slot->size - args->base;
	result = populate_pages(vm, slot, args, (args->size < left ? args->size : left) / page_size(vm), donep);
	return *donep ? 0 : fault_of(vm, result);
}

int sim_populate(struct sim_vm *vm, uintptr_t arg, bool advance)
{
	struct realm_kvm_arm_rmi_populate args;
	uint64_t done = 0;
	int result = sim_copy_in(&args, arg, sizeof(args));

	if (result)
		return result;
	result = check(vm, &args, advance);
	if (!result)
		result = populate(vm, &args, &done);
	if (!advance)
		return done ? (int)(done * page_size(vm)) : result;
	args.base += done * page_size(vm);
	args.source_uaddr += done * page_size(vm);
	args.size -= done * page_size(vm);
	if (sim_copy_out(arg, &args, sizeof(args)))
		return -EFAULT;
	return result;
}
