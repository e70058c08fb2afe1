/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * gmem.c - guest_memfd: pages of a VM that nobody else can map
 *
 * In place, pages can be shared too: those are in the memfd that the descriptor is, private ones in the bank, so a page
 * that changes sides is a new one and reads as zeros. Linux sends SIGBUS to who touches a private page in a mapping of
 * the file; here it reads as zeros, and what is written there is lost.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "rmi.h"
#include "sim.h"

#define SIM_CHUNK (UINT64_C(1) << 18)	/* pages; a file is as large as RAM may be, and hardly any of it is there */

static uint64_t page_size(const struct sim_gmem *gmem)
{
	return gmem->file.sim->memory.page_size;
}

static bool is_aligned(const struct sim_gmem *gmem, uint64_t value)
{
	return value % page_size(gmem) == 0;
}

/* ---- pages ---- */

/* Where the address of a page is kept; NULL: nowhere yet, and no memory if it was to be made */
static uint64_t *entry_of(const struct sim_gmem *gmem, uint64_t offset, bool make)
{
	uint64_t page = offset / page_size(gmem);
	uint64_t **chunk = &gmem->chunks[page / SIM_CHUNK];

	if (!*chunk && make)
		*chunk = calloc(SIM_CHUNK, sizeof(**chunk));
	return *chunk ? &(*chunk)[page % SIM_CHUNK] : NULL;
}

uint64_t sim_gmem_page(struct sim_gmem *gmem, uint64_t offset, bool take)
{
	uint64_t *entry = entry_of(gmem, offset, take);

	if (!entry)
		return 0;
	if (!*entry && take)
		*entry = sim_pages_alloc(gmem->file.sim, 1, 1);
	return *entry;
}

/* The page is not the file's any more, nor the kernel's: the realm has it for ever. */
static void lose_page(struct sim_gmem *gmem, uint64_t *entry)
{
	*entry = 0;
	gmem->leaked++;
}

static void free_page(struct sim_gmem *gmem, uint64_t *entry)
{
	if (sim_owner_of(gmem->file.sim, *entry) == SIM_OWNER_REALM) {
		lose_page(gmem, entry);
		return;
	}
	sim_pages_free(gmem->file.sim, *entry, 1);
	*entry = 0;
}

/* The first page that is there from *offsetp on; NULL: none before end */
static uint64_t *next_page(const struct sim_gmem *gmem, uint64_t *offsetp, uint64_t end)
{
	const uint64_t span = SIM_CHUNK * page_size(gmem);

	while (*offsetp < end) {
		uint64_t *entry = entry_of(gmem, *offsetp, false);

		if (entry && *entry)
			return entry;
		*offsetp = entry ? *offsetp + page_size(gmem) : (*offsetp / span + 1) * span;
	}
	return NULL;
}

static void free_pages(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	uint64_t *entry;

	for (uint64_t offset = first; (entry = next_page(gmem, &offset, end)); offset += page_size(gmem))
		free_page(gmem, entry);
}

bool sim_gmem_is_shared(const struct sim_gmem *gmem, uint64_t offset)
{
	return gmem->shared && sim_intervals_has(gmem->shared, offset, offset + page_size(gmem));
}

/* ---- the slots that show it ---- */

typedef void (*range_fn)(struct sim_gmem *gmem, uint64_t gpa, uint64_t top);

/* Calls fn for each range of guest addresses where [first, end) of the file is. */
static void for_slots(struct sim_gmem *gmem, uint64_t first, uint64_t end, range_fn fn)
{
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++) {
		const struct sim_slot *slot = &gmem->vm->slots[i];
		uint64_t from = slot->gmem_offset > first ? slot->gmem_offset : first;
		uint64_t to = slot->gmem_offset + slot->size < end ? slot->gmem_offset + slot->size : end;

		if (slot->used && slot->gmem == gmem && from < to)
			fn(gmem, slot->gpa + (from - slot->gmem_offset), slot->gpa + (to - slot->gmem_offset));
	}
}

static void unmap_private(struct sim_gmem *gmem, uint64_t gpa, uint64_t top)
{
	sim_unmap_range(gmem->vm, gpa, top, true);
}

static void unmap_shared(struct sim_gmem *gmem, uint64_t gpa, uint64_t top)
{
	sim_unmap_range(gmem->vm, gpa, top, false);
}

/* In place: what the user has put into shared pages is gone. */
static void drop_shared(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	for_slots(gmem, first, end, unmap_shared);
	sim_file_punch(&gmem->file, first, end);
}

/* ---- fallocate ---- */

/* Does the realm hold a page there that it has given up? */
static bool is_given_up(struct sim_vm *vm, uint64_t gpa)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_READ_ENTRY, vm->realm.rd, gpa, SIM_LAST_LEVEL };

	return sim_rmi(vm->file.sim, regs) == RMI_SUCCESS && regs[1] == SIM_LAST_LEVEL && regs[2] == RMI_ASSIGNED &&
	       regs[4] == RMI_EMPTY;
}

/*
 * v15 looks at what is private to know what to unmap, and takes what the realm has given up for shared: the page
 * goes back to the kernel although it is still delegated.
 */
static void lose_given_up(struct sim_gmem *gmem, uint64_t gpa, uint64_t top)
{
	const struct sim_slot *slot = sim_slot_of(gmem->vm, gpa);
	const uint64_t distance = slot->gpa - slot->gmem_offset;
	uint64_t *entry;

	for (uint64_t offset = gpa - distance; (entry = next_page(gmem, &offset, top - distance));
	     offset += page_size(gmem))
		if (is_given_up(gmem->vm, offset + distance))
			lose_page(gmem, entry);
}

static void punch(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	const struct sim_vm *vm = gmem->vm;

	if (end > gmem->size)
		end = gmem->size;
	if (vm->realm.rd && vm->file.sim->family->attributes == REALM_KVM_ATTRIBUTES_GUEST_MEMFD)
		for_slots(gmem, first, end, lose_given_up);
	for_slots(gmem, first, end, unmap_private);
	free_pages(gmem, first, end);
	if (gmem->shared && first < end)
		drop_shared(gmem, first, end);
}

static int allocate(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	if (end > gmem->size)
		return -EINVAL;
	for (uint64_t offset = first; offset < end; offset += page_size(gmem))
		if (!sim_gmem_page(gmem, offset, true))
			return -ENOMEM;
	return 0;
}

static int gmem_fallocate(struct sim_file *file, int mode, uint64_t offset, uint64_t length)
{
	struct sim_gmem *gmem = (struct sim_gmem *)file;
	int err = 0;

	if ((int64_t)offset < 0 || (int64_t)length <= 0)
		return -EINVAL;
	if (!(mode & FALLOC_FL_KEEP_SIZE) || mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	if ((int64_t)(offset + length) < 0)
		return -EFBIG;
	if (!is_aligned(gmem, offset) || !is_aligned(gmem, length))
		return -EINVAL;
	pthread_mutex_lock(&gmem->vm->lock);
	if (mode & FALLOC_FL_PUNCH_HOLE)
		punch(gmem, offset, offset + length);
	else
		err = allocate(gmem, offset, offset + length);
	pthread_mutex_unlock(&gmem->vm->lock);
	sim_memory_trim(file->sim);
	return err;
}

/* ---- in place ---- */

static bool attributes_valid(const struct sim_gmem *gmem, const struct realm_kvm_memory_attributes2 *attributes)
{
	uint64_t end = attributes->offset + attributes->size;

	for (unsigned i = 0; i < REALM_KVM_MEMORY_ATTRIBUTES2_RESERVED_COUNT; i++)
		if (attributes->reserved[i])
			return false;
	return gmem->shared && !attributes->flags &&
	       !(attributes->attributes & ~(uint64_t)REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE) &&
	       end > attributes->offset && end <= gmem->size && is_aligned(gmem, attributes->offset) &&
	       is_aligned(gmem, attributes->size);
}

static int set_private(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	int err = sim_intervals_set(gmem->shared, first, end, false);

	if (err)
		return err;
	drop_shared(gmem, first, end);
	return 0;
}

static int set_shared(struct sim_gmem *gmem, uint64_t first, uint64_t end)
{
	int err = sim_intervals_set(gmem->shared, first, end, true);

	if (err)
		return err;
	for_slots(gmem, first, end, unmap_private);
	free_pages(gmem, first, end);
	return 0;
}

static int set_attributes(struct sim_gmem *gmem, uintptr_t arg)
{
	struct realm_kvm_memory_attributes2 attributes;
	uint64_t end;
	int err = sim_copy_in(&attributes, arg, sizeof(attributes));

	if (err)
		return err;
	if (!attributes_valid(gmem, &attributes))
		return -EINVAL;
	end = attributes.offset + attributes.size;
	pthread_mutex_lock(&gmem->vm->lock);
	err = attributes.attributes ? set_private(gmem, attributes.offset, end)
				    : set_shared(gmem, attributes.offset, end);
	pthread_mutex_unlock(&gmem->vm->lock);
	return err;
}

static int gmem_ioctl(struct sim_file *file, unsigned long request, uintptr_t arg)
{
	struct sim_gmem *gmem = (struct sim_gmem *)file;

	if (request != REALM_KVM_SET_MEMORY_ATTRIBUTES2 || !gmem->vm->is_realm ||
	    file->sim->family->attributes != REALM_KVM_ATTRIBUTES_GUEST_MEMFD)
		return -ENOTTY;
	return set_attributes(gmem, arg);
}

static int gmem_mmap(struct sim_file *file, size_t length, int prot, int flags, uint64_t offset, void **addrp)
{
	const struct sim_gmem *gmem = (const struct sim_gmem *)file;

	if (!(gmem->flags & REALM_KVM_GUEST_MEMFD_FLAG_MMAP))
		return -ENODEV;
	if ((flags & MAP_TYPE) != MAP_SHARED)
		return -EINVAL;
	return sim_file_map(file, length, prot, offset, addrp);
}

/* ---- making and freeing ---- */

static uint64_t num_chunks(const struct sim_gmem *gmem)
{
	return (gmem->size / page_size(gmem) + SIM_CHUNK - 1) / SIM_CHUNK;
}

static void free_memory(struct sim_gmem *gmem)
{
	for (uint64_t i = 0; gmem->chunks && i < num_chunks(gmem); i++)
		free(gmem->chunks[i]);
	free(gmem->chunks);
	if (gmem->shared)
		free(gmem->shared->list);
	free(gmem->shared);
	free(gmem);
}

/* Slots hold no reference: they lose what they show. */
static void unbind(struct sim_gmem *gmem)
{
	for_slots(gmem, 0, gmem->size, unmap_private);
	for (unsigned i = 0; i < SIM_SLOTS_MAX; i++)
		if (gmem->vm->slots[i].gmem == gmem)
			gmem->vm->slots[i].gmem = NULL;
}

static void gmem_release(struct sim_file *file)
{
	struct sim_gmem *gmem = (struct sim_gmem *)file;
	struct sim_vm *vm = gmem->vm;

	pthread_mutex_lock(&vm->lock);
	unbind(gmem);
	free_pages(gmem, 0, gmem->size);
	pthread_mutex_unlock(&vm->lock);
	free_memory(gmem);
	sim_file_put(&vm->file);
}

static bool make_shared(struct sim_gmem *gmem)
{
	gmem->shared = calloc(1, sizeof(*gmem->shared));
	if (!gmem->shared)
		return false;
	return !(gmem->flags & REALM_KVM_GUEST_MEMFD_FLAG_INIT_SHARED) ||
	       !sim_intervals_set(gmem->shared, 0, gmem->size, true);
}

static struct sim_gmem *make(struct sim_vm *vm, uint64_t size, uint64_t flags)
{
	static const struct sim_file_ops ops = {
		.ioctl = gmem_ioctl, .mmap = gmem_mmap, .fallocate = gmem_fallocate, .release = gmem_release,
	};
	struct sim_gmem *gmem = calloc(1, sizeof(*gmem));

	if (!gmem)
		return NULL;
	gmem->file = (struct sim_file){ .kind = SIM_GMEM, .ops = &ops, .sim = vm->file.sim };
	gmem->vm = vm;
	gmem->size = size;
	gmem->flags = flags;
	gmem->chunks = calloc(num_chunks(gmem), sizeof(*gmem->chunks));
	if (!gmem->chunks || (flags && !make_shared(gmem))) {
		free_memory(gmem);
		return NULL;
	}
	return gmem;
}

int sim_gmem_open(struct sim_vm *vm, uint64_t size, uint64_t flags)
{
	struct realm_sim *sim = vm->file.sim;
	struct sim_gmem *gmem;
	int fd;

	if (flags & ~sim_gmem_flags(sim, vm->is_realm) || (int64_t)size <= 0 || size % sim->memory.page_size)
		return -EINVAL;
	gmem = make(vm, size, flags);
	if (!gmem)
		return -ENOMEM;
	sim_file_hold(&vm->file);
	fd = sim_file_open(sim, &gmem->file, flags & REALM_KVM_GUEST_MEMFD_FLAG_MMAP ? size : 0);
	if (fd < 0)
		gmem_release(&gmem->file);
	return fd;
}
