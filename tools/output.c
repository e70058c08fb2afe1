/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output.c - text and JSON that every verb prints alike */
#include <errno.h>
#include <stdlib.h>

#include "output.h"

/* Bytes of the control character at c: C0, DEL, or C1 as UTF-8 has it; 0 when there is none. */
static size_t control_size(const unsigned char *c)
{
	if (c[0] < 0x20 || c[0] == 0x7f)
		return 1;
	return c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0 ? 2 : 0;
}

void put_text(FILE *out, const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	size_t escape = 0;

	for (; *c; c++) {
		if (!escape)
			escape = control_size(c);
		fprintf(out, escape ? "\\x%02x" : "%c", *c);
		escape -= escape > 0;
	}
}

json_t *json_text(const char *text)
{
	json_t *string = text ? json_string(text) : json_null();
	char *ascii = NULL;
	size_t len, i;
	FILE *out;

	if (string)
		return string;
	/* Not UTF-8: a file name may be any bytes. */
	out = open_memstream(&ascii, &len);
	if (!out)
		return NULL;
	for (i = 0; text[i]; i++)
		fprintf(out, (unsigned char)text[i] < 0x80 ? "%c" : "\\x%02x", (unsigned char)text[i]);
	if (!fclose(out))
		string = json_string(ascii);
	free(ascii);
	return string;
}

void put_hex(FILE *out, const uint8_t *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		fprintf(out, "%02x", bytes[i]);
}

void hex_text(char text[HEX_TEXT_MAX], const uint8_t *bytes, size_t len)
{
	size_t i;

	text[0] = 0;
	for (i = 0; i < len && i < REALM_DIGEST_MAX; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

json_t *json_hex(const uint8_t *bytes, size_t len)
{
	char text[HEX_TEXT_MAX];

	hex_text(text, bytes, len);
	return json_string(text);
}

int put_json(const char *verb, json_t *object)
{
	if (!object)
		return system_error(verb, "JSON", ENOMEM);
	/* A failed write is found when stdout is closed. */
	json_dumpf(object, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(object);
	return EXIT_DONE;
}

int output_lost(void)
{
	static int lost;

	if (!lost && ferror(stdout))
		lost = errno ? errno : EIO;
	return lost;
}
