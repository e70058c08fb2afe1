/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* exit.c - why a REC came back, and what KVM makes of it: memory, MMIO, RIPAS */
#include <errno.h>
#include <sched.h>
#include <string.h>

#include "cpu-decode.h"
#include "vcpu.h"

#define ISS_ISV (UINT64_C(1) << 24)
#define HPFAR_FIPA_MASK (((UINT64_C(1) << 40) - 1) << 4)	/* IPA[51:12] */
#define HPFAR_FIPA_TO_IPA 8
#define FAR_OFFSET_MASK UINT64_C(0xfff)

#define SPURIOUS 1023	/* no interrupt is pending */

#define INTERNAL_ERROR_UNEXPECTED 4	/* KVM_INTERNAL_ERROR_UNEXPECTED_EXIT_REASON */
#define COMMIT_AT_ENTRY 613	/* the kernel that v6 of the series is for; before it RIPAS changed at the exit */

static int exit_unknown(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit)
{
	const struct realm_kvm_exit_internal_error error = {
		.suberror = INTERNAL_ERROR_UNEXPECTED,
		.ndata = 2,
		.data = { exit->exit_reason, exit->esr },
	};

	return sim_exit_to_user(vcpu, REALM_KVM_EXIT_INTERNAL_ERROR, &error, sizeof(error));
}

/* ---- memory ---- */

static unsigned access_size(uint64_t esr)
{
	return 1U << (esr >> 22 & 3);
}

static int exit_mmio(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit, uint64_t gpa)
{
	struct realm_kvm_exit_mmio mmio = {
		.phys_addr = gpa,
		.len = access_size(exit->esr),
		.is_write = !!(exit->esr & ISS_WNR),
	};

	if (mmio.is_write)
		memcpy(mmio.data, &exit->gprs[0], mmio.len);
	vcpu->mmio_pending = true;
	vcpu->mmio_is_write = mmio.is_write;
	vcpu->mmio_len = mmio.len;
	vcpu->abort_allowed = true;
	return sim_exit_to_user(vcpu, REALM_KVM_EXIT_MMIO, &mmio, sizeof(mmio));
}

/* An access where no memory is. Without a syndrome nobody can emulate it. */
static int emulate(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit, uint64_t gpa)
{
	struct rmi_rec_enter *enter = &sim_rec_run(vcpu)->enter;
	uint64_t value = exit->gprs[0];

	if (!(exit->esr & ISS_ISV)) {
		enter->flags |= RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;
		return 1;
	}
	gpa |= exit->far & FAR_OFFSET_MASK;
	if (!sim_vgic_access(vcpu->vm, gpa, exit->esr & ISS_WNR, &value))
		return exit_mmio(vcpu, exit, gpa);
	enter->flags |= RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
	enter->gprs[0] = value;
	return 1;
}

static int exit_abort(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit)
{
	uint64_t ipa = (exit->hpfar & HPFAR_FIPA_MASK) << HPFAR_FIPA_TO_IPA;
	int ret = sim_stage2_fault(vcpu, ipa, exit->esr & ISS_WNR);

	switch (ret) {
	case SIM_FAULT_AGAIN:
		return 1;
	case SIM_FAULT_MMIO:
		return emulate(vcpu, exit, ipa & ~sim_shared_bit(vcpu->vm));
	default:
		return ret;
	}
}

/* ---- the rest ---- */

/* No interrupt ever comes. WFI may end at any time, so it ends soon. */
static int exit_wait(struct sim_vcpu *vcpu, uint64_t esr)
{
	if (esr & ISS_WAIT_WFE)
		sched_yield();
	else
		sim_vcpu_wait(vcpu);
	return 1;
}

/* ICC_IAR0_EL1, ICC_HPPIR0_EL1 and those of group 1, by the ISS of a trapped MRS */
static bool asks_for_interrupt(uint64_t esr)
{
	unsigned crn = esr >> 10 & 0xf, crm = esr >> 1 & 0xf, op2 = esr >> 17 & 7;

	return crn == 12 && (crm == 8 || crm == 12) && (op2 == 0 || op2 == 2);
}

/* The interface of a GIC that never has an interrupt */
static int exit_sysreg(struct sim_vcpu *vcpu, uint64_t esr)
{
	sim_rec_run(vcpu)->enter.gprs[0] = asks_for_interrupt(esr) ? SPURIOUS : 0;
	return 1;
}

static int exit_sync(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit)
{
	switch (exit->esr >> 26 & 0x3f) {
	case EC_WAIT:
		return exit_wait(vcpu, exit->esr);
	case EC_SYSREG:
		return exit_sysreg(vcpu, exit->esr);
	case EC_FETCH_ABORT:
	case EC_DATA_ABORT:
		return exit_abort(vcpu, exit);
	default:
		return exit_unknown(vcpu, exit);
	}
}

/* User space is to give or take memory before the RMM hears of the change; RFC v1 has nothing to tell it. */
static int exit_ripas(struct sim_vcpu *vcpu, const struct rmi_rec_exit *exit)
{
	const struct realm_sim *sim = vcpu->file.sim;
	int ret;

	vcpu->ripas_base = exit->ripas_base;
	vcpu->ripas_top = exit->ripas_top;
	vcpu->ripas_value = exit->ripas_value;
	vcpu->ripas_pending = true;
	if (sim->kernel->base < COMMIT_AT_ENTRY) {
		ret = sim_ripas_set(vcpu);
		if (ret)
			return ret;
		vcpu->ripas_pending = false;
	}
	if (sim->family->attributes == REALM_KVM_ATTRIBUTES_NONE)
		return 1;
	return sim_exit_memory_fault(vcpu, exit->ripas_base, exit->ripas_top - exit->ripas_base,
				     exit->ripas_value == RMI_RIPAS_RAM);
}

int sim_exit(struct sim_vcpu *vcpu)
{
	const struct rmi_rec_exit *exit = &sim_rec_run(vcpu)->exit;

	switch (exit->exit_reason) {
	case RMI_EXIT_SYNC:
		return exit_sync(vcpu, exit);
	case RMI_EXIT_IRQ:
	case RMI_EXIT_FIQ:
		return 1;
	case RMI_EXIT_PSCI:
		return sim_exit_psci(vcpu);
	case RMI_EXIT_RIPAS_CHANGE:
		return exit_ripas(vcpu, exit);
	case RMI_EXIT_HOST_CALL:
		return sim_exit_host_call(vcpu);
	default:
		return exit_unknown(vcpu, exit);
	}
}
