/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* console.h - lines of text on the UART, whole ones; each program has its own lock, so lines of two may mix */
#ifndef QEMU_CONSOLE_H
#define QEMU_CONSOLE_H

#include <stdint.h>

/* %s text, %d unsigned decimal, %x hex with 0x, %X hex of two digits and no 0x; numbers are uint64_t. At most 8 arguments. */
void print(const char *format, ...);
/* As it is, without a lock */
void print_char(char c);
/* Prints, and ends QEMU with status 3; without semihosting the CPU stops. */
_Noreturn void panic(const char *format, ...);

#endif
