/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * onereg.c - registers of a vCPU: those that a realm starts with or is shaped by, and no others
 *
 * ID_AA64DFR0_EL1 and PMCR_EL0.N belong to the VM: what is written to one vCPU all have.
 */
#include <errno.h>
#include <string.h>

#include "vcpu.h"

#define DFR0_DEBUGVER 6	/* Armv8 debug */
#define DFR0_PMUVER 1	/* PMUv3 */
#define SHAPE_MASK (REALM_KVM_ID_AA64DFR0_EL1_BRPS_MASK | REALM_KVM_ID_AA64DFR0_EL1_WRPS_MASK | \
		    REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_MASK)
#define SVE_VLS_SIZE 64
#define SVE_WORD_BITS 64

static uint64_t max_dfr0(const struct rmm_limits *limits)
{
	uint64_t value = realm_kvm_id_aa64dfr0_el1_set_brps(DFR0_DEBUGVER, limits->num_bps);

	value = realm_kvm_id_aa64dfr0_el1_set_wrps(value, limits->num_wps);
	value = realm_kvm_id_aa64dfr0_el1_set_ctx_cmps(value, limits->num_bps);
	return realm_kvm_id_aa64dfr0_el1_set_pmuver(value, limits->pmu ? DFR0_PMUVER : 0);
}

/* All vector lengths up to that of so many quadwords plus one */
static void vector_lengths(uint64_t vls[8], unsigned longest)
{
	memset(vls, 0, SVE_VLS_SIZE);
	for (unsigned bit = 0; bit <= longest; bit++)
		vls[bit / SVE_WORD_BITS] |= UINT64_C(1) << bit % SVE_WORD_BITS;
}

void sim_vcpu_reset_regs(struct sim_vcpu *vcpu)
{
	const struct rmm_limits *limits = &vcpu->file.sim->limits;
	const struct sim_vm *vm = vcpu->vm;
	const struct sim_vcpu *first = vm->num_vcpus ? vm->vcpus[vm->creation[0]] : NULL;

	vcpu->dfr0 = first ? first->dfr0 : max_dfr0(limits);
	vcpu->pmcr = first ? first->pmcr : realm_kvm_pmcr_el0_set_n(0, limits->pmu_num_ctrs);
	vector_lengths(vcpu->sve_vls, limits->sve_vl);
}

/* ---- access ---- */

/* X0 to X30 and PC; NULL: another */
static uint64_t *core_reg(struct sim_vcpu *vcpu, uint64_t id)
{
	uint64_t distance = id - REALM_KVM_REG_ARM64_X0;

	if (id == REALM_KVM_REG_ARM64_PC)
		return &vcpu->pc;
	if (distance % REALM_KVM_REG_ARM64_X_STEP || distance / REALM_KVM_REG_ARM64_X_STEP >= RMM_GPRS)
		return NULL;
	return &vcpu->x[distance / REALM_KVM_REG_ARM64_X_STEP];
}

/* What shapes the realm is settled. */
static bool is_late(const struct sim_vm *vm)
{
	return vm->has_run || vm->realm.state != SIM_REALM_NONE;
}

static bool dfr0_valid(uint64_t value, uint64_t max)
{
	uint64_t bps = realm_kvm_id_aa64dfr0_el1_get_brps(value), wps = realm_kvm_id_aa64dfr0_el1_get_wrps(value);

	return (value & ~SHAPE_MASK) == (max & ~SHAPE_MASK) && bps && wps &&
	       bps <= realm_kvm_id_aa64dfr0_el1_get_brps(max) && wps <= realm_kvm_id_aa64dfr0_el1_get_wrps(max) &&
	       realm_kvm_id_aa64dfr0_el1_get_ctx_cmps(value) <= bps;
}

static int set_dfr0(struct sim_vcpu *vcpu, uint64_t value)
{
	const struct sim_vm *vm = vcpu->vm;

	if (value == vcpu->dfr0)
		return 0;
	if (is_late(vm))
		return -EBUSY;
	if (!dfr0_valid(value, max_dfr0(&vcpu->file.sim->limits)))
		return -EINVAL;
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		vm->vcpus[vm->creation[i]]->dfr0 = value;
	return 0;
}

/* Only N is of interest; that the PMU is reset as well does not show in a vCPU that does not run on this host. */
static int set_pmcr(struct sim_vcpu *vcpu, uint64_t value)
{
	const struct sim_vm *vm = vcpu->vm;

	if (realm_kvm_pmcr_el0_get_n(value) == realm_kvm_pmcr_el0_get_n(vcpu->pmcr))
		return 0;
	if (is_late(vm))
		return -EBUSY;
	if (realm_kvm_pmcr_el0_get_n(value) > vcpu->file.sim->limits.pmu_num_ctrs)
		return -EINVAL;
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		vm->vcpus[vm->creation[i]]->pmcr = value & REALM_KVM_PMCR_EL0_N_MASK;
	return 0;
}

/* The host has all lengths up to its longest, and a guest cannot be spared any but the longest ones. */
static int set_sve_vls(struct sim_vcpu *vcpu, uintptr_t addr)
{
	uint64_t wanted[8], lengths[8];
	int ret = sim_copy_in(wanted, addr, sizeof(wanted));

	if (ret)
		return ret;
	if (vcpu->finalized_sve)
		return -EPERM;
	for (unsigned longest = 0; longest <= vcpu->file.sim->limits.sve_vl; longest++) {
		vector_lengths(lengths, longest);
		if (!memcmp(lengths, wanted, sizeof(lengths))) {
			memcpy(vcpu->sve_vls, wanted, sizeof(wanted));
			return 0;
		}
	}
	return -EINVAL;
}

/* Can this register of a realm be written at all? */
static bool is_writable(const struct sim_vm *vm, uint64_t id)
{
	const struct realm_kvm_family *family = vm->file.sim->family;

	if (!vm->is_realm)
		return true;
	switch (id) {
	case REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1:
		return family->debug == REALM_KVM_SETTING_REGISTER;
	case REALM_KVM_REG_ARM64_PMCR_EL0:
		return family->pmu == REALM_KVM_SETTING_REGISTER;
	case REALM_KVM_REG_ARM64_SVE_VLS:
		return family->sve == REALM_KVM_SETTING_REGISTER;
	default:
		return false;
	}
}

/* Is there such a register in this vCPU? */
static bool is_there(const struct sim_vcpu *vcpu, uint64_t id)
{
	switch (id) {
	case REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1:
		return true;
	case REALM_KVM_REG_ARM64_PMCR_EL0:
		return sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_PMU_V3);
	case REALM_KVM_REG_ARM64_SVE_VLS:
		return sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_SVE);
	default:
		return false;
	}
}

int sim_vcpu_get_reg(struct sim_vcpu *vcpu, const struct realm_kvm_one_reg *reg)
{
	const uint64_t *core = core_reg(vcpu, reg->id);

	if (core)
		return sim_copy_out(reg->addr, core, sizeof(*core));
	if (!is_there(vcpu, reg->id))
		return -ENOENT;
	if (reg->id == REALM_KVM_REG_ARM64_SVE_VLS)
		return sim_copy_out(reg->addr, vcpu->sve_vls, sizeof(vcpu->sve_vls));
	if (reg->id == REALM_KVM_REG_ARM64_PMCR_EL0)
		return sim_copy_out(reg->addr, &vcpu->pmcr, sizeof(vcpu->pmcr));
	return sim_copy_out(reg->addr, &vcpu->dfr0, sizeof(vcpu->dfr0));
}

int sim_vcpu_set_reg(struct sim_vcpu *vcpu, const struct realm_kvm_one_reg *reg)
{
	uint64_t *core = core_reg(vcpu, reg->id), value;
	int ret;

	if (core)
		return sim_copy_in(core, reg->addr, sizeof(*core));
	if (!is_writable(vcpu->vm, reg->id))
		return -EINVAL;
	if (!is_there(vcpu, reg->id))
		return -ENOENT;
	if (reg->id == REALM_KVM_REG_ARM64_SVE_VLS)
		return set_sve_vls(vcpu, reg->addr);
	ret = sim_copy_in(&value, reg->addr, sizeof(value));
	if (ret)
		return ret;
	return reg->id == REALM_KVM_REG_ARM64_PMCR_EL0 ? set_pmcr(vcpu, value) : set_dfr0(vcpu, value);
}

/* ---- KVM_GET_REG_LIST ---- */

static uint64_t list_regs(const struct sim_vcpu *vcpu, uint64_t ids[RMM_GPRS + 4])
{
	static const uint64_t others[] = {
		REALM_KVM_REG_ARM64_SVE_VLS,
		REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1,
		REALM_KVM_REG_ARM64_PMCR_EL0,
	};
	uint64_t count = 0;

	for (unsigned i = 0; i < RMM_GPRS; i++)
		ids[count++] = REALM_KVM_REG_ARM64_X0 + i * REALM_KVM_REG_ARM64_X_STEP;
	ids[count++] = REALM_KVM_REG_ARM64_PC;
	for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (is_there(vcpu, others[i]))
			ids[count++] = others[i];
	return count;
}

int sim_vcpu_list_regs(struct sim_vcpu *vcpu, uintptr_t arg)
{
	uint64_t ids[RMM_GPRS + 4];
	struct realm_kvm_reg_list room, list = { .n = list_regs(vcpu, ids) };
	int ret = sim_copy_in(&room, arg, sizeof(room));

	if (!ret)
		ret = sim_copy_out(arg, &list, sizeof(list));
	if (!ret && room.n < list.n)
		ret = -E2BIG;
	return ret ? ret : sim_copy_out(arg + sizeof(list), ids, list.n * sizeof(ids[0]));
}
