# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens that are refused for what a claim is: missing, twice, of another type, length or value."""
from kit import cbor
from case import malformed, with_claim, with_second, without_claim

DIGEST = [(bytes(31), 'not 32, 48 or 64'), (bytes(33), 'not 32, 48 or 64'), (b'',
                                                                             'not 32, 48 or 64')]
HASH = [('sha256', 'not sha-256, sha-384 or sha-512'), ('SHA-256', 'not sha-256'),
        ('', 'not sha-256')]
UEID = [(b'\1' + bytes(31), '32 bytes, not 33'), (b'\1' + bytes(33), '34 bytes, not 33'),
        (b'\2' + bytes(32), 'not 0x01'), (b'', '0 bytes, not 33')]

# part, key, name, of another type, how that is said, other values that are wrong
MANDATORY = [
    ('platform', 265, 'cca-platform-profile', 265, 'not text',
     [('tag:arm.com,2023:cca_platform#1.0.0\0', 'NUL')]),
    ('platform', 10, 'cca-platform-challenge', 'x' * 32, 'not byte string', DIGEST),
    ('platform', 2396, 'cca-platform-implementation-id', 'x' * 32, 'not byte string',
     [(bytes(31), '31 bytes, not 32'), (bytes(33), '33 bytes, not 32'), (b'', '0 bytes')]),
    ('platform', 256, 'cca-platform-instance-id', 1, 'not byte string', UEID),
    ('platform', 2401, 'cca-platform-config', None, 'not byte string', [(b'', '0 bytes')]),
    ('platform', 2395, 'cca-platform-lifecycle', b'\x30\0', 'not integer',
     [(0x10000, 'range'), (-1, 'range'), (2 ** 64 - 1, 'range')]),
    ('platform', 2402, 'cca-platform-hash-algo-id', 1, 'not text', HASH),
    ('platform', 2399, 'cca-platform-sw-components', {}, 'not array', [([], 'empty')]),
    ('realm', 10, 'cca-realm-challenge', 'x' * 64, 'not byte string',
     [(bytes(32), '32 bytes, not 64'), (bytes(63), '63 bytes, not 64'), (bytes(65),
                                                                         '65 bytes, not 64')]),
    ('realm', 44235, 'cca-realm-personalization-value', True, 'not byte string',
     [(bytes(63), '63 bytes, not 64'), (bytes(65), '65 bytes, not 64'), (b'', '0 bytes, not 64')]),
    ('realm', 44236, 'cca-realm-hash-algo-id', b'sha-256', 'not text',
     HASH + [('sha-256\0', 'NUL')]),
    ('realm', 44240, 'cca-realm-public-key-hash-algo-id', 0, 'not text', HASH),
    ('realm', 44238, 'cca-realm-initial-measurement', [b''], 'not byte string', DIGEST),
    ('realm', 44239, 'cca-realm-extensible-measurements', bytes(128), 'not array',
     [([bytes(32)] * 3, '3 entries, not 4'), ([bytes(32)] * 5, '5 entries, not 4'),
      ([], '0 entries'),
      ([bytes(32)] * 3 + ['x'], 'not byte string'), ([bytes(32)] * 3 + [bytes(48)],
                                                     'the RIM has 32'),
      ([bytes(48)] * 4, 'the RIM has 32'), ([bytes(64)] * 4, 'the RIM has 32')]),
    ('realm', 44237, 'cca-realm-public-key', {1: 2}, 'not byte string', [(b'', 'empty')]),
    ('realm', 256, 'cca-realm-instance-id', 'x' * 33, 'not byte string', UEID),
    ('realm', 44243, 'cca-realm-mec-policy', b'\0', 'not integer',
     [(2, 'range'), (-1, 'range'), ('secret', 'not shared or private'), ('', 'not shared')]),
]

# what no profile demands, but all hold to its type
OPTIONAL = [
    ('platform', 2400, 'service-indicator', [(7, 'not text'), ('a\0b', 'NUL')]),
    ('platform', 2394, 'client-id', [('1', 'not integer'), (0, 'is not 1'), (2, 'is not 1')]),
    ('platform', 2403, 'manufacturing-config', [('x', 'not byte string')]),
    ('platform', 2404, 'extension-devices', [({}, 'not array')]),
    ('platform', 2405, '(2405)', [(b'', 'not array'), ([1], 'not map'), ([{4: bytes(31)}],
                                                                         'not 32, 48 or 64'),
                                  ([{1: 1}], 'not text'), ([{3: 'x'}], 'not integer')]),
    ('platform', 2406, 'peer-signers', [('x', 'not byte string'), ([b'x', 1], 'not byte string')]),
    ('platform', 2407, 'tpm-binding', [(1, 'not byte string')]),
    ('platform', 2408, 'binding', [(bytes(31), 'not 32, 48 or 64'), ('x', 'not byte string')]),
    ('realm', 265, 'cca-realm-profile', [(265, 'not text'), ('tag:arm.com,2024:realm#2.0.0\0',
                                                             'NUL')]),
    ('realm', 44244, 'lfa-policy', [(2, 'range'), (True, 'not integer')]),
    ('realm', 44257, 'devices-hash', [('x', 'not byte string')]),
]

GOOD_COMPONENT = {1: 'FW', 2: bytes(32), 4: '1', 5: bytes(32), 6: 'sha-256'}
COMPONENTS = [
    ('no-measurement', {5: bytes(32)}, 'measurement-value (2)', 'missing'),
    ('no-signer', {2: bytes(32)}, 'signer-id (5)', 'missing'),
    ('measurement-31', {2: bytes(31), 5: bytes(32)}, 'measurement-value (2)', 'not 32, 48 or 64'),
    ('measurement-text', {2: 'x' * 32, 5: bytes(32)}, 'measurement-value (2)', 'not byte string'),
    ('signer-33', {2: bytes(32), 5: bytes(33)}, 'signer-id (5)', 'not 32, 48 or 64'),
    ('signer-null', {2: bytes(32), 5: None}, 'signer-id (5)', 'not byte string'),
    ('type-bytes', {**GOOD_COMPONENT, 1: b'FW'}, 'measurement-type (1)', 'not text'),
    ('version-number', {**GOOD_COMPONENT, 4: 1}, 'version (4)', 'not text'),
    ('hash-number', {**GOOD_COMPONENT, 6: 1}, '(6) of cca-platform-sw-components', 'not text'),
    ('activation-number', {**GOOD_COMPONENT, 7: 1}, '(7) of cca-platform-sw-components',
     'not boolean'),
    ('counter-signers-map', {**GOOD_COMPONENT, 8: {}}, '(8) of cca-platform-sw-components',
     'not array'),
    ('key-of-bytes', {**GOOD_COMPONENT, b'x': 1}, '', 'neither an integer nor text'),
    ('no-map', [bytes(32), bytes(32)], 'cca-platform-sw-components (2399)', 'not map'),
    ('twice',
     cbor.Raw(b'\xa3\x02\x58\x20' + bytes(32) + b'\x05\x58\x20' + bytes(32) + b'\x18\x02\x00'), '',
     'key 2, which this map has already'),
]


def mandatory(maker):
    good = maker.mixed()
    for part, key, name, other, said, wrong in MANDATORY:
        where = f'{name} ({key})'
        yield malformed(f'{part}-{key}-missing', without_claim(good, part, key), where,
                        'is missing')
        yield malformed(f'{part}-{key}-null', with_claim(good, part, key, None), where, 'is null')
        yield malformed(f'{part}-{key}-type', with_claim(good, part, key, other), where, said)
        value = getattr(good, part).claims.get(key)
        yield malformed(f'{part}-{key}-twice', with_second(good, part, key, value), f'{part} token',
                        f'key {key}, which this map has already')
        for number, (value, why) in enumerate(wrong):
            yield malformed(f'{part}-{key}-wrong-{number}', with_claim(good, part, key, value),
                            name, why)


def optional(maker):
    for part, key, name, wrong in OPTIONAL:
        for number, (value, why) in enumerate(wrong):
            yield malformed(f'{part}-{key}-wrong-{number}', with_claim(maker.mixed(), part, key,
                                                                       value), name, why)


def components(maker):
    for name, item, where, why in COMPONENTS:
        token = with_claim(maker.mixed(), 'platform', 2399, [GOOD_COMPONENT, item])
        yield malformed(f'component-{name}', token, where, why)


def by_profile(maker):
    of_2026 = maker.of_2026()
    yield malformed('2026-without-2408', without_claim(of_2026, 'platform', 2408),
                    'cca-platform-binding (2408)',
                    'is missing')
    yield malformed('2026-without-client-id', without_claim(of_2026, 'platform', 2394), '(2394)',
                    'is missing')
    yield malformed('2024-without-client-id', without_claim(maker.of_2024(), 'platform', 2394),
                    '(2394)',
                    'is missing')
    for key in (256, 44243):
        yield malformed(f'2026-without-{key}', without_claim(of_2026, 'realm', key), f'({key})',
                        'is missing')
    for profile in ('', ';delegated', ';direct', '#delegated', '#direct'):
        token = maker.of_2026('tag:arm.com,2026:cca_platform#2.0.0' + profile)
        token.platform.claims.append((10, maker.challenge))
        yield malformed(f'2026{profile}-with-challenge'.replace(';', '-').replace('#', '-number-'),
                        token,
                        'cca-platform-challenge (10)', 'must be absent')
    yield malformed('hesrak-without-challenge', without_claim(maker.hesrak(), 'platform', 10),
                    '(10)', 'is missing')
    yield malformed('hesrak-without-2408', without_claim(maker.hesrak(), 'platform', 2408),
                    '(2408)', 'is missing')
    direct = maker.of_2026('tag:arm.com,2026:cca_platform#2.0.0;direct')
    yield malformed('direct-but-signed', direct, 'realm token', 'is signed, but')
    yield malformed('unsigned-but-not-direct', maker.direct(maker.of_2026()), 'realm token',
                    'is not signed, but')
    for key, value in ((44237, maker.rak.cose_key()), (44240, 'sha-256')):
        token = with_claim(maker.direct(direct.copy()), 'realm', key, value)
        yield malformed(f'direct-with-{key}', token, f'({key})', 'must be absent')


def raks(maker):
    x, y = maker.rak.point[1:49], maker.rak.point[49:]
    good = {1: 2, -1: 2, -2: x, -3: y}
    wrong = [
        ('kty', {**good, 1: 1}, 'kty (1)', 'is not 2'),
        ('crv', {**good, -1: 1}, 'crv (-1)', 'is not 2'),
        ('no-kty', {-1: 2, -2: x, -3: y}, 'kty (1)', 'missing'), ('no-x', {1: 2, -1: 2, -3: y},
                                                                  'x (-2)', 'missing'),
        ('no-crv', {1: 2, -2: x, -3: y}, 'crv (-1)', 'missing'),
        ('x-47', {**good, -2: x[1:]}, 'x (-2)', '47 bytes, not 48'),
        ('y-49', {**good, -3: b'\0' + y}, 'y (-3)', '49 bytes, not 48'),
        ('compressed', {**good, -3: True}, 'y (-3)', 'not byte string'), ('array', [2, 2, x, y],
                                                                          '', 'not map'),
    ]
    for name, value, where, why in wrong:
        yield malformed(f'rak-{name}', with_claim(maker.mixed(), 'realm', 44237,
                                                  cbor.encode(value)),
                        where or 'cca-realm-public-key (44237)', why)
    for name, value, why in (
            ('trailing', maker.rak.cose_key() + b'\0', 'left over'),
            ('cut', maker.rak.cose_key()[:-1], 'ends inside'), ('key-twice', cbor.encode(cbor.Raw(
                b'\xa2\x01\x02\x01\x02')), 'which this map has already'),
            ('bare-point', maker.rak.point, 'is a bare point')):
        yield malformed(f'rak-{name}', with_claim(maker.mixed(), 'realm', 44237, value),
                        'cca-realm-public-key (44237)', why)
    for name, value, why in (('96', maker.rak.point[:-1], '96 bytes, not 97'),
                             ('98', maker.rak.point + b'\0', '98 bytes, not 97'),
                             ('compressed', b'\2' + x, 'is a compressed point'),
                             ('compressed-odd', b'\3' + x, 'is a compressed point')):
        yield malformed(f'legacy-rak-{name}', with_claim(maker.legacy(), 'realm', 44237, value),
                        '(44237)', why)


def key_types(maker):
    for part in ('platform', 'realm'):
        yield malformed(f'{part}-key-of-bytes', with_second(maker.mixed(), part, b'x', 1),
                        f'{part} token',
                        'neither an integer nor text')
    for key in ([1], {}, None, 1.5):
        yield malformed(f'key-{type(key).__name__}', with_second(maker.mixed(), 'realm', key, 1),
                        'realm token',
                        'neither an integer nor a string')
    other = with_second(maker.mixed(), 'realm', cbor.Raw(b'\x1a\0\0\xac\xce'), bytes(32))
    yield malformed('realm-44238-twice-two-encodings', other, 'realm token',
                    'key 44238, which this map has already')
    token = with_second(with_second(maker.mixed(), 'realm', 'x', 1), 'realm', 'x', 2)
    yield malformed('realm-text-key-twice', token, 'realm token', 'has already')


def cases(maker):
    for group in (mandatory, optional, components, by_profile, raks, key_types):
        yield from group(maker)
