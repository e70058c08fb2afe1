/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * port.c - what the RMM asks of the machine under it
 *
 * Which vCPU a thread runs is the thread's own knowledge, as which CPU it is on would be; all else is in the host.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <openssl/evp.h>

#include "sim.h"

#define SLICE 100000	/* instructions that a guest runs while others wait */
#define TRAPS_MAX 1000	/* so often a guest traps to the RMM before the kernel gets the CPU, as by its timer */

static _Thread_local struct {
	struct sim_vcpu *vcpu;
	unsigned traps;
} here;

/* A fault of the RMM's core, and of nobody who uses the host */
static _Noreturn void die(const char *what)
{
	fprintf(stderr, "librealm-sim: the RMM is broken: %s\n", what);
	abort();
}

/* ---- memory ---- */

static enum sim_owner owner_of_pas(enum rmm_pas pas)
{
	return pas == RMM_PAS_REALM ? SIM_OWNER_REALM : SIM_OWNER_NS;
}

static void *port_map(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	void *va = sim_memory_at(ctx, pa, size);
	bool owned = va && sim_owner_of(ctx, pa) == owner_of_pas(pas);

	if (!owned && pas == RMM_PAS_REALM)
		die("it maps memory as the realm world's that is not");
	return owned ? va : NULL;
}

static void port_unmap(void *ctx, void *va)
{
}

static bool port_set_pas(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	return sim_owner_set(ctx, pa, size, owner_of_pas(pas));
}

static void port_tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	const struct realm_sim *sim = ctx;

	for (size_t i = 0; i < sim->num_cpus; i++)
		sim_cpu_forget(sim->cpus[i], stage2, ipa, size);
}

/* ---- digests, random numbers, tokens ---- */

static void must(int done)
{
	if (done != 1)
		die("OpenSSL cannot hash");
}

static void port_hash_begin(void *ctx, unsigned algo)
{
	const struct realm_sim *sim = ctx;

	must(EVP_DigestInit_ex2(sim->digest, sim->algorithms[algo], NULL));
}

static void port_hash_add(void *ctx, const void *data, size_t len)
{
	const struct realm_sim *sim = ctx;

	must(EVP_DigestUpdate(sim->digest, data, len));
}

static void port_hash_end(void *ctx, uint8_t *digest)
{
	const struct realm_sim *sim = ctx;

	must(EVP_DigestFinal_ex(sim->digest, digest, NULL));
}

static bool port_random(void *ctx, void *buf, size_t len)
{
	return getrandom(buf, len, 0) == (ssize_t)len;
}

static bool port_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE])
{
	return sim_rak_point(ctx, point);
}

static bool port_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return sim_rak_sign(ctx, digest, signature);
}

static const void *port_platform_token(void *ctx, const uint8_t challenge[32], size_t *len)
{
	return sim_platform_token(ctx, challenge, len);
}

/* ---- CPUs ---- */

void sim_port_enter_as(struct sim_vcpu *vcpu)
{
	here.vcpu = vcpu;
	here.traps = 0;
}

/* Does user space want this thread back? It says so in the page that it shares with the kernel. */
static bool is_wanted(void)
{
	return here.vcpu && __atomic_load_n(&here.vcpu->run->immediate_exit, __ATOMIC_ACQUIRE);
}

static void port_enter(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap)
{
	struct realm_sim *sim = ctx;
	bool trapped = false;

	if (here.vcpu && here.vcpu->cpu && here.traps++ < TRAPS_MAX && !is_wanted()) {
		sim_lock_take(&sim->rmm_lock);
		trapped = sim_cpu_run(here.vcpu->cpu, guest, SLICE, trap);
		sim_lock_give(&sim->rmm_lock);
	}
	if (!trapped)
		*trap = (struct rmm_trap){ .kind = RMM_TRAP_IRQ };
}

static void port_gic_read(void *ctx, struct rmm_gic *gic)
{
	if (here.vcpu)
		*gic = here.vcpu->gic;
	else
		memset(gic, 0, sizeof(*gic));
}

static void port_gic_write(void *ctx, const struct rmm_gic *gic)
{
	if (here.vcpu)
		here.vcpu->gic = *gic;
}

static bool port_irq_pending(void *ctx)
{
	return is_wanted();
}

/* What stage 2 says is one world's must be that world's, as the granule protection check has it. */
static void *cpu_memory(void *ctx, uint64_t pa, size_t size, bool ns)
{
	return sim_owner_of(ctx, pa) == (ns ? SIM_OWNER_NS : SIM_OWNER_REALM) ? sim_memory_at(ctx, pa, size) : NULL;
}

static const struct sim_cpu_ops cpu_ops = { .memory = cpu_memory };

static bool has_room(struct realm_sim *sim)
{
	size_t max = sim->max_cpus ? 2 * sim->max_cpus : 8;
	struct sim_cpu **cpus;

	if (sim->num_cpus < sim->max_cpus)
		return true;
	cpus = realloc(sim->cpus, max * sizeof(struct sim_cpu *));
	if (!cpus)
		return false;
	sim->cpus = cpus;
	sim->max_cpus = max;
	return true;
}

struct sim_cpu *sim_port_add_cpu(struct realm_sim *sim)
{
	struct sim_cpu *cpu = NULL;

	sim_lock_take(&sim->rmm_lock);
	if (has_room(sim))
		cpu = sim_cpu_new(&cpu_ops, sim);
	if (cpu)
		sim->cpus[sim->num_cpus++] = cpu;
	sim_lock_give(&sim->rmm_lock);
	return cpu;
}

void sim_port_remove_cpu(struct realm_sim *sim, struct sim_cpu *cpu)
{
	sim_lock_take(&sim->rmm_lock);
	for (size_t i = 0; i < sim->num_cpus; i++)
		if (sim->cpus[i] == cpu) {
			sim->cpus[i] = sim->cpus[--sim->num_cpus];
			sim_cpu_free(cpu);
		}
	sim_lock_give(&sim->rmm_lock);
}

static void port_lock(void *ctx)
{
	struct realm_sim *sim = ctx;

	sim_lock_take(&sim->rmm_lock);
}

static void port_unlock(void *ctx)
{
	struct realm_sim *sim = ctx;

	sim_lock_give(&sim->rmm_lock);
}

const struct rmm_port sim_port = {
	.map = port_map,
	.unmap = port_unmap,
	.set_pas = port_set_pas,
	.tlb_invalidate = port_tlb_invalidate,
	.hash_begin = port_hash_begin,
	.hash_add = port_hash_add,
	.hash_end = port_hash_end,
	.random = port_random,
	.rak_point = port_rak_point,
	.rak_sign = port_rak_sign,
	.platform_token = port_platform_token,
	.enter = port_enter,
	.gic_read = port_gic_read,
	.gic_write = port_gic_write,
	.irq_pending = port_irq_pending,
	.lock = port_lock,
	.unlock = port_unlock,
};
