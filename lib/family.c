/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* family.c - what each KVM family can give, and in which order it builds a realm */
#include "internal.h"

/* clang-format off */
#define RIPAS_FIRST { STEP_REALM, STEP_RIPAS, STEP_DATA, STEP_REC, STEP_ACTIVATE }
#define RIPAS_LAST  { STEP_REALM, STEP_DATA, STEP_REC, STEP_RIPAS, STEP_ACTIVATE }
#define NO_RIPAS    { STEP_REALM, STEP_DATA, STEP_REC, STEP_ACTIVATE }

static const struct family families[] = {
	[REALM_FAMILY_RME_RFC] = { .any_hash = true, .rpv = true, .pmu = PMU_CHOSEN, .steps = RIPAS_FIRST },
	[REALM_FAMILY_RME] = { .any_hash = true, .rpv = true, .pmu = PMU_CHOSEN, .unmeasured = true, .steps = RIPAS_FIRST },
	[REALM_FAMILY_RMI_V12] = { .pmu = PMU_CHOSEN, .unmeasured = true, .populate_first = true, .steps = RIPAS_LAST },
	[REALM_FAMILY_RMI_V13] = { .any_granule = true, .lpa2 = true, .pmu = PMU_CHOSEN, .unmeasured = true, .steps = NO_RIPAS },
	[REALM_FAMILY_RMI_V14] = { .any_granule = true, .lpa2 = true, .pmu = PMU_OF_HOST, .unmeasured = true, .steps = NO_RIPAS },
	[REALM_FAMILY_RMI_V15] = { .any_granule = true, .lpa2 = true, .unmeasured = true, .steps = NO_RIPAS },
};
/* clang-format on */

const struct family *family_get(enum realm_family family)
{
	return realm_family_name(family) ? &families[family] : NULL;
}

bool profile_can(enum realm_profile profile, enum realm_hash hash, uint32_t granule)
{
	return profile != REALM_PROFILE_RMM_1_0 || (hash != REALM_HASH_SHA384 && granule == 4096);
}

static bool has_rpv(const struct realm_plan *plan)
{
	size_t i;

	for (i = 0; i < sizeof(plan->rpv); i++)
		if (plan->rpv[i])
			return true;
	return false;
}

static void warn(struct realm_plan *plan, const char *where, const char *name, const char *what)
{
	realm_log(plan->ctx, REALM_LOG_WARNING, where, "family %s %s: this plan cannot be carried out there", name,
		  what);
}

static void warn_recs(struct realm_plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->num_recs; i++)
		if (plan->recs[i].runnable != (i == 0)) {
			warn(plan, "$.recs", name, "makes the first REC runnable and no other");
			return;
		}
}

static void warn_loads(struct realm_plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++)
		if (plan->loads[i].flags & REALM_LOAD_UNMEASURED) {
			realm_log(plan->ctx, REALM_LOG_WARNING, "$.load",
				  "family %s measures every load: \"measured\": false is not followed", name);
			return;
		}
}

void family_warn(struct realm_plan *plan, enum realm_family family)
{
	const struct family *can = family_get(family);
	const char *name = realm_family_name(family);

	if (!can->any_hash && plan->hash != REALM_HASH_SHA256)
		warn(plan, "$.hash", name, "gives sha256 only");
	if (!can->rpv && has_rpv(plan))
		warn(plan, "$.rpv", name, "gives a zero RPV only");
	if (!can->any_granule && plan->granule != 4096)
		warn(plan, "$.granule", name, "has granules of 4096 bytes only");
	if (!can->lpa2 && plan->lpa2)
		warn(plan, "$.lpa2", name, "never uses LPA2");
	if (can->pmu == PMU_NONE && plan->pmu_counters >= 0)
		warn(plan, "$.pmu_counters", name, "gives no PMU");
	if (can->pmu == PMU_OF_HOST && plan->pmu_counters >= 0)
		realm_log(plan->ctx, REALM_LOG_WARNING, "$.pmu_counters",
			  "family %s has the PMU of its host, and cannot be asked for one", name);
	if (plan->flags)
		warn(plan, "$.flags", name, "sets no extra flags");
	if (!can->unmeasured)
		warn_loads(plan, name);
	warn_recs(plan, name);
}
