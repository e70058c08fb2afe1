/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * refvals.h - reference values, as their files share them
 *
 * refvals.c: the set, its life and getters, telling formats apart; rems.c: expected REMs; corim-read.c, corim-write.c: CoRIM of both dialects, CBOR; comid-json.c: the template;
 * refvals-json.c: the JSON formats
 */
#ifndef REALM_REFVALS_INTERNAL_H
#define REALM_REFVALS_INTERNAL_H

#include "cbor.h"
#include "key.h"

/* Digests and RPV are copies, len 0 where nothing is expected. */
struct digest {
	size_t len;
	uint8_t data[REALM_DIGEST_MAX];
};

struct ref_realm {
	char *name; /* or NULL */
	enum realm_family family;
	enum realm_profile profile;
	struct digest rim, rems[REALM_REMS], rpv;
};

struct ref_platform {
	uint8_t implementation_id[32];
	struct realm_bytes config, config_mask; /* owned */
	struct realm_component *components;     /* everything in them owned */
	size_t num_components;
};

/* An attestation key of a platform (CoRIM attestation-key triple) */
struct ref_key {
	uint8_t implementation_id[32];
	uint8_t instance_id[33];
	EVP_PKEY *key;
};

struct realm_refvals {
	struct realm_ctx *ctx;
	struct ref_realm *realms;
	size_t num_realms;
	struct ref_platform *platforms;
	size_t num_platforms;
	struct ref_key *keys;
	size_t num_keys;
};

#endif /* REALM_REFVALS_INTERNAL_H */
