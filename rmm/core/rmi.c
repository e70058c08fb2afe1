/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi.c - which command is which operation: those that all versions share, and finding any of them */
#include "core.h"
#include "psci.h"

static void cmd_version(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_version(rmm->variant->version_lowest, rmm->variant->version_highest, in[1], &out[1], &out[2]);
}

static void cmd_realm_create(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_realm_create(rmm, in[1], in[2]);
}

static void cmd_realm_activate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_realm_activate(rmm, in[1]);
}

static void cmd_realm_destroy(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_realm_destroy(rmm, in[1]);
}

static void cmd_rec_enter(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rec_enter(rmm, in[1], in[2]);
}

static void cmd_psci_complete(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_psci_complete(rmm, in[1], in[2], in[3]);
}

static void cmd_rtt_create(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rtt_create(rmm, in[1], in[2], in[3], in[4]);
}

static void cmd_rtt_destroy(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rtt_destroy(rmm, in[1], in[2], in[3], &out[1], &out[2]);
}

static void cmd_rtt_fold(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rtt_fold(rmm, in[1], in[2], in[3], &out[1]);
}

static void cmd_rtt_read_entry(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	struct rtt_entry_info info = { 0 };

	out[0] = rmm_rtt_read_entry(rmm, in[1], in[2], in[3], &info);
	out[1] = info.level;
	out[2] = info.state;
	out[3] = info.desc;
	out[4] = info.ripas;
}

static void cmd_data_map_init(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_data_map_init(rmm, in[1], in[2], in[3], in[4], in[5]);
}

static void cmd_init_ripas(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_init_ripas(rmm, in[1], in[2], in[3], &out[1]);
}

static void cmd_set_ripas(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_set_ripas(rmm, in[1], in[2], in[3], in[4], &out[1]);
}

/* A version's own command of the same number comes first. */
static const struct rmm_command common_commands[] = {
	{ SMC_RMI_VERSION, cmd_version, true },
	{ SMC_RMI_REALM_CREATE, cmd_realm_create, false },
	{ SMC_RMI_REALM_ACTIVATE, cmd_realm_activate, false },
	{ SMC_RMI_REALM_DESTROY, cmd_realm_destroy, false },
	{ SMC_RMI_REC_ENTER, cmd_rec_enter, false },
	{ SMC_RMI_PSCI_COMPLETE, cmd_psci_complete, false },
	{ SMC_RMI_RTT_CREATE, cmd_rtt_create, false },
	{ SMC_RMI_RTT_DESTROY, cmd_rtt_destroy, false },
	{ SMC_RMI_RTT_FOLD, cmd_rtt_fold, false },
	{ SMC_RMI_RTT_READ_ENTRY, cmd_rtt_read_entry, false },
	{ SMC_RMI_RTT_INIT_RIPAS, cmd_init_ripas, false },
	{ SMC_RMI_RTT_SET_RIPAS, cmd_set_ripas, false },
	{ SMC_RMI_RTT_DATA_MAP_INIT, cmd_data_map_init, false },
	{ 0 },
};

uint64_t rmm_fid(const uint64_t in[RMM_SMC_REGS])
{
	return (uint32_t)in[0] & ~(uint32_t)SMCCC_SVE_HINT;
}

static const struct rmm_command *find(const struct rmm_command *commands, uint64_t fid)
{
	for (; commands->fid; commands++)
		if (commands->fid == fid)
			return commands;
	return NULL;
}

static bool is_listed(const uint64_t *fids, unsigned num, uint64_t fid)
{
	for (unsigned i = 0; i < num; i++)
		if (fids[i] == fid)
			return true;
	return false;
}

/* X0 for a command of the interface that is not here, or for no command at all */
static uint64_t refusal(const struct rmm_variant *variant, uint64_t fid)
{
	if (is_listed(variant->named, variant->num_named, fid) && !is_listed(variant->absent, variant->num_absent, fid))
		return RMI_ERROR_NOT_SUPPORTED;
	return (uint64_t)SMCCC_NOT_SUPPORTED;
}

static void dispatch(struct rmm *rmm, const uint64_t in[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	const struct rmm_variant *variant = rmm->variant;
	uint64_t fid = rmm_fid(in);
	const struct rmm_command *command = find(variant->commands, fid);

	if (!command)
		command = find(common_commands, fid);
	mem_set(out, 0, 5 * sizeof(out[0]));
	if (!command || is_listed(variant->absent, variant->num_absent, fid))
		out[0] = refusal(variant, fid);
	else if (rmm->state != RMM_STATE_ACTIVE && !command->always)
		out[0] = RMI_ERROR_GLOBAL;
	else
		command->run(rmm, in, out);
}

void rmm_rmi(struct rmm *rmm, uint64_t regs[RMM_SMC_REGS])
{
	uint64_t in[RMM_SMC_REGS];

	mem_copy(in, regs, sizeof(in));
	rmm->port->lock(rmm->ctx);
	dispatch(rmm, in, regs);
	if (rmm->port->log)
		rmm->port->log(rmm->ctx, RMM_CALL_RMI, in, regs);
	rmm->port->unlock(rmm->ctx);
}
