#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest names the right application, opens no more of the machine than it must, and every archive in it
carries its checksum. (It reads lines, not YAML: the standard library has no YAML parser.)

usage: check-flatpak.py ROOT
"""

import pathlib
import re
import sys

ALLOWED = {'--share=ipc', '--share=network', '--socket=fallback-x11', '--socket=wayland', '--device=dri'}

text = (pathlib.Path(sys.argv[1]) / 'flatpak/io.github.reshoot.Reshoot.yml').read_text()
problems = []
if 'app-id: io.github.reshoot.Reshoot\n' not in text:
    problems.append('the application id is wrong')
for argument in re.findall(r'^  - (--\S+)$', text, re.M):
    if argument not in ALLOWED:
        problems.append(f'{argument} is not on the list of what Reshoot needs')
if len(re.findall(r'type: archive', text)) != len(re.findall(r'sha256: [0-9a-f]{64}\n', text)):
    problems.append('an archive has no checksum')
if 'name: vips\n' not in text:
    problems.append('libvips is not in it')
print('\n'.join(problems) or 'flatpak: as wanted')
sys.exit(1 if problems else 0)
