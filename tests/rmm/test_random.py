#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Random scripts: rmm-script and the model that TF-RMM's answers confirm must say the same.

    test_random.py [FIRST [LAST]]     seeds to try, instead of a few
"""
import random
import sys
import unittest

import script
from rim import Rim
from rmm import Rmm

SEEDS = range(60)
PAGE, BLOCK = 0x1000, 0x200000
SHAPES = ((32, 1), (33, 1), (39, 1), (40, 1), (42, 1), (44, 0), (48, 0))
VARIANTS = (('2.0', 'tf-rmm-2.0'), ('2.0', 'rmm-2.0'), ('1.x', 'rmm-1.0'))


class Script:
    """The steps of one seed, close to each other so that they meet."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.s2sz, self.start_level = self.random.choice(SHAPES)
        hash_name = self.random.choice(('sha256', 'sha512'))
        self.steps = [f'realm_create hash={hash_name} s2sz={self.s2sz} sl={self.start_level}']
        kinds = (self.rtt_create, self.init_ripas, self.data, self.data_unknown, self.rec_create)
        for kind in self.random.choices(kinds, (3, 3, 2, 1, 1), k=self.random.randrange(3, 25)):
            self.steps.append(kind())
        self.steps += ['rec_create', 'activate', 'data ipa=0']

    def address(self, unit):
        return self.random.choice((0, BLOCK, 2 * BLOCK, 1 << 30)) + self.random.randrange(8) * unit

    def rtt_create(self):
        level = self.random.randrange(self.start_level + 1, 4)
        ipa = self.address(BLOCK) >> 12 + 9 * (4 - level) << 12 + 9 * (4 - level)
        return f'rtt_create ipa={ipa:#x} level={level}'

    def init_ripas(self):
        base = self.address(self.random.choice((PAGE, BLOCK)))
        top = base + self.random.randrange(1, 6) * self.random.choice((PAGE, BLOCK))
        return f'init_ripas base={base:#x} top={top:#x} loop={self.random.randrange(2)}'

    def data(self):
        return (f'data ipa={self.address(PAGE):#x} n={self.random.randrange(1, 4)}'
                f' page={self.random.randrange(9)} gen={self.random.choice(("affine", "mix"))}'
                f' measure={self.random.randrange(2)}')

    def data_unknown(self):
        return f'data_unknown ipa={self.address(PAGE):#x}'

    def rec_create(self):
        text = f'rec_create flags={self.random.randrange(2)} pc={self.random.getrandbits(64)}'
        return text + self.random.choice(('', ' gprs=1,0x22', ' mpidr=1'))


def modelled(version, variant, steps):
    """What the model answers, and the RIM that the second implementation makes of it"""
    model, rim, seen = Rmm(version), None, 0
    for step in steps:
        answer = model.run(step)
        rim = rim or Rim(variant, model.hash)
        for event in model.events[seen:]:
            getattr(rim, event['event'])(event)
        seen = len(model.events)
        yield {'op': step} | answer | {'rim': rim.hex()}


class Random(unittest.TestCase):
    def test_scripts(self):
        refused = 0
        for seed in SEEDS:
            steps = Script(seed).steps
            for version, variant in VARIANTS:
                with self.subTest(seed=seed, variant=variant):
                    got = script.answers(variant, steps)
                    self.assertEqual(got, list(modelled(version, variant, steps)))
                    refused += sum(answer['status'] != 0 for answer in got)
        self.assertGreater(refused, len(SEEDS))


if __name__ == '__main__':
    if len(sys.argv) > 1:
        numbers = [int(word) for word in sys.argv[1:]]
        SEEDS = range(numbers[0], numbers[-1] + 1)
    unittest.main(argv=sys.argv[:1])
