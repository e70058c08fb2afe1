#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Everything in the public headers has kernel-doc that says what the declaration says."""
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import realm_h

# A comment and the declaration below it, which ends at an empty line or the next comment.
BLOCK = re.compile(r'/\*\*(?P<doc>.*?)\*/\n(?P<declaration>.*?)(?=\n\n|\n/\*|\Z)', re.DOTALL)
TITLE = re.compile(r'\s*(?:\* )?((?:struct|enum|typedef|define) \w+|\w+\(\)) - \S')
MEMBER = re.compile(r'(\w+)(?:\[\w+\])?;|\(\*(\w+)\)\(')
DECLARED = {
    'struct': re.compile(r'^struct (\w+) \{', re.MULTILINE),
    'enum': re.compile(r'^enum (\w+) \{', re.MULTILINE),
    'typedef': re.compile(r'^typedef [^;]*\(\*(\w+)\)', re.MULTILINE),
    'define': re.compile(r'^#define (REALM_\w+) ', re.MULTILINE),
}


def blocks(header):
    """Comment and declaration by title, such as "realm_version()" or "enum realm_hash"."""
    found = {}
    for match in BLOCK.finditer(header):
        title = TITLE.match(match['doc'])
        found[title[1] if title else match['doc'][:60]] = match
    return found


def documented_names(doc):
    return re.findall(r'^ \* @(\w+):', doc, re.MULTILINE)


def function_faults(prototype, doc):
    if documented_names(doc) != prototype.params:
        yield f'documents {documented_names(doc)}, takes {prototype.params}'
    if prototype.is_void == ('\n * Return:' in doc):
        yield 'Return: is for functions that return something, and only they'
    if not re.search(r'^ \* Since: \d+\.\d+$', doc, re.MULTILINE):
        yield 'lacks Since:'


def struct_faults(block):
    members = [name or function for name, function in MEMBER.findall(block['declaration'])]
    if documented_names(block['doc']) != members:
        yield f"documents {documented_names(block['doc'])}, has {members}"


def faults(header):
    documented = blocks(header)
    declared = {}
    for prototype in realm_h.prototypes(header):
        declared[prototype.name + '()'] = prototype
    plain = realm_h.COMMENT.sub('', header)
    for kind, pattern in DECLARED.items():
        declared.update((f'{kind} {name}', None) for name in pattern.findall(plain))
    for title in declared.keys() - documented.keys():
        yield title, 'has no kernel-doc'
    for title, block in documented.items():
        if title not in declared:
            yield title, 'documents nothing that is declared'
        elif title.split()[-1].rstrip('()') not in block['declaration']:
            yield title, 'is not right above its declaration'
        elif declared[title]:
            yield from ((title, why) for why in function_faults(declared[title], block['doc']))
        elif title.startswith('struct '):
            yield from ((title, why) for why in struct_faults(block))


GOOD = '''
/** define REALM_A - one */
#define REALM_A 1

/**
 * realm_f() - do it
 * @ctx: context
 * @data: bytes
 *
 * Return: 0.
 * Since: 0.1
 */
int realm_f(struct realm_ctx *ctx, const uint8_t data[REALM_A]);
'''


class Doc(unittest.TestCase):
    def test_good_sample_passes(self):
        self.assertEqual(list(faults(GOOD)), [])

    def test_each_fault_is_found(self):
        for old, new in [(' * @data: bytes\n', ''), ('@ctx', '@context'), (' * Return: 0.\n', ''),
                         (' * Since: 0.1\n', ''), ('/** define', '/* define'), ('int ', 'void '),
                         ('realm_f() -', 'realm_g() -'), ('realm_f() -', 'realm_f()')]:
            self.assertNotEqual(list(faults(GOOD.replace(old, new))), [], (old, new))

    def test_realm_h_is_documented(self):
        self.assertEqual(list(faults(realm_h.header())), [])

    def test_realm_sim_h_is_documented(self):
        self.assertEqual(list(faults(realm_h.header([realm_h.SIM_HEADER]))), [])


if __name__ == '__main__':
    unittest.main()
