/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Foreign bits to linear light: through sRGB's curve, a profile of curves and a matrix, or whatever libvips can go
 * through. It hides profiles and bit depths. */

#include "reshoot-operations-private.h"

typedef struct
{
  int   top;                     /* 255 or 65535 */
  float table[65536];
} Decode;

/* Whether libvips can go through the embedded profile at all. */
static gboolean
profile_works (VipsImage *picture)
{
  g_autoptr (ReshootPlane) corner = NULL, through = NULL;
  double *point = NULL;
  int n = 0;
  gboolean works;

  if (vips_crop (picture, &corner, 0, 0, 1, 1, NULL) != 0
      || vips_icc_import (corner, &through, "intent", VIPS_INTENT_RELATIVE, "embedded", TRUE, NULL) != 0)
    return FALSE;
  works = vips_getpoint (through, &point, &n, 0, 0, NULL) == 0 && n == 3;
  g_free (point);
  return works;
}

void
reshoot_work_read_profile (ReshootWork *work)
{
  const void *data;
  gsize length;
  gboolean plain;

  if (vips_image_get_typeof (work->source, VIPS_META_ICC_NAME) == 0
      || vips_image_get_blob (work->source, VIPS_META_ICC_NAME, &data, &length) != 0)
    return;

  work->profile = g_bytes_new (data, length);
  work->shaper = reshoot_shaper_new (work->profile, work->format, &plain);
  if (work->shaper == NULL && !plain)
    {
      work->managed = profile_works (work->original);
      if (!work->managed)
        g_clear_pointer (&work->profile, g_bytes_unref);
      vips_error_clear ();
    }
}

static void
decode_line (const ReshootLine *line,
             gconstpointer      data)
{
  const Decode *decode = data;
  float *out = line->out;
  int n = line->width * 3, i;

  if (decode->top == 255)
    {
      const guint8 *in = line->in[0];

      for (i = 0; i < n; i++)
        out[i] = decode->table[in[i]];
    }
  else
    {
      const guint16 *in = line->in[0];

      for (i = 0; i < n; i++)
        out[i] = decode->table[in[i]];
    }
}

static void
shape_line (const ReshootLine *line,
            gconstpointer      data)
{
  const ReshootShaper *shaper = data;
  const float *m = shaper->to_light;
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++, out += 3)
    {
      float own[3];

      for (band = 0; band < 3; band++)
        {
          int number = shaper->top == 255 ? ((const guint8 *) line->in[0])[i * 3 + band]
                                          : ((const guint16 *) line->in[0])[i * 3 + band];

          own[band] = shaper->decode[band][number];
        }
      for (band = 0; band < 3; band++)
        out[band] = m[band * 3] * own[0] + m[band * 3 + 1] * own[1] + m[band * 3 + 2] * own[2];
    }
}

static ReshootPlane *
import_managed (ReshootPlane *original)
{
  g_autoptr (ReshootPlane) lab = NULL;
  ReshootPlane *light = NULL;

  if (vips_icc_import (original, &lab, "intent", VIPS_INTENT_RELATIVE, "embedded", TRUE, NULL) != 0
      || vips_colourspace (lab, &light, VIPS_INTERPRETATION_scRGB, NULL) != 0)
    return NULL;
  return light;
}

static ReshootPlane *
import_srgb (ReshootPlane   *original,
             VipsBandFormat  format)
{
  Decode *decode = g_new0 (Decode, 1);
  int i;

  decode->top = format == VIPS_FORMAT_UCHAR ? 255 : 65535;
  for (i = 0; i <= decode->top; i++)
    decode->table[i] = (float) reshoot_decode ((double) i / decode->top);
  return reshoot_plane_map (&original, 1, 3, VIPS_FORMAT_FLOAT, decode_line, decode, g_free);
}

/* Borrowed: the picture in linear light as it stands. */
ReshootPlane *
reshoot_work_get_light (ReshootWork  *work,
                        GError      **error)
{
  if (work->light == NULL && work->shaper != NULL)
    work->light = reshoot_plane_map (&work->original, 1, 3, VIPS_FORMAT_FLOAT, shape_line,
                                     g_atomic_rc_box_acquire (work->shaper),
                                     g_atomic_rc_box_release);
  else if (work->light == NULL && work->managed)
    work->light = import_managed (work->original);
  else if (work->light == NULL)
    work->light = import_srgb (work->original, work->format);
  if (work->light == NULL)
    reshoot_set_vips_error (error, NULL);
  return work->light;
}
