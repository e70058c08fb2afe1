# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""CBOR that says the same in other ways."""
from convert import Tag, encode
from cbor import Raw


def indefinite(value, chunk=None):
    """value with lengths left out, strings too when there is a chunk size"""
    if isinstance(value, dict):
        pairs = (indefinite(key, chunk) + indefinite(item, chunk) for key, item in value.items())
        return b'\xbf' + b''.join(pairs) + b'\xff'
    if isinstance(value, list):
        return b'\x9f' + b''.join(indefinite(item, chunk) for item in value) + b'\xff'
    if isinstance(value, Tag):
        return encode(Tag(value.number, Raw(indefinite(value.value, chunk))))
    if chunk and isinstance(value, (bytes, str)):
        pieces = [encode(value[at:at + chunk]) for at in range(0, len(value), chunk)]
        return (b'\x5f' if isinstance(value, bytes) else b'\x7f') + b''.join(pieces) + b'\xff'
    return encode(value)
