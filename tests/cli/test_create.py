#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl create on the software host: RIMs against tests/events/rim.py, what is refused."""
import contextlib
import json
import mmap
import os
import re
import subprocess
import threading
import unittest

from cli import (Case, DIFFERENT, FAILED, FAMILIES, PROFILES, UNSUPPORTED, plan,
                 skip_unless_possible)
import rim

STEPS = ['vm', 'configure', 'recs', 'memory', 'populate', 'seal']
RIM_LINE = r'(?m)^{} +([0-9a-f]+)$'
PAIRS = [(family, profile) for family in FAMILIES
         for profile in (PROFILES[:1] if family in FAMILIES[:3] else PROFILES[1:])]
MIB = 1 << 20


@contextlib.contextmanager
def counting(path):
    """Meanwhile the file begins with a number that grows all the time."""
    stop = threading.Event()

    def count():
        with open(path, 'r+b') as file, mmap.mmap(file.fileno(), 0) as data:
            number = 0
            while not stop.is_set():
                number += 1
                data[:8] = number.to_bytes(8, 'little')

    writer = threading.Thread(target=count)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


class Create(Case):
    def setUp(self):
        super().setUp()
        self.write('p.json', plan())

    def create(self, *words, **options):
        return self.good_json('create', '--host', 'sim', *words, **options)

    def assert_rim(self, family, profile):
        """The RMM measures what the independent model of the event log says."""
        log = self.good('events', 'p.json', '--kvm', family).splitlines()
        want = rim.rim_of(profile, log)
        value = self.create('p.json', '--kvm', family, '--rmm', profile)
        self.assertEqual((value['kvm'], value['rmm']), (family, profile))
        self.assertEqual((value['measured'], value['predicted']), (want, want))

    def test_each_family_measures_what_is_predicted(self):
        for family, profile in PAIRS:
            with self.subTest(family=family, profile=profile):
                self.assert_rim(family, profile)

    def test_plan_with_more_in_it_too(self):
        self.write('Image', bytes(range(256)) * 300)
        self.write('p.json', plan(
            ipa_bits=40, sve_bits=256, breakpoints=3, watchpoints=4,
            ram=[{'base': '0x80000000', 'size': '64M'}, {'base': '0xc0000000', 'size': '2M'}],
            load=[{'at': '0x80000004', 'file': 'Image'}, {'at': '0xc0000000', 'zero': '64K'},
                  {'at': '0x83000000', 'hex': 'aa' * 5000}],
            recs=[{'pc': '0x80000004', 'gprs': ['0x83000000', 7]}, {'pc': 4}, {'pc': 0}]))
        for family, profile in PAIRS:
            with self.subTest(family=family, profile=profile):
                self.assert_rim(family, profile)

    def test_defaults_are_those_of_events(self):
        value = self.create('p.json')
        self.assertEqual((value['kvm'], value['rmm']), ('rmi-v14', 'tf-rmm-2.0'))
        self.assertEqual(self.create('p.json', '--kvm', 'rme')['rmm'], 'rmm-1.0')

    def test_steps_are_told_in_order_with_their_time(self):
        for family in FAMILIES:
            steps = self.create('p.json', '--kvm', family)['steps']
            self.assertEqual([step['step'] for step in steps], STEPS)
        self.assertGreater(sum(step['ms'] for step in steps), 0)

    def test_text_says_the_same_as_json(self):
        text = self.good('create', '--host', 'sim', 'p.json', '--kvm', 'rme')
        value = self.create('p.json', '--kvm', 'rme')
        for key in ('measured', 'predicted'):
            self.assertRegex(text, RIM_LINE.format(key))
            self.assertIn(value[key], text)
        self.assertEqual([line.split()[0] for line in text.splitlines()[1:7]], STEPS)
        self.assertRegex(text, r'(?m)^KVM +rme$')
        self.assertRegex(text, r'(?m)^RMM +rmm-1\.0$')

    def test_plan_may_be_standard_input(self):
        self.assertEqual(self.create('-', text=json.dumps(plan()))['measured'],
                         self.create('p.json')['measured'])

    def test_granule_and_lpa2_of_the_host_are_those_of_the_plan(self):
        for change in ({'granule': 16384}, {'granule': 65536}, {'lpa2': True, 'ipa_bits': 50}):
            self.write('p.json', plan(**change))
            with self.subTest(change=change):
                self.assert_rim('rmi-v14', 'rmm-2.0')

    def test_file_that_changes_meanwhile_is_found_out(self):
        path = self.write('big', bytes(range(251)) * (16 * MIB // 251))
        self.write('p.json', plan(load=[{'at': '0x80000000', 'file': 'big'}]))
        with counting(path):
            done = self.run_it('create', '--host', 'sim', 'p.json', '--json')
            ran = self.run_it('run', '--host', 'sim', 'p.json')
        self.assertEqual(done.returncode, DIFFERENT, done.err)
        self.assertRegex(done.err, r'\Arealmctl create: RIM: .*another.* \(EBADMSG\); .+\n\Z')
        value = json.loads(done.out)
        self.assertNotEqual(value['measured'], value['predicted'])
        if 'without Unicorn' not in ran.err:
            self.assertEqual((ran.returncode, ran.out), (DIFFERENT, ''), ran.err)


class Refused(Case):
    def refuse(self, code, errno, pattern, *words, **changes):
        self.write('p.json', plan(**changes))
        self.refused(code, errno, pattern, 'create', '--host', 'sim', 'p.json', *words)

    def test_what_a_family_cannot_give(self):
        unmeasured = [{'at': '0x80000000', 'hex': '00', 'measured': False}]
        self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.load', '--kvm', 'rme-rfc', load=unmeasured)
        for family in FAMILIES[2:]:
            self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.hash', '--kvm', family, hash='sha512')
            self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.rpv', '--kvm', family, rpv='01')
        for family in FAMILIES[:3]:
            self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.granule: ', '--kvm', family, granule=16384)

    def test_runnable_recs_other_than_those_of_kvm(self):
        self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.recs',
                    recs=[{'pc': 0}, {'pc': 0, 'runnable': True}])
        self.refuse(UNSUPPORTED, 'EOPNOTSUPP', r'\$\.recs',
                    recs=[{'pc': 0, 'runnable': False}])

    def test_pairs_that_do_not_go_together(self):
        self.write('p.json', plan())
        for family in FAMILIES:
            for profile in PROFILES:
                if (family, profile) not in PAIRS:
                    self.refused(UNSUPPORTED, 'EOPNOTSUPP', profile, 'create', '--host', 'sim',
                                 'p.json', '--kvm', family, '--rmm', profile)

    def test_wrong_plans_and_files(self):
        self.refuse(FAILED, 'EINVAL', r'\$\.load\[0\]', load=[{'at': '0x1000', 'hex': '00'}])
        self.refuse(FAILED, 'ENOENT', 'absent', load=[{'at': '0x80000000', 'file': 'absent'}])
        self.refused(FAILED, 'ENOENT', 'no.json', 'create', '--host', 'sim', 'no.json')
        self.write('bad.json', '{')
        self.refused(FAILED, 'EBADMSG', 'bad.json', 'create', '--host', 'sim', 'bad.json')

    def test_machine_without_realms_is_refused_as_info_does(self):
        info = self.run_it('info')
        if info.returncode != UNSUPPORTED:
            self.skipTest('this machine may have realms')
        why, errno = re.fullmatch(r'realmctl info: kvm: (.*) \((E[A-Z]+)\).*\n', info.err).groups()
        self.write('p.json', plan())
        for verb in ('create', 'run'):
            self.refused(UNSUPPORTED, errno, re.escape(why), verb, 'p.json')

    def test_environment_that_names_no_family(self):
        self.write('p.json', plan())
        self.refused(FAILED, 'EINVAL', 'REALM_KVM', 'create', 'p.json',
                     env={**os.environ, 'REALM_KVM': 'rmi-v99'})


class Output(Case):
    def test_output_that_cannot_be_written(self):
        self.write('p.json', plan())
        for words in ([], ['--json']):
            with open('/dev/full', 'wb') as full:
                done = self.run_it('create', '--host', 'sim', 'p.json', *words,
                                   capture_output=False, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, FAILED)
            self.assertRegex(done.err, r'\Arealmctl create: standard output: .+ \(ENOSPC\)\n\Z')


if __name__ == '__main__':
    skip_unless_possible('create', plan())
    unittest.main()
