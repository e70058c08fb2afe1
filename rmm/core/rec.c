/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rec.c - RECs: made from parameters and auxiliary granules, and taken apart */
#include "core.h"
#include "guest.h"
#include "rmi-1.0.h"

struct rec_params {
	uint64_t flags, mpidr, pc;
	uint64_t gprs[RMI_REC_PARAMS_GPRS_COUNT];
};

/* What 1.0 has in the same page: the auxiliary granules */
struct rec_aux {
	uint64_t num;
	uint64_t pa[RMM_AUX_MAX];
};

static bool params_read(struct rmm *rmm, uint64_t ptr, struct rec_params *params)
{
	return rmm_ns_page_usable(rmm, ptr) &&
	       rmm_ns_read(rmm, ptr + RMI_REC_PARAMS_FLAGS_OFFSET, &params->flags, 8) &&
	       rmm_ns_read(rmm, ptr + RMI_REC_PARAMS_MPIDR_OFFSET, &params->mpidr, 8) &&
	       rmm_ns_read(rmm, ptr + RMI_REC_PARAMS_PC_OFFSET, &params->pc, 8) &&
	       rmm_ns_read(rmm, ptr + RMI_REC_PARAMS_GPRS_OFFSET, params->gprs, sizeof(params->gprs));
}

uint64_t rmm_mpidr_index(uint64_t mpidr)
{
	return rmi_rec_mpidr_get_aff0(mpidr) | rmi_rec_mpidr_get_aff1(mpidr) << 4 |
	       rmi_rec_mpidr_get_aff2(mpidr) << 12 | rmi_rec_mpidr_get_aff3(mpidr) << 20;
}

uint64_t rmm_mpidr_to_guest(uint64_t mpidr)
{
	return bits(mpidr, 23, 0) | rmi_rec_mpidr_get_aff3(mpidr) << 32;
}

uint64_t rmm_mpidr_from_guest(uint64_t mpidr)
{
	return (mpidr | bits(mpidr, 39, 32) << RMI_REC_MPIDR_AFF3_SHIFT) & RMI_REC_MPIDR_MASK;
}

static uint64_t check_realm(const struct rmm *rmm, const struct rd *rd, const struct rec_params *params)
{
	uint64_t max_recs = (UINT64_C(1) << rmm->limits.max_recs_order) - 1;

	if (rd->state != RMM_REALM_NEW || rd->recs_created >= max_recs)
		return RMI_ERROR_REALM;
	if (params->mpidr & ~RMI_REC_MPIDR_MASK || rmm_mpidr_index(params->mpidr) != rd->recs_created)
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

static uint64_t check_create(struct rmm *rmm, uint64_t rd_pa, uint64_t params_ptr, struct rec_params *params)
{
	struct rd *rd;
	uint64_t result;

	if (!params_read(rmm, params_ptr, params))
		return RMI_ERROR_INPUT;
	rd = rmm_rd_map(rmm, rd_pa);
	if (!rd)
		return RMI_ERROR_INPUT;
	result = check_realm(rmm, rd, params);
	rmm_unmap(rmm, rd);
	return result;
}

static void init_guest(struct rec *rec, const struct rd *rd, const struct rec_params *params)
{
	struct rmm_guest *guest = &rec->guest;

	rmm_guest_reset(guest, params->pc);
	mem_copy(guest->x, params->gprs, sizeof(params->gprs));
	guest->mpidr = rmm_mpidr_to_guest(params->mpidr);
	guest->stage2 = rd->stage2;
	guest->num_save = (uint8_t)(rec->num_aux - 1);
	mem_copy(guest->save, &rec->aux[1], guest->num_save * sizeof(rec->aux[0]));
	guest->sve = rd->params.flags0 & RMI_REALM_FLAGS0_SVE_MASK;
	guest->sve_vl = (uint8_t)rd->params.sve_vl;
	guest->pmu = rd->params.flags0 & RMI_REALM_FLAGS0_PMU_MASK;
	guest->pmu_num_ctrs = (uint8_t)rd->params.pmu_num_ctrs;
	guest->num_bps = (uint8_t)rd->params.num_bps;
	guest->num_wps = (uint8_t)rd->params.num_wps;
}

/* Makes the REC. All has been checked; aux are num_aux granules that nobody else refers to. */
static void build(struct rmm *rmm, uint64_t rd_pa, uint64_t rec_pa, const struct rec_params *params,
		  const uint64_t *aux, unsigned num_aux)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	struct rec *rec;

	rmm_granule_take(rmm, rec_pa, GRANULE_REC);
	rec = rmm_map(rmm, rec_pa);
	rec->rd = rd_pa;
	rec->runnable = params->flags & RMI_REC_CREATE_FLAGS_RUNNABLE_MASK;
	rec->num_aux = (uint8_t)num_aux;
	for (unsigned i = 0; i < num_aux; i++) {
		rmm_granule_take(rmm, aux[i], GRANULE_REC_AUX);
		rec->aux[i] = aux[i];
	}
	init_guest(rec, rd, params);
	rmm_unmap(rmm, rec);
	rd->recs_created++;
	rd->recs_live++;
	rmm_measure_rec(rmm, rd, params->flags, params->pc, params->gprs);
	rmm_unmap(rmm, rd);
}

struct rec *rmm_rec_map(struct rmm *rmm, uint64_t pa)
{
	return rmm_granule_is(rmm, pa, GRANULE_REC) ? rmm_map(rmm, pa) : NULL;
}

/* Takes the REC out of its realm; its granule and its auxiliary ones are the caller's to dispose of. */
static void unlink_rec(struct rmm *rmm, const struct rec *rec)
{
	struct rd *rd = rmm_rd_map(rmm, rec->rd);

	rd->recs_live--;
	rmm_unmap(rmm, rd);
}

/* 1.0: with the granules that the parameters list */

static bool aux_read(struct rmm *rmm, uint64_t ptr, struct rec_aux *aux)
{
	return rmm_ns_read(rmm, ptr + RMI1_REC_PARAMS_NUM_AUX_OFFSET, &aux->num, sizeof(aux->num)) &&
	       rmm_ns_read(rmm, ptr + RMI1_REC_PARAMS_AUX_OFFSET, aux->pa, sizeof(aux->pa));
}

static bool aux_valid(struct rmm *rmm, uint64_t rec, const struct rec_aux *aux)
{
	if (aux->num != rmm->variant->rec_aux)
		return false;
	for (unsigned i = 0; i < aux->num; i++) {
		if (aux->pa[i] == rec || !rmm_granule_is(rmm, aux->pa[i], GRANULE_DELEGATED))
			return false;
		for (unsigned j = 0; j < i; j++)
			if (aux->pa[i] == aux->pa[j])
				return false;
	}
	return true;
}

uint64_t rmm_rec_create_aux(struct rmm *rmm, uint64_t rd, uint64_t rec, uint64_t params_ptr)
{
	struct rec_params params;
	struct rec_aux aux;
	uint64_t result;

	if (!rmm_granule_is(rmm, rec, GRANULE_DELEGATED))
		return RMI_ERROR_INPUT;
	result = check_create(rmm, rd, params_ptr, &params);
	if (result != RMI_SUCCESS)
		return result;
	if (!aux_read(rmm, params_ptr, &aux) || !aux_valid(rmm, rec, &aux))
		return RMI_ERROR_INPUT;
	build(rmm, rd, rec, &params, aux.pa, (unsigned)aux.num);
	return RMI_SUCCESS;
}

uint64_t rmm_rec_destroy_aux(struct rmm *rmm, uint64_t rec_pa)
{
	struct rec *rec = rmm_rec_map(rmm, rec_pa);
	uint64_t result = RMI_ERROR_REC;

	if (!rec)
		return RMI_ERROR_INPUT;
	if (!rec->running) {
		unlink_rec(rmm, rec);
		for (unsigned i = 0; i < rec->num_aux; i++)
			rmm_granule_release(rmm, rec->aux[i]);
		rmm_granule_release(rmm, rec_pa);
		result = RMI_SUCCESS;
	}
	rmm_unmap(rmm, rec);
	return result;
}

/* 2.0: as operations */

void rmm_rec_create(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	struct rec_params params;
	struct rmm_op *op;

	out[0] = RMI_ERROR_INPUT;
	if (!rmm_granule_is(rmm, args[2], GRANULE_DELEGATED))
		return;
	if (!rmm->variant->rec_checks_late) {
		out[0] = check_create(rmm, args[1], args[3], &params);
		if (out[0] != RMI_SUCCESS)
			return;
	}
	op = rmm_op_new(rmm, OP_REC_CREATE, args);
	if (!op) {
		out[0] = RMI_BLOCKED;
		return;
	}
	*rmm_granule(rmm, args[2]) = GRANULE_PARTIAL;
	op->can_cancel = rmm->variant->rec_create_cancel;
	rmm_op_want(op, rmm->variant->rec_aux, false, false);
	rmm_op_start(rmm, op, out);
}

/* The granules that an operation holds, one by one */
static unsigned list_held(const struct rmm *rmm, const struct rmm_op *op, uint64_t aux[RMM_AUX_MAX])
{
	unsigned num = 0;

	for (unsigned i = 0; i < op->num_held; i++)
		for (uint32_t j = 0; j < op->held[i].granules; j++)
			aux[num++] = op->held[i].pa + j * granule_bytes(rmm);
	return num;
}

uint64_t rmm_rec_create_finish(struct rmm *rmm, struct rmm_op *op)
{
	struct rec_params params;
	uint64_t aux[RMM_AUX_MAX];
	uint64_t result = check_create(rmm, op->args[1], op->args[3], &params);

	if (result != RMI_SUCCESS)
		return result;
	build(rmm, op->args[1], op->args[2], &params, aux, list_held(rmm, op, aux));
	op->num_held = 0;
	return RMI_SUCCESS;
}

void rmm_rec_destroy(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	struct rec *rec = rmm_rec_map(rmm, args[1]);
	struct rmm_op *op = NULL;

	out[0] = RMI_ERROR_INPUT;
	if (!rec)
		return;
	out[0] = RMI_ERROR_REC;
	if (!rec->running) {
		op = rmm_op_new(rmm, OP_REC_DESTROY, args);
		out[0] = RMI_BLOCKED;
	}
	if (op) {
		unlink_rec(rmm, rec);
		for (unsigned i = 0; i < rec->num_aux; i++) {
			*rmm_granule(rmm, rec->aux[i]) = GRANULE_INTERNAL;
			op->held[i] = (struct op_block){ rec->aux[i], 1 };
		}
		op->num_held = rec->num_aux;
		*rmm_granule(rmm, args[1]) = GRANULE_PARTIAL;
		rmm_op_end(op, RMI_SUCCESS);
		rmm_op_start(rmm, op, out);
	}
	rmm_unmap(rmm, rec);
}
