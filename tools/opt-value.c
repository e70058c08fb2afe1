/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opt-value.c - what the value of an option can be */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static const char *const hosts[] = { [HOST_KVM] = "kvm", [HOST_SIM] = "sim" };
static const char *const states[] = { [REALM_LIFECYCLE_SECURED] = "secured", [REALM_LIFECYCLE_DEBUG] = "debug" };

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
	case OPT_STATE:
		return i < sizeof(states) / sizeof(states[0]) ? states[i] : NULL;
	case OPT_FORMAT:
		return realm_refvals_format_name((enum realm_refvals_format)(REALM_REFVALS_CORIM + i));
	default:
		return NULL;
	}
}

/* Names of versions are too alike to guess which is meant, so all are listed. */
static void list_words(enum opt_kind kind, char *buf, size_t size)
{
	const char *word;
	unsigned int i;

	*buf = 0;
	for (i = 0; (word = opt_word(kind, i)); i++) {
		size_t used = strlen(buf);

		snprintf(buf + used, size - used, "%s%s", i ? ", " : "one of ", word);
	}
}

void opt_hint(enum opt_kind kind, char *buf, size_t size)
{
	switch (kind) {
	case OPT_REM:
		snprintf(buf, size,
			 "write N=HEX, where N is 0 to 3: rem0 to rem3 of tokens, which are REM 1 to 4 of RSI");
		break;
	case OPT_TIME:
		snprintf(buf, size, "write 2026-11-23, 2026-11-23T12:00:00Z or @SECONDS since 1970");
		break;
	default:
		list_words(kind, buf, size);
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

static const char *take_digest(const char *text, struct opt_bytes *digest)
{
	const char *why = take_bytes(text, digest);

	if (!why && digest->len != 32 && digest->len != 48 && digest->len != 64)
		return "not as long as a digest, which has 32, 48 or 64 bytes";
	return why;
}

static const char *take_rem(const char *text, struct opt_rem *rem)
{
	if (text[0] < '0' || text[0] > '9' || text[1] != '=')
		return "not N=HEX";
	rem->index = (unsigned int)(text[0] - '0');
	return rem->index < REALM_REMS ? take_digest(text + 2, &rem->digest) : "there is no such REM";
}

/* Does text begin with this form, where 0 stands for any digit? */
static bool has_form(const char *text, const char *form)
{
	for (; *form; form++, text++)
		if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	return true;
}

/* The end of a time: parts of a second, and "Z" or how far its clock is ahead, in seconds */
static bool take_zone(const char *text, int64_t *ahead)
{
	int hours, minutes;

	if (has_form(text, ".0"))
		text += 1 + strspn(text + 1, "0123456789");
	if (!strcmp(text, "Z"))
		return true;
	if ((!has_form(text, "+00:00") && !has_form(text, "-00:00")) || text[6])
		return false;
	sscanf(text + 1, "%d:%d", &hours, &minutes);
	*ahead = (*text == '-' ? -60 : 60) * (hours * 60 + minutes);
	return hours < 24 && minutes < 60;
}

/* Days from 1970 to a day of the Gregorian calendar.  time_t of some CPUs ends in 2038, so libc is not asked. */
static int64_t count_days(int year, int month, int day)
{
	/* Years begin in March here: the day that leap years have more is their last. */
	int64_t years = month > 2 ? year : year - 1;
	int months = (month + 9) % 12;

	return 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 719469;
}

static bool is_date(int year, int month, int day)
{
	bool last = month == 12;

	if (year < 1 || month < 1 || month > 12 || day < 1)
		return false;
	return count_days(year, month, day) < count_days(last ? year + 1 : year, last ? 1 : month + 1, 1);
}

/* RFC 3339, section 5.6: a date and a time with its zone; or a date alone, which begins in UTC. */
static bool take_date(const char *text, int64_t *seconds)
{
	bool timed = has_form(text, "0000-00-00T00:00:00");
	int year, month, day, hour = 0, minute = 0, second = 0;
	int64_t ahead = 0;

	if (!has_form(text, "0000-00-00"))
		return false;
	sscanf(text, timed ? "%4d-%2d-%2dT%2d:%2d:%2d" : "%4d-%2d-%2d", &year, &month, &day, &hour, &minute, &second);
	if (timed ? !take_zone(text + 19, &ahead) : text[10])
		return false;
	*seconds = ((count_days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - ahead;
	return is_date(year, month, day) && hour < 24 && minute < 60 && second < 60;
}

static const char *take_time(const char *text, int64_t *seconds)
{
	int64_t value;
	char *end;

	errno = 0;
	value = *text == '@' ? strtoll(text + 1, &end, 10) : 0;
	if (*text == '@' ? text[1] < '0' || text[1] > '9' || *end || errno : !take_date(text, &value))
		return "not a time";
	if (value <= 0)
		return "not after 1970 began";
	*seconds = value;
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
	case OPT_FORMAT:
		*(int *)member = REALM_REFVALS_CORIM + i;
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
	case OPT_DIGEST:
		return take_digest(text, member);
	case OPT_REM:
		return take_rem(text, member);
	case OPT_TIME:
		return take_time(text, member);
	case OPT_HASH:
	case OPT_FAMILY:
	case OPT_PROFILE:
	case OPT_VMM:
	case OPT_HOST:
	case OPT_STATE:
	case OPT_FORMAT:
		return take_word(kind, text, member);
	default:
		*(const char **)member = text;
		if (kind == OPT_FILE && !strcmp(text, "-"))
			return "standard input has no name that the result could refer to";
		return *text ? NULL : "is empty";
	}
}
