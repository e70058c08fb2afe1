/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm-limits.c - what realms of a host can have: asked of a realm VM and a vCPU that are thrown away */
#include "kvm-probe.h"

/* What a plan can ask for */
#define IPA_BITS_LEAST 32
#define IPA_BITS_MOST 52
#define IPA_BITS_MOST_NO_LPA2 48

#define HINT_HOST "the kernel's log may say more"

#define SVE (1u << REALM_KVM_ARM_VCPU_SVE)
#define PMU (1u << REALM_KVM_ARM_VCPU_PMU_V3)

/* ---- the IPA space ---- */

/* What KVM says of ordinary VMs can be more than its RMM gives, so every width is tried. */
static int find_ipa_bits(struct probe *probe)
{
	bool lpa2 = probe->host->can->lpa2 == REALM_KVM_SETTING_HOST;
	unsigned int most = lpa2 ? IPA_BITS_MOST : IPA_BITS_MOST_NO_LPA2, bits;
	int vm = -EINVAL;

	for (bits = most; bits >= IPA_BITS_LEAST && vm == -EINVAL; bits--)
		vm = sys_ioctl(probe->ctx, probe->kvm, REALM_KVM_CREATE_VM, probe->host->can->vm_type | bits);
	bits++;
	ask(probe, "KVM_CREATE_VM for a realm, from %u bits of IPA space down", most);
	if (vm < 0) {
		answer(probe, vm);
		return refuse(probe, EOPNOTSUPP, HINT_HOST, "no realm VM can be made any more: %s", errno_text(vm));
	}
	sys_close(probe->ctx, vm);
	answer(probe, (int)bits);
	meaning(probe, "the widest, shared half included");
	probe->host->limits.ipa_bits = bits;
	/* Linux does not say. */
	probe->host->limits.lpa2 = bits > IPA_BITS_MOST_NO_LPA2;
	return 0;
}

/* ---- a vCPU ---- */

static bool ask_optional(struct probe *probe, unsigned int cap, const char *name)
{
	bool has = ask_cap(probe, probe->vm, "the realm VM", cap, name) > 0;

	meaning(probe, has ? "realms may have it" : "realms do not have it");
	return has;
}

/* Features of a vCPU that are asked for when the VM says that they are there */
static uint32_t optional_features(struct probe *probe)
{
	uint64_t pmu = probe->host->can->pmu;
	uint32_t features = 0;

	if (ask_optional(probe, REALM_KVM_CAP_ARM_SVE, "ARM_SVE"))
		features |= SVE;
	if ((pmu == REALM_KVM_SETTING_REGISTER || pmu == REALM_KVM_SETTING_CONFIG) &&
	    ask_optional(probe, REALM_KVM_CAP_ARM_PMU_V3, "ARM_PMU_V3"))
		features |= PMU;
	return features;
}

static int init_vcpu(struct probe *probe, int vcpu, struct realm_kvm_vcpu_init *init, uint32_t features)
{
	int ret;

	init->features[0] = features | 1u << REALM_KVM_ARM_VCPU_PSCI_0_2;
	ret = sys_ioctl(probe->ctx, vcpu, REALM_KVM_ARM_VCPU_INIT, (uintptr_t)init);
	ask(probe, "KVM_ARM_VCPU_INIT(0x%x)", init->features[0]);
	answer(probe, ret);
	meaning(probe, ret ? "no vCPU of a realm" : "a vCPU of a realm");
	return ret;
}

/* With what the VM says there is, or less where the RMM turns out not to have it */
static int init_with(struct probe *probe, int vcpu, struct realm_kvm_vcpu_init *init, uint32_t rec, uint32_t *optionalp)
{
	static const uint32_t masks[] = { SVE | PMU, SVE, 0 };
	uint32_t all = *optionalp;
	int ret = -EINVAL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(masks) && ret; i++) {
		if (i && (all & masks[i]) == *optionalp)
			continue;
		*optionalp = all & masks[i];
		ret = init_vcpu(probe, vcpu, init, rec | *optionalp);
	}
	return ret;
}

/* Newest first: bit 8 means something else on kernels that have 9. */
static int init_with_rec(struct probe *probe, int vcpu, struct realm_kvm_vcpu_init *init, uint32_t *optionalp)
{
	const struct realm_kvm_family *can = probe->host->can;
	uint32_t all = *optionalp;
	int ret = -EINVAL;
	size_t i;

	for (i = 0; i < can->num_rec_features && ret; i++) {
		*optionalp = all;
		ret = init_with(probe, vcpu, init, 1u << can->rec_features[i], optionalp);
		probe->host->rec_feature = (unsigned int)can->rec_features[i];
		meaning(probe, ret ? "bit %u is not REC" : "a vCPU of a realm: bit %u is REC",
			probe->host->rec_feature);
	}
	return ret;
}

static int init_any(struct probe *probe, int vcpu, uint32_t *optionalp)
{
	struct realm_kvm_vcpu_init init = { 0 };
	int ret = sys_ioctl(probe->ctx, probe->vm, REALM_KVM_ARM_PREFERRED_TARGET, (uintptr_t)&init);

	ask(probe, "KVM_ARM_PREFERRED_TARGET on the realm VM");
	answer(probe, ret);
	meaning(probe, ret ? "no vCPU" : "what a vCPU is initialised with");
	if (ret)
		return ret;
	if (probe->host->can->num_rec_features)
		return init_with_rec(probe, vcpu, &init, optionalp);
	return init_with(probe, vcpu, &init, 0, optionalp);
}

static int get_reg(struct probe *probe, int vcpu, uint64_t id, const char *name, void *value)
{
	struct realm_kvm_one_reg reg = { .id = id, .addr = (uintptr_t)value };
	int ret = sys_ioctl(probe->ctx, vcpu, REALM_KVM_GET_ONE_REG, (uintptr_t)&reg);

	ask(probe, "KVM_GET_ONE_REG(%s)", name);
	answer(probe, ret);
	return ret;
}

static int read_debug(struct probe *probe, int vcpu)
{
	struct realm_host_limits *limits = &probe->host->limits;
	uint64_t dfr0 = 0;
	int ret = get_reg(probe, vcpu, REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1, "ID_AA64DFR0_EL1", &dfr0);

	if (ret)
		return ret;
	limits->breakpoints = (unsigned int)realm_kvm_id_aa64dfr0_el1_get_brps(dfr0) + 1;
	limits->watchpoints = (unsigned int)realm_kvm_id_aa64dfr0_el1_get_wrps(dfr0) + 1;
	meaning(probe, "%u breakpoints, %u watchpoints", limits->breakpoints, limits->watchpoints);
	return 0;
}

static int read_sve(struct probe *probe, int vcpu)
{
	uint64_t lengths[8] = { 0 };
	int ret = get_reg(probe, vcpu, REALM_KVM_REG_ARM64_SVE_VLS, "SVE_VLS", lengths);
	unsigned int bit;

	if (ret)
		return ret;
	/* Bit n stands for n + 1 quadwords. */
	for (bit = 0; bit < 64 * ARRAY_SIZE(lengths); bit++)
		if (lengths[bit / 64] >> bit % 64 & 1)
			probe->host->limits.sve_bits = 128 * (bit + 1);
	meaning(probe, "vectors of up to %u bits", probe->host->limits.sve_bits);
	return 0;
}

/* Where the host decides, a PMU shows in a vCPU that did not ask for one. */
static int read_pmu(struct probe *probe, int vcpu)
{
	uint64_t pmcr = 0;
	int ret = get_reg(probe, vcpu, REALM_KVM_REG_ARM64_PMCR_EL0, "PMCR_EL0", &pmcr);

	if (ret == -ENOENT) {
		meaning(probe, "realms have no PMU");
		return 0;
	}
	if (ret)
		return ret;
	probe->host->limits.pmu_counters = (int)realm_kvm_pmcr_el0_get_n(pmcr);
	meaning(probe, "%d PMU counters", probe->host->limits.pmu_counters);
	return 0;
}

static int read_vcpu(struct probe *probe, int vcpu)
{
	uint32_t optional = optional_features(probe);
	int ret = init_any(probe, vcpu, &optional);

	if (!ret)
		ret = read_debug(probe, vcpu);
	if (!ret && optional & SVE)
		ret = read_sve(probe, vcpu);
	if (!ret && (optional & PMU || probe->host->can->pmu == REALM_KVM_SETTING_HOST))
		ret = read_pmu(probe, vcpu);
	return ret;
}

/* Where a realm must be there before its vCPUs: the number is known to be right by now. */
static int create_realm(struct probe *probe)
{
	struct realm_kvm_enable_cap enable = {
		.cap = probe->host->cap,
		.args = { REALM_KVM_CAP_ARM_RME_CREATE_REALM },
	};
	int ret = sys_ioctl(probe->ctx, probe->vm, REALM_KVM_ENABLE_CAP, (uintptr_t)&enable);

	ask(probe, "KVM_ENABLE_CAP(%u, CREATE_REALM) on the realm VM", enable.cap);
	answer(probe, ret);
	meaning(probe, ret ? "no realm" : "a realm, to ask vCPUs of");
	return ret;
}

static int ask_vcpu(struct probe *probe)
{
	int ret = probe->host->can->realm_first ? create_realm(probe) : 0;
	int vcpu;

	if (ret)
		return ret;
	vcpu = sys_ioctl(probe->ctx, probe->vm, REALM_KVM_CREATE_VCPU, 0);
	ask(probe, "KVM_CREATE_VCPU on the realm VM");
	answer(probe, vcpu < 0 ? vcpu : 0);
	meaning(probe, vcpu < 0 ? "no vCPU" : "a vCPU, to ask");
	if (vcpu < 0)
		return vcpu;
	ret = read_vcpu(probe, vcpu);
	sys_close(probe->ctx, vcpu);
	return ret;
}

int probe_limits(struct probe *probe)
{
	struct realm_host_limits *limits = &probe->host->limits;
	int ret;

	limits->sz = sizeof(*limits);
	limits->cap = probe->host->cap;
	limits->granule = sys_page_size(probe->ctx);
	limits->pmu_counters = -1;
	ret = ask_cap(probe, probe->vm, "the realm VM", REALM_KVM_CAP_MAX_VCPUS, "MAX_VCPUS");
	limits->max_vcpus = ret > 0 ? (unsigned int)ret : 1;
	meaning(probe, "vCPUs of a realm");
	ret = ask_vcpu(probe);
	if (ret)
		return refuse(probe, EOPNOTSUPP, HINT_HOST,
			      "family %s is here, but no vCPU of a realm can be made: %s", probe->host->can->name,
			      errno_text(ret));
	return find_ipa_bits(probe);
}
