/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* diff.h - compare two event logs in bounded memory */
#ifndef DIFF_H
#define DIFF_H

#include "output.h"
#include "side.h"

struct diff {
	const struct diff_output *out; /* NULL: keep the first difference, and look no further */
	struct side a;
	struct side b;
	bool same_hash;
	bool differs; /* in an event */
	bool header_differs;
	json_t *header;                 /* fields, kept without out; so are those below */
	json_t *first;                  /* difference, or NULL */
	unsigned long long first_equal; /* events before it */
};

/* Read both logs, which are open, to their ends.  0 or a negative errno; d says whether they differ. */
int diff_compare(struct diff *d);
void diff_close(struct diff *d);

#endif /* DIFF_H */
