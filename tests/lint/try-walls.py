#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the walls can fail: puts a wrong line into a copy of the house and sees it refused. Ours: the compiler,
with the very arguments the build uses for that room. A system header or symbol: check-walls.py.

usage: try-walls.py ROOT BUILD
"""

import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

WRONG_OURS = [('pixels', 'reshoot-plan.h'), ('studio', 'reshoot-project.h'), ('history', 'reshoot-plan.h'),
              ('history', 'reshoot-session.h'), ('providers', 'reshoot-words.h'), ('words', 'reshoot-cli.h'),
              ('cli', 'reshoot-application.h'), ('ui', 'reshoot-cli.h')]
WRONG_SYSTEM = [('pixels', 'gtk/gtk.h'), ('studio', 'libsoup/soup.h'), ('providers', 'sqlite3.h'),
                ('history', 'vips/vips.h'), ('cli', 'adwaita.h'), ('words', 'gtk/gtk.h'), ('ui', 'libsoup/soup.h')]


def compile_arguments(build, room):
    """The arguments with which the build compiles some file of the room, without that file and its outputs."""
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        if f'libreshoot-{room}.a.p' in entry['output']:
            words = shlex.split(entry['command'])
            kept, skip = [], False
            for word in words:
                if skip:
                    skip = False
                elif word in ('-o', '-MF', '-MQ', '-c'):
                    skip = True
                elif word != '-MD':
                    kept.append(word)
            return kept, entry['directory']
    raise SystemExit(f'nothing of {room}/ is in compile_commands.json')


def compiles(build, room, header, folder):
    source = folder / 'wrong.c'
    source.write_text(f'#include "{header}"\n')
    arguments, directory = compile_arguments(build, room)
    done = subprocess.run(arguments + ['-fsyntax-only', str(source)], cwd=directory, capture_output=True, text=True)
    return done.returncode == 0, done.stderr


def main():
    root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    bad = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for room, header in WRONG_OURS:
            ok, words = compiles(build, room, header, folder)
            if ok or 'No such file' not in words:
                bad.append(f'{header} compiles in {room}/')
        if not compiles(build, 'cli', 'reshoot-words.h', folder)[0]:
            bad.append('reshoot-words.h does not compile in cli/, where it may be used')
        for room, header in WRONG_SYSTEM:
            copy = folder / 'house'
            shutil.copytree(root / 'src', copy / 'src')
            (copy / 'src' / room / 'wrong.c').write_text(f'#include <{header}>\n')
            done = subprocess.run([sys.executable, str(root / 'tests/lint/check-walls.py'), str(copy)],
                                  capture_output=True, text=True)
            if done.returncode == 0 or f'src/{room}/wrong.c:1' not in done.stdout:
                bad.append(f'<{header}> gets past the lint in {room}/')
            shutil.rmtree(copy)
    print('\n'.join(bad) or f'{len(WRONG_OURS)} wrong includes of ours do not compile, '
          f'{len(WRONG_SYSTEM)} wrong system headers fail the lint')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
