#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realm-refvals/1 against its schema, and docs/refvals.md against the library.

What the library writes conforms, what conforms it reads, what does not it refuses. The examples
of the page are what the library makes of the first of them.
"""
import base64
import copy
import json
import re
import unittest

from convert import REMS, RIM, ROOT, RPV, convert, encoded, old_realm, read, realm
from jsonschema import Validator

SCHEMA = Validator.load(str(ROOT / 'docs' / 'schemas' / 'realm-refvals-1.json'))
FULL = {'schema': 'realm-refvals/1',
        'realms': [{'name': 'demo', 'kvm': 'rmi-v14', 'rmm': 'tf-rmm-2.0', 'hash': 'sha256',
                    'rim': RIM.hex(),
                    'rems': [None, REMS[1].hex(), None, None], 'rpv': RPV.hex()}],
        'platforms': [{'implementation_id': '01' * 32, 'config': 'cf', 'config_mask': 'ff',
                       'components': [
            {'name': 'BL', 'version': '1', 'hash': 'sha-256', 'measurement': '02' * 32,
             'signer': '03' * 32}]}]}


def places(value, path=()):
    """The way to each value of a document."""
    yield path
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, item in value.items() if isinstance(value, dict) else ():
        yield from places(item, (*path, key))


def changed(path, change):
    """FULL with another value at a place; None: without it"""
    if not path:
        return change
    document = copy.deepcopy(FULL)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    if change is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = change
    return document


def accepted(document):
    return convert('json', json.dumps(document).encode()).ok


class Schema(unittest.TestCase):
    def test_written_conforms(self):
        for data in (json.dumps(FULL).encode(), encoded(realm(RIM, REMS, RPV)), encoded(realm()),
                     encoded(old_realm(bytes(64)), profile=None)):
            self.assertEqual(SCHEMA.errors(read(data)), [])
        self.assertEqual(read(json.dumps(FULL).encode()), FULL)

    def test_each_value_changed(self):
        count = 0
        for path in places(FULL):
            for change in (None, 7, 'x', '00', '00' * 32, [], {}, [None], True,
                           {'schema': 'realm-refvals/1'}):
                document = changed(path, change)
                conforms = not SCHEMA.errors(document)
                with self.subTest(path=path, change=change):
                    # Values that contradict each other, or none at all, are beyond a schema.
                    if accepted(document):
                        self.assertTrue(conforms)
                    elif conforms:
                        self.assertIn(path[-1] if path else 'empty',
                                      ('config', 'config_mask', 'realms', 'empty'))
                    count += 1
        self.assertGreater(count, 200)


class Page(unittest.TestCase):
    def test_examples(self):
        text = (ROOT / 'docs' / 'refvals.md').read_text(encoding='utf-8')
        first, template, message, payload, store, rims = map(json.loads,
                                                             re.findall(r'```json\n(.*?)```', text,
                                                                        re.S))
        self.assertEqual(SCHEMA.errors(first), [])
        data = json.dumps(first).encode()
        for name, expected in (('json', first), ('comid-json', template), ('rvps', message),
                               ('store', store),
                               ('rims', rims)):
            self.assertEqual(convert(name, data).json(), expected)
        self.assertEqual(json.loads(base64.b64decode(message['payload'])), payload)


if __name__ == '__main__':
    unittest.main()
