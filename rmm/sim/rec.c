/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rec.c - the REC of a vCPU: create, destroy */
#include <errno.h>
#include <string.h>

#include "rmi-1.0.h"
#include "rmi.h"
#include "sim.h"

#define MPIDR_AFFINITY UINT64_C(0xff00ffffff)

/* vCPU 0 is the one that boots, whatever its POWER_OFF says. */
static void fill_params(const struct sim_vcpu *vcpu, struct rmi_rec_params *params)
{
	params->flags = vcpu->id == 0 ? RMI_REC_CREATE_FLAGS_RUNNABLE_MASK : 0;
	params->mpidr = sim_mpidr(vcpu->id) & MPIDR_AFFINITY;
	params->pc = vcpu->pc;
	memcpy(params->gprs, vcpu->x, sizeof(params->gprs));
}

/* ---- auxiliary granules, which RMM 1.0 wants listed; 2.0 asks for donations ---- */

static void free_aux(struct sim_vcpu *vcpu)
{
	while (vcpu->num_aux)
		sim_granules_free(vcpu->vm->file.sim, vcpu->aux[--vcpu->num_aux], 1);
}

static int alloc_aux(struct sim_vcpu *vcpu, struct rmi1_rec_params *params)
{
	struct realm_sim *sim = vcpu->vm->file.sim;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI1_REC_AUX_COUNT, vcpu->vm->realm.rd };
	uint64_t count;

	if (!sim->v1)
		return 0;
	if (sim_rmi(sim, regs) != RMI_SUCCESS)
		return -ENXIO;
	count = regs[1];
	while (vcpu->num_aux < count) {
		int err = sim_granules_alloc(sim, 1, &params->aux[vcpu->num_aux]);

		if (err)
			return err;
		vcpu->aux[vcpu->num_aux] = params->aux[vcpu->num_aux];
		vcpu->num_aux++;
	}
	params->num_aux = count;
	return 0;
}

/* ---- create ---- */

static int create(struct sim_vcpu *vcpu, uint64_t params)
{
	struct realm_sim *sim = vcpu->vm->file.sim;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REC_CREATE, vcpu->vm->realm.rd, 0, params };
	int err = sim_granules_alloc(sim, 1, &vcpu->rec);

	if (err)
		return err;
	regs[2] = vcpu->rec;
	sim_rmi(sim, regs);
	if (sim_rmi_finish(sim, regs) == RMI_SUCCESS)
		return 0;
	sim_granules_free(sim, vcpu->rec, 1);
	vcpu->rec = 0;
	return -ENXIO;
}

static int create_with(struct sim_vcpu *vcpu, uint64_t params_pa)
{
	struct realm_sim *sim = vcpu->vm->file.sim;
	void *params = sim_memory_at(sim, params_pa, RMI_REC_PARAMS_SIZE);
	int err;

	fill_params(vcpu, params);
	vcpu->rec_run = sim_pages_alloc(sim, 1, 1);
	if (!vcpu->rec_run)
		return -ENOMEM;
	err = alloc_aux(vcpu, params);
	if (!err)
		err = create(vcpu, params_pa);
	if (err) {
		free_aux(vcpu);
		sim_pages_free(sim, vcpu->rec_run, 1);
		vcpu->rec_run = 0;
	}
	return err;
}

int sim_rec_create(struct sim_vcpu *vcpu)
{
	struct realm_sim *sim = vcpu->vm->file.sim;
	uint64_t params;
	int err;

	if (!vcpu->initialised || !(vcpu->features & 1u << REALM_KVM_ARM_VCPU_PSCI_0_2))
		return -EINVAL;
	params = sim_pages_alloc(sim, 1, 1);
	if (!params)
		return -ENOMEM;
	err = create_with(vcpu, params);
	sim_pages_free(sim, params, 1);
	return err;
}

void sim_rec_destroy(struct sim_vcpu *vcpu)
{
	struct realm_sim *sim = vcpu->vm->file.sim;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REC_DESTROY, vcpu->rec };

	if (!vcpu->rec)
		return;
	sim_rmi(sim, regs);
	if (sim_rmi_finish(sim, regs) == RMI_SUCCESS) {
		sim_granules_free(sim, vcpu->rec, 1);
		free_aux(vcpu);
	}
	sim_pages_free(sim, vcpu->rec_run, 1);
	vcpu->rec = vcpu->rec_run = 0;
	vcpu->num_aux = 0;
}
