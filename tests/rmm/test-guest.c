/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-guest.c - programs in realms, from boot to the last exit: core, host, toy CPU and walker together
 *
 * Each test runs on every variant and granule size. Granules of the realm: 0 has the program, 1 the exception vectors,
 * 2 is for buffers, 3 is RAM without memory, 4 is EMPTY; the first of the unprotected half is not mapped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rmi-host.h"
#include "program.h"
#include "psci.h"
#include "rmi.h"
#include "rsi.h"
#include "walker.h"

#define IPA_BITS 33
#define HALF (UINT64_C(1) << (IPA_BITS - 1))
#define RIM_SIZE 64

struct kind {
	const struct rmm_variant *variant;
	unsigned granule_size;
};

static const struct kind kinds[] = {
	{ &rmm_variant_1_0, RMI_GRANULE_SIZE_4KB }, { &rmm_variant_tf_2_0, RMI_GRANULE_SIZE_4KB },
	{ &rmm_variant_2_0, RMI_GRANULE_SIZE_4KB }, { &rmm_variant_2_0, RMI_GRANULE_SIZE_16KB },
	{ &rmm_variant_2_0, RMI_GRANULE_SIZE_64KB },
};

struct world {
	struct machine *machine;
	struct walker *walker;
	uint64_t rd, rec[2], params, granule;
	uint64_t run_pa;
	struct rmi_rec_run *run;
};

static void must(uint64_t result)
{
	if (result != RMI_SUCCESS)
		fail_msg("result %#llx", (unsigned long long)result);
}

static uint64_t delegated(struct world *world)
{
	return host_delegated(world->machine, 1, 0);
}

static void make_realm(struct world *world)
{
	struct rmi_realm_params *params = machine_ns(world->machine, world->params, sizeof(*params));

	*params = (struct rmi_realm_params){
		.s2sz = IPA_BITS, .num_bps = 1, .num_wps = 1, .rtt_num_start = 1,
		.rtt_level_start = world->granule == 4096 ? 1 : 2, .hash_algo = RMI_HASH_SHA_512,
	};
	params->rtt_base = delegated(world);
	world->rd = delegated(world);
	must(rmi(world->machine, SMC_RMI_REALM_CREATE, world->rd, world->params));
	for (uint64_t half = 0; half <= HALF; half += HALF)
		for (uint64_t level = (uint64_t)params->rtt_level_start + 1; level <= 3; level++)
			must(rmi(world->machine, SMC_RMI_RTT_CREATE, world->rd, delegated(world), half, level));
}

static void load(struct world *world, uint64_t index, const struct program_record *records, size_t count)
{
	uint64_t source = machine_pages(world->machine, 1, 0);

	memcpy(machine_ns(world->machine, source, world->granule), records, count * sizeof(*records));
	must(rmi(world->machine, SMC_RMI_RTT_DATA_MAP_INIT, world->rd, delegated(world), index * world->granule, source,
		RMI_MEASURE_CONTENT));
}

static void make_rec(struct world *world, unsigned index, bool runnable)
{
	struct rmi_rec_params *params;

	world->params = machine_pages(world->machine, 1, 0);
	params = machine_ns(world->machine, world->params, sizeof(*params));
	params->flags = runnable;
	params->mpidr = index;
	world->rec[index] = delegated(world);
	must(host_rec_create(world->machine, world->rd, world->rec[index], world->params));
}

static struct world *boot(const struct kind *kind, const struct program_record *program, size_t count)
{
	static const struct program_record handler[] = {
		{ PROGRAM_MOVE, { 20, PROGRAM_REG_ESR } }, { PROGRAM_MOVE, { 21, PROGRAM_REG_FAR } },
		{ PROGRAM_RETURN, { 4 } },
	};
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->machine = machine_new(&(struct machine_config){ .variant = kind->variant });
	world->walker = walker_attach(world->machine);
	must(host_boot(world->machine, kind->granule_size));
	world->granule = world->machine->granule;
	world->params = machine_pages(world->machine, 1, 0);
	make_realm(world);
	must(rmi(world->machine, SMC_RMI_RTT_INIT_RIPAS, world->rd, 0, 4 * world->granule));
	load(world, 0, program, count);
	load(world, 1, handler, 3);
	must(host_data_unknown(world->machine, world->rd, delegated(world), 2 * world->granule));
	make_rec(world, 0, true);
	make_rec(world, 1, false);
	must(rmi(world->machine, SMC_RMI_REALM_ACTIVATE, world->rd));
	world->run_pa = machine_pages(world->machine, 1, 0);
	world->run = machine_ns(world->machine, world->run_pa, sizeof(*world->run));
	return world;
}

static void shut_down(struct world *world)
{
	walker_free(world->walker);
	machine_free(world->machine);
	free(world);
}

static unsigned enter(struct world *world, unsigned index)
{
	must(rmi(world->machine, SMC_RMI_REC_ENTER, world->rec[index], world->run_pa));
	return world->run->exit.exit_reason;
}

static void for_each_kind(void (*test)(const struct kind *kind, uint64_t g))
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		test(&kinds[i], UINT64_C(4096) << 2 * kinds[i].granule_size);
}

/* A test whose body runs once for each kind; g is the bytes of its granules */
#define GUEST_TEST(name) \
	static void name##_of(const struct kind *kind, uint64_t g); \
	static void test_##name(void **state) \
	{ \
		for_each_kind(name##_of); \
	} \
	static void name##_of(const struct kind *kind, uint64_t g)

#define BOOT(...) \
	boot(kind, (const struct program_record[]){ __VA_ARGS__ }, \
		sizeof((const struct program_record[]){ __VA_ARGS__ }) / sizeof(struct program_record))

/* The realm tells its RIM in a host call and sees the answer of the host. */
GUEST_TEST(host_call)
{
	struct world *world = BOOT({ PROGRAM_SMC, { SMC_RSI_MEASUREMENT_READ, 0 } },
		{ PROGRAM_CHECK, { 0, RSI_SUCCESS } }, { PROGRAM_HOST_CALL, { 2 * g + 0x100, 42 } },
		{ PROGRAM_CHECK, { 0, RSI_SUCCESS } }, { PROGRAM_LOAD, { 2 * g + 0x108 + 8 * 30, 8, 0, 4 } },
		{ PROGRAM_CHECK, { 4, 0x1234 } }, { PROGRAM_END, { 0 } });
	uint8_t rim[RMM_DIGEST_MAX];

	assert_int_equal(enter(world, 0), RMI_EXIT_HOST_CALL);
	assert_int_equal(world->run->exit.imm, 42);
	assert_int_equal(rmm_measurement(world->machine->rmm, world->rd, 0, rim), RIM_SIZE);
	assert_memory_equal(&world->run->exit.gprs[1], rim, RIM_SIZE);
	world->run->enter.gprs[30] = 0x1234;
	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	shut_down(world);
}

/* Memory comes when it is touched, and the realm notices when the host takes it away. */
GUEST_TEST(memory_on_demand)
{
	struct world *world = BOOT({ PROGRAM_SET, { 1, 77 } }, { PROGRAM_STORE, { 3 * g + 8, 4, 0, 1 } },
		{ PROGRAM_LOAD, { 3 * g + 8, 8, 0, 2 } }, { PROGRAM_CHECK, { 2, 77 } }, { PROGRAM_IRQ, { 0 } },
		{ PROGRAM_LOAD, { 3 * g, 8, 0, 2 } }, { PROGRAM_END, { 0 } });
	uint64_t data;

	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	assert_int_equal(world->run->exit.esr & 0x3f, 0x07);
	assert_int_equal(world->run->exit.hpfar, 3 * g >> 12 << 4);
	must(host_data_unknown(world->machine, world->rd, delegated(world), 3 * g));
	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	must(host_data_destroy(world->machine, world->rd, 3 * g, &data));
	must(host_undelegate(world->machine, data, g));
	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	assert_int_equal(world->run->exit.hpfar, 3 * g >> 12 << 4);
	shut_down(world);
}

GUEST_TEST(ripas_change)
{
	struct world *world = BOOT({ PROGRAM_SMC, { SMC_RSI_IPA_STATE_SET, 4 * g, 5 * g, RSI_RAM } },
		{ PROGRAM_CHECK, { 0, RSI_SUCCESS } }, { PROGRAM_CHECK, { 1, 5 * g } },
		{ PROGRAM_CHECK, { 2, RSI_ACCEPT } },
		{ PROGRAM_LOAD, { 4 * g, 8, 0, 3 } }, { PROGRAM_CHECK, { 3, 0 } },
		{ PROGRAM_SMC, { SMC_RSI_IPA_STATE_SET, 4 * g, 5 * g, RSI_EMPTY } },
		{ PROGRAM_SET, { PROGRAM_REG_VBAR, g } }, { PROGRAM_LOAD, { 4 * g, 8, 0, 3 } },
		{ PROGRAM_CHECK, { 20, 0x10, 0x3f } }, { PROGRAM_CHECK, { 21, 4 * g } }, { PROGRAM_END, { 0 } });

	assert_int_equal(enter(world, 0), RMI_EXIT_RIPAS_CHANGE);
	assert_int_equal(world->run->exit.ripas_base, 4 * g);
	assert_int_equal(world->run->exit.ripas_top, 5 * g);
	assert_int_equal(world->run->exit.ripas_value, RMI_RIPAS_RAM);
	must(rmi(world->machine, SMC_RMI_RTT_SET_RIPAS, world->rd, world->rec[0], 4 * g, 5 * g));
	must(host_data_unknown(world->machine, world->rd, delegated(world), 4 * g));
	assert_int_equal(enter(world, 0), RMI_EXIT_RIPAS_CHANGE);
	must(rmi(world->machine, SMC_RMI_RTT_SET_RIPAS, world->rd, world->rec[0], 4 * g, 5 * g));
	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	shut_down(world);
}

GUEST_TEST(emulated_device)
{
	struct world *world = BOOT({ PROGRAM_LOAD, { HALF + 4, 4, PROGRAM_SIGNED, 3 } },
		{ PROGRAM_CHECK, { 3, UINT64_C(0xffffffff80000001) } }, { PROGRAM_STORE, { HALF + 8, 2, 0, 3 } },
		{ PROGRAM_SET, { PROGRAM_REG_VBAR, g } }, { PROGRAM_LOAD, { HALF, 1, 0, 3 } },
		{ PROGRAM_CHECK, { 20, 0x10, 0x3f } }, { PROGRAM_END, { 0 } });

	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	assert_int_equal(world->run->exit.esr >> 26, 0x24);
	assert_int_equal(world->run->exit.hpfar, HALF >> 12 << 4);
	assert_int_equal(world->run->exit.far, 4);
	world->run->enter.flags = RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
	world->run->enter.gprs[0] = 0x80000001;
	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	assert_int_equal(world->run->exit.gprs[0], 1);
	assert_int_equal(world->run->exit.far, 8);
	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	world->run->enter.flags = RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;
	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	shut_down(world);
}

GUEST_TEST(shared_memory)
{
	struct world *world = BOOT({ PROGRAM_SET, { 1, 0xcafe } }, { PROGRAM_STORE, { HALF + 16, 8, 0, 1 } },
		{ PROGRAM_LOAD, { HALF + 24, 8, 0, 2 } }, { PROGRAM_CHECK, { 2, 0xbeef } }, { PROGRAM_IRQ, { 0 } },
		{ PROGRAM_LOAD, { HALF, 8, 0, 2 } }, { PROGRAM_END, { 0 } });
	uint64_t pa = machine_pages(world->machine, 1, 0);
	uint64_t *page = machine_ns(world->machine, pa, g);

	page[3] = 0xbeef;
	must(host_share(world->machine, world->rd, HALF, pa));
	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	assert_int_equal(page[2], 0xcafe);
	must(host_delegate(world->machine, pa, g));
	assert_int_equal(enter(world, 0), RMI_EXIT_SYNC);
	assert_int_equal(world->run->exit.esr & 0x3f, 0x10);
	shut_down(world);
}

GUEST_TEST(second_cpu)
{
	struct world *world = BOOT({ PROGRAM_SMC, { SMC64_PSCI_CPU_ON, 1, 4 * 10, 0xabc } },
		{ PROGRAM_CHECK, { 0, PSCI_SUCCESS } }, { PROGRAM_SMC, { SMC32_PSCI_SYSTEM_OFF } },
		[10] = { PROGRAM_CHECK, { 0, 0xabc } }, { PROGRAM_CHECK, { PROGRAM_REG_MPIDR, 1, 0xffffff } },
		{ PROGRAM_SMC, { SMC32_PSCI_CPU_OFF } });

	assert_int_equal(enter(world, 0), RMI_EXIT_PSCI);
	assert_int_equal(world->run->exit.gprs[0], SMC64_PSCI_CPU_ON);
	assert_int_equal(world->run->exit.gprs[1], 1);
	must(rmi(world->machine, SMC_RMI_PSCI_COMPLETE, world->rec[0], world->rec[1], PSCI_SUCCESS));
	assert_int_equal(enter(world, 1), RMI_EXIT_PSCI);
	assert_int_equal(world->run->exit.gprs[0], SMC32_PSCI_CPU_OFF);
	assert_int_equal(rmi(world->machine, SMC_RMI_REC_ENTER, world->rec[1], world->run_pa), RMI_ERROR_REC);
	assert_int_equal(enter(world, 0), RMI_EXIT_PSCI);
	assert_int_equal(world->run->exit.gprs[0], SMC32_PSCI_SYSTEM_OFF);
	assert_int_equal(rmi_result_get_status(rmi(world->machine, SMC_RMI_REC_ENTER, world->rec[0], world->run_pa)),
		RMI_ERROR_REALM);
	shut_down(world);
}

/*
 * In two pieces, to offsets 0 and 600 of the buffer. Beside the 1000 bytes of the platform there are those of the collection
 * and of a realm token with SHA-512; what the collection begins with is before the platform's.
 */
GUEST_TEST(token)
{
	const bool is_1_0 = kind->variant == &rmm_variant_1_0;
	const uint64_t size = 1000 + (is_1_0 ? 16 + 750 : 24 + 792), before = is_1_0 ? 10 : 14;
	const uint64_t head = is_1_0 ? UINT64_C(0x59caac19a28f01d9) : UINT64_C(0x82caac19a28b03d9);
	struct world *world = BOOT({ PROGRAM_SMC, { SMC_RSI_ATTEST_TOKEN_INIT, 1, 2, 3 } },
		{ PROGRAM_CHECK, { 0, RSI_SUCCESS } },
		{ PROGRAM_SMC, { SMC_RSI_ATTEST_TOKEN_CONTINUE, 2 * g, 0, 600 } },
		{ PROGRAM_CHECK, { 0, RSI_INCOMPLETE } }, { PROGRAM_CHECK, { 1, 600 } },
		{ PROGRAM_SMC, { SMC_RSI_ATTEST_TOKEN_CONTINUE, 2 * g, 600, 4096 - 600 } },
		{ PROGRAM_CHECK, { 0, RSI_SUCCESS } }, { PROGRAM_CHECK, { 1, size - 600 } },
		{ PROGRAM_LOAD, { 2 * g, 8, 0, 2 } }, { PROGRAM_CHECK, { 2, head } },
		{ PROGRAM_LOAD, { 2 * g + 999, 1, 0, 2 } }, { PROGRAM_CHECK, { 2, (999 - before) & 0xff } },
		{ PROGRAM_LOAD, { 2 * g + size, 1, 0, 2 } }, { PROGRAM_CHECK, { 2, 0 } },
		{ PROGRAM_SMC, { SMC_RSI_ATTEST_TOKEN_CONTINUE, 2 * g, 0, 8 } },
		{ PROGRAM_CHECK, { 0, RSI_ERROR_STATE } }, { PROGRAM_END, { 0 } });

	assert_int_equal(enter(world, 0), RMI_EXIT_IRQ);
	shut_down(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host_call),
		cmocka_unit_test(test_memory_on_demand),
		cmocka_unit_test(test_ripas_change),
		cmocka_unit_test(test_emulated_device),
		cmocka_unit_test(test_shared_memory),
		cmocka_unit_test(test_second_cpu),
		cmocka_unit_test(test_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
