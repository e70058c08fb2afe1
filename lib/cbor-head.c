/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-head.c - taking one head apart, by libcbor's decoder, which allocates nothing */
/* not cbor.h, which here is ours */
#include <cbor/configuration.h>
#include <cbor/streaming.h>

#include "cbor-head.h"

/* Lengths in callbacks grew to 64 bits on 32-bit CPUs. */
#if CBOR_MAJOR_VERSION > 0 || CBOR_MINOR_VERSION >= 10
typedef uint64_t cbor_len;
#else
typedef size_t cbor_len;
#endif

static void on_number(struct head *head, uint64_t number, bool negative)
{
	head->type = CVAL_INT;
	head->number = number;
	head->negative = negative;
}

static void on_uint8(void *head, uint8_t number)
{
	on_number(head, number, false);
}

static void on_uint16(void *head, uint16_t number)
{
	on_number(head, number, false);
}

static void on_uint32(void *head, uint32_t number)
{
	on_number(head, number, false);
}

static void on_uint64(void *head, uint64_t number)
{
	on_number(head, number, false);
}

static void on_negint8(void *head, uint8_t number)
{
	on_number(head, number, true);
}

static void on_negint16(void *head, uint16_t number)
{
	on_number(head, number, true);
}

static void on_negint32(void *head, uint32_t number)
{
	on_number(head, number, true);
}

static void on_negint64(void *head, uint64_t number)
{
	on_number(head, number, true);
}

static void on_length(struct head *head, enum cval_type type, uint64_t length, const uint8_t *string)
{
	head->type = type;
	head->number = length;
	head->string = string;
}

static void on_bytes(void *head, cbor_data string, cbor_len length)
{
	on_length(head, CVAL_BYTES, length, string);
}

static void on_text(void *head, cbor_data string, cbor_len length)
{
	on_length(head, CVAL_TEXT, length, string);
}

static void on_array(void *head, cbor_len length)
{
	on_length(head, CVAL_ARRAY, length, NULL);
}

static void on_map(void *head, cbor_len length)
{
	on_length(head, CVAL_MAP, length, NULL);
}

static void on_tag(void *head, uint64_t tag)
{
	on_length(head, CVAL_TAG, tag, NULL);
}

static void on_indefinite(struct head *head, enum cval_type type)
{
	head->type = type;
	head->indefinite = true;
}

static void on_indefinite_bytes(void *head)
{
	on_indefinite(head, CVAL_BYTES);
}

static void on_indefinite_text(void *head)
{
	on_indefinite(head, CVAL_TEXT);
}

static void on_indefinite_array(void *head)
{
	on_indefinite(head, CVAL_ARRAY);
}

static void on_indefinite_map(void *head)
{
	on_indefinite(head, CVAL_MAP);
}

static void on_float(void *head, float real)
{
	((struct head *)head)->type = CVAL_FLOAT;
	((struct head *)head)->real = (double)real;
}

static void on_double(void *head, double real)
{
	((struct head *)head)->type = CVAL_FLOAT;
	((struct head *)head)->real = real;
}

static void on_null(void *head)
{
	((struct head *)head)->type = CVAL_NULL;
}

static void on_bool(void *head, bool value)
{
	on_length(head, CVAL_BOOL, value, NULL);
}

static void on_break(void *head)
{
	((struct head *)head)->is_break = true;
}

static const struct cbor_callbacks callbacks = {
	.uint8 = on_uint8,
	.uint16 = on_uint16,
	.uint32 = on_uint32,
	.uint64 = on_uint64,
	.negint8 = on_negint8,
	.negint16 = on_negint16,
	.negint32 = on_negint32,
	.negint64 = on_negint64,
	.byte_string = on_bytes,
	.byte_string_start = on_indefinite_bytes,
	.string = on_text,
	.string_start = on_indefinite_text,
	.array_start = on_array,
	.indef_array_start = on_indefinite_array,
	.map_start = on_map,
	.indef_map_start = on_indefinite_map,
	.tag = on_tag,
	.float2 = on_float,
	.float4 = on_float,
	.float8 = on_double,
	.undefined = on_null,
	.null = on_null,
	.boolean = on_bool,
	.indef_break = on_break,
};

/* Tags of one byte, of which libcbor before 0.10 refuses those that RFC 7049 had not assigned, COSE's among them */
static bool is_short_tag(uint8_t first)
{
	return first / 32 == 6 && first % 32 < 24;
}

const char *cbor_read_head(const uint8_t *at, const uint8_t *end, struct head *head)
{
	struct cbor_decoder_result result;

	*head = (struct head){ 0 };
	if (at == end)
		return "ends where a value should be";
	if (is_short_tag(*at)) {
		on_tag(head, *at % 32);
		head->size = 1;
		return NULL;
	}
	result = cbor_stream_decode(at, (size_t)(end - at), &callbacks, head);
	head->size = result.read;
	if (result.status == CBOR_DECODER_NEDATA)
		return "ends inside of a value";
	return result.status == CBOR_DECODER_FINISHED ? NULL : "is not CBOR";
}
