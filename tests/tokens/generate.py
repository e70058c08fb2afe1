#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the corpus of tokens, its keys and manifest.json: generate.py FOLDER

The manifest has an object a token: whether it holds,
else the first check that is bad (or "decode") and what is
said of it; and the options that it is judged with. Keys are made anew each time.
"""
import json
import pathlib
import sys

import kit
import accepted
import bad_claims
import bad_frames
import bad_proof


def write(folder):
    """The manifest; each token is in a file of its name."""
    folder = pathlib.Path(folder)
    maker = kit.Maker(folder)
    manifest = {}
    for source in (accepted, bad_claims, bad_frames, bad_proof):
        for case in source.cases(maker):
            assert case.name not in manifest, case.name
            manifest[case.name] = case.record()
            (folder / f'{case.name}.cbor').write_bytes(case.data())
    (folder / 'manifest.json').write_text(json.dumps(manifest, indent=1) + '\n', encoding='utf-8')
    return manifest


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: generate.py FOLDER')
    pathlib.Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    print(f'{len(write(sys.argv[1]))} tokens')
