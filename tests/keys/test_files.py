#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Key files of every kind: read, or refused with the reason."""
import json

import judge
from judge import CURVES, openssl


class Public(judge.KeyTest):
    def test_each_form_of_each_curve(self):
        for curve in CURVES:
            key = self.new_key('key.pem', curve)
            point = self.point(key)
            number = self.private_number(key, curve)
            forms = {
                'spki.pem': openssl('pkey', '-in', key, '-pubout'),
                'spki.der': self.public_der(key),
                'pkcs8.pem': key.read_bytes(),
                'pkcs8.der': openssl('pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', 'DER'),
                'sec1.pem': openssl('ec', '-in', key),
                'sec1.der': openssl('ec', '-in', key, '-outform', 'DER'),
                'jwk': json.dumps(self.jwk(key, curve)),
                'indented.jwk': '\n\t ' + json.dumps(self.jwk(key, curve), indent=1) + '\n',
                'private.jwk': json.dumps(self.jwk(key, curve, d=judge.base64url(number))),
                'more.jwk': json.dumps(self.jwk(key, curve, use='enc', alg='none', kid=3, z={})),
                'bad-d.jwk': json.dumps(self.jwk(key, curve, d=['?'])),
                'set.jwk': json.dumps({'keys': [self.jwk(key, curve)], 'more': 1}),
                'point': point,
            }
            for name, data in forms.items():
                with self.subTest(curve=curve, form=name):
                    lines = self.lines('read', self.file(name, data))
                    self.assertEqual(lines, [self.line(key, curve)])

    def test_text_around_blocks(self):
        key = self.new_key('key.pem')
        block = openssl('pkey', '-in', key, '-pubout')
        path = self.file('file', b'0 the key of board 7:\r\n' + block + b'and no more\n')
        self.assertEqual(self.lines('read', path), [self.line(key, 'P-256')])

    def test_lines_may_end_as_on_other_systems(self):
        key = self.new_key('key.pem')
        block = openssl('pkey', '-in', key, '-pubout').replace(b'\n', b'\r\n')
        self.assertEqual(self.lines('read', self.file('file', block)), [self.line(key, 'P-256')])

    def test_several_blocks(self):
        keys = [(self.new_key(f'{curve}.pem', curve), curve) for curve in CURVES]
        blocks = b''.join(openssl('pkey', '-in', key, '-pubout') for key, _ in keys)
        lines = self.lines('read', self.file('file', blocks))
        self.assertEqual(lines, [self.line(*pair) for pair in keys])

    def test_parameters_before_a_key(self):
        made = openssl('ecparam', '-genkey', '-name', 'prime256v1')
        self.assertIn(b'BEGIN EC PARAMETERS', made)
        key = self.file('key.pem', made)
        self.assertEqual(self.lines('read', key), [self.line(key, 'P-256')])

    def test_set_with_other_kinds(self):
        key = self.new_key('key.pem')
        others = [{'kty': 'RSA', 'n': 'AQ', 'e': 'AQAB'}, {'kty': 'OKP', 'crv': 'Ed25519', 'x': ''},
                  {'kty': 'EC', 'crv': 'secp256k1', 'x': '', 'y': ''}]
        path = self.file('set', json.dumps({'keys': [*others, self.jwk(key, 'P-256'), others[0]]}))
        self.assertEqual(self.lines('read', path), [self.line(key, 'P-256')])
        path = self.file('others', json.dumps({'keys': others[:1]}))
        self.assert_refused('EINVAL', 'kind RSA', 'read', path)


class Refused(judge.KeyTest):
    def assert_file(self, data, errno, reason):
        self.assert_refused(errno, reason, 'read', self.file('file', data))

    def test_other_kinds(self):
        makers = {'RSA': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
                  'ED25519': ['-algorithm', 'ED25519'], 'X25519': ['-algorithm', 'X25519'],
                  'secp256k1': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
                  'brainpoolP256r1':
                  ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1']}
        for kind, words in makers.items():
            private = openssl('genpkey', *words)
            for form in (['-pubout'], ['-pubout', '-outform', 'DER'], [], ['-outform', 'DER']):
                with self.subTest(kind=kind, form=form):
                    self.assert_file(openssl('pkey', *form, data=private), 'EINVAL', kind)

    def test_not_a_key(self):
        for data in (b'', b'\n', b'hello\n', b'\0', b'\xff' * 64, b'"text"', b'4' * 65):
            with self.subTest(data=data[:8]):
                self.assert_refused('EBADMSG', '', 'read', self.file('file', data))

    def test_points(self):
        key = self.new_key('key.pem')
        point = self.point(key)
        x, y = point[1:33], point[33:]
        for data, reason in ((point + b'\n', '65, 97 or 133'), (point[:-1], '65, 97 or 133'),
                             (b'\x04' + y + x, 'not on the curve'),
                             (b'\x06' + x + y, '0x04'), (b'\x03' + x + y, 'compressed'),
                             (b'\x04' + bytes(64), 'not on the curve')):
            with self.subTest(reason=reason):
                self.assert_file(data, 'EBADMSG', reason)

    def test_compressed_and_off_curve_in_der(self):
        key = self.new_key('key.pem')
        compressed = openssl('ec', '-in', key, '-pubout', '-conv_form', 'compressed',
                             '-outform', 'DER')
        self.assert_file(compressed, 'EBADMSG', 'compressed')
        off = bytearray(self.public_der(key))
        off[-1] ^= 1
        self.assert_file(off, 'EBADMSG', '')

    def test_der_and_pem_that_are_cut_or_longer(self):
        key = self.new_key('key.pem')
        der = self.public_der(key)
        for data in (der[:-1], der + b'\0', der[:1], b'\x30\x00', b'\x30\x80\0\0'):
            self.assert_file(data, 'EBADMSG', 'no key and no certificate')
        pem = openssl('pkey', '-in', key, '-pubout')
        self.assert_file(pem[:60], 'EBADMSG', 'broken')
        self.assert_file(pem.replace(b'END PUBLIC', b'END PRIVATE'), 'EBADMSG', 'broken')
        self.assert_file(pem.replace(b'BEGIN PUBLIC', b'BEGIN PRIVATE')
                         .replace(b'END PUBLIC', b'END PRIVATE'), 'EBADMSG', 'broken')
        self.assert_file(pem.replace(b'-----BEGIN', b'-----BEGAN'), 'EBADMSG', 'is no key')

    def test_one_bad_block_among_good_ones(self):
        good = openssl('pkey', '-in', self.new_key('key.pem'), '-pubout')
        rsa = openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024')
        self.assert_file(good + rsa, 'EINVAL', 'RSA')
        self.assert_file(good + good[:80], 'EBADMSG', 'broken')
        self.assert_file(good + b'-----BEGIN THING-----\nAAAA\n-----END THING-----\n', 'EINVAL',
                         'block "THING"')

    def test_encrypted(self):
        key = self.new_key('key.pem')
        for words in (['pkcs8', '-topk8', '-in', key, '-passout', 'pass:x'],
                      ['ec', '-in', key, '-aes128', '-passout', 'pass:x']):
            data = openssl(*words)
            self.assert_file(data, 'EINVAL', 'encrypted')
            self.assert_refused('EINVAL', 'encrypted', 'private', self.file('file', data))
        der = openssl('pkcs8', '-topk8', '-in', key, '-passout', 'pass:x', '-outform', 'DER')
        self.assert_file(der, 'EBADMSG', 'no key')

    def test_explicit_parameters_of_no_named_curve(self):
        """The generator is moved: a curve of the attacker's, with the name's other parameters."""
        key = self.new_key('key.pem')
        der = openssl('ec', '-in', key, '-pubout', '-param_enc', 'explicit', '-outform', 'DER')
        base = bytes.fromhex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296')
        self.assertIn(base, der)
        y = bytes.fromhex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5')
        at = der.index(base + y)
        moved = der[:at] + self.point(key)[1:] + der[at + 64:]
        self.assert_file(moved, 'EINVAL', 'curve')

    def test_jwk(self):
        key = self.new_key('key.pem')
        good = self.jwk(key, 'P-256')
        wide = judge.base64url(b'\0' + self.point(key)[1:33])
        for change, errno, reason in (
                ({'kty': None}, 'EBADMSG', '$.kty: missing'), ({'kty': 2}, 'EBADMSG', '$.kty: '),
                ({'kty': 'RSA'}, 'EINVAL', 'kind RSA'), ({'kty': 'oct'}, 'EINVAL', 'kind oct'),
                ({'crv': None}, 'EBADMSG', '$.crv: missing'),
                ({'crv': 'secp256k1'}, 'EINVAL', 'curve secp256k1'),
                ({'crv': 'P-384'}, 'EBADMSG', '$.x: has 32 bytes'),
                ({'x': None}, 'EBADMSG', '$.x: missing'), ({'y': None}, 'EBADMSG', '$.y: missing'),
                ({'x': good['y']}, 'EBADMSG', 'not on the curve'),
                ({'x': wide}, 'EBADMSG', '$.x: has 33 bytes'),
                ({'x': good['x'][:-1]}, 'EBADMSG', '$.x: '),
                ({'x': good['x'][:-2] + '+/'}, 'EBADMSG', 'not base64url'),
                ({'x': good['x'] + '\n'}, 'EBADMSG', 'not base64url'),
                ({'x': ''}, 'EBADMSG', '$.x: has 0 bytes'), ({'x': 5}, 'EBADMSG', '$.x: ')):
            jwk = {name: value for name, value in {**good, **change}.items() if value is not None}
            with self.subTest(change=change):
                self.assert_file(json.dumps(jwk), errno, reason)

    def test_json_that_is_no_key(self):
        key = self.new_key('key.pem')
        text = json.dumps(self.jwk(key, 'P-256'))
        for data, errno, reason in (
                ('{}', 'EBADMSG', '$.kty: missing'), ('{', 'EBADMSG', 'not JSON'),
                (text + '{}', 'EBADMSG', 'not JSON'), ('{"keys": []}', 'EBADMSG', 'without keys'),
                ('{"keys": {}}', 'EBADMSG', '$.keys: '), ('{"keys": [1]}', 'EBADMSG', '$.keys[0]'),
                (text[:-1] + ', "kty": "EC"}', 'EBADMSG', 'duplicate'),
                ('[]', 'EINVAL', 'list of keys'),
                ('{"schema": "realm-store/1"}', 'EINVAL', 'list of keys')):
            with self.subTest(data=data):
                self.assert_file(data, errno, reason)

    def test_large(self):
        self.assert_file(b' ' * 65536 + b'{}', 'EINVAL', 'larger than 65536 bytes')
        self.assert_file(b' ' * 65534 + b'{}', 'EBADMSG', '$.kty: missing')


class Private(judge.KeyTest):
    def test_each_form_of_each_curve(self):
        for curve in CURVES:
            key = self.new_key('key.pem', curve)
            number = judge.base64url(self.private_number(key, curve))
            forms = {
                'pkcs8.pem': key.read_bytes(),
                'pkcs8.der': openssl('pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', 'DER'),
                'sec1.pem': openssl('ec', '-in', key),
                'sec1.der': openssl('ec', '-in', key, '-outform', 'DER'),
                'no-public.der': openssl('ec', '-in', key, '-no_public', '-outform', 'DER'),
                'jwk': json.dumps(self.jwk(key, curve, d=number)),
                'both.pem': openssl('pkey', '-in', key, '-pubout') + key.read_bytes(),
            }
            for name, data in forms.items():
                with self.subTest(curve=curve, form=name):
                    lines = self.lines('private', self.file(name, data))
                    self.assertEqual(lines, [self.line(key, curve)])

    def test_refused(self):
        key, other = self.new_key('key.pem'), self.new_key('other.pem')
        secret = self.private_number(key, 'P-256')
        number = judge.base64url(secret)
        order = bytes.fromhex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
        sec1 = openssl('ec', '-in', key, '-outform', 'DER')
        mixed = sec1[:-64] + self.point(other)[1:]
        rsa = openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024')
        for data, errno, reason in (
                (b'', 'EBADMSG', 'no private key'), (b'hello', 'EBADMSG', 'no private key'),
                (openssl('pkey', '-in', key, '-pubout'), 'EBADMSG', '0 private keys'),
                (self.public_der(key), 'EBADMSG', 'no private key'),
                (key.read_bytes() * 2, 'EBADMSG', '2 private keys'),
                (rsa, 'EINVAL', 'RSA'), (sec1[:-1], 'EBADMSG', 'no private key'),
                (mixed, 'EBADMSG', 'belong together'),
                (json.dumps(self.jwk(key, 'P-256')), 'EBADMSG', '$.d: missing'),
                (json.dumps(self.jwk(other, 'P-256', d=number)), 'EBADMSG', 'belong together'),
                (json.dumps(self.jwk(key, 'P-256', d=judge.base64url(secret[1:]))), 'EBADMSG',
                 '$.d: has 31'),
                (json.dumps(self.jwk(key, 'P-256', d=judge.base64url(bytes(32)))), 'EBADMSG', ''),
                (json.dumps(self.jwk(key, 'P-256', d=judge.base64url(order))), 'EBADMSG', '')):
            with self.subTest(reason=reason):
                self.assert_refused(errno, reason, 'private', self.file('file', data))


if __name__ == '__main__':
    judge.main()
