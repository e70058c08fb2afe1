/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * platform-token.h - the token of a platform that is a test, which ports make for struct rmm_port
 *
 * Freestanding, as the core.
 */
#ifndef RMM_PLATFORM_TOKEN_H
#define RMM_PLATFORM_TOKEN_H

#include "port.h"

struct platform_component {
	const char *name, *version;
	uint8_t value[32];
};

struct platform {
	const struct rmm_port *port;	/* its digests are used; between two of the core's */
	void *ctx;	/* of port and sign */
	const char *verification_service;
	const struct platform_component *components;
	unsigned num_components;
	uint8_t point[RMM_RAK_POINT_SIZE];	/* the platform's key: the instance is called after it */
	bool (*sign)(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);
};

/* Returns its bytes; 0: it does not fit, or could not be signed. */
size_t platform_token_make(const struct platform *platform, const uint8_t challenge[32], void *buf, size_t size);

#endif
