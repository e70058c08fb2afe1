/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-memory.c - tracking regions, level 1 GPTs and lists of memory that goes back, in the test RMM (rmm-2.0) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core.h"
#include "rmi-host.h"
#include "walker.h"

#define GIB (UINT64_C(1) << 30)
#define MIB (UINT64_C(1) << 20)
#define PAGE UINT64_C(0x1000)
#define GPT_BYTES (128 * UINT64_C(1024))	/* of a level 1 GPT with granules of 4 KiB: four bits for each of them */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct world {
	struct machine *machine;
	struct walker *walker;
};

static struct world start(const struct rmm_bank *banks, unsigned num_banks, unsigned granule_size)
{
	const struct machine_config config = { .variant = &rmm_variant_2_0, .banks = banks, .num_banks = num_banks };
	struct world w;

	w.machine = machine_new(&config);
	w.walker = walker_attach(w.machine);
	assert_int_equal(host_boot(w.machine, granule_size), RMI_SUCCESS);
	return w;
}

static void stop(struct world *w)
{
	walker_free(w->walker);
	machine_free(w->machine);
}

static void set_tracking(struct world *w, uint64_t base, unsigned state, uint64_t result)
{
	assert_int_equal(rmi(w->machine, SMC_RMI_GRANULE_TRACKING_SET, base, RMI_MEM_CATEGORY_CONVENTIONAL, state), result);
}

static void delegate(struct world *w, uint64_t base, uint64_t top, uint64_t result, uint64_t out_top)
{
	assert_int_equal(rmi(w->machine, SMC_RMI_GRANULE_RANGE_DELEGATE, base, top), result);
	assert_int_equal(w->machine->x[1], out_top);
}

static void undelegate(struct world *w, uint64_t base, uint64_t top, uint64_t result, uint64_t out_top)
{
	assert_int_equal(rmi(w->machine, SMC_RMI_GRANULE_RANGE_UNDELEGATE, base, top), result);
	assert_int_equal(w->machine->x[1], out_top);
}

/* Regions have 32 MiB here. Each is one thing: an interrupt ends a call between two of them and nowhere else. */
static void coarse_regions_change_owner_whole(void **state)
{
	const uint64_t region = 32 * MIB, base = GIB;
	const struct rmm_bank bank = { base, 4 * region };
	struct world w = start(&bank, 1, RMI_GRANULE_SIZE_16KB);
	uint8_t *host;

	for (unsigned i = 0; i < 4; i++)
		set_tracking(&w, base + i * region, RMI_TRACKING_COARSE, RMI_SUCCESS);
	w.machine->irq[0] = true;
	delegate(&w, base, base + 2 * region, RMI_SUCCESS, base + region);
	w.machine->irq[0] = false;
	delegate(&w, base + region, base + 2 * region, RMI_SUCCESS, base + 2 * region);
	delegate(&w, base + 2 * region + MIB, base + 3 * region, RMI_ERROR_INPUT, 0);
	machine_set_owner(w.machine, base + 3 * region - 16 * PAGE, MACHINE_ROOT);
	host = machine_ns(w.machine, base + 2 * region, PAGE);
	*host = 0x5a;
	delegate(&w, base + 2 * region, base + 4 * region, RMI_ERROR_INPUT, 0);
	assert_int_equal(*host, 0x5a);	/* as before, not wiped */
	assert_int_equal(w.machine->delegated, 2 * region);
	undelegate(&w, base, base + 4 * region, RMI_SUCCESS, base + 2 * region);
	stop(&w);
}

/* Two banks in one gigabyte have one tracking region, and one level 1 GPT. */
static void banks_share_the_region_they_are_in(void **state)
{
	static const struct rmm_bank banks[] = { { 2 * GIB, 16 * MIB }, { 2 * GIB + 512 * MIB, 16 * MIB } };
	struct world w = start(banks, COUNT(banks), RMI_GRANULE_SIZE_4KB);

	set_tracking(&w, 2 * GIB, RMI_TRACKING_NONE, RMI_SUCCESS);
	delegate(&w, banks[1].base, banks[1].base + PAGE, RMI_ERROR_TRACKING, 0);
	assert_int_equal(rmi(w.machine, SMC_RMI_GRANULE_TRACKING_GET, banks[1].base, banks[1].base + PAGE), RMI_SUCCESS);
	assert_int_equal(w.machine->x[2], RMI_TRACKING_NONE);
	set_tracking(&w, 2 * GIB, RMI_TRACKING_FINE, RMI_SUCCESS);
	delegate(&w, banks[1].base, banks[1].base + PAGE, RMI_SUCCESS, banks[1].base + PAGE);
	set_tracking(&w, 2 * GIB, RMI_TRACKING_COARSE, RMI_ERROR_TRACKING);
	undelegate(&w, banks[1].base, banks[1].base + PAGE, RMI_SUCCESS, banks[1].base + PAGE);
	stop(&w);
}

static void interrupt_ends_tracking_get(void **state)
{
	const struct rmm_bank bank = { 0, 4 * GIB };
	struct world w = start(&bank, 1, RMI_GRANULE_SIZE_4KB);

	assert_int_equal(rmi(w.machine, SMC_RMI_GRANULE_TRACKING_GET, PAGE, 3 * GIB + PAGE), RMI_SUCCESS);
	assert_int_equal(w.machine->x[3], 3 * GIB + PAGE);
	w.machine->irq[0] = true;
	assert_int_equal(rmi(w.machine, SMC_RMI_GRANULE_TRACKING_GET, PAGE, 3 * GIB + PAGE), RMI_SUCCESS);
	assert_int_equal(w.machine->x[3], GIB);
	stop(&w);
}

static uint64_t page_of_words(struct world *w, const uint64_t *words, unsigned count)
{
	uint64_t pa = machine_pages(w->machine, 1, 0);

	memcpy(machine_ns(w->machine, pa, PAGE), words, count * sizeof(words[0]));
	return pa;
}

/* Descriptor of count pages of 4 KiB that are the host's */
static uint64_t ns_pages(uint64_t pa, uint64_t count)
{
	return UINT64_C(1) << 63 | pa | count << 2;
}

static void create_gpt(struct world *w, uint64_t addr, uint64_t memory)
{
	const uint64_t word = ns_pages(memory, GPT_BYTES / PAGE);
	uint64_t handle;

	rmi(w->machine, SMC_RMI_GPT_L1_CREATE, addr);
	assert_int_equal(result_status(w->machine->x[0]), RMI_INCOMPLETE);
	handle = w->machine->x[1];
	rmi(w->machine, SMC_RMI_OP_MEM_DONATE, handle, page_of_words(w, &word, 1), 1);
	assert_int_equal(rmi(w->machine, SMC_RMI_OP_CONTINUE, handle, 0), RMI_SUCCESS);
}

/* One descriptor tells of all that goes back. */
static void destroy_gpt(struct world *w, uint64_t addr, uint64_t memory)
{
	const uint64_t zero = 0;
	uint64_t list = page_of_words(w, &zero, 1), handle, word;

	rmi(w->machine, SMC_RMI_GPT_L1_DESTROY, addr);
	assert_int_equal(result_status(w->machine->x[0]), RMI_INCOMPLETE);
	handle = w->machine->x[1];
	rmi(w->machine, SMC_RMI_OP_MEM_RECLAIM, handle, list, 1);
	assert_int_equal(w->machine->x[1], 1);
	memcpy(&word, machine_ns(w->machine, list, 8), 8);
	assert_int_equal(word, ns_pages(memory, GPT_BYTES / PAGE));
	assert_int_equal(rmi(w->machine, SMC_RMI_OP_CONTINUE, handle, 0), RMI_SUCCESS);
}

/* Also where the memory is at address 0, and where two GPTs lie in each other's region */
static void gpt_in_use_stays(void **state)
{
	const struct rmm_bank bank = { 0, 2 * GIB };
	struct world w = start(&bank, 1, RMI_GRANULE_SIZE_4KB);
	uint64_t page = GIB + 512 * MIB;

	machine_pages(w.machine, 1, GPT_BYTES);	/* what the host uses from now on lies after [0, GPT_BYTES) */
	create_gpt(&w, 0, GIB);
	create_gpt(&w, GIB, 0);
	assert_int_equal(rmi(w.machine, SMC_RMI_GPT_L1_CREATE, GIB), RMI_ERROR_GPT);
	delegate(&w, page, page + PAGE, RMI_SUCCESS, page + PAGE);
	assert_int_equal(rmi(w.machine, SMC_RMI_GPT_L1_DESTROY, GIB), RMI_ERROR_GPT);
	undelegate(&w, page, page + PAGE, RMI_SUCCESS, page + PAGE);
	destroy_gpt(&w, GIB, 0);
	assert_int_equal(rmi(w.machine, SMC_RMI_GPT_L1_DESTROY, GIB), RMI_ERROR_GPT);
	destroy_gpt(&w, 0, GIB);
	assert_int_equal(w.machine->delegated, 0);
	stop(&w);
}

/* Memory of a region that is tracked as one is not donated in parts, and a region with a GPT is not tracked as one. */
static void coarse_regions_hold_no_gpt(void **state)
{
	const struct rmm_bank bank = { 0, 2 * GIB };
	struct world w = start(&bank, 1, RMI_GRANULE_SIZE_4KB);
	const uint64_t word = ns_pages(GIB, GPT_BYTES / PAGE);
	uint64_t list = page_of_words(&w, &word, 1), handle;

	set_tracking(&w, GIB, RMI_TRACKING_COARSE, RMI_SUCCESS);
	rmi(w.machine, SMC_RMI_GPT_L1_CREATE, 0);
	handle = w.machine->x[1];
	rmi(w.machine, SMC_RMI_OP_MEM_DONATE, handle, list, 1);
	assert_int_equal(w.machine->x[1], 0);
	rmi(w.machine, SMC_RMI_OP_MEM_RECLAIM, handle, list, 1);
	assert_int_equal(rmi(w.machine, SMC_RMI_OP_CONTINUE, handle, 0), RMI_ERROR_INPUT);
	set_tracking(&w, GIB, RMI_TRACKING_FINE, RMI_SUCCESS);
	create_gpt(&w, 0, GIB);
	set_tracking(&w, GIB, RMI_TRACKING_COARSE, RMI_ERROR_TRACKING);
	destroy_gpt(&w, 0, GIB);
	stop(&w);
}

/* A list that the firmware took away from the host: nobody is told of the memory, so it does not go back. */
static void list_out_of_reach_gives_nothing_back(void **state)
{
	const struct rmm_bank bank = { 0, GIB };
	struct world w = start(&bank, 1, RMI_GRANULE_SIZE_4KB);
	const uint64_t zero = 0;
	uint64_t list = page_of_words(&w, &zero, 1), handle;

	create_gpt(&w, 0, 512 * MIB);
	rmi(w.machine, SMC_RMI_GPT_L1_DESTROY, 0);
	handle = w.machine->x[1];
	machine_set_owner(w.machine, list, MACHINE_ROOT);
	assert_int_equal(rmi(w.machine, SMC_RMI_OP_MEM_RECLAIM, handle, list, 1), RMI_ERROR_INPUT);
	assert_int_equal(w.machine->delegated, GPT_BYTES);
	machine_set_owner(w.machine, list, MACHINE_NS);
	rmi(w.machine, SMC_RMI_OP_MEM_RECLAIM, handle, list, 1);
	assert_int_equal(w.machine->x[1], 1);
	assert_int_equal(rmi(w.machine, SMC_RMI_OP_CONTINUE, handle, 0), RMI_SUCCESS);
	assert_int_equal(w.machine->delegated, 0);
	stop(&w);
}

static void instances_that_cannot_be_are_refused(void **state)
{
	static const struct rmm_bank good = { GIB, MIB };
	static const struct rmm_bank bad[] = { { GIB + PAGE, MIB }, { GIB, PAGE }, { GIB, 0 }, { UINT64_C(1) << 52, MIB } };
	static uint64_t region[0x10000];
	struct rmm_limits limits = *rmm_variant_limits(&rmm_variant_2_0);
	struct rmm_config config = {
		.variant = &rmm_variant_2_0, .limits = &limits, .banks = &good, .num_banks = 1, .num_cpus = 1,
	};

	assert_true(rmm_region_size(&config) <= sizeof(region));
	assert_ptr_equal(rmm_init(&config, region), region);
	assert_null(rmm_init(&config, (uint8_t *)region + 1));
	for (unsigned i = 0; i < COUNT(bad); i++) {
		config.banks = &bad[i];
		assert_null(rmm_init(&config, region));
	}
	config.banks = &good;
	limits.aux_planes = RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT + 1;
	assert_null(rmm_init(&config, region));
	limits.aux_planes = 0;
	limits.max_recs_order = 16;
	assert_null(rmm_init(&config, region));
	limits.max_recs_order = 4;
	config.num_cpus = 0;
	assert_null(rmm_init(&config, region));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(coarse_regions_change_owner_whole),
		cmocka_unit_test(banks_share_the_region_they_are_in),
		cmocka_unit_test(interrupt_ends_tracking_get),
		cmocka_unit_test(gpt_in_use_stays),
		cmocka_unit_test(coarse_regions_hold_no_gpt),
		cmocka_unit_test(list_out_of_reach_gives_nothing_back),
		cmocka_unit_test(instances_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
