# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Keys made by the openssl command, and what key-judge says of them."""
import base64
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'model'))
from programs import command  # noqa: E402

CURVES = {'P-256': ('prime256v1', 32, -7), 'P-384': ('secp384r1', 48, -35),
          'P-521': ('secp521r1', 66, -36)}


def run(words, data=b'', status=0):
    done = subprocess.run([str(word) for word in words], input=data, capture_output=True,
                          timeout=60, check=False)
    if done.returncode != status:
        raise AssertionError(f'{words}: {done.returncode}, {done.stdout} {done.stderr}')
    return done.stdout


def openssl(*words, data=b''):
    return run(['openssl', *words], data)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


class KeyTest(unittest.TestCase):
    """Each test has an empty folder."""

    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = pathlib.Path(temp.name)

    def file(self, name, data=b''):
        path = self.dir / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def judge(self, *words, data=b''):
        return run([*command('KEY_JUDGE'), *words], data)

    def lines(self, *words, data=b''):
        return self.judge(*words, data=data).decode().splitlines()

    def refusal(self, *words, data=b''):
        """Errno and reason; the one line names the file."""
        out = run([*command('KEY_JUDGE'), *words], data, status=1).decode()
        self.assertEqual(out.count('\n'), 1)
        self.assertIn(str(words[-1]), out)
        return out

    def assert_refused(self, errno, reason, *words):
        out = self.refusal(*words)
        self.assertTrue(out.startswith(errno + ' '), out)
        self.assertIn(reason, out)

    def new_key(self, name, curve='P-256'):
        """A private key in PKCS#8."""
        group = CURVES.get(curve, (curve,))[0]
        openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', f'ec_paramgen_curve:{group}',
                '-out', self.dir / name)
        return self.dir / name

    def public_der(self, key):
        return openssl('pkey', '-in', key, '-pubout', '-outform', 'DER')

    def point(self, key):
        """Of the named curves: what a SubjectPublicKeyInfo ends with."""
        der = self.public_der(key)
        width = {91: 32, 120: 48, 158: 66}[len(der)]
        return der[-(1 + 2 * width):]

    def line(self, key, curve):
        return f'{curve} {self.point(key).hex()}'

    def jwk(self, key, curve, **more):
        point = self.point(key)
        width = CURVES[curve][1]
        return {'kty': 'EC', 'crv': curve, 'x': base64url(point[1:1 + width]),
                'y': base64url(point[1 + width:]), **more}

    def private_number(self, key, curve):
        """The OCTET STRING of SEC1, which comes second."""
        der = openssl('ec', '-in', key, '-outform', 'DER')
        width = CURVES[curve][1]
        start = der.index(bytes([2, 1, 1, 4, width])) + 5
        return der[start:start + width]


def main():
    if not shutil.which('openssl'):
        print('skipped: there is no openssl command')
        sys.exit(77)
    unittest.main()
