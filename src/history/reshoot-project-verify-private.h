/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-ledger.h"
#include "reshoot-project-private.h"

G_BEGIN_DECLS

/* Inside reshoot-project-verify*.c only: what the ledgers told, to be held against the rows. Facts are known by their
 * step's uuid, for a joined ledger's numbers are not ours. */

typedef struct _ReshootCheckChain ReshootCheckChain;

/* One chain that is being walked. */
struct _ReshootCheckChain
{
  gint64             joined;    /* the entry that tells of it, 0: our own */
  const char        *project;   /* whose it is */
  guint64            since;     /* of what was told before, nothing that this chain says counts */
  GHashTable        *numbers;   /* (owned): of gint64, its steps' numbers, to their uuid (owned) */
  guint              depth;
};

typedef struct
{
  ReshootDatabase   *database;
  GCancellable      *cancellable;   /* (nullable) */
  ReshootVerifyWork *work;
  double             n_done;        /* bytes of pictures that were checked, */
  double             n_bytes;       /* and of all */

  char              *project;       /* (owned): our own uuid */
  ReshootCheckChain *chain;
  guint64            n_told;        /* how many steps were told so far, in all chains */
  GHashTable        *steps;         /* (owned): of a step's uuid to when it was told, a guint64 */
  GHashTable        *aliases;       /* (owned): of an original's uuid elsewhere to that of the same picture here */
  GHashTable        *titles;        /* (owned): of an original's uuid to the title it was brought in with */
  GHashTable        *facts;         /* (owned): of the names of frozen facts that were told */
  GHashTable        *labels;        /* (owned): of the names of what can change to ReshootToldLabel */
  GHashTable        *jobs;          /* (owned): of a step's uuid to ReshootToldJob */
  GHashTable        *purged;        /* (owned): of the digests of pictures whose bytes may be missing */
  GHashTable        *chains;        /* (owned): of gint64, the joined ledgers that were walked */
} ReshootCheck;

/* Looks at one row. Returns FALSE with @error set when it is not as it was told. */
typedef gboolean (*ReshootCheckRow) (ReshootCheck  *check,
                                     ReshootQuery  *query,
                                     GError       **error);

const char *reshoot_check_get_text    (JsonObject                *body,
                                       const char                *name);
ReshootMoney reshoot_check_get_money  (JsonObject                *body,
                                       const char                *name);
const char *reshoot_check_get_uuid    (ReshootCheck              *check,
                                       JsonObject                *body);
gboolean    reshoot_check_is_known    (ReshootCheck              *check,
                                       const char                *uuid);
gboolean    reshoot_check_counts      (ReshootCheck              *check,
                                       const char                *uuid);
gboolean    reshoot_check_rows        (ReshootCheck              *check,
                                       const char                *sql,
                                       ReshootCheckRow            check_row,
                                       GError                   **error);
gboolean    reshoot_check_set_untold  (gint64                     step,
                                       const char                *fact,
                                       GError                   **error);

gboolean    reshoot_check_chain       (ReshootCheck              *check,
                                       gint64                     joined,
                                       const char                *project,
                                       ReshootLedgerEnd          *end,
                                       GError                   **error);
gboolean    reshoot_check_join        (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry,
                                       GError                   **error);
gboolean    reshoot_check_joined_rows (ReshootCheck              *check,
                                       GError                   **error);

gboolean    reshoot_check_original    (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_request     (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_reply       (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_version     (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_fact_rows   (ReshootCheck              *check,
                                       GError                   **error);

gboolean    reshoot_check_gather_job  (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_job_rows    (ReshootCheck              *check,
                                       GError                   **error);

gboolean    reshoot_check_is_label    (const char                *kind);
gboolean    reshoot_check_tell_label  (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
void        reshoot_check_tell_title  (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry,
                                       const char                *uuid);
gboolean    reshoot_check_tell_purge  (ReshootCheck              *check,
                                       const ReshootLedgerEntry  *entry);
gboolean    reshoot_check_label_rows  (ReshootCheck              *check,
                                       GError                   **error);

gboolean    reshoot_check_pictures    (ReshootCheck              *check,
                                       GError                   **error);
gboolean    reshoot_check_tiles       (ReshootCheck              *check,
                                       GError                   **error);

G_END_DECLS
