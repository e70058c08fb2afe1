/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim.c - making and freeing a host: which kernel, which RMM, how much memory */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rmi.h"
#include "sim.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define MEMORY_DEFAULT (UINT64_C(16) << 30)
#define MEMORY_MIN (UINT64_C(16) << 20)
#define MEMORY_MAX (UINT64_C(1) << 40)
#define MEMORY_UNIT UINT64_C(0x10000)

static const struct realm_kvm_kernel kernels[] = { REALM_KVM_KERNEL_ALL };
static const struct realm_kvm_family families[] = { REALM_KVM_FAMILY_ALL };

static const char *const family_names[] = {
	[REALM_FAMILY_RME_RFC] = "rme-rfc", [REALM_FAMILY_RME] = "rme", [REALM_FAMILY_RMI_V12] = "rmi-v12",
	[REALM_FAMILY_RMI_V13] = "rmi-v13", [REALM_FAMILY_RMI_V14] = "rmi-v14", [REALM_FAMILY_RMI_V15] = "rmi-v15",
};

static const struct rmm_variant *const variants[] = {
	[REALM_PROFILE_RMM_1_0] = &rmm_variant_1_0,
	[REALM_PROFILE_RMM_2_0] = &rmm_variant_2_0,
	[REALM_PROFILE_TF_RMM_2_0] = &rmm_variant_tf_2_0,
};

const char *realm_sim_kernel(unsigned int index)
{
	return index < COUNT(kernels) ? kernels[index].name : NULL;
}

int realm_sim_runs_guests(void)
{
	return sim_cpu_available();
}

int sim_options(void *to, size_t size, const void *from, size_t from_size)
{
	const uint8_t *bytes = from;
	size_t known = from_size < size ? from_size : size;

	if (from_size < sizeof(from_size))
		return -EINVAL;
	for (size_t i = size; i < from_size; i++)
		if (bytes[i])
			return -E2BIG;
	memcpy(to, from, known);
	return 0;
}

/* ---- which kernel ---- */

static bool is_of(const struct realm_kvm_kernel *kernel, const char *family)
{
	return kernel->num_family && !strcmp(kernel->family[0], family);
}

static const struct realm_kvm_kernel *kernel_named(const char *name)
{
	for (size_t i = 0; i < COUNT(kernels); i++)
		if (!strcmp(kernels[i].name, name))
			return &kernels[i];
	return NULL;
}

/* The newest whose capability is known, as the table has them in order */
static const struct realm_kvm_kernel *kernel_of(const char *family)
{
	const struct realm_kvm_kernel *newest = NULL;

	for (size_t i = 0; i < COUNT(kernels); i++)
		if (is_of(&kernels[i], family) && !kernels[i].error && kernels[i].num_cap)
			newest = &kernels[i];
	return newest;
}

static const struct realm_kvm_family *family_of(const struct realm_kvm_kernel *kernel)
{
	for (size_t i = 0; i < COUNT(families); i++)
		if (is_of(kernel, families[i].name))
			return &families[i];
	return NULL;
}

static int choose_kernel(struct realm_sim *sim)
{
	struct realm_sim_opts *opts = &sim->opts;

	if ((size_t)opts->family >= COUNT(family_names))
		return -EINVAL;
	if (opts->kernel) {
		sim->kernel = kernel_named(opts->kernel);
		if (!sim->kernel)
			return -EINVAL;
		if (opts->family && !is_of(sim->kernel, family_names[opts->family]))
			return -EOPNOTSUPP;
	} else {
		if (!opts->family)
			opts->family = REALM_FAMILY_RMI_V14;
		sim->kernel = kernel_of(family_names[opts->family]);
	}
	sim->family = family_of(sim->kernel);
	return 0;
}

/* ---- which RMM ---- */

static bool goes_with(const struct realm_kvm_family *family, const struct rmm_variant *variant)
{
	for (unsigned i = 0; i < family->num_profiles; i++)
		if (!strcmp(family->profiles[i], rmm_variant_name(variant)))
			return true;
	return false;
}

static enum realm_profile default_profile(const struct realm_kvm_family *family)
{
	return family && goes_with(family, &rmm_variant_1_0) ? REALM_PROFILE_RMM_1_0 : REALM_PROFILE_TF_RMM_2_0;
}

static unsigned granule_bit(uint32_t granule)
{
	return granule == 4096 ? RMI_GRANULE_SIZE_4KB :
	       granule == 16384 ? RMI_GRANULE_SIZE_16KB : RMI_GRANULE_SIZE_64KB;
}

/* As much as plans can ask for. Where a realm gets the PMU of its host there is none: plans cannot ask for that. */
static void choose_limits(struct realm_sim *sim)
{
	struct rmm_limits *limits = &sim->limits;

	*limits = *rmm_variant_limits(sim->variant);
	limits->lpa2 = sim->opts.lpa2;
	limits->ipa_bits = sim->opts.lpa2 ? 52 : 48;
	limits->num_bps = limits->num_wps = 15;
	limits->sve_vl = 15;
	limits->pmu = !sim->family || sim->family->pmu != REALM_KVM_SETTING_HOST;
	limits->pmu_num_ctrs = limits->pmu ? 31 : 0;
}

static int choose_rmm(struct realm_sim *sim)
{
	struct realm_sim_opts *opts = &sim->opts;

	if ((size_t)opts->profile >= COUNT(variants))
		return -EINVAL;
	if (!opts->profile)
		opts->profile = default_profile(sim->family);
	sim->variant = variants[opts->profile];
	sim->v1 = sim->variant == &rmm_variant_1_0;
	if (sim->family && !goes_with(sim->family, sim->variant))
		return -EOPNOTSUPP;
	choose_limits(sim);
	if (sim->family && !(sim->limits.granules >> granule_bit(opts->granule) & 1))
		return -EOPNOTSUPP;
	return 0;
}

static int choose(struct realm_sim *sim)
{
	struct realm_sim_opts *opts = &sim->opts;
	int err;

	if (!opts->granule)
		opts->granule = 4096;
	if (!opts->memory)
		opts->memory = MEMORY_DEFAULT;
	if (opts->granule != 4096 && opts->granule != 16384 && opts->granule != 65536)
		return -EINVAL;
	if (opts->memory < MEMORY_MIN || opts->memory > MEMORY_MAX || opts->lpa2 < 0 || opts->lpa2 > 1)
		return -EINVAL;
	opts->memory = (opts->memory + MEMORY_UNIT - 1) & ~(MEMORY_UNIT - 1);
	err = choose_kernel(sim);
	return err ? err : choose_rmm(sim);
}

/* ---- making and freeing ---- */

static int init_locks(struct realm_sim *sim)
{
	if (sim_lock_init(&sim->rmm_lock))
		return -ENOMEM;
	/* Those of the default kind need nothing that could fail. */
	pthread_mutex_init(&sim->memory_lock, NULL);
	pthread_mutex_init(&sim->table_lock, NULL);
	pthread_mutex_init(&sim->fault_lock, NULL);
	pthread_mutex_init(&sim->op_lock, NULL);
	return 0;
}

static void destroy_locks(struct realm_sim *sim)
{
	pthread_mutex_destroy(&sim->op_lock);
	pthread_mutex_destroy(&sim->fault_lock);
	pthread_mutex_destroy(&sim->table_lock);
	pthread_mutex_destroy(&sim->memory_lock);
	sim_lock_destroy(&sim->rmm_lock);
}

static int start(struct realm_sim *sim)
{
	int err = sim_memory_init(&sim->memory, sim->opts.memory, sim->opts.granule);

	if (err)
		return err;
	err = sim->family ? sim_boot(sim) : 0;
	if (err) {
		sim_halt(sim);
		sim_memory_free(&sim->memory);
	}
	return err;
}

static int make(struct realm_sim *sim)
{
	int err = choose(sim);

	if (!err)
		err = init_locks(sim);
	if (err)
		return err;
	err = start(sim);
	if (err)
		destroy_locks(sim);
	return err;
}

int realm_sim_new(const struct realm_sim_opts *opts, struct realm_sim **simp)
{
	struct realm_sim *sim;
	int err;

	if (!simp)
		return -EINVAL;
	sim = calloc(1, sizeof(*sim));
	if (!sim)
		return -ENOMEM;
	err = opts ? sim_options(&sim->opts, sizeof(sim->opts), opts, opts->sz) : 0;
	if (!err)
		err = make(sim);
	if (err) {
		free(sim);
		return err;
	}
	*simp = sim;
	return 0;
}

void realm_sim_free(struct realm_sim *sim)
{
	if (!sim)
		return;
	sim_files_free(sim);
	sim_halt(sim);
	sim_platform_end(&sim->platform);
	sim_memory_free(&sim->memory);
	destroy_locks(sim);
	free(sim);
}
