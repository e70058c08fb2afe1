/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-out.h - writing CBOR (RFC 8949): definite lengths, each number in its shortest form */
#ifndef RMM_CBOR_OUT_H
#define RMM_CBOR_OUT_H

#include <stddef.h>
#include <stdint.h>

enum rmm_cbor_major {
	RMM_CBOR_UINT,
	RMM_CBOR_NINT,
	RMM_CBOR_BYTES,
	RMM_CBOR_TEXT,
	RMM_CBOR_ARRAY,
	RMM_CBOR_MAP,
	RMM_CBOR_TAG,
};

/* Where it goes, and how long it is. What does not fit is counted, not written: len is above size then. */
struct rmm_cbor {
	uint8_t *buf;
	size_t size, len;
};

/* What an item begins with: its value, length, number of items or of pairs, or tag */
void rmm_cbor_head(struct rmm_cbor *out, enum rmm_cbor_major major, uint64_t value);
void rmm_cbor_int(struct rmm_cbor *out, int64_t value);
void rmm_cbor_bytes(struct rmm_cbor *out, const void *bytes, size_t len);
void rmm_cbor_text(struct rmm_cbor *out, const char *text);
/* As it is: an item that is encoded already, or a part of one */
void rmm_cbor_raw(struct rmm_cbor *out, const void *bytes, size_t len);

#endif
