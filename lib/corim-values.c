/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* corim-values.c - values of CoMIDs that realms and platforms both have */
#include "corim.h"

const char *const old_registers[1 + REALM_REMS] = { "rim", "rem0", "rem1", "rem2", "rem3" };
const char *const corim_mkeys[CORIM_MKEYS] = {
	"cca.rim", "cca.rem0", "cca.rem1", "cca.rem2", "cca.rem3", "cca.rpv",
};

int corim_tagged_bytes(const struct cval *val, uint64_t tag, struct realm_bytes *bytes)
{
	struct cval inner = cval_untag(val, tag);

	if (val->at && !inner.at)
		return cval_fail(val, EBADMSG, NULL, "is not bytes with tag %llu", (unsigned long long)tag);
	return cval_bytes(&inner, bytes);
}

static bool is_one_of(int64_t key, const int64_t *keys, size_t num_keys)
{
	size_t i;

	for (i = 0; i < num_keys; i++)
		if (keys[i] == key)
			return true;
	return false;
}

int corim_only_keys(const struct cval *map, const int64_t *keys, size_t num_keys)
{
	struct cval_iter it = { 0 };
	struct cval key, val;
	int64_t number = 0;
	int err = cval_map(map);

	while (!err && cval_next(map, &it, &key, &val)) {
		err = cval_int(&key, INT64_MIN, INT64_MAX, &number);
		if (!err && !is_one_of(number, keys, num_keys))
			err = cval_fail(&key, EBADMSG, "the profile does not have it here",
					"has the field %lld, whose meaning is not known", (long long)number);
	}
	return err;
}

bool corim_text_is(const struct cval *val, const char *text)
{
	struct realm_bytes bytes;

	return cval_type(val) == CVAL_TEXT && !cval_text(val, &bytes) && bytes.len == strlen(text) &&
	       !memcmp(bytes.data, text, bytes.len);
}

int corim_copy_text(struct realm_refvals *refvals, const struct cval *val, const char **copyp)
{
	struct realm_bytes text;
	int err = cval_text(val, &text);

	if (err)
		return err;
	if (memchr(text.data, '\0', text.len))
		return cval_fail(val, EBADMSG, NULL, "holds a NUL");
	return refvals_copy_text(refvals, (const char *)text.data, text.len, copyp);
}

/* ---- digests ---- */

static int read_alg(const struct cval *val, const struct digest_alg **algp)
{
	struct realm_bytes name;
	int64_t id;
	int err;

	if (cval_type(val) == CVAL_TEXT) {
		err = cval_text(val, &name);
		*algp = err ? NULL : digest_alg_from_name((const char *)name.data, name.len);
	} else {
		err = cval_int(val, INT64_MIN, INT64_MAX, &id);
		*algp = err ? NULL : digest_alg_from_id(id);
	}
	if (err || *algp)
		return err;
	return cval_fail(val, EBADMSG, "SHA-2 and SHA-3 of 256, 384 and 512 bits are", "is a hash that is not known");
}

int corim_digest_entry(const struct cval *entry, const struct digest_alg **algp, struct realm_bytes *value)
{
	struct cval alg = cval_item(entry, 0, entry->name), bytes = cval_item(entry, 1, entry->name);
	size_t count;
	int err = cval_array(entry, &count);

	if (!err && count != 2)
		err = cval_fail(entry, EBADMSG, NULL, "is %zu values, not an algorithm and a digest", count);
	if (!err)
		err = read_alg(&alg, algp);
	if (!err)
		err = cval_bytes(&bytes, value);
	if (!err && value->len != (*algp)->size)
		err = cval_fail(&bytes, EBADMSG, NULL, "has %zu bytes, %s gives %zu", value->len, (*algp)->name,
				(*algp)->size);
	return err;
}

int corim_digest_of_size(const struct cval *digests, size_t size, struct digest *digest)
{
	struct cval_iter it = { 0 };
	struct cval key, entry;
	size_t count;
	int err = cval_array(digests, &count);

	*digest = (struct digest){ 0 };
	while (!err && cval_next(digests, &it, &key, &entry)) {
		const struct digest_alg *alg;
		struct realm_bytes value;

		err = corim_digest_entry(&entry, &alg, &value);
		if (err || alg->hash < 0 || value.len != size)
			continue;
		if (digest->len)
			err = cval_fail(&entry, EBADMSG, "a realm has one value", "is a second digest of %s",
					alg->name);
		else
			digest_set(digest, value.data, value.len);
	}
	if (!err && !digest->len)
		err = cval_fail(digests, EBADMSG, "all values of a realm are of one hash",
				"has no SHA-2 digest of %zu bytes, as the RIM has", size);
	return err;
}
