# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Stage 2 translation tables of a realm (RTTs, 4 KiB granules), as an RMM walks and changes them.

Written from DEN0137 1.0-rel0, RMI_RTT_CREATE, RMI_RTT_INIT_RIPAS and RMI_DATA_CREATE. The library
has no such model: it uses closed rules, which the tests hold against this one.
"""
PAGE = 0x1000
LAST_LEVEL = 3

# RMI status codes
SUCCESS, ERROR_INPUT, ERROR_REALM, ERROR_REC, ERROR_RTT = range(5)

UNASSIGNED, ASSIGNED = 'unassigned', 'assigned'
EMPTY, RAM = 'empty', 'ram'


def entry_size(level):
    return PAGE << 9 * (LAST_LEVEL - level)


class Table:
    """One table; the start level's is the concatenation of all root tables."""

    def __init__(self, level, base, size, fill):
        self.level, self.base, self.size, self.fill = level, base, size, fill
        self.entries = {}

    def index(self, ipa):
        return (ipa - self.base) // entry_size(self.level)

    def get(self, ipa):
        return self.entries.get(self.index(ipa), self.fill)

    def set(self, ipa, entry):
        self.entries[self.index(ipa)] = entry


class Rtt:
    """The tables of one realm. accept_assigned: INIT_RIPAS passes over populated pages (2.0)."""

    def __init__(self, ipa_bits, start_level, accept_assigned=False):
        self.start_level = start_level
        self.accept_assigned = accept_assigned
        self.root = Table(start_level, 0, 1 << ipa_bits, (UNASSIGNED, EMPTY))

    def root_count(self):
        return max(1, self.root.size // (512 * entry_size(self.start_level)))

    def walk(self, ipa, level=LAST_LEVEL):
        """The deepest existing table on the way to level."""
        table = self.root
        while table.level < level and isinstance(table.get(ipa), Table):
            table = table.get(ipa)
        return table

    def create(self, ipa, level):
        """RMI_RTT_CREATE: (status, level)."""
        parent = self.walk(ipa, level - 1)
        if parent.level != level - 1 or isinstance(parent.get(ipa), Table):
            return ERROR_RTT, parent.level
        size = entry_size(parent.level)
        parent.set(ipa, Table(level, ipa // size * size, size, parent.get(ipa)))
        return SUCCESS, 0

    def init_ripas(self, base, top):
        """RMI_RTT_INIT_RIPAS: (status, level, out_top, entries that were measured)."""
        table = self.walk(base)
        size = entry_size(table.level)
        address, measured = base, []
        end = min(top, table.base + table.size)
        while address % size == 0 and address + size <= end and self._to_ram(table, address):
            measured.append((address, address + size))
            address += size
        if address == base:
            return ERROR_RTT, table.level, None, []
        return SUCCESS, 0, address, measured

    def _to_ram(self, table, address):
        entry = table.get(address)
        if isinstance(entry, Table) or entry[0] == ASSIGNED and not self.accept_assigned:
            return False
        table.set(address, (entry[0], RAM))
        return True

    def assign(self, ipa, ripas=None):
        """RMI_DATA_CREATE (ripas RAM) or RMI_DATA_CREATE_UNKNOWN (as it was): (status, level)."""
        table = self.walk(ipa)
        entry = table.get(ipa)
        if table.level != LAST_LEVEL or entry[0] != UNASSIGNED:
            return ERROR_RTT, table.level
        table.set(ipa, (ASSIGNED, ripas or entry[1]))
        return SUCCESS, 0
