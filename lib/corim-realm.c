/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * corim-realm.c - reference triples of realms, in the profile of 2025 and in the older form
 *
 *	2025:	class id 560(RIM)	"cca.rim", "cca.rem0".."cca.rem3": digests; "cca.rpv": raw value
 *	older:	instance 560(RIM)	no key: raw value (RPV), integrity registers "rim", "rem0".."rem3"
 */
#include "corim.h"

/* Bits are numbered as in corim_mkeys: 0 is the RIM's, 1 to 4 are those of REMs. */
#define RPV_BIT (REALM_REMS + 1)

/* What both forms start with: the RIM that names the environment, and a model that may name it to people */
static struct ref_realm *start_realm(struct corim_reader *reader, const struct cval *env, const struct cval *id,
				     int *errp)
{
	struct ref_realm *realm = refvals_new_realm(reader->refvals);
	struct cval class = cval_get(env, ENV_CLASS, "class"), model = cval_get(&class, CLASS_MODEL, "model");
	struct realm_bytes rim;
	const char *name = NULL;

	*errp = realm ? corim_tagged_bytes(id, TAG_BYTES, &rim) : -ENOMEM;
	if (!*errp && !digest_alg_from_size(rim.len))
		*errp = cval_fail(id, EBADMSG, "a RIM has 32, 48 or 64 bytes", "has %zu bytes", rim.len);
	if (!*errp)
		digest_set(&realm->rim, rim.data, rim.len);
	if (!*errp && model.at)
		*errp = corim_copy_text(reader->refvals, &model, &name);
	if (!*errp && name)
		realm->name = (char *)(uintptr_t)name;
	return realm;
}

/* A digest of the RIM or a REM; that of the RIM must be the one of the environment. */
static int read_digest(struct ref_realm *realm, const struct cval *digests, size_t bit)
{
	struct digest digest;
	int err = corim_digest_of_size(digests, realm->rim.len, &digest);

	if (err)
		return err;
	if (bit)
		realm->rems[bit - 1] = digest;
	else if (!digest_same(&digest, &realm->rim))
		err = cval_fail(digests, EBADMSG, "one of the two is of another realm",
				"is not the RIM that the environment names");
	return err;
}

/* RPVs have 64 bytes; samples of others have fewer, as those who start realms give them: zeros follow. */
static int read_rpv(struct corim_reader *reader, struct ref_realm *realm, const struct cval *raw)
{
	struct realm_bytes rpv;
	int err = corim_tagged_bytes(raw, TAG_BYTES, &rpv);

	if (err)
		return err;
	if (!rpv.len || rpv.len > REALM_RPV_SIZE)
		return cval_fail(raw, EBADMSG, "an RPV has 64 bytes", "has %zu bytes", rpv.len);
	if (rpv.len < REALM_RPV_SIZE)
		realm_log(reader->refvals->ctx, REALM_LOG_NOTE, raw->name, "has %zu bytes; taken with zeros after them",
			  rpv.len);
	rpv_set(&realm->rpv, rpv.data, rpv.len);
	return 0;
}

/* ---- the profile of 2025 ---- */

static int find_mkey(const struct cval *mkey, size_t *bitp)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(corim_mkeys); i++)
		if (corim_text_is(mkey, corim_mkeys[i])) {
			*bitp = i;
			return 0;
		}
	return cval_fail(mkey, EBADMSG, "realms have cca.rim, cca.rem0 to cca.rem3 and cca.rpv",
			 "is none of the profile");
}

static int read_measurement(struct corim_reader *reader, struct ref_realm *realm, const struct cval *measurement,
			    unsigned int *seen)
{
	static const int64_t keys[] = { MEASUREMENT_KEY, MEASUREMENT_VALUE };
	struct cval mkey = cval_get(measurement, MEASUREMENT_KEY, "measurement key");
	struct cval mval = cval_get(measurement, MEASUREMENT_VALUE, "measurement value"), field;
	int64_t only;
	size_t bit = 0;
	int err = corim_only_keys(measurement, keys, ARRAY_SIZE(keys));

	if (!err)
		err = find_mkey(&mkey, &bit);
	if (!err && *seen & 1u << bit)
		err = cval_fail(&mkey, EBADMSG, NULL, "is there twice: %s", corim_mkeys[bit]);
	if (err)
		return err;
	*seen |= 1u << bit;
	only = bit == RPV_BIT ? MVAL_RAW_VALUE : MVAL_DIGESTS;
	mval.name = corim_mkeys[bit];
	err = corim_only_keys(&mval, &only, 1);
	if (err)
		return err;
	field = cval_get(&mval, only, corim_mkeys[bit]);
	return bit == RPV_BIT ? read_rpv(reader, realm, &field) : read_digest(realm, &field, bit);
}

int corim_read_realm(struct corim_reader *reader, const struct cval *env, const struct cval *list)
{
	static const int64_t only_class = ENV_CLASS;
	struct cval class = cval_get(env, ENV_CLASS, "class"), id = cval_get(&class, CLASS_ID, "class id");
	struct cval_iter it = { 0 };
	struct cval key, measurement;
	struct ref_realm *realm;
	unsigned int seen = 0;
	int err = corim_only_keys(env, &only_class, 1);

	if (err)
		return err;
	realm = start_realm(reader, env, &id, &err);
	while (!err && cval_next(list, &it, &key, &measurement))
		err = read_measurement(reader, realm, &measurement, &seen);
	if (!err && !(seen & 1))
		err = cval_fail(list, EBADMSG, NULL, "have no cca.rim");
	return err;
}

/* ---- the older form ---- */

static int read_register(struct ref_realm *realm, const struct cval *key, const struct cval *digests)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(old_registers); i++)
		if (corim_text_is(key, old_registers[i])) {
			struct cval named = *digests;

			named.name = old_registers[i];
			if (i && realm->rems[i - 1].len)
				return cval_fail(&named, EBADMSG, NULL, "is there twice");
			return read_digest(realm, &named, i);
		}
	return cval_fail(key, EBADMSG, "realms have rim and rem0 to rem3", "is no register of realms");
}

static int read_old_value(struct corim_reader *reader, struct ref_realm *realm, const struct cval *mval)
{
	static const int64_t keys[] = { MVAL_RAW_VALUE, MVAL_REGISTERS };
	struct cval raw = cval_get(mval, MVAL_RAW_VALUE, "RPV");
	struct cval regs = cval_get(mval, MVAL_REGISTERS, "integrity registers");
	struct cval_iter it = { 0 };
	struct cval key, digests;
	int err = corim_only_keys(mval, keys, ARRAY_SIZE(keys));

	if (!err && raw.at && realm->rpv.len)
		err = cval_fail(&raw, EBADMSG, NULL, "is there twice");
	if (!err && raw.at)
		err = read_rpv(reader, realm, &raw);
	if (!err && regs.at)
		err = cval_map(&regs);
	while (!err && cval_next(&regs, &it, &key, &digests))
		err = read_register(realm, &key, &digests);
	return err;
}

int corim_read_old_realm(struct corim_reader *reader, const struct cval *env, const struct cval *list)
{
	struct cval instance = cval_get(env, ENV_INSTANCE, "instance");
	struct cval_iter it = { 0 };
	struct cval key, measurement;
	int err;
	struct ref_realm *realm = start_realm(reader, env, &instance, &err);

	while (!err && cval_next(list, &it, &key, &measurement)) {
		struct cval mval = cval_get(&measurement, MEASUREMENT_VALUE, "measurement value");

		err = read_old_value(reader, realm, &mval);
	}
	return err;
}
