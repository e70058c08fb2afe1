#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the seeds of fuzz-rmm: whole lives of realms, as the records of tests/rmm/sequence.h.

usage: rmm_seeds.py [--check]       --check: write nothing, but fail when a seed is out of date
"""
import pathlib
import sys

from records import main, numbers, record

HERE = pathlib.Path(__file__).resolve().parent
HEADER = HERE.parent / 'rmm' / 'sequence.h'
OTHER_CPU = 0x80
HOST, GUEST = numbers(HEADER, 'HOST_ACTIONS'), numbers(HEADER, 'GUEST_ACTIONS')


def host(name, *args):
    return record(HOST[name], args)


def guest(name, *args):
    return record(GUEST[name], args)


def other_cpu(name, *args):
    return record(HOST[name] | OTHER_CPU, args)


VARIANTS = {'rmm-2.0': 0, 'tf-rmm-2.0': 1, 'rmm-1.0': 2}


def begin(variant, granule=0, limits=0):
    return record(0, (VARIANTS[variant], granule, limits))


def op_steps(variant, count):
    return b'' if variant == 'rmm-1.0' else host('op_next') * count


def build(variant, recs=2):
    """A new realm with memory and RECs, the first of them runnable."""
    made = host('delegate') * 6 + host('realm_create') + host('furnish')
    for index in range(recs):
        made += host('rec_create', 0, 0, 0, 0, 3 if index else 0) + op_steps(variant, 2)
    return made


def end():
    return host('realm_terminate') + host('realm_destroy') + host('undelegate')


def life(variant, granule=0, limits=0):
    """Exits of every kind, each answered."""
    return b''.join([
        begin(variant, granule, limits), build(variant), host('realm_activate'),
        host('rec_enter'), guest('realm_config'), guest('host_call'),
        host('rec_enter'), guest('measurement'), guest('measurement', 1), guest('token_init'),
        guest('token_continue', 0, 0, 10), guest('token_continue', 0, 0, 200), guest('irq'),
        host('rec_enter'), guest('ripas_set', 2, 1, 1), host('set_ripas'),
        host('rec_enter'), guest('psci', 0, 0), host('psci_complete'),
        host('rec_enter'), guest('psci', 1, 0, 0), host('psci_complete'),
        host('rec_enter'), guest('access', 0x42), host('rec_enter'), guest('access', 0x40, 1),
        host('unprot_map'), host('rec_enter'), guest('access', 0x42), guest('sysreg'),
        host('rec_enter'), guest('wait'), host('rec_enter'), guest('fiq'),
        host('rec_enter'), guest('serror'), host('rec_enter'), guest('psci', 0xff), end()])


def crowd(variant):
    """Two CPUs in the realm at a time, and a third that changes its tables."""
    return b''.join([
        begin(variant), build(variant, 3), host('realm_activate'), host('rec_enter'),
        guest('psci'), host('psci_complete'), host('rec_enter'),
        guest('access', 1, 0), other_cpu('unmap', 0, 0, 3), guest('access', 0, 0),
        host('map'), host('rec_enter'), other_cpu('rec_enter', 0x80), guest('access', 0, 1),
        other_cpu('rtt_destroy'), guest('irq'), other_cpu('rec_destroy'),
        other_cpu('realm_terminate'), guest('irq'), end()])


def blocks(variant):
    """Memory mapped in blocks and folded."""
    block = 0xa8
    return b''.join([
        begin(variant), build(variant, 1), host('rtt_create', 0, 0, block), host('fill_block'),
        host('map', 0, block, 0xc0), host('rtt_fold', 0, 0, block), host('rtt_create', 0, 0, block),
        host('unmap', 0, block, 0xc0, 0xaf), host('unprot_map', 0, 0, 0xa0), host('unprot_unmap'),
        host('rtt_destroy', 0, 0, block), end()])


def operations(variant):
    """Stateful operations: donated to in parts, refused, cancelled, and as many as there can be."""
    part, wrong = (0, 0, 0xcb), (0, 0, 0xf1)
    return b''.join([
        begin(variant), host('delegate') * 6, host('realm_create'),
        host('rec_create'), host('op_wrong'), host('op_next', *part) * 3, host('op_next') * 2,
        host('rec_create'), host('op_next', *wrong), host('op_next') * 2,
        host('rec_create'), host('op_next', *part), host('op_cancel'), host('op_next') * 2,
        host('gpt'), host('op_next') * 2, host('gpt', 1), host('op_next') * 2,
        host('prefix'), host('map'), host('op_next'), host('park'), host('op_next') * 8, end()])


def seeds():
    for variant in VARIANTS:
        for make in (life, crowd, blocks):
            yield f'{make.__name__}-{variant}', make(variant)
        if variant != 'rmm-1.0':
            yield f'operations-{variant}', operations(variant)
    for granule in (1, 2):
        yield f'life-granule-{granule}', life('rmm-2.0', granule, limits=1)


if __name__ == '__main__':
    sys.exit(main([(HERE / 'corpus' / 'rmm' / name, data) for name, data in seeds()], sys.argv))
