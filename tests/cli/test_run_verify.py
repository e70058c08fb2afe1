#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""From plan to verdict: tokens of realms on the software host, held against plans and values."""
import json
import os
import unittest

from attest import rem_log
from cli import Case, DIFFERENT, DONE, FAILED, schema_errors, skip_unless_possible
import test_run

PAYLOAD = os.environ.get('PAYLOAD')
# What the payload extends REM 1 with (rmm/guest)
SENTENCE = b'This sentence of sixty-four characters is what extends REM one..'
CHALLENGE = '0123456789abcdef'


class RunVerify(Case):
    def setUp(self):
        super().setUp()
        self.plan('p.json')

    def plan(self, name, *words):
        self.good('plan', 'realmctl', '--firmware', PAYLOAD, '-m', '64', *words, '-o', name)

    def run_realm(self, *words, name='p.json'):
        done = self.run_it('run', '--host', 'sim', name, '--token', 't', '--challenge', CHALLENGE,
                           *words)
        self.assertEqual(done.returncode, DONE, done.err)

    def verdict(self, code, *words):
        """The outcome of each check, and which pair matched."""
        done = self.run_it('token', 'verify', 't', '--json', *words)
        self.assertEqual(done.returncode, code, done.err)
        value = json.loads(done.out)
        self.assertEqual(schema_errors(value), [])
        matched = value['matched'] or {}
        return ({check['check']: check['outcome'] for check in value['checks']},
                (matched.get('kvm'), matched.get('rmm')))

    def bad(self, code, *words):
        outcomes, _ = self.verdict(code, *words)
        return [name for name in outcomes if outcomes[name] == 'bad']

    def test_each_pair_is_accepted_against_its_plan_and_no_other(self):
        log = self.write('log', rem_log((1, SENTENCE)))
        for kvm, rmm in test_run.PAIRS:
            with self.subTest(kvm=kvm, rmm=rmm):
                self.run_realm('--kvm', kvm, '--rmm', rmm)
                all_given = ['--key', 't.pem', '--plan', 'p.json', '--kvm', kvm, '--rem-log', log,
                             '--challenge', CHALLENGE]
                outcomes, matched = self.verdict(DONE, *all_given)
                self.assertEqual(matched[1], rmm)
                left = {name for name, outcome in outcomes.items() if outcome != 'good'}
                self.assertEqual(left, {'software-components', 'configuration'})
                self.assertEqual(self.bad(DIFFERENT, '--key', 't.pem', '--rim', '12' * 32), ['rim'])

    def test_token_of_another_plan_is_different(self):
        other = json.loads((self.dir / 'p.json').read_text())
        other['recs'][0]['gprs'] = [1]
        self.write('q.json', other)
        self.run_realm()
        self.assertEqual(self.bad(DONE, '--key', 't.pem', '--plan', 'p.json'), [])
        self.assertEqual(self.bad(DIFFERENT, '--key', 't.pem', '--plan', 'q.json'), ['rim'])
        self.assertEqual(self.bad(DONE, '--key', 't.pem', '--plan', 'q.json', '--plan', 'p.json'),
                         [])

    def test_key_of_another_host_is_refused(self):
        self.run_realm()
        (self.dir / 't.pem').rename(self.dir / 'old.pem')
        self.run_realm()
        self.assertEqual(self.bad(DONE, '--key', 't.pem'), [])
        self.assertEqual(self.bad(FAILED, '--key', 'old.pem', '--plan', 'p.json'),
                         ['platform-signature'])

    def test_issued_values_accept_the_token(self):
        self.run_realm()
        self.write('log', rem_log((1, SENTENCE)))
        for name in ('corim', 'comid', 'comid-json', 'rvps', 'store', 'rims', 'json'):
            rems = [] if name == 'rims' else ['--rem-log', 'log']
            self.good('refvals', 'p.json', '--format', name, '-o', name, *rems)
            outcomes, _ = self.verdict(DONE, '--key', 't.pem', '--refs', name)
            self.assertEqual(outcomes['rim'], 'good', name)
            self.assertEqual(outcomes['rem0'], 'good' if rems else 'not-done', name)
        self.write('log', rem_log((1, b'other')))
        self.good('refvals', 'p.json', '--format', 'corim', '-o', 'corim', '--rem-log', 'log')
        self.assertEqual(self.bad(DIFFERENT, '--key', 't.pem', '--refs', 'corim'), ['rem0'])

    def test_show_says_what_the_host_gave(self):
        self.run_realm()
        text = self.good('token', 'show', 't')
        self.assertIn('TEST platform of librealm-sim: nobody vouches for it', text)
        self.assertIn(CHALLENGE.ljust(64, '0'), text)
        rim = self.good('measure', '--bare', '--kvm', 'rmi-v14', '--rmm', 'tf-rmm-2.0', 'p.json')
        self.assertIn(rim.strip(), text)


if __name__ == '__main__':
    skip_unless_possible('run', test_run.guest_plan(test_run.OFF))
    unittest.main()
