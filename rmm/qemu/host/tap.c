/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* tap.c - results as TAP on the console */
#include "console.h"
#include "host.h"

static uint64_t count, failed;

void tap_result(bool ok, const char *name)
{
	failed += !ok;
	print("%s %d - %s\n", ok ? "ok" : "not ok", ++count, name);
}

void tap_skip(const char *name, const char *why)
{
	print("ok %d - %s # SKIP %s\n", ++count, name, why);
}

bool tap_equal(const char *name, uint64_t got, uint64_t expected)
{
	tap_result(got == expected, name);
	if (got != expected)
		print("# got %x, expected %x\n", got, expected);
	return got == expected;
}

int tap_end(void)
{
	print("1..%d\n", count);
	return failed ? EXIT_FAILED : 0;
}
