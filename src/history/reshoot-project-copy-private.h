/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-private.h"

G_BEGIN_DECLS

/* Inside reshoot-project-copy*.c and reshoot-archive*.c only. */

typedef struct _ReshootCopy ReshootCopy;

/* Fills the draft, which is an empty file or folder. */
typedef gboolean (*ReshootCopyFill) (ReshootDatabase  *database,
                                     ReshootCopy      *copy,
                                     GCancellable     *cancellable,
                                     GError          **error);

struct _ReshootCopy
{
  /* inputs */
  char          *path;       /* where it goes */
  gboolean       is_folder;  /* what goes there */
  ReshootCopyFill fill;
  dev_t          device;     /* of the project's own file */
  ino_t          inode;
  ReshootDamage *damage;     /* (nullable) */
  char          *source;     /* (nullable): the archive that a project is made of */

  /* in progress */
  char          *draft;      /* (nullable): the file beside, until it is whole */
  int            permille;   /* atomic: how far it is */

  ReshootProjectFile *replaced;   /* (nullable): what lies in its place, locked so that nobody opens it meanwhile */
};

void     reshoot_project_begin_copy    (ReshootProject      *self,
                                        GFile               *to,
                                        gboolean             is_folder,
                                        ReshootCopyFill      fill,
                                        gpointer             tag,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean reshoot_copy_work             (ReshootDatabase  *database,
                                        gpointer          data,
                                        GCancellable     *cancellable,
                                        GError          **error);
ReshootCopy *reshoot_copy_new          (GFile            *to,
                                        gboolean          is_folder,
                                        ReshootCopyFill   fill) G_GNUC_WARN_UNUSED_RESULT;
void     reshoot_copy_free             (ReshootCopy      *copy);

void     reshoot_copy_set_progress_cb  (double            progress,
                                        gpointer          user_data);
gboolean reshoot_copy_fill_salvaged    (ReshootDatabase  *database,
                                        ReshootCopy      *copy,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean reshoot_copy_tell             (ReshootDatabase  *database,
                                        const char       *time,
                                        GError          **error);

G_END_DECLS
