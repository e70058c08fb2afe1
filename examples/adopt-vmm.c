/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * adopt-vmm.c - what a VMM does itself: VM, vCPU, memory and GIC, by its own calls
 *
 * This one works on the software host.  On KVM, open(), ioctl(), mmap(), munmap() and close() stand for the operations of that.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include "adopt-vmm.h"
#include "kvm-uapi.h"

static int vmm_ioctl(struct vmm *vmm, int fd, unsigned long request, uintptr_t arg)
{
	return vmm->ops->ioctl(vmm->sim, fd, request, arg);
}

int vmm_make_vm(struct vmm *vmm, uint64_t type)
{
	vmm->kvm = vmm->ops->open(vmm->sim, "/dev/kvm", O_RDWR);
	if (vmm->kvm < 0)
		return vmm->kvm;
	vmm->run_size = vmm_ioctl(vmm, vmm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (vmm->run_size < 0)
		return vmm->run_size;
	vmm->vm = vmm_ioctl(vmm, vmm->kvm, KVM_CREATE_VM, type);
	return vmm->vm < 0 ? vmm->vm : 0;
}

/* KVM_ARM_VCPU_INIT is for librealm, which knows the features of each family. */
int vmm_make_vcpu(struct vmm *vmm)
{
	vmm->vcpu = vmm_ioctl(vmm, vmm->vm, KVM_CREATE_VCPU, 0);
	if (vmm->vcpu < 0)
		return vmm->vcpu;
	return vmm->ops->mmap(vmm->sim, (size_t)vmm->run_size, PROT_READ | PROT_WRITE, MAP_SHARED, vmm->vcpu, 0,
			      &vmm->run);
}

int vmm_make_memory(struct vmm *vmm)
{
	struct kvm_create_guest_memfd create = { .size = VMM_RAM_SIZE };
	struct kvm_userspace_memory_region2 region = {
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = VMM_RAM_BASE,
		.memory_size = VMM_RAM_SIZE,
	};
	int err = vmm->ops->mmap(vmm->sim, VMM_RAM_SIZE, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0, &vmm->shared);

	if (err)
		return err;
	vmm->gmem = vmm_ioctl(vmm, vmm->vm, KVM_CREATE_GUEST_MEMFD, (uintptr_t)&create);
	if (vmm->gmem < 0)
		return vmm->gmem;
	region.userspace_addr = (uintptr_t)vmm->shared;
	region.guest_memfd = (uint32_t)vmm->gmem;
	return vmm_ioctl(vmm, vmm->vm, KVM_SET_USER_MEMORY_REGION2, (uintptr_t)&region);
}

static int set_gic(struct vmm *vmm, uint32_t group, uint64_t attr, uint64_t value)
{
	struct kvm_device_attr set = { .group = group, .attr = attr, .addr = (uintptr_t)&value };

	return vmm_ioctl(vmm, vmm->gic, KVM_SET_DEVICE_ATTR, (uintptr_t)&set);
}

int vmm_make_gic(struct vmm *vmm)
{
	struct kvm_create_device create = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	int err = vmm_ioctl(vmm, vmm->vm, KVM_CREATE_DEVICE, (uintptr_t)&create);

	if (err)
		return err;
	vmm->gic = (int)create.fd;
	err = set_gic(vmm, KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_DIST, 0x08000000);
	if (!err)
		err = set_gic(vmm, KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_REDIST, 0x080a0000);
	return err ? err : set_gic(vmm, KVM_DEV_ARM_VGIC_GRP_CTRL, KVM_DEV_ARM_VGIC_CTRL_INIT, 0);
}

static void close_fd(struct vmm *vmm, int fd)
{
	if (fd >= 0)
		vmm->ops->close(vmm->sim, fd);
}

void vmm_close(struct vmm *vmm)
{
	if (vmm->run)
		vmm->ops->munmap(vmm->sim, vmm->run, (size_t)vmm->run_size);
	if (vmm->shared)
		vmm->ops->munmap(vmm->sim, vmm->shared, VMM_RAM_SIZE);
	close_fd(vmm, vmm->gic);
	close_fd(vmm, vmm->vcpu);
	close_fd(vmm, vmm->gmem);
	close_fd(vmm, vmm->vm);
	close_fd(vmm, vmm->kvm);
}
