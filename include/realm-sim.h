/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm-sim.h - a software host for realms: KVM of any family and an RMM, in this process (librealm-sim)
 *
 *     struct realm_sim *sim;
 *
 *     realm_sim_new(NULL, &sim);
 *     realm_ctx_set_host(ctx, realm_sim_ops(), sim);
 *
 * Realms that are created with this context have a real RMM state machine under them, and guest code runs where the library was
 * built with Unicorn.  It is for trying and testing: it protects nothing.  Descriptors and memory that it hands out work with its operations
 * only.  Threads: any number, but for realm_sim_free(), which must be the last.
 */
#ifndef REALM_SIM_H
#define REALM_SIM_H

#include <realm.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

struct realm_sim;

/**
 * struct realm_sim_opts - which host
 * @sz: sizeof(struct realm_sim_opts)
 * @family: KVM family; REALM_FAMILY_ANY: REALM_FAMILY_RMI_V14
 * @profile: what its RMM is; REALM_PROFILE_ANY: the default of the family, rmm-1.0 or tf-rmm-2.0
 * @kernel: a kernel by its name instead of a family, see realm_sim_kernel(); NULL: the newest of the family
 * @granule: bytes of a page: 4096 (also for 0), 16384 or 65536; above 4096 needs REALM_PROFILE_RMM_2_0
 * @lpa2: 1 for a host whose stage 2 uses LPA2, with up to 52 bits of IPA space; else 48
 * @memory: bytes of memory for realms; 0: 16 GiB.  Only what is used is taken from this machine
 */
struct realm_sim_opts {
	size_t sz;
	enum realm_family family;
	enum realm_profile profile;
	const char *kernel;
	uint32_t granule;
	int lpa2;
	uint64_t memory;
};

/**
 * realm_sim_new() - make a software host
 * @opts: options or NULL
 * @simp: receives the host; caller owns, free with realm_sim_free()
 *
 * Return: 0; -EINVAL for unknown names or values; -EOPNOTSUPP for a family and profile, or a profile and granule, that do not go together; -E2BIG; -ENOMEM.
 * Since: 0.1
 */
int realm_sim_new(const struct realm_sim_opts *opts, struct realm_sim **simp);

/**
 * realm_sim_free() - free a software host; descriptors of it that are open are closed
 * @sim: host or NULL
 *
 * Since: 0.1
 */
void realm_sim_free(struct realm_sim *sim);

/**
 * realm_sim_ops() - operations for realm_ctx_set_host(), where the host is a struct realm_sim
 *
 * Return: the operations, static.
 * Since: 0.1
 */
const struct realm_host_ops *realm_sim_ops(void);

/**
 * realm_sim_kernel() - names of the kernels that the host can be
 * @index: 0 and up
 *
 * Return: such as "7.3" (without realms), "v14" or "nvidia-6.17"; NULL past the last.
 * Since: 0.1
 */
const char *realm_sim_kernel(unsigned int index);

/**
 * realm_sim_runs_guests() - was the library built with Unicorn, so that guest code runs?
 *
 * Return: 1 or 0.
 * Since: 0.1
 */
int realm_sim_runs_guests(void);

/** enum realm_sim_kind - what a fault hits */
enum realm_sim_kind {
	REALM_SIM_ANY = 1,  /* any operation of struct realm_host_ops that has an errno; which is not used */
	REALM_SIM_OPEN,     /* open */
	REALM_SIM_READ,     /* read */
	REALM_SIM_IOCTL,    /* ioctl; which: the request, 0 for any */
	REALM_SIM_MMAP,     /* mmap */
	REALM_SIM_MADVISE,  /* madvise */
	REALM_SIM_FALLOCATE, /* fallocate */
	REALM_SIM_RMI,      /* a call of the kernel to the RMM; which: function identifier, 0 for any; it is not carried out and gives result */
	REALM_SIM_MEMORY,   /* the kernel takes a page */
	REALM_SIM_POPULATE, /* a populate call ends early, after so many pages as result says (0: as if by a signal, with nothing done) */
};

/**
 * struct realm_sim_fault - a fault to come
 * @sz: sizeof(struct realm_sim_fault)
 * @kind: what it hits
 * @nth: the nth from now on, from 1
 * @count: how many in a row from there; 0: 1
 * @err: errno of the operation (positive), not used for RMI and POPULATE; MEMORY gives ENOMEM
 * @which: which of that kind
 * @result: X0 of the RMI call, or pages
 */
struct realm_sim_fault {
	size_t sz;
	enum realm_sim_kind kind;
	unsigned int nth;
	unsigned int count;
	int err;
	uint64_t which;
	uint64_t result;
};

/**
 * realm_sim_inject() - let something fail; there is one fault at a time
 * @sim: host
 * @fault: fault, replaces the one before; NULL for none
 *
 * Return: 0; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_sim_inject(struct realm_sim *sim, const struct realm_sim_fault *fault);

/**
 * realm_sim_hits() - how often the last fault has hit
 * @sim: host
 *
 * Return: the count; a loop over @nth is done when it stays 0.
 * Since: 0.1
 */
unsigned int realm_sim_hits(struct realm_sim *sim);

/**
 * realm_sim_platform_key() - what verifies the platform tokens of this host: the public key of its CPAK, a test key
 * @sim: host
 * @pemp: receives the key as PEM SubjectPublicKeyInfo (P-384), a string; caller owns, free with free()
 *
 * The key is made for this host, lasts as long as it does, and is the same for all realms of it.  Whoever trusts it trusts
 * any program that links this library: it is for tests.
 *
 * Return: 0; -EINVAL; -ENOMEM, also when OpenSSL cannot make such a key.
 * Since: 0.1
 * Source: draft-ffm-rats-cca-token, "CCA Platform Attestation Key"
 */
int realm_sim_platform_key(struct realm_sim *sim, char **pemp);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* REALM_SIM_H */
