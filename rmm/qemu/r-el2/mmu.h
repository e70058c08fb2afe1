/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* mmu.h - stage 1 of the RMM */
#ifndef QEMU_MMU_H
#define QEMU_MMU_H

#include "port.h"

/* On each CPU, in this order, MMU off; the first CPU alone builds, before others are on. */
void mmu_build(void);
void mmu_on(void);
/* Opens a page of memory for this CPU alone. The caller knows that there is memory, and that it is of this world. */
void *mmu_map(uint64_t pa, enum rmm_pas pas);
void mmu_unmap(void *va);

#endif
