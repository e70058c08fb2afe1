# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Read spec/*.json: refuse what does not fit the schema, remember where everything came from."""
import json
import os

from .jsonschema import Validator

KINDS = {"enums": "values", "bitfields": "bits", "structs": "fields", "commands": None,
         "ioctls": None, "tables": "rows", "picks": None}


class SpecError(Exception):
    """A mistake in the description; the text names file and path."""


def unique_keys(pairs):
    seen = dict(pairs)
    if len(seen) != len(pairs):
        twice = next(k for i, (k, _) in enumerate(pairs) if k in dict(pairs[:i]))
        raise ValueError(f"key '{twice}' given twice")
    return seen


def read_json(path):
    try:
        with open(path, encoding="utf-8") as f:
            return json.load(f, object_pairs_hook=unique_keys)
    except (OSError, ValueError) as e:
        raise SpecError(f"{path}: {e}") from None


def annotate(entry, where, file, doc):
    """Give an entry its place, and the source of what encloses it unless it has its own."""
    entry["_where"], entry["_file"] = where, file
    entry.setdefault("source", doc.get("source"))
    if "in" in doc:
        entry.setdefault("in", doc["in"])


class Raw:
    """All entries of all files as they stand, by kind, before any variant is chosen."""

    def __init__(self, folder):
        self.folder = folder
        self.entries = {kind: [] for kind in KINDS}
        self.areas, self.plain = {}, {}
        meta = self.checked("variants.json")
        self.variants, self.documents = meta["variants"], meta["documents"]
        for name in sorted(os.listdir(folder)):
            if name.endswith(".json") and name != "variants.json":
                self.add(name, self.checked(name))

    def checked(self, name):
        path = os.path.join(self.folder, name)
        doc = read_json(path)
        if not isinstance(doc, dict) or not isinstance(doc.get("$schema"), str):
            raise SpecError(f"{path}: no \"$schema\" key")
        if not os.path.exists(os.path.join(self.folder, doc["$schema"])):
            raise SpecError(f"{path}: schema '{doc['$schema']}' does not exist")
        errors = Validator.load(os.path.join(self.folder, doc["$schema"])).errors(doc, "")
        if errors:
            raise SpecError(f"{path}: {errors[0].lstrip('.: ')}")
        return doc

    def add(self, file, doc):
        self.areas.setdefault(doc["area"], []).append(file)
        for kind, items in KINDS.items():
            for i, entry in enumerate(doc.get(kind, [])):
                entry["_area"] = doc["area"]
                self.entries[kind].append(entry)
                where = f"{file}: {kind}[{i}] ({entry['name']})"
                annotate(entry, where, file, doc)
                for j, item in enumerate(entry.get(items, []) if items else []):
                    annotate(item, f"{where}.{items}[{j}] ({item['name']})", file,
                             {"source": entry["source"]})

    def lineage(self, variant):
        """The variant and all it is based on, nearest first."""
        chain = []
        while variant is not None:
            if variant not in self.variants:
                known = ", ".join(self.variants)
                raise SpecError(f"variants.json: unknown variant '{variant}' (known: {known})")
            if variant in chain:
                raise SpecError(f"variants.json: variant '{variant}' is based on itself")
            chain.append(variant)
            variant = self.variants[variant].get("base")
        return chain
