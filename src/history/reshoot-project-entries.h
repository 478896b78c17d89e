/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ReshootEntry:
 *
 * A record of its own in the ledger: of a kind that no table has.
 */
typedef struct
{
  char       *time;   /* (owned): ISO 8601 in UTC */
  char       *step;   /* (owned) (nullable): UUID of the step it is about */
  JsonNode   *root;   /* (owned): all of it */
  JsonObject *body;   /* (unowned): what it says; in a foreign file anything may stand there */
} ReshootEntry;

void        reshoot_project_load_entries_async  (ReshootProject       *self,
                                                 const char           *kind,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray  *reshoot_project_load_entries_finish (ReshootProject       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *reshoot_project_index_edits         (ReshootProject       *self) G_GNUC_WARN_UNUSED_RESULT;
const char *reshoot_entry_get_text              (const ReshootEntry   *entry,
                                                 const char           *name);

G_END_DECLS
