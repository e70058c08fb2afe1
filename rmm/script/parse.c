/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* parse.c - lines of a script: which operations and arguments there are, and what is left out means */
#include <string.h>
#include "rmi.h"
#include "script.h"

enum kind {
	KIND_NUMBER,
	KIND_SIGNED,
	KIND_NAME,
	KIND_LIST,
	KIND_TEXT,
};

struct name {
	const char *name;
	uint64_t value;
};

static const struct name hashes[] = {
	{ "sha256", RMI_HASH_SHA_256 }, { "sha384", RMI_HASH_SHA_384 }, { "sha512", RMI_HASH_SHA_512 }, { NULL, 0 },
};
static const struct name gens[] = {
	{ "affine", GEN_AFFINE }, { "mix", GEN_MIX }, { "const", GEN_CONST }, { NULL, 0 },
};

static const struct {
	const char *name;
	enum kind kind;
	const struct name *names;	/* KIND_NAME */
} args[ARGS] = {
	[ARG_ATS] = { "ats", KIND_NUMBER, NULL },
	[ARG_BASE] = { "base", KIND_NUMBER, NULL },
	[ARG_BPS] = { "bps", KIND_NUMBER, NULL },
	[ARG_FILE] = { "file", KIND_TEXT, NULL },
	[ARG_FLAGS] = { "flags", KIND_NUMBER, NULL },
	[ARG_FLAGS0] = { "flags0", KIND_NUMBER, NULL },
	[ARG_FLAGS1] = { "flags1", KIND_NUMBER, NULL },
	[ARG_GEN] = { "gen", KIND_NAME, gens },
	[ARG_GPRS] = { "gprs", KIND_LIST, NULL },
	[ARG_HASH] = { "hash", KIND_NAME, hashes },
	[ARG_IPA] = { "ipa", KIND_NUMBER, NULL },
	[ARG_LEVEL] = { "level", KIND_SIGNED, NULL },
	[ARG_LOOP] = { "loop", KIND_NUMBER, NULL },
	[ARG_MEASURE] = { "measure", KIND_NUMBER, NULL },
	[ARG_MPIDR] = { "mpidr", KIND_NUMBER, NULL },
	[ARG_N] = { "n", KIND_NUMBER, NULL },
	[ARG_NAUX] = { "naux", KIND_NUMBER, NULL },
	[ARG_PAGE] = { "page", KIND_NUMBER, NULL },
	[ARG_PC] = { "pc", KIND_NUMBER, NULL },
	[ARG_PMU] = { "pmu", KIND_NUMBER, NULL },
	[ARG_RPV] = { "rpv", KIND_NUMBER, NULL },
	[ARG_S2SZ] = { "s2sz", KIND_NUMBER, NULL },
	[ARG_SL] = { "sl", KIND_SIGNED, NULL },
	[ARG_SVE_VL] = { "sve_vl", KIND_NUMBER, NULL },
	[ARG_TOP] = { "top", KIND_NUMBER, NULL },
	[ARG_VAL] = { "val", KIND_NUMBER, NULL },
	[ARG_WPS] = { "wps", KIND_NUMBER, NULL },
};

_Static_assert(ARGS <= 32, "sets of arguments fit 32 bits");

/* Defaults that are not 0; that of mpidr depends on the realm */
static const uint64_t defaults[ARGS] = {
	[ARG_BPS] = 1, [ARG_WPS] = 1, [ARG_N] = 1, [ARG_MEASURE] = 1, [ARG_FLAGS] = 1,
};

static void say(struct script_fault *fault, const char *text)
{
	size_t len = strlen(fault->why), more = strlen(text);

	if (more >= sizeof(fault->why) - len)
		more = sizeof(fault->why) - len - 1;
	memcpy(fault->why + len, text, more);
	fault->why[len + more] = '\0';
}

/* Returns false, for the caller to return. */
static bool refuse(struct script_fault *fault, const char *word, const char *why, const char *more, const char *end)
{
	fault->word = word;
	fault->why[0] = '\0';
	say(fault, why);
	say(fault, more);
	say(fault, end);
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The word at *at, which gets a zero at its end, or NULL; *at goes on behind it. A comment has no words. */
static char *next_word(char **at)
{
	char *word = *at, *end;

	while (is_space(*word))
		word++;
	if (!*word || *word == '#')
		return NULL;
	for (end = word; *end && !is_space(*end);)
		end++;
	*at = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

/* 16 and more for what is no digit */
static unsigned digit(char c)
{
	return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
		: c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

/* Decimal or 0x hexadecimal, all of the len bytes; no sign, no spaces */
static bool parse_number(const char *text, size_t len, uint64_t *value)
{
	bool is_hex = len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	unsigned base = is_hex ? 16 : 10;
	uint64_t number = 0;

	for (size_t i = is_hex ? 2 : 0; i < len; i++)
		if (digit(text[i]) >= base || __builtin_mul_overflow(number, base, &number) ||
		    __builtin_add_overflow(number, digit(text[i]), &number))
			return false;
	*value = number;
	return len;
}

static bool parse_signed(const char *text, uint64_t *value)
{
	bool is_negative = *text == '-';

	if (!parse_number(text + is_negative, strlen(text + is_negative), value))
		return false;
	if (is_negative)
		*value = -*value;
	return true;
}

static bool parse_name(const char *text, const struct name *names, uint64_t *value)
{
	for (; names->name; names++)
		if (!strcmp(text, names->name)) {
			*value = names->value;
			return true;
		}
	return false;
}

/* Bytes before the first c, or all of them */
static size_t length_to(const char *text, char c)
{
	size_t len = 0;

	while (text[len] && text[len] != c)
		len++;
	return len;
}

static bool parse_list(const char *text, uint64_t values[SCRIPT_GPRS])
{
	if (!strcmp(text, "zeros"))
		return true;
	for (unsigned i = 0; i < SCRIPT_GPRS; i++) {
		size_t len = length_to(text, ',');

		if (!parse_number(text, len, &values[i]))
			return false;
		if (!text[len])
			return true;
		text += len + 1;
	}
	return false;
}

static bool parse_value(struct script_step *step, enum script_arg arg, const char *text)
{
	switch (args[arg].kind) {
	case KIND_SIGNED:
		return parse_signed(text, &step->value[arg]);
	case KIND_NAME:
		return parse_name(text, args[arg].names, &step->value[arg]);
	case KIND_LIST:
		return parse_list(text, step->gprs);
	case KIND_TEXT:
		step->file = text;
		return *text;
	default:
		return parse_number(text, strlen(text), &step->value[arg]);
	}
}

static const char *expected(enum script_arg arg)
{
	switch (args[arg].kind) {
	case KIND_SIGNED:
		return "a number, decimal or 0x hex, may be negative";
	case KIND_NAME:
		return arg == ARG_HASH ? "sha256, sha384 or sha512" : "affine, mix or const";
	case KIND_LIST:
		return "one to eight numbers with commas between them, or zeros";
	case KIND_TEXT:
		return "a name";
	default:
		return "a number of up to 64 bits, decimal or 0x hex";
	}
}

static enum script_arg find_arg(const char *word, size_t len, uint32_t allowed)
{
	for (enum script_arg arg = 0; arg < ARGS; arg++)
		if ((allowed >> arg & 1) && strlen(args[arg].name) == len && !strncmp(args[arg].name, word, len))
			return arg;
	return ARGS;
}

static bool parse_word(struct script_step *step, const char *word, struct script_fault *fault)
{
	uint32_t allowed = step->op->required | step->op->optional;
	size_t len = length_to(word, '=');
	enum script_arg arg;

	if (!word[len])
		return refuse(fault, word, "not key=value", "", "");
	arg = find_arg(word, len, allowed);
	if (arg == ARGS)
		return refuse(fault, word, step->op->name, " has no such argument", "");
	if (step->given[arg])
		return refuse(fault, word, "given twice", "", "");
	step->given[arg] = true;
	return parse_value(step, arg, word + len + 1) || refuse(fault, word, "expected ", expected(arg), "");
}

static const struct script_op *find_op(const struct script_op *ops, const char *word)
{
	for (; ops->name; ops++)
		if (!strcmp(word, ops->name))
			return ops;
	return NULL;
}

/* Says which operations there are; the list of own ones ends with a comma, the other with a word. */
static bool refuse_op(const struct script_op *own, const char *word, struct script_fault *fault)
{
	refuse(fault, word, "expected ", "", "");
	for (; own->name; own++) {
		say(fault, own->name);
		say(fault, ", ");
	}
	for (const struct script_op *op = driver_ops; op->name; op++) {
		say(fault, op->name);
		say(fault, !op[1].name ? "" : !op[2].name ? " or " : ", ");
	}
	return false;
}

static bool check_required(const struct script_step *step, struct script_fault *fault)
{
	for (enum script_arg arg = 0; arg < ARGS; arg++)
		if ((step->op->required >> arg & 1) && !step->given[arg])
			return refuse(fault, step->op->name, "needs ", args[arg].name, "=");
	return true;
}

bool script_parse(char *line, const struct script_op *own, struct script_step *step, struct script_fault *fault)
{
	char *word = next_word(&line);

	memset(step, 0, sizeof(*step));
	memcpy(step->value, defaults, sizeof(defaults));
	if (!word)
		return true;
	step->op = find_op(own, word);
	if (!step->op)
		step->op = find_op(driver_ops, word);
	if (!step->op)
		return refuse_op(own, word, fault);
	while ((word = next_word(&line)))
		if (!parse_word(step, word, fault))
			return false;
	return check_required(step, fault);
}
