#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""SHA-2 of the firmware, whose instructions the CPU must have, gives the digests of hashlib.

Exits with 77 where no compiler or no CPU for it is at hand.
"""
import hashlib
import itertools
import struct

import arm64

ALGORITHMS = {0: 'sha256', 1: 'sha512', 2: 'sha384'}  # RMI_HASH_*
SHORT = range(0, 300)  # all places of the end in a block, twice
LONG = [4095, 4096, 4097, 65536, 1 << 20]
PIECES = [1, 7, 63, 64, 65, 127, 128, 129, 1 << 20]


def content(size):
    return bytes((i * 7 + (i >> 8)) & 0xff for i in range(size))


class Digests(arm64.Case):
    SOURCES = [arm64.ROOT / 'tests' / 'rmm' / 'hash-cpu.c', arm64.QEMU / 'r-el2' / 'hash.c']
    FLAGS = ['-march=armv8.5-a+crypto+sha3']

    def check(self, cases):
        cases = list(cases)
        data = b''.join(struct.pack('<3I', algo, size, piece) + content(size)
                        for algo, size, piece in cases)
        done = self.run_program(data=data)
        if done.returncode == 77:
            self.skipTest(done.stdout.decode().strip())
        self.assertEqual(done.returncode, 0)
        expected = [hashlib.new(ALGORITHMS[algo], content(size)).hexdigest()
                    for algo, size, _ in cases]
        got = done.stdout.decode().split()
        self.assertEqual([case for case, a, b in zip(cases, got, expected) if a != b], [])
        self.assertEqual(len(got), len(cases))

    def test_short(self):
        self.check(itertools.product(ALGORITHMS, SHORT, [1 << 20]))

    def test_short_in_pieces(self):
        self.check(itertools.product(ALGORITHMS, SHORT, PIECES))

    def test_long(self):
        self.check(itertools.product(ALGORITHMS, LONG, [129, 1 << 20]))


if __name__ == '__main__':
    arm64.main()
