#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The examples of the lifecycle do what they say on the software host, in each family."""
import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'model'))
from programs import output, run  # noqa: E402

PAYLOAD = ROOT / 'rmm' / 'guest' / 'payload.bin'
PROFILES = {'rme-rfc': 'rmm-1.0', 'rme': 'rmm-1.0', 'rmi-v12': 'rmm-1.0', 'rmi-v13': 'tf-rmm-2.0',
            'rmi-v14': 'tf-rmm-2.0', 'rmi-v15': 'tf-rmm-2.0'}
CONVERTING = [family for family in PROFILES if family != 'rme-rfc']  # there KVM converts by itself
RUNS_GUESTS = os.environ['RUNS_GUESTS'] == 'true'
needs_guests = unittest.skipUnless(RUNS_GUESTS, 'built without Unicorn')


class SoftwareHost(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.plan = pathlib.Path(folder.name, 'plan.json')
        # What vmm.c describes
        self.plan.write_text(json.dumps({
            'schema': 'realm-plan/1', 'ipa_bits': 33,
            'ram': [{'base': '0x80000000', 'size': '64M'}],
            'load': [{'at': '0x80000000', 'file': str(PAYLOAD)}],
            'recs': [{'pc': '0x80000000'}]}))

    def predicted(self, family):
        return output('REALMCTL', 'measure', '--bare', '--kvm', family, '--rmm', PROFILES[family],
                      self.plan).strip()

    def test_probe_recognises_each_family(self):
        for family in PROFILES:
            with self.subTest(family):
                self.assertRegex(output('EXAMPLE_PROBE', family), rf'(?m)^{family}: \S')

    def test_create_measures_what_was_predicted(self):
        for family in PROFILES:
            with self.subTest(family):
                lines = output('EXAMPLE_CREATE', self.plan, family).splitlines()
                self.assertEqual([line.split()[0] for line in lines[:6]],
                                 ['vm', 'configure', 'recs', 'memory', 'populate', 'seal'])
                self.assertEqual(lines[6], f'measured {self.predicted(family)}')
                self.assertEqual(lines[-1], 'as predicted')

    @needs_guests
    def test_vmm_shows_what_its_guest_says(self):
        for family in PROFILES:
            with self.subTest(family):
                lines = output('EXAMPLE_VMM', PAYLOAD, family).splitlines()
                self.assertEqual((lines[0], lines[-1]), ('hello from a realm', 'bye'))
                self.assertIn(f'rim: {self.predicted(family)}', lines)

    @needs_guests
    def test_convert_sees_what_is_shared(self):
        for family in CONVERTING:
            with self.subTest(family):
                lines = output('EXAMPLE_CONVERT', self.plan, family).splitlines()
                shared, left, private = (re.sub('at 0x[0-9a-f]+', 'at', line) for line in lines[:3])
                self.assertEqual((shared, left, private, lines[-1]),
                                 ('0x10000 bytes at become shared', 'the guest left 0x2',
                                  '0x10000 bytes at become private', 'powered off'))

    @needs_guests
    def test_adopt_runs_a_realm_of_foreign_descriptors(self):
        for family in CONVERTING:
            with self.subTest(family):
                self.assertEqual(output('EXAMPLE_ADOPT', PAYLOAD, family), 'powered off\n')

    def test_faults_are_told(self):
        missing = self.plan.with_name('missing')
        takes = {'CREATE': self.plan, 'CONVERT': self.plan, 'VMM': PAYLOAD, 'ADOPT': PAYLOAD}
        for name, good in takes.items():
            self.assertEqual(run(f'EXAMPLE_{name}').returncode, 2)
            for args, culprit in ((missing, 'rmi-v14'), missing), ((good, 'rmi-v9'), 'rmi-v9'):
                with self.subTest(name, culprit=culprit):
                    done = run(f'EXAMPLE_{name}', *args)
                    self.assertEqual((done.returncode, done.stdout), (1, ''))
                    self.assertIn(str(culprit), done.stderr)


if __name__ == '__main__':
    if not RUNS_GUESTS:
        print('skipped: what runs guests: built without Unicorn')
    unittest.main()
