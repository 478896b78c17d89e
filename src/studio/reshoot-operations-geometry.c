/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Turning, mirroring and scaling. Right angles and mirrors move whole pixels, everything else makes new ones; how
 * that is done to all planes is in reshoot-operations-geometry-planes.c. */

#include "reshoot-operations-geometry-private.h"

#include <math.h>
#include <string.h>

static int
turn (const ReshootChange  *change,
      VipsImage            *in,
      VipsImage           **out,
      ReshootPlaneRole      role)
{
  return vips_rot (in, out, change->angle, NULL);
}

static int
mirror (const ReshootChange  *change,
        VipsImage            *in,
        VipsImage           **out,
        ReshootPlaneRole      role)
{
  VipsDirection way = change->vertical ? VIPS_DIRECTION_VERTICAL : VIPS_DIRECTION_HORIZONTAL;

  return vips_flip (in, out, way, NULL);
}

/* The affine works on corners, libvips on the middles of pixels. */
static int
rotate (const ReshootChange  *change,
        VipsImage            *in,
        VipsImage           **out,
        ReshootPlaneRole      role)
{
  const double *m = change->affine;
  int area[4] = { 0, 0, change->box.width, change->box.height };
  VipsArrayInt *oarea = vips_array_int_new (area, 4);
  VipsInterpolate *bicubic = vips_interpolate_new ("bicubic");
  int failed;

  failed = vips_affine (in, out, m[0], m[1], m[3], m[4],
                        "odx", m[2] + (m[0] + m[1] - 1) / 2,
                        "ody", m[5] + (m[3] + m[4] - 1) / 2,
                        "oarea", oarea, "interpolate", bicubic, "extend", VIPS_EXTEND_COPY, NULL);
  vips_area_unref (VIPS_AREA (oarea));
  g_object_unref (bicubic);
  return failed;
}

/* libvips shrinks about the middles of pixels, but enlarges half a pixel off: that is done by the affine. */
static int
scale (const ReshootChange  *change,
       VipsImage            *in,
       VipsImage           **out,
       ReshootPlaneRole      role)
{
  if (change->affine[0] >= 1 && change->affine[4] >= 1)
    return rotate (change, in, out, role);

  return vips_resize (in, out, change->affine[0], "vscale", change->affine[4],
                      "kernel", VIPS_KERNEL_LANCZOS3, NULL);
}

/* Left to right, or top to bottom. */
gboolean
reshoot_work_mirror (ReshootWork  *work,
                     gboolean      vertical,
                     GError      **error)
{
  ReshootChange change = { .apply = mirror, .affine = { 1, 0, 0, 0, 1, 0 }, .vertical = vertical };

  if (vertical)
    {
      change.affine[4] = -1;
      change.affine[5] = reshoot_work_get_height (work);
    }
  else
    {
      change.affine[0] = -1;
      change.affine[2] = reshoot_work_get_width (work);
    }
  return reshoot_change_move (work, &change, error);
}

/* Clockwise by right angles. */
static gboolean
turn_right_angle (ReshootWork  *work,
                  int           quarters,
                  GError      **error)
{
  double width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  const double affines[4][6] = {
    { 1, 0, 0, 0, 1, 0 },
    { 0, -1, height, 1, 0, 0 },
    { -1, 0, width, 0, -1, height },
    { 0, 1, 0, -1, 0, width },
  };
  ReshootChange change = { .apply = turn, .angle = (VipsAngle) quarters };

  memcpy (change.affine, affines[quarters], sizeof change.affine);
  return reshoot_change_move (work, &change, error);
}

/* The largest rectangle of the picture's own shape that a turn by @degrees leaves without empty corners. */
static void
fit_turned (double  degrees,
            int    *width,
            int    *height)
{
  double angle = fabs (degrees) * G_PI / 180, s = fabs (sin (angle)), c = fabs (cos (angle));
  double factor = MIN (*width / (*width * c + *height * s), *height / (*width * s + *height * c));

  *width = MAX (1, (int) floor (*width * factor));
  *height = MAX (1, (int) floor (*height * factor));
}

/* Clockwise. Right angles are exact; anything else cuts the picture so that no corner is empty. */
gboolean
reshoot_work_rotate (ReshootWork  *work,
                     double        degrees,
                     GError      **error)
{
  int quarters, width, height;
  double radians, c, s;
  ReshootChange change = { .apply = rotate };

  degrees = fmod (degrees, 360);
  degrees += degrees < 0 ? 360 : 0;
  quarters = (int) floor ((degrees + 45) / 90);
  degrees -= 90 * quarters;
  if (quarters % 4 != 0 && !turn_right_angle (work, quarters % 4, error))
    return FALSE;
  if (degrees == 0)
    return TRUE;

  width = change.box.width = reshoot_work_get_width (work);
  height = change.box.height = reshoot_work_get_height (work);
  fit_turned (degrees, &change.box.width, &change.box.height);
  radians = degrees * G_PI / 180;
  c = cos (radians);
  s = sin (radians);
  change.affine[0] = c;
  change.affine[1] = -s;
  change.affine[2] = change.box.width / 2.0 - (c * width - s * height) / 2;
  change.affine[3] = s;
  change.affine[4] = c;
  change.affine[5] = change.box.height / 2.0 - (s * width + c * height) / 2;
  return reshoot_change_resample (work, &change, error);
}

/* To that size, each way by itself. */
gboolean
reshoot_work_scale (ReshootWork  *work,
                    int           width,
                    int           height,
                    GError      **error)
{
  ReshootChange change = { .apply = scale, .box = { 0, 0, width, height } };
  int old_width = reshoot_work_get_width (work), old_height = reshoot_work_get_height (work);

  if (width == old_width && height == old_height)
    return TRUE;

  change.affine[0] = (double) width / old_width;
  change.affine[4] = (double) height / old_height;
  return reshoot_change_resample (work, &change, error);
}
