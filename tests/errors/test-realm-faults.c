/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-faults.c - the life of a realm on the software host, again and again, with one more call of the host that
 * succeeds before one fails
 *
 * Calls of the host, calls of its kernel to the RMM, pages that the kernel takes.  Whatever fails: no realm that is
 * half made, no descriptor and no page left, a detail that names the step, the call and the errno; and a life that
 * comes to its end all the same has the RIM that was predicted.  Afterwards the host makes realms as before.
 */
#include <dirent.h>

#include "../unit/unit.h"
#include "sim.h"

#define BASE UINT64_C(0x80000000)
#define PAGE UINT64_C(4096)
#define REALM_CREATE UINT64_C(0xc4000158)
#define ERROR_INPUT 1
#define BUSY 10

static const enum realm_family families[] = { REALM_FAMILY_RME_RFC, REALM_FAMILY_RME,     REALM_FAMILY_RMI_V12,
					      REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14, REALM_FAMILY_RMI_V15 };

struct world {
	enum realm_family family;
	struct realm_sim *sim;
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	uint64_t used;                 /* pages of the kernel without realms */
	uint8_t rim[REALM_DIGEST_MAX]; /* as predicted */
};

static uint8_t content[3 * PAGE];

static void fill_plan(struct world *world, int pmu_counters)
{
	struct realm_load_opts unmeasured = { .sz = sizeof(unmeasured), .flags = REALM_LOAD_UNMEASURED };

	assert_int_equal(realm_plan_set_ipa_bits(world->plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(world->plan, BASE, 0x200000), 0);
	assert_int_equal(realm_plan_add_ram(world->plan, BASE + 0x200000, 0x8000), 1);
	assert_int_equal(realm_plan_add_rec(world->plan, BASE, NULL, 0), 0);
	assert_int_equal(realm_plan_add_rec(world->plan, BASE, NULL, 0), 1);
	assert_int_equal(realm_plan_load_memory(world->plan, BASE + 0x1000, content, sizeof(content), NULL), 0);
	if (world->family != REALM_FAMILY_RME_RFC)
		assert_int_equal(realm_plan_load_zero(world->plan, BASE + 0x200000, 1, &unmeasured), 1);
	if (world->family == REALM_FAMILY_RMI_V14)
		assert_int_equal(realm_plan_set_pmu_counters(world->plan, pmu_counters), 0);
}

static void predict(struct world *world)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts), .family = world->family };
	struct realm_measurement *rows;

	opts.profile = world->family <= REALM_FAMILY_RMI_V12 ? REALM_PROFILE_RMM_1_0 : REALM_PROFILE_TF_RMM_2_0;
	assert_int_equal(realm_measure(world->plan, &opts, &rows), 0);
	memcpy(world->rim, realm_measurement_row(rows, 0, NULL, NULL), sizeof(world->rim));
	realm_measurement_free(rows);
}

/* memory: bytes of the host, 0 for plenty */
static void open_world(struct world *world, enum realm_family family, uint64_t memory)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts), .family = family, .memory = memory };
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info;
	uint64_t type;

	*world = (struct world){ .family = family };
	assert_int_equal(realm_sim_new(&opts, &world->sim), 0);
	world->used = world->sim->memory.used;
	assert_int_equal(realm_ctx_new(&world->ctx), 0);
	assert_int_equal(realm_ctx_set_host(world->ctx, realm_sim_ops(), world->sim), 0);
	assert_int_equal(realm_host_probe(world->ctx, &info), 0);
	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	realm_host_info_free(info);
	assert_int_equal(realm_vm_type(world->ctx, 33, &type), 0); /* from here on the context knows its host */
	assert_int_equal(realm_plan_new(world->ctx, &world->plan), 0);
	fill_plan(world, limits.pmu_counters);
	predict(world);
}

static void close_world(struct world *world)
{
	realm_plan_free(world->plan);
	realm_ctx_free(world->ctx);
	realm_sim_free(world->sim);
}

static unsigned int open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

/* ---- one life ---- */

static int convert(struct world *world, struct realm *realm)
{
	int err;

	if (world->family == REALM_FAMILY_RME_RFC)
		return 0;
	err = realm_convert(realm, BASE + 0x1ff000, 2 * PAGE, 0);
	return err ? err : realm_convert(realm, BASE + 0x1ff000, 2 * PAGE, 1);
}

/* Its error; what succeeds has the right RIM. */
static int live(struct world *world)
{
	struct realm *realm = (struct realm *)content;
	uint8_t rim[REALM_DIGEST_MAX];
	int err = realm_create(world->plan, NULL, &realm);

	assert_int_equal(err != 0, realm == (struct realm *)content);
	if (err)
		return err;
	assert_int_equal(realm_phase(realm), REALM_PHASE_SEALED);
	err = realm_measured(realm, 0, rim, NULL);
	if (!err)
		assert_memory_equal(rim, world->rim, sizeof(rim));
	if (!err)
		err = convert(world, realm);
	realm_destroy(realm);
	return err;
}

static bool is_step(const char *name)
{
	static const char *const steps[] = { "vm",       "configure", "recs",    "memory",
					     "populate", "seal",      "measure", "convert" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		if (name && !strcmp(steps[i], name))
			return true;
	return false;
}

static bool is_code(int err)
{
	static const int codes[] = { EACCES, ENOMEM, EINTR, EOPNOTSUPP, EPROTO, EIO, ENODEV };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(codes); i++)
		if (err == -codes[i])
			return true;
	return false;
}

/* A life failed by the host's doing, and says how. */
static void assert_told(const struct world *world, int err)
{
	const struct realm_error *error = realm_ctx_last_error(world->ctx);

	assert_true(is_code(err));
	assert_int_equal(realm_error_code(error), err);
	assert_true(is_step(realm_error_step(error)));
	assert_non_null(realm_error_call(error));
	assert_int_not_equal(realm_error_errno(error), 0);
	assert_non_null(strstr(realm_error_why(error), realm_error_call(error)));
}

/* Live with this fault; false: it did not come to it. */
static bool live_with(struct world *world, struct realm_sim_fault fault, int *errp)
{
	unsigned int before = open_descriptors();

	fault.sz = sizeof(fault);
	assert_int_equal(realm_sim_inject(world->sim, &fault), 0);
	*errp = live(world);
	if (*errp)
		assert_told(world, *errp);
	assert_int_equal(open_descriptors(), before);
	return realm_sim_hits(world->sim) > 0;
}

static void live_without(struct world *world)
{
	assert_int_equal(realm_sim_inject(world->sim, NULL), 0);
	assert_int_equal(live(world), 0);
}

/* ---- calls of the host ---- */

/*
 * Each call is needed but for the advice on huge pages, one a slot, and what gives things back: run pages, vCPUs, GIC,
 * slots, VM, /dev/kvm.
 */
static void each_call_fails(void **state)
{
	static const int errs[] = { EINVAL, ENOMEM, ENXIO, EMFILE };
	struct world world;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 0);
		for (j = 0; j < ARRAY_SIZE(errs); j++) {
			struct realm_sim_fault fault = { .kind = REALM_SIM_ANY, .nth = 1, .err = errs[j] };
			unsigned int survived = 0;
			int err;

			for (; live_with(&world, fault, &err); fault.nth++) {
				survived += !err;
				if (err)
					assert_int_equal(realm_error_errno(realm_ctx_last_error(world.ctx)), errs[j]);
				assert_true(world.sim->memory.used == world.used);
			}
			assert_int_equal(err, 0);
			assert_true(fault.nth > 30);
			assert_int_equal(survived,
					 families[i] == REALM_FAMILY_RME_RFC ? 11 : 13); /* with or without files */
		}
		live_without(&world);
		close_world(&world);
	}
}

/* Asked from the start: a host that fails may pass for one without realms, and is not taken for another family. */
static void each_call_of_the_probe_fails(void **state)
{
	struct realm_sim_fault fault = { .sz = sizeof(fault), .kind = REALM_SIM_ANY, .err = EIO };
	struct world world;
	struct realm *realm;
	unsigned int before;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 0);
		before = open_descriptors();
		for (fault.nth = 1;; fault.nth++) {
			/* A new family to find: what is known of the host is forgotten. */
			assert_int_equal(realm_ctx_set_family(world.ctx, REALM_FAMILY_ANY, 0), 0);
			assert_int_equal(realm_sim_inject(world.sim, &fault), 0);
			err = realm_new(world.plan, NULL, &realm);
			if (!err)
				realm_destroy(realm);
			else
				assert_true(err == -EOPNOTSUPP || is_code(err));
			assert_int_equal(open_descriptors(), before);
			if (!realm_sim_hits(world.sim))
				break;
		}
		assert_int_equal(err, 0);
		live_without(&world);
		close_world(&world);
	}
}

/* A signal that comes in any call but KVM_RUN is not noticed. */
static void each_call_is_interrupted(void **state)
{
	static const int errs[] = { EINTR, EAGAIN };
	static const uint64_t requests[] = {
		0xae01,     0xae04,     0xae41,     0x4020ae46, 0x40a0ae49, 0x4068aea3,
		0x8020aeaf, 0x4020aed2, 0xc040aed4, 0x4020aed7, 0xc020aed7, 0xc00caee0,
		0x4018aee1, 0x4010aeab, 0x4010aeac, 0x4020aeae, 0x4004aec2,
	};
	struct world world;
	size_t i, j;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 0);
		for (j = 0; j < 2 * ARRAY_SIZE(requests); j++) {
			struct realm_sim_fault fault = {
				.kind = REALM_SIM_IOCTL,
				.nth = 1,
				.count = 3,
				.err = errs[j % 2],
				.which = requests[j / 2],
			};

			while (live_with(&world, fault, &err)) {
				assert_int_equal(err, 0);
				fault.nth++;
			}
		}
		close_world(&world);
	}
}

/* ---- the RMM ---- */

static void each_rmi_call_fails(void **state)
{
	static const uint64_t results[] = { ERROR_INPUT, BUSY };
	uint64_t fid, result;
	struct world world;
	size_t i, j;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		for (j = 0; j < ARRAY_SIZE(results); j++) {
			struct realm_sim_fault fault = { .kind = REALM_SIM_RMI, .nth = 1, .result = results[j] };
			unsigned int told = 0;

			/* Pages that the RMM did not give back are lost, for each of them a little. */
			open_world(&world, families[i], 0);
			for (; live_with(&world, fault, &err); fault.nth++) {
				const struct realm_error *error = realm_ctx_last_error(world.ctx);

				if (!err || !realm_error_rmi(error, &fid, &result))
					continue;
				/* What was busy half-way is cancelled: that is the last failure then. */
				assert_true(results[j] == BUSY ? result != 0 : result == results[j]);
				assert_true(fid >> 16 == 0xc400);
				told++;
			}
			assert_int_equal(err, 0);
			assert_true(fault.nth > 20);
			assert_true(told > 3 || results[j] == BUSY);
			live_without(&world);
			close_world(&world);
		}
	}
}

/* All betas say the same number: that KVM and RMM do not fit shows when a realm is created. */
static void an_rmm_of_another_beta(void **state)
{
	struct realm_sim_fault fault = {
		.kind = REALM_SIM_RMI,
		.nth = 1,
		.count = 1000,
		.which = REALM_CREATE,
		.result = ERROR_INPUT,
	};
	const struct realm_error *error;
	struct world world;
	uint64_t fid, result;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 0);
		assert_true(live_with(&world, fault, &err));
		error = realm_ctx_last_error(world.ctx);
		assert_int_equal(err, -EIO);
		assert_non_null(strstr(realm_error_hint(error), "revision"));
		assert_non_null(strstr(realm_error_why(error), "RMI_ERROR_INPUT"));
		assert_int_equal(realm_error_rmi(error, &fid, &result), 1);
		assert_true(fid == REALM_CREATE && result == ERROR_INPUT);
		live_without(&world);
		close_world(&world);
	}
}

/* ---- content in parts ---- */

static void populate_ends_early(void **state)
{
	struct world world;
	uint64_t pages;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], 0);
		for (pages = 0; pages < 3; pages++) {
			struct realm_sim_fault fault = { .kind = REALM_SIM_POPULATE, .nth = 1, .result = pages };

			while (live_with(&world, fault, &err)) {
				assert_int_equal(err, 0);
				fault.nth++;
			}
		}
		close_world(&world);
	}
}

/* ---- memory ---- */

static void each_page_is_the_last(void **state)
{
	struct world world;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		struct realm_sim_fault fault = { .kind = REALM_SIM_MEMORY, .nth = 1 };

		open_world(&world, families[i], 0);
		while (live_with(&world, fault, &err)) {
			assert_true(world.sim->memory.used == world.used);
			fault.nth++;
		}
		assert_int_equal(err, 0);
		assert_true(fault.nth > 10);
		live_without(&world);
		close_world(&world);
	}
}

/* Realms until there is no more memory for one, then none: all of it comes back. */
static void as_many_realms_as_fit(void **state)
{
	struct realm *realms[256];
	struct world world;
	unsigned int count;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i], UINT64_C(16) << 20);
		err = 0;
		for (count = 0; !err && count < ARRAY_SIZE(realms); count += !err)
			err = realm_create(world.plan, NULL, &realms[count]);
		assert_told(&world, err);
		assert_int_equal(err, -ENOMEM);
		assert_true(count > 10);
		while (count)
			realm_destroy(realms[--count]);
		assert_true(world.sim->memory.used == world.used);
		live_without(&world);
		close_world(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_call_fails),          cmocka_unit_test(each_call_of_the_probe_fails),
		cmocka_unit_test(each_call_is_interrupted), cmocka_unit_test(each_rmi_call_fails),
		cmocka_unit_test(an_rmm_of_another_beta),   cmocka_unit_test(populate_ends_early),
		cmocka_unit_test(each_page_is_the_last),    cmocka_unit_test(as_many_realms_as_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
