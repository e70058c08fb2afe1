/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* path.h - file names seen from another directory */
#ifndef REALM_PATH_H
#define REALM_PATH_H

/* Each gives a name that the caller frees, or NULL with errno set. */

/* The directory of a file. */
char *path_dir(const char *file);
/* A name relative to dir as one relative to the current directory; dir NULL is the current one. */
char *path_join(const char *dir, const char *name);
/* A name relative to the current directory as an absolute one. */
char *path_absolute(const char *name);
/* A name relative to the current directory as one relative to dir, which must exist. */
char *path_relative(const char *dir, const char *name);

#endif /* REALM_PATH_H */
