/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * script.h - scripts of RMI calls, as tests/vectors/tf-rmm.json defines them ("conventions")
 *
 * A step is a line: an operation and key=value words. Driving it takes the RMI calls of the variant that runs.
 */
#ifndef RMM_SCRIPT_H
#define RMM_SCRIPT_H

#include <jansson.h>
#include "port.h"

#define SCRIPT_GPRS 8

enum script_op {
	OP_PA52,
	OP_REALM_CREATE,
	OP_RTT_CREATE,
	OP_RTT_PATH,
	OP_INIT_RIPAS,
	OP_DATA,
	OP_DATA_UNKNOWN,
	OP_REC_CREATE,
	OP_ACTIVATE,
	OPS,
};

enum script_arg {
	ARG_ATS,
	ARG_BASE,
	ARG_BPS,
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

enum script_gen {
	GEN_AFFINE,
	GEN_MIX,
	GEN_CONST,
};

struct script_step {
	enum script_op op;
	bool given[ARGS];
	uint64_t value[ARGS];	/* with the defaults filled in */
	uint64_t gprs[SCRIPT_GPRS];
};

/* What is wrong with a line, and the word of it that this is about */
struct script_fault {
	const char *word;
	char why[160];
};

/* Takes a line apart, which is changed. One without words, or with a comment alone, has op OPS. false: see fault. */
bool script_parse(char *line, struct script_step *step, struct script_fault *fault);

/* The RMM that a script runs on, and its host */
struct driver;

struct driver *driver_new(const struct rmm_variant *variant);
void driver_free(struct driver *driver);
/* Carries a step out: X0 of the call that counts; extras gets what else there is to tell. */
uint64_t driver_run(struct driver *driver, const struct script_step *step, json_t *extras);
/* The RIM in hex; NULL: there is no realm */
const char *driver_rim(struct driver *driver);

#endif
