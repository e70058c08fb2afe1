/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-sim.c - any bytes as system calls to the software host: its RMM stays sound, and nothing is left in the end */
#include <unistd.h>

#include "sim-calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The lowest descriptor that is free */
static int free_descriptor(void)
{
	int fd = dup(STDERR_FILENO);

	close(fd);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int before = free_descriptor();
	struct calls calls;

	if (!calls_begin(&calls, data, size))
		return 0;
	while (calls_step(&calls))
		;
	calls_end(&calls);
	if (free_descriptor() != before)
		machine_fail("descriptors of this process are left open");
	return 0;
}
