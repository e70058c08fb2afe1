/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* key-none.c - a build without BearSSL: no keys */
#include "rmm.h"

void key_boot(void)
{
}

bool key_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE])
{
	return false;
}

bool key_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return false;
}

bool key_platform_point(uint8_t point[RMM_RAK_POINT_SIZE])
{
	return false;
}

bool key_platform_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return false;
}
