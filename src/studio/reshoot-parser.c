/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads an instruction into operations and refusals. It understands no words yet, and so it refuses all of them: a plan
 * that came from JSON can run already. */

#include "reshoot-parser.h"

void
reshoot_parser_read (const char     *instruction,
                     ReshootReading *reading)
{
  reshoot_reading_refuse (reading, "unclear", instruction);
}
