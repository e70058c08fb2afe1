/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* mailbox.c - the registers of the mailbox, and the token that is written to it; freestanding */
#include "mailbox.h"

#define ID 0x00
#define LENGTH 0x08
#define DATA 0x10
#define CHALLENGE 0x40
#define CHALLENGE_END (CHALLENGE + MAILBOX_CHALLENGE_SIZE)

#define ID_VALUE UINT64_C(0x4e454b4f54) /* "TOKEN" */

/* Guests are little-endian. */
static uint64_t load(const uint8_t *bytes)
{
	uint64_t value = 0;
	int i;

	for (i = 7; i >= 0; i--)
		value = value << 8 | bytes[i];
	return value;
}

uint64_t mailbox_read(const struct mailbox *mailbox, uint32_t offset)
{
	if (!mailbox->token || offset % 8)
		return 0;
	if (offset >= CHALLENGE && offset < CHALLENGE_END)
		return load(mailbox->challenge + (offset - CHALLENGE));
	return offset == ID ? ID_VALUE : offset == LENGTH ? mailbox->len : 0;
}

static void take(struct mailbox *mailbox, uint64_t value)
{
	int i;

	if (mailbox->written > MAILBOX_TOKEN_MAX - 8)
		return;
	for (i = 0; i < 8; i++)
		mailbox->token[mailbox->written++] = (uint8_t)(value >> 8 * i);
}

/* A length that is not that of what was written makes the guest begin again. */
static void finish(struct mailbox *mailbox, uint64_t len)
{
	if (len && len <= mailbox->written && mailbox->written - len < 8)
		mailbox->len = len;
	else
		mailbox->written = 0;
}

void mailbox_write(struct mailbox *mailbox, uint32_t offset, uint64_t value)
{
	if (!mailbox->token || mailbox->len)
		return;
	if (offset == DATA)
		take(mailbox, value);
	else if (offset == LENGTH)
		finish(mailbox, value);
}
