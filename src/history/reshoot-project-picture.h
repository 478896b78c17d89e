/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-private.h"

G_BEGIN_DECLS

/* Inside history/ only: reading one picture, on the reader's thread, and making a small one of it. */

typedef struct
{
  /* inputs */
  gint64              step;
  ReshootPictureKind  kind;
  char               *digest;     /* (nullable): of a reply only the file knows it */

  /* outputs */
  ReshootImage       *image;
  gboolean            is_small;   /* the image is the thumbnail that was asked for */
} ReshootPictureLoad;

void     reshoot_picture_load_free      (ReshootPictureLoad  *load);
gboolean reshoot_picture_load_work      (ReshootDatabase     *database,
                                         gpointer             data,
                                         GCancellable        *cancellable,
                                         GError             **error);
void     reshoot_picture_make_thumbnail (GTask               *task,
                                         ReshootImage        *image);

G_END_DECLS
