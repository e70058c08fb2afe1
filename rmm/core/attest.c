/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * attest.c - attestation tokens of a realm: one is begun, made (token.c), and handed out in pieces
 *
 * Each REC has one at a time, in the first of its auxiliary granules.
 */
#include "guest.h"
#include "rsi.h"

bool rmm_rsi_token_init(struct guest_run *run, uint64_t *out)
{
	struct rec_attest *attest = &run->rec->attest;

	mem_set(attest, 0, sizeof(*attest));
	attest->active = true;
	mem_copy(attest->challenge, &run->rec->guest.x[1], sizeof(attest->challenge));
	out[1] = granule_bytes(run->rmm);
	return false;
}

static bool make(struct guest_run *run)
{
	struct rmm *rmm = run->rmm;
	struct rec_attest *attest = &run->rec->attest;
	void *token = rmm_map(rmm, run->rec->aux[0]);
	size_t size = rmm_token_make(rmm, run->rd, attest->challenge, token, granule_bytes(rmm));

	rmm_unmap(rmm, token);
	attest->made = size > 0;
	attest->active = attest->made;
	attest->size = (uint32_t)size;
	return attest->made;
}

/* Signing takes long: an interrupt of the host goes before it, and one that came meanwhile after it. */
static bool interrupted(struct guest_run *run)
{
	if (!run->rmm->port->irq_pending(run->rmm->ctx))
		return false;
	run->exit.reason = RMI_EXIT_IRQ;
	return true;
}

/* Copies the next part of the token to buf. */
static void hand_out(struct guest_run *run, uint8_t *buf, uint64_t room, uint64_t *out)
{
	struct rec_attest *attest = &run->rec->attest;
	uint32_t len = (uint32_t)min_u64(room, attest->size - attest->done);
	uint8_t *token = rmm_map(run->rmm, run->rec->aux[0]);

	mem_copy(buf, token + attest->done, len);
	rmm_unmap(run->rmm, token);
	attest->done += len;
	attest->active = attest->done < attest->size;
	out[0] = attest->active ? RSI_INCOMPLETE : RSI_SUCCESS;
	out[1] = len;
}

static uint64_t check_continue(const struct guest_run *run, uint64_t ipa, uint64_t offset, uint64_t size)
{
	if (!is_aligned(ipa, PAGE_4K) || !s2_is_protected(&run->rd->stage2, ipa) || offset >= PAGE_4K ||
	    size > PAGE_4K - offset)
		return RSI_ERROR_INPUT;
	return run->rec->attest.active ? RSI_SUCCESS : RSI_ERROR_STATE;
}

bool rmm_rsi_token_continue(struct guest_run *run, uint64_t *out)
{
	const uint64_t *x = run->rec->guest.x;
	struct guest_page page;
	bool exits;

	out[0] = check_continue(run, x[1], x[2], x[3]);
	if (out[0] != RSI_SUCCESS)
		return false;
	if (!run->rec->attest.made) {
		if (interrupted(run))
			return true;
		if (!make(run)) {
			out[0] = RSI_ERROR_UNKNOWN;
			return false;
		}
		if (interrupted(run))
			return true;
	}
	exits = rmm_rsi_buffer(run, x[1], PAGE_4K, out, &page);
	if (!page.va)
		return exits;
	hand_out(run, (uint8_t *)page.at + x[2], x[3], out);
	rmm_unmap(run->rmm, page.va);
	return false;
}
