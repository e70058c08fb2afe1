/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-convert.c - making pages of a realm private or shared */
#include "kvm.h"

/* One range within a slot */
static int convert_part(struct realm *realm, const struct slot *slot, const struct range *part, bool to_private)
{
	int err;

	if (ranges_reserve(&realm->shared))
		return realm_fail_nomem(realm->ctx);
	err = kvm_convert(realm, slot, part->base, part->top - part->base, to_private);
	if (err)
		return err;
	return to_private ? ranges_remove(&realm->shared, part->base, part->top)
			  : ranges_add(&realm->shared, part->base, part->top);
}

/*
 * What is to be done of [ipa, top).  Where nobody keeps attributes it is what changes, since pages of a range that is shared already are not
 * the guest_memfd's any more.  Else it is all of it: who keeps the attributes also knows how far a call came that failed.
 */
static bool next_part(const struct realm *realm, uint64_t ipa, uint64_t top, bool to_private, struct range *part)
{
	if (kvm_converts_once(realm))
		return ranges_next(&realm->shared, to_private, ipa, top, part);
	*part = (struct range){ ipa, top };
	return ipa < top;
}

static int convert(struct realm *realm, uint64_t ipa, uint64_t size, bool to_private)
{
	uint64_t top = ipa + size;
	struct range part;
	int err = realm_check_ram(realm, "realm_convert", ipa, size);

	while (!err && next_part(realm, ipa, top, to_private, &part)) {
		const struct slot *slot = realm_slot(realm, part.base, 1);

		if (part.top > slot->base + slot->size)
			part.top = slot->base + slot->size;
		err = convert_part(realm, slot, &part, to_private);
		ipa = part.top;
	}
	return err;
}

int realm_convert(struct realm *realm, uint64_t ipa, uint64_t size, int to_private)
{
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(SEALED) | PHASE(RUNNING), "realm_convert");
	if (err)
		return err;
	if (realm->host.can->attributes == REALM_KVM_ATTRIBUTES_NONE)
		return realm_unlock(realm, realm_fail(realm->ctx, EOPNOTSUPP, "realm_convert", NULL,
						      "family %s converts memory by itself",
						      realm_family_name(realm->host.family)));
	return realm_unlock(realm, convert(realm, ipa, size, to_private != 0));
}
