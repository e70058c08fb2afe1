/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-plan-check.c - what a plan may not be, with the JSON path of the culprit */
#include <sys/stat.h>
#include <unistd.h>

#include "tmpdir.h"

#define MAX UINT64_MAX
#define B(n) (UINT64_C(1) << (n))

struct extent {
	uint64_t at;
	uint64_t size;
};

/* Unset: 33 IPA bits, no LPA2, granules of 4096; loads are zeros.  where NULL: a valid plan. */
struct layout {
	const char *where;
	const char *why;
	struct extent rams[3];
	struct extent loads[4];
	unsigned int ipa_bits;
	int lpa2;
	uint32_t granule;
};

static const struct layout layouts[] = {
	/* the IPA width */
	{ NULL, NULL, .rams = { { 0, B(31) } }, .ipa_bits = 32 },
	{ NULL, NULL, .rams = { { 0, B(47) } }, .ipa_bits = 48 },
	{ "$.ipa_bits", "49 bits need LPA2", .rams = { { 0, 4096 } }, .ipa_bits = 49 },
	{ "$.ipa_bits", "52 bits need LPA2", .rams = { { 0, 4096 } }, .ipa_bits = 52 },
	{ NULL, NULL, .rams = { { 0, B(51) } }, .ipa_bits = 52, .lpa2 = 1 },
	/* alignment of RAM */
	{ "$.ram[0].base", "0x80000800 is not a multiple of the granule, 4096", .rams = { { 0x80000800, 4096 } } },
	{ "$.ram[1].base", "0x1 is not a multiple", .rams = { { 0x80000000, 4096 }, { 1, 4096 } } },
	{ "$.ram[0].size", "0x0 is not a multiple", .rams = { { 0x80000000, 0 }, { 0x90000000, 4096 } } },
	{ "$.ram[0].size", "0xfff is not a multiple", .rams = { { 0x80000000, 4095 } } },
	{ "$.ram[0].base", "0x80001000 is not a multiple of the granule, 16384", .rams = { { 0x80001000, 16384 } },
	  .granule = 16384 },
	{ "$.ram[0].size", "0x8000 is not a multiple of the granule, 65536", .rams = { { 0x80000000, 32768 } },
	  .granule = 65536 },
	{ NULL, NULL, .rams = { { 0x80010000, 65536 } }, .granule = 65536 },
	/* the protected half */
	{ NULL, NULL, .rams = { { 0, B(32) } } },
	{ NULL, NULL, .rams = { { B(32) - 4096, 4096 } } },
	{ "$.ram[0].base", "0x100000000 is outside the protected half, which ends at 0x100000000",
	  .rams = { { B(32), 4096 } } },
	{ "$.ram[0].size", "0x2000 bytes at 0xfffff000 end outside", .rams = { { B(32) - 4096, 8192 } } },
	{ "$.ram[0].size", "end outside the protected half", .rams = { { 0, B(32) + 4096 } } },
	{ "$.ram[0].size", "end outside the protected half", .rams = { { 4096, MAX - 4095 } } },
	{ "$.ram[0].size", "end outside the protected half", .rams = { { 0x80000000, MAX - 4095 } } },
	{ "$.ram[0].base", "outside the protected half", .rams = { { MAX - 4095, 4096 } } },
	{ "$.ram[0].base", "outside the protected half", .rams = { { B(63), B(63) } } },
	{ "$.ram[0].size", "end outside", .rams = { { B(50), B(51) } }, .ipa_bits = 52, .lpa2 = 1 },
	/* overlap of RAM */
	{ NULL, NULL, .rams = { { 0x80001000, 4096 }, { 0x80000000, 4096 }, { 0x80002000, 4096 } } },
	{ "$.ram[1].base", "overlaps $.ram[0] at 0x80000000", .rams = { { 0x80000000, 4096 }, { 0x80000000, 4096 } } },
	{ "$.ram[1].base", "overlaps $.ram[0] at 0x80001000", .rams = { { 0x80000000, 8192 }, { 0x80001000, 4096 } } },
	{ "$.ram[1].base", "overlaps $.ram[0] at 0x80001000", .rams = { { 0x80001000, 4096 }, { 0x80000000, 8192 } } },
	{ "$.ram[2].base", "overlaps $.ram[0] at 0x80002000",
	  .rams = { { 0x80000000, 0x10000 }, { 0x90000000, 4096 }, { 0x80002000, 4096 } } },
	/* place of a load */
	{ NULL, NULL, .rams = { { 0x80000000, 8192 } }, .loads = { { 0x80000000, 8192 } } },
	{ NULL, NULL, .rams = { { 0x80000000, 8192 } }, .loads = { { 0x80001ffc, 4 } } },
	{ NULL, NULL, .rams = { { 0x80000000, 8192 } }, .loads = { { 0x80000004, 1 } } },
	{ "$.load[0].at", "0x80000002 is not a multiple of 4", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80000002, 4 } } },
	{ "$.load[0].at", "0xffffffffffffffff is not a multiple of 4", .rams = { { 0x80000000, 8192 } },
	  .loads = { { MAX, 4 } } },
	{ "$.load[0].at", "0x7ffffffc is outside RAM", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x7ffffffc, 8 } } },
	{ "$.load[0].at", "0x80002000 is outside RAM", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80002000, 4 } } },
	{ "$.load[0].at", "0x180000000 is outside RAM", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x180000000, 4 } } },
	{ "$.load[0].at", "0xfffffffffffffffc is outside RAM", .rams = { { 0x80000000, 8192 } },
	  .loads = { { MAX - 3, 4 } } },
	{ "$.load[1].at", "0x0 is outside RAM", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80000000, 4 }, { 0, 4 } } },
	/* end of a load */
	{ "$.load[0]", "5 bytes at 0x80001ffc do not fit: RAM ends at 0x80002000", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80001ffc, 5 } } },
	{ "$.load[0]", "8193 bytes at 0x80000000 do not fit", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80000000, 8193 } } },
	{ "$.load[0]", "18446744073709551615 bytes", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80000000, MAX } } },
	{ "$.load[0]", "18446744071562067967 bytes", .rams = { { 0x80000000, 8192 } },
	  .loads = { { 0x80001000, MAX - 0x80000000 } } },
	{ NULL, NULL, .rams = { { 0x80000000, 4096 }, { 0x80001000, 4096 } }, .loads = { { 0x80000ffc, 8 } } },
	{ NULL, NULL, .rams = { { 0x80001000, 4096 }, { 0x80000000, 4096 } }, .loads = { { 0x80000000, 8192 } } },
	{ "$.load[0]", "do not fit: RAM ends at 0x80001000", .rams = { { 0x80000000, 4096 }, { 0x80002000, 4096 } },
	  .loads = { { 0x80000000, 12288 } } },
	{ NULL, NULL, .rams = { { B(51) - 4096, 4096 } }, .loads = { { B(51) - 4, 4 } }, .ipa_bits = 52, .lpa2 = 1 },
	/* loads that share a granule */
	{ NULL, NULL, .rams = { { 0x80000000, 0x10000 } },
	  .loads = { { 0x80000000, 4096 }, { 0x80001000, 1 }, { 0x80002ffc, 4 } } },
	{ NULL, NULL, .rams = { { 0x80000000, 0x10000 } },
	  .loads = { { 0x80002000, 4096 }, { 0x80001000, 1 }, { 0x80000000, 4 } } },
	{ "$.load[1].at", "shares a granule with $.load[0] at 0x80000000", .rams = { { 0x80000000, 0x10000 } },
	  .loads = { { 0x80000000, 4 }, { 0x80000ffc, 4 } } },
	{ "$.load[1].at", "shares a granule with $.load[0] at 0x80001000", .rams = { { 0x80000000, 0x10000 } },
	  .loads = { { 0x80001008, 4 }, { 0x80000000, 4097 } } },
	{ "$.load[2].at", "shares a granule with $.load[0]", .rams = { { 0x80000000, 0x10000 } },
	  .loads = { { 0x80000000, 0x4000 }, { 0x80008000, 4 }, { 0x80002000, 4 } } },
	{ "$.load[1].at", "shares a granule", .rams = { { 0x80000000, 0x20000 } },
	  .loads = { { 0x80000000, 4 }, { 0x80001000, 4 } }, .granule = 16384 },
	{ "$.load[1].at", "shares a granule", .rams = { { 0x80000000, 0x20000 } },
	  .loads = { { 0x80000000, 4 }, { 0x8000fffc, 4 } }, .granule = 65536 },
	{ NULL, NULL, .rams = { { 0x80000000, 0x20000 } }, .loads = { { 0x80000000, 4 }, { 0x80010000, 4 } },
	  .granule = 65536 },
};

static struct realm_plan *plan_of(struct realm_ctx *ctx, const struct layout *layout)
{
	struct realm_plan *plan;
	size_t i;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, layout->ipa_bits ? layout->ipa_bits : 33), 0);
	assert_int_equal(realm_plan_set_lpa2(plan, layout->lpa2), 0);
	assert_int_equal(realm_plan_set_granule(plan, layout->granule ? layout->granule : 4096), 0);
	for (i = 0; i < ARRAY_SIZE(layout->rams) && (layout->rams[i].at || layout->rams[i].size); i++)
		assert_int_equal(realm_plan_add_ram(plan, layout->rams[i].at, layout->rams[i].size), i);
	for (i = 0; i < ARRAY_SIZE(layout->loads) && layout->loads[i].size; i++)
		assert_int_equal(realm_plan_load_zero(plan, layout->loads[i].at, layout->loads[i].size, NULL), i);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	return plan;
}

static void layouts_are_judged(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(layouts); i++) {
		struct realm_plan *plan = plan_of(*state, &layouts[i]);
		int err = realm_plan_check(plan);

		if (layouts[i].where)
			assert_error(*state, err, EINVAL, layouts[i].where, layouts[i].why);
		else if (err)
			fail_msg("layout %zu: %s", i, realm_error_why(realm_ctx_last_error(*state)));
		realm_plan_free(plan);
	}
}

static void incomplete_plans_are_refused(void **state)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(*state, &plan), 0);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.ipa_bits", "not set");
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.ram", "a realm needs RAM");
	assert_int_equal(realm_plan_add_ram(plan, 0, 4096), 0);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.recs", "at least one REC");
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	assert_int_equal(realm_plan_check(plan), 0);
	realm_plan_free(plan);
}

static void granules_of_a_load_cover_it(void **state)
{
	const struct layout layout = { .rams = { { 0x80000000, 0x20000 } },
				       .loads = { { 0x80001ffc, 5 }, { 0x80004000, 4096 }, { 0x8001f000, 1 } } };
	struct realm_plan *plan = plan_of(*state, &layout);

	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(plan->loads[0].length, 5);
	assert_int_equal(load_base(plan, &plan->loads[0]), 0x80001000);
	assert_int_equal(load_top(plan, &plan->loads[0]), 0x80003000);
	assert_int_equal(load_base(plan, &plan->loads[1]), 0x80004000);
	assert_int_equal(load_top(plan, &plan->loads[1]), 0x80005000);
	assert_int_equal(load_top(plan, &plan->loads[2]), 0x80020000);
	realm_plan_free(plan);
}

/* ---- sources ---- */

struct file_case {
	const char *file;
	uint64_t offset;
	uint64_t size;
	int code;
	const char *why; /* NULL: length bytes are loaded */
	uint64_t length;
};

static const struct file_case file_cases[] = {
	{ "five", 0, 0, 0, NULL, 5 },
	{ "five", 4, 0, 0, NULL, 1 },
	{ "five", 1, 3, 0, NULL, 3 },
	{ "five", 0, 5, 0, NULL, 5 },
	{ "link", 0, 0, 0, NULL, 5 },
	{ "./sub/../five", 0, 0, 0, NULL, 5 },
	{ "sparse", B(40), 16, 0, NULL, 16 },
	{ "five", 5, 0, EINVAL, "no bytes to load", 0 },
	{ "empty", 0, 0, EINVAL, "no bytes to load", 0 },
	{ "five", 6, 0, EINVAL, "past the end", 0 },
	{ "five", 0, 6, EINVAL, "past the end", 0 },
	{ "five", 4, 2, EINVAL, "past the end", 0 },
	{ "five", 1, MAX, EINVAL, "past the end", 0 },
	{ "five", MAX, 1, EINVAL, "past the end", 0 },
	{ "five", MAX, MAX, EINVAL, "past the end", 0 },
	{ "missing", 0, 0, ENOENT, "missing: ", 0 },
	{ "five/below", 0, 0, ENOENT, "five/below: ", 0 },
	{ "dangling", 0, 0, ENOENT, "dangling: ", 0 },
	{ "loop", 0, 0, EIO, "loop: ", 0 },
	{ "sub", 0, 0, EINVAL, "a directory", 0 },
	{ "fifo", 0, 0, EINVAL, "a pipe", 0 },
	{ "/dev/null", 0, 0, EINVAL, "a device", 0 },
};

static int make_files(void **state)
{
	if (enter_tmpdir(state))
		return -1;
	write_file("five", "12345", 5);
	write_file("empty", "", 0);
	write_file("secret", "12345", 5);
	write_file("sparse", "", 0);
	return truncate("sparse", (off_t)B(41)) || mkdir("sub", 0777) || mkfifo("fifo", 0666) || chmod("secret", 0) ||
	       symlink("five", "link") || symlink("nothing", "dangling") || symlink("loop", "loop");
}

static struct realm_plan *small_plan(struct realm_ctx *ctx)
{
	const struct layout layout = { .rams = { { 0x80000000, 0x10000 } }, .loads = { { 0x80000000, 4 } } };

	return plan_of(ctx, &layout);
}

static void files_are_judged(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file_cases); i++) {
		const struct file_case *c = &file_cases[i];
		const struct realm_load_opts opts = { .sz = sizeof(opts), .offset = c->offset, .size = c->size };
		struct realm_plan *plan = small_plan(*state);

		assert_int_equal(realm_plan_load_file(plan, 0x80001000, c->file, &opts), 1);
		if (c->why) {
			assert_error(*state, realm_plan_check(plan), c->code, "$.load[1].file", c->why);
		} else {
			assert_int_equal(realm_plan_check(plan), 0);
			assert_true(plan->loads[1].length == c->length);
		}
		realm_plan_free(plan);
	}
}

static void unreadable_file_is_refused(void **state)
{
	struct realm_plan *plan = small_plan(*state);
	uid_t user = geteuid();
	int err;

	assert_int_equal(realm_plan_load_file(plan, 0x80001000, "secret", NULL), 1);
	if (!user) /* root reads everything */
		assert_int_equal(seteuid(65534), 0);
	err = realm_plan_check(plan);
	assert_int_equal(seteuid(user), 0);
	assert_error(*state, err, EACCES, "$.load[1].file", "secret: ");
	realm_plan_free(plan);
}

static void file_that_does_not_fit_is_refused(void **state)
{
	struct realm_plan *plan = small_plan(*state);

	assert_int_equal(realm_plan_load_file(plan, 0x80001000, "sparse", NULL), 1);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.load[1]",
		     "2199023255552 bytes at 0x80001000 do not fit: RAM ends at 0x80010000");
	realm_plan_free(plan);
}

static void descriptors_are_judged(void **state)
{
	struct realm_plan *plan = small_plan(*state);
	FILE *file = fopen("five", "r");
	int pipe_fds[2];

	assert_non_null(file);
	assert_int_equal(pipe(pipe_fds), 0);
	assert_int_equal(realm_plan_load_fd(plan, 0x80001000, fileno(file), NULL), 1);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(plan->loads[1].length, 5);
	assert_int_equal(realm_plan_load_fd(plan, 0x80002000, pipe_fds[0], NULL), 2);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.load[2]", "is a pipe");
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	assert_error(*state, realm_plan_check(plan), EIO, "$.load[2]", "");
	realm_plan_free(plan);
	fclose(file);
}

static int read_zeros(void *arg, uint64_t offset, void *buf, size_t len)
{
	memset(buf, 0, len);
	return 0;
}

static void memory_and_callbacks_have_their_given_length(void **state)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .size = 4097 };
	struct realm_plan *plan = small_plan(*state);

	assert_int_equal(realm_plan_load_memory(plan, 0x80001000, "abc", 3, NULL), 1);
	assert_int_equal(realm_plan_load_callback(plan, 0x80002000, read_zeros, NULL, &opts), 2);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(plan->loads[1].length, 3);
	assert_int_equal(plan->loads[2].length, 4097);
	assert_int_equal(realm_plan_load_zero(plan, 0x80003000, 1, NULL), 3);
	assert_error(*state, realm_plan_check(plan), EINVAL, "$.load[3].at", "shares a granule with $.load[2]");
	realm_plan_free(plan);
}

/* ---- warnings ---- */

struct log_seen {
	const char *message;
	unsigned int count;
	char where[64];
};

static void count_warning(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct log_seen *seen = arg;

	assert_int_equal(level, REALM_LOG_WARNING);
	assert_non_null(strstr(message, seen->message));
	snprintf(seen->where, sizeof(seen->where), "%s", where);
	seen->count++;
}

static void unmeasured_loads_are_warned_about(void **state)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .flags = REALM_LOAD_UNMEASURED };
	struct realm_plan *plan = small_plan(*state);
	struct log_seen seen = { .message = "not measured" };

	plan->recs[0].pc = 0x80000000;
	realm_ctx_set_log(*state, count_warning, &seen);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(seen.count, 0);
	assert_int_equal(realm_plan_load_zero(plan, 0x80001000, 1, &opts), 1);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.where, "$.load[1].measured");
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(seen.count, 1);
	realm_plan_free(plan);
}

static void realms_that_cannot_start_are_warned_about(void **state)
{
	struct realm_plan *plan = small_plan(*state);
	struct log_seen seen = { .message = "outside RAM" };

	realm_ctx_set_log(*state, count_warning, &seen);
	assert_int_equal(realm_plan_add_rec(plan, 0x8000fffc, NULL, 0), 1);
	assert_int_equal(realm_plan_set_rec_runnable(plan, 1, 1), 0);
	plan->recs[0].pc = 0x80010000;
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.where, "$.recs[0].pc");
	seen.message = "none is runnable";
	plan->recs[0].runnable = plan->recs[1].runnable = false;
	assert_int_equal(realm_plan_check(plan), 0);
	assert_int_equal(seen.count, 2);
	assert_string_equal(seen.where, "$.recs");
	realm_plan_free(plan);
}

/* Pairwise comparison of so many loads would take minutes. */
static void many_loads_are_judged_at_once(void **state)
{
	const struct layout layout = { .rams = { { 0x80000000, 0x40000000 } } };
	struct realm_plan *plan = plan_of(*state, &layout);
	const uint64_t count = 200000;
	uint64_t i;

	for (i = 0; i < count; i++)
		if (realm_plan_load_zero(plan, 0x80000000 + (i * 77777 % count) * 4096, 4, NULL) < 0)
			fail();
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(realm_plan_load_zero(plan, 0x80000ffc, 4, NULL), count);
	assert_error(*state, plan_validate(plan), EINVAL, "$.load[200000].at", "shares a granule with $.load[0]");
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(layouts_are_judged),
		ctx_test(incomplete_plans_are_refused),
		ctx_test(granules_of_a_load_cover_it),
		ctx_test(files_are_judged),
		ctx_test(unreadable_file_is_refused),
		ctx_test(file_that_does_not_fit_is_refused),
		ctx_test(descriptors_are_judged),
		ctx_test(memory_and_callbacks_have_their_given_length),
		ctx_test(unmeasured_loads_are_warned_about),
		ctx_test(realms_that_cannot_start_are_warned_about),
		ctx_test(many_loads_are_judged_at_once),
	};

	return cmocka_run_group_tests_name("plan-check", tests, make_files, leave_tmpdir);
}
