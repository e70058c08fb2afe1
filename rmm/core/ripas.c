/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * ripas.c - what a realm may take an IPA for: RTT_INIT_RIPAS and RTT_SET_RIPAS
 *
 * Both change one table a call: as many whole entries from base on as lie below top and may be changed, until an
 * interrupt of the host. None at all is an error.
 */
#include "core.h"

/* What a command does to the entries that it meets */
struct change {
	uint64_t base, top;
	uint8_t target;	/* RMI_RIPAS_* */
	bool takes_assigned, takes_destroyed;
	bool measured;
};

static bool may_change(const struct change *change, const struct s2_entry *entry)
{
	if (entry->state != S2_UNASSIGNED && !(entry->state == S2_ASSIGNED && change->takes_assigned))
		return false;
	return entry->ripas == change->target || entry->ripas != RMI_RIPAS_DESTROYED || change->takes_destroyed;
}

static void change_entry(struct rmm *rmm, struct rd *rd, const struct change *change, struct s2_walk *walk,
			 unsigned index)
{
	struct s2_entry entry = s2_get(walk, index);

	if (entry.ripas != change->target) {
		entry.ripas = change->target;
		s2_replace(rmm, walk, index, &entry);
	}
	if (change->measured)
		rmm_measure_ripas(rmm, rd, s2_entry_ipa(walk, index), s2_entry_ipa(walk, index + 1));
}

/* The first entry, from that of the walk on, that has to stay */
static unsigned change_end(const struct change *change, const struct s2_walk *walk)
{
	unsigned i;

	for (i = walk->index; i < walk->count; i++) {
		struct s2_entry entry = s2_get(walk, i);

		if (s2_entry_ipa(walk, i + 1) > change->top || !may_change(change, &entry))
			break;
	}
	return i;
}

static uint64_t apply(struct rmm *rmm, struct rd *rd, const struct change *change, uint64_t *out_top)
{
	uint64_t result = RMI_SUCCESS;
	struct s2_walk walk;
	unsigned next, end;

	s2_walk(rmm, &rd->stage2, change->base, S2_LAST_LEVEL, &walk);
	end = walk.ipa == change->base ? change_end(change, &walk) : walk.index;
	for (next = walk.index; next < end && (next == walk.index || !rmm->port->irq_pending(rmm->ctx)); next++)
		change_entry(rmm, rd, change, &walk, next);
	if (next == walk.index)
		result = result_rtt(walk.level);
	else
		*out_top = s2_entry_ipa(&walk, next);
	s2_end(rmm, &walk);
	return result;
}

static uint64_t init(struct rmm *rmm, struct rd *rd, uint64_t base, uint64_t top, uint64_t *out_top)
{
	const struct change change = {
		.base = base,
		.top = top,
		.target = RMI_RIPAS_RAM,
		.takes_assigned = rmm->variant->init_ripas_assigned,
		.measured = rmm->variant->ripas_measured,
	};

	if (!s2_range_valid(&rd->stage2, base, top, true))
		return RMI_ERROR_INPUT;
	if (rd->state != RMM_REALM_NEW)
		return RMI_ERROR_REALM;
	return apply(rmm, rd, &change, out_top);
}

uint64_t rmm_init_ripas(struct rmm *rmm, uint64_t rd_pa, uint64_t base, uint64_t top, uint64_t *out_top)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result;

	*out_top = 0;
	if (!rd)
		return RMI_ERROR_INPUT;
	result = init(rmm, rd, base, top, out_top);
	rmm_unmap(rmm, rd);
	return result;
}

/* The host goes on where it stopped in the window that the realm opened, and not beyond its end. */
static bool is_in_window(const struct rec *rec, uint64_t base, uint64_t top)
{
	return rec->pending == REC_PENDING_RIPAS && base == rec->ripas.next && top <= rec->ripas.top;
}

static uint64_t set(struct rmm *rmm, struct rd *rd, struct rec *rec, uint64_t base, uint64_t top, uint64_t *out_top)
{
	const struct change change = {
		.base = base,
		.top = top,
		.target = rec->ripas.target,
		.takes_assigned = true,
		.takes_destroyed = rec->ripas.change_destroyed ||
				   (rec->ripas.target == RMI_RIPAS_EMPTY && rmm->variant->empty_from_destroyed),
	};
	uint64_t result;

	if (!is_in_window(rec, base, top))
		return RMI_ERROR_INPUT;
	result = apply(rmm, rd, &change, out_top);
	if (result == RMI_SUCCESS)
		rec->ripas.next = *out_top;
	return result;
}

uint64_t rmm_set_ripas(struct rmm *rmm, uint64_t rd_pa, uint64_t rec_pa, uint64_t base, uint64_t top, uint64_t *out_top)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	struct rec *rec = rmm_rec_map(rmm, rec_pa);
	uint64_t result = RMI_ERROR_INPUT;

	*out_top = 0;
	if (rd && rec && s2_range_valid(&rd->stage2, base, top, true)) {
		if (rec->running || rec->rd != rd_pa)
			result = RMI_ERROR_REC;
		else
			result = set(rmm, rd, rec, base, top, out_top);
	}
	if (rec)
		rmm_unmap(rmm, rec);
	if (rd)
		rmm_unmap(rmm, rd);
	return result;
}
