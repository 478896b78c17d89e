/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside reshoot-database*.c only: the connection, as SQLite has it. */

struct _ReshootDatabase
{
  sqlite3      *handle;
  char         *path;
  GCancellable *cancellable;   /* (nullable) */
};

void reshoot_database_set_error (ReshootDatabase  *self,
                                 GError          **error);

G_END_DECLS
