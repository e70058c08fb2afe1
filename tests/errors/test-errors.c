/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-errors.c - every public function with NULL, zero, the largest values and in the wrong state
 *
 * What is refused leaves its out parameters alone, and where the call has a context its detail is that of this failure.
 * test_complete.py sees to it that no function is missing here.
 */
#include <limits.h>

#include "../unit/fixture.h"

#define BAD_ENUM(type) ((enum type)0x7fffffff)
#define RAM_BASE UINT64_C(0x80000000)

static char untouched; /* where out parameters point before a call */

#define UNTOUCHED(type) ((struct type *)&untouched)

/* Refused for want of an argument: there is nothing to say of it. */
#define NULL_REFUSED(call) assert_int_equal(call, -EINVAL)

/* Refused with a detail of its own. */
#define FAILS(code, call) assert_fails(state, code, call)

static void assert_fails(void **state, int code, int err)
{
	struct fixture *f = *state;
	const struct realm_error *error = realm_ctx_last_error(f->ctx);

	assert_int_equal(err, -code);
	assert_int_equal(realm_error_code(error), -code);
	assert_true(realm_error_why(error) && *realm_error_why(error));
	assert_int_equal(realm_fail(f->ctx, ECANCELED, NULL, NULL, "no detail of the call that follows"), -ECANCELED);
}

static struct realm_plan *empty_plan(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	return plan;
}

/* The least that is a plan, with a load. */
static struct realm_plan *small_plan(void **state)
{
	struct realm_plan *plan = empty_plan(state);

	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, RAM_BASE, 0x200000), 0);
	assert_int_equal(realm_plan_load_memory(plan, RAM_BASE, "x", 1, NULL), 0);
	assert_int_equal(realm_plan_add_rec(plan, RAM_BASE, NULL, 0), 0);
	return plan;
}

static int read_nothing(void *arg, uint64_t offset, void *buf, size_t len)
{
	fail();
	return 0;
}

/* ---- contexts and names ---- */

static void contexts(void **state)
{
	NULL_REFUSED(realm_ctx_new(NULL));
	NULL_REFUSED(realm_ctx_set_log(NULL, NULL, NULL));
	realm_ctx_free(NULL);
	realm_free(NULL);
	assert_null(realm_ctx_last_error(NULL));
	assert_int_equal(realm_error_code(NULL), 0);
	assert_null(realm_error_where(NULL));
	assert_null(realm_error_why(NULL));
	assert_null(realm_error_hint(NULL));
	assert_non_null(realm_version());
}

static void names(void **state)
{
	enum realm_profile profile = BAD_ENUM(realm_profile);
	enum realm_family family = BAD_ENUM(realm_family);
	enum realm_hash hash = BAD_ENUM(realm_hash);

	assert_null(realm_hash_name(hash));
	assert_int_equal(realm_hash_size(hash), 0);
	assert_null(realm_family_name(family));
	assert_null(realm_profile_name(profile));
	assert_int_equal(realm_family_has_profile(family, REALM_PROFILE_RMM_1_0), 0);
	assert_int_equal(realm_family_has_profile(REALM_FAMILY_RME, profile), 0);
	NULL_REFUSED(realm_hash_from_name(NULL, &hash));
	NULL_REFUSED(realm_hash_from_name("", &hash));
	NULL_REFUSED(realm_hash_from_name("sha256", NULL));
	NULL_REFUSED(realm_family_from_name(NULL, &family));
	NULL_REFUSED(realm_family_from_name("", &family));
	NULL_REFUSED(realm_family_from_name("rme", NULL));
	NULL_REFUSED(realm_profile_from_name(NULL, &profile));
	NULL_REFUSED(realm_profile_from_name("", &profile));
	NULL_REFUSED(realm_profile_from_name("rmm-1.0", NULL));
	assert_int_equal(hash, BAD_ENUM(realm_hash));
	assert_int_equal(family, BAD_ENUM(realm_family));
	assert_int_equal(profile, BAD_ENUM(realm_profile));
}

/* ---- plans ---- */

static void plans_from_nothing(void **state)
{
	struct realm_plan *plan = UNTOUCHED(realm_plan);
	struct fixture *f = *state;
	char *text = &untouched;

	NULL_REFUSED(realm_plan_new(NULL, &plan));
	NULL_REFUSED(realm_plan_new(f->ctx, NULL));
	NULL_REFUSED(realm_plan_read(NULL, "x", &plan));
	NULL_REFUSED(realm_plan_read(f->ctx, NULL, &plan));
	NULL_REFUSED(realm_plan_read(f->ctx, "x", NULL));
	NULL_REFUSED(realm_plan_parse(NULL, "{}", 2, NULL, &plan));
	NULL_REFUSED(realm_plan_parse(f->ctx, NULL, 0, NULL, &plan));
	NULL_REFUSED(realm_plan_parse(f->ctx, "{}", 2, NULL, NULL));
	FAILS(ENOENT, realm_plan_read(f->ctx, "", &plan));
	FAILS(EINVAL, realm_plan_read(f->ctx, f->dir, &plan));
	FAILS(EBADMSG, realm_plan_parse(f->ctx, "", 0, NULL, &plan));
	FAILS(EINVAL, realm_plan_parse(f->ctx, "", SIZE_MAX, NULL, &plan));
	assert_ptr_equal(plan, &untouched);
	NULL_REFUSED(realm_plan_format(NULL, NULL, &text));
	NULL_REFUSED(realm_plan_check(NULL));
	NULL_REFUSED(realm_plan_apply_host(NULL, "x"));
	realm_plan_free(NULL);

	plan = empty_plan(state);
	NULL_REFUSED(realm_plan_format(plan, NULL, NULL));
	NULL_REFUSED(realm_plan_apply_host(plan, NULL));
	FAILS(EINVAL, realm_plan_format(plan, NULL, &text));
	FAILS(EINVAL, realm_plan_check(plan));
	FAILS(ENOENT, realm_plan_apply_host(plan, ""));
	FAILS(EINVAL, realm_plan_apply_host(plan, f->dir));
	assert_ptr_equal(text, &untouched);
	realm_plan_free(plan);
}

static void parameters_of_no_plan(void **state)
{
	NULL_REFUSED(realm_plan_set_name(NULL, "x"));
	NULL_REFUSED(realm_plan_set_ipa_bits(NULL, 33));
	NULL_REFUSED(realm_plan_set_hash(NULL, REALM_HASH_SHA256));
	NULL_REFUSED(realm_plan_set_rpv(NULL, "x", 1));
	NULL_REFUSED(realm_plan_set_granule(NULL, 4096));
	NULL_REFUSED(realm_plan_set_lpa2(NULL, 0));
	NULL_REFUSED(realm_plan_set_sve_bits(NULL, 0));
	NULL_REFUSED(realm_plan_set_breakpoints(NULL, 2));
	NULL_REFUSED(realm_plan_set_watchpoints(NULL, 2));
	NULL_REFUSED(realm_plan_set_pmu_counters(NULL, 0));
	NULL_REFUSED(realm_plan_set_flags(NULL, 0));
	assert_null(realm_plan_name(NULL));
	assert_int_equal(realm_plan_ipa_bits(NULL), 0);
	assert_int_equal(realm_plan_hash(NULL), REALM_HASH_SHA256);
	assert_null(realm_plan_rpv(NULL));
	assert_int_equal(realm_plan_granule(NULL), 0);
	assert_int_equal(realm_plan_lpa2(NULL), 0);
	assert_int_equal(realm_plan_sve_bits(NULL), 0);
	assert_int_equal(realm_plan_breakpoints(NULL), 0);
	assert_int_equal(realm_plan_watchpoints(NULL), 0);
	assert_int_equal(realm_plan_pmu_counters(NULL), -1);
	assert_true(realm_plan_flags(NULL) == 0);
}

static void parameters_out_of_range(void **state)
{
	struct realm_plan *plan = empty_plan(state);

	FAILS(EINVAL, realm_plan_set_ipa_bits(plan, 0));
	FAILS(EINVAL, realm_plan_set_ipa_bits(plan, UINT_MAX));
	FAILS(EINVAL, realm_plan_set_hash(plan, BAD_ENUM(realm_hash)));
	NULL_REFUSED(realm_plan_set_rpv(plan, NULL, 1));
	FAILS(EINVAL, realm_plan_set_rpv(plan, "", SIZE_MAX));
	FAILS(EINVAL, realm_plan_set_granule(plan, 0));
	FAILS(EINVAL, realm_plan_set_granule(plan, UINT32_MAX));
	FAILS(EINVAL, realm_plan_set_lpa2(plan, INT_MAX));
	FAILS(EINVAL, realm_plan_set_lpa2(plan, INT_MIN));
	FAILS(EINVAL, realm_plan_set_sve_bits(plan, UINT_MAX));
	FAILS(EINVAL, realm_plan_set_sve_bits(plan, UINT_MAX - 127)); /* a multiple of 128 */
	FAILS(EINVAL, realm_plan_set_breakpoints(plan, 0));
	FAILS(EINVAL, realm_plan_set_breakpoints(plan, UINT_MAX));
	FAILS(EINVAL, realm_plan_set_watchpoints(plan, 0));
	FAILS(EINVAL, realm_plan_set_watchpoints(plan, UINT_MAX));
	FAILS(EINVAL, realm_plan_set_pmu_counters(plan, INT_MIN));
	FAILS(EINVAL, realm_plan_set_pmu_counters(plan, INT_MAX));
	assert_int_equal(realm_plan_set_flags(plan, UINT64_MAX), 0);
	assert_true(realm_plan_flags(plan) == UINT64_MAX);
	assert_int_equal(realm_plan_ipa_bits(plan), 0);
	assert_int_equal(realm_plan_granule(plan), 4096);
	assert_int_equal(realm_plan_breakpoints(plan), 2);
	assert_int_equal(realm_plan_watchpoints(plan), 2);
	assert_int_equal(realm_plan_pmu_counters(plan), -1);
	realm_plan_free(plan);
}

static void ram(void **state)
{
	static const struct { uint64_t base, size; } cases[] = {
		{ 0, 0 },
		{ 0, UINT64_MAX },
		{ UINT64_MAX, 1 },
		{ UINT64_MAX - 4095, 4096 },
		{ 4096, UINT64_MAX - 4095 },
		{ UINT64_C(1) << 32, 4096 },
		{ 0, (UINT64_C(1) << 32) + 4096 },
	};
	struct realm_plan *plan;
	uint64_t base = 7, size = 7;
	size_t i;

	NULL_REFUSED(realm_plan_add_ram(NULL, 0, 4096));
	assert_int_equal(realm_plan_ram_count(NULL), 0);
	NULL_REFUSED(realm_plan_ram(NULL, 0, &base, &size));
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		plan = small_plan(state);
		assert_int_equal(realm_plan_add_ram(plan, cases[i].base, cases[i].size), 1);
		FAILS(EINVAL, realm_plan_check(plan));
		NULL_REFUSED(realm_plan_ram(plan, 0, NULL, &size));
		NULL_REFUSED(realm_plan_ram(plan, 0, &base, NULL));
		NULL_REFUSED(realm_plan_ram(plan, 2, &base, &size));
		NULL_REFUSED(realm_plan_ram(plan, SIZE_MAX, &base, &size));
		assert_int_equal(realm_plan_ram_count(plan), 2);
		realm_plan_free(plan);
	}
	assert_true(base == 7 && size == 7);
}

static void loads_without_bytes(void **state)
{
	struct realm_load_info info = { .sz = sizeof(info), .at = 7 };
	struct realm_plan *plan = small_plan(state);

	NULL_REFUSED(realm_plan_load_file(NULL, 0, "x", NULL));
	NULL_REFUSED(realm_plan_load_file(plan, 0, NULL, NULL));
	FAILS(EINVAL, realm_plan_load_file(plan, 0, "", NULL));
	NULL_REFUSED(realm_plan_load_memory(NULL, 0, "x", 1, NULL));
	NULL_REFUSED(realm_plan_load_memory(plan, 0, NULL, 1, NULL));
	FAILS(EINVAL, realm_plan_load_memory(plan, 0, "x", 0, NULL));
	NULL_REFUSED(realm_plan_load_fd(NULL, 0, 0, NULL));
	FAILS(EINVAL, realm_plan_load_fd(plan, 0, -1, NULL));
	FAILS(EINVAL, realm_plan_load_fd(plan, 0, INT_MIN, NULL));
	NULL_REFUSED(realm_plan_load_callback(NULL, 0, read_nothing, NULL, NULL));
	NULL_REFUSED(realm_plan_load_callback(plan, 0, NULL, NULL, NULL));
	FAILS(EINVAL, realm_plan_load_callback(plan, 0, read_nothing, NULL, NULL));
	NULL_REFUSED(realm_plan_load_zero(NULL, 0, 1, NULL));
	FAILS(EINVAL, realm_plan_load_zero(plan, 0, 0, NULL));
	assert_int_equal(realm_plan_load_count(NULL), 0);
	assert_int_equal(realm_plan_load_count(plan), 1);
	NULL_REFUSED(realm_plan_load(NULL, 0, &info));
	NULL_REFUSED(realm_plan_load(plan, 0, NULL));
	NULL_REFUSED(realm_plan_load(plan, 1, &info));
	NULL_REFUSED(realm_plan_load(plan, SIZE_MAX, &info));
	info.sz = 0;
	NULL_REFUSED(realm_plan_load(plan, 0, &info));
	assert_true(info.at == 7);
	realm_plan_free(plan);
}

static void loads_beyond_everything(void **state)
{
	static const struct {
		uint64_t at, offset, size;
		int code;
	} cases[] = {
		{ UINT64_MAX, 0, 1, EINVAL },
		{ UINT64_MAX - 3, 0, 1, EINVAL },
		{ RAM_BASE + 0x1000, 0, UINT64_MAX, EINVAL },
		{ RAM_BASE + 0x1ffffc, 0, 5, EINVAL },
		{ RAM_BASE + 0x1000, UINT64_MAX, 1, EINVAL },
		{ RAM_BASE + 0x1000, UINT64_MAX, UINT64_MAX, EINVAL },
		{ RAM_BASE + 0x1000, 1, UINT64_MAX, EINVAL },
	};
	const char *path = fixture_write(*state, "file", "12345678", 8, 8);
	FILE *file = fopen(path, "r");
	size_t i;

	for (i = 0; i < 4 * ARRAY_SIZE(cases); i++) {
		uint64_t at = cases[i / 4].at, offset = cases[i / 4].offset, size = cases[i / 4].size;
		struct realm_load_opts opts = { .sz = sizeof(opts), .offset = offset, .size = size };
		struct realm_plan *plan = small_plan(state);

		if (i % 4 == 0)
			assert_int_equal(realm_plan_load_file(plan, at, path, &opts), 1);
		else if (i % 4 == 1)
			assert_int_equal(realm_plan_load_fd(plan, at, fileno(file), &opts), 1);
		else if (i % 4 == 2 && !offset)
			assert_int_equal(realm_plan_load_zero(plan, at, size, NULL), 1);
		else if (i % 4 == 3 && !offset)
			assert_int_equal(realm_plan_load_callback(plan, at, read_nothing, NULL, &opts), 1);
		else
			assert_int_equal(realm_plan_load_zero(plan, UINT64_MAX, UINT64_MAX, NULL), 1);
		FAILS(cases[i / 4].code, realm_plan_check(plan));
		realm_plan_free(plan);
	}
	fclose(file);
}

static void recs(void **state)
{
	struct realm_rec_info info = { .sz = sizeof(info), .pc = 7 };
	struct realm_plan *plan = small_plan(state);
	uint64_t gprs[REALM_REC_GPRS + 1] = { 0 };

	NULL_REFUSED(realm_plan_add_rec(NULL, 0, NULL, 0));
	NULL_REFUSED(realm_plan_add_rec(plan, 0, NULL, 1));
	FAILS(EINVAL, realm_plan_add_rec(plan, 0, gprs, REALM_REC_GPRS + 1));
	FAILS(EINVAL, realm_plan_add_rec(plan, 0, gprs, SIZE_MAX));
	NULL_REFUSED(realm_plan_set_rec_runnable(NULL, 0, 0));
	FAILS(EINVAL, realm_plan_set_rec_runnable(plan, 1, 0));
	FAILS(EINVAL, realm_plan_set_rec_runnable(plan, SIZE_MAX, 0));
	FAILS(EINVAL, realm_plan_set_rec_runnable(plan, 0, INT_MIN));
	NULL_REFUSED(realm_plan_set_rec_mpidr(NULL, 0, 0));
	FAILS(EINVAL, realm_plan_set_rec_mpidr(plan, 1, 0));
	FAILS(EINVAL, realm_plan_set_rec_mpidr(plan, SIZE_MAX, 0));
	FAILS(EINVAL, realm_plan_set_rec_mpidr(plan, 0, UINT64_MAX));
	assert_int_equal(realm_plan_rec_count(NULL), 0);
	assert_int_equal(realm_plan_rec_count(plan), 1);
	NULL_REFUSED(realm_plan_rec(NULL, 0, &info));
	NULL_REFUSED(realm_plan_rec(plan, 0, NULL));
	NULL_REFUSED(realm_plan_rec(plan, 1, &info));
	NULL_REFUSED(realm_plan_rec(plan, SIZE_MAX, &info));
	info.sz = sizeof(info.sz) - 1;
	NULL_REFUSED(realm_plan_rec(plan, 0, &info));
	assert_true(info.pc == 7);
	realm_plan_free(plan);
}

/* ---- presets ---- */

static void presets(void **state)
{
	struct realm_preset_opts big = { .sz = sizeof(big), .kernel = "x", .dtb = "x", .ram_size = UINT64_MAX };
	struct realm_preset_opts many = { .sz = sizeof(many), .kernel = "x", .dtb = "x", .cpus = UINT_MAX };
	struct realm_preset_opts wide = { .sz = sizeof(wide), .kernel = "x", .dtb = "x", .ipa_bits = UINT_MAX };
	struct realm_plan *plan = UNTOUCHED(realm_plan);
	struct fixture *f = *state;
	unsigned int i;

	NULL_REFUSED(realm_preset_plan(NULL, "qemu", NULL, &plan));
	NULL_REFUSED(realm_preset_plan(f->ctx, NULL, NULL, &plan));
	NULL_REFUSED(realm_preset_plan(f->ctx, "qemu", NULL, NULL));
	FAILS(EINVAL, realm_preset_plan(f->ctx, "", NULL, &plan));
	for (i = 0; realm_preset_name(i); i++) {
		bool own = !strcmp(realm_preset_name(i), "realmctl");

		big.dtb = many.dtb = wide.dtb = own ? NULL : "x";
		FAILS(EINVAL, realm_preset_plan(f->ctx, realm_preset_name(i), NULL, &plan));
		FAILS(EINVAL, realm_preset_plan(f->ctx, realm_preset_name(i), &big, &plan));
		FAILS(EINVAL, realm_preset_plan(f->ctx, realm_preset_name(i), &many, &plan));
		FAILS(EINVAL, realm_preset_plan(f->ctx, realm_preset_name(i), &wide, &plan));
	}
	assert_null(realm_preset_name(UINT_MAX));
	assert_ptr_equal(plan, &untouched);
}

/* ---- events ---- */

static void events(void **state)
{
	struct realm_events *events = UNTOUCHED(realm_events);
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_plan *plan = empty_plan(state);
	struct fixture *f = *state;

	NULL_REFUSED(realm_events_new(NULL, REALM_FAMILY_RME, NULL, &events));
	NULL_REFUSED(realm_events_new(plan, REALM_FAMILY_RME, NULL, NULL));
	FAILS(EINVAL, realm_events_new(plan, REALM_FAMILY_RME, NULL, &events));
	FAILS(EINVAL, realm_events_new(plan, BAD_ENUM(realm_family), NULL, &events));
	NULL_REFUSED(realm_events_read(NULL, "x", NULL, &events));
	NULL_REFUSED(realm_events_read(f->ctx, NULL, NULL, &events));
	NULL_REFUSED(realm_events_read(f->ctx, "x", NULL, NULL));
	FAILS(ENOENT, realm_events_read(f->ctx, "", NULL, &events));
	FAILS(EINVAL, realm_events_read(f->ctx, f->dir, NULL, &events));
	NULL_REFUSED(realm_events_parse(NULL, "", 0, &events));
	NULL_REFUSED(realm_events_parse(f->ctx, NULL, 1, &events));
	NULL_REFUSED(realm_events_parse(f->ctx, "", 0, NULL));
	FAILS(EBADMSG, realm_events_parse(f->ctx, "", 0, &events));
	NULL_REFUSED(realm_trace_read(NULL, "x", NULL, &events));
	NULL_REFUSED(realm_trace_read(f->ctx, NULL, NULL, &events));
	NULL_REFUSED(realm_trace_read(f->ctx, "x", NULL, NULL));
	FAILS(ENOENT, realm_trace_read(f->ctx, "", NULL, &events));
	FAILS(EINVAL, realm_trace_read(f->ctx, f->dir, NULL, &events));
	NULL_REFUSED(realm_trace_parse(NULL, "", 0, NULL, &events));
	NULL_REFUSED(realm_trace_parse(f->ctx, NULL, 1, NULL, &events));
	NULL_REFUSED(realm_trace_parse(f->ctx, "", 0, NULL, NULL));
	FAILS(EBADMSG, realm_trace_parse(f->ctx, "", 0, NULL, &events));
	assert_ptr_equal(events, &untouched);
	NULL_REFUSED(realm_events_next(NULL, &event));
	assert_int_equal(realm_events_hash(NULL), REALM_HASH_SHA256);
	assert_int_equal(realm_events_granule(NULL), 0);
	assert_int_equal(realm_events_family(NULL), REALM_FAMILY_ANY);
	realm_events_free(NULL);
	realm_plan_free(plan);
}

static void event_lines(void **state)
{
	struct realm_event event = { .sz = sizeof(event), .type = REALM_EVENT_ACTIVATE };
	struct realm_plan *plan = small_plan(state);
	char buf[REALM_EVENT_LINE_MAX] = "as before";
	struct realm_events *events;
	size_t len = sizeof(buf);

	assert_int_equal(realm_events_new(plan, REALM_FAMILY_ANY, NULL, &events), 0);
	NULL_REFUSED(realm_events_next(events, NULL));
	NULL_REFUSED(realm_events_format(NULL, buf, &len));
	NULL_REFUSED(realm_events_format(events, NULL, &len));
	NULL_REFUSED(realm_events_format(events, buf, NULL));
	NULL_REFUSED(realm_event_format(NULL, REALM_HASH_SHA256, NULL, buf, &len));
	NULL_REFUSED(realm_event_format(&event, REALM_HASH_SHA256, NULL, NULL, &len));
	NULL_REFUSED(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, NULL));
	NULL_REFUSED(realm_event_format(&event, BAD_ENUM(realm_hash), NULL, buf, &len));
	event.type = BAD_ENUM(realm_event_type);
	NULL_REFUSED(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, &len));
	event = (struct realm_event){ .type = REALM_EVENT_ACTIVATE };
	NULL_REFUSED(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, &len));
	assert_int_equal(len, sizeof(buf));
	event.sz = sizeof(event);
	len = 1;
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, &len), -ERANGE);
	assert_true(len > 1 && len <= sizeof(buf));
	len = 0;
	assert_int_equal(realm_events_format(events, NULL, &len), -ERANGE);
	assert_true(len > 1 && len <= sizeof(buf));
	assert_string_equal(buf, "as before");
	realm_events_free(events);
	realm_plan_free(plan);
}

/* ---- measurement ---- */

static void measurements(void **state)
{
	struct realm_measure_opts family = { .sz = sizeof(family), .family = BAD_ENUM(realm_family) };
	struct realm_measure_opts profile = { .sz = sizeof(profile), .profile = BAD_ENUM(realm_profile) };
	struct realm_measure_opts pair = { .sz = sizeof(pair),
					   .family = REALM_FAMILY_RME,
					   .profile = REALM_PROFILE_RMM_2_0 };
	struct realm_measurement *rows = UNTOUCHED(realm_measurement);
	enum realm_profile profile_before = REALM_PROFILE_TF_RMM_2_0;
	enum realm_family family_before = REALM_FAMILY_RMI_V15;
	struct realm_plan *plan = empty_plan(state);

	NULL_REFUSED(realm_measure(NULL, NULL, &rows));
	NULL_REFUSED(realm_measure(plan, NULL, NULL));
	FAILS(EINVAL, realm_measure(plan, NULL, &rows));
	realm_plan_free(plan);
	plan = small_plan(state);
	FAILS(EINVAL, realm_measure(plan, &family, &rows));
	FAILS(EINVAL, realm_measure(plan, &profile, &rows));
	FAILS(EOPNOTSUPP, realm_measure(plan, &pair, &rows));
	assert_ptr_equal(rows, &untouched);
	realm_measurement_free(NULL);
	assert_int_equal(realm_measurement_hash(NULL), REALM_HASH_SHA256);
	assert_int_equal(realm_measurement_count(NULL), 0);
	assert_null(realm_measurement_row(NULL, 0, &family_before, &profile_before));
	assert_int_equal(realm_measure(plan, NULL, &rows), 0);
	assert_null(realm_measurement_row(rows, realm_measurement_count(rows), &family_before, &profile_before));
	assert_null(realm_measurement_row(rows, SIZE_MAX, &family_before, &profile_before));
	assert_int_equal(family_before, REALM_FAMILY_RMI_V15);
	assert_int_equal(profile_before, REALM_PROFILE_TF_RMM_2_0);
	realm_measurement_free(rows);
	realm_plan_free(plan);
}

static void measured_events(void **state)
{
	struct realm_measure_opts other = { .sz = sizeof(other), .family = REALM_FAMILY_RMI_V12 };
	struct realm_measure_opts pair = { .sz = sizeof(pair), .profile = REALM_PROFILE_RMM_2_0 };
	struct realm_measurement *rows = UNTOUCHED(realm_measurement);
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_plan *plan = small_plan(state);
	struct realm_events *events;

	assert_int_equal(realm_events_new(plan, REALM_FAMILY_RME, NULL, &events), 0);
	NULL_REFUSED(realm_measure_events(NULL, NULL, &rows));
	NULL_REFUSED(realm_measure_events(events, NULL, NULL));
	FAILS(EOPNOTSUPP, realm_measure_events(events, &other, &rows));
	FAILS(EOPNOTSUPP, realm_measure_events(events, &pair, &rows));
	assert_int_equal(realm_events_next(events, &event), 1);
	FAILS(EBUSY, realm_measure_events(events, NULL, &rows));
	assert_ptr_equal(rows, &untouched);
	realm_events_free(events);
	realm_plan_free(plan);
}

static void rims(void **state)
{
	struct realm_event event = { .sz = sizeof(event), .type = REALM_EVENT_DATA };
	struct realm_rim *rim = UNTOUCHED(realm_rim);
	const uint8_t zero[REALM_DIGEST_MAX] = { 0 };
	struct fixture *f = *state;

	NULL_REFUSED(realm_rim_new(NULL, REALM_PROFILE_RMM_2_0, REALM_HASH_SHA256, &rim));
	NULL_REFUSED(realm_rim_new(f->ctx, REALM_PROFILE_RMM_2_0, REALM_HASH_SHA256, NULL));
	FAILS(EINVAL, realm_rim_new(f->ctx, REALM_PROFILE_ANY, REALM_HASH_SHA256, &rim));
	FAILS(EINVAL, realm_rim_new(f->ctx, BAD_ENUM(realm_profile), REALM_HASH_SHA256, &rim));
	FAILS(EINVAL, realm_rim_new(f->ctx, REALM_PROFILE_RMM_2_0, BAD_ENUM(realm_hash), &rim));
	FAILS(EOPNOTSUPP, realm_rim_new(f->ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA384, &rim));
	assert_ptr_equal(rim, &untouched);
	NULL_REFUSED(realm_rim_extend(NULL, &event));
	assert_null(realm_rim_value(NULL));
	realm_rim_free(NULL);

	assert_int_equal(realm_rim_new(f->ctx, REALM_PROFILE_RMM_2_0, REALM_HASH_SHA256, &rim), 0);
	NULL_REFUSED(realm_rim_extend(rim, NULL));
	FAILS(EBUSY, realm_rim_extend(rim, &event));
	event.type = BAD_ENUM(realm_event_type);
	FAILS(EINVAL, realm_rim_extend(rim, &event));
	event.type = (enum realm_event_type)0;
	FAILS(EINVAL, realm_rim_extend(rim, &event));
	event.type = REALM_EVENT_REALM;
	event.sz = 0;
	FAILS(EINVAL, realm_rim_extend(rim, &event));
	event.sz = sizeof(event);
	assert_int_equal(realm_rim_extend(rim, &event), 0);
	FAILS(EBUSY, realm_rim_extend(rim, &event));
	event.type = REALM_EVENT_ACTIVATE;
	assert_int_equal(realm_rim_extend(rim, &event), 0);
	FAILS(EBUSY, realm_rim_extend(rim, &event));
	assert_memory_equal(realm_rim_value(rim), zero, sizeof(zero));
	realm_rim_free(rim);
}

static void digests(void **state)
{
	const uint8_t before[REALM_DIGEST_MAX] = { 7 };
	uint8_t digest[REALM_DIGEST_MAX] = { 7 };

	NULL_REFUSED(realm_digest(REALM_HASH_SHA256, "x", 1, NULL));
	NULL_REFUSED(realm_digest(REALM_HASH_SHA256, NULL, 1, digest));
	NULL_REFUSED(realm_digest(BAD_ENUM(realm_hash), "x", 1, digest));
	NULL_REFUSED(realm_rem_extend(REALM_HASH_SHA256, NULL, "x", 1));
	NULL_REFUSED(realm_rem_extend(REALM_HASH_SHA256, digest, NULL, 1));
	NULL_REFUSED(realm_rem_extend(REALM_HASH_SHA256, digest, "x", REALM_DIGEST_MAX + 1));
	NULL_REFUSED(realm_rem_extend(REALM_HASH_SHA256, digest, "x", SIZE_MAX));
	NULL_REFUSED(realm_rem_extend(BAD_ENUM(realm_hash), digest, "x", 1));
	assert_memory_equal(digest, before, sizeof(before));
}

/* ---- options ---- */

/* What a program built for a newer library hands in: a member that this one does not know. */
#define NEWER(type)                                                                                                    \
	struct {                                                                                                       \
		struct type known;                                                                                     \
		uint64_t set;                                                                                          \
	}

static void options_of_a_newer_library(void **state)
{
	const NEWER(realm_preset_opts) preset = { { .sz = sizeof(preset) }, 1 };
	const NEWER(realm_load_opts) load = { { .sz = sizeof(load) }, 1 };
	const NEWER(realm_work_opts) work = { { .sz = sizeof(work) }, 1 };
	const NEWER(realm_measure_opts) measure = { { .sz = sizeof(measure) }, 1 };
	const struct realm_measure_opts within = { .sz = sizeof(within), .work = &work.known };
	struct realm_measurement *rows = UNTOUCHED(realm_measurement);
	struct realm_events *events = UNTOUCHED(realm_events);
	struct realm_plan *none = UNTOUCHED(realm_plan);
	struct realm_plan *plan = small_plan(state);
	struct fixture *f = *state;

	FAILS(E2BIG, realm_preset_plan(f->ctx, "qemu", &preset.known, &none));
	FAILS(E2BIG, realm_plan_load_file(plan, 0, "x", &load.known));
	FAILS(E2BIG, realm_plan_load_memory(plan, 0, "x", 1, &load.known));
	FAILS(E2BIG, realm_plan_load_fd(plan, 0, 0, &load.known));
	FAILS(E2BIG, realm_plan_load_callback(plan, 0, read_nothing, NULL, &load.known));
	FAILS(E2BIG, realm_plan_load_zero(plan, 0, 1, &load.known));
	FAILS(E2BIG, realm_events_new(plan, REALM_FAMILY_ANY, &work.known, &events));
	FAILS(E2BIG, realm_measure(plan, &measure.known, &rows));
	FAILS(E2BIG, realm_measure(plan, &within, &rows));
	assert_int_equal(realm_plan_load_count(plan), 1);
	assert_ptr_equal(events, &untouched);
	assert_int_equal(realm_events_new(plan, REALM_FAMILY_ANY, NULL, &events), 0);
	FAILS(E2BIG, realm_measure_events(events, &measure.known, &rows));
	assert_ptr_equal(rows, &untouched);
	assert_ptr_equal(none, &untouched);
	realm_events_free(events);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(contexts),
		fixture_test(names),
		fixture_test(plans_from_nothing),
		fixture_test(parameters_of_no_plan),
		fixture_test(parameters_out_of_range),
		fixture_test(ram),
		fixture_test(loads_without_bytes),
		fixture_test(loads_beyond_everything),
		fixture_test(recs),
		fixture_test(presets),
		fixture_test(events),
		fixture_test(event_lines),
		fixture_test(measurements),
		fixture_test(measured_events),
		fixture_test(rims),
		fixture_test(digests),
		fixture_test(options_of_a_newer_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
