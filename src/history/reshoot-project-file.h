/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: the file under a project and the right to write it. Immutable after opening; counted, since
 * the threads share it. */

typedef enum
{
  RESHOOT_FILE_WRITABLE,
  RESHOOT_FILE_BUSY,         /* another window or program writes it; reading works */
  RESHOOT_FILE_READ_ONLY,    /* its place or its rights do not let us write, or nobody wants to */
} ReshootFileAccess;

typedef struct _ReshootProjectFile ReshootProjectFile;

typedef enum
{
  RESHOOT_FILE_CREATE = 1 << 0,
  RESHOOT_FILE_ONLY_READ = 1 << 1,   /* do not even try to write */
  RESHOOT_FILE_NETWORK = 1 << 2,     /* as on a network mount, which is otherwise found out */
} ReshootFileFlags;

ReshootProjectFile *reshoot_project_file_open       (const char          *path,
                                                     ReshootFileFlags     flags,
                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootProjectFile *reshoot_project_file_ref        (ReshootProjectFile  *self);
void                reshoot_project_file_unref      (ReshootProjectFile  *self);
const char         *reshoot_project_file_get_path   (ReshootProjectFile  *self);
ReshootFileAccess   reshoot_project_file_get_access (ReshootProjectFile  *self);
const char         *reshoot_project_file_get_why    (ReshootProjectFile  *self);
void                reshoot_project_file_discard    (ReshootProjectFile  *self);
gboolean            reshoot_project_file_set_log    (ReshootProjectFile  *self,
                                                     ReshootDatabase     *database,
                                                     GError             **error);
gboolean            reshoot_project_file_has_log    (ReshootProjectFile  *self);
guint32             reshoot_project_file_count_changes (ReshootProjectFile *self);
gboolean            reshoot_project_file_try_reading   (ReshootDatabase    *database,
                                                        GError            **error);
gboolean            reshoot_project_file_is_in_place (ReshootProjectFile *self);
gboolean            reshoot_project_file_check      (ReshootProjectFile  *self,
                                                     char               **moved,
                                                     GError             **error);
void                reshoot_project_file_fold_some  (ReshootProjectFile  *self,
                                                     ReshootDatabase     *database);
gboolean            reshoot_project_file_fold       (ReshootProjectFile  *self,
                                                     ReshootDatabase     *database,
                                                     GError             **error);
ReshootDatabase    *reshoot_project_file_connect    (ReshootProjectFile  *self,
                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootDatabase    *reshoot_project_file_read       (ReshootProjectFile  *self,
                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootDatabase    *reshoot_project_file_read_as    (ReshootProjectFile   *self,
                                                     ReshootDatabaseFlags *flags,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootProjectFile, reshoot_project_file_unref)

G_END_DECLS
