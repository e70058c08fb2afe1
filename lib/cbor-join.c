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

#include "corim.h"

#define MAJOR_BYTES 2
#define MAJOR_TEXT 3
#define MAJOR_OTHER 7
#define INFO_INDEFINITE 31

struct head {
	unsigned int major;
	bool indefinite; /* or, of major type 7, a break */
	uint64_t argument;
	size_t size;
};

static bool read_head(const uint8_t *at, const uint8_t *end, struct head *head)
{
	unsigned int info;
	size_t i;

	if (at == end)
		return false;
	info = *at & 31;
	*head = (struct head){ .major = *at >> 5, .indefinite = info == INFO_INDEFINITE, .size = 1 };
	if (info < 24)
		head->argument = info;
	else if (info < 28)
		head->size += (size_t)1 << (info - 24);
	else if (info != INFO_INDEFINITE)
		return false;
	if (head->size > (size_t)(end - at))
		return false;
	for (i = 1; i < head->size; i++)
		head->argument = head->argument << 8 | at[i];
	return true;
}

static bool is_string(const struct head *head)
{
	return head->major == MAJOR_BYTES || head->major == MAJOR_TEXT;
}

/* Bytes of a value's head and, when it is a whole string, of its content; 0: malformed. */
static size_t step(const uint8_t *at, const uint8_t *end, struct head *head)
{
	if (!read_head(at, end, head))
		return 0;
	if (!is_string(head) || head->indefinite)
		return head->size;
	if (head->argument > (size_t)(end - at) - head->size)
		return 0;
	return head->size + (size_t)head->argument;
}

/* The content of chunks up to their break, to out unless it is NULL; gives what is behind the break, NULL: malformed */
static const uint8_t *take_chunks(const uint8_t *at, const uint8_t *end, unsigned int major, uint8_t *out, size_t *lenp)
{
	struct head head;
	size_t size;

	*lenp = 0;
	while ((size = step(at, end, &head))) {
		at += size;
		if (head.major == MAJOR_OTHER && head.indefinite)
			return at;
		if (head.major != major || head.indefinite)
			return NULL;
		if (out)
			memcpy(out + *lenp, at - (size - head.size), size - head.size);
		*lenp += size - head.size;
	}
	return NULL;
}

/* A whole string in the place of its chunks, whose heads and break are never shorter than its head. */
static const uint8_t *join_one(const uint8_t *at, const uint8_t *end, unsigned int major, uint8_t *out, size_t *outp)
{
	const uint8_t *after;
	uint8_t head[9];
	size_t len, size;

	after = take_chunks(at, end, major, NULL, &len);
	if (!after)
		return NULL;
	size = major == MAJOR_BYTES ? cbor_encode_bytestring_start(len, head, sizeof(head))
				    : cbor_encode_string_start(len, head, sizeof(head));
	memcpy(out + *outp, head, size);
	take_chunks(at, end, major, out + *outp + size, &len);
	*outp += size + len;
	return after;
}

static bool has_chunks(const uint8_t *at, const uint8_t *end)
{
	struct head head;
	size_t size;

	for (; (size = step(at, end, &head)); at += size)
		if (is_string(&head) && head.indefinite)
			return true;
	return false;
}

/* Bytes of the copy; 0: malformed */
static size_t join(const uint8_t *at, const uint8_t *end, uint8_t *out)
{
	size_t used = 0;

	while (at < end) {
		struct head head;
		size_t size = step(at, end, &head);

		if (!size)
			return 0;
		if (is_string(&head) && head.indefinite) {
			at = join_one(at + size, end, head.major, out, &used);
			if (!at)
				return 0;
			continue;
		}
		memcpy(out + used, at, size);
		used += size;
		at += size;
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
