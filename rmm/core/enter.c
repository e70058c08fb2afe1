/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * enter.c - REC_ENTER: what the host gives a REC for its run, the run, and what the host gets
 *
 * The page RmiRecRun of the host has one half for each direction. The first is read before anything else is done, the
 * second is written after the run; in between the host may do with its page what it likes, delegate it too.
 */
#include "guest.h"
#include "rmi-1.0.h"

/* ICH_HCR_EL2: UIE, LRENPIE, NPIE, VGrp0EIE, VGrp0DIE, VGrp1EIE, VGrp1DIE, TDIR are the host's */
#define HCR_HOST_MASK UINT64_C(0x40fe)
#define HCR_EN UINT64_C(1)	/* the guest's interface is on while it runs, and no longer */

/* ICH_LR<n>_EL2 */
#define LR_STATE(lr) bits(lr, 63, 62)
#define LR_HW (UINT64_C(1) << 61)
#define LR_VINTID(lr) ((uint32_t)(lr))
#define LR_RES0 UINT64_C(0x0f00fdff00000000)	/* without HW, pINTID has one bit alone: 41, EOI */
#define VINTID_SPECIAL 1020	/* to 1023: no interrupts */
#define VINTID_LPI 8192	/* the first; 1024 to 8191 are nothing without GICv3.1 */

#define VTR_LISTREGS_MASK 0x1f
#define VTR_24_BITS (UINT64_C(1) << 23)	/* VINTIDs have 24 bits, else 16 */

#define PART_SIZE 0x100	/* the exit half has one group of fields in each part */
#define PART_WORDS (PART_SIZE / 8)

/* The half that the host fills in; without GIC fields in 2.0 */
struct rec_enter {
	uint64_t flags;
	uint64_t gprs[RMM_GPRS];
	struct rmm_gic gic;
};

static bool enter_read(struct rmm *rmm, uint64_t run_ptr, struct rec_enter *enter)
{
	struct rmm_gic *gic = &enter->gic;
	uint64_t base = run_ptr + RMI_REC_RUN_ENTER_OFFSET;

	if (!rmm_ns_read(rmm, base + RMI_REC_ENTER_FLAGS_OFFSET, &enter->flags, sizeof(enter->flags)) ||
	    !rmm_ns_read(rmm, base + RMI_REC_ENTER_GPRS_OFFSET, enter->gprs, sizeof(enter->gprs)))
		return false;
	if (rmm->variant->gic_in_run)
		return rmm_ns_read(rmm, base + RMI1_REC_ENTER_GICV3_HCR_OFFSET, &gic->hcr, sizeof(gic->hcr)) &&
		       rmm_ns_read(rmm, base + RMI1_REC_ENTER_GICV3_LRS_OFFSET, gic->lrs, sizeof(gic->lrs));
	rmm->port->gic_read(rmm->ctx, gic);
	return true;
}

/* GIC state */

static bool vintid_valid(const struct rmm *rmm, uint32_t vintid)
{
	uint32_t end = rmm->limits.gicv3_vtr & VTR_24_BITS ? UINT32_C(1) << 24 : UINT32_C(1) << 16;

	return vintid < VINTID_SPECIAL || (vintid >= VINTID_LPI && vintid < end);
}

/* 1.0: what the host gives is what the registers would hold. */
static bool run_gic_valid(const struct rmm *rmm, const struct rmm_gic *gic)
{
	unsigned num_lrs = (unsigned)(rmm->limits.gicv3_vtr & VTR_LISTREGS_MASK) + 1;

	if (gic->hcr & ~HCR_HOST_MASK)
		return false;
	for (unsigned i = 0; i < RMM_LRS; i++) {
		uint64_t lr = gic->lrs[i];

		if (lr & LR_RES0 || (lr && i >= num_lrs) || (LR_STATE(lr) && !vintid_valid(rmm, LR_VINTID(lr))))
			return false;
	}
	return true;
}

static bool has_vintid_twice(const struct rmm_gic *gic)
{
	for (unsigned i = 0; i < RMM_LRS; i++)
		for (unsigned j = 0; j < i; j++)
			if (LR_STATE(gic->lrs[i]) && LR_STATE(gic->lrs[j]) &&
			    LR_VINTID(gic->lrs[i]) == LR_VINTID(gic->lrs[j]))
				return true;
	return false;
}

static bool gic_valid(const struct rmm *rmm, const struct rmm_gic *gic)
{
	for (unsigned i = 0; i < RMM_LRS; i++)
		if (gic->lrs[i] & LR_HW)
			return false;
	return rmm->variant->gic_in_run ? run_gic_valid(rmm, gic) : !has_vintid_twice(gic);
}

static void gic_load(const struct rmm *rmm, struct rmm_gic *gic, const struct rmm_gic *given)
{
	if (rmm->variant->gic_in_run) {
		gic->hcr = given->hcr;
		mem_copy(gic->lrs, given->lrs, sizeof(gic->lrs));
	} else {
		*gic = *given;
	}
	gic->hcr |= HCR_EN;
}

static void gic_store(const struct rmm *rmm, struct rmm_gic *gic)
{
	gic->hcr &= ~HCR_EN;
	if (!rmm->variant->gic_in_run)
		rmm->port->gic_write(rmm->ctx, gic);
}

/* Entry */

static uint64_t check_rec(const struct rmm *rmm, const struct rd *rd, const struct rec *rec,
			  const struct rec_enter *enter)
{
	uint64_t index = rmm->variant->enter_realm_index && rd->state == RMM_REALM_SYSTEM_OFF;

	if (rd->state != RMM_REALM_ACTIVE)
		return RMI_ERROR_REALM | index << RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT;
	if (!rec->runnable || rec->pending == REC_PENDING_PSCI || !gic_valid(rmm, &enter->gic))
		return RMI_ERROR_REC;
	if (enter->flags & RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK && rmm->variant->sea_checked && !rec->exit.sea_allowed)
		return RMI_ERROR_REC;
	if (enter->flags & RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK && !rec->exit.emulatable)
		return RMI_ERROR_REC;
	return RMI_SUCCESS;
}

/* What a load of this syndrome makes of a value that it finds in memory */
static uint64_t loaded_value(uint64_t esr, uint64_t value)
{
	unsigned width = esr_width(esr);

	value = bits(value, width - 1, 0);
	if (esr & ESR_SSE) {
		uint64_t sign = UINT64_C(1) << (width - 1);

		value = (value ^ sign) - sign;
	}
	return esr & ESR_SF ? value : (uint32_t)value;
}

static void finish_mmio(struct rec *rec, uint64_t value)
{
	uint64_t esr = rec->exit.esr;

	if (!(esr & ESR_WNR))
		rmm_guest_set_reg(&rec->guest, esr_srt(esr), loaded_value(esr, value));
	rmm_guest_skip(&rec->guest);
}

/* Finishes what the last exit left to the host; true: the REC exits at once, again */
static bool finish_last(struct guest_run *run, const struct rec_enter *enter)
{
	struct rec *rec = run->rec;
	const struct rec_exit last = rec->exit;

	if (rec->pending == REC_PENDING_HOST_CALL && rmm_host_call_resume(run, enter->gprs))
		return true;
	if (rec->pending == REC_PENDING_RIPAS)
		rmm_ripas_resume(run->rmm, rec, enter->flags & RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK);
	if (last.sea_allowed && enter->flags & RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK)
		rmm_guest_abort(&rec->guest, last.esr, last.far, FSC_EXTERNAL);
	else if (enter->flags & RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK)
		finish_mmio(rec, enter->gprs[0]);
	if (last.sysreg_read)
		rmm_guest_set_reg(&rec->guest, esr_rt(last.esr), enter->gprs[0]);
	mem_set(&rec->exit, 0, sizeof(rec->exit));
	return false;
}

static void run_guest(struct guest_run *run)
{
	struct rmm *rmm = run->rmm;
	struct rmm_trap trap;

	do {
		mem_set(&trap, 0, sizeof(trap));
		rmm->port->unlock(rmm->ctx);
		rmm->port->enter(rmm->ctx, &run->rec->guest, &trap);
		rmm->port->lock(rmm->ctx);
	} while (!rmm_guest_trap(run, &trap));
}

static void run_rec(struct guest_run *run, const struct rec_enter *enter)
{
	struct rec *rec = run->rec;

	gic_load(run->rmm, &rec->guest.gic, &enter->gic);
	rec->guest.trap_wfi = enter->flags & RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK;
	rec->guest.trap_wfe = enter->flags & RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK;
	if (!finish_last(run, enter)) {
		rec->running = true;
		run->rd->recs_running++;
		run_guest(run);
		run->rd->recs_running--;
		rec->running = false;
	}
	gic_store(run->rmm, &rec->guest.gic);
}

/* Exit */

static void put_gic(const struct rmm_gic *gic, uint64_t *part)
{
	part[0] = gic->hcr;
	mem_copy(&part[1], gic->lrs, sizeof(gic->lrs));
	part[bits(RMI1_REC_EXIT_GICV3_MISR_OFFSET, 7, 3)] = gic->misr;
	part[bits(RMI1_REC_EXIT_GICV3_VMCR_OFFSET, 7, 3)] = gic->vmcr;
}

/* The fields at offset and after it, in an exit half that is all zero else */
static void exit_part(const struct guest_run *run, unsigned offset, uint64_t *part)
{
	const struct guest_exit *exit = &run->exit;
	const struct rmm_guest *guest = &run->rec->guest;

	switch (offset) {
	case RMI_REC_EXIT_EXIT_REASON_OFFSET:
		part[0] = exit->reason;
		break;
	case RMI_REC_EXIT_ESR_OFFSET:
		part[0] = exit->esr;
		part[1] = exit->far;
		part[2] = exit->hpfar;
		break;
	case RMI_REC_EXIT_GPRS_OFFSET:
		mem_copy(part, exit->gprs, sizeof(exit->gprs));
		break;
	case RMI1_REC_EXIT_GICV3_HCR_OFFSET:
		if (run->rmm->variant->gic_in_run)
			put_gic(&guest->gic, part);
		break;
	case RMI_REC_EXIT_CNTP_CTL_OFFSET:	/* struct rmm_timers has the fields in this order */
		mem_copy(part, &guest->timers, sizeof(guest->timers));
		break;
	case RMI_REC_EXIT_RIPAS_BASE_OFFSET:
		part[0] = exit->ripas_base;
		part[1] = exit->ripas_top;
		part[2] = exit->ripas_value;
		break;
	case RMI_REC_EXIT_IMM_OFFSET:
		part[0] = exit->imm;
		break;
	case RMI_REC_EXIT_PMU_OVF_STATUS_OFFSET:
		part[0] = guest->pmu_overflow ? RMI_PMU_OVERFLOW_ACTIVE : RMI_PMU_OVERFLOW_NOT_ACTIVE;
		break;
	}
}

static bool exit_write(const struct guest_run *run, uint64_t run_ptr)
{
	uint64_t part[PART_WORDS];

	if (!rmm_ns_page_usable(run->rmm, run_ptr))
		return false;
	for (unsigned offset = 0; offset < RMI_REC_EXIT_SIZE; offset += PART_SIZE) {
		mem_set(part, 0, sizeof(part));
		exit_part(run, offset, part);
		if (!rmm_ns_write(run->rmm, run_ptr + RMI_REC_RUN_EXIT_OFFSET + offset, part, sizeof(part)))
			return false;
	}
	return true;
}

static uint64_t enter_rec(struct guest_run *run, uint64_t run_ptr)
{
	struct rec_enter enter = { 0 };
	uint64_t result;

	if (run->rec->running)
		return RMI_ERROR_REC;
	if (!enter_read(run->rmm, run_ptr, &enter))
		return RMI_ERROR_INPUT;
	result = check_rec(run->rmm, run->rd, run->rec, &enter);
	if (result != RMI_SUCCESS)
		return result;
	run_rec(run, &enter);
	return exit_write(run, run_ptr) ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

uint64_t rmm_rec_enter(struct rmm *rmm, uint64_t rec, uint64_t run_ptr)
{
	struct guest_run run = { .rmm = rmm };
	uint64_t result;

	if (!rmm_ns_page_usable(rmm, run_ptr))
		return RMI_ERROR_INPUT;
	run.rec = rmm_rec_map(rmm, rec);
	if (!run.rec)
		return RMI_ERROR_INPUT;
	run.rd = rmm_rd_map(rmm, run.rec->rd);
	result = enter_rec(&run, run_ptr);
	rmm_unmap(rmm, run.rd);
	rmm_unmap(rmm, run.rec);
	return result;
}
