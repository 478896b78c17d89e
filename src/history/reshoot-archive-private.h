/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-archive.h"
#include "reshoot-project-copy-private.h"

G_BEGIN_DECLS

/* Inside reshoot-archive*.c only: the names in an archive, which its writer and its reader share. */

#define RESHOOT_ARCHIVE_FORMAT  "reshoot-archive"
#define RESHOOT_ARCHIVE_VERSION 1

#define RESHOOT_ARCHIVE_HEADER   "project.json"
#define RESHOOT_ARCHIVE_TABLES   "tables"
#define RESHOOT_ARCHIVE_PICTURES "pictures"
#define RESHOOT_ARCHIVE_TILES    "tiles"
#define RESHOOT_ARCHIVE_STEPS    "steps"

/* The tables of a project that are in an archive, oldest first. Thumbnails can be made again. */
#define RESHOOT_ARCHIVE_LIST_TABLES \
  "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'" \
  " AND name <> 'thumbnail' ORDER BY rowid"

typedef struct
{
  ReshootDatabase *database;
  ReshootCopy     *copy;
  GCancellable    *cancellable;
  gint64           total;        /* bytes of pictures */
  gint64           done;
} ReshootArchive;

typedef struct
{
  ReshootDatabase *database;
  const char      *folder;
  GCancellable    *cancellable;
} ReshootArchiveRead;

gboolean    reshoot_archive_write_file     (ReshootArchive   *archive,
                                            const char       *name,
                                            const char       *data,
                                            gsize             length,
                                            GError          **error);
const char *reshoot_archive_get_ending     (const char       *format);
gboolean    reshoot_archive_write_steps    (ReshootArchive   *archive,
                                            GError          **error);
char       *reshoot_archive_dup_table_path (const char       *folder,
                                            const char       *table) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_archive_fill           (ReshootDatabase  *database,
                                            ReshootCopy      *copy,
                                            GCancellable     *cancellable,
                                            GError          **error);
void        reshoot_archive_set_bad        (GError              **error,
                                            const char           *file,
                                            const char           *detail);
GMappedFile *reshoot_archive_open_file     (ReshootArchiveRead   *archive,
                                            const char           *name,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_archive_read_tables    (ReshootArchiveRead   *archive,
                                            GError              **error);

G_END_DECLS
