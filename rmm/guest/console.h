/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * console.h - text on a PL011 UART
 */
#ifndef GUEST_CONSOLE_H
#define GUEST_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

/* Before it what is printed is lost. */
void console_open(uint64_t uart);
/* The identification register UARTPeriphID0 */
uint32_t console_id(void);

void print(const char *text);
void print_decimal(uint64_t value);
/* With 0x before it */
void print_hex(uint64_t value);
void print_bytes(const void *bytes, size_t len);

#endif
