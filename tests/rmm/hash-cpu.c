/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * hash-cpu.c - the firmware's SHA-2, as a program of Linux
 *
 * Standard input has records of three 32-bit numbers, RMI_HASH_*, bytes and bytes at a time, and the data; each gives a
 * line with the digest.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "console.h"
#include "rmm.h"

#define DATA_MAX (1 << 20)
#define EXIT_SKIP 77

_Noreturn void panic(const char *format, ...)
{
	puts(format);
	exit(EXIT_SKIP);
}

static void digest(unsigned algo, const uint8_t *data, size_t size, size_t piece)
{
	static const size_t sizes[] = { 32, 64, 48 };	/* by RMI_HASH_* */
	uint8_t result[RMM_DIGEST_MAX];

	hash_begin(NULL, algo);
	for (size_t n; size; size -= n, data += n) {
		n = size < piece ? size : piece;
		hash_add(NULL, data, n);
	}
	hash_end(NULL, result);
	for (size_t i = 0; i < sizes[algo]; i++)
		printf("%02x", result[i]);
	putchar('\n');
}

int main(void)
{
	static uint8_t data[DATA_MAX];
	uint32_t record[3];	/* algorithm, size, piece */

	hash_boot();
	while (fread(record, sizeof(record), 1, stdin)) {
		if (record[0] > 2 || record[1] > DATA_MAX || fread(data, 1, record[1], stdin) != record[1])
			return EXIT_FAILURE;
		digest(record[0], data, record[1], record[2]);
	}
	return EXIT_SUCCESS;
}
