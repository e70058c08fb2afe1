/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* unit.h - cmocka with its includes, and what the unit tests share */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "internal.h"

static inline bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* A call gave err: is it this code, about this place (NULL: none), with this in the reason? */
static inline void assert_error(const struct realm_ctx *ctx, int err, int code, const char *where, const char *why)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *got = realm_error_why(error);

	if (err == -code && realm_error_code(error) == err && same_text(realm_error_where(error), where) && got &&
	    strstr(got, why) && !strchr(got, '\n'))
		return;
	print_error("expected %d at %s: ...%s...\n", -code, where ? where : "(nowhere)", why);
	print_error("got %d (%d) at %s: %s\n", err, realm_error_code(error),
		    realm_error_where(error) ? realm_error_where(error) : "(nowhere)", got ? got : "(nothing)");
	fail();
}

/* cmocka setup and teardown: the state of each test is a context. */
static inline int setup_ctx(void **state)
{
	return realm_ctx_new((struct realm_ctx **)state);
}

static inline int teardown_ctx(void **state)
{
	realm_ctx_free(*state);
	return 0;
}

#define ctx_test(f) cmocka_unit_test_setup_teardown(f, setup_ctx, teardown_ctx)

#endif /* UNIT_H */
