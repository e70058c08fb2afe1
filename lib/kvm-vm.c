/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm-vm.c - what every family does alike: VM, vCPUs and their registers, GIC */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kvm.h"
#include "machine.h"

static int vm_ioctl(struct realm *realm, const char *step, const char *name, unsigned long request, const void *arg)
{
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, request, (uintptr_t)arg);

	return ret < 0 ? realm_host_failed(realm->ctx, step, name, ret) : ret;
}

static int vcpu_ioctl(struct realm *realm, const struct vcpu *vcpu, const char *step, const char *name,
		      unsigned long request, const void *arg)
{
	int ret = sys_ioctl(realm->ctx, vcpu->fd, request, (uintptr_t)arg);

	return ret < 0 ? realm_host_failed(realm->ctx, step, name, ret) : 0;
}

/* ---- VM ---- */

int kvm_open(struct realm *realm)
{
	int size;

	realm->kvm_fd = sys_open(realm->ctx, KVM_PATH, O_RDWR);
	if (realm->kvm_fd < 0)
		return realm_host_failed(realm->ctx, "vm", "open", realm->kvm_fd);
	size = sys_ioctl(realm->ctx, realm->kvm_fd, REALM_KVM_GET_VCPU_MMAP_SIZE, 0);
	if (size < 0)
		return realm_host_failed(realm->ctx, "vm", "KVM_GET_VCPU_MMAP_SIZE", size);
	if ((size_t)size < sizeof(struct realm_kvm_run))
		return realm_host_failed(realm->ctx, "vm", "KVM_GET_VCPU_MMAP_SIZE", -EPROTO);
	realm->run_size = (size_t)size;
	return 0;
}

int kvm_vm_create(struct realm *realm)
{
	realm->vm_fd = sys_ioctl(realm->ctx, realm->kvm_fd, REALM_KVM_CREATE_VM,
				 (uintptr_t)(realm->host.can->vm_type | realm->made.ipa_bits));
	return realm->vm_fd < 0 ? realm_host_failed(realm->ctx, "vm", "KVM_CREATE_VM", realm->vm_fd) : 0;
}

int kvm_forward(struct realm *realm, uint32_t first, uint32_t count)
{
	struct realm_kvm_smccc_filter filter = {
		.base = first,
		.nr_functions = count,
		.action = REALM_KVM_SMCCC_FILTER_FWD_TO_USER,
	};
	struct realm_kvm_device_attr attr = {
		.group = REALM_KVM_ARM_VM_SMCCC_CTRL,
		.attr = REALM_KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_SET_DEVICE_ATTR, (uintptr_t)&attr);

	if (ret == -EINVAL || ret == -EEXIST)
		return realm_fail(realm->ctx, EINVAL, "first", "KVM keeps calls of the architecture for itself",
				  "KVM does not forward %#x to %#x%s", first, first + (count - 1),
				  ret == -EEXIST ? ", which are forwarded in part" : "");
	return ret < 0 ? realm_host_failed(realm->ctx, "configure", "KVM_ARM_VM_SMCCC_FILTER", ret) : 0;
}

/* ---- vCPUs ---- */

int kvm_vcpu_create(struct realm *realm, struct vcpu *vcpu)
{
	void *run;
	int err;

	vcpu->fd = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_CREATE_VCPU, realm->num_vcpus);
	if (vcpu->fd < 0)
		return realm_host_failed(realm->ctx, "recs", "KVM_CREATE_VCPU", vcpu->fd);
	err = sys_mmap(realm->ctx, realm->run_size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0, &run);
	if (err)
		return realm_host_failed(realm->ctx, "recs", "mmap", err);
	vcpu->run = run;
	return 0;
}

void kvm_vcpu_close(struct realm *realm, struct vcpu *vcpu)
{
	if (vcpu->own && vcpu->run)
		sys_munmap(realm->ctx, vcpu->run, realm->run_size);
	if (vcpu->own)
		sys_close(realm->ctx, vcpu->fd);
	free(vcpu);
}

int kvm_set_reg(struct realm *realm, const struct vcpu *vcpu, uint64_t id, const void *value, const char *step)
{
	struct realm_kvm_one_reg reg = { .id = id, .addr = (uintptr_t)value };

	return vcpu_ioctl(realm, vcpu, step, "KVM_SET_ONE_REG", REALM_KVM_SET_ONE_REG, &reg);
}

int kvm_get_reg(struct realm *realm, const struct vcpu *vcpu, uint64_t id, void *value, const char *step)
{
	struct realm_kvm_one_reg reg = { .id = id, .addr = (uintptr_t)value };

	return vcpu_ioctl(realm, vcpu, step, "KVM_GET_ONE_REG", REALM_KVM_GET_ONE_REG, &reg);
}

int kvm_vcpu_finalize(struct realm *realm, const struct vcpu *vcpu, int feature, const char *step)
{
	return vcpu_ioctl(realm, vcpu, step, "KVM_ARM_VCPU_FINALIZE", REALM_KVM_ARM_VCPU_FINALIZE, &feature);
}

/* KVM wants every length below the longest that it offers, and no other. */
static int set_sve(struct realm *realm, const struct vcpu *vcpu)
{
	unsigned int longest = realm->made.sve_bits / 128 - 1, bit;
	uint64_t lengths[8];
	int err = kvm_get_reg(realm, vcpu, REALM_KVM_REG_ARM64_SVE_VLS, lengths, "recs");

	if (err)
		return err;
	if (!(lengths[longest / 64] >> longest % 64 & 1))
		return realm_fail(realm->ctx, EOPNOTSUPP, "$.sve_bits", "choose another length",
				  "this host has no SVE vectors of %u bits", realm->made.sve_bits);
	for (bit = longest + 1; bit < 512; bit++)
		lengths[bit / 64] &= ~(UINT64_C(1) << bit % 64);
	err = kvm_set_reg(realm, vcpu, REALM_KVM_REG_ARM64_SVE_VLS, lengths, "recs");
	return err ? err : kvm_vcpu_finalize(realm, vcpu, REALM_KVM_ARM_VCPU_SVE, "recs");
}

/* Left alone, a realm gets as many as the RMM has. */
static int set_debug(struct realm *realm, const struct vcpu *vcpu)
{
	uint64_t bps = realm->made.breakpoints - 1, wps = realm->made.watchpoints - 1, value;
	int err = kvm_get_reg(realm, vcpu, REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1, &value, "recs");

	if (err)
		return err;
	value = realm_kvm_id_aa64dfr0_el1_set_brps(value, bps);
	value = realm_kvm_id_aa64dfr0_el1_set_wrps(value, wps);
	if (realm_kvm_id_aa64dfr0_el1_get_ctx_cmps(value) > bps)
		value = realm_kvm_id_aa64dfr0_el1_set_ctx_cmps(value, bps);
	return kvm_set_reg(realm, vcpu, REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1, &value, "recs");
}

static int set_pmu(struct realm *realm, const struct vcpu *vcpu)
{
	uint64_t value;
	int err = kvm_get_reg(realm, vcpu, REALM_KVM_REG_ARM64_PMCR_EL0, &value, "recs");

	if (err)
		return err;
	value = realm_kvm_pmcr_el0_set_n(value, (uint64_t)realm->made.pmu_counters);
	return kvm_set_reg(realm, vcpu, REALM_KVM_REG_ARM64_PMCR_EL0, &value, "recs");
}

static int set_shape(struct realm *realm, const struct vcpu *vcpu)
{
	const struct realm_kvm_family *can = realm->host.can;
	int err = 0;

	if (can->debug == REALM_KVM_SETTING_REGISTER)
		err = set_debug(realm, vcpu);
	if (!err && can->pmu == REALM_KVM_SETTING_REGISTER && realm->made.pmu_counters >= 0)
		err = set_pmu(realm, vcpu);
	if (!err && can->sve == REALM_KVM_SETTING_REGISTER && realm->made.sve_bits)
		err = set_sve(realm, vcpu);
	return err;
}

int kvm_vcpu_init(struct realm *realm, struct vcpu *vcpu, uint32_t extra)
{
	const struct realm_kvm_family *can = realm->host.can;
	struct realm_kvm_vcpu_init init;
	int err = vm_ioctl(realm, "recs", "KVM_ARM_PREFERRED_TARGET", REALM_KVM_ARM_PREFERRED_TARGET, &init);

	if (err)
		return err;
	memset(init.features, 0, sizeof(init.features));
	init.features[0] = 1u << REALM_KVM_ARM_VCPU_PSCI_0_2 | extra;
	if (realm->num_vcpus)
		init.features[0] |= 1u << REALM_KVM_ARM_VCPU_POWER_OFF;
	if (can->sve == REALM_KVM_SETTING_REGISTER && realm->made.sve_bits)
		init.features[0] |= 1u << REALM_KVM_ARM_VCPU_SVE;
	if (can->pmu == REALM_KVM_SETTING_REGISTER && realm->made.pmu_counters >= 0)
		init.features[0] |= 1u << REALM_KVM_ARM_VCPU_PMU_V3;
	err = vcpu_ioctl(realm, vcpu, "recs", "KVM_ARM_VCPU_INIT", REALM_KVM_ARM_VCPU_INIT, &init);
	return err ? err : set_shape(realm, vcpu);
}

int kvm_set_start(struct realm *realm)
{
	unsigned int i, reg;
	int err = 0;

	for (i = 0; !err && i < realm->num_vcpus; i++) {
		const struct rec *rec = &realm->made.recs[i];

		for (reg = 0; !err && reg < REALM_REC_GPRS; reg++)
			err = kvm_set_reg(realm, realm->vcpus[i],
					  REALM_KVM_REG_ARM64_X0 + reg * REALM_KVM_REG_ARM64_X_STEP, &rec->gprs[reg],
					  "seal");
		if (!err)
			err = kvm_set_reg(realm, realm->vcpus[i], REALM_KVM_REG_ARM64_PC, &rec->pc, "seal");
	}
	return err;
}

/* ---- PMU ---- */

#define PMU_INTID 23 /* PPI 7, as device trees have it */

static int pmu_attr(struct realm *realm, const struct vcpu *vcpu, uint64_t attr, const int *value)
{
	const struct realm_kvm_device_attr set = {
		.group = REALM_KVM_ARM_VCPU_PMU_V3_CTRL,
		.attr = attr,
		.addr = (uintptr_t)value,
	};

	return vcpu_ioctl(realm, vcpu, "seal", "KVM_ARM_VCPU_PMU_V3_CTRL", REALM_KVM_SET_DEVICE_ATTR, &set);
}

int kvm_pmu_init(struct realm *realm)
{
	const int intid = PMU_INTID;
	unsigned int i;
	int err = 0;

	if (realm->host.can->pmu != REALM_KVM_SETTING_REGISTER || realm->made.pmu_counters < 0)
		return 0;
	for (i = 0; !err && i < realm->num_vcpus; i++) {
		err = pmu_attr(realm, realm->vcpus[i], REALM_KVM_ARM_VCPU_PMU_V3_IRQ, &intid);
		if (!err)
			err = pmu_attr(realm, realm->vcpus[i], REALM_KVM_ARM_VCPU_PMU_V3_INIT, NULL);
	}
	return err;
}

/* ---- GIC ---- */

static int gic_attr(struct realm *realm, const char *name, uint32_t group, uint64_t attr, const uint64_t *value)
{
	struct realm_kvm_device_attr set = { .group = group, .attr = attr, .addr = (uintptr_t)value };
	int ret = sys_ioctl(realm->ctx, realm->gic_fd, REALM_KVM_SET_DEVICE_ATTR, (uintptr_t)&set);

	return ret < 0 ? realm_host_failed(realm->ctx, "seal", name, ret) : 0;
}

static bool is_ram(const struct realm *realm, uint64_t base, uint64_t size)
{
	size_t i;

	for (i = 0; i < realm->num_slots; i++)
		if (base < realm->slots[i].base + realm->slots[i].size && realm->slots[i].base < base + size)
			return true;
	return false;
}

/* Where the caller wants it, or in the usual place, or above all RAM. */
static uint64_t gic_place(const struct realm *realm, uint64_t wanted, uint64_t usual, uint64_t size, uint64_t gap)
{
	uint64_t top = 0;
	size_t i;

	if (wanted)
		return wanted;
	if (!is_ram(realm, usual, size))
		return usual;
	for (i = 0; i < realm->num_slots; i++)
		if (realm->slots[i].base + realm->slots[i].size > top)
			top = realm->slots[i].base + realm->slots[i].size;
	return (top + MACHINE_GICD_SIZE - 1) / MACHINE_GICD_SIZE * MACHINE_GICD_SIZE + gap;
}

/* KVM says too little of what is wrong, and takes a GIC that memory hides. */
static int check_gic_place(struct realm *realm, const char *where, uint64_t base, uint64_t size)
{
	uint64_t half = UINT64_C(1) << (realm->made.ipa_bits - 1);

	if (!(base % MACHINE_GICD_SIZE) && base < half && size <= half - base && !is_ram(realm, base, size))
		return 0;
	return realm_fail(realm->ctx, EINVAL, where, "give a multiple of 64 KiB in the protected half, outside RAM",
			  "the GIC cannot have %#llx bytes at %#llx", (unsigned long long)size,
			  (unsigned long long)base);
}

int kvm_gic_place(struct realm *realm)
{
	uint64_t size = (uint64_t)MACHINE_GICR_SIZE * realm->num_vcpus;
	uint64_t dist = gic_place(realm, realm->opts.gic_dist, MACHINE_GICD, MACHINE_GICD_SIZE, 0);
	uint64_t redist = gic_place(realm, realm->opts.gic_redist, MACHINE_GICR, size, MACHINE_GICD_SIZE);
	int err;

	if (!realm->own_vm)
		return 0; /* the VMM has its own */
	err = check_gic_place(realm, "gic_dist", dist, MACHINE_GICD_SIZE);
	if (!err)
		err = check_gic_place(realm, "gic_redist", redist, size);
	if (!err && dist < redist + size && redist < dist + MACHINE_GICD_SIZE)
		err = realm_fail(realm->ctx, EINVAL, "gic_redist", "put them apart",
				 "redistributors at %#llx overlap the distributor at %#llx", (unsigned long long)redist,
				 (unsigned long long)dist);
	realm->gic_dist = dist;
	realm->gic_redist = redist;
	return err;
}

int kvm_gic_create(struct realm *realm)
{
	struct realm_kvm_create_device create = { .type = REALM_KVM_DEV_TYPE_ARM_VGIC_V3 };
	int err;

	if (!realm->own_vm)
		return 0;
	err = vm_ioctl(realm, "seal", "KVM_CREATE_DEVICE", REALM_KVM_CREATE_DEVICE, &create);
	if (err < 0)
		return err;
	realm->gic_fd = (int)create.fd;
	err = gic_attr(realm, "KVM_VGIC_V3_ADDR_TYPE_DIST", REALM_KVM_DEV_ARM_VGIC_GRP_ADDR,
		       REALM_KVM_VGIC_V3_ADDR_TYPE_DIST, &realm->gic_dist);
	if (!err)
		err = gic_attr(realm, "KVM_VGIC_V3_ADDR_TYPE_REDIST", REALM_KVM_DEV_ARM_VGIC_GRP_ADDR,
			       REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST, &realm->gic_redist);
	if (!err)
		err = gic_attr(realm, "KVM_DEV_ARM_VGIC_CTRL_INIT", REALM_KVM_DEV_ARM_VGIC_GRP_CTRL,
			       REALM_KVM_DEV_ARM_VGIC_CTRL_INIT, NULL);
	return err;
}
