/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-host.c - sequences of RMI calls of a host, on either version of the interface */
#include <string.h>
#include "rmi-host.h"
#include "rmi.h"
#include "rmi-1.0.h"

#define LIST_MAX 512
#define LEFTOVER 0xa5	/* what the host had in memory that it gives away; no realm must find it */

static unsigned status(const struct machine *machine)
{
	return (unsigned)rmi_result_get_status(machine->x[0]);
}

bool host_is_v1(const struct machine *machine)
{
	return machine->is_v1;
}

/* stateful operations */

/* A list of descriptors in memory of the host */
struct list {
	uint64_t pa;
	uint64_t *words;
};

static struct list list_new(struct machine *machine)
{
	struct list list = { .pa = machine_pages(machine, 1, 0) };

	list.words = machine_ns(machine, list.pa, LIST_MAX * sizeof(*list.words));
	return list;
}

static uint64_t block_bytes(const struct machine *machine, uint64_t size)
{
	return machine->granule << size * ((unsigned)__builtin_ctzll(machine->granule) - 3);
}

/* Gives what the request asks for, page by page or as one block. */
static void donate(struct machine *machine, uint64_t handle, uint64_t request, const struct list *list)
{
	uint64_t count = rmi_op_mem_donate_req_get_count(request);
	uint64_t size = rmi_op_mem_donate_req_get_size(request);
	uint64_t state = rmi_op_mem_donate_req_get_state(request);
	uint64_t unit = block_bytes(machine, size);
	uint64_t pages = count * unit / machine->granule;
	uint64_t align = rmi_op_mem_donate_req_get_contig(request) == RMI_OP_MEM_CONTIG ? count * unit : unit;
	uint64_t base = state == RMI_OP_MEM_DELEGATED ? host_delegated(machine, pages, align)
						      : machine_pages(machine, pages, align);

	list->words[0] = host_range(machine, base, count, size) | state << RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT;
	rmi(machine, SMC_RMI_OP_MEM_DONATE, handle, list->pa, 1);
}

static void reclaim(struct machine *machine, uint64_t handle, const struct list *list)
{
	uint64_t out[RMM_SMC_REGS];

	rmi(machine, SMC_RMI_OP_MEM_RECLAIM, handle, list->pa, LIST_MAX);
	memcpy(out, machine->x, sizeof(out));
	for (uint64_t i = 0; i < out[1] && i < LIST_MAX; i++) {
		uint64_t word = list->words[i];

		if (rmi_addr_range_desc_4kb_get_state(word) == RMI_OP_MEM_DELEGATED)
			host_undelegate(machine, host_range_base(machine, word), host_range_bytes(machine, word));
	}
	memcpy(machine->x, out, sizeof(out));
}

uint64_t host_finish(struct machine *machine)
{
	uint64_t handle = machine->x[1];
	struct list list = { 0 };

	if (status(machine) == RMI_INCOMPLETE)
		list = list_new(machine);
	while (status(machine) == RMI_INCOMPLETE)
		switch (rmi_result_data_incomplete_get_mem(machine->x[0])) {
		case RMI_OP_MEM_REQ_DONATE:
			donate(machine, handle, machine->x[2], &list);
			break;
		case RMI_OP_MEM_REQ_RECLAIM:
			reclaim(machine, handle, &list);
			break;
		default:
			rmi(machine, SMC_RMI_OP_CONTINUE, handle, 0);
		}
	return machine->x[0];
}

/* address range descriptors: count, size and address stand where the granule size puts them */

uint64_t host_range(const struct machine *machine, uint64_t base, uint64_t count, uint64_t size)
{
	if (count >= machine->granule / 4)
		machine_stop("too many blocks for one descriptor", count);
	return base | count << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT | size;
}

uint64_t host_range_base(const struct machine *machine, uint64_t word)
{
	return word & ((UINT64_C(1) << 52) - machine->granule);
}

uint64_t host_range_bytes(const struct machine *machine, uint64_t word)
{
	uint64_t count = (word & (machine->granule - 1)) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;

	return count * block_bytes(machine, rmi_addr_range_desc_4kb_get_size(word));
}

/* bringing the RMM up, delegation */

static uint64_t activate(struct machine *machine, unsigned granule_size)
{
	const uint64_t version = UINT64_C(2) << RMI_INTERFACE_VERSION_MAJOR_SHIFT;
	uint64_t pa = machine_pages(machine, 1, 0);
	struct rmi_rmm_config *config = machine_ns(machine, pa, sizeof(*config));

	config->rmi_granule_size = (uint8_t)granule_size;
	if (rmi(machine, SMC_RMI_VERSION, version) != RMI_SUCCESS ||
	    rmi(machine, SMC_RMI_RMM_CONFIG_SET, pa) != RMI_SUCCESS)
		return machine->x[0];
	rmi(machine, SMC_RMI_RMM_ACTIVATE);
	machine->granule = UINT64_C(4096) << 2 * granule_size;
	return host_finish(machine);
}

uint64_t host_boot(struct machine *machine, unsigned granule_size)
{
	return host_is_v1(machine) ? RMI_SUCCESS : activate(machine, granule_size);
}

static uint64_t change_each(struct machine *machine, uint64_t fid, uint64_t base, uint64_t top)
{
	for (uint64_t pa = base; pa < top; pa += machine->granule)
		if (rmi(machine, fid, pa) != RMI_SUCCESS)
			return machine->x[0];
	return RMI_SUCCESS;
}

static uint64_t change_range(struct machine *machine, uint64_t fid, uint64_t base, uint64_t top)
{
	while (base < top && rmi(machine, fid, base, top) == RMI_SUCCESS) {
		if (machine->x[1] <= base || machine->x[1] > top)
			machine_stop("a change of delegation makes no progress", base);
		base = machine->x[1];
	}
	return machine->x[0];
}

uint64_t host_delegate(struct machine *machine, uint64_t base, uint64_t size)
{
	return host_is_v1(machine) ? change_each(machine, SMC_RMI1_GRANULE_DELEGATE, base, base + size)
				   : change_range(machine, SMC_RMI_GRANULE_RANGE_DELEGATE, base, base + size);
}

uint64_t host_undelegate(struct machine *machine, uint64_t base, uint64_t size)
{
	return host_is_v1(machine) ? change_each(machine, SMC_RMI1_GRANULE_UNDELEGATE, base, base + size)
				   : change_range(machine, SMC_RMI_GRANULE_RANGE_UNDELEGATE, base, base + size);
}

uint64_t host_delegated(struct machine *machine, uint64_t count, uint64_t align)
{
	uint64_t base = machine_pages(machine, count, align);

	memset(machine_ns(machine, base, count * machine->granule), LEFTOVER, count * machine->granule);
	if (host_delegate(machine, base, count * machine->granule) != RMI_SUCCESS)
		machine_stop("delegation failed, at the end of", base + count * machine->granule);
	return base;
}

/* RECs */

static void give_aux(struct machine *machine, uint64_t rd, struct rmi1_rec_params *params)
{
	if (rmi(machine, SMC_RMI1_REC_AUX_COUNT, rd) != RMI_SUCCESS || machine->x[1] > RMI1_REC_PARAMS_AUX_COUNT)
		return;
	params->num_aux = machine->x[1];
	for (unsigned i = 0; i < params->num_aux; i++)
		params->aux[i] = host_delegated(machine, 1, 0);
}

static void take_aux(struct machine *machine, struct rmi1_rec_params *params)
{
	for (unsigned i = 0; i < params->num_aux; i++)
		if (host_undelegate(machine, params->aux[i], machine->granule) != RMI_SUCCESS)
			machine_stop("an auxiliary granule is not free", params->aux[i]);
	params->num_aux = 0;
}

static uint64_t rec_create_v1(struct machine *machine, uint64_t rd, uint64_t rec, uint64_t params_pa)
{
	struct rmi1_rec_params *params = machine_ns(machine, params_pa, sizeof(*params));
	uint64_t result;

	give_aux(machine, rd, params);
	result = rmi(machine, SMC_RMI1_REC_CREATE, rd, rec, params_pa);
	if (result != RMI_SUCCESS)
		take_aux(machine, params);
	return result;
}

uint64_t host_rec_create(struct machine *machine, uint64_t rd, uint64_t rec, uint64_t params)
{
	if (host_is_v1(machine))
		return rec_create_v1(machine, rd, rec, params);
	rmi(machine, SMC_RMI_REC_CREATE, rd, rec, params);
	return host_finish(machine);
}

uint64_t host_rec_destroy(struct machine *machine, uint64_t rec, uint64_t params)
{
	if (rmi(machine, SMC_RMI_REC_DESTROY, rec) == RMI_SUCCESS && host_is_v1(machine)) {
		take_aux(machine, machine_ns(machine, params, sizeof(struct rmi1_rec_params)));
		return RMI_SUCCESS;
	}
	return host_finish(machine);
}

/* data and realms */

/* Maps one page or block. An RMM may succeed without doing so: when the host has left an interrupt pending. */
static uint64_t map_v2(struct machine *machine, uint64_t fid, uint64_t rd, uint64_t ipa, uint64_t flags, uint64_t range)
{
	uint64_t top = ipa + host_range_bytes(machine, range);

	rmi(machine, fid, rd, ipa, top, flags, range);
	if (host_finish(machine) == RMI_SUCCESS && machine->x[1] != top)
		machine_stop("nothing is mapped at", ipa);
	return machine->x[0];
}

uint64_t host_data_unknown(struct machine *machine, uint64_t rd, uint64_t data, uint64_t ipa)
{
	if (host_is_v1(machine))
		return rmi(machine, SMC_RMI1_DATA_CREATE_UNKNOWN, rd, data, ipa);
	return map_v2(machine, SMC_RMI_RTT_DATA_MAP, rd, ipa, RMI_ADDR_TYPE_SINGLE,
		      host_range(machine, data, 1, RMI_PAGE_L3));
}

/* 1.0 maps pages alone: a table of them is folded. */
static uint64_t block_unknown_v1(struct machine *machine, uint64_t rd, uint64_t data, uint64_t ipa)
{
	uint64_t table = host_delegated(machine, 1, 0);
	uint64_t result = rmi(machine, SMC_RMI_RTT_CREATE, rd, table, ipa, 3);

	for (uint64_t at = 0; result == RMI_SUCCESS && at < block_bytes(machine, RMI_BLOCK_L2); at += machine->granule)
		result = rmi(machine, SMC_RMI1_DATA_CREATE_UNKNOWN, rd, data + at, ipa + at);
	if (result == RMI_SUCCESS)
		result = rmi(machine, SMC_RMI_RTT_FOLD, rd, ipa, 3);
	if (result == RMI_SUCCESS)
		host_undelegate(machine, table, machine->granule);
	return result;
}

uint64_t host_block_unknown(struct machine *machine, uint64_t rd, uint64_t data, uint64_t ipa)
{
	if (host_is_v1(machine))
		return block_unknown_v1(machine, rd, data, ipa);
	return map_v2(machine, SMC_RMI_RTT_DATA_MAP, rd, ipa, RMI_ADDR_TYPE_SINGLE,
		      host_range(machine, data, 1, RMI_BLOCK_L2));
}

uint64_t host_data_destroy(struct machine *machine, uint64_t rd, uint64_t ipa, uint64_t *data)
{
	uint64_t result;

	if (host_is_v1(machine)) {
		result = rmi(machine, SMC_RMI1_DATA_DESTROY, rd, ipa);
		*data = machine->x[1];
		return result;
	}
	rmi(machine, SMC_RMI_RTT_DATA_UNMAP, rd, ipa, ipa + machine->granule, RMI_ADDR_TYPE_SINGLE, 0);
	result = host_finish(machine);
	*data = host_range_base(machine, machine->x[2]);
	return result;
}

#define MEMATTR_WRITE_BACK 6	/* MemAttr[2:0] with FEAT_S2FWB */
#define V1_MEMATTR_SHIFT 2	/* MAP_UNPROTECTED takes a descriptor of the architecture */
#define V1_S2AP_SHIFT 6

uint64_t host_share(struct machine *machine, uint64_t rd, uint64_t ipa, uint64_t pa)
{
	uint64_t flags = rmi_rtt_unprot_map_flags_set_oaddr_type(0, RMI_ADDR_TYPE_SINGLE);
	uint64_t state = (uint64_t)RMI_OP_MEM_UNDELEGATED << RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT;

	if (host_is_v1(machine))
		return rmi(machine, SMC_RMI1_RTT_MAP_UNPROTECTED, rd, ipa, 3,
			   pa | MEMATTR_WRITE_BACK << V1_MEMATTR_SHIFT | RMI_S2AP_RW << V1_S2AP_SHIFT);
	flags = rmi_rtt_unprot_map_flags_set_memattr(flags, MEMATTR_WRITE_BACK);
	flags = rmi_rtt_unprot_map_flags_set_s2ap(flags, RMI_S2AP_RW);
	return map_v2(machine, SMC_RMI_RTT_UNPROT_MAP, rd, ipa, flags, host_range(machine, pa, 1, RMI_PAGE_L3) | state);
}

uint64_t host_realm_destroy(struct machine *machine, uint64_t rd)
{
	if (!host_is_v1(machine) && rmi(machine, SMC_RMI_REALM_TERMINATE, rd) != RMI_SUCCESS)
		return machine->x[0];
	return rmi(machine, SMC_RMI_REALM_DESTROY, rd);
}
