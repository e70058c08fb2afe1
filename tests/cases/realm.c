/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm.c - cases of the life of a realm: activate, terminate, destroy */
#include "world.h"

#define NOT_RD(command, row, variants, name) \
	ROW(name, row, variants, NEW_REALM, CALL(command, A(P(FREE)), FAIL(INPUT)), \
	    CALL(command, A(P(NS)), FAIL(INPUT)), CALL(command, A(AT(RD, 8)), FAIL(INPUT)), \
	    CALL(command, A(P(ROOT)), FAIL(INPUT)), CALL(command, A(P(HOLE)), FAIL(INPUT)))

static const struct case_row rows[] = {
	ROW("realm_activate_success", "5 REALM_ACTIVATE", ALL, WITH_RECS, CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK)),
	NOT_RD(RMI_REALM_ACTIVATE, "5 REALM_ACTIVATE rd", ALL, "realm_activate_not_rd_input"),
	ROW("realm_activate_again_realm", "5 REALM_ACTIVATE state", ALL, ACTIVE,
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), FAIL(REALM))),
	ROW("realm_activate_zombie_realm", "5 REALM_ACTIVATE state", ANY_2_0, NEW_REALM,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), CALL(RMI_REALM_ACTIVATE, A(P(RD)), FAIL(REALM))),

	ROW("realm_terminate_new_success", "5 REALM_TERMINATE success", ANY_2_0, NEW_REALM,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK)),
	ROW("realm_terminate_active_success", "5 REALM_TERMINATE success", ANY_2_0, ACTIVE,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK),
	    CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(REALM))),
	ROW("realm_terminate_zombie_success", "5 REALM_TERMINATE success", TF_2_0, NEW_REALM,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), CALL(RMI_REALM_TERMINATE, A(P(RD)), OK)),
	NOT_RD(RMI_REALM_TERMINATE, "5 REALM_TERMINATE rd", ANY_2_0, "realm_terminate_not_rd_input"),

	ROW("realm_destroy_success", "5 REALM_DESTROY success", ANY_2_0, NEW_REALM,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK),
	    CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(INPUT))),
	ROW("realm_destroy_1_0_success", "5 REALM_DESTROY success", RMM_1_0, NEW_REALM,
	    CALL(RMI_REALM_DESTROY, A(P(RD)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(INPUT))),
	ROW("realm_destroy_frees_vmid_success", "5 REALM_DESTROY success", RMM_1_0, NEW_REALM,
	    CALL(RMI_REALM_DESTROY, A(P(RD)), OK),
	    POKE(AT(PARAMS, RMI1_REALM_PARAMS_VMID_OFFSET), N(1)),
	    CALL(RMI_REALM_CREATE, A(NTH(FREE, 20), P(PARAMS)), OK)),
	NOT_RD(RMI_REALM_DESTROY, "5 REALM_DESTROY rd", ALL, "realm_destroy_not_rd_input"),
	ROW("realm_destroy_new_realm", "5 REALM_DESTROY in use", ANY_2_0, NEW_REALM,
	    CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM))),
	ROW("realm_destroy_active_realm", "5 REALM_DESTROY in use", ANY_2_0, NEW_REALM,
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM))),
	ROW("realm_destroy_active_1_0_success", "5 REALM_DESTROY success", RMM_1_0, NEW_REALM,
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK)),
	ROW("realm_destroy_with_recs_realm", "5 REALM_DESTROY in use", ANY_2_0, NEW_REALM,
	    DO(world_first_rec), CALL(RMI_REALM_TERMINATE, A(P(RD)), OK),
	    CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM)),
	    CALL(RMI_REC_DESTROY, A(P(REC)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK)),
	ROW("realm_destroy_with_recs_1_0_realm", "5 REALM_DESTROY in use", RMM_1_0, NEW_REALM,
	    DO(world_first_rec), CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM)),
	    CALL(RMI_REC_DESTROY, A(P(REC)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK)),
	ROW("realm_destroy_with_table_realm", "5 REALM_DESTROY in use", ANY_2_0, NEW_REALM,
	    CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), IPA(0), N(2)), OK), CALL(RMI_REALM_TERMINATE, A(P(RD)), OK),
	    CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM)),
	    CALL(RMI_RTT_DESTROY, A(P(RD), IPA(0), N(2)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK)),
	ROW("realm_destroy_with_table_1_0_realm", "5 REALM_DESTROY in use", RMM_1_0, NEW_REALM,
	    CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), IPA(0), N(2)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM)),
	    CALL(RMI_RTT_DESTROY, A(P(RD), IPA(0), N(2)), OK), CALL(RMI_REALM_DESTROY, A(P(RD)), OK)),
	ROW("realm_destroy_with_shared_table_realm", "5 REALM_DESTROY in use", ANY_2_0, NEW_REALM,
	    CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), SHARED_IPA(0), N(2)), OK), CALL(RMI_REALM_TERMINATE, A(P(RD)), OK),
	    CALL(RMI_REALM_DESTROY, A(P(RD)), FAIL(REALM))),
};

TABLE_OF(cases_realm, rows);
