/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * corim-read.c - CoRIMs, down to the triples of their CoMIDs
 *
 *	[500 | 502] 18(COSE_Sign1 with payload: [501] map)	signed
 *	[500] 501(map)						not signed
 *	map: 1 tags: [506(bytes: CoMID) | bytes: 506(CoMID)]	the second is how tools before 2025 wrap them
 *
 * Keys may be in any order, and whatever has a length may have an indefinite one.
 */
#include <stdlib.h>
#include <time.h>

#include "corim.h"

static const struct cbor_limits limits = {
	.size = REALM_REFVALS_MAX, .depth = 24, .entries = REALM_REFVALS_MAX, .indefinite = true
};

static const struct {
	const char *uri;
	enum corim_kind kind;
} profiles[] = {
	{ CORIM_REALM_PROFILE, CORIM_REALM },
	{ "tag:arm.com,2025:endorsements/cca_realm#1.0.0", CORIM_REALM },
	{ CORIM_OLD_REALM_PROFILE, CORIM_OLD_REALM },
	{ "tag:arm.com,2025:cca_platform#1.0.0", CORIM_PLATFORM },
	{ "tag:arm.com,2025:endorsements/cca_platform#1.0.0", CORIM_PLATFORM },
	{ "tag:arm.com,2023:cca_platform#1.0.0", CORIM_PLATFORM },
	{ "http://arm.com/cca/ssd/1", CORIM_PLATFORM },
};

/* ---- documents ---- */

static int open_input(struct realm_ctx *ctx, const void *data, size_t len, struct cval *root, uint8_t **copyp)
{
	size_t joined;

	if (cbor_join(data, len, copyp, &joined))
		return realm_fail_nomem(ctx);
	return *copyp ? cval_open(ctx, "CoRIM", *copyp, joined, &limits, root)
		      : cval_open(ctx, "CoRIM", data, len, &limits, root);
}

/* One inside of a byte string; where it is joined, offsets are those in the copy. */
static int open_bytes(const struct cval *val, const char *doc, struct cval *root, uint8_t **copyp)
{
	struct realm_bytes bytes;
	size_t joined;
	int err = cval_bytes(val, &bytes);

	if (err)
		return err;
	if (cbor_join(bytes.data, bytes.len, copyp, &joined))
		return realm_fail_nomem(val->ctx);
	return *copyp ? cval_open(val->ctx, doc, *copyp, joined, &limits, root)
		      : cval_open_inside(val, doc, &limits, root);
}

/* ---- triples ---- */

static enum corim_kind kind_of_shape(const struct cval *env, const struct cval *list)
{
	struct cval class = cval_get(env, ENV_CLASS, NULL), id = cval_get(&class, CLASS_ID, NULL);
	struct cval instance = cval_get(env, ENV_INSTANCE, NULL), first = cval_item(list, 0, NULL);
	struct cval mkey = cval_get(&first, MEASUREMENT_KEY, NULL);
	struct realm_bytes text = { 0 };

	if (cval_tag(&id) == TAG_PSA_IMPL_ID)
		return CORIM_PLATFORM;
	if (cval_tag(&instance) == TAG_BYTES)
		return CORIM_OLD_REALM;
	if (cval_tag(&id) != TAG_BYTES || cval_type(&mkey) != CVAL_TEXT || cval_text(&mkey, &text))
		return CORIM_UNKNOWN;
	if (text.len > 5 && !memcmp(text.data, "cca.r", 5))
		return CORIM_REALM;
	return text.len > 4 && !memcmp(text.data, "cca.", 4) ? CORIM_PLATFORM : CORIM_UNKNOWN;
}

/* An environment, and measurements or keys; a third item would be conditions. */
static int open_triple(const struct cval *triple, struct cval *env, struct cval *list)
{
	size_t count;
	int err = cval_array(triple, &count);

	if (!err && count != 2)
		err = cval_fail(triple, EBADMSG, NULL, "is %zu values, not an environment and a list", count);
	if (err)
		return err;
	*env = cval_item(triple, 0, "environment");
	*list = cval_item(triple, 1, triple->name);
	err = cval_map(env);
	if (!err)
		err = cval_array(list, &count);
	if (!err && !count)
		err = cval_fail(list, EBADMSG, NULL, "is an empty list");
	return err;
}

static int ignore(struct corim_reader *reader, enum corim_ignored kind)
{
	reader->ignored[kind]++;
	return 0;
}

static void tell_ignored(const struct corim_reader *reader)
{
	static const char *const texts[IGNORED_KINDS] = {
		[IGNORED_TAGS] = "tags that are no CoMIDs",
		[IGNORED_TRIPLES] = "kinds of triples that are neither reference values nor attestation keys",
		[IGNORED_ENVIRONMENTS] = "environments that are neither realms nor CCA platforms",
		[IGNORED_KEYS] = "attestation keys that are no platform's, or have another form than PEM",
	};
	size_t i;

	for (i = 0; i < IGNORED_KINDS; i++)
		if (reader->ignored[i])
			realm_log(reader->refvals->ctx, REALM_LOG_NOTE, "CoRIM", "ignored: %s (%zu)", texts[i],
				  reader->ignored[i]);
}

static int read_reference(struct corim_reader *reader, const struct cval *triple)
{
	enum corim_kind kind = reader->kind;
	struct cval env, list;
	int err = open_triple(triple, &env, &list);

	if (err)
		return err;
	if (kind == CORIM_UNKNOWN)
		kind = kind_of_shape(&env, &list);
	switch (kind) {
	case CORIM_REALM:
		return corim_read_realm(reader, &env, &list);
	case CORIM_OLD_REALM:
		return corim_read_old_realm(reader, &env, &list);
	case CORIM_PLATFORM:
		return corim_read_platform(reader, &env, &list);
	case CORIM_UNKNOWN:
		break;
	}
	return ignore(reader, IGNORED_ENVIRONMENTS);
}

static int read_attest_key(struct corim_reader *reader, const struct cval *triple)
{
	struct cval env, list, instance;
	int err = open_triple(triple, &env, &list);

	if (err)
		return err;
	instance = cval_get(&env, ENV_INSTANCE, "instance");
	if (reader->kind != CORIM_PLATFORM && cval_tag(&instance) != TAG_UEID)
		return ignore(reader, IGNORED_KEYS);
	return corim_read_keys(reader, &env, &list);
}

/* ---- CoMID ---- */

static int read_triples(struct corim_reader *reader, const struct cval *key, const struct cval *triples)
{
	struct cval list = *triples, index, triple;
	struct cval_iter it = { 0 };
	int64_t number = -1;
	size_t count;
	int err = cval_int(key, INT64_MIN, INT64_MAX, &number);

	if (!err && number != TRIPLES_REFERENCE && number != TRIPLES_ATTEST_KEY)
		return ignore(reader, IGNORED_TRIPLES);
	list.name = number == TRIPLES_REFERENCE ? "reference triples" : "attestation key triples";
	if (!err)
		err = cval_array(&list, &count);
	while (!err && cval_next(&list, &it, &index, &triple))
		err = number == TRIPLES_REFERENCE ? read_reference(reader, &triple) : read_attest_key(reader, &triple);
	return err;
}

static int read_comid(struct corim_reader *reader, const struct cval *comid)
{
	struct cval identity = cval_get(comid, COMID_IDENTITY, "tag identity");
	struct cval id = cval_get(&identity, IDENTITY_ID, "tag id");
	struct cval all = cval_get(comid, COMID_TRIPLES, "triples"), key, triples;
	struct cval_iter it = { 0 };
	int err = cval_map(comid);

	if (!err && !id.at)
		err = cval_fail(&id, EBADMSG, NULL, "is missing");
	if (!err)
		err = cval_map(&all);
	while (!err && cval_next(&all, &it, &key, &triples))
		err = read_triples(reader, &key, &triples);
	return err;
}

static int read_tag(struct corim_reader *reader, const struct cval *tag)
{
	bool inside = cval_type(tag) == CVAL_BYTES;
	struct cval wrapped = inside ? *tag : cval_untag(tag, TAG_COMID), comid;
	uint8_t *copy = NULL;
	int err;

	if (!wrapped.at)
		return ignore(reader, IGNORED_TAGS);
	err = open_bytes(&wrapped, "CoMID", &comid, &copy);
	if (!err && inside)
		comid = cval_untag(&comid, TAG_COMID);
	if (!err)
		err = comid.at ? read_comid(reader, &comid) : ignore(reader, IGNORED_TAGS);
	free(copy);
	return err;
}

/* ---- CoRIM ---- */

static enum corim_kind kind_of_profile(const struct cval *profile)
{
	struct cval uri = cval_tag(profile) == TAG_URI ? cval_untag(profile, TAG_URI) : *profile;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(profiles); i++)
		if (corim_text_is(&uri, profiles[i].uri))
			return profiles[i].kind;
	return CORIM_UNKNOWN;
}

/* A URI or an OID; in older files without a tag, or several in an array, of which the first known one counts. */
static void read_profile(struct corim_reader *reader, const struct cval *profile)
{
	struct cval_iter it = { 0 };
	struct cval index, item;

	if (cval_type(profile) != CVAL_ARRAY)
		reader->kind = kind_of_profile(profile);
	else
		while (reader->kind == CORIM_UNKNOWN && cval_next(profile, &it, &index, &item))
			reader->kind = kind_of_profile(&item);
	if (profile->at && reader->kind == CORIM_UNKNOWN)
		realm_log(reader->refvals->ctx, REALM_LOG_NOTE, "CoRIM",
			  "the profile is none of CCA that is known; taken by what environments look like");
}

/* In seconds since 1970, whole or not */
static int read_time(const struct cval *val, double *secondsp)
{
	struct cval inner = cval_untag(val, TAG_TIME);
	int64_t seconds = 0;
	int err;

	if (cval_type(&inner) == CVAL_FLOAT) {
		*secondsp = cval_float(&inner);
		return 0;
	}
	if (!inner.at)
		return cval_fail(val, EBADMSG, NULL, "is no time, which has tag %d", TAG_TIME);
	err = cval_int(&inner, INT64_MIN, INT64_MAX, &seconds);
	*secondsp = (double)seconds;
	return err;
}

/* Values may be of use before and after it: whoever reads them decides, but is told.  what: whose it is */
static int judge_validity(const struct cval *validity, const char *what)
{
	struct cval first = cval_get(validity, VALIDITY_FROM, "validity");
	struct cval last = cval_get(validity, VALIDITY_TO, "validity");
	double now = (double)time(NULL), from = now, to = now;
	int err = validity->at ? cval_map(validity) : 0;

	if (!err && first.at)
		err = read_time(&first, &from);
	if (!err && last.at)
		err = read_time(&last, &to);
	if (!err && !(from <= now))
		realm_log(validity->ctx, REALM_LOG_WARNING, "CoRIM", "%s has not begun", what);
	else if (!err && !(now <= to))
		realm_log(validity->ctx, REALM_LOG_WARNING, "CoRIM", "%s is over", what);
	return err;
}

static int read_map(struct realm_refvals *refvals, const struct cval *map)
{
	struct corim_reader reader = { .refvals = refvals, .first_platform = refvals->num_platforms };
	size_t before = refvals->num_realms + refvals->num_platforms + refvals->num_keys, count;
	struct cval id = cval_get(map, CORIM_ID, "id"), tags = cval_get(map, CORIM_TAGS, "tags");
	struct cval profile = cval_get(map, CORIM_PROFILE, "profile"), index, tag;
	struct cval validity = cval_get(map, CORIM_VALIDITY, "validity");
	struct cval_iter it = { 0 };
	int err = cval_map(map);

	if (!err && !id.at)
		err = cval_fail(&id, EBADMSG, NULL, "is missing");
	if (!err)
		err = judge_validity(&validity, "its validity");
	if (!err)
		err = cval_array(&tags, &count);
	read_profile(&reader, &profile);
	while (!err && cval_next(&tags, &it, &index, &tag))
		err = read_tag(&reader, &tag);
	tell_ignored(&reader);
	if (!err && refvals->num_realms + refvals->num_platforms + refvals->num_keys == before)
		err = cval_fail(&tags, EBADMSG, NULL, "have no values of realms or of CCA platforms");
	return err;
}

static void strip_old_tags(struct cval *val)
{
	while (cval_tag(val) == TAG_CORIM_OLD || cval_tag(val) == TAG_SIGNED_OLD)
		*val = cval_untag(val, cval_tag(val));
}

static int open_sign1(const struct cval *root, struct cose_sign1 *sign1)
{
	struct cval type;
	int err = cose_parse(root, &limits, sign1);

	if (err)
		return err;
	type = cval_get(&sign1->headers, HEADER_CONTENT_TYPE, "content type");
	if (corim_text_is(&type, CORIM_CONTENT_TYPE) || corim_text_is(&type, "application/corim-unsigned+cbor"))
		return 0;
	return cval_fail(&type, EBADMSG, NULL, "is not " CORIM_CONTENT_TYPE ": what is signed is no CoRIM");
}

int corim_open_signed(struct realm_ctx *ctx, const void *data, size_t len, struct cose_sign1 *sign1, uint8_t **copyp)
{
	struct cval root;
	int err = open_input(ctx, data, len, &root, copyp);

	if (err)
		return err;
	strip_old_tags(&root);
	if (cval_tag(&root) != COSE_TAG_SIGN1)
		return cval_fail(&root, EBADMSG, NULL, "is no signed CoRIM, which has tag %d", COSE_TAG_SIGN1);
	return open_sign1(&root, sign1);
}

static int read_meta(const struct cose_sign1 *sign1)
{
	struct cval val = cval_get(&sign1->headers, HEADER_META, "meta"), meta, validity;
	uint8_t *copy = NULL;
	int err = val.at ? open_bytes(&val, "meta", &meta, &copy) : 0;

	if (!err && val.at) {
		validity = cval_get(&meta, META_VALIDITY, "validity");
		err = judge_validity(&validity, "the validity of its signature");
	}
	free(copy);
	return err;
}

/* The payload is what would stand alone; tools before 2025 leave out its tag. */
static int read_signed(struct realm_refvals *refvals, const struct cval *root)
{
	struct cose_sign1 sign1;
	uint8_t *copy = NULL;
	struct cval payload;
	int err = open_sign1(root, &sign1);

	if (!err)
		err = read_meta(&sign1);
	if (!err)
		err = open_bytes(&sign1.payload_val, "CoRIM", &payload, &copy);
	if (!err && cval_tag(&payload) == TAG_CORIM)
		payload = cval_untag(&payload, TAG_CORIM);
	if (!err)
		err = read_map(refvals, &payload);
	refvals->from_signed = refvals->from_signed || !err;
	free(copy);
	return err;
}

int corim_read(struct realm_refvals *refvals, const void *data, size_t len)
{
	uint8_t *copy = NULL;
	struct cval root, map;
	int err = open_input(refvals->ctx, data, len, &root, &copy);

	if (err) {
		free(copy);
		return err;
	}
	strip_old_tags(&root);
	map = cval_untag(&root, TAG_CORIM);
	if (cval_tag(&root) == COSE_TAG_SIGN1)
		err = read_signed(refvals, &root);
	else if (map.at)
		err = read_map(refvals, &map);
	else
		err = cval_fail(&root, EBADMSG, NULL, "is no CoRIM, which has tag %d, or %d when signed", TAG_CORIM,
				COSE_TAG_SIGN1);
	free(copy);
	return err;
}
