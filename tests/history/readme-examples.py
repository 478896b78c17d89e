#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows the examples of src/history/README.md, as they stand there, with the sqlite3 shell and nothing of Reshoot.

What each prints is held against readme-examples.txt, and what they write against the digests, computed here.

usage: readme-examples.py README PROJECT EXPECTED [--write]
--write stores what the examples print as what is expected: read it before you keep it.
"""

import hashlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

HEADING = '## Reading it with the sqlite3 shell\n'


def examples(readme):
    """Yields (name, lines for the shell): a block and the bold words before it."""
    section = readme.split(HEADING)[1]
    section = re.split(r'^#{1,2} ', section, flags=re.MULTILINE)[0]
    name = None
    for match in re.finditer(r'^\*\*(.+?)\*\*|^```(\w*)\n(.*?)^```$', section, re.MULTILINE | re.DOTALL):
        if match.group(1):
            name = match.group(1)
        else:
            yield name, match.group(2), match.group(3)


def run(project, text, folder):
    """What the shell prints, errors too, and whether it had none."""
    environment = dict(os.environ, HOME=str(folder), LC_ALL='C.UTF-8')
    done = subprocess.run(['sqlite3', '-batch', '-bail', '-readonly', str(project)], input=text, cwd=folder, env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', timeout=60, check=False)
    return done.stdout, done.returncode == 0 and 'Error' not in done.stdout


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def whole(database, folder):
    """Each file NAME.FORMAT that an example named by a digest has it, and there is one for each picture stored whole."""
    names = {digest: form for digest, form in
             database.execute('SELECT digest, format FROM picture JOIN picture_data USING (digest)')}
    written = {path.stem: path for path in folder.iterdir()}
    return (written.keys() == names.keys() and
            all(path.suffix == '.' + names[digest] and sha256(path.read_bytes()) == digest
                for digest, path in written.items()))


def shown(database, step):
    return database.execute('SELECT coalesce ((SELECT picture FROM version WHERE step = ?1 ORDER BY n DESC LIMIT 1), '
                            '(SELECT picture FROM step WHERE id = ?1))', (step,)).fetchone()[0]


def picture(database, folder):
    return [sha256(path.read_bytes()) for path in folder.glob('step-4.*')] == [shown(database, 4)]


def tiles(database, folder):
    rows = database.execute('SELECT x, y, tile.digest, base FROM tiling JOIN picture_tile ON tiling = tiling.id '
                            'JOIN tile ON tile.id = tile WHERE picture = ?', (shown(database, 3),)).fetchall()
    return (len(rows) > 1 and len(list(folder.glob('tile-*'))) == len(rows) and
            all(sha256((folder / f'tile-{x}-{y}.png').read_bytes()) == digest for x, y, digest, _ in rows) and
            [sha256(path.read_bytes()) for path in folder.glob('base.*')] == [rows[0][3]])


def manifest(database, folder):
    return sha256((folder / 'manifest').read_bytes()) == shown(database, 3)


def hashed(rows):
    """Whether a chain is right by the formula, written here once more."""
    before = '0' * 64
    for number, (n, time, kind, body, previous, digest) in enumerate(rows, 1):
        text = '\n'.join((before, str(n), time, kind, body)).encode()
        if n != number or previous != before or digest != sha256(text) or not isinstance(json.loads(body), dict):
            return False
        before = digest
    return number > 1


def chain(database, folder):
    rows = database.execute('SELECT n, time, kind, body, previous, hash FROM ledger ORDER BY n').fetchall()
    return hashed(rows) and all(sha256((folder / f'entry-{row[0]}').read_bytes()) == row[5] for row in rows)


def joined(database, _folder):
    return all(hashed(database.execute('SELECT n, time, kind, body, previous, hash FROM joined_ledger WHERE entry = ? '
                                       'ORDER BY n', (entry,))) for entry, in database.execute('SELECT entry FROM joined'))


PROPERTIES = {
    'The picture that step 4 shows, as a file': picture,
    'All pictures that are stored whole, as files': whole,
    'A picture in tiles': tiles,
    'The digest of a picture in tiles': manifest,
    'The chain': chain,
    'Joined projects': joined,
}


def report(number, is_right, name):
    print(f'{"ok" if is_right else "not ok"} {number} {name}')
    return is_right


def main():
    readme, project, expected = (pathlib.Path(name).resolve() for name in sys.argv[1:4])
    before = project.read_bytes()
    blocks = list(examples(readme.read_text(encoding='utf-8')))
    printed = {}
    failed = 0
    database = sqlite3.connect(f'{project.as_uri()}?mode=ro', uri=True)

    print(f'1..{len(blocks) + 2}')
    wanted = {}
    if sys.argv[4:] != ['--write']:
        parts = re.split(r'^== (.*)\n', expected.read_text(encoding='utf-8'), flags=re.MULTILINE)[1:]
        wanted = dict(zip(parts[::2], parts[1::2]))

    for number, (name, language, text) in enumerate(blocks, 1):
        with tempfile.TemporaryDirectory() as folder:
            printed[name], is_right = run(project, text, folder)
            is_right = is_right and language == 'sql' and printed[name] != ''
            is_right = is_right and PROPERTIES.get(name, lambda *_: True)(database, pathlib.Path(folder))
        if wanted and printed[name] != wanted.get(name):
            is_right = False
        if not report(number, is_right, name):
            failed += 1
            print('\n'.join('# ' + line for line in printed[name].split('\n')))

    if not wanted:
        expected.write_text(''.join(f'== {name}\n{text}' for name, text in printed.items()), encoding='utf-8')
    names = set(printed)
    failed += not report(len(blocks) + 1, len(names) == len(blocks) and names >= set(PROPERTIES)
                         and names >= set(wanted), 'every example has a name and is there')
    failed += not report(len(blocks) + 2, project.read_bytes() == before and not list(project.parent.glob('v2.reshoot-*')),
                         'the project is as it was')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
