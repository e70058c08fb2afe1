/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * measure.c - events and the rules of an RMM profile give the RIM
 *
 * Whatever is hashed is little-endian and mostly zero.  Each extension replaces the RIM by the digest of one descriptor:
 *
 *            0x00  0x08   0x10      0x50                   0x58        0x60        0x90    0xa0  0x100
 *     data   | 0 | 0x100 | old RIM | IPA                  | flags     | content slot    | 0        |
 *     rec    | 1 | 0x100 | old RIM | digest slot of the REC's parameter page    | 0               |
 *     ripas  | 2 | 0x100 | old RIM | base                 | top       | 0                          |
 *
 * A slot has 64 bytes: the digest, then zeros.  Layouts: spec/measurement.json.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "measurement.h"

struct realm_rim {
	struct realm_ctx *ctx;
	enum realm_profile profile;
	enum realm_hash hash;
	struct hasher hasher;
	bool has_realm, has_activate;
	uint8_t slot[REALM_DIGEST_MAX];
};

static void put64(uint8_t *at, uint64_t value)
{
	int i;

	for (i = 0; i < 8; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* ---- RIM ---- */

static int start_rim(struct realm_rim *rim, const struct realm_event *event)
{
	uint8_t page[RMM_REALM_PARAMS_SIZE] = { 0 };

	if (rim->profile == REALM_PROFILE_RMM_2_0)
		return 0; /* starts as zero */
	put64(page + RMM_REALM_PARAMS_FLAGS_OFFSET, event->flags);
	page[RMM_REALM_PARAMS_S2SZ_OFFSET] = event->s2sz;
	page[RMM_REALM_PARAMS_SVE_VL_OFFSET] = event->sve_vl;
	page[RMM_REALM_PARAMS_NUM_BPS_OFFSET] = event->num_bps;
	page[RMM_REALM_PARAMS_NUM_WPS_OFFSET] = event->num_wps;
	page[RMM_REALM_PARAMS_PMU_NUM_CTRS_OFFSET] = event->pmu_num_ctrs;
	page[RMM_REALM_PARAMS_HASH_ALGO_OFFSET] = (uint8_t)rim->hash;
	return hasher_digest(&rim->hasher, page, sizeof(page), rim->slot);
}

static int extend_data(struct realm_rim *rim, const struct realm_event *event)
{
	uint8_t desc[RMM_MEASUREMENT_DATA_SIZE] = { 0 };

	desc[RMM_MEASUREMENT_DATA_TYPE_OFFSET] = RMM_MEASUREMENT_TYPE_DATA;
	put64(desc + RMM_MEASUREMENT_DATA_LEN_OFFSET, sizeof(desc));
	memcpy(desc + RMM_MEASUREMENT_DATA_RIM_OFFSET, rim->slot, sizeof(rim->slot));
	put64(desc + RMM_MEASUREMENT_DATA_IPA_OFFSET, event->ipa);
	put64(desc + RMM_MEASUREMENT_DATA_FLAGS_OFFSET, event->flags);
	if (event->flags & RMM_DATA_FLAGS_MEASURE_MASK)
		memcpy(desc + RMM_MEASUREMENT_DATA_CONTENT_OFFSET, event->content, rim->hasher.size);
	return hasher_digest(&rim->hasher, desc, sizeof(desc), rim->slot);
}

static int extend_rec(struct realm_rim *rim, const struct realm_event *event)
{
	uint8_t page[RMM_REC_PARAMS_SIZE] = { 0 };
	uint8_t desc[RMM_MEASUREMENT_REC_SIZE] = { 0 };
	size_t i;
	int err;

	if (!(event->flags & RMM_REC_FLAGS_RUNNABLE_MASK))
		return 0;
	put64(page + RMM_REC_PARAMS_FLAGS_OFFSET, event->flags);
	put64(page + RMM_REC_PARAMS_PC_OFFSET, event->pc);
	for (i = 0; i < RMM_REC_PARAMS_GPRS_COUNT; i++)
		put64(page + RMM_REC_PARAMS_GPRS_OFFSET + 8 * i, event->gprs[i]);

	desc[RMM_MEASUREMENT_REC_TYPE_OFFSET] = RMM_MEASUREMENT_TYPE_REC;
	put64(desc + RMM_MEASUREMENT_REC_LEN_OFFSET, sizeof(desc));
	memcpy(desc + RMM_MEASUREMENT_REC_RIM_OFFSET, rim->slot, sizeof(rim->slot));
	err = hasher_digest(&rim->hasher, page, sizeof(page), desc + RMM_MEASUREMENT_REC_CONTENT_OFFSET);
	return err ? err : hasher_digest(&rim->hasher, desc, sizeof(desc), rim->slot);
}

static int extend_ripas(struct realm_rim *rim, const struct realm_event *event)
{
	uint8_t desc[RMM_MEASUREMENT_RIPAS_SIZE] = { 0 };

	if (rim->profile != REALM_PROFILE_RMM_1_0)
		return 0;
	desc[RMM_MEASUREMENT_RIPAS_TYPE_OFFSET] = RMM_MEASUREMENT_TYPE_RIPAS;
	put64(desc + RMM_MEASUREMENT_RIPAS_LEN_OFFSET, sizeof(desc));
	memcpy(desc + RMM_MEASUREMENT_RIPAS_RIM_OFFSET, rim->slot, sizeof(rim->slot));
	put64(desc + RMM_MEASUREMENT_RIPAS_BASE_OFFSET, event->base);
	put64(desc + RMM_MEASUREMENT_RIPAS_TOP_OFFSET, event->top);
	return hasher_digest(&rim->hasher, desc, sizeof(desc), rim->slot);
}

static int extend(struct realm_rim *rim, const struct realm_event *event)
{
	switch (event->type) {
	case REALM_EVENT_REALM:
		return start_rim(rim, event);
	case REALM_EVENT_RIPAS:
		return extend_ripas(rim, event);
	case REALM_EVENT_DATA:
		return extend_data(rim, event);
	case REALM_EVENT_REC:
		return extend_rec(rim, event);
	case REALM_EVENT_ACTIVATE:
		break;
	}
	return 0;
}

int realm_rim_new(struct realm_ctx *ctx, enum realm_profile profile, enum realm_hash hash, struct realm_rim **rimp)
{
	struct realm_rim *rim;

	if (!ctx || !rimp)
		return -EINVAL;
	if (!realm_profile_name(profile) || !realm_hash_name(hash))
		return realm_fail(ctx, EINVAL, realm_hash_name(hash) ? "profile" : "hash", NULL, "there is no such %s",
				  realm_hash_name(hash) ? "profile" : "algorithm");
	if (!profile_can(profile, hash, 4096))
		return realm_fail(ctx, EOPNOTSUPP, realm_profile_name(profile), "use sha256 or sha512", "has no %s",
				  realm_hash_name(hash));
	rim = calloc(1, sizeof(*rim));
	if (!rim || hasher_init(&rim->hasher, hash)) {
		free(rim);
		return realm_fail_nomem(ctx);
	}
	rim->ctx = ctx;
	rim->profile = profile;
	rim->hash = hash;
	*rimp = rim;
	return 0;
}

int realm_rim_extend(struct realm_rim *rim, const struct realm_event *user)
{
	struct realm_event event = { .sz = sizeof(event) };
	bool is_realm;
	int err;

	if (!rim || !user)
		return -EINVAL;
	if (realm_copy_opts(&event, sizeof(event), user) || event.type < REALM_EVENT_REALM ||
	    event.type > REALM_EVENT_ACTIVATE)
		return realm_fail(rim->ctx, EINVAL, "event", NULL, "sz or type is not known");
	is_realm = event.type == REALM_EVENT_REALM;
	if (rim->has_activate || is_realm == rim->has_realm)
		return realm_fail(rim->ctx, EBUSY, "event", NULL,
				  rim->has_activate ? "the RIM is frozen after activate"
				  : is_realm        ? "second realm event"
						    : "the realm event must come first");
	err = extend(rim, &event);
	if (err)
		return realm_fail_nomem(rim->ctx);
	rim->has_realm = true;
	rim->has_activate = event.type == REALM_EVENT_ACTIVATE;
	return 0;
}

void rim_resume(struct realm_rim *rim, const uint8_t slot[REALM_DIGEST_MAX])
{
	rim->has_realm = slot != NULL;
	rim->has_activate = false;
	if (slot)
		memcpy(rim->slot, slot, sizeof(rim->slot));
	else
		memset(rim->slot, 0, sizeof(rim->slot));
}

const uint8_t *realm_rim_value(const struct realm_rim *rim)
{
	return rim ? rim->slot : NULL;
}

void realm_rim_free(struct realm_rim *rim)
{
	if (!rim)
		return;
	hasher_free(&rim->hasher);
	free(rim);
}

/* ---- REM ---- */

int realm_rem_extend(enum realm_hash hash, uint8_t rem[REALM_DIGEST_MAX], const void *value, size_t size)
{
	uint8_t buf[2 * REALM_DIGEST_MAX];
	size_t digest_size = realm_hash_size(hash);

	if (!rem || (!value && size) || size > REALM_DIGEST_MAX || !digest_size)
		return -EINVAL;
	memcpy(buf, rem, digest_size);
	if (size)
		memcpy(buf + digest_size, value, size);
	return realm_digest(hash, buf, digest_size + size, rem);
}
