/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kvm-rme.c - families rme-rfc and rme (RFC v1 to v11): every step is a command of one capability
 *
 * The kernel copies content from the shared memory at the same address, so the source is written there first.
 */
#include <string.h>

#include "kvm.h"
#include "measurement.h"

/* One command; arg points to its structure, or is NULL. */
static int command(struct realm *realm, const char *step, const char *name, uint64_t number, const void *arg)
{
	struct realm_kvm_enable_cap cap = { .cap = realm->host.cap, .args = { number, (uintptr_t)arg } };
	int ret = sys_ioctl(realm->ctx, realm->vm_fd, REALM_KVM_ENABLE_CAP, (uintptr_t)&cap);

	return ret < 0 ? realm_host_failed(realm->ctx, step, name, ret) : 0;
}

#define COMMAND(realm, step, name, arg) command(realm, step, #name, REALM_KVM_CAP_ARM_RME_##name, arg)

/* ---- settings ---- */

static int config(struct realm *realm, uint32_t cfg, const void *item, size_t size)
{
	struct realm_kvm_arm_rme_config config = { .cfg = cfg };

	memcpy(config.item, item, size);
	return COMMAND(realm, "configure", CONFIG_REALM, &config);
}

/* RFC v1 takes as items what later series read from vCPU registers. */
static int config_shape(struct realm *realm)
{
	const struct realm_plan *made = &realm->made;
	const uint32_t debug[] = { made->breakpoints, made->watchpoints };
	const uint32_t quadwords = made->sve_bits / 128;
	const uint32_t counters = (uint32_t)made->pmu_counters;
	int err = config(realm, REALM_KVM_CAP_ARM_RME_CFG_DBG, debug, sizeof(debug));

	if (!err && made->sve_bits)
		err = config(realm, REALM_KVM_CAP_ARM_RME_CFG_SVE, &quadwords, sizeof(quadwords));
	if (!err && made->pmu_counters >= 0)
		err = config(realm, REALM_KVM_CAP_ARM_RME_CFG_PMU, &counters, sizeof(counters));
	return err;
}

static int rme_configure(struct realm *realm)
{
	const uint32_t hash = realm->made.hash; /* enum realm_hash has the numbers of the RMM */
	int err = config(realm, REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO, &hash, sizeof(hash));

	if (!err)
		err = config(realm, REALM_KVM_CAP_ARM_RME_CFG_RPV, realm->made.rpv, sizeof(realm->made.rpv));
	if (!err && realm->host.can->debug == REALM_KVM_SETTING_CONFIG)
		err = config_shape(realm);
	if (!err && realm->host.can->realm_first)
		err = COMMAND(realm, "configure", CREATE_REALM, NULL);
	return err;
}

static int rme_init(struct realm *realm, struct vcpu *vcpu)
{
	return kvm_vcpu_init(realm, vcpu, 1u << realm->host.rec_feature);
}

/* ---- content ---- */

static int init_ripas(struct realm *realm, const struct slot *slot)
{
	/* RFC v1 reads the first half of it. */
	const struct realm_kvm_arm_rme_init_ripas init = { .base = slot->base, .size = slot->size };

	return COMMAND(realm, "populate", INIT_RIPAS_REALM, &init);
}

static int rme_begin(struct realm *realm)
{
	size_t i;
	int err = 0;

	if (!realm->host.can->realm_first)
		err = COMMAND(realm, "populate", CREATE_REALM, NULL);
	for (i = 0; !err && i < realm->num_slots; i++)
		err = init_ripas(realm, &realm->slots[i]);
	return err;
}

static int rme_populate(struct realm *realm, const struct slot *slot, uint64_t ipa, const uint8_t *source,
			uint64_t size, bool measured, uint64_t *donep)
{
	/* RFC v1 reads the first half of it: it measures all. */
	const struct realm_kvm_arm_rme_populate populate = {
		.base = ipa,
		.size = size,
		.flags = measured ? REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE : 0,
	};
	int err;

	/* A VMM may have loaded it there already. */
	memmove(slot->shared + (ipa - slot->base), source, size);
	err = COMMAND(realm, "populate", POPULATE_REALM, &populate);
	*donep = err ? 0 : size;
	/* What was copied is in the protected half now; RFC v1 has no other. */
	if (!err && slot->own && slot->gmem >= 0)
		err = kvm_drop_shared(realm, slot, ipa, size, "populate");
	return err;
}

/* ---- the end of building ---- */

static int rme_seal(struct realm *realm)
{
	unsigned int i;
	int err = kvm_set_start(realm);

	if (!err)
		err = kvm_gic_create(realm);
	if (!err)
		err = kvm_pmu_init(realm);
	for (i = 0; !err && i < realm->num_vcpus; i++)
		err = kvm_vcpu_finalize(realm, realm->vcpus[i], (int)realm->host.rec_feature, "seal");
	return err ? err : COMMAND(realm, "seal", ACTIVATE_REALM, NULL);
}

const struct kvm_steps kvm_rme_steps = {
	.configure = rme_configure,
	.init = rme_init,
	.begin = rme_begin,
	.populate = rme_populate,
	.seal = rme_seal,
};
