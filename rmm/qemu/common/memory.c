/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* memory.c - what compilers call on their own, and strings; words where both sides are aligned, for the sake of speed */
#include <stdint.h>
#include <string.h>

static int is_aligned(const void *a, const void *b)
{
	return !(((uintptr_t)a | (uintptr_t)b) & 7);
}

void *memset(void *to, int value, size_t size)
{
	uint8_t *at = to;

	if (is_aligned(to, to))
		for (; size >= 8; size -= 8, at += 8)
			*(uint64_t *)at = 0x0101010101010101 * (uint8_t)value;
	while (size--)
		*at++ = (uint8_t)value;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *at = to;
	const uint8_t *src = from;

	if (is_aligned(to, from))
		for (; size >= 8; size -= 8, at += 8, src += 8)
			*(uint64_t *)at = *(const uint64_t *)src;
	while (size--)
		*at++ = *src++;
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	uint8_t *at = to;
	const uint8_t *src = from;

	if (at <= src || at >= src + size)
		return memcpy(to, from, size);
	while (size--)
		at[size] = src[size];
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *x = a, *y = b;

	for (; size; size--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	return len;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (uint8_t)*a - (uint8_t)*b;
}

int strncmp(const char *a, const char *b, size_t size)
{
	for (; size; size--, a++, b++) {
		if (*a != *b)
			return (uint8_t)*a - (uint8_t)*b;
		if (!*a)
			break;
	}
	return 0;
}
