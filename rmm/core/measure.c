/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * measure.c - the RIM and the REMs of a realm (DEN0137 1.0-rel0 and 2.0-bet1, Realm measurement)
 *
 * Written apart from the library's measurement on purpose: each checks the other. Every extension replaces a
 * measurement by the digest of a 256-byte descriptor that contains it:
 *
 *     0x00 type   0x08 length   0x10 RIM (64)   0x50 what is measured   then zeros
 */
#include "core.h"
#include "measurement.h"

unsigned rmm_digest_size(unsigned algo)
{
	switch (algo) {
	case RMI_HASH_SHA_256:
		return RMI_HASH_SHA_256_DIGEST_SIZE;
	case RMI_HASH_SHA_384:
		return RMI_HASH_SHA_384_DIGEST_SIZE;
	case RMI_HASH_SHA_512:
		return RMI_HASH_SHA_512_DIGEST_SIZE;
	default:
		return 0;
	}
}

static void hash_begin(struct rmm *rmm, const struct rd *rd)
{
	rmm->port->hash_begin(rmm->ctx, rd->params.hash_algo);
}

static void hash_add(struct rmm *rmm, const void *data, size_t len)
{
	rmm->port->hash_add(rmm->ctx, data, len);
}

/* The digest and the zeros after it */
static void hash_end(struct rmm *rmm, uint8_t slot[RMM_DIGEST_MAX])
{
	mem_set(slot, 0, RMM_DIGEST_MAX);
	rmm->port->hash_end(rmm->ctx, slot);
}

/* A page that is zero but for a few fields, hashed as it goes by. Fields come in rising order. */
struct page_hash {
	struct rmm *rmm;
	size_t at;
};

static void page_skip(struct page_hash *page, size_t offset)
{
	static const uint8_t zeros[256];

	while (page->at < offset) {
		size_t len = min_u64(offset - page->at, sizeof(zeros));

		hash_add(page->rmm, zeros, len);
		page->at += len;
	}
}

static void page_add(struct page_hash *page, size_t offset, const void *data, size_t len)
{
	page_skip(page, offset);
	hash_add(page->rmm, data, len);
	page->at += len;
}

void rmm_measure_params(struct rmm *rmm, struct rd *rd)
{
	const struct realm_params *params = &rd->params;
	struct page_hash page = { rmm, 0 };

	if (!rmm->variant->rim_from_params)
		return;
	hash_begin(rmm, rd);
	page_add(&page, RMI_REALM_PARAMS_FLAGS0_OFFSET, &params->flags0, 8);
	page_add(&page, RMI_REALM_PARAMS_S2SZ_OFFSET, &params->s2sz, 4);
	page_add(&page, RMI_REALM_PARAMS_SVE_VL_OFFSET, &params->sve_vl, 4);
	page_add(&page, RMI_REALM_PARAMS_NUM_BPS_OFFSET, &params->num_bps, 4);
	page_add(&page, RMI_REALM_PARAMS_NUM_WPS_OFFSET, &params->num_wps, 4);
	page_add(&page, RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET, &params->pmu_num_ctrs, 4);
	page_add(&page, RMI_REALM_PARAMS_HASH_ALGO_OFFSET, &params->hash_algo, 4);
	page_skip(&page, RMM_MEASUREMENT_PARAMS_SIZE);
	hash_end(rmm, rd->measurements[RMM_MEASUREMENT_INDEX_RIM]);
}

/* What all descriptors begin with; their own fields are set by the caller, then extend() */
static void describe(const struct rd *rd, uint8_t type, uint8_t desc[RMM_MEASUREMENT_SIZE])
{
	const uint64_t len = RMM_MEASUREMENT_SIZE;

	mem_set(desc, 0, RMM_MEASUREMENT_SIZE);
	desc[RMM_MEASUREMENT_DATA_TYPE_OFFSET] = type;
	mem_copy(desc + RMM_MEASUREMENT_DATA_LEN_OFFSET, &len, sizeof(len));
	mem_copy(desc + RMM_MEASUREMENT_DATA_RIM_OFFSET, rd->measurements[RMM_MEASUREMENT_INDEX_RIM], RMM_DIGEST_MAX);
}

static void extend(struct rmm *rmm, struct rd *rd, const uint8_t desc[RMM_MEASUREMENT_SIZE])
{
	hash_begin(rmm, rd);
	hash_add(rmm, desc, RMM_MEASUREMENT_SIZE);
	hash_end(rmm, rd->measurements[RMM_MEASUREMENT_INDEX_RIM]);
}

void rmm_measure_data(struct rmm *rmm, struct rd *rd, uint64_t ipa, uint64_t flags, const void *content)
{
	uint8_t desc[RMM_MEASUREMENT_SIZE];

	describe(rd, RMM_MEASUREMENT_TYPE_DATA, desc);
	mem_copy(desc + RMM_MEASUREMENT_DATA_IPA_OFFSET, &ipa, sizeof(ipa));
	mem_copy(desc + RMM_MEASUREMENT_DATA_FLAGS_OFFSET, &flags, sizeof(flags));
	if (flags & RMI_DATA_FLAGS_MEASURE_MASK) {
		hash_begin(rmm, rd);
		hash_add(rmm, content, granule_bytes(rmm));
		hash_end(rmm, desc + RMM_MEASUREMENT_DATA_CONTENT_OFFSET);
	}
	extend(rmm, rd, desc);
}

void rmm_measure_rec(struct rmm *rmm, struct rd *rd, uint64_t flags, uint64_t pc, const uint64_t gprs[8])
{
	uint8_t desc[RMM_MEASUREMENT_SIZE];
	struct page_hash page = { rmm, 0 };

	if (!(flags & RMI_REC_CREATE_FLAGS_RUNNABLE_MASK))
		return;
	describe(rd, RMM_MEASUREMENT_TYPE_REC, desc);
	hash_begin(rmm, rd);
	page_add(&page, RMI_REC_PARAMS_FLAGS_OFFSET, &flags, sizeof(flags));
	page_add(&page, RMI_REC_PARAMS_PC_OFFSET, &pc, sizeof(pc));
	page_add(&page, RMI_REC_PARAMS_GPRS_OFFSET, gprs, 8 * RMI_REC_PARAMS_GPRS_COUNT);
	page_skip(&page, RMM_MEASUREMENT_PARAMS_SIZE);
	hash_end(rmm, desc + RMM_MEASUREMENT_REC_CONTENT_OFFSET);
	extend(rmm, rd, desc);
}

void rmm_measure_ripas(struct rmm *rmm, struct rd *rd, uint64_t base, uint64_t top)
{
	uint8_t desc[RMM_MEASUREMENT_SIZE];

	if (!rmm->variant->ripas_measured)
		return;
	describe(rd, RMM_MEASUREMENT_TYPE_RIPAS, desc);
	mem_copy(desc + RMM_MEASUREMENT_RIPAS_BASE_OFFSET, &base, sizeof(base));
	mem_copy(desc + RMM_MEASUREMENT_RIPAS_TOP_OFFSET, &top, sizeof(top));
	extend(rmm, rd, desc);
}

void rmm_measure_extend(struct rmm *rmm, struct rd *rd, unsigned index, const uint8_t *value, size_t size)
{
	struct page_hash page = { rmm, 0 };

	hash_begin(rmm, rd);
	hash_add(rmm, rd->measurements[index], rmm_digest_size(rd->params.hash_algo));
	page_add(&page, 0, value, size);
	if (rmm->variant->rem_padded)
		page_skip(&page, RMM_DIGEST_MAX);
	hash_end(rmm, rd->measurements[index]);
}
