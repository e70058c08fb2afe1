/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * main.c - the payload: a realm that says what it is, tries what a realm can do, and powers off
 */
#include "calls.h"
#include "console.h"
#include "token.h"

#define UART_IPA 0x09000000
#define MAILBOX_IPA 0x09010000
/* Granules of the RMM have 4, 16 or 64 KiB, and a realm cannot ask which: this is a multiple of each. */
#define SHARED_SIZE UINT64_C(0x10000)

extern uint8_t payload_end[] __attribute__((visibility("hidden")));
_Noreturn void payload(void);

/* The most that an extension takes, so no RMM has to choose how to pad it. */
static const char rem_value[MEASUREMENT_SIZE] __attribute__((nonstring)) =
	"This sentence of sixty-four characters is what extends REM one..";

static void print_version(void)
{
	uint64_t version = rsi_version();

	print("rsi: ");
	print_decimal(version >> 16);
	print(".");
	print_decimal(version & 0xffff);
	print("\n");
}

static size_t print_hash(uint8_t algorithm)
{
	switch (algorithm) {
	case RSI_HASH_SHA_256:
		print("hash: sha256\n");
		return 32;
	case RSI_HASH_SHA_384:
		print("hash: sha384\n");
		return 48;
	case RSI_HASH_SHA_512:
		print("hash: sha512\n");
		return 64;
	default:
		fail("hash algorithm", algorithm);
	}
}

static void print_line(const char *name, const uint8_t *bytes, size_t len)
{
	print(name);
	print_bytes(bytes, len);
	print("\n");
}

static void print_measurements(const struct rsi_realm_config *config)
{
	size_t digest_size = print_hash(config->hash_algo);
	uint8_t value[MEASUREMENT_SIZE];

	rsi_measurement_read(0, value);
	print_line("rim: ", value, digest_size);
	print_line("rpv: ", config->rpv, sizeof(config->rpv));
	rsi_measurement_extend(1, rem_value);
	rsi_measurement_read(1, value);
	print_line("rem 1: ", value, digest_size);
}

static void write_and_read(const char *what, uint64_t ipa, uint64_t value)
{
	volatile uint64_t *word = (volatile uint64_t *)ipa;
	uint64_t got;

	*word = value;
	got = *word;
	if (got != value)
		fail(what, got);
}

/* Writes before the change, too: memory that was never touched would have nothing to give up. */
static void share_memory(uint64_t shared_bit)
{
	uint64_t base = ((uintptr_t)payload_end + SHARED_SIZE - 1) & ~(SHARED_SIZE - 1);

	write_and_read("read of protected memory", base, 1);
	rsi_ipa_state_set(base, base + SHARED_SIZE, RSI_EMPTY);
	write_and_read("read of shared memory", base | shared_bit, 2);
	rsi_ipa_state_set(base, base + SHARED_SIZE, RSI_RAM);
	write_and_read("read of memory protected again", base, 3);
	print("shared: page made shared, written, made protected again: ok\n");
}

static void read_device(void)
{
	print("mmio: read ");
	print_hex(console_id());
	print(" of UARTPeriphID0\n");
}

static void call_host(void)
{
	uint64_t result = rsi_host_call(SMC32_SMCCC_VERSION);

	print("host call: returned ");
	print_hex(result);
	print("\n");
}

_Noreturn void payload(void)
{
	const struct rsi_realm_config *config = rsi_realm_config();
	uint64_t shared_bit = UINT64_C(1) << (config->ipa_width - 1);

	console_open(UART_IPA | shared_bit);
	print("hello from a realm\n");
	print_version();
	print("ipa bits: ");
	print_decimal(config->ipa_width);
	print("\n");
	print_measurements(config);
	share_memory(shared_bit);
	read_device();
	call_host();
	token_hand_over(MAILBOX_IPA | shared_bit);
	print("bye\n");
	psci_end(SMC32_PSCI_SYSTEM_OFF);
}
