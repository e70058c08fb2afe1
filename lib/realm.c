/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm.c - the realm as an object: its phases, its making and its end */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "kvm.h"

static const char *const phase_names[] = {
	[REALM_PHASE_NEW] = "new",
	[REALM_PHASE_CONFIGURED] = "configured",
	[REALM_PHASE_RECS] = "recs",
	[REALM_PHASE_MEMORY] = "memory",
	[REALM_PHASE_POPULATED] = "populated",
	[REALM_PHASE_SEALED] = "sealed",
	[REALM_PHASE_RUNNING] = "running",
	[REALM_PHASE_DEAD] = "dead",
};

const char *realm_phase_name(enum realm_phase phase)
{
	return (unsigned int)phase < ARRAY_SIZE(phase_names) ? phase_names[phase] : NULL;
}

int realm_unlock(struct realm *realm, int ret)
{
	pthread_mutex_unlock(&realm->lock);
	return ret;
}

int realm_lock(struct realm *realm, unsigned int phases, const char *what)
{
	pthread_mutex_lock(&realm->lock);
	if (phases >> realm->phase & 1)
		return 0;
	if (realm->stopping)
		return realm_unlock(realm, realm_fail(realm->ctx, ECANCELED, what, NULL, "the realm was stopped"));
	return realm_unlock(realm, realm_fail(realm->ctx, EBUSY, what,
					      "docs/lifecycle.md shows which call belongs to which phase",
					      "is not possible in phase %s", realm_phase_name(realm->phase)));
}

/* ---- making ---- */

/* Close and free what there is. */
static void release(struct realm *realm)
{
	struct realm_ctx *ctx = realm->ctx;
	unsigned int i;
	size_t slot;

	for (i = 0; i < realm->num_vcpus; i++)
		kvm_vcpu_close(realm, realm->vcpus[i]);
	sys_close(ctx, realm->gic_fd);
	for (slot = 0; slot < realm->num_slots; slot++)
		kvm_slot_close(realm, &realm->slots[slot]);
	if (realm->own_vm)
		sys_close(ctx, realm->vm_fd);
	sys_close(ctx, realm->kvm_fd);
	free(realm->vcpus);
	free(realm->slots);
	free(realm->populated.list);
	free(realm->shared.list);
	free(realm->made.rams);
	free(realm->made.loads);
	free(realm->made.recs);
	hasher_free(&realm->hasher);
	pthread_cond_destroy(&realm->idle);
	pthread_mutex_destroy(&realm->lock);
	free(realm);
	ctx->realms--;
}

static int check_opts(struct realm_ctx *ctx, const struct kvm_host *host, struct realm_opts *opts,
		      const struct realm_opts *user)
{
	int err = realm_read_opts(ctx, "realm_opts", opts, sizeof(*opts), user);

	if (err)
		return err;
	if (opts->flags & ~(REALM_BEST_EFFORT | REALM_IN_PLACE))
		return realm_fail(ctx, EINVAL, "flags", NULL, "%#x has unknown bits", opts->flags);
	if (opts->kick_signal < 0 || opts->kick_signal > SIGRTMAX)
		return realm_fail(ctx, EINVAL, "kick_signal", NULL, "%d is no signal", opts->kick_signal);
	if (!(opts->flags & REALM_IN_PLACE) || host->limits.in_place == 1)
		return 0;
	return realm_fail(ctx, EOPNOTSUPP, "REALM_IN_PLACE", "leave the flag out",
			  "this host cannot share pages in place");
}

/* The parameters of a plan, without its lists. */
static void copy_params(struct realm *realm, const struct realm_plan *params)
{
	realm->made = *params;
	realm->made.name = NULL;
	realm->made.rams = NULL;
	realm->made.loads = NULL;
	realm->made.recs = NULL;
	realm->made.num_rams = realm->made.num_loads = realm->made.num_recs = 0;
}

static struct realm *alloc_realm(const struct realm_plan *params, const struct kvm_host *host,
				 const struct realm_opts *opts)
{
	struct realm *realm = calloc(1, sizeof(*realm));

	if (!realm)
		return NULL;
	/* For all there can be: realm_kick() looks at it at any time. */
	realm->vcpus = calloc(host->limits.max_vcpus, sizeof(*realm->vcpus));
	if (!realm->vcpus) {
		free(realm);
		return NULL;
	}
	realm->ctx = params->ctx;
	realm->host = *host;
	realm->steps = host->can->seal == REALM_KVM_SEAL_EXPLICIT ? &kvm_rme_steps : &kvm_rmi_steps;
	realm->opts = *opts;
	realm->phase = REALM_PHASE_NEW;
	realm->kvm_fd = realm->vm_fd = realm->gic_fd = -1;
	copy_params(realm, params);
	pthread_mutex_init(&realm->lock, NULL);
	pthread_cond_init(&realm->idle, NULL);
	realm->ctx->realms++;
	return realm;
}

/* params: what is asked for; lists in it are judged too, not copied.  vm_fd: -1 to make one. */
int realm_open(const struct realm_plan *params, int vm_fd, const struct realm_opts *user, struct realm **realmp)
{
	struct realm_opts opts = { .sz = sizeof(opts) };
	struct realm_plan wanted = *params;
	const struct kvm_host *host;
	struct realm *realm;
	int err = kvm_host_get(params->ctx, &host);

	if (!err)
		err = check_opts(params->ctx, host, &opts, user);
	if (!err)
		err = realm_check_host(&wanted, host, opts.flags);
	if (err)
		return err;
	realm = alloc_realm(&wanted, host, &opts);
	if (!realm)
		return realm_fail_nomem(params->ctx);
	if (opts.issued && hasher_init(&realm->hasher, realm->made.hash))
		err = realm_fail_nomem(params->ctx);
	if (!err)
		err = kvm_open(realm);
	realm->own_vm = vm_fd < 0;
	realm->vm_fd = vm_fd;
	if (!err && realm->own_vm)
		err = kvm_vm_create(realm);
	if (err) {
		release(realm);
		return err;
	}
	*realmp = realm;
	return 0;
}

static int open_params(struct realm_plan *plan, int vm_fd, const struct realm_opts *opts, struct realm **realmp)
{
	struct realm_plan params = *plan;

	params.num_rams = params.num_loads = params.num_recs = 0;
	if (!params.ipa_bits)
		return realm_fail(plan->ctx, EINVAL, "$.ipa_bits", NULL, "is not set");
	return realm_open(&params, vm_fd, opts, realmp);
}

int realm_new(struct realm_plan *plan, const struct realm_opts *opts, struct realm **realmp)
{
	return plan && realmp ? open_params(plan, -1, opts, realmp) : -EINVAL;
}

/* Ordinary VMs answer as well, but for what realms are told not to have, from rmi-v12 on. */
static bool is_vm(struct realm_ctx *ctx, const struct kvm_host *host, int fd)
{
	struct realm_kvm_vcpu_init init;

	if (fd < 0 || sys_ioctl(ctx, fd, REALM_KVM_ARM_PREFERRED_TARGET, (uintptr_t)&init))
		return false;
	return !host->can->witness ||
	       sys_ioctl(ctx, fd, REALM_KVM_CHECK_EXTENSION, REALM_KVM_CAP_ARM_USER_IRQ) == 0;
}

int realm_adopt(struct realm_plan *plan, int vm_fd, const struct realm_opts *opts, struct realm **realmp)
{
	const struct kvm_host *host;
	int err;

	if (!plan || !realmp)
		return -EINVAL;
	err = kvm_host_get(plan->ctx, &host);
	if (err)
		return err;
	if (!is_vm(plan->ctx, host, vm_fd))
		return realm_fail(plan->ctx, EINVAL, "vm_fd", "give what KVM_CREATE_VM returned for realm_vm_type()",
				  "%d is no VM of a realm", vm_fd);
	return open_params(plan, vm_fd, opts, realmp);
}

int realm_vm_type(struct realm_ctx *ctx, unsigned int ipa_bits, uint64_t *typep)
{
	const struct kvm_host *host;
	int err;

	if (!ctx || !typep)
		return -EINVAL;
	if (ipa_bits < 32 || ipa_bits > 52)
		return realm_fail(ctx, EINVAL, "ipa_bits", NULL, "%u is not 32 to 52", ipa_bits);
	err = kvm_host_get(ctx, &host);
	if (!err)
		*typep = host->can->vm_type | ipa_bits;
	return err;
}

/* ---- the end ---- */

int realm_stop(struct realm *realm)
{
	unsigned int i;

	if (!realm)
		return -EINVAL;
	pthread_mutex_lock(&realm->lock);
	realm->stopping = true;
	realm->phase = REALM_PHASE_DEAD;
	for (i = 0; i < realm->num_vcpus; i++)
		realm_kick(realm, i);
	return realm_unlock(realm, 0);
}

void realm_destroy(struct realm *realm)
{
	if (!realm)
		return;
	realm_stop(realm);
	pthread_mutex_lock(&realm->lock);
	while (realm->runners)
		pthread_cond_wait(&realm->idle, &realm->lock);
	pthread_mutex_unlock(&realm->lock);
	release(realm);
}

/* ---- what it is ---- */

enum realm_phase realm_phase(struct realm *realm)
{
	enum realm_phase phase;

	if (!realm)
		return 0;
	pthread_mutex_lock(&realm->lock);
	phase = realm->phase;
	pthread_mutex_unlock(&realm->lock);
	return phase;
}

enum realm_family realm_family(const struct realm *realm)
{
	return realm ? realm->host.family : REALM_FAMILY_ANY;
}

int realm_vm_fd(const struct realm *realm)
{
	return realm ? realm->vm_fd : -EINVAL;
}

int realm_vcpu_fd(struct realm *realm, unsigned int vcpu)
{
	int fd = -EINVAL;

	if (!realm)
		return -EINVAL;
	pthread_mutex_lock(&realm->lock);
	if (vcpu < realm->num_vcpus)
		fd = realm->vcpus[vcpu]->fd;
	return realm_unlock(realm, fd);
}

unsigned int realm_vcpu_count(struct realm *realm)
{
	unsigned int count;

	if (!realm)
		return 0;
	pthread_mutex_lock(&realm->lock);
	count = realm->num_vcpus;
	pthread_mutex_unlock(&realm->lock);
	return count;
}

int realm_measured(struct realm *realm, unsigned int index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp)
{
	uint8_t slot[REALM_DIGEST_MAX] = { 0 };
	size_t len = 0;
	int err;

	if (!realm || !value || index > 4)
		return -EINVAL;
	err = realm_lock(realm, PHASE(POPULATED) | PHASE(SEALED) | PHASE(RUNNING), "realm_measured");
	if (err)
		return err;
	err = sys_measurement(realm->ctx, realm->vm_fd, index, slot, &len);
	if (err && err != -EOPNOTSUPP)
		err = realm_host_failed(realm->ctx, "measure", "measurement", err);
	else if (err)
		err = realm_fail(realm->ctx, EOPNOTSUPP, "measurement", "ask the realm for a token",
				 "this host does not tell what its RMM has measured");
	if (err)
		return realm_unlock(realm, err);
	memcpy(value, slot, sizeof(slot));
	if (lenp)
		*lenp = len;
	return realm_unlock(realm, 0);
}
