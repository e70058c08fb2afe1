/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* build.h - a realm built as a plan says, and its RIM beside the predicted one */
#ifndef BUILD_H
#define BUILD_H

#include "host.h"

#define BUILD_STEPS 8

struct build_step {
	const char *name;
	uint64_t ns;
};

struct build {
	struct realm_plan *plan;
	struct realm *realm;
	enum realm_family family;
	enum realm_profile profile; /* of the prediction */
	enum realm_hash hash;
	struct build_step steps[BUILD_STEPS];
	size_t num_steps;
	bool told; /* the host has told its RIM */
	uint8_t measured[REALM_DIGEST_MAX];
	uint8_t predicted[REALM_DIGEST_MAX];
};

/*
 * Choose the host, build, seal and predict.  kick_signal is that of struct realm_opts.  Gives the exit code; what is
 * wrong has been said.  build is to be freed whether this fails or not.
 */
int build_realm(struct tool *tool, const char *path, const struct host_args *host, int kick_signal,
		struct build *build);
/* EXIT_DIFFERENT, and says so, when the RMM has measured another RIM than the predicted one, else EXIT_DONE. */
int build_compare(const struct tool *tool, const struct build *build);
void build_free(struct build *build);

#endif /* BUILD_H */
