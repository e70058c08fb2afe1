/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* map-1-0.c - cases of the mapping commands that only RMM 1.0 has: one entry a call */
#include "table.h"

#define UNKNOWN_DATA(data, ipa, result) CALL(RMI1_DATA_CREATE_UNKNOWN, A(P(RD), data, ipa), result)
#define DESTROY(ipa, result, ...) CALL_OUT(RMI1_DATA_DESTROY, A(P(RD), ipa), result, __VA_ARGS__)
#define MAP(ipa, level, desc, result) CALL(RMI1_RTT_MAP_UNPROTECTED, A(P(RD), ipa, N(level), desc), result)
#define UNMAP(ipa, level, result, ...) \
	CALL_OUT(RMI1_RTT_UNMAP_UNPROTECTED, A(P(RD), ipa, N(level)), result, __VA_ARGS__)
#define IS(ipa, level, ...) CALL_OUT(RMI1_RTT_READ_ENTRY, A(P(RD), ipa, N(3)), OK, N(level), __VA_ARGS__)

#define ATTRIBUTES (6 << 2 | 3 << 6)	/* write-back, read and write */
#define TO(page, i) { .base = page, .unit = GRANULES, .n = (i), .plus = ATTRIBUTES }

#define UNKNOWN_FAIL "7.4 DATA_CREATE_UNKNOWN"
#define DESTROY_FAIL "7.4 DATA_DESTROY"
#define MAP_FAIL "7.4 MAP_UNPROTECTED"
#define UNMAP_FAIL "7.4 UNMAP_UNPROTECTED"

static const struct case_row rows[] = {
	ROW("data_create_unknown_success", "7.2 DATA_CREATE_UNKNOWN", RMM_1_0, WITH_DATA,
	    UNKNOWN_DATA(P(FREE), IPA(4), OK), IS(IPA(4), 3, N(RMI_ASSIGNED), P(FREE), N(RMI_EMPTY)),
	    UNKNOWN_DATA(NTH(FREE, 1), IPA(3), OK), IS(IPA(3), 3, N(RMI_ASSIGNED), NTH(FREE, 1), N(RMI_RAM)),
	    UNKNOWN_DATA(NTH(FREE, 2), IPA(6), OK), IS(IPA(6), 3, N(RMI_ASSIGNED), NTH(FREE, 2), N(RMI_DESTROYED))),
	ROW("data_create_unknown_active_success", "7.2 DATA_CREATE_UNKNOWN", RMM_1_0, ACTIVE,
	    UNKNOWN_DATA(P(FREE), IPA(4), OK)),
	ROW("data_create_unknown_not_delegated_input", UNKNOWN_FAIL, RMM_1_0, WITH_TABLES,
	    UNKNOWN_DATA(P(NS), IPA(4), FAIL(INPUT)), UNKNOWN_DATA(P(RD), IPA(4), FAIL(INPUT)),
	    UNKNOWN_DATA(AT(FREE, 8), IPA(4), FAIL(INPUT)), UNKNOWN_DATA(P(HOLE), IPA(4), FAIL(INPUT))),
	ROW("data_create_unknown_ipa_input", UNKNOWN_FAIL, RMM_1_0, WITH_TABLES,
	    UNKNOWN_DATA(P(FREE), N(8), FAIL(INPUT)), UNKNOWN_DATA(P(FREE), SHARED_IPA(0), FAIL(INPUT)),
	    UNKNOWN_DATA(P(FREE), P(SPACE), FAIL(INPUT))),
	ROW("data_create_unknown_not_rd_input", UNKNOWN_FAIL, RMM_1_0, WITH_TABLES,
	    CALL(RMI1_DATA_CREATE_UNKNOWN, A(NTH(FREE, 1), P(FREE), IPA(4)), FAIL(INPUT))),
	ROW("data_create_unknown_walk_short_rtt", UNKNOWN_FAIL, RMM_1_0, WITH_TABLES,
	    UNKNOWN_DATA(P(FREE), IPA_L2(1), FAIL_RTT(2)), UNKNOWN_DATA(P(FREE), IPA_L1(1), FAIL_RTT(1))),
	ROW("data_create_unknown_assigned_rtt", UNKNOWN_FAIL, RMM_1_0, WITH_DATA,
	    UNKNOWN_DATA(P(FREE), IPA(0), FAIL_RTT(3)), UNKNOWN_DATA(P(FREE), IPA(5), FAIL_RTT(3))),

	ROW("data_destroy_success", "7.2 DATA_DESTROY", RMM_1_0, WITH_DATA,
	    DESTROY(IPA(0), OK, P(DATA), IPA(1)), IS(IPA(0), 3, N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED)),
	    DESTROY(IPA(2), OK, NTH(DATA, 2), IPA(5)),
	    DESTROY(IPA(5), OK, NTH(DATA, 5), IPA(7)), IS(IPA(5), 3, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    DESTROY(IPA(7), OK, NTH(DATA, 7), IPA_L2(1)), IS(IPA(7), 3, N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW("data_destroy_active_success", "7.2 DATA_DESTROY", RMM_1_0, ACTIVE, DESTROY(IPA(0), OK, P(DATA), IPA(1))),
	ROW("data_destroy_not_assigned_rtt", DESTROY_FAIL, RMM_1_0, WITH_DATA,
	    DESTROY(IPA(3), FAIL_RTT(3), N(0), IPA(5)), DESTROY(IPA(6), FAIL_RTT(3), N(0), IPA(7)),
	    DESTROY(IPA(8), FAIL_RTT(3), N(0), IPA_L2(1))),
	ROW("data_destroy_walk_short_rtt", DESTROY_FAIL, RMM_1_0, WITH_TABLES,
	    DESTROY(IPA_L2(1), FAIL_RTT(2), N(0), IPA_L1(1)), DESTROY(IPA_L1(1), FAIL_RTT(1), N(0), SHARED_IPA(0))),
	ROW("data_destroy_input", DESTROY_FAIL, RMM_1_0, WITH_DATA,
	    DESTROY(N(8), FAIL(INPUT), N(0)), DESTROY(SHARED_IPA(0), FAIL(INPUT), N(0)),
	    DESTROY(P(SPACE), FAIL(INPUT), N(0)),
	    CALL(RMI1_DATA_DESTROY, A(P(FREE), IPA(0)), FAIL(INPUT))),

	ROW("rtt_map_unprotected_success", "7.2 MAP_UNPROTECTED", RMM_1_0, WITH_TABLES,
	    MAP(SHARED_IPA(1), 3, TO(NS, 1), OK), IS(SHARED_IPA(1), 3, N(RMI_ASSIGNED), TO(NS, 1))),
	ROW_IF(NEED_BLOCK, "rtt_map_unprotected_block_success", "7.2 MAP_UNPROTECTED", RMM_1_0, WITH_TABLES,
	       MAP(SHARED_L2(1), 2, TO(BLOCKS, 0), OK), IS(SHARED_L2(1), 2, N(RMI_ASSIGNED), TO(BLOCKS, 0)),
	       UNMAP(SHARED_L2(1), 2, OK, SHARED_L1(1))),
	ROW("rtt_map_unprotected_place_input", MAP_FAIL, RMM_1_0, WITH_TABLES,
	    MAP(SHARED_IPA(1), 0, TO(NS, 1), FAIL(INPUT)), MAP(SHARED_IPA(1), 4, TO(NS, 1), FAIL(INPUT)),
	    MAP(SHARED_IPA(1), -1, TO(NS, 1), FAIL(INPUT)), MAP(SHARED_IPA(1), 2, TO(BLOCKS, 0), FAIL(INPUT)),
	    MAP(AT(SHARED, 8), 3, TO(NS, 1), FAIL(INPUT)), MAP(P(SPACE), 3, TO(NS, 1), FAIL(INPUT)),
	    MAP(IPA(4), 3, TO(NS, 1), FAIL(INPUT))),
	ROW("rtt_map_unprotected_desc_input", MAP_FAIL, RMM_1_0, WITH_TABLES,
	    MAP(SHARED_IPA(1), 3, AT(NS, ATTRIBUTES | 1), FAIL(INPUT)),
	    MAP(SHARED_IPA(1), 3, AT(NS, ATTRIBUTES | UINT64_C(1) << 63), FAIL(INPUT)),
	    MAP(SHARED_IPA(1), 3, AT(NS, 4 << 2 | 3 << 6), FAIL(INPUT)),
	    MAP(SHARED_L2(1), 2, TO(NS, 1), FAIL(INPUT))),
	ROW("rtt_map_unprotected_not_rd_input", MAP_FAIL, RMM_1_0, WITH_TABLES,
	    CALL(RMI1_RTT_MAP_UNPROTECTED, A(P(FREE), SHARED_IPA(1), N(3), TO(NS, 1)), FAIL(INPUT))),
	ROW("rtt_map_unprotected_walk_short_rtt", MAP_FAIL, RMM_1_0, WITH_TABLES,
	    MAP(SHARED_L2(1), 3, TO(NS, 1), FAIL_RTT(2)), MAP(SHARED_L1(1), 3, TO(NS, 1), FAIL_RTT(1))),
	ROW("rtt_map_unprotected_assigned_rtt", MAP_FAIL, RMM_1_0, WITH_DATA, MAP(SHARED_IPA(0), 3, TO(NS, 1),
	    FAIL_RTT(3))),

	ROW("rtt_unmap_unprotected_success", "7.2 UNMAP_UNPROTECTED", RMM_1_0, WITH_DATA,
	    MAP(SHARED_IPA(5), 3, TO(NS, 1), OK), UNMAP(SHARED_IPA(0), 3, OK, SHARED_IPA(5)),
	    IS(SHARED_IPA(0), 3, N(RMI_UNASSIGNED), N(0)), UNMAP(SHARED_IPA(5), 3, OK, SHARED_L2(1))),
	ROW("rtt_unmap_unprotected_not_assigned_rtt", UNMAP_FAIL, RMM_1_0, WITH_DATA,
	    UNMAP(SHARED_IPA(1), 3, FAIL_RTT(3), SHARED_L2(1))),
	ROW("rtt_unmap_unprotected_walk_short_rtt", UNMAP_FAIL, RMM_1_0, WITH_DATA,
	    UNMAP(SHARED_L2(1), 3, FAIL_RTT(2), SHARED_L1(1))),
	ROW("rtt_unmap_unprotected_input", UNMAP_FAIL, RMM_1_0, WITH_DATA,
	    UNMAP(SHARED_IPA(0), 0, FAIL(INPUT), N(0)), UNMAP(SHARED_IPA(0), 4, FAIL(INPUT), N(0)),
	    UNMAP(SHARED_IPA(1), 2, FAIL(INPUT), N(0)), UNMAP(AT(SHARED, 8), 3, FAIL(INPUT), N(0)),
	    UNMAP(IPA(0), 3, FAIL(INPUT), N(0)), UNMAP(P(SPACE), 3, FAIL(INPUT), N(0)),
	    CALL(RMI1_RTT_UNMAP_UNPROTECTED, A(P(FREE), SHARED_IPA(0), N(3)), FAIL(INPUT))),
};

TABLE_OF(cases_map_1_0, rows);
