/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-out.c - writing CBOR (RFC 8949) */
#include "cbor-out.h"
#include "core.h"

void rmm_cbor_raw(struct rmm_cbor *out, const void *bytes, size_t len)
{
	if (out->len <= out->size && len <= out->size - out->len)
		mem_copy(out->buf + out->len, bytes, len);
	out->len += len;
}

/* log2 of the bytes that follow the first; -1: the value is in the first */
static int width_of(uint64_t value)
{
	if (value < 24)
		return -1;
	return value <= UINT8_MAX ? 0 : value <= UINT16_MAX ? 1 : value <= UINT32_MAX ? 2 : 3;
}

void rmm_cbor_head(struct rmm_cbor *out, enum rmm_cbor_major major, uint64_t value)
{
	int width = width_of(value);
	unsigned more = width < 0 ? 0 : 1U << width;
	uint8_t bytes[9];

	bytes[0] = (uint8_t)((unsigned)major << 5 | (more ? 24U + (unsigned)width : (unsigned)value));
	for (unsigned i = 0; i < more; i++)
		bytes[1 + i] = (uint8_t)(value >> 8 * (more - 1 - i));
	rmm_cbor_raw(out, bytes, 1 + more);
}

void rmm_cbor_int(struct rmm_cbor *out, int64_t value)
{
	if (value < 0)
		rmm_cbor_head(out, RMM_CBOR_NINT, ~(uint64_t)value);
	else
		rmm_cbor_head(out, RMM_CBOR_UINT, (uint64_t)value);
}

void rmm_cbor_bytes(struct rmm_cbor *out, const void *bytes, size_t len)
{
	rmm_cbor_head(out, RMM_CBOR_BYTES, len);
	rmm_cbor_raw(out, bytes, len);
}

void rmm_cbor_text(struct rmm_cbor *out, const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	rmm_cbor_head(out, RMM_CBOR_TEXT, len);
	rmm_cbor_raw(out, text, len);
}
