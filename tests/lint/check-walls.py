#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second wall: reads the #include lines of every room and the undefined symbols of every built library, and says
which of them do not belong there. (The first wall is the include folders: a wrong include of ours does not compile.)

usage: check-walls.py ROOT [BUILD]
"""

import pathlib
import re
import subprocess
import sys

# What a room may reach of ours.
BELOW = {
    'pixels': set(),
    'studio': {'pixels'},
    'history': {'pixels'},
    'providers': {'pixels', 'studio', 'history'},
    'words': {'pixels', 'studio', 'history', 'providers'},
    'cli': {'pixels', 'studio', 'history', 'providers', 'words'},
    'ui': {'pixels', 'studio', 'history', 'providers', 'words'},
}

# Foreign libraries that live behind one door: pattern of the header, prefix of the symbols, rooms that may.
DOORS = [
    (r'gtk/|adwaita|gdk/|gsk/|graphene', r'(gtk|adw|gdk(?!_pixbuf)|gsk|graphene)_', {'ui'}),
    (r'cairo|pango', r'(cairo|pango)_', {'pixels', 'ui'}),
    (r'libsoup', r'soup_', {'providers'}),
    (r'libsecret', r'secret_', {'providers'}),
    (r'sqlite3', r'sqlite3_', {'history'}),
    (r'vips/', r'vips_', {'pixels', 'studio'}),
    (r'gdk-pixbuf', r'gdk_pixbuf_', {'pixels', 'ui'}),
    (r'glib/gi18n', r'(dgettext|gettext|dcgettext|dngettext|g_dgettext|g_dpgettext2?)$', {'words', 'cli', 'ui'}),
]


def include_problems(root):
    homes = {path.name: path.parent.name for path in (root / 'src').rglob('*.h')}
    for room, below in BELOW.items():
        for path in sorted((root / 'src' / room).rglob('*.[ch]')):
            for number, line in enumerate(path.read_text(encoding='utf-8').split('\n'), 1):
                where = f'{path.relative_to(root)}:{number}'
                match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
                if not match:
                    continue
                name = match.group(1)
                home = homes.get(pathlib.Path(name).name)
                if home is not None and home != room and home not in below:
                    yield f'{where}: {room}/ may not use {home}/ ({name})'
                if '..' in name or (home is not None and '/' in name):
                    yield f'{where}: {name} goes around the include folders'
                for pattern, _, rooms in DOORS:
                    if re.match(pattern, name) and room not in rooms:
                        yield f'{where}: {name} belongs in {", ".join(sorted(rooms))} alone'


def symbol_problems(build):
    for room in BELOW:
        archive = build / 'src' / room / f'libreshoot-{room}.a'
        if not archive.exists():
            yield f'{archive.name} is not built'
            continue
        output = subprocess.run(['nm', '--undefined-only', '--format=posix', str(archive)],
                                capture_output=True, text=True, check=True).stdout
        symbols = {line.split()[0] for line in output.split('\n') if ' U' in line}
        for _, prefix, rooms in DOORS:
            if room in rooms:
                continue
            for symbol in sorted(symbol for symbol in symbols if re.match(prefix, symbol)):
                yield f'{archive.name}: {symbol} belongs in {", ".join(sorted(rooms))} alone'


def main():
    root = pathlib.Path(sys.argv[1])
    problems = list(include_problems(root))
    if len(sys.argv) > 2:
        problems += symbol_problems(pathlib.Path(sys.argv[2]))
    print('\n'.join(problems) or 'walls: they stand')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
