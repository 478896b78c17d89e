/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A geometric change done to all planes together. One that moves whole pixels keeps their bits; any other resamples
 * in linear light, alpha multiplied in. Each adds itself to the affine from source to result, in coordinates where
 * pixel (0, 0) covers the square from 0 to 1. */

#include "reshoot-operations-geometry-private.h"

#include <string.h>

static void
compose (ReshootWork  *work,
         const double *m)
{
  double old[6];

  memcpy (old, work->affine, sizeof old);
  work->affine[0] = m[0] * old[0] + m[1] * old[3];
  work->affine[1] = m[0] * old[1] + m[1] * old[4];
  work->affine[2] = m[0] * old[2] + m[1] * old[5] + m[2];
  work->affine[3] = m[3] * old[0] + m[4] * old[3];
  work->affine[4] = m[3] * old[1] + m[4] * old[4];
  work->affine[5] = m[3] * old[2] + m[4] * old[5] + m[5];
}

static gboolean
change_plane (const ReshootChange  *change,
              ReshootPlane        **plane,
              ReshootPlaneRole      role)
{
  VipsImage *out = NULL;

  if (*plane == NULL)
    return TRUE;
  if (change->apply (change, *plane, &out, role) != 0)
    return FALSE;
  g_object_unref (*plane);
  *plane = out;
  return TRUE;
}

/* A change that moves whole pixels. */
gboolean
reshoot_change_move (ReshootWork          *work,
                     const ReshootChange  *change,
                     GError              **error)
{
  if (!change_plane (change, &work->original, PLANE_INTEGER)
      || !change_plane (change, &work->untouched, PLANE_INTEGER)
      || !change_plane (change, &work->matte, PLANE_INTEGER)
      || !change_plane (change, &work->light, PLANE_LIGHT)
      || !change_plane (change, &work->alpha, PLANE_ALPHA))
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  compose (work, change->affine);
  return TRUE;
}

static void
multiply_line (const ReshootLine *line,
               gconstpointer      data)
{
  const float *light = line->in[0];
  float *out = line->out;
  gboolean deep = GPOINTER_TO_INT (data) != VIPS_FORMAT_UCHAR;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      float a = deep ? ((const guint16 *) line->in[1])[i] / 65535.0f
                     : ((const guint8 *) line->in[1])[i] / 255.0f;

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = light[i * 3 + band] * a;
      out[i * 4 + 3] = a;
    }
}

static void
divide_line (const ReshootLine *line,
             gconstpointer      data)
{
  const float *in = line->in[0];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    for (band = 0; band < 3; band++)
      out[i * 3 + band] = in[i * 4 + 3] > 1e-4f ? in[i * 4 + band] / in[i * 4 + 3] : 0;
}

static void
take_alpha_line (const ReshootLine *line,
                 gconstpointer      data)
{
  const float *in = line->in[0];
  int i;

  for (i = 0; i < line->width; i++)
    if (GPOINTER_TO_INT (data) == VIPS_FORMAT_UCHAR)
      ((guint8 *) line->out)[i] = (guint8) (CLAMP (in[i * 4 + 3], 0, 1) * 255 + 0.5f);
    else
      ((guint16 *) line->out)[i] = (guint16) (CLAMP (in[i * 4 + 3], 0, 1) * 65535 + 0.5f);
}

static gboolean
resample_with_alpha (ReshootWork         *work,
                     const ReshootChange *change)
{
  ReshootPlane *inputs[2] = { work->light, work->alpha };
  g_autoptr (ReshootPlane) four = NULL;
  ReshootPlane *light, *alpha;

  four = reshoot_plane_map (inputs, 2, 4, VIPS_FORMAT_FLOAT,
                            multiply_line, GINT_TO_POINTER (work->format), NULL);
  if (four == NULL || !change_plane (change, &four, PLANE_LIGHT))
    return FALSE;

  light = reshoot_plane_map (&four, 1, 3, VIPS_FORMAT_FLOAT, divide_line, NULL, NULL);
  alpha = reshoot_plane_map (&four, 1, 1, work->format,
                             take_alpha_line, GINT_TO_POINTER (work->format), NULL);
  if (light == NULL || alpha == NULL)
    {
      g_clear_object (&light);
      g_clear_object (&alpha);
      return FALSE;
    }

  g_object_unref (work->light);
  g_object_unref (work->alpha);
  work->light = light;
  work->alpha = alpha;
  return TRUE;
}

/* A change that makes new pixels: the original's bits are gone. */
gboolean
reshoot_change_resample (ReshootWork          *work,
                         const ReshootChange  *change,
                         GError              **error)
{
  if (reshoot_work_get_light (work, error) == NULL)
    return FALSE;

  if (!(work->alpha != NULL ? resample_with_alpha (work, change)
                            : change_plane (change, &work->light, PLANE_LIGHT))
      || !change_plane (change, &work->matte, PLANE_INTEGER))
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  g_clear_object (&work->original);
  g_clear_object (&work->untouched);
  work->pristine = FALSE;
  compose (work, change->affine);
  return TRUE;
}
