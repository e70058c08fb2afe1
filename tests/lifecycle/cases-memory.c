/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases-memory.c - what is in memory of realms, and memory that changes hands */
#include <errno.h>

#include "guest.h"
#include "rmi.h"
#include "rsi.h"

/* ---- content ---- */

static void fill(struct life *life, uint8_t *pages, unsigned count)
{
	for (uint64_t i = 0; i < count * life->page / 8; i++)
		memcpy(pages + 8 * i, &i, 8);
}

/* From the last page of the first slot into the second */
static void populate_across_slots(struct life *life)
{
	static uint8_t pages[3 * 65536] __attribute__((aligned(65536)));
	uint64_t at = RAM + (SLOT_PAGES - 1) * life->page;

	fill(life, pages, 3);
	EQUAL(realm_plan_load_memory(life->plan, at, pages, 3 * life->page, NULL), 1);
	life_to(life, REALM_PHASE_POPULATED);
	DONE_OK(realm_populate(life->realm, at, pages, 3 * life->page, 0));
	life_to(life, REALM_PHASE_SEALED);
	life_check_rim(life);
}

static void populate_page_by_page(struct life *life)
{
	static uint8_t pages[4 * 65536] __attribute__((aligned(65536)));

	fill(life, pages, 4);
	EQUAL(realm_plan_load_memory(life->plan, RAM + life->page, pages, 4 * life->page, NULL), 1);
	life_to(life, REALM_PHASE_POPULATED);
	for (unsigned i = 0; i < 4; i++)
		DONE_OK(realm_populate(life->realm, RAM + (i + 1) * life->page, pages + i * life->page, life->page, 0));
	life_to(life, REALM_PHASE_SEALED);
	life_check_rim(life);
}

static void populate_from_any_address(struct life *life)
{
	static uint8_t pages[3 * 65536 + 8];

	fill(life, pages, 2);
	EQUAL(realm_plan_load_memory(life->plan, RAM + life->page, pages, 2 * life->page, NULL), 1);
	memmove(pages + 5, pages, 2 * life->page);
	life_to(life, REALM_PHASE_POPULATED);
	DONE_OK(realm_populate(life->realm, RAM + life->page, pages + 5, 2 * life->page, 0));
	life_to(life, REALM_PHASE_SEALED);
	life_check_rim(life);
}

static void guest_finds_what_was_loaded(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	const uint64_t value = UINT64_C(0x1122334455667788);

	EQUAL(realm_plan_load_memory(life->plan, RAM + 20 * life->page + 8, &value, 8, NULL), 1);
	life_create(life);
	EQUAL(guest_load(&guest, RAM + 20 * life->page + 8), value);
	EQUAL(guest_load(&guest, RAM + 20 * life->page), 0);	/* the rest of the page */
	guest_off(&guest);
}

static void guest_finds_what_is_not_measured(struct life *life)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .flags = REALM_LOAD_UNMEASURED };
	struct guest guest = guest_on(life, 0);
	const uint64_t value = 42;

	EQUAL(realm_plan_load_memory(life->plan, RAM + 3 * life->page, &value, 8, &opts), 1);
	life_create(life);
	EQUAL(guest_load(&guest, RAM + 3 * life->page), value);
}

static void ram_without_content_is_zero_and_keeps_what_is_stored(struct life *life)
{
	struct guest guest = guest_on(life, 0);

	life_create(life);
	for (unsigned i = 1; i < 2 * SLOT_PAGES; i++)
		EQUAL(guest_load(&guest, RAM + i * life->page), 0);
	for (unsigned i = 1; i < 2 * SLOT_PAGES; i++)
		guest_store(&guest, RAM + i * life->page, i);
	for (unsigned i = 1; i < 2 * SLOT_PAGES; i++)
		EQUAL(guest_load(&guest, RAM + i * life->page), i);
}

/* ESR_EL1: a data abort of EL1 (class 0x25), synchronous external (0x10) */
static void check_abort(struct life *life, const struct guest *guest)
{
	EQUAL(guest->esr >> 26, 0x25);
	EQUAL(guest->esr & 0x3f, 0x10);
}

static void protected_memory_that_is_not_ram_aborts(struct life *life)
{
	struct guest guest = guest_on(life, 0);

	life_create(life);
	EQUAL(guest_begin(&guest, OP_LOAD, RAM - life->page, 0), GUEST_EXCEPTION);
	check_abort(life, &guest);
	guest_off(&guest);
}

/* ---- conversion ---- */

static uint64_t *shared_word(struct life *life, uint64_t at)
{
	uint64_t *word = realm_shared(life->realm, at, sizeof(*word));

	CHECK(word);
	return word;
}

/* The guest gives the page away, both sides talk through it, it takes it back. */
static void there_and_back(struct life *life, struct guest *guest, uint64_t at)
{
	guest_store(guest, at, 1);
	guest_convert(guest, at, at + life->page, false);
	*shared_word(life, at) = 2;
	EQUAL(guest_load(guest, at | HALF), 2);
	guest_store(guest, at | HALF, 3);
	EQUAL(*shared_word(life, at), 3);
	guest_convert(guest, at, at + life->page, true);
	EQUAL(guest_load(guest, at), 0);
	guest_store(guest, at, 4);
	EQUAL(guest_load(guest, at), 4);
}

static void page_is_shared_and_taken_back(struct life *life)
{
	struct guest guest = guest_on(life, 0);

	life_create(life);
	there_and_back(life, &guest, RAM + 2 * life->page);
	there_and_back(life, &guest, RAM + (SLOT_PAGES + 2) * life->page);
	there_and_back(life, &guest, RAM + 2 * life->page);
	guest_off(&guest);
}

static void page_is_shared_in_place(struct life *life)
{
	life->opts.flags = REALM_IN_PLACE;
	page_is_shared_and_taken_back(life);
}

static void loaded_page_is_shared(struct life *life)
{
	struct guest guest = guest_on(life, 0);

	EQUAL(realm_plan_load_memory(life->plan, RAM + 5 * life->page, "content", 7, NULL), 1);
	life_create(life);
	there_and_back(life, &guest, RAM + 5 * life->page);
}

/* What host and guest see in the unprotected half is not what was in the other. */
static void shared_page_shows_nothing_of_the_private_one(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t at = RAM + 4 * life->page;

	life_create(life);
	guest_store(&guest, at, UINT64_C(0x5ec7e7));
	guest_convert(&guest, at, at + life->page, false);
	EQUAL(*shared_word(life, at), 0);
	EQUAL(guest_load(&guest, at | HALF), 0);
}

static void convert_across_slots(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t base = RAM + (SLOT_PAGES - 2) * life->page, top = base + 4 * life->page;

	life_create(life);
	for (uint64_t at = base; at < top; at += life->page)
		guest_store(&guest, at, 7);
	guest_convert(&guest, base, top, false);
	for (uint64_t at = base; at < top; at += life->page) {
		*shared_word(life, at) = at;
		EQUAL(guest_load(&guest, at | HALF), at);
	}
	guest_convert(&guest, base, top, true);
	for (uint64_t at = base; at < top; at += life->page)
		EQUAL(guest_load(&guest, at), 0);
}

static void given_up_page_aborts(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t at = RAM + 2 * life->page;

	life_create(life);
	guest_convert(&guest, at, at + life->page, false);
	EQUAL(guest_begin(&guest, OP_LOAD, at, 0), GUEST_EXCEPTION);
	check_abort(life, &guest);
}

static void guest_is_told_what_ripas_is(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t at = RAM + 6 * life->page;

	life_create(life);
	EQUAL(guest_call(&guest, SMC_RSI_IPA_STATE_GET, at, at + life->page, 0), 0);
	guest_convert(&guest, at, at + life->page, false);
	EQUAL(guest_call(&guest, SMC_RSI_IPA_STATE_GET, at, at + life->page, 0), 0);
	EQUAL(guest.out[2], RMI_RIPAS_EMPTY);
	guest_convert(&guest, at, at + life->page, true);
	EQUAL(guest_call(&guest, SMC_RSI_IPA_STATE_GET, at, at + life->page, 0), 0);
	EQUAL(guest.out[2], RMI_RIPAS_RAM);
}

/* It did not say so before: the VMM is asked, and may agree. */
static void touching_the_wrong_half_asks_for_conversion(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t at = RAM + 3 * life->page;

	life_create(life);
	EQUAL(guest_begin(&guest, OP_STORE, at | HALF, 9), GUEST_EXIT);
	EQUAL(guest.exit.reason, REALM_EXIT_CONVERT);
	EQUAL(guest.exit.to_private, 0);
	CHECK(guest.exit.ipa == at && guest.exit.size == life->page);
	DONE_OK(realm_convert(life->realm, at, life->page, 0));
	EQUAL(guest_go(&guest), GUEST_DONE);
	EQUAL(*shared_word(life, at), 9);
}

static void convert_refuses_what_is_not_ram(struct life *life)
{
	uint64_t end = RAM + 2 * SLOT_PAGES * life->page;

	life_create(life);
	REFUSED(realm_convert(life->realm, end - life->page, 2 * life->page, 0), EINVAL, "not RAM");
	REFUSED(realm_convert(life->realm, RAM - life->page, life->page, 0), EINVAL, "not RAM");
	REFUSED(realm_convert(life->realm, RAM + 8, life->page, 0), EINVAL, "granules");
	REFUSED(realm_convert(life->realm, RAM, 0, 0), EINVAL, "granules");
	EQUAL(realm_phase(life->realm), REALM_PHASE_SEALED);
}

static void convert_is_the_kernels(struct life *life)
{
	life_create(life);
	REFUSED(realm_convert(life->realm, RAM, life->page, 0), EOPNOTSUPP, "by itself");
}

static void convert_may_be_said_twice(struct life *life)
{
	struct guest guest = guest_on(life, 0);
	uint64_t at = RAM + 7 * life->page;

	life_create(life);
	for (unsigned i = 0; i < 2; i++)
		DONE_OK(realm_convert(life->realm, at, life->page, 1));
	for (unsigned i = 0; i < 2; i++) {
		guest_convert(&guest, at, at + life->page, false);
		DONE_OK(realm_convert(life->realm, at, life->page, 0));
	}
	*shared_word(life, at) = 5;
	EQUAL(guest_load(&guest, at | HALF), 5);
}

static void shared_memory_is_of_one_slot(struct life *life)
{
	uint8_t *first, *second;

	life_create(life);
	first = realm_shared(life->realm, RAM, SLOT_PAGES * life->page);
	second = realm_shared(life->realm, RAM + SLOT_PAGES * life->page, life->page);
	CHECK(first && second && first != second);
	CHECK(realm_shared(life->realm, RAM + 8, 8) == first + 8);
	CHECK(!realm_shared(life->realm, RAM, SLOT_PAGES * life->page + 1));
	CHECK(!realm_shared(life->realm, RAM - 1, 1));
}

#define CASE(name, needs) { #name, needs, name }

static const struct life_case cases[] = {
	CASE(populate_across_slots, 0),
	CASE(populate_page_by_page, 0),
	CASE(populate_from_any_address, 0),
	CASE(guest_finds_what_was_loaded, LIFE_GUEST),
	CASE(guest_finds_what_is_not_measured, LIFE_GUEST | LIFE_UNMEASURED),
	CASE(ram_without_content_is_zero_and_keeps_what_is_stored, LIFE_GUEST),
	CASE(protected_memory_that_is_not_ram_aborts, LIFE_GUEST),
	CASE(page_is_shared_and_taken_back, LIFE_GUEST | LIFE_CONVERT),
	CASE(page_is_shared_in_place, LIFE_GUEST | LIFE_IN_PLACE),
	CASE(loaded_page_is_shared, LIFE_GUEST | LIFE_CONVERT),
	CASE(shared_page_shows_nothing_of_the_private_one, LIFE_GUEST | LIFE_CONVERT),
	CASE(convert_across_slots, LIFE_GUEST | LIFE_CONVERT),
	CASE(given_up_page_aborts, LIFE_GUEST | LIFE_CONVERT),
	CASE(guest_is_told_what_ripas_is, LIFE_GUEST | LIFE_CONVERT),
	CASE(touching_the_wrong_half_asks_for_conversion, LIFE_GUEST | LIFE_ATTRIBUTES),
	CASE(convert_refuses_what_is_not_ram, LIFE_CONVERT),
	CASE(convert_is_the_kernels, LIFE_NO_CONVERT),
	CASE(convert_may_be_said_twice, LIFE_GUEST | LIFE_CONVERT),
	CASE(shared_memory_is_of_one_slot, 0),
};

const struct life_list life_memory = { cases, sizeof(cases) / sizeof(cases[0]) };
