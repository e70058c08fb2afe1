/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-rmm-features.c - versions and feature registers of the test RMM, as TF-RMM tells them
 *
 * Values: printed by TF-RMM 9a7f8ef4 (2.0) and its tag rmm-spec-v1.x-aligned 2f49356c (1.1) on fake_host, after boot.
 * rmm-2.0 has beside them what the specification has and TF-RMM does not: granules of 16 and 64 KiB, SHA-384 told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rmi.h"
#include "rmi-machine.h"

#define REGISTERS 6	/* the last of them is unknown */

static const struct {
	const struct rmm_variant *variant;
	uint64_t version, registers[REGISTERS];
} expected[] = {
	{ &rmm_variant_tf_2_0, 0x20000, { 0x71cf30, 0x142a9, 0xa1, 0x53, 0xfffe, 0 } },
	{ &rmm_variant_2_0, 0x20000, { 0x71cf30, 0x142a9 | 1 << 1 | 1 << 2 | 1 << 4, 0xa1, 0x53, 0xfffe, 0 } },
	{ &rmm_variant_1_0, 0x10001, { 0x26e83fc71cf30, 0xfffe, 0, 0, 0, 0 } },
};

static void feature_registers_are_those_of_tf_rmm(void **state)
{
	for (unsigned i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		const struct machine_config config = { .variant = expected[i].variant };
		struct machine *machine = machine_new(&config);

		for (uint64_t index = 0; index < REGISTERS; index++) {
			assert_int_equal(rmi(machine, SMC_RMI_FEATURES, index), RMI_SUCCESS);
			assert_int_equal(machine->x[1], expected[i].registers[index]);
		}
		machine_free(machine);
	}
}

static void version_is_that_of_tf_rmm(void **state)
{
	for (unsigned i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		const struct machine_config config = { .variant = expected[i].variant };
		struct machine *machine = machine_new(&config);

		assert_int_equal(rmi(machine, SMC_RMI_VERSION, expected[i].version), RMI_SUCCESS);
		assert_int_equal(machine->x[1], expected[i].version);
		assert_int_equal(machine->x[2], expected[i].version);
		assert_int_equal(rmi(machine, SMC_RMI_VERSION, 0x30000), RMI_ERROR_INPUT);
		assert_int_equal(machine->x[1], expected[i].version);
		machine_free(machine);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feature_registers_are_those_of_tf_rmm),
		cmocka_unit_test(version_is_that_of_tf_rmm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
