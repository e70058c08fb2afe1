/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* uart.h - a PL011 UART as its guest sees it (Arm DDI 0183), without its interrupt line */
#ifndef UART_H
#define UART_H

#include <stdint.h>

#define UART_SIZE 0x1000 /* bytes of address space */

/* The other end of the line */
struct uart_line {
	void (*put)(void *arg, uint8_t byte); /* takes it, however long that lasts */
	int (*get)(void *arg);                /* the next byte, or -1 when there is none now */
	void *arg;
};

struct uart {
	struct uart_line line;
	int received; /* the byte that the guest reads next; -1: none */
	uint32_t raw; /* UARTRIS, but for receiving: that is asserted as long as there is a byte */
	uint32_t ilpr;
	uint32_t ibrd;
	uint32_t fbrd;
	uint32_t lcr_h;
	uint32_t cr;
	uint32_t ifls;
	uint32_t imsc;
	uint32_t dmacr;
};

void uart_init(struct uart *uart, struct uart_line line);
/* Registers are 32 bits wide and at multiples of 4; all else reads as zero, and writing it does nothing. */
uint32_t uart_read(struct uart *uart, uint32_t offset);
void uart_write(struct uart *uart, uint32_t offset, uint32_t value);

#endif /* UART_H */
