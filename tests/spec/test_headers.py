#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The generated headers compile everywhere and lay out what the JSON says, field by field."""
import os
import shutil
import subprocess
import sys
import unittest

import spec

# header: area, variant, tag
HEADERS = {'rmi.h': ('rmi', 'rmm-2.0', ''), 'rsi.h': ('rsi', 'rmm-2.0', ''),
           'rmi-1.0.h': ('rmi', 'rmm-1.0', '1'), 'rsi-1.0.h': ('rsi', 'rmm-1.0', '1'),
           'psci.h': ('psci', 'rmm-2.0', ''), 'kvm-realm.h': ('kvm', 'rmm-2.0', ''),
           'measurement.h': ('measurement', 'rmm-2.0', '')}
ALONE = [*HEADERS, 'tf-rmm-2.0.h']
TOGETHER = ''.join(f'#include "{h}"\n' for h in ALONE)
CC = spec.compiler('CC', 'cc', 'gcc', 'clang')
CXX = spec.compiler('CXX', 'c++', 'g++', 'clang++')
FOREIGN = ['aarch64-linux-gnu-gcc', 's390x-linux-gnu-gcc', 'arm-linux-gnueabihf-gcc',
           'i686-linux-gnu-gcc', 'powerpc-linux-gnu-gcc']
INCLUDE = ['-I', str(spec.GENERATED)]
PROGRAM = '''#include <stdio.h>
%s
int main(void)
{
	puts("{");
%s	puts("\\"\\": 0}");
	return 0;
}
'''


def printed(name, expression):
    return f'\tprintf("\\"{name}\\": %llu,\\n", (unsigned long long)({expression}));\n'


class Compile(spec.Scratch):
    def syntax(self, command, source, suffix):
        path = self.folder / f'unit{suffix}'
        path.write_text(source)
        run = subprocess.run([*command, *spec.WARNINGS, *INCLUDE, '-fsyntax-only', str(path)],
                             capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)

    def both_ways(self, command, suffix):
        for header in ALONE:
            for mode in ([], ['-ffreestanding']):
                with self.subTest(header=header, command=command, mode=mode):
                    self.syntax(command + mode, f'#include "{header}"\n', suffix)
        self.syntax(command, TOGETHER, suffix)

    @unittest.skipUnless(CC, 'no C compiler')
    def test_c11_hosted_and_freestanding_compiles(self):
        self.both_ways([*CC, '-std=c11'], '.c')

    @unittest.skipUnless(CXX, 'no C++ compiler')
    def test_cxx17_hosted_and_freestanding_compiles(self):
        self.both_ways([*CXX, '-std=c++17'], '.cc')

    def test_32_bit_and_big_endian_layout_is_the_same(self):
        """The assertions in the headers speak for the offsets."""
        commands = [[c] for c in FOREIGN if shutil.which(c)]
        if CC and os.uname().machine == 'x86_64' and self.takes([*CC, '-m32']):
            commands.append([*CC, '-m32'])
        if not commands:
            self.skipTest('no compiler for another machine or word size')
        for command in commands:
            with self.subTest(command=command):
                self.syntax([*command, '-std=c11', '-ffreestanding'], TOGETHER, '.c')

    def takes(self, command):
        run = subprocess.run([*command, '-ffreestanding', '-fsyntax-only', '-x', 'c', '/dev/null'],
                             capture_output=True)
        return run.returncode == 0

    @unittest.skipUnless(CC, 'no C compiler')
    def test_assembler_reads_the_constants(self):
        source = TOGETHER + 'number: .quad SMC_RMI_VERSION + RMI_REALM_PARAMS_RTT_BASE_OFFSET\n'
        path = self.folder / 'unit.S'
        path.write_text(source)
        run = subprocess.run([*CC, *INCLUDE, '-c', str(path), '-o', os.devnull],
                             capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)

    @unittest.skipUnless(CC, 'no C compiler')
    def test_a_moved_field_does_not_compile(self):
        """The assertions are really there: take a byte of padding away."""
        text = (spec.GENERATED / 'rmi.h').read_text()
        moved = text.replace('uint8_t pad_009[7];', 'uint8_t pad_009[15];', 1)
        self.assertNotEqual(text, moved)
        with self.assertRaisesRegex(AssertionError, 'RMI_REALM_PARAMS_SVE_VL_OFFSET'):
            self.syntax([*CC, '-std=c11'], moved, '.c')


@unittest.skipUnless(CC, 'no C compiler')
class Layout(spec.Scratch):
    def compare(self, header, lines, expected, declaration=''):
        program = self.build([*CC, '-std=c11', *spec.WARNINGS, *INCLUDE],
                             PROGRAM % (f'#include "{header}"\n{declaration}', ''.join(lines)))
        found = self.json_of(program)
        del found['']
        self.assertEqual(len(expected), len(lines))
        self.assertEqual(found, expected)

    def test_every_offset_and_size_is_that_of_the_json(self):
        for header, (area, variant, tag) in HEADERS.items():
            lines, expected = [], {}
            for entry in spec.entries(area, 'structs', variant):
                name = 'struct ' + spec.c_name(entry, area, tag)
                expected[name] = spec.number(entry['size'])
                lines.append(printed(name, f'sizeof({name})'))
                for field, at, size in spec.fields(entry, variant, area):
                    expected[f'{name}.{field}'] = at
                    lines.append(printed(f'{name}.{field}', f'offsetof({name}, {field})'))
                    whole = f'sizeof((({name} *)0)->{field})'
                    expected[whole] = size
                    lines.append(printed(whole, whole))
            if header not in ('psci.h',):
                self.assertTrue(expected)
            with self.subTest(header=header):
                self.compare(header, lines, expected)

    def test_sparse_pages_are_one_page(self):
        pages = ['rmm_config', 'realm_params', 'rec_params', 'rec_run', 'pdev_params',
                 'vdev_params', 'pdev_stream_params', 'public_key_params', 'vdev_measure_params',
                 'psmmu_params', 'dev_comm_data']
        lines = [printed(p, f'sizeof(struct rmi_{p})') for p in pages]
        self.compare('rmi.h', lines, {p: 4096 for p in pages})

    def test_every_constant_is_that_of_the_json(self):
        for header, (area, variant, tag) in HEADERS.items():
            expected = {n: v % 2**64 for n, v in spec.constants(area, variant, tag).items()}
            with self.subTest(header=header):
                self.compare(header, [printed(n, n) for n in expected], expected)

    def test_accessors_reach_their_bits_and_no_others(self):
        for header, (area, variant, tag) in HEADERS.items():
            lines, expected = [], {}
            for entry in spec.entries(area, 'bitfields', variant):
                name = spec.c_name(entry, area, tag)
                for field, shift, width in spec.bits(entry, variant):
                    ones, call = (1 << width) - 1, f'{name}_%s_{field.lower()}'
                    cases = {'set': (f'{call % "set"}(0, ~0ULL)', ones << shift),
                             'clear': (f'{call % "set"}(~0ULL, 0)', ~(ones << shift) % 2**64),
                             'get': (f'{call % "get"}(~0ULL)', ones)}
                    for case, (expression, value) in cases.items():
                        expected[f'{name} {field} {case}'] = value
                        lines.append(printed(f'{name} {field} {case}', expression))
            with self.subTest(header=header):
                self.compare(header, lines, expected)

    def test_difference_header_holds_the_differences(self):
        expected = {'RMITF_AUX_DESTROYED': 5, 'RMITF_EXIT_DEV_MEM_MAP': 9,
                    'RMITF_EXIT_VDEV_P2P_BINDING': 10,
                    'SMC_RMITF_RTT_AUX_MAP_PROTECTED': 0xC4000180,
                    'RMITF_REALM_FLAGS0_MASK': 0x18f,
                    'offsetof(struct rmitf_rec_exit, rtt_level)': 0x120,
                    'offsetof(struct rmitf_rec_run, exit)': 0x800,
                    'sizeof(struct rmitf_rec_run)': 4096}
        self.compare('tf-rmm-2.0.h', [printed(n, n) for n in expected], expected)
        text = (spec.GENERATED / 'tf-rmm-2.0.h').read_text()
        self.assertNotIn('RMITF_SUCCESS', text)
        self.assertNotIn('struct rmitf_realm_params', text)
        self.assertIn('X(RMI_RMM_STATE_GET, RMITF_U64(0xC40001EE))', text)
        self.assertIn('X(RMI_GRANULE_TRACKING_SET, RMITF_U64(0xC40001E3))', text)

    def test_tables_initialise_what_the_json_says(self):
        for header, table in (('kvm-realm.h', 'realm_kvm_family'),
                              ('kvm-realm.h', 'realm_kvm_answer'),
                              ('kvm-realm.h', 'realm_kvm_kernel'),
                              ('measurement.h', 'rmm_profile')):
            area = HEADERS[header][0]
            entry = next(e for e in spec.entries(area, 'tables', 'rmm-2.0')
                         if spec.c_name(e, area, '') == table)
            array = f'static const struct {table} rows[] = {{ {table.upper()}_ALL }};'
            lines = [printed('rows', 'sizeof(rows) / sizeof(rows[0])')]
            expected = {'rows': len(entry['rows'])}
            for n, row in enumerate(entry['rows']):
                for name, value in self.cells(entry, row, area):
                    expected[f'{n} {name}'] = value
                    lines.append(printed(f'{n} {name}', f'rows[{n}].{name}'))
            with self.subTest(table=table):
                self.compare(header, lines, expected, array)

    def cells(self, entry, row, area):
        """(expression, number) of each number in a row, and how many a list holds."""
        numbers = spec.constants(area, 'rmm-2.0')
        numbers.update({'RMM_HASH_SHA_256': 0, 'RMM_HASH_SHA_512': 1, 'RMM_HASH_SHA_384': 2})
        for column in entry['columns']:
            value = row[column['name']]
            listed = value if isinstance(value, list) else [value]
            if isinstance(value, list):
                yield f'num_{column["name"]}', len(value)
            if column['type'].startswith('string'):
                continue
            for i, v in enumerate(listed):
                index = f'[{i}]' if isinstance(value, list) else ''
                number = numbers[spec.value_name(v, area, '')] if isinstance(v, str) else int(v)
                number %= 2**64
                yield column['name'] + index, number

    def test_every_variant_with_a_tag_compiles(self):
        for variant in ('rmm-1.0', 'rmm-2.0', 'tf-rmm-2.0'):
            out = self.folder / variant
            run = subprocess.run([sys.executable, str(spec.SPEC / 'generate'), '--variant', variant,
                                  '--tag', 'X', '-o', str(out)], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)
            source = ''.join(f'#include "{path.name}"\n' for path in sorted(out.glob('*.h')))
            with self.subTest(variant=variant):
                self.assertIn('rmi.h', source)
                self.build([*CC, '-std=c11', *spec.WARNINGS, '-I', str(out)],
                           source + 'int main(void)\n{\n\treturn 0;\n}\n')

    def test_command_list_names_every_command(self):
        commands = {c['name']: c for c in spec.entries('rmi', 'commands', 'rmm-2.0')}
        lines = ['#define X(name, arguments, results, stateful) ' + printed(
            '" #name "', 'SMC_##name + ((uint64_t)arguments << 32) + ((uint64_t)results << 40)'
            ' + ((uint64_t)stateful << 48)').strip() + '\n\tRMI_COMMANDS(X)\n']
        program = self.build([*CC, '-std=c11', *spec.WARNINGS, *INCLUDE],
                             PROGRAM % ('#include "rmi.h"', ''.join(lines)))
        found = self.json_of(program)
        del found['']
        self.assertEqual(found, {
            name: 0xC4000000 + spec.number(c['fid']) + (len(c.get('args', [])) << 32)
            + (len(c.get('returns', [])) << 40) + (('sro' in c) << 48)
            for name, c in commands.items()})


@unittest.skipUnless(CC, 'no C compiler')
class Kernel(spec.Scratch):
    FLAGS = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-I',
             str(spec.ROOT / 'tests/spec/shim'), '-I', str(spec.GENERATED / 'linux')]

    def test_layout_and_masks_are_those_of_the_json(self):
        lines, expected = [], {}

        def expect(name, expression, value):
            expected[name] = value
            lines.append(printed(name, expression))
        for entry in spec.entries('rmi', 'structs', 'rmm-2.0'):
            name = 'struct ' + spec.c_name(entry, 'rmi', '')
            expect(name, f'sizeof({name})', spec.number(entry['size']))
            for field, at, size in spec.fields(entry, 'rmm-2.0', 'rmi'):
                expect(f'{name}.{field}', f'offsetof({name}, {field})', at)
                expect(f'{name}.{field} bytes', f'sizeof((({name} *)0)->{field})', size)
        for entry in spec.entries('rmi', 'bitfields', 'rmm-2.0'):
            for field, shift, width in spec.bits(entry, 'rmm-2.0'):
                mask = f"{spec.c_name(entry, 'rmi', '')}_{field}".upper()
                expect(mask, mask, ((1 << width) - 1) << shift)
                expect(mask + ' prep', f'FIELD_PREP({mask}, 1)', 1 << shift)
                expect(mask + ' get', f'FIELD_GET({mask}, ~0ULL)', (1 << width) - 1)
        for name, value in spec.constants('rmi', 'rmm-2.0').items():
            if not name.endswith(('_SHIFT', '_WIDTH', '_MASK', '_OFFSET', '_SIZE')):
                expect(name, name, value)
        program = self.build([*CC, *self.FLAGS], PROGRAM % ('#include <rmi.h>', ''.join(lines)))
        found = self.json_of(program)
        del found['']
        self.assertEqual(found, expected)

    def test_licence_is_that_of_the_kernel(self):
        """On line 1: Documentation/process/license-rules.rst of Linux."""
        first = (spec.GENERATED / 'linux/rmi.h').read_text().splitlines()[0]
        self.assertEqual(first, '/* SPDX-License-Identifier: GPL-2.0-only */')


if __name__ == '__main__':
    spec.main()
