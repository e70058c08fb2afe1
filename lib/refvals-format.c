/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refvals-format.c - reference values in the formats that verifiers take */
#include <stdlib.h>

#include "refvals.h"

/* write NULL: a CoRIM, which is CBOR */
static const struct format {
	const char *name;
	int (*write)(const struct realm_refvals *refvals, struct json_build *build, json_t *root);
	bool platforms; /* holds those too */
} formats[] = {
	[REALM_REFVALS_CORIM] = { .name = "corim" },
	[REALM_REFVALS_COMID] = { .name = "comid" },
	[REALM_REFVALS_COMID_JSON] = { "comid-json", comid_json_write, false },
	[REALM_REFVALS_RVPS] = { "rvps", rvps_json_write, false },
	[REALM_REFVALS_STORE] = { "store", store_json_write, true },
	[REALM_REFVALS_RIMS] = { "rims", rims_json_write, false },
	[REALM_REFVALS_JSON] = { "json", refvals_json_write, true },
};

const char *realm_refvals_format_name(enum realm_refvals_format format)
{
	return (size_t)format < ARRAY_SIZE(formats) ? formats[format].name : NULL;
}

int realm_refvals_format_from_name(const char *name, enum realm_refvals_format *formatp)
{
	size_t i;

	if (!name || !formatp)
		return -EINVAL;
	for (i = REALM_REFVALS_CORIM; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i].name, name)) {
			*formatp = (enum realm_refvals_format)i;
			return 0;
		}
	return -EINVAL;
}

static int check(const struct realm_refvals *refvals, const struct realm_refvals_opts *opts)
{
	struct realm_ctx *ctx = refvals->ctx;
	const char *name = realm_refvals_format_name(opts->format);

	if (!name)
		return realm_fail(ctx, EINVAL, "realm_refvals_opts", NULL, "there is no such format");
	if (opts->sign_key.len && (!opts->sign_key.data || formats[opts->format].write))
		return realm_fail(ctx, EINVAL, name, "corim and comid can be", "cannot be signed");
	if (!refvals->num_realms && !(formats[opts->format].platforms && refvals->num_platforms))
		return realm_fail(ctx, EINVAL, name, NULL, "there are no reference values of realms to write");
	if (refvals->num_platforms && !formats[opts->format].platforms)
		realm_log(ctx, REALM_LOG_WARNING, name, "values of platforms are left out");
	return 0;
}

static int write_cbor(const struct realm_refvals *refvals, const struct realm_refvals_opts *opts, uint8_t **datap,
		      size_t *lenp)
{
	struct cbuf out = { 0 };
	int err = corim_write(refvals, opts, &out);

	if (!err)
		cbuf_raw(&out, "", 1);
	if (!err && out.nomem)
		err = realm_fail_nomem(refvals->ctx);
	if (err) {
		cbuf_free(&out);
		return err;
	}
	*datap = out.data;
	*lenp = out.len - 1;
	return 0;
}

static int write_json(const struct realm_refvals *refvals, const struct format *format, uint8_t **datap, size_t *lenp)
{
	struct json_build build = { 0 };
	json_t *root = json_object();
	char *text = NULL;
	size_t len;
	int err = format->write(refvals, &build, root);

	if (!err) {
		text = build.nomem ? NULL : json_text(root, JSON_INDENT(2), "\n", &len);
		err = text ? 0 : realm_fail_nomem(refvals->ctx);
	}
	json_decref(root);
	if (err)
		return err;
	*datap = (uint8_t *)text;
	*lenp = len;
	return 0;
}

int realm_refvals_format(const struct realm_refvals *refvals, const struct realm_refvals_opts *user, uint8_t **datap,
			 size_t *lenp)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts) };
	int err;

	if (!refvals || !user || !datap || !lenp)
		return -EINVAL;
	err = realm_read_opts(refvals->ctx, "realm_refvals_opts", &opts, sizeof(opts), user);
	if (!err)
		err = check(refvals, &opts);
	if (err)
		return err;
	return formats[opts.format].write ? write_json(refvals, &formats[opts.format], datap, lenp)
					  : write_cbor(refvals, &opts, datap, lenp);
}
