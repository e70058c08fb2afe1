#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Events of random plans against KVM's calls on a model of the translation tables."""
import json
import pathlib
import random
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
import kvm  # noqa: E402
from programs import first_difference, output  # noqa: E402

SEED = 'librealm'
PLANS = 300
PAGE, BLOCK, GIB = 1 << 12, 1 << 21, 1 << 30
HALF_TIB = 1 << 39


def block_sizes(ipa_bits):
    return (HALF_TIB, GIB, BLOCK, PAGE)[kvm.start_level(ipa_bits):]


def random_size(rng, ipa_bits):
    """A few blocks of some size and of each smaller one: RAM may be large, the events are few."""
    sizes = block_sizes(ipa_bits)
    largest = rng.randrange(len(sizes))
    return sum(rng.choice((0, 0, 1, rng.randrange(8))) * size for size in sizes[largest:]) or PAGE


def random_gap(rng, ipa_bits):
    size = rng.choice(block_sizes(ipa_bits))
    return rng.choice((0, 1, 1, rng.randrange(4))) * size


def align_up(value, size):
    return -(-value // size) * size


def random_ram(rng, ipa_bits):
    """Regions of the protected half that do not overlap, in any order."""
    ram, cursor = [], rng.choice((0, BLOCK, GIB, 2 * GIB))
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        cursor = align_up(cursor + random_gap(rng, ipa_bits), rng.choice(block_sizes(ipa_bits)))
        size = random_size(rng, ipa_bits)
        if cursor + size > 1 << ipa_bits - 1:
            break
        ram.append((cursor, size))
        cursor += size
    rng.shuffle(ram)
    return ram or [(0, 5 * BLOCK + PAGE)]


def random_load(rng, ram, taken):
    """One to three granules near the start of some block, or None where others are."""
    base, size = rng.choice(ram)
    start = rng.randrange(0, size, rng.choice((PAGE, min(BLOCK, size), min(GIB, size))))
    start = min(base + start, base + size - PAGE) // PAGE * PAGE
    at = start + rng.choice((0, 0, 4, 0xffc))
    data = rng.randbytes(rng.choice((1, PAGE - 5, PAGE, 2 * PAGE + 9)))
    pages = set(range(start, at + len(data), PAGE))
    if at + len(data) > base + size or pages & taken:
        return None
    taken |= pages
    return at, data, rng.random() < 0.8


def random_realm(rng):
    ipa_bits = rng.randrange(32, 53)
    ram, taken = random_ram(rng, ipa_bits), set()
    loads = [random_load(rng, ram, taken) for _ in range(rng.choice((0, 1, 3, 9)))]
    recs = [(rng.randrange(1 << 64), [rng.randrange(1 << 64) for _ in range(rng.randrange(9))],
             index == 0) for index in range(rng.randrange(1, 4))]
    return kvm.Realm(
        ipa_bits, ram, [load for load in loads if load], recs,
        hash=rng.choice(('sha256', 'sha512')), lpa2=ipa_bits > 48,
        sve_bits=rng.choice((0, 128, 2048)), breakpoints=rng.randrange(2, 17),
        watchpoints=rng.randrange(2, 17), pmu_counters=rng.choice((None, 0, 31)),
        flags=rng.choice((0, 8)))


def families(number):
    """Those with RIPAS rules of their own for every plan, the others now and then."""
    yield from ('rme', 'rmi-v12')
    if number % 10 == 0:
        yield from ('rme-rfc', 'rmi-v13', 'rmi-v14', 'rmi-v15')


class Ripas(unittest.TestCase):
    def check(self, path, number):
        realm = random_realm(random.Random(f'{SEED} {number}'))
        path.write_text(json.dumps(realm.plan()), encoding='utf-8')
        for family in families(number):
            with self.subTest(plan=number, family=family):
                got = output('REALMCTL', 'events', path, '--kvm', family).splitlines()
                self.assertIsNone(first_difference(got, kvm.log_lines(realm, family)))

    def test_random_plans(self):
        with tempfile.TemporaryDirectory() as directory:
            for number in range(PLANS):
                self.check(pathlib.Path(directory) / 'plan.json', number)


if __name__ == '__main__':
    unittest.main()
