/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rem-steps.c - print a REM after each value that extends it: rem-steps HASH HEX... */
#include <stdio.h>
#include <string.h>

#include "realm.h"

static size_t unhex(const char *hex, uint8_t *bytes, size_t max)
{
	size_t len = strlen(hex) / 2, i;
	unsigned int byte;

	for (i = 0; i < len && i < max && sscanf(hex + 2 * i, "%2x", &byte) == 1; i++)
		bytes[i] = (uint8_t)byte;
	return i;
}

static void print_rem(const uint8_t *rem, enum realm_hash hash)
{
	size_t i;

	for (i = 0; i < realm_hash_size(hash); i++)
		printf("%02x", rem[i]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	uint8_t rem[REALM_DIGEST_MAX] = { 0 }, value[REALM_DIGEST_MAX];
	enum realm_hash hash;
	int i;

	if (argc < 2 || realm_hash_from_name(argv[1], &hash))
		return 2;
	for (i = 2; i < argc; i++) {
		if (realm_rem_extend(hash, rem, value, unhex(argv[i], value, sizeof(value))))
			return 1;
		print_rem(rem, hash);
	}
	return 0;
}
