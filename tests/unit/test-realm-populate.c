/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-populate.c - POPULATE as kernels were seen to do it, and as they must not
 *
 * v12 counts bytes and leaves the structure alone; from v13 on the structure moves and the call gives 0; a vendor's
 * port has v13's number and v12's count.  Any of them may stop early.  Up to v14 a status of the RMM may come out as
 * if it were a success.
 */
#include "scene.h"

#define PAGE SCENE_PAGE

/* What the next calls of POPULATE do */
struct answers {
	bool counts, vendor;
	uint64_t at_most; /* bytes a call; 0: all */
	int ret;          /* of each call, in place of the family's success */
	uint64_t moved;   /* bytes by which the structure moves before a ret other than 0 */
	uint64_t from;    /* such calls from this one on .. */
	uint64_t to;      /* .. to this one; 0: all */
	int64_t base_skew, size_skew, source_skew;
	/* what was asked for */
	uint64_t expected; /* where the next call has to begin */
	uint64_t total;    /* bytes done */
	uintptr_t source;  /* of the first page */
};

static void move(const struct answers *answers, uintptr_t arg, uint64_t size)
{
	put64(arg, 0, get64(arg, 0) + size + (uint64_t)answers->base_skew);
	put64(arg, 8, get64(arg, 8) - size + (uint64_t)answers->size_skew);
	put64(arg, 16, get64(arg, 16) + size + (uint64_t)answers->source_skew);
}

static bool populate_gives(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	struct answers *answers = kernel->lie_arg;
	uint64_t size;

	if (strcmp(call->name, "KVM_ARM_RMI_POPULATE"))
		return false;
	assert_true(get64(call->arg, 0) == answers->expected);
	assert_true(get64(call->arg, 16) % PAGE == 0);
	assert_int_equal(get32(call->arg, 28), 0); /* reserved */
	if (answers->ret && call->nth >= answers->from && (!answers->to || call->nth <= answers->to)) {
		if (answers->moved && !answers->counts)
			move(answers, call->arg, answers->moved);
		answers->expected += answers->moved;
		answers->total += answers->moved;
		*ret = answers->ret;
		return true;
	}
	size = get64(call->arg, 8);
	if (answers->at_most && size > answers->at_most)
		size = answers->at_most;
	answers->expected += size;
	answers->total += size;
	if (!answers->counts && !answers->vendor)
		move(answers, call->arg, size);
	*ret = answers->counts || answers->vendor ? (int)size : 0;
	return true;
}

static uint8_t content[16 * SCENE_PAGE] __attribute__((aligned(SCENE_PAGE)));

/* A realm on a kernel that answers so, populated with 16 pages; gives what realm_populate() gave. */
static int populate(struct scene *scene, enum realm_family family, struct answers *answers)
{
	scene_open(scene, family, 0);
	scene_to(scene, REALM_PHASE_MEMORY);
	answers->counts = family == REALM_FAMILY_RMI_V12;
	answers->expected = SCENE_BASE;
	scene->kernel.lie = populate_gives;
	scene->kernel.lie_arg = answers;
	return realm_populate(scene->realm, SCENE_BASE, content, sizeof(content), 0);
}

static const enum realm_family rmi[] = { REALM_FAMILY_RMI_V12, REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14,
					 REALM_FAMILY_RMI_V15 };

/* ---- all of it gets in, once ---- */

static void success_is_bytes_or_zero(void **state)
{
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rmi); i++) {
		struct answers answers = { 0 };

		assert_int_equal(populate(&scene, rmi[i], &answers), 0);
		assert_true(answers.total == sizeof(content));
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 1);
		scene_close(&scene);
	}
}

static void calls_that_stop_early(void **state)
{
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rmi); i++) {
		struct answers answers = { .at_most = 3 * PAGE };

		assert_int_equal(populate(&scene, rmi[i], &answers), 0);
		assert_true(answers.total == sizeof(content));
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 6);
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_POPULATED);
		scene_close(&scene);
	}
}

static void a_vendors_form(void **state)
{
	struct answers answers = { .vendor = true, .at_most = 5 * PAGE };
	struct scene scene;

	assert_int_equal(populate(&scene, REALM_FAMILY_RMI_V13, &answers), 0);
	assert_true(answers.total == sizeof(content));
	assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 4);
	scene_close(&scene);
}

/* One call of v12 cannot give more than an int: requests are far below that. */
static void long_content_goes_in_parts(void **state)
{
	const uint64_t size = UINT64_C(9) << 20;
	uint8_t *zeros = aligned_alloc(PAGE, size);
	struct answers answers = { .counts = true, .expected = SCENE_BASE };
	struct scene scene;

	memset(zeros, 0, size);
	scene_open(&scene, REALM_FAMILY_RMI_V12, 0);
	scene_to(&scene, REALM_PHASE_RECS);
	assert_int_equal(realm_add_memory(scene.realm, SCENE_BASE, size), 0);
	scene.kernel.lie = populate_gives;
	scene.kernel.lie_arg = &answers;
	assert_int_equal(realm_populate(scene.realm, SCENE_BASE, zeros, size, 0), 0);
	assert_true(answers.total == size);
	assert_in_range(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 2, 9);
	scene_close(&scene);
	free(zeros);
}

/* The kernel pins whole pages of the source: populate_gives() sees to it that they are whole. */
static void a_source_at_any_address(void **state)
{
	struct answers answers = { .expected = SCENE_BASE };
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_MEMORY);
	scene.kernel.lie = populate_gives;
	scene.kernel.lie_arg = &answers;
	assert_int_equal(realm_populate(scene.realm, SCENE_BASE, content + 8, 15 * PAGE, 0), 0);
	assert_true(answers.total == 15 * PAGE);
	scene_close(&scene);
}

/* ---- interrupted ---- */

static void interrupted_with_progress(void **state)
{
	static const int errs[] = { -EINTR, -EAGAIN };
	struct scene scene;
	size_t i;

	for (i = 0; i < 2 * ARRAY_SIZE(rmi); i++) {
		bool counts = rmi[i / 2] == REALM_FAMILY_RMI_V12; /* gives a count as soon as there is one */
		struct answers answers = { .ret = errs[i % 2], .moved = counts ? 0 : PAGE, .from = 1, .to = 7 };

		assert_int_equal(populate(&scene, rmi[i / 2], &answers), 0);
		assert_true(answers.total == sizeof(content));
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 8);
		scene_close(&scene);
	}
}

/* A storm of signals: tried again, and not for ever. */
static void interrupted_without_progress(void **state)
{
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rmi); i++) {
		struct answers answers = { .ret = -EINTR, .from = 1 };

		assert_host_failed(&scene, populate(&scene, rmi[i], &answers), EINTR, "populate",
				   "KVM_ARM_RMI_POPULATE", EINTR);
		assert_in_range(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 2, 1000);
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
		scene_close(&scene);
	}
}

/* ---- lies ---- */

/* A status of the RMM, with the level of a walk in bits 15:8, is not a count of bytes. */
static void a_status_that_looks_like_success(void **state)
{
	static const int statuses[] = { 1, 2, 3, 4, 0x104, 0x304 };
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rmi) * ARRAY_SIZE(statuses); i++) {
		struct answers answers = { .at_most = PAGE, .ret = statuses[i / ARRAY_SIZE(rmi)], .from = 2 };

		assert_host_failed(&scene, populate(&scene, rmi[i % ARRAY_SIZE(rmi)], &answers), EIO, "populate",
				   "KVM_ARM_RMI_POPULATE", ENXIO);
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 2);
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
		scene_close(&scene);
	}
}

static bool populate_gives_zero(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = 0;
	return !strcmp(call->name, "KVM_ARM_RMI_POPULATE");
}

/* Success without progress: asked again it would say so for ever. */
static void no_progress(void **state)
{
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rmi); i++) {
		scene_open(&scene, rmi[i], 0);
		scene_to(&scene, REALM_PHASE_MEMORY);
		scene.kernel.lie = populate_gives_zero;
		assert_host_failed(&scene, realm_populate(scene.realm, SCENE_BASE, content, PAGE, 0), EPROTO,
				   "populate", "KVM_ARM_RMI_POPULATE", EPROTO);
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 1);
		scene_close(&scene);
	}
}

static void a_structure_that_makes_no_sense(void **state)
{
	static const struct answers lies[] = {
		{ .base_skew = 1 },
		{ .base_skew = (int64_t)PAGE },
		{ .base_skew = -(int64_t)(17 * PAGE) },
		{ .size_skew = (int64_t)PAGE },
		{ .source_skew = (int64_t)PAGE },
		{ .base_skew = (int64_t)PAGE, .size_skew = -(int64_t)PAGE, .source_skew = (int64_t)PAGE },
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lies); i++) {
		struct answers answers = lies[i];

		assert_host_failed(&scene, populate(&scene, REALM_FAMILY_RMI_V14, &answers), EPROTO, "populate",
				   "KVM_ARM_RMI_POPULATE", EPROTO);
		scene_close(&scene);
	}
}

static void a_count_that_makes_no_sense(void **state)
{
	static const int counts[] = { (int)PAGE + 1, (int)sizeof(content) + (int)PAGE };
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		struct answers answers = { .ret = counts[i], .from = 1 };

		assert_host_failed(&scene, populate(&scene, REALM_FAMILY_RMI_V12, &answers), EPROTO, "populate",
				   "KVM_ARM_RMI_POPULATE", EPROTO);
		scene_close(&scene);
	}
}

/* ---- failures ---- */

static void failures_say_what_to_try(void **state)
{
	static const struct {
		int err, code;
		const char *hint;
	} cases[] = {
		{ ENXIO, EIO, "revision" },     { EBUSY, EIO, "before the first KVM_RUN" },
		{ EINVAL, EIO, "guest_memfd" }, { ENOMEM, ENOMEM, "memory" },
		{ EFAULT, EIO, NULL },
	};
	const struct realm_error *error;
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct answers answers = { .at_most = PAGE, .ret = -cases[i].err, .from = 3 };

		assert_host_failed(&scene, populate(&scene, REALM_FAMILY_RMI_V15, &answers), cases[i].code, "populate",
				   "KVM_ARM_RMI_POPULATE", cases[i].err);
		error = realm_ctx_last_error(scene.ctx);
		if (cases[i].hint)
			assert_non_null(strstr(realm_error_hint(error), cases[i].hint));
		assert_int_equal(kernel_count(&scene.kernel, "KVM_ARM_RMI_POPULATE"), 3);
		assert_error(scene.ctx, realm_seal(scene.realm), EBUSY, "realm_seal", "dead");
		scene_close(&scene);
	}
}

static void count_data(void *arg, const struct realm_event *event)
{
	if (event->type == REALM_EVENT_DATA)
		(*(unsigned int *)arg)++;
}

/* What was done before an error is told, since the RMM has measured it. */
static void an_error_after_a_part(void **state)
{
	struct answers answers = { .at_most = PAGE, .ret = -EFAULT, .moved = 2 * PAGE, .from = 2 };
	unsigned int events = 0;
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	realm_destroy(scene.realm);
	scene.opts.issued = count_data;
	scene.opts.issued_arg = &events;
	assert_int_equal(realm_new(scene.plan, &scene.opts, &scene.realm), 0);
	scene_to(&scene, REALM_PHASE_MEMORY);
	answers.expected = SCENE_BASE;
	scene.kernel.lie = populate_gives;
	scene.kernel.lie_arg = &answers;
	assert_host_failed(&scene, realm_populate(scene.realm, SCENE_BASE, content, sizeof(content), 0), EIO,
			   "populate", "KVM_ARM_RMI_POPULATE", EFAULT);
	assert_int_equal(events, 3);
	scene_close(&scene);
}

/* Letters of events: realm, data, rec, activate; one S for all of RIPAS */
static void spell(void *arg, const struct realm_event *event)
{
	size_t len = strlen(arg);

	if (event->type != REALM_EVENT_RIPAS || !len || ((char *)arg)[len - 1] != 'S')
		strcat(arg, (const char *[]){ "", "R", "S", "D", "C", "A" }[event->type]);
}

static bool populate_fails(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -ENXIO;
	return !strcmp(call->name, "KVM_ARM_RMI_POPULATE") ||
	       (!strcmp(call->name, "KVM_ENABLE_CAP") && get64(call->arg, 8) == 3);
}

/* An event is told when it has happened: where the first content makes the realm there is none before that. */
static void events_of_what_has_happened(void **state)
{
	static const struct {
		enum realm_family family;
		const char *failed, *all;
	} cases[] = {
		{ REALM_FAMILY_RME, "RS", "RSDCCA" },
		{ REALM_FAMILY_RMI_V12, "", "RDCCSA" },
		{ REALM_FAMILY_RMI_V13, "", "RDCCA" },
		{ REALM_FAMILY_RMI_V14, "", "RDCCA" },
	};
	struct scene scene;
	char told[256];
	size_t i;

	for (i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		told[0] = 0;
		scene_open(&scene, cases[i / 2].family, 0);
		realm_destroy(scene.realm);
		scene.opts.issued = spell;
		scene.opts.issued_arg = told;
		assert_int_equal(realm_new(scene.plan, &scene.opts, &scene.realm), 0);
		scene_to(&scene, REALM_PHASE_MEMORY);
		assert_string_equal(told, "");
		if (i % 2) {
			scene.kernel.lie = populate_fails;
			assert_int_equal(realm_populate(scene.realm, SCENE_BASE, scene_page, PAGE, 0), -EIO);
		} else {
			scene_to(&scene, REALM_PHASE_SEALED);
		}
		assert_string_equal(told, i % 2 ? cases[i / 2].failed : cases[i / 2].all);
		scene_close(&scene);
	}
}

/* ---- what is refused before the kernel is asked ---- */

static void wrong_ranges(void **state)
{
	static const struct {
		uint64_t ipa, size;
		const char *why;
	} cases[] = {
		{ SCENE_BASE, 0, "granules" },
		{ SCENE_BASE + 1, PAGE, "granules" },
		{ SCENE_BASE, PAGE + 1, "granules" },
		{ UINT64_MAX - PAGE + 1, PAGE, "granules" },
		{ SCENE_BASE, UINT64_MAX - PAGE + 1, "granules" },
		{ SCENE_BASE - PAGE, 2 * PAGE, "not RAM" },
		{ SCENE_BASE + SCENE_SIZE0 + SCENE_SIZE1 - PAGE, 2 * PAGE, "not RAM" },
		{ SCENE_BASE | UINT64_C(1) << 32, PAGE, "not RAM" },
		{ SCENE_BASE + 2 * PAGE, PAGE, "before" },
		{ SCENE_BASE + PAGE, 2 * PAGE, "before" },
		{ SCENE_BASE + 2 * PAGE, 2 * PAGE, "before" },
	};
	struct scene scene;
	size_t i;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_MEMORY);
	assert_int_equal(realm_populate(scene.realm, SCENE_BASE + 2 * PAGE, content, PAGE, 0), 0);
	kernel_forget(&scene.kernel);
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_error(scene.ctx, realm_populate(scene.realm, cases[i].ipa, content, cases[i].size, 0), EINVAL,
			     "realm_populate", cases[i].why);
	assert_error(scene.ctx, realm_populate(scene.realm, SCENE_BASE, content, PAGE, 0x80), EINVAL, "flags", "0x80");
	assert_string_equal(scene.kernel.record, "");
	assert_int_equal(realm_phase(scene.realm), REALM_PHASE_POPULATED);
	assert_int_equal(realm_populate(scene.realm, SCENE_BASE, content, 2 * PAGE, 0), 0);
	scene_close(&scene);
}

/* RFC v1 has no flag: asked for content that is not measured it would measure it. */
static void unmeasured_where_all_is_measured(void **state)
{
	struct scene scene;

	scene_open(&scene, REALM_FAMILY_RME_RFC, 0);
	scene_to(&scene, REALM_PHASE_MEMORY);
	assert_error(scene.ctx, realm_populate(scene.realm, SCENE_BASE, content, PAGE, REALM_LOAD_UNMEASURED),
		     EOPNOTSUPP, "flags", "rme-rfc measures every load");
	assert_int_equal(realm_phase(scene.realm), REALM_PHASE_MEMORY);
	assert_string_equal(scene.kernel.record, "");
	scene_close(&scene);
	scene_open(&scene, REALM_FAMILY_RME_RFC, REALM_BEST_EFFORT);
	scene_to(&scene, REALM_PHASE_MEMORY);
	assert_int_equal(realm_populate(scene.realm, SCENE_BASE, content, PAGE, REALM_LOAD_UNMEASURED), 0);
	scene_close(&scene);
}

/* The families of commands copy from shared memory at the same address. */
static void content_goes_through_shared_memory(void **state)
{
	static const enum realm_family rme[] = { REALM_FAMILY_RME_RFC, REALM_FAMILY_RME };
	struct scene scene;
	const char *shared;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rme); i++) {
		memset(content, 0x31, sizeof(content));
		content[0] = (uint8_t)i;
		scene_open(&scene, rme[i], 0);
		scene_to(&scene, REALM_PHASE_MEMORY);
		assert_int_equal(realm_populate(scene.realm, SCENE_BASE + PAGE, content, PAGE, 0), 0);
		shared = realm_shared(scene.realm, SCENE_BASE + PAGE, PAGE);
		assert_memory_equal(shared, content, PAGE);
		scene_close(&scene);
	}
}

/* A VMM that knows only those families loads into shared memory by itself, there or nearby. */
static void content_from_shared_memory(void **state)
{
	const uint64_t sources[] = { PAGE, 0 };
	uint8_t bytes[2 * PAGE], *shared;
	struct scene scene;
	size_t i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i / PAGE * 16 + i % 251);
	for (i = 0; i < ARRAY_SIZE(sources); i++) {
		scene_open(&scene, REALM_FAMILY_RME_RFC, 0);
		scene_to(&scene, REALM_PHASE_MEMORY);
		shared = realm_shared(scene.realm, SCENE_BASE, 3 * PAGE);
		memcpy(shared + sources[i], bytes, sizeof(bytes));
		assert_int_equal(realm_populate(scene.realm, SCENE_BASE + PAGE, shared + sources[i], 2 * PAGE, 0), 0);
		assert_memory_equal(shared + PAGE, bytes, sizeof(bytes));
		scene_close(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(success_is_bytes_or_zero),
		cmocka_unit_test(calls_that_stop_early),
		cmocka_unit_test(a_vendors_form),
		cmocka_unit_test(long_content_goes_in_parts),
		cmocka_unit_test(a_source_at_any_address),
		cmocka_unit_test(interrupted_with_progress),
		cmocka_unit_test(interrupted_without_progress),
		cmocka_unit_test(a_status_that_looks_like_success),
		cmocka_unit_test(no_progress),
		cmocka_unit_test(a_structure_that_makes_no_sense),
		cmocka_unit_test(a_count_that_makes_no_sense),
		cmocka_unit_test(failures_say_what_to_try),
		cmocka_unit_test(an_error_after_a_part),
		cmocka_unit_test(events_of_what_has_happened),
		cmocka_unit_test(wrong_ranges),
		cmocka_unit_test(unmeasured_where_all_is_measured),
		cmocka_unit_test(content_goes_through_shared_memory),
		cmocka_unit_test(content_from_shared_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
