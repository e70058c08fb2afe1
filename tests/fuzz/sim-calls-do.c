/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-calls-do.c - one system call each, with what the record says for arguments */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include "rmi.h"
#include "sim-calls.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(number) (UINT32_C(1) << (number))
#define ODD 0xe0	/* bytes from here on choose something odd */
#define IPA_BITS 33
#define RAM UINT64_C(0x80000000)
#define SLOT_PAGES 16
#define GIC_DIST UINT64_C(0x8000000)
#define GIC_REDIST UINT64_C(0x80a0000)

/* ---- arguments ---- */

/* The newest of a kind, or one before; or any at all */
static int pick(struct calls *calls, enum sim_file_kind kind)
{
	unsigned choice = calls_next(calls), count = calls->num_fds[kind];

	if (choice >= ODD) {
		kind = (enum sim_file_kind)(choice % CALLS_KINDS);
		count = calls->num_fds[kind];
	}
	return count ? calls->fds[kind][count - 1 - choice % count] : -1;
}

/* A guest address */
static uint64_t address(struct calls *calls)
{
	const uint64_t half = UINT64_C(1) << (IPA_BITS - 1), page = calls->page;
	const uint64_t odd[] = {
		0, 1, page / 2, half - page, half, 2 * half - page, UINT64_MAX, -page, RAM + half, GIC_DIST, RAM - page,
		RAM + (UINT64_C(1) << 30),
	};
	unsigned choice = calls_next(calls);

	return choice >= ODD ? odd[choice % COUNT(odd)] : RAM + (choice % (4 * SLOT_PAGES)) * page;
}

/* Bytes; 0: most */
static uint64_t length(struct calls *calls, uint64_t most)
{
	const uint64_t odd[] = {
		0, 1, calls->page / 2, UINT64_MAX, -calls->page, UINT64_C(1) << 63, UINT64_C(1) << 40,
	};
	unsigned choice = calls_next(calls);

	return choice >= ODD ? odd[choice % COUNT(odd)] : choice ? choice % SLOT_PAGES * calls->page : most;
}

/* A value that is mostly what it should be */
static uint64_t value(struct calls *calls, uint64_t usual)
{
	const uint64_t odd[] = { 0, 1, 2, 3, 4, 5, 8, 31, 0x100, UINT32_MAX, UINT64_MAX, UINT64_C(1) << 63 };
	unsigned choice = calls_next(calls);

	return choice >= ODD ? odd[choice % COUNT(odd)] : usual ^ choice;
}

/* A page of the process, of which count are there; or an address that no kernel would read */
static uint64_t user(struct calls *calls, uint64_t count)
{
	unsigned choice = calls_next(calls);
	uint64_t pages = CALLS_USER_BYTES / calls->page;

	if (choice >= ODD)
		return choice & 1 ? 0 : (uintptr_t)calls->user + choice % 16;
	return (uintptr_t)calls->user + (count < pages ? choice % (pages - count + 1) : 0) * calls->page;
}

static void *structure(struct calls *calls, size_t size)
{
	memset(calls->scratch, 0, size);
	return calls->scratch;
}

static int call(struct calls *calls, int fd, uint32_t request, const void *arg)
{
	return realm_sim_ops()->ioctl(calls->sim, fd, request, (uintptr_t)arg);
}

static bool has_room(const struct calls *calls, enum sim_file_kind kind)
{
	return calls->num_fds[kind] < CALLS_FDS;
}

/* ---- the system, VMs ---- */

static void create_vm(struct calls *calls)
{
	int system = pick(calls, SIM_SYSTEM);
	uint64_t type = value(calls, calls->sim->family->vm_type | IPA_BITS);

	if (has_room(calls, SIM_VM))
		calls_add(calls, SIM_VM, call(calls, system, REALM_KVM_CREATE_VM, (void *)(uintptr_t)type));
}

static void check_extension(struct calls *calls)
{
	int fd = pick(calls, SIM_VM);

	call(calls, fd, REALM_KVM_CHECK_EXTENSION, (void *)(uintptr_t)(calls_next(calls) << 1));
}

static void map_run(struct calls *calls, int fd)
{
	void *page;

	if (realm_sim_ops()->mmap(calls->sim, calls->page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0, &page))
		return;
	calls->runs[calls->num_runs].fd = fd;
	calls->runs[calls->num_runs++].page = page;
}

static void create_vcpu(struct calls *calls)
{
	int vm = pick(calls, SIM_VM), fd;
	uint64_t id = value(calls, 0);

	if (!has_room(calls, SIM_VCPU) || calls->num_runs == CALLS_FDS)
		return;
	fd = call(calls, vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)id);
	calls_add(calls, SIM_VCPU, fd);
	if (fd >= 0)
		map_run(calls, fd);
}

static void memory2(struct calls *calls)
{
	int vm = pick(calls, SIM_VM), gmem = pick(calls, SIM_GMEM);
	struct realm_kvm_userspace_memory_region2 *region = structure(calls, sizeof(*region));

	region->slot = (uint32_t)value(calls, calls->slots++ % 4);
	region->guest_phys_addr = address(calls) + region->slot % 4 * SLOT_PAGES * calls->page;
	region->memory_size = length(calls, SLOT_PAGES * calls->page);
	region->userspace_addr = user(calls, region->memory_size / calls->page);
	region->guest_memfd_offset = (calls_next(calls) & 3) * calls->page;
	region->flags = (uint32_t)value(calls, gmem < 0 ? 0 : REALM_KVM_MEM_GUEST_MEMFD);
	region->guest_memfd = (uint32_t)gmem;
	call(calls, vm, REALM_KVM_SET_USER_MEMORY_REGION2, region);
}

static void memory(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_userspace_memory_region *region = structure(calls, sizeof(*region));

	region->slot = (uint32_t)value(calls, calls->slots++ % 4);
	region->guest_phys_addr = address(calls) + region->slot % 4 * SLOT_PAGES * calls->page;
	region->memory_size = length(calls, SLOT_PAGES * calls->page);
	region->userspace_addr = user(calls, region->memory_size / calls->page);
	region->flags = (uint32_t)value(calls, 0);
	call(calls, vm, REALM_KVM_SET_USER_MEMORY_REGION, region);
}

static void attributes(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_memory_attributes *args = structure(calls, sizeof(*args));

	args->address = address(calls);
	args->size = length(calls, SLOT_PAGES * calls->page);
	args->attributes = value(calls, REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE);
	args->flags = value(calls, 0);
	call(calls, vm, REALM_KVM_SET_MEMORY_ATTRIBUTES, args);
}

static void create_device(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_create_device *args = structure(calls, sizeof(*args));

	args->type = (uint32_t)value(calls, REALM_KVM_DEV_TYPE_ARM_VGIC_V3);
	args->flags = (uint32_t)value(calls, 0);
	if (!has_room(calls, SIM_DEVICE) || call(calls, vm, REALM_KVM_CREATE_DEVICE, args))
		return;
	if (!(args->flags & REALM_KVM_CREATE_DEVICE_TEST))
		calls_add(calls, SIM_DEVICE, (int)args->fd);
}

/* Set, asked for or got: distributor, redistributors, end of the set-up, interrupts */
static void device_attr(struct calls *calls)
{
	static const uint32_t requests[] = {
		REALM_KVM_SET_DEVICE_ATTR, REALM_KVM_GET_DEVICE_ATTR, REALM_KVM_HAS_DEVICE_ATTR,
	};
	static const struct {
		uint32_t group, attr;
		uint64_t value;
	} usual[] = {
		{ REALM_KVM_DEV_ARM_VGIC_GRP_ADDR, REALM_KVM_VGIC_V3_ADDR_TYPE_DIST, GIC_DIST },
		{ REALM_KVM_DEV_ARM_VGIC_GRP_ADDR, REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST, GIC_REDIST },
		{ REALM_KVM_DEV_ARM_VGIC_GRP_CTRL, REALM_KVM_DEV_ARM_VGIC_CTRL_INIT, 0 },
		{ REALM_KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, 64 },
	};
	int fd = pick(calls, SIM_DEVICE);
	unsigned choice = calls_next(calls) % COUNT(usual);
	struct realm_kvm_device_attr *args = structure(calls, sizeof(*args) + sizeof(uint64_t));

	args->group = (uint32_t)value(calls, usual[choice].group);
	args->attr = value(calls, usual[choice].attr);
	args->addr = (uintptr_t)(args + 1);
	*(uint64_t *)(args + 1) = value(calls, usual[choice].value);
	call(calls, fd, requests[calls_next(calls) % COUNT(requests)], args);
}

static void filter(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_device_attr *args = structure(calls, sizeof(*args) + sizeof(struct realm_kvm_smccc_filter));
	struct realm_kvm_smccc_filter *wanted = (void *)(args + 1);

	wanted->base = (uint32_t)value(calls, 0xc6000000);
	wanted->nr_functions = (uint32_t)value(calls, 0x100);
	wanted->action = (uint8_t)value(calls, REALM_KVM_SMCCC_FILTER_FWD_TO_USER);
	args->attr = value(calls, REALM_KVM_ARM_VM_SMCCC_FILTER);
	args->addr = (uintptr_t)wanted;
	call(calls, vm, REALM_KVM_SET_DEVICE_ATTR, args);
}

/* Commands of KVM_ENABLE_CAP: all but CONFIG_REALM take a range, which has the form that its family knows. */
static void command(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_enable_cap *cap = structure(calls, sizeof(*cap) + sizeof(struct realm_kvm_arm_rme_config));
	struct realm_kvm_arm_rme_config *config = (void *)(cap + 1);
	struct realm_kvm_arm_rme_populate *range = (void *)(cap + 1);

	cap->args[0] = value(calls, REALM_KVM_CAP_ARM_RME_CREATE_REALM);
	cap->args[1] = calls_next(calls) >= ODD ? 0 : (uintptr_t)(cap + 1);
	cap->cap = (uint32_t)value(calls, sim_realm_cap(calls->sim));
	if (cap->args[0] == REALM_KVM_CAP_ARM_RME_CONFIG_REALM) {
		config->cfg = (uint32_t)value(calls, REALM_KVM_CAP_ARM_RME_CFG_RPV);
		config->item[0] = (uint32_t)value(calls, 0);
		config->item[1] = config->item[0];
	} else {
		range->base = address(calls);
		range->size = length(calls, SLOT_PAGES * calls->page);
		if (cap->args[0] == REALM_KVM_CAP_ARM_RME_POPULATE_REALM)
			range->flags = (uint32_t)value(calls, REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE);
	}
	call(calls, vm, REALM_KVM_ENABLE_CAP, cap);
}

static void populate(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_arm_rmi_populate *args = structure(calls, sizeof(*args));
	bool count = calls->sim->family->populate == REALM_KVM_POPULATE_COUNT;

	args->base = address(calls);
	args->size = length(calls, calls->page);
	args->source_uaddr = user(calls, args->size / calls->page);
	args->flags = (uint32_t)value(calls, REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE);
	if (calls_next(calls) >= ODD)
		count = !count;
	call(calls, vm, count ? REALM_KVM_ARM_RMI_POPULATE_V12 : REALM_KVM_ARM_RMI_POPULATE_V13, args);
}

/* ---- guest_memfd ---- */

static void guest_memfd(struct calls *calls)
{
	int vm = pick(calls, SIM_VM);
	struct realm_kvm_create_guest_memfd *args = structure(calls, sizeof(*args));

	args->size = length(calls, SLOT_PAGES * calls->page);
	args->flags = value(calls, 0);
	if (has_room(calls, SIM_GMEM))
		calls_add(calls, SIM_GMEM, call(calls, vm, REALM_KVM_CREATE_GUEST_MEMFD, args));
}

static void attributes2(struct calls *calls)
{
	int fd = pick(calls, SIM_GMEM);
	struct realm_kvm_memory_attributes2 *args = structure(calls, sizeof(*args));

	args->offset = address(calls) - RAM;
	args->size = length(calls, SLOT_PAGES * calls->page);
	args->attributes = value(calls, REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE);
	args->flags = value(calls, 0);
	call(calls, fd, REALM_KVM_SET_MEMORY_ATTRIBUTES2, args);
}

/* A v15 kernel loses the pages of a hole that the guest has given up. */
static void fallocate_file(struct calls *calls)
{
	int fd = pick(calls, SIM_GMEM), mode = (int)value(calls, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE);
	uint64_t offset = address(calls) - RAM;

	calls->loses |= calls->sim->family->attributes == REALM_KVM_ATTRIBUTES_GUEST_MEMFD;
	realm_sim_ops()->fallocate(calls->sim, fd, mode, offset, length(calls, calls->page));
}

/* ---- vCPUs ---- */

static void vcpu_init(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	const struct realm_kvm_kernel *kernel = calls->sim->kernel;
	struct realm_kvm_vcpu_init *init = structure(calls, sizeof(*init));
	uint32_t usual = BIT(REALM_KVM_ARM_VCPU_PSCI_0_2);

	if (kernel->num_rec_feature)
		usual |= BIT(kernel->rec_feature[0]);
	init->target = (uint32_t)value(calls, SIM_TARGET);
	init->features[0] = (uint32_t)value(calls, usual);
	init->features[1] = (uint32_t)value(calls, 0);
	call(calls, fd, REALM_KVM_ARM_VCPU_INIT, init);
}

static void finalize(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	const struct realm_kvm_kernel *kernel = calls->sim->kernel;
	int32_t *feature = structure(calls, sizeof(*feature));

	*feature = (int32_t)value(calls, kernel->num_rec_feature ? kernel->rec_feature[0] : REALM_KVM_ARM_VCPU_SVE);
	call(calls, fd, REALM_KVM_ARM_VCPU_FINALIZE, feature);
}

static uint64_t reg_id(struct calls *calls)
{
	static const uint64_t others[] = {
		REALM_KVM_REG_ARM64_PC, REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1, REALM_KVM_REG_ARM64_PMCR_EL0,
		REALM_KVM_REG_ARM64_SVE_VLS, 0, UINT64_C(0x6030000000000000), UINT64_C(0x60f0000000100000),
	};
	unsigned choice = calls_next(calls);

	if (choice < 32)
		return REALM_KVM_REG_ARM64_X0 + choice * REALM_KVM_REG_ARM64_X_STEP;
	return others[choice % COUNT(others)];
}

/* PC and most registers get an address, those that shape a realm what a register holds. */
static void set_reg(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	struct realm_kvm_one_reg *reg = structure(calls, sizeof(*reg) + 64);
	uint64_t *content = (void *)(reg + 1);

	reg->id = reg_id(calls);
	reg->addr = calls_next(calls) >= ODD ? 0 : (uintptr_t)content;
	*content = calls_next(calls) & 1 ? value(calls, 1) : address(calls);
	if (calls_next(calls) & 1)
		*content |= UINT64_C(1) << (IPA_BITS - 1);
	call(calls, fd, REALM_KVM_SET_ONE_REG, reg);
}

static void get_reg(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	struct realm_kvm_one_reg *reg = structure(calls, sizeof(*reg));

	reg->id = reg_id(calls);
	reg->addr = calls_next(calls) >= ODD ? 0 : (uintptr_t)(reg + 1);
	call(calls, fd, REALM_KVM_GET_ONE_REG, reg);
}

static void reg_list(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	uint64_t *list = structure(calls, sizeof(*list));

	*list = value(calls, 1000);
	call(calls, fd, REALM_KVM_GET_REG_LIST, list);
}

static void set_events(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	struct realm_kvm_vcpu_events *events = structure(calls, sizeof(*events));

	events->exception.ext_dabt_pending = (uint8_t)value(calls, 1);
	events->exception.serror_pending = (uint8_t)value(calls, 0);
	events->reserved[calls_next(calls) % COUNT(events->reserved)] = (uint32_t)value(calls, 0);
	call(calls, fd, REALM_KVM_SET_VCPU_EVENTS, events);
}

static void get_events(struct calls *calls)
{
	call(calls, pick(calls, SIM_VCPU), REALM_KVM_GET_VCPU_EVENTS, calls->scratch);
}

static void mp_state(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	struct realm_kvm_mp_state *state = structure(calls, sizeof(*state));

	state->mp_state = (uint32_t)value(calls, REALM_KVM_MP_STATE_RUNNABLE);
	call(calls, fd, calls_next(calls) & 1 ? REALM_KVM_GET_MP_STATE : REALM_KVM_SET_MP_STATE, state);
}

static void psci_complete(struct calls *calls)
{
	int fd = pick(calls, SIM_VCPU);
	const struct realm_kvm_kernel *kernel = calls->sim->kernel;
	struct realm_kvm_arm_rmm_psci_complete *args = structure(calls, sizeof(*args));

	args->target_mpidr = value(calls, 1);
	args->psci_status = (uint32_t)value(calls, 0);
	call(calls, fd, kernel->num_psci ? (uint32_t)kernel->psci[0] : 0, args);
}

static struct realm_kvm_run *run_page(const struct calls *calls, int fd)
{
	for (unsigned i = calls->num_runs; i; i--)
		if (calls->runs[i - 1].fd == fd)
			return calls->runs[i - 1].page;
	return NULL;
}

/* A vCPU that is off would wait for ever. */
static bool is_on(struct calls *calls, int fd)
{
	struct realm_kvm_mp_state *state = structure(calls, sizeof(*state));

	return !call(calls, fd, REALM_KVM_GET_MP_STATE, state) && state->mp_state == REALM_KVM_MP_STATE_RUNNABLE;
}

static void enter(struct calls *calls, int fd, bool at_once)
{
	struct realm_kvm_run *page = run_page(calls, fd);

	if (!page)
		return;
	page->immediate_exit = at_once || !is_on(calls, fd);
	calls->running = page;
	call(calls, fd, REALM_KVM_RUN, NULL);
	calls->running = NULL;
}

static void run(struct calls *calls)
{
	enter(calls, pick(calls, SIM_VCPU), false);
}

static void seal(struct calls *calls)
{
	enter(calls, pick(calls, SIM_VCPU), true);
}

/* What user space has to say to an exit, or what it should not have touched */
static void answer(struct calls *calls)
{
	struct realm_kvm_run *page = run_page(calls, pick(calls, SIM_VCPU));

	if (!page)
		return;
	page->exit[calls_next(calls) % COUNT(page->exit)] = value(calls, 0);
	if (calls_next(calls) >= ODD)
		page->exit_reason = (uint32_t)value(calls, REALM_KVM_EXIT_MMIO);
}

/* ---- what else a process does ---- */

/* An instruction of a program, or content of shared memory */
static void poke(struct calls *calls)
{
	uint64_t page = user(calls, 1) & -calls->page;
	uint32_t word = calls_next(calls);

	for (unsigned i = 0; i < 3; i++)
		word = word << 8 | calls_next(calls);
	if (page)
		memcpy((uint8_t *)(uintptr_t)page + 4 * (calls_next(calls) % 64), &word, sizeof(word));
}

static void close_file(struct calls *calls)
{
	enum sim_file_kind kind = (enum sim_file_kind)(calls_next(calls) % CALLS_KINDS);
	int fd = pick(calls, kind);

	calls_remove(calls, fd);
	realm_sim_ops()->close(calls->sim, fd);
}

/* Memory goes from under the slots that show it, and other memory is there afterwards. */
static void unmap_user(struct calls *calls)
{
	void *page = (void *)(uintptr_t)(user(calls, 1) & -calls->page);

	if (!page)
		return;
	realm_sim_ops()->munmap(calls->sim, page, calls->page);
	if (mmap(page, calls->page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != page)
		machine_fail("no memory for the test");
}

static void map(struct calls *calls)
{
	int fd = pick(calls, SIM_GMEM), flags = (int)value(calls, MAP_SHARED);
	uint64_t size = length(calls, calls->page), offset = address(calls) - RAM;
	void *addr;

	if (flags & MAP_FIXED || realm_sim_ops()->mmap(calls->sim, size, PROT_READ, flags, fd, offset, &addr))
		return;
	realm_sim_ops()->munmap(calls->sim, addr, size);
}

/* What the RMM refuses to give back is lost: that is how the kernel is made. */
static void inject(struct calls *calls)
{
	static const enum realm_sim_kind kinds[] = {
		REALM_SIM_MEMORY, REALM_SIM_POPULATE, REALM_SIM_RMI, REALM_SIM_IOCTL,
	};
	static const uint64_t results[] = { RMI_BUSY, RMI_ERROR_INPUT, RMI_ERROR_REALM, RMI_ERROR_REC, RMI_ERROR_RTT };
	struct realm_sim_fault fault = { .sz = sizeof(fault), .err = EINTR };

	fault.kind = kinds[calls_next(calls) % COUNT(kinds)];
	fault.nth = 1 + calls_next(calls);
	fault.count = 1 + calls_next(calls) % 4;
	fault.result = calls_next(calls) % 8;
	if (fault.kind == REALM_SIM_RMI)
		fault.result = results[fault.result % COUNT(results)];
	calls->loses |= fault.kind == REALM_SIM_RMI;
	realm_sim_inject(calls->sim, &fault);
}

static void measurement(struct calls *calls)
{
	int fd = pick(calls, SIM_VM);
	uint8_t digest[REALM_DIGEST_MAX];
	size_t len;

	realm_sim_ops()->measurement(calls->sim, fd, calls_next(calls), digest, &len);
}

/* Any request on any descriptor, with small numbers and pointers that lead back to the structure itself */
static void raw(struct calls *calls)
{
	static const uint32_t requests[] = {
		REALM_KVM_GET_VCPU_MMAP_SIZE, REALM_KVM_ARM_PREFERRED_TARGET, REALM_KVM_SET_USER_MEMORY_REGION2,
		REALM_KVM_ENABLE_CAP, REALM_KVM_GET_ONE_REG, REALM_KVM_IRQ_LINE, REALM_KVM_ARM_SET_COUNTER_OFFSET,
		REALM_KVM_PRE_FAULT_MEMORY, REALM_KVM_ARM_RMI_POPULATE_V12, REALM_KVM_ARM_RMI_POPULATE_V13, 0,
	};
	int fd = pick(calls, (enum sim_file_kind)(calls_next(calls) % CALLS_KINDS));
	uint32_t request = requests[calls_next(calls) % COUNT(requests)];
	uint64_t *words = structure(calls, 512);

	for (unsigned i = 0; i < 64; i++) {
		unsigned byte = calls->record[3 + i % (CALLS_RECORD - 3)];

		words[i] = byte & 0x80 ? (uintptr_t)words : byte;
	}
	call(calls, fd, request, words);
}

#define FUNCTION(name) name,
static void (*const functions[])(struct calls *calls) = { CALLS(FUNCTION) };

void calls_do(struct calls *calls, unsigned number)
{
	functions[number](calls);
}
