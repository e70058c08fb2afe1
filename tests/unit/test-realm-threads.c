/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-threads.c - realms of the software host that several threads use at a time
 *
 * What threads find out they leave in their structure, for the main thread to judge.  Races show with
 * -Db_sanitize=thread.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "realm-sim.h"
#include "unit.h"

#define BASE UINT64_C(0x80000000)
#define PAGE UINT64_C(4096)
#define PAGES 64
#define THREADS 4
#define UART UINT64_C(0x09000000)

static const enum realm_family families[] = { REALM_FAMILY_RME_RFC, REALM_FAMILY_RME,     REALM_FAMILY_RMI_V12,
					      REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14, REALM_FAMILY_RMI_V15 };

/* What vCPU 0 starts with CPU_ON, all then do: load from a device, store what they got, again. */
static const uint32_t two_vcpus[] = {
	0xd2800060, /* movz x0, #0x0003 */
	0xf2b88000, /* movk x0, #0xc400, lsl #16: CPU_ON */
	0xd2800021, /* movz x1, #1: the affinity of vCPU 1 */
	0x10000062, /* adr x2, . + 12 */
	0xd2800003, /* movz x3, #0 */
	0xd4000003, /* smc #0 */
	0xd2a12004, /* movz x4, #0x0900, lsl #16 */
	0xf2c00024, /* movk x4, #1, lsl #32: the shared half */
	0xb9400085, /* ldr w5, [x4] */
	0xb9000085, /* str w5, [x4] */
	0x17fffffe, /* b . - 8 */
};

static const uint32_t for_ever[] = { 0x14000000 }; /* b . */

struct world {
	struct realm_sim *sim;
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	struct realm *realm;
	struct realm_rim *rim; /* of the events that were told */
	struct realm_opts opts;
	enum realm_profile profile;
	int told; /* error of extending it */
	unsigned int data;
};

static uint8_t content[PAGES][PAGE] __attribute__((aligned(PAGE)));

static void tell(void *arg, const struct realm_event *event)
{
	struct world *world = arg;
	int err = realm_rim_extend(world->rim, event);

	if (err)
		world->told = err;
	world->data += event->type == REALM_EVENT_DATA;
}

/* A realm that is configured */
static void open_realm(struct world *world, enum realm_family family)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts), .family = family };
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info;

	*world = (struct world){ 0 };
	world->profile = family <= REALM_FAMILY_RMI_V12 ? REALM_PROFILE_RMM_1_0 : REALM_PROFILE_TF_RMM_2_0;
	assert_int_equal(realm_sim_new(&opts, &world->sim), 0);
	assert_int_equal(realm_ctx_new(&world->ctx), 0);
	assert_int_equal(realm_ctx_set_host(world->ctx, realm_sim_ops(), world->sim), 0);
	assert_int_equal(realm_host_probe(world->ctx, &info), 0);
	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	realm_host_info_free(info);
	assert_int_equal(realm_plan_new(world->ctx, &world->plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(world->plan, 33), 0);
	if (family == REALM_FAMILY_RMI_V14)
		assert_int_equal(realm_plan_set_pmu_counters(world->plan, limits.pmu_counters), 0);
	assert_int_equal(realm_rim_new(world->ctx, world->profile, REALM_HASH_SHA256, &world->rim), 0);
	world->opts = (struct realm_opts){ .sz = sizeof(world->opts), .issued = tell, .issued_arg = world };
	assert_int_equal(realm_new(world->plan, &world->opts, &world->realm), 0);
	assert_int_equal(realm_configure(world->realm), 0);
}

/* A realm with memory, nothing in it, and vCPUs that start at its base */
static void open_world(struct world *world, enum realm_family family, unsigned int vcpus)
{
	unsigned int i;

	open_realm(world, family);
	for (i = 0; i < vcpus; i++)
		assert_int_equal(realm_add_rec(world->realm, BASE, NULL, 0), i);
	assert_int_equal(realm_add_memory(world->realm, BASE, PAGES * PAGE), 0);
}

static void open_guest(struct world *world, enum realm_family family, unsigned int vcpus, const uint32_t *code,
		       size_t size)
{
	open_world(world, family, vcpus);
	memset(content[0], 0, PAGE);
	memcpy(content[0], code, size);
	assert_int_equal(realm_populate(world->realm, BASE, content[0], PAGE, 0), 0);
	assert_int_equal(realm_seal(world->realm), 0);
}

static void close_world(struct world *world)
{
	realm_destroy(world->realm);
	realm_rim_free(world->rim);
	realm_plan_free(world->plan);
	realm_ctx_free(world->ctx);
	realm_sim_free(world->sim);
}

struct worker {
	pthread_t thread;
	struct world *world;
	unsigned int index;
	int err;
	unsigned int count;
	atomic_bool enough;
};

static void start(struct worker *workers, unsigned int count, struct world *world, void *(*work)(void *arg))
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		workers[i] = (struct worker){ .world = world, .index = i };
		assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
	}
}

static void join(struct worker *workers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
}

static void rest(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

/* ---- building ---- */

/* The pages of an index, each by a call of its own */
static void *populate_some(void *arg)
{
	struct worker *worker = arg;
	unsigned int page;

	for (page = worker->index; page < PAGES && !worker->err; page += THREADS)
		worker->err = realm_populate(worker->world->realm, BASE + page * PAGE, content[page], PAGE, 0);
	return NULL;
}

/* Whatever the order: the events that were told, one after the other, are what the RMM has measured. */
static void populate_from_several_threads(void **state)
{
	struct worker workers[THREADS];
	uint8_t rim[REALM_DIGEST_MAX];
	struct world world;
	size_t i, j;

	for (i = 0; i < PAGES; i++)
		memset(content[i], (int)i, PAGE);
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 1);
		start(workers, THREADS, &world, populate_some);
		join(workers, THREADS);
		for (j = 0; j < THREADS; j++)
			assert_int_equal(workers[j].err, 0);
		assert_int_equal(realm_seal(world.realm), 0);
		assert_int_equal(world.data, PAGES);
		assert_int_equal(world.told, 0);
		assert_int_equal(realm_measured(world.realm, 0, rim, NULL), 0);
		assert_memory_equal(rim, realm_rim_value(world.rim), sizeof(rim));
		close_world(&world);
	}
}

static void *populate_all(void *arg)
{
	struct worker *worker = arg;
	unsigned int page;

	for (page = 0; page < PAGES; page++) {
		int err = realm_populate(worker->world->realm, BASE + page * PAGE, content[page], PAGE, 0);

		if (!err)
			worker->count++;
		else if (err != -EINVAL)
			worker->err = err;
	}
	return NULL;
}

/* Each page gets in once; to all but one thread it was there before. */
static void populate_the_same_from_several_threads(void **state)
{
	struct worker workers[THREADS];
	unsigned int i, count = 0;
	struct world world;

	open_world(&world, REALM_FAMILY_RMI_V14, 1);
	start(workers, THREADS, &world, populate_all);
	join(workers, THREADS);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(workers[i].err, 0);
		count += workers[i].count;
	}
	assert_int_equal(count, PAGES);
	assert_int_equal(realm_phase(world.realm), REALM_PHASE_POPULATED);
	close_world(&world);
}

/* Some failures are found out before the realm is looked at, and all have their detail in the same context. */
static void *fail_in_many_ways(void *arg)
{
	struct worker *worker = arg;
	struct realm *realm = worker->world->realm;
	const uint64_t gprs[1] = { 0 };
	unsigned int i;

	for (i = 0; i < 500; i++) {
		worker->count += realm_populate(realm, BASE, content[0], PAGE, 0x80) == -EINVAL;
		worker->count += realm_add_rec(realm, 0, gprs, SIZE_MAX) == -EINVAL;
		worker->count += realm_forward_calls(realm, 0, 0) == -EINVAL;
		worker->count += realm_populate(realm, 0, content[0], PAGE, 0) == -EINVAL;
		worker->count += realm_convert(realm, BASE, PAGE, 0) == -EBUSY;
	}
	return NULL;
}

static void failures_on_several_threads(void **state)
{
	struct worker workers[THREADS];
	struct world world;
	unsigned int i;

	open_world(&world, REALM_FAMILY_RMI_V14, 1);
	start(workers, THREADS, &world, fail_in_many_ways);
	join(workers, THREADS);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(workers[i].count, 5 * 500);
	assert_non_null(realm_error_why(realm_ctx_last_error(world.ctx)));
	close_world(&world);
}

/* ---- running ---- */

static bool no_guests(void)
{
	if (realm_sim_runs_guests())
		return false;
	print_message("skipped: this build has no Unicorn to run guests with\n");
	return true;
}

/* Runs its vCPU, and is a device that counts its loads, until enough was seen or the realm is stopped. */
static void *run_vcpu(void *arg)
{
	struct worker *worker = arg;
	struct realm_exit exit = { .sz = sizeof(exit) };

	while (!worker->err && !worker->enough) {
		worker->err = realm_run(worker->world->realm, worker->index, &exit);
		if (worker->err || exit.reason == REALM_EXIT_INTERRUPTED || exit.reason == REALM_EXIT_RETRY)
			continue;
		if (exit.reason != REALM_EXIT_MMIO || exit.ipa != UART || exit.size != 4)
			worker->err = -EPROTO;
		else if (exit.is_write)
			worker->err = exit.data == worker->count ? 0 : -EILSEQ;
		else
			exit.data = ++worker->count;
	}
	return NULL;
}

static void kick_until(struct world *world, struct worker *workers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		atomic_store(&workers[i].enough, true);
		realm_kick(world->realm, i);
	}
}

static void let_pass(unsigned int ticks)
{
	while (ticks--)
		rest();
}

/* Each on its own thread; the second is switched on by the first. */
static void vcpus_on_their_threads(void **state)
{
	struct worker workers[2];
	struct world world;
	size_t i;

	if (no_guests())
		skip();
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_guest(&world, families[i], 2, two_vcpus, sizeof(two_vcpus));
		start(workers, 2, &world, run_vcpu);
		let_pass(200);
		kick_until(&world, workers, 2);
		join(workers, 2);
		assert_int_equal(workers[0].err, 0);
		assert_int_equal(workers[1].err, 0);
		assert_true(workers[0].count > 1);
		assert_true(workers[1].count > 1);
		close_world(&world);
	}
}

/* Pages that no guest uses change their state while vCPUs run. */
static void convert_while_vcpus_run(void **state)
{
	struct worker workers[2];
	struct world world;
	unsigned int i;

	if (no_guests())
		skip();
	open_guest(&world, REALM_FAMILY_RMI_V14, 2, two_vcpus, sizeof(two_vcpus));
	start(workers, 2, &world, run_vcpu);
	while (realm_phase(world.realm) != REALM_PHASE_RUNNING)
		rest();
	for (i = 0; i < 50; i++)
		assert_int_equal(realm_convert(world.realm, BASE + (1 + i % 8) * PAGE, 4 * PAGE, i % 3 == 0), 0);
	kick_until(&world, workers, 2);
	join(workers, 2);
	assert_int_equal(workers[0].err, 0);
	assert_int_equal(workers[1].err, 0);
	close_world(&world);
}

static void *run_once(void *arg)
{
	struct worker *worker = arg;
	struct realm_exit exit = { .sz = sizeof(exit) };

	worker->err = realm_run(worker->world->realm, worker->index, &exit);
	worker->count = exit.reason;
	return NULL;
}

static void start_for_ever(struct world *world, struct worker *worker)
{
	open_guest(world, REALM_FAMILY_RMI_V14, 1, for_ever, sizeof(for_ever));
	start(worker, 1, world, run_once);
	while (realm_phase(world->realm) != REALM_PHASE_RUNNING)
		rest();
	let_pass(5);
}

static void kick_from_another_thread(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct worker worker;
	struct world world;

	if (no_guests())
		skip();
	start_for_ever(&world, &worker);
	assert_error(world.ctx, realm_run(world.realm, 0, &exit), EBUSY, "vcpu", "another thread");
	assert_error(world.ctx, realm_inject_abort(world.realm, 0), EBUSY, "vcpu", "runs");
	assert_int_equal(realm_kick(world.realm, 0), 0);
	join(&worker, 1);
	assert_int_equal(worker.err, 0);
	assert_int_equal(worker.count, REALM_EXIT_INTERRUPTED);
	close_world(&world);
}

static struct realm *kicked;

static void kick_in_handler(int number)
{
	realm_kick(kicked, 0);
}

static void kick_from_a_signal_handler(void **state)
{
	struct sigaction action = { .sa_handler = kick_in_handler }, before;
	struct worker worker;
	struct world world;

	if (no_guests())
		skip();
	start_for_ever(&world, &worker);
	kicked = world.realm;
	assert_int_equal(sigaction(SIGUSR1, &action, &before), 0);
	assert_int_equal(pthread_kill(worker.thread, SIGUSR1), 0);
	join(&worker, 1);
	assert_int_equal(sigaction(SIGUSR1, &before, NULL), 0);
	assert_int_equal(worker.err, 0);
	assert_int_equal(worker.count, REALM_EXIT_INTERRUPTED);
	close_world(&world);
}

static void *kick_all(void *arg)
{
	struct worker *worker = arg;
	unsigned int i;

	while (!atomic_load(&worker->enough))
		for (i = 0; !realm_kick(worker->world->realm, i); i++)
			worker->count++;
	return NULL;
}

/* A VMM's handler of signals does not know how far its realm is. */
static void kick_while_recs_are_added(void **state)
{
	const unsigned int many = 100;
	struct worker worker;
	struct world world;
	unsigned int i;

	open_realm(&world, REALM_FAMILY_RMI_V14);
	start(&worker, 1, &world, kick_all);
	for (i = 0; i < many; i++)
		assert_int_equal(realm_add_rec(world.realm, BASE, NULL, 0), i);
	atomic_store(&worker.enough, true);
	join(&worker, 1);
	close_world(&world);
}

static void stop_during_run(void **state)
{
	struct worker worker;
	struct world world;

	if (no_guests())
		skip();
	start_for_ever(&world, &worker);
	assert_int_equal(realm_stop(world.realm), 0);
	join(&worker, 1);
	assert_int_equal(worker.err, -ECANCELED);
	assert_int_equal(realm_phase(world.realm), REALM_PHASE_DEAD);
	close_world(&world);
}

static void destroy_during_run(void **state)
{
	struct worker worker;
	struct world world;
	unsigned int i;

	if (no_guests())
		skip();
	for (i = 0; i < 5; i++) {
		start_for_ever(&world, &worker);
		close_world(&world);
		join(&worker, 1);
		assert_int_equal(worker.err, -ECANCELED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(populate_from_several_threads),
		cmocka_unit_test(populate_the_same_from_several_threads),
		cmocka_unit_test(failures_on_several_threads),
		cmocka_unit_test(vcpus_on_their_threads),
		cmocka_unit_test(convert_while_vcpus_run),
		cmocka_unit_test(kick_from_another_thread),
		cmocka_unit_test(kick_from_a_signal_handler),
		cmocka_unit_test(kick_while_recs_are_added),
		cmocka_unit_test(stop_during_run),
		cmocka_unit_test(destroy_during_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
