/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* granule.c - which granule is what, delegation, and reaching the memory of the RMM and of the host */
#include "core.h"

uint8_t *rmm_granule(struct rmm *rmm, uint64_t pa)
{
	uint64_t first = 0;

	if (!is_granule_aligned(rmm, pa))
		return NULL;
	for (unsigned i = 0; i < rmm->num_banks; i++) {
		const struct rmm_bank *bank = &rmm->banks[i];

		if (pa >= bank->base && pa - bank->base < bank->size)
			return &rmm->granules[first + ((pa - bank->base) >> rmm->granule_shift)];
		first += bank->size >> rmm->granule_shift;
	}
	return NULL;
}

bool rmm_granule_is(struct rmm *rmm, uint64_t pa, enum granule_state state)
{
	const uint8_t *granule = rmm_granule(rmm, pa);

	return granule && *granule == state;
}

bool rmm_range_is(struct rmm *rmm, uint64_t pa, uint64_t size, enum granule_state state)
{
	if (!size || !is_granule_aligned(rmm, size) || pa + size < pa)
		return false;
	for (uint64_t done = 0; done < size; done += granule_bytes(rmm))
		if (!rmm_granule_is(rmm, pa + done, state))
			return false;
	return true;
}

void rmm_range_set(struct rmm *rmm, uint64_t pa, uint64_t size, enum granule_state state)
{
	for (uint64_t done = 0; done < size; done += granule_bytes(rmm))
		*rmm_granule(rmm, pa + done) = (uint8_t)state;
}

void rmm_granule_take(struct rmm *rmm, uint64_t pa, enum granule_state state)
{
	rmm_granule_wipe(rmm, pa);
	*rmm_granule(rmm, pa) = (uint8_t)state;
}

void rmm_granule_release(struct rmm *rmm, uint64_t pa)
{
	*rmm_granule(rmm, pa) = GRANULE_DELEGATED;
}

void rmm_granule_wipe(struct rmm *rmm, uint64_t pa)
{
	void *va = rmm_map(rmm, pa);

	mem_set(va, 0, granule_bytes(rmm));
	rmm_unmap(rmm, va);
}

void *rmm_map(struct rmm *rmm, uint64_t pa)
{
	return rmm->port->map(rmm->ctx, pa, granule_bytes(rmm), RMM_PAS_REALM);
}

void rmm_unmap(struct rmm *rmm, void *va)
{
	rmm->port->unmap(rmm->ctx, va);
}

bool rmm_ns_usable(struct rmm *rmm, uint64_t pa, uint64_t size)
{
	uint64_t granule = granule_bytes(rmm);
	uint64_t first = pa & ~(granule - 1);

	if (!size || pa + size < pa)
		return false;
	for (uint64_t at = first; at < pa + size; at += granule)
		if (!rmm_granule_is(rmm, at, GRANULE_NS))
			return false;
	return true;
}

bool rmm_ns_page_usable(struct rmm *rmm, uint64_t pa)
{
	return is_aligned(pa, PAGE_4K) && rmm_ns_usable(rmm, pa, PAGE_4K);
}

/* The page of the host that holds pa, mapped; NULL: the port cannot */
static uint8_t *ns_map(struct rmm *rmm, uint64_t pa)
{
	return rmm->port->map(rmm->ctx, pa & ~(PAGE_4K - 1), PAGE_4K, RMM_PAS_NS);
}

bool rmm_ns_read(struct rmm *rmm, uint64_t pa, void *data, size_t size)
{
	uint8_t *page = ns_map(rmm, pa);

	if (!page)
		return false;
	mem_copy(data, page + (pa & (PAGE_4K - 1)), size);
	rmm_unmap(rmm, page);
	return true;
}

bool rmm_ns_write(struct rmm *rmm, uint64_t pa, const void *data, size_t size)
{
	uint8_t *page = ns_map(rmm, pa);

	if (!page)
		return false;
	mem_copy(page + (pa & (PAGE_4K - 1)), data, size);
	rmm_unmap(rmm, page);
	return true;
}

/* A granule is the host's, with what is in it. */
static void hand_over(struct rmm *rmm, uint64_t pa)
{
	*rmm_granule(rmm, pa) = GRANULE_NS;
	rmm->port->set_pas(rmm->ctx, pa, granule_bytes(rmm), RMM_PAS_NS);
}

void rmm_granule_give(struct rmm *rmm, uint64_t pa)
{
	rmm_granule_wipe(rmm, pa);
	hand_over(rmm, pa);
}

/* Takes all of [pa, pa + size) from the host, or nothing. */
static bool take(struct rmm *rmm, uint64_t pa, uint64_t size)
{
	uint64_t granule = granule_bytes(rmm);
	uint64_t done = 0;

	while (done < size && rmm->port->set_pas(rmm->ctx, pa + done, granule, RMM_PAS_REALM)) {
		*rmm_granule(rmm, pa + done) = GRANULE_DELEGATED;
		done += granule;
	}
	if (done == size)
		return true;
	while (done) {
		done -= granule;
		hand_over(rmm, pa + done);
	}
	return false;
}

/* Moves [pa, pa + size) between the host and the RMM, all or nothing; false: it is not in the state for that. */
static bool change_owner(struct rmm *rmm, uint64_t pa, uint64_t size, bool delegate)
{
	if (!rmm_range_is(rmm, pa, size, delegate ? GRANULE_NS : GRANULE_DELEGATED))
		return false;
	if (delegate)
		return take(rmm, pa, size);
	for (uint64_t done = 0; done < size; done += granule_bytes(rmm))
		rmm_granule_give(rmm, pa + done);
	return true;
}

/* What changes owner as one: a granule, or a whole region that is tracked as one. 0: see *result */
static uint64_t unit_at(struct rmm *rmm, uint64_t pa, uint64_t top, uint64_t *result)
{
	uint64_t region = rmm_tracking_bytes(rmm);

	switch (rmm_tracking_of(rmm, pa)) {
	case RMI_TRACKING_FINE:
		return granule_bytes(rmm);
	case RMI_TRACKING_COARSE:
		*result = RMI_ERROR_INPUT;
		return is_aligned(pa, region) && is_aligned(top, region) ? region : 0;
	default:
		*result = RMI_ERROR_TRACKING;
		return 0;
	}
}

static uint64_t change_range(struct rmm *rmm, uint64_t base, uint64_t top, bool delegate, uint64_t *out_top)
{
	uint64_t at = base, left = rmm->variant->range_granules;
	uint64_t result = RMI_ERROR_INPUT;

	*out_top = rmm->variant->out_top_on_failure ? base : 0;
	if (!is_granule_aligned(rmm, base) || !is_granule_aligned(rmm, top) || top <= base)
		return RMI_ERROR_INPUT;
	while (at < top && left--) {
		uint64_t unit = unit_at(rmm, at, top, &result);

		if (!unit || !change_owner(rmm, at, unit, delegate))
			break;
		at += unit;
		if (rmm->port->irq_pending(rmm->ctx))
			break;
	}
	if (at == base)
		return result;
	*out_top = at;
	return RMI_SUCCESS;
}

uint64_t rmm_range_delegate(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t *out_top)
{
	return change_range(rmm, base, top, true, out_top);
}

uint64_t rmm_range_undelegate(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t *out_top)
{
	return change_range(rmm, base, top, false, out_top);
}
