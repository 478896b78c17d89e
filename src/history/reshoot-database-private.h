/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "reshoot-database-log.h"
#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside reshoot-database*.c only: the connection, as SQLite has it. */

typedef struct _ReshootDatabaseWalk ReshootDatabaseWalk;

struct _ReshootDatabase
{
  sqlite3            *handle;
  ReshootDatabaseLog *log;           /* (owned) (nullable): of a connection that writes */
  GHashTable         *statements;    /* (owned): SQL (in its statement) to sqlite3_stmt (owned), those not in use */
  ReshootDatabaseWalk *walk;         /* (unowned) (nullable): that of this moment */
  char               *path;
  GCancellable       *cancellable;   /* (nullable) */
  gint64              deadline;      /* monotonic, in microseconds; 0: none */
};

void     reshoot_database_set_error (ReshootDatabase  *self,
                                     GError          **error);
gboolean reshoot_database_add_walk  (ReshootDatabase  *self,
                                     GError          **error);

G_END_DECLS
