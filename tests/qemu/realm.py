# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Plans (realm-plan/1) as scripts for the host on QEMU (docs/qemu-script.md), and their results.

The order of a script is that of KVM's family rme: RIPAS of all RAM, loads, RECs.
"""
import dataclasses
import hashlib
import json
import pathlib

import qemu

PAGE, BLOCK = 0x1000, 0x200000
LEAF = 3
SCALE = {'K': 1 << 10, 'M': 1 << 20, 'G': 1 << 30, 'T': 1 << 40}
# What `realmctl measure` is asked for
ROWS = {'rmm-1.0': 'rme', 'rmm-2.0': 'rmi-v14', 'tf-rmm-2.0': 'rmi-v14'}


def number(value):
    """An integer, or a string of one, as plans write them"""
    if isinstance(value, int):
        return value
    if value[-1] in SCALE:
        return int(value[:-1], 0) * SCALE[value[-1]]
    return int(value, 0)


def start_level(ipa_bits):
    """Up to 16 tables side by side save a level."""
    return LEAF + 1 - -(-(ipa_bits - 12 - 4) // 9)


def content(load, folder):
    """The bytes of a load, whole pages of them"""
    if 'hex' in load:
        data = bytes.fromhex(load['hex'])
    elif 'zero' in load:
        data = bytes(number(load['zero']))
    else:
        data = (folder / load['file']).read_bytes()[number(load.get('offset') or 0):]
        if load.get('size') is not None:
            data = data[:number(load['size'])]
    data = bytes(number(load['at']) % PAGE) + data
    return data + bytes(-len(data) % PAGE)


def create_step(plan):
    sve = number(plan.get('sve_bits', 0))
    flags = number(plan.get('flags', 0)) | (2 if sve else 0)
    step = (f'realm_create hash={plan.get("hash", "sha256")} s2sz={plan["ipa_bits"]}'
            f' sl={start_level(plan["ipa_bits"])} flags0={flags:#x}'
            f' bps={plan.get("breakpoints", 2) - 1} wps={plan.get("watchpoints", 2) - 1}')
    return step + (f' sve_vl={sve // 128 - 1}' if sve else '')


def ripas_step(ram):
    base = number(ram['base'])
    return f'init_ripas base={base:#x} top={base + number(ram["size"]):#x} loop=1'


def rec_step(index, rec):
    gprs = ','.join(f'{number(value):#x}' for value in rec.get('gprs', [])) or 'zeros'
    runnable = rec.get('runnable', index == 0)
    return f'rec_create flags={int(runnable)} pc={number(rec["pc"]):#x} gprs={gprs}'


class Script:
    """Lines, and the files that they name"""

    def __init__(self):
        self.steps = []
        self.files = {}

    def add_plan(self, plan, folder, blocks=()):
        """Makes the realm of a plan, runs and destroys it; blocks are addresses of 2 MiB of RAM."""
        self.steps += [create_step(plan), *map(ripas_step, plan['ram'])]
        for load in plan['load']:
            self.add_load(load, content(load, pathlib.Path(folder)))
        self.steps += [f'block ipa={block:#x}' for block in blocks]
        self.steps += [rec_step(i, rec) for i, rec in enumerate(plan['recs'])]
        self.steps += ['activate', 'run', 'destroy']

    def add_load(self, load, data):
        base = number(load['at']) // PAGE * PAGE
        name = hashlib.sha256(data).hexdigest()[:16]
        self.files[name] = data
        self.steps += [f'rtt_path ipa={base:#x} top={base + len(data):#x} level=3',
                       f'load file={name} ipa={base:#x} measure={int(load.get("measured", True))}']

    def boot(self, folder, mode='script', *, rmm, files=None, **options):
        """Boots the host with this; its files go to a folder."""
        folder = pathlib.Path(folder)
        paths = dict(files or {}, script=folder / 'script')
        paths['script'].write_text(''.join(step + '\n' for step in self.steps), encoding='utf-8')
        for name, data in self.files.items():
            paths['file/' + name] = folder / name
            paths['file/' + name].write_bytes(data)
        return qemu.boot(mode, rmm=rmm, files=paths, **options)


@dataclasses.dataclass
class Life:
    """One realm of a run, up to its destruction"""
    answers: list = dataclasses.field(default_factory=list)
    said: list = dataclasses.field(default_factory=list)
    token: bytes = b''

    def told(self, name):
        """What the realm printed after "name: ", the first time"""
        return next(line.removeprefix(name + ': ') for line in self.said
                    if line.startswith(name + ': '))


def lives(console):
    """What a console tells of each realm; the last one is what followed the last destruction."""
    found = [Life()]
    for line in console.splitlines():
        kind, _, rest = line.partition(': ')
        if kind == 'realm':
            found[-1].said.append(rest)
        elif kind == 'token':
            found[-1].token += bytes.fromhex(rest)
        elif line.startswith('{'):
            found[-1].answers.append(json.loads(line))
            if found[-1].answers[-1]['op'] == 'destroy':
                found.append(Life())
    return found
