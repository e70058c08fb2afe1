/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-check.c - does the host have what a realm asks for?  Asked before anything is made. */
#include <stdio.h>
#include <string.h>

#include "kvm.h"

/* Refuse, or with best effort warn and let the caller make do. */
static int lack(struct realm_plan *plan, uint32_t flags, const char *where, const char *why)
{
	if (!(flags & REALM_BEST_EFFORT))
		return realm_fail(plan->ctx, EOPNOTSUPP, where, "change the plan, or take another host", "%s", why);
	realm_log(plan->ctx, REALM_LOG_WARNING, where, "%s", why);
	return 0;
}

/* What the host decides: the plan has to ask for exactly that. */
static int check_decided(struct realm_plan *plan, const struct kvm_host *host, uint32_t flags)
{
	char why[160];
	int err = 0;

	if (host->can->lpa2 == REALM_KVM_SETTING_HOST && plan->lpa2 != (host->limits.lpa2 == 1)) {
		err = lack(plan, flags, "$.lpa2",
			   host->limits.lpa2 ? "this host uses LPA2 for every realm" : "this host never uses LPA2");
		plan->lpa2 = host->limits.lpa2 == 1;
	}
	if (!err && host->can->pmu == REALM_KVM_SETTING_HOST && plan->pmu_counters != host->limits.pmu_counters) {
		if (host->limits.pmu_counters < 0)
			snprintf(why, sizeof(why), "realms of this host have no PMU");
		else
			snprintf(why, sizeof(why), "this host gives every realm a PMU of %d counters",
				 host->limits.pmu_counters);
		err = lack(plan, flags, "$.pmu_counters", why);
		plan->pmu_counters = host->limits.pmu_counters;
	}
	if (!err && plan->granule != host->limits.granule)
		/* nothing makes do with other pages than the host's */
		err = realm_fail(plan->ctx, EOPNOTSUPP, "$.granule", "change the plan, or take another host",
				 "this host has pages of %u bytes", host->limits.granule);
	return err;
}

static int check_limit(struct realm_plan *plan, uint32_t flags, const char *where, const char *what,
		       unsigned int *value, unsigned int limit)
{
	char why[120];

	if (*value <= limit)
		return 0;
	snprintf(why, sizeof(why), "this host has %s%u, not %u", what, limit, *value);
	*value = limit;
	return lack(plan, flags, where, why);
}

static int check_limits(struct realm_plan *plan, const struct kvm_host *host, uint32_t flags)
{
	const struct realm_host_limits *limits = &host->limits;
	unsigned int counters = plan->pmu_counters < 0 ? 0 : (unsigned int)plan->pmu_counters;
	int err;

	if (plan->ipa_bits > limits->ipa_bits)
		return realm_fail(plan->ctx, EOPNOTSUPP, "$.ipa_bits", "move RAM down, or take another host",
				  "this host has IPA spaces of up to %u bits, not %u", limits->ipa_bits, plan->ipa_bits);
	err = check_limit(plan, flags, "$.breakpoints", "breakpoints: ", &plan->breakpoints, limits->breakpoints);
	if (!err)
		err = check_limit(plan, flags, "$.watchpoints", "watchpoints: ", &plan->watchpoints,
				  limits->watchpoints);
	if (!err)
		err = check_limit(plan, flags, "$.sve_bits", "SVE vectors of up to ", &plan->sve_bits,
				  limits->sve_bits);
	if (err || plan->pmu_counters < 0)
		return err;
	if (limits->pmu_counters < 0) {
		plan->pmu_counters = -1;
		return lack(plan, flags, "$.pmu_counters", "this host has no PMU");
	}
	err = check_limit(plan, flags, "$.pmu_counters", "PMU counters: ", &counters,
			  (unsigned int)limits->pmu_counters);
	plan->pmu_counters = (int)counters;
	return err;
}

/* What a family never gives. */
static int check_family(struct realm_plan *plan, const struct kvm_host *host, uint32_t flags)
{
	struct family_gap gaps[FAMILY_GAPS_MAX];
	size_t i, count = family_gaps(plan, host->family, gaps);
	char why[160];
	int err = 0;

	for (i = 0; !err && i < count; i++) {
		if (!gaps[i].then)
			continue; /* check_decided() knows the host */
		snprintf(why, sizeof(why), "family %s %s", realm_family_name(host->family), gaps[i].does);
		err = lack(plan, flags, gaps[i].where, why);
	}
	return err;
}

/* Make do with what a family gives. */
static void settle(struct realm_plan *params, const struct realm_kvm_family *can)
{
	if (can->hash == REALM_KVM_SETTING_FIXED)
		params->hash = REALM_HASH_SHA256;
	if (can->rpv == REALM_KVM_SETTING_FIXED)
		memset(params->rpv, 0, sizeof(params->rpv));
	if (can->lpa2 == REALM_KVM_SETTING_FIXED)
		params->lpa2 = false;
	if (can->pmu == REALM_KVM_SETTING_FIXED)
		params->pmu_counters = -1;
	params->flags = 0;
}

static int check_hash(struct realm_plan *params, const struct kvm_host *host, uint32_t flags)
{
	if (params->hash != REALM_HASH_SHA384 || host->can->hash != REALM_KVM_SETTING_CONFIG)
		return 0;
	/* Families that take a hash have an RMM 1.0. */
	params->hash = REALM_HASH_SHA256;
	return lack(params, flags, "$.hash", "RMM 1.0 has no sha384, but sha256 and sha512");
}

int realm_check_host(struct realm_plan *params, const struct kvm_host *host, uint32_t flags)
{
	int err = check_hash(params, host, flags);

	if (!err)
		err = check_family(params, host, flags);
	if (!err)
		err = check_decided(params, host, flags);
	if (!err)
		err = check_limits(params, host, flags);
	if (!err)
		settle(params, host->can);
	return err;
}

int realm_check_recs(struct realm_plan *plan, const struct kvm_host *host)
{
	size_t i;

	if (plan->num_recs > host->limits.max_vcpus)
		return realm_fail(plan->ctx, EOPNOTSUPP, "$.recs", "use fewer, or take another host",
				  "this host has %u vCPUs a VM, not %zu", host->limits.max_vcpus, plan->num_recs);
	for (i = 0; i < plan->num_recs; i++)
		if (plan->recs[i].mpidr != kvm_mpidr(i))
			return realm_fail(plan->ctx, EOPNOTSUPP, "$.recs", "leave mpidr out",
					  "KVM gives REC %zu the MPIDR %#llx, and no other", i,
					  (unsigned long long)kvm_mpidr(i));
	return 0;
}
