/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kvm-rmi.c - families rmi-v12 to rmi-v15: the realm is made by the first populate, and sealed by the first run
 */
#include "kvm.h"

static int rmi_configure(struct realm *realm)
{
	return 0; /* nothing can be chosen */
}

static int rmi_init(struct realm *realm, struct vcpu *vcpu)
{
	return kvm_vcpu_init(realm, vcpu, 0);
}

/*
 * What a return of POPULATE means.  v12 counts bytes and leaves the structure alone, later series advance it; a port of v12 was seen that
 * has the later number and counts.  Up to v14 a status of the RMM may come out as if it were a count: no page is that small.
 */
static int progress(const struct realm *realm, const struct realm_kvm_arm_rmi_populate *before,
		    const struct realm_kvm_arm_rmi_populate *after, int ret, uint64_t *donep)
{
	uint64_t moved = after->base - before->base;

	*donep = 0;
	if (ret > 0 && (ret % realm->made.granule || (uint64_t)ret > before->size))
		return ret < (int)realm->made.granule ? -ENXIO : -EPROTO;
	if (ret > 0) {
		*donep = (uint64_t)ret;
		return 0;
	}
	if (moved > before->size || moved % realm->made.granule || before->size - after->size != moved ||
	    after->source_uaddr - before->source_uaddr != moved)
		return -EPROTO;
	*donep = moved;
	if (ret == -EINTR || ret == -EAGAIN)
		return moved ? 0 : -EINTR;
	if (!ret && !moved)
		return -EPROTO; /* neither done nor refused: it would go on for ever */
	return ret;
}

static int rmi_populate(struct realm *realm, const struct slot *slot, uint64_t ipa, const uint8_t *source,
			uint64_t size, bool measured, uint64_t *donep)
{
	const struct realm_kvm_arm_rmi_populate before = {
		.base = ipa,
		.size = size,
		.source_uaddr = (uintptr_t)source,
		.flags = measured ? REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE : 0,
	};
	struct realm_kvm_arm_rmi_populate populate = before;
	bool counts = realm->host.can->populate == REALM_KVM_POPULATE_COUNT;
	int ret = sys_ioctl(realm->ctx, realm->vm_fd,
			    counts ? REALM_KVM_ARM_RMI_POPULATE_V12 : REALM_KVM_ARM_RMI_POPULATE_V13,
			    (uintptr_t)&populate);

	ret = progress(realm, &before, &populate, ret, donep);
	return ret ? realm_host_failed(realm->ctx, "populate", "KVM_ARM_RMI_POPULATE", ret) : 0;
}

/*
 * The first KVM_RUN activates the realm before it looks at immediate_exit, so EINTR says that it succeeded.  After a failure it would
 * say so too: it must not be asked twice.
 */
static int rmi_seal(struct realm *realm)
{
	struct vcpu *vcpu = realm->vcpus[0];
	int ret = kvm_set_start(realm);

	if (!ret)
		ret = kvm_gic_create(realm);
	if (!ret)
		ret = kvm_pmu_init(realm);
	if (ret)
		return ret;
	__atomic_store_n(&vcpu->run->immediate_exit, 1, __ATOMIC_SEQ_CST);
	ret = sys_ioctl_once(realm->ctx, vcpu->fd, REALM_KVM_RUN, 0);
	__atomic_store_n(&vcpu->run->immediate_exit, 0, __ATOMIC_SEQ_CST);
	/* A kick is for realm_run(). */
	if (__atomic_load_n(&vcpu->kicked, __ATOMIC_SEQ_CST))
		__atomic_store_n(&vcpu->run->immediate_exit, 1, __ATOMIC_SEQ_CST);
	if (ret == -EINTR)
		return 0;
	return realm_host_failed(realm->ctx, "seal", "KVM_RUN", ret < 0 ? ret : -EPROTO);
}

const struct kvm_steps kvm_rmi_steps = {
	.configure = rmi_configure,
	.init = rmi_init,
	.populate = rmi_populate,
	.seal = rmi_seal,
};
