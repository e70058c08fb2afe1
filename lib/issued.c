/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* issued.c - the events of what was made of a realm, told as it is made */
#include <string.h>

#include "kvm.h"

/* Tell the events of one half of the walk over what was made: before the loads, or after them. */
static int tell_half(struct realm *realm, bool after)
{
	struct realm_event event;
	struct walk walk;
	bool half = false;
	int ret = walk_init(&walk, &realm->made, realm->host.family);

	if (ret)
		return ret;
	while ((ret = walk_next(&walk, &event)) > 0) {
		if (ret == WALK_DATA)
			half = true;
		else if (half == after)
			realm->opts.issued(realm->opts.issued_arg, &event);
		if (half && !after)
			break;
	}
	walk_free(&walk);
	return 0;
}

int issued_begin(struct realm *realm)
{
	return realm->opts.issued ? tell_half(realm, false) : 0;
}

int issued_end(struct realm *realm)
{
	return realm->opts.issued ? tell_half(realm, true) : 0;
}

int issued_data(struct realm *realm, uint64_t ipa, const uint8_t *source, uint64_t size, bool measured)
{
	uint32_t granule = realm->made.granule;
	uint8_t digest[REALM_DIGEST_MAX];
	struct realm_event event;
	uint64_t at;

	if (!realm->opts.issued)
		return 0;
	for (at = 0; at < size; at += granule) {
		struct granule data = { .ipa = ipa + at, .measured = measured, .digest = digest };

		if (measured && hasher_digest(&realm->hasher, source + at, granule, digest))
			return realm_fail_nomem(realm->ctx);
		event_from_granule(&event, &data);
		realm->opts.issued(realm->opts.issued_arg, &event);
	}
	return 0;
}
