#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Reshoot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A translation is well formed and whole: no fuzzy and no untranslated message.

usage: check-po.py FILE.po
"""

import os
import re
import subprocess
import sys

done = subprocess.run(['msgfmt', '--check', '--statistics', '-o', os.devnull, sys.argv[1]],
                      capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'})
print(done.stderr.strip())
sys.exit(done.returncode or (1 if re.search('fuzzy|untranslated', done.stderr) else 0))
