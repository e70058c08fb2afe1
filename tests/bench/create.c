/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * create.c - what it costs to create realms on the software host: time against nothing but reading, copying and
 * hashing the same bytes; a realm without loads; memory
 *
 * CPU time of this process, the best of several interleaved rounds. Exit 1 when a target is missed. Needs 1 GiB of disk
 * in TMPDIR, and as much memory.
 */
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "realm-sim.h"

#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)
#define BASE UINT64_C(0x80000000)
#define PAGE 4096
#define DESCRIPTOR 0x100	/* of a page of data, as RMMs hash it */
#define ROUNDS 5

#define SHARE 0.90	/* of creating is hashing and copying */
#define EMPTY_MS 20.0
#define EMPTY_MIB 64.0	/* resident, for a realm of 8 GiB without loads */

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(2);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- the file ---- */

static char path[4096];

static void remove_file(void)
{
	unlink(path);
}

static void make_file(uint64_t size)
{
	const char *directory = getenv("TMPDIR");
	uint8_t *bytes = malloc(MIB);
	int fd;

	snprintf(path, sizeof(path), "%s/realm-create-XXXXXX", directory ? directory : "/tmp");
	fd = mkstemp(path);
	must(bytes && fd >= 0, path);
	atexit(remove_file);
	for (uint64_t at = 0; at < size; at += MIB) {
		for (size_t i = 0; i < MIB; i += 256)
			must(getrandom(bytes + i, 256, 0) == 256, "getrandom");
		must(write(fd, bytes, MIB) == (ssize_t)MIB, path);
	}
	close(fd);
	free(bytes);
}

/* ---- what cannot be avoided ---- */

/*
 * Each page is read from the file, copied into memory that was never touched, and hashed there; each digest goes into
 * the chain of descriptors that is the RIM.
 */
static void digest(EVP_MD_CTX *ctx, const EVP_MD *md, const void *data, size_t size, uint8_t *out)
{
	must(EVP_DigestInit_ex2(ctx, md, NULL) == 1 && EVP_DigestUpdate(ctx, data, size) == 1 &&
	     EVP_DigestFinal_ex(ctx, out, NULL) == 1, "hash");
}

static void hash_pages(const uint8_t *buffer, uint8_t *memory, size_t size, EVP_MD_CTX *ctx, const EVP_MD *md)
{
	static uint8_t descriptor[DESCRIPTOR];

	for (size_t at = 0; at < size; at += PAGE) {
		memcpy(memory + at, buffer + at, PAGE);
		digest(ctx, md, memory + at, PAGE, descriptor + 0x40);
		digest(ctx, md, descriptor, sizeof(descriptor), descriptor);
	}
}

static double reference(uint64_t size)
{
	double start = now();
	uint8_t *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	EVP_MD *md = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t *buffer = malloc(MIB);
	int fd = open(path, O_RDONLY);

	must(memory != MAP_FAILED && md && ctx && buffer && fd >= 0, "reference");
	madvise(memory, size, MADV_HUGEPAGE);
	for (uint64_t at = 0; at < size; at += MIB) {
		must(read(fd, buffer, MIB) == (ssize_t)MIB, path);
		hash_pages(buffer, memory + at, MIB, ctx, md);
	}
	start = now() - start;
	close(fd);
	free(buffer);
	EVP_MD_CTX_free(ctx);
	EVP_MD_free(md);
	munmap(memory, size);
	return start;
}

/* ---- realms ---- */

static struct realm_plan *plan_of(struct realm_ctx *ctx, uint64_t ram, bool loads)
{
	struct realm_plan *plan;

	must(!realm_plan_new(ctx, &plan) && !realm_plan_set_ipa_bits(plan, 36) && !realm_plan_add_ram(plan, BASE, ram) &&
	     !realm_plan_add_rec(plan, BASE, NULL, 0), "plan");
	if (loads)
		must(!realm_plan_load_file(plan, BASE, path, NULL), "load");
	return plan;
}

/* Seconds; host and context are there already, as in a VMM that makes its second realm. */
static double create(struct realm_ctx *ctx, uint64_t ram, bool loads)
{
	struct realm_plan *plan = plan_of(ctx, ram, loads);
	struct realm *realm;
	double start = now(), took;

	if (realm_create(plan, NULL, &realm)) {
		fprintf(stderr, "create: %s\n", realm_error_why(realm_ctx_last_error(ctx)));
		exit(2);
	}
	took = now() - start;
	realm_destroy(realm);
	realm_plan_free(plan);
	return took;
}

static double peak_mib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

static bool row(const char *what, double seen, const char *unit, const char *target, bool met)
{
	printf("| %s | %.2f%s | %s | %s |\n", what, seen, unit, target, met ? "" : "MISSED");
	fflush(stdout);
	return met;
}

static double least(double a, double b)
{
	return a && a < b ? a : b;
}

static bool without_loads(struct realm_ctx *ctx)
{
	double before = peak_mib(), best = 0, memory;
	bool ok;

	for (int i = 0; i < ROUNDS; i++)
		best = least(best, create(ctx, 8 * GIB, false));
	memory = peak_mib() - before;
	ok = row("8 GiB of RAM without loads", best * 1e3, " ms", "< 20 ms", best * 1e3 < EMPTY_MS);
	return row("memory for it", memory, " MiB", "< 64 MiB", memory < EMPTY_MIB) && ok;
}

static bool with_loads(struct realm_ctx *ctx)
{
	double created = 0, needed = 0, share;

	make_file(GIB);
	for (int i = 0; i < ROUNDS; i++) {
		needed = least(needed, reference(GIB));
		created = least(created, create(ctx, GIB, true));
	}
	share = needed / created;
	row("1 GiB of loads", created, " s", "", true);
	row("reading, copying and hashing that", needed, " s", "", true);
	return row("share of it", share, "", ">= 0.90", share >= SHARE);
}

int main(void)
{
	struct realm_sim *sim = NULL;
	struct realm_ctx *ctx = NULL;
	bool ok;

	must(!realm_sim_new(NULL, &sim) && !realm_ctx_new(&ctx) && !realm_ctx_set_host(ctx, realm_sim_ops(), sim), "host");
	printf("| what | seen | target | |\n|---|---|---|---|\n");
	ok = without_loads(ctx);
	ok = with_loads(ctx) && ok;
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return !ok;
}
