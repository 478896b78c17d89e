/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A database copied page by page, as it was at one moment: what we do not know of goes along. */

#include "reshoot-database-private.h"

#include "reshoot-error.h"

/* How many pages are copied between two looks at the cancellable: a megabyte of ours. */
#define PAGES 64

static gboolean
copy_pages (sqlite3_backup           *backup,
            ReshootDatabaseProgress   progress,
            gpointer                  user_data,
            GCancellable             *cancellable,
            GError                  **error)
{
  int result;

  do
    {
      int n_pages;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      result = sqlite3_backup_step (backup, PAGES);
      n_pages = sqlite3_backup_pagecount (backup);
      if (progress != NULL && n_pages > 0)
        progress (1.0 - (double) sqlite3_backup_remaining (backup) / n_pages, user_data);
    }
  while (result == SQLITE_OK);

  return TRUE;
}

/*
 * reshoot_database_copy:
 * @self: a connection
 * @to: another, whose own contents go
 * @progress: (nullable): is told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Whoever writes meanwhile does not disturb it: the copy is of the moment at which it begins.
 *
 * Returns: whether @to is what @self was
 */
gboolean
reshoot_database_copy (ReshootDatabase           *self,
                       ReshootDatabase           *to,
                       ReshootDatabaseProgress    progress,
                       gpointer                   user_data,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  sqlite3_backup *backup;
  gboolean copied;
  gint64 ignored;
  int result;

  /* A transaction of our own holds the moment. */
  if (!reshoot_database_execute (self, "BEGIN", error))
    return FALSE;

  if (!reshoot_database_get_integer (self, "SELECT count (*) FROM main.sqlite_schema", &ignored, error))
    {
      reshoot_database_execute (self, "ROLLBACK", NULL);
      return FALSE;
    }

  backup = sqlite3_backup_init (to->handle, "main", self->handle, "main");
  copied = backup != NULL && copy_pages (backup, progress, user_data, cancellable, error);
  result = backup != NULL ? sqlite3_backup_finish (backup) : SQLITE_ERROR;
  reshoot_database_execute (self, "ROLLBACK", NULL);

  if (backup != NULL && !copied)
    return FALSE;

  if (result == SQLITE_OK)
    return TRUE;

  reshoot_database_set_error (to, error);
  return FALSE;
}
