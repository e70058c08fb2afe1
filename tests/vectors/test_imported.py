#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Hold the vectors of this folder against the files that they were taken from, or take them anew.

    test_imported.py          exit 1 when a vector differs, 77 when the originals are not there
    test_imported.py --write  rewrite tf-rmm.json and measurement.json
"""
import difflib
import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ORIGINALS = pathlib.Path(os.environ.get('REALM_SHARED', HERE.parents[2] / 'shared'))
SKIPPED = 77
LINE = 320

# What the originals call the RMM profiles.
PROFILES = {'rmm-1.0': 'rmm-1.0', 'rmm-2.0-spec': 'rmm-2.0', 'tf-rmm-2026-07': 'tf-rmm-2.0'}


def load(name):
    return json.loads((ORIGINALS / name).read_text(encoding='utf-8'))


def without_repeats(steps):
    """Answers alone: a status or index of 0 and a RIM as before are left out."""
    last = None
    for step in steps:
        implied = {'status': 0, 'index': 0, 'rim': last, 'op': step['op']}
        yield {key: value for key, value in step.items() if implied.get(key) != value}
        last = step.get('rim', last)


def tf_rmm():
    original = load('vectors/rim-tf-rmm.json')
    return {
        'about': original['about'] + '; a zero status or index and a RIM as before are left out',
        'sources': original['sources'],
        'conventions': original['conventions'],
        'vectors': [{
            'id': vector['id'], 'desc': vector['desc'], 'script': vector['script'],
            'answers': {rmm: list(without_repeats(result['steps']))
                        for rmm, result in vector['results'].items()},
        } for vector in original['vectors']],
    }


def measurement_step(step):
    renamed = ('rim_after', 'effect_on_rim', 'mpidr')
    fields = {key: value for key, value in step.items() if key not in renamed}
    return fields | {'rim': step['rim_after']}


def measurement():
    original = load('facts/rim-vectors.json')
    return {
        'about': 'RIM after each step, REM after each extension; "source": how it was confirmed',
        'content_generators': original['content_generators'],
        'vectors': [{
            'id': vector['id'], 'source': vector['cross_checked'],
            'profile': PROFILES[vector['profile']], 'hash': vector['hash_algo'],
            'granule': vector['granule_bytes'],
            'steps': [measurement_step(step) for step in vector['steps']],
        } for vector in original['vectors']],
        'rem_about': 'old digest, then exactly the bytes of the value, as TF-RMM computes it',
        'rems': [{
            'id': vector['id'], 'hash': vector['hash_algo'],
            'steps': [{'value': step['value'], 'rem': step['rem_unpadded']}
                      for step in vector['steps']],
        } for vector in original['rem_vectors']],
    }


def lines_of(value, indent=' '):
    """JSON with what fits on a line on a line: a step, an answer."""
    short = json.dumps(value)
    if len(short) <= LINE or not isinstance(value, (dict, list)):
        return short
    inner = indent + ' '
    if isinstance(value, list):
        return '[\n' + ',\n'.join(indent + lines_of(item, inner) for item in value) + ']'
    return '{\n' + ',\n'.join(f'{indent}"{key}": {lines_of(item, inner)}'
                              for key, item in value.items()) + '}'


def text_of(vectors):
    return lines_of(vectors) + '\n'


def is_same(path, text):
    have = path.read_text(encoding='utf-8')
    sys.stdout.writelines(difflib.unified_diff(have.splitlines(True), text.splitlines(True),
                                               path.name, 'original'))
    return have == text


def main(argv):
    if not ORIGINALS.is_dir():
        print(f'{ORIGINALS} is not there: nothing to compare the vectors with')
        return SKIPPED
    texts = {HERE / 'tf-rmm.json': text_of(tf_rmm()),
             HERE / 'measurement.json': text_of(measurement())}
    if argv == ['--write']:
        for path, text in texts.items():
            path.write_text(text, encoding='utf-8')
        return 0
    return 0 if all([is_same(path, text) for path, text in texts.items()]) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
