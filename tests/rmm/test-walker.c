/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-walker.c - each invariant is broken once, behind the core's back, and the walker must tell */
#include "core.h"
#include "death.h"
#include "rmi-host.h"
#include "walker.h"

#define BANK_SIZE UINT64_C(0x400000)
#define IPA UINT64_C(0x1000)
#define PAGE_NS (UINT64_C(0x4c3) | UINT64_C(3) << 54)	/* AF, S2AP 11, type 11; XN, NS */

/* A realm with a page of data and a REC; and a granule that is free */
struct world {
	struct machine *machine;
	struct walker *walker;
	uint64_t rd, root, level2, level3, data, rec, params, spare;
};

static void must(struct world *world, uint64_t result)
{
	if (result != RMI_SUCCESS)
		fail_msg("result %#llx", (unsigned long long)result);
}

static uint64_t *entry(struct world *world, uint64_t table, unsigned index)
{
	return machine_memory(world->machine, table + 8 * index, 8);
}

static struct rd *rd(struct world *world)
{
	return machine_memory(world->machine, world->rd, sizeof(struct rd));
}

static struct rec *rec(struct world *world)
{
	return machine_memory(world->machine, world->rec, sizeof(struct rec));
}

static void make_realm(struct world *world)
{
	struct rmi_realm_params *params = machine_ns(world->machine, world->params, sizeof(*params));

	*params = (struct rmi_realm_params){
		.s2sz = 40, .num_bps = 1, .num_wps = 1,
		.rtt_base = world->root, .rtt_level_start = 1, .rtt_num_start = 2,
	};
	must(world, rmi(world->machine, SMC_RMI_REALM_CREATE, world->rd, world->params));
	must(world, rmi(world->machine, SMC_RMI_RTT_CREATE, world->rd, world->level2, 0, 2));
	must(world, rmi(world->machine, SMC_RMI_RTT_CREATE, world->rd, world->level3, 0, 3));
	must(world, rmi(world->machine, SMC_RMI_RTT_DATA_MAP_INIT, world->rd, world->data, IPA, world->params, 1));
}

static void make_rec(struct world *world)
{
	struct rmi_rec_params *params = machine_ns(world->machine, world->params, sizeof(*params));

	memset(params, 0, sizeof(*params));
	must(world, host_rec_create(world->machine, world->rd, world->rec, world->params));
}

static int setup(void **state)
{
	static const struct rmm_bank bank = { MACHINE_BASE, BANK_SIZE };
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->machine = machine_new(&(struct machine_config){ .banks = &bank, .num_banks = 1 });
	world->walker = walker_attach(world->machine);
	must(world, host_boot(world->machine, RMI_GRANULE_SIZE_4KB));
	world->params = machine_pages(world->machine, 1, 0);
	world->rd = host_delegated(world->machine, 1, 0);
	world->root = host_delegated(world->machine, 2, 0x2000);
	world->level2 = host_delegated(world->machine, 1, 0);
	world->level3 = host_delegated(world->machine, 1, 0);
	world->data = host_delegated(world->machine, 1, 0);
	world->rec = host_delegated(world->machine, 1, 0);
	world->spare = host_delegated(world->machine, 1, 0);
	make_realm(world);
	make_rec(world);
	*state = world;
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;

	walker_free(world->walker);
	machine_free(world->machine);
	free(world);
	return 0;
}

static void set_state(struct world *world, uint64_t pa, unsigned state)
{
	*rmm_granule(world->machine->rmm, pa) = (uint8_t)state;
}

/* states and references */

static void lose_owner(void *world)
{
	set_state(world, ((struct world *)world)->spare, GRANULE_DATA);
}

static void free_data(void *world)
{
	set_state(world, ((struct world *)world)->data, GRANULE_DELEGATED);
}

static void free_table(void *world)
{
	set_state(world, ((struct world *)world)->level3, GRANULE_DELEGATED);
}

static void free_aux(void *world)
{
	set_state(world, rec(world)->aux[3], GRANULE_DELEGATED);
}

static void share_aux(void *world)
{
	rec(world)->aux[3] = rec(world)->aux[4];
}

static void share_data(void *arg)
{
	struct world *world = arg;

	*entry(world, world->level3, 2) = *entry(world, world->level3, 1);
}

static void share_table(void *arg)
{
	struct world *world = arg;

	*entry(world, world->level2, 1) = *entry(world, world->level2, 0);
}

static void lose_realm(void *world)
{
	rec(world)->rd = ((struct world *)world)->spare;
}

static void stay_running(void *world)
{
	rec(world)->running = true;
	rd(world)->recs_running = 1;
}

static void count_recs_wrongly(void *world)
{
	rd(world)->recs_live = 2;
}

static void lose_vmid(void *world)
{
	((struct world *)world)->machine->rmm->vmids[0] |= 2;
}

static void ask_for_nothing(void *world)
{
	struct rmm_op *op = &((struct world *)world)->machine->rmm->ops[0];

	op->kind = OP_RANGE;
	op->request = RMI_OP_MEM_REQ_DONATE;
}

static void hold_what_is_free(void *arg)
{
	struct world *world = arg;
	struct rmm_op *op = &world->machine->rmm->ops[0];

	op->kind = OP_GPT_CREATE;
	op->request = RMI_OP_MEM_REQ_RECLAIM;
	op->held[0] = (struct op_block){ world->spare, 1 };
	op->num_held = 1;
}

/* worlds and sums */

static void leak_to_host(void *world)
{
	machine_set_owner(((struct world *)world)->machine, ((struct world *)world)->data, MACHINE_NS);
}

static void take_from_host(void *world)
{
	machine_set_owner(((struct world *)world)->machine, ((struct world *)world)->params, MACHINE_REALM);
}

static void take_without_a_call(void *world)
{
	take_from_host(world);
	set_state(world, ((struct world *)world)->params, GRANULE_DELEGATED);
}

/* descriptors */

static void map_empty(void *arg)
{
	struct world *world = arg;
	uint64_t *desc = entry(world, world->level3, 1);
	struct s2_entry decoded = s2_decode(&rd(world)->stage2, 3, true, *desc);

	decoded.ripas = RMI_RIPAS_EMPTY;
	*desc = s2_encode(&rd(world)->stage2, 3, &decoded) | 1;
}

static void set_odd_bits(void *arg)
{
	struct world *world = arg;

	*entry(world, world->level3, 1) |= UINT64_C(1) << 51;
}

static void map_host_memory_as_protected(void *arg)
{
	struct world *world = arg;

	*entry(world, world->level3, 2) = world->params | PAGE_NS;
}

static void write_behind_the_table(void *arg)
{
	struct world *world = arg;

	rd(world)->stage2.ipa_bits = 38;
	*entry(world, world->root, 511) = 4;
}

/* digests */

static void lengthen_digest(void *world)
{
	rd(world)->measurements[2][32] = 1;
}

struct broken {
	void (*breaks)(void *world);
	struct world *world;
};

static void break_and_check(void *arg)
{
	const struct broken *broken = arg;

	broken->breaks(broken->world);
	walker_check(broken->world->walker);
}

static void test_broken_invariants_are_found(void **state)
{
	static const struct {
		void (*breaks)(void *world);
		const char *text;
	} rules[] = {
		{ lose_owner, "is DATA, but nothing refers to it" },
		{ free_data, "is referred to as DATA, but is DELEGATED" },
		{ free_table, "is referred to as RTT, but is DELEGATED" },
		{ free_aux, "is referred to as REC_AUX, but is DELEGATED" },
		{ share_aux, "REC_AUX, is referred to twice" },
		{ share_data, "DATA, is referred to twice" },
		{ share_table, "RTT, is referred to twice" },
		{ lose_realm, "its realm" },
		{ stay_running, "runs, but no call is going on" },
		{ count_recs_wrongly, "1 RECs and 0 running, it counts 2 and 0" },
		{ lose_vmid, "VMIDs are in use that no realm has" },
		{ ask_for_nothing, "an operation asks for 0 granules" },
		{ hold_what_is_free, "is referred to as INTERNAL, but is DELEGATED" },
		{ leak_to_host, "but the GPT disagrees" },
		{ take_from_host, "but the GPT disagrees" },
		{ take_without_a_call, "were delegated and not undelegated" },
		{ map_empty, "descriptor" },
		{ set_odd_bits, "has bits that mean nothing" },
		{ map_host_memory_as_protected, "descriptor" },
		{ write_behind_the_table, "has something behind its end" },
		{ lengthen_digest, "measurement 2 is longer than its digest" },
	};

	walker_check(((struct world *)*state)->walker);
	for (unsigned i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct broken broken = { rules[i].breaks, *state };

		assert_dies(break_and_check, &broken, rules[i].text);
	}
}

/* calls: a hook changes something while the core has the descriptor of the realm mapped */

static void on_map(void *arg, uint64_t pa, size_t size, enum rmm_pas pas)
{
	const struct broken *broken = arg;

	if (pa == broken->world->rd)
		broken->breaks(broken->world);
}

static void change_realm(void *world)
{
	rd(world)->recs_created++;
}

static void change_rmm(void *world)
{
	((struct world *)world)->machine->rmm->mecids++;
}

static void change_rim(void *world)
{
	rd(world)->measurements[0][0] ^= 1;
}

/* RMI_ERROR_RTT: the table is there already */
static void fail_and_change(void *arg)
{
	struct broken *broken = arg;
	struct world *world = broken->world;

	world->machine->test_hooks = (struct machine_hooks){ .arg = broken, .map = on_map };
	rmi(world->machine, SMC_RMI_RTT_CREATE, world->rd, world->spare, 0, 2);
}

static void succeed_and_change(void *arg)
{
	struct broken *broken = arg;
	struct world *world = broken->world;

	must(world, rmi(world->machine, SMC_RMI_REALM_ACTIVATE, world->rd));
	world->machine->test_hooks = (struct machine_hooks){ .arg = broken, .map = on_map };
	must(world, rmi(world->machine, SMC_RMI_RTT_READ_ENTRY, world->rd, 0, 3));
}

static void on_log(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct world *world = arg;

	*(uint8_t *)machine_memory(world->machine, world->spare + 4095, 1) = 1;
}

/* A granule that was not wiped looks as if the RMM's own log had written to it. */
static void map_dirty(void *arg)
{
	struct world *world = arg;

	world->machine->test_hooks = (struct machine_hooks){ .arg = world, .log = on_log };
	host_data_unknown(world->machine, world->rd, world->spare, 2 * IPA);
}

static void test_calls_that_change_too_much_are_found(void **state)
{
	struct broken realm = { change_realm, *state }, rmm = { change_rmm, *state }, rim = { change_rim, *state };

	assert_dies(fail_and_change, &realm, "failed, but memory at");
	assert_dies(fail_and_change, &rmm, "failed, but the RMM has changed");
	assert_dies(succeed_and_change, &rim, "the RIM of realm");
	assert_dies(map_dirty, *state, "still holds what it held before");
}

static void test_counts(void **state)
{
	struct world *world = *state;

	assert_int_equal(walker_count(world->walker, GRANULE_RD), 1);
	assert_int_equal(walker_count(world->walker, GRANULE_RTT), 4);
	assert_int_equal(walker_count(world->walker, GRANULE_DATA), 1);
	assert_int_equal(walker_count(world->walker, GRANULE_REC_AUX), 16);
	assert_int_equal(walker_count(world->walker, GRANULE_DELEGATED), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_broken_invariants_are_found, setup, teardown),
		cmocka_unit_test_setup_teardown(test_calls_that_change_too_much_are_found, setup, teardown),
		cmocka_unit_test_setup_teardown(test_counts, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
