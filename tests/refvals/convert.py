# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The library's reader and writer, by way of convert.c, and CoRIMs made without the library."""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests' / 'model'), str(ROOT / 'spec' / 'gen')]
from cbor import Tag, encode  # noqa: E402
from programs import command  # noqa: E402

REALM_PROFILE = 'tag:arm.com,2025:cca_realm#1.0.0'
PLATFORM_PROFILE = 'tag:arm.com,2025:cca_platform#1.0.0'
OLD_REALM_PROFILE = 'http://arm.com/cca/realm/1'
OLD_PLATFORM_PROFILE = 'http://arm.com/cca/ssd/1'

RIM, RPV = bytes(range(32)), bytes(range(64, 128))
REMS = [bytes([16 * index + 1]) * 32 for index in range(4)]
UUID = bytes(range(16))


class Done:
    def __init__(self, done):
        self.ok, self.data = done.returncode == 0, done.stdout
        self.messages = done.stderr.decode()
        # exit 2 is a wrong command line, and a signal is worse
        if done.returncode not in (0, 1):
            raise AssertionError(f'exit {done.returncode}: {self.messages}')

    def json(self):
        if not self.ok:
            raise AssertionError(self.messages)
        return json.loads(self.data)


def convert(name, data, *args):
    """What the library makes of these bytes in the format of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'input')
        path.write_bytes(data)
        line = [*command('CONVERT'), name, str(path), *map(str, args)]
        done = Done(subprocess.run(line, capture_output=True))
        done.messages = done.messages.replace(str(path), 'input')
        return done


def read(data):
    """Reference values as realm-refvals/1; AssertionError when they are refused."""
    return convert('json', data).json()


def refusal(data):
    """The one line that says why."""
    done = convert('json', data)
    lines = [line for line in done.messages.splitlines()
             if not line.startswith(('note', 'warning'))]
    assert not done.ok and len(lines) == 1, (done.data, done.messages)
    return lines[0]


# ---- CoRIMs ----

def tagged(data):
    return Tag(560, data)


def digests(value, alg=None):
    return [[{32: 1, 48: 7, 64: 8}[len(value)] if alg is None else alg, value]]


def measurement(key, **fields):
    numbers = {'version': 0, 'svn': 1, 'digests': 2, 'raw': 4, 'mask': 5, 'name': 11, 'keys': 13,
               'registers': 14}
    value = {numbers[name]: field for name, field in fields.items()}
    return {1: value} if key is None else {0: key, 1: value}


def realm(rim=RIM, rems=(), rpv=None):
    """A reference triple of the 2025 profile."""
    values = [measurement('cca.rim', digests=digests(rim))]
    values += [measurement(f'cca.rem{index}', digests=digests(rem))
               for index, rem in enumerate(rems) if rem]
    if rpv:
        values.append(measurement('cca.rpv', raw=tagged(rpv)))
    return [{0: {0: tagged(rim)}}, values]


def old_realm(rim=RIM, rems=(), rpv=None):
    """A reference triple of the older form."""
    registers = {'rim': digests(rim)}
    registers |= {f'rem{index}': digests(rem) for index, rem in enumerate(rems) if rem}
    fields = {'raw': tagged(rpv)} if rpv else {}
    return [{1: tagged(rim)}, [measurement(None, **fields, registers=registers)]]


def comid(*triples, kind=0):
    return {1: {0: UUID}, 4: {kind: list(triples)}}


def corim(content, profile=Tag(32, REALM_PROFILE)):
    """content: a CoMID, or its encoding"""
    data = content if isinstance(content, bytes) else encode(content)
    frame = {0: 'an id', 1: [Tag(506, data)]}
    return Tag(501, frame | ({3: profile} if profile is not None else {}))


def encoded(*triples, profile=Tag(32, REALM_PROFILE)):
    return encode(corim(comid(*triples), profile))
