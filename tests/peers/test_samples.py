#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The judges themselves: what they say of tokens and CoRIMs that others made."""
import pathlib
import tempfile
import unittest

import peers
from peers import BAD_SIGNATURE, Case, Program, jwk_to_pem

SAMPLES = peers.samples()
GO, RUST = Program('go'), Program('rust')
from reader import BYTES, CBORTag, Corim, Token, decode, dumps  # noqa: E402

LEGACY = [('cca-token-draft-ffm-00', 'tfa-cpak'), ('testGoodLegacyCCAToken', 'iak256')]
MIXED = 'mixed-plat2023-realm2024-907-sha-256-ok'
RPV_SIZE = 64
REALM_PROFILE = 'tag:arm.com,2025:cca_realm#1.0.0'
ONLY_LEGACY = r'got \[907\], expected \[399\]'
TEXT_KEYS = r'text string into .*\.UintMkey'


class Samples(Case):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)

    def write(self, data):
        path = self.dir / 'data'
        path.write_bytes(data)
        return path

    def key(self, name):
        path = self.dir / f'{name}.pem'
        path.write_text(jwk_to_pem(SAMPLES / 'keys' / f'{name}.jwk'))
        return path

    def assert_verified(self, name, key):
        Token((SAMPLES / name).read_bytes()).verify(self.key(key).read_text())

    def test_veraison_takes_the_legacy_collection(self):
        for name, key in LEGACY:
            with self.subTest(name):
                claims = GO('token', SAMPLES / 'accept' / f'{name}.cbor', self.key(key))
                self.assertIn('cca-realm-initial-measurement', claims['cca-realm-delegated-token'])

    def test_veraison_takes_no_other(self):
        name = SAMPLES / 'accept' / 'testGoodCCAToken.cbor'
        self.assert_refused(ONLY_LEGACY, GO, 'token', name, self.key('iak256'))

    def test_veraison_takes_no_mixed_pair(self):
        """Even when the same messages are in the older collection"""
        token = Token((SAMPLES / 'accept' / f'{MIXED}.cbor').read_bytes())
        path = self.write(token.as_legacy())
        self.assert_refused('tag:arm.com,2024:realm#2.0.0', GO, 'token', path, self.key('tfa-cpak'))

    def test_veraison_refuses(self):
        good = (SAMPLES / 'accept' / 'cca-token-draft-ffm-00.cbor').read_bytes()
        flipped, key = self.write(good[:-1] + bytes([good[-1] ^ 1])), self.key('tfa-cpak')
        self.assert_refused('realm token: verification error', GO, 'token', flipped, key)
        bound = SAMPLES / 'reject' / 'bug-33-repro.cbor'
        self.assert_refused('binding verification failed', GO, 'token', bound, key)

    def test_reader_takes_every_collection(self):
        for name, key in LEGACY + [('testGoodCCAToken', 'iak256'), (MIXED, 'tfa-cpak')]:
            with self.subTest(name):
                self.assert_verified(f'accept/{name}.cbor', key)

    def test_reader_refuses(self):
        for name, key, why in (('neg-realm-signature-flipped', 'tfa-cpak', BAD_SIGNATURE),
                               ('testBadUnwrappedTokens', 'iak256', 'encoded CBOR is missing')):
            with self.subTest(name):
                self.assert_refused(why, self.assert_verified, f'reject/{name}.cbor', key)
        self.assert_refused(BAD_SIGNATURE, self.assert_verified,
                            'accept/cca-token-draft-ffm-00.cbor', 'iak256')

    def realm_sample(self, rpv=RPV_SIZE):
        """The published sample, whose RPV is too short for the draft, with one of this size."""
        frame = decode((SAMPLES / 'corim' / 'cca-realm-valid.cbor').read_bytes())
        comid = decode(frame.value[1][0].value)
        *_, last = comid[4][0][0][1]
        self.assertEqual(last[0], 'cca.rpv')
        last[1][4] = CBORTag(BYTES, bytes(range(rpv)))
        frame.value[1][0].value = dumps(comid)
        return self.write(dumps(frame))

    def test_realm_profile(self):
        path = self.realm_sample()
        found = RUST('corim', path)
        self.assertEqual((found['profile'], found['profile-checked']), (REALM_PROFILE, True))
        read = Corim(path.read_bytes())
        self.assertEqual((read.profile, read.realms), (REALM_PROFILE, found['realms']))
        self.assertIn('id', GO('frame', path))

    def test_realm_profile_refuses(self):
        self.assert_refused('cca.rpv', RUST, 'corim', self.realm_sample(RPV_SIZE - 1))
        small = SAMPLES / 'corim' / 'cca-realm-invalid-rim-size.cbor'
        self.assert_refused('hash-sized RIM', RUST, 'corim', small)

    def test_veraison_reads_no_text_keys(self):
        """So the newer profile is the other judge's; this one has the frame and signatures."""
        self.assert_refused(TEXT_KEYS, GO, 'corim', SAMPLES / 'corim' / 'cca-realm-valid.cbor')


if __name__ == '__main__':
    unittest.main()
