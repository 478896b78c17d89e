#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the look of the C files that a compiler does not: white space, calls, line length, licence lines, the order
of includes, the alignment of parameters. With --fix it mends what is mechanical.

usage: check-style.py [--fix] ROOT
"""

import pathlib
import re
import sys

CODE_COLUMNS = 100
COMMENT_COLUMNS = 120
KEYWORDS = {'if', 'for', 'while', 'switch', 'return', 'sizeof', 'G_GNUC_PRINTF'}


def c_files(root):
    for folder in ('src', 'tests'):
        for path in sorted((root / folder).rglob('*.[ch]')):
            yield path


def strip_literals(line):
    """The line without strings, characters and comments, so that their contents cannot offend."""
    line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
    line = re.sub(r"'(?:\\.|[^'\\])*'", "''", line)
    line = re.sub(r'/\*.*?\*/', '', line)
    return line


def fix(text):
    text = '\n'.join(line.rstrip() for line in text.replace('\t', '        ').split('\n'))
    return text.rstrip('\n') + '\n'


def parameters_align(lines, index, problems, path):
    """Parameters of a definition at column 0 that go over several lines stand under the first one."""
    match = re.match(r'^([a-z_][a-z0-9_]*) \((?!\*)', lines[index])
    if not match or lines[index].rstrip().endswith((')', ';', '{')):
        return
    column = match.end()
    for following in range(index + 1, min(index + 20, len(lines))):
        line = lines[following]
        if len(line) - len(line.lstrip()) != column:
            problems.append(f'{path}:{following + 1}: parameter is not aligned with the first one')
            return
        if line.rstrip().endswith(')'):
            return


def check(path, root, problems):
    text = path.read_text(encoding='utf-8')
    name = path.relative_to(root)
    lines = text.split('\n')
    in_comment = False

    if not text.startswith('/* SPDX-FileCopyrightText: 2026 The Reshoot authors\n'
                           ' * SPDX-License-Identifier: GPL-3.0-or-later */\n'):
        problems.append(f'{name}:1: the two licence lines are missing')
    if fix(text) != text:
        problems.append(f'{name}: tabs, trailing space or no single newline at the end (--fix mends it)')
    if path.suffix == '.h' and '#pragma once' not in text:
        problems.append(f'{name}: #pragma once is missing')

    for index, line in enumerate(lines):
        where = f'{name}:{index + 1}'
        comment = in_comment or line.lstrip().startswith('/*')
        if '/*' in line and '*/' not in line.split('/*', 1)[1]:
            in_comment = True
        elif '*/' in line:
            in_comment = False
        limit = COMMENT_COLUMNS if comment or '/*' in line or '"' in line or '#define' in line else CODE_COLUMNS
        if path.suffix == '.h':
            limit = COMMENT_COLUMNS
        if len(line) > limit:
            problems.append(f'{where}: {len(line)} columns, the limit is {limit}')
        if comment or line.lstrip().startswith('*'):
            continue
        bare = strip_literals(line)
        if re.search(r'(^|\s)//', bare):
            problems.append(f'{where}: // comment')
        if not bare.lstrip().startswith('#'):
            for call in re.finditer(r'\b([a-z_][A-Za-z0-9_]*)\(', bare):
                if call.group(1) != '_':
                    problems.append(f'{where}: no space before the parenthesis of {call.group(1)}')
        if re.search(r'\bgoto\b', bare):
            problems.append(f'{where}: goto')
        if re.search(r'\b(gchar|gint|gdouble|guchar)\b', bare) and not re.search(r'g(u?int|char)\d', bare):
            problems.append(f'{where}: use the plain C type')
        parameters_align(lines, index, problems, name)

    own = [re.match(r'#include "(.*)"', line) for line in lines]
    own = [match.group(1) for match in own if match]
    stem = path.with_suffix('.h')
    if path.suffix == '.c' and stem.exists():
        first = [include for include in own if include != 'config.h'][:1]
        if first != [stem.name]:
            problems.append(f'{name}: its own header comes first')


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != '--fix']
    root = pathlib.Path(arguments[0])
    problems = []
    for path in c_files(root):
        if '--fix' in sys.argv:
            path.write_text(fix(path.read_text(encoding='utf-8')), encoding='utf-8')
        check(path, root, problems)
    print('\n'.join(problems) or 'style: nothing to say')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
