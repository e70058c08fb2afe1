/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-machine.c - the machine of tests: making one, its memory, calls of the host */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <openssl/evp.h>
#include "test-port.h"

#define GPT_GRANULE UINT64_C(0x1000)
#define DEFAULT_CPUS 2
#define DEFAULT_PLATFORM 1000

void (*machine_end)(void) = abort;

void machine_fail(const char *format, ...)
{
	va_list args;

	fputs("machine: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	machine_end();
	abort();
}

void machine_stop(const char *what, uint64_t value)
{
	machine_fail("%s: %#llx", what, (unsigned long long)value);
}

static void *must(void *memory, const char *what)
{
	if (!memory)
		machine_fail("no memory for %s", what);
	return memory;
}

/* Memory that costs nothing until it is touched */
static void bank_init(struct machine_bank *bank, const struct rmm_bank *from)
{
	void *memory =
		mmap(NULL, from->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		machine_fail("no memory for a bank of %#llx bytes", (unsigned long long)from->size);
	bank->base = from->base;
	bank->size = from->size;
	bank->memory = memory;
	bank->gpt = must(calloc(from->size / GPT_GRANULE, 1), "the GPT");
	bank->used = must(calloc(from->size / GPT_GRANULE, sizeof(*bank->used)), "the GPT");
}

static void init_banks(struct machine *machine, const struct rmm_bank *banks, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		bank_init(&machine->banks[i], &banks[i]);
	machine->num_banks = count;
}

static void init_rmm(struct machine *machine, const struct rmm_config *config)
{
	machine->region_size = rmm_region_size(config);
	machine->region = must(calloc(machine->region_size, 1), "the RMM");
	machine->rmm = rmm_init(config, machine->region);
	if (!machine->rmm)
		machine_fail("the RMM refuses its configuration");
}

struct machine *machine_new(const struct machine_config *given)
{
	const struct rmm_bank bank = { .base = MACHINE_BASE, .size = MACHINE_SIZE };
	const struct machine_config defaults = { 0 };
	const struct machine_config *config = given ? given : &defaults;
	struct machine *machine = must(calloc(1, sizeof(*machine)), "the machine");
	struct rmm_config rmm = {
		.variant = config->variant ? config->variant : &rmm_variant_tf_2_0,
		.limits = config->limits,
		.port = &machine_port,
		.ctx = machine,
		.banks = config->num_banks ? config->banks : &bank,
		.num_banks = config->num_banks ? config->num_banks : 1,
		.num_cpus = config->num_cpus ? config->num_cpus : DEFAULT_CPUS,
	};

	machine->variant = rmm.variant;
	machine->is_v1 = rmm.variant == &rmm_variant_1_0;
	machine->num_cpus = rmm.num_cpus;
	machine->granule = GPT_GRANULE;
	machine->platform_size = DEFAULT_PLATFORM;
	machine->random = config->seed;
	machine->digest = must(EVP_MD_CTX_new(), "a digest");
	init_banks(machine, rmm.banks, rmm.num_banks);
	init_rmm(machine, &rmm);
	return machine;
}

void machine_free(struct machine *machine)
{
	if (!machine)
		return;
	for (unsigned i = 0; i < machine->num_banks; i++) {
		munmap(machine->banks[i].memory, machine->banks[i].size);
		free(machine->banks[i].gpt);
		free(machine->banks[i].used);
	}
	EVP_MD_CTX_free(machine->digest);
	free(machine->region);
	free(machine);
}

void machine_rmi(struct machine *machine, uint64_t regs[RMM_SMC_REGS])
{
	unsigned cpu = machine->cpu, maps = machine->num_maps;
	const struct machine_hooks *hooks = &machine->hooks;
	uint64_t in[RMM_SMC_REGS];

	memcpy(in, regs, sizeof(in));
	if (machine->locked)
		machine_fail("call %#llx while the RMM holds its lock", (unsigned long long)in[0]);
	if (hooks->before)
		hooks->before(hooks->arg, in);
	rmm_rmi(machine->rmm, regs);
	if (machine->locked)
		machine_fail("call %#llx: the lock is still held", (unsigned long long)in[0]);
	if (machine->num_maps != maps)
		machine_fail("call %#llx: %u granules stay mapped", (unsigned long long)in[0],
			     machine->num_maps - maps);
	if (machine->cpu != cpu)
		machine_fail("call %#llx: ends on another CPU", (unsigned long long)in[0]);
	if (hooks->after)
		hooks->after(hooks->arg, in, regs);
	memcpy(machine->x, regs, sizeof(machine->x));
}

uint64_t machine_call(struct machine *machine, const uint64_t *regs, size_t count)
{
	uint64_t all[RMM_SMC_REGS] = { 0 };

	memcpy(all, regs, count * sizeof(*regs));
	machine_rmi(machine, all);
	return all[0];
}

size_t machine_measurement(const struct machine *machine, uint64_t rd, unsigned index, uint8_t slot[RMM_DIGEST_MAX])
{
	return rmm_measurement(machine->rmm, rd, index, slot);
}

struct machine_bank *machine_bank(const struct machine *machine, uint64_t pa, uint64_t size)
{
	for (unsigned i = 0; i < machine->num_banks; i++) {
		const struct machine_bank *bank = &machine->banks[i];

		if (pa >= bank->base && pa - bank->base < bank->size && size <= bank->size - (pa - bank->base))
			return (struct machine_bank *)(uintptr_t)bank;
	}
	return NULL;
}

void *machine_memory(const struct machine *machine, uint64_t pa, size_t size)
{
	const struct machine_bank *bank = machine_bank(machine, pa, size);

	return bank ? bank->memory + (pa - bank->base) : NULL;
}

static uint8_t *gpt_entry(const struct machine *machine, uint64_t pa)
{
	const struct machine_bank *bank = machine_bank(machine, pa, 1);

	if (!bank)
		machine_fail("there is no memory at %#llx", (unsigned long long)pa);
	return &bank->gpt[(pa - bank->base) / GPT_GRANULE];
}

enum machine_owner machine_owner(const struct machine *machine, uint64_t pa)
{
	return *gpt_entry(machine, pa);
}

void machine_set_owner(struct machine *machine, uint64_t pa, enum machine_owner owner)
{
	*gpt_entry(machine, pa) = (uint8_t)owner;
}

bool machine_owned_by(const struct machine *machine, uint64_t pa, uint64_t size, enum machine_owner owner)
{
	for (uint64_t at = pa & ~(GPT_GRANULE - 1); at < pa + size; at += GPT_GRANULE)
		if (machine_owner(machine, at) != owner)
			return false;
	return true;
}

void *machine_host_view(const struct machine *machine, uint64_t pa, size_t size)
{
	void *memory = machine_memory(machine, pa, size);

	return memory && machine_owned_by(machine, pa, size, MACHINE_NS) ? memory : NULL;
}

void *machine_ns(const struct machine *machine, uint64_t pa, size_t size)
{
	void *memory = machine_host_view(machine, pa, size);

	if (!memory)
		machine_fail("the host cannot access %#llx", (unsigned long long)pa);
	return memory;
}

uint64_t machine_pages(struct machine *machine, uint64_t count, uint64_t align)
{
	uint64_t size = count * machine->granule;
	uint64_t mask = (align ? align : machine->granule) - 1;

	for (; machine->free_bank < machine->num_banks; machine->free_bank++, machine->free = 0) {
		const struct machine_bank *bank = &machine->banks[machine->free_bank];
		uint64_t first = ((bank->base + machine->free + mask) & ~mask) - bank->base;

		if (first <= bank->size && size <= bank->size - first) {
			machine->free = first + size;
			return bank->base + first;
		}
	}
	machine_fail("no %llu free pages are left", (unsigned long long)count);
}
