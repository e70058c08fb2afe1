# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the RMM sees when KVM of some family builds a realm: calls on the tables of rtt.py."""
import dataclasses
import hashlib
import json

import rtt

FLAG_LPA2, FLAG_SVE, FLAG_PMU = 1, 2, 4
RMM_1_0_FAMILIES = ('rme-rfc', 'rme', 'rmi-v12')


@dataclasses.dataclass
class Realm:
    """A realm as a VMM asks for it; loads are (at, bytes, measured), recs (pc, gprs, runnable)."""
    ipa_bits: int
    ram: list
    loads: list
    recs: list
    hash: str = 'sha256'
    granule: int = 4096
    lpa2: bool = False
    sve_bits: int = 0
    breakpoints: int = 2
    watchpoints: int = 2
    pmu_counters: int | None = None
    flags: int = 0

    def plan(self):
        """The realm as realm-plan/1, its bytes in the plan itself."""
        same = ('ipa_bits', 'hash', 'granule', 'lpa2', 'sve_bits', 'breakpoints', 'watchpoints',
                'pmu_counters')
        values = {key: getattr(self, key) for key in same}
        return {'schema': 'realm-plan/1', 'flags': hex(self.flags)} | values | {
            'ram': [{'base': hex(base), 'size': hex(size)} for base, size in self.ram],
            'load': [{'at': hex(at), 'hex': data.hex(), 'measured': measured}
                     for at, data, measured in self.loads],
            'recs': [{'pc': hex(pc), 'gprs': list(map(hex, gprs)), 'runnable': runnable}
                     for pc, gprs, runnable in self.recs],
        }

    def pages(self):
        """(ipa, bytes, measured) of every granule of every load, in order."""
        for at, data, measured in self.loads:
            base = at // self.granule * self.granule
            data = bytes(at - base) + data
            for offset in range(0, len(data), self.granule):
                page = data[offset:offset + self.granule].ljust(self.granule, b'\0')
                yield base + offset, page, measured


def start_level(ipa_bits):
    """Up to 16 concatenated root tables save a level."""
    bits = ipa_bits - 12
    levels = -(-bits // 9)
    if bits - 9 * (levels - 1) <= 4:
        levels -= 1
    return 4 - levels


def create_table(tables, ipa, level):
    status, _ = tables.create(ipa, level)
    assert status == rtt.SUCCESS


def ripas_of_ram(tables, base, top):
    """RIPAS of empty RAM, families rme-rfc and rme: missing tables are made one at a time."""
    while base < top:
        status, level, out_top, entries = tables.init_ripas(base, top)
        yield from entries
        if status == rtt.SUCCESS:
            base = out_top
        else:
            create_table(tables, base, level + 1)


def populate(tables, ipa):
    while tables.walk(ipa).level < rtt.LAST_LEVEL:
        create_table(tables, ipa, tables.walk(ipa).level + 1)
    status, _ = tables.assign(ipa, rtt.RAM)
    assert status == rtt.SUCCESS


def ripas_at_activation(tables, base, top):
    """RIPAS of populated RAM, family rmi-v12: a page that the RMM stops at is stepped over."""
    while base < top:
        status, level, out_top, entries = tables.init_ripas(base, top)
        yield from entries
        if status == rtt.SUCCESS:
            base = out_top
        elif level == rtt.LAST_LEVEL:
            base += rtt.PAGE
        else:
            create_table(tables, base, level + 1)


def slot_order(slots):
    """KVM keeps memory slots in a hash table and walks its 128 buckets in order."""
    return sorted(slots, key=lambda slot: (slot * 0x61c88647 & 0xffffffff) >> 25)


def ripas_event(entry):
    return {'event': 'ripas', 'base': hex(entry[0]), 'top': hex(entry[1])}


def data_event(realm, family, page):
    ipa, data, measured = page
    if not measured and family != 'rme-rfc':
        return {'event': 'data', 'ipa': hex(ipa), 'flags': '0x0'}
    content = hashlib.new(realm.hash, data).hexdigest()
    return {'event': 'data', 'ipa': hex(ipa), 'flags': '0x1', 'content': content}


def realm_event(realm):
    flags = realm.flags | FLAG_LPA2 * realm.lpa2 | FLAG_SVE * bool(realm.sve_bits)
    flags |= FLAG_PMU * (realm.pmu_counters is not None)
    return {'event': 'realm', 'flags': hex(flags), 's2sz': realm.ipa_bits,
            'sve_vl': max(realm.sve_bits // 128 - 1, 0), 'num_bps': realm.breakpoints - 1,
            'num_wps': realm.watchpoints - 1, 'pmu_num_ctrs': realm.pmu_counters or 0}


def rec_events(realm):
    return [{'event': 'rec', 'flags': hex(runnable), 'pc': hex(pc),
             'gprs': [hex(value) for value in [*gprs, *[0] * (8 - len(gprs))]]}
            for pc, gprs, runnable in realm.recs]


def ripas_events(realm, family):
    """The RIPAS events before the loads, and those after the RECs."""
    tables = rtt.Rtt(realm.ipa_bits, start_level(realm.ipa_bits))
    if family not in RMM_1_0_FAMILIES:
        return [], []
    if family != 'rmi-v12':
        return [ripas_event(entry) for base, size in realm.ram
                for entry in ripas_of_ram(tables, base, base + size)], []
    for ipa, _, _ in realm.pages():
        populate(tables, ipa)
    ram = [realm.ram[slot] for slot in slot_order(range(len(realm.ram)))]
    return [], [ripas_event(entry) for base, size in ram
                for entry in ripas_at_activation(tables, base, base + size)]


def events(realm, family):
    before, after = ripas_events(realm, family)
    data = [data_event(realm, family, page) for page in realm.pages()]
    return [realm_event(realm), *before, *data, *rec_events(realm), *after, {'event': 'activate'}]


def log_lines(realm, family):
    """The event log as the library writes it, line by line."""
    header = {'schema': 'realm-events/1', 'hash': realm.hash, 'granule': realm.granule,
              'kvm': family}
    return [json.dumps(line, separators=(',', ':')) for line in [header, *events(realm, family)]]
