/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Inside history/ only: SQLite, with our errors. A connection belongs to one thread at a time. */

typedef struct _ReshootDatabase ReshootDatabase;
typedef struct _ReshootQuery    ReshootQuery;

typedef enum
{
  RESHOOT_DATABASE_READ_ONLY = 1 << 0,
  RESHOOT_DATABASE_IMMUTABLE = 1 << 1,   /* nobody changes the file, no lock and no log beside it are needed */
} ReshootDatabaseFlags;

ReshootDatabase *reshoot_database_open        (const char            *path,
                                               ReshootDatabaseFlags   flags,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void             reshoot_database_free        (ReshootDatabase       *self);
gboolean         reshoot_database_execute     (ReshootDatabase       *self,
                                               const char            *script,
                                               GError               **error);
gboolean         reshoot_database_run         (ReshootDatabase       *self,
                                               GError               **error,
                                               const char            *sql,
                                               const char            *types,
                                               ...);
gboolean         reshoot_database_get_integer (ReshootDatabase       *self,
                                               const char            *sql,
                                               gint64                *value,
                                               GError               **error);
char            *reshoot_database_dup_text    (ReshootDatabase       *self,
                                               const char            *sql,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_database_quick_check (ReshootDatabase       *self,
                                               const char            *table,
                                               GError               **error);
gint64           reshoot_database_get_last_id (ReshootDatabase       *self);
gboolean         reshoot_database_checkpoint  (ReshootDatabase       *self,
                                               gboolean               truncate,
                                               GError               **error);
gboolean         reshoot_database_copy        (ReshootDatabase       *self,
                                               ReshootDatabase       *to,
                                               GError               **error);
void             reshoot_database_keep_log    (ReshootDatabase       *self);
void             reshoot_database_set_cancel  (ReshootDatabase       *self,
                                               GCancellable          *cancellable);

ReshootQuery    *reshoot_query_new            (ReshootDatabase       *self,
                                               GError               **error,
                                               const char            *sql,
                                               const char            *types,
                                               ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_query_next           (ReshootQuery          *query,
                                               GError               **error);
gboolean         reshoot_query_copy_row       (ReshootQuery          *query,
                                               ReshootQuery          *source,
                                               GError               **error);
void             reshoot_query_free           (ReshootQuery          *query);
gint64           reshoot_query_get_integer    (ReshootQuery          *query,
                                               int                    column);
double           reshoot_query_get_real       (ReshootQuery          *query,
                                               int                    column);
gboolean         reshoot_query_is_real        (ReshootQuery          *query,
                                               int                    column);
const char      *reshoot_query_get_text       (ReshootQuery          *query,
                                               int                    column);
GBytes          *reshoot_query_dup_bytes      (ReshootQuery          *query,
                                               int                    column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootDatabase, reshoot_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootQuery, reshoot_query_free)

G_END_DECLS
