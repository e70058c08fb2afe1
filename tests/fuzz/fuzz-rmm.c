/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-rmm.c - any bytes as calls of several CPUs to the test RMM: its invariants hold, and all can be taken apart */
#include "sequence.h"
#include "walker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct sequence_input input = { .data = data, .size = size };
	struct sequence sequence;
	struct walker *walker;

	sequence_begin(&sequence, &input);
	walker = walker_attach(sequence.machine);
	sequence_boot(&sequence);
	while (sequence_step(&sequence))
		;
	sequence_end(&sequence);
	walker_free(walker);
	machine_free(sequence.machine);
	return 0;
}
