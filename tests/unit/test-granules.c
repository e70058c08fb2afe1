/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-granules.c - digests of loads from every kind of source, on any number of threads; failures and cancelling */
#include <fcntl.h>

#include "tmpdir.h"

#define RAM_BASE UINT64_C(0x80000000)
#define SIZE (3 * CHUNK_SIZE + 5000) /* a few chunks and an odd end */

static uint8_t *bytes;              /* SIZE of them, with a zero stretch in the middle */
static const char path[] = "bytes"; /* a file of them */

static int setup(void **state)
{
	size_t i;

	if (enter_tmpdir(state))
		return -1;
	bytes = malloc(SIZE);
	for (i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 7 + (i >> 8) + 1);
	memset(bytes + CHUNK_SIZE - 6000, 0, 20000);
	write_file(path, bytes, SIZE);
	return 0;
}

static int teardown(void **state)
{
	free(bytes);
	return leave_tmpdir(state);
}

static struct realm_plan *make_plan(struct realm_ctx *ctx, uint32_t granule)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_granule(plan, granule), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, RAM_BASE, 64 * 1024 * 1024), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	return plan;
}

/* Every granule of a plan whose one load holds bytes[from, from + len) at RAM_BASE + at. */
static void assert_granules(struct realm_plan *plan, unsigned int threads, uint64_t at, size_t from, size_t len)
{
	struct realm_work_opts opts = { .sz = sizeof(opts), .threads = threads };
	uint32_t size = realm_plan_granule(plan);
	uint64_t base = at - at % size;
	struct granules *granules;
	struct granule granule;
	uint8_t *page = malloc(size);
	uint8_t digest[REALM_DIGEST_MAX];

	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
	for (; base < at + len; base += size) {
		uint64_t start = base > at ? base : at;
		uint64_t end = base + size < at + len ? base + size : at + len;

		memset(page, 0, size);
		memcpy(page + (start - base), bytes + from + (start - at), end - start);
		assert_int_equal(realm_digest(realm_plan_hash(plan), page, size, digest), 0);
		assert_int_equal(granules_next(granules, &granule), 1);
		assert_true(granule.ipa == RAM_BASE + base);
		assert_true(granule.measured);
		assert_memory_equal(granule.digest, digest, sizeof(digest));
	}
	assert_int_equal(granules_next(granules, &granule), 0);
	assert_int_equal(granules_next(granules, &granule), 0);
	granules_close(granules);
	free(page);
}

static int read_bytes(void *arg, uint64_t offset, void *buf, size_t len)
{
	uint64_t *expected = arg;

	if (offset < *expected || offset + len > SIZE)
		return -EIO;
	*expected = offset + len;
	memcpy(buf, bytes + offset, len);
	return 0;
}

static void every_source_gives_the_same_digests(void **state)
{
	static const unsigned int threads[] = { 1, 2, 5, 0 };
	static const uint32_t sizes[] = { 4096, 16384, 65536 };
	struct realm_load_opts whole = { .sz = sizeof(whole), .size = SIZE };
	int fd = open(path, O_RDONLY);
	size_t t, s;

	for (t = 0; t < ARRAY_SIZE(threads); t++)
		for (s = 0; s < ARRAY_SIZE(sizes); s++) {
			struct realm_plan *plan = make_plan(*state, sizes[s]);
			uint64_t expected = 0;

			assert_int_equal(realm_plan_load_file(plan, RAM_BASE, path, NULL), 0);
			assert_granules(plan, threads[t], 0, 0, SIZE);
			realm_plan_free(plan);

			plan = make_plan(*state, sizes[s]);
			assert_int_equal(realm_plan_load_memory(plan, RAM_BASE, bytes, SIZE, NULL), 0);
			assert_granules(plan, threads[t], 0, 0, SIZE);
			realm_plan_free(plan);

			plan = make_plan(*state, sizes[s]);
			assert_int_equal(realm_plan_load_fd(plan, RAM_BASE, fd, NULL), 0);
			assert_granules(plan, threads[t], 0, 0, SIZE);
			assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
			realm_plan_free(plan);

			plan = make_plan(*state, sizes[s]);
			assert_int_equal(realm_plan_load_callback(plan, RAM_BASE, read_bytes, &expected, &whole), 0);
			assert_granules(plan, threads[t], 0, 0, SIZE);
			assert_true(expected == SIZE);
			realm_plan_free(plan);
		}
	close(fd);
}

static void odd_addresses_and_parts_of_files_are_padded_with_zero(void **state)
{
	static const struct {
		uint64_t at, offset, size;
	} cases[] = {
		{ 4, 0, 4 },           { 4092, 1, 8 },         { 4092, 0, 4 },
		{ 0x1ffc, 7, 300000 }, { 65532, SIZE - 1, 1 }, { 12, 100, CHUNK_SIZE - 12 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct realm_load_opts opts = { .sz = sizeof(opts), .offset = cases[i].offset, .size = cases[i].size };
		struct realm_plan *plan = make_plan(*state, i % 2 ? 65536 : 4096);

		assert_int_equal(realm_plan_load_file(plan, RAM_BASE + cases[i].at, path, &opts), 0);
		assert_granules(plan, 2, cases[i].at, cases[i].offset, cases[i].size);
		realm_plan_free(plan);
	}
}

/* A file that is one hole but for its last bytes: digests of zeros, whatever the file system makes of it. */
static void holes_are_zero(void **state)
{
	struct realm_plan *plan = make_plan(*state, 4096);
	uint8_t zero[4096] = { 0 }, digest[REALM_DIGEST_MAX];
	struct granules *granules;
	struct granule granule;
	static const char sparse[] = "sparse";
	int fd, i, count = 16 * CHUNK_SIZE / 4096;

	fd = open(sparse, O_RDWR | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "end", 3, 16 * CHUNK_SIZE - 3), 3);
	close(fd);
	assert_int_equal(realm_plan_load_file(plan, RAM_BASE, sparse, NULL), 0);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, NULL, &granules), 0);
	assert_int_equal(realm_digest(REALM_HASH_SHA256, zero, sizeof(zero), digest), 0);
	for (i = 0; i < count; i++) {
		assert_int_equal(granules_next(granules, &granule), 1);
		assert_int_equal(!memcmp(granule.digest, digest, sizeof(digest)), i < count - 1);
	}
	assert_int_equal(granules_next(granules, &granule), 0);
	granules_close(granules);
	realm_plan_free(plan);
	unlink(sparse);
}

static void loads_come_in_list_order(void **state)
{
	struct realm_load_opts unmeasured = { .sz = sizeof(unmeasured), .flags = REALM_LOAD_UNMEASURED };
	static const uint64_t ipas[] = { 0x5000, 0x6000, 0x1000, 0x9000 };
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;
	struct granule granule;
	size_t i;

	assert_int_equal(realm_plan_load_memory(plan, RAM_BASE + 0x5ffc, "abcdefgh", 8, NULL), 0);
	assert_int_equal(realm_plan_load_memory(plan, RAM_BASE + 0x1000, "x", 1, &unmeasured), 1);
	assert_int_equal(realm_plan_load_memory(plan, RAM_BASE + 0x9000, "y", 1, NULL), 2);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, NULL, &granules), 0);
	for (i = 0; i < ARRAY_SIZE(ipas); i++) {
		assert_int_equal(granules_next(granules, &granule), 1);
		assert_true(granule.ipa == RAM_BASE + ipas[i]);
		assert_int_equal(granule.measured, i != 2);
		assert_int_equal(granule.digest != NULL, i != 2);
	}
	assert_int_equal(granules_next(granules, &granule), 0);
	granules_close(granules);
	realm_plan_free(plan);
}

/* ---- failures ---- */

static int take_all(struct granules *granules)
{
	struct granule granule;
	int ret;

	while ((ret = granules_next(granules, &granule)) > 0)
		;
	return ret;
}

static void file_that_became_shorter_is_an_error(void **state)
{
	static const unsigned int threads[] = { 1, 4 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		struct realm_work_opts opts = { .sz = sizeof(opts), .threads = threads[i] };
		struct realm_plan *plan = make_plan(*state, 4096);
		struct granules *granules;
		struct granule granule;
		static const char shrinking[] = "shrinking";
		int fd, err;

		fd = open(shrinking, O_RDWR | O_CREAT | O_EXCL, 0600);
		assert_int_equal(write(fd, bytes, SIZE), SIZE);
		assert_int_equal(realm_plan_load_file(plan, RAM_BASE, shrinking, NULL), 0);
		assert_int_equal(plan_validate(plan), 0);
		assert_int_equal(ftruncate(fd, SIZE - 1), 0);
		assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
		err = take_all(granules);
		assert_error(*state, err, EIO, shrinking, "became shorter");
		assert_int_equal(granules_next(granules, &granule), -EIO);
		granules_close(granules);
		realm_plan_free(plan);
		close(fd);
		unlink(shrinking);
	}
}

static void file_that_went_away_is_an_error(void **state)
{
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;
	static const char gone[] = "gone";

	write_file(gone, "kernel", 6);
	assert_int_equal(realm_plan_load_file(plan, RAM_BASE, gone, NULL), 0);
	assert_int_equal(plan_validate(plan), 0);
	unlink(gone);
	assert_int_equal(granules_open(plan, false, NULL, &granules), 0);
	assert_error(*state, take_all(granules), ENOENT, gone, "cannot be read");
	granules_close(granules);
	realm_plan_free(plan);
}

static int refuse(void *arg, uint64_t offset, void *buf, size_t len)
{
	return -EPIPE;
}

static void callback_that_fails_is_an_error(void **state)
{
	struct realm_load_opts opts = { .sz = sizeof(opts), .name = "payload", .size = SIZE };
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;

	assert_int_equal(realm_plan_load_callback(plan, RAM_BASE, refuse, NULL, &opts), 0);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, NULL, &granules), 0);
	assert_error(*state, take_all(granules), EIO, "payload", "read callback failed for the bytes from offset 0");
	granules_close(granules);
	realm_plan_free(plan);
}

struct progress {
	unsigned int calls, stop_at;
	uint64_t done, total;
};

static int count_calls(void *arg, uint64_t done, uint64_t total)
{
	struct progress *progress = arg;

	assert_true(done > progress->done && done <= total);
	progress->done = done;
	progress->total = total;
	return ++progress->calls == progress->stop_at;
}

static void progress_reaches_the_total(void **state)
{
	struct progress progress = { 0 };
	struct realm_work_opts opts = { .sz = sizeof(opts), .progress = count_calls, .progress_arg = &progress };
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;

	assert_int_equal(realm_plan_load_file(plan, RAM_BASE, path, NULL), 0);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
	assert_int_equal(take_all(granules), 0);
	assert_true(progress.done == SIZE && progress.total == SIZE);
	assert_int_equal(progress.calls, 4);
	granules_close(granules);
	realm_plan_free(plan);
}

/* However many loads there are: at most one call for each 256 KiB (realm_progress_fn), and one at the end. */
static void progress_is_not_told_of_every_small_load(void **state)
{
	struct progress progress = { 0 };
	struct realm_work_opts opts = { .sz = sizeof(opts), .progress = count_calls, .progress_arg = &progress };
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;
	uint64_t i;

	for (i = 0; i < 150; i++)
		assert_int_equal(realm_plan_load_memory(plan, RAM_BASE + i * 4096, bytes, 4096, NULL), i);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
	assert_int_equal(take_all(granules), 0);
	assert_true(progress.done == 150 * 4096);
	assert_int_equal(progress.calls, 150 * 4096 / CHUNK_SIZE + 1);
	granules_close(granules);
	realm_plan_free(plan);
}

static void progress_can_cancel(void **state)
{
	struct progress progress = { .stop_at = 2 };
	struct realm_work_opts opts = {
		.sz = sizeof(opts), .threads = 3, .progress = count_calls, .progress_arg = &progress
	};
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;

	assert_int_equal(realm_plan_load_file(plan, RAM_BASE, path, NULL), 0);
	assert_int_equal(plan_validate(plan), 0);
	assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
	assert_error(*state, take_all(granules), ECANCELED, NULL, "stopped");
	assert_int_equal(progress.calls, 2);
	granules_close(granules);
	realm_plan_free(plan);
}

static void closing_early_ends_the_threads(void **state)
{
	struct realm_work_opts opts = { .sz = sizeof(opts), .threads = 4 };
	struct realm_plan *plan = make_plan(*state, 4096);
	struct granules *granules;
	struct granule granule;
	int i;

	assert_int_equal(realm_plan_load_file(plan, RAM_BASE, path, NULL), 0);
	assert_int_equal(plan_validate(plan), 0);
	for (i = 0; i < 20; i++) {
		assert_int_equal(granules_open(plan, false, &opts, &granules), 0);
		if (i % 2)
			assert_int_equal(granules_next(granules, &granule), 1);
		granules_close(granules);
	}
	granules_close(NULL);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(every_source_gives_the_same_digests),
		ctx_test(odd_addresses_and_parts_of_files_are_padded_with_zero),
		ctx_test(holes_are_zero),
		ctx_test(loads_come_in_list_order),
		ctx_test(file_that_became_shorter_is_an_error),
		ctx_test(file_that_went_away_is_an_error),
		ctx_test(callback_that_fails_is_an_error),
		ctx_test(progress_reaches_the_total),
		ctx_test(progress_is_not_told_of_every_small_load),
		ctx_test(progress_can_cancel),
		ctx_test(closing_early_ends_the_threads),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
