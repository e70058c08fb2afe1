/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rmi-host.h - what a host does in several calls, in either version of RMI
 *
 * Freestanding, for any machine that has what rmi-calls.h says. Returns are X0 of the last call that counts. The 2.0
 * interface needs activation, delegates ranges and creates RECs in steps; callers of these functions do not see that.
 */
#ifndef RMM_HOST_RMI_HOST_H
#define RMM_HOST_RMI_HOST_H

#include "rmi-machine.h"

/* An RmiAddrRangeDesc of count blocks from base; size is RMI_PAGE_L3 and so on, the state delegated. Its parts. */
uint64_t host_range(const struct machine *machine, uint64_t base, uint64_t count, uint64_t size);
uint64_t host_range_base(const struct machine *machine, uint64_t word);
uint64_t host_range_bytes(const struct machine *machine, uint64_t word);

bool host_is_v1(const struct machine *machine);

/* Makes the RMM ready for use: configures the granule size (RMI_GRANULE_SIZE_*) and activates it, where it must. */
uint64_t host_boot(struct machine *machine, unsigned granule_size);

uint64_t host_delegate(struct machine *machine, uint64_t base, uint64_t size);
uint64_t host_undelegate(struct machine *machine, uint64_t base, uint64_t size);
/* Pages as machine_pages() gives them, but not zero any more, delegated. Fails when that fails. */
uint64_t host_delegated(struct machine *machine, uint64_t count, uint64_t align);

/*
 * Creates a REC from the RmiRecParams at NS address params, to the end of the operation; memory that it needs is taken
 * from machine_pages(). 1.0: writes the auxiliary granules into params.
 */
uint64_t host_rec_create(struct machine *machine, uint64_t rd, uint64_t rec, uint64_t params);
/* Undelegates what the REC held beside its own granule, too; params are those it was created from. */
uint64_t host_rec_destroy(struct machine *machine, uint64_t rec, uint64_t params);

/* Maps the delegated granule data at ipa, content unknown. */
uint64_t host_data_unknown(struct machine *machine, uint64_t rd, uint64_t data, uint64_t ipa);
/* The same with the level 2 block that begins at data, where there is a table of level 2. */
uint64_t host_block_unknown(struct machine *machine, uint64_t rd, uint64_t data, uint64_t ipa);
/* Unmaps the granule at ipa; *data is its address. */
uint64_t host_data_destroy(struct machine *machine, uint64_t rd, uint64_t ipa, uint64_t *data);

/* Maps a page of the host at ipa, in the unprotected half: write-back memory, readable and writable. */
uint64_t host_share(struct machine *machine, uint64_t rd, uint64_t ipa, uint64_t pa);

/* TERMINATE, where there is one, then DESTROY. */
uint64_t host_realm_destroy(struct machine *machine, uint64_t rd);

/* Goes on with what a command replied, donating fresh pages and undelegating those given back, until it is finished. */
uint64_t host_finish(struct machine *machine);

#endif
