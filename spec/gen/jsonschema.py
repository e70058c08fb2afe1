# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Validate parsed JSON against a JSON schema, with the standard library alone.

The subset is small and closed: a keyword that is not known here is an error of the schema, so a
misspelt or unsupported rule can never pass in silence.

    errors = Validator.load("plan.schema.json").errors(document)
"""
import json
import os
import re

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
}
ANNOTATIONS = {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default"}
APPLICABLE = {"required": dict, "properties": dict, "additionalProperties": dict,
              "propertyNames": dict, "minProperties": dict,
              "items": list, "minItems": list, "maxItems": list, "uniqueItems": list,
              "pattern": str, "minLength": str, "maxLength": str,
              "minimum": (int, float), "maximum": (int, float)}


class SchemaError(Exception):
    """The schema itself is wrong: unknown keyword, dangling $ref, bad pattern."""


def same(a, b):
    """JSON equality: true is not 1, in containers either."""
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b


class Validator:
    """One schema document; $ref reaches "#/..." in it and "file.json#/..." beside it."""

    def __init__(self, schema, base="."):
        self.root, self.base = schema, base
        self.lint(schema, "#")

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as f:
            return cls(json.load(f), os.path.dirname(path) or ".")

    def errors(self, value, where="$"):
        """List of "path: what is wrong" strings, empty when the value conforms."""
        return list(self.walk(self.root, value, where))

    def lint(self, schema, where):
        """Visit every subschema once, so that an unknown keyword fails even where no data goes."""
        if isinstance(schema, bool):
            return
        if not isinstance(schema, dict):
            raise SchemaError(f"{where}: a schema is an object or a boolean")
        for key, arg in schema.items():
            if key not in ANNOTATIONS and not hasattr(self, "check_" + key.lstrip("$")):
                raise SchemaError(f"{where}: unknown keyword '{key}'")
            if key in ("properties", "$defs"):
                for name, sub in arg.items():
                    self.lint(sub, f"{where}/{key}/{name}")
            elif key in ("items", "additionalProperties", "propertyNames", "not"):
                self.lint(arg, f"{where}/{key}")
            elif key in ("oneOf", "anyOf", "allOf"):
                for i, sub in enumerate(arg):
                    self.lint(sub, f"{where}/{key}/{i}")
            elif key == "type" and not set([arg] if isinstance(arg, str) else arg) <= set(TYPES):
                raise SchemaError(f"{where}: unknown type '{arg}'")

    def walk(self, schema, value, where):
        if schema is True:
            return
        if schema is False:
            yield f"{where}: not allowed here"
            return
        for key, arg in schema.items():
            kind = APPLICABLE.get(key)
            if key in ANNOTATIONS or (kind and not isinstance(value, kind)):
                continue
            if kind == (int, float) and isinstance(value, bool):
                continue
            yield from getattr(self, "check_" + key.lstrip("$"))(arg, value, where, schema)

    def resolve(self, ref):
        """The validator and subschema that a $ref names."""
        file, _, pointer = ref.partition("#")
        owner = Validator.load(os.path.join(self.base, file)) if file else self
        node = owner.root
        try:
            for part in pointer.strip("/").split("/") if pointer.strip("/") else []:
                node = node[part.replace("~1", "/").replace("~0", "~")]
        except (KeyError, TypeError):
            raise SchemaError(f"$ref '{ref}' leads nowhere") from None
        return owner, node

    def check_ref(self, arg, value, where, _):
        owner, node = self.resolve(arg)
        yield from owner.walk(node, value, where)

    def check_type(self, arg, value, where, _):
        names = [arg] if isinstance(arg, str) else arg
        if not any(TYPES[n](value) for n in names):
            yield f"{where}: expected {' or '.join(names)}"

    def check_enum(self, arg, value, where, _):
        if not any(same(value, a) for a in arg):
            yield f"{where}: {json.dumps(value)} is not one of {json.dumps(arg)}"

    def check_const(self, arg, value, where, _):
        if not same(value, arg):
            yield f"{where}: expected {json.dumps(arg)}"

    def check_required(self, arg, value, where, _):
        for name in arg:
            if name not in value:
                yield f"{where}: missing key '{name}'"

    def check_properties(self, arg, value, where, _):
        for name, sub in arg.items():
            if name in value:
                yield from self.walk(sub, value[name], f"{where}.{name}")

    def check_additionalProperties(self, arg, value, where, schema):
        for name in value:
            if name not in schema.get("properties", {}):
                if arg is False:
                    yield f"{where}: unknown key '{name}'"
                else:
                    yield from self.walk(arg, value[name], f"{where}.{name}")

    def check_propertyNames(self, arg, value, where, _):
        for name in value:
            yield from self.walk(arg, name, f"{where}: key '{name}'")

    def check_minProperties(self, arg, value, where, _):
        if len(value) < arg:
            yield f"{where}: fewer than {arg} keys"

    def check_items(self, arg, value, where, _):
        for i, item in enumerate(value):
            yield from self.walk(arg, item, f"{where}[{i}]")

    def check_minItems(self, arg, value, where, _):
        if len(value) < arg:
            yield f"{where}: fewer than {arg} items"

    def check_maxItems(self, arg, value, where, _):
        if len(value) > arg:
            yield f"{where}: more than {arg} items"

    def check_uniqueItems(self, arg, value, where, _):
        if arg and any(same(a, b) for i, a in enumerate(value) for b in value[:i]):
            yield f"{where}: an item is repeated"

    def check_pattern(self, arg, value, where, _):
        # as in ECMAScript, an end anchor does not look past a line break
        strict = arg[:-1] + r"\Z" if arg.endswith("$") and not arg.endswith(r"\$") else arg
        if not re.search(strict, value):
            yield f"{where}: {json.dumps(value)} does not match {arg}"

    def check_minLength(self, arg, value, where, _):
        if len(value) < arg:
            yield f"{where}: shorter than {arg} characters"

    def check_maxLength(self, arg, value, where, _):
        if len(value) > arg:
            yield f"{where}: longer than {arg} characters"

    def check_minimum(self, arg, value, where, _):
        if value < arg:
            yield f"{where}: {value} is below {arg}"

    def check_maximum(self, arg, value, where, _):
        if value > arg:
            yield f"{where}: {value} is above {arg}"

    def check_not(self, arg, value, where, _):
        if not list(self.walk(arg, value, where)):
            yield f"{where}: matches what it must not"

    def check_allOf(self, arg, value, where, _):
        for sub in arg:
            yield from self.walk(sub, value, where)

    def check_anyOf(self, arg, value, where, _):
        tries = [list(self.walk(sub, value, where)) for sub in arg]
        if all(tries):
            yield f"{where}: fits none of {len(arg)} forms (nearest: {min(tries, key=len)[0]})"

    def check_oneOf(self, arg, value, where, _):
        tries = [list(self.walk(sub, value, where)) for sub in arg]
        fits = sum(not t for t in tries)
        if fits == 0:
            yield f"{where}: fits none of {len(arg)} forms (nearest: {min(tries, key=len)[0]})"
        elif fits > 1:
            yield f"{where}: fits {fits} forms, must be one"
