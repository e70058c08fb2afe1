#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The RIM after every step and the REM after every extension of files that need no model."""
import hashlib
import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'model'))
from programs import event_log, output  # noqa: E402

CONTENTS = {
    'zero': lambda size: bytes(size),
    'linear': lambda size: bytes((7 * i + 3) % 256 for i in range(size)),
    'text': lambda size: b'librealm test page'.ljust(size, b'\0'),
}


def load(name):
    return json.loads((HERE / name).read_text(encoding='utf-8'))


def vectors():
    return load('measurement.json')['vectors'] + load('realm-create.json')['vectors']


def data_event(step, vector):
    event = {'event': 'data', 'ipa': step['ipa'], 'flags': step['flags']}
    if step['flags'] & 1:
        content = CONTENTS[step['content']](vector['granule'])
        event['content'] = hashlib.new(vector['hash'], content).hexdigest()
    return event


def event_of(step, vector):
    fields = {key: value for key, value in step.items() if key not in ('op', 'rim', 'flags0')}
    if step['op'] == 'realm_create':
        return {'event': 'realm', 'flags': step['flags0']} | fields
    if step['op'] == 'data':
        return data_event(step, vector)
    return {'event': {'init_ripas_entry': 'ripas', 'rec': 'rec'}[step['op']]} | fields


class Measurement(unittest.TestCase):
    def test_rim_of_every_step(self):
        for vector in vectors():
            events = [event_of(step, vector) for step in vector['steps']]
            log = event_log(events, vector['hash'], vector['granule'])
            with self.subTest(vector['id']):
                rims = output('RIM_STEPS', vector['profile'], text=log).split()
                self.assertEqual(rims, [step['rim'] for step in vector['steps']])

    def test_rem_of_every_extension(self):
        for vector in load('measurement.json')['rems']:
            steps = vector['steps']
            with self.subTest(vector['id']):
                values = [step['value'] for step in steps]
                rems = output('REM_STEPS', vector['hash'], *values).split()
                self.assertEqual(rems, [step['rem'] for step in steps])


if __name__ == '__main__':
    unittest.main()
