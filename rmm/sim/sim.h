/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sim.h - the software host: what its files share
 *
 *     realm_host_ops (sim.c) -> files: system.c vm.c vcpu.c gmem.c vgic.c           the KVM user ABI
 *                               -> realm.c rtt.c populate.c ripas.c stage2.c rec.c  the kernel: what KVM does for a realm
 *                                  -> rmi.c -> rmm/core -> port.c, memory.c, cpu-*.c  the machine: RMM, memory, CPUs
 *
 * Locks, in the order in which they are taken: VM; RMM (port.c: also held by a CPU while it runs a slice of guest code,
 * so that guests and RMM never run at the same time); file table, memory, fault, each for a moment. The VM's is not held
 * in REC_ENTER, nor by sim_file_put().
 */
#ifndef SIM_H
#define SIM_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "kvm-realm.h"
#include "port.h"
#include "realm-sim.h"

#define SIM_VCPUS_MAX 512
#define SIM_TARGET 5	/* KVM_ARM_TARGET_GENERIC_V8: target of KVM_ARM_VCPU_INIT */
#define SIM_SLOTS_MAX 512
#define SIM_FILTERS_MAX 8
#define SIM_CPUS 8	/* the RMM is told that so many CPUs call it */
#define SIM_BANK_BASE UINT64_C(0x80000000)	/* memory of the kernel */
#define SIM_WINDOW_SIZE (UINT64_C(4) << 30)	/* physical addresses for pages of this process */

struct rmi_realm_params;
struct sim_vm;
struct sim_vcpu;

/* ---- memory.c: the physical memory of the host ---- */

#define SIM_ORDERS 16	/* blocks of 1, 2, 4 .. pages */

struct sim_stack {
	uint64_t *values;
	size_t count, max;
};

struct sim_memory {
	uint32_t page_size;	/* the kernel's pages, which are the RMM's granules */
	uint64_t base, size;	/* the bank of the kernel */
	uint64_t window;	/* base of the window, SIM_WINDOW_SIZE bytes */
	uint8_t *bytes;	/* of the bank; untouched pages take no memory */
	uint8_t *owner;	/* enum sim_owner of each 4 KiB of bank and window */
	uint64_t fresh;	/* PA from which on no page was ever taken */
	struct sim_stack free[SIM_ORDERS];	/* blocks that were given back, all zeros */
	uint8_t **views;	/* what each page of the window stands for; NULL: nothing */
	size_t fresh_view;	/* index from which on no page of the window was ever taken */
	struct sim_stack free_views;	/* indices */
	uint64_t used;	/* pages of the bank that are taken now */
	uint64_t window_used;
	uint64_t freed;	/* pages given back since the last trim */
};

enum sim_owner { SIM_OWNER_NS, SIM_OWNER_REALM };

int sim_memory_init(struct sim_memory *memory, uint64_t size, uint32_t page_size);
void sim_memory_free(struct sim_memory *memory);
/* Zeroed pages in a row, the first a multiple of align pages; 0: there are none. Callable from any thread. */
uint64_t sim_pages_alloc(struct realm_sim *sim, unsigned count, unsigned align);
void sim_pages_free(struct realm_sim *sim, uint64_t pa, unsigned count);
/* Gives what is free back to the machine below, when that is much. */
void sim_memory_trim(struct realm_sim *sim);
/* A physical address for a page of this process, until it is let go; 0: the window is full. */
uint64_t sim_window_open(struct realm_sim *sim, void *page);
/* Another page for an address that only this thread knows */
void sim_window_turn(struct realm_sim *sim, uint64_t pa, void *page);
void sim_window_close(struct realm_sim *sim, uint64_t pa);
/* Can this process read all of that? One system call, so once a request and not once a page */
bool sim_user_mapped(const void *start, size_t size);
/* The bytes at a physical address, whoever owns them; NULL: no memory there. */
void *sim_memory_at(struct realm_sim *sim, uint64_t pa, size_t size);
enum sim_owner sim_owner_of(const struct realm_sim *sim, uint64_t pa);
/* Moves pages from one owner to the other; false: they are not all of the one they come from. */
bool sim_owner_set(struct realm_sim *sim, uint64_t pa, size_t size, enum sim_owner owner);

/* ---- port.c: struct rmm_port on all this, and the lock of the RMM ---- */

struct sim_lock {
	pthread_mutex_t mutex;
	pthread_cond_t turn;
	uint64_t next, serving;	/* who comes first is served first */
};

int sim_lock_init(struct sim_lock *lock);
void sim_lock_destroy(struct sim_lock *lock);
void sim_lock_take(struct sim_lock *lock);
void sim_lock_give(struct sim_lock *lock);

extern const struct rmm_port sim_port;	/* its ctx is the host */

/* The vCPU that this thread runs from here on, for REC_ENTER; NULL: none any more */
void sim_port_enter_as(struct sim_vcpu *vcpu);
/* A CPU for a vCPU, which forgets what the RMM says; NULL: no memory, or a build that runs no guests. Takes the lock. */
struct sim_cpu *sim_port_add_cpu(struct realm_sim *sim);
void sim_port_remove_cpu(struct realm_sim *sim, struct sim_cpu *cpu);	/* frees it; NULL is fine */

/* ---- platform.c: what tokens are signed with; all under the RMM's lock ---- */

struct sim_platform {
	void *rak, *cpak;	/* EVP_PKEY; NULL: not needed yet */
	uint8_t token[1024];
};

/* As struct rmm_port has them */
bool sim_rak_point(struct realm_sim *sim, uint8_t point[RMM_RAK_POINT_SIZE]);
bool sim_rak_sign(struct realm_sim *sim, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);
const void *sim_platform_token(struct realm_sim *sim, const uint8_t challenge[32], size_t *len);
void sim_platform_end(struct sim_platform *platform);

/* ---- files.c, fault.c, host.c, sim.c: the host, its files and its faults ---- */

enum sim_file_kind { SIM_SYSTEM, SIM_VM, SIM_VCPU, SIM_GMEM, SIM_DEVICE, SIM_HINT };

struct sim_file;

/* NULL: the file has no such operation */
struct sim_file_ops {
	int (*ioctl)(struct sim_file *file, unsigned long request, uintptr_t arg);
	int (*mmap)(struct sim_file *file, size_t length, int prot, int flags, uint64_t offset, void **addrp);
	int (*fallocate)(struct sim_file *file, int mode, uint64_t offset, uint64_t length);
	int (*read)(struct sim_file *file, void *buf, size_t size);
	void (*release)(struct sim_file *file);	/* after the last reference, no lock held: frees it */
};

struct sim_file {
	enum sim_file_kind kind;
	const struct sim_file_ops *ops;
	struct realm_sim *sim;
	unsigned refs;	/* the open descriptor, calls that are going on, and files that need this one; under the table's lock */
	int fd;	/* while it is open, else -1; under the table's lock. A memfd of the machine below, so that it can be mapped */
};

/*
 * Opens a descriptor for a new file with these three fields set, which has one reference that goes with the descriptor.
 * size bytes of the descriptor can be mapped. Negative errno: then the caller frees the file.
 */
int sim_file_open(struct realm_sim *sim, struct sim_file *file, size_t size);
/* Maps a part of the descriptor: shared memory, the same for all who map it, so that each can unmap what it has. */
int sim_file_map(const struct sim_file *file, size_t length, int prot, uint64_t offset, void **addrp);
/* What is in [first, end) of that memory is gone. */
void sim_file_punch(const struct sim_file *file, uint64_t first, uint64_t end);
/* mmap(2) of the machine below, for whole pages of the host, where such a page can be */
int sim_map(const struct realm_sim *sim, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp);
/* The file of a descriptor, with a reference; NULL: none of this kind. */
struct sim_file *sim_file_get(struct realm_sim *sim, int fd, enum sim_file_kind kind);
struct sim_file *sim_file_at(struct realm_sim *sim, int fd);	/* of any kind */
void sim_file_hold(struct sim_file *file);
void sim_file_put(struct sim_file *file);
int sim_file_close(struct realm_sim *sim, int fd);	/* 0 or -EBADF */
void sim_files_free(struct realm_sim *sim);	/* closes what is open */

/* Copies a sized structure of the API over one of zeros; 0, -EINVAL, or -E2BIG when it says more than this library knows. */
int sim_options(void *to, size_t size, const void *from, size_t from_size);

/* Does the fault that is set hit now? Then *fault is a copy. */
bool sim_fault_hits(struct realm_sim *sim, enum realm_sim_kind kind, uint64_t which, struct realm_sim_fault *fault);

/* A copy of a structure of the caller, whose address is an argument of an ioctl; 0 or -EFAULT (NULL). */
int sim_copy_in(void *to, uintptr_t from, size_t size);
int sim_copy_out(uintptr_t to, const void *from, size_t size);

typedef void (*sim_rmi_hook)(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS],
			     const uint64_t out[RMM_SMC_REGS]);

struct realm_sim {
	struct realm_sim_opts opts;	/* all filled in */
	const struct realm_kvm_kernel *kernel;	/* generated from spec/kvm-kernels.json */
	const struct realm_kvm_family *family;	/* NULL: a kernel without realms */
	bool v1;	/* the RMM speaks RMI 1.0 */
	struct sim_memory memory;
	pthread_mutex_t memory_lock;	/* allocation */
	struct sim_lock rmm_lock;
	const struct rmm_variant *variant;
	struct rmm *rmm;	/* NULL: a kernel without realms */
	void *rmm_region;
	struct rmm_limits limits;
	void *digest;	/* EVP_MD_CTX, under the RMM's lock */
	void *algorithms[3];	/* EVP_MD by RMI_HASH_* */
	struct sim_platform platform;
	struct sim_cpu **cpus;	/* all there are, for TLB invalidation; under the RMM's lock */
	size_t num_cpus, max_cpus;
	pthread_mutex_t table_lock;
	struct sim_file **files;	/* by descriptor */
	size_t max_files;
	pthread_mutex_t fault_lock;
	struct realm_sim_fault fault;
	unsigned fault_seen, fault_hits;
	bool fault_set;	/* read without the lock: is there any? */
	sim_rmi_hook rmi_hook;	/* for tests: after each RMI call of the kernel; set before the host is used */
	void *rmi_hook_arg;
	pthread_mutex_t op_lock;	/* one stateful operation at a time; before the RMM's */
	uint64_t op_list;	/* PA of the page for its lists */
	uint64_t vmids[4];	/* RMM 1.0: the kernel chooses, 256 of them; under memory_lock */
};

/* ---- system.c: /dev/kvm, capabilities, hint files ---- */

int sim_system_open(struct realm_sim *sim);	/* descriptor or negative errno */
int sim_hint_open(struct realm_sim *sim, const char *name);	/* a parameter of the module kvm */
/* The number of the kernel's own capability for realms, one of our choice where it was not seen; 0: it has none */
uint64_t sim_realm_cap(const struct realm_sim *sim);
/* The widest IPA space of a VM */
unsigned sim_ipa_limit(const struct realm_sim *sim, bool is_realm);
bool sim_has_guest_memfd(const struct realm_sim *sim, bool is_realm);
bool sim_has_memory2(const struct realm_sim *sim);	/* KVM_SET_USER_MEMORY_REGION2 */
/* Flags that KVM_CREATE_GUEST_MEMFD takes */
uint64_t sim_gmem_flags(const struct realm_sim *sim, bool is_realm);
/* KVM_CHECK_EXTENSION; vm: of that VM, or NULL */
int sim_check_extension(struct realm_sim *sim, const struct sim_vm *vm, uint64_t cap);

/* ---- gmem.c: guest_memfd; all under the lock of its VM ---- */

struct sim_gmem {
	struct sim_file file;
	struct sim_vm *vm;	/* a reference is held */
	uint64_t size, flags;
	uint64_t **chunks;	/* PA of each page, SIM_CHUNK pages a chunk; 0 or no chunk: none yet */
	struct sim_intervals *shared;	/* in place: offsets that are shared now; NULL: all are private for ever */
	uint64_t leaked;	/* pages that left the file while the realm had them: they are lost, and no host may touch them */
};

/* ---- vm.c: VM descriptors: memory slots, attributes, vCPUs, devices ---- */

struct sim_slot {
	bool used;
	uint32_t flags;
	uint64_t gpa, size;
	uint8_t *user;	/* shared backing */
	struct sim_gmem *gmem;	/* no reference: the file takes itself out when it goes; NULL: none */
	uint64_t gmem_offset;
	uint64_t added;	/* greater than that of all slots that were there when it was added */
};

struct sim_interval {
	uint64_t base, top;
};

/* Sorted, apart, not touching: the addresses that have an attribute (PRIVATE) */
struct sim_intervals {
	struct sim_interval *list;
	size_t count, max;
};

struct sim_filter {
	uint32_t first, last;
	uint8_t action;	/* REALM_KVM_SMCCC_FILTER_* */
};

#define SIM_VGIC_UNSET UINT64_MAX

struct sim_vgic {
	bool created, initialised;
	uint64_t dist, redist;	/* SIM_VGIC_UNSET: not set */
	unsigned num_irqs;	/* 0: not set */
};

enum sim_realm_state { SIM_REALM_NONE, SIM_REALM_NEW, SIM_REALM_ACTIVE, SIM_REALM_DYING, SIM_REALM_DEAD };

/* What the kernel knows of the realm of a VM */
struct sim_realm {
	enum sim_realm_state state;
	uint64_t rd, roots;	/* PAs */
	unsigned num_roots;
	int start_level;
	uint16_t vmid;	/* RMM 1.0 */
	uint32_t hash_algo;	/* CONFIG items; RMI_HASH_* */
	uint8_t rpv[REALM_RPV_SIZE];
	bool config_sve, config_dbg, config_pmu;	/* RFC v1: items that were given */
	uint32_t sve_vq, num_brps, num_wrps, pmu_counters;
};

struct sim_vm {
	struct sim_file file;
	pthread_mutex_t lock;	/* all below, and vCPUs that are not running */
	pthread_cond_t changed;	/* a vCPU was powered on, or told to leave */
	bool is_realm, is_protected;	/* at most one: a realm, or a VM of pKVM */
	unsigned ipa_bits;
	struct sim_slot slots[SIM_SLOTS_MAX];	/* by slot number */
	struct sim_intervals private;	/* VM-level attributes */
	struct sim_vcpu *vcpus[SIM_VCPUS_MAX];	/* by id; they stay until the VM goes, an open one holds a reference to it */
	unsigned num_vcpus, creation[SIM_VCPUS_MAX];	/* ids in the order of creation */
	struct sim_filter filters[SIM_FILTERS_MAX];
	unsigned num_filters;
	bool has_run;
	struct sim_vgic vgic;
	struct sim_realm realm;
};

/* A descriptor or negative errno. system.c calls it after it has judged the type. */
int sim_vm_open(struct realm_sim *sim, bool is_realm, bool is_protected, unsigned ipa_bits);
int sim_vm_measurement(struct sim_vm *vm, unsigned index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp);
/* The slot that an address (without the shared bit) is in, or NULL */
struct sim_slot *sim_slot_of(struct sim_vm *vm, uint64_t gpa);
bool sim_is_private(const struct sim_vm *vm, const struct sim_slot *slot, uint64_t gpa);
uint64_t sim_shared_bit(const struct sim_vm *vm);

/* intervals.c */
int sim_intervals_set(struct sim_intervals *intervals, uint64_t base, uint64_t top, bool on);	/* 0 or -ENOMEM */
bool sim_intervals_has(const struct sim_intervals *intervals, uint64_t base, uint64_t top);	/* all of it */

/* slots.c */
int sim_set_slot(struct sim_vm *vm, const struct realm_kvm_userspace_memory_region2 *region);
int sim_set_attributes(struct sim_vm *vm, const struct realm_kvm_memory_attributes *attributes);
/* The user's memory goes away: no slot of any VM has it mapped any more. */
void sim_user_unmapped(struct realm_sim *sim, const void *start, size_t size);

/* gmem.c */
int sim_gmem_open(struct sim_vm *vm, uint64_t size, uint64_t flags);	/* without the VM's lock */
bool sim_gmem_is_shared(const struct sim_gmem *gmem, uint64_t offset);
/* PA of the page at offset, taken if need be; 0: no memory */
uint64_t sim_gmem_page(struct sim_gmem *gmem, uint64_t offset, bool take);

/* ---- vcpu.c, onereg.c, run.c: vCPU descriptors ---- */

struct sim_vcpu {
	struct sim_file file;
	struct sim_vm *vm;	/* a reference is held */
	unsigned id;
	struct realm_kvm_run *run;	/* a page, mapped by user space too */
	bool initialised, finalized_sve, finalized_rec, powered_off;
	bool pmu_irq_set, pmu_ready;	/* device attributes of PMU_V3 */
	uint32_t features;
	uint64_t x[31], pc;
	uint64_t dfr0, pmcr;
	uint64_t sve_vls[8];
	bool busy;	/* in a call: the next waits for vm->changed */
	bool entered;	/* in REC_ENTER, or its exit is still to be handled */
	bool asked_on, maybe_off;	/* CPU_ON while it was entered; CPU_OFF after that (smccc.c) */
	uint64_t rec, rec_run;	/* PAs, 0: none; the RmiRecRun page is the kernel's */
	uint64_t aux[RMM_AUX_MAX];
	unsigned num_aux;
	struct sim_cpu *cpu;
	struct rmm_gic gic;	/* ICH_* registers of the CPU that runs it (RMM 2.0) */
	/* what the next entry has to do */
	bool mmio_pending, mmio_is_write, abort_pending, abort_allowed;
	unsigned mmio_len;
	bool hypercall_pending;	/* x[] goes back to the guest */
	bool psci_pending;	/* PSCI: the RMM is to be told of the target that the REC called about */
	uint32_t psci_fid;
	uint64_t psci_mpidr;
	bool ripas_pending;	/* a RIPAS change is committed before the next entry */
	uint64_t ripas_base, ripas_top;
	uint8_t ripas_value;
};

/* Does user space want the thread back that runs a vCPU? It says so in the page that it shares with the kernel. */
static inline bool sim_vcpu_is_wanted(const struct sim_vcpu *vcpu)
{
	return __atomic_load_n(&vcpu->run->immediate_exit, __ATOMIC_ACQUIRE);
}

int sim_vcpu_open(struct sim_vm *vm, uint64_t id);	/* without the VM's lock; its release lets go of the VM, no more */
void sim_vcpu_free(struct sim_vcpu *vcpu);	/* the VM goes, after sim_realm_destroy() */
int sim_vcpu_get_reg(struct sim_vcpu *vcpu, const struct realm_kvm_one_reg *reg);	/* onereg.c */
int sim_vcpu_set_reg(struct sim_vcpu *vcpu, const struct realm_kvm_one_reg *reg);
int sim_vcpu_list_regs(struct sim_vcpu *vcpu, uintptr_t arg);
void sim_vcpu_reset_regs(struct sim_vcpu *vcpu);	/* values of a fresh vCPU: the RMM's maxima */
int sim_vcpu_run(struct sim_vcpu *vcpu);	/* run.c: KVM_RUN, with the VM's lock held */
/* Fills in a memory fault exit; gives -EFAULT, as KVM_RUN does then. */
int sim_exit_memory_fault(struct sim_vcpu *vcpu, uint64_t gpa, uint64_t size, bool is_private);
uint64_t sim_mpidr(unsigned id);	/* affinity that KVM gives a vCPU */

/* ---- vgic.c: the GIC as a device ---- */

int sim_vgic_create(struct sim_vm *vm, struct realm_kvm_create_device *create);	/* without the VM's lock */
/* What the first run of a vCPU wants of it: 0, -ENXIO without addresses, -EBUSY if it is not initialised */
int sim_vgic_ready(const struct sim_vm *vm);
/* An access of a guest, gpa without the shared bit; false: not to the GIC */
bool sim_vgic_access(const struct sim_vm *vm, uint64_t gpa, bool is_write, uint64_t *value);

/* ---- rmi.c: calls of the kernel to the RMM, either version ---- */

/* regs in and out; counts, injects, tells the hook. Gives X0. */
uint64_t sim_rmi(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS]);
/* The same with these registers and zeros */
uint64_t sim_rmi_call(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS], uint64_t fid, uint64_t x1, uint64_t x2,
		      uint64_t x3);
/* Goes on with a stateful operation until it is finished: donates fresh pages, frees those given back. Gives X0. */
uint64_t sim_rmi_finish(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS]);
int sim_boot(struct realm_sim *sim);	/* makes the RMM and brings it up as the kernel does; 0, -ENOMEM, -EINVAL or -ENXIO */
void sim_halt(struct realm_sim *sim);	/* undoes that, also when it failed */
/* true: all of it changed hands. A page that cannot come back is leaked. */
bool sim_delegate(struct realm_sim *sim, uint64_t pa, unsigned count);
bool sim_undelegate(struct realm_sim *sim, uint64_t pa, unsigned count);
/* The first RMI call of this thread that failed, since sim_rmi_forget() and not made good by a later one of its kind; false: none */
bool sim_rmi_last(uint64_t *fidp, uint64_t *resultp);
void sim_rmi_forget(void);

/* ---- the kernel's work for a realm; all with the VM's lock held. 0 or negative errno as KVM gives it. ---- */

/* params.c */
/* RmiRealmParams from vCPU state or CONFIG items, but for the tables and the VMID; 0 or -EINVAL */
int sim_realm_params(struct sim_vm *vm, struct rmi_realm_params *params);

/* realm.c */
int sim_realm_create(struct sim_vm *vm);	/* the RD */
/*
 * What KVM does before a vCPU is run, until it is once done: from v12 on the realm is completed. It is done when that has
 * failed, too: runs go on to the entry, which cannot succeed then.
 */
int sim_realm_activate(struct sim_vm *vm);
void sim_realm_destroy(struct sim_vm *vm);	/* teardown as KVM orders it, with all slots and vCPUs there */

/* enable-cap.c */
int sim_realm_enable_cap(struct sim_vm *vm, const struct realm_kvm_enable_cap *cap);	/* F1 commands */

/* rec.c */
int sim_rec_create(struct sim_vcpu *vcpu);
void sim_rec_destroy(struct sim_vcpu *vcpu);

/* populate.c */
int sim_populate(struct sim_vm *vm, uintptr_t arg, bool advance);	/* POPULATE of v12 (advance false) and later */
int sim_populate_shared(struct sim_vm *vm, uint64_t base, uint64_t size, uint32_t flags);	/* F1 */

/* ripas.c */
int sim_ripas_init(struct sim_vm *vm, uint64_t base, uint64_t top);
/*
 * Commits vcpu->ripas_*, of which ripas_base becomes how far that got. 0 also if the RMM refuses the rest: the guest
 * hears of it. -ENOMEM: call again.
 */
int sim_ripas_set(struct sim_vcpu *vcpu);

/* rtt.c */
#define SIM_LAST_LEVEL 3

uint64_t sim_rtt_bytes(const struct realm_sim *sim, int level);	/* what an entry of a level maps */
int sim_rtt_start_level(const struct realm_sim *sim, unsigned ipa_bits);	/* as KVM chooses it */
bool sim_rtt_missed(uint64_t result, int *levelp);	/* RMI_ERROR_RTT, and where the walk ended */
/* Makes the tables that lead to base, from below the level where a walk ended to the level that fits the range. */
int sim_rtt_create(struct sim_vm *vm, uint64_t base, uint64_t top, int walk_level);
/*
 * A call that maps a page at ipa, again after tables that it misses were made; regs in and out. 0, negative errno, or
 * the RMI's status, which is positive.
 */
int sim_rtt_map(struct sim_vm *vm, uint64_t ipa, uint64_t regs[RMM_SMC_REGS]);
void sim_rtt_destroy_all(struct sim_vm *vm);
/* Pages in a row for the RMM: 0, -ENOMEM, -ENXIO. And back; what cannot come back is leaked. */
int sim_granules_alloc(struct realm_sim *sim, unsigned count, uint64_t *pap);
void sim_granules_free(struct realm_sim *sim, uint64_t pa, unsigned count);

/* stage2.c */
/*
 * The page for gpa in the protected half, delegated: 0, -ENOMEM, -ENXIO if it was or is not to be had. And back: to its
 * file, which knows what to do with one that the RMM keeps.
 */
int sim_private_take(struct sim_vm *vm, struct sim_slot *slot, uint64_t gpa, uint64_t *pap);
void sim_private_return(struct sim_vm *vm, uint64_t pa);
/* Both halves at gpa, which is without the shared bit. A slot has to be there until its ranges are unmapped. */
void sim_unmap_range(struct sim_vm *vm, uint64_t base, uint64_t top, bool private);

enum sim_fault {
	SIM_FAULT_AGAIN,	/* mapped: enter again */
	SIM_FAULT_MMIO,	/* no memory there: an access to emulate */
};

/* A stage 2 fault of a guest, in either half: enum sim_fault; or negative errno, -EFAULT with the exit filled in */
int sim_stage2_fault(struct sim_vcpu *vcpu, uint64_t ipa, bool is_write);

#endif
