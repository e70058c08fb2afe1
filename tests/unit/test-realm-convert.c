/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-convert.c - pages that become private or shared, and what the kernel is told of it
 *
 * Up to v14 the attribute is the VM's, v15 has none: there a hole in the file is all it takes, and a second one would
 * give pages back to Linux that the realm still has.  In place the attribute is the file's.
 */
#include "scene.h"

#define PAGE SCENE_PAGE
#define SPLIT (SCENE_BASE + SCENE_SIZE0) /* where the second slot begins */

static void open_sealed(struct scene *scene, enum realm_family family, uint32_t flags)
{
	scene_open(scene, family, flags);
	scene_to(scene, REALM_PHASE_SEALED);
}

static void assert_converts(struct scene *scene, uint64_t ipa, uint64_t size, int to_private, const char *calls)
{
	assert_int_equal(realm_convert(scene->realm, ipa, size, to_private), 0);
	assert_string_equal(scene->kernel.record, calls);
	kernel_forget(&scene->kernel);
}

static void attributes_of_the_vm(void **state)
{
	enum realm_family family;
	struct scene scene;

	for (family = REALM_FAMILY_RME; family <= REALM_FAMILY_RMI_V14; family++) {
		open_sealed(&scene, family, 0);
		/* shared: the attribute goes, then the pages */
		assert_converts(&scene, SCENE_BASE + PAGE, 2 * PAGE, 0,
				"KVM_SET_MEMORY_ATTRIBUTES 0x80001000+0x2000 0\nfallocate gmem0\nhole 0x1000+0x2000\n");
		/* private: the attribute comes, then the shared pages go */
		assert_converts(&scene, SCENE_BASE + PAGE, PAGE, 1,
				"KVM_SET_MEMORY_ATTRIBUTES 0x80001000+0x1000 0x8\nMADV_REMOVE\n");
		scene_close(&scene);
	}
}

static void two_backings_without_attributes(void **state)
{
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, 0);
	assert_converts(&scene, SPLIT, PAGE, 0, "fallocate gmem1\nhole 0+0x1000\n");
	/* It is shared already: what is in the file there now is not the library's to give back. */
	assert_converts(&scene, SPLIT, PAGE, 0, "");
	assert_converts(&scene, SPLIT, 2 * PAGE, 0, "fallocate gmem1\nhole 0x1000+0x1000\n");
	assert_converts(&scene, SPLIT, PAGE, 1, "MADV_REMOVE\n");
	assert_converts(&scene, SPLIT, PAGE, 1, "");
	assert_converts(&scene, SPLIT, PAGE, 0, "fallocate gmem1\nhole 0+0x1000\n");
	scene_close(&scene);
}

/* A request of a guest may be of several slots, and of pages some of which are shared already. */
static void ranges_of_several_slots(void **state)
{
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_converts(&scene, SPLIT - 2 * PAGE, 4 * PAGE, 0,
			"KVM_SET_MEMORY_ATTRIBUTES 0x8000e000+0x2000 0\nfallocate gmem0\nhole 0xe000+0x2000\n"
			"KVM_SET_MEMORY_ATTRIBUTES 0x80010000+0x2000 0\nfallocate gmem1\nhole 0+0x2000\n");
	assert_converts(&scene, SPLIT - PAGE, 2 * PAGE, 1,
			"KVM_SET_MEMORY_ATTRIBUTES 0x8000f000+0x1000 0x8\nMADV_REMOVE\n"
			"KVM_SET_MEMORY_ATTRIBUTES 0x80010000+0x1000 0x8\nMADV_REMOVE\n");
	scene_close(&scene);
}

/* Without attributes it is what changes, around what does not. */
static void ranges_that_are_shared_in_part(void **state)
{
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, 0);
	assert_converts(&scene, SPLIT - PAGE, 2 * PAGE, 0,
			"fallocate gmem0\nhole 0xf000+0x1000\nfallocate gmem1\nhole 0+0x1000\n");
	assert_converts(&scene, SPLIT - 3 * PAGE, 6 * PAGE, 0,
			"fallocate gmem0\nhole 0xd000+0x2000\nfallocate gmem1\nhole 0x1000+0x2000\n");
	assert_converts(&scene, SPLIT - 2 * PAGE, PAGE, 1, "MADV_REMOVE\n");
	assert_converts(&scene, SCENE_BASE, SCENE_SIZE0 + SCENE_SIZE1, 1, "MADV_REMOVE\nMADV_REMOVE\nMADV_REMOVE\n");
	scene_close(&scene);
}

static void wrong_ranges(void **state)
{
	static const struct {
		uint64_t ipa, size;
	} cases[] = {
		{ SCENE_BASE, 0 },
		{ SCENE_BASE + 1, PAGE },
		{ SCENE_BASE, PAGE + 8 },
		{ UINT64_MAX - PAGE + 1, PAGE },
		{ SCENE_BASE, UINT64_MAX - PAGE + 1 },
		{ SCENE_BASE - PAGE, 2 * PAGE },
		{ SPLIT, SCENE_SIZE1 + PAGE }, /* its last page is not RAM: nothing of it is converted */
		{ SCENE_BASE | UINT64_C(1) << 32, PAGE },
	};
	struct scene scene;
	size_t i;

	open_sealed(&scene, REALM_FAMILY_RMI_V14, 0);
	for (i = 0; i < 2 * ARRAY_SIZE(cases); i++)
		assert_error(scene.ctx, realm_convert(scene.realm, cases[i / 2].ipa, cases[i / 2].size, i % 2), EINVAL,
			     "realm_convert", "");
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
}

static void memory_that_converts_by_itself(void **state)
{
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RME_RFC, 0);
	assert_error(scene.ctx, realm_convert(scene.realm, SCENE_BASE, PAGE, 0), EOPNOTSUPP, "realm_convert",
		     "rme-rfc");
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
}

/* ---- in place ---- */

static void in_place(void **state)
{
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, REALM_IN_PLACE);
	assert_converts(
		&scene, SPLIT - PAGE, 2 * PAGE, 0,
		"KVM_SET_MEMORY_ATTRIBUTES2 gmem0 0xf000+0x1000 0\nKVM_SET_MEMORY_ATTRIBUTES2 gmem1 0+0x1000 0\n");
	assert_converts(&scene, SPLIT - PAGE, PAGE, 1, "KVM_SET_MEMORY_ATTRIBUTES2 gmem0 0xf000+0x1000 0x8\n");
	scene_close(&scene);
}

/* Only rmi-v15 can. */
static void in_place_elsewhere(void **state)
{
	struct realm_opts opts = { .sz = sizeof(opts), .flags = REALM_IN_PLACE };
	struct realm *realm = NULL;
	enum realm_family family;
	struct scene scene;

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V14; family++) {
		scene_open(&scene, family, 0);
		kernel_forget(&scene.kernel);
		assert_error(scene.ctx, realm_new(scene.plan, &opts, &realm), EOPNOTSUPP, "REALM_IN_PLACE", "in place");
		assert_null(realm);
		assert_string_equal(scene.kernel.record, "");
		scene_close(&scene);
	}
}

/* The file's call does a part: how far it came is in error_offset. */
struct partial {
	uint64_t done; /* bytes of each call */
	int err;
	uint64_t good; /* so many calls do that, before one that does all */
};

static bool attributes_in_parts(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	const struct partial *partial = kernel->lie_arg;

	if (strcmp(call->name, "KVM_SET_MEMORY_ATTRIBUTES2"))
		return false;
	assert_int_equal(get64(call->arg, 24), 0); /* flags */
	*ret = -partial->err;
	if (call->nth > partial->good)
		return false;
	put64(call->arg, 32, get64(call->arg, 0) + partial->done);
	return true;
}

static void in_place_in_parts(void **state)
{
	struct partial partial = { .done = PAGE, .err = EAGAIN, .good = 3 };
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, REALM_IN_PLACE);
	scene.kernel.lie = attributes_in_parts;
	scene.kernel.lie_arg = &partial;
	assert_int_equal(realm_convert(scene.realm, SCENE_BASE, 8 * PAGE, 0), 0);
	/* the whole range, whichever way: again from its start, or from where it stopped */
	assert_non_null(strstr(scene.kernel.record, "gmem0 0+0x8000 0\n"));
	assert_int_equal(kernel_count(&scene.kernel, "KVM_SET_MEMORY_ATTRIBUTES2"), 4);
	scene_close(&scene);
}

/* However often it is asked, a call does one page: it goes on from there. */
static void in_place_page_by_page(void **state)
{
	struct partial partial = { .done = PAGE, .err = EAGAIN, .good = UINT64_MAX };
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, REALM_IN_PLACE);
	scene.kernel.lie = attributes_in_parts;
	scene.kernel.lie_arg = &partial;
	assert_int_equal(realm_convert(scene.realm, SCENE_BASE, 2 * PAGE, 0), 0);
	assert_non_null(strstr(scene.kernel.record, "gmem0 0x1000+0x1000 0\n"));
	scene_close(&scene);
}

static void in_place_without_end(void **state)
{
	struct partial partial = { .done = 0, .err = EAGAIN, .good = UINT64_MAX };
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V15, REALM_IN_PLACE);
	scene.kernel.lie = attributes_in_parts;
	scene.kernel.lie_arg = &partial;
	assert_host_failed(&scene, realm_convert(scene.realm, SCENE_BASE, 8 * PAGE, 0), EIO, "convert",
			   "KVM_SET_MEMORY_ATTRIBUTES2", EAGAIN);
	assert_in_range(kernel_count(&scene.kernel, "KVM_SET_MEMORY_ATTRIBUTES2"), 2, 1000);
	scene_close(&scene);
}

/* ---- failures in the middle ---- */

/* The first call of this name fails. */
static bool fails_once(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -EIO;
	return call->nth == 1 && !strcmp(call->name, kernel->lie_arg);
}

/*
 * After a failure the kernel may hold part of the range for shared: whichever way it goes next, the kernel is asked
 * again.
 */
static void after_a_failure(void **state)
{
	static const struct {
		enum realm_family family;
		uint32_t flags;
		const char *fails;
		const char *back, *on;
	} cases[] = {
		{ REALM_FAMILY_RMI_V14, 0, "fallocate",
		  "KVM_SET_MEMORY_ATTRIBUTES 0x80000000+0x2000 0x8\nMADV_REMOVE\n",
		  "KVM_SET_MEMORY_ATTRIBUTES 0x80000000+0x2000 0\nfallocate gmem0\nhole 0+0x2000\n" },
		{ REALM_FAMILY_RMI_V15, REALM_IN_PLACE, "KVM_SET_MEMORY_ATTRIBUTES2",
		  "KVM_SET_MEMORY_ATTRIBUTES2 gmem0 0+0x2000 0x8\n", "KVM_SET_MEMORY_ATTRIBUTES2 gmem0 0+0x2000 0\n" },
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		open_sealed(&scene, cases[i / 2].family, cases[i / 2].flags);
		scene.kernel.lie = fails_once;
		scene.kernel.lie_arg = (void *)(uintptr_t)cases[i / 2].fails;
		assert_host_failed(&scene, realm_convert(scene.realm, SCENE_BASE, 2 * PAGE, 0), EIO, "convert",
				   cases[i / 2].fails, EIO);
		scene.kernel.lie = NULL;
		kernel_forget(&scene.kernel);
		assert_converts(&scene, SCENE_BASE, 2 * PAGE, i % 2, i % 2 ? cases[i / 2].back : cases[i / 2].on);
		scene_close(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_of_the_vm),
		cmocka_unit_test(two_backings_without_attributes),
		cmocka_unit_test(ranges_of_several_slots),
		cmocka_unit_test(ranges_that_are_shared_in_part),
		cmocka_unit_test(wrong_ranges),
		cmocka_unit_test(memory_that_converts_by_itself),
		cmocka_unit_test(in_place),
		cmocka_unit_test(in_place_elsewhere),
		cmocka_unit_test(in_place_in_parts),
		cmocka_unit_test(in_place_page_by_page),
		cmocka_unit_test(in_place_without_end),
		cmocka_unit_test(after_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
