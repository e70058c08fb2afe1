# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens that hold: every form, profile and key, and what a reader has to put up with."""
from kit import cbor
from case import ACCEPT, DIFFER, Case, changed, flip, with_claim


def forms(maker):
    yield Case('legacy-raw-rak', maker.legacy(), ACCEPT)
    legacy = maker.legacy()
    legacy.realm.claims.set(44237, maker.rak.cose_key())
    yield Case('legacy-cose-key-rak', legacy, ACCEPT)
    for tag in (399, 907):
        yield Case(f'2023-tag-{tag}', changed(maker.of_2023(), tag=tag), ACCEPT)
        yield Case(f'mixed-tag-{tag}', changed(maker.mixed(), tag=tag), ACCEPT)
        yield Case(f'2026-tag-{tag}', changed(maker.of_2026(), tag=tag), ACCEPT)
    yield Case('2024-1.1.0', maker.of_2024('tag:arm.com,2024:cca_platform#1.1.0'), ACCEPT)
    yield Case('2024-2.0.0', maker.of_2024(), ACCEPT)
    yield Case('2026-2.1.0', maker.of_2026('tag:arm.com,2026:cca_platform#2.1.0'), ACCEPT)
    old_realm = maker.of_2026()
    old_realm.realm = maker.legacy().realm
    yield Case('2026-with-legacy-realm', old_realm, ACCEPT)


def modes(maker):
    for name, separator in (('semicolon', ';'), ('number-sign', '#')):
        profile = f'tag:arm.com,2026:cca_platform#2.0.0{separator}'
        yield Case(f'delegated-{name}', maker.of_2026(profile + 'delegated'), ACCEPT)
        yield Case(f'hesrak-{name}', maker.hesrak(separator), ACCEPT)
        yield Case(f'direct-{name}', maker.direct(maker.of_2026(profile + 'direct')), ACCEPT)
    direct = maker.of_2026('tag:arm.com,2026:cca_platform#2.1.0;direct')
    yield Case('direct-untagged', maker.direct(direct.copy(), tag=None), ACCEPT)
    unsigned = changed(maker.direct(direct), 'realm', record=lambda content: [267, content])
    yield Case('direct-format-of-unsigned-claims', unsigned, ACCEPT)
    older = maker.of_2024('tag:arm.com,2024:cca_platform#2.0.0;direct')
    yield Case('direct-2024', maker.direct(older), ACCEPT)


def keys(maker):
    for name, key in (('es256', maker.cpak256), ('es512', maker.cpak521)):
        token = changed(maker.mixed(), 'platform', key=key)
        yield Case(f'platform-{name}', token, ACCEPT, keys=(key.public.name,))
        yield Case(f'platform-{name}-among-others', token, ACCEPT,
                   keys=('other.pem', 'cpak.pem', key.public.name))
    for name in ('sha-384', 'sha-512'):
        yield Case(f'rak-hash-{name}', with_claim(maker.mixed(), 'realm', 44240, name), ACCEPT)
    more = with_claim(maker.mixed(), 'realm', 44237, maker.rak.cose_key(**{'kid': b'rak',
                                                                           'use': [1]}))
    yield Case('rak-with-more-labels', more, ACCEPT)
    x, y = maker.rak.point[1:49], maker.rak.point[49:]
    other_order = cbor.encode({-3: y, -2: x, -1: 2, 1: 2})
    yield Case('rak-in-another-order', with_claim(maker.mixed(), 'realm', 44237, other_order),
               ACCEPT)


def headers(maker):
    mixed = maker.mixed()
    for part in ('platform', 'realm'):
        yield Case(f'{part}-kid', changed(mixed, part, unprotected={4: b'any'}), ACCEPT)
        yield Case(f'{part}-unknown-header', changed(mixed, part, unprotected={'x': [1, {}]}),
                   ACCEPT)
        content_type = cbor.encode({3: 'application/eat+cwt', 1: -35})
        yield Case(f'{part}-protected-type', changed(mixed, part, protected=content_type), ACCEPT)
        long_head = b'\xb8\x01\x18\x01\x39\x00\x22'
        yield Case(f'{part}-longer-heads', changed(mixed, part, protected=long_head), ACCEPT)


def measurements(maker):
    for size in (32, 48, 64):
        yield Case(f'2024-realm-sha-{8 * size}', maker.mixed(size), ACCEPT)
        yield Case(f'2026-realm-sha-{8 * size}', maker.of_2026(size=size), ACCEPT)
    odd = maker.of_2023(64)
    odd.realm.claims.set(44236, 'sha-256')  # published good tokens are so
    yield Case('2023-hash-name-and-length', odd, ACCEPT)
    yield Case('config-of-33-bytes', with_claim(maker.mixed(), 'platform', 2401, bytes(33)), ACCEPT)
    yield Case('config-of-1-byte', with_claim(maker.mixed(), 'platform', 2401, b'\0'), ACCEPT)


OPTIONAL = [
    ('platform', 2403, b'config', 'manufacturing'), ('platform', 2404, [1, 'x'], 'devices'),
    ('platform', 2405, [{1: 'bl2', 2: 0, 3: 7, 4: bytes(32)}, {}], 'rotpks'),
    ('platform', 2406, [b'a', b'b'], 'peers-list'), ('platform', 2406, b'a', 'peers-one'),
    ('platform', 2407, b'tpm', 'tpm'), ('platform', 2394, 1, 'client-id-in-2023'),
    ('realm', 44244, 1, 'lfa-policy'), ('realm', 44257, bytes(32), 'devices-hash'),
    ('realm', 44243, 1, 'mec-private'), ('realm', 44243, 'shared', 'mec-text'),
    ('platform', -70000, None, 'negative-key'), ('platform', 'vendor', {'a': [1.5, True]},
                                                 'text-key'),
    ('realm', 2 ** 64 - 1, -2 ** 64, 'huge-integers'), ('realm', 'cca-realm-profile', 'x',
                                                        'lookalike'),
    ('realm', 99999, cbor.Tag(4, [-2, 27315]), 'tag'), ('realm', 99998, {b'bytes': {}}, 'nested'),
]


def nested(levels):
    return [nested(levels - 1)] if levels else 0


def claims(maker):
    for part, key, value, name in OPTIONAL:
        yield Case(f'{part}-{name}', with_claim(maker.mixed(), part, key, value), ACCEPT)
    for part in ('platform', 'realm'):
        backwards = maker.mixed()
        getattr(backwards, part).claims.reverse()
        yield Case(f'{part}-claims-backwards', backwards, ACCEPT)
    token = maker.mixed()
    rim = token.realm.claims
    rim[[key for key, _ in rim].index(44238)] = (cbor.Raw(b'\x1a\0\0\xac\xce'), b'\x11' * 32)
    yield Case('realm-longer-key', token, ACCEPT)
    for word in ('PRIVATE', 'of another time'):
        yield Case(f'2023-mec-{word[:2]}'.lower(), with_claim(
            maker.of_2023(), 'realm', 44243, word), ACCEPT)
    yield Case('platform-longer-lifecycle', with_claim(
        maker.mixed(), 'platform', 2395, cbor.Raw(b'\x1b\0\0\0\0\0\0\x30\x03')), ACCEPT)
    yield Case('component-of-least', with_claim(
        maker.mixed(), 'platform', 2399, [{5: bytes(32), 2: bytes(32)}]), ACCEPT)
    yield Case('component-of-most', with_claim(
        maker.mixed(), 'platform', 2399,
        [{8: [1], 7: True, 6: 'sha-256', 5: bytes(32), 4: '1', 2: bytes(32), 1: 'X', 99: 0,
          'y': 0}]), ACCEPT)
    many = [(100000 + index, index) for index in range(100)]
    for name, value in (('deep', nested(15)), ('wide', [0] * 1024)):  # as far as it goes
        yield Case(f'realm-{name}', with_claim(maker.mixed(), 'realm', 70000, value), ACCEPT)
    token = maker.mixed()
    token.platform.claims += many
    yield Case('platform-many-unknown', token, ACCEPT)


def collections(maker):
    mixed = maker.mixed()
    more = changed(mixed, collection=lambda pairs: [('__cmwc_t', 'tag:x'), *pairs,
                                                    (44299, [60, b''])])
    yield Case('more-in-collection', more, ACCEPT)
    yield Case('collection-backwards', changed(mixed, collection=lambda pairs: pairs[::-1]), ACCEPT)
    for name, indicator in (('number', 2), ('anything', {'a': [b'']})):
        record = changed(mixed, 'platform', record=lambda content,
                         last=indicator: [263, content, last])
        yield Case(f'record-indicator-{name}', record, ACCEPT)


def lifecycles(maker):
    for value in (0x3000, 0x30ff):
        yield Case(f'lifecycle-{value:04x}', with_claim(maker.mixed(), 'platform', 2395, value),
                   ACCEPT)
    debug = with_claim(maker.mixed(), 'platform', 2395, 0x4001)
    yield Case('lifecycle-4001-debug-allowed', debug, ACCEPT, lifecycle='debug')


def challenges(maker):
    yield Case('challenge-same', maker.mixed(), ACCEPT, challenge=maker.challenge)
    short = with_claim(maker.mixed(), 'realm', 10, b'nonce'.ljust(64, b'\0'))
    yield Case('challenge-padded', short, ACCEPT, challenge=b'nonce')
    yield Case('challenge-other', maker.mixed(), DIFFER, 'challenge',
               challenge=flip(maker.challenge))
    yield Case('challenge-shorter', maker.mixed(), DIFFER, 'challenge',
               challenge=maker.challenge[:32])


def cases(maker):
    for group in (forms, modes, keys, headers, measurements, claims, collections, lifecycles,
                  challenges):
        yield from group(maker)
