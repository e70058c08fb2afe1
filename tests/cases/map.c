/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* map.c - cases of mapping: initial data in both versions, ranges of data and of the host's memory in RMM 2.0 */
#include "world.h"

#define SINGLE RMI_ADDR_TYPE_SINGLE
#define LISTED(count) (RMI_ADDR_TYPE_LIST | (count) << RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_SHIFT)
#define RW (UINT64_C(3) << RMI_RTT_UNPROT_MAP_FLAGS_S2AP_SHIFT)
#define MEMATTR(value) ((uint64_t)(value) << RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_SHIFT)
#define NORMAL (RW | MEMATTR(6))	/* write-back */
#define PAGES(page, i, count) \
	{ .base = page, .unit = GRANULES, .n = (i), .plus = DESC_BITS(RMI_PAGE_L3, count, RMI_OP_MEM_DELEGATED) }
#define NS_PAGES(page, i, count) \
	{ .base = page, .unit = GRANULES, .n = (i), .plus = DESC_BITS(RMI_PAGE_L3, count, RMI_OP_MEM_UNDELEGATED) }
#define BLOCK_L2(state) { .base = BLOCKS, .plus = DESC_BITS(RMI_BLOCK_L2, 1, state) }

#define INIT(data, ipa, src, flags, result) \
	CALL(RMI_RTT_DATA_MAP_INIT, A(P(RD), data, ipa, src, N(flags)), result)
#define MAP(base, top, flags, oaddr, result) CALL(RMI_RTT_DATA_MAP, A(P(RD), base, top, N(flags), oaddr), result)
#define MAP_OK(base, top, flags, oaddr, end) \
	CALL_OUT(RMI_RTT_DATA_MAP, A(P(RD), base, top, N(flags), oaddr), OK, end)
#define UNMAP(base, top, flags, oaddr, result) \
	CALL(RMI_RTT_DATA_UNMAP, A(P(RD), base, top, N(flags), oaddr), result)
#define UNMAP_OK(base, top, flags, oaddr, ...) \
	CALL_OUT(RMI_RTT_DATA_UNMAP, A(P(RD), base, top, N(flags), oaddr), OK, __VA_ARGS__)
#define SHARE(base, top, flags, oaddr, result) \
	CALL(RMI_RTT_UNPROT_MAP, A(P(RD), base, top, N(flags), oaddr), result)
#define SHARE_OK(base, top, flags, oaddr, end) \
	CALL_OUT(RMI_RTT_UNPROT_MAP, A(P(RD), base, top, N(flags), oaddr), OK, end)
#define UNSHARE(base, top, flags, oaddr, result) \
	CALL(RMI_RTT_UNPROT_UNMAP, A(P(RD), base, top, N(flags), oaddr), result)
#define UNSHARE_OK(base, top, flags, oaddr, end) \
	CALL_OUT(RMI_RTT_UNPROT_UNMAP, A(P(RD), base, top, N(flags), oaddr), OK, end)
#define IS(ipa, level, ...) CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), ipa, N(3)), OK, N(level), __VA_ARGS__)
#define LIST_AT(i) AT(LIST, 8 * (i))
#define TERMINATE CALL(RMI_REALM_TERMINATE, A(P(RD)), OK)
#define LAST_PROTECTED { .base = SHARED, .unit = GRANULES, .n = -1 }

static bool delegate_block(struct world *world)
{
	return world_delegate(world, world->host->blocks, 512);
}

#define INIT_INPUT "7.4 DATA_MAP_INIT input"
#define INIT_STATE "7.4 DATA_MAP_INIT realm state"
#define INIT_WALK "7.4 DATA_MAP_INIT walk"
#define INIT_ENTRY "7.4 DATA_MAP_INIT entry"
#define MAP_INPUT "7.4 DATA_MAP input"
#define MAP_STATE "7.4 DATA_MAP realm state"
#define MAP_BACKING "7.4 DATA_MAP backing granule"
#define MAP_LEVEL "7.4 DATA_MAP level"
#define MAP_PARTIAL "7.4 DATA_MAP partial"
#define MAP_SAME "7.4 DATA_MAP same PA, another PA"
#define UNMAP_INPUT "7.4 DATA_UNMAP input"
#define UNMAP_LEVEL "7.4 DATA_UNMAP entry"
#define UNMAPPED "7.4 DATA_UNMAP success"
#define SHARE_INPUT "7.4 UNPROT_MAP input"
#define SHARE_STATE "7.4 UNPROT_MAP realm state"
#define SHARE_LEVEL "7.4 UNPROT_MAP level, another mapping"
#define UNSHARE_ROW "7.4 UNPROT_UNMAP"
#define LEAF "7.4 one leaf table per call"

static const struct case_row rows[] = {
	/* Initial data: the same command in both versions */
	ROW("data_map_init_success", "7.2 DATA_MAP_INIT", ALL, WITH_DATA,
	    INIT(P(FREE), IPA(4), P(SRC), 1, OK), IS(IPA(4), 3, N(RMI_ASSIGNED), P(FREE), N(RMI_RAM)),
	    INIT(NTH(FREE, 1), IPA(3), P(SRC), 0, OK), IS(IPA(3), 3, N(RMI_ASSIGNED), NTH(FREE, 1), N(RMI_RAM)),
	    INIT(NTH(FREE, 2), IPA(6), P(SRC), 0, OK), IS(IPA(6), 3, N(RMI_ASSIGNED), NTH(FREE, 2), N(RMI_RAM))),
	ROW("data_map_init_flags_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(P(FREE), IPA(4), P(SRC), 2, FAIL(INPUT)), INIT(P(FREE), IPA(4), P(SRC),
	    UINT64_C(1) << 63, FAIL(INPUT))),
	ROW("data_map_init_src_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(P(FREE), IPA(4), AT(SRC, 8), 1, FAIL(INPUT)), INIT(P(FREE), IPA(4), NTH(FREE, 1), 1, FAIL(INPUT)),
	    INIT(P(FREE), IPA(4), P(FREE), 1, FAIL(INPUT)), INIT(P(FREE), IPA(4), P(HOLE), 1, FAIL(INPUT)),
	    INIT(P(FREE), IPA(4), P(RD), 1, FAIL(INPUT))),
	ROW("data_map_init_data_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(P(NS), IPA(4), P(SRC), 1, FAIL(INPUT)), INIT(P(RD), IPA(4), P(SRC), 1, FAIL(INPUT)),
	    INIT(P(TABLE), IPA(4), P(SRC), 1, FAIL(INPUT)), INIT(AT(FREE, 8), IPA(4), P(SRC), 1, FAIL(INPUT)),
	    INIT(P(HOLE), IPA(4), P(SRC), 1, FAIL(INPUT))),
	ROW("data_map_init_ipa_input", INIT_INPUT, ALL, WITH_TABLES,
	    INIT(P(FREE), N(8), P(SRC), 1, FAIL(INPUT)), INIT(P(FREE), SHARED_IPA(1), P(SRC), 1, FAIL(INPUT)),
	    INIT(P(FREE), P(SPACE), P(SRC), 1, FAIL(INPUT))),
	ROW("data_map_init_not_rd_input", INIT_INPUT, ALL, WITH_TABLES,
	    CALL(RMI_RTT_DATA_MAP_INIT, A(NTH(FREE, 1), P(FREE), IPA(4), P(SRC), N(1)), FAIL(INPUT)),
	    CALL(RMI_RTT_DATA_MAP_INIT, A(AT(RD, 8), P(FREE), IPA(4), P(SRC), N(1)), FAIL(INPUT))),
	ROW("data_map_init_active_realm", INIT_STATE, ALL, ACTIVE, INIT(P(FREE), IPA(4), P(SRC), 1, FAIL(REALM))),
	ROW("data_map_init_zombie_realm", INIT_STATE, ANY_2_0, WITH_TABLES,
	    TERMINATE, INIT(P(FREE), IPA(4), P(SRC), 1, FAIL(REALM))),
	ROW("data_map_init_walk_short_rtt", INIT_WALK, ALL, WITH_TABLES,
	    INIT(P(FREE), IPA_L2(1), P(SRC), 1, FAIL_RTT(2)), INIT(P(FREE), IPA_L1(1), P(SRC), 1, FAIL_RTT(1))),
	ROW("data_map_init_assigned_rtt", INIT_ENTRY, ALL, WITH_DATA,
	    INIT(P(FREE), IPA(0), P(SRC), 1, FAIL_RTT(3)), INIT(P(FREE), IPA(5), P(SRC), 1, FAIL_RTT(3))),

	/* Data by ranges */
	ROW("data_map_success", "7.2 DATA_MAP", ANY_2_0, WITH_DATA,
	    MAP_OK(IPA(4), IPA(5), SINGLE, PAGES(FREE, 0, 1), IPA(5)),
	    IS(IPA(4), 3, N(RMI_ASSIGNED), P(FREE), N(RMI_EMPTY)),
	    MAP_OK(IPA(3), IPA(4), SINGLE, PAGES(FREE, 1, 1), IPA(4)),
	    IS(IPA(3), 3, N(RMI_ASSIGNED), NTH(FREE, 1), N(RMI_RAM)),
	    MAP_OK(IPA(6), IPA(7), SINGLE, PAGES(FREE, 2, 1), IPA(7)),
	    IS(IPA(6), 3, N(RMI_ASSIGNED), NTH(FREE, 2), N(RMI_DESTROYED))),
	ROW("data_map_active_success", "7.2 DATA_MAP", ANY_2_0, ACTIVE,
	    MAP_OK(IPA(8), IPA(12), SINGLE, PAGES(FREE, 0, 4), IPA(12)),
	    IS(IPA(11), 3, N(RMI_ASSIGNED), NTH(FREE, 3), N(RMI_EMPTY))),
	ROW("data_map_list_success", "7.2 DATA_MAP", ANY_2_0, WITH_TABLES,
	    POKE(LIST_AT(0), PAGES(FREE, 5, 1)), POKE(LIST_AT(1), PAGES(FREE, 8, 2)),
	    MAP_OK(IPA(0), IPA(3), LISTED(2), P(LIST), IPA(3)),
	    IS(IPA(0), 3, N(RMI_ASSIGNED), NTH(FREE, 5), N(RMI_EMPTY)),
	    IS(IPA(2), 3, N(RMI_ASSIGNED), NTH(FREE, 9), N(RMI_EMPTY))),
	ROW("data_map_list_from_the_middle_success", "7.2 DATA_MAP", ANY_2_0, WITH_TABLES,
	    POKE(LIST_AT(3), PAGES(FREE, 5, 1)), MAP_OK(IPA(0), IPA(1), LISTED(1), LIST_AT(3), IPA(1))),
	ROW_IF(NEED_BLOCK, "data_map_block_success", "7.2 DATA_MAP", ANY_2_0, WITH_TABLES, DO(delegate_block),
	       MAP_OK(IPA_L2(1), IPA_L2(2), SINGLE, BLOCK_L2(RMI_OP_MEM_DELEGATED), IPA_L2(2)),
	       IS(IPA_L2(1), 2, N(RMI_ASSIGNED), P(BLOCKS), N(RMI_EMPTY))),
	ROW_IF(NEED_BLOCK, "data_map_levels_differ_success", MAP_PARTIAL, ANY_2_0, WITH_TABLES, DO(delegate_block),
	       POKE(LIST_AT(0), PAGES(FREE, 0, 1)), POKE(LIST_AT(1), BLOCK_L2(RMI_OP_MEM_DELEGATED)),
	       MAP_OK(IPA(0), IPA_L2(2), LISTED(2), P(LIST), IPA(1))),
	ROW("data_map_memory_ends_success", MAP_PARTIAL, ANY_2_0, WITH_TABLES,
	    MAP_OK(IPA(0), IPA(8), SINGLE, PAGES(FREE, 0, 2), IPA(2))),
	ROW("data_map_stops_at_other_page_success", MAP_PARTIAL, ANY_2_0, WITH_DATA,
	    MAP_OK(IPA(3), IPA(7), SINGLE, PAGES(FREE, 0, 4), IPA(5))),
	ROW("data_map_stops_at_not_delegated_success", MAP_PARTIAL, ANY_2_0, WITH_TABLES,
	    MAP_OK(IPA(0), IPA(8), SINGLE, PAGES(FREE, 30, 8), IPA(2))),
	ROW_IF(NEED_4K, "data_map_ends_with_table_success", LEAF, ANY_2_0, WITH_TABLES,
	       MAP_OK(IPA(510), IPA(514), SINGLE, PAGES(FREE, 0, 4), IPA(512))),
	ROW("data_map_same_page_success", MAP_SAME, ANY_2_0, WITH_DATA,
	    MAP_OK(IPA(5), IPA(6), SINGLE, PAGES(DATA, 5, 1), IPA(6))),
	ROW("data_map_other_page_rtt", MAP_SAME, ANY_2_0, WITH_DATA,
	    MAP(IPA(0), IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL_RTT(3)),
	    MAP(IPA(5), IPA(6), SINGLE, PAGES(FREE, 0, 1), FAIL_RTT(3))),
	ROW("data_map_range_input", MAP_INPUT, ANY_2_0, WITH_TABLES,
	    MAP(IPA(1), IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT)),
	    MAP(IPA(2), IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT)),
	    MAP(N(8), IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT)),
	    MAP(IPA(0), N(8), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT))),
	ROW("data_map_not_protected_input", MAP_INPUT, ANY_2_0, WITH_TABLES,
	    MAP(SHARED_IPA(0), SHARED_IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT)),
	    MAP(LAST_PROTECTED, SHARED_IPA(1), SINGLE, PAGES(FREE, 0, 2), FAIL(INPUT)),
	    MAP(IPA(0), N(-0x10000), SINGLE, PAGES(FREE, 0, 1), FAIL(INPUT))),
	ROW("data_map_type_input", MAP_INPUT, ANY_2_0, WITH_TABLES,
	    MAP(IPA(0), IPA(1), RMI_ADDR_TYPE_NONE, PAGES(FREE, 0, 1), FAIL(INPUT)),
	    MAP(IPA(0), IPA(1), 3, PAGES(FREE, 0, 1), FAIL(INPUT))),
	ROW("data_map_list_input", MAP_INPUT, ANY_2_0, WITH_TABLES, POKE(LIST_AT(0), PAGES(FREE, 0, 1)),
	    MAP(IPA(0), IPA(1), LISTED(1), AT(LIST, 4), FAIL(INPUT)), MAP(IPA(0), IPA(1), LISTED(1), P(FREE),
	    FAIL(INPUT)),
	    MAP(IPA(0), IPA(1), LISTED(1), P(HOLE), FAIL(INPUT))),
	ROW("data_map_state_input", MAP_INPUT, ANY_2_0, WITH_TABLES,
	    MAP(IPA(0), IPA(1), SINGLE, NS_PAGES(FREE, 0, 1), FAIL(INPUT))),
	ROW("data_map_not_rd_input", MAP_INPUT, ANY_2_0, WITH_TABLES,
	    CALL(RMI_RTT_DATA_MAP, A(NTH(FREE, 1), IPA(0), IPA(1), N(SINGLE), PAGES(FREE, 0, 1)), FAIL(INPUT))),
	ROW("data_map_zombie_realm", MAP_STATE, ANY_2_0, WITH_TABLES,
	    TERMINATE, MAP(IPA(0), IPA(1), SINGLE, PAGES(FREE, 0, 1), FAIL(REALM))),
	ROW("data_map_not_delegated_input", MAP_BACKING, ANY_2_0, WITH_DATA,
	    MAP(IPA(4), IPA(5), SINGLE, PAGES(NS, 0, 1), FAIL(INPUT)),
	    MAP(IPA(4), IPA(5), SINGLE, PAGES(RD, 0, 1), FAIL(INPUT)),
	    MAP(IPA(4), IPA(5), SINGLE, PAGES(DATA, 0, 1), FAIL(INPUT)),
	    MAP(IPA(4), IPA(5), SINGLE, PAGES(HOLE, 0, 1), FAIL(INPUT))),
	ROW("data_map_walk_short_rtt", MAP_LEVEL, ANY_2_0, WITH_TABLES,
	    MAP(IPA_L2(1), IPA_L2(2), SINGLE, PAGES(FREE, 0, 1), FAIL_RTT(2)),
	    MAP(IPA_L1(1), IPA_L1(2), SINGLE, PAGES(FREE, 0, 1), FAIL_RTT(1))),
	ROW_IF(NEED_BLOCK, "data_map_block_in_smaller_range_rtt", MAP_LEVEL, ANY_2_0, WITH_TABLES, DO(delegate_block),
	       MAP(IPA(512), IPA(516), SINGLE, BLOCK_L2(RMI_OP_MEM_DELEGATED), FAIL_RTT(2))),

	ROW("data_unmap_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    UNMAP_OK(IPA(0), IPA(1), SINGLE, N(0), IPA(1), PAGES(DATA, 0, 1)),
	    IS(IPA(0), 3, N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED)),
	    UNMAP_OK(IPA(5), IPA(6), SINGLE, N(0), IPA(6), PAGES(DATA, 5, 1)),
	    IS(IPA(5), 3, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    UNMAP_OK(IPA(7), IPA(8), SINGLE, N(0), IPA(8), PAGES(DATA, 7, 1)),
	    IS(IPA(7), 3, N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW("data_unmap_consecutive_success", UNMAPPED, ANY_2_0, ACTIVE,
	    UNMAP_OK(IPA(0), IPA(3), SINGLE, N(0), IPA(3), PAGES(DATA, 0, 3))),
	ROW("data_unmap_stops_at_gap_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    MAP_OK(IPA(3), IPA(4), SINGLE, PAGES(FREE, 5, 1), IPA(4)),
	    UNMAP_OK(IPA(2), IPA(4), SINGLE, N(0), IPA(3), PAGES(DATA, 2, 1))),
	ROW("data_unmap_skips_not_live_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    UNMAP_OK(IPA(3), IPA(5), SINGLE, N(0), IPA(5), N(0)),
	    UNMAP_OK(IPA(3), IPA(6), SINGLE, N(0), IPA(6), PAGES(DATA, 5, 1))),
	ROW("data_unmap_list_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    UNMAP_OK(IPA(0), IPA(6), LISTED(8), P(LIST), IPA(6), N(0), N(2)),
	    PEEK(LIST_AT(0), PAGES(DATA, 0, 3)), PEEK(LIST_AT(1), PAGES(DATA, 5, 1))),
	ROW("data_unmap_list_full_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    UNMAP_OK(IPA(0), IPA(6), LISTED(1), P(LIST), ANY, N(0), N(1)), PEEK(LIST_AT(0), PAGES(DATA, 0, 3)),
	    IS(IPA(5), 3, N(RMI_ASSIGNED), NTH(DATA, 5), N(RMI_EMPTY))),
	ROW("data_unmap_nothing_told_success", UNMAPPED, ANY_2_0, WITH_DATA,
	    UNMAP_OK(IPA(0), IPA(1), RMI_ADDR_TYPE_NONE, N(0), IPA(1), N(0), N(0)),
	    IS(IPA(0), 3, N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW_IF(NEED_BLOCK, "data_unmap_block_success", UNMAPPED, ANY_2_0, WITH_TABLES, DO(delegate_block),
	       MAP_OK(IPA_L2(1), IPA_L2(2), SINGLE, BLOCK_L2(RMI_OP_MEM_DELEGATED), IPA_L2(2)),
	       UNMAP_OK(IPA_L2(1), IPA_L2(2), SINGLE, N(0), IPA_L2(2), BLOCK_L2(RMI_OP_MEM_DELEGATED))),
	ROW("data_unmap_zombie_success", UNMAPPED, ANY_2_0, WITH_DATA, TERMINATE,
	    UNMAP_OK(IPA(0), IPA(1), SINGLE, N(0), IPA(1), PAGES(DATA, 0, 1))),
	ROW_IF(NEED_4K, "data_unmap_ends_with_table_success", LEAF, ANY_2_0, WITH_DATA,
	       UNMAP_OK(IPA(510), IPA(514), SINGLE, N(0), IPA(512), N(0))),
	ROW("data_unmap_range_input", UNMAP_INPUT, ANY_2_0, WITH_DATA,
	    UNMAP(N(8), IPA(1), SINGLE, N(0), FAIL(INPUT)), UNMAP(IPA(0), N(8), SINGLE, N(0), FAIL(INPUT)),
	    UNMAP(IPA(1), IPA(1), SINGLE, N(0), FAIL(INPUT)), UNMAP(IPA(1), IPA(0), SINGLE, N(0), FAIL(INPUT)),
	    UNMAP(SHARED_IPA(0), SHARED_IPA(1), SINGLE, N(0), FAIL(INPUT)),
	    UNMAP(LAST_PROTECTED, SHARED_IPA(1), SINGLE, N(0), FAIL(INPUT))),
	ROW("data_unmap_oaddr_input", UNMAP_INPUT, ANY_2_0, WITH_DATA,
	    UNMAP(IPA(0), IPA(1), RMI_ADDR_TYPE_NONE, P(LIST), FAIL(INPUT)),
	    UNMAP(IPA(0), IPA(1), RMI_ADDR_TYPE_NONE | 1 << 2, N(0), FAIL(INPUT)),
	    UNMAP(IPA(0), IPA(1), SINGLE, P(LIST), FAIL(INPUT)), UNMAP(IPA(0), IPA(1), SINGLE | 1 << 2, N(0),
	    FAIL(INPUT))),
	ROW("data_unmap_list_input", UNMAP_INPUT, ANY_2_0, WITH_DATA,
	    UNMAP(IPA(0), IPA(1), LISTED(0), P(LIST), FAIL(INPUT)),
	    UNMAP(IPA(0), IPA(1), LISTED(1), AT(LIST, 4), FAIL(INPUT)),
	    UNMAP(IPA(0), IPA(1), LISTED(1), P(FREE), FAIL(INPUT)), UNMAP(IPA(0), IPA(1), LISTED(1), P(HOLE),
	    FAIL(INPUT))),
	ROW("data_unmap_not_rd_input", UNMAP_INPUT, ANY_2_0, WITH_DATA,
	    CALL(RMI_RTT_DATA_UNMAP, A(P(FREE), IPA(0), IPA(1), N(SINGLE), N(0)), FAIL(INPUT))),
	ROW_IF(NEED_4K, "data_unmap_in_large_entry_rtt", UNMAP_LEVEL, ANY_2_0, WITH_DATA,
	       UNMAP(IPA(513), IPA(1024), SINGLE, N(0), FAIL_RTT(2)), UNMAP(IPA(512), IPA(513), SINGLE, N(0),
	       FAIL_RTT(2))),
	ROW_IF(NEED_BLOCK, "data_unmap_part_of_block_rtt", UNMAP_LEVEL, ANY_2_0, WITH_TABLES, DO(delegate_block),
	       MAP_OK(IPA_L2(1), IPA_L2(2), SINGLE, BLOCK_L2(RMI_OP_MEM_DELEGATED), IPA_L2(2)),
	       UNMAP(IPA(512), IPA(513), SINGLE, N(0), FAIL_RTT(2)), UNMAP(IPA(513), IPA(1024), SINGLE, N(0),
	       FAIL_RTT(2))),

	/* Memory of the host by ranges */
	ROW("unprot_map_success", "7.2 UNPROT_MAP", ANY_2_0, WITH_TABLES,
	    SHARE_OK(SHARED_IPA(0), SHARED_IPA(2), SINGLE | NORMAL, NS_PAGES(NS, 0, 2), SHARED_IPA(2)),
	    IS(SHARED_IPA(1), 3, N(RMI_ASSIGNED))),
	ROW("unprot_map_list_success", "7.2 UNPROT_MAP", ANY_2_0, ACTIVE,
	    POKE(LIST_AT(0), NS_PAGES(NS, 3, 1)), POKE(LIST_AT(1), NS_PAGES(NS, 1, 2)),
	    SHARE_OK(SHARED_IPA(1), SHARED_IPA(4), LISTED(2) | NORMAL, P(LIST), SHARED_IPA(4)),
	    IS(SHARED_IPA(3), 3, N(RMI_ASSIGNED))),
	ROW_IF(NEED_BLOCK, "unprot_map_block_success", "7.2 UNPROT_MAP", ANY_2_0, WITH_TABLES,
	       SHARE_OK(SHARED_L2(1), SHARED_L2(2), SINGLE | NORMAL, BLOCK_L2(RMI_OP_MEM_UNDELEGATED), SHARED_L2(2)),
	       IS(SHARED_L2(1), 2, N(RMI_ASSIGNED))),
	ROW("unprot_map_same_page_success", SHARE_LEVEL, ANY_2_0, WITH_DATA,
	    SHARE_OK(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), SHARED_IPA(1))),
	ROW("unprot_map_state_not_looked_at_success", "7.4 UNPROT_MAP descriptor state in TF-RMM", TF_2_0, WITH_TABLES,
	    SHARE_OK(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL, PAGES(NS, 0, 1), SHARED_IPA(1))),
	ROW("unprot_map_range_input", SHARE_INPUT, ANY_2_0, WITH_TABLES,
	    SHARE(IPA(0), IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL(INPUT)),
	    SHARE(LAST_PROTECTED, SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 2), FAIL(INPUT)),
	    SHARE(SHARED_IPA(0), AT(SPACE, 0x10000), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL(INPUT)),
	    SHARE(AT(SHARED, 8), SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL(INPUT)),
	    SHARE(SHARED_IPA(1), SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL(INPUT))),
	ROW("unprot_map_attributes_input", SHARE_INPUT, ANY_2_0, WITH_TABLES,
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE | RW | MEMATTR(4), NS_PAGES(NS, 0, 1), FAIL(INPUT)),
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL | UINT64_C(8) << RMI_RTT_UNPROT_MAP_FLAGS_S2AP_SHIFT,
		  NS_PAGES(NS, 0, 1), FAIL(INPUT))),
	ROW("unprot_map_outside_input", SHARE_INPUT, ANY_2_0, WITH_TABLES,
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL, N(UINT64_C(1) << 51 | UINT64_C(1) << 63 | 4),
	    FAIL(INPUT))),
	ROW("unprot_map_list_input", SHARE_INPUT, ANY_2_0, WITH_TABLES,
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), LISTED(1) | NORMAL, AT(LIST, 4), FAIL(INPUT)),
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), LISTED(1) | NORMAL, P(FREE), FAIL(INPUT))),
	ROW("unprot_map_not_rd_input", SHARE_INPUT, ANY_2_0, WITH_TABLES,
	    CALL(RMI_RTT_UNPROT_MAP, A(P(FREE), SHARED_IPA(0), SHARED_IPA(1), N(SINGLE | NORMAL), NS_PAGES(NS, 0, 1)),
		 FAIL(INPUT))),
	ROW("unprot_map_zombie_realm", SHARE_STATE, ANY_2_0, WITH_TABLES, TERMINATE,
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL(REALM))),
	ROW("unprot_map_walk_short_rtt", SHARE_LEVEL, ANY_2_0, WITH_TABLES,
	    SHARE(SHARED_L2(1), SHARED_L2(2), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL_RTT(2)),
	    SHARE(SHARED_L1(1), SHARED_L1(2), SINGLE | NORMAL, NS_PAGES(NS, 0, 1), FAIL_RTT(1))),
	ROW("unprot_map_other_page_rtt", SHARE_LEVEL, ANY_2_0, WITH_DATA,
	    SHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE | NORMAL, NS_PAGES(NS, 1, 1), FAIL_RTT(3))),

	ROW("unprot_unmap_success", UNSHARE_ROW, ANY_2_0, WITH_DATA,
	    UNSHARE_OK(SHARED_IPA(0), SHARED_IPA(1), SINGLE, N(0), SHARED_IPA(1)),
	    IS(SHARED_IPA(0), 3, N(RMI_UNASSIGNED), N(0))),
	ROW("unprot_unmap_skips_not_live_success", UNSHARE_ROW, ANY_2_0, WITH_DATA,
	    UNSHARE_OK(SHARED_IPA(1), SHARED_IPA(4), SINGLE, N(0), SHARED_IPA(4))),
	ROW("unprot_unmap_range_input", UNSHARE_ROW, ANY_2_0, WITH_DATA,
	    UNSHARE(IPA(0), IPA(1), SINGLE, N(0), FAIL(INPUT)),
	    UNSHARE(LAST_PROTECTED, SHARED_IPA(1), SINGLE, N(0), FAIL(INPUT)),
	    UNSHARE(AT(SHARED, 8), SHARED_IPA(1), SINGLE, N(0), FAIL(INPUT)),
	    UNSHARE(SHARED_IPA(1), SHARED_IPA(1), SINGLE, N(0), FAIL(INPUT))),
	ROW("unprot_unmap_oaddr_input", UNSHARE_ROW, ANY_2_0, WITH_DATA,
	    UNSHARE(SHARED_IPA(0), SHARED_IPA(1), SINGLE, P(LIST), FAIL(INPUT)),
	    UNSHARE(SHARED_IPA(0), SHARED_IPA(1), LISTED(0), P(LIST), FAIL(INPUT)),
	    UNSHARE(SHARED_IPA(0), SHARED_IPA(1), LISTED(1), AT(LIST, 4), FAIL(INPUT))),
	ROW_IF(NEED_4K, "unprot_unmap_in_large_entry_rtt", UNSHARE_ROW, ANY_2_0, WITH_DATA,
	       UNSHARE(SHARED_IPA(513), SHARED_IPA(1024), SINGLE, N(0), FAIL_RTT(2))),
};

TABLE_OF(cases_map, rows);
