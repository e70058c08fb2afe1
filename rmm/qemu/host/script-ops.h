/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* script-ops.h - operations of scripts that only this host has: files, blocks, running a realm, taking it apart */
#ifndef QEMU_HOST_SCRIPT_OPS_H
#define QEMU_HOST_SCRIPT_OPS_H

#include "script.h"

extern const struct script_op script_ops[];

#endif
