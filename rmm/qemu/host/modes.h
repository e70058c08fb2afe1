/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* modes.h - what the host can do; each mode returns the status with which QEMU ends */
#ifndef QEMU_HOST_MODES_H
#define QEMU_HOST_MODES_H

int mode_bench(void);
int mode_calls(void);
int mode_cases(void);
int mode_cpu(void);
int mode_cycles(void);
int mode_ping(void);
int mode_protect(void);
int mode_reset(void);
int mode_script(void);
int mode_smp(void);

#endif
