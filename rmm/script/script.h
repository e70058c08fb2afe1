/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * script.h - scripts of RMI calls, as tests/vectors/tf-rmm.json defines them ("conventions")
 *
 * A step is a line: an operation and key=value words. Freestanding: rmm-script carries scripts out on a test machine, the
 * bare-metal host of rmm/qemu under real firmware. Both have operations of their own beside those of driver.c.
 */
#ifndef RMM_SCRIPT_H
#define RMM_SCRIPT_H

#include "answer.h"
#include "rmi-machine.h"

#define SCRIPT_GPRS 8
#define SCRIPT_RECS_MAX 1024
#define SCRIPT_ROOTS_MAX 8	/* four trees of the realm, and of another that is refused */

enum script_arg {
	ARG_ATS,
	ARG_BASE,
	ARG_BPS,
	ARG_FILE,
	ARG_FLAGS,
	ARG_FLAGS0,
	ARG_FLAGS1,
	ARG_GEN,
	ARG_GPRS,
	ARG_HASH,
	ARG_IPA,
	ARG_LEVEL,
	ARG_LOOP,
	ARG_MEASURE,
	ARG_MPIDR,
	ARG_N,
	ARG_NAUX,
	ARG_PAGE,
	ARG_PC,
	ARG_PMU,
	ARG_RPV,
	ARG_S2SZ,
	ARG_SL,
	ARG_SVE_VL,
	ARG_TOP,
	ARG_VAL,
	ARG_WPS,
	ARGS,
};

#define SCRIPT_ARG(arg) (1u << (arg))

enum script_gen {
	GEN_AFFINE,
	GEN_MIX,
	GEN_CONST,
};

struct driver;
struct script_step;

struct script_op {
	const char *name;	/* NULL: the end of a list */
	uint32_t required, optional;	/* sets of SCRIPT_ARG() */
	bool is_silent;	/* prints nothing */
	/* Carries a step out: X0 of the call that counts; adds to driver->answer what else there is to tell. */
	uint64_t (*run)(struct driver *driver, const struct script_step *step);
};

struct script_step {
	const struct script_op *op;	/* NULL: a line without words, or with a comment alone */
	bool given[ARGS];
	uint64_t value[ARGS];	/* with the defaults filled in */
	uint64_t gprs[SCRIPT_GPRS];
	const char *file;
};

/* What is wrong with a line, and the word of it that this is about */
struct script_fault {
	const char *word;
	char why[200];
};

/*
 * Takes a line apart, which is changed, and what the step points to stays in it. own are the operations that go before
 * driver_ops. false: see fault.
 */
bool script_parse(char *line, const struct script_op *own, struct script_step *step, struct script_fault *fault);

/* The host of one realm, on a machine with an RMM that is ready for use */
struct driver {
	struct machine *machine;
	void (*put)(const char *text, size_t len);	/* where answers go */
	struct answer answer;
	uint64_t rd, params, source;	/* granules of the realm descriptor, of parameters, of data to load */
	uint64_t spare;	/* a delegated granule that a refused call left; 0: none */
	bool has_realm;
	uint64_t s2sz;
	int64_t start_level;
	struct {
		uint64_t base, size;
	} roots[SCRIPT_ROOTS_MAX];	/* tables of the realm */
	unsigned num_roots;
	struct {
		uint64_t pa, params;
	} recs[SCRIPT_RECS_MAX];
	uint64_t num_recs;
};

extern const struct script_op driver_ops[];

/* Takes the granules that every script needs; machine, put and answer are set, the rest is zero. */
void driver_open(struct driver *driver);
/* Takes the realm apart and gives all memory back to the host. */
void driver_close(struct driver *driver);
/* Carries a step out that line stands for, and prints the answer: one JSON object on a line. */
void driver_run(struct driver *driver, const struct script_step *step, const char *line);

/* Loads a page of the host. */
uint64_t driver_load_page(struct driver *driver, uint64_t ipa, uint64_t source, uint64_t flags);
/* Makes the table of a level that has ipa, where that is missing. */
uint64_t driver_create_table(struct driver *driver, uint64_t ipa, int64_t level);
/* A delegated granule for a call that may be refused, whose result says if it is kept for the next. */
uint64_t driver_take(struct driver *driver);
uint64_t driver_keep_if_refused(struct driver *driver, uint64_t pa, uint64_t result);

#endif
