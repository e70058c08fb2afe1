# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the tests with other people's code have in common: the judges, keys, samples of others."""
import base64
import json
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from cli import SKIP, skip  # noqa: E402

SHARED = pathlib.Path(os.environ.get('REALM_SHARED', ROOT.parent / 'shared'))
SAMPLES = SHARED / 'vectors' / 'tokens'

# Hash names with the numbers of IANA's Named Information registry and the bytes of a digest.
HASHES = {'sha256': (1, 32), 'sha384': (7, 48), 'sha512': (8, 64)}

# SubjectPublicKeyInfo of an uncompressed point (RFC 5480): all but the point.
SPKI = {
    'P-256': bytes.fromhex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
    'P-384': bytes.fromhex('3076301006072a8648ce3d020106052b81040022036200'),
}

# What the openssl command says of one
BAD_SIGNATURE = 'Verification failure|Error verifying data'


class Refused(Exception):
    """A judge's reason."""


def judge(name):
    """Where the judge is; the test skips when it cannot be had."""
    done = subprocess.run([ROOT / 'scripts' / 'peers', name], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding='utf-8')
    if done.returncode == SKIP:
        skip(done.stdout.strip().removeprefix('skipped: '))
    if done.returncode:
        sys.exit(done.stderr)
    return pathlib.Path(done.stdout.strip())


class Program:
    """A judge that is a program: a call asks it, and gives what it printed or raises Refused."""

    def __init__(self, name):
        self.path = judge(name)

    def __call__(self, *words):
        done = subprocess.run([self.path, *map(str, words)], stdin=subprocess.DEVNULL,
                              capture_output=True, encoding='utf-8')
        if done.returncode not in (0, 1):
            raise AssertionError(f'{self.path} {words}: {done.returncode}: {done.stderr}')
        if done.returncode:
            raise Refused(done.stderr.strip())
        return json.loads(done.stdout)


def samples():
    if not SAMPLES.is_dir():
        skip(f'no samples of others: there is no {SAMPLES}')
    return SAMPLES


def pem(curve, point):
    """A public key, from x and y"""
    der = SPKI[curve] + b'\4' + point
    body = base64.b64encode(der).decode()
    return f'-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n'


def jwk_to_pem(path):
    key = json.loads(path.read_text(encoding='utf-8'))
    x, y = (base64.urlsafe_b64decode(key[name] + '==') for name in 'xy')
    return pem(key['crv'], x + y)


def openssl(*words, data=None):
    """What openssl printed; Refused with its messages when it failed."""
    done = subprocess.run(['openssl', *map(str, words)], input=data or b'', capture_output=True)
    if done.returncode:
        raise Refused((done.stdout + done.stderr).decode().strip())
    return done.stdout


class Case(unittest.TestCase):
    def assert_refused(self, pattern, ask, *words):
        with self.assertRaisesRegex(Refused, pattern):
            ask(*words)
