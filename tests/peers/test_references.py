#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""CoRIMs and templates of realmctl, as Veraison's package, the corim crate and cbor2 read them."""
import base64
import unittest

from peers import BAD_SIGNATURE, HASHES, Program, openssl
import references
from references import Wanted

GO, RUST = Program('go'), Program('rust')
from reader import Corim  # noqa: E402

PROFILE = 'tag:arm.com,2025:cca_realm#1.0.0'
OLDER_PROFILE = 'http://arm.com/cca/realm/1'
CURVES = ('P-256', 'P-384', 'P-521')


def measurement(key=None, digests=None, raw=None, registers=None):
    return {'key': key, 'digests': digests, 'raw': raw, 'registers': registers}


def realm(wanted, rim):
    rems = [measurement(f'cca.rem{index}', digests=[wanted.digest(value)])
            for index, value in wanted.rems.items()]
    return {'class': rim, 'instance': None, 'measurements': [
        measurement('cca.rim', digests=[wanted.digest(rim)]), *rems,
        measurement('cca.rpv', raw=wanted.rpv())]}


def older_realm(wanted, rim):
    """Without its class, which the older form leaves to the user"""
    registers = {'rim': rim, **{f'rem{index}': value for index, value in wanted.rems.items()}}
    return {'instance': rim, 'measurements': [measurement(raw=wanted.rpv(), registers={
        name: [wanted.digest(value)] for name, value in registers.items()})]}


def in_order(realms, key):
    return sorted(realms, key=lambda entry: entry[key])


def without_class(realms):
    return [{key: value for key, value in entry.items() if key != 'class'} for entry in realms]


def hexed(text):
    return base64.b64decode(text, validate=True).hex()


def veraison_digest(text):
    """Named, with the value in base64"""
    name, value = text.split(';')
    return [HASHES[name.replace('-', '')][0], hexed(value)]


def veraison_measurement(entry):
    value = entry['value']
    registers = value.get('integrity-registers', {})
    return measurement(
        raw=hexed(value['raw-value']['value']) if 'raw-value' in value else None,
        registers={name: [veraison_digest(text) for text in register['value']]
                   for name, register in registers.items()} or None)


def veraison_realms(comid):
    """The realms of a CoMID in Veraison's JSON"""
    return [{'instance': hexed(triple['environment']['instance']['value']),
             'measurements': [veraison_measurement(entry) for entry in triple['measurements']]}
            for triple in comid['triples']['reference-values']]


class References(references.Case):
    def keys(self, curve):
        private, public = self.dir / f'{curve}.pem', self.dir / f'{curve}.pub'
        option = f'ec_paramgen_curve:{curve}'
        openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', option, '-out', private)
        openssl('pkey', '-in', private, '-pubout', '-out', public)
        return private, public

    def check_corim(self, wanted, rims):
        written = self.reference('corim', wanted)
        found, read = RUST('corim', written), Corim(written.read_bytes())
        self.assertTrue(read.sorted)
        self.assertEqual((found['profile'], read.profile), (PROFILE, PROFILE))
        self.assertEqual((found['profile-checked'], found['notes']), (True, '[]'))
        expected = [realm(wanted, rim) for rim in rims]
        self.assertEqual(in_order(found['realms'], 'class'), expected)
        self.assertEqual(in_order(read.realms, 'class'), expected)
        self.assertTrue(GO('frame', written)['id'])

    def test_corim(self):
        self.for_each(self.check_corim)

    def check_older_form(self, wanted, rims):
        written = self.reference('comid', wanted)
        found, read = RUST('corim', written), Corim(written.read_bytes())
        self.assertTrue(read.sorted)
        self.assertEqual((found['profile'], read.profile), (OLDER_PROFILE, OLDER_PROFILE))
        self.assertEqual(found['notes'], '[]')
        comids = GO('corim', written)['comids']
        expected = [older_realm(wanted, rim) for rim in rims]
        for realms in (without_class(found['realms']), without_class(read.realms),
                       sum(map(veraison_realms, comids), [])):
            self.assertEqual(in_order(realms, 'instance'), expected)

    def test_older_form(self):
        self.for_each(self.check_older_form)

    def check_template(self, wanted, rims):
        comid = GO('template', self.reference('comid-json', wanted))
        self.assertEqual(in_order(veraison_realms(comid), 'instance'),
                         [older_realm(wanted, rim) for rim in rims])

    def test_template(self):
        self.for_each(self.check_template)

    def check_signed(self, style, curve):
        private, public = self.keys(curve)
        plain = Corim(self.reference(style, Wanted()).read_bytes())
        written = self.reference(style, Wanted(), '--sign', private)
        read = Corim(written.read_bytes(), public.read_text())
        self.assertEqual((read.realms, read.profile), (plain.realms, plain.profile))
        found = RUST('corim', written)
        self.assertEqual((found['signed'], found['realms']), (True, plain.realms))
        self.assertEqual(GO('frame', written, public)['signer'], read.signer)

    def test_signed(self):
        for style in ('corim', 'comid'):
            for curve in CURVES:
                with self.subTest(style, curve=curve):
                    self.check_signed(style, curve)

    def test_signature_of_another(self):
        private, public = self.keys('P-256')
        written = self.reference('corim', Wanted(), '--sign', private)
        GO('frame', written, public)
        _, other = self.keys('P-256')
        self.assert_refused('verification error', GO, 'frame', written, other)
        self.assert_refused(BAD_SIGNATURE, Corim, written.read_bytes(), other.read_text())

    def test_changed_payload(self):
        private, public = self.keys('P-384')
        written = self.reference('corim', Wanted(), '--sign', private)
        written.write_bytes(written.read_bytes().replace(b'cca.rim', b'cca.rem', 1))
        self.assert_refused('verification error', GO, 'frame', written, public)
        self.assert_refused(BAD_SIGNATURE, Corim, written.read_bytes(), public.read_text())


if __name__ == '__main__':
    unittest.main()
