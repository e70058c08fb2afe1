#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The core of the RMM needs no libc, keeps no globals, and a call has a bounded stack.

Prints the size of the core and the deepest stack of a call for each CPU.
"""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORE = ROOT / 'rmm' / 'core'
STACK_LIMIT = 4096
BOUNDED = {'static', 'dynamic,bounded'}

COMPILERS = {
    'native': ['gcc', '-fno-pie'],
    'aarch64': ['aarch64-linux-gnu-gcc', '-fno-pie', '-mgeneral-regs-only', '-mno-outline-atomics'],
}
WARNINGS = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-Wmissing-prototypes',
            '-Wstrict-prototypes', '-Wshadow', '-Wvla', '-Wundef', '-Wpointer-arith', '-Wcast-qual']
FLAGS = ['-std=gnu11', '-ffreestanding', '-nostdinc', '-nostdlib', '-O2', *WARNINGS,
         '-ffunction-sections', '-fdata-sections',
         '-fcallgraph-info=su', '-I', str(CORE), '-I', str(ROOT / 'spec' / 'generated')]

# What GCC asks of every freestanding environment
FROM_ENVIRONMENT = {'memcpy', 'memset', 'memmove', 'memcmp'}

# What calls through pointers can reach. Those through the port leave the core.
INDIRECT = {
    'command->run': r'cmd_\w+|rmm_(rec|gpt_l1)_(create|destroy)',
    'find_range_command': r'rmm_(data|unprot)_(un)?map',
    'calls[i].handle': r'rsi_\w+|rmm_rsi_token_\w+|smccc_version',
}
PORT_CALL = re.compile(r'\bport->\w+$')

NODE = re.compile(r'node: \{ title: "([^"]+)" label: "[^"]*?\\n(\d+) bytes \(([\w,]+)\)')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)" label: "([^"]+)" \}')
PUBLIC = re.compile(r'^\w[\w *]*?\b(rmm_\w+)\(', re.MULTILINE)


def text_of(path):
    return path.read_text(encoding='utf-8')


SOURCES = sorted(CORE.glob('*.c'))
PUBLIC_FUNCTIONS = PUBLIC.findall(text_of(CORE / 'port.h'))


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding='utf-8')
    if done.returncode:
        raise AssertionError(f'{" ".join(map(str, command))}\n{done.stdout}')
    return done.stdout


def plain(title):
    """The name of a function, of whatever file; parts that GCC split off are that function."""
    return title.split(':')[-1].split('.')[0]


def called_expression(place):
    """The source of a call through a pointer, up to its parenthesis, at FILE:LINE:COLUMN."""
    name, line, column = place.rsplit(':', 2)
    text = text_of(pathlib.Path(name)).splitlines()[int(line) - 1]
    return text[int(column) - 1:].split('(')[0]


class Graph:
    """Who calls whom in the core, and how much stack each function takes."""

    def __init__(self, texts):
        self.stack, self.kinds, self.calls, self.known = {}, {}, {}, {}
        for text in texts:
            for name, size, kind in NODE.findall(text):
                self.stack[name], self.kinds[name] = int(size), kind
                self.calls[name] = set()
        for text in texts:
            for caller, callee, place in EDGE.findall(text):
                self.calls[caller].update(self.targets(callee, place))

    def targets(self, callee, place):
        if callee != '__indirect_call':
            return {callee} & set(self.stack)
        called = called_expression(place)
        if PORT_CALL.search(called):
            return set()
        if called not in INDIRECT:
            raise AssertionError(f'{place}: calls {called}(), which INDIRECT does not know')
        return {name for name in self.stack if re.fullmatch(INDIRECT[called], plain(name))}

    def deepest(self, name, above=()):
        """The largest sum of stack frames from name down, and the calls that make it."""
        if name in above:
            raise AssertionError('recursion: ' + ' -> '.join([*above, name]))
        if name not in self.known:
            below = (self.deepest(callee, (*above, name)) for callee in self.calls[name])
            size, path = max(below, default=(0, []))
            self.known[name] = size + self.stack[name], [name, *path]
        return self.known[name]

    def reached_from(self, names):
        reached, todo = set(), set(names)
        while todo:
            reached |= todo
            todo = set().union(*(self.calls[name] for name in todo)) - reached
        return reached


class Core:
    """The core, compiled for one CPU and linked into one object."""

    def __init__(self, cpu, folder):
        self.cc = COMPILERS[cpu]
        headers = run(self.cc[0], '-print-file-name=include').strip()
        self.tools = self.cc[0][:-len('gcc')]
        objects = [folder / (path.stem + '.o') for path in SOURCES]
        for path, target in zip(SOURCES, objects):
            run(*self.cc, *FLAGS, '-isystem', headers, '-c', path, '-o', target)
        self.linked = folder / 'core.o'
        keep = ['-Wl,--gc-sections', *(f'-Wl,-u,{name}' for name in PUBLIC_FUNCTIONS)]
        run(*self.cc, '-r', '-nostdlib', *keep, '-o', self.linked, *objects)
        self.graph = Graph([text_of(path.with_suffix('.ci')) for path in objects])

    def symbols(self, kinds):
        listed = run(self.tools + 'nm', '--format=posix', self.linked)
        return {name for name, kind, *_ in map(str.split, listed.splitlines()) if kind in kinds}

    def sections(self):
        """Bytes of each section."""
        rows = (line.split() for line in run(self.tools + 'size', '-A', self.linked).splitlines())
        return {row[0]: int(row[1]) for row in rows if len(row) == 3 and row[1].isdigit()}


class Freestanding:
    @classmethod
    def setUpClass(cls):
        if not shutil.which(COMPILERS[cls.cpu][0]):
            raise unittest.SkipTest(f'no {COMPILERS[cls.cpu][0]}; scripts/deps test installs it')
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.core = Core(cls.cpu, pathlib.Path(folder.name))

    def test_needs_nothing_but_memory_functions(self):
        self.assertEqual(self.core.symbols('U') - FROM_ENVIRONMENT, set())

    def test_has_no_globals_that_change(self):
        changing = {name: size for name, size in self.core.sections().items()
                    if size and re.match(r'\.(data|bss|tdata|tbss)|COMMON', name)}
        self.assertEqual(changing, {})

    def test_every_frame_is_bounded(self):
        kinds = self.core.graph.kinds
        self.assertEqual({name for name in kinds if kinds[name] not in BOUNDED}, set())

    def test_no_call_is_missing_from_the_graph(self):
        """What the linker found in use, by tables of pointers too, must be in the sum of stacks."""
        reached = {plain(name) for name in self.core.graph.reached_from(PUBLIC_FUNCTIONS)}
        self.assertEqual({plain(name) for name in self.core.symbols('tT')} - reached, set())

    def test_stack_of_a_call_is_bounded(self):
        size, path = self.core.graph.deepest('rmm_rmi')
        code = sum(size for name, size in self.core.sections().items() if name.startswith('.text'))
        lines = sum(text_of(path).count('\n') for path in CORE.glob('*.[ch]'))
        frames = (f'{plain(name)}={self.core.graph.stack[name]}' for name in path)
        print(f'{self.cpu}: {lines} lines, {code} bytes of code, {size} bytes of stack:', *frames)
        self.assertLess(size, STACK_LIMIT)


class Native(Freestanding, unittest.TestCase):
    cpu = 'native'


class Aarch64(Freestanding, unittest.TestCase):
    cpu = 'aarch64'


if __name__ == '__main__':
    unittest.main()
