/* Generated from spec/rsi.json (rmm-1.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_RSI_1_0_H
#define REALM_SPEC_RSI_1_0_H

#ifdef __ASSEMBLER__
#define RSI1_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define RSI1_U64(x) UINT64_C(x)
#endif

/*
 * RsiStatusCode (DEN0137 1.0-rel0, 2.0-bet1: RsiStatusCode type). X0 on return of every RSI command
 */
#define RSI1_SUCCESS 0
#define RSI1_ERROR_INPUT 1
#define RSI1_ERROR_STATE 2
#define RSI1_INCOMPLETE 3
#define RSI1_ERROR_UNKNOWN 4

/* RsiHashAlgorithm (DEN0137 1.0-rel0, 2.0-bet1: RsiHashAlgorithm type) */
#define RSI1_HASH_SHA_256 0
#define RSI1_HASH_SHA_512 1

/* RsiRipas (DEN0137 1.0-rel0, 2.0-bet1: RsiRipas type) */
#define RSI1_EMPTY 0
#define RSI1_RAM 1
#define RSI1_DESTROYED 2

/* RsiRipasChangeDestroyed (DEN0137 1.0-rel0, 2.0-bet1: RsiRipasChangeDestroyed type) */
#define RSI1_NO_CHANGE_DESTROYED 0
#define RSI1_CHANGE_DESTROYED 1

/* RsiResponse (DEN0137 1.0-rel0, 2.0-bet1: RsiResponse type) */
#define RSI1_ACCEPT 0
#define RSI1_REJECT 1

/* X1 req -> X0 result, X1 lower, X2 higher */
#define SMC_RSI1_VERSION RSI1_U64(0xC4000190)
/* X1 index -> X0 result, X1 value */
#define SMC_RSI1_FEATURES RSI1_U64(0xC4000191)
/*
 * X1 index -> X0 result, X1 value_0, X2 value_1, X3 value_2, X4 value_3, X5 value_4, X6 value_5, X7
 * value_6, X8 value_7
 */
#define SMC_RSI1_MEASUREMENT_READ RSI1_U64(0xC4000192)
/*
 * X1 index, X2 size, X3 value_0, X4 value_1, X5 value_2, X6 value_3, X7 value_4, X8 value_5, X9
 * value_6, X10 value_7 -> X0 result
 */
#define SMC_RSI1_MEASUREMENT_EXTEND RSI1_U64(0xC4000193)
/*
 * X1 challenge_0, X2 challenge_1, X3 challenge_2, X4 challenge_3, X5 challenge_4, X6 challenge_5,
 * X7 challenge_6, X8 challenge_7 -> X0 result, X1 max_size
 */
#define SMC_RSI1_ATTESTATION_TOKEN_INIT RSI1_U64(0xC4000194)
/* X1 addr, X2 offset, X3 size -> X0 result, X1 len */
#define SMC_RSI1_ATTESTATION_TOKEN_CONTINUE RSI1_U64(0xC4000195)
/* X1 addr -> X0 result */
#define SMC_RSI1_REALM_CONFIG RSI1_U64(0xC4000196)
/* X1 base, X2 top, X3 ripas, X4 flags -> X0 result, X1 new_base, X2 response */
#define SMC_RSI1_IPA_STATE_SET RSI1_U64(0xC4000197)
/* X1 base, X2 top -> X0 result, X1 out_top, X2 ripas */
#define SMC_RSI1_IPA_STATE_GET RSI1_U64(0xC4000198)
/* X1 addr -> X0 result */
#define SMC_RSI1_HOST_CALL RSI1_U64(0xC4000199)

/* RsiRipasChangeFlags (DEN0137 1.0-rel0, 2.0-bet1: RsiRipasChangeFlags type) */
#define RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT 0
#define RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_WIDTH 1
#define RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_MASK RSI1_U64(0x1)
#define RSI1_RIPAS_CHANGE_FLAGS_MASK RSI1_U64(0x1)	/* all of the above */

/* RsiRealmConfig (DEN0137 1.0-rel0, 2.0-bet1: RsiRealmConfig type). RMM to realm */
#define RSI1_REALM_CONFIG_SIZE 0x1000
#define RSI1_REALM_CONFIG_IPA_WIDTH_OFFSET 0x000
#define RSI1_REALM_CONFIG_HASH_ALGO_OFFSET 0x008
#define RSI1_REALM_CONFIG_RPV_OFFSET 0x200
#define RSI1_REALM_CONFIG_RPV_COUNT 64

/*
 * RsiHostCall (DEN0137 1.0-rel0, 2.0-bet1: RsiHostCall type). Realm to RMM and back; must not cross
 * a granule. TF-RMM wants 256-byte alignment and reads imm as 32 bits
 */
#define RSI1_HOST_CALL_SIZE 0x100
#define RSI1_HOST_CALL_IMM_OFFSET 0x000
#define RSI1_HOST_CALL_GPRS_OFFSET 0x008
#define RSI1_HOST_CALL_GPRS_COUNT 31

/* X(name, arguments, results after X0, may answer INCOMPLETE) */
#define RSI1_COMMANDS(X) \
	X(RSI1_VERSION, 1, 2, 0) \
	X(RSI1_FEATURES, 1, 1, 0) \
	X(RSI1_MEASUREMENT_READ, 1, 8, 0) \
	X(RSI1_MEASUREMENT_EXTEND, 10, 0, 0) \
	X(RSI1_ATTESTATION_TOKEN_INIT, 8, 1, 0) \
	X(RSI1_ATTESTATION_TOKEN_CONTINUE, 3, 1, 0) \
	X(RSI1_REALM_CONFIG, 1, 0, 0) \
	X(RSI1_IPA_STATE_SET, 4, 2, 0) \
	X(RSI1_IPA_STATE_GET, 2, 2, 0) \
	X(RSI1_HOST_CALL, 1, 0, 0)

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define RSI1_ASSERT(condition) static_assert(condition, #condition)
#else
#define RSI1_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rsi1_ripas_change_flags_get_destroyed(uint64_t word)
{
	return (word & RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_MASK) >>
		RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT;
}

static inline uint64_t rsi1_ripas_change_flags_set_destroyed(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_MASK;

	return (word & ~mask) | ((value << RSI1_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT) & mask);
}

struct rsi1_realm_config {
	uint64_t ipa_width;
	/* RsiHashAlgorithm; TF-RMM of July 2026 reports SHA-512 for a SHA-384 realm. */
	uint8_t hash_algo;
	uint8_t pad_009[503];
	uint8_t rpv[64];
	uint8_t pad_240[3520];
};

RSI1_ASSERT(offsetof(struct rsi1_realm_config, ipa_width) == RSI1_REALM_CONFIG_IPA_WIDTH_OFFSET);
RSI1_ASSERT(offsetof(struct rsi1_realm_config, hash_algo) == RSI1_REALM_CONFIG_HASH_ALGO_OFFSET);
RSI1_ASSERT(offsetof(struct rsi1_realm_config, rpv) == RSI1_REALM_CONFIG_RPV_OFFSET);
RSI1_ASSERT(sizeof(struct rsi1_realm_config) == RSI1_REALM_CONFIG_SIZE);

struct rsi1_host_call {
	uint16_t imm;
	uint8_t pad_002[6];
	uint64_t gprs[31];
};

RSI1_ASSERT(offsetof(struct rsi1_host_call, imm) == RSI1_HOST_CALL_IMM_OFFSET);
RSI1_ASSERT(offsetof(struct rsi1_host_call, gprs) == RSI1_HOST_CALL_GPRS_OFFSET);
RSI1_ASSERT(sizeof(struct rsi1_host_call) == RSI1_HOST_CALL_SIZE);

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_RSI_1_0_H */
