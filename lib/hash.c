/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* hash.c - OpenSSL behind one small struct: the digest is fetched once, the context reused */
#include <string.h>

#include "internal.h"

static const char *openssl_name(enum realm_hash hash)
{
	switch (hash) {
	case REALM_HASH_SHA256:
		return "SHA2-256";
	case REALM_HASH_SHA384:
		return "SHA2-384";
	case REALM_HASH_SHA512:
		return "SHA2-512";
	}
	return NULL;
}

int hasher_init(struct hasher *hasher, enum realm_hash hash)
{
	const char *name = openssl_name(hash);

	memset(hasher, 0, sizeof(*hasher));
	if (!name)
		return -EINVAL;
	hasher->size = realm_hash_size(hash);
	hasher->md = EVP_MD_fetch(NULL, name, NULL);
	hasher->ctx = EVP_MD_CTX_new();
	if (hasher->md && hasher->ctx)
		return 0;
	hasher_free(hasher);
	return -ENOMEM;
}

int hasher_digest(struct hasher *hasher, const void *data, size_t len, uint8_t digest[REALM_DIGEST_MAX])
{
	memset(digest + hasher->size, 0, REALM_DIGEST_MAX - hasher->size);
	if (EVP_DigestInit_ex2(hasher->ctx, hasher->md, NULL) != 1 || EVP_DigestUpdate(hasher->ctx, data, len) != 1 ||
	    EVP_DigestFinal_ex(hasher->ctx, digest, NULL) != 1)
		return -ENOMEM;
	return 0;
}

void hasher_free(struct hasher *hasher)
{
	EVP_MD_CTX_free(hasher->ctx);
	EVP_MD_free(hasher->md);
	memset(hasher, 0, sizeof(*hasher));
}

int realm_digest(enum realm_hash hash, const void *data, size_t len, uint8_t digest[REALM_DIGEST_MAX])
{
	struct hasher hasher;
	uint8_t slot[REALM_DIGEST_MAX];
	int err;

	if (!digest || (!data && len))
		return -EINVAL;
	err = hasher_init(&hasher, hash);
	if (err)
		return err;
	err = hasher_digest(&hasher, data ? data : "", len, slot);
	hasher_free(&hasher);
	if (!err)
		memcpy(digest, slot, sizeof(slot));
	return err;
}
