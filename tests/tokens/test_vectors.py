#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens that others made, from the folder beside the repository: all as its README says."""
import json
import os
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'model'))
from programs import output  # noqa: E402

SHARED = pathlib.Path(os.environ.get('REALM_SHARED') or HERE.parents[2] / 'shared')
TOKENS = SHARED / 'vectors' / 'tokens'

# file, key, result, first bad check
VECTORS = [
    ('accept/testGoodCCAToken.cbor', 'iak256.jwk', 'accepted', ''),
    ('accept/testGoodLegacyCCAToken.cbor', 'iak256.jwk', 'accepted', ''),
    ('accept/cca-token-draft-ffm-00.cbor', 'tfa-cpak.jwk', 'accepted', ''),
    ('accept/mixed-plat2023-realm2024-907-sha-256-ok.cbor', 'tfa-cpak.jwk', 'accepted', ''),
    ('accept/draft-ffm-04-resigned-ok.cbor', 'tfa-cpak.jwk', 'accepted', ''),
    ('accept/platform-only-fvp.cbor', 'tfa-cpak.jwk', 'refused', 'structure'),
    ('reject/testBadUnwrappedTokens.cbor', 'iak256.jwk', 'decode', ''),
    ('reject/bug-33-repro.cbor', 'tfa-cpak.jwk', 'refused', 'binding'),
    ('reject/neg-duplicate-rim-claim.cbor', 'tfa-cpak.jwk', 'decode', ''),
    ('reject/neg-three-rems.cbor', 'tfa-cpak.jwk', 'decode', ''),
    ('reject/neg-realm-signature-flipped.cbor', 'tfa-cpak.jwk', 'refused', 'realm-signature'),
]


def judge(*args):
    return output('JUDGE', *args)


class Vectors(unittest.TestCase):
    def test_all_are_known(self):
        found = {str(path.relative_to(TOKENS)) for folder in ('accept', 'reject')
                 for path in (TOKENS / folder).iterdir()}
        self.assertEqual(found, {vector[0] for vector in VECTORS})

    def test_results(self):
        for name, key, result, check in VECTORS:
            with self.subTest(name):
                lines = judge('verify', TOKENS / name, 'secured', '',
                              TOKENS / 'keys' / key).splitlines()
                self.assertEqual(lines[0].split('\t')[0], result)
                bad = [line.split('\t')[0] for line in lines[1:] if line.split('\t')[1] == 'bad']
                self.assertEqual(bad, [check] if check else [])

    def test_wrong_keys(self):
        """Each key vouches for its own tokens only."""
        keys = {'iak256.jwk': 'tfa-cpak.jwk', 'tfa-cpak.jwk': 'iak256.jwk'}
        for name, key, result, _ in VECTORS:
            if result == 'accepted':
                out = judge('verify', TOKENS / name, 'secured', '', TOKENS / 'keys' / keys[key])
                self.assertEqual(out.split('\n')[0], 'refused')

    def test_every_byte_counts(self):
        for name, key, result, _ in VECTORS:
            if result == 'accepted':
                size = (TOKENS / name).stat().st_size
                self.assertEqual(judge('prefixes', TOKENS / name), f'{size}\n')
                self.assertEqual(judge('flips', TOKENS / name, TOKENS / 'keys' / key), f'{size}\n')

    def test_claims(self):
        """RIM as the README gives it; the values of a platform alone."""
        shown = json.loads(judge('show', TOKENS / 'accept' / 'cca-token-draft-ffm-00.cbor'))
        rim = shown['cca-realm-delegated-token']['cca-realm-initial-measurement']
        self.assertEqual(rim[:5], 'MRMUq')  # 31 13 14 ab
        alone = json.loads(judge('show', TOKENS / 'accept' / 'platform-only-fvp.cbor'))
        self.assertEqual(list(alone), ['cca-platform-token'])
        platform = alone['cca-platform-token']
        self.assertEqual(platform['cca-platform-lifecycle'], 12291)
        self.assertEqual(platform['cca-platform-config'], 'z8/Pzw==')
        names = [part['measurement-type'] for part in platform['cca-platform-sw-components']]
        self.assertEqual((len(names), names[0], names[-1]), (13, 'RSE_BL1_2', 'SOC_FW_CONFIG'))


if __name__ == '__main__':
    if not TOKENS.is_dir():
        print(f'skipped: {TOKENS} is not there; set REALM_SHARED')
        sys.exit(77)
    unittest.main()
