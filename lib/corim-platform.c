/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * corim-platform.c - reference and key triples of platforms, in the profile of 2025 and in the older form
 *
 *		2025				older
 *	class id	560(implementation id)		600(implementation id)
 *	component	"cca.software-component":	601({1 label, 4 version, 5 signer}):
 *			digests, name, version, signer	digests
 *	configuration	"cca.platform-config":		602(name):
 *			563([value, mask]), or 560(value) with the mask in a field of its own
 *
 * The class id does not decide on the form of the rest: files in use mix them.
 */
#include "corim.h"

static const char component_name[] = "cca.software-component";
static const char config_name[] = "cca.platform-config";

static int read_implementation_id(const struct cval *env, struct realm_bytes *id)
{
	struct cval class = cval_get(env, ENV_CLASS, "class"), val = cval_get(&class, CLASS_ID, "class id");
	int err = corim_tagged_bytes(&val, cval_tag(&val) == TAG_PSA_IMPL_ID ? TAG_PSA_IMPL_ID : TAG_BYTES, id);

	if (!err && id->len != IMPLEMENTATION_ID_SIZE)
		err = cval_fail(&val, EBADMSG, "an implementation id has 32 bytes", "has %zu bytes", id->len);
	return err;
}

/* More than any file has: they are looked through for each triple. */
#define PLATFORMS_MAX 4096

/* Triples of one file for one implementation id are one platform. */
static struct ref_platform *platform_of(struct corim_reader *reader, const struct cval *env,
					const struct realm_bytes *id, int *errp)
{
	struct realm_refvals *refvals = reader->refvals;
	struct ref_platform *platform;
	size_t i;

	for (i = reader->first_platform; i < refvals->num_platforms; i++)
		if (!memcmp(refvals->platforms[i].implementation_id, id->data, id->len))
			return &refvals->platforms[i];
	if (refvals->num_platforms - reader->first_platform == PLATFORMS_MAX) {
		*errp = cval_fail(env, EBADMSG, NULL, "is that of one platform more than %d", PLATFORMS_MAX);
		return NULL;
	}
	platform = refvals_new_platform(refvals);
	*errp = platform ? 0 : -ENOMEM;
	if (platform)
		memcpy(platform->implementation_id, id->data, id->len);
	return platform;
}

/* ---- components ---- */

/* What a component's digests have in common, as it stands in the file. */
struct component {
	struct cval digests, name, version, signer;
};

static int copy_optional(struct realm_refvals *refvals, const struct cval *text, const char **copyp)
{
	return text->at ? corim_copy_text(refvals, text, copyp) : 0;
}

static int add_component(struct realm_refvals *refvals, struct ref_platform *platform, const struct component *parts,
			 const struct cval *entry)
{
	const struct digest_alg *alg;
	struct realm_bytes value, signer;
	struct realm_component *component;
	int err = corim_digest_entry(entry, &alg, &value);

	if (!err)
		err = cval_bytes(&parts->signer, &signer);
	if (!err && !signer.len)
		err = cval_fail(&parts->signer, EBADMSG, NULL, "is empty");
	if (err)
		return err;
	component = refvals_new_component(refvals, platform);
	if (!component)
		return -ENOMEM;
	component->hash_name = alg->name;
	err = refvals_copy_bytes(refvals, value.data, value.len, &component->measurement);
	if (!err)
		err = refvals_copy_bytes(refvals, signer.data, signer.len, &component->signer);
	if (!err)
		err = copy_optional(refvals, &parts->name, &component->name);
	return err ? err : copy_optional(refvals, &parts->version, &component->version);
}

/* Each digest is a value that the component may have. */
static int add_components(struct realm_refvals *refvals, struct ref_platform *platform, const struct component *parts)
{
	struct cval_iter it = { 0 };
	struct cval key, entry;
	size_t count;
	int err = cval_array(&parts->digests, &count);

	if (!err && !count)
		err = cval_fail(&parts->digests, EBADMSG, NULL, "are none");
	while (!err && cval_next(&parts->digests, &it, &key, &entry))
		err = add_component(refvals, platform, parts, &entry);
	return err;
}

static int read_component(struct realm_refvals *refvals, struct ref_platform *platform, const struct cval *mval)
{
	static const int64_t keys[] = { MVAL_VERSION, MVAL_DIGESTS, MVAL_NAME, MVAL_KEYS };
	struct cval version = cval_get(mval, MVAL_VERSION, "version"), signers = cval_get(mval, MVAL_KEYS, "signer");
	struct cval signer = cval_item(&signers, 0, "signer");
	struct component parts = {
		.digests = cval_get(mval, MVAL_DIGESTS, "digests"),
		.name = cval_get(mval, MVAL_NAME, "name"),
		.version = cval_get(&version, 0, "version"),
		.signer = cval_untag(&signer, TAG_BYTES),
	};
	size_t count;
	int err = corim_only_keys(mval, keys, ARRAY_SIZE(keys));

	if (!err)
		err = cval_array(&signers, &count);
	if (!err && count != 1)
		err = cval_fail(&signers, EBADMSG, NULL, "has %zu values instead of 1", count);
	if (!err && version.at)
		err = cval_map(&version);
	return err ? err : add_components(refvals, platform, &parts);
}

static int read_old_component(struct realm_refvals *refvals, struct ref_platform *platform, const struct cval *mkey,
			      const struct cval *mval)
{
	static const int64_t keys[] = { MVAL_DIGESTS };
	struct cval id = cval_untag(mkey, TAG_PSA_REFVAL_ID);
	struct component parts = {
		.digests = cval_get(mval, MVAL_DIGESTS, "digests"),
		.name = cval_get(&id, 1, "label"),
		.version = cval_get(&id, 4, "version"),
		.signer = cval_get(&id, 5, "signer"),
	};
	int err = corim_only_keys(mval, keys, ARRAY_SIZE(keys));

	return err ? err : add_components(refvals, platform, &parts);
}

/* ---- configuration ---- */

static int read_mask(const struct cval *mval, const struct cval *raw, struct realm_bytes *value,
		     struct realm_bytes *mask)
{
	struct cval field = cval_get(mval, MVAL_RAW_MASK, "configuration mask");
	struct cval pair = cval_untag(raw, TAG_MASKED);
	struct cval first = cval_item(&pair, 0, raw->name), second = cval_item(&pair, 1, "configuration mask");
	int err;

	if (!pair.at) {
		err = corim_tagged_bytes(raw, TAG_BYTES, value);
		return err || !field.at ? err : cval_bytes(&field, mask);
	}
	if (field.at || cval_count(&pair) != 2)
		return cval_fail(raw, EBADMSG, NULL, "is not one value and one mask");
	err = cval_bytes(&first, value);
	return err ? err : cval_bytes(&second, mask);
}

static int read_config(struct realm_refvals *refvals, struct ref_platform *platform, const struct cval *mval)
{
	static const int64_t keys[] = { MVAL_RAW_VALUE, MVAL_RAW_MASK };
	struct cval raw = cval_get(mval, MVAL_RAW_VALUE, "configuration");
	struct realm_bytes value = { 0 }, mask = { 0 };
	int err = corim_only_keys(mval, keys, ARRAY_SIZE(keys));

	if (!err)
		err = read_mask(mval, &raw, &value, &mask);
	if (!err && (!value.len || (mask.len && mask.len != value.len)))
		err = cval_fail(&raw, EBADMSG, NULL, "has %zu bytes, its mask %zu", value.len, mask.len);
	if (!err && platform->config.len)
		err = cval_fail(&raw, EBADMSG, "a platform has one configuration", "is there twice");
	if (!err)
		err = refvals_copy_bytes(refvals, value.data, value.len, &platform->config);
	return err ? err : refvals_copy_bytes(refvals, mask.data, mask.len, &platform->config_mask);
}

/* ---- triples ---- */

static int read_measurement(struct realm_refvals *refvals, struct ref_platform *platform,
			    const struct cval *measurement)
{
	static const int64_t keys[] = { MEASUREMENT_KEY, MEASUREMENT_VALUE };
	struct cval mkey = cval_get(measurement, MEASUREMENT_KEY, "measurement key");
	struct cval mval = cval_get(measurement, MEASUREMENT_VALUE, "measurement value");
	int err = corim_only_keys(measurement, keys, ARRAY_SIZE(keys));

	if (err)
		return err;
	if (corim_text_is(&mkey, component_name))
		return read_component(refvals, platform, &mval);
	if (cval_tag(&mkey) == TAG_PSA_REFVAL_ID)
		return read_old_component(refvals, platform, &mkey, &mval);
	if (corim_text_is(&mkey, config_name) || cval_tag(&mkey) == TAG_CCA_CONFIG_ID)
		return read_config(refvals, platform, &mval);
	return cval_fail(&mkey, EBADMSG, "platforms have cca.software-component and cca.platform-config",
			 "is none of the profile");
}

int corim_read_platform(struct corim_reader *reader, const struct cval *env, const struct cval *list)
{
	struct cval_iter it = { 0 };
	struct cval key, measurement;
	struct ref_platform *platform;
	struct realm_bytes id;
	int err = read_implementation_id(env, &id);

	if (err)
		return err;
	platform = platform_of(reader, env, &id, &err);
	while (!err && cval_next(list, &it, &key, &measurement))
		err = read_measurement(reader->refvals, platform, &measurement);
	return err;
}

/* ---- attestation keys ---- */

static int read_key(struct corim_reader *reader, const struct cval *val, const struct realm_bytes *impl,
		    const struct realm_bytes *instance)
{
	struct realm_refvals *refvals = reader->refvals;
	struct cval pem = cval_untag(val, TAG_PUBLIC_KEY);
	struct realm_bytes text;
	struct key_file file;
	struct ref_key *key;
	int err;

	if (!pem.at) {
		reader->ignored[IGNORED_KEYS]++;
		return 0;
	}
	err = cval_text(&pem, &text);
	if (!err)
		err = key_file_read(refvals->ctx, "attestation key", text.data, text.len, &file);
	if (err)
		return err;
	if (file.num_keys != 1)
		err = cval_fail(val, EBADMSG, NULL, "is %zu public keys, not one", file.num_keys);
	key = err ? NULL : refvals_new_key(refvals);
	if (key) {
		memcpy(key->owner.implementation_id, impl->data, impl->len);
		memcpy(key->owner.instance_id, instance->data, instance->len);
		key->key = file.keys[0];
		EVP_PKEY_up_ref(key->key);
	}
	key_file_free(&file);
	return key || err ? err : -ENOMEM;
}

int corim_read_keys(struct corim_reader *reader, const struct cval *env, const struct cval *list)
{
	struct cval instance = cval_get(env, ENV_INSTANCE, "instance");
	struct realm_bytes impl, ueid;
	struct cval_iter it = { 0 };
	struct cval index, key;
	int err = read_implementation_id(env, &impl);

	if (!err)
		err = corim_tagged_bytes(&instance, TAG_UEID, &ueid);
	if (!err && ueid.len != INSTANCE_ID_SIZE)
		err = cval_fail(&instance, EBADMSG, "an instance id has 33 bytes", "has %zu bytes", ueid.len);
	while (!err && cval_next(list, &it, &index, &key)) {
		key.name = "attestation key";
		err = read_key(reader, &key, &impl, &ueid);
	}
	return err == -EINVAL ? -EBADMSG : err;
}
