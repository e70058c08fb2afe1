# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Seeds of fuzz targets whose input is records of eight bytes."""
import pathlib
import re

RECORD = 8


def numbers(header, table):
    """The first byte of each action of a table X(name) or X(name, weight) of a header."""
    text = header.read_text(encoding='utf-8')
    body = re.search(rf'#define {table}\(X\)(.*?)\n\n', text, re.DOTALL)
    return {name: number for number, name in enumerate(re.findall(r'X\((\w+)', body[1]))}


def record(first, args):
    return bytes([first, *args]).ljust(RECORD, b'\0')


def words(numbers_of_calls):
    """A dictionary for the fuzzer: each call with arguments that fit."""
    lines = ['# SPDX-License-Identifier: BSD-2-Clause',
             '# Copyright (c) 2026 the librealm authors']
    for name, number in numbers_of_calls.items():
        lines.append(name + '="' + ''.join(f'\\x{byte:02x}' for byte in record(number, ())) + '"')
    return '\n'.join([*lines, '']).encode()


def main(files, argv):
    """Write the (path, data) of files, or --check that they are there."""
    stale = [(path, data) for path, data in files
             if not path.is_file() or path.read_bytes() != data]
    if argv[1:] == ['--check']:
        for path, _ in stale:
            print(f'{path.name} is not up to date: run {pathlib.Path(argv[0]).name}')
        return bool(stale)
    for path, data in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return 0
