/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-ledger.h"
#include "reshoot-project-private.h"

G_BEGIN_DECLS

/* Inside reshoot-project-verify*.c only: what the ledger told, to be held against the rows. */

/* The money and end of a step's job as the ledger tells them, entry by entry. */
typedef struct
{
  gint64  n;             /* the last entry about it */
  double  quoted;
  double  settled;
  char    charged[16];
  char    state[16];     /* the last end that was told; empty: none */
} ReshootToldJob;

typedef struct
{
  ReshootDatabase *database;
  GHashTable      *told;   /* (owned): of the names of facts that entries tell: "step 2", "reply 2", "version 2 1" */
  GHashTable      *jobs;   /* (owned): of gint64, the step, to ReshootToldJob */
} ReshootCheck;

gboolean reshoot_check_entry_cb (const ReshootLedgerEntry  *entry,
                                 gpointer                   user_data,
                                 GError                   **error);

G_END_DECLS
