#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The checked-in guest payload is what its sources make, and prints what its page says.

usage: test_payload.py CheckedIn|Rebuilt. Exits with 77 when something could not be compared.
"""
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

GUEST = pathlib.Path(__file__).resolve().parent.parent.parent / 'rmm' / 'guest'
PAYLOAD = GUEST / 'payload.bin'
SHA256 = 'f31fd39dc94bfec8dad693bd2d77ce52a54ad13d485add51209ed3431f1df232'
MADE_BY = '12.2.0'
CC = 'aarch64-linux-gnu-gcc'
SIZE_LIMIT = 8192

OUTPUT = re.compile(r'^```\n(.*?)^```$', re.MULTILINE | re.DOTALL)
VALUE = re.compile(r'<[^>]*>')
B_BOOT = 0b000101  # the opcode of B, in the top bits of the instruction that the vectors begin with


def readme():
    return (GUEST / 'README.md').read_text(encoding='utf-8')


def fixed_texts():
    """What the page says is the same in each run: its lines without their values."""
    lines = OUTPUT.search(readme())[1].splitlines()
    return [text.encode() for line in lines for text in VALUE.split(line) if len(text) > 1]


def compiler_version():
    done = subprocess.run([CC, '-dumpfullversion'], stdout=subprocess.PIPE, check=True,
                          encoding='utf-8')
    return done.stdout.strip()


class Payload:
    """What holds for the payload, whichever compiler made it."""

    def test_is_small(self):
        self.assertLess(len(self.image), SIZE_LIMIT)

    def test_begins_with_a_branch(self):
        self.assertEqual(int.from_bytes(self.image[:4], 'little') >> 26, B_BOOT)

    def test_has_the_texts_of_its_page(self):
        texts = fixed_texts()
        self.assertIn(b'hello from a realm', texts)
        self.assertEqual([text for text in texts if text not in self.image], [])


class CheckedIn(Payload, unittest.TestCase):
    image = PAYLOAD.read_bytes()

    def test_is_pinned(self):
        self.assertEqual(hashlib.sha256(self.image).hexdigest(), SHA256)

    def test_page_names_the_compiler(self):
        self.assertIn(f'GCC {MADE_BY} ', readme())


class Rebuilt(Payload, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not shutil.which(CC):
            raise unittest.SkipTest(f'no {CC}; scripts/deps test installs it')
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder, 'payload.bin')
            subprocess.run([GUEST / 'build-payload', target], check=True)
            cls.image = target.read_bytes()

    def test_equals_the_checked_in(self):
        version = compiler_version()
        if version != MADE_BY:
            self.skipTest(f'built, not compared: payload.bin is of GCC {MADE_BY}, not {version}')
        self.assertEqual(self.image, PAYLOAD.read_bytes())


def main():
    result = unittest.main(exit=False).result
    if result.skipped and result.wasSuccessful():
        print(*(why for _, why in result.skipped), sep='\n')
        sys.exit(77)
    sys.exit(not result.wasSuccessful())


if __name__ == '__main__':
    main()
