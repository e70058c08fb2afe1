# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Run the programs under test. An environment variable holds the command line of each."""
import itertools
import json
import os
import shlex
import subprocess


def command(variable):
    """Meson says what runs a plain program of another CPU; a longer line stands as it is."""
    words = shlex.split(os.environ[variable])
    wrapper = shlex.split(os.environ.get('MESON_EXE_WRAPPER', ''))
    return words if len(words) > 1 else wrapper + words


def run(variable, *args, text=None):
    return subprocess.run([*command(variable), *map(str, args)], input=text, capture_output=True,
                          encoding='utf-8')


def output(variable, *args, text=None):
    """What it printed; AssertionError with its message when it failed."""
    done = run(variable, *args, text=text)
    if done.returncode:
        line = shlex.join([variable, *map(str, args)])
        raise AssertionError(f'{line}: exit {done.returncode}: {done.stderr}')
    return done.stdout


def event_log(events, hash_name, granule=4096, family=None):
    header = {'schema': 'realm-events/1', 'hash': hash_name, 'granule': granule}
    if family:
        header['kvm'] = family
    return ''.join(json.dumps(line) + '\n' for line in [header, *events])


def first_difference(got, expected):
    """None when the lines are the same; unittest's own comparison takes minutes for long lists."""
    for number, pair in enumerate(itertools.zip_longest(got, expected), 1):
        if pair[0] != pair[1]:
            return f'line {number}: got {pair[0]!r}, expected {pair[1]!r}'
    return None
