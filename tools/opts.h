/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opts.h - the command table, and reading a command line by it */
#ifndef OPTS_H
#define OPTS_H

#include <stddef.h>
#include <stdint.h>

#include "tool.h"

/* What a value is, and the type of the member that receives it */
enum opt_kind {
	OPT_FLAG,    /* bool */
	OPT_TEXT,    /* const char * */
	OPT_INPUT,   /* const char *, a file; "-" is standard input */
	OPT_FILE,    /* const char *, a file that the result refers to by its name */
	OPT_OUTPUT,  /* const char *, a file; "-" is standard output */
	OPT_NUMBER,  /* int, from 0; the default must be -1 */
	OPT_COUNT,   /* int, from 1; the default must be 0 */
	OPT_SIZE,    /* uint64_t, bytes; MiB are meant when there is no suffix; never 0 */
	OPT_BYTES,   /* struct opt_bytes, written in hex */
	OPT_HASH,    /* int, an enum realm_hash; the default must be -1 */
	OPT_FAMILY,  /* int, an enum realm_family */
	OPT_PROFILE, /* int, an enum realm_profile */
	OPT_VMM,     /* const char *, a name of realm_preset_name() */
	OPT_HOST,    /* int, an enum host_kind */
	OPT_DIGEST,  /* struct opt_bytes, as long as a digest is */
	OPT_REM,     /* struct opt_rem, written N=HEX */
	OPT_TIME,    /* int64_t, seconds since 1970 */
	OPT_STATE,   /* int, an enum realm_lifecycle */
	OPT_FORMAT,  /* int, an enum realm_refvals_format */

	/* Options that may be repeated: the member is a struct opt_list, and each use adds an item to it. */
	OPT_INPUTS,  /* items: const char *, files as of OPT_INPUT */
	OPT_DIGESTS, /* struct opt_bytes */
	OPT_REMS,    /* struct opt_rem */
	OPT_PLANS,   /* struct opt_plan, the file */
	/* Options that say more about the item that was added last */
	OPT_PLAN_FAMILY,
	OPT_PLAN_PROFILE,
};

struct opt_bytes {
	bool given;
	size_t len;
	uint8_t data[64];
};

struct opt_rem {
	unsigned int index; /* 0..3, as in tokens */
	struct opt_bytes digest;
};

struct opt_plan {
	const char *path;
	int family;  /* enum realm_family */
	int profile; /* enum realm_profile */
};

struct opt_list {
	void *items;
	size_t count;
};

/* An option, or an operand: then name is what the usage line says and letter and help are not used */
struct opt {
	char letter; /* 0 for none */
	enum opt_kind kind;
	const char *name; /* without dashes; NULL ends a table */
	const char *arg;
	const char *help;
	size_t offset; /* of the member that receives the value */
};

struct command {
	const char *name;     /* "verb" or "verb word" */
	const char *summary;  /* one sentence */
	const char *usage[2]; /* what follows the name */
	const struct opt *opts;
	const struct opt *operands;
	int required;  /* operands that must be there */
	bool compares; /* exit 4 is possible */
	const char *example;
	size_t size; /* of the structure that the options fill */
	const void *defaults;
	int (*run)(struct tool *tool, const void *args); /* NULL for a verb that needs one of its children */
	const struct command *const *children;           /* chosen by the word after the verb; NULL for none */
};

/* The word of the command line that chooses a command among its siblings */
const char *command_word(const struct command *cmd);

/* ---- opt-value.c: what the value of an option can be ---- */

/* Name number i of the words that a value of this kind can be; NULL past the last and for other kinds. */
const char *opt_word(enum opt_kind kind, unsigned int i);
/* What to write; empty where the reason why a value is wrong says it. */
void opt_hint(enum opt_kind kind, char *buf, size_t size);
/* Fill the member that receives a value, of a kind that is no list.  NULL, or why the text is no such value. */
const char *opt_take(enum opt_kind kind, const char *text, void *member);

/* ---- opt-list.c: options that may be repeated ---- */

/* The kind of the value that one use has; kind itself for those that are no lists. */
enum opt_kind opt_value_kind(enum opt_kind kind);
bool opt_is_list(enum opt_kind kind);
/* Is it a list's option that adds an item, not one that says more about the last? */
bool opt_adds(enum opt_kind kind);
/*
 * The member of the list's item that receives the value of this use.  NULL: there is no item before it, or no memory, which errno
 * says.
 */
void *opt_list_place(enum opt_kind kind, struct opt_list *list);
/* File i of the list; NULL past the last, and when its items are no files */
const char *opt_list_path(enum opt_kind kind, const struct opt_list *list, size_t i);

/* ---- opts.c ---- */

/* The name nearest to a wrong one among those that next() gives; NULL when none is near. */
const char *nearest(const char *wrong, const char *(*next)(const void *arg, unsigned int i), const void *arg);

enum opts_result { OPTS_OK, OPTS_HELP, OPTS_WRONG, OPTS_FAILED };

/* Fill args, which holds the defaults, from the words after the verb (a NULL ends them).  What is wrong has been said. */
enum opts_result opts_parse(const struct command *cmd, char **words, void *args);
/* Free the lists in args, whatever opts_parse() gave. */
void opts_free(const struct command *cmd, void *args);

extern const struct opt help_opt;

#endif /* OPTS_H */
