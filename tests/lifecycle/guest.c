/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest.c - one operation of a guest at a time */
#include "guest.h"
#include "psci.h"
#include "rmi.h"
#include "rsi.h"

struct guest guest_on(struct life *life, unsigned vcpu)
{
	return (struct guest){ .life = life, .vcpu = vcpu, .exit = { .sz = sizeof(struct realm_exit) } };
}

/* 0: it goes on */
static enum guest_end mailbox(struct guest *guest)
{
	struct life *life = guest->life;
	struct realm_exit *exit = &guest->exit;
	uint64_t offset = exit->ipa - MAILBOX;

	EQUAL(exit->size, 8);
	CHECK(!(offset % 8) && exit->is_write == (offset > BOX_OP));
	if (!exit->is_write)
		exit->data = guest->in[offset / 8];
	else if (offset == BOX_EXCEPTION)
		guest->esr = exit->data;
	else
		guest->out[(offset - BOX_RESULTS) / 8] = exit->data;
	return offset == BOX_EXCEPTION ? GUEST_EXCEPTION : offset == BOX_DONE ? GUEST_DONE : 0;
}

enum guest_end guest_go(struct guest *guest)
{
	struct life *life = guest->life;
	enum guest_end end = 0;

	while (!end) {
		DONE_OK(realm_run(life->realm, guest->vcpu, &guest->exit));
		if (guest->exit.reason == REALM_EXIT_RETRY)
			continue;
		if (guest->exit.reason != REALM_EXIT_MMIO || guest->exit.ipa - MAILBOX > BOX_EXCEPTION)
			return GUEST_EXIT;
		end = mailbox(guest);
	}
	return end;
}

enum guest_end guest_begin(struct guest *guest, enum op op, uint64_t x0, uint64_t x1)
{
	const uint64_t in[6] = { x0, x1, 0, 0, 0, op };

	memcpy(guest->in, in, sizeof(in));
	return guest_go(guest);
}

enum guest_end guest_smc(struct guest *guest, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	const uint64_t in[6] = { fid, x1, x2, x3, 0, OP_SMC };

	memcpy(guest->in, in, sizeof(in));
	return guest_go(guest);
}

uint64_t guest_load(struct guest *guest, uint64_t at)
{
	struct life *life = guest->life;

	EQUAL(guest_begin(guest, OP_LOAD, at, 0), GUEST_DONE);
	return guest->out[0];
}

void guest_store(struct guest *guest, uint64_t at, uint64_t value)
{
	struct life *life = guest->life;

	EQUAL(guest_begin(guest, OP_STORE, at, value), GUEST_DONE);
}

uint64_t guest_call(struct guest *guest, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	struct life *life = guest->life;

	EQUAL(guest_smc(guest, fid, x1, x2, x3), GUEST_DONE);
	return guest->out[0];
}

/* As Linux does it: the host may have taken the pages away by the time that it agrees. */
static enum guest_end ask(struct guest *guest, uint64_t base, uint64_t top, uint64_t ripas)
{
	const uint64_t flags = RSI_RIPAS_CHANGE_FLAGS_DESTROYED_MASK;
	const uint64_t in[6] = { SMC_RSI_IPA_STATE_SET, base, top, ripas, flags, OP_SMC };

	memcpy(guest->in, in, sizeof(in));
	return guest_go(guest);
}

uint64_t guest_convert(struct guest *guest, uint64_t base, uint64_t top, bool to_private)
{
	struct life *life = guest->life;
	uint64_t ripas = to_private ? RMI_RIPAS_RAM : RMI_RIPAS_EMPTY;

	while (base < top) {
		enum guest_end end = ask(guest, base, top, ripas);

		if (end == GUEST_EXIT) {
			EQUAL(guest->exit.reason, REALM_EXIT_CONVERT);
			EQUAL(guest->exit.to_private, to_private);
			CHECK(guest->exit.ipa == base && guest->exit.size == top - base);
			if (life->has & LIFE_CONVERT)
				DONE_OK(realm_convert(life->realm, base, top - base, to_private));
			end = guest_go(guest);
		}
		EQUAL(end, GUEST_DONE);
		EQUAL(guest->out[0], 0);
		CHECK(guest->out[1] > base);
		base = guest->out[1];
	}
	return base;
}

void guest_off(struct guest *guest)
{
	struct life *life = guest->life;

	EQUAL(guest_smc(guest, SMC32_PSCI_SYSTEM_OFF, 0, 0, 0), GUEST_EXIT);
	EQUAL(guest->exit.reason, REALM_EXIT_SYSTEM_OFF);
}
