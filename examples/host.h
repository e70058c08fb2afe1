/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * host.h - what the examples of the lifecycle share: the host that they work on, and what they say when it fails
 *
 * Without a family that is Linux with KVM.  With one, such as rmi-v14, it is the software host, so that they run anywhere.
 */
#ifndef HOST_H
#define HOST_H

#include <realm-sim.h>
#include <stdio.h>

/* The detail names the culprit, what is wrong, and what to do.  Gives the exit code. */
static inline int fail(const struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error), *hint = realm_error_hint(error);

	fprintf(stderr, "%s%s%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error), hint ? "; " : "",
		hint ? hint : "");
	return 1;
}

/* The software host of a family, as the plan wants it.  It must live as long as the context. */
static inline int use_sim(struct realm_ctx *ctx, const char *family, const struct realm_plan *plan,
			  struct realm_sim **simp)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts) };
	int err = realm_family_from_name(family, &opts.family);

	if (plan) {
		opts.granule = realm_plan_granule(plan);
		opts.lpa2 = realm_plan_lpa2(plan);
	}
	if (!err)
		err = realm_sim_new(&opts, simp);
	if (err) {
		fprintf(stderr, "%s: there is no such software host\n", family);
		return 1;
	}
	return realm_ctx_set_host(ctx, realm_sim_ops(), *simp) ? fail(ctx) : 0;
}

/* 0 or an exit code, when that has been said. */
static inline int use_host(struct realm_ctx *ctx, const char *family, const struct realm_plan *plan,
			   struct realm_sim **simp)
{
	return family ? use_sim(ctx, family, plan, simp) : 0;
}

#endif /* HOST_H */
