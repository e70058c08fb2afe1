/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * console.c - text on a PL011 UART
 */
#include "console.h"

/* Registers and a flag (DDI 0183, 3.2) */
#define UART_DR 0x000
#define UART_FR 0x018
#define UART_FR_TXFF (1U << 5)
#define UART_PERIPH_ID0 0xfe0

static uint64_t uart_base;

/* One load or store each: hosts emulate no access that writes an address back or moves two registers. */

static uint32_t uart_read(uint64_t offset)
{
	uint32_t value;

	__asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(uart_base + offset) : "memory");
	return value;
}

static void uart_write(uint64_t offset, uint32_t value)
{
	__asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(uart_base + offset) : "memory");
}

void console_open(uint64_t uart)
{
	uart_base = uart;
}

uint32_t console_id(void)
{
	return uart_read(UART_PERIPH_ID0);
}

static void print_char(char c)
{
	if (!uart_base)
		return;
	while (uart_read(UART_FR) & UART_FR_TXFF)
		;
	uart_write(UART_DR, (uint8_t)c);
}

static void print_digit(unsigned digit)
{
	print_char((char)(digit < 10 ? '0' + digit : 'a' + digit - 10));
}

void print(const char *text)
{
	while (*text)
		print_char(*text++);
}

void print_decimal(uint64_t value)
{
	if (value >= 10)
		print_decimal(value / 10);
	print_digit(value % 10);
}

void print_hex(uint64_t value)
{
	unsigned shift = 60;

	while (shift && !(value >> shift))
		shift -= 4;
	print("0x");
	for (; shift; shift -= 4)
		print_digit((value >> shift) & 15);
	print_digit(value & 15);
}

void print_bytes(const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++) {
		print_digit(at[i] >> 4);
		print_digit(at[i] & 15);
	}
}
