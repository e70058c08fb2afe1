/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-realm.h - kinds of hosts, and what tests of realms on them share */
#ifndef SIM_REALM_H
#define SIM_REALM_H

#include "sim-world.h"

#define MEASURE REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE
#define RAM (UINT64_C(4) << 20)
#define CREATE "create 21 8\n"	/* 33 bits: from level 2 on, eight tables of 1 GiB */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct kind kinds[] = {
	{ "rme-rfc", REALM_FAMILY_RME_RFC, REALM_PROFILE_ANY, 4096, NULL },
	{ "rme", REALM_FAMILY_RME, REALM_PROFILE_ANY, 4096, NULL },
	{ "rmi-v12", REALM_FAMILY_RMI_V12, REALM_PROFILE_ANY, 4096, NULL },
	{ "rmi-v13", REALM_FAMILY_RMI_V13, REALM_PROFILE_ANY, 4096, NULL },
	{ "rmi-v14", REALM_FAMILY_RMI_V14, REALM_PROFILE_ANY, 4096, NULL },
	{ "rmi-v14-2.0", REALM_FAMILY_RMI_V14, REALM_PROFILE_RMM_2_0, 4096, NULL },
	{ "rmi-v15", REALM_FAMILY_RMI_V15, REALM_PROFILE_ANY, 4096, NULL },
	{ "rmi-v15-16k", REALM_FAMILY_RMI_V15, REALM_PROFILE_RMM_2_0, 16384, NULL },
	{ "rmi-v14-64k", REALM_FAMILY_RMI_V14, REALM_PROFILE_RMM_2_0, 65536, NULL },
};

/* Those that create the realm by themselves */
static const enum realm_family implicit[] = {
	REALM_FAMILY_RMI_V12, REALM_FAMILY_RMI_V13, REALM_FAMILY_RMI_V14, REALM_FAMILY_RMI_V15,
};

static inline const struct kind *kind_of(enum realm_family family)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].family == family)
			return &kinds[i];
	return NULL;
}

static inline struct world *begun(enum realm_family family, unsigned vcpus)
{
	struct world *w = world_new(kind_of(family));

	assert_int_equal(world_begin(w, RAM, vcpus), 0);
	return w;
}

static inline void end(struct world *w)
{
	world_close_vm(w);
	world_assert_clean(w);
	world_free(w);
}

static inline struct sim_vcpu *vcpu_of(struct world *w)
{
	struct sim_file *file = sim_file_get(w->sim, w->vcpus[0], SIM_VCPU);

	assert_non_null(file);
	sim_file_put(file);
	return (struct sim_vcpu *)file;
}

static inline int config(struct world *w, uint32_t cfg, uint32_t a, uint32_t b)
{
	const struct realm_kvm_arm_rme_config args = { .cfg = cfg, .item = { a, b } };

	return world_command(w, REALM_KVM_CAP_ARM_RME_CONFIG_REALM, &args);
}

#endif
