/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-atomics.c - guests on the software host: atomic accesses of four vCPUs, each on its own thread */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "realm-sim.h"
#include "unit.h"

#define BASE UINT64_C(0x80000000)
#define PAGE UINT64_C(4096)
#define VCPUS 4
#define EACH 20000
#define UART UINT64_C(0x09000000)

/*
 * vCPU 0 starts the others; then all count in two ways in the next page, and the first to be done tells both sums in the
 * end.
 */
static const uint32_t counters[2 * PAGE / 4] = {
	0xd2800033, /* mov x19, #1 */
	0xd2800060, /* next: mov x0, #3 */
	0xf2b88000, /* movk x0, #0xc400, lsl #16: CPU_ON */
	0xaa1303e1, /* mov x1, x19 */
	0x100000a2, /* adr x2, count */
	0xd4000003, /* smc #0 */
	0x91000673, /* add x19, x19, #1 */
	0xf100127f, /* cmp x19, #4 */
	0x54ffff21, /* b.ne next */
	0xd2b0000a, /* count: mov x10, #0x80000000 */
	0x9140054a, /* add x10, x10, #1, lsl #12 */
	0x9100214b, /* add x11, x10, #8 */
	0x9100414c, /* add x12, x10, #16 */
	0xd289c414, /* mov x20, #20000 */
	0xd2800026, /* mov x6, #1 */
	0xc85f7d41, /* again: ldxr x1, [x10] */
	0x91000421, /* add x1, x1, #1 */
	0xc8027d41, /* stxr w2, x1, [x10] */
	0x35ffffa2, /* cbnz w2, again */
	0xf8260167, /* ldadd x6, x7, [x11] */
	0xd1000694, /* sub x20, x20, #1 */
	0xb5ffff54, /* cbnz x20, again */
	0xf8660187, /* ldaddl x6, x7, [x12] */
	0xb50001a7, /* cbnz x7, rest: the first to be done waits for the others */
	0xc8dffd81, /* wait: ldar x1, [x12] */
	0xf100103f, /* cmp x1, #4 */
	0x54ffffc1, /* b.ne wait */
	0xf9400141, /* ldr x1, [x10] */
	0xf9400162, /* ldr x2, [x11] */
	0xd2a12004, /* mov x4, #0x09000000 */
	0xf2c00024, /* movk x4, #1, lsl #32: the shared half */
	0xf9000081, /* str x1, [x4] */
	0xf9000082, /* str x2, [x4] */
	0xd2800100, /* mov x0, #8 */
	0xf2b08000, /* movk x0, #0x8400, lsl #16: SYSTEM_OFF */
	0xd4000003, /* smc #0 */
	0x14000000, /* rest: b . */
};

struct scene {
	struct realm_sim *sim;
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	struct realm *realm;
	atomic_bool over;
};

struct vcpu {
	pthread_t thread;
	struct scene *scene;
	unsigned int index, told;
	uint64_t sums[2];
	bool refused;
	int err;
};

static void make(struct scene *scene, enum realm_family family)
{
	const struct realm_sim_opts opts = { .sz = sizeof(opts), .family = family };
	unsigned int i;

	*scene = (struct scene){ 0 };
	assert_int_equal(realm_sim_new(&opts, &scene->sim), 0);
	assert_int_equal(realm_ctx_new(&scene->ctx), 0);
	assert_int_equal(realm_ctx_set_host(scene->ctx, realm_sim_ops(), scene->sim), 0);
	assert_int_equal(realm_plan_new(scene->ctx, &scene->plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(scene->plan, 33), 0);
	assert_int_equal(realm_new(scene->plan, NULL, &scene->realm), 0);
	assert_int_equal(realm_configure(scene->realm), 0);
	for (i = 0; i < VCPUS; i++)
		assert_int_equal(realm_add_rec(scene->realm, BASE, NULL, 0), i);
	assert_int_equal(realm_add_memory(scene->realm, BASE, 2 * PAGE), 0);
	assert_int_equal(realm_populate(scene->realm, BASE, counters, sizeof(counters), 0), 0);
	assert_int_equal(realm_seal(scene->realm), 0);
}

static void end(struct scene *scene)
{
	realm_destroy(scene->realm);
	realm_plan_free(scene->plan);
	realm_ctx_free(scene->ctx);
	realm_sim_free(scene->sim);
}

static void stop_all(struct scene *scene)
{
	unsigned int i;

	atomic_store(&scene->over, true);
	for (i = 0; i < VCPUS; i++)
		realm_kick(scene->realm, i);
}

static void hear(struct vcpu *vcpu, const struct realm_exit *exit)
{
	if (exit->reason == REALM_EXIT_MMIO && exit->ipa == UART && exit->is_write && vcpu->told < 2)
		vcpu->sums[vcpu->told++] = exit->data;
	else if (exit->reason == REALM_EXIT_SYSTEM_OFF)
		stop_all(vcpu->scene);
	else if (exit->reason == REALM_EXIT_SHUTDOWN)	/* another vCPU has turned the realm off */
		vcpu->refused = true;
	else if (exit->reason != REALM_EXIT_INTERRUPTED && exit->reason != REALM_EXIT_RETRY)
		vcpu->err = -EPROTO;
}

static void *run(void *arg)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct vcpu *vcpu = arg;

	while (!vcpu->err && !vcpu->refused && !atomic_load(&vcpu->scene->over)) {
		vcpu->err = realm_run(vcpu->scene->realm, vcpu->index, &exit);
		if (!vcpu->err)
			hear(vcpu, &exit);
	}
	return NULL;
}

static void assert_sums(enum realm_family family)
{
	struct vcpu vcpus[VCPUS];
	unsigned int i, told = 0;
	struct scene scene;

	make(&scene, family);
	for (i = 0; i < VCPUS; i++) {
		vcpus[i] = (struct vcpu){ .scene = &scene, .index = i };
		assert_int_equal(pthread_create(&vcpus[i].thread, NULL, run, &vcpus[i]), 0);
	}
	for (i = 0; i < VCPUS; i++)
		pthread_join(vcpus[i].thread, NULL);
	for (i = 0; i < VCPUS; i++) {
		assert_int_equal(vcpus[i].err, 0);
		if (!vcpus[i].told)
			continue;
		told += vcpus[i].told;
		assert_int_equal(vcpus[i].sums[0], VCPUS * EACH);
		assert_int_equal(vcpus[i].sums[1], VCPUS * EACH);
	}
	assert_int_equal(told, 2);
	assert_true(scene.over);
	end(&scene);
}

static void sums_are_exact(void **state)
{
	if (!realm_sim_runs_guests()) {
		print_message("skipped: this build has no Unicorn to run guests with\n");
		skip();
	}
	assert_sums(REALM_FAMILY_RME);
	assert_sums(REALM_FAMILY_RMI_V12);
	assert_sums(REALM_FAMILY_RMI_V14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
