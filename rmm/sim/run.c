/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * run.c - KVM_RUN: from the first run of a vCPU to each entry of its REC
 *
 * Signals do not reach this kernel. What they do for Linux, immediate_exit does alone: it is looked at before each
 * entry, and by the port after each slice of guest code.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "vcpu.h"

#define WAIT_NS 1000000

struct rmi_rec_run *sim_rec_run(const struct sim_vcpu *vcpu)
{
	return sim_memory_at(vcpu->file.sim, vcpu->rec_run, sizeof(struct rmi_rec_run));
}

void sim_vcpu_wait(const struct sim_vcpu *vcpu)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += WAIT_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_cond_timedwait(&vcpu->vm->changed, &vcpu->vm->lock, &until);
}

int sim_exit_to_user(struct sim_vcpu *vcpu, uint32_t reason, const void *data, size_t size)
{
	vcpu->run->exit_reason = reason;
	memset(vcpu->run->exit, 0, sizeof(vcpu->run->exit));
	if (data)
		memcpy(vcpu->run->exit, data, size);
	return 0;
}

int sim_exit_memory_fault(struct sim_vcpu *vcpu, uint64_t gpa, uint64_t size, bool is_private)
{
	const struct realm_kvm_exit_memory_fault fault = {
		.flags = is_private ? REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE : 0,
		.gpa = gpa,
		.size = size,
	};

	sim_exit_to_user(vcpu, REALM_KVM_EXIT_MEMORY_FAULT, &fault, sizeof(fault));
	return -EFAULT;
}

/* ---- before an entry ---- */

static int map_run_page(struct sim_vcpu *vcpu)
{
	void *page;
	int ret;

	if (vcpu->run)
		return 0;
	ret = sim_file_map(&vcpu->file, vcpu->file.sim->memory.page_size, PROT_READ | PROT_WRITE, 0, &page);
	if (!ret)
		vcpu->run = page;
	return ret;
}

/*
 * What KVM does for a thread that is new to a vCPU, before it looks at immediate_exit; once done it changes nothing. A
 * realm that failed here has this behind it as well: its vCPUs only fail when they are entered.
 */
static int prepare(struct sim_vcpu *vcpu)
{
	struct sim_vm *vm = vcpu->vm;
	int ret = 0;

	if (!sim_vcpu_finalized(vcpu))
		return -EPERM;
	if (vm->vgic.created)
		ret = sim_vgic_ready(vm);
	if (!ret && sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_PMU_V3) && !vcpu->pmu_ready)
		ret = -EINVAL;
	if (!ret && vm->is_realm)
		ret = sim_realm_activate(vm);
	if (!ret)
		vm->has_run = true;
	return ret;
}

/* User space has emulated what the REC exited for, and left the reason there to say so. */
static void finish_mmio(struct sim_vcpu *vcpu)
{
	const struct realm_kvm_exit_mmio *mmio = (const void *)vcpu->run->exit;
	struct rmi_rec_enter *enter;

	if (!vcpu->mmio_pending || vcpu->run->exit_reason != REALM_KVM_EXIT_MMIO)
		return;
	vcpu->mmio_pending = false;
	enter = &sim_rec_run(vcpu)->enter;
	enter->flags |= RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
	enter->gprs[0] = 0;
	if (!vcpu->mmio_is_write)
		memcpy(&enter->gprs[0], mmio->data, vcpu->mmio_len);
}

/* ---- entry ---- */

/* What the last exit left to do. 0: the REC can be entered */
static int settle(struct sim_vcpu *vcpu)
{
	struct rmi_rec_enter *enter = &sim_rec_run(vcpu)->enter;
	int ret = 0;

	if (vcpu->psci_pending)
		ret = sim_psci_finish(vcpu);
	if (!ret && vcpu->ripas_pending)
		ret = sim_ripas_set(vcpu);
	if (ret)
		return ret;
	vcpu->ripas_pending = false;
	if (vcpu->hypercall_pending)
		memcpy(enter->gprs, vcpu->x, sizeof(enter->gprs));
	if (vcpu->abort_pending)
		enter->flags |= RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;
	enter->flags |= RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK | RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK;
	return 0;
}

static uint64_t enter(struct sim_vcpu *vcpu)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_REC_ENTER, vcpu->rec, vcpu->rec_run };
	uint64_t result;

	vcpu->entered = true;
	vcpu->asked_on = false;
	pthread_mutex_unlock(&vcpu->vm->lock);
	sim_port_enter_as(vcpu);
	result = sim_rmi(vcpu->file.sim, regs);
	sim_port_enter_as(NULL);
	pthread_mutex_lock(&vcpu->vm->lock);
	return rmi_result_get_status(result);
}

/* The RMM takes the REC for one that is off. */
static int not_runnable(struct sim_vcpu *vcpu)
{
	if (vcpu->maybe_off) {
		vcpu->maybe_off = false;
		vcpu->powered_off = true;
		return 1;
	}
	return sim_psci_is_late(vcpu->file.sim) ? -EAGAIN : -ENXIO;
}

static int refused(struct sim_vcpu *vcpu, uint64_t status)
{
	switch (status) {
	case RMI_ERROR_REALM:
		return sim_exit_to_user(vcpu, REALM_KVM_EXIT_SHUTDOWN, NULL, 0);
	case RMI_ERROR_REC:
		return not_runnable(vcpu);
	case RMI_BUSY:
		return 1;
	default:
		return -ENXIO;
	}
}

static int left(struct sim_vcpu *vcpu)
{
	sim_rec_run(vcpu)->enter.flags = 0;
	vcpu->abort_allowed = false;
	vcpu->abort_pending = false;
	vcpu->mmio_pending = false;
	vcpu->hypercall_pending = false;
	vcpu->maybe_off = false;
	return sim_exit(vcpu);
}

static int fail_entry(struct sim_vcpu *vcpu)
{
	const struct realm_kvm_exit_fail_entry fail = { .hardware_entry_failure_reason = UINT64_MAX };

	return sim_exit_to_user(vcpu, REALM_KVM_EXIT_FAIL_ENTRY, &fail, sizeof(fail));
}

static int run_rec(struct sim_vcpu *vcpu)
{
	uint64_t status;
	int ret;

	if (vcpu->vm->realm.state != SIM_REALM_ACTIVE || !vcpu->rec)
		return -ENXIO;
	if (!vcpu->cpu)
		vcpu->cpu = sim_port_add_cpu(vcpu->file.sim);
	if (!vcpu->cpu)
		return sim_cpu_available() ? -ENOMEM : fail_entry(vcpu);
	ret = settle(vcpu);
	if (ret)
		return ret;
	status = enter(vcpu);
	ret = status == RMI_SUCCESS ? left(vcpu) : refused(vcpu, status);
	vcpu->entered = false;
	return ret;
}

/* 1: once more; 0: exit to user space; negative errno */
static int step(struct sim_vcpu *vcpu)
{
	if (sim_vcpu_is_wanted(vcpu))
		return -EINTR;
	if (vcpu->powered_off) {
		sim_vcpu_wait(vcpu);
		return 1;
	}
	/* What is not a realm this host can set up, but not run. */
	return vcpu->vm->is_realm ? run_rec(vcpu) : fail_entry(vcpu);
}

int sim_vcpu_run(struct sim_vcpu *vcpu)
{
	int ret = map_run_page(vcpu);

	if (!ret)
		ret = prepare(vcpu);
	if (ret)
		return ret;
	finish_mmio(vcpu);
	if (sim_vcpu_is_wanted(vcpu))
		return -EINTR;
	vcpu->run->exit_reason = 0;
	do
		ret = step(vcpu);
	while (ret > 0);
	return ret;
}
