/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refvals.c - a set of reference values: its life, its parts, its getters */
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "refvals.h"

/* ---- life ---- */

int realm_refvals_new(struct realm_ctx *ctx, struct realm_refvals **refvalsp)
{
	struct realm_refvals *refvals;

	if (!ctx || !refvalsp)
		return -EINVAL;
	refvals = calloc(1, sizeof(*refvals));
	if (!refvals)
		return realm_fail_nomem(ctx);
	refvals->ctx = ctx;
	*refvalsp = refvals;
	return 0;
}

/* What is const to readers was allocated here. */
static void free_const(const void *data)
{
	free((void *)(uintptr_t)data);
}

static void free_platform(struct ref_platform *platform)
{
	size_t i;

	for (i = 0; i < platform->num_components; i++) {
		free_const(platform->components[i].name);
		free_const(platform->components[i].version);
		free_const(platform->components[i].measurement.data);
		free_const(platform->components[i].signer.data);
	}
	free(platform->components);
	free_const(platform->config.data);
	free_const(platform->config_mask.data);
}

void refvals_truncate(struct realm_refvals *refvals, size_t realms, size_t platforms, size_t keys)
{
	while (refvals->num_realms > realms)
		free(refvals->realms[--refvals->num_realms].name);
	while (refvals->num_platforms > platforms)
		free_platform(&refvals->platforms[--refvals->num_platforms]);
	while (refvals->num_keys > keys)
		EVP_PKEY_free(refvals->keys[--refvals->num_keys].key);
}

void realm_refvals_free(struct realm_refvals *refvals)
{
	if (!refvals)
		return;
	refvals_truncate(refvals, 0, 0, 0);
	free(refvals->realms);
	free(refvals->platforms);
	free(refvals->keys);
	free(refvals);
}

/* ---- parts ---- */

/* Room for one more at the end of a list; zeroed. */
static void *new_item(struct realm_refvals *refvals, void **items, size_t *countp, size_t size)
{
	void *more = grow_array(*items, *countp, size);

	if (!more) {
		realm_fail_nomem(refvals->ctx);
		return NULL;
	}
	*items = more;
	return memset((uint8_t *)more + (*countp)++ * size, 0, size);
}

struct ref_realm *refvals_new_realm(struct realm_refvals *refvals)
{
	return new_item(refvals, (void **)&refvals->realms, &refvals->num_realms, sizeof(*refvals->realms));
}

struct ref_platform *refvals_new_platform(struct realm_refvals *refvals)
{
	return new_item(refvals, (void **)&refvals->platforms, &refvals->num_platforms, sizeof(*refvals->platforms));
}

struct realm_component *refvals_new_component(struct realm_refvals *refvals, struct ref_platform *platform)
{
	struct realm_component *component =
		new_item(refvals, (void **)&platform->components, &platform->num_components, sizeof(*component));

	if (component)
		component->sz = sizeof(*component);
	return component;
}

struct ref_key *refvals_new_key(struct realm_refvals *refvals)
{
	return new_item(refvals, (void **)&refvals->keys, &refvals->num_keys, sizeof(*refvals->keys));
}

int refvals_copy_bytes(struct realm_refvals *refvals, const void *data, size_t len, struct realm_bytes *bytes)
{
	uint8_t *copy;

	if (!len)
		return 0;
	copy = malloc(len);
	if (!copy)
		return realm_fail_nomem(refvals->ctx);
	memcpy(copy, data, len);
	*bytes = (struct realm_bytes){ .data = copy, .len = len };
	return 0;
}

int refvals_copy_text(struct realm_refvals *refvals, const char *text, size_t len, const char **copyp)
{
	char *copy = strndup(text, len);

	if (!copy)
		return realm_fail_nomem(refvals->ctx);
	*copyp = copy;
	return 0;
}

const char *ref_realm_fault(const struct ref_realm *realm)
{
	size_t i;

	if (!digest_alg_from_size(realm->rim.len))
		return "a RIM has 32, 48 or 64 bytes";
	for (i = 0; i < REALM_REMS; i++)
		if (realm->rems[i].len && realm->rems[i].len != realm->rim.len)
			return "RIM and REMs are not of one length";
	return NULL;
}

/* ---- getters ---- */

static struct realm_bytes digest_bytes(const struct digest *digest)
{
	return (struct realm_bytes){ .data = digest->len ? digest->data : NULL, .len = digest->len };
}

size_t realm_refvals_realm_count(const struct realm_refvals *refvals)
{
	return refvals ? refvals->num_realms : 0;
}

int realm_refvals_realm(const struct realm_refvals *refvals, size_t index, struct realm_reference *user)
{
	struct realm_reference reference = { .sz = sizeof(reference) };
	const struct ref_realm *realm;
	size_t i;

	if (!refvals || index >= refvals->num_realms)
		return -EINVAL;
	realm = &refvals->realms[index];
	reference.name = realm->name;
	reference.family = realm->family;
	reference.profile = realm->profile;
	reference.rim = digest_bytes(&realm->rim);
	reference.rpv = digest_bytes(&realm->rpv);
	for (i = 0; i < REALM_REMS; i++)
		reference.rems[i] = digest_bytes(&realm->rems[i]);
	return realm_give(user, &reference, sizeof(reference));
}

size_t realm_refvals_platform_count(const struct realm_refvals *refvals)
{
	return refvals ? refvals->num_platforms : 0;
}

int realm_refvals_platform(const struct realm_refvals *refvals, size_t index, struct realm_platform_reference *user)
{
	struct realm_platform_reference reference = { .sz = sizeof(reference) };
	const struct ref_platform *platform;

	if (!refvals || index >= refvals->num_platforms)
		return -EINVAL;
	platform = &refvals->platforms[index];
	reference.implementation_id.data = platform->implementation_id;
	reference.implementation_id.len = sizeof(platform->implementation_id);
	reference.config = platform->config;
	reference.config_mask = platform->config_mask;
	reference.num_components = platform->num_components;
	return realm_give(user, &reference, sizeof(reference));
}

int realm_refvals_component(const struct realm_refvals *refvals, size_t platform, size_t index,
			    struct realm_component *user)
{
	if (!refvals || platform >= refvals->num_platforms || index >= refvals->platforms[platform].num_components)
		return -EINVAL;
	return realm_give(user, &refvals->platforms[platform].components[index], sizeof(*user));
}
