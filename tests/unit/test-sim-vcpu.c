/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-vcpu.c - vCPUs and the GIC of the software host: what its kernels take and refuse, and with which errno */
#include <sys/mman.h>

#include "sim-world.h"

#define BIT(n) (1u << (n))
#define PSCI BIT(2)
#define X(n) (REALM_KVM_REG_ARM64_X0 + (n) * 2)
#define DFR0 REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1
#define PMCR REALM_KVM_REG_ARM64_PMCR_EL0
#define VLS REALM_KVM_REG_ARM64_SVE_VLS
#define ANY_SYSREG UINT64_C(0x603000000013c080)	/* SCTLR_EL1 */

/* A VM of a kernel, ordinary or a realm, without anything in it */
static struct world *world_of(const char *kernel, bool realm)
{
	const struct kind kind = { .name = kernel, .kernel = kernel };
	struct world *w = world_new(&kind);
	uint64_t type = realm ? w->family->vm_type | WORLD_IPA_BITS : 36;

	w->vm = world_call(w, w->kvm, REALM_KVM_CREATE_VM, (void *)(uintptr_t)type);
	assert_true(w->vm >= 0);
	return w;
}

static void add_vcpu(struct world *w)
{
	int fd = world_call(w, w->vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)w->num_vcpus);

	assert_true(fd >= 0);
	w->vcpus[w->num_vcpus] = fd;
	assert_int_equal(w->ops->mmap(w->sim, w->page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0,
				      &w->runs[w->num_vcpus]), 0);
	w->num_vcpus++;
}

/* The RMM says that it has 8 breakpoints, 6 watchpoints and vectors of 512 bits (feature registers: one less). */
static void limit(struct world *w)
{
	w->sim->limits.num_bps = 7;
	w->sim->limits.num_wps = 5;
	w->sim->limits.sve_vl = 3;
}

static int init_as(struct world *w, unsigned id, uint32_t features)
{
	const struct realm_kvm_vcpu_init init = { .target = 5, .features = { features } };

	return world_call(w, w->vcpus[id], REALM_KVM_ARM_VCPU_INIT, &init);
}

static struct world *world_with_vcpu(const char *kernel, bool realm, uint32_t features)
{
	struct world *w = world_of(kernel, realm);

	if (realm && w->sim->kernel->num_rec_feature)
		features |= BIT(w->sim->kernel->rec_feature[0]);
	add_vcpu(w);
	assert_int_equal(init_as(w, 0, features), 0);
	return w;
}

static int get_reg(struct world *w, unsigned id, uint64_t reg, void *value)
{
	const struct realm_kvm_one_reg args = { .id = reg, .addr = (uintptr_t)value };

	return world_call(w, w->vcpus[id], REALM_KVM_GET_ONE_REG, &args);
}

static int finalize(struct world *w, unsigned id, int32_t feature)
{
	return world_call(w, w->vcpus[id], REALM_KVM_ARM_VCPU_FINALIZE, &feature);
}

static int run(struct world *w, unsigned id)
{
	return world_call(w, w->vcpus[id], REALM_KVM_RUN, NULL);
}

static struct realm_kvm_run *run_page(const struct world *w, unsigned id)
{
	return w->runs[id];
}

/* ---- create ---- */

static void create_vcpu_takes_each_id_once(void **state)
{
	struct world *w = world_of("v14", true);

	add_vcpu(w);
	assert_int_equal(world_call(w, w->vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)0), -EEXIST);
	assert_int_equal(world_call(w, w->vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)SIM_VCPUS_MAX), -EINVAL);
	world_free(w);
}

static void create_vcpu_after_the_gic_is_busy(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(world_gic(w), 0);
	assert_int_equal(world_call(w, w->vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)1), -EBUSY);
	world_free(w);
}

static void mmap_of_anything_but_the_run_page_fails(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);
	void *addr;

	assert_int_equal(w->ops->mmap(w->sim, w->page, PROT_READ, MAP_SHARED, w->vcpus[0], w->page, &addr), -EINVAL);
	assert_int_equal(w->ops->mmap(w->sim, 2 * w->page, PROT_READ, MAP_SHARED, w->vcpus[0], 0, &addr), -EINVAL);
	assert_int_equal(w->ops->mmap(w->sim, w->page, PROT_READ, MAP_PRIVATE, w->vcpus[0], 0, &addr), -EINVAL);
	world_free(w);
}

/* ---- init ---- */

static const struct {
	const char *kernel;
	bool realm;
	uint32_t features;
	int err;
} inits[] = {
	{ "7.3", false, PSCI, 0 },
	{ "7.3", false, 0, 0 },
	{ "7.3", false, PSCI | BIT(5), -EINVAL },	/* one half of pointer authentication */
	{ "7.3", false, PSCI | BIT(5) | BIT(6), 0 },
	{ "7.3", false, PSCI | BIT(7), -EINVAL },	/* known, and there is no nested virtualization */
	{ "6.1", false, PSCI | BIT(7), -ENOENT },	/* a bit that nobody has */
	{ "6.12", false, PSCI | BIT(9), -ENOENT },
	{ "7.2", false, PSCI | BIT(9), -ENOENT },
	{ "7.3", false, PSCI | BIT(31), -ENOENT },
	/* where the REC bit is, and what it is elsewhere */
	{ "rfc-v1", true, PSCI | BIT(7), 0 },
	{ "rfc-v1", true, PSCI | BIT(8), -ENOENT },
	{ "rfc-v1", true, PSCI | BIT(9), -ENOENT },
	{ "v2", true, PSCI | BIT(7), -EINVAL },
	{ "v2", true, PSCI | BIT(8), 0 },
	{ "v2", true, PSCI | BIT(9), -ENOENT },
	{ "v7", true, PSCI | BIT(8), 0 },
	{ "v8", true, PSCI | BIT(8), -EINVAL },	/* HAS_EL2_E2H0 */
	{ "v8", true, PSCI | BIT(9), 0 },
	{ "v10", true, PSCI | BIT(9), 0 },
	{ "v11", true, PSCI | BIT(9), 0 },
	{ "v8", false, PSCI | BIT(9), -EINVAL },	/* not a realm */
	{ "v12", true, PSCI | BIT(9), -ENOENT },
	{ "v14", true, PSCI | BIT(9), -ENOENT },
	/* realms */
	{ "v14", true, PSCI, 0 },
	{ "v14", true, PSCI | BIT(1), -EINVAL },	/* EL1_32BIT */
	{ "v14", true, PSCI | BIT(7), -EINVAL },	/* HAS_EL2 */
	{ "v14", true, PSCI | BIT(4), 0 },	/* SVE */
	{ "v12", true, PSCI | BIT(3), 0 },	/* PMU_V3 */
	{ "v14", true, PSCI | BIT(3), -EINVAL },
	{ "v15", true, PSCI | BIT(3), -EINVAL },
};

static void init_takes_the_features_of_the_kernel(void **state)
{
	for (size_t i = 0; i < sizeof(inits) / sizeof(inits[0]); i++) {
		struct world *w = world_of(inits[i].kernel, inits[i].realm);
		int err;

		add_vcpu(w);
		err = init_as(w, 0, inits[i].features);
		if (err != inits[i].err)
			print_error("%s, %s, features %#x: %d\n", inits[i].kernel,
				    inits[i].realm ? "realm" : "ordinary", inits[i].features, err);
		assert_int_equal(err, inits[i].err);
		world_free(w);
	}
}

static void init_of_another_target_or_more_features_fails(void **state)
{
	struct world *w = world_of("v14", true);
	struct realm_kvm_vcpu_init init = { .target = 4, .features = { PSCI } };

	add_vcpu(w);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_INIT, &init), -EINVAL);
	init.target = 5;
	init.features[6] = 1;
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_INIT, &init), -ENOENT);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_INIT, NULL), -EFAULT);
	world_free(w);
}

static void init_again_keeps_to_the_features(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	add_vcpu(w);
	assert_int_equal(init_as(w, 0, PSCI | BIT(0)), 0);	/* POWER_OFF is not one of them */
	assert_int_equal(init_as(w, 0, PSCI | BIT(4)), -EINVAL);
	assert_int_equal(init_as(w, 1, PSCI | BIT(4)), -EINVAL);	/* all of a VM are alike */
	assert_int_equal(init_as(w, 1, PSCI), 0);
	world_free(w);
}

static void calls_before_init_fail(void **state)
{
	static const unsigned long requests[] = {
		REALM_KVM_RUN, REALM_KVM_GET_ONE_REG, REALM_KVM_SET_ONE_REG, REALM_KVM_GET_REG_LIST,
		REALM_KVM_ARM_VCPU_FINALIZE, REALM_KVM_GET_VCPU_EVENTS, REALM_KVM_SET_VCPU_EVENTS,
	};
	struct world *w = world_of("v14", true);

	add_vcpu(w);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		assert_int_equal(world_call(w, w->vcpus[0], requests[i], NULL), -ENOEXEC);
	world_free(w);
}

static void calls_that_the_kernel_does_not_know_fail(void **state)
{
	static const struct {
		const char *kernel;
		unsigned long request;
		int err;
	} cases[] = {
		/* -EPERM: known, and the vCPU is no REC yet */
		{ "rfc-v1", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2, -EINVAL },
		{ "v7", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2, -EPERM },
		{ "v7", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, -EINVAL },
		{ "v8", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, -EPERM },
		{ "v8", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2, -EINVAL },
		{ "v13", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, -EPERM },
		{ "v14", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, -EINVAL },
		{ "v15", REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, -EINVAL },
		{ "v14", REALM_KVM_PRE_FAULT_MEMORY, -EINVAL },
		{ "v14", REALM_KVM_CREATE_VCPU, -EINVAL },
	};
	const struct realm_kvm_pre_fault_memory args = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world *w = world_with_vcpu(cases[i].kernel, true, PSCI);

		assert_int_equal(world_call(w, w->vcpus[0], cases[i].request, &args), cases[i].err);
		world_free(w);
	}
}

/* ---- finalize ---- */

static void finalize_sve_works_once(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI | BIT(4));

	assert_int_equal(finalize(w, 0, 4), 0);
	assert_int_equal(finalize(w, 0, 4), -EPERM);
	world_free(w);
}

static void finalize_of_what_is_not_there_fails(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(finalize(w, 0, 4), -EINVAL);
	assert_int_equal(finalize(w, 0, 9), -EINVAL);
	assert_int_equal(finalize(w, 0, 3), -EINVAL);
	assert_int_equal(finalize(w, 0, -1), -EINVAL);
	assert_int_equal(finalize(w, 0, 41), -EINVAL);
	world_free(w);
}

static void finalize_rec_wants_a_realm(void **state)
{
	struct world *w = world_with_vcpu("v10", true, PSCI);

	assert_int_not_equal(finalize(w, 0, 9), 0);
	assert_int_equal(finalize(w, 0, 8), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(finalize(w, 0, 9), 0);
	assert_int_equal(finalize(w, 0, 9), -EPERM);
	world_free(w);
}

static void finalize_rec_of_one_vcpu_is_not_enough_for_another(void **state)
{
	struct world *w = world_with_vcpu("v10", true, PSCI);

	add_vcpu(w);
	assert_int_equal(init_as(w, 1, PSCI | BIT(9)), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(finalize(w, 0, 9), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM, NULL), 0);
	assert_int_equal(world_run(w, 0), -EINTR);
	assert_int_equal(world_run(w, 1), -EPERM);
	world_free(w);
}

static void finalize_rec_wants_psci(void **state)
{
	struct world *w = world_with_vcpu("v10", true, 0);

	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(finalize(w, 0, 9), -EINVAL);
	world_free(w);
}

/* ---- registers ---- */

static const struct {
	const char *kernel;
	bool realm;
	uint64_t reg;
	int err;
} writes[] = {
	{ "v14", true, X(0), 0 },
	{ "v14", true, X(30), 0 },
	{ "v14", true, X(31), -EINVAL },	/* SP */
	{ "v14", true, X(0) + 1, -EINVAL },
	{ "v14", true, X(0) ^ UINT64_C(0x0010000000000000), -EINVAL },	/* of another size */
	{ "v14", true, REALM_KVM_REG_ARM64_PC, 0 },
	{ "v14", true, PMCR, -EINVAL },
	{ "v14", true, ANY_SYSREG, -EINVAL },
	{ "v15", true, PMCR, -EINVAL },
	{ "v12", true, PMCR, -ENOENT },	/* no PMU_V3 */
	{ "v10", true, ANY_SYSREG, -EINVAL },
	{ "rfc-v1", true, DFR0, -EINVAL },	/* an item of CONFIG_REALM there */
	{ "rfc-v1", true, VLS, -EINVAL },
	{ "v14", true, VLS, -ENOENT },	/* no SVE */
	{ "7.3", false, X(0), 0 },
	{ "7.3", false, REALM_KVM_REG_ARM64_PC, 0 },
	{ "7.3", false, UINT64_C(0x603000000013ffff), -ENOENT },
};

static void set_one_reg_takes_what_a_realm_has(void **state)
{
	for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		struct world *w = world_with_vcpu(writes[i].kernel, writes[i].realm, PSCI);
		uint64_t value[8] = { 0x1234 };

		assert_int_equal(world_set_reg(w, 0, writes[i].reg, value), writes[i].err);
		if (!writes[i].err) {
			value[0] = 0;
			assert_int_equal(get_reg(w, 0, writes[i].reg, value), 0);
			assert_int_equal(value[0], 0x1234);
		}
		world_free(w);
	}
}

static struct world *limited_world(uint32_t features)
{
	struct world *w = world_of("v14", true);

	limit(w);
	add_vcpu(w);
	add_vcpu(w);
	assert_int_equal(init_as(w, 0, features), 0);
	assert_int_equal(init_as(w, 1, features), 0);
	return w;
}

/* The fields are one less than the number (DDI 0487: BRPs 15:12, WRPs 23:20, CTX_CMPs 31:28). */
static void dfr0_starts_at_the_maximum_of_the_rmm(void **state)
{
	struct world *w = limited_world(PSCI);
	uint64_t value = 0;

	assert_int_equal(get_reg(w, 0, DFR0, &value), 0);
	assert_int_equal(value >> 12 & 0xf, 7);
	assert_int_equal(value >> 20 & 0xf, 5);
	world_free(w);
}

static void dfr0_takes_counts_that_can_be(void **state)
{
	static const struct {
		unsigned bps, wps, ctx_cmps;
		int err;
	} cases[] = {
		{ 1, 1, 1, 0 },
		{ 7, 5, 0, 0 },
		{ 3, 5, 4, -EINVAL },	/* more context comparisons than breakpoints */
		{ 0, 5, 0, -EINVAL },
		{ 7, 0, 0, -EINVAL },
		{ 8, 5, 0, -EINVAL },	/* more than the RMM has */
		{ 7, 6, 0, -EINVAL },
	};
	struct world *w = limited_world(PSCI);
	uint64_t first, value;

	assert_int_equal(get_reg(w, 0, DFR0, &first), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t wanted = (first & ~UINT64_C(0xf0f0f000)) | cases[i].bps << 12 | cases[i].wps << 20 |
				  (uint64_t)cases[i].ctx_cmps << 28;

		assert_int_equal(world_set_reg(w, 0, DFR0, &wanted), cases[i].err);
		assert_int_equal(get_reg(w, 1, DFR0, &value), 0);	/* of the VM, not of one vCPU */
		assert_true(cases[i].err || value == wanted);
	}
	first ^= 1;	/* DebugVer */
	assert_int_equal(world_set_reg(w, 0, DFR0, &first), -EINVAL);
	add_vcpu(w);
	assert_int_equal(init_as(w, 2, PSCI), 0);
	assert_int_equal(get_reg(w, 2, DFR0, &first), 0);
	assert_true(first == value);
	world_free(w);
}

static void dfr0_is_settled_when_the_realm_is_created(void **state)
{
	struct world *w = world_with_vcpu("v10", true, PSCI);
	uint64_t value;

	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(get_reg(w, 0, DFR0, &value), 0);
	assert_int_equal(world_set_reg(w, 0, DFR0, &value), 0);
	value -= UINT64_C(1) << 20;
	assert_int_equal(world_set_reg(w, 0, DFR0, &value), -EBUSY);
	world_free(w);
}

static void sve_vls_takes_all_lengths_up_to_one(void **state)
{
	static const struct {
		uint64_t low, high;
		int err;
	} cases[] = {
		{ 0xf, 0, 0 },
		{ 0x1, 0, 0 },
		{ 0x3, 0, 0 },
		{ 0x0, 0, -EINVAL },
		{ 0x5, 0, -EINVAL },
		{ 0x1f, 0, -EINVAL },
		{ 0xf, 1, -EINVAL },
	};
	struct world *w = limited_world(PSCI | BIT(4));
	uint64_t vls[8] = { 0 };

	assert_int_equal(get_reg(w, 0, VLS, vls), 0);
	assert_int_equal(vls[0], 0xf);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		vls[0] = cases[i].low;
		vls[7] = cases[i].high;
		assert_int_equal(world_set_reg(w, 0, VLS, vls), cases[i].err);
	}
	vls[0] = 1;
	vls[7] = 0;
	assert_int_equal(finalize(w, 0, 4), 0);
	assert_int_equal(world_set_reg(w, 0, VLS, vls), -EPERM);
	assert_int_equal(get_reg(w, 0, VLS, vls), 0);
	assert_int_equal(vls[0], 0x3);
	world_free(w);
}

static void pmcr_takes_as_many_counters_as_there_are(void **state)
{
	struct world *w = world_of("v12", true);
	uint64_t value;

	w->sim->limits.pmu_num_ctrs = 7;
	add_vcpu(w);
	assert_int_equal(init_as(w, 0, PSCI | BIT(3)), 0);
	assert_int_equal(get_reg(w, 0, PMCR, &value), 0);
	assert_int_equal(value >> 11 & 0x1f, 7);
	value = 6 << 11;
	assert_int_equal(world_set_reg(w, 0, PMCR, &value), 0);
	value = 8 << 11;
	assert_int_equal(world_set_reg(w, 0, PMCR, &value), -EINVAL);
	assert_int_equal(get_reg(w, 0, PMCR, &value), 0);
	assert_int_equal(value >> 11 & 0x1f, 6);
	world_free(w);
}

static void get_reg_list_says_how_many(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI | BIT(4));
	uint64_t list[40] = { 0 };

	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_REG_LIST, list), -EPERM);
	assert_int_equal(finalize(w, 0, 4), 0);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_REG_LIST, list), -E2BIG);
	assert_int_equal(list[0], 34);	/* X0 to X30, PC, SVE_VLS, ID_AA64DFR0_EL1 */
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_REG_LIST, list), 0);
	for (unsigned i = 0; i < 31; i++)
		assert_true(list[1 + i] == X(i));
	assert_true(list[32] == REALM_KVM_REG_ARM64_PC);
	assert_true(list[33] == VLS && list[34] == DFR0 && !list[35]);
	world_free(w);
}

/* ---- events, power ---- */

static void events_of_a_realm_are_refused(void **state)
{
	struct realm_kvm_vcpu_events events = { .exception.serror_pending = 1 };
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), -EINVAL);
	events = (struct realm_kvm_vcpu_events){ .exception.ext_dabt_pending = 1 };
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), -EINVAL);
	events = (struct realm_kvm_vcpu_events){ .reserved = { 0, 1 } };
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), -EINVAL);
	events = (struct realm_kvm_vcpu_events){ 0 };
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), 0);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_VCPU_EVENTS, &events), 0);
	assert_int_equal(events.exception.ext_dabt_pending, 0);
	world_free(w);
}

static void mp_state_follows_power_off(void **state)
{
	struct realm_kvm_mp_state mp = { 0 };
	struct world *w = world_with_vcpu("v14", true, PSCI | BIT(0));

	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_MP_STATE, &mp), 0);
	assert_int_equal(mp.mp_state, REALM_KVM_MP_STATE_STOPPED);
	mp.mp_state = REALM_KVM_MP_STATE_RUNNABLE;
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_MP_STATE, &mp), 0);
	mp.mp_state = 1;	/* of another architecture */
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_MP_STATE, &mp), -EINVAL);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_MP_STATE, &mp), 0);
	assert_int_equal(mp.mp_state, REALM_KVM_MP_STATE_RUNNABLE);
	world_free(w);
}

/* ---- the GIC ---- */

static int create_device(struct world *w, uint32_t type, uint32_t flags)
{
	struct realm_kvm_create_device args = { .type = type, .flags = flags };
	int err = world_call(w, w->vm, REALM_KVM_CREATE_DEVICE, &args);

	if (!err && !flags)
		w->gic = (int)args.fd;
	return err;
}

static void create_device_makes_one_gicv3(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V2, 0), -ENODEV);
	assert_int_equal(create_device(w, 99, 0), -ENODEV);
	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, REALM_KVM_CREATE_DEVICE_TEST), 0);
	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), 0);
	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), -EEXIST);
	world_free(w);
}

/* One after the other on one device: 33 bits of IPA space, one vCPU */
static void gic_attributes_are_checked(void **state)
{
	static const struct {
		uint32_t group;
		uint64_t attr, value;
		int err;
	} steps[] = {
		{ 4, 0, 0, -ENXIO },	/* CTRL_INIT without addresses */
		{ 0, 2, 0x8001000, -EINVAL },	/* DIST, not at 64 KiB */
		{ 0, 2, UINT64_C(1) << 33, -E2BIG },
		{ 0, 2, UINT64_MAX << 16, -EINVAL },	/* wraps */
		{ 0, 2, 0x8000000, 0 },
		{ 0, 2, 0x8000000, -EEXIST },
		{ 0, 3, 0x8000000, -EINVAL },	/* REDIST over DIST */
		{ 0, 3, (UINT64_C(1) << 33) - 0x10000, -E2BIG },	/* does not fit */
		{ 0, 3, 0x80a0000, 0 },
		{ 0, 3, 0x80a0000, -EEXIST },
		{ 0, 9, 0, -ENXIO },
		{ 3, 0, 32, -EINVAL },	/* NR_IRQS */
		{ 3, 0, 65, -EINVAL },
		{ 3, 0, 1024, -EINVAL },
		{ 3, 0, 128, 0 },
		{ 3, 0, 128, -EBUSY },
		{ 4, 7, 0, -ENXIO },
		{ 12, 0, 0, -ENXIO },
		{ 4, 0, 0, 0 },
		{ 4, 0, 0, 0 },
	};
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), 0);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_int_equal(world_gic_attr(w, steps[i].group, steps[i].attr, steps[i].value), steps[i].err);
	assert_int_equal(world_call(w, w->gic, REALM_KVM_RUN, NULL), -ENOTTY);
	world_free(w);
}

static void gic_attributes_can_be_read(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);
	uint64_t value = 0;
	struct realm_kvm_device_attr attr = { .group = 0, .attr = 2, .addr = (uintptr_t)&value };

	assert_int_equal(world_gic(w), 0);
	assert_int_equal(world_call(w, w->gic, REALM_KVM_HAS_DEVICE_ATTR, &attr), 0);
	assert_int_equal(world_call(w, w->gic, REALM_KVM_GET_DEVICE_ATTR, &attr), 0);
	assert_int_equal(value, 0x8000000);
	attr.attr = 5;	/* REDIST_REGION */
	assert_int_equal(world_call(w, w->gic, REALM_KVM_HAS_DEVICE_ATTR, &attr), -ENXIO);
	world_free(w);
}

static void gic_without_vcpus_is_not_initialised(void **state)
{
	struct world *w = world_of("v14", true);

	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), 0);
	assert_int_equal(world_gic_attr(w, 4, 0, 0), -ENODEV);
	world_free(w);
}

/* ---- run ---- */

static void run_wants_no_argument(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_RUN, (void *)(uintptr_t)1), -EINVAL);
	world_free(w);
}

static void run_wants_what_is_finalized(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI | BIT(4));

	assert_int_equal(run(w, 0), -EPERM);
	world_free(w);
	w = world_with_vcpu("v10", true, PSCI);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(run(w, 0), -EPERM);
	assert_int_equal(finalize(w, 0, 9), 0);
	assert_int_equal(run(w, 0), -EPERM);
	world_free(w);
}

static void run_wants_a_gic_that_is_ready(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);

	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), 0);
	assert_int_equal(run(w, 0), -ENXIO);
	assert_int_equal(world_gic_attr(w, 0, 2, 0x8000000), 0);
	assert_int_equal(world_gic_attr(w, 0, 3, 0x80a0000), 0);
	assert_int_equal(run(w, 0), -EBUSY);
	assert_int_equal(world_gic_attr(w, 4, 0, 0), 0);
	assert_int_equal(world_run(w, 0), -EINTR);
	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), -EEXIST);
	world_free(w);
}

static int pmu_attr(struct world *w, uint32_t group, uint64_t attr, int32_t value)
{
	const struct realm_kvm_device_attr args = { .group = group, .attr = attr, .addr = (uintptr_t)&value };

	return world_call(w, w->vcpus[0], REALM_KVM_SET_DEVICE_ATTR, &args);
}

/* Linux, Documentation/virt/kvm/devices/vcpu.rst: an interrupt, then initialisation, once the GIC is ready */
static void run_wants_a_pmu_that_is_initialised(void **state)
{
	struct world *w = world_with_vcpu("v12", true, PSCI | BIT(3));

	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), 0);
	assert_int_equal(pmu_attr(w, 0, 1, 0), -ENODEV);
	assert_int_equal(world_gic_attr(w, 0, 2, 0x8000000), 0);
	assert_int_equal(world_gic_attr(w, 0, 3, 0x80a0000), 0);
	assert_int_equal(world_gic_attr(w, 4, 0, 0), 0);
	assert_int_equal(run(w, 0), -EINVAL);
	assert_int_equal(pmu_attr(w, 0, 1, 0), -ENXIO);
	assert_int_equal(pmu_attr(w, 0, 0, 15), -EINVAL);
	assert_int_equal(pmu_attr(w, 0, 0, 32), -EINVAL);
	assert_int_equal(pmu_attr(w, 0, 0, 23), 0);
	assert_int_equal(pmu_attr(w, 0, 0, 23), -EBUSY);
	assert_int_equal(pmu_attr(w, 9, 0, 23), -ENXIO);
	assert_int_equal(pmu_attr(w, 0, 9, 23), -ENXIO);
	assert_int_equal(pmu_attr(w, 0, 1, 0), 0);
	assert_int_equal(pmu_attr(w, 0, 1, 0), -EBUSY);
	assert_int_equal(world_run(w, 0), -EINTR);
	world_free(w);
	w = world_with_vcpu("v12", true, PSCI);
	assert_int_equal(pmu_attr(w, 0, 0, 23), -ENODEV);
	world_free(w);
}

static void run_of_an_ordinary_vm_fails_at_entry(void **state)
{
	struct world *w = world_with_vcpu("7.3", false, PSCI);

	assert_int_equal(world_run(w, 0), -EINTR);
	run_page(w, 0)->immediate_exit = 0;
	assert_int_equal(run(w, 0), 0);
	assert_int_equal(run_page(w, 0)->exit_reason, REALM_KVM_EXIT_FAIL_ENTRY);
	assert_int_equal(create_device(w, REALM_KVM_DEV_TYPE_ARM_VGIC_V3, 0), -EBUSY);
	world_free(w);
}

/* The trap of the first run: after an activation that failed, the next asks in vain. */
static void run_after_a_failed_activation_is_interrupted_too(void **state)
{
	static const char *const names[] = { "v12", "v13", "v14", "v15" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct world *w = world_with_vcpu(names[i], true, 0);	/* no PSCI_0_2: there can be no REC */

		assert_int_equal(world_gic(w), 0);
		assert_int_equal(world_run(w, 0), -EINVAL);
		assert_int_equal(world_run(w, 0), -EINTR);
		run_page(w, 0)->immediate_exit = 0;
		assert_int_equal(run(w, 0), -ENXIO);
		assert_int_equal(world_run(w, 0), -EINTR);
		world_free(w);
	}
}

static void run_settles_the_registers(void **state)
{
	struct world *w = world_with_vcpu("v14", true, PSCI);
	uint64_t value;

	assert_int_equal(world_gic(w), 0);
	assert_int_equal(world_run(w, 0), -EINTR);
	assert_int_equal(get_reg(w, 0, DFR0, &value), 0);
	assert_int_equal(world_set_reg(w, 0, DFR0, &value), 0);
	value -= UINT64_C(1) << 12;
	assert_int_equal(world_set_reg(w, 0, DFR0, &value), -EBUSY);
	assert_int_equal(world_set_reg(w, 0, X(5), &value), 0);
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(create_vcpu_takes_each_id_once),
		cmocka_unit_test(create_vcpu_after_the_gic_is_busy),
		cmocka_unit_test(mmap_of_anything_but_the_run_page_fails),
		cmocka_unit_test(init_takes_the_features_of_the_kernel),
		cmocka_unit_test(init_of_another_target_or_more_features_fails),
		cmocka_unit_test(init_again_keeps_to_the_features),
		cmocka_unit_test(calls_before_init_fail),
		cmocka_unit_test(calls_that_the_kernel_does_not_know_fail),
		cmocka_unit_test(finalize_sve_works_once),
		cmocka_unit_test(finalize_of_what_is_not_there_fails),
		cmocka_unit_test(finalize_rec_wants_a_realm),
		cmocka_unit_test(finalize_rec_of_one_vcpu_is_not_enough_for_another),
		cmocka_unit_test(finalize_rec_wants_psci),
		cmocka_unit_test(set_one_reg_takes_what_a_realm_has),
		cmocka_unit_test(dfr0_starts_at_the_maximum_of_the_rmm),
		cmocka_unit_test(dfr0_takes_counts_that_can_be),
		cmocka_unit_test(dfr0_is_settled_when_the_realm_is_created),
		cmocka_unit_test(sve_vls_takes_all_lengths_up_to_one),
		cmocka_unit_test(pmcr_takes_as_many_counters_as_there_are),
		cmocka_unit_test(get_reg_list_says_how_many),
		cmocka_unit_test(events_of_a_realm_are_refused),
		cmocka_unit_test(mp_state_follows_power_off),
		cmocka_unit_test(create_device_makes_one_gicv3),
		cmocka_unit_test(gic_attributes_are_checked),
		cmocka_unit_test(gic_attributes_can_be_read),
		cmocka_unit_test(gic_without_vcpus_is_not_initialised),
		cmocka_unit_test(run_wants_no_argument),
		cmocka_unit_test(run_wants_what_is_finalized),
		cmocka_unit_test(run_wants_a_gic_that_is_ready),
		cmocka_unit_test(run_wants_a_pmu_that_is_initialised),
		cmocka_unit_test(run_of_an_ordinary_vm_fails_at_entry),
		cmocka_unit_test(run_after_a_failed_activation_is_interrupted_too),
		cmocka_unit_test(run_settles_the_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
