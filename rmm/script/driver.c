/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* driver.c - the steps of a script as RMI calls, with the memory that they need */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "rmi.h"
#include "rmi-1.0.h"
#include "script.h"

#define BANK_SIZE UINT64_C(0x400000000)	/* 16 GiB; only what a script uses is ever touched */
#define VMID 1
#define ROOTS_MAX 16	/* more than a stage 2 can have side by side are refused whatever their memory */
#define LEAF_LEVEL 3
#define PAGE_SHIFT 12	/* scripts know granules of 4 KiB alone */
#define PAGE_SIZE (UINT64_C(1) << PAGE_SHIFT)
#define LEVEL_BITS 9

struct driver {
	const struct rmm_variant *variant;
	struct rmm_limits limits;
	struct machine *machine;
	uint64_t rd, params, source;	/* granules of the realm descriptor, of parameters, of data to load */
	uint64_t spare;	/* a delegated granule that a refused call left; 0: none */
	bool has_realm;
	int64_t start_level;
	uint64_t recs;
	char rim[2 * RMM_DIGEST_MAX + 1];
};

static void boot(struct driver *driver)
{
	const struct rmm_bank bank = { .base = MACHINE_BASE, .size = BANK_SIZE };
	const struct machine_config config = {
		.variant = driver->variant,
		.limits = &driver->limits,
		.banks = &bank,
		.num_banks = 1,
	};

	machine_free(driver->machine);
	driver->machine = machine_new(&config);
	if (host_boot(driver->machine, RMI_GRANULE_SIZE_4KB) != RMI_SUCCESS)
		machine_fail("the RMM does not start: result %#llx", (unsigned long long)driver->machine->x[0]);
	driver->rd = host_delegated(driver->machine, 1, 0);
	driver->params = machine_pages(driver->machine, 1, 0);
	driver->source = machine_pages(driver->machine, 1, 0);
	driver->spare = 0;
}

struct driver *driver_new(const struct rmm_variant *variant)
{
	struct driver *driver = calloc(1, sizeof(*driver));

	if (!driver)
		machine_fail("no memory");
	driver->variant = variant;
	driver->limits = *rmm_variant_limits(variant);
	boot(driver);
	return driver;
}

void driver_free(struct driver *driver)
{
	machine_free(driver->machine);
	free(driver);
}

const char *driver_rim(struct driver *driver)
{
	uint8_t slot[RMM_DIGEST_MAX];
	size_t size = rmm_measurement(driver->machine->rmm, driver->rd, 0, slot);

	for (size_t i = 0; i < size; i++)
		snprintf(driver->rim + 2 * i, 3, "%02x", slot[i]);
	return size ? driver->rim : NULL;
}

/* A delegated granule for a call that may be refused; then it is kept for the next. */
static uint64_t take_granule(struct driver *driver)
{
	uint64_t pa = driver->spare;

	driver->spare = 0;
	return pa ? pa : host_delegated(driver->machine, 1, 0);
}

static uint64_t keep_if_refused(struct driver *driver, uint64_t pa, uint64_t result)
{
	if (result != RMI_SUCCESS)
		driver->spare = pa;
	return result;
}

static void tell_number(json_t *extras, const char *key, uint64_t value)
{
	json_object_set_new(extras, key, json_integer((json_int_t)value));
}

static json_t *hex(uint64_t value)
{
	return json_sprintf("0x%llx", (unsigned long long)value);
}

/*
 * A host that has made the CPU's physical addresses 52 bits wide starts the RMM anew. A realm that exists is not lost
 * for it: no second one can be created, so nothing would tell the difference.
 */
static uint64_t run_pa52(struct driver *driver, const struct script_step *step, json_t *extras)
{
	driver->limits.ipa_bits = 52;
	driver->limits.pps = RMI_PPS_52BITS;
	if (!driver->has_realm)
		boot(driver);
	return RMI_SUCCESS;
}

/* realms */

/* Root tables that resolve s2sz bits from a start level on: 2 to the number of bits beyond those of one table */
static uint64_t root_count(uint64_t s2sz, int64_t start_level)
{
	int64_t table_bits = PAGE_SHIFT + LEVEL_BITS * (LEAF_LEVEL + 1 - start_level);
	int64_t more = s2sz > 64 ? 64 : (int64_t)s2sz;

	more -= start_level < -64 ? 64 : table_bits;
	return more <= 0 ? 1 : more < 32 ? UINT64_C(1) << more : 0;
}

static uint64_t root_tables(struct driver *driver, uint64_t count)
{
	uint64_t pages = count && count < ROOTS_MAX ? count : ROOTS_MAX;

	return host_delegated(driver->machine, pages, pages * PAGE_SIZE);
}

static void put(uint8_t *page, unsigned offset, uint64_t value)
{
	memcpy(page + offset, &value, sizeof(value));
}

/* Small fields are written with all 64 bits of their slot: what is out of range is for the RMM to refuse. */
static void fill_params(uint8_t *page, const uint64_t *value)
{
	memset(page, 0, PAGE_SIZE);
	put(page, RMI_REALM_PARAMS_FLAGS0_OFFSET, value[ARG_FLAGS0]);
	put(page, RMI_REALM_PARAMS_S2SZ_OFFSET, value[ARG_S2SZ]);
	put(page, RMI_REALM_PARAMS_SVE_VL_OFFSET, value[ARG_SVE_VL]);
	put(page, RMI_REALM_PARAMS_NUM_BPS_OFFSET, value[ARG_BPS]);
	put(page, RMI_REALM_PARAMS_NUM_WPS_OFFSET, value[ARG_WPS]);
	put(page, RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET, value[ARG_PMU]);
	put(page, RMI_REALM_PARAMS_HASH_ALGO_OFFSET, value[ARG_HASH]);
	put(page, RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET, value[ARG_NAUX]);
	put(page, RMI_REALM_PARAMS_ATS_PLANE_OFFSET, value[ARG_ATS]);
	put(page, RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET, value[ARG_SL]);
	put(page, RMI_REALM_PARAMS_FLAGS1_OFFSET, value[ARG_FLAGS1]);
	for (unsigned i = 0; i < RMI_REALM_PARAMS_RPV_COUNT; i++)
		page[RMI_REALM_PARAMS_RPV_OFFSET + i] = (uint8_t)(value[ARG_RPV] * (i + 1));
}

static uint64_t run_realm_create(struct driver *driver, const struct script_step *step, json_t *extras)
{
	uint8_t *page = machine_ns(driver->machine, driver->params, PAGE_SIZE);
	uint64_t roots = root_count(step->value[ARG_S2SZ], (int64_t)step->value[ARG_SL]);
	bool per_plane = step->value[ARG_FLAGS1] & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;
	uint64_t result;

	fill_params(page, step->value);
	put(page, RMI_REALM_PARAMS_RTT_BASE_OFFSET, root_tables(driver, roots));
	put(page, RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, roots);
	for (unsigned i = 0; per_plane && i < RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT && i < step->value[ARG_NAUX]; i++)
		put(page, RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET + 8 * i, root_tables(driver, roots));
	if (host_is_v1(driver->machine))
		put(page, RMI1_REALM_PARAMS_VMID_OFFSET, VMID);
	result = rmi(driver->machine, SMC_RMI_REALM_CREATE, driver->rd, driver->params);
	if (result == RMI_SUCCESS) {
		driver->has_realm = true;
		driver->start_level = (int64_t)step->value[ARG_SL];
	}
	tell_number(extras, "root_rtts", roots);
	return result;
}

static uint64_t run_activate(struct driver *driver, const struct script_step *step, json_t *extras)
{
	return rmi(driver->machine, SMC_RMI_REALM_ACTIVATE, driver->rd);
}

/* tables and RIPAS */

static uint64_t create_table(struct driver *driver, uint64_t ipa, int64_t level)
{
	uint64_t table = take_granule(driver);

	return keep_if_refused(driver, table,
			       rmi(driver->machine, SMC_RMI_RTT_CREATE, driver->rd, table, ipa, (uint64_t)level));
}

static uint64_t run_rtt_create(struct driver *driver, const struct script_step *step, json_t *extras)
{
	return create_table(driver, step->value[ARG_IPA], (int64_t)step->value[ARG_LEVEL]);
}

/* Makes the tables of one level that are missing in [ipa, top). */
static uint64_t create_level(struct driver *driver, uint64_t ipa, uint64_t top, int64_t level, uint64_t *made)
{
	uint64_t covers = UINT64_C(1) << (PAGE_SHIFT + LEVEL_BITS * (LEAF_LEVEL + 1 - level));
	uint64_t exists = RMI_ERROR_RTT | (uint64_t)(uint8_t)(level - 1) << RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT;

	for (uint64_t at = ipa < top ? ipa & ~(covers - 1) : top; at < top; at += covers) {
		uint64_t result = create_table(driver, at, level);

		if (result != RMI_SUCCESS && result != exists)
			return result;
		*made += result == RMI_SUCCESS;
		if (at + covers < at)
			break;
	}
	return RMI_SUCCESS;
}

static uint64_t run_rtt_path(struct driver *driver, const struct script_step *step, json_t *extras)
{
	int64_t last = (int64_t)step->value[ARG_LEVEL];
	uint64_t made = 0, result = driver->has_realm ? RMI_SUCCESS : RMI_ERROR_INPUT;

	for (int64_t level = driver->start_level + 1; result == RMI_SUCCESS && level <= last; level++)
		result = create_level(driver, step->value[ARG_IPA], step->value[ARG_TOP], level, &made);
	tell_number(extras, "made", made);
	return result;
}

static uint64_t run_init_ripas(struct driver *driver, const struct script_step *step, json_t *extras)
{
	uint64_t base = step->value[ARG_BASE], top = step->value[ARG_TOP];
	json_t *out_tops = json_array();
	uint64_t result, calls = 0;

	do {
		result = rmi(driver->machine, SMC_RMI_RTT_INIT_RIPAS, driver->rd, base, top);
		calls++;
		if (result != RMI_SUCCESS)
			break;
		base = driver->machine->x[1];
		json_array_append_new(out_tops, hex(base));
	} while (step->value[ARG_LOOP] && base < top);
	tell_number(extras, "calls", calls);
	json_object_set_new(extras, "out_tops", out_tops);
	return result;
}

/* data */

static void fill_page(uint8_t *page, const struct script_step *step, uint64_t i)
{
	for (unsigned j = 0; j < PAGE_SIZE; j++)
		switch (step->value[ARG_GEN]) {
		case GEN_AFFINE:
			page[j] = (uint8_t)(i * 7 + j);
			break;
		case GEN_MIX:
			page[j] = (uint8_t)(i * 31 ^ j * 13 ^ j >> 8);
			break;
		default:
			page[j] = (uint8_t)step->value[ARG_VAL];
		}
}

static uint64_t load_page(struct driver *driver, const struct script_step *step, uint64_t k)
{
	uint64_t data = take_granule(driver);

	fill_page(machine_ns(driver->machine, driver->source, PAGE_SIZE), step, step->value[ARG_PAGE] + k);
	return keep_if_refused(driver, data,
			       rmi(driver->machine, SMC_RMI_RTT_DATA_MAP_INIT, driver->rd, data,
				   step->value[ARG_IPA] + k * PAGE_SIZE, driver->source, step->value[ARG_MEASURE]));
}

static uint64_t run_data(struct driver *driver, const struct script_step *step, json_t *extras)
{
	uint64_t done = 0, result = RMI_SUCCESS;

	while (done < step->value[ARG_N]) {
		result = load_page(driver, step, done);
		if (result != RMI_SUCCESS)
			break;
		done++;
	}
	tell_number(extras, "done", done);
	return result;
}

static uint64_t run_data_unknown(struct driver *driver, const struct script_step *step, json_t *extras)
{
	uint64_t data = take_granule(driver);

	return keep_if_refused(driver, data,
			       host_data_unknown(driver->machine, driver->rd, data, step->value[ARG_IPA]));
}

/* RECs */

static uint64_t next_mpidr(const struct driver *driver)
{
	return (driver->recs & 0xf) | (driver->recs & 0xff0) << 4 | (driver->recs & 0xff000) << 4;
}

static uint64_t run_rec_create(struct driver *driver, const struct script_step *step, json_t *extras)
{
	struct rmi_rec_params *params = machine_ns(driver->machine, driver->params, sizeof(*params));
	uint64_t rec = take_granule(driver);
	uint64_t result;

	memset(params, 0, sizeof(*params));
	params->flags = step->value[ARG_FLAGS];
	params->mpidr = step->given[ARG_MPIDR] ? step->value[ARG_MPIDR] : next_mpidr(driver);
	params->pc = step->value[ARG_PC];
	memcpy(params->gprs, step->gprs, sizeof(params->gprs));
	json_object_set_new(extras, "mpidr", hex(params->mpidr));
	result = host_rec_create(driver->machine, driver->rd, rec, driver->params);
	driver->recs += result == RMI_SUCCESS;
	return keep_if_refused(driver, rec, result);
}

uint64_t driver_run(struct driver *driver, const struct script_step *step, json_t *extras)
{
	static uint64_t (*const run[OPS])(struct driver *, const struct script_step *, json_t *) = {
		[OP_PA52] = run_pa52,
		[OP_REALM_CREATE] = run_realm_create,
		[OP_RTT_CREATE] = run_rtt_create,
		[OP_RTT_PATH] = run_rtt_path,
		[OP_INIT_RIPAS] = run_init_ripas,
		[OP_DATA] = run_data,
		[OP_DATA_UNKNOWN] = run_data_unknown,
		[OP_REC_CREATE] = run_rec_create,
		[OP_ACTIVATE] = run_activate,
	};

	return run[step->op](driver, step, extras);
}
