/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rsi.c - what a realm calls by SMC: the Realm Services Interface, and the way to PSCI
 *
 * A handler fills its results, which start at X0 and are zero before, and returns false; or it makes the REC exit and
 * returns true. Then the guest stays at its SMC: either something is pending that the next entry or the host ends with
 * rmm_guest_return(), or the call is simply made again.
 */
#include "guest.h"
#include "psci.h"
#include "rsi.h"

/* Versions of RSI that a realm may ask for; 1.1 is what the planes of RMM 1.1 came with. */
#define RSI_VERSION_LOWEST 0x10000
#define RSI_VERSION_HIGHEST 0x10001

#define SMCCC_VERSION_1_2 0x10002
#define PSCI_FUNCTIONS 0x20	/* numbers that are PSCI's, in either form of a call */
#define RESULTS_MAX 9

#define MEASUREMENTS 5
#define EXTEND_SIZE_MAX 64

void rmm_guest_return(struct rmm *rmm, struct rec *rec, const uint64_t *results, unsigned count)
{
	uint64_t *x = rec->guest.x;
	uint64_t before[RMM_SMC_REGS];

	mem_copy(before, x, sizeof(before));
	for (unsigned i = 0; i < count; i++)
		x[i] = results[i];
	rmm_guest_skip(&rec->guest);
	if (rmm->port->log)
		rmm->port->log(rmm->ctx, RMM_CALL_RSI, before, x);
}

bool rmm_rsi_buffer(struct guest_run *run, uint64_t ipa, uint64_t align, uint64_t *out, struct guest_page *page)
{
	enum guest_reach reach = REACH_NEVER;

	mem_set(page, 0, sizeof(*page));
	if (is_aligned(ipa, align))
		reach = rmm_guest_reach(run->rmm, run->rd, ipa, page);
	if (reach == REACH_NEVER)
		out[0] = RSI_ERROR_INPUT;
	else if (reach == REACH_ABORT)
		rmm_guest_exit_abort(run, ipa, page->level);
	return reach == REACH_ABORT;
}

static bool smccc_version(struct guest_run *run, uint64_t *out)
{
	out[0] = SMCCC_VERSION_1_2;
	return false;
}

static bool rsi_version(struct guest_run *run, uint64_t *out)
{
	uint64_t requested = run->rec->guest.x[1];

	if (rmm_version(RSI_VERSION_LOWEST, RSI_VERSION_HIGHEST, requested, &out[1], &out[2]) != RMI_SUCCESS)
		out[0] = RSI_ERROR_INPUT;
	return false;
}

/* Register 0 tells of devices, which there are none of; the others do not exist. All of them read as zero. */
static bool rsi_features(struct guest_run *run, uint64_t *out)
{
	return false;
}

static void fill_config(const struct rmm *rmm, const struct realm_params *params, struct rsi_realm_config *config)
{
	mem_set(config, 0, sizeof(*config));
	config->ipa_width = params->s2sz;
	config->hash_algo = (uint8_t)params->hash_algo;
	if (rmm->variant->config_hides_sha384 && config->hash_algo == RSI_HASH_SHA_384)
		config->hash_algo = RSI_HASH_SHA_512;
	if (rmm->variant->config_planes) {
		config->num_aux_planes = params->num_aux_planes;
		config->gicv3_vtr = rmm->limits.gicv3_vtr;
		config->ats_plane = params->ats_plane;
	}
	mem_copy(config->rpv, params->rpv, sizeof(config->rpv));
}

static bool rsi_realm_config(struct guest_run *run, uint64_t *out)
{
	struct guest_page page;
	bool exits = rmm_rsi_buffer(run, run->rec->guest.x[1], PAGE_4K, out, &page);

	if (!page.va)
		return exits;
	fill_config(run->rmm, &run->rd->params, page.at);
	rmm_unmap(run->rmm, page.va);
	return false;
}

static bool range_valid(const struct guest_run *run, uint64_t base, uint64_t top)
{
	return s2_range_valid(&run->rd->stage2, base, top, true);
}

/* RIPAS at ipa, and up to where the next entries of the same table have it, too */
static uint8_t ripas_at(struct guest_run *run, uint64_t ipa, uint64_t *end)
{
	struct s2_walk walk;
	unsigned i;

	s2_walk(run->rmm, &run->rd->stage2, ipa, S2_LAST_LEVEL, &walk);
	for (i = walk.index + 1; i < walk.count; i++) {
		struct s2_entry entry = s2_get(&walk, i);

		if (entry.state == S2_TABLE || entry.ripas != walk.entry.ripas)
			break;
	}
	*end = s2_entry_ipa(&walk, i);
	s2_end(run->rmm, &walk);
	return walk.entry.ripas;
}

static bool rsi_ipa_state_get(struct guest_run *run, uint64_t *out)
{
	uint64_t base = run->rec->guest.x[1], top = run->rec->guest.x[2], next, end;

	if (!range_valid(run, base, top)) {
		out[0] = RSI_ERROR_INPUT;
		return false;
	}
	out[2] = ripas_at(run, base, &next);
	while (next < top && !run->rmm->port->irq_pending(run->rmm->ctx) && ripas_at(run, next, &end) == out[2])
		next = end;
	out[1] = min_u64(next, top);
	return false;
}

static bool rsi_ipa_state_set(struct guest_run *run, uint64_t *out)
{
	const uint64_t *x = run->rec->guest.x;

	if (!range_valid(run, x[1], x[2]) || (x[3] != RSI_EMPTY && x[3] != RSI_RAM)) {
		out[0] = RSI_ERROR_INPUT;
		return false;
	}
	run->rec->ripas = (struct rec_ripas){
		.next = x[1],
		.top = x[2],
		.target = (uint8_t)x[3],
		.change_destroyed = x[4] & RSI_RIPAS_CHANGE_FLAGS_DESTROYED_MASK,
	};
	run->rec->pending = REC_PENDING_RIPAS;
	run->exit.reason = RMI_EXIT_RIPAS_CHANGE;
	run->exit.ripas_base = x[1];
	run->exit.ripas_top = x[2];
	run->exit.ripas_value = (uint8_t)x[3];
	return true;
}

void rmm_ripas_resume(struct rmm *rmm, struct rec *rec, bool rejected)
{
	const struct rec_ripas *ripas = &rec->ripas;
	bool refused = rejected && ripas->target == RSI_RAM && ripas->next != ripas->top;
	const uint64_t results[] = { RSI_SUCCESS, ripas->next, refused ? RSI_REJECT : RSI_ACCEPT };

	mem_set(&rec->ripas, 0, sizeof(rec->ripas));
	rec->pending = REC_PENDING_NONE;
	rmm_guest_return(rmm, rec, results, 3);
}

static bool rsi_measurement_read(struct guest_run *run, uint64_t *out)
{
	uint64_t index = run->rec->guest.x[1];

	if (index >= MEASUREMENTS)
		out[0] = RSI_ERROR_INPUT;
	else
		mem_copy(&out[1], run->rd->measurements[index], RMM_DIGEST_MAX);
	return false;
}

static bool rsi_measurement_extend(struct guest_run *run, uint64_t *out)
{
	const uint64_t *x = run->rec->guest.x;
	uint8_t value[EXTEND_SIZE_MAX];

	if (!x[1] || x[1] >= MEASUREMENTS || x[2] > EXTEND_SIZE_MAX) {
		out[0] = RSI_ERROR_INPUT;
		return false;
	}
	mem_copy(value, &x[3], sizeof(value));
	rmm_measure_extend(run->rmm, run->rd, (unsigned)x[1], value, x[2]);
	return false;
}

static bool rsi_host_call(struct guest_run *run, uint64_t *out)
{
	uint64_t ipa = run->rec->guest.x[1];
	const struct rsi_host_call *call;
	struct guest_page page;
	bool exits = rmm_rsi_buffer(run, ipa, RSI_HOST_CALL_SIZE, out, &page);

	if (!page.va)
		return exits;
	call = page.at;
	run->exit.reason = RMI_EXIT_HOST_CALL;
	run->exit.imm = call->imm;
	mem_copy(run->exit.gprs, call->gprs, sizeof(call->gprs));
	rmm_unmap(run->rmm, page.va);
	run->rec->pending = REC_PENDING_HOST_CALL;
	run->rec->host_call = ipa;
	return true;
}

bool rmm_host_call_resume(struct guest_run *run, const uint64_t gprs[RMM_GPRS])
{
	uint64_t ipa = run->rec->host_call, result = RSI_SUCCESS;
	struct guest_page page;

	if (rmm_rsi_buffer(run, ipa, RSI_HOST_CALL_SIZE, &result, &page))
		return true;
	if (page.va) {
		struct rsi_host_call *call = page.at;

		mem_copy(call->gprs, gprs, RMM_GPRS * sizeof(gprs[0]));
		rmm_unmap(run->rmm, page.va);
	}
	run->rec->pending = REC_PENDING_NONE;
	rmm_guest_return(run->rmm, run->rec, &result, 1);
	return false;
}

static const struct {
	uint32_t fid;
	uint8_t results;
	bool (*handle)(struct guest_run *run, uint64_t *out);
} calls[] = {
	{ SMC32_SMCCC_VERSION, 1, smccc_version },
	{ SMC_RSI_VERSION, 3, rsi_version },
	{ SMC_RSI_FEATURES, 2, rsi_features },
	{ SMC_RSI_MEASUREMENT_READ, 9, rsi_measurement_read },
	{ SMC_RSI_MEASUREMENT_EXTEND, 1, rsi_measurement_extend },
	{ SMC_RSI_ATTEST_TOKEN_INIT, 2, rmm_rsi_token_init },
	{ SMC_RSI_ATTEST_TOKEN_CONTINUE, 2, rmm_rsi_token_continue },
	{ SMC_RSI_REALM_CONFIG, 1, rsi_realm_config },
	{ SMC_RSI_IPA_STATE_SET, 3, rsi_ipa_state_set },
	{ SMC_RSI_IPA_STATE_GET, 3, rsi_ipa_state_get },
	{ SMC_RSI_HOST_CALL, 1, rsi_host_call },
};

static bool is_psci(uint32_t fid)
{
	return (fid & ~SMCCC_64) - (uint32_t)SMC32_PSCI_VERSION < PSCI_FUNCTIONS;
}

bool rmm_guest_smc(struct guest_run *run)
{
	uint32_t fid = (uint32_t)run->rec->guest.x[0] & ~(uint32_t)SMCCC_SVE_HINT;
	uint64_t out[RESULTS_MAX] = { 0 };
	unsigned results = 1;

	if (is_psci(fid))
		return rmm_guest_psci(run, fid);
	out[0] = (uint64_t)SMCCC_NOT_SUPPORTED;
	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (calls[i].fid != fid)
			continue;
		out[0] = RSI_SUCCESS;
		if (calls[i].handle(run, out))
			return true;
		results = calls[i].results;
	}
	rmm_guest_return(run->rmm, run->rec, out, results);
	return false;
}
