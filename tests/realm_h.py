# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the public headers and the maps of the libraries declare, for tests that compare them."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ('realm.h', 'realm/host.h', 'realm/lifecycle.h', 'realm/token.h', 'realm/refvals.h',
         'realm/explain.h')  # of realm.h, the first includes the others
MAP = ROOT / 'lib' / 'librealm.map'
SIM_HEADER = 'realm-sim.h'
SIM_MAP = ROOT / 'rmm' / 'sim' / 'librealm-sim.map'

COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
PROTOTYPE = re.compile(r'^(?P<returns>[\w ]+[ *])(?P<name>realm_\w+)\((?P<params>[^;{}]*)\);',
                       re.MULTILINE)


def header(parts=PARTS, include=ROOT / 'include'):
    """The text of public headers."""
    return '\n'.join((include / part).read_text(encoding='utf-8') for part in parts)


class Prototype:
    """A function: its name, whether it returns something, the names of its parameters."""

    def __init__(self, match):
        self.name = match['name']
        self.is_void = match['returns'].strip() == 'void'
        self.params = [re.sub(r'\[.*\]', '', param).split()[-1].lstrip('*')
                       for param in match['params'].split(',') if param.strip() != 'void']


def prototypes(text):
    return [Prototype(match) for match in PROTOTYPE.finditer(COMMENT.sub('', text))]


def map_nodes(text):
    """The version node of each exported symbol."""
    nodes = {}
    for node, body in re.findall(r'([\w.]+)\s*\{(.*?)\}', COMMENT.sub('', text), re.DOTALL):
        exported = body.split('local:')[0].replace('global:', '')
        nodes.update((symbol, node) for symbol in re.findall(r'\w+', exported))
    return nodes
