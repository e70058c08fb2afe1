/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* answer.c - JSON text, spelled as jansson does it */
#include "answer.h"

#define DIGITS_MAX 20

static void put(struct answer *answer, char c)
{
	if (answer->len == answer->room) {
		answer->room = answer->room ? 2 * answer->room : 256;
		answer->text = answer->grow(answer->text, answer->room);
	}
	answer->text[answer->len++] = c;
}

void answer_text(struct answer *answer, const char *text)
{
	while (*text)
		put(answer, *text++);
}

static void put_number(struct answer *answer, uint64_t value, unsigned base, const char *set, unsigned width)
{
	char digits[DIGITS_MAX];
	unsigned len = 0;

	do {
		digits[len++] = set[value % base];
		value /= base;
	} while (value || len < width);
	while (len)
		put(answer, digits[--len]);
}

static void put_escaped(struct answer *answer, char c)
{
	static const char letters[32] = { ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't' };
	uint8_t byte = (uint8_t)c;

	if (byte >= 32) {
		if (c == '"' || c == '\\')
			put(answer, '\\');
		put(answer, c);
		return;
	}
	put(answer, '\\');
	if (letters[byte]) {
		put(answer, letters[byte]);
	} else {
		put(answer, 'u');
		put_number(answer, byte, 16, "0123456789ABCDEF", 4);
	}
}

void answer_string(struct answer *answer, const char *text)
{
	put(answer, '"');
	while (*text)
		put_escaped(answer, *text++);
	put(answer, '"');
}

void answer_decimal(struct answer *answer, uint64_t value)
{
	put_number(answer, value, 10, "0123456789", 1);
}

void answer_hex(struct answer *answer, uint64_t value)
{
	answer_text(answer, "\"0x");
	put_number(answer, value, 16, "0123456789abcdef", 1);
	put(answer, '"');
}

void answer_key(struct answer *answer, const char *key)
{
	answer_text(answer, ", ");
	answer_string(answer, key);
	answer_text(answer, ": ");
}

void answer_number(struct answer *answer, const char *key, uint64_t value)
{
	answer_key(answer, key);
	answer_decimal(answer, value);
}

static void reverse(char *text, size_t len)
{
	for (size_t i = 0; i < len / 2; i++) {
		char c = text[i];

		text[i] = text[len - 1 - i];
		text[len - 1 - i] = c;
	}
}

void answer_to_front(struct answer *answer, size_t end)
{
	reverse(answer->text, end);
	reverse(answer->text + end, answer->len - end);
	reverse(answer->text, answer->len);
}
