#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Boots in a row, with one to eight CPUs: none hangs, and all parts answer on every CPU."""
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


if __name__ == '__main__':
    qemu.require()
    unittest.main()
