/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-operations-private.h"

G_BEGIN_DECLS

/* Between the files of the geometry alone. */

typedef enum
{
  PLANE_INTEGER,      /* the original's own numbers, or a mask */
  PLANE_LIGHT,
  PLANE_ALPHA,
} ReshootPlaneRole;

/* A geometric change: what it does to one plane, and where it takes a point. */
typedef struct _ReshootChange ReshootChange;

struct _ReshootChange
{
  int      (*apply) (const ReshootChange *change, VipsImage *in, VipsImage **out, ReshootPlaneRole role);
  double     affine[6];
  ReshootBox box;           /* of CUT and EXTEND, in pixels of the picture before it; may reach outside */
  VipsAngle  angle;
  gboolean   vertical;
  double     light[3];      /* of EXTEND: what is added */
  gboolean   opaque;        /* … hides what is behind */
};

gboolean reshoot_change_move     (ReshootWork          *work,
                                  const ReshootChange  *change,
                                  GError              **error);
gboolean reshoot_change_resample (ReshootWork          *work,
                                  const ReshootChange  *change,
                                  GError              **error);

G_END_DECLS
