/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cbor-join.c - strings that come in chunks are made whole
 *
 * The strict reader (cbor.h) gives strings without copying, so they must be in one piece.  Heads follow each other
 * without a gap, whatever is nested in what: one pass over them is enough.  Source: RFC 8949 section 3.2.3.
 */
#include <stdlib.h>
#include <string.h>

#include <cbor/encoding.h>

#include "cbor-head.h"
#include "corim.h"

static bool is_chunked(const struct head *head)
{
	return head->indefinite && (head->type == CVAL_BYTES || head->type == CVAL_TEXT);
}

/* The content of chunks up to their break, to out unless it is NULL; gives what is behind the break, NULL: malformed */
static const uint8_t *take_chunks(const uint8_t *at, const uint8_t *end, enum cval_type type, uint8_t *out, size_t *lenp)
{
	struct head head;

	*lenp = 0;
	while (!cbor_read_head(at, end, &head)) {
		at += head.size;
		if (head.is_break)
			return at;
		if (head.type != type || head.indefinite)
			return NULL;
		if (out && head.number)
			memcpy(out + *lenp, head.string, (size_t)head.number);
		*lenp += (size_t)head.number;
	}
	return NULL;
}

/* A whole string in the place of its chunks, whose heads and break are never shorter than its head. */
static const uint8_t *join_one(const uint8_t *at, const uint8_t *end, enum cval_type type, uint8_t *out, size_t *outp)
{
	const uint8_t *after;
	uint8_t head[9];
	size_t len, size;

	after = take_chunks(at, end, type, NULL, &len);
	if (!after)
		return NULL;
	size = type == CVAL_BYTES ? cbor_encode_bytestring_start(len, head, sizeof(head))
				  : cbor_encode_string_start(len, head, sizeof(head));
	memcpy(out + *outp, head, size);
	take_chunks(at, end, type, out + *outp + size, &len);
	*outp += size + len;
	return after;
}

static bool has_chunks(const uint8_t *at, const uint8_t *end)
{
	struct head head;

	for (; !cbor_read_head(at, end, &head); at += head.size)
		if (is_chunked(&head))
			return true;
	return false;
}

/* Bytes of the copy; 0: malformed */
static size_t join(const uint8_t *at, const uint8_t *end, uint8_t *out)
{
	struct head head;
	size_t used = 0;

	while (at < end) {
		if (cbor_read_head(at, end, &head))
			return 0;
		if (is_chunked(&head)) {
			at = join_one(at + head.size, end, head.type, out, &used);
			if (!at)
				return 0;
			continue;
		}
		memcpy(out + used, at, head.size);
		used += head.size;
		at += head.size;
	}
	return used;
}

int cbor_join(const uint8_t *data, size_t len, uint8_t **copyp, size_t *lenp)
{
	uint8_t *copy;

	*copyp = NULL;
	if (!len || !has_chunks(data, data + len))
		return 0;
	copy = malloc(len);
	if (!copy)
		return -ENOMEM;
	*lenp = join(data, data + len, copy);
	if (*lenp)
		*copyp = copy;
	else
		free(copy);
	return 0;
}
