#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the seeds and the words of fuzz-sim: whole lives of realms, as the records of sim-calls.h.

usage: sim_seeds.py [--check]       --check: write nothing, but fail when a seed is out of date
"""
import pathlib
import sys

import records

HERE = pathlib.Path(__file__).resolve().parent
CALLS = records.numbers(HERE / 'sim-calls.h', 'CALLS')
FAMILIES = ('rme-rfc', 'rme', 'rmi-v12', 'rmi-v13', 'rmi-v14', 'rmi-v15')
WITH_COMMANDS = FAMILIES[:2]
ODD = 0xff
PC = 35

# What a guest touches: the byte of an address, and whether it has the shared bit
RAM, SHARED, MMIO = (30, 0), (31, 1), (0xe2, 1)

# Commands of KVM_ENABLE_CAP, as differences from the one that zero chooses
CONFIG, CREATE, RIPAS, POPULATE, ACTIVATE = (1 ^ number for number in (0, 1, 2, 3, 4))


def call(name, *args):
    return records.record(CALLS[name], args)


def begin(family, profile=0, granule=0):
    return records.record(FAMILIES.index(family), (profile, granule))


def command(which, *args):
    return call('command', 0, which, 0, 0, *args)


def gic():
    return call('create_device') + b''.join(call('device_attr', 0, choice) for choice in (3, 0, 1, 2))


def vcpus(count, touched):
    made = b''
    for index in range(count):
        off = 1 if index else 0
        made += call('create_vcpu', 0, index) + call('vcpu_init', 0, 0, off)
        made += call('set_reg', 0, PC)
        made += call('set_reg', 0, 4, 0, 0, *touched) + call('set_reg', 0, 5, 0, 0, 20)
        made += call('set_reg', 0, 6, 0, 0, 24) + call('set_reg', 0, 7, 0, 1, 1)
    return made


def slots(family, count):
    file = call('guest_memfd') if family != 'rme-rfc' else b''
    one = file + call('memory2' if file else 'memory', 0, *((0,) if file else ()), 0, 0, 0, 0)
    private = call('attributes', 0, 0) + call('attributes', 0, 16)
    return one * count + (private if family in FAMILIES[1:5] else b'')


def content(family, pages):
    if family not in WITH_COMMANDS:
        return b''.join(call('populate', 0, page, 0, page) for page in range(pages))
    return command(RIPAS) + b''.join(command(POPULATE, page, 1) for page in range(pages))


def seal(family, count):
    if family not in WITH_COMMANDS:
        return call('seal', count - 1)
    return b''.join(call('finalize', vcpu) for vcpu in reversed(range(count))) + command(ACTIVATE)


def build(family, count=2, touched=RAM):
    """A realm, up to where it can run."""
    create = command(CREATE) if family in WITH_COMMANDS else b''
    first, later = (create, b'') if family == 'rme-rfc' else (b'', create)
    return b''.join([call('create_vm'), first, vcpus(count, touched), later, slots(family, 2), gic(),
                     call('filter'), content(family, 3), seal(family, count)])


def life(family, profile=0, granule=0, touched=RAM):
    """The guest runs, memory changes hands, everything is closed."""
    last = 1
    turn = call('run', last) + call('answer', last)
    convert = b''.join(call(name, 0, touched[0], 1, 8) for name in ('attributes', 'attributes2'))
    punch = b'' if touched == SHARED else call('fallocate_file', 0, 0, 4, 1)
    return b''.join([begin(family, profile, granule), build(family, touched=touched), turn * 12, convert,
                     punch, turn * 4, call('attributes', 0, 4, 1),
                     call('attributes2', 0, 4, 1), turn * 4, call('set_events', last), turn,
                     call('psci_complete', last), turn, call('run'), call('unmap_user', 4), turn * 2,
                     call('measurement'), call('close_file', 3), turn, call('close_file', 1),
                     call('close_file', 2)])


def steps(family):
    """Each call, with everything wrong that there can be."""
    odd = b''.join(call(name, 0, ODD, ODD, ODD, ODD, ODD, ODD) for name in CALLS)
    wrong = b''.join(call(name, ODD - 3, 0, 0, 0, 0, 0, 0) for name in CALLS)
    return begin(family) + call('create_vm') + odd + build(family) + odd + wrong


def shortage(family):
    """Memory runs out, and the RMM says no, in the middle of it."""
    faults = [call('inject', 0, nth, 0) + build(family) + call('run', 1) for nth in (1, 20, 60)]
    faults += [call('inject', 2, nth, 1, status) + build(family) for nth, status in ((3, 0), (40, 1))]
    return begin(family) + b''.join(faults)


def seeds():
    for family in FAMILIES:
        for make in (life, steps, shortage):
            yield f'{make.__name__}-{family}', make(family)
        yield f'mmio-{family}', life(family, touched=MMIO)
        yield f'shared-{family}', life(family, touched=SHARED)
    for granule in (1, 2):
        yield f'life-granule-{granule}', life('rmi-v14', 2, granule)


if __name__ == '__main__':
    sys.exit(records.main([(HERE / 'sim.dict', records.words(CALLS)),
                           *((HERE / 'corpus' / 'sim' / name, data) for name, data in seeds())], sys.argv))
