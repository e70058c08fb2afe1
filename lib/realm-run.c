/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-run.c - running vCPUs: exits and their answers, kicks */
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kvm.h"

#define X(n) (REALM_KVM_REG_ARM64_X0 + (n) * (uint64_t)REALM_KVM_REG_ARM64_X_STEP)

/* The part of the run page that depends on exit_reason */
#define EXIT_OF(vcpu, type) ((struct realm_kvm_exit_##type *)(void *)(vcpu)->run->exit)

/* ---- kicks ---- */

/* Only what a signal handler may do. */
int realm_kick(struct realm *realm, unsigned int index)
{
	struct vcpu *vcpu;
	int thread, before = errno;

	if (!realm || index >= __atomic_load_n(&realm->num_vcpus, __ATOMIC_ACQUIRE))
		return -EINVAL;
	vcpu = realm->vcpus[index];
	__atomic_store_n(&vcpu->kicked, true, __ATOMIC_SEQ_CST);
	__atomic_store_n(&vcpu->run->immediate_exit, 1, __ATOMIC_SEQ_CST);
	thread = __atomic_load_n(&vcpu->thread, __ATOMIC_SEQ_CST);
	/* By number: the thread may have ended meanwhile. */
	if (thread && realm->opts.kick_signal)
		syscall(SYS_tgkill, getpid(), thread, realm->opts.kick_signal);
	errno = before;
	return 0;
}

/* ---- answers to the last exit ---- */

static int answer_call(struct realm *realm, struct vcpu *vcpu, const struct realm_exit *answer)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(answer->results); i++)
		err = kvm_set_reg(realm, vcpu, X(i), &answer->results[i], "run");
	return err;
}

static int give_answer(struct realm *realm, struct vcpu *vcpu, const struct realm_exit *answer)
{
	if (vcpu->last.reason == REALM_EXIT_MMIO && !vcpu->last.is_write)
		memcpy(EXIT_OF(vcpu, mmio)->data, &answer->data, sizeof(answer->data));
	if (vcpu->last.reason == REALM_EXIT_HOST_CALL)
		return answer_call(realm, vcpu, answer);
	return 0;
}

/* ---- exits ---- */

static void decode_mmio(const struct vcpu *vcpu, struct realm_exit *exit)
{
	const struct realm_kvm_exit_mmio *mmio = EXIT_OF(vcpu, mmio);

	exit->reason = REALM_EXIT_MMIO;
	exit->ipa = mmio->phys_addr;
	exit->size = mmio->len;
	exit->is_write = mmio->is_write;
	if (mmio->is_write)
		memcpy(&exit->data, mmio->data, mmio->len < sizeof(exit->data) ? mmio->len : sizeof(exit->data));
}

/* The run page has the number alone. */
static int decode_call(struct realm *realm, const struct vcpu *vcpu, struct realm_exit *exit)
{
	unsigned int i;
	int err = 0;

	exit->reason = REALM_EXIT_HOST_CALL;
	exit->nr = EXIT_OF(vcpu, hypercall)->nr;
	for (i = 0; !err && i < ARRAY_SIZE(exit->args); i++)
		err = kvm_get_reg(realm, vcpu, X(i + 1), &exit->args[i], "run");
	return err;
}

static void decode_event(const struct vcpu *vcpu, struct realm_exit *exit)
{
	uint32_t type = EXIT_OF(vcpu, system_event)->type;

	if (type == REALM_KVM_SYSTEM_EVENT_SHUTDOWN)
		exit->reason = REALM_EXIT_SYSTEM_OFF;
	else if (type == REALM_KVM_SYSTEM_EVENT_RESET)
		exit->reason = REALM_EXIT_SYSTEM_RESET;
	else
		*exit = (struct realm_exit){ .reason = REALM_EXIT_INTERNAL, .code = type };
}

/* Is there anything of [ipa, ipa + size) left to convert? */
static bool differs(struct realm *realm, uint64_t ipa, uint64_t size, bool to_private)
{
	struct range part;

	return ranges_next(&realm->shared, to_private, ipa, ipa + size, &part);
}

/*
 * A request of the guest or an access to the wrong half; or the kernel has no page, which looks like either.  The latter comes back
 * for a single page that is already what is asked for.
 */
static void decode_fault(struct realm *realm, const struct vcpu *vcpu, struct realm_exit *exit)
{
	const struct realm_kvm_exit_memory_fault *fault = EXIT_OF(vcpu, memory_fault);
	const struct realm_exit *last = &vcpu->last;

	exit->reason = REALM_EXIT_CONVERT;
	exit->ipa = fault->gpa;
	exit->size = fault->size;
	exit->to_private = !!(fault->flags & REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE);
	if (fault->size > realm->made.granule || last->reason != REALM_EXIT_CONVERT || last->ipa != exit->ipa ||
	    last->size != exit->size || last->to_private != exit->to_private)
		return;
	pthread_mutex_lock(&realm->lock);
	if (!differs(realm, exit->ipa, exit->size, exit->to_private))
		exit->reason = REALM_EXIT_FAULT;
	pthread_mutex_unlock(&realm->lock);
}

static int decode(struct realm *realm, const struct vcpu *vcpu, struct realm_exit *exit)
{
	switch (vcpu->run->exit_reason) {
	case REALM_KVM_EXIT_MMIO:
		decode_mmio(vcpu, exit);
		break;
	case REALM_KVM_EXIT_HYPERCALL:
		return decode_call(realm, vcpu, exit);
	case REALM_KVM_EXIT_SYSTEM_EVENT:
		decode_event(vcpu, exit);
		break;
	case REALM_KVM_EXIT_MEMORY_FAULT:
		decode_fault(realm, vcpu, exit);
		break;
	case REALM_KVM_EXIT_SHUTDOWN:
		exit->reason = REALM_EXIT_SHUTDOWN;
		break;
	case REALM_KVM_EXIT_INTERNAL_ERROR:
		exit->reason = REALM_EXIT_INTERNAL;
		exit->code = EXIT_OF(vcpu, internal_error)->suberror;
		break;
	default:
		exit->reason = REALM_EXIT_INTERNAL;
		exit->code = vcpu->run->exit_reason;
	}
	return 0;
}

/* ---- the run ---- */

static int enter(struct realm *realm, struct vcpu *vcpu)
{
	int ret;

	/* What is there is of an earlier exit, and EFAULT does not say that it was written.  KVM itself looks for MMIO there. */
	if (vcpu->run->exit_reason == REALM_KVM_EXIT_MEMORY_FAULT)
		vcpu->run->exit_reason = 0;
	__atomic_store_n(&vcpu->thread, (int)syscall(SYS_gettid), __ATOMIC_SEQ_CST);
	ret = sys_ioctl_once(realm->ctx, vcpu->fd, REALM_KVM_RUN, 0);
	__atomic_store_n(&vcpu->thread, 0, __ATOMIC_SEQ_CST);
	return ret;
}

static int run_failed(struct realm *realm, int err)
{
	pthread_mutex_lock(&realm->lock);
	err = realm_host_failed(realm->ctx, "run", "KVM_RUN", err);
	return realm_unlock(realm, err);
}

static int run(struct realm *realm, struct vcpu *vcpu, struct realm_exit *exit)
{
	int ret = enter(realm, vcpu);

	if (ret == -EINTR) {
		__atomic_store_n(&vcpu->kicked, false, __ATOMIC_SEQ_CST);
		__atomic_store_n(&vcpu->run->immediate_exit, 0, __ATOMIC_SEQ_CST);
		exit->reason = REALM_EXIT_INTERRUPTED;
	} else if (ret == -EAGAIN) {
		exit->reason = REALM_EXIT_RETRY;
	} else if (ret >= 0 || (ret == -EFAULT && vcpu->run->exit_reason == REALM_KVM_EXIT_MEMORY_FAULT)) {
		return decode(realm, vcpu, exit);
	} else {
		return run_failed(realm, ret);
	}
	return 0;
}

/* Take the vCPU for this thread. */
static int begin_run(struct realm *realm, unsigned int index, struct vcpu **vcpup)
{
	int err = realm_lock(realm, PHASE(SEALED) | PHASE(RUNNING), "realm_run");

	if (err)
		return err;
	if (index >= realm->num_vcpus)
		err = realm_fail(realm->ctx, EINVAL, "vcpu", NULL, "there is no vCPU %u, only %u", index,
				 realm->num_vcpus);
	else if (realm->vcpus[index]->in_run)
		err = realm_fail(realm->ctx, EBUSY, "vcpu", NULL, "vCPU %u runs in another thread", index);
	if (err)
		return realm_unlock(realm, err);
	*vcpup = realm->vcpus[index];
	(*vcpup)->in_run = true;
	realm->runners++;
	realm->phase = REALM_PHASE_RUNNING;
	return realm_unlock(realm, 0);
}

static int end_run(struct realm *realm, struct vcpu *vcpu, const struct realm_exit *exit, int err)
{
	pthread_mutex_lock(&realm->lock);
	vcpu->in_run = false;
	if (!err)
		vcpu->last = *exit;
	/* Without detail: that of the failure which made a VMM stop the realm is of more use. */
	if (realm->stopping)
		err = -ECANCELED;
	if (!--realm->runners)
		pthread_cond_broadcast(&realm->idle);
	return realm_unlock(realm, err);
}

int realm_run(struct realm *realm, unsigned int index, struct realm_exit *user)
{
	struct realm_exit exit = { .sz = sizeof(exit) }, answer = { .sz = sizeof(answer) };
	struct vcpu *vcpu = NULL;
	int err;

	if (!realm || !user || user->sz < sizeof(user->sz))
		return -EINVAL;
	err = begin_run(realm, index, &vcpu);
	if (err)
		return err;
	/* Members of a newer library may hold anything: they are not an answer. */
	memcpy(&answer, user, user->sz < sizeof(answer) ? user->sz : sizeof(answer));
	err = give_answer(realm, vcpu, &answer);
	if (!err)
		err = run(realm, vcpu, &exit);
	err = end_run(realm, vcpu, &exit, err);
	if (!err)
		realm_give(user, &exit, sizeof(exit));
	return err;
}

/* ---- what can be done between runs ---- */

/* A vCPU that exists and does not run; with the lock held */
static int idle_vcpu(struct realm *realm, unsigned int index, struct vcpu **vcpup)
{
	if (index >= realm->num_vcpus)
		return realm_fail(realm->ctx, EINVAL, "vcpu", NULL, "there is no vCPU %u, only %u", index,
				  realm->num_vcpus);
	*vcpup = realm->vcpus[index];
	if ((*vcpup)->in_run)
		return realm_fail(realm->ctx, EBUSY, "vcpu", NULL, "vCPU %u runs", index);
	return 0;
}

static int inject_abort(struct realm *realm, unsigned int index)
{
	struct realm_kvm_vcpu_events events = { .exception.ext_dabt_pending = 1 };
	struct vcpu *vcpu = NULL;
	int err = idle_vcpu(realm, index, &vcpu);

	if (err)
		return err;
	if (vcpu->last.reason != REALM_EXIT_MMIO)
		return realm_fail(realm->ctx, EBUSY, "realm_inject_abort", NULL,
				  "the last exit of vCPU %u was no access to a device", index);
	err = sys_ioctl(realm->ctx, vcpu->fd, REALM_KVM_SET_VCPU_EVENTS, (uintptr_t)&events);
	if (err < 0)
		return realm_host_failed(realm->ctx, "run", "KVM_SET_VCPU_EVENTS", err);
	vcpu->last.reason = 0; /* it is answered */
	return 0;
}

int realm_inject_abort(struct realm *realm, unsigned int index)
{
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(RUNNING), "realm_inject_abort");
	return err ? err : realm_unlock(realm, inject_abort(realm, index));
}

static int psci_complete(struct realm *realm, unsigned int index, uint64_t mpidr, uint32_t status)
{
	const struct realm_kvm_family *can = realm->host.can;
	struct realm_kvm_arm_rmm_psci_complete complete = { .target_mpidr = mpidr, .psci_status = status };
	struct vcpu *vcpu = NULL;
	int err = idle_vcpu(realm, index, &vcpu), ret;
	size_t form;

	if (err)
		return err;
	if (!can->num_psci)
		return realm_fail(realm->ctx, EOPNOTSUPP, "realm_psci_complete", "leave PSCI to KVM",
				  "family %s completes PSCI calls itself", realm_family_name(realm->host.family));
	/* The series that renumbered the feature renumbered this call too. */
	form = can->num_psci > 1 && realm->host.rec_feature != can->rec_features[0];
	ret = sys_ioctl(realm->ctx, vcpu->fd, can->psci[form], (uintptr_t)&complete);
	return ret < 0 ? realm_host_failed(realm->ctx, "run", "KVM_ARM_VCPU_RMM_PSCI_COMPLETE", ret) : 0;
}

int realm_psci_complete(struct realm *realm, unsigned int index, uint64_t mpidr, uint32_t status)
{
	int err;

	if (!realm)
		return -EINVAL;
	err = realm_lock(realm, PHASE(RUNNING), "realm_psci_complete");
	return err ? err : realm_unlock(realm, psci_complete(realm, index, mpidr, status));
}
