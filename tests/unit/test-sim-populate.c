/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-populate.c - commands and POPULATE of the software host: what they refuse, and how far they get */
#include "sim-realm.h"

/* ---- errors of the commands ---- */

static void commands_want_their_state(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME));

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_slot(w, 0, WORLD_RAM, RAM), 0);
	assert_int_equal(world_ripas(w, WORLD_RAM, RAM), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, 0), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM, NULL), -EINVAL);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_SVE, 1, 0), -EINVAL);	/* an item of RFC v1 alone */
	assert_int_equal(world_command(w, 5, NULL), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CONFIG_REALM, NULL), -EFAULT);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), -EINVAL);	/* no register yet */
	assert_int_equal(world_vcpu(w, 0), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), -EEXIST);
	assert_int_equal(config(w, REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO, 0, 0), -EBUSY);
	assert_int_equal(world_seal(w), 0);
	assert_int_equal(world_ripas(w, WORLD_RAM, RAM), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, 0), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM, NULL), -EINVAL);
	end(w);
}

static void commands_check_their_ranges(void **state)
{
	struct world *w = begun(REALM_FAMILY_RME, 1);

	assert_int_equal(world_ripas(w, WORLD_RAM + 1, w->page), -EINVAL);
	assert_int_equal(world_ripas(w, WORLD_RAM, 1), -EINVAL);
	assert_int_equal(world_ripas(w, WORLD_RAM, -WORLD_RAM), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM + 1, w->page, 0), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page + 1, 0), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, 2), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, -WORLD_RAM, 0), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM + RAM, w->page, 0), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM + RAM - w->page, 2 * w->page, 0), -EINVAL);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, MEASURE), 0);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, MEASURE), -ENXIO);
	assert_int_equal(world_ripas(w, WORLD_RAM, RAM), -ENXIO);	/* over a populated page */
	end(w);
}

static void commands_refuse_reserved_fields(void **state)
{
	struct world *w = begun(REALM_FAMILY_RME, 1);
	const struct realm_kvm_arm_rme_init_ripas ripas = { WORLD_RAM, w->page, { 0, 1 } };
	const struct realm_kvm_arm_rme_populate populate = { WORLD_RAM, w->page, 0, { 0, 0, 1 } };

	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_INIT_RIPAS_REALM, &ripas), -EINVAL);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_POPULATE_REALM, &populate), -EINVAL);
	end(w);
}

static void commands_never_let_a_status_of_the_rmm_out(void **state)
{
	struct world *w = begun(REALM_FAMILY_RME, 1);

	world_inject(w, REALM_SIM_RMI, SMC_RMI_RTT_DATA_MAP_INIT, 1, RMI_ERROR_REALM);
	assert_int_equal(world_populate(w, WORLD_RAM, w->page, 0), -ENXIO);
	end(w);
}

static void populate_needs_memory_to_copy_from(void **state)
{
	struct world *w = begun(REALM_FAMILY_RME_RFC, 1);
	const struct realm_kvm_userspace_memory_region args = {
		.slot = 1, .guest_phys_addr = WORLD_RAM + RAM, .memory_size = w->page, .userspace_addr = w->page,
	};

	assert_int_equal(world_call(w, w->vm, REALM_KVM_SET_USER_MEMORY_REGION, &args), 0);
	assert_int_equal(world_populate(w, WORLD_RAM + RAM, w->page, 0), -EFAULT);
	end(w);
}

/* RMM 1.0 has 256 VMIDs for the kernel to choose from. */
static void vmids_are_not_used_up(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME_RFC));

	assert_int_equal(world_vm(w), 0);
	for (unsigned i = 0; i < 300; i++) {
		world_inject(w, REALM_SIM_RMI, SMC_RMI_REALM_CREATE, 1, RMI_ERROR_INPUT);
		assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), -ENXIO);
	}
	for (unsigned i = 0; i < 300; i++) {
		world_close_vm(w);
		w->log[0] = 0;
		assert_int_equal(world_vm(w), 0);
		assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), 0);
	}
	end(w);
}

static void the_first_family_creates_the_realm_before_vcpus(void **state)
{
	struct world *w = world_new(kind_of(REALM_FAMILY_RME_RFC));

	assert_int_equal(world_vm(w), 0);
	assert_int_equal(world_vcpu(w, 0), 0);
	assert_int_equal(world_command(w, REALM_KVM_CAP_ARM_RME_CREATE_REALM, NULL), -EBUSY);
	end(w);
}

/* ---- errors of POPULATE ---- */

static int populate_what(struct world *w, uint64_t base, uint64_t size, uint64_t source, uint32_t flags,
			 uint32_t reserved)
{
	struct realm_kvm_arm_rmi_populate args = { base, size, source, flags, reserved };

	return world_populate_from(w, &args);
}

static void populate_checks_its_arguments(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);
		bool v12 = implicit[i] == REALM_FAMILY_RMI_V12, v15 = implicit[i] == REALM_FAMILY_RMI_V15;
		uint64_t source = (uintptr_t)w->user, page = w->page;

		assert_int_equal(populate_what(w, WORLD_RAM + 1, page, source, 0, 0), -EINVAL);
		assert_int_equal(populate_what(w, WORLD_RAM, page + 1, source, 0, 0), -EINVAL);
		assert_int_equal(populate_what(w, WORLD_RAM, page, source, 2, 0), -EINVAL);
		assert_int_equal(populate_what(w, WORLD_RAM, page, source, 0, 1), -EINVAL);
		assert_int_equal(w->log[0], 0);	/* no realm has been created for that */
		assert_int_equal(populate_what(w, WORLD_RAM, 0, source, 0, 0), v15 ? 0 : -EINVAL);
		assert_string_equal(w->log, CREATE);
		assert_int_equal(populate_what(w, WORLD_RAM, page, 0, 0, 0), v15 ? -EINVAL : -EOPNOTSUPP);
		assert_int_equal(populate_what(w, WORLD_RAM + RAM, page, source, 0, 0), -EINVAL);
		assert_int_equal(populate_what(w, WORLD_RAM, page, source + 8, 0, 0), v12 ? (int)page : -EINVAL);
		assert_int_equal(populate_what(w, WORLD_RAM + page, page, source, 0, 0), v12 ? (int)page : 0);
		assert_int_equal(populate_what(w, WORLD_RAM + page, page, source, 0, 0), -ENXIO);
		assert_int_equal(populate_what(w, WORLD_RAM + 2 * page, page, 4096, 0, 0), -EFAULT);
		assert_int_equal(world_call(w, w->vm, v12 ? REALM_KVM_ARM_RMI_POPULATE_V12 :
							    REALM_KVM_ARM_RMI_POPULATE_V13, NULL), -EFAULT);
		end(w);
	}
}

/* Up to v14 the size may wrap: the call ends with the slot. */
static void populate_ends_with_its_slot(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);
		bool v12 = implicit[i] == REALM_FAMILY_RMI_V12, v15 = implicit[i] == REALM_FAMILY_RMI_V15;
		struct realm_kvm_arm_rmi_populate args = {
			WORLD_RAM + RAM - w->page, v15 ? 4 * w->page : -w->page, (uintptr_t)w->user, MEASURE, 0,
		};
		const struct realm_kvm_arm_rmi_populate before = args;

		assert_int_equal(world_populate_from(w, &args), v12 ? (int)w->page : 0);
		assert_int_equal(args.base - before.base, v12 ? 0 : w->page);
		assert_int_equal(args.source_uaddr - before.source_uaddr, v12 ? 0 : w->page);
		assert_int_equal(before.size - args.size, v12 ? 0 : w->page);
		args.base = WORLD_RAM;
		args.size = -w->page;
		if (v15)
			assert_int_equal(world_populate_from(w, &args), -EINVAL);
		end(w);
	}
}

/* v15 looks at the range as a whole, the others at its pages. */
static void populate_ends_with_the_protected_half(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = world_new(kind_of(implicit[i]));
		bool v12 = implicit[i] == REALM_FAMILY_RMI_V12, v15 = implicit[i] == REALM_FAMILY_RMI_V15;
		uint64_t last = WORLD_SHARED - w->page;

		assert_int_equal(world_begin(w, 0, 1), 0);
		assert_int_equal(world_slot(w, 0, WORLD_SHARED - RAM, RAM), 0);
		assert_int_equal(populate_what(w, last, 2 * w->page, (uintptr_t)w->user, 0, 0),
				 v12 ? (int)w->page : v15 ? -EINVAL : 0);
		end(w);
	}
}

static void populate_wants_private_memory(void **state)
{
	struct world *w = begun(REALM_FAMILY_RMI_V14, 1);
	struct realm_kvm_arm_rmi_populate args = { WORLD_RAM, 3 * w->page, (uintptr_t)w->user, 0, 0 };

	assert_int_equal(world_plain_slot(w, 1, WORLD_RAM + RAM, w->page), 0);
	assert_int_equal(world_populate(w, WORLD_RAM + RAM, w->page, 0), -EINVAL);
	assert_int_equal(world_attribute(w, WORLD_RAM + w->page, w->page, false), 0);
	assert_int_equal(world_populate_from(w, &args), 0);	/* as far as it got */
	assert_int_equal(args.base, WORLD_RAM + w->page);
	assert_int_equal(world_populate_from(w, &args), -EINVAL);
	assert_int_equal(args.size, 2 * w->page);
	end(w);
}

static void populate_wants_a_realm_that_is_new(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);

		assert_int_equal(world_finish(w, RAM), 0);
		assert_int_equal(world_populate(w, WORLD_RAM + 2 * w->page, w->page, 0), -EBUSY);
		world_close_vm(w);
		assert_int_equal(world_begin(w, RAM, 1), 0);
		world_inject(w, REALM_SIM_RMI, SMC_RMI_REALM_ACTIVATE, 1, RMI_ERROR_REALM);
		assert_int_equal(world_finish(w, RAM), -ENXIO);
		assert_int_equal(world_uninject(w), 1);
		assert_int_equal(world_populate(w, WORLD_RAM + 2 * w->page, w->page, 0), -ENXIO);
		end(w);
	}
}

static void populate_ends_early_when_interrupted(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);
		bool v12 = implicit[i] == REALM_FAMILY_RMI_V12;
		struct realm_kvm_arm_rmi_populate args = { WORLD_RAM, 9 * w->page, (uintptr_t)w->user, 0, 0 };

		world_inject(w, REALM_SIM_POPULATE, 0, 1, 0);
		assert_int_equal(world_populate_from(w, &args), -EINTR);
		assert_int_equal(args.base, WORLD_RAM);
		world_inject(w, REALM_SIM_POPULATE, 0, 1, 3);
		assert_int_equal(world_populate_from(w, &args), v12 ? 3 * (int)w->page : 0);
		assert_int_equal(args.base, WORLD_RAM + (v12 ? 0 : 3 * w->page));
		assert_int_equal(args.size, (v12 ? 9 : 6) * w->page);
		end(w);
	}
}

/* Up to v14 the RMM's status looks like success; v15 says ENXIO. */
static void populate_lets_a_status_of_the_rmm_out(void **state)
{
	for (size_t i = 0; i < COUNT(implicit); i++) {
		struct world *w = begun(implicit[i], 1);
		struct realm_kvm_arm_rmi_populate args = { WORLD_RAM, w->page, (uintptr_t)w->user, 0, 0 };

		world_inject(w, REALM_SIM_RMI, SMC_RMI_RTT_DATA_MAP_INIT, 1, RMI_ERROR_REALM);
		assert_int_equal(world_populate_from(w, &args),
				 implicit[i] == REALM_FAMILY_RMI_V15 ? -ENXIO : RMI_ERROR_REALM);
		assert_int_equal(args.size, w->page);
		end(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_want_their_state),
		cmocka_unit_test(commands_check_their_ranges),
		cmocka_unit_test(commands_refuse_reserved_fields),
		cmocka_unit_test(commands_never_let_a_status_of_the_rmm_out),
		cmocka_unit_test(populate_needs_memory_to_copy_from),
		cmocka_unit_test(vmids_are_not_used_up),
		cmocka_unit_test(the_first_family_creates_the_realm_before_vcpus),
		cmocka_unit_test(populate_checks_its_arguments),
		cmocka_unit_test(populate_ends_with_its_slot),
		cmocka_unit_test(populate_ends_with_the_protected_half),
		cmocka_unit_test(populate_wants_private_memory),
		cmocka_unit_test(populate_wants_a_realm_that_is_new),
		cmocka_unit_test(populate_ends_early_when_interrupted),
		cmocka_unit_test(populate_lets_a_status_of_the_rmm_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
