/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vmm-memory.c - memory of a running realm; tables are made where a call misses them */
#include "vmm.h"
#include "rmi.h"
#include "rmi-host.h"
#include "rmi-teardown.h"

#define LEAF_LEVEL 3

/* The table that a result misses is there now: try again. */
static bool has_new_table(struct driver *driver, uint64_t result, uint64_t ipa)
{
	int level = (int8_t)rmi_result_data_level_get_level(result);

	return rmi_result_get_status(result) == RMI_ERROR_RTT && level < LEAF_LEVEL &&
	       driver_create_table(driver, ipa, level + 1) == RMI_SUCCESS;
}

uint64_t vmm_give_page(struct driver *driver, uint64_t ipa)
{
	uint64_t data = driver_take(driver), result;

	do
		result = host_data_unknown(driver->machine, driver->rd, data, ipa);
	while (has_new_table(driver, result, ipa));
	return driver_keep_if_refused(driver, data, result);
}

uint64_t vmm_share_page(struct driver *driver, uint64_t ipa)
{
	uint64_t pa = machine_pages(driver->machine, 1, 0), result;

	do
		result = host_share(driver->machine, driver->rd, ipa, pa);
	while (has_new_table(driver, result, ipa));
	return result;
}

uint64_t vmm_set_ripas(struct driver *driver, uint64_t rec, uint64_t base, uint64_t top, uint64_t ripas)
{
	uint64_t result = RMI_SUCCESS;

	for (uint64_t at = base; result == RMI_SUCCESS && at < top;) {
		result = rmi(driver->machine, SMC_RMI_RTT_SET_RIPAS, driver->rd, rec, at, top);
		if (result == RMI_SUCCESS)
			at = driver->machine->x[1];
		else if (has_new_table(driver, result, at))
			result = RMI_SUCCESS;
	}
	if (result == RMI_SUCCESS && ripas == RMI_RIPAS_EMPTY)
		host_unmap_all(driver->machine, driver->rd, base, top);
	return result;
}
