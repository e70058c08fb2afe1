/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-host.c - what the host does: realms, RECs and everything that is not about tables */
#include <string.h>

#include "rmi-host.h"
#include "psci.h"
#include "rmi-1.0.h"
#include "sequence-host.h"

#define REALMS_MAX 3

/* Granules */

/* Goes on while there is progress; 1.0 takes granules one by one. */
static void delegate_run(struct sequence *sequence, uint64_t base, uint64_t size, bool back)
{
	struct machine *machine = sequence->machine;
	uint64_t granule = granule_bytes(sequence->rmm), top = base + size, pa = base;

	if (host_is_v1(machine)) {
		for (; pa - base < size; pa += granule)
			rmi(machine, back ? SMC_RMI1_GRANULE_UNDELEGATE : SMC_RMI1_GRANULE_DELEGATE, pa);
		return;
	}
	while (rmi(machine, back ? SMC_RMI_GRANULE_RANGE_UNDELEGATE : SMC_RMI_GRANULE_RANGE_DELEGATE, pa, top) ==
		       RMI_SUCCESS &&
	       machine->x[1] > pa && machine->x[1] < top)
		pa = machine->x[1];
}

/* Up to sixteen granules; those behind the window are the host's to keep */
static void change_run(struct sequence *sequence, struct record *record, unsigned from, unsigned most, bool back)
{
	uint64_t granule = granule_bytes(sequence->rmm);
	uint64_t base = pick(sequence, record, from), end = window_pa(sequence, sequence->window);
	uint64_t size = (1 + (most - arg(record)) % 16) * granule;

	delegate_run(sequence, base, base < end ? min_u64(size, end - base) : size, back);
}

void do_delegate(struct sequence *sequence, struct record *record)
{
	change_run(sequence, record, GRANULE_NS, 0xff, false);
}

void do_undelegate(struct sequence *sequence, struct record *record)
{
	change_run(sequence, record, GRANULE_DELEGATED, 0, true);
}

/* Delegates a whole block, which can be mapped at once. */
void do_fill_block(struct sequence *sequence, struct record *record)
{
	uint64_t base = block_pa(sequence);

	if (base)
		delegate_run(sequence, base, addr_desc_block_bytes(sequence->rmm, 2), false);
}

/* Realms */

/* A start level and a number of root tables that fit an IPA width; choice 0 is the shallowest tree */
static void write_shape(struct sequence *sequence, uint64_t params, unsigned choice, unsigned *num_start)
{
	static const uint8_t widths[] = { 32, 33, 36, 39, 40, 42, 48, 47 };
	unsigned shift = sequence->rmm->granule_shift, width = widths[choice & 7], reach;
	int level = 3;

	for (; level > -1; level--) {
		reach = shift + (shift - 3) * (unsigned)(4 - level);
		if (reach + 4 >= width)
			break;
	}
	if (choice & 8 && level > 0)
		reach = shift + (shift - 3) * (unsigned)(4 - --level);
	*num_start = width > reach ? 1U << (width - reach) : 1;
	host_write(sequence, params + RMI_REALM_PARAMS_S2SZ_OFFSET, width);
	host_write(sequence, params + RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET, (uint64_t)(int64_t)level);
	host_write(sequence, params + RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, *num_start);
}

/* An odd byte spoils one field of a structure. */
static void spoil(struct sequence *sequence, uint64_t params, struct record *record)
{
	static const uint16_t fields[] = {
		RMI_REALM_PARAMS_FLAGS0_OFFSET,        RMI_REALM_PARAMS_S2SZ_OFFSET,
		RMI_REALM_PARAMS_SVE_VL_OFFSET,        RMI_REALM_PARAMS_NUM_BPS_OFFSET,
		RMI_REALM_PARAMS_NUM_WPS_OFFSET,       RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET,
		RMI_REALM_PARAMS_HASH_ALGO_OFFSET,     RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET,
		RMI_REALM_PARAMS_ATS_PLANE_OFFSET,     RMI1_REALM_PARAMS_VMID_OFFSET,
		RMI_REALM_PARAMS_RTT_BASE_OFFSET,      RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET,
		RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, RMI_REALM_PARAMS_FLAGS1_OFFSET,
		RMI_REC_PARAMS_MPIDR_OFFSET,           RMI1_REC_PARAMS_NUM_AUX_OFFSET,
	};
	unsigned choice = arg(record);

	if (choice >= SEQUENCE_ODD)
		host_write(sequence, params + fields[choice % 16], arg64(record));
}

static uint64_t realm_flags(const struct sequence *sequence, unsigned choice)
{
	const struct rmm_limits *limits = &sequence->rmm->limits;
	uint64_t flags = 0;

	if (choice & 1 && limits->lpa2)
		flags |= RMI_REALM_FLAGS0_LPA2_MASK;
	if (choice & 2 && limits->sve)
		flags |= RMI_REALM_FLAGS0_SVE_MASK;
	if (choice & 4 && limits->pmu)
		flags |= RMI_REALM_FLAGS0_PMU_MASK;
	return rmi_realm_flags0_set_mec_policy(flags, choice & 8 ? RMI_MEC_POLICY_PRIVATE : RMI_MEC_POLICY_SHARED);
}

/* A tree for each plane, or one for all of them */
static void write_planes(struct sequence *sequence, uint64_t params, unsigned planes, uint64_t rtt, unsigned num_start)
{
	uint64_t flags = RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK;

	if (planes & 1)
		flags = RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;
	host_write(sequence, params + RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET, planes);
	host_write(sequence, params + RMI_REALM_PARAMS_FLAGS1_OFFSET, flags);
	for (unsigned i = 0; i < RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT; i++) {
		rtt = find_run(sequence, window_index(sequence, rtt) + num_start, GRANULE_DELEGATED, num_start,
			       num_start);
		host_write(sequence, params + RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET + 8 * i, rtt);
	}
}

static unsigned count_realms(const struct sequence *sequence)
{
	unsigned count = 0;

	for (unsigned i = 0; i < sequence->window; i++)
		count += sequence->rmm->granules[i] == GRANULE_RD;
	return count;
}

void do_realm_create(struct sequence *sequence, struct record *record)
{
	uint64_t rd = pick(sequence, record, GRANULE_DELEGATED);
	uint64_t params = host_page(sequence, record, 0), rtt;
	unsigned num_start = 1, choice = arg(record), planes;
	void *page = machine_host_view(sequence->machine, params, PAGE_4K);

	/* Few realms that get far are worth more than many. */
	if (count_realms(sequence) >= REALMS_MAX)
		return;
	if (page)
		memset(page, 0, PAGE_4K);
	write_shape(sequence, params, choice, &num_start);
	/* The descriptor is the first granule of its kind, so it does not get in the way after that. */
	rtt = find_run(sequence, window_index(sequence, rd) + 1, GRANULE_DELEGATED, num_start, num_start);
	host_write(sequence, params + RMI_REALM_PARAMS_RTT_BASE_OFFSET, rtt);
	host_write(sequence, params + RMI_REALM_PARAMS_FLAGS0_OFFSET, realm_flags(sequence, choice >> 4));
	host_write(sequence, params + RMI_REALM_PARAMS_NUM_BPS_OFFSET, 1);
	host_write(sequence, params + RMI_REALM_PARAMS_NUM_WPS_OFFSET, 1);
	planes = arg(record);
	host_write(sequence, params + RMI_REALM_PARAMS_HASH_ALGO_OFFSET, planes % 3);
	if (planes >= 0xc0)
		write_planes(sequence, params, planes & 3, rtt, num_start);
	host_write(sequence, params + RMI1_REALM_PARAMS_VMID_OFFSET, rd >> sequence->rmm->granule_shift & 0xff);
	spoil(sequence, params, record);
	rmi(sequence->machine, SMC_RMI_REALM_CREATE, rd, params);
}

/* A realm in this state, if there is one */
uint64_t pick_realm_in(struct sequence *sequence, struct record *record, unsigned state)
{
	unsigned choice = arg(record);
	uint64_t fallback = pick(sequence, record, GRANULE_RD);

	for (unsigned i = 0; choice < SEQUENCE_ODD && i < sequence->window; i++) {
		const struct rd *rd = rd_at(sequence, window_pa(sequence, (choice + i) % sequence->window));

		if (rd && rd->state == state)
			return window_pa(sequence, (choice + i) % sequence->window);
	}
	return fallback;
}

/* One with RECs is ready; an odd byte takes any. */
void do_realm_activate(struct sequence *sequence, struct record *record)
{
	uint64_t rd_pa = pick_realm_in(sequence, record, RMM_REALM_NEW);
	const struct rd *rd = rd_at(sequence, rd_pa);

	if (!rd || rd->recs_live || arg(record) >= SEQUENCE_ODD)
		rmi(sequence->machine, SMC_RMI_REALM_ACTIVATE, rd_pa);
}

void do_realm_terminate(struct sequence *sequence, struct record *record)
{
	rmi(sequence->machine, SMC_RMI_REALM_TERMINATE, pick_realm_in(sequence, record, RMM_REALM_SYSTEM_OFF));
}

/* A realm that is over goes with all it has; an odd byte is the call alone, which a realm in use refuses. */
void do_realm_destroy(struct sequence *sequence, struct record *record)
{
	unsigned state = host_is_v1(sequence->machine) ? RMM_REALM_SYSTEM_OFF : RMM_REALM_ZOMBIE;
	uint64_t rd = pick_realm_in(sequence, record, state);

	if (rd_at(sequence, rd) && arg(record) < SEQUENCE_ODD)
		end_realm(sequence, rd);
	else
		rmi(sequence->machine, SMC_RMI_REALM_DESTROY, rd);
}

/* RECs */

/* Auxiliary granules of 1.0: the next DELEGATED ones after the REC */
static void write_aux(struct sequence *sequence, uint64_t params, uint64_t rec)
{
	unsigned wanted = sequence->rmm->variant->rec_aux, found = 0;
	uint64_t pa;

	for (unsigned i = 0; i < sequence->window && found < wanted; i++) {
		pa = window_pa(sequence, i);
		if (pa != rec && rmm_granule_is(sequence->rmm, pa, GRANULE_DELEGATED))
			host_write(sequence, params + RMI1_REC_PARAMS_AUX_OFFSET + 8 * found++, pa);
	}
	host_write(sequence, params + RMI1_REC_PARAMS_NUM_AUX_OFFSET, wanted);
}

static uint64_t mpidr_of(uint64_t index)
{
	uint64_t mpidr = rmi_rec_mpidr_set_aff0(0, index);

	return rmi_rec_mpidr_set_aff1(mpidr, index >> 4);
}

/* A host makes one REC after the other; an odd byte begins another operation. */
static bool finish_first(struct sequence *sequence, struct record *record)
{
	for (unsigned i = 0; i < sequence->rmm->num_ops; i++)
		if (sequence->rmm->ops[i].kind == OP_REC_CREATE && record->bytes[1] < SEQUENCE_ODD) {
			do_op_next(sequence, record);
			return true;
		}
	return false;
}

void do_rec_create(struct sequence *sequence, struct record *record)
{
	bool busy = finish_first(sequence, record);
	uint64_t rd_pa = pick_realm_in(sequence, record, RMM_REALM_NEW);
	uint64_t rec = pick(sequence, record, GRANULE_DELEGATED);
	/* The page has to stay as it is until the operation ends. */
	uint64_t params = host_page(sequence, record, 1);
	const struct rd *rd = rd_at(sequence, rd_pa);

	if (busy)
		return;
	host_write(sequence, params + RMI_REC_PARAMS_FLAGS_OFFSET, arg(record) % 4 != 3);
	host_write(sequence, params + RMI_REC_PARAMS_MPIDR_OFFSET, mpidr_of(rd ? rd->recs_created : 0));
	host_write(sequence, params + RMI_REC_PARAMS_PC_OFFSET, 0);
	if (host_is_v1(sequence->machine))
		write_aux(sequence, params, rec);
	spoil(sequence, params, record);
	rmi(sequence->machine, SMC_RMI_REC_CREATE, rd_pa, rec, params);
}

void do_rec_destroy(struct sequence *sequence, struct record *record)
{
	rmi(sequence->machine, SMC_RMI_REC_DESTROY, pick(sequence, record, GRANULE_REC));
}

/* A REC that can be entered, if there is one */
static uint64_t pick_runnable(struct sequence *sequence, struct record *record)
{
	unsigned choice = arg(record);
	uint64_t fallback = pick(sequence, record, GRANULE_REC);

	for (unsigned i = 0; choice < SEQUENCE_ODD && i < sequence->window; i++) {
		uint64_t pa = window_pa(sequence, (choice + i) % sequence->window);
		const struct rec *rec = rec_at(sequence, pa);

		if (rec && rec->runnable && !rec->running && rec->pending != REC_PENDING_PSCI &&
		    rd_at(sequence, rec->rd)->state == RMM_REALM_ACTIVE)
			return pa;
	}
	return fallback;
}

/* Enters a REC, or goes on making one when there is none. */
void do_rec_enter(struct sequence *sequence, struct record *record)
{
	uint64_t rec = pick_runnable(sequence, record);
	uint64_t run = host_page(sequence, record, 2 + sequence->machine->cpu);
	unsigned flags = arg(record), gprs = arg(record);
	const struct rec *state = rec_at(sequence, rec);

	if (!state && record->bytes[1] < SEQUENCE_ODD) {
		record->used = 1;
		do_rec_create(sequence, record);
		return;
	}
	/* Zero emulates what the last exit asks for. */
	if (flags < SEQUENCE_ODD)
		flags = (flags & 0x1c) | (state && state->exit.emulatable && !(flags & 1));
	host_write(sequence, run + RMI_REC_ENTER_FLAGS_OFFSET, flags);
	if (host_is_v1(sequence->machine))
		for (unsigned i = 0; i < RMM_LRS; i++)
			host_write(sequence, run + RMI1_REC_ENTER_GICV3_LRS_OFFSET + 8 * i,
				   sequence->machine->gic[0].lrs[i]);
	for (unsigned i = 0; i < RMI_REC_ENTER_GPRS_COUNT; i += 5)
		host_write(sequence, run + RMI_REC_ENTER_GPRS_OFFSET + 8 * i, gprs * UINT64_C(0x0101010101010101));
	rmi(sequence->machine, SMC_RMI_REC_ENTER, rec, run);
}

/* The REC that a pending PSCI request is about; 0: none */
static uint64_t psci_target(struct sequence *sequence, const struct rec *caller)
{
	for (unsigned i = 0; i < sequence->window; i++) {
		const struct rec *rec = rec_at(sequence, window_pa(sequence, i));

		if (rec && rec->rd == caller->rd && rec->guest.mpidr == caller->psci_target)
			return window_pa(sequence, i);
	}
	return 0;
}

static uint64_t pick_psci_caller(struct sequence *sequence, struct record *record)
{
	uint64_t fallback = pick(sequence, record, GRANULE_REC);

	for (unsigned i = 0; i < sequence->window; i++) {
		const struct rec *rec = rec_at(sequence, window_pa(sequence, i));

		if (rec && rec->pending == REC_PENDING_PSCI)
			return window_pa(sequence, i);
	}
	return fallback;
}

void do_psci_complete(struct sequence *sequence, struct record *record)
{
	unsigned odd = arg(record);
	uint64_t caller = pick_psci_caller(sequence, record);
	const struct rec *rec = rec_at(sequence, caller);
	uint64_t target = rec && odd < SEQUENCE_ODD ? psci_target(sequence, rec) : pick(sequence, record, GRANULE_REC);
	static const int64_t statuses[] = { PSCI_SUCCESS, PSCI_DENIED, PSCI_SUCCESS, PSCI_ALREADY_ON };

	rmi(sequence->machine, SMC_RMI_PSCI_COMPLETE, caller, target, (uint64_t)statuses[arg(record) % 4]);
}

typedef void action_fn(struct sequence *sequence, struct record *record);

#define ACTION_POINTER(name, weight) do_##name,

/* The nth CPU that runs no guest */
static unsigned idle_cpu(const struct sequence *sequence, unsigned n)
{
	unsigned cpu = n % SEQUENCE_CPUS;

	while (sequence->inside >> cpu & 1)
		cpu = (cpu + 1) % SEQUENCE_CPUS;
	return cpu;
}

void sequence_host(struct sequence *sequence, struct record *record)
{
	static action_fn *const actions[] = { HOST_ACTIONS(ACTION_POINTER) };
	unsigned choice = arg(record) & ~SEQUENCE_OTHER_CPU;

	if (!sequence->prefixed)
		sequence->machine->cpu = idle_cpu(sequence, choice / NUM_HOST_ACTIONS);
	actions[choice % NUM_HOST_ACTIONS](sequence, record);
}
