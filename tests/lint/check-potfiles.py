#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with text for people is in po/POTFILES.in, sorted, and nothing else is.

usage: check-potfiles.py ROOT
"""

import pathlib
import re
import sys


def has_text(path):
    text = path.read_text(encoding='utf-8')
    if path.suffix == '.c':
        return re.search(r'(?<![A-Za-z0-9_])(N?C?_|ngettext|g_dngettext|g_dpgettext2) ?\("', text) is not None
    if path.suffix == '.ui':
        return 'translatable="yes"' in text
    return path.name.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml', '.mime.xml.in'))


def main():
    root = pathlib.Path(sys.argv[1])
    listed = [line for line in (root / 'po/POTFILES.in').read_text().split('\n') if line and not line.startswith('#')]
    found = sorted(str(path.relative_to(root)) for folder in ('data', 'src')
                   for path in (root / folder).rglob('*') if path.is_file() and path.suffix in ('.c', '.ui', '.in', '.xml')
                   and has_text(path))
    problems = [f'missing in po/POTFILES.in: {name}' for name in found if name not in listed]
    problems += [f'no text in it, or not there: {name}' for name in listed if name not in found]
    if listed != sorted(listed):
        problems.append('po/POTFILES.in is not sorted')
    print('\n'.join(problems) or f'{len(listed)} files')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
