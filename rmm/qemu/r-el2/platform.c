/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* platform.c - the platform that the RMM can vouch for: itself; its token, and on the console the key that verifies it */
#include "console.h"
#include "layout.h"
#include "platform-token.h"
#include "rmi.h"
#include "rmm.h"

#define VERIFICATION_SERVICE "TEST platform of librealm on QEMU: nobody vouches for it"
#define TOKEN_MAX 1024

extern const char data_start[];	/* code and constants end before it */

static struct platform_component component = { .name = "TEST RMM" };
static struct platform platform = {
	.port = &port, .sign = key_platform_sign, .verification_service = VERIFICATION_SERVICE,
	.components = &component, .num_components = 1,
};

static void measure(void)
{
	const char *start = (const char *)RMM_BASE;

	hash_begin(NULL, RMI_HASH_SHA_256);
	hash_add(NULL, start, (size_t)(data_start - start));
	hash_end(NULL, component.value);
}

static void tell_key(void)
{
	char hex[2 * RMM_RAK_POINT_SIZE + 1] = "";

	for (unsigned i = 0; i < RMM_RAK_POINT_SIZE; i++) {
		hex[2 * i] = "0123456789abcdef"[platform.point[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[platform.point[i] & 0xf];
	}
	print("RMM: TEST platform key %s\n", hex);
}

void platform_boot(const struct rmm_variant *variant)
{
	if (!key_platform_point(platform.point)) {
		print("RMM: no tokens: built without BearSSL\n");
		return;
	}
	component.version = rmm_variant_name(variant);
	measure();
	tell_key();
}

const void *platform_token(void *ctx, const uint8_t challenge[32], size_t *len)
{
	static uint8_t token[TOKEN_MAX];

	*len = platform_token_make(&platform, challenge, token, sizeof(token));
	return *len ? token : NULL;
}
