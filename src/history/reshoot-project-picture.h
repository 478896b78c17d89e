/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-private.h"
#include "reshoot-tiles.h"

G_BEGIN_DECLS

/* Inside history/ only: reading what a picture consists of, on the reader's thread, and making a small one of it. */

typedef struct
{
  /* inputs */
  gint64              step;
  ReshootPictureKind  kind;
  char               *digest;   /* (nullable): of a reply only the file knows it */

  /* outputs */
  ReshootTiles       *tiles;    /* (nullable): what the picture consists of; without a tile it is stored whole */
  ReshootImage       *small;    /* (nullable): the thumbnail that was asked for and is there */
} ReshootPictureLoad;

void          reshoot_picture_load_free      (ReshootPictureLoad  *load);
gboolean      reshoot_picture_load_work      (ReshootDatabase     *database,
                                              gpointer             data,
                                              GCancellable        *cancellable,
                                              GError             **error);
ReshootTiles *reshoot_picture_read           (ReshootDatabase     *database,
                                              const char          *digest,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_picture_make_thumbnail (GTask               *task,
                                              ReshootImage        *image);

G_END_DECLS
