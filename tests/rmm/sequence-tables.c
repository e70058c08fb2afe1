/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-tables.c - what the host does with the tables of realms, and with what they map */
#include "rmi-host.h"
#include "rmi-1.0.h"
#include "sequence-host.h"

#define BLOCK_LEVEL 2
#define PAGE_LEVEL 3
#define LIST_MAX 12

/* A realm, or what stands for one when there is none */
struct target {
	uint64_t rd;
	struct rmm_stage2 stage2;
	bool exists;
};

static struct target target_of(struct sequence *sequence, uint64_t rd_pa)
{
	struct target target = {
		.rd = rd_pa,
		.stage2 = { .ipa_bits = 33, .granule_shift = sequence->rmm->granule_shift },
	};
	const struct rd *rd = rd_at(sequence, target.rd);

	if (rd) {
		target.stage2 = rd->stage2;
		target.exists = true;
	}
	return target;
}

static struct target pick_realm(struct sequence *sequence, struct record *record)
{
	return target_of(sequence, pick(sequence, record, GRANULE_RD));
}

static struct target pick_new_realm(struct sequence *sequence, struct record *record)
{
	return target_of(sequence, pick_realm_in(sequence, record, RMM_REALM_NEW));
}

/* The level where a walk to ipa ends */
static int walk_level(struct sequence *sequence, const struct target *target, uint64_t ipa)
{
	struct s2_walk walk;

	if (!target->exists || !s2_is_in_space(&target->stage2, ipa))
		return BLOCK_LEVEL;
	peek(sequence, &target->stage2, ipa, PAGE_LEVEL, &walk);
	return walk.level;
}

static uint64_t align_down(uint64_t ipa, const struct target *target, int level)
{
	return ipa & -s2_entry_bytes(&target->stage2, level);
}

/* Tables */

void do_rtt_create(struct sequence *sequence, struct record *record)
{
	struct target target = pick_realm(sequence, record);
	unsigned half = arg(record);
	uint64_t ipa = pick_ipa(sequence, record, &target.stage2, half & 3 || !half);
	uint64_t rtt = pick(sequence, record, GRANULE_DELEGATED);
	unsigned choice = arg(record);
	int level = walk_level(sequence, &target, ipa);

	level += level < PAGE_LEVEL;
	if (choice >= SEQUENCE_ODD)
		level = (int)(choice & 7) - 2;
	else
		ipa = align_down(ipa, &target, level - 1);
	rmi(sequence->machine, SMC_RMI_RTT_CREATE, target.rd, rtt, ipa, (uint64_t)(int64_t)level);
}

/* The table that a walk ends in; fold and destroy are alike but for their name. */
static void remove_table(struct sequence *sequence, struct record *record, uint64_t fid)
{
	struct target target = pick_realm(sequence, record);
	unsigned half = arg(record);
	uint64_t ipa = pick_ipa(sequence, record, &target.stage2, half & 3 || !half);
	int level = walk_level(sequence, &target, ipa);
	unsigned choice = arg(record);

	if (choice >= SEQUENCE_ODD)
		level = (int)(choice & 7) - 2;
	else
		ipa = align_down(ipa, &target, level - 1);
	rmi(sequence->machine, fid, target.rd, ipa, (uint64_t)(int64_t)level);
}

void do_rtt_destroy(struct sequence *sequence, struct record *record)
{
	remove_table(sequence, record, SMC_RMI_RTT_DESTROY);
}

void do_rtt_fold(struct sequence *sequence, struct record *record)
{
	remove_table(sequence, record, SMC_RMI_RTT_FOLD);
}

void do_rtt_read_entry(struct sequence *sequence, struct record *record)
{
	struct target target = pick_realm(sequence, record);
	uint64_t ipa = pick_ipa(sequence, record, &target.stage2, arg(record) & 1);
	uint64_t level = PAGE_LEVEL - (arg(record) & 7);

	rmi(sequence->machine, SMC_RMI_RTT_READ_ENTRY, target.rd, ipa, level);
}

/* Ranges */

/* The end of a range of a few pages, of a whole table, or of something odd */
static uint64_t pick_top(struct sequence *sequence, struct record *record, const struct target *target, uint64_t base)
{
	unsigned choice = arg(record);
	uint64_t page = granule_bytes(sequence->rmm);
	int level = choice & 1 ? 1 : BLOCK_LEVEL;

	if (choice < 0xc0)
		return base + (1 + choice % 16) * page;
	if (choice < SEQUENCE_ODD)
		return align_down(base, target, level) + s2_entry_bytes(&target->stage2, level);
	return choice & 1 ? base : base + page * (choice & 6) + (choice & 8);
}

void do_init_ripas(struct sequence *sequence, struct record *record)
{
	struct target target = pick_new_realm(sequence, record);
	uint64_t base = pick_ipa(sequence, record, &target.stage2, true);
	uint64_t top = pick_top(sequence, record, &target, base);

	rmi(sequence->machine, SMC_RMI_RTT_INIT_RIPAS, target.rd, base, top);
}

/* Answers the request of a REC that has one. */
static uint64_t pick_ripas_rec(struct sequence *sequence, struct record *record)
{
	uint64_t fallback = pick(sequence, record, GRANULE_REC);

	for (unsigned i = 0; i < sequence->window; i++) {
		const struct rec *rec = rec_at(sequence, window_pa(sequence, i));

		if (rec && rec->pending == REC_PENDING_RIPAS && rec->ripas.next < rec->ripas.top)
			return window_pa(sequence, i);
	}
	return fallback;
}

void do_set_ripas(struct sequence *sequence, struct record *record)
{
	unsigned odd = arg(record);
	uint64_t rec_pa = odd < SEQUENCE_ODD ? pick_ripas_rec(sequence, record) : pick(sequence, record, GRANULE_REC);
	const struct rec *rec = rec_at(sequence, rec_pa);
	struct target target = pick_realm(sequence, record);
	uint64_t base = pick_ipa(sequence, record, &target.stage2, true);
	uint64_t top = pick_top(sequence, record, &target, base);

	if (rec && odd < SEQUENCE_ODD) {
		target.rd = rec->rd;
		base = rec->ripas.next;
		top = odd & 1 ? base + granule_bytes(sequence->rmm) : rec->ripas.top;
	}
	rmi(sequence->machine, SMC_RMI_RTT_SET_RIPAS, target.rd, rec_pa, base, top);
}

/* Data */

void do_map_init(struct sequence *sequence, struct record *record)
{
	struct target target = pick_new_realm(sequence, record);
	uint64_t ipa = pick_ipa(sequence, record, &target.stage2, true);
	uint64_t data = pick(sequence, record, GRANULE_DELEGATED);
	uint64_t src = host_page(sequence, record, 6);
	unsigned flags = arg(record);

	/* Hashing costs much and proves little here. */
	rmi(sequence->machine, SMC_RMI_RTT_DATA_MAP_INIT, target.rd, data, ipa, src,
	    flags >= 0xe0 ? flags & 3 : RMI_NO_MEASURE_CONTENT);
}

uint64_t block_pa(const struct sequence *sequence)
{
	uint64_t bytes = addr_desc_block_bytes(sequence->rmm, BLOCK_LEVEL);

	return bytes > 0x200000 ? 0 : MACHINE_BASE + bytes;
}

/* Gives a new realm pages of RAM, from page 0 on, some with content, and the tables that they need. */
void do_furnish(struct sequence *sequence, struct record *record)
{
	struct target target = pick_new_realm(sequence, record);
	struct machine *machine = sequence->machine;
	uint64_t page = granule_bytes(sequence->rmm);
	unsigned pages = 8 - arg(record) % 8, with_content = 1 + arg(record) % 4;

	while (target.exists && walk_level(sequence, &target, 0) < PAGE_LEVEL)
		if (rmi(machine, SMC_RMI_RTT_CREATE, target.rd, pick(sequence, record, GRANULE_DELEGATED), 0,
			(uint64_t)(int64_t)(walk_level(sequence, &target, 0) + 1)) != RMI_SUCCESS)
			return;
	rmi(machine, SMC_RMI_RTT_INIT_RIPAS, target.rd, 0, pages * page);
	for (unsigned i = 0; i < with_content; i++)
		rmi(machine, SMC_RMI_RTT_DATA_MAP_INIT, target.rd, pick(sequence, record, GRANULE_DELEGATED), i * page,
		    host_page(sequence, record, 6), RMI_NO_MEASURE_CONTENT);
}

/* Writes descriptors of the pages of a list one by one, or in pairs. */
static uint64_t write_list(struct sequence *sequence, uint64_t list, const struct addr_desc *desc, unsigned step)
{
	struct addr_desc part = *desc;
	unsigned num = 0;

	if (step > 2)
		host_write(sequence, list + 8 * num++, desc->pa); /* of no blocks */
	for (uint64_t done = 0; done < desc->count && num < LIST_MAX; done += part.count) {
		part.pa = desc->pa + done * addr_desc_block_bytes(sequence->rmm, desc->level);
		part.count = min_u64(step, desc->count - done);
		host_write(sequence, list + 8 * num++, addr_desc_encode(sequence->rmm, &part));
	}
	return num;
}

/* Flags and oaddr of a range command that map what desc tells, as a descriptor or a list */
static void describe(struct sequence *sequence, struct record *record, const struct addr_desc *desc, uint64_t *flags,
		     uint64_t *oaddr)
{
	unsigned choice = arg(record);

	if (choice < 0xa0) {
		*flags = RMI_ADDR_TYPE_SINGLE;
		*oaddr = addr_desc_encode(sequence->rmm, desc);
		return;
	}
	*oaddr = host_page(sequence, record, 7);
	*flags = rmi_rtt_prot_map_flags_set_oaddr_type(0, choice >= SEQUENCE_ODD ? choice & 3 : RMI_ADDR_TYPE_LIST);
	*flags = rmi_rtt_prot_map_flags_set_list_count(*flags, write_list(sequence, *oaddr, desc, 1 + choice % 3));
}

static void map_unknown(struct sequence *sequence, const struct target *target, uint64_t ipa, uint64_t data)
{
	rmi(sequence->machine, SMC_RMI1_DATA_CREATE_UNKNOWN, target->rd, data, ipa);
}

void do_map(struct sequence *sequence, struct record *record)
{
	struct target target = pick_realm(sequence, record);
	uint64_t base = pick_ipa(sequence, record, &target.stage2, true), top, flags, oaddr;
	unsigned choice = arg(record);
	struct addr_desc desc = { .level = PAGE_LEVEL, .count = 1 + choice % 8, .state = RMI_OP_MEM_DELEGATED };

	desc.pa = pick_run(sequence, record, GRANULE_DELEGATED, (unsigned)desc.count);
	if (host_is_v1(sequence->machine)) {
		map_unknown(sequence, &target, base, desc.pa);
		return;
	}
	if (choice >= 0xc0 && block_pa(sequence)) {
		desc.pa = block_pa(sequence);
		base = align_down(base, &target, BLOCK_LEVEL);
		desc.level = choice & 8 ? BLOCK_LEVEL : PAGE_LEVEL;
		desc.count = s2_entry_bytes(&target.stage2, BLOCK_LEVEL) / s2_entry_bytes(&target.stage2, desc.level);
	}
	desc.state = choice >= 0xfe ? RMI_OP_MEM_UNDELEGATED : RMI_OP_MEM_DELEGATED;
	top = base + desc.count * addr_desc_block_bytes(sequence->rmm, desc.level);
	describe(sequence, record, &desc, &flags, &oaddr);
	rmi(sequence->machine, SMC_RMI_RTT_DATA_MAP, target.rd, base, top, flags, oaddr);
}

/* Unmap commands of 2.0 tell what they unmapped in a register, a list, or not at all. */
static void unmap_range(struct sequence *sequence, struct record *record, uint64_t fid, bool is_protected)
{
	struct target target = pick_realm(sequence, record);
	uint64_t base = pick_ipa(sequence, record, &target.stage2, is_protected);
	uint64_t top = pick_top(sequence, record, &target, base), flags = RMI_ADDR_TYPE_SINGLE, oaddr = 0;
	unsigned choice = arg(record);

	if (choice >= 0x80) {
		oaddr = host_page(sequence, record, 7);
		flags = rmi_rtt_unmap_flags_set_oaddr_type(0, choice >= SEQUENCE_ODD ? choice & 3 : RMI_ADDR_TYPE_LIST);
		flags = rmi_rtt_unmap_flags_set_list_count(flags, choice % 12);
	}
	rmi(sequence->machine, fid, target.rd, base, top, flags, oaddr);
}

void do_unmap(struct sequence *sequence, struct record *record)
{
	struct target target;

	if (!host_is_v1(sequence->machine)) {
		unmap_range(sequence, record, SMC_RMI_RTT_DATA_UNMAP, true);
		return;
	}
	target = pick_realm(sequence, record);
	rmi(sequence->machine, SMC_RMI1_DATA_DESTROY, target.rd, pick_ipa(sequence, record, &target.stage2, true));
}

/* Memory of the host */

static void unprot_one(struct sequence *sequence, struct record *record, bool map)
{
	struct target target = pick_realm(sequence, record);
	uint64_t ipa = pick_ipa(sequence, record, &target.stage2, false);
	int level = walk_level(sequence, &target, ipa);
	unsigned choice = arg(record), attributes = arg(record);
	struct s2_entry entry = { .state = S2_ASSIGNED_NS, .memattr = attributes & 7, .s2ap = attributes >> 3 & 3 };
	uint64_t desc;

	if (choice >= SEQUENCE_ODD)
		level = choice & 3;
	ipa = align_down(ipa, &target, level);
	if (!map) {
		rmi(sequence->machine, SMC_RMI1_RTT_UNMAP_UNPROTECTED, target.rd, ipa, level);
		return;
	}
	entry.pa = pick(sequence, record, GRANULE_NS) & -s2_entry_bytes(&target.stage2, level);
	/* Attributes and address alone are the host's to choose. */
	desc = s2_encode(&target.stage2, level, &entry);
	entry = (struct s2_entry){ .state = S2_ASSIGNED_NS };
	desc ^= choice < 0xfc ? s2_encode(&target.stage2, level, &entry) : 0;
	rmi(sequence->machine, SMC_RMI1_RTT_MAP_UNPROTECTED, target.rd, ipa, level, desc);
}

void do_unprot_map(struct sequence *sequence, struct record *record)
{
	struct target target;
	uint64_t base, top, flags, oaddr;
	struct addr_desc desc = { .level = PAGE_LEVEL, .state = RMI_OP_MEM_UNDELEGATED };
	unsigned choice, attributes;

	if (host_is_v1(sequence->machine)) {
		unprot_one(sequence, record, true);
		return;
	}
	target = pick_realm(sequence, record);
	base = pick_ipa(sequence, record, &target.stage2, false);
	choice = arg(record);
	attributes = arg(record);
	desc.count = 1 + choice % 8;
	if (choice >= 0xa0)
		desc.level = BLOCK_LEVEL - (choice >= SEQUENCE_ODD);
	desc.pa = pick(sequence, record, GRANULE_NS) & -addr_desc_block_bytes(sequence->rmm, desc.level);
	base = align_down(base, &target, desc.level);
	top = base + desc.count * addr_desc_block_bytes(sequence->rmm, desc.level);
	describe(sequence, record, &desc, &flags, &oaddr);
	flags = rmi_rtt_unprot_map_flags_set_memattr(flags, attributes);
	flags = rmi_rtt_unprot_map_flags_set_s2ap(flags, attributes < 0xe0 ? attributes >> 3 & 3 : attributes >> 3);
	rmi(sequence->machine, SMC_RMI_RTT_UNPROT_MAP, target.rd, base, top, flags, oaddr);
}

void do_unprot_unmap(struct sequence *sequence, struct record *record)
{
	if (host_is_v1(sequence->machine))
		unprot_one(sequence, record, false);
	else
		unmap_range(sequence, record, SMC_RMI_RTT_UNPROT_UNMAP, false);
}
