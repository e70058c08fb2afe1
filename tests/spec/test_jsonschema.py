#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The schema validator: what each keyword takes and refuses, and that none passes unknown."""
import json
import sys
import unittest

import spec

sys.path.insert(0, str(spec.SPEC))
from gen.jsonschema import SchemaError, Validator  # noqa: E402

# schema, values that conform, values that do not
CASES = [
    ({'type': 'integer'}, [0, -5, 2**70], [1.5, '1', True, None]),
    ({'type': 'number'}, [0, 1.5], [False, '1']),
    ({'type': 'boolean'}, [True, False], [0, 1]),
    ({'type': 'null'}, [None], [0, False, '']),
    ({'type': ['string', 'null']}, ['', None], [0, []]),
    ({'type': 'object'}, [{}], [[]]),
    ({'enum': [1, 'a', None]}, [1, 'a', None], [True, 2, 'b']),
    ({'const': {'a': [1, 2]}}, [{'a': [1, 2]}], [{'a': [2, 1]}, {'a': [True, 2]}]),
    ({'const': 0}, [0], [False]),
    ({'required': ['a', 'b']}, [{'a': 1, 'b': 2}, 5], [{'a': 1}, {}]),
    ({'properties': {'a': {'type': 'string'}}}, [{'a': 'x'}, {}, {'b': 1}], [{'a': 1}]),
    ({'properties': {'a': {}}, 'additionalProperties': False}, [{'a': 1}, {}], [{'b': 1}]),
    ({'additionalProperties': {'type': 'integer'}}, [{'x': 1}], [{'x': 'y'}]),
    ({'propertyNames': {'pattern': '^[a-z]+$'}}, [{'ab': 1}], [{'A': 1}]),
    ({'minProperties': 1}, [{'a': 1}], [{}]),
    ({'items': {'type': 'string'}}, [[], ['a']], [['a', 1]]),
    ({'minItems': 1, 'maxItems': 2}, [[1], [1, 2]], [[], [1, 2, 3]]),
    ({'uniqueItems': True}, [[1, True, '1'], [[1], [2]]], [[1, 1], [{'a': 1}, {'a': 1}]]),
    ({'pattern': '^0x[0-9a-f]+$'}, ['0x1f', 5], ['1f', '0x', '0x1f\n']),
    ({'minLength': 2, 'maxLength': 3}, ['ab', 'abc', 7], ['a', 'abcd']),
    ({'minimum': 1, 'maximum': 3}, [1, 3, 2.5, 'x', True], [0, 4]),
    ({'anyOf': [{'type': 'string'}, {'minimum': 3}]}, ['a', 3], [1]),
    ({'oneOf': [{'type': 'integer'}, {'minimum': 3}]}, [1, 3.5], [3, 1.5]),
    ({'allOf': [{'minimum': 1}, {'maximum': 2}]}, [1, 2], [0, 3]),
    ({'not': {'type': 'string'}}, [1], ['a']),
    ({'$ref': '#/$defs/n', '$defs': {'n': {'type': 'integer'}}}, [1], ['a']),
    ({'$defs': {'t': {'items': {'$ref': '#/$defs/t'}, 'type': 'array'}}, '$ref': '#/$defs/t'},
     [[], [[]], [[], [[]]]], [1, [1]]),
    (True, [1, None], []),
    ({'properties': {'gone': False}}, [{}], [{'gone': 1}]),
]


class Keywords(spec.Scratch):
    def test_cases(self):
        for schema, good, bad in CASES:
            validator = Validator(schema)
            for value in good:
                with self.subTest(schema=schema, value=value):
                    self.assertEqual(validator.errors(value), [])
            for value in bad:
                with self.subTest(schema=schema, value=value):
                    self.assertNotEqual(validator.errors(value), [])

    def test_every_keyword_has_a_case(self):
        used = {k for schema, _, _ in CASES if isinstance(schema, dict) for k in schema}
        known = {k[6:] for k in dir(Validator) if k.startswith('check_')} - {'ref'} | {'$ref'}
        self.assertEqual(known - used, set())

    def test_path_of_the_culprit_is_named(self):
        schema = {'properties': {'a': {'items': {'required': ['b']}}}}
        self.assertEqual(Validator(schema).errors({'a': [{'b': 1}, {}]}),
                         ["$.a[1]: missing key 'b'"])

    def test_reference_to_another_file(self):
        (self.folder / 'other.json').write_text('{"$defs": {"n": {"$ref": "#/$defs/m"}, '
                                                '"m": {"const": 5}}}')
        (self.folder / 'main.json').write_text('{"$ref": "other.json#/$defs/n"}')
        validator = Validator.load(str(self.folder / 'main.json'))
        self.assertEqual(validator.errors(5), [])
        self.assertNotEqual(validator.errors(6), [])

    def test_bad_schemas_are_refused(self):
        for schema in ({'requird': []}, {'properties': {'a': {'typ': 'string'}}},
                       {'items': {'format': 'date'}}, {'anyOf': [{'$foo': 1}]}, 5,
                       {'type': 'int'}, {'$defs': {'x': {'contains': {}}}}):
            with self.subTest(schema=schema), self.assertRaises(SchemaError):
                Validator(schema)

    def test_dangling_reference_is_refused(self):
        with self.assertRaisesRegex(SchemaError, 'leads nowhere'):
            Validator({'$ref': '#/$defs/none'}).errors(1)

    def test_schemas_of_the_description_lint(self):
        for path in sorted((spec.SPEC / 'schema').glob('*.json')):
            Validator.load(str(path))
            self.assertIn('SPDX-License-Identifier', json.loads(path.read_text())['$comment'])


if __name__ == '__main__':
    spec.main()
