/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-kvm-probe.c - which family a host is, and why not, on kernels that are made of their answers
 *
 * Kernels and answers are typed from the posted series and from Linux 7.3.  That no command goes to a VM that is no realm, and none with
 * the two numbers that upstream lets be enabled, is checked by the kernel itself (fake-kvm.h), in every test.
 */
#include "fake-kvm.h"

static struct realm_host_info *probe(struct realm_ctx *ctx, struct fake *fake)
{
	struct realm_host_info *info = NULL;

	assert_int_equal(realm_ctx_set_host(ctx, &fake_ops, fake), 0);
	assert_int_equal(realm_host_probe(ctx, &info), 0);
	assert_int_equal(fake_open_fds(fake), 0);
	return info;
}

static const char *answer_to(const struct realm_host_info *info, const char *question)
{
	struct realm_probe probe = { .sz = sizeof(probe) };
	size_t i;

	for (i = 0; !realm_host_info_probe(info, i, &probe); i++)
		if (strstr(probe.question, question))
			return probe.answer;
	return NULL;
}

static bool asked(const struct realm_host_info *info, const char *question)
{
	return answer_to(info, question) != NULL;
}

/* ---- kernels ---- */

#define V8 .v1 = 0, .cap = 240, .takes_commands = true, .rec_feature = 9
#define V14 .v14 = 0, .cut = true, .populate = 0xc020aed7, .cap = 249, .vm_attributes = 8
#define V15 .v14 = 0, .cut = true, .populate = 0xc020aed7, .cap = 251, .gmem_attributes = 8

static const struct {
	const char *name;
	struct fake fake;
	enum realm_family family;
	unsigned int cap, rec_feature;
} hosts[] = {
	{ "RFC v1",
	  { FAKE_STOCK, .v1 = 0, .gmem = false, .cap = 300, .takes_commands = true, .realm_first = true,
	    .rec_feature = 7 },
	  REALM_FAMILY_RME_RFC,
	  300,
	  7 },
	{ "v5",
	  { FAKE_STOCK, .v1 = 0, .cap = 300, .takes_commands = true, .rec_feature = 8 },
	  REALM_FAMILY_RME,
	  300,
	  8 },
	{ "v8", { FAKE_STOCK, V8 }, REALM_FAMILY_RME, 240, 9 },
	{ "v9", { FAKE_STOCK, V8, .cap = 243 }, REALM_FAMILY_RME, 243, 9 },
	{ "v10", { FAKE_STOCK, V8, .cap = 244 }, REALM_FAMILY_RME, 244, 9 },
	{ "vendor, v11",
	  { FAKE_STOCK, V8, .cap = 1042, .file = "kvm_cap_arm_rmi", .text = "1042\n" },
	  REALM_FAMILY_RME,
	  1042,
	  9 },
	{ "vendor, v10",
	  { FAKE_STOCK, V8, .cap = 313, .file = "kvm_cap_arm_rme", .text = "313" },
	  REALM_FAMILY_RME,
	  313,
	  9 },
	{ "a hint that is another capability",
	  { FAKE_STOCK, V8, .file = "kvm_cap_arm_rme", .text = "239" },
	  REALM_FAMILY_RME,
	  240,
	  9 },
	{ "v12",
	  { FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0x4020aed7, .cap = 247 },
	  REALM_FAMILY_RMI_V12,
	  247,
	  0 },
	{ "v13",
	  { FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0xc020aed7, .cap = 248 },
	  REALM_FAMILY_RMI_V13,
	  248,
	  0 },
	{ "v12 that hides POPULATE", { FAKE_STOCK, .v1 = 0, .cut = true, .cap = 247 }, REALM_FAMILY_RMI_V12, 247, 0 },
	{ "v13 that hides POPULATE", { FAKE_STOCK, .v1 = 0, .cut = true, .cap = 248 }, REALM_FAMILY_RMI_V13, 248, 0 },
	{ "v14", { FAKE_STOCK, V14 }, REALM_FAMILY_RMI_V14, 249, 0 },
	{ "v14 with pages of 64 KiB", { FAKE_STOCK, V14, .page_size = 65536 }, REALM_FAMILY_RMI_V14, 249, 0 },
	{ "v14 with a number of its own", { FAKE_STOCK, V14, .cap = 271 }, REALM_FAMILY_RMI_V14, 271, 0 },
	{ "v14 with a number that is not scanned", { FAKE_STOCK, V14, .cap = 400 }, REALM_FAMILY_RMI_V14, 0, 0 },
	{ "v14 with two new numbers", { FAKE_STOCK, V14, .other_cap = 253 }, REALM_FAMILY_RMI_V14, 0, 0 },
	{ "v14 without the first witness", { FAKE_STOCK, V14, .no_user_irq = true }, REALM_FAMILY_RMI_V14, 249, 0 },
	{ "v15", { FAKE_STOCK, V15, .file = "gmem_in_place_conversion", .text = "Y\n" }, REALM_FAMILY_RMI_V15, 251, 0 },
	{ "v15 without the parameter", { FAKE_STOCK, V15 }, REALM_FAMILY_RMI_V15, 251, 0 },
};

static void recognises_realm_hosts(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hosts); i++) {
		struct realm_host_limits limits = { .sz = sizeof(limits) };
		struct fake fake = hosts[i].fake;
		struct realm_host_info *info = probe(*state, &fake);
		const struct kvm_host *host;

		if (realm_host_info_family(info) != hosts[i].family)
			fail_msg("%s: %s", hosts[i].name, realm_host_info_why(info));
		assert_int_equal(realm_host_info_error(info), 0);
		assert_null(realm_host_info_hint(info));
		assert_int_equal(realm_host_info_limits(info, &limits), 0);
		assert_int_equal(limits.cap, hosts[i].cap);
		assert_int_equal(limits.in_place, hosts[i].family == REALM_FAMILY_RMI_V15);
		assert_int_equal(kvm_host_get(*state, &host), 0);
		assert_int_equal(host->rec_feature, hosts[i].rec_feature);
		assert_ptr_equal(host->can, family_row(hosts[i].family));
		realm_host_info_free(info);
	}
}

static const struct {
	const char *name;
	struct fake fake;
	int error;
	const char *why, *hint;
} others[] = {
	{ "no KVM", { FAKE_STOCK, .open_err = -ENOENT }, -ENODEV, "there is no KVM", "boot at EL2" },
	{ "no EL2", { FAKE_STOCK, .open_err = -ENODEV }, -ENODEV, "ENODEV", "boot at EL2" },
	{ "not permitted", { FAKE_STOCK, .open_err = -EACCES }, -EACCES, "/dev/kvm may not be used", "join the group" },
	{ "old API", { FAKE_STOCK, .api = 11 }, -EOPNOTSUPP, "not version 12", "boot a kernel" },
	{ "no KVM behind the name", { FAKE_STOCK, .api = -ENOTTY }, -EOPNOTSUPP, "not version 12", "boot a kernel" },
	{ "an emulator of Linux alone", { FAKE_STOCK, .api = -ENOSYS }, -EOPNOTSUPP, "not version 12", "boot a kernel" },
	{ "stock 7.3",
	  { FAKE_STOCK, .pmu = true, .sve = true },
	  -EOPNOTSUPP,
	  "makes no realms",
	  "boot a kernel with Arm CCA" },
	{ "stock 6.1", { FAKE_STOCK, .gmem = false }, -EOPNOTSUPP, "makes no realms", "boot a kernel with Arm CCA" },
	{ "another architecture", { FAKE_STOCK, .ordinary = -EINVAL }, -EOPNOTSUPP, "no VMs of arm64", "Arm host" },
	{ "pKVM", { FAKE_STOCK, .protected = 0 }, -EOPNOTSUPP, "protected KVM", "without kvm-arm.mode=protected" },
	{ "v7 without RMM", { FAKE_STOCK, .v1 = -EPERM }, -EOPNOTSUPP, "no RMM", "firmware with an RMM" },
	{ "v12 without RMM",
	  { FAKE_STOCK, .v1 = -EPERM, .populate = 0x4020aed7 },
	  -EOPNOTSUPP,
	  "(rmi-v12)",
	  "firmware with an RMM" },
	{ "v13 without RMM", { FAKE_STOCK, .populate = 0xc020aed7 }, -EOPNOTSUPP, "or KVM does not use VHE", "VHE" },
	{ "v12, 64 KiB",
	  { FAKE_STOCK, .populate = 0x4020aed7, .page_size = 65536 },
	  -EOPNOTSUPP,
	  "pages of 65536 bytes",
	  "pages of 4096 bytes" },
	{ "rme, 16 KiB",
	  { FAKE_STOCK, V8, .page_size = 16384 },
	  -EOPNOTSUPP,
	  "pages of 16384 bytes",
	  "pages of 4096 bytes" },
	{ "v11", { FAKE_STOCK, V8, .cap = 555 }, -EOPNOTSUPP, "family rme", "REALM_KVM=rme:NUMBER" },
	{ "cut down, and not known",
	  { FAKE_STOCK, .v1 = 0, .cut = true, .cap = 260 },
	  -EOPNOTSUPP,
	  "cannot be told which",
	  "REALM_KVM" },
	{ "v15, N",
	  { FAKE_STOCK, V15, .gmem_attributes = 0, .file = "gmem_in_place_conversion", .text = "N\n" },
	  -EOPNOTSUPP,
	  "gmem_in_place_conversion=0",
	  "kvm.gmem_in_place_conversion=1" },
	{ "v15, 0",
	  { FAKE_STOCK, V15, .file = "gmem_in_place_conversion", .text = "0" },
	  -EOPNOTSUPP,
	  "gmem_in_place_conversion=0",
	  "kvm.gmem_in_place_conversion=1" },
	{ "later than v15", { FAKE_STOCK, V15, .gmem_attributes = 0 }, -EOPNOTSUPP, "later than rmi-v14", "REALM_KVM" },
	{ "bit 30 for something else", { FAKE_STOCK, V14, .cut = false }, -EOPNOTSUPP, "no realm", "boot a kernel" },
	{ "the same without the first witness",
	  { FAKE_STOCK, V14, .cut = false, .no_user_irq = true },
	  -EOPNOTSUPP,
	  "no realm",
	  "boot a kernel" },
	{ "out of files",
	  { FAKE_STOCK, .v14 = -EMFILE },
	  -EIO,
	  "KVM_CREATE_VM(0x40000021) failed: EMFILE",
	  "try again" },
	{ "out of files at open",
	  { FAKE_STOCK, .open_err = -EMFILE },
	  -EIO,
	  "open(/dev/kvm) failed: EMFILE",
	  "try again" },
	{ "a type that is no type of this host",
	  { FAKE_STOCK, .v1 = -ENOENT },
	  -EIO,
	  "0x121) failed: ENOENT",
	  "try again" },
};

static void refuses_others(void **state)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	const struct kvm_host *host;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++) {
		struct fake fake = others[i].fake;
		struct realm_host_info *info = probe(*state, &fake);

		if (realm_host_info_error(info) != others[i].error ||
		    !strstr(realm_host_info_why(info), others[i].why) ||
		    !strstr(realm_host_info_hint(info), others[i].hint))
			fail_msg("%s: %d, %s; %s", others[i].name, realm_host_info_error(info),
				 realm_host_info_why(info),
				 realm_host_info_hint(info) ? realm_host_info_hint(info) : "no hint");
		/* A tool adds the errno of the error. */
		assert_null(strstr(realm_host_info_why(info) + strlen(realm_host_info_why(info)) - 1, ")"));
		assert_int_equal(realm_host_info_family(info), REALM_FAMILY_ANY);
		assert_int_equal(realm_host_info_limits(info, &limits), -EOPNOTSUPP);
		assert_error(*state, kvm_host_get(*state, &host), -others[i].error, "host", others[i].why);
		realm_host_info_free(info);
	}
}

/* A stock kernel is told without a single command: the collisions of FAKE_STOCK are not even looked at. */
static void takes_no_number_for_a_realm(void **state)
{
	struct fake fake = { FAKE_STOCK, .pmu = true };
	struct realm_host_info *info = probe(*state, &fake);

	assert_int_equal(fake.commands, 0);
	assert_false(asked(info, "251"));
	assert_string_equal(answer_to(info, "KVM_CREATE_VM(0x40000021)"), "EINVAL");
	assert_string_equal(answer_to(info, "KVM_CREATE_VM(0x121)"), "EINVAL");
	assert_string_equal(answer_to(info, "KVM_CREATE_VM(0x80000021)"), "EINVAL");
	realm_host_info_free(info);
}

/* The vendor's number first, then each that is known, none twice. */
static void tries_each_number_once(void **state)
{
	struct fake fake = { FAKE_STOCK, V8, .cap = 243, .file = "kvm_cap_arm_rme", .text = "300" };

	realm_host_info_free(probe(*state, &fake));
	assert_int_equal(fake.commands, 3);
}

static void sends_no_commands_to_later_families(void **state)
{
	struct fake v12 = { FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0x4020aed7, .cap = 247 };
	struct fake v15 = { FAKE_STOCK, V15 };

	realm_host_info_free(probe(*state, &v12));
	realm_host_info_free(probe(*state, &v15));
	assert_int_equal(v12.commands + v15.commands, 0);
}

/* ---- limits ---- */

static void reads_limits(void **state)
{
	struct fake fake = { FAKE_STOCK, V14, .sve = true, .shows_pmu = true, .ipa_bits = 47 };
	struct realm_host_info *info = probe(*state, &fake);
	struct realm_host_limits limits = { .sz = sizeof(limits) };

	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.ipa_bits, 47);
	assert_int_equal(limits.granule, 4096);
	assert_int_equal(limits.max_vcpus, 512);
	assert_int_equal(limits.breakpoints, 6);
	assert_int_equal(limits.watchpoints, 4);
	assert_int_equal(limits.sve_bits, 256);
	assert_int_equal(limits.pmu_counters, 6);
	assert_int_equal(limits.lpa2, 0);
	realm_host_info_free(info);
}

static void reads_limits_of_a_bare_host(void **state)
{
	struct fake fake = { FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0xc020aed7, .ipa_bits = 33 };
	struct realm_host_info *info = probe(*state, &fake);
	struct realm_host_limits limits = { .sz = sizeof(limits) };

	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.ipa_bits, 33);
	assert_int_equal(limits.sve_bits, 0);
	assert_int_equal(limits.pmu_counters, -1);
	realm_host_info_free(info);
}

static void takes_wide_spaces_for_lpa2(void **state)
{
	struct fake v14 = { FAKE_STOCK, V14, .ipa_bits = 52 };
	struct fake v12 = { FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0x4020aed7, .ipa_bits = 52 };
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info = probe(*state, &v14);

	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.ipa_bits, 52);
	assert_int_equal(limits.lpa2, 1);
	realm_host_info_free(info);
	info = probe(*state, &v12);
	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.ipa_bits, 48);
	assert_int_equal(limits.lpa2, 0);
	realm_host_info_free(info);
}

static void reads_limits_that_are_asked_for(void **state)
{
	static const unsigned int rec_features[] = { 9, 8 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rec_features); i++) {
		struct fake fake = { FAKE_STOCK, V8, .rec_feature = rec_features[i], .sve = true, .pmu = true };
		struct realm_host_info *info = probe(*state, &fake);
		struct realm_host_limits limits = { .sz = sizeof(limits) };

		assert_int_equal(realm_host_info_limits(info, &limits), 0);
		assert_int_equal(limits.sve_bits, 256);
		assert_int_equal(limits.pmu_counters, 6);
		realm_host_info_free(info);
	}
}

/* Capabilities tell what KVM could do; what the RMM has not shows when a vCPU is initialised. */
static void does_without_what_the_rmm_lacks(void **state)
{
	static const struct {
		uint32_t refused;
		unsigned int sve_bits;
		int pmu_counters;
	} lacks[] = { { 1u << 3, 256, -1 }, { 1u << 4, 0, -1 }, { 1u << 3 | 1u << 4, 0, -1 } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lacks); i++) {
		struct fake fake = { FAKE_STOCK, V8, .sve = true, .pmu = true, .refused = lacks[i].refused };
		struct realm_host_info *info = probe(*state, &fake);
		struct realm_host_limits limits = { .sz = sizeof(limits) };
		const struct kvm_host *host;

		assert_int_equal(realm_host_info_limits(info, &limits), 0);
		assert_int_equal(limits.sve_bits, lacks[i].sve_bits);
		assert_int_equal(limits.pmu_counters, lacks[i].pmu_counters);
		assert_int_equal(kvm_host_get(*state, &host), 0);
		assert_int_equal(host->rec_feature, 9);
		realm_host_info_free(info);
	}
}

static void refuses_hosts_without_vcpus(void **state)
{
	struct fake v8 = { FAKE_STOCK, V8, .refused = 1u << 2 };
	struct fake v14 = { FAKE_STOCK, V14, .refused = 1u << 2 };
	struct realm_host_info *info = probe(*state, &v8);

	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	assert_non_null(strstr(realm_host_info_why(info), "no vCPU of a realm can be made: EINVAL"));
	realm_host_info_free(info);
	info = probe(*state, &v14);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	realm_host_info_free(info);
}

/* v15 dropped the PMU, whatever the host has. */
static void has_no_pmu_where_the_family_has_none(void **state)
{
	struct fake fake = { FAKE_STOCK, V15, .pmu = true, .shows_pmu = true };
	struct realm_host_info *info = probe(*state, &fake);
	struct realm_host_limits limits = { .sz = sizeof(limits) };

	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.pmu_counters, -1);
	realm_host_info_free(info);
}

/* ---- the family is said ---- */

static void set_env(const char *value)
{
	if (value)
		setenv("REALM_KVM", value, 1);
	else
		unsetenv("REALM_KVM");
}

static void follows_the_environment(void **state)
{
	struct fake fake = { FAKE_STOCK, V14, .populate = 0 };
	struct fake vendor = { FAKE_STOCK, V8, .cap = 555 };
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info;

	set_env("rmi-v14:271");
	info = probe(*state, &fake);
	assert_int_equal(realm_host_info_family(info), REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_host_info_limits(info, &limits), 0);
	assert_int_equal(limits.cap, 271);
	assert_string_equal(answer_to(info, "REALM_KVM"), "rmi-v14");
	assert_false(asked(info, "MEMORY_ATTRIBUTES"));
	realm_host_info_free(info);
	set_env("rme:555");
	info = probe(*state, &vendor);
	assert_int_equal(realm_host_info_family(info), REALM_FAMILY_RME);
	assert_int_equal(vendor.commands, 1);
	realm_host_info_free(info);
	set_env(NULL);
}

static void takes_an_empty_environment_for_none(void **state)
{
	struct fake fake = { FAKE_STOCK, V14 };
	struct realm_host_info *info;

	set_env("");
	info = probe(*state, &fake);
	assert_int_equal(realm_host_info_family(info), REALM_FAMILY_RMI_V14);
	assert_false(asked(info, "REALM_KVM"));
	realm_host_info_free(info);
	set_env(NULL);
}

static void prefers_the_program_to_the_environment(void **state)
{
	struct fake fake = { FAKE_STOCK, V14 };
	struct realm_host_info *info;

	set_env("rmi-v13");
	assert_int_equal(realm_ctx_set_family(*state, REALM_FAMILY_RMI_V14, 0), 0);
	info = probe(*state, &fake);
	assert_int_equal(realm_host_info_family(info), REALM_FAMILY_RMI_V14);
	realm_host_info_free(info);
	assert_int_equal(realm_ctx_set_family(*state, REALM_FAMILY_ANY, 0), 0);
	info = probe(*state, &fake);
	assert_int_equal(realm_host_info_family(info), REALM_FAMILY_RMI_V14);
	assert_false(asked(info, "REALM_KVM"));
	realm_host_info_free(info);
	set_env(NULL);
}

static void refuses_what_the_host_is_not(void **state)
{
	struct fake v14 = { FAKE_STOCK, V14 };
	struct fake v12 = { FAKE_STOCK, .v1 = 0, .cut = true, .cap = 247 };
	struct fake v8 = { FAKE_STOCK, V8 };
	struct fake no_in_place = { FAKE_STOCK, V15, .file = "gmem_in_place_conversion", .text = "N" };
	struct realm_host_info *info;

	set_env("rmi-v13");
	info = probe(*state, &v14);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	assert_non_null(strstr(realm_host_info_why(info), "rmi-v13 was said by REALM_KVM"));
	realm_host_info_free(info);
	set_env("rme");
	info = probe(*state, &v12);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	realm_host_info_free(info);
	set_env("rme:300");
	info = probe(*state, &v8);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	assert_int_equal(v8.commands, 1);
	realm_host_info_free(info);
	set_env("rmi-v15");
	info = probe(*state, &no_in_place);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	realm_host_info_free(info);
	set_env(NULL);
}

static void refuses_device_assignment_trees(void **state)
{
	struct fake fake = { FAKE_STOCK, V15 };
	struct realm_host_info *info;

	set_env("rmi-da");
	info = probe(*state, &fake);
	assert_int_equal(realm_host_info_error(info), -EOPNOTSUPP);
	assert_non_null(
		strstr(realm_host_info_why(info), "rmi-da (device assignment) is recognised and not supported"));
	realm_host_info_free(info);
	set_env(NULL);
}

static void refuses_wrong_environments(void **state)
{
	static const struct {
		const char *value, *why;
	} values[] = {
		{ "rmi-v99", "'rmi-v99' names no family" },
		{ "rmi", "names no family" },
		{ ":300", "names no family" },
		{ "rme:", "no capability number" },
		{ "rme:0", "no capability number" },
		{ "rme:x", "no capability number" },
		{ "rme:30 ", "no capability number" },
		{ "rme:4096", "no capability number" },
		{ "rme:99999999999999999999", "no capability number" },
		{ "rme:4294967596", "no capability number" },
		{ "rme:239", "no capability number" },
		{ "rme:245", "no capability number" },
	};
	struct fake fake = { FAKE_STOCK, V14 };
	struct realm_host_info *info = NULL;
	size_t i;

	assert_int_equal(realm_ctx_set_host(*state, &fake_ops, &fake), 0);
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		set_env(values[i].value);
		assert_error(*state, realm_host_probe(*state, &info), EINVAL, "REALM_KVM", values[i].why);
		assert_non_null(strstr(realm_error_hint(realm_ctx_last_error(*state)), "rmi-v14, rmi-v15, rmi-da"));
		assert_null(info);
	}
	assert_int_equal(fake.calls, 0);
	set_env(NULL);
}

static void refuses_wrong_families(void **state)
{
	assert_int_equal(realm_ctx_set_family(NULL, REALM_FAMILY_RME, 0), -EINVAL);
	assert_error(*state, realm_ctx_set_family(*state, (enum realm_family)99, 0), EINVAL, "family", "no family 99");
	assert_error(*state, realm_ctx_set_family(*state, REALM_FAMILY_RME, 245), EINVAL, "cap", "245");
	assert_error(*state, realm_ctx_set_family(*state, REALM_FAMILY_RME, 4096), EINVAL, "cap", "4096");
	assert_error(*state, realm_ctx_set_family(*state, REALM_FAMILY_ANY, 300), EINVAL, "cap", "300");
}

/* ---- failures ---- */

static const struct fake kernels[] = {
	{ FAKE_STOCK, V8, .file = "kvm_cap_arm_rme", .text = "240", .sve = true, .pmu = true },
	{ FAKE_STOCK, .v1 = 0, .cut = true, .populate = 0x4020aed7, .cap = 247 },
	{ FAKE_STOCK, V14, .sve = true, .pmu = true },
	{ FAKE_STOCK, V15, .file = "gmem_in_place_conversion", .text = "Y" },
	{ FAKE_STOCK },
};

/* Any call may fail in any way: the answer is one, and nothing stays open (probe() sees to that). */
static void survives_every_failure(void **state)
{
	static const int errors[] = { -EIO, -ENOMEM, -EINVAL, -EPERM, -EMFILE, -EINTR };
	unsigned int n, calls = 1;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(kernels); i++)
		for (j = 0; j < ARRAY_SIZE(errors); j++)
			for (n = 1, calls = 1; n <= calls; n++) {
				struct fake fake = kernels[i];
				struct realm_host_info *info;

				fake.fail_at = n;
				fake.fail_err = errors[j];
				info = probe(*state, &fake);
				calls = fake.calls;
				assert_true(!realm_host_info_error(info) == !realm_host_info_hint(info));
				assert_true(*realm_host_info_why(info));
				realm_host_info_free(info);
			}
}

/* One question that fails, and no family is made of the answers to the others. */
static void makes_no_verdict_of_a_failure(void **state)
{
	static const int errors[] = { EIO, ENOMEM, EMFILE };
	unsigned int n, calls;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(kernels); i++)
		for (j = 0; j < ARRAY_SIZE(errors); j++)
			for (n = 1, calls = 1; n <= calls; n++) {
				struct fake fake = kernels[i];
				struct realm_host_info *info;
				char failed[32];

				fake.fail_at = n;
				fake.fail_err = -errors[j];
				info = probe(*state, &fake);
				calls = fake.calls;
				snprintf(failed, sizeof(failed), " failed: %s", strerrorname_np(errors[j]));
				if (realm_host_info_error(info) != -EIO ||
				    !strstr(realm_host_info_why(info), "it cannot be told") ||
				    !strstr(realm_host_info_why(info), failed))
					fail_msg("kernel %zu, call %u: %s", i, n, realm_host_info_why(info));
				assert_true(fake.takes_commands || !fake.commands);
				realm_host_info_free(info);
			}
}

static void asks_once_a_context(void **state)
{
	struct fake fake = { FAKE_STOCK, V14 };
	const struct kvm_host *host, *again;
	unsigned int calls;

	assert_int_equal(realm_ctx_set_host(*state, &fake_ops, &fake), 0);
	assert_int_equal(kvm_host_get(*state, &host), 0);
	calls = fake.calls;
	assert_int_equal(kvm_host_get(*state, &again), 0);
	assert_ptr_equal(host, again);
	assert_int_equal(fake.calls, calls);
	assert_int_equal(realm_ctx_set_family(*state, REALM_FAMILY_RMI_V15, 0), 0);
	assert_int_equal(kvm_host_get(*state, &host), 0);
	assert_int_equal(host->family, REALM_FAMILY_RMI_V15);
}

static void takes_null(void **state)
{
	struct realm_probe question = { .sz = sizeof(question) };
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct fake fake = { FAKE_STOCK };
	struct realm_host_info *info = probe(*state, &fake);

	assert_int_equal(realm_host_probe(NULL, &info), -EINVAL);
	assert_int_equal(realm_host_probe(*state, NULL), -EINVAL);
	assert_int_equal(realm_host_info_family(NULL), REALM_FAMILY_ANY);
	assert_null(realm_host_info_why(NULL));
	assert_null(realm_host_info_hint(NULL));
	assert_int_equal(realm_host_info_error(NULL), -EINVAL);
	assert_int_equal(realm_host_info_probe_count(NULL), 0);
	assert_int_equal(realm_host_info_probe(NULL, 0, &question), -EINVAL);
	assert_int_equal(realm_host_info_probe(info, 0, NULL), -EINVAL);
	assert_int_equal(realm_host_info_probe(info, realm_host_info_probe_count(info), &question), -EINVAL);
	question.sz = 0;
	assert_int_equal(realm_host_info_probe(info, 0, &question), -EINVAL);
	assert_int_equal(realm_host_info_limits(NULL, &limits), -EINVAL);
	assert_int_equal(realm_host_info_limits(info, NULL), -EINVAL);
	realm_host_info_free(info);
	realm_host_info_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(recognises_realm_hosts),
		ctx_test(refuses_others),
		ctx_test(takes_no_number_for_a_realm),
		ctx_test(tries_each_number_once),
		ctx_test(sends_no_commands_to_later_families),
		ctx_test(reads_limits),
		ctx_test(reads_limits_of_a_bare_host),
		ctx_test(reads_limits_that_are_asked_for),
		ctx_test(does_without_what_the_rmm_lacks),
		ctx_test(refuses_hosts_without_vcpus),
		ctx_test(takes_wide_spaces_for_lpa2),
		ctx_test(has_no_pmu_where_the_family_has_none),
		ctx_test(follows_the_environment),
		ctx_test(takes_an_empty_environment_for_none),
		ctx_test(prefers_the_program_to_the_environment),
		ctx_test(refuses_what_the_host_is_not),
		ctx_test(refuses_device_assignment_trees),
		ctx_test(refuses_wrong_environments),
		ctx_test(refuses_wrong_families),
		ctx_test(survives_every_failure),
		ctx_test(makes_no_verdict_of_a_failure),
		ctx_test(asks_once_a_context),
		ctx_test(takes_null),
	};

	unsetenv("REALM_KVM");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
