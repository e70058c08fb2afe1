/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * calls.c - the calls of a host that realm_create() makes, a line each: calls FAMILY [all]
 *
 * With "all" the plan asks for all that the host has: SVE, and a PMU.
 * A line is the name of an operation; of ioctl, the request and the first 16 bytes of what it hands in follow.  "step" and a name close
 * a step.
 */
#include <realm-sim.h>
#include <stdio.h>
#include <string.h>

#define RAM_BASE UINT64_C(0x80000000)
#define IOC_WRITE (1ul << 30)
#define IOC_SIZE(request) ((request) >> 16 & 0x3fff)

struct recorder {
	const struct realm_host_ops *ops;
	struct realm_sim *sim;
	int on;
};

/* ---- operations that say so, and pass the call on ---- */

static void record(const struct recorder *recorder, const char *name)
{
	if (recorder->on)
		puts(name);
}

static int record_open(void *host, const char *path, int flags)
{
	struct recorder *recorder = host;

	record(recorder, "open");
	return recorder->ops->open(recorder->sim, path, flags);
}

static void print_ioctl(unsigned long request, uintptr_t arg)
{
	size_t size = request & IOC_WRITE ? IOC_SIZE(request) : 0, i;
	uint8_t bytes[16];

	printf("ioctl 0x%lx ", request);
	if (size > sizeof(bytes))
		size = sizeof(bytes);
	if (size)
		memcpy(bytes, (const void *)arg, size);
	for (i = 0; i < size; i++)
		printf("%02x", bytes[i]);
	puts("");
}

static int record_ioctl(void *host, int fd, unsigned long request, uintptr_t arg)
{
	struct recorder *recorder = host;

	if (recorder->on)
		print_ioctl(request, arg);
	return recorder->ops->ioctl(recorder->sim, fd, request, arg);
}

static int record_mmap(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	struct recorder *recorder = host;

	record(recorder, "mmap");
	return recorder->ops->mmap(recorder->sim, length, prot, flags, fd, offset, addrp);
}

static int record_madvise(void *host, void *addr, size_t length, int advice)
{
	struct recorder *recorder = host;

	record(recorder, "madvise");
	return recorder->ops->madvise(recorder->sim, addr, length, advice);
}

static int record_fallocate(void *host, int fd, int mode, uint64_t offset, uint64_t length)
{
	struct recorder *recorder = host;

	record(recorder, "fallocate");
	return recorder->ops->fallocate(recorder->sim, fd, mode, offset, length);
}

static int pass_close(void *host, int fd)
{
	struct recorder *recorder = host;

	return recorder->ops->close(recorder->sim, fd);
}

static int pass_munmap(void *host, void *addr, size_t length)
{
	struct recorder *recorder = host;

	return recorder->ops->munmap(recorder->sim, addr, length);
}

static int pass_read(void *host, int fd, void *buf, size_t size)
{
	struct recorder *recorder = host;

	return recorder->ops->read(recorder->sim, fd, buf, size);
}

static uint32_t pass_page_size(void *host)
{
	struct recorder *recorder = host;

	return recorder->ops->page_size(recorder->sim);
}

static const struct realm_host_ops recorder_ops = {
	.sz = sizeof(recorder_ops),
	.open = record_open,
	.close = pass_close,
	.read = pass_read,
	.ioctl = record_ioctl,
	.mmap = record_mmap,
	.munmap = pass_munmap,
	.madvise = record_madvise,
	.fallocate = record_fallocate,
	.page_size = pass_page_size,
};

/* ---- a realm ---- */

static int ask_for_all(struct realm_ctx *ctx, struct realm_plan *plan)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info;
	int err = realm_host_probe(ctx, &info);

	if (err)
		return err;
	err = realm_host_info_limits(info, &limits);
	realm_host_info_free(info);
	if (!err)
		err = realm_plan_set_sve_bits(plan, limits.sve_bits);
	return err ? err : realm_plan_set_pmu_counters(plan, limits.pmu_counters);
}

static int describe(struct realm_plan *plan)
{
	static const uint8_t page[4096];
	int ret = realm_plan_set_ipa_bits(plan, 33);

	if (ret >= 0)
		ret = realm_plan_add_ram(plan, RAM_BASE, sizeof(page));
	if (ret >= 0)
		ret = realm_plan_load_memory(plan, RAM_BASE, page, sizeof(page), NULL);
	if (ret >= 0)
		ret = realm_plan_add_rec(plan, RAM_BASE, NULL, 0);
	return ret < 0 ? ret : 0;
}

static void print_step(void *arg, const char *step, uint64_t ns)
{
	printf("step %s\n", step);
}

static int create(struct realm_ctx *ctx, struct realm_plan *plan, struct recorder *recorder, int all)
{
	struct realm_opts opts = { .sz = sizeof(opts), .step = print_step };
	struct realm *realm;
	uint64_t type;
	int err = describe(plan);

	if (!err && all)
		err = ask_for_all(ctx, plan);
	if (!err)
		err = realm_vm_type(ctx, 33, &type); /* what is asked of the host is not asked again after this */
	recorder->on = 1;
	if (!err)
		err = realm_create(plan, &opts, &realm);
	if (!err)
		realm_destroy(realm);
	return err;
}

int main(int argc, char **argv)
{
	struct realm_sim_opts opts = { .sz = sizeof(opts) };
	struct recorder recorder = { .ops = realm_sim_ops() };
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx;
	int err;

	if (argc < 2 || argc > 3 || realm_family_from_name(argv[1], &opts.family) ||
	    realm_sim_new(&opts, &recorder.sim))
		return 2;
	if (realm_ctx_new(&ctx))
		return 1;
	err = realm_ctx_set_host(ctx, &recorder_ops, &recorder);
	if (!err)
		err = realm_plan_new(ctx, &plan);
	if (!err)
		err = create(ctx, plan, &recorder, argc > 2);
	if (err)
		fprintf(stderr, "%s\n", realm_error_why(realm_ctx_last_error(ctx)));
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(recorder.sim);
	return err ? 1 : 0;
}
