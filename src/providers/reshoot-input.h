/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-image-prepare.h"

G_BEGIN_DECLS

/**
 * ReshootInput:
 * @how: size, and where in it the picture is, as the model wants it; format and quality of the first try
 * @multiple: what both sides must be multiples of
 * @max_bytes: what it may take; 0 = anything
 *
 * How a picture is made ready for a model.
 */
typedef struct
{
  ReshootPreparation  how;
  int                 multiple;
  gsize               max_bytes;
} ReshootInput;

void          reshoot_input_choose       (ReshootInput    *self,
                                          ReshootModel    *model,
                                          int              width,
                                          int              height);
gboolean      reshoot_input_find_crop    (ReshootModel    *model,
                                          int              width,
                                          int              height,
                                          const double     region[4],
                                          ReshootBox      *crop);
void          reshoot_input_choose_crop  (ReshootInput    *self,
                                          ReshootModel    *model,
                                          int              width,
                                          int              height,
                                          const ReshootBox *crop);
ReshootImage *reshoot_input_make         (ReshootInput    *self,
                                          ReshootImage    *source,
                                          GCancellable    *cancellable,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_input_make_affine  (const ReshootInput *self,
                                          const int           parent[2],
                                          const int           reply[2],
                                          double              affine[6]);

G_END_DECLS
