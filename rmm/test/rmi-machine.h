/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rmi-machine.h - a small machine in this process: the port of the RMM core that tests use
 *
 * It has memory, a granule protection table (GPT) of its own, and CPUs that take turns, all in one thread. It holds the
 * core to the rules of struct rmm_port, and a guest to what the GPT and the TLB allow: whoever breaks one ends the
 * process with a message (machine_fail()). The GPT knows nothing of the core's granule states; walker.c compares both.
 */
#ifndef RMM_TEST_MACHINE_H
#define RMM_TEST_MACHINE_H

#include "rmi-calls.h"

#define MACHINE_BASE UINT64_C(0x80000000)	/* of the first bank, unless the configuration says otherwise */
#define MACHINE_SIZE UINT64_C(0x10000000)
#define MACHINE_CPUS_MAX 8
#define MACHINE_MAPS_MAX (MACHINE_CPUS_MAX * RMM_MAPS_MAX)
#define MACHINE_TLB_MAX 256
#define MACHINE_PLATFORM_MAX 8192

/* Zeros are defaults. */
struct machine_config {
	const struct rmm_variant *variant;	/* tf-rmm-2.0 */
	const struct rmm_limits *limits;	/* those of the variant */
	const struct rmm_bank *banks;	/* one of MACHINE_SIZE at MACHINE_BASE */
	unsigned num_banks;
	unsigned num_cpus;	/* 2 */
	uint64_t seed;	/* of random() */
};

/* In whose physical address space a granule is, as the GPT of the machine says */
enum machine_owner {
	MACHINE_NS,
	MACHINE_REALM,
	MACHINE_ROOT,	/* the firmware's: neither host nor RMM may touch it, set_pas() fails */
};

struct machine_bank {
	uint64_t base, size;
	uint8_t *memory;
	uint8_t *gpt;	/* enum machine_owner of each 4 KiB */
	bool *used;	/* of each 4 KiB: the RMM has mapped it since it is the realm world's */
};

/* A descriptor that a table walk has cached */
struct machine_tlb_entry {
	bool valid;
	uint16_t vmid;
	uint64_t ipa, size;	/* what it translates */
	uint64_t desc;
	int level;
	uint64_t pa, bytes;	/* where it leads: memory, or a table */
	bool ns;
};

/* Hooks of tests. Each may be NULL and gets arg. */
struct machine_hooks {
	void *arg;
	/* Around each RMI call, with its registers before; with those before and after */
	void (*before)(void *arg, const uint64_t in[RMM_SMC_REGS]);
	void (*after)(void *arg, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS]);
	/* The core maps memory, which it may change from now on. */
	void (*map)(void *arg, uint64_t pa, size_t size, enum rmm_pas pas);
	/* Tells of each finished call, as struct rmm_port has it */
	void (*log)(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS]);
};

struct machine {
	struct rmm *rmm;
	const struct rmm_variant *variant;
	bool is_v1;
	struct machine_bank banks[RMM_BANKS_MAX];
	unsigned num_banks, num_cpus;
	void *region;	/* the memory that *rmm is in */
	size_t region_size;
	uint64_t x[RMM_SMC_REGS];	/* what the last RMI call returned */
	uint64_t granule;	/* bytes; tests that configure another size say so here */

	/* Tests set these at any time. */
	unsigned cpu;	/* who calls next */
	bool irq[MACHINE_CPUS_MAX];	/* a physical interrupt is pending */
	struct rmm_gic gic[MACHINE_CPUS_MAX];	/* ICH_* registers, RMM 2.0 */
	bool no_entropy;
	size_t platform_size;	/* of platform tokens: the challenge and filler; below 32: there are none */
	bool no_rak, no_signing;	/* rak_point() fails, rak_sign() fails */
	struct machine_hooks hooks;	/* of the walker */
	struct machine_hooks test_hooks;	/* of the test itself: map and log, called after those of the walker */
	/* Runs instead of the toy CPU of cpu.h; it may call machine_rmi() after it has set cpu to another one. */
	void (*guest)(struct machine *machine, void *arg, struct rmm_guest *guest, struct rmm_trap *trap);
	void *guest_arg;

	/* The machine's own */
	bool locked;
	unsigned lock_holder;
	struct {
		void *va;
		uint64_t pa;
		size_t size;
		unsigned cpu;
	} maps[MACHINE_MAPS_MAX];
	unsigned num_maps;
	uint64_t entries;	/* how often a guest was entered */
	uint64_t delegated;	/* bytes that are the realm world's */
	uint64_t random, free;	/* state of random(); where machine_pages() looks next */
	unsigned free_bank;
	struct machine_tlb_entry tlb[MACHINE_TLB_MAX];
	unsigned tlb_next;
	uint8_t platform[MACHINE_PLATFORM_MAX];	/* the last platform token */
	void *digest;	/* EVP_MD_CTX */
	bool hashing;	/* between hash_begin() and hash_end() */
};

struct machine *machine_new(const struct machine_config *config);	/* NULL is all defaults */
void machine_free(struct machine *machine);

/* How machine_fail() ends the process: abort(), which debuggers and fuzzers notice, unless a program says otherwise */
extern void (*machine_end)(void);

/* The end: something broke a rule, or there is no memory left. */
void machine_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* One call of the host on machine->cpu: regs go in and come back; machine->x is a copy. */
void machine_rmi(struct machine *machine, uint64_t regs[RMM_SMC_REGS]);

/* Memory as the host sees it; NULL: some of it is not there, or not the host's */
void *machine_host_view(const struct machine *machine, uint64_t pa, size_t size);
/* Memory whoever it belongs to; NULL: none there */
void *machine_memory(const struct machine *machine, uint64_t pa, size_t size);

enum machine_owner machine_owner(const struct machine *machine, uint64_t pa);
/* Takes or gives 4 KiB behind the core's back: for memory that the firmware keeps. */
void machine_set_owner(struct machine *machine, uint64_t pa, enum machine_owner owner);

/* What stands for a key of a curve: 0x04, 0x81, 0x82 and so on; the digest, and the digest with each bit turned */
void machine_rak_point(uint8_t point[RMM_RAK_POINT_SIZE]);
void machine_signature(const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);

#endif
