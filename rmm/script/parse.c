/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* parse.c - lines of a script: which operations and arguments there are, and what is left out means */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rmi.h"
#include "script.h"

#define SPACE " \t\r\n\v\f"

enum kind {
	KIND_NUMBER,
	KIND_SIGNED,
	KIND_NAME,
	KIND_LIST,
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

#define BIT(arg) (1u << (arg))

_Static_assert(ARGS <= 32, "sets of arguments fit 32 bits");

static const struct {
	const char *name;
	uint32_t required, optional;
} ops[OPS] = {
	[OP_PA52] = { "pa52", 0, 0 },
	[OP_REALM_CREATE] = { "realm_create", BIT(ARG_HASH) | BIT(ARG_S2SZ) | BIT(ARG_SL),
		BIT(ARG_FLAGS0) | BIT(ARG_FLAGS1) | BIT(ARG_SVE_VL) | BIT(ARG_BPS) | BIT(ARG_WPS) | BIT(ARG_PMU) |
		BIT(ARG_NAUX) | BIT(ARG_ATS) | BIT(ARG_RPV) },
	[OP_RTT_CREATE] = { "rtt_create", BIT(ARG_IPA) | BIT(ARG_LEVEL), 0 },
	[OP_RTT_PATH] = { "rtt_path", BIT(ARG_IPA) | BIT(ARG_TOP) | BIT(ARG_LEVEL), 0 },
	[OP_INIT_RIPAS] = { "init_ripas", BIT(ARG_BASE) | BIT(ARG_TOP), BIT(ARG_LOOP) },
	[OP_DATA] = { "data", BIT(ARG_IPA),
		BIT(ARG_PAGE) | BIT(ARG_N) | BIT(ARG_GEN) | BIT(ARG_VAL) | BIT(ARG_MEASURE) },
	[OP_DATA_UNKNOWN] = { "data_unknown", BIT(ARG_IPA), 0 },
	[OP_REC_CREATE] = { "rec_create", 0, BIT(ARG_FLAGS) | BIT(ARG_PC) | BIT(ARG_GPRS) | BIT(ARG_MPIDR) },
	[OP_ACTIVATE] = { "activate", 0, 0 },
};

/* Defaults that are not 0; that of mpidr depends on the realm */
static const uint64_t defaults[ARGS] = {
	[ARG_BPS] = 1, [ARG_WPS] = 1, [ARG_N] = 1, [ARG_MEASURE] = 1, [ARG_FLAGS] = 1,
};

__attribute__((format(printf, 3, 4)))
static bool refuse(struct script_fault *fault, const char *word, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(fault->why, sizeof(fault->why), format, list);
	va_end(list);
	fault->word = word;
	return false;
}

/* Decimal or 0x hexadecimal, all of the len bytes; no sign, no spaces */
static bool parse_number(const char *text, size_t len, uint64_t *value)
{
	bool is_hex = len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	size_t prefix = is_hex ? 2 : 0;

	if (len == 0 || strspn(text + prefix, is_hex ? "0123456789abcdefABCDEF" : "0123456789") != len - prefix)
		return false;
	errno = 0;
	*value = strtoull(text + prefix, NULL, is_hex ? 16 : 10);
	return !errno;
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

static bool parse_list(const char *text, uint64_t values[SCRIPT_GPRS])
{
	if (!strcmp(text, "zeros"))
		return true;
	for (unsigned i = 0; i < SCRIPT_GPRS; i++) {
		size_t len = strcspn(text, ",");

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
	uint32_t allowed = ops[step->op].required | ops[step->op].optional;
	const char *equals = strchr(word, '=');
	enum script_arg arg;

	if (!equals)
		return refuse(fault, word, "not key=value");
	arg = find_arg(word, (size_t)(equals - word), allowed);
	if (arg == ARGS)
		return refuse(fault, word, "%s has no such argument", ops[step->op].name);
	if (step->given[arg])
		return refuse(fault, word, "given twice");
	step->given[arg] = true;
	return parse_value(step, arg, equals + 1) || refuse(fault, word, "expected %s", expected(arg));
}

static bool parse_op(struct script_step *step, const char *word, struct script_fault *fault)
{
	for (step->op = 0; step->op < OPS; step->op++)
		if (!strcmp(word, ops[step->op].name))
			return true;
	return refuse(fault, word, "expected pa52, realm_create, rtt_create, rtt_path, init_ripas, data, data_unknown, "
		"rec_create or activate");
}

static bool check_required(const struct script_step *step, struct script_fault *fault)
{
	for (enum script_arg arg = 0; arg < ARGS; arg++)
		if ((ops[step->op].required >> arg & 1) && !step->given[arg])
			return refuse(fault, ops[step->op].name, "needs %s=", args[arg].name);
	return true;
}

bool script_parse(char *line, struct script_step *step, struct script_fault *fault)
{
	char *save, *word = strtok_r(line, SPACE, &save);

	*step = (struct script_step){ .op = OPS };
	memcpy(step->value, defaults, sizeof(defaults));
	if (!word || *word == '#')
		return true;
	if (!parse_op(step, word, fault))
		return false;
	while ((word = strtok_r(NULL, SPACE, &save)) && *word != '#')
		if (!parse_word(step, word, fault))
			return false;
	return check_required(step, fault);
}
