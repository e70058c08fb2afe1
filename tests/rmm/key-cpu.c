/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * key-cpu.c - the firmware's keys, as a program of Linux
 *
 * Standard input has the number of bytes, 32 bits wide, that random_bytes() gives before it fails, those bytes, and
 * digests of 48 bytes. Prints the points of the RAK and of the platform's key, then the signatures of both for each
 * digest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "rmm.h"

#define RANDOM_MAX 4096
#define EXIT_PANIC 3

static uint8_t entropy[RANDOM_MAX];
static uint32_t entropy_len, entropy_used;

bool random_bytes(void *ctx, void *buf, size_t len)
{
	if (len > entropy_len - entropy_used)
		return false;
	memcpy(buf, entropy + entropy_used, len);
	entropy_used += (uint32_t)len;
	return true;
}

_Noreturn void panic(const char *format, ...)
{
	puts(format);
	exit(EXIT_PANIC);
}

static void tell(bool done, const uint8_t *bytes, size_t len)
{
	if (!done)
		exit(EXIT_FAILURE);
	while (len--)
		printf("%02x", *bytes++);
	putchar('\n');
}

int main(void)
{
	uint8_t point[RMM_RAK_POINT_SIZE], signature[RMM_SIGNATURE_SIZE], digest[48];

	if (!fread(&entropy_len, sizeof(entropy_len), 1, stdin) || entropy_len > RANDOM_MAX ||
	    fread(entropy, 1, entropy_len, stdin) != entropy_len)
		return EXIT_FAILURE;
	key_boot();
	tell(key_rak_point(NULL, point), point, sizeof(point));
	tell(key_platform_point(point), point, sizeof(point));
	while (fread(digest, sizeof(digest), 1, stdin)) {
		tell(key_rak_sign(NULL, digest, signature), signature, sizeof(signature));
		tell(key_platform_sign(NULL, digest, signature), signature, sizeof(signature));
	}
	return EXIT_SUCCESS;
}
