/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* verdict.c - the list of checks of one token: filling it, deciding, getters */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verdict.h"

static const char *const names[CHECK_COUNT] = {
	[CHECK_STRUCTURE] = "structure",
	[CHECK_PLATFORM_ALGORITHM] = "platform-algorithm",
	[CHECK_PLATFORM_KEY] = "platform-key",
	[CHECK_PLATFORM_SIGNATURE] = "platform-signature",
	[CHECK_REALM_ALGORITHM] = "realm-algorithm",
	[CHECK_REALM_SIGNATURE] = "realm-signature",
	[CHECK_BINDING] = "binding",
	[CHECK_LIFECYCLE] = "lifecycle",
	[CHECK_LENGTHS] = "lengths",
	[CHECK_CHALLENGE] = "challenge",
	[CHECK_HASH] = "hash",
	[CHECK_RIM] = "rim",
	[CHECK_REM0] = "rem0",
	[CHECK_REM0 + 1] = "rem1",
	[CHECK_REM0 + 2] = "rem2",
	[CHECK_REM3] = "rem3",
	[CHECK_RPV] = "rpv",
	[CHECK_COMPONENTS] = "software-components",
	[CHECK_CONFIGURATION] = "configuration",
};

#define QUOTED_MAX 64

int quoted(const char *text)
{
	size_t len = strnlen(text, QUOTED_MAX);

	/* Not in the middle of a character of UTF-8. */
	while (len && ((uint8_t)text[len] & 0xc0) == 0x80)
		len--;
	return (int)len;
}

/* ---- filling ---- */

struct realm_verdict *verdict_new(struct realm_ctx *ctx, int64_t at)
{
	struct realm_verdict *verdict = calloc(1, sizeof(*verdict));
	size_t i;

	if (!verdict)
		return NULL;
	verdict->ctx = ctx;
	verdict->at = at;
	verdict->result = REALM_REFUSED;
	for (i = 0; i < CHECK_COUNT; i++)
		verdict->checks[i].outcome = REALM_CHECK_NOT_DONE;
	return verdict;
}

static void set_text(struct realm_verdict *verdict, enum check_id id, enum check_text which, char *text)
{
	char **slot = &verdict->checks[id].texts[which];

	free(*slot);
	*slot = text;
	if (!text)
		verdict->err = -ENOMEM;
}

static void say(struct realm_verdict *verdict, enum check_id id, enum check_text which, const char *fmt, va_list args)
{
	char *text, *c;

	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	for (c = text; c && *c; c++)
		if ((uint8_t)*c < ' ' || *c == 0x7f)
			*c = '?';
	set_text(verdict, id, which, text);
}

void check_say(struct realm_verdict *verdict, enum check_id id, enum check_text which, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(verdict, id, which, fmt, args);
	va_end(args);
}

void check_hex(struct realm_verdict *verdict, enum check_id id, enum check_text which, const struct realm_bytes *bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *text = malloc(2 * bytes->len + 1);
	size_t i;

	for (i = 0; text && i < bytes->len; i++) {
		text[2 * i] = digits[bytes->data[i] >> 4];
		text[2 * i + 1] = digits[bytes->data[i] & 15];
	}
	if (text)
		text[2 * bytes->len] = 0;
	set_text(verdict, id, which, text);
}

void check_end(struct realm_verdict *verdict, enum check_id id, enum realm_outcome outcome)
{
	verdict->checks[id].outcome = outcome;
}

void check_fail(struct realm_verdict *verdict, enum check_id id, enum realm_outcome outcome, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(verdict, id, CHECK_WHY, fmt, args);
	va_end(args);
	check_end(verdict, id, outcome);
}

void check_leave_out(struct realm_verdict *verdict, enum check_id first, enum check_id last, const char *why)
{
	enum check_id id;

	for (id = first; id <= last; id++)
		if (verdict->checks[id].outcome == REALM_CHECK_NOT_DONE && !verdict->checks[id].texts[CHECK_WHY])
			check_say(verdict, id, CHECK_WHY, "%s", why);
}

/* ---- deciding ---- */

static bool is_mandatory(enum check_id id)
{
	return id <= CHECK_LENGTHS;
}

bool check_passes(const struct realm_verdict *verdict, enum check_id id)
{
	switch (verdict->checks[id].outcome) {
	case REALM_CHECK_GOOD:
		return true;
	case REALM_CHECK_FINDING:
		return id == CHECK_LENGTHS;
	case REALM_CHECK_NOT_DONE:
		return verdict->direct && (id == CHECK_REALM_ALGORITHM || id == CHECK_REALM_SIGNATURE);
	default:
		return false;
	}
}

enum realm_result verdict_decide(struct realm_verdict *verdict)
{
	enum realm_result result = REALM_ACCEPTED;
	enum check_id id;

	for (id = 0; id < CHECK_COUNT; id++) {
		if (is_mandatory(id) && !check_passes(verdict, id))
			return REALM_REFUSED;
		if (!is_mandatory(id) && verdict->checks[id].outcome == REALM_CHECK_BAD)
			result = REALM_DIFFERENT;
	}
	verdict->result = result;
	return result;
}

/* ---- getters ---- */

void realm_verdict_free(struct realm_verdict *verdict)
{
	size_t i, text;

	if (!verdict)
		return;
	for (i = 0; i < CHECK_COUNT; i++)
		for (text = 0; text < CHECK_TEXTS; text++)
			free(verdict->checks[i].texts[text]);
	free(verdict);
}

enum realm_result realm_verdict_result(const struct realm_verdict *verdict)
{
	return verdict ? verdict->result : REALM_REFUSED;
}

size_t realm_verdict_count(const struct realm_verdict *verdict)
{
	return verdict ? CHECK_COUNT : 0;
}

int realm_verdict_check(const struct realm_verdict *verdict, size_t index, struct realm_check *check)
{
	struct realm_check known = { .sz = sizeof(known) };
	const struct check *from;

	if (index >= realm_verdict_count(verdict))
		return -EINVAL;
	from = &verdict->checks[index];
	known.name = names[index];
	known.outcome = from->outcome;
	known.mandatory = is_mandatory((enum check_id)index);
	known.expected = from->texts[CHECK_EXPECTED];
	known.found = from->texts[CHECK_FOUND];
	known.why = from->texts[CHECK_WHY];
	return realm_give(check, &known, sizeof(known));
}

int realm_verdict_match(const struct realm_verdict *verdict, size_t *indexp)
{
	if (!verdict || !verdict->matched)
		return 0;
	if (indexp)
		*indexp = verdict->match;
	return 1;
}
