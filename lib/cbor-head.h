/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-head.h - one head of CBOR, for the files that make up cbor.h */
#ifndef REALM_CBOR_HEAD_H
#define REALM_CBOR_HEAD_H

#include "cbor.h"

struct head {
	enum cval_type type;
	bool indefinite;
	bool is_break;
	bool negative;         /* INT: the value is -1 - number */
	uint64_t number;       /* INT, BOOL; TAG: its number; strings, arrays, maps: length */
	double real;           /* FLOAT */
	const uint8_t *string; /* BYTES, TEXT */
	size_t size;           /* of the head, and of the string */
};

/* The head at a byte of an input that ends before end.  NULL, or what is wrong with it. */
const char *cbor_read_head(const uint8_t *at, const uint8_t *end, struct head *head);

/* Of an integer of up to 63 bits. */
static inline int64_t signed_number(const struct head *head)
{
	return (int64_t)(head->negative ? ~head->number : head->number);
}

#endif /* REALM_CBOR_HEAD_H */
