/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* machine.c - the devices of the machine that `realmctl run` is */
#include "machine.h"

#define UART_BASE 0x09000000u
#define MAILBOX_BASE 0x09010000u
#define PAGE_SIZE 0x1000u

static bool is_ram(const struct realm_plan *plan, uint64_t ipa)
{
	uint64_t base, size;
	size_t i;

	for (i = 0; !realm_plan_ram(plan, i, &base, &size); i++)
		if (ipa >= base && ipa - base < size)
			return true;
	return false;
}

void machine_judge(struct tool *tool, const struct realm_plan *plan)
{
	struct realm_rec_info first = { .sz = sizeof(first) };

	if (is_ram(plan, UART_BASE))
		tool_note(tool, "$.ram", "nothing will be seen: there is RAM where the UART is, at 0x09000000");
	if (!realm_plan_rec(plan, 0, &first) && !is_ram(plan, first.pc))
		tool_note(tool, "$.recs[0].pc", "nothing will be seen: there is no RAM where the guest starts");
}

void machine_init(struct machine *machine, struct tool *tool, struct uart_line line, struct mailbox *mailbox)
{
	*machine = (struct machine){ .lock = PTHREAD_MUTEX_INITIALIZER, .tool = tool, .mailbox = mailbox };
	uart_init(&machine->uart, line);
}

static void tell_once(struct machine *machine, uint64_t page)
{
	char where[32];
	size_t i;

	for (i = 0; i < machine->num_pages; i++)
		if (machine->pages[i] == page)
			return;
	if (i == MACHINE_PAGES)
		return;
	machine->pages[machine->num_pages++] = page;
	snprintf(where, sizeof(where), "0x%llx", (unsigned long long)page);
	tool_note(machine->tool, where, "there is no device in this page: reads are zero, writes are ignored");
}

static void access_uart(struct uart *uart, uint32_t offset, struct realm_exit *exit)
{
	if (exit->is_write)
		uart_write(uart, offset, (uint32_t)exit->data);
	else
		exit->data = uart_read(uart, offset);
}

/* Its page is there even when no token is wanted: guests look whether one is. */
static void access_mailbox(struct mailbox *mailbox, uint32_t offset, struct realm_exit *exit)
{
	bool whole = exit->size == 8;

	if (!exit->is_write)
		exit->data = whole ? mailbox_read(mailbox, offset) : 0;
	else if (whole)
		mailbox_write(mailbox, offset, exit->data);
}

static bool is_in(const struct realm_exit *exit, uint64_t base, uint64_t size)
{
	return exit->ipa >= base && exit->ipa - base < size;
}

void machine_access(struct machine *machine, struct realm_exit *exit)
{
	pthread_mutex_lock(&machine->lock);
	if (is_in(exit, UART_BASE, UART_SIZE)) {
		access_uart(&machine->uart, (uint32_t)(exit->ipa - UART_BASE), exit);
	} else if (is_in(exit, MAILBOX_BASE, MAILBOX_SIZE)) {
		access_mailbox(machine->mailbox, (uint32_t)(exit->ipa - MAILBOX_BASE), exit);
	} else {
		exit->data = 0;
		tell_once(machine, exit->ipa - exit->ipa % PAGE_SIZE);
	}
	pthread_mutex_unlock(&machine->lock);
}
