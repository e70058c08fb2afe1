#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The RIM that a realm on QEMU reads is the one of the RMM, and the one that its plan gives.

    test_rim.py VARIANT PAYLOAD
"""
import hashlib
import itertools
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

HASHES = {'rmm-1.0': ('sha256', 'sha512'), 'rmm-2.0': ('sha256', 'sha384', 'sha512'),
          'tf-rmm-2.0': ('sha256', 'sha384', 'sha512')}
RECS = (1, 3)
UNMEASURED = 0x80800000
# The payload's two pages end where a block begins: its data and stack are in that, and what it
# shares.
BEFORE_BLOCK = 0x80200000 - 2 * realm.PAGE
BLOCKS = (0x80200000, 0x80400000)
DTB = 0x80600000
SENTENCE = b'This sentence of sixty-four characters is what extends REM one..'


class Case:
    """A plan in a file, and the blocks that are mapped for it"""

    def __init__(self, folder, payload, hash_name, recs, unmeasured, blocks):
        self.name = '-'.join((hash_name, f'{recs}-recs', 'unmeasured' if unmeasured else 'measured',
                              'blocks' if blocks else 'pages'))
        self.hash = hash_name
        self.blocks = BLOCKS if blocks else ()
        self.path = pathlib.Path(folder) / (self.name + '.json')
        self.plan = json.loads(output('REALMCTL', 'plan', 'realmctl', '--firmware', payload,
                                      '-m', 64, '-c', recs, '--hash', hash_name))
        if unmeasured:
            self.plan['load'].append({'at': f'{UNMEASURED:#x}', 'hex': 'c0ffee' * 2000,
                                      'measured': False})
        if blocks:
            self.move()
        self.path.write_text(json.dumps(self.plan), encoding='utf-8')

    def move(self):
        firmware, dtb, *_ = self.plan['load']
        firmware['at'] = self.plan['recs'][0]['pc'] = f'{BEFORE_BLOCK:#x}'
        dtb['at'] = f'{DTB:#x}'

    def predicted(self, variant):
        return output('REALMCTL', 'measure', self.path, '--bare', '--kvm', realm.ROWS[variant],
                      '--rmm', variant).strip()


class Rims(unittest.TestCase):
    variant = payload = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.cases = [Case(self.folder, self.payload, *of) for of in itertools.product(
            HASHES[self.variant], RECS, (False, True), (False, True))]

    def test_rims(self):
        script = realm.Script()
        for case in self.cases:
            script.add_plan(case.plan, self.folder, case.blocks)
        done = script.boot(self.folder, rmm=self.variant, timeout=300).must()
        lives = realm.lives(done.console)[:-1]
        self.assertEqual(len(lives), len(self.cases), done.console)
        rims = set()
        for case, life in zip(self.cases, lives):
            with self.subTest(case.name):
                self.check(case, life)
                rims.add(life.told('rim'))
        # The DTB tells of the RECs.
        self.assertEqual(len(rims), len(self.cases))

    def check(self, case, life):
        *steps, run, destroyed = life.answers
        self.assertEqual(sum(step['op'].startswith('rec_create') for step in steps),
                         len(case.plan['recs']))
        self.assertEqual([step for step in steps if step['status']], [])
        self.assertEqual((run['op'], run['status'], run['end']), ('run', 0, 'off'))
        self.assertEqual(life.said[-1], 'bye')
        rim = case.predicted(self.variant)
        self.assertEqual(len(rim), 2 * hashlib.new(case.hash).digest_size)
        self.assertEqual(run['rim'], rim)
        self.check_told(case, life, rim)
        self.assertEqual(destroyed['delegated'], 0)

    def check_told(self, case, life, rim):
        """TF-RMM tells a realm of SHA-384 that its hash is SHA-512: its values end in zeros."""
        shown = 'sha512' if (self.variant, case.hash) == ('tf-rmm-2.0', 'sha384') else case.hash
        digits = 2 * hashlib.new(shown).digest_size
        zeros = bytes(hashlib.new(case.hash).digest_size)
        rem = hashlib.new(case.hash, zeros + SENTENCE).hexdigest()
        self.assertEqual(life.told('hash'), shown)
        self.assertEqual(life.told('rim'), rim.ljust(digits, '0'))
        self.assertEqual(life.told('rem 1'), rem.ljust(digits, '0'))


if __name__ == '__main__':
    qemu.require()
    Rims.variant, Rims.payload = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
