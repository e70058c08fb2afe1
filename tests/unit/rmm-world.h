/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmm-world.h - a machine and a realm with tables, in each shape that tables can have, for tests of what they map */
#ifndef RMM_WORLD_H
#define RMM_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core.h"
#include "rmi-host.h"
#include "rmi-1.0.h"
#include "walker.h"

/* One machine with a realm that is NEW and has all tables for its page 0 and for the first of the host's half */
struct world {
	struct machine *machine;
	struct walker *walker;
	uint64_t rd, granule, table;	/* table: bytes that a level 3 table maps */
	uint64_t host;	/* IPA where the unprotected half begins */
	uint64_t list;	/* a page of the host */
	unsigned shift;
	int start;
};

enum { SHAPE_4K, SHAPE_16K, SHAPE_64K, SHAPE_4K_LPA2, SHAPE_16K_LPA2, SHAPES };

static const struct shape {
	uint8_t granule, s2sz;
	bool lpa2;
	int start;
} shapes[SHAPES] = {
	[SHAPE_4K] = { RMI_GRANULE_SIZE_4KB, 33, false, 1 },
	[SHAPE_16K] = { RMI_GRANULE_SIZE_16KB, 40, false, 1 },
	[SHAPE_64K] = { RMI_GRANULE_SIZE_64KB, 40, false, 2 },
	[SHAPE_4K_LPA2] = { RMI_GRANULE_SIZE_4KB, 50, true, -1 },
	[SHAPE_16K_LPA2] = { RMI_GRANULE_SIZE_16KB, 50, true, 0 },
};

static inline uint64_t level_bytes(const struct world *w, int level)
{
	return UINT64_C(1) << (w->shift + (w->shift - 3) * (unsigned)(3 - level));
}

static inline uint64_t rtt_error(int level)
{
	return RMI_ERROR_RTT | (uint64_t)(uint8_t)level << 8;
}

/* Delegated granules in a row, full of junk before that */
static inline uint64_t delegated(struct world *w, uint64_t count, uint64_t align)
{
	uint64_t pa = machine_pages(w->machine, count, align);
	uint64_t size = count * w->granule;

	memset(machine_ns(w->machine, pa, size), 0x5a, size);
	assert_int_equal(host_delegate(w->machine, pa, size), RMI_SUCCESS);
	return pa;
}

static inline void add_tables(struct world *w, uint64_t ipa, int level)
{
	for (int i = w->start + 1; i <= level; i++)
		rmi(w->machine, SMC_RMI_RTT_CREATE, w->rd, delegated(w, 1, 0), ipa & -level_bytes(w, i - 1),
		    (uint64_t)i);
}

static inline void create_realm(struct world *w, const struct shape *shape, uint64_t flags1)
{
	uint64_t page = machine_pages(w->machine, 1, 0);
	struct rmi_realm_params *params = machine_ns(w->machine, page, sizeof(*params));

	params->flags0 = shape->lpa2 ? RMI_REALM_FLAGS0_LPA2_MASK : 0;
	params->flags1 = flags1;
	params->s2sz = shape->s2sz;
	params->num_bps = params->num_wps = 1;
	params->rtt_base = delegated(w, 1, 0);
	params->rtt_level_start = shape->start;
	params->rtt_num_start = 1;
	w->rd = delegated(w, 1, 0);
	assert_int_equal(rmi(w->machine, SMC_RMI_REALM_CREATE, w->rd, page), RMI_SUCCESS);
	add_tables(w, 0, 3);
	add_tables(w, w->host, 3);
}

static inline void start_on(struct world *w, const struct shape *shape, const struct rmm_variant *variant, uint8_t pps)
{
	struct rmm_limits limits = *rmm_variant_limits(variant);

	memset(w, 0, sizeof(*w));
	limits.ipa_bits = 52;
	limits.lpa2 = true;
	limits.pps = pps;
	limits.granules = 1 << RMI_GRANULE_SIZE_4KB | 1 << RMI_GRANULE_SIZE_16KB | 1 << RMI_GRANULE_SIZE_64KB;
	w->machine = machine_new(&(struct machine_config){ .variant = variant, .limits = &limits });
	w->walker = walker_attach(w->machine);
	assert_int_equal(host_boot(w->machine, shape->granule), RMI_SUCCESS);
	w->shift = 12 + 2 * shape->granule;
	w->granule = UINT64_C(1) << w->shift;
	w->table = level_bytes(w, 2);
	w->host = UINT64_C(1) << (shape->s2sz - 1);
	w->start = shape->start;
	create_realm(w, shape, 0);
	w->list = machine_pages(w->machine, 1, 0);
}

static inline void start(struct world *w, const struct shape *shape)
{
	start_on(w, shape, &rmm_variant_2_0, RMI_PPS_52BITS);
}

static inline void start_1_0(struct world *w, size_t shape)
{
	start_on(w, &shapes[shape], &rmm_variant_1_0, RMI_PPS_52BITS);
}

static inline void stop(struct world *w)
{
	assert_int_equal(w->machine->num_maps, 0);
	walker_free(w->walker);
	machine_free(w->machine);
}

/* Runs a test in each shape. */
static inline void in_each_shape(void (*test)(struct world *w))
{
	for (size_t i = 0; i < SHAPES; i++) {
		struct world w;

		start(&w, &shapes[i]);
		test(&w);
		stop(&w);
	}
}

#define each_shape_test(name) \
	static void name##_in_world(struct world *w); \
	static void name(void **state) { in_each_shape(name##_in_world); } \
	static void name##_in_world(struct world *w)

/* Descriptors: RmiAddrRangeDesc of the granule size, with state DELEGATED or UNDELEGATED */
static inline uint64_t blocks(uint64_t pa, uint64_t count, int level)
{
	return pa | count << 2 | (uint64_t)(3 - level);
}

static inline uint64_t host_blocks(uint64_t pa, uint64_t count, int level)
{
	return blocks(pa, count, level) | UINT64_C(1) << 63;
}

#define SINGLE UINT64_C(1)
#define LIST(n) (UINT64_C(2) | (uint64_t)(n) << 2)
#define WB_RW (UINT64_C(6) << 16 | UINT64_C(3) << 19)	/* UNPROT_MAP: normal write-back, read and write */

static inline uint64_t list_of(const struct world *w, const uint64_t *words, size_t count)
{
	memcpy(machine_ns(w->machine, w->list, count * 8), words, count * 8);
	return w->list;
}

#define list(w, ...) \
	list_of((w), (const uint64_t[]){ __VA_ARGS__ }, sizeof((const uint64_t[]){ __VA_ARGS__ }) / 8)

static inline void assert_call(struct world *w, uint64_t fid, uint64_t base, uint64_t top, uint64_t flags,
			       uint64_t oaddr, uint64_t result, uint64_t out_top)
{
	assert_int_equal(rmi(w->machine, fid, w->rd, base, top, flags, oaddr), result);
	assert_int_equal(w->machine->x[1], out_top);
}

#define data_map(...) assert_call(w, SMC_RMI_RTT_DATA_MAP, __VA_ARGS__)
#define data_unmap(...) assert_call(w, SMC_RMI_RTT_DATA_UNMAP, __VA_ARGS__)
#define unprot_map(...) assert_call(w, SMC_RMI_RTT_UNPROT_MAP, __VA_ARGS__)
#define unprot_unmap(...) assert_call(w, SMC_RMI_RTT_UNPROT_UNMAP, __VA_ARGS__)

static inline void assert_entry(struct world *w, uint64_t ipa, int level, uint64_t state, uint64_t desc, uint64_t ripas)
{
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_READ_ENTRY, w->rd, ipa & -level_bytes(w, level), 3), RMI_SUCCESS);
	assert_int_equal(w->machine->x[1], level);
	assert_int_equal(w->machine->x[2], state);
	assert_int_equal(w->machine->x[3], desc);
	assert_int_equal(w->machine->x[4], ripas);
}

static inline void assert_granules(struct world *w, uint64_t pa, uint64_t count, enum granule_state state)
{
	assert_true(rmm_range_is(w->machine->rmm, pa, count * w->granule, state));
}

#endif
