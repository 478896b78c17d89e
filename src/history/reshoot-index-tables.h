/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: the tables of the index. */

typedef enum
{
  RESHOOT_INDEX_OURS,
  RESHOOT_INDEX_OLDER,
  RESHOOT_INDEX_EMPTY,
  RESHOOT_INDEX_NEWER,    /* a newer Reshoot's: to be left alone */
  RESHOOT_INDEX_DAMAGED,
} ReshootIndexState;

gboolean          reshoot_index_tables_have_fts (ReshootDatabase   *database);
ReshootIndexState reshoot_index_tables_probe    (ReshootDatabase   *database,
                                                 GError           **error);
gboolean          reshoot_index_tables_make     (ReshootDatabase   *database,
                                                 gboolean           has_fts,
                                                 GError           **error);
gboolean          reshoot_index_tables_salvage  (ReshootDatabase   *from,
                                                 ReshootDatabase   *to,
                                                 GError           **error);

G_END_DECLS
