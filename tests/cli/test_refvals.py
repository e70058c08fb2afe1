#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl refvals: each format holds what is measured; what is written is read back."""
import base64
import json
import os
import pty
import subprocess
import unittest

from attest import AttestCase, main, rem_log, rem_of, shared
from cli import DONE, FAILED, FAMILIES, UNSUPPORTED, USAGE, plan, realmctl, schema_errors
import cbor
import kit

FORMATS = ('corim', 'comid', 'comid-json', 'rvps', 'store', 'rims', 'json')
SIGNED = ('corim', 'comid')
REMS = [bytes([number]) * 32 for number in range(1, 5)]
REM_WORDS = [word for number, rem in enumerate(REMS) for word in ('--rem', f'{number}={rem.hex()}')]


def hex_or_none(value):
    return value.hex() if value else None


class RefvalsCase(AttestCase):
    def writes(self, *words, data=b''):
        """Run it, whose standard output may be any bytes."""
        done = subprocess.run(realmctl('refvals', *words), input=data, capture_output=True,
                              timeout=300, cwd=self.dir)
        done.err = done.stderr.decode()
        return done

    def refvals(self, name, *words, file='p.json'):
        """The bytes of one format; the list of RIMs has no room for REMs."""
        done = self.writes(file, '--format', name, *words)
        self.assertEqual(done.returncode, DONE, done.err)
        loses = ['warning: rims: REMs are left out'] if name == 'rims' and '--rem' in words else []
        self.assert_messages(done.err.splitlines(), loses)
        return done.stdout

    def shown(self, data, *words):
        self.write('shown', data)
        return self.good_json('refvals', 'show', 'shown', *words)


class Write(RefvalsCase):
    def test_each_format_is_read_back_with_the_rims_that_are_measured(self):
        rims = [rim.hex() for rim in self.rows('p.json').values()]
        for name in FORMATS:
            value = self.shown(self.refvals(name, *REM_WORDS))
            self.assertEqual([realm['rim'] for realm in value['realms']], rims, name)
            self.assertEqual((value['signature'], value['platforms']), ('none', []))

    def test_family_and_profile_choose(self):
        for kvm in FAMILIES:
            for (_, rmm), rim in self.rows('p.json', '--kvm', kvm).items():
                value = self.shown(self.refvals('json', '--kvm', kvm, '--rmm', rmm))
                realm, = value['realms']
                self.assertEqual(realm, {'name': 'demo', 'kvm': kvm, 'rmm': rmm, 'rim': rim.hex(),
                                         'rems': [None] * 4, 'rpv': '00' * 64})

    def test_hash_rpv_and_rems_are_kept(self):
        for name, size in (('sha256', 32), ('sha384', 48), ('sha512', 64)):
            self.write('p.json', plan(hash=name, rpv='ab' * 5))
            rems = [bytes([7]) * size, None, bytes([8]) * size, None]
            words = [word for number, rem in enumerate(rems) if rem
                     for word in ('--rem', f'{number}={rem.hex()}')]
            for form in ('corim', 'comid', 'comid-json', 'json'):
                out = self.writes('p.json', '--format', form, '--rmm', 'rmm-2.0', *words)
                self.assertEqual(out.returncode, DONE, out.err)
                realm, = self.shown(out.stdout)['realms']
                self.assertEqual(realm['rems'], [hex_or_none(rem) for rem in rems], form)
                self.assertEqual(realm['rpv'], ('ab' * 5).ljust(128, '0'))
                self.assertEqual(len(realm['rim']), 2 * size)

    def test_rem_log(self):
        log = self.write('log', rem_log((2, b'boot'), (2, b'root'), (4, bytes(64))))
        rems = [bytes(32), rem_of(32, b'boot', b'root'), bytes(32), rem_of(32, bytes(64))]
        for name, data in ((log, b''), ('-', log.read_bytes())):
            done = self.writes('p.json', '--format', 'json', '--kvm', 'rme', '--rem-log', name,
                               data=data)
            realm, = self.shown(done.stdout)['realms']
            self.assertEqual(realm['rems'], [rem.hex() for rem in rems])

    def test_shapes_of_others(self):
        """What the readers of each format look for, by the facts of their projects."""
        rims = list(self.rows('p.json').values())
        in_base64 = [base64.b64encode(rim).decode() for rim in rims]
        self.assertEqual(json.loads(self.refvals('rims')), {'reference-values': in_base64})
        message = json.loads(self.refvals('rvps'))
        self.assertEqual((message['version'], message['type']), ('0.1.0', 'sample'))
        payload = json.loads(base64.b64decode(message['payload']))
        self.assertEqual(payload['cca.realm.cca-realm-initial-measurement'], in_base64)
        store = json.loads(self.refvals('store', *REM_WORDS))
        self.assertEqual([realm['initial-measurement'] for realm in store['realm']],
                         [rim.hex() for rim in rims])
        self.assertEqual(store['realm'][0]['extensible-measurements'], [rem.hex() for rem in REMS])
        for name in SIGNED:
            corim = cbor.decode(self.refvals(name))
            self.assertEqual((corim.number, corim.value[1][0].number), (501, 506))
        template = json.loads(self.refvals('comid-json'))
        self.assertIn('triples', json.dumps(template))

    def test_equal_input_gives_equal_bytes(self):
        for name in FORMATS:
            self.assertEqual(self.refvals(name, *REM_WORDS), self.refvals(name, *REM_WORDS))

    def test_plan_from_standard_input(self):
        done = self.writes('-', '--format', 'json', data=(self.dir / 'p.json').read_bytes())
        self.assertEqual(done.stdout, self.refvals('json'))

    def test_file_gets_what_standard_output_would(self):
        for name in FORMATS:
            for words in (['-o', 'out'], ['--output=out'], ['-oout']):
                self.write('out', 'old')
                self.assertEqual(self.refvals(name, *REM_WORDS, *words), b'')
                self.assertEqual((self.dir / 'out').read_bytes(), self.refvals(name, *REM_WORDS))
            self.assertEqual(self.refvals(name, *REM_WORDS, '-o', '-'),
                             self.refvals(name, *REM_WORDS))

    def test_json_says_what_was_written(self):
        rims = self.rows('p.json')
        for name in FORMATS:
            value = json.loads(self.refvals(name, *REM_WORDS, '-o', 'out', '--json'))
            self.assertEqual(schema_errors(value), [])
            self.assertEqual((value['format'], value['file'], value['signed']),
                             (name, 'out', False))
            self.assertEqual(value['bytes'], (self.dir / 'out').stat().st_size)
            said = [(realm['kvm'], realm['rmm'], realm['rim']) for realm in value['realms']]
            self.assertEqual(said, [(*pair, rim.hex()) for pair, rim in rims.items()])

    def test_failure_leaves_the_file_as_it_was(self):
        self.write('out', 'old')
        self.write('bad.json', '{}')
        self.write('p512.json', plan(hash='sha512'))
        for words in (['bad.json', '--format', 'json'],
                      ['p512.json', '--format', 'rims', '--rmm', 'rmm-2.0'],
                      ['p.json', '--format', 'corim', '--sign', 'absent']):
            done = self.run_it('refvals', *words, '-o', 'out')
            self.assertIn(done.returncode, (FAILED, UNSUPPORTED))
            self.assertEqual((self.dir / 'out').read_text(), 'old')
        self.refused(FAILED, 'ENOENT', 'absent/out', 'refvals', 'p.json', '--format', 'json', '-o',
                     'absent/out')

    def test_wrong_input_is_named(self):
        self.refused(FAILED, 'ENOENT', 'absent', 'refvals', 'absent', '--format', 'json')
        self.write('log', 'x\n')
        words = ['refvals', 'p.json', '--format', 'json', '--rem-log']
        self.refused(FAILED, 'EBADMSG', 'log: line 1: ', *words, 'log')
        self.refused(FAILED, 'ENOENT', 'absent', *words, 'absent')
        self.refused(FAILED, 'EINVAL', 'rem3: .*sha256.*32 bytes', *words[:-1], '--rem',
                     '3=' + 'ab' * 48)
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rmm-2.0', 'refvals', 'p.json', '--format', 'json',
                     '--kvm', 'rme', '--rmm', 'rmm-2.0')

    def test_store_without_rems_is_that_of_a_realm_that_extends_none(self):
        done = self.writes('p.json', '--format', 'store')
        self.assertEqual(done.returncode, DONE, done.err)
        self.assert_messages(done.err.splitlines(), [
            'warning: store: REMs not given: written as zero, as in a realm that extends none'])
        self.write('log', '')
        self.assertEqual(self.refvals('store', '--rem-log', 'log'), done.stdout)

    def test_values_that_a_format_cannot_hold(self):
        self.write('p.json', plan(hash='sha512'))
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rims', 'refvals', 'p.json', '--format', 'rims',
                     '--rmm', 'rmm-2.0')

    def test_full_device_fails(self):
        for name in FORMATS:
            self.fails_to_print('refvals', 'p.json', '--format', name, *REM_WORDS)
        self.fails_to_print('refvals', 'p.json', '--format', 'json', '-o', 'out', '--json')

    def test_cbor_is_kept_from_terminals(self):
        for name in FORMATS:
            ours, theirs = pty.openpty()
            line = realmctl('refvals', 'p.json', '--format', name, *REM_WORDS)
            done = subprocess.run(line, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=theirs,
                                  stderr=subprocess.PIPE)
            os.close(theirs)
            os.close(ours)
            self.assertEqual(done.returncode, USAGE if name in SIGNED else DONE, done.stderr)
            if name in SIGNED:
                self.assertRegex(done.stderr, rb'not for a terminal \(EINVAL\); .* -o\n\Z')


class Sign(RefvalsCase):
    def setUp(self):
        super().setUp()
        self.signer = self.maker.cpak256
        self.corim = self.signed('corim', self.signer.private)

    def signed(self, name, key, *words):
        return self.write(f'{name}.signed', self.refvals(name, '--sign', key, *words))

    def test_signature_is_checked_with_keys_only(self):
        others = ['--key', self.maker.other.public, '--key', self.maker.attacker.public]
        for name in SIGNED:
            for key in (self.maker.cpak256, self.maker.cpak, self.maker.cpak521):
                path = self.signed(name, key.private)
                value = self.good_json('refvals', 'show', path)
                self.assertEqual(value['signature'], 'not-checked')
                self.assertRegex(self.good('refvals', 'show', path), r'\Asignature: not checked\n')
                value = self.good_json('refvals', 'show', path, *others, '--key', key.public)
                self.assertEqual(value['signature'], 'good')
                self.assertEqual([realm['rim'] for realm in value['realms']],
                                 [rim.hex() for rim in self.rows('p.json').values()])

    def test_encrypted_key_cannot_sign(self):
        self.write('closed', kit.openssl('pkcs8', '-topk8', '-in', str(self.signer.private),
                                         '-passout', 'pass:x'))
        done = self.run_it('refvals', 'p.json', '--format', 'corim', '--sign', 'closed')
        self.assertEqual(done.returncode, FAILED)
        self.assertIn('is encrypted (EINVAL); take the encryption off', done.err)

    def not_shown(self, state, *words):
        done = self.run_it('refvals', 'show', *words, '--json')
        self.assertEqual(done.returncode, FAILED)
        self.assertEqual(json.loads(done.out)['signature'], state)
        self.assertEqual(schema_errors(json.loads(done.out)), [])
        self.assertRegex(done.err,
                         r'\Arealmctl refvals show: .+ is not signed.* \(EBADMSG\); .+\n\Z')

    def test_wrong_signature_fails(self):
        self.not_shown('bad', self.corim, '--key', self.maker.other.public)
        self.write('unsigned', self.refvals('corim'))
        self.not_shown('none', 'unsigned', '--key', self.signer.public)
        data = bytearray(self.corim.read_bytes())
        data[-1] ^= 1
        self.not_shown('bad', self.write('flipped', bytes(data)), '--key', self.signer.public)

    def test_json_says_that_it_is_signed(self):
        text = self.refvals('comid', '--sign', self.signer.private, '-o', 'out', '--json')
        self.assertIs(json.loads(text)['signed'], True)

    def test_key_from_standard_input(self):
        done = self.writes('p.json', '--format', 'corim', '--sign', '-',
                           data=self.signer.private.read_bytes())
        self.write('out', done.stdout)
        self.good('refvals', 'show', 'out', '--key', self.signer.public)
        self.good('refvals', 'show', 'out', '--key', '-', text=self.signer.public.read_bytes())

    def test_result_replaces_no_input(self):
        key = self.write('key', self.signer.private.read_bytes())
        self.write('log', rem_log((1, b'x')))
        (self.dir / 'link').hardlink_to(key)
        corim = ['p.json', '--format', 'corim', '--sign', 'key', '--rem-log', 'log']
        for name, reader in (('key', '--sign'), ('link', '--sign'), ('log', '--rem-log'),
                             ('p.json', 'PLAN')):
            old = (self.dir / name).read_bytes()
            self.refused(USAGE, 'EINVAL', f"--output '{name}': is the file that {reader} reads",
                         'refvals', *corim, '-o', name)
            self.assertEqual((self.dir / name).read_bytes(), old)

    def test_keys_that_cannot_sign_are_named(self):
        self.write('empty', b'')
        self.write('junk', b'junk')
        self.write('long', bytes(70000))
        rsa = kit.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048')
        self.write('rsa', rsa)
        self.write('public', self.signer.public.read_bytes())
        for name, errno in (('empty', 'E[A-Z]+'), ('junk', 'EBADMSG|EINVAL'), ('long', 'EFBIG'),
                            ('rsa', 'EINVAL'), ('public', 'EBADMSG|EINVAL'), ('absent', 'ENOENT')):
            with self.subTest(name):
                done = self.writes('p.json', '--format', 'corim', '--sign', name)
                self.assertEqual((done.returncode, done.stdout), (FAILED, b''), done.err)
                self.assertRegex(done.err,
                                 rf'\Arealmctl refvals: {name}: .+ \(({errno})\)(; .+)?\n\Z')


class Show(RefvalsCase):
    def test_text_has_every_value_in_full(self):
        self.write('p.json', plan(hash='sha512', name='big'))
        rem = bytes(range(64))
        out = self.writes('p.json', '--format', 'json', '--rmm', 'rmm-2.0', '--rem',
                          f'2={rem.hex()}').stdout
        realm, = self.shown(out)['realms']
        text = self.good('refvals', 'show', 'shown')
        self.assertRegex(text, r'\Asignature: none\n\nrealm big, KVM rmi-v14, RMM rmm-2\.0\n  rim ')
        self.assertEqual(''.join(text.split('\n  rim')[1].split()),
                         f'{realm["rim"]}rem2{rem.hex()}rpv{"00" * 64}')
        self.assertLessEqual(max(map(len, text.splitlines())), 90)

    def test_names_cannot_steer_the_terminal(self):
        self.write('p.json', plan(name='a\x1b[31m\nb'))
        self.write('out', self.refvals('json'))
        text = self.good('refvals', 'show', 'out')
        self.assertIn(r'realm a\x1b[31m\x0ab', text)

    def test_wrong_files_are_named(self):
        good = self.refvals('corim')
        for data in (b'', b'junk', b'{}', good[:-1], good + b'\0', self.token().read_bytes()):
            self.write('bad', data)
            for words in ([], ['--json'], ['--key', self.key]):
                self.refused(FAILED, 'EBADMSG', 'bad', 'refvals', 'show', 'bad', *words)
        self.refused(FAILED, 'ENOENT', 'absent', 'refvals', 'show', 'absent')
        self.refused(FAILED, 'EISDIR', r'\.', 'refvals', 'show', '.')
        self.write('out', good)
        self.refused(FAILED, 'ENOENT', 'absent', 'refvals', 'show', 'out', '--key', 'absent')
        self.write('junk', b'junk')
        self.refused(FAILED, 'EBADMSG', 'junk', 'refvals', 'show', 'out', '--key', 'junk')

    def test_file_that_is_too_long_is_refused(self):
        with open(self.dir / 'long', 'wb') as file:
            file.truncate((16 << 20) + 1)
        self.refused(FAILED, 'EFBIG', 'long', 'refvals', 'show', 'long')
        self.refused(FAILED, 'EFBIG', '/dev/zero', 'refvals', 'show', '/dev/zero')

    def test_standard_input_is_read(self):
        data = self.refvals('corim')
        self.write('out', data)
        self.assertEqual(self.good('refvals', 'show', '-', text=data),
                         self.good('refvals', 'show', 'out'))

    def test_full_device_fails(self):
        self.write('out', self.refvals('json'))
        self.fails_to_print('refvals', 'show', 'out')
        self.fails_to_print('refvals', 'show', 'out', '--json')

    @unittest.skipUnless(shared(), 'no ../shared')
    def test_corims_of_others(self):
        folder = shared() / 'vectors' / 'tokens' / 'corim'
        path = folder / 'cca-platform-valid.cbor'
        platform, = self.good_json('refvals', 'show', path)['platforms']
        self.assertTrue(platform['components'])
        text = self.good('refvals', 'show', path)
        for component in platform['components']:
            self.assertIn(component['measurement'], text)
        realm = self.good_json('refvals', 'show', folder / 'cca-realm-valid.cbor',
                               messages=['note: cca.rpv: '])['realms'][0]
        self.assertTrue(realm['rim'])
        self.refused(FAILED, 'EBADMSG', 'invalid-rim-size', 'refvals', 'show',
                     folder / 'cca-realm-invalid-rim-size.cbor')


if __name__ == '__main__':
    main()
