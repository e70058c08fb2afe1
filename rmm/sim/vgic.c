/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * vgic.c - the GICv3 of a VM: the device that user space sets up, and the registers that a guest sees
 *
 * There is no interrupt on this host, so there is nothing behind the registers: a guest finds a GIC without any state.
 * Redistributors are one region (KVM_VGIC_V3_ADDR_TYPE_REDIST); regions of a number and an ITS are not there.
 */
#include <errno.h>
#include <stdlib.h>

#include "sim.h"

#define ALIGNMENT UINT64_C(0x10000)
#define DIST_SIZE UINT64_C(0x10000)
#define REDIST_SIZE UINT64_C(0x20000)	/* a vCPU */
#define PRIVATE_IRQS 32
#define DEFAULT_IRQS 256
#define LAST_IRQ 1023

/* Registers with a value (IHI 0069); frames of 64 KiB */
#define GICD_TYPER 0x0004
#define GICD_IIDR 0x0008
#define GICR_IIDR 0x0004
#define GICR_TYPER 0x0008
#define PIDR2 0xffe8
#define IIDR_KVM UINT64_C(0x4b00043b)	/* product K, implemented by Arm */
#define PIDR2_GICV3 0x3b
#define TYPER_ID_BITS_SHIFT 19
#define ID_BITS 10
#define GICR_TYPER_LAST (UINT64_C(1) << 4)
#define GICR_TYPER_NUMBER_SHIFT 8
#define GICR_TYPER_AFFINITY_SHIFT 32

struct vgic_file {
	struct sim_file file;
	struct sim_vm *vm;	/* a reference is held */
};

/* ---- addresses ---- */

static uint64_t redist_size(const struct sim_vm *vm)
{
	return REDIST_SIZE * vm->num_vcpus;
}

static bool overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a != SIM_VGIC_UNSET && b != SIM_VGIC_UNSET && a < b + b_size && b < a + a_size;
}

static int set_address(const struct sim_vm *vm, uint64_t *address, uint64_t value, uint64_t size)
{
	uint64_t space = UINT64_C(1) << vm->ipa_bits;

	if (*address != SIM_VGIC_UNSET)
		return -EEXIST;
	if (value % ALIGNMENT || value + size < value)
		return -EINVAL;
	if (value >= space || value + size > space)
		return -E2BIG;
	*address = value;
	return 0;
}

static int set_dist(struct sim_vm *vm, uint64_t value)
{
	return set_address(vm, &vm->vgic.dist, value, DIST_SIZE);
}

static int set_redist(struct sim_vm *vm, uint64_t value)
{
	if (vm->vgic.redist == SIM_VGIC_UNSET && overlap(vm->vgic.dist, DIST_SIZE, value, redist_size(vm)))
		return -EINVAL;
	return set_address(vm, &vm->vgic.redist, value, redist_size(vm));
}

/* ---- device attributes ---- */

static int set_num_irqs(struct sim_vm *vm, uint32_t value)
{
	if (value < 2 * PRIVATE_IRQS || value > LAST_IRQ || value % PRIVATE_IRQS)
		return -EINVAL;
	if (vm->vgic.initialised || vm->vgic.num_irqs)
		return -EBUSY;
	vm->vgic.num_irqs = value;
	return 0;
}

static int initialise(struct sim_vm *vm)
{
	struct sim_vgic *vgic = &vm->vgic;

	if (!vm->num_vcpus)
		return -ENODEV;
	if (vgic->dist == SIM_VGIC_UNSET || vgic->redist == SIM_VGIC_UNSET)
		return -ENXIO;
	if (!vgic->num_irqs)
		vgic->num_irqs = DEFAULT_IRQS;
	vgic->initialised = true;
	return 0;
}

static int has_attr(const struct realm_kvm_device_attr *attr)
{
	switch (attr->group) {
	case REALM_KVM_DEV_ARM_VGIC_GRP_ADDR:
		return attr->attr == REALM_KVM_VGIC_V3_ADDR_TYPE_DIST ||
				       attr->attr == REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST ? 0 : -ENXIO;
	case REALM_KVM_DEV_ARM_VGIC_GRP_NR_IRQS:
		return 0;
	case REALM_KVM_DEV_ARM_VGIC_GRP_CTRL:
		return attr->attr == REALM_KVM_DEV_ARM_VGIC_CTRL_INIT ? 0 : -ENXIO;
	default:
		return -ENXIO;
	}
}

static int set_attr(struct sim_vm *vm, const struct realm_kvm_device_attr *attr)
{
	bool is_address = attr->group == REALM_KVM_DEV_ARM_VGIC_GRP_ADDR;
	uint64_t address;
	uint32_t number;
	int ret;

	if (attr->group == REALM_KVM_DEV_ARM_VGIC_GRP_CTRL)
		return initialise(vm);
	ret = is_address ? sim_copy_in(&address, attr->addr, sizeof(address)) :
			   sim_copy_in(&number, attr->addr, sizeof(number));
	if (ret)
		return ret;
	if (!is_address)
		return set_num_irqs(vm, number);
	return attr->attr == REALM_KVM_VGIC_V3_ADDR_TYPE_DIST ? set_dist(vm, address) : set_redist(vm, address);
}

static int get_attr(const struct sim_vm *vm, const struct realm_kvm_device_attr *attr)
{
	const struct sim_vgic *vgic = &vm->vgic;
	uint32_t number = vgic->num_irqs ? vgic->num_irqs : PRIVATE_IRQS;
	uint64_t address = attr->attr == REALM_KVM_VGIC_V3_ADDR_TYPE_DIST ? vgic->dist : vgic->redist;

	switch (attr->group) {
	case REALM_KVM_DEV_ARM_VGIC_GRP_ADDR:
		return sim_copy_out(attr->addr, &address, sizeof(address));
	case REALM_KVM_DEV_ARM_VGIC_GRP_NR_IRQS:
		return sim_copy_out(attr->addr, &number, sizeof(number));
	default:
		return -ENXIO;
	}
}

static int handle(struct sim_vm *vm, unsigned long request, uintptr_t arg)
{
	struct realm_kvm_device_attr attr;
	int ret = sim_copy_in(&attr, arg, sizeof(attr));

	if (!ret)
		ret = has_attr(&attr);
	if (ret || request == REALM_KVM_HAS_DEVICE_ATTR)
		return ret;
	return request == REALM_KVM_SET_DEVICE_ATTR ? set_attr(vm, &attr) : get_attr(vm, &attr);
}

static int vgic_ioctl(struct sim_file *file, unsigned long request, uintptr_t arg)
{
	struct sim_vm *vm = ((struct vgic_file *)file)->vm;
	int ret;

	if (request != REALM_KVM_SET_DEVICE_ATTR && request != REALM_KVM_GET_DEVICE_ATTR &&
	    request != REALM_KVM_HAS_DEVICE_ATTR)
		return -ENOTTY;
	pthread_mutex_lock(&vm->lock);
	ret = handle(vm, request, arg);
	pthread_mutex_unlock(&vm->lock);
	return ret;
}

static void vgic_release(struct sim_file *file)
{
	struct vgic_file *vgic = (struct vgic_file *)file;

	sim_file_put(&vgic->vm->file);
	free(vgic);
}

static const struct sim_file_ops vgic_ops = {
	.ioctl = vgic_ioctl,
	.release = vgic_release,
};

/* ---- KVM_CREATE_DEVICE ---- */

static int create(struct sim_vm *vm)
{
	if (vm->vgic.created)
		return -EEXIST;
	if (vm->has_run)
		return -EBUSY;
	vm->vgic = (struct sim_vgic){ .created = true, .dist = SIM_VGIC_UNSET, .redist = SIM_VGIC_UNSET };
	return 0;
}

static int open_device(struct sim_vm *vm)
{
	struct vgic_file *vgic = calloc(1, sizeof(*vgic));
	int fd;

	if (!vgic)
		return -ENOMEM;
	vgic->file = (struct sim_file){ .kind = SIM_DEVICE, .ops = &vgic_ops, .sim = vm->file.sim };
	vgic->vm = vm;
	sim_file_hold(&vm->file);
	fd = sim_file_open(vm->file.sim, &vgic->file, 0);
	if (fd < 0)
		vgic_release(&vgic->file);
	return fd;
}

/* As in Linux, a GIC that was created stays with the VM even if there was no descriptor for it. */
int sim_vgic_create(struct sim_vm *vm, struct realm_kvm_create_device *args)
{
	int ret;

	if (args->type != REALM_KVM_DEV_TYPE_ARM_VGIC_V3)
		return -ENODEV;
	if (args->flags & REALM_KVM_CREATE_DEVICE_TEST)
		return 0;
	pthread_mutex_lock(&vm->lock);
	ret = create(vm);
	pthread_mutex_unlock(&vm->lock);
	if (!ret)
		ret = open_device(vm);
	if (ret < 0)
		return ret;
	args->fd = (uint32_t)ret;
	return 0;
}

int sim_vgic_ready(const struct sim_vm *vm)
{
	if (vm->vgic.dist == SIM_VGIC_UNSET || vm->vgic.redist == SIM_VGIC_UNSET)
		return -ENXIO;
	if (overlap(vm->vgic.dist, DIST_SIZE, vm->vgic.redist, redist_size(vm)))
		return -EINVAL;
	return vm->vgic.initialised ? 0 : -EBUSY;
}

/* ---- what a guest sees ---- */

static uint64_t read_dist(const struct sim_vm *vm, uint64_t offset)
{
	switch (offset) {
	case GICD_TYPER:
		return (vm->vgic.num_irqs / PRIVATE_IRQS - 1) | (ID_BITS - 1) << TYPER_ID_BITS_SHIFT;
	case GICD_IIDR:
		return IIDR_KVM;
	case PIDR2:
		return PIDR2_GICV3;
	default:
		return 0;
	}
}

static uint64_t redist_type(const struct sim_vm *vm, unsigned number)
{
	uint64_t last = number + 1 == vm->num_vcpus ? GICR_TYPER_LAST : 0;

	return sim_mpidr(vm->creation[number]) << GICR_TYPER_AFFINITY_SHIFT |
	       (uint64_t)number << GICR_TYPER_NUMBER_SHIFT | last;
}

static uint64_t read_redist(const struct sim_vm *vm, uint64_t offset)
{
	unsigned number = (unsigned)(offset / REDIST_SIZE);

	switch (offset % REDIST_SIZE) {
	case GICR_IIDR:
		return IIDR_KVM;
	case GICR_TYPER:
		return redist_type(vm, number);
	case GICR_TYPER + 4:
		return redist_type(vm, number) >> GICR_TYPER_AFFINITY_SHIFT;
	case PIDR2:
		return PIDR2_GICV3;
	default:
		return 0;
	}
}

bool sim_vgic_access(const struct sim_vm *vm, uint64_t gpa, bool is_write, uint64_t *value)
{
	const struct sim_vgic *vgic = &vm->vgic;
	uint64_t from_dist = gpa - vgic->dist, from_redist = gpa - vgic->redist;

	if (!vgic->initialised || (from_dist >= DIST_SIZE && from_redist >= redist_size(vm)))
		return false;
	if (!is_write)
		*value = from_dist < DIST_SIZE ? read_dist(vm, from_dist) : read_redist(vm, from_redist);
	return true;
}
