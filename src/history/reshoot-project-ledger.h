/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/**
 * ReshootLedgerFormat:
 * @RESHOOT_LEDGER_CSV: a table with a header line, for a spreadsheet
 * @RESHOOT_LEDGER_JSON: one object a line, each entry whole, so that its hash can be computed from the line
 *
 * How a ledger is written out. README.md in this folder says what stands where.
 */
typedef enum
{
  RESHOOT_LEDGER_CSV,
  RESHOOT_LEDGER_JSON,
} ReshootLedgerFormat;

void     reshoot_project_export_ledger_async  (ReshootProject       *self,
                                               ReshootLedgerFormat   format,
                                               GOutputStream        *stream,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean reshoot_project_export_ledger_finish (ReshootProject       *self,
                                               GAsyncResult         *result,
                                               guint                *n_entries,
                                               GError              **error);

G_END_DECLS
