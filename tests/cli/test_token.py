#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl token: what is shown, what is accepted, and how each is told."""
import base64
from datetime import datetime, timedelta, timezone
import json

from attest import AttestCase, CHECKS, MANDATORY, main, rem_log, rem_of, squashed
from cli import DIFFERENT, DONE, FAILED, UNSUPPORTED, plan, schema_errors
import kit

# Names of facts that Veraison has, by claim; the rest keep their number
PLATFORM_NAMES = {265: 'profile', 10: 'challenge', 2396: 'implementation-id', 256: 'instance-id',
                  2401: 'config', 2395: 'lifecycle', 2399: 'sw-components',
                  2400: 'service-indicator', 2402: 'hash-algo-id'}
REALM_NAMES = {265: 'profile', 10: 'challenge', 44235: 'personalization-value',
               44238: 'initial-measurement', 44239: 'extensible-measurements',
               44236: 'hash-algo-id', 44237: 'public-key', 44240: 'public-key-hash-algo-id'}
LIFECYCLES = [(0x0000, 'unknown'), (0x1001, 'assembly and test'),
              (0x2000, 'CCA platform RoT provisioning'), (0x3003, 'secured'),
              (0x40ff, 'non-CCA-platform-RoT debug'),
              (0x5000, 'recoverable CCA platform RoT debug'), (0x6000, 'decommissioned')]
RESULTS = {DONE: 'accepted', FAILED: 'refused', DIFFERENT: 'different'}
RPV = b'rpv'.ljust(64, b'\0')


def in_json(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, list):
        return [in_json(item) for item in value]
    return value


class Show(AttestCase):
    def each(self):
        maker = self.maker
        return {'legacy': maker.legacy(), 'of_2023': maker.of_2023(48), 'mixed': maker.mixed(64),
                'of_2026': maker.of_2026(), 'hesrak': maker.hesrak()}

    def test_every_claim_is_shown_with_its_value(self):
        for name, token in self.each().items():
            text = squashed(self.good('token', 'show', self.token(token)))
            for _, value in token.platform.claims + token.realm.claims:
                for item in value if isinstance(value, list) else [value]:
                    if isinstance(item, bytes):
                        self.assertIn(item.hex(), text, name)
                    elif isinstance(item, str):
                        self.assertIn(item, text, name)

    def test_components_are_a_table(self):
        text = self.good('token', 'show', self.token())
        for fill in (0x20, 0x30):
            self.assertRegex(text, rf'\n  component +FW_{fill:X} +1\.2\.3 +sha-256\n'
                                   rf'    measurement +{bytes([fill]).hex() * 32}\n'
                                   rf'    signer +{bytes([fill + 1]).hex() * 32}\n')

    def test_claims_of_json_have_the_names_of_veraison(self):
        for token in self.each().values():
            claims = self.good_json('token', 'show', self.token(token))['claims']
            for part, prefix, names, said in (
                    (token.platform, 'cca-platform-', PLATFORM_NAMES, claims['cca-platform-token']),
                    (token.realm, 'cca-realm-', REALM_NAMES, claims['cca-realm-delegated-token'])):
                self.assertEqual(len(said), len(part.claims))
                for key, value in part.claims:
                    if value is kit.BINDING or key == 2399:
                        continue
                    name = prefix + names[key] if key in names else str(key)
                    self.assertEqual(said[name], in_json(value), name)

    def test_form_and_profiles_are_said(self):
        mixed, legacy = self.maker.mixed(), self.maker.legacy()
        for token, form, number in ((mixed, 'cmw', 907), (legacy, 'legacy', 399)):
            path = self.token(token)
            value = self.good_json('token', 'show', path)
            self.assertEqual(value['form'], form)
            self.assertEqual(value['platform_profile'], token.platform.claims.get(265))
            self.assertEqual(value['realm_profile'], token.realm.claims.get(265))
            self.assertTrue(self.good('token', 'show', path).startswith(f'tag {number}: '))

    def test_part_alone_is_shown(self):
        mixed = self.maker.mixed()
        mixed.platform.claims.set(10, bytes(32))
        for part, form in ((mixed.platform, 'platform-only'), (mixed.realm, 'realm-only')):
            path = self.write('part', part.encode())
            self.assertEqual(self.good_json('token', 'show', path)['form'], form)
            self.assertRegex(self.good('token', 'show', path),
                             r'\Aa (platform|realm) token alone; ')

    def test_nothing_is_called_verified(self):
        path = self.token()
        text = self.good('token', 'show', path)
        self.assertIn('\nNothing of this is verified: ', text)
        self.assertIn('\nplatform token, not verified\n', text)
        self.assertIn('\nrealm token, not verified\n', text)
        self.assertIs(self.good_json('token', 'show', path)['verified'], False)

    def test_unknown_claims_are_shown_as_json(self):
        token = self.maker.mixed()
        token.platform.claims += [(-70000, [1, 'x']), ('vendor', {'a': True})]
        token.realm.claims.append((99999, b'\xfb\xff'))
        text = self.good('token', 'show', self.token(token))
        self.assertRegex(text, r'\n  -70000 +\[1,"x"\]\n')
        self.assertRegex(text, r'\n  vendor +\{"a":true\}\n')
        self.assertRegex(text, r'\n  99999 +"\+/8="\n')

    def test_lifecycle_has_its_word(self):
        for number, word in LIFECYCLES:
            token = self.maker.mixed()
            token.platform.claims.set(2395, number)
            text = self.good('token', 'show', self.token(token))
            self.assertRegex(text, rf'\n  lifecycle +{word} \(0x{number:04x}\)\n')

    def test_text_of_tokens_stays_on_its_line(self):
        token = self.maker.mixed()
        token.platform.claims.set(2400, 'a\nb\x1b[31m\x9b')
        token.platform.claims.append(('x\ny', '\x1b'))
        text = self.good('token', 'show', self.token(token))
        self.assertTrue(text.replace('\n', '').isprintable(), text)
        self.assertIn(r'a\x0ab\x1b[31m\xc2\x9b', text)

    def test_standard_input_is_read(self):
        data = self.token().read_bytes()
        self.assertEqual(self.good('token', 'show', '-', text=data),
                         self.good('token', 'show', 'token'))

    def test_what_is_no_token_is_refused(self):
        good = self.token().read_bytes()
        for data, errno in ((b'', 'EBADMSG'), (b'x', 'EBADMSG'), (good + b'\0', 'EBADMSG'),
                            (good[:-1], 'EBADMSG'), (b'{}', 'EBADMSG'),
                            (bytes((1 << 20) + 1), 'EINVAL')):
            self.write('bad', data)
            self.refused(FAILED, errno, 'bad', 'token', 'show', 'bad')
            self.refused(FAILED, errno, 'bad', 'token', 'show', 'bad', '--json')
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'show', 'absent')

    def test_full_device_fails(self):
        path = self.token()
        self.fails_to_print('token', 'show', path)
        self.fails_to_print('token', 'show', path, '--json')


class VerifyCase(AttestCase):
    def verdict(self, code, path, *words, key=None, **options):
        """The JSON verdict, which the exit code and the text agree with."""
        words = ['token', 'verify', path, '--key', key or self.key, *words]
        done = self.run_it(*words, '--json', **options)
        self.assertEqual(done.returncode, code, done.err)
        value = json.loads(done.out)
        self.assertEqual(len(done.err.splitlines()), len(value['notes']) + (code != DONE), done.err)
        self.assertEqual(schema_errors(value), [])
        self.assertEqual((value['exit'], value['result']), (code, RESULTS[code]))
        return value

    def outcomes(self, *args, **options):
        checks = self.verdict(*args, **options)['checks']
        return {check['check']: check['outcome'] for check in checks}

    def bad(self, *args, **options):
        outcomes = self.outcomes(*args, **options)
        return [name for name in outcomes if outcomes[name] == 'bad']


class Verify(VerifyCase):
    def test_good_token_is_accepted_and_the_rest_not_appraised(self):
        value = self.verdict(DONE, self.token())
        self.assertEqual([check['check'] for check in value['checks']], list(CHECKS))
        for check in value['checks']:
            mandatory = check['check'] in MANDATORY
            self.assertEqual(check['mandatory'], mandatory)
            self.assertEqual(check['outcome'], 'good' if mandatory else 'not-done')
            if not mandatory:
                self.assertIn('not appraised', check['why'])
        self.assertIsNone(value['matched'])
        self.assertEqual(sorted(value['ear']['submods']), ['CCA_REALM', 'CCA_SSD_PLATFORM'])

    def test_text_has_a_row_for_each_check_and_the_result_last(self):
        text = self.good('token', 'verify', self.token(), '--key', self.key)
        lines = text.splitlines()
        self.assertEqual(lines[0].split(), ['check', 'verdict'])
        self.assertEqual([line.split()[0] for line in lines[1:] if line[:1].strip()],
                         [*CHECKS, 'result'])
        self.assertEqual(lines[-1].split(), ['result', 'accepted'])
        for name in CHECKS[9:]:
            self.assertRegex(text, rf'\n{name} +not appraised: .')
        self.assertIn('notappraised' + ','.join(CHECKS[9:]) + 'result', squashed(text))

    def test_text_has_expected_and_found_in_full(self):
        rim = bytes(range(64))
        path = self.token(self.maker.mixed(64))
        done = self.run_it('token', 'verify', path, '--key', self.key, '--rim', rim.hex())
        self.assertEqual(done.returncode, DIFFERENT)
        part = done.out.split('\nrim ')[1].split('\nrem0')[0]
        self.assertTrue(part.strip().startswith('bad: '), part)
        self.assertIn('expected' + rim.hex() + 'found' + '11' * 64, squashed(part))
        self.assertLessEqual(max(map(len, part.splitlines())), 80)
        self.assertRegex(done.out, r'\n  different +rim\n')
        self.assertTrue(done.out.endswith('\nresult               different\n'))
        self.assertRegex(done.err, r'\Arealmctl token verify: .*token: different: rim: .+ '
                                   r'\(EBADMSG\); .+\n\Z')

    def test_text_and_json_agree(self):
        path = self.token()
        for words in ([], ['--rim', '11' * 32], ['--rim', '12' * 32], ['--challenge', '00']):
            words = ['token', 'verify', path, '--key', self.key, *words]
            done = self.run_it(*words)
            value = json.loads(self.run_it(*words, '--json').out)
            self.assertEqual(done.returncode, value['exit'])
            for check in value['checks']:
                word = {'not-done': 'not appraised'}.get(check['outcome'], check['outcome'])
                self.assertRegex(done.out, rf'(?m)^{check["check"]} +{word}\b')
                for text in (check['expected'], check['found'], check['why']):
                    self.assertIn(squashed(text or ''), squashed(done.out))

    def test_without_a_key_nothing_is_accepted(self):
        done = self.run_it('token', 'verify', self.token())
        self.assertEqual(done.returncode, FAILED)
        self.assertTrue(done.out.endswith('\nresult               refused\n'))
        self.assertRegex(done.err, r': refused: platform-key: .+; --key or --store ')

    def test_faults_of_the_token_are_refused(self):
        self.assertEqual(self.bad(FAILED, self.token(), key=self.maker.other.public),
                         ['platform-signature'])
        flipped = self.maker.mixed()
        flipped.realm.signature = lambda signature: signature[:-1] + bytes([signature[-1] ^ 1])
        self.assertEqual(self.bad(FAILED, self.token(flipped)), ['realm-signature'])
        unbound = self.maker.mixed()
        unbound.bound = lambda digest: bytes(32)
        self.assertEqual(self.bad(FAILED, self.token(unbound)), ['binding'])

    def test_mandatory_check_beats_comparison(self):
        words = ['--rim', '12' * 32, '--challenge', '00']
        self.assertEqual(self.bad(DIFFERENT, self.token(), *words), ['challenge', 'rim'])
        self.assertEqual(self.bad(FAILED, self.token(), *words, key=self.maker.other.public),
                         ['platform-signature', 'challenge', 'rim'])

    def test_no_token_has_the_structure_as_its_only_check(self):
        good = self.token().read_bytes()
        for data in (b'', b'x', good[:-1], good + b'\0', bytes((1 << 20) + 1)):
            value = self.verdict(FAILED, self.write('bad', data))
            check, = value['checks']
            self.assertEqual((check['check'], check['outcome'], check['mandatory']),
                             ('structure', 'bad', True))
            self.assertIn('bad: ', check['why'])
            self.assertIsNone(value['ear'])
        self.write('bad', b'x')
        self.refused(FAILED, 'EBADMSG', 'bad', 'token', 'verify', 'bad', '--key', self.key)

    def test_part_alone_is_refused(self):
        platform = self.maker.mixed().platform
        platform.claims.set(10, bytes(32))
        self.assertEqual(self.bad(FAILED, self.write('part', platform.encode())), ['structure'])

    def test_file_that_cannot_be_read_is_no_verdict(self):
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', 'absent', '--key', self.key)
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', 'absent', '--key', self.key,
                     '--json')

    def test_lifecycle(self):
        secured, debug = ['--lifecycle', 'secured'], ['--lifecycle', 'debug']
        for lifecycle, words, code in ((0x3000, [], DONE), (0x30ff, secured, DONE),
                                       (0x4000, [], FAILED), (0x4000, secured, FAILED),
                                       (0x4000, debug, DONE), (0x3000, debug, DONE),
                                       (0x5000, debug, FAILED)):
            token = self.maker.mixed()
            token.platform.claims.set(2395, lifecycle)
            self.assertEqual(self.bad(code, self.token(token), *words),
                             [] if code == DONE else ['lifecycle'])

    def test_full_device_fails(self):
        words = ['token', 'verify', self.token(), '--key', self.key]
        for more in ([], ['--rim', '12' * 32]):
            self.fails_to_print(*words, *more)
            self.fails_to_print(*words, *more, '--json')


class Keys(VerifyCase):
    def test_each_kind_of_key(self):
        key, path = self.maker.cpak, self.token()
        x, y = (base64.urlsafe_b64encode(half).decode().rstrip('=')
                for half in (key.point[1:49], key.point[49:]))
        kinds = {
            'private': key.private.read_bytes(), 'point': key.point,
            'der': kit.openssl('pkey', '-pubin', '-in', str(key.public), '-outform', 'DER'),
            'jwk': json.dumps({'kty': 'EC', 'crv': 'P-384', 'x': x, 'y': y}).encode(),
            'certificate': self.certificate(key).read_bytes(),
        }
        for kind, data in kinds.items():
            with self.subTest(kind):
                self.verdict(DONE, path, key=self.write(kind, data))

    def test_several_keys(self):
        path, other, good = self.token(), self.maker.other.public, self.key
        self.verdict(DONE, path, '--key', good, key=other)
        self.verdict(DONE, path, '--key', other, '--key', self.maker.cpak256.public, key=good)
        self.verdict(FAILED, path, '--key', self.maker.cpak256.public, key=other)

    def test_key_from_standard_input(self):
        self.verdict(DONE, self.token(), key='-', text=self.key.read_bytes())
        self.verdict(DONE, '-', text=self.token().read_bytes())

    def test_wrong_key_files_are_named(self):
        rsa = kit.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048')
        for name, data, errno in (('empty', b'', 'EBADMSG'), ('junk', b'junk', 'EBADMSG'),
                                  ('rsa', rsa, 'EINVAL')):
            self.write(name, data)
            for more in ([], ['--json']):
                self.refused(FAILED, errno, name, 'token', 'verify', self.token(),
                             '--key', self.key, '--key', name, *more)
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', self.token(), '--key', 'absent')

    def test_store(self):
        token = self.maker.mixed()
        entry = {'implementation_id': token.platform.claims.get(2396).hex(),
                 'instance_id': token.platform.claims.get(256).hex(), 'key': self.key.read_text()}
        other = {**entry, 'instance_id': '01' + '08' * 32}
        for entries, code in (([entry], DONE), ([other, entry], DONE), ([other], FAILED)):
            self.write('store', {'schema': 'realm-store/1', 'keys': entries})
            done = self.run_it('token', 'verify', self.token(token), '--store', 'store')
            self.assertEqual(done.returncode, code, done.err)
        self.assertRegex(done.err, 'refused: platform-key: ')
        self.write('store', '{}')
        self.refused(FAILED, 'EBADMSG', 'store', 'token', 'verify', 'token', '--store', 'store')
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', 'token', '--store', 'absent')

    def test_certificate_is_judged_at_the_time(self):
        path, key = self.token(), self.certificate(self.maker.cpak)
        for words, code in (([], DONE), (['--at', '2001-01-01'], FAILED), (['--at', '@1'], FAILED),
                            (['--at', '2100-12-31T23:59:59.5+23:59'], FAILED)):
            self.verdict(code, path, *words, key=key)

    def test_time_is_hinted_at(self):
        path, key = self.token(), self.certificate(self.maker.cpak)
        for time in ('2001-01-01', '2000-02-29', '2024-02-29', '2100-02-28', '2400-02-29'):
            done = self.run_it('token', 'verify', path, '--key', key, '--at', time)
            self.assertRegex(done.err, r': refused: platform-key: .+; --at TIME judges ')
        done = self.run_it('token', 'verify', path, '--key', self.maker.cpak256.public)
        self.assertRegex(done.err, r': refused: platform-key: .+; --key or --store ')

    def test_times_are_what_they_say(self):
        """A certificate ends in a known second, which every way to write it agrees on."""
        path, key = self.token(), self.certificate(self.maker.cpak)
        said = kit.openssl('x509', '-in', str(key), '-noout', '-enddate').decode().strip()
        end = datetime.strptime(said, 'notAfter=%b %d %H:%M:%S %Y GMT').replace(tzinfo=timezone.utc)
        for minutes, code in ((-1, DONE), (1, FAILED)):
            at = end + timedelta(minutes=minutes)
            times = [f'@{int(at.timestamp())}', at.strftime('%Y-%m-%dT%H:%M:%SZ'),
                     at.strftime('%Y-%m-%dT%H:%M:%S.25Z')]
            for hours, zone in ((1.5, '+01:30'), (-5.5, '-05:30')):
                times.append((at + timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%S') + zone)
            for time in times:
                with self.subTest(time):
                    self.verdict(code, path, '--at', time, key=key)
        self.verdict(DONE, path, '--at', end.strftime('%Y-%m-%d'), key=key)


class Compare(VerifyCase):
    def test_error_names_all_that_differs(self):
        words = ['token', 'verify', self.token(), '--key', self.key, '--challenge', '00']
        for more, says in ((['--rim', '12' * 32], 'standard output says'),
                           (['--plan', 'p.json'], "'realmctl explain PLAN --rim HEX' finds")):
            done = self.run_it(*words, *more)
            self.assertEqual(done.returncode, DIFFERENT)
            self.assertRegex(done.err, rf': different: challenge, rim(, rpv)? \(EBADMSG\); {says}')

    def test_plan_matches_by_each_pair(self):
        for (kvm, rmm), rim in self.rows('p.json').items():
            path = self.token(c44238=rim, c44235=bytes(64))
            value = self.verdict(DONE, path, '--plan', 'p.json')
            self.assertEqual(value['matched'], {'kvm': kvm, 'rmm': rmm, 'name': 'demo'})
            done = {check['check'] for check in value['checks'] if check['outcome'] == 'good'}
            self.assertEqual(done, {*MANDATORY, 'hash', 'rim', 'rpv'})

    def test_family_and_profile_narrow_the_plan_before_them(self):
        rims = self.rows('p.json')
        path = self.token(c44238=rims['rmi-v14', 'rmm-2.0'], c44235=bytes(64))
        good, other = ['--kvm', 'rmi-v14', '--rmm', 'rmm-2.0'], ['--kvm', 'rme']
        self.verdict(DONE, path, '--plan', 'p.json', *good)
        self.verdict(DONE, path, '--plan', 'p.json', '--rmm', 'rmm-2.0')
        self.assertEqual(self.bad(DIFFERENT, path, '--plan', 'p.json', *other), ['rim'])
        self.assertEqual(self.bad(DIFFERENT, path, '--plan', 'p.json', '--rmm', 'tf-rmm-2.0'),
                         ['rim'])
        self.write('q.json', plan(name='other', recs=[{'pc': 4}]))
        for first, second, code in ((good, other, DONE), (other, good, DIFFERENT)):
            words = ['--plan', 'p.json', *first, '--plan', 'q.json', *second]
            self.verdict(code, path, *words)

    def test_every_given_rim_is_accepted(self):
        path = self.token()
        self.assertEqual(self.bad(DONE, path, '--rim', '11' * 32), [])
        self.assertEqual(self.bad(DIFFERENT, path, '--rim', '12' * 32), ['rim'])
        self.assertEqual(self.bad(DONE, path, '--rim', '12' * 32, '--rim', '11' * 32), [])
        self.assertEqual(self.bad(DONE, path, '--plan', 'p.json', '--rim', '11' * 32), [])
        self.assertEqual(self.bad(DONE, path, '--rim', '1' * 64, '--rim', '12' * 64), [])

    def test_reason_that_begins_like_a_verdict_follows_it(self):
        self.write('bad.pem', self.certificate(self.maker.cpak).read_bytes())
        done = self.run_it('token', 'verify', self.token(), '--key', 'bad.pem', '--at', '2001-01-01')
        self.assertRegex(done.out, r'(?m)^platform-key +(bad|not done): bad\.pem')

    def test_rems(self):
        path = self.token()
        for number in range(4):
            good = f'{number}=' + f'{0x40 + number:02X}' * 32
            outcomes = self.outcomes(DONE, path, '--rem', good)
            rems = [name for name in CHECKS if name.startswith('rem') and outcomes[name] == 'good']
            self.assertEqual(rems, [f'rem{number}'])
            self.assertEqual(self.bad(DIFFERENT, path, '--rem', f'{number}=' + '50' * 32),
                             [f'rem{number}'])
        self.assertEqual(self.bad(DIFFERENT, path, '--rem', '0=' + '40' * 48), ['rem0'])

    def test_rem_log(self):
        for size in (32, 48, 64):
            rems = [rem_of(size, b'one', b'x' * 64), bytes(size), rem_of(size, b''), bytes(size)]
            path = self.token(self.maker.mixed(size), c44239=rems)
            good = rem_log((1, b'one'), (3, b''), (1, b'x' * 64))
            self.assertEqual(self.bad(DONE, path, '--rem-log', '-', text=good), [])
            swapped = rem_log((1, b'x' * 64), (3, b''), (1, b'one'))
            more = good + rem_log((4, b'more'))
            for text, name in ((swapped, 'rem0'), (more, 'rem3')):
                self.write('log', text)
                self.assertEqual(self.bad(DIFFERENT, path, '--rem-log', 'log'), [name])

    def test_wrong_rem_logs_are_named(self):
        path = self.token()
        for text in ('x\n', '{"index":0,"value":""}\n', '{"index":5,"value":"00"}\n',
                     '{"index":1,"value":"0"}\n', rem_log((1, bytes(65)))):
            self.write('log', text)
            self.refused(FAILED, 'EBADMSG', 'log: line 1: ', 'token', 'verify', path,
                         '--key', self.key, '--rem-log', 'log')
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', path, '--rem-log', 'absent')

    def test_rpv_of_the_plan(self):
        rim = self.rows('p.json')['rme', 'rmm-1.0']
        path = self.token(c44238=rim)
        words = ['--plan', 'p.json', '--kvm', 'rme']
        self.assertEqual(self.bad(DIFFERENT, path, *words), ['rpv'])
        self.write('p.json', plan(rpv=RPV.hex()))
        self.assertEqual(self.bad(DONE, path, *words), [])

    def test_challenge_is_padded_at_the_end(self):
        path = self.token(c10=b'\xab\xcd'.ljust(64, b'\0'))
        for challenge in ('abcd', 'ABCD00', 'abcd' + '00' * 62):
            outcomes = self.outcomes(DONE, path, '--challenge', challenge)
            self.assertEqual(outcomes['challenge'], 'good')
        for challenge in ('ab', '00abcd', 'abcd' + '00' * 61 + '01'):
            self.assertEqual(self.bad(DIFFERENT, path, '--challenge', challenge), ['challenge'])

    def test_reference_values_of_files(self):
        rims = self.rows('p.json')
        self.good('refvals', 'p.json', '--format', 'json', '-o', 'refs.json')
        self.good('refvals', 'p.json', '--format', 'corim', '--kvm', 'rme', '-o', 'refs.corim')
        path = self.token(c44238=rims['rmi-v12', 'rmm-1.0'], c44235=bytes(64))
        value = self.verdict(DONE, path, '--refs', 'refs.json')
        self.assertEqual(value['matched'], {'kvm': 'rmi-v12', 'rmm': 'rmm-1.0', 'name': 'demo'})
        self.assertEqual(self.bad(DIFFERENT, path, '--refs', 'refs.corim'), ['rim'])
        self.verdict(DONE, path, '--refs', 'refs.corim', '--refs', 'refs.json')
        self.good('refvals', 'p.json', '--format', 'corim', '--sign', self.maker.cpak.private, '-o',
                  'refs.signed')
        value = self.verdict(DONE, path, '--refs', 'refs.signed')
        self.assertEqual([note['where'] for note in value['notes']], ['refs.signed'])
        self.assertIn('by whom is not checked', value['notes'][0]['message'])
        self.write('junk', 'junk')
        self.refused(FAILED, 'EBADMSG', 'junk', 'token', 'verify', path, '--refs', 'junk')
        self.refused(FAILED, 'ENOENT', 'absent', 'token', 'verify', path, '--refs', 'absent')

    def test_wrong_plans_are_named(self):
        path = self.token()
        self.write('bad.json', '{}')
        done = self.run_it('token', 'verify', path, '--plan', 'p.json', '--plan', 'bad.json')
        self.assertEqual((done.returncode, done.out), (FAILED, ''))
        self.assertRegex(done.err, r'\Arealmctl token verify: bad\.json: .+\n\Z')
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rmm-2.0', 'token', 'verify', path,
                     '--plan', 'p.json', '--kvm', 'rme', '--rmm', 'rmm-2.0')

    def test_plan_from_standard_input(self):
        rim = self.rows('p.json')['rme', 'rmm-1.0']
        path = self.token(c44238=rim, c44235=bytes(64))
        self.verdict(DONE, path, '--plan', '-', text=json.dumps(plan()))

    def test_warnings_of_the_plan_are_told(self):
        self.write('p.json', plan(hash='sha512'))
        done = self.run_it('token', 'verify', self.token(self.maker.mixed(64)), '--key', self.key,
                           '--plan', 'p.json', '--kvm', 'rmi-v14', '--json')
        self.assertEqual(done.returncode, DIFFERENT)
        self.assertRegex(done.err, r'(?m)^realmctl token verify: warning: \$\.hash: ')
        self.assertTrue(json.loads(done.out)['warnings'])


if __name__ == '__main__':
    main()
