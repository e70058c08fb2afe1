/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-calls.c - the host that records of bytes call, from its making to the proof that nothing is left of them */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core.h"
#include "psci.h"
#include "rmi.h"
#include "rsi.h"
#include "sim-calls.h"

#define SCRATCH_BYTES 65536
#define HOST_CALL 0xc6000001u
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

unsigned calls_next(struct calls *calls)
{
	return calls->used < CALLS_RECORD ? calls->record[calls->used++] : 0;
}

static bool next_record(struct calls *calls)
{
	calls->used = 0;
	if (calls->size < CALLS_RECORD)
		return false;
	memcpy(calls->record, calls->data, CALLS_RECORD);
	calls->data += CALLS_RECORD;
	calls->size -= CALLS_RECORD;
	return true;
}

/* ---- descriptors ---- */

void calls_add(struct calls *calls, enum sim_file_kind kind, int fd)
{
	if (fd >= 0)
		calls->fds[kind][calls->num_fds[kind]++] = fd;
}

void calls_remove(struct calls *calls, int fd)
{
	for (unsigned kind = 0; kind < CALLS_KINDS; kind++)
		for (unsigned i = 0; i < calls->num_fds[kind]; i++)
			if (calls->fds[kind][i] == fd) {
				calls->num_fds[kind]--;
				memmove(&calls->fds[kind][i], &calls->fds[kind][i + 1],
					(calls->num_fds[kind] - i) * sizeof(int));
				return;
			}
}

/* ---- programs of guests ---- */

#define MOVZ_X0(value) (0xd2800000u | (uint32_t)((value) & 0xffff) << 5)
#define MOVK_X0_16(value) (0xf2a00000u | (uint32_t)((value) >> 16 & 0xffff) << 5)
#define MOV(to, from) (0xaa0003e0u | (from) << 16 | (to))
#define SMC 0xd4000003u
#define LDR_X1_X4 0xf9400081u
#define STR_X1_X4 0xf9000081u
#define STR_X0_X5_8 0xf90004a0u
#define B_BACK(words) (0x14000000u | (0x3ffffffu & -(uint32_t)(words)))

static const uint32_t functions[] = {
	SMC_RSI_HOST_CALL, SMC_RSI_IPA_STATE_SET, SMC_RSI_IPA_STATE_GET, SMC_RSI_MEASUREMENT_EXTEND,
	SMC64_PSCI_CPU_ON, SMC64_PSCI_AFFINITY_INFO, SMC32_PSCI_SYSTEM_OFF, SMC32_PSCI_CPU_OFF,
};

/*
 * Calls one function after the other, from number first on, with X5 to X7 as arguments; touches what X4 leads to. X5
 * leads to the structure of a host call that user space gets.
 */
static void write_program(uint32_t *words, unsigned first)
{
	uint32_t *at = words;

	*at++ = MOVZ_X0(HOST_CALL);
	*at++ = MOVK_X0_16(HOST_CALL);
	*at++ = STR_X0_X5_8;
	for (unsigned i = 0; i < COUNT(functions); i++) {
		uint32_t function = functions[(first + i) % COUNT(functions)];

		*at++ = LDR_X1_X4;
		*at++ = STR_X1_X4;
		*at++ = MOVZ_X0(function);
		*at++ = MOVK_X0_16(function);
		*at++ = MOV(1, 5);
		*at++ = MOV(2, 6);
		*at++ = MOV(3, 7);
		*at++ = SMC;
	}
	*at = B_BACK(at - words);
}

/* ---- the host ---- */

/* A guest comes back after each entry: user space asked for it, so that no program runs for ever. */
static void heard(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct calls *calls = arg;

	walker_tell(calls->walker, in, out);
	calls->heard = true;
	if (in[0] == SMC_RMI_REC_ENTER && calls->running)
		__atomic_store_n(&calls->running->immediate_exit, 1, __ATOMIC_RELEASE);
}

static void *memory_of(void *ctx, uint64_t pa, size_t size)
{
	return sim_memory_at(ctx, pa, size);
}

/* Granules that are not the host's */
static uint64_t taken(const struct calls *calls)
{
	const struct sim_memory *memory = &calls->sim->memory;

	return (memory->size + SIM_WINDOW_SIZE) / calls->page - walker_count(calls->walker, GRANULE_NS);
}

static void watch(struct calls *calls)
{
	struct sim_memory *memory = &calls->sim->memory;
	const struct walker_host host = {
		.ctx = calls->sim,
		.owners = { memory->owner, memory->owner + (memory->window - memory->base) / PAGE_4K },
		.memory = memory_of,
	};

	calls->walker = walker_new(calls->sim->rmm, &host);
	calls->sim->rmi_hook = heard;
	calls->sim->rmi_hook_arg = calls;
	calls->used_at_start = memory->used;
	calls->taken_at_start = taken(calls);
}

/* At an address that fits pages of the host */
static void *user_memory(const struct calls *calls, size_t size)
{
	void *memory;

	if (realm_sim_ops()->mmap(calls->sim, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0, &memory))
		machine_fail("no memory for the test");
	return memory;
}

static int make_host(struct calls *calls)
{
	static const uint32_t granules[] = { 4096, 16384, 65536 };
	struct realm_sim_opts opts = { .sz = sizeof(opts), .memory = UINT64_C(16) << 20 };

	opts.family = (enum realm_family)(1 + calls_next(calls) % REALM_FAMILY_RMI_V15);
	opts.profile = (enum realm_profile)(calls_next(calls) % (REALM_PROFILE_TF_RMM_2_0 + 1));
	opts.granule = granules[calls_next(calls) % COUNT(granules)];
	return realm_sim_new(&opts, &calls->sim);
}

bool calls_begin(struct calls *calls, const uint8_t *data, size_t size)
{
	memset(calls, 0, sizeof(*calls));
	calls->data = data;
	calls->size = size;
	if (!next_record(calls) || make_host(calls))
		return false;
	calls->page = calls->sim->memory.page_size;
	calls->user = user_memory(calls, CALLS_USER_BYTES);
	calls->scratch = user_memory(calls, SCRATCH_BYTES);
	for (unsigned i = 0; i < COUNT(functions); i++)
		write_program((uint32_t *)(void *)(calls->user + i * calls->page), i);
	watch(calls);
	calls_add(calls, SIM_SYSTEM, realm_sim_ops()->open(calls->sim, "/dev/kvm", 0));
	return true;
}

#define COUNT_NAME(name) CALL_##name,
enum { CALLS(COUNT_NAME) NUM_CALLS };

static void check(struct calls *calls)
{
	if (calls->heard)
		walker_check(calls->walker);
	calls->heard = false;
}

bool calls_step(struct calls *calls)
{
	if (!next_record(calls))
		return false;
	calls_do(calls, calls_next(calls) % NUM_CALLS);
	check(calls);
	return true;
}

/* ---- the end ---- */

static void close_all(struct calls *calls)
{
	for (unsigned kind = 0; kind < CALLS_KINDS; kind++)
		while (calls->num_fds[kind]) {
			int fd = calls->fds[kind][0];

			calls_remove(calls, fd);
			realm_sim_ops()->close(calls->sim, fd);
			check(calls);
		}
	for (unsigned i = 0; i < calls->num_runs; i++)
		munmap(calls->runs[i].page, calls->page);
}

static void check_files(const struct realm_sim *sim)
{
	for (size_t fd = 0; fd < sim->max_files; fd++)
		if (sim->files[fd])
			machine_fail("descriptor %zu is still open", fd);
}

/* Pages may stay away only where the RMM has them, and only if it had a reason to keep them. */
static void check_memory(const struct calls *calls)
{
	const struct sim_memory *memory = &calls->sim->memory;
	uint64_t lost = memory->used - calls->used_at_start, kept = taken(calls) - calls->taken_at_start;

	if (memory->window_used && !calls->loses)
		machine_fail("%llu pages of the process are still in use", (unsigned long long)memory->window_used);
	if (lost > kept || (kept && !calls->loses))
		machine_fail("%llu pages are not back, the RMM has %llu", (unsigned long long)lost,
			     (unsigned long long)kept);
}

void calls_end(struct calls *calls)
{
	realm_sim_inject(calls->sim, NULL);
	close_all(calls);
	walker_check(calls->walker);
	check_files(calls->sim);
	check_memory(calls);
	walker_free(calls->walker);
	realm_sim_free(calls->sim);
	munmap(calls->scratch, SCRATCH_BYTES);
	munmap(calls->user, CALLS_USER_BYTES);
}
