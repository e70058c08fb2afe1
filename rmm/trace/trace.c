/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace.c - calls as lines of text */
#include "rmm-trace.h"
#include "psci.h"
#include "rmi.h"
#include "rmi-1.0.h"

#define PAGE 0x1000	/* structures of the host have this size whatever the granule */
#define VERSION_1_0 0x10000
#define VERSION_2_0 0x20000

/* text */

static void put_text(struct trace *trace, const char *text)
{
	while (*text && trace->len < TRACE_LINE_MAX - 1)
		trace->line[trace->len++] = *text++;
	trace->line[trace->len] = '\0';
}

static void put_digits(struct trace *trace, uint64_t value, unsigned count)
{
	char digits[2] = { 0 };

	while (count--) {
		digits[0] = "0123456789abcdef"[value >> 4 * count & 15];
		put_text(trace, digits);
	}
}

static void put_value(struct trace *trace, uint64_t value)
{
	unsigned count = 1;

	while (count < 16 && value >> 4 * count)
		count++;
	put_text(trace, "0x");
	put_digits(trace, value, count);
}

static void put_key(struct trace *trace, const char *key)
{
	put_text(trace, " ");
	put_text(trace, key);
	put_text(trace, "=");
}

static void put_number(struct trace *trace, const char *key, uint64_t value)
{
	put_key(trace, key);
	put_value(trace, value);
}

static void put_list(struct trace *trace, const char *key, const uint64_t *values, unsigned count)
{
	put_key(trace, key);
	for (unsigned i = 0; i < count; i++) {
		put_text(trace, i ? "," : "");
		put_value(trace, values[i]);
	}
}

/* Registers: zeros at the end are left out, but for the first. */
static void put_registers(struct trace *trace, const char *key, const uint64_t *values, unsigned count)
{
	while (count > 1 && !values[count - 1])
		count--;
	put_list(trace, key, values, count);
}

/* structures of the host */

static uint64_t word_at(const uint8_t *page, unsigned offset)
{
	uint64_t word;

	__builtin_memcpy(&word, page + offset, sizeof(word));
	return word;
}

static uint8_t *map_page(const struct trace *trace, uint64_t pa)
{
	return trace->port->map(trace->ctx, pa, PAGE, RMM_PAS_NS);
}

static void unmap(const struct trace *trace, uint8_t *va)
{
	trace->port->unmap(trace->ctx, va);
}

static void remember_realm(struct trace *trace, uint64_t rd, uint8_t hash)
{
	for (unsigned i = 0; i < TRACE_REALMS_MAX; i++)
		if (!trace->realms[i].exists) {
			trace->realms[i].exists = true;
			trace->realms[i].rd = rd;
			trace->realms[i].hash = hash;
			return;
		}
}

static int find_realm(const struct trace *trace, uint64_t rd)
{
	for (int i = 0; i < TRACE_REALMS_MAX; i++)
		if (trace->realms[i].exists && trace->realms[i].rd == rd)
			return i;
	return -1;
}

static void forget_realm(struct trace *trace, uint64_t rd)
{
	int i = find_realm(trace, rd);

	if (i >= 0)
		trace->realms[i].exists = false;
}

static void put_realm(struct trace *trace, uint64_t rd, uint64_t params_pa)
{
	uint8_t *params = map_page(trace, params_pa);

	if (!params)
		return;
	put_number(trace, "version", trace->is_v1 ? VERSION_1_0 : VERSION_2_0);
	put_number(trace, "granule", trace->granule);
	put_number(trace, "flags", word_at(params, RMI_REALM_PARAMS_FLAGS0_OFFSET));
	put_number(trace, "s2sz", params[RMI_REALM_PARAMS_S2SZ_OFFSET]);
	put_number(trace, "sve_vl", params[RMI_REALM_PARAMS_SVE_VL_OFFSET]);
	put_number(trace, "num_bps", params[RMI_REALM_PARAMS_NUM_BPS_OFFSET]);
	put_number(trace, "num_wps", params[RMI_REALM_PARAMS_NUM_WPS_OFFSET]);
	put_number(trace, "pmu_num_ctrs", params[RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET]);
	put_number(trace, "hash_algo", params[RMI_REALM_PARAMS_HASH_ALGO_OFFSET]);
	put_number(trace, "rtt_level_start", word_at(params, RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET));
	remember_realm(trace, rd, params[RMI_REALM_PARAMS_HASH_ALGO_OFFSET]);
	unmap(trace, params);
}

static void put_rec(struct trace *trace, uint64_t params_pa)
{
	uint8_t *params = map_page(trace, params_pa);
	uint64_t gprs[RMI_REC_PARAMS_GPRS_COUNT];

	if (!params)
		return;
	__builtin_memcpy(gprs, params + RMI_REC_PARAMS_GPRS_OFFSET, sizeof(gprs));
	put_number(trace, "flags", word_at(params, RMI_REC_PARAMS_FLAGS_OFFSET));
	put_number(trace, "pc", word_at(params, RMI_REC_PARAMS_PC_OFFSET));
	put_list(trace, "gprs", gprs, RMI_REC_PARAMS_GPRS_COUNT);
	unmap(trace, params);
}

/* data */

static unsigned digest_size(uint8_t hash)
{
	switch (hash) {
	case RMI_HASH_SHA_256:
		return RMI_HASH_SHA_256_DIGEST_SIZE;
	case RMI_HASH_SHA_384:
		return RMI_HASH_SHA_384_DIGEST_SIZE;
	default:
		return RMI_HASH_SHA_512_DIGEST_SIZE;
	}
}

static void put_content(struct trace *trace, uint64_t rd, uint64_t data)
{
	int realm = find_realm(trace, rd);
	uint8_t digest[RMM_DIGEST_MAX];
	uint8_t *content;

	if (realm < 0)
		return;
	content = trace->port->map(trace->ctx, data, trace->granule, RMM_PAS_REALM);
	trace->port->hash_begin(trace->ctx, trace->realms[realm].hash);
	trace->port->hash_add(trace->ctx, content, trace->granule);
	trace->port->hash_end(trace->ctx, digest);
	unmap(trace, content);
	put_key(trace, "content");
	for (unsigned i = 0; i < digest_size(trace->realms[realm].hash); i++)
		put_digits(trace, digest[i], 2);
}

/* calls */

static void take_config(struct trace *trace, uint64_t config_pa)
{
	static const uint32_t sizes[] = {
		[RMI_GRANULE_SIZE_4KB] = 0x1000, [RMI_GRANULE_SIZE_16KB] = 0x4000, [RMI_GRANULE_SIZE_64KB] = 0x10000,
	};
	uint8_t *config = map_page(trace, config_pa);

	if (!config)
		return;
	if (config[RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET] < sizeof(sizes) / sizeof(sizes[0]))
		trace->granule = sizes[config[RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET]];
	unmap(trace, config);
}

/* A command that succeeded */
static void put_details(struct trace *trace, uint64_t fid, const uint64_t in[RMM_SMC_REGS])
{
	switch (fid) {
	case SMC_RMI1_GRANULE_DELEGATE:
		trace->is_v1 = true;
		break;
	case SMC_RMI_RMM_CONFIG_SET:
		take_config(trace, in[1]);
		break;
	case SMC_RMI_REALM_CREATE:
		put_realm(trace, in[1], in[2]);
		break;
	case SMC_RMI_REALM_DESTROY:
		forget_realm(trace, in[1]);
		break;
	case SMC_RMI_RTT_DATA_MAP_INIT:
		if (in[5] & RMI_DATA_FLAGS_MEASURE_MASK)
			put_content(trace, in[1], in[2]);
		break;
	case SMC_RMI_REC_CREATE:
		put_rec(trace, in[3]);
		break;
	case SMC_RMI_OP_CONTINUE:
		if (in[1] < TRACE_OPS_MAX && trace->ops[in[1]].makes_rec)
			put_rec(trace, trace->ops[in[1]].params);
		break;
	}
}

/* A command that began an operation: X1 is its handle. */
static void remember_op(struct trace *trace, uint64_t fid, const uint64_t in[RMM_SMC_REGS], uint64_t handle)
{
	if (handle >= TRACE_OPS_MAX)
		return;
	trace->ops[handle].makes_rec = fid == SMC_RMI_REC_CREATE;
	trace->ops[handle].params = in[3];
}

static bool drives_op(uint64_t fid)
{
	return fid == SMC_RMI_OP_CONTINUE || fid == SMC_RMI_OP_MEM_DONATE || fid == SMC_RMI_OP_MEM_RECLAIM ||
	       fid == SMC_RMI_OP_CANCEL;
}

void trace_call(struct trace *trace, unsigned cpu, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
		const uint64_t out[RMM_SMC_REGS])
{
	uint64_t fid = in[0] & ~(uint64_t)SMCCC_SVE_HINT;
	uint64_t status = rmi_result_get_status(out[0]);

	trace->len = 0;
	put_text(trace, call == RMM_CALL_RMI ? "rmi_call:" : "rsi_call:");
	put_number(trace, "cpu", cpu);
	put_number(trace, "fid", in[0]);
	put_registers(trace, "in", in + 1, RMM_SMC_REGS - 1);
	put_registers(trace, "out", out, RMM_SMC_REGS);
	if (call == RMM_CALL_RMI && status == RMI_SUCCESS)
		put_details(trace, fid, in);
	else if (call == RMM_CALL_RMI && status == RMI_INCOMPLETE && !drives_op(fid))
		remember_op(trace, fid, in, out[1]);
	put_text(trace, " end\n");
	trace->put(trace->arg, trace->line);
}
