/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sim-calls.h - system calls to the software host, chosen by bytes
 *
 * Input is cut into records of eight bytes. The first record chooses the host. Of the others the first byte chooses the
 * call, the second the descriptor, those that follow the arguments. Zero is always the choice that fits best: it takes
 * the newest descriptor, and what a VMM would say next; high values are odd. So random bytes get far, and the life of
 * a realm is easily written by hand. Pointers lead to memory of this process, or are NULL: nothing else can be asked of
 * a kernel that is in the same process.
 */
#ifndef TEST_SIM_CALLS_H
#define TEST_SIM_CALLS_H

#include "sim.h"
#include "walker.h"

#define CALLS_RECORD 8
#define CALLS_FDS 16	/* of a kind */
#define CALLS_USER_BYTES (UINT64_C(4) << 20)
#define CALLS_KINDS (SIM_DEVICE + 1)

/* X(name): what a record does. The order is that of the first byte. */
#define CALLS(X) \
	X(create_vm) X(check_extension) X(create_vcpu) X(vcpu_init) X(finalize) X(set_reg) X(get_reg) X(reg_list) \
	X(guest_memfd) X(memory2) X(memory) X(attributes) X(attributes2) X(fallocate_file) \
	X(create_device) X(device_attr) X(filter) X(command) X(populate) X(run) X(seal) \
	X(set_events) X(get_events) X(mp_state) X(psci_complete) X(answer) X(poke) \
	X(close_file) X(unmap_user) X(map) X(inject) X(measurement) X(raw)

struct calls {
	const uint8_t *data;
	size_t size;
	uint8_t record[CALLS_RECORD];
	unsigned used;	/* of the record */
	struct realm_sim *sim;
	struct walker *walker;
	uint64_t page;
	int fds[CALLS_KINDS][CALLS_FDS];	/* rising in age */
	unsigned num_fds[CALLS_KINDS];
	struct {
		int fd;
		struct realm_kvm_run *page;
	} runs[CALLS_FDS];	/* those of vCPUs that were closed stay */
	unsigned num_runs;
	struct realm_kvm_run *running;	/* comes back after one entry */
	unsigned slots;	/* how many were asked for */
	uint8_t *user;	/* memory of this process: programs, sources, shared backing */
	uint64_t *scratch;	/* what structures that are handed over are in */
	uint64_t used_at_start, taken_at_start;
	bool heard;	/* the RMM was called since the last walk */
	bool loses;	/* the kernel may have lost pages, as it does when the RMM does not give them back */
};

/* Makes a host as the first record says, with /dev/kvm open. false: there is no such host */
bool calls_begin(struct calls *calls, const uint8_t *data, size_t size);
/* Carries out the next record, and holds the RMM to its invariants. false: the input is at its end */
bool calls_step(struct calls *calls);
/* Closes everything, and fails when something remains. Frees the host. */
void calls_end(struct calls *calls);

/* For the parts of this */

void calls_add(struct calls *calls, enum sim_file_kind kind, int fd);
void calls_remove(struct calls *calls, int fd);
unsigned calls_next(struct calls *calls);	/* the next byte of the record */

/* sim-calls-do.c: carries out the record, whose first byte was read */
void calls_do(struct calls *calls, unsigned call);

#endif
