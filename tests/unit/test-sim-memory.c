/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-memory.c - memory of the software host: pages, the window, owners, its lock, and files that hold pages */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "sim-world.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PAGE UINT64_C(4096)
#define MIB (UINT64_C(1) << 20)

static struct realm_sim *new_sim(uint32_t granule)
{
	const struct realm_sim_opts opts = {
		.sz = sizeof(opts), .family = REALM_FAMILY_RMI_V14, .profile = REALM_PROFILE_RMM_2_0,
		.granule = granule, .memory = 64 * MIB,
	};
	struct realm_sim *sim;

	assert_int_equal(realm_sim_new(&opts, &sim), 0);
	return sim;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

/* ---- pages ---- */

static void pages_are_zero_aligned_and_apart(void **state)
{
	static const uint32_t granules[] = { 4096, 16384, 65536 };

	for (size_t g = 0; g < COUNT(granules); g++) {
		struct realm_sim *sim = new_sim(granules[g]);
		uint64_t page = granules[g], used = sim->memory.used, end = 0, pas[5];

		for (unsigned i = 0; i < 5; i++) {
			unsigned count = 1u << i;

			pas[i] = sim_pages_alloc(sim, count, count);
			assert_true(pas[i] && pas[i] % (count * page) == 0);
			assert_true(pas[i] >= end);
			end = pas[i] + count * page;
			assert_true(is_zero(sim_memory_at(sim, pas[i], count * page), count * page));
			memset(sim_memory_at(sim, pas[i], count * page), 0xa5, count * page);
		}
		assert_int_equal(sim->memory.used - used, 31);
		for (unsigned i = 0; i < 5; i++)
			sim_pages_free(sim, pas[i], 1u << i);
		assert_int_equal(sim->memory.used, used);
		realm_sim_free(sim);
	}
}

static void freed_pages_come_back_as_zeros(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	uint64_t run = sim_pages_alloc(sim, 16, 16), again;

	memset(sim_memory_at(sim, run, 16 * PAGE), 0xa5, 16 * PAGE);
	sim_pages_free(sim, run, 16);
	again = sim_pages_alloc(sim, 16, 16);
	assert_int_equal(again, run);
	assert_true(is_zero(sim_memory_at(sim, again, 16 * PAGE), 16 * PAGE));
	realm_sim_free(sim);
}

/* A run of an odd length takes no more than it says, and can be given back in parts. */
static void odd_runs_leave_no_gaps(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	uint64_t used = sim->memory.used, run = sim_pages_alloc(sim, 3, 1), one = sim_pages_alloc(sim, 1, 1);

	assert_int_equal(one, run + 3 * PAGE);
	sim_pages_free(sim, run + PAGE, 2);
	sim_pages_free(sim, run, 1);
	sim_pages_free(sim, one, 1);
	assert_int_equal(sim->memory.used, used);
	realm_sim_free(sim);
}

static void all_of_the_bank_can_be_taken(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	uint64_t total = sim->memory.size / PAGE, left = total - sim->memory.used, taken = 0;
	uint64_t last = 0, pa;

	while ((pa = sim_pages_alloc(sim, 1, 1))) {
		last = pa;
		taken++;
	}
	assert_int_equal(taken, left);
	assert_int_equal(sim->memory.used, total);
	sim_pages_free(sim, last, 1);
	assert_int_equal(sim_pages_alloc(sim, 2, 2), 0);
	assert_int_equal(sim_pages_alloc(sim, 1, 1), last);
	realm_sim_free(sim);
}

static void pages_can_be_made_to_run_out(void **state)
{
	const struct realm_sim_fault fault = { .sz = sizeof(fault), .kind = REALM_SIM_MEMORY, .nth = 2 };
	struct realm_sim *sim = new_sim(4096);

	assert_int_equal(realm_sim_inject(sim, &fault), 0);
	assert_int_not_equal(sim_pages_alloc(sim, 1, 1), 0);
	assert_int_equal(sim_pages_alloc(sim, 1, 1), 0);
	assert_int_not_equal(sim_pages_alloc(sim, 1, 1), 0);
	realm_sim_free(sim);
}

static size_t resident(const struct sim_memory *memory)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = memory->size / page, count = 0;
	unsigned char *told = malloc(pages);

	assert_non_null(told);
	assert_int_equal(mincore(memory->bytes, memory->size, told), 0);
	for (size_t i = 0; i < pages; i++)
		count += told[i] & 1;
	free(told);
	return count * page;
}

static void trim_gives_memory_back(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	size_t before = resident(&sim->memory);
	uint64_t pas[32 * MIB / PAGE];

	for (size_t i = 0; i < COUNT(pas); i++) {
		pas[i] = sim_pages_alloc(sim, 1, 1);
		memset(sim_memory_at(sim, pas[i], PAGE), 0xa5, PAGE);
	}
	assert_true(resident(&sim->memory) >= before + 31 * MIB);
	for (size_t i = 0; i < COUNT(pas); i++)
		sim_pages_free(sim, pas[(i * 5) % COUNT(pas)], 1);
	sim_memory_trim(sim);
	assert_true(resident(&sim->memory) <= before + 4 * MIB);
	/* and is as it was when it was new */
	for (size_t i = 0; i < COUNT(pas); i++) {
		uint64_t pa = sim_pages_alloc(sim, 1, 1);

		assert_true(is_zero(sim_memory_at(sim, pa, PAGE), PAGE));
	}
	realm_sim_free(sim);
}

/* ---- the window, owners ---- */

static void the_window_shows_pages_of_the_process(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	static uint8_t pages[2][4096] __attribute__((aligned(4096)));
	uint64_t first = sim_window_open(sim, pages[0]), second = sim_window_open(sim, pages[1]);

	assert_true(first >= sim->memory.base + sim->memory.size && first % PAGE == 0);
	assert_ptr_equal(sim_memory_at(sim, first, PAGE), pages[0]);
	assert_ptr_equal(sim_memory_at(sim, second + 8, 8), pages[1] + 8);
	assert_null(sim_memory_at(sim, first + 8, PAGE));
	sim_window_close(sim, first);
	assert_null(sim_memory_at(sim, first, PAGE));
	assert_int_equal(sim_window_open(sim, pages[1]), first);
	assert_int_equal(sim->memory.window_used, 2);
	realm_sim_free(sim);
}

static void there_is_no_memory_elsewhere(void **state)
{
	struct realm_sim *sim = new_sim(4096);
	const struct sim_memory *memory = &sim->memory;
	const uint64_t pas[] = {
		0, memory->base - PAGE, memory->base + memory->size, memory->window - PAGE, memory->window,
		memory->window + SIM_WINDOW_SIZE, UINT64_MAX - PAGE + 1,
	};

	for (size_t i = 0; i < COUNT(pas); i++)
		assert_null(sim_memory_at(sim, pas[i], PAGE));
	assert_null(sim_memory_at(sim, memory->base + memory->size - PAGE, 2 * PAGE));
	assert_non_null(sim_memory_at(sim, memory->base + memory->size - PAGE, PAGE));
	realm_sim_free(sim);
}

static void delegated_pages_are_the_realm_worlds(void **state)
{
	struct realm_sim *sim = new_sim(16384);
	uint64_t pa = sim_pages_alloc(sim, 4, 4), page = 16384;

	assert_true(sim_delegate(sim, pa, 2));
	assert_int_equal(sim_owner_of(sim, pa + page + 4096), SIM_OWNER_REALM);
	assert_int_equal(sim_owner_of(sim, pa + 2 * page), SIM_OWNER_NS);
	/* all or nothing */
	assert_false(sim_delegate(sim, pa + page, 2));
	assert_int_equal(sim_owner_of(sim, pa + 2 * page), SIM_OWNER_NS);
	assert_true(sim_undelegate(sim, pa, 2));
	assert_int_equal(sim_owner_of(sim, pa), SIM_OWNER_NS);
	assert_false(sim_undelegate(sim, pa, 1));
	realm_sim_free(sim);
}

static void user_mapped_tells_holes(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *memory = mmap(NULL, 3 * page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(memory, MAP_FAILED);
	assert_true(sim_user_mapped(memory, 3 * page));
	munmap(memory + page, page);
	assert_true(sim_user_mapped(memory, page));
	assert_false(sim_user_mapped(memory, page + 1));
	assert_false(sim_user_mapped(memory + page, 1));
	assert_true(sim_user_mapped(memory + 2 * page + 8, page - 8));
	munmap(memory, page);
	munmap(memory + 2 * page, page);
}

/* ---- the lock ---- */

struct turns {
	struct sim_lock lock;
	unsigned order[2], num;
};

static void *take_turn(void *arg)
{
	struct turns *turns = arg;

	sim_lock_take(&turns->lock);
	turns->order[turns->num++] = 2;
	sim_lock_give(&turns->lock);
	return NULL;
}

static bool someone_waits(const struct turns *turns)
{
	return __atomic_load_n(&turns->lock.next, __ATOMIC_ACQUIRE) == 2;
}

/* Who gives the lock and takes it again comes after those who waited. */
static void the_lock_is_fair(void **state)
{
	struct turns turns = { .num = 0 };
	pthread_t thread;

	assert_int_equal(sim_lock_init(&turns.lock), 0);
	sim_lock_take(&turns.lock);
	assert_int_equal(pthread_create(&thread, NULL, take_turn, &turns), 0);
	while (!someone_waits(&turns))
		usleep(100);
	sim_lock_give(&turns.lock);
	sim_lock_take(&turns.lock);
	turns.order[turns.num++] = 1;
	sim_lock_give(&turns.lock);
	pthread_join(thread, NULL);
	assert_int_equal(turns.order[0], 2);
	assert_int_equal(turns.order[1], 1);
	sim_lock_destroy(&turns.lock);
}

/* A count that only the lock guards */
struct tally {
	struct sim_lock lock;
	unsigned count;
};

#define TALLY_THREADS 4
#define TALLY_EACH 20000

static void *count_up(void *arg)
{
	struct tally *tally = arg;

	for (unsigned i = 0; i < TALLY_EACH; i++) {
		sim_lock_take(&tally->lock);
		tally->count++;
		sim_lock_give(&tally->lock);
	}
	return NULL;
}

static void the_lock_keeps_others_out(void **state)
{
	struct tally tally = { .count = 0 };
	pthread_t threads[TALLY_THREADS];

	assert_int_equal(sim_lock_init(&tally.lock), 0);
	for (unsigned i = 0; i < TALLY_THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, count_up, &tally), 0);
	for (unsigned i = 0; i < TALLY_THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(tally.count, TALLY_THREADS * TALLY_EACH);
	sim_lock_destroy(&tally.lock);
}

/* ---- intervals ---- */

/* Against one bit a unit, for all short histories of a few ranges */
static void intervals_are_as_bits(void **state)
{
	static const struct {
		unsigned base, top;
	} ranges[] = { { 0, 4 }, { 2, 6 }, { 4, 8 }, { 1, 7 }, { 3, 4 }, { 6, 7 }, { 0, 8 } };
	const unsigned steps = 2 * COUNT(ranges);

	for (unsigned history = 0; history < steps * steps * steps * steps; history++) {
		struct sim_intervals intervals = { 0 };
		unsigned bits = 0;

		for (unsigned left = history, i = 0; i < 4; i++, left /= steps) {
			unsigned range = left % steps / 2, on = left % 2;
			unsigned mask = (1u << ranges[range].top) - (1u << ranges[range].base);

			bits = on ? bits | mask : bits & ~mask;
			assert_int_equal(sim_intervals_set(&intervals, ranges[range].base, ranges[range].top, on), 0);
		}
		for (unsigned base = 0; base < 8; base++)
			for (unsigned top = base + 1; top <= 8; top++) {
				unsigned mask = (1u << top) - (1u << base);

				assert_int_equal(sim_intervals_has(&intervals, base, top), (bits & mask) == mask);
			}
		free(intervals.list);
	}
}

/* ---- files that hold pages of a realm ---- */

static const struct kind v14 = { "v14", REALM_FAMILY_RMI_V14, REALM_PROFILE_ANY, 4096, NULL };
static const struct kind v15 = { "v15", REALM_FAMILY_RMI_V15, REALM_PROFILE_ANY, 4096, NULL };
static const struct kind v12 = { "v12", REALM_FAMILY_RMI_V12, REALM_PROFILE_ANY, 4096, NULL };

static struct world *populated(const struct kind *kind)
{
	struct world *w = world_new(kind);

	assert_int_equal(world_begin(w, 4 * MIB, 1), 0);
	assert_int_equal(world_populate(w, WORLD_RAM, 2 * PAGE, 1), 0);
	return w;
}

static struct sim_gmem *file_of(struct world *w)
{
	struct sim_gmem *gmem = (struct sim_gmem *)sim_file_get(w->sim, w->files[0], SIM_GMEM);

	assert_non_null(gmem);
	sim_file_put(&gmem->file);
	return gmem;
}

static int punch(struct world *w, uint64_t offset, uint64_t length)
{
	return w->ops->fallocate(w->sim, w->files[0], FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

static void a_hole_takes_pages_from_the_realm(void **state)
{
	static const struct kind *const kinds[] = { &v12, &v14, &v15 };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = populated(kinds[i]);
		struct sim_gmem *gmem = file_of(w);
		uint64_t used = w->sim->memory.used, pa = sim_gmem_page(gmem, PAGE, false);

		assert_int_equal(sim_owner_of(w->sim, pa), SIM_OWNER_REALM);
		assert_int_equal(punch(w, PAGE, PAGE), 0);
		assert_int_equal(sim_owner_of(w->sim, pa), SIM_OWNER_NS);
		assert_true(is_zero(sim_memory_at(w->sim, pa, PAGE), PAGE));
		assert_int_equal(used - w->sim->memory.used, 1);
		assert_int_equal(sim_gmem_page(gmem, PAGE, false), 0);
		assert_int_not_equal(sim_gmem_page(gmem, 0, false), 0);
		assert_int_equal(gmem->leaked, 0);
		world_free(w);
	}
}

/* Only what is there takes time: to look at each of 2^38 pages would take hours, at a word for 512 of them seconds. */
static void a_file_costs_what_is_in_it(void **state)
{
	struct world *w = populated(&v15);
	uint64_t size = UINT64_C(1) << 50;
	clock_t start = clock();
	int fd = world_file(w, size);

	assert_true(fd >= 0);
	assert_int_equal(w->ops->fallocate(w->sim, fd, FALLOC_FL_KEEP_SIZE, size - PAGE, PAGE), 0);
	assert_int_equal(w->ops->fallocate(w->sim, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, size), 0);
	world_close_vm(w);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	world_assert_clean(w);
	world_free(w);
}

/* Memory follows what is in the file, not what was. */
static void a_large_hole_gives_memory_back(void **state)
{
	struct world *w = populated(&v14);
	size_t before = resident(&w->sim->memory);
	int fd = world_file(w, 32 * MIB);

	for (int i = 0; i < 2; i++) {
		assert_int_equal(w->ops->fallocate(w->sim, fd, FALLOC_FL_KEEP_SIZE, 0, 32 * MIB), 0);
		assert_int_equal(w->ops->fallocate(w->sim, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 32 * MIB), 0);
		assert_true(resident(&w->sim->memory) <= before + 4 * MIB);
	}
	world_free(w);
}

static void a_page_that_does_not_come_back_is_lost(void **state)
{
	struct world *w = populated(&v14);
	struct sim_gmem *gmem = file_of(w);
	uint64_t pa = sim_gmem_page(gmem, PAGE, false);

	world_inject(w, REALM_SIM_RMI, SMC_RMI_GRANULE_RANGE_UNDELEGATE, 1, RMI_ERROR_INPUT);
	assert_int_equal(punch(w, PAGE, PAGE), 0);
	assert_int_equal(world_uninject(w), 1);
	assert_int_equal(gmem->leaked, 1);
	assert_int_equal(sim_gmem_page(gmem, PAGE, false), 0);
	assert_int_equal(sim_owner_of(w->sim, pa), SIM_OWNER_REALM);
	/* nobody gets it again */
	world_close_vm(w);
	assert_int_equal(w->sim->memory.used, w->at_start + 1);
	world_free(w);
}

/* v15 takes a page that the realm gave up for a shared one: a hole there loses it. Before that it does not. */
static void a_hole_comes_before_the_realm_gives_up(void **state)
{
	static const struct {
		const struct kind *kind;
		uint64_t leaked;
	} cases[] = { { &v14, 0 }, { &v15, 1 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *w = populated(cases[i].kind);
		struct sim_vcpu *vcpu = (struct sim_vcpu *)sim_file_get(w->sim, w->vcpus[0], SIM_VCPU);
		uint64_t gpa = WORLD_RAM + MIB;

		/* no RAM yet, so the realm does not have it as its own */
		pthread_mutex_lock(&vcpu->vm->lock);
		assert_int_equal(sim_stage2_fault(vcpu, gpa, false), SIM_FAULT_AGAIN);
		pthread_mutex_unlock(&vcpu->vm->lock);
		sim_file_put(&vcpu->file);
		assert_int_not_equal(sim_gmem_page(file_of(w), MIB, false), 0);
		assert_int_equal(punch(w, 0, 2 * MIB), 0);
		assert_int_equal(file_of(w)->leaked, cases[i].leaked);
		world_free(w);
	}
}

static void populate_needs_a_v15_that_shares_in_place(void **state)
{
	const struct kind kind = { "v15-no-in-place", REALM_FAMILY_ANY, REALM_PROFILE_ANY, 4096, "v15-no-in-place" };
	struct world *w = world_new(&kind);

	assert_int_equal(world_begin(w, 4 * MIB, 1), 0);
	assert_int_equal(world_populate(w, WORLD_RAM, PAGE, 1), -EINVAL);
	world_free(w);
}

static void closing_the_file_takes_its_pages(void **state)
{
	struct world *w = populated(&v14);
	struct sim_vm *vm = (struct sim_vm *)sim_file_get(w->sim, w->vm, SIM_VM);

	assert_non_null(vm->slots[0].gmem);
	assert_int_equal(w->ops->close(w->sim, w->files[0]), 0);
	assert_null(vm->slots[0].gmem);
	w->num_files = 0;
	sim_file_put(&vm->file);
	world_close_vm(w);
	world_assert_clean(w);
	world_free(w);
}

/* ---- memory of the user ---- */

static int fault_shared(struct world *w, uint64_t gpa)
{
	struct sim_vcpu *vcpu = (struct sim_vcpu *)sim_file_get(w->sim, w->vcpus[0], SIM_VCPU);
	int result;

	pthread_mutex_lock(&vcpu->vm->lock);
	result = sim_stage2_fault(vcpu, gpa | WORLD_SHARED, true);
	pthread_mutex_unlock(&vcpu->vm->lock);
	sim_file_put(&vcpu->file);
	return result;
}

static void memory_comes_in_pages_of_the_host(void **state)
{
	static const uint32_t granules[] = { 4096, 16384, 65536 };
	const int prot = PROT_READ | PROT_WRITE, flags = MAP_SHARED | MAP_ANONYMOUS;
	const struct realm_host_ops *ops = realm_sim_ops();

	for (size_t g = 0; g < COUNT(granules); g++) {
		struct realm_sim *sim = new_sim(granules[g]);
		void *addr;

		for (unsigned i = 0; i < 20; i++) {
			assert_int_equal(ops->mmap(sim, 4096 * (i + 1), prot, flags, -1, 0, &addr), 0);
			assert_int_equal((uintptr_t)addr % granules[g], 0);
			memset(addr, 0xa5, granules[g]);
			assert_true(sim_user_mapped(addr, granules[g]));
			if (i % 2) {
				assert_int_equal(ops->munmap(sim, addr, 4096), 0);
				assert_false(sim_user_mapped((uint8_t *)addr + granules[g] - 1, 1));
			}
		}
		assert_int_equal(ops->mmap(sim, 0, prot, flags, -1, 0, &addr), -EINVAL);
		assert_int_equal(ops->mmap(sim, SIZE_MAX, prot, flags, -1, 0, &addr), -ENOMEM);
		realm_sim_free(sim);
	}
}

static struct world *with_shared_page(const struct kind *kind)
{
	struct world *w = populated(kind);

	assert_int_equal(world_attribute(w, WORLD_RAM + MIB, PAGE, false), 0);
	assert_int_equal(fault_shared(w, WORLD_RAM + MIB), SIM_FAULT_AGAIN);
	assert_int_equal(w->sim->memory.window_used, 1);
	return w;
}

static void munmap_takes_pages_from_guests(void **state)
{
	struct world *w = populated(&v14);
	struct realm_kvm_userspace_memory_region slot = {
		.slot = 1, .guest_phys_addr = 2 * WORLD_RAM - MIB, .memory_size = MIB,
	};
	const int flags = MAP_SHARED | MAP_ANONYMOUS;
	void *addr;

	assert_int_equal(w->ops->mmap(w->sim, MIB, PROT_READ | PROT_WRITE, flags, -1, 0, &addr), 0);
	slot.userspace_addr = (uintptr_t)addr;
	assert_int_equal(world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION, &slot), 0);
	assert_int_equal(fault_shared(w, slot.guest_phys_addr + 8 * PAGE), SIM_FAULT_AGAIN);
	assert_int_equal(w->ops->munmap(w->sim, addr, 8 * PAGE), 0);
	assert_int_equal(w->sim->memory.window_used, 1);
	assert_int_equal(w->ops->munmap(w->sim, (uint8_t *)addr + 8 * PAGE, MIB - 8 * PAGE), 0);
	assert_int_equal(w->sim->memory.window_used, 0);
	/* what is gone is not mapped again */
	assert_int_equal(fault_shared(w, slot.guest_phys_addr + 8 * PAGE), -EFAULT);
	assert_int_equal(w->sim->memory.window_used, 0);
	world_free(w);
}

static void private_attribute_takes_shared_pages_away(void **state)
{
	struct world *w = with_shared_page(&v14);

	assert_int_equal(world_attribute(w, WORLD_RAM + MIB, PAGE, true), 0);
	assert_int_equal(w->sim->memory.window_used, 0);
	world_free(w);
}

/* Only a fault on demand says such things. */
static void an_empty_entry_lets_no_page_go(void **state)
{
	struct world *w = with_shared_page(&v12);

	world_inject(w, REALM_SIM_RMI, SMC_RMI_RTT_READ_ENTRY, 1, RMI_SUCCESS);
	assert_int_equal(world_attribute(w, WORLD_RAM + MIB, PAGE, true), 0);
	assert_int_equal(world_uninject(w), 1);
	assert_int_equal(w->sim->memory.window_used, 1);
	world_free(w);
}

static void a_table_of_nobody_is_not_freed(void **state)
{
	struct world *w = with_shared_page(&v12);
	const struct realm_sim_fault fault = { .sz = sizeof(fault), .kind = REALM_SIM_RMI, .nth = 1, .count = UINT_MAX };

	w->sim->rmi_hook = NULL;	/* it would have much to log */
	assert_int_equal(realm_sim_inject(w->sim, &fault), 0);
	world_close_vm(w);
	assert_true(realm_sim_hits(w->sim) > 0);
	world_free(w);
}

static void deleting_a_slot_unmaps_it(void **state)
{
	const struct realm_kvm_userspace_memory_region none = { 0 };
	struct world *w = with_shared_page(&v14);
	struct sim_gmem *gmem = file_of(w);
	uint64_t pa = sim_gmem_page(gmem, PAGE, false);

	assert_int_equal(world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION, &none), 0);
	assert_int_equal(w->sim->memory.window_used, 0);
	assert_int_equal(sim_owner_of(w->sim, pa), SIM_OWNER_NS);
	world_free(w);
}

/* ---- calls ---- */

static void the_last_failure_is_of_the_last_system_call(void **state)
{
	struct world *w = world_new(&v14);
	uint64_t fid, result;

	assert_int_equal(world_begin(w, 4 * MIB, 1), 0);
	world_inject(w, REALM_SIM_RMI, SMC_RMI_REALM_CREATE, 1, RMI_ERROR_GLOBAL);
	assert_true(world_populate(w, WORLD_RAM, PAGE, 1) < 0);
	assert_int_equal(w->ops->rmi_result(w->sim, &fid, &result), 0);
	assert_int_equal(fid, SMC_RMI_REALM_CREATE);
	assert_int_equal(result, RMI_ERROR_GLOBAL);
	world_call(w, w->kvm, REALM_KVM_GET_API_VERSION, NULL);
	assert_int_equal(w->ops->rmi_result(w->sim, &fid, &result), -ENODATA);
	/* what is made good later is no failure: the first mapping finds no tables */
	assert_int_equal(world_populate(w, WORLD_RAM, PAGE, 1), 0);
	assert_int_equal(w->ops->rmi_result(w->sim, &fid, &result), -ENODATA);
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_zero_aligned_and_apart),
		cmocka_unit_test(freed_pages_come_back_as_zeros),
		cmocka_unit_test(odd_runs_leave_no_gaps),
		cmocka_unit_test(all_of_the_bank_can_be_taken),
		cmocka_unit_test(pages_can_be_made_to_run_out),
		cmocka_unit_test(trim_gives_memory_back),
		cmocka_unit_test(the_window_shows_pages_of_the_process),
		cmocka_unit_test(there_is_no_memory_elsewhere),
		cmocka_unit_test(delegated_pages_are_the_realm_worlds),
		cmocka_unit_test(user_mapped_tells_holes),
		cmocka_unit_test(the_lock_is_fair),
		cmocka_unit_test(the_lock_keeps_others_out),
		cmocka_unit_test(intervals_are_as_bits),
		cmocka_unit_test(a_hole_takes_pages_from_the_realm),
		cmocka_unit_test(a_file_costs_what_is_in_it),
		cmocka_unit_test(a_large_hole_gives_memory_back),
		cmocka_unit_test(a_page_that_does_not_come_back_is_lost),
		cmocka_unit_test(a_hole_comes_before_the_realm_gives_up),
		cmocka_unit_test(populate_needs_a_v15_that_shares_in_place),
		cmocka_unit_test(closing_the_file_takes_its_pages),
		cmocka_unit_test(memory_comes_in_pages_of_the_host),
		cmocka_unit_test(munmap_takes_pages_from_guests),
		cmocka_unit_test(private_attribute_takes_shared_pages_away),
		cmocka_unit_test(an_empty_entry_lets_no_page_go),
		cmocka_unit_test(a_table_of_nobody_is_not_freed),
		cmocka_unit_test(deleting_a_slot_unmaps_it),
		cmocka_unit_test(the_last_failure_is_of_the_last_system_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
