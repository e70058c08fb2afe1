/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * core.h - objects of the RMM core and the operations on them, one section a file
 *
 * Operations know no version: they take values, not registers, and return an RmiResult. rmi1.c and rmi2.c unpack the
 * registers of the two interfaces. What the variants of an interface do differently is data, struct rmm_variant.
 * Every operation checks all it is given before it changes anything.
 */
#ifndef RMM_CORE_H
#define RMM_CORE_H

#include "port.h"
#include "rmi.h"

/* util: memory and numbers */

#define mem_copy __builtin_memcpy
#define mem_set __builtin_memset

#define PAGE_4K UINT64_C(0x1000)	/* structures of the host have this size whatever the granule */

static inline bool is_aligned(uint64_t value, uint64_t size)
{
	return !(value & (size - 1));
}

static inline uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Bits hi..lo of value, moved down */
static inline uint64_t bits(uint64_t value, unsigned hi, unsigned lo)
{
	return (value >> lo) & (~UINT64_C(0) >> (63 - (hi - lo)));
}

/* X0 of a command: status, and the level that goes with RMI_ERROR_RTT */
static inline uint64_t result_rtt(int level)
{
	return RMI_ERROR_RTT | (uint64_t)(uint8_t)level << RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT;
}

static inline unsigned result_status(uint64_t result)
{
	return (unsigned)rmi_result_get_status(result);
}

/* variants: what differs between implementations of one interface */

struct rmm_variant {
	const char *name;
	const struct rmm_command *commands;	/* beside those that all versions share; the last has no FID */
	uint32_t version_lowest, version_highest;	/* RmiInterfaceVersion; one major number */
	struct rmm_limits limits;
	const uint64_t *named;	/* FIDs of all commands of the interface, also those that are not here */
	const uint64_t *absent;	/* those of them that this implementation does not know */
	unsigned num_named, num_absent;
	/* measurement */
	bool rim_from_params;	/* the RIM starts as the digest of the realm's parameters, else as zero */
	bool ripas_measured;	/* RTT_INIT_RIPAS extends the RIM */
	bool rem_padded;	/* MEASUREMENT_EXTEND hashes 64 bytes of value, else as many as were given */
	bool config_hides_sha384;	/* RSI_REALM_CONFIG says SHA-512 for a SHA-384 realm */
	/* memory */
	uint32_t range_granules;	/* how many granules, or coarse regions, one RANGE_DELEGATE handles at most */
	bool out_top_on_failure;	/* these two give X1 = base with an error */
	bool gpt_l1_present;	/* level 1 GPTs exist from the start and stay */
	bool init_ripas_assigned;	/* RTT_INIT_RIPAS also takes entries that are ASSIGNED */
	bool empty_from_destroyed;	/* SET_RIPAS to EMPTY needs no flag to leave DESTROYED */
	bool unprot_state_ignored;	/* RTT_UNPROT_MAP does not look at the state of a descriptor */
	bool range_takes_op;	/* RTT_DATA_MAP and the unmaps need a free operation context before anything else */
	bool irq_ends_range;	/* an interrupt before map or unmap: SUCCESS without progress, else INCOMPLETE */
	/* realms and RECs */
	bool needs_activation;	/* RMM_ACTIVATE comes before the use of all else */
	bool has_zombie;	/* REALM_DESTROY needs REALM_TERMINATE first */
	bool host_vmid;	/* the host chooses VMIDs */
	bool params_32bit;	/* small fields of RmiRealmParams are read as 32 bits */
	bool pmu_checked;	/* REALM_CREATE refuses a PMU that the feature register does not show */
	bool instance_id;	/* a realm has a random identity, which its token states */
	const char *token_profile;	/* of realm tokens */
	bool token_mec_policy;	/* a realm token states the MEC policy */
	bool token_cmw;	/* tokens are records of a CMW collection, else bare in the older collection */
	uint8_t rec_aux;	/* granules that a REC needs beside its own */
	bool rec_checks_late;	/* REC_CREATE looks at its parameters only after the donation */
	bool rec_create_cancel;	/* REC_CREATE can be cancelled while it waits for memory */
	bool enter_realm_index;	/* REC_ENTER: ERROR_REALM has index 0 for NEW, 1 for SYSTEM_OFF */
	bool gic_in_run;	/* list registers are in RmiRecRun, else in the CPU */
	bool sea_checked;	/* inject_sea is refused unless the last exit was an abort that it answers */
	bool psci_denied_input;	/* PSCI_COMPLETE with DENIED for a CPU that is on: INPUT, though it completes */
	bool ee_follows_caller;	/* a CPU turned on has SCTLR_EL1.EE of the one that did */
	bool psci_args_exit;	/* exits for PSCI give the arguments 1 to 3, else the MPIDR alone */
	bool ipa_size_fault;	/* what lies above the IPA space is an address size fault, else an external abort */
	bool config_planes;	/* RSI_REALM_CONFIG tells of planes and the GIC */
};

/* instance */

struct rmm_op;

#define RMM_VMIDS 256	/* VMIDs have 8 bits */
#define RMM_OPS_PER_CPU 10
#define RMM_L0GPT_SHIFT 30	/* an entry of the level 0 GPT has 1 GiB: L0GPTSZ is RMI_L0GPTSZ_30BITS */
#define GPT_L1_VALID UINT64_C(1)

struct rmm {
	const struct rmm_variant *variant;
	const struct rmm_port *port;
	void *ctx;
	struct rmm_limits limits;
	struct rmm_bank banks[RMM_BANKS_MAX];
	unsigned num_banks;
	uint8_t state;	/* RMM_STATE_*; INTERMEDIATE is never seen, activation is done in one go */
	uint8_t granule_size;	/* RMI_GRANULE_SIZE_* */
	uint8_t tracking_size;	/* as in RmiRmmConfig */
	uint8_t granule_shift;	/* log2 bytes, follows granule_size */
	uint64_t vmids[RMM_VMIDS / 64];	/* bit set: in use */
	uint64_t mecids;	/* private MECIDs in use */
	unsigned num_ops;
	struct rmm_op *ops;
	uint8_t *granules;	/* enum granule_state of each granule, bank after bank */
	uint8_t *tracking;	/* RMI_TRACKING_* of each tracking region, bank after bank */
	uint64_t *gpt_l1;	/* of each L0 region, bank after bank: PA of its level 1 GPT and GPT_L1_VALID, or 0 */
};

static inline uint64_t granule_bytes(const struct rmm *rmm)
{
	return UINT64_C(1) << rmm->granule_shift;
}

static inline bool is_granule_aligned(const struct rmm *rmm, uint64_t address)
{
	return is_aligned(address, granule_bytes(rmm));
}

/* granule.c: which granule is what */

enum granule_state {
	GRANULE_NS,
	GRANULE_DELEGATED,
	GRANULE_RD,
	GRANULE_RTT,
	GRANULE_REC,
	GRANULE_REC_AUX,
	GRANULE_DATA,
	GRANULE_INTERNAL,	/* donated to an operation or to the RMM */
	GRANULE_PARTIAL,	/* an object that an operation builds or takes apart */
};

/* The state of the granule at pa, to read and to change; NULL: unaligned, or not in a bank */
uint8_t *rmm_granule(struct rmm *rmm, uint64_t pa);
bool rmm_granule_is(struct rmm *rmm, uint64_t pa, enum granule_state state);
/* Are all granules of [pa, pa + size) in this state? false when size is 0 or not of whole granules */
bool rmm_range_is(struct rmm *rmm, uint64_t pa, uint64_t size, enum granule_state state);
/* Changes the state of granules that are known to exist. */
void rmm_range_set(struct rmm *rmm, uint64_t pa, uint64_t size, enum granule_state state);
/* From DELEGATED, INTERNAL or PARTIAL to state, and zero: nothing of the last owner is left. */
void rmm_granule_take(struct rmm *rmm, uint64_t pa, enum granule_state state);
/* Back to DELEGATED. The content stays until the next owner or the host gets it, both of whom find zeros. */
void rmm_granule_release(struct rmm *rmm, uint64_t pa);
void rmm_granule_wipe(struct rmm *rmm, uint64_t pa);
/* To the host, wiped. */
void rmm_granule_give(struct rmm *rmm, uint64_t pa);

/* Maps a granule of the RMM or of a realm. Never fails for memory in a bank. */
void *rmm_map(struct rmm *rmm, uint64_t pa);
void rmm_unmap(struct rmm *rmm, void *va);

/*
 * Memory of the host. An address is usable when it is not delegated; what the host writes there meanwhile is its own
 * affair, so each value is read once.
 */
bool rmm_ns_usable(struct rmm *rmm, uint64_t pa, uint64_t size);
/* A 4 KiB structure, aligned to its size, that is not delegated */
bool rmm_ns_page_usable(struct rmm *rmm, uint64_t pa);
/* false: the port cannot reach it. [pa, pa + size) must be usable and in one 4 KiB page. */
bool rmm_ns_read(struct rmm *rmm, uint64_t pa, void *data, size_t size);
bool rmm_ns_write(struct rmm *rmm, uint64_t pa, const void *data, size_t size);

uint64_t rmm_range_delegate(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t *out_top);
uint64_t rmm_range_undelegate(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t *out_top);

/* global.c: version, features, configuration, activation, tracking, GPT */

uint64_t rmm_version(uint32_t lowest, uint32_t highest, uint64_t requested, uint64_t *lower, uint64_t *higher);
uint64_t rmm_config_get(struct rmm *rmm, uint64_t ptr);
uint64_t rmm_config_set(struct rmm *rmm, uint64_t ptr);
uint64_t rmm_activate(struct rmm *rmm);
uint64_t rmm_pa_top(const struct rmm *rmm);	/* end of the physical address space */
uint64_t rmm_tracking_get(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t out[3]);
uint64_t rmm_tracking_set(struct rmm *rmm, uint64_t base, uint64_t category, uint64_t state);
/* RMI_TRACKING_* of the region that pa is in */
unsigned rmm_tracking_of(struct rmm *rmm, uint64_t pa);
uint64_t rmm_tracking_bytes(const struct rmm *rmm);
/* X1 addr; operations, where level 1 GPTs are not there from the start */
void rmm_gpt_l1_create(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);
void rmm_gpt_l1_destroy(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);
/* op.c calls this when all memory of OP_GPT_CREATE is there; the status of the command */
uint64_t rmm_gpt_l1_finish(struct rmm *rmm, struct rmm_op *op);

/* measure.c: RIM and REMs */

struct rd;

unsigned rmm_digest_size(unsigned algo);	/* bytes; 0 for no algorithm at all */
void rmm_measure_params(struct rmm *rmm, struct rd *rd);	/* the start value */
void rmm_measure_data(struct rmm *rmm, struct rd *rd, uint64_t ipa, uint64_t flags, const void *content);
void rmm_measure_rec(struct rmm *rmm, struct rd *rd, uint64_t flags, uint64_t pc, const uint64_t gprs[8]);
void rmm_measure_ripas(struct rmm *rmm, struct rd *rd, uint64_t base, uint64_t top);
void rmm_measure_extend(struct rmm *rmm, struct rd *rd, unsigned index, const uint8_t *value, size_t size);

/* token.c: attestation tokens */

#define RMM_CHALLENGE_SIZE 64

/* Writes the whole token of a realm; its length, or 0: it does not fit, or the port cannot do its part. */
size_t rmm_token_make(struct rmm *rmm, const struct rd *rd, const uint8_t challenge[RMM_CHALLENGE_SIZE], void *buf,
		      size_t size);

/* realm.c: realms */

struct realm_params {
	uint64_t flags0, flags1;
	uint32_t s2sz, sve_vl, num_bps, num_wps, pmu_num_ctrs, hash_algo;
	uint64_t num_aux_planes, ats_plane;
	uint64_t rtt_base, rtt_level_start, rtt_num_start;
	uint64_t aux_rtt_base[RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT];
	uint16_t vmid;
	uint8_t rpv[RMI_REALM_PARAMS_RPV_COUNT];
};

/* The realm descriptor, in a granule of its own */
struct rd {
	uint8_t state;	/* RMM_REALM_* */
	struct realm_params params;
	struct rmm_stage2 stage2;
	uint64_t recs_created;	/* the index of the next REC */
	uint64_t recs_live;	/* RECs that exist */
	uint64_t recs_running;
	uint8_t instance_id[32];
	uint8_t measurements[5][RMM_DIGEST_MAX];	/* RIM, REM 1..4; the digest, then zeros */
};

/* The realm whose descriptor is at pa, mapped; NULL: there is none */
struct rd *rmm_rd_map(struct rmm *rmm, uint64_t pa);
uint64_t rmm_realm_create(struct rmm *rmm, uint64_t rd, uint64_t params_ptr);
uint64_t rmm_realm_activate(struct rmm *rmm, uint64_t rd);
uint64_t rmm_realm_terminate(struct rmm *rmm, uint64_t rd);
uint64_t rmm_realm_destroy(struct rmm *rmm, uint64_t rd);

/* s2.c: stage 2 descriptors and the walk */

#define S2_LAST_LEVEL 3	/* of pages; start levels are 3 down to -1 */

enum s2_state {
	S2_UNASSIGNED,
	S2_ASSIGNED,
	S2_UNASSIGNED_NS,
	S2_ASSIGNED_NS,
	S2_TABLE,
};

/* An entry of a translation table, taken apart. Fields that a state does not have are zero. */
struct s2_entry {
	enum s2_state state;
	uint8_t ripas;	/* RMI_RIPAS_*; UNASSIGNED and ASSIGNED */
	uint64_t pa;	/* ASSIGNED, ASSIGNED_NS, TABLE */
	uint8_t memattr, s2ap;	/* ASSIGNED_NS: MemAttr[2:0], S2AP[1:0] */
};

/* Where a walk ended. table stays mapped until s2_end(). */
struct s2_walk {
	const struct rmm_stage2 *stage2;
	uint64_t table_pa;
	uint64_t *table;
	uint64_t ipa;	/* base of the entry */
	unsigned index, count;	/* the entry; how many the table has */
	int level;
	struct s2_entry entry;
};

uint64_t s2_entry_bytes(const struct rmm_stage2 *stage2, int level);	/* what one entry of a level maps */
unsigned s2_table_entries(const struct rmm_stage2 *stage2, int level);	/* in one table, root tables too */
int s2_min_block_level(const struct rmm_stage2 *stage2);	/* the lowest level that can map a block */
bool s2_is_protected(const struct rmm_stage2 *stage2, uint64_t ipa);	/* in the lower half of the IPA space */
bool s2_is_in_space(const struct rmm_stage2 *stage2, uint64_t ipa);
/* Is there such an entry? level is an s64, from the start level to 3; ipa is the base of what the entry maps. */
bool s2_place_valid(const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t level);
/* Whole granules, at least one, all of them in the protected or all of them in the unprotected half? */
bool s2_range_valid(const struct rmm_stage2 *stage2, uint64_t base, uint64_t top, bool is_protected);
bool s2_pa_valid(const struct rmm_stage2 *stage2, uint64_t pa);	/* does it fit into a descriptor? */
/* start level and number of root tables that fit s2sz? */
bool s2_shape_valid(unsigned granule_shift, unsigned s2sz, bool lpa2, int64_t start_level, uint64_t num_start);

uint64_t s2_encode(const struct rmm_stage2 *stage2, int level, const struct s2_entry *entry);
struct s2_entry s2_decode(const struct rmm_stage2 *stage2, int level, bool is_protected, uint64_t desc);
struct s2_entry s2_get(const struct s2_walk *walk, unsigned index);
/* Base of what an entry maps; the end of the table for index count */
uint64_t s2_entry_ipa(const struct s2_walk *walk, unsigned index);
/* IPA of the next entry, that of the walk included, which has a PA; else the end of the table */
uint64_t s2_next_live(const struct s2_walk *walk);
/* Writes an entry as one 64-bit store. What was valid before must be unmapped and invalidated by the caller. */
void s2_set(struct s2_walk *walk, unsigned index, const struct s2_entry *entry);
/* The same whatever was there: what was valid in hardware is broken and invalidated first. */
void s2_replace(struct rmm *rmm, struct s2_walk *walk, unsigned index, const struct s2_entry *entry);
/* From the root towards level; ends at the first entry that is no TABLE, or at level. ipa is in the space. */
void s2_walk(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t ipa, int level, struct s2_walk *walk);
bool s2_table_live(const struct s2_walk *walk);	/* any entry of the table that is ASSIGNED or TABLE */
/* Opens the table at pa as the one below the entry where walk ended, at its first entry. */
void s2_below(struct rmm *rmm, const struct s2_walk *walk, uint64_t pa, struct s2_walk *below);
void s2_end(struct rmm *rmm, struct s2_walk *walk);
/* Fills root tables: lower half UNASSIGNED and RIPAS EMPTY, upper half UNASSIGNED_NS. */
void s2_init_roots(struct rmm *rmm, const struct rmm_stage2 *stage2);
bool s2_roots_live(struct rmm *rmm, const struct rmm_stage2 *stage2);	/* any entry that is ASSIGNED or TABLE */

/* rtt.c: tables */

uint64_t rmm_rtt_create(struct rmm *rmm, uint64_t rd, uint64_t rtt, uint64_t ipa, uint64_t level);
uint64_t rmm_rtt_destroy(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t level, uint64_t *rtt, uint64_t *top);
uint64_t rmm_rtt_fold(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t level, uint64_t *rtt);

struct rtt_entry_info {
	uint64_t level, state, desc, ripas;	/* as RTT_READ_ENTRY reports them */
};

uint64_t rmm_rtt_read_entry(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t level, struct rtt_entry_info *info);

/* rtt-map.c: what tables map */

bool rmm_memattr_valid(unsigned memattr);	/* MemAttr[2:0] for memory of the host */
/* Can entries of a level map count blocks from pa on, all of them in the physical address space? */
bool rmm_blocks_valid(struct rmm *rmm, const struct rmm_stage2 *stage2, int level, uint64_t pa, uint64_t count);
/* Makes an entry that is ASSIGNED or ASSIGNED_NS vacant, and lets go of the realm's memory. */
void rmm_entry_unmap(struct rmm *rmm, struct s2_walk *walk, unsigned index);

uint64_t rmm_data_map_init(struct rmm *rmm, uint64_t rd, uint64_t data, uint64_t ipa, uint64_t src, uint64_t flags);
uint64_t rmm_data_map_unknown(struct rmm *rmm, uint64_t rd, uint64_t data, uint64_t ipa);	/* 1.0 */
uint64_t rmm_data_destroy(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t *data, uint64_t *top);	/* 1.0 */
uint64_t rmm_unprot_map_one(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t level, uint64_t desc);	/* 1.0 */
/* 1.0 */
uint64_t rmm_unprot_unmap_one(struct rmm *rmm, uint64_t rd, uint64_t ipa, uint64_t level, uint64_t *top);

/* rtt-range.c: the same for ranges (2.0) */

struct map_range {
	uint64_t rd, base, top, flags, oaddr;
	bool interrupted;	/* to end at base, once all is checked */
};

struct map_out {
	uint64_t top, range, count;
};

uint64_t rmm_data_map(struct rmm *rmm, const struct map_range *range, struct map_out *out);
uint64_t rmm_data_unmap(struct rmm *rmm, const struct map_range *range, struct map_out *out);
uint64_t rmm_unprot_map(struct rmm *rmm, const struct map_range *range, struct map_out *out);
uint64_t rmm_unprot_unmap(struct rmm *rmm, const struct map_range *range, struct map_out *out);

/* ripas.c: RIPAS */

uint64_t rmm_init_ripas(struct rmm *rmm, uint64_t rd, uint64_t base, uint64_t top, uint64_t *out_top);
uint64_t rmm_set_ripas(struct rmm *rmm, uint64_t rd, uint64_t rec, uint64_t base, uint64_t top, uint64_t *out_top);

/* addr-list.c: address range descriptors and lists of them */

/* One descriptor, taken apart; its form follows the granule size */
struct addr_desc {
	uint64_t pa, count;	/* count blocks of the level, one after the other, the first at pa */
	int level;	/* 3 for pages, down to 0 */
	uint8_t state;	/* RMI_OP_MEM_* */
};

struct addr_desc addr_desc_decode(const struct rmm *rmm, uint64_t word);
uint64_t addr_desc_encode(const struct rmm *rmm, const struct addr_desc *desc);
uint64_t addr_desc_block_bytes(const struct rmm *rmm, int level);
uint64_t addr_desc_max_count(const struct rmm *rmm);
/* How many entries of a list at ptr are looked at: up to the end of its granule. 0: not 8-byte aligned or not NS */
unsigned addr_list_span(struct rmm *rmm, uint64_t ptr, uint64_t count);

/* op.c: stateful operations (SRO) */

enum op_kind {
	OP_FREE,
	OP_REC_CREATE,
	OP_REC_DESTROY,
	OP_RANGE,	/* a range command that stopped before it began; arguments in args */
	OP_GPT_CREATE,
	OP_GPT_DESTROY,
};

struct op_block {
	uint64_t pa;
	uint32_t granules;
};

/* An operation that waits for the host, which owes it what request says */
struct rmm_op {
	uint8_t kind;
	uint8_t request;	/* RMI_OP_MEM_REQ_* */
	bool can_cancel;
	bool ending;	/* status is final: it is returned when all that is held has been reclaimed */
	bool contig;	/* a donation must be one block */
	bool undelegated;	/* memory comes from the host's world and goes back to it, else it is DELEGATED */
	uint8_t num_held;
	uint32_t wanted;	/* granules still to be donated */
	struct op_block held[RMM_AUX_MAX];	/* INTERNAL memory that is neither in use nor given back yet */
	uint64_t args[RMM_SMC_REGS];	/* of the command that started it, X0 included */
	uint64_t status;	/* what the command will return, once nothing is requested any more */
};

/* A context for a new operation that X0..X10 of a command start. NULL: all of them wait for the host (RMI_BLOCKED). */
struct rmm_op *rmm_op_new(struct rmm *rmm, enum op_kind kind, const uint64_t args[RMM_SMC_REGS]);
bool rmm_op_available(const struct rmm *rmm);
/* The first reply: incomplete, the handle, and what memory is wanted */
void rmm_op_start(const struct rmm *rmm, const struct rmm_op *op, uint64_t out[RMM_SMC_REGS]);
/* Asks for memory: count granules, delegated or not, in one block or not. */
void rmm_op_want(struct rmm_op *op, uint32_t granules, bool contig, bool undelegated);
/* Ends an operation with this status, after the host took back what is held. */
void rmm_op_end(struct rmm_op *op, uint64_t status);

void rmm_op_continue(struct rmm *rmm, uint64_t handle, uint64_t flags, uint64_t out[RMM_SMC_REGS]);
void rmm_op_donate(struct rmm *rmm, uint64_t handle, uint64_t list, uint64_t count, uint64_t out[RMM_SMC_REGS]);
void rmm_op_reclaim(struct rmm *rmm, uint64_t handle, uint64_t list, uint64_t count, uint64_t out[RMM_SMC_REGS]);
void rmm_op_cancel(struct rmm *rmm, uint64_t handle, uint64_t out[RMM_SMC_REGS]);

/* rec.c: RECs */

enum rec_pending {
	REC_PENDING_NONE,
	REC_PENDING_PSCI,
	REC_PENDING_HOST_CALL,
	REC_PENDING_RIPAS,
};

/* What the last exit was, as far as the next entry depends on it */
struct rec_exit {
	uint64_t esr, far;	/* unmasked */
	bool emulatable;	/* a data abort that the host may complete for the realm */
	bool sea_allowed;	/* a data abort at an unprotected IPA */
	bool sysreg_read;	/* a trapped read: gprs[0] goes to the register of the ISS */
};

struct rec_ripas {
	uint64_t next, top;	/* what is left of the window that the realm opened */
	uint8_t target;	/* RMI_RIPAS_* */
	bool change_destroyed;
};

struct rec_attest {
	bool active;	/* between INIT and the last CONTINUE */
	bool made;	/* the token is in the first auxiliary granule */
	uint32_t size, done;	/* bytes of the token; of them handed out */
	uint8_t challenge[RMM_CHALLENGE_SIZE];
};

/* A REC, in a granule of its own */
struct rec {
	uint64_t rd;	/* PA of its realm's descriptor */
	bool runnable, running;
	uint8_t pending;	/* enum rec_pending */
	uint64_t psci_fid, psci_target, psci_entry, psci_context;	/* the request that is pending */
	uint64_t host_call;	/* IPA of the structure of a pending host call */
	struct rec_exit exit;
	struct rec_ripas ripas;
	struct rec_attest attest;
	uint64_t aux[RMM_AUX_MAX];	/* granules it holds; the first is for its token, the rest for the port */
	uint8_t num_aux;
	struct rmm_guest guest;
};

uint64_t rmm_mpidr_index(uint64_t mpidr);	/* of an RmiRecMpidr */
/* RmiRecMpidr and MPIDR_EL1 differ in the place of Aff3. */
uint64_t rmm_mpidr_to_guest(uint64_t mpidr);
uint64_t rmm_mpidr_from_guest(uint64_t mpidr);
struct rec *rmm_rec_map(struct rmm *rmm, uint64_t pa);	/* NULL: no REC there */
/* 1.0: all in one go, auxiliary granules listed in the parameters */
uint64_t rmm_rec_create_aux(struct rmm *rmm, uint64_t rd, uint64_t rec, uint64_t params_ptr);
uint64_t rmm_rec_destroy_aux(struct rmm *rmm, uint64_t rec);
/* 2.0: as operations */
/* X1 rd, X2 rec, X3 params */
void rmm_rec_create(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);
/* X1 rec */
void rmm_rec_destroy(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);
/* op.c calls this when all memory of OP_REC_CREATE is there, in op->held; the status of the command */
uint64_t rmm_rec_create_finish(struct rmm *rmm, struct rmm_op *op);

/* enter.c: REC_ENTER; guest.c, exit.c, psci.c, rsi.c: what a guest does; their common header is guest.h */

uint64_t rmm_rec_enter(struct rmm *rmm, uint64_t rec, uint64_t run_ptr);
uint64_t rmm_psci_complete(struct rmm *rmm, uint64_t calling, uint64_t target, uint64_t status);

/* rmi.c, rmi1.c, rmi2.c: commands and their registers */

struct rmm_command {
	uint64_t fid;
	void (*run)(struct rmm *rmm, const uint64_t in[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);
	bool always;	/* before activation too */
};

extern const struct rmm_command rmm_rmi1_commands[], rmm_rmi2_commands[];

uint64_t rmm_fid(const uint64_t in[RMM_SMC_REGS]);	/* W0 without the hint on SVE state */
/* OP_RANGE goes on: carries out the command that its arguments are. */
void rmm_rmi2_run_range(struct rmm *rmm, const uint64_t in[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS]);

#endif
