/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* outfile.h - write a file wholly or not at all */
#ifndef OUTFILE_H
#define OUTFILE_H

#include <stddef.h>

/* Replace what path holds by data.  A device or pipe is written to as it is.  0 or a positive errno. */
int outfile_write(const char *path, const void *data, size_t len);

#endif /* OUTFILE_H */
