/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* host-json.c - the values of a plan that depend on the host, in a plan or in a profile of the host (realm-host/1) */
#include <limits.h>
#include <stdlib.h>

#include "json.h"
#include "plan.h"

static const char *const host_keys[] = {
	"schema", "ipa_bits", "sve_bits", "breakpoints", "watchpoints", "pmu_counters", "lpa2", "granule", NULL,
};

/* A number that fits an int.  The setter that it goes to knows the real limits. */
static int read_small(const struct jval *val, unsigned int *valuep)
{
	uint64_t value;
	int err = jval_u64(val, UINT64_MAX, &value);

	if (err)
		return err;
	if (value > INT_MAX)
		return jval_fail(val, EINVAL, NULL, "%llu is out of range", (unsigned long long)value);
	*valuep = (unsigned int)value;
	return 0;
}

static int read_pmu_counters(const struct jval *val, struct realm_plan *plan)
{
	unsigned int count = 0;
	int err;

	if (json_is_null(val->json))
		return realm_plan_set_pmu_counters(plan, -1);
	err = read_small(val, &count);
	return err ? err : realm_plan_set_pmu_counters(plan, (int)count);
}

int plan_read_host_values(const struct jval *root, struct realm_plan *plan)
{
	static const struct {
		const char *key;
		int (*set)(struct realm_plan *plan, unsigned int value);
	} numbers[] = {
		{ "ipa_bits", realm_plan_set_ipa_bits },       { "granule", realm_plan_set_granule },
		{ "sve_bits", realm_plan_set_sve_bits },       { "breakpoints", realm_plan_set_breakpoints },
		{ "watchpoints", realm_plan_set_watchpoints },
	};
	struct jval lpa2 = jval_key(root, "lpa2");
	struct jval pmu = jval_key(root, "pmu_counters");
	size_t i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(numbers) && !err; i++) {
		struct jval val = jval_key(root, numbers[i].key);
		unsigned int value = 0;

		if (!val.json)
			continue;
		err = read_small(&val, &value);
		if (!err)
			err = numbers[i].set(plan, value);
	}
	if (!err && lpa2.json)
		err = jval_bool(&lpa2, &plan->lpa2);
	if (!err && pmu.json)
		err = read_pmu_counters(&pmu, plan);
	return err;
}

static int read_host(const struct jval *root, struct realm_plan *plan)
{
	unsigned int wanted = plan->ipa_bits;
	int err = jval_object(root, host_keys);

	if (!err)
		err = jval_schema(root, "realm-host/1");
	if (!err)
		err = plan_read_host_values(root, plan);
	if (err)
		return err;
	if (wanted > plan->ipa_bits)
		return realm_fail(plan->ctx, EINVAL, "$.ipa_bits", "use less RAM or another host",
				  "this host gives %u bits, the plan needs %u", plan->ipa_bits, wanted);
	plan->ipa_bits = wanted;
	return 0;
}

int realm_plan_apply_host(struct realm_plan *plan, const char *path)
{
	struct realm_plan changed;
	struct jval root;
	uint8_t *text;
	size_t len;
	int err;

	if (!plan || !path)
		return -EINVAL;
	err = file_read_all(plan->ctx, path, PLAN_JSON_MAX, &text, &len);
	if (err)
		return err;
	err = jval_parse(plan->ctx, NULL, (const char *)text, len, &root);
	free(text);
	if (!err) {
		changed = *plan; /* only its numbers change, and only all together */
		err = read_host(&root, &changed);
		jval_free(&root);
	}
	if (err)
		return jval_fail_in(plan->ctx, path, err);
	*plan = changed;
	return 0;
}
