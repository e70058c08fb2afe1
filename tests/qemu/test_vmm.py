#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the VMM of the host on QEMU does for a realm: CPUs, turns, devices, memory; how realms end.

    test_vmm.py VARIANT GUEST
"""
import pathlib
import sys
import tempfile
import unittest

import qemu
import realm

RAM, SIZE = 0x80000000, 64 << 20

# What guest.S prints and how its realm ends, by the number of what it tries; SMP needs three RECs
ACTIONS = {
    'cpus': (0, 'BC', 'off'),
    'turns of RECs': (1, 'T', 'off'),
    'reset': (2, 'R', 'reset'),
    'all RECs off': (3, None, 'idle'),
    'no device': (4, 'Z', 'off'),
    'access without a syndrome': (5, 'S', 'off'),
    'memory on demand': (6, 'M', 'off'),
    'shared memory on demand': (7, 'H', 'off'),
    'interrupt of a device': (8, 'U', 'off'),
    'interrupt of a timer': (9, 'V', 'off'),
    'wait with a timeout': (10, 'W', 'off'),
    'wait for ever': (11, None, 'idle'),
}


def plan(guest, action):
    return {'schema': 'realm-plan/1', 'ipa_bits': 33, 'ram': [{'base': RAM, 'size': SIZE}],
            'load': [{'at': RAM, 'file': guest}],
            'recs': [{'pc': RAM, 'gprs': [action]}, {'pc': RAM}, {'pc': RAM}]}


class Vmm(unittest.TestCase):
    variant = guest = None

    def test_actions(self):
        script = realm.Script()
        for action, _, _ in ACTIONS.values():
            script.add_plan(plan(self.guest, action), '.')
        with tempfile.TemporaryDirectory() as folder:
            done = script.boot(folder, rmm=self.variant).must()
        lives = realm.lives(done.console)[:-1]
        self.assertEqual(len(lives), len(ACTIONS), done.console)
        for life, (name, (_, printed, end)) in zip(lives, ACTIONS.items()):
            with self.subTest(name):
                self.assertEqual(life.answers[-2]['end'], end, done.console)
                self.assertEqual(life.said, [printed] if printed else [])
                self.assertEqual(life.answers[-1]['delegated'], 0)

    def test_realm_that_is_not_active(self):
        """REC_ENTER is refused, and the run says so."""
        script = realm.Script()
        script.add_plan(plan(self.guest, 0), '.')
        script.steps.remove('activate')
        with tempfile.TemporaryDirectory() as folder:
            done = script.boot(folder, rmm=self.variant).must()
        run = realm.lives(done.console)[0].answers[-2]
        self.assertEqual((run['op'], run['status'], run['end']), ('run', 2, 'refused'))


if __name__ == '__main__':
    qemu.require()
    Vmm.variant, guest = sys.argv[1:]
    Vmm.guest = str(pathlib.Path(guest).resolve())
    unittest.main(argv=sys.argv[:1])
