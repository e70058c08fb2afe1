/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sign1.c - what stands around the payload of a COSE_Sign1 */
#include "rmi.h"
#include "sign1.h"

#define TAG_SIGN1 18

/* A map of one pair: the algorithm (1) is ES384 (-35) */
static const uint8_t protected[] = { 0xa1, 0x01, 0x38, 0x22 };

void rmm_sign1_head(struct rmm_cbor *out, size_t payload_len)
{
	rmm_cbor_head(out, RMM_CBOR_TAG, TAG_SIGN1);
	rmm_cbor_head(out, RMM_CBOR_ARRAY, 4);
	rmm_cbor_bytes(out, protected, sizeof(protected));
	rmm_cbor_head(out, RMM_CBOR_MAP, 0);
	rmm_cbor_head(out, RMM_CBOR_BYTES, payload_len);
}

void rmm_sign1_tbs_head(struct rmm_cbor *out, size_t payload_len)
{
	rmm_cbor_head(out, RMM_CBOR_ARRAY, 4);
	rmm_cbor_text(out, "Signature1");
	rmm_cbor_bytes(out, protected, sizeof(protected));
	rmm_cbor_head(out, RMM_CBOR_BYTES, 0);
	rmm_cbor_head(out, RMM_CBOR_BYTES, payload_len);
}

void rmm_sign1_digest(const struct rmm_port *port, void *ctx, const void *payload, size_t len, uint8_t digest[48])
{
	uint8_t head[RMM_SIGN1_TBS_HEAD_MAX];
	struct rmm_cbor out = { head, sizeof(head), 0 };

	rmm_sign1_tbs_head(&out, len);
	port->hash_begin(ctx, RMI_HASH_SHA_384);
	port->hash_add(ctx, head, out.len);
	port->hash_add(ctx, payload, len);
	port->hash_end(ctx, digest);
}
