/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence.c - records of the input, the arguments that their bytes choose, and the life of a machine */
#include <string.h>

#include "rmi-host.h"
#include "sequence.h"

#define FIRST_BANK UINT64_C(0x400000)	/* bytes; small ones make addresses between banks and in other regions */
#define SECOND_BANK_BASE UINT64_C(0x90000000)
#define THIRD_BANK_BASE UINT64_C(0xc0000000)
#define SMALL_BANK UINT64_C(0x10000)
#define HOST_PAGES 8
#define WINDOW_MAX 192

static uint64_t next_random(struct sequence_input *input)
{
	uint64_t x = input->random;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	input->random = x;
	return x * UINT64_C(0x2545f4914f6cdd1d);
}

#define WEIGHT(name, weight) weight,
static const uint8_t host_weights[] = { HOST_ACTIONS(WEIGHT) };
static const uint8_t guest_weights[] = { GUEST_ACTIONS(WEIGHT) };

/* An action as often as its weight says */
static unsigned weigh(uint64_t random, const uint8_t *weights, unsigned actions)
{
	unsigned sum = 0, action = 0;

	for (unsigned i = 0; i < actions; i++)
		sum += weights[i];
	random %= sum;
	while (random >= weights[action])
		random -= weights[action++];
	return action;
}

/* The first byte of a record of random input */
static uint8_t random_choice(uint64_t random, bool in_guest)
{
	unsigned host = weigh(random >> 8, host_weights, NUM_HOST_ACTIONS);

	host += NUM_HOST_ACTIONS * (random % SEQUENCE_CPUS);
	if (!in_guest)
		return (uint8_t)host;
	if (random & 0x80)
		return (uint8_t)(host | SEQUENCE_OTHER_CPU);
	return (uint8_t)weigh(random >> 8, guest_weights, NUM_GUEST_ACTIONS);
}

bool sequence_next(struct sequence *sequence, struct record *record, bool in_guest)
{
	struct sequence_input *input = &sequence->input;
	uint64_t random;

	record->used = 0;
	if (input->size < (input->data ? SEQUENCE_RECORD : 1))
		return false;
	if (input->data) {
		memcpy(record->bytes, input->data, SEQUENCE_RECORD);
		input->data += SEQUENCE_RECORD;
		input->size -= SEQUENCE_RECORD;
	} else {
		random = next_random(input);
		memcpy(record->bytes, &random, SEQUENCE_RECORD);
		record->bytes[0] = random_choice(next_random(input), in_guest);
		input->size--;
	}
	return true;
}

_Static_assert(SEQUENCE_CPUS * NUM_HOST_ACTIONS <= SEQUENCE_OTHER_CPU, "an action and a CPU fit seven bits");

unsigned arg(struct record *record)
{
	return record->used < SEQUENCE_RECORD ? record->bytes[record->used++] : 0;
}

uint64_t arg64(struct record *record)
{
	uint64_t word = 0;

	for (unsigned i = 0; i < 4; i++)
		word = word << 8 | arg(record);
	return word << (word & 0x20 ? 32 : 0) ^ word;
}

uint64_t window_pa(const struct sequence *sequence, unsigned index)
{
	return MACHINE_BASE + ((uint64_t)index << sequence->rmm->granule_shift);
}

unsigned window_index(const struct sequence *sequence, uint64_t pa)
{
	return (unsigned)((pa - MACHINE_BASE) >> sequence->rmm->granule_shift) % sequence->window;
}

static uint64_t odd_address(const struct sequence *sequence, unsigned choice)
{
	uint64_t page = window_pa(sequence, (choice & 7) * sequence->window / 8);
	uint64_t granule = granule_bytes(sequence->rmm);
	const uint64_t odd[] = {
		0, ~UINT64_C(0), page + 8, page + granule / 2, MACHINE_BASE + FIRST_BANK, UINT64_C(1) << 52,
		MACHINE_BASE + FIRST_BANK - granule, SECOND_BANK_BASE,
	};

	return choice & 8 ? page : odd[choice & 7];
}

static bool run_is(const struct sequence *sequence, unsigned first, unsigned state, unsigned count)
{
	if (first + count > sequence->window)
		return false;
	for (unsigned i = 0; i < count; i++)
		if (sequence->rmm->granules[first + i] != state)
			return false;
	return true;
}

uint64_t find_run(const struct sequence *sequence, unsigned start, unsigned state, unsigned count, unsigned align)
{
	for (unsigned i = 0; i < sequence->window; i++) {
		unsigned first = (start + i) % sequence->window;

		if (!(first % align) && run_is(sequence, first, state, count))
			return window_pa(sequence, first);
	}
	return window_pa(sequence, start % sequence->window);
}

uint64_t pick_run(struct sequence *sequence, struct record *record, unsigned state, unsigned count)
{
	unsigned choice = arg(record);

	if (choice >= SEQUENCE_ODD)
		return odd_address(sequence, choice);
	return find_run(sequence, choice, state, count, 1);
}

uint64_t pick(struct sequence *sequence, struct record *record, unsigned state)
{
	return pick_run(sequence, record, state, 1);
}

uint64_t host_page(struct sequence *sequence, struct record *record, unsigned n)
{
	unsigned choice = arg(record);

	if (choice >= SEQUENCE_ODD)
		return odd_address(sequence, choice);
	return window_pa(sequence, sequence->window + (n + choice) % HOST_PAGES);
}

void host_write(struct sequence *sequence, uint64_t pa, uint64_t value)
{
	void *word = machine_host_view(sequence->machine, pa, sizeof(value));

	if (word)
		memcpy(word, &value, sizeof(value));
}

struct rd *rd_at(struct sequence *sequence, uint64_t pa)
{
	if (!rmm_granule_is(sequence->rmm, pa, GRANULE_RD))
		return NULL;
	return machine_memory(sequence->machine, pa, granule_bytes(sequence->rmm));
}

struct rec *rec_at(struct sequence *sequence, uint64_t pa)
{
	if (!rmm_granule_is(sequence->rmm, pa, GRANULE_REC))
		return NULL;
	return machine_memory(sequence->machine, pa, granule_bytes(sequence->rmm));
}

static uint64_t odd_ipa(const struct sequence *sequence, unsigned choice, uint64_t half)
{
	uint64_t granule = granule_bytes(sequence->rmm);
	const uint64_t odd[] = {
		8, half, half - granule, 2 * half, 2 * half - granule, -granule, half + granule, half / 2,
	};

	return odd[choice & 7];
}

uint64_t pick_ipa(struct sequence *sequence, struct record *record, const struct rmm_stage2 *stage2, bool is_protected)
{
	unsigned choice = arg(record);
	uint64_t half = UINT64_C(1) << (stage2->ipa_bits - 1), ipa;

	if (choice >= SEQUENCE_ODD)
		return odd_ipa(sequence, choice, half);
	/* Most go to one table, so that it fills. */
	ipa = (uint64_t)(choice & 7) << stage2->granule_shift;
	if (choice >= 0xa0)
		ipa += (choice >> 3 & 3) * s2_entry_bytes(stage2, 2);
	if (choice >= 0xe0)
		ipa += s2_entry_bytes(stage2, 1);
	return ipa % half + (is_protected ? 0 : half);
}

void peek(struct sequence *sequence, const struct rmm_stage2 *stage2, uint64_t ipa, int level, struct s2_walk *walk)
{
	struct rmm *rmm = sequence->rmm;

	rmm->port->lock(rmm->ctx);
	s2_walk(rmm, stage2, ipa, level, walk);
	s2_end(rmm, walk);
	rmm->port->unlock(rmm->ctx);
}

void sequence_begin(struct sequence *sequence, const struct sequence_input *input)
{
	static const struct rmm_variant *const variants[] = { &rmm_variant_2_0, &rmm_variant_tf_2_0, &rmm_variant_1_0 };
	static const struct rmm_bank banks[] = {
		{ MACHINE_BASE, FIRST_BANK }, { SECOND_BANK_BASE, SMALL_BANK }, { THIRD_BANK_BASE, SMALL_BANK },
	};
	struct machine_config config = { .banks = banks, .num_banks = 3, .num_cpus = SEQUENCE_CPUS };
	struct record record = { .used = SEQUENCE_RECORD };
	struct rmm_limits limits;

	memset(sequence, 0, sizeof(*sequence));
	sequence->input = *input;
	sequence_next(sequence, &record, false);
	arg(&record);
	config.variant = variants[arg(&record) % 3];
	sequence->granule_size = arg(&record) % 3;
	limits = *rmm_variant_limits(config.variant);
	limits.gicv3_vtr = SEQUENCE_LRS - 1;
	if (arg(&record) & 1) {
		limits.max_recs_order = 2;
		limits.mec_count = 1;
	}
	config.limits = &limits;
	sequence->machine = machine_new(&config);
	sequence->machine->guest = sequence_guest;
	sequence->machine->guest_arg = sequence;
	sequence->rmm = sequence->machine->rmm;
}

void sequence_boot(struct sequence *sequence)
{
	uint64_t granules;

	if (!(sequence->rmm->limits.granules >> sequence->granule_size & 1))
		sequence->granule_size = RMI_GRANULE_SIZE_4KB;
	host_boot(sequence->machine, sequence->granule_size);
	sequence->machine->granule = granule_bytes(sequence->rmm);
	granules = FIRST_BANK >> sequence->rmm->granule_shift;
	sequence->window = (unsigned)min_u64(granules - HOST_PAGES - 1, WINDOW_MAX);
}

bool sequence_step(struct sequence *sequence)
{
	struct record record;

	if (!sequence_next(sequence, &record, false))
		return false;
	sequence_host(sequence, &record);
	return true;
}
