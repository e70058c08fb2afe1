# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens that are refused for how they are wrapped: tags, records, COSE_Sign1, CBOR itself."""
import base64

from kit import cbor
from case import changed, malformed

NAMES = {'platform': 'platform token', 'realm': 'realm token'}


def tags(maker):
    mixed, encoded = maker.mixed(), maker.mixed().encode()
    map_alone = cbor.Raw(encoded[3:])
    yield malformed('outer-untagged', encoded[3:], 'token at byte 0', '0xa2, which is no tag')
    for tag in (61, 398, 400, 906, 55799):
        yield malformed(f'outer-tag-{tag}', cbor.encode(cbor.Tag(tag, map_alone)),
                        'token at byte 0', f'it has tag {tag}')
    yield malformed('outer-tag-twice', cbor.encode(cbor.Tag(907, cbor.Raw(encoded))),
                    'token at byte 3', 'not map')
    yield malformed('outer-self-described', cbor.encode(cbor.Tag(55799, cbor.Raw(encoded))),
                    'token at byte 0', 'it has tag 55799')
    legacy = changed(mixed, tag=399).encode()
    yield malformed('tag-399-with-records', cbor.encode(cbor.Tag(399, map_alone)),
                    'platform token (44234)',
                    'is array, not byte string')
    yield malformed('tag-907-without-records', cbor.encode(cbor.Tag(907, cbor.Raw(legacy[3:]))),
                    'platform token (44234)', 'is byte string, not array')
    for part, name in NAMES.items():
        yield malformed(f'{part}-without-tag-18', changed(mixed, part, cose=lambda fields: fields),
                        name, 'is ')
        for tag in (17, 19, 98, 61):
            yield malformed(f'{part}-tag-{tag}', changed(
                mixed, part, cose=lambda fields, tag=tag: cbor.Tag(tag, fields)), name, 'is ')
        yield malformed(f'{part}-tag-18-twice', changed(
            mixed, part, cose=lambda fields: cbor.Tag(18, cbor.Tag(18, fields))), name,
            'is tag, not array')
        yield malformed(f'{part}-tag-61-around', changed(
            mixed, part, cose=lambda fields: cbor.Tag(61, cbor.Tag(18, fields))), name, 'is ')
    yield malformed('platform-unsigned', changed(mixed, 'platform', key=None), 'platform token',
                    'no COSE_Sign1')


def records(maker):
    mixed = maker.mixed()
    for part, key in (('platform', 44234), ('realm', 44241)):
        where = f'{part} token ({key})'
        for name, record, why in (
                ('of-one', lambda content: [content], '1 entries'),
                ('of-four', lambda content: [263, content, 1, 1], '4 entries'),
                ('empty', lambda content: [], '0 entries'),
                ('of-type-60', lambda content: [60, content], 'content format 60'),
                ('of-text-type', lambda content: ['application/eat+cwt', content], 'not integer'),
                ('swapped', lambda content: [content, 263], 'not integer'),
                ('of-text', lambda content: [263, 'x'], 'not byte string'),
                ('unsigned-format', lambda content: [267, content], 'is signed, but'),
                ('unwrapped', lambda content: [263, cbor.Raw(content)], 'is tag, not byte string'),
                ('null', lambda content: None, 'not array')):
            yield malformed(f'{part}-record-{name}', changed(mixed, part, record=record), where,
                            why)
        yield malformed(f'{part}-empty', changed(mixed, part, content=lambda content: b''),
                        f'{part} token', 'ends')
        legacy = changed(maker.legacy(), part, content=lambda content: cbor.Raw(content))
        yield malformed(f'{part}-unwrapped-legacy', changed(legacy, collection=lambda pairs: [
            (key, value) for key, value in pairs]), where, 'is tag, not byte string')


def collections(maker):
    for form in ('legacy', 'mixed'):
        token = getattr(maker, form)()
        for index, part in enumerate(('platform', 'realm')):
            key = (44234, 44241)[index]
            only = changed(token, collection=lambda pairs, index=index: [pairs[1 - index]])
            yield malformed(f'{form}-without-{part}', only, f'({key})', 'is missing')
            twice = changed(token, collection=lambda pairs, index=index: [*pairs, pairs[index]])
            yield malformed(f'{form}-{part}-twice', twice, 'token',
                            f'key {key}, which this map has already')
        swapped = changed(token, collection=lambda pairs: [(44234, pairs[1][1]),
                                                           (44241, pairs[0][1])])
        yield malformed(f'{form}-parts-swapped', swapped, 'platform token', 'is missing')
        empty = changed(token, collection=lambda pairs: [])
        yield malformed(f'{form}-empty', empty, '(44234)', 'is missing')
        text_keys = changed(token, collection=lambda pairs: [(str(key), value) for key,
                                                             value in pairs])
        yield malformed(f'{form}-text-keys', text_keys, '(44234)', 'is missing')
    yield malformed('collection-array', cbor.encode(cbor.Tag(907, [1, 2])), 'token', 'not map')


def sign1(maker):
    for part, name in NAMES.items():
        for fault, cose, why in (
                ('of-3', lambda fields: fields[:3], 'not 3'), ('of-5',
                                                               lambda fields: [*fields, b''],
                                                               'not 5'),
                ('map', lambda fields: dict(enumerate(fields)), 'is map, not array'),
                ('detached', lambda fields: [*fields[:2], None, fields[3]], 'detached'),
                ('payload-text', lambda fields: [*fields[:2], 'x', fields[3]], 'is text'),
                ('signature-null', lambda fields: [*fields[:3], None], 'is null'),
                ('protected-map', lambda fields: [{1: -35}, *fields[1:]], 'is map'),
                ('unprotected-bytes', lambda fields: [fields[0], b'', *fields[2:]],
                 'is byte string')):
            token = changed(maker.mixed(), part, cose=lambda fields,
                            cose=cose: cbor.Tag(18, cose(fields)))
            yield malformed(f'{part}-sign1-{fault}', token, name, why)


def headers(maker):
    for part, name in NAMES.items():
        for fault, hooks, why in (
                ('alg-unprotected', {'protected': b'', 'unprotected': {1: -35}},
                 'unprotected header'),
                ('alg-in-both', {'unprotected': {1: -35}}, 'in the protected header too'),
                ('label-in-both', {'protected': cbor.encode({1: -35, 4: b'k'}),
                                   'unprotected': {4: b'k'}},
                 'in the protected header too')):
            yield malformed(f'{part}-{fault}', changed(maker.mixed(), part, **hooks), name, why)
        for fault, header, why in (
                ('crit', cbor.encode({1: -35, 2: [4], 4: b'k'}), 'crit'),
                ('twice', b'\xa2\x01\x38\x22\x01\x38\x22', 'key 1, which this map has already'),
                ('trailing', b'\xa1\x01\x38\x22\0', 'left over'), ('array', b'\x81\x01', 'not map'),
                ('alg-text', cbor.encode({1: 'ES384'}), 'not integer')):
            yield malformed(f'{part}-protected-{fault}', changed(maker.mixed(), part,
                                                                 protected=header),
                            'protected header', why)


def trailing(maker):
    mixed = maker.mixed()
    yield malformed('trailing-byte', mixed.encode() + b'\0', 'token', 'left over')
    yield malformed('trailing-token', mixed.encode() * 2, 'token', 'left over')
    for part, name in NAMES.items():
        for hook in ('content', 'payload'):
            token = changed(mixed, part, **{hook: lambda data: data + b'\0'})
            yield malformed(f'{part}-{hook}-trailing', token, name, 'left over')
            token = changed(mixed, part, **{hook: lambda data: data[:-1]})
            yield malformed(f'{part}-{hook}-cut', token, name, 'ends')


def indefinite(maker):
    mixed = maker.mixed()
    encoded = mixed.encode()
    yield malformed('indefinite-collection', encoded[:3] + b'\xbf' + encoded[4:] + b'\xff',
                    'token', 'indefinite')
    for part, name in NAMES.items():
        record = changed(mixed, part, record=lambda content: cbor.Raw(
            b'\x9f' + cbor.encode(263) + cbor.encode(content) + b'\xff'))
        yield malformed(f'{part}-indefinite-record', record, 'token', 'indefinite')
        chunked = changed(mixed, part, record=lambda content: [
            263, cbor.Raw(b'\x5f' + cbor.encode(content) + b'\xff')])
        yield malformed(f'{part}-indefinite-bytes', chunked, 'token', 'indefinite')
        claims = changed(mixed, part, payload=lambda data: b'\xbf' + data[1:] + b'\xff')
        yield malformed(f'{part}-indefinite-claims', claims, name, 'indefinite')
        sign1 = changed(mixed, part, cose=lambda fields: cbor.Tag(18, cbor.Raw(
            b'\x9f' + b''.join(map(cbor.encode, fields)) + b'\xff')))
        yield malformed(f'{part}-indefinite-sign1', sign1, name, 'indefinite')


DEEP, WIDE, HUGE = 'nested too deeply', 'too many entries', 'longer than any input'
LONG = ''  # what is said of such a string depends on the bits of a pointer
NOT_CBOR = {
    'reserved-head': (b'\x1c', 'not CBOR'), 'break': (b'\xff', 'break'),
    'text-not-utf8': (b'\x62\xc3\x28', 'not UTF-8'),
    'text-surrogate': (b'\x63\xed\xa0\x80', 'not UTF-8'),
    'array-of-2-32': (b'\x9b\0\0\0\1\0\0\0\0', HUGE), 'map-of-2-63': (b'\xbb\x80' + bytes(7), HUGE),
    'bytes-of-2-32': (b'\x5b\0\0\0\1\0\0\0\0', LONG), 'bytes-of-2-63': (b'\x5b\x80' + bytes(7),
                                                                        LONG),
    'text-of-2-64': (b'\x7b' + b'\xff' * 8, LONG),
    'array-of-1025': (b'\x99\x04\x01' + b'\0' * 1025, WIDE),
    'map-of-129': (b'\xb8\x81' + b''.join(
        cbor.encode(index) + b'\0' for index in range(129)), WIDE),
    'array-of-16-levels': (b'\x81' * 16 + b'\0', DEEP),
    'deep-arrays': (b'\x81' * 100 + b'\0', DEEP),
    'deep-maps': (b'\xa1\0' * 40 + b'\0', DEEP), 'deep-tags': (b'\xc1' * 1000 + b'\0', DEEP),
}


def not_cbor(maker):
    yield malformed('nothing', b'', 'token at byte 0', 'ends')
    yield malformed('zeros', bytes(100), 'token at byte 0', '0x00, which is no tag')
    yield malformed('base64', base64.b64encode(maker.mixed().encode()), 'token at byte 0', 'no tag')
    yield malformed('hex', maker.mixed().encode().hex().encode(), 'token at byte 0', 'no tag')
    for name, (value, why) in NOT_CBOR.items():
        yield malformed(f'{name}-in-tag', b'\xd9\x03\x8b' + value, 'token', why)
        for part, where in NAMES.items():
            token = maker.mixed()
            getattr(token, part).claims.append((70000, cbor.Raw(value)))
            yield malformed(f'{name}-in-{part}', token, where, why)
        token = changed(maker.mixed(), collection=lambda pairs, value=value: [*pairs,
                                                                              (7, cbor.Raw(value))])
        yield malformed(f'{name}-in-collection', token, 'token', why)


def cases(maker):
    for group in (tags, records, collections, sign1, headers, trailing, indefinite, not_cbor):
        yield from group(maker)
