/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* mailbox-open.c - the memory of a mailbox */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mailbox.h"

int mailbox_open(struct mailbox *mailbox, const uint8_t *challenge, size_t len)
{
	*mailbox = (struct mailbox){ .token = malloc(MAILBOX_TOKEN_MAX) };
	if (!mailbox->token)
		return ENOMEM;
	memcpy(mailbox->challenge, challenge, len);
	return 0;
}

void mailbox_close(struct mailbox *mailbox)
{
	free(mailbox->token);
}
