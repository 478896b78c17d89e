/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-copy.h"
#include "reshoot-project-file.h"

G_BEGIN_DECLS

/* Inside history/ only: what can be read of a damaged file, as a database of our version in memory. */

ReshootDatabase *reshoot_project_salvage         (ReshootProjectFile  *file,
                                                  ReshootDamage       *damage,
                                                  GCancellable        *cancellable,
                                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the statements below call the damaged file. */
#define RESHOOT_SALVAGE_SOURCE "damaged"

typedef struct
{
  ReshootDatabase *database;      /* ours in memory; the file is attached to it */
  ReshootDamage   *damage;
  GCancellable    *cancellable;   /* (nullable) */
  gint64           version;       /* of the file's schema */
  gint64           deadline;      /* monotonic, in microseconds: rows that are not read by then are lost */
} ReshootSalvage;

/* Inside reshoot-project-salvage*.c only. */
gboolean         reshoot_salvage_stage           (ReshootSalvage      *self,
                                                  GError             **error);
gboolean         reshoot_salvage_build_ledger    (ReshootSalvage      *self,
                                                  GError             **error);
gboolean         reshoot_salvage_find_pictures   (ReshootSalvage      *self,
                                                  GError             **error);
gboolean         reshoot_salvage_build_steps     (ReshootSalvage      *self,
                                                  GError             **error);
gboolean         reshoot_salvage_build_labels    (ReshootSalvage      *self,
                                                  GError             **error);

G_END_DECLS
