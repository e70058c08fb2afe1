/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-nomem.c - the life of a realm again and again, with one more allocation that succeeds before one fails
 *
 * As test-nomem.c does it for what needs no host.  What failed for want of memory says so and leaves no descriptor;
 * what did not has the RIM that it has otherwise.
 */
#include <dirent.h>

#include "../unit/scene.h"
#include "realm-sim.h"
#include "refuse.h"

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size), NULL)
WRAP(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query), NULL)
WRAP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
WRAP(int, EVP_DigestInit_ex2, (EVP_MD_CTX * ctx, const EVP_MD *md, const OSSL_PARAM *params), (ctx, md, params), 0)

#define BASE SCENE_BASE
#define PAGE SCENE_PAGE

static const enum realm_family families[] = { REALM_FAMILY_RME_RFC, REALM_FAMILY_RME,     REALM_FAMILY_RMI_V12,
					      REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14, REALM_FAMILY_RMI_V15 };

struct world {
	struct realm_sim *sim;
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	bool converts;
	unsigned int events;
	uint8_t rim[REALM_DIGEST_MAX]; /* of the last life */
};

static uint8_t content[4 * PAGE];

static void count_event(void *arg, const struct realm_event *event)
{
	(*(unsigned int *)arg)++;
}

static void open_world(struct world *world, enum realm_family family)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts), .family = family };

	*world = (struct world){ .converts = family != REALM_FAMILY_RME_RFC };
	assert_int_equal(realm_sim_new(&opts, &world->sim), 0);
	assert_int_equal(realm_ctx_new(&world->ctx), 0);
	assert_int_equal(realm_ctx_set_host(world->ctx, realm_sim_ops(), world->sim), 0);
	assert_int_equal(realm_plan_new(world->ctx, &world->plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(world->plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(world->plan, BASE, 0x200000), 0);
	assert_int_equal(realm_plan_add_ram(world->plan, BASE + 0x200000, 0x8000), 1);
	assert_int_equal(realm_plan_add_rec(world->plan, BASE, NULL, 0), 0);
	assert_int_equal(realm_plan_add_rec(world->plan, BASE, NULL, 0), 1);
	assert_int_equal(realm_plan_load_memory(world->plan, BASE, content, sizeof(content), NULL), 0);
}

static void close_world(struct world *world)
{
	realm_plan_free(world->plan);
	realm_ctx_free(world->ctx);
	realm_sim_free(world->sim);
}

static int use(struct world *world, struct realm *realm)
{
	unsigned int i;
	int err = realm_measured(realm, 0, world->rim, NULL);

	for (i = 0; !err && world->converts && i < 20; i++)
		err = realm_convert(realm, BASE + 0x100000 + 2 * i * PAGE, PAGE, 0);
	return err;
}

/* All at once */
static int create(struct world *world)
{
	struct realm_opts opts = { .sz = sizeof(opts), .flags = REALM_BEST_EFFORT };
	struct realm *realm = (struct realm *)content;
	int err;

	opts.issued = count_event;
	opts.issued_arg = &world->events;
	err = realm_create(world->plan, &opts, &realm);
	assert_int_equal(err != 0, realm == (struct realm *)content);
	if (err)
		return err;
	err = use(world, realm);
	realm_destroy(realm);
	return err;
}

/* Step by step, from a source at an odd address */
static int build(struct world *world)
{
	struct realm_opts opts = { .sz = sizeof(opts), .flags = REALM_BEST_EFFORT };
	struct realm *realm = (struct realm *)content;
	int err = realm_new(world->plan, &opts, &realm);

	assert_int_equal(err != 0, realm == (struct realm *)content);
	if (err)
		return err;
	err = realm_configure(realm);
	if (!err)
		err = realm_add_rec(realm, BASE, NULL, 0);
	if (!err)
		err = realm_add_memory(realm, BASE, 0x200000);
	if (!err)
		err = realm_populate(realm, BASE, content + 1, 2 * PAGE, 0);
	if (!err)
		err = realm_populate(realm, BASE + 0x10000, content + 1, PAGE, 0);
	if (!err)
		err = realm_seal(realm);
	if (!err)
		err = use(world, realm);
	realm_destroy(realm);
	return err;
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

/* With the nth allocation failing; false when there were fewer. */
static bool live_nth(struct world *world, int (*life)(struct world *world), long n, const uint8_t *rim)
{
	unsigned int before = open_descriptors();
	int err;

	/* The host has to be found out anew: what is known of it was allocated, too. */
	assert_int_equal(realm_ctx_set_family(world->ctx, REALM_FAMILY_ANY, 0), 0);
	atomic_store(&failed, false);
	atomic_store(&left, n);
	err = life(world);
	atomic_store(&left, -1);
	if (err)
		assert_error(world->ctx, err, ENOMEM, NULL, "out of memory");
	else
		assert_memory_equal(world->rim, rim, sizeof(world->rim));
	assert_int_equal(err != 0, atomic_load(&failed));
	assert_int_equal(open_descriptors(), before);
	return atomic_load(&failed);
}

static void lives_survive(int (*life)(struct world *world))
{
	uint8_t rim[REALM_DIGEST_MAX];
	struct world world;
	size_t i;
	long n;

	atomic_store(&left, -1);
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		open_world(&world, families[i]);
		assert_int_equal(life(&world), 0);
		memcpy(rim, world.rim, sizeof(rim));
		for (n = 0; live_nth(&world, life, n, rim); n++)
			;
		assert_true(n > 5);
		close_world(&world);
	}
}

static void creating_survives(void **state)
{
	lives_survive(create);
}

static void building_survives(void **state)
{
	lives_survive(build);
}

/*
 * What is shared is noted before the kernel is asked, or not at all: a note that is lost would give the same pages
 * back a second time, when they are not the guest's any more.
 */
static void a_conversion_that_cannot_be_noted(void **state)
{
	unsigned int refusals = 0;
	struct scene scene;
	uint64_t ipa;

	scene_open(&scene, REALM_FAMILY_RMI_V15, 0);
	scene_to(&scene, REALM_PHASE_SEALED);
	for (ipa = SCENE_BASE; ipa < SCENE_BASE + SCENE_SIZE0 + SCENE_SIZE1; ipa += PAGE) {
		/* every other page, so that each is a range, with no memory at first */
		if (ipa / PAGE % 2)
			continue;
		kernel_forget(&scene.kernel);
		atomic_store(&left, 0);
		if (realm_convert(scene.realm, ipa, PAGE, 0)) {
			refusals++;
			assert_string_equal(scene.kernel.record, "");
			atomic_store(&left, -1);
			assert_int_equal(realm_convert(scene.realm, ipa, PAGE, 0), 0);
		}
		atomic_store(&left, -1);
		assert_int_equal(kernel_count(&scene.kernel, "fallocate"), 1);
	}
	assert_int_not_equal(refusals, 0);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(creating_survives),
		cmocka_unit_test(building_survives),
		cmocka_unit_test(a_conversion_that_cannot_be_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
