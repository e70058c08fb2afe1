/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm/lifecycle.h - realms on a host, from their making to their end; part of realm.h
 *
 *     realm_create(plan)                                       all of the next line, from a plan
 *     realm_new -> realm_configure -> realm_add_rec... -> realm_add_memory... -> realm_populate... -> realm_seal
 *     realm_run, realm_convert ... -> realm_stop -> realm_destroy
 *
 * Each call moves the realm on to a phase (enum realm_phase) or leaves it there; a call in the wrong phase is -EBUSY and changes
 * nothing.  What the host refuses half-way through realm_configure(), realm_add_rec(), realm_add_memory(), realm_populate() or realm_seal() cannot
 * be done again: the realm is dead then.  A VMM that has its own KVM descriptors starts with realm_adopt() and hands in what it has.
 *
 * Failures of the host have these codes, and the detail says which step, which call, which errno, which RMI status and what to try:
 *
 *   -ENODEV     there is no KVM                            -ENOMEM   host or RMM are out of memory
 *   -EACCES     it may not be used                         -EINTR    signals left no time to get anywhere
 *   -EOPNOTSUPP this host cannot do what was asked for     -EPROTO   the host does what its interface rules out
 *   -EIO        a call of the host failed otherwise        -ECANCELED realm_stop() was called, or a callback asked to stop
 *
 * Threads: a realm may be used by several threads at a time, each vCPU by one.  When calls of several threads fail, the context has the
 * detail of one of them; read it when no other thread is in a call.
 */
#ifndef REALM_LIFECYCLE_H
#define REALM_LIFECYCLE_H

struct realm;

/** enum realm_phase - how far a realm has come */
enum realm_phase {
	REALM_PHASE_NEW = 1,    /* there is a VM */
	REALM_PHASE_CONFIGURED, /* the host knows hash and personalization value */
	REALM_PHASE_RECS,       /* it has vCPUs */
	REALM_PHASE_MEMORY,     /* it has memory */
	REALM_PHASE_POPULATED,  /* its RD exists, content is measured */
	REALM_PHASE_SEALED,     /* RECs exist, measurement is over, it can run */
	REALM_PHASE_RUNNING,    /* it has been entered */
	REALM_PHASE_DEAD,       /* it can only be destroyed */
};

/**
 * define REALM_BEST_EFFORT - flag: what the host cannot give is left out, with a warning, instead of refused
 *
 * Nothing makes do with another granule, a narrower IPA space, fewer RECs or other MPIDRs: these stay refused.
 */
#define REALM_BEST_EFFORT 1u
/** define REALM_IN_PLACE - flag: pages are shared in place, in their guest_memfd (rmi-v15; refused elsewhere) */
#define REALM_IN_PLACE 2u

/**
 * typedef realm_issued_fn - is told of each event when the host has carried it out
 * @arg: what the options held
 * @event: event as realm_events_next() gives it; borrowed until the function returns
 *
 * The realm is locked meanwhile: the function may call nothing that takes it.
 */
typedef void (*realm_issued_fn)(void *arg, const struct realm_event *event);

/**
 * typedef realm_step_fn - is told of each step of realm_create() when it is done
 * @arg: what the options held
 * @step: "vm", "configure", "recs", "memory", "populate" or "seal"; a static string
 * @ns: how long it took, in nanoseconds
 */
typedef void (*realm_step_fn)(void *arg, const char *step, uint64_t ns);

/**
 * struct realm_opts - how a realm is made
 * @sz: sizeof(struct realm_opts)
 * @flags: REALM_BEST_EFFORT, REALM_IN_PLACE or both
 * @kick_signal: sent to a thread in realm_run() that realm_kick() or realm_stop() wants to return; the program must have a handler for it that does
 *	nothing, without SA_RESTART.  0: none, then a guest on Linux leaves when it exits by itself
 * @gic_dist: IPA of the GICv3 distributor, 64 KiB: a multiple of that in the protected half, outside RAM; 0: 0x08000000, or above all RAM where that is RAM
 * @gic_redist: IPA of the redistributors, 128 KiB a vCPU, likewise; 0: after the distributor in the same way, 0x080a0000
 * @issued: told of the events as they happen; content is hashed for it.  NULL: none
 * @issued_arg: handed to @issued
 * @step: told of the steps of realm_create(); NULL: none
 * @step_arg: handed to @step
 * @work: progress of loading in realm_create(); threads is not used; borrowed during that call; NULL: none
 */
struct realm_opts {
	size_t sz;
	uint32_t flags;
	int kick_signal;
	uint64_t gic_dist;
	uint64_t gic_redist;
	realm_issued_fn issued;
	void *issued_arg;
	realm_step_fn step;
	void *step_arg;
	const struct realm_work_opts *work;
};

/**
 * realm_create() - build and seal a realm as a plan says
 * @plan: plan; not used any more after the call
 * @opts: options or NULL
 * @realmp: receives the realm, in phase REALM_PHASE_SEALED; caller owns, free with realm_destroy()
 *
 * What the plan asks for and the host cannot give is refused by name before anything is made, or with REALM_BEST_EFFORT is a warning to the
 * log callback.  After a failure nothing is left behind.
 *
 * Return: 0; -EINVAL for a plan that is not possible; -EOPNOTSUPP; -ENOENT, -EACCES or -EIO for a file; -E2BIG; or a failure of the host.
 * Since: 0.1
 * Source: KVM; docs/lifecycle.md has the calls of each family.
 */
int realm_create(struct realm_plan *plan, const struct realm_opts *opts, struct realm **realmp);

/**
 * realm_new() - make a VM for a realm
 * @plan: IPA width, hash, personalization value, granule, LPA2, SVE, PMU, breakpoints and watchpoints are copied; its RAM, loads and RECs are
 *	not looked at and may be missing
 * @opts: options or NULL; step and work are not used
 * @realmp: receives the realm, in phase REALM_PHASE_NEW; caller owns, free with realm_destroy()
 *
 * Return: as realm_create().
 * Since: 0.1
 */
int realm_new(struct realm_plan *plan, const struct realm_opts *opts, struct realm **realmp);

/**
 * realm_adopt() - use the VM of a VMM for a realm
 * @plan: as for realm_new(); the IPA width must be that of the VM
 * @vm_fd: descriptor that KVM_CREATE_VM gave for realm_vm_type(); borrowed until realm_destroy(), which does not close it
 * @opts: options or NULL; as for realm_new().  The VMM makes its own GIC, and initialises it before realm_seal()
 * @realmp: receives the realm, in phase REALM_PHASE_NEW; caller owns
 *
 * Return: as realm_create(); -EINVAL when @vm_fd is no VM, or from rmi-v12 on none for realms: before, realm_configure() fails.
 * Since: 0.1
 */
int realm_adopt(struct realm_plan *plan, int vm_fd, const struct realm_opts *opts, struct realm **realmp);

/**
 * realm_vm_type() - argument of KVM_CREATE_VM for a realm on this host
 * @ctx: context
 * @ipa_bits: IPA width, 32..52
 * @typep: receives the type
 *
 * Return: 0; -EINVAL; or a failure of the host.
 * Since: 0.1
 */
int realm_vm_type(struct realm_ctx *ctx, unsigned int ipa_bits, uint64_t *typep);

/**
 * realm_configure() - tell the host hash and personalization value, where it takes them
 * @realm: realm in phase REALM_PHASE_NEW; CONFIGURED after
 *
 * Return: 0; -EBUSY; or a failure of the host.
 * Since: 0.1
 * Source: KVM RFC v1 to v11, KVM_CAP_ARM_RME_CONFIG_REALM.
 */
int realm_configure(struct realm *realm);

/**
 * realm_forward_calls() - have host calls of the guest come out of realm_run()
 * @realm: realm in any phase before REALM_PHASE_SEALED
 * @first: first function identifier (SMCCC), in X0 of the guest's RsiHostCall
 * @count: how many identifiers, not 0
 *
 * KVM answers all others itself.  Up to rmi-v13 PSCI calls come out in the same way, and realm_psci_complete() has to finish CPU_ON and
 * AFFINITY_INFO; from rmi-v14 on KVM answers all of PSCI, whatever was asked for.
 *
 * Return: 0; -EINVAL for identifiers that KVM does not let go, as those of the Arm architecture, or that come out already; -EBUSY; or a failure of the host.
 * Since: 0.1
 * Source: Linux 6.4, KVM_ARM_VM_SMCCC_FILTER.
 */
int realm_forward_calls(struct realm *realm, uint32_t first, uint32_t count);

/**
 * realm_add_rec() - add a vCPU, and its REC
 * @realm: realm in phase REALM_PHASE_CONFIGURED or RECS; RECS after
 * @pc: first instruction
 * @gprs: values of X0 and up, may be NULL when @count is 0; the rest is zero
 * @count: 0..REALM_REC_GPRS
 *
 * The first is runnable, the others wait for PSCI CPU_ON.  SVE length, breakpoints, watchpoints and PMU counters of the plan are written to each.
 *
 * Return: the index of the vCPU; -EINVAL; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_add_rec(struct realm *realm, uint64_t pc, const uint64_t *gprs, size_t count);

/**
 * realm_adopt_rec() - as realm_add_rec(), with the vCPU of a VMM
 * @realm: as for realm_add_rec()
 * @vcpu_fd: descriptor that KVM_CREATE_VCPU gave for the next index; not initialised yet (KVM_ARM_VCPU_INIT is the library's, which knows the features);
 *	borrowed until realm_destroy()
 * @run: the mapped kvm_run page of it, borrowed until realm_destroy()
 * @pc: as for realm_add_rec()
 * @gprs: as for realm_add_rec()
 * @count: as for realm_add_rec()
 *
 * Return: as realm_add_rec().
 * Since: 0.1
 */
int realm_adopt_rec(struct realm *realm, int vcpu_fd, void *run, uint64_t pc, const uint64_t *gprs, size_t count);

/**
 * realm_add_memory() - add RAM
 * @realm: realm in phase REALM_PHASE_RECS or MEMORY; MEMORY after
 * @base: IPA of the first byte in the protected half, a multiple of the granule
 * @size: bytes, a multiple of the granule, not 0
 *
 * All of it becomes RIPAS RAM.  The library makes the protected backing (a guest_memfd, but for rme-rfc) and the shared one.
 *
 * Return: the memory slot; -EINVAL; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_add_memory(struct realm *realm, uint64_t base, uint64_t size);

/**
 * struct realm_memory - memory of a VMM
 * @sz: sizeof(struct realm_memory)
 * @slot: memory slot it is in
 * @guest_memfd: protected backing, or -1 (rme-rfc); borrowed until realm_destroy(), as is @shared
 * @base: IPA of the first byte
 * @size: bytes
 * @offset: first byte in @guest_memfd
 * @shared: what the guest sees in the unprotected half; MAP_SHARED, no huge pages
 */
struct realm_memory {
	size_t sz;
	uint32_t slot;
	int guest_memfd;
	uint64_t base;
	uint64_t size;
	uint64_t offset;
	void *shared;
};

/**
 * realm_adopt_memory() - as realm_add_memory(), for a slot that a VMM has set
 * @realm: as for realm_add_memory()
 * @memory: the slot, copied
 *
 * Return: 0; -EINVAL; -E2BIG; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_adopt_memory(struct realm *realm, const struct realm_memory *memory);

/**
 * realm_shared() - what the guest sees in the unprotected half
 * @realm: realm
 * @ipa: first byte, without the shared bit
 * @size: bytes, within one slot
 *
 * Return: the memory, borrowed until realm_destroy(); NULL when it is not all in one slot.  In place (REALM_IN_PLACE) only pages that are shared may be touched.
 * Since: 0.1
 */
void *realm_shared(struct realm *realm, uint64_t ipa, uint64_t size);

/**
 * realm_populate() - give protected memory its first content, and measure it
 * @realm: realm in phase REALM_PHASE_MEMORY or POPULATED; POPULATED after
 * @ipa: first byte, a multiple of the granule
 * @source: bytes, copied
 * @size: bytes, a multiple of the granule, not 0; within RAM, of one or more slots
 * @flags: 0 or REALM_LOAD_UNMEASURED (refused in rme-rfc, which measures everything)
 *
 * The first call also makes the realm and, in rme-rfc and rme, its RIPAS: no parameter can change after it.  Calls of several threads are
 * carried out one after the other; who wants a certain RIM calls in a certain order.  A failure in the middle is final: the phase is REALM_PHASE_DEAD then.
 *
 * Return: 0; -EINVAL, also for what is not RAM or was populated before; -EOPNOTSUPP; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_populate(struct realm *realm, uint64_t ipa, const void *source, uint64_t size, uint32_t flags);

/**
 * realm_seal() - create the RECs and activate the realm: its RIM is final, it can run
 * @realm: realm in phase REALM_PHASE_MEMORY or POPULATED; SEALED after
 *
 * Families from rmi-v12 on do this at the first KVM_RUN: the library makes one that does not enter the guest.  A failure is final: the phase is
 * REALM_PHASE_DEAD then, and only realm_destroy() is possible.
 *
 * Return: 0; -EINVAL where the GIC cannot be, and the phase stays; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_seal(struct realm *realm);

/** enum realm_exit_reason - why realm_run() came back */
enum realm_exit_reason {
	REALM_EXIT_MMIO = 1,     /* an access to the unprotected half outside memory: ipa, size, is_write, data */
	REALM_EXIT_CONVERT,      /* [ipa, ipa + size) is to be private or shared (to_private): realm_convert(), run again */
	REALM_EXIT_FAULT,        /* the host has no memory for ipa, or it is poisoned: running again does not help */
	REALM_EXIT_HOST_CALL,    /* one of realm_forward_calls(): nr, args; the answer goes in results */
	REALM_EXIT_SYSTEM_OFF,   /* PSCI SYSTEM_OFF */
	REALM_EXIT_SYSTEM_RESET, /* PSCI SYSTEM_RESET */
	REALM_EXIT_SHUTDOWN,     /* the RMM refuses to run the realm any more */
	REALM_EXIT_INTERRUPTED,  /* realm_kick(), or a signal */
	REALM_EXIT_RETRY,        /* the REC cannot run yet: run again; a VMM may give up after some time */
	REALM_EXIT_INTERNAL,     /* KVM reports an error of its own: code */
};

/**
 * struct realm_exit - an exit, filled by realm_run(), and the answer to it, read by the next realm_run()
 * @sz: sizeof(struct realm_exit), set by the caller
 * @reason: which members below hold something; the others are zero
 * @is_write: MMIO: 1 for a store
 * @to_private: CONVERT: 1 for private (RIPAS RAM), 0 for shared (RIPAS EMPTY).  The guest asked by RSI_IPA_STATE_SET, or touched the half
 *	that a page is not in, or the host could not give it a page; KVM reports them alike
 * @code: INTERNAL: suberror, or an exit reason that the library does not know; SHUTDOWN: 0
 * @ipa: MMIO, CONVERT, FAULT: address without the shared bit
 * @size: MMIO: 1, 2, 4 or 8 bytes; CONVERT, FAULT: bytes
 * @data: MMIO: what is stored; for a load the caller puts the value here
 * @nr: HOST_CALL: function identifier
 * @args: HOST_CALL: X1..X6
 * @results: HOST_CALL: the caller puts X0..X3 here
 */
struct realm_exit {
	size_t sz;
	enum realm_exit_reason reason;
	uint32_t is_write;
	uint32_t to_private;
	uint32_t code;
	uint64_t ipa;
	uint64_t size;
	uint64_t data;
	uint64_t nr;
	uint64_t args[6];
	uint64_t results[4];
};

/**
 * realm_run() - run a vCPU until something needs the VMM
 * @realm: realm in phase REALM_PHASE_SEALED or RUNNING; RUNNING after
 * @vcpu: index of the vCPU, one thread at a time
 * @exit: in: the answer to the last exit of this vCPU, in the structure that held it; out: the exit.  Its sz must be set
 *
 * Return: 0; -EINVAL; -EBUSY, also when another thread runs this vCPU; -ECANCELED after realm_stop(); or a failure of the host.
 * Since: 0.1
 */
int realm_run(struct realm *realm, unsigned int vcpu, struct realm_exit *exit);

/**
 * realm_kick() - make realm_run() of a vCPU return with REALM_EXIT_INTERRUPTED
 * @realm: realm
 * @vcpu: index of the vCPU; if it does not run now, its next realm_run() returns at once
 *
 * May be called in a signal handler.
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_kick(struct realm *realm, unsigned int vcpu);

/**
 * realm_convert() - make memory private or shared
 * @realm: realm in phase REALM_PHASE_SEALED or RUNNING
 * @ipa: first byte, a multiple of the granule
 * @size: bytes, a multiple of the granule, not 0; may span slots
 * @to_private: 1 or 0
 *
 * What was there is gone, whatever the direction.  Nothing is done unless all of it is RAM of the realm; a failure of the host in the middle leaves the part before it converted.
 *
 * Return: 0; -EINVAL; -EBUSY; or a failure of the host.
 * Since: 0.1
 */
int realm_convert(struct realm *realm, uint64_t ipa, uint64_t size, int to_private);

/**
 * realm_inject_abort() - let the access that a vCPU exited for fail
 * @realm: realm in phase REALM_PHASE_RUNNING
 * @vcpu: index of a vCPU whose last exit was REALM_EXIT_MMIO, which is not running
 *
 * The guest takes a synchronous external abort when it is run again.
 *
 * Return: 0; -EINVAL; -EBUSY when the last exit was another; or a failure of the host.
 * Since: 0.1
 */
int realm_inject_abort(struct realm *realm, unsigned int vcpu);

/**
 * realm_psci_complete() - finish a PSCI call that the VMM handles itself
 * @realm: realm in phase REALM_PHASE_RUNNING
 * @vcpu: index of the vCPU that called
 * @mpidr: target of the call
 * @status: PSCI status
 *
 * For VMMs that had KVM forward PSCI (CPU_ON and AFFINITY_INFO), in families rme to rmi-v13.  KVM does it by itself otherwise.
 *
 * Return: 0; -EINVAL; -EBUSY; -EOPNOTSUPP in the other families; or a failure of the host.
 * Since: 0.1
 * Source: KVM v2 to v13, KVM_ARM_VCPU_RMM_PSCI_COMPLETE.
 */
int realm_psci_complete(struct realm *realm, unsigned int vcpu, uint64_t mpidr, uint32_t status);

/**
 * realm_stop() - let no vCPU run any more; the phase is REALM_PHASE_DEAD after
 * @realm: realm in any phase
 *
 * Threads in realm_run() return from it with -ECANCELED, which leaves the detail of an earlier failure alone.  The call does not wait for them.
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_stop(struct realm *realm);

/**
 * realm_destroy() - stop a realm, wait for threads that are in realm_run(), and give back all that it had
 * @realm: realm or NULL; nobody may use it any more, but for those that are in realm_run()
 *
 * Since: 0.1
 */
void realm_destroy(struct realm *realm);

/**
 * realm_phase() - how far a realm has come
 * @realm: realm
 *
 * Return: the phase; 0 when @realm is NULL.
 * Since: 0.1
 */
enum realm_phase realm_phase(struct realm *realm);

/**
 * realm_phase_name() - "new", "configured", "recs", "memory", "populated", "sealed", "running" or "dead"
 * @phase: phase
 *
 * Return: a static string, NULL for an unknown value.
 * Since: 0.1
 */
const char *realm_phase_name(enum realm_phase phase);

/**
 * realm_family() - KVM family of the host that a realm is on
 * @realm: realm
 *
 * Return: the family; REALM_FAMILY_ANY when @realm is NULL.
 * Since: 0.1
 */
enum realm_family realm_family(const struct realm *realm);

/**
 * realm_vm_fd() - descriptor of the VM, for what the library does not cover: interrupts, eventfds, devices
 * @realm: realm
 *
 * Return: the descriptor, borrowed until realm_destroy(); -EINVAL when @realm is NULL.
 * Since: 0.1
 */
int realm_vm_fd(const struct realm *realm);

/**
 * realm_vcpu_fd() - descriptor of a vCPU
 * @realm: realm
 * @vcpu: index of the vCPU
 *
 * Return: the descriptor, borrowed until realm_destroy(); -EINVAL when there is no such vCPU.
 * Since: 0.1
 */
int realm_vcpu_fd(struct realm *realm, unsigned int vcpu);

/**
 * realm_vcpu_count() - number of vCPUs
 * @realm: realm
 *
 * Return: the count; 0 when @realm is NULL.
 * Since: 0.1
 */
unsigned int realm_vcpu_count(struct realm *realm);

/**
 * realm_measured() - what the RMM has measured, read out of the RMM
 * @realm: realm in phase REALM_PHASE_POPULATED or later, not DEAD
 * @index: 0: RIM; 1..4: REMs
 * @value: receives the digest, zero-padded to a slot
 * @lenp: receives the bytes of the digest; may be NULL
 *
 * Return: 0; -EINVAL; -EBUSY; -EOPNOTSUPP for a host that cannot tell, as Linux cannot: ask the realm for a token there.
 * Since: 0.1
 */
int realm_measured(struct realm *realm, unsigned int index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp);

#endif /* REALM_LIFECYCLE_H */
