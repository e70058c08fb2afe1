/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases.c - the cases of tests/cases, on this machine */
#include "host.h"
#include "modes.h"

int mode_cases(void)
{
	return tap_end();
}
