/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * hash.c - SHA-256, SHA-384 and SHA-512 (FIPS 180-4) with the instructions for them (FEAT_SHA256, FEAT_SHA512)
 *
 * This file alone uses SIMD registers: EL3 keeps those of the host, and what a realm has in them is saved when it
 * leaves the CPU.
 */
#include <arm_neon.h>
#include <string.h>

#include "console.h"
#include "rmi.h"
#include "rmm.h"
#include "sysreg.h"

#define ISAR0_SHA2(isar0) ((isar0) >> 12 & 0xf)
#define SHA2_512 2

#define BLOCK_MAX 128

struct algorithm {
	unsigned block, digest;	/* bytes */
	bool wide;	/* words of 64 bits */
	const uint64_t *start;
};

/* Fractions of the cube roots of the first 80 primes. SHA-256 has the upper halves of the first 64. */
static const uint64_t rounds[80] = {
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
	0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
	0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
	0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
	0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
	0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
	0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
	0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
	0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
	0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/* Fractions of the square roots of the first 16 primes; again the upper halves are SHA-256's */
static const uint64_t starts[16] = {
	0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
	0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
	0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
	0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static const struct algorithm algorithms[] = {
	[RMI_HASH_SHA_256] = { 64, 32, false, starts },
	[RMI_HASH_SHA_384] = { 128, 48, true, starts + 8 },
	[RMI_HASH_SHA_512] = { 128, 64, true, starts },
};

static struct {
	const struct algorithm *algorithm;
	uint64_t length;	/* bytes so far; those that are no whole block are in rest */
	uint8_t rest[BLOCK_MAX];
	union {
		uint32_t narrow[8];
		uint64_t wide[8];
	} state;
} hash;

static uint32x4_t narrow_rounds(unsigned first)
{
	return vcombine_u32(vshrn_n_u64(vld1q_u64(&rounds[first]), 32), vshrn_n_u64(vld1q_u64(&rounds[first + 2]), 32));
}

static void add_narrow(const uint8_t *data, size_t blocks)
{
	uint32x4_t abcd = vld1q_u32(hash.state.narrow), efgh = vld1q_u32(hash.state.narrow + 4);

	for (; blocks; blocks--, data += 64) {
		uint32x4_t abcd_was = abcd, efgh_was = efgh, w[4];

		for (unsigned i = 0; i < 4; i++)
			w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(data + 16 * i)));
#pragma GCC unroll 16	/* keeps the words in registers, here and below */
		for (unsigned i = 0; i < 16; i++) {
			uint32x4_t *now = &w[i % 4], sum = vaddq_u32(*now, narrow_rounds(4 * i)), abcd_old = abcd;

			abcd = vsha256hq_u32(abcd, efgh, sum);
			efgh = vsha256h2q_u32(efgh, abcd_old, sum);
			*now = vsha256su1q_u32(vsha256su0q_u32(*now, w[(i + 1) % 4]), w[(i + 2) % 4], w[(i + 3) % 4]);
		}
		abcd = vaddq_u32(abcd, abcd_was);
		efgh = vaddq_u32(efgh, efgh_was);
	}
	vst1q_u32(hash.state.narrow, abcd);
	vst1q_u32(hash.state.narrow + 4, efgh);
}

/* Two rounds: s is ab, cd, ef, gh. */
static void wide_step(uint64x2_t s[4], uint64x2_t sum)
{
	uint64x2_t t = vsha512hq_u64(vaddq_u64(s[3], vextq_u64(sum, sum, 1)), vextq_u64(s[2], s[3], 1),
				     vextq_u64(s[1], s[2], 1));
	uint64x2_t ab = vsha512h2q_u64(t, s[1], s[0]);

	s[3] = s[2];
	s[2] = vaddq_u64(s[1], t);
	s[1] = s[0];
	s[0] = ab;
}

static void add_wide(const uint8_t *data, size_t blocks)
{
	for (; blocks; blocks--, data += 128) {
		uint64x2_t s[4], w[8];

		for (unsigned i = 0; i < 4; i++)
			s[i] = vld1q_u64(hash.state.wide + 2 * i);
		for (unsigned i = 0; i < 8; i++)
			w[i] = vreinterpretq_u64_u8(vrev64q_u8(vld1q_u8(data + 16 * i)));
#pragma GCC unroll 40
		for (unsigned i = 0; i < 40; i++) {
			uint64x2_t *now = &w[i % 8], between = vextq_u64(w[(i + 4) % 8], w[(i + 5) % 8], 1);

			wide_step(s, vaddq_u64(*now, vld1q_u64(&rounds[2 * i])));
			*now = vsha512su1q_u64(vsha512su0q_u64(*now, w[(i + 1) % 8]), w[(i + 7) % 8], between);
		}
		for (unsigned i = 0; i < 4; i++)
			vst1q_u64(hash.state.wide + 2 * i, vaddq_u64(s[i], vld1q_u64(hash.state.wide + 2 * i)));
	}
}

static void add_blocks(const uint8_t *data, size_t blocks)
{
	if (hash.algorithm->wide)
		add_wide(data, blocks);
	else
		add_narrow(data, blocks);
}

void hash_boot(void)
{
	if (ISAR0_SHA2(sysreg_read(id_aa64isar0_el1)) < SHA2_512)
		panic("RMM: these CPUs have no instructions for SHA-512 (FEAT_SHA512)");
}

void hash_begin(void *ctx, unsigned algo)
{
	hash.algorithm = &algorithms[algo];
	hash.length = 0;
	for (unsigned i = 0; i < 8; i++)
		if (hash.algorithm->wide)
			hash.state.wide[i] = hash.algorithm->start[i];
		else
			hash.state.narrow[i] = (uint32_t)(hash.algorithm->start[i] >> 32);
}

void hash_add(void *ctx, const void *data, size_t len)
{
	size_t block = hash.algorithm->block, fill = hash.length % block, n;
	const uint8_t *from = data;

	hash.length += len;
	if (fill) {
		n = len < block - fill ? len : block - fill;
		memcpy(hash.rest + fill, from, n);
		if (fill + n < block)
			return;
		add_blocks(hash.rest, 1);
		from += n;
		len -= n;
	}
	add_blocks(from, len / block);
	memcpy(hash.rest, from + len / block * block, len % block);
}

/* A one, zeros up to the last eight bytes of a block that has room for the length, and the length in bits */
static void add_padding(void)
{
	static const uint8_t padding[2 * BLOCK_MAX] = { 0x80 };
	size_t block = hash.algorithm->block, room = block / 8;
	uint64_t bits = __builtin_bswap64(8 * hash.length);
	size_t fill = hash.length % block;

	hash_add(NULL, padding, (fill + room < block ? block : 2 * block) - fill - sizeof(bits));
	hash_add(NULL, &bits, sizeof(bits));
}

void hash_end(void *ctx, uint8_t *digest)
{
	add_padding();
	for (unsigned i = 0; i < 8; i++)
		if (hash.algorithm->wide)
			hash.state.wide[i] = __builtin_bswap64(hash.state.wide[i]);
		else
			hash.state.narrow[i] = __builtin_bswap32(hash.state.narrow[i]);
	memcpy(digest, &hash.state, hash.algorithm->digest);
}
