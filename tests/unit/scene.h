/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* scene.h - a realm of two vCPUs and two slots on the kernel of kernel.h, up to any phase */
#ifndef SCENE_H
#define SCENE_H

#include "kernel.h"

/* Two slots that touch */
#define SCENE_BASE UINT64_C(0x80000000)
#define SCENE_SIZE0 UINT64_C(0x10000)
#define SCENE_SIZE1 UINT64_C(0x8000)
#define SCENE_PAGE UINT64_C(0x1000)

struct scene {
	struct kernel kernel;
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	struct realm *realm;
	struct realm_opts opts;
};

static uint8_t scene_page[SCENE_PAGE] __attribute__((aligned(SCENE_PAGE)));

/* A plan as all families can carry it out */
static inline struct realm_plan *scene_plan(struct realm_ctx *ctx, enum realm_family family)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	if (family == REALM_FAMILY_RMI_V14)
		assert_int_equal(realm_plan_set_pmu_counters(plan, 6), 0);
	return plan;
}

static inline void scene_open(struct scene *scene, enum realm_family family, uint32_t flags)
{
	memset(scene, 0, sizeof(*scene));
	kernel_init(&scene->kernel, family);
	scene->ctx = kernel_ctx(&scene->kernel);
	scene->plan = scene_plan(scene->ctx, family);
	scene->opts = (struct realm_opts){ .sz = sizeof(scene->opts), .flags = flags };
	assert_int_equal(realm_new(scene->plan, &scene->opts, &scene->realm), 0);
}

/* One step on from the phase that the realm is in */
static inline void scene_step(struct scene *scene)
{
	struct realm_exit exit = { .sz = sizeof(exit) };

	switch (realm_phase(scene->realm)) {
	case REALM_PHASE_NEW:
		assert_int_equal(realm_configure(scene->realm), 0);
		break;
	case REALM_PHASE_CONFIGURED:
		assert_int_equal(realm_add_rec(scene->realm, SCENE_BASE, NULL, 0), 0);
		assert_int_equal(realm_add_rec(scene->realm, SCENE_BASE, NULL, 0), 1);
		break;
	case REALM_PHASE_RECS:
		assert_int_equal(realm_add_memory(scene->realm, SCENE_BASE, SCENE_SIZE0), 0);
		assert_int_equal(realm_add_memory(scene->realm, SCENE_BASE + SCENE_SIZE0, SCENE_SIZE1), 1);
		break;
	case REALM_PHASE_MEMORY:
		assert_int_equal(realm_populate(scene->realm, SCENE_BASE, scene_page, SCENE_PAGE, 0), 0);
		break;
	case REALM_PHASE_POPULATED:
		assert_int_equal(realm_seal(scene->realm), 0);
		break;
	case REALM_PHASE_SEALED:
		assert_int_equal(realm_run(scene->realm, 0, &exit), 0);
		assert_int_equal(exit.reason, REALM_EXIT_INTERRUPTED);
		break;
	default:
		fail();
	}
}

static inline void scene_to(struct scene *scene, enum realm_phase phase)
{
	while (realm_phase(scene->realm) < phase)
		scene_step(scene);
	kernel_forget(&scene->kernel);
}

static inline void scene_close(struct scene *scene)
{
	realm_destroy(scene->realm);
	realm_plan_free(scene->plan);
	realm_ctx_free(scene->ctx);
	kernel_done(&scene->kernel);
}

/* The last failure was this one of the host. */
static inline void assert_host_failed(const struct scene *scene, int err, int code, const char *step, const char *call,
				      int host_errno)
{
	const struct realm_error *error = realm_ctx_last_error(scene->ctx);

	assert_int_equal(err, -code);
	assert_int_equal(realm_error_code(error), -code);
	assert_string_equal(realm_error_step(error), step);
	assert_string_equal(realm_error_call(error), call);
	assert_int_equal(realm_error_errno(error), host_errno);
	assert_non_null(strstr(realm_error_why(error), call));
}

#endif /* SCENE_H */
