/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* console.c - formatted lines on the PL011, which needs no set-up on QEMU */
#include <stdarg.h>

#include "console.h"
#include "layout.h"
#include "lock.h"
#include "semihost.h"

#define UART_DR (*(volatile uint32_t *)UART_BASE)
#define UART_FR (*(volatile uint32_t *)(UART_BASE + 0x18))
#define UART_FR_TXFF 0x20

#define EXIT_PANIC 3

static struct lock lock;
static uint32_t panicked;

void print_char(char c)
{
	while (UART_FR & UART_FR_TXFF)
		;
	UART_DR = (uint8_t)c;
}

static void put_text(const char *text)
{
	while (*text)
		print_char(*text++);
}

static void put_number(uint64_t value, unsigned base, unsigned digits)
{
	char text[20];
	unsigned len = 0;

	do {
		text[len++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value || len < digits);
	while (len)
		print_char(text[--len]);
}

static void put_format(const char *format, va_list args)
{
	for (; *format; format++) {
		if (*format != '%') {
			print_char(*format);
			continue;
		}
		switch (*++format) {
		case 's':
			put_text(va_arg(args, const char *));
			break;
		case 'd':
			put_number(va_arg(args, uint64_t), 10, 1);
			break;
		case 'x':
			put_text("0x");
			put_number(va_arg(args, uint64_t), 16, 1);
			break;
		case 'X':
			put_number(va_arg(args, uint64_t), 16, 2);
			break;
		default:
			return;
		}
	}
}

void print(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	lock_take(&lock);
	put_format(format, args);
	lock_drop(&lock);
	va_end(args);
}

_Noreturn void panic(const char *format, ...)
{
	va_list args;

	/* The first speaks. Without semihosting what ends QEMU is an exception, which comes here again. */
	if (__atomic_exchange_n(&panicked, 1, __ATOMIC_ACQ_REL))
		cpu_stop();
	va_start(args, format);
	put_text("PANIC: ");
	put_format(format, args);
	print_char('\n');
	va_end(args);
	qemu_exit(EXIT_PANIC);
}
