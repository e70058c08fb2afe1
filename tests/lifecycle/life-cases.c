/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * life-cases.c - runs the cases of life.h on a host, and prints TAP
 *
 *     life-cases --host sim|kvm [--kvm FAMILY] [--rmm PROFILE] [--granule BYTES] [--only NAME]
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "life.h"
#include "sim.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct life_list *const lists[] = { &life_build, &life_refuse, &life_memory, &life_run };

static const char *const reasons[] = {
#define REASON(name, reason) reason,
	LIFE_NEEDS(REASON)
};

/* ---- the host ---- */

static unsigned has_of_family(enum realm_family family, bool in_place)
{
	unsigned has = LIFE_GUEST;

	has |= family == REALM_FAMILY_RME_RFC ? LIFE_NO_CONVERT | LIFE_MEASURES_ALL :
					       LIFE_CONVERT | LIFE_MEMFD | LIFE_UNMEASURED;
	has |= family <= REALM_FAMILY_RME ? LIFE_CONFIG : LIFE_FIXED;
	has |= family >= REALM_FAMILY_RME && family <= REALM_FAMILY_RMI_V14 ? LIFE_ATTRIBUTES : 0;
	has |= in_place ? LIFE_IN_PLACE : LIFE_NO_IN_PLACE;
	has |= family == REALM_FAMILY_RME_RFC || family >= REALM_FAMILY_RMI_V14 ? LIFE_NO_PSCI_COMPLETE : 0;
	return has;
}

static int fail(const char *what, int err)
{
	fprintf(stderr, "life-cases: %s: %s\n", what, strerror(-err));
	return 1;
}

static int open_sim(struct life *life, uint32_t granule)
{
	const struct realm_sim_opts opts = {
		.sz = sizeof(opts), .family = life->family, .profile = life->profile, .granule = granule,
	};
	int err = realm_sim_new(&opts, &life->sim);

	if (err)
		return fail("there is no such software host", err);
	life->family = life->sim->opts.family;
	life->profile = life->sim->opts.profile;
	life->page = life->sim->opts.granule;
	life->has = has_of_family(life->family, life->family == REALM_FAMILY_RMI_V15) | LIFE_TELLS;
	if (!realm_sim_runs_guests())
		life->has &= ~(unsigned)LIFE_GUEST;
	return 0;
}

static int open_kvm(struct life *life)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	struct realm_host_info *info;
	struct realm_ctx *ctx;
	int err = realm_ctx_new(&ctx);

	if (!err)
		err = realm_host_probe(ctx, &info);
	if (err)
		return fail("the host cannot be asked", err);
	if (realm_host_info_limits(info, &limits)) {
		printf("1..0 # SKIP %s\n", realm_host_info_why(info));
		exit(0);
	}
	life->family = realm_host_info_family(info);
	life->page = limits.granule;
	life->has = has_of_family(life->family, limits.in_place);
	realm_host_info_free(info);
	realm_ctx_free(ctx);
	return 0;
}

/* ---- one case ---- */

/* What there is of this process and of the host, to compare */
struct left {
	int fd;	/* the lowest that is free */
	uint64_t pages, windows;
};

static struct left left_over(const struct life *life)
{
	struct left left = { .fd = dup(STDERR_FILENO) };

	close(left.fd);
	if (life->sim) {
		left.pages = life->sim->memory.used;
		left.windows = life->sim->memory.window_used;
	}
	return left;
}

static void note(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct life *life = arg;
	size_t len = strlen(life->warnings);

	if (level <= REALM_LOG_WARNING)
		snprintf(life->warnings + len, sizeof(life->warnings) - len, "%s: %s\n", where ? where : "", message);
}

static bool begin(struct life *life)
{
	life->realm = NULL;
	life->plan = NULL;
	life->events_len = 0;
	memset(life->events, 0, sizeof(life->events));
	life->warnings[0] = life->fault[0] = 0;
	life->opts = (struct realm_opts){ .sz = sizeof(life->opts) };
	if (realm_ctx_new(&life->ctx) || realm_ctx_set_log(life->ctx, note, life))
		return false;
	return !life->sim || !realm_ctx_set_host(life->ctx, realm_sim_ops(), life->sim);
}

static void end(struct life *life)
{
	realm_destroy(life->realm);
	realm_plan_free(life->plan);
	realm_ctx_free(life->ctx);
}

/* setjmp() in a function without variables of its own, which would not survive it */
static bool run_case(struct life *life, const struct life_case *one)
{
	if (setjmp(life->end))
		return false;
	life->plan = life_plan(life);
	one->run(life);
	return true;
}

static bool passes(struct life *life, const struct life_case *one)
{
	struct left before = left_over(life), after;
	bool ok = begin(life) && run_case(life, one);

	end(life);
	after = left_over(life);
	if (ok && (after.fd != before.fd || after.pages != before.pages || after.windows != before.windows)) {
		snprintf(life->fault, sizeof(life->fault), "left over: descriptors from %d on, %lld pages, %lld windows",
			 before.fd, (long long)(after.pages - before.pages), (long long)(after.windows - before.windows));
		return false;
	}
	return ok;
}

/* ---- all cases ---- */

static const char *reason_to_skip(const struct life *life, const struct life_case *one)
{
	for (unsigned i = 0; i < LIFE_NEEDS_COUNT; i++)
		if (one->needs & ~life->has & 1u << i)
			return reasons[i];
	return NULL;
}

static bool report(struct life *life, const struct life_case *one, unsigned number)
{
	const char *skip = reason_to_skip(life, one);
	bool ok = skip || passes(life, one);

	printf("%sok %u - %s%s%s\n", ok ? "" : "not ", number, one->name, skip ? " # SKIP " : "", skip ? skip : "");
	if (!ok)
		printf("# %s\n", life->fault);
	fflush(stdout);	/* a crash must leave what came before it */
	return ok;
}

static int run_all(struct life *life, const char *only)
{
	unsigned number = 0, failed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->count; j++)
			if (!only || !strcmp(only, lists[i]->cases[j].name))
				failed += !report(life, &lists[i]->cases[j], ++number);
	printf("1..%u\n", number);
	return failed != 0;
}

/* ---- the command line ---- */

struct arguments {
	const char *host, *only;
	uint32_t granule;
};

static int take(struct life *life, struct arguments *arguments, int option, const char *value)
{
	switch (option) {
	case 'h':
		arguments->host = value;
		return 0;
	case 'k':
		return realm_family_from_name(value, &life->family);
	case 'r':
		return realm_profile_from_name(value, &life->profile);
	case 'g':
		arguments->granule = (uint32_t)atoi(value);
		return 0;
	case 'o':
		arguments->only = value;
		return 0;
	default:
		return -1;
	}
}

static int read_arguments(struct life *life, struct arguments *arguments, int argc, char **argv)
{
	static const struct option options[] = {
		{ "host", required_argument, NULL, 'h' },    { "kvm", required_argument, NULL, 'k' },
		{ "rmm", required_argument, NULL, 'r' },     { "granule", required_argument, NULL, 'g' },
		{ "only", required_argument, NULL, 'o' },    { NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (take(life, arguments, option, optarg))
			return -1;
	return optind != argc || (strcmp(arguments->host, "sim") && strcmp(arguments->host, "kvm")) ? -1 : 0;
}

int main(int argc, char **argv)
{
	static struct life life;
	struct arguments arguments = { .host = "" };
	int err;

	if (read_arguments(&life, &arguments, argc, argv)) {
		fprintf(stderr, "usage: life-cases --host sim|kvm [--kvm FAMILY] [--rmm PROFILE] [--granule BYTES] "
				"[--only CASE]\n");
		return 2;
	}
	err = strcmp(arguments.host, "sim") ? open_kvm(&life) : open_sim(&life, arguments.granule);
	if (!err)
		err = run_all(&life, arguments.only);
	realm_sim_free(life.sim);
	return err;
}
