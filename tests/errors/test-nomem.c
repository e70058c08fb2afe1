/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-nomem.c - each scenario again and again, with one more allocation that succeeds before one fails
 *
 * The linker sends what the library allocates through the __wrap functions (--wrap in meson.build).  A scenario in which an allocation failed
 * gives -ENOMEM, with that in the context, or all that it gives without the failure.  Leaks are for the sanitizer and valgrind to find.
 * jansson's own allocations fail only where it writes: its parser takes some of them for faults of the input.
 */
#include <fcntl.h>
#include <pthread.h>

#include <jansson.h>

#include "../unit/fixture.h"
#include "refuse.h"

/* ---- allocation ---- */

static bool jansson_fails;

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(char *, strdup, (const char *text), (text), NULL)
WRAP(char *, strndup, (const char *text, size_t len), (text, len), NULL)
WRAP(char *, realpath, (const char *name, char *buf), (name, buf), NULL)
WRAP(char *, getcwd, (char *buf, size_t size), (buf, size), NULL)
WRAP(FILE *, open_memstream, (char **bufp, size_t *sizep), (bufp, sizep), NULL)
WRAP(FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL)
WRAP(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query), NULL)
WRAP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
WRAP(int, EVP_DigestInit_ex2, (EVP_MD_CTX * ctx, const EVP_MD *md, const OSSL_PARAM *params), (ctx, md, params), 0)
WRAP(int, pthread_create, (pthread_t * thread, const pthread_attr_t *attr, void *(*main)(void *), void *arg),
     (thread, attr, main, arg), EAGAIN)

/* ---- scenarios ---- */

#define RAM_BASE UINT64_C(0x80000000)

static struct fixture *files;
static const char *kernel, *dtb, *initrd, *host, *plan_file, *log_file, *trace_file;
static uint8_t code[40000];
static char out[16384]; /* what a scenario found */

static void put(const char *text)
{
	size_t used = strlen(out);

	snprintf(out + used, sizeof(out) - used, "%s\n", text);
}

static void put_bytes(const uint8_t *bytes, size_t len)
{
	char hex[2 * REALM_DIGEST_MAX + 1] = "";
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	put(hex);
}

static int read_code(void *arg, uint64_t offset, void *buf, size_t len)
{
	memcpy(buf, code + offset, len);
	return 0;
}

/* A plan with every kind of load that the offline calls take. */
static int fill(struct realm_plan *plan, bool has_json_form)
{
	struct realm_load_opts named = { .sz = sizeof(named), .name = "kernel" };
	struct realm_load_opts sized = { .sz = sizeof(sized), .size = sizeof(code) };
	int err = realm_plan_set_name(plan, "a plan");

	if (!err)
		err = realm_plan_set_ipa_bits(plan, 33);
	if (!err)
		err = realm_plan_add_ram(plan, RAM_BASE, 0x400000);
	if (err >= 0)
		err = realm_plan_add_ram(plan, RAM_BASE + 0x400000, 0x1000);
	if (err >= 0)
		err = realm_plan_add_rec(plan, RAM_BASE, NULL, 0);
	if (err >= 0)
		err = realm_plan_load_file(plan, RAM_BASE, kernel, &named);
	if (err >= 0)
		err = realm_plan_load_memory(plan, RAM_BASE + 0x100000, code, 5000, NULL);
	if (err >= 0)
		err = realm_plan_load_zero(plan, RAM_BASE + 0x110000, 5000, NULL);
	if (err >= 0)
		err = realm_plan_load_file(plan, RAM_BASE + 0x120000, dtb, NULL);
	if (err >= 0 && !has_json_form)
		err = realm_plan_load_callback(plan, RAM_BASE + 0x200000, read_code, NULL, &sized);
	return err < 0 ? err : 0;
}

static int make_plan(struct realm_ctx *ctx, bool has_json_form, struct realm_plan **planp)
{
	int err = realm_plan_new(ctx, planp);

	if (err)
		return err;
	err = fill(*planp, has_json_form);
	if (err)
		realm_plan_free(*planp);
	return err;
}

static int put_plan(struct realm_plan *plan, const char *dir)
{
	char *text = out;
	int err = realm_plan_format(plan, dir, &text);

	assert_int_equal(err != 0, text == out);
	if (err)
		return err;
	put(text);
	realm_free(text);
	return 0;
}

static int formatting(struct realm_ctx *ctx)
{
	struct realm_plan *plan;
	int err = make_plan(ctx, true, &plan);

	if (err)
		return err;
	err = put_plan(plan, NULL);
	if (!err)
		err = put_plan(plan, files->dir);
	realm_plan_free(plan);
	return err;
}

static int checking(struct realm_ctx *ctx)
{
	struct realm_plan *plan;
	int err = make_plan(ctx, false, &plan);

	if (err)
		return err;
	err = realm_plan_check(plan);
	realm_plan_free(plan);
	return err;
}

static int reading(struct realm_ctx *ctx)
{
	struct realm_plan *plan = (struct realm_plan *)out;
	int err = realm_plan_read(ctx, plan_file, &plan);

	assert_int_equal(err != 0, plan == (struct realm_plan *)out);
	if (err)
		return err;
	err = realm_plan_apply_host(plan, host);
	if (!err)
		err = put_plan(plan, NULL);
	realm_plan_free(plan);
	return err;
}

/* A failure whose detail takes memory. */
static int reading_faults(struct realm_ctx *ctx)
{
	static const char *const plans[] = {
		"{\"schema\":\"realm-plan/1\",\"nane\":1}",
		"{\"schema\":\"realm-plan/"
		"1\",\"ipa_bits\":33,\"ram\":[{\"base\":0,\"size\":\"1M\"}],\"recs\":[{\"pc\":0}],"
		"\"load\":[{\"at\":0,\"file\":\"missing\"}]}",
		"{\"schema\":",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
	};
	struct realm_plan *plan;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plans); i++) {
		int err = realm_plan_parse(ctx, plans[i], strlen(plans[i]), files->dir, &plan);

		assert_true(err < 0);
		if (err == -ENOMEM)
			return err;
		assert_int_equal(err, i == 1 ? -ENOENT : -EBADMSG);
		put(realm_error_why(realm_ctx_last_error(ctx)));
	}
	return 0;
}

static int preset(struct realm_ctx *ctx, const char *vmm, const struct realm_preset_opts *opts)
{
	struct realm_plan *plan = (struct realm_plan *)out;
	int err = realm_preset_plan(ctx, vmm, opts, &plan);

	assert_int_equal(err != 0, plan == (struct realm_plan *)out);
	if (err)
		return err;
	err = put_plan(plan, NULL);
	realm_plan_free(plan);
	return err;
}

static int presets(struct realm_ctx *ctx)
{
	struct realm_preset_opts own = {
		.sz = sizeof(own), .kernel = kernel, .initrd = initrd, .cmdline = "quiet", .cpus = 2
	};
	struct realm_preset_opts kvmtool = {
		.sz = sizeof(kvmtool), .kernel = kernel, .dtb = dtb, .ram_size = 0x10000000
	};
	int err = preset(ctx, "realmctl", &own);

	out[0] = 0; /* its device tree is longer than out */
	return err ? err : preset(ctx, "kvmtool", &kvmtool);
}

static int put_events(struct realm_events *events)
{
	struct realm_event event = { .sz = sizeof(event) };
	unsigned int counts[REALM_EVENT_ACTIVATE + 1] = { 0 };
	char line[64];
	int ret;

	while ((ret = realm_events_next(events, &event)) > 0) {
		counts[event.type]++;
		if (event.type == REALM_EVENT_DATA)
			put_bytes(event.content, 4);
	}
	if (ret < 0) {
		assert_int_equal(realm_events_next(events, &event), ret);
		return ret;
	}
	snprintf(line, sizeof(line), "%u ripas, %u recs", counts[REALM_EVENT_RIPAS], counts[REALM_EVENT_REC]);
	put(line);
	return 0;
}

static int plan_events(struct realm_ctx *ctx)
{
	struct realm_work_opts work = { .sz = sizeof(work), .threads = 3 };
	struct realm_events *events = (struct realm_events *)out;
	struct realm_plan *plan;
	int err = make_plan(ctx, false, &plan);

	if (err)
		return err;
	err = realm_events_new(plan, REALM_FAMILY_RMI_V12, &work, &events);
	assert_int_equal(err != 0, events == (struct realm_events *)out);
	if (!err) {
		err = put_events(events);
		realm_events_free(events);
	}
	realm_plan_free(plan);
	return err;
}

static int log_events(struct realm_ctx *ctx)
{
	struct realm_events *events = (struct realm_events *)out;
	int err = realm_events_read(ctx, log_file, NULL, &events);

	assert_int_equal(err != 0, events == (struct realm_events *)out);
	if (err)
		return err;
	err = put_events(events);
	realm_events_free(events);
	return err;
}

static int trace_events(struct realm_ctx *ctx)
{
	struct realm_events *events = (struct realm_events *)out;
	int err = realm_trace_read(ctx, trace_file, NULL, &events);

	assert_int_equal(err != 0, events == (struct realm_events *)out);
	if (err)
		return err;
	err = put_events(events);
	realm_events_free(events);
	return err;
}

static void put_rows(struct realm_measurement *rows)
{
	size_t i;

	for (i = 0; i < realm_measurement_count(rows); i++)
		put_bytes(realm_measurement_row(rows, i, NULL, NULL), realm_hash_size(realm_measurement_hash(rows)));
	realm_measurement_free(rows);
}

static int measuring(struct realm_ctx *ctx)
{
	struct realm_measurement *rows = (struct realm_measurement *)out;
	struct realm_plan *plan;
	int err = make_plan(ctx, false, &plan);

	if (err)
		return err;
	err = realm_measure(plan, NULL, &rows);
	assert_int_equal(err != 0, rows == (struct realm_measurement *)out);
	if (!err)
		put_rows(rows);
	realm_plan_free(plan);
	return err;
}

static int measuring_a_log(struct realm_ctx *ctx)
{
	struct realm_measurement *rows = (struct realm_measurement *)out;
	struct realm_events *events;
	int err = realm_events_read(ctx, log_file, NULL, &events);

	if (err)
		return err;
	err = realm_measure_events(events, NULL, &rows);
	assert_int_equal(err != 0, rows == (struct realm_measurement *)out);
	if (!err)
		put_rows(rows);
	realm_events_free(events);
	return err;
}

static int extending(struct realm_ctx *ctx)
{
	struct realm_event event = { .sz = sizeof(event), .type = REALM_EVENT_REALM, .s2sz = 33 };
	struct realm_rim *rim = (struct realm_rim *)out;
	uint8_t before[REALM_DIGEST_MAX];
	int err = realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, &rim);

	assert_int_equal(err != 0, rim == (struct realm_rim *)out);
	for (; !err && event.type <= REALM_EVENT_ACTIVATE; event.type++, event.flags = 1) {
		memcpy(before, realm_rim_value(rim), sizeof(before));
		err = realm_rim_extend(rim, &event);
		if (err)
			assert_memory_equal(realm_rim_value(rim), before, sizeof(before));
	}
	if (!err)
		put_bytes(realm_rim_value(rim), 32);
	if (rim != (struct realm_rim *)out)
		realm_rim_free(rim);
	return err;
}

/* ---- failing ---- */

/* The next descriptor to be had: higher when one was left open. */
static int next_fd(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	close(fd);
	return fd;
}

/* Run with the nth allocation failing; false when there were fewer. */
static bool fail_nth(int (*scenario)(struct realm_ctx *ctx), long n, const char *expected)
{
	struct realm_ctx *ctx;
	int err;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	out[0] = 0;
	atomic_store(&failed, false);
	atomic_store(&left, n);
	err = scenario(ctx);
	atomic_store(&left, -1);
	if (err) {
		assert_true(atomic_load(&failed));
		assert_error(ctx, err, ENOMEM, NULL, "out of memory");
	} else {
		assert_string_equal(out, expected);
	}
	realm_ctx_free(ctx);
	return atomic_load(&failed);
}

static void assert_survives(int (*scenario)(struct realm_ctx *ctx))
{
	char expected[sizeof(out)];
	struct realm_ctx *ctx;
	int fd = next_fd();
	long n = 0;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	out[0] = 0;
	assert_int_equal(scenario(ctx), 0);
	realm_ctx_free(ctx);
	memcpy(expected, out, sizeof(out));
	while (fail_nth(scenario, n, expected))
		n++;
	assert_true(n > 1);
	assert_int_equal(next_fd(), fd);
}

#define SURVIVES(scenario, with_jansson)                                                                               \
	static void scenario##_survives(void **state)                                                                  \
	{                                                                                                              \
		jansson_fails = with_jansson;                                                                          \
		assert_survives(scenario);                                                                             \
	}

SURVIVES(formatting, true)
SURVIVES(checking, true)
SURVIVES(reading, false)
SURVIVES(reading_faults, false)
SURVIVES(presets, true)
SURVIVES(plan_events, true)
SURVIVES(log_events, false)
SURVIVES(trace_events, false)
SURVIVES(measuring, true)
SURVIVES(measuring_a_log, false)
SURVIVES(extending, true)

static void calls_without_context_survive(void **state)
{
	struct realm_ctx *ctx = (struct realm_ctx *)out;
	uint8_t digest[REALM_DIGEST_MAX] = { 1 }, rem[REALM_DIGEST_MAX] = { 1 };
	const uint8_t before[REALM_DIGEST_MAX] = { 1 };
	long n;

	atomic_store(&left, 0);
	assert_int_equal(realm_ctx_new(&ctx), -ENOMEM);
	assert_ptr_equal(ctx, out);
	for (n = 0; n < 3; n++) {
		atomic_store(&left, n);
		assert_int_equal(realm_digest(REALM_HASH_SHA256, "x", 1, digest), -ENOMEM);
		assert_memory_equal(digest, before, sizeof(before));
		atomic_store(&left, n);
		assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, "x", 1), -ENOMEM);
		assert_memory_equal(rem, before, sizeof(before));
	}
	atomic_store(&left, -1);
}

/* A call that fails for want of memory changes nothing. */
static void a_plan_is_as_it_was(void **state)
{
	struct realm_load_opts named = { .sz = sizeof(named), .name = "kernel" };
	struct realm_plan *plan;
	long n;

	assert_int_equal(make_plan(files->ctx, true, &plan), 0);
	out[0] = 0;
	assert_int_equal(put_plan(plan, NULL), 0);
	for (n = 0; n < 4; n++) { /* the bytes, the name, the list */
		char before[sizeof(out)];
		int err;

		memcpy(before, out, sizeof(out));
		atomic_store(&left, n);
		err = realm_plan_load_memory(plan, RAM_BASE + 0x130000, code, 1, &named);
		atomic_store(&left, -1);
		assert_int_equal(err, n < 3 ? -ENOMEM : 4);
		if (err > 0)
			break;
		out[0] = 0;
		assert_int_equal(put_plan(plan, NULL), 0);
		assert_string_equal(out, before);
	}
	atomic_store(&left, 0);
	assert_int_equal(realm_plan_set_name(plan, "another"), -ENOMEM);
	atomic_store(&left, -1);
	assert_string_equal(realm_plan_name(plan), "a plan");
	realm_plan_free(plan);
}

/* ---- files ---- */

static const char *write_text(const char *name, const char *text)
{
	return fixture_write(files, name, text, strlen(text), strlen(text));
}

static void *json_malloc(size_t size)
{
	return jansson_fails ? __wrap_malloc(size) : __real_malloc(size);
}

static int setup(void **state)
{
	struct realm_preset_opts opts = { .sz = sizeof(opts) };
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_plan *plan;

	atomic_store(&left, -1);
	json_set_alloc_funcs(json_malloc, free);
	if (fixture_setup((void **)&files))
		return -1;
	put_image_head(code, 0, sizeof(code), 0);
	memset(code + 64, 0x5a, sizeof(code) - 64);
	kernel = fixture_write(files, "kernel", code, sizeof(code), sizeof(code));
	initrd = write_text("initrd", "070701");
	opts.kernel = kernel;
	assert_int_equal(realm_preset_plan(files->ctx, "realmctl", &opts, &plan), 0);
	dtb = fixture_write(files, "dtb", plan->loads[1].data, plan->loads[1].size, plan->loads[1].size);
	realm_plan_free(plan);
	host = write_text("host", "{\"schema\":\"realm-host/1\",\"ipa_bits\":40,\"breakpoints\":6}");
	plan_file = write_text("plan", "{\"schema\":\"realm-plan/1\",\"name\":\"n\",\"ipa_bits\":33,\"rpv\":\"0102\","
				       "\"ram\":[{\"base\":0,\"size\":\"1M\"}],"
				       "\"load\":[{\"at\":0,\"file\":\"kernel\",\"name\":\"k\"},"
				       "{\"at\":65536,\"hex\":\"0102\"},{\"at\":131072,\"zero\":4096}],"
				       "\"recs\":[{\"pc\":0,\"gprs\":[1],\"mpidr\":0},{\"pc\":0}]}");
	log_file = write_text("log",
			      "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096,\"kvm\":\"rme\"}\n"
			      "{\"event\":\"realm\",\"flags\":0,\"s2sz\":33,\"sve_vl\":0,\"num_bps\":1,\"num_wps\":1,"
			      "\"pmu_num_ctrs\":0}\n"
			      "{\"event\":\"ripas\",\"base\":0,\"top\":4096}\n"
			      "{\"event\":\"data\",\"ipa\":0,\"flags\":0}\n"
			      "{\"event\":\"rec\",\"flags\":1,\"pc\":0,\"gprs\":[0,0,0,0,0,0,0,0]}\n"
			      "{\"event\":\"activate\"}\n");
	trace_file = write_text("trace",
				"rmi_call: fid=0xc4000158 in=1,2 out=0 version=0x10000 granule=4096 flags=0 s2sz=33"
				" sve_vl=0 num_bps=1 num_wps=1 pmu_num_ctrs=0 hash_algo=0 rtt_level_start=1 end\n"
				"rmi_call: fid=0xc400015d in=1,3,0,2 out=0 end\n"
				"rmi_call: fid=0xc4000168 in=1,0,0x200000 out=0,0x200000 end\n"
				"rmi_call: fid=0xc400015a in=1,4,5 out=0x10d end\n"
				"rmi_call: fid=0xc4000203 in=0 out=0 flags=1 pc=0 gprs=0,0,0,0,0,0,0,0 end\n");
	return 0;
}

static int teardown(void **state)
{
	return fixture_teardown((void **)&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formatting_survives),
		cmocka_unit_test(checking_survives),
		cmocka_unit_test(reading_survives),
		cmocka_unit_test(reading_faults_survives),
		cmocka_unit_test(presets_survives),
		cmocka_unit_test(plan_events_survives),
		cmocka_unit_test(log_events_survives),
		cmocka_unit_test(trace_events_survives),
		cmocka_unit_test(measuring_survives),
		cmocka_unit_test(measuring_a_log_survives),
		cmocka_unit_test(extending_survives),
		cmocka_unit_test(calls_without_context_survive),
		cmocka_unit_test(a_plan_is_as_it_was),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
