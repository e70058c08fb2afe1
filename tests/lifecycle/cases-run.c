/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases-run.c - guests that run: exits and answers, power, kicks, the end */
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "guest.h"
#include "psci.h"
#include "rsi.h"

#define DEVICE UINT64_C(0x0b000000)	/* nothing there */
#define GUEST_DEVICE (DEVICE | HALF)
#define CALL_FIRST 0xc6000000
#define CALL_COUNT 16

static void started(struct life *life, struct guest *guest)
{
	life_create(life);
	*guest = guest_on(life, 0);
}

/* ---- power ---- */

static void power_off(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	guest_off(&guest);
	EQUAL(realm_phase(life->realm), REALM_PHASE_RUNNING);
}

static void reset(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	EQUAL(guest_smc(&guest, SMC32_PSCI_SYSTEM_RESET, 0, 0, 0), GUEST_EXIT);
	EQUAL(guest.exit.reason, REALM_EXIT_SYSTEM_RESET);
}

static void second_vcpu_is_turned_on(struct life *life)
{
	struct guest first, second;

	life_plan_recs(life, 2);
	started(life, &first);
	second = guest_on(life, 1);
	EQUAL(guest_call(&first, SMC64_PSCI_AFFINITY_INFO, 1, 0, 0), PSCI_AFFINITY_OFF);
	EQUAL((int)guest_call(&first, SMC64_PSCI_CPU_ON, 1, RAM, MAILBOX | HALF), 0);
	EQUAL(guest_call(&first, SMC64_PSCI_AFFINITY_INFO, 1, 0, 0), PSCI_AFFINITY_ON);
	guest_store(&second, RAM + 2 * life->page, 0x2222);
	EQUAL(guest_load(&first, RAM + 2 * life->page), 0x2222);
	EQUAL((int)guest_call(&first, SMC64_PSCI_CPU_ON, 1, RAM, 0), PSCI_ALREADY_ON);
	guest_off(&second);
}

static void vcpu_that_is_not_there_is_not_turned_on(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	EQUAL((int)guest_call(&guest, SMC64_PSCI_CPU_ON, 9, RAM, 0), PSCI_INVALID_PARAMETERS);
	EQUAL((int)guest_call(&guest, SMC64_PSCI_AFFINITY_INFO, 9, 0, 0), PSCI_INVALID_PARAMETERS);
}

static void psci_is_finished_by_the_kernel(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	guest_load(&guest, RAM);
	EQUAL(realm_psci_complete(life->realm, 0, 0, 0), -EOPNOTSUPP);
}

/* ---- devices ---- */

static void device_takes_what_is_stored(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	EQUAL(guest_begin(&guest, OP_STORE, GUEST_DEVICE + 8, 0x1122334455667788), GUEST_EXIT);
	EQUAL(guest.exit.reason, REALM_EXIT_MMIO);
	EQUAL(guest.exit.is_write, 1);
	EQUAL(guest.exit.ipa, DEVICE + 8);
	EQUAL(guest.exit.size, 8);
	EQUAL(guest.exit.data, 0x1122334455667788);
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(guest_begin(&guest, OP_STORE_BYTE, GUEST_DEVICE + 3, 0xabcd), GUEST_EXIT);
	EQUAL(guest.exit.size, 1);
	EQUAL(guest.exit.data, 0xcd);
	EQUAL(guest_go(&guest), GUEST_DONE);
}

static void device_gives_what_is_loaded(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	EQUAL(guest_begin(&guest, OP_LOAD, GUEST_DEVICE, 0), GUEST_EXIT);
	EQUAL(guest.exit.reason, REALM_EXIT_MMIO);
	EQUAL(guest.exit.is_write, 0);
	guest.exit.data = 0x8877665544332211;
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(guest.out[0], 0x8877665544332211);
	EQUAL(guest_begin(&guest, OP_LOAD_SIGNED_HALF, GUEST_DEVICE, 0), GUEST_EXIT);
	EQUAL(guest.exit.size, 2);
	guest.exit.data = 0xffff8001;	/* what is more than two bytes is not taken */
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(guest.out[0], 0xffff8001);
	guest_begin(&guest, OP_LOAD_SIGNED_HALF, GUEST_DEVICE, 0);
	guest.exit.data = 0x7ff1;
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(guest.out[0], 0x7ff1);
}

static void device_fails_an_access(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	EQUAL(guest_begin(&guest, OP_LOAD, GUEST_DEVICE, 0), GUEST_EXIT);
	DONE_OK(realm_inject_abort(life->realm, 0));
	EQUAL(guest_go(&guest), GUEST_EXCEPTION);
	EQUAL(guest.esr >> 26, 0x25);
	EQUAL(guest.esr & 0x3f, 0x10);
	guest_off(&guest);
}

static void only_an_access_can_fail(struct life *life)
{
	struct guest guest;

	life_create(life);
	EQUAL(realm_inject_abort(life->realm, 0), -EBUSY);
	guest = guest_on(life, 0);
	guest_off(&guest);
	EQUAL(realm_inject_abort(life->realm, 0), -EBUSY);
}

/* ---- calls of the host ---- */

/* The structure of RSI_HOST_CALL in a page of its own: X0 and up from offset 8 on */
static enum guest_end host_call(struct life *life, struct guest *guest, uint64_t fid)
{
	uint64_t at = RAM + 8 * life->page;

	guest_store(guest, at + 8, fid);
	for (unsigned i = 1; i <= 6; i++)
		guest_store(guest, at + 8 + 8 * i, 100 + i);
	return guest_smc(guest, SMC_RSI_HOST_CALL, at, 0, 0);
}

static void host_call_is_answered(struct life *life)
{
	struct guest guest;

	life_to(life, REALM_PHASE_NEW);
	DONE_OK(realm_forward_calls(life->realm, CALL_FIRST, CALL_COUNT));
	life_to(life, REALM_PHASE_SEALED);
	guest = guest_on(life, 0);
	EQUAL(host_call(life, &guest, CALL_FIRST + 3), GUEST_EXIT);
	EQUAL(guest.exit.reason, REALM_EXIT_HOST_CALL);
	EQUAL(guest.exit.nr, CALL_FIRST + 3);
	for (unsigned i = 0; i < 6; i++)
		EQUAL(guest.exit.args[i], 101 + i);
	for (unsigned i = 0; i < 4; i++)
		guest.exit.results[i] = 200 + i;
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(guest.out[0], 0);
	for (unsigned i = 0; i < 4; i++)
		EQUAL(guest_load(&guest, RAM + 8 * life->page + 8 + 8 * i), 200 + i);
}

static void other_host_calls_are_the_kernels(struct life *life)
{
	struct guest guest;

	life_to(life, REALM_PHASE_NEW);
	DONE_OK(realm_forward_calls(life->realm, CALL_FIRST, CALL_COUNT));
	life_to(life, REALM_PHASE_SEALED);
	guest = guest_on(life, 0);
	EQUAL(host_call(life, &guest, CALL_FIRST + CALL_COUNT), GUEST_DONE);
	EQUAL((int)guest_load(&guest, RAM + 8 * life->page + 8), -1);	/* not supported */
}

/* ---- measurements ---- */

static void guest_reads_the_rim(struct life *life)
{
	uint8_t rim[REALM_DIGEST_MAX];
	struct guest guest;

	started(life, &guest);
	EQUAL(guest_call(&guest, SMC_RSI_MEASUREMENT_READ, 0, 0, 0), 0);
	DONE_OK(realm_measured(life->realm, 0, rim, NULL));
	CHECK(!memcmp(&guest.out[1], rim, 16));
}

static void guest_extends_a_measurement(struct life *life)
{
	uint8_t before[REALM_DIGEST_MAX], after[REALM_DIGEST_MAX], rim[REALM_DIGEST_MAX];
	static const uint8_t none[REALM_DIGEST_MAX];
	struct guest guest;

	started(life, &guest);
	DONE_OK(realm_measured(life->realm, 0, rim, NULL));
	DONE_OK(realm_measured(life->realm, 2, before, NULL));
	CHECK(!memcmp(before, none, sizeof(none)));
	EQUAL(guest_call(&guest, SMC_RSI_MEASUREMENT_EXTEND, 2, 16, 77), 0);
	EQUAL(guest_call(&guest, SMC_RSI_MEASUREMENT_READ, 2, 0, 0), 0);
	DONE_OK(realm_measured(life->realm, 2, after, NULL));
	CHECK(!memcmp(&guest.out[1], after, 16) && memcmp(after, none, 16));
	DONE_OK(realm_measured(life->realm, 1, before, NULL));
	CHECK(!memcmp(before, none, sizeof(none)));
	life_check_rim(life);
	EQUAL(realm_measured(life->realm, 5, after, NULL), -EINVAL);
}

/* ---- kicks and the end ---- */

static void kick_before_the_run(struct life *life)
{
	struct guest guest;

	started(life, &guest);
	DONE_OK(realm_kick(life->realm, 0));
	DONE_OK(realm_run(life->realm, 0, &guest.exit));
	EQUAL(guest.exit.reason, REALM_EXIT_INTERRUPTED);
	guest_off(&guest);
}

static void vcpu_that_is_off_waits_to_be_kicked(struct life *life)
{
	struct realm_exit exit = { .sz = sizeof(exit) };

	life_plan_recs(life, 2);
	life_create(life);
	DONE_OK(realm_kick(life->realm, 1));
	DONE_OK(realm_run(life->realm, 1, &exit));
	EQUAL(exit.reason, REALM_EXIT_INTERRUPTED);
}

/* A thread in realm_run(), whose guest never comes back by itself */
struct runner {
	struct life *life;
	pthread_t thread;
	struct guest guest;
	int ret;
};

static void *run_on(void *arg)
{
	struct runner *runner = arg;

	runner->ret = realm_run(runner->life->realm, 0, &runner->guest.exit);
	return NULL;
}

/* The guest is told to spin up to the last word of the mailbox that it reads; the thread gives that. */
static void start_spinning(struct life *life, struct runner *runner)
{
	const struct timespec some = { .tv_nsec = 20000000 };

	*runner = (struct runner){ .life = life, .guest = guest_on(life, 0) };
	do
		DONE_OK(realm_run(life->realm, 0, &runner->guest.exit));
	while (runner->guest.exit.reason != REALM_EXIT_MMIO || runner->guest.exit.ipa != MAILBOX + BOX_OP);
	runner->guest.exit.data = OP_SPIN;
	DONE_OK(pthread_create(&runner->thread, NULL, run_on, runner));
	nanosleep(&some, NULL);
}

static void kick_while_it_runs(struct life *life)
{
	struct runner runner;

	life_create(life);
	start_spinning(life, &runner);
	DONE_OK(realm_kick(life->realm, 0));
	pthread_join(runner.thread, NULL);
	EQUAL(runner.ret, 0);
	EQUAL(runner.guest.exit.reason, REALM_EXIT_INTERRUPTED);
}

static void stop_while_it_runs(struct life *life)
{
	struct runner runner;

	life_create(life);
	start_spinning(life, &runner);
	DONE_OK(realm_stop(life->realm));
	pthread_join(runner.thread, NULL);
	EQUAL(runner.ret, -ECANCELED);
	EQUAL(realm_phase(life->realm), REALM_PHASE_DEAD);
	EQUAL(realm_run(life->realm, 0, &runner.guest.exit), -ECANCELED);
}

static void destroy_while_it_runs(struct life *life)
{
	struct runner runner;

	life_create(life);
	start_spinning(life, &runner);
	life_destroy(life);
	pthread_join(runner.thread, NULL);
	EQUAL(runner.ret, -ECANCELED);
}

static void again_after_the_end(struct life *life)
{
	struct guest guest;

	for (unsigned i = 0; i < 3; i++) {
		started(life, &guest);
		EQUAL(guest_load(&guest, RAM + life->page), 0);
		guest_store(&guest, RAM + life->page, 1);
		guest_off(&guest);
		life_destroy(life);
	}
}

#define CASE(name, needs) { #name, LIFE_GUEST | (needs), name }

static const struct life_case cases[] = {
	CASE(power_off, 0),
	CASE(reset, 0),
	CASE(second_vcpu_is_turned_on, 0),
	CASE(vcpu_that_is_not_there_is_not_turned_on, 0),
	CASE(psci_is_finished_by_the_kernel, LIFE_NO_PSCI_COMPLETE),
	CASE(device_takes_what_is_stored, 0),
	CASE(device_gives_what_is_loaded, 0),
	CASE(device_fails_an_access, 0),
	CASE(only_an_access_can_fail, 0),
	CASE(host_call_is_answered, 0),
	CASE(other_host_calls_are_the_kernels, 0),
	CASE(guest_reads_the_rim, LIFE_TELLS),
	CASE(guest_extends_a_measurement, LIFE_TELLS),
	CASE(kick_before_the_run, 0),
	CASE(vcpu_that_is_off_waits_to_be_kicked, 0),
	CASE(kick_while_it_runs, 0),
	CASE(stop_while_it_runs, 0),
	CASE(destroy_while_it_runs, 0),
	CASE(again_after_the_end, 0),
};

const struct life_list life_run = { cases, sizeof(cases) / sizeof(cases[0]) };
