#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl check, and what a wrong plan does to every verb that takes one."""
import itertools
import json
import os
import unittest

from cli import Case, DONE, FAILED, ROOT, plan, schema_errors
import inputs

AT = '0x80000000'
VERBS = ('check', 'measure', 'events')
DEEP = '[' * 100000 + ']' * 100000


def load(**keys):
    return plan(load=[{'at': AT, **keys}])


# what, errno, what the line must say
MALFORMED = [
    ('', 'EBADMSG', ''),
    ('{', 'EBADMSG', ''),
    ('[]', 'EBADMSG', ''),
    ('null', 'EBADMSG', ''),
    (json.dumps(plan())[:-1], 'EBADMSG', ''),
    (json.dumps(plan()) + '{}', 'EBADMSG', ''),
    (DEEP, 'EBADMSG', ''),
    ('{"schema":' + DEEP + '}', 'EBADMSG', ''),
    (b'{"schema": "realm-plan/1", "name": "\xff\xfe"}', 'EBADMSG', ''),
    (b'{"schema": "realm-plan/1", "name": "a\\u0000b"}', 'EBADMSG', ''),
    (b'{"schema": "realm-plan/1"\0}', 'EBADMSG', ''),
    ('{"schema": "realm-plan/1", "schema": "realm-plan/1"}', 'EBADMSG', 'schema'),
    (plan(schema='realm-plan/2'), 'EBADMSG', r'\$\.schema'),
    (plan(colour='red'), 'EBADMSG', 'colour'),
    (plan(ipa_bits='wide'), 'EBADMSG', r'\$\.ipa_bits'),
    (plan(ipa_bits=31), 'EINVAL', r'\$\.ipa_bits'),
    (plan(ipa_bits=49), 'EINVAL', r'\$\.ipa_bits'),
    (plan(hash='md5'), 'EBADMSG', r'\$\.hash'),
    (plan(rpv='00' * 65), 'EBADMSG', r'\$\.rpv'),
    (plan(granule=8192), 'EINVAL', r'\$\.granule'),
    (plan(breakpoints=1), 'EINVAL', r'\$\.breakpoints'),
    (plan(ram=[]), 'EINVAL', r'\$\.ram'),
    (plan(ram=[{'base': AT, 'size': '1M'}, {'base': AT, 'size': '1M'}]), 'EINVAL', r'\$\.ram\[1\]'),
    (plan(ram=[{'base': '0x80000100', 'size': '1M'}]), 'EINVAL', r'\$\.ram\[0\]'),
    (plan(ram=[{'base': '0xfffffffffffff000', 'size': '1M'}]), 'EINVAL', r'\$\.ram\[0\]'),
    (plan(recs=[]), 'EINVAL', r'\$\.recs'),
    (plan(recs=[{'pc': 0, 'gprs': [0] * 9}]), 'EINVAL', r'\$\.recs\[0\]\.gprs'),
    (load(hex='xy'), 'EBADMSG', r'\$\.load\[0\]\.hex'),
    (load(hex='00', zero='4K'), 'EBADMSG', r'\$\.load\[0\]'),
    (load(), 'EBADMSG', r'\$\.load\[0\]'),
    (load(zero='128M'), 'EINVAL', r'\$\.load\[0\]'),
    (load(zero='0xffffffffffffffff'), 'EINVAL', r'\$\.load\[0\]'),
    (load(file='absent'), 'ENOENT', r'\$\.load\[0\].*absent'),
    (load(file='.'), 'EINVAL', 'directory'),
    (load(file='/dev/zero'), 'EINVAL', 'device'),
    (load(file='fifo'), 'EINVAL', 'pipe'),
    (load(file='bytes', size=101), 'EINVAL', r'\$\.load\[0\]'),
    (load(file='bytes', offset=101), 'EINVAL', r'\$\.load\[0\]'),
    (load(file='bytes', offset='0xffffffffffffffff', size=2), 'EINVAL', r'\$\.load\[0\]'),
    (plan(load=[{'at': '0x80000002', 'hex': '00'}]), 'EINVAL', r'\$\.load\[0\]\.at'),
    (plan(load=[{'at': '0x70000000', 'hex': '00'}]), 'EINVAL', r'\$\.load\[0\]'),
    (plan(load=[{'at': AT, 'hex': '00'}, {'at': '0x80000800', 'hex': '00'}]), 'EINVAL',
     r'\$\.load\[1\]'),
]


class Check(Case):
    def test_good_plan_is_summed_up(self):
        self.write('p.json', plan())
        text = self.good('check', 'p.json')
        self.assertEqual(text.splitlines()[0], 'p.json: ok')
        for words in ('ipa bits 33', 'hash sha256', 'granule 4096',
                      'ram 0x80000000 to 0x83ffffff', 'load 0x80000000 kernel',
                      'recs 2, 1 runnable'):
            self.assertIn(words, ' '.join(text.split()))

    def test_json_of_a_good_plan(self):
        self.write('p.json', plan(name='demo'))
        value = self.good_json('check', 'p.json')
        self.assertEqual((value['ok'], value['error'], value['warnings']), (True, None, []))
        self.assertEqual(value['plan'], {
            'name': 'demo', 'ipa_bits': 33, 'hash': 'sha256', 'granule': 4096, 'ram_regions': 1,
            'ram_bytes': 64 << 20, 'loads': 1, 'recs': 2, 'runnable_recs': 1})

    def test_plan_may_be_standard_input(self):
        self.assertIn('-: ok', self.good('check', '-', text=json.dumps(plan())))

    def test_warnings_alone_are_no_failure(self):
        value = load(hex='00', measured=False)
        done = self.run_it('check', '-', text=json.dumps(value))
        self.assertEqual(done.returncode, DONE)
        self.assertIn('-: ok, 1 warning\n', done.out)
        self.assertIn('(not measured)', done.out)
        self.assert_messages(done.err.splitlines(), [r'^realmctl check: warning: \$\.load\[0\]'])
        value = json.loads(self.run_it('check', '--json', '-', text=json.dumps(value)).out)
        self.assertEqual(schema_errors(value), [])
        self.assertEqual([w['where'][:9] for w in value['warnings']], ['$.load[0]'])

    def test_seed_in_a_device_tree_is_a_warning(self):
        tree = inputs.Tree()
        tree.begin('')
        tree.begin('chosen')
        tree.prop('rng-seed', bytes(range(8)))
        tree.end()
        tree.end()
        done = self.run_it('check', '-', text=json.dumps(load(hex=tree.flatten().hex())))
        self.assertEqual(done.returncode, DONE)
        self.assertRegex(done.err, 'realmctl check: warning: .*rng-seed')

    def test_wrong_plans_fail(self):
        self.write('bytes', bytes(100))
        os.mkfifo(self.dir / 'fifo')
        for (value, errno, pattern), verb in zip(MALFORMED, itertools.cycle(VERBS)):
            path = self.write('p.json', value)
            with self.subTest(verb=verb, plan=str(value)[:200]):
                self.refused(FAILED, errno, f'p.json.*{pattern}', verb, path)

    def test_json_of_a_refused_plan_says_why(self):
        self.write('p.json', plan(ipa_bits=31))
        done = self.run_it('check', '--json', 'p.json')
        value = json.loads(done.out)
        self.assertEqual((done.returncode, schema_errors(value)), (FAILED, []))
        self.assertEqual((value['ok'], value['plan']), (False, None))
        self.assertEqual((value['error']['where'], value['error']['errno']),
                         ('p.json: $.ipa_bits', 'EINVAL'))
        self.assertRegex(done.err, r'^realmctl check: p.json: \$\.ipa_bits: .*\(EINVAL\)')

    def test_wrong_inputs_fail_in_every_verb(self):
        os.mkfifo(self.dir / 'fifo')
        for verb in VERBS:
            for path, errno, pattern in (('absent', 'ENOENT', 'absent'),
                                         ('.', 'EINVAL', 'directory'),
                                         ('/dev/zero', 'EINVAL', 'device'),
                                         ('/dev/null', 'EINVAL', 'device'),
                                         ('fifo', 'EINVAL', 'pipe')):
                with self.subTest(verb=verb, path=path):
                    self.refused(FAILED, errno, pattern, verb, path)

    def test_fuzz_seeds_end_as_documented(self):
        for seed in sorted((ROOT / 'tests' / 'fuzz' / 'corpus' / 'plan').glob('*')):
            with self.subTest(seed=seed.name):
                self.assert_ends_as_documented('check', '-', text=seed.read_bytes())


if __name__ == '__main__':
    unittest.main()
