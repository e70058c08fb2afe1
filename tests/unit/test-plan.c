/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-plan.c - the plan builder: defaults, limits of every setter, what the getters give back */
#include "unit.h"

static struct realm_plan *new_plan(void **state)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(*state, &plan), 0);
	return plan;
}

static void new_has_the_documented_defaults(void **state)
{
	static const uint8_t zero[REALM_RPV_SIZE];
	struct realm_plan *plan = new_plan(state);

	assert_null(realm_plan_name(plan));
	assert_int_equal(realm_plan_ipa_bits(plan), 0);
	assert_int_equal(realm_plan_hash(plan), REALM_HASH_SHA256);
	assert_memory_equal(realm_plan_rpv(plan), zero, sizeof(zero));
	assert_int_equal(realm_plan_granule(plan), 4096);
	assert_int_equal(realm_plan_lpa2(plan), 0);
	assert_int_equal(realm_plan_sve_bits(plan), 0);
	assert_int_equal(realm_plan_breakpoints(plan), 2);
	assert_int_equal(realm_plan_watchpoints(plan), 2);
	assert_int_equal(realm_plan_pmu_counters(plan), -1);
	assert_int_equal(realm_plan_flags(plan), 0);
	assert_int_equal(realm_plan_ram_count(plan), 0);
	assert_int_equal(realm_plan_load_count(plan), 0);
	assert_int_equal(realm_plan_rec_count(plan), 0);
	realm_plan_free(plan);
}

static int read_nothing(void *arg, uint64_t offset, void *buf, size_t len)
{
	return -1;
}

/* ---- parameters ---- */

struct number_setter {
	const char *where;
	int (*set)(struct realm_plan *plan, unsigned int value);
	unsigned int (*get)(const struct realm_plan *plan);
	unsigned int good[4];
	unsigned int bad[8];
};

/* DEN0137 2.0-bet1: s2sz, granule sizes, sve_vl in quadwords minus one (4 bits), num_bps and num_wps minus one (4 bits). */
static const struct number_setter number_setters[] = {
	{ "$.ipa_bits",
	  realm_plan_set_ipa_bits,
	  realm_plan_ipa_bits,
	  { 32, 33, 48, 52 },
	  { 0, 1, 31, 53, 64, 255, 1u << 31, UINT32_MAX } },
	{ "$.granule",
	  realm_plan_set_granule,
	  realm_plan_granule,
	  { 4096, 16384, 65536, 4096 },
	  { 0, 1, 4095, 8192, 32768, 65537, 131072, UINT32_MAX } },
	{ "$.sve_bits",
	  realm_plan_set_sve_bits,
	  realm_plan_sve_bits,
	  { 0, 128, 384, 2048 },
	  { 1, 64, 127, 129, 2047, 2176, 4096, UINT32_MAX } },
	{ "$.breakpoints",
	  realm_plan_set_breakpoints,
	  realm_plan_breakpoints,
	  { 2, 3, 15, 16 },
	  { 0, 1, 17, 32, 255, 256, 1u << 31, UINT32_MAX } },
	{ "$.watchpoints",
	  realm_plan_set_watchpoints,
	  realm_plan_watchpoints,
	  { 2, 3, 15, 16 },
	  { 0, 1, 17, 32, 255, 256, 1u << 31, UINT32_MAX } },
};

static void numbers_keep_their_limits(void **state)
{
	struct realm_plan *plan = new_plan(state);
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(number_setters); i++) {
		const struct number_setter *s = &number_setters[i];
		char value[16];

		for (j = 0; j < ARRAY_SIZE(s->good); j++) {
			assert_int_equal(s->set(plan, s->good[j]), 0);
			assert_int_equal(s->get(plan), s->good[j]);
		}
		for (j = 0; j < ARRAY_SIZE(s->bad); j++) {
			snprintf(value, sizeof(value), "%u is not", s->bad[j]);
			assert_error(*state, s->set(plan, s->bad[j]), EINVAL, s->where, value);
			assert_int_equal(s->get(plan), s->good[3]);
		}
	}
	realm_plan_free(plan);
}

static void pmu_counters_keep_their_limits(void **state)
{
	static const int good[] = { 31, 0, 6, -1 };
	static const int bad[] = { -2, 32, 255, INT32_MAX, INT32_MIN };
	struct realm_plan *plan = new_plan(state);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_int_equal(realm_plan_set_pmu_counters(plan, good[i]), 0);
		assert_int_equal(realm_plan_pmu_counters(plan), good[i]);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_error(*state, realm_plan_set_pmu_counters(plan, bad[i]), EINVAL, "$.pmu_counters",
			     "is not 0 to 31");
	assert_int_equal(realm_plan_pmu_counters(plan), -1);
	realm_plan_free(plan);
}

static void hash_lpa2_and_flags_are_kept(void **state)
{
	struct realm_plan *plan = new_plan(state);

	assert_int_equal(realm_plan_set_hash(plan, REALM_HASH_SHA384), 0);
	assert_error(*state, realm_plan_set_hash(plan, (enum realm_hash)3), EINVAL, "$.hash", "unknown algorithm 3");
	assert_int_equal(realm_plan_hash(plan), REALM_HASH_SHA384);
	assert_int_equal(realm_plan_set_lpa2(plan, 1), 0);
	assert_error(*state, realm_plan_set_lpa2(plan, 2), EINVAL, "$.lpa2", "2 is not 0 or 1");
	assert_error(*state, realm_plan_set_lpa2(plan, -1), EINVAL, "$.lpa2", "-1 is not 0 or 1");
	assert_int_equal(realm_plan_lpa2(plan), 1);
	assert_int_equal(realm_plan_set_flags(plan, UINT64_MAX), 0);
	assert_true(realm_plan_flags(plan) == UINT64_MAX);
	realm_plan_free(plan);
}

static void name_is_copied_and_can_be_removed(void **state)
{
	struct realm_plan *plan = new_plan(state);
	char name[] = "demo";

	assert_int_equal(realm_plan_set_name(plan, name), 0);
	name[0] = 'x';
	assert_string_equal(realm_plan_name(plan), "demo");
	assert_int_equal(realm_plan_set_name(plan, "other"), 0);
	assert_string_equal(realm_plan_name(plan), "other");
	assert_int_equal(realm_plan_set_name(plan, NULL), 0);
	assert_null(realm_plan_name(plan));
	realm_plan_free(plan);
}

static void rpv_is_padded_and_bounded(void **state)
{
	struct realm_plan *plan = new_plan(state);
	uint8_t bytes[REALM_RPV_SIZE + 1];
	uint8_t expected[REALM_RPV_SIZE] = { 1, 2 };

	memset(bytes, 0xff, sizeof(bytes));
	assert_int_equal(realm_plan_set_rpv(plan, bytes, REALM_RPV_SIZE), 0);
	assert_memory_equal(realm_plan_rpv(plan), bytes, REALM_RPV_SIZE);
	assert_int_equal(realm_plan_set_rpv(plan, "\1\2", 2), 0);
	assert_memory_equal(realm_plan_rpv(plan), expected, REALM_RPV_SIZE);
	assert_error(*state, realm_plan_set_rpv(plan, bytes, sizeof(bytes)), EINVAL, "$.rpv",
		     "65 bytes, at most 64 fit");
	assert_int_equal(realm_plan_set_rpv(plan, NULL, 1), -EINVAL);
	assert_memory_equal(realm_plan_rpv(plan), expected, REALM_RPV_SIZE);
	assert_int_equal(realm_plan_set_rpv(plan, realm_plan_rpv(plan) + 1, 2), 0); /* of its own bytes */
	expected[0] = 2;
	expected[1] = 0;
	assert_memory_equal(realm_plan_rpv(plan), expected, REALM_RPV_SIZE);
	assert_int_equal(realm_plan_set_rpv(plan, NULL, 0), 0);
	memset(expected, 0, sizeof(expected));
	assert_memory_equal(realm_plan_rpv(plan), expected, REALM_RPV_SIZE);
	realm_plan_free(plan);
}

/* ---- RAM ---- */

static void ram_is_given_back_in_order(void **state)
{
	struct realm_plan *plan = new_plan(state);
	uint64_t base = 1, size = 1;
	int i;

	for (i = 0; i < 100; i++)
		assert_int_equal(realm_plan_add_ram(plan, (uint64_t)i << 32, (uint64_t)i << 12), i);
	assert_int_equal(realm_plan_ram_count(plan), 100);
	for (i = 0; i < 100; i++) {
		assert_int_equal(realm_plan_ram(plan, (size_t)i, &base, &size), 0);
		assert_true(base == (uint64_t)i << 32 && size == (uint64_t)i << 12);
	}
	assert_int_equal(realm_plan_ram(plan, 100, &base, &size), -EINVAL);
	assert_int_equal(realm_plan_ram(plan, 0, NULL, &size), -EINVAL);
	assert_int_equal(realm_plan_ram(plan, 0, &base, NULL), -EINVAL);
	realm_plan_free(plan);
}

/* ---- loads ---- */

static void loads_are_given_back_in_order(void **state)
{
	const struct realm_load_opts opts = {
		.sz = sizeof(opts), .name = "initrd", .offset = 512, .size = 1024, .flags = REALM_LOAD_UNMEASURED
	};
	const struct realm_load_opts callback_opts = { .sz = sizeof(opts), .size = 7 };
	struct realm_load_info info = { .sz = sizeof(info) };
	struct realm_plan *plan = new_plan(state);
	char path[] = "Image";

	assert_int_equal(realm_plan_load_file(plan, 0x1000, path, NULL), 0);
	path[0] = 'x';
	assert_int_equal(realm_plan_load_memory(plan, 0x2000, "abc", 3, NULL), 1);
	assert_int_equal(realm_plan_load_fd(plan, 0x3000, 5, &opts), 2);
	assert_int_equal(realm_plan_load_callback(plan, 0x4000, read_nothing, NULL, &callback_opts), 3);
	assert_int_equal(realm_plan_load_zero(plan, 0x5000, 9, NULL), 4);
	assert_int_equal(realm_plan_load_count(plan), 5);

	assert_int_equal(realm_plan_load(plan, 0, &info), 0);
	assert_int_equal(info.sz, sizeof(info));
	assert_int_equal(info.kind, REALM_LOAD_FILE);
	assert_int_equal(info.at, 0x1000);
	assert_int_equal(info.size, REALM_TO_END);
	assert_int_equal(info.flags, 0);
	assert_null(info.name);
	assert_string_equal(info.file, "Image");
	assert_int_equal(realm_plan_load(plan, 1, &info), 0);
	assert_int_equal(info.kind, REALM_LOAD_MEMORY);
	assert_int_equal(info.size, 3);
	assert_null(info.file);
	assert_int_equal(realm_plan_load(plan, 2, &info), 0);
	assert_int_equal(info.kind, REALM_LOAD_FD);
	assert_int_equal(info.offset, 512);
	assert_int_equal(info.size, 1024);
	assert_int_equal(info.flags, REALM_LOAD_UNMEASURED);
	assert_string_equal(info.name, "initrd");
	assert_int_equal(realm_plan_load(plan, 3, &info), 0);
	assert_int_equal(info.kind, REALM_LOAD_CALLBACK);
	assert_int_equal(info.size, 7);
	assert_int_equal(realm_plan_load(plan, 4, &info), 0);
	assert_int_equal(info.kind, REALM_LOAD_ZERO);
	assert_int_equal(info.size, 9);
	realm_plan_free(plan);
}

static void load_info_keeps_its_size(void **state)
{
	struct {
		struct realm_load_info info;
		uint64_t newer;
	} big = { .info = { .sz = sizeof(big) }, .newer = 1 };
	struct realm_load_info info = { .sz = offsetof(struct realm_load_info, size), .size = 99 };
	struct realm_plan *plan = new_plan(state);

	assert_int_equal(realm_plan_load_zero(plan, 0x5000, 9, NULL), 0);
	assert_int_equal(realm_plan_load(plan, 0, &info), 0);
	assert_int_equal(info.at, 0x5000);
	assert_int_equal(info.size, 99);
	assert_int_equal(realm_plan_load(plan, 0, &big.info), 0);
	assert_int_equal(big.info.size, 9);
	assert_int_equal(big.newer, 0);
	info.sz = 0;
	assert_int_equal(realm_plan_load(plan, 0, &info), -EINVAL);
	assert_int_equal(realm_plan_load(plan, 0, NULL), -EINVAL);
	assert_int_equal(realm_plan_load(plan, 1, &big.info), -EINVAL);
	realm_plan_free(plan);
}

static void loads_without_a_source_are_refused(void **state)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .size = 1 };
	struct realm_plan *plan = new_plan(state);

	assert_int_equal(realm_plan_load_file(plan, 0, NULL, NULL), -EINVAL);
	assert_int_equal(realm_plan_load_memory(plan, 0, NULL, 1, NULL), -EINVAL);
	assert_int_equal(realm_plan_load_fd(plan, 0, -1, NULL), -EINVAL);
	assert_int_equal(realm_plan_load_callback(plan, 0, NULL, NULL, &opts), -EINVAL);
	assert_error(*state, realm_plan_load_file(plan, 0, "", NULL), EINVAL, "$.load[0].file", "name is empty");
	assert_error(*state, realm_plan_load_memory(plan, 0, "", 0, NULL), EINVAL, "$.load[0].hex",
		     "at least one byte");
	assert_error(*state, realm_plan_load_zero(plan, 0, 0, NULL), EINVAL, "$.load[0].zero", "at least one byte");
	assert_error(*state, realm_plan_load_callback(plan, 0, read_nothing, NULL, NULL), EINVAL, "$.load[0]",
		     "at least one byte");
	assert_int_equal(realm_plan_load_count(plan), 0);
	realm_plan_free(plan);
}

static void load_options_that_do_not_fit_are_refused(void **state)
{
	const struct realm_load_opts offset = { .sz = sizeof(offset), .offset = 1, .size = 1 };
	const struct realm_load_opts size = { .sz = sizeof(size), .size = 1 };
	const struct realm_load_opts flags = { .sz = sizeof(flags), .flags = 2 };
	const struct realm_load_opts no_size = { .sz = 0 };
	const struct {
		struct realm_load_opts opts;
		uint64_t newer;
	} big = { .opts = { .sz = sizeof(big) }, .newer = 1 };
	struct realm_plan *plan = new_plan(state);

	assert_int_equal(realm_plan_load_zero(plan, 0, 1, NULL), 0);
	assert_error(*state, realm_plan_load_memory(plan, 0, "x", 1, &offset), EINVAL, "$.load[1].offset",
		     "only a file");
	assert_error(*state, realm_plan_load_zero(plan, 0, 1, &offset), EINVAL, "$.load[1].offset", "only a file");
	assert_error(*state, realm_plan_load_callback(plan, 0, read_nothing, NULL, &offset), EINVAL, "$.load[1].offset",
		     "only a file");
	assert_error(*state, realm_plan_load_memory(plan, 0, "x", 1, &size), EINVAL, "$.load[1].size", "given twice");
	assert_error(*state, realm_plan_load_zero(plan, 0, 1, &size), EINVAL, "$.load[1].size", "given twice");
	assert_error(*state, realm_plan_load_file(plan, 0, "x", &flags), EINVAL, "realm_load_opts",
		     "unknown flags 0x2");
	assert_error(*state, realm_plan_load_file(plan, 0, "x", &no_size), EINVAL, "realm_load_opts", "sz is not set");
	assert_error(*state, realm_plan_load_file(plan, 0, "x", &big.opts), E2BIG, "realm_load_opts", "newer library");
	assert_int_equal(realm_plan_load_count(plan), 1);
	realm_plan_free(plan);
}

/* ---- RECs ---- */

static void rec_defaults_are_those_of_kvm(void **state)
{
	static const uint64_t gprs[REALM_REC_GPRS] = { 1, 2, 3, 4, 5, 6, 7, UINT64_MAX };
	static const uint64_t two[REALM_REC_GPRS] = { 1, 2 };
	struct realm_rec_info info = { .sz = sizeof(info) };
	struct realm_plan *plan = new_plan(state);
	int i;

	assert_int_equal(realm_plan_add_rec(plan, UINT64_MAX, gprs, REALM_REC_GPRS), 0);
	assert_int_equal(realm_plan_add_rec(plan, 4, gprs, 2), 1);
	for (i = 2; i < 20; i++)
		assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), i);
	assert_int_equal(realm_plan_rec_count(plan), 20);
	assert_int_equal(realm_plan_rec(plan, 0, &info), 0);
	assert_true(info.pc == UINT64_MAX);
	assert_memory_equal(info.gprs, gprs, sizeof(gprs));
	assert_int_equal(info.runnable, 1);
	assert_int_equal(info.mpidr, 0);
	assert_int_equal(realm_plan_rec(plan, 1, &info), 0);
	assert_memory_equal(info.gprs, two, sizeof(two));
	assert_int_equal(info.runnable, 0);
	assert_int_equal(info.mpidr, 1);
	assert_int_equal(realm_plan_rec(plan, 15, &info), 0);
	assert_int_equal(info.mpidr, 0xf);
	assert_int_equal(realm_plan_rec(plan, 16, &info), 0);
	assert_int_equal(info.mpidr, 0x100);
	assert_int_equal(realm_plan_rec(plan, 20, &info), -EINVAL);
	assert_int_equal(realm_plan_rec(plan, 0, NULL), -EINVAL);
	realm_plan_free(plan);
}

/* KVM: Aff0 = index & 0xf, Aff1 = (index >> 4) & 0xff, Aff2 = (index >> 12) & 0xff, at bits 0, 8 and 16. */
static void kvm_mpidr_spreads_the_index(void **state)
{
	assert_int_equal(kvm_mpidr(0), 0);
	assert_int_equal(kvm_mpidr(0xf), 0xf);
	assert_int_equal(kvm_mpidr(0x10), 0x100);
	assert_int_equal(kvm_mpidr(0xfff), 0xff0f);
	assert_int_equal(kvm_mpidr(0x1000), 0x10000);
	assert_int_equal(kvm_mpidr(0x1234), 0x12304);
	assert_int_equal(kvm_mpidr(0xabcde), 0xabcd0e);
	assert_int_equal(kvm_mpidr(0xfffff), 0xffff0f);
}

static void rec_exceptions_are_kept(void **state)
{
	struct realm_rec_info info = { .sz = sizeof(info) };
	struct realm_plan *plan = new_plan(state);

	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	assert_int_equal(realm_plan_set_rec_runnable(plan, 0, 0), 0);
	assert_int_equal(realm_plan_set_rec_mpidr(plan, 0, 0xffffff0f), 0);
	assert_error(*state, realm_plan_set_rec_runnable(plan, 0, 2), EINVAL, "$.recs[0].runnable", "2 is not 0 or 1");
	assert_error(*state, realm_plan_set_rec_mpidr(plan, 0, 0x10), EINVAL, "$.recs[0].mpidr",
		     "0x10 has bits outside");
	assert_error(*state, realm_plan_set_rec_mpidr(plan, 0, UINT64_C(1) << 32), EINVAL, "$.recs[0].mpidr",
		     "0x100000000 has bits outside 0xffffff0f");
	assert_error(*state, realm_plan_set_rec_runnable(plan, 1, 1), EINVAL, "index", "no REC 1, only 1");
	assert_error(*state, realm_plan_set_rec_mpidr(plan, 7, 1), EINVAL, "index", "no REC 7");
	assert_int_equal(realm_plan_rec(plan, 0, &info), 0);
	assert_int_equal(info.runnable, 0);
	assert_true(info.mpidr == 0xffffff0f);
	realm_plan_free(plan);
}

static void recs_beyond_what_fits_are_refused(void **state)
{
	static const uint64_t gprs[REALM_REC_GPRS + 1];
	struct realm_plan *plan = new_plan(state);
	int i;

	assert_error(*state, realm_plan_add_rec(plan, 0, gprs, REALM_REC_GPRS + 1), EINVAL, "$.recs[0].gprs",
		     "9 registers, at most 8");
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 1), -EINVAL);
	for (i = 0; i < 1 << 20; i++)
		if (realm_plan_add_rec(plan, 0, NULL, 0) != i)
			fail();
	assert_error(*state, realm_plan_add_rec(plan, 0, NULL, 0), EINVAL, "$.recs", "more than 1048576 RECs");
	assert_int_equal(realm_plan_rec_count(plan), 1 << 20);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(new_has_the_documented_defaults),
		ctx_test(numbers_keep_their_limits),
		ctx_test(pmu_counters_keep_their_limits),
		ctx_test(hash_lpa2_and_flags_are_kept),
		ctx_test(name_is_copied_and_can_be_removed),
		ctx_test(rpv_is_padded_and_bounded),
		ctx_test(ram_is_given_back_in_order),
		ctx_test(loads_are_given_back_in_order),
		ctx_test(load_info_keeps_its_size),
		ctx_test(loads_without_a_source_are_refused),
		ctx_test(load_options_that_do_not_fit_are_refused),
		ctx_test(rec_defaults_are_those_of_kvm),
		ctx_test(kvm_mpidr_spreads_the_index),
		ctx_test(rec_exceptions_are_kept),
		ctx_test(recs_beyond_what_fits_are_refused),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
