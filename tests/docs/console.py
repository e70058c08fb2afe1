# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The console sessions of a document: commands, and what they print."""
import re
import subprocess
import textwrap

BLOCK = re.compile(r'^( *)```console\n(.*?)^\1```', re.DOTALL | re.MULTILINE)


def sessions(document):
    """Pairs of a command and its output, in the order of the document."""
    for _, block in BLOCK.findall(document):
        for part in re.split(r'^\$ ', textwrap.dedent(block), flags=re.MULTILINE)[1:]:
            command, _, output = part.partition('\n')
            yield command, output


def pattern(output):
    """What is written with a line "..." for any lines, none too, as one regular expression."""
    lines = ('(?:.*\n)*' if line == '...' else re.escape(line + '\n')
             for line in output.rstrip('\n').split('\n') if output)
    return re.compile(''.join(lines) + '\n*')


class Shell:
    """Runs commands one after another, with $? and the variables of those before.

    Gives output, then errors.
    """

    def __init__(self, cwd, env):
        self.options = {'cwd': cwd, 'env': env}
        self.before = ''
        self.status = 0

    def run(self, command):
        done = subprocess.run(['sh', '-c', f'{self.before}(exit {self.status}); {command}'],
                              encoding='utf-8', capture_output=True, timeout=120, check=False,
                              **self.options)
        self.status = done.returncode
        if re.fullmatch(r"\w+='[^']*'", command):
            self.before += f'{command}; '
        return done.stdout + done.stderr
