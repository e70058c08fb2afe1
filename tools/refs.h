/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refs.h - what a token, or a file with reference values, is held against */
#ifndef REFS_H
#define REFS_H

#include "opts.h"

/* Files with keys, and a store or NULL.  Gives the exit code; to be freed whether this fails or not. */
int read_keys(struct tool *tool, const struct opt_list *keys, const char *store, struct realm_keys **keysp);
/* --rem and --rem-log that do not go together.  Gives the exit code; what is wrong has been said. */
int refuse_rems(const char *verb, const struct opt_list *rems, const char *log);
/* The REMs that the options give; NULL when they give none.  Gives the exit code; to be freed whether this fails or not. */
int read_rems(struct tool *tool, const struct opt_list *rems, const char *log, struct realm_rems **remsp);
/* Add what a plan's realm will have; family and profile may be 0.  Gives the exit code. */
int add_plan(struct tool *tool, const struct opt_plan *plan, const struct realm_rems *rems,
	     struct realm_refvals *refvals);

#endif /* REFS_H */
