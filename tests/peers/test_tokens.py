#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens of the software host, as Veraison's package, cbor2 and openssl read them.

PAYLOAD is the guest that asks for them.
"""
import base64
import os
import re
import unittest

import peers
from peers import BAD_SIGNATURE, HASHES
import cli
from cli import KERNEL_AT, plan, skip_unless_possible

GO = peers.Program('go')
from reader import CMW, LEGACY, Token  # noqa: E402

CHALLENGE = bytes(range(1, 41))
RPV = bytes(range(64))
PLATFORM_2023 = 'tag:arm.com,2023:cca_platform#1.0.0'
REALM_2023, REALM_2024 = 'tag:arm.com,2023:realm#1.0.0', 'tag:arm.com,2024:realm#2.0.0'

# Claims that only the later realm profile has: instance id, MEC policy.
SINCE_2024 = {256, 44243}
REALM_CLAIMS = {10, 265, 44235, 44236, 44237, 44238, 44239, 44240}
PLATFORM_CLAIMS = {10, 265, 256, 2396, 2401, 2395, 2399, 2402}
OPTIONAL_PLATFORM_CLAIMS = {2400}
COMPONENT_CLAIMS, OPTIONAL_COMPONENT_CLAIMS = {2, 5}, {1, 4, 6}
SECURED = range(0x3000, 0x3100)

# What Veraison calls the claims in JSON
PLATFORM_NAMES = {265: 'profile', 10: 'challenge', 2396: 'implementation-id',
                  256: 'instance-id', 2401: 'config', 2395: 'lifecycle',
                  2400: 'service-indicator', 2402: 'hash-algo-id'}
REALM_NAMES = {265: 'profile', 10: 'challenge', 44235: 'personalization-value',
               44238: 'initial-measurement', 44239: 'extensible-measurements',
               44236: 'hash-algo-id', 44237: 'public-key', 44240: 'public-key-hash-algo-id'}
COMPONENT_NAMES = {1: 'measurement-type', 2: 'measurement-value', 4: 'version', 5: 'signer-id'}

LEGACY_RUNS = [('rme-rfc', 'rmm-1.0', {}), ('rme', 'rmm-1.0', {}), ('rmi-v12', 'rmm-1.0', {}),
               ('rme', 'rmm-1.0', {'hash': 'sha512', 'rpv': RPV.hex(), 'name': 'all'})]
CMW_RUNS = [('rmi-v13', 'rmm-2.0', {}), ('rmi-v14', 'rmm-2.0', {}), ('rmi-v14', 'tf-rmm-2.0', {}),
            ('rmi-v15', 'tf-rmm-2.0', {'sve_bits': 512, 'breakpoints': 4})]


def payload_plan(**changes):
    load = [{'at': hex(KERNEL_AT), 'file': os.environ['PAYLOAD'], 'name': 'payload'}]
    return plan(load=load, recs=[{'pc': hex(KERNEL_AT)}], **changes)


def in_json(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return [in_json(entry) for entry in value] if isinstance(value, list) else value


def renamed(claims, names, prefix=''):
    return {prefix + names[key]: in_json(value) for key, value in claims.items()}


def platform_in_json(claims):
    components = [renamed(component, COMPONENT_NAMES) for component in claims[2399]]
    others = {key: value for key, value in claims.items() if key != 2399}
    return {**renamed(others, PLATFORM_NAMES, 'cca-platform-'),
            'cca-platform-sw-components': components}


class Run:
    """A token, its file and that of the key, the plan, its RIM, and what the guest said."""

    def __init__(self, case, family, profile, changes):
        self.plan = payload_plan(**changes)
        self.path, self.key = case.dir / 'token', case.dir / 'token.pem'
        path = case.write('plan.json', self.plan)
        words = ('--kvm', family, '--rmm', profile)
        self.rim = case.good('measure', path, *words, '--bare').strip()
        done = case.run_it('run', path, '--host', 'sim', *words, '--token', self.path,
                           '--challenge', CHALLENGE.hex())
        case.assertEqual(done.returncode, 0, done.err)
        self.said = dict(re.findall(r'^([a-z0-9 ]+): ([0-9a-f]+)$', done.out, re.MULTILINE))
        self.token = Token(self.path.read_bytes())


class Tokens(cli.Case, peers.Case):
    def for_each(self, runs, check):
        for family, profile, changes in runs:
            with self.subTest(family, rmm=profile, **changes):
                check(Run(self, family, profile, changes))

    def assert_realm_claims(self, run, profile):
        claims = run.token.realm
        name = run.plan.get('hash', 'sha256')
        _, size = HASHES[name]
        extra = SINCE_2024 if profile == REALM_2024 else set()
        self.assertEqual(set(claims), REALM_CLAIMS | extra)
        self.assertEqual(claims[265], profile)
        self.assertEqual(claims[10], CHALLENGE.ljust(64, b'\0'))
        self.assertEqual(claims[44235].hex(), run.plan.get('rpv', '00' * 64))
        self.assertEqual(claims[44236], name.replace('sha', 'sha-'))
        self.assertEqual(claims[44240], 'sha-256')
        self.assertEqual(claims[44238].hex(), run.rim)
        self.assertEqual([len(rem) for rem in claims[44239]], 4 * [size])
        self.assertEqual(claims[44239][0].hex(), run.said['rem 1'])
        self.assertEqual(len(claims[44237]), 107)
        if extra:
            self.assertEqual((len(claims[256]), claims[256][0]), (33, 1))
            self.assertIn(claims[44243], (0, 1))

    def assert_platform_claims(self, claims):
        self.assertEqual(set(claims) - OPTIONAL_PLATFORM_CLAIMS, PLATFORM_CLAIMS)
        self.assertEqual(claims[265], PLATFORM_2023)
        self.assertEqual([len(claims[key]) for key in (10, 256, 2396)], [32, 33, 32])
        self.assertEqual(claims[256][0], 1)
        self.assertIn(claims[2395], SECURED)
        self.assertTrue(claims[2401] and claims[2399])
        for component in claims[2399]:
            self.assertEqual(set(component) - OPTIONAL_COMPONENT_CLAIMS, COMPONENT_CLAIMS)
            self.assertLessEqual({len(component[2]), len(component[5])}, {32, 48, 64})

    def assert_token(self, run, tag, profile):
        self.assertEqual(run.token.tag, tag)
        run.token.verify(run.key.read_text())
        self.assert_platform_claims(run.token.platform)
        self.assert_realm_claims(run, profile)

    def check_legacy(self, run):
        self.assert_token(run, LEGACY, REALM_2023)
        self.assertEqual(GO('token', run.path, run.key), {
            'cca-platform-token': platform_in_json(run.token.platform),
            'cca-realm-delegated-token': renamed(run.token.realm, REALM_NAMES, 'cca-realm-')})

    def check_cmw(self, run):
        self.assert_token(run, CMW, REALM_2024)
        self.assert_refused(r'got \[907\], expected \[399\]', GO, 'token', run.path, run.key)
        run.path.write_bytes(run.token.as_legacy())
        self.assert_refused(REALM_2024, GO, 'token', run.path, run.key)

    def test_legacy_collection(self):
        self.for_each(LEGACY_RUNS, self.check_legacy)

    def test_cmw_collection(self):
        """Veraison's release takes neither the collection nor the pair of profiles."""
        self.for_each(CMW_RUNS, self.check_cmw)

    def test_bad_ones_are_refused(self):
        wrong = self.write('wrong.pem', Run(self, 'rme', 'rmm-1.0', {}).key.read_text())
        run = Run(self, 'rme', 'rmm-1.0', {})
        self.assert_refused('unable to verify platform token', GO, 'token', run.path, wrong)
        self.assert_refused(BAD_SIGNATURE, run.token.verify, wrong.read_text())
        data = run.path.read_bytes()
        run.path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        self.assert_refused('unable to verify realm token', GO, 'token', run.path, run.key)
        flipped = Token(run.path.read_bytes())
        self.assert_refused(BAD_SIGNATURE, flipped.verify, run.key.read_text())


if __name__ == '__main__':
    skip_unless_possible('run', payload_plan())
    unittest.main()
