#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Plans on every family: what goes into a realm, as predicted, as told and as the RMM saw it.

The three lists are the same, the RMM's RIM is the predicted one, and so is the RIM that rim.py
makes of what the RMM saw. What realmctl makes of the trace of the RMM is the plan's log again.
"""
import dataclasses
import itertools
import json
import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'model'), str(HERE.parent / 'events')]
import kvm  # noqa: E402
import rim  # noqa: E402
from programs import first_difference, output  # noqa: E402
from test_ripas import random_realm  # noqa: E402
from seen import seen  # noqa: E402

SEED = 'librealm'
RANDOM_PLANS = 14
MIB, TIB = 1 << 20, 1 << 40
BASE = 0x80000000

OLD, NEW = ('rme-rfc', 'rme', 'rmi-v12'), ('rmi-v13', 'rmi-v14', 'rmi-v15')
PROFILES = {family: ['rmm-1.0'] for family in OLD} | {family: ['rmm-2.0', 'tf-rmm-2.0']
                                                      for family in NEW}


def bytes_of(name, size):
    return random.Random(f'{SEED} {name}').randbytes(size)


def loads(*sizes):
    """At every second MiB, not aligned to anything but words."""
    return [(BASE + 2 * MIB * i + 4 * i, bytes_of(i, size), True) for i, size in enumerate(sizes)]


def realm(**values):
    defaults = {'ipa_bits': 33, 'ram': [(BASE, 64 * MIB)], 'loads': loads(5000, 1, 4096),
                'recs': [(BASE, [BASE + MIB], True)]}
    return kvm.Realm(**{**defaults, **values})


FIXED = {
    'no loads': realm(loads=[]),
    'a load of more than one chunk': realm(loads=loads(5 * MIB), ram=[(BASE, 16 * MIB)]),
    'falling addresses': realm(loads=loads(1, 2, 3, 9000)[::-1]),
    'unmeasured': realm(loads=[(at, data, i % 2 == 0)
                               for i, (at, data, _) in enumerate(loads(8192, 8192, 4000))]),
    'many RECs': realm(recs=[(BASE + 4 * i, range(i % 9), i == 0) for i in range(40)]),
    'slots of one bucket': realm(ram=[(BASE + 2 * MIB * i, MIB) for i in range(91)], ipa_bits=34,
                                 loads=[(BASE + 180 * MIB, b'slot 90', True)]),
    'RAM from 0': realm(ram=[(0, 32 * MIB), (0x40000000, 4 * MIB)], loads=[(4, b'low', True)]),
    'RAM where the GIC is': realm(ram=[(0, 256 * MIB)], loads=[(0x08000000, b'gic', True)]),
    'everything': realm(sve_bits=512, breakpoints=16, watchpoints=3, pmu_counters=6),
    'sha512': realm(hash='sha512'),
    '48 bits': realm(ipa_bits=48, ram=[(1 << 46, 8 * MIB)], loads=[((1 << 46) + 4, b'far', True)],
                     recs=[(1 << 46, [], True)]),
    'LPA2': realm(ipa_bits=52, lpa2=True, ram=[(1 << 50, 8 * MIB)], loads=[(1 << 50, b'x', True)],
                  recs=[(1 << 50, [], True)]),
    'LPA2, small': realm(lpa2=True),
    '16 KiB': realm(granule=16384, loads=loads(40000, 3)),
    '64 KiB': realm(granule=65536, loads=loads(140000, 3)),
}


def for_family(wanted, family):
    """What the family can give of it; None when that is not worth a test of its own."""
    if family in OLD and (wanted.lpa2 or wanted.granule != 4096):
        return None
    if wanted.hash != 'sha256' and family not in ('rme-rfc', 'rme'):
        return None
    if family in ('rmi-v14', 'rmi-v15'):
        wanted = dataclasses.replace(wanted, pmu_counters=None)
    if family == 'rme-rfc':
        wanted = dataclasses.replace(wanted, loads=[(at, data, True) for at, data, _ in wanted.loads])
    return wanted


def random_plan(number):
    """One that every family has a part of."""
    wanted = random_realm(random.Random(f'{SEED} lifecycle {number}'))
    return dataclasses.replace(wanted, flags=0, hash='sha256')


def fits(wanted):
    """The thread sanitizer leaves a process little more room for RAM."""
    return sum(size for _, size in wanted.ram) <= TIB


def plans():
    yield from FIXED.items()
    chosen = (number for number in itertools.count() if fits(random_plan(number)))
    for number in itertools.islice(chosen, RANDOM_PLANS):
        yield f'random plan {number}', random_plan(number)


def can_have(wanted, profile):
    """TF-RMM has granules of 4 KiB only."""
    return wanted.granule == 4096 or profile == 'rmm-2.0'


def pairs():
    """(name, realm, family, profile, further arguments)"""
    for (name, wanted), family in itertools.product(plans(), PROFILES):
        fitted = for_family(wanted, family)
        for profile in PROFILES[family] if fitted else ():
            if can_have(fitted, profile):
                yield name, fitted, family, profile, ()
    for name in ('falling addresses', 'unmeasured', 'many RECs', 'RAM from 0'):
        yield name, FIXED[name], 'rmi-v15', 'tf-rmm-2.0', ('in-place',)


class Matrix(unittest.TestCase):
    def check(self, directory, wanted, family, profile, more):
        plan = directory / 'plan.json'
        plan.write_text(json.dumps(wanted.plan()), encoding='utf-8')
        measured, predicted = output('REALM_LOGS', plan, family, profile, directory, *more).split()
        logs = {name: (directory / name).read_text(encoding='ascii').splitlines()
                for name in ('predicted', 'told', 'trace')}
        algorithm, events = seen(logs['trace'], profile == 'rmm-1.0')
        self.assertIsNone(first_difference(logs['told'], logs['predicted']))
        self.assertIsNone(first_difference(events, logs['predicted']))
        self.assertEqual(algorithm, rim.ALGORITHM[wanted.hash])
        self.assertEqual(measured, predicted)
        header = json.dumps({'hash': wanted.hash})
        self.assertEqual(measured, rim.rim_of(profile, [header, *events]))
        header, *traced = output('REALMCTL', 'events', '--from-trace', directory / 'trace',
                                 '--kvm', family).splitlines()
        self.assertIsNone(first_difference(traced, logs['predicted']))
        self.assertEqual(json.loads(header), {'schema': 'realm-events/1', 'hash': wanted.hash,
                                              'granule': wanted.granule, 'kvm': family})

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(list(pairs())), 60)

    def test_pairs(self):
        with tempfile.TemporaryDirectory() as directory:
            for name, wanted, family, profile, more in pairs():
                with self.subTest(plan=name, family=family, profile=profile, more=more):
                    self.check(pathlib.Path(directory), wanted, family, profile, more)


if __name__ == '__main__':
    unittest.main()
