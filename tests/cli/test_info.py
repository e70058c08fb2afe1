#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl info: the software host of every family, whatever this machine is, and what is refused."""
import json
import os
import unittest

from cli import (Case, DONE, FAILED, FAMILIES, PROFILES, UNSUPPORTED, USAGE, schema_errors)


def default_profile(family):
    return PROFILES[0] if family in FAMILIES[:3] else PROFILES[2]


class Software(Case):
    def setUp(self):
        super().setUp()
        if 'machine cannot have it' in self.run_it('info', '--host', 'sim').err:
            self.skipTest('there is no software host in this build')

    def info(self, *words, **options):
        return self.good_json('info', '--host', 'sim', *words, **options)

    def test_each_family_is_recognised_by_what_it_does(self):
        for family in FAMILIES:
            with self.subTest(family=family):
                value = self.info('--kvm', family)
                self.assertEqual((value['supported'], value['family'], value['rmm'], value['hint']),
                                 (True, family, default_profile(family), None))
                self.assertNotIn('REALM_KVM', json.dumps(value['probes']))

    def test_profile_of_the_rmm_is_that_which_was_chosen(self):
        for profile in PROFILES[1:]:
            self.assertEqual(self.info('--kvm', 'rmi-v13', '--rmm', profile)['rmm'], profile)

    def test_family_is_rmi_v14_unless_chosen(self):
        self.assertEqual(self.info()['family'], 'rmi-v14')

    def test_environment_says_nothing_of_the_software_host(self):
        env = {**os.environ, 'REALM_KVM': 'rme:300'}
        self.assertEqual(self.info(env=env)['family'], 'rmi-v14')

    def test_pages_are_shared_in_place_in_the_last_family_alone(self):
        for family in FAMILIES:
            self.assertEqual(self.info('--kvm', family)['limits']['in_place'], family == 'rmi-v15')

    def test_plan_takes_the_profile(self):
        self.write('payload', b'\x1f\x20\x03\xd5' * 16)
        for family in FAMILIES:
            with self.subTest(family=family):
                profile = self.info('--kvm', family)['profile']
                self.assertEqual(schema_errors(profile), [])
                self.write('host.json', profile)
                made = json.loads(self.good('plan', 'realmctl', '--firmware', 'payload',
                                            '--host-profile', 'host.json'))
                for key in set(profile) - {'schema', 'ipa_bits'}:
                    self.assertEqual(made.get(key), profile[key], key)

    def test_text_says_the_same(self):
        value = self.info()
        text = self.good('info', '--host', 'sim')
        self.assertRegex(text, r'(?m)^host +sim$')
        self.assertRegex(text, r'(?m)^KVM +rmi-v14$')
        self.assertRegex(text, r'(?m)^RMM +tf-rmm-2\.0$')
        self.assertRegex(text, rf'(?m)^IPA bits +{value["limits"]["ipa_bits"]}$')
        for probe in value['probes']:
            self.assertIn(f'\n{probe["question"]}: {probe["answer"]}: {probe["meaning"]}', text)

    def test_pair_that_does_not_go_together_is_not_supported(self):
        for words in (['--kvm', 'rme', '--rmm', 'tf-rmm-2.0'], ['--rmm', 'rmm-1.0']):
            self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'does not go with family', 'info', '--host', 'sim', *words)


class Machine(Case):
    def setUp(self):
        super().setUp()
        self.env = {name: value for name, value in os.environ.items() if name != 'REALM_KVM'}

    def test_answer_is_one_whatever_this_machine_is(self):
        done = self.run_it('info', '--json', env=self.env)
        value = json.loads(done.out)
        self.assertEqual(schema_errors(value), [])
        self.assertEqual(done.returncode, DONE if value['supported'] else UNSUPPORTED)
        for key in ('family', 'limits', 'profile'):
            self.assertEqual(value[key] is None, not value['supported'])
        self.assertEqual(value['hint'] is None, value['supported'])
        self.assertIsNone(value['rmm'])
        if not value['supported']:
            self.assertRegex(done.err, r'^realmctl info: kvm: .+ \((ENODEV|EACCES|EOPNOTSUPP)\); .+\n$')
            self.assertIn(value['why'], done.err)

    def test_text_has_the_questions(self):
        value = json.loads(self.run_it('info', '--json', env=self.env).out)
        text = self.run_it('info', env=self.env).out
        self.assertRegex(text, r'(?m)^host +kvm$')
        for probe in value['probes']:
            self.assertIn(f'{probe["question"]}: {probe["answer"]}', text)

    def test_environment_must_name_a_family(self):
        for value in ('rmi-v99', 'rme:245', 'rme:0'):
            line = self.refused(FAILED, 'EINVAL', 'REALM_KVM', 'info', env={**self.env, 'REALM_KVM': value})
            for family in FAMILIES:
                self.assertIn(family, line)

    def test_device_assignment_trees_are_not_supported(self):
        done = self.run_it('info', env={**self.env, 'REALM_KVM': 'rmi-da'})
        self.assertEqual(done.returncode, UNSUPPORTED)
        self.assertIn('recognised and not supported', done.err)

    def test_option_overrides_the_environment(self):
        done = self.run_it('info', '--kvm', 'rmi-v14', env={**self.env, 'REALM_KVM': 'rmi-v99'})
        self.assertIn(done.returncode, (DONE, UNSUPPORTED))
        self.assertNotIn('rmi-v99', done.err)

    def test_rmm_below_kvm_cannot_be_chosen(self):
        self.refused(USAGE, 'EINVAL', '--host sim', 'info', '--rmm', 'rmm-1.0')


if __name__ == '__main__':
    unittest.main()
