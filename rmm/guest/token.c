/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.c - an attestation token, from the RMM to the mailbox of a host that asks for one, piece by piece
 */
#include "token.h"
#include "calls.h"
#include "console.h"

/* Registers of the mailbox, each of 64 bits (docs/sim.md) */
#define BOX_ID 0x00
#define BOX_LENGTH 0x08
#define BOX_DATA 0x10
#define BOX_CHALLENGE 0x40
#define BOX_ID_VALUE UINT64_C(0x4e454b4f54)	/* "TOKEN" */

struct box {
	uint64_t base;
	uint64_t word;	/* bytes that wait for the rest of their word */
	uint64_t len;
};

static uint64_t box_read(const struct box *box, uint64_t offset)
{
	uint64_t value;

	__asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(box->base + offset) : "memory");
	return value;
}

static void box_write(const struct box *box, uint64_t offset, uint64_t value)
{
	__asm__ volatile("str %0, [%1]" : : "r"(value), "r"(box->base + offset) : "memory");
}

static void put_byte(struct box *box, uint8_t byte)
{
	box->word |= (uint64_t)byte << 8 * (box->len % 8);
	if (++box->len % 8)
		return;
	box_write(box, BOX_DATA, box->word);
	box->word = 0;
}

static void begin(const struct box *box)
{
	uint64_t challenge[TOKEN_CHALLENGE_WORDS];

	for (unsigned i = 0; i < TOKEN_CHALLENGE_WORDS; i++)
		challenge[i] = box_read(box, BOX_CHALLENGE + 8 * i);
	rsi_attest_token_init(challenge);
}

static void end(const struct box *box)
{
	if (box->len % 8)
		box_write(box, BOX_DATA, box->word);
	box_write(box, BOX_LENGTH, box->len);
	if (box_read(box, BOX_LENGTH) != box->len)
		fail("mailbox took so many bytes of the token", box_read(box, BOX_LENGTH));
}

void token_hand_over(uint64_t mailbox)
{
	static uint8_t piece[TOKEN_PIECE_SIZE] __attribute__((aligned(TOKEN_PIECE_SIZE)));
	struct box box = { mailbox, 0, 0 };
	uint64_t len;
	bool more;

	if (box_read(&box, BOX_ID) != BOX_ID_VALUE)
		return;
	begin(&box);
	do {
		more = rsi_attest_token_continue(piece, &len);
		for (uint64_t i = 0; i < len; i++)
			put_byte(&box, piece[i]);
	} while (more);
	end(&box);
	print("token: ");
	print_decimal(box.len);
	print(" bytes handed over\n");
}
