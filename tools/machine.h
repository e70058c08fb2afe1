/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* machine.h - the devices of the machine that `realmctl run` is (docs/presets.md) */
#ifndef MACHINE_H
#define MACHINE_H

#include <pthread.h>
#include <stddef.h>

#include "mailbox.h"
#include "realm.h"
#include "tool.h"
#include "uart.h"

/* Pages without a device that are told of */
#define MACHINE_PAGES 16

struct machine {
	pthread_mutex_t lock; /* vCPUs come one after the other */
	struct tool *tool;
	struct uart uart;
	struct mailbox *mailbox;
	uint64_t pages[MACHINE_PAGES];
	size_t num_pages;
};

/* Notes on what in a plan keeps its guest from being seen on this machine */
void machine_judge(struct tool *tool, const struct realm_plan *plan);
void machine_init(struct machine *machine, struct tool *tool, struct uart_line line, struct mailbox *mailbox);
/* Do what a REALM_EXIT_MMIO is for.  What has no device reads as zero, with a note for each page. */
void machine_access(struct machine *machine, struct realm_exit *exit);

#endif /* MACHINE_H */
