# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The events that an RMM has seen, from a trace (docs/trace.md) of the calls that it got."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
import kvm  # noqa: E402
import rtt  # noqa: E402

DATA_MAP_INIT, ACTIVATE, CREATE, REC_CREATE = 0xc4000153, 0xc4000157, 0xc4000158, 0xc400015a
RTT_CREATE, INIT_RIPAS, OP_CONTINUE = 0xc400015d, 0xc4000168, 0xc4000203
FIELDS = ('s2sz', 'sve_vl', 'num_bps', 'num_wps', 'pmu_num_ctrs')


class Call:
    def __init__(self, line):
        mark, *words, end = line.split()
        assert (mark, end) == ('rmi_call:', 'end'), line
        self.words = dict(word.split('=') for word in words)
        self.fid = int(self.words['fid'], 0)
        self.args = self.numbers('in') + [0] * 10
        self.out = self.numbers('out') + [0] * 10

    def numbers(self, name):
        return [int(number, 0) for number in self.words[name].split(',')]


class Seen:
    """Calls in, events out. In RMM 1.0 a RIPAS call is an event for each entry of the tables."""

    def __init__(self, measures_ripas):
        self.measures_ripas = measures_ripas
        self.tables = None
        self.events = []
        self.takers = {CREATE: self.realm, RTT_CREATE: self.table, INIT_RIPAS: self.ripas,
                       DATA_MAP_INIT: self.data, REC_CREATE: self.rec, OP_CONTINUE: self.rec,
                       ACTIVATE: self.activate}

    def take(self, call):
        if call.out[0] & 0xff == 0 and call.fid in self.takers:
            self.takers[call.fid](call)

    def realm(self, call):
        fields = {name: int(call.words[name], 0) for name in FIELDS}
        self.tables = rtt.Rtt(fields['s2sz'], kvm.start_level(fields['s2sz']))
        self.hash_algo = int(call.words['hash_algo'], 0)
        self.events.append({'event': 'realm', 'flags': call.words['flags'], **fields})

    def table(self, call):
        if not self.measures_ripas:
            return  # the tables of other granules are not modelled, nor needed
        status, _ = self.tables.create(*call.args[2:4])
        assert status == rtt.SUCCESS, call.words

    def ripas(self, call):
        if not self.measures_ripas:
            return
        status, _, out_top, entries = self.tables.init_ripas(*call.args[1:3])
        assert (status, out_top) == (rtt.SUCCESS, call.out[1]), call.words
        self.events += map(kvm.ripas_event, entries)

    def data(self, call):
        ipa, flags = call.args[2], call.args[4]
        if self.measures_ripas:
            status, _ = self.tables.assign(ipa, rtt.RAM)
            assert status == rtt.SUCCESS, hex(ipa)
        event = {'event': 'data', 'ipa': hex(ipa), 'flags': hex(flags)}
        self.events.append(event | ({'content': call.words['content']} if flags & 1 else {}))

    def rec(self, call):
        """Or the end of an operation that makes none."""
        if 'gprs' in call.words:
            self.events.append({'event': 'rec', 'flags': call.words['flags'],
                                'pc': call.words['pc'], 'gprs': call.words['gprs'].split(',')})

    def activate(self, call):
        self.events.append({'event': 'activate'})


def seen(lines, measures_ripas):
    """The hash algorithm's number and the events, as lines of an event log."""
    log = Seen(measures_ripas)
    for line in lines:
        log.take(Call(line))
    return log.hash_algo, [json.dumps(event, separators=(',', ':')) for event in log.events]
