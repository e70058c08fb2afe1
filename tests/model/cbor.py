# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""CBOR (RFC 8949) in Python: encode(value) and decode(data).

int, bytes, str, list, dict, bool, None and float are themselves; Tag is a tag. encode() keeps the
order of a dict and writes definite lengths and shortest heads; Raw is put in as it is, so that
tests can make what no encoder would. decode() is strict: shortest heads, definite lengths, no
duplicate keys, UTF-8, nothing after the one value.
"""
import dataclasses
import struct
import typing


class CborError(ValueError):
    """What was refused, with its byte."""


@dataclasses.dataclass(frozen=True)
class Tag:
    number: int
    value: typing.Any


@dataclasses.dataclass(frozen=True)
class Raw:
    encoded: bytes


UINT, NINT, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
SIMPLES = {20: False, 21: True, 22: None}
FLOATS = {25: '>e', 26: '>f', 27: '>d'}


def head(major, value):
    """The shortest head of a major type with its argument."""
    if value < 24:
        return bytes([major << 5 | value])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 1 << (8 * size):
            return bytes([major << 5 | info]) + value.to_bytes(size, 'big')
    raise CborError(f'{value} does not fit')


def encode(value):
    if isinstance(value, Raw):
        return value.encoded
    if value is None or isinstance(value, bool):
        return head(SIMPLE, {False: 20, True: 21, None: 22}[value])
    if isinstance(value, int):
        return head(UINT, value) if value >= 0 else head(NINT, -1 - value)
    if isinstance(value, float):
        return bytes([SIMPLE << 5 | 27]) + struct.pack('>d', value)
    if isinstance(value, (bytes, bytearray)):
        return head(BYTES, len(value)) + bytes(value)
    if isinstance(value, str):
        text = value.encode('utf-8')
        return head(TEXT, len(text)) + text
    if isinstance(value, (list, tuple)):
        return head(ARRAY, len(value)) + b''.join(map(encode, value))
    if isinstance(value, dict):
        pairs = (encode(key) + encode(item) for key, item in value.items())
        return head(MAP, len(value)) + b''.join(pairs)
    if isinstance(value, Tag):
        return head(TAG, value.number) + encode(value.value)
    raise TypeError(f'{type(value).__name__} has no CBOR form')


class Reader:
    def __init__(self, data):
        self.data, self.at = bytes(data), 0

    def take(self, size):
        if size > len(self.data) - self.at:
            raise CborError(f'ends inside the value at byte {self.at}')
        self.at += size
        return self.data[self.at - size:self.at]

    def head(self):
        start = self.at
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info, info
        if info > 27:
            raise CborError(f'indefinite or reserved length at byte {start}')
        size = 1 << (info - 24)
        argument = int.from_bytes(self.take(size), 'big')
        if major != SIMPLE and argument < (24 if size == 1 else 1 << (4 * size)):
            raise CborError(f'head at byte {start} is not the shortest')
        return major, info, argument

    def map(self, count, start):
        result = {}
        for _ in range(count):
            key = self.value()
            if isinstance(key, (list, dict)):
                raise CborError(f'key in the map at byte {start} is no scalar')
            # 1, 1.0 and True are equal in Python, not in CBOR
            if any(type(key) is type(other) and key == other for other in result):
                raise CborError(f'duplicate key {key!r} in the map at byte {start}')
            result[key] = self.value()
        if len(result) != count:
            raise CborError(f'keys of the map at byte {start} cannot be told apart here')
        return result

    def simple(self, info, argument, start):
        if info in FLOATS:
            return struct.unpack(FLOATS[info], argument.to_bytes(1 << (info - 24), 'big'))[0]
        if argument not in SIMPLES or info == 24:
            raise CborError(f'simple value {argument} at byte {start} is not known')
        return SIMPLES[argument]

    def value(self):
        start = self.at
        major, info, argument = self.head()
        if major == UINT:
            return argument
        if major == NINT:
            return -1 - argument
        if major == BYTES:
            return self.take(argument)
        if major == TEXT:
            try:
                return self.take(argument).decode('utf-8')
            except UnicodeDecodeError as error:
                raise CborError(f'text at byte {start} is not UTF-8') from error
        if major == ARRAY:
            return [self.value() for _ in range(argument)]
        if major == MAP:
            return self.map(argument, start)
        if major == TAG:
            return Tag(argument, self.value())
        return self.simple(info, argument, start)


def decode(data):
    reader = Reader(data)
    value = reader.value()
    if reader.at != len(reader.data):
        raise CborError(f'bytes after the value, from byte {reader.at}')
    return value
