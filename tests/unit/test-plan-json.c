/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-plan-json.c - realm-plan/1 and realm-host/1: what is read, what is refused and where, what is written */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "tmpdir.h"

#define HEAD "{\"schema\":\"realm-plan/1\",\"ipa_bits\":33"
#define RAM ",\"ram\":[{\"base\":\"0x80000000\",\"size\":\"1M\"}]"
#define RECS ",\"recs\":[{\"pc\":0}]"
#define PLAN HEAD RAM RECS
#define LOAD(members) PLAN ",\"load\":[{\"at\":2147483648," members "}]}"
#define REC(members) HEAD RAM ",\"recs\":[{\"pc\":0," members "}]}"

struct bad_plan {
	const char *text;
	int code;
	const char *where;
	const char *why;
};

static const struct bad_plan bad_plans[] = {
	/* not an object, wrong schema, missing keys */
	{ "[]", EBADMSG, "$", "expected an object, not an array" },
	{ "{}", EBADMSG, "$.schema", "missing" },
	{ "{\"schema\":1}", EBADMSG, "$.schema", "expected a string" },
	{ "{\"schema\":\"realm-plan/2\"}", EBADMSG, "$.schema", "expected \"realm-plan/1\"" },
	{ "{\"schema\":\"realm-plan/1\"" RAM RECS "}", EBADMSG, "$.ipa_bits", "missing" },
	{ HEAD RECS "}", EBADMSG, "$.ram", "missing" },
	{ HEAD RAM "}", EBADMSG, "$.recs", "missing" },
	{ HEAD ",\"ram\":[]" RECS "}", EINVAL, "$.ram", "a realm needs RAM" },
	{ HEAD RAM ",\"recs\":[]}", EINVAL, "$.recs", "at least one REC" },
	{ HEAD ",\"ram\":[{\"base\":0}]" RECS "}", EBADMSG, "$.ram[0].size", "missing" },
	{ HEAD ",\"ram\":[{\"size\":4096}]" RECS "}", EBADMSG, "$.ram[0].base", "missing" },
	{ HEAD RAM ",\"recs\":[{}]}", EBADMSG, "$.recs[0].pc", "missing" },
	{ PLAN ",\"load\":[{\"zero\":1}]}", EBADMSG, "$.load[0].at", "missing" },
	/* unknown keys at each level */
	{ PLAN ",\"ipabits\":33}", EBADMSG, "$", "unknown key \"ipabits\"" },
	{ HEAD ",\"ram\":[{\"base\":0,\"size\":4096,\"slot\":0}]" RECS "}", EBADMSG, "$.ram[0]",
	  "unknown key \"slot\"" },
	{ LOAD("\"zero\":1,\"measure\":true"), EBADMSG, "$.load[0]", "unknown key \"measure\"" },
	{ REC("\"gpr\":[]"), EBADMSG, "$.recs[0]", "unknown key \"gpr\"" },
	/* wrong types */
	{ PLAN ",\"name\":1}", EBADMSG, "$.name", "expected a string, not an integer" },
	{ PLAN ",\"hash\":256}", EBADMSG, "$.hash", "expected a string, not an integer" },
	{ PLAN ",\"hash\":\"md5\"}", EBADMSG, "$.hash", "unknown hash \"md5\"" },
	{ PLAN ",\"rpv\":0}", EBADMSG, "$.rpv", "expected a string" },
	{ PLAN ",\"granule\":\"4K\"}", EBADMSG, "$.granule", "\"4K\" is not a 64-bit number" },
	{ PLAN ",\"granule\":null}", EBADMSG, "$.granule", "expected a number, not null" },
	{ PLAN ",\"lpa2\":1}", EBADMSG, "$.lpa2", "expected true or false" },
	{ PLAN ",\"sve_bits\":128.0}", EBADMSG, "$.sve_bits", "with a fraction or exponent" },
	{ PLAN ",\"breakpoints\":true}", EBADMSG, "$.breakpoints", "not a boolean" },
	{ PLAN ",\"watchpoints\":[]}", EBADMSG, "$.watchpoints", "not an array" },
	{ PLAN ",\"pmu_counters\":\"none\"}", EBADMSG, "$.pmu_counters", "\"none\" is not a 64-bit number" },
	{ PLAN ",\"flags\":-1}", EBADMSG, "$.flags", "-1 is negative" },
	{ PLAN ",\"load\":{}}", EBADMSG, "$.load", "expected an array, not an object" },
	{ PLAN ",\"load\":null}", EBADMSG, "$.load", "expected an array, not null" },
	{ PLAN ",\"load\":[1]}", EBADMSG, "$.load[0]", "expected an object, not an integer" },
	{ HEAD ",\"ram\":{}" RECS "}", EBADMSG, "$.ram", "expected an array" },
	{ HEAD ",\"ram\":[[]]" RECS "}", EBADMSG, "$.ram[0]", "expected an object" },
	{ HEAD ",\"ram\":[{\"base\":\"2G\",\"size\":4096}]" RECS "}", EBADMSG, "$.ram[0].base", "\"2G\" is not" },
	{ HEAD ",\"ram\":[{\"base\":0,\"size\":\"4096\"}]" RECS "}", EBADMSG, "$.ram[0].size", "\"4096\" is not" },
	{ HEAD RAM ",\"recs\":7}", EBADMSG, "$.recs", "expected an array" },
	{ HEAD RAM ",\"recs\":[{\"pc\":null}]}", EBADMSG, "$.recs[0].pc", "expected a number, not null" },
	{ REC("\"gprs\":0"), EBADMSG, "$.recs[0].gprs", "expected an array" },
	{ REC("\"gprs\":[1,2,\"x\"]"), EBADMSG, "$.recs[0].gprs[2]", "\"x\" is not a 64-bit number" },
	{ REC("\"runnable\":0"), EBADMSG, "$.recs[0].runnable", "expected true or false" },
	{ REC("\"mpidr\":[]"), EBADMSG, "$.recs[0].mpidr", "expected a number" },
	{ LOAD("\"zero\":1,\"measured\":0"), EBADMSG, "$.load[0].measured", "expected true or false" },
	{ LOAD("\"zero\":1,\"name\":null"), EBADMSG, "$.load[0].name", "expected a string" },
	{ LOAD("\"file\":7"), EBADMSG, "$.load[0].file", "expected a string" },
	{ LOAD("\"hex\":0"), EBADMSG, "$.load[0].hex", "expected a string" },
	{ LOAD("\"hex\":\"0\""), EBADMSG, "$.load[0].hex", "odd number of hex digits" },
	{ LOAD("\"hex\":\"zz\""), EBADMSG, "$.load[0].hex", "not a hex digit at offset 0" },
	{ LOAD("\"zero\":\"1\""), EBADMSG, "$.load[0].zero", "\"1\" is not a 64-bit number" },
	/* one source a load */
	{ LOAD("\"name\":\"x\""), EBADMSG, "$.load[0]", "exactly one of" },
	{ LOAD("\"file\":\"five\",\"zero\":1"), EBADMSG, "$.load[0]", "exactly one of" },
	{ LOAD("\"hex\":\"00\",\"zero\":1"), EBADMSG, "$.load[0]", "exactly one of" },
	{ LOAD("\"hex\":\"00\",\"offset\":1"), EBADMSG, "$.load[0].offset", "goes with \"file\" only" },
	{ LOAD("\"zero\":1,\"size\":null"), EBADMSG, "$.load[0].size", "goes with \"file\" only" },
	/* numbers out of range */
	{ "{\"schema\":\"realm-plan/1\",\"ipa_bits\":31" RAM RECS "}", EINVAL, "$.ipa_bits", "31 is not 32 to 52" },
	{ "{\"schema\":\"realm-plan/1\",\"ipa_bits\":49" RAM RECS "}", EINVAL, "$.ipa_bits", "49 bits need LPA2" },
	{ "{\"schema\":\"realm-plan/1\",\"ipa_bits\":4294967329" RAM RECS "}", EINVAL, "$.ipa_bits",
	  "4294967329 is out of range" },
	{ PLAN ",\"granule\":8192}", EINVAL, "$.granule", "8192 is not 4096, 16384 or 65536" },
	{ PLAN ",\"sve_bits\":100}", EINVAL, "$.sve_bits", "100 is not a multiple of 128" },
	{ PLAN ",\"sve_bits\":\"0x100000080\"}", EINVAL, "$.sve_bits", "4294967424 is out of range" },
	{ PLAN ",\"breakpoints\":1}", EINVAL, "$.breakpoints", "1 is not 2 to 16" },
	{ PLAN ",\"watchpoints\":17}", EINVAL, "$.watchpoints", "17 is not 2 to 16" },
	{ PLAN ",\"pmu_counters\":32}", EINVAL, "$.pmu_counters", "32 is not 0 to 31" },
	{ PLAN ",\"pmu_counters\":\"0xffffffff\"}", EINVAL, "$.pmu_counters", "4294967295 is out of range" },
	{ PLAN ",\"rpv\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	       "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00\"}",
	  EBADMSG, "$.rpv", "65 bytes of hex, at most 64 fit" },
	{ PLAN ",\"flags\":18446744073709551615}", EBADMSG, NULL, "too big integer" },
	{ REC("\"gprs\":[0,1,2,3,4,5,6,7,8]"), EINVAL, "$.recs[0].gprs", "9 registers, at most 8" },
	{ REC("\"mpidr\":16"), EINVAL, "$.recs[0].mpidr", "0x10 has bits outside" },
	/* layout; test-plan-check has them all */
	{ HEAD ",\"ram\":[{\"base\":1,\"size\":4096}]" RECS "}", EINVAL, "$.ram[0].base", "not a multiple" },
	{ HEAD ",\"ram\":[{\"base\":0,\"size\":\"16777215T\"}]" RECS "}", EINVAL, "$.ram[0].size", "protected half" },
	{ PLAN ",\"load\":[{\"at\":0,\"zero\":1}]}", EINVAL, "$.load[0].at", "outside RAM" },
	{ LOAD("\"zero\":0"), EINVAL, "$.load[0].zero", "at least one byte" },
	{ LOAD("\"zero\":\"0xffffffffffffffff\""), EINVAL, "$.load[0]", "do not fit" },
	{ LOAD("\"hex\":\"\""), EINVAL, "$.load[0].hex", "at least one byte" },
	{ LOAD("\"zero\":1},{\"at\":\"0x80000004\",\"zero\":1"), EINVAL, "$.load[1].at", "shares a granule" },
	/* files */
	{ LOAD("\"file\":\"\""), EINVAL, "$.load[0].file", "the file name is empty" },
	{ LOAD("\"file\":\"missing\""), ENOENT, "$.load[0].file", "missing" },
	{ LOAD("\"file\":\"sub\""), EINVAL, "$.load[0].file", "a directory" },
	{ LOAD("\"file\":\"/dev/zero\""), EINVAL, "$.load[0].file", "a device" },
	{ LOAD("\"file\":\"five\",\"size\":0"), EINVAL, "$.load[0].size", "at least one byte" },
	{ LOAD("\"file\":\"five\",\"size\":6"), EINVAL, "$.load[0].file", "past the end" },
	{ LOAD("\"file\":\"five\",\"offset\":\"0xffffffffffffffff\",\"size\":2"), EINVAL, "$.load[0].file",
	  "past the end" },
	/* not JSON */
	{ "", EBADMSG, NULL, "not JSON: column 0" },
	{ PLAN, EBADMSG, NULL, "not JSON: " },
	{ PLAN "} {}", EBADMSG, NULL, "end of file expected" },
	{ PLAN ",\"name\":\"a\",\"name\":\"b\"}", EBADMSG, NULL, "duplicate object key" },
	{ REC("\"mpidr\":0,\"mpidr\":0"), EBADMSG, NULL, "duplicate object key" },
	{ PLAN ",\"name\":\"\\u0000\"}", EBADMSG, NULL, "\\u0000 is not allowed" },
	{ PLAN ",\"name\":\"\xc3(\"}", EBADMSG, NULL, "unable to decode byte 0xc3" },
};

static void bad_plans_are_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_plans); i++) {
		const struct bad_plan *c = &bad_plans[i];
		struct realm_plan *plan = NULL;
		int err = realm_plan_parse(*state, c->text, strlen(c->text), NULL, &plan);

		assert_error(*state, err, c->code, c->where, c->why);
		assert_null(plan);
	}
}

/* Cut after any byte, a plan is malformed. */
static void truncated_plans_are_refused(void **state)
{
	static const char text[] = LOAD("\"hex\":\"00ff\",\"name\":\"\xc3\xa9\",\"measured\":false");
	struct realm_plan *plan;
	size_t len;

	for (len = 0; len < strlen(text); len++) {
		assert_int_equal(realm_plan_parse(*state, text, len, NULL, &plan), -EBADMSG);
		assert_null(realm_error_where(realm_ctx_last_error(*state)));
	}
	assert_int_equal(realm_plan_parse(*state, text, len, NULL, &plan), 0);
	realm_plan_free(plan);
}

static void large_text_is_refused(void **state)
{
	const size_t max = 16 * 1024 * 1024;
	char *text = malloc(max + 1);
	struct realm_plan *plan;

	assert_non_null(text);
	memset(text, ' ', max + 1);
	memcpy(text, PLAN "}", strlen(PLAN "}"));
	assert_int_equal(realm_plan_parse(*state, text, max, NULL, &plan), 0);
	realm_plan_free(plan);
	assert_error(*state, realm_plan_parse(*state, text, max + 1, NULL, &plan), EINVAL, NULL,
		     "larger than 16777216 bytes");
	write_file("large", text, max + 1);
	assert_error(*state, realm_plan_read(*state, "large", &plan), EINVAL, "large", "larger than 16777216 bytes");
	memset(text, '[', max);
	assert_error(*state, realm_plan_parse(*state, text, max, NULL, &plan), EBADMSG, NULL, "nested deeper than 32");
	free(text);
}

static void calls_without_pointers_are_refused(void **state)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_parse(NULL, "{}", 2, NULL, &plan), -EINVAL);
	assert_int_equal(realm_plan_parse(*state, NULL, 0, NULL, &plan), -EINVAL);
	assert_int_equal(realm_plan_parse(*state, "{}", 2, NULL, NULL), -EINVAL);
	assert_int_equal(realm_plan_read(NULL, "five", &plan), -EINVAL);
	assert_int_equal(realm_plan_read(*state, NULL, &plan), -EINVAL);
	assert_int_equal(realm_plan_read(*state, "five", NULL), -EINVAL);
}

/* ---- reading ---- */

static const char full[] =
	"{ \"schema\": \"realm-plan/1\", \"name\": \"d\\u00e9mo\", \"ipa_bits\": 50, \"hash\": \"sha512\",\n"
	"  \"rpv\": \"00ABcd\", \"granule\": \"0x4000\", \"lpa2\": true, \"sve_bits\": 256, \"breakpoints\": 6,\n"
	"  \"watchpoints\": 4, \"pmu_counters\": 0, \"flags\": \"0x8000000000000001\",\n"
	"  \"ram\": [ { \"base\": \"0x80000000\", \"size\": \"256M\" }, { \"base\": 0, \"size\": 16384 } ],\n"
	"  \"load\": [ { \"at\": \"0x80000000\", \"file\": \"five\", \"offset\": 1, \"size\": 3, \"name\": \"kernel\" "
	"},\n"
	"    { \"at\": 0, \"hex\": \"d00Dfeed\", \"measured\": false },\n"
	"    { \"at\": \"0x80010000\", \"zero\": \"64K\", \"measured\": true },\n"
	"    { \"at\": \"0x80020000\", \"file\": \"five\", \"size\": null } ],\n"
	"  \"recs\": [ { \"pc\": \"0xffffffffffffffff\", \"gprs\": [ 1, \"0x2\" ], \"runnable\": false },\n"
	"    { \"pc\": 4, \"runnable\": true, \"mpidr\": \"0x100\" } ] }\n";

static const char full_written[] =
	"{\n"
	"  \"schema\": \"realm-plan/1\",\n"
	"  \"name\": \"d\xc3\xa9mo\",\n"
	"  \"ipa_bits\": 50,\n"
	"  \"hash\": \"sha512\",\n"
	"  \"rpv\": \"00abcd\",\n"
	"  \"granule\": 16384,\n"
	"  \"lpa2\": true,\n"
	"  \"sve_bits\": 256,\n"
	"  \"breakpoints\": 6,\n"
	"  \"watchpoints\": 4,\n"
	"  \"pmu_counters\": 0,\n"
	"  \"flags\": \"0x8000000000000001\",\n"
	"  \"ram\": [\n"
	"    { \"base\": \"0x80000000\", \"size\": 268435456 },\n"
	"    { \"base\": \"0x0\", \"size\": 16384 }\n"
	"  ],\n"
	"  \"load\": [\n"
	"    { \"at\": \"0x80000000\", \"file\": \"five\", \"offset\": 1, \"size\": 3, \"name\": \"kernel\" },\n"
	"    { \"at\": \"0x0\", \"hex\": \"d00dfeed\", \"measured\": false },\n"
	"    { \"at\": \"0x80010000\", \"zero\": 65536 },\n"
	"    { \"at\": \"0x80020000\", \"file\": \"five\" }\n"
	"  ],\n"
	"  \"recs\": [\n"
	"    { \"pc\": \"0xffffffffffffffff\", \"gprs\": [\"0x1\", \"0x2\"], \"runnable\": false },\n"
	"    { \"pc\": \"0x4\", \"runnable\": true, \"mpidr\": \"0x100\" }\n"
	"  ]\n"
	"}\n";

static void full_plan_is_read(void **state)
{
	static const uint8_t rpv[REALM_RPV_SIZE] = { 0x00, 0xab, 0xcd };
	static const uint8_t hex[] = { 0xd0, 0x0d, 0xfe, 0xed };
	struct realm_plan *plan;

	assert_int_equal(realm_plan_parse(*state, full, strlen(full), NULL, &plan), 0);
	assert_string_equal(realm_plan_name(plan), "d\xc3\xa9mo");
	assert_int_equal(realm_plan_ipa_bits(plan), 50);
	assert_int_equal(realm_plan_hash(plan), REALM_HASH_SHA512);
	assert_memory_equal(realm_plan_rpv(plan), rpv, sizeof(rpv));
	assert_int_equal(realm_plan_granule(plan), 16384);
	assert_int_equal(realm_plan_lpa2(plan), 1);
	assert_int_equal(realm_plan_sve_bits(plan), 256);
	assert_int_equal(realm_plan_breakpoints(plan), 6);
	assert_int_equal(realm_plan_watchpoints(plan), 4);
	assert_int_equal(realm_plan_pmu_counters(plan), 0);
	assert_true(realm_plan_flags(plan) == UINT64_C(0x8000000000000001));
	assert_int_equal(plan->num_rams, 2);
	assert_int_equal(plan->rams[0].size, 0x10000000);
	assert_int_equal(plan->num_loads, 4);
	assert_int_equal(plan->loads[0].kind, REALM_LOAD_FILE);
	assert_int_equal(plan->loads[0].offset, 1);
	assert_int_equal(plan->loads[0].length, 3);
	assert_string_equal(plan->loads[0].name, "kernel");
	assert_int_equal(plan->loads[1].kind, REALM_LOAD_MEMORY);
	assert_int_equal(plan->loads[1].flags, REALM_LOAD_UNMEASURED);
	assert_memory_equal(plan->loads[1].data, hex, sizeof(hex));
	assert_int_equal(plan->loads[2].kind, REALM_LOAD_ZERO);
	assert_int_equal(plan->loads[2].length, 65536);
	assert_int_equal(plan->loads[2].flags, 0);
	assert_int_equal(plan->loads[3].length, 5);
	assert_int_equal(plan->num_recs, 2);
	assert_true(plan->recs[0].pc == UINT64_MAX);
	assert_int_equal(plan->recs[0].gprs[1], 2);
	assert_false(plan->recs[0].runnable);
	assert_true(plan->recs[1].runnable);
	assert_int_equal(plan->recs[1].mpidr, 0x100);
	realm_plan_free(plan);
}

static void small_plan_has_the_documented_defaults(void **state)
{
	struct realm_plan *fresh, *plan;

	assert_int_equal(realm_plan_new(*state, &fresh), 0);
	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	assert_null(plan->name);
	assert_int_equal(plan->hash, fresh->hash);
	assert_memory_equal(plan->rpv, fresh->rpv, REALM_RPV_SIZE);
	assert_int_equal(plan->granule, fresh->granule);
	assert_int_equal(plan->lpa2, fresh->lpa2);
	assert_int_equal(plan->sve_bits, fresh->sve_bits);
	assert_int_equal(plan->breakpoints, fresh->breakpoints);
	assert_int_equal(plan->watchpoints, fresh->watchpoints);
	assert_int_equal(plan->pmu_counters, fresh->pmu_counters);
	assert_int_equal(plan->flags, fresh->flags);
	assert_int_equal(plan->num_loads, 0);
	assert_true(plan->recs[0].runnable);
	assert_int_equal(plan->recs[0].mpidr, 0);
	realm_plan_free(plan);
	realm_plan_free(fresh);
}

static void plan_file_names_are_relative_to_it(void **state)
{
	static const char text[] = LOAD("\"file\":\"../five\"");
	struct realm_plan *plan;

	write_file("sub/plan.json", text, strlen(text));
	assert_int_equal(realm_plan_read(*state, "sub/plan.json", &plan), 0);
	assert_string_equal(plan->loads[0].file, "sub/../five");
	realm_plan_free(plan);
	assert_int_equal(realm_plan_parse(*state, text, strlen(text), "sub", &plan), 0);
	realm_plan_free(plan);
	assert_int_equal(realm_plan_parse(*state, text, strlen(text), NULL, &plan), -ENOENT);
}

static void errors_of_a_plan_file_name_it(void **state)
{
	static const char bad[] = LOAD("\"zero\":1,\"measure\":1");
	struct realm_plan *plan;

	write_file("bad.json", bad, strlen(bad));
	assert_error(*state, realm_plan_read(*state, "bad.json", &plan), EBADMSG, "bad.json: $.load[0]",
		     "unknown key \"measure\"");
	assert_string_equal(realm_error_hint(realm_ctx_last_error(*state)), "did you mean \"measured\"?");
	assert_error(*state, realm_plan_read(*state, "five", &plan), EBADMSG, "five", "not JSON");
	assert_error(*state, realm_plan_read(*state, "no.json", &plan), ENOENT, "no.json", "");
	assert_error(*state, realm_plan_read(*state, "sub", &plan), EINVAL, "sub", "a directory");
	assert_error(*state, realm_plan_read(*state, "/dev/zero", &plan), EINVAL, "/dev/zero", "a device");
	assert_error(*state, realm_plan_read(*state, "loop", &plan), EIO, "loop", "");
}

/* What f does to the context when path is its standard input. */
static int with_stdin(int (*f)(struct realm_ctx *ctx), struct realm_ctx *ctx, const char *path)
{
	int saved = dup(STDIN_FILENO);
	int fd = open(path, O_RDONLY);
	int err;

	assert_true(saved >= 0 && fd >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	err = f(ctx);
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	close(saved);
	return err;
}

static int read_stdin(struct realm_ctx *ctx)
{
	struct realm_plan *plan = NULL;
	int err = realm_plan_read(ctx, "-", &plan);

	realm_plan_free(plan);
	return err;
}

static void dash_is_standard_input(void **state)
{
	static const char good[] = LOAD("\"file\":\"five\"");
	static const char bad[] = LOAD("\"file\":\"six\"");

	write_file("good.json", good, strlen(good));
	write_file("bad.json", bad, strlen(bad));
	assert_int_equal(with_stdin(read_stdin, *state, "good.json"), 0);
	assert_error(*state, with_stdin(read_stdin, *state, "bad.json"), ENOENT, "standard input: $.load[0].file",
		     "six");
	assert_error(*state, with_stdin(read_stdin, *state, "five"), EBADMSG, "standard input", "not JSON");
}

/* ---- writing ---- */

/* Parse, format for the current directory: the text, freed by the caller. */
static char *reformat(struct realm_ctx *ctx, const char *text)
{
	struct realm_plan *plan;
	char *json = NULL;

	assert_int_equal(realm_plan_parse(ctx, text, strlen(text), NULL, &plan), 0);
	assert_int_equal(realm_plan_format(plan, ".", &json), 0);
	realm_plan_free(plan);
	return json;
}

static void written_plans_are_read_back_the_same(void **state)
{
	static const char *const texts[] = { full, PLAN "}", LOAD("\"zero\":1,\"name\":\"\\\"\\\\\\n\""),
					     LOAD("\"zero\":1") };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		char *once = reformat(*state, texts[i]);
		char *twice = reformat(*state, once);

		assert_string_equal(once, twice);
		realm_free(once);
		realm_free(twice);
	}
}

static void written_plan_is_laid_out_as_documented(void **state)
{
	char *json = reformat(*state, full);

	assert_string_equal(json, full_written);
	realm_free(json);
}

static void sizes_beyond_2_to_53_are_strings(void **state)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .offset = (UINT64_C(1) << 53) - 1, .size = 1 };
	int fd = memfd_create("vast", 0); /* few disks hold so large a file, not even a hole */
	struct realm_plan *plan;
	char name[32];
	char *json;

	assert_true(fd >= 0);
	if (ftruncate(fd, (off_t)(UINT64_C(1) << 53) + 1))
		skip();
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	assert_int_equal(realm_plan_load_file(plan, 0x80000000, name, &opts), 0);
	assert_int_equal(realm_plan_format(plan, ".", &json), 0);
	assert_non_null(strstr(json, "\"offset\": 9007199254740991,"));
	realm_free(json);
	plan->loads[0].offset++;
	assert_int_equal(realm_plan_format(plan, ".", &json), 0);
	assert_non_null(strstr(json, "\"offset\": \"0x20000000000000\","));
	realm_free(json);
	realm_plan_free(plan);
	close(fd);
}

static void file_names_are_written_for_their_reader(void **state)
{
	struct realm_plan *plan;
	char expected[5000];
	char *cwd = getcwd(NULL, 0);
	char *json;

	assert_int_equal(
		realm_plan_parse(*state, LOAD("\"file\":\"five\""), strlen(LOAD("\"file\":\"five\"")), NULL, &plan), 0);
	assert_int_equal(realm_plan_format(plan, "sub", &json), 0);
	assert_non_null(strstr(json, "\"file\": \"../five\""));
	realm_free(json);
	assert_int_equal(realm_plan_format(plan, NULL, &json), 0);
	snprintf(expected, sizeof(expected), "\"file\": \"%s/five\"", cwd);
	assert_non_null(strstr(json, expected));
	realm_free(json);
	assert_error(*state, realm_plan_format(plan, "nowhere", &json), EIO, "nowhere", "No such file");
	realm_plan_free(plan);
	free(cwd);
}

static int read_zeros(void *arg, uint64_t offset, void *buf, size_t len)
{
	memset(buf, 0, len);
	return 0;
}

static void plans_that_cannot_be_written_are_refused(void **state)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .size = 4 };
	struct realm_plan *plan;
	char *json = NULL;

	assert_int_equal(realm_plan_new(*state, &plan), 0);
	assert_error(*state, realm_plan_format(plan, NULL, &json), EINVAL, "$.ipa_bits", "not set");
	realm_plan_free(plan);
	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	assert_int_equal(realm_plan_format(plan, NULL, NULL), -EINVAL);
	assert_int_equal(realm_plan_set_name(plan, "\xff"), 0);
	assert_error(*state, realm_plan_format(plan, NULL, &json), EINVAL, "$.name", "is not UTF-8");
	assert_int_equal(realm_plan_set_name(plan, NULL), 0);
	assert_int_equal(realm_plan_load_callback(plan, 0x80000000, read_zeros, NULL, &opts), 0);
	assert_error(*state, realm_plan_format(plan, NULL, &json), EOPNOTSUPP, "$.load[0]", "descriptor or callback");
	assert_null(json);
	realm_plan_free(plan);
}

static void file_name_that_is_not_utf8_is_not_written(void **state)
{
	struct realm_plan *plan;
	char *json = NULL;

	write_file("\xff", "x", 1);
	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	assert_int_equal(realm_plan_load_file(plan, 0x80000000, "\xff", NULL), 0);
	assert_error(*state, realm_plan_format(plan, ".", &json), EINVAL, "$.load[0].file", "is not UTF-8");
	assert_null(json);
	realm_plan_free(plan);
}

/* ---- hosts ---- */

static const struct bad_plan bad_hosts[] = {
	{ "{}", EBADMSG, "host.json: $.schema", "missing" },
	{ "{\"schema\":\"realm-plan/1\"}", EBADMSG, "host.json: $.schema", "expected \"realm-host/1\"" },
	{ "{\"schema\":\"realm-host/1\",\"hash\":\"sha256\"}", EBADMSG, "host.json: $", "unknown key \"hash\"" },
	{ "{\"schema\":\"realm-host/1\",\"lpa2\":0}", EBADMSG, "host.json: $.lpa2", "expected true or false" },
	{ "{\"schema\":\"realm-host/1\",\"breakpoints\":6,\"granule\":1}", EINVAL, "host.json: $.granule",
	  "1 is not 4096" },
	{ "{\"schema\":\"realm-host/1\",\"breakpoints\":17}", EINVAL, "host.json: $.breakpoints", "17 is not 2 to 16" },
	{ "{\"schema\":\"realm-host/1\",\"watchpoints\":1}", EINVAL, "host.json: $.watchpoints", "1 is not 2 to 16" },
	{ "{\"schema\":\"realm-host/1\",\"sve_bits\":2176}", EINVAL, "host.json: $.sve_bits", "2176 is not" },
	{ "{\"schema\":\"realm-host/1\",\"pmu_counters\":32}", EINVAL, "host.json: $.pmu_counters", "32 is not" },
	{ "{\"schema\":\"realm-host/1\",\"ipa_bits\":32}", EINVAL, "host.json: $.ipa_bits",
	  "this host gives 32 bits, the plan needs 33" },
	{ "{\"schema\":\"realm-host/1\",\"ipa_bits\":65}", EINVAL, "host.json: $.ipa_bits", "65 is not 32 to 52" },
	{ "{\"schema\":\"realm-host/1\",", EBADMSG, "host.json", "not JSON" },
	{ "[]", EBADMSG, "host.json: $", "expected an object" },
};

static void bad_hosts_change_nothing(void **state)
{
	struct realm_plan *plan;
	size_t i;

	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	for (i = 0; i < ARRAY_SIZE(bad_hosts); i++) {
		const struct bad_plan *c = &bad_hosts[i];
		struct realm_plan before = *plan;

		write_file("host.json", c->text, strlen(c->text));
		assert_error(*state, realm_plan_apply_host(plan, "host.json"), c->code, c->where, c->why);
		assert_memory_equal(plan, &before, sizeof(before));
	}
	assert_error(*state, realm_plan_apply_host(plan, "no.json"), ENOENT, "no.json", "");
	assert_int_equal(realm_plan_apply_host(plan, NULL), -EINVAL);
	realm_plan_free(plan);
}

static void host_replaces_what_it_knows(void **state)
{
	static const char all[] = "{\"schema\":\"realm-host/1\",\"ipa_bits\":48,\"sve_bits\":512,\"breakpoints\":6,"
				  "\"watchpoints\":4,\"pmu_counters\":6,\"lpa2\":true,\"granule\":65536}";
	static const char some[] = "{\"schema\":\"realm-host/1\",\"pmu_counters\":null,\"breakpoints\":3}";
	struct realm_plan *plan;

	assert_int_equal(realm_plan_parse(*state, PLAN "}", strlen(PLAN "}"), NULL, &plan), 0);
	write_file("host.json", all, strlen(all));
	assert_int_equal(realm_plan_apply_host(plan, "host.json"), 0);
	assert_int_equal(realm_plan_ipa_bits(plan), 33);
	assert_int_equal(realm_plan_sve_bits(plan), 512);
	assert_int_equal(realm_plan_breakpoints(plan), 6);
	assert_int_equal(realm_plan_watchpoints(plan), 4);
	assert_int_equal(realm_plan_pmu_counters(plan), 6);
	assert_int_equal(realm_plan_lpa2(plan), 1);
	assert_int_equal(realm_plan_granule(plan), 65536);
	write_file("host.json", some, strlen(some));
	assert_int_equal(realm_plan_apply_host(plan, "host.json"), 0);
	assert_int_equal(realm_plan_breakpoints(plan), 3);
	assert_int_equal(realm_plan_pmu_counters(plan), -1);
	assert_int_equal(realm_plan_watchpoints(plan), 4);
	assert_int_equal(realm_plan_granule(plan), 65536);
	realm_plan_free(plan);
}

/* The longest names that there can be must not push what is wrong with them out of the message. */
static void long_names_leave_room_for_the_fault(void **state)
{
	static const char text[] =
		"{\"schema\":\"realm-plan/1\",\"ipa_bits\":33,\"ram\":[{\"base\":0,\"size\":\"1M\"}],"
		"\"recs\":[{\"pc\":0}],\"load\":[{\"at\":0,\"file\":\"missing\"}]}";
	char dir[4000], name[4096], where[4200];
	struct realm_plan *plan;
	size_t i;

	for (i = 0; i < sizeof(dir) - 2; i += 2)
		memcpy(dir + i, "./", 3);
	snprintf(name, sizeof(name), "%slong", dir);
	snprintf(where, sizeof(where), "%s: $.load[0].file", name);
	write_file("long", text, strlen(text));
	assert_error(*state, realm_plan_read(*state, name, &plan), ENOENT, where, "missing: No such file");
	write_file("long", "{\"schema\":1}\n", 13);
	snprintf(where, sizeof(where), "%s line 1: $.schema", name);
	assert_error(*state, realm_events_read(*state, name, NULL, (struct realm_events **)&plan), EBADMSG, where,
		     "expected a string");
}

static int make_files(void **state)
{
	if (enter_tmpdir(state))
		return -1;
	write_file("five", "12345", 5);
	return mkdir("sub", 0777) || symlink("loop", "loop");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(bad_plans_are_refused),
		ctx_test(truncated_plans_are_refused),
		ctx_test(large_text_is_refused),
		ctx_test(calls_without_pointers_are_refused),
		ctx_test(full_plan_is_read),
		ctx_test(small_plan_has_the_documented_defaults),
		ctx_test(plan_file_names_are_relative_to_it),
		ctx_test(errors_of_a_plan_file_name_it),
		ctx_test(long_names_leave_room_for_the_fault),
		ctx_test(dash_is_standard_input),
		ctx_test(written_plans_are_read_back_the_same),
		ctx_test(written_plan_is_laid_out_as_documented),
		ctx_test(sizes_beyond_2_to_53_are_strings),
		ctx_test(file_names_are_written_for_their_reader),
		ctx_test(plans_that_cannot_be_written_are_refused),
		ctx_test(file_name_that_is_not_utf8_is_not_written),
		ctx_test(bad_hosts_change_nothing),
		ctx_test(host_replaces_what_it_knows),
	};

	return cmocka_run_group_tests_name("plan-json", tests, make_files, leave_tmpdir);
}
