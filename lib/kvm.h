/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm.h - what the files that know KVM share: the host, the realm, and the steps of a family */
#ifndef REALM_KVM_H
#define REALM_KVM_H

#include <pthread.h>

#include "kvm-realm.h"
#include "sys.h"

#define KVM_PATH "/dev/kvm"

/* ---- kvm-probe.c: which host this is; asked once a context ---- */

struct kvm_host {
	int error; /* of realm_host_info_error() */
	enum realm_family family;
	const struct realm_kvm_family *can; /* its row of spec/kvm-families.json; NULL where there are no realms */
	unsigned int cap;                   /* number for KVM_ENABLE_CAP (rme-rfc, rme); informative else */
	unsigned int rec_feature;           /* bit for KVM_ARM_VCPU_INIT (rme-rfc, rme) */
	struct realm_host_limits limits;
	char why[256];
	char hint[256];
};

/* The host of the context, borrowed until the context gets another; 0 or negative errno with detail: no realms here. */
int kvm_host_get(struct realm_ctx *ctx, const struct kvm_host **hostp);
/* What realm_ctx_set_host() and realm_ctx_set_family() make out of date. */
void kvm_host_forget(struct realm_ctx *ctx);

/* ---- realm.c: the object ---- */

struct vcpu {
	int fd;
	bool own;
	struct realm_kvm_run *run;
	bool in_run;   /* a thread is in realm_run() with it */
	bool kicked;   /* realm_kick() was called since it last returned for that */
	int thread;    /* id of that thread, while it is in KVM_RUN; else 0 */
	struct realm_exit last; /* what realm_run() returned last; reason 0: nothing */
};

struct slot {
	uint32_t id;
	bool own;
	uint64_t base;
	uint64_t size;
	int gmem; /* -1: protected memory is anonymous (rme-rfc) */
	uint64_t offset;
	uint8_t *shared;
};

/* Sorted, apart and not touching */
struct ranges {
	struct range *list;
	size_t count;
	size_t max;
};

struct kvm_steps;

struct realm {
	struct realm_ctx *ctx;
	struct kvm_host host;
	const struct kvm_steps *steps;
	struct realm_opts opts;
	struct realm_plan made; /* what was really made: parameters, slots as RAM, populated ranges as loads, vCPUs as RECs */
	pthread_mutex_t lock;   /* all below but what a vCPU's thread has for itself */
	pthread_cond_t idle;    /* runners became 0 */
	unsigned int runners;
	enum realm_phase phase;
	bool begun; /* the RD exists, and was told of */
	bool stopping;
	int kvm_fd;
	int vm_fd;
	bool own_vm;
	int gic_fd;
	uint64_t gic_dist;
	uint64_t gic_redist;
	size_t run_size; /* bytes of a kvm_run page */
	struct vcpu **vcpus; /* as many as the host allows, num_vcpus of them set */
	unsigned int num_vcpus;
	struct slot *slots;
	size_t num_slots;
	struct ranges populated;
	struct ranges shared; /* pages that are not private */
	struct hasher hasher; /* for opts.issued */
};

/* As realm_new(); params: what is asked for, of which lists are judged and not copied; vm_fd: -1 to make a VM. */
int realm_open(const struct realm_plan *params, int vm_fd, const struct realm_opts *opts, struct realm **realmp);

#define PHASE(name) (1u << REALM_PHASE_##name)

/* Lock the realm if it is in one of these phases; else -EBUSY, or -ECANCELED after realm_stop(), with detail. */
int realm_lock(struct realm *realm, unsigned int phases, const char *what);
/* Unlock, and pass a result on. */
int realm_unlock(struct realm *realm, int ret);
/* The slot that all of [ipa, ipa + size) is in, or NULL */
struct slot *realm_slot(struct realm *realm, uint64_t ipa, uint64_t size);
/* Is [ipa, ipa + size) whole granules of RAM, in one or more slots? what: who asks */
int realm_check_ram(struct realm *realm, const char *what, uint64_t ipa, uint64_t size);

/* ---- realm-fail.c: a call of the host failed with -err; gives the code that the public function returns ---- */

int realm_host_failed(struct realm_ctx *ctx, const char *step, const char *call, int err);

/* ---- ranges.c ---- */

bool ranges_overlap(const struct ranges *ranges, uint64_t base, uint64_t top);
/* 0 or -ENOMEM, then nothing is changed; the first makes room, so that the next of the others cannot fail */
int ranges_reserve(struct ranges *ranges);
int ranges_add(struct ranges *ranges, uint64_t base, uint64_t top);
int ranges_remove(struct ranges *ranges, uint64_t base, uint64_t top);
/* The first part of [base, top) that is in, or is not in, the ranges; false: there is none */
bool ranges_next(const struct ranges *ranges, bool in, uint64_t base, uint64_t top, struct range *part);

/* ---- realm-check.c: does the host have what a realm needs? ---- */

/* Refuses, or with best effort warns and changes what params ask for. */
int realm_check_host(struct realm_plan *params, const struct kvm_host *host, uint32_t flags);
/* RECs that KVM cannot make, whatever the effort */
int realm_check_recs(struct realm_plan *plan, const struct kvm_host *host);

/* ---- issued.c: events of what was made ---- */

/* The events before the loads, those of a range of content, those after the loads; nothing when nobody listens. */
int issued_begin(struct realm *realm);
int issued_data(struct realm *realm, uint64_t ipa, const uint8_t *source, uint64_t size, bool measured);
int issued_end(struct realm *realm);

/* ---- kvm-vm.c: what all families do alike.  0, or a public code with detail ---- */

int kvm_open(struct realm *realm);
int kvm_vm_create(struct realm *realm);
int kvm_vcpu_create(struct realm *realm, struct vcpu *vcpu);
/* Close what the library made of it, and free it. */
void kvm_vcpu_close(struct realm *realm, struct vcpu *vcpu);
/* KVM_ARM_VCPU_INIT and the registers that shape the realm; extra: further feature bits */
int kvm_vcpu_init(struct realm *realm, struct vcpu *vcpu, uint32_t extra);
int kvm_vcpu_finalize(struct realm *realm, const struct vcpu *vcpu, int feature, const char *step);
int kvm_set_reg(struct realm *realm, const struct vcpu *vcpu, uint64_t id, const void *value, const char *step);
int kvm_get_reg(struct realm *realm, const struct vcpu *vcpu, uint64_t id, void *value, const char *step);
/* X0..X7 and PC of every vCPU */
int kvm_set_start(struct realm *realm);
/* Find the GIC's place; -EINVAL, before anything is done, when it cannot be there. */
int kvm_gic_place(struct realm *realm);
int kvm_gic_create(struct realm *realm);
/* After the GIC: a vCPU with PMU_V3 does not run without. */
int kvm_pmu_init(struct realm *realm);
int kvm_forward(struct realm *realm, uint32_t first, uint32_t count);

/* ---- kvm-memory.c: slots, and who may see their pages ---- */

int kvm_slot_create(struct realm *realm, struct slot *slot);
void kvm_slot_close(struct realm *realm, struct slot *slot);
/* Make [ipa, ipa + size) of a slot private or shared, and drop what the other half held. */
int kvm_convert(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size, bool to_private);
/* Must not be asked for what is so already: there are no attributes, only pages that are given back. */
bool kvm_converts_once(const struct realm *realm);
/* Give back what the unprotected half held. */
int kvm_drop_shared(struct realm *realm, const struct slot *slot, uint64_t ipa, uint64_t size, const char *step);
/* The same at the start of a slot's life: private, with nothing to drop. */
int kvm_slot_private(struct realm *realm, const struct slot *slot);

/* ---- kvm-rme.c, kvm-rmi.c: what they do differently ---- */

struct kvm_steps {
	/* CONFIGURED: settings that are not registers */
	int (*configure)(struct realm *realm);
	/* RECS: KVM_ARM_VCPU_INIT of one vCPU */
	int (*init)(struct realm *realm, struct vcpu *vcpu);
	/* before the first content and before sealing: the RD and what goes with it; NULL where these do it themselves */
	int (*begin)(struct realm *realm);
	/* at most a chunk, within a slot; *donep: bytes that were populated, also after a failure */
	int (*populate)(struct realm *realm, const struct slot *slot, uint64_t ipa, const uint8_t *source, uint64_t size,
			bool measured, uint64_t *donep);
	int (*seal)(struct realm *realm);
};

extern const struct kvm_steps kvm_rme_steps;
extern const struct kvm_steps kvm_rmi_steps;

#endif /* REALM_KVM_H */
