/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* boot.c - bringing the RMM up: version, features, and for 2.0 configuration, activation, tracking and tables */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/evp.h>

#include "rmi.h"
#include "rmi-1.0.h"
#include "sim.h"

#define L0GPT_BYTES (UINT64_C(1) << 30)

static uint64_t version_of(uint64_t major)
{
	return major << RMI_INTERFACE_VERSION_MAJOR_SHIFT;
}

static bool boot_v1(struct realm_sim *sim)
{
	uint64_t regs[RMM_SMC_REGS];

	return sim_rmi_call(sim, regs, SMC_RMI1_VERSION, version_of(1), 0, 0) == RMI_SUCCESS &&
	       sim_rmi_call(sim, regs, SMC_RMI1_FEATURES, 0, 0, 0) == RMI_SUCCESS;
}

static uint8_t granule_code(const struct realm_sim *sim)
{
	switch (sim->memory.page_size) {
	case 16384:
		return RMI_GRANULE_SIZE_16KB;
	case 65536:
		return RMI_GRANULE_SIZE_64KB;
	default:
		return RMI_GRANULE_SIZE_4KB;
	}
}

/* In the page that lists of operations have later */
static bool configure(struct realm_sim *sim)
{
	struct rmi_rmm_config *config = sim_memory_at(sim, sim->op_list, sizeof(*config));
	uint64_t regs[RMM_SMC_REGS];

	config->rmi_granule_size = granule_code(sim);
	return sim_rmi_call(sim, regs, SMC_RMI_RMM_CONFIG_SET, sim->op_list, 0, 0) == RMI_SUCCESS;
}

static bool activate(struct realm_sim *sim)
{
	uint64_t regs[RMM_SMC_REGS];

	sim_rmi_call(sim, regs, SMC_RMI_RMM_ACTIVATE, 0, 0, 0);
	return sim_rmi_finish(sim, regs) == RMI_SUCCESS;
}

/* Memory is used page by page, so it has to be tracked like that. */
static bool is_tracked(struct realm_sim *sim, uint64_t base, uint64_t top)
{
	uint64_t regs[RMM_SMC_REGS];

	while (base < top) {
		if (sim_rmi_call(sim, regs, SMC_RMI_GRANULE_TRACKING_GET, base, top, 0) != RMI_SUCCESS ||
		    regs[1] != RMI_MEM_CATEGORY_CONVENTIONAL || regs[2] != RMI_TRACKING_FINE || regs[3] <= base)
			return false;
		base = regs[3];
	}
	return true;
}

/* A table that is there already is as good. */
static bool make_gpts(struct realm_sim *sim, uint64_t base, uint64_t top)
{
	uint64_t regs[RMM_SMC_REGS];

	for (uint64_t pa = base & ~(L0GPT_BYTES - 1); pa < top; pa += L0GPT_BYTES) {
		sim_rmi_call(sim, regs, SMC_RMI_GPT_L1_CREATE, pa, 0, 0);
		if (sim_rmi_finish(sim, regs) != RMI_SUCCESS && rmi_result_get_status(regs[0]) != RMI_ERROR_GPT)
			return false;
	}
	return true;
}

static bool boot_v2(struct realm_sim *sim)
{
	const struct sim_memory *memory = &sim->memory;
	uint64_t regs[RMM_SMC_REGS];

	return sim_rmi_call(sim, regs, SMC_RMI_VERSION, version_of(2), 0, 0) == RMI_SUCCESS &&
	       sim_rmi_call(sim, regs, SMC_RMI_FEATURES, 0, 0, 0) == RMI_SUCCESS &&
	       sim_rmi_call(sim, regs, SMC_RMI_FEATURES, 1, 0, 0) == RMI_SUCCESS && configure(sim) && activate(sim) &&
	       is_tracked(sim, memory->base, memory->base + memory->size) &&
	       is_tracked(sim, memory->window, memory->window + SIM_WINDOW_SIZE) &&
	       make_gpts(sim, memory->base, memory->base + memory->size) &&
	       make_gpts(sim, memory->window, memory->window + SIM_WINDOW_SIZE);
}

/* ---- the machine as it is before the kernel starts ---- */

static bool fetch_algorithms(struct realm_sim *sim)
{
	static const char *const names[] = {
		[RMI_HASH_SHA_256] = "SHA2-256", [RMI_HASH_SHA_384] = "SHA2-384", [RMI_HASH_SHA_512] = "SHA2-512",
	};

	sim->digest = EVP_MD_CTX_new();
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		sim->algorithms[i] = EVP_MD_fetch(NULL, names[i], NULL);
		if (!sim->algorithms[i])
			return false;
	}
	return sim->digest;
}

static int make_rmm(struct realm_sim *sim)
{
	const struct sim_memory *memory = &sim->memory;
	const struct rmm_bank banks[] = { { memory->base, memory->size }, { memory->window, SIM_WINDOW_SIZE } };
	const struct rmm_config config = {
		.variant = sim->variant,
		.limits = &sim->limits,
		.port = &sim_port,
		.ctx = sim,
		.banks = banks,
		.num_banks = 2,
		.num_cpus = SIM_CPUS,
	};

	sim->rmm_region = calloc(rmm_region_size(&config), 1);
	if (!sim->rmm_region || !fetch_algorithms(sim))
		return -ENOMEM;
	sim->rmm = rmm_init(&config, sim->rmm_region);
	return sim->rmm ? 0 : -EINVAL;
}

int sim_boot(struct realm_sim *sim)
{
	int err = make_rmm(sim);

	if (err)
		return err;
	sim->op_list = sim_pages_alloc(sim, 1, 1);
	if (!sim->op_list)
		return -ENOMEM;
	return (sim->v1 ? boot_v1(sim) : boot_v2(sim)) ? 0 : -ENXIO;
}

void sim_halt(struct realm_sim *sim)
{
	EVP_MD_CTX_free(sim->digest);
	for (unsigned i = 0; i < sizeof(sim->algorithms) / sizeof(sim->algorithms[0]); i++)
		EVP_MD_free(sim->algorithms[i]);
	free(sim->cpus);
	free(sim->rmm_region);
}
