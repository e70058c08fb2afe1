/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* params.c - what KVM makes the parameters of a realm of: registers of vCPUs, items of CONFIG_REALM, and the host */
#include <errno.h>
#include <string.h>

#include "rmi.h"
#include "sim.h"

static bool has_feature(const struct sim_vcpu *vcpu, unsigned feature)
{
	return vcpu->features >> feature & 1;
}

/* ID registers are those of the VM: any vCPU has them, once it is initialised. */
static const struct sim_vcpu *any_vcpu(const struct sim_vm *vm)
{
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		if (vm->vcpus[vm->creation[i]]->initialised)
			return vm->vcpus[vm->creation[i]];
	return NULL;
}

/* ---- SVE ---- */

/* Quadwords of the longest vector; 0 without SVE, -1 as long as lengths can still change */
static int sve_quadwords(const struct sim_vcpu *vcpu)
{
	int word = 7;

	if (!has_feature(vcpu, REALM_KVM_ARM_VCPU_SVE))
		return 0;
	if (!vcpu->finalized_sve)
		return -1;
	while (word && !vcpu->sve_vls[word])
		word--;
	return vcpu->sve_vls[word] ? 64 * word + 64 - __builtin_clzll(vcpu->sve_vls[word]) : 0;
}

static int sve_of_vcpus(const struct sim_vm *vm)
{
	int common = 0;

	for (unsigned i = 0; i < vm->num_vcpus; i++) {
		int quadwords = sve_quadwords(vm->vcpus[vm->creation[i]]);

		if (quadwords < 0 || (i && quadwords != common))
			return -1;
		common = quadwords;
	}
	return common;
}

static int fill_sve(const struct sim_vm *vm, struct rmi_realm_params *params)
{
	bool config = vm->file.sim->family->sve == REALM_KVM_SETTING_CONFIG;
	int quadwords = config ? (int)vm->realm.sve_vq : sve_of_vcpus(vm);

	if (quadwords < 0)
		return -EINVAL;
	if (quadwords) {
		params->flags0 |= RMI_REALM_FLAGS0_SVE_MASK;
		params->sve_vl = (uint8_t)(quadwords - 1);
	}
	return 0;
}

/* ---- breakpoints and watchpoints: the RMI's numbers are one less, as those of the register ---- */

static int fill_debug(const struct sim_vm *vm, struct rmi_realm_params *params)
{
	const struct sim_vcpu *vcpu = any_vcpu(vm);
	const struct rmm_limits *limits = &vm->file.sim->limits;

	if (vm->file.sim->family->debug == REALM_KVM_SETTING_CONFIG) {
		params->num_bps = vm->realm.config_dbg ? (uint8_t)(vm->realm.num_brps - 1) : limits->num_bps;
		params->num_wps = vm->realm.config_dbg ? (uint8_t)(vm->realm.num_wrps - 1) : limits->num_wps;
		return 0;
	}
	if (!vcpu)
		return -EINVAL;
	params->num_bps = (uint8_t)realm_kvm_id_aa64dfr0_el1_get_brps(vcpu->dfr0);
	params->num_wps = (uint8_t)realm_kvm_id_aa64dfr0_el1_get_wrps(vcpu->dfr0);
	return 0;
}

/* ---- PMU ---- */

/* Event counters; -1: no PMU */
static int pmu_counters(const struct sim_vm *vm)
{
	const struct sim_vcpu *vcpu = any_vcpu(vm);
	const struct rmm_limits *limits = &vm->file.sim->limits;

	switch (vm->file.sim->family->pmu) {
	case REALM_KVM_SETTING_CONFIG:
		return vm->realm.config_pmu ? (int)vm->realm.pmu_counters : -1;
	case REALM_KVM_SETTING_REGISTER:
		if (!vcpu || !has_feature(vcpu, REALM_KVM_ARM_VCPU_PMU_V3))
			return -1;
		return (int)realm_kvm_pmcr_el0_get_n(vcpu->pmcr);
	case REALM_KVM_SETTING_HOST:
		return limits->pmu ? limits->pmu_num_ctrs : -1;
	default:
		return -1;
	}
}

static void fill_pmu(const struct sim_vm *vm, struct rmi_realm_params *params)
{
	int counters = pmu_counters(vm);

	if (counters >= 0) {
		params->flags0 |= RMI_REALM_FLAGS0_PMU_MASK;
		params->pmu_num_ctrs = (uint8_t)counters;
	}
}

int sim_realm_params(struct sim_vm *vm, struct rmi_realm_params *params)
{
	const struct realm_sim *sim = vm->file.sim;
	int err = fill_sve(vm, params);

	if (!err)
		err = fill_debug(vm, params);
	if (err)
		return err;
	fill_pmu(vm, params);
	if (sim->family->lpa2 == REALM_KVM_SETTING_HOST && sim->opts.lpa2)
		params->flags0 |= RMI_REALM_FLAGS0_LPA2_MASK;
	params->s2sz = (uint8_t)vm->ipa_bits;
	params->hash_algo = (uint8_t)vm->realm.hash_algo;
	memcpy(params->rpv, vm->realm.rpv, sizeof(params->rpv));
	return 0;
}
