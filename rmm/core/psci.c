/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * psci.c - power of the CPUs of a realm (DEN0022)
 *
 * CPU_ON and AFFINITY_INFO are about another REC, which the RMM cannot find by its MPIDR: the host names it with
 * PSCI_COMPLETE, and only then does the call end.
 */
#include "guest.h"
#include "psci.h"

#define PSCI_VERSION_1_1 0x10001
#define PSCI_RESULTS 4	/* X0, and X1..X3, which are zero */
#define SCTLR_EE (UINT64_C(1) << 25)

static void psci_return(struct rmm *rmm, struct rec *rec, int64_t result)
{
	const uint64_t results[PSCI_RESULTS] = { (uint64_t)result };

	rmm_guest_return(rmm, rec, results, PSCI_RESULTS);
}

static bool answer(struct guest_run *run, int64_t result)
{
	psci_return(run->rmm, run->rec, result);
	return false;
}

static bool exit_psci(struct guest_run *run, uint32_t fid)
{
	run->exit.reason = RMI_EXIT_PSCI;
	run->exit.gprs[0] = fid;
	return true;
}

/* Arguments of the 32-bit form of a call are in the lower half of the registers. */
static uint64_t argument(const struct rec *rec, uint32_t fid, unsigned number)
{
	return fid & SMCCC_64 ? rec->guest.x[number] : (uint32_t)rec->guest.x[number];
}

/*
 * Has a REC of this MPIDR, as a guest has it, been created? That is in the order of their MPIDRs. One that was
 * destroyed since is the host's problem: it cannot complete the call.
 */
static bool has_mpidr(const struct rd *rd, uint64_t mpidr)
{
	uint64_t rec = rmm_mpidr_from_guest(mpidr);

	return rmm_mpidr_to_guest(rec) == mpidr && rmm_mpidr_index(rec) < rd->recs_created;
}

/* Leaves it to the host to tell which REC the target is. */
static bool wait_for_host(struct guest_run *run, uint32_t fid, unsigned num_arguments)
{
	struct rec *rec = run->rec;
	unsigned told = run->rmm->variant->psci_args_exit ? num_arguments : 1;

	rec->pending = REC_PENDING_PSCI;
	rec->psci_fid = fid;
	rec->psci_target = argument(rec, fid, 1);
	for (unsigned i = 1; i <= told; i++)
		run->exit.gprs[i] = argument(rec, fid, i);
	return exit_psci(run, fid);
}

static bool cpu_on(struct guest_run *run, uint32_t fid)
{
	struct rec *rec = run->rec;
	uint64_t target = argument(rec, fid, 1), entry = argument(rec, fid, 2);

	if (!s2_is_protected(&run->rd->stage2, entry))
		return answer(run, PSCI_INVALID_ADDRESS);
	if (!has_mpidr(run->rd, target))
		return answer(run, PSCI_INVALID_PARAMETERS);
	if (target == rec->guest.mpidr)
		return answer(run, PSCI_ALREADY_ON);
	rec->psci_entry = entry;
	rec->psci_context = argument(rec, fid, 3);
	return wait_for_host(run, fid, 3);
}

static bool affinity_info(struct guest_run *run, uint32_t fid)
{
	uint64_t target = argument(run->rec, fid, 1), level = argument(run->rec, fid, 2);

	if (level || !has_mpidr(run->rd, target))
		return answer(run, PSCI_INVALID_PARAMETERS);
	if (target == run->rec->guest.mpidr)
		return answer(run, PSCI_AFFINITY_ON);
	return wait_for_host(run, fid, 2);
}

static bool is_offered(uint32_t fid)
{
	switch (fid) {
	case SMC32_PSCI_VERSION:
	case SMC32_PSCI_CPU_SUSPEND:
	case SMC64_PSCI_CPU_SUSPEND:
	case SMC32_PSCI_CPU_OFF:
	case SMC32_PSCI_CPU_ON:
	case SMC64_PSCI_CPU_ON:
	case SMC32_PSCI_AFFINITY_INFO:
	case SMC64_PSCI_AFFINITY_INFO:
	case SMC32_PSCI_SYSTEM_OFF:
	case SMC32_PSCI_SYSTEM_RESET:
	case SMC32_PSCI_FEATURES:
	case SMC32_SMCCC_VERSION:	/* PSCI 1.1: how a caller learns that it may ask for that */
		return true;
	default:
		return false;
	}
}

/* Calls that never return have no results. */
static bool stop(struct guest_run *run, uint32_t fid)
{
	rmm_guest_return(run->rmm, run->rec, run->rec->guest.x, 0);
	return exit_psci(run, fid);
}

bool rmm_guest_psci(struct guest_run *run, uint32_t fid)
{
	switch (fid) {
	case SMC32_PSCI_VERSION:
		return answer(run, PSCI_VERSION_1_1);
	case SMC32_PSCI_FEATURES:
		return answer(run, is_offered((uint32_t)run->rec->guest.x[1]) ? PSCI_SUCCESS : PSCI_NOT_SUPPORTED);
	case SMC32_PSCI_CPU_SUSPEND:
	case SMC64_PSCI_CPU_SUSPEND:
		psci_return(run->rmm, run->rec, PSCI_SUCCESS);
		return exit_psci(run, fid);
	case SMC32_PSCI_CPU_OFF:
		run->rec->runnable = false;
		return stop(run, fid);
	case SMC32_PSCI_CPU_ON:
	case SMC64_PSCI_CPU_ON:
		return cpu_on(run, fid);
	case SMC32_PSCI_AFFINITY_INFO:
	case SMC64_PSCI_AFFINITY_INFO:
		return affinity_info(run, fid);
	case SMC32_PSCI_SYSTEM_OFF:
	case SMC32_PSCI_SYSTEM_RESET:
		run->rd->state = RMM_REALM_SYSTEM_OFF;
		return stop(run, fid);
	default:
		return answer(run, PSCI_NOT_SUPPORTED);
	}
}

/* PSCI_COMPLETE */

static bool is_cpu_on(const struct rec *caller)
{
	return caller->psci_fid == SMC32_PSCI_CPU_ON || caller->psci_fid == SMC64_PSCI_CPU_ON;
}

static bool complete_valid(const struct rec *caller, const struct rec *target, int64_t status)
{
	return !caller->running && caller->pending == REC_PENDING_PSCI && target->rd == caller->rd &&
	       target->guest.mpidr == caller->psci_target &&
	       (status == PSCI_SUCCESS || (status == PSCI_DENIED && is_cpu_on(caller)));
}

static void turn_on(struct rmm *rmm, const struct rec *caller, struct rec *target)
{
	rmm_guest_reset(&target->guest, caller->psci_entry);
	target->guest.x[0] = caller->psci_context;
	mem_set(&target->attest, 0, sizeof(target->attest));
	if (rmm->variant->ee_follows_caller)
		target->guest.el1.sctlr |= caller->guest.el1.sctlr & SCTLR_EE;
	for (unsigned i = 0; i < target->guest.num_save; i++)
		rmm_granule_wipe(rmm, target->guest.save[i]);
	target->runnable = true;
}

/* What the caller of CPU_ON gets. A host that denies what has happened already may be told so: TF-RMM does. */
static int64_t complete_cpu_on(struct rmm *rmm, const struct rec *caller, struct rec *target, int64_t status,
			       uint64_t *result)
{
	if (target->runnable) {
		if (status == PSCI_DENIED && rmm->variant->psci_denied_input)
			*result = RMI_ERROR_INPUT;
		return PSCI_ALREADY_ON;
	}
	if (status == PSCI_SUCCESS)
		turn_on(rmm, caller, target);
	return status;
}

static uint64_t complete(struct rmm *rmm, struct rec *caller, struct rec *target, int64_t status)
{
	uint64_t result = RMI_SUCCESS;
	int64_t value;

	if (!complete_valid(caller, target, status))
		return RMI_ERROR_INPUT;
	if (is_cpu_on(caller))
		value = complete_cpu_on(rmm, caller, target, status, &result);
	else
		value = target->runnable ? PSCI_AFFINITY_ON : PSCI_AFFINITY_OFF;
	caller->pending = REC_PENDING_NONE;
	psci_return(rmm, caller, value);
	return result;
}

uint64_t rmm_psci_complete(struct rmm *rmm, uint64_t calling, uint64_t target, uint64_t status)
{
	struct rec *caller, *called;
	uint64_t result = RMI_ERROR_INPUT;

	if (calling == target)
		return RMI_ERROR_INPUT;
	caller = rmm_rec_map(rmm, calling);
	if (!caller)
		return RMI_ERROR_INPUT;
	called = rmm_rec_map(rmm, target);
	if (called) {
		result = complete(rmm, caller, called, (int64_t)status);
		rmm_unmap(rmm, called);
	}
	rmm_unmap(rmm, caller);
	return result;
}
