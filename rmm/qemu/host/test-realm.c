/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-realm.c - a realm of a few pages, made and ended through RMI in either version */
#include <string.h>

#include "test-realm.h"
#include "code.h"
#include "host.h"
#include "rmi-1.0.h"
#include "rmi-host.h"
#include "rmi-teardown.h"
#include "rmi.h"

#define S2SZ 32
#define START_LEVEL 1
#define SLOT 64	/* bytes of a REC in the shared page */
#define LONG 20000000	/* microseconds */

const uint32_t realm_counts[5] = {
	A64_LDR(3, 2, 1), A64_ADD(2, 2, 1), A64_STR(3, 2, 1), A64_STR(3, 2, 0), A64_B(-4),
};

static void must(uint64_t result, const char *what)
{
	if (result != RMI_SUCCESS)
		machine_stop(what, result);
}

static void make_rd(struct test_realm *realm)
{
	static unsigned vmid;
	struct machine *machine = realm->machine;
	uint64_t pa = machine_pages(machine, 1, 0);
	struct rmi_realm_params *params = machine_ns(machine, pa, sizeof(*params));
	uint16_t *params_vmid = machine_ns(machine, pa + RMI1_REALM_PARAMS_VMID_OFFSET, sizeof(*params_vmid));

	realm->rd = host_delegated(machine, 1, 0);
	realm->root = host_delegated(machine, 1, 0);
	params->s2sz = S2SZ;
	params->num_bps = 1;
	params->num_wps = 1;
	params->rtt_base = realm->root;
	params->rtt_level_start = START_LEVEL;
	params->rtt_num_start = 1;
	if (host_is_v1(machine))
		*params_vmid = (uint16_t)(++vmid % 256);
	must(rmi(machine, SMC_RMI_REALM_CREATE, realm->rd, pa), "REALM_CREATE");
}

static uint64_t make_table(struct test_realm *realm, uint64_t ipa, unsigned level)
{
	uint64_t table = host_delegated(realm->machine, 1, 0);

	must(rmi(realm->machine, SMC_RMI_RTT_CREATE, realm->rd, table, ipa, level), "RTT_CREATE");
	return table;
}

uint64_t realm_load_page(struct test_realm *realm, uint64_t ipa, uint64_t source, uint64_t flags)
{
	uint64_t data = host_delegated(realm->machine, 1, 0);

	must(rmi(realm->machine, SMC_RMI_RTT_DATA_MAP_INIT, realm->rd, data, ipa, source, flags), "RTT_DATA_MAP_INIT");
	return data;
}

static void make_memory(struct test_realm *realm, const uint32_t *code, size_t size)
{
	struct machine *machine = realm->machine;
	uint64_t source = machine_pages(machine, 1, 0), zeros = machine_pages(machine, 1, 0);

	memcpy(machine_ns(machine, source, size), code, size);
	make_table(realm, 0, 2);
	realm->table = make_table(realm, 0, 3);
	make_table(realm, REALM_SHARED, 2);
	make_table(realm, REALM_SHARED, 3);
	realm_load_page(realm, 0, source, RMI_NO_MEASURE_CONTENT);
	for (unsigned n = 0; n < realm->num_recs; n++)
		realm->own[n] = realm_load_page(realm, REALM_OWN(n), zeros, RMI_NO_MEASURE_CONTENT);
	realm->shared = machine_pages(machine, 1, 0);
	must(host_share(machine, realm->rd, REALM_SHARED, realm->shared), "sharing a page");
}

static void make_rec(struct test_realm *realm, unsigned n)
{
	struct machine *machine = realm->machine;
	uint64_t pa = machine_pages(machine, 1, 0);
	struct rmi_rec_params *params = machine_ns(machine, pa, sizeof(*params));

	params->flags = RMI_REC_CREATE_FLAGS_RUNNABLE_MASK;
	params->mpidr = n;
	params->gprs[0] = REALM_SHARED + n * SLOT;
	params->gprs[1] = REALM_OWN(n);
	realm->recs[n].params = pa;
	realm->recs[n].run = machine_pages(machine, 1, 0);
	realm->recs[n].rec = host_delegated(machine, 1, 0);
	must(host_rec_create(machine, realm->rd, realm->recs[n].rec, pa), "REC_CREATE");
}

void realm_new(struct test_realm *realm, struct machine *machine, const uint32_t *code, size_t size, unsigned num_recs)
{
	memset(realm, 0, sizeof(*realm));
	realm->machine = machine;
	realm->num_recs = num_recs;
	make_rd(realm);
	make_memory(realm, code, size);
	for (unsigned n = 0; n < num_recs; n++)
		make_rec(realm, n);
}

void realm_make(struct test_realm *realm, struct machine *machine, const uint32_t *code, size_t size,
		unsigned num_recs)
{
	realm_new(realm, machine, code, size, num_recs);
	must(rmi(machine, SMC_RMI_REALM_ACTIVATE, realm->rd), "REALM_ACTIVATE");
}

void realm_end_recs(struct test_realm *realm)
{
	struct machine *machine = realm->machine;

	for (unsigned n = 0; n < realm->num_recs; n++) {
		must(host_rec_destroy(machine, realm->recs[n].rec, realm->recs[n].params), "REC_DESTROY");
		host_take_back(machine, realm->recs[n].rec, machine->granule);
	}
	realm->num_recs = 0;
}

void realm_end(struct test_realm *realm)
{
	struct machine *machine = realm->machine;

	realm_end_recs(realm);
	host_stage2_empty(machine, realm->rd, S2SZ, START_LEVEL);
	must(host_realm_destroy(machine, realm->rd), "REALM_DESTROY");
	host_take_back(machine, realm->root, machine->granule);
	host_take_back(machine, realm->rd, machine->granule);
}

uint64_t realm_enter(const struct test_realm *realm, unsigned n)
{
	return smc_call(SMC_RMI_REC_ENTER, realm->recs[n].rec, realm->recs[n].run);
}

uint64_t realm_exit(const struct test_realm *realm, unsigned n, unsigned offset)
{
	return *(uint64_t *)(realm->recs[n].run + RMI_REC_RUN_EXIT_OFFSET + offset);
}

uint64_t realm_count(const struct test_realm *realm, unsigned n)
{
	return __atomic_load_n((uint64_t *)(realm->shared + n * SLOT), __ATOMIC_ACQUIRE);
}

static void run(void *arg)
{
	struct runner *runner = arg;

	do {
		__atomic_add_fetch(&runner->entries, 1, __ATOMIC_RELEASE);
		runner->result = realm_enter(runner->realm, runner->rec);
		gic_take_all();
		if (runner->result != RMI_SUCCESS)
			break;
		runner->reason = realm_exit(runner->realm, runner->rec, RMI_REC_EXIT_EXIT_REASON_OFFSET);
	} while (!__atomic_load_n(&runner->stop, __ATOMIC_ACQUIRE) && runner->reason == RMI_EXIT_IRQ);
	__atomic_store_n(&runner->over, true, __ATOMIC_RELEASE);
}

void runner_start(struct runner *runner, const struct test_realm *realm, unsigned rec, unsigned cpu)
{
	*runner = (struct runner){ .realm = realm, .rec = rec, .cpu = cpu };
	smp_start(cpu, run, runner);
}

void runner_stop(struct runner *runner)
{
	__atomic_store_n(&runner->stop, true, __ATOMIC_RELEASE);
	gic_send(runner->cpu, SGI_KICK);
	smp_wait(runner->cpu);
}

void runner_end(struct runner *runner)
{
	uint64_t start = now();

	while (!__atomic_load_n(&runner->over, __ATOMIC_ACQUIRE) && now() - start < LONG)
		nap();
	runner_stop(runner);
}

bool runner_counts(const struct runner *runner)
{
	uint64_t count = realm_count(runner->realm, runner->rec), start = now();

	while (realm_count(runner->realm, runner->rec) == count) {
		if (now() - start > LONG)
			return false;
		nap();
	}
	return true;
}
