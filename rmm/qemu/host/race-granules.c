/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* race-granules.c - one granule, and CPUs that delegate it, take it back and touch it */
#include "race.h"
#include "console.h"
#include "host.h"
#include "rmi-host.h"
#include "rmi.h"

#define STORM_ROUNDS 200
#define ACCESS_ROUNDS 200
#define ACCESS_ROUNDS_MAX (50 * ACCESS_ROUNDS)
#define WORDS 512

/* A storm: every CPU delegates the granule and takes it back, as fast as it can. */

struct storm {
	struct machine machine;	/* each has its own registers */
	uint64_t granule;
	uint64_t delegated, undelegated, refused, wrong;
};

static void count(struct storm *storm, uint64_t result, uint64_t *done)
{
	if (result == RMI_SUCCESS)
		++*done;
	else if (result == RMI_ERROR_INPUT)
		storm->refused++;
	else
		storm->wrong++;
}

static void rage(void *arg)
{
	struct storm *storm = arg;
	uint64_t size = storm->machine.granule;

	for (unsigned i = 0; i < STORM_ROUNDS; i++) {
		count(storm, host_delegate(&storm->machine, storm->granule, size), &storm->delegated);
		count(storm, host_undelegate(&storm->machine, storm->granule, size), &storm->undelegated);
	}
}

static bool is_zero(uint64_t granule)
{
	const uint64_t *words = (const uint64_t *)granule;
	uint64_t all = 0;

	for (unsigned i = 0; i < WORDS; i++)
		all |= words[i];
	return !all;
}

static void race_storm(const struct machine *machine)
{
	static struct storm storms[CPUS_MAX];
	struct machine own = *machine;
	uint64_t granule = machine_pages(&own, 1, 0);
	struct storm sum = { 0 };

	for (unsigned cpu = smp_cpus(); cpu--;) {
		storms[cpu] = (struct storm){ .machine = *machine, .granule = granule };
		if (cpu)
			smp_start(cpu, rage, &storms[cpu]);
	}
	rage(&storms[0]);
	for (unsigned cpu = 0; cpu < smp_cpus(); cpu++) {
		if (cpu)
			smp_wait(cpu);
		sum.delegated += storms[cpu].delegated;
		sum.undelegated += storms[cpu].undelegated;
		sum.refused += storms[cpu].refused;
		sum.wrong += storms[cpu].wrong;
	}
	print("# %d delegations, %d undelegations, %d refused\n", sum.delegated, sum.undelegated, sum.refused);
	tap_equal("delegate and undelegate on all CPUs: SUCCESS or ERROR_INPUT", sum.wrong, 0);
	tap_result(sum.delegated && sum.refused, "and some of each");
	tap_equal("each delegation is followed by one undelegation", sum.undelegated, sum.delegated);
	tap_result(is_zero(granule), "the granule is the host's, and zero");
}

/* One CPU changes the granule all the time and says when it is in which state; another one looks at it. */

enum phase {
	PHASE_WRITING,
	PHASE_WRITTEN,	/* a number in each word */
	PHASE_GOING,
	PHASE_GONE,	/* delegated */
	PHASE_COMING,
	PHASE_WIPED,
	PHASES,
};

static struct {
	struct machine machine;
	uint64_t granule;
	uint64_t state;	/* the number, times PHASES, and the phase */
	uint64_t seen;	/* the last state in which there was a read */
	bool seen_all;	/* phases, in some round or other */
	bool over;
} watched;

/* Some phases are so short that a machine with other work may show none of them to the reader for long. */
static bool is_enough(uint64_t rounds)
{
	return rounds >= ACCESS_ROUNDS &&
	       (rounds >= ACCESS_ROUNDS_MAX || __atomic_load_n(&watched.seen_all, __ATOMIC_ACQUIRE));
}

/* The phases in which nothing changes last until they are seen. */
static void enter_phase(uint64_t number, enum phase phase)
{
	uint64_t state = number * PHASES + phase;

	__atomic_store_n(&watched.state, state, __ATOMIC_SEQ_CST);
	while (phase % 2 && __atomic_load_n(&watched.seen, __ATOMIC_SEQ_CST) != state)
		nap();
}

static void change(void *arg)
{
	volatile uint64_t *words = (volatile uint64_t *)watched.granule;
	uint64_t size = watched.machine.granule;

	for (uint64_t number = 1; !is_enough(number - 1); number++) {
		enter_phase(number, PHASE_WRITING);
		for (unsigned i = 0; i < WORDS; i++)
			words[i] = number;
		enter_phase(number, PHASE_WRITTEN);
		enter_phase(number, PHASE_GOING);
		host_delegate(&watched.machine, watched.granule, size);
		enter_phase(number, PHASE_GONE);
		enter_phase(number, PHASE_COMING);
		host_undelegate(&watched.machine, watched.granule, size);
		enter_phase(number, PHASE_WIPED);
	}
	__atomic_store_n(&watched.over, true, __ATOMIC_RELEASE);
}

/* Is what a read gave possible? Old data or a fault while the granule goes, a fault or zero while it comes. */
static bool is_possible(uint64_t state, uint64_t esr, uint64_t value)
{
	bool is_old = !esr && value == state / PHASES, is_zero_read = !esr && !value, is_fault = esr == GPF_READ;

	switch (state % PHASES) {
	case PHASE_WRITING:
		return is_zero_read || is_old;
	case PHASE_WRITTEN:
		return is_old;
	case PHASE_GOING:
		return is_old || is_fault;
	case PHASE_GONE:
		return is_fault;
	case PHASE_COMING:
		return is_fault || is_zero_read;
	default:
		return is_zero_read;
	}
}

static void race_access(const struct machine *machine)
{
	uint64_t seen[PHASES] = { 0 }, wrong = 0;

	watched.machine = *machine;
	watched.granule = machine_pages(&watched.machine, 1, 0);
	smp_start(1, change, NULL);
	for (unsigned i = 0; !__atomic_load_n(&watched.over, __ATOMIC_ACQUIRE); i = (i + 63) % WORDS) {
		uint64_t state = __atomic_load_n(&watched.state, __ATOMIC_SEQ_CST), value = 0;
		uint64_t esr = probe_read(watched.granule + 8 * i, &value);

		if (state != __atomic_load_n(&watched.state, __ATOMIC_SEQ_CST))
			continue;
		__atomic_store_n(&watched.seen, state, __ATOMIC_SEQ_CST);
		seen[state % PHASES]++;
		__atomic_store_n(&watched.seen_all, seen[PHASE_GOING] && seen[PHASE_COMING], __ATOMIC_RELEASE);
		wrong += !is_possible(state, esr, value);
	}
	smp_wait(1);
	print("# reads: %d of data, %d while it goes, %d when it is gone, %d while it comes, %d of zeros\n",
	      seen[PHASE_WRITTEN], seen[PHASE_GOING], seen[PHASE_GONE], seen[PHASE_COMING], seen[PHASE_WIPED]);
	tap_equal("reads against delegation: old data, zero or a fault, each where it should be", wrong, 0);
	tap_result(seen[PHASE_GOING] && seen[PHASE_COMING], "and some while the granule goes and comes");
}

void race_granules(const struct machine *machine)
{
	race_storm(machine);
	race_access(machine);
}
