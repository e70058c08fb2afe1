/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* commands.h - the commands, each defined in its cmd-<verb>.c */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "opts.h"

extern const struct command cmd_info;
extern const struct command cmd_plan;
extern const struct command cmd_check;
extern const struct command cmd_measure;
extern const struct command cmd_events;
extern const struct command cmd_diff;
extern const struct command cmd_explain;
extern const struct command cmd_create;
extern const struct command cmd_run;
extern const struct command cmd_token;
extern const struct command cmd_token_verify;
extern const struct command cmd_refvals;
extern const struct command cmd_refvals_show;

#endif /* COMMANDS_H */
