#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""CoRIMs that others published (vectors/tokens/corim beside the tree)."""
import os
import pathlib
import sys
import unittest

import convert
from cbor import decode

SHARED = pathlib.Path(os.environ.get('REALM_SHARED', convert.ROOT.parent / 'shared'))
SAMPLES = SHARED / 'vectors' / 'tokens' / 'corim'


def sample(name):
    return (SAMPLES / name).read_bytes()


def values(data):
    """mkey to value of a realm's only triple, by a reader that is not the library's."""
    content = decode(decode(data).value[1][0].value)
    [[env, measurements]] = content[4][0]
    found = {entry[0]: entry[1] for entry in measurements}
    return env[0][0].value, found


class Samples(unittest.TestCase):
    def test_realm(self):
        data = sample('cca-realm-valid.cbor')
        class_id, found = values(data)
        [entry] = convert.read(data)['realms']
        self.assertEqual(entry['rim'], class_id.hex())
        self.assertEqual(entry['rems'],
                         [found[f'cca.rem{index}'][2][0][1].hex() for index in range(4)])
        # The sample's RPV has 44 bytes; in a token it has 64.
        rpv = found['cca.rpv'][4].value
        self.assertEqual(entry['rpv'], (rpv + bytes(64 - len(rpv))).hex())
        self.assertEqual(entry['hash'], 'sha256')

    def test_realm_written_again(self):
        data = convert.convert('corim', sample('cca-realm-valid.cbor')).data
        class_id, found = values(data)
        theirs_id, theirs = values(sample('cca-realm-valid.cbor'))
        self.assertEqual(class_id, theirs_id)
        for key in theirs.keys() - {'cca.rpv'}:
            self.assertEqual(found[key], theirs[key])
        self.assertEqual(found.keys(), theirs.keys())
        self.assertEqual(decode(data).value[3], decode(sample('cca-realm-valid.cbor')).value[3])

    def test_platform(self):
        data = sample('cca-platform-valid.cbor')
        [[env, measurements]] = decode(decode(data).value[1][0].value)[4][0]
        expected = [{'name': entry[1][11], 'hash': 'sha-256',
                     'measurement': entry[1][2][0][1].hex(),
                     'signer': entry[1][13][0].value.hex()} for entry in measurements]
        [entry] = convert.read(data)['platforms']
        self.assertEqual(entry['implementation_id'], env[0][0].value.hex())
        self.assertEqual(entry['components'], expected)

    def test_wrong_size(self):
        line = convert.refusal(sample('cca-realm-invalid-rim-size.cbor'))
        self.assertIn('CoMID: class id at byte 113: has 16 bytes', line)

    def test_every_byte_changed(self):
        """Whatever becomes of a sample: it is read or refused, with a reason."""
        data = sample('cca-realm-valid.cbor')
        for at in range(0, len(data), 3):
            done = convert.convert('json', data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1:])
            self.assertTrue(done.ok or 'input' in done.messages)


if __name__ == '__main__':
    if not SAMPLES.is_dir():
        print('vectors/tokens/corim is not beside the tree')
        sys.exit(77)
    unittest.main()
