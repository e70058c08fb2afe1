#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Count the results that scripts/test collects.

Results are meson's testlog.json lines, one file a stage:

    testlog.py run FILE NAME COMMAND...   run COMMAND as a test called NAME, exit with its code
    testlog.py meson FILE DIR COMMAND...  run COMMAND, a meson test of the build in DIR
    testlog.py stage FILE SECONDS         print a stage's failures, its time, then its line
    testlog.py total DIR                  print reasons of skips, then the closing line
"""
import collections
import json
import pathlib
import subprocess
import sys

PASSED = ('OK', 'EXPECTEDFAIL')
SKIPPED = ('SKIP',)
LOG_LINES = 60
SKIP_CODE = 77


def read_results(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def verdict(result):
    if result['result'] in PASSED:
        return 'passed'
    return 'skipped' if result['result'] in SKIPPED else 'failed'


def count(results):
    tally = collections.Counter(verdict(result) for result in results)
    return ', '.join(f'{tally[word]} {word}' for word in ('passed', 'failed', 'skipped'))


def output_lines(result):
    return (result['stdout'] + result.get('stderr', '')).rstrip().splitlines()


def run_command(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')


def append(path, lines):
    with open(path, 'a', encoding='utf-8') as file:
        file.writelines(lines)


def record(path, name, word, output):
    append(path, [json.dumps({'name': name, 'result': word, 'stdout': output}) + '\n'])


def run_step(path, name, command):
    done = run_command(command)
    word = {0: 'OK', SKIP_CODE: 'SKIP'}.get(done.returncode, 'FAIL')
    record(path, name, word, done.stdout)
    return done.returncode


def run_meson(path, build, command):
    """Meson names its log after the test setup; a run that wrote none has failed."""
    logs = pathlib.Path(build, 'meson-logs')
    for old in logs.glob('testlog*.json'):
        old.unlink()
    done = run_command(command)
    lines = [line for log in logs.glob('testlog*.json') for line in log.open(encoding='utf-8')]
    append(path, lines)
    if not lines:
        record(path, 'meson test', 'FAIL', done.stdout)
    return done.returncode


def print_stage(path, seconds):
    stage = pathlib.Path(path).stem
    results = read_results(path)
    for result in results:
        if verdict(result) == 'failed':
            print(f"--- {stage}: {result['name']}: {result['result']}")
            print('\n'.join(output_lines(result)[-LOG_LINES:]))
            print('---')
    print(f'{stage}: took {seconds} s\n{stage}: {count(results)}', flush=True)


def reason(result):
    """Why a test skipped: the last line it printed, if possible not one of its test framework."""
    for text in (result['stdout'], result.get('stderr', '')):
        if text.strip():
            return text.strip().splitlines()[-1].removeprefix('skipped: ')
    return 'no reason given'


def skip_reasons(paths):
    """Stages in which a test skipped, for each test and reason."""
    reasons = collections.defaultdict(dict)
    for path in paths:
        for result in read_results(path):
            if verdict(result) == 'skipped':
                reasons[result['name'], reason(result)][path.stem] = True
    return reasons


def print_total(directory):
    paths = sorted(pathlib.Path(directory).glob('*.json'))
    for (name, why), stages in skip_reasons(paths).items():
        print(f"skipped: {name} ({', '.join(stages)}): {why}")
    results = [result for path in paths for result in read_results(path)]
    verdicts = [verdict(result) for result in results]
    print(count(results))
    return 0 if 'passed' in verdicts and 'failed' not in verdicts else 1


def main(argv):
    if len(argv) > 3 and argv[0] == 'run':
        return run_step(argv[1], argv[2], argv[3:])
    if len(argv) > 3 and argv[0] == 'meson':
        return run_meson(argv[1], argv[2], argv[3:])
    if len(argv) == 3 and argv[0] == 'stage':
        return print_stage(argv[1], argv[2])
    if len(argv) == 2 and argv[0] == 'total':
        return print_total(argv[1])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
