/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-build.c - from a VM to a sealed realm, step by step */
#include <stdlib.h>
#include <string.h>

#include "kvm.h"
#include "plan.h"

/* One call of POPULATE: KVM looks for signals and others at its end. */
#define POPULATE_MAX (UINT64_C(4) << 20)

int realm_configure(struct realm *realm)
{
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(NEW), "realm_configure");
	if (err)
		return err;
	err = realm->steps->configure(realm);
	/* Some of it may be done, which cannot be done again. */
	realm->phase = err ? REALM_PHASE_DEAD : REALM_PHASE_CONFIGURED;
	return realm_unlock(realm, err);
}

int realm_forward_calls(struct realm *realm, uint32_t first, uint32_t count)
{
	int err;

	if (!realm)
		return -EINVAL;
	if (!count || count - 1 > UINT32_MAX - first)
		return realm_fail(realm->ctx, EINVAL, "count", NULL, "%u identifiers from %#x do not exist", count,
				  first);
	/* KVM takes no filter for a VM that has run, and sealing may run it. */
	err = realm_lock(realm, ~(PHASE(SEALED) | PHASE(RUNNING) | PHASE(DEAD)), "realm_forward_calls");
	return err ? err : realm_unlock(realm, kvm_forward(realm, first, count));
}

/* ---- RECs ---- */

/* Room for one more, so that what follows cannot fail half-way. */
static int reserve_rec(struct realm *realm)
{
	struct rec *recs = grow_array(realm->made.recs, realm->made.num_recs, sizeof(*recs));

	if (!recs)
		return realm_fail_nomem(realm->ctx);
	realm->made.recs = recs;
	return 0;
}

static int init_vcpu(struct realm *realm, struct vcpu *vcpu)
{
	int err = vcpu->own ? kvm_vcpu_create(realm, vcpu) : 0;

	return err ? err : realm->steps->init(realm, vcpu);
}

static int add_vcpu(struct realm *realm, struct vcpu init, const struct rec *rec)
{
	unsigned int index = realm->num_vcpus;
	struct vcpu *vcpu;
	int err = reserve_rec(realm);

	if (err)
		return err;
	if (index == realm->host.limits.max_vcpus)
		return realm_fail(realm->ctx, EOPNOTSUPP, "realm_add_rec", "use fewer",
				  "this host has %u vCPUs a VM", realm->host.limits.max_vcpus);
	vcpu = malloc(sizeof(*vcpu));
	if (!vcpu)
		return realm_fail_nomem(realm->ctx);
	*vcpu = init;
	err = init_vcpu(realm, vcpu);
	if (err) {
		kvm_vcpu_close(realm, vcpu);
		realm->phase = REALM_PHASE_DEAD; /* KVM does not take an index twice */
		return err;
	}
	realm->made.recs[realm->made.num_recs++] = *rec;
	realm->vcpus[index] = vcpu;
	__atomic_store_n(&realm->num_vcpus, index + 1, __ATOMIC_RELEASE); /* realm_kick() has no lock */
	realm->phase = REALM_PHASE_RECS;
	return (int)index;
}

static int add_rec(struct realm *realm, struct vcpu vcpu, uint64_t pc, const uint64_t *gprs, size_t count)
{
	struct rec rec = { .pc = pc };
	int ret;

	if (!realm || (!gprs && count))
		return -EINVAL;
	if (count > REALM_REC_GPRS)
		return realm_fail(realm->ctx, EINVAL, "count", NULL, "%zu is more than %d registers", count,
				  REALM_REC_GPRS);
	if (count)
		memcpy(rec.gprs, gprs, count * sizeof(*gprs));
	ret = realm_lock(realm, PHASE(CONFIGURED) | PHASE(RECS), "realm_add_rec");
	if (ret)
		return ret;
	rec.runnable = !realm->num_vcpus;
	rec.mpidr = kvm_mpidr(realm->num_vcpus);
	return realm_unlock(realm, add_vcpu(realm, vcpu, &rec));
}

int realm_add_rec(struct realm *realm, uint64_t pc, const uint64_t *gprs, size_t count)
{
	return add_rec(realm, (struct vcpu){ .fd = -1, .own = true }, pc, gprs, count);
}

int realm_adopt_rec(struct realm *realm, int vcpu_fd, void *run, uint64_t pc, const uint64_t *gprs, size_t count)
{
	if (vcpu_fd < 0 || !run)
		return -EINVAL;
	return add_rec(realm, (struct vcpu){ .fd = vcpu_fd, .run = run }, pc, gprs, count);
}

/* ---- memory ---- */

struct slot *realm_slot(struct realm *realm, uint64_t ipa, uint64_t size)
{
	size_t i;

	for (i = 0; i < realm->num_slots; i++) {
		struct slot *slot = &realm->slots[i];

		if (ipa >= slot->base && ipa - slot->base < slot->size && size <= slot->size - (ipa - slot->base))
			return slot;
	}
	return NULL;
}

static const struct slot *slot_by_id(const struct realm *realm, uint32_t id)
{
	size_t i;

	for (i = 0; i < realm->num_slots; i++)
		if (realm->slots[i].id == id)
			return &realm->slots[i];
	return NULL;
}

static int check_memory(struct realm *realm, const struct slot *new)
{
	uint64_t mask = realm->made.granule - 1, half = UINT64_C(1) << (realm->made.ipa_bits - 1);
	uint64_t base = new->base, size = new->size;
	size_t i;

	if (!size || (base | size | new->offset | (uintptr_t)new->shared) & mask)
		return realm_fail(realm->ctx, EINVAL, "memory", NULL, "%#llx bytes at %#llx are no whole granules of %u",
				  (unsigned long long)size, (unsigned long long)base, realm->made.granule);
	if (base >= half || size > half - base)
		return realm_fail(realm->ctx, EINVAL, "memory", "use more ipa_bits, or move it down",
				  "%#llx bytes at %#llx are not in the protected half, below %#llx",
				  (unsigned long long)size, (unsigned long long)base, (unsigned long long)half);
	if ((size_t)size != size)
		return realm_fail(realm->ctx, ENOMEM, "memory", "use a 64-bit host",
				  "%#llx bytes do not fit into a process here", (unsigned long long)size);
	for (i = 0; i < realm->num_slots; i++)
		if (base < realm->slots[i].base + realm->slots[i].size && realm->slots[i].base < base + size)
			return realm_fail(realm->ctx, EINVAL, "memory", NULL, "%#llx bytes at %#llx overlap slot %u",
					  (unsigned long long)size, (unsigned long long)base, realm->slots[i].id);
	if (slot_by_id(realm, new->id))
		return realm_fail(realm->ctx, EINVAL, "memory", NULL, "there is a slot %u already", new->id);
	return 0;
}

static int reserve_slot(struct realm *realm)
{
	struct slot *slots = grow_array(realm->slots, realm->num_slots, sizeof(*slots));
	struct ram *rams;

	if (!slots)
		return realm_fail_nomem(realm->ctx);
	realm->slots = slots;
	rams = grow_array(realm->made.rams, realm->made.num_rams, sizeof(*rams));
	if (!rams)
		return realm_fail_nomem(realm->ctx);
	realm->made.rams = rams;
	return 0;
}

static int add_slot(struct realm *realm, struct slot slot)
{
	int err = check_memory(realm, &slot);

	if (!err)
		err = reserve_slot(realm);
	if (err)
		return err;
	if (slot.own)
		err = kvm_slot_create(realm, &slot);
	if (!err)
		err = kvm_slot_private(realm, &slot);
	if (err) {
		kvm_slot_close(realm, &slot);
		realm->phase = REALM_PHASE_DEAD; /* KVM may have the slot */
		return err;
	}
	realm->made.rams[realm->made.num_rams++] =
		(struct ram){ .base = slot.base, .size = slot.size, .slot = slot.id };
	realm->slots[realm->num_slots++] = slot;
	realm->phase = REALM_PHASE_MEMORY;
	return 0;
}

int realm_add_memory(struct realm *realm, uint64_t base, uint64_t size)
{
	struct slot slot = { .own = true, .gmem = -1, .base = base, .size = size };
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(RECS) | PHASE(MEMORY), "realm_add_memory");
	if (err)
		return err;
	slot.id = (uint32_t)realm->num_slots;
	while (slot_by_id(realm, slot.id)) /* a VMM may have chosen it */
		slot.id++;
	err = add_slot(realm, slot);
	return realm_unlock(realm, err ? err : (int)slot.id);
}

int realm_adopt_memory(struct realm *realm, const struct realm_memory *user)
{
	struct realm_memory memory = { .guest_memfd = -1 };
	struct slot slot;
	int err;

	if (!realm || !user)
		return -EINVAL;
	err = realm_read_opts(realm->ctx, "realm_memory", &memory, sizeof(memory), user);
	if (err)
		return err;
	if (!memory.shared || (memory.guest_memfd < 0) == realm->host.can->guest_memfd)
		return realm_fail(realm->ctx, EINVAL, "realm_memory", NULL, "%s",
				  memory.shared ? realm->host.can->guest_memfd ? "this family needs a guest_memfd"
									       : "this family has no guest_memfd"
						: "shared is not set");
	slot = (struct slot){ memory.slot,        false,         memory.base,  memory.size,
			      memory.guest_memfd, memory.offset, memory.shared };
	err = realm_lock(realm, PHASE(RECS) | PHASE(MEMORY), "realm_adopt_memory");
	return err ? err : realm_unlock(realm, add_slot(realm, slot));
}

void *realm_shared(struct realm *realm, uint64_t ipa, uint64_t size)
{
	const struct slot *slot;
	void *addr;

	if (!realm)
		return NULL;
	pthread_mutex_lock(&realm->lock);
	slot = realm_slot(realm, ipa, size);
	addr = slot ? slot->shared + (ipa - slot->base) : NULL;
	pthread_mutex_unlock(&realm->lock);
	return addr;
}

/* ---- content ---- */

int realm_check_ram(struct realm *realm, const char *what, uint64_t ipa, uint64_t size)
{
	uint64_t mask = realm->made.granule - 1, at = ipa;

	if (!size || (ipa | size) & mask || size > UINT64_MAX - ipa)
		return realm_fail(realm->ctx, EINVAL, what, NULL, "%#llx bytes at %#llx are no whole granules of %u",
				  (unsigned long long)size, (unsigned long long)ipa, realm->made.granule);
	while (at < ipa + size) {
		const struct slot *slot = realm_slot(realm, at, 1);

		if (!slot)
			return realm_fail(realm->ctx, EINVAL, what, NULL, "%#llx is not RAM", (unsigned long long)at);
		at = slot->base + slot->size;
	}
	return 0;
}

static int check_range(struct realm *realm, uint64_t ipa, uint64_t size)
{
	int err = realm_check_ram(realm, "realm_populate", ipa, size);

	if (!err && ranges_overlap(&realm->populated, ipa, ipa + size))
		err = realm_fail(realm->ctx, EINVAL, "realm_populate", NULL,
				 "some of %#llx bytes at %#llx was populated before", (unsigned long long)size,
				 (unsigned long long)ipa);
	return err;
}

/* The RD exists. */
static int begun(struct realm *realm)
{
	if (realm->begun)
		return 0;
	realm->begun = true;
	return issued_begin(realm);
}

static int begin(struct realm *realm)
{
	int err;

	if (realm->begun || !realm->steps->begin)
		return 0;
	err = realm->steps->begin(realm);
	return err ? err : begun(realm);
}

/* What one call covers: within a slot, and not too much. */
static int populate_part(struct realm *realm, uint64_t ipa, const uint8_t *source, uint64_t size, bool measured,
			 uint64_t *donep)
{
	const struct slot *slot = realm_slot(realm, ipa, 1);
	uint64_t rest = slot->base + slot->size - ipa;

	if (size > rest)
		size = rest;
	if (size > POPULATE_MAX)
		size = POPULATE_MAX;
	return realm->steps->populate(realm, slot, ipa, source, size, measured, donep);
}

static int populate_all(struct realm *realm, uint64_t ipa, const uint8_t *source, uint64_t size, bool measured)
{
	int err = 0;

	while (size && !err) {
		uint64_t done = 0;
		int told;

		err = populate_part(realm, ipa, source, size, measured, &done);
		told = done ? begun(realm) : 0;
		if (!told)
			told = issued_data(realm, ipa, source, done, measured);
		if (!err)
			err = told;
		ipa += done;
		source += done;
		size -= done;
	}
	return err;
}

/* KVM takes whole pages only: copy a source that is not aligned, a part at a time. */
static int populate_unaligned(struct realm *realm, uint64_t ipa, const uint8_t *source, uint64_t size, bool measured)
{
	uint64_t max = size < POPULATE_MAX ? size : POPULATE_MAX, part;
	uint8_t *copy = aligned_alloc(realm->made.granule, max);
	int err = 0;

	if (!copy)
		return realm_fail_nomem(realm->ctx);
	for (; !err && size; size -= part, source += part, ipa += part) {
		part = size < max ? size : max;
		memcpy(copy, source, part);
		err = populate_all(realm, ipa, copy, part, measured);
	}
	free(copy);
	return err;
}

static int populate(struct realm *realm, uint64_t ipa, const void *source, uint64_t size, uint32_t flags)
{
	bool measured = !(flags & REALM_LOAD_UNMEASURED);
	int err = check_range(realm, ipa, size);

	if (!err && !measured && family_measures_all(realm->host.family)) {
		measured = realm->opts.flags & REALM_BEST_EFFORT;
		if (!measured)
			return realm_fail(realm->ctx, EOPNOTSUPP, "flags", "leave REALM_LOAD_UNMEASURED out",
					  "family %s measures every load", realm_family_name(realm->host.family));
	}
	if (!err && ranges_add(&realm->populated, ipa, ipa + size))
		return realm_fail_nomem(realm->ctx);
	if (err)
		return err;
	err = begin(realm);
	if (!err)
		err = (uintptr_t)source % realm->made.granule
			      ? populate_unaligned(realm, ipa, source, size, measured)
			      : populate_all(realm, ipa, source, size, measured);
	/* What is in cannot be taken out again. */
	realm->phase = err ? REALM_PHASE_DEAD : REALM_PHASE_POPULATED;
	return err;
}

int realm_populate(struct realm *realm, uint64_t ipa, const void *source, uint64_t size, uint32_t flags)
{
	int err;

	if (!realm || !source)
		return -EINVAL;
	if (flags & ~REALM_LOAD_UNMEASURED)
		return realm_fail(realm->ctx, EINVAL, "flags", NULL, "%#x has unknown bits", flags);
	err = realm_lock(realm, PHASE(MEMORY) | PHASE(POPULATED), "realm_populate");
	return err ? err : realm_unlock(realm, populate(realm, ipa, source, size, flags));
}

/* ---- the end of building ---- */

/* Loads of what was made, as the events after the loads depend on them in rmi-v12. */
static int keep_loads(struct realm *realm)
{
	size_t i;

	if (!realm->opts.issued)
		return 0;
	realm->made.loads = calloc(realm->populated.count + 1, sizeof(*realm->made.loads));
	if (!realm->made.loads)
		return realm_fail_nomem(realm->ctx);
	for (i = 0; i < realm->populated.count; i++) {
		const struct range *range = &realm->populated.list[i];

		realm->made.loads[i].at = range->base;
		realm->made.loads[i].length = range->top - range->base;
	}
	realm->made.num_loads = realm->populated.count;
	return 0;
}

static int seal(struct realm *realm)
{
	int err = kvm_gic_place(realm);

	if (err)
		return err;
	err = begin(realm);
	if (!err)
		err = realm->steps->seal(realm);
	if (!err)
		err = begun(realm);
	if (!err)
		err = keep_loads(realm);
	if (!err)
		err = issued_end(realm);
	realm->phase = err ? REALM_PHASE_DEAD : REALM_PHASE_SEALED;
	return err;
}

int realm_seal(struct realm *realm)
{
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(MEMORY) | PHASE(POPULATED), "realm_seal");
	return err ? err : realm_unlock(realm, seal(realm));
}
