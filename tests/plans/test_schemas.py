#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Hold the schemas of plans and host profiles to the reader and writer of the library.

What the library reads or writes conforms; what does not conform, it refuses. The inputs are the
examples of docs/plan.md and the seeds of the plan fuzzer.
"""
import json
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'spec' / 'gen'), str(ROOT / 'tests' / 'model')]
from jsonschema import Validator  # noqa: E402
from programs import run  # noqa: E402

SCHEMAS = {name: Validator.load(str(ROOT / 'docs' / 'schemas' / f'realm-{name}-1.json'))
           for name in ('plan', 'host')}
SEEDS = sorted((ROOT / 'tests' / 'fuzz' / 'corpus' / 'plan').iterdir())
# Seeds that conform: those that are plans, and those that JSON forbids or whose values contradict
# each other.
PLANS = {'adjacent-ram', 'dots-above-root', 'every-key', 'file-exe', 'hex', 'null-pmu', 'size-null',
         'smallest', 'zero-suffix'}
BEYOND_SCHEMA = {
    'bad-mpidr': 'mpidr', 'duplicate-key': 'duplicate object key', 'file-device': 'is a device',
    'file-missing': 'no such file', 'lone-surrogate': 'not JSON', 'nul-escape': 'not allowed',
    'offset-overflow': 'past the end', 'ram-above-half': 'outside the protected half',
    'ram-overlap': 'overlaps', 'ram-wraps': 'outside the protected half',
    'shared-granule': 'shares a granule', 'size-overflow': 'do not fit',
    'suffix-overflow': 'not a 64-bit number', 'too-wide': 'need LPA2',
}


def read_plan(*args):
    """What read-plan wrote, or None and its message."""
    done = run('READ_PLAN', *args)
    return (json.loads(done.stdout), None) if done.returncode == 0 else (None, done.stderr)


def examples(name):
    text = (ROOT / 'docs' / 'plan.md').read_text(encoding='utf-8')
    blocks = (json.loads(block) for block in re.findall(r'```json\n(.*?)```', text, re.S))
    return [block for block in blocks if block['schema'] == f'realm-{name}/1']


def conforming(path):
    try:
        return not SCHEMAS['plan'].errors(json.loads(path.read_bytes()))
    except ValueError:
        return False


class Schemas(unittest.TestCase):
    def test_seeds(self):
        self.assertEqual({path.name for path in SEEDS if conforming(path)},
                         PLANS | set(BEYOND_SCHEMA))
        for path in SEEDS:
            with self.subTest(seed=path.name):
                written, message = read_plan(path)
                if path.name in PLANS:
                    self.assertIsNone(message)
                    self.assertEqual(SCHEMAS['plan'].errors(written), [])
                else:
                    self.assertIn(BEYOND_SCHEMA.get(path.name, ''), message)

    def test_plan_examples(self):
        self.assertEqual(len(examples('plan')), 2)
        for example in examples('plan'):
            self.assertEqual(SCHEMAS['plan'].errors(example), [])
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder, 'plan.json')
                path.write_text(json.dumps(example), encoding='utf-8')
                path.with_name('Image').write_bytes(b'kernel')
                written, message = read_plan(path)
                self.assertIsNone(message)
                self.assertEqual(SCHEMAS['plan'].errors(written), [])
                self.assertEqual([written[key] for key in ('schema', 'ipa_bits', 'granule')],
                                 ['realm-plan/1', 33, 4096])

    def test_host_example(self):
        [profile] = examples('host')
        self.assertEqual(SCHEMAS['host'].errors(profile), [])
        with tempfile.TemporaryDirectory() as folder:
            plan, host = pathlib.Path(folder, 'plan.json'), pathlib.Path(folder, 'host.json')
            plan.write_text(json.dumps(examples('plan')[1]), encoding='utf-8')
            host.write_text(json.dumps(profile), encoding='utf-8')
            written, message = read_plan(plan, host)
        self.assertIsNone(message)
        taken = {key: value for key, value in profile.items() if key not in ('schema', 'ipa_bits')}
        self.assertEqual(written, written | taken)
        self.assertEqual(written['ipa_bits'], 33)


if __name__ == '__main__':
    unittest.main()
