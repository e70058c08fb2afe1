/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * smccc.c - calls of a guest that KVM answers: host calls and PSCI
 *
 * The RMM knows which RECs are on, the kernel which vCPUs are, and CPU_OFF changes the RMM's mind before the kernel
 * hears of it. When CPU_ON comes in between, the kernel cannot tell whether it was before or after CPU_OFF (asked_on):
 * the vCPU that went off tries to be entered, and is off if the RMM says so (maybe_off).
 */
#include <errno.h>
#include <string.h>

#include "psci.h"
#include "vcpu.h"

#define SMCCC_VERSION_1_1 0x10001
#define RESULTS 4	/* X0 to X3 */
#define MPIDR_AFFINITY UINT64_C(0xff00ffffff)

static unsigned filter_action(const struct sim_vm *vm, uint64_t fid)
{
	for (unsigned i = 0; i < vm->num_filters; i++)
		if (fid >= vm->filters[i].first && fid <= vm->filters[i].last)
			return vm->filters[i].action;
	return REALM_KVM_SMCCC_FILTER_HANDLE;
}

/* User space finds the arguments in the registers. */
static int forward(struct sim_vcpu *vcpu, uint32_t fid)
{
	const struct realm_kvm_exit_hypercall call = { .nr = fid };

	return sim_exit_to_user(vcpu, REALM_KVM_EXIT_HYPERCALL, &call, sizeof(call));
}

/* ---- host calls ---- */

static uint64_t answer(const struct sim_vcpu *vcpu, uint32_t fid)
{
	if (fid == SMC32_SMCCC_VERSION)
		return SMCCC_VERSION_1_1;
	if (fid == SMC32_PSCI_FEATURES && (uint32_t)vcpu->x[1] == SMC32_SMCCC_VERSION)
		return PSCI_SUCCESS;
	return (uint64_t)SMCCC_NOT_SUPPORTED;
}

int sim_exit_host_call(struct sim_vcpu *vcpu)
{
	uint64_t result;
	unsigned action;
	uint32_t fid;

	memcpy(vcpu->x, sim_rec_run(vcpu)->exit.gprs, sizeof(vcpu->x));
	vcpu->hypercall_pending = true;
	fid = (uint32_t)vcpu->x[0];
	action = filter_action(vcpu->vm, fid);
	if (action == REALM_KVM_SMCCC_FILTER_FWD_TO_USER)
		return forward(vcpu, fid);
	result = action == REALM_KVM_SMCCC_FILTER_DENY ? (uint64_t)SMCCC_NOT_SUPPORTED : answer(vcpu, fid);
	memset(vcpu->x, 0, RESULTS * sizeof(vcpu->x[0]));
	vcpu->x[0] = result;
	return 1;
}

/* ---- PSCI ---- */

bool sim_psci_is_late(const struct realm_sim *sim)
{
	return sim->family->seal == REALM_KVM_SEAL_FIRST_RUN && !sim->family->num_psci;
}

static struct sim_vcpu *vcpu_of(const struct sim_vm *vm, uint64_t mpidr)
{
	for (unsigned i = 0; i < vm->num_vcpus; i++)
		if (sim_mpidr(vm->creation[i]) == (mpidr & MPIDR_AFFINITY))
			return vm->vcpus[vm->creation[i]];
	return NULL;
}

int sim_psci_complete(struct sim_vcpu *vcpu, uint64_t mpidr, int64_t status)
{
	const struct sim_vcpu *target = vcpu_of(vcpu->vm, mpidr);
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_PSCI_COMPLETE, vcpu->rec };
	uint64_t result;

	if (!target || !target->rec)
		return -EINVAL;
	regs[2] = target->rec;
	regs[3] = (uint64_t)status;
	result = rmi_result_get_status(sim_rmi(vcpu->file.sim, regs));
	if (result == RMI_BUSY)
		return -EAGAIN;
	if (result != RMI_SUCCESS)
		return -EINVAL;
	return 0;
}

static void power_on(struct sim_vcpu *vcpu)
{
	if (vcpu->entered)
		vcpu->asked_on = true;
	vcpu->powered_off = false;
	pthread_cond_broadcast(&vcpu->vm->changed);
}

static void power_off(struct sim_vcpu *vcpu)
{
	vcpu->maybe_off = vcpu->asked_on;
	vcpu->powered_off = !vcpu->asked_on;
}

static bool is_cpu_on(uint32_t fid)
{
	return fid == SMC32_PSCI_CPU_ON || fid == SMC64_PSCI_CPU_ON;
}

int sim_psci_finish(struct sim_vcpu *vcpu)
{
	int ret = sim_psci_complete(vcpu, vcpu->psci_mpidr, PSCI_SUCCESS);

	if (ret)
		return ret;
	vcpu->psci_pending = false;
	if (is_cpu_on(vcpu->psci_fid))
		power_on(vcpu_of(vcpu->vm, vcpu->psci_mpidr));
	return 0;
}

/*
 * CPU_ON and AFFINITY_INFO: the RMM has checked that there is such a REC, and not this one. From v14 on the target is
 * on at once and the RMM hears of it later; until then the target's KVM_RUN fails with EAGAIN.
 */
static int about_another(struct sim_vcpu *vcpu, uint32_t fid, uint64_t mpidr)
{
	struct sim_vcpu *target = vcpu_of(vcpu->vm, mpidr);

	if (!target)
		return -ENXIO;
	vcpu->psci_pending = true;
	vcpu->psci_fid = fid;
	vcpu->psci_mpidr = mpidr;
	if (sim_psci_is_late(vcpu->file.sim) && is_cpu_on(fid))
		power_on(target);
	return 1;
}

static int system_event(struct sim_vcpu *vcpu, uint32_t type)
{
	const struct realm_kvm_exit_system_event event = { .type = type, .ndata = 1 };
	const struct sim_vm *vm = vcpu->vm;

	for (unsigned i = 0; i < vm->num_vcpus; i++)
		vm->vcpus[vm->creation[i]]->powered_off = true;
	return sim_exit_to_user(vcpu, REALM_KVM_EXIT_SYSTEM_EVENT, &event, sizeof(event));
}

static int handle(struct sim_vcpu *vcpu, uint32_t fid, uint64_t mpidr)
{
	switch (fid) {
	case SMC32_PSCI_CPU_ON:
	case SMC64_PSCI_CPU_ON:
	case SMC32_PSCI_AFFINITY_INFO:
	case SMC64_PSCI_AFFINITY_INFO:
		return about_another(vcpu, fid, mpidr);
	case SMC32_PSCI_CPU_OFF:
		power_off(vcpu);
		return 1;
	case SMC32_PSCI_SYSTEM_OFF:
		return system_event(vcpu, REALM_KVM_SYSTEM_EVENT_SHUTDOWN);
	case SMC32_PSCI_SYSTEM_RESET:
		return system_event(vcpu, REALM_KVM_SYSTEM_EVENT_RESET);
	default:
		sim_vcpu_wait(vcpu);	/* CPU_SUSPEND */
		return 1;
	}
}

/* Up to v13 the filter is asked as for host calls. A call that it denies is never completed. */
int sim_exit_psci(struct sim_vcpu *vcpu)
{
	unsigned action = REALM_KVM_SMCCC_FILTER_HANDLE;
	uint32_t fid;
	int ret;

	memcpy(vcpu->x, sim_rec_run(vcpu)->exit.gprs, sizeof(vcpu->x));
	fid = (uint32_t)vcpu->x[0];
	if (!sim_psci_is_late(vcpu->file.sim))
		action = filter_action(vcpu->vm, fid);
	if (action == REALM_KVM_SMCCC_FILTER_FWD_TO_USER)
		return forward(vcpu, fid);
	if (action == REALM_KVM_SMCCC_FILTER_DENY)
		return 1;
	ret = handle(vcpu, fid, vcpu->x[1]);
	if (!vcpu->psci_pending || sim_psci_is_late(vcpu->file.sim))
		return ret;
	ret = sim_psci_finish(vcpu);
	return ret ? ret : 1;
}
