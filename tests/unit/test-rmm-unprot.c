/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-unprot.c - memory of the host that the RMM maps into a realm and unmaps */
#include "rmm-world.h"

/* UNPROT_MAP and UNPROT_UNMAP; memory of the host may be anywhere, so its address is any. */

#define FAR UINT64_C(0x600000000000)	/* aligned to blocks of all shapes, but for those of level 0 */

/* What READ_ENTRY tells of host memory: address, MemAttr in bits 4:2, S2AP with read in bit 6 and write in bit 7 */
static uint64_t host_desc(uint64_t pa, uint64_t memattr, uint64_t s2ap)
{
	return pa | memattr << 2 | s2ap << 6;
}

each_shape_test(unprot_map_maps_and_unmap_tells_what)
{
	uint64_t g = w->granule, at = w->host;

	unprot_map(at, at + 2 * g, WB_RW | SINGLE, host_blocks(FAR, 3, 3), RMI_SUCCESS, at + 2 * g);
	unprot_map(at + 3 * g, at + 4 * g, WB_RW | LIST(1), list(w, host_blocks(FAR, 1, 3)), RMI_SUCCESS, at + 4 * g);
	assert_entry(w, at + g, 3, RMI_ASSIGNED, host_desc(FAR + g, 6, 3), 0);
	unprot_unmap(at, at + 8 * g, SINGLE, 0, RMI_SUCCESS, at + 3 * g);
	assert_int_equal(w->machine->x[2], host_blocks(FAR, 2, 3));
	unprot_unmap(at, at + 8 * g, LIST(1), w->list, RMI_SUCCESS, at + 8 * g);
	assert_int_equal(w->machine->x[3], 1);
	assert_int_equal(*(uint64_t *)machine_ns(w->machine, w->list, 8), host_blocks(FAR, 1, 3));
	assert_entry(w, at + 3 * g, 3, RMI_UNASSIGNED, 0, 0);
}

each_shape_test(unprot_map_takes_each_attribute_that_means_something)
{
	/* S2AP: the flag has write in bit 0 and read in bit 1, a descriptor the other way round. */
	static const uint8_t s2ap_of[] = { 0, 2, 1, 3 };
	uint64_t g = w->granule, at = w->host;

	for (uint64_t memattr = 0; memattr < 8; memattr++)
		for (uint64_t s2ap = 0; s2ap < 16; s2ap++) {
			bool good = memattr != 4 && s2ap < 4;

			unprot_map(at, at + g, memattr << 16 | s2ap << 19 | SINGLE, host_blocks(FAR, 1, 3),
				   good ? RMI_SUCCESS : RMI_ERROR_INPUT, good ? at + g : 0);
			if (!good)
				continue;
			assert_entry(w, at, 3, RMI_ASSIGNED, host_desc(FAR, memattr, s2ap_of[s2ap]), 0);
			unprot_unmap(at, at + g, 0, 0, RMI_SUCCESS, at + g);
		}
}

/* Indices name permissions (RmiRttS2APBase): none, read, write, both; an index above that has no place in S2AP[1:0]. */
static void unprot_map_with_indirect_permissions_takes_an_index(void **state)
{
	struct world world, *w = &world;
	uint64_t at, s2ap, wb = UINT64_C(6) << 16;

	start(w, &shapes[SHAPE_4K]);
	create_realm(w, &shapes[SHAPE_4K], RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK);
	at = w->host;
	for (s2ap = 0; s2ap < 4; s2ap++) {
		unprot_map(at, at + 0x1000, wb | s2ap << 19 | SINGLE, host_blocks(FAR, 1, 3), RMI_SUCCESS, at + 0x1000);
		assert_entry(w, at, 3, RMI_ASSIGNED, host_desc(FAR, 6, s2ap), 0);
		unprot_unmap(at, at + 0x1000, 0, 0, RMI_SUCCESS, at + 0x1000);
	}
	unprot_map(at, at + 0x1000, wb | s2ap << 19 | SINGLE, host_blocks(FAR, 1, 3), RMI_ERROR_INPUT, 0);
	stop(w);
}

each_shape_test(unprot_map_keeps_to_the_level_of_the_first_block)
{
	uint64_t g = w->granule, at = w->host;

	unprot_map(at, at + 2 * g, WB_RW | LIST(2), list(w, host_blocks(FAR, 1, 3), host_blocks(FAR, 1, 2)),
		   RMI_SUCCESS, at + g);
}

each_shape_test(unprot_map_over_something_else_is_refused)
{
	uint64_t g = w->granule, at = w->host;

	unprot_map(at, at + g, WB_RW | SINGLE, host_blocks(FAR, 1, 3), RMI_SUCCESS, at + g);
	unprot_map(at, at + 2 * g, WB_RW | SINGLE, host_blocks(FAR, 2, 3), RMI_SUCCESS, at + 2 * g);
	unprot_map(at, at + g, WB_RW | SINGLE, host_blocks(FAR + g, 1, 3), rtt_error(3), 0);
	unprot_map(at, at + g, UINT64_C(6) << 16 | UINT64_C(2) << 19 | SINGLE, host_blocks(FAR, 1, 3), rtt_error(3), 0);
	unprot_map(at, at + g, UINT64_C(5) << 16 | UINT64_C(3) << 19 | SINGLE, host_blocks(FAR, 1, 3), rtt_error(3), 0);
}

each_shape_test(unprot_map_of_bad_arguments_is_refused)
{
	uint64_t g = w->granule, at = w->host, one = host_blocks(FAR, 1, 3);

	unprot_map(0, g, WB_RW | SINGLE, one, RMI_ERROR_INPUT, 0);
	unprot_map(at - g, at + g, WB_RW | SINGLE, one, RMI_ERROR_INPUT, 0);
	unprot_map(at, 2 * at + g, WB_RW | SINGLE, one, RMI_ERROR_INPUT, 0);
	unprot_map(at, at, WB_RW | SINGLE, one, RMI_ERROR_INPUT, 0);
	unprot_map(at, at + g, WB_RW, one, RMI_ERROR_INPUT, 0);
	unprot_map(at, at + g, WB_RW | LIST(0), w->list, RMI_ERROR_INPUT, 0);
	unprot_map(at, at + g, WB_RW | SINGLE, blocks(FAR, 1, 3), RMI_ERROR_INPUT, 0);
	unprot_map(w->host + w->table, at + w->table + g, WB_RW | SINGLE, one, rtt_error(2), 0);
}

each_shape_test(unprot_map_makes_blocks)
{
	uint64_t m = w->table, at = w->host;

	unprot_map(at + m, at + 3 * m, WB_RW | SINGLE, host_blocks(FAR, 4, 2), RMI_SUCCESS, at + 3 * m);
	assert_entry(w, at + 2 * m, 2, RMI_ASSIGNED, host_desc(FAR + m, 6, 3), 0);
	unprot_map(at + m, at + 2 * m - w->granule, WB_RW | SINGLE, host_blocks(FAR, 1, 2), rtt_error(2), 0);
	unprot_map(at + 3 * m, at + 4 * m, WB_RW | SINGLE, host_blocks(FAR + w->granule, 1, 2), RMI_ERROR_INPUT, 0);
	unprot_unmap(at + m, at + 4 * m, SINGLE, 0, RMI_SUCCESS, at + 4 * m);
	assert_int_equal(w->machine->x[2], host_blocks(FAR, 2, 2));
}

/* The lowest level of blocks: 1 with granules of 4 KiB, else 2; one less with LPA2 (Arm ARM, VMSAv8-64). */
static void unprot_map_knows_the_largest_block(void **state)
{
	static const int lowest[SHAPES] = { 1, 2, 2, 0, 1 };

	for (size_t i = 0; i < SHAPES; i++) {
		struct world world, *w = &world;
		int below = lowest[i] - 1;
		uint64_t bytes, at;

		start(w, &shapes[i]);
		bytes = level_bytes(w, lowest[i]);
		at = w->host + bytes;
		unprot_map(at, at + bytes, WB_RW | SINGLE, host_blocks(0, 1, lowest[i]), RMI_SUCCESS, at + bytes);
		if (below >= w->start && below >= 0)
			unprot_map(at, at + bytes, WB_RW | SINGLE, host_blocks(0, 1, below), RMI_ERROR_INPUT, 0);
		stop(w);
	}
}

/* Descriptors reach 48 bits of physical addresses; 52 with LPA2 or granules of 64 KiB. */
static void unprot_map_beyond_physical_addresses_is_refused(void **state)
{
	static const uint8_t reach[SHAPES] = { 48, 48, 52, 52, 52 };

	for (size_t i = 0; i < SHAPES; i++) {
		struct world world, *w = &world;
		uint64_t last, at, g;

		start(w, &shapes[i]);
		at = w->host;
		g = w->granule;
		last = (UINT64_C(1) << reach[i]) - g;
		unprot_map(at, at + g, WB_RW | SINGLE, host_blocks(last, 1, 3), RMI_SUCCESS, at + g);
		unprot_unmap(at, at + g, SINGLE, 0, RMI_SUCCESS, at + g);
		assert_int_equal(w->machine->x[2], host_blocks(last, 1, 3));
		unprot_map(at, at + 2 * g, WB_RW | SINGLE, host_blocks(last, 2, 3), RMI_ERROR_INPUT, 0);
		if (reach[i] == 48)
			unprot_map(at, at + g, WB_RW | SINGLE, host_blocks(last + g, 1, 3), RMI_ERROR_INPUT, 0);
		stop(w);
	}
}

static void unprot_map_beyond_48_bits_of_the_machine_is_refused(void **state)
{
	struct world world, *w = &world;
	uint64_t at, last = (UINT64_C(1) << 48) - 0x1000;

	start_on(w, &shapes[SHAPE_4K_LPA2], &rmm_variant_2_0, RMI_PPS_48BITS);
	at = w->host;
	unprot_map(at, at + 0x1000, WB_RW | SINGLE, host_blocks(last, 1, 3), RMI_SUCCESS, at + 0x1000);
	unprot_map(at, at + 0x1000, WB_RW | SINGLE, host_blocks(last, 2, 3), RMI_ERROR_INPUT, 0);
	stop(w);
}

static void unprot_map_of_tf_rmm_ignores_the_state(void **state)
{
	struct world world, *w = &world;
	uint64_t at;

	start_on(w, &shapes[SHAPE_4K], &rmm_variant_tf_2_0, RMI_PPS_52BITS);
	at = w->host;
	unprot_map(at, at + 0x1000, WB_RW | SINGLE, blocks(FAR, 1, 3), RMI_SUCCESS, at + 0x1000);
	unprot_map(at + 0x1000, at + 0x2000, WB_RW | SINGLE, host_blocks(FAR, 1, 3), RMI_SUCCESS, at + 0x2000);
	stop(w);
}

/* An entry of 1.0 */

static void map_unprotected_takes_what_the_host_may_choose(void **state)
{
	struct world world, *w = &world;
	uint64_t at, good = host_desc(FAR, 6, 3);

	start_1_0(w, SHAPE_4K);
	at = w->host;
	for (unsigned bit = 0; bit < 64; bit++) {
		/* Bit 3 is the host's too, but without it MemAttr is 0b100, which is reserved. */
		bool chosen = (bit >= 12 && bit < 48) || bit == 2 || bit == 4 || bit == 6 || bit == 7;
		uint64_t desc = good ^ UINT64_C(1) << bit;
		uint64_t result = rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at, 3, desc);

		assert_int_equal(result, chosen ? RMI_SUCCESS : RMI_ERROR_INPUT);
		if (chosen) {
			assert_entry(w, at, 3, RMI_ASSIGNED, desc, 0);
			assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, at, 3), RMI_SUCCESS);
		}
	}
	stop(w);
}

/* OA[51:50] of a descriptor is in bits 9:8, and only LPA2 has it. */
static void map_unprotected_beyond_50_bits_takes_lpa2(void **state)
{
	static const struct {
		size_t shape;
		uint64_t bits, result;
	} cases[] = {
		{ SHAPE_4K_LPA2, 0x300, RMI_SUCCESS },
		{ SHAPE_4K_LPA2, UINT64_C(3) << 50, RMI_ERROR_INPUT },
		{ SHAPE_4K, 0x300, RMI_ERROR_INPUT },
		{ SHAPE_4K, UINT64_C(3) << 48, RMI_ERROR_INPUT },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world world, *w = &world;

		start_1_0(w, cases[i].shape);
		assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, w->host, 3,
				     host_desc(FAR, 6, 3) | cases[i].bits), cases[i].result);
		stop(w);
	}
}

static void map_unprotected_looks_at_the_place(void **state)
{
	struct world world, *w = &world;
	uint64_t at, g, m, desc = host_desc(FAR, 6, 3);

	start_1_0(w, SHAPE_4K);
	at = w->host;
	g = w->granule;
	m = w->table;
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, 0, 3, desc), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, 2 * at, 3, desc), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at, 4, desc), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at, 0, desc), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at + g, 2, desc), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at + m, 2, desc + g), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at, 2, desc), rtt_error(2));
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at + m, 3, desc), rtt_error(2));
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at + m, 2, desc), RMI_SUCCESS);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, w->rd, at + m, 2, desc), rtt_error(2));
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, at + m, 3), rtt_error(2));
	assert_int_equal(w->machine->x[1], at + m);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, at + 2 * m, 2), rtt_error(2));
	assert_int_equal(w->machine->x[1], at + 512 * m);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, at + g, 2), RMI_ERROR_INPUT);
	assert_int_equal(w->machine->x[1], 0);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, at + m, 2), RMI_SUCCESS);
	assert_int_equal(w->machine->x[1], at + 512 * m);
	stop(w);
}

static void unmap_unprotected_knows_the_largest_block(void **state)
{
	struct world world, *w = &world;

	start_1_0(w, SHAPE_4K_LPA2);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, w->host, UINT64_MAX), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, w->rd, w->host, 0), rtt_error(0));
	stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unprot_map_maps_and_unmap_tells_what),
		cmocka_unit_test(unprot_map_takes_each_attribute_that_means_something),
		cmocka_unit_test(unprot_map_with_indirect_permissions_takes_an_index),
		cmocka_unit_test(unprot_map_keeps_to_the_level_of_the_first_block),
		cmocka_unit_test(unprot_map_over_something_else_is_refused),
		cmocka_unit_test(unprot_map_of_bad_arguments_is_refused),
		cmocka_unit_test(unprot_map_makes_blocks),
		cmocka_unit_test(unprot_map_knows_the_largest_block),
		cmocka_unit_test(unprot_map_beyond_physical_addresses_is_refused),
		cmocka_unit_test(unprot_map_beyond_48_bits_of_the_machine_is_refused),
		cmocka_unit_test(unprot_map_of_tf_rmm_ignores_the_state),
		cmocka_unit_test(map_unprotected_takes_what_the_host_may_choose),
		cmocka_unit_test(map_unprotected_beyond_50_bits_takes_lpa2),
		cmocka_unit_test(map_unprotected_looks_at_the_place),
		cmocka_unit_test(unmap_unprotected_knows_the_largest_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
