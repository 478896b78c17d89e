/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: the append-only, hash-chained record. */

/* Before the first entry. */
#define RESHOOT_LEDGER_NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

/* Digests or uuids that one entry lists at most: a reader of the ledger takes bodies of a few megabytes. What has more
 * to list writes several entries. */
#define RESHOOT_LEDGER_MAX_NAMES 10000

/**
 * ReshootLedgerEntry:
 *
 * One entry, of our own ledger or of a joined one. Lives as long as the visit.
 */
typedef struct
{
  gint64      joined;    /* the number of our entry that tells of the joined ledger; 0: our own */
  const char *project;   /* (nullable): whose ledger that is */
  gint64      n;
  const char *time;
  const char *kind;
  JsonObject *body;
} ReshootLedgerEntry;

/* Where a chain ends. */
typedef struct
{
  gint64 n;
  char   hash[65];
} ReshootLedgerEnd;

/* Returns FALSE with @error set when the entry does not agree with the facts. */
typedef gboolean (*ReshootLedgerVisit) (const ReshootLedgerEntry *entry,
                                        gpointer                  user_data,
                                        GError                  **error);

char    *reshoot_ledger_compute_hash (const char              *previous,
                                      gint64                   n,
                                      const char              *time,
                                      const char              *kind,
                                      const char              *body) G_GNUC_WARN_UNUSED_RESULT;
gboolean reshoot_ledger_append    (ReshootDatabase           *database,
                                   const char                *time,
                                   const char                *kind,
                                   JsonObject                *body,
                                   GError                   **error);
gboolean reshoot_ledger_find_end  (ReshootDatabase           *database,
                                   ReshootLedgerEnd          *end,
                                   GError                   **error);
gboolean reshoot_ledger_verify    (ReshootDatabase           *database,
                                   gint64                     joined,
                                   const char                *project,
                                   ReshootLedgerVisit         visit,
                                   gpointer                   user_data,
                                   GCancellable              *cancellable,
                                   ReshootLedgerEnd          *end,
                                   GError                   **error);
char    *reshoot_ledger_dup_place (const ReshootLedgerEntry  *entry) G_GNUC_WARN_UNUSED_RESULT;
void     reshoot_ledger_set_error (const char                *place,
                                   const char                *detail,
                                   GError                   **error);

G_END_DECLS
