/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vcpu.c - descriptors of vCPUs: what user space sets up before a run, and between two */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vcpu.h"

#define BIT(number) (UINT32_C(1) << (number))

uint64_t sim_mpidr(unsigned id)
{
	uint64_t mpidr = realm_kvm_mpidr_set_aff0(0, realm_kvm_vcpu_id_get_aff0(id));

	mpidr = realm_kvm_mpidr_set_aff1(mpidr, realm_kvm_vcpu_id_get_aff1(id));
	return realm_kvm_mpidr_set_aff2(mpidr, realm_kvm_vcpu_id_get_aff2(id));
}

/* ---- KVM_ARM_VCPU_INIT ---- */

/* Bits that the kernel has a name for */
static uint32_t known_features(const struct realm_sim *sim)
{
	static const struct {
		unsigned bit, since;
	} later[] = {
		{ REALM_KVM_ARM_VCPU_HAS_EL2, 609 },
		{ REALM_KVM_ARM_VCPU_HAS_EL2_E2H0, 615 },
		{ REALM_KVM_ARM_VCPU_PMU_V3_STRICT, 703 },
	};
	uint32_t known = BIT(REALM_KVM_ARM_VCPU_PTRAUTH_GENERIC + 1) - 1;

	for (unsigned i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (sim->kernel->base >= later[i].since)
			known |= BIT(later[i].bit);
	if (sim->kernel->num_rec_feature)
		known |= BIT(sim->kernel->rec_feature[0]);
	return known;
}

uint32_t sim_rec_feature(const struct realm_sim *sim)
{
	return sim->kernel->num_rec_feature ? BIT(sim->kernel->rec_feature[0]) : 0;
}

/* No realm of v14 and later sees a PMU that user space asked for. */
static bool has_pmu(const struct sim_vm *vm)
{
	const struct realm_sim *sim = vm->file.sim;

	if (vm->is_realm && sim->family->pmu != REALM_KVM_SETTING_REGISTER &&
	    sim->family->pmu != REALM_KVM_SETTING_CONFIG)
		return false;
	return sim->limits.pmu;
}

/* Of those bits, what a vCPU of this VM can have on this host, which has no nested virtualization and no AArch32 */
static uint32_t possible_features(const struct sim_vm *vm)
{
	const struct realm_sim *sim = vm->file.sim;
	uint32_t possible = BIT(REALM_KVM_ARM_VCPU_POWER_OFF) | BIT(REALM_KVM_ARM_VCPU_PSCI_0_2) |
			    BIT(REALM_KVM_ARM_VCPU_PTRAUTH_ADDRESS) | BIT(REALM_KVM_ARM_VCPU_PTRAUTH_GENERIC);

	if (has_pmu(vm)) {
		possible |= BIT(REALM_KVM_ARM_VCPU_PMU_V3);
		if (sim->kernel->base >= 703)
			possible |= BIT(REALM_KVM_ARM_VCPU_PMU_V3_STRICT);
	}
	if (sim->limits.sve)
		possible |= BIT(REALM_KVM_ARM_VCPU_SVE);
	return vm->is_realm ? possible | sim_rec_feature(sim) : possible;
}

static int check_features(const struct sim_vm *vm, const struct realm_kvm_vcpu_init *init)
{
	const uint32_t ptrauth = BIT(REALM_KVM_ARM_VCPU_PTRAUTH_ADDRESS) | BIT(REALM_KVM_ARM_VCPU_PTRAUTH_GENERIC);
	uint32_t features = init->features[0];

	if (features & ~known_features(vm->file.sim))
		return -ENOENT;
	for (unsigned i = 1; i < REALM_KVM_VCPU_INIT_FEATURES_COUNT; i++)
		if (init->features[i])
			return -ENOENT;
	if (features & ~possible_features(vm) || (features & ptrauth && (features & ptrauth) != ptrauth))
		return -EINVAL;
	return 0;
}

/* All vCPUs of a VM have the same, for ever. */
static bool features_agree(const struct sim_vm *vm, uint32_t features)
{
	for (unsigned i = 0; i < vm->num_vcpus; i++) {
		const struct sim_vcpu *vcpu = vm->vcpus[vm->creation[i]];

		if (vcpu->initialised && vcpu->features != features)
			return false;
	}
	return true;
}

static int vcpu_init(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_vcpu_init init;
	uint32_t features;
	int ret = sim_copy_in(&init, arg, sizeof(init));

	if (ret)
		return ret;
	if (init.target != SIM_TARGET)
		return -EINVAL;
	ret = check_features(vcpu->vm, &init);
	if (ret)
		return ret;
	features = init.features[0] & ~BIT(REALM_KVM_ARM_VCPU_POWER_OFF);
	if (!features_agree(vcpu->vm, features))
		return -EINVAL;
	vcpu->features = features;
	vcpu->initialised = true;
	vcpu->powered_off = init.features[0] != features;
	memset(vcpu->x, 0, sizeof(vcpu->x));
	vcpu->pc = 0;
	return 0;
}

/* ---- KVM_ARM_VCPU_FINALIZE ---- */

bool sim_vcpu_has(const struct sim_vcpu *vcpu, unsigned feature)
{
	return vcpu->features & BIT(feature);
}

bool sim_vcpu_finalized(const struct sim_vcpu *vcpu)
{
	const struct sim_vm *vm = vcpu->vm;

	if (sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_SVE) && !vcpu->finalized_sve)
		return false;
	if (!vm->is_realm || !sim_rec_feature(vm->file.sim))
		return true;
	return vcpu->finalized_rec && vm->realm.state == SIM_REALM_ACTIVE;
}

static int finalize_sve(struct sim_vcpu *vcpu)
{
	if (!sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_SVE))
		return -EINVAL;
	if (vcpu->finalized_sve)
		return -EPERM;
	vcpu->finalized_sve = true;
	return 0;
}

static int finalize_rec(struct sim_vcpu *vcpu)
{
	int ret;

	if (vcpu->finalized_rec)
		return -EPERM;
	ret = sim_rec_create(vcpu);
	vcpu->finalized_rec = !ret;
	return ret;
}

static int vcpu_finalize(struct sim_vcpu *vcpu, uintptr_t arg)
{
	int32_t feature;
	int ret = sim_copy_in(&feature, arg, sizeof(feature));

	if (ret)
		return ret;
	if (feature == REALM_KVM_ARM_VCPU_SVE)
		return finalize_sve(vcpu);
	if (feature > 0 && feature < 32 && vcpu->features & sim_rec_feature(vcpu->file.sim) & BIT(feature))
		return finalize_rec(vcpu);
	return -EINVAL;
}

/* ---- registers ---- */

static int get_one_reg(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_one_reg reg;
	int ret = sim_copy_in(&reg, arg, sizeof(reg));

	return ret ? ret : sim_vcpu_get_reg(vcpu, &reg);
}

static int set_one_reg(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_one_reg reg;
	int ret = sim_copy_in(&reg, arg, sizeof(reg));

	return ret ? ret : sim_vcpu_set_reg(vcpu, &reg);
}

/* As the kernel has it, which also keeps the list back from a REC that cannot run yet */
static int get_reg_list(struct sim_vcpu *vcpu, uintptr_t arg)
{
	return sim_vcpu_finalized(vcpu) ? sim_vcpu_list_regs(vcpu, arg) : -EPERM;
}

/* ---- events ---- */

static int get_events(struct sim_vcpu *vcpu, uintptr_t arg)
{
	const struct realm_kvm_vcpu_events events = { .exception.ext_dabt_pending = vcpu->abort_pending };

	return sim_copy_out(arg, &events, sizeof(events));
}

static bool has_reserved(const struct realm_kvm_vcpu_events *events)
{
	static const struct realm_kvm_vcpu_events none;

	return memcmp(events->exception.pad, none.exception.pad, sizeof(none.exception.pad)) ||
	       memcmp(events->reserved, none.reserved, sizeof(none.reserved));
}

/* A realm takes an abort in place of the access that it exited for, and nothing else that the host thinks of. */
static int set_events(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_vcpu_events events;
	int ret = sim_copy_in(&events, arg, sizeof(events));

	if (ret)
		return ret;
	if (has_reserved(&events))
		return -EINVAL;
	if (vcpu->vm->is_realm &&
	    (events.exception.serror_pending || (events.exception.ext_dabt_pending && !vcpu->abort_allowed)))
		return -EINVAL;
	vcpu->abort_pending = events.exception.ext_dabt_pending;
	return 0;
}

/* ---- power ---- */

static int get_mp_state(struct sim_vcpu *vcpu, uintptr_t arg)
{
	const struct realm_kvm_mp_state state = {
		.mp_state = vcpu->powered_off ? REALM_KVM_MP_STATE_STOPPED : REALM_KVM_MP_STATE_RUNNABLE,
	};

	return sim_copy_out(arg, &state, sizeof(state));
}

/* SUSPENDED waits for an interrupt, and there are none here. */
static int set_mp_state(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_mp_state state;
	int ret = sim_copy_in(&state, arg, sizeof(state));

	if (ret)
		return ret;
	if (state.mp_state != REALM_KVM_MP_STATE_RUNNABLE && state.mp_state != REALM_KVM_MP_STATE_STOPPED)
		return -EINVAL;
	vcpu->powered_off = state.mp_state == REALM_KVM_MP_STATE_STOPPED;
	return 0;
}

static int psci_complete(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_arm_rmm_psci_complete complete;
	int ret = sim_copy_in(&complete, arg, sizeof(complete));

	if (ret)
		return ret;
	if (!vcpu->rec)
		return -EPERM;
	return sim_psci_complete(vcpu, complete.target_mpidr, (int32_t)complete.psci_status);
}

/* ---- attributes: the PMU ---- */

#define PPI_FIRST 16
#define PPI_LAST 31

static int set_pmu_irq(struct sim_vcpu *vcpu, uintptr_t arg)
{
	int32_t intid;
	int ret = sim_copy_in(&intid, arg, sizeof(intid));

	if (ret)
		return ret;
	if (intid < PPI_FIRST || intid > PPI_LAST)
		return -EINVAL;
	if (vcpu->pmu_irq_set)
		return -EBUSY;
	vcpu->pmu_irq_set = true;
	return 0;
}

static int init_pmu(struct sim_vcpu *vcpu)
{
	if (vcpu->pmu_ready)
		return -EBUSY;
	if (vcpu->vm->vgic.created && !vcpu->vm->vgic.initialised)
		return -ENODEV;
	if (vcpu->vm->vgic.created && !vcpu->pmu_irq_set)
		return -ENXIO;
	vcpu->pmu_ready = true;
	return 0;
}

static int set_attr(struct sim_vcpu *vcpu, uintptr_t arg)
{
	struct realm_kvm_device_attr attr;
	int ret = sim_copy_in(&attr, arg, sizeof(attr));

	if (ret)
		return ret;
	if (attr.group != REALM_KVM_ARM_VCPU_PMU_V3_CTRL)
		return -ENXIO;
	if (!sim_vcpu_has(vcpu, REALM_KVM_ARM_VCPU_PMU_V3))
		return -ENODEV;
	switch (attr.attr) {
	case REALM_KVM_ARM_VCPU_PMU_V3_IRQ:
		return set_pmu_irq(vcpu, attr.addr);
	case REALM_KVM_ARM_VCPU_PMU_V3_INIT:
		return init_pmu(vcpu);
	default:
		return -ENXIO;
	}
}

/* ---- the descriptor ---- */

static int run(struct sim_vcpu *vcpu, uintptr_t arg)
{
	return arg ? -EINVAL : sim_vcpu_run(vcpu);
}

static const struct {
	uint32_t request;
	bool any_time;	/* or else after KVM_ARM_VCPU_INIT */
	int (*handle)(struct sim_vcpu *vcpu, uintptr_t arg);
} calls[] = {
	{ REALM_KVM_ARM_VCPU_INIT, true, vcpu_init },
	{ REALM_KVM_GET_MP_STATE, true, get_mp_state },
	{ REALM_KVM_SET_MP_STATE, true, set_mp_state },
	{ REALM_KVM_ARM_VCPU_FINALIZE, false, vcpu_finalize },
	{ REALM_KVM_GET_ONE_REG, false, get_one_reg },
	{ REALM_KVM_SET_ONE_REG, false, set_one_reg },
	{ REALM_KVM_GET_REG_LIST, false, get_reg_list },
	{ REALM_KVM_GET_VCPU_EVENTS, false, get_events },
	{ REALM_KVM_SET_VCPU_EVENTS, false, set_events },
	{ REALM_KVM_SET_DEVICE_ATTR, false, set_attr },
	{ REALM_KVM_RUN, false, run },
};

static int handle(struct sim_vcpu *vcpu, unsigned long request, uintptr_t arg)
{
	const struct realm_kvm_kernel *kernel = vcpu->file.sim->kernel;

	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (calls[i].request != request)
			continue;
		return calls[i].any_time || vcpu->initialised ? calls[i].handle(vcpu, arg) : -ENOEXEC;
	}
	if (kernel->num_psci && request == kernel->psci[0])
		return psci_complete(vcpu, arg);
	return -EINVAL;
}

/* One call of a vCPU at a time, however long that runs. */
static int vcpu_ioctl(struct sim_file *file, unsigned long request, uintptr_t arg)
{
	struct sim_vcpu *vcpu = (struct sim_vcpu *)file;
	struct sim_vm *vm = vcpu->vm;
	int ret;

	pthread_mutex_lock(&vm->lock);
	while (vcpu->busy)
		pthread_cond_wait(&vm->changed, &vm->lock);
	vcpu->busy = true;
	ret = handle(vcpu, request, arg);
	vcpu->busy = false;
	pthread_cond_broadcast(&vm->changed);
	pthread_mutex_unlock(&vm->lock);
	return ret;
}

static int vcpu_mmap(struct sim_file *file, size_t length, int prot, int flags, uint64_t offset, void **addrp)
{
	if (offset || length > file->sim->memory.page_size || (flags & MAP_TYPE) != MAP_SHARED)
		return -EINVAL;
	return sim_file_map(file, length, prot, offset, addrp);
}

/* The vCPU itself stays until its VM goes. */
static void vcpu_release(struct sim_file *file)
{
	struct sim_vcpu *vcpu = (struct sim_vcpu *)file;

	sim_file_put(&vcpu->vm->file);
}

static const struct sim_file_ops vcpu_ops = {
	.ioctl = vcpu_ioctl,
	.mmap = vcpu_mmap,
	.release = vcpu_release,
};

static int add(struct sim_vm *vm, struct sim_vcpu *vcpu)
{
	if (vm->vgic.initialised)
		return -EBUSY;
	if (vm->vcpus[vcpu->id])
		return -EEXIST;
	sim_vcpu_reset_regs(vcpu);
	vm->vcpus[vcpu->id] = vcpu;
	vm->creation[vm->num_vcpus++] = vcpu->id;
	return 0;
}

static void take_out(struct sim_vm *vm, const struct sim_vcpu *vcpu)
{
	unsigned place = 0;

	pthread_mutex_lock(&vm->lock);
	while (vm->creation[place] != vcpu->id)
		place++;
	vm->num_vcpus--;
	memmove(&vm->creation[place], &vm->creation[place + 1], (vm->num_vcpus - place) * sizeof(vm->creation[0]));
	vm->vcpus[vcpu->id] = NULL;
	pthread_mutex_unlock(&vm->lock);
}

int sim_vcpu_open(struct sim_vm *vm, uint64_t id)
{
	struct realm_sim *sim = vm->file.sim;
	struct sim_vcpu *vcpu;
	int ret;

	if (id >= SIM_VCPUS_MAX)
		return -EINVAL;
	vcpu = calloc(1, sizeof(*vcpu));
	if (!vcpu)
		return -ENOMEM;
	vcpu->file = (struct sim_file){ .kind = SIM_VCPU, .ops = &vcpu_ops, .sim = sim };
	vcpu->vm = vm;
	vcpu->id = (unsigned)id;
	pthread_mutex_lock(&vm->lock);
	ret = add(vm, vcpu);
	pthread_mutex_unlock(&vm->lock);
	if (ret) {
		free(vcpu);
		return ret;
	}
	sim_file_hold(&vm->file);
	ret = sim_file_open(sim, &vcpu->file, sim->memory.page_size);
	if (ret < 0) {
		take_out(vm, vcpu);
		free(vcpu);
		sim_file_put(&vm->file);
	}
	return ret;
}

void sim_vcpu_free(struct sim_vcpu *vcpu)
{
	struct realm_sim *sim = vcpu->file.sim;

	if (vcpu->run)
		munmap(vcpu->run, sim->memory.page_size);
	sim_port_remove_cpu(sim, vcpu->cpu);
	free(vcpu);
}
