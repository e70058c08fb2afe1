/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
#ifndef SHIM_LINUX_SIZES_H
#define SHIM_LINUX_SIZES_H

#define SZ_256 256
#define SZ_2K 2048
#define SZ_4K 4096

#endif /* SHIM_LINUX_SIZES_H */
