/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rtt.c - cases of translation tables: create, destroy, fold, read entry */
#include "world.h"

/* RTT_READ_ENTRY must succeed, with the level where the walk ends, and what is there */
#define READ(ipa, level, ...) CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), ipa, N(level)), OK, __VA_ARGS__)
#define CREATE(page, ipa, level, result) CALL(RMI_RTT_CREATE, A(P(RD), page, ipa, N(level)), result)
#define DESTROY(ipa, level, result, ...) CALL_OUT(RMI_RTT_DESTROY, A(P(RD), ipa, N(level)), result, __VA_ARGS__)
#define FOLD(ipa, level, result) CALL(RMI_RTT_FOLD, A(P(RD), ipa, N(level)), result)

#define LAST_L1 { .base = SPACE, .unit = ENTRIES_L1, .n = -1 }

/* Arguments that no command with rd, ipa and level takes */
#define BAD_PLACES(command) \
	CALL(command, A(P(RD), IPA(0), N(ROOT_LEVEL)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA(0), N(4)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA(0), N(0)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA(0), N(-1)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA(0), N(0x102)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA(1), N(3)), FAIL(INPUT)), \
	CALL(command, A(P(RD), IPA_L2(1), N(2)), FAIL(INPUT)), \
	CALL(command, A(P(RD), N(8), N(3)), FAIL(INPUT)), \
	CALL(command, A(P(RD), P(SPACE), N(2)), FAIL(INPUT)), \
	CALL(command, A(P(RD), P(SPACE), N(3)), FAIL(INPUT)), \
	CALL(command, A(P(FREE), IPA(0), N(3)), FAIL(INPUT)), \
	CALL(command, A(P(ROOT), IPA(0), N(3)), FAIL(INPUT)), \
	CALL(command, A(AT(RD, 8), IPA(0), N(3)), FAIL(INPUT))

static unsigned entries(const struct world *world)
{
	return 1u << (world->host->granule_shift - 3);
}

/* The table at IPA 0, level 3, gets the pages of the block at base, the first of them at its entry number `first`. */
static bool map_block(struct world *world, uint64_t base, unsigned first)
{
	unsigned count = entries(world);

	for (unsigned i = 0; i < count; i++) {
		if (!world_data_unknown(world, (i + first) % count * granule_size(world),
		base + i * granule_size(world)))
			return false;
	}
	return true;
}

static bool map_pages_of_block(struct world *world)
{
	return world_delegate(world, world->host->blocks, entries(world)) && map_block(world, world->host->blocks, 0);
}

static bool map_pages_rotated(struct world *world)
{
	return world_delegate(world, world->host->blocks, entries(world)) && map_block(world, world->host->blocks, 1);
}

static bool share_from(struct world *world, uint64_t pa)
{
	uint64_t shared = world_value(world, (struct sym)P(SHARED));

	for (unsigned i = 0; i < entries(world); i++) {
		if (!world_share(world, shared + i * granule_size(world), pa + i * granule_size(world)))
			return false;
	}
	return true;
}

static bool share_pages_of_block(struct world *world)
{
	return share_from(world, world->host->blocks);
}

static bool share_unaligned_pages(struct world *world)
{
	return share_from(world, world->host->blocks + granule_size(world));
}

#define CREATE_INPUT "7.3 RTT_CREATE input"
#define CREATE_WALK "7.3 RTT_CREATE walk"
#define CREATE_TABLE "7.3 RTT_CREATE entry is TABLE"
#define CREATED "7.2 RTT_CREATE"
#define DESTROY_INPUT "7.3 RTT_DESTROY input"
#define DESTROY_WALK "7.3 RTT_DESTROY walk, not TABLE"
#define DESTROY_LIVE "7.3 RTT_DESTROY live"
#define DESTROYED_OK "7.3 RTT_DESTROY success"
#define FOLD_FAIL "7.3 RTT_FOLD failures"
#define FOLD_OK "7.3 RTT_FOLD success"
#define READ_INPUT "7.3 RTT_READ_ENTRY input"
#define READ_OK "7.3 RTT_READ_ENTRY success"

static const struct case_row rows[] = {
	/* Create */
	ROW("rtt_create_success", CREATED, ALL, NEW_REALM,
	    CREATE(P(FREE), IPA(0), 2, OK), READ(IPA(0), 1, N(1), N(RMI_TABLE), P(FREE)),
	    READ(IPA(0), 2, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    READ(IPA_L2(1), 2, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    CREATE(NTH(FREE, 1), IPA(0), 3, OK), READ(IPA(0), 2, N(2), N(RMI_TABLE), NTH(FREE, 1)),
	    READ(IPA(1), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY))),
	ROW("rtt_create_shared_success", CREATED, ALL, NEW_REALM,
	    CREATE(P(FREE), SHARED_IPA(0), 2, OK), READ(SHARED_IPA(0), 1, N(1), N(RMI_TABLE), P(FREE)),
	    READ(SHARED_L2(1), 2, N(2), N(RMI_UNASSIGNED))),
	ROW("rtt_create_last_entry_success", CREATED, ALL, NEW_REALM,
	    CREATE(P(FREE), LAST_L1, 2, OK)),
	ROW("rtt_create_in_active_realm_success", CREATED, ALL, ACTIVE, CREATE(P(FREE), IPA_L1(1), 2, OK)),
	ROW("rtt_create_copies_ram_success", CREATED, ALL, WITH_TABLES,
	    CALL_OUT(RMI_RTT_INIT_RIPAS, A(P(RD), IPA_L2(1), IPA_L2(2)), OK, IPA_L2(2)),
	    CREATE(P(FREE), IPA_L2(1), 3, OK), READ(IPA_L2(1), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_RAM))),
	ROW("rtt_create_copies_destroyed_success", CREATED, ALL, WITH_TABLES,
	    DESTROY(IPA(0), 3, OK, NTH(TABLE, 1), IPA_L1(1)),
	    CREATE(NTH(TABLE, 1), IPA(0), 3, OK), READ(IPA(1), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW_IF(NEED_BLOCK, "rtt_create_splits_block_success", CREATED, ALL, WITH_TABLES,
	       DO(map_pages_of_block), FOLD(IPA(0), 3, OK), CREATE(P(FREE), IPA(0), 3, OK),
	       READ(IPA(0), 3, N(3), N(RMI_ASSIGNED), P(BLOCKS), N(RMI_EMPTY)),
	       READ(IPA(511), 3, N(3), N(RMI_ASSIGNED), NTH(BLOCKS, 511), N(RMI_EMPTY))),
	ROW_IF(NEED_BLOCK, "rtt_create_splits_shared_block_success", CREATED, ALL, WITH_TABLES,
	       DO(share_pages_of_block), FOLD(SHARED_IPA(0), 3, OK), CREATE(P(FREE), SHARED_IPA(0), 3, OK),
	       READ(SHARED_IPA(511), 3, N(3), N(RMI_ASSIGNED))),
	ROW("rtt_create_bad_place_input", CREATE_INPUT, ALL, NEW_REALM,
	    CREATE(P(FREE), IPA(0), 1, FAIL(INPUT)), CREATE(P(FREE), IPA(0), 0, FAIL(INPUT)),
	    CREATE(P(FREE), IPA(0), 4, FAIL(INPUT)), CREATE(P(FREE), IPA(0), -1, FAIL(INPUT)),
	    CREATE(P(FREE), IPA(0), 0x102, FAIL(INPUT)), CREATE(P(FREE), IPA(1), 2, FAIL(INPUT)),
	    CREATE(P(FREE), IPA_L2(1), 2, FAIL(INPUT)), CREATE(P(FREE), IPA(1), 3, FAIL(INPUT)),
	    CREATE(P(FREE), N(8), 2, FAIL(INPUT)), CREATE(P(FREE), P(SPACE), 2, FAIL(INPUT))),
	ROW("rtt_create_not_rd_input", CREATE_INPUT, ALL, NEW_REALM,
	    CALL(RMI_RTT_CREATE, A(NTH(FREE, 1), P(FREE), IPA(0), N(2)), FAIL(INPUT)),
	    CALL(RMI_RTT_CREATE, A(P(ROOT), P(FREE), IPA(0), N(2)), FAIL(INPUT)),
	    CALL(RMI_RTT_CREATE, A(AT(RD, 8), P(FREE), IPA(0), N(2)), FAIL(INPUT))),
	ROW("rtt_create_not_delegated_input", CREATE_INPUT, ALL, NEW_REALM,
	    CREATE(P(NS), IPA(0), 2, FAIL(INPUT)), CREATE(P(RD), IPA(0), 2, FAIL(INPUT)),
	    CREATE(P(ROOT), IPA(0), 2, FAIL(INPUT)), CREATE(AT(FREE, 8), IPA(0), 2, FAIL(INPUT)),
	    CREATE(P(HOLE), IPA(0), 2, FAIL(INPUT))),
	ROW("rtt_create_walk_short_rtt", CREATE_WALK, ALL, WITH_TABLES,
	    CREATE(P(FREE), IPA_L1(1), 3, FAIL_RTT(1)), CREATE(P(FREE), SHARED_L1(1), 3, FAIL_RTT(1))),
	ROW("rtt_create_exists_rtt", CREATE_TABLE, ALL, WITH_TABLES,
	    CREATE(P(FREE), IPA(0), 2, FAIL_RTT(1)), CREATE(P(FREE), IPA(0), 3, FAIL_RTT(2)),
	    CREATE(P(FREE), SHARED_IPA(0), 3, FAIL_RTT(2))),

	/* Destroy */
	ROW("rtt_destroy_success", DESTROYED_OK, ALL, WITH_TABLES,
	    DESTROY(IPA(0), 3, OK, NTH(TABLE, 1), IPA_L1(1)),
	    READ(IPA(0), 3, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED)),
	    DESTROY(IPA(0), 2, OK, P(TABLE), SHARED_IPA(0)),
	    READ(IPA(0), 3, N(1), N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW("rtt_destroy_next_live_success", DESTROYED_OK, ALL, WITH_TABLES,
	    CREATE(P(FREE), IPA_L2(5), 3, OK), DESTROY(IPA(0), 3, OK, NTH(TABLE, 1), IPA_L2(5))),
	ROW("rtt_destroy_shared_success", "7.2 RTT_DESTROY unprotected", ALL, WITH_DATA,
	    DESTROY(SHARED_IPA(0), 3, OK, NTH(TABLE, 3), SHARED_L1(1)),
	    READ(SHARED_IPA(0), 3, N(2), N(RMI_UNASSIGNED), N(0)),
	    DESTROY(SHARED_IPA(0), 2, OK, NTH(TABLE, 2), P(SPACE))),
	ROW("rtt_destroy_bad_place_input", DESTROY_INPUT, ALL, WITH_TABLES, BAD_PLACES(RMI_RTT_DESTROY)),
	ROW("rtt_destroy_walk_short_rtt", DESTROY_WALK, ALL, WITH_TABLES,
	    DESTROY(IPA_L1(1), 3, FAIL_RTT(1), N(0), SHARED_IPA(0))),
	ROW("rtt_destroy_not_table_rtt", DESTROY_WALK, ALL, WITH_TABLES,
	    DESTROY(IPA_L1(1), 2, FAIL_RTT(1), N(0), SHARED_IPA(0)),
	    DESTROY(IPA_L2(1), 3, FAIL_RTT(2), N(0), IPA_L1(1)),
	    CREATE(P(FREE), IPA_L2(5), 3, OK), DESTROY(IPA_L2(1), 3, FAIL_RTT(2), N(0), IPA_L2(5))),
	ROW("rtt_destroy_with_data_rtt", DESTROY_LIVE, ALL, WITH_DATA, DESTROY(IPA(0), 3, FAIL_RTT(3), N(0), IPA(0))),
	ROW("rtt_destroy_with_table_rtt", DESTROY_LIVE, ALL, WITH_TABLES, DESTROY(IPA(0), 2, FAIL_RTT(2), N(0),
	    IPA(0))),
	ROW("rtt_destroy_shared_with_table_rtt", DESTROY_LIVE, ALL, WITH_TABLES,
	    DESTROY(SHARED_IPA(0), 2, FAIL_RTT(2), N(0), SHARED_IPA(0))),

	/* Fold */
	ROW("rtt_fold_success", FOLD_OK, ALL, WITH_TABLES,
	    CALL_OUT(RMI_RTT_FOLD, A(P(RD), IPA(0), N(3)), OK, NTH(TABLE, 1)),
	    READ(IPA(0), 3, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    CALL_OUT(RMI_RTT_FOLD, A(P(RD), IPA(0), N(2)), OK, P(TABLE)),
	    READ(IPA(0), 3, N(1), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY))),
	ROW("rtt_fold_shared_success", FOLD_OK, ALL, WITH_TABLES,
	    CALL_OUT(RMI_RTT_FOLD, A(P(RD), SHARED_IPA(0), N(3)), OK, NTH(TABLE, 3)),
	    READ(SHARED_IPA(0), 3, N(2), N(RMI_UNASSIGNED))),
	ROW("rtt_fold_ram_success", FOLD_OK, ALL, WITH_TABLES,
	    CALL_OUT(RMI_RTT_INIT_RIPAS, A(P(RD), IPA(0), IPA_L2(1)), OK, IPA_L2(1)), FOLD(IPA(0), 3, OK),
	    READ(IPA(0), 3, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_RAM))),
	ROW("rtt_fold_destroyed_success", FOLD_OK, ALL, WITH_TABLES,
	    DESTROY(IPA(0), 3, OK, NTH(TABLE, 1), IPA_L1(1)), CREATE(NTH(TABLE, 1), IPA(0), 3, OK), FOLD(IPA(0), 3, OK),
	    READ(IPA(0), 3, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED))),
	ROW_IF(NEED_BLOCK, "rtt_fold_block_success", FOLD_OK, ALL, WITH_TABLES,
	       DO(map_pages_of_block), FOLD(IPA(0), 3, OK), READ(IPA(0), 3, N(2), N(RMI_ASSIGNED), P(BLOCKS),
	       N(RMI_EMPTY)),
	       DESTROY(IPA(0), 3, FAIL_RTT(2), N(0), IPA(0))),
	ROW_IF(NEED_BLOCK, "rtt_fold_shared_block_success", FOLD_OK, ALL, WITH_TABLES,
	       DO(share_pages_of_block), FOLD(SHARED_IPA(0), 3, OK), READ(SHARED_IPA(0), 3, N(2), N(RMI_ASSIGNED))),
	ROW_IF(NEED_BLOCK, "rtt_fold_not_consecutive_rtt", FOLD_FAIL, ALL, WITH_TABLES,
	       DO(map_pages_rotated), FOLD(IPA(0), 3, FAIL_RTT(3))),
	ROW_IF(NEED_BLOCK, "rtt_fold_not_aligned_rtt", FOLD_FAIL, ALL, WITH_TABLES,
	       DO(share_unaligned_pages), FOLD(SHARED_IPA(0), 3, FAIL_RTT(3))),
	ROW("rtt_fold_mixed_rtt", FOLD_FAIL, ALL, WITH_DATA,
	    FOLD(IPA(0), 3, FAIL_RTT(3)), FOLD(SHARED_IPA(0), 3, FAIL_RTT(3))),
	ROW("rtt_fold_mixed_ripas_rtt", FOLD_FAIL, ALL, WITH_TABLES,
	    CALL_OUT(RMI_RTT_INIT_RIPAS, A(P(RD), IPA(0), IPA(1)), OK, IPA(1)), FOLD(IPA(0), 3, FAIL_RTT(3))),
	ROW("rtt_fold_with_table_rtt", FOLD_FAIL, ALL, WITH_TABLES, FOLD(IPA(0), 2, FAIL_RTT(2))),
	ROW("rtt_fold_walk_short_rtt", FOLD_FAIL, ALL, WITH_TABLES, FOLD(IPA_L1(1), 3, FAIL_RTT(1))),
	ROW("rtt_fold_not_table_rtt", FOLD_FAIL, ALL, WITH_TABLES,
	    FOLD(IPA_L2(1), 3, FAIL_RTT(2)), FOLD(IPA_L1(1), 2, FAIL_RTT(1))),
	ROW("rtt_fold_bad_place_input", FOLD_FAIL, ALL, WITH_TABLES, BAD_PLACES(RMI_RTT_FOLD)),

	/* Read */
	ROW("rtt_read_entry_success", READ_OK, ALL, WITH_DATA,
	    READ(IPA(0), 3, N(3), N(RMI_ASSIGNED), P(DATA), N(RMI_RAM)),
	    READ(IPA(3), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_RAM)),
	    READ(IPA(4), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    READ(IPA(5), 3, N(3), N(RMI_ASSIGNED), NTH(DATA, 5), N(RMI_EMPTY)),
	    READ(IPA(6), 3, N(3), N(RMI_UNASSIGNED), N(0), N(RMI_DESTROYED)),
	    READ(IPA(7), 3, N(3), N(RMI_ASSIGNED), NTH(DATA, 7), N(RMI_DESTROYED)),
	    READ(SHARED_IPA(0), 3, N(3), N(RMI_ASSIGNED)), READ(SHARED_IPA(1), 3, N(3), N(RMI_UNASSIGNED))),
	ROW("rtt_read_entry_table_success", READ_OK, ALL, WITH_TABLES,
	    READ(IPA(0), 2, N(2), N(RMI_TABLE), NTH(TABLE, 1)), READ(IPA(0), 1, N(1), N(RMI_TABLE), P(TABLE)),
	    READ(SHARED_IPA(0), 2, N(2), N(RMI_TABLE), NTH(TABLE, 3))),
	ROW("rtt_read_entry_walk_short_success", READ_OK, ALL, WITH_TABLES,
	    READ(IPA_L1(1), 3, N(1), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	    READ(IPA_L2(1), 3, N(2), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)), READ(SHARED_L1(1), 3, N(1),
	    N(RMI_UNASSIGNED))),
	ROW("rtt_read_entry_level_input", READ_INPUT, ALL, WITH_TABLES,
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), IPA(0), N(0)), FAIL(INPUT)),
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), IPA(0), N(4)), FAIL(INPUT)),
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), IPA(0), N(-1)), FAIL(INPUT))),
	ROW("rtt_read_entry_ipa_input", READ_INPUT, ALL, WITH_TABLES,
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), N(8), N(3)), FAIL(INPUT)),
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), IPA(1), N(2)), FAIL(INPUT)),
	    CALL(RMI_RTT_READ_ENTRY, A(P(RD), P(SPACE), N(3)), FAIL(INPUT))),
	ROW("rtt_read_entry_not_rd_input", READ_INPUT, ALL, WITH_TABLES,
	    CALL(RMI_RTT_READ_ENTRY, A(P(FREE), IPA(0), N(3)), FAIL(INPUT)),
	    CALL(RMI_RTT_READ_ENTRY, A(AT(RD, 8), IPA(0), N(3)), FAIL(INPUT))),
};

TABLE_OF(cases_rtt, rows);
