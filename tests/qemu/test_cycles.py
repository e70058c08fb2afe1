#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""200 realms one after the other in one boot: each runs to its end, and no granule is lost.

    test_cycles.py VARIANT PAYLOAD
"""
import json
import pathlib
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'model'))
import qemu  # noqa: E402
import realm  # noqa: E402
from programs import output  # noqa: E402

CYCLES = 200


class Cycles(unittest.TestCase):
    variant = payload = None

    def test_cycles(self):
        plan = json.loads(output('REALMCTL', 'plan', 'realmctl', '--firmware', self.payload,
                                 '-m', 64, '-c', 2))
        script = realm.Script()
        script.add_plan(plan, '.')
        with tempfile.TemporaryDirectory() as folder:
            done = script.boot(folder, 'cycles', rmm=self.variant, timeout=300).must()
        lines = done.console.splitlines()
        self.assertEqual(lines[-3:], ['ok 1 - cycles without a fault',
                                      'ok 2 - granules of Realm after the last', '1..2'])
        self.check(realm.lives(done.console)[:-1])

    def check(self, lives):
        self.assertEqual(len(lives), CYCLES)
        self.assertEqual({life.said[-1] for life in lives}, {'bye'})
        self.assertEqual({life.answers[-1]['delegated'] for life in lives}, {0})
        self.assertEqual({step['status'] for life in lives for step in life.answers}, {0})
        self.assertEqual({life.answers[-2]['end'] for life in lives}, {'off'})
        self.assertEqual(len({life.told('rim') for life in lives}), 1)


if __name__ == '__main__':
    qemu.require()
    Cycles.variant, Cycles.payload = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
