/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* driver.c - the steps of a script as RMI calls, with the memory that they need */
#include <string.h>
#include "rmi-host.h"
#include "rmi.h"
#include "rmi-1.0.h"
#include "rmi-teardown.h"
#include "script.h"

#define VMID 1
#define ROOTS_MAX 16	/* more than a stage 2 can have side by side are refused whatever their memory */
#define LEAF_LEVEL 3
#define PAGE_SHIFT 12	/* scripts know granules of 4 KiB alone */
#define PAGE_SIZE (UINT64_C(1) << PAGE_SHIFT)
#define LEVEL_BITS 9

void driver_open(struct driver *driver)
{
	driver->rd = host_delegated(driver->machine, 1, 0);
	driver->params = machine_pages(driver->machine, 1, 0);
	driver->source = machine_pages(driver->machine, 1, 0);
}

static void close_recs(struct driver *driver)
{
	for (uint64_t i = 0; i < driver->num_recs; i++) {
		uint64_t rec = driver->recs[i].pa;

		if (host_rec_destroy(driver->machine, rec, driver->recs[i].params) != RMI_SUCCESS)
			machine_stop("a REC cannot be destroyed", rec);
		host_take_back(driver->machine, rec, PAGE_SIZE);
	}
	driver->num_recs = 0;
}

/* Gives the root tables back but for the first count. */
static void drop_roots(struct driver *driver, unsigned count)
{
	while (driver->num_roots > count) {
		driver->num_roots--;
		host_take_back(driver->machine, driver->roots[driver->num_roots].base,
			       driver->roots[driver->num_roots].size);
	}
}

static void close_realm(struct driver *driver)
{
	host_stage2_empty(driver->machine, driver->rd, driver->s2sz, driver->start_level);
	if (host_realm_destroy(driver->machine, driver->rd) != RMI_SUCCESS)
		machine_stop("the realm cannot be destroyed", driver->machine->x[0]);
	drop_roots(driver, 0);
	driver->has_realm = false;
}

void driver_close(struct driver *driver)
{
	close_recs(driver);
	if (driver->has_realm)
		close_realm(driver);
	if (driver->spare)
		host_take_back(driver->machine, driver->spare, PAGE_SIZE);
	driver->spare = 0;
	host_take_back(driver->machine, driver->rd, PAGE_SIZE);
}

uint64_t driver_take(struct driver *driver)
{
	uint64_t pa = driver->spare;

	driver->spare = 0;
	return pa ? pa : host_delegated(driver->machine, 1, 0);
}

uint64_t driver_keep_if_refused(struct driver *driver, uint64_t pa, uint64_t result)
{
	if (result != RMI_SUCCESS)
		driver->spare = pa;
	return result;
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

/* Adds root tables to those of the realm; returns where they are. */
static uint64_t take_roots(struct driver *driver, uint64_t count)
{
	uint64_t pages = count && count < ROOTS_MAX ? count : ROOTS_MAX;
	uint64_t size = pages * PAGE_SIZE;
	uint64_t base = host_delegated(driver->machine, pages, size);

	driver->roots[driver->num_roots].base = base;
	driver->roots[driver->num_roots++].size = size;
	return base;
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

static void fill_roots(struct driver *driver, uint8_t *page, const uint64_t *value, uint64_t roots)
{
	bool per_plane = value[ARG_FLAGS1] & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;

	put(page, RMI_REALM_PARAMS_RTT_BASE_OFFSET, take_roots(driver, roots));
	put(page, RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, roots);
	for (unsigned i = 0; per_plane && i < RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT && i < value[ARG_NAUX]; i++)
		put(page, RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET + 8 * i, take_roots(driver, roots));
}

static uint64_t run_realm_create(struct driver *driver, const struct script_step *step)
{
	uint8_t *page = machine_ns(driver->machine, driver->params, PAGE_SIZE);
	uint64_t roots = root_count(step->value[ARG_S2SZ], (int64_t)step->value[ARG_SL]);
	unsigned num_roots = driver->num_roots;
	uint64_t result;

	fill_params(page, step->value);
	fill_roots(driver, page, step->value, roots);
	if (host_is_v1(driver->machine))
		put(page, RMI1_REALM_PARAMS_VMID_OFFSET, VMID);
	result = rmi(driver->machine, SMC_RMI_REALM_CREATE, driver->rd, driver->params);
	if (result == RMI_SUCCESS) {
		driver->has_realm = true;
		driver->s2sz = step->value[ARG_S2SZ];
		driver->start_level = (int64_t)step->value[ARG_SL];
	} else {
		drop_roots(driver, num_roots);
	}
	answer_number(&driver->answer, "root_rtts", roots);
	return result;
}

static uint64_t run_activate(struct driver *driver, const struct script_step *step)
{
	return rmi(driver->machine, SMC_RMI_REALM_ACTIVATE, driver->rd);
}

/* tables and RIPAS */

/* What a table of this level covers */
static uint64_t table_bytes(int64_t level)
{
	return UINT64_C(1) << (PAGE_SHIFT + LEVEL_BITS * (LEAF_LEVEL + 1 - level));
}

static uint64_t create_table(struct driver *driver, uint64_t ipa, int64_t level)
{
	uint64_t table = driver_take(driver);

	return driver_keep_if_refused(driver, table,
			       rmi(driver->machine, SMC_RMI_RTT_CREATE, driver->rd, table, ipa, (uint64_t)level));
}

uint64_t driver_create_table(struct driver *driver, uint64_t ipa, int64_t level)
{
	return create_table(driver, ipa & ~(table_bytes(level) - 1), level);
}

static uint64_t run_rtt_create(struct driver *driver, const struct script_step *step)
{
	return create_table(driver, step->value[ARG_IPA], (int64_t)step->value[ARG_LEVEL]);
}

/* Makes the tables of one level that are missing in [ipa, top). */
static uint64_t create_level(struct driver *driver, uint64_t ipa, uint64_t top, int64_t level, uint64_t *made)
{
	uint64_t covers = table_bytes(level);
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

static uint64_t run_rtt_path(struct driver *driver, const struct script_step *step)
{
	int64_t last = (int64_t)step->value[ARG_LEVEL];
	uint64_t made = 0, result = driver->has_realm ? RMI_SUCCESS : RMI_ERROR_INPUT;

	for (int64_t level = driver->start_level + 1; result == RMI_SUCCESS && level <= last; level++)
		result = create_level(driver, step->value[ARG_IPA], step->value[ARG_TOP], level, &made);
	answer_number(&driver->answer, "made", made);
	return result;
}

static uint64_t run_init_ripas(struct driver *driver, const struct script_step *step)
{
	uint64_t base = step->value[ARG_BASE], top = step->value[ARG_TOP];
	struct answer *answer = &driver->answer;
	uint64_t result, calls = 0;
	size_t list_end;

	answer_key(answer, "out_tops");
	answer_text(answer, "[");
	do {
		result = rmi(driver->machine, SMC_RMI_RTT_INIT_RIPAS, driver->rd, base, top);
		calls++;
		if (result != RMI_SUCCESS)
			break;
		base = driver->machine->x[1];
		answer_text(answer, calls > 1 ? ", " : "");
		answer_hex(answer, base);
	} while (step->value[ARG_LOOP] && base < top);
	answer_text(answer, "]");
	list_end = answer->len;
	answer_number(answer, "calls", calls);
	answer_to_front(answer, list_end);
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

uint64_t driver_load_page(struct driver *driver, uint64_t ipa, uint64_t source, uint64_t flags)
{
	uint64_t data = driver_take(driver);

	return driver_keep_if_refused(driver, data, rmi(driver->machine, SMC_RMI_RTT_DATA_MAP_INIT, driver->rd, data,
							ipa, source, flags));
}

static uint64_t run_data(struct driver *driver, const struct script_step *step)
{
	uint64_t done = 0, result = RMI_SUCCESS;

	while (done < step->value[ARG_N]) {
		fill_page(machine_ns(driver->machine, driver->source, PAGE_SIZE), step, step->value[ARG_PAGE] + done);
		result = driver_load_page(driver, step->value[ARG_IPA] + done * PAGE_SIZE, driver->source,
					  step->value[ARG_MEASURE]);
		if (result != RMI_SUCCESS)
			break;
		done++;
	}
	answer_number(&driver->answer, "done", done);
	return result;
}

static uint64_t run_data_unknown(struct driver *driver, const struct script_step *step)
{
	uint64_t data = driver_take(driver);

	return driver_keep_if_refused(driver, data,
			       host_data_unknown(driver->machine, driver->rd, data, step->value[ARG_IPA]));
}

/* RECs */

static uint64_t next_mpidr(const struct driver *driver)
{
	uint64_t index = driver->num_recs;

	return (index & 0xf) | (index & 0xff0) << 4 | (index & 0xff000) << 4;
}

/* Its parameters stay: those of 1.0 list memory that the REC has. */
static void add_rec(struct driver *driver, uint64_t rec)
{
	if (driver->num_recs == SCRIPT_RECS_MAX)
		machine_stop("too many RECs for a script", driver->num_recs);
	driver->recs[driver->num_recs].pa = rec;
	driver->recs[driver->num_recs++].params = driver->params;
	driver->params = machine_pages(driver->machine, 1, 0);
}

static uint64_t run_rec_create(struct driver *driver, const struct script_step *step)
{
	struct rmi_rec_params *params = machine_ns(driver->machine, driver->params, sizeof(*params));
	uint64_t rec = driver_take(driver);
	uint64_t result;

	memset(params, 0, sizeof(*params));
	params->flags = step->value[ARG_FLAGS];
	params->mpidr = step->given[ARG_MPIDR] ? step->value[ARG_MPIDR] : next_mpidr(driver);
	params->pc = step->value[ARG_PC];
	memcpy(params->gprs, step->gprs, sizeof(params->gprs));
	answer_key(&driver->answer, "mpidr");
	answer_hex(&driver->answer, params->mpidr);
	result = host_rec_create(driver->machine, driver->rd, rec, driver->params);
	if (result == RMI_SUCCESS)
		add_rec(driver, rec);
	return driver_keep_if_refused(driver, rec, result);
}

const struct script_op driver_ops[] = {
	{ "realm_create", SCRIPT_ARG(ARG_HASH) | SCRIPT_ARG(ARG_S2SZ) | SCRIPT_ARG(ARG_SL),
	  SCRIPT_ARG(ARG_FLAGS0) | SCRIPT_ARG(ARG_FLAGS1) | SCRIPT_ARG(ARG_SVE_VL) | SCRIPT_ARG(ARG_BPS) |
	  SCRIPT_ARG(ARG_WPS) | SCRIPT_ARG(ARG_PMU) | SCRIPT_ARG(ARG_NAUX) | SCRIPT_ARG(ARG_ATS) | SCRIPT_ARG(ARG_RPV),
	  false, run_realm_create },
	{ "rtt_create", SCRIPT_ARG(ARG_IPA) | SCRIPT_ARG(ARG_LEVEL), 0, false, run_rtt_create },
	{ "rtt_path", SCRIPT_ARG(ARG_IPA) | SCRIPT_ARG(ARG_TOP) | SCRIPT_ARG(ARG_LEVEL), 0, false, run_rtt_path },
	{ "init_ripas", SCRIPT_ARG(ARG_BASE) | SCRIPT_ARG(ARG_TOP), SCRIPT_ARG(ARG_LOOP), false, run_init_ripas },
	{ "data", SCRIPT_ARG(ARG_IPA), SCRIPT_ARG(ARG_PAGE) | SCRIPT_ARG(ARG_N) | SCRIPT_ARG(ARG_GEN) |
	  SCRIPT_ARG(ARG_VAL) | SCRIPT_ARG(ARG_MEASURE), false, run_data },
	{ "data_unknown", SCRIPT_ARG(ARG_IPA), 0, false, run_data_unknown },
	{ "rec_create", 0, SCRIPT_ARG(ARG_FLAGS) | SCRIPT_ARG(ARG_PC) | SCRIPT_ARG(ARG_GPRS) | SCRIPT_ARG(ARG_MPIDR),
	  false, run_rec_create },
	{ "activate", 0, 0, false, run_activate },
	{ NULL, 0, 0, false, NULL },
};

/* answers */

static void answer_rim(struct driver *driver)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t slot[RMM_DIGEST_MAX];
	size_t size = machine_measurement(driver->machine, driver->rd, 0, slot);
	char hex[2 * RMM_DIGEST_MAX + 1];

	for (size_t i = 0; i < size; i++) {
		hex[2 * i] = digits[slot[i] >> 4];
		hex[2 * i + 1] = digits[slot[i] & 0xf];
	}
	hex[2 * size] = '\0';
	if (!size)
		return;
	answer_key(&driver->answer, "rim");
	answer_string(&driver->answer, hex);
}

/* The object in the order of the vectors: the step, its result, what else it has to tell, the RIM after it */
static void print_answer(struct driver *driver, const char *line, uint64_t result)
{
	struct answer *answer = &driver->answer;
	size_t extras_end = answer->len;

	answer_text(answer, "{\"op\": ");
	answer_string(answer, line);
	answer_number(answer, "status", rmi_result_get_status(result));
	answer_number(answer, "index", rmi_result_data_level_get_level(result));
	answer_to_front(answer, extras_end);
	answer_rim(driver);
	answer_text(answer, "}\n");
	driver->put(answer->text, answer->len);
}

void driver_run(struct driver *driver, const struct script_step *step, const char *line)
{
	uint64_t result;

	driver->answer.len = 0;
	result = step->op->run(driver, step);
	if (!step->op->is_silent)
		print_answer(driver, line, result);
}
