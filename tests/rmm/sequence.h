/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sequence.h - calls of several CPUs, and what guests do between them, chosen by bytes
 *
 * Input is cut into records of eight bytes. The first chooses what the host does and on which CPU, or what the guest
 * does that runs on the current one; the others choose the arguments. Zero is always the choice that fits best in
 * the present state of the RMM, other low values are other fitting ones, high values are odd. So random bytes get
 * far, and a realm's whole life is easily written by hand.
 *
 * While a guest runs, records with bit 7 of the first byte set are calls of the other CPUs.
 */
#ifndef RMM_TEST_SEQUENCE_H
#define RMM_TEST_SEQUENCE_H

#include "core.h"
#include "rmi-machine.h"

#define SEQUENCE_CPUS 3
#define SEQUENCE_LRS 4	/* list registers of the machine's GIC */
#define SEQUENCE_RECORD 8
#define SEQUENCE_ODD 0xf0	/* bytes from here on make odd arguments */

/* X(name, weight in random input): what a host does. The order is that of the first byte of a record. */
#define HOST_ACTIONS(X) \
	X(delegate, 20) X(undelegate, 4) \
	X(realm_create, 6) X(furnish, 12) X(realm_activate, 4) X(realm_terminate, 2) X(realm_destroy, 3) \
	X(rec_create, 24) X(rec_destroy, 2) X(rec_enter, 80) X(psci_complete, 8) \
	X(rtt_create, 12) X(rtt_destroy, 3) X(rtt_fold, 6) X(rtt_read_entry, 4) \
	X(init_ripas, 12) X(set_ripas, 12) X(map_init, 10) X(map, 24) X(unmap, 8) X(fill_block, 1) \
	X(unprot_map, 12) X(unprot_unmap, 6) \
	X(op_next, 50) X(op_wrong, 4) X(op_cancel, 2) X(park, 1) \
	X(prefix, 6) X(poke, 4) X(raw, 3) X(global, 4) X(tracking, 2) X(gpt, 3) X(gic, 3) X(firmware, 2)

/* What a guest does */
#define GUEST_ACTIONS(X) \
	X(irq, 6) X(fiq, 1) X(serror, 1) X(smc_other, 3) X(host_call, 6) X(ripas_set, 8) X(ripas_get, 3) \
	X(measurement, 5) X(token_init, 3) X(token_continue, 5) X(realm_config, 2) X(psci, 10) \
	X(access, 12) X(abort, 4) X(sysreg, 4) X(wait, 3) X(hvc, 1) X(raw_trap, 2) X(state, 4)

#define SEQUENCE_ENUM_HOST(name, weight) HOST_##name,
#define SEQUENCE_ENUM_GUEST(name, weight) GUEST_##name,
enum { HOST_ACTIONS(SEQUENCE_ENUM_HOST) NUM_HOST_ACTIONS };
enum { GUEST_ACTIONS(SEQUENCE_ENUM_GUEST) NUM_GUEST_ACTIONS };

#define SEQUENCE_OTHER_CPU 0x80	/* in the first byte of a record, while a guest runs */

/* Where the bytes come from */
struct sequence_input {
	const uint8_t *data;	/* NULL: random numbers */
	size_t size;	/* bytes of data; records of random numbers */
	uint64_t random;	/* state of the generator, not 0 */
};

struct record {
	uint8_t bytes[SEQUENCE_RECORD];
	unsigned used;
};

struct sequence {
	struct sequence_input input;
	struct machine *machine;
	struct rmm *rmm;
	unsigned window;	/* granules from MACHINE_BASE on that objects are made of; those above are the host's */
	unsigned inside;	/* bit of each CPU that runs a guest */
	bool prefixed;	/* the action belongs to a prefix */
	unsigned granule_size;	/* RMI_GRANULE_SIZE_* that the input asks for */
};

/* Makes a machine as the first record of the input says. Attach a walker before sequence_boot(). */
void sequence_begin(struct sequence *sequence, const struct sequence_input *input);
void sequence_boot(struct sequence *sequence);
/* Carries out the next record. false: the input is at its end */
bool sequence_step(struct sequence *sequence);
/*
 * Takes everything apart that the sequence left, as a host that makes no mistake. Fails when something remains, or when
 * a call is refused. Frees the machine.
 */
void sequence_end(struct sequence *sequence);

/* For the parts of this: sequence.c */

/* The next record of the input; false: there is none */
bool sequence_next(struct sequence *sequence, struct record *record, bool in_guest);
unsigned arg(struct record *record);	/* the next byte */
uint64_t arg64(struct record *record);	/* four bytes that spread over 64 bits */
uint64_t window_pa(const struct sequence *sequence, unsigned index);
unsigned window_index(const struct sequence *sequence, uint64_t pa);
/* A granule in this state, or an odd address */
uint64_t pick(struct sequence *sequence, struct record *record, unsigned state);
/* The same for the first of count granules in a row */
uint64_t pick_run(struct sequence *sequence, struct record *record, unsigned state, unsigned count);
/* From granule start of the window on, and at a multiple of align granules; some granule when there is no such run */
uint64_t find_run(const struct sequence *sequence, unsigned start, unsigned state, unsigned count, unsigned align);
/* Memory that the host keeps for structures, the nth page; or an odd address */
uint64_t host_page(struct sequence *sequence, struct record *record, unsigned n);
void host_write(struct sequence *sequence, uint64_t pa, uint64_t value);
struct rd *rd_at(struct sequence *sequence, uint64_t pa);	/* NULL: none there */
struct rec *rec_at(struct sequence *sequence, uint64_t pa);
/* An IPA in one half of the space, or an odd one */
uint64_t pick_ipa(struct sequence *sequence, struct record *record, const struct rmm_stage2 *stage2, bool is_protected);

/* Where a walk of the tables of a realm ends, without a call. The table is not mapped any more, but can be read. */
void peek(struct sequence *sequence, const struct rmm_stage2 *stage2, uint64_t ipa, int level, struct s2_walk *walk);

/* sequence-host.c, sequence-guest.c */

void sequence_host(struct sequence *sequence, struct record *record);
void sequence_guest(struct machine *machine, void *arg, struct rmm_guest *guest, struct rmm_trap *trap);

#endif
