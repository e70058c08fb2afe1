#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""A shell completes what the command table has: test_completion.py bash|zsh|fish SCRIPT"""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from cli import Case, CHILDREN, COMMANDS, FAMILIES, VERBS, skip

SHELL, SCRIPT = sys.argv.pop(1), os.path.abspath(sys.argv.pop(1))

BASH = '''
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_realmctl
printf '%s\\n' "${COMPREPLY[@]}"
'''

# The completion system needs a terminal, so what it is told is shown instead.
ZSH = '''
_arguments() { if [[ $1 == -C ]]; then state=${STATE}; else print -rl -- "$@"; fi }
_describe() { print -rl -- ${(P)2} }
words=("${@[3,-1]}")
CURRENT=$#words
STATE=$2
source $1
'''

ZSH_SPEC = re.compile(r'(?:\*|\([^)]*\))?(--?[a-z0-9-]+)[+=]?\[')


class Completion(Case):
    def setUp(self):
        super().setUp()
        self.write('plan.json', '{}')
        table = json.loads(self.good('dump-commands'))
        self.commands = {cmd['name']: cmd for verb in table['commands']
                         for cmd in [verb, *verb['commands']]}

    def shell(self, *words):
        done = subprocess.run([SHELL, *words], cwd=self.dir, capture_output=True, encoding='utf-8',
                              stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        return done.stdout.split('\n')[:-1]

    def complete(self, *words):
        """What the shell offers for the last word."""
        if SHELL == 'bash':
            return [word for word in self.shell('-c', BASH, 'bash', SCRIPT, *words) if word]
        line = ' '.join(words)
        lines = self.shell('--no-config', '-c', f'source {SCRIPT}; complete -C "{line}"')
        return [line.split('\t')[0] for line in lines]

    def spelt(self, verb):
        return sorted([f'--{opt["name"]}' for opt in self.commands[verb]['options']] +
                      [f'-{opt["letter"]}' for opt in self.commands[verb]['options']
                       if opt['letter']])

    def test_syntax(self):
        self.shell('-n', SCRIPT)


class Offers(Completion):
    def test_verbs(self):
        self.assertEqual(sorted(set(self.complete('realmctl', '')) - {'--help', '--version'}),
                         sorted(VERBS))
        self.assertEqual(self.complete('realmctl', 'me'), ['measure'])

    def test_options_are_those_of_the_table(self):
        for name in COMMANDS:
            with self.subTest(command=name):
                got = set(self.complete('realmctl', *name.split(), '-')) | set(
                    self.complete('realmctl', *name.split(), '--'))
                self.assertEqual(sorted(got), self.spelt(name))

    def test_commands_of_a_verb(self):
        self.assertEqual(sorted(self.complete('realmctl', 'token', '')), ['show', 'verify'])
        self.assertEqual(self.complete('realmctl', 'token', 've'), ['verify'])
        self.assertEqual(sorted(self.complete('realmctl', 'refvals', '')), ['plan.json', 'show'])
        self.assertEqual(self.complete('realmctl', 'refvals', 'show', ''), ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'token', 'verify', 'sho'), [])

    def test_values(self):
        self.assertEqual(sorted(self.complete('realmctl', 'measure', '--kvm', '')),
                         sorted(FAMILIES))
        self.assertEqual(self.complete('realmctl', 'events', '--rmm', 'tf'), ['tf-rmm-2.0'])
        self.assertEqual(self.complete('realmctl', 'plan', '--hash', 'sha5'), ['sha512'])
        self.assertEqual(self.complete('realmctl', 'plan', '--kernel', 'pl'), ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'plan', '-o', 'pl'), ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'token', 'verify', '--key', 'pl'), ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'token', 'verify', '--key', 'a', '--key', 'pl'),
                         ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'token', 'verify', '--lifecycle', 'd'),
                         ['debug'])
        self.assertEqual(self.complete('realmctl', 'refvals', '--format', 'comid-'), ['comid-json'])

    def test_value_after_equals_sign(self):
        words = ['--kvm', '=', 'rmi-v15'] if SHELL == 'bash' else ['--kvm=rmi-v15']
        got = self.complete('realmctl', 'measure', *words)
        self.assertEqual([word.split('=')[-1] for word in got], ['rmi-v15'])

    def test_operands(self):
        self.assertIn('qemu', self.complete('realmctl', 'plan', ''))
        self.assertEqual(self.complete('realmctl', 'plan', 'cloud'), ['cloud-hypervisor'])
        for name in ('check', 'measure', 'events', 'diff', 'create', 'run', 'refvals', *CHILDREN):
            self.assertEqual(self.complete('realmctl', *name.split(), 'pl'), ['plan.json'])


class Specs(Completion):
    def specs(self, state, *words):
        return self.shell('-f', '-c', ZSH, 'zsh', SCRIPT, state, *words)

    def test_verbs(self):
        self.assertEqual([line.split(':')[0] for line in self.specs('verb')], list(VERBS))

    def test_options_are_those_of_the_table(self):
        for name in COMMANDS:
            found = map(ZSH_SPEC.match, self.specs('rest', *name.split(), ''))
            self.assertEqual(sorted(match[1] for match in found if match), self.spelt(name))

    def test_commands_of_a_verb(self):
        self.assertIn('1:command:(show verify)', self.specs('rest', 'token', ''))
        self.assertIn('1:PLAN:_alternative "file:PLAN:_files" "command:command:(show)"',
                      self.specs('rest', 'refvals', ''))
        self.assertIn('1:FILE:_files', self.specs('rest', 'refvals', 'show', ''))

    def test_options_that_repeat_are_offered_again(self):
        specs = self.specs('rest', 'token', 'verify', '')
        starred = [ZSH_SPEC.match(spec)[1] for spec in specs if spec.startswith('*')]
        self.assertEqual(starred, ['--key', '--plan', '--kvm', '--rmm', '--rim', '--rem', '--refs'])

    def test_values(self):
        specs = '\n'.join(self.specs('rest', 'measure'))
        self.assertIn(':FAMILY:(' + ' '.join(FAMILIES) + ')', specs)
        self.assertIn('\n1:PLAN:_files', specs)


def load_tests(loader, tests, pattern):
    return loader.loadTestsFromTestCase(Specs if SHELL == 'zsh' else Offers)


if __name__ == '__main__':
    if not shutil.which(SHELL):
        skip(f'{SHELL} is not installed')
    unittest.main()
