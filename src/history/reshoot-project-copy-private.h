/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-private.h"

G_BEGIN_DECLS

/* Inside reshoot-project-copy*.c only. */

typedef struct
{
  /* inputs */
  char          *path;       /* where it goes */
  dev_t          device;     /* of the project's own file */
  ino_t          inode;
  ReshootDamage *damage;     /* (nullable) */

  /* in progress */
  char          *draft;      /* (nullable): the file beside, until it is whole */
  int            permille;   /* atomic: how far it is */

  ReshootProjectFile *replaced;   /* (nullable): what lies in its place, locked so that nobody opens it meanwhile */
} ReshootCopy;

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
