#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Help, man pages and the command table say the same; what the man pages show works."""
import json
import os
import re
import shlex
import subprocess
import sys
import unittest

from cli import (Case, CHILDREN, COMMANDS, COMPARING, DIFFERENT, DONE, FAILED, ROOT, UNSUPPORTED,
                 USAGE, VERBS, schema_errors)
sys.path.append(str(ROOT / 'tests'))
import realm_h  # noqa: E402

MAN = ROOT / 'man'
HELP_OPTION = re.compile(r'^  (?:-(.),|   ) --([a-z0-9-]+)(?: ([A-Z=]+))?  ', re.MULTILINE)
MAN_OPTION = re.compile(r'^\.It (?:Fl (.) , )?Fl -([a-z0-9-]+)(?: Ar ([A-Z=]+))?$', re.MULTILINE)
MAN_STATUS = re.compile(r'^\.It (\d)$', re.MULTILINE)


def page(verb):
    return (MAN / f'realmctl-{verb}.1').read_text()


def part(name):
    """What the page of a verb says of one command: the verb itself, or a child in its own part."""
    own, *parts = page(name.split()[0]).split('\n.Sh EXIT STATUS')[0].split('\n.Ss ')
    of_children = {text.split('\n')[0]: text for text in parts}
    return of_children[f'realmctl {name}'] if name in CHILDREN else own


def flat(commands):
    for cmd in commands:
        yield cmd
        yield from flat(cmd['commands'])


def options(pattern, text):
    return sorted((letter or '', name, arg or '') for letter, name, arg in pattern.findall(text))


class Help(Case):
    def setUp(self):
        super().setUp()
        self.table = json.loads(self.good('dump-commands'))
        self.commands = list(flat(self.table['commands']))

    def test_table_is_valid_and_has_all_verbs(self):
        self.assertEqual(schema_errors(self.table), [])
        self.assertEqual([cmd['name'] for cmd in self.table['commands']], list(VERBS))
        self.assertEqual([cmd['name'] for cmd in self.commands if cmd['name'] not in VERBS],
                         list(CHILDREN))

    def test_help_of_a_verb_has_its_commands(self):
        for name in CHILDREN:
            verb, word = name.split()
            text = self.good(verb, '--help')
            self.assertRegex(text, rf'(?m)^(usage:|      ) realmctl {name} \[options\]')
            self.assertRegex(text, rf'\ncommands:\n(.+\n)*      {word} +[A-Z].*\.\n')

    def test_help_man_page_and_table_have_the_same_options(self):
        for cmd in self.commands:
            with self.subTest(command=cmd['name']):
                table = sorted((opt['letter'] or '', opt['name'], opt['arg'] or '')
                               for opt in cmd['options'])
                text = self.good(*cmd['name'].split(), '--help')
                self.assertEqual(options(HELP_OPTION, text), table)
                self.assertEqual(options(MAN_OPTION, part(cmd['name'])), table)

    def test_options_that_repeat_are_said_to(self):
        for cmd in self.commands:
            text = self.good(*cmd['name'].split(), '--help')
            for opt in cmd['options']:
                says = re.search(rf' --{opt["name"]} .*; may be repeated\n', text)
                tells = re.search(rf'\.It Fl -{opt["name"]} (?:(?!\.It).*\n)*?It may be repeated',
                                  part(cmd['name']))
                self.assertEqual(bool(says), bool(tells), opt['name'])
                self.assertLessEqual(bool(says), opt['repeats'])

    def test_global_options_are_the_same(self):
        man = (MAN / 'realmctl.1').read_text()
        want = [('', 'version', ''), ('h', 'help', '')]
        self.assertEqual(options(HELP_OPTION, self.good('--help')), want)
        self.assertEqual(options(MAN_OPTION, man), want)
        for verb in VERBS:
            self.assertIn(f'.It Xr realmctl-{verb} 1\n', man)

    def test_words_of_a_value_are_in_help_and_man_page(self):
        for cmd in self.commands:
            text, man = self.good(*cmd['name'].split(), '--help'), part(cmd['name'])
            for value in cmd['options'] + cmd['operands']:
                self.assertIn(', '.join(value['words']), text)
                for word in value['words']:
                    self.assertRegex(man, rf'(?m)^\.Cm {re.escape(word)}( ,| \.)?$')

    def test_man_pages_have_all_parts(self):
        for verb in VERBS:
            for part in ('NAME', 'SYNOPSIS', 'DESCRIPTION', 'EXIT STATUS', 'EXAMPLES', 'SEE ALSO'):
                self.assertIn(f'\n.Sh {part}\n', page(verb))

    def test_man_pages_have_all_exit_codes(self):
        codes = [str(code) for code in (DONE, FAILED, USAGE, UNSUPPORTED, DIFFERENT)]
        self.assertEqual(MAN_STATUS.findall((MAN / 'realmctl.1').read_text()), codes)
        for verb in VERBS:
            want = codes if verb in COMPARING else codes[:-1]
            self.assertEqual(MAN_STATUS.findall(page(verb)), want)

    def test_functions_of_librealm_3_exist(self):
        header = realm_h.header((*realm_h.PARTS, realm_h.SIM_HEADER))
        names = re.findall(r'Fn (realm_\w+)', (MAN / 'librealm.3').read_text())
        self.assertGreater(len(names), 20)
        for name in names:
            self.assertRegex(header, rf'\b{name}\(')

    def test_errors_of_librealm_3_are_those_of_the_header(self):
        header = (realm_h.header(['realm.h']).split('Ownership is said')[0] +
                  realm_h.header(['realm/lifecycle.h']).split('Threads:')[0])
        man = re.findall(r'^\.It (E[A-Z0-9]+)$', (MAN / 'librealm.3').read_text(), re.MULTILINE)
        self.assertEqual(sorted(man), sorted(set(re.findall(r'-(E[A-Z0-9]+) ', header))))

    def test_example_of_librealm_3_compiles(self):
        source = (MAN / 'librealm.3').read_text().split('.Bd -literal\n')[1].split('.Ed')[0]
        self.write('example.c', source.replace(r'\e', '\\'))
        compiler = shlex.split(os.environ['CC'])
        done = subprocess.run([*compiler, '-std=c11', '-Wall', '-Wextra', '-Werror', '-I',
                               ROOT / 'include', '-fsyntax-only', self.dir / 'example.c'],
                              capture_output=True, encoding='utf-8')
        self.assertEqual((done.returncode, done.stderr), (0, ''))


if __name__ == '__main__':
    unittest.main()
