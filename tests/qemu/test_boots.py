#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Boots in a row, with one to eight CPUs: none hangs, and all parts answer on every CPU. A reset is a boot as well."""
import unittest

import qemu

BOOTS = 50
CPUS = (1, 2, 3, 4, 8)


class Boots(unittest.TestCase):
    def test_boots(self):
        for number in range(BOOTS):
            cpus = CPUS[number % len(CPUS)]
            with self.subTest(boot=number + 1, cpus=cpus):
                done = qemu.boot('ping', cpus=cpus).must()
                self.assertIn(f'\n1..{3 * cpus}\n', done.console)

    def test_reset(self):
        for rmm in qemu.VARIANTS:
            with self.subTest(rmm=rmm):
                done = qemu.boot('reset', rmm=rmm, extra=('-action', 'reboot=reset')).must()
                self.assertEqual(done.console.count('test firmware'), 2, done.console)


if __name__ == '__main__':
    qemu.require()
    unittest.main()
