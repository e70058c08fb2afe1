/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm-run.c - exits of KVM_RUN and their answers
 *
 * Exit reasons, offsets in struct kvm_run and flags are typed from linux/kvm.h of Linux 7.3.
 */
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>

#include "scene.h"

/* ---- what KVM_RUN does next ---- */

struct field {
	size_t offset;
	uint64_t value;
};

struct next_exit {
	int ret;
	uint32_t reason;
	struct field fields[8]; /* 64 bits each, in the order of their offsets */
};

/* The run page as the kernel finds it */
struct entry {
	const struct next_exit *next;
	uint8_t page[KERNEL_RUN_SIZE];
};

static bool run_gives(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	struct entry *entry = kernel->lie_arg;
	uintptr_t page;
	size_t i;

	if (strcmp(call->name, "KVM_RUN"))
		return false;
	page = (uintptr_t)kernel->runs[call->index];
	memcpy(entry->page, (void *)page, sizeof(entry->page));
	/* The kernel says "unknown" before it enters, and leaves all alone when it does not get that far. */
	if (entry->next->reason) {
		put32(page, 8, entry->next->reason);
		for (i = 0; i < ARRAY_SIZE(entry->next->fields) && entry->next->fields[i].offset; i++)
			put64(page, entry->next->fields[i].offset, entry->next->fields[i].value);
	}
	*ret = entry->next->ret;
	return true;
}

static void scene_run(struct scene *scene, struct entry *entry, const struct next_exit *next, struct realm_exit *exit)
{
	scene->kernel.lie = run_gives;
	scene->kernel.lie_arg = entry;
	entry->next = next;
	assert_int_equal(realm_run(scene->realm, 0, exit), 0);
}

static void open_sealed(struct scene *scene, enum realm_family family)
{
	scene_open(scene, family, 0);
	scene_to(scene, REALM_PHASE_SEALED);
}

/* ---- decoding ---- */

#define FAULT(flags, gpa, size)                                                                                        \
	{                                                                                                              \
		{ 32, flags }, { 40, gpa },                                                                            \
		{                                                                                                      \
			48, size                                                                                       \
		}                                                                                                      \
	}

static const struct next_exit a_load = { 0, 6, { { 32, 0x9000018 }, { 40, 0 }, { 48, 4 } } };
static const struct next_exit a_store = { 0, 6, { { 32, 0x9000000 }, { 40, 0x4142 }, { 48, UINT64_C(1) << 32 | 2 } } };
/* Linux writes the number and flags, no arguments: they are in the registers (KVM_EXIT_HYPERCALL in its api.rst). */
static const struct next_exit a_call = { 0, 3, { { 32, 0xc500004b }, { 40, 9 }, { 48, 9 }, { 96, 1 } } };
static const struct next_exit to_ram = { -EFAULT, 39, FAULT(8, 0x8000f000, 0x3000) };

static const struct {
	struct next_exit kvm;
	struct realm_exit expected;
} exits[] = {
	{ { 0, 6, { { 32, 0x9000018 }, { 40, 0x77 }, { 48, 4 } } },
	  { .reason = REALM_EXIT_MMIO, .ipa = 0x9000018, .size = 4 } },
	{ { 0, 6, { { 32, 0x9000000 }, { 40, 0x1122334455664142 }, { 48, UINT64_C(1) << 32 | 2 } } },
	  { .reason = REALM_EXIT_MMIO, .ipa = 0x9000000, .size = 2, .is_write = 1, .data = 0x4142 } },
	{ { 0, 3, { { 32, 0xc500004b }, { 40, 9 }, { 48, 9 }, { 96, 1 } } },
	  { .reason = REALM_EXIT_HOST_CALL, .nr = 0xc500004b, .args = { 1, 2, 3, 4, 5, 6 } } },
	{ { 0, 24, { { 32, 1 } } }, { .reason = REALM_EXIT_SYSTEM_OFF } },
	{ { 0, 24, { { 32, 2 } } }, { .reason = REALM_EXIT_SYSTEM_RESET } },
	{ { 0, 24, { { 32, 3 } } }, { .reason = REALM_EXIT_INTERNAL, .code = 3 } },
	{ { 0, 8, { { 0 } } }, { .reason = REALM_EXIT_SHUTDOWN } },
	{ { 0, 17, { { 32, 5 } } }, { .reason = REALM_EXIT_INTERNAL, .code = 5 } },
	{ { 0, 9, { { 32, 5 } } }, { .reason = REALM_EXIT_INTERNAL, .code = 9 } },
	{ { 0, 44, { { 32, 5 } } }, { .reason = REALM_EXIT_INTERNAL, .code = 44 } },
	/* a request, which may be of several slots; trees with device assignment give it without the errno */
	{ { -EFAULT, 39, FAULT(8, 0x80000000, 0x18000) },
	  { .reason = REALM_EXIT_CONVERT, .ipa = 0x80000000, .size = 0x18000, .to_private = 1 } },
	{ { 0, 39, FAULT(0, 0x80001000, 0x2000) },
	  { .reason = REALM_EXIT_CONVERT, .ipa = 0x80001000, .size = 0x2000 } },
	{ { -EINTR, 0, { { 0 } } }, { .reason = REALM_EXIT_INTERRUPTED } },
	/* the target of CPU_ON is not ready: no error */
	{ { -EAGAIN, 0, { { 0 } } }, { .reason = REALM_EXIT_RETRY } },
};

static void exits_are_decoded(void **state)
{
	struct realm_exit exit, expected;
	struct scene scene;
	struct entry entry;
	size_t i, reg;

	for (i = 0; i < ARRAY_SIZE(exits); i++) {
		open_sealed(&scene, REALM_FAMILY_RMI_V14);
		memset(&exit, 0x5a, sizeof(exit));
		exit.sz = sizeof(exit);
		memset(&expected, 0, sizeof(expected)); /* padding too */
		expected = exits[i].expected;
		expected.sz = sizeof(exit);
		for (reg = 0; reg < ARRAY_SIZE(scene.kernel.x); reg++)
			scene.kernel.x[reg] = reg;
		scene_run(&scene, &entry, &exits[i].kvm, &exit);
		assert_memory_equal(&exit, &expected, sizeof(exit));
		assert_int_equal(realm_phase(scene.realm), REALM_PHASE_RUNNING);
		assert_int_equal(entry.page[1], 0); /* immediate_exit of sealing is gone */
		scene_close(&scene);
	}
}

/* An older program's structure is shorter; nothing behind it is touched. */
static void a_short_exit_structure(void **state)
{
	struct realm_exit exit;
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	memset(&exit, 0x5a, sizeof(exit));
	exit.sz = offsetof(struct realm_exit, size);
	scene_run(&scene, &entry, &a_load, &exit);
	assert_true(exit.ipa == 0x9000018);
	assert_true(exit.size == UINT64_C(0x5a5a5a5a5a5a5a5a));
	scene_close(&scene);
}

/* ---- failures ---- */

/* A bad address of the VMM's is no memory fault, whatever an earlier exit has left in the run page. */
static void efault_without_exit_39(void **state)
{
	static const struct next_exit bad = { -EFAULT, 0, { { 0 } } };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &to_ram, &exit);
	assert_int_equal(exit.reason, REALM_EXIT_CONVERT);
	entry.next = &bad;
	exit.ipa = 7;
	assert_host_failed(&scene, realm_run(scene.realm, 0, &exit), EIO, "run", "KVM_RUN", EFAULT);
	assert_true(exit.ipa == 7);
	scene_close(&scene);
}

static void other_errnos_are_failures(void **state)
{
	static const struct {
		int err, code;
	} cases[] = { { ENXIO, EIO }, { ENOMEM, ENOMEM }, { EINVAL, EIO }, { ENOEXEC, EIO }, { EPERM, EACCES } };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct next_exit next = { 0 };
	struct scene scene;
	struct entry entry;
	size_t i;

	open_sealed(&scene, REALM_FAMILY_RMI_V15);
	scene.kernel.lie = run_gives;
	scene.kernel.lie_arg = &entry;
	entry.next = &next;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		next.ret = -cases[i].err;
		assert_host_failed(&scene, realm_run(scene.realm, 0, &exit), cases[i].code, "run", "KVM_RUN",
				   cases[i].err);
	}
	assert_int_equal(kernel_count(&scene.kernel, "KVM_RUN"), ARRAY_SIZE(cases));
	scene_close(&scene);
}

/*
 * The kernel has no page for an address, or a poisoned one: it looks like a request to convert, and comes back when
 * that has been done. An endless loop would follow if it were told as one for ever.
 */
static void a_fault_that_converting_does_not_help(void **state)
{
	static const struct next_exit lost = { -EFAULT, 39, FAULT(8, 0x80001000, 0x1000) };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &lost, &exit);
	assert_int_equal(exit.reason, REALM_EXIT_CONVERT);
	assert_int_equal(realm_convert(scene.realm, exit.ipa, exit.size, (int)exit.to_private), 0);
	scene_run(&scene, &entry, &lost, &exit);
	assert_int_equal(exit.reason, REALM_EXIT_FAULT);
	assert_true(exit.ipa == 0x80001000 && exit.size == 0x1000);
	scene_close(&scene);
}

/* As long as it was not converted it is a request. */
static void a_fault_that_was_not_answered(void **state)
{
	static const struct next_exit again = { -EFAULT, 39, FAULT(0, 0x80001000, 0x1000) };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;
	unsigned int i;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	for (i = 0; i < 3; i++) {
		scene_run(&scene, &entry, &again, &exit);
		assert_int_equal(exit.reason, REALM_EXIT_CONVERT);
		assert_int_equal(exit.to_private, 0);
	}
	scene_close(&scene);
}

/* ---- answers ---- */

/*
 * The value of a load is in the run page, and the exit reason still says MMIO: the kernel looks at that to tell that
 * there is a value to take (kvm_arch_vcpu_ioctl_run()).
 */
static void a_load_is_answered(void **state)
{
	static const struct next_exit off = { 0, 24, { { 32, 1 } } };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &a_load, &exit);
	exit.data = 0x11223344;
	scene_run(&scene, &entry, &off, &exit);
	assert_int_equal(get32((uintptr_t)entry.page, 8), 6);
	assert_true(get64((uintptr_t)entry.page, 40) == 0x11223344);
	assert_int_equal(get32((uintptr_t)entry.page, 48), 4);
	scene_close(&scene);
}

static void a_store_is_not_answered(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &a_store, &exit);
	exit.data = 0x11223344;
	scene_run(&scene, &entry, &a_store, &exit);
	assert_int_equal(get32((uintptr_t)entry.page, 8), 6);
	assert_true(get64((uintptr_t)entry.page, 40) == 0x4142);
	scene_close(&scene);
}

static void a_host_call_is_answered(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &a_call, &exit);
	exit.results[0] = 0x10;
	exit.results[3] = UINT64_MAX;
	kernel_forget(&scene.kernel);
	scene_run(&scene, &entry, &a_load, &exit);
	assert_string_equal(scene.kernel.record, "KVM_SET_ONE_REG vcpu0 x0 0x10\nKVM_SET_ONE_REG vcpu0 x1 0\n"
						 "KVM_SET_ONE_REG vcpu0 x2 0\n"
						 "KVM_SET_ONE_REG vcpu0 x3 0xffffffffffffffff\nKVM_RUN vcpu0\n");
	kernel_forget(&scene.kernel);
	scene_run(&scene, &entry, &a_load, &exit);
	assert_string_equal(scene.kernel.record, "KVM_RUN vcpu0\n");
	scene_close(&scene);
}

static bool no_registers(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	*ret = -ENOENT;
	return !strcmp(call->name, "KVM_GET_ONE_REG") || run_gives(kernel, call, ret);
}

static void a_host_call_without_arguments(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct entry entry = { .next = &a_call };
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene.kernel.lie = no_registers;
	scene.kernel.lie_arg = &entry;
	assert_host_failed(&scene, realm_run(scene.realm, 0, &exit), EIO, "run", "KVM_GET_ONE_REG", ENOENT);
	assert_int_equal(exit.reason, 0);
	scene_close(&scene);
}

static void an_abort_is_injected(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	scene_run(&scene, &entry, &a_call, &exit);
	assert_error(scene.ctx, realm_inject_abort(scene.realm, 0), EBUSY, "realm_inject_abort", "the last exit");
	assert_error(scene.ctx, realm_inject_abort(scene.realm, 1), EBUSY, "realm_inject_abort", "the last exit");
	assert_error(scene.ctx, realm_inject_abort(scene.realm, 2), EINVAL, "vcpu", "no vCPU 2");
	scene_run(&scene, &entry, &a_load, &exit);
	kernel_forget(&scene.kernel);
	assert_int_equal(realm_inject_abort(scene.realm, 0), 0);
	assert_string_equal(scene.kernel.record, "KVM_SET_VCPU_EVENTS vcpu0 ext_dabt_pending 1\n");
	assert_error(scene.ctx, realm_inject_abort(scene.realm, 0), EBUSY, "realm_inject_abort", "the last exit");
	scene_close(&scene);
}

/* ---- PSCI by the VMM ---- */

static void psci_is_completed(void **state)
{
	static const struct {
		enum realm_family family;
		unsigned int rec_feature;
		unsigned long request; /* 0: the family has none */
	} cases[] = {
		{ REALM_FAMILY_RME_RFC, 7, 0 },          { REALM_FAMILY_RME, 8, 0x4018aed2 },
		{ REALM_FAMILY_RME, 9, 0x4018aed6 },     { REALM_FAMILY_RMI_V12, 0, 0x4018aed6 },
		{ REALM_FAMILY_RMI_V13, 0, 0x4018aed6 }, { REALM_FAMILY_RMI_V14, 0, 0 },
		{ REALM_FAMILY_RMI_V15, 0, 0 },
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memset(&scene, 0, sizeof(scene));
		kernel_init(&scene.kernel, cases[i].family);
		scene.kernel.rec_feature = cases[i].rec_feature;
		scene.ctx = kernel_ctx(&scene.kernel);
		scene.plan = scene_plan(scene.ctx, cases[i].family);
		assert_int_equal(realm_new(scene.plan, NULL, &scene.realm), 0);
		scene_to(&scene, REALM_PHASE_RUNNING);
		if (cases[i].request) {
			assert_int_equal(realm_psci_complete(scene.realm, 1, 0x101, 0xfffffffe), 0);
			assert_string_equal(scene.kernel.record,
					    "KVM_ARM_VCPU_RMM_PSCI_COMPLETE vcpu1 0x101 0xfffffffe\n");
			assert_true(scene.kernel.last_request == cases[i].request);
		} else {
			assert_error(scene.ctx, realm_psci_complete(scene.realm, 1, 0x101, 0), EOPNOTSUPP,
				     "realm_psci_complete", "completes PSCI calls itself");
		}
		scene_close(&scene);
	}
}

/* ---- kicks and the end ---- */

static void a_kick_comes_before_the_run(void **state)
{
	static const struct next_exit left = { -EINTR, 0, { { 0 } } };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_kick(scene.realm, 0), 0);
	assert_int_equal(realm_kick(scene.realm, 2), -EINVAL);
	assert_int_equal(realm_kick(scene.realm, UINT_MAX), -EINVAL);
	scene_run(&scene, &entry, &left, &exit);
	assert_int_equal(exit.reason, REALM_EXIT_INTERRUPTED);
	assert_int_equal(entry.page[1], 1);
	scene_run(&scene, &entry, &left, &exit);
	assert_int_equal(entry.page[1], 0); /* one kick, one return */
	scene_close(&scene);
}

/* The kernel queues no signal of ours: what a kick interrupts in a signal handler does not hear of it. */
static bool kicked_without_a_signal(struct kernel *kernel, const struct kernel_call *call, int *ret)
{
	struct rlimit limit, none;

	if (strcmp(call->name, "KVM_RUN"))
		return false;
	assert_int_equal(getrlimit(RLIMIT_SIGPENDING, &limit), 0);
	none = (struct rlimit){ 0, limit.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &none), 0);
	errno = ENOTTY;
	assert_int_equal(realm_kick(kernel->lie_arg, 0), 0);
	assert_int_equal(errno, ENOTTY);
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &limit), 0);
	*ret = -EINTR;
	return true;
}

static void a_kick_leaves_errno_alone(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	sigset_t set, before;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	realm_destroy(scene.realm);
	scene.opts.kick_signal = SIGRTMIN;
	assert_int_equal(realm_new(scene.plan, &scene.opts, &scene.realm), 0);
	scene_to(&scene, REALM_PHASE_SEALED);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &set, &before), 0);
	scene.kernel.lie = kicked_without_a_signal;
	scene.kernel.lie_arg = scene.realm;
	assert_int_equal(realm_run(scene.realm, 0, &exit), 0);
	assert_int_equal(exit.reason, REALM_EXIT_INTERRUPTED);
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
	scene_close(&scene);
}

/* Sealing runs a vCPU too, and is no return of realm_run(). */
static void a_kick_comes_before_the_seal(void **state)
{
	static const struct next_exit left = { -EINTR, 0, { { 0 } } };
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;
	struct entry entry;

	scene_open(&scene, REALM_FAMILY_RMI_V14, 0);
	scene_to(&scene, REALM_PHASE_POPULATED);
	assert_int_equal(realm_kick(scene.realm, 0), 0);
	assert_int_equal(realm_seal(scene.realm), 0);
	scene_run(&scene, &entry, &left, &exit);
	assert_int_equal(entry.page[1], 1);
	scene_close(&scene);
}

static void a_stopped_realm(void **state)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	struct scene scene;

	open_sealed(&scene, REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_stop(scene.realm), 0);
	assert_int_equal(realm_stop(scene.realm), 0);
	assert_int_equal(realm_phase(scene.realm), REALM_PHASE_DEAD);
	assert_error(scene.ctx, realm_run(scene.realm, 0, &exit), ECANCELED, "realm_run", "stopped");
	assert_error(scene.ctx, realm_seal(scene.realm), ECANCELED, "realm_seal", "stopped");
	assert_int_equal(kernel_count(&scene.kernel, "KVM_RUN"), 0);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exits_are_decoded),
		cmocka_unit_test(a_short_exit_structure),
		cmocka_unit_test(efault_without_exit_39),
		cmocka_unit_test(other_errnos_are_failures),
		cmocka_unit_test(a_fault_that_converting_does_not_help),
		cmocka_unit_test(a_fault_that_was_not_answered),
		cmocka_unit_test(a_load_is_answered),
		cmocka_unit_test(a_store_is_not_answered),
		cmocka_unit_test(a_host_call_is_answered),
		cmocka_unit_test(a_host_call_without_arguments),
		cmocka_unit_test(an_abort_is_injected),
		cmocka_unit_test(psci_is_completed),
		cmocka_unit_test(a_kick_comes_before_the_run),
		cmocka_unit_test(a_kick_leaves_errno_alone),
		cmocka_unit_test(a_kick_comes_before_the_seal),
		cmocka_unit_test(a_stopped_realm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
