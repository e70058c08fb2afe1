#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Who may include what: the arrows between the parts of the tree."""
import re
import unittest

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
PUBLIC = {'realm.h', 'realm-sim.h'}
# Parts of lib/ that talk to a host, and the context, which has one; all others are offline and build on any system.
ONLINE = re.compile(r'lib/(?:kvm.*|sys|realm.*|host-info|issued|ranges|librealm)\.[ch]')
GENERATED_NUMBERS = 'kvm-realm.h'  # of spec/: constants, nothing that reaches a host
HOST_HEADER = re.compile(r'(?:kvm.*|sys)\.h|linux/.*|asm/.*|sys/ioctl\.h')
FREESTANDING = {'stdbool.h', 'stddef.h', 'stdint.h'}


def own_headers(folder):
    return {path.name for path in (tree.ROOT / folder).glob('*.h')}


def core_headers():
    numbers = own_headers('spec/generated') - {GENERATED_NUMBERS}
    return FREESTANDING | own_headers('rmm/core') | numbers


def is_private(header, folder, name):
    """Is it a header of that folder, and not the system's or of the includer's own folder?"""
    if header.startswith('linux/') or header in own_headers(name.rpartition('/')[0]):
        return False
    return header.split('/')[-1] in own_headers(folder) - PUBLIC


def fault(name, header):
    """Why the file of this name must not include this header, or None."""
    folder = name.split('/')[0]
    if name.startswith('rmm/core/') and header not in core_headers():
        return 'the core stands alone'
    if header == GENERATED_NUMBERS:
        return None
    if folder == 'lib' and not ONLINE.fullmatch(name) and HOST_HEADER.fullmatch(header):
        return 'offline code reaches for the host'
    if folder in ('tools', 'examples', 'rmm') and is_private(header, 'lib', name):
        return 'only realm.h is public'
    if folder == 'rmm' and 'lib/' in header:
        return 'the RMM includes the library'
    if folder == 'lib' and header.startswith(('../rmm', '../tools')):
        return 'the library includes its users'
    return None


class Arrows(unittest.TestCase):
    def test_faults_are_found(self):
        self.assertIsNotNone(fault('lib/plan.c', 'linux/kvm.h'))
        self.assertIsNotNone(fault('lib/internal.h', 'kvm-probe.h'))
        self.assertIsNotNone(fault('lib/family.c', 'kvm.h'))
        self.assertIsNotNone(fault('tools/cmd-plan.c', '../lib/internal.h'))
        self.assertIsNotNone(fault('rmm/core/rtt.c', 'internal.h'))
        self.assertIsNotNone(fault('rmm/core/rtt.c', 'string.h'))
        self.assertIsNotNone(fault('rmm/core/rtt.c', 'realm.h'))
        self.assertIsNotNone(fault('rmm/core/rtt.c', 'kvm-realm.h'))
        self.assertIsNotNone(fault('rmm/test/machine.c', 'internal.h'))
        self.assertIsNotNone(fault('rmm/script/script.c', '../../lib/hash.h'))
        self.assertIsNone(fault('rmm/core/rtt.c', 'rmi.h'))
        self.assertIsNone(fault('rmm/test/machine.c', 'string.h'))
        self.assertIsNone(fault('lib/sys.c', 'linux/kvm.h'))
        self.assertIsNone(fault('tools/cmd-plan.c', 'realm.h'))
        self.assertIsNone(fault('tools/vcpus.h', 'machine.h'))
        self.assertIsNotNone(fault('tools/cmd-plan.c', 'plan.h'))
        self.assertIsNone(fault('examples/kvm-uapi.h', 'linux/kvm.h'))

    def test_tree_follows_the_arrows(self):
        sources = [path for path in tree.tracked_files() if path.suffix in ('.c', '.h')]
        faults = [f'{name} includes {header}: {fault(name, header)}'
                  for path in sources for name in [tree.relative(path)]
                  for header in INCLUDE.findall(tree.text_of(path)) if fault(name, header)]
        self.assertEqual(faults, [])

    def test_tools_link_the_public_library(self):
        build = tree.text_of(tree.ROOT / 'tools' / 'meson.build')
        self.assertNotRegex(build, r'realm_internal_dep|lib_inc|get_static_lib')


if __name__ == '__main__':
    tree.main()
