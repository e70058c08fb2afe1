/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* granule.c - cases of delegation, and of what it does to content */
#include "world.h"

#define WIPED "1 wiped on reuse"

static bool undelegate_wipes(struct world *world)
{
	uint64_t page = world_page(world, NS, 1);

	for (uint64_t at = 0; at < granule_size(world); at += 8)
		world_poke(world, page + at, at + 1);
	if (!world_delegate(world, page, 1) || !world_undelegate(world, page, 1))
		return false;
	for (uint64_t at = 0; at < granule_size(world); at += 8) {
		if (world_peek(world, page + at))
			return world_fail(world, "the content came back");
	}
	return true;
}

/* One call of RMM 2.0 for count granules: where SUCCESS has to end, on an RMM that takes all it can, and on TF-RMM */
#define DELEGATE(first, last) A(NTH(NS, first), NTH(NS, last))

/* A tracking region of 32 MiB, with 16 KiB granules */
#define REGION_END { .base = REGION, .unit = ENTRIES_L2, .n = 1 }

static const struct case_row rows[] = {
	/* RMM 2.0: ranges */
	ROW("range_delegate_success", "3 RANGE_DELEGATE all done", RMM_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(1, 5), OK, NTH(NS, 5)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(1, 5), OK, NTH(NS, 5))),
	ROW("range_delegate_one_by_one_success", "3 one granule per call", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(1, 3), OK, NTH(NS, 2)),
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(2, 3), OK, NTH(NS, 3)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(1, 3), OK, NTH(NS, 2)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(2, 3), OK, NTH(NS, 3))),
	ROW("range_delegate_base_unaligned_input", "3 RANGE_DELEGATE base, top", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(AT(NS, 8), NTH(NS, 1)), FAIL(INPUT))),
	ROW("range_delegate_base_unaligned_input_tf", "3 RANGE_DELEGATE base, top", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(AT(NS, 8), NTH(NS, 1)), FAIL(INPUT), AT(NS, 8))),
	ROW("range_delegate_top_unaligned_input", "3 RANGE_DELEGATE base, top", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(NS), AT(NS, 8)), FAIL(INPUT))),
	ROW("range_delegate_top_unaligned_input_tf", "3 RANGE_DELEGATE base, top", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(P(NS), AT(NS, 8)), FAIL(INPUT), P(NS))),
	ROW("range_delegate_empty_input", "3 RANGE_DELEGATE base, top", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(NS), P(NS)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(NTH(NS, 1), P(NS)), FAIL(INPUT))),
	ROW("range_delegate_empty_input_tf", "3 RANGE_DELEGATE base, top", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(P(NS), P(NS)), FAIL(INPUT), P(NS)),
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(NTH(NS, 1), P(NS)), FAIL(INPUT), NTH(NS, 1))),
	ROW("range_delegate_delegated_input", "3 RANGE_DELEGATE first not NS", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(FREE), NTH(FREE, 1)), FAIL(INPUT))),
	ROW("range_delegate_delegated_input_tf", "3 RANGE_DELEGATE first not NS", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(P(FREE), NTH(FREE, 1)), FAIL(INPUT), P(FREE))),
	ROW("range_delegate_rd_input", "3 RANGE_DELEGATE first not NS", RMM_2_0, NEW_REALM,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(RD), NTH(RD, 1)), FAIL(INPUT))),
	ROW("range_delegate_stops_at_delegated_success", "3 RANGE_DELEGATE later not NS", RMM_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(3, 4), OK, NTH(NS, 4)),
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(1, 5), OK, NTH(NS, 3))),
	ROW("range_delegate_no_memory_tracking", "3 RANGE_DELEGATE untracked", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(HOLE), NTH(HOLE, 1)), FAIL(TRACKING))),
	ROW("range_delegate_no_memory_tracking_tf", "3 RANGE_DELEGATE untracked", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(P(HOLE), NTH(HOLE, 1)), FAIL(TRACKING), P(HOLE))),
	ROW_IF(NEED_REGION, "range_delegate_untracked_tracking", "3 RANGE_DELEGATE untracked", RMM_2_0, READY,
	    CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_NONE)), OK),
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(REGION), NTH(REGION, 1)), FAIL(TRACKING)),
	    CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_FINE)), OK)),
	ROW_IF(NEED_REGION, "range_delegate_coarse_part_input", "3 RANGE_DELEGATE coarse", RMM_2_0, READY,
	    CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_COARSE)), OK),
	    CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(REGION), NTH(REGION, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_FINE)), OK)),
	ROW_IF(NEED_REGION | NEED_16K, "range_delegate_coarse_success", "3 RANGE_DELEGATE coarse", RMM_2_0, READY,
	       CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_COARSE)), OK),
	       CALL(RMI_GRANULE_RANGE_DELEGATE, A(P(REGION), NTH(REGION, 1)), FAIL(INPUT)),
	       CALL(RMI_GRANULE_RANGE_DELEGATE, A(NTH(REGION, 1), REGION_END), FAIL(INPUT)),
	       CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, A(P(REGION), REGION_END), OK, REGION_END),
	       CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(REGION), NTH(REGION, 1)), FAIL(INPUT)),
	       CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(REGION), REGION_END), OK, REGION_END),
	       CALL(RMI_GRANULE_TRACKING_SET, A(P(REGION), N(0), N(RMI_TRACKING_FINE)), OK)),

	ROW("range_undelegate_success", "3 RANGE_UNDELEGATE", ANY_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(FREE), NTH(FREE, 1)), OK, NTH(FREE, 1))),
	ROW("range_undelegate_unaligned_input", "3 RANGE_UNDELEGATE", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(AT(FREE, 8), NTH(FREE, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(FREE), AT(FREE, 8)), FAIL(INPUT))),
	ROW("range_undelegate_unaligned_input_tf", "3 RANGE_UNDELEGATE", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(AT(FREE, 8), NTH(FREE, 1)), FAIL(INPUT), AT(FREE, 8)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(FREE), AT(FREE, 8)), FAIL(INPUT), P(FREE))),
	ROW("range_undelegate_empty_input", "3 RANGE_UNDELEGATE", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(FREE), P(FREE)), FAIL(INPUT))),
	ROW("range_undelegate_empty_input_tf", "3 RANGE_UNDELEGATE", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(FREE), P(FREE)), FAIL(INPUT), P(FREE))),
	ROW("range_undelegate_ns_input", "3 RANGE_UNDELEGATE", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(1, 2), FAIL(INPUT))),
	ROW("range_undelegate_ns_input_tf", "3 RANGE_UNDELEGATE", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(1, 2), FAIL(INPUT), NTH(NS, 1))),
	ROW("range_undelegate_in_use_input", "3 RANGE_UNDELEGATE", RMM_2_0, WITH_RECS,
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(RD), NTH(RD, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(ROOT), NTH(ROOT, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(TABLE), NTH(TABLE, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(DATA), NTH(DATA, 1)), FAIL(INPUT)),
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(REC), NTH(REC, 1)), FAIL(INPUT))),
	ROW("range_undelegate_in_use_input_tf", "3 RANGE_UNDELEGATE", TF_2_0, WITH_RECS,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(RD), NTH(RD, 1)), FAIL(INPUT), P(RD)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(ROOT), NTH(ROOT, 1)), FAIL(INPUT), P(ROOT)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(TABLE), NTH(TABLE, 1)), FAIL(INPUT), P(TABLE)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(DATA), NTH(DATA, 1)), FAIL(INPUT), P(DATA)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(REC), NTH(REC, 1)), FAIL(INPUT), P(REC))),
	ROW("range_undelegate_no_memory_tracking", "3 RANGE_UNDELEGATE", RMM_2_0, READY,
	    CALL(RMI_GRANULE_RANGE_UNDELEGATE, A(P(HOLE), NTH(HOLE, 1)), FAIL(TRACKING))),
	ROW("range_undelegate_no_memory_tracking_tf", "3 RANGE_UNDELEGATE", TF_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, A(P(HOLE), NTH(HOLE, 1)), FAIL(TRACKING), P(HOLE))),
	ROW("range_undelegate_stops_at_ns_success", "3 RANGE_UNDELEGATE", RMM_2_0, READY,
	    CALL_OUT(RMI_GRANULE_RANGE_DELEGATE, DELEGATE(1, 3), OK, NTH(NS, 3)),
	    CALL_OUT(RMI_GRANULE_RANGE_UNDELEGATE, DELEGATE(1, 5), OK, NTH(NS, 3))),

	/* RMM 1.0: one granule */
	ROW("granule_delegate_success", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_DELEGATE, A(NTH(NS, 1)), OK), CALL(RMI1_GRANULE_UNDELEGATE, A(NTH(NS, 1)), OK)),
	ROW("granule_delegate_unaligned_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_DELEGATE, A(AT(NS, 8)), FAIL(INPUT))),
	ROW("granule_delegate_delegated_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_DELEGATE, A(P(FREE)), FAIL(INPUT))),
	ROW("granule_delegate_no_memory_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_DELEGATE, A(P(HOLE)), FAIL(INPUT))),
	ROW("granule_delegate_outside_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_DELEGATE, A(N(UINT64_C(1) << 60)), FAIL(INPUT))),
	ROW("granule_undelegate_success", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(FREE)), OK)),
	ROW("granule_undelegate_unaligned_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_UNDELEGATE, A(AT(FREE, 8)), FAIL(INPUT))),
	ROW("granule_undelegate_ns_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(NS)), FAIL(INPUT))),
	ROW("granule_undelegate_no_memory_input", "3 DELEGATE", RMM_1_0, READY,
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(HOLE)), FAIL(INPUT))),
	ROW("granule_undelegate_in_use_input", "3 DELEGATE", RMM_1_0, WITH_RECS,
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(RD)), FAIL(INPUT)),
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(ROOT)), FAIL(INPUT)),
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(TABLE)), FAIL(INPUT)),
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(DATA)), FAIL(INPUT)),
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(REC)), FAIL(INPUT)),
	    CALL(RMI1_GRANULE_UNDELEGATE, A(P(AUX)), FAIL(INPUT))),

	ROW("granule_undelegate_wipes", WIPED, ALL, READY, DO(undelegate_wipes)),
};

TABLE_OF(cases_granule, rows);
