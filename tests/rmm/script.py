# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Run rmm-script, and the scripts that TF-RMM was driven through.

RMM_SCRIPT is the command line of the program.
"""
import json
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / 'model'), str(TESTS / 'vectors'), str(TESTS / 'events')]
from programs import output, run  # noqa: E402, F401

VARIANTS = {'2.0': 'tf-rmm-2.0', '1.x': 'rmm-1.0'}


def text_of(steps):
    return ''.join(step + '\n' for step in steps)


def answers(variant, steps):
    """What each step answered, in order; keys keep their order too."""
    printed = output('RMM_SCRIPT', '--variant', variant, '-', text=text_of(steps))
    return [json.loads(line) for line in printed.splitlines()]


def vectors():
    return json.loads((TESTS / 'vectors' / 'tf-rmm.json').read_text(encoding='utf-8'))['vectors']


def printed_steps(script):
    return [step for step in script if step != 'pa52']
