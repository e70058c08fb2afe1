/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* host.h - the host that a verb works on: Linux or the software host */
#ifndef HOST_H
#define HOST_H

#include "opts.h"

enum host_kind { HOST_KVM, HOST_SIM };

struct host_args {
	int kind;    /* enum host_kind */
	int family;  /* enum realm_family; of kvm it overrides the probe, of sim it says what the host is */
	int profile; /* enum realm_profile; of kvm it is not looked at */
};

/* The options, for a verb whose arguments have a struct host_args called host */
/* clang-format off */
#define HOST_OPTS(args) \
	{ 0, OPT_HOST, "host", "HOST", "kvm, or sim for the software host (default: kvm)", offsetof(args, host.kind) }, \
	{ 0, OPT_FAMILY, "kvm", "FAMILY", "KVM family of the host (default: kvm: find out; sim: rmi-v14)", \
	  offsetof(args, host.family) }, \
	{ 0, OPT_PROFILE, "rmm", "PROFILE", "RMM profile (default: the family's)", offsetof(args, host.profile) }
/* clang-format on */

/*
 * Let the context of the tool work on this host.  plan: the software host gets its page size and LPA2; NULL: 4096 and none.
 * Gives the exit code; what is wrong has been said.
 */
int tool_host(struct tool *tool, const struct host_args *args, const struct realm_plan *plan);
/* Gives the exit code for a host that makes realms but cannot run them: that has been said. */
int host_runs_guests(const struct tool *tool, const struct host_args *args);
/* The profile where none is asked for */
enum realm_profile default_profile(enum realm_family family);
/* The key that verifies platform tokens of the software host; caller owns, free with free().  0 or a negative errno. */
int host_platform_key(struct realm_sim *sim, char **pemp);
/* For tool_close(), after the context is freed. */
void host_close(struct realm_sim *sim);

#endif /* HOST_H */
