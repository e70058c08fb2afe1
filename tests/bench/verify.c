/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * verify.c - what it costs to read and verify a token: against nothing but the two signature verifications that it takes, and by its
 * size
 *
 * CPU time of this process, medians of interleaved rounds.  Exit 1 when a target is missed, 77 when the machine was busy with other things then.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <openssl/ec.h>
#include <openssl/evp.h>

#include "../tokens/make-token.h"
#include "cose.h"
#include "token.h"

#define ROUNDS 31
#define CALLS 20	/* a round */

#define RATIO 1.15	/* of a verdict to its bare verifications */
#define GROWTH 1.5	/* of the time a byte from the smallest to the largest token */
#define BUSY 0.75	/* processes that want to run, for each CPU */

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "verify: %s failed\n", what);
	exit(2);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_value);
	return values[count / 2];
}

/* ---- what cannot be avoided ---- */

/* A signature in the form that OpenSSL takes, with what was signed. */
struct bare {
	EVP_PKEY *key;
	const char *md;
	uint8_t der[160];
	size_t der_len;
	struct cbuf tbs;
};

static void bare_make(struct bare *bare, const struct cose_sign1 *sign1, EVP_PKEY *key)
{
	const struct cose_alg *alg = cose_alg(sign1->alg);
	ECDSA_SIG *sig = ECDSA_SIG_new();
	uint8_t *end = bare->der;

	*bare = (struct bare){ .key = key, .md = alg->md };
	must(sig && ECDSA_SIG_set0(sig, BN_bin2bn(sign1->signature.data, (int)alg->width, NULL),
				   BN_bin2bn(sign1->signature.data + alg->width, (int)alg->width, NULL)) == 1,
	     "taking a signature apart");
	bare->der_len = (size_t)i2d_ECDSA_SIG(sig, &end);
	ECDSA_SIG_free(sig);
	cbuf_array(&bare->tbs, 4);
	cbuf_text(&bare->tbs, "Signature1");
	cbuf_bytes(&bare->tbs, sign1->prot.data, sign1->prot.len);
	cbuf_bytes(&bare->tbs, NULL, 0);
	cbuf_bytes(&bare->tbs, sign1->payload.data, sign1->payload.len);
}

static void bare_verify(const struct bare *bare)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	must(ctx && EVP_DigestVerifyInit_ex(ctx, NULL, bare->md, NULL, NULL, bare->key, NULL) == 1 &&
	     EVP_DigestVerify(ctx, bare->der, bare->der_len, bare->tbs.data, bare->tbs.len) == 1, "verifying");
	EVP_MD_CTX_free(ctx);
}

/* ---- a token, both ways ---- */

struct subject {
	struct realm_ctx *ctx;
	struct realm_keys *keys;
	struct cbuf token;
	struct bare bare[2];
	EVP_PKEY *cpak, *rak;
};

static void subject_make(struct subject *subject, struct realm_ctx *ctx, const char *curve,
			 const struct realm_bytes *extra)
{
	struct realm_token *token;
	struct token_kit kit;

	kit_init(&kit);
	EVP_PKEY_free(kit.cpak);
	kit.cpak = EVP_EC_gen(curve);
	if (extra)
		kit.extra = *extra;
	*subject = (struct subject){ .ctx = ctx, .cpak = kit.cpak, .rak = kit.rak };
	kit_write(&kit, &subject->token);
	subject->keys = kit_keys(&kit, ctx);
	token = kit_parse(&kit, ctx);
	realm_token_free(token);
	must(!realm_token_parse(ctx, subject->token.data, subject->token.len, &token), "reading");
	bare_make(&subject->bare[0], &token_part(token, REALM_TOKEN_PLATFORM)->sign1, kit.cpak);
	bare_make(&subject->bare[1], &token_part(token, REALM_TOKEN_REALM)->sign1, kit.rak);
	realm_token_free(token);
}

static void subject_free(struct subject *subject)
{
	cbuf_free(&subject->bare[0].tbs);
	cbuf_free(&subject->bare[1].tbs);
	cbuf_free(&subject->token);
	realm_keys_free(subject->keys);
	EVP_PKEY_free(subject->cpak);
	EVP_PKEY_free(subject->rak);
}

static void judge(const struct subject *subject)
{
	struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = subject->keys };
	struct realm_verdict *verdict;
	struct realm_token *token;

	must(!realm_token_parse(subject->ctx, subject->token.data, subject->token.len, &token), "reading");
	must(realm_token_verify(token, &opts, &verdict) == REALM_ACCEPTED, "judging");
	realm_verdict_free(verdict);
	realm_token_free(token);
}

/* Microseconds a call. */
static void measure(const struct subject *subject, double *judgedp, double *barep)
{
	double judged[ROUNDS], bare[ROUNDS], start;
	int round, call;

	for (round = 0; round < ROUNDS; round++) {
		start = now();
		for (call = 0; call < CALLS; call++)
			judge(subject);
		judged[round] = (now() - start) / CALLS;
		start = now();
		for (call = 0; call < CALLS; call++) {
			bare_verify(&subject->bare[0]);
			bare_verify(&subject->bare[1]);
		}
		bare[round] = (now() - start) / CALLS;
	}
	*judgedp = median(judged, ROUNDS);
	*barep = median(bare, ROUNDS);
}

/* ---- rows ---- */

static bool against_bare(struct realm_ctx *ctx, const char *curve)
{
	struct subject subject;
	double judged, bare;
	bool met;

	subject_make(&subject, ctx, curve, NULL);
	measure(&subject, &judged, &bare);
	met = judged / bare <= RATIO;
	printf("| %s and P-384, %zu bytes | %.1f us | %.1f us | %.3f | <= %.2f | %s |\n", curve, subject.token.len, judged,
	       bare, judged / bare, RATIO, met ? "" : "MISSED");
	subject_free(&subject);
	return met;
}

/* Arrays of numbers, as many heads as bytes: the dearest that a claim can be to read. */
static void put_numbers(struct cbuf *out, size_t size)
{
	const size_t row = 1000;
	size_t i, j;

	cbuf_array(out, size / row);
	for (i = 0; i < size / row; i++) {
		cbuf_array(out, row - 3);
		for (j = 0; j < row - 3; j++)
			cbuf_int(out, 1);
	}
}

/* What one byte more costs, in nanoseconds. */
static double byte_cost(struct realm_ctx *ctx, size_t size, double empty)
{
	struct realm_bytes extra;
	struct cbuf numbers = { 0 };
	struct subject subject;
	double judged, bare;

	put_numbers(&numbers, size);
	extra = (struct realm_bytes){ numbers.data, numbers.len };
	subject_make(&subject, ctx, "P-256", &extra);
	measure(&subject, &judged, &bare);
	printf("| %zu bytes | %.1f us | %.2f ns |\n", subject.token.len, judged, (judged - empty) * 1e3 / (double)size);
	subject_free(&subject);
	cbuf_free(&numbers);
	return (judged - empty) * 1e3 / (double)size;
}

static bool by_size(struct realm_ctx *ctx)
{
	struct subject subject;
	double empty, bare, first = 0, last = 0;
	size_t size;

	subject_make(&subject, ctx, "P-256", NULL);
	measure(&subject, &empty, &bare);
	printf("\n| token | read and verified | a byte more |\n|---|---|---|\n| %zu bytes | %.1f us | |\n",
	       subject.token.len, empty);
	subject_free(&subject);
	for (size = 16000; size <= 1024000; size *= 4) {
		last = byte_cost(ctx, size, empty);
		if (!first)
			first = last;
	}
	printf("\ngrowth: %.2f, target <= %.2f%s\n", last / first, GROWTH, last / first <= GROWTH ? "" : " MISSED");
	return last / first <= GROWTH;
}

static bool is_busy(void)
{
	double load = 0;

	return getloadavg(&load, 1) == 1 && load > BUSY * (double)sysconf(_SC_NPROCESSORS_ONLN);
}

int main(void)
{
	struct realm_ctx *ctx = NULL;
	bool ok;

	must(!realm_ctx_new(&ctx), "context");
	printf("| token | read and verified | bare | ratio | target | |\n|---|---|---|---|---|---|\n");
	ok = against_bare(ctx, "P-256");
	ok = against_bare(ctx, "P-384") && ok;
	ok = by_size(ctx) && ok;
	realm_ctx_free(ctx);
	if (ok || !is_busy())
		return !ok;
	printf("the machine is busy: no verdict\n");
	return 77;
}
