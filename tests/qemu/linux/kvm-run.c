/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kvm-run.c - run an ordinary guest in this host's KVM, and print what it writes to its UART
 *
 * The guest spins across some ticks of the host in between, so that it leaves for the host's interrupts as well, and
 * turns itself off by PSCI. Its SIMD registers must be as it left them.
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define GUEST_BASE 0x80000000ULL
#define GUEST_SIZE 0x10000
#define UART_BASE 0x09000000ULL
#define REG(member) (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(member))

extern const char guest_start[], guest_end[];
__asm__(".pushsection .rodata\n"
	".globl	guest_start, guest_end\n"
	"guest_start:\n"
	"	mov	x1, #0x09000000\n"
	"	mov	x2, #0x300000\n"
	"	msr	cpacr_el1, x2\n"
	"	isb\n"
	"	adr	x3, text\n"
	"	movi	v31.16b, #0x5a\n"
	"next:	ldrb	w4, [x3], #1\n"
	"	cbz	w4, off\n"
	"	strb	w4, [x1]\n"
	"	mrs	x5, cntvct_el0\n"
	"	mrs	x6, cntfrq_el0\n"
	"	add	x6, x5, x6, lsr #6\n"
	"spin:	mrs	x5, cntvct_el0\n"
	"	cmp	x5, x6\n"
	"	b.lo	spin\n"
	"	umov	w5, v31.b[15]\n"
	"	cmp	w5, #0x5a\n"
	"	b.eq	next\n"
	"	b	.\n"
	"off:	mov	w0, #0x84000000\n"
	"	add	w0, w0, #8\n"
	"	hvc	#0\n"
	"	b	.\n"
	"text:	.asciz	\"a guest runs\\n\"\n"
	"	.balign	4\n"
	"guest_end:\n"
	".popsection\n");

static int checked(const char *what, int result)
{
	if (result >= 0)
		return result;
	perror(what);
	exit(1);
}

static void add_memory(int vm)
{
	void *memory = mmap(NULL, GUEST_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = GUEST_BASE,
		.memory_size = GUEST_SIZE,
		.userspace_addr = (uintptr_t)memory,
	};

	checked("mmap", memory == MAP_FAILED ? -1 : 0);
	memcpy(memory, guest_start, (size_t)(guest_end - guest_start));
	checked("KVM_SET_USER_MEMORY_REGION", ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region));
}

static int add_vcpu(int vm)
{
	struct kvm_vcpu_init init;
	__u64 pc = GUEST_BASE;
	struct kvm_one_reg reg = { .id = REG(regs.pc), .addr = (uintptr_t)&pc };
	int vcpu = checked("KVM_CREATE_VCPU", ioctl(vm, KVM_CREATE_VCPU, 0));

	checked("KVM_ARM_PREFERRED_TARGET", ioctl(vm, KVM_ARM_PREFERRED_TARGET, &init));
	init.features[0] |= 1u << KVM_ARM_VCPU_PSCI_0_2;
	checked("KVM_ARM_VCPU_INIT", ioctl(vcpu, KVM_ARM_VCPU_INIT, &init));
	checked("KVM_SET_ONE_REG", ioctl(vcpu, KVM_SET_ONE_REG, &reg));
	return vcpu;
}

static struct kvm_run *map_run(int kvm, int vcpu)
{
	size_t size = (size_t)checked("KVM_GET_VCPU_MMAP_SIZE", ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0));
	void *run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);

	checked("mmap of the vCPU", run == MAP_FAILED ? -1 : 0);
	return run;
}

static bool wrote_to_uart(const struct kvm_run *run)
{
	return run->exit_reason == KVM_EXIT_MMIO && run->mmio.is_write && run->mmio.phys_addr == UART_BASE;
}

static bool turned_off(const struct kvm_run *run)
{
	return run->exit_reason == KVM_EXIT_SYSTEM_EVENT && run->system_event.type == KVM_SYSTEM_EVENT_SHUTDOWN;
}

int main(void)
{
	int kvm = checked("/dev/kvm", open("/dev/kvm", O_RDWR | O_CLOEXEC));
	int vm = checked("KVM_CREATE_VM", ioctl(kvm, KVM_CREATE_VM, 0)), vcpu;
	struct kvm_run *run;

	add_memory(vm);
	vcpu = add_vcpu(vm);
	run = map_run(kvm, vcpu);
	do {
		checked("KVM_RUN", ioctl(vcpu, KVM_RUN, 0));
		if (wrote_to_uart(run))
			putchar(run->mmio.data[0]);
	} while (wrote_to_uart(run));
	if (turned_off(run))
		return 0;
	fprintf(stderr, "kvm-run: the guest left for a reason of its own: %u\n", run->exit_reason);
	return 1;
}
