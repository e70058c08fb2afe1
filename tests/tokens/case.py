# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the corpus is made of."""
import dataclasses
import typing

ACCEPT, REFUSE, DIFFER = 'accept', 'refuse', 'differ'
DECODE = 'decode'  # stands for a check where the token cannot even be decoded


@dataclasses.dataclass
class Case:
    name: str
    token: typing.Any          # a Token, or bytes
    expected: str
    check: str = ''            # the first that is bad, or DECODE
    where: str = ''            # parts of what is said of it
    why: str = ''
    keys: tuple = ('cpak.pem',)
    challenge: bytes = b''
    lifecycle: str = 'secured'

    def data(self):
        return self.token if isinstance(self.token, bytes) else self.token.encode()

    def record(self):
        """For the manifest."""
        options = {'keys': list(self.keys), 'challenge': self.challenge.hex(),
                   'lifecycle': self.lifecycle}
        return {'expected': self.expected, 'check': self.check, 'where': self.where,
                'why': self.why, 'options': options}


def malformed(name, token, where, why):
    return Case(name, token, REFUSE, DECODE, where, why)


def changed(token, part=None, **hooks):
    """A copy with hooks in one part, or in the token itself."""
    token = token.copy()
    target = getattr(token, part) if part else token
    for hook, value in hooks.items():
        setattr(target, hook, value)
    return token


def with_claim(token, part, key, value):
    token = token.copy()
    getattr(token, part).claims.set(key, value)
    return token


def without_claim(token, part, key):
    token = token.copy()
    getattr(token, part).claims.drop(key)
    return token


def with_second(token, part, key, value):
    """The same key a second time."""
    token = token.copy()
    getattr(token, part).claims.append((key, value))
    return token


def flip(data, index=0, bit=1):
    data = bytearray(data)
    data[index] ^= bit
    return bytes(data)
