/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output.c - text and JSON that every verb prints alike */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

/* Columns of a field's text; a digest of 32 bytes in hex, also with " or" after it, is one line. */
#define FIELD_HEX 64
#define FIELD_MAX 67

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

/* As put_text() writes it; NULL when out of memory. */
static char *safe_text(const char *text)
{
	char *safe = NULL;
	size_t len;
	FILE *out = open_memstream(&safe, &len);

	if (!out)
		return NULL;
	put_text(out, text);
	fclose(out);
	return safe;
}

/* Bytes of the next line: up to a space when it is near enough, else a full line of hex */
static size_t line_length(const char *text)
{
	size_t len = strnlen(text, FIELD_MAX + 1), i;

	if (len <= FIELD_MAX)
		return len;
	for (i = FIELD_MAX; i; i--)
		if (text[i] == ' ')
			return i;
	for (i = FIELD_HEX; ((unsigned char)text[i] & 0xc0) == 0x80;)
		i--;
	return i;
}

void put_field(int width, const char *label, const char *text)
{
	char *safe = safe_text(text);
	const char *rest = safe ? safe : "";
	int len;

	do {
		len = (int)line_length(rest);
		printf("  %-*s  %.*s\n", width, label, len, rest);
		rest += len + (rest[len] == ' ');
		label = "";
	} while (*rest);
	free(safe);
}

static char *hex_of(const struct realm_bytes *bytes)
{
	char *text = malloc(2 * bytes->len + 1);
	size_t i;

	for (i = 0; text && i <= bytes->len; i++)
		snprintf(text + 2 * i, i < bytes->len ? 3 : 1, "%02x", i < bytes->len ? bytes->data[i] : 0);
	return text;
}

void put_bytes_field(int width, const char *label, const struct realm_bytes *bytes)
{
	char *text = bytes->len ? hex_of(bytes) : NULL;

	if (text)
		put_field(width, label, text);
	free(text);
}

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

void put_component(int width, const struct realm_component *component)
{
	char *row;

	if (asprintf(&row, "%-20s %-12s %s", or_dash(component->name), or_dash(component->version),
		     or_dash(component->hash_name)) < 0)
		return;
	put_field(width, "component", row);
	put_bytes_field(width, "  measurement", &component->measurement);
	put_bytes_field(width, "  signer", &component->signer);
	free(row);
}

json_t *json_bytes(const struct realm_bytes *bytes)
{
	char *text = bytes->len ? hex_of(bytes) : NULL;
	json_t *json = bytes->len ? json_string(text) : json_null();

	free(text);
	return json;
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
