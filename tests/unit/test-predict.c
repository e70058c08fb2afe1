/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-predict.c - which rows a measurement has, and that a plan and its own event list give the same RIMs */
#include <pthread.h>

#include "unit.h"

static struct realm_plan *make_plan(struct realm_ctx *ctx)
{
	static const uint64_t x0 = 0x8fe00000;
	struct realm_load_opts unmeasured = { .sz = sizeof(unmeasured), .flags = REALM_LOAD_UNMEASURED };
	struct realm_plan *plan;
	uint8_t data[10000];
	size_t i;

	for (i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * i);
	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x80000000, 0x10000000), 0);
	assert_int_equal(realm_plan_load_memory(plan, 0x80080000, data, sizeof(data), NULL), 0);
	assert_int_equal(realm_plan_load_zero(plan, 0x8fe00000, 0x10000, NULL), 1);
	assert_int_equal(realm_plan_load_memory(plan, 0x88000004, data, 100, &unmeasured), 2);
	assert_int_equal(realm_plan_add_rec(plan, 0x80080000, &x0, 1), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 1);
	return plan;
}

/* Rows as "family/profile family/profile ...". */
static void describe(const struct realm_measurement *rows, char *buf)
{
	enum realm_profile profile;
	enum realm_family family;
	size_t i;

	for (i = 0; realm_measurement_row(rows, i, &family, &profile); i++)
		buf += sprintf(buf, "%s%s/%s", i ? " " : "", family ? realm_family_name(family) : "",
			       realm_profile_name(profile));
	*buf = 0;
	assert_int_equal(realm_measurement_count(rows), i);
}

struct rows_case {
	const char *kvm, *rmm;
	const char *rows; /* NULL: not supported */
	const char *where;
};

static const struct rows_case plan_rows[] = {
	{ NULL, NULL, "rme/rmm-1.0 rmi-v12/rmm-1.0 rmi-v14/rmm-2.0 rmi-v14/tf-rmm-2.0", NULL },
	{ NULL, "rmm-1.0", "rme/rmm-1.0 rmi-v12/rmm-1.0", NULL },
	{ NULL, "rmm-2.0", "rmi-v14/rmm-2.0", NULL },
	{ NULL, "tf-rmm-2.0", "rmi-v14/tf-rmm-2.0", NULL },
	{ "rme-rfc", NULL, "rme-rfc/rmm-1.0", NULL },
	{ "rmi-v12", NULL, "rmi-v12/rmm-1.0", NULL },
	{ "rmi-v13", NULL, "rmi-v13/rmm-2.0 rmi-v13/tf-rmm-2.0", NULL },
	{ "rmi-v15", "rmm-2.0", "rmi-v15/rmm-2.0", NULL },
	{ "rme", "rmm-1.0", "rme/rmm-1.0", NULL },
	{ "rme", "rmm-2.0", NULL, "rmm-2.0" },
	{ "rmi-v12", "tf-rmm-2.0", NULL, "tf-rmm-2.0" },
	{ "rmi-v14", "rmm-1.0", NULL, "rmm-1.0" },
};

static struct realm_measure_opts opts_of(const struct rows_case *c)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts) };

	if (c->kvm)
		assert_int_equal(realm_family_from_name(c->kvm, &opts.family), 0);
	if (c->rmm)
		assert_int_equal(realm_profile_from_name(c->rmm, &opts.profile), 0);
	return opts;
}

static void plan_rows_are_the_documented_ones(void **state)
{
	struct realm_plan *plan = make_plan(*state);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plan_rows); i++) {
		struct realm_measure_opts opts = opts_of(&plan_rows[i]);
		struct realm_measurement *rows = NULL;
		char got[300];
		int err = realm_measure(plan, &opts, &rows);

		if (!plan_rows[i].rows) {
			assert_error(*state, err, EOPNOTSUPP, plan_rows[i].where, "does not go with");
			assert_null(rows);
			continue;
		}
		assert_int_equal(err, 0);
		describe(rows, got);
		assert_string_equal(got, plan_rows[i].rows);
		realm_measurement_free(rows);
	}
	realm_plan_free(plan);
}

struct note {
	int count;
	char where[64];
	char messages[200];
};

static void count_notes(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct note *note = arg;

	if (level != REALM_LOG_NOTE)
		return;
	note->count++;
	snprintf(note->where, sizeof(note->where), "%s", where);
	snprintf(note->messages + strlen(note->messages), sizeof(note->messages) - strlen(note->messages), "%.23s|",
		 message);
}

static void impossible_rows_are_left_out_with_a_note(void **state)
{
	struct realm_measure_opts rme = { .sz = sizeof(rme), .family = REALM_FAMILY_RME };
	struct realm_measure_opts rmm1 = { .sz = sizeof(rmm1), .profile = REALM_PROFILE_RMM_1_0 };
	struct realm_plan *plan = make_plan(*state);
	struct realm_measurement *rows;
	struct note note = { 0 };
	char got[300];

	realm_ctx_set_log(*state, count_notes, &note);
	assert_int_equal(realm_plan_set_hash(plan, REALM_HASH_SHA384), 0);
	assert_int_equal(realm_measure(plan, NULL, &rows), 0);
	describe(rows, got);
	assert_string_equal(got, "rmi-v14/rmm-2.0 rmi-v14/tf-rmm-2.0");
	assert_int_equal(realm_measurement_hash(rows), REALM_HASH_SHA384);
	assert_int_equal(note.count, 2);
	assert_string_equal(note.where, "rmm-1.0");
	assert_string_equal(note.messages, "left out for rme: it ha|left out for rmi-v12: i|");
	realm_measurement_free(rows);
	assert_error(*state, realm_measure(plan, &rme, &rows), EOPNOTSUPP, "rmm-1.0", "sha384");
	assert_error(*state, realm_measure(plan, &rmm1, &rows), EOPNOTSUPP, "rmm-1.0", "sha384");
	assert_int_equal(realm_plan_set_hash(plan, REALM_HASH_SHA512), 0);
	assert_int_equal(realm_plan_set_granule(plan, 65536), 0);
	assert_error(*state, realm_measure(plan, &rme, &rows), EOPNOTSUPP, "rmm-1.0", "granules");
	realm_plan_free(plan);
}

/* The whole log of a plan under a family, in one string. */
static char *log_of(struct realm_plan *plan, enum realm_family family)
{
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;
	char *text = malloc(1 << 20);
	size_t len = 1 << 20, used = 0;

	assert_int_equal(realm_events_new(plan, family, NULL, &events), 0);
	assert_int_equal(realm_events_format(events, text, &len), 0);
	used = len - 1;
	while (realm_events_next(events, &event) > 0) {
		len = REALM_EVENT_LINE_MAX;
		assert_int_equal(realm_event_format(&event, realm_events_hash(events), NULL, text + used, &len), 0);
		used += len - 1;
	}
	realm_events_free(events);
	return text;
}

static void assert_same_rows(const struct realm_measurement *a, const struct realm_measurement *b)
{
	size_t i, count = realm_measurement_count(a);

	assert_int_equal(count, realm_measurement_count(b));
	for (i = 0; i < count; i++)
		assert_memory_equal(realm_measurement_row(a, i, NULL, NULL), realm_measurement_row(b, i, NULL, NULL),
				    realm_hash_size(realm_measurement_hash(a)));
}

static void event_list_gives_the_rims_of_its_plan(void **state)
{
	struct realm_plan *plan = make_plan(*state);
	struct realm_measure_opts opts = { .sz = sizeof(opts) };

	for (opts.family = REALM_FAMILY_RME_RFC; opts.family <= REALM_FAMILY_RMI_V15; opts.family++) {
		struct realm_measurement *of_plan, *of_list;
		struct realm_events *events;
		char *text = log_of(plan, opts.family);

		assert_int_equal(realm_measure(plan, &opts, &of_plan), 0);
		assert_int_equal(realm_events_parse(*state, text, strlen(text), &events), 0);
		assert_int_equal(realm_measure_events(events, NULL, &of_list), 0);
		assert_same_rows(of_plan, of_list);
		realm_measurement_free(of_plan);
		realm_measurement_free(of_list);
		realm_events_free(events);
		free(text);
	}
	realm_plan_free(plan);
}

#define HEAD "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096"
#define REALM                                                                                                          \
	"{\"event\":\"realm\",\"flags\":0,\"s2sz\":33,\"sve_vl\":0,\"num_bps\":1,\"num_wps\":1,\"pmu_num_ctrs\":0}\n"

static const struct rows_case list_rows[] = {
	{ NULL, NULL, "/rmm-1.0 /rmm-2.0 /tf-rmm-2.0", NULL },
	{ NULL, "rmm-2.0", "/rmm-2.0", NULL },
	{ "rme", NULL, "rme/rmm-1.0", NULL },
	{ "rmi-v15", NULL, "rmi-v15/rmm-2.0 rmi-v15/tf-rmm-2.0", NULL },
	{ "rmi-v15", "rmm-1.0", NULL, "rmm-1.0" },
};

/* The family is that of the log here, not an option. */
static void list_rows_are_the_documented_ones(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list_rows); i++) {
		struct realm_measure_opts opts = opts_of(&list_rows[i]);
		struct realm_measurement *rows = NULL;
		struct realm_events *events;
		char text[400], got[200];
		int err;

		opts.family = REALM_FAMILY_ANY;
		snprintf(text, sizeof(text), list_rows[i].kvm ? HEAD ",\"kvm\":\"%s\"}\n" REALM : HEAD "}\n" REALM "%s",
			 list_rows[i].kvm ? list_rows[i].kvm : "");
		assert_int_equal(realm_events_parse(*state, text, strlen(text), &events), 0);
		err = realm_measure_events(events, &opts, &rows);
		if (list_rows[i].rows) {
			assert_int_equal(err, 0);
			describe(rows, got);
			assert_string_equal(got, list_rows[i].rows);
			assert_error(*state, realm_measure_events(events, &opts, &rows), EBUSY, "events",
				     "taken before");
		} else {
			assert_error(*state, err, EOPNOTSUPP, list_rows[i].where, "does not go with");
		}
		realm_measurement_free(rows);
		realm_events_free(events);
	}
}

static void family_other_than_that_of_the_list_is_refused(void **state)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts), .family = REALM_FAMILY_RME };
	static const char text[] = HEAD ",\"kvm\":\"rmi-v12\"}\n" REALM;
	struct realm_measurement *rows = NULL;
	struct realm_events *events;

	assert_int_equal(realm_events_parse(*state, text, sizeof(text) - 1, &events), 0);
	assert_error(*state, realm_measure_events(events, &opts, &rows), EOPNOTSUPP, "rme", "rmi-v12");
	assert_null(rows);
	realm_events_free(events);
}

/* One thread a context; NULL when it did not get the rows that it should. */
static void *measure_alone(void *arg)
{
	const struct realm_measurement *expected = arg;
	struct realm_measurement *rows = NULL;
	struct realm_plan *plan;
	struct realm_ctx *ctx;
	bool same;
	int i;

	for (i = 0; i < 5 && arg; i++) {
		if (realm_ctx_new(&ctx))
			return NULL;
		plan = make_plan(ctx);
		same = !realm_measure(plan, NULL, &rows) && !memcmp(realm_measurement_row(rows, 3, NULL, NULL),
								    realm_measurement_row(expected, 3, NULL, NULL), 32);
		realm_measurement_free(rows);
		if (!same || realm_plan_set_ipa_bits(plan, 99) != -EINVAL)
			arg = NULL;
		realm_plan_free(plan);
		realm_ctx_free(ctx);
	}
	return arg;
}

static void contexts_work_side_by_side(void **state)
{
	struct realm_plan *plan = make_plan(*state);
	struct realm_measurement *rows;
	pthread_t threads[3];
	void *ret;
	size_t i;

	assert_int_equal(realm_measure(plan, NULL, &rows), 0);
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, measure_alone, rows), 0);
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		assert_int_equal(pthread_join(threads[i], &ret), 0);
		assert_ptr_equal(ret, rows);
	}
	realm_measurement_free(rows);
	realm_plan_free(plan);
}

static void bad_arguments_are_refused(void **state)
{
	struct {
		struct realm_measure_opts opts;
		uint64_t newer;
	} big = { { .sz = sizeof(big) }, 1 };
	struct realm_measure_opts opts = { .sz = 0 };
	struct realm_measurement *rows = NULL;
	struct realm_plan *plan = make_plan(*state);

	assert_int_equal(realm_measure(NULL, NULL, &rows), -EINVAL);
	assert_int_equal(realm_measure(plan, NULL, NULL), -EINVAL);
	assert_int_equal(realm_measure_events(NULL, NULL, &rows), -EINVAL);
	assert_error(*state, realm_measure(plan, &opts, &rows), EINVAL, "realm_measure_opts", "sz is not set");
	assert_error(*state, realm_measure(plan, &big.opts, &rows), E2BIG, "realm_measure_opts", "newer library");
	opts = (struct realm_measure_opts){ .sz = sizeof(opts), .family = (enum realm_family)7 };
	assert_error(*state, realm_measure(plan, &opts, &rows), EINVAL, "realm_measure_opts", "no such family");
	opts = (struct realm_measure_opts){ .sz = sizeof(opts), .profile = (enum realm_profile)4 };
	assert_error(*state, realm_measure(plan, &opts, &rows), EINVAL, "realm_measure_opts", "no such family");
	assert_null(rows);
	assert_null(realm_measurement_row(NULL, 0, NULL, NULL));
	assert_int_equal(realm_measurement_count(NULL), 0);
	assert_int_equal(realm_measurement_hash(NULL), REALM_HASH_SHA256);
	realm_measurement_free(NULL);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(plan_rows_are_the_documented_ones),
		ctx_test(impossible_rows_are_left_out_with_a_note),
		ctx_test(event_list_gives_the_rims_of_its_plan),
		ctx_test(list_rows_are_the_documented_ones),
		ctx_test(family_other_than_that_of_the_list_is_refused),
		ctx_test(contexts_work_side_by_side),
		ctx_test(bad_arguments_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
