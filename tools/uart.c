/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * uart.c - PL011 registers (Arm DDI 0183 r1p5, chapter 3)
 *
 * Bytes go at once: there is always room to send.  Guests that never touch UARTCR, as early consoles are, send
 * too, since firmware has switched the UART on for them elsewhere.
 */
#include <stdbool.h>
#include <stddef.h>

#include "uart.h"

#define DR 0x000
#define FR 0x018
#define ILPR 0x020
#define IBRD 0x024
#define FBRD 0x028
#define LCR_H 0x02c
#define CR 0x030
#define IFLS 0x034
#define IMSC 0x038
#define RIS 0x03c
#define MIS 0x040
#define ICR 0x044
#define DMACR 0x048
#define PERIPH_ID0 0xfe0
#define PCELL_ID3 0xffc

#define FR_RXFE (1u << 4)
#define FR_RXFF (1u << 6)
#define FR_TXFE (1u << 7)

#define LCR_H_FEN (1u << 4)

#define INT_RX (1u << 4)
#define INT_TX (1u << 5)

#define CR_RESET 0x300  /* TXE, RXE */
#define IFLS_RESET 0x12 /* half full, both ways */

/* UARTPeriphID0 to UARTPCellID3: part 0x011 of designer 0x41, r1p5 */
static const uint8_t ids[] = { 0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

static bool fetch(struct uart *uart)
{
	if (uart->received < 0)
		uart->received = uart->line.get(uart->line.arg);
	return uart->received >= 0;
}

static uint32_t receive(struct uart *uart)
{
	uint32_t byte = fetch(uart) ? (uint32_t)uart->received : 0;

	uart->received = -1;
	return byte;
}

static void transmit(struct uart *uart, uint8_t byte)
{
	uart->line.put(uart->line.arg, byte);
	uart->raw |= INT_TX;
}

/* The receiver is full with one byte when there is no FIFO, and never with one. */
static uint32_t flags(struct uart *uart)
{
	if (!fetch(uart))
		return FR_TXFE | FR_RXFE;
	return uart->lcr_h & LCR_H_FEN ? FR_TXFE : FR_TXFE | FR_RXFF;
}

static uint32_t interrupts(struct uart *uart)
{
	return uart->raw | (fetch(uart) ? INT_RX : 0);
}

void uart_init(struct uart *uart, struct uart_line line)
{
	*uart = (struct uart){ .line = line, .received = -1, .cr = CR_RESET, .ifls = IFLS_RESET };
}

/* Registers that hold what is written, with the bits that they have */
static uint32_t *plain(struct uart *uart, uint32_t offset, uint32_t *bits)
{
	switch (offset) {
	case ILPR:
		*bits = 0xff;
		return &uart->ilpr;
	case IBRD:
		*bits = 0xffff;
		return &uart->ibrd;
	case FBRD:
		*bits = 0x3f;
		return &uart->fbrd;
	case LCR_H:
		*bits = 0xff;
		return &uart->lcr_h;
	case CR:
		*bits = 0xff87;
		return &uart->cr;
	case IFLS:
		*bits = 0x3f;
		return &uart->ifls;
	case IMSC:
		*bits = 0x7ff;
		return &uart->imsc;
	case DMACR:
		*bits = 0x7;
		return &uart->dmacr;
	default:
		return NULL;
	}
}

uint32_t uart_read(struct uart *uart, uint32_t offset)
{
	uint32_t bits, *reg = plain(uart, offset, &bits);

	if (reg)
		return *reg;
	if (offset >= PERIPH_ID0 && offset <= PCELL_ID3 && offset % 4 == 0)
		return ids[(offset - PERIPH_ID0) / 4];
	switch (offset) {
	case DR:
		return receive(uart);
	case FR:
		return flags(uart);
	case RIS:
		return interrupts(uart);
	case MIS:
		return interrupts(uart) & uart->imsc;
	default:
		return 0;
	}
}

void uart_write(struct uart *uart, uint32_t offset, uint32_t value)
{
	uint32_t bits, *reg = plain(uart, offset, &bits);

	if (reg)
		*reg = value & bits;
	else if (offset == DR)
		transmit(uart, (uint8_t)value);
	else if (offset == ICR)
		uart->raw &= ~value;
}
