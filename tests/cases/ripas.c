/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* ripas.c - cases of RIPAS: init, and what set refuses without a request of the realm (guest-memory.c has the rest) */
#include "world.h"

#define INIT(base, top, result) CALL(RMI_RTT_INIT_RIPAS, A(P(RD), base, top), result)
#define INIT_OK(base, top, end) CALL_OUT(RMI_RTT_INIT_RIPAS, A(P(RD), base, top), OK, end)
#define SET(rec, base, top, result) CALL(RMI_RTT_SET_RIPAS, A(P(RD), rec, base, top), result)
#define IS(ipa, level, ...) CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), ipa, N(3)), OK, N(level), __VA_ARGS__)
#define LAST_PROTECTED { .base = SHARED, .unit = GRANULES, .n = -1 }

#define INIT_INPUT "7.4 INIT_RIPAS input"
#define INIT_STATE "7.4 INIT_RIPAS realm state"
#define INIT_WALK "7.4 INIT_RIPAS walk, first entry"
#define INIT_DONE "7.4 INIT_RIPAS success"
#define SET_INPUT "7.4 SET_RIPAS input"
#define SET_REC "7.4 SET_RIPAS rec"
#define SET_WINDOW "7.4 SET_RIPAS window"

static const struct case_row rows[] = {
	ROW("rtt_init_ripas_success", INIT_DONE, ALL, WITH_TABLES,
	    INIT_OK(IPA(2), IPA(4), IPA(4)), IS(IPA(1), 3, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    IS(IPA(2), 3, N(RMI_UNASSIGNED), N(0), N(RMI_RAM)), IS(IPA(3), 3, N(RMI_UNASSIGNED), N(0), N(RMI_RAM)),
	    IS(IPA(4), 3, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY))),
	ROW("rtt_init_ripas_again_success", INIT_DONE, ALL, WITH_TABLES,
	    INIT_OK(IPA(2), IPA(4), IPA(4)), INIT_OK(IPA(2), IPA(4), IPA(4))),
	ROW("rtt_init_ripas_blocks_success", INIT_DONE, ALL, WITH_TABLES,
	    INIT_OK(IPA_L2(1), IPA_L2(3), IPA_L2(3)), IS(IPA_L2(2), 2, N(RMI_UNASSIGNED), N(0), N(RMI_RAM)),
	    INIT_OK(IPA_L1(1), IPA_L1(2), IPA_L1(2)), IS(IPA_L1(1), 1, N(RMI_UNASSIGNED), N(0), N(RMI_RAM))),
	ROW("rtt_init_ripas_stops_at_table_success", INIT_DONE, ALL, WITH_TABLES,
	    CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), IPA_L2(3), N(3)), OK), INIT_OK(IPA_L2(1), IPA_L2(5), IPA_L2(3))),
	ROW_IF(NEED_4K, "rtt_init_ripas_stops_at_large_entry_success", INIT_DONE, ALL, WITH_TABLES,
	    INIT_OK(IPA(512), IPA(1025), IPA(1024))),
	ROW("rtt_init_ripas_assigned_success", "7.2 INIT_RIPAS", ANY_2_0, WITH_DATA,
	    INIT_OK(IPA(5), IPA(6), IPA(6)), IS(IPA(5), 3, N(RMI_ASSIGNED), NTH(DATA, 5), N(RMI_RAM)),
	    INIT_OK(IPA(0), IPA(6), IPA(6)), INIT_OK(IPA(3), IPA(8), IPA(6))),
	ROW("rtt_init_ripas_stops_at_assigned_success", "7.2 INIT_RIPAS", RMM_1_0, WITH_DATA,
	    INIT_OK(IPA(3), IPA(8), IPA(5))),
	ROW_IF(NEED_4K, "rtt_init_ripas_ends_with_table_success", "7.4 one leaf table per call", ALL, WITH_TABLES,
	       INIT_OK(IPA(510), IPA_L2(3), IPA_L2(1))),
	ROW("rtt_init_ripas_range_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(IPA(1), IPA(1), FAIL(INPUT)), INIT(IPA(2), IPA(1), FAIL(INPUT)), INIT(N(8), IPA(1), FAIL(INPUT)),
	    INIT(IPA(0), N(8), FAIL(INPUT))),
	ROW("rtt_init_ripas_not_protected_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(SHARED_IPA(0), SHARED_IPA(1), FAIL(INPUT)), INIT(LAST_PROTECTED, SHARED_IPA(1), FAIL(INPUT)),
	    INIT(P(SPACE), AT(SPACE, 0x10000), FAIL(INPUT))),
	ROW("rtt_init_ripas_not_rd_input", INIT_INPUT, ALL, WITH_TABLES,
	    CALL(RMI_RTT_INIT_RIPAS, A(P(FREE), IPA(0), IPA(1)), FAIL(INPUT)),
	    CALL(RMI_RTT_INIT_RIPAS, A(AT(RD, 8), IPA(0), IPA(1)), FAIL(INPUT))),
	ROW("rtt_init_ripas_active_realm", INIT_STATE, ALL, ACTIVE, INIT(IPA(4), IPA(5), FAIL(REALM))),
	ROW("rtt_init_ripas_zombie_realm", INIT_STATE, ANY_2_0, WITH_TABLES,
	    CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), INIT(IPA(4), IPA(5), FAIL(REALM))),
	ROW_IF(NEED_4K, "rtt_init_ripas_in_large_entry_rtt", INIT_WALK, ALL, WITH_TABLES,
	       INIT(IPA(513), IPA(1024), FAIL_RTT(2)), INIT(IPA(512), IPA(513), FAIL_RTT(2))),
	ROW("rtt_init_ripas_destroyed_rtt", INIT_WALK, ALL, WITH_DATA,
	    INIT(IPA(6), IPA(8), FAIL_RTT(3)), INIT(IPA(7), IPA(8), FAIL_RTT(3))),
	ROW("rtt_init_ripas_assigned_rtt", INIT_WALK, RMM_1_0, WITH_DATA,
	    INIT(IPA(0), IPA(1), FAIL_RTT(3)), INIT(IPA(5), IPA(6), FAIL_RTT(3))),

	ROW("rtt_set_ripas_range_input", SET_INPUT, ALL, ACTIVE,
	    SET(P(REC), IPA(1), IPA(1), FAIL(INPUT)), SET(P(REC), IPA(2), IPA(1), FAIL(INPUT)),
	    SET(P(REC), N(8), IPA(1), FAIL(INPUT)), SET(P(REC), IPA(0), N(8), FAIL(INPUT))),
	ROW("rtt_set_ripas_not_rd_input", SET_INPUT, ALL, ACTIVE,
	    CALL(RMI_RTT_SET_RIPAS, A(P(FREE), P(REC), IPA(0), IPA(1)), FAIL(INPUT)),
	    CALL(RMI_RTT_SET_RIPAS, A(AT(RD, 8), P(REC), IPA(0), IPA(1)), FAIL(INPUT))),
	ROW("rtt_set_ripas_not_rec_input", SET_INPUT, ALL, ACTIVE,
	    SET(P(FREE), IPA(0), IPA(1), FAIL(INPUT)), SET(AT(REC, 8), IPA(0), IPA(1), FAIL(INPUT)),
	    SET(P(RD), IPA(0), IPA(1), FAIL(INPUT))),
	ROW("rtt_set_ripas_other_realm_rec", SET_REC, ALL, WITH_RECS, DO(world_other_realm),
	    SET(P(OTHER_REC), IPA(0), IPA(1), FAIL(REC))),
	ROW("rtt_set_ripas_not_asked_for_input", SET_WINDOW, ALL, ACTIVE,
	    SET(P(REC), IPA(0), IPA(1), FAIL(INPUT)), SET(P(REC), IPA(4), IPA(5), FAIL(INPUT))),
};

TABLE_OF(cases_ripas, rows);
