# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Command line of spec/generate."""
import argparse
import os
import sys

from . import output
from .check import check
from .jsonschema import SchemaError
from .load import Raw, SpecError, read_json

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DESCRIPTION = """\
Make headers, constants and tables of Arm's Realm Management Interface (RMI), Realm Services
Interface (RSI) and KVM's realm interface from their description in JSON.

The description is checked first, in every variant: schema, sources, overlaps, alignment, sizes,
duplicate names and function identifiers. A mistake is one line that names file and entry, and
nothing is written.
"""
EPILOG = """\
variants:
{variants}

outputs:
  rmi.h rsi.h psci.h  freestanding C11 and C++17: values, function identifiers, masks and
                      accessors, structures with static assertions on each offset and size
  measurement.h       descriptors that the RMM hashes into the realm initial measurement
  kvm-realm.h         structures, ioctls and families of the KVM interface; no kernel header needed
  linux/rmi.h         kernel style (GPL-2.0-only): u64, GENMASK_ULL for FIELD_GET and FIELD_PREP,
                      sparse pages as unions, static_assert
  realm_constants.py, realm_constants.rs
                      the numbers alone, for Python and Rust
  rmi.md              tables of all variants, with the source of each entry

Without --variant, the files that this tree commits: all of the above for rmm-2.0, rmi-1.0.h and
rsi-1.0.h for rmm-1.0 with the tag 1 (RMI1_...), and tf-rmm-2.0.h, which holds what tf-rmm-2.0 has
otherwise. Their place is spec/generated, and docs for rmi.md, unless -o names another.

examples:
  spec/generate                                     bring the committed files up to date
  spec/generate --check                             fail when one of them is stale
  spec/generate --variant rmm-2.0 -o include linux/rmi.h
                                                    a kernel header, nothing else
  spec/generate --variant rmm-1.0 --tag v1 -o out   RMM 1.0 as RMIV1_..., to sit beside 2.0

exit: 0 done, 1 stale (--check) or the description is wrong, 2 wrong command line
"""


def list_variants():
    """For the help, before anything is checked: what is missing is left out."""
    found = read_json(os.path.join(HERE, "variants.json")).get("variants", {})
    return "\n".join(f"  {name:<20}{v.get('title', '')}" for name, v in found.items()
                     if not v.get("partial"))


def parse(argv):
    parser = argparse.ArgumentParser(prog="spec/generate", description=DESCRIPTION,
                                     epilog=EPILOG.format(variants=list_variants()),
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spec", metavar="DIR", default=HERE,
                        help="folder of the description (default: the one of this script)")
    parser.add_argument("--variant", metavar="NAME",
                        help="one variant instead of the committed set; needs -o")
    parser.add_argument("--tag", metavar="TAG", default="",
                        help="append TAG to the first word of every name, for two variants in "
                             "one program; needs --variant")
    parser.add_argument("--check", action="store_true",
                        help="write nothing, name the files that would change")
    parser.add_argument("-o", dest="folder", metavar="DIR", help="where the files go")
    parser.add_argument("outputs", metavar="OUTPUT", nargs="*",
                        help="file names as listed below (default: all)")
    args = parser.parse_args(argv)
    if args.variant and not args.folder:
        parser.error("--variant needs -o DIR, the committed files hold their own variants")
    if args.tag and not args.variant:
        parser.error("--tag needs --variant")
    if args.tag and not args.tag.isalnum():
        parser.error(f"--tag {args.tag}: letters and digits only")
    return parser, args


def wanted(parser, args, raw):
    """The outputs asked for, with the path of each."""
    if args.variant and (args.variant not in raw.variants or
                         raw.variants[args.variant].get("partial")):
        whole = ", ".join(n for n, v in raw.variants.items() if not v.get("partial"))
        parser.error(f"--variant {args.variant}: not one of {whole}")
    made = output.of_variant(args.variant, args.tag) if args.variant else output.committed()
    names = [o.path for o in made]
    for name in args.outputs:
        if name not in names:
            parser.error(f"output {name}: not one of {', '.join(names)}")
    return [(o, place(args, o)) for o in made if not args.outputs or o.path in args.outputs]


def place(args, made):
    if args.folder:
        return os.path.join(args.folder, made.path)
    folder = os.path.join(args.spec, "..", "docs") if made.form == "markdown" \
        else os.path.join(args.spec, "generated")
    return os.path.normpath(os.path.join(folder, made.path))


def current(path):
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return None


def write(path, text):
    """Write only on change, so that builds which depend on the file stay quiet."""
    if current(path) != text:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


def main(argv):
    try:
        parser, args = parse(argv)
        raw = Raw(args.spec)
        check(raw)
        made = [(path, o.text(raw)) for o, path in wanted(parser, args, raw)]
    except (SpecError, SchemaError) as e:
        print(f"spec/generate: {e}", file=sys.stderr)
        return 1
    if args.check:
        stale = [path for path, text in made if current(path) != text]
        for path in stale:
            print(f"spec/generate: {path} is stale; run spec/generate", file=sys.stderr)
        return 1 if stale else 0
    try:
        for path, text in made:
            write(path, text)
    except OSError as e:
        print(f"spec/generate: {e.filename}: {e.strerror}", file=sys.stderr)
        return 1
    return 0
