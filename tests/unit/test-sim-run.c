/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-run.c - guests on the software host: what KVM_RUN does for them and tells user space */
#include <pthread.h>
#include <time.h>

#include "psci.h"
#include "rsi.h"
#include "sim-servant.h"

#define RAM_PAGES 8
#define DEVICE UINT64_C(0x0b000000)	/* nothing there */
#define GUEST_DEVICE (DEVICE | WORLD_SHARED)

static const struct kind kinds[] = {
	{ .name = "rme-rfc", .family = REALM_FAMILY_RME_RFC },
	{ .name = "rme, v2", .kernel = "v2" },
	{ .name = "rme", .family = REALM_FAMILY_RME },
	{ .name = "rmi-v12", .family = REALM_FAMILY_RMI_V12 },
	{ .name = "rmi-v13", .family = REALM_FAMILY_RMI_V13 },
	{ .name = "rmi-v14", .family = REALM_FAMILY_RMI_V14 },
	{ .name = "rmi-v14, rmm-2.0", .family = REALM_FAMILY_RMI_V14, .profile = REALM_PROFILE_RMM_2_0 },
	{ .name = "rmi-v14, 16K", .family = REALM_FAMILY_RMI_V14, .profile = REALM_PROFILE_RMM_2_0, .granule = 16384 },
	{ .name = "rmi-v14, 64K", .family = REALM_FAMILY_RMI_V14, .profile = REALM_PROFILE_RMM_2_0, .granule = 65536 },
	{ .name = "rmi-v15", .family = REALM_FAMILY_RMI_V15 },
};

static const struct kind v13 = { .name = "rmi-v13", .family = REALM_FAMILY_RMI_V13 };
static const struct kind v14 = { .name = "rmi-v14", .family = REALM_FAMILY_RMI_V14 };

/* ---- a realm with a servant on each vCPU ---- */

/* vCPUs have this for PC and X0; the secondary ones get it by CPU_ON. */
static struct world *realm_of(const struct kind *kind, unsigned vcpus)
{
	struct world *w = world_new(kind);
	uint64_t pc = WORLD_RAM, x0 = CONTEXT;

	memcpy(w->user, servant, sizeof(servant));
	memcpy(w->user + SERVANT_VECTOR, servant_exception, sizeof(servant_exception));
	assert_int_equal(world_begin(w, RAM_PAGES * w->page, vcpus), 0);
	assert_int_equal(world_set_reg(w, 0, REALM_KVM_REG_ARM64_PC, &pc), 0);
	assert_int_equal(world_set_reg(w, 0, REALM_KVM_REG_ARM64_X0, &x0), 0);
	return w;
}

static struct world *sealed(const struct kind *kind, unsigned vcpus)
{
	struct world *w = realm_of(kind, vcpus);

	assert_int_equal(world_finish(w, RAM_PAGES * w->page), 0);
	return w;
}

static void free_realm(struct world *w)
{
	world_close_vm(w);
	world_assert_clean(w);
	world_free(w);
}

static void power_off(struct servant *s)
{
	const struct realm_kvm_exit_system_event *event = exit_of(s->w, s->id);

	assert_int_equal(smc(s, SMC32_PSCI_SYSTEM_OFF, 0, 0, 0), OTHER);
	assert_int_equal(page_of(s->w, s->id)->exit_reason, REALM_KVM_EXIT_SYSTEM_EVENT);
	assert_int_equal(event->type, REALM_KVM_SYSTEM_EVENT_SHUTDOWN);
}

/* ---- being told to stop ---- */

struct stopper {
	struct realm_kvm_run *run;
	pthread_t thread;
};

static void *stop(void *arg)
{
	const struct timespec some = { .tv_nsec = 100000000 }; /* for a busy machine to let the guest run */
	struct stopper *stopper = arg;

	nanosleep(&some, NULL);
	__atomic_store_n(&stopper->run->immediate_exit, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* Another thread sets immediate_exit while the vCPU runs. */
static void assert_stops(struct servant *s, enum op op)
{
	struct stopper stopper = { .run = page_of(s->w, s->id) };

	assert_int_equal(pthread_create(&stopper.thread, NULL, stop, &stopper), 0);
	assert_int_equal(begin(s, op, 0, 0), -EINTR);
	pthread_join(stopper.thread, NULL);
	stopper.run->immediate_exit = 0;
}

/* ---- MMIO ---- */

static void mmio_carries_what_the_guest_stores_and_loads(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	struct realm_kvm_exit_mmio *mmio = (void *)page_of(w, 0)->exit;
	const uint16_t half = 0x8001;

	assert_int_equal(begin(&s, OP_STORE_BYTE, GUEST_DEVICE + 3, 0x1ab), OTHER);
	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_MMIO);
	assert_true(mmio->phys_addr == DEVICE + 3);	/* without the shared bit */
	assert_int_equal(mmio->len, 1);
	assert_int_equal(mmio->is_write, 1);
	assert_int_equal(mmio->data[0], 0xab);
	assert_int_equal(mmio->data[1], 0);
	assert_int_equal(serve(&s), DONE);

	assert_int_equal(begin(&s, OP_LOAD_SIGNED_HALF, GUEST_DEVICE + 0x1002, 0), OTHER);
	assert_true(mmio->phys_addr == DEVICE + 0x1002);
	assert_int_equal(mmio->len, 2);
	assert_int_equal(mmio->is_write, 0);
	memcpy(mmio->data, &half, sizeof(half));
	assert_int_equal(serve(&s), DONE);
	assert_true(s.out[0] == 0xffff8001);	/* ldrsh into a W register */
	power_off(&s);
	free_realm(w);
}

/* User space that does not leave the reason in place has not emulated anything: the access happens again. */
static void mmio_that_nobody_finished_happens_again(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_int_equal(begin(&s, OP_STORE, GUEST_DEVICE, 7), OTHER);
	page_of(w, 0)->exit_reason = 0;
	assert_int_equal(serve(&s), OTHER);
	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_MMIO);
	assert_int_equal(serve(&s), DONE);
	free_realm(w);
}

/* KVM takes the answer to an MMIO exit before it looks at immediate_exit. */
static void mmio_is_finished_before_immediate_exit(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	struct realm_kvm_exit_mmio *mmio = (void *)page_of(w, 0)->exit;

	assert_int_equal(begin(&s, OP_LOAD, GUEST_DEVICE, 0), OTHER);
	memset(mmio->data, 0x5a, 8);
	page_of(w, 0)->immediate_exit = 1;
	assert_int_equal(serve(&s), -EINTR);
	page_of(w, 0)->immediate_exit = 0;
	memset(mmio->data, 0, 8);
	assert_int_equal(serve(&s), DONE);
	assert_true(s.out[0] == UINT64_C(0x5a5a5a5a5a5a5a5a));
	free_realm(w);
}

/* ESR_EL1: a data abort of EL1 (class 0x25), synchronous external (0x10) */
static void assert_external_abort(const struct servant *s)
{
	assert_int_equal(s->esr >> 26, 0x25);
	assert_int_equal(s->esr & 0x3f, 0x10);
}

static void abort_takes_the_place_of_mmio(const struct kind *kind)
{
	const struct realm_kvm_vcpu_events events = { .exception.ext_dabt_pending = 1 };
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), -EINVAL);
	assert_int_equal(begin(&s, OP_LOAD, GUEST_DEVICE, 0), OTHER);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), 0);
	assert_int_equal(serve(&s), EXCEPTION);
	assert_external_abort(&s);
	assert_int_equal(begin(&s, OP_LOAD, GUEST_DEVICE, 0), OTHER);	/* once is enough */
	assert_int_equal(serve(&s), DONE);
	assert_stops(&s, OP_SPIN);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_SET_VCPU_EVENTS, &events), -EINVAL);
	free_realm(w);
}

static void access_without_syndrome_is_an_abort(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_int_equal(begin(&s, OP_LOAD_PAIR, GUEST_DEVICE, 0), EXCEPTION);
	assert_external_abort(&s);
	free_realm(w);
}

static void access_outside_ram_is_an_abort(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_int_equal(begin(&s, OP_LOAD, DEVICE, 0), EXCEPTION);	/* protected, RIPAS EMPTY */
	assert_external_abort(&s);
	free_realm(w);
}

/* ---- memory ---- */

static void ram_is_there_when_it_is_touched(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	uint64_t at = WORLD_RAM + 5 * w->page;

	assert_true(load(&s, at) == 0);
	store(&s, at, 0x1122334455667788);
	assert_true(load(&s, at) == 0x1122334455667788);
	free_realm(w);
}

static void assert_memory_fault(const struct world *w, uint64_t gpa, uint64_t size, uint64_t flags)
{
	const struct realm_kvm_exit_memory_fault *fault = exit_of(w, 0);

	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_MEMORY_FAULT);
	assert_true(fault->gpa == gpa);
	assert_int_equal(fault->size, size);
	assert_int_equal(fault->flags, flags);
}

/* The half that the attribute does not allow is an exit; user space changes the attribute and runs the guest again. */
static void shared_memory_is_user_memory(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	uint64_t gpa = WORLD_RAM + 6 * w->page;
	int ret = begin(&s, OP_STORE, gpa | WORLD_SHARED, 0xfeed);

	if (w->family->attributes == REALM_KVM_ATTRIBUTES_VM) {
		assert_int_equal(ret, -EFAULT);
		assert_memory_fault(w, gpa, w->page, 0);
		assert_int_equal(world_attribute(w, gpa, w->page, false), 0);
		ret = serve(&s);
	}
	assert_int_equal(ret, DONE);
	assert_int_equal(*(uint16_t *)(void *)(w->user + 6 * w->page), 0xfeed);
	free_realm(w);
}

/* ---- RIPAS ---- */

/* RSI_IPA_STATE_SET of a page that user space may have taken away before, with the exits that the family has */
static void change_ripas(struct servant *s, uint64_t gpa, bool ram)
{
	struct world *w = s->w;
	int ret = smc4(s, SMC_RSI_IPA_STATE_SET, gpa, gpa + w->page, ram ? RSI_RAM : RSI_EMPTY, RSI_CHANGE_DESTROYED);

	if (w->family->attributes != REALM_KVM_ATTRIBUTES_NONE) {
		assert_int_equal(ret, -EFAULT);
		assert_memory_fault(w, gpa, w->page, ram ? REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE : 0);
		assert_int_equal(world_attribute(w, gpa, w->page, ram), 0);
		ret = serve(s);
	}
	assert_int_equal(ret, DONE);
	assert_int_equal(s->out[0], RSI_SUCCESS);
	assert_true(s->out[1] == gpa + w->page);
	assert_int_equal(s->out[2], RSI_ACCEPT);
}

static void ripas_changes_when_user_space_agrees(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	uint64_t gpa = WORLD_RAM + 3 * w->page;

	store(&s, gpa, 1);
	change_ripas(&s, gpa, false);
	assert_int_equal(begin(&s, OP_LOAD, gpa, 0), EXCEPTION);
	assert_external_abort(&s);
	change_ripas(&s, gpa, true);
	store(&s, gpa, 2);
	assert_true(load(&s, gpa) == 2);
	free_realm(w);
}

/* Up to v5 KVM commits at the exit, later when the vCPU is entered again: not by a run that stops before. */
static void ripas_is_committed_at_entry(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	uint64_t gpa = WORLD_RAM + 3 * w->page;
	bool at_exit = w->sim->kernel->base < 613;	/* v6 is on 6.13 */
	unsigned seen;

	world_inject(w, REALM_SIM_RMI, SMC_RMI_RTT_SET_RIPAS, 1000, 0);
	if (w->family->attributes == REALM_KVM_ATTRIBUTES_NONE) {
		free_realm(w);
		return;
	}
	assert_int_equal(smc(&s, SMC_RSI_IPA_STATE_SET, gpa, gpa + w->page, RSI_EMPTY), -EFAULT);
	seen = w->sim->fault_seen;
	assert_int_equal(!!seen, at_exit);
	page_of(w, 0)->immediate_exit = 1;
	assert_int_equal(serve(&s), -EINTR);
	assert_int_equal(w->sim->fault_seen, seen);
	page_of(w, 0)->immediate_exit = 0;
	assert_int_equal(world_attribute(w, gpa, w->page, false), 0);
	assert_int_equal(serve(&s), DONE);
	assert_true(s.out[1] == gpa + w->page);
	assert_true(w->sim->fault_seen > 0);
	free_realm(w);
}

/* ---- host calls ---- */

#define CALL_AT(w) (WORLD_RAM + 2 * (w)->page)	/* struct rsi_host_call: imm, then X0 to X30 */

static void filter(struct world *w, uint32_t first, uint8_t action)
{
	const struct realm_kvm_smccc_filter args = { .base = first, .nr_functions = 1, .action = action };
	const struct realm_kvm_device_attr attr = { .addr = (uintptr_t)&args };

	assert_int_equal(world_call(w, w->vm, REALM_KVM_SET_DEVICE_ATTR, &attr), 0);
}

static void host_call_is_answered_by_kvm(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	store(&s, CALL_AT(w) + 8, SMC32_SMCCC_VERSION);
	assert_int_equal(smc(&s, SMC_RSI_HOST_CALL, CALL_AT(w), 0, 0), DONE);
	assert_int_equal(s.out[0], RSI_SUCCESS);
	assert_true(load(&s, CALL_AT(w) + 8) == 0x10001);
	store(&s, CALL_AT(w) + 8, SMC32_PSCI_FEATURES);
	store(&s, CALL_AT(w) + 16, SMC32_SMCCC_VERSION);
	assert_int_equal(smc(&s, SMC_RSI_HOST_CALL, CALL_AT(w), 0, 0), DONE);
	assert_true(load(&s, CALL_AT(w) + 8) == PSCI_SUCCESS);
	store(&s, CALL_AT(w) + 8, 0xc5000040);
	store(&s, CALL_AT(w) + 8 + 5 * 8, 0x55);
	assert_int_equal(smc(&s, SMC_RSI_HOST_CALL, CALL_AT(w), 0, 0), DONE);
	assert_true(load(&s, CALL_AT(w) + 8) == UINT64_MAX);	/* NOT_SUPPORTED */
	assert_true(load(&s, CALL_AT(w) + 8 + 5 * 8) == 0x55);
	free_realm(w);
}

static void host_call_is_forwarded_where_the_filter_says_so(const struct kind *kind)
{
	struct world *w = realm_of(kind, 1);
	const struct realm_kvm_exit_hypercall *call;
	uint64_t x6 = 0, answer = 0x77;
	const struct realm_kvm_one_reg get = { .id = REALM_KVM_REG_ARM64_X0 + 6 * 2, .addr = (uintptr_t)&x6 };
	struct servant s;

	filter(w, 0xc5000040, REALM_KVM_SMCCC_FILTER_FWD_TO_USER);
	filter(w, SMC32_PSCI_FEATURES, REALM_KVM_SMCCC_FILTER_DENY);
	assert_int_equal(world_finish(w, RAM_PAGES * w->page), 0);
	s = servant_on(w, 0);
	store(&s, CALL_AT(w) + 8, 0xc5000040);
	store(&s, CALL_AT(w) + 8 + 6 * 8, 0x66);
	assert_int_equal(smc(&s, SMC_RSI_HOST_CALL, CALL_AT(w), 0, 0), OTHER);
	call = exit_of(w, 0);
	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_HYPERCALL);
	assert_true(call->nr == 0xc5000040);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_ONE_REG, &get), 0);
	assert_int_equal(x6, 0x66);
	assert_int_equal(world_set_reg(w, 0, REALM_KVM_REG_ARM64_X0, &answer), 0);
	assert_int_equal(serve(&s), DONE);
	assert_true(load(&s, CALL_AT(w) + 8) == 0x77);
	assert_true(load(&s, CALL_AT(w) + 8 + 6 * 8) == 0x66);
	store(&s, CALL_AT(w) + 8, SMC32_PSCI_FEATURES);
	store(&s, CALL_AT(w) + 16, SMC32_SMCCC_VERSION);
	assert_int_equal(smc(&s, SMC_RSI_HOST_CALL, CALL_AT(w), 0, 0), DONE);
	assert_true(load(&s, CALL_AT(w) + 8) == UINT64_MAX);
	free_realm(w);
}

/* ---- waiting ---- */

static void immediate_exit_ends_a_guest_that_spins(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_stops(&s, OP_SPIN);
	free_realm(w);
}

static void immediate_exit_ends_a_vcpu_that_is_off(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant s = servant_on(w, 1);

	assert_stops(&s, OP_SMC);
	free_realm(w);
}

static void waiting_ends_and_there_are_no_interrupts(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	assert_int_equal(begin(&s, OP_WFI, 0, 0), DONE);
	assert_int_equal(begin(&s, OP_WFE, 0, 0), DONE);
	assert_int_equal(begin(&s, OP_READ_IAR, 0, 0), DONE);
	assert_int_equal(s.out[0], 1023);
	free_realm(w);
}

/* ---- the GIC ---- */

/* IHI 0069: GICD_PIDR2 and GICR_PIDR2 say GICv3 in bits 7:4, GICD_TYPER lines / 32 - 1, GICR_TYPER Last in bit 4. */
static void gic_shows_its_identity(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant s = servant_on(w, 0);
	uint64_t dist = 0x8000000 | WORLD_SHARED, redist = 0x80a0000 | WORLD_SHARED;
	uint64_t second = load(&s, redist + 0x20008);

	assert_int_equal(load(&s, dist + 0xffe8) >> 4 & 0xf, 3);
	assert_int_equal(load(&s, redist + 0xffe8) >> 4 & 0xf, 3);
	assert_int_equal(load(&s, dist + 4) & 0x1f, 7);	/* 256 by default */
	assert_int_equal(load(&s, redist + 8) >> 32, 0);
	assert_false(load(&s, redist + 8) & 0x10);
	assert_int_equal(second >> 32, 1);
	assert_true(second & 0x10);
	store(&s, dist, 0x12);
	assert_true(load(&s, dist) == 0);
	assert_int_equal(begin(&s, OP_LOAD, redist + 0x40000, 0), OTHER);	/* behind the last */
	free_realm(w);
}

/* ---- PSCI ---- */

#define CPU_ON(s, mpidr) smc(s, SMC64_PSCI_CPU_ON, mpidr, WORLD_RAM, CONTEXT)
#define AFFINITY_INFO(s, mpidr) smc(s, SMC64_PSCI_AFFINITY_INFO, mpidr, 0, 0)

static void cpu_on_starts_another_vcpu(const struct kind *kind)
{
	struct world *w = sealed(kind, 3);
	struct servant first = servant_on(w, 0), last = servant_on(w, 2);

	assert_int_equal(AFFINITY_INFO(&first, 2), DONE);
	assert_int_equal(first.out[0], PSCI_AFFINITY_OFF);
	assert_int_equal(CPU_ON(&first, 2), DONE);
	assert_int_equal(first.out[0], PSCI_SUCCESS);
	assert_int_equal(AFFINITY_INFO(&first, 2), DONE);
	assert_int_equal(first.out[0], PSCI_AFFINITY_ON);
	store(&last, WORLD_RAM + 4 * w->page, 99);
	assert_true(load(&first, WORLD_RAM + 4 * w->page) == 99);
	assert_int_equal(CPU_ON(&last, 0), DONE);
	assert_true(last.out[0] == (uint64_t)PSCI_ALREADY_ON);
	power_off(&first);
	free_realm(w);
}

static void system_off_stops_all_vcpus(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant first = servant_on(w, 0), second = servant_on(w, 1);
	const struct realm_kvm_mp_state on = { .mp_state = REALM_KVM_MP_STATE_RUNNABLE };

	assert_int_equal(CPU_ON(&first, 1), DONE);
	store(&second, WORLD_RAM + 4 * w->page, 1);
	power_off(&first);
	assert_stops(&second, OP_SMC);
	assert_int_equal(world_call(w, w->vcpus[1], REALM_KVM_SET_MP_STATE, &on), 0);
	assert_int_equal(serve(&second), OTHER);
	assert_int_equal(page_of(w, 1)->exit_reason, REALM_KVM_EXIT_SHUTDOWN);
	free_realm(w);
}

static void system_reset_says_so(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	const struct realm_kvm_exit_system_event *event = exit_of(w, 0);

	assert_int_equal(smc(&s, SMC32_PSCI_SYSTEM_RESET, 0, 0, 0), OTHER);
	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_SYSTEM_EVENT);
	assert_int_equal(event->type, REALM_KVM_SYSTEM_EVENT_RESET);
	free_realm(w);
}

static void *serve_for_ever(void *arg)
{
	struct servant *s = arg;

	for (;;) {
		int ret = smc(s, SMC32_PSCI_CPU_OFF, 0, 0, 0);

		if (ret < 0)
			return (void *)(intptr_t)ret;
	}
}

/* The second vCPU goes off as soon as it is on, each time: its thread must hear of every CPU_ON, however late. */
static void cpu_off_and_cpu_on_meet(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant first = servant_on(w, 0), second = servant_on(w, 1);
	pthread_t thread;
	void *result;

	assert_int_equal(pthread_create(&thread, NULL, serve_for_ever, &second), 0);
	for (int i = 0; i < 50; i++) {
		assert_int_equal(CPU_ON(&first, 1), DONE);
		assert_int_equal(first.out[0], PSCI_SUCCESS);
		do
			assert_int_equal(AFFINITY_INFO(&first, 1), DONE);
		while (first.out[0] != PSCI_AFFINITY_OFF);
	}
	__atomic_store_n(&page_of(w, 1)->immediate_exit, 1, __ATOMIC_RELEASE);
	pthread_join(thread, &result);
	assert_int_equal((intptr_t)result, -EINTR);
	free_realm(w);
}

/* v14 on: the target may run before the RMM has heard of CPU_ON, and is to try again. */
static void target_of_an_unfinished_cpu_on_gets_eagain(void **state)
{
	struct world *w = sealed(&v14, 2);
	struct servant first = servant_on(w, 0), second = servant_on(w, 1);

	world_inject(w, REALM_SIM_RMI, SMC_RMI_PSCI_COMPLETE, 1, RMI_BUSY);
	assert_int_equal(CPU_ON(&first, 1), -EAGAIN);
	assert_int_equal(begin(&second, OP_LOAD, WORLD_RAM, 0), -EAGAIN);
	assert_int_equal(serve(&first), DONE);
	assert_int_equal(first.out[0], PSCI_SUCCESS);
	assert_int_equal(serve(&second), DONE);
	free_realm(w);
}

/* Up to v13 user space can have PSCI for itself, and then has to complete what it answers. */
static void psci_of_user_space_is_completed_by_it(void **state)
{
	const struct realm_kvm_arm_rmm_psci_complete denied = {
		.target_mpidr = 1, .psci_status = (uint32_t)PSCI_DENIED,
	};
	const struct realm_kvm_arm_rmm_psci_complete stranger = { .target_mpidr = 7 };
	const struct realm_kvm_exit_hypercall *call;
	struct world *w = realm_of(&v13, 2);
	struct servant s;

	filter(w, SMC64_PSCI_CPU_ON, REALM_KVM_SMCCC_FILTER_FWD_TO_USER);
	assert_int_equal(world_finish(w, RAM_PAGES * w->page), 0);
	s = servant_on(w, 0);
	assert_int_equal(CPU_ON(&s, 1), OTHER);
	call = exit_of(w, 0);
	assert_int_equal(page_of(w, 0)->exit_reason, REALM_KVM_EXIT_HYPERCALL);
	assert_true(call->nr == SMC64_PSCI_CPU_ON);
	assert_int_equal(serve(&s), -ENXIO);	/* the RMM does not enter it before */
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, &stranger), -EINVAL);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, &denied), 0);
	assert_int_equal(serve(&s), DONE);
	assert_true(s.out[0] == (uint64_t)PSCI_DENIED);
	free_realm(w);
}

static void psci_is_never_forwarded_from_v14_on(void **state)
{
	struct world *w = realm_of(&v14, 2);
	struct servant s;

	filter(w, SMC64_PSCI_CPU_ON, REALM_KVM_SMCCC_FILTER_FWD_TO_USER);
	assert_int_equal(world_finish(w, RAM_PAGES * w->page), 0);
	s = servant_on(w, 0);
	assert_int_equal(CPU_ON(&s, 1), DONE);
	assert_int_equal(s.out[0], PSCI_SUCCESS);
	free_realm(w);
}

/* The RMM has taken the first CPU_OFF of the second vCPU, and the kernel has yet to hear of it. */
struct meeting {
	struct servant *first, *second;
	bool before;	/* CPU_ON came when the second vCPU was still on, else it comes now */
	unsigned count;
};

static void ask_before(struct servant *second)
{
	struct sim_file *file = sim_file_get(second->w->sim, second->w->vcpus[1], SIM_VCPU);

	((struct sim_vcpu *)file)->asked_on = true;
	sim_file_put(file);
}

static void ask_now(struct servant *first, struct servant *second)
{
	assert_int_equal(CPU_ON(first, 1), DONE);
	assert_int_equal(first->out[0], PSCI_SUCCESS);
	second->in[5] = OP_WFE;
}

static void meet(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct meeting *meeting = arg;
	const struct rmi_rec_run *run;

	if (in[0] != SMC_RMI_REC_ENTER || out[0] != RMI_SUCCESS)
		return;
	run = sim_memory_at(sim, in[2], sizeof(*run));
	if (run->exit.exit_reason != RMI_EXIT_PSCI || run->exit.gprs[0] != SMC32_PSCI_CPU_OFF || meeting->count++)
		return;
	if (meeting->before)
		ask_before(meeting->second);
	else
		ask_now(meeting->first, meeting->second);
}

static void start_meeting(struct world *w, struct meeting *meeting)
{
	assert_int_equal(CPU_ON(meeting->first, 1), DONE);
	store(meeting->second, WORLD_RAM + 4 * w->page, 1);
	w->sim->rmi_hook = meet;
	w->sim->rmi_hook_arg = meeting;
}

static void cpu_on_after_cpu_off_wins(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant first = servant_on(w, 0), second = servant_on(w, 1);
	struct meeting meeting = { .first = &first, .second = &second };

	start_meeting(w, &meeting);
	assert_int_equal(smc(&second, SMC32_PSCI_CPU_OFF, 0, 0, 0), DONE);	/* what it does when it is on again */
	assert_int_equal(meeting.count, 1);
	free_realm(w);
}

static void cpu_off_after_cpu_on_wins(const struct kind *kind)
{
	struct world *w = sealed(kind, 2);
	struct servant first = servant_on(w, 0), second = servant_on(w, 1);
	struct meeting meeting = { .first = &first, .second = &second, .before = true };
	struct stopper stopper = { .run = page_of(w, 1) };
	struct realm_kvm_mp_state state;

	start_meeting(w, &meeting);
	assert_int_equal(pthread_create(&stopper.thread, NULL, stop, &stopper), 0);
	assert_int_equal(smc(&second, SMC32_PSCI_CPU_OFF, 0, 0, 0), -EINTR);
	pthread_join(stopper.thread, NULL);
	assert_int_equal(meeting.count, 1);
	assert_int_equal(world_call(w, w->vcpus[1], REALM_KVM_GET_MP_STATE, &state), 0);
	assert_int_equal(state.mp_state, REALM_KVM_MP_STATE_STOPPED);
	free_realm(w);
}

/* ---- two threads, one vCPU ---- */

struct question {
	struct world *w;
	pthread_t thread;
	int answered, answered_in_time;
	bool asked;
};

static void *ask(void *arg)
{
	struct question *question = arg;
	struct realm_kvm_mp_state state;

	assert_int_equal(world_call(question->w, question->w->vcpus[0], REALM_KVM_GET_MP_STATE, &state), 0);
	__atomic_store_n(&question->answered, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* In the middle of KVM_RUN */
static void let_ask(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	const struct timespec some = { .tv_nsec = 100000000 }; /* for a busy machine to let the guest run */
	struct question *question = arg;

	if (in[0] != SMC_RMI_REC_ENTER || question->asked)
		return;
	question->asked = true;
	assert_int_equal(pthread_create(&question->thread, NULL, ask, question), 0);
	nanosleep(&some, NULL);
	question->answered_in_time = __atomic_load_n(&question->answered, __ATOMIC_ACQUIRE);
}

static void calls_of_one_vcpu_wait_for_each_other(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	struct question question = { .w = w };

	w->sim->rmi_hook = let_ask;
	w->sim->rmi_hook_arg = &question;
	assert_int_equal(begin(&s, OP_WFE, 0, 0), DONE);
	pthread_join(question.thread, NULL);
	assert_int_equal(question.answered_in_time, 0);
	assert_int_equal(question.answered, 1);
	free_realm(w);
}

/* ---- trouble ---- */

static void entry_that_the_rmm_refuses_is_enxio(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);

	world_inject(w, REALM_SIM_RMI, SMC_RMI_REC_ENTER, 1, RMI_ERROR_INPUT);
	assert_int_equal(begin(&s, OP_LOAD, WORLD_RAM, 0), -ENXIO);
	assert_int_equal(serve(&s), DONE);
	free_realm(w);
}

static void closing_while_a_guest_runs_is_safe(const struct kind *kind)
{
	struct world *w = sealed(kind, 1);
	struct servant s = servant_on(w, 0);
	struct stopper stopper = { .run = page_of(w, 0) };
	void *run = w->runs[0];

	assert_int_equal(pthread_create(&stopper.thread, NULL, stop, &stopper), 0);
	w->ops->close(w->sim, w->vm);
	w->vm = -1;
	assert_int_equal(begin(&s, OP_SPIN, 0, 0), -EINTR);
	pthread_join(stopper.thread, NULL);
	w->ops->munmap(w->sim, run, w->page);	/* the kernel has the page still */
	w->runs[0] = NULL;
	free_realm(w);
}

/* ---- each with all kinds ---- */

struct test {
	const char *name;
	void (*run)(const struct kind *kind);
};

#define TEST(f) { #f, f }

static const struct test each[] = {
	TEST(mmio_carries_what_the_guest_stores_and_loads),
	TEST(mmio_that_nobody_finished_happens_again),
	TEST(mmio_is_finished_before_immediate_exit),
	TEST(abort_takes_the_place_of_mmio),
	TEST(access_without_syndrome_is_an_abort),
	TEST(access_outside_ram_is_an_abort),
	TEST(ram_is_there_when_it_is_touched),
	TEST(shared_memory_is_user_memory),
	TEST(ripas_changes_when_user_space_agrees),
	TEST(ripas_is_committed_at_entry),
	TEST(host_call_is_answered_by_kvm),
	TEST(host_call_is_forwarded_where_the_filter_says_so),
	TEST(immediate_exit_ends_a_guest_that_spins),
	TEST(immediate_exit_ends_a_vcpu_that_is_off),
	TEST(waiting_ends_and_there_are_no_interrupts),
	TEST(gic_shows_its_identity),
	TEST(cpu_on_starts_another_vcpu),
	TEST(system_off_stops_all_vcpus),
	TEST(system_reset_says_so),
	TEST(cpu_off_and_cpu_on_meet),
	TEST(cpu_on_after_cpu_off_wins),
	TEST(cpu_off_after_cpu_on_wins),
	TEST(calls_of_one_vcpu_wait_for_each_other),
	TEST(entry_that_the_rmm_refuses_is_enxio),
	TEST(closing_while_a_guest_runs_is_safe),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void run_with_all_kinds(void **state)
{
	const struct test *test = *state;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		print_message("  %s\n", kinds[i].name);
		test->run(&kinds[i]);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(each) + 3] = {
		cmocka_unit_test(target_of_an_unfinished_cpu_on_gets_eagain),
		cmocka_unit_test(psci_of_user_space_is_completed_by_it),
		cmocka_unit_test(psci_is_never_forwarded_from_v14_on),
	};

	if (!realm_sim_runs_guests()) {
		puts("skipped: built without Unicorn, so there is no CPU for guests");
		return 77;
	}
	for (size_t i = 0; i < COUNT(each); i++)
		tests[3 + i] = (struct CMUnitTest){
			.name = each[i].name,
			.test_func = run_with_all_kinds,
			.initial_state = (void *)(uintptr_t)&each[i],
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
