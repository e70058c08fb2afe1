/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* mailbox.h - a device through which a guest learns of a challenge and hands over its token (docs/sim.md) */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAILBOX_SIZE 0x1000 /* bytes of address space */
#define MAILBOX_CHALLENGE_SIZE 64
#define MAILBOX_TOKEN_MAX 0x100000

struct mailbox {
	uint8_t challenge[MAILBOX_CHALLENGE_SIZE];
	uint8_t *token; /* NULL: nobody wants one, and all registers are zero */
	size_t written;
	size_t len; /* of the whole token; 0: it is not there yet */
};

/* Ask for a token.  Zeros follow a short challenge.  0 or a positive errno. */
int mailbox_open(struct mailbox *mailbox, const uint8_t *challenge, size_t len);
void mailbox_close(struct mailbox *mailbox);
/* Registers are 64 bits wide; all else reads as zero, and writing it does nothing. */
uint64_t mailbox_read(const struct mailbox *mailbox, uint32_t offset);
void mailbox_write(struct mailbox *mailbox, uint32_t offset, uint64_t value);

#endif /* MAILBOX_H */
