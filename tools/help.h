/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* help.h - the command table as people and completion scripts read it */
#ifndef HELP_H
#define HELP_H

#include "opts.h"

/* A NULL ends the list of commands. */
void help_all(FILE *out, const struct command *const *cmds);
void help_command(FILE *out, const struct command *cmd);
/* The whole table as JSON; NULL when out of memory. */
json_t *dump_commands(const struct command *const *cmds);

#endif /* HELP_H */
