/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "reshoot-money.h"

G_BEGIN_DECLS

/* Inside history/ only: SQLite, with our errors. A connection belongs to one thread at a time. */

typedef struct _ReshootDatabase ReshootDatabase;
/* Dollars, as version 1 and the ledger have them, in whole millionths of one; NULL where there is no sound amount. */
#define RESHOOT_MILLIONTHS(x) \
  "CASE WHEN " x " BETWEEN 0 AND 1e9 THEN CAST (round (" x " * 1e6) AS INTEGER) END"

typedef struct _ReshootQuery    ReshootQuery;

/* How far a long work is, 0–1. */
typedef void (*ReshootDatabaseProgress) (double   progress,
                                         gpointer user_data);

/* A row that is walked over. Returns: whether to go on; else @error is set. */
typedef gboolean (*ReshootRowFunc) (ReshootQuery  *row,
                                    gpointer       user_data,
                                    GError       **error);

/* What a function of our own makes of a text in a statement: a new text, or NULL. */
typedef char *(*ReshootDatabaseFunction) (const char *text);

typedef enum
{
  RESHOOT_DATABASE_READ_ONLY = 1 << 0,
  RESHOOT_DATABASE_IMMUTABLE = 1 << 1,   /* nobody changes the file, no lock and no log beside it are needed */
  RESHOOT_DATABASE_TOLERANT = 1 << 2,    /* a damaged file is read as far as it goes; nothing of it may be written */
} ReshootDatabaseFlags;

ReshootDatabase *reshoot_database_open        (const char            *path,
                                               ReshootDatabaseFlags   flags,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void             reshoot_database_free        (ReshootDatabase       *self);
gboolean         reshoot_database_attach      (ReshootDatabase       *self,
                                               const char            *path,
                                               ReshootDatabaseFlags   flags,
                                               const char            *name,
                                               GError               **error);
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
gboolean         reshoot_database_copy        (ReshootDatabase       *self,
                                               ReshootDatabase       *to,
                                               ReshootDatabaseProgress  progress,
                                               gpointer               user_data,
                                               GCancellable          *cancellable,
                                               GError               **error);
gboolean         reshoot_database_is_read_only (ReshootDatabase      *self);
gint64           reshoot_database_get_last_id (ReshootDatabase       *self);
gboolean         reshoot_database_checkpoint  (ReshootDatabase       *self,
                                               gboolean               truncate,
                                               GError               **error);
void             reshoot_database_keep_log    (ReshootDatabase       *self);
void             reshoot_database_set_cancel  (ReshootDatabase       *self,
                                               GCancellable          *cancellable);
void             reshoot_database_set_deadline (ReshootDatabase      *self,
                                                gint64                deadline);
gboolean         reshoot_database_add_function (ReshootDatabase         *self,
                                                const char              *name,
                                                ReshootDatabaseFunction  function,
                                                GError                 **error);

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
int              reshoot_query_get_n_columns  (ReshootQuery          *query);
const char      *reshoot_query_get_name       (ReshootQuery          *query,
                                               int                    column);
JsonNode        *reshoot_query_to_json        (ReshootQuery          *query,
                                               int                    column) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_query_run_json       (ReshootQuery          *query,
                                               JsonNode             **values,
                                               guint                  n,
                                               GBytes                *bytes,
                                               GError               **error);
gint64           reshoot_query_get_integer    (ReshootQuery          *query,
                                               int                    column);
ReshootMoney     reshoot_query_get_money      (ReshootQuery          *query,
                                               int                    column);
double           reshoot_query_get_real       (ReshootQuery          *query,
                                               int                    column);
gboolean         reshoot_query_is_real        (ReshootQuery          *query,
                                               int                    column);
const char      *reshoot_query_get_text       (ReshootQuery          *query,
                                               int                    column);
gboolean         reshoot_database_walk        (ReshootDatabase       *self,
                                               const char            *sql,
                                               ReshootRowFunc         visit,
                                               gpointer               user_data,
                                               GError               **error);
GBytes          *reshoot_query_dup_bytes      (ReshootQuery          *query,
                                               int                    column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootDatabase, reshoot_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootQuery, reshoot_query_free)

G_END_DECLS
