#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write new seeds of fuzz-jwk and fuzz-cert with the openssl command; keys differ from run to run.

usage: key_seeds.py
"""
import base64
import json
import pathlib
import subprocess
import tempfile
import time

CORPUS = pathlib.Path(__file__).resolve().parent / 'corpus'
CURVES = {'P-256': ('prime256v1', 32), 'P-384': ('secp384r1', 48), 'P-521': ('secp521r1', 66)}
CA = 'basicConstraints=critical,CA:TRUE\n'


def openssl(*words, data=b''):
    return subprocess.run(['openssl', *map(str, words)], input=data, capture_output=True,
                          check=True).stdout


def new_key(curve):
    return openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', f'ec_paramgen_curve:{curve}')


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def jwk(key, curve):
    width = CURVES[curve][1]
    point = openssl('pkey', '-pubout', '-outform', 'DER', data=key)[-2 * width:]
    sec1 = openssl('ec', '-outform', 'DER', data=key)
    start = sec1.index(bytes([2, 1, 1, 4, width])) + 5
    return {'kty': 'EC', 'crv': curve, 'x': base64url(point[:width]), 'y': base64url(point[width:]),
            'd': base64url(sec1[start:start + width])}


def key_files(curve):
    """Files by the ends of their names."""
    key = new_key(CURVES[curve][0])
    public = openssl('pkey', '-pubout', data=key)
    entry = {'implementation_id': '7f' * 32, 'instance_id': '01' * 33, 'key': jwk(key, curve)}
    rust = {'implementation-id': '7f' * 32, 'instance-id': '01' * 33, 'pkey': jwk(key, curve)}
    store = {'schema': 'realm-store/1', 'keys': [entry, {**entry, 'key': public.decode()}]}
    spki = openssl('pkey', '-pubout', '-outform', 'DER', data=key)
    return {
        'spki-pem': public, 'spki-der': spki, 'point': spki[-1 - 2 * CURVES[curve][1]:],
        'pkcs8-pem': key, 'sec1-pem': openssl('ec', data=key),
        'sec1-der': openssl('ec', '-outform', 'DER', data=key),
        'encrypted-pem': openssl('ec', '-aes128', '-passout', 'pass:x', data=key),
        'jwk': json.dumps(jwk(key, curve)).encode(),
        'jwk-set': json.dumps({'keys': [{'kty': 'RSA'}, jwk(key, curve)]}).encode(),
        'store': json.dumps(store).encode(), 'rust-store': json.dumps([rust]).encode(),
    }


def other_files():
    rsa = openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:512')
    ed = openssl('genpkey', '-algorithm', 'ED25519')
    koblitz = new_key('secp256k1')
    explicit = openssl('ec', '-param_enc', 'explicit', data=new_key('prime256v1'))
    compressed = openssl('ec', '-pubout', '-conv_form', 'compressed', data=new_key('prime256v1'))
    return {'rsa': rsa, 'ed25519': openssl('pkey', '-pubout', data=ed), 'secp256k1': koblitz,
            'explicit': explicit, 'compressed': compressed,
            'parameters': openssl('ecparam', '-genkey', '-name', 'prime256v1')}


class Hierarchy:
    """Certificates in a folder, each with its key beside it; PEM."""

    def __init__(self, folder):
        self.dir = folder

    def root(self):
        key = self.dir / 'root.key'
        key.write_bytes(new_key('prime256v1'))
        path = self.dir / 'root.pem'
        path.write_bytes(openssl('req', '-x509', '-new', '-key', key, '-subj', '/CN=root',
                                 '-days', '30'))
        return path

    def cert(self, name, issuer, extensions):
        key, path, lines = (self.dir / f'{name}{end}' for end in ('.key', '.pem', '.ext'))
        key.write_bytes(new_key('prime256v1'))
        lines.write_text(extensions)
        request = openssl('req', '-new', '-key', key, '-subj', f'/CN={name}')
        path.write_bytes(openssl('x509', '-req', '-CA', issuer,
                                 '-CAkey', issuer.with_suffix('.key'), '-days', '20',
                                 '-set_serial', '7', '-extfile', lines, data=request))
        return path


def sized(data):
    return len(data).to_bytes(2, 'big') + data


def chains():
    with tempfile.TemporaryDirectory() as temp:
        made = Hierarchy(pathlib.Path(temp))
        root = made.root()
        middle = made.cert('middle', root, CA)
        leaf = made.cert('leaf', middle, 'keyUsage=digitalSignature\n')
        end = made.cert('end', leaf, '')
        pem = {path.stem: path.read_bytes() for path in (root, middle, leaf, end)}
    der = {name: openssl('x509', '-outform', 'DER', data=data) for name, data in pem.items()}
    # Multiples of the number of algorithms: ES256
    now, late = (when.to_bytes(8, 'big') for when in (int(time.time()) // 3 * 3 + 60, 3 << 40))
    carried = sized(der['root']) + sized(der['leaf']) + sized(der['middle'])
    return {
        'carried': now + carried, 'late': late + carried,
        'gap': now + sized(der['root']) + sized(der['leaf']),
        'no-ca': now + sized(der['leaf']) + sized(der['end']),
        'itself': now + sized(der['leaf']) * 2,
        'file': now + sized(pem['leaf'] + pem['middle'] + pem['root']),
        'wrong-order': now + sized(pem['root'] + pem['middle'] + pem['leaf']),
        'not-der': now + sized(pem['root']) + sized(pem['leaf']),
    }


def write(target, files):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def main():
    for curve in CURVES:
        write('jwk', {f'{curve.lower()}-{name}': data for name, data in key_files(curve).items()})
    write('jwk', other_files())
    write('cert', chains())


main()
