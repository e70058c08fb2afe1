/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* family.c - what each KVM family can give, and in which order it builds a realm: spec/kvm-families.json */
#include <string.h>

#include "internal.h"
#include "kvm-realm.h"

static const struct realm_kvm_family families[] = {
	[REALM_FAMILY_RME_RFC] = REALM_KVM_FAMILY_RME_RFC, [REALM_FAMILY_RME] = REALM_KVM_FAMILY_RME,
	[REALM_FAMILY_RMI_V12] = REALM_KVM_FAMILY_RMI_V12, [REALM_FAMILY_RMI_V13] = REALM_KVM_FAMILY_RMI_V13,
	[REALM_FAMILY_RMI_V14] = REALM_KVM_FAMILY_RMI_V14, [REALM_FAMILY_RMI_V15] = REALM_KVM_FAMILY_RMI_V15,
};

const struct family_pair family_pairs[FAMILY_PAIRS] = {
	{ REALM_FAMILY_RME, REALM_PROFILE_RMM_1_0 },
	{ REALM_FAMILY_RMI_V12, REALM_PROFILE_RMM_1_0 },
	{ REALM_FAMILY_RMI_V14, REALM_PROFILE_RMM_2_0 },
	{ REALM_FAMILY_RMI_V14, REALM_PROFILE_TF_RMM_2_0 },
};

int realm_family_has_profile(enum realm_family family, enum realm_profile profile)
{
	const char *name = realm_profile_name(profile);
	size_t i;

	if (!realm_family_name(family) || !name)
		return 0;
	for (i = 0; i < families[family].num_profiles; i++)
		if (!strcmp(families[family].profiles[i], name))
			return 1;
	return 0;
}

const struct realm_kvm_family *family_row(enum realm_family family)
{
	return realm_family_name(family) ? &families[family] : NULL;
}

bool family_measures_all(enum realm_family family)
{
	return families[family].populate == REALM_KVM_POPULATE_CAP_V1;
}

bool family_populates_first(enum realm_family family)
{
	return families[family].order == REALM_KVM_ORDER_LOADS_RECS_RIPAS;
}

const enum step *family_steps(enum realm_family family)
{
	static const enum step ripas_first[] = { STEP_REALM, STEP_RIPAS, STEP_DATA, STEP_REC, STEP_ACTIVATE, STEP_END };
	static const enum step ripas_last[] = { STEP_REALM, STEP_DATA, STEP_REC, STEP_RIPAS, STEP_ACTIVATE, STEP_END };
	/* An RMM 2.0 does not measure RIPAS. */
	static const enum step no_ripas[] = { STEP_REALM, STEP_DATA, STEP_REC, STEP_ACTIVATE, STEP_END };

	if (!realm_family_has_profile(family, REALM_PROFILE_RMM_1_0))
		return no_ripas;
	return family_populates_first(family) ? ripas_last : ripas_first;
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

#define CANNOT ": this plan cannot be carried out there"

bool has_unmeasured_load(const struct realm_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++)
		if (plan->loads[i].flags & REALM_LOAD_UNMEASURED)
			return true;
	return false;
}

static bool has_other_runnable_rec(const struct realm_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->num_recs; i++)
		if (plan->recs[i].runnable != (i == 0))
			return true;
	return false;
}

size_t family_gaps(const struct realm_plan *plan, enum realm_family family, struct family_gap *gaps)
{
	const struct realm_kvm_family *can = &families[family];
	const struct {
		bool open;
		struct family_gap gap;
	} all[] = {
		{ can->hash == REALM_KVM_SETTING_FIXED && plan->hash != REALM_HASH_SHA256,
		  { "$.hash", "gives sha256 only", CANNOT } },
		{ can->rpv == REALM_KVM_SETTING_FIXED && has_rpv(plan), { "$.rpv", "gives a zero RPV only", CANNOT } },
		{ !can->any_granule && plan->granule != 4096,
		  { "$.granule", "has granules of 4096 bytes only", CANNOT } },
		{ can->lpa2 == REALM_KVM_SETTING_FIXED && plan->lpa2, { "$.lpa2", "never uses LPA2", CANNOT } },
		{ can->pmu == REALM_KVM_SETTING_FIXED && plan->pmu_counters >= 0,
		  { "$.pmu_counters", "gives no PMU", CANNOT } },
		{ can->pmu == REALM_KVM_SETTING_HOST && plan->pmu_counters >= 0,
		  { "$.pmu_counters", "has the PMU of its host, and cannot be asked for one", NULL } },
		{ plan->flags != 0, { "$.flags", "sets no extra flags", CANNOT } },
		{ family_measures_all(family) && has_unmeasured_load(plan),
		  { "$.load", "measures every load", ": \"measured\": false is not followed" } },
		{ has_other_runnable_rec(plan),
		  { "$.recs", "makes the first REC runnable and no other", CANNOT } },
	};
	size_t i, count = 0;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		if (all[i].open)
			gaps[count++] = all[i].gap;
	return count;
}

void family_warn(struct realm_plan *plan, enum realm_family family)
{
	struct family_gap gaps[FAMILY_GAPS_MAX];
	size_t i, count = family_gaps(plan, family, gaps);
	const char *name = realm_family_name(family);

	for (i = 0; i < count; i++)
		realm_log(plan->ctx, REALM_LOG_WARNING, gaps[i].where, "family %s %s%s", name, gaps[i].does,
			  gaps[i].then ? gaps[i].then : "");
}
