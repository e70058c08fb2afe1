/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* infile.h - read a whole file */
#ifndef INFILE_H
#define INFILE_H

#include <stddef.h>
#include <stdint.h>

/* "-" is standard input.  EFBIG when there are more than max bytes.  0 or a positive errno; caller frees the data. */
int infile_read(const char *path, size_t max, uint8_t **datap, size_t *lenp);

#endif /* INFILE_H */
