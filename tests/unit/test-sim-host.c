/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-host.c - the software host as an object: its options, descriptors, faults and what it tells of its RMM */
#include "sim-host.h"

/* ---- making a host ---- */

static void new_judges_options(void **state)
{
	static const struct {
		struct realm_sim_opts opts;
		int result;
	} cases[] = {
		{ { .sz = 0 }, -EINVAL },
		{ { .family = (enum realm_family)7 }, -EINVAL },
		{ { .family = (enum realm_family)-1 }, -EINVAL },
		{ { .profile = (enum realm_profile)4 }, -EINVAL },
		{ { .kernel = "7.4" }, -EINVAL },
		{ { .granule = 8192 }, -EINVAL },
		{ { .lpa2 = 2 }, -EINVAL },
		{ { .memory = 1 }, -EINVAL },
		{ { .family = REALM_FAMILY_RMI_V14, .kernel = "v13" }, -EOPNOTSUPP },
		{ { .family = REALM_FAMILY_RMI_V12, .profile = REALM_PROFILE_RMM_2_0 }, -EOPNOTSUPP },
		{ { .family = REALM_FAMILY_RMI_V13, .profile = REALM_PROFILE_RMM_1_0 }, -EOPNOTSUPP },
		{ { .family = REALM_FAMILY_RME, .granule = 16384 }, -EOPNOTSUPP },
		{ { .profile = REALM_PROFILE_TF_RMM_2_0, .granule = 65536 }, -EOPNOTSUPP },
		{ { .profile = REALM_PROFILE_RMM_2_0, .granule = 65536 }, 0 },
		{ { .profile = REALM_PROFILE_RMM_2_0, .granule = 16384 }, 0 },
		{ { .lpa2 = 1 }, 0 },
		{ { .kernel = "7.3" }, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct realm_sim_opts opts = cases[i].opts;
		struct realm_sim *sim = NULL;

		opts.sz = i ? sizeof(opts) : 0;
		assert_int_equal(realm_sim_new(&opts, &sim), cases[i].result);
		assert_true(!sim == !!cases[i].result);
		realm_sim_free(sim);
	}
	assert_int_equal(realm_sim_new(NULL, NULL), -EINVAL);
}

static void new_refuses_what_it_does_not_know(void **state)
{
	struct {
		struct realm_sim_opts opts;
		uint64_t later;
	} larger = { .opts.sz = sizeof(larger), .later = 1 };
	struct realm_sim *sim = NULL;

	assert_int_equal(realm_sim_new(&larger.opts, &sim), -E2BIG);
	larger.later = 0;
	assert_int_equal(realm_sim_new(&larger.opts, &sim), 0);
	realm_sim_free(sim);
}

static void new_default_is_v14(void **state)
{
	struct realm_sim *sim;

	assert_int_equal(realm_sim_new(NULL, &sim), 0);
	assert_string_equal(sim->kernel->name, "v14");
	assert_string_equal(rmm_variant_name(sim->variant), "tf-rmm-2.0");
	assert_int_equal(sim->memory.size, UINT64_C(16) << 30);
	realm_sim_free(sim);
}

static void every_kernel_starts_and_leaves_nothing(void **state)
{
	unsigned before = count_fds(), kernels = 0;
	const char *name;

	for (; (name = realm_sim_kernel(kernels)); kernels++) {
		struct host h = start(name);

		new_vm(&h, 0);
		stop(&h);
	}
	assert_true(kernels > 15);
	assert_int_equal(count_fds(), before);
}

/* ---- files ---- */

static void open_knows_two_kinds_of_files(void **state)
{
	static const struct {
		const char *kernel, *path, *text;
	} cases[] = {
		{ "v14", "/dev/null", NULL },
		{ "v14", "/sys/module/kvm/parameters/kvm_cap_arm_rmi", NULL },
		{ "v15", "/sys/module/kvm/parameters/gmem_in_place_conversion", "Y\n" },
		{ "v15-no-in-place", "/sys/module/kvm/parameters/gmem_in_place_conversion", "N\n" },
		{ "nvidia-6.17", "/sys/module/kvm/parameters/kvm_cap_arm_rme", "500\n" },
		{ "nvidia-6.18", "/sys/module/kvm/parameters/kvm_cap_arm_rmi", "500\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int fd = ops->open(h.sim, cases[i].path, O_RDONLY);
		char text[64] = "";

		if (!cases[i].text) {
			assert_int_equal(fd, -ENOENT);
		} else {
			assert_int_equal(ops->read(h.sim, fd, text, 1), 1);
			assert_int_equal(ops->read(h.sim, fd, text + 1, sizeof(text) - 1), strlen(cases[i].text) - 1);
			assert_int_equal(ops->read(h.sim, fd, text, sizeof(text)), 0);
			assert_string_equal(text, cases[i].text);
			assert_int_equal(call(&h, fd, 0xAE00, 0), -ENOTTY);
		}
		stop(&h);
	}
}

static void calls_on_other_descriptors_fail(void **state)
{
	struct host h = start("v14");
	char buf[1];
	void *addr;

	assert_int_equal(call(&h, 0, 0xAE00, 0), -EBADF);
	assert_int_equal(call(&h, -1, 0xAE00, 0), -EBADF);
	assert_int_equal(ops->close(h.sim, 1 << 20), -EBADF);
	assert_int_equal(ops->read(h.sim, h.kvm, buf, 1), -EINVAL);
	assert_int_equal(ops->mmap(h.sim, PAGE, PROT_READ, MAP_SHARED, h.kvm, 0, &addr), -ENODEV);
	assert_int_equal(ops->fallocate(h.sim, h.kvm, 0, 0, PAGE), -ENODEV);
	assert_int_equal(fcntl(h.kvm, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(ops->close(h.sim, h.kvm), 0);
	assert_int_equal(ops->close(h.sim, h.kvm), -EBADF);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), -EBADF);
	stop(&h);
}

static void a_vm_outlives_its_descriptor(void **state)
{
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33), vcpu = call(&h, vm, 0xAE41, 0);
	uint32_t init[8] = { 5, 1 << 2 };

	assert_true(vcpu >= 0);
	assert_int_equal(ops->close(h.sim, vm), 0);
	assert_int_equal(call(&h, vcpu, 0x4020AEAE, (uintptr_t)init), 0);
	assert_int_equal(ops->close(h.sim, vcpu), 0);
	stop(&h);
}

/* ---- faults ---- */

static void faults_hit_the_nth_and_those_after(void **state)
{
	struct host h = start("v14");
	struct realm_sim_fault fault = {
		.sz = sizeof(fault), .kind = REALM_SIM_IOCTL, .which = 0xAE00, .nth = 2, .count = 2, .err = EIO,
	};

	assert_int_equal(realm_sim_inject(h.sim, &fault), 0);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), 12);
	assert_int_equal(call(&h, h.kvm, 0xAE04, 0), 4096);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), -EIO);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), -EIO);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), 12);
	assert_int_equal(realm_sim_hits(h.sim), 2);
	assert_int_equal(realm_sim_inject(h.sim, NULL), 0);
	assert_int_equal(realm_sim_hits(h.sim), 0);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), 12);
	stop(&h);
}

static void faults_of_any_kind_count_all_calls(void **state)
{
	struct host h = start("v14");
	struct realm_sim_fault fault = { .sz = sizeof(fault), .kind = REALM_SIM_ANY, .nth = 1, .count = 3, .err = EIO };
	int vm = new_vm(&h, 0);
	void *addr;

	assert_int_equal(realm_sim_inject(h.sim, &fault), 0);
	assert_int_equal(ops->open(h.sim, "/dev/kvm", O_RDWR), -EIO);
	assert_int_equal(ops->mmap(h.sim, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0, &addr), -EIO);
	assert_int_equal(ops->close(h.sim, vm), -EIO);
	assert_int_equal(ops->close(h.sim, vm), -EBADF);
	assert_int_equal(realm_sim_hits(h.sim), 3);
	stop(&h);
}

static void inject_judges_faults(void **state)
{
	static const struct realm_sim_fault bad[] = {
		{ .kind = 0, .nth = 1, .err = EIO }, { .kind = REALM_SIM_IOCTL, .nth = 0, .err = EIO },
		{ .kind = REALM_SIM_IOCTL, .nth = 1 }, { .kind = REALM_SIM_OPEN, .nth = 1, .err = -1 },
		{ .kind = REALM_SIM_POPULATE + 1, .nth = 1, .err = EIO },
	};
	struct host h = start("v14");

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct realm_sim_fault fault = bad[i];

		fault.sz = sizeof(fault);
		assert_int_equal(realm_sim_inject(h.sim, &fault), -EINVAL);
	}
	assert_int_equal(realm_sim_inject(NULL, NULL), -EINVAL);
	assert_int_equal(realm_sim_hits(NULL), 0);
	stop(&h);
}

static void measurement_needs_a_realm(void **state)
{
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33);
	uint8_t value[REALM_DIGEST_MAX];
	uint64_t fid, result;
	size_t len;

	assert_int_equal(ops->measurement(h.sim, vm, 0, value, &len), -ENODATA);
	assert_int_equal(ops->measurement(h.sim, vm, 5, value, &len), -EINVAL);
	assert_int_equal(ops->measurement(h.sim, h.kvm, 0, value, &len), -EBADF);
	assert_int_equal(ops->rmi_result(h.sim, &fid, &result), -ENODATA);
	stop(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_judges_options),
		cmocka_unit_test(new_refuses_what_it_does_not_know),
		cmocka_unit_test(new_default_is_v14),
		cmocka_unit_test(every_kernel_starts_and_leaves_nothing),
		cmocka_unit_test(open_knows_two_kinds_of_files),
		cmocka_unit_test(calls_on_other_descriptors_fail),
		cmocka_unit_test(a_vm_outlives_its_descriptor),
		cmocka_unit_test(faults_hit_the_nth_and_those_after),
		cmocka_unit_test(faults_of_any_kind_count_all_calls),
		cmocka_unit_test(inject_judges_faults),
		cmocka_unit_test(measurement_needs_a_realm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
