/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opt-value.c - what the value of an option can be */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static const char *const hosts[] = { [HOST_KVM] = "kvm", [HOST_SIM] = "sim" };

const char *opt_word(enum opt_kind kind, unsigned int i)
{
	switch (kind) {
	case OPT_HASH:
		return realm_hash_name((enum realm_hash)i);
	case OPT_FAMILY:
		return realm_family_name((enum realm_family)(REALM_FAMILY_ANY + 1 + i));
	case OPT_PROFILE:
		return realm_profile_name((enum realm_profile)(REALM_PROFILE_ANY + 1 + i));
	case OPT_VMM:
		return realm_preset_name(i);
	case OPT_HOST:
		return i < sizeof(hosts) / sizeof(hosts[0]) ? hosts[i] : NULL;
	default:
		return NULL;
	}
}

/* Names of versions are too alike to guess which is meant, so all are listed. */
void opt_hint(enum opt_kind kind, char *buf, size_t size)
{
	const char *word;
	unsigned int i;

	*buf = 0;
	for (i = 0; (word = opt_word(kind, i)); i++) {
		size_t used = strlen(buf);

		snprintf(buf + used, size - used, "%s%s", i ? ", " : "one of ", word);
	}
}

/* Each of these gives NULL, or why the text is no such value. */

static const char *take_number(const char *text, int least, int *number)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end || errno || value > INT_MAX)
		return "not a whole number";
	if (value < least)
		return "must be at least 1";
	*number = (int)value;
	return NULL;
}

static const char *take_size(const char *text, uint64_t *size)
{
	static const char suffixes[] = "KMGT";
	unsigned int shift = 20;
	unsigned long long value;
	const char *suffix;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 10);
	suffix = *end ? strchr(suffixes, *end) : NULL;
	if (suffix) {
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
		end++;
	}
	if (text[0] < '0' || text[0] > '9' || *end)
		return "not a size; write 512 (MiB), 256M or 2G";
	if (errno || value > UINT64_MAX >> shift)
		return "too large";
	if (!value)
		return "must not be 0";
	*size = (uint64_t)value << shift;
	return NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *take_bytes(const char *text, struct opt_bytes *bytes)
{
	struct opt_bytes read = { .given = true };
	int high, low;

	for (; *text; text += 2) {
		high = hex_digit(text[0]);
		low = high < 0 ? -1 : hex_digit(text[1]);
		if (low < 0)
			return "not pairs of hex digits";
		if (read.len == sizeof(read.data))
			return "more than 64 bytes";
		read.data[read.len++] = (uint8_t)(high << 4 | low);
	}
	*bytes = read;
	return NULL;
}

static int word_index(enum opt_kind kind, const char *text)
{
	const char *word;
	int i;

	for (i = 0; (word = opt_word(kind, (unsigned int)i)); i++)
		if (!strcmp(word, text))
			return i;
	return -1;
}

static const char *take_word(enum opt_kind kind, const char *text, void *member)
{
	int i = word_index(kind, text);

	if (i < 0)
		return "no such name";
	switch (kind) {
	case OPT_FAMILY:
		*(int *)member = REALM_FAMILY_ANY + 1 + i;
		break;
	case OPT_PROFILE:
		*(int *)member = REALM_PROFILE_ANY + 1 + i;
		break;
	case OPT_VMM:
		*(const char **)member = text;
		break;
	default:
		*(int *)member = i;
	}
	return NULL;
}

const char *opt_take(enum opt_kind kind, const char *text, void *member)
{
	switch (kind) {
	case OPT_FLAG:
		*(bool *)member = true;
		return NULL;
	case OPT_NUMBER:
		return take_number(text, 0, member);
	case OPT_COUNT:
		return take_number(text, 1, member);
	case OPT_SIZE:
		return take_size(text, member);
	case OPT_BYTES:
		return take_bytes(text, member);
	case OPT_HASH:
	case OPT_FAMILY:
	case OPT_PROFILE:
	case OPT_VMM:
	case OPT_HOST:
		return take_word(kind, text, member);
	default:
		*(const char **)member = text;
		if (kind == OPT_FILE && !strcmp(text, "-"))
			return "standard input has no name that the result could refer to";
		return *text ? NULL : "is empty";
	}
}
