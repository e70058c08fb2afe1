#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl measure: which rows, in which form; values against tests/events/rim.py and vectors."""
import json
import unittest

from cli import (Case, DONE, FAILED, FAMILIES, PROFILES, ROOT, UNSUPPORTED, USAGE, plan,
                 schema_errors)
from programs import event_log
import rim

ROWS = [('rme', 'rmm-1.0'), ('rmi-v12', 'rmm-1.0'), ('rmi-v14', 'rmm-2.0'),
        ('rmi-v14', 'tf-rmm-2.0')]
REALM = {'event': 'realm', 'flags': '0x0', 's2sz': 48, 'sve_vl': 0, 'num_bps': 1, 'num_wps': 1,
         'pmu_num_ctrs': 0}


def profiles_of(family):
    return PROFILES[:1] if family in FAMILIES[:3] else PROFILES[1:]


class Measure(Case):
    def setUp(self):
        super().setUp()
        self.write('p.json', plan())

    def rows(self, *words, **options):
        value = self.good_json('measure', *words, **options)
        return [(row['kvm'], row['rmm']) for row in value['rows']]

    def test_rows_without_choice_are_the_distinct_pairs(self):
        self.assertEqual(self.rows('p.json'), ROWS)

    def test_family_gives_a_row_for_each_of_its_profiles(self):
        for family in FAMILIES:
            want = [(family, profile) for profile in profiles_of(family)]
            self.assertEqual(self.rows('p.json', '--kvm', family), want)

    def test_profile_gives_a_row_for_each_distinct_pair_that_has_it(self):
        for profile in PROFILES:
            want = [row for row in ROWS if row[1] == profile]
            self.assertEqual(self.rows('p.json', '--rmm', profile), want)

    def test_each_pair_is_measured_or_not_supported(self):
        for family in FAMILIES:
            for profile in PROFILES:
                words = ['measure', 'p.json', '--bare', '--kvm', family, '--rmm', profile]
                with self.subTest(family=family, profile=profile):
                    if profile in profiles_of(family):
                        log = self.good('events', 'p.json', '--kvm', family).splitlines()
                        self.assertEqual(self.good(*words), rim.rim_of(profile, log) + '\n')
                    else:
                        self.refused(UNSUPPORTED, 'EOPNOTSUPP', profile, *words)

    def test_text_json_and_bare_say_the_same(self):
        for name in ('sha256', 'sha512', 'sha384'):
            self.write('p.json', plan(hash=name))
            words = ['measure', 'p.json', '--kvm', 'rmi-v14', '--rmm', 'rmm-2.0']
            warns = [] if name == 'sha256' else [r'warning: \$\.hash: ']
            bare = self.good(*words, '--bare', messages=warns).strip()
            text = self.good(*words, messages=warns).splitlines()
            value = self.good_json(*words, messages=warns)
            self.assertEqual(text[0].split(), ['KVM', 'RMM', 'RIM', f'({name})'])
            self.assertEqual(text[1].split(), ['rmi-v14', 'rmm-2.0', bare])
            self.assertEqual(value['hash'], name)
            self.assertEqual(value['rows'], [{'kvm': 'rmi-v14', 'rmm': 'rmm-2.0', 'rim': bare}])

    def test_bare_needs_exactly_one_row(self):
        for words in ([], ['--kvm', 'rmi-v14'], ['--rmm', 'rmm-1.0']):
            self.refused(USAGE, 'EINVAL', r'^realmctl measure: --bare: .*rows', 'measure', '--bare',
                         'p.json', *words)
        for words in (['--kvm', 'rme'], ['--rmm', 'tf-rmm-2.0'], ['--rmm', 'rmm-2.0']):
            rim_line = self.good('measure', '--bare', 'p.json', *words)
            self.assertRegex(rim_line, r'\A[0-9a-f]{64}\n\Z')

    def test_threads_do_not_change_the_rim(self):
        self.write('p.json', plan(load=[{'at': '0x80000000', 'file': 'big'}]))
        self.write('big', bytes(range(251)) * 20000)
        rims = {self.good('measure', 'p.json', '--threads', n) for n in (1, 2, 3, 7)}
        self.assertEqual(len(rims), 1)

    def test_plan_and_log_may_be_standard_input(self):
        want = self.good('measure', 'p.json', '--kvm', 'rme')
        self.assertEqual(self.good('measure', '-', '--kvm', 'rme', text=json.dumps(plan())), want)
        log = self.good('events', 'p.json', '--kvm', 'rme')
        self.assertEqual(self.good('measure', '--events', '-', text=log), want)

    def test_log_gives_the_rows_of_its_family(self):
        for family in FAMILIES:
            self.write('log', self.good('events', 'p.json', '--kvm', family))
            want = [(family, profile) for profile in profiles_of(family)]
            self.assertEqual(self.rows('--events', 'log'), want)
            self.assertEqual(self.good('measure', '--events', 'log'),
                             self.good('measure', 'p.json', '--kvm', family))

    def test_log_without_family_gives_all_profiles(self):
        self.write('log', event_log([REALM, {'event': 'activate'}], 'sha256'))
        self.assertEqual(self.rows('--events', 'log'), [(None, profile) for profile in PROFILES])
        self.assertRegex(self.good('measure', '--events', 'log'), r'\n- +rmm-2.0 +0{64}\n')

    def test_plan_and_log_are_not_mistaken_for_each_other(self):
        self.write('log', self.good('events', 'p.json'))
        self.write('indented', json.dumps(plan(), indent=1))
        self.refused(FAILED, 'EBADMSG', 'is an event log, not a plan.*--events', 'measure', 'log')
        self.refused(FAILED, 'EBADMSG', 'a plan is measured without --events',
                     'measure', '--events', 'indented')

    def test_log_without_activate_is_measured_with_a_note(self):
        lines = self.good('events', 'p.json').splitlines(True)
        whole = self.good('measure', '--events', '-', text=''.join(lines))
        self.write('cut', ''.join(lines[:-1]))
        self.assertEqual(self.good('measure', '--events', 'cut', messages=['without activate']), whole)
        value = self.good_json('measure', '--events', 'cut', messages=['without activate'])
        self.assertEqual(len(value['notes']), 1)

    def test_log_gives_the_rim_of_the_vectors(self):
        for vector in json.loads((ROOT / 'tests/vectors/realm-create.json').read_text())['vectors']:
            step = vector['steps'][0]
            realm = {**REALM, 'flags': step['flags0'],
                     **{key: step[key] for key in REALM if key in step and key != 'event'}}
            log = event_log([realm, {'event': 'activate'}], vector['hash'])
            got = self.good('measure', '--events', '-', '--rmm', vector['profile'], '--bare',
                            text=log)
            self.assertEqual(got.strip(), step['rim'])

    def test_log_of_one_family_is_not_measured_by_a_profile_of_another(self):
        log = self.good('events', 'p.json', '--kvm', 'rme')
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rmm-2.0', 'measure', '--events', '-', '--rmm',
                     'rmm-2.0', text=log)

    def test_row_that_cannot_exist_is_left_out_with_a_note(self):
        for change in ({'hash': 'sha384'}, {'granule': 16384}):
            self.write('p.json', plan(**change))
            done = self.run_it('measure', 'p.json', '--json')
            value = json.loads(done.out)
            self.assertEqual((done.returncode, schema_errors(value)), (DONE, []))
            self.assertEqual({row['rmm'] for row in value['rows']}, {'rmm-2.0', 'tf-rmm-2.0'})
            self.assertTrue(value['notes'])
            self.assertRegex(done.err, r'realmctl measure: note: .')
            for words in (['--kvm', 'rme'], ['--rmm', 'rmm-1.0']):
                self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'hash|granule', 'measure', 'p.json', *words)

    def test_what_a_family_cannot_give_is_a_warning(self):
        self.write('p.json', plan(load=[{'at': '0x80000000', 'hex': '00', 'measured': False}]))
        done = self.run_it('measure', 'p.json', '--kvm', 'rme-rfc')
        self.assertEqual(done.returncode, DONE)
        self.assertRegex(done.err, r'^realmctl measure: warning: ')

    def test_wrong_logs_fail(self):
        good = event_log([REALM, {'event': 'activate'}], 'sha256').splitlines(True)
        cases = ['', 'x\n', '{}\n', good[0] + '{"event":"activate"}\n', ''.join(good) + good[1],
                 good[0] + good[1] + good[1], good[0] + '{"event":"nap"}\n', good[0] + '\0\n',
                 good[0] + good[1][:-3] + ',"more":1}\n', good[0] + '{' * 5000 + '\n',
                 good[0] + good[1] + '{"event":"data","ipa":"0x1000","flags":1,"content":"00"}\n']
        for log in cases:
            for words in (['measure', '--events'], ['diff', self.write('log', log)]):
                with self.subTest(words=words[0], log=log[-80:]):
                    done = self.run_it(*words, '-', text=log)
                    self.assertEqual(done.returncode, FAILED, done.err)
                    self.assertRegex(done.err, r'\Arealmctl [a-z]+: .*: .+ \(EBADMSG\)(; .+)?\n\Z')

    def test_wrong_log_files_fail(self):
        for path, errno in (('absent', 'ENOENT'), ('.', 'EINVAL'), ('/dev/zero', 'EINVAL')):
            self.refused(FAILED, errno, path, 'measure', '--events', path)

    def test_fuzz_seeds_end_as_documented(self):
        for seed in sorted((ROOT / 'tests' / 'fuzz' / 'corpus' / 'events').glob('*')):
            with self.subTest(seed=seed.name):
                self.assert_ends_as_documented('measure', '--events', '-', text=seed.read_bytes())


if __name__ == '__main__':
    unittest.main()
