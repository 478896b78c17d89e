/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* The long edge of the pictures of a parcel, where nothing else is asked for; and the one that changes no size. */
#define RESHOOT_PARCEL_PREVIEW 1600
#define RESHOOT_PARCEL_FULL    0

typedef enum
{
  RESHOOT_PARCEL_PAGE,    /* one page of HTML, to be reviewed in a browser */
  RESHOOT_PARCEL_SHEET,   /* a contact sheet as PDF, to be printed */
} ReshootParcelKind;

/**
 * ReshootParcelOptions:
 *
 * What a parcel holds, and the words of its page.
 */
typedef struct
{
  ReshootStep *until;       /* (nullable): only the path from its original to it; NULL: every step */
  int          long_edge;   /* of the pictures, in pixels */
  gboolean     prices;      /* whether it says what the edits cost */
  JsonNode    *words;       /* (transfer none): an object, see reshoot_words_for_parcel() */
  ReshootParcelKind kind;
} ReshootParcelOptions;

void     reshoot_parcel_save_async  (ReshootProject              *project,
                                     GFile                       *to,
                                     const ReshootParcelOptions  *options,
                                     GFileProgressCallback        progress,
                                     gpointer                     progress_data,
                                     GCancellable                *cancellable,
                                     GAsyncReadyCallback          callback,
                                     gpointer                     user_data);
gboolean reshoot_parcel_save_finish (ReshootProject       *project,
                                     GAsyncResult         *result,
                                     guint                *n_steps,
                                     GError              **error);

G_END_DECLS
