/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * port.h - the test RMM's core and the machine under it: what a port drives, and what it provides
 *
 * The core is freestanding: no libc (but for memcpy, memset, memmove and memcmp, which compilers call on their own), no
 * allocation, no globals that change. A port makes one instance with rmm_init() in memory that it hands over, passes it
 * every RMI call, and provides struct rmm_port. Numbers and layouts are those of spec/generated; docs/rmi.md lists the
 * registers of every call. This RMM is for tests: it follows the rules, it does not protect anything by itself.
 */
#ifndef RMM_PORT_H
#define RMM_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RMM_SMC_REGS 11	/* X0..X10: as many as any RMI or RSI call takes or gives */
#define RMM_GPRS 31
#define RMM_LRS 16
#define RMM_DIGEST_MAX 64
#define RMM_AUX_MAX 16	/* granules that a REC can hold beside its own */
#define RMM_BANKS_MAX 8
#define RMM_RAK_POINT_SIZE 97
#define RMM_SIGNATURE_SIZE 96
#define RMM_MAPS_MAX 8	/* mappings that a CPU has at a time, at most */

struct rmm;

enum rmm_pas {
	RMM_PAS_NS,
	RMM_PAS_REALM,
};

/* Shape and place of a realm's stage 2: what VTTBR_EL2 and VTCR_EL2 are made of */
struct rmm_stage2 {
	uint64_t root;	/* PA of the first root table; the others follow it */
	uint16_t num_roots;
	uint16_t vmid;
	int8_t start_level;
	uint8_t ipa_bits;
	uint8_t granule_shift;	/* log2 of the bytes of a granule: 12, 14 or 16 */
	bool lpa2;
};

/* The virtual GIC CPU interface of a REC, as ICH_* registers hold it */
struct rmm_gic {
	uint64_t hcr, vmcr, misr;
	uint64_t lrs[RMM_LRS];
};

/* cval as if all offsets were zero; ctl with ISTATUS */
struct rmm_timers {
	uint64_t cntp_ctl, cntp_cval, cntv_ctl, cntv_cval;
};

struct rmm_el1_regs {
	uint64_t sp_el0, sp_el1, elr, spsr, esr, far, vbar, sctlr, actlr, cpacr, ttbr0, ttbr1, tcr, mair, amair;
	uint64_t afsr0, afsr1, contextidr, tpidr, tpidr_el0, tpidrro_el0, par, csselr, cntkctl, mdscr, disr, pmcr;
};

/* A REC as the port loads it into a CPU and stores it back; it stays in the REC's granule */
struct rmm_guest {
	uint64_t x[RMM_GPRS];
	uint64_t pc, pstate;
	uint64_t mpidr;	/* affinity as in VMPIDR_EL2, without RES1; the port answers ID registers itself */
	struct rmm_el1_regs el1;
	struct rmm_timers timers;
	struct rmm_gic gic;
	struct rmm_stage2 stage2;
	uint64_t save[RMM_AUX_MAX];	/* PAs of granules where the port may keep FP, SVE and other state */
	uint8_t num_save;
	uint8_t sve_vl;	/* quadwords minus one */
	bool sve, pmu;
	uint8_t pmu_num_ctrs, num_bps, num_wps;	/* as RmiRealmParams has them: breakpoints and watchpoints minus one */
	bool trap_wfi, trap_wfe;	/* this run: take WFI and WFE to the RMM */
	bool pmu_overflow;	/* after a run: a counter of the realm asserts its interrupt */
};

/* Why a CPU left the guest. A port reports what the CPU says and decides nothing. */
enum rmm_trap_kind {
	RMM_TRAP_SYNC,	/* esr, and far and hpfar where the architecture defines them */
	RMM_TRAP_IRQ,
	RMM_TRAP_FIQ,
	RMM_TRAP_SERROR,	/* esr */
};

struct rmm_trap {
	enum rmm_trap_kind kind;
	uint64_t esr, far, hpfar;
};

enum rmm_call {
	RMM_CALL_RMI,	/* from the host */
	RMM_CALL_RSI,	/* from a realm: RSI, PSCI and everything else by SMC */
};

/*
 * What a port provides. Every function gets the context of rmm_config. All but lock and enter are called with the
 * lock held, so one at a time.
 */
struct rmm_port {
	/*
	 * Makes size bytes at pa accessible until unmap(). pa is aligned to size, which is the granule's, or 4096 for a
	 * structure of the host. pas is the world the RMM takes the memory for. NULL: there is no such memory, or it is
	 * not the host's; memory of the realm world is always there.
	 */
	void *(*map)(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas);
	void (*unmap)(void *ctx, void *va);
	/*
	 * Moves a granule from one physical address space to the other. false: its owner is neither; what went to the
	 * realm world can always go back.
	 */
	bool (*set_pas)(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas);
	/* Forgets what any CPU may have cached of [ipa, ipa + size) of this stage 2. */
	void (*tlb_invalidate)(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size);
	/* One digest at a time; algo is RMI_HASH_*. hash_end() writes as many bytes as the digest has. */
	void (*hash_begin)(void *ctx, unsigned algo);
	void (*hash_add)(void *ctx, const void *data, size_t len);
	void (*hash_end)(void *ctx, uint8_t *digest);
	/* false: no entropy now */
	bool (*random)(void *ctx, void *buf, size_t len);
	/*
	 * The realm attestation key (RAK), of P-384 and made anew for each boot of the RMM: its public point, 0x04 first;
	 * an ECDSA signature over a SHA-384 digest, r then s. false: it cannot.
	 */
	bool (*rak_point)(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE]);
	bool (*rak_sign)(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);
	/*
	 * The token of the platform, a COSE_Sign1 with its tag, whose challenge is the SHA-256 of the RAK as COSE_Key. It
	 * stays the port's and is left alone until the next call. NULL: there is none.
	 */
	const void *(*platform_token)(void *ctx, const uint8_t challenge[32], size_t *len);
	/* Tells of a finished call: its registers before and after. NULL: nobody wants to know. */
	void (*log)(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS]);
	/*
	 * Runs the guest on this CPU until it traps; called without the lock. A guest can trap for ever without an exit
	 * to the host: the port ends that with RMM_TRAP_IRQ, as the host's timer does. The REC and its realm's
	 * descriptor stay mapped meanwhile.
	 */
	void (*enter)(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap);
	/* RMM 2.0: ICH_* registers as the host left them on this CPU; as it shall find them after REC_ENTER */
	void (*gic_read)(void *ctx, struct rmm_gic *gic);
	void (*gic_write)(void *ctx, const struct rmm_gic *gic);
	/* Is a physical interrupt pending on this CPU, which the host should get soon? */
	bool (*irq_pending)(void *ctx);
	void (*lock)(void *ctx);
	void (*unlock)(void *ctx);
};

/* What an implementation offers, in no version's encoding; feature registers are composed from it */
struct rmm_limits {
	uint8_t ipa_bits;
	bool lpa2, sve, pmu, da, s2ap_indirect;
	uint8_t sve_vl, num_bps, num_wps, pmu_num_ctrs;	/* encoded as in the feature registers */
	uint8_t granules;	/* bit RMI_GRANULE_SIZE_*: sizes that can be configured */
	uint8_t hashes;	/* bit RMI_HASH_*: algorithms that REALM_CREATE takes */
	uint8_t hashes_told;	/* those of them that the feature registers show */
	uint8_t max_recs_order, max_vdevs_order;
	uint8_t aux_planes, rtt_plane;	/* rtt_plane: RMI_RTT_PLANE_* */
	uint8_t pps;	/* RMI_PPS_* */
	uint64_t gicv3_vtr;	/* ICH_VTR_EL2: list registers minus one in bits 4:0 */
	uint64_t mec_count;
};

struct rmm_bank {
	uint64_t base, size;	/* bytes, multiples of 64 KiB */
};

struct rmm_variant;

/* The three behaviours that callers can meet; names as in the files and options of librealm */
extern const struct rmm_variant rmm_variant_1_0;	/* rmm-1.0: the 1.0 line, as TF-RMM's 1.1 version does it */
extern const struct rmm_variant rmm_variant_2_0;	/* rmm-2.0: the text of 2.0-bet1 */
extern const struct rmm_variant rmm_variant_tf_2_0;	/* tf-rmm-2.0: TF-RMM of July 2026 */

const char *rmm_variant_name(const struct rmm_variant *variant);
const struct rmm_limits *rmm_variant_limits(const struct rmm_variant *variant);

struct rmm_config {
	const struct rmm_variant *variant;
	const struct rmm_limits *limits;	/* copied; NULL: those of the variant */
	const struct rmm_port *port;	/* borrowed for the life of the instance, as is ctx */
	void *ctx;
	const struct rmm_bank *banks;	/* memory that can be delegated, rising, copied; at most RMM_BANKS_MAX */
	unsigned num_banks, num_cpus;
};

/**
 * rmm_region_size() - bytes of memory that an instance needs for itself: one for each 4 KiB of the banks, about 4 KiB a
 * CPU for operations, and a little
 */
size_t rmm_region_size(const struct rmm_config *config);

/**
 * rmm_init() - make an instance in a region of rmm_region_size() bytes, aligned to 8, that nobody else can reach
 *
 * All memory of the banks counts as the host's. There is nothing to free but the region.
 *
 * Return: the instance, which is at the start of the region; NULL if there is no CPU, banks overlap or are not aligned,
 * or limits do not fit the feature registers.
 */
struct rmm *rmm_init(const struct rmm_config *config, void *region);

/**
 * rmm_rmi() - carry out one call of the host on the calling CPU; takes the lock
 * @regs: X0..X10 as the host gave them; on return as it gets them back. X0 is -1 for a call that the RMM does not know.
 */
void rmm_rmi(struct rmm *rmm, uint64_t regs[RMM_SMC_REGS]);

/**
 * rmm_guest_exception() - let a guest take a synchronous exception to EL1, for ports whose CPU does not do that itself
 * @esr: ESR_EL1 as the guest gets it; the caller has set el1.far where there is one
 */
void rmm_guest_exception(struct rmm_guest *guest, uint64_t esr);

/**
 * rmm_guest_skip() - take a guest past the instruction at pc, which has been done for it
 */
void rmm_guest_skip(struct rmm_guest *guest);

/**
 * rmm_measurement() - read a measurement of a realm, for hosts that show it and for tests; takes the lock
 * @index: 0 for the RIM, 1 to 4 for the REMs
 *
 * Return: the length of the digest; 0 if there is no realm descriptor at rd. The rest of slot is zero.
 */
size_t rmm_measurement(struct rmm *rmm, uint64_t rd, unsigned index, uint8_t slot[RMM_DIGEST_MAX]);

#endif
