/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-realm.c - what the software host's kernel does for a realm: order, parameters, failures, faults */
#include "sim-realm.h"

/* ---- order: the steps that KVM takes, as an RMM sees them, with 4 KiB pages ---- */

#define RECS "rec 0 1\nrec 1 0\n"	/* vCPU 0 is the one that may run */
#define DATA "data 80001000 1\ndata 80000000 0\n"
#define TEARDOWN_1_0 "unmap 80000000 0\nunmap 80001000 0\ndestroy 0 0\n"
#define TEARDOWN_2_0 "unmap 80000000 0\nunmap 80001000 0\nterminate 0 0\ndestroy 0 0\n"
#define RIPAS_2_0 "ripas 80000000 80200000\nripas 80200000 80400000\n"

static const struct {
	enum realm_family family;
	const char *log;
} orders[] = {
	{ REALM_FAMILY_RME_RFC, CREATE "ripas 80000000 80400000\ndata 80001000 1\ndata 80000000 1\n" RECS
				       "activate 0 0\n" TEARDOWN_1_0 },
	{ REALM_FAMILY_RME, CREATE "ripas 80000000 80400000\n" DATA RECS "activate 0 0\n" TEARDOWN_1_0 },
	/* RMM 1.0 stops at populated pages, and KVM steps over them. */
	{ REALM_FAMILY_RMI_V12, CREATE DATA RECS "ripas 80002000 80200000\nripas 80200000 80400000\nactivate 0 0\n"
				TEARDOWN_1_0 },
	{ REALM_FAMILY_RMI_V13, CREATE DATA RECS RIPAS_2_0 "activate 0 0\n" TEARDOWN_2_0 },
	{ REALM_FAMILY_RMI_V14, CREATE DATA RECS RIPAS_2_0 "activate 0 0\n" TEARDOWN_2_0 },
	{ REALM_FAMILY_RMI_V15, CREATE DATA RECS RIPAS_2_0 "activate 0 0\n" TEARDOWN_2_0 },
};

static void the_rmm_sees_the_steps_in_order(void **state)
{
	for (size_t i = 0; i < COUNT(orders); i++) {
		struct world *w = begun(orders[i].family, 2);

		assert_int_equal(world_finish(w, RAM), 0);
		world_close_vm(w);
		assert_string_equal(w->log, orders[i].log);
		end(w);
	}
}

static void every_kind_of_host_completes_and_forgets_a_realm(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = world_new(&kinds[i]);

		for (unsigned again = 0; again < 2; again++) {
			assert_int_equal(world_begin(w, RAM, 3), 0);
			assert_int_equal(world_finish(w, RAM), 0);
			world_close_vm(w);
			world_assert_clean(w);
		}
		end(w);
	}
}

/* The ids of slots, one page each, in the order in which activation comes to them */
static void assert_slot_order(enum realm_family family, const uint32_t *ids, unsigned count, const char *log)
{
	struct world *w = world_new(kind_of(family));

	assert_int_equal(world_begin(w, 0, 1), 0);
	assert_int_equal(world_gic(w), 0);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(world_slot(w, ids[i], WORLD_RAM + i * w->page, w->page), 0);
	assert_int_equal(world_seal(w), 0);
	assert_non_null(strstr(w->log, log));
	end(w);
}

/* Ids 0 to 7 come as 0, 3, 6, 1, 4, 7, 2, 5. */
static void slots_become_ram_by_hash_bucket(void **state)
{
	static const uint32_t ids[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

	assert_slot_order(REALM_FAMILY_RMI_V12, ids, COUNT(ids),
			  "ripas 80000000 80001000\nripas 80003000 80004000\nripas 80006000 80007000\n"
			  "ripas 80001000 80002000\nripas 80004000 80005000\nripas 80007000 80008000\n"
			  "ripas 80002000 80003000\nripas 80005000 80006000\nactivate 0 0\n");
}

/* 0, 144 and 288 are all in bucket 0: times 0x61C88647 they are below 2^25, modulo 2^32. */
static void slots_of_a_bucket_come_last_added_first(void **state)
{
	static const uint32_t ids[] = { 144, 0, 288 };

	assert_slot_order(REALM_FAMILY_RMI_V12, ids, COUNT(ids),
			  "ripas 80002000 80003000\nripas 80001000 80002000\nripas 80000000 80001000\nactivate 0 0\n");
}

/* ---- translation tables ---- */

/* 4 KiB pages, as facts about KVM have it: concatenated tables save a level. */
static void tables_start_where_kvm_has_them(void **state)
{
	static const struct {
		unsigned ipa_bits;
		int level, roots;
	} shapes[] = {
		{ 32, 2, 4 }, { 33, 2, 8 }, { 34, 2, 16 }, { 35, 1, 1 }, { 39, 1, 1 }, { 40, 1, 2 }, { 43, 1, 16 },
		{ 44, 0, 1 }, { 48, 0, 1 },
	};

	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct world *w = world_new(kind_of(REALM_FAMILY_RME_RFC));

		assert_int_equal(world_vm_of(w, shapes[i].ipa_bits), 0);
		assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
		assert_int_equal(w->params.rtt_level_start, shapes[i].level);
		assert_int_equal(w->params.rtt_num_start, shapes[i].roots);
		end(w);
	}
}

static uint64_t level_of(struct world *w, uint64_t ipa)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_READ_ENTRY, vcpu_of(w)->vm->realm.rd, ipa, 3 };

	assert_int_equal(sim_rmi(w->sim, regs), RMI_SUCCESS);
	return regs[1];
}

/* Two levels of tables are made; no entry is smaller than it has to be. */
static void ram_is_made_of_the_largest_entries(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME));

	assert_int_equal(world_vm_of(w, 40), 0);
	assert_int_equal(world_vcpu(w, 0), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(world_ripas(w, 0xbfe00000, 0x200000), 0);	/* one entry of level 2 */
	assert_int_equal(world_ripas(w, 0xc0000000, 0x40400000), 0);	/* one of level 1, two of level 2 */
	assert_int_equal(world_ripas(w, 0x180000000, 0x201000), 0);	/* one of level 2, one of level 3 */
	assert_string_equal(w->log, "create 28 2\nripas bfe00000 c0000000\n"
				    "ripas c0000000 100000000\nripas 100000000 100400000\n"
				    "ripas 180000000 180200000\nripas 180200000 180201000\n");
	assert_int_equal(level_of(w, 0xbfe00000), 2);
	assert_int_equal(level_of(w, 0xc0000000), 1);
	assert_int_equal(level_of(w, 0x100200000), 2);
	assert_int_equal(level_of(w, 0x180000000), 2);
	assert_int_equal(level_of(w, 0x180200000), 3);
	end(w);
}

/* ---- parameters ---- */

static void parameters_come_from_vcpus(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RMI_V14));
	const uint64_t vls[8] = { 3 };	/* 128 and 256 bits */
	const int32_t sve = REALM_KVM_ARM_VCPU_SVE;
	uint64_t dfr0;

	assert_int_equal(world_vm(w), 0);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(world_vcpu(w, 1u << REALM_KVM_ARM_VCPU_SVE), 0);
		assert_int_equal(world_set_reg(w, i, REALM_KVM_REG_ARM64_SVE_VLS, vls), 0);
		assert_int_equal(world_call(w, w->vcpus[i], REALM_KVM_ARM_VCPU_FINALIZE, &sve), 0);
	}
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_GET_ONE_REG,
				    &(struct realm_kvm_one_reg){ .id = REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1,
								 .addr = (uintptr_t)&dfr0 }), 0);
	dfr0 = realm_kvm_id_aa64dfr0_el1_set_brps(dfr0, 3);
	dfr0 = realm_kvm_id_aa64dfr0_el1_set_ctx_cmps(dfr0, 3);
	dfr0 = realm_kvm_id_aa64dfr0_el1_set_wrps(dfr0, 2);
	assert_int_equal(world_set_reg(w, 0, REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1, &dfr0), 0);
	assert_int_equal(world_slot(w, 0, WORLD_RAM, RAM), 0);
	assert_int_equal(world_finish(w, RAM), 0);
	assert_int_equal(w->params.flags0, 2);	/* SVE */
	assert_int_equal(w->params.sve_vl, 1);
	assert_int_equal(w->params.num_bps, 3);
	assert_int_equal(w->params.num_wps, 2);
	assert_int_equal(w->params.s2sz, 33);
	assert_int_equal(w->params.hash_algo, 0);
	end(w);
}

static void vector_lengths_have_to_be_the_same(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RMI_V14));
	const uint64_t vls[2][8] = { { 3 }, { 1 } };
	const int32_t sve = REALM_KVM_ARM_VCPU_SVE;

	assert_int_equal(world_vm(w), 0);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(world_vcpu(w, 1u << REALM_KVM_ARM_VCPU_SVE), 0);
		assert_int_equal(world_set_reg(w, i, REALM_KVM_REG_ARM64_SVE_VLS, vls[i]), 0);
		assert_int_equal(world_call(w, w->vcpus[i], REALM_KVM_ARM_VCPU_FINALIZE, &sve), 0);
	}
	assert_int_equal(world_slot(w, 0, WORLD_RAM, RAM), 0);
	assert_int_equal(world_gic(w), 0);
	assert_int_equal(world_seal(w), -EINVAL);
	end(w);
}

static void vector_lengths_have_to_be_final(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RMI_V14));

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_vcpu(w, 1u << REALM_KVM_ARM_VCPU_SVE), 0);
	assert_int_equal(world_slot(w, 0, WORLD_RAM, RAM), 0);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, 0), -EINVAL);
	end(w);
}

static void pmu_counters_come_from_a_register(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME));
	const uint64_t pmcr = 5 << 11;

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_vcpu(w, 1u << REALM_KVM_ARM_VCPU_PMU_V3), 0);
	assert_int_equal(world_set_reg(w, 0, REALM_KVM_REG_ARM64_PMCR_EL0, &pmcr), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(w->params.flags0, 4);	/* PMU */
	assert_int_equal(w->params.pmu_num_ctrs, 5);
	end(w);
}

/* From v13 on LPA2 is as the host has it, before it is never used. */
static void lpa2_follows_the_host_from_v13_on(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = world_new(&kinds[i]);
		struct rmi_realm_params params = { 0 };

		assert_int_equal(world_begin(w, RAM, 1), 0);
		w->sim->opts.lpa2 = 1;
		assert_int_equal(sim_realm_params(vcpu_of(w)->vm, &params), 0);
		assert_int_equal(params.flags0, kinds[i].family >= REALM_FAMILY_RMI_V13);
		end(w);
	}
}

static void parameters_come_from_config_items(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME_RFC));

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_RPV, 0x04030201, 0x08070605), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO, 1, 0), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO, 2, 0), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_SVE, 2, 0), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_SVE, 17, 0), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_DBG, 5, 3), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_DBG, 1, 3), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_DBG, 3, 1), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_DBG, 17, 3), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_DBG, 3, 17), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_PMU, 6, 0), 0);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_PMU, 32, 0), -EINVAL);
	assert_int_equal(config(w, 5, 0, 0), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(w->params.flags0, 6);	/* SVE, PMU */
	assert_int_equal(w->params.sve_vl, 1);
	assert_int_equal(w->params.num_bps, 4);
	assert_int_equal(w->params.num_wps, 2);
	assert_int_equal(w->params.pmu_num_ctrs, 6);
	assert_int_equal(w->params.hash_algo, 1);
	for (unsigned i = 0; i < 64; i++)
		assert_int_equal(w->params.rpv[i], i < 8 ? i + 1 : 0);
	end(w);
}

/* What no item was given for: SHA-256, no SVE, no PMU, and as many breakpoints as the RMM has */
static void config_items_can_be_left_out(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME_RFC));

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(w->params.flags0, 0);
	assert_int_equal(w->params.hash_algo, 0);
	assert_int_equal(w->params.num_bps, w->sim->limits.num_bps);
	assert_int_equal(w->params.num_wps, w->sim->limits.num_wps);
	end(w);
}

/* ---- activation ---- */

static void a_failed_activation_looks_like_success_the_second_time(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);

		world_inject(w, REALM_SIM_RMI, SMC_RMI_REC_CREATE, 1, RMI_ERROR_REALM);
		assert_int_equal(world_finish(w, RAM), -ENXIO);
		assert_int_equal(world_run(w, 0), -EINTR);
		assert_null(strstr(w->log, "activate"));
		end(w);
	}
}

/* v12 gives the realm up before it looks for a GIC, the others after. */
static void activation_wants_a_gic(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);
		bool v12 = implicit[i] == REALM_FAMILY_RMI_V12;

		assert_int_equal(world_run(w, 0), -EOPNOTSUPP);
		assert_int_equal(w->log[0], 0);
		assert_int_equal(world_gic(w), 0);
		assert_int_equal(world_run(w, 0), -EINTR);
		assert_int_equal(!strstr(w->log, "activate"), v12);
		end(w);
	}
}

static void activation_wants_vcpus_that_are_initialised(void **state)
{
	struct world *w = begun(REALM_FAMILY_RMI_V14, 1);

	assert_int_equal(world_add_vcpu(w), 0);
	assert_int_equal(world_finish(w, RAM), -EINVAL);
	assert_int_equal(world_run(w, 0), -EINTR);
	end(w);
}

static void activation_wants_vcpus_with_psci(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RMI_V14));
	struct realm_kvm_vcpu_init init;

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_add_vcpu(w), 0);
	assert_int_equal(world_call(w, w->vm, REALM_KVM_ARM_PREFERRED_TARGET, &init), 0);
	assert_int_equal(world_call(w, w->vcpus[0], REALM_KVM_ARM_VCPU_INIT, &init), 0);
	assert_int_equal(world_slot(w, 0, WORLD_RAM, RAM), 0);
	assert_int_equal(world_finish(w, RAM), -EINVAL);
	end(w);
}

/* Only the id says which REC can run. */
static void vcpu_0_is_runnable_whatever_its_power(void **state)
{
	struct world *w = begun(REALM_FAMILY_RMI_V14, 1);

	assert_int_equal(world_init_vcpu(w, 0, 1u << REALM_KVM_ARM_VCPU_POWER_OFF), 0);
	assert_int_equal(world_finish(w, RAM), 0);
	assert_non_null(strstr(w->log, "rec 0 1\n"));
	end(w);
}

/* ---- failures ---- */

static bool gives_back(uint64_t fid)
{
	static const uint64_t fids[] = {
		SMC_RMI1_GRANULE_UNDELEGATE, SMC_RMI_GRANULE_RANGE_UNDELEGATE, SMC_RMI1_DATA_DESTROY,
		SMC_RMI_RTT_DATA_UNMAP, SMC_RMI_REC_DESTROY, SMC_RMI_RTT_DESTROY, SMC_RMI_REALM_TERMINATE,
		SMC_RMI_REALM_DESTROY, SMC_RMI_OP_MEM_RECLAIM, SMC_RMI_OP_CONTINUE, SMC_RMI1_RTT_UNMAP_UNPROTECTED,
		SMC_RMI_RTT_UNPROT_UNMAP,
	};

	for (size_t i = 0; i < COUNT(fids); i++)
		if (fids[i] == fid)
			return true;
	return false;
}

static int build(struct world *w)
{
	int err = world_begin(w, RAM, 2);

	w->log[0] = 0;
	return err ? err : world_finish(w, RAM);
}

static void assert_builds(struct world *w)
{
	assert_int_equal(build(w), 0);
	world_close_vm(w);
	world_assert_clean(w);
}

/* The nth call fails. The next realm is as it should be, and only what could not be given back is missing. */
static bool survives_a_failure(struct world *w, const char *kind, unsigned nth, uint64_t result)
{
	unsigned hits;
	int err;

	world_inject(w, REALM_SIM_RMI, 0, nth, result);
	err = build(w);
	world_close_vm(w);
	hits = world_uninject(w);
	assert_true(hits || !err);
	if (w->sim->memory.used != w->at_start && !gives_back(w->failed))
		fail_msg("%s: call %u (%llx) leaks %llu pages", kind, nth, (unsigned long long)w->failed,
			 (unsigned long long)(w->sim->memory.used - w->at_start));
	w->at_start = w->sim->memory.used;
	assert_builds(w);
	return hits;
}

static void any_failure_of_the_rmm_is_survived(void **state)
{
	static const uint64_t results[] = { RMI_ERROR_INPUT, RMI_ERROR_RTT | 2 << 8, RMI_BUSY };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = world_new(&kinds[i]);

		for (size_t j = 0; j < COUNT(results); j++)
			for (unsigned nth = 1; survives_a_failure(w, kinds[i].name, nth, results[j]); nth++)
				;
		end(w);
	}
}

/* What cleans up after the nth call can fail too, and says nothing of why the system call failed. */
static bool tells_of_a_failure(struct world *w, unsigned nth)
{
	uint64_t fid, result;

	world_inject(w, REALM_SIM_RMI, 0, nth, RMI_ERROR_REC);
	if (build(w)) {
		assert_int_equal(w->ops->rmi_result(w->sim, &fid, &result), 0);
		assert_int_equal(fid, w->failed);
		assert_int_equal(result, RMI_ERROR_REC);
	}
	world_close_vm(w);
	w->at_start = w->sim->memory.used;
	return world_uninject(w);
}

static void the_first_failure_is_told(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = world_new(&kinds[i]);
		unsigned nth = 1;

		while (tells_of_a_failure(w, nth))
			nth++;
		assert_true(nth > 20);
		end(w);
	}
}

static bool survives_low_memory(struct world *w, unsigned nth)
{
	unsigned hits;
	int err;

	world_inject(w, REALM_SIM_MEMORY, 0, nth, 0);
	err = build(w);
	hits = world_uninject(w);
	assert_int_equal(!err, !hits);
	world_close_vm(w);
	world_assert_clean(w);
	assert_builds(w);
	return hits;
}

static void low_memory_leaks_nothing(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = world_new(&kinds[i]);

		for (unsigned nth = 1; survives_low_memory(w, nth); nth++)
			;
		end(w);
	}
}

/* ---- faults of a guest ---- */

static int fault_by(struct world *w, uint64_t ipa, bool is_write)
{
	struct sim_vcpu *vcpu = vcpu_of(w);
	int ret;

	pthread_mutex_lock(&vcpu->vm->lock);
	ret = sim_stage2_fault(vcpu, ipa, is_write);
	pthread_mutex_unlock(&vcpu->vm->lock);
	return ret;
}

static int fault(struct world *w, uint64_t ipa)
{
	return fault_by(w, ipa, false);
}

static void assert_memory_fault(struct world *w, uint64_t gpa, uint64_t flags)
{
	const struct realm_kvm_run *run = w->runs[0];

	assert_int_equal(run->exit_reason, REALM_KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(run->exit[0], flags);
	assert_int_equal(run->exit[1], gpa);
	assert_int_equal(run->exit[2], w->page);
}

static struct world *running(const struct kind *kind)
{
	struct world *w = world_new(kind);

	assert_int_equal(world_begin(w, RAM, 1), 0);
	assert_int_equal(world_finish(w, RAM), 0);
	assert_int_equal(world_run(w, 0), -EINTR);
	return w;
}

static void faults_map_private_pages_once(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = running(&kinds[i]);
		uint64_t at = WORLD_RAM + RAM - w->page, used;

		assert_int_equal(fault(w, at + 8), SIM_FAULT_AGAIN);
		used = w->sim->memory.used;
		assert_int_equal(fault(w, at), SIM_FAULT_AGAIN);	/* another vCPU was faster */
		assert_int_equal(w->sim->memory.used, used);
		end(w);
	}
}

static void faults_map_shared_pages_until_they_are_private(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = running(&kinds[i]);
		uint64_t at = WORLD_RAM + RAM - 2 * w->page;

		assert_int_equal(world_attribute(w, at, 2 * w->page, false), 0);
		assert_int_equal(fault(w, (at + 4) | WORLD_SHARED), SIM_FAULT_AGAIN);
		assert_int_equal(fault(w, (at + w->page) | WORLD_SHARED), SIM_FAULT_AGAIN);
		assert_int_equal(fault(w, at | WORLD_SHARED), SIM_FAULT_AGAIN);
		assert_int_equal(w->sim->memory.window_used, 2);
		assert_int_equal(world_attribute(w, at, w->page, true), 0);
		assert_int_equal(w->sim->memory.window_used, w->family->attributes == REALM_KVM_ATTRIBUTES_VM ? 1 : 2);
		end(w);
	}
}

/* S2AP and MemAttr of a mapping, as the architecture has them in a descriptor: bits 7:6 and 5:2 */
static uint64_t attributes_at(struct world *w, uint64_t ipa)
{
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_READ_ENTRY, vcpu_of(w)->vm->realm.rd, ipa, 3 };

	assert_int_equal(sim_rmi(w->sim, regs), RMI_SUCCESS);
	assert_int_equal(regs[1], 3);
	assert_int_equal(regs[2], RMI_ASSIGNED);
	return regs[3] & 0xfc;
}

#define READ_ONLY 0x40
#define READ_WRITE 0xc0
#define WRITE_BACK (6 << 2)	/* with FEAT_S2FWB */

static void read_only_slots_are_mapped_read_only(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = running(&kinds[i]);
		uint64_t rom = WORLD_RAM + RAM, ram = rom + w->page;
		const struct realm_kvm_userspace_memory_region args = {
			.slot = 1, .flags = REALM_KVM_MEM_READONLY, .guest_phys_addr = rom, .memory_size = w->page,
			.userspace_addr = (uintptr_t)w->user,
		};

		assert_int_equal(world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION, &args), 0);
		assert_int_equal(world_plain_slot(w, 2, ram, w->page), 0);
		assert_int_equal(fault_by(w, rom | WORLD_SHARED, true), SIM_FAULT_MMIO);
		assert_int_equal(fault_by(w, rom | WORLD_SHARED, false), SIM_FAULT_AGAIN);
		assert_int_equal(fault_by(w, ram | WORLD_SHARED, true), SIM_FAULT_AGAIN);
		assert_int_equal(attributes_at(w, rom | WORLD_SHARED), READ_ONLY | WRITE_BACK);
		assert_int_equal(attributes_at(w, ram | WORLD_SHARED), READ_WRITE | WRITE_BACK);
		end(w);
	}
}

static void faults_of_the_wrong_half_are_user_spaces(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = running(&kinds[i]);

		if (w->family->attributes == REALM_KVM_ATTRIBUTES_VM) {
			assert_int_equal(fault(w, (WORLD_RAM + 8) | WORLD_SHARED), -EFAULT);
			assert_memory_fault(w, WORLD_RAM, 0);
			assert_int_equal(world_attribute(w, WORLD_RAM, w->page, false), 0);
			assert_int_equal(fault(w, WORLD_RAM + 8), -EFAULT);
			assert_memory_fault(w, WORLD_RAM, REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE);
		}
		if (w->family->guest_memfd) {
			assert_int_equal(world_plain_slot(w, 1, WORLD_RAM + RAM, w->page), 0);
			assert_int_equal(world_attribute(w, WORLD_RAM + RAM, w->page, true), 0);
			assert_int_equal(fault(w, WORLD_RAM + RAM), -EFAULT);
			assert_memory_fault(w, WORLD_RAM + RAM, REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE);
		}
		assert_int_equal(fault(w, 0x9000000 | WORLD_SHARED), SIM_FAULT_MMIO);
		assert_int_equal(fault(w, 0x9000000), -EFAULT);
		assert_memory_fault(w, 0x9000000, REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE);
		end(w);
	}
}

static void faults_without_memory_are_no_conversion(void **state)
{
	struct world *w = running(kind_of(REALM_FAMILY_RMI_V14));

	world_inject(w, REALM_SIM_MEMORY, 0, 1, 0);
	assert_int_equal(fault(w, WORLD_RAM + 2 * w->page), -ENOMEM);
	assert_memory_fault(w, WORLD_RAM + 2 * w->page, 0);
	world_inject(w, REALM_SIM_RMI, SMC_RMI_RTT_DATA_MAP, 1, RMI_ERROR_REALM);
	assert_int_equal(fault(w, WORLD_RAM + 2 * w->page), -ENXIO);
	world_uninject(w);
	assert_int_equal(fault(w, WORLD_RAM + 2 * w->page), SIM_FAULT_AGAIN);
	end(w);
}

/* A page that is made shared goes back to its file, and one that is punched out to the kernel. */
static void unmapped_pages_go_back(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct world *w = running(&kinds[i]);
		uint64_t used = w->sim->memory.used;

		if (w->family->guest_memfd) {
			assert_int_equal(world_attribute(w, WORLD_RAM, 2 * w->page, false), 0);
			assert_int_equal(w->sim->memory.used, used);
			assert_int_equal(w->ops->fallocate(w->sim, w->files[0], 3, 0, 2 * w->page), 0);
			assert_int_equal(w->sim->memory.used, used - 2);
		}
		end(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rmm_sees_the_steps_in_order),
		cmocka_unit_test(every_kind_of_host_completes_and_forgets_a_realm),
		cmocka_unit_test(slots_become_ram_by_hash_bucket),
		cmocka_unit_test(slots_of_a_bucket_come_last_added_first),
		cmocka_unit_test(tables_start_where_kvm_has_them),
		cmocka_unit_test(ram_is_made_of_the_largest_entries),
		cmocka_unit_test(parameters_come_from_vcpus),
		cmocka_unit_test(vector_lengths_have_to_be_the_same),
		cmocka_unit_test(vector_lengths_have_to_be_final),
		cmocka_unit_test(pmu_counters_come_from_a_register),
		cmocka_unit_test(lpa2_follows_the_host_from_v13_on),
		cmocka_unit_test(parameters_come_from_config_items),
		cmocka_unit_test(config_items_can_be_left_out),
		cmocka_unit_test(a_failed_activation_looks_like_success_the_second_time),
		cmocka_unit_test(activation_wants_a_gic),
		cmocka_unit_test(activation_wants_vcpus_that_are_initialised),
		cmocka_unit_test(activation_wants_vcpus_with_psci),
		cmocka_unit_test(vcpu_0_is_runnable_whatever_its_power),
		cmocka_unit_test(any_failure_of_the_rmm_is_survived),
		cmocka_unit_test(the_first_failure_is_told),
		cmocka_unit_test(low_memory_leaks_nothing),
		cmocka_unit_test(faults_map_private_pages_once),
		cmocka_unit_test(faults_map_shared_pages_until_they_are_private),
		cmocka_unit_test(read_only_slots_are_mapped_read_only),
		cmocka_unit_test(faults_of_the_wrong_half_are_user_spaces),
		cmocka_unit_test(faults_without_memory_are_no_conversion),
		cmocka_unit_test(unmapped_pages_go_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
