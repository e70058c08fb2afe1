/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opts.c - read a command line by the command table */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

const struct opt help_opt = { 'h', OPT_FLAG, "help", NULL, "print this", 0 };

struct parser {
	const struct command *cmd;
	char *args;   /* the structure to fill */
	int operands; /* seen so far */
	bool plain;   /* after "--" */
	char **next;  /* the words not looked at yet */
};

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

/* "one of A, B, C"; empty for values that are no words.  Names of versions are too alike to guess which is meant. */
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

static const char *next_option(const void *opts, unsigned int i)
{
	const struct opt *opt = opts;

	while (i && opt->name) {
		opt++;
		i--;
	}
	return opt->name ? opt->name : i ? NULL : help_opt.name;
}

static const struct opt *find_option(const struct command *cmd, const char *name, size_t len)
{
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		if (!strncmp(opt->name, name, len) && !opt->name[len])
			return opt;
	return !strncmp(help_opt.name, name, len) && !help_opt.name[len] ? &help_opt : NULL;
}

static const struct opt *find_letter(const struct command *cmd, char letter)
{
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		if (opt->letter == letter)
			return opt;
	return letter == help_opt.letter ? &help_opt : NULL;
}

/* ---- values: each gives NULL, or why the text is none ---- */

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

static const char *take(const struct opt *opt, const char *text, void *member)
{
	switch (opt->kind) {
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
		return take_word(opt->kind, text, member);
	default:
		*(const char **)member = text;
		if (opt->kind == OPT_FILE && !strcmp(text, "-"))
			return "standard input has no name that the result could refer to";
		return *text ? NULL : "is empty";
	}
}

/* ---- words ---- */

static enum opts_result wrong(const struct parser *p, const char *what, const char *why, const char *meant)
{
	char hint[128];

	if (meant)
		snprintf(hint, sizeof(hint), "did you mean '%s'? see 'realmctl %s --help'", meant, p->cmd->name);
	usage_error(p->cmd->name, what, why, meant ? hint : NULL);
	return OPTS_WRONG;
}

/* shown: how the option or operand was written */
static enum opts_result take_value(struct parser *p, const struct opt *opt, const char *shown, const char *text)
{
	const char *why = take(opt, text, p->args + opt->offset);
	char what[256], names[128];

	if (!why)
		return OPTS_OK;
	snprintf(what, sizeof(what), "%s '%s'", shown, text);
	list_words(opt->kind, names, sizeof(names));
	usage_error(p->cmd->name, what, why, *names ? names : NULL);
	return OPTS_WRONG;
}

static enum opts_result take_option(struct parser *p, const struct opt *opt, const char *shown, const char *value)
{
	if (opt == &help_opt)
		return OPTS_HELP;
	if (opt->kind == OPT_FLAG && value)
		return wrong(p, shown, "takes no value", NULL);
	if (opt->kind != OPT_FLAG && !value)
		value = *p->next ? *p->next++ : NULL;
	if (opt->kind != OPT_FLAG && !value)
		return wrong(p, shown, "needs a value", NULL);
	return take_value(p, opt, shown, value);
}

static enum opts_result take_long(struct parser *p, const char *word)
{
	size_t len = strcspn(word + 2, "=");
	const struct opt *opt = find_option(p->cmd, word + 2, len);
	const char *meant;
	char shown[80], dashed[80];

	snprintf(shown, sizeof(shown), "%.*s", (int)(len + 2 < sizeof(shown) ? len + 2 : sizeof(shown) - 1), word);
	if (opt)
		return take_option(p, opt, shown, word[2 + len] ? word + 2 + len + 1 : NULL);
	meant = nearest(shown + 2, next_option, p->cmd->opts);
	if (meant)
		snprintf(dashed, sizeof(dashed), "--%s", meant);
	return wrong(p, shown, "no such option", meant ? dashed : NULL);
}

/* "-m256", "-m 256", and letters of flags together */
static enum opts_result take_short(struct parser *p, const char *word)
{
	const struct opt *opt;
	enum opts_result result = OPTS_OK;
	char shown[3] = "-?";

	for (word++; *word && result == OPTS_OK; word++) {
		shown[1] = *word;
		opt = find_letter(p->cmd, *word);
		if (!opt)
			return wrong(p, shown, "no such option", NULL);
		if (opt->kind != OPT_FLAG)
			return take_option(p, opt, shown, word[1] ? word + 1 : NULL);
		result = take_option(p, opt, shown, NULL);
	}
	return result;
}

static enum opts_result take_operand(struct parser *p, const char *word)
{
	const struct opt *operand = p->cmd->operands + p->operands;

	if (!operand->name)
		return wrong(p, word, "one operand too many", NULL);
	p->operands++;
	return take_value(p, operand, operand->name, word);
}

static enum opts_result take_next(struct parser *p, const char *word)
{
	if (p->plain || word[0] != '-' || !word[1])
		return take_operand(p, word);
	if (word[1] != '-')
		return take_short(p, word);
	if (word[2])
		return take_long(p, word);
	p->plain = true;
	return OPTS_OK;
}

static int count_stdin(const struct opt *opt, const char *args)
{
	const char *value;
	int count = 0;

	for (; opt->name; opt++) {
		if (opt->kind != OPT_INPUT)
			continue;
		memcpy(&value, args + opt->offset, sizeof(value));
		count += value && !strcmp(value, "-");
	}
	return count;
}

static enum opts_result check_whole(const struct parser *p)
{
	const struct command *cmd = p->cmd;

	if (p->operands < cmd->required)
		return wrong(p, cmd->operands[p->operands].name, "is missing", NULL);
	if (count_stdin(cmd->opts, p->args) + count_stdin(cmd->operands, p->args) > 1)
		return wrong(p, "-", "standard input can be read only once", NULL);
	return OPTS_OK;
}

enum opts_result opts_parse(const struct command *cmd, char **words, void *args)
{
	struct parser p = { .cmd = cmd, .args = args, .next = words };
	enum opts_result result = OPTS_OK;

	while (*p.next && result == OPTS_OK)
		result = take_next(&p, *p.next++);
	return result == OPTS_OK ? check_whole(&p) : result;
}
