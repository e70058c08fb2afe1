#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""spec/generate on copies of the description: what it refuses, what one line changes."""
import json
import re
import shutil
import subprocess
import sys
import unittest

import spec

FIELD = '        { "at": "0x038", "type": "u64", "name": "num_aux_planes", "in": ["rmm-2.0"] },'
# the text to replace, what to put there, file, message; each a mistake someone can make
BAD = [
    ('"at": "0x038", "type": "u64", "name": "num_aux_planes"',
     '"at": "0x030", "type": "u64", "name": "num_aux_planes"', 'rmi-structs.json',
     r"structs\[1\] \(RmiRealmParams\)\.fields\[7\] \(num_aux_planes\): at 0x30 overlaps "
     r"'hash_algo'"),
    ('"at": "0xf80", "type": "u64[3]"', '"at": "0xff0", "type": "u64[3]"', 'rmi-structs.json',
     r'\(aux_rtt_base\): ends at 0x1008, past the size 0x1000 of RmiRealmParams'),
    ('"at": "0x038", "type": "u64", "name": "num_aux_planes"',
     '"at": "0x03c", "type": "u64", "name": "num_aux_planes"', 'rmi-structs.json',
     '0x3c is not aligned for u64'),
    ('"name": "num_aux_planes"', '"name": "s2sz"', 'rmi-structs.json', "name 's2sz' is taken"),
    ('"type": "RmiRecEnter"', '"type": "RmiRecEntry"', 'rmi-structs.json',
     "unknown type 'RmiRecEntry' in variant rmm-1.0"),
    ('"type": "s64", "name": "rtt_level_start"', '"type": "int", "name": "rtt_level_start"',
     'rmi-structs.json', "unknown type 'int'"),
    ('"is": "RmiGranuleSize"', '"is": "RmiGrainSize"', 'rmi-structs.json',
     "unknown type 'RmiGrainSize'"),
    ('"name": "num_aux_planes", "in": ["rmm-2.0"]', '"name": "num_aux_planes", "in": ["rmm-3.0"]',
     'rmi-structs.json', r"unknown variant 'rmm-3.0' \(known: rmm-1.0, rmm-2.0"),
    ('"but": {"tf-rmm-2.0": null}', '"but": {"tf-rmm-9": null}', 'rmi-structs.json',
     "unknown variant 'tf-rmm-9'"),
    ('"name": "RmiPsmmuParams"', '"name": "RmiVdevParams"', 'rmi-structs.json',
     "name 'RmiVdevParams' is taken"),
    ('"size": "0x1000", "in": ["rmm-2.0"]', '"size": "0x1000", "in": "rmm-2.0"',
     'rmi-structs.json', r'structs\[0\]\.in: expected array'),
    ('"doc": "DEN0137", "version": ["2.0-bet1"], "section": "RmiRmmConfig type"',
     '"doc": "DEN9999", "version": ["2.0-bet1"], "section": "RmiRmmConfig type"',
     'rmi-structs.json', "source names unknown document 'DEN9999'"),
    ('"version": ["2.0-bet1"], "section": "RmiRmmConfig type"', '"version": ["2.0-bet1"]',
     'rmi-structs.json', "missing key 'section'"),
    ('"name": "num_aux_planes"', '"naem": "num_aux_planes"', 'rmi-structs.json',
     "fields\\[7\\]: unknown key 'naem'"),
    ('"name": "num_aux_planes"', '"name": "num_aux_planes", "size": 8', 'rmi-structs.json',
     "unknown key 'size'"),
    ('"name": "num_aux_planes"', '"name": "num_aux_planes", "name": "x"', 'rmi-structs.json',
     "key 'name' given twice"),
    ('"fields": [', '"fields": [,', 'rmi-structs.json', 'line [0-9]+ column'),
    ('"at": "0x800", "type": "RmiRecExit"', '"at": "0x800", "type": "RmiRecRun"',
     'rmi-structs.json', r'\(exit\): RmiRecRun contains itself'),
    ('"fid": "0x151"', '"fid": "0x150"', 'rmi-commands.json',
     r'fid 0xC4000150 is taken by rmi-commands\.json: commands\[0\] \(RMI_VERSION\)'),
    ('"req: RmiInterfaceVersion', '"req: RmiVersion', 'rmi-commands.json',
     "unknown type 'RmiVersion' of 'req'"),
    ('"name": "RMI_REC_CREATE"', '"name": "RMI_REC_ENTER"', 'rmi-commands.json',
     "name 'RMI_REC_ENTER' is taken"),
    ('"at": "15:8", "name": "index"', '"at": "15:7", "name": "index"', 'rmi-bitfields.json',
     r"bits\[1\] \(index\): overlaps 'status'"),
    ('"at": "63:8", "name": "data"', '"at": "64:8", "name": "data"', 'rmi-bitfields.json',
     'bit 64 is beyond the 64 bits of RmiResult'),
    ('"at": "15:8", "name": "index"', '"at": "8:15", "name": "index"', 'rmi-bitfields.json',
     'bits are written high:low'),
    ('"value": 4, "name": "RMI_ERROR_RTT"', '"value": 3, "name": "RMI_ERROR_RTT"',
     'rmi-enums.json', 'value 0x3 is taken'),
    ('"value": 4, "name": "RMI_ERROR_RTT"', '"value": 256, "name": "RMI_ERROR_RTT"',
     'rmi-enums.json', '256 does not fit 8 bits'),
    ('"value": 4, "name": "RMI_ERROR_RTT"', '"value": 4, "name": "RMI_ERROR_REC"',
     'rmi-enums.json', "name 'RMI_ERROR_REC' is taken"),
    ('"value": "0xC020AED7"', '"value": "0xC028AED7"', 'kvm-numbers.json',
     '0xC028AED7 is stated, but dir, nr and size give 0xC020AED7'),
    ('"arg": "kvm_arm_rmi_populate", "doc": "Returns', '"arg": "kvm_populate", "doc": "Returns',
     'kvm-numbers.json', "unknown type 'kvm_populate'"),
    ('"ripas": "KVM_RIPAS_CAP_V1"', '"ripas": "KVM_RIPAS_CAP_V9"', 'kvm-families.json',
     r"rows\[0\] \(rme-rfc\): 'ripas': 'KVM_RIPAS_CAP_V9' is no KvmRipas"),
    ('"system": -22', '"system": "-22"', 'kvm-kernels.json', "'system' is not a s32"),
    ('"supported": true, "vm_type"', '"vm_type"', 'kvm-families.json',
     "missing column 'supported'"),
    ('"only": ["flags", "pc", "gprs"]', '"only": ["flags", "pc", "sp"]', 'measurement.json',
     "'RmiRecParams' has no 'sp'"),
    ('"size": "0x100"', '"size": "0x104"', 'measurement.json',
     'not a multiple of its alignment 8'),
    ('"base": "rmm-2.0" }', '"base": "tf-rmm-2.0" }', 'variants.json', 'is based on itself'),
    ('"base": "rmm-2.0" }', '"base": "rmm-5" }', 'variants.json', "unknown variant 'rmm-5'"),
]


class Copy(spec.Scratch):
    """A copy of the description to spoil."""

    def setUp(self):
        super().setUp()
        self.spec = self.folder / 'spec'
        shutil.copytree(spec.SPEC, self.spec, ignore=shutil.ignore_patterns('__pycache__'))

    def generate(self, *arguments):
        return subprocess.run([sys.executable, str(self.spec / 'generate'), *arguments],
                              capture_output=True, text=True)

    def replace(self, file, old, new):
        path = self.spec / file
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def refused(self, pattern, *arguments):
        run = self.generate('-o', str(self.folder / 'out'), *arguments)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(run.stderr.count('\n'), 1, 'one line')
        self.assertRegex(run.stderr, pattern)
        self.assertFalse((self.folder / 'out').exists(), 'nothing is written')


class Refuse(Copy):
    def test_mistakes_name_file_and_place(self):
        for old, new, file, message in BAD:
            with self.subTest(message=message):
                kept = (self.spec / file).read_text()
                self.replace(file, old, new)
                try:
                    self.refused(f'^spec/generate: .*{re.escape(file)}.*{message}')
                finally:
                    (self.spec / file).write_text(kept)

    def test_entry_without_source(self):
        self.replace('rmi-structs.json', '"source": {"doc": "DEN0137", "version": ["2.0-bet1"], '
                     '"section": "RmiRmmConfig type"},', '')
        self.refused(r'structs\[0\] \(RmiRmmConfig\): no source')

    def test_same_name_from_two_kinds(self):
        self.replace('rmi-enums.json', '"name": "RMI_ERROR_RTT_AUX"', '"name": "RMI_REC_RUN_SIZE"')
        self.refused("name 'RMI_REC_RUN_SIZE' is taken")

    def test_pick_that_differs_between_variants(self):
        self.replace('rmi-structs.json', '"at": "0x200", "type": "u64", "name": "pc"',
                     '"at": "0x200", "type": "u64", "name": "pc", '
                     '"but": {"tf-rmm-2.0": {"at": "0x208"}}')
        self.refused(r"RmmRecParams\): 'pc' differs in variant tf-rmm-2.0")

    def test_not_an_object_and_not_there(self):
        (self.spec / 'psci.json').write_text('[]')
        self.refused(r'psci\.json: no "\$schema" key')
        (self.spec / 'psci.json').write_text('{"$schema": "schema/none.json"}')
        self.refused("schema 'schema/none.json' does not exist")


class OneLine(Copy):
    """Adding a field is one line of JSON, and it is then everywhere."""

    def made(self, name):
        return (self.folder / 'out' / name).read_text()

    def test_new_field_is_in_every_output(self):
        self.replace('rmi-structs.json', FIELD, FIELD +
                     '\n        { "at": "0x040", "type": "u32", "name": "colour" },')
        run = self.generate('-o', str(self.folder / 'out'))
        self.assertEqual(run.returncode, 0, run.stderr)
        for name, text in {
                'rmi.h': '#define RMI_REALM_PARAMS_COLOUR_OFFSET 0x040',
                'rmi-1.0.h': 'offsetof(struct rmi1_realm_params, colour)',
                'linux/rmi.h': 'static_assert(offsetof(struct rmi_realm_params, colour) == 0x040);',
                'realm_constants.py': 'RMI_REALM_PARAMS_COLOUR_OFFSET = 0x40',
                'realm_constants.rs': 'pub const RMI_REALM_PARAMS_COLOUR_OFFSET: usize = 0x40;',
                'rmi.md': '| 0x040 | u32 | colour |'}.items():
            with self.subTest(output=name):
                self.assertIn(text, self.made(name))
        diff = [line for line in self.made('rmi.h').splitlines()
                if line not in (spec.GENERATED / 'rmi.h').read_text().splitlines()]
        self.assertEqual(diff, ['#define RMI_REALM_PARAMS_COLOUR_OFFSET 0x040',
                                '\tuint32_t colour;', '\tuint8_t pad_044[956];',
                                'RMI_ASSERT(offsetof(struct rmi_realm_params, colour) == '
                                'RMI_REALM_PARAMS_COLOUR_OFFSET);'])

    def test_check_names_the_stale_files(self):
        self.assertEqual(self.generate('--check', 'rmi.h').returncode, 0)
        self.replace('rmi-structs.json', FIELD, FIELD.replace('num_aux_planes', 'planes'))
        run = self.generate('--check', 'rmi.h', 'rsi.h', 'linux/rmi.h')
        self.assertEqual(run.returncode, 1)
        self.assertEqual(sorted(re.findall(r'generated/(\S+) is stale', run.stderr)),
                         ['linux/rmi.h', 'rmi.h'])
        self.assertEqual((self.spec / 'generated/rmi.h').read_text(),
                         (spec.GENERATED / 'rmi.h').read_text(), '--check writes nothing')


class CommandLine(Copy):
    def test_committed_files_are_what_the_description_gives(self):
        run = subprocess.run([sys.executable, str(spec.SPEC / 'generate'), '--check'],
                             capture_output=True, text=True)
        self.assertEqual(run.stderr, '')
        self.assertEqual(run.returncode, 0)

    def test_nothing_else_is_committed(self):
        run = self.generate('-o', str(self.folder / 'out'))
        self.assertEqual(run.returncode, 0, run.stderr)
        below = lambda top: {str(p.relative_to(top)) for p in top.rglob('*') if p.is_file()}
        self.assertEqual(below(self.folder / 'out') - {'rmi.md'}, below(spec.GENERATED))

    def test_variants_and_tags(self):
        out = self.folder / 'out'
        run = self.generate('--variant', 'tf-rmm-2.0', '--tag', 'x', '-o', str(out), 'rmi.h')
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual([p.name for p in out.iterdir()], ['rmi.h'])
        text = (out / 'rmi.h').read_text()
        self.assertIn('#define RMIX_AUX_DESTROYED 5', text)
        self.assertIn('struct rmix_rec_exit {', text)
        code = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
        self.assertEqual(re.findall(r'\b(?:SMC_)?RMI_\w+', code), [])

    def test_first_line_says_where_from_and_how(self):
        for path in sorted(p for p in spec.GENERATED.rglob('*') if p.is_file()):
            after_licence = path.parent.name == 'linux'
            with self.subTest(path=path):
                self.assertRegex(path.read_text().splitlines()[after_licence],
                                 r'Generated from spec/\S+\.json \(\S+\)\. .*spec/generate')

    def test_wrong_command_lines(self):
        for arguments, message in (
                (['--variant', 'rmm-2.0'], 'needs -o'), (['--tag', '1'], 'needs --variant'),
                (['--variant', 'rmm-9', '-o', 'x'], 'not one of rmm-1.0, rmm-2.0, tf-rmm-2.0'),
                (['--variant', 'rmm-2.0-bet3', '-o', 'x'], 'not one of'),
                (['rmi.hpp'], 'output rmi.hpp: not one of'), (['--colour'], '--colour'),
                (['--variant', 'rmm-1.0', '--tag', '-', '-o', 'x'], 'letters and digits')):
            with self.subTest(arguments=arguments):
                run = self.generate(*arguments)
                self.assertEqual(run.returncode, 2)
                self.assertIn(message, run.stderr)

    def test_target_that_cannot_be_written(self):
        (self.folder / 'file').write_text('')
        run = self.generate('-o', str(self.folder / 'file'), 'rmi.h')
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r'^spec/generate: \S+file\S*: .+\n$')

    def test_help_names_all_outputs_and_variants(self):
        text = self.generate('--help').stdout
        for word in ('rmi.h', 'rsi.h', 'measurement.h', 'kvm-realm.h', 'linux/rmi.h', 'rmi.md',
                     'realm_constants.py', 'realm_constants.rs', 'rmm-1.0', 'rmm-2.0',
                     'tf-rmm-2.0', '--check', '--tag'):
            self.assertIn(word, text)

    def test_help_names_a_new_variant(self):
        line = '"rmm-1.0": { "title": "RMM 1.0-rel0", "stateful": false },'
        self.replace('variants.json', line,
                     line + '\n    "rmm-3.0": { "title": "RMM of the future", "base": "rmm-2.0" },')
        text = self.generate('--help').stdout
        self.assertRegex(text, r'\n  rmm-3\.0 +RMM of the future\n')
        self.assertNotIn('rmm-2.0-bet3', text)

    def test_unchanged_files_are_left_alone(self):
        path = self.spec / 'generated/rmi.h'
        before = path.stat().st_mtime_ns
        self.assertEqual(self.generate('rmi.h').returncode, 0)
        self.assertEqual(path.stat().st_mtime_ns, before)

    def test_every_entry_of_the_json_has_a_source(self):
        for path in sorted(spec.SPEC.glob('*.json')):
            document = json.loads(path.read_text())
            for kind in ('enums', 'bitfields', 'structs', 'commands', 'ioctls', 'tables', 'picks'):
                for entry in document.get(kind, []):
                    source = entry.get('source') or document.get('source')
                    with self.subTest(entry=entry['name']):
                        self.assertTrue(source['doc'] and source['version'] and source['section'])

    def test_source_names_an_entry_as_that_version_does(self):
        for variant, version in (('rmm-1.0', '1.0-rel0'), ('rmm-2.0', '2.0-bet1')):
            for area in ('rmi', 'rsi'):
                for kind in ('enums', 'bitfields', 'structs', 'commands'):
                    for entry in spec.entries(area, kind, variant):
                        source = entry['source']
                        if version not in source['version']:
                            continue
                        with self.subTest(variant=variant, entry=entry['name']):
                            self.assertIn(entry['name'], re.findall(r'\w+', source['section']))


if __name__ == '__main__':
    spec.main()
