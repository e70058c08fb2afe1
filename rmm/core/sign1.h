/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sign1.h - what stands around the payload of a COSE_Sign1 (RFC 9052, 4.2 and 4.4) that is signed with ES384
 *
 *     the signed item:    rmm_sign1_head()      payload    the signature, as CBOR bytes
 *     what is signed:     rmm_sign1_tbs_head()  payload
 */
#ifndef RMM_SIGN1_H
#define RMM_SIGN1_H

#include "cbor-out.h"
#include "port.h"

#define RMM_SIGN1_TBS_HEAD_MAX 32	/* bytes that any rmm_sign1_tbs_head() fits in */

void rmm_sign1_head(struct rmm_cbor *out, size_t payload_len);
void rmm_sign1_tbs_head(struct rmm_cbor *out, size_t payload_len);
/* SHA-384 of what is signed */
void rmm_sign1_digest(const struct rmm_port *port, void *ctx, const void *payload, size_t len, uint8_t digest[48]);

#endif
