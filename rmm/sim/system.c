/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* system.c - /dev/kvm: what this kernel can do, and which VMs it makes; files that hint at it */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rmi.h"
#include "sim.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define IPA_DEFAULT 40	/* for a type without a width */
#define IPA_MIN 32
#define CPUS_ONLINE 8

/* For kernels whose number was not seen: one that means nothing else */
#define CAP_UNSEEN 500

/* ---- capabilities ---- */

static const struct realm_kvm_answer answers[] = { REALM_KVM_ANSWER_ALL };

uint64_t sim_realm_cap(const struct realm_sim *sim)
{
	const struct realm_kvm_kernel *kernel = sim->kernel;

	if (kernel->num_cap)
		return kernel->cap[0];
	return kernel->num_family && !kernel->error ? CAP_UNSEEN : 0;
}

static bool shares_in_place(const struct realm_sim *sim)
{
	const struct realm_kvm_kernel *kernel = sim->kernel;

	return sim->family && sim->family->attributes == REALM_KVM_ATTRIBUTES_GUEST_MEMFD &&
	       !(kernel->num_holds && !strcmp(kernel->holds[0], "N"));
}

/* Upstream kernels that brought guest_memfd to ordinary VMs, with both flags, and the slots that name one */
#define BASE_GUEST_MEMFD 618
#define BASE_MEMORY2 608

bool sim_has_guest_memfd(const struct realm_sim *sim, bool is_realm)
{
	return is_realm ? sim->family->guest_memfd : sim->kernel->base >= BASE_GUEST_MEMFD;
}

bool sim_has_memory2(const struct realm_sim *sim)
{
	return sim->kernel->base >= BASE_MEMORY2;
}

uint64_t sim_gmem_flags(const struct realm_sim *sim, bool is_realm)
{
	const uint64_t both = REALM_KVM_GUEST_MEMFD_FLAG_MMAP | REALM_KVM_GUEST_MEMFD_FLAG_INIT_SHARED;

	return is_realm && !shares_in_place(sim) ? 0 : both;
}

/* Does a capability of the architecture pass the list of those that a realm has? */
static bool is_allowed(const struct realm_sim *sim, uint64_t cap)
{
	switch (cap) {
	case REALM_KVM_CAP_IRQCHIP:
	case REALM_KVM_CAP_ARM_PSCI:
	case REALM_KVM_CAP_ARM_PSCI_0_2:
	case REALM_KVM_CAP_NR_VCPUS:
	case REALM_KVM_CAP_MAX_VCPUS:
	case REALM_KVM_CAP_MAX_VCPU_ID:
	case REALM_KVM_CAP_MSI_DEVID:
	case REALM_KVM_CAP_ARM_VM_IPA_SIZE:
	case REALM_KVM_CAP_ARM_PTRAUTH_ADDRESS:
	case REALM_KVM_CAP_ARM_PTRAUTH_GENERIC:
	case REALM_KVM_CAP_ARM_SVE:
		return true;
	case REALM_KVM_CAP_ARM_PMU_V3:
		return sim->family && sim->family->pmu == REALM_KVM_SETTING_REGISTER;
	default:
		return false;
	}
}

static bool is_restricted(const struct realm_sim *sim, const struct sim_vm *vm)
{
	return vm && (vm->is_protected || (vm->is_realm && sim->family->witness));
}

static const struct realm_kvm_answer *upstream_answer(const struct realm_sim *sim, uint64_t cap)
{
	for (size_t i = 0; i < COUNT(answers); i++)
		if (answers[i].cap == cap && answers[i].since <= sim->kernel->base)
			return &answers[i];
	return NULL;
}

/* Capabilities of the architecture, on any VM that may have them */
static int arch_capability(const struct realm_sim *sim, uint64_t cap)
{
	switch (cap) {
	case REALM_KVM_CAP_IRQCHIP:
	case REALM_KVM_CAP_ARM_PSCI:
	case REALM_KVM_CAP_ARM_PSCI_0_2:
	case REALM_KVM_CAP_IMMEDIATE_EXIT:
	case REALM_KVM_CAP_ARM_PTRAUTH_ADDRESS:
	case REALM_KVM_CAP_ARM_PTRAUTH_GENERIC:
	case REALM_KVM_CAP_ARM_INJECT_EXT_DABT:
	case REALM_KVM_CAP_COUNTER_OFFSET:
		return 1;
	case REALM_KVM_CAP_ARM_SVE:
		return sim->limits.sve;
	case REALM_KVM_CAP_ARM_PMU_V3:
		return sim->limits.pmu;
	case REALM_KVM_CAP_NR_VCPUS:
		return CPUS_ONLINE;
	case REALM_KVM_CAP_MAX_VCPUS:
	case REALM_KVM_CAP_MAX_VCPU_ID:
		return SIM_VCPUS_MAX;
	case REALM_KVM_CAP_ARM_VM_IPA_SIZE:
		return sim->opts.lpa2 ? 52 : 48;
	case REALM_KVM_CAP_GUEST_DEBUG_HW_BPS:
		return sim->limits.num_bps + 1;
	case REALM_KVM_CAP_GUEST_DEBUG_HW_WPS:
		return sim->limits.num_wps + 1;
	default:
		return 0;
	}
}

/* Those of common code, which no list hides; on the system fd they tell what some VM can have. */
static int common_capability(const struct realm_sim *sim, const struct sim_vm *vm, uint64_t cap)
{
	bool realm = sim->family && !sim->kernel->error && (!vm || vm->is_realm);

	switch (cap) {
	case REALM_KVM_CAP_CHECK_EXTENSION_VM:
	case REALM_KVM_CAP_DEVICE_CTRL:
		return 1;
	case REALM_KVM_CAP_USER_MEMORY2:
		return sim_has_memory2(sim);
	case REALM_KVM_CAP_MEMORY_FAULT_INFO:
	case REALM_KVM_CAP_GUEST_MEMFD:
		return sim_has_guest_memfd(sim, realm);
	case REALM_KVM_CAP_MEMORY_ATTRIBUTES:
		return realm && sim->family->attributes == REALM_KVM_ATTRIBUTES_VM ?
		       REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE : 0;
	case REALM_KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES_V15:
		return realm && shares_in_place(sim) ? REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE : 0;
	default:
		return 0;
	}
}

int sim_check_extension(struct realm_sim *sim, const struct sim_vm *vm, uint64_t cap)
{
	const struct realm_kvm_answer *upstream = upstream_answer(sim, cap);
	bool hidden = is_restricted(sim, vm);

	if (cap && cap == sim_realm_cap(sim))
		return 1;
	if (upstream)
		return hidden && !upstream->common ? 0 : vm ? upstream->vm : upstream->system;
	if (hidden && !is_allowed(sim, cap))
		return common_capability(sim, vm, cap);
	return arch_capability(sim, cap) | common_capability(sim, vm, cap);
}

/* ---- VMs ---- */

unsigned sim_ipa_limit(const struct realm_sim *sim, bool is_realm)
{
	unsigned host = sim->opts.lpa2 ? 52 : 48;

	/* From v13 on KVM asks the RMM before it makes a realm; up to v12 the realm's creation fails later. */
	if (is_realm && sim->family->any_granule && sim->limits.ipa_bits < host)
		return sim->limits.ipa_bits;
	return host;
}

static int create_vm(struct realm_sim *sim, uint64_t type)
{
	uint64_t ipa_bits = type & REALM_KVM_VM_TYPE_IPA_MASK, kind = type & ~(uint64_t)REALM_KVM_VM_TYPE_IPA_MASK;
	bool is_realm = sim->family && kind == sim->family->vm_type;
	bool is_protected = kind == REALM_KVM_VM_TYPE_PROTECTED && !strcmp(sim->kernel->name, "pkvm");

	if (kind && !is_realm && !is_protected)
		return -EINVAL;
	if (is_realm && sim->kernel->error)
		return -(int)sim->kernel->error;
	if (!ipa_bits)
		ipa_bits = IPA_DEFAULT;
	if (ipa_bits < IPA_MIN || ipa_bits > sim_ipa_limit(sim, is_realm))
		return -EINVAL;
	return sim_vm_open(sim, is_realm, is_protected, (unsigned)ipa_bits);
}

static int system_ioctl(struct sim_file *file, unsigned long request, uintptr_t arg)
{
	switch (request) {
	case REALM_KVM_GET_API_VERSION:
		return arg ? -EINVAL : REALM_KVM_API_VERSION;
	case REALM_KVM_GET_VCPU_MMAP_SIZE:
		return arg ? -EINVAL : (int)file->sim->opts.granule;
	case REALM_KVM_CHECK_EXTENSION:
		return sim_check_extension(file->sim, NULL, arg);
	case REALM_KVM_CREATE_VM:
		return create_vm(file->sim, arg);
	default:
		return -EINVAL;
	}
}

static void release(struct sim_file *file)
{
	free(file);
}

int sim_system_open(struct realm_sim *sim)
{
	static const struct sim_file_ops ops = { .ioctl = system_ioctl, .release = release };
	struct sim_file *file = calloc(1, sizeof(*file));
	int fd;

	if (!file)
		return -ENOMEM;
	file->kind = SIM_SYSTEM;
	file->ops = &ops;
	fd = sim_file_open(sim, file, 0);
	if (fd < 0)
		free(file);
	return fd;
}

/* ---- hints ---- */

struct hint {
	struct sim_file file;
	pthread_mutex_t lock;
	char text[24];
	size_t at;
};

static int hint_read(struct sim_file *file, void *buf, size_t size)
{
	struct hint *hint = (struct hint *)file;
	size_t left;

	pthread_mutex_lock(&hint->lock);
	left = strlen(hint->text) - hint->at;
	if (size > left)
		size = left;
	memcpy(buf, hint->text + hint->at, size);
	hint->at += size;
	pthread_mutex_unlock(&hint->lock);
	return (int)size;
}

static void hint_release(struct sim_file *file)
{
	struct hint *hint = (struct hint *)file;

	pthread_mutex_destroy(&hint->lock);
	free(hint);
}

static void write_hint(const struct realm_sim *sim, struct hint *hint)
{
	if (sim->kernel->num_holds)
		snprintf(hint->text, sizeof(hint->text), "%s\n", sim->kernel->holds[0]);
	else
		snprintf(hint->text, sizeof(hint->text), "%u\n", (unsigned)sim_realm_cap(sim));
}

int sim_hint_open(struct realm_sim *sim, const char *name)
{
	static const struct sim_file_ops ops = { .read = hint_read, .release = hint_release };
	struct hint *hint;
	int fd;

	if (!sim->kernel->num_file || strcmp(name, sim->kernel->file[0]))
		return -ENOENT;
	hint = calloc(1, sizeof(*hint));
	if (!hint)
		return -ENOMEM;
	hint->file.kind = SIM_HINT;
	hint->file.ops = &ops;
	pthread_mutex_init(&hint->lock, NULL);
	write_hint(sim, hint);
	fd = sim_file_open(sim, &hint->file, 0);
	if (fd < 0)
		hint_release(&hint->file);
	return fd;
}
