/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* base64.c - OpenSSL's base64, made strict, and with the other alphabet */
#include <stdlib.h>
#include <string.h>

#include "base64.h"

#define INPUT_MAX (64 * 1024 * 1024) /* what OpenSSL's lengths, which are int, can hold */

static void swap_alphabet(char *text, size_t len, const char from[2], const char to[2])
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] == from[0] || text[i] == from[1])
			text[i] = to[text[i] == from[1]];
}

char *base64_encode(enum base64 kind, const void *data, size_t len)
{
	char *text = len <= INPUT_MAX ? malloc((len + 2) / 3 * 4 + 1) : NULL;
	size_t size;

	if (!text)
		return NULL;
	size = (size_t)EVP_EncodeBlock((unsigned char *)text, data, (int)len);
	if (kind == BASE64_STANDARD)
		return text;
	swap_alphabet(text, size, "+/", "-_");
	while (size && text[size - 1] == '=')
		text[--size] = '\0';
	return text;
}

/* Text in the standard alphabet, padded; NULL with *errp set. */
static char *to_standard(enum base64 kind, const char *text, size_t len, size_t *sizep, int *errp)
{
	static const char *const foreign[] = { [BASE64_STANDARD] = "-_ \t\r\n", [BASE64_URL] = "+/ \t\r\n" };
	char *copy;
	size_t i;

	*errp = -EBADMSG;
	for (i = 0; i < len; i++)
		if (!text[i] || strchr(foreign[kind], text[i]))
			return NULL;
	if (len > INPUT_MAX || (len % 4 && (kind == BASE64_STANDARD || memchr(text, '=', len))))
		return NULL;
	*sizep = (len + 3) / 4 * 4;
	copy = malloc(*sizep + 1);
	*errp = -ENOMEM;
	if (!copy)
		return NULL;
	memset(copy, '=', *sizep);
	memcpy(copy, text, len);
	swap_alphabet(copy, len, "-_", "+/");
	return copy;
}

/* OpenSSL passes over bits that are not used, and takes padding for zero bytes. */
static int decode(const char *text, size_t size, uint8_t *data, size_t *lenp)
{
	size_t padding = size ? strspn(text + size - 2, "=") : 0;
	int len;

	if (size && padding < 2)
		padding = text[size - 1] == '=';
	if (memchr(text, '=', size - padding))
		return -EBADMSG;
	len = EVP_DecodeBlock(data, (const unsigned char *)text, (int)size);
	if (len < 0 || (size_t)len < padding)
		return -EBADMSG;
	*lenp = (size_t)len - padding;
	return 0;
}

int base64_decode(enum base64 kind, const char *text, size_t len, uint8_t **datap, size_t *lenp)
{
	size_t size, got = 0;
	uint8_t *data;
	char *again, *copy;
	int err;

	copy = to_standard(kind, text, len, &size, &err);
	if (!copy)
		return err;
	copy[size] = '\0';
	data = malloc(size / 4 * 3 + 1);
	err = data ? decode(copy, size, data, &got) : -ENOMEM;
	again = err ? NULL : base64_encode(BASE64_STANDARD, data, got);
	if (!err)
		err = !again ? -ENOMEM : strcmp(again, copy) ? -EBADMSG : 0;
	free(again);
	free(copy);
	if (err) {
		free(data);
		return err;
	}
	*datap = data;
	*lenp = got;
	return 0;
}
