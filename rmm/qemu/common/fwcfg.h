/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fwcfg.h - what the command line of QEMU tells: size of memory, CPUs, files (-fw_cfg name=opt/librealm/...)
 *
 * One reader at a time: EL3 and RMM read while they boot, then the host may.
 */
#ifndef QEMU_FWCFG_H
#define QEMU_FWCFG_H

#include <stddef.h>
#include <stdint.h>

uint64_t fwcfg_ram_size(void);	/* bytes */
unsigned fwcfg_cpus(void);
/* Reads at most size bytes of a file and returns how many it has; 0 also for none of that name. */
size_t fwcfg_file(const char *name, void *buf, size_t size);
/* A file of text, cut at size - 1, ended by a zero */
size_t fwcfg_text(const char *name, char *buf, size_t size);

#endif
