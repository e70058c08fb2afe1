/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-machine.c - the machine of tests: what it lets a core do, and what it does not */
#include "death.h"
#include "rmi.h"
#include "test-port.h"

#define GRANULE 4096
#define REALM_PA (MACHINE_BASE + 0x10000)
#define NS_PA (MACHINE_BASE + 0x20000)
#define ROOT_PA (MACHINE_BASE + 0x30000)
#define NOWHERE UINT64_C(0x1000)

static const struct rmm_port *const port = &machine_port;

static int setup(void **state)
{
	struct machine *machine = machine_new(NULL);

	machine_set_owner(machine, REALM_PA, MACHINE_REALM);
	machine_set_owner(machine, ROOT_PA, MACHINE_ROOT);
	port->lock(machine);
	*state = machine;
	return 0;
}

static int teardown(void **state)
{
	machine_free(*state);
	return 0;
}

static void test_map_gives_memory_of_either_world(void **state)
{
	struct machine *machine = *state;
	uint8_t *realm = port->map(machine, REALM_PA, GRANULE, RMM_PAS_REALM);
	uint8_t *ns = port->map(machine, NS_PA, GRANULE, RMM_PAS_NS);

	assert_ptr_equal(realm, machine_memory(machine, REALM_PA, GRANULE));
	assert_ptr_equal(ns, machine_host_view(machine, NS_PA, GRANULE));
	assert_int_equal(machine->num_maps, 2);
	port->unmap(machine, realm);
	port->unmap(machine, ns);
	assert_int_equal(machine->num_maps, 0);
}

static void test_map_of_the_host_finds_no_memory(void **state)
{
	assert_null(port->map(*state, NOWHERE, GRANULE, RMM_PAS_NS));
	assert_null(port->map(*state, ROOT_PA, GRANULE, RMM_PAS_NS));
}

static void test_host_view_is_the_hosts_memory_alone(void **state)
{
	assert_null(machine_host_view(*state, REALM_PA, 1));
	assert_null(machine_host_view(*state, REALM_PA - GRANULE, 2 * GRANULE));
	assert_null(machine_host_view(*state, NOWHERE, 1));
	assert_null(machine_host_view(*state, MACHINE_BASE + MACHINE_SIZE - GRANULE, 2 * GRANULE));
	assert_non_null(machine_host_view(*state, MACHINE_BASE + MACHINE_SIZE - GRANULE, GRANULE));
}

static void test_set_pas_moves_a_granule(void **state)
{
	struct machine *machine = *state;

	assert_true(port->set_pas(machine, NS_PA, GRANULE, RMM_PAS_REALM));
	assert_int_equal(machine_owner(machine, NS_PA), MACHINE_REALM);
	assert_int_equal(machine->delegated, GRANULE);
	assert_true(port->set_pas(machine, NS_PA, GRANULE, RMM_PAS_NS));
	assert_int_equal(machine_owner(machine, NS_PA), MACHINE_NS);
	assert_int_equal(machine->delegated, 0);
}

static void test_set_pas_leaves_what_the_firmware_has(void **state)
{
	assert_false(port->set_pas(*state, ROOT_PA, GRANULE, RMM_PAS_REALM));
	assert_false(port->set_pas(*state, ROOT_PA, GRANULE, RMM_PAS_NS));
}

/* FIPS 180-4, the digests of "abc" */
static void test_hashes(void **state)
{
	static const uint8_t heads[][4] = {
		[RMI_HASH_SHA_256] = { 0xba, 0x78, 0x16, 0xbf },
		[RMI_HASH_SHA_384] = { 0xcb, 0x00, 0x75, 0x3f },
		[RMI_HASH_SHA_512] = { 0xdd, 0xaf, 0x35, 0xa1 },
	};
	uint8_t digest[RMM_DIGEST_MAX];

	for (unsigned algo = 0; algo < 3; algo++) {
		port->hash_begin(*state, algo);
		port->hash_add(*state, "a", 1);
		port->hash_add(*state, "bc", 2);
		port->hash_end(*state, digest);
		assert_memory_equal(digest, heads[algo], 4);
	}
}

static void test_random_repeats_with_its_seed(void **state)
{
	const struct machine_config config = { .seed = 7 };
	struct machine *other = machine_new(&config), *again = machine_new(&config);
	uint8_t a[32], b[32], c[32];

	port->lock(other);
	port->lock(again);
	assert_true(port->random(*state, a, sizeof(a)));
	assert_true(port->random(other, b, sizeof(b)));
	assert_true(port->random(again, c, sizeof(c)));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_equal(b, c, sizeof(b));
	again->no_entropy = true;
	assert_false(port->random(again, c, sizeof(c)));
	machine_free(other);
	machine_free(again);
}

static void test_platform_tokens_are_bound_to_their_challenge(void **state)
{
	static const uint8_t challenges[2][32] = { { 1 }, { 2 } };
	struct machine *machine = *state;
	const uint8_t *token;
	size_t len;

	for (size_t i = 0; i < 2; i++) {
		token = port->platform_token(machine, challenges[i], &len);
		assert_int_equal(len, 1000);
		assert_memory_equal(token, challenges[i], 32);
	}
	machine->platform_size = 31;
	assert_null(port->platform_token(machine, challenges[0], &len));
	machine->platform_size = MACHINE_PLATFORM_MAX + 1;
	assert_null(port->platform_token(machine, challenges[0], &len));
}

static void test_signatures_tell_the_digest(void **state)
{
	struct machine *machine = *state;
	uint8_t digest[48] = { 0xa5, [47] = 0x5a }, signature[RMM_SIGNATURE_SIZE], point[RMM_RAK_POINT_SIZE];

	assert_true(port->rak_sign(machine, digest, signature));
	assert_memory_equal(signature, digest, 48);
	assert_int_equal(signature[48], 0x5a);
	assert_int_equal(signature[95], 0xa5);
	machine->no_signing = true;
	assert_false(port->rak_sign(machine, digest, signature));
	assert_true(port->rak_point(machine, point));
	assert_memory_equal(point, "\x04\x81\x82", 3);
	machine->no_rak = true;
	assert_false(port->rak_point(machine, point));
}

static void test_pages_are_in_a_row_and_aligned(void **state)
{
	uint64_t one = machine_pages(*state, 1, 0);
	uint64_t four = machine_pages(*state, 4, 4 * GRANULE);
	uint64_t next = machine_pages(*state, 1, 0);

	assert_int_equal(four % (4 * GRANULE), 0);
	assert_true(four > one && next == four + 4 * GRANULE);
}

/* what a core must not do */

static void map_ns_as_realm(void *machine)
{
	port->map(machine, NS_PA, GRANULE, RMM_PAS_REALM);
}

static void map_realm_as_ns(void *machine)
{
	port->map(machine, REALM_PA, GRANULE, RMM_PAS_NS);
}

static void map_nowhere_as_realm(void *machine)
{
	port->map(machine, NOWHERE, GRANULE, RMM_PAS_REALM);
}

static void map_unaligned(void *machine)
{
	port->map(machine, NS_PA + 8, GRANULE, RMM_PAS_NS);
}

static void map_much(void *machine)
{
	port->map(machine, NS_PA, 2 * GRANULE, RMM_PAS_NS);
}

static void map_many(void *machine)
{
	for (unsigned i = 0; i <= MACHINE_MAPS_MAX; i++)
		port->map(machine, NS_PA, GRANULE, RMM_PAS_NS);
}

static void unmap_twice(void *machine)
{
	void *va = port->map(machine, NS_PA, GRANULE, RMM_PAS_NS);

	port->unmap(machine, va);
	port->unmap(machine, va);
}

static void map_without_lock(void *machine)
{
	port->unlock(machine);
	map_ns_as_realm(machine);
}

static void lock_twice(void *machine)
{
	port->lock(machine);
}

static void unlock_on_another_cpu(void *machine)
{
	((struct machine *)machine)->cpu = 1;
	port->unlock(machine);
}

static void enter_with_lock(void *machine)
{
	struct rmm_guest guest = { 0 };
	struct rmm_trap trap;

	port->enter(machine, &guest, &trap);
}

static void give_back_dirty(void *machine)
{
	uint8_t *va = port->map(machine, REALM_PA, GRANULE, RMM_PAS_REALM);

	va[GRANULE - 1] = 1;
	port->unmap(machine, va);
	port->set_pas(machine, REALM_PA, GRANULE, RMM_PAS_NS);
}

static void give_back_mapped(void *machine)
{
	port->map(machine, REALM_PA, GRANULE, RMM_PAS_REALM);
	port->set_pas(machine, REALM_PA, GRANULE, RMM_PAS_NS);
}

static void take_twice(void *machine)
{
	port->set_pas(machine, REALM_PA, GRANULE, RMM_PAS_REALM);
}

static void hash_two_at_once(void *machine)
{
	port->hash_begin(machine, RMI_HASH_SHA_256);
	port->hash_begin(machine, RMI_HASH_SHA_256);
}

static void hash_nothing(void *machine)
{
	uint8_t digest[RMM_DIGEST_MAX];

	port->hash_end(machine, digest);
}

static void call_with_lock(void *machine)
{
	rmi(machine, SMC_RMI_FEATURES, 0);
}

static void use_all_pages(void *machine)
{
	machine_pages(machine, MACHINE_SIZE / GRANULE, 0);
	machine_pages(machine, 1, 0);
}

static void test_broken_rules_end_the_process(void **state)
{
	static const struct {
		void (*what)(void *machine);
		const char *text;
	} rules[] = {
		{ map_ns_as_realm, "as realm memory, which it is not" },
		{ map_realm_as_ns, "as the host's memory, which it is not" },
		{ map_nowhere_as_realm, "as realm memory, which it is not" },
		{ map_unaligned, "is not aligned" },
		{ map_much, "are no granule" },
		{ map_many, "too many maps" },
		{ unmap_twice, "unmap of what is not mapped" },
		{ map_without_lock, "map without the lock" },
		{ lock_twice, "takes the lock that CPU 0 holds" },
		{ unlock_on_another_cpu, "unlock on CPU 1, the lock is held on 0" },
		{ enter_with_lock, "enter with the lock held" },
		{ give_back_dirty, "with what it held" },
		{ give_back_mapped, "which is mapped" },
		{ take_twice, "which is there already" },
		{ hash_two_at_once, "another digest goes on" },
		{ hash_nothing, "hash_end without hash_begin" },
		{ call_with_lock, "while the RMM holds its lock" },
		{ use_all_pages, "no 1 free pages are left" },
	};

	for (unsigned i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		assert_dies(rules[i].what, *state, rules[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_map_gives_memory_of_either_world, setup, teardown),
		cmocka_unit_test_setup_teardown(test_map_of_the_host_finds_no_memory, setup, teardown),
		cmocka_unit_test_setup_teardown(test_host_view_is_the_hosts_memory_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_set_pas_moves_a_granule, setup, teardown),
		cmocka_unit_test_setup_teardown(test_set_pas_leaves_what_the_firmware_has, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hashes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_random_repeats_with_its_seed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_platform_tokens_are_bound_to_their_challenge, setup, teardown),
		cmocka_unit_test_setup_teardown(test_signatures_tell_the_digest, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages_are_in_a_row_and_aligned, setup, teardown),
		cmocka_unit_test_setup_teardown(test_broken_rules_end_the_process, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
