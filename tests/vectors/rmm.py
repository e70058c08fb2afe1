# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""An RMM as its caller sees it: runs a script, answers with statuses, logs what it measures.

The steps are those of tf-rmm.json; what each means is written there under "conventions".
"""
import hashlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
from rtt import (  # noqa: E402
    ERROR_INPUT, ERROR_REALM, PAGE, RAM, SUCCESS, Rtt)

GENERATORS = {
    'affine': lambda i, val: bytes((i * 7 + j) & 0xff for j in range(PAGE)),
    'mix': lambda i, val: bytes((i * 31 ^ j * 13 ^ j >> 8) & 0xff for j in range(PAGE)),
    'const': lambda i, val: bytes([val]) * PAGE,
}

REALM_DEFAULTS = {'flags0': 0, 'sve_vl': 0, 'bps': 1, 'wps': 1, 'pmu': 0}


def parse(step):
    """'data ipa=0 gen=mix' as ('data', {'ipa': 0, 'gen': 'mix'})"""
    op, *words = step.split()
    return op, {key: text if key in ('gen', 'hash', 'gprs') else int(text, 0)
                for key, text in (word.split('=') for word in words)}


class Rmm:
    """version: '1.x' or '2.0'. A step is a method: returns the answer, extends self.events."""

    def __init__(self, version):
        self.version = version
        self.events = []
        self.hash = None
        self.active = False
        self.recs = 0

    def run(self, step):
        """The answer to one step, None where the script only sets up the host."""
        op, args = parse(step)
        answer = getattr(self, op)(**args)
        return None if answer is None else {'status': SUCCESS, 'index': 0} | answer

    def pa52(self):
        return None

    def realm_create(self, hash, s2sz, sl, **args):
        self.rtt = Rtt(s2sz, sl, accept_assigned=self.version == '2.0')
        self.hash = hash
        values = REALM_DEFAULTS | args
        self.events.append({
            'event': 'realm', 'flags': values['flags0'], 's2sz': s2sz, 'sve_vl': values['sve_vl'],
            'num_bps': values['bps'], 'num_wps': values['wps'], 'pmu_num_ctrs': values['pmu']})
        refused = self.version == '1.x' and hash == 'sha384'
        return {'status': ERROR_INPUT if refused else SUCCESS, 'root_rtts': self.rtt.root_count()}

    def rtt_create(self, ipa, level):
        status, index = self.rtt.create(ipa, level)
        return {'status': status, 'index': index}

    def rtt_path(self, ipa, top, level):
        made = 0
        for address in range(ipa, top, PAGE):
            while self.rtt.walk(address, level).level < level:
                self.rtt.create(address, self.rtt.walk(address, level).level + 1)
                made += 1
        return {'made': made}

    def init_ripas(self, base, top, loop=0):
        out_tops, calls, status, index = [], 0, SUCCESS, 0
        while base != top and status == SUCCESS and (loop or not calls):
            status, index, out_top, entries = self.rtt.init_ripas(base, top)
            calls += 1
            self.events += [{'event': 'ripas', 'base': b, 'top': t} for b, t in entries]
            if status == SUCCESS:
                base = out_top
                out_tops.append(hex(out_top))
        return {'status': status, 'index': index, 'calls': calls, 'out_tops': out_tops}

    def data(self, ipa, page=0, n=1, gen='affine', val=0, measure=1):
        if self.active:
            return {'status': ERROR_REALM, 'done': 0}
        for done in range(n):
            status, index = self.rtt.assign(ipa + done * PAGE, RAM)
            if status != SUCCESS:
                return {'status': status, 'index': index, 'done': done}
            event = {'event': 'data', 'ipa': ipa + done * PAGE, 'flags': measure}
            if measure:
                content = GENERATORS[gen](page + done, val)
                event['content'] = hashlib.new(self.hash, content).hexdigest()
            self.events.append(event)
        return {'done': n}

    def data_unknown(self, ipa):
        status, index = self.rtt.assign(ipa)
        return {'status': status, 'index': index}

    def rec_create(self, flags=1, pc=0, gprs='', mpidr=None):
        expected = self.recs & 0xf | self.recs >> 4 << 8
        mpidr = expected if mpidr is None else mpidr
        if mpidr != expected:
            return {'status': ERROR_INPUT, 'mpidr': hex(mpidr)}
        self.recs += 1
        values = [text for text in gprs.split(',') if text]
        self.events.append({'event': 'rec', 'flags': flags, 'pc': pc,
                            'gprs': values + [0] * (8 - len(values))})
        return {'mpidr': hex(mpidr)}

    def activate(self):
        self.active = True
        self.events.append({'event': 'activate'})
        return {}
