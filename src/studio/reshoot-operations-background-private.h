/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-operations-private.h"

G_BEGIN_DECLS

/* Between the files of the background alone. */

typedef enum
{
  FILL_PICTURE,          /* what is there already */
  FILL_SOLID,
  FILL_STUDIO,
  FILL_GRADIENT,
  FILL_TRANSPARENT,
  FILL_BLUR,
} ReshootFill;

typedef enum
{
  SHAPE_VERTICAL,
  SHAPE_HORIZONTAL,
  SHAPE_DIAGONAL,
  SHAPE_RADIAL,
} ReshootShape;

typedef struct
{
  ReshootFill    fill;
  ReshootShape   shape;
  int            width;
  int            height;
  double         color[3];       /* linear; of a gradient encoded, where steps look even */
  double         color2[3];
  double         horizon;        /* of the sweep, in pixels */
  double         lift;           /* light that a dark floor gets */
  ReshootCoarse *blurred;        /* (nullable) */
  ReshootCoarse *shadow;         /* (nullable) */
  gboolean       transparent;    /* four bands come out, the last is alpha */
} ReshootBackdrop;

void           reshoot_backdrop_free           (gpointer                 data);
void           reshoot_backdrop_composite_line (const ReshootLine       *line,
                                                gconstpointer            data);
void           reshoot_backdrop_cut_out_line   (const ReshootLine       *line,
                                                gconstpointer            data);
ReshootCoarse *reshoot_backdrop_blur           (ReshootWork             *work,
                                                ReshootPlane            *light,
                                                double                   sigma,
                                                GError                 **error);
gboolean       reshoot_backdrop_prepare_floor  (ReshootWork             *work,
                                                ReshootBackdrop         *backdrop,
                                                const ReshootOperation  *op,
                                                GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootBackdrop, reshoot_backdrop_free)

G_END_DECLS
