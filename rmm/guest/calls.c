/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * calls.c - what the payload calls by SMC: RSI and PSCI
 */
#include "calls.h"
#include "console.h"
#include "memory.h"

#define SMC_REGS 11
#define RSI_VERSION_1_0 0x10000

/* In start.S; returns X0. */
uint64_t smc(uint64_t x[SMC_REGS]);
_Noreturn void exception(uint64_t esr);

_Noreturn void psci_end(uint64_t fid)
{
	uint64_t x[SMC_REGS] = { fid };

	smc(x);
	for (;;)
		__asm__ volatile("wfi");
}

_Noreturn void fail(const char *what, uint64_t status)
{
	print("failed: ");
	print(what);
	print(": ");
	print_hex(status);
	print("\n");
	psci_end(SMC32_PSCI_SYSTEM_RESET);
}

/* Start.S enters it. The second exception is one of printing the first. */
_Noreturn void exception(uint64_t esr)
{
	static bool again;

	if (again)
		psci_end(SMC32_PSCI_SYSTEM_RESET);
	again = true;
	fail("exception", esr);
}

static void call(const char *name, uint64_t x[SMC_REGS])
{
	uint64_t status = smc(x);

	if (status != RSI_SUCCESS)
		fail(name, status);
}

uint64_t rsi_version(void)
{
	uint64_t x[SMC_REGS] = { SMC_RSI_VERSION, RSI_VERSION_1_0 };

	call("RSI_VERSION", x);
	return x[1];
}

const struct rsi_realm_config *rsi_realm_config(void)
{
	static struct rsi_realm_config config __attribute__((aligned(RSI_REALM_CONFIG_SIZE)));
	uint64_t x[SMC_REGS] = { SMC_RSI_REALM_CONFIG, (uintptr_t)&config };

	call("RSI_REALM_CONFIG", x);
	return &config;
}

void rsi_measurement_read(unsigned index, uint8_t value[MEASUREMENT_SIZE])
{
	uint64_t x[SMC_REGS] = { SMC_RSI_MEASUREMENT_READ, index };

	call("RSI_MEASUREMENT_READ", x);
	memcpy(value, &x[1], MEASUREMENT_SIZE);
}

void rsi_measurement_extend(unsigned index, const char value[MEASUREMENT_SIZE])
{
	uint64_t x[SMC_REGS] = { SMC_RSI_MEASUREMENT_EXTEND, index, MEASUREMENT_SIZE };

	memcpy(&x[3], value, MEASUREMENT_SIZE);
	call("RSI_MEASUREMENT_EXTEND", x);
}

void rsi_ipa_state_set(uint64_t base, uint64_t top, uint64_t ripas)
{
	while (base != top) {
		uint64_t x[SMC_REGS] = { SMC_RSI_IPA_STATE_SET, base, top, ripas, RSI_CHANGE_DESTROYED };

		call("RSI_IPA_STATE_SET", x);
		if (x[2] != RSI_ACCEPT)
			fail("RSI_IPA_STATE_SET refused by the host", x[2]);
		base = x[1];
	}
}

uint64_t rsi_host_call(uint64_t x0)
{
	static struct rsi_host_call host_call __attribute__((aligned(RSI_HOST_CALL_SIZE)));
	uint64_t x[SMC_REGS] = { SMC_RSI_HOST_CALL, (uintptr_t)&host_call };

	host_call.gprs[0] = x0;
	call("RSI_HOST_CALL", x);
	return host_call.gprs[0];
}

void rsi_attest_token_init(const uint64_t challenge[TOKEN_CHALLENGE_WORDS])
{
	uint64_t x[SMC_REGS] = { SMC_RSI_ATTEST_TOKEN_INIT };

	memcpy(&x[1], challenge, TOKEN_CHALLENGE_WORDS * sizeof(x[0]));
	call("RSI_ATTEST_TOKEN_INIT", x);
}

bool rsi_attest_token_continue(uint8_t piece[TOKEN_PIECE_SIZE], uint64_t *len)
{
	uint64_t x[SMC_REGS] = { SMC_RSI_ATTEST_TOKEN_CONTINUE, (uintptr_t)piece, 0, TOKEN_PIECE_SIZE };
	uint64_t status = smc(x);

	if (status != RSI_SUCCESS && status != RSI_INCOMPLETE)
		fail("RSI_ATTEST_TOKEN_CONTINUE", status);
	*len = x[1];
	return status == RSI_INCOMPLETE;
}
