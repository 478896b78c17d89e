#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the size of files, functions and headers in src/ against the budget of the house.

usage: check-budgets.py ROOT
"""

import pathlib
import re
import statistics
import sys

FILE_MAX, FILE_MEDIAN, FUNCTION_MAX, FUNCTION_MEDIAN = 900, 250, 80, 10


def functions(path):
    """Yields (name, lines of the body) for every definition in GNU style: the brace alone at column 0."""
    name, start = None, None
    for number, line in enumerate(path.read_text(encoding='utf-8').split('\n'), 1):
        match = re.match(r'^([a-z_][A-Za-z0-9_]*) \(', line)
        if match:
            name = match.group(1)
        if line == '{':
            start = number
        elif line == '}' and start is not None and name is not None:
            yield name, number - start - 1
            name, start = None, None


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted((root / 'src').rglob('*.c'))
    sizes = {path: len(path.read_text(encoding='utf-8').split('\n')) - 1 for path in files}
    lengths = [(length, name, path) for path in files for name, length in functions(path)]
    problems = [f'{path.relative_to(root)}: {size} lines, the limit is {FILE_MAX}'
                for path, size in sizes.items() if size > FILE_MAX]
    problems += [f'{path.relative_to(root)}: {name} has {length} lines, the limit is {FUNCTION_MAX}'
                 for length, name, path in lengths if length > FUNCTION_MAX]
    file_median = statistics.median(sizes.values())
    function_median = statistics.median(length for length, _, _ in lengths)
    print(f'{len(files)} files, median {file_median:.0f} lines, largest {max(sizes.values())}; '
          f'{len(lengths)} functions, median {function_median:.0f}, largest {max(lengths)[0]}')
    if file_median > FILE_MEDIAN:
        problems.append(f'the median file has {file_median:.0f} lines, the budget is {FILE_MEDIAN}')
    if function_median > FUNCTION_MEDIAN:
        problems.append(f'the median function has {function_median:.0f} lines, the budget is {FUNCTION_MEDIAN}')
    print('\n'.join(problems))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
