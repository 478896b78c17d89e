/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: a ledger's entry as a line for other programs. */

/**
 * ReshootLedgerLine:
 *
 * An entry as it is stored, and what the tables know of the step it is about.
 */
typedef struct
{
  gint64      joined;     /* the number of our entry that tells of the joined ledger; 0: our own */
  const char *project;    /* (nullable): whose ledger that is */
  gint64      n;
  const char *time;
  const char *kind;
  const char *body;
  const char *previous;
  const char *hash;
} ReshootLedgerLine;

extern const char reshoot_ledger_csv_header[];

void reshoot_ledger_append_json (GString                  *text,
                                 const ReshootLedgerLine  *line);
void reshoot_ledger_append_csv  (GString                  *text,
                                 const ReshootLedgerLine  *line,
                                 ReshootDatabase          *database);

G_END_DECLS
