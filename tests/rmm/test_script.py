#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""rmm-script answers as TF-RMM did, measures as the specification says, and refuses bad scripts."""
import json
import tempfile
import unittest

import script
from rim import Rim
from rmm import Rmm

DONE, FAILED, USAGE = range(3)
ERROR_INPUT, ERROR_REALM = 1, 2
CREATE = 'realm_create hash=sha256 s2sz=40 sl=1'


def expected_answers(vector, version):
    """The answers of TF-RMM with what the vectors leave out; fewer than steps after a refusal."""
    rim = None
    for step, answer in zip(script.printed_steps(vector['script']),
                            vector['answers']['rmm' + version]):
        rim = answer.get('rim', rim)
        whole = {'op': step, 'status': 0, 'index': 0} | answer
        yield whole if rim is None else whole | {'rim': rim}


class TfRmm(unittest.TestCase):
    """Every step of every script, both versions."""

    def test_answers(self):
        for vector in script.vectors():
            for version, variant in script.VARIANTS.items():
                with self.subTest(vector['id'], variant=variant):
                    expected = list(expected_answers(vector, version))
                    got = script.answers(variant, vector['script'])
                    self.assertEqual(got[:len(expected)], expected)
                    self.assertEqual(len(got), len(script.printed_steps(vector['script'])))

    def test_steps_after_a_refused_realm(self):
        """There is no realm, so each is refused and no RIM is told."""
        refused = [vector for vector in script.vectors()
                   if vector['answers']['rmm1.x'][0].get('status') == ERROR_INPUT]
        self.assertEqual(len(refused), 3)
        for vector in refused:
            for answer in script.answers('rmm-1.0', vector['script']):
                with self.subTest(vector['id'], op=answer['op']):
                    self.assertEqual(answer['status'], ERROR_INPUT)
                    self.assertNotIn('rim', answer)


class Specification(unittest.TestCase):
    """rmm-2.0: the RIM starts from zero, all else that is measured is the same."""

    def check(self, vector):
        model, rim, seen = Rmm('2.0'), None, 0
        got = iter(script.answers('rmm-2.0', vector['script']))
        for step in vector['script']:
            answer = model.run(step)
            if answer is None:
                continue
            rim = rim or Rim('rmm-2.0', model.hash)
            for event in model.events[seen:]:
                getattr(rim, event['event'])(event)
            seen = len(model.events)
            self.assertEqual(next(got), {'op': step} | answer | {'rim': rim.hex()})

    def test_rim_of_every_step(self):
        checked = 0
        for vector in script.vectors():
            if 'flags0=0x4' in vector['script'][0]:
                continue  # a PMU that the feature register does not tell of; below
            with self.subTest(vector['id']):
                self.check(vector)
                checked += 1
        self.assertEqual(checked, 29)

    def test_pmu_that_is_not_told(self):
        """FEATURES.PMU is clear: only TF-RMM does not look at it."""
        step = CREATE + ' flags0=0x4'
        self.assertEqual(script.answers('tf-rmm-2.0', [step])[0]['status'], 0)
        self.assertEqual(script.answers('rmm-2.0', [step])[0]['status'], ERROR_INPUT)


class Language(unittest.TestCase):
    def answer(self, *steps, variant='tf-rmm-2.0'):
        return script.answers(variant, steps)[-1]

    def test_defaults(self):
        plain = self.answer(CREATE)
        written = self.answer(CREATE + ' flags0=0 flags1=0 sve_vl=0 bps=1 wps=1 pmu=0'
                              ' naux=0 ats=0 rpv=0')
        self.assertEqual(plain['status'], 0)
        self.assertEqual(plain['rim'], written['rim'])
        tables = [CREATE, 'rtt_path ipa=0 top=0x200000 level=3']
        self.assertEqual(self.answer(*tables, 'data ipa=0')['rim'],
                         self.answer(*tables, 'data ipa=0 page=0 n=1 gen=affine measure=1')['rim'])
        self.assertEqual(self.answer(CREATE, 'rec_create')['rim'],
                         self.answer(CREATE, 'rec_create flags=1 pc=0 gprs=0,0 mpidr=0')['rim'])

    def test_comments_and_blank_lines_print_nothing(self):
        self.assertEqual(script.answers('rmm-1.0', ['# nothing', '', '  ', 'pa52']), [])

    def test_op_is_the_line_as_given(self):
        for step in ('activate', '  activate', 'activate  # it'):
            self.assertEqual(self.answer(step)['op'], step)

    def test_pages_of_one_value(self):
        tables = [CREATE, 'rtt_path ipa=0 top=0x200000 level=3']
        rims = {self.answer(*tables, f'data ipa=0 gen=const val={val}')['rim']
                for val in (0, 1, 0xab)}
        self.assertEqual(len(rims), 3)

    def test_second_realm(self):
        for variant in ('tf-rmm-2.0', 'rmm-2.0', 'rmm-1.0'):
            first, second = script.answers(variant, [CREATE, CREATE + ' flags0=0x2 sve_vl=1'])
            self.assertEqual((first['status'], second['status']), (0, ERROR_INPUT))
            self.assertEqual(first['rim'], second['rim'])

    def test_realm_after_a_refused_one(self):
        steps = [CREATE.replace('sha256', 'sha384'), CREATE]
        first, second = script.answers('rmm-1.0', steps)
        self.assertEqual((first['status'], second['status']), (ERROR_INPUT, 0))

    def test_root_tables(self):
        """Those beyond what one table resolves; more than 16 or too few levels are refused."""
        roots = {(40, 1): 2, (39, 1): 1, (43, 1): 16, (44, 1): 32, (48, 0): 1, (32, 2): 4}
        for (s2sz, level), count in roots.items():
            answer = self.answer(f'realm_create hash=sha256 s2sz={s2sz} sl={level}')
            with self.subTest(s2sz=s2sz, level=level):
                self.assertEqual(answer['root_rtts'], count)
                self.assertEqual(answer['status'], 0 if count <= 16 else ERROR_INPUT)

    def test_52_bits(self):
        wide = 'realm_create hash=sha256 s2sz=52 sl=-1 flags0=1'
        self.assertEqual(self.answer(wide)['status'], ERROR_INPUT)
        for variant in ('tf-rmm-2.0', 'rmm-2.0', 'rmm-1.0'):
            answer = self.answer(wide, 'pa52', wide, variant=variant)
            self.assertEqual((answer['status'], answer['root_rtts']), (0, 1))

    def test_tree_of_each_plane(self):
        answer = self.answer(CREATE + ' flags1=1 naux=3')
        self.assertEqual(answer['status'], 0)
        self.assertEqual(answer['rim'], self.answer(CREATE)['rim'])

    def test_mpidrs(self):
        """Four bits of the index are the first affinity level."""
        for variant in ('tf-rmm-2.0', 'rmm-2.0', 'rmm-1.0'):
            answers = script.answers(variant, [CREATE] + ['rec_create flags=0'] * 18)[1:]
            self.assertEqual([answer['status'] for answer in answers], [0] * 18)
            self.assertEqual([answer['mpidr'] for answer in answers],
                             [hex(i) for i in range(16)] + ['0x100', '0x101'])

    def test_refused_rec_can_be_made_again(self):
        for variant in ('tf-rmm-2.0', 'rmm-2.0', 'rmm-1.0'):
            steps = [CREATE, 'rec_create mpidr=3', 'rec_create', 'activate', 'rec_create']
            answers = script.answers(variant, steps)[1:]
            self.assertEqual([answer['status'] for answer in answers],
                             [ERROR_INPUT, 0, 0, ERROR_REALM])

    def test_data_of_unknown_content(self):
        for variant in ('tf-rmm-2.0', 'rmm-2.0', 'rmm-1.0'):
            steps = [CREATE, 'rtt_path ipa=0 top=0x200000 level=3', 'data_unknown ipa=0',
                     'data ipa=0 n=2']
            answers = script.answers(variant, steps)
            self.assertEqual([answer['status'] for answer in answers], [0, 0, 0, 4])
            self.assertEqual(answers[3]['index'], 3)
            self.assertEqual({answer['rim'] for answer in answers}, {answers[0]['rim']})

    def test_paths_are_made_once(self):
        steps = [CREATE, 'rtt_path ipa=0x1000 top=0x400001 level=3',
                 'rtt_path ipa=0 top=0x800000 level=3']
        made = [answer['made'] for answer in script.answers('tf-rmm-2.0', steps)[1:]]
        self.assertEqual(made, [4, 1])

    def test_paths_over_nothing_make_nothing(self):
        for where in ('ipa=0x1000 top=0x1000', 'ipa=0x2000 top=0x1000'):
            answer = script.answers('tf-rmm-2.0', [CREATE, f'rtt_path {where} level=3'])[1]
            self.assertEqual((answer['status'], answer['made']), (0, 0))

    def test_registers_are_zero_by_default(self):
        rims = [script.answers('tf-rmm-2.0', [CREATE, step])[1]['rim']
                for step in ('rec_create', 'rec_create gprs=zeros', 'rec_create gprs=0,0')]
        self.assertEqual(len(set(rims)), 1)


OPERATIONS = ('expected pa52, realm_create, rtt_create, rtt_path, init_ripas, data, data_unknown, '
              'rec_create or activate')


class Errors(unittest.TestCase):
    def refused(self, text, line, word, why):
        with tempfile.NamedTemporaryFile('w', suffix='.rmm') as file:
            file.write(text)
            file.flush()
            done = script.run('RMM_SCRIPT', file.name)
            self.assertEqual(done.returncode, FAILED)
            self.assertEqual(done.stderr, f"rmm-script: {file.name}:{line}: '{word}': {why}\n")
            return [json.loads(answer)['status'] for answer in done.stdout.splitlines()]

    def test_lines(self):
        number = 'expected a number of up to 64 bits, decimal or 0x hex'
        numbers = 'expected one to eight numbers with commas between them, or zeros'
        names = 'expected affine, mix or const'
        for text, word, why in (
                ('destroy', 'destroy', OPERATIONS),
                ('activate now', 'now', 'not key=value'),
                ('activate ipa=0', 'ipa=0', 'activate has no such argument'),
                ('data ipa=0 levle=3', 'levle=3', 'data has no such argument'),
                ('data ipa=0 ipa=1', 'ipa=1', 'given twice'),
                ('rtt_create ipa=0', 'rtt_create', 'needs level='),
                ('data', 'data', 'needs ipa='),
                ('realm_create s2sz=40 sl=1', 'realm_create', 'needs hash='),
                ('data ipa=', 'ipa=', number),
                ('data ipa=-1', 'ipa=-1', number),
                ('data ipa=0x', 'ipa=0x', number),
                ('data ipa=12k', 'ipa=12k', number),
                ('data ipa=0x10000000000000000', 'ipa=0x10000000000000000', number),
                ('data ipa=18446744073709551616', 'ipa=18446744073709551616', number),
                ('data ipa=0 gen=zero', 'gen=zero', names),
                ('realm_create hash=md5 s2sz=40 sl=1', 'hash=md5',
                 'expected sha256, sha384 or sha512'),
                ('rec_create gprs=1,,2', 'gprs=1,,2', numbers),
                ('rec_create gprs=', 'gprs=', numbers),
                ('rec_create gprs=1,2,3,4,5,6,7,8,9', 'gprs=1,2,3,4,5,6,7,8,9', numbers),
                ('rtt_create ipa=0 level=--1', 'level=--1',
                 'expected a number, decimal or 0x hex, may be negative')):
            with self.subTest(text):
                self.assertEqual(self.refused(f'# first\n{text}\nactivate\n', 2, word, why), [])

    def test_what_came_before_was_done(self):
        done = self.refused(CREATE + '\nactivate\nbang\n', 3, 'bang', OPERATIONS)
        self.assertEqual(done, [0, 0])

    def test_bytes_that_are_no_text(self):
        with tempfile.NamedTemporaryFile(suffix='.rmm') as file:
            file.write(b'activate # \xff\n')
            file.flush()
            done = script.run('RMM_SCRIPT', file.name)
        self.assertEqual((done.returncode, done.stdout), (FAILED, ''))
        self.assertEqual(done.stderr, f'rmm-script: {file.name}:1: the line is no UTF-8 text\n')

    def test_files(self):
        done = script.run('RMM_SCRIPT', '/nonexistent/file')
        self.assertEqual(done.returncode, FAILED)
        self.assertRegex(done.stderr, r'^rmm-script: /nonexistent/file: cannot open: .+\n$')
        done = script.run('RMM_SCRIPT', tempfile.gettempdir())
        self.assertEqual(done.returncode, FAILED)
        self.assertRegex(done.stderr, r'^rmm-script: .+: cannot read: .+\n$')

    def test_usage(self):
        for words in ((), ('a', 'b'), ('--variant', 'rmm-3.0', 'x'), ('--variant',),
                      ('--verbose', 'x')):
            with self.subTest(words):
                done = script.run('RMM_SCRIPT', *words)
                self.assertEqual((done.returncode, done.stdout), (USAGE, ''))
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_help(self):
        done = script.run('RMM_SCRIPT', '--help')
        self.assertEqual((done.returncode, done.stderr), (DONE, ''))
        self.assertIn('usage: rmm-script', done.stdout)


if __name__ == '__main__':
    unittest.main()
