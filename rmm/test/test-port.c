/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-port.c - struct rmm_port on the machine of tests: does what is asked, and watches who asks */
#include <string.h>
#include <openssl/evp.h>
#include "cpu.h"
#include "rmi.h"
#include "test-port.h"

typedef unsigned long long ull;

static void need_lock(const struct machine *machine, const char *what)
{
	if (!machine->locked)
		machine_fail("%s without the lock", what);
	if (machine->lock_holder != machine->cpu)
		machine_fail("%s on CPU %u, the lock is held on %u", what, machine->cpu, machine->lock_holder);
}

/* maps */

static unsigned maps_of_cpu(const struct machine *machine)
{
	unsigned count = 0;

	for (unsigned i = 0; i < machine->num_maps; i++)
		count += machine->maps[i].cpu == machine->cpu;
	return count;
}

static void check_map(const struct machine *machine, uint64_t pa, size_t size)
{
	if (size != 4096 && size != machine->granule)
		machine_fail("map of %#llx: %zu bytes are no granule", (ull)pa, size);
	if (pa & (size - 1))
		machine_fail("map of %#llx is not aligned", (ull)pa);
	if (maps_of_cpu(machine) == RMM_MAPS_MAX)
		machine_fail("map of %#llx: too many maps at a time", (ull)pa);
}

static void add_map(struct machine *machine, void *va, uint64_t pa, size_t size)
{
	unsigned i = machine->num_maps++;

	machine->maps[i].va = va;
	machine->maps[i].pa = pa;
	machine->maps[i].size = size;
	machine->maps[i].cpu = machine->cpu;
}

static void tell_map(const struct machine_hooks *hooks, uint64_t pa, size_t size, enum rmm_pas pas)
{
	if (hooks->map)
		hooks->map(hooks->arg, pa, size, pas);
}

/* Has the RMM mapped this granule, a part of it, since it took it from the host? */
static bool *used(const struct machine *machine, uint64_t pa)
{
	const struct machine_bank *bank = machine_bank(machine, pa, 1);

	return &bank->used[(pa - bank->base) / 4096];
}

static void *port_map(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	struct machine *machine = ctx;
	void *va = machine_memory(machine, pa, size);

	need_lock(machine, "map");
	check_map(machine, pa, size);
	if (pas == RMM_PAS_REALM) {
		if (!va || !machine_owned_by(machine, pa, size, MACHINE_REALM))
			machine_fail("map of %#llx as realm memory, which it is not", (ull)pa);
		*used(machine, pa) = true;
	} else {
		if (!va || machine_owned_by(machine, pa, size, MACHINE_ROOT))
			return NULL;
		if (!machine_owned_by(machine, pa, size, MACHINE_NS))
			machine_fail("map of %#llx as the host's memory, which it is not", (ull)pa);
	}
	add_map(machine, va, pa, size);
	tell_map(&machine->hooks, pa, size, pas);
	tell_map(&machine->test_hooks, pa, size, pas);
	return va;
}

static void port_unmap(void *ctx, void *va)
{
	struct machine *machine = ctx;

	need_lock(machine, "unmap");
	for (unsigned i = machine->num_maps; i-- > 0;)
		if (machine->maps[i].va == va) {
			machine->maps[i] = machine->maps[--machine->num_maps];
			return;
		}
	machine_fail("unmap of what is not mapped");
}

/* the GPT */

static bool is_zero(const uint8_t *data, size_t size)
{
	return !data[0] && !memcmp(data, data + 1, size - 1);
}

static bool is_mapped(const struct machine *machine, uint64_t pa, size_t size)
{
	for (unsigned i = 0; i < machine->num_maps; i++)
		if (machine->maps[i].pa < pa + size && pa < machine->maps[i].pa + machine->maps[i].size)
			return true;
	return false;
}

/* What leaves the realm world must be clean, unless it is what the host had there, and nobody may still reach it. */
static void check_leaving(const struct machine *machine, uint64_t pa, size_t size)
{
	if (*used(machine, pa) && !is_zero(machine_memory(machine, pa, size), size))
		machine_fail("the granule at %#llx goes to the host with what it held", (ull)pa);
	if (cpu_tlb_holds(machine, pa, size))
		machine_fail("the granule at %#llx goes to the host while a TLB holds it", (ull)pa);
}

static bool port_set_pas(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	struct machine *machine = ctx;
	enum machine_owner from = pas == RMM_PAS_REALM ? MACHINE_NS : MACHINE_REALM;
	enum machine_owner to = pas == RMM_PAS_REALM ? MACHINE_REALM : MACHINE_NS;

	need_lock(machine, "set_pas");
	if (size != machine->granule || pa & (size - 1) || !machine_memory(machine, pa, size))
		machine_fail("set_pas of %#llx, which is no granule", (ull)pa);
	if (is_mapped(machine, pa, size))
		machine_fail("set_pas of %#llx, which is mapped", (ull)pa);
	if (machine_owned_by(machine, pa, size, to))
		machine_fail("set_pas of %#llx, which is there already", (ull)pa);
	if (!machine_owned_by(machine, pa, size, from))
		return false;
	if (to == MACHINE_NS)
		check_leaving(machine, pa, size);
	for (uint64_t at = pa; at < pa + size; at += 4096)
		machine_set_owner(machine, at, to);
	*used(machine, pa) = false;
	machine->delegated += to == MACHINE_REALM ? size : -size;
	return true;
}

static void port_tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	struct machine *machine = ctx;

	need_lock(machine, "tlb_invalidate");
	cpu_tlb_invalidate(machine, stage2, ipa, size);
}

/* digests, random numbers, tokens */

static const EVP_MD *algorithm(unsigned algo)
{
	switch (algo) {
	case RMI_HASH_SHA_256:
		return EVP_sha256();
	case RMI_HASH_SHA_384:
		return EVP_sha384();
	case RMI_HASH_SHA_512:
		return EVP_sha512();
	}
	machine_fail("there is no hash algorithm %u", algo);
}

static void must_hash(int done)
{
	if (done != 1)
		machine_fail("OpenSSL cannot hash");
}

static void port_hash_begin(void *ctx, unsigned algo)
{
	struct machine *machine = ctx;

	need_lock(machine, "hash_begin");
	if (machine->hashing)
		machine_fail("hash_begin while another digest goes on");
	machine->hashing = true;
	must_hash(EVP_DigestInit_ex(machine->digest, algorithm(algo), NULL));
}

static void port_hash_add(void *ctx, const void *data, size_t len)
{
	struct machine *machine = ctx;

	need_lock(machine, "hash_add");
	if (!machine->hashing)
		machine_fail("hash_add without hash_begin");
	must_hash(EVP_DigestUpdate(machine->digest, data, len));
}

static void port_hash_end(void *ctx, uint8_t *digest)
{
	struct machine *machine = ctx;

	need_lock(machine, "hash_end");
	if (!machine->hashing)
		machine_fail("hash_end without hash_begin");
	machine->hashing = false;
	must_hash(EVP_DigestFinal_ex(machine->digest, digest, NULL));
}

/* SplitMix64: as good as a test needs, and the same in every run */
static uint64_t next_random(struct machine *machine)
{
	uint64_t z = machine->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static bool port_random(void *ctx, void *buf, size_t len)
{
	struct machine *machine = ctx;
	uint8_t *bytes = buf;

	need_lock(machine, "random");
	if (machine->no_entropy)
		return false;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)next_random(machine);
	return true;
}

void machine_rak_point(uint8_t point[RMM_RAK_POINT_SIZE])
{
	point[0] = 0x04;
	for (unsigned i = 1; i < RMM_RAK_POINT_SIZE; i++)
		point[i] = (uint8_t)(0x80 + i);
}

void machine_signature(const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	for (unsigned i = 0; i < RMM_SIGNATURE_SIZE; i++)
		signature[i] = digest[i % 48] ^ (i < 48 ? 0x00 : 0xff);
}

static bool port_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE])
{
	struct machine *machine = ctx;

	need_lock(machine, "rak_point");
	machine_rak_point(point);
	return !machine->no_rak;
}

static bool port_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	struct machine *machine = ctx;

	need_lock(machine, "rak_sign");
	machine_signature(digest, signature);
	return !machine->no_signing;
}

static const void *port_platform_token(void *ctx, const uint8_t challenge[32], size_t *len)
{
	struct machine *machine = ctx;

	need_lock(machine, "platform_token");
	if (machine->platform_size < 32 || machine->platform_size > sizeof(machine->platform))
		return NULL;
	memcpy(machine->platform, challenge, 32);
	for (size_t i = 32; i < machine->platform_size; i++)
		machine->platform[i] = (uint8_t)i;
	*len = machine->platform_size;
	return machine->platform;
}

/* calls, CPUs, the lock */

static void port_log(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct machine *machine = ctx;

	need_lock(machine, "log");
	if (machine->hooks.log)
		machine->hooks.log(machine->hooks.arg, call, in, out);
	if (machine->test_hooks.log)
		machine->test_hooks.log(machine->test_hooks.arg, call, in, out);
}

static void port_enter(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap)
{
	struct machine *machine = ctx;
	unsigned cpu = machine->cpu;

	if (machine->locked)
		machine_fail("enter with the lock held");
	machine->entries++;
	memset(trap, 0, sizeof(*trap));
	if (machine->guest)
		machine->guest(machine, machine->guest_arg, guest, trap);
	else
		cpu_run(machine, guest, trap);
	machine->cpu = cpu;
}

static void port_gic_read(void *ctx, struct rmm_gic *gic)
{
	struct machine *machine = ctx;

	need_lock(machine, "gic_read");
	*gic = machine->gic[machine->cpu];
}

static void port_gic_write(void *ctx, const struct rmm_gic *gic)
{
	struct machine *machine = ctx;

	need_lock(machine, "gic_write");
	machine->gic[machine->cpu] = *gic;
}

static bool port_irq_pending(void *ctx)
{
	struct machine *machine = ctx;

	need_lock(machine, "irq_pending");
	return machine->irq[machine->cpu];
}

static void port_lock(void *ctx)
{
	struct machine *machine = ctx;

	if (machine->locked)
		machine_fail("CPU %u takes the lock that CPU %u holds", machine->cpu, machine->lock_holder);
	machine->locked = true;
	machine->lock_holder = machine->cpu;
}

static void port_unlock(void *ctx)
{
	struct machine *machine = ctx;

	need_lock(machine, "unlock");
	machine->locked = false;
}

const struct rmm_port machine_port = {
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
	.log = port_log,
	.enter = port_enter,
	.gic_read = port_gic_read,
	.gic_write = port_gic_write,
	.irq_pending = port_irq_pending,
	.lock = port_lock,
	.unlock = port_unlock,
};
