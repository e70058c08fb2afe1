/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-write.c - writing CBOR */
#include <stdlib.h>
#include <string.h>

#include <cbor/encoding.h>

#include "cbor.h"

#define HEAD_MAX 9

static bool has_room(struct cbuf *buf, size_t len)
{
	size_t room = buf->room ? buf->room : 256;
	uint8_t *data;

	if (buf->nomem || len <= buf->room - buf->len)
		return !buf->nomem;
	while (room - buf->len < len)
		room *= 2;
	data = realloc(buf->data, room);
	buf->nomem = !data;
	if (!data)
		return false;
	buf->data = data;
	buf->room = room;
	return true;
}

void cbuf_raw(struct cbuf *buf, const void *data, size_t len)
{
	if (!len || !has_room(buf, len))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
}

static void put_head(struct cbuf *buf, size_t (*encode)(uint64_t, unsigned char *, size_t), uint64_t number)
{
	if (has_room(buf, HEAD_MAX))
		buf->len += encode(number, buf->data + buf->len, HEAD_MAX);
}

static void put_length(struct cbuf *buf, size_t (*encode)(size_t, unsigned char *, size_t), size_t length)
{
	if (has_room(buf, HEAD_MAX))
		buf->len += encode(length, buf->data + buf->len, HEAD_MAX);
}

void cbuf_int(struct cbuf *buf, int64_t value)
{
	if (value < 0)
		put_head(buf, cbor_encode_negint, ~(uint64_t)value);
	else
		put_head(buf, cbor_encode_uint, (uint64_t)value);
}

void cbuf_bytes(struct cbuf *buf, const void *data, size_t len)
{
	put_length(buf, cbor_encode_bytestring_start, len);
	cbuf_raw(buf, data, len);
}

void cbuf_text(struct cbuf *buf, const char *text)
{
	put_length(buf, cbor_encode_string_start, strlen(text));
	cbuf_raw(buf, text, strlen(text));
}

void cbuf_array(struct cbuf *buf, size_t count)
{
	put_length(buf, cbor_encode_array_start, count);
}

void cbuf_map(struct cbuf *buf, size_t count)
{
	put_length(buf, cbor_encode_map_start, count);
}

void cbuf_tag(struct cbuf *buf, uint64_t tag)
{
	put_head(buf, cbor_encode_tag, tag);
}

void cbuf_free(struct cbuf *buf)
{
	free(buf->data);
	*buf = (struct cbuf){ 0 };
}
