/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-errors.c - every function of realm/host.h and realm/lifecycle.h with NULL, zero, the largest values and
 * in every wrong phase
 *
 * What is refused changes nothing: no call of the host, no phase, no out parameter.  test_complete.py sees to it that
 * no function is missing here.
 */
#include <limits.h>

#include "../unit/scene.h"

#define BAD_ENUM(type) ((enum type)0x7fffffff)

static char untouched; /* where out parameters point before a call */

#define UNTOUCHED(type) ((struct type *)&untouched)

/* Refused for want of an argument: there is nothing to say of it. */
#define NULL_REFUSED(call) assert_int_equal(call, -EINVAL)

/* ---- hosts ---- */

static void details_of_nothing(void **state)
{
	struct realm_error *none = NULL;
	uint64_t fid = 7, result = 7;

	assert_null(realm_error_step(none));
	assert_null(realm_error_call(none));
	assert_int_equal(realm_error_errno(none), 0);
	assert_int_equal(realm_error_rmi(none, &fid, &result), 0);
	assert_true(fid == 7 && result == 7);
}

/* A failure that is not the host's has no step of the host, and Linux does not tell what the RMM said. */
static void details_that_are_not_known(void **state)
{
	const struct realm_error *error;
	uint64_t fid = 7, result = 7;
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_error(scene.ctx, realm_seal(scene.realm), EBUSY, "realm_seal", "phase new");
	error = realm_ctx_last_error(scene.ctx);
	assert_null(realm_error_step(error));
	assert_null(realm_error_call(error));
	assert_int_equal(realm_error_errno(error), 0);
	scene.kernel.ipa_limit = 32;
	assert_host_failed(&scene, realm_new(scene.plan, NULL, &scene.realm), EIO, "vm", "KVM_CREATE_VM", EINVAL);
	assert_int_equal(realm_error_rmi(realm_ctx_last_error(scene.ctx), &fid, &result), 0);
	assert_int_equal(realm_error_rmi(realm_ctx_last_error(scene.ctx), NULL, NULL), 0);
	assert_true(fid == 7 && result == 7);
	scene_close(&scene);
}

/* Each function up to page_size is needed; a host of a newer library is not taken. */
static void hosts_that_are_not_whole(void **state)
{
	const size_t first = offsetof(struct realm_host_ops, open), last = offsetof(struct realm_host_ops, page_size);
	struct {
		struct realm_host_ops known;
		uint64_t set;
	} newer = { kernel_ops, 1 };
	struct realm_host_ops ops;
	struct kernel kernel;
	struct realm_ctx *ctx;
	size_t at;

	kernel_init(&kernel, REALM_FAMILY_RMI_V14);
	ctx = kernel_ctx(&kernel);
	NULL_REFUSED(realm_ctx_set_host(NULL, &kernel_ops, &kernel));
	for (at = first; at <= last; at += sizeof(ops.open)) {
		ops = kernel_ops;
		memset((char *)&ops + at, 0, sizeof(ops.open));
		assert_error(ctx, realm_ctx_set_host(ctx, &ops, &kernel), EINVAL, "realm_host_ops", "missing");
	}
	ops = kernel_ops;
	ops.sz = 0;
	assert_error(ctx, realm_ctx_set_host(ctx, &ops, &kernel), EINVAL, "realm_host_ops", "");
	ops.sz = last;
	assert_error(ctx, realm_ctx_set_host(ctx, &ops, &kernel), EINVAL, "realm_host_ops", "missing");
	newer.known.sz = sizeof(newer);
	assert_error(ctx, realm_ctx_set_host(ctx, &newer.known, &kernel), E2BIG, "realm_host_ops", "");
	ops.sz = last + sizeof(ops.page_size);
	assert_int_equal(realm_ctx_set_host(ctx, &ops, &kernel), 0);
	assert_int_equal(realm_ctx_set_host(ctx, NULL, NULL), 0);
	realm_ctx_free(ctx);
	kernel_done(&kernel);
}

static void a_host_with_realms_stays(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_error(scene.ctx, realm_ctx_set_host(scene.ctx, NULL, NULL), EBUSY, "context", "realms");
	assert_int_equal(realm_configure(scene.realm), 0);
	scene_close(&scene);
}

static void families(void **state)
{
	struct realm_ctx *ctx = *state;

	NULL_REFUSED(realm_ctx_set_family(NULL, REALM_FAMILY_ANY, 0));
	assert_error(ctx, realm_ctx_set_family(ctx, BAD_ENUM(realm_family), 0), EINVAL, "family", "");
	assert_error(ctx, realm_ctx_set_family(ctx, REALM_FAMILY_ANY, 300), EINVAL, "cap", "300");
	assert_error(ctx, realm_ctx_set_family(ctx, REALM_FAMILY_RME, UINT_MAX), EINVAL, "cap", "");
	/* These two can be enabled upstream. */
	assert_error(ctx, realm_ctx_set_family(ctx, REALM_FAMILY_RME, 239), EINVAL, "cap", "239");
	assert_error(ctx, realm_ctx_set_family(ctx, REALM_FAMILY_RME, 245), EINVAL, "cap", "245");
	assert_int_equal(realm_ctx_set_family(ctx, REALM_FAMILY_RME, 4095), 0);
}

static void answers_of_no_host(void **state)
{
	struct realm_host_limits limits = { .sz = sizeof(limits), .cap = 7 };
	struct realm_probe probe = { .sz = sizeof(probe) };
	struct realm_host_info *info = UNTOUCHED(realm_host_info);

	NULL_REFUSED(realm_host_probe(NULL, &info));
	NULL_REFUSED(realm_host_probe(*state, NULL));
	assert_ptr_equal(info, &untouched);
	realm_host_info_free(NULL);
	assert_int_equal(realm_host_info_family(NULL), REALM_FAMILY_ANY);
	assert_null(realm_host_info_why(NULL));
	assert_null(realm_host_info_hint(NULL));
	assert_int_equal(realm_host_info_error(NULL), -EINVAL);
	assert_int_equal(realm_host_info_probe_count(NULL), 0);
	NULL_REFUSED(realm_host_info_probe(NULL, 0, &probe));
	NULL_REFUSED(realm_host_info_limits(NULL, &limits));
	assert_null(probe.question);
	assert_int_equal(limits.cap, 7);
}

static void answers_of_a_host(void **state)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_probe probe = { .sz = sizeof(probe) };
	struct realm_host_info *info;
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_int_equal(realm_host_probe(scene.ctx, &info), 0);
	NULL_REFUSED(realm_host_info_probe(info, 0, NULL));
	NULL_REFUSED(realm_host_info_probe(info, realm_host_info_probe_count(info), &probe));
	NULL_REFUSED(realm_host_info_probe(info, SIZE_MAX, &probe));
	NULL_REFUSED(realm_host_info_limits(info, NULL));
	limits.sz = probe.sz = 0;
	NULL_REFUSED(realm_host_info_probe(info, 0, &probe));
	NULL_REFUSED(realm_host_info_limits(info, &limits));
	assert_null(probe.question);
	assert_int_equal(limits.ipa_bits, 0);
	realm_host_info_free(info);
	scene_close(&scene);
}

/* ---- realms that are not there ---- */

static void no_realm(void **state)
{
	struct realm_memory memory = { .sz = sizeof(memory) };
	struct realm_exit exit = { .sz = sizeof(exit) };
	uint8_t value[REALM_DIGEST_MAX];
	uint64_t gprs[1] = { 0 };

	NULL_REFUSED(realm_configure(NULL));
	NULL_REFUSED(realm_forward_calls(NULL, 0, 1));
	NULL_REFUSED(realm_add_rec(NULL, 0, gprs, 1));
	NULL_REFUSED(realm_adopt_rec(NULL, 0, value, 0, gprs, 1));
	NULL_REFUSED(realm_add_memory(NULL, 0, SCENE_PAGE));
	NULL_REFUSED(realm_adopt_memory(NULL, &memory));
	assert_null(realm_shared(NULL, 0, SCENE_PAGE));
	NULL_REFUSED(realm_populate(NULL, 0, scene_page, SCENE_PAGE, 0));
	NULL_REFUSED(realm_seal(NULL));
	NULL_REFUSED(realm_run(NULL, 0, &exit));
	NULL_REFUSED(realm_kick(NULL, 0));
	NULL_REFUSED(realm_convert(NULL, 0, SCENE_PAGE, 0));
	NULL_REFUSED(realm_inject_abort(NULL, 0));
	NULL_REFUSED(realm_psci_complete(NULL, 0, 0, 0));
	NULL_REFUSED(realm_stop(NULL));
	realm_destroy(NULL);
	assert_int_equal(realm_phase(NULL), 0);
	assert_int_equal(realm_family(NULL), REALM_FAMILY_ANY);
	NULL_REFUSED(realm_vm_fd(NULL));
	NULL_REFUSED(realm_vcpu_fd(NULL, 0));
	assert_int_equal(realm_vcpu_count(NULL), 0);
	NULL_REFUSED(realm_measured(NULL, 0, value, NULL));
}

static void phase_names(void **state)
{
	enum realm_phase phase;

	for (phase = REALM_PHASE_NEW; phase <= REALM_PHASE_DEAD; phase++)
		assert_non_null(realm_phase_name(phase));
	assert_null(realm_phase_name((enum realm_phase)0));
	assert_null(realm_phase_name((enum realm_phase)(REALM_PHASE_DEAD + 1)));
	assert_null(realm_phase_name(BAD_ENUM(realm_phase)));
	assert_null(realm_phase_name((enum realm_phase) - 1));
}

static void realms_from_nothing(void **state)
{
	struct {
		struct realm_opts known;
		uint64_t set;
	} newer = { { .sz = sizeof(newer) }, 1 };
	struct realm_opts opts = { .sz = sizeof(opts), .flags = 0x80 };
	struct realm *realm = UNTOUCHED(realm);
	struct realm_plan *empty;
	struct scene scene;
	uint64_t type = 7;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	assert_int_equal(realm_plan_new(scene.ctx, &empty), 0);
	NULL_REFUSED(realm_create(NULL, NULL, &realm));
	NULL_REFUSED(realm_create(scene.plan, NULL, NULL));
	NULL_REFUSED(realm_new(NULL, NULL, &realm));
	NULL_REFUSED(realm_new(scene.plan, NULL, NULL));
	NULL_REFUSED(realm_adopt(NULL, 0, NULL, &realm));
	NULL_REFUSED(realm_adopt(scene.plan, 0, NULL, NULL));
	NULL_REFUSED(realm_vm_type(NULL, 33, &type));
	NULL_REFUSED(realm_vm_type(scene.ctx, 33, NULL));
	kernel_forget(&scene.kernel);
	assert_error(scene.ctx, realm_vm_type(scene.ctx, 0, &type), EINVAL, "ipa_bits", "0");
	assert_error(scene.ctx, realm_vm_type(scene.ctx, 31, &type), EINVAL, "ipa_bits", "31");
	assert_error(scene.ctx, realm_vm_type(scene.ctx, 53, &type), EINVAL, "ipa_bits", "53");
	assert_error(scene.ctx, realm_vm_type(scene.ctx, UINT_MAX, &type), EINVAL, "ipa_bits", "");
	assert_int_equal(realm_create(empty, NULL, &realm), -EINVAL);
	assert_error(scene.ctx, realm_new(empty, NULL, &realm), EINVAL, "$.ipa_bits", "not set");
	assert_error(scene.ctx, realm_new(scene.plan, &opts, &realm), EINVAL, "flags", "0x80");
	opts.flags = UINT32_MAX;
	assert_error(scene.ctx, realm_new(scene.plan, &opts, &realm), EINVAL, "flags", "unknown");
	opts.sz = 0;
	assert_error(scene.ctx, realm_new(scene.plan, &opts, &realm), EINVAL, "realm_opts", "");
	assert_error(scene.ctx, realm_new(scene.plan, &newer.known, &realm), E2BIG, "realm_opts", "");
	assert_string_equal(scene.kernel.record, "");
	assert_ptr_equal(realm, &untouched);
	assert_true(type == 7);
	realm_plan_free(empty);
	scene_close(&scene);
}

/* ---- arguments that no phase takes ---- */

static void arguments_while_building(void **state)
{
	struct {
		struct realm_memory known;
		uint64_t set;
	} newer = { { .sz = sizeof(newer) }, 1 };
	struct realm_memory memory = { 0 };
	uint64_t gprs[REALM_REC_GPRS + 1] = { 0 };
	struct scene scene;
	char run;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	NULL_REFUSED(realm_add_rec(scene.realm, 0, NULL, 1));
	NULL_REFUSED(realm_adopt_rec(scene.realm, -1, &run, 0, NULL, 0));
	NULL_REFUSED(realm_adopt_rec(scene.realm, INT_MIN, &run, 0, NULL, 0));
	NULL_REFUSED(realm_adopt_rec(scene.realm, 3, NULL, 0, NULL, 0));
	NULL_REFUSED(realm_adopt_memory(scene.realm, NULL));
	NULL_REFUSED(realm_populate(scene.realm, 0, NULL, SCENE_PAGE, 0));
	assert_error(scene.ctx, realm_add_rec(scene.realm, 0, gprs, REALM_REC_GPRS + 1), EINVAL, "count", "9");
	assert_error(scene.ctx, realm_adopt_rec(scene.realm, 3, &run, 0, gprs, SIZE_MAX), EINVAL, "count", "registers");
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &memory), EINVAL, "realm_memory", "");
	assert_error(scene.ctx, realm_adopt_memory(scene.realm, &newer.known), E2BIG, "realm_memory", "");
	assert_error(scene.ctx, realm_populate(scene.realm, 0, scene_page, SCENE_PAGE, UINT32_MAX), EINVAL, "flags",
		     "");
	assert_int_equal(realm_phase(scene.realm), REALM_PHASE_RECS);
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
}

static void arguments_while_running(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit.sz) - 1, .ipa = 7 };
	uint8_t value[REALM_DIGEST_MAX] = { 7 };
	struct scene scene;
	size_t len = 7;

	scene_open(&scene, REALM_FAMILY_RMI_V13, 0);
	scene_to(&scene, REALM_PHASE_RUNNING);
	NULL_REFUSED(realm_run(scene.realm, 0, NULL));
	NULL_REFUSED(realm_run(scene.realm, 0, &exit));
	exit.sz = sizeof(exit);
	assert_error(scene.ctx, realm_run(scene.realm, 2, &exit), EINVAL, "vcpu", "only 2");
	assert_error(scene.ctx, realm_run(scene.realm, UINT_MAX, &exit), EINVAL, "vcpu", "only 2");
	assert_error(scene.ctx, realm_inject_abort(scene.realm, UINT_MAX), EINVAL, "vcpu", "only 2");
	assert_error(scene.ctx, realm_psci_complete(scene.realm, UINT_MAX, 0, 0), EINVAL, "vcpu", "only 2");
	NULL_REFUSED(realm_kick(scene.realm, UINT_MAX));
	NULL_REFUSED(realm_vcpu_fd(scene.realm, 2));
	NULL_REFUSED(realm_vcpu_fd(scene.realm, UINT_MAX));
	NULL_REFUSED(realm_measured(scene.realm, 0, NULL, &len));
	NULL_REFUSED(realm_measured(scene.realm, 5, value, &len));
	NULL_REFUSED(realm_measured(scene.realm, UINT_MAX, value, &len));
	assert_error(scene.ctx, realm_measured(scene.realm, 0, value, &len), EOPNOTSUPP, "measurement",
		     "does not tell");
	assert_null(realm_shared(scene.realm, UINT64_MAX, 1));
	assert_null(realm_shared(scene.realm, SCENE_BASE, UINT64_MAX));
	assert_null(realm_shared(scene.realm, SCENE_BASE, SCENE_SIZE0 + 1));
	assert_null(realm_shared(scene.realm, SCENE_BASE - 1, 1));
	assert_non_null(realm_shared(scene.realm, SCENE_BASE, SCENE_SIZE0));
	assert_true(exit.ipa == 7 && len == 7 && value[0] == 7);
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
}

/* ---- phases ---- */

static int configure(struct realm *realm)
{
	return realm_configure(realm);
}

static int forward_calls(struct realm *realm)
{
	return realm_forward_calls(realm, 0xc500004b, 1);
}

static int add_rec(struct realm *realm)
{
	return realm_add_rec(realm, 0, NULL, 0);
}

static int adopt_rec(struct realm *realm)
{
	return realm_adopt_rec(realm, KERNEL_FD_BASE, &untouched, 0, NULL, 0);
}

static int add_memory(struct realm *realm)
{
	return realm_add_memory(realm, 0, SCENE_PAGE);
}

static int adopt_memory(struct realm *realm)
{
	struct realm_memory memory = { .sz = sizeof(memory), .slot = 5, .size = SCENE_PAGE, .shared = scene_page };

	if (realm_family(realm) == REALM_FAMILY_RME_RFC)
		memory.guest_memfd = -1;
	return realm_adopt_memory(realm, &memory);
}

static int populate(struct realm *realm)
{
	return realm_populate(realm, SCENE_BASE + SCENE_PAGE, scene_page, SCENE_PAGE, 0);
}

static int seal(struct realm *realm)
{
	return realm_seal(realm);
}

static int run(struct realm *realm)
{
	struct realm_exit exit = { .sz = sizeof(exit) };

	return realm_run(realm, 0, &exit);
}

static int convert(struct realm *realm)
{
	return realm_convert(realm, SCENE_BASE, SCENE_PAGE, 0);
}

static int inject_abort(struct realm *realm)
{
	return realm_inject_abort(realm, 0);
}

static int psci_complete(struct realm *realm)
{
	return realm_psci_complete(realm, 0, 0, 0);
}

static int measured(struct realm *realm)
{
	uint8_t value[REALM_DIGEST_MAX];

	return realm_measured(realm, 0, value, NULL);
}

#define IN(name) (1u << REALM_PHASE_##name)
#define BEFORE_SEALED (IN(NEW) | IN(CONFIGURED) | IN(RECS) | IN(MEMORY) | IN(POPULATED))

static const struct {
	const char *name;
	int (*call)(struct realm *realm);
	unsigned int phases; /* in which it is possible */
} calls[] = {
	{ "realm_configure", configure, IN(NEW) },
	{ "realm_forward_calls", forward_calls, BEFORE_SEALED },
	{ "realm_add_rec", add_rec, IN(CONFIGURED) | IN(RECS) },
	{ "realm_add_rec", adopt_rec, IN(CONFIGURED) | IN(RECS) },
	{ "realm_add_memory", add_memory, IN(RECS) | IN(MEMORY) },
	{ "realm_adopt_memory", adopt_memory, IN(RECS) | IN(MEMORY) },
	{ "realm_populate", populate, IN(MEMORY) | IN(POPULATED) },
	{ "realm_seal", seal, IN(MEMORY) | IN(POPULATED) },
	{ "realm_run", run, IN(SEALED) | IN(RUNNING) },
	{ "realm_convert", convert, IN(SEALED) | IN(RUNNING) },
	{ "realm_inject_abort", inject_abort, IN(RUNNING) },
	{ "realm_psci_complete", psci_complete, IN(RUNNING) },
	{ "realm_measured", measured, IN(POPULATED) | IN(SEALED) | IN(RUNNING) },
};

static void refuses_all_others(struct scene *scene, enum realm_phase phase, int code, const char *why)
{
	unsigned int vcpus = realm_vcpu_count(scene->realm);
	size_t i;

	kernel_forget(&scene->kernel);
	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		if (calls[i].phases >> phase & 1)
			continue;
		assert_error(scene->ctx, calls[i].call(scene->realm), code, calls[i].name, why);
		assert_int_equal(realm_phase(scene->realm), phase);
	}
	assert_string_equal(scene->kernel.record, "");
	assert_int_equal(realm_vcpu_count(scene->realm), vcpus);
}

/* Each step leads on to the next, so none was spoiled by what was refused before it. */
static void wrong_phases(void **state)
{
	enum realm_family family;
	struct scene scene;
	char why[40];

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V15; family++) {
		scene_open(&scene, family, 0);
		for (;;) {
			enum realm_phase phase = realm_phase(scene.realm);

			snprintf(why, sizeof(why), "phase %s", realm_phase_name(phase));
			refuses_all_others(&scene, phase, EBUSY, why);
			if (phase == REALM_PHASE_RUNNING)
				break;
			scene_step(&scene);
		}
		assert_int_equal(realm_stop(scene.realm), 0);
		refuses_all_others(&scene, REALM_PHASE_DEAD, ECANCELED, "stopped");
		scene_close(&scene);
	}
}

static bool commands_fail(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -ENXIO;
	return !strcmp(call->name, "KVM_ENABLE_CAP");
}

static void a_dead_realm(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RME_RFC, 0);
	scene_to(&scene, REALM_PHASE_POPULATED);
	scene.kernel.lie = commands_fail;
	assert_int_equal(realm_seal(scene.realm), -EIO);
	refuses_all_others(&scene, REALM_PHASE_DEAD, EBUSY, "phase dead");
	assert_true(realm_vm_fd(scene.realm) >= 0);
	assert_true(realm_vcpu_fd(scene.realm, 1) >= 0);
	assert_int_equal(realm_kick(scene.realm, 0), 0);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(details_of_nothing),
		cmocka_unit_test(details_that_are_not_known),
		cmocka_unit_test(hosts_that_are_not_whole),
		cmocka_unit_test(a_host_with_realms_stays),
		ctx_test(families),
		ctx_test(answers_of_no_host),
		cmocka_unit_test(answers_of_a_host),
		cmocka_unit_test(no_realm),
		cmocka_unit_test(phase_names),
		cmocka_unit_test(realms_from_nothing),
		cmocka_unit_test(arguments_while_building),
		cmocka_unit_test(arguments_while_running),
		cmocka_unit_test(wrong_phases),
		cmocka_unit_test(a_dead_realm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
