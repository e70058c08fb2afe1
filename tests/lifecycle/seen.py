# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The events that an RMM has seen, from the RMI calls that it was asked for."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
import kvm  # noqa: E402
import rtt  # noqa: E402


class Seen:
    """Calls in, events out. In RMM 1.0 a RIPAS call is an event for each entry of the tables."""

    def __init__(self, measures_ripas):
        self.measures_ripas = measures_ripas
        self.tables = None
        self.events = []

    def realm(self, s2sz, flags, hash_algo, **fields):
        self.tables = rtt.Rtt(s2sz, kvm.start_level(s2sz))
        self.hash_algo = hash_algo
        self.events.append({'event': 'realm', 'flags': hex(flags), 's2sz': s2sz, **fields})

    def table(self, ipa, level):
        if not self.measures_ripas:
            return  # the tables of other granules are not modelled, nor needed
        status, _ = self.tables.create(ipa, level)
        assert status == rtt.SUCCESS, (hex(ipa), level)

    def ripas(self, base, top, out):
        if not self.measures_ripas:
            return
        status, _, out_top, entries = self.tables.init_ripas(base, top)
        assert (status, out_top) == (rtt.SUCCESS, out), (hex(base), hex(out_top), hex(out))
        self.events += map(kvm.ripas_event, entries)

    def data(self, ipa, flags, content):
        if self.measures_ripas:
            status, _ = self.tables.assign(ipa, rtt.RAM)
            assert status == rtt.SUCCESS, hex(ipa)
        event = {'event': 'data', 'ipa': hex(ipa), 'flags': hex(flags)}
        self.events.append(event | ({'content': content} if flags & 1 else {}))

    def rec(self, flags, pc, gprs):
        self.events.append({'event': 'rec', 'flags': hex(flags), 'pc': hex(pc),
                            'gprs': list(map(hex, gprs))})

    def activate(self):
        self.events.append({'event': 'activate'})


def seen(lines, measures_ripas):
    """The hash algorithm's number and the events, as lines of an event log."""
    log = Seen(measures_ripas)
    for line in lines:
        call = json.loads(line)
        getattr(log, call.pop('call'))(**call)
    return log.hash_algo, [json.dumps(event, separators=(',', ':')) for event in log.events]
