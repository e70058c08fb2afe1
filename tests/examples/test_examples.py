# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The examples do what they say, and agree with realmctl."""
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'model'))
from programs import output, run  # noqa: E402


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)
        self.payload = self.dir / 'payload'
        self.payload.write_bytes(bytes(range(256)) * 40)
        self.plan = self.dir / 'plan.json'
        self.plan.write_text(output('EXAMPLE_PLAN', self.payload))

    def test_plan_is_the_one_described(self):
        plan = json.loads(self.plan.read_text())
        self.assertEqual(plan['hash'], 'sha512')
        self.assertEqual([load['name'] for load in plan['load']], ['payload', 'config'])
        self.assertEqual(output('REALMCTL', 'check', self.plan).splitlines()[0], f'{self.plan}: ok')

    def test_measure_prints_the_rows_of_realmctl(self):
        rows = json.loads(output('REALMCTL', 'measure', '--json', self.plan))['rows']
        self.assertEqual(output('EXAMPLE_MEASURE', self.plan).splitlines(),
                         [f'{row["kvm"]} {row["rmm"]} {row["rim"]}' for row in rows])

    def test_events_ends_with_the_rim(self):
        rim = output('REALMCTL', 'measure', '--bare', '--kvm', 'rmi-v14', '--rmm', 'tf-rmm-2.0',
                     self.plan).strip()
        last = json.loads(output('EXAMPLE_EVENTS', self.plan).splitlines()[-1])
        self.assertEqual(last, {'event': 'activate', 'rim': rim})

    def test_explain_finds_the_change(self):
        plan = json.loads(self.plan.read_text())
        other = self.dir / 'other.json'
        other.write_text(json.dumps({**plan, 'sve_bits': 256}))
        rim = output('REALMCTL', 'measure', '--bare', '--kvm', 'rmi-v14', '--rmm', 'tf-rmm-2.0',
                     other).strip()
        self.assertEqual(output('EXAMPLE_EXPLAIN', self.plan, rim).splitlines(),
                         ['rmi-v14 tf-rmm-2.0', '$.sve_bits: 0 -> 256'])
        done = run('EXAMPLE_EXPLAIN', self.plan, 'xy')
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        self.assertIn('no RIM has 0 bytes', done.stderr)

    def test_faults_are_told(self):
        missing = self.dir / 'missing'
        for name in 'EXAMPLE_EVENTS', 'EXAMPLE_MEASURE', 'EXAMPLE_PLAN':
            with self.subTest(name):
                self.assertEqual(run(name).returncode, 2)
                done = run(name, missing)
                self.assertEqual((done.returncode, done.stdout), (1, ''))
                self.assertIn(str(missing), done.stderr)


if __name__ == '__main__':
    unittest.main()
