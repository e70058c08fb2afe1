/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kvm-memory.c - memory slots, and who may see their pages
 *
 * A slot has two backings: a guest_memfd for the protected half (rme-rfc: the same memory as below), and memory of the VMM, which
 * the guest sees in the unprotected half.  In place (rmi-v15) both are the pages of the guest_memfd.
 */
#include <fcntl.h>
#include <linux/falloc.h>
#include <string.h>
#include <sys/mman.h>

#include "kvm.h"

static bool in_place(const struct realm *realm)
{
	return realm->opts.flags & REALM_IN_PLACE;
}

static int create_gmem(struct realm *realm, struct slot *slot)
{
	struct realm_kvm_create_guest_memfd create = { .size = slot->size };

	if (in_place(realm))
		create.flags = REALM_KVM_GUEST_MEMFD_FLAG_MMAP | REALM_KVM_GUEST_MEMFD_FLAG_INIT_SHARED;
	slot->gmem = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_CREATE_GUEST_MEMFD, (uintptr_t)&create);
	return slot->gmem < 0 ? realm_host_failed(realm->ctx, "memory", "KVM_CREATE_GUEST_MEMFD", slot->gmem) : 0;
}

static int map_shared(struct realm *realm, struct slot *slot)
{
	int flags = in_place(realm) ? MAP_SHARED : MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE;
	void *addr;
	int err = sys_mmap(realm->ctx, slot->size, PROT_READ | PROT_WRITE, flags, in_place(realm) ? slot->gmem : -1, 0,
			   &addr);

	if (err)
		return realm_host_failed(realm->ctx, "memory", "mmap", err);
	slot->shared = addr;
	/* Huge pages confuse KVM up to v14; a kernel without them says EINVAL. */
	sys_madvise(realm->ctx, addr, slot->size, MADV_NOHUGEPAGE);
	return 0;
}

static int set_region2(struct realm *realm, const struct slot *slot)
{
	struct realm_kvm_userspace_memory_region2 region = {
		.slot = slot->id,
		.flags = REALM_KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = slot->base,
		.memory_size = slot->size,
		.userspace_addr = (uintptr_t)slot->shared,
		.guest_memfd = (uint32_t)slot->gmem,
		.guest_memfd_offset = slot->offset,
	};
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_SET_USER_MEMORY_REGION2, (uintptr_t)&region);

	return ret < 0 ? realm_host_failed(realm->ctx, "memory", "KVM_SET_USER_MEMORY_REGION2", ret) : 0;
}

static int set_region(struct realm *realm, const struct slot *slot)
{
	struct realm_kvm_userspace_memory_region region = {
		.slot = slot->id,
		.guest_phys_addr = slot->base,
		.memory_size = slot->size,
		.userspace_addr = (uintptr_t)slot->shared,
	};
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_SET_USER_MEMORY_REGION, (uintptr_t)&region);

	return ret < 0 ? realm_host_failed(realm->ctx, "memory", "KVM_SET_USER_MEMORY_REGION", ret) : 0;
}

int kvm_slot_create(struct realm *realm, struct slot *slot)
{
	bool gmem = realm->host.can->guest_memfd;
	int err = gmem ? create_gmem(realm, slot) : 0;

	if (!err)
		err = map_shared(realm, slot);
	if (!err)
		err = gmem ? set_region2(realm, slot) : set_region(realm, slot);
	return err;
}

/* The VM of a VMM goes on, and must not have a slot without memory. */
static void delete_slot(struct realm *realm, const struct slot *slot)
{
	const struct realm_kvm_userspace_memory_region region = { .slot = slot->id };

	sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_SET_USER_MEMORY_REGION, (uintptr_t)&region);
}

void kvm_slot_close(struct realm *realm, struct slot *slot)
{
	if (!slot->own)
		return;
	if (!realm->own_vm)
		delete_slot(realm, slot);
	if (slot->shared)
		sys_munmap(realm->ctx, slot->shared, slot->size);
	sys_close(realm->ctx, slot->gmem);
}

/* ---- private and shared ---- */

static int set_vm_attributes(struct realm *realm, uint64_t ipa, uint64_t size, bool private, const char *step)
{
	struct realm_kvm_memory_attributes attributes = {
		.address = ipa,
		.size = size,
		.attributes = private ? REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_SET_MEMORY_ATTRIBUTES, (uintptr_t)&attributes);

	return ret < 0 ? realm_host_failed(realm->ctx, step, "KVM_SET_MEMORY_ATTRIBUTES", ret) : 0;
}

/* The kernel may do a part and say where it stopped. */
static int set_gmem_attributes(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size, bool private,
			       const char *step)
{
	uint64_t at = slot->offset + (ipa - slot->base), end = at + size;

	while (at < end) {
		struct realm_kvm_memory_attributes2 attributes = {
			.offset = at,
			.size = end - at,
			.attributes = private ? REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
		};
		int ret = sys_ioctl(realm->ctx, slot->gmem, REALM_KVM_SET_MEMORY_ATTRIBUTES2, (uintptr_t)&attributes);

		if (!ret)
			return 0;
		if ((ret != -EAGAIN && ret != -EINTR) || attributes.error_offset <= at || attributes.error_offset > end)
			return realm_host_failed(realm->ctx, step, "KVM_SET_MEMORY_ATTRIBUTES2", ret);
		at = attributes.error_offset;
	}
	return 0;
}

int kvm_slot_private(struct realm *realm, const struct slot *slot)
{
	if (in_place(realm))
		return set_gmem_attributes(realm, slot, slot->base, slot->size, true, "memory");
	if (realm->host.can->attributes == REALM_KVM_ATTRIBUTES_VM)
		return set_vm_attributes(realm, slot->base, slot->size, true, "memory");
	return 0; /* private from the start */
}

int kvm_drop_shared(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size, const char *step)
{
	int err;

	if (in_place(realm))
		return 0;
	err = sys_madvise(realm->ctx, slot->shared + (ipa - slot->base), size, MADV_REMOVE);
	/* A VMM's memory may be private or have no file: then its pages stay. */
	if (err && slot->own)
		return realm_host_failed(realm->ctx, step, "madvise", err);
	return 0;
}

/* Only while the guest still holds it private: the pages of a range that is shared already would go back to Linux while the RMM has them. */
static int drop_private(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size)
{
	int err = sys_fallocate(realm->ctx, slot->gmem, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				slot->offset + (ipa - slot->base), size);

	return err ? realm_host_failed(realm->ctx, "convert", "fallocate", err) : 0;
}

bool kvm_converts_once(const struct realm *realm)
{
	return realm->host.can->attributes == REALM_KVM_ATTRIBUTES_GUEST_MEMFD && !in_place(realm);
}

int kvm_convert(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size, bool to_private)
{
	int err = 0;

	if (in_place(realm))
		return set_gmem_attributes(realm, slot, ipa, size, to_private, "convert");
	if (realm->host.can->attributes == REALM_KVM_ATTRIBUTES_VM)
		err = set_vm_attributes(realm, ipa, size, to_private, "convert");
	if (err)
		return err;
	return to_private ? kvm_drop_shared(realm, slot, ipa, size, "convert") : drop_private(realm, slot, ipa, size);
}
