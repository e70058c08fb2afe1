/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-world.h - a software host with one VM, driven by ioctls as a VMM does, and a log of what its RMM was asked */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "rmi-1.0.h"
#include "rmi.h"
#include "sim.h"

#define WORLD_IPA_BITS 33
#define WORLD_RAM UINT64_C(0x80000000)
#define WORLD_SHARED (UINT64_C(1) << (WORLD_IPA_BITS - 1))
#define WORLD_USER_BYTES (UINT64_C(8) << 20)	/* user space backs slots with a part of this each */
#define WORLD_PAGE_MAX 65536
#define WORLD_LOG 4096

struct kind {
	const char *name;
	enum realm_family family;
	enum realm_profile profile;
	uint32_t granule;
	const char *kernel;	/* by its name, instead of the newest of the family */
};

struct world {
	struct realm_sim *sim;
	const struct realm_host_ops *ops;
	const struct realm_kvm_family *family;
	uint64_t page, at_start;	/* pages that the kernel holds without VMs */
	int kvm, vm, gic, vcpus[4], files[16];
	unsigned num_vcpus, num_files;
	void *runs[4];
	void *mapping;
	uint8_t *user;	/* in the mapping, aligned to any page */
	uint64_t user_used;
	char log[WORLD_LOG];
	uint64_t failed;	/* function identifier of the last call that was made to fail */
	uint64_t injected;	/* X0 of such a call */
	struct rmi_realm_params params;	/* as the RMM got them */
};

/* ---- the log: what succeeded, one word and its numbers a line ---- */

static inline void world_log(struct world *w, const char *what, uint64_t a, uint64_t b)
{
	size_t used = strlen(w->log);
	int added = snprintf(w->log + used, sizeof(w->log) - used, "%s %llx %llx\n", what, (unsigned long long)a,
			     (unsigned long long)b);

	assert_true((size_t)added < sizeof(w->log) - used);
}

static inline void world_log_rec(struct world *w, uint64_t params_pa)
{
	const struct rmi_rec_params *params = sim_memory_at(w->sim, params_pa, sizeof(*params));

	world_log(w, "rec", params->mpidr, params->flags);
}

static inline void world_hook(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS],
			      const uint64_t out[RMM_SMC_REGS])
{
	uint64_t status = rmi_result_get_status(out[0]);
	struct world *w = arg;

	if (w->injected && out[0] == w->injected)
		w->failed = in[0];
	if (in[0] == SMC_RMI_REC_CREATE && (status == RMI_SUCCESS || status == RMI_INCOMPLETE))
		world_log_rec(w, in[3]);
	if (in[0] == SMC_RMI_REALM_CREATE)
		memcpy(&w->params, sim_memory_at(sim, in[2], sizeof(w->params)), sizeof(w->params));
	if (status != RMI_SUCCESS)
		return;
	switch (in[0]) {
	case SMC_RMI_REALM_CREATE:
		world_log(w, "create", w->params.s2sz, w->params.rtt_num_start);
		break;
	case SMC_RMI_RTT_INIT_RIPAS:
		world_log(w, "ripas", in[2], out[1]);
		break;
	case SMC_RMI_RTT_DATA_MAP_INIT:
		world_log(w, "data", in[3], in[5]);
		break;
	case SMC_RMI_REALM_ACTIVATE:
		world_log(w, "activate", 0, 0);
		break;
	case SMC_RMI1_DATA_DESTROY:
		world_log(w, "unmap", in[2], 0);
		break;
	case SMC_RMI_RTT_DATA_UNMAP:
		if (out[2])
			world_log(w, "unmap", in[2], 0);
		break;
	case SMC_RMI_REALM_TERMINATE:
		world_log(w, "terminate", 0, 0);
		break;
	case SMC_RMI_REALM_DESTROY:
		world_log(w, "destroy", 0, 0);
		break;
	}
}

/* ---- the host ---- */

static inline struct world *world_new(const struct kind *kind)
{
	const struct realm_sim_opts opts = {
		.sz = sizeof(opts), .family = kind->family, .profile = kind->profile, .granule = kind->granule,
		.kernel = kind->kernel,
		.memory = UINT64_C(64) << 20,
	};
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	assert_int_equal(realm_sim_new(&opts, &w->sim), 0);
	w->ops = realm_sim_ops();
	w->family = w->sim->family;
	w->page = w->sim->memory.page_size;
	w->at_start = w->sim->memory.used;
	w->mapping = mmap(NULL, WORLD_USER_BYTES + WORLD_PAGE_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			  -1, 0);
	assert_ptr_not_equal(w->mapping, MAP_FAILED);
	w->user = (uint8_t *)(((uintptr_t)w->mapping + WORLD_PAGE_MAX - 1) & ~(uintptr_t)(WORLD_PAGE_MAX - 1));
	w->sim->rmi_hook = world_hook;
	w->sim->rmi_hook_arg = w;
	w->kvm = w->ops->open(w->sim, "/dev/kvm", 0);
	assert_true(w->kvm >= 0);
	w->vm = w->gic = -1;
	return w;
}

static inline int world_call(struct world *w, int fd, unsigned long request, const void *arg)
{
	return w->ops->ioctl(w->sim, fd, request, (uintptr_t)arg);
}

static inline void world_inject(struct world *w, enum realm_sim_kind kind, uint64_t which, unsigned nth,
				uint64_t result)
{
	const struct realm_sim_fault fault = {
		.sz = sizeof(fault), .kind = kind, .which = which, .nth = nth, .result = result,
	};

	w->injected = kind == REALM_SIM_RMI ? result : 0;
	assert_int_equal(realm_sim_inject(w->sim, &fault), 0);
}

/* How often the fault hit; there is none any more. */
static inline unsigned world_uninject(struct world *w)
{
	unsigned hits = realm_sim_hits(w->sim);

	assert_int_equal(realm_sim_inject(w->sim, NULL), 0);
	w->injected = 0;
	return hits;
}

static inline void world_close_vm(struct world *w)
{
	for (unsigned i = 0; i < w->num_vcpus; i++) {
		if (w->runs[i])
			w->ops->munmap(w->sim, w->runs[i], w->page);
		w->ops->close(w->sim, w->vcpus[i]);
	}
	for (unsigned i = 0; i < w->num_files; i++)
		w->ops->close(w->sim, w->files[i]);
	if (w->gic >= 0)
		w->ops->close(w->sim, w->gic);
	if (w->vm >= 0)
		w->ops->close(w->sim, w->vm);
	w->vm = w->gic = -1;
	w->num_vcpus = w->num_files = 0;
	memset(w->runs, 0, sizeof(w->runs));
	w->user_used = 0;
}

static inline void world_free(struct world *w)
{
	world_close_vm(w);
	w->ops->close(w->sim, w->kvm);
	realm_sim_free(w->sim);
	munmap(w->mapping, WORLD_USER_BYTES + WORLD_PAGE_MAX);
	free(w);
}

static inline void world_assert_clean(const struct world *w)
{
	assert_int_equal(w->sim->memory.used, w->at_start);
	assert_int_equal(w->sim->memory.window_used, 0);
}

/* ---- what a VM is made of; each gives what the system call gave ---- */

static inline int world_vm_of(struct world *w, unsigned ipa_bits)
{
	w->vm = world_call(w, w->kvm, REALM_KVM_CREATE_VM, (void *)(uintptr_t)(w->family->vm_type | ipa_bits));
	return w->vm < 0 ? w->vm : 0;
}

static inline int world_vm(struct world *w)
{
	return world_vm_of(w, WORLD_IPA_BITS);
}

static inline int world_file(struct world *w, uint64_t size)
{
	struct realm_kvm_create_guest_memfd args = { .size = size };
	int fd = world_call(w, w->vm, REALM_KVM_CREATE_GUEST_MEMFD, &args);

	if (fd >= 0)
		w->files[w->num_files++] = fd;
	return fd;
}

static inline int world_attribute(struct world *w, uint64_t base, uint64_t size, bool private)
{
	const struct realm_kvm_memory_attributes args = {
		.address = base, .size = size, .attributes = private ? REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};

	if (w->family->attributes != REALM_KVM_ATTRIBUTES_VM)
		return 0;
	return world_call(w, w->vm, REALM_KVM_SET_MEMORY_ATTRIBUTES, &args);
}

static inline int world_plain_slot(struct world *w, uint32_t id, uint64_t base, uint64_t size)
{
	const struct realm_kvm_userspace_memory_region args = {
		.slot = id, .guest_phys_addr = base, .memory_size = size,
		.userspace_addr = (uintptr_t)w->user + w->user_used,
	};

	w->user_used += size;
	assert_true(w->user_used <= WORLD_USER_BYTES);
	return world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION, &args);
}

/* RAM of the realm, private where the VM has attributes */
static inline int world_slot(struct world *w, uint32_t id, uint64_t base, uint64_t size)
{
	struct realm_kvm_userspace_memory_region2 args = {
		.slot = id, .flags = REALM_KVM_MEM_GUEST_MEMFD, .guest_phys_addr = base, .memory_size = size,
		.userspace_addr = (uintptr_t)w->user + w->user_used,
	};
	int fd, err;

	if (!w->family->guest_memfd)
		return world_plain_slot(w, id, base, size);
	fd = world_file(w, size);
	if (fd < 0)
		return fd;
	args.guest_memfd = (uint32_t)fd;
	w->user_used += size;
	assert_true(w->user_used <= WORLD_USER_BYTES);
	err = world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION2, &args);
	return err ? err : world_attribute(w, base, size, true);
}

static inline int world_init_vcpu(struct world *w, unsigned id, unsigned features)
{
	struct realm_kvm_vcpu_init init = { 0 };
	int err = world_call(w, w->vm, REALM_KVM_ARM_PREFERRED_TARGET, &init);

	init.features[0] = features | 1u << REALM_KVM_ARM_VCPU_PSCI_0_2 | (id ? 1u << REALM_KVM_ARM_VCPU_POWER_OFF : 0);
	if (w->sim->kernel->num_rec_feature)
		init.features[0] |= 1u << w->sim->kernel->rec_feature[0];
	return err ? err : world_call(w, w->vcpus[id], REALM_KVM_ARM_VCPU_INIT, &init);
}

/* Not initialised */
static inline int world_add_vcpu(struct world *w)
{
	unsigned id = w->num_vcpus;

	w->vcpus[id] = world_call(w, w->vm, REALM_KVM_CREATE_VCPU, (void *)(uintptr_t)id);
	if (w->vcpus[id] < 0)
		return w->vcpus[id];
	w->num_vcpus++;
	return w->ops->mmap(w->sim, w->page, PROT_READ | PROT_WRITE, MAP_SHARED, w->vcpus[id], 0, &w->runs[id]);
}

static inline int world_vcpu(struct world *w, unsigned features)
{
	int err = world_add_vcpu(w);

	return err ? err : world_init_vcpu(w, w->num_vcpus - 1, features);
}

static inline int world_set_reg(struct world *w, unsigned id, uint64_t reg, const void *value)
{
	const struct realm_kvm_one_reg args = { .id = reg, .addr = (uintptr_t)value };

	return world_call(w, w->vcpus[id], REALM_KVM_SET_ONE_REG, &args);
}

static inline int world_gic_attr(struct world *w, uint32_t group, uint64_t attr, uint64_t value)
{
	const struct realm_kvm_device_attr args = { .group = group, .attr = attr, .addr = (uintptr_t)&value };

	return world_call(w, w->gic, REALM_KVM_SET_DEVICE_ATTR, &args);
}

static inline int world_gic(struct world *w)
{
	struct realm_kvm_create_device args = { .type = REALM_KVM_DEV_TYPE_ARM_VGIC_V3 };
	int err = world_call(w, w->vm, REALM_KVM_CREATE_DEVICE, &args);

	if (err)
		return err;
	w->gic = (int)args.fd;
	err = world_gic_attr(w, REALM_KVM_DEV_ARM_VGIC_GRP_ADDR, REALM_KVM_VGIC_V3_ADDR_TYPE_DIST, 0x8000000);
	if (!err)
		err = world_gic_attr(w, REALM_KVM_DEV_ARM_VGIC_GRP_ADDR, REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST, 0x80a0000);
	if (!err)
		err = world_gic_attr(w, REALM_KVM_DEV_ARM_VGIC_GRP_CTRL, REALM_KVM_DEV_ARM_VGIC_CTRL_INIT, 0);
	return err;
}

/* ---- steps of the realm ---- */

static inline int world_command(struct world *w, uint64_t command, const void *args)
{
	const struct realm_kvm_enable_cap cap = {
		.cap = (uint32_t)sim_realm_cap(w->sim), .args = { command, (uintptr_t)args },
	};

	return world_call(w, w->vm, REALM_KVM_ENABLE_CAP, &cap);
}

static inline bool world_has_commands(const struct world *w)
{
	return w->family->seal == REALM_KVM_SEAL_EXPLICIT;
}

static inline int world_ripas(struct world *w, uint64_t base, uint64_t size)
{
	const struct realm_kvm_arm_rme_init_ripas args = { .base = base, .size = size };

	return world_command(w, REALM_KVM_CAP_ARM_RME_INIT_RIPAS_REALM, &args);
}

/* The ioctl of v12 and later */
static inline int world_populate_from(struct world *w, struct realm_kvm_arm_rmi_populate *args)
{
	bool count = w->family->populate == REALM_KVM_POPULATE_COUNT;

	return world_call(w, w->vm, count ? REALM_KVM_ARM_RMI_POPULATE_V12 : REALM_KVM_ARM_RMI_POPULATE_V13, args);
}

/* The content is what the user has in the memory of the first slot; 0 or negative errno, one call each. */
static inline int world_populate(struct world *w, uint64_t base, uint64_t size, uint32_t flags)
{
	const struct realm_kvm_arm_rme_populate args = { .base = base, .size = size, .flags = flags };
	struct realm_kvm_arm_rmi_populate from = {
		.base = base, .size = size, .flags = flags, .source_uaddr = (uintptr_t)w->user,
	};
	int done;

	if (world_has_commands(w))
		return world_command(w, REALM_KVM_CAP_ARM_RME_POPULATE_REALM, &args);
	done = world_populate_from(w, &from);
	return done > 0 && w->family->populate == REALM_KVM_POPULATE_COUNT && (uint64_t)done == size ? 0 : done;
}

/* KVM_RUN that user space wants to end before it enters */
static inline int world_run(struct world *w, unsigned id)
{
	((struct realm_kvm_run *)w->runs[id])->immediate_exit = 1;
	return world_call(w, w->vcpus[id], REALM_KVM_RUN, NULL);
}

static inline int world_seal(struct world *w)
{
	int32_t feature = w->sim->kernel->num_rec_feature ? (int32_t)w->sim->kernel->rec_feature[0] : 0;
	int err = 0;

	if (!world_has_commands(w)) {
		err = world_run(w, 0);
		return err == -EINTR ? 0 : err;
	}
	for (unsigned i = 0; !err && i < w->num_vcpus; i++)
		err = world_call(w, w->vcpus[i], REALM_KVM_ARM_VCPU_FINALIZE, &feature);
	return err ? err : world_command(w, REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM, NULL);
}

/* ---- all of it ---- */

/* A realm that has nothing yet: 4 MiB of RAM (more with large pages, in one slot) and vCPUs; F1: it is created. */
static inline int world_begin(struct world *w, uint64_t ram, unsigned vcpus)
{
	int err = world_vm(w);

	if (!err && w->family->realm_first)
		err = world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL);
	for (unsigned i = 0; !err && i < vcpus; i++)
		err = world_vcpu(w, 0);
	if (!err && world_has_commands(w) && !w->family->realm_first)
		err = world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL);
	if (!err && ram)
		err = world_slot(w, 0, WORLD_RAM, ram);
	return err;
}

/* From there: RAM, one measured page, one that is not, all vCPUs, sealed */
static inline int world_finish(struct world *w, uint64_t ram)
{
	int err = world_gic(w);

	if (!err && world_has_commands(w))
		err = world_ripas(w, WORLD_RAM, ram);
	if (!err)
		err = world_populate(w, WORLD_RAM + w->page, w->page, REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE);
	if (!err)
		err = world_populate(w, WORLD_RAM, w->page, 0);
	return err ? err : world_seal(w);
}

#endif
