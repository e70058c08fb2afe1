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

from cli import Case, FAMILIES, VERBS, skip

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
STATE=$2
source $1
'''

ZSH_SPEC = re.compile(r'(?:\([^)]*\))?(--?[a-z0-9-]+)[+=]?\[')


class Completion(Case):
    def setUp(self):
        super().setUp()
        self.write('plan.json', '{}')
        table = json.loads(self.good('dump-commands'))
        self.commands = {cmd['name']: cmd for cmd in table['commands']}

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
        for verb in VERBS:
            with self.subTest(verb=verb):
                got = set(self.complete('realmctl', verb, '-')) | set(
                    self.complete('realmctl', verb, '--'))
                self.assertEqual(sorted(got), self.spelt(verb))

    def test_values(self):
        self.assertEqual(sorted(self.complete('realmctl', 'measure', '--kvm', '')),
                         sorted(FAMILIES))
        self.assertEqual(self.complete('realmctl', 'events', '--rmm', 'tf'), ['tf-rmm-2.0'])
        self.assertEqual(self.complete('realmctl', 'plan', '--hash', 'sha5'), ['sha512'])
        self.assertEqual(self.complete('realmctl', 'plan', '--kernel', 'pl'), ['plan.json'])
        self.assertEqual(self.complete('realmctl', 'plan', '-o', 'pl'), ['plan.json'])

    def test_value_after_equals_sign(self):
        words = ['--kvm', '=', 'rmi-v15'] if SHELL == 'bash' else ['--kvm=rmi-v15']
        got = self.complete('realmctl', 'measure', *words)
        self.assertEqual([word.split('=')[-1] for word in got], ['rmi-v15'])

    def test_operands(self):
        self.assertIn('qemu', self.complete('realmctl', 'plan', ''))
        self.assertEqual(self.complete('realmctl', 'plan', 'cloud'), ['cloud-hypervisor'])
        for verb in ('check', 'measure', 'events', 'diff', 'create', 'run'):
            self.assertEqual(self.complete('realmctl', verb, 'pl'), ['plan.json'])


class Specs(Completion):
    def specs(self, state, *words):
        return self.shell('-f', '-c', ZSH, 'zsh', SCRIPT, state, *words)

    def test_verbs(self):
        self.assertEqual([line.split(':')[0] for line in self.specs('verb')], list(VERBS))

    def test_options_are_those_of_the_table(self):
        for verb in VERBS:
            found = map(ZSH_SPEC.match, self.specs('rest', verb))
            self.assertEqual(sorted(match[1] for match in found if match), self.spelt(verb))

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
