/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace-line.c - one line of a trace: a call with its registers, wherever in a log it stands */
#include <stddef.h>
#include <string.h>

#include "trace.h"

#define RMI_MARK "rmi_call:"
#define RSI_MARK "rsi_call:"
#define MARK_LEN (sizeof(RMI_MARK) - 1)
#define LAST_WORD "end"
#define LINE_HINT "a part of the line was lost, or another line is mixed into it; trace again"

static const struct {
	const char *name;
	uint64_t max;  /* of a number */
	size_t offset; /* of a list */
	size_t least, most;
} keys[TRACE_KEYS] = {
	[TRACE_CPU] = { "cpu", UINT32_MAX, 0, 0, 0 },
	[TRACE_FID] = { "fid", UINT32_MAX, 0, 0, 0 },
	[TRACE_VERSION] = { "version", UINT32_MAX, 0, 0, 0 },
	[TRACE_GRANULE] = { "granule", UINT32_MAX, 0, 0, 0 },
	[TRACE_FLAGS] = { "flags", UINT64_MAX, 0, 0, 0 },
	[TRACE_S2SZ] = { "s2sz", UINT8_MAX, 0, 0, 0 },
	[TRACE_SVE_VL] = { "sve_vl", UINT8_MAX, 0, 0, 0 },
	[TRACE_NUM_BPS] = { "num_bps", UINT8_MAX, 0, 0, 0 },
	[TRACE_NUM_WPS] = { "num_wps", UINT8_MAX, 0, 0, 0 },
	[TRACE_PMU_NUM_CTRS] = { "pmu_num_ctrs", UINT8_MAX, 0, 0, 0 },
	[TRACE_HASH_ALGO] = { "hash_algo", UINT8_MAX, 0, 0, 0 },
	[TRACE_RTT_LEVEL_START] = { "rtt_level_start", UINT64_MAX, 0, 0, 0 },
	[TRACE_PC] = { "pc", UINT64_MAX, 0, 0, 0 },
	[TRACE_IN_LIST] = { "in", UINT64_MAX, offsetof(struct trace_call, in), 1, TRACE_IN },
	[TRACE_OUT_LIST] = { "out", UINT64_MAX, offsetof(struct trace_call, out), 1, TRACE_OUT },
	[TRACE_GPRS] = { "gprs", UINT64_MAX, offsetof(struct trace_call, gprs), REALM_REC_GPRS, REALM_REC_GPRS },
	[TRACE_CONTENT] = { "content", 0, 0, 0, 0 },
};

/* Text that is not NUL-terminated */
struct word {
	const char *text;
	size_t len;
};

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* Decimal, or hex after 0x */
static bool read_number(struct word word, uint64_t max, uint64_t *valuep)
{
	int base = word.len > 2 && word.text[0] == '0' && word.text[1] == 'x' ? 16 : 10;
	size_t i = base == 16 ? 2 : 0;
	uint64_t value = 0;

	if (!word.len)
		return false;
	for (; i < word.len; i++) {
		int digit = digit_of(word.text[i]);

		if (digit >= base || value > (max - (unsigned int)digit) / (unsigned int)base)
			return false;
		value = value * (unsigned int)base + (unsigned int)digit;
	}
	*valuep = value;
	return true;
}

/* The text up to a separator, which is taken away with it */
static struct word cut(struct word *rest, char separator)
{
	const char *found = memchr(rest->text, separator, rest->len);
	struct word first = { rest->text, found ? (size_t)(found - rest->text) : rest->len };
	size_t used = first.len + (found != NULL);

	rest->text += used;
	rest->len -= used;
	return first;
}

static bool read_list(struct word text, uint64_t *values, size_t least, size_t most)
{
	size_t count = 0;
	bool more;

	do {
		more = memchr(text.text, ',', text.len);
		if (count == most || !read_number(cut(&text, ','), UINT64_MAX, &values[count++]))
			return false;
	} while (more);
	return count >= least;
}

static bool read_bytes(struct word text, struct trace_call *call)
{
	size_t i;

	if (!text.len || text.len % 2 || text.len > 2 * sizeof(call->content))
		return false;
	for (i = 0; i < text.len; i++) {
		int digit = digit_of(text.text[i]);

		if (digit > 15)
			return false;
		call->content[i / 2] = (uint8_t)(call->content[i / 2] << 4 | digit);
	}
	call->content_len = text.len / 2;
	return true;
}

static bool read_value(enum trace_key key, struct word text, struct trace_call *call)
{
	if (key == TRACE_CONTENT)
		return read_bytes(text, call);
	if (keys[key].most)
		return read_list(text, (uint64_t *)(void *)((char *)call + keys[key].offset), keys[key].least,
				 keys[key].most);
	return read_number(text, keys[key].max, &call->number[key]);
}

static int find_key(struct word name)
{
	int i;

	for (i = 0; i < TRACE_KEYS; i++)
		if (strlen(keys[i].name) == name.len && !memcmp(keys[i].name, name.text, name.len))
			return i;
	return -1;
}

/* As much of a word as a message can show */
static int shown(struct word word)
{
	int len = 0;

	while ((size_t)len < word.len && len < 80 && word.text[len] > ' ' && word.text[len] <= '~')
		len++;
	return len;
}

static int read_word(struct realm_ctx *ctx, const char *place, struct word word, struct trace_call *call)
{
	struct word value = word, name = cut(&value, '=');
	int key = name.len < word.len ? find_key(name) : -1;
	const char *why = "is not a word of a trace";

	if (key >= 0) {
		why = call->given >> key & 1 ? "is there twice" : "has no such value";
		if (!(call->given >> key & 1) && read_value((enum trace_key)key, value, call)) {
			call->given |= 1u << key;
			return 0;
		}
	}
	return realm_fail(ctx, EBADMSG, place, LINE_HINT, "'%.*s' %s", shown(word), word.text, why);
}

/* What comes after the mark.  Before it there may be a prefix, or a line of somebody else who had not finished it. */
static bool find_call(struct word *line, bool *is_rmip)
{
	size_t i;

	for (i = 0; i + MARK_LEN <= line->len; i++) {
		*is_rmip = !memcmp(line->text + i, RMI_MARK, MARK_LEN);
		if (*is_rmip || !memcmp(line->text + i, RSI_MARK, MARK_LEN)) {
			line->text += i + MARK_LEN;
			line->len -= i + MARK_LEN;
			return true;
		}
	}
	return false;
}

static bool is_last(struct word word)
{
	return word.len == sizeof(LAST_WORD) - 1 && !memcmp(word.text, LAST_WORD, word.len);
}

int trace_line_read(struct realm_ctx *ctx, const char *place, const char *line, size_t len, struct trace_call *call)
{
	struct word rest = { line, len }, word = { NULL, 0 };
	int err = 0;

	memset(call, 0, sizeof(*call));
	while (rest.len && (rest.text[rest.len - 1] == '\r' || rest.text[rest.len - 1] == ' '))
		rest.len--;
	if (!find_call(&rest, &call->is_rmi))
		return 0;
	while (rest.len && !err) {
		word = cut(&rest, ' ');
		if (word.len && !(is_last(word) && !rest.len))
			err = read_word(ctx, place, word, call);
	}
	if (!err && !is_last(word))
		err = realm_fail(ctx, EBADMSG, place, LINE_HINT, "does not end with '" LAST_WORD "'");
	if (!err)
		err = trace_line_needs(ctx, place, call, 1u << TRACE_FID | 1u << TRACE_IN_LIST | 1u << TRACE_OUT_LIST);
	return err ? err : 1;
}

int trace_line_needs(struct realm_ctx *ctx, const char *place, const struct trace_call *call, uint32_t wanted)
{
	int i;

	for (i = 0; i < TRACE_KEYS; i++)
		if (wanted & ~call->given & 1u << i)
			return realm_fail(ctx, EBADMSG, place, "docs/trace.md lists what each call needs",
					  "lacks %s=", keys[i].name);
	return 0;
}
