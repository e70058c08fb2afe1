/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* race-recs.c - RECs on several CPUs, and what else happens to them and their realms meanwhile */
#include "race.h"
#include "console.h"
#include "host.h"
#include "rmi-host.h"
#include "rmi-teardown.h"
#include "rmi.h"
#include "test-realm.h"

#define ROUNDS 20
#define ROUNDS_AT_ONCE 50	/* how often both counters must move on while neither guest is left */
#define PATIENCE 500	/* microseconds that a guest runs */

/* Two guests at once */

/* Both counters move on by turns, and neither guest has been left in between: they run at the same time. */
static bool run_at_once(const struct runner *a, const struct runner *b)
{
	uint64_t entries_a = __atomic_load_n(&a->entries, __ATOMIC_ACQUIRE);
	uint64_t entries_b = __atomic_load_n(&b->entries, __ATOMIC_ACQUIRE);

	for (unsigned i = 0; i < ROUNDS_AT_ONCE; i++)
		if (!runner_counts(a) || !runner_counts(b))
			return false;
	return entries_a == __atomic_load_n(&a->entries, __ATOMIC_ACQUIRE) &&
	       entries_b == __atomic_load_n(&b->entries, __ATOMIC_ACQUIRE);
}

static bool stopped_well(struct runner *runner)
{
	runner_stop(runner);
	return runner->result == RMI_SUCCESS && runner->reason == RMI_EXIT_IRQ && runner->entries == 1;
}

static void race_two(const char *name, const struct test_realm *a, const struct test_realm *b, unsigned rec_b)
{
	struct runner runner_a, runner_b;
	bool ok;

	runner_start(&runner_a, a, 0, 1);
	runner_start(&runner_b, b, rec_b, 2);
	ok = runner_counts(&runner_a) && runner_counts(&runner_b) && run_at_once(&runner_a, &runner_b);
	ok = stopped_well(&runner_a) && ok;
	ok = stopped_well(&runner_b) && ok;
	tap_result(ok, name);
}

static void race_at_once(struct machine *machine)
{
	struct test_realm a, b;

	realm_make(&a, machine, realm_counts, sizeof(realm_counts), 2);
	realm_make(&b, machine, realm_counts, sizeof(realm_counts), 1);
	race_two("two RECs of a realm run at once", &a, &a, 1);
	race_two("two realms run at once", &a, &b, 0);
	realm_end(&a);
	realm_end(&b);
}

/* A REC that two CPUs enter */

struct entry {
	const struct test_realm *realm;
	unsigned other;	/* the CPU that enters it, too */
	uint64_t run, result;
	uint32_t *waiting;
};

/* Who is refused sees to it that the other one comes out. */
static void enter_too(void *arg)
{
	struct entry *entry = arg;

	__atomic_sub_fetch(entry->waiting, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(entry->waiting, __ATOMIC_SEQ_CST))
		;
	entry->result = smc_call(SMC_RMI_REC_ENTER, entry->realm->recs[0].rec, entry->run);
	if (entry->result != RMI_SUCCESS)
		gic_send(entry->other, SGI_KICK);
	gic_take_all();
}

static void race_one_rec(struct machine *machine)
{
	struct test_realm realm;
	unsigned good = 0, wins = 0;

	realm_make(&realm, machine, realm_counts, sizeof(realm_counts), 2);
	for (unsigned i = 0; i < ROUNDS; i++) {
		uint32_t waiting = 2;
		struct entry a = { &realm, 2, realm.recs[0].run, 0, &waiting };
		struct entry b = { &realm, 1, realm.recs[1].run, 0, &waiting };

		smp_start(1, enter_too, &a);
		smp_start(2, enter_too, &b);
		smp_wait(1);
		smp_wait(2);
		good += (a.result == RMI_SUCCESS && b.result == RMI_ERROR_REC) ||
			(b.result == RMI_SUCCESS && a.result == RMI_ERROR_REC);
		wins += a.result == RMI_SUCCESS;
	}
	print("# CPU 1 was first %d times of %d\n", (uint64_t)wins, (uint64_t)ROUNDS);
	tap_equal("a REC entered on two CPUs: one wins, the other gets ERROR_REC", good, ROUNDS);
	realm_end(&realm);
}

/* Destruction against entry */

/* Enters the REC until it is refused; interrupts take care that others get a chance. */
static void enter_on(void *arg)
{
	struct runner *runner = arg;

	do {
		__atomic_add_fetch(&runner->entries, 1, __ATOMIC_RELEASE);
		timer_start(PATIENCE);
		runner->result = realm_enter(runner->realm, runner->rec);
		timer_stop();
		gic_take_all();
		nap();
	} while (runner->result == RMI_SUCCESS);
}

/* A realm whose REC another CPU enters again and again; it has run already. */
static void make_entered(struct test_realm *realm, struct machine *machine, struct runner *runner)
{
	realm_make(realm, machine, realm_counts, sizeof(realm_counts), 1);
	smp_start(1, enter_on, runner);
	while (!realm_count(realm, 0))
		nap();
}

static bool destroy_running_rec(struct machine *machine, uint64_t *refused)
{
	struct test_realm realm;
	struct runner runner = { .realm = &realm };
	uint64_t result;

	make_entered(&realm, machine, &runner);
	while ((result = host_rec_destroy(machine, realm.recs[0].rec, realm.recs[0].params)) == RMI_ERROR_REC)
		++*refused;
	smp_wait(1);
	host_take_back(machine, realm.recs[0].rec, machine->granule);
	realm.num_recs = 0;
	realm_end(&realm);
	return result == RMI_SUCCESS && runner.result == RMI_ERROR_INPUT;
}

static void race_destroy(struct machine *machine)
{
	uint64_t refused = 0;
	unsigned good = 0;

	for (unsigned i = 0; i < ROUNDS; i++)
		good += destroy_running_rec(machine, &refused);
	print("# %d times it was running\n", refused);
	tap_equal("REC_DESTROY against REC_ENTER: ERROR_REC until it is not running, then ERROR_INPUT for the other",
		  good, ROUNDS);
}

static bool terminate_running_realm(struct machine *machine, uint64_t *refused)
{
	struct test_realm realm;
	struct runner runner = { .realm = &realm };
	uint64_t result;

	make_entered(&realm, machine, &runner);
	while ((result = rmi(machine, SMC_RMI_REALM_TERMINATE, realm.rd)) == RMI_ERROR_REALM)
		++*refused;
	smp_wait(1);
	realm_end(&realm);
	return result == RMI_SUCCESS && runner.result == RMI_ERROR_REALM;
}

static void race_terminate(struct machine *machine)
{
	static const char name[] = "REALM_TERMINATE against REC_ENTER: ERROR_REALM for the one, then for the other";
	uint64_t refused = 0;
	unsigned good = 0;

	if (host_is_v1(machine)) {
		tap_skip(name, "RMM 1.0 has no REALM_TERMINATE");
		return;
	}
	for (unsigned i = 0; i < ROUNDS; i++)
		good += terminate_running_realm(machine, &refused);
	print("# %d times it was running\n", refused);
	tap_equal(name, good, ROUNDS);
}

/* A granule that two realms want */

struct claim {
	struct machine machine;
	uint64_t rd, granule, result;
	uint32_t *waiting;
};

static void claim_table(void *arg)
{
	struct claim *claim = arg;

	__atomic_sub_fetch(claim->waiting, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(claim->waiting, __ATOMIC_SEQ_CST))
		;
	claim->result = rmi(&claim->machine, SMC_RMI_RTT_CREATE, claim->rd, claim->granule, UINT64_C(1) << 30, 2);
}

static void race_claim(struct machine *machine)
{
	struct test_realm a, b;
	uint64_t granule;
	unsigned good = 0;

	realm_make(&a, machine, realm_counts, sizeof(realm_counts), 1);
	realm_make(&b, machine, realm_counts, sizeof(realm_counts), 1);
	granule = host_delegated(machine, 1, 0);
	for (unsigned i = 0; i < ROUNDS; i++) {
		uint32_t waiting = 2;
		struct claim one = { *machine, a.rd, granule, 0, &waiting };
		struct claim two = { *machine, b.rd, granule, 0, &waiting };

		smp_start(1, claim_table, &one);
		smp_start(2, claim_table, &two);
		smp_wait(1);
		smp_wait(2);
		good += (one.result == RMI_SUCCESS && two.result == RMI_ERROR_INPUT) ||
			(two.result == RMI_SUCCESS && one.result == RMI_ERROR_INPUT);
		rmi(machine, SMC_RMI_RTT_DESTROY, one.result == RMI_SUCCESS ? a.rd : b.rd, UINT64_C(1) << 30, 2);
	}
	tap_equal("a granule that two realms want as a table: one gets it, the other ERROR_INPUT", good, ROUNDS);
	host_take_back(machine, granule, machine->granule);
	realm_end(&a);
	realm_end(&b);
}

/* CPUs that go and come */

static bool runs_on(const struct test_realm *realm, unsigned cpu)
{
	struct runner runner;
	bool ok;

	runner_start(&runner, realm, 0, cpu);
	ok = runner_counts(&runner);
	return stopped_well(&runner) && ok;
}

static void race_off_on(struct machine *machine)
{
	struct test_realm realm;
	unsigned good = 0;

	realm_make(&realm, machine, realm_counts, sizeof(realm_counts), 1);
	for (unsigned i = 0; i < ROUNDS; i++) {
		unsigned cpu = 1 + i % (smp_cpus() - 1);

		good += runs_on(&realm, cpu);
		smp_off(cpu);
		good += smp_on(cpu) && runs_on(&realm, cpu);
	}
	tap_equal("a REC runs on each CPU in turn, and again after CPU_OFF and CPU_ON", good, 2 * ROUNDS);
	realm_end(&realm);
}

void race_recs(struct machine *machine)
{
	race_at_once(machine);
	race_one_rec(machine);
	race_destroy(machine);
	race_terminate(machine);
	race_claim(machine);
	race_off_on(machine);
}
