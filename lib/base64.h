/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* base64.h - both alphabets of RFC 4648 */
#ifndef REALM_BASE64_H
#define REALM_BASE64_H

#include "internal.h"

enum base64 {
	BASE64_STANDARD, /* section 4, padded */
	BASE64_URL,      /* section 5, not padded */
};

/* NUL-terminated; the caller frees.  NULL: out of memory. */
char *base64_encode(enum base64 kind, const void *data, size_t len);
/*
 * Strict: nothing but the alphabet, no line ends, unused bits zero; STANDARD must be padded, URL may be.  The caller frees
 * *datap.  0, -EBADMSG or -ENOMEM, without detail.
 */
int base64_decode(enum base64 kind, const char *text, size_t len, uint8_t **datap, size_t *lenp);

#endif /* REALM_BASE64_H */
