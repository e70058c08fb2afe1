/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.c - CCA attestation tokens: their forms, their life, what they say
 *
 * Source: draft-ffm-rats-cca-token-04 (collections), draft-ietf-rats-msg-wrap (CMW records), RFC 9781 (unsigned claims)
 */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "token.h"

#define TAG_LEGACY 399
#define TAG_CMW 907
#define TAG_UCCS 601
/* CoAP content formats */
#define FORMAT_EAT_CWT 263
#define FORMAT_EAT_UCS 267

static const struct {
	int64_t key;         /* in the collection */
	const char *name;    /* its entry, in messages */
	const char *doc;     /* what is in it */
} part_names[] = {
	{ 44234, "platform token (44234)", "platform token" },
	{ 44241, "realm token (44241)", "realm token" },
};

/* ---- one part ---- */

/* The payload is the map of claims. */
static int open_signed(struct token_part *part, const struct cval *root, const char *doc)
{
	int err = cose_parse(root, &token_limits, &part->sign1);

	if (!err)
		err = cval_open_inside(&part->sign1.payload_val, doc, &token_limits, &part->claims);
	if (!err)
		part->is_signed = true;
	return err;
}

/* Direct mode: claims without a signature, in the tag for that or bare. */
static int open_unsigned(struct token_part *part, const struct cval *root)
{
	part->claims = cval_tag(root) == TAG_UCCS ? cval_untag(root, TAG_UCCS) : *root;
	if (cval_type(&part->claims) == CVAL_MAP)
		return 0;
	return cval_fail(root, EBADMSG, NULL, "is neither a COSE_Sign1 with tag 18 nor a map of claims");
}

/* What a byte string of the collection holds. */
static int open_part(struct realm_token *token, enum realm_token_part which, const struct cval *bytes)
{
	const char *doc = part_names[which - 1].doc;
	struct token_part *part = &token->parts[which - 1];
	struct cval root;
	int err = cval_bytes(bytes, &part->content);

	if (!err)
		err = cval_open_inside(bytes, doc, &token_limits, &root);
	if (err)
		return err;
	part->present = true;
	if (cval_tag(&root) == COSE_TAG_SIGN1)
		return open_signed(part, &root, doc);
	if (which == REALM_TOKEN_REALM)
		return open_unsigned(part, &root);
	return cval_fail(&root, EBADMSG, NULL, "is no COSE_Sign1 with tag 18");
}

static int read_part(struct realm_token *token, enum realm_token_part which)
{
	return which == REALM_TOKEN_PLATFORM ? token_read_platform(token) : token_read_realm(token);
}

/* ---- collections ---- */

/* [content format, byte string], and perhaps an indicator, which says nothing that the keys do not say */
static int open_record(const struct cval *record, struct cval *bytes, int64_t *formatp)
{
	struct cval format = cval_item(record, 0, record->name);
	size_t count;
	int err = cval_array(record, &count);

	if (!err && count != 2 && count != 3)
		err = cval_fail(record, EBADMSG, NULL, "has %zu entries, a CMW record has 2 or 3", count);
	if (!err)
		err = cval_int(&format, INT64_MIN, INT64_MAX, formatp);
	if (!err && *formatp != FORMAT_EAT_CWT && *formatp != FORMAT_EAT_UCS)
		err = cval_fail(&format, EBADMSG, NULL, "is of content format %lld, not %d", (long long)*formatp,
				FORMAT_EAT_CWT);
	*bytes = cval_item(record, 1, record->name);
	return err;
}

static int open_entry(struct realm_token *token, enum realm_token_part which, const struct cval *collection)
{
	struct cval entry = cval_get(collection, part_names[which - 1].key, part_names[which - 1].name);
	struct cval bytes = entry;
	int64_t format = FORMAT_EAT_CWT;
	int err = 0;

	if (token->form == REALM_TOKEN_CMW)
		err = open_record(&entry, &bytes, &format);
	if (!err)
		err = open_part(token, which, &bytes);
	if (!err && format == FORMAT_EAT_UCS && token_part(token, which)->is_signed)
		err = cval_fail(&entry, EBADMSG, NULL, "is signed, but of a content format for unsigned claims");
	if (!err)
		err = read_part(token, which);
	return err;
}

/* The platform's profile says whether the realm's claims are signed. */
static int check_mode(const struct realm_token *token)
{
	const struct token_part *platform = token_part(token, REALM_TOKEN_PLATFORM);
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);

	if (!platform->profile.known || platform->profile.direct != realm->is_signed)
		return 0;
	return cval_fail(&realm->claims, EBADMSG, NULL, "%s", realm->is_signed ?
			 "is signed, but the platform's profile is one of direct mode" :
			 "is not signed, but the platform's profile is none of direct mode");
}

static int open_collection(struct realm_token *token, const struct cval *root, enum realm_token_form form)
{
	struct cval collection = cval_untag(root, form == REALM_TOKEN_CMW ? TAG_CMW : TAG_LEGACY);
	int err = cval_map(&collection);

	token->form = form;
	if (!err)
		err = open_entry(token, REALM_TOKEN_PLATFORM, &collection);
	if (!err)
		err = open_entry(token, REALM_TOKEN_REALM, &collection);
	if (!err)
		err = check_mode(token);
	return err;
}

/* ---- a part alone ---- */

/* A claim that one part must have and the other knows nothing of. */
#define RIM_CLAIM 44238
#define IMPLEMENTATION_CLAIM 2396

static bool has_claim(const struct cval *claims, int64_t key)
{
	struct cval val = cval_get(claims, key, NULL);

	return val.at != NULL;
}

static int open_alone(struct realm_token *token, const struct cval *root)
{
	struct token_part part = { .present = true, .content = { token->data, token->len } };
	enum realm_token_part which = REALM_TOKEN_PLATFORM;
	int err = open_signed(&part, root, "token");

	if (err)
		return err;
	if (has_claim(&part.claims, RIM_CLAIM))
		which = REALM_TOKEN_REALM;
	else if (!has_claim(&part.claims, IMPLEMENTATION_CLAIM))
		return cval_fail(&part.claims, EBADMSG, NULL, "has the claims of neither a platform nor a realm");
	part.claims.doc = part_names[which - 1].doc;
	token->parts[which - 1] = part;
	token->form = which == REALM_TOKEN_PLATFORM ? REALM_TOKEN_PLATFORM_ONLY : REALM_TOKEN_REALM_ONLY;
	return read_part(token, which);
}

/* ---- the whole ---- */

#define MAJOR_TAG 6
#define TOKEN_HINT "a CCA token is binary and starts with tag 399 or 907"

/* Base64, hex and JSON are the usual mistakes. */
static int check_start(const struct realm_token *token)
{
	if (!token->len || token->data[0] >> 5 == MAJOR_TAG)
		return 0;
	return realm_fail(token->ctx, EBADMSG, "token at byte 0", TOKEN_HINT,
			  "is no CCA token: it starts with 0x%02x, which is no tag", token->data[0]);
}

static int open_token(struct realm_token *token)
{
	struct cval root;
	int err = check_start(token);

	if (!err)
		err = cval_open(token->ctx, "token", token->data, token->len, &token_limits, &root);
	if (err)
		return err;
	switch (cval_tag(&root)) {
	case TAG_LEGACY:
		return open_collection(token, &root, REALM_TOKEN_LEGACY);
	case TAG_CMW:
		return open_collection(token, &root, REALM_TOKEN_CMW);
	case COSE_TAG_SIGN1:
		return open_alone(token, &root);
	}
	return cval_fail(&root, EBADMSG, TOKEN_HINT, "is no CCA token: it has tag %llu",
			 (unsigned long long)cval_tag(&root));
}

/* Takes the bytes, whatever comes out. */
static int token_new(struct realm_ctx *ctx, uint8_t *data, size_t len, struct realm_token **tokenp)
{
	struct realm_token *token = calloc(1, sizeof(*token));
	int err;

	if (!token) {
		free(data);
		return realm_fail_nomem(ctx);
	}
	token->ctx = ctx;
	token->data = data;
	token->len = len;
	token->texts = malloc(len ? len : 1);
	err = token->texts ? open_token(token) : realm_fail_nomem(ctx);
	if (err)
		realm_token_free(token);
	else
		*tokenp = token;
	return err;
}

int realm_token_parse(struct realm_ctx *ctx, const void *data, size_t len, struct realm_token **tokenp)
{
	uint8_t *copy;

	if (!ctx || (!data && len) || !tokenp)
		return -EINVAL;
	if (len > REALM_TOKEN_MAX)
		return realm_fail(ctx, EINVAL, "token", NULL, "has more than %d bytes", REALM_TOKEN_MAX);
	copy = malloc(len ? len : 1);
	if (!copy)
		return realm_fail_nomem(ctx);
	if (len)
		memcpy(copy, data, len);
	return token_new(ctx, copy, len, tokenp);
}

int realm_token_read(struct realm_ctx *ctx, const char *path, struct realm_token **tokenp)
{
	uint8_t *data;
	size_t len;
	int err;

	if (!ctx || !path || !tokenp)
		return -EINVAL;
	err = file_read_all(ctx, path, REALM_TOKEN_MAX, &data, &len);
	if (err)
		return err;
	err = token_new(ctx, data, len, tokenp);
	return err ? jval_fail_in(ctx, path, err) : 0;
}

void realm_token_free(struct realm_token *token)
{
	if (!token)
		return;
	free(token->components);
	free(token->texts);
	free(token->data);
	free(token);
}

/* ---- getters ---- */

enum realm_token_form realm_token_form(const struct realm_token *token)
{
	return token ? token->form : REALM_TOKEN_NONE;
}

int realm_token_platform(const struct realm_token *token, struct realm_platform_claims *claims)
{
	if (!token || !claims)
		return -EINVAL;
	if (!token_part(token, REALM_TOKEN_PLATFORM)->present)
		return -ENOENT;
	return realm_give(claims, &token->platform, sizeof(token->platform));
}

int realm_token_component(const struct realm_token *token, size_t index, struct realm_component *component)
{
	if (!token || index >= token->platform.num_components)
		return -EINVAL;
	return realm_give(component, &token->components[index], sizeof(token->components[index]));
}

int realm_token_realm(const struct realm_token *token, struct realm_realm_claims *claims)
{
	if (!token || !claims)
		return -EINVAL;
	if (!token_part(token, REALM_TOKEN_REALM)->present)
		return -ENOENT;
	return realm_give(claims, &token->realm, sizeof(token->realm));
}

int realm_token_claim(const struct realm_token *token, enum realm_token_part part, int64_t key,
		      struct realm_bytes *encoded)
{
	struct cval val;

	if (!token || (part != REALM_TOKEN_PLATFORM && part != REALM_TOKEN_REALM) || !encoded)
		return -EINVAL;
	val = cval_get(&token_part(token, part)->claims, key, NULL);
	if (!val.at)
		return -ENOENT;
	*encoded = cval_encoded(&val);
	return 0;
}
