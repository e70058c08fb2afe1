# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Reference values of realmctl, and what they should say."""
import dataclasses
import json

import peers
import cli

RPV = bytes(range(64)).hex()
ONE_PAIR = ('--kvm', 'rmi-v14', '--rmm', 'tf-rmm-2.0')


@dataclasses.dataclass
class Wanted:
    """A plan by what it has beside the usual, pairs of family and RMM, expected REMs by index."""
    plan: dict = dataclasses.field(default_factory=dict)
    pairs: tuple = ()
    rems: dict = dataclasses.field(default_factory=dict)

    def hash(self):
        return self.plan.get('hash', 'sha256')

    def rpv(self):
        return self.plan.get('rpv', '00' * 64)

    def digest(self, value):
        """As CoRIM has it: algorithm and value"""
        number, size = peers.HASHES[self.hash()]
        assert len(value) == 2 * size, value
        return [number, value]

    def with_all_rems(self):
        _, size = peers.HASHES[self.hash()]
        return dataclasses.replace(self, rems={i: f'{i:02x}' * size for i in range(4)})


WANTED = {
    'all pairs': Wanted(),
    'one pair': Wanted(pairs=ONE_PAIR),
    'name and RPV': Wanted({'rpv': RPV, 'name': 'demo'}),
    'SHA-384': Wanted({'hash': 'sha384'}),
    'SHA-512': Wanted({'hash': 'sha512', 'rpv': RPV, 'sve_bits': 256}),
    'one REM': Wanted(rems={2: 'a5' * 32}),
    'all REMs': Wanted({'hash': 'sha384'}, ONE_PAIR).with_all_rems(),
}


class Case(cli.Case, peers.Case):
    def refvals(self, style, wanted, *words):
        """Run it, to write reference values in this format."""
        rems = sum((['--rem', f'{index}={value}'] for index, value in wanted.rems.items()), [])
        path = self.write('plan.json', cli.plan(**wanted.plan))
        out = self.dir / f'reference.{style}'
        return out, self.run_it('refvals', path, '--format', style, '-o', out, *wanted.pairs, *rems,
                                *words)

    def reference(self, style, wanted, *words):
        """The file that it wrote"""
        out, done = self.refvals(style, wanted, *words)
        self.assertEqual(done.returncode, 0, done.err)
        return out

    def rims(self, wanted):
        """What `measure` says: each RIM once, in order of their digits"""
        path = self.write('plan.json', cli.plan(**wanted.plan))
        done = self.run_it('measure', path, '--json', *wanted.pairs)
        self.assertEqual(done.returncode, 0, done.err)
        return sorted({row['rim'] for row in json.loads(done.out)['rows']})

    def for_each(self, check):
        for name, wanted in WANTED.items():
            with self.subTest(name):
                check(wanted, self.rims(wanted))
