/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rec.c - cases of RECs: create and destroy, driven to the end, and the checks of REC_ENTER that need no guest */
#include "world.h"

#define NEW_REC P(FREE)
#define CREATE(rec, result) CALL(RMI_REC_CREATE, A(P(RD), rec, P(REC_PARAMS)), result)
#define FIELD(field) AT(REC_PARAMS, RMI_REC_PARAMS_##field##_OFFSET)
#define AUX_FIELD(i) AT(REC_PARAMS, RMI1_REC_PARAMS_AUX_OFFSET + 8 * (i))
#define NUM_AUX AT(REC_PARAMS, RMI1_REC_PARAMS_NUM_AUX_OFFSET)
#define ENTER(rec, run, result) CALL(RMI_REC_ENTER, A(rec, run), result)
#define ENTER_FLAGS AT(RUN, RMI_REC_ENTER_FLAGS_OFFSET)
#define RUN_LR(i) AT(RUN, RMI1_REC_ENTER_GICV3_LRS_OFFSET + 8 * (i))
#define RUN_HCR AT(RUN, RMI1_REC_ENTER_GICV3_HCR_OFFSET)

#define LR_HW (UINT64_C(1) << 61)

static bool next_rec_runnable(struct world *world)
{
	return world_next_rec_params(world, world->num_recs, true);
}

static uint64_t mpidr_of(uint64_t index)
{
	return (index & 15) | (index >> 4) << 8;
}

/* All RECs that a realm can have; index 16 is MPIDR 0x100. */
static bool create_all_recs(struct world *world)
{
	uint64_t rd = world_page(world, RD, 0), params = world_page(world, REC_PARAMS, 0);

	for (unsigned i = 0; i < world->limit[LIMIT_RECS]; i++) {
		if (!world_next_rec_params(world, mpidr_of(i), false) ||
		    !must(world, RMI_REC_CREATE, rd, world_page(world, FREE, i), params))
			return false;
	}
	return world_next_rec_params(world, mpidr_of(world->limit[LIMIT_RECS]), false);
}

static bool lr_hw(struct world *world)
{
	world->host->write_lr(world->host->ctx, 0, LR_PENDING | LR_HW | 32);
	return true;
}

static bool lr_twice(struct world *world)
{
	world->host->write_lr(world->host->ctx, 0, LR_PENDING | 32);
	world->host->write_lr(world->host->ctx, 1, LR_PENDING | 32);
	return true;
}

#define CREATE_INPUT "6 REC_CREATE input"
#define CREATE_STATE "6 REC_CREATE realm state"
#define CREATE_LIMIT "6 REC_CREATE limit"
#define CREATE_MPIDR "6 REC_CREATE mpidr"
#define CREATE_AUX "6 REC_CREATE aux"
#define GIC "6.1.8 GIC state"

static const struct case_row rows[] = {
	ROW("rec_create_success", "6 REC_CREATE", ALL, NEW_REALM, DO(next_rec_runnable), CREATE(NEW_REC, OK)),
	ROW("rec_create_second_success", "6 REC_CREATE", ALL, WITH_RECS, CREATE(NEW_REC, OK)),
	ROW("rec_create_reserved_flags_success", "6 REC_CREATE", TF, NEW_REALM, DO(next_rec_runnable),
	    POKE(FIELD(FLAGS), N(2)), CREATE(NEW_REC, OK)),
	ROW("rec_create_rec_input", CREATE_INPUT, ALL, NEW_REALM, DO(next_rec_runnable),
	    CREATE(P(NS), FAIL(INPUT)), CREATE(P(RD), FAIL(INPUT)), CREATE(P(ROOT), FAIL(INPUT)),
	    CREATE(AT(FREE, 8), FAIL(INPUT)), CREATE(P(HOLE), FAIL(INPUT))),
	ROW("rec_create_is_rec_input", CREATE_INPUT, ALL, WITH_RECS, CREATE(P(REC), FAIL(INPUT))),
	ROW("rec_create_params_input", CREATE_INPUT, ALL, NEW_REALM, DO(next_rec_runnable),
	    CALL(RMI_REC_CREATE, A(P(RD), NEW_REC, AT(REC_PARAMS, 8)), FAIL(INPUT)),
	    CALL(RMI_REC_CREATE, A(P(RD), NEW_REC, NTH(FREE, 1)), FAIL(INPUT)),
	    CALL(RMI_REC_CREATE, A(P(RD), NEW_REC, P(HOLE)), FAIL(INPUT))),
	ROW("rec_create_not_rd_input", CREATE_INPUT, ALL, NEW_REALM, DO(next_rec_runnable),
	    CALL(RMI_REC_CREATE, A(NTH(FREE, 1), NEW_REC, P(REC_PARAMS)), FAIL(INPUT)),
	    CALL(RMI_REC_CREATE, A(P(ROOT), NEW_REC, P(REC_PARAMS)), FAIL(INPUT)),
	    CALL(RMI_REC_CREATE, A(AT(RD, 8), NEW_REC, P(REC_PARAMS)), FAIL(INPUT))),
	ROW("rec_create_rec_is_rd_input", CREATE_INPUT, ALL, NEW_REALM, DO(next_rec_runnable),
	    CALL(RMI_REC_CREATE, A(NEW_REC, NEW_REC, P(REC_PARAMS)), FAIL(INPUT))),
	ROW("rec_create_active_realm", CREATE_STATE, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK), CREATE(NEW_REC, FAIL(REALM))),
	ROW("rec_create_active_2_0_realm", CREATE_STATE, ANY_2_0, NEW_REALM, DO(next_rec_runnable),
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK), CREATE(NEW_REC, FAIL(REALM)),
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), CREATE(NEW_REC, FAIL(REALM))),
	ROW_IF(NEED_FEW_RECS, "rec_create_all_realm", CREATE_LIMIT, ALL, NEW_REALM, DO(create_all_recs),
	       CREATE(NTH(FREE, FREE_COUNT - 1), FAIL(REALM))),
	ROW("rec_create_mpidr_input", CREATE_MPIDR, ALL, NEW_REALM, DO(next_rec_runnable),
	    POKE(FIELD(MPIDR), N(1)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(FIELD(MPIDR), N(0x100)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_mpidr_again_input", CREATE_MPIDR, ALL, WITH_RECS,
	    POKE(FIELD(MPIDR), N(1)), CREATE(NEW_REC, FAIL(INPUT)), POKE(FIELD(MPIDR), N(0)),
	    CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(FIELD(MPIDR), N(3)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_mpidr_reserved_input", CREATE_MPIDR, ALL, NEW_REALM, DO(next_rec_runnable),
	    POKE(FIELD(MPIDR), N(0x10)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(FIELD(MPIDR), N(UINT64_C(1) << 32)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(FIELD(MPIDR), N(UINT64_C(1) << 63)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_num_aux_input", CREATE_AUX, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    POKE(NUM_AUX, MAX(AUX, -1)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(NUM_AUX, MAX(AUX, 1)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(NUM_AUX, N(-1)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_aux_unaligned_input", CREATE_AUX, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    POKE(AUX_FIELD(0), AT(FREE, 8)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_aux_repeated_input", CREATE_AUX, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    POKE(AUX_FIELD(0), NTH(FREE, 1)), POKE(AUX_FIELD(1), NTH(FREE, 1)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_aux_is_rec_input", CREATE_AUX, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    POKE(AUX_FIELD(1), NEW_REC), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_create_aux_not_delegated_input", CREATE_AUX, RMM_1_0, NEW_REALM, DO(next_rec_runnable),
	    POKE(AUX_FIELD(1), P(NS)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(AUX_FIELD(1), P(RD)), CREATE(NEW_REC, FAIL(INPUT)),
	    POKE(AUX_FIELD(1), P(HOLE)), CREATE(NEW_REC, FAIL(INPUT))),
	ROW("rec_aux_count_success", "6 REC_AUX_COUNT", RMM_1_0, NEW_REALM,
	    CALL_OUT(RMI1_REC_AUX_COUNT, A(P(RD)), OK, MAX(AUX, 0))),
	ROW("rec_aux_count_not_rd_input", "6 REC_AUX_COUNT", RMM_1_0, NEW_REALM,
	    CALL(RMI1_REC_AUX_COUNT, A(P(FREE)), FAIL(INPUT)), CALL(RMI1_REC_AUX_COUNT, A(AT(RD, 8)), FAIL(INPUT))),

	ROW("rec_destroy_success", "6 REC_DESTROY", ALL, WITH_RECS,
	    CALL(RMI_REC_DESTROY, A(P(REC)), OK), CALL(RMI_REC_DESTROY, A(P(REC)), FAIL(INPUT)),
	    CALL(RMI_REC_DESTROY, A(NTH(REC, 1)), OK)),
	ROW("rec_destroy_active_success", "6 REC_DESTROY", ALL, ACTIVE, CALL(RMI_REC_DESTROY, A(P(REC)), OK)),
	ROW("rec_destroy_zombie_success", "6 REC_DESTROY", ANY_2_0, ACTIVE,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), CALL(RMI_REC_DESTROY, A(P(REC)), OK)),
	ROW("rec_destroy_not_rec_input", "6 REC_DESTROY not REC", ALL, WITH_RECS,
	    CALL(RMI_REC_DESTROY, A(P(FREE)), FAIL(INPUT)), CALL(RMI_REC_DESTROY, A(P(NS)), FAIL(INPUT)),
	    CALL(RMI_REC_DESTROY, A(P(RD)), FAIL(INPUT)), CALL(RMI_REC_DESTROY, A(AT(REC, 8)), FAIL(INPUT)),
	    CALL(RMI_REC_DESTROY, A(P(HOLE)), FAIL(INPUT))),

	/* REC_ENTER: one fault at a time */
	ROW("rec_enter_run_input", "6.1.1 run_ptr", ALL, ACTIVE,
	    ENTER(P(REC), AT(RUN, 8), FAIL(INPUT)), ENTER(P(REC), P(FREE), FAIL(INPUT)),
	    ENTER(P(REC), P(HOLE), FAIL(INPUT)), ENTER(P(REC), P(RD), FAIL(INPUT))),
	ROW("rec_enter_not_rec_input", "6.1.2 rec not REC", ALL, ACTIVE,
	    ENTER(P(FREE), P(RUN), FAIL(INPUT)), ENTER(P(RD), P(RUN), FAIL(INPUT)), ENTER(AT(REC, 8), P(RUN),
	    FAIL(INPUT)),
	    ENTER(P(NS), P(RUN), FAIL(INPUT)), ENTER(P(HOLE), P(RUN), FAIL(INPUT))),
	ROW("rec_enter_new_realm", "6.1.5 realm not ACTIVE", ALL, WITH_RECS, ENTER(P(REC), P(RUN), FAIL(REALM))),
	ROW("rec_enter_zombie_realm", "6.1.5 realm not ACTIVE", ANY_2_0, ACTIVE,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), ENTER(P(REC), P(RUN), FAIL(REALM))),
	ROW("rec_enter_not_runnable_rec", "6.1.6 not runnable", ALL, ACTIVE, ENTER(NTH(REC, 1), P(RUN_1), FAIL(REC))),
	ROW("rec_enter_lr_hw_rec", GIC, RMM_1_0, ACTIVE,
	    POKE(RUN_LR(0), N(LR_PENDING | LR_HW | 32)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_lr_vintid_rec", GIC, RMM_1_0, ACTIVE,
	    POKE(RUN_LR(0), N(LR_PENDING | 1020)), ENTER(P(REC), P(RUN), FAIL(REC)),
	    POKE(RUN_LR(0), N(LR_PENDING | 1023)), ENTER(P(REC), P(RUN), FAIL(REC)),
	    POKE(RUN_LR(0), N(LR_PENDING | 5000)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_lr_reserved_rec", GIC, RMM_1_0, ACTIVE,
	    POKE(RUN_LR(0), N(LR_PENDING | UINT64_C(1) << 56 | 32)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_lr_absent_rec", GIC, RMM_1_0, ACTIVE,
	    POKE(RUN_LR(15), N(LR_PENDING | 32)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_hcr_rec", GIC, RMM_1_0, ACTIVE, POKE(RUN_HCR, N(-1)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW_IF(NEED_LR, "rec_enter_lr_hw_2_0_rec", GIC, ANY_2_0, ACTIVE,
	       DO(lr_hw), ENTER(P(REC), P(RUN), FAIL(REC)), DO(world_no_lrs)),
	ROW_IF(NEED_LR, "rec_enter_lr_twice_rec", GIC, TF_2_0, ACTIVE,
	       DO(lr_twice), ENTER(P(REC), P(RUN), FAIL(REC)), DO(world_no_lrs)),
	ROW("rec_enter_inject_sea_rec", "6.1.9 inject_sea", TF_2_0, ACTIVE,
	    POKE(ENTER_FLAGS, N(RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_emul_mmio_rec", "6.1.10 emul_mmio", ALL, ACTIVE,
	    POKE(ENTER_FLAGS, N(RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK)), ENTER(P(REC), P(RUN), FAIL(REC))),
	ROW("rec_enter_error_leaves_run_page", "6.1 an error leaves the run page", ALL, ACTIVE,
	    POKE(AT(RUN, RMI_REC_RUN_EXIT_OFFSET), N(0x55)), POKE(AT(RUN, RMI_REC_RUN_EXIT_OFFSET + 0x200), N(0x66)),
	    POKE(ENTER_FLAGS, N(RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK)), ENTER(P(REC), P(RUN), FAIL(REC)),
	    PEEK(AT(RUN, RMI_REC_RUN_EXIT_OFFSET), N(0x55)), PEEK(AT(RUN, RMI_REC_RUN_EXIT_OFFSET + 0x200), N(0x66))),

	/* PSCI_COMPLETE when there is nothing to complete */
	ROW("psci_complete_unaligned_input", "10 PSCI_COMPLETE input", ALL, ACTIVE,
	    CALL(RMI_PSCI_COMPLETE, A(AT(REC, 8), NTH(REC, 1), N(0)), FAIL(INPUT)),
	    CALL(RMI_PSCI_COMPLETE, A(P(REC), AT(REC, 8), N(0)), FAIL(INPUT))),
	ROW("psci_complete_not_rec_input", "10 PSCI_COMPLETE input", ALL, ACTIVE,
	    CALL(RMI_PSCI_COMPLETE, A(P(FREE), NTH(REC, 1), N(0)), FAIL(INPUT)),
	    CALL(RMI_PSCI_COMPLETE, A(P(REC), P(FREE), N(0)), FAIL(INPUT))),
	ROW("psci_complete_same_input", "10 PSCI_COMPLETE input", ALL, ACTIVE,
	    CALL(RMI_PSCI_COMPLETE, A(P(REC), P(REC), N(0)), FAIL(INPUT))),
	ROW("psci_complete_nothing_pending_input", "10 PSCI_COMPLETE pending", ALL, ACTIVE,
	    CALL(RMI_PSCI_COMPLETE, A(P(REC), NTH(REC, 1), N(0)), FAIL(INPUT))),
};

TABLE_OF(cases_rec, rows);
