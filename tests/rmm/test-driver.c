/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-driver.c - the host of a script gives back all memory that the RMM had of it, whatever the script did */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rmi.h"
#include "rmi-host.h"
#include "rmi-teardown.h"
#include "script.h"
#include "walker.h"

#define CREATE "realm_create hash=sha256 s2sz=33 sl=2"
#define LINE_MAX 128
#define BLOCK UINT64_C(0x200000)

static const struct rmm_variant *const variants[] = { &rmm_variant_1_0, &rmm_variant_2_0, &rmm_variant_tf_2_0 };

static const struct script_op no_ops[] = { { NULL, 0, 0, false, NULL } };

static struct driver driver;
static struct walker *walker;
static size_t printed;

static void put(const char *text, size_t len)
{
	printed++;
}

static char *grow(char *text, size_t room)
{
	return realloc(text, room);
}

static void open_driver(const struct rmm_variant *variant)
{
	const struct machine_config config = { .variant = variant };

	memset(&driver, 0, sizeof(driver));
	driver.machine = machine_new(&config);
	driver.put = put;
	driver.answer.grow = grow;
	walker = walker_attach(driver.machine);
	assert_int_equal(host_boot(driver.machine, RMI_GRANULE_SIZE_4KB), RMI_SUCCESS);
	driver_open(&driver);
	assert_int_equal(driver.machine->delegated, 4096);
}

static void close_driver(void)
{
	driver_close(&driver);
	assert_int_equal(driver.machine->delegated, 0);
	walker_free(walker);
	machine_free(driver.machine);
	free(driver.answer.text);
}

static void run(const char *line)
{
	struct script_fault fault = { 0 };
	struct script_step step;
	char words[LINE_MAX];

	snprintf(words, sizeof(words), "%s", line);
	printed = 0;
	assert_true(script_parse(words, no_ops, &step, &fault));
	driver_run(&driver, &step, line);
	assert_int_equal(printed, 1);
}

static void check(const char *const *lines)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++) {
		open_driver(variants[i]);
		for (const char *const *line = lines; *line; line++)
			run(*line);
		close_driver();
	}
}

static void test_nothing(void **state)
{
	check((const char *const[]){ NULL });
}

static void test_refused_realm(void **state)
{
	check((const char *const[]){ "realm_create hash=sha256 s2sz=60 sl=2", "rtt_create ipa=0 level=3", NULL });
}

static void test_second_realm(void **state)
{
	check((const char *const[]){ CREATE, CREATE " flags1=1 naux=3", NULL });
}

static void test_deep_tables(void **state)
{
	check((const char *const[]){ "realm_create hash=sha256 s2sz=48 sl=0", "rtt_path ipa=0x1000 top=0x2000 level=3",
				     "rtt_path ipa=0x7fffffe00000 top=0x7fffffffffff level=3",
				     "rtt_path ipa=0x800000000000 top=0x800000001000 level=3", "data_unknown ipa=0x1000",
				     "data ipa=0x7fffffffe000 n=2", NULL });
}

static void test_running(void **state)
{
	check((const char *const[]){ CREATE, "rtt_path ipa=0 top=0x400000 level=3", "init_ripas base=0 top=0x400000 loop=1",
				     "data ipa=0x1000 n=3", "data ipa=0x1000", "data_unknown ipa=0x1ff000",
				     "data_unknown ipa=0x200000", "rec_create", "rec_create flags=0", "rec_create mpidr=9",
				     "activate", NULL });
}

/* Blocks are mapped beside scripts, on the bare-metal host. */
static void test_blocks(void **state)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++) {
		open_driver(variants[i]);
		run(CREATE);
		for (uint64_t ipa = 0; ipa < 3 * BLOCK; ipa += BLOCK) {
			uint64_t pa = host_delegated(driver.machine, BLOCK / 4096, BLOCK);

			assert_int_equal(host_block_unknown(driver.machine, driver.rd, pa, ipa), RMI_SUCCESS);
		}
		/* One of them is in pages again. */
		assert_int_equal(driver_create_table(&driver, BLOCK + 0x5000, 3), RMI_SUCCESS);
		host_unmap_all(driver.machine, driver.rd, BLOCK + 0x5000, BLOCK + 0x7000);
		assert_int_equal(driver.machine->delegated,
				 3 * BLOCK - 0x2000 + 0x1000 /* table */ + 8 * 0x1000 /* root */ + 0x1000 /* rd */);
		close_driver();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_refused_realm),
		cmocka_unit_test(test_second_realm),
		cmocka_unit_test(test_deep_tables),
		cmocka_unit_test(test_running),
		cmocka_unit_test(test_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
