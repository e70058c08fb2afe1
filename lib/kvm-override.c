/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm-override.c - the family of the host as the program or the environment says it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm-probe.h"

/* Linux does not number capabilities higher. */
#define CAP_MAX 4095

static const struct realm_kvm_family rows[] = { REALM_KVM_FAMILY_ALL };

bool override_cap_fits(unsigned int cap)
{
	/* Upstream these two change a VM when they are enabled. */
	return cap && cap <= CAP_MAX && cap != REALM_KVM_CAP_ARM_WRITABLE_IMP_ID_REGS &&
	       cap != REALM_KVM_CAP_ARM_SEA_TO_USER;
}

int realm_ctx_set_family(struct realm_ctx *ctx, enum realm_family family, unsigned int cap)
{
	if (!ctx)
		return -EINVAL;
	if (family != REALM_FAMILY_ANY && !family_row(family))
		return realm_fail(ctx, EINVAL, "family", NULL, "there is no family %d", (int)family);
	if (cap && (family == REALM_FAMILY_ANY || !override_cap_fits(cap)))
		return realm_fail(ctx, EINVAL, "cap", NULL, "%u cannot be the capability of realms", cap);
	kvm_host_forget(ctx);
	ctx->family = family;
	ctx->cap = cap;
	ctx->family_set = true;
	return 0;
}

static int wrong(struct realm_ctx *ctx, const char *value, const char *why)
{
	char hint[160] = "use FAMILY or FAMILY:CAPABILITY, where FAMILY is one of";
	size_t i, used;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		used = strlen(hint);
		snprintf(hint + used, sizeof(hint) - used, "%s %s", i ? "," : "", rows[i].name);
	}
	return realm_fail(ctx, EINVAL, "REALM_KVM", hint, "'%.80s' %s", value, why);
}

static int read_value(struct realm_ctx *ctx, const char *value, struct override *override)
{
	size_t len = strcspn(value, ":"), i;
	const char *digits = value[len] ? value + len + 1 : NULL;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strlen(rows[i].name) == len && !memcmp(rows[i].name, value, len))
			override->can = &rows[i];
	if (!override->can)
		return wrong(ctx, value, "names no family");
	if (!digits)
		return 0;
	/* More digits than this are too many in any case. */
	if (*digits && strlen(digits) <= 4 && !digits[strspn(digits, "0123456789")])
		override->cap = (unsigned int)strtoul(digits, NULL, 10);
	return override_cap_fits(override->cap) ? 0
						: wrong(ctx, value, "has no capability number that realms can have");
}

int override_get(struct realm_ctx *ctx, struct override *override)
{
	const char *value;

	*override = (struct override){ .can = family_row(ctx->family), .cap = ctx->cap, .from = "the program" };
	if (ctx->family_set)
		return 0;
	value = secure_getenv("REALM_KVM");
	override->from = "REALM_KVM";
	return value && *value ? read_value(ctx, value, override) : 0;
}
