#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The KVM numbers against the installed <linux/kvm.h>, as arm64 sees it where that is possible."""
import os
import shutil
import subprocess
import unittest

import spec

CC = spec.compiler('CC', 'cc', 'gcc', 'clang')
# Debian's cross headers, then the per-architecture headers that newer packages carry
ARM64 = ['aarch64-linux-gnu-gcc'] if shutil.which('aarch64-linux-gnu-gcc') else None
UAPI = '/usr/lib/linux/uapi/arm64'
UPSTREAM = '7.3'
# what the kernel got later than what is around it, and enumerations: known by a macro beside them
LATER = {('hypercall', 'flags'): 'KVM_HYPERCALL_EXIT_SMC',
         'KVM_SMCCC_FILTER_HANDLE': 'KVM_ARM_VM_SMCCC_FILTER',
         'KVM_SMCCC_FILTER_DENY': 'KVM_ARM_VM_SMCCC_FILTER',
         'KVM_SMCCC_FILTER_FWD_TO_USER': 'KVM_ARM_VM_SMCCC_FILTER'}
# what the kernel writes otherwise
SPELLED = {
    'KVM_VM_TYPE_IPA_MASK': 'KVM_VM_TYPE_ARM_IPA_SIZE_MASK',
    'KVM_VM_TYPE_PROTECTED': 'KVM_VM_TYPE_ARM_PROTECTED',
    'KVM_REG_ARM64_X0': 'KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | '
                        'KVM_REG_ARM_CORE_REG(regs.regs[0])',
    'KVM_REG_ARM64_PC': 'KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | '
                        'KVM_REG_ARM_CORE_REG(regs.pc)',
    'KVM_REG_ARM64_X_STEP': 'KVM_REG_ARM_CORE_REG(regs.regs[1]) - '
                            'KVM_REG_ARM_CORE_REG(regs.regs[0])',
    'KVM_REG_ARM64_ID_AA64DFR0_EL1': 'ARM64_SYS_REG(3, 0, 0, 5, 0)',
    'KVM_REG_ARM64_PMCR_EL0': 'ARM64_SYS_REG(3, 3, 9, 12, 0)',
}
EXITS = {'hypercall': 'hypercall', 'mmio': 'mmio', 'fail_entry': 'fail_entry',
         'internal_error': 'internal', 'system_event': 'system_event',
         'memory_fault': 'memory_fault'}
# a macro that comes with the structure
STRUCTS = {'kvm_enable_cap': 'KVM_ENABLE_CAP', 'kvm_one_reg': 'KVM_SET_ONE_REG',
           'kvm_vcpu_init': 'KVM_REG_ARM64_SVE_VLS', 'kvm_run': 'KVM_RUN',
           'kvm_userspace_memory_region': 'KVM_SET_USER_MEMORY_REGION',
           'kvm_reg_list': 'KVM_GET_REG_LIST', 'kvm_mp_state': 'KVM_SET_MP_STATE',
           'kvm_vcpu_events': 'KVM_REG_ARM64_SVE_VLS',
           'kvm_vcpu_exception': 'KVM_REG_ARM64_SVE_VLS',
           'kvm_device_attr': 'KVM_SET_DEVICE_ATTR',
           'kvm_create_device': 'KVM_CREATE_DEVICE', 'kvm_smccc_filter': 'KVM_ARM_VM_SMCCC_FILTER',
           'kvm_arm_counter_offset': 'KVM_ARM_SET_COUNTER_OFFSET',
           'kvm_userspace_memory_region2': 'KVM_SET_USER_MEMORY_REGION2',
           'kvm_create_guest_memfd': 'KVM_CREATE_GUEST_MEMFD',
           'kvm_memory_attributes': 'KVM_SET_MEMORY_ATTRIBUTES',
           'kvm_memory_attributes2': 'KVM_SET_MEMORY_ATTRIBUTES2',
           'kvm_pre_fault_memory': 'KVM_PRE_FAULT_MEMORY'}
# a member that has no type of its own in the kernel
UNNAMED = {'kvm_vcpu_exception': ('kvm_vcpu_events', 'exception')}


def command():
    if ARM64:
        return ARM64
    return CC + ['-isystem', UAPI] if os.path.isdir(UAPI) else CC


@unittest.skipUnless(CC or ARM64, 'no C compiler')
class Kvm(spec.Scratch):
    def setUp(self):
        super().setUp()
        self.command = command()
        self.known = self.macros()
        if 'KVM_CREATE_VM' not in self.known:
            self.skipTest('linux/kvm.h is not installed')

    def macros(self):
        run = subprocess.run([*self.command, '-E', '-dM', '-x', 'c', '-'], capture_output=True,
                             text=True, input='#include <linux/kvm.h>\n')
        return {line.split()[1].partition('(')[0] for line in run.stdout.splitlines()
                if line.startswith('#define')}

    def hold(self, equal):
        """Compile assertions for what the header has, say what it lacks; it must have something."""
        lines, missing = [], []
        for macro, left, right in equal:
            if macro in self.known:
                lines.append(f'_Static_assert(({left}) == ({right}), "{left}");\n')
            else:
                missing.append(left)
        print(f'{self._testMethodName}: {len(lines)} held against the header, '
              f'{len(missing)} it lacks: {" ".join(map(str, missing))}')
        self.assertTrue(lines)
        source = '#include <linux/kvm.h>\n#include "kvm-realm.h"\n' + ''.join(lines)
        path = self.folder / 'unit.c'
        path.write_text(source)
        run = subprocess.run([*self.command, '-std=gnu11', '-Wall', '-Werror', '-I',
                              str(spec.GENERATED), '-fsyntax-only', str(path)],
                             capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_numbers(self):
        equal = []
        for kind in ('enums', 'ioctls'):
            for entry in spec.entries('kvm', kind, 'rmm-2.0'):
                for item in entry.get('values', [entry]):
                    if item.get('source', entry['source'])['version'] == [UPSTREAM]:
                        theirs = SPELLED.get(item['name'], item['name'])
                        first = theirs.partition('(')[0].partition(' ')[0]
                        macro = LATER.get(item['name'], first)
                        equal.append((macro, 'REALM_' + item['name'], theirs))
        self.hold(equal)

    def test_structures(self):
        equal = []
        for entry in spec.entries('kvm', 'structs', 'rmm-2.0'):
            name, macro = entry['name'], STRUCTS.get(entry['name'])
            if macro is None:
                continue
            outer, member = UNNAMED.get(name, (name, ''))
            whole = f'((struct {outer} *)0)->{member}' if member else f'struct {name}'
            if name != 'kvm_run':
                equal.append((macro, f'sizeof(struct realm_{name})', f'sizeof({whole})'))
            for field, _, _ in spec.fields(entry, 'rmm-2.0', 'kvm'):
                theirs = 'padding' if (name, field) == ('kvm_run', 'exit') else field
                theirs = f'{member}.{theirs}' if member else theirs
                equal.append((macro, f'offsetof(struct realm_{name}, {field})',
                              f'offsetof(struct {outer}, {theirs})'))
        self.hold(equal)

    def test_exits(self):
        equal = []
        for entry in spec.entries('kvm', 'structs', 'rmm-2.0'):
            if entry['name'].startswith('kvm_exit_'):
                name = entry['name'][len('kvm_exit_'):]
                for field, _, _ in spec.fields(entry, 'rmm-2.0', 'kvm'):
                    member = f'{EXITS[name]}.{field}'
                    macro = LATER.get((name, field), f'KVM_EXIT_{name.upper()}')
                    ours = f'struct realm_{entry["name"]}'
                    equal.append((macro, f'32 + offsetof({ours}, {field})',
                                  f'offsetof(struct kvm_run, {member})'))
                    equal.append((macro, f'sizeof((({ours} *)0)->{field})',
                                  f'sizeof(((struct kvm_run *)0)->{member})'))
        self.hold(equal)


if __name__ == '__main__':
    spec.main()
