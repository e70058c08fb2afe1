/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-build.c - what building a realm must not get wrong: activation, limits, settings, a VMM's own descriptors
 */
#include <limits.h>
#include <signal.h>

#include "scene.h"

#define PAGE SCENE_PAGE

static const enum realm_family families[] = { REALM_FAMILY_RME_RFC, REALM_FAMILY_RME,     REALM_FAMILY_RMI_V12,
					      REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14, REALM_FAMILY_RMI_V15 };

static const char *hint_of(const struct scene *scene)
{
	const char *hint = realm_error_hint(realm_ctx_last_error(scene->ctx));

	return hint ? hint : "";
}

/* ---- activation ---- */

/*
 * As kernels from v12 on do it: what goes wrong in the first run is told once, then the VM is dead and a run that is
 * to leave at once says EINTR.
 */
static bool activation_fails(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	int first = *(int *)kernel->lie_arg;

	if (strcmp(call->name, "KVM_RUN"))
		return false;
	*ret = call->nth == 1 ? first : kernel->runs[call->index][1] ? -EINTR : -ENXIO;
	return true;
}

static void a_failed_activation_is_final(void **state)
{
	static const struct {
		int ret, code, err;
	} cases[] = {
		{ -ENXIO, EIO, ENXIO },   { -EOPNOTSUPP, EOPNOTSUPP, EOPNOTSUPP },
		{ -EINVAL, EIO, EINVAL }, { -ENOMEM, ENOMEM, ENOMEM },
		{ -EAGAIN, EIO, EAGAIN }, { 0, EPROTO, EPROTO }, /* it did not leave at once */
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < 4 * ARRAY_SIZE(cases); i++) {
		int ret = cases[i / 4].ret;

		scene_open(&scene, families[2 + i % 4], 0);
		scene_to(&scene, REALM_PHASE_POPULATED);
		scene.kernel.lie = activation_fails;
		scene.kernel.lie_arg = &ret;
		assert_host_failed(&scene, realm_seal(scene.realm), cases[i / 4].code, "seal", "KVM_RUN",
				   cases[i / 4].err);
		assert_int_not_equal(strlen(hint_of(&scene)), 0);
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
		assert_error(scene.ctx, realm_seal(scene.realm), EBUSY, "realm_seal", "dead");
		assert_int_equal(kernel_count(&scene.kernel, "KVM_RUN"), 1);
		scene_close(&scene);
	}
}

/* Families of commands: any step of sealing */
static bool fails_named(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -ENXIO;
	return !strcmp(call->name, kernel->lie_arg);
}

static void commands_that_fail(void **state)
{
	static const char *const calls[] = { "KVM_ARM_VCPU_FINALIZE", "KVM_ENABLE_CAP", "KVM_SET_ONE_REG",
					     "KVM_CREATE_DEVICE" };
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		scene_open(&scene, REALM_FAMILY_RME, 0);
		scene_to(&scene, REALM_PHASE_POPULATED);
		scene.kernel.lie = fails_named;
		scene.kernel.lie_arg = (void *)(uintptr_t)calls[i];
		assert_int_equal(realm_seal(scene.realm), -EIO);
		assert_int_equal(realm_error_errno(realm_ctx_last_error(scene.ctx)), ENXIO);
		assert_non_null(strstr(hint_of(&scene), "revision"));
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
		assert_int_equal(kernel_count(&scene.kernel, calls[i]), 1);
		scene_close(&scene);
	}
}

/* KVM and RMM of other revisions: the first command that the RMM sees fails, and nothing else tells. */
static bool creation_fails(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -ENXIO;
	return !strcmp(call->name, "KVM_ARM_RMI_POPULATE") ||
	       (!strcmp(call->name, "KVM_ENABLE_CAP") && get64(call->arg, 8) == 1);
}

static void an_rmm_of_another_revision(void **state)
{
	struct scene scene;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		scene_open(&scene, families[i], 0);
		scene.kernel.lie = creation_fails;
		/* RFC v1 makes the realm before vCPUs, the others with the content. */
		if (families[i] == REALM_FAMILY_RME_RFC) {
			err = realm_configure(scene.realm);
		} else {
			scene_to(&scene, REALM_PHASE_MEMORY);
			err = realm_populate(scene.realm, SCENE_BASE, scene_page, PAGE, 0);
		}
		assert_int_equal(err, -EIO);
		assert_non_null(strstr(hint_of(&scene), "revision"));
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
		scene_close(&scene);
	}
}

/* ---- limits ---- */

/* The RMM's limit may be below KVM's, or change once there is a realm: only trying tells. */
static void too_wide_an_ipa_space(void **state)
{
	struct realm *realm = NULL;
	struct kernel kernel;
	struct scene scene;

	kernel_init(&kernel, REALM_FAMILY_RMI_V14);
	kernel.ipa_limit = 40;
	memset(&scene, 0, sizeof(scene));
	scene.ctx = kernel_ctx(&kernel);
	scene.plan = scene_plan(scene.ctx, REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_plan_set_ipa_bits(scene.plan, 41), 0);
	assert_error(scene.ctx, realm_new(scene.plan, NULL, &realm), EOPNOTSUPP, "$.ipa_bits", "up to 40 bits");
	assert_string_equal(kernel.record, "");
	kernel.ipa_limit = 36;
	assert_int_equal(realm_plan_set_ipa_bits(scene.plan, 40), 0);
	assert_host_failed(&scene, realm_new(scene.plan, NULL, &realm), EIO, "vm", "KVM_CREATE_VM", EINVAL);
	assert_non_null(strstr(hint_of(&scene), "smaller ipa_bits"));
	assert_null(realm);
	realm_plan_free(scene.plan);
	realm_ctx_free(scene.ctx);
	kernel_done(&kernel);
}

static void too_many_vcpus(void **state)
{
	struct scene scene;
	unsigned int i;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_int_equal(realm_configure(scene.realm), 0);
	for (i = 0; i < scene.kernel.max_vcpus; i++)
		assert_int_equal(realm_add_rec(scene.realm, 0, NULL, 0), i);
	kernel_forget(&scene.kernel);
	assert_error(scene.ctx, realm_add_rec(scene.realm, 0, NULL, 0), EOPNOTSUPP, "realm_add_rec", "8 vCPUs");
	assert_string_equal(scene.kernel.record, "");
	assert_int_equal(realm_vcpu_count(scene.realm), 8);
	assert_int_equal(realm_phase(scene.realm), REALM_PHASE_RECS);
	scene_close(&scene);
}

/* ---- the GIC, and the signal of kicks ---- */

#define HALF (UINT64_C(1) << 32)

/* Two vCPUs: 64 KiB of distributor, 256 KiB of redistributors */
static const struct {
	uint64_t ram_base, ram_size, dist, redist;
	uint64_t at_dist, at_redist; /* where they go; 0: refused */
	const char *where;
} gics[] = {
	{ 0x80000000, 0x10000, 0, 0, 0x8000000, 0x80a0000, NULL },
	{ 0x80000000, 0x10000, 0xa0000000, 0xb0000000, 0xa0000000, 0xb0000000, NULL },
	{ 0, 0x40000000, 0, 0, 0x40000000, 0x40010000, NULL },
	{ 0, 0x40001000, 0, 0, 0x40010000, 0x40020000, NULL },
	{ 0x8000000, 0x10000, 0, 0, 0x8010000, 0x80a0000, NULL },
	{ 0x80d0000, 0x10000, 0, 0, 0x8000000, 0x80f0000, NULL },
	{ 0x80e0000, 0x10000, 0, 0, 0x8000000, 0x80a0000, NULL },
	{ 0x80000000, 0x10000, HALF - 0x10000, HALF - 0x50000, HALF - 0x10000, HALF - 0x50000, NULL },
	{ 0x80000000, 0x10000, 0x80000000, 0, 0, 0, "gic_dist" },
	{ 0x80000000, 0x10000, 0, 0x7ffd0000, 0, 0, "gic_redist" },
	{ 0x80000000, 0x10000, 0x8001000, 0, 0, 0, "gic_dist" },
	{ 0x80000000, 0x10000, 0, 0x80a8000, 0, 0, "gic_redist" },
	{ 0x80000000, 0x10000, HALF, 0, 0, 0, "gic_dist" },
	{ 0x80000000, 0x10000, 0, HALF - 0x30000, 0, 0, "gic_redist" },
	{ 0x80000000, 0x10000, 0, UINT64_MAX - 0xffff, 0, 0, "gic_redist" },
	{ 0x80000000, 0x10000, 0x80a0000, 0, 0, 0, "gic_redist" },
	{ 0x80000000, 0x10000, 0x80d0000, 0, 0, 0, "gic_redist" },
	{ 0, HALF, 0, 0, 0, 0, "gic_dist" },
	{ 0, HALF - 0x20000, 0, 0, 0, 0, "gic_redist" },
};

static void assert_gic_at(const struct scene *scene, uint64_t dist, uint64_t redist)
{
	char lines[120];

	snprintf(lines, sizeof(lines), "KVM_SET_DEVICE_ATTR gic0 0 2 %#llx\nKVM_SET_DEVICE_ATTR gic0 0 3 %#llx\n",
		 (unsigned long long)dist, (unsigned long long)redist);
	assert_non_null(strstr(scene->kernel.record, lines));
}

/* KVM finds some of this wrong, and not that memory hides the GIC; sealing would have been final. */
static void gic_places(void **state)
{
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(gics); i++) {
		scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
		realm_destroy(scene.realm);
		scene.opts.gic_dist = gics[i].dist;
		scene.opts.gic_redist = gics[i].redist;
		assert_int_equal(realm_new(scene.plan, &scene.opts, &scene.realm), 0);
		scene_to(&scene, REALM_PHASE_RECS);
		assert_int_equal(realm_add_memory(scene.realm, gics[i].ram_base, gics[i].ram_size), 0);
		kernel_forget(&scene.kernel);
		if (gics[i].where) {
			assert_error(scene.ctx, realm_seal(scene.realm), EINVAL, gics[i].where, "");
			assert_string_equal(scene.kernel.record, "");
			assert_int_equal(realm_phase(scene.realm), REALM_PHASE_MEMORY);
		} else {
			assert_int_equal(realm_seal(scene.realm), 0);
			assert_gic_at(&scene, gics[i].at_dist, gics[i].at_redist);
		}
		scene_close(&scene);
	}
}

static void kick_signals(void **state)
{
	const int wrong[] = { -1, INT_MIN, SIGRTMAX + 1, INT_MAX };
	struct realm *realm = NULL;
	struct scene scene;
	size_t i;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		scene.opts.kick_signal = wrong[i];
		assert_error(scene.ctx, realm_new(scene.plan, &scene.opts, &realm), EINVAL, "kick_signal", "no signal");
		assert_null(realm);
	}
	scene.opts.kick_signal = SIGRTMAX;
	assert_int_equal(realm_new(scene.plan, &scene.opts, &realm), 0);
	realm_destroy(realm);
	scene_close(&scene);
}

/* ---- settings that a family cannot give ---- */

static int set_hash(struct realm_plan *plan)
{
	return realm_plan_set_hash(plan, REALM_HASH_SHA512);
}

static int set_sha384(struct realm_plan *plan)
{
	return realm_plan_set_hash(plan, REALM_HASH_SHA384);
}

static int set_rpv(struct realm_plan *plan)
{
	return realm_plan_set_rpv(plan, "x", 1);
}

static int set_granule(struct realm_plan *plan)
{
	return realm_plan_set_granule(plan, 65536);
}

static int set_lpa2(struct realm_plan *plan)
{
	return realm_plan_set_lpa2(plan, 1);
}

static int set_flags(struct realm_plan *plan)
{
	return realm_plan_set_flags(plan, 1);
}

static int set_pmu(struct realm_plan *plan)
{
	return realm_plan_set_pmu_counters(plan, 7);
}

static int set_breakpoints(struct realm_plan *plan)
{
	return realm_plan_set_breakpoints(plan, 7);
}

static int set_watchpoints(struct realm_plan *plan)
{
	return realm_plan_set_watchpoints(plan, 5);
}

static int set_sve(struct realm_plan *plan)
{
	return realm_plan_set_sve_bits(plan, 1024);
}

#define F(family) (1u << REALM_FAMILY_##family)
#define RMI (F(RMI_V12) | F(RMI_V13) | F(RMI_V14) | F(RMI_V15))
#define ALL (F(RME_RFC) | F(RME) | RMI)

static void settings_that_are_refused(void **state)
{
	static const struct {
		const char *where;
		int (*set)(struct realm_plan *plan);
		unsigned int refused; /* families */
		unsigned int never;   /* whatever the effort */
	} cases[] = {
		{ "$.hash", set_hash, RMI, 0 },
		{ "$.hash", set_sha384, ALL, 0 },
		{ "$.rpv", set_rpv, RMI, 0 },
		{ "$.granule", set_granule, ALL, ALL }, /* it is 4096 here */
		{ "$.lpa2", set_lpa2, ALL, 0 },
		{ "$.flags", set_flags, ALL, 0 },
		{ "$.pmu_counters", set_pmu, ALL, 0 },
		{ "$.breakpoints", set_breakpoints, ALL, 0 },
		{ "$.watchpoints", set_watchpoints, ALL, 0 },
		{ "$.sve_bits", set_sve, ALL, 0 },
	};
	struct realm_opts best = { .sz = sizeof(best), .flags = REALM_BEST_EFFORT };
	struct realm *realm = NULL;
	struct scene scene;
	size_t i, j;
	int err;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		for (j = 0; j < ARRAY_SIZE(families); j++) {
			bool refused = cases[i].refused >> families[j] & 1, never = cases[i].never >> families[j] & 1;

			scene_open(&scene, families[j], 0);
			assert_int_equal(cases[i].set(scene.plan), 0);
			kernel_forget(&scene.kernel);
			err = realm_new(scene.plan, NULL, &realm);
			if (refused) {
				assert_error(scene.ctx, err, EOPNOTSUPP, cases[i].where, "");
				assert_null(realm);
				assert_string_equal(scene.kernel.record, "");
				err = realm_new(scene.plan, &best, &realm);
			}
			assert_int_equal(err, never ? -EOPNOTSUPP : 0);
			realm_destroy(realm);
			realm = NULL;
			scene_close(&scene);
		}
	}
}

/* Of the lengths up to the plan's, all that the host has, and none that it has not */
static void sve_lengths(void **state)
{
	static const struct {
		unsigned int bits;
		const char *line; /* NULL: refused */
	} cases[] = {
		{ 128, "sve_vls 0x1\n" },
		{ 256, "sve_vls 0x3\n" },
		{ 384, NULL },
		{ 512, "sve_vls 0xb\n" },
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
		realm_destroy(scene.realm);
		assert_int_equal(realm_plan_set_sve_bits(scene.plan, cases[i].bits), 0);
		assert_int_equal(realm_new(scene.plan, NULL, &scene.realm), 0);
		assert_int_equal(realm_configure(scene.realm), 0);
		if (cases[i].line) {
			assert_int_equal(realm_add_rec(scene.realm, 0, NULL, 0), 0);
			assert_non_null(strstr(scene.kernel.record, cases[i].line));
		} else {
			assert_error(scene.ctx, realm_add_rec(scene.realm, 0, NULL, 0), EOPNOTSUPP, "$.sve_bits",
				     "384");
		}
		scene_close(&scene);
	}
}

/* A debug register keeps what the realm is not asked for; context comparisons cannot be more than breakpoints. */
static void debug_register(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_int_equal(realm_configure(scene.realm), 0);
	scene.kernel.dfr0 = 0x30305106; /* four of six compare contexts */
	assert_int_equal(realm_add_rec(scene.realm, 0, NULL, 0), 0);
	assert_non_null(strstr(scene.kernel.record, "id_aa64dfr0_el1 0x10101106\n"));
	scene_close(&scene);
}

/* ---- memory ---- */

static void wrong_memory(void **state)
{
	static const struct {
		uint64_t base, size;
		const char *why;
	} cases[] = {
		{ SCENE_BASE, 0, "granules" },
		{ SCENE_BASE + 8, PAGE, "granules" },
		{ SCENE_BASE, PAGE + 8, "granules" },
		{ UINT64_C(1) << 32, PAGE, "protected half" },
		{ (UINT64_C(1) << 32) - PAGE, 2 * PAGE, "protected half" },
		{ PAGE, UINT64_MAX - 2 * PAGE + 1, "protected half" },
		{ UINT64_MAX - PAGE + 1, PAGE, "protected half" },
		{ SCENE_BASE, PAGE, "overlap slot 0" },
		{ SCENE_BASE - PAGE, 2 * PAGE, "overlap slot 0" },
		{ SCENE_BASE + SCENE_SIZE0 + SCENE_SIZE1 - PAGE, 2 * PAGE, "overlap slot 1" },
	};
	struct scene scene;
	size_t i;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_MEMORY);
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_error(scene.ctx, realm_add_memory(scene.realm, cases[i].base, cases[i].size), EINVAL, "memory",
			     cases[i].why);
	assert_string_equal(scene.kernel.record, "");
	assert_int_equal(realm_add_memory(scene.realm, 0, PAGE), 2);
	assert_int_equal(realm_add_memory(scene.realm, (UINT64_C(1) << 32) - PAGE, PAGE), 3);
	scene_close(&scene);
}

/* KVM has a slot that the library could not finish: it takes no other with that number. */
static void a_slot_that_is_half_made(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	scene.kernel.lie = fails_named;
	scene.kernel.lie_arg = (void *)(uintptr_t) "KVM_SET_MEMORY_ATTRIBUTES";
	assert_host_failed(&scene, realm_add_memory(scene.realm, SCENE_BASE, PAGE), EIO, "memory",
			   "KVM_SET_MEMORY_ATTRIBUTES", ENXIO);
	scene.kernel.lie = NULL;
	assert_error(scene.ctx, realm_add_memory(scene.realm, SCENE_BASE, PAGE), EBUSY, "realm_add_memory", "dead");
	scene_close(&scene);
}

static void adopted_memory(struct scene *scene, struct realm_memory *memory)
{
	static uint8_t shared[SCENE_PAGE] __attribute__((aligned(SCENE_PAGE)));
	uint64_t gmem[8] = { SCENE_PAGE };

	*memory = (struct realm_memory){ .sz = sizeof(*memory), .base = 0x10000, .size = PAGE, .shared = shared };
	memory->guest_memfd = kernel_ops.ioctl(&scene->kernel, realm_vm_fd(scene->realm), 0xc040aed4, (uintptr_t)gmem);
}

/* Slots of the VMM and of the library: no number twice */
static void numbers_of_slots(void **state)
{
	struct realm_memory memory;
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	adopted_memory(&scene, &memory);
	memory.slot = 1;
	assert_int_equal(realm_adopt_memory(scene.realm, &memory), 0);
	assert_int_equal(realm_add_memory(scene.realm, SCENE_BASE, PAGE), 2);
	memory.base = 0x20000;
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &memory), EINVAL, "memory", "slot 1");
	kernel_ops.close(&scene.kernel, memory.guest_memfd);
	scene_close(&scene);
}

static void wrong_adopted_memory(void **state)
{
	struct realm_memory memory, wrong;
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	adopted_memory(&scene, &memory);
	kernel_forget(&scene.kernel);
	wrong = memory;
	wrong.guest_memfd = -1;
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &wrong), EINVAL, "realm_memory", "needs a guest_memfd");
	wrong = memory;
	wrong.shared = NULL;
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &wrong), EINVAL, "realm_memory", "shared");
	wrong = memory;
	wrong.offset = 8;
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &wrong), EINVAL, "memory", "granules");
	wrong = memory;
	wrong.shared = scene_page + 8;
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &wrong), EINVAL, "memory", "granules");
	assert_string_equal(scene.kernel.record, "");
	kernel_ops.close(&scene.kernel, memory.guest_memfd);
	scene_close(&scene);
	scene_open(&scene, REALM_FAMILY_RME_RFC, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &memory), EINVAL, "realm_memory", "no guest_memfd");
	scene_close(&scene);
}

/* ---- descriptors that are no VM of a realm ---- */

static void wrong_vm(void **state)
{
	struct realm *realm = NULL;
	int kvm, vm, vcpu;
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		scene_open(&scene, families[i], 0);
		kvm = kernel_ops.open(&scene.kernel, "/dev/kvm", 0);
		vm = kernel_ops.ioctl(&scene.kernel, kvm, 0xae01, 33);
		vcpu = kernel_ops.ioctl(&scene.kernel, vm, 0xae41, 0);
		/* Earlier families say the same of both kinds of VM. */
		if (families[i] >= REALM_FAMILY_RMI_V12)
			assert_error(scene.ctx, realm_adopt(scene.plan, vm, NULL, &realm), EINVAL, "vm_fd",
				     "is no VM of a realm");
		assert_error(scene.ctx, realm_adopt(scene.plan, kvm, NULL, &realm), EINVAL, "vm_fd",
			     "is no VM of a realm");
		assert_error(scene.ctx, realm_adopt(scene.plan, vcpu, NULL, &realm), EINVAL, "vm_fd",
			     "is no VM of a realm");
		assert_error(scene.ctx, realm_adopt(scene.plan, -1, NULL, &realm), EINVAL, "vm_fd",
			     "is no VM of a realm");
		assert_error(scene.ctx, realm_adopt(scene.plan, INT_MIN, NULL, &realm), EINVAL, "vm_fd",
			     "is no VM of a realm");
		assert_null(realm);
		kernel_ops.close(&scene.kernel, vcpu);
		kernel_ops.close(&scene.kernel, vm);
		kernel_ops.close(&scene.kernel, kvm);
		scene_close(&scene);
	}
}

/* ---- calls that are forwarded ---- */

static void forwarded_calls(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	kernel_forget(&scene.kernel);
	assert_int_equal(realm_forward_calls(scene.realm, 0xc500004b, 10), 0);
	assert_string_equal(scene.kernel.record, "KVM_SET_DEVICE_ATTR 0 0 0xac500004b\n"); /* count and first */
	assert_error(scene.ctx, realm_forward_calls(scene.realm, 0, 0), EINVAL, "count", "0 identifiers");
	assert_error(scene.ctx, realm_forward_calls(scene.realm, UINT32_MAX, 2), EINVAL, "count", "do not exist");
	assert_error(scene.ctx, realm_forward_calls(scene.realm, 2, UINT32_MAX), EINVAL, "count", "do not exist");
	assert_int_equal(realm_forward_calls(scene.realm, UINT32_MAX, 1), 0);
	/* KVM takes no filter for a VM that has run, which sealing is from v12 on. */
	scene_to(&scene, REALM_PHASE_SEALED);
	assert_error(scene.ctx, realm_forward_calls(scene.realm, 0xc500004b, 1), EBUSY, "realm_forward_calls",
		     "sealed");
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failed_activation_is_final),
		cmocka_unit_test(commands_that_fail),
		cmocka_unit_test(an_rmm_of_another_revision),
		cmocka_unit_test(too_wide_an_ipa_space),
		cmocka_unit_test(too_many_vcpus),
		cmocka_unit_test(gic_places),
		cmocka_unit_test(kick_signals),
		cmocka_unit_test(settings_that_are_refused),
		cmocka_unit_test(sve_lengths),
		cmocka_unit_test(debug_register),
		cmocka_unit_test(wrong_memory),
		cmocka_unit_test(a_slot_that_is_half_made),
		cmocka_unit_test(numbers_of_slots),
		cmocka_unit_test(wrong_adopted_memory),
		cmocka_unit_test(wrong_vm),
		cmocka_unit_test(forwarded_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
