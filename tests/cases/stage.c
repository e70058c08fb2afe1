/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stage.c - the common set-up: where the pages of the cases are, and a realm built step by step */
#include "world.h"

#define L0_GPT_REGION (UINT64_C(1) << 30)
#define SHARED_RW 3

/* Where each kind of page starts, as granules of host->memory */
static const uint16_t first_page[BASES] = {
	[FREE] = 0, [NEW_ROOT] = 0, [RD] = 64, [TABLE] = 68, [REC] = 72, [ROOT] = 80, [OTHER_RD] = 81, [OTHER_REC] = 82,
	[OTHER_ROOT] = 83, [DATA] = 96, [AUX] = 112, [NS] = CASES_SHARED_PAGE, [SRC] = 160, [PARAMS] = 176,
	[REC_PARAMS] = 177, [RUN] = 178, [RUN_1] = 179, [LIST] = 180, [CONFIG] = 182,
};

uint64_t world_page(const struct world *world, enum base page, unsigned i)
{
	return world->host->memory + ((uint64_t)(first_page[page] + i) << world->host->granule_shift);
}

/* The start level is ROOT_LEVEL with every granule size, and there is one root table. */
unsigned world_s2sz(const struct world *world)
{
	return world->host->granule_shift == 12 ? 39 : world->host->granule_shift == 14 ? 40 : 48;
}

static uint64_t instruction(const struct world *world, unsigned record)
{
	const struct case_host *host = world->host;
	const struct case_row *row = world->row;

	if (!host->instruction)
		return 4 * record;
	return host->instruction(host->ctx, row->program,
				 row->records < PROGRAM_RECORDS ? row->records : PROGRAM_RECORDS, record);
}

static uint64_t base_value(const struct world *world, struct sym sym)
{
	switch (sym.base) {
	case NUMBER:
	case ANYTHING:
		return 0;
	case BLOCKS:
		return world->host->blocks;
	case REGION:
		return world->host->region;
	case HOLE:
		return world->host->hole;
	case SHARED:
		return UINT64_C(1) << (world_s2sz(world) - 1);
	case SPACE:
		return UINT64_C(1) << world_s2sz(world);
	case KEPT_VALUE:
		return world->kept[sym.index];
	case LIMIT:
		return world->limit[sym.index];
	case INSTRUCTION:
		return instruction(world, sym.index);
	default:
		return world_page(world, sym.base, sym.index);
	}
}

uint64_t world_value(const struct world *world, struct sym sym)
{
	static const int level[] = { [GRANULES] = 3, [ENTRIES_L2] = 2, [ENTRIES_L1] = 1 };
	uint64_t unit = sym.unit == BYTES ? 1 : entry_size(world, level[sym.unit]);

	return base_value(world, sym) + (uint64_t)sym.n * unit + sym.plus;
}

uint64_t world_peek(const struct world *world, uint64_t pa)
{
	uint64_t value;

	world->host->read(world->host->ctx, pa, &value, sizeof(value));
	return value;
}

void world_poke(const struct world *world, uint64_t pa, uint64_t value)
{
	world->host->write(world->host->ctx, pa, &value, sizeof(value));
}

void world_clear_page(const struct world *world, uint64_t pa)
{
	static const uint8_t zeros[256];

	for (uint64_t at = 0; at < granule_size(world); at += sizeof(zeros))
		world->host->write(world->host->ctx, pa + at, zeros, sizeof(zeros));
}

void world_init(struct world *world, const struct case_host *host)
{
	__builtin_memset(world, 0, sizeof(*world));
	world->host = host;
}

/* What the RMM tells of itself */

static void read_limits_1_0(struct world *world)
{
	uint64_t reg;

	rmi(world, RMI_FEATURES, 0);
	reg = world->x[1];
	world->limit[LIMIT_RECS] = (UINT64_C(1) << rmi1_feature_register0_get_max_recs_order(reg)) - 1;
	world->lacks |= rmi1_feature_register0_get_pmu_en(reg) ? LACK_PMU : 0;
	world->lacks |= NEED_DA | NEED_PLANES | NEED_FEW_MECS;
}

static void read_limits_2_0(struct world *world)
{
	uint64_t reg;

	rmi(world, RMI_FEATURES, 0);
	reg = world->x[1];
	world->lacks |= rmi_feature_register0_get_pmu(reg) ? LACK_PMU : 0;
	rmi(world, RMI_FEATURES, 1);
	world->limit[LIMIT_RECS] = (UINT64_C(1) << rmi_feature_register1_get_max_recs_order(world->x[1])) - 1;
	rmi(world, RMI_FEATURES, 2);
	world->lacks |= rmi_feature_register2_get_da(world->x[1]) ? LACK_DA : NEED_DA;
	rmi(world, RMI_FEATURES, 3);
	world->limit[LIMIT_PLANES] = rmi_feature_register3_get_max_num_aux_planes(world->x[1]);
	if (!world->limit[LIMIT_PLANES])
		world->lacks |= NEED_PLANES;
	rmi(world, RMI_FEATURES, 4);
	world->limit[LIMIT_MECS] = rmi_feature_register4_get_mec_count(world->x[1]);
	world->lacks |= world->limit[LIMIT_MECS] < FREE_COUNT ? 0 : NEED_FEW_MECS;
}

void world_read_limits(struct world *world)
{
	const struct case_host *host = world->host;
	uint64_t reg;

	world->limit[LIMIT_GRANULE] = (host->granule_shift - 12) / 2;
	if (is_1_0(world))
		read_limits_1_0(world);
	else
		read_limits_2_0(world);
	rmi(world, RMI_FEATURES, 0);
	reg = world->x[1];
	world->limit[LIMIT_S2SZ] = rmi_feature_register0_get_s2sz(reg);
	world->limit[LIMIT_BPS] = rmi_feature_register0_get_num_bps(reg);
	world->limit[LIMIT_WPS] = rmi_feature_register0_get_num_wps(reg);
	world->limit[LIMIT_PMU] = rmi_feature_register0_get_pmu_num_ctrs(reg);
	world->limit[LIMIT_SVE_VL] = rmi_feature_register0_get_sve_vl(reg);
	world->lacks |= rmi_feature_register0_get_sve(reg) ? LACK_SVE : NEED_SVE;
	world->lacks |= rmi_feature_register0_get_lpa2(reg) ? LACK_LPA2 : NEED_LPA2;
	world->lacks |= host->irq ? 0 : NEED_IRQ;
	world->lacks |= host->meanwhile ? 0 : NEED_CPUS;
	world->lacks |= host->write_lr && host->write_hcr ? 0 : NEED_LR;
	world->lacks |= host->has_guest ? 0 : NEED_GUEST;
	world->lacks |= host->compile ? NEED_ANY_TRAP : 0;
	world->lacks |= host->granule_shift == 12 ? 0 : NEED_4K;
	world->lacks |= host->granule_shift == 14 ? 0 : NEED_16K;
	world->lacks |= host->region ? 0 : NEED_REGION;
	world->lacks |= host->blocks ? 0 : NEED_BLOCK;
	world->lacks |= world->limit[LIMIT_RECS] < FREE_COUNT ? 0 : NEED_FEW_RECS;
}

/* Level 1 GPTs and tracking of the cases' memory, as a host does after the activation */
bool world_bring_up(struct world *world)
{
	uint64_t base = world->host->memory, top = base + CASES_GRANULES * granule_size(world);
	uint64_t x0;

	if (is_1_0(world))
		return true;
	for (uint64_t region = base & ~(L0_GPT_REGION - 1); region < top; region += L0_GPT_REGION) {
		x0 = rmi(world, RMI_GPT_L1_CREATE, region);
		if (x0 != RMI_ERROR_GPT && !world_must(world, "RMI_GPT_L1_CREATE", x0))
			return false;
	}
	while (base < top) {
		if (!must(world, RMI_GRANULE_TRACKING_GET, base, top))
			return false;
		if (world->x[2] != RMI_TRACKING_FINE)
			return world_fail(world, "the memory is not tracked by granules");
		base = world->x[3];
	}
	return true;
}

/* A realm, step by step */

void world_realm_params(struct world *world, uint64_t root, unsigned num_roots)
{
	uint64_t params = world_page(world, PARAMS, 0);

	world_clear_page(world, params);
	world_poke(world, params + RMI_REALM_PARAMS_S2SZ_OFFSET, world_s2sz(world));
	world_poke(world, params + RMI_REALM_PARAMS_NUM_BPS_OFFSET, 1);
	world_poke(world, params + RMI_REALM_PARAMS_NUM_WPS_OFFSET, 1);
	world_poke(world, params + RMI_REALM_PARAMS_RTT_BASE_OFFSET, root);
	world_poke(world, params + RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET, ROOT_LEVEL);
	world_poke(world, params + RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, num_roots);
	if (is_1_0(world))
		world_poke(world, params + RMI1_REALM_PARAMS_VMID_OFFSET, world->num_realms + 1);
}

void world_rec_params(struct world *world, uint64_t mpidr, bool runnable)
{
	uint64_t params = world_page(world, REC_PARAMS, 0);

	world_clear_page(world, params);
	world_poke(world, params + RMI_REC_PARAMS_FLAGS_OFFSET, runnable);
	world_poke(world, params + RMI_REC_PARAMS_MPIDR_OFFSET, mpidr);
	for (unsigned i = 0; i < RMI_REC_PARAMS_GPRS_COUNT; i++)
		world_poke(world, params + RMI_REC_PARAMS_GPRS_OFFSET + 8 * i, REC_GPR(i));
	if (!is_1_0(world))
		return;
	world_poke(world, params + RMI1_REC_PARAMS_NUM_AUX_OFFSET, world->limit[LIMIT_AUX]);
	for (unsigned i = 0; i < world->limit[LIMIT_AUX]; i++)
		world_poke(world, params + RMI1_REC_PARAMS_AUX_OFFSET + 8 * i, world_page(world, AUX, i));
}

/* Parameters of a REC whose auxiliary granules, in RMM 1.0, are new and delegated */
bool world_next_rec_params(struct world *world, uint64_t mpidr, bool runnable)
{
	uint64_t params = world_page(world, REC_PARAMS, 0);

	world_rec_params(world, mpidr, runnable);
	for (unsigned i = 0; is_1_0(world) && i < world->limit[LIMIT_AUX]; i++) {
		uint64_t pa = world_pool_take(world, 1, true);

		if (!pa)
			return false;
		world_poke(world, params + RMI1_REC_PARAMS_AUX_OFFSET + 8 * i, pa);
	}
	return true;
}

static bool new_realm(struct world *world)
{
	uint64_t rd = world_page(world, RD, 0), root = world_page(world, ROOT, 0);

	world_realm_params(world, root, 1);
	if (!world_delegate(world, rd, 1) || !world_delegate(world, root, 1) ||
	    !must(world, RMI_REALM_CREATE, rd, world_page(world, PARAMS, 0)))
		return false;
	if (!is_1_0(world))
		return true;
	if (!must(world, RMI1_REC_AUX_COUNT, rd))
		return false;
	world->limit[LIMIT_AUX] = world->x[1];
	return true;
}

static bool tables(struct world *world)
{
	uint64_t rd = world_page(world, RD, 0), shared = world_value(world, (struct sym)P(SHARED));

	return world_delegate(world, world_page(world, TABLE, 0), 4) &&
	       must(world, RMI_RTT_CREATE, rd, world_page(world, TABLE, 0), 0, 2) &&
	       must(world, RMI_RTT_CREATE, rd, world_page(world, TABLE, 1), 0, 3) &&
	       must(world, RMI_RTT_CREATE, rd, world_page(world, TABLE, 2), shared, 2) &&
	       must(world, RMI_RTT_CREATE, rd, world_page(world, TABLE, 3), shared, 3);
}

/* A page of the program, or of its code. Rows with a program need granules of the size of such a page. */
static void write_program(struct world *world, unsigned page)
{
	static uint8_t code[PROGRAM_PAGE];
	const struct case_host *host = world->host;
	const struct program_record *records = world->row->program + page * PROGRAM_RECORDS;
	size_t count = world->row->records - page * PROGRAM_RECORDS;

	count = count < PROGRAM_RECORDS ? count : PROGRAM_RECORDS;
	if (host->compile) {
		host->compile(host->ctx, records, count, code);
		host->write(host->ctx, world_page(world, SRC, page), code, sizeof(code));
	} else {
		host->write(host->ctx, world_page(world, SRC, page), records, count * sizeof(*records));
	}
}

/* Each page ends with its number, from one on. */
static void write_sources(struct world *world)
{
	for (unsigned i = 0; i < 4; i++) {
		world_clear_page(world, world_page(world, SRC, i));
		if (world->row->records > i * PROGRAM_RECORDS)
			write_program(world, i);
		world_poke(world, world_page(world, SRC, i) + granule_size(world) - 8, i + 1);
	}
}

static bool data_initial(struct world *world, unsigned i)
{
	return must(world, RMI_RTT_DATA_MAP_INIT, world_page(world, RD, 0), world_page(world, DATA, i),
		    i * granule_size(world), world_page(world, SRC, i < 3 ? i : 3), RMI_MEASURE_CONTENT);
}

bool world_data_unknown(struct world *world, uint64_t ipa, uint64_t pa)
{
	uint64_t rd = world_page(world, RD, 0);

	if (is_1_0(world))
		return must(world, RMI1_DATA_CREATE_UNKNOWN, rd, pa, ipa);
	return must(world, RMI_RTT_DATA_MAP, rd, ipa, ipa + granule_size(world), RMI_ADDR_TYPE_SINGLE,
		    pa | DESC_BITS(RMI_PAGE_L3, 1, RMI_OP_MEM_DELEGATED));
}

bool world_data_unmap(struct world *world, uint64_t ipa)
{
	uint64_t rd = world_page(world, RD, 0);

	if (is_1_0(world))
		return must(world, RMI1_DATA_DESTROY, rd, ipa);
	return must(world, RMI_RTT_DATA_UNMAP, rd, ipa, ipa + granule_size(world), RMI_ADDR_TYPE_SINGLE, 0);
}

bool world_share(struct world *world, uint64_t ipa, uint64_t pa)
{
	uint64_t rd = world_page(world, RD, 0);
	uint64_t flags = rmi_rtt_unprot_map_flags_set_oaddr_type(0, RMI_ADDR_TYPE_SINGLE);

	if (is_1_0(world))
		return must(world, RMI1_RTT_MAP_UNPROTECTED, rd, ipa, 3, pa | NORMAL_MEMATTR << 2 | SHARED_RW << 6);
	flags = rmi_rtt_unprot_map_flags_set_memattr(flags, NORMAL_MEMATTR);
	flags = rmi_rtt_unprot_map_flags_set_s2ap(flags, SHARED_RW);
	return must(world, RMI_RTT_UNPROT_MAP, rd, ipa, ipa + granule_size(world), flags,
		    pa | DESC_BITS(RMI_PAGE_L3, 1, RMI_OP_MEM_UNDELEGATED));
}

static bool data(struct world *world)
{
	uint64_t size = granule_size(world);

	write_sources(world);
	return world_delegate(world, world_page(world, DATA, 0), 8) &&
	       must(world, RMI_RTT_INIT_RIPAS, world_page(world, RD, 0), 0, 4 * size) &&
	       data_initial(world, 0) && data_initial(world, 1) && data_initial(world, 2) &&
	       data_initial(world, 6) && world_data_unmap(world, 6 * size) &&
	       data_initial(world, 7) && world_data_unmap(world, 7 * size) &&
	       world_data_unknown(world, 5 * size, world_page(world, DATA, 5)) &&
	       world_data_unknown(world, 7 * size, world_page(world, DATA, 7)) &&
	       world_share(world, world_value(world, (struct sym)P(SHARED)), world_page(world, NS, 0));
}

static bool recs(struct world *world)
{
	uint64_t rd = world_page(world, RD, 0), params = world_page(world, REC_PARAMS, 0);

	if (!world_delegate(world, world_page(world, REC, 0), 2))
		return false;
	if (is_1_0(world) && !world_delegate(world, world_page(world, AUX, 0), (unsigned)world->limit[LIMIT_AUX]))
		return false;
	world_clear_page(world, world_page(world, RUN, 0));
	world_clear_page(world, world_page(world, RUN_1, 0));
	world_rec_params(world, 0, true);
	if (!must(world, RMI_REC_CREATE, rd, world_page(world, REC, 0), params) ||
	    !world_next_rec_params(world, 1, false) ||
	    !must(world, RMI_REC_CREATE, rd, world_page(world, REC, 1), params))
		return false;
	return world_next_rec_params(world, 2, true);
}

static bool activate(struct world *world)
{
	return must(world, RMI_REALM_ACTIVATE, world_page(world, RD, 0));
}

bool world_no_lrs(struct world *world)
{
	world->host->write_lr(world->host->ctx, 0, 0);
	world->host->write_lr(world->host->ctx, 1, 0);
	return true;
}

/* REC 0, made before anything else of the realm */
bool world_first_rec(struct world *world)
{
	uint64_t rec = world_page(world, REC, 0);

	return world_delegate(world, rec, 1) && world_next_rec_params(world, 0, true) &&
	       must(world, RMI_REC_CREATE, world_page(world, RD, 0), rec, world_page(world, REC_PARAMS, 0));
}

bool world_other_realm(struct world *world)
{
	uint64_t rd = world_page(world, OTHER_RD, 0), root = world_page(world, OTHER_ROOT, 0);

	world_realm_params(world, root, 1);
	return world_delegate(world, rd, 3) && must(world, RMI_REALM_CREATE, rd, world_page(world, PARAMS, 0)) &&
	       world_next_rec_params(world, 0, true) &&
	       must(world, RMI_REC_CREATE, rd, world_page(world, OTHER_REC, 0), world_page(world, REC_PARAMS, 0));
}

bool world_stage(struct world *world, enum stage stage)
{
	static bool (*const steps[])(struct world *world) = {
		[NEW_REALM] = new_realm, [WITH_TABLES] = tables, [WITH_DATA] = data, [WITH_RECS] = recs,
		[ACTIVE] = activate,
	};

	if (stage >= READY && !world_delegate(world, world_page(world, FREE, 0), FREE_COUNT))
		return false;
	for (unsigned i = NEW_REALM; i <= stage; i++) {
		if (!steps[i](world))
			return false;
	}
	if (stage < ACTIVE)
		world_realm_params(world, world_page(world, NEW_ROOT, 0), 1);
	return true;
}
