/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* protect.c - mode protect: what the host must not reach, and when; what it finds in memory that it gets back */
#include <string.h>

#include "code.h"
#include "console.h"
#include "host.h"
#include "modes.h"
#include "rmi-host.h"
#include "rmi-teardown.h"
#include "rmi.h"
#include "test-realm.h"

#define ESR_CLASS 26
#define ESR_STATUS 0x3f
#define EC_DATA_ABORT 0x24	/* from a lower exception level */
#define TRANSLATION_LEVEL_3 0x07
#define GRANULE_PROTECTION 0x28

/* Reads a word, writes it back, and runs the page, whose first word is a RET when it is the host's. */
static bool is_ours(uint64_t pa)
{
	uint64_t value;

	return !probe_read(pa + 8, &value) && !probe_write(pa + 8, value) && !probe_write(pa, A64_RET) &&
	       !probe_fetch(pa);
}

static bool is_out_of_reach(uint64_t pa)
{
	uint64_t value = 0, read = probe_read(pa, &value), write = probe_write(pa, A64_RET), fetch = probe_fetch(pa);

	if (read == GPF_READ && write == GPF_WRITE && fetch == GPF_FETCH && !value)
		return true;
	print("# %x: ESR of a read %x, of a write %x, of a fetch %x\n", pa, read, write, fetch);
	return false;
}

/* The host maps what is below its memory as devices, which it does not run. */
static bool is_unreadable(uint64_t pa)
{
	uint64_t value = 0;

	return probe_read(pa, &value) == GPF_READ && probe_write(pa, A64_RET) == GPF_WRITE && !value;
}

static bool is_zero(uint64_t pa)
{
	const uint64_t *words = (const uint64_t *)pa;
	uint64_t all = 0;

	for (unsigned i = 0; i < 0x1000 / sizeof(*words); i++)
		all |= words[i];
	return !all;
}

/* Another CPU's answer to the same questions */
struct question {
	bool (*ask)(uint64_t pa);
	uint64_t pa;
	bool answer;
};

static void ask(void *arg)
{
	struct question *question = arg;

	question->answer = question->ask(question->pa);
}

static bool on_cpu_1(bool (*what)(uint64_t pa), uint64_t pa)
{
	struct question question = { what, pa, false };

	smp_do(1, ask, &question);
	return question.answer;
}

static void protect_granule(struct machine *machine)
{
	uint64_t pa = machine_pages(machine, 3, 0) + machine->granule, size = machine->granule;

	memset((void *)pa, 0x5a, size);
	tap_result(is_ours(pa) && on_cpu_1(is_ours, pa), "a granule of the host: read, written, run");
	tap_equal("it is delegated", host_delegate(machine, pa, size), RMI_SUCCESS);
	tap_result(is_out_of_reach(pa), "then the TLB entry of before is not used");
	tap_result(on_cpu_1(is_out_of_reach, pa), "nor that of another CPU");
	tap_result(is_ours(pa - size) && is_ours(pa + size), "its neighbours stay the host's");
	tap_equal("it is undelegated", host_undelegate(machine, pa, size), RMI_SUCCESS);
	tap_result(is_zero(pa), "then it is zero");
	tap_result(is_ours(pa) && on_cpu_1(is_ours, pa), "and the host's, on both CPUs");
}

static void protect_firmware(void)
{
	tap_result(is_out_of_reach(RMM_BASE) && is_out_of_reach(RMM_BASE + RMM_SIZE / 2) &&
		   is_out_of_reach(RMM_BASE + RMM_SIZE - 0x1000), "memory of the RMM is out of reach");
	tap_result(is_ours(RMM_BASE - 0x1000) && is_ours(RMM_BASE + RMM_SIZE), "what is below and above it is not");
	tap_result(is_unreadable(SECURE_RAM_BASE) && is_unreadable(GPT_L0_BASE) && is_unreadable(GPT_L1_BASE),
		   "data of the monitor and the GPT are out of reach");
	tap_result(is_unreadable(0) && is_unreadable(FLASH_RMM), "and so is the boot flash");
}

/* The granules of a realm */

#define OBJECTS 5

static const char *const object_names[OBJECTS] = { "the RD", "the root table", "a table", "data", "a REC" };

static void list_objects(const struct test_realm *realm, uint64_t objects[OBJECTS])
{
	objects[0] = realm->rd;
	objects[1] = realm->root;
	objects[2] = realm->table;
	objects[3] = realm->own[0];
	objects[4] = realm->recs[0].rec;
}

static void check_objects(const uint64_t objects[OBJECTS], const char *when)
{
	bool ok = true;

	for (unsigned i = 0; i < OBJECTS; i++) {
		if (is_out_of_reach(objects[i]))
			continue;
		print("# %s is not protected\n", object_names[i]);
		ok = false;
	}
	tap_result(ok, when);
}

/* All that the realm was is delegated still when it is gone. */
static void destroy_all(struct test_realm *realm)
{
	struct machine *machine = realm->machine;
	uint64_t data;

	host_rec_destroy(machine, realm->recs[0].rec, realm->recs[0].params);
	realm->num_recs = 0;
	host_data_destroy(machine, realm->rd, REALM_OWN(0), &data);
	tap_equal("the RMM tells which data was unmapped", data, realm->own[0]);
	host_data_destroy(machine, realm->rd, 0, &data);
	host_take_back(machine, data, machine->granule);
	rmi(machine, SMC_RMI_RTT_DESTROY, realm->rd, 0, 3);
	tap_equal("the RMM tells which table was destroyed", machine->x[1], realm->table);
	rmi(machine, SMC_RMI_RTT_DESTROY, realm->rd, 0, 2);
	host_take_back(machine, machine->x[1], machine->granule);
	for (unsigned level = 3; level > 1; level--) {
		rmi(machine, SMC_RMI_RTT_DESTROY, realm->rd, REALM_SHARED, level);
		host_take_back(machine, machine->x[1], machine->granule);
	}
	tap_equal("the realm is destroyed", host_realm_destroy(machine, realm->rd), RMI_SUCCESS);
}

/* Of all memory that the machine has given away so far */
static uint64_t count_out_of_reach(const struct machine *machine)
{
	uint64_t count = 0, value;

	for (uint64_t pa = HOST_POOL; pa < machine->free; pa += machine->granule)
		count += probe_read(pa, &value) == GPF_READ;
	return count;
}

static void protect_realm(struct machine *machine)
{
	struct test_realm realm;
	uint64_t objects[OBJECTS];
	struct runner runner;
	bool zero = true, ours = true;

	realm_make(&realm, machine, realm_counts, sizeof(realm_counts), 1);
	list_objects(&realm, objects);
	check_objects(objects, "all of a realm is out of reach");
	tap_equal("what the GPT gives to Realm, and nothing else", count_out_of_reach(machine),
		  machine_realm_granules());
	runner_start(&runner, &realm, 0, 1);
	runner_counts(&runner);
	check_objects(objects, "and while it runs");
	runner_stop(&runner);
	tap_result(realm_count(&realm, 0) > 0, "the realm itself reads and writes its memory");
	destroy_all(&realm);
	check_objects(objects, "all that was the realm's is out of reach when it is gone");
	for (unsigned i = 0; i < OBJECTS; i++) {
		host_take_back(machine, objects[i], machine->granule);
		zero = zero && is_zero(objects[i]);
		ours = ours && is_ours(objects[i]);
	}
	tap_result(zero, "undelegated, it is zero");
	tap_result(ours, "and the host's");
}

/* What is taken from a realm that runs on another CPU */

/* The realm has come out with a data abort. */
static void check_stopped(struct runner *runner, uint64_t status)
{
	uint64_t esr;

	runner_end(runner);
	esr = realm_exit(runner->realm, 0, RMI_REC_EXIT_ESR_OFFSET);
	print("# X0 %x, exit %d, ESR %x\n", runner->result, runner->reason, esr);
	tap_result(runner->result == RMI_SUCCESS && runner->reason == RMI_EXIT_SYNC &&
		   esr >> ESR_CLASS == EC_DATA_ABORT && (esr & ESR_STATUS) == status, "the realm stops");
}

static void protect_unmapped(struct machine *machine)
{
	struct test_realm realm;
	struct runner runner;
	uint64_t data;

	realm_make(&realm, machine, realm_counts, sizeof(realm_counts), 1);
	runner_start(&runner, &realm, 0, 1);
	tap_result(runner_counts(&runner), "a realm runs on another CPU");
	tap_equal("its page is unmapped", host_data_destroy(machine, realm.rd, REALM_OWN(0), &data), RMI_SUCCESS);
	check_stopped(&runner, TRANSLATION_LEVEL_3);
	tap_equal("at that page", realm_exit(&realm, 0, RMI_REC_EXIT_HPFAR_OFFSET), REALM_OWN(0) >> 8);
	host_take_back(machine, data, machine->granule);
	tap_result(is_zero(data), "the page is zero");
	realm_end(&realm);
}

static void protect_shared(struct machine *machine)
{
	struct test_realm realm;
	struct runner runner;
	uint64_t size = machine->granule;

	realm_make(&realm, machine, realm_counts, sizeof(realm_counts), 1);
	runner_start(&runner, &realm, 0, 1);
	tap_result(runner_counts(&runner), "a realm runs on another CPU");
	tap_equal("the page of the host that it shares is delegated", host_delegate(machine, realm.shared, size),
		  RMI_SUCCESS);
	check_stopped(&runner, GRANULE_PROTECTION);
	tap_equal("at that page", realm_exit(&realm, 0, RMI_REC_EXIT_HPFAR_OFFSET), REALM_SHARED >> 8);
	tap_equal("the page is undelegated", host_undelegate(machine, realm.shared, size), RMI_SUCCESS);
	tap_result(is_zero(realm.shared), "and zero");
	runner_start(&runner, &realm, 0, 1);
	tap_result(runner_counts(&runner), "the realm goes on");
	runner_stop(&runner);
	realm_end(&realm);
}

int mode_protect(void)
{
	struct machine machine = { 0 };
	uint64_t granules = machine_realm_granules();

	if (smp_cpus() < 2 || !smp_on(1))
		panic("host: mode protect needs two CPUs: -smp 2");
	machine_open(&machine);
	if (host_boot(&machine, 0) != RMI_SUCCESS)
		panic("host: the RMM does not start: %x", machine.x[0]);
	protect_granule(&machine);
	protect_firmware();
	protect_realm(&machine);
	protect_unmapped(&machine);
	protect_shared(&machine);
	tap_equal("all memory is the host's again", machine_realm_granules(), granules);
	return tap_end();
}
