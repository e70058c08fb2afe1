/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* host.c - which host a verb works on */
#include <errno.h>

#include "host.h"

#ifdef HAVE_SIM
#include "realm-sim.h"
#endif

static int refuse_pair(struct tool *tool, enum realm_family family, enum realm_profile profile)
{
	char why[128];

	snprintf(why, sizeof(why), "does not go with family %s", realm_family_name(family));
	complain(tool->verb, realm_profile_name(profile), why, -EOPNOTSUPP,
		 "rme-rfc, rme and rmi-v12 go with rmm-1.0, the others with rmm-2.0 and tf-rmm-2.0");
	return EXIT_UNSUPPORTED;
}

#ifdef HAVE_SIM

static int sim_failed(struct tool *tool, int err)
{
	if (err != -EOPNOTSUPP)
		return system_error(tool->verb, "software host", -err);
	complain(tool->verb, "$.granule", "the RMM of the software host cannot have this granule", err,
		 "--rmm rmm-2.0 has others than 4096, with --kvm rmi-v13, rmi-v14 or rmi-v15");
	return EXIT_UNSUPPORTED;
}

static int use_sim(struct tool *tool, enum realm_family family, enum realm_profile profile,
		   const struct realm_plan *plan)
{
	struct realm_sim_opts opts = {
		.sz = sizeof(opts),
		.family = family,
		.profile = profile,
		.granule = plan ? realm_plan_granule(plan) : 0,
		.lpa2 = plan ? realm_plan_lpa2(plan) : 0,
	};
	int err;

	err = realm_sim_new(&opts, &tool->sim);
	if (err)
		return sim_failed(tool, err);
	err = realm_ctx_set_host(tool->ctx, realm_sim_ops(), tool->sim);
	/* REALM_KVM speaks of this machine. */
	if (!err)
		err = realm_ctx_set_family(tool->ctx, REALM_FAMILY_ANY, 0);
	return err ? tool_failed(tool, "software host", err) : EXIT_DONE;
}

static bool sim_runs_guests(void)
{
	return realm_sim_runs_guests();
}

int host_platform_key(struct realm_sim *sim, char **pemp)
{
	return realm_sim_platform_key(sim, pemp);
}

void host_close(struct realm_sim *sim)
{
	realm_sim_free(sim);
}

#else

static int use_sim(struct tool *tool, enum realm_family family, enum realm_profile profile,
		   const struct realm_plan *plan)
{
	complain(tool->verb, "software host", "this machine cannot have it", -EOPNOTSUPP,
		 "it needs a 64-bit little-endian CPU");
	return EXIT_UNSUPPORTED;
}

/* There is none: use_sim() says so. */
static bool sim_runs_guests(void)
{
	return true;
}

int host_platform_key(struct realm_sim *sim, char **pemp)
{
	return -EOPNOTSUPP;
}

void host_close(struct realm_sim *sim)
{
}

#endif

int host_runs_guests(const struct tool *tool, const struct host_args *args)
{
	if (args->kind != HOST_SIM || sim_runs_guests())
		return EXIT_DONE;
	complain(tool->verb, "software host", "it was built without Unicorn, which runs the code of guests",
		 -EOPNOTSUPP, "install libunicorn-dev and build librealm again");
	return EXIT_UNSUPPORTED;
}

enum realm_profile default_profile(enum realm_family family)
{
	return realm_family_has_profile(family, REALM_PROFILE_RMM_1_0) ? REALM_PROFILE_RMM_1_0
								       : REALM_PROFILE_TF_RMM_2_0;
}

int tool_host(struct tool *tool, const struct host_args *args, const struct realm_plan *plan)
{
	enum realm_family family = (enum realm_family)args->family;
	enum realm_profile profile = (enum realm_profile)args->profile;
	int err = 0;

	if (args->kind == HOST_SIM && !family)
		family = REALM_FAMILY_RMI_V14;
	if (family && profile && !realm_family_has_profile(family, profile))
		return refuse_pair(tool, family, profile);
	if (args->kind == HOST_SIM)
		return use_sim(tool, family, profile, plan);
	if (family)
		err = realm_ctx_set_family(tool->ctx, family, 0);
	return err ? tool_failed(tool, "--kvm", err) : EXIT_DONE;
}
