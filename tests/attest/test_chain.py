#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""From plans to verdicts, on every family and RMM profile of the software host.

Each plan runs once on each of them that can have it. Its token is accepted as of that plan, family
and profile; held against another plan, profile, challenge, REM, key or reference value it is not.
"""
import concurrent.futures
import dataclasses
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'cli'))
from attest import main, rem_log  # noqa: E402
from cli import (DIFFERENT, DONE, FAILED, KERNEL_AT, plan, realmctl,  # noqa: E402
                 skip_unless_possible)
from test_run import OFF, PAIRS, guest_plan  # noqa: E402
from test_run_verify import PAYLOAD, SENTENCE  # noqa: E402
from test_token import VerifyCase  # noqa: E402
import cbor  # noqa: E402
import kit  # noqa: E402

MIB = 1 << 20
GPRS = [hex(KERNEL_AT + 2 * MIB), '0x7']
LOADS = [{'at': hex(KERNEL_AT), 'file': PAYLOAD, 'name': 'payload'},
         {'at': hex(KERNEL_AT + 2 * MIB), 'hex': 'c0ffee' * 2000, 'name': 'config'},
         {'at': hex(KERNEL_AT + 4 * MIB), 'zero': '64K', 'name': 'scratch'}]
BASE = {'load': LOADS, 'recs': [{'pc': hex(KERNEL_AT), 'gprs': GPRS}, {'pc': 0}]}
RPV = bytes(range(1, 41)).hex()
# What a plan has that the first has not, and what `explain` is to say of that
PLANS = {
    'base': ({}, []),
    'wide': ({'ipa_bits': 36}, [('$.ipa_bits', 33, 36)]),
    'debug': ({'breakpoints': 6}, [('$.breakpoints', 2, 6)]),
    'order': ({'load': LOADS[::-1]}, [('$.load', [0, 1, 2], [2, 1, 0])]),
    'short': ({'load': LOADS[:2]}, [('$.load[2]', {'at': '0x80400000', 'zero': 65536}, None)]),
    'registers': ({'recs': [{'pc': hex(KERNEL_AT), 'gprs': [GPRS[0], '0x0']}, *3 * [{'pc': 0}]]},
                  [('$.recs[0].gprs[1]', '0x7', '0x0')]),
    'unmeasured': ({'load': [LOADS[0], {**LOADS[1], 'measured': False}, LOADS[2]]},
                   [('$.load[1].measured', True, False)]),
    'granule': ({'granule': 16384}, [('$.granule', 4096, 16384)]),
    'sha512': ({'hash': 'sha512'}, [('$.hash', 'sha256', 'sha512')]),
    'rpv': ({'rpv': RPV}, []),
    'sha512, rpv': ({'hash': 'sha512', 'rpv': RPV}, [('$.hash', 'sha256', 'sha512')]),
}
# A RIM has no RPV in it, and in RMM 2.0 no parameters either: whose RIM it is (DEN0137)
TWINS = {'rpv': 'base', 'sha512, rpv': 'sha512'}
TWINS_2_0 = {'wide': 'base', 'debug': 'base'}
# Families that build the same realm: whose name stands for it when none is given
SAME = {'rme-rfc': 'rme', 'rmi-v13': 'rmi-v14', 'rmi-v15': 'rmi-v14'}
ROWS = [pair for pair in PAIRS if pair[0] not in SAME]
FORMATS = ('corim', 'comid', 'comid-json', 'rvps', 'store', 'rims', 'json')
CANNOT = {'software-components', 'configuration'}  # these no plan and no log is about


def can_have(kvm, rmm, name):
    if name == 'unmeasured':
        return kvm != 'rme-rfc'  # which measures all loads
    if name == 'granule':
        return rmm == 'rmm-2.0'  # TF-RMM and RMM 1.0 have 4 KiB only
    return name not in ('sha512', 'rpv', 'sha512, rpv') or kvm in ('rme-rfc', 'rme')


def twin(rmm, name):
    """The first plan that has the same RIM"""
    return {**TWINS, **(TWINS_2_0 if rmm == 'rmm-2.0' else {})}.get(name, name)


def names(kvm, rmm):
    return [name for name in PLANS if can_have(kvm, rmm, name)]


@dataclasses.dataclass(frozen=True)
class Ran:
    """A realm that ran, and what it left"""
    kvm: str
    rmm: str
    name: str
    token: pathlib.Path
    challenge: str

    @property
    def key(self):
        return f'{self.token}.pem'


class Chain(VerifyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        runs = [(*pair, name) for pair in PAIRS for name in names(*pair)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            cls.realms = dict(zip(runs, pool.map(cls.run_realm, runs)))

    @classmethod
    def run_realm(cls, run):
        kvm, rmm, name = run
        ran = Ran(*run, cls.folder / '-'.join(run), os.urandom(48).hex())
        value = plan(**{**BASE, **PLANS[name][0], 'name': name})
        words = ('--host', 'sim', '--kvm', kvm, '--rmm', rmm, '--token', ran.token, '--challenge')
        done = subprocess.run(realmctl('run', '-', *words, ran.challenge), capture_output=True,
                              input=json.dumps(value).encode())
        assert done.returncode == DONE, done.stderr
        return ran

    def setUp(self):
        super().setUp()
        for name, (changes, _) in PLANS.items():
            self.write(name, plan(**{**BASE, **changes, 'name': name}))
        self.write('log', rem_log((1, SENTENCE)))

    def bases(self, pairs=PAIRS):
        return [self.realms[(*pair, 'base')] for pair in pairs]

    @staticmethod
    def plans(ran, *names):
        return [word for name in names for word in ('--plan', name, '--kvm', ran.kvm)]

    @staticmethod
    def differs(ran, name):
        """The checks that are bad when the token is held against this plan"""
        if PLANS[name][0].get('hash') != PLANS[ran.name][0].get('hash'):
            return ['hash', 'rim']
        if twin(ran.rmm, name) != twin(ran.rmm, ran.name):
            return ['rim']
        return ['rpv'] if PLANS[name][0].get('rpv') != PLANS[ran.name][0].get('rpv') else []

    def told(self, code, ran, *words):
        """The verdict and the checks by their name"""
        value = self.verdict(code, ran.token, *words, key=ran.key)
        return value, {check['check']: check for check in value['checks']}

    def assert_bad(self, code, expected, ran, *words, key=None):
        self.assertEqual(self.bad(code, ran.token, *words, key=key or ran.key), expected, words)

    def assert_accepted(self, ran, *words):
        value, checks = self.told(DONE, ran, *words)
        left = {name for name, check in checks.items() if check['outcome'] != 'good'}
        self.assertEqual(left, CANNOT)
        return tuple(value['matched'][key] for key in ('kvm', 'rmm', 'name'))

    def test_own_plan_accepts(self):
        for ran in self.realms.values():
            for given in [ran.name], names(ran.kvm, ran.rmm):
                with self.subTest(ran=ran, given=given):
                    matched = self.assert_accepted(ran, *self.plans(ran, *given), '--challenge',
                                                   ran.challenge, '--rem-log', 'log')
                    fits = [name for name in given if not self.differs(ran, name)]
                    self.assertEqual(matched, (ran.kvm, ran.rmm, fits[0]))

    def test_family_and_profile_are_found(self):
        for ran in self.bases():
            matched = self.assert_accepted(ran, '--plan', 'base', '--challenge', ran.challenge,
                                           '--rem-log', 'log')
            self.assertEqual(matched, (SAME.get(ran.kvm, ran.kvm), ran.rmm, 'base'))

    def test_other_plans_do_not(self):
        for ran in self.realms.values():
            by_bad = {}
            for name in names(ran.kvm, ran.rmm):
                by_bad.setdefault(tuple(self.differs(ran, name)), []).append(name)
            del by_bad[()]  # its own and those that cannot be told from it
            for bad, others in by_bad.items():
                with self.subTest(ran=ran, others=others):
                    self.assert_bad(DIFFERENT, list(bad), ran, *self.plans(ran, *others))

    def test_other_profiles_do_not(self):
        for ran, other in itertools.product(self.bases(ROWS), ROWS):
            code, bad = (DONE, []) if other == (ran.kvm, ran.rmm) else (DIFFERENT, ['rim'])
            self.assert_bad(code, bad, ran, '--plan', 'base', '--kvm', other[0], '--rmm', other[1])

    def test_whatever_else_differs(self):
        bases = self.bases()
        self.write('other log', rem_log((1, SENTENCE), (1, SENTENCE)))
        for ran, other in zip(bases, bases[1:] + bases[:1]):
            own = self.plans(ran, 'base')
            for bad, words in (('challenge', ('--challenge', other.challenge)),
                               ('rem0', ('--rem-log', 'other log')),
                               ('rem3', ('--rem', '3=' + '01' * 32)),
                               ('rim', ('--rim', '01' * 32))):
                self.assert_bad(DIFFERENT, [bad], ran, *(own if bad != 'rim' else []), *words)
            self.assert_bad(FAILED, ['platform-signature'], ran, *own, key=other.key)

    def test_every_byte_is_held(self):
        """Signed or not, whichever byte is another, it is no longer a token."""
        for ran in self.bases((ROWS[0], ROWS[-1])):
            good = ran.token.read_bytes()
            for at in {*range(24), *range(24, len(good), 17), len(good) - 1}:
                data = bytearray(good)
                data[at] ^= 1 << at % 8
                done = self.run_it('token', 'verify', '-', '--key', ran.key, text=bytes(data))
                self.assertEqual(done.returncode, FAILED, at)

    def test_parts_of_two_tokens_are_none(self):
        """Each is signed well, the one by the platform that vouches for another RAK."""
        for row in ROWS:
            ours, theirs = (self.realms[(*row, name)] for name in ('base', 'order'))
            mixed, other = (cbor.decode(ran.token.read_bytes()) for ran in (ours, theirs))
            mixed.value[kit.REALM] = other.value[kit.REALM]
            bad = self.bad(FAILED, self.write('mixed', cbor.encode(mixed)), '--plan', 'order',
                           key=ours.key)
            self.assertEqual(bad, ['binding'])

    def issue(self, name, *words, forms=FORMATS):
        """In every format, and signed: the files, and which of them have REMs"""
        for form in forms:
            rems = [] if form == 'rims' else ['--rem-log', 'log']
            self.good('refvals', name, '--format', form, '-o', form + '.refs', *rems, *words)
            yield form + '.refs', bool(rems)
        self.good('refvals', name, '--format', 'corim', '--sign', self.maker.other.private,
                  '-o', 'signed.refs', '--rem-log', 'log', *words)
        yield 'signed.refs', True

    def assert_values_accept(self, ran, refs, has_rems):
        _, checks = self.told(DONE, ran, '--refs', refs)
        self.assertEqual([checks[name]['outcome'] for name in ('rim', 'rem0', 'rem3')],
                         ['good', *2 * ['good' if has_rems else 'not-done']])

    def test_issued_values_are_of_one_plan(self):
        for refs, has_rems in self.issue('base'):
            for ran in self.bases(ROWS):
                with self.subTest(refs, ran=ran):
                    self.assert_values_accept(ran, refs, has_rems)
                    other = self.realms[ran.kvm, ran.rmm, 'short']
                    self.assert_bad(DIFFERENT, ['rim'], other, '--refs', refs)

    def test_issued_values_of_another_hash_and_rpv(self):
        kvm, rmm = ROWS[0]
        forms = [form for form in FORMATS if form != 'rims']  # which are of sha256 only
        for refs, has_rems in self.issue('sha512, rpv', '--kvm', kvm, forms=forms):
            with self.subTest(refs):
                self.assert_values_accept(self.realms[kvm, rmm, 'sha512, rpv'], refs, has_rems)
                for name, bad in (('sha512', ['rpv']), ('rpv', ['hash', 'rim'])):
                    self.assert_bad(DIFFERENT, bad, self.realms[kvm, rmm, name], '--refs', refs)

    def test_difference_is_explained(self):
        for row, name in ((row, name) for row in ROWS for name in names(*row)):
            with self.subTest(row=row, plan=name):
                ran = self.realms[(*row, name)]
                _, checks = self.told(DONE, ran, *self.plans(ran, name))
                got = self.good_json('explain', 'base', '--rim', checks['rim']['found'])
                edits = [tuple(map(edit.get, ('where', 'from', 'to'))) for edit in got['edits']]
                told = PLANS[twin(row[1], name)][1]
                self.assertEqual((got['kvm'], got['rmm'], edits), (*row, told))


if __name__ == '__main__':
    skip_unless_possible('run', guest_plan(OFF))
    main()
