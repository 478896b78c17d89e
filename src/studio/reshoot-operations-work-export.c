/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Linear light back to the source's depth and profile, and the one promise the rest relies on: where nothing was
 * touched, the source's bits leave as they came. */

#include "reshoot-operations-private.h"

#include <string.h>

typedef struct
{
  VipsBandFormat       format;
  gboolean             exported; /* the first input is 16 bit and encoded already */
  ReshootShaper       *shaper;   /* (nullable) */
  gboolean             dither;
  int                  original; /* places among the inputs, -1: not there */
  int                  untouched;
  int                  alpha;
} Encode;

static void
encode_pixel (const Encode      *encode,
              const ReshootLine *line,
              int                i,
              int                bands)
{
  const float *light = (const float *) line->in[0] + i * 3;
  float value[3];
  int band;

  if (encode->exported)
    for (band = 0; band < 3; band++)
      value[band] = ((const guint16 *) line->in[0])[i * 3 + band] / 65535.0f;
  else if (encode->shaper != NULL)
    reshoot_shaper_encode (encode->shaper, light, value);
  else
    for (band = 0; band < 3; band++)
      value[band] = reshoot_encode_fast (light[band]);

  for (band = 0; band < 3; band++)
    if (encode->format == VIPS_FORMAT_UCHAR)
      {
        float dither = encode->dither ? reshoot_noise (line->x + i, line->y, band) : 0;
        float step = value[band] * 255 + dither + 0.5f;

        ((guint8 *) line->out)[i * bands + band] = (guint8) CLAMP (step, 0, 255);
      }
    else
      ((guint16 *) line->out)[i * bands + band] = (guint16) (value[band] * 65535 + 0.5f);
}

static void
encode_line (const ReshootLine *line,
             gconstpointer      data)
{
  const Encode *encode = data;
  const guint8 *untouched = encode->untouched >= 0 ? line->in[encode->untouched] : NULL;
  int bands = encode->alpha >= 0 ? 4 : 3;
  int size = encode->format == VIPS_FORMAT_UCHAR ? 1 : 2;
  int i;

  for (i = 0; i < line->width; i++)
    {
      if (untouched != NULL && untouched[i] == 255)
        memcpy ((guint8 *) line->out + (gsize) i * bands * size,
                (const guint8 *) line->in[encode->original] + (gsize) i * 3 * size, 3 * size);
      else
        encode_pixel (encode, line, i, bands);
      if (bands == 4)
        memcpy ((guint8 *) line->out + ((gsize) i * bands + 3) * size,
                (const guint8 *) line->in[encode->alpha] + (gsize) i * size, size);
    }
}

/* The 16-bit numbers of the picture's own profile. */
static ReshootPlane *
export_managed (ReshootWork *work)
{
  g_autoptr (ReshootPlane) lab = NULL, copy = NULL;
  ReshootPlane *out = NULL;
  gsize length;
  const void *profile = g_bytes_get_data (work->profile, &length);

  if (vips_colourspace (work->light, &lab, VIPS_INTERPRETATION_LAB, NULL) != 0
      || vips_copy (lab, &copy, NULL) != 0)
    return NULL;
  vips_image_set_blob_copy (copy, VIPS_META_ICC_NAME, profile, length);
  if (vips_icc_export (copy, &out, "intent", VIPS_INTENT_RELATIVE, "depth", 16, NULL) != 0)
    return NULL;
  return out;
}

static void
encode_free (gpointer data)
{
  Encode *params = data;

  g_clear_pointer (&params->shaper, reshoot_shaper_unref);
  g_free (params);
}

static ReshootPlane *
encode (ReshootWork *work)
{
  g_autoptr (ReshootPlane) exported = NULL;
  ReshootPlane *inputs[4];
  Encode *params;
  int n = 0;

  exported = work->managed ? export_managed (work) : g_object_ref (work->light);

  if (exported == NULL)
    return NULL;

  params = g_new0 (Encode, 1);
  params->format = work->format;
  params->exported = work->managed;
  params->shaper = work->shaper != NULL ? g_atomic_rc_box_acquire (work->shaper) : NULL;
  params->dither = work->dither;
  params->original = params->untouched = params->alpha = -1;

  inputs[n++] = exported;
  if (work->untouched != NULL)
    {
      params->original = n;
      inputs[n++] = work->original;
      params->untouched = n;
      inputs[n++] = work->untouched;
    }
  if (work->alpha != NULL)
    {
      params->alpha = n;
      inputs[n++] = work->alpha;
    }

  return reshoot_plane_map (inputs, n, work->alpha != NULL ? 4 : 3, work->format,
                            encode_line, params, encode_free);
}

static void *
copy_field_cb (VipsImage  *source,
               const char *field,
               GValue     *value,
               void       *user_data)
{
  VipsImage *out = user_data;
  gboolean profile = strcmp (field, VIPS_META_ICC_NAME) == 0;

  /* libvips has fields of its own for what it knows of the pixels. */
  if (g_str_has_prefix (field, "exif-") || strcmp (field, VIPS_META_XMP_NAME) == 0
      || strcmp (field, VIPS_META_IPTC_NAME) == 0 || profile)
    vips_image_set (out, field, value);
  return NULL;
}

/* The picture that comes out of it: the source's depth, profile and notes. Lazy. */
VipsImage *
reshoot_work_finish (ReshootWork  *work,
                     GError      **error)
{
  g_autoptr (ReshootPlane) picture = NULL;
  VipsImage *out = NULL;

  if (!work->pristine)
    picture = encode (work);
  else if (work->alpha != NULL)
    vips_bandjoin2 (work->original, work->alpha, &picture, NULL);
  else
    picture = g_object_ref (work->original);

  if (picture == NULL
      || vips_copy (picture, &out, "xres", work->source->Xres, "yres", work->source->Yres, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  vips_image_map (work->source, copy_field_cb, out);
  if (work->profile == NULL)
    vips_image_remove (out, VIPS_META_ICC_NAME);
  return out;
}
