/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-order.c - the calls that make a realm in each family, in their order
 *
 * What must come before what is from the documentation and code of the posted series: RFC v1 and v2 to v11
 * (Documentation/virt/kvm/api.rst, KVM_CAP_ARM_RME) and v12 to v15.
 */
#include "kernel.h"

#define BASE UINT64_C(0x80000000)

/* One realm, its calls step by step */
struct order {
	enum realm_family family;
	const char *vm, *configure, *rec[2], *memory[2], *populate, *seal, *end;
};

#define VM(type) "open\nKVM_GET_VCPU_MMAP_SIZE\nKVM_CREATE_VM " type "\n"

/*
 * In these PMU, SVE, breakpoints and watchpoints are registers; before INIT the target, after it what it needs
 * finalizing
 */
#define VCPU(n, features)                                                                                              \
	"KVM_CREATE_VCPU " n "\nmmap vcpu" n "\nKVM_ARM_PREFERRED_TARGET\n"                                            \
	"KVM_ARM_VCPU_INIT vcpu" n " 5 " features "\n"
#define DEBUG(n) "KVM_GET_ONE_REG vcpu" n " id_aa64dfr0_el1\nKVM_SET_ONE_REG vcpu" n " id_aa64dfr0_el1 0x10103106\n"
#define PMU(n) "KVM_GET_ONE_REG vcpu" n " pmcr_el0\nKVM_SET_ONE_REG vcpu" n " pmcr_el0 0x2000\n"
/* Interrupt 23, then initialisation: else KVM_RUN is EINVAL (Linux, Documentation/virt/kvm/devices/vcpu.rst) */
#define PMU_INIT(n) "KVM_SET_DEVICE_ATTR vcpu" n " 0 0 0x17\nKVM_SET_DEVICE_ATTR vcpu" n " 0 1\n"
#define PMU_INITS PMU_INIT("0") PMU_INIT("1")
#define SVE(n)                                                                                                         \
	"KVM_GET_ONE_REG vcpu" n " sve_vls\nKVM_SET_ONE_REG vcpu" n " sve_vls 0x3\n"                                   \
	"KVM_ARM_VCPU_FINALIZE vcpu" n " 4\n"

#define GMEM(size) "KVM_CREATE_GUEST_MEMFD " size " flags 0\nmmap\nMADV_NOHUGEPAGE\n"
#define REGION2(n, range) "KVM_SET_USER_MEMORY_REGION2 " n ": flags 0x4 " range " shared gmem" n "+0\n"
#define PRIVATE(range) "KVM_SET_MEMORY_ATTRIBUTES " range " 0x8\n"
#define REGION(n, range) "mmap\nMADV_NOHUGEPAGE\nKVM_SET_USER_MEMORY_REGION " n ": flags 0 " range " shared\n"
#define SLOT0 "0x80000000+0x4000"
#define SLOT1 "0x80004000+0x2000"

#define ZERO(n, x) "KVM_SET_ONE_REG vcpu" n " x" x " 0\n"
#define START(n, x0, x1, pc)                                                                                           \
	"KVM_SET_ONE_REG vcpu" n " x0 " x0 "\nKVM_SET_ONE_REG vcpu" n " x1 " x1 "\n" ZERO(n, "2") ZERO(n, "3")         \
		ZERO(n, "4") ZERO(n, "5") ZERO(n, "6") ZERO(n, "7") "KVM_SET_ONE_REG vcpu" n " pc " pc "\n"
#define STARTS START("0", "0x11", "0x22", "0x80002000") START("1", "0", "0", "0x80004000")
#define GIC                                                                                                            \
	"KVM_CREATE_DEVICE 7\nKVM_SET_DEVICE_ATTR gic0 0 2 0x8000000\nKVM_SET_DEVICE_ATTR gic0 0 3 0x80a0000\n"        \
	"KVM_SET_DEVICE_ATTR gic0 4 0\n"

#define CLOSE_VCPUS "munmap\nclose vcpu0\nmunmap\nclose vcpu1\nclose gic0\n"
#define END CLOSE_VCPUS "munmap\nclose gmem0\nmunmap\nclose gmem1\nclose vm\nclose kvm\n"

/* The part of a range that a slot ends in is a call of its own. */
#define POPULATE_RMI "KVM_ARM_RMI_POPULATE 0x80002000+0x2000 0x1\nKVM_ARM_RMI_POPULATE 0x80004000+0x1000 0x1\n"

static const struct order orders[] = {
	{ .family = REALM_FAMILY_RME_RFC,
	  .vm = VM("0x121"),
	  .configure = "KVM_ENABLE_CAP 300 CONFIG_REALM 1: 0x1 0\n"
		       "KVM_ENABLE_CAP 300 CONFIG_REALM 0: 0x4030201 0\n"
		       "KVM_ENABLE_CAP 300 CONFIG_REALM 3: 0x4 0x2\n"
		       "KVM_ENABLE_CAP 300 CONFIG_REALM 2: 0x2 0\n"
		       "KVM_ENABLE_CAP 300 CONFIG_REALM 4: 0x4 0\n"
		       "KVM_ENABLE_CAP 300 CREATE_REALM\n",
	  .rec = { VCPU("0", "0x84"), VCPU("1", "0x85") },
	  .memory = { REGION("0", SLOT0), REGION("1", SLOT1) },
	  .populate = "KVM_ENABLE_CAP 300 INIT_RIPAS_REALM " SLOT0 "\n"
		      "KVM_ENABLE_CAP 300 INIT_RIPAS_REALM " SLOT1 "\n"
		      "KVM_ENABLE_CAP 300 POPULATE_REALM 0x80002000+0x2000 0x1\n"
		      "KVM_ENABLE_CAP 300 POPULATE_REALM 0x80004000+0x1000 0x1\n",
	  .seal = STARTS GIC "KVM_ARM_VCPU_FINALIZE vcpu0 7\nKVM_ARM_VCPU_FINALIZE vcpu1 7\n"
			     "KVM_ENABLE_CAP 300 ACTIVATE_REALM\n",
	  .end = CLOSE_VCPUS "munmap\nmunmap\nclose vm\nclose kvm\n" },
	{ .family = REALM_FAMILY_RME,
	  .vm = VM("0x121"),
	  .configure = "KVM_ENABLE_CAP 244 CONFIG_REALM 1: 0x1 0\n"
		       "KVM_ENABLE_CAP 244 CONFIG_REALM 0: 0x4030201 0\n",
	  .rec = { VCPU("0", "0x21c") DEBUG("0") PMU("0") SVE("0"), VCPU("1", "0x21d") DEBUG("1") PMU("1") SVE("1") },
	  .memory = { GMEM("0x4000") REGION2("0", SLOT0) PRIVATE(SLOT0),
		      GMEM("0x2000") REGION2("1", SLOT1) PRIVATE(SLOT1) },
	  .populate = "KVM_ENABLE_CAP 244 CREATE_REALM\n"
		      "KVM_ENABLE_CAP 244 INIT_RIPAS_REALM " SLOT0 "\n"
		      "KVM_ENABLE_CAP 244 INIT_RIPAS_REALM " SLOT1 "\n"
		      "KVM_ENABLE_CAP 244 POPULATE_REALM 0x80002000+0x2000 0x1\nMADV_REMOVE\n"
		      "KVM_ENABLE_CAP 244 POPULATE_REALM 0x80004000+0x1000 0x1\nMADV_REMOVE\n",
	  .seal = STARTS GIC PMU_INITS "KVM_ARM_VCPU_FINALIZE vcpu0 9\nKVM_ARM_VCPU_FINALIZE vcpu1 9\n"
			     "KVM_ENABLE_CAP 244 ACTIVATE_REALM\n",
	  .end = END },
	{ .family = REALM_FAMILY_RMI_V12,
	  .vm = VM("0x121"),
	  .configure = "",
	  .rec = { VCPU("0", "0x1c") DEBUG("0") PMU("0") SVE("0"), VCPU("1", "0x1d") DEBUG("1") PMU("1") SVE("1") },
	  .memory = { GMEM("0x4000") REGION2("0", SLOT0) PRIVATE(SLOT0),
		      GMEM("0x2000") REGION2("1", SLOT1) PRIVATE(SLOT1) },
	  .populate = POPULATE_RMI,
	  .seal = STARTS GIC PMU_INITS "KVM_RUN vcpu0\n",
	  .end = END },
	{ .family = REALM_FAMILY_RMI_V13,
	  .vm = VM("0x121"),
	  .configure = "",
	  .rec = { VCPU("0", "0x1c") DEBUG("0") PMU("0") SVE("0"), VCPU("1", "0x1d") DEBUG("1") PMU("1") SVE("1") },
	  .memory = { GMEM("0x4000") REGION2("0", SLOT0) PRIVATE(SLOT0),
		      GMEM("0x2000") REGION2("1", SLOT1) PRIVATE(SLOT1) },
	  .populate = POPULATE_RMI,
	  .seal = STARTS GIC PMU_INITS "KVM_RUN vcpu0\n",
	  .end = END },
	{ .family = REALM_FAMILY_RMI_V14,
	  .vm = VM("0x40000021"),
	  .configure = "",
	  .rec = { VCPU("0", "0x14") DEBUG("0") SVE("0"), VCPU("1", "0x15") DEBUG("1") SVE("1") },
	  .memory = { GMEM("0x4000") REGION2("0", SLOT0) PRIVATE(SLOT0),
		      GMEM("0x2000") REGION2("1", SLOT1) PRIVATE(SLOT1) },
	  .populate = POPULATE_RMI,
	  .seal = STARTS GIC "KVM_RUN vcpu0\n",
	  .end = END },
	/* private from the start: no call for it */
	{ .family = REALM_FAMILY_RMI_V15,
	  .vm = VM("0x40000021"),
	  .configure = "",
	  .rec = { VCPU("0", "0x14") DEBUG("0") SVE("0"), VCPU("1", "0x15") DEBUG("1") SVE("1") },
	  .memory = { GMEM("0x4000") REGION2("0", SLOT0), GMEM("0x2000") REGION2("1", SLOT1) },
	  .populate = POPULATE_RMI,
	  .seal = STARTS GIC "KVM_RUN vcpu0\n",
	  .end = END },
};

static uint8_t content[0x3000] __attribute__((aligned(4096)));

/* All that the family can be asked for */
static struct realm_plan *make_plan(struct realm_ctx *ctx, enum realm_family family)
{
	static const uint8_t rpv[] = { 1, 2, 3, 4 };
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_set_breakpoints(plan, 4), 0);
	assert_int_equal(realm_plan_set_watchpoints(plan, 2), 0);
	assert_int_equal(realm_plan_set_sve_bits(plan, 256), 0);
	if (family <= REALM_FAMILY_RME) {
		assert_int_equal(realm_plan_set_hash(plan, REALM_HASH_SHA512), 0);
		assert_int_equal(realm_plan_set_rpv(plan, rpv, sizeof(rpv)), 0);
	}
	if (family <= REALM_FAMILY_RMI_V13)
		assert_int_equal(realm_plan_set_pmu_counters(plan, 4), 0);
	if (family == REALM_FAMILY_RMI_V14) /* as the host has it */
		assert_int_equal(realm_plan_set_pmu_counters(plan, 6), 0);
	return plan;
}

static void assert_record(struct kernel *kernel, const char *expected)
{
	assert_string_equal(kernel->record, expected);
	kernel_forget(kernel);
}

static void follow(const struct order *order, struct kernel *kernel, struct realm_ctx *ctx)
{
	static const uint64_t gprs[] = { 0x11, 0x22 };
	struct realm_plan *plan = make_plan(ctx, order->family);
	struct realm *realm;

	assert_int_equal(realm_new(plan, NULL, &realm), 0);
	assert_record(kernel, order->vm);
	assert_int_equal(realm_configure(realm), 0);
	assert_record(kernel, order->configure);
	assert_int_equal(realm_add_rec(realm, BASE + 0x2000, gprs, 2), 0);
	assert_record(kernel, order->rec[0]);
	assert_int_equal(realm_add_rec(realm, BASE + 0x4000, NULL, 0), 1);
	assert_record(kernel, order->rec[1]);
	assert_int_equal(realm_add_memory(realm, BASE, 0x4000), 0);
	assert_record(kernel, order->memory[0]);
	assert_int_equal(realm_add_memory(realm, BASE + 0x4000, 0x2000), 1);
	assert_record(kernel, order->memory[1]);
	assert_int_equal(realm_populate(realm, BASE + 0x2000, content, sizeof(content), 0), 0);
	assert_record(kernel, order->populate);
	assert_int_equal(realm_seal(realm), 0);
	assert_record(kernel, order->seal);
	realm_destroy(realm);
	assert_record(kernel, order->end);
	realm_plan_free(plan);
}

static void calls_in_order(void **state)
{
	struct kernel kernel;
	struct realm_ctx *ctx;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		kernel_init(&kernel, orders[i].family);
		ctx = kernel_ctx(&kernel);
		follow(&orders[i], &kernel, ctx);
		realm_ctx_free(ctx);
		kernel_done(&kernel);
	}
}

/* A realm without content is made when it is sealed. */
static void without_content(void **state)
{
	struct realm_plan *plan;
	struct kernel kernel;
	struct realm_ctx *ctx;
	struct realm *realm;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		bool commands = orders[i].family <= REALM_FAMILY_RME;

		kernel_init(&kernel, orders[i].family);
		ctx = kernel_ctx(&kernel);
		plan = make_plan(ctx, orders[i].family);
		assert_int_equal(realm_plan_add_ram(plan, BASE, 0x4000), 0);
		assert_int_equal(realm_plan_add_rec(plan, BASE, NULL, 0), 0);
		assert_int_equal(realm_create(plan, NULL, &realm), 0);
		assert_int_equal(realm_phase(realm), REALM_PHASE_SEALED);
		assert_int_equal(kernel_count(&kernel, "KVM_RUN"), !commands);
		assert_int_equal(kernel_count(&kernel, "KVM_ARM_RMI_POPULATE"), 0);
		/* hash, RPV, three of RFC v1, then realm, RIPAS and activation */
		assert_int_equal(kernel_count(&kernel, "KVM_ENABLE_CAP"), orders[i].family == REALM_FAMILY_RME_RFC ? 8
									  : commands                               ? 5
														   : 0);
		realm_destroy(realm);
		realm_plan_free(plan);
		realm_ctx_free(ctx);
		kernel_done(&kernel);
	}
}

/* In place the file is mapped, starts out shared, and is made private by a call of its own. */
static void in_place(void **state)
{
	struct realm_opts opts = { .sz = sizeof(opts), .flags = REALM_IN_PLACE };
	struct realm_plan *plan;
	struct kernel kernel;
	struct realm_ctx *ctx;
	struct realm *realm;

	kernel_init(&kernel, REALM_FAMILY_RMI_V15);
	ctx = kernel_ctx(&kernel);
	plan = make_plan(ctx, REALM_FAMILY_RMI_V15);
	assert_int_equal(realm_new(plan, &opts, &realm), 0);
	assert_int_equal(realm_configure(realm), 0);
	assert_int_equal(realm_add_rec(realm, BASE, NULL, 0), 0);
	kernel_forget(&kernel);
	assert_int_equal(realm_add_memory(realm, BASE, 0x4000), 0);
	assert_record(&kernel, "KVM_CREATE_GUEST_MEMFD 0x4000 flags 0x3\nmmap gmem0\nMADV_NOHUGEPAGE\n" REGION2(
				       "0", SLOT0) "KVM_SET_MEMORY_ATTRIBUTES2 gmem0 0+0x4000 0x8\n");
	assert_int_equal(realm_populate(realm, BASE + 0x1000, content, 0x1000, REALM_LOAD_UNMEASURED), 0);
	assert_record(&kernel, "KVM_ARM_RMI_POPULATE 0x80001000+0x1000 0\n");
	realm_destroy(realm);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	kernel_done(&kernel);
}

/* A VMM's own descriptors are used and neither made nor closed; the GIC is the VMM's. */
static void adopted(void **state)
{
	static uint8_t run[KERNEL_RUN_SIZE] __attribute__((aligned(4096)));
	static uint8_t shared[0x4000] __attribute__((aligned(4096)));
	struct realm_memory memory = {
		.sz = sizeof(memory), .slot = 7, .base = BASE, .size = 0x4000, .shared = shared
	};
	uint64_t gmem[8] = { 0x4000 };
	struct realm_plan *plan;
	struct kernel kernel;
	struct realm_ctx *ctx;
	struct realm *realm;
	int kvm, vm, vcpu;
	uint64_t type;

	kernel_init(&kernel, REALM_FAMILY_RMI_V14);
	ctx = kernel_ctx(&kernel);
	plan = make_plan(ctx, REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_vm_type(ctx, 33, &type), 0);
	kvm = kernel_ops.open(&kernel, "/dev/kvm", 0);
	vm = kernel_ops.ioctl(&kernel, kvm, 0xae01, (uintptr_t)type);
	vcpu = kernel_ops.ioctl(&kernel, vm, 0xae41, 0);
	memory.guest_memfd = kernel_ops.ioctl(&kernel, vm, 0xc040aed4, (uintptr_t)gmem);
	kernel.slots[kernel.num_slots++] = (struct kernel_slot){ BASE, 0x4000 };
	assert_int_equal(realm_adopt(plan, vm, NULL, &realm), 0);
	assert_int_equal(realm_vm_fd(realm), vm);
	assert_int_equal(realm_configure(realm), 0);
	kernel_forget(&kernel);
	assert_int_equal(realm_adopt_rec(realm, vcpu, run, BASE, NULL, 0), 0);
	assert_int_equal(realm_adopt_memory(realm, &memory), 0);
	assert_record(&kernel,
		      "KVM_ARM_PREFERRED_TARGET\nKVM_ARM_VCPU_INIT vcpu0 5 0x14\n" DEBUG("0") SVE("0") PRIVATE(SLOT0));
	assert_int_equal(realm_add_memory(realm, BASE + 0x4000, 0x2000), 1);
	kernel_forget(&kernel);
	assert_int_equal(realm_populate(realm, BASE, content, 0x1000, 0), 0);
	assert_record(&kernel, "KVM_ARM_RMI_POPULATE 0x80000000+0x1000 0x1\n");
	assert_int_equal(realm_seal(realm), 0);
	assert_record(&kernel, START("0", "0", "0", "0x80000000") "KVM_RUN vcpu0\n");
	/* The VMM's VM must not keep a slot whose memory is gone. */
	realm_destroy(realm);
	assert_record(&kernel, "KVM_SET_USER_MEMORY_REGION 1: flags 0 0+0 unshared\nmunmap\nclose gmem1\nclose kvm\n");
	kernel_ops.close(&kernel, vcpu);
	kernel_ops.close(&kernel, memory.guest_memfd);
	kernel_ops.close(&kernel, vm);
	kernel_ops.close(&kernel, kvm);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	kernel_done(&kernel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_in_order),
		cmocka_unit_test(without_content),
		cmocka_unit_test(in_place),
		cmocka_unit_test(adopted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
