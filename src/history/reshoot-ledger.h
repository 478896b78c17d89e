/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: the append-only, hash-chained record. */

typedef struct
{
  gint64      n;
  char       *kind;
  JsonObject *body;
} ReshootLedgerEntry;

/* Returns FALSE with @error set when the entry does not agree with the facts. */
typedef gboolean (*ReshootLedgerVisit) (const ReshootLedgerEntry *entry,
                                        gpointer                  user_data,
                                        GError                  **error);

gboolean reshoot_ledger_append    (ReshootDatabase     *database,
                                   const char          *time,
                                   const char          *kind,
                                   JsonObject          *body,
                                   GError             **error);
gboolean reshoot_ledger_verify    (ReshootDatabase     *database,
                                   ReshootLedgerVisit   visit,
                                   gpointer             user_data,
                                   GCancellable        *cancellable,
                                   guint               *n_entries,
                                   GError             **error);
void     reshoot_ledger_set_error (gint64               n,
                                   const char          *detail,
                                   GError             **error);

G_END_DECLS
