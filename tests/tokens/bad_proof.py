# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Well-formed tokens that are refused: keys, signatures, binding, profiles, lifecycle, lengths."""
import hashlib

from kit import cbor
from case import REFUSE, Case, changed, flip, with_claim


# What is said of most tokens that a check refuses.
WHY = {
    'structure': 'profile is not known', 'platform-key': 'but ES',
    'platform-signature': 'not made with',
    'realm-signature': 'not made with', 'platform-algorithm': 'not known',
    'realm-algorithm': 'not known',
    'binding': 'vouches for another realm key', 'lifecycle': 'not in a state',
    'lengths': 'the stated hash is',
}


def refused(name, token, check, why=None, **more):
    return Case(name, token, REFUSE, check, why=why or WHY[check], **more)


def alone(maker):
    for part in ('platform', 'realm'):
        token = getattr(maker.mixed(), part)
        if part == 'platform':
            token.claims.set(10, bytes(32))
        yield refused(f'{part}-alone', token.encode(), 'structure', f'a {part} token alone')


def profiles(maker):
    for name, profile in (
            ('unknown', 'tag:arm.com,2027:cca_platform#3.0.0'), ('psa',
                                                                 'http://arm.com/psa/2.0.0'),
                                                                 ('empty', ''),
            ('longer', 'tag:arm.com,2023:cca_platform#1.0.00'),
            ('upper', 'TAG:ARM.COM,2023:CCA_PLATFORM#1.0.0'),
            ('direct-in-2023', 'tag:arm.com,2023:cca_platform#1.0.0;direct'),
            ('separator', 'tag:arm.com,2026:cca_platform#2.0.0,delegated'),
            ('mode', 'tag:arm.com,2026:cca_platform#2.0.0;other'),
            ('realms', 'tag:arm.com,2023:realm#1.0.0')):
        yield refused(f'platform-profile-{name}', with_claim(maker.mixed(), 'platform', 265,
                                                             profile), 'structure')
    for name, profile in (('unknown', 'tag:arm.com,2027:realm#3.0.0'), ('empty', ''),
                          ('longer', 'tag:arm.com,2024:realm#2.0.0;direct'),
                          ('platforms', 'tag:arm.com,2023:cca_platform#1.0.0')):
        yield refused(f'realm-profile-{name}', with_claim(maker.mixed(), 'realm', 265, profile),
                      'structure')


def algorithms(maker):
    for part in ('platform', 'realm'):
        for name, alg in (('eddsa', -8), ('ps256', -37), ('hmac', 5), ('es256k', -47), ('zero', 0)):
            token = changed(maker.mixed(), part, protected=cbor.encode({1: alg}))
            yield refused(f'{part}-algorithm-{name}', token, f'{part}-algorithm')
        for name, header in (('none', b'\xa0'), ('no-header', b'')):
            token = changed(maker.mixed(), part, protected=header)
            yield refused(f'{part}-algorithm-{name}', token, f'{part}-algorithm', 'no algorithm')
    for name, alg in (('es256', -7), ('es512', -36)):
        protected = cbor.encode({1: alg})
        yield refused(f'platform-{name}-with-p384', changed(maker.mixed(), 'platform',
                                                            protected=protected),
                      'platform-key')
        yield refused(f'realm-{name}-with-p384', changed(maker.mixed(), 'realm',
                                                         protected=protected),
                      'realm-algorithm', 'is on P-384')


def keys(maker):
    yield refused('no-key', maker.mixed(), 'platform-key', 'no key was given', keys=())
    yield refused('key-of-other-curve', maker.mixed(), 'platform-key', keys=('cpak256.pem',
                                                                             'cpak521.pem'))
    yield refused('key-of-another', maker.mixed(), 'platform-signature', keys=('other.pem',))
    yield refused('keys-of-others', maker.mixed(), 'platform-signature', keys=('other.pem',
                                                                               'rak.pem'))
    yield refused('signed-by-another', changed(maker.mixed(), 'platform', key=maker.other),
                  'platform-signature')
    yield refused('platform-signed-with-rak', changed(maker.mixed(), 'platform', key=maker.rak),
                  'platform-signature')
    yield refused('realm-signed-with-cpak', changed(maker.mixed(), 'realm', key=maker.cpak),
                  'realm-signature')


# Of P-384 (FIPS 186-5, SP 800-186)
ORDER = bytes.fromhex('ffffffffffffffffffffffffffffffffffffffffffffffff'
                      'c7634d81f4372ddf581a0db248b0a77aecec196accc52973')


SIGNATURES = {
    'first-bit': lambda data: flip(data, 0, 0x80), 'last-bit': lambda data: flip(data, -1, 1),
    'middle-bit': lambda data: flip(data, 48, 1), 'cut': lambda data: data[:-1],
    'longer': lambda data: data + b'\0',
    'padded-in-front': lambda data: b'\0' + data, 'empty': lambda data: b'',
    'zero': lambda data: bytes(96),
    'ones': lambda data: b'\xff' * 96, 'halves-swapped': lambda data: data[48:] + data[:48],
    'r-zero': lambda data: bytes(48) + data[48:], 's-zero': lambda data: data[:48] + bytes(48),
    's-is-order': lambda data: data[:48] + ORDER,
    'r-is-order': lambda data: ORDER + data[48:],
    'der': lambda data: b'\x30\x64\x02\x30' + data[:48] + b'\x02\x30' + data[48:],
}


def signatures(maker):
    for part in ('platform', 'realm'):
        for name, change in SIGNATURES.items():
            yield refused(f'{part}-signature-{name}', changed(maker.mixed(), part,
                                                              signature=change),
                          f'{part}-signature')
        after = changed(maker.mixed(), part, signed=lambda payload: flip(payload, -1))
        yield refused(f'{part}-changed-after-signing', after, f'{part}-signature')
    mixed = maker.mixed()
    realm = mixed.realm.encode()
    token = changed(mixed, 'platform', signature=lambda data: realm[-96:])
    yield refused('signatures-exchanged', token, 'platform-signature')
    other_header = changed(mixed, 'platform', signed=lambda payload: payload,
                           cose=lambda fields: cbor.Tag(
        18, [cbor.encode({1: -35, 3: 0}), *fields[1:]]))
    yield refused('protected-changed-after-signing', other_header, 'platform-signature')


def reused_signatures(maker):
    """Claims of a newer profile under signatures of an older token; the binding is right."""
    old, new = maker.of_2023(), maker.of_2026()
    signed = {}
    for part in ('platform', 'realm'):
        claims = getattr(old, part).claims
        binding = hashlib.sha256(maker.rak.cose_key()).digest()
        for key, value in claims:
            if not isinstance(value, (bytes, int, str, list, dict)):
                claims.set(key, binding)
        signed[part] = claims.encode()
    for part in ('platform', 'realm'):
        token = changed(new, part, signed=lambda payload, part=part: signed[part])
        yield refused(f'{part}-signature-of-older-claims', token, f'{part}-signature')
    both = changed(changed(new, 'platform', signed=lambda payload: signed['platform']), 'realm',
                   signed=lambda payload: signed['realm'])
    yield refused('both-signatures-of-older-claims', both, 'platform-signature')


def bindings(maker):
    genuine = hashlib.sha256(maker.rak.cose_key()).digest()
    attacker = maker.mixed()
    attacker.realm.key = maker.attacker
    attacker.realm.claims.set(44237, maker.attacker.cose_key())
    yield refused('attackers-rak', changed(attacker, bound=lambda digest: genuine), 'binding')
    for form in ('legacy', 'of_2023', 'mixed', 'of_2024', 'of_2026', 'hesrak'):
        token = getattr(maker, form)()
        yield refused(f'binding-flipped-{form}', changed(token,
                                                         bound=lambda digest: flip(digest, -1)),
                                                         'binding')
        yield refused(f'binding-zero-{form}', changed(token, bound=lambda digest: bytes(32)),
                      'binding')
    for name, data in (('bare-point', maker.rak.point), ('with-head',
                                                         cbor.encode(maker.rak.cose_key()))):
        digest = hashlib.sha256(data).digest()
        yield refused(f'binding-of-{name}', changed(maker.mixed(), bound=lambda _,
                                                    digest=digest: digest), 'binding')
    cose = hashlib.sha256(maker.rak.cose_key()).digest()
    yield refused('legacy-binding-of-cose-key', changed(maker.legacy(), bound=lambda _: cose),
                  'binding')
    other_hash = hashlib.sha384(maker.rak.cose_key()).digest()
    yield refused('binding-by-another-hash', changed(maker.mixed(), bound=lambda _: other_hash),
                  'binding')
    long = hashlib.sha512(maker.rak.cose_key()).digest()
    cut = with_claim(maker.mixed(), 'realm', 44240, 'sha-512')
    yield refused('binding-cut', changed(cut, bound=lambda _: long[:32]), 'binding')
    yield refused('binding-padded', changed(maker.mixed(),
                                            bound=lambda digest: digest.ljust(64, b'\0')),
                                            'binding')
    yield refused('hesrak-other-challenge', with_claim(maker.hesrak(), 'platform', 10, bytes(64)),
                  'binding',
                  'not the realm\'s challenge')
    in_2408 = with_claim(with_claim(maker.mixed(), 'platform', 10, bytes(32)), 'platform', 2408,
                         genuine)
    yield refused('2023-bound-by-2408', in_2408, 'binding')


DIRECT = 'vouches for other claims'


def direct_bindings(maker):
    direct = maker.direct(maker.of_2026('tag:arm.com,2026:cca_platform#2.0.0;direct'))
    yield refused('direct-binding-flipped', changed(direct, bound=lambda digest: flip(digest)),
                  'binding', DIRECT)
    payload = direct.realm.claims.encode()
    without_tag = hashlib.sha256(payload).digest()
    yield refused('direct-binding-without-tag', changed(direct, bound=lambda _: without_tag),
                  'binding', DIRECT)
    other = direct.copy()
    digest = hashlib.sha256(direct.realm.encode()).digest()
    other.realm.claims.set(44238, b'\x12' * 32)
    yield refused('direct-other-rim', changed(other, bound=lambda _: digest), 'binding', DIRECT)


def raks(maker):
    point = maker.rak.point
    for name, wrong in (('off-curve', flip(point, -1)), ('zero', b'\4' + bytes(96)),
                        ('ones', b'\4' + b'\xff' * 96)):
        key = cbor.encode({1: 2, -1: 2, -2: wrong[1:49], -3: wrong[49:]})
        yield refused(f'rak-{name}', with_claim(maker.mixed(), 'realm', 44237, key),
                      'realm-algorithm',
                      'not on the curve')
        yield refused(f'legacy-rak-{name}', with_claim(maker.legacy(), 'realm', 44237, wrong),
                      'realm-algorithm',
                      'not on the curve')


def lifecycles(maker):
    for value in (0x0000, 0x00ff, 0x1000, 0x2fff, 0x3100, 0x4000, 0x40ff, 0x5000, 0x6000, 0x7000,
                  0xffff):
        token = with_claim(maker.mixed(), 'platform', 2395, value)
        yield refused(f'lifecycle-{value:04x}', token, 'lifecycle')
    for value in (0x2000, 0x4100, 0x5000, 0x6000):
        token = with_claim(maker.mixed(), 'platform', 2395, value)
        yield refused(f'lifecycle-{value:04x}-debug-allowed', token, 'lifecycle', lifecycle='debug')


def lengths(maker):
    for form in ('mixed', 'of_2026'):
        for size, name in ((32, 'sha-512'), (64, 'sha-256'), (48, 'sha-256'), (32, 'sha-384')):
            token = with_claim(getattr(maker, form)(size=size), 'realm', 44236, name)
            yield refused(f'{form}-{8 * size}-bits-named-{name}', token, 'lengths')


def cases(maker):
    for group in (alone, profiles, algorithms, keys, signatures, reused_signatures, bindings,
                  direct_bindings, raks,
                  lifecycles, lengths):
        yield from group(maker)
