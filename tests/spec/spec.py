# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the tests of spec/ share. Reads the JSON on its own, not through the generator's model."""
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
SPEC = ROOT / 'spec'
GENERATED = SPEC / 'generated'
SHARED = pathlib.Path(os.environ.get('REALM_SHARED') or ROOT.parent / 'shared')
BASES = {'tf-rmm-2.0': ['tf-rmm-2.0', 'rmm-2.0'], 'rmm-2.0-bet0': ['rmm-2.0-bet0', 'rmm-2.0'],
         'rmm-2.0-bet3': ['rmm-2.0-bet3', 'rmm-2.0']}
BYTES = {'u8': 1, 'u16': 2, 'u32': 4, 'u64': 8, 's64': 8}
WARNINGS = ['-Wall', '-Wextra', '-Werror', '-pedantic']


def main():
    """As unittest.main(), but exit 77 when every test was skipped."""
    program = unittest.main(exit=False)
    result = program.result
    for reason in sorted({reason for _, reason in result.skipped}):
        print(f'skipped: {reason}')
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.testsRun and len(result.skipped) == result.testsRun else 0)


def compiler(env, *fallbacks):
    """Command of a compiler as a list: from the environment, else the first that is installed."""
    if os.environ.get(env):
        return shlex.split(os.environ[env])
    found = next((c for c in fallbacks if shutil.which(c)), None)
    return [found] if found else None


def number(value):
    return int(value, 0) if isinstance(value, str) else value


def seen_by(entry, variant):
    """The entry as the variant has it, None when it lacks it."""
    chain = BASES.get(variant, [variant])
    if 'in' in entry and not set(entry['in']) & set(chain):
        return None
    result = dict(entry)
    for name in reversed(chain):
        if name in entry.get('but', {}):
            if entry['but'][name] is None:
                return None
            result.update(entry['but'][name])
    return result


def entries(area, kind, variant):
    for path in sorted(SPEC.glob('*.json')):
        document = json.loads(path.read_text())
        if document.get('area') == area:
            for entry in document.get(kind, []):
                found = seen_by(entry, variant)
                if found:
                    found.setdefault('source', document.get('source'))
                    yield found


def items(entry, key, variant):
    return [i for i in (seen_by(item, variant) for item in entry[key]) if i]


def c_name(entry, area, tag):
    """Name of a structure or bit-field in the headers."""
    name = entry.get('c') or re.sub('([a-z0-9])([A-Z])', r'\1_\2', entry['name']).lower()
    if area == 'kvm':
        return 'realm_' + name
    return re.sub('^(rmi|rsi|rmm)_', rf'\g<1>{tag}_', name)


def value_name(name, area, tag):
    if area == 'kvm':
        return 'REALM_' + name
    return re.sub('^(RMI|RSI|RMM)_', rf'\g<1>{tag.upper()}_', name)


def split_type(text):
    base, count = re.fullmatch(r'(\w+)(?:\[(\d+)\])?', text).groups()
    return base, int(count or 1)


def fields(entry, variant, area):
    """(name, offset, bytes) of each field."""
    sizes = {s['name']: number(s['size']) for s in entries(area, 'structs', variant)}
    for f in items(entry, 'fields', variant):
        base, count = split_type(f['type'])
        yield f['name'], number(f['at']), count * BYTES.get(base, sizes.get(base, 0))


def bits(entry, variant):
    """(name, shift, width) of each bit-field."""
    for b in items(entry, 'bits', variant):
        high, _, low = b['at'].partition(':')
        shift = int(low or high)
        yield b['name'], shift, int(high) - shift + 1


def constants(area, variant, tag=''):
    """Every name that a header of this area defines with a number, and the number."""
    found = {}
    for e in entries(area, 'enums', variant):
        for v in items(e, 'values', variant):
            for name in filter(None, [v['name'], v.get('alias')]):
                found[value_name(name, area, tag)] = number(v['value'])
    for c in entries(area, 'commands', variant):
        found['SMC_' + value_name(c['name'], area, tag)] = 0xC4000000 + number(c['fid'])
    for i in entries(area, 'ioctls', variant):
        found[value_name(i['name'], area, tag)] = number(i['value'])
    for e in entries(area, 'bitfields', variant):
        for name, shift, width in bits(e, variant):
            prefix = f'{c_name(e, area, tag)}_{name}'.upper()
            found[prefix + '_SHIFT'], found[prefix + '_WIDTH'] = shift, width
            found[prefix + '_MASK'] = ((1 << width) - 1) << shift
    for e in entries(area, 'structs', variant):
        prefix = c_name(e, area, tag).upper()
        found[prefix + '_SIZE'] = number(e['size'])
        for name, at, _ in fields(e, variant, area):
            found[f'{prefix}_{name.upper()}_OFFSET'] = at
    return found


class Scratch(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def build(self, command, source, name='program.c'):
        """Compile; a warning is a failure. Returns the program."""
        (self.folder / name).write_text(source)
        target = self.folder / 'program'
        run = subprocess.run([*command, '-o', str(target), str(self.folder / name)],
                             capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        return target

    def json_of(self, program):
        """What the program prints, which is one JSON object."""
        run = subprocess.run([str(program)], capture_output=True, text=True, check=True)
        return json.loads(run.stdout)
