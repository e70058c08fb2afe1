# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the tests of realmctl have in common.

REALMCTL is the command line of the program, REALMCTL_WRAPPER (optional) what runs it.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests' / 'model'), str(ROOT / 'tests' / 'events'),
                str(ROOT / 'spec' / 'gen')]
from jsonschema import Validator  # noqa: E402
from programs import command  # noqa: E402

VERBS = ('info', 'plan', 'check', 'measure', 'events', 'diff', 'explain', 'create', 'run', 'token',
         'refvals')
CHILDREN = ('token show', 'token verify', 'refvals show')
COMMANDS = VERBS + CHILDREN
COMPARING = ('diff', 'explain', 'create', 'run', 'token', 'token verify')
FAMILIES = ('rme-rfc', 'rme', 'rmi-v12', 'rmi-v13', 'rmi-v14', 'rmi-v15')
PROFILES = ('rmm-1.0', 'rmm-2.0', 'tf-rmm-2.0')
DONE, FAILED, USAGE, UNSUPPORTED, DIFFERENT = range(5)
SKIP = 77

# realmctl VERB: what failed: why (ERRNO); hint
ERROR = re.compile(r'realmctl(?: [a-z-]+){0,2}: .+: .+ \((E[A-Z0-9]+)\)(?:; .+)?')
MESSAGE = re.compile(r'realmctl(?: [a-z-]+){1,2}: (?:warning|note): .+')

KERNEL_AT = 0x80000000


def realmctl(*words):
    wrapper = shlex.split(os.environ.get('REALMCTL_WRAPPER', ''))
    return [*wrapper, *command('REALMCTL'), *map(str, words)]


def plan(**changes):
    """A small plan that has nothing to warn of."""
    return {'schema': 'realm-plan/1', 'ipa_bits': 33,
            'ram': [{'base': hex(KERNEL_AT), 'size': '64M'}],
            'load': [{'at': hex(KERNEL_AT), 'hex': 'd503201f' * 1025, 'name': 'kernel'}],
            'recs': [{'pc': hex(KERNEL_AT)}, {'pc': 0}], **changes}


def schema_errors(value):
    """What the schema that the value itself names has against it."""
    name = value['schema'].replace('.', '-').replace('/', '-') + '.json'
    return Validator.load(ROOT / 'docs' / 'schemas' / name).errors(value)


def skip(why):
    print(f'skipped: {why}')
    sys.exit(SKIP)


def skip_unless_possible(verb, value):
    """The software host, or the CPU that it runs guests with, may not be built in."""
    done = subprocess.run(realmctl(verb, '--host', 'sim', '-'), input=json.dumps(value).encode(),
                          capture_output=True)
    if re.search(rb'machine cannot have it|without Unicorn', done.stderr):
        assert done.returncode == UNSUPPORTED, done.stderr
        skip(done.stderr.decode().strip())


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix='realmctl-'))
        self.addCleanup(shutil.rmtree, self.dir)

    def write(self, name, data):
        path = self.dir / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(data if isinstance(data, str) else json.dumps(data))
        return path

    def run_it(self, *words, text=None, **options):
        options = {'capture_output': True, 'timeout': 300, 'cwd': self.dir, **options}
        data = text.encode() if isinstance(text, str) else text
        if data is None and 'stdin' not in options:
            options['stdin'] = subprocess.DEVNULL
        done = subprocess.run(realmctl(*words), input=data, **options)
        done.out = (done.stdout or b'').decode()
        done.err = (done.stderr or b'').decode()
        return done

    def good(self, *words, code=DONE, messages=(), **options):
        """It ends with this code and says nothing but these messages; gives what it printed."""
        done = self.run_it(*words, **options)
        self.assertEqual(done.returncode, code, done.err)
        self.assert_messages(done.err.splitlines(), messages)
        return done.out

    def good_json(self, *words, **options):
        """The same, and what it printed is valid by its schema."""
        value = json.loads(self.good(*words, '--json', **options))
        self.assertEqual(schema_errors(value), [])
        return value

    def assert_messages(self, lines, patterns):
        self.assertEqual(len(lines), len(patterns), lines)
        for line, pattern in zip(lines, patterns):
            self.assertRegex(line, MESSAGE)
            self.assertRegex(line, pattern)

    def refused(self, code, errno, pattern, *words, out='', **options):
        """It ends with this code and one error line, and has printed nothing."""
        done = self.run_it(*words, **options)
        self.assertEqual(done.returncode, code, done.err)
        self.assertEqual(done.out, out)
        lines = [line for line in done.err.splitlines() if not MESSAGE.fullmatch(line)]
        self.assertEqual(len(lines), 1, done.err)
        match = ERROR.fullmatch(lines[0])
        self.assertTrue(match, lines[0])
        self.assertEqual(match[1], errno, lines[0])
        self.assertRegex(lines[0], pattern)
        return lines[0]

    def assert_ends_as_documented(self, *words, **options):
        """Whatever the input: done, or not and one error line."""
        done = self.run_it(*words, **options)
        self.assertIn(done.returncode, (DONE, FAILED, UNSUPPORTED), done.err)
        lines = [line for line in done.err.splitlines() if not MESSAGE.fullmatch(line)]
        self.assertEqual(len(lines), done.returncode != DONE, done.err)
        for line in lines:
            self.assertRegex(line, ERROR)
