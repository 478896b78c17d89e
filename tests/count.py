#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the suites of some build folders reported, and says so in one last line.

Each test case counts, also those inside one program. A program that died before it reported counts as failed, and so
does a case that was skipped, unless its reason is one of EXCUSES: things outside the project. Every test the build
knows must have run in the first folder, else the whole fails.

usage: count.py BUILD [BUILD...]
"""

import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

EXCUSES = ()


def cases_of(path):
    """Yields (name, verdict, detail) for every case of a JUnit file."""
    for suite in xml.etree.ElementTree.parse(path).getroot():
        cases = suite.findall('testcase')
        bad = [case for case in cases if case.find('failure') is not None or case.find('error') is not None]
        for case in cases:
            skipped = case.find('skipped')
            detail = '' if skipped is None else skipped.get('message') or skipped.text or ''
            name = f'{suite.get("name")} {case.get("name")}'
            if case in bad:
                yield name, 'failed', ''
            elif skipped is not None:
                yield name, 'skipped', detail
            else:
                yield name, 'passed', ''
        if not cases or (int(suite.get('errors') or 0) and not bad):
            yield suite.get('name'), 'failed', 'it died before it reported'


def entries_of(build):
    """The lines of a build's log: one a test program, with its verdict."""
    log = build / 'meson-logs/testlog.json'
    lines = log.read_text().splitlines() if log.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def silent_failures(build, complaints):
    """The programs that failed though every case they reported passed: a leak found at the end, say."""
    for entry in entries_of(build):
        name = entry['name'].split(' / ')[-1]
        if entry['result'] not in ('OK', 'SKIP') and not any(name in complaint for complaint in complaints):
            yield name


def not_run(build):
    """The tests that the build knows and that left no line in its log."""
    known = json.loads(subprocess.run(['meson', 'introspect', '--tests', str(build)],
                                      capture_output=True, text=True, check=True).stdout)
    ran = {entry['name'].split(' / ')[-1] for entry in entries_of(build)}
    return sorted({test['name'] for test in known} - ran)


def main():
    builds = [pathlib.Path(name) for name in sys.argv[1:]]
    passed = failed = 0
    for build in builds:
        complaints = []
        files = sorted((build / 'meson-logs').glob('testlog*.junit.xml')) + sorted(build.glob('fuzz-*.junit.xml'))
        for path in files:
            for name, verdict, detail in cases_of(path):
                if verdict == 'passed' or (verdict == 'skipped' and detail in EXCUSES):
                    passed += verdict == 'passed'
                    if verdict == 'skipped':
                        print('SKIPPED', build, name, detail)
                else:
                    failed += 1
                    complaints.append(name)
                    print('FAILED', build, name, verdict, detail)
        for name in silent_failures(build, complaints):
            failed += 1
            print('FAILED', build, name, 'after all its cases')
        if not files:
            failed += 1
            print('FAILED', build, 'nothing ran')
    for name in not_run(builds[0]):
        failed += 1
        print('FAILED', builds[0], name, 'did not run')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
