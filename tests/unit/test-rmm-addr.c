/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-addr.c - address range descriptors of each granule size, and where lists of them end */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core.h"
#include "rmi-machine.h"

/*
 * RmiAddrRangeDesc4KB, 16KB, 64KB (DEN0137 2.0-bet1): size in bits 1:0, count from bit 2 up to the address, which is in
 * place up to bit 51, state in bit 63.
 */
static const struct {
	uint8_t granule;	/* RMI_GRANULE_SIZE_* */
	uint64_t word;
	struct addr_desc desc;
	uint64_t bytes;	/* of a block */
} words[] = {
	{ RMI_GRANULE_SIZE_4KB, 0x80000004, { 0x80000000, 1, 3, RMI_OP_MEM_DELEGATED }, 0x1000 },
	{ RMI_GRANULE_SIZE_4KB, 0x8000000080200ffd, { 0x80200000, 1023, 2, RMI_OP_MEM_UNDELEGATED }, 0x200000 },
	{ RMI_GRANULE_SIZE_4KB, 0x000ffffffffff00a, { 0xffffffffff000, 2, 1, RMI_OP_MEM_DELEGATED }, 0x40000000 },
	{ RMI_GRANULE_SIZE_4KB, 0x8000000000000003, { 0, 0, 0, RMI_OP_MEM_UNDELEGATED }, 0x8000000000 },
	{ RMI_GRANULE_SIZE_16KB, 0x80007ffc, { 0x80004000, 4095, 3, RMI_OP_MEM_DELEGATED }, 0x4000 },
	{ RMI_GRANULE_SIZE_16KB, 0x800fffffffffc005, { 0xfffffffffc000, 1, 2, RMI_OP_MEM_UNDELEGATED }, 0x2000000 },
	{ RMI_GRANULE_SIZE_16KB, 0x1000000006, { 0x1000000000, 1, 1, RMI_OP_MEM_DELEGATED }, 0x1000000000 },
	{ RMI_GRANULE_SIZE_64KB, 0x8001fffc, { 0x80010000, 16383, 3, RMI_OP_MEM_DELEGATED }, 0x10000 },
	{ RMI_GRANULE_SIZE_64KB, 0x800fffffffff0005, { 0xfffffffff0000, 1, 2, RMI_OP_MEM_UNDELEGATED }, 0x20000000 },
	{ RMI_GRANULE_SIZE_64KB, 0x40000000006, { 0x40000000000, 1, 1, RMI_OP_MEM_DELEGATED }, 0x40000000000 },
};

static struct rmm shape_of(uint8_t granule)
{
	return (struct rmm){ .granule_size = granule, .granule_shift = (uint8_t)(12 + 2 * granule) };
}

static void addr_desc_word_is_taken_apart_and_put_together(void **state)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct addr_desc *want = &words[i].desc;
		struct rmm rmm = shape_of(words[i].granule);
		struct addr_desc got = addr_desc_decode(&rmm, words[i].word);

		assert_int_equal(got.pa, want->pa);
		assert_int_equal(got.count, want->count);
		assert_int_equal(got.level, want->level);
		assert_int_equal(got.state, want->state);
		assert_int_equal(addr_desc_encode(&rmm, want), words[i].word);
		assert_int_equal(addr_desc_block_bytes(&rmm, want->level), words[i].bytes);
	}
}

static void addr_desc_decode_ignores_reserved_bits(void **state)
{
	struct rmm rmm = shape_of(RMI_GRANULE_SIZE_64KB);

	assert_int_equal(addr_desc_decode(&rmm, 0x7ff0000080010004).pa, 0x80010000);
	assert_int_equal(addr_desc_decode(&rmm, 0x7ff0000080010004).state, RMI_OP_MEM_DELEGATED);
}

static void addr_desc_max_count_fills_the_field(void **state)
{
	static const uint64_t counts[] = { 1023, 4095, 16383 };

	for (uint8_t i = 0; i < 3; i++) {
		struct rmm rmm = shape_of(i);

		assert_int_equal(addr_desc_max_count(&rmm), counts[i]);
	}
}

/* offset is from a granule that is the host's; the granule before it is delegated, the one after it is not. */
static const struct {
	uint8_t granule;
	int64_t offset;
	uint64_t count;
	unsigned span;
} spans[] = {
	{ RMI_GRANULE_SIZE_4KB, 0, 1, 1 },
	{ RMI_GRANULE_SIZE_4KB, 0, 0, 0 },
	{ RMI_GRANULE_SIZE_4KB, 0, 512, 512 },
	{ RMI_GRANULE_SIZE_4KB, 0, 513, 512 },
	{ RMI_GRANULE_SIZE_4KB, 0, UINT64_MAX, 512 },
	{ RMI_GRANULE_SIZE_4KB, 8, 512, 511 },
	{ RMI_GRANULE_SIZE_4KB, 0xff8, 16383, 1 },
	{ RMI_GRANULE_SIZE_4KB, 4, 1, 0 },
	{ RMI_GRANULE_SIZE_4KB, -8, 2, 0 },
	{ RMI_GRANULE_SIZE_16KB, 0, 16383, 512 },
	{ RMI_GRANULE_SIZE_16KB, 0x2000, 16383, 512 },
	{ RMI_GRANULE_SIZE_16KB, 0x3008, 16383, 511 },
	{ RMI_GRANULE_SIZE_64KB, 0x8000, 16383, 512 },
	{ RMI_GRANULE_SIZE_64KB, 0xfff0, 16383, 2 },
};

static void addr_list_span_ends_with_the_granule(void **state)
{
	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		struct machine *machine = machine_new(NULL);
		struct rmm *rmm = machine->rmm;
		uint64_t host = MACHINE_BASE + 0x10000;

		rmm->granule_size = spans[i].granule;
		rmm->granule_shift = shape_of(spans[i].granule).granule_shift;
		*rmm_granule(rmm, host - granule_bytes(rmm)) = GRANULE_DELEGATED;
		assert_int_equal(addr_list_span(rmm, host + (uint64_t)spans[i].offset, spans[i].count), spans[i].span);
		machine_free(machine);
	}
}

static void addr_list_span_of_no_memory_is_zero(void **state)
{
	struct machine *machine = machine_new(NULL);

	assert_int_equal(addr_list_span(machine->rmm, MACHINE_BASE + MACHINE_SIZE, 1), 0);
	assert_int_equal(addr_list_span(machine->rmm, UINT64_MAX - 7, 1), 0);
	machine_free(machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addr_desc_word_is_taken_apart_and_put_together),
		cmocka_unit_test(addr_desc_decode_ignores_reserved_bits),
		cmocka_unit_test(addr_desc_max_count_fills_the_field),
		cmocka_unit_test(addr_list_span_ends_with_the_granule),
		cmocka_unit_test(addr_list_span_of_no_memory_is_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
