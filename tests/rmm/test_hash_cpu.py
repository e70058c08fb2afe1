#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""SHA-2 of the firmware, whose instructions the CPU must have, gives the digests of hashlib.

Exits with 77 where no compiler or no CPU for it is at hand.
"""
import hashlib
import itertools
import pathlib
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
QEMU = ROOT / 'rmm' / 'qemu'
SOURCES = [ROOT / 'tests' / 'rmm' / 'hash-cpu.c', QEMU / 'r-el2' / 'hash.c']
INCLUDES = [ROOT / 'rmm' / 'core', ROOT / 'spec' / 'generated', QEMU, QEMU / 'common',
            QEMU / 'r-el2']
FLAGS = ['-std=gnu11', '-O2', '-Wall', '-static', '-march=armv8.5-a+crypto+sha3']

ALGORITHMS = {0: 'sha256', 1: 'sha512', 2: 'sha384'}  # RMI_HASH_*
SHORT = range(0, 300)  # all places of the end in a block, twice
LONG = [4095, 4096, 4097, 65536, 1 << 20]
PIECES = [1, 7, 63, 64, 65, 127, 128, 129, 1 << 20]


def tools():
    """The compiler, and what runs the program."""
    if platform.machine() == 'aarch64':
        return 'gcc', []
    return 'aarch64-linux-gnu-gcc', ['qemu-aarch64', '-cpu', 'max']


def content(size):
    return bytes((i * 7 + (i >> 8)) & 0xff for i in range(size))


def build(compiler, folder):
    program = pathlib.Path(folder, 'hash-cpu')
    includes = [f'-I{path}' for path in INCLUDES]
    subprocess.run([compiler, *FLAGS, *includes, *SOURCES, '-o', program], check=True)
    return program


class Digests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        compiler, cls.runner = tools()
        for tool in [compiler, *cls.runner[:1]]:
            if not shutil.which(tool):
                raise unittest.SkipTest(f'no {tool}; scripts/deps test installs it')
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.program = build(compiler, cls.folder.name)

    def check(self, cases):
        cases = list(cases)
        data = b''.join(struct.pack('<3I', algo, size, piece) + content(size)
                        for algo, size, piece in cases)
        done = subprocess.run([*self.runner, self.program], input=data, stdout=subprocess.PIPE,
                              timeout=300)
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


def main():
    result = unittest.main(exit=False).result
    if result.skipped and result.wasSuccessful():
        print(*(why for _, why in result.skipped), sep='\n')
        sys.exit(77)
    sys.exit(not result.wasSuccessful())


if __name__ == '__main__':
    main()
