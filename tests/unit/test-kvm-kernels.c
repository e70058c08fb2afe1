/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-kvm-kernels.c - the probe on every kernel that the software host can be
 *
 * What each kernel is, is typed from the posted series.  Between the library and the host there is a guard, which sees to it that
 * KVM_ENABLE_CAP goes to VMs of a realm type alone, and never with a number that upstream lets be enabled.
 */
#include <dirent.h>

#include "kvm.h"
#include "realm-sim.h"
#include "unit.h"

#define FDS 256

struct guard {
	struct realm_host_ops ops;
	struct realm_sim *sim;
	bool realm[FDS];
	unsigned int commands;
};

static int guard_open(void *host, const char *path, int flags)
{
	struct guard *guard = host;

	return guard->ops.open(guard->sim, path, flags);
}

static int guard_close(void *host, int fd)
{
	struct guard *guard = host;

	guard->realm[fd] = false;
	return guard->ops.close(guard->sim, fd);
}

static int guard_read(void *host, int fd, void *buf, size_t size)
{
	struct guard *guard = host;

	return guard->ops.read(guard->sim, fd, buf, size);
}

static int guard_ioctl(void *host, int fd, unsigned long request, uintptr_t arg)
{
	struct guard *guard = host;
	const struct realm_kvm_enable_cap *enable = (const void *)arg;
	int ret;

	assert_in_range(fd, 0, FDS - 1);
	if (request == 0x4068aea3) {
		assert_true(guard->realm[fd]);
		assert_int_not_equal(enable->cap, 239);
		assert_int_not_equal(enable->cap, 245);
		guard->commands++;
	}
	ret = guard->ops.ioctl(guard->sim, fd, request, arg);
	if (request == 0xae01 && ret >= 0) {
		assert_in_range(ret, 0, FDS - 1);
		guard->realm[ret] = (arg & 0x4000ff00) == 0x100 || (arg & 0x4000ff00) == 0x40000000;
	}
	return ret;
}

static uint32_t guard_page_size(void *host)
{
	struct guard *guard = host;

	return guard->ops.page_size(guard->sim);
}

static unsigned int count_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static void use(struct realm_ctx *ctx, struct guard *guard, const struct realm_sim_opts *opts)
{
	struct realm_host_ops ops;

	*guard = (struct guard){ .ops = *realm_sim_ops() };
	assert_int_equal(realm_sim_new(opts, &guard->sim), 0);
	ops = guard->ops;
	ops.open = guard_open;
	ops.close = guard_close;
	ops.read = guard_read;
	ops.ioctl = guard_ioctl;
	ops.page_size = guard_page_size;
	assert_int_equal(realm_ctx_set_host(ctx, &ops, guard), 0);
}

static struct realm_host_info *probe(struct realm_ctx *ctx)
{
	struct realm_host_info *info = NULL;
	unsigned int fds = count_fds();

	assert_int_equal(realm_host_probe(ctx, &info), 0);
	assert_int_equal(count_fds(), fds);
	return info;
}

static const struct {
	const char *kernel;
	enum realm_family family;
	unsigned int cap;         /* 0: not known */
	unsigned int rec_feature; /* 0: none */
	const char *why;          /* there are no realms */
} kernels[] = {
	{ "6.1", .why = "makes no realms" },
	{ "6.12", .why = "makes no realms" },
	{ "7.2", .why = "makes no realms" },
	{ "7.3", .why = "makes no realms" },
	{ "pkvm", .why = "protected KVM" },
	{ "rfc-v1", REALM_FAMILY_RME_RFC, 300, 7, NULL },
	{ "v2", REALM_FAMILY_RME, 300, 8, NULL },
	{ "v7", REALM_FAMILY_RME, 300, 8, NULL },
	{ "v8", REALM_FAMILY_RME, 240, 9, NULL },
	{ "v9", REALM_FAMILY_RME, 243, 9, NULL },
	{ "v10", REALM_FAMILY_RME, 244, 9, NULL },
	{ "v11", .why = "of family rme, and the number of its capability" },
	{ "nvidia-6.17", REALM_FAMILY_RME, 0, 9, NULL },
	{ "nvidia-6.18", REALM_FAMILY_RME, 0, 9, NULL },
	{ "v12-no-rmm", .why = "there is no RMM" },
	{ "v12", REALM_FAMILY_RMI_V12, 247, 0, NULL },
	{ "v13", REALM_FAMILY_RMI_V13, 248, 0, NULL },
	{ "nvhe", .why = "KVM does not use VHE" },
	{ "v14", REALM_FAMILY_RMI_V14, 249, 0, NULL },
	{ "v15-no-in-place", .why = "gmem_in_place_conversion=0" },
	{ "v15", REALM_FAMILY_RMI_V15, 251, 0, NULL },
};

static void tells_every_kernel(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct realm_sim_opts opts = { .sz = sizeof(opts), .kernel = kernels[i].kernel };
		const char *why = kernels[i].why;
		const struct kvm_host *host;
		struct realm_host_info *info;
		struct guard guard;

		use(*state, &guard, &opts);
		info = probe(*state);
		if (realm_host_info_family(info) != kernels[i].family ||
		    (why && !strstr(realm_host_info_why(info), why)))
			fail_msg("%s: %s", kernels[i].kernel, realm_host_info_why(info));
		assert_int_equal(realm_host_info_error(info), why ? -EOPNOTSUPP : 0);
		if (!why) {
			assert_int_equal(kvm_host_get(*state, &host), 0);
			assert_int_equal(host->rec_feature, kernels[i].rec_feature);
			if (kernels[i].cap)
				assert_int_equal(host->cap, kernels[i].cap);
		}
		realm_host_info_free(info);
		assert_int_equal(realm_ctx_set_host(*state, NULL, NULL), 0);
		realm_sim_free(guard.sim);
	}
}

/* Only device assignment trees are missing in the table: they cannot be told from rmi-v15, and are known when they are named. */
static void table_has_all_kernels(void **state)
{
	const char *kernel;
	unsigned int i;
	size_t j;

	for (i = 0; (kernel = realm_sim_kernel(i)); i++) {
		for (j = 0; j < ARRAY_SIZE(kernels) && strcmp(kernels[j].kernel, kernel); j++)
			;
		if (j == ARRAY_SIZE(kernels))
			assert_string_equal(kernel, "da-v7");
	}
	assert_int_equal(i, ARRAY_SIZE(kernels) + 1);
}

static void refuses_device_assignment_trees(void **state)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts), .kernel = "da-v7" };
	struct realm_host_info *info;
	struct guard guard;

	use(*state, &guard, &opts);
	setenv("REALM_KVM", "rmi-da", 1);
	info = probe(*state);
	unsetenv("REALM_KVM");
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	assert_non_null(strstr(realm_host_info_why(info), "recognised and not supported"));
	realm_host_info_free(info);
	assert_int_equal(realm_ctx_set_host(*state, NULL, NULL), 0);
	realm_sim_free(guard.sim);
}

/* Stock kernels are told without a command, and so are the families that take none. */
static void sends_commands_only_where_it_must(void **state)
{
	static const char *const names[] = { "6.12", "7.2", "7.3", "pkvm", "nvhe", "v12", "v13", "v14", "v15" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct realm_sim_opts opts = { .sz = sizeof(opts), .kernel = names[i] };
		struct guard guard;

		use(*state, &guard, &opts);
		realm_host_info_free(probe(*state));
		assert_int_equal(guard.commands, 0);
		assert_int_equal(realm_ctx_set_host(*state, NULL, NULL), 0);
		realm_sim_free(guard.sim);
	}
}

static void tells_pages_and_width(void **state)
{
	static const struct {
		uint32_t granule;
		int lpa2;
		unsigned int ipa_bits;
	} hosts[] = { { 4096, 0, 48 }, { 4096, 1, 52 }, { 16384, 0, 48 }, { 65536, 0, 48 } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hosts); i++) {
		struct realm_sim_opts opts = {
			.sz = sizeof(opts),
			.profile = REALM_PROFILE_RMM_2_0,
			.granule = hosts[i].granule,
			.lpa2 = hosts[i].lpa2,
		};
		struct realm_host_limits limits = { .sz = sizeof(limits) };
		struct realm_host_info *info;
		struct guard guard;

		use(*state, &guard, &opts);
		info = probe(*state);
		assert_int_equal(realm_host_info_limits(info, &limits), 0);
		assert_int_equal(limits.granule, hosts[i].granule);
		assert_int_equal(limits.ipa_bits, hosts[i].ipa_bits);
		assert_int_equal(limits.lpa2, hosts[i].lpa2);
		realm_host_info_free(info);
		assert_int_equal(realm_ctx_set_host(*state, NULL, NULL), 0);
		realm_sim_free(guard.sim);
	}
}

/* Each call of the host fails once; probe() finds descriptors that stay. */
static void leaves_nothing_behind(void **state)
{
	static const char *const names[] = { "v8", "v13", "v15", "7.3" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct realm_sim_opts opts = { .sz = sizeof(opts), .kernel = names[i] };
		struct realm_sim_fault fault = { .sz = sizeof(fault), .kind = REALM_SIM_ANY, .nth = 1, .err = EIO };
		struct guard guard;

		use(*state, &guard, &opts);
		do {
			assert_int_equal(realm_sim_inject(guard.sim, &fault), 0);
			realm_host_info_free(probe(*state));
			fault.nth++;
		} while (realm_sim_hits(guard.sim));
		assert_in_range(fault.nth, 8, 1000);
		assert_int_equal(realm_ctx_set_host(*state, NULL, NULL), 0);
		realm_sim_free(guard.sim);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(tells_every_kernel),
		ctx_test(table_has_all_kernels),
		ctx_test(refuses_device_assignment_trees),
		ctx_test(sends_commands_only_where_it_must),
		ctx_test(tells_pages_and_width),
		ctx_test(leaves_nothing_behind),
	};

	unsetenv("REALM_KVM");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
