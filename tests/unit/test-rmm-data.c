/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-data.c - memory of a realm that the RMM maps and unmaps: what one call does with a range */
#include "rmm-world.h"

/* DATA_MAP */

each_shape_test(data_map_maps_zeroed_pages_with_their_ripas)
{
	uint64_t g = w->granule, pa = delegated(w, 3, 0);
	const uint8_t *content = machine_memory(w->machine, pa, 3 * g);

	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_INIT_RIPAS, w->rd, 2 * g, 3 * g), RMI_SUCCESS);
	data_map(g, 4 * g, SINGLE, blocks(pa, 3, 3), RMI_SUCCESS, 4 * g);
	assert_entry(w, 0, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
	assert_entry(w, g, 3, RMI_ASSIGNED, pa, RMI_EMPTY);
	assert_entry(w, 2 * g, 3, RMI_ASSIGNED, pa + g, RMI_RAM);
	assert_entry(w, 3 * g, 3, RMI_ASSIGNED, pa + 2 * g, RMI_EMPTY);
	assert_granules(w, pa, 3, GRANULE_DATA);
	for (uint64_t i = 0; i < 3 * g; i++)
		assert_int_equal(content[i], 0);
}

each_shape_test(data_map_stops_when_the_blocks_are_used_up)
{
	uint64_t g = w->granule, pa = delegated(w, 4, 0);

	data_map(0, 8 * g, SINGLE, blocks(pa, 2, 3), RMI_SUCCESS, 2 * g);
	assert_entry(w, 2 * g, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
	assert_granules(w, pa + 2 * g, 2, GRANULE_DELEGATED);
}

each_shape_test(data_map_takes_no_more_than_the_range)
{
	uint64_t g = w->granule, pa = delegated(w, 4, 0);

	data_map(0, 2 * g, SINGLE, blocks(pa, 4, 3), RMI_SUCCESS, 2 * g);
	assert_granules(w, pa + 2 * g, 2, GRANULE_DELEGATED);
}

each_shape_test(data_map_ends_with_the_table)
{
	uint64_t g = w->granule, pa = delegated(w, 3, 0);

	add_tables(w, w->table, 3);
	data_map(w->table - g, w->table + g, SINGLE, blocks(pa, 3, 3), RMI_SUCCESS, w->table);
	assert_entry(w, w->table, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
}

each_shape_test(data_map_goes_through_a_list)
{
	uint64_t g = w->granule, a = delegated(w, 1, 0), b = delegated(w, 2, 0);

	data_map(0, 8 * g, LIST(5), list(w, 0, blocks(b, 2, 3), blocks(b, 0, 2), blocks(a, 1, 3), 0), RMI_SUCCESS,
		 3 * g);
	assert_entry(w, 0, 3, RMI_ASSIGNED, b, RMI_EMPTY);
	assert_entry(w, g, 3, RMI_ASSIGNED, b + g, RMI_EMPTY);
	assert_entry(w, 2 * g, 3, RMI_ASSIGNED, a, RMI_EMPTY);
}

each_shape_test(data_map_reads_no_more_of_a_list_than_it_has)
{
	uint64_t g = w->granule, a = delegated(w, 1, 0), b = delegated(w, 1, 0);

	data_map(0, 2 * g, LIST(1), list(w, blocks(a, 1, 3), blocks(b, 1, 3)), RMI_SUCCESS, g);
	assert_granules(w, b, 1, GRANULE_DELEGATED);
}

each_shape_test(data_map_keeps_to_the_level_of_the_first_block)
{
	uint64_t g = w->granule, a = delegated(w, 1, 0);

	data_map(0, 2 * g, LIST(2), list(w, blocks(a, 1, 3), blocks(0, 1, 2)), RMI_SUCCESS, g);
	data_map(g, 2 * g, SINGLE, blocks(0, 1, 2), RMI_ERROR_INPUT, 0);
}

each_shape_test(data_map_of_a_bad_descriptor_later_stops_there)
{
	uint64_t g = w->granule, a = delegated(w, 2, 0), ns = machine_pages(w->machine, 1, 0);

	data_map(0, 4 * g, LIST(2), list(w, blocks(a, 1, 3), host_blocks(a + g, 1, 3)), RMI_SUCCESS, g);
	data_map(g, 4 * g, LIST(2), list(w, blocks(a + g, 1, 3), blocks(ns, 1, 3)), RMI_SUCCESS, 2 * g);
	data_map(2 * g, 4 * g, SINGLE, blocks(ns, 1, 3), RMI_ERROR_INPUT, 0);
}

each_shape_test(data_map_again_is_done_already)
{
	uint64_t g = w->granule, pa = delegated(w, 3, 0);

	data_map(0, 2 * g, SINGLE, blocks(pa, 2, 3), RMI_SUCCESS, 2 * g);
	memset(machine_memory(w->machine, pa, 1), 1, 1);
	data_map(0, 3 * g, SINGLE, blocks(pa, 3, 3), RMI_SUCCESS, 3 * g);
	assert_int_equal(*(uint8_t *)machine_memory(w->machine, pa, 1), 1);
}

each_shape_test(data_map_over_another_page_is_refused)
{
	uint64_t g = w->granule, pa = delegated(w, 3, 0);

	data_map(g, 2 * g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, 2 * g);
	data_map(g, 2 * g, SINGLE, blocks(pa + g, 1, 3), rtt_error(3), 0);
	data_map(0, 2 * g, SINGLE, blocks(pa + g, 2, 3), RMI_SUCCESS, g);
	assert_entry(w, g, 3, RMI_ASSIGNED, pa, RMI_EMPTY);
	assert_granules(w, pa + 2 * g, 1, GRANULE_DELEGATED);
}

each_shape_test(data_map_of_a_page_mapped_elsewhere_is_refused)
{
	uint64_t g = w->granule, pa = delegated(w, 1, 0);

	data_map(0, g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, g);
	data_map(g, 2 * g, SINGLE, blocks(pa, 1, 3), RMI_ERROR_INPUT, 0);
}

each_shape_test(data_map_without_a_table_says_where)
{
	uint64_t g = w->granule, pa = delegated(w, 1, 0);

	data_map(w->table, w->table + g, SINGLE, blocks(pa, 1, 3), rtt_error(2), 0);
}

each_shape_test(data_map_of_bad_arguments_is_refused)
{
	uint64_t g = w->granule, pa = delegated(w, 2, 0), one = blocks(pa, 1, 3);

	data_map(g, g, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(2 * g, g, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(g / 2, g, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(0, g + 8, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(w->host, w->host + g, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(w->host - g, w->host + g, SINGLE, one, RMI_ERROR_INPUT, 0);
	data_map(0, g, 0, one, RMI_ERROR_INPUT, 0);
	data_map(0, g, 3, one, RMI_ERROR_INPUT, 0);
	data_map(0, g, SINGLE, host_blocks(pa, 1, 3), RMI_ERROR_INPUT, 0);
	data_map(0, g, SINGLE, blocks(pa, 0, 3), RMI_ERROR_INPUT, 0);
	data_map(0, g, LIST(0), list(w, one), RMI_ERROR_INPUT, 0);
	data_map(0, g, LIST(2), list(w, 0, 0, one), RMI_ERROR_INPUT, 0);
	data_map(0, g, LIST(1), w->list + 4, RMI_ERROR_INPUT, 0);
	data_map(0, g, LIST(1), pa, RMI_ERROR_INPUT, 0);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_DATA_MAP, pa, 0, g, SINGLE, one), RMI_ERROR_INPUT);
	assert_granules(w, pa, 2, GRANULE_DELEGATED);
}

each_shape_test(data_map_in_a_dead_realm_is_refused)
{
	uint64_t g = w->granule, pa = delegated(w, 1, 0);

	assert_int_equal(rmi(w->machine, SMC_RMI_REALM_TERMINATE, w->rd), RMI_SUCCESS);
	data_map(0, g, SINGLE, blocks(pa, 1, 3), RMI_ERROR_REALM, 0);
	data_map(0, g, SINGLE, host_blocks(pa, 1, 3), RMI_ERROR_INPUT, 0);
}

static void data_map_of_a_block_with_a_page_of_the_host_is_refused(void **state)
{
	struct world world, *w = &world;
	uint64_t m = 0x200000, pa;

	start(w, &shapes[SHAPE_4K]);
	pa = delegated(w, 512, m);
	assert_int_equal(host_undelegate(w->machine, pa + 0x1ff000, 0x1000), RMI_SUCCESS);
	data_map(m, 2 * m, SINGLE, blocks(pa, 1, 2), RMI_ERROR_INPUT, 0);
	assert_granules(w, pa, 511, GRANULE_DELEGATED);
	stop(w);
}

static void data_map_maps_blocks(void **state)
{
	struct world world, *w = &world;
	uint64_t m = 0x200000, pa;

	start(w, &shapes[SHAPE_4K]);
	pa = delegated(w, 1024, m);
	data_map(512 * m, 514 * m, SINGLE, blocks(pa, 2, 2), rtt_error(1), 0);
	data_map(0, m, SINGLE, blocks(pa, 1, 2), rtt_error(2), 0);
	data_map(m, 2 * m - 0x1000, SINGLE, blocks(pa, 1, 2), rtt_error(2), 0);
	data_map(m + 0x1000, 3 * m, SINGLE, blocks(pa, 1, 2), rtt_error(2), 0);
	data_map(m, 2 * m, SINGLE, blocks(pa + 0x1000, 1, 2), RMI_ERROR_INPUT, 0);
	data_map(m, 4 * m - 0x1000, SINGLE, blocks(pa, 2, 2), RMI_SUCCESS, 3 * m);
	assert_entry(w, m, 2, RMI_ASSIGNED, pa, RMI_EMPTY);
	assert_entry(w, 2 * m, 2, RMI_ASSIGNED, pa + m, RMI_EMPTY);
	assert_granules(w, pa, 1024, GRANULE_DATA);
	stop(w);
}

/* DATA_UNMAP */

/* Pages 0 and 1 follow each other in memory, page 2 lies before them, page 3 is none, page 4 follows page 1. */
static uint64_t map_pages(struct world *w)
{
	uint64_t g = w->granule, pa = delegated(w, 4, 0);

	data_map(0, 2 * g, SINGLE, blocks(pa + g, 2, 3), RMI_SUCCESS, 2 * g);
	data_map(2 * g, 3 * g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, 3 * g);
	data_map(4 * g, 5 * g, SINGLE, blocks(pa + 3 * g, 1, 3), RMI_SUCCESS, 5 * g);
	return pa;
}

each_shape_test(data_unmap_without_report_goes_to_the_top)
{
	uint64_t g = w->granule, pa = map_pages(w);

	data_unmap(0, 6 * g, 0, 0, RMI_SUCCESS, 6 * g);
	assert_int_equal(w->machine->x[2], 0);
	assert_int_equal(w->machine->x[3], 0);
	assert_granules(w, pa, 4, GRANULE_DELEGATED);
	assert_entry(w, 0, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
}

each_shape_test(data_unmap_tells_of_one_run_at_a_time)
{
	uint64_t g = w->granule, pa = map_pages(w);

	data_unmap(0, 6 * g, SINGLE, 0, RMI_SUCCESS, 2 * g);
	assert_int_equal(w->machine->x[2], blocks(pa + g, 2, 3));
	assert_granules(w, pa + g, 2, GRANULE_DELEGATED);
	assert_granules(w, pa, 1, GRANULE_DATA);
	data_unmap(2 * g, 6 * g, SINGLE, 0, RMI_SUCCESS, 4 * g);
	assert_int_equal(w->machine->x[2], blocks(pa, 1, 3));
	data_unmap(4 * g, 6 * g, SINGLE, 0, RMI_SUCCESS, 6 * g);
	assert_int_equal(w->machine->x[2], blocks(pa + 3 * g, 1, 3));
	data_unmap(4 * g, 6 * g, SINGLE, 0, RMI_SUCCESS, 6 * g);
	assert_int_equal(w->machine->x[2], 0);
	assert_granules(w, pa, 4, GRANULE_DELEGATED);
}

each_shape_test(data_unmap_goes_on_over_holes_when_memory_does)
{
	uint64_t g = w->granule, pa = delegated(w, 2, 0);

	data_map(0, g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, g);
	data_map(3 * g, 4 * g, SINGLE, blocks(pa + g, 1, 3), RMI_SUCCESS, 4 * g);
	data_unmap(0, 5 * g, SINGLE, 0, RMI_SUCCESS, 5 * g);
	assert_int_equal(w->machine->x[2], blocks(pa, 2, 3));
}

each_shape_test(data_unmap_fills_a_list)
{
	uint64_t g = w->granule, pa = map_pages(w);
	uint64_t *words = machine_ns(w->machine, w->list, 32);

	words[3] = 0x1234;
	data_unmap(0, 6 * g, LIST(4), w->list, RMI_SUCCESS, 6 * g);
	assert_int_equal(w->machine->x[2], 0);
	assert_int_equal(w->machine->x[3], 3);
	assert_int_equal(words[0], blocks(pa + g, 2, 3));
	assert_int_equal(words[1], blocks(pa, 1, 3));
	assert_int_equal(words[2], blocks(pa + 3 * g, 1, 3));
	assert_int_equal(words[3], 0x1234);
}

each_shape_test(data_unmap_stops_when_the_list_is_full)
{
	uint64_t g = w->granule, pa = map_pages(w);
	uint64_t *words = machine_ns(w->machine, w->list, 32);

	words[2] = 0x1234;
	data_unmap(0, 6 * g, LIST(2), w->list, RMI_SUCCESS, 4 * g);
	assert_int_equal(w->machine->x[3], 2);
	assert_int_equal(words[2], 0x1234);
	assert_granules(w, pa + 3 * g, 1, GRANULE_DATA);
	assert_entry(w, 4 * g, 3, RMI_ASSIGNED, pa + 3 * g, RMI_EMPTY);
}

each_shape_test(data_unmap_leaves_ripas_as_the_table_says)
{
	uint64_t g = w->granule, pa = delegated(w, 2, 0);

	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_INIT_RIPAS, w->rd, 0, g), RMI_SUCCESS);
	data_map(0, 2 * g, SINGLE, blocks(pa, 2, 3), RMI_SUCCESS, 2 * g);
	data_unmap(0, 2 * g, 0, 0, RMI_SUCCESS, 2 * g);
	assert_entry(w, 0, 3, RMI_UNASSIGNED, 0, RMI_DESTROYED);
	assert_entry(w, g, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
	data_map(0, g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, g);
	assert_entry(w, 0, 3, RMI_ASSIGNED, pa, RMI_DESTROYED);
	data_unmap(0, g, 0, 0, RMI_SUCCESS, g);
	assert_entry(w, 0, 3, RMI_UNASSIGNED, 0, RMI_DESTROYED);
}

each_shape_test(data_unmap_of_entries_larger_than_the_range_says_so)
{
	uint64_t g = w->granule;

	data_unmap(w->table, 2 * w->table - g, 0, 0, rtt_error(2), 0);
	data_unmap(w->table + g, 3 * w->table, 0, 0, rtt_error(2), 0);
	data_unmap(w->table, 3 * w->table + g, SINGLE, 0, RMI_SUCCESS, 3 * w->table);
	assert_int_equal(w->machine->x[2], 0);
}

each_shape_test(data_unmap_ends_at_a_table_below)
{
	uint64_t g = w->granule;

	add_tables(w, 3 * w->table, 3);
	data_unmap(w->table, 5 * w->table, 0, 0, RMI_SUCCESS, 3 * w->table);
	data_unmap(3 * w->table, 5 * w->table, 0, 0, RMI_SUCCESS, 4 * w->table);
	data_unmap(3 * w->table + g, 5 * w->table, 0, 0, RMI_SUCCESS, 4 * w->table);
}

each_shape_test(data_unmap_of_bad_arguments_is_refused)
{
	uint64_t g = w->granule, pa = delegated(w, 1, 0);

	data_map(0, g, SINGLE, blocks(pa, 1, 3), RMI_SUCCESS, g);
	data_unmap(0, 0, 0, 0, RMI_ERROR_INPUT, 0);
	data_unmap(8, g, 0, 0, RMI_ERROR_INPUT, 0);
	data_unmap(0, g - 8, 0, 0, RMI_ERROR_INPUT, 0);
	data_unmap(0, w->host + g, 0, 0, RMI_ERROR_INPUT, 0);
	data_unmap(w->host, w->host + g, 0, 0, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, 0, 8, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, 1 << 2, 0, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, SINGLE, w->list, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, SINGLE | 1 << 2, 0, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, LIST(0), w->list, RMI_ERROR_INPUT, 0);
	data_unmap(g, 2 * g, LIST(0), w->list, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, LIST(1), w->list + 4, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, LIST(1), pa, RMI_ERROR_INPUT, 0);
	data_unmap(0, g, 3, 0, RMI_ERROR_INPUT, 0);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_DATA_UNMAP, pa, 0, g, 0, 0), RMI_ERROR_INPUT);
	assert_granules(w, pa, 1, GRANULE_DATA);
}

each_shape_test(data_unmap_to_a_list_that_cannot_be_written_changes_nothing)
{
	uint64_t g = w->granule, pa = map_pages(w);

	machine_set_owner(w->machine, w->list, MACHINE_ROOT);
	data_unmap(0, 6 * g, LIST(4), w->list, RMI_ERROR_INPUT, 0);
	assert_granules(w, pa, 4, GRANULE_DATA);
	machine_set_owner(w->machine, w->list, MACHINE_NS);
}

static void data_unmap_gives_blocks_back_as_such(void **state)
{
	struct world world, *w = &world;
	uint64_t m = 0x200000, pa;

	start(w, &shapes[SHAPE_4K]);
	pa = delegated(w, 1024, m);
	data_map(m, 3 * m, SINGLE, blocks(pa, 2, 2), RMI_SUCCESS, 3 * m);
	data_unmap(m, 2 * m - 0x1000, SINGLE, 0, rtt_error(2), 0);
	data_unmap(m, 3 * m, SINGLE, 0, RMI_SUCCESS, 3 * m);
	assert_int_equal(w->machine->x[2], blocks(pa, 2, 2));
	assert_granules(w, pa, 1024, GRANULE_DELEGATED);
	stop(w);
}

/* DATA_MAP_INIT */

each_shape_test(data_map_init_of_what_the_port_cannot_read_changes_nothing)
{
	uint64_t pa = delegated(w, 1, 0), src = machine_pages(w->machine, 1, 0);
	uint64_t last = src + w->granule - 0x1000;

	machine_set_owner(w->machine, last, MACHINE_ROOT);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, pa, 0, src, 1), RMI_ERROR_INPUT);
	assert_granules(w, pa, 1, GRANULE_DELEGATED);
	assert_entry(w, 0, 3, RMI_UNASSIGNED, 0, RMI_EMPTY);
	machine_set_owner(w->machine, last, MACHINE_NS);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, pa, 0, src, 1), RMI_SUCCESS);
	assert_entry(w, 0, 3, RMI_ASSIGNED, pa, RMI_RAM);
}

each_shape_test(data_map_init_copies_a_whole_granule)
{
	uint64_t g = w->granule, pa = delegated(w, 1, 0), src = machine_pages(w->machine, 1, 0);
	uint8_t *content = machine_ns(w->machine, src, g);

	for (uint64_t i = 0; i < g; i++)
		content[i] = (uint8_t)(i * 7 + i / 0x1000);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, pa, g, src, 0), RMI_SUCCESS);
	assert_memory_equal(machine_memory(w->machine, pa, g), content, g);
	assert_granules(w, pa, 1, GRANULE_DATA);
}

/* A page of 1.0 */

static void data_create_unknown_maps_and_destroy_finds_the_next(void **state)
{
	struct world world, *w = &world;
	uint64_t g, pa;

	start_1_0(w, SHAPE_4K);
	g = w->granule;
	pa = delegated(w, 2, 0);
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_INIT_RIPAS, w->rd, g, 2 * g), RMI_SUCCESS);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa, g), RMI_SUCCESS);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa + g, g), rtt_error(3));
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa, 5 * g), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa + g, w->table), rtt_error(2));
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa + g, w->host), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, w->rd, pa + g, 5 * g), RMI_SUCCESS);
	assert_entry(w, g, 3, RMI_ASSIGNED, pa, RMI_RAM);
	assert_entry(w, 5 * g, 3, RMI_ASSIGNED, pa + g, RMI_EMPTY);
	assert_int_equal(*(uint8_t *)machine_memory(w->machine, pa, 1), 0);

	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_DESTROY, w->rd, 0), rtt_error(3));
	assert_int_equal(w->machine->x[2], g);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_DESTROY, w->rd, g), RMI_SUCCESS);
	assert_int_equal(w->machine->x[1], pa);
	assert_int_equal(w->machine->x[2], 5 * g);
	assert_entry(w, g, 3, RMI_UNASSIGNED, 0, RMI_DESTROYED);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_DESTROY, w->rd, 5 * g), RMI_SUCCESS);
	assert_int_equal(w->machine->x[2], w->table);
	assert_granules(w, pa, 2, GRANULE_DELEGATED);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_DESTROY, w->rd, w->table), rtt_error(2));
	assert_int_equal(w->machine->x[2], 512 * w->table);
	assert_int_equal(rmi(w->machine, SMC_RMI1_DATA_DESTROY, w->rd, w->host), RMI_ERROR_INPUT);
	assert_int_equal(w->machine->x[2], 0);
	stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(data_map_maps_zeroed_pages_with_their_ripas),
		cmocka_unit_test(data_map_stops_when_the_blocks_are_used_up),
		cmocka_unit_test(data_map_takes_no_more_than_the_range),
		cmocka_unit_test(data_map_ends_with_the_table),
		cmocka_unit_test(data_map_goes_through_a_list),
		cmocka_unit_test(data_map_reads_no_more_of_a_list_than_it_has),
		cmocka_unit_test(data_map_keeps_to_the_level_of_the_first_block),
		cmocka_unit_test(data_map_of_a_bad_descriptor_later_stops_there),
		cmocka_unit_test(data_map_again_is_done_already),
		cmocka_unit_test(data_map_over_another_page_is_refused),
		cmocka_unit_test(data_map_of_a_page_mapped_elsewhere_is_refused),
		cmocka_unit_test(data_map_without_a_table_says_where),
		cmocka_unit_test(data_map_of_bad_arguments_is_refused),
		cmocka_unit_test(data_map_in_a_dead_realm_is_refused),
		cmocka_unit_test(data_map_of_a_block_with_a_page_of_the_host_is_refused),
		cmocka_unit_test(data_map_maps_blocks),
		cmocka_unit_test(data_unmap_without_report_goes_to_the_top),
		cmocka_unit_test(data_unmap_tells_of_one_run_at_a_time),
		cmocka_unit_test(data_unmap_goes_on_over_holes_when_memory_does),
		cmocka_unit_test(data_unmap_fills_a_list),
		cmocka_unit_test(data_unmap_stops_when_the_list_is_full),
		cmocka_unit_test(data_unmap_leaves_ripas_as_the_table_says),
		cmocka_unit_test(data_unmap_of_entries_larger_than_the_range_says_so),
		cmocka_unit_test(data_unmap_ends_at_a_table_below),
		cmocka_unit_test(data_unmap_of_bad_arguments_is_refused),
		cmocka_unit_test(data_unmap_to_a_list_that_cannot_be_written_changes_nothing),
		cmocka_unit_test(data_unmap_gives_blocks_back_as_such),
		cmocka_unit_test(data_map_init_of_what_the_port_cannot_read_changes_nothing),
		cmocka_unit_test(data_map_init_copies_a_whole_granule),
		cmocka_unit_test(data_create_unknown_maps_and_destroy_finds_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
