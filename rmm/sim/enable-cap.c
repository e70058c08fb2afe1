/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* enable-cap.c - the steps of a realm up to v11, which are all arguments of KVM_ENABLE_CAP */
#include <errno.h>
#include <string.h>

#include "rmi.h"
#include "sim.h"

/* ---- CONFIG_REALM ---- */

static int config_sve(struct sim_vm *vm, uint32_t quadwords)
{
	const struct rmm_limits *limits = &vm->file.sim->limits;

	if (!limits->sve || !quadwords || quadwords > limits->sve_vl + 1u)
		return -EINVAL;
	vm->realm.sve_vq = quadwords;
	return 0;
}

/* The RMI's numbers are one less, and 0 is none of them. */
static int config_debug(struct sim_vm *vm, uint32_t breakpoints, uint32_t watchpoints)
{
	const struct rmm_limits *limits = &vm->file.sim->limits;

	if (breakpoints < 2 || breakpoints > limits->num_bps + 1u || watchpoints < 2 ||
	    watchpoints > limits->num_wps + 1u)
		return -EINVAL;
	vm->realm.num_brps = breakpoints;
	vm->realm.num_wrps = watchpoints;
	vm->realm.config_dbg = true;
	return 0;
}

static int config_pmu(struct sim_vm *vm, uint32_t counters)
{
	const struct rmm_limits *limits = &vm->file.sim->limits;

	if (!limits->pmu || counters > limits->pmu_num_ctrs)
		return -EINVAL;
	vm->realm.pmu_counters = counters;
	vm->realm.config_pmu = true;
	return 0;
}

static int config_hash(struct sim_vm *vm, uint32_t algo)
{
	if (algo != RMI_HASH_SHA_256 && algo != RMI_HASH_SHA_512)
		return -EINVAL;
	vm->realm.hash_algo = algo;
	return 0;
}

static int config_v1(struct sim_vm *vm, const struct realm_kvm_arm_rme_config *config)
{
	switch (config->cfg) {
	case REALM_KVM_CAP_ARM_RME_CFG_SVE:
		return config_sve(vm, config->item[0]);
	case REALM_KVM_CAP_ARM_RME_CFG_DBG:
		return config_debug(vm, config->item[0], config->item[1]);
	case REALM_KVM_CAP_ARM_RME_CFG_PMU:
		return config_pmu(vm, config->item[0]);
	default:
		return -EINVAL;
	}
}

static int configure(struct sim_vm *vm, uintptr_t arg)
{
	struct realm_kvm_arm_rme_config config;
	int err;

	if (vm->realm.state != SIM_REALM_NONE)
		return -EBUSY;
	err = sim_copy_in(&config, arg, sizeof(config));
	if (err)
		return err;
	switch (config.cfg) {
	case REALM_KVM_CAP_ARM_RME_CFG_RPV:
		memcpy(vm->realm.rpv, config.item, sizeof(vm->realm.rpv));
		return 0;
	case REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO:
		return config_hash(vm, config.item[0]);
	default:
		return vm->file.sim->family->sve == REALM_KVM_SETTING_CONFIG ? config_v1(vm, &config) : -EINVAL;
	}
}

/* ---- the other commands ---- */

static int create(struct sim_vm *vm)
{
	if (vm->realm.state != SIM_REALM_NONE)
		return -EEXIST;
	if (vm->file.sim->family->realm_first && vm->num_vcpus)
		return -EBUSY;
	return sim_realm_create(vm);
}

static int init_ripas(struct sim_vm *vm, uintptr_t arg)
{
	bool v1 = vm->file.sim->family->ripas == REALM_KVM_RIPAS_CAP_V1;
	struct realm_kvm_arm_rme_init_ripas args = { 0 };
	int err = sim_copy_in(&args, arg, v1 ? sizeof(struct realm_kvm_arm_rme_init_ripas_v1) : sizeof(args));

	if (err)
		return err;
	if (vm->realm.state != SIM_REALM_NEW || (args.base | args.size) & (vm->file.sim->memory.page_size - 1) ||
	    args.base + args.size < args.base || args.reserved[0] || args.reserved[1])
		return -EINVAL;
	return sim_ripas_init(vm, args.base, args.base + args.size);
}

/* RFC v1 has no flags: it measures all content. */
static int populate(struct sim_vm *vm, uintptr_t arg)
{
	bool v1 = vm->file.sim->family->populate == REALM_KVM_POPULATE_CAP_V1;
	struct realm_kvm_arm_rme_populate args = { .flags = REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE };
	int err = sim_copy_in(&args, arg, v1 ? sizeof(struct realm_kvm_arm_rme_populate_v1) : sizeof(args));

	if (err)
		return err;
	if (args.reserved[0] || args.reserved[1] || args.reserved[2])
		return -EINVAL;
	return sim_populate_shared(vm, args.base, args.size, args.flags);
}

static int activate(struct sim_vm *vm)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REALM_ACTIVATE, vm->realm.rd };

	if (vm->realm.state != SIM_REALM_NEW)
		return -EINVAL;
	if (sim_rmi(vm->file.sim, regs) != RMI_SUCCESS)
		return -ENXIO;
	vm->realm.state = SIM_REALM_ACTIVE;
	return 0;
}

int sim_realm_enable_cap(struct sim_vm *vm, const struct realm_kvm_enable_cap *cap)
{
	uintptr_t arg = (uintptr_t)cap->args[1];

	switch (cap->args[0]) {
	case REALM_KVM_CAP_ARM_RME_CONFIG_REALM:
		return configure(vm, arg);
	case REALM_KVM_CAP_ARM_RME_CREATE_REALM:
		return create(vm);
	case REALM_KVM_CAP_ARM_RME_INIT_RIPAS_REALM:
		return init_ripas(vm, arg);
	case REALM_KVM_CAP_ARM_RME_POPULATE_REALM:
		return populate(vm, arg);
	case REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM:
		return activate(vm);
	default:
		return -EINVAL;
	}
}
