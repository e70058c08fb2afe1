/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vmm-mmio.c - the devices of the realm's machine: GIC, a PL011, whose other end is this console, and the mailbox */
#include <string.h>

#include "vmm.h"
#include "console.h"
#include "fwcfg.h"
#include "mailbox.h"
#include "uart.h"

#define UART_IPA 0x09000000
#define UART_MIS 0x40
#define UART_INTID 33
#define MAILBOX_IPA 0x09010000
#define TOKEN_LINE 64	/* bytes of the token on a line */

static struct uart uart;
static struct mailbox mailbox;
static uint8_t token[MAILBOX_TOKEN_MAX];
static bool in_line;	/* the realm's console is not at the beginning of a line */

/* the console */

static void put(void *arg, uint8_t byte)
{
	if (!in_line)
		print("realm: ");
	in_line = byte != '\n';
	print_char((char)byte);
}

static int get(void *arg)
{
	return -1;
}

static uint64_t read_uart(uint32_t offset, unsigned size)
{
	return uart_read(&uart, offset);
}

/* Nothing is ever received, so only writing changes what the UART asks for. */
static void write_uart(uint32_t offset, unsigned size, uint64_t value)
{
	uart_write(&uart, offset, (uint32_t)value);
	vgic_line(&vmm_gic, 0, UART_INTID, uart_read(&uart, UART_MIS) != 0);
}

/* the GIC */

static uint64_t read_distributor(uint32_t offset, unsigned size)
{
	return vgic_read(&vmm_gic, VGIC_DISTRIBUTOR + offset, size);
}

static void write_distributor(uint32_t offset, unsigned size, uint64_t value)
{
	vgic_write(&vmm_gic, VGIC_DISTRIBUTOR + offset, size, value);
}

static uint64_t read_redistributors(uint32_t offset, unsigned size)
{
	return vgic_read(&vmm_gic, VGIC_REDISTRIBUTORS + offset, size);
}

static void write_redistributors(uint32_t offset, unsigned size, uint64_t value)
{
	vgic_write(&vmm_gic, VGIC_REDISTRIBUTORS + offset, size, value);
}

/* the mailbox: the challenge is that of opt/librealm/challenge, in hex */

static unsigned digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	panic("host: opt/librealm/challenge: expected pairs of hex digits, 0-9 and a-f");
}

static void open_mailbox(void)
{
	char text[2 * MAILBOX_CHALLENGE_SIZE + 1];
	size_t len = fwcfg_text("opt/librealm/challenge", text, sizeof(text));

	if (len >= sizeof(text) || len % 2)
		panic("host: opt/librealm/challenge: expected 1 to 64 bytes in hex");
	memset(&mailbox, 0, sizeof(mailbox));
	for (size_t i = 0; i < len; i += 2)
		mailbox.challenge[i / 2] = (uint8_t)(digit(text[i]) << 4 | digit(text[i + 1]));
	mailbox.token = len ? token : NULL;
}

static uint64_t read_mailbox(uint32_t offset, unsigned size)
{
	return size == 8 ? mailbox_read(&mailbox, offset) : 0;
}

static void write_mailbox(uint32_t offset, unsigned size, uint64_t value)
{
	if (size == 8)
		mailbox_write(&mailbox, offset, value);
}

static void print_token(void)
{
	for (size_t i = 0; i < mailbox.len; i++) {
		if (i % TOKEN_LINE == 0)
			print("token: ");
		print("%X", (uint64_t)mailbox.token[i]);
		if (i % TOKEN_LINE == TOKEN_LINE - 1 || i == mailbox.len - 1)
			print("\n");
	}
}

/* all of them */

static const struct device {
	uint64_t base, size;
	uint64_t (*read)(uint32_t offset, unsigned size);
	void (*write)(uint32_t offset, unsigned size, uint64_t value);
} devices[] = {
	{ VGIC_DISTRIBUTOR, VGIC_DISTRIBUTOR_SIZE, read_distributor, write_distributor },
	{ VGIC_REDISTRIBUTORS, VGIC_CPUS_MAX * VGIC_REDISTRIBUTOR_SIZE, read_redistributors, write_redistributors },
	{ UART_IPA, UART_SIZE, read_uart, write_uart },
	{ MAILBOX_IPA, MAILBOX_SIZE, read_mailbox, write_mailbox },
};

static const struct device *find(uint64_t address)
{
	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++)
		if (address >= devices[i].base && address - devices[i].base < devices[i].size)
			return &devices[i];
	return NULL;
}

uint64_t vmm_mmio_read(uint64_t address, unsigned size)
{
	const struct device *device = find(address);

	return device ? device->read((uint32_t)(address - device->base), size) : 0;
}

void vmm_mmio_write(uint64_t address, unsigned size, uint64_t value)
{
	const struct device *device = find(address);

	if (device)
		device->write((uint32_t)(address - device->base), size, value);
}

void vmm_mmio_open(void)
{
	uart_init(&uart, (struct uart_line){ .put = put, .get = get });
	open_mailbox();
	in_line = false;
}

void vmm_mmio_close(void)
{
	if (in_line)
		print("\n");
	print_token();
}
