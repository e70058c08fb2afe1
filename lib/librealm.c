/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* librealm.c - context, logging, error detail, and the names used everywhere */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm.h"

struct realm_error {
	int code;
	struct host_failure host; /* zero for failures that are not the host's */
	bool has_where;
	bool has_hint;
	char where[TEXT_SIZE];
	char why[TEXT_SIZE];
	char hint[TEXT_SIZE];
};

/* What is reported when there is no memory for a report. */
static const struct realm_error nomem = { .code = -ENOMEM, .why = "out of memory" };

const char *realm_version(void)
{
	return REALM_VERSION;
}

int realm_ctx_new(struct realm_ctx **ctxp)
{
	struct realm_ctx *ctx;

	if (!ctxp)
		return -EINVAL;
	ctx = calloc(1, sizeof(*ctx));
	if (!ctx)
		return -ENOMEM;
	*ctxp = ctx;
	return 0;
}

void realm_ctx_free(struct realm_ctx *ctx)
{
	if (!ctx)
		return;
	kvm_host_forget(ctx);
	free(ctx->error);
	free(ctx);
}

int realm_ctx_set_log(struct realm_ctx *ctx, realm_log_fn fn, void *arg)
{
	if (!ctx)
		return -EINVAL;
	ctx->log = fn;
	ctx->log_arg = arg;
	return 0;
}

/*
 * Names of files are quoted in messages: keep them from driving a terminal or making a second line.  What does not fit is cut.
 */
static void copy_printable(char *to, size_t size, const char *from)
{
	for (; *from && size > sizeof("\\xff"); from++) {
		unsigned char c = (unsigned char)*from;
		bool control = c < ' ' || c == 0x7f;
		size_t len = (size_t)snprintf(to, size, control ? "\\x%02x" : "%c", c);

		to += len;
		size -= len;
	}
	*to = 0;
}

/* Takes the place of the last detail.  The old one stays readable until here: an argument may come from it. */
static int set_error(struct realm_ctx *ctx, int err, const char *where, const char *hint, const char *why,
		     const struct host_failure *host)
{
	struct realm_error *error = calloc(1, sizeof(*error));

	if (!error)
		return realm_fail_nomem(ctx);
	error->code = -err;
	error->has_where = where != NULL;
	error->has_hint = hint != NULL;
	copy_printable(error->where, sizeof(error->where), where ? where : "");
	copy_printable(error->why, sizeof(error->why), why);
	copy_printable(error->hint, sizeof(error->hint), hint ? hint : "");
	if (host)
		error->host = *host;
	/* Threads that use one realm may fail at the same time. */
	free(__atomic_exchange_n(&ctx->error, error, __ATOMIC_ACQ_REL));
	__atomic_store_n(&ctx->nomem, false, __ATOMIC_RELEASE);
	return -err;
}

int realm_fail(struct realm_ctx *ctx, int err, const char *where, const char *hint, const char *fmt, ...)
{
	char why[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	return set_error(ctx, err, where, hint, why, NULL);
}

int realm_fail_host(struct realm_ctx *ctx, int err, const struct host_failure *host, const char *hint, const char *fmt,
		    ...)
{
	char why[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	return set_error(ctx, err, host->step, hint, why, host);
}

int realm_fail_nomem(struct realm_ctx *ctx)
{
	__atomic_store_n(&ctx->nomem, true, __ATOMIC_RELEASE);
	return -ENOMEM;
}

void realm_log(struct realm_ctx *ctx, enum realm_log_level level, const char *where, const char *fmt, ...)
{
	char text[TEXT_SIZE], message[TEXT_SIZE], place[TEXT_SIZE];
	va_list args;

	if (!ctx->log)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	copy_printable(message, sizeof(message), text);
	copy_printable(place, sizeof(place), where ? where : "");
	ctx->log(ctx->log_arg, level, where ? place : NULL, message);
}

const struct realm_error *realm_ctx_last_error(const struct realm_ctx *ctx)
{
	if (!ctx)
		return NULL;
	return ctx->nomem ? &nomem : ctx->error;
}

int realm_error_code(const struct realm_error *error)
{
	return error ? error->code : 0;
}

const char *realm_error_where(const struct realm_error *error)
{
	return error && error->has_where ? error->where : NULL;
}

const char *realm_error_why(const struct realm_error *error)
{
	return error ? error->why : NULL;
}

const char *realm_error_hint(const struct realm_error *error)
{
	return error && error->has_hint ? error->hint : NULL;
}

const char *realm_error_step(const struct realm_error *error)
{
	return error ? error->host.step : NULL;
}

const char *realm_error_call(const struct realm_error *error)
{
	return error ? error->host.call : NULL;
}

int realm_error_errno(const struct realm_error *error)
{
	return error ? error->host.err : 0;
}

int realm_error_rmi(const struct realm_error *error, uint64_t *fidp, uint64_t *resultp)
{
	if (!error || !error->host.has_rmi)
		return 0;
	if (fidp)
		*fidp = error->host.fid;
	if (resultp)
		*resultp = error->host.result;
	return 1;
}

void realm_free(void *ptr)
{
	free(ptr);
}

int realm_copy_opts(void *known, size_t known_size, const void *user)
{
	const uint8_t *bytes = user;
	size_t size, i;

	if (!user)
		return 0;
	memcpy(&size, user, sizeof(size));
	if (size < sizeof(size))
		return -EINVAL;
	for (i = known_size; i < size; i++)
		if (bytes[i])
			return -E2BIG;
	memcpy(known, user, size < known_size ? size : known_size);
	return 0;
}

int realm_read_opts(struct realm_ctx *ctx, const char *name, void *known, size_t known_size, const void *user)
{
	int err = realm_copy_opts(known, known_size, user);

	if (!err)
		return 0;
	return realm_fail(ctx, -err, name, NULL,
			  err == -E2BIG ? "options of a newer library are set" : "sz is not set");
}

int realm_give(void *user, const void *known, size_t known_size)
{
	size_t size;

	if (!user)
		return -EINVAL;
	memcpy(&size, user, sizeof(size));
	if (size < sizeof(size))
		return -EINVAL;
	if (size > known_size)
		memset((uint8_t *)user + known_size, 0, size - known_size);
	memcpy(user, known, size < known_size ? size : known_size);
	memcpy(user, &size, sizeof(size));
	return 0;
}

/* ---- names ---- */

static const char *const family_names[] = {
	[REALM_FAMILY_RME_RFC] = "rme-rfc", [REALM_FAMILY_RME] = "rme",         [REALM_FAMILY_RMI_V12] = "rmi-v12",
	[REALM_FAMILY_RMI_V13] = "rmi-v13", [REALM_FAMILY_RMI_V14] = "rmi-v14", [REALM_FAMILY_RMI_V15] = "rmi-v15",
};

static const char *const profile_names[] = {
	[REALM_PROFILE_RMM_1_0] = "rmm-1.0",
	[REALM_PROFILE_RMM_2_0] = "rmm-2.0",
	[REALM_PROFILE_TF_RMM_2_0] = "tf-rmm-2.0",
};

static const char *const hash_names[] = {
	[REALM_HASH_SHA256] = "sha256",
	[REALM_HASH_SHA512] = "sha512",
	[REALM_HASH_SHA384] = "sha384",
};

static const char *name_of(const char *const *names, size_t count, unsigned int value)
{
	return value < count ? names[value] : NULL;
}

static int value_of(const char *const *names, size_t count, const char *name)
{
	size_t i;

	if (!name)
		return -EINVAL;
	for (i = 0; i < count; i++)
		if (names[i] && !strcmp(names[i], name))
			return (int)i;
	return -EINVAL;
}

const char *realm_hash_name(enum realm_hash hash)
{
	return name_of(hash_names, ARRAY_SIZE(hash_names), hash);
}

int realm_hash_from_name(const char *name, enum realm_hash *hashp)
{
	int value = value_of(hash_names, ARRAY_SIZE(hash_names), name);

	if (value < 0 || !hashp)
		return -EINVAL;
	*hashp = (enum realm_hash)value;
	return 0;
}

size_t realm_hash_size(enum realm_hash hash)
{
	switch (hash) {
	case REALM_HASH_SHA256:
		return 32;
	case REALM_HASH_SHA384:
		return 48;
	case REALM_HASH_SHA512:
		return 64;
	}
	return 0;
}

const char *realm_family_name(enum realm_family family)
{
	return name_of(family_names, ARRAY_SIZE(family_names), family);
}

int realm_family_from_name(const char *name, enum realm_family *familyp)
{
	int value = value_of(family_names, ARRAY_SIZE(family_names), name);

	if (value < 0 || !familyp)
		return -EINVAL;
	*familyp = (enum realm_family)value;
	return 0;
}

const char *realm_profile_name(enum realm_profile profile)
{
	return name_of(profile_names, ARRAY_SIZE(profile_names), profile);
}

int realm_profile_from_name(const char *name, enum realm_profile *profilep)
{
	int value = value_of(profile_names, ARRAY_SIZE(profile_names), name);

	if (value < 0 || !profilep)
		return -EINVAL;
	*profilep = (enum realm_profile)value;
	return 0;
}
