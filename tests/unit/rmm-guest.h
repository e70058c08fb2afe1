/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rmm-guest.h - a realm on a test machine whose CPU does what a test says: for tests of what an RMM does for a guest
 *
 * The realm has an IPA space of 33 bits and two RECs, of which the second is not runnable. Its pages:
 *
 *	0 and 1		mapped, RIPAS RAM
 *	2		not mapped, RIPAS RAM
 *	3		RIPAS EMPTY
 *	4		RIPAS DESTROYED
 *	HOST		the first of the unprotected half
 */
#ifndef RMM_GUEST_TEST_H
#define RMM_GUEST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core.h"
#include "rmi-host.h"
#include "rmi-1.0.h"
#include "rmi-machine.h"
#include "walker.h"

#define PAGE UINT64_C(0x1000)
#define HOST (UINT64_C(1) << 32)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define EC(class) ((uint64_t)(class) << 26)
#define IL (UINT64_C(1) << 25)

struct world {
	struct machine *machine;
	struct walker *walker;
	const struct rmm_variant *variant;
	uint64_t rd, params, rec_pa[2], page_pa[2];
	struct rec *rec[2];
	uint8_t *page[2];
	uint64_t run_pa;
	union {	/* the page of a run; 2.0 has no GIC fields in it */
		struct rmi_rec_run *run;
		struct rmi1_rec_run *run1;
	};
	/* The CPU: the guest of the next entry traps with this, any later one for an interrupt. */
	struct rmm_trap trap;
	unsigned entries;
	struct rmm_guest entered;	/* the guest as it was at the first of these entries */
	void (*meanwhile)(struct world *w);	/* what happens on other CPUs */
	/* The last finished call of the realm */
	uint64_t in[RMM_SMC_REGS], out[RMM_SMC_REGS];
	unsigned logged;
};

static inline void world_cpu(struct machine *machine, void *arg, struct rmm_guest *guest, struct rmm_trap *trap)
{
	struct world *w = arg;

	trap->kind = RMM_TRAP_IRQ;
	if (w->entries++)
		return;
	w->entered = *guest;
	*trap = w->trap;
	if (w->meanwhile)
		w->meanwhile(w);
}

static inline void world_log(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
			     const uint64_t out[RMM_SMC_REGS])
{
	struct world *w = arg;

	if (call != RMM_CALL_RSI)
		return;
	memcpy(w->in, in, sizeof(w->in));
	memcpy(w->out, out, sizeof(w->out));
	w->logged++;
}

#define must(w, command, ...) assert_int_equal(rmi((w)->machine, command, __VA_ARGS__), RMI_SUCCESS)

static inline void world_boot(struct world *w, const struct rmm_variant *variant, unsigned granule_size)
{
	struct rmm_limits limits = *rmm_variant_limits(variant);

	memset(w, 0, sizeof(*w));
	limits.gicv3_vtr = 3;	/* four list registers, INTIDs of 16 bits */
	limits.sve = true;
	limits.pmu = true;
	w->variant = variant;
	w->machine = machine_new(&(struct machine_config){ .variant = variant, .limits = &limits });
	w->walker = walker_attach(w->machine);
	w->machine->guest = world_cpu;
	w->machine->guest_arg = w;
	w->machine->test_hooks.arg = w;
	w->machine->test_hooks.log = world_log;
	assert_int_equal(host_boot(w->machine, granule_size), RMI_SUCCESS);
}

static inline uint64_t world_realm(struct world *w, uint16_t vmid, uint8_t hash)
{
	uint64_t page = machine_pages(w->machine, 1, 0), rd = host_delegated(w->machine, 1, 0);
	struct rmi_realm_params *params = machine_ns(w->machine, page, sizeof(*params));

	params->s2sz = 33;
	params->num_bps = params->num_wps = 1;
	params->hash_algo = hash;
	for (unsigned i = 0; i < sizeof(params->rpv); i++)
		params->rpv[i] = (uint8_t)(i + 1);
	params->rtt_base = host_delegated(w->machine, 1, 0);
	params->rtt_level_start = w->machine->granule == PAGE ? 1 : 2;
	params->rtt_num_start = 1;
	if (host_is_v1(w->machine))
		((struct rmi1_realm_params *)params)->vmid = vmid;
	must(w, SMC_RMI_REALM_CREATE, rd, page);
	return rd;
}

static inline uint64_t world_rec(struct world *w, uint64_t rd, uint64_t mpidr, bool runnable)
{
	uint64_t rec = host_delegated(w->machine, 1, 0);
	struct rmi_rec_params *params;

	w->params = machine_pages(w->machine, 1, 0);
	params = machine_ns(w->machine, w->params, sizeof(*params));
	params->flags = runnable;
	params->mpidr = mpidr;
	params->pc = PAGE;
	assert_int_equal(host_rec_create(w->machine, rd, rec, w->params), RMI_SUCCESS);
	return rec;
}

static inline uint64_t world_data(struct world *w, uint64_t ipa)
{
	uint64_t data = host_delegated(w->machine, 1, 0);

	must(w, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, data, ipa, machine_pages(w->machine, 1, 0), 0);
	return data;
}

static inline void world_memory(struct world *w)
{
	uint64_t data;

	must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, 2);
	must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, 3);
	must(w, SMC_RMI_RTT_INIT_RIPAS, w->rd, 0, 3 * PAGE);
	for (unsigned i = 0; i < 2; i++) {
		w->page_pa[i] = world_data(w, i * PAGE);
		w->page[i] = machine_memory(w->machine, w->page_pa[i], PAGE);
	}
	must(w, SMC_RMI_RTT_INIT_RIPAS, w->rd, 4 * PAGE, 5 * PAGE);
	world_data(w, 4 * PAGE);
	assert_int_equal(host_data_destroy(w->machine, w->rd, 4 * PAGE, &data), RMI_SUCCESS);
}

/* Gives the realm its RECs, activates it, and gets ready to enter them. */
static inline void world_run(struct world *w, unsigned num_recs)
{
	for (unsigned i = 0; i < num_recs; i++) {
		w->rec_pa[i] = world_rec(w, w->rd, i, !i);
		w->rec[i] = machine_memory(w->machine, w->rec_pa[i], PAGE);
	}
	must(w, SMC_RMI_REALM_ACTIVATE, w->rd);
	w->run_pa = machine_pages(w->machine, 1, 0);
	w->run = machine_ns(w->machine, w->run_pa, PAGE);
}

static inline void world_start(struct world *w, const struct rmm_variant *variant, uint8_t hash)
{
	world_boot(w, variant, RMI_GRANULE_SIZE_4KB);
	w->rd = world_realm(w, 1, hash);
	world_memory(w);
	world_run(w, 2);
}

static inline void world_stop(struct world *w)
{
	assert_int_equal(w->machine->num_maps, 0);
	walker_free(w->walker);
	machine_free(w->machine);
}

static const struct rmm_variant *const world_variants[] = { &rmm_variant_1_0, &rmm_variant_2_0, &rmm_variant_tf_2_0 };

/* Runs a test on each behaviour. */
static inline void in_each_variant(void (*test)(struct world *w))
{
	for (size_t i = 0; i < COUNT(world_variants); i++) {
		struct world w;

		world_start(&w, world_variants[i], RMI_HASH_SHA_256);
		test(&w);
		world_stop(&w);
	}
}

#define guest_test(name) \
	static void name##_in_world(struct world *w); \
	static void name(void **state) { in_each_variant(name##_in_world); } \
	static void name##_in_world(struct world *w)

/* Enters a REC with an exit half full of junk. */
static inline uint64_t enter_rec(struct world *w, unsigned rec)
{
	memset(&w->run->exit, 0xa5, sizeof(w->run->exit));
	w->entries = 0;
	return rmi(w->machine, SMC_RMI_REC_ENTER, w->rec_pa[rec], w->run_pa);
}

static inline void enter(struct world *w)
{
	assert_int_equal(enter_rec(w, 0), RMI_SUCCESS);
}

/* Enters REC 0, whose guest traps once. */
static inline void trap_sync(struct world *w, uint64_t esr, uint64_t far, uint64_t hpfar)
{
	w->trap = (struct rmm_trap){ .kind = RMM_TRAP_SYNC, .esr = esr, .far = far, .hpfar = hpfar };
	enter(w);
	w->trap = (struct rmm_trap){ .kind = RMM_TRAP_IRQ };
}

/* An abort of the guest at an IPA; its stage 1 is off. */
static inline void trap_abort(struct world *w, uint64_t esr, uint64_t ipa)
{
	trap_sync(w, esr, ipa, ipa >> 12 << 4);
}

/* An SMC of the guest of REC 0, with these registers from X0 on; X0..X10 are junk before. */
static inline void trap_smc(struct world *w, const uint64_t *regs, unsigned count)
{
	for (unsigned i = 0; i < RMM_SMC_REGS; i++)
		w->rec[0]->guest.x[i] = i < count ? regs[i] : 0x1111 * i;
	w->logged = 0;
	trap_sync(w, EC(0x17) | IL, 0, 0);
}

#define smc(w, ...) \
	trap_smc((w), (const uint64_t[]){ __VA_ARGS__ }, COUNT(((const uint64_t[]){ __VA_ARGS__ })))

/* The trap was dealt with and the guest went on; then an interrupt came. */
static inline void assert_resumed(struct world *w)
{
	assert_int_equal(w->entries, 2);
	assert_int_equal(w->run->exit.exit_reason, RMI_EXIT_IRQ);
}

static inline void assert_exit(struct world *w, unsigned reason)
{
	assert_int_equal(w->entries, 1);
	assert_int_equal(w->run->exit.exit_reason, reason);
}

#endif
